//! Files as a chat hands them out: all in one fence of Markdown, or JSON with a sentence before it. What is inside is the file.

use super::claim::Document;
use super::link;
use crate::text::Line;
use std::ops::Range;

/// What is inside of a wrapping, and how the wrapping names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrapped {
    /// Its lines, as indices of the document's.
    pub(super) lines: Range<usize>,
    /// The extension that a file of its form has; none where the wrapping says nothing.
    pub(super) extension: Option<&'static str>,
}

/// What stands behind the marks of a fence around a file, and the extension that goes with it.
const FORMS: &[(&str, Option<&str>)] = &[
    ("", None),
    ("text", None),
    ("txt", None),
    ("plaintext", None),
    ("json", Some("json")),
    ("jsonc", Some("json")),
    ("json5", Some("json")),
    ("jsonl", Some("json")),
    ("ndjson", Some("json")),
    ("yaml", Some("yaml")),
    ("yml", Some("yaml")),
    ("toml", Some("toml")),
    ("csv", Some("csv")),
    ("tsv", Some("tsv")),
    ("xml", Some("xml")),
    ("rss", Some("xml")),
    ("atom", Some("xml")),
    ("html", Some("html")),
    ("markdown", Some("md")),
    ("md", Some("md")),
];

/// No more lines than this stand around a file that is wrapped.
const MAX_AROUND: usize = 6;

/// What a document wraps; none if it is no wrapping, or there is something outside that could be an entry.
pub(super) fn find(document: &Document) -> Option<Wrapped> {
    let lines = document.lines.as_slice();
    let opens = |line: &Line| is_fence(line.text) || begins_json(line.text);
    // Nearly all files show by their first lines that they are no wrapping.
    let mut first = (0..lines.len()).filter(|&i| !lines[i].is_blank()).take(MAX_AROUND + 1);
    let before = first.find(|&i| opens(&lines[i]) || !is_around(lines[i].text)).filter(|&i| opens(&lines[i]))?;
    let (wrapped, after) = if is_fence(lines[before].text) { fenced(lines, before)? } else { spoken_of(lines, before)? };
    let around = || lines[..before].iter().chain(&lines[after..]).filter(|line| !line.is_blank());
    let bytes = |lines: &[Line]| lines.iter().map(|line| line.text.len()).sum::<usize>();
    let is_most = around().map(|line| line.text.len()).sum::<usize>() < bytes(&lines[wrapped.lines.clone()]);
    (is_most && around().count() <= MAX_AROUND && are_around(&lines[after..])).then_some(wrapped)
}

/// A text with blanks in place of all that stands outside of a stretch of it, so that places inside stay where they are.
pub(super) fn only(text: &str, inside: Range<usize>) -> String {
    let blank = |part: &str| part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect::<String>();
    [&blank(&text[..inside.start]), &text[inside.clone()], &blank(&text[inside.end..])].concat()
}

/// True for a line that opens or closes a fence.
pub(super) fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// True for a line at the margin that begins a list or a map of JSON.
fn begins_json(line: &str) -> bool {
    let after = |open: char| line.strip_prefix(open).map(str::trim_start);
    let begins_map = |rest: &str| rest.is_empty() || rest.starts_with(['"', '\'']);
    after('{').is_some_and(begins_map) || after('[').is_some_and(|rest| rest.is_empty() || rest.starts_with('{'))
}

/// The extension of files of the form that is named behind the marks of a fence.
pub(super) fn extension_of(opening: &str) -> Option<&'static str> {
    let word = word_of(opening.trim());
    FORMS.iter().find(|form| form.0 == word)?.1
}

/// What stands behind the marks of a fence.
fn word_of(opening: &str) -> String {
    let mark = opening.chars().next().unwrap_or('`');
    opening.trim_start_matches(mark).trim().to_lowercase()
}

/// The line that closes the fence which opens at a line.
pub(super) fn close_of(lines: &[Line], open: usize) -> Option<usize> {
    let opening = lines[open].text.trim();
    lines[open + 1..].iter().position(|line| closes(opening, line.text)).map(|at| open + 1 + at)
}

/// True for a line that closes a fence: as many of its marks at least, and nothing else.
fn closes(opening: &str, line: &str) -> bool {
    let Some(mark) = opening.chars().next() else { return false };
    let n_marks = opening.len() - opening.trim_start_matches(mark).len();
    let text = line.trim();
    n_marks <= text.len() && text.chars().all(|c| c == mark)
}

/// The inside of the fence that opens at a line, and the first line behind the fence.
fn fenced(lines: &[Line], open: usize) -> Option<(Wrapped, usize)> {
    let opening = lines[open].text.trim();
    let word = word_of(opening);
    let &(_, extension) = FORMS.iter().find(|form| form.0 == word)?;
    let last = || lines[open + 1..].iter().rposition(|line| closes(opening, line.text)).map(|at| open + 1 + at);
    // Markdown has fences of its own, so that the last one ends it.
    let close = if extension == Some("md") { last() } else { close_of(lines, open) };
    // One that was cut off has no end.
    let end = close.or_else(|| (!word.is_empty()).then_some(lines.len()))?;
    Some((Wrapped { lines: open + 1..end, extension }, lines.len().min(end + 1)))
}

/// JSON that begins at a line, up to its last bracket, if there are words before or behind it; and the first line behind it.
fn spoken_of(lines: &[Line], first: usize) -> Option<(Wrapped, usize)> {
    let ends = |line: &Line| line.text.trim_end().ends_with([']', '}']);
    let last = lines[first..].iter().rposition(ends).map_or(lines.len() - 1, |at| first + at);
    let is_said = |line: &Line| line.text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '#' | '>'));
    let mut behind = lines[last + 1..].iter().filter(|line| !line.is_blank());
    // What goes on otherwise was cut off within a record.
    let end = if behind.all(is_said) { last + 1 } else { lines.len() };
    let speaks = |lines: &[Line]| lines.iter().any(|line| !line.is_blank());
    let is_spoken_of = speaks(&lines[..first]) || speaks(&lines[end..]);
    is_spoken_of.then_some((Wrapped { lines: first..end, extension: Some("json") }, end))
}

/// True for a few lines of which none could be an entry.
fn are_around(lines: &[Line]) -> bool {
    let mut words = lines.iter().filter(|line| !line.is_blank());
    let mut few = words.by_ref().take(MAX_AROUND);
    few.all(|line| is_around(line.text)) && words.next().is_none()
}

/// True for a heading or a sentence, as against an item, a row, a link, or a second fence.
fn is_around(line: &str) -> bool {
    let text = line.trim();
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = ["- ", "* ", "+ "].iter().any(|mark| text.starts_with(mark))
        || number.len() < text.len() && number.starts_with(['.', ')', '、']);
    !is_item && !is_fence(text) && !text.contains('|') && !text.starts_with('<') && !link::holds_address(text)
}
