//! Reading: the bytes of a file become digests, findings and a ledger. Reading never fails and never panics.
//!
//! [`read`] decodes the bytes, takes the front matter off, lets the dialect that can account for most read the entries, and
//! then asks path, front matter and heading for day and source (`place`). A dialect is a function in `DIALECTS`.

pub mod lexicon;

mod align;
mod date;
mod front;
mod link;
mod place;
mod row;
mod table;
mod title;

pub use place::SourceRule;

use crate::diagnostic::{Diagnostic, Findings, Place, report};
use crate::model::{Digest, DigestState, Entry};
use crate::text::{self, Encoding, Line, LineIndex, Span};
use lexicon::Field;

/// One file under the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Path relative to the content folder, `/`-separated.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What settings say about reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Sources with the files that belong to them, tried in order.
    pub sources: Vec<SourceRule>,
}

/// What became of the rows of a file or a build. It closes if `rows = entries + merged + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Rows seen.
    pub rows: usize,
    /// Rows that became entries.
    pub entries: usize,
    /// Rows that repeat an entry of another file.
    pub merged: usize,
    /// Rows that became nothing; each is in a finding.
    pub rejected: usize,
}

impl Ledger {
    /// True if every row is accounted for.
    pub fn closes(&self) -> bool {
        self.rows == self.entries + self.merged + self.rejected
    }
}

impl std::ops::AddAssign for Ledger {
    fn add_assign(&mut self, other: Ledger) {
        self.rows += other.rows;
        self.entries += other.entries;
        self.merged += other.merged;
        self.rejected += other.rejected;
    }
}

/// What became of the lines of a file. Their sum is the number of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineLedger {
    /// Lines without words, outside of rows.
    pub blank: usize,
    /// Front matter, headings, table headers, code blocks, tables that list no entries.
    pub structure: usize,
    /// Lines of rows that became entries.
    pub entries: usize,
    /// Lines of rows that were rejected.
    pub rejected: usize,
    /// Text before the first row, kept as the digest's preface.
    pub preface: usize,
    /// Lines that nothing was made of; each block of them is in a finding.
    pub unread: usize,
}

impl LineLedger {
    /// The number of lines.
    pub fn total(&self) -> usize {
        self.blank + self.structure + self.entries + self.rejected + self.preface + self.unread
    }
}

/// What was read from one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Path of the file.
    pub path: String,
    /// The name of the dialect that read it; none where no dialect found an entry.
    pub dialect: Option<&'static str>,
    /// The names of the fields that columns were found for, in the order of the lexicon's use.
    pub fields: Vec<&'static str>,
    /// The digests: none if the file is not a digest.
    pub digests: Vec<Digest>,
    /// What there is to say.
    pub findings: Findings,
    /// What became of its rows.
    pub ledger: Ledger,
    /// What became of its lines.
    pub lines: LineLedger,
}

/// The text of a file as dialects see it.
struct Document<'a> {
    text: &'a str,
    /// The lines after the front matter.
    lines: Vec<Line<'a>>,
    /// Names of columns that settings give.
    columns: Vec<(String, Field)>,
}

/// A line that a dialect could make nothing of.
struct Stray {
    span: Span,
    /// True if a row stands before it.
    after_rows: bool,
}

/// What a dialect makes of a document.
#[derive(Default)]
struct Claim {
    entries: Vec<Entry>,
    rows: usize,
    rejected: usize,
    fields: Vec<&'static str>,
    stray: Vec<Stray>,
    lines: LineLedger,
    notes: Vec<(Span, Diagnostic)>,
    /// Counts of `notes`, which holds only as many of a kind as are shown.
    findings: Findings,
}

impl Claim {
    fn note(&mut self, span: Span, diagnostic: Diagnostic) {
        if self.findings.count(diagnostic.code, diagnostic.severity) {
            self.notes.push((span, diagnostic));
        }
    }
}

/// A dialect: what it makes of a document. It never fails.
type Dialect = fn(&Document) -> Claim;

/// The dialects by name. The one that makes most of a file's lines into entries reads it; of equal ones the first.
const DIALECTS: &[(&str, Dialect)] = &[("table", table::read)];

/// Reads one file.
pub fn read(file: InputFile, options: &ReadOptions) -> Reading {
    let InputFile { path, bytes } = file;
    let n_bytes = bytes.len();
    let decoded = text::decode(bytes);
    let mut findings = Findings::default();
    if let Some(finding) = encoding_finding(decoded.encoding, n_bytes) {
        findings.add(finding.in_file(&path));
    }
    let mut reading = Reading {
        path,
        dialect: None,
        fields: Vec::new(),
        digests: Vec::new(),
        findings,
        ledger: Ledger::default(),
        lines: LineLedger::default(),
    };
    if decoded.encoding != Encoding::Binary {
        read_text(&mut reading, &decoded.text, options);
    }
    reading
}

