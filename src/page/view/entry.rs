//! Entries in full and in brief.

use super::NamedLink;
use serde::Serialize;

/// An entry in full, as it stands on its day's page.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// True if its parts carry marks for programs (microformats2, `h-entry`).
    pub is_h_entry: bool,
    /// Id of the entry on its day's page.
    pub anchor: Option<String>,
    /// Link to the entry on its day's page, on that page itself as `#anchor`.
    pub permalink: Option<String>,
    /// The title; the id or address where there is none.
    pub title_html: String,
    /// False if the digest gives no title.
    pub has_title: bool,
    /// Language of the title, if it is not the interface's.
    pub title_language: Option<&'static str>,
    /// Where the title leads: to the work, if there is a safe link.
    pub url: Option<String>,
    /// The title in the work's own language.
    pub original_title_html: Option<String>,
    /// Language of the original title, if it is not the interface's.
    pub original_language: Option<&'static str>,
    /// The authors as written, with their pages.
    pub authors: Vec<AuthorLink>,
    /// The authors that are folded, because there are many.
    pub more_authors: Vec<AuthorLink>,
    /// How many authors are not in `authors`.
    pub n_more_authors: usize,
    /// What kind of link that is, if it is a paper's and is therefore not named again among the links: `abstract`, `pdf` or `html`.
    pub url_kind: Option<&'static str>,
    /// The links, the main one first.
    pub links: Vec<LinkView>,
    /// The id to show, such as `arXiv:2511.10648v1`.
    pub id: Option<String>,
    /// ISO 8601 day of the work's publication.
    pub published: Option<String>,
    /// Abstract or summary.
    pub summary_html: Option<String>,
    /// Language of the summary, if it is not the interface's.
    pub summary_language: Option<&'static str>,
    /// True if the summary is so long that a page shows its first lines at first; not for the only entry of a day on the page of that.
    pub is_long: bool,
    /// What stood with the title.
    pub note_html: Option<String>,
    /// Language of the note, if it is not the interface's.
    pub note_language: Option<&'static str>,
    /// Tags with their pages.
    pub tags: Vec<NamedLink>,
    /// Everything else.
    pub extra: Vec<ExtraField>,
    /// True if an earlier day lists the same work.
    pub is_repeat: bool,
    /// Earlier days that list the same work, oldest first.
    pub seen_before: Vec<NamedLink>,
    /// Link to the lines of the digest in the owner's repository, if the owner gives one.
    pub digest_url: Option<String>,
    /// Link to the page of the work, where there are such pages; none on that page itself.
    pub work: Option<String>,
    /// The citation as COinS, for the `title` of an element with the class `Z3988`; none where it is switched off.
    pub coins: Option<String>,
}

/// An entry in brief, as it stands everywhere else.
#[derive(Debug, Clone, Serialize)]
pub struct BriefView {
    /// True, which tells it from an entry in full.
    pub is_brief: bool,
    /// ISO 8601 day on which the entry is listed.
    pub iso: String,
    /// The day in words, short; none where the page says it.
    pub day: Option<String>,
    /// The source's name; none where the page says it.
    pub source: Option<String>,
    /// The title; the id or address where there is none.
    pub title_html: String,
    /// False if the digest gives no title.
    pub has_title: bool,
    /// Language of the title, if it is not the interface's.
    pub title_language: Option<&'static str>,
    /// Link to the entry on its day's page.
    pub url: String,
    /// The title in the work's own language.
    pub original_title_html: Option<String>,
    /// Language of the original title, if it is not the interface's.
    pub original_language: Option<&'static str>,
    /// The first authors as written, parted by semicolons; empty if there are none.
    pub names: String,
    /// How many authors there are.
    pub n_authors: usize,
    /// How many of them are not named.
    pub n_more_authors: usize,
    /// The id to show, such as `arXiv:2511.10648v1`.
    pub id: Option<String>,
    /// The work's main link, if the entry has an id and a safe link.
    pub id_url: Option<String>,
    /// True if an earlier day lists the same work.
    pub is_repeat: bool,
    /// Later days that list the same work, oldest first.
    pub seen_again: Vec<NamedLink>,
}

/// `brief.html` on the pages of authors, tags and watchlists: there an entry is rendered apart from the page, for all authors that list it once.
#[derive(Debug, Clone, Serialize)]
pub struct BriefPart {
    /// The level of the entry's heading, 2 to 6.
    pub level: u8,
    /// The entry.
    pub entry: BriefView,
}

/// `entry.html` on the page of a day: there an entry is rendered apart from the page.
#[derive(Debug, Serialize)]
pub struct EntryPart<'a> {
    /// The level of the entry's heading, 2 to 6.
    pub level: u8,
    /// The entry.
    pub entry: &'a EntryView,
}

/// An author of an entry.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorLink {
    /// The name as written.
    pub name: String,
    /// Link to the name's page, if the site has one.
    pub url: Option<String>,
}

/// A link of an entry.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// The address: http, https or mailto.
    pub url: String,
    /// `abstract`, `pdf`, `html`, `code`, `discussion` or `other`.
    pub kind: &'static str,
    /// Text: the kind in words, or the link's own words where the kind says nothing.
    pub label: String,
    /// True if the title leads there, and says so by `url_kind`.
    pub is_title: bool,
}

/// A field without a place of its own.
#[derive(Debug, Clone, Serialize)]
pub struct ExtraField {
    /// The name of the column or field.
    pub name: String,
    /// What it says.
    pub value_html: String,
}
