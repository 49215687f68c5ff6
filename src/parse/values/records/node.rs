//! Values by their form: texts, addresses, and what is wrapped in maps.

use crate::model::source;
use crate::parse::lexicon::is_absent;
use crate::parse::link;
use crate::parse::value::is_url;
use crate::parse::values::{Node, Value};
use crate::text::is_cjk;
use std::borrow::Cow;

/// Keys under which a text is wrapped in a map, and those of what may stand beside it.
const WRAPPERS: &[&str] = &["rendered", "label", "#text", "_text", "$t"];
const BESIDE_WRAPPED: &[&str] = &["attributes", "protected", "$", "type"];

/// Keys of addresses and of words for them, in maps that are links.
const ADDRESS_KEYS: &[&str] = &["href", "url", "link", "src", "uri"];
const WORDS_KEYS: &[&str] = &["title", "text", "name", "label", "type", "rel"];

/// What addresses that are made for programs begin with.
const FOR_PROGRAMS: &[&str] = &["api.", "zotero.org/", "www.zotero.org/"];

/// True for a text that says something.
pub(super) fn is_text(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text) if !is_absent(text))
}

/// True for a text that says something and is no address.
pub(super) fn is_words(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text) if !is_absent(text) && !is_url(text))
}

/// True for an address that programs ask for data, such as `https://api.github.com/repos/a/b`, or by which they know a record.
pub(super) fn is_for_programs(text: &str) -> bool {
    let starts = |rest: &str| FOR_PROGRAMS.iter().any(|start| rest.starts_with(start));
    is_url(text) && text.split_once("://").is_some_and(|(_, rest)| starts(rest))
}

/// A value without the map that wraps it: `{"rendered": "…"}`, `{"label": "…", "attributes": {…}}`, `{"attributes": {"href": "…"}}`.
pub(super) fn unwrapped<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    let Value::Map(pairs) = &node.value else { return node };
    let is_text = |node: &Node| matches!(node.value, Value::Text(_));
    if let [(key, Node { value: Value::Map(attributes), .. })] = pairs.as_slice()
        && BESIDE_WRAPPED.contains(&key.as_ref())
        && let Some((_, address)) = attributes.iter().find(|(key, node)| key == "href" && is_text(node))
    {
        return address;
    }
    let is_wrapper = |key: &str| WRAPPERS.contains(&key);
    if pairs.iter().all(|(key, _)| is_wrapper(key) || BESIDE_WRAPPED.contains(&key.as_ref()) || key.starts_with('@'))
        && let Some((_, text)) = pairs.iter().find(|(key, node)| is_wrapper(key) && is_text(node))
    {
        return text;
    }
    node
}

/// True for a map in which there is no other map, nor a list of some.
pub(super) fn holds_no_maps(pairs: &[(Cow<str>, Node)]) -> bool {
    let is_map = |node: &Node| matches!(node.value, Value::Map(_));
    pairs.iter().all(|(_, node)| match &node.value {
        Value::List(nodes) => !nodes.iter().any(is_map),
        _ => !is_map(node),
    })
}

/// The address that a value is or names, and the words for it.
pub(super) fn address_in<'n>(node: &'n Node) -> Option<(&'n str, &'n str)> {
    let pairs = match &node.value {
        Value::Text(text) => return is_url(text).then_some((text.trim(), "")),
        Value::Map(pairs) => pairs,
        _ => return None,
    };
    let url = text_under(pairs, ADDRESS_KEYS).filter(|url| link::is_web(url))?;
    Some((url, text_under(pairs, WORDS_KEYS).unwrap_or("")))
}

/// The first text of a map that stands under one of these keys.
fn text_under<'n>(pairs: &'n [(Cow<str>, Node)], keys: &[&str]) -> Option<&'n str> {
    let pair = pairs.iter().find(|(key, node)| keys.contains(&key.to_lowercase().as_str()) && is_text(node))?;
    if let Value::Text(text) = &pair.1.value { Some(text.as_ref()) } else { None }
}

/// True for texts by language: `{"en": …, "zh": …}`.
pub(super) fn is_bilingual(pairs: &[(Cow<str>, Node)]) -> bool {
    let names = |key: &str| source::language(key).is_some() || ["original", "translated", "translation"].contains(&key);
    !pairs.is_empty()
        && pairs.iter().all(|(key, node)| names(&key.to_lowercase()) && matches!(node.value, Value::Text(_) | Value::Null))
}

/// The name of someone whose given name stands beside the family's, as in CSL-JSON
/// (<https://docs.citationstyles.org/en/stable/specification.html>).
pub(super) fn full_name(node: &Node) -> Option<String> {
    let Value::Map(pairs) = &node.value else { return None };
    let parts = [&["given", "firstname", "first_name"][..], &["non-dropping-particle"], &["family", "lastname", "last_name"]];
    let family = text_under(pairs, parts[2])?;
    let before: Vec<&str> = parts[..2].iter().filter_map(|keys| text_under(pairs, keys)).collect();
    // Where all of it is Chinese, Japanese or Korean, the family comes first.
    let is_family_first = before.iter().chain([&family]).all(|part| part.chars().all(is_cjk));
    if is_family_first {
        return Some([&[family], before.as_slice()].concat().concat());
    }
    Some([before.as_slice(), &[family]].concat().join(" "))
}

/// The day or the month of `{"date-parts": [["2025", 11, 12]]}`, as CSL-JSON has it.
pub(super) fn date_of_parts(pairs: &[(Cow<str>, Node)]) -> Option<String> {
    let (_, parts) = pairs.iter().find(|(key, _)| key == "date-parts")?;
    let Value::List(days) = &parts.value else { return None };
    let Value::List(numbers) = &days.first()?.value else { return None };
    let number = |node: &Node| if let Value::Text(text) = &node.value { text.trim().parse::<u16>().ok() } else { None };
    let numbers: Vec<String> = numbers.iter().map_while(number).map(|number| format!("{number:02}")).collect();
    (1..=3).contains(&numbers.len()).then(|| numbers.join("-"))
}
