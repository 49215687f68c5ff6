//! An entry as programs get it, and the two forms of all entries of a year.

use crate::model::{Day, Entry, WorkId};
use crate::prose;
use crate::site::route::{DataFormat, Links, Route};
use crate::site::{EntryRef, Site};
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// An entry. Texts are plain, without Markdown and TeX.
#[derive(Serialize)]
pub(super) struct ApiEntry<'a> {
    /// What the entry is called on its day's page; with the day it names it for ever.
    key: &'a str,
    day: String,
    source: &'a str,
    /// Its place in the digest, from 1.
    position: u32,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_title: Option<String>,
    authors: &'a [String],
    /// `arxiv:2511.10648`, `doi:10.1101/…` or `url:example.org/a`; the same for all sightings of a work.
    work: Option<String>,
    /// The version of an arXiv preprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    /// Where the entry leads.
    url: Option<&'a str>,
    /// Its place on the site, if the site has a base URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    /// Further links.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<ApiLink<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'a str, String>,
    /// The first day that lists the work, if it is an earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<String>,
}

#[derive(Serialize)]
struct ApiLink<'a> {
    url: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
}

impl ApiEntry<'_> {
    /// Without what the file of its day says already.
    pub(super) fn on_its_day(self) -> Self {
        ApiEntry { page: None, ..self }
    }
}

/// The entry at a place, with addresses as seen by `links`.
pub(super) fn entry<'a>(site: &'a Site, links: &Links, at: EntryRef) -> ApiEntry<'a> {
    let (listed, entry) = site.entry(at);
    let plain = |text: &Option<String>| text.as_deref().map(prose::plain);
    let key = &listed.anchors[at.entry as usize];
    let first = site.work_of(at).sightings.first().map(|first| site.entry(*first).0.day);
    ApiEntry {
        key,
        day: listed.day.to_string(),
        source: &site.sources[listed.source as usize].slug,
        position: entry.position,
        title: title(entry),
        original_title: plain(&entry.original_title),
        authors: &entry.authors,
        work: entry.id.as_ref().map(WorkId::to_string),
        version: entry.id.as_ref().and_then(WorkId::version),
        url: entry.url(),
        page: page(site, links, at),
        summary: plain(&entry.summary),
        note: plain(&entry.note),
        published: entry.published.map(|day| day.to_string()),
        tags: &entry.tags,
        section: plain(&entry.section),
        links: entry
            .links
            .iter()
            .skip(1)
            .map(|link| ApiLink { url: &link.url, kind: link.kind.name(), text: &link.text })
            .collect(),
        extra: entry.extra.iter().map(|(key, value)| (key.as_str(), prose::plain(value))).collect(),
        first_seen: first.filter(|day| *day < listed.day).map(|day| day.to_string()),
    }
}

fn title(entry: &Entry) -> String {
    entry.title.as_deref().map_or_else(|| entry.stand_in(), prose::plain)
}

/// Entries as lines of JSON.
pub fn jsonl(site: &Site, entries: &[EntryRef]) -> serde_json::Result<Vec<u8>> {
    lines(site, &Links::from(&Route::Home, site.info.base_url.as_deref()), entries)
}

fn lines(site: &Site, links: &Links, entries: &[EntryRef]) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::new();
    for &at in entries {
        serde_json::to_writer(&mut out, &entry(site, links, at))?;
        out.push(b'\n');
    }
    Ok(out)
}

/// The head of a table of entries: a byte order mark and the columns.
const HEAD: &str = "\u{FEFF}day,source,position,title,original_title,authors,work,version,url,published,tags,page\r\n";

/// Entries as a table (RFC 4180). It begins with a byte order mark, without which Excel takes it for another encoding; a cell that a
/// spreadsheet would take for a formula begins with an apostrophe.
pub fn csv(site: &Site, entries: &[EntryRef]) -> String {
    format!("{HEAD}{}", rows(site, &Links::from(&Route::Home, site.info.base_url.as_deref()), entries))
}

