//! What is printed: findings, tables, errors.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the one file that prints")]

use crate::budget::{self, Budget, Limited, Strain, Tally};
use crate::build::Built;
use crate::bundle::Bundle;
use crate::diagnostic::{Findings, Severity, print};
use crate::disk::{Lap, Published, Way};
use crate::parse::{Ledger, Reading};
use crate::search::Hit;
use crate::site::Site;
use serde::Serialize;
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
    if message.is_empty() {
        return;
    }
    // Where even this cannot be said, the exit code still says that something failed.
    let _ = writeln!(std::io::stderr().lock(), "{}", message.trim_end());
}

/// Writes to standard output. A reader that went away, such as `head`, is no error.
pub(super) fn out(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// Asks for a line; an empty answer is the guess.
pub(super) fn ask(question: &str, guess: &str) -> std::io::Result<String> {
    let shown = if guess.is_empty() { String::new() } else { format!(" [{guess}]") };
    out(&format!("{question}{shown}: "));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let answer = line.trim();
    Ok(if answer.is_empty() { guess.to_owned() } else { answer.to_owned() })
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
pub(super) fn first_errors(findings: &Findings) -> String {
    let errors = findings.kept.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.take(5).map(|diagnostic| format!("{}\n", print::line(diagnostic).trim_end())).collect()
}

/// What is said where there are no digests.
pub(super) fn no_digests(site: &Site) -> &'static str {
    if site.days.is_empty() {
        "note: no digests were found\n\
         help: a digest is a text file with a day in its name, such as `2025-11-14-arxiv.md`; `daysheet check` says how each file was read\n"
    } else {
        ""
    }
}

/// What the phases took, on a line.
pub(super) fn times(phases: &[Lap]) -> String {
    let times: Vec<String> = phases.iter().map(|(name, time)| format!("{name} {:.2} s", time.as_secs_f64())).collect();
    row("time", &times.join(", "))
}

/// What was counted in a build.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) built: Built,
    pub(super) files_made: usize,
    pub(super) parts_reused: usize,
    pub(super) written: usize,
    pub(super) kept: usize,
    pub(super) removed: usize,
}

