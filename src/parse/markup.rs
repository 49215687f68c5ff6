//! HTML turned into the Markdown that the readers of outlines and tables know: whole pages, and the tables, lists and headings that
//! people set in HTML inside of Markdown. Each line keeps the place of the text that it came from.

use super::date;
use crate::text::{Line, lines};
use std::borrow::Cow;
use std::collections::HashMap;

/// A text with its HTML turned into Markdown.
pub(super) struct Converted {
    /// The Markdown.
    pub(super) text: String,
    /// For each of its lines the offset in the original text.
    pub(super) origins: Vec<usize>,
}

impl Converted {
    /// The offset in the original text of an offset in this one; exact for the starts of lines.
    pub(super) fn origin(&self, lines: &[Line], offset: usize) -> usize {
        let line = lines.partition_point(|line| line.start <= offset).saturating_sub(1);
        self.origins.get(line).copied().unwrap_or(0)
    }
}

/// Turns the HTML blocks of a text into Markdown; none if it has none.
pub(super) fn convert(text: &str) -> Option<Converted> {
    if is_page(text) {
        let mut page = Page::new(text);
        page.items = item_classes(text);
        let (footer, behind) = footer(text).unwrap_or((text.len(), text.len()));
        page.run(0, footer);
        page.run(behind, text.len());
        return Some(page.finish());
    }
    let mut page = Page::new(text);
    let cards = if may_have_cards(text) { item_classes(text) } else { HashMap::new() };
    page.has_styled = STYLED.iter().any(|start| memchr::memmem::find(text.as_bytes(), start.as_bytes()).is_some());
    let mut never_closed: Vec<&str> = Vec::new();
    let (mut from, mut copied) = (0, 0);
    // How far line ends were looked for, and whether the line that was reached there begins with a bar.
    let (mut seen, mut is_row) = (0, false);
    while let Some((start, tag)) = next_block(text, from, !cards.is_empty()) {
        let line = memchr::memrchr(b'\n', &text.as_bytes()[seen..start]).map(|at| seen + at + 1);
        if let Some(line) = line.or((seen == 0).then_some(0)) {
            is_row = text[line..start].trim_start().starts_with('|');
        }
        seen = start;
        if is_row {
            // In a cell of a pipe table the row goes on.
            from = start + 1;
            continue;
        }
        if CARDS.contains(&tag) {
            let Some(end) = end_of_card(text, start, &cards) else {
                from = start + 1;
                continue;
            };
            page.copy(copied, start);
            page.run_card(start, end, &cards);
            (from, copied) = (end, end);
            continue;
        }
        let close = format!("</{tag}>");
        let end = if never_closed.contains(&tag) { None } else { find_ignoring_case(&text[start..], &close) };
        let Some(end) = end.map(|at| start + at + close.len()) else {
            // A tag that nothing closes is text, and so are all after it.
            never_closed.push(tag);
            from = start + 1;
            continue;
        };
        page.copy(copied, start);
        page.run(start, end);
        page.flush();
        (from, copied) = (end, end);
    }
    if copied == 0 && !page.has_styled {
        return None;
    }
    page.copy(copied, text.len());
    Some(page.finish())
}

/// A piece of HTML as Markdown.
pub(super) fn markdown(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut page = Page::new(html);
    page.run(0, html.len());
    page.flush();
    page.out.trim().to_owned()
}

