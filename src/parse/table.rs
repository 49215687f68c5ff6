//! Pipe tables anywhere in a file, with rows put together again that were torn by raw newlines and bare bars.
//!
//! A line of header cells over a line of dashes begins a table; one with a column for titles or links lists entries. From there
//! on a row begins at a line with a bar in front and goes on over any lines until it closes: until a line ends with a bar and
//! the cells can be given to the columns ([`super::align`]). A row that has not closed when the next one surely begins is
//! taken as it is, or is rejected; either way it costs no other row.

use super::align::{self, Alignment};
use super::claim::{Claim, Document, Mark};
use super::date;
use super::heading::heading;
use super::lexicon::{self, Field, Form, nearest};
use super::link;
use super::outline;
use super::row::{self, Column};
use crate::diagnostic::{KEPT_PER_KIND, report};
use crate::model::Day;
use crate::text::{Line, Span, any_three, trim};
use std::ops::{Range, RangeInclusive};

/// Reads all tables of a document.
pub(super) fn read(document: &Document) -> Claim {
    let lines = document.lines.as_slice();
    let fences = ["```", "~~~"].map(|mark| (mark, (0..lines.len()).filter(|&i| lines[i].text.trim() == mark).collect()));
    let mut reader = Reader {
        document,
        lines,
        fences,
        claim: Claim::new("table", document),
        table: None,
        section: None,
        day: None,
        day_level: 0,
    };
    let mut i = 0;
    while i < reader.lines.len() {
        i = reader.step(i);
    }
    reader.claim
}

/// A table that lists entries.
struct Table {
    columns: Vec<Column>,
    forms: Vec<Form>,
    /// True if rows begin with a bar.
    leading: bool,
    /// True if rows end with a bar.
    closing: bool,
    /// True if one of the columns is for links, so that a row without one is suspicious.
    has_link: bool,
}

