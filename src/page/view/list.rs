//! Sources, tags, authors, watchlists and feeds.

use super::{Bar, BriefView, CountedLink, DayLink, FeedLink, Frame};
use serde::Serialize;

/// `sources.html`, `tags.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ListPage {
    /// The frame.
    pub frame: Frame,
    /// The sources or tags on this page.
    pub items: Vec<CountedLink>,
    /// All pages of the list if there are several.
    pub pages: Vec<PageOfNames>,
}

/// A page of a list of names.
#[derive(Debug, Clone, Serialize)]
pub struct PageOfNames {
    /// Its first name.
    pub first: String,
    /// Its last name.
    pub last: String,
    /// Link to it.
    pub url: String,
    /// True for the page on which this stands.
    pub current: bool,
}

/// `source.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SourcePage {
    /// The frame.
    pub frame: Frame,
    /// The source's name.
    pub label: String,
    /// How many entries it lists.
    pub n_entries: usize,
    /// What the owner says of it.
    pub note_html: Option<String>,
    /// The day of the newest entries.
    pub latest: Option<DayLink>,
    /// The newest entries, in brief.
    pub entries: Vec<BriefView>,
    /// Its months, newest first, with their days.
    pub months: Vec<SourceMonth>,
}

/// A month of a source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceMonth {
    /// The month in words.
    pub label: String,
    /// Link to the month's page.
    pub url: String,
    /// Its days, newest first; links lead to the source's section.
    pub days: Vec<DayLink>,
}

/// `tag.html` and `author.html`.
#[derive(Debug, Clone, Serialize)]
pub struct EntriesPage {
    /// The frame.
    pub frame: Frame,
    /// The name of the tag or author.
    pub name: String,
    /// How many entries there are on all its pages; on a page with a number, how many are on that page.
    pub n_entries: usize,
    /// How many there are in each year, oldest first; empty if all are of one year, and on a page with a number. Links lead to the year on
    /// this page, if it is there.
    pub timeline: Vec<Bar>,
    /// The entries of this page by year, newest first.
    pub years: Vec<YearOfEntries>,
    /// The page of older entries.
    pub older: Option<String>,
    /// The page of newer entries.
    pub newer: Option<String>,
}

/// `watch.html`: the entries of a watchlist.
#[derive(Debug, Clone, Serialize)]
pub struct WatchPage {
    /// The list, like that of a tag.
    #[serde(flatten)]
    pub list: EntriesPage,
    /// What it lists, in the language of the search.
    pub query: String,
    /// Link to the search for it, if the site has one.
    pub search: Option<String>,
    /// Link to the citations of all its entries as BibTeX, if there are.
    pub bibtex: Option<String>,
}

/// `feeds.html`: all feeds.
#[derive(Debug, Clone, Serialize)]
pub struct FeedsPage {
    /// The frame.
    pub frame: Frame,
    /// The feeds in groups: those of the site, of watchlists, sources, tags and authors.
    pub groups: Vec<FeedGroup>,
    /// Link to the list of all feeds for feed readers, if there is one.
    pub opml: Option<String>,
}

/// Feeds of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct FeedGroup {
    /// The name of the kind.
    pub label: String,
    /// What there are feeds of; of very many those that list most.
    pub items: Vec<FeedsOf>,
    /// How many more there are. Their pages name their feeds.
    pub n_more: usize,
    /// Link to the page that leads to all of them, if there are more.
    pub index: Option<String>,
}

/// The feeds of one thing.
#[derive(Debug, Clone, Serialize)]
pub struct FeedsOf {
    /// Its name.
    pub name: String,
    /// Link to its page.
    pub url: String,
    /// The feeds, one for each format.
    pub feeds: Vec<FeedLink>,
}

/// Entries of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearOfEntries {
    /// The year in words.
    pub label: String,
    /// Id of the year on this page, where the time line leads there.
    pub anchor: Option<String>,
    /// How many entries of the year are on this page.
    pub n_entries: usize,
    /// Each as `brief.html` shows it, newest first.
    pub entries_html: String,
}

/// `authors.html`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorsPage {
    /// The frame.
    pub frame: Frame,
    /// The first letters with the groups of names below them.
    pub initials: Vec<Initial>,
    /// How many names there are.
    pub n_authors: usize,
}

/// A first letter of names.
#[derive(Debug, Clone, Serialize)]
pub struct Initial {
    /// The letter.
    pub letter: String,
    /// How many names begin with it.
    pub n: usize,
    /// Groups by the first two letters.
    pub groups: Vec<CountedLink>,
}

/// `author_group.html`.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorGroupPage {
    /// The frame.
    pub frame: Frame,
    /// The first two letters.
    pub label: String,
    /// Link to the index of authors.
    pub index: String,
    /// How many names there are.
    pub n_authors: usize,
    /// The names on this page.
    pub authors: Vec<CountedLink>,
    /// All pages of the group if there are several.
    pub pages: Vec<PageOfNames>,
}
