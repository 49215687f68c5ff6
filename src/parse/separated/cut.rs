//! Where the cells of separated values begin and end: RFC 4180, and quotes that nobody doubled or closed.
//!
//! A quote closes a cell if a separator or the end of the line follows and it is not one half of a doubled one. All such quotes are
//! looked for once, so that the end of a cell is found without a walk over its text, however many cells are tried.

use crate::text::{Span, trim};
use std::borrow::Cow;

/// A text that can be cut into records.
pub(super) struct Cutter<'d> {
    text: &'d str,
    /// Where the text ends that is cut.
    end: usize,
    pub(super) separator: u8,
    /// The offsets of the quotes that can close a cell, ascending.
    closing: Vec<u32>,
}

/// The cells of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) cells: Vec<Cell>,
    /// Where its last cell ends, its quote included.
    pub(super) end: usize,
    /// False if the quotes of its last cell close nowhere.
    pub(super) is_closed: bool,
}

/// A cell: a stretch of the text without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    span: Span,
    pub(super) is_quoted: bool,
}

/// What stands behind so many cells of a row is one cell.
const MAX_CELLS: usize = 10_000;

impl<'d> Cutter<'d> {
    /// Looks for what can close cells from `start` to `end`.
    pub(super) fn new(text: &'d str, start: usize, end: usize, separator: u8) -> Cutter<'d> {
        let mut cutter = Cutter { text, end, separator, closing: Vec::new() };
        let mut at = start;
        while let Some(found) = memchr::memchr(b'"', &text.as_bytes()[at..end]) {
            let run = at + found;
            at = cutter.end_of_run(run);
            if (at - run) % 2 == 1 && cutter.ends_cell(at) {
                cutter.closing.push(Span::new(at - 1, 0).start);
            }
        }
        cutter
    }

    /// The record that begins at an offset and ends with its line, unless that is inside of quotes.
    pub(super) fn record(&self, start: usize) -> Record {
        self.cut(start, self.end, true)
    }

    /// The record between two offsets, over whatever lines; quotes that do not close in it are signs like any other.
    pub(super) fn record_until(&self, start: usize, end: usize) -> Record {
        self.cut(start, end, false)
    }

    fn cut(&self, start: usize, limit: usize, is_line: bool) -> Record {
        let bytes = self.text.as_bytes();
        let mut cells = Vec::new();
        let mut at = start;
        loop {
            let first = self.skip_blanks(at).min(limit);
            let is_quoted = first < limit && bytes[first] == b'"';
            let close = if is_quoted { self.close_of(first) } else { None };
            let closed = close
                .map(|close| (close, self.skip_blanks(close + 1).min(limit)))
                .filter(|&(close, after)| close < limit && (is_line || after == limit || bytes[after] == self.separator));
            if is_quoted && close.is_none() && is_line {
                cells.push(Cell { span: Span::new(first + 1, limit), is_quoted });
                return Record { cells, end: limit, is_closed: false };
            }
            let end = match closed {
                Some((close, after)) => {
                    cells.push(Cell { span: Span::new(first + 1, close), is_quoted });
                    after
                }
                None => {
                    let is_rest = cells.len() + 1 == MAX_CELLS;
                    let end = self.end_of_bare(at, limit, is_line, is_rest);
                    cells.push(Cell { span: Span::new(at, end), is_quoted: false });
                    end
                }
            };
            if end < limit && bytes[end] == self.separator && cells.len() < MAX_CELLS {
                at = end + 1;
                continue;
            }
            // Behind the last cell that is counted the line goes on.
            let end = if end < limit && is_line { self.end_of_bare(end, limit, true, true) } else { end };
            let end = self.text[..end].trim_end_matches('\r').len().max(start);
            return Record { cells, end, is_closed: true };
        }
    }

    /// Where a cell without quotes ends: at a separator or, in a record of one line, with it.
    fn end_of_bare(&self, at: usize, limit: usize, is_line: bool, is_rest: bool) -> usize {
        let rest = &self.text.as_bytes()[at..limit];
        let found = match (is_line, is_rest) {
            (true, false) => memchr::memchr2(self.separator, b'\n', rest),
            (true, true) => memchr::memchr(b'\n', rest),
            (false, false) => memchr::memchr(self.separator, rest),
            (false, true) => None,
        };
        found.map_or(limit, |found| at + found)
    }

    /// The quote that closes the cell that one at `open` opens.
    fn close_of(&self, open: usize) -> Option<usize> {
        let after = self.end_of_run(open);
        // Behind the first quote the others of its run are doubled, but for an odd one, which closes.
        if (after - open).is_multiple_of(2) && self.ends_cell(after) {
            return Some(after - 1);
        }
        let next = self.closing.partition_point(|&close| (close as usize) < after);
        self.closing.get(next).map(|&close| close as usize)
    }

    fn end_of_run(&self, at: usize) -> usize {
        at + self.text.as_bytes()[at..self.end].iter().take_while(|&&byte| byte == b'"').count()
    }

    /// True if nothing but blanks stands between an offset and a separator or the end of the line.
    fn ends_cell(&self, at: usize) -> bool {
        let at = self.skip_blanks(at);
        at == self.end || self.text.as_bytes()[at] == self.separator || self.text.as_bytes()[at] == b'\n'
    }

    fn skip_blanks(&self, at: usize) -> usize {
        let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r') && byte != self.separator;
        at + self.text.as_bytes()[at..self.end].iter().take_while(|&&byte| is_blank(byte)).count()
    }
}

impl Cell {
    /// Its text: doubled quotes as one, lines without carriage returns, and without a quote that closes nowhere.
    pub(super) fn text(self, text: &str) -> Cow<'_, str> {
        let written = trim(self.span.of(text));
        if !self.is_quoted {
            let opened = written.strip_prefix('"');
            return opened.map_or(written, |inner| inner.strip_suffix('"').unwrap_or(inner)).into();
        }
        if memchr::memchr2(b'"', b'\r', written.as_bytes()).is_none() {
            return written.into();
        }
        written.replace("\"\"", "\"").replace("\r\n", "\n").into()
    }

    /// True if a quote stands in its quotes that is not doubled.
    pub(super) fn has_stray_quote(self, text: &str) -> bool {
        let written = self.span.of(text);
        let is_odd = |run: &str| !run.len().is_multiple_of(2);
        self.is_quoted && memchr::memchr(b'"', written.as_bytes()).is_some() && written.split(|c| c != '"').any(is_odd)
    }

    /// The blank or the end of a line between the separator before it and its first sign.
    pub(super) fn blank_before(self, text: &str) -> &'static str {
        let written = self.span.of(text);
        match &written[..written.len() - written.trim_start().len()] {
            _ if self.is_quoted => "",
            "" => "",
            blanks if blanks.contains('\n') => "\n",
            _ => " ",
        }
    }

    /// Where it begins.
    pub(super) fn start(self) -> usize {
        self.span.start as usize
    }
}