struct Reader<'d> {
    document: &'d Document<'d>,
    lines: &'d [Line<'d>],
    /// The lines that can end a block of code, by the mark that began it.
    fences: [(&'static str, Vec<usize>); 2],
    claim: Claim,
    table: Option<Table>,
    /// The heading above, if it is below the first level and no day.
    section: Option<String>,
    /// The day that a heading above names, and the level of that heading.
    day: Option<Day>,
    day_level: usize,
}

/// How far the tables of neighbouring entries are from each other at most, in bytes.
const REACH: usize = 8192;

/// How many rows tell a work by its properties.
const PROPERTIES: RangeInclusive<usize> = 2..=24;

/// The columns of a wider table are known by their names alone.
const MAX_NAMED: usize = 24;

/// So many rows show that titles are numbers.
const MAX_COUNTED: usize = 24;

/// A header without a line of dashes is no longer than this, in bytes.
const MAX_HEADER: usize = 400;

/// Most rows have no more bars.
const TYPICAL_BARS: usize = 12;

/// Room for so many entries is made when a table begins, if the file has as many lines.
const TYPICAL_ENTRIES: usize = 512;

/// How many times an open row is weighed before it counts as one that never closes.
const MAX_ATTEMPTS: usize = 16;

impl<'d> Reader<'d> {
    /// Reads what begins at line `i` and gives the next line to look at.
    fn step(&mut self, i: usize) -> usize {
        let line = self.lines[i];
        if line.is_blank() {
            // Without bars in front, nothing but the blank line tells rows from the text below them.
            self.table = self.table.take().filter(|table| table.leading);
            return i + 1;
        }
        if self.table.is_some() && is_delimiter(line.text) {
            self.claim.marks.set(i..i + 1, Mark::Structure);
            return i + 1;
        }
        if let Some(header) = self.header_at(i).filter(|header| !self.is_row_above_dashes(i, header)) {
            return self.start_table(i, header);
        }
        if let Some(fence) = fence(line.text).filter(|_| self.table.is_none()) {
            return self.skip_code(i, fence);
        }
        if let Some(table) = &self.table {
            if begins_row(table, line.text) {
                return self.read_row(i);
            }
            if !table.leading {
                self.table = None;
            }
        } else if let Some(table) = bare_table(line.text) {
            self.table = Some(table);
            return self.read_row(i);
        }
        self.read_outside(i)
    }

    /// The header cells if a table begins at line `i`.
    fn header_at(&self, i: usize) -> Option<Vec<&'d str>> {
        let (line, next) = (self.lines[i].text, self.lines.get(i + 1)?.text);
        let dashes_follow = is_delimiter(next);
        // Within a table only a line of dashes makes a header of the one before, and nearly all lines are within.
        if !dashes_follow && self.table.is_some() || memchr::memchr(b'|', line.as_bytes()).is_none() {
            return None;
        }
        if !dashes_follow {
            return self.bare_header(line, next);
        }
        let header = cells_of(line);
        let dashes = cells_of(next).len();
        (dashes > 0 && header.len() < 2 * dashes + 2).then_some(header)
    }

    /// True for a row right below another one, as wide as their table or with a link, above a line of dashes that only parts it from the
    /// next row.
    fn is_row_above_dashes(&self, i: usize, header: &[&str]) -> bool {
        let Some(table) = self.table.as_ref().filter(|_| i > 0 && self.lines[i - 1].text.contains('|')) else { return false };
        let is_row = header.len() == table.columns.len() || link::find(self.lines[i].text).next().is_some();
        is_row && self.entry_table(i, header).is_none()
    }

    /// The header cells if a line can only be a header although no line of dashes follows: it has outer bars, every cell is the
    /// name of a field, and a row comes next.
    fn bare_header(&self, line: &'d str, next: &str) -> Option<Vec<&'d str>> {
        let (line, next) = (line.trim(), next.trim_start());
        if !line.starts_with('|') || !line.ends_with('|') || !next.starts_with('|') || line.len() > MAX_HEADER {
            return None;
        }
        let header = cells_of(line);
        (header.len() > 1 && header.iter().all(|cell| lexicon::look_up(cell).is_some())).then_some(header)
    }

    /// The table that begins at line `i`, if it lists entries.
    fn entry_table(&self, i: usize, header: &[&str]) -> Option<Table> {
        let mut columns = row::columns(header, &self.document.columns);
        self.name_by_rows(i, &mut columns);
        let has_link = columns.iter().any(|column| column.form() == Form::Link);
        let line = self.lines[i].text.trim();
        (row::lists_entries(&columns) && !self.is_of_properties(i, header) && !self.counts_titles(i, &columns)).then(|| Table {
            forms: columns.iter().map(Column::form).collect(),
            columns,
            leading: line.starts_with('|'),
            closing: line.ends_with('|'),
            has_link,
        })
    }

    /// True for a table of two columns in which most rows begin with the name of a field, `| 作者 | 张三 |`: it tells of one work.
    fn is_of_properties(&self, i: usize, header: &[&str]) -> bool {
        if header.len() != 2 {
            return false;
        }
        let rows = self.rows_below(i).take(PROPERTIES.end() + 1);
        let is_field = |row: &str| lexicon::look_up_whole(cells_of(row).first().copied().unwrap_or_default()).is_some();
        let (n, n_fields) = rows.fold((0, 0), |(n, n_fields), row| (n + 1, n_fields + usize::from(is_field(row))));
        PROPERTIES.contains(&n) && (n_fields > 1 && n_fields * 2 > n || self.repeats_names(i, header))
    }

    /// True for a table headed like one of properties whose first row begins like that of another one nearby, and whose names are no links.
    fn repeats_names(&self, i: usize, header: &[&str]) -> bool {
        let names_work = |row: &'d str| cells_of(row).first().is_some_and(|cell| link::holds_address(cell));
        let Some(first) = self.rows_below(i).next().filter(|_| outline::is_head_of_properties(header)) else { return false };
        let Some(end) = first.match_indices('|').nth(1).map(|(at, _)| at + 1) else { return false };
        let (start, text) = (self.lines[i].start, self.document.text.as_bytes());
        let near = &text[start.saturating_sub(REACH)..text.len().min(start + REACH)];
        !self.rows_below(i).any(names_work) && memchr::memmem::find_iter(near, &first.as_bytes()[..end]).nth(1).is_some()
    }

    /// The lines of the rows below a header.
    fn rows_below(&self, i: usize) -> impl Iterator<Item = &'d str> {
        let rows = self.lines[i + 1..].iter().map(|line| line.text.trim()).take_while(|line| line.starts_with('|'));
        rows.filter(|row| !is_delimiter(row))
    }

    /// Finds out by the first rows what columns of unknown names are where a table has none for links, or none for titles.
    fn name_by_rows(&self, i: usize, columns: &mut [Column]) {
        let has = |field: &dyn Fn(&Column) -> bool| columns.iter().any(field);
        if MAX_NAMED < columns.len() || has(&|column| column.form() == Form::Link) && has(&|column| column.field == Field::Title)
        {
            return;
        }
        let rows = row::FirstRows::new(self.rows_below(i).take(MAX_COUNTED).map(cells_of));
        rows.name_by_links(columns);
        rows.name_by_texts(columns);
    }

    /// True if what is called like a column for titles holds nothing but numbers in several rows: `| Date | Papers |` counts them.
    fn counts_titles(&self, i: usize, columns: &[Column]) -> bool {
        let Some(title) = columns.iter().position(|column| column.field == Field::Title) else { return false };
        let mut rows = self.rows_below(i).take(MAX_COUNTED);
        let is_number = |cell: &str| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
        let mut n = 0;
        let mut counts = |row: &'d str| {
            n += 1;
            cells_of(row).get(title).is_some_and(|cell| is_number(trim(cell)))
        };
        rows.all(&mut counts) && n > 1
    }

    fn start_table(&mut self, i: usize, header: Vec<&'d str>) -> usize {
        let n_lines = if is_delimiter(self.lines[i + 1].text) { 2 } else { 1 };
        self.claim.marks.set(i..i + n_lines, Mark::Structure);
        self.table = self.entry_table(i, &header);
        self.claim.listed.reserve((self.lines.len() - i).min(TYPICAL_ENTRIES));
        let line = self.lines[i];
        let span = Span::new(line.start, line.end());
        let Some(table) = &self.table else {
            self.claim.note(span, report::table_without_entries(&header));
            return self.skip_table(i + n_lines);
        };
        let unknown = table.columns.iter().filter(|c| c.field == Field::Unknown && !c.name.is_empty());
        for column in unknown.take(KEPT_PER_KIND) {
            self.claim.note(span, report::unknown_column(&column.name, nearest(&column.name)));
        }
        for column in &table.columns {
            self.claim.found(column.field);
        }
        i + n_lines
    }

    /// Passes over the rows of a table that lists no entries.
    fn skip_table(&mut self, mut i: usize) -> usize {
        while self.lines.get(i).is_some_and(|line| !line.is_blank() && line.text.contains('|')) && self.header_at(i).is_none() {
            self.claim.marks.set(i..i + 1, Mark::Structure);
            i += 1;
        }
        i
    }

    /// Passes over a code block; a fence that never closes is a line like any other.
    fn skip_code(&mut self, i: usize, mark: &str) -> usize {
        let fences = self.fences.iter().find(|(known, _)| *known == mark).map_or(&[][..], |(_, fences)| fences);
        let close = fences.get(fences.partition_point(|&fence| fence <= i));
        let end = close.map_or(i + 1, |close| close + 1);
        self.claim.marks.set(i..end, Mark::Structure);
        end
    }

    /// A line outside of all rows.
    fn read_outside(&mut self, i: usize) -> usize {
        let line = self.lines[i];
        if let Some((level, text)) = heading(line.text) {
            self.claim.marks.set(i..i + 1, Mark::Structure);
            let without_year = || date::find_at_start(text, self.document.when?);
            let day = date::find(text).or_else(without_year).map(|(day, _)| day).filter(|_| !super::place::is_update(text));
            self.section = (level > 1 && day.is_none() && !super::place::is_update(text))
                .then(|| super::outline::section_name(text))
                .filter(|name| !name.is_empty());
            self.day = day.or(self.day.filter(|_| level > self.day_level));
            self.day_level = if day.is_some() { level } else { self.day_level };
        }
        i + 1
    }

    /// Reads the row that begins at line `i`.
    fn read_row(&mut self, i: usize) -> usize {
        let Some(table) = self.table.take() else { return i + 1 };
        let mut row = Row::new(self.document.text, self.lines[i]);
        let mut next = i + 1;
        let mut closed = row.is_complete(&table);
        while let Some(line) = self.lines.get(next).filter(|_| table.leading) {
            if closed {
                let Some(end) = self.end_of_inner_table(&table, i, next) else { break };
                self.lines[next..end].iter().for_each(|line| row.extend(*line));
                (next, closed) = (end, false);
                continue;
            }
            if self.header_at(next).is_some_and(|header| self.entry_table(next, &header).is_some()) {
                break;
            }
            if line.text.trim_start().starts_with('|') && row_begins_after(&row, &table, self.document.text, *line) {
                break;
            }
            // A line with bars around all of its cells is a row, whatever is in them.
            if row.is_whole(&table) && (line.is_blank() || heading(line.text).is_some()) {
                break;
            }
            row.extend(*line);
            next += 1;
            closed = row.is_complete(&table);
        }
        let followed = self.lines.get(next).is_some_and(|line| line.text.trim_start().starts_with('|'));
        if !closed && table.leading && !followed {
            next = self.cut_to_paragraph(&mut row, i, next);
        }
        self.finish(&table, row, closed || !table.closing, i..next);
        self.table = Some(table);
        next
    }

    /// The line after a table inside of the last cell of a row, which seemed to be complete with the header of that table: a row of dashes
    /// follows that is too narrow for this table.
    fn end_of_inner_table(&self, table: &Table, first: usize, next: usize) -> Option<usize> {
        let delimiter = self.lines.get(next).filter(|line| is_delimiter(line.text) && next > first + 1)?;
        let n = cells_of(delimiter.text.trim()).len();
        let is_inner = |line: &Line| {
            let text = line.text.trim();
            text.starts_with('|') && text.ends_with('|') && cells_of(text).len() == n
        };
        if n >= table.columns.len() || !is_inner(&self.lines[next - 1]) {
            return None;
        }
        Some(next + self.lines[next..].iter().take_while(|line| is_inner(line)).count())
    }

    /// A row that ran to the end of the file without closing keeps the paragraph of its last bar, so that it takes no other text.
    fn cut_to_paragraph(&mut self, row: &mut Row<'d>, first: usize, next: usize) -> usize {
        let last_bar = row.bars.last().copied().unwrap_or(row.start);
        let after = |k: &usize| self.lines[*k].start > last_bar && self.lines[*k].is_blank();
        let Some(cut) = (first + 1..next).find(after) else { return next };
        row.end_at(self.lines[cut - 1].end());
        cut
    }

    fn finish(&mut self, table: &Table, mut row: Row<'d>, closed: bool, lines: Range<usize>) {
        let text = self.document.text;
        let span = Span::new(row.start, row.end);
        self.claim.rows += 1;
        let n_cells = row.n_cells();
        let (joined, fits) = match row.fitting.take() {
            Some(cells) => (cells, true),
            None => {
                let (alignment, cells) = (row.align(table), row.cells().collect::<Vec<_>>());
                (alignment.columns.into_iter().map(|range| joined(text, &cells, range)).collect(), alignment.fits)
            }
        };
        let is_rest_of_row = !closed && table.has_link && !row.has_link && n_cells < table.forms.len();
        let entry = if is_rest_of_row { None } else { row::entry(&table.columns, &joined, row.is_marked) };
        let Some(mut entry) = entry else {
            self.claim.reject(lines);
            let empty = joined.iter().all(|cell| cell.trim().is_empty());
            self.claim.note(span, if empty { report::empty_row() } else { report::row_rejected(closed) });
            return;
        };
        let n_lines = lines.len();
        if !closed && !row.is_closed {
            self.claim.note(span, report::row_not_closed());
        } else if !closed || !fits {
            self.claim.note(span, report::row_misaligned(n_cells, table.columns.len()));
        } else if n_cells != table.columns.len() {
            self.claim.note(span, report::bare_bar(n_cells, table.columns.len()));
        } else if n_lines > 1 {
            self.claim.note(span, report::row_over_lines(n_lines));
        }
        if entry.title.is_none() {
            self.claim.note(span, report::entry_without_title());
        }
        if table.has_link && entry.links.is_empty() && entry.id.is_none() {
            self.claim.note(span, report::entry_without_link());
        }
        entry.section.clone_from(&self.section);
        entry.span = span;
        entry.line = row.line;
        self.claim.push(entry, self.day, lines);
    }
}

