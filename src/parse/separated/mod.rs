//! Separated values (CSV, TSV) with a line of names above rows of works.
//!
//! Rows are cut as RFC 4180 has it ([`cut`]). A row that is in order is taken as it is. One that goes over several lines and is not in
//! order, because a quote in it closes elsewhere than its cell, ends before the next line that begins a row in order; so it costs
//! no other row. Cells that are too many or too few are given to the columns by their forms, as those of pipe tables are
//! ([`super::align`]).

mod cut;

use super::align::{self, Alignment};
use super::claim::{Claim, Document, Mark};
use super::fields::Draft;
use super::heading::{first_heading, heading};
use super::lexicon::{self, Field, Form, is_absent, nearest};
use super::row::{self, Column};
use super::{date, link, value};
use crate::diagnostic::{KEPT_PER_KIND, report};
use crate::model::{Day, Entry};
use crate::text::{Line, Span, single_spaced};
use cut::{Cell, Cutter, Record};
use std::borrow::Cow;
use std::ops::Range;

/// The name of the dialect.
pub(super) const DIALECT: &str = "csv";

/// Extensions of files of separated values.
const EXTENSIONS: &[&str] = &["csv", "tsv", "tab"];

/// What parts cells.
const SEPARATORS: &[u8] = b",;\t";

/// The names stand on one of the first lines with words on them.
const MAX_BEFORE: usize = 8;

/// A longer line has no names of columns, in bytes.
const MAX_HEADER: usize = 8192;

/// A table in a file of any text has at least so many columns.
const MIN_COLUMNS: usize = 3;

/// Cells are weighed against so many columns at most; in wider tables they go to columns in order.
const MAX_COLUMNS_WEIGHED: usize = 40;

/// A row without quotes is put together from so many lines at most.
const MAX_TORN: usize = 16;

/// How often the text may be looked at again to put rows together.
const MAX_LOOKS: usize = 4;

/// One of these is told of a work.
const TELLING: &[Field] = &[Field::Title, Field::Authors, Field::Summary, Field::Comment, Field::Tags, Field::Source];

/// Names of columns of titles that may stand beside no more than a number, as in charts. Others name what is counted as well.
const TITLES: &[&str] = &["title", "headline", "标题", "標題", "新闻标题", "文章标题", "热搜", "热搜词", "タイトル", "제목"];

/// Longer cells name no columns, in bytes.
const MAX_NAME: usize = 80;

/// Columns by which a table shows that `daysheet export` wrote it.
const OWN: &[(&str, Field)] = &[("position", Field::Number), ("work", Field::Id), ("version", Field::Unknown)];

/// True if files with an extension, in lower case, hold separated values.
pub(super) fn is_named(extension: &str) -> bool {
    EXTENSIONS.contains(&extension)
}

/// Reads a file that is called separated values, or a text that can be nothing else; none if no works are listed in it.
pub(super) fn read(document: &Document) -> Option<Claim> {
    let table = match document.extension.as_str() {
        "txt" => clean_table(document)?,
        extension if is_named(extension) => first_table(document).filter(Table::tells_of_works)?,
        _ => return None,
    };
    let claim = claim(document, table);
    (!claim.weak || !counts_titles(&claim)).then_some(claim)
}

/// Reads a file as settings say.
pub(super) fn read_as(document: &Document) -> Claim {
    first_table(document).map_or_else(|| Claim::new(DIALECT, document), |table| claim(document, table))
}

/// True if what is called like a title is a number in all of several rows.
fn counts_titles(claim: &Claim) -> bool {
    let is_number = |title: &String| title.bytes().all(|b| b.is_ascii_digit());
    claim.listed.len() > 1 && claim.listed.iter().all(|one| one.entry.title.as_ref().is_some_and(is_number))
}

