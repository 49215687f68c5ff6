//! YAML files, read as the events of `saphyr-parser`, so that no alias is ever unfolded into more than a text.

use super::{MAX_DEPTH, Node, Tree, Value};
use crate::parse::claim::Document;
use crate::text::{Line, Span};
use saphyr_parser::{Event, Parser};
use std::borrow::Cow;
use std::collections::HashMap;

/// Reads a text whose file says that it is YAML.
pub(super) fn read<'a>(document: &Document<'a>) -> Option<Tree<'a>> {
    if !matches!(document.extension.as_str(), "yaml" | "yml") {
        return None;
    }
    let mut tree = Tree::default();
    if is_too_deep(document.text) || !parse(document.text, &document.lines, &mut tree) {
        // One bad entry must not cost the others: each item at the margin is read by itself.
        tree = Tree::default();
        for lines in items(&document.lines) {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else { continue };
            let text = &document.text[first.start..last.end()];
            if is_too_deep(text) || !parse(text, lines, &mut tree) {
                tree.broken.push(Span::new(first.start, last.end()));
            }
        }
    }
    Some(tree)
}

/// The map of front matter.
pub(super) fn front(text: &str) -> Option<Node<'_>> {
    let mut tree = Tree::default();
    let read = !is_too_deep(text) && parse(text, &[], &mut tree);
    tree.roots.into_iter().next().filter(|_| read)
}

/// The lines from one item or document at the margin to the next.
fn items<'l, 'a>(lines: &'l [Line<'a>]) -> impl Iterator<Item = &'l [Line<'a>]> {
    let begins = |line: &Line| line.text.starts_with("- ") || line.text.trim_end() == "-" || line.text.trim_end() == "---";
    lines.chunk_by(move |_, next| !begins(next))
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

/// Adds the values of a text to a tree; false if it is not YAML to its end, or too deep.
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
