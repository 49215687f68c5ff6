//! Files of records: JSON and what is nearly JSON, JSON Lines, YAML, TOML, feeds. Each format becomes a tree of [`Node`]s, in
//! which `records` finds the entries.

mod feed;
mod frames;
mod json;
mod records;
mod toml;
mod yaml;

use super::claim::{Claim, Document, Listed, Marks};
use super::fields::Draft;
use crate::text::{self, Line, Span};
use std::borrow::Cow;

/// A value of a file of records, and where it stands in the text.
#[derive(Debug, Clone, PartialEq)]
struct Node<'a> {
    value: Value<'a>,
    /// Byte offsets in the text.
    start: usize,
    end: usize,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
enum Value<'a> {
    /// Nothing.
    Null,
    /// A text, a number, `true` or `false`.
    Text(Cow<'a, str>),
    /// Values in order.
    List(Vec<Node<'a>>),
    /// Values by name, in the order of the text.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// What a format made of a text.
#[derive(Debug, Default)]
struct Tree<'a> {
    /// The values at the top.
    roots: Vec<Node<'a>>,
    /// Stretches that could not be read.
    broken: Vec<Span>,
    /// Values that were cut off and lost their end.
    cuts: Vec<Span>,
    /// Names that stand for lists or maps elsewhere, which are not put in their places.
    folded: Vec<Span>,
    /// True if it is read although it breaks the rules of its format.
    lenient: bool,
}

/// A format: the tree of a text, or none if the text is something else.
type Format = for<'a> fn(&Document<'a>) -> Option<Tree<'a>>;

/// The formats by the name of their dialect. The first that knows a text reads it.
const FORMATS: &[(&str, Format)] = &[("json", json::read), ("feed", feed::read), ("toml", toml::read), ("yaml", yaml::read)];

/// Reads a file of records; none if the text is of no such format.
pub(super) fn read(document: &Document) -> Option<Claim> {
    FORMATS.iter().find_map(|(dialect, format)| {
        let tree = format(document)?;
        Some(records::claim(dialect, tree, document))
    })
}

/// Reads a file of records in the format that settings name; none if that is no format of records, or the text is not in it.
pub(super) fn read_as(document: &Document, dialect: &str) -> Option<Claim> {
    let (name, format) = FORMATS.iter().find(|(name, _)| *name == dialect)?;
    format(document).map(|tree| records::claim(name, tree, document))
}

/// The entry that the front matter of a file describes: one with a link, an id or authors, not merely a title and a day; or one
/// that names all the addresses that were listed, under whatever keys.
pub(super) fn front_entry(document: &Document, lines: &[Line], listed: &[Listed]) -> Option<Draft> {
    let (_, text, mut tree) = front_tree(document, lines)?;
    records::drop_own_address(&mut tree);
    let repeats = |one: &Listed| one.entry.url().is_some_and(|url| text.contains(url));
    records::entry(&tree, document, !listed.is_empty() && listed.len() <= MAX_REPEATED && listed.iter().all(repeats))
}

/// The text of front matter without its marks, where it begins, and its tree.
fn front_tree<'a>(document: &Document<'a>, lines: &[Line]) -> Option<(usize, &'a str, Node<'a>)> {
    let first = lines.first()?.text.trim_end();
    let inner = if matches!(first, "---" | "+++") { lines.get(1..lines.len() - 1)? } else { lines };
    let start = inner.first()?.start;
    let text = &document.text[start..inner.last()?.end()];
    let tree = if first == "+++" { toml::front(text)? } else { yaml::front(text)? };
    Some((start, text, tree))
}

/// The claim on the entries that front matter lists, whose lines stand in `whole`; none if it lists no records with links under a key such
/// as `articles`.
pub(super) fn front_records(whole: &Document, document: &Document, lines: &[Line]) -> Option<Claim> {
    lines.iter().find(|line| line.text.trim_start().starts_with("- "))?;
    let (start, text, tree) = front_tree(whole, lines)?;
    let root = records::lists_of(tree)?;
    let inner = Document {
        text,
        lines: text::lines(text).collect(),
        columns: document.columns.clone(),
        extension: String::new(),
        when: document.when,
    };
    let mut claim = records::claim("yaml", Tree { roots: vec![root], ..Tree::default() }, &inner);
    let before = lines.iter().take_while(|line| line.start < start).count();
    let place = |span: Span| Span::new(span.start as usize + start, span.end as usize + start);
    for one in &mut claim.listed {
        one.entry.span = place(one.entry.span);
        one.entry.line += u32::try_from(before).unwrap_or(0);
        // None of the lines behind the front matter is its own.
        one.lines = 0..0;
    }
    for (span, _) in &mut claim.notes {
        *span = place(*span);
    }
    claim.marks = Marks::new(document);
    Some(claim).filter(|claim| claim.listed.len() > 1 && !claim.weak)
}

/// Front matter with more addresses lists entries of its own.
const MAX_REPEATED: usize = 8;

/// How deep values may be nested; deeper ones are left out.
const MAX_DEPTH: usize = 64;
