//! HTML turned into the Markdown that the readers of outlines and tables know: whole pages, and the tables, lists and headings that
//! people set in HTML inside of Markdown. Each line keeps the place of the text that it came from.

mod classes;
mod entity;
mod fields;
mod layout;
mod page;
mod tag;

pub(super) use entity::{entity, unescaped};

use crate::text::{Line, lines};
use classes::{Items, headed_blocks, item_class, items};
use page::{Page, STYLED};
use std::collections::HashMap;
use tag::{Tag, find_ignoring_case, next_tag, tag_at};

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

/// Turns the HTML blocks of a text into Markdown; none if it has none. `is_html` says that nothing of it is Markdown.
pub(super) fn convert(text: &str, is_html: bool) -> Option<Converted> {
    if is_html || is_page(text) {
        let mut page = Page::new(text);
        page.items = Items { headed: headed_blocks(text), ..items(text) };
        let (footer, behind) = footer(text).unwrap_or((text.len(), text.len()));
        page.run(0, footer);
        page.run(behind, text.len());
        return Some(page.finish());
    }
    let mut page = Page::new(text);
    let cards = if may_have_cards(text) { items(text) } else { Items::default() };
    let has_links = memchr::memmem::find(text.as_bytes(), LINK_ALONE.as_bytes()).is_some();
    page.has_styled = STYLED.iter().any(|start| memchr::memmem::find(text.as_bytes(), start.as_bytes()).is_some());
    let mut never_closed: Vec<&str> = Vec::new();
    let (mut from, mut copied) = (0, 0);
    // How far line ends were looked for, and whether the line that was reached there begins with a bar.
    let (mut seen, mut is_row) = (0, false);
    while let Some((start, tag)) = next_block(text, from, has_links || !cards.classes.is_empty()) {
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
        if tag == COMMENT {
            let end = if never_closed.contains(&tag) { None } else { end_of_comment(text, start) };
            let Some(end) = end else {
                // What nothing closes is text.
                never_closed.push(tag);
                from = start + 1;
                continue;
            };
            let is_alone = is_at_begin_of_line(text, start) && text[start..end].contains('\n');
            if !is_alone {
                from = end;
                continue;
            }
            page.copy(copied, start);
            (from, copied) = (end, end);
            continue;
        }
        if let Some(end) = if has_links && tag == "div" { end_of_links(text, start) } else { None } {
            page.copy(copied, start);
            page.run_links(start, end);
            (from, copied) = (end, end);
            continue;
        }
        if CARDS.contains(&tag) {
            let Some(end) = end_of_card(text, start, &cards.classes) else {
                from = start + 1;
                continue;
            };
            page.copy(copied, start);
            page.run_card(start, end, &cards);
            (from, copied) = (end, end);
            continue;
        }
        let close = format!("</{tag}>");
        let end = if never_closed.contains(&tag) { None } else { end_of_block(&text[start..], tag, &close) };
        let Some(end) = end.map(|at| start + at) else {
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

/// The words that stand for a picture of HTML.
pub(super) fn words_of_image(image: &str) -> String {
    tag_at(image, 0).and_then(|tag| tag.attribute("alt")).unwrap_or_default()
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
    let mut footers = memchr::memmem::find_iter(text.as_bytes(), b"footer").filter_map(|at| {
        let from = at.saturating_sub(MAX_BEFORE);
        let start = from + memchr::memrchr(b'<', &text.as_bytes()[from..at])?;
        let tag = tag_at(text, start).filter(|tag| !tag.closes && at < tag.end)?;
        let class = tag.attribute("class").unwrap_or_default();
        (tag.name == "footer" || tag.name == "div" && class.split_whitespace().next() == Some("footer")).then_some(tag)
    });
    let first = footers.next()?;
    let start = first.start;
    if footers.any(|tag| tag.start != start) {
        return None;
    }
    let mut at = end_of_element(text, &first)?;
    let end = at;
    while let Some(tag) = next_tag(text, at).filter(|tag| tag.closes) {
        // In the last of several cards it is that card's.
        if matches!(tag.name.as_str(), "article" | "section" | "li" | "details") {
            return None;
        }
        at = tag.end;
    }
    Some((start, end))
}

/// In a tag no more stands before the class that names a footer, in bytes.
const MAX_BEFORE: usize = 400;

/// Where an element ends whose first tag is given.
fn end_of_element(text: &str, first: &Tag) -> Option<usize> {
    closing_tag(text, first, |_| false).map(|tag| tag.end)
}

/// The tag that closes the element whose first tag is given; none if nothing does, or if one `stops` the search within it.
fn closing_tag<'a>(text: &'a str, first: &Tag, stops: impl Fn(&Tag) -> bool) -> Option<Tag<'a>> {
    let (mut n_open, mut at) = (1_usize, first.end);
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        if tag.name == first.name {
            n_open = if tag.closes { n_open - 1 } else { n_open + 1 };
        }
        if n_open == 0 {
            return Some(tag);
        }
        if stops(&tag) {
            return None;
        }
    }
    None
}

/// Elements that are turned into Markdown where they stand inside of Markdown.
const BLOCKS: &[&str] = &["table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl"];

/// How a comment begins, behind its `<`.
const COMMENT: &str = "!--";

/// Where a comment ends. One that begins a line and goes over several is not for reading, though it has the form of items or headings.
fn end_of_comment(text: &str, start: usize) -> Option<usize> {
    memchr::memmem::find(&text.as_bytes()[start..], b"-->").map(|at| start + at + "-->".len())
}

