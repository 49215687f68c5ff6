//! A page, or a piece of one, while it is turned into Markdown.

use super::super::date;
use super::Converted;
use super::entity::unescaped;
use super::layout::{is_set_as_heading, layout_tables};
use super::tag::{Tag, find_ignoring_case, next_tag};
use crate::text::lines;
use std::borrow::Cow;
use std::collections::HashMap;

/// Elements whose text is not for reading.
const SKIPPED: &[&str] = &["script", "style", "nav", "svg", "template", "noscript", "head", "button", "select", "form"];

/// Elements that begin a line.
const LINES: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "br",
    "blockquote",
    "details",
    "summary",
    "dt",
    "dd",
    "pre",
    "hr",
    "ul",
    "ol",
    "main",
    "header",
    "footer",
    "aside",
    "figure",
    "figcaption",
    "center",
    "dl",
    "body",
    "html",
    "address",
    "fieldset",
    "tbody",
    "thead",
    "title",
];

/// The words of a time are no longer than this, in bytes.
const MAX_TIME: usize = 200;

/// A page while it is turned into Markdown.
pub(super) struct Page<'a> {
    text: &'a str,
    pub(super) out: String,
    origins: Vec<usize>,
    /// The line that is being written, and where it began.
    line: String,
    line_start: usize,
    /// What stands in front of the line: the marks of a heading or an item.
    prefix: String,
    /// For each open list whether it is numbered.
    lists: Vec<bool>,
    /// The address of the open link, and where its words begin in the line.
    link: Option<(String, usize)>,
    /// The cells of the open row of a table.
    row: Option<Vec<String>>,
    in_cell: bool,
    /// True if the table that is open had its header.
    has_header: bool,
    pub(super) items: HashMap<String, usize>,
    /// Elements to skip whose end is missing.
    open_ended: Vec<&'static str>,
    /// True while the lines are those of an item that a block made.
    block_item: bool,
    /// That block, until a heading names it or it ends.
    block: Option<Block>,
    /// What the class of the element that has just begun says of its first line.
    label: Option<&'static str>,
    /// True for Markdown with elements that give bold labels a color.
    pub(super) has_styled: bool,
    /// The rows of the table that is open, without its header.
    n_rows: usize,
    /// Where the header of the table ends; none once a text below a row was looked for a column.
    header: Option<usize>,
    /// True if the table has such a column.
    has_texts: bool,
    /// True in a cell that goes over all columns.
    is_wide: bool,
    /// Where the tables begin that only lay a text out.
    layouts: Vec<usize>,
    /// For each open table whether it is one of them.
    tables: Vec<bool>,
}

/// Classes of elements that hold a field, as the last word of their names, and the label of that field.
const LABELS: &[(&str, &str)] = &[("authors", "Authors"), ("author", "Authors"), ("tags", "Tags"), ("keywords", "Tags")];

/// The label that the class of an element gives its words.
fn label_of(tag: &Tag) -> Option<&'static str> {
    let class = tag.attribute("class")?.to_ascii_lowercase();
    let last = class.split_whitespace().next()?.rsplit(['-', '_']).next()?;
    LABELS.iter().find(|(word, _)| *word == last).map(|(_, label)| *label)
}