/// What the names over the rows say.
struct Table {
    /// The line of the names, as an index of the document's.
    line: usize,
    separator: u8,
    columns: Vec<Column>,
    forms: Vec<Form>,
    /// True if one of the columns is for links, so that a row without one is suspicious.
    has_link: bool,
    /// The column with the day of the digest, where another one has the day of publishing.
    day: Option<usize>,
    /// The column with the version of a work, in what `daysheet export` wrote.
    version: Option<usize>,
}

impl Table {
    /// The table below a line of names, if it lists entries.
    fn new(document: &Document, line: usize, separator: u8, names: &[Cow<str>]) -> Option<Table> {
        // Separators may stand at the end of each line.
        let n = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let names: Vec<&str> = names[..n].iter().map(Cow::as_ref).collect();
        let is_own = OWN.iter().all(|(name, _)| names.contains(name));
        let own = OWN.iter().filter(|_| is_own).map(|&(name, field)| (name.to_owned(), field));
        let named: Vec<(String, Field)> = document.columns.iter().cloned().chain(own).collect();
        let columns = row::columns(&names, &named);
        if n < 2 || !row::lists_entries(&columns) || names.iter().any(|name| is_value(name)) {
            return None;
        }
        let forms: Vec<Form> = columns.iter().map(Column::form).collect();
        let has_days = columns.iter().filter(|column| column.field == Field::Published).count() > 1;
        let day = columns.iter().position(|column| has_days && column.name.eq_ignore_ascii_case("day"));
        let version = columns.iter().position(|column| is_own && column.name == "version");
        Some(Table { line, separator, has_link: forms.contains(&Form::Link), columns, forms, day, version })
    }

    /// True if more is told of each work than when it was where, as logs do, or how much of what is called so there is.
    fn tells_of_works(&self) -> bool {
        let has = |fields: &[Field]| self.columns.iter().any(|column| fields.contains(&column.field));
        let is_titled = || self.columns.iter().any(|column| TITLES.iter().any(|title| column.name.eq_ignore_ascii_case(title)));
        has(TELLING) && (self.has_link || has(&[Field::Id, Field::Authors, Field::Summary, Field::Comment]))
            || is_titled() && has(&[Field::Number, Field::Score])
    }

    /// True if each column has a cell of its form, and one of them is more than words.
    fn fits(&self, texts: &[Cow<str>], may_be_words: bool) -> bool {
        let texts: Vec<&str> = texts.iter().map(Cow::as_ref).collect();
        let tells = |(form, text): (&Form, &&str)| matches!(form, Form::Link | Form::Date | Form::Id) && !is_absent(text);
        align::fits(&self.forms, &texts) && (may_be_words || self.forms.iter().zip(&texts).any(tells))
    }
}

/// True for a cell that is no name of a column: an address, a day, a number.
fn is_value(name: &str) -> bool {
    link::holds_address(name) || date::is_day(name) || !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit())
}

/// The first line that names columns, with the sign between which most of them are known.
fn first_table(document: &Document) -> Option<Table> {
    let lines = document.lines.iter().enumerate().filter(|(_, line)| !line.is_blank()).take(MAX_BEFORE);
    let mut said = None;
    for (i, line) in lines {
        said = said.or(said_separator(line.text));
        let signs = said.as_ref().map_or(SEPARATORS, std::slice::from_ref);
        let tables =
            signs.iter().filter_map(|&separator| Table::new(document, i, separator, &cells_of(document, line, separator)));
        let n_known = |table: &Table| table.columns.iter().filter(|column| column.field != Field::Unknown).count();
        if let Some(table) = tables.max_by_key(n_known) {
            return Some(table);
        }
    }
    None
}

/// The sign of a line `sep=;`, with which Excel is told what parts cells.
fn said_separator(line: &str) -> Option<u8> {
    match line.trim_matches(['"', ' ', '\r']).strip_prefix("sep=")?.as_bytes() {
        [sign] if SEPARATORS.contains(sign) => Some(*sign),
        _ => None,
    }
}