/// True if nothing but blanks stands in front of a place in its line.
fn is_at_begin_of_line(text: &str, at: usize) -> bool {
    let above = text[..at].trim_end_matches([' ', '\t']);
    above.is_empty() || above.ends_with('\n')
}

/// Elements that are turned into Markdown where they are one of several cards with HTML alone in them.
const CARDS: &[&str] = &["div", "section", "article"];

/// How a block ends that holds a link.
const LINK_ALONE: &str = "</a></div>";

/// Fewer blocks with a link each are no list.
const MIN_LINKS: usize = 3;

/// Where a run of blocks ends that hold nothing but a link each.
fn end_of_links(text: &str, start: usize) -> Option<usize> {
    let (mut n, mut end) = (0, start);
    while text[end..].trim_start().starts_with("<div") {
        let mut at = end;
        let whole = ["div", "a", "a", "div"].iter().enumerate().all(|(i, name)| {
            // Words stand in the link alone.
            let blanks = text[at..].len() - text[at..].trim_start().len();
            let next = if i == 2 { memchr::memchr(b'<', &text.as_bytes()[at..]) } else { Some(blanks) };
            let tag =
                next.map(|next| at + next).filter(|next| text[*next..].starts_with('<')).and_then(|next| tag_at(text, next));
            at = tag.as_ref().map_or(at, |tag| tag.end);
            tag.is_some_and(|tag| tag.name == *name && tag.closes == (1 < i))
        });
        if !whole {
            break;
        }
        (n, end) = (n + 1, at);
    }
    (MIN_LINKS <= n).then_some(end)
}

/// True if an element that may be a card ends somewhere.
fn may_have_cards(text: &str) -> bool {
    CARDS.iter().any(|name| memchr::memmem::find(text.as_bytes(), format!("</{name}>").as_bytes()).is_some())
}

/// Where the card ends that begins here, if it is one of those classes.
fn end_of_card(text: &str, start: usize, classes: &HashMap<String, usize>) -> Option<usize> {
    let is_card = |tag: &Tag| !tag.closes && item_class(tag).is_some_and(|class| classes.contains_key(&class));
    let first = tag_at(text, start).filter(is_card)?;
    // A card in a card: neither is sure to be one, and no text is gone through more than once.
    let close = closing_tag(text, &first, is_card)?;
    is_html_alone(&text[first.end..close.start]).then_some(close.end)
}

/// True for the inside of a card without Markdown: in Markdown a paragraph behind a blank line is one though no tag begins it.
fn is_html_alone(inner: &str) -> bool {
    let (mut is_begin, mut in_link) = (true, false);
    let begins_with_tags = lines(inner).all(|line| {
        let words = line.text.trim();
        let is_first = std::mem::replace(&mut is_begin, words.is_empty()) && !in_link;
        // What scripts put into a link has blank lines around it, as their templates have.
        let (open, close) = (words.rfind("<a "), words.rfind("</a>"));
        in_link = if open.is_none() && close.is_none() { in_link } else { close < open };
        !is_first || words.is_empty() || words.starts_with('<')
    });
    begins_with_tags && !inner.contains("](") && !inner.contains("**")
}

/// Where a block ends that a text begins with. The end of a table within a table is not that of the outer one.
fn end_of_block(text: &str, name: &str, close: &str) -> Option<usize> {
    let first = find_ignoring_case(text, close)? + close.len();
    let n_tables = |piece: &str| piece.matches("<table").count();
    let (mut end, mut n_open) = (first, if name == "table" { n_tables(&text[..first]) } else { 1 });
    for _ in 0..MAX_WITHIN {
        if n_open < 2 {
            return Some(end);
        }
        let Some(next) = find_ignoring_case(&text[end..], close).map(|at| end + at + close.len()) else { break };
        n_open = n_open - 1 + n_tables(&text[end..next]);
        end = next;
    }
    Some(first)
}

/// A table holds no more others.
const MAX_WITHIN: usize = 16;

/// The next tag of a block, or of what may be a card where there are any, at or behind `from`.
fn next_block(text: &str, from: usize, has_cards: bool) -> Option<(usize, &'static str)> {
    memchr::memchr_iter(b'<', &text.as_bytes()[from..]).map(|at| from + at).find_map(|at| {
        let rest = text.as_bytes().get(at + 1..)?;
        if rest.starts_with(COMMENT.as_bytes()) {
            return Some((at, COMMENT));
        }
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
            ("<p>where $a<b}$ and c</p>", "where $a<b}$ and c"),
            ("<p>a <b and c</p>", "a <b and c"),
            ("<h3><a href='#t'><span>T</span></a></h3>", "### T"),
            ("<ul><li><span>2</span> <span>x</span></li></ul>", "2. x"),
            ("<table><tr><td>a<br>b</td></tr><tr><td><p>c</p></td></tr></table>", "a\n\nb\n\nc"),
        ];
        for (html, expected) in table {
            assert_eq!(markdown(html).replace("\n\n\n", "\n\n"), expected, "{html}");
        }
        assert!(convert("# a\n\ntext", false).is_none());
        let converted =
            convert("# a\n<table><tr><td>Title</td></tr>\n<tr><td>x</td></tr></table>\nend\n", false).expect("a table");
        assert_eq!(converted.text, "# a\n| Title |\n|---|\n| x |\n\nend\n");
    }
}
