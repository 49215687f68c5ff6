//! Reference links, `[words][name]` with `[name]: address` elsewhere, written out as the links they stand for.

use super::link;
use super::markup::Converted;
use crate::text::lines;
use std::collections::HashMap;

/// Longer addresses, in bytes, are not written out.
const MAX_ADDRESS: usize = 2048;

/// Names and words of links are no longer than this, in bytes.
const MAX_NAME: usize = 1000;

/// A text with its reference links written out and the lines that define them blank; none if it defines none.
pub(super) fn resolve(text: &str) -> Option<Converted> {
    memchr::memmem::find(text.as_bytes(), b"]: ")?;
    let mut addresses: HashMap<String, &str> = HashMap::new();
    for line in lines(text) {
        if let Some((name, address)) = definition(line.text) {
            addresses.entry(name.to_lowercase()).or_insert(address);
        }
    }
    if addresses.is_empty() {
        return None;
    }
    // What is written out may double the text, so that many uses of one long address stay within bounds.
    let mut room = text.len() + MAX_ADDRESS;
    let mut converted = Converted { text: String::with_capacity(text.len() * 2), origins: Vec::new() };
    for line in lines(text) {
        converted.origins.push(line.start);
        if definition(line.text).is_none() {
            write_out(line.text, &addresses, &mut converted.text, &mut room);
        }
        converted.text.push('\n');
    }
    Some(converted)
}

/// The name and the address of `[name]: address "title"`. Footnotes, `[^1]: …`, are text.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    let address = rest.split_whitespace().next()?.trim_start_matches('<').trim_end_matches('>');
    let plain = !name.is_empty() && name.len() <= MAX_NAME && !name.starts_with('^') && !name.contains(['[', ']']);
    (plain && address.len() <= MAX_ADDRESS && link::is_web(address)).then_some((name, address))
}

/// Writes a line with `[words][name]`, `[words][]` and `[name]` as `[words](address)`.
fn write_out(line: &str, addresses: &HashMap<String, &str>, out: &mut String, room: &mut usize) {
    let mut rest = line;
    while let Some(open) = memchr::memchr(b'[', rest.as_bytes()) {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let found = words(from).and_then(|(words, after)| {
            let (name, after) = match self::words(after) {
                Some(("", after)) => (words, after),
                Some((name, after)) => (name, after),
                None if after.starts_with('(') => return None,
                None => (words, after),
            };
            let address = addresses.get(&name.to_lowercase())?;
            Some((words, *address, after))
        });
        match found.filter(|(_, address, _)| address.len() <= *room) {
            Some((words, address, after)) => {
                *room -= address.len();
                out.extend(["[", words, "](", address, ")"]);
                rest = after;
            }
            None => {
                out.push('[');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
}

/// The words in the brackets at the start of a text, and what follows them; brackets within are none.
fn words(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let head = &inner[..inner.floor_char_boundary(MAX_NAME)];
    let close = memchr::memchr2(b'[', b']', head.as_bytes())?;
    let rest = inner[close..].strip_prefix(']')?;
    Some((&inner[..close], rest))
}
