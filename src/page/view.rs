//! The types a theme sees, and nothing else. A template gets one page type; its fields are the template's variables.
//!
//! Fields named `…_html` are safe HTML made by [`crate::prose`] and are printed with `| safe`; all others are plain text that the
//! templates escape. Links are relative to the page, ready to use.

use serde::Serialize;

/// What every page has around its content.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// Language of the interface, a BCP 47 tag.
    pub language: String,
    /// The site's name.
    pub site_title: String,
    /// A sentence about the site; may be empty.
    pub site_description: String,
    /// The page's title, without the site's name.
    pub title: String,
    /// The kind of page: `home`, `day`, `month`, `year`, `archive`, `sources`, `source`, `tags`, `tag`, `authors`, `author`, `not_found`.
    pub kind: &'static str,
    /// Link to the home page.
    pub home: String,
    /// The main navigation.
    pub navigation: Vec<NavigationItem>,
    /// Link to the folder of the theme's assets, ending with `/`.
    pub assets: String,
    /// The feeds.
    pub feeds: Vec<FeedLink>,
    /// Absolute address of the page, if the site has a base URL.
    pub canonical: Option<String>,
}

/// An item of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationItem {
    /// Key of its text in the catalog.
    pub key: &'static str,
    /// Its text.
    pub label: String,
    /// Link.
    pub url: String,
    /// True if it is this page.
    pub current: bool,
}

/// A feed for readers to find.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// Its name.
    pub title: String,
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
    /// The latest day that lists something, with the first entries of each source.
    pub latest: Option<LatestDay>,
    /// The days before it, newest first.
    pub recent: Vec<DayRow>,
    /// Link to the archive.
    pub archive: String,
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
    /// Its first entries.
    pub rows: Vec<EntryRow>,
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
    /// How many entries it lists.
    pub n_entries: usize,
    /// `listed`, `empty` or `failed`.
    pub state: &'static str,
    /// Its sources.
    pub sources: Vec<SourceSection>,
    /// The day before that lists something.
    pub previous: Option<DayLink>,
    /// The day after that lists something.
    pub next: Option<DayLink>,
    /// Its month.
    pub month: NamedLink,
    /// Its year.
    pub year: NamedLink,
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
    /// `listed`, `empty` or `failed`.
    pub state: &'static str,
    /// Text of the files outside of entries.
    pub preface_html: Option<String>,
    /// The entries in the order of the files.
    pub entries: Vec<EntryView>,
}

/// An entry in full.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Id of the entry on its day's page.
    pub anchor: String,
    /// The title; the id or address where there is none.
    pub title_html: String,
    /// False if the digest gives no title.
    pub has_title: bool,
    /// Language of the title, if it is not the interface's.
    pub title_language: Option<&'static str>,
    /// The main link, if there is a safe one.
    pub url: Option<String>,
    /// The title in the work's own language.
    pub original_title_html: Option<String>,
    /// Language of the original title, if it is not the interface's.
    pub original_language: Option<&'static str>,
    /// The authors as written, with their pages.
    pub authors: Vec<NamedLink>,
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
    /// What stood with the title.
    pub note_html: Option<String>,
    /// Tags with their pages.
    pub tags: Vec<NamedLink>,
    /// Everything else.
    pub extra: Vec<ExtraField>,
    /// Earlier days that list the same work, oldest first.
    pub seen_before: Vec<NamedLink>,
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
}

/// A field without a place of its own.
#[derive(Debug, Clone, Serialize)]
pub struct ExtraField {
    /// The name of the column or field.
    pub name: String,
    /// What it says.
    pub value_html: String,
}

/// An entry in a list: enough to find it on its day.
#[derive(Debug, Clone, Serialize)]
pub struct EntryRow {
    /// The title; the id or address where there is none.
    pub title_html: String,
    /// Language of the title, if it is not the interface's.
    pub title_language: Option<&'static str>,
    /// Link to the entry on its day's page.
    pub url: String,
    /// ISO 8601 day on which it is listed.
    pub iso: String,
    /// The day in words, short.
    pub day: String,
    /// The source's name.
    pub source: String,
    /// The first authors, as text.
    pub authors: String,
    /// Later days that list the same work, oldest first.
    pub seen_again: Vec<NamedLink>,
}

/// `month.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MonthPage {
    /// The frame.
    pub frame: Frame,
    /// The month in words.
    pub label: String,
    /// Its year.
    pub year: NamedLink,
    /// Its days with a file, newest first.
    pub days: Vec<DayRow>,
    /// The month as a calendar.
    pub calendar: CalendarMonth,
    /// How many entries it lists.
    pub n_entries: usize,
    /// The month before that has a file.
    pub previous: Option<NamedLink>,
    /// The month after that has a file.
    pub next: Option<NamedLink>,
}

/// `year.html`.
#[derive(Debug, Clone, Serialize)]
pub struct YearPage {
    /// The frame.
    pub frame: Frame,
    /// The year in words.
    pub label: String,
    /// Its months.
    pub year: CalendarYear,
    /// The year before that has a file.
    pub previous: Option<NamedLink>,
    /// The year after that has a file.
    pub next: Option<NamedLink>,
}

/// `archive.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ArchivePage {
    /// The frame.
    pub frame: Frame,
    /// The years, newest first.
    pub years: Vec<CalendarYear>,
    /// How many entries there are.
    pub n_entries: usize,
    /// How many days with a file there are.
    pub n_days: usize,
}

/// A year as a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarYear {
    /// The year in words.
    pub label: String,
    /// Link to its page.
    pub url: String,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Its months from the first to the last that has a file, in order.
    pub months: Vec<CalendarMonth>,
}

/// A month as a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarMonth {
    /// The month in words.
    pub label: String,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Short names of the weekdays from Monday.
    pub weekdays: Vec<NamedDay>,
    /// Its weeks from Monday to Sunday; none for a day of another month.
    pub weeks: Vec<Vec<Option<CalendarDay>>>,
}

/// A weekday.
#[derive(Debug, Clone, Serialize)]
pub struct NamedDay {
    /// Short name.
    pub short: String,
    /// Long name.
    pub long: String,
}

/// A day in a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarDay {
    /// Day of the month.
    pub number: u32,
    /// ISO 8601 day.
    pub iso: String,
    /// `listed`, `empty`, `failed`, `gap` (no file on a weekday), `weekend` (no file on a weekend) or `outside` (before the first or
    /// after the last day of the archive).
    pub state: &'static str,
    /// How many entries it lists.
    pub n_entries: usize,
    /// How full it is beside the fullest day of the archive, 0–4.
    pub level: usize,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
}

/// `sources.html`, `tags.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ListPage {
    /// The frame.
    pub frame: Frame,
    /// The sources or tags.
    pub items: Vec<CountedLink>,
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
    /// How many entries there are on all its pages.
    pub n_entries: usize,
    /// The entries of this page by year, newest first.
    pub years: Vec<YearOfEntries>,
    /// The page of older entries.
    pub older: Option<String>,
    /// The page of newer entries.
    pub newer: Option<String>,
}

/// Entries of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearOfEntries {
    /// The year in words.
    pub label: String,
    /// The entries, newest first.
    pub rows: Vec<EntryRow>,
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
    /// The names.
    pub authors: Vec<CountedLink>,
}

/// `404.html`.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundPage {
    /// The frame.
    pub frame: Frame,
}
