//! Records of entries as read, before works or days are joined, one JSON object a line; and which entries are wanted.

use crate::model::{Day, Digest, Entry, WorkId, name};
use crate::parse::Reading;
use crate::search::{self, Query};
use crate::site::{EntryRef, Merges, Origin, Site};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// An entry as read.
#[derive(Debug, Serialize)]
struct Record<'a> {
    day: Option<String>,
    source: &'a str,
    position: u32,
    title: Option<&'a str>,
    original_title: Option<&'a str>,
    note: Option<&'a str>,
    authors: &'a [String],
    id: Option<String>,
    url: Option<&'a str>,
    links: Vec<LinkRecord<'a>>,
    summary: Option<&'a str>,
    published: Option<String>,
    tags: &'a [String],
    section: Option<&'a str>,
    extra: BTreeMap<&'a str, String>,
    file: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<MergedInto<'a>>,
}

/// The entry that another was folded into.
#[derive(Debug, Serialize)]
struct MergedInto<'a> {
    file: &'a str,
    day: Option<String>,
    position: u32,
}

#[derive(Debug, Serialize)]
struct LinkRecord<'a> {
    url: &'a str,
    kind: &'static str,
    text: &'a str,
}

/// The records of a reading as JSON Lines. An entry that the site shows as a part of another, since it repeats or translates it,
/// names that in `merged_into`. `id` is `arxiv:…` or `doi:…` without version and null for other works; `extra` maps
/// a column's name to its text.
///
/// Given origins, only entries from there are written.
pub fn jsonl(reading: &Reading, merges: &Merges, wanted: Option<&HashSet<Origin>>) -> serde_json::Result<String> {
    let mut out = String::new();
    for digest in &reading.digests {
        for entry in &digest.entries {
            if wanted.is_some_and(|wanted| !wanted.contains(&Origin::of(digest, entry))) {
                continue;
            }
            out.push_str(&serde_json::to_string(&record(digest, entry, merges))?);
            out.push('\n');
        }
    }
    Ok(out)
}

fn record<'a>(digest: &'a Digest, entry: &'a Entry, merges: &'a Merges) -> Record<'a> {
    let mut extra: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in &entry.extra {
        extra.entry(name).and_modify(|text| *text = format!("{text}\n{value}")).or_insert_with(|| value.clone());
    }
    let from = Origin { path: digest.path.clone(), day: digest.day, position: entry.position };
    Record {
        day: digest.day.map(|day| day.to_string()),
        source: &digest.source,
        position: entry.position,
        title: entry.title.as_deref(),
        original_title: entry.original_title.as_deref(),
        note: entry.note.as_deref(),
        authors: &entry.authors,
        id: entry.id.as_ref().filter(|id| id.is_registered()).map(WorkId::to_string),
        url: entry.url(),
        links: entry.links.iter().map(|link| LinkRecord { url: &link.url, kind: link.kind.name(), text: &link.text }).collect(),
        summary: entry.summary.as_deref(),
        published: entry.published.map(|day| day.to_string()),
        tags: &entry.tags,
        section: entry.section.as_deref(),
        extra,
        file: &digest.path,
        line: entry.line,
        merged_into: merges.into_of(&from).map(|into| MergedInto {
            file: &into.path,
            day: into.day.map(|day| day.to_string()),
            position: into.position,
        }),
    }
}

/// Which entries are wanted; all conditions that are set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// What a search finds.
    pub query: Option<Query>,
    /// From this day on.
    pub first: Option<Day>,
    /// Up to this day.
    pub last: Option<Day>,
    /// The key of an author's name.
    pub author: Option<String>,
}

impl Selection {
    /// True if nothing is left out.
    pub fn is_all(&self) -> bool {
        *self == Selection::default()
    }
}

/// The entries of a site that are wanted, oldest first and in the order of their digests.
pub fn select(site: &Site, selection: &Selection) -> Vec<EntryRef> {
    let found = match &selection.query {
        Some(query) => search::fitting(site, std::slice::from_ref(query)).pop().unwrap_or_default(),
        None => site.entries_in(0..site.digests.len()).collect(),
    };
    let is_wanted = |at: &EntryRef| {
        let (listed, entry) = site.entry(*at);
        let authors = || listed.authors[at.entry as usize].iter().map(|&author| site.authors[author as usize].key.as_str());
        selection.first.is_none_or(|first| first <= listed.day)
            && selection.last.is_none_or(|last| listed.day <= last)
            && selection.author.as_ref().is_none_or(|key| {
                authors().any(|author| author == key) || entry.authors.iter().any(|written| name::key(written) == *key)
            })
    };
    found.into_iter().filter(is_wanted).collect()
}

/// Where entries were read.
pub fn origins(site: &Site, entries: &[EntryRef]) -> HashSet<Origin> {
    let origin = |at: &EntryRef| {
        let (listed, entry) = site.entry(*at);
        Origin::of(&listed.digest, entry)
    };
    entries.iter().map(origin).collect()
}
