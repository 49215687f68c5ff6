//! How the values of a record become a draft.

use super::keys::{Keys, LAST_TITLES, REFERENCES, is_translated, names_any};
use super::kind::is_repository_id;
use super::node::{address_in, date_of_parts, full_name, is_bilingual, is_for_programs, is_words, unwrapped};
use super::told::reference;
use crate::parse::fields::Draft;
use crate::parse::lexicon::{Field, Form, is_absent};
use crate::parse::value::{self, is_url};
use crate::parse::values::{Node, Value};
use std::borrow::Cow;

/// What the values of a record became.
pub(super) struct Filled {
    pub(super) draft: Draft,
    /// The fields that were found, in their order.
    pub(super) found: Vec<Field>,
    /// Addresses and their words in the maps that the record lists beside its own.
    pub(super) told: Vec<(String, String)>,
}

/// The draft of a record. What is made for programs is its link only where there is no other.
pub(super) fn of(keys: &mut Keys, pairs: &[(Cow<str>, Node)]) -> Filled {
    let mut filling = Filling { keys, draft: Draft::default(), found: Vec::new(), told: Vec::new(), for_programs: Vec::new() };
    filling.fill(pairs, "", 0);
    let Filling { mut draft, found, told, for_programs, .. } = filling;
    for (name, url) in for_programs {
        match draft.has_page() {
            true => draft.keep(&name, &url),
            false => draft.address(Field::Link, &url),
        }
    }
    Filled { draft, found, told }
}

/// A draft that is being filled.
struct Filling<'k, 'd> {
    keys: &'k mut Keys<'d>,
    draft: Draft,
    found: Vec<Field>,
    told: Vec<(String, String)>,
    /// Names of addresses that are made for programs, and these.
    for_programs: Vec<(String, String)>,
}

impl Filling<'_, '_> {
    /// Fills the draft from the values of a record. Values of maps inside of it come after, under both names.
    fn fill(&mut self, pairs: &[(Cow<str>, Node)], prefix: &str, depth: usize) {
        let title = title_of(self.keys, pairs);
        let mut inner: Vec<(String, &Node)> = Vec::new();
        let mut references: Vec<(String, &[Node])> = Vec::new();
        let mut people: Vec<(String, &Node)> = Vec::new();
        for (at, (key, node)) in pairs.iter().enumerate() {
            let node = unwrapped(node);
            let name = if prefix.is_empty() { key.to_string() } else { format!("{prefix}.{key}") };
            let field = self.field_of(pairs, at, prefix, title);
            if field != Field::Unknown && !matches!(node.value, Value::Null) {
                self.found.push(field);
            }
            match &node.value {
                Value::Null => {}
                Value::Text(text) if is_for_programs(text) => self.for_programs.push((name, text.trim().to_owned())),
                Value::Text(text) => value::fill(&mut self.draft, field, &name, text),
                Value::Map(_) if field == Field::Authors => people.push((name, node)),
                Value::List(nodes) if field == Field::Unknown && self.keys.refers(&pairs[at]) => references.push((name, nodes)),
                Value::List(nodes) => self.list_value(field, &name, nodes),
                Value::Map(map) if field == Field::Title && is_bilingual(map) => bilingual(&mut self.draft, map),
                Value::Map(map) if field == Field::Published && date_of_parts(map).is_some() => {
                    self.draft.fill(field, &name, &date_of_parts(map).unwrap_or_default());
                }
                Value::Map(map) if field == Field::Score && total(map).is_some() => {
                    self.draft.fill(field, &name, total(map).unwrap_or_default());
                    inner.push((name, node));
                }
                Value::Map(_) => inner.push((name, node)),
            }
        }
        for (name, node) in inner {
            if let Value::Map(map) = &node.value
                && depth < 4
            {
                self.fill(map, &name, depth + 1);
            }
        }
        for (name, node) in people {
            self.person(&name, node);
        }
        if !references.is_empty() {
            self.draft.settle_id();
        }
        for (name, nodes) in references {
            // What a work is related to is not where it is found itself, unless it has no title either.
            let are_links = self.draft.has_page() || self.draft.entry.title.is_none() || !names_any(&name, REFERENCES);
            nodes.iter().for_each(|node| reference(&mut self.draft, &name, node, are_links));
        }
    }

    /// What the value at a place of a record is in the draft, which may have one of its kind already. `title` is the place of the title.
    fn field_of(&mut self, pairs: &[(Cow<str>, Node)], at: usize, prefix: &str, title: Option<usize>) -> Field {
        let (key, node) = (pairs[at].0.as_ref(), unwrapped(&pairs[at].1));
        let may_title = title.is_none_or(|title| title == at);
        match self.keys.field(key) {
            // A model or a repository that has no other name than its id.
            Field::Id if title == Some(at) => Field::Title,
            // `hn_score` beside `score`, `platform` beside `source`.
            field @ (Field::Score | Field::Source) if key != field.name() && pairs.iter().any(|(key, _)| key == field.name()) => {
                Field::Unknown
            }
            // `paper = "https://…"` is where the paper is.
            Field::Title if matches!(&node.value, Value::Text(text) if is_url(text)) => Field::Link,
            Field::Title if self.draft.entry.title.is_some() || !may_title => Field::Unknown,
            // What a part of the record was taken from is not where the record is from.
            Field::Source if !prefix.is_empty() && self.draft.has_extra(Field::Source.name()) => Field::Unknown,
            field => field,
        }
    }