/// A row that is being read: a stretch of the text and the bars in it.
struct Row<'d> {
    text: &'d str,
    start: usize,
    end: usize,
    line: u32,
    n_lines: usize,
    /// Offsets in `text` of the bars that are not escaped.
    bars: Vec<usize>,
    /// True if its last line ends with a bar.
    is_closed: bool,
    /// True once something in it looks like a link.
    has_link: bool,
    /// True once a backslash or `<` is in it.
    is_marked: bool,
    /// Its cells once they are known to fit the columns one by one, as nearly all do.
    fitting: Option<Vec<&'d str>>,
    attempts: usize,
}

impl<'d> Row<'d> {
    fn new(text: &'d str, line: Line<'d>) -> Row<'d> {
        let start = line.start + (line.text.len() - line.text.trim_start().len());
        let mut row = Row {
            text,
            start,
            end: start,
            line: line.number,
            n_lines: 0,
            bars: Vec::with_capacity(TYPICAL_BARS),
            is_closed: false,
            has_link: false,
            is_marked: false,
            fitting: None,
            attempts: 0,
        };
        row.extend(line);
        row
    }

    fn extend(&mut self, line: Line<'d>) {
        let bytes = line.text.as_bytes();
        bars(bytes, |at| self.bars.push(line.start + at));
        self.end_at(line.end());
        self.n_lines += 1;
        self.is_marked = self.is_marked || any_three(bytes, |a, _, _| (a == b'\\') | (a == b'<'));
        self.has_link = self.has_link || link::holds_address(line.text);
        self.fitting = None;
    }

    fn end_at(&mut self, end: usize) {
        self.end = end;
        self.is_closed = self.bars.last().is_some_and(|&bar| bar > self.start && trim(&self.text[bar + 1..end]).is_empty());
    }

    fn n_cells(&self) -> usize {
        let leads = self.bars.first() == Some(&self.start);
        (self.bars.len() + 1).saturating_sub(usize::from(leads) + usize::from(self.is_closed))
    }

    /// True if the row is one line with a bar at its end and a cell for each column.
    fn is_whole(&self, table: &Table) -> bool {
        table.closing && self.n_lines == 1 && self.is_closed && self.n_cells() == table.columns.len()
    }

    /// True if the row is closed and each column has what it can hold.
    fn is_complete(&mut self, table: &Table) -> bool {
        let n = table.columns.len();
        if table.closing && !self.is_closed || self.n_cells() < n || self.attempts >= MAX_ATTEMPTS {
            return false;
        }
        let n_cells = self.n_cells();
        if self.n_lines == 1 && n_cells == n {
            self.fitting = Some(self.texts()).filter(|cells| align::fits(&table.forms, cells));
            if self.fitting.is_some() {
                return true;
            }
        }
        if table.has_link && !self.has_link && n_cells != n {
            return false;
        }
        self.attempts += 1;
        let alignment = self.align(table);
        alignment.fits && (self.n_lines == 1 || !table.has_link || self.says_link(table, &alignment))
    }

    /// True if a column for links has a link, or says that there is none. The nothing between two lines of a nested table says
    /// neither.
    fn says_link(&self, table: &Table, alignment: &Alignment) -> bool {
        let cells: Vec<Span> = self.cells().collect();
        let says = |(form, range): (&Form, &Range<usize>)| {
            *form == Form::Link && !joined(self.text, &cells, range.clone()).trim().is_empty()
        };
        table.forms.iter().zip(&alignment.columns).any(says)
    }

    /// The spans of the cells, without the bars.
    fn cells(&self) -> impl Iterator<Item = Span> {
        let leads = self.bars.first() == Some(&self.start);
        let bars = &self.bars[usize::from(leads)..];
        let last = (!self.is_closed).then_some(self.end);
        let mut start = if leads { self.start + 1 } else { self.start };
        bars.iter().copied().chain(last).map(move |end| {
            let cell = Span::new(start, end);
            start = end + 1;
            cell
        })
    }

    /// The texts of the cells.
    fn texts(&self) -> Vec<&'d str> {
        let mut texts = Vec::with_capacity(self.bars.len() + 1);
        self.cells().for_each(|cell| texts.push(cell.of(self.text)));
        texts
    }

    fn align(&self, table: &Table) -> Alignment {
        let texts = self.texts();
        let inside = if texts.len() > table.columns.len() { self.bars_inside() } else { Vec::new() };
        align::align(&table.forms, &texts, &inside)
    }

    /// For each cell whether the bar before it stands inside of a formula or code.
    fn bars_inside(&self) -> Vec<bool> {
        let offsets: Vec<usize> = self.bars.iter().map(|bar| bar - self.start).collect();
        let mut inside = align::bars_inside(&self.text[self.start..self.end], &offsets);
        if self.bars.first() != Some(&self.start) {
            inside.insert(0, false);
        }
        inside
    }
}

