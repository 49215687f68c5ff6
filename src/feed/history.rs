//! Which subjects a feed has, which of them stand in its current document, and which in archives (RFC 5005).
//!
//! All subjects from the oldest to the newest are cut into parts: a part ends with its month, or when it is full. Subjects are only
//! ever added at the end, so all parts but the last never change. The current document takes the newest parts; every older part
//! is an archive. So the chain from the current document through all archives tells of each subject exactly once.

use super::item::Subject;
use crate::memo::Memo;
use crate::model::Day;
use crate::site::print::SitePrints;
use crate::site::{Channel, EntryRef, Site};
use std::ops::Range;

/// What one document of a feed tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The feed.
    pub channel: Channel,
    /// The name of an archive, `2025-11`, or `2025-11-2` for the second part of a month; none for the current document.
    pub archive: Option<String>,
    /// The name of the archive before it.
    pub previous: Option<String>,
    /// Its place among all the subjects of the feed, oldest first. The current document of a feed without archives has as many of the
    /// newest as there is room for.
    pub(super) subjects: Range<usize>,
}

impl Volume {
    /// Its subjects, newest first.
    pub(super) fn subjects<'a>(&'a self, site: &'a Site) -> Vec<Subject<'a>> {
        let mut all = subjects(site, &self.channel);
        all.truncate(self.subjects.end);
        all.drain(..self.subjects.start);
        all.reverse();
        all
    }
}

/// Appends the prints of what a document tells of, and the names of the archives around it.
pub fn put_prints(site: &Site, prints: &SitePrints, volume: &Volume, out: &mut Vec<u8>) {
    volume.archive.put(out);
    volume.previous.put(out);
    for subject in volume.subjects(site) {
        match subject {
            Subject::Day(record, source) => {
                record.day.put(out);
                let is_told = |at: &usize| {
                    let of_digest = site.digests[*at].source as usize;
                    source.is_none_or(|slug| site.sources[of_digest].slug == slug)
                };
                prints.put_digests(record.digests.clone().filter(is_told), out);
            }
            Subject::Entry(at) => prints.put_entries(&[at], out),
        }
    }
}

/// Cuts a feed into its documents: the archives, oldest first, and the current one. `size` tells how many bytes a subject takes at
/// least, `cap` how many a document may have.
pub(super) fn volumes<'a>(site: &'a Site, channel: &'a Channel, cap: usize, size: impl Fn(Subject<'a>) -> usize) -> Vec<Volume> {
    let of = |archive, previous, subjects| Volume { channel: channel.clone(), archive, previous, subjects };
    if !has_archives(channel) {
        return vec![of(None, None, 0..usize::MAX)];
    }
    let mut parts = parts(site, &subjects(site, channel), cap, size);
    let mut current: Option<Part> = None;
    while let Some(last) = parts.last() {
        let joined = current.as_ref().map_or(0, |current| current.n_bytes) + last.n_bytes;
        if current.as_ref().is_some_and(|current| current.n_days >= site.info.publish.feed_days || joined > cap) {
            break;
        }
        let after = current.take();
        current = parts.pop().map(|part| part.with(after));
    }
    let names = || parts.iter().map(|part| part.name.clone());
    let archives = parts.iter().zip(std::iter::once(None).chain(names().map(Some)));
    let archives = archives.map(|(part, previous)| of(Some(part.name.clone()), previous, part.subjects.clone()));
    let latest = of(None, names().next_back(), current.map_or(0..0, |part| part.subjects));
    archives.chain([latest]).collect()
}

/// True for the feeds that tell of everything in archives. The entries of the site, of its tags and authors are in the days
/// already, and would be several times the size of the site.
pub(super) fn has_archives(channel: &Channel) -> bool {
    matches!(channel, Channel::Days | Channel::Source(_) | Channel::Watch(_))
}

/// Subjects that may stand in one document.
struct Part {
    name: String,
    /// Their places among all subjects.
    subjects: Range<usize>,
    n_days: usize,
    n_bytes: usize,
}

impl Part {
    /// With the part after it, named by the first.
    fn with(self, after: Option<Part>) -> Part {
        let Some(after) = after else { return self };
        let (n_days, n_bytes) = (self.n_days + after.n_days, self.n_bytes + after.n_bytes);
        Part { name: self.name, subjects: self.subjects.start..after.subjects.end, n_days, n_bytes }
    }
}

/// Cuts subjects, oldest first, into parts.
fn parts<'a>(site: &Site, subjects: &[Subject<'a>], cap: usize, size: impl Fn(Subject<'a>) -> usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut before: Option<Day> = None;
    let mut number = 1;
    for (at, &subject) in subjects.iter().enumerate() {
        let (day, size) = (day_of(site, subject), size(subject));
        let is_in_month = before.is_some_and(|before| (before.year(), before.month()) == (day.year(), day.month()));
        match parts.last_mut() {
            Some(part) if is_in_month && part.n_bytes + size <= cap => {
                part.subjects.end = at + 1;
                part.n_days += usize::from(before != Some(day));
                part.n_bytes += size;
            }
            _ => {
                number = if is_in_month { number + 1 } else { 1 };
                let suffix = if number > 1 { format!("-{number}") } else { String::new() };
                let name = format!("{:04}-{:02}{suffix}", day.year(), day.month());
                parts.push(Part { name, subjects: at..at + 1, n_days: 1, n_bytes: size });
            }
        }
        before = Some(day);
    }
    parts
}

fn day_of(site: &Site, subject: Subject) -> Day {
    match subject {
        Subject::Day(record, _) => record.day,
        Subject::Entry(at) => site.entry(at).0.day,
    }
}

/// What a feed tells of, oldest first; of entries of one day the last listed first, so that the newest of all is the first of its day.
fn subjects<'a>(site: &'a Site, channel: &'a Channel) -> Vec<Subject<'a>> {
    match channel {
        Channel::Days => {
            site.days.iter().filter(|record| record.n_entries > 0).map(|record| Subject::Day(record, None)).collect()
        }
        Channel::Source(slug) => {
            site.days.iter().filter(|record| lists(site, record, slug)).map(|record| Subject::Day(record, Some(slug))).collect()
        }
        Channel::Entries => {
            let newest = site.days.iter().rev().take(site.info.publish.feed_days).rev();
            let entries = newest.flat_map(|record| site.entries_in(record.digests.clone()).rev());
            let first = |at: &EntryRef| site.work_of(*at).sightings.first() == Some(at);
            entries.filter(first).map(Subject::Entry).collect()
        }
        Channel::Tag(_) | Channel::Watch(_) | Channel::Author(_) => {
            let first: Vec<EntryRef> = site.firsts(site.entries_of(channel).unwrap_or_default()).collect();
            let by_day = first.chunk_by(|a, b| site.entry(*a).0.day == site.entry(*b).0.day);
            by_day.flat_map(|day| day.iter().rev().map(|at| Subject::Entry(*at))).collect()
        }
    }
}

/// True if a source lists something on a day.
fn lists(site: &Site, record: &crate::site::DayRecord, slug: &str) -> bool {
    site.digests[record.digests.clone()]
        .iter()
        .any(|listed| site.sources[listed.source as usize].slug == slug && !listed.digest.entries.is_empty())
}
