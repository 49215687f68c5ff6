//! Keys and types: the tables of `site.toml` against [`SETTINGS`].

use super::settings::{Kind, LISTS, NEEDED, SETTINGS, explained, kind_name};
use super::{Problem, list, span_of};
use crate::text::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with the keys of a table and with the types of their values. `section` is empty for the top level.
pub(super) fn check_table(section: &str, table: &DeTable) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let is_section = section.is_empty() && SETTINGS.iter().any(|row| row.0 == name);
        let setting = SETTINGS.iter().find(|row| row.0 == section && row.1 == name);
        match (setting, value.get_ref()) {
            (Some(row), found) if !fits(row.2, found) => {
                let message = format!("`{name}` is {}, but it should be {}", type_name(found), kind_name(row.2));
                problems.push(Problem::new(span_of(value), message, explained(section, name)));
            }
            (Some(row), DeValue::String(text)) if row.2 == Kind::Text && row.3 != NEEDED && text.trim().is_empty() => {
                let without = if row.3.is_empty() { String::new() } else { format!("; without it, it is {}", row.3) };
                let hint = format!("{}{without}", explained(section, name));
                problems.push(Problem::new(span_of(value), format!("`{name}` is empty"), hint));
            }
            (Some(_), _) => {}
            (None, DeValue::Table(inner)) if is_section && !LISTS.contains(&name) => problems.extend(check_table(name, inner)),
            (None, DeValue::Array(items)) if LISTS.contains(&name) => {
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::Table(inner) => problems.extend(check_table(name, inner)),
                        other => problems.push(Problem::new(
                            span_of(item),
                            format!("`{name}` holds {}, but it should hold tables", type_name(other)),
                            format!("write `[[{name}]]`, and what belongs to it on the lines below"),
                        )),
                    }
                }
            }
            (None, DeValue::Table(_)) if LISTS.contains(&name) => problems.push(Problem::new(
                Span::new(key.span().start, key.span().end),
                format!("there can be several `{name}`"),
                format!("write `[[{name}]]`, with two brackets on each side"),
            )),
            (None, found) if is_section => {
                let form = if LISTS.contains(&name) { format!("`[[{name}]]`") } else { format!("`[{name}]`") };
                problems.push(Problem::new(
                    span_of(value),
                    format!("`{name}` is {}, but it should be a table", type_name(found)),
                    format!("write {form}"),
                ));
            }
            _ => problems.push(unknown(section, name, Span::new(key.span().start, key.span().end))),
        }
    }
    problems
}

fn unknown(section: &str, name: &str, span: Span) -> Problem {
    let in_section = SETTINGS.iter().filter(|row| row.0 == section).map(|row| row.1);
    let sections = SETTINGS.iter().map(|row| row.0).filter(|s| section.is_empty() && !s.is_empty());
    let known: Vec<&str> = in_section.chain(sections).collect();
    let nearest = known.iter().map(|k| (strsim::damerau_levenshtein(k, name), *k)).min();
    let place = if section.is_empty() { String::new() } else { format!(" in `{section}`") };
    let is_of_site = |row: &&(&str, &str, Kind, &str, &str)| row.0.is_empty() && row.1 == name;
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