fn encoding_finding(encoding: Encoding, n_bytes: usize) -> Option<Diagnostic> {
    match encoding {
        Encoding::Utf8 if n_bytes == 0 => Some(report::empty_file()),
        Encoding::Utf8 => None,
        Encoding::Utf16 => Some(report::other_encoding("UTF-16")),
        Encoding::Gb18030 => Some(report::other_encoding("GB18030 (GBK)")),
        Encoding::BrokenUtf8 => Some(report::broken_utf8()),
        Encoding::Binary => Some(report::binary_file()),
    }
}

fn read_text(reading: &mut Reading, text: &str, options: &ReadOptions) {
    let rule = place::rule_for(&reading.path, &options.sources);
    let front = front::read(text);
    let lines: Vec<Line> = text::lines(text).skip(front.n_lines).collect();
    let columns = rule.map(|rule| rule.columns.clone()).unwrap_or_default();
    let document = Document { text, lines, columns };
    let heading = first_heading(&document.lines);

    let claims = DIALECTS.iter().map(|(name, read)| (*name, read(&document)));
    let best = claims.reduce(|best, claim| if claim.1.lines.entries > best.1.lines.entries { claim } else { best });
    let Some((dialect, mut claim)) = best else { return };
    claim.lines.structure += front.n_lines;

    let index = LineIndex::new(text);
    let placed = place::place(&reading.path, &front, heading, rule);
    let preface = sort_stray(&mut claim, text);
    for (span, finding) in std::mem::take(&mut claim.notes) {
        reading.findings.kept.push(finding.at(Place::in_text(&reading.path, text, &index, span)));
    }
    reading.findings.extend(std::mem::take(&mut claim.findings));
    reading.lines = claim.lines;
    reading.fields = claim.fields;
    reading.dialect = (claim.rows > 0).then_some(dialect);
    reading.ledger = Ledger { rows: claim.rows, entries: claim.entries.len(), merged: 0, rejected: claim.rejected };
    if claim.entries.is_empty() && placed.day.is_none() {
        reading.findings.add(report::not_a_digest().in_file(&reading.path));
        return;
    }
    for finding in placed.findings {
        reading.findings.add(finding.in_file(&reading.path));
    }
    for (entry, position) in claim.entries.iter_mut().zip(1..) {
        entry.position = position;
    }
    let state = state(&claim.entries, preface.as_deref());
    if placed.day.is_some() && state != DigestState::Listed {
        reading.findings.add(report::empty_day(state == DigestState::Failed).in_file(&reading.path));
    }
    reading.digests.push(Digest {
        day: placed.day,
        source: placed.source,
        heading: heading.map(str::to_owned),
        preface,
        state,
        entries: claim.entries,
        path: reading.path.clone(),
    });
}

fn first_heading<'a>(lines: &[Line<'a>]) -> Option<&'a str> {
    let mut headings = lines.iter().filter_map(|line| table::heading(line.text));
    headings.next().map(|(_, text)| text).filter(|text| !text.is_empty())
}

/// Sorts lines that no row took: text before the first row is the preface, text after it is reported.
fn sort_stray(claim: &mut Claim, text: &str) -> Option<String> {
    let stray = std::mem::take(&mut claim.stray);
    let mut preface = String::new();
    let mut block: Option<Span> = None;
    for line in &stray {
        if !line.after_rows {
            if line.span.of(text).matches('|').count() > 1 {
                claim.note(line.span, report::line_not_read());
            }
            claim.lines.preface += 1;
            preface.push_str(line.span.of(text));
            preface.push('\n');
            continue;
        }
        claim.lines.unread += 1;
        // Lines with nothing but a line end between them are one block.
        block = match block {
            Some(open) if line.span.start <= open.end + 2 => Some(Span { end: line.span.end, ..open }),
            Some(done) => {
                claim.note(done, unread(done.of(text)));
                Some(line.span)
            }
            None => Some(line.span),
        };
    }
    if let Some(done) = block {
        claim.note(done, unread(done.of(text)));
    }
    Some(preface.trim_end().to_owned()).filter(|preface| !preface.is_empty())
}

fn unread(block: &str) -> Diagnostic {
    let like_entry = block.contains('|') || block.contains("](") || block.contains("://");
    if like_entry { report::line_not_read() } else { report::text_between_rows() }
}

/// Words by which scripts say that they could not fetch a day, in lower case.
const FAILURE: &[&str] =
    &["失败", "错误", "error", "failed", "failure", "exception", "timeout", "超时", "http 4", "http 5", "失敗", "실패"];

fn state(entries: &[Entry], preface: Option<&str>) -> DigestState {
    if !entries.is_empty() {
        return DigestState::Listed;
    }
    let preface = preface.unwrap_or("").to_lowercase();
    if FAILURE.iter().any(|word| preface.contains(word)) { DigestState::Failed } else { DigestState::Empty }
}
