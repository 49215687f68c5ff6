//! The types a theme sees, and nothing else. A template gets one of them, whose fields are its variables, and `site`.
//!
//! Fields named `…_html` are safe HTML made by [`crate::prose`] and are printed with `| safe`; all others are plain text that the
//! templates escape. Links are relative to the page, ready to use.

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

/// `since.html`: the script fills it with what is new since the reader's last visit.
#[derive(Debug, Clone, Serialize)]
pub struct SincePage {
    /// The frame.
    pub frame: Frame,
    /// Link to the script that names the recent days.
    pub index: String,
    /// The recent days, newest first, for readers without scripts.
    pub recent: Vec<DayRow>,
    /// Link to the archive.
    pub archive: String,
}

/// `since_day.html`: no page, but the entries of a recent day as `since.html` shows them. Links lead from there.
#[derive(Debug, Clone, Serialize)]
pub struct SinceDay {
    /// The sources of the day that list something.
    pub sources: Vec<SinceSource>,
}

/// A source of a recent day.
#[derive(Debug, Clone, Serialize)]
pub struct SinceSource {
    /// Its name in addresses, by which the script counts its entries.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Link to its section of the day.
    pub url: String,
    /// How many entries it lists.
    pub n_entries: usize,
    /// How many of them come before those here.
    pub n_before: usize,
    /// The last of them in brief, in the order of the files: as many as a page of the day shows. New ones come at the end.
    pub entries: Vec<BriefView>,
}

/// `search.html`: the script fills it with what it finds.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The frame.
    pub frame: Frame,
    /// Link to the archive.
    pub archive: String,
}

/// `stars.html`: the script fills it with what the reader starred.
#[derive(Debug, Clone, Serialize)]
pub struct StarsPage {
    /// The frame.
    pub frame: Frame,
}

/// `reader.html`: what the reader watches, mutes and prefers, and the keys.
#[derive(Debug, Clone, Serialize)]
pub struct ReaderPage {
    /// The frame.
    pub frame: Frame,
    /// True if digests bring original titles beside translated ones.
    pub has_original_titles: bool,
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
    /// Text of the files outside of entries.
    pub preface_html: Option<String>,
    /// Language of that text, if it is not the interface's.
    pub preface_language: Option<&'static str>,
    /// How many entries are on this page.
    pub n_shown: usize,
    /// These, in the order of the files, each as `entry.html` shows it.
    pub entries_html: String,
    /// The same as values, if the theme's `day.html` asks for them.
    pub entries: Vec<EntryView>,
}

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
    /// True if the summary is so long that a page shows its first lines at first.
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
    /// Its weeks that have a file.
    pub weeks: Vec<CountedLink>,
    /// The month as a calendar.
    pub calendar: CalendarMonth,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Its days that list something, ISO 8601, oldest first, parted by spaces: what a button that cites needs.
    pub cited_days: String,
    /// Link to its citations as BibTeX, if there is such a file.
    pub bibtex: Option<String>,
    /// The month before that has a file.
    pub previous: Option<NamedLink>,
    /// The month after that has a file.
    pub next: Option<NamedLink>,
}

/// `week.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WeekPage {
    /// The frame.
    pub frame: Frame,
    /// The week in words.
    pub label: String,
    /// Its first and last day in words.
    pub range: String,
    /// The months that it lies in.
    pub months: Vec<NamedLink>,
    /// Its days with a file and the entries of each, oldest first.
    pub days: Vec<DayInWeek>,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Its days that list something, ISO 8601, oldest first, parted by spaces: what a button that cites needs.
    pub cited_days: String,
    /// The week before that has a file.
    pub previous: Option<NamedLink>,
    /// The week after that has a file.
    pub next: Option<NamedLink>,
}

/// A day of a week.
#[derive(Debug, Clone, Serialize)]
pub struct DayInWeek {
    /// The day with its sources.
    pub row: DayRow,
    /// The first entries of each source, in brief.
    pub entries: Vec<BriefView>,
}

/// `year.html`.
#[derive(Debug, Clone, Serialize)]
pub struct YearPage {
    /// The frame.
    pub frame: Frame,
    /// The year in words.
    pub label: String,
    /// The year as a calendar.
    pub year: CalendarYear,
    /// Its months that have a file, with counts.
    pub months: Vec<Bar>,
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
    /// Link to the archive in numbers.
    pub statistics: String,
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
    /// Its weeks.
    pub weeks: Vec<CalendarWeek>,
}