/// Whether a line with a bar in front begins a new row although the one before it has not closed.
fn row_begins_after(open: &Row, table: &Table, text: &str, line: Line) -> bool {
    let mut row = Row::new(text, line);
    // Two whole lines are two rows, also if none says where its work is found.
    let n = table.columns.len();
    let are_whole = open.is_whole(table) && row.is_closed && row.n_cells() >= n && !is_delimiter(line.text);
    if are_whole || row.is_complete(table) {
        return true;
    }
    // A closed line with too few cells is a row of a table inside of a cell.
    let nested = row.is_closed && (row.n_cells() < table.columns.len() || is_delimiter(line.text)) && !row.has_link;
    !nested && (!table.has_link || !row.is_closed || open.has_link)
}

/// The text of neighbouring cells with the bars between them. Empty cells at their end are a bar too many, not text.
fn joined<'d>(text: &'d str, cells: &[Span], mut range: Range<usize>) -> &'d str {
    while range.len() > 1 && trim(cells[range.end - 1].of(text)).is_empty() {
        range.end -= 1;
    }
    match (cells.get(range.start), range.end.checked_sub(1).and_then(|last| cells.get(last))) {
        (Some(first), Some(last)) if !range.is_empty() => Span { start: first.start, end: last.end }.of(text),
        _ => "",
    }
}