fn rows(site: &Site, links: &Links, entries: &[EntryRef]) -> String {
    let mut out = String::new();
    entries.iter().for_each(|at| put_row(&mut out, site, links, *at));
    out
}

fn put_row(out: &mut String, site: &Site, links: &Links, at: EntryRef) {
    let (listed, entry) = site.entry(at);
    let id = entry.id.as_ref();
    let original_title = entry.original_title.as_deref().map(prose::plain);
    let day = |day: Day| day.to_string();
    let cells = [
        &day(listed.day),
        &site.sources[listed.source as usize].slug,
        &entry.position.to_string(),
        &title(entry),
        original_title.as_deref().unwrap_or_default(),
        &entry.authors.join("; "),
        &id.map(WorkId::to_string).unwrap_or_default(),
        &id.and_then(WorkId::version).map(|version| version.to_string()).unwrap_or_default(),
        entry.url().unwrap_or_default(),
        &entry.published.map(day).unwrap_or_default(),
        &entry.tags.join("; "),
        &page(site, links, at).unwrap_or_default(),
    ];
    for (n, cell) in cells.into_iter().enumerate() {
        out.push_str(if n > 0 { "," } else { "" });
        put_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// The address of an entry, if the site has a base URL: a relative one is of no use outside.
fn page(site: &Site, links: &Links, at: EntryRef) -> Option<String> {
    let page = links.absolute(&site.page_of(at))?;
    Some(format!("{page}#{}", site.entry(at).0.anchors[at.entry as usize]))
}

fn put_cell(out: &mut String, text: &str) {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if !text.contains([',', '"', '\n', '\r']) {
        out.push_str(guard);
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(guard);
    for (n, part) in text.split('"').enumerate() {
        out.push_str(if n > 0 { "\"\"" } else { "" });
        out.push_str(part);
    }
    out.push('"');
}

/// Entries in one file of a year; larger years have several.
const PER_FILE: usize = 100_000;

/// The files with the entries of years.
pub(super) fn data_files(site: &Site) -> Vec<Route> {
    let publish = &site.info.publish;
    let formats = [(DataFormat::Csv, publish.csv), (DataFormat::Jsonl, publish.jsonl)];
    let formats: Vec<DataFormat> = formats.into_iter().filter(|(_, wanted)| *wanted).map(|(format, _)| format).collect();
    let of_year = |year: i32| {
        let n: usize = site.days_in(year, None).iter().map(|record| record.n_entries).sum();
        let parts = 1..=n.div_ceil(PER_FILE);
        parts.flat_map(|part| formats.iter().map(move |format| Route::Data(year, part, *format))).collect::<Vec<_>>()
    };
    site.years().into_iter().flat_map(of_year).collect()
}

/// Entries are compressed so many at a time, which bounds what is held of them.
const AT_ONCE: usize = 256;

/// The content of such a file, compressed with gzip.
pub(super) fn data(site: &Site, year: i32, part: usize, format: DataFormat) -> serde_json::Result<Vec<u8>> {
    let digests = site.days_in(year, None).iter().flat_map(|record| record.digests.clone());
    let entries: Vec<EntryRef> = site.entries_in(digests).skip((part - 1) * PER_FILE).take(PER_FILE).collect();
    // No time and no name in the head, so that the same entries give the same bytes.
    let mut encoder: GzEncoder<Vec<u8>> = GzBuilder::new().write(Vec::new(), Compression::new(2));
    if format == DataFormat::Csv {
        encoder.write_all(HEAD.as_bytes()).map_err(serde_json::Error::io)?;
    }
    let links = Links::from(&Route::Home, site.info.base_url.as_deref());
    for entries in entries.chunks(AT_ONCE) {
        let bytes = match format {
            DataFormat::Csv => rows(site, &links, entries).into_bytes(),
            DataFormat::Jsonl => lines(site, &links, entries)?,
        };
        encoder.write_all(&bytes).map_err(serde_json::Error::io)?;
    }
    encoder.finish().map_err(serde_json::Error::io)
}
