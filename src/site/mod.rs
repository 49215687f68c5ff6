//! The site: all readings joined once into days, sources, works, authors and tags. Immutable afterwards.

pub mod print;
pub mod route;
pub mod slug;

mod channel;
mod hide;
mod join;
mod key;
mod listing;
mod merge;
mod repeats;
mod variants;

pub use channel::{Channel, FeedFormat};
pub use hide::{Hidden, Hide, hide};
pub use join::{JoinOptions, Joined, join};
pub use listing::{ListedWork, PER_PAGE, PageStarts};
pub use merge::{Merges, Origin};

use crate::model::{Day, Digest, Entry, WorkId};
use crate::prose;
use route::Route;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the owner says of the site as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteInfo {
    /// The site's name.
    pub title: String,
    /// A sentence about it; may be empty.
    pub description: String,
    /// The language of the interface, a BCP 47 tag such as `zh` or `en`.
    pub language: String,
    /// Languages of the interface that a reader may switch to.
    pub languages: Vec<String>,
    /// The address of the root, ending with `/`.
    pub base_url: Option<String>,
    /// What feed ids are made of; does not change when title or address do.
    pub id: String,
    /// Path of the logo on the site.
    pub logo: Option<String>,
    /// The footer in the owner's words, as HTML.
    pub footer_html: Option<String>,
    /// Links of the owner's in the navigation: label, and path on the site or URL.
    pub navigation: Vec<(String, String)>,
    /// The owner's pages in the order of the navigation.
    pub pages: Vec<OwnPage>,
    /// Where a line of a digest can be seen: a URL with `{path}` and `{line}`.
    pub digest_url: Option<String>,
    /// What is published beside the pages.
    pub publish: Publish,
    /// Which citations the site offers.
    pub citations: Citations,
    /// Which pages of works there are.
    pub works: WorkPages,
    /// The watchlists.
    pub watches: Vec<WatchSettings>,
    /// Addresses of an older site.
    pub redirects: Vec<Redirect>,
}

/// What is published beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publish {
    /// The formats of feeds; none for no feeds.
    pub feed_formats: Vec<FeedFormat>,
    /// How many days a feed holds at least.
    pub feed_days: usize,
    /// Authors with so many entries have feeds.
    pub feed_authors: usize,
    /// Whether there is the data as JSON files.
    pub api: bool,
    /// Whether there is a table of each year as CSV.
    pub csv: bool,
    /// Whether there are the entries of each year as JSON Lines.
    pub jsonl: bool,
    /// Whether there is a search over the whole archive.
    pub search: bool,
}

impl Default for Publish {
    fn default() -> Publish {
        let feed_formats = FeedFormat::ALL.to_vec();
        Publish { feed_formats, feed_days: 30, feed_authors: 10, api: true, csv: true, jsonl: true, search: true }
    }
}

/// A watchlist as settings have it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WatchSettings {
    /// Its name.
    pub name: String,
    /// Its part of addresses.
    pub slug: String,
    /// What it lists, in the language of the search.
    pub query: String,
}

/// An address of an older site, and where it leads. Both may hold `{year}`, `{month}` and `{day}`; then they stand for each day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redirect {
    /// Path of the file on this site.
    pub from: String,
    /// A path on this site or a URL.
    pub to: String,
    /// Which `[[redirect]]` of the settings it is or comes of, from 0.
    pub rule: usize,
}

/// Which citations a site offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citations {
    /// Buttons that cite an entry or a list, and a script per day with what they need.
    pub buttons: bool,
    /// A BibTeX file per month.
    pub files: bool,
    /// COinS on the pages of days.
    pub coins: bool,
}

impl Citations {
    /// Whether each watchlist has a BibTeX file: it is small, and its address is what a reference manager is pointed at.
    pub fn of_watches(self) -> bool {
        self.buttons || self.files
    }
}

impl Default for Citations {
    fn default() -> Citations {
        Citations { buttons: true, files: false, coins: false }
    }
}

/// Which pages of works a site has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkPages {
    /// A page for each work.
    pub pages: bool,
    /// They ask search engines to leave them out.
    pub noindex: bool,
}

/// A page that the owner wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnPage {
    /// Its part of the address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its content; the owner is trusted.
    pub html: String,
    /// True if the navigation leads to it.
    pub in_navigation: bool,
}

/// Index of a digest in [`Site::digests`].
pub type DigestIdx = u32;
/// Index of a work in [`Site::works`].
pub type WorkIdx = u32;
/// Index of an author in [`Site::authors`].
pub type AuthorIdx = u32;
/// Index of a source in [`Site::sources`].
pub type SourceIdx = u32;