impl Counts {
    fn rows(&self) -> [(&'static str, u64); 8] {
        let n = |n: usize| n as u64;
        [
            ("pages", n(self.built.pages)),
            ("files", n(self.built.files)),
            ("bytes", self.built.bytes),
            ("files_made", n(self.files_made)),
            ("parts_reused", n(self.parts_reused)),
            ("files_written", n(self.written)),
            ("files_kept", n(self.kept)),
            ("files_removed", n(self.removed)),
        ]
    }
}

/// Phases, counts and memory as a table.
pub(super) fn timings(phases: &[Lap], whole: Duration, counts: &Counts) -> String {
    let seconds = |(name, time): &(&str, Duration)| format!("{name:>20}  {:>8.3} s\n", time.as_secs_f64());
    let times: String = phases.iter().chain([&("whole", whole)]).map(seconds).collect();
    let counted: String = counts.rows().iter().map(|(name, n)| format!("{name:>20}  {:>8}\n", grouped(*n))).collect();
    let memory = peak_memory().map_or_else(String::new, |bytes| format!("{:>20}  {:>8}\n", "peak_memory", mega(bytes)));
    times + &counted + &memory
}

/// The same as JSON: seconds by phase in their order, counts, bytes of memory; null where the system does not tell.
pub(super) fn timings_json(phases: &[Lap], whole: Duration, counts: &Counts) -> String {
    let phases: Vec<Value> = phases.iter().map(|(name, time)| json!({"phase": name, "seconds": time.as_secs_f64()})).collect();
    let mut all = json!({"phases": phases, "seconds": whole.as_secs_f64(), "peak_memory": peak_memory()});
    for (name, n) in counts.rows() {
        all[name] = json!(n);
    }
    format!("{all}\n")
}

/// The most memory that this process had, in bytes; none where the system does not tell.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Paths with the reasons why their files were made or reused, by path.
pub(super) fn reasons(mut reasons: Vec<(String, &'static str)>) -> String {
    reasons.sort_unstable();
    reasons.into_iter().map(|(path, reason)| format!("{path}  {reason}\n")).collect()
}

fn row(name: &str, value: &str) -> String {
    format!("{name:>8}  {value}\n")
}

/// The table at the end of a build or check.
pub(super) fn summary(site: &Site, built: Built, ledger: Ledger, findings: &Findings, input_bytes: u64) -> String {
    let rows = [
        ("days", grouped(site.days.len() as u64)),
        ("entries", grouped(site.n_entries as u64)),
        ("works", grouped(site.works.len() as u64)),
        ("authors", grouped(site.authors.len() as u64)),
        ("pages", grouped(built.pages as u64)),
        (
            "bytes",
            format!("{} in {} files, from {} of digests", size(built.bytes), grouped(built.files as u64), size(input_bytes)),
        ),
        ("ledger", ledger_line(ledger)),
    ];
    let mut text: String = rows.iter().map(|(name, value)| row(name, value)).collect();
    for (severity, code, n) in print::counts(findings) {
        text += &row(severity.label(), &format!("{} {code}", grouped(n as u64)));
    }
    text
}

fn ledger_line(ledger: Ledger) -> String {
    let Ledger { rows, entries, merged, hidden, rejected } = ledger;
    let [rows, entries, merged, rejected] = [rows, entries, merged, rejected].map(|n| grouped(n as u64));
    let hidden = if hidden > 0 { format!(" + {hidden} hidden") } else { String::new() };
    format!("{rows} rows = {entries} entries + {merged} merged{hidden} + {rejected} rejected")
}

/// Where the site is, and how it got there.
pub(super) fn published(published: &Published, output: &std::path::Path) -> String {
    let way = match published.way {
        Way::Created => "new folder",
        Way::Exchanged => "old site exchanged for the new one at once",
        Way::Replaced => "files replaced one by one",
        Way::Unchanged => "nothing changed",
    };
    let Published { written, kept, removed, foreign, .. } = published;
    let foreign = if *foreign > 0 { format!(", {foreign} of others left alone") } else { String::new() };
    row("written", &format!("{written} files, {kept} kept, {removed} removed{foreign}; {way}")) + &site_row(output)
}

/// The same where nothing was made, because all is as it was.
pub(super) fn unchanged(n_files: usize, output: &std::path::Path) -> String {
    row("written", &format!("0 files, {n_files} kept, 0 removed; nothing changed")) + &site_row(output)
}

fn site_row(output: &std::path::Path) -> String {
    row("site", &output.join("index.html").display().to_string())
}

/// What is said of limits.
pub(super) struct Strains {
    pub(super) text: String,
    pub(super) is_within: bool,
}

/// How much of what its host takes a site takes, and what helps where a limit is near.
pub(super) fn budget(tally: &Tally, budget: &Budget) -> (String, Strains) {
    let strains = budget::strains(tally, budget);
    let of_host = budget.bytes.map_or_else(String::new, |limit| {
        format!(" of {} ({:.0} %)", size(limit), tally.all.bytes as f64 / limit as f64 * 100.0)
    });
    let feed = match &tally.largest_feed {
        (0, _) => String::new(),
        (bytes, path) => format!(", feed {path} {}", size(*bytes)),
    };
    let (page_bytes, page) = &tally.largest_page;
    let used = format!(
        "{}{of_host} in {} files; largest page {page} {}{feed}; deployed in {}",
        size(tally.all.bytes),
        grouped(tally.all.files),
        size(*page_bytes),
        budget::deployment(tally.all)
    );
    let text = strains.iter().map(|strain| strained(strain) + "\n").collect();
    (row("budget", &used), Strains { text, is_within: !strains.iter().any(Strain::is_over) })
}

fn strained(strain: &Strain) -> String {
    let Strain { what, used, limit, helps } = strain;
    let amount = |n: u64| if *what == Limited::Files { format!("{} files", grouped(n)) } else { size(n) };
    let subject = match what {
        Limited::Site | Limited::Files => "the site".to_owned(),
        Limited::File(path) => format!("`{path}`"),
    };
    let verb = if strain.is_over() { "is more than the host takes" } else { "is near what the host takes" };
    let mut text = format!("warning: {subject} has {}, which {verb}: {}", amount(*used), amount(*limit));
    for (setting, saved) in helps.iter().take(4) {
        text += &format!("\nhelp: {setting} would save {}", amount(*saved));
    }
    if !matches!(what, Limited::File(_)) {
        text += "\nhelp: a part of the archive can be a site of its own: see `content` in docs/deploy.md";
    }
    text
}

/// A longer cell in the list of files moves the cells behind it, in characters.
const MAX_COLUMN: usize = 56;

/// What became of each file, a line each: dialect, days, source, entries, fields, lines that nothing was made of.
pub(super) fn files(readings: &[Reading]) -> String {
    let rows: Vec<[String; 6]> = readings.iter().map(file_row).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).min(MAX_COLUMN);
    let widths = [0, 1, 2, 3, 4, 5].map(width);
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:<width$}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn file_row(reading: &Reading) -> [String; 6] {
    let Reading { path, digests, ledger, lines, .. } = reading;
    let days: Vec<String> = digests.iter().filter_map(|digest| digest.day).map(|day| day.to_string()).collect();
    let day = match days.as_slice() {
        [] if digests.is_empty() => "-".to_owned(),
        [] => "no day".to_owned(),
        [day] => day.clone(),
        [..] => {
            let ends = days.iter().min().zip(days.iter().max());
            ends.map_or_else(String::new, |(first, last)| format!("{first} to {last} ({} days)", days.len()))
        }
    };
    let mut counts = vec![format!("{} entries", grouped(ledger.entries as u64))];
    counts.extend((ledger.merged > 0).then(|| format!("{} merged", ledger.merged)));
    counts.extend((ledger.hidden > 0).then(|| format!("{} hidden", ledger.hidden)));
    counts.extend((ledger.rejected > 0).then(|| format!("{} rejected", ledger.rejected)));
    counts.extend((lines.unread > 0).then(|| format!("{} lines unread", lines.unread)));
    let dialect = reading.dialect.unwrap_or(if digests.is_empty() { "left alone" } else { "empty day" });
    let source = digests.first().map_or("-", |digest| digest.source.as_str());
    let path = path.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    [path, dialect.to_owned(), day, source.to_owned(), counts.join(", "), reading.fields.join(" ")]
}

/// Everything that `check` found, as JSON.
pub(super) fn check_json(readings: &[Value], findings: &Findings, ledger: Ledger) {
    let counts: Vec<Value> = print::counts(findings)
        .iter()
        .map(|(severity, code, n)| json!({"code": code, "severity": severity.label(), "count": n}))
        .collect();
    let report = json!({
        "ledger": {"rows": ledger.rows, "entries": ledger.entries, "merged": ledger.merged, "hidden": ledger.hidden, "rejected": ledger.rejected},
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
        "lines": {"blank": lines.blank, "structure": lines.structure, "entries": lines.entries, "rejected": lines.rejected, "preface": lines.preface, "afterword": lines.afterword, "unread": lines.unread},
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

/// Bytes where they may be few: in kB below a megabyte.
fn size(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} kB", bytes.div_ceil(1000)) } else { mega(bytes) }
}

/// Entries for people: day, source and title, then who and where.
pub(super) fn hits(hits: &[Hit]) -> String {
    let mut text = String::new();
    for hit in hits {
        let more = if hit.authors.len() > 3 { " et al." } else { "" };
        let authors = hit.authors.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("; ") + more;
        let parts = [hit.original_title.as_str(), &authors, hit.url.as_deref().unwrap_or(&hit.page)];
        text += &format!("{}  {}  {}\n", hit.day, hit.source, hit.title);
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            text += &format!("            {part}\n");
        }
    }
    text
}

/// Entries as JSON Lines, each with the query that found it.
pub(super) fn hits_as_json(query: &str, hits: &[Hit]) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        query: &'a str,
        #[serde(flatten)]
        hit: &'a Hit,
    }
    hits.iter().map(|hit| serde_json::to_string(&Line { query, hit }).unwrap_or_default() + "\n").collect()
}

/// What a bundle will be, before it is written.
pub(super) fn bundle(site: &Site, bundle: &Bundle, path: &std::path::Path) {
    let day = |record: Option<&crate::site::DayRecord>| record.map(|record| record.day.to_string()).unwrap_or_default();
    let (first, last) = (day(site.days.first()), day(site.days.last()));
    out(&format!("    days  {} from {first} to {last}, {} entries\n", site.days.len(), site.n_entries));
    out(&format!("   files  {}, {} unpacked\n", bundle.n_files, mega(bundle.unpacked)));
    out(&format!("     zip  {}, {}\n", path.display(), mega(bundle.bytes.len() as u64)));
}
