//! What a dialect sees of a file, and what it gives back.

use super::date::When;
use super::heading::heading;
use super::lexicon::Field;
use super::preface::Preface;
use super::{LineLedger, afterword, framing, link};
use crate::diagnostic::{Diagnostic, Findings, report};
use crate::model::{Day, Entry};
use crate::text::{self, Line, Span};
use std::ops::Range;

/// The text of a file as dialects see it.
pub(super) struct Document<'a> {
    pub(super) text: &'a str,
    /// The lines after the front matter.
    pub(super) lines: Vec<Line<'a>>,
    /// Names of columns that settings give.
    pub(super) columns: Vec<(String, Field)>,
    /// The extension of the file's name in lower case.
    pub(super) extension: String,
    /// What its path says of its days, for headings that leave the year out.
    pub(super) when: Option<When>,
}

/// What a dialect makes of a document.
pub(super) struct Claim {
    /// The name of the dialect, one of [`super::DIALECTS`].
    pub(super) dialect: &'static str,
    /// The entries in the order of the text.
    pub(super) listed: Vec<Listed>,
    /// Rows, items, headings or records that name an entry, those that were rejected included.
    pub(super) rows: usize,
    /// How many of them are a second mention of another, whose fields were joined to that one.
    pub(super) merged: usize,
    /// How many of them became nothing.
    pub(super) rejected: usize,
    /// Names of the fields that were found.
    pub(super) fields: Vec<&'static str>,
    /// What became of each line.
    pub(super) marks: Marks,
    /// Findings and their places.
    pub(super) notes: Vec<(Span, Diagnostic)>,
    /// Counts of `notes`, which holds only as many of a kind as are shown.
    pub(super) findings: Findings,
    /// True if the entries show by nothing but their form.
    pub(super) weak: bool,
    /// What the file says of itself.
    pub(super) about: About,
}

/// An entry as a dialect found it.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) entry: Entry,
    /// The day that its section or record says.
    pub(super) day: Option<Day>,
    /// Its lines, as indices of the document's.
    pub(super) lines: Range<usize>,
}

/// What a file of records says of itself beside its records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct About {
    pub(super) day: Option<Day>,
    pub(super) source: Option<String>,
    pub(super) heading: Option<String>,
    pub(super) language: Option<String>,
    pub(super) preface: Option<String>,
    /// How many maps its lists hold, if none of them is a record and no list of works is there and empty.
    pub(super) n_unknown: usize,
}

impl Claim {
    /// A claim on nothing.
    pub(super) fn new(dialect: &'static str, document: &Document) -> Claim {
        Claim {
            dialect,
            listed: Vec::new(),
            rows: 0,
            merged: 0,
            rejected: 0,
            fields: Vec::new(),
            marks: Marks::new(document),
            notes: Vec::new(),
            findings: Findings::default(),
            weak: false,
            about: About::default(),
        }
    }

    /// Adds a finding about a place.
    pub(super) fn note(&mut self, span: Span, diagnostic: Diagnostic) {
        if self.findings.count(diagnostic.code, diagnostic.severity) {
            self.notes.push((span, diagnostic));
        }
    }

    /// Adds an entry with its lines, and the day that its section or record says.
    pub(super) fn push(&mut self, entry: Entry, day: Option<Day>, lines: Range<usize>) {
        self.marks.set(lines.clone(), Mark::Entry);
        self.listed.push(Listed { entry, day, lines });
    }

    /// Counts lines that became no entry.
    pub(super) fn reject(&mut self, lines: Range<usize>) {
        self.rejected += 1;
        self.marks.set(lines, Mark::Rejected);
    }

    /// Names a field that was found.
    pub(super) fn found(&mut self, field: Field) {
        if field != Field::Unknown {
            self.found_all(&[field.name()]);
        }
    }

    /// Names fields that were found, each once.
    pub(super) fn found_all(&mut self, names: &[&'static str]) {
        for name in names {
            if !self.fields.contains(name) {
                self.fields.push(name);
            }
        }
    }
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// No words.
    Blank,
    /// Headings, code, brackets.
    Structure,
    /// A part of an entry.
    Entry,
    /// A part of something that became no entry.
    Rejected,
    /// Prose below the entries, with its heading.
    Afterword,
    /// Nothing was made of it.
    Stray,
}

/// What a file says beside its entries.
pub(super) struct Around {
    /// Above the first of them.
    pub(super) preface: Option<String>,
    /// Below it, under headings of its own.
    pub(super) afterword: Option<String>,
}

/// What became of each line of a document.
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// All lines blank or stray.
    pub(super) fn new(document: &Document) -> Marks {
        Marks(document.lines.iter().map(|line| if line.is_blank() { Mark::Blank } else { Mark::Stray }).collect())
    }

    /// Marks lines; blank ones stay blank unless they are a part of an entry.
    pub(super) fn set(&mut self, lines: Range<usize>, mark: Mark) {
        let n = self.0.len();
        for line in &mut self.0[lines.start.min(n)..lines.end.min(n)] {
            if *line != Mark::Blank || matches!(mark, Mark::Entry | Mark::Rejected) {
                *line = mark;
            }
        }
    }

    /// What became of a line.
    pub(super) fn get(&self, line: usize) -> Mark {
        self.0.get(line).copied().unwrap_or(Mark::Blank)
    }

    /// What became of the lines, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Mark> {
        self.0.iter().copied()
    }
}

