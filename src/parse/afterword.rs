//! Parts of prose below the first entry, with headings of their own: what the day was about, what to watch.

use super::claim::{Document, Mark, Marks};
use super::heading::heading;
use super::{framing, link, outline};
use std::ops::Range;

/// A part of fewer letters and digits says too little to be shown.
const MIN_LETTERS: usize = 24;

/// Takes the parts that no entry took and gives their lines. Lists of links are no prose and are left to be reported, since they may list
/// works, and so are lines that hold rows, code and parts of a manual.
pub(super) fn take(document: &Document, marks: &mut Marks) -> Option<String> {
    let is_entry = |mark: Mark| matches!(mark, Mark::Entry | Mark::Rejected);
    let first = marks.iter().position(is_entry)?;
    let is_heading = |&at: &usize| !is_entry(marks.get(at)) && heading(document.lines[at].text).is_some();
    let headings: Vec<usize> = (first..document.lines.len()).filter(is_heading).collect();
    let ends = headings.iter().skip(1).copied().chain([document.lines.len()]);
    let parts: Vec<Range<usize>> = headings.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    let mut text = String::new();
    // Headings above parts that have no text of their own.
    let mut above: Vec<Range<usize>> = Vec::new();
    for mut part in parts {
        part.end = without_footer(document, &part);
        let level = |part: &Range<usize>| heading(document.lines[part.start].text).map_or(0, |(level, _)| level);
        above.retain(|other| level(other) < level(&part));
        let has = |test: &dyn Fn(Mark) -> bool| (part.start + 1..part.end).any(|at| test(marks.get(at)));
        if has(&is_entry) {
            above.clear();
        } else if !has(&|mark| mark == Mark::Stray) {
            above.push(part);
        } else if is_prose(document, marks, &part) {
            for lines in above.drain(..).map(|above| above.start..above.start + 1).chain([part]) {
                put(&document.lines[lines.clone()].iter().map(|line| line.text).collect::<Vec<_>>(), &mut text);
                marks.set(lines, Mark::Afterword);
            }
        }
    }
    Some(text).filter(|text| !text.is_empty())
}

/// Where a part ends without a few lines behind its last rule.
fn without_footer(document: &Document, part: &Range<usize>) -> usize {
    let line = |at: &usize| document.lines[*at].text.trim();
    let is_rule = |at: &usize| {
        let signs = line(at);
        signs.len() >= 3 && ["-", "*", "_"].iter().any(|sign| signs.replace(sign, "").trim().is_empty())
    };
    let Some(rule) = (part.start + 1..part.end).rev().find(is_rule) else { return part.end };
    let n_behind = (rule + 1..part.end).filter(|at| !line(at).is_empty()).count();
    if n_behind <= MAX_FOOTER { rule } else { part.end }
}

/// More lines than this behind a rule are no footer.
const MAX_FOOTER: usize = 3;

fn put(lines: &[&str], text: &mut String) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(lines.join("\n").trim());
}

/// True for a heading with lines of prose below it, of which no entry has any.
fn is_prose(document: &Document, marks: &Marks, part: &Range<usize>) -> bool {
    let lines = || (part.start + 1..part.end).map(|at| (marks.get(at), document.lines[at].text));
    let said = || lines().filter(|(mark, _)| *mark == Mark::Stray).map(|(_, line)| line);
    let title = heading(document.lines[part.start].text).map_or("", |(_, text)| text);
    let n_letters = said().flat_map(str::chars).filter(|c| c.is_alphanumeric()).take(MIN_LETTERS).count();
    let (n, n_linked) = said().fold((0, 0), |(n, n_linked), line| (n + 1, n_linked + usize::from(link::holds_address(line))));
    let is_other = |line: &str| line.contains('|') || line.trim_start().starts_with("```") || framing::is_framing(line);
    n_letters == MIN_LETTERS
        && n_linked * 2 < n
        && lines().all(|(mark, _)| matches!(mark, Mark::Blank | Mark::Stray | Mark::Structure))
        && !said().any(is_other)
        && !outline::is_of_manual(title)
}
