//! The text above the first entry of a file.

use super::heading::heading;
use std::ops::Range;

/// The text above the first entry while it is gathered: its lines, blank lines between its paragraphs, and the headings of its parts. The
/// first heading of a file names the digest, and the last one before an entry the section of that; neither is part of it.
#[derive(Default)]
pub(super) struct Preface<'a> {
    text: String,
    has_title: bool,
    /// True if something stood between the last line and the next.
    is_parted: bool,
    /// A heading that nothing stands below yet.
    heading: Option<&'a str>,
    /// Where the heading of the part that is open stands in the text.
    open: Option<Range<usize>>,
}

impl<'a> Preface<'a> {
    /// A preface that begins with a text.
    pub(super) fn new(text: String) -> Preface<'a> {
        Preface { text, ..Preface::default() }
    }

    /// Takes a line that is no text: a heading, `## Today`, or one that merely ends a paragraph.
    pub(super) fn beside(&mut self, line: &'a str) {
        self.is_parted = true;
        if heading(line).is_some() {
            self.heading = Some(line).filter(|_| self.has_title);
            self.has_title = true;
            self.open = None;
        }
    }

    /// Takes a line of text.
    pub(super) fn line(&mut self, line: &str) {
        if self.is_parted && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.is_parted = false;
        if let Some(heading) = self.heading.take() {
            let start = self.text.len();
            self.text.push_str(heading.trim());
            self.text.push_str("\n\n");
            self.open = Some(start..self.text.len());
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Says that an entry follows.
    pub(super) fn ends(&mut self) {
        if let Some(heading) = self.open.take() {
            self.text.replace_range(heading, "");
        }
    }

    /// The text, if there is any.
    pub(super) fn finish(self) -> Option<String> {
        Some(self.text.trim_end().to_owned()).filter(|text| !text.trim().is_empty())
    }
}
