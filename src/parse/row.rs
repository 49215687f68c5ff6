//! One row of a table, its cells given to columns, made into an entry.

use super::lexicon::{Field, Form, Meaning, is_absent, look_up};
use super::{date, link, title};
use crate::model::{Entry, Link, LinkKind, WorkId, name};
use std::borrow::Cow;

/// A column of a table of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The header cell as written, without Markdown marks.
    pub(super) name: String,
    /// What its cells mean.
    pub(super) field: Field,
}

impl Column {
    /// The form of its cells.
    pub(super) fn form(&self) -> Form {
        self.field.form()
    }
}

/// Maps header cells to fields. `named` are the names that settings give, as pairs of a header and a field.
pub(super) fn columns(header: &[&str], named: &[(String, Field)]) -> Vec<Column> {
    let meaning = |cell: &str| -> Option<Meaning> {
        let set = named.iter().find(|(name, _)| name.trim() == cell.trim());
        set.map(|(_, field)| Meaning { field: *field, language: "" }).or_else(|| look_up(cell))
    };
    let meanings: Vec<Option<Meaning>> = header.iter().map(|cell| meaning(cell)).collect();
    let titles: Vec<usize> = (0..header.len()).filter(|&i| meanings[i].is_some_and(|m| m.field == Field::Title)).collect();
    let original = original_of(&titles, &meanings);
    let mut columns: Vec<Column> = Vec::with_capacity(header.len());
    for (i, cell) in header.iter().enumerate() {
        let name = cell.trim().trim_matches(['*', '_', '`']).trim().to_owned();
        let mut field = meanings[i].map_or(Field::Unknown, |m| m.field);
        if Some(i) == original {
            field = Field::OriginalTitle;
        } else if field == Field::Title && titles.first() != Some(&i) && original != titles.first().copied() {
            field = Field::Unknown;
        }
        columns.push(Column { name, field });
    }
    // A table whose only title is the original one has that as its title.
    let has_title = columns.iter().any(|c| c.field == Field::Title);
    if let Some(only) = columns.iter_mut().find(|c| c.field == Field::OriginalTitle).filter(|_| !has_title) {
        only.field = Field::Title;
    }
    columns
}

/// Of two columns named title, the one with the English name is the original; if both are alike, the second.
fn original_of(titles: &[usize], meanings: &[Option<Meaning>]) -> Option<usize> {
    let &[first, second, ..] = titles else { return None };
    let language = |i: usize| meanings[i].map_or("", |m| m.language);
    match (language(first), language(second)) {
        ("en", "en") => Some(second),
        ("en", _) => Some(first),
        _ => Some(second),
    }
}

/// Makes an entry of the cells of a row, one text per column. None if the row names nothing: no title, no link, no id.
pub(super) fn entry(columns: &[Column], cells: &[&str]) -> Option<Entry> {
    let mut entry = Entry::default();
    for (column, cell) in columns.iter().zip(cells) {
        let cell = plain_cell(cell);
        if !is_absent(&cell) {
            fill(&mut entry, column, &cell);
        }
    }
    entry.id = entry.id.take().or_else(|| best_id(&entry.links));
    let named = entry.title.is_some() || !entry.links.is_empty() || entry.id.as_ref().is_some_and(WorkId::is_registered);
    named.then_some(entry)
}

/// The text of a cell: bars freed from their backslash, `<br>` as a line break.
fn plain_cell(cell: &str) -> Cow<'_, str> {
    let cell = cell.trim();
    let mut text = Cow::Borrowed(cell);
    if text.contains("\\|") {
        text = text.replace("\\|", "|").into();
    }
    for br in ["<br>", "<br/>", "<br />", "<BR>"] {
        if text.contains(br) {
            text = text.replace(br, "\n").into();
        }
    }
    text
}

