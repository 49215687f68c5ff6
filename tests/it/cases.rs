//! Reading cases: each file under `tests/cases/read` is a digest and what is read from it.
//!
//! A line with `# what it shows`, lines `file: path` and, where wanted, `encoding: gbk|utf-16|bom|crlf` or `bytes: hex`; then
//! `=== digest` with the text, and `=== expected` with JSON. `DAYSHEET_UPDATE=1` writes what comes out.

use super::common::files;
use daysheet::diagnostic::print;
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::{export, text};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

struct Case<'a> {
    head: &'a str,
    digest: &'a str,
    expected: &'a str,
}

fn case(text: &str) -> Case<'_> {
    let (head, rest) = text.split_once("=== digest\n").expect("a line `=== digest`");
    let (digest, expected) = rest.split_once("=== expected").expect("a line `=== expected`");
    Case { head, digest, expected: expected.trim() }
}

fn setting<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}

fn bytes(case: &Case) -> Vec<u8> {
    if let Some(hex) = setting(case.head, "bytes") {
        return hex.split(' ').map(|byte| u8::from_str_radix(byte, 16).expect("hexadecimal bytes")).collect();
    }
    let text = case.digest;
    match setting(case.head, "encoding") {
        None => text.into(),
        Some("bom") => format!("\u{FEFF}{text}").into(),
        Some("crlf") => text.replace('\n', "\r\n").into(),
        Some("utf-16") => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Some("gbk") => encoding_rs::GBK.encode(text).0.into_owned(),
        Some(other) => panic!("unknown encoding `{other}`"),
    }
}

/// What was read: records without their absent fields, findings, ledger.
fn found(reading: &Reading) -> Value {
    let records = export::jsonl(reading).expect("records");
    let record = |line: &str| -> Value {
        let mut record: Value = serde_json::from_str(line).expect("JSON");
        let fields = record.as_object_mut().expect("an object");
        for common in ["day", "source", "file", "position"] {
            fields.remove(common);
        }
        fields.retain(|_, value| !value.is_null() && *value != json!([]) && *value != json!({}));
        record
    };
    let digest = reading.digests.first();
    let place = |line: String| {
        line.split_once(": ").map_or(line.clone(), |(place, _)| place.rsplit_once(".md").map_or(place, |(_, at)| at).to_owned())
    };
    json!({
        "day": digest.and_then(|d| d.day).map(|day| day.to_string()),
        "source": digest.map(|d| &d.source),
        "preface": digest.and_then(|d| d.preface.as_ref()),
        "state": digest.map(|d| format!("{:?}", d.state)),
        "entries": records.lines().map(record).collect::<Vec<_>>(),
        "findings": reading.findings.kept.iter().map(|d| format!("{}{}", d.code, place(print::line(d)))).collect::<Vec<_>>(),
        "ledger": [reading.ledger.rows, reading.ledger.entries, reading.ledger.rejected],
    })
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/read");
    let update = std::env::var_os("DAYSHEET_UPDATE").is_some();
    let mut wrong = Vec::new();
    for (path, file) in files(&folder) {
        let content = String::from_utf8(file).expect("case files are UTF-8");
        let case = case(&content);
        let input = InputFile { path: setting(case.head, "file").expect("a line `file:`").to_owned(), bytes: bytes(&case) };
        let n_lines = text::lines(&text::decode(input.bytes.clone()).text).count();
        let reading = read(input, &ReadOptions::default());
        assert!(reading.ledger.closes(), "{path}: the ledger does not close");
        assert_eq!(reading.lines.total(), n_lines, "{path}: lines are not accounted for: {:?}", reading.lines);
        let found = found(&reading);
        let expected: Value = serde_json::from_str(case.expected).unwrap_or_default();
        if found != expected {
            let found = serde_json::to_string_pretty(&found).expect("JSON");
            wrong.push(format!("tests/cases/read/{path}\n--- expected\n{}\n--- found\n{found}", case.expected));
            if update {
                let text = format!("{}=== digest\n{}=== expected\n{found}\n", case.head, case.digest);
                fs::write(folder.join(path), text).expect("the case file is written");
            }
        }
    }
    assert!(update || wrong.is_empty(), "{}\nDAYSHEET_UPDATE=1 accepts what was found", wrong.join("\n\n"));
}
