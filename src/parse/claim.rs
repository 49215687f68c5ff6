//! What a dialect sees of a file, and what it gives back.

use super::date::When;
use super::lexicon::Field;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Day, Entry};
use crate::text::{Line, Span};
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
    /// Nothing was made of it.
    Stray,
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