fn fill(entry: &mut Entry, column: &Column, cell: &str) {
    let text = || Some(cell.to_owned());
    match column.field {
        Field::Title => fill_title(entry, cell),
        Field::OriginalTitle => {
            let original = one_line(cell);
            entry.original_title = Some(original).filter(|o| entry.title.as_ref() != Some(o));
        }
        Field::Authors => entry.authors = name::split_authors(cell),
        Field::Published => match date::find(cell) {
            Some((day, _)) => entry.published = Some(day),
            None => keep(entry, column, cell),
        },
        Field::Pdf => fill_links(entry, column, cell, Some(LinkKind::Pdf)),
        Field::AbstractLink => fill_links(entry, column, cell, Some(LinkKind::Abstract)),
        Field::Html => fill_links(entry, column, cell, Some(LinkKind::Html)),
        Field::Code => fill_links(entry, column, cell, Some(LinkKind::Code)),
        Field::Discussion => fill_links(entry, column, cell, Some(LinkKind::Discussion)),
        Field::Link => fill_links(entry, column, cell, None),
        Field::Id => fill_id(entry, column, cell),
        Field::Summary if entry.summary.is_none() => entry.summary = text(),
        Field::Tags => entry.tags.extend(tags(cell)),
        Field::Source | Field::Score | Field::Comment | Field::Language | Field::Affiliation => {
            entry.extra.push((column.field.name().to_owned(), cell.to_owned()));
        }
        Field::Summary | Field::Number | Field::Unknown => keep(entry, column, cell),
    }
}

/// Keeps a cell under its column's own name.
fn keep(entry: &mut Entry, column: &Column, cell: &str) {
    entry.extra.push((column.name.clone(), cell.to_owned()));
}

fn fill_title(entry: &mut Entry, cell: &str) {
    let links = link::find(cell);
    // `[Title](address)`: the words are the title and the address the entry's link.
    let linked = links
        .first()
        .filter(|l| !l.text.is_empty() && cell.trim_start_matches(['*', ' ', '#']).starts_with('[') && l.range.start <= 8);
    let split = match linked {
        Some(found) => {
            let kind = LinkKind::of_url(found.url);
            entry.links.insert(0, Link { url: found.url.to_owned(), kind, text: String::new() });
            title::split(&format!("{}{}{}", &cell[..found.range.start], found.text, &cell[found.range.end..]))
        }
        None => title::split(cell),
    };
    entry.title = Some(split.title).filter(|title| !title.is_empty());
    entry.note = Some(split.note).filter(|note| !note.is_empty());
    if entry.original_title.is_none() {
        entry.original_title = split.original.filter(|original| entry.title.as_ref() != Some(original));
    }
}

/// A title of a work in its own language is one line; marks around the whole of it are taken off as for any title.
fn one_line(cell: &str) -> String {
    let split = title::split(cell);
    let rest = split.note.split_whitespace();
    let words = split.title.split_whitespace().chain(rest).collect::<Vec<_>>();
    words.join(" ")
}

fn fill_links(entry: &mut Entry, column: &Column, cell: &str, kind: Option<LinkKind>) {
    let found = link::find(cell);
    if found.is_empty() && !cell.contains("](") {
        fill_id(entry, column, cell);
        return;
    }
    for link in found {
        // In a column of code links an address of another site is still code; a column named "link" says nothing.
        let kind = kind.unwrap_or_else(|| LinkKind::of_url(link.url));
        entry.links.push(Link { url: link.url.to_owned(), kind, text: link.text.to_owned() });
    }
}

fn fill_id(entry: &mut Entry, column: &Column, cell: &str) {
    let linked = link::find(cell).into_iter().next();
    if let Some(found) = &linked {
        entry.links.push(Link { url: found.url.to_owned(), kind: LinkKind::of_url(found.url), text: found.text.to_owned() });
    }
    let id = WorkId::parse(cell).or_else(|| linked.as_ref().and_then(|l| WorkId::parse(l.text))).filter(WorkId::is_registered);
    match id {
        Some(id) if entry.id.is_none() => entry.id = Some(id),
        _ if linked.is_none() => keep(entry, column, cell),
        _ => {}
    }
}

/// The first registered id among the links, else the address of the main one.
fn best_id(links: &[Link]) -> Option<WorkId> {
    let ids = || links.iter().filter(|link| link.kind != LinkKind::Discussion).filter_map(|link| WorkId::parse(&link.url));
    ids().find(WorkId::is_registered).or_else(|| WorkId::parse(&links.first()?.url))
}

fn tags(cell: &str) -> Vec<String> {
    let separators: &[char] = if cell.contains([',', ';', '、', '，', '；', '\n', '|']) {
        &[',', ';', '、', '，', '；', '\n', '|']
    } else {
        &['/']
    };
    let mut found: Vec<String> = Vec::new();
    for tag in cell.split(separators) {
        let tag = tag.trim().trim_matches(['*', '`', '#', '_']).trim();
        // `cs.AI/cs.LG` are two tags, `I/O` is one; and a tag is a few words.
        if !tag.is_empty() && tag.chars().count() <= 80 && !is_absent(tag) && !found.iter().any(|t| t == tag) {
            found.push(tag.to_owned());
        }
    }
    found
}
