//! Tables that programs write column by column, or with the names of columns apart: what pandas calls `split`, `columns` and `list`.

use super::{Node, Value};
use crate::parse::lexicon::{Field, look_up};
use std::borrow::Cow;

type Pairs<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// The records of a table as a list of maps, and any other value as it is.
pub(super) fn as_records(node: Node) -> Node {
    let Node { value: Value::Map(pairs), start, end } = node else { return node };
    let value = match form(&pairs) {
        Some(Form::NamesApart) => Value::List(rows_of_names(pairs)),
        Some(Form::Columns) => Value::List(rows_of_columns(pairs)),
        None => Value::Map(pairs),
    };
    Node { value, start, end }
}

/// How a table is written.
enum Form {
    /// `{"columns": ["title", …], "data": [["Foo", …], …]}`.
    NamesApart,
    /// `{"title": {"0": "Foo", …}, …}`, `{"title": ["Foo", …], …}`.
    Columns,
}

fn form(pairs: &[(Cow<str>, Node)]) -> Option<Form> {
    let of = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, node)| &node.value);
    if let (Some(Value::List(names)), Some(Value::List(rows))) = (of("columns"), of("data")) {
        let is_row = |node: &Node| matches!(&node.value, Value::List(cells) if cells.len() == names.len());
        let are_named = names.iter().all(|name| matches!(name.value, Value::Text(_)));
        return (are_named && rows.iter().all(is_row)).then_some(Form::NamesApart);
    }
    let keys = numbered(&pairs.first()?.1)?;
    let is_title =
        |(key, node): &(Cow<str>, Node)| look_up(key).is_some_and(|meaning| meaning.field == Field::Title) && holds_texts(node);
    let is_whole = pairs.iter().all(|(_, node)| numbered(node).is_some_and(|others| others == keys));
    (1 < pairs.len() && is_whole && pairs.iter().any(is_title)).then_some(Form::Columns)
}

/// The numbers of the rows of a column; none if it is no column.
fn numbered<'n>(node: &'n Node) -> Option<Vec<Cow<'n, str>>> {
    match &node.value {
        Value::List(nodes) if !nodes.is_empty() => Some((0..nodes.len()).map(|i| i.to_string().into()).collect()),
        Value::Map(pairs) if !pairs.is_empty() => {
            let is_number = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
            pairs
                .iter()
                .all(|(key, _)| is_number(key))
                .then(|| pairs.iter().map(|(key, _)| Cow::Borrowed(key.as_ref())).collect())
        }
        _ => None,
    }
}

/// True for a column of texts, of which some may be missing.
fn holds_texts(node: &Node) -> bool {
    let is_text = |node: &Node| matches!(node.value, Value::Text(_) | Value::Null);
    match &node.value {
        Value::List(nodes) => nodes.iter().all(is_text),
        Value::Map(pairs) => pairs.iter().all(|(_, node)| is_text(node)),
        _ => false,
    }
}

fn rows_of_names(pairs: Pairs) -> Vec<Node> {
    let (mut names, mut rows): (Vec<Cow<str>>, Vec<Node>) = (Vec::new(), Vec::new());
    for (key, node) in pairs {
        match (key.as_ref(), node.value) {
            ("columns", Value::List(nodes)) => {
                names = nodes
                    .into_iter()
                    .filter_map(|node| if let Value::Text(name) = node.value { Some(name) } else { None })
                    .collect();
            }
            ("data", Value::List(nodes)) => rows = nodes,
            _ => {}
        }
    }
    for row in &mut rows {
        if let Value::List(cells) = std::mem::replace(&mut row.value, Value::Null) {
            row.value = Value::Map(names.iter().cloned().zip(cells).collect());
        }
    }
    rows
}

/// Each row stands where its first cell does.
fn rows_of_columns(pairs: Pairs) -> Vec<Node> {
    let mut rows: Vec<Node> = Vec::new();
    for (name, column) in pairs {
        let cells: Vec<Node> = match column.value {
            Value::List(cells) => cells,
            Value::Map(cells) => cells.into_iter().map(|(_, cell)| cell).collect(),
            _ => Vec::new(),
        };
        for (i, cell) in cells.into_iter().enumerate() {
            if rows.len() == i {
                rows.push(Node { value: Value::Map(Vec::new()), start: cell.start, end: cell.end });
            }
            if let Some(Value::Map(row)) = rows.get_mut(i).map(|row| &mut row.value) {
                row.push((name.clone(), cell));
            }
        }
    }
    rows
}
