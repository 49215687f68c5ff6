//! Reading cases: each file under `tests/cases/read` holds files of digests and what is read from them.
//!
//! First comes a line `# what it shows`, and where wanted `encoding: gbk|utf-16|bom|crlf`, `bytes: hex` or `modified: 2025-11-14`.
//! Then `=== settings` with a `site.toml`, if there is one, `=== file path` with the text, once for each file, and `=== expected`
//! with JSON. Fields that say nothing are left out; links are written `kind address words`. Of several files it also says what
//! the site makes of them. `DAYSHEET_UPDATE=1` writes what comes out.

use super::common::files;
use daysheet::config;
use daysheet::model::{Day, Digest};
use daysheet::parse::{InputFile, Reading, read};
use daysheet::site::{Joined, Merges, join};
use daysheet::{export, text};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// A case: its head, then sections by their names.
struct Case<'a> {
    head: &'a str,
    sections: Vec<(&'a str, &'a str)>,
}

impl<'a> Case<'a> {
    fn parse(content: &'a str) -> Case<'a> {
        let mut parts = content.split("\n=== ");
        let head = parts.next().unwrap_or("");
        let section = |part: &'a str| part.split_once('\n').unwrap_or((part, ""));
        Case { head, sections: parts.map(section).collect() }
    }

    fn section(&self, name: &str) -> Option<&'a str> {
        self.sections.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    fn setting(&self, name: &str) -> Option<&'a str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        if let Some(hex) = self.setting("bytes") {
            return hex.split(' ').map(|byte| u8::from_str_radix(byte, 16).expect("hexadecimal bytes")).collect();
        }
        // The line end before the next section belongs to the case.
        let text = if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
        match self.setting("encoding") {
            None => text.into(),
            Some("bom") => format!("\u{FEFF}{text}").into(),
            Some("crlf") => text.replace('\n', "\r\n").into(),
            Some("utf-16") => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Some("gbk") => encoding_rs::GBK.encode(&text).0.into_owned(),
            Some(other) => panic!("unknown encoding `{other}`"),
        }
    }
}

/// What was read from a file: records by digest, findings, ledger.
fn found(reading: &Reading) -> Value {
    let records = export::jsonl(reading, &Merges::default(), None).expect("records");
    let mut records = records.lines().map(record);
    let digests: Vec<Value> =
        reading.digests.iter().map(|d| digest(d, records.by_ref().take(d.entries.len()).collect())).collect();
    let ledger = reading.ledger;
    let finding = |found: &daysheet::diagnostic::Diagnostic| {
        let place = found.place.as_ref().filter(|place| place.line > 0).map(|place| format!(" {}:{}", place.line, place.column));
        format!("{} {}{}", found.severity.label(), found.code, place.unwrap_or_default())
    };
    without_nothing(json!({
        "dialect": reading.dialect,
        "fields": reading.fields,
        "digests": digests,
        "findings": reading.findings.kept.iter().map(finding).collect::<Vec<_>>(),
        "rows": format!("{} = {} + {} + {}", ledger.rows, ledger.entries, ledger.merged, ledger.rejected),
    }))
}

fn record(line: &str) -> Value {
    let mut record: Value = serde_json::from_str(line).expect("JSON");
    let fields = record.as_object_mut().expect("an object");
    for common in ["day", "source", "file", "position", "url"] {
        fields.remove(common);
    }
    for link in fields["links"].as_array_mut().expect("links") {
        let part = |name: &str| link[name].as_str().unwrap_or("").to_owned();
        *link = format!("{} {} {}", part("kind"), part("url"), part("text")).trim_end().into();
    }
    without_nothing(record)
}

fn digest(digest: &Digest, entries: Vec<Value>) -> Value {
    without_nothing(json!({
        "day": digest.day.map(|day| day.to_string()),
        "source": digest.source,
        "language": digest.language,
        "number": digest.number,
        "preface": digest.preface,
        "afterword": digest.afterword,
        "state": format!("{:?}", digest.state),
        "entries": entries,
    }))
}

fn without_nothing(mut value: Value) -> Value {
    let fields = value.as_object_mut().expect("an object");
    fields.retain(|_, value| !value.is_null() && *value != json!([]) && *value != json!({}));
    value
}

