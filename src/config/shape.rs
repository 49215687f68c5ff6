//! Keys and types: the tables of `site.toml` against [`SETTINGS`].

use super::settings::{Kind, LISTS, NEEDED, ONE_OF, Row, SETTINGS, explained, kind_name};
use super::{Problem, list, span_of};
use crate::text::Span;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

/// Takes out of a table what cannot be read: keys that there are not, and values that are of another type or empty. `section` is empty for
/// the top level.
pub(super) fn take_wrong(section: &str, table: &mut DeTable) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut sound = DeTable::new();
    for (key, mut value) in std::mem::replace(table, DeTable::new()) {
        let name = key.get_ref().as_ref();
        let is_list = section.is_empty() && LISTS.contains(&name);
        match value.get_mut() {
            DeValue::Array(items) if is_list => problems.extend(take_wrong_items(name, items)),
            DeValue::Table(inner) if !is_list && is_section(section, name) => problems.extend(take_wrong(name, inner)),
            _ => {
                if let Some(problem) = wrong(section, &key, &value) {
                    problems.push(problem);
                    continue;
                }
            }
        }
        sound.insert(key, value);
    }
    *table = sound;
    problems
}

/// The same for the tables of a list. What a table lacks is told too.
fn take_wrong_items(name: &str, items: &mut DeArray) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut sound = DeArray::new();
    for mut item in std::mem::replace(items, DeArray::new()) {
        let span = span_of(&item);
        match item.get_mut() {
            DeValue::Table(inner) => {
                problems.extend(lacking(name, inner, span));
                problems.extend(take_wrong(name, inner));
                sound.push(item);
            }
            other => problems.push(Problem::new(
                span,
                format!("`{name}` holds {}, but it should hold tables", type_name(other)),
                format!("write `[[{name}]]`, and what belongs to it on the lines below"),
            )),
        }
    }
    *items = sound;
    problems
}

/// What a table of a list cannot do without. Nothing is missed beside an unknown key, which may be meant for it.
fn lacking(name: &str, table: &DeTable, span: Span) -> Vec<Problem> {
    let rows = || SETTINGS.iter().filter(|row| row.0 == name);
    if table.keys().any(|key| !rows().any(|row| row.1 == key.get_ref())) {
        return Vec::new();
    }
    if table.is_empty() && rows().all(|row| row.3 == ONE_OF) {
        return vec![one_of_them(name, span)];
    }
    let lacks = rows().filter(|row| row.3 == NEEDED && !table.contains_key(row.1));
    lacks.map(|row| needs(name, row.1, span)).collect()
}

fn needs(section: &str, key: &str, span: Span) -> Problem {
    Problem::new(span, format!("`[[{section}]]` needs `{key}`"), explained(section, key))
}

/// That a table of a list has none or several of the settings of which it should have one.
pub(super) fn one_of_them(name: &str, span: Span) -> Problem {
    let keys: Vec<String> = SETTINGS.iter().filter(|row| row.0 == name).map(|row| format!("`{}`", row.1)).collect();
    let (last, others) = keys.split_last().map_or((String::new(), Vec::new()), |(last, others)| (last.clone(), others.to_vec()));
    let message = format!("`[[{name}]]` needs one of {} and {last}", others.join(", "));
    Problem::new(span, message, format!("write a `[[{name}]]` of its own for each thing that is left out"))
}

fn is_section(section: &str, name: &str) -> bool {
    section.is_empty() && SETTINGS.iter().any(|row| row.0 == name)
}

/// What is wrong with a setting that is neither a table of settings nor a list of them.
fn wrong(section: &str, key: &Spanned<DeString>, value: &Spanned<DeValue>) -> Option<Problem> {
    let name = key.get_ref().as_ref();
    let key_span = Span::new(key.span().start, key.span().end);
    let found = value.get_ref();
    if is_section(section, name) {
        return Some(no_table(name, found, key_span, span_of(value)));
    }
    let Some(row) = SETTINGS.iter().find(|row| (row.0, row.1) == (section, name)) else {
        return Some(unknown(section, name, key_span));
    };
    if !fits(row.2, found) {
        let message = format!("`{name}` is {}, but it should be {}", type_name(found), kind_name(row.2));
        return Some(Problem::new(span_of(value), message, explained(section, name)));
    }
    let is_empty = row.2 == Kind::Text && found.as_str().is_some_and(|text| text.trim().is_empty());
    is_empty.then(|| empty(row, span_of(value)))
}

fn empty((section, name, _, without, _): &Row, span: Span) -> Problem {
    if *without == NEEDED {
        return needs(section, name, span);
    }
    let without = if without.is_empty() { String::new() } else { format!("; without it, it is {without}") };
    Problem::new(span, format!("`{name}` is empty"), format!("{}{without}", explained(section, name)))
}

/// That something stands where settings of a table or a list of tables should be.
fn no_table(name: &str, found: &DeValue, key: Span, value: Span) -> Problem {
    match (LISTS.contains(&name), found) {
        (true, DeValue::Table(_)) => Problem::new(
            key,
            format!("there can be several `{name}`"),
            format!("write `[[{name}]]`, with two brackets on each side"),
        ),
        (is_list, _) => Problem::new(
            value,
            format!("`{name}` is {}, but it should be a table", type_name(found)),
            if is_list { format!("write `[[{name}]]`") } else { format!("write `[{name}]`") },
        ),
    }
}

fn unknown(section: &str, name: &str, span: Span) -> Problem {
    let in_section = SETTINGS.iter().filter(|row| row.0 == section).map(|row| row.1);
    let sections = SETTINGS.iter().map(|row| row.0).filter(|s| section.is_empty() && !s.is_empty());
    let known: Vec<&str> = in_section.chain(sections).collect();
    let nearest = known.iter().map(|k| (strsim::damerau_levenshtein(k, name), *k)).min();
    let place = if section.is_empty() { String::new() } else { format!(" in `{section}`") };
    let is_of_site = |row: &&Row| row.0.is_empty() && row.1 == name;
    let hint = match nearest {
        // Who adds a line at the end of the file adds it to the last table.
        _ if SETTINGS.iter().any(|row| is_of_site(&row)) => {
            format!("`{name}` is a setting of the whole site: write it above the first line with `[`")
        }
        Some((distance, known)) if distance <= 3 && distance < name.len() => format!("did you mean `{known}`?"),
        _ => format!("the settings there are {}", list(&known)),
    };
    Problem::new(span, format!("unknown setting `{name}`{place}"), hint)
}

fn fits(kind: Kind, value: &DeValue) -> bool {
    let is_text = |v: &Spanned<DeValue>| matches!(v.get_ref(), DeValue::String(_));
    match (kind, value) {
        (Kind::Text | Kind::Prose, DeValue::String(_)) | (Kind::Switch, DeValue::Boolean(_)) => true,
        (Kind::Number, DeValue::Integer(n)) => n.as_str().parse::<u32>().is_ok_and(|n| n > 0),
        (Kind::Texts, DeValue::Array(items)) => items.iter().all(is_text),
        (Kind::Pairs, DeValue::Table(table)) => table.values().all(is_text),
        _ => false,
    }
}

fn type_name(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