impl Claim {
    /// True if more than half of the entries are such.
    pub(super) fn are_most(&self, test: &dyn Fn(&Entry) -> bool) -> bool {
        let n = self.listed.iter().filter(|one| test(&one.entry)).count();
        n * 2 > self.listed.len()
    }

    /// True if there is nothing beside the entries that could be one: hardly a line of text, no link, no headings with text below them.
    pub(super) fn is_all(&self, document: &Document) -> bool {
        let (mut stray, mut headed, mut after_heading) = (0, 0, false);
        let may_be_more = |(mark, line): (Mark, &Line)| match mark {
            Mark::Blank => false,
            Mark::Entry | Mark::Rejected => {
                after_heading = false;
                false
            }
            Mark::Structure | Mark::Stray | Mark::Afterword => {
                stray += usize::from(mark == Mark::Stray);
                headed += usize::from(mark == Mark::Stray && after_heading);
                after_heading = heading(line.text).is_some();
                MAX_STRAY < stray
                    || MAX_HEADED < headed
                    || line.text.contains("](")
                    || line.text.contains("://")
                    || line.text.contains("[[")
            }
        };
        !self.listed.is_empty() && !self.marks.iter().zip(&document.lines).any(may_be_more)
    }

    /// Takes tables that list no entries for what they are, where no entry has them and one stands above.
    pub(super) fn leave(&mut self, tables: Vec<(Range<usize>, Span, Diagnostic)>) {
        let Some(first) = self.listed.first().map(|one| one.lines.start).filter(|_| self.dialect != "table") else { return };
        for (lines, span, note) in tables {
            if first < lines.start && lines.clone().all(|line| self.marks.get(line) == Mark::Stray) {
                self.marks.set(lines, Mark::Structure);
                self.note(span, note);
            }
        }
    }

    /// Counts the lines and sorts those that no entry took: text before the first entry is the preface, prose after it the afterword, and
    /// what else stands there is reported.
    pub(super) fn sort_lines(&mut self, document: &Document, ledger: &mut LineLedger) -> Around {
        let afterword = afterword::take(document, &mut self.marks);
        let mut preface = Preface::new(self.about.preface.take().unwrap_or_default());
        // With whether it is code, whose bars make no rows.
        let mut block: Option<(Span, bool)> = None;
        let mut after_entries = false;
        let mut unread: Vec<(Span, bool)> = Vec::new();
        let mut is_fenced = false;
        for (mark, line) in self.marks.iter().zip(&document.lines) {
            let span = Span::new(line.start, line.end());
            let is_fence = line.text.trim_start().starts_with("```");
            let is_code = is_fenced || is_fence;
            is_fenced ^= is_fence;
            if !after_entries {
                match mark {
                    Mark::Blank | Mark::Structure => preface.beside(line.text),
                    Mark::Entry | Mark::Rejected => preface.ends(),
                    Mark::Stray | Mark::Afterword => {}
                }
            }
            match mark {
                Mark::Blank => ledger.blank += 1,
                Mark::Structure => ledger.structure += 1,
                Mark::Entry => ledger.entries += 1,
                Mark::Rejected => ledger.rejected += 1,
                Mark::Afterword => ledger.afterword += 1,
                Mark::Stray if !after_entries && framing::is_framing(line.text) => ledger.structure += 1,
                Mark::Stray if !after_entries => {
                    ledger.preface += 1;
                    // Words in bars are not lost here, unless they were torn off a row or lead somewhere.
                    let is_lost = self.dialect == "table" || link::holds_address(line.text);
                    if is_lost && is_like_row(line.text) && !is_code {
                        unread.push((span, false));
                    }
                    preface.line(line.text);
                }
                Mark::Stray => {
                    ledger.unread += 1;
                    // Lines with nothing but a line end between them are one block.
                    block = match block {
                        Some((open, was_code)) if span.start <= open.end + 2 && was_code == is_code => {
                            Some((Span { end: span.end, ..open }, is_code))
                        }
                        done => {
                            unread.extend(done);
                            Some((span, is_code))
                        }
                    };
                }
            }
            after_entries |= matches!(mark, Mark::Entry | Mark::Rejected);
        }
        unread.extend(block);
        for (span, is_code) in unread {
            let text = span.of(document.text);
            // A rule, or signs that adorn the end, need no word.
            if !text.contains(|c: char| c.is_alphanumeric() || c == '|') {
                let n_lines = text::lines(text).filter(|line| !line.is_blank()).count();
                ledger.unread -= n_lines;
                ledger.structure += n_lines;
                continue;
            }
            let finding = if is_code { report::text_between_entries() } else { not_read(text, self.dialect) };
            self.note(span, finding);
        }
        Around { preface: preface.finish(), afterword }
    }
}

/// True for a line that may be a row of a table: a bar at one of its ends and another one in it.
fn is_like_row(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with('|') || line.ends_with('|')) && line.matches('|').count() > 1
}

/// A file of entries with more lines beside them may hold entries of another form.
const MAX_STRAY: usize = 3;

/// So may one with more lines right below headings.
const MAX_HEADED: usize = 1;

fn not_read(block: &str, dialect: &str) -> Diagnostic {
    match block {
        row if dialect == "table" && row.contains('|') || row.lines().any(is_like_row) => report::line_not_read(),
        link if link.contains("](") || link.contains("://") => report::link_not_read(),
        _ => report::text_between_entries(),
    }
}
