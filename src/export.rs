//! Records of entries as read, before works or days are joined: one JSON object a line.

use crate::model::{Digest, Entry, WorkId};
use crate::parse::Reading;
use serde::Serialize;
use std::collections::BTreeMap;

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
    extra: BTreeMap<&'a str, String>,
    file: &'a str,
    line: u32,
}

#[derive(Debug, Serialize)]
struct LinkRecord<'a> {
    url: &'a str,
    kind: &'static str,
    text: &'a str,
}

/// The records of a reading as JSON Lines. `id` is `arxiv:…` or `doi:…` without version and null for other works; `extra` maps
/// a column's name to its text.
pub fn jsonl(reading: &Reading) -> serde_json::Result<String> {
    let mut out = String::new();
    for digest in &reading.digests {
        for entry in &digest.entries {
            out.push_str(&serde_json::to_string(&record(digest, entry))?);
            out.push('\n');
        }
    }
    Ok(out)
}

fn record<'a>(digest: &'a Digest, entry: &'a Entry) -> Record<'a> {
    let mut extra: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in &entry.extra {
        extra.entry(name).and_modify(|text| *text = format!("{text}\n{value}")).or_insert_with(|| value.clone());
    }
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
        extra,
        file: &digest.path,
        line: entry.line,
    }
}