/// An entry of a site: its digest, and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryRef {
    /// The digest.
    pub digest: DigestIdx,
    /// The index in the digest's entries, from 0.
    pub entry: u32,
}

impl EntryRef {
    /// The entry at an index of the digest at an index, both from 0.
    ///
    /// # Panics
    /// If there were four thousand million of either, which limits of files and memory do not allow.
    pub fn at(digest: usize, entry: usize) -> EntryRef {
        EntryRef { digest: index(digest), entry: index(entry) }
    }
}

fn index(n: usize) -> u32 {
    u32::try_from(n).expect("a site has fewer than four thousand million entries, because files are limited and read into memory")
}

/// A digest that is on the site, with what its entries are joined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDigest {
    /// The digest.
    pub digest: Digest,
    /// Its day.
    pub day: Day,
    /// Its source.
    pub source: SourceIdx,
    /// How many entries the source's digests before it list on that day.
    pub n_before: usize,
    /// The same digest in other languages.
    pub translations: Vec<Translation>,
    /// For each entry its work.
    pub works: Vec<WorkIdx>,
    /// For each entry its anchor on the day's page, unique there.
    pub anchors: Vec<String>,
    /// For each entry its authors.
    pub authors: Vec<Vec<AuthorIdx>>,
}

impl ListedDigest {
    /// How many entries it lists.
    pub fn n_entries(&self) -> usize {
        self.digest.entries.len()
    }
}

/// A digest in another language than the one that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Its language, a BCP 47 tag in lower case; `other` where nothing says it.
    pub language: String,
    /// The digest.
    pub digest: Digest,
    /// For each entry its anchor on the page of the day in this language.
    pub anchors: Vec<String>,
}

/// A day with a file, be it an empty one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRecord {
    /// The day.
    pub day: Day,
    /// Its digests in [`Site::digests`], by source.
    pub digests: Range<usize>,
    /// How many entries it lists.
    pub n_entries: usize,
}

/// All entries with one [`WorkId`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The id; none for an entry that has none and is its own work.
    pub id: Option<WorkId>,
    /// Its part of addresses and its key in citations: made of the id alone, or of what the entry says where there is none.
    pub slug: String,
    /// Where it is listed, oldest first. The first is where it was first seen.
    pub sightings: Vec<EntryRef>,
}

/// A named stream of digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The key that unites spellings.
    pub key: String,
    /// The name that is shown.
    pub label: String,
    /// Its part of addresses.
    pub slug: String,
    /// What readers should know of it, as HTML; the owner is trusted.
    pub note_html: Option<String>,
    /// Its digests, oldest first.
    pub digests: Vec<DigestIdx>,
    /// How many entries it lists.
    pub n_entries: usize,
}

/// A name of a person, or of several who share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The folded name.
    pub key: String,
    /// The name as first written.
    pub name: String,
    /// Its part of addresses.
    pub slug: String,
    /// The entries, oldest first.
    pub entries: Vec<EntryRef>,
}

/// The entries that fit a query of the owner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// Its name.
    pub name: String,
    /// Its part of addresses.
    pub slug: String,
    /// The query.
    pub query: String,
    /// The entries, oldest first.
    pub entries: Vec<EntryRef>,
}

/// A category or keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The folded name.
    pub key: String,
    /// The name as first written.
    pub name: String,
    /// Its part of addresses.
    pub slug: String,
    /// The entries, oldest first.
    pub entries: Vec<EntryRef>,
}

/// Everything that pages are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// What the owner says of it.
    pub info: SiteInfo,
    /// The digests by day, source and path.
    pub digests: Vec<ListedDigest>,
    /// The days that have a digest, oldest first.
    pub days: Vec<DayRecord>,
    /// The sources in the order in which they are first listed.
    pub sources: Vec<Source>,
    /// The works in the order in which they were first seen.
    pub works: Vec<Work>,
    /// The works by slug, where they have pages.
    pub works_by_slug: Vec<WorkIdx>,
    /// The authors by slug.
    pub authors: Vec<Author>,
    /// The [`slug::first_letters`] of each author's slug: by them an author is found without a look at sixteen others.
    author_letters: Vec<u64>,
    /// The tags by slug.
    pub tags: Vec<Tag>,
    /// Addresses of an older site with where they lead, by path: one for each day where the settings have a pattern.
    pub redirects: Vec<Redirect>,
    /// The watchlists in the order of the settings. They are filled by [`crate::search::fill_watches`].
    pub watches: Vec<Watch>,
    /// Where the pages of the long lists of authors, tags and watchlists begin.
    pub page_starts: PageStarts,
    /// How many entries there are.
    pub n_entries: usize,
}