/// What the site makes of several files: its days with their sources and entries, and what was folded into what.
fn site(readings: &[Reading], joined: &Joined) -> Value {
    let mut days: Map<String, Value> = Map::new();
    for day in &joined.site.days {
        let digests = &joined.site.digests[day.digests.clone()];
        let shown = |listed: &daysheet::site::ListedDigest| {
            let entries = listed.digest.entries.iter().map(|entry| {
                let tags = if entry.tags.is_empty() { String::new() } else { format!(" [{}]", entry.tags.join(", ")) };
                format!("{}{tags}", entry.title.as_deref().unwrap_or("-"))
            });
            let others: Vec<&str> = listed.translations.iter().map(|other| other.language.as_str()).collect();
            without_nothing(json!({
                "source": joined.site.sources[listed.source as usize].key,
                "entries": entries.collect::<Vec<_>>(),
                "translations": others,
            }))
        };
        days.insert(day.day.to_string(), digests.iter().map(shown).collect());
    }
    let merged = readings.iter().flat_map(|reading| {
        let records = export::jsonl(reading, &joined.merges, None).expect("records");
        let lines: Vec<Value> = records.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        lines.into_iter().filter(|record| !record["merged_into"].is_null()).map(|record| {
            let into = &record["merged_into"];
            format!("{} {} into {} {}", text_of(&record["file"]), record["position"], text_of(&into["file"]), into["position"])
        })
    });
    let merged: Vec<String> = merged.collect();
    without_nothing(json!({ "days": days, "works": joined.site.works.len(), "merged": merged }))
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// JSON as people write it: a field a line, lists of short texts on one line.
fn pretty(value: &Value, indent: usize) -> String {
    let line = value.to_string();
    let pad = "  ".repeat(indent + 1);
    let end = "  ".repeat(indent);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("{pad}{}: {}", json!(name), pretty(value, indent + 1))).collect();
            format!("{{\n{}\n{end}}}", fields.join(",\n"))
        }
        Value::Array(items) if line.chars().count() > 100 || items.iter().any(Value::is_object) => {
            let items: Vec<String> = items.iter().map(|item| format!("{pad}{}", pretty(item, indent + 1))).collect();
            format!("[\n{}\n{end}]", items.join(",\n"))
        }
        _ => line,
    }
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/read");
    let update = std::env::var_os("DAYSHEET_UPDATE").is_some();
    let mut wrong = Vec::new();
    for (path, file) in files(&folder) {
        let content = String::from_utf8(file).expect("case files are UTF-8");
        let case = Case::parse(&content);
        let settings = case.section("settings").unwrap_or("");
        let config = config::read("site.toml", settings).unwrap_or_else(|problems| panic!("{path}: {problems:?}"));
        let modified = case.setting("modified").map(|day| Day::parse_iso(day).expect("a day"));
        let mut readings = Vec::new();
        for (name, text) in &case.sections {
            let Some(name) = name.strip_prefix("file ") else { continue };
            let input = InputFile { path: name.trim().to_owned(), bytes: case.bytes(text), modified };
            let n_lines = text::lines(&text::decode(input.bytes.clone()).text).count();
            let reading = read(input, &config.read);
            assert!(reading.ledger.closes(), "{path}: the ledger does not close: {:?}", reading.ledger);
            assert_eq!(reading.lines.total(), n_lines, "{path}: lines are not accounted for: {:?}", reading.lines);
            readings.push(reading);
        }
        let found = match readings.as_slice() {
            [one] => found(one),
            several => {
                let files: Map<String, Value> =
                    several.iter().map(|reading| (reading.path.clone(), self::found(reading))).collect();
                json!({ "files": files, "site": site(several, &join(several.to_vec(), &config.join)) })
            }
        };
        let written = case.section("expected").unwrap_or("").trim();
        let expected: Value = serde_json::from_str(written).unwrap_or_default();
        if found != expected {
            let found = pretty(&found, 0);
            wrong.push(format!("tests/cases/read/{path}\n--- expected\n{written}\n--- found\n{found}"));
            if update {
                let text = content.split_once("\n=== expected").map_or(content.as_str(), |(before, _)| before);
                fs::write(folder.join(path), format!("{}\n=== expected\n{found}\n", text.trim_end_matches('\n')))
                    .expect("the case file is written");
            }
        }
    }
    assert!(update || wrong.is_empty(), "{}\nDAYSHEET_UPDATE=1 accepts what was found", wrong.join("\n\n"));
}
