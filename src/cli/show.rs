//! What is printed: findings, tables, errors.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the one file that prints")]

use crate::build::Built;
use crate::diagnostic::{Findings, Severity, print};
use crate::disk::{Published, Way};
use crate::parse::{Ledger, Reading};
use crate::site::Site;
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// True if colors may be used on standard error.
pub(super) fn color() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Columns of the terminal that findings are laid out for.
pub(super) fn width() -> usize {
    140
}

pub(super) fn error(message: &str) {
    eprintln!("{}", message.trim_end());
}

/// Writes to standard output. A reader that went away, such as `head`, is no error.
pub(super) fn out(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// The findings, most of a kind first shown, the rest counted.
pub(super) fn findings(findings: &Findings) {
    let mut shown: Vec<_> = findings.kept.iter().collect();
    shown.sort_by(|a, b| a.place.cmp(&b.place));
    let color = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut text = String::new();
    for diagnostic in shown {
        text.push_str(&print::terminal(diagnostic, color, width()));
        text.push('\n');
    }
    out(&text);
}

/// A few of the errors, where all findings would be too many.
pub(super) fn first_errors(findings: &Findings) {
    let errors = findings.kept.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    for diagnostic in errors.take(5) {
        eprintln!("{}", print::line(diagnostic));
    }
}

/// Durations of the phases by name.
pub(super) type Phases = Vec<(&'static str, Duration)>;

/// The table at the end of a build or check.
pub(super) fn summary(site: &Site, built: Built, ledger: Ledger, findings: &Findings, input_bytes: u64, phases: &Phases) {
    let times: Vec<String> = phases.iter().map(|(name, time)| format!("{name} {:.2} s", time.as_secs_f64())).collect();
    let rows = [
        ("days", grouped(site.days.len() as u64)),
        ("entries", grouped(site.n_entries as u64)),
        ("works", grouped(site.works.len() as u64)),
        ("authors", grouped(site.authors.len() as u64)),
        ("pages", grouped(built.pages as u64)),
        (
            "bytes",
            format!("{} in {} files, from {} of digests", mega(built.bytes), grouped(built.files as u64), mega(input_bytes)),
        ),
        ("time", times.join(", ")),
        ("ledger", ledger_line(ledger)),
    ];
    let mut text = String::new();
    for (name, value) in rows {
        text.push_str(&format!("{name:>8}  {value}\n"));
    }
    for (severity, code, n) in print::counts(findings) {
        text.push_str(&format!("{:>8}  {} {code}\n", severity.label(), grouped(n as u64)));
    }
    out(&text);
}

fn ledger_line(ledger: Ledger) -> String {
    let Ledger { rows, entries, merged, rejected } = ledger;
    let [rows, entries, merged, rejected] = [rows, entries, merged, rejected].map(|n| grouped(n as u64));
    format!("{rows} rows = {entries} entries + {merged} merged + {rejected} rejected")
}

/// Where the site is, and how it got there.
pub(super) fn published(published: &Published, output: &std::path::Path) {
    let way = match published.way {
        Way::Created => "new folder",
        Way::Exchanged => "old site exchanged for the new one at once",
        Way::Replaced => "files replaced one by one",
        Way::Unchanged => "nothing changed",
    };
    let Published { written, kept, removed, foreign, .. } = published;
    let foreign = if *foreign > 0 { format!(", {foreign} of others left alone") } else { String::new() };
    out(&format!(
        " written  {written} files, {kept} kept, {removed} removed{foreign}; {way}\n    site  {}\n",
        output.join("index.html").display()
    ));
    for warning in &published.warnings {
        eprintln!("warning: {warning}");
    }
}

/// Everything that `check` found, as JSON.
pub(super) fn check_json(readings: &[Value], findings: &Findings, ledger: Ledger) {
    let counts: Vec<Value> = print::counts(findings)
        .iter()
        .map(|(severity, code, n)| json!({"code": code, "severity": severity.label(), "count": n}))
        .collect();
    let report = json!({
        "ledger": {"rows": ledger.rows, "entries": ledger.entries, "merged": ledger.merged, "rejected": ledger.rejected},
        "counts": counts,
        "findings": findings.kept.iter().map(print::json).collect::<Vec<_>>(),
        "files": readings,
    });
    out(&format!("{report}\n"));
}

/// What became of one file.
pub(super) fn file_json(reading: &Reading) -> Value {
    let digests = reading.digests.iter();
    let lines = reading.lines;
    json!({
        "path": reading.path,
        "dialect": reading.dialect,
        "fields": reading.fields,
        "digests": digests.map(|d| json!({"day": d.day.map(|day| day.to_string()), "source": d.source, "entries": d.entries.len()})).collect::<Vec<_>>(),
        "rows": reading.ledger.rows,
        "rejected": reading.ledger.rejected,
        "lines": {"blank": lines.blank, "structure": lines.structure, "entries": lines.entries, "rejected": lines.rejected, "preface": lines.preface, "unread": lines.unread},
    })
}

/// A number with commas between thousands.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

fn mega(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
