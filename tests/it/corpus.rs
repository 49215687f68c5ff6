//! The reader against digests of other people, whose truth is known. Skipped aloud where the corpora are not there.

use super::common::{readings, shared};
use super::site::{artifacts, broken_links};
use daysheet::model::WorkId;
use daysheet::site::{JoinOptions, SiteInfo, join};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

#[test]
fn the_seed_day_is_read_whole() {
    let (Some(folder), Some(truth)) = (shared("corpus/seed"), shared("corpus/truth/seed.json")) else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(truth).expect("the truth")).expect("JSON");
    let readings = readings(&folder);
    let digest = &readings[0].digests[0];
    assert_eq!(digest.day.map(|day| day.to_string()).as_deref(), truth["day"].as_str());
    assert_eq!(digest.source, truth["source"]);
    let expected = truth["entries"].as_array().expect("entries");
    assert_eq!(digest.entries.len(), expected.len());
    for (entry, expected) in digest.entries.iter().zip(expected) {
        assert_eq!(entry.title.as_deref(), expected["title"].as_str());
        assert_eq!(entry.note.as_deref(), expected["note"].as_str());
        assert_eq!(Value::from(entry.authors.clone()), expected["authors"]);
        assert_eq!(entry.url(), expected["url"].as_str());
        assert_eq!(entry.id.as_ref().map(WorkId::to_string).as_deref(), expected["id"].as_str());
        assert_eq!(entry.id.as_ref().and_then(WorkId::version).map(u64::from), expected["version"].as_u64());
        let summary = entry.summary.as_deref().unwrap_or("");
        assert!(summary.starts_with(expected["summary_start"].as_str().expect("text")), "{summary}");
        assert!(summary.ends_with(expected["summary_end"].as_str().expect("text")), "{summary}");
        assert_eq!(summary.chars().count() as u64, expected["summary_chars"].as_u64().expect("a number"));
    }
}

/// What the large corpus gives: a fall is a loss and a rise is news, so both fail until they are accepted here.
const RATCHET: &[(&str, usize)] = &[
    ("rows", 59_509),
    ("entries", 59_509),
    ("rejected", 0),
    ("links", 59_489),
    ("without title", 2_315),
    ("bare-bar", 2),
    ("empty-day", 104),
    ("entry-without-link", 20),
    ("row-over-lines", 4_177),
];

#[test]
fn every_link_of_the_large_corpus_is_an_entry() {
    let (Some(folder), Some(truth)) = (shared("corpus/arxiv-daily"), shared("corpus/truth/arxiv-daily.jsonl")) else { return };
    let readings = readings(&folder);
    let by_path: BTreeMap<&str, _> = readings.iter().map(|reading| (reading.path.as_str(), reading)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in fs::read_to_string(truth).expect("the truth").lines() {
        let truth: Value = serde_json::from_str(line).expect("JSON");
        let path = truth["file"].as_str().expect("a path");
        let digest = &by_path[path].digests[0];
        assert_eq!(digest.day.map(|day| day.to_string()).as_deref(), truth["day"].as_str(), "{path}");
        assert_eq!(digest.source, truth["source"], "{path}");
        let urls: Vec<&str> = digest.entries.iter().filter_map(|entry| entry.url()).collect();
        assert_eq!(Value::from(urls.clone()), truth["urls"], "{path}");
        *counts.entry("links").or_default() += urls.len();
    }
    for reading in &readings {
        assert!(reading.ledger.closes(), "{}", reading.path);
        *counts.entry("rows").or_default() += reading.ledger.rows;
        *counts.entry("entries").or_default() += reading.ledger.entries;
        *counts.entry("rejected").or_default() += reading.ledger.rejected;
        for (code, (_, n)) in &reading.findings.counts {
            *counts.entry(code).or_default() += n;
        }
    }
    let entries: Vec<_> = readings.iter().flat_map(|reading| &reading.digests).flat_map(|digest| &digest.entries).collect();
    counts.insert("without title", entries.iter().filter(|entry| entry.title.is_none()).count());
    for entry in &entries {
        let title = entry.title.as_deref().unwrap_or("");
        let free =
            !title.contains('\n') && !["（注：", "（翻译说明", "标题：", "中文翻译："].iter().any(|mark| title.contains(mark));
        assert!(free, "line {}: {title}", entry.line);
    }
    for (name, expected) in RATCHET {
        assert_eq!(counts.get(name).copied().unwrap_or(0), *expected, "{name}");
    }
}

#[test]
fn every_link_of_the_large_site_leads_somewhere() {
    let Some(folder) = shared("corpus/arxiv-daily") else { return };
    let info = SiteInfo {
        title: "arXiv".into(),
        language: "zh".into(),
        id: "x".into(),
        base_url: Some("https://example.org/r/".into()),
        ..SiteInfo::default()
    };
    let joined = join(readings(&folder), &JoinOptions { info, ..JoinOptions::default() });
    assert!(joined.ledger.closes());
    assert_eq!(joined.site.days.len(), 448);
    let site = artifacts(&joined);
    let broken = broken_links(&site, "/r/");
    assert!(broken.is_empty(), "{} broken, such as {:#?}", broken.len(), &broken[..broken.len().min(20)]);
    let unsafe_name = |path: &&String| {
        !path.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-./_".contains(&b)) || path.len() > 200
    };
    assert_eq!(site.keys().filter(unsafe_name).collect::<Vec<_>>(), Vec::<&String>::new());
}
