//! The site: all readings joined once into days, sources, works, authors and tags. Immutable afterwards.

pub mod route;
pub mod slug;

mod join;
mod repeats;

pub use join::{JoinOptions, Joined, join};

use crate::model::{Day, Digest, Entry, WorkId};
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
    /// The address of the root, ending with `/`.
    pub base_url: Option<String>,
    /// What feed ids are made of; does not change when title or address do.
    pub id: String,
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

/// A digest that is on the site, with what its entries are joined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDigest {
    /// The digest.
    pub digest: Digest,
    /// Its day.
    pub day: Day,
    /// Its source.
    pub source: SourceIdx,
    /// For each entry its work.
    pub works: Vec<WorkIdx>,
    /// For each entry its anchor on the day's page, unique there.
    pub anchors: Vec<String>,
    /// For each entry its authors.
    pub authors: Vec<Vec<AuthorIdx>>,
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
    /// The sources by key.
    pub sources: Vec<Source>,
    /// The works in the order in which they were first seen.
    pub works: Vec<Work>,
    /// The authors by slug.
    pub authors: Vec<Author>,
    /// The tags by slug.
    pub tags: Vec<Tag>,
    /// How many entries there are.
    pub n_entries: usize,
}

impl Site {
    /// The digest and the entry that a reference names.
    pub fn entry(&self, at: EntryRef) -> (&ListedDigest, &Entry) {
        let listed = &self.digests[at.digest as usize];
        (listed, &listed.digest.entries[at.entry as usize])
    }

    /// The work of an entry.
    pub fn work_of(&self, at: EntryRef) -> &Work {
        &self.works[self.digests[at.digest as usize].works[at.entry as usize] as usize]
    }

    /// The days of a year, or of a month of it, oldest first.
    pub fn days_in(&self, year: i32, month: Option<u32>) -> &[DayRecord] {
        let key = |record: &DayRecord| (record.day.year(), record.day.month());
        let (first, last) = month.map_or(((year, 1), (year, 12)), |month| ((year, month), (year, month)));
        let start = self.days.partition_point(|record| key(record) < first);
        let end = self.days.partition_point(|record| key(record) <= last);
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
