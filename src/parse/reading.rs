//! What is read from a file, and what became of its rows and lines.

use super::{DIALECTS, SourceRule, lexicon};
use crate::diagnostic::Findings;
use crate::memo::{Input, Memo, memo_fields, put_text};
use crate::model::{Day, Digest};

/// One file under the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Path relative to the content folder, `/`-separated.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The day on which it was last written (UTC), which dates issues that nothing else dates.
    pub modified: Option<Day>,
}

/// What settings say about reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Sources with the files that belong to them, tried in order.
    pub sources: Vec<SourceRule>,
}

/// What became of the rows of a file or a build. It closes if `rows = entries + merged + hidden + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Rows seen.
    pub rows: usize,
    /// Rows that became entries.
    pub entries: usize,
    /// Rows that repeat an entry of the same or another file.
    pub merged: usize,
    /// Rows that the owner hides.
    pub hidden: usize,
    /// Rows that became nothing; each is in a finding.
    pub rejected: usize,
}

memo_fields!(Ledger { rows, entries, merged, hidden, rejected });

impl Ledger {
    /// True if every row is accounted for.
    pub fn closes(&self) -> bool {
        self.rows == self.entries + self.merged + self.hidden + self.rejected
    }
}

impl std::ops::AddAssign for Ledger {
    fn add_assign(&mut self, other: Ledger) {
        self.rows += other.rows;
        self.entries += other.entries;
        self.merged += other.merged;
        self.hidden += other.hidden;
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
    /// Prose after the first row under headings of its own, kept as the digest's afterword.
    pub afterword: usize,
    /// Lines that nothing was made of; each block of them is in a finding.
    pub unread: usize,
}

memo_fields!(LineLedger { blank, structure, entries, rejected, preface, afterword, unread });

impl LineLedger {
    /// The number of lines.
    pub fn total(&self) -> usize {
        self.blank + self.structure + self.entries + self.rejected + self.preface + self.afterword + self.unread
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

impl Reading {
    /// The reading of a file in which nothing was found.
    pub fn of_nothing(path: String) -> Reading {
        Reading {
            path,
            dialect: None,
            fields: Vec::new(),
            digests: Vec::new(),
            findings: Findings::default(),
            ledger: Ledger::default(),
            lines: LineLedger::default(),
        }
    }
}

impl Memo for Reading {
    fn put(&self, out: &mut Vec<u8>) {
        let Reading { path, dialect, fields, digests, findings, ledger, lines } = self;
        path.put(out);
        put_text(dialect.unwrap_or(""), out);
        fields.len().put(out);
        fields.iter().for_each(|field| put_text(field, out));
        digests.put(out);
        findings.put(out);
        ledger.put(out);
        lines.put(out);
    }

    fn get(input: &mut Input) -> Option<Reading> {
        let path = String::get(input)?;
        let dialect = input.name(DIALECTS.iter().copied().chain([""]))?;
        let fields = (0..usize::get(input)?).map(|_| input.name(lexicon::field_names())).collect::<Option<_>>()?;
        let (digests, findings) = (Vec::get(input)?, Findings::get(input)?);
        let dialect = Some(dialect).filter(|name| !name.is_empty());
        Some(Reading { path, dialect, fields, digests, findings, ledger: Ledger::get(input)?, lines: LineLedger::get(input)? })
    }
}
