//! TOML files, read with the `toml` crate.

use super::{Node, Tree, Value};
use crate::parse::claim::Document;
use crate::text::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a text whose file says that it is TOML.
pub(super) fn read<'a>(document: &Document<'a>) -> Option<Tree<'a>> {
    if document.extension != "toml" {
        return None;
    }
    let mut tree = Tree::default();
    match DeTable::parse(document.text) {
        Ok(table) => tree.roots.push(node(&Spanned::new(0..document.text.len(), DeValue::Table(table.into_inner())))),
        Err(error) => {
            let range = error.span().unwrap_or_default();
            tree.broken.push(Span::new(range.start, range.end.min(document.text.len())));
        }
    }
    Some(tree)
}

/// The table of front matter.
pub(super) fn front(text: &str) -> Option<Node<'_>> {
    let table = DeTable::parse(text).ok()?;
    Some(node(&Spanned::new(0..text.len(), DeValue::Table(table.into_inner()))))
}

fn node<'a>(value: &Spanned<DeValue>) -> Node<'a> {
    let value_of = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string().into()),
        DeValue::Integer(number) => Value::Text(number.to_string().into()),
        DeValue::Float(number) => Value::Text(number.to_string().into()),
        DeValue::Boolean(yes) => Value::Text(yes.to_string().into()),
        DeValue::Datetime(time) => Value::Text(time.to_string().into()),
        DeValue::Array(items) => Value::List(items.iter().map(node).collect()),
        DeValue::Table(table) => {
            Value::Map(table.iter().map(|(key, value)| (key.get_ref().to_string().into(), node(value))).collect())
        }
    };
    Node { value: value_of, start: value.span().start, end: value.span().end }
}
