//! The index: segments, shards of terms, blocks of texts.
//!
//! Entries of a segment are numbered from its oldest. A shard is a sequence of terms in the order of their UTF-16 code units, which is
//! that of strings in scripts. Of each: a byte with how many bytes it shares with the term before (0–15, high half) and the length of its
//! own bytes (0–14, or 15 and a varint of what is above 14), these bytes (UTF-8), the number of entries, the length of their list in bytes
//! if there is more than one entry, and the list: gaps between numbers, doubled, plus one where the term names the entry (title, author,
//! tag) and does not merely occur in it. Numbers are varints; the whole is base64. A block is JSON, deflated (RFC 1951), in base64.

use super::doc::{Doc, id_key};
use super::encode::varint;
use super::fold::{fold, terms};
use crate::model::{Day, WorkId};
use crate::pack::{base64_into, json_into, pack_into};
use crate::prose;
use crate::site::route::Route;
use crate::site::{EntryRef, Site, Source};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

/// A shard ends after so many bytes before base64: larger ones in a large segment, whose directory names each of them.
const SHARD: usize = 6 << 10;
const LARGE_SHARD: usize = 10 << 10;

/// A segment with more entries is large.
const LARGE: usize = 40_000;

/// Entries of a block at most, and its bytes before they are deflated, by the average of the segment.
const BLOCK: usize = 24;
const BLOCK_BYTES: usize = 10 << 10;

/// A segment has at most so many entries, unless a single day has more.
const MAX_ENTRIES: usize = 1 << 17;

/// With more shards the directory has a second level, of pages that name so many shards each.
const LARGE_DIRECTORY: usize = 1000;
const DIRECTORY_PAGE: usize = 64;

/// Terms that more than one in so many entries have are named in the directory: a query leaves them to the comparison.
const FREQUENT: usize = 12;

/// From this length on the bytes of a term are counted apart.
const LONG: usize = 15;

/// What the terms of ids begin with; no term of a text does.
const ID: char = '=';

/// A part of the archive with an index of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its folder: `2024`, `2025-q1`, `2025-11`; with `.2` and so on where there is more than one.
    pub name: String,
    /// Its days, in the site's list of days.
    pub days: Range<usize>,
    /// How many entries it has.
    pub n_entries: usize,
}

/// The segments, oldest first: closed years, of the latest year the closed quarters, of its latest quarter the months.
pub fn segments(site: &Site) -> Vec<Segment> {
    let Some(latest) = site.days.last().map(|record| record.day) else { return Vec::new() };
    let quarter = |day: Day| (day.month() - 1) / 3 + 1;
    let name = |day: Day| match () {
        () if day.year() < latest.year() => format!("{:04}", day.year()),
        () if quarter(day) < quarter(latest) => format!("{:04}-q{}", day.year(), quarter(day)),
        () => format!("{:04}-{:02}", day.year(), day.month()),
    };
    let mut segments: Vec<Segment> = Vec::new();
    let mut part = 1;
    let mut last = String::new();
    for (at, record) in site.days.iter().enumerate().filter(|(_, record)| record.n_entries > 0) {
        let name = name(record.day);
        match segments.last_mut() {
            Some(segment) if last == name && segment.n_entries + record.n_entries <= MAX_ENTRIES => {
                segment.days.end = at + 1;
                segment.n_entries += record.n_entries;
            }
            _ => {
                part = if last == name { part + 1 } else { 1 };
                let folder = if part == 1 { name.clone() } else { format!("{name}.{part}") };
                segments.push(Segment { name: folder, days: at..at + 1, n_entries: record.n_entries });
                last = name;
            }
        }
    }
    segments
}

/// What the page loads first: the segments, newest first.
#[derive(Serialize)]
struct Manifest<'a> {
    segments: Vec<ManifestSegment<'a>>,
}

#[derive(Serialize)]
struct ManifestSegment<'a> {
    name: &'a str,
    first: String,
    last: String,
    n: usize,
}

