//! A page, or a piece of one, while it is turned into Markdown.

use super::super::date;
use super::Converted;
use super::classes::Items;
use super::entity::unescaped;
use super::fields::{self, Named, words_of_heading};
use super::layout::{is_set_as_heading, layout_tables};
use super::tag::{Tag, find_ignoring_case, next_tag};
use crate::text::lines;
use std::borrow::Cow;

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
    pub(super) items: Items,
    /// Elements to skip whose end is missing.
    open_ended: Vec<&'static str>,
    /// True while the lines are those of an item that a block made.
    block_item: bool,
    /// The block that is open and holds an entry.
    block: Option<Block>,
    /// What the class of the element that has just begun says of its first line.
    label: Option<Named>,
    /// For each open element within lines whether its class names a field.
    spans: Vec<bool>,
    /// What stands above the name of an item, with its label and its place.
    held: Vec<(String, usize)>,
    /// True in a heading that names a part of an entry.
    is_part: bool,
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

/// A block that holds an entry.
struct Block {
    element: String,
    /// True if its class says so, and the classes in it what their words are.
    is_named: bool,
    /// False once its name was read: what comes then stays where it is.
    awaits_name: bool,
    /// How many lists are open around it.
    n_lists: usize,
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
            items: Items::default(),
            open_ended: Vec::new(),
            block_item: false,
            block: None,
            label: None,
            spans: Vec::new(),
            held: Vec::new(),
            is_part: false,
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
        text.lines().map(|line| without_mark(line).to_owned()).zip(origins).collect()
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

    /// Turns blocks that hold a link each into the items of a list.
    pub(super) fn run_links(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(tag) = next_tag(&self.text[..to], at) {
            self.words(at, tag.start);
            at = tag.end;
            if tag.name == "div" {
                self.flush();
                self.prefix = if tag.closes { "" } else { "- " }.to_owned();
            } else {
                self.tag(&tag);
            }
        }
        self.emit("", to);
    }