/// True if a line begins a row: a bar in front, or in tables without such, any bar. A row whose start is lost shows by its link.
fn begins_row(table: &Table, line: &str) -> bool {
    let trimmed = line.trim_start();
    if table.leading {
        return trimmed.starts_with('|')
            || trimmed.trim_end().ends_with('|') && trimmed.contains("](") && trimmed.matches('|').count() > 1;
    }
    trimmed.contains('|')
}

/// The table that begins with a row and no header, if its cells show what they are.
fn bare_table(line: &str) -> Option<Table> {
    let line = line.trim();
    if !line.starts_with('|') || !line.ends_with('|') || line.len() > MAX_ROW {
        return None;
    }
    let cells = cells_of(line);
    let columns = row::columns_of(&cells).filter(|columns| columns.len() >= MIN_BARE)?;
    let forms = columns.iter().map(Column::form).collect();
    Some(Table { columns, forms, leading: true, closing: true, has_link: true })
}

/// A row without a header has at least so many cells.
const MIN_BARE: usize = 3;

/// A longer row, in bytes, shows its columns by nothing but a header.
const MAX_ROW: usize = 8192;

/// The cells of a row on one line, as GFM cuts it.
pub(super) fn cells_of(line: &str) -> Vec<&str> {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    let bytes = inner.as_bytes();
    let mut start = 0;
    let mut cells = Vec::new();
    for bar in memchr::memchr_iter(b'|', bytes).filter(|&at| !is_escaped(bytes, at)) {
        cells.push(&inner[start..bar]);
        start = bar + 1;
    }
    cells.push(&inner[start..]);
    cells
}