/// The script that names the segments.
pub fn manifest(site: &Site, segments: &[Segment]) -> String {
    let of_segment = |segment: &'_ Segment| -> (String, String) {
        let days = &site.days[segment.days.clone()];
        let day = |record: Option<&crate::site::DayRecord>| record.map(|record| record.day.to_string()).unwrap_or_default();
        (day(days.first()), day(days.last()))
    };
    let segments = segments.iter().rev().map(|segment| {
        let (first, last) = of_segment(segment);
        ManifestSegment { name: &segment.name, first, last, n: segment.n_entries }
    });
    format!("daysheet.search.manifest({});\n", json(&Manifest { segments: segments.collect() }))
}

/// What the page has to know of a segment before it can ask for anything.
#[derive(Serialize)]
struct Directory<'a> {
    /// Entries of a block.
    block: usize,
    /// Slug and label of each source.
    sources: Vec<(&'a str, &'a str)>,
    /// For each day the sources in the order of the entries, with the number of these.
    days: Vec<(String, Vec<(usize, usize)>)>,
    /// The first term of each shard; of each page of the directory if there is a second level.
    shards: Vec<&'a str>,
    /// How many shards a page of the directory names, where there is a second level.
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<usize>,
    /// Terms that a great part of the entries has.
    frequent: Vec<&'a str>,
}

/// What is gathered of the entries of a segment, in their order.
#[derive(Default)]
struct Gathered<'a> {
    terms: Terms,
    /// Each entry as the page gets it.
    records: Vec<String>,
    sources: Vec<(&'a str, &'a str)>,
    days: Vec<(String, Vec<(usize, usize)>)>,
}

