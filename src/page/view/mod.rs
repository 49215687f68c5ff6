//! The types a theme sees, and nothing else. A template gets one of them, whose fields are its variables, and `site`.
//!
//! Fields named `…_html` are safe HTML made by [`crate::prose`] and are printed with `| safe`; all others are plain text that the
//! templates escape. Links are relative to the page, ready to use.

mod day;
mod entry;
mod list;
mod period;
mod reader;
mod statistics;
mod work;

pub use day::*;
pub use entry::*;
pub use list::*;
pub use period::*;
pub use reader::*;
pub use statistics::*;
pub use work::*;

use serde::Serialize;

/// What all pages of a site have around their content: `site` in every template of a page. It depends on nothing but where links begin: how
/// deep in folders a page lies, or at the host for the page of what is not found. It is made once for each.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Language of the interface, a BCP 47 tag.
    pub language: String,
    /// The site's name.
    pub title: String,
    /// A sentence about the site; may be empty.
    pub description: String,
    /// Link to the owner's logo, if there is one; a file of the site.
    pub logo: Option<String>,
    /// The owner's footer, if there is one.
    pub footer_html: Option<String>,
    /// Link to the home page.
    pub home: String,
    /// Link to what is new since the reader's last visit.
    pub since: String,
    /// Link to what the reader starred.
    pub stars: String,
    /// Link to what the reader watches, mutes and prefers.
    pub reader: String,
    /// Link to the search, if the site has one.
    pub search: Option<String>,
    /// Link to the description by which browsers search the site, if the site has a search and a base URL.
    pub opensearch: Option<String>,
    /// The languages of the interface that a reader can switch to, the site's own first; empty where there is no choice.
    pub languages: Vec<OfferedLanguage>,
    /// The main navigation but for home, where the site's name leads; the owner's pages and links at its end.
    pub navigation: Vec<NavigationItem>,
    /// Link to the folder of the theme's assets, ending with `/`.
    pub assets: String,
    /// Link to the page that lists all feeds, if there are feeds.
    pub all_feeds: Option<String>,
    /// True if there are buttons that cite.
    pub cites: bool,
}

/// What a page has of its own around its content.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The page's title, without the site's name.
    pub title: String,
    /// What the page holds, in a sentence for search engines; may be empty.
    pub description: String,
    /// The kind of page: `home`, `day`, `week`, `month`, `year`, `archive`, `sources`, `source`, `tags`, `tag`, `authors`, `author_group`,
    /// `author`, `work`, `watches`, `watch`, `feeds`, `redirect`, `statistics`, `own`, `since`, `search`, `stars`, `reader`, `not_found`.
    pub kind: &'static str,
    /// The link by which the navigation leads to this page, if it has it: the `url` of an item.
    pub current: Option<String>,
    /// The feeds of the site's days that the page names: on the home page in all formats, elsewhere in the preferred one, on authors' pages none.
    pub feeds: Vec<FeedLink>,
    /// The feeds of what the page lists; on the home page those of entries. Empty for pages without feeds of their own.
    pub feeds_of_page: Vec<FeedLink>,
    /// Absolute address of the page, if the site has a base URL.
    pub canonical: Option<String>,
    /// True if the page has nothing for search engines to find.
    pub is_personal: bool,
    /// True if the page is a feed by its marks (microformats2, `h-feed`).
    pub is_h_feed: bool,
    /// All styles, for the one page that cannot link to them: the page for addresses where nothing is, on a site without a base URL. It has
    /// no scripts.
    pub style: Option<String>,
}

/// A language of the interface.
#[derive(Debug, Clone, Serialize)]
pub struct OfferedLanguage {
    /// Its BCP 47 tag.
    pub tag: String,
    /// Its name in itself.
    pub name: String,
}

/// An item of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationItem {
    /// Key of its text in the catalog; `own` for the owner's pages and links.
    pub key: &'static str,
    /// Its text.
    pub label: String,
    /// Link; that of the page itself is `frame.current`.
    pub url: String,
}

/// A feed for readers to find.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// The name of its format.
    pub title: String,
    /// What it tells of.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Link.
    pub url: String,
}

/// A link to a day.
#[derive(Debug, Clone, Serialize)]
pub struct DayLink {
    /// ISO 8601 day.
    pub iso: String,
    /// The day in words, short.
    pub label: String,
    /// Link to its page.
    pub url: String,
    /// How many entries it lists.
    pub n_entries: usize,
}

/// A link with a name.
#[derive(Debug, Clone, Serialize)]
pub struct NamedLink {
    /// The name.
    pub name: String,
    /// Link.
    pub url: String,
}

/// A name, its page and how much is there.
#[derive(Debug, Clone, Serialize)]
pub struct CountedLink {
    /// The name.
    pub name: String,
    /// Link.
    pub url: String,
    /// How many there are.
    pub n: usize,
}

/// A count beside others of its kind.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// Link to it.
    pub url: String,
    /// How many there are.
    pub n: usize,
    /// How many there are beside the most, 0–100.
    pub percent: usize,
}

/// `redirect.html`: an address of an older site, which leads on.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectPage {
    /// The frame.
    pub frame: Frame,
    /// Where it leads.
    pub target: String,
}

/// `own.html`: a page that the owner wrote.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPage {
    /// The frame.
    pub frame: Frame,
    /// Its content.
    pub content_html: String,
}

/// `not_found.html`.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundPage {
    /// The frame.
    pub frame: Frame,
}