/// How many entries of one source a page of a day shows. As a script adds entries at the end of a file, those before keep their page.
pub const PER_SECTION: usize = 500;

/// How many titles the text of a day names.
const TITLES_IN_TEXT: usize = 3;

/// How long each of them may be, in characters.
const TITLE_IN_TEXT: usize = 80;

impl Site {
    /// The digest and the entry that a reference names.
    pub fn entry(&self, at: EntryRef) -> (&ListedDigest, &Entry) {
        let listed = &self.digests[at.digest as usize];
        (listed, &listed.digest.entries[at.entry as usize])
    }

    /// The entries of digests, by the digests' indices and in their order.
    pub fn entries_in<D>(&self, digests: D) -> impl DoubleEndedIterator<Item = EntryRef>
    where
        D: IntoIterator<Item = usize, IntoIter: DoubleEndedIterator>,
    {
        digests.into_iter().flat_map(|digest| (0..self.digests[digest].n_entries()).map(move |entry| EntryRef::at(digest, entry)))
    }

    /// How many entries digests list, by their indices.
    pub fn n_entries_in(&self, digests: impl IntoIterator<Item = usize>) -> usize {
        digests.into_iter().map(|digest| self.digests[digest].n_entries()).sum()
    }

    /// The page on which an entry stands: its day's, or a further one where its source lists many.
    pub fn page_of(&self, at: EntryRef) -> Route {
        let listed = &self.digests[at.digest as usize];
        match self.page_number(at) {
            1 => Route::Day(listed.day),
            n => Route::DayPart(listed.day, None, self.sources[listed.source as usize].slug.clone(), n),
        }
    }

    /// The number of that page, from 1.
    pub fn page_number(&self, at: EntryRef) -> usize {
        (self.digests[at.digest as usize].n_before + at.entry as usize) / PER_SECTION + 1
    }

    /// Puts the watchlists in the place of those before.
    pub fn set_watches(&mut self, watches: Vec<Watch>) {
        self.watches = watches;
        let starts = self.page_starts_of(&self.watches, |watch| &watch.entries, |watch| Channel::Watch(watch.slug.clone()));
        self.page_starts.retain(|channel, _| !matches!(channel, Channel::Watch(_)));
        self.page_starts.extend(starts);
    }