impl<'a> Gathered<'a> {
    fn of(site: &'a Site, segment: &Segment) -> Gathered<'a> {
        let mut gathered = Gathered { records: Vec::with_capacity(segment.n_entries), ..Gathered::default() };
        for record in &site.days[segment.days.clone()] {
            let digests = &site.digests[record.digests.clone()];
            let mut runs: Vec<(usize, usize)> = Vec::new();
            for (digest, listed) in record.digests.clone().zip(digests).filter(|(_, listed)| !listed.digest.entries.is_empty()) {
                runs.push((gathered.source(&site.sources[listed.source as usize]), listed.n_entries()));
                for (n, (entry, anchor)) in listed.digest.entries.iter().zip(&listed.anchors).enumerate() {
                    let doc = Doc::of(entry);
                    let further = further_page(site, EntryRef::at(digest, n)).map(|page| format!("{page}#{anchor}"));
                    let anchor = further.as_ref().unwrap_or(anchor);
                    let number = u32::try_from(gathered.records.len()).expect("a segment has fewer than 2^32 entries");
                    gathered.terms.add(number, &doc);
                    gathered.records.push(record_of(&doc, entry.title.as_deref(), entry.url(), anchor));
                }
            }
            gathered.days.push((record.day.to_string(), runs));
        }
        gathered
    }

    /// The number of a source in the segment.
    fn source(&mut self, source: &'a Source) -> usize {
        let known = self.sources.iter().position(|(slug, _)| *slug == source.slug);
        known.unwrap_or_else(|| {
            self.sources.push((&source.slug, &source.label));
            self.sources.len() - 1
        })
    }
}

/// The files of a segment: path below its folder, and content.
pub fn files(site: &Site, segment: &Segment) -> Vec<(String, String)> {
    let Gathered { terms, records, sources, days } = Gathered::of(site, segment);
    let (shards, frequent) = terms.shards(records.len());
    let first_terms: Vec<&str> = shards.iter().map(|(first, _)| first.as_str()).collect();
    let per = (shards.len() > LARGE_DIRECTORY).then_some(DIRECTORY_PAGE);
    let shown = first_terms.iter().step_by(per.unwrap_or(1)).copied().collect();
    let frequent = frequent.iter().map(String::as_str).collect();
    let average = records.iter().map(String::len).sum::<usize>() / records.len().max(1);
    let block = (BLOCK_BYTES / average.max(1)).clamp(1, BLOCK);
    let directory = Directory { block, sources, days, shards: shown, per, frequent };
    let file = |name: String, data: &mut dyn FnMut(&mut String)| {
        let mut call = format!("daysheet.search.put(\"{}/{name}\",", segment.name);
        data(&mut call);
        call.push_str(");\n");
        (format!("{name}.js"), call)
    };
    let mut files = vec![file("index".to_owned(), &mut |call| call.push_str(&json(&directory)))];
    for (n, terms) in first_terms.chunks(DIRECTORY_PAGE).enumerate().filter(|_| per.is_some()) {
        files.push(file(format!("d{n}"), &mut |call| call.push_str(&json(terms))));
    }
    for (n, (_, bytes)) in shards.iter().enumerate() {
        files.push(file(format!("t{n}"), &mut |call| quoted(call, |call| base64_into(call, bytes))));
    }
    for (n, block) in records.chunks(block).enumerate() {
        let texts = format!("[{}]", block.join(","));
        files.push(file(format!("e{n}"), &mut |call| quoted(call, |call| pack_into(call, &texts))));
    }
    files
}

/// Appends what needs no escapes as a string.
fn quoted(out: &mut String, put: impl FnOnce(&mut String)) {
    out.push('"');
    put(out);
    out.push('"');
}

/// Where an entry stands that is not on its day's own page: what the address has behind the day.
fn further_page(site: &Site, at: EntryRef) -> Option<String> {
    let page = (site.page_number(at) > 1).then(|| site.page_of(at).path())?;
    let day = Route::Day(site.entry(at).0.day).path();
    page.strip_prefix(day.trim_end_matches(".html")).map(str::to_owned)
}

/// An entry as the page gets it: texts in a fixed order, 0 for what is empty, what is at the end left out.
/// The anchor is written where it does not follow from the id.
fn record_of(doc: &Doc, title: Option<&str>, url: Option<&str>, anchor: &str) -> String {
    let has_markup = |title: &&str| title.contains(['$', '*', '_', '`', '<', '\\', '[', '~', '^', '&', '/']);
    let html = title.filter(has_markup).map(prose::inline_html).filter(|html| html.contains('<'));
    let shown = doc.id.as_ref().and_then(WorkId::shown);
    let key = doc.id.as_ref().filter(|id| !id.is_registered()).map(id_key);
    let link = url.and_then(prose::href);
    let (usual_anchor, usual_link) = doc.id.as_ref().and_then(usual).unwrap_or_default();
    let (authors, tags) = (doc.authors.join("; "), doc.tags.join("\t"));
    let link = link.filter(|link| *link != usual_link);
    let fields = [
        doc.title.as_str(),
        &doc.original_title,
        &authors,
        &doc.summary,
        or_empty(&shown),
        or_empty(&link),
        &tags,
        &doc.note,
        if anchor == usual_anchor { "" } else { anchor },
        or_empty(&html),
        or_empty(&key),
    ];
    let mut record = String::from("[");
    let mut end = record.len();
    for field in fields {
        record.push_str(if record.len() > 1 { "," } else { "" });
        if field.is_empty() {
            record.push('0');
        } else {
            json_into(&mut record, field);
            end = record.len();
        }
    }
    record.truncate(end);
    record.push(']');
    record
}

fn or_empty(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

/// Anchor and link of an entry that follow from its registered id, so that the page can make them.
fn usual(id: &WorkId) -> Option<(String, String)> {
    match id {
        WorkId::Arxiv { id, version } => {
            let version = version.map(|version| format!("v{version}")).unwrap_or_default();
            Some((format!("arxiv-{}", id.replace('/', "-")), format!("https://arxiv.org/pdf/{id}{version}")))
        }
        WorkId::Doi(doi) => Some((format!("doi-{}", doi.replace('/', "-")), format!("https://doi.org/{doi}"))),
        WorkId::Url(_) => None,
    }
}

/// The first term of a shard, and its bytes.
type Shard = (String, Vec<u8>);

/// The terms of a segment with the entries that have them, noted in the order of the entries.
#[derive(Default)]
struct Terms {
    /// The numbers of terms of up to eight bytes, which are most, by [`prefix`]: found without a look at a text elsewhere.
    short: HashMap<u64, u32, ahash::RandomState>,
    /// The numbers of longer ones.
    long: HashMap<Box<str>, u32, ahash::RandomState>,
    noted: Vec<Noted>,
    /// Term, and entry with the bit of heads, as often as an entry has a term.
    pairs: Vec<(u32, u32)>,
}

/// What is known of a term.
#[derive(Clone, Copy, Default)]
struct Noted {
    /// The last entry that has it, plus one.
    last: u32,
    /// How many entries have it.
    count: u32,
}

/// A term: what orders it, the text of a long one, and its number.
struct Term {
    prefix: u64,
    long: Option<Box<str>>,
    at: u32,
}

impl Terms {
    fn add(&mut self, number: u32, doc: &Doc) {
        if let Some(id) = &doc.id {
            self.put(&format!("{ID}{}", id_key(id)), number, true);
        }
        for text in doc.heads() {
            terms(&fold(text), |term| self.put(term, number, true));
        }
        for text in doc.bodies() {
            terms(&fold(text), |term| self.put(term, number, false));
        }
    }

    /// Notes a term of an entry. What is noted first counts: heads come before bodies.
    fn put(&mut self, term: &str, number: u32, is_head: bool) {
        let next = u32::try_from(self.noted.len()).expect("a segment has fewer than 2^32 terms");
        let at = if term.len() <= size_of::<u64>() && !term.ends_with('\0') {
            *self.short.entry(prefix(term)).or_insert(next)
        } else if let Some(at) = self.long.get(term) {
            *at
        } else {
            self.long.insert(term.into(), next);
            next
        };
        if at == next {
            self.noted.push(Noted::default());
        }
        let noted = &mut self.noted[at as usize];
        if noted.last != number + 1 {
            *noted = Noted { last: number + 1, count: noted.count + 1 };
            self.pairs.push((at, number << 1 | u32::from(is_head)));
        }
    }

    /// The shards with their first terms, and the terms that many of `n_entries` have.
    fn shards(self, n_entries: usize) -> (Vec<Shard>, Vec<String>) {
        let size_of_shard = if n_entries > LARGE { LARGE_SHARD } else { SHARD };
        let (starts, entries) = self.lists();
        let is_frequent = |at: usize| self.noted[at].count as usize * FREQUENT > n_entries && self.noted[at].count > 64;
        let short = self.short.iter().map(|(prefix, at)| Term { prefix: *prefix, long: None, at: *at });
        let long = self.long.into_iter().map(|(term, at)| Term { prefix: prefix(&term), long: Some(term), at });
        let mut sorted: Vec<Term> = short.chain(long).collect();
        sorted.sort_unstable_by(Term::in_order);
        let mut shards: Vec<Shard> = Vec::new();
        let mut frequent = Vec::new();
        let (mut before, mut term, mut list) = (String::new(), String::new(), Vec::new());
        for one in &sorted {
            one.text_into(&mut term);
            let at = one.at as usize;
            if is_frequent(at) {
                frequent.push(term.clone());
            }
            list.clear();
            let entries = &entries[starts[at]..starts[at + 1]];
            let mut last = 0;
            for entry in entries {
                varint(&mut list, ((entry >> 1) - last) << 1 | (entry & 1));
                last = entry >> 1;
            }
            if shards.last().is_none_or(|(_, bytes)| bytes.len() + list.len() > size_of_shard) {
                shards.push((term.clone(), Vec::with_capacity(SHARD)));
                before.clear();
            }
            let (_, out) = shards.last_mut().expect("one was just begun");
            let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let shared = shared_bytes(&before, &term);
            let own = term.len() - shared;
            out.push((shared as u8) << 4 | own.min(LONG) as u8);
            if own >= LONG {
                varint(out, size(own - LONG));
            }
            out.extend_from_slice(&term.as_bytes()[shared..]);
            varint(out, size(entries.len()));
            if entries.len() > 1 {
                varint(out, size(list.len()));
            }
            out.extend_from_slice(&list);
            std::mem::swap(&mut before, &mut term);
        }
        (shards, frequent)
    }

    /// The entries of all terms one after the other, and where those of each term begin; one more for the end of the last.
    fn lists(&self) -> (Vec<usize>, Vec<u32>) {
        let mut starts = Vec::with_capacity(self.noted.len() + 1);
        let mut sum = 0;
        starts.push(0);
        for noted in &self.noted {
            sum += noted.count as usize;
            starts.push(sum);
        }
        let mut next = starts.clone();
        let mut entries = vec![0; sum];
        for (term, entry) in &self.pairs {
            entries[next[*term as usize]] = *entry;
            next[*term as usize] += 1;
        }
        (starts, entries)
    }
}

impl Term {
    /// Writes its text in the place of what is there.
    fn text_into(&self, out: &mut String) {
        out.clear();
        match &self.long {
            Some(text) => out.push_str(text),
            None => {
                let bytes = self.prefix.to_be_bytes().map(|byte| if byte > LAST_LEAD { byte - LATER } else { byte });
                let text = std::str::from_utf8(&bytes).expect("it was made of a text");
                out.push_str(text.trim_end_matches('\0'));
            }
        }
    }

    /// How strings compare in scripts, by UTF-16.
    fn in_order(&self, other: &Term) -> Ordering {
        self.prefix.cmp(&other.prefix).then_with(|| match (&self.long, &other.long) {
            (Some(own), Some(other)) => own.bytes().map(in_utf16).cmp(other.bytes().map(in_utf16)),
            (own, other) => own.is_some().cmp(&other.is_some()),
        })
    }
}

/// The first eight bytes of a term, which has no zeros, as a number that orders terms as scripts do.
fn prefix(term: &str) -> u64 {
    term.bytes()
        .map(in_utf16)
        .chain(std::iter::repeat(0))
        .take(size_of::<u64>())
        .fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// The bytes of UTF-8 order texts as UTF-16 does, but for U+E000 to U+FFFF, whose first bytes are moved behind those of all others.
fn in_utf16(byte: u8) -> u8 {
    if matches!(byte, 0xEE | 0xEF) { byte + LATER } else { byte }
}

/// The last byte that a character of UTF-8 can begin with.
const LAST_LEAD: u8 = 0xF4;
const LATER: u8 = 8;

/// How many bytes two terms share at their beginnings, at most 15.
fn shared_bytes(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take(15).take_while(|(a, b)| a == b).count()
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_in_the_order_of_scripts() {
        let texts = [
            "世",
            "世界",
            "\u{FF61}",
            "\u{20000}",
            "a",
            "ab",
            "abcdefgh",
            "abcdefghi",
            "abcdefgh\u{FF61}",
            "abcdefgh\u{20000}",
            "가",
            "\u{E000}",
        ];
        let mut terms = Terms::default();
        texts.iter().for_each(|text| terms.put(text, 0, true));
        let mut sorted: Vec<Term> =
            terms.short.iter().map(|(prefix, at)| Term { prefix: *prefix, long: None, at: *at }).collect();
        sorted.extend(terms.long.into_iter().map(|(term, at)| Term { prefix: prefix(&term), long: Some(term), at }));
        sorted.sort_unstable_by(Term::in_order);
        let text_of = |term: &Term| {
            let mut text = String::new();
            term.text_into(&mut text);
            text
        };
        let mut expected = texts.map(str::to_owned);
        expected.sort_by_key(|term| term.encode_utf16().collect::<Vec<u16>>());
        assert_eq!(sorted.iter().map(text_of).collect::<Vec<_>>(), expected);
    }
}
