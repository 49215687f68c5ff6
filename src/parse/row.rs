//! One row of a table, its cells given to columns, made into an entry.

use super::fields::Draft;
use super::lexicon::{Field, Form, Meaning, is_absent, look_up, look_up_whole};
use super::{date, link, markup};
use crate::model::{Entry, WorkId, name};
use crate::text::trim;
use std::borrow::Cow;
use std::collections::HashSet;

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
    let header: Vec<Cow<str>> = header.iter().map(|cell| markup::unescaped(cell)).collect();
    let meaning = |cell: &str| -> Option<Meaning> {
        self::named(cell, named).map(|field| Meaning { field, language: "" }).or_else(|| look_up(cell))
    };
    let meanings: Vec<Option<Meaning>> = header.iter().map(|cell| meaning(cell)).collect();
    let titles: Vec<usize> = (0..header.len()).filter(|&i| meanings[i].is_some_and(|m| m.field == Field::Title)).collect();
    let original = original_of(&titles, &meanings);
    let mut columns: Vec<Column> = Vec::with_capacity(header.len());
    for (i, cell) in header.iter().enumerate() {
        let name = cell.trim().trim_matches(['*', '_', '`']).trim().to_owned();
        let mut field = meanings[i].map_or(Field::Unknown, |m| m.field);
        if matches!(name.as_str(), "#" | "№") {
            field = Field::Number;
        }
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
    // Where no column tells what a work is about, the one that says why it matters does.
    let has_summary = columns.iter().any(|c| c.field == Field::Summary);
    if let Some(reason) = columns.iter_mut().find(|c| c.field == Field::Comment && is_reason(&c.name)).filter(|_| !has_summary) {
        reason.field = Field::Summary;
    }
    columns
}

/// Parts of the names of columns that say why a work is told of, in lower case.
const REASONS: &[&str] = &["why", "理由", "为什么", "為什麼"];

/// True if a table of these columns lists entries: it has a column for titles, or one for links and another one that is known.
pub(super) fn lists_entries(columns: &[Column]) -> bool {
    let has_link = columns.iter().any(|column| column.form() == Form::Link);
    let n_known = columns.iter().filter(|column| column.field != Field::Unknown).count();
    columns.iter().any(|column| column.field == Field::Title) || has_link && n_known > 1
}

fn is_reason(name: &str) -> bool {
    let name = name.to_lowercase();
    REASONS.iter().any(|reason| name.contains(reason))
}

/// The columns of a table without a header, by what stands in the cells of a row: days, links, people, and the first words as the
/// title. None unless there is a title and a link.
pub(super) fn columns_of(cells: &[&str]) -> Option<Vec<Column>> {
    let mut known: Vec<Field> = Vec::with_capacity(cells.len());
    for cell in cells {
        let words = cell.trim().trim_matches(['*', '_', '`']);
        let link = link::find(cell).next().map(|found| found.text.is_empty() || is_link_word(found.text));
        let field = match link {
            _ if words.len() > MAX_GUESSED => Field::Summary,
            Some(true) => Field::Link,
            // What is absent in a table without a header is a link, nearly always.
            _ if is_absent(words) => Field::Link,
            _ if date::is_day(words) => Field::Published,
            _ if words.bytes().all(|b| b.is_ascii_digit()) && known.is_empty() => Field::Number,
            Some(false) if known.contains(&Field::Title) => Field::Link,
            _ if !known.contains(&Field::Title) => Field::Title,
            None if name::looks_like_names(words, words.ends_with("et al.") || words.ends_with("et.al.")) => Field::Authors,
            _ => Field::Unknown,
        };
        known.push(if field != Field::Link && known.contains(&field) { Field::Unknown } else { field });
    }
    let title = known.iter().position(|field| *field == Field::Title)?;
    let linked = known.contains(&Field::Link) || link::find(cells[title]).next().is_some();
    linked.then(|| known.into_iter().map(|field| Column { name: String::new(), field }).collect())
}

/// A longer cell, in bytes, is a text.
const MAX_GUESSED: usize = 400;

/// True for the words of a link that say what it leads to, or are an id.
fn is_link_word(words: &str) -> bool {
    words.contains("://")
        || WorkId::parse(words).is_some()
        || look_up_whole(words).is_some_and(|meaning| meaning.field.form() == Form::Link)
}

/// True for a cell that is one link to the web, with words of its own that are no name of a link, no id and no day.
pub(super) fn is_linked_title(cell: &str) -> bool {
    let cell = cell.trim_matches(['*', '_', ' ']);
    let mut links = link::find(cell);
    let is_title = |words: &str| words.contains(char::is_alphabetic) && !is_link_word(words) && date::find(words).is_none();
    let first = links.next().filter(|found| found.range == (0..cell.len()) && link::is_web(found.url));
    first.is_some_and(|found| is_title(found.text))
}

/// The cells of the first rows of a table, by which columns of unknown names are known.
pub(super) struct FirstRows<'a>(Vec<Vec<&'a str>>);