/// The cells of one line.
fn cells_of<'d>(document: &Document<'d>, line: &Line, separator: u8) -> Vec<Cow<'d, str>> {
    if line.text.len() > MAX_HEADER {
        return Vec::new();
    }
    let cutter = Cutter::new(document.text, line.start, line.end(), separator);
    cutter.record(line.start).cells.into_iter().map(|cell| cell.text(document.text)).collect()
}

/// The table of a text whose first line holds nothing but names of fields, with a row as wide below it.
fn clean_table(document: &Document) -> Option<Table> {
    let table = first_table(document)?;
    let mut lines = document.lines.iter().enumerate().filter(|(_, line)| !line.is_blank());
    let is_first = lines.next().is_some_and(|(i, _)| i == table.line);
    let has = |test: fn(&Column) -> bool| table.columns.iter().any(test);
    let is_clean = !has(|column| column.field == Field::Unknown) && has(|column| column.field == Field::Title);
    let is_linked = table.has_link || has(|column| column.field == Field::Id);
    let (_, row) = lines.next()?;
    let is_row = table.fits(&cells_of(document, row, table.separator), false);
    (is_first && is_clean && is_linked && is_row && MIN_COLUMNS <= table.columns.len()).then_some(table)
}

fn claim(document: &Document, table: Table) -> Claim {
    let end = document.lines.last().map_or(0, Line::end);
    let start = document.lines.get(table.line + 1).map_or(end, |line| line.start);
    let mut reader = Reader {
        document,
        cutter: Cutter::new(document.text, start, end, table.separator),
        looks: MAX_LOOKS * document.text.len(),
        claim: Claim::new(DIALECT, document),
        table,
    };
    let mut i = reader.read_head();
    while i < document.lines.len() {
        i = if document.lines[i].is_blank() { i + 1 } else { reader.read_row(i) };
    }
    let is_linked = |entry: &Entry| !entry.links.is_empty() || entry.id.is_some();
    reader.claim.weak = !reader.claim.listed.iter().any(|one| is_linked(&one.entry));
    reader.claim
}

/// A row, and what was done to have it whole.
struct Row {
    record: Record,
    /// The line after it, as an index of the document's.
    next: usize,
    repair: Option<Repair>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repair {
    /// Lines without quotes around them were joined.
    Joined,
    /// It was cut off from the rows that its open quote would have taken in.
    Cut,
}

struct Reader<'d> {
    document: &'d Document<'d>,
    cutter: Cutter<'d>,
    table: Table,
    claim: Claim,
    /// How many bytes may still be looked at again.
    looks: usize,
}

impl<'d> Reader<'d> {
    /// Reads the lines down to the names of the columns and gives the next one.
    fn read_head(&mut self) -> usize {
        let names = self.table.line;
        for (i, line) in self.document.lines[..names].iter().enumerate() {
            if heading(line.text).is_some() || said_separator(line.text).is_some() {
                self.claim.marks.set(i..i + 1, Mark::Structure);
            }
        }
        self.claim.about.heading = first_heading(&self.document.lines[..names]).map(str::to_owned);
        self.claim.marks.set(names..names + 1, Mark::Structure);
        let line = self.document.lines[names];
        let unknown = self.table.columns.iter().filter(|column| column.field == Field::Unknown && !column.name.is_empty());
        for column in unknown.take(KEPT_PER_KIND) {
            self.claim.note(Span::new(line.start, line.end()), report::unknown_column(&column.name, nearest(&column.name)));
        }
        for column in &self.table.columns {
            self.claim.found(column.field);
        }
        names + 1
    }

    /// Reads the row that begins at line `i` and gives the next line.
    fn read_row(&mut self, i: usize) -> usize {
        let row = self.row(i);
        let texts = self.texts(&row.record);
        let texts = if row.repair == Some(Repair::Joined) { self.on_one_line(texts) } else { texts };
        let is_name = |text: &Cow<str>| text.len() <= MAX_NAME && lexicon::look_up(text).is_some();
        if texts.len() > 1
            && texts.iter().all(is_name)
            && let Some(table) = Table::new(self.document, i, self.table.separator, &texts)
        {
            // Files that were put together have names of columns again.
            self.table = table;
            self.claim.marks.set(i..row.next, Mark::Structure);
            return row.next;
        }
        self.finish(&row, &texts, i..row.next);
        row.next
    }