/// A piece of HTML as one line of text.
pub(super) fn inline(html: &str) -> String {
    markdown(html).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True for a text that is a web page from its start.
fn is_page(text: &str) -> bool {
    let head = text.trim_start();
    let head = head[..head.floor_char_boundary(1000)].to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<head")
        || head.starts_with("<?xml") && head.contains("<html")
}

/// Where the footer of a page begins and ends: it tells of the page and not of its last entry. One of several is an entry's own.
fn footer(text: &str) -> Option<(usize, usize)> {
    let is_footer = |at: &usize| {
        let name = text.as_bytes().get(at + 1..at + 8);
        name.is_some_and(|name| name[..6].eq_ignore_ascii_case(b"footer") && matches!(name[6], b'>' | b' ' | b'\n' | b'\t'))
    };
    let mut footers = memchr::memchr_iter(b'<', text.as_bytes()).filter(is_footer);
    let (Some(start), None) = (footers.next(), footers.next()) else { return None };
    let close = "</footer>";
    let end = start + find_ignoring_case(&text[start..], close)? + close.len();
    let mut at = end;
    while let Some(tag) = next_tag(text, at).filter(|tag| tag.closes) {
        // In the last of several cards it is that card's.
        if matches!(tag.name.as_str(), "article" | "section" | "li" | "details") {
            return None;
        }
        at = tag.end;
    }
    Some((start, end))
}

/// Elements that are turned into Markdown where they stand inside of Markdown.
const BLOCKS: &[&str] = &["table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl"];

/// Elements that are turned into Markdown where they are one of several cards with HTML alone in them.
const CARDS: &[&str] = &["div", "section", "article"];

/// True if an element that may be a card ends somewhere.
fn may_have_cards(text: &str) -> bool {
    CARDS.iter().any(|name| memchr::memmem::find(text.as_bytes(), format!("</{name}>").as_bytes()).is_some())
}

/// Where the card ends that begins here, if it is one of those classes.
fn end_of_card(text: &str, start: usize, classes: &HashMap<String, usize>) -> Option<usize> {
    let is_card = |tag: &Tag| !tag.closes && item_class(tag).is_some_and(|class| classes.contains_key(&class));
    let first = tag_at(text, start).filter(is_card)?;
    let (mut n_open, mut at) = (1_usize, first.end);
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        if tag.name == first.name {
            n_open = if tag.closes { n_open - 1 } else { n_open + 1 };
        }
        if n_open == 0 {
            return is_html_alone(&text[first.end..tag.start]).then_some(tag.end);
        }
        // A card in a card: neither is sure to be one, and no text is gone through more than once.
        if is_card(&tag) {
            return None;
        }
    }
    None
}

/// True for the inside of a card without Markdown: in Markdown a paragraph behind a blank line is one though no tag begins it.
fn is_html_alone(inner: &str) -> bool {
    let mut is_begin = true;
    let begins_with_tags = lines(inner).all(|line| {
        let words = line.text.trim();
        let is_first = std::mem::replace(&mut is_begin, words.is_empty());
        !is_first || words.is_empty() || words.starts_with('<')
    });
    begins_with_tags && !inner.contains("](") && !inner.contains("**")
}

/// The next tag of a block, or of what may be a card where there are any, at or behind `from`.
fn next_block(text: &str, from: usize, has_cards: bool) -> Option<(usize, &'static str)> {
    memchr::memchr_iter(b'<', &text.as_bytes()[from..]).map(|at| from + at).find_map(|at| {
        let rest = text.as_bytes().get(at + 1..)?;
        let cards = if has_cards { CARDS } else { &[] };
        let name = BLOCKS.iter().chain(cards).find(|name| {
            let after = rest.get(name.len());
            rest.len() > name.len()
                && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && matches!(after, Some(b'>' | b' ' | b'\n' | b'\t'))
        })?;
        Some((at, *name))
    })
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let last = wanted.as_bytes();
    memchr::memmem::find_iter(text.as_bytes(), b"</")
        .find(|&at| text.as_bytes().get(at..at + last.len()).is_some_and(|found| found.eq_ignore_ascii_case(last)))
}

/// Words in the names of classes of blocks that each hold an entry.
const ITEM_WORDS: &[&str] = &["entry", "item", "paper", "post", "card", "story", "article", "news", "repo", "result"];

/// Elements that hold an entry each.
const ITEM_TAGS: &[&str] = &["div", "section", "article", "details", "p", "tr"];

/// Open elements deeper than this are not kept track of.
const MAX_OPEN: usize = 64;

/// No page has more sorts of blocks that could be entries.
const MAX_CLASSES: usize = 64;

/// Classes of blocks that come several times and are named like entries, with how often. A part of such a block, which comes once
/// in each, is none, and neither is a block that holds several of another class.
fn item_classes(text: &str) -> HashMap<String, usize> {
    let mut classes: HashMap<String, usize> = HashMap::new();
    let mut within: HashMap<(String, String), usize> = HashMap::new();
    let mut open: Vec<(String, Option<String>)> = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        if !ITEM_TAGS.contains(&tag.name.as_str()) {
            continue;
        }
        if tag.closes {
            let known = open.iter().rposition(|(name, _)| *name == tag.name);
            open.truncate(known.unwrap_or(open.len()));
            continue;
        }
        let class = item_class(&tag).filter(|class| classes.len() < MAX_CLASSES || classes.contains_key(class));
        if let Some(class) = &class {
            *classes.entry(class.clone()).or_default() += 1;
            for (_, outer) in &open {
                if let Some(outer) = outer.as_ref().filter(|outer| *outer != class) {
                    *within.entry((class.clone(), outer.clone())).or_default() += 1;
                }
            }
        }
        if open.len() < MAX_OPEN && tag.name != "p" {
            open.push((tag.name, class));
        }
    }
    classes.retain(|_, n| *n >= 2);
    let dropped = |class: &String| {
        let n = classes[class];
        within.iter().any(|((inner, outer), inside)| match (classes.get(inner), classes.get(outer)) {
            (Some(n_inner), Some(n_outer)) => {
                let several = *n_inner >= 2 * n_outer;
                inner == class && !several && inside * 2 > n || outer == class && several && inside * 2 > *n_inner
            }
            _ => false,
        })
    };
    let kept: Vec<String> = classes.keys().filter(|class| !dropped(class)).cloned().collect();
    classes.retain(|class, _| kept.contains(class));
    classes
}