    /// Someone who is told of by a map: the author where no other is named. Pages of people are none of the work's.
    fn person(&mut self, name: &str, node: &Node) {
        let Value::Map(pairs) = &node.value else { return };
        let is_author = self.draft.entry.authors.is_empty();
        let called = self.keys.text_of(node, Field::Authors).filter(|_| is_author);
        self.draft.people(&called.into_iter().collect::<Vec<_>>());
        let is_taken = |text: &str| !self.draft.entry.authors.is_empty() && called == Some(text);
        let facts = pairs.iter().filter_map(|(key, node)| match &node.value {
            Value::Text(text) if !is_absent(text) && !is_taken(text) => Some((format!("{name}.{key}"), text)),
            _ => None,
        });
        for (name, text) in facts.collect::<Vec<_>>() {
            self.draft.keep(&name, text);
        }
    }

    /// The values of a list, by what its key means.
    fn list_value(&mut self, field: Field, name: &str, nodes: &[Node]) {
        let texts: Vec<&str> = nodes.iter().filter_map(|node| self.keys.text_of(node, field)).collect();
        match field {
            Field::Authors => {
                let names =
                    nodes.iter().filter_map(|node| full_name(node).or_else(|| self.keys.text_of(node, field).map(str::to_owned)));
                let names: Vec<String> = names.collect();
                self.draft.people(&names.iter().map(String::as_str).collect::<Vec<_>>());
            }
            Field::Tags => texts.iter().for_each(|tag| self.draft.tag(tag)),
            _ if field.form() == Form::Link => {
                for node in nodes {
                    self.link_value(field, name, node);
                }
            }
            Field::Unknown if nodes.iter().any(|node| matches!(node.value, Value::Map(_))) => {
                let told: Vec<String> =
                    nodes.iter().map(|node| self.keys.told(node, &mut self.told)).filter(|told| !told.is_empty()).collect();
                if !told.is_empty() {
                    self.draft.fill(field, name, &told.join("\n"));
                }
            }
            Field::Unknown if texts.is_empty() => {}
            _ => self.draft.fill(field, name, &texts.join("\n")),
        }
    }

    /// A value of a list of links.
    fn link_value(&mut self, field: Field, name: &str, node: &Node) {
        match (&node.value, address_in(node)) {
            (Value::Text(text), _) => value::fill(&mut self.draft, field, name, text),
            (Value::Map(pairs), Some((url, words))) => {
                self.draft.plain_link(url, words);
                let is_said = |text: &str| text.trim() == url || text == words;
                let more = pairs.iter().filter_map(|(key, node)| match &node.value {
                    Value::Text(text) if !is_absent(text) && !is_said(text) && !is_url(text) && !is_kind(key) => {
                        Some((key, text))
                    }
                    _ => None,
                });
                for (key, text) in more {
                    self.draft.keep(&format!("{name}.{key}"), text);
                }
            }
            _ => {}
        }
    }
}

/// True for keys that say how a link is used by programs.
fn is_kind(key: &str) -> bool {
    matches!(key, "type" | "rel" | "title" | "text" | "label" | "length" | "content_type" | "hreflang" | "id")
}

/// The number that sums up a map of scores.
fn total<'n>(map: &'n [(Cow<str>, Node)]) -> Option<&'n str> {
    let is_total = |key: &str| matches!(key.to_lowercase().as_str(), "total" | "overall" | "final" | "总分" | "综合");
    map.iter().find_map(|(key, node)| match &node.value {
        Value::Text(text) if is_total(key) => Some(text.as_ref()),
        _ => None,
    })
}

/// Where the title of a record stands among its values. A translation or a name beside it is kept under its own key.
fn title_of(keys: &mut Keys, pairs: &[(Cow<str>, Node)]) -> Option<usize> {
    let mut rank = |at: usize| match pairs[at].0.to_lowercase().as_str() {
        _ if is_repository_id(&pairs[at]) => Some(5),
        _ if keys.field(&pairs[at].0) != Field::Title || !is_words(unwrapped(&pairs[at].1)) => None,
        "title" | "headline" | "标题" => Some(0),
        // Of a repository `name` is only the half.
        "full_name" | "fullname" | "full name" => Some(1),
        key if LAST_TITLES.contains(&key) => Some(4),
        key if is_translated(key) => Some(3),
        _ => Some(2),
    };
    let ranked = (0..pairs.len()).filter_map(|at| Some((rank(at)?, at))).min();
    ranked.map(|(_, at)| at)
}

/// A title in several languages: the one that is not English is shown, the English one is the original.
fn bilingual(draft: &mut Draft, pairs: &[(Cow<str>, Node)]) {
    let texts: Vec<(&str, &str)> = pairs
        .iter()
        .filter_map(|(key, node)| if let Value::Text(text) = &node.value { Some((key.as_ref(), text.as_ref())) } else { None })
        .collect();
    let is_english =
        |key: &str| key.eq_ignore_ascii_case("en") || key.eq_ignore_ascii_case("english") || key.eq_ignore_ascii_case("original");
    let main = texts.iter().find(|(key, _)| !is_english(key)).or(texts.first());
    if let Some((key, text)) = main {
        value::fill(draft, Field::Title, key, text);
        for (other, text) in texts.iter().filter(|(other, _)| other != key) {
            let field = if is_english(other) { Field::OriginalTitle } else { Field::Unknown };
            draft.fill(field, other, text);
        }
    }
}