    fn row(&mut self, i: usize) -> Row {
        let lines = &self.document.lines;
        let record = self.cutter.record(lines[i].start);
        let next = self.line_after(&record, i);
        let is_on_line = record.is_closed && next == i + 1;
        if is_on_line {
            let joined = self.torn(&record, i).or_else(|| self.with_text_below(&record, i));
            return joined.unwrap_or(Row { record, next, repair: None });
        }
        let is_in_order = record.is_closed && self.texts(&record).len() == self.table.columns.len() && !self.has_stray(&record);
        let cut = if is_in_order { None } else { self.begin_of_row(i + 1..next, record.is_closed) };
        match cut {
            None if record.is_closed => Row { record, next, repair: None },
            cut => {
                let next = cut.unwrap_or(next);
                let record = self.cutter.record_until(lines[i].start, lines[next - 1].end());
                Row { record, next, repair: Some(Repair::Cut) }
            }
        }
    }

    /// The line after a record that begins at line `i`.
    fn line_after(&self, record: &Record, i: usize) -> usize {
        let lines = &self.document.lines;
        if record.end <= lines[i].end() { i + 1 } else { lines.partition_point(|line| line.start < record.end).max(i + 1) }
    }

    /// The first of some lines at which a row begins that is in order. A row that `is_closed` may have such lines in one of its cells,
    /// unless they hold more than words.
    fn begin_of_row(&mut self, lines: Range<usize>, is_closed: bool) -> Option<usize> {
        let n = self.table.columns.len();
        let mut wide = None;
        for i in lines.clone() {
            let line = self.document.lines[i];
            let record = self.cutter.record(line.start);
            if !record.is_closed || line.is_blank() {
                continue;
            }
            let Some(looks) = self.looks.checked_sub(record.end - line.start) else {
                return Some(lines.start).filter(|_| !is_closed);
            };
            self.looks = looks;
            let texts = self.texts(&record);
            if texts.len() == n && !self.has_stray(&record) && self.table.fits(&texts, !is_closed) {
                return Some(i);
            }
            let is_wide = texts.len() == n && (!self.table.has_link || link::holds_address(line.text));
            wide = wide.or(Some(i).filter(|_| is_wide && !is_closed));
        }
        wide
    }

    /// A row whose cells go over raw line ends without quotes: the lines below make it whole, and none of them is a row.
    fn torn(&mut self, first: &Record, i: usize) -> Option<Row> {
        let n = self.table.columns.len();
        let has_address = |i: usize| link::holds_address(self.document.lines[i].text);
        if !self.table.has_link || self.texts(first).len() >= n || has_address(i) {
            return None;
        }
        let last = self.document.lines.len().min(i + MAX_TORN);
        for k in i + 1..last {
            let (start, end) = (self.document.lines[i].start, self.document.lines[k].end());
            self.looks = self.looks.checked_sub(end - start)?;
            let below = self.texts(&self.cutter.record(self.document.lines[k].start));
            if self.table.fits(&below, false) {
                return None;
            }
            let record = self.cutter.record_until(start, end);
            let texts = self.on_one_line(self.texts(&record));
            if texts.len() > n {
                return None;
            }
            if texts.len() == n && self.table.fits(&texts, false) {
                return Some(Row { record, next: k + 1, repair: Some(Repair::Joined) });
            }
        }
        None
    }