/// The element and the first class of a tag that may open an entry.
fn item_class(tag: &Tag) -> Option<String> {
    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    let first = class.split_whitespace().next().unwrap_or("");
    let is_named = |word: &&str| {
        first.trim_end_matches('s') == *word
            || first.ends_with(&format!("-{word}"))
            || first.starts_with(&format!("{word}-")) && !first.contains("list")
    };
    (tag.name == "article" || ITEM_WORDS.iter().any(is_named)).then(|| format!("{}.{first}", tag.name))
}

/// A tag of HTML.
struct Tag<'a> {
    name: String,
    closes: bool,
    inner: &'a str,
    end: usize,
    start: usize,
}

impl Tag<'_> {
    /// The value of an attribute with its character references resolved.
    fn attribute(&self, name: &str) -> Option<String> {
        let lower = self.inner.to_ascii_lowercase();
        let at = lower.match_indices(name).map(|(at, _)| at).find(|&at| {
            let bounded = at == 0 || lower.as_bytes()[at - 1].is_ascii_whitespace();
            bounded && lower[at + name.len()..].trim_start().starts_with('=')
        })?;
        let value = self.inner[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let value = match value.as_bytes().first()? {
            quote @ (b'"' | b'\'') => value[1..].split(char::from(*quote)).next()?,
            _ => value.split([' ', '\t', '\n', '>']).next()?,
        };
        Some(unescaped(value).trim().to_owned())
    }
}

/// The words of a time are no longer than this, in bytes.
const MAX_TIME: usize = 200;

/// A tag longer than this, in bytes, is text.
const MAX_TAG: usize = 4096;

/// The next tag at or behind `from`. Comments are tags named `!`.
fn next_tag(text: &str, from: usize) -> Option<Tag<'_>> {
    memchr::memchr_iter(b'<', &text.as_bytes()[from..]).find_map(|at| tag_at(text, from + at))
}

/// The tag that the `<` at `start` begins, if it begins one.
fn tag_at(text: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let rest = &bytes[start + 1..];
    let closes = rest.first() == Some(&b'/');
    let name_at = start + 1 + usize::from(closes);
    if rest.starts_with(b"!--") {
        let end = memchr::memmem::find(rest, b"-->").map_or(text.len(), |end| start + 1 + end + 3);
        return Some(Tag { name: "!".into(), closes: false, inner: "", end, start });
    }
    let first = *bytes.get(name_at)?;
    if !first.is_ascii_alphabetic() && first != b'!' && first != b'?' {
        return None;
    }
    let window = &bytes[start..bytes.len().min(start + MAX_TAG)];
    let end = start + end_of_tag(window)?;
    let name: String = text[name_at..end]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '!' | '?'))
        .flat_map(char::to_lowercase)
        .collect();
    Some(Tag { inner: text.get(name_at + name.len()..end).unwrap_or(""), name, closes, end: end + 1, start })
}

/// So many `>` are looked at for the one that ends a tag: a quote that never closes has none.
const MAX_ENDS: usize = 4;

/// The `>` that ends a tag; one inside of quotes does not.
fn end_of_tag(tag: &[u8]) -> Option<usize> {
    let first = memchr::memchr(b'>', tag)?;
    let is_outside = |end: &usize| {
        let quotes = memchr::memchr2_iter(b'"', b'\'', &tag[..*end]).map(|at| tag[at]);
        let open = quotes.fold(None, |open, quote| match open {
            Some(opener) if opener == quote => None,
            None => Some(quote),
            within => within,
        });
        open.is_none()
    };
    Some(memchr::memchr_iter(b'>', tag).take(MAX_ENDS).find(is_outside).unwrap_or(first))
}

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
];

