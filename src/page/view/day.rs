//! The home page and days.

use super::{BriefView, DayLink, EntryView, Frame, NamedLink};
use serde::Serialize;

/// A source on a day.
#[derive(Debug, Clone, Serialize)]
pub struct SourceOnDay {
    /// The source's name.
    pub name: String,
    /// Link to its section of the day.
    pub url: String,
    /// How many entries it lists.
    pub n: usize,
    /// `listed`, `empty` or `failed`.
    pub state: &'static str,
}

/// `home.html`.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
    /// The latest day that lists something, with the first entries of each source. Whether it is old, the browser finds out.
    pub latest: Option<LatestDay>,
    /// The days before it, newest first.
    pub recent: Vec<DayRow>,
    /// Link to the archive.
    pub archive: String,
    /// Link to the script that names the recent days.
    pub since_index: String,
    /// How many entries the site has.
    pub n_entries: usize,
    /// How many days the site has.
    pub n_days: usize,
}

/// The latest day on the home page.
#[derive(Debug, Clone, Serialize)]
pub struct LatestDay {
    /// The day.
    pub day: DayLink,
    /// The day in words, long.
    pub label: String,
    /// Its sources.
    pub sources: Vec<LatestSource>,
}

/// A source of the latest day on the home page.
#[derive(Debug, Clone, Serialize)]
pub struct LatestSource {
    /// The source's name.
    pub label: String,
    /// Link to its section of the day.
    pub url: String,
    /// How many entries it lists.
    pub n_entries: usize,
    /// `listed`, `empty` or `failed`.
    pub state: &'static str,
    /// Its first entry in full, for a theme that leads with it.
    pub lead: Option<EntryView>,
    /// Its first entries, in brief.
    pub entries: Vec<BriefView>,
}

/// A day in a list of days.
#[derive(Debug, Clone, Serialize)]
pub struct DayRow {
    /// The day.
    pub day: DayLink,
    /// The day in words, long.
    pub label: String,
    /// `listed`, `empty` or `failed`.
    pub state: &'static str,
    /// Its sources.
    pub sources: Vec<SourceOnDay>,
}

/// `day.html`.
#[derive(Debug, Clone, Serialize)]
pub struct DayPage {
    /// The frame.
    pub frame: Frame,
    /// ISO 8601 day.
    pub iso: String,
    /// The day in words, long.
    pub label: String,
    /// How many entries it lists; on a further page, how many the source of that page does.
    pub n_entries: usize,
    /// How many of them are on this page.
    pub n_shown: usize,
    /// `listed`, `empty` or `failed`.
    pub state: &'static str,
    /// Its sources; on a further page the one that goes on there.
    pub sources: Vec<SourceSection>,
    /// Its tags, the most frequent first, to filter by; empty if they tell nothing apart.
    pub tags: Vec<Facet>,
    /// How many of the entries on this page were listed on an earlier day.
    pub n_seen_before: usize,
    /// How many of them have a link to code.
    pub n_with_code: usize,
    /// The same day in other languages.
    pub languages: Vec<NamedLink>,
    /// The day before that lists something.
    pub previous: Option<DayLink>,
    /// The day after that lists something.
    pub next: Option<DayLink>,
    /// The first page of the day; none on that page itself.
    pub whole: Option<NamedLink>,
    /// Link to the script by which `assets/places.js` finds entries that stand on another page of the day by now; none if it has one page.
    pub places: Option<String>,
    /// Its week.
    pub week: NamedLink,
    /// Its month.
    pub month: NamedLink,
    /// Its year.
    pub year: NamedLink,
}

/// Something that some entries of a page share.
#[derive(Debug, Clone, Serialize)]
pub struct Facet {
    /// Its name.
    pub name: String,
    /// How many entries share it.
    pub n: usize,
}

/// What one source lists on a day.
#[derive(Debug, Clone, Serialize)]
pub struct SourceSection {
    /// Id of the section on the page.
    pub anchor: String,
    /// The source's name.
    pub label: String,
    /// Link to the source's page.
    pub url: String,
    /// How many entries it lists.
    pub n_entries: usize,
    /// How many of them are on pages before this one.
    pub n_before: usize,
    /// Link to the page with those before, if there are any.
    pub previous: Option<String>,
    /// Link to the page with those after, if there are any.
    pub next: Option<String>,
    /// `listed`, `empty` or `failed`.
    pub state: &'static str,
    /// What the owner says of the source.
    pub note_html: Option<String>,
    /// Text of the files above their entries.
    pub preface_html: Option<String>,
    /// Language of that text, if it is not the interface's.
    pub preface_language: Option<&'static str>,
    /// Prose of the files below their entries, on the last page of them.
    pub afterword_html: Option<String>,
    /// Language of that text, if it is not the interface's.
    pub afterword_language: Option<&'static str>,
    /// How many entries are on this page.
    pub n_shown: usize,
    /// These, in the order of the files, each as `entry.html` shows it.
    pub entries_html: String,
    /// The same as values, if the theme's `day.html` asks for them.
    pub entries: Vec<EntryView>,
}