    /// A row whose last text goes on below it without quotes, on lines of words.
    fn with_text_below(&self, first: &Record, i: usize) -> Option<Row> {
        let lines = &self.document.lines;
        let ends_with_text = self.table.columns.last().is_some_and(|c| matches!(c.field, Field::Summary | Field::Comment));
        let is_open = first.cells.last().is_some_and(|cell| !cell.is_quoted);
        let has_address = |line: &Line| link::holds_address(line.text);
        let is_whole = self.table.columns.len() <= first.cells.len() && has_address(&lines[i]);
        if !self.table.has_link || !ends_with_text || !is_open || !is_whole {
            return None;
        }
        let goes_on = |line: &&Line| !line.is_blank() && !has_address(line) && self.is_of_words(line);
        let next = i + 1 + lines[i + 1..].iter().take_while(goes_on).count();
        let record = || self.cutter.record_until(lines[i].start, lines[next - 1].end());
        (i + 1 < next).then(|| Row { record: record(), next, repair: Some(Repair::Joined) })
    }

    /// True for a line that has fewer cells than there are columns, and a blank or its end behind each separator.
    fn is_of_words(&self, line: &Line) -> bool {
        let record = self.cutter.record(line.start);
        let text = self.document.text;
        let are_parts = record.cells[1..].iter().all(|cell| !cell.blank_before(text).is_empty() || cell.text(text).is_empty());
        record.is_closed && record.end <= line.end() && record.cells.len() < self.table.columns.len() && are_parts
    }

