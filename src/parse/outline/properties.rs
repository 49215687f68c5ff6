//! Tables of properties: a row names a field and gives its value, `| 作者 | Jane Roe |`.

use super::Field;
use super::blocks::{Block, Kind};
use super::label::{Label, is_ornament, label, ornamented_name};
use super::words::field_of;
use std::collections::HashSet;

/// What the columns of a table of properties are called: `| 属性 | 内容 |`.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "属性", "项目", "字段", "指标", "维度", "信息", "項目", "指標", "維度", "항목",
    "Field", "Property", "Attribute", "Key", "Item", "Metric", "Aspect",
];
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "值", "内容", "说明", "详情", "信息", "数值", "描述", "値", "內容", "説明", "내용", "값",
    "Value", "Values", "Content", "Detail", "Details", "Description", "Information",
];

/// True for the head of a table of properties.
pub(in crate::parse) fn is_head(header: &[&str]) -> bool {
    matches!(header, [name, value] if NAMES.contains(&name.trim()) && VALUES.contains(&value.trim()))
}

/// True for the head of a table of properties below the line that names an entry: there the name of the first of two columns is enough, and
/// a head without words says that the rows name themselves. `next` is the line below it.
pub(super) fn begins_table(row: &str, next: Option<&Block>) -> bool {
    let is_over_dashes = || next.is_some_and(|next| next.kind == Kind::Row && next.text.contains('-') && is_bare(next.text));
    cells_of_two(row).is_some_and(|(name, value)| match (NAMES.contains(&name), value.contains('|')) {
        (_, true) => false,
        (true, _) => VALUES.contains(&value) || is_over_dashes(),
        (false, _) => name.is_empty() && value.is_empty() && !row.contains('-') && is_over_dashes(),
    })
}

/// True for what the column of values is called.
pub(super) fn is_value_head(cell: &str) -> bool {
    VALUES.contains(&cell)
}

/// True for a row without words, such as the line of dashes below the head of a table.
pub(super) fn is_bare(row: &str) -> bool {
    row.contains('|') && row.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
}

/// The bold name that begins a row of two cells, `| **Reason** | … |`.
pub(super) fn bold_name(row: &str) -> Option<&str> {
    let is_bold = row.trim_start_matches(['|', ' ']).starts_with("**");
    cells_of_two(row).map(|(name, _)| name).filter(|name| is_bold && !name.contains(['[', '*']))
}

/// The field that a row of a table of properties names, `| 作者 | Jane Roe |`, the name as written, and the value.
pub(super) fn property<'a>(row: &'a str, columns: &[(String, Field)]) -> Option<(Field, &'a str, &'a str)> {
    let (name, value) = cells_of_two(row).filter(|(name, value)| !is_head(&[name, value]))?;
    let field = field_of(name, columns).filter(|field| *field != Field::Title && !value.contains(" | "))?;
    Some((field, name, value))
}

/// What stands before the first bar within a row, without ornaments, and all behind it.
pub(super) fn cells_of_two(row: &str) -> Option<(&str, &str)> {
    let (name, value) = row.trim_matches('|').split_once('|')?;
    Some((name.trim().trim_matches(|c: char| is_ornament(c) || matches!(c, '*' | ':' | '：')), value.trim()))
}

/// What the lines of a text say by labels.
pub(super) struct Labels<'a> {
    /// For each line whether it names a field other than the title, in a row of such a table or by a label, or begins a row with a bold name
    /// that comes again.
    pub(super) known: Vec<bool>,
    /// The labels of no known meaning that stand before several lines.
    pub(super) recurring: HashSet<&'a str>,
    /// The items with labels of no known meaning that are set off, and the names of these.
    pub(super) marked: Vec<(usize, &'a str)>,
}

/// The labels of a text.
pub(super) fn labels<'a>(blocks: &[Block<'a>], columns: &[(String, Field)]) -> Labels<'a> {
    let mut seen = HashSet::new();
    let mut recurring = HashSet::new();
    let mut marked = Vec::new();
    let mut has_label = |(at, block): (usize, &Block<'a>)| match block.kind {
        Kind::Item { .. } | Kind::Text => {
            let label = label(block.text, columns);
            let name = match &label {
                Some(label) => Some(label.name).filter(|_| label.field == Field::Unknown && label.may_recur()),
                None => ornamented_name(block.text),
            };
            recurring.extend(name.filter(|name| !seen.insert(*name)));
            let is_marked = |label: &&Label| label.marked && label.field == Field::Unknown && block.kind != Kind::Text;
            marked.extend(label.as_ref().filter(is_marked).map(|label| (at, label.name)));
            label.is_some_and(|label| !matches!(label.field, Field::Unknown | Field::Title))
        }
        Kind::Row => {
            recurring.extend(bold_name(block.text).filter(|name| !seen.insert(*name)));
            property(block.text, columns).is_some()
        }
        _ => false,
    };
    let mut known: Vec<bool> = blocks.iter().enumerate().map(&mut has_label).collect();
    for (has_label, block) in known.iter_mut().zip(blocks).filter(|(_, block)| block.kind == Kind::Row) {
        *has_label |= bold_name(block.text).is_some_and(|name| recurring.contains(name));
    }
    Labels { known, recurring, marked }
}
