//! Which tables of HTML only lay a page out, as mails do: their cells are read as blocks one below the other.

use super::super::lexicon;
use super::tag::{Tag, next_tag};

/// What is known of a table that is open.
struct Shape {
    start: usize,
    /// True if it says of itself that it holds no data.
    is_presentation: bool,
    has_head: bool,
    /// True if it holds another table, or headings.
    holds_blocks: bool,
    /// The cells of its widest row, and of the one that is open.
    n_cells: usize,
    n_open: usize,
}

/// Tables within more others are not told apart.
const MAX_OPEN: usize = 64;

/// Where the tables begin that lay a text out, in the order of the text. Such a table has no head, and one cell in each row, or blocks in
/// its cells.
pub(super) fn layout_tables(text: &str, from: usize, to: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Vec<Shape> = Vec::new();
    let mut at = from;
    while let Some(tag) = next_tag(&text[..to], at) {
        at = tag.end;
        match (tag.name.as_str(), open.last_mut()) {
            ("table", _) if tag.closes => {
                let table = open.pop();
                found.extend(table.filter(|table| table.is_layout()).map(|table| table.start));
            }
            ("table", outer) => {
                if let Some(outer) = outer {
                    outer.holds_blocks = true;
                }
                if open.len() < MAX_OPEN {
                    open.push(Shape::new(&tag));
                }
            }
            ("tr", Some(table)) => table.n_open = 0,
            ("th" | "thead", Some(table)) => table.has_head = true,
            ("td", Some(table)) if !tag.closes => {
                let words = text[at..to].split('<').next().unwrap_or("");
                // A table of one column may have its head in an ordinary cell.
                table.has_head |= table.n_cells == 0 && lexicon::look_up_whole(words).is_some();
                table.n_open += 1;
                table.n_cells = table.n_cells.max(table.n_open);
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", Some(table)) => table.holds_blocks = true,
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

impl Shape {
    fn new(tag: &Tag) -> Shape {
        let role = tag.attribute("role").unwrap_or_default();
        let is_presentation = matches!(role.as_str(), "presentation" | "none");
        Shape { start: tag.start, is_presentation, has_head: false, holds_blocks: false, n_cells: 0, n_open: 0 }
    }

    fn is_layout(&self) -> bool {
        !self.has_head && (self.is_presentation || self.holds_blocks || self.n_cells == 1)
    }
}

/// True for a cell whose own style sets its words as a heading: bold, and larger than the text of a mail.
pub(super) fn is_set_as_heading(tag: &Tag) -> bool {
    let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let value = |name: &str| {
        style
            .split(';')
            .filter_map(|rule| rule.split_once(':'))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim())
    };
    let is_bold = value("font-weight").is_some_and(|weight| matches!(weight, "bold" | "bolder" | "600" | "700" | "800" | "900"));
    let size = value("font-size").and_then(|size| size.strip_suffix("px")?.trim().parse::<f32>().ok());
    is_bold && size.is_some_and(|size| MIN_HEADING <= size)
}

/// The size of the letters of headings in mails, in pixels: the text has 14 or 16.
const MIN_HEADING: f32 = 18.0;