/// A page while it is turned into Markdown.
struct Page<'a> {
    text: &'a str,
    out: String,
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
    items: HashMap<String, usize>,
    /// Elements to skip whose end is missing.
    open_ended: Vec<&'static str>,
    /// True while the lines are those of an item that a block made.
    block_item: bool,
    /// That block, until a heading names it or it ends.
    block: Option<Block>,
    /// What the class of the element that has just begun says of its first line.
    label: Option<&'static str>,
    /// True for Markdown with elements that give bold labels a color.
    has_styled: bool,
    /// The rows of the table that is open, without its header.
    n_rows: usize,
    /// Where the header of the table ends; none once a text below a row was looked for a column.
    header: Option<usize>,
    /// True if the table has such a column.
    has_texts: bool,
    /// True in a cell that goes over all columns.
    is_wide: bool,
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
    fn new(text: &'a str) -> Page<'a> {
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
        }
    }

    fn finish(mut self) -> Converted {
        self.flush();
        Converted { text: self.out, origins: self.origins }
    }

    /// Takes a stretch of Markdown over as it is.
    fn copy(&mut self, from: usize, to: usize) {
        for line in lines(&self.text[from..to]) {
            let is_styled = self.has_styled && STYLED.iter().any(|start| line.text.contains(start));
            let words = if is_styled { without_styles(line.text).into() } else { Cow::from(line.text) };
            self.emit(&words, from + line.start);
        }
    }

    /// Takes back the lines from a place on, without their marks.
    fn take_lines(&mut self, (text_at, origin_at): (usize, usize)) -> Vec<(String, usize)> {
        let text = self.out.split_off(text_at);
        let origins = self.origins.split_off(origin_at);
        text.lines().map(|line| line.trim_start().trim_start_matches("- ").to_owned()).zip(origins).collect()
    }

    fn emit(&mut self, line: &str, origin: usize) {
        self.origins.push(origin);
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn run(&mut self, from: usize, to: usize) {
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
    fn run_card(&mut self, from: usize, to: usize, classes: &HashMap<String, usize>) {
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
            "code" if !self.in_cell => self.line.push('`'),
            "table" => {
                self.flush();
                (self.has_header, self.header, self.has_texts, self.n_rows) = (false, None, false, 0);
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

    fn close_link(&mut self) {
        if let Some((url, at)) = self.link.take() {
            self.write_link(&url, at);
        }
    }

    fn write_link(&mut self, url: &str, at: usize) {
        let words = self.line.get(at..).unwrap_or("").trim().replace("**", "");
        self.line.truncate(at);
        if !words.is_empty() {
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
    fn flush(&mut self) {
        if let Some((url, at)) = self.link.take() {
            self.write_link(&url, at);
            self.link = Some((url, 0));
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

/// How a bold label begins that has a color.
const STYLED: &[&str] = &["**<font", "**<span"];

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

/// Named character references that texts use; the rest are shown as written.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("auml", "ä"),
    ("szlig", "ß"),
    ("ccedil", "ç"),
    ("ntilde", "ñ"),
    ("aacute", "á"),
    ("oacute", "ó"),
    ("iacute", "í"),
    ("euro", "€"),
    ("pound", "£"),
    ("rarr", "→"),
    ("larr", "←"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("mu", "μ"),
];

/// The character that a reference names, without `&` and `;`: `amp`, `#39`, `#x27`.
pub(super) fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        return code.and_then(char::from_u32).filter(|c| !c.is_control() || c.is_whitespace()).map(String::from);
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
}

/// How long the name of a character reference is at most, in bytes.
const MAX_ENTITY: usize = 10;

/// A text with its character references resolved.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let window = &rest[1..rest.floor_char_boundary(MAX_ENTITY + 2)];
        let found = window.find(';').and_then(|end| Some((end, entity(&window[..end])?)));
        match found {
            Some((end, text)) => {
                out.push_str(&text);
                rest = &rest[end + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        let table = [
            (
                "<p>a <b>b</b> &amp; <a href='http://x.org/?a=1&amp;b=2'>c <i>d</i></a></p>",
                "a **b** & [c d](http://x.org/?a=1&b=2)",
            ),
            ("<h3>1. <a href=\"u\">T</a></h3><ul><li>x<li>y</ul>", "### 1. [T](u)\n\n- x\n- y"),
            (
                "<table><tr><th>Title</th><th>Link</th></tr><tr><td>a|b</td><td><a href=u>p</a></td></tr></table>",
                "| Title | Link |\n|---|---|\n| a\\|b | [p](u) |",
            ),
            ("<script>x</script>y&#39;s", "y's"),
            ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
            ("<a href=u><h2>T</h2></a>", "## [T](u)"),
        ];
        for (html, expected) in table {
            assert_eq!(markdown(html).replace("\n\n\n", "\n\n"), expected, "{html}");
        }
        assert!(convert("# a\n\ntext").is_none());
        let converted = convert("# a\n<table><tr><td>Title</td></tr>\n<tr><td>x</td></tr></table>\nend\n").expect("a table");
        assert_eq!(converted.text, "# a\n| Title |\n|---|\n| x |\n\nend\n");
    }
}
