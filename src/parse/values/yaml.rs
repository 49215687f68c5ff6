//! YAML files, read as the events of `saphyr-parser`, so that no alias is ever unfolded into more than a text. What is no YAML because a
//! value stands without quotes, `title: Foo: a subtitle`, is read with them.

use super::{MAX_DEPTH, Node, Tree, Value};
use crate::parse::claim::Document;
use crate::text::{Line, Span, lines};
use saphyr_parser::{Event, Parser};
use std::borrow::Cow;
use std::collections::HashMap;

/// Reads a text whose file says that it is YAML.
pub(super) fn read<'a>(document: &Document<'a>) -> Option<Tree<'a>> {
    if !matches!(document.extension.as_str(), "yaml" | "yml") {
        return None;
    }
    let mut tree = Tree::default();
    if !parse_kindly(document.text, &document.lines, &mut tree) {
        // One bad entry must not cost the others: each item of the outer list is read by itself.
        for lines in items(&document.lines) {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else { continue };
            if !parse_kindly(&document.text[first.start..last.end()], lines, &mut tree) {
                tree.broken.push(Span::new(first.start, last.end()));
            }
        }
    }
    Some(tree)
}

/// The map of front matter.
pub(super) fn front(text: &str) -> Option<Node<'_>> {
    let mut tree = Tree::default();
    let read = parse_kindly(text, &lines(text).collect::<Vec<_>>(), &mut tree);
    tree.roots.into_iter().next().filter(|_| read)
}

/// The lines from one item of the first list, or one document, to the next. What stands less deep than the list is no part of an item.
fn items<'l, 'a>(lines: &'l [Line<'a>]) -> impl Iterator<Item = &'l [Line<'a>]> {
    let is_item = |line: &Line| line.text.trim_start().starts_with("- ") || line.text.trim() == "-";
    let depth = lines.iter().find(|line| is_item(line)).map_or(0, |line| indent(line.text));
    let is_key =
        |line: &Line| !line.text.starts_with('#') && (line.text.trim_end().ends_with(':') || value_at(line.text).is_some());
    let begins = move |line: &Line| {
        let margin = indent(line.text);
        margin == depth && is_item(line) || margin <= depth && is_key(line) || line.text.trim_end() == "---"
    };
    lines.chunk_by(move |_, next| !begins(next))
}

/// How many blanks a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Adds the values of a text to a tree as [`parse`] does, but for those that people and models leave without quotes; false if it is not
/// even then YAML.
fn parse_kindly<'a>(text: &'a str, lines: &[Line<'a>], tree: &mut Tree<'a>) -> bool {
    if is_too_deep(text) {
        return false;
    }
    let mut found = Tree::default();
    let mut read = parse(text, lines, &mut found);
    if !read && let Some(text) = with_quotes(text) {
        let mut kind = Tree::default();
        read = parse(&text, lines, &mut kind);
        found = Tree { roots: kind.roots.into_iter().map(owned).collect(), folded: kind.folded, ..Tree::default() };
    }
    if read {
        tree.roots.append(&mut found.roots);
        tree.folded.append(&mut found.folded);
    }
    read
}

/// A value that borrows from no text.
fn owned(node: Node) -> Node<'static> {
    let value = match node.value {
        Value::Null => Value::Null,
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::List(nodes) => Value::List(nodes.into_iter().map(owned).collect()),
        Value::Map(pairs) => Value::Map(pairs.into_iter().map(|(key, node)| (key.into_owned().into(), owned(node))).collect()),
    };
    Node { value, start: node.start, end: node.end }
}

/// A text with quotes around the values that need some, such as the title in `title: Foo: a subtitle`; none if there are none such. Lines
/// stay the lines that they are.
fn with_quotes(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut is_changed = false;
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        let value = value_at(line).map(|(at, column)| (&line[..at], line[at..].trim_end(), column));
        let end = value.map_or(i + 1, |(_, value, column)| end_of_value(&lines, i, value, column));
        let more = &lines[i + 1..end];
        match value.filter(|(_, value, _)| needs_quotes(value, more)) {
            Some((key, value, _)) => {
                is_changed = true;
                let whole = std::iter::once(&value).chain(more).copied().collect::<Vec<_>>().join("\n");
                out.extend([key, "'", &without_apostrophes(whole.trim_end()).replace('\'', "''"), "'\n"]);
            }
            None => lines[i..end].iter().for_each(|line| out.extend([line, "\n"])),
        }
        i = end;
    }
    is_changed.then_some(out)
}

/// Where the value of a line begins that is `key: value`, alone or as the first of an item; and in which column its key stands.
fn value_at(line: &str) -> Option<(usize, usize)> {
    let mut column = indent(line);
    while line[column..].starts_with("- ") {
        column += 1 + indent(&line[column + 1..]);
    }
    let key = &line[column..column + line[column..].find(": ")?];
    let is_plain = !key.is_empty() && key.len() <= MAX_KEY && !key.starts_with(NO_KEYS);
    let at = column + key.len() + 1;
    is_plain.then(|| (at + indent(&line[at..]), column))
}

/// A longer text before a colon is no key, in bytes.
const MAX_KEY: usize = 60;

/// What no key without quotes begins with.
const NO_KEYS: [char; 14] = ['"', '\'', '[', '{', '#', '&', '*', '!', '|', '>', '%', '@', '`', '-'];

