//! Marks: what stands in a text for the pieces that the Markdown parser must not see.
//!
//! A mark is a number written in noncharacters. Markdown takes it for part of a word; what it stands for is kept beside the
//! text together with its source, which comes back where the mark landed in code or in a link target.

const MARK_OPEN: char = '\u{FDD0}';
const MARK_CLOSE: char = '\u{FDDB}';
const DIGIT_ZERO: u32 = 0xFDD1;

/// What a mark stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A formula.
    Math { tex: String, display: bool },
    /// The start of an element.
    Open(&'static str),
    /// The end of an element.
    Close(&'static str),
    /// A line break.
    Break,
    /// Text to be shown as it is.
    Literal(String),
    /// A bare URL, its own link text.
    Url(String),
    /// The start of a link.
    LinkOpen(String),
}

/// A swapped piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// What was written.
    pub(super) source: String,
    /// What it means.
    pub(super) kind: Kind,
}

/// A text with marks in it.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// The text for the Markdown parser.
    pub(super) text: String,
    /// The marks, by number.
    pub(super) marks: Vec<Mark>,
}

impl Masked {
    /// Appends a mark to the text.
    pub(super) fn push(&mut self, source: &str, kind: Kind) {
        self.text.push(MARK_OPEN);
        for digit in self.marks.len().to_string().chars() {
            let value = DIGIT_ZERO + digit.to_digit(10).unwrap_or_default();
            self.text.extend(char::from_u32(value));
        }
        self.text.push(MARK_CLOSE);
        self.marks.push(Mark { source: source.to_owned(), kind });
    }

    /// Splits text at its marks and hands every piece to `each`.
    pub(super) fn split<'a>(&'a self, text: &'a str, mut each: impl FnMut(Piece<'a>)) {
        let mut rest = text;
        while let Some(at) = rest.find(MARK_OPEN) {
            if 0 < at {
                each(Piece::Text(&rest[..at]));
            }
            let inner = &rest[at + MARK_OPEN.len_utf8()..];
            let n_digits = inner.chars().take_while(|&c| digit(c).is_some()).count();
            let number = inner.chars().map_while(digit).fold(0usize, |sum, digit| sum.saturating_mul(10).saturating_add(digit));
            rest = inner[n_digits * MARK_OPEN.len_utf8()..].trim_start_matches(MARK_CLOSE);
            // A mark that an entity such as `&#xFDD0;` forged has no number, and nothing is shown for it.
            if let Some(mark) = self.marks.get(number).filter(|_| 0 < n_digits) {
                each(Piece::Mark(mark));
            }
        }
        if !rest.is_empty() {
            each(Piece::Text(rest));
        }
    }

    /// Puts the source of every mark back.
    pub(super) fn restore(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.split(text, |piece| match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Mark(mark) => out.push_str(&mark.source),
        });
        // A mark's source may hold earlier marks: bold is repaired in text that is masked already.
        if out.contains(MARK_OPEN) && out != text { self.restore(&out) } else { out }
    }
}

/// A piece of masked text.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// Ordinary text.
    Text(&'a str),
    /// A mark.
    Mark(&'a Mark),
}

fn digit(c: char) -> Option<usize> {
    let value = (c as u32).checked_sub(DIGIT_ZERO)?;
    (value < 10).then_some(value as usize)
}