    /// Turns a card into an item. What comes after it is none of the card's.
    pub(super) fn run_card(&mut self, from: usize, to: usize, items: &Items) {
        self.items.classes.clone_from(&items.classes);
        self.items.parts.clone_from(&items.parts);
        self.run(from, to);
        self.flush();
        self.items = Items::default();
        self.end_block();
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
            "span" | "small" if self.may_hold_fields() => self.span(tag),
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
                let is_part = |words: String| self.items.parts.contains(&words);
                self.is_part = !tag.closes && self.block_item && words_of_heading(self.text, tag.end).is_some_and(is_part);
                if !tag.closes && !self.is_part {
                    self.prefix = format!("{} ", &"######"[..usize::from(name.as_bytes()[1] - b'0')]);
                }
            }
            "li" if !self.in_cell => {
                self.flush();
                self.count_open(name, tag.closes);
                if !tag.closes {
                    let within =
                        self.block.as_ref().map_or(0, |block| usize::from(self.block_item && block.n_lists < self.lists.len()));
                    let depth = (self.lists.len().saturating_sub(1) + within).min(20);
                    let mark = if self.lists.last() == Some(&true) { "1. " } else { "- " };
                    self.prefix = format!("{}{mark}", "  ".repeat(depth));
                    if self.block.is_none() && self.is_item(tag) {
                        self.open_entry(tag, true);
                    }
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
                let is_known = |named: &Named| named.is_everywhere || self.block.as_ref().is_some_and(|block| block.is_named);
                self.label = if tag.closes { None } else { fields::of_block(tag).filter(is_known).or(self.label) };
                if !tag.closes {
                    self.open_block(tag);
                }
                self.is_part = name == "summary" && !tag.closes && self.is_within_entry();
            }
            _ => {}
        }
    }

    /// Begins an item, or what stands above a heading, where a block that holds an entry begins.
    fn open_block(&mut self, tag: &Tag) {
        let is_item = self.is_item(tag);
        if is_item {
            self.end_block();
            self.prefix = "- ".to_owned();
            self.block_item = true;
            self.emit("", tag.start);
        }
        if is_item || self.block.is_none() && self.items.headed.binary_search(&tag.start).is_ok() {
            self.open_entry(tag, is_item);
        }
    }

    fn is_item(&self, tag: &Tag) -> bool {
        if self.items.classes.is_empty() {
            return false;
        }
        let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
        let first = class.split_whitespace().next().unwrap_or("");
        self.items.classes.contains_key(&format!("{}.{first}", tag.name))
    }

    fn open_entry(&mut self, tag: &Tag, is_named: bool) {
        let at = (self.out.len(), self.origins.len());
        let element = tag.name.clone();
        self.spans.clear();
        self.block = Some(Block { element, is_named, awaits_name: true, n_lists: self.lists.len(), n_open: 1, at });
    }

    /// Ends the block that is open. What was to stand below its name is all that it holds, if it has none.
    fn end_block(&mut self) {
        self.block_item = false;
        self.block = None;
        for (i, (line, origin)) in std::mem::take(&mut self.held).into_iter().enumerate() {
            self.emit(&format!("{}{line}", if i == 0 { "- " } else { "  " }), origin);
        }
    }

    /// True within an entry, behind its name.
    fn is_within_entry(&self) -> bool {
        self.block.as_ref().is_some_and(|block| block.is_named && (block.element != "details" || !block.awaits_name))
    }

    /// True where the classes of elements within a line tell what their words are.
    fn may_hold_fields(&self) -> bool {
        self.block.as_ref().is_some_and(|block| block.is_named)
            && !self.in_cell
            && self.link.is_none()
            && !self.prefix.starts_with('#')
    }

    /// Parts the words of a field from what stands beside them.
    fn span(&mut self, tag: &Tag) {
        if tag.closes {
            if self.spans.pop() == Some(true) {
                self.end_span(tag);
            } else if self.prefix.ends_with("- ") {
                self.take_number();
            }
            return;
        }
        let is_begin = self.line.trim().is_empty();
        // What begins the line of a name is a part of it, but for the marks of an item.
        let may_begin = |named: &Named| self.prefix.is_empty() || self.block_item && named.may_lead();
        let named = fields::of_span(tag).filter(|named| !named.is_title() && (!is_begin || may_begin(named)));
        let is_alike = named.is_some() && named == self.label;
        let is_set = self.line.matches("**").count() % 2 == 1;
        let is_parted = !is_set && (is_begin || is_alike || self.text[..tag.start].trim_end().ends_with('>'));
        if self.spans.len() < MAX_SPANS {
            self.spans.push(named.is_some() && is_parted);
        }
        if named.is_none() || !is_parted {
            return;
        }
        if is_alike && !is_begin {
            self.line.truncate(self.line.trim_end().len());
            self.line.push_str(if self.line.ends_with([',', ';', '，', '、']) { " " } else { ", " });
        } else {
            self.flush();
            self.label = named;
        }
    }

    /// Ends the line behind a field, unless what follows is more of it.
    fn end_span(&mut self, tag: &Tag) {
        if self.line.trim().is_empty() {
            self.label = None;
            return;
        }
        let rest = self.text[tag.end..].trim_start();
        let next = if rest.starts_with('<') { next_tag(rest, 0).filter(|next| next.start == 0) } else { None };
        let goes_on = match &next {
            Some(next) => !next.closes && self.label.is_some() && fields::of_span(next) == self.label,
            None => !rest.starts_with(char::is_alphanumeric),
        };
        if !goes_on {
            self.flush();
        }
    }

    /// Follows the open elements of the block's name: a heading behind its end is none of its own.
    fn count_open(&mut self, name: &str, closes: bool) {
        if let Some(block) = self.block.as_mut().filter(|block| block.element == name) {
            block.n_open = if closes { block.n_open - 1 } else { block.n_open + 1 };
        }
        if self.block.as_ref().is_some_and(|block| block.n_open == 0) {
            self.end_block();
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
        let number = if self.block_item { number.trim_start_matches('#') } else { number };
        let is_listed = self.block_item || !self.lists.is_empty();
        if is_listed && (1..=MAX_RANK).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) {
            self.prefix.truncate(self.prefix.len() - "- ".len());
            let mark = format!("{number}. ");
            self.prefix.push_str(&mark);
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
        } else if !words.is_empty() && (!words.starts_with('←') || url.contains("://")) {
            // What leads back to another page of the site is none of an entry.
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
        let (label, is_part) = (self.label.take(), std::mem::take(&mut self.is_part));
        let awaits_name = self.block.as_ref().is_some_and(|block| block.awaits_name);
        let is_first = self.block_item && awaits_name && self.prefix.starts_with(|c: char| c != ' ');
        if is_first && let Some(field) = label.filter(|label| label.may_lead()).and_then(|label| label.labelled(words)) {
            return self.held.push((field, self.line_start));
        }
        let prefix = std::mem::take(&mut self.prefix);
        let is_heading = prefix.starts_with('#');
        let is_title = prefix.is_empty() && self.block_item && label.is_some_and(Named::is_title);
        // What stands above the name of a block belongs below it, or it would be the end of the entry before.
        let above = if is_heading || is_title { self.take_above(is_heading) } else { Vec::new() };
        self.block_item &= !is_heading;
        let prefix = if is_title && !above.is_empty() { "- ".to_owned() } else { prefix };
        let indent = if prefix.is_empty() && self.block_item { "  " } else { "" };
        let nested =
            if prefix.is_empty() && !self.lists.is_empty() { "  ".repeat(self.lists.len().min(20)) } else { String::new() };
        let start = self.line_start;
        let words = match label.filter(|_| prefix.is_empty()).and_then(|label| label.labelled(words)) {
            Some(labelled) => labelled.into(),
            None if is_part && prefix.is_empty() && words.len() <= MAX_PART && !words.contains('[') => {
                format!("**{}:**", words.replace("**", "").trim_end_matches([':', '：'])).into()
            }
            None => Cow::from(words),
        };
        self.emit(&format!("{indent}{nested}{prefix}{words}"), start);
        let is_parted = !self.block_item && (is_heading || prefix.is_empty() && nested.is_empty());
        if is_parted {
            self.emit("", start);
        }
        let held = std::mem::take(&mut self.held);
        for (line, origin) in held.into_iter().chain(above).filter(|(line, _)| !line.is_empty()) {
            self.emit(&format!("{}{line}", if self.block_item { "  " } else { "" }), origin);
            if !self.block_item {
                self.emit("", origin);
            }
        }
    }

    /// Takes back what stands above the name of the block that is open. A line with a link is a name itself.
    fn take_above(&mut self, is_heading: bool) -> Vec<(String, usize)> {
        let Some(block) = self.block.as_mut().filter(|block| block.awaits_name) else { return Vec::new() };
        let at = block.at;
        let is_free = is_heading || !self.out[at.0..].contains("](");
        block.awaits_name = false;
        let mut above = if is_free { self.take_lines(at) } else { Vec::new() };
        // The number of the entry is none of its words.
        above.retain(|(line, _)| line.is_empty() || line.trim_start_matches('#').contains(|c: char| !c.is_ascii_digit()));
        above
    }
}

/// A line without the mark of an item.
fn without_mark(line: &str) -> &str {
    let line = line.trim_start();
    let words = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.len() - words.len();
    match words.strip_prefix(". ") {
        Some(words) if (1..=MAX_RANK).contains(&number) => words,
        _ => line.trim_start_matches("- "),
    }
}

/// What names a part of an entry is no longer than this, in bytes.
const MAX_PART: usize = 60;

/// Elements within lines are not followed deeper.
const MAX_SPANS: usize = 64;

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

/// True for a tag whose class says that it is one of several small labels.
fn is_chip(tag: &Tag) -> bool {
    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    ["tag", "badge", "label", "chip", "category", "keyword", "topic"].iter().any(|word| class.contains(word))
}

/// More cells than this are cut off a row of HTML.
const MAX_CELLS: usize = 1000;
