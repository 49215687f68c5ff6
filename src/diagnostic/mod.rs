//! Findings: what daysheet has to say about its input.
//!
//! Every finding is a [`Diagnostic`], made by a constructor in [`report`]; while a file is read they are collected in
//! [`Findings`], which keeps at most [`KEPT_PER_KIND`] of a kind and counts the rest. [`mod@print`] shows them.

pub mod print;
pub mod report;

use crate::memo::{Input, Memo, memo_fields, memo_variants, put_text};
use crate::text::{LineIndex, Span, shorten};
use std::collections::BTreeMap;

/// How many findings of one kind are kept for one file; the rest are counted.
pub const KEPT_PER_KIND: usize = 20;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost and nothing is wrong.
    Note,
    /// Something was repaired or guessed, or is doubtful.
    Warning,
    /// Something was lost.
    Error,
}

memo_variants!(Severity { Note, Warning, Error });

impl Severity {
    /// The word shown for it.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Where in the input a finding is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path of the file, relative to the folder it was found in, `/`-separated.
    pub path: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: u32,
    /// Column from 1, in characters; 0 where the whole file is meant.
    pub column: u32,
    /// The line, shortened; empty where the whole file is meant.
    pub excerpt: String,
    /// How many characters of the excerpt, from `column` on, the finding is about.
    pub width: u32,
}

memo_fields!(Place { path, line, column, excerpt, width });

impl Place {
    /// The place that means a whole file.
    pub fn file(path: &str) -> Place {
        Place { path: path.to_owned(), line: 0, column: 0, excerpt: String::new(), width: 0 }
    }

    /// The place of `span` in `text`, the content of the file `path`.
    pub fn in_text(path: &str, text: &str, index: &LineIndex, span: Span) -> Place {
        let at = index.locate(text, span.start);
        let rest = text.get(span.start as usize..).unwrap_or("");
        let before = text[..text.len() - rest.len()].rsplit('\n').next().unwrap_or("");
        let line_rest = rest.lines().next().unwrap_or("");
        let marked = span.of(text).lines().next().unwrap_or("");
        // A finding deep in a long line shows the part of the line where it is.
        let lead_start = before.char_indices().rev().nth(39).map_or(0, |(i, _)| i);
        let lead = &before[lead_start..];
        let prefix = if lead_start == 0 { "" } else { "…" };
        let excerpt = format!("{prefix}{lead}{}", shorten(line_rest, EXCERPT)).replace(char::is_control, " ");
        Place {
            path: path.to_owned(),
            line: at.line,
            column: at.column,
            excerpt,
            width: count(marked.chars().count().clamp(1, EXCERPT)),
        }
    }

    /// How many characters of the excerpt stand before the finding.
    pub fn lead(&self) -> usize {
        let before = self.column.saturating_sub(1) as usize;
        if before > 40 { 41 } else { before }
    }
}

/// Characters of a line that an excerpt shows after the place of the finding.
const EXCERPT: usize = 100;

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the kind, such as `row-not-closed`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What was found: lower case, no final stop, the subject in backticks.
    pub message: String,
    /// Where; none if it is about the build as a whole.
    pub place: Option<Place>,
    /// What to do about it, a sentence each.
    pub hints: Vec<String>,
}

impl Memo for Diagnostic {
    fn put(&self, out: &mut Vec<u8>) {
        let Diagnostic { code, severity, message, place, hints } = self;
        put_text(code, out);
        severity.put(out);
        message.put(out);
        place.put(out);
        hints.put(out);
    }

    fn get(input: &mut Input) -> Option<Diagnostic> {
        let code = input.name(report::CODES.iter().copied())?;
        let (severity, message) = (Severity::get(input)?, String::get(input)?);
        Some(Diagnostic { code, severity, message, place: Option::get(input)?, hints: Vec::get(input)? })
    }
}

impl Diagnostic {
    /// The finding at a place.
    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    /// The finding about a whole file.
    pub fn in_file(self, path: &str) -> Diagnostic {
        self.at(Place::file(path))
    }
}

/// The findings of one file, or of one step: some kept, all counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// The kept findings in the order in which they were made.
    pub kept: Vec<Diagnostic>,
    /// For each kind how many there were, kept or not, and how bad they are.
    pub counts: BTreeMap<&'static str, (Severity, usize)>,
}

impl Memo for Findings {
    fn put(&self, out: &mut Vec<u8>) {
        let Findings { kept, counts } = self;
        kept.put(out);
        counts.len().put(out);
        for (code, (severity, n)) in counts {
            put_text(code, out);
            severity.put(out);
            n.put(out);
        }
    }

    fn get(input: &mut Input) -> Option<Findings> {
        let kept = Vec::get(input)?;
        let mut counts = BTreeMap::new();
        for _ in 0..usize::get(input)? {
            let code = input.name(report::CODES.iter().copied())?;
            counts.insert(code, (Severity::get(input)?, usize::get(input)?));
        }
        Some(Findings { kept, counts })
    }
}

impl Findings {
    /// Counts a finding of this kind and says whether there is still room to keep it.
    pub fn count(&mut self, code: &'static str, severity: Severity) -> bool {
        let (worst, n) = self.counts.entry(code).or_insert((severity, 0));
        *worst = (*worst).max(severity);
        *n += 1;
        *n <= KEPT_PER_KIND
    }

    /// Adds a finding.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        if self.count(diagnostic.code, diagnostic.severity) {
            self.kept.push(diagnostic);
        }
    }

    /// Adds all findings of another collection; what that one kept is kept.
    pub fn extend(&mut self, other: Findings) {
        self.kept.extend(other.kept);
        for (code, (severity, n)) in other.counts {
            let sum = self.counts.entry(code).or_insert((severity, 0));
            sum.0 = sum.0.max(severity);
            sum.1 += n;
        }
    }

    /// How many findings there are of at least this severity.
    pub fn at_least(&self, severity: Severity) -> usize {
        let counts = self.counts.values();
        counts.filter(|(s, _)| *s >= severity).map(|(_, n)| n).sum()
    }
}