/// The line behind a value that begins on line `i`: it goes on with lines that stand deeper than its key. Those of a block or of a text in
/// quotes may be blank, and a line with a key of its own is a part of nothing else.
fn end_of_value(lines: &[&str], i: usize, value: &str, column: usize) -> usize {
    let is_block = value.starts_with(['|', '>']) || value.starts_with(['"', '\'']) && closing_quote(value).is_none();
    let is_pair = |line: &str| value_at(line).is_some_and(|(at, column)| !line[column..at].trim_end().contains(' '));
    let goes_on = |line: &&&str| match line.trim().is_empty() {
        true => is_block,
        false => column < indent(line) && (is_block || !is_pair(line)),
    };
    let n = if value.is_empty() || value.starts_with('#') { 0 } else { lines[i + 1..].iter().take_while(goes_on).count() };
    i + 1 + n
}

/// True for a value that YAML does not take for a text, or not for the whole of it, though it is one.
fn needs_quotes(value: &str, more: &[&str]) -> bool {
    let last = more.last().map_or(value, |line| line.trim());
    let has_colon = |text: &&str| text.contains(": ") || text.ends_with(':');
    match value.chars().next() {
        None | Some('|' | '>' | '#' | '!') => false,
        // Text in quotes that goes on behind them: `"Foo" is a bar`.
        Some('"' | '\'') if more.is_empty() => !closes_at_end(value),
        Some('"' | '\'') => false,
        Some('[') => !last.ends_with(']') && value.contains(']'),
        Some('{') => !last.ends_with('}') && value.contains('}'),
        Some('@' | '`' | '%') => true,
        Some('*' | '&') => value.contains(' ') || value.starts_with("**"),
        Some(_) => value.starts_with("- ") || std::iter::once(&value).chain(more).any(has_colon),
    }
}

/// The place of the quote that closes the one a value begins with.
fn closing_quote(value: &str) -> Option<usize> {
    let quote = value.chars().next()?;
    let mut signs = value.char_indices().skip(1).peekable();
    while let Some((at, c)) = signs.next() {
        let is_doubled = c == '\'' && quote == c && signs.peek().is_some_and(|next| next.1 == quote);
        if is_doubled || c == '\\' && quote == '"' {
            signs.next();
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

/// True if nothing but a comment stands behind the quote that closes a value.
fn closes_at_end(value: &str) -> bool {
    let behind = closing_quote(value).map(|at| value[at + 1..].trim_start());
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
}

/// A value without the quotes around it if there are apostrophes between them that were not doubled: `'It's here'`.
fn without_apostrophes(value: &str) -> &str {
    let inner = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).filter(|inner| !inner.is_empty());
    let is_apostrophe = |at: usize, inner: &str| {
        inner[..at].ends_with(char::is_alphanumeric) && inner[at + 1..].starts_with(char::is_alphanumeric)
    };
    inner.filter(|inner| inner.match_indices('\'').all(|(at, _)| is_apostrophe(at, inner))).unwrap_or(value)
}

/// True for texts with more brackets open at once than a digest has; the scanner's time grows with them.
fn is_too_deep(text: &str) -> bool {
    let mut open = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MAX_OPEN
    })
}

/// More brackets that never close than this are no YAML.
const MAX_OPEN: usize = 1000;

/// What is open while events come in.
enum Open<'a> {
    List(Vec<Node<'a>>, usize),
    Map(Vec<(Cow<'a, str>, Node<'a>)>, Option<Cow<'a, str>>, usize),
}

/// Adds the values of a text to a tree; false if it is not YAML to its end, or nested too deep.
fn parse<'a>(text: &'a str, lines: &[Line<'a>], tree: &mut Tree<'a>) -> bool {
    let mut stack: Vec<Open<'a>> = Vec::new();
    let mut anchors: HashMap<usize, Cow<'a, str>> = HashMap::new();
    let place = |line: usize| lines.get(line.saturating_sub(1)).map_or(0, |line| line.start);
    let place_end = |line: usize| lines.get(line.saturating_sub(1)).or(lines.last()).map_or(0, Line::end);
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return false };
        let (start, end) = (place(span.start.line()), place_end(span.end.line()));
        let done = match event {
            Event::Scalar(text, _, anchor, _) => {
                if anchor > 0 {
                    anchors.insert(anchor, text.clone());
                }
                let value = if matches!(text.as_ref(), "" | "~" | "null") { Value::Null } else { Value::Text(text) };
                Node { value, start, end }
            }
            Event::Alias(anchor) => {
                let known = anchors.get(&anchor).cloned();
                if known.is_none() {
                    tree.folded.push(Span::new(start, end));
                }
                Node { value: known.map_or(Value::Null, Value::Text), start, end }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if stack.len() >= MAX_DEPTH => return false,
            Event::SequenceStart(..) => {
                stack.push(Open::List(Vec::new(), start));
                continue;
            }
            Event::MappingStart(..) => {
                stack.push(Open::Map(Vec::new(), None, start));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match stack.pop() {
                Some(Open::List(nodes, start)) => {
                    Node { end: nodes.last().map_or(end, |node| node.end), value: Value::List(nodes), start }
                }
                Some(Open::Map(pairs, _, start)) => {
                    let end = pairs.last().map_or(end, |pair| pair.1.end);
                    Node { value: Value::Map(pairs), start, end }
                }
                None => continue,
            },
            _ => continue,
        };
        match stack.last_mut() {
            None => tree.roots.push(done),
            Some(Open::List(nodes, _)) => nodes.push(done),
            Some(Open::Map(pairs, key, _)) => match (key.take(), done.value) {
                (Some(name), value) => pairs.push((name, Node { value, ..done })),
                (None, Value::Text(text)) => *key = Some(text),
                (None, _) => *key = Some("".into()),
            },
        }
    }
    true
}
