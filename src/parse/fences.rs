//! Records in fences of Markdown, one fence for each topic of a text: what a model answered topic by topic.

use super::claim::{Claim, Document, Listed, Mark};
use super::heading::heading;
use super::{outline, values, wrapped};
use crate::text::{self, Line, Span};
use std::ops::Range;

/// The extensions of files whose records stand in such fences. Those of settings are examples.
const RECORDS: &[&str] = &["json"];

/// Reads the records of all fences; none if there are none. The section of each is the heading above its fence.
pub(super) fn read(document: &Document) -> Option<Claim> {
    let lines = &document.lines;
    let mut all: Option<Claim> = None;
    let mut structure = Vec::new();
    let mut section = None;
    let mut at = 0;
    while at < lines.len() {
        let open = at;
        at += 1;
        if let Some((level, heading)) = heading(lines[open].text) {
            section = (level > 1).then(|| outline::section_name(heading)).filter(|name| !name.is_empty());
            structure.push(open);
        }
        if !wrapped::is_fence(lines[open].text) {
            continue;
        }
        // What is not closed goes on to the end.
        let close = wrapped::close_of(lines, open).unwrap_or(lines.len());
        let extension = wrapped::extension_of(lines[open].text);
        at = close + 1;
        structure.extend([open, close]);
        let inside = Some(open + 1..close).filter(|_| extension.is_some_and(|extension| RECORDS.contains(&extension)));
        if let Some((claim, inside)) =
            inside.and_then(|inside| Some((read_fence(document, &inside, section.as_deref())?, inside)))
        {
            all.get_or_insert_with(|| Claim::new(claim.dialect, document)).add(claim, inside.start);
        }
    }
    let mut all = all?;
    structure.into_iter().for_each(|line| all.marks.set(line..line + 1, Mark::Structure));
    Some(all)
}

/// The records between two lines, with their places in the document but for the marks of lines, which are those of the lines inside.
fn read_fence(document: &Document, inside: &Range<usize>, section: Option<&str>) -> Option<Claim> {
    let lines: &[Line] = document.lines.get(inside.clone()).filter(|lines| !lines.is_empty())?;
    let start = lines[0].start;
    let text = &document.text[start..lines[lines.len() - 1].end()];
    let inner = Document {
        text,
        lines: text::lines(text).collect(),
        columns: document.columns.clone(),
        extension: "json".to_owned(),
        when: document.when,
    };
    let mut claim = values::read(&inner).filter(|claim| !claim.listed.is_empty())?;
    let shifted = |span: Span| Span::new(start + span.start as usize, start + span.end as usize);
    for Listed { entry, lines: of_entry, .. } in &mut claim.listed {
        entry.span = shifted(entry.span);
        *of_entry = inside.start + of_entry.start..inside.start + of_entry.end;
        entry.line = document.lines[of_entry.start.min(inside.end - 1)].number;
        entry.section = entry.section.take().or_else(|| section.map(str::to_owned));
    }
    for (span, _) in &mut claim.notes {
        *span = shifted(*span);
    }
    Some(claim)
}

impl Claim {
    /// Adds what stands further down in the same document, where its lines begin at `start`.
    fn add(&mut self, other: Claim, start: usize) {
        for (i, mark) in other.marks.iter().enumerate().filter(|(_, mark)| !matches!(mark, Mark::Stray | Mark::Blank)) {
            self.marks.set(start + i..start + i + 1, mark);
        }
        self.listed.extend(other.listed);
        self.rows += other.rows;
        self.merged += other.merged;
        self.rejected += other.rejected;
        self.found_all(&other.fields);
        self.notes.extend(other.notes);
        self.findings.extend(other.findings);
    }
}
