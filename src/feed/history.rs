//! Which subjects a feed has, which of them stand in its current document, and which in archives (RFC 5005).
//!
//! All subjects from the oldest to the newest are cut into parts: a part ends with its month, or when it is full. Subjects are only
//! ever added at the end, so all parts but the last never change. The current document takes the newest parts; every older part
//! is an archive. So the chain from the current document through all archives tells of each subject exactly once.

use super::item::Subject;
use crate::model::Day;
use crate::site::{Channel, EntryRef, Site};
use std::collections::HashSet;

/// A feed cut into its documents.
pub(super) struct History<'a> {
    /// The subjects of the current document, newest first.
    pub(super) current: Vec<Subject<'a>>,
    /// The archives, oldest first.
    pub(super) archives: Vec<Part<'a>>,
    /// True if the current document tells of everything there is.
    pub(super) is_complete: bool,
}

/// An archive.
pub(super) struct Part<'a> {
    /// `2025-11`, or `2025-11-2` for the second part of a month.
    pub(super) name: String,
    /// Its subjects, newest first.
    pub(super) subjects: Vec<Subject<'a>>,
}

/// A subject with its day and the bytes that it takes at least.
struct Sized<'a> {
    subject: Subject<'a>,
    day: Day,
    size: usize,
}

/// Cuts a feed into its documents. `size` tells how many bytes a subject takes at least, `cap` how many a document may have.
pub(super) fn history<'a>(site: &'a Site, channel: &'a Channel, cap: usize, size: impl Fn(Subject<'a>) -> usize) -> History<'a> {
    let sized = |subject| Sized { subject, day: day_of(site, subject), size: size(subject) };
    if !has_archives(channel) {
        let mut total = 0;
        let newest = subjects(site, channel).rev().map(sized).take_while(|one| {
            total += one.size;
            total <= cap
        });
        let current: Vec<Subject> = newest.take(MAX_ITEMS).map(|one| one.subject).collect();
        let is_complete = *channel != Channel::Entries && current.len() == subjects(site, channel).count();
        return History { current, archives: Vec::new(), is_complete };
    }
    let mut parts = parts(subjects(site, channel).map(sized).collect(), cap);
    let mut current: Vec<Sized> = Vec::new();
    let n_days = |part: &[Sized]| part.chunk_by(|a, b| a.day == b.day).count();
    let (mut days, mut total) = (0, 0);
    while let Some((_, last)) = parts.last() {
        total += last.iter().map(|one| one.size).sum::<usize>();
        if !current.is_empty() && (days >= site.info.publish.feed_days || total > cap) {
            break;
        }
        days += n_days(last);
        current = parts.pop().into_iter().flat_map(|(_, part)| part).chain(current).collect();
    }
    let newest_first = |part: Vec<Sized<'a>>| part.into_iter().rev().map(|one| one.subject).collect::<Vec<_>>();
    let archives: Vec<Part> = parts.into_iter().map(|(name, part)| Part { name, subjects: newest_first(part) }).collect();
    History { current: newest_first(current), is_complete: archives.is_empty(), archives }
}

/// Items of a feed without archives.
const MAX_ITEMS: usize = 1000;

/// True for the feeds that tell of everything in archives. The entries of the site, of its tags and authors are in the days
/// already, and would be several times the size of the site.
fn has_archives(channel: &Channel) -> bool {
    matches!(channel, Channel::Days | Channel::Source(_) | Channel::Watch(_))
}

/// Cuts subjects, oldest first, into parts with names.
fn parts(subjects: Vec<Sized>, cap: usize) -> Vec<(String, Vec<Sized>)> {
    let mut parts: Vec<(String, Vec<Sized>)> = Vec::new();
    let (mut month, mut number, mut total) = ((0, 0), 1, 0);
    for one in subjects {
        let of = (one.day.year(), one.day.month());
        let is_full = total + one.size > cap;
        if of != month || is_full {
            number = if of == month { number + 1 } else { 1 };
            month = of;
            total = 0;
            let suffix = if number > 1 { format!("-{number}") } else { String::new() };
            parts.push((format!("{:04}-{:02}{suffix}", of.0, of.1), Vec::new()));
        }
        total += one.size;
        if let Some((_, part)) = parts.last_mut() {
            part.push(one);
        }
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
fn subjects<'a>(site: &'a Site, channel: &'a Channel) -> Box<dyn DoubleEndedIterator<Item = Subject<'a>> + 'a> {
    match channel {
        Channel::Days => {
            Box::new(site.days.iter().filter(|record| record.n_entries > 0).map(|record| Subject::Day(record, None)))
        }
        Channel::Source(slug) => {
            Box::new(site.days.iter().filter(|record| lists(site, record, slug)).map(|record| Subject::Day(record, Some(slug))))
        }
        Channel::Entries => {
            let newest = site.days.iter().rev().take(site.info.publish.feed_days).rev();
            let entries = newest.flat_map(|record| record.digests.clone().rev()).flat_map(|digest| {
                let n = site.digests[digest].digest.entries.len();
                (0..n).rev().map(move |entry| EntryRef::at(digest, entry))
            });
            let first = |at: &EntryRef| site.work_of(*at).sightings.first() == Some(at);
            Box::new(entries.filter(first).map(Subject::Entry).collect::<Vec<_>>().into_iter())
        }
        Channel::Tag(_) | Channel::Watch(_) | Channel::Author(_) => {
            let mut seen = HashSet::new();
            let entries = site.entries_of(channel).unwrap_or_default().iter().copied();
            let first: Vec<EntryRef> =
                entries.filter(|at| seen.insert(site.digests[at.digest as usize].works[at.entry as usize])).collect();
            let by_day = first.chunk_by(|a, b| site.entry(*a).0.day == site.entry(*b).0.day);
            let ordered: Vec<Subject> = by_day.flat_map(|day| day.iter().rev().map(|at| Subject::Entry(*at))).collect();
            Box::new(ordered.into_iter())
        }
    }
}

/// True if a source lists something on a day.
fn lists(site: &Site, record: &crate::site::DayRecord, slug: &str) -> bool {
    site.digests[record.digests.clone()]
        .iter()
        .any(|listed| site.sources[listed.source as usize].slug == slug && !listed.digest.entries.is_empty())
}