/// A week of a month.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarWeek {
    /// Its number in the ISO 8601 year.
    pub number: u32,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
    /// Its days from Monday to Sunday; none for a day of another month.
    pub days: Vec<Option<CalendarDay>>,
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
    /// How full it is, 0–4, by numbers of entries that are the same for all archives.
    pub level: usize,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
}

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

/// `redirect.html`: an address of an older site, which leads on.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectPage {
    /// The frame.
    pub frame: Frame,
    /// Where it leads.
    pub target: String,
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

/// `statistics.html`: the archive in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct StatisticsPage {
    /// The frame.
    pub frame: Frame,
    /// How many entries there are.
    pub n_entries: usize,
    /// How many works they are.
    pub n_works: usize,
    /// How many days have a file.
    pub n_days: usize,
    /// How many names of authors there are.
    pub n_authors: usize,
    /// Charts over time; none of those that have nothing to compare.
    pub charts: Vec<Chart>,
    /// Entries on each weekday, on average over the days that have a file, from Monday.
    pub weekdays: Vec<Bar>,
    /// The authors with the most works.
    pub authors: Vec<Bar>,
    /// The tags with the most works.
    pub tags: Vec<Bar>,
}

/// Counts over time as columns of a picture, and as a table.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// What it is of: `sources`, `new` or `growth`.
    pub name: &'static str,
    /// The same in words.
    pub title: String,
    /// What is counted apart, the lowest part of each column first.
    pub series: Vec<String>,
    /// Width of the picture, in units of its own.
    pub width: usize,
    /// Height of the picture, in the same units.
    pub height: usize,
    /// The count of the highest column.
    pub most: usize,
    /// The first column in words.
    pub first: String,
    /// The last column in words.
    pub last: String,
    /// The columns' parts as rectangles.
    pub marks: Vec<ChartMark>,
    /// The counts of each column.
    pub rows: Vec<ChartRow>,
}

/// A part of a column.
#[derive(Debug, Clone, Serialize)]
pub struct ChartMark {
    /// Which of the series, from 0.
    pub series: usize,
    /// Distance from the left.
    pub x: usize,
    /// Distance from the top.
    pub y: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// What it shows, in words.
    pub label: String,
}

/// A column of a chart in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct ChartRow {
    /// The day, week or month in words.
    pub label: String,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
    /// The counts in the order of the series.
    pub values: Vec<usize>,
}

/// `own.html`: a page that the owner wrote.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPage {
    /// The frame.
    pub frame: Frame,
    /// Its content.
    pub content_html: String,
}

/// `work.html`: a work with all its sightings.
#[derive(Debug, Clone, Serialize)]
pub struct WorkPage {
    /// The frame; its canonical address is the publisher's where that is known.
    pub frame: Frame,
    /// The work as it was first listed.
    pub entry: EntryView,
    /// Where it is listed, oldest first: the day, linked, and the source.
    pub sightings: Vec<Sighting>,
    /// Names and contents of `meta` elements for reference managers and search engines, after the convention of Highwire Press.
    pub citation_tags: Vec<CitationTag>,
    /// The work as JSON-LD, a `ScholarlyArticle` or `WebPage` of schema.org; safe inside of a `script` element.
    pub json_ld: String,
    /// True if search engines are asked to leave it out.
    pub noindex: bool,
}

/// A listing of a work.
#[derive(Debug, Clone, Serialize)]
pub struct Sighting {
    /// ISO 8601 day, linked to the entry.
    pub day: NamedLink,
    /// The source.
    pub source: String,
    /// The title there; the id or address where there is none.
    pub title_html: String,
}

/// A `meta` element.
#[derive(Debug, Clone, Serialize)]
pub struct CitationTag {
    /// Its name, such as `citation_author`.
    pub name: &'static str,
    /// Its content.
    pub content: String,
}

/// `not_found.html`.
#[derive(Debug, Clone, Serialize)]
pub struct NotFoundPage {
    /// The frame.
    pub frame: Frame,
}