    /// The source with a slug.
    pub fn source(&self, slug: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.slug == slug)
    }

    /// The folders of [`slug::fan`] with how many authors are in each.
    pub fn author_groups(&self) -> BTreeMap<String, usize> {
        let mut groups = BTreeMap::new();
        // Authors of a folder stand together, but for a hyphen between its letters.
        for neighbors in self.authors.chunk_by(|a, b| slug::is_same_fan(&a.slug, &b.slug)) {
            *groups.entry(slug::fan(&neighbors[0].slug)).or_default() += neighbors.len();
        }
        groups
    }

    /// The place of the author with a slug.
    pub fn author_at(&self, slug: &str) -> Option<usize> {
        let letters = slug::first_letters(slug);
        let start = self.author_letters.partition_point(|&other| other < letters);
        let n = self.author_letters[start..].partition_point(|&other| other == letters);
        let at = self.authors[start..start + n].binary_search_by(|author| author.slug.as_str().cmp(slug)).ok()?;
        Some(start + at)
    }

    /// The places of the authors in a folder of [`slug::fan`], by slug.
    pub fn authors_in<'a>(&'a self, fan: &str) -> impl Iterator<Item = usize> + use<'a> {
        let mut letters = fan.chars();
        let (first, second) = (letters.next().unwrap_or_default(), letters.next());
        // The two letters stand together, or with a hyphen between them, which comes before all letters.
        let starts = match second {
            Some(second) => [format!("{first}-{second}"), format!("{first}{second}")],
            None => [fan.to_owned(), format!("{fan}-")],
        };
        let in_range = |start: &String| {
            let from = self.authors.partition_point(|author| author.slug.as_str() < start.as_str());
            let n = self.authors[from..].partition_point(|author| author.slug.starts_with(start.as_str()));
            from..from + n
        };
        let fan = fan.to_owned();
        let ranges = starts.each_ref().map(in_range);
        ranges.into_iter().flatten().filter(move |&at| slug::is_in_fan(&self.authors[at].slug, &fan))
    }

    /// The work of an entry.
    pub fn work_of(&self, at: EntryRef) -> &Work {
        &self.works[self.digests[at.digest as usize].works[at.entry as usize] as usize]
    }

    /// Where works have pages, the work with a slug; the first of those that share it, which works without an id may.
    pub fn work(&self, slug: &str) -> Option<&Work> {
        let slug_of = |work: &WorkIdx| self.works[*work as usize].slug.as_str();
        let at = self.works_by_slug.partition_point(|work| slug_of(work) < slug);
        self.works_by_slug.get(at).map(|&work| &self.works[work as usize]).filter(|work| work.slug == slug)
    }

    /// The languages, other than the one shown, in which a day can be read.
    pub fn languages_of(&self, record: &DayRecord) -> Vec<&str> {
        let digests = self.digests[record.digests.clone()].iter();
        let mut languages: Vec<&str> = digests.flat_map(|listed| &listed.translations).map(|one| one.language.as_str()).collect();
        languages.sort_unstable();
        languages.dedup();
        languages
    }

    /// What a day lists, in a line of plain text: how much of each source, and the first titles. The day itself is not named.
    pub fn day_text(&self, record: &DayRecord) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for listed in self.digests[record.digests.clone()].iter().filter(|listed| !listed.digest.entries.is_empty()) {
            let label = self.sources[listed.source as usize].label.as_str();
            match counts.last_mut() {
                Some((last, n)) if *last == label => *n += listed.digest.entries.len(),
                _ => counts.push((label, listed.digest.entries.len())),
            }
        }
        let counts: Vec<String> = counts.into_iter().map(|(label, n)| format!("{label} {n}")).collect();
        let entries = self.digests[record.digests.clone()].iter().flat_map(|listed| &listed.digest.entries);
        let titles = entries.filter_map(|entry| entry.title.as_deref()).map(|title| {
            let plain = prose::plain(title).split_whitespace().collect::<Vec<_>>().join(" ");
            let short: String = plain.chars().take(TITLE_IN_TEXT).collect();
            if short.len() < plain.len() { short + "…" } else { short }
        });
        let titles: Vec<String> = titles.filter(|title| !title.is_empty()).take(TITLES_IN_TEXT).collect();
        let parts: Vec<String> = [counts.join(", "), titles.join("; ")].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" — ")
    }

    /// Where a day stands among `days`.
    pub fn day_at(&self, day: Day) -> Option<usize> {
        self.days.binary_search_by_key(&day, |record| record.day).ok()
    }

    /// What is known of a day.
    pub fn day(&self, day: Day) -> Option<&DayRecord> {
        self.day_at(day).map(|at| &self.days[at])
    }

    /// The days just before and just after a stretch of days, which begins with the first of all if it is empty.
    pub fn around(&self, days: &[DayRecord]) -> (Option<Day>, Option<Day>) {
        let start = days.first().and_then(|first| self.day_at(first.day)).unwrap_or(0);
        let before = start.checked_sub(1).map(|at| self.days[at].day);
        (before, self.days.get(start + days.len()).map(|record| record.day))
    }

    /// The days of a year, or of a month of it, oldest first.
    pub fn days_in(&self, year: i32, month: Option<u32>) -> &[DayRecord] {
        let key = |record: &DayRecord| (record.day.year(), record.day.month());
        let (first, last) = month.map_or(((year, 1), (year, 12)), |month| ((year, month), (year, month)));
        let start = self.days.partition_point(|record| key(record) < first);
        let end = self.days.partition_point(|record| key(record) <= last);
        &self.days[start..end]
    }

    /// The days of an ISO 8601 week, oldest first.
    pub fn days_of_week(&self, year: i32, week: u32) -> &[DayRecord] {
        let start = self.days.partition_point(|record| record.day.week() < (year, week));
        let end = self.days.partition_point(|record| record.day.week() <= (year, week));
        &self.days[start..end]
    }

    /// The years that have a day, oldest first.
    pub fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.days.iter().map(|record| record.day.year()).collect();
        years.dedup();
        years
    }

    /// The latest day that lists an entry, else the latest day.
    pub fn latest(&self) -> Option<&DayRecord> {
        self.days.iter().rev().find(|record| record.n_entries > 0).or(self.days.last())
    }
}

/// Folds a tag: lower case and single spaces only, because `C`, `C++` and `C#` are three.
fn tag_key(written: &str) -> String {
    written.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

/// The part of addresses of a tag as written.
pub fn tag_slug(written: &str) -> String {
    slug::slug(&tag_key(written))
}
