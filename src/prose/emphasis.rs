//! Emphasis: bold text next to Han punctuation, and where code begins and ends.
//!
//! CommonMark lets `**` close only after a letter or before a blank or punctuation, so `**粗体：**后文` stays unbolded. Here
//! such pairs, and only such, become marks; every other `**` is left to the Markdown parser.

use std::collections::HashMap;

use super::chars::is_punctuation;
use super::marks::{Kind, Masked};

/// Maps the start of every code span or fenced block to its end.
pub(super) fn code_spans(text: &str) -> HashMap<usize, usize> {
    let runs = backtick_runs(text);
    let blanks: Vec<usize> = text.match_indices("\n\n").map(|(at, _)| at).collect();
    let mut next_of_len: HashMap<usize, usize> = HashMap::new();
    let mut spans = HashMap::new();
    for &(start, len) in runs.iter().rev() {
        let is_fence = 3 <= len && is_line_start(text, start);
        let limit = blanks.get(blanks.partition_point(|&at| at < start)).copied();
        let close = next_of_len.get(&len).copied();
        match close.filter(|&close| is_fence || limit.is_none_or(|limit| close < limit)) {
            Some(close) => {
                spans.insert(start, close + len);
            }
            None if is_fence => {
                spans.insert(start, text.len());
            }
            None => {}
        }
        next_of_len.insert(len, start);
    }
    spans
}

/// Swaps the `**` pairs that the flanking rule would leave as text.
pub(super) fn repair(masked: Masked) -> Masked {
    let chosen = pairs(&masked.text);
    if chosen.is_empty() {
        return masked;
    }
    let text = masked.text;
    let mut out = Masked { text: String::with_capacity(text.len()), marks: masked.marks };
    let mut from = 0;
    for (at, kind) in chosen {
        out.text.push_str(&text[from..at]);
        out.push("**", kind);
        from = at + 2;
    }
    out.text.push_str(&text[from..]);
    out
}

/// Finds the pairs to repair, in order of place.
fn pairs(text: &str) -> Vec<(usize, Kind)> {
    let code = code_spans(text);
    let mut chosen = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let width = match c {
            '`' => code.get(&at).map_or_else(|| run_len(&text[at..], b'`'), |end| end - at),
            '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '\n' if text[at + 1..].starts_with('\n') => {
                open = None;
                1
            }
            '*' => run_len(&text[at..], b'*'),
            c => c.len_utf8(),
        };
        if c == '*' && width == 2 {
            open = match open {
                Some(start) if can_close(text, at) => {
                    if !flanks(text, start, true) || !flanks(text, at, false) {
                        chosen.push((start, Kind::Open("strong")));
                        chosen.push((at, Kind::Close("strong")));
                    }
                    None
                }
                _ if can_open(text, at) => Some(at),
                kept => kept,
            };
        }
        at += width;
    }
    chosen
}

fn can_open(text: &str, at: usize) -> bool {
    text[at + 2..].chars().next().is_some_and(|c| !c.is_whitespace())
}

fn can_close(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace())
}

/// CommonMark's rule: left-flanking for an opening run, right-flanking for a closing one.
fn flanks(text: &str, at: usize, is_open: bool) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 2..].chars().next();
    let (inner, outer) = if is_open { (after, before) } else { (before, after) };
    match inner {
        None => false,
        Some(c) if c.is_whitespace() => false,
        Some(c) if !is_punctuation(c) => true,
        Some(_) => outer.is_none_or(|c| c.is_whitespace() || is_punctuation(c)),
    }
}

fn backtick_runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let len = run_len(&text[at..], b'`');
                runs.push((at, len));
                at += len;
            }
            _ => at += 1,
        }
    }
    runs
}

fn run_len(text: &str, sign: u8) -> usize {
    text.bytes().take_while(|&b| b == sign).count()
}

fn is_line_start(text: &str, at: usize) -> bool {
    let indent = text[..at].bytes().rev().take_while(|&b| b == b' ').take(4).count();
    indent < 4 && (at == indent || text.as_bytes()[at - indent - 1] == b'\n')
}