    /// Texts of a row that was torn, where those of columns that hold no long texts are on one line.
    fn on_one_line(&self, texts: Vec<Cow<'d, str>>) -> Vec<Cow<'d, str>> {
        let is_long = |i: usize| self.table.forms.get(i).is_none_or(|form| matches!(form, Form::Text | Form::Title));
        let on_one_line = |(i, text): (usize, Cow<'d, str>)| if is_long(i) { text } else { single_spaced(&text).into() };
        texts.into_iter().enumerate().map(on_one_line).collect()
    }

    fn has_stray(&self, record: &Record) -> bool {
        record.cells.iter().any(|cell| cell.has_stray_quote(self.document.text))
    }

    /// The texts of the cells of a record. Empty ones behind the last column are separators too many.
    fn texts(&self, record: &Record) -> Vec<Cow<'d, str>> {
        let mut texts: Vec<Cow<str>> = record.cells.iter().map(|cell| cell.text(self.document.text)).collect();
        while texts.len() > self.table.columns.len() && texts.last().is_some_and(|text| text.is_empty()) {
            texts.pop();
        }
        texts
    }

    fn finish(&mut self, row: &Row, texts: &[Cow<str>], lines: Range<usize>) {
        let first = self.document.lines[lines.start];
        let span = Span::new(first.start, row.record.end);
        let n = self.table.columns.len();
        self.claim.rows += 1;
        let alignment = self.align(&row.record, texts);
        let (draft, day) = self.draft(&row.record, texts, &alignment);
        let Some(mut entry) = draft.finish() else {
            self.claim.reject(lines);
            let is_empty = texts.iter().all(|text| text.is_empty());
            self.claim.note(span, if is_empty { report::empty_row() } else { report::row_rejected(true) });
            return;
        };
        let separator = char::from(self.table.separator);
        match row.repair {
            Some(Repair::Cut) => self.claim.note(span, report::quote_not_closed()),
            _ if texts.len() > n && alignment.fits => self.claim.note(span, report::bare_separator(texts.len(), n, separator)),
            _ if texts.len() != n => self.claim.note(span, report::row_misaligned(texts.len(), n)),
            Some(Repair::Joined) => self.claim.note(span, report::row_over_lines(lines.len())),
            None if self.has_stray(&row.record) => self.claim.note(span, report::stray_quote()),
            None => {}
        }
        if entry.title.is_none() {
            self.claim.note(span, report::entry_without_title());
        }
        if self.table.has_link && entry.links.is_empty() && entry.id.is_none() {
            self.claim.note(span, report::entry_without_link());
        }
        entry.span = span;
        entry.line = first.number;
        self.claim.push(entry, day, lines);
    }

    /// Which cells go to which column. With as many cells as columns each goes to its own, whatever it looks like.
    fn align(&self, record: &Record, texts: &[Cow<str>]) -> Alignment {
        let (forms, n) = (&self.table.forms, self.table.columns.len());
        if texts.len() == n {
            return Alignment::plain(n);
        }
        if MAX_COLUMNS_WEIGHED < n {
            return align::in_order(n, texts.len());
        }
        let cells: Vec<&str> = texts.iter().map(Cow::as_ref).collect();
        let inside = self.separators_inside(&record.cells);
        // What stands behind a row that is in order is more than it should have.
        let is_before_more = n < cells.len() && !inside[..n].contains(&true) && align::fits(forms, &cells[..n]);
        if is_before_more && !matches!(forms[n - 1], Form::Text | Form::Title) {
            return align::in_order(n, cells.len());
        }
        align::align(forms, &cells, &inside)
    }

    /// The text of neighbouring cells with the separators between them.
    fn joined<'t>(&self, record: &Record, texts: &'t [Cow<str>], range: Range<usize>) -> Cow<'t, str> {
        let separator = char::from(self.table.separator);
        match &texts[range.clone()] {
            [] => "".into(),
            [one] => one.as_ref().into(),
            [first, others @ ..] => {
                let mut joined = first.to_string();
                for (cell, text) in record.cells[range.start + 1..].iter().zip(others) {
                    joined.push(separator);
                    // Cells lost the blanks around them.
                    joined.push_str(cell.blank_before(self.document.text));
                    joined.push_str(text);
                }
                joined.into()
            }
        }
    }

    /// For each cell whether the separator before it stands inside of a text: in a formula, or before a blank where names have none.
    fn separators_inside(&self, cells: &[Cell]) -> Vec<bool> {
        let text = self.document.text;
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return Vec::new() };
        let before: Vec<usize> = cells[1..].iter().map(|cell| cell.start().saturating_sub(1 + first.start())).collect();
        let row = text.get(first.start()..last.start()).unwrap_or("");
        let in_formula = align::bars_inside(row, &before);
        let names = self.document.lines[self.table.line].text;
        let is_spaced = names.contains(", ") || self.table.separator == b'\t';
        let after_blank = |cell: &Cell| !is_spaced && !cell.blank_before(text).is_empty();
        let inside = cells[1..].iter().zip(in_formula).map(|(cell, in_formula)| in_formula || after_blank(cell));
        std::iter::once(false).chain(inside).collect()
    }

    /// The entry of a row in the making, and the day of its digest.
    fn draft(&self, record: &Record, texts: &[Cow<str>], alignment: &Alignment) -> (Draft, Option<Day>) {
        let mut draft = Draft::default();
        let mut day = None;
        let version = self.table.version.and_then(|at| texts.get(at)).map_or("", |text| text.as_ref());
        for (i, (column, cells)) in self.table.columns.iter().zip(&alignment.columns).enumerate() {
            // What is no text takes one cell; further ones are kept beside it.
            let is_text = matches!(column.form(), Form::Text | Form::Title | Form::Names | Form::Words);
            let end = if is_text { cells.end } else { cells.end.min(cells.start + 1) };
            let text = self.joined(record, texts, cells.start..end);
            let text = without_guard(&text);
            match column.field {
                Field::Published if self.table.day == Some(i) => day = date::find(text).map(|(day, _)| day),
                Field::Title if value::is_url(text) => value::fill(&mut draft, Field::Link, &column.name, text),
                // The number of a row, as data frames write it, and the address as a key, which is the link's again.
                Field::Unknown if column.name.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {}
                Field::Id if text.starts_with("url:") => {}
                Field::Id if !version.is_empty() => draft.fill(Field::Id, &column.name, &format!("{text}v{version}")),
                Field::Unknown if self.table.version == Some(i) => {}
                field => value::fill(&mut draft, field, &column.name, text),
            }
            if end < cells.end {
                draft.keep(&column.name, &self.joined(record, texts, end..cells.end));
            }
        }
        draft.title_from_summary();
        (draft, day)
    }
}

/// A text without the apostrophe that keeps spreadsheets from taking it for a formula.
fn without_guard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|inner| inner.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(text)
}
