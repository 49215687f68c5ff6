//! What front matter says of entries.

use super::draft;
use super::keys::{Keys, LISTS, is_among};
use crate::model::WorkId;
use crate::parse::claim::Document;
use crate::parse::fields::Draft;
use crate::parse::lexicon::{Field, is_absent};
use crate::parse::link;
use crate::parse::values::{Node, Value};

/// The entry that one map describes, if it has a link, an id or authors, or if it is `known` to.
pub(in crate::parse::values) fn entry(node: &Node, document: &Document, known: bool) -> Option<Draft> {
    let Value::Map(pairs) = &node.value else { return None };
    let mut keys = Keys::new(&document.columns);
    let says = |field: Field| matches!(field, Field::Authors | Field::Link | Field::AbstractLink | Field::Pdf | Field::Id);
    let names = pairs.iter().any(|(key, node)| {
        let field = keys.field(key);
        let address = |text: &str| link::is_web(text) && field == Field::Source;
        match &node.value {
            Value::Text(text) => {
                !is_absent(text) && (says(field) && (field != Field::Id || WorkId::parse(text).is_some()) || address(text))
            }
            Value::List(nodes) => says(field) && !nodes.is_empty(),
            _ => false,
        }
    });
    if !names && !known {
        return None;
    }
    Some(draft::of(&mut keys, pairs).draft)
}

/// Drops from front matter where the page itself is to be published: no work is found there.
pub(in crate::parse::values) fn drop_own_address(node: &mut Node) {
    let Value::Map(pairs) = &mut node.value else { return };
    let is_path = |node: &Node| matches!(&node.value, Value::Text(path) if path.starts_with('/') && !path.starts_with("//"));
    pairs.retain(|(key, node)| match key.to_lowercase().as_str() {
        "permalink" => false,
        "url" => !is_path(node),
        _ => true,
    });
}

/// The lists of maps of a map that stand under keys of entries, and nothing else of it; none if there are none.
pub(in crate::parse::values) fn lists_of(node: Node) -> Option<Node> {
    let Value::Map(mut pairs) = node.value else { return None };
    let is_map = |node: &Node| matches!(node.value, Value::Map(_));
    pairs.retain(|(key, node)| {
        is_among(key, LISTS) && matches!(&node.value, Value::List(nodes) if nodes.len() > 1 && nodes.iter().all(is_map))
    });
    (!pairs.is_empty()).then_some(Node { value: Value::Map(pairs), ..node })
}
