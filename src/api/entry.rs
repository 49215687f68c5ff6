//! An entry as programs get it, and the two forms of all entries of a year.

use crate::model::{Entry, WorkId};
use crate::prose;
use crate::site::route::{DataFormat, Links, Route};
use crate::site::{EntryRef, ListedDigest, Site};
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
        page: page(links, listed, at),
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
    let mut out = Vec::new();
    write_lines(site, &Links::from(&Route::Home, site.info.base_url.as_deref()), entries, &mut out)?;
    Ok(out)
}

fn write_lines(site: &Site, links: &Links, entries: &[EntryRef], out: &mut impl Write) -> serde_json::Result<()> {
    for &at in entries {
        serde_json::to_writer(&mut *out, &entry(site, links, at))?;
        out.write_all(b"\n").map_err(serde_json::Error::io)?;
    }
    Ok(())
}

/// The columns of a table of entries.
const COLUMNS: &str = "day,source,position,title,original_title,authors,work,version,url,published,tags,page\r\n";

/// Entries as a table (RFC 4180). It begins with a byte order mark, without which Excel takes it for another encoding; a cell that a
/// spreadsheet would take for a formula begins with an apostrophe.
pub fn csv(site: &Site, entries: &[EntryRef]) -> String {
    let links = Links::from(&Route::Home, site.info.base_url.as_deref());
    let mut out = format!("\u{FEFF}{COLUMNS}");
    for &at in entries {
        let (listed, entry) = site.entry(at);
        let id = entry.id.as_ref();
        let cells = [
            listed.day.to_string(),
            site.sources[listed.source as usize].slug.clone(),
            entry.position.to_string(),
            title(entry),
            entry.original_title.as_deref().map(prose::plain).unwrap_or_default(),
            entry.authors.join("; "),
            id.map(WorkId::to_string).unwrap_or_default(),
            id.and_then(WorkId::version).map(|version| version.to_string()).unwrap_or_default(),
            entry.url().unwrap_or_default().to_owned(),
            entry.published.map(|day| day.to_string()).unwrap_or_default(),
            entry.tags.join("; "),
            page(&links, listed, at).unwrap_or_default(),
        ];
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// The address of an entry, if the site has a base URL: a relative one is of no use outside.
fn page(links: &Links, listed: &ListedDigest, at: EntryRef) -> Option<String> {
    let page = links.absolute(&Route::Day(listed.day))?;
    Some(format!("{page}#{}", listed.anchors[at.entry as usize]))
}

fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
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

/// The content of such a file.
pub(super) fn data(site: &Site, year: i32, part: usize, format: DataFormat) -> serde_json::Result<Vec<u8>> {
    let digests = site.days_in(year, None).iter().flat_map(|record| record.digests.clone());
    let all =
        digests.flat_map(|digest| (0..site.digests[digest].digest.entries.len()).map(move |entry| EntryRef::at(digest, entry)));
    let entries: Vec<EntryRef> = all.skip((part - 1) * PER_FILE).take(PER_FILE).collect();
    if format == DataFormat::Csv {
        return Ok(csv(site, &entries).into_bytes());
    }
    // No time and no name in the head, so that the same entries give the same bytes.
    let mut encoder: GzEncoder<Vec<u8>> = GzBuilder::new().write(Vec::new(), Compression::default());
    write_lines(site, &Links::from(&Route::Home, site.info.base_url.as_deref()), &entries, &mut encoder)?;
    encoder.finish().map_err(serde_json::Error::io)
}