/// A block that is an item.
struct Block {
    element: String,
    /// How many elements of this name are open, itself among them.
    n_open: usize,
    /// Where its lines begin, in the text and in the origins.
    at: (usize, usize),
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str) -> Page<'a> {
        Page {
            text,
            out: String::with_capacity(text.len() / 2),
            origins: Vec::new(),
            line: String::new(),
            line_start: 0,
            prefix: String::new(),
            lists: Vec::new(),
            link: None,
            row: None,
            in_cell: false,
            has_header: false,
            items: HashMap::new(),
            open_ended: Vec::new(),
            block_item: false,
            block: None,
            label: None,
            has_styled: false,
            n_rows: 0,
            header: None,
            has_texts: false,
            is_wide: false,
            layouts: Vec::new(),
            tables: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> Converted {
        self.flush();
        Converted { text: self.out, origins: self.origins }
    }

    /// Takes a stretch of Markdown over as it is.
    pub(super) fn copy(&mut self, from: usize, to: usize) {
        for line in lines(&self.text[from..to]) {
            let is_styled = self.has_styled && STYLED.iter().any(|start| line.text.contains(start));
            let words = if is_styled { without_styles(line.text).into() } else { Cow::from(line.text) };
            self.emit(&words, from + line.start);
        }
    }

    /// Takes back the lines from a place on, without their marks.
    pub(super) fn take_lines(&mut self, (text_at, origin_at): (usize, usize)) -> Vec<(String, usize)> {
        let text = self.out.split_off(text_at);
        let origins = self.origins.split_off(origin_at);
        text.lines().map(|line| line.trim_start().trim_start_matches("- ").to_owned()).zip(origins).collect()
    }

    pub(super) fn emit(&mut self, line: &str, origin: usize) {
        self.origins.push(origin);
        self.out.push_str(line);
        self.out.push('\n');
    }

    pub(super) fn run(&mut self, from: usize, to: usize) {
        if find_ignoring_case(&self.text[from..to], "</table>").is_some() {
            self.layouts = layout_tables(self.text, from, to);
        }
        let mut at = from;
        while at < to {
            let tag = next_tag(&self.text[..to], at);
            let end = tag.as_ref().map_or(to, |tag| tag.start);
            self.words(at, end);
            let Some(tag) = tag else { return };
            at = tag.end;
            if let Some(name) = SKIPPED.iter().find(|name| **name == tag.name && !tag.closes) {
                let close = format!("</{name}>");
                // What nothing closes is looked for once.
                let closed = if self.open_ended.contains(name) { None } else { find_ignoring_case(&self.text[at..to], &close) };
                match closed {
                    Some(close_at) => at += close_at + close.len(),
                    None if self.open_ended.contains(name) => {}
                    None => self.open_ended.push(name),
                }
                continue;
            }
            if let Some((day, end)) = self.time(&tag, to) {
                at = end;
                self.write_day(&day, tag.start);
                continue;
            }
            self.tag(&tag);
        }
    }

    /// Writes the day of a time. The one that begins a line of an item is the item's.
    fn write_day(&mut self, day: &str, start: usize) {
        if !self.line.is_empty() {
            return self.line.push_str(day);
        }
        self.line_start = start;
        let is_of_item = self.block_item && self.prefix.is_empty() && self.link.is_none() && !self.in_cell;
        self.line.push_str(if is_of_item { "Published: " } else { "" });
        self.line.push_str(day);
        if is_of_item {
            self.flush();
        }
    }

    /// The day of a `<time>` that programs read, and where it ends: what people read may be `3 hours ago`.
    fn time(&self, tag: &Tag, to: usize) -> Option<(String, usize)> {
        if tag.name != "time" || tag.closes {
            return None;
        }
        let day = tag.attribute("datetime")?.get(..10).filter(|day| date::is_day(day))?.to_owned();
        let close = "</time>";
        let words = &self.text[tag.end..to.min(self.text.floor_char_boundary(tag.end + MAX_TIME))];
        Some((day, tag.end + find_ignoring_case(words, close)? + close.len()))
    }

    /// Turns a card into an item. What comes after it is none of the card's.
    pub(super) fn run_card(&mut self, from: usize, to: usize, classes: &HashMap<String, usize>) {
        self.items.clone_from(classes);
        self.run(from, to);
        self.flush();
        self.items.clear();
        self.block_item = false;
        self.block = None;
    }

    fn words(&mut self, from: usize, to: usize) {
        let raw = &self.text[from..to];
        if raw.trim().is_empty() {
            if !self.line.is_empty() && !raw.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            return;
        }
        if self.line.is_empty() {
            self.line_start = from + (raw.len() - raw.trim_start().len());
        }
        let text = unescaped(raw);
        if text.starts_with(char::is_whitespace) && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
        for (i, word) in text.split_whitespace().enumerate() {
            if i > 0 {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if text.ends_with(char::is_whitespace) {
            self.line.push(' ');
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        match name {
            "a" => self.anchor(tag),
            // Tags stand beside each other with nothing but their style to part them.
            "span" if !tag.closes && self.line.trim_end().ends_with(char::is_alphanumeric) && is_chip(tag) => {
                self.line.truncate(self.line.trim_end().len());
                self.line.push_str(", ")
            }
            "strong" | "b" => self.line.push_str("**"),
            "img" if self.in_cell => self.image(tag),
            "span" | "em" | "i" if tag.closes && self.prefix.ends_with("- ") => self.take_number(),
            "code" if !self.in_cell => self.line.push('`'),
            "table" => {
                self.flush();
                if tag.closes {
                    self.tables.pop();
                } else {
                    self.tables.push(self.layouts.binary_search(&tag.start).is_ok());
                }
                (self.has_header, self.header, self.has_texts, self.n_rows) = (false, None, false, 0);
            }
            "tr" | "td" | "th" if self.tables.last() == Some(&true) => {
                self.flush();
                self.prefix.clear();
                if name == "td" && !tag.closes && is_set_as_heading(tag) {
                    self.prefix.push_str("### ");
                }
            }
            "tr" => self.table_row(tag.closes),
            "td" | "th" if self.row.is_some() => {
                self.cell(tag.closes);
                self.is_wide |= tag.attribute("colspan").is_some_and(|n| n != "1");
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_cell => {
                self.flush();
                if !tag.closes {
                    self.prefix = format!("{} ", &"######"[..usize::from(name.as_bytes()[1] - b'0')]);
                }
            }
            "li" if !self.in_cell => {
                self.flush();
                if !tag.closes {
                    let depth = self.lists.len().saturating_sub(1).min(20);
                    let mark = if self.lists.last() == Some(&true) { "1. " } else { "- " };
                    self.prefix = format!("{}{mark}", "  ".repeat(depth));
                } else {
                    self.prefix.clear();
                }
            }
            "ul" | "ol" if !self.in_cell => {
                self.flush();
                if tag.closes {
                    self.lists.pop();
                } else if self.lists.len() < 100 {
                    self.lists.push(name == "ol");
                }
            }
            _ if self.in_cell && LINES.contains(&name) && self.line.ends_with(' ') => {}
            _ if self.in_cell && LINES.contains(&name) => self.line.push(' '),
            _ if LINES.contains(&name) => {
                self.flush();
                self.count_open(name, tag.closes);
                self.label = if tag.closes { None } else { label_of(tag).or(self.label) };
                if !tag.closes && !self.items.is_empty() {
                    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
                    let first = class.split_whitespace().next().unwrap_or("");
                    if self.items.contains_key(&format!("{name}.{first}")) {
                        self.prefix = "- ".to_owned();
                        self.block_item = true;
                        self.emit("", tag.start);
                        self.block =
                            Some(Block { element: name.to_owned(), n_open: 1, at: (self.out.len(), self.origins.len()) });
                    }
                }
            }
            _ => {}
        }
    }

    /// Follows the open elements of the block's name: a heading behind its end is none of its own.
    fn count_open(&mut self, name: &str, closes: bool) {
        if let Some(block) = self.block.as_mut().filter(|block| block.element == name) {
            block.n_open = if closes { block.n_open - 1 } else { block.n_open + 1 };
        }
        if self.block.take_if(|block| block.n_open == 0).is_some() {
            self.block_item = false;
            let end = self.origins.last().copied().unwrap_or(0);
            self.emit("", end);
        }
    }

    fn anchor(&mut self, tag: &Tag) {
        self.close_link();
        if !tag.closes
            && let Some(url) = tag.attribute("href").filter(|url| !url.is_empty() && !url.contains(char::is_whitespace))
        {
            if self.line.is_empty() {
                self.line_start = tag.start;
            }
            self.link = Some((url, self.line.len()));
        }
    }

    /// Writes the words for a picture that is all that the link of a cell shows: a button.
    fn image(&mut self, tag: &Tag) {
        let is_alone =
            self.link.as_ref().is_some_and(|(_, at)| self.line.get(*at..).is_some_and(|words| words.trim().is_empty()));
        if let Some(words) = tag.attribute("alt").filter(|_| is_alone) {
            self.line.push_str(&words);
        }
    }

    /// Makes the number that begins an item its mark: the rank in a list of what is talked of most.
    fn take_number(&mut self) {
        let number = self.line.trim();
        let is_listed = !self.lists.is_empty();
        if is_listed && (1..=MAX_RANK).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) {
            self.prefix.truncate(self.prefix.len() - "- ".len());
            self.prefix.push_str(&format!("{number}. "));
            self.line.clear();
        }
    }

    fn close_link(&mut self) {
        if let Some((url, at)) = self.link.take() {
            self.write_link(&url, at);
        }
    }

    fn write_link(&mut self, url: &str, at: usize) {
        let words = self.line.get(at..).unwrap_or("").trim().replace("**", "");
        self.line.truncate(at);
        let is_anchor = at == 0 && url.starts_with('#') && self.prefix.starts_with('#');
        if is_anchor {
            // The heading is a link to itself.
            self.line.push_str(&words);
        } else if !words.is_empty() {
            self.line.push_str(&format!("[{}]({url})", words.replace(['[', ']'], "")));
        }
    }

    fn table_row(&mut self, closes: bool) {
        self.close_cell();
        let is_wide = std::mem::take(&mut self.is_wide);
        if let Some(cells) = self.row.take().filter(|cells| !cells.is_empty()) {
            let start = self.line_start;
            if let [text] = cells.as_slice()
                && is_wide
                && self.add_below_row(text)
            {
                return self.open_row(closes);
            }
            let empty = if self.has_texts { "  |" } else { "" };
            self.emit(&format!("| {} |{empty}", cells.join(" | ")), start);
            self.n_rows += usize::from(self.has_header);
            if !self.has_header {
                self.header = (cells.len() > 1).then_some(self.out.len());
                self.emit(&format!("|{}", "---|".repeat(cells.len())), start);
                self.has_header = true;
            }
        }
        self.open_row(closes);
    }

    /// Gives a text that goes over all columns to the row above it, in a column of its own; false if no row awaits one. Such texts stand
    /// below the first row, or there is no such column.
    fn add_below_row(&mut self, text: &str) -> bool {
        if let Some(end) = self.header.take().filter(|end| self.n_rows == 1 && self.out[*end..].lines().count() == 2) {
            // No more than the line of dashes and a row are moved.
            let below = self.out.split_off(end);
            self.out.truncate(end - 1);
            self.out.push_str(" Summary |\n");
            let (dashes, row) = below.split_once('\n').unwrap_or((&below, ""));
            self.out.push_str(&format!("{dashes}---|\n{}  |\n", row.trim_end()));
            self.has_texts = true;
        }
        let is_free = self.has_texts && self.out.ends_with(" |  |\n");
        if is_free {
            self.out.truncate(self.out.len() - " |\n".len());
            self.out.push_str(&format!("{text} |\n"));
        }
        is_free
    }

    fn open_row(&mut self, closes: bool) {
        if !closes {
            self.flush();
            self.row = Some(Vec::new());
        }
    }

    fn cell(&mut self, closes: bool) {
        self.close_cell();
        self.in_cell = !closes;
    }

    fn close_cell(&mut self) {
        self.close_link();
        if std::mem::take(&mut self.in_cell) {
            let cell = self.line.trim().replace('|', "\\|");
            self.line.clear();
            if let Some(row) = self.row.as_mut().filter(|row| row.len() < MAX_CELLS) {
                row.push(cell);
            }
        }
    }

    /// Ends the line. A link that goes on is closed here and opened again.
    pub(super) fn flush(&mut self) {
        if let Some((url, at)) = self.link.take() {
            self.write_link(&url, at);
            self.link = Some((url, 0));
        }
        if self.prefix.ends_with("- ") {
            self.take_number();
        }
        let line = std::mem::take(&mut self.line);
        let words = line.trim();
        if words.is_empty() || words.chars().all(|c| c == '*') {
            return;
        }
        let prefix = std::mem::take(&mut self.prefix);
        let is_heading = prefix.starts_with('#');
        // What stands above the heading of a block belongs below it, or it would be the end of the entry before.
        let above = self.block.take_if(|_| is_heading).map(|block| self.take_lines(block.at)).unwrap_or_default();
        self.block_item &= !is_heading;
        let indent = if prefix.is_empty() && self.block_item { "  " } else { "" };
        let nested =
            if prefix.is_empty() && !self.lists.is_empty() { "  ".repeat(self.lists.len().min(20)) } else { String::new() };
        let start = self.line_start;
        let words = match self.label.take().filter(|_| prefix.is_empty() && is_bare(words)) {
            Some(label) => Cow::from(format!("{label}: {}", words.trim_start_matches(|c: char| !c.is_alphanumeric()))),
            None => Cow::from(words),
        };
        self.emit(&format!("{indent}{nested}{prefix}{words}"), start);
        if is_heading || prefix.is_empty() && indent.is_empty() && nested.is_empty() {
            self.emit("", start);
        }
        for (line, origin) in above.into_iter().filter(|(line, _)| !line.is_empty()) {
            self.emit(&line, origin);
            self.emit("", origin);
        }
    }
}

/// The number of an item has no more digits.
const MAX_RANK: usize = 3;

/// How a bold label begins that has a color.
pub(super) const STYLED: &[&str] = &["**<font", "**<span"];

/// A line without the tags of elements that only give a color.
fn without_styles(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(tag) = next_tag(line, at) {
        let is_style = matches!(tag.name.as_str(), "font" | "span");
        out.push_str(&line[at..if is_style { tag.start } else { tag.end }]);
        at = tag.end;
    }
    out.push_str(&line[at..]);
    out
}

/// True for words without links and without a label of their own.
fn is_bare(words: &str) -> bool {
    !words.contains([':', '：', '[', '*', '=']) && words.contains(char::is_alphabetic)
}

/// True for a tag whose class says that it is one of several small labels.
fn is_chip(tag: &Tag) -> bool {
    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    ["tag", "badge", "label", "chip", "category", "keyword", "topic"].iter().any(|word| class.contains(word))
}

/// More cells than this are cut off a row of HTML.
const MAX_CELLS: usize = 1000;