impl<'a> FirstRows<'a> {
    pub(super) fn new(rows: impl Iterator<Item = Vec<&'a str>>) -> FirstRows<'a> {
        FirstRows(rows.collect())
    }

    /// Names a column where there is none for links: the one with nothing but links beside titles without any, or with buttons; or else the one
    /// for titles, if each is a link and something else is known of them.
    pub(super) fn name_by_links(&self, columns: &mut [Column]) {
        if columns.iter().any(|column| column.form() == Form::Link) {
            return;
        }
        let is_told = columns.iter().any(|column| !matches!(column.field, Field::Unknown | Field::Number));
        let found = match columns.iter().position(|column| column.field == Field::Title) {
            Some(title) if self.cells(title).all(|cell| !is_linked(cell)) => {
                self.unknown(columns, &|at| self.holds_links(at)).map(|at| (at, Field::Link))
            }
            None if is_told && self.0.len() > 1 => {
                let titles = self.unknown(columns, &|at| self.cells(at).all(is_linked_title) && self.texts_differ(at, false));
                let buttons = || self.unknown(columns, &|at| self.holds_links(at) && self.are_buttons(at));
                titles.map(|at| (at, Field::Title)).or_else(|| buttons().map(|at| (at, Field::Link)))
            }
            _ => None,
        };
        if let Some((at, field)) = found {
            columns[at].field = field;
        }
    }

    /// Names the column for titles where there is none beside links: the first one whose texts differ.
    pub(super) fn name_by_texts(&self, columns: &mut [Column]) {
        let has_link = columns.iter().any(|column| column.form() == Form::Link);
        if !has_link || self.0.len() < 2 || columns.iter().any(|column| column.field == Field::Title) {
            return;
        }
        let is_listed = lists_entries(columns);
        let names = |at: usize| self.texts_differ(at, !is_listed);
        let tags = || (0..columns.len()).find(|&at| is_listed && columns[at].field == Field::Tags && names(at));
        if let Some(at) = self.unknown(columns, &names).or_else(tags) {
            columns[at].field = Field::Title;
        }
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(move |row| row.get(at).map_or("", |cell| trim(cell)))
    }

    /// The first column that passes a test whose name is not known, or is one of numbers and belies it: `| Company | Position |`.
    fn unknown(&self, columns: &[Column], test: &dyn Fn(usize) -> bool) -> Option<usize> {
        let is_word = |cell: &str| cell.starts_with(char::is_alphabetic) && !cell.contains(|c: char| c.is_ascii_digit());
        let is_unknown = |at: usize| match columns[at].field {
            Field::Unknown => true,
            Field::Number => self.cells(at).all(is_word),
            _ => false,
        };
        (0..columns.len()).find(|&at| is_unknown(at) && test(at))
    }

    fn holds_links(&self, at: usize) -> bool {
        self.cells(at).all(|cell| is_absent(cell) || is_linked(cell)) && self.cells(at).any(is_linked)
    }

    /// True for cells that are links with the same words or pictures in all rows, `[Apply](…)`.
    fn are_buttons(&self, at: usize) -> bool {
        let words = |cell: &'a str| {
            let found = link::find(cell).next().filter(|found| found.range == (0..cell.len()))?;
            Some(if is_picture(found.text) { "" } else { found.text })
        };
        let mut cells = self.cells(at);
        let first = cells.next().and_then(words);
        first.is_some() && cells.all(|cell| is_absent(cell) || words(cell) == first)
    }

    /// True if the cells of a column name their rows: words that mostly differ. Where nothing else is known of the rows they are `long`, as
    /// the names of sites and files are not.
    fn texts_differ(&self, at: usize, long: bool) -> bool {
        let mut seen = HashSet::new();
        let mut width = 0;
        for cell in self.cells(at) {
            let link = link::find(cell).next();
            let is_name = cell.contains(char::is_alphabetic)
                && cell.len() <= MAX_GUESSED
                && date::find(cell).is_none_or(|(_, day)| day.len() < cell.len() / 2)
                && link.as_ref().is_none_or(|found| !found.text.is_empty() && !is_link_word(found.text));
            if !is_name {
                return false;
            }
            width += cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            seen.insert(link.map_or(cell, |found| found.text));
        }
        seen.len() * 2 > self.0.len() && (!long || MIN_TITLE * self.0.len() <= width)
    }
}

/// True for the words of a link that are a picture.
fn is_picture(words: &str) -> bool {
    words.starts_with("<img") || words.starts_with("![")
}

/// True for a cell with a link to the web.
fn is_linked(cell: &str) -> bool {
    link::find(cell).any(|found| link::is_web(found.url))
}

/// Titles are wider than this at the mean, where letters of large alphabets count for two.
const MIN_TITLE: usize = 14;

/// The field that settings give a name.
pub(super) fn named(name: &str, columns: &[(String, Field)]) -> Option<Field> {
    columns.iter().find(|(column, _)| column.trim() == name.trim()).map(|(_, field)| *field)
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

/// Makes an entry of the cells of a row, one text per column. None if the row names nothing: no title, no link, no id. `marked` is
/// false only if no cell holds a backslash or `<`.
pub(super) fn entry(columns: &[Column], cells: &[&str], marked: bool) -> Option<Entry> {
    let mut draft = Draft::default();
    for (column, cell) in columns.iter().zip(cells) {
        match marked {
            // A bar in a cell is written `\|`; elsewhere that is TeX for a double one.
            true if cell.contains("\\|") => draft.fill(column.field, &column.name, &cell.replace("\\|", "|")),
            true => draft.fill(column.field, &column.name, cell),
            false => draft.fill_plain(column.field, &column.name, trim(cell)),
        }
    }
    draft.finish()
}