/// Gives the bars of a line that are not escaped. They stand too near each other for a search from one to the next to be worth its
/// start, so eight bytes are looked at together.
fn bars(line: &[u8], mut give: impl FnMut(usize)) {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    let (words, rest) = line.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        // A bar becomes a byte of zeros, which alone stays without its high bit in the sum, whatever stands beside it.
        let word = u64::from_le_bytes(*word) ^ u64::from_ne_bytes([b'|'; 8]);
        let mut found = !(((word & LOW) + LOW) | word | LOW);
        while found != 0 {
            let at = i * 8 + found.trailing_zeros() as usize / 8;
            if !is_escaped(line, at) {
                give(at);
            }
            found &= found - 1;
        }
    }
    let first = line.len() - rest.len();
    (first..line.len()).filter(|&at| line[at] == b'|' && !is_escaped(line, at)).for_each(give);
}

/// True if an odd number of backslashes stands before `at`.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

/// True for the line of dashes under a header: `|---|:-:|`, with at least one bar or one colon and only such signs.
fn is_delimiter(line: &str) -> bool {
    let line = trim(line);
    let signs = line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'));
    let cells = || line.trim_matches('|').split('|');
    signs
        && line.contains('|')
        && line.contains('-')
        && cells().all(|cell| cell.trim().trim_matches(':').bytes().all(|b| b == b'-') && cell.contains('-'))
}

/// The fence that a line opens a code block with.
fn fence(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
}
