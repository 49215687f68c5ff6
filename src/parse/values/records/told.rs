//! What lists and maps in a record say: names, other values on a line each, and addresses.

use super::keys::Keys;
use super::node::{address_in, is_for_programs, is_text, is_words, unwrapped};
use crate::parse::fields::Draft;
use crate::parse::lexicon::{Field, is_absent};
use crate::parse::value::{self, is_url};
use crate::parse::values::{Node, Value};
use crate::text::single_spaced;
use std::borrow::Cow;

impl Keys<'_> {
    /// What a map of a list says, on one line: the text that names it, and others behind their keys. Its addresses are
    /// put among `links` with their words, but for those of people and of pictures.
    pub(super) fn told(&mut self, node: &Node, links: &mut Vec<(String, String)>) -> String {
        let Value::Map(pairs) = &node.value else {
            return self.text_of(node, Field::Unknown).map(single_spaced).unwrap_or_default();
        };
        let names = |keys: &mut Self, key: &str| {
            matches!(keys.field(key), Field::Title | Field::Id) || matches!(key, "term" | "label" | "value")
        };
        let named = pairs.iter().find(|(key, node)| is_words(node) && names(self, key));
        let name = named.map_or("", |(_, node)| if let Value::Text(text) = &node.value { text.as_ref() } else { "" });
        let is_alone = pairs.iter().filter(|(_, node)| is_words(node) || matches!(node.value, Value::Map(_))).nth(1).is_none();
        let is_person = pairs.iter().any(|(key, _)| self.field(key) == Field::Authors);
        let mut parts: Vec<String> = Vec::new();
        let mut tell = |keys: &mut Self, key: &str, node: &Node| match &unwrapped(node).value {
            Value::Text(text) if is_absent(text) || text == name || is_for_programs(text) => {}
            Value::Text(text) if is_url(text) && (is_person || value::is_picture(key, text)) => {}
            Value::Text(text) if is_url(text) => links.push((text.trim().to_owned(), name.to_owned())),
            Value::Text(text) if is_alone => parts.push(single_spaced(text)),
            Value::Text(text) => parts.push(format!("{key}: {}", single_spaced(text))),
            Value::List(nodes) => {
                let texts: Vec<&str> = nodes.iter().filter_map(|node| keys.text_of(node, Field::Id)).collect();
                if !texts.is_empty() {
                    parts.push(format!("{key}: {}", texts.join(", ")));
                }
            }
            _ => {}
        };
        for (key, node) in pairs {
            match &unwrapped(node).value {
                Value::Map(inner) => inner.iter().for_each(|(below, node)| tell(self, &format!("{key}.{below}"), node)),
                _ => tell(self, key, node),
            }
        }
        if !name.is_empty() {
            parts.insert(0, single_spaced(name));
        }
        parts.join(", ")
    }

    /// The text of an item of a list: itself, or of the value that names it.
    pub(super) fn text_of<'n>(&mut self, node: &'n Node, of: Field) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text.as_ref()),
            Value::Map(pairs) => {
                let names = |field: Field| field == Field::Title || field == of;
                let named = pairs.iter().find(|(key, node)| {
                    is_text(node)
                        && (names(self.field(key))
                            || matches!(key.as_ref(), "term" | "label" | "value" | "fullname" | "login" | "display_name"))
                });
                if named.is_none()
                    && let Some(name) = self.name_inside(pairs, of)
                {
                    return Some(name);
                }
                let text = named.or_else(|| pairs.iter().find(|(_, node)| is_text(node)))?;
                if let Value::Text(text) = &text.1.value { Some(text.as_ref()) } else { None }
            }
            Value::List(nodes) => {
                // arXiv's parsed names: `["Roe", "Jane", ""]`.
                nodes.iter().find_map(|node| if let Value::Text(text) = &node.value { Some(text.as_ref()) } else { None })
            }
            Value::Null => None,
        }
    }

    /// The name in a map of a map: `{"position": "first", "author": {"name": …}}`.
    fn name_inside<'n>(&mut self, pairs: &'n [(Cow<str>, Node)], of: Field) -> Option<&'n str> {
        let inner = pairs
            .iter()
            .find(|(key, node)| of == Field::Authors && matches!(node.value, Value::Map(_)) && self.field(key) == Field::Authors);
        self.text_of(&inner?.1, of)
    }
}

/// Adds what a work refers to: a link with its words, where it is one, and what else is said of it, as texts.
pub(super) fn reference(draft: &mut Draft, name: &str, node: &Node, is_link: bool) {
    let link = address_in(node).filter(|_| is_link);
    if let Some((url, words)) = link {
        draft.reference(url, words);
    }
    match &node.value {
        Value::Text(text) if link.is_none() => draft.keep(name, text),
        Value::Map(pairs) => {
            let is_said = |text: &str| link.is_some_and(|(url, words)| text == url || text == words);
            for (key, node) in pairs {
                if let Value::Text(text) = &node.value
                    && !is_absent(text)
                    && !is_said(text)
                {
                    draft.keep(&format!("{name}.{key}"), text);
                }
            }
        }
        _ => {}
    }
}
