//! Reading: the bytes of a file become digests, findings and a ledger. Reading never fails and never panics.
//!
//! [`read`] decodes the bytes, takes the front matter off, lets the dialect that can account for most read the entries, and
//! then asks path, front matter and heading for day and source (`place`). A dialect makes a `Claim` of a `Document`.

pub mod lexicon;

mod align;
mod claim;
mod date;
mod fences;
mod fields;
mod framing;
mod front;
mod heading;
mod ids;
mod link;
mod markup;
mod mixed;
mod outline;
mod place;
mod references;
mod row;
mod separated;
mod table;
mod title;
mod value;
mod values;
mod wrapped;

pub use place::{DateRule, SourceRule};

use crate::diagnostic::{Diagnostic, Findings, Place, report};
use crate::memo::{Input, Memo, memo_fields, put_text};
use crate::model::{Day, Digest, DigestState, Entries, Entry, WorkId};
use crate::text::{self, Encoding, Line, LineIndex, Span};
use claim::{Claim, Document, Listed, Mark, Marks};
use fields::Draft;
use front::Front;
use heading::{first_heading, heading};
use lexicon::Field;
use std::collections::HashMap;
use std::ops::Range;

/// The values of the front matter of a text, and the text after it.
pub fn front_matter(text: &str) -> (Vec<(&str, &str)>, &str) {
    let front = front::read(text);
    let body = text::lines(text).nth(front.n_lines).map_or("", |line| &text[line.start..]);
    (front.values, body)
}

/// One file under the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Path relative to the content folder, `/`-separated.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The day on which it was last written (UTC), which dates issues that nothing else dates.
    pub modified: Option<Day>,
}

/// What settings say about reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Sources with the files that belong to them, tried in order.
    pub sources: Vec<SourceRule>,
}

/// What became of the rows of a file or a build. It closes if `rows = entries + merged + hidden + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Rows seen.
    pub rows: usize,
    /// Rows that became entries.
    pub entries: usize,
    /// Rows that repeat an entry of the same or another file.
    pub merged: usize,
    /// Rows that the owner hides.
    pub hidden: usize,
    /// Rows that became nothing; each is in a finding.
    pub rejected: usize,
}

memo_fields!(Ledger { rows, entries, merged, hidden, rejected });

impl Ledger {
    /// True if every row is accounted for.
    pub fn closes(&self) -> bool {
        self.rows == self.entries + self.merged + self.hidden + self.rejected
    }
}

impl std::ops::AddAssign for Ledger {
    fn add_assign(&mut self, other: Ledger) {
        self.rows += other.rows;
        self.entries += other.entries;
        self.merged += other.merged;
        self.hidden += other.hidden;
        self.rejected += other.rejected;
    }
}

/// What became of the lines of a file. Their sum is the number of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineLedger {
    /// Lines without words, outside of rows.
    pub blank: usize,
    /// Front matter, headings, table headers, code blocks, tables that list no entries.
    pub structure: usize,
    /// Lines of rows that became entries.
    pub entries: usize,
    /// Lines of rows that were rejected.
    pub rejected: usize,
    /// Text before the first row, kept as the digest's preface.
    pub preface: usize,
    /// Lines that nothing was made of; each block of them is in a finding.
    pub unread: usize,
}

memo_fields!(LineLedger { blank, structure, entries, rejected, preface, unread });

impl LineLedger {
    /// The number of lines.
    pub fn total(&self) -> usize {
        self.blank + self.structure + self.entries + self.rejected + self.preface + self.unread
    }
}

/// What was read from one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Path of the file.
    pub path: String,
    /// The name of the dialect that read it; none where no dialect found an entry.
    pub dialect: Option<&'static str>,
    /// The names of the fields that columns were found for, in the order of the lexicon's use.
    pub fields: Vec<&'static str>,
    /// The digests: none if the file is not a digest.
    pub digests: Vec<Digest>,
    /// What there is to say.
    pub findings: Findings,
    /// What became of its rows.
    pub ledger: Ledger,
    /// What became of its lines.
    pub lines: LineLedger,
}

impl Memo for Reading {
    fn put(&self, out: &mut Vec<u8>) {
        let Reading { path, dialect, fields, digests, findings, ledger, lines } = self;
        path.put(out);
        put_text(dialect.unwrap_or(""), out);
        fields.len().put(out);
        fields.iter().for_each(|field| put_text(field, out));
        digests.put(out);
        findings.put(out);
        ledger.put(out);
        lines.put(out);
    }

    fn get(input: &mut Input) -> Option<Reading> {
        let path = String::get(input)?;
        let dialect = input.name(DIALECTS.iter().copied().chain([""]))?;
        let fields = (0..usize::get(input)?).map(|_| input.name(lexicon::field_names())).collect::<Option<_>>()?;
        let (digests, findings) = (Vec::get(input)?, Findings::get(input)?);
        let dialect = Some(dialect).filter(|name| !name.is_empty());
        Some(Reading { path, dialect, fields, digests, findings, ledger: Ledger::get(input)?, lines: LineLedger::get(input)? })
    }
}

/// A file with so many links is no quiet day if no entry is found in it.
const MANY_LINKS: usize = 3;

/// Reads one file.
pub fn read(file: InputFile, options: &ReadOptions) -> Reading {
    let InputFile { path, bytes, modified } = file;
    let n_bytes = bytes.len();
    let decoded = text::decode(bytes);
    let mut findings = Findings::default();
    if let Some(finding) = encoding_finding(decoded.encoding, n_bytes) {
        findings.add(finding.in_file(&path));
    }
    let mut reading = Reading {
        path,
        dialect: None,
        fields: Vec::new(),
        digests: Vec::new(),
        findings,
        ledger: Ledger::default(),
        lines: LineLedger::default(),
    };
    if decoded.encoding != Encoding::Binary {
        read_text(&mut reading, &decoded.text, modified, options);
    }
    reading.digests.iter_mut().for_each(drop_unseen);
    reading
}

/// Drops signs that nobody can see from all texts of a digest; addresses are without them already.
fn drop_unseen(digest: &mut Digest) {
    let clean = text::drop_unseen;
    clean(&mut digest.source);
    [&mut digest.heading, &mut digest.preface].into_iter().flatten().for_each(clean);
    for entry in digest.entries.edit() {
        let texts = [&mut entry.title, &mut entry.original_title, &mut entry.note, &mut entry.summary, &mut entry.section];
        texts.into_iter().flatten().for_each(clean);
        entry.authors.iter_mut().chain(&mut entry.tags).for_each(clean);
        entry.extra.iter_mut().flat_map(|(name, text)| [name, text]).for_each(clean);
        entry.links.iter_mut().for_each(|link| clean(&mut link.text));
        entry.authors.retain(|name| !text::trim(name).is_empty());
        entry.tags.retain(|tag| !text::trim(tag).is_empty());
    }
}

fn encoding_finding(encoding: Encoding, n_bytes: usize) -> Option<Diagnostic> {
    match encoding {
        Encoding::Utf8 if n_bytes == 0 => Some(report::empty_file()),
        Encoding::Utf8 => None,
        Encoding::Utf16 => Some(report::other_encoding("UTF-16")),
        Encoding::Gb18030 => Some(report::other_encoding("GB18030 (GBK)")),
        Encoding::BrokenUtf8 => Some(report::broken_utf8()),
        Encoding::Binary => Some(report::binary_file()),
    }
}

fn read_text(reading: &mut Reading, text: &str, modified: Option<Day>, options: &ReadOptions) {
    let rule = place::rule_for(&reading.path, &options.sources);
    let extension = reading.path.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    // In YAML a line of dashes begins the next of several documents; a first line of CSV names columns.
    let has_front = !matches!(extension.as_str(), "yaml" | "yml") && !separated::is_named(&extension);
    let front = if has_front { front::read(text) } else { Front::default() };
    let lines: Vec<Line> = text::lines(text).skip(front.n_lines).collect();
    let columns = rule.map(|rule| rule.columns.clone()).unwrap_or_default();
    let when = place::day_in_path(&reading.path).map(date::When::Near).or_else(|| date::When::of_path(&reading.path));
    let document = Document { text, lines, columns, extension, when };
    let dialect = rule.and_then(|rule| rule.dialect.as_deref());
    if dialect == Some(LEFT_ALONE) {
        reading.lines.structure = front.n_lines + document.lines.len();
        reading.findings.add(report::left_alone().in_file(&reading.path));
        return;
    }
    let read = |inner: &Document, head: &[Line]| match dialect {
        Some(dialect) => read_as(inner, dialect),
        None => read_any(inner, &document, head),
    };
    // What shows by form alone is no reason to leave the text around it.
    let is_sure = |claim: &Claim| !claim.weak || read(&document, &[]).listed.is_empty();
    let wrapped = if front.n_lines == 0 { read_wrapped(&document, &read) } else { None };
    if let Some((front, claim)) = wrapped.filter(|(_, claim)| is_sure(claim)) {
        return settle(reading, &document, &front, rule, modified, claim);
    }
    let head: Vec<Line> = text::lines(text).take(front.n_lines).collect();
    let claim = read(&document, &head);
    let is_of_works = claim.dialect == separated::DIALECT || !claim.listed.is_empty() || 0 < claim.rejected;
    if dialect.is_none() && separated::is_named(&document.extension) && !is_of_works {
        // Numbers that a script keeps beside its digests are no day without entries.
        reading.lines.structure = document.lines.len();
        reading.findings.add(report::not_a_digest().in_file(&reading.path));
        return;
    }
    settle(reading, &document, &front, rule, modified, claim);
}

/// Reads a document in the dialect that can account for most. `head` are the lines of its front matter, which stand in `whole`.
fn read_any(document: &Document, whole: &Document, head: &[Line]) -> Claim {
    if let Some(claim) = separated::read(document) {
        return claim;
    }
    if separated::is_named(&document.extension) {
        return values::read(document).unwrap_or_else(|| table::read(document));
    }
    let claim =
        values::read(document).or_else(|| read_converted(document, &read_markdown)).unwrap_or_else(|| read_markdown(document));
    let in_fences = || fences::read(document).filter(|fenced| fenced.listed.len() > claim.rejected);
    let claim = if claim.listed.is_empty() { in_fences().unwrap_or(claim) } else { claim };
    let in_front = || values::front_records(whole, document, head);
    let claim = if claim.listed.is_empty() { in_front().unwrap_or(claim) } else { claim };
    let described = values::front_entry(whole, head, &claim.listed).filter(|draft| {
        let few = if draft.is_linked() { MIN_LISTED } else { MIN_BESIDE_AUTHOR };
        // What is known by an id is one work, whose sections may look like entries, if they name no other.
        let is_of_one = draft.known_id().is_some_and(|id| {
            id.is_registered()
                && claim.listed.iter().all(|one| one.entry.id.as_ref().is_none_or(|other| *other == id || !other.is_registered()))
        });
        claim.weak || claim.listed.len() < few || is_of_one || claim.listed.iter().all(|one| draft.links_to(&one.entry))
    });
    let described = described.or_else(|| outline::signed(document).filter(|_| claim.listed.len() <= 1));
    described.map_or_else(|| claim, |draft| page(document, draft))
}

/// Reads what a document wraps, if there are entries in it, with the front matter inside.
fn read_wrapped<'a>(document: &Document<'a>, read: &dyn Fn(&Document, &[Line]) -> Claim) -> Option<(Front<'a>, Claim)> {
    let wrapped = wrapped::find(document)?;
    let first = document.lines.get(wrapped.lines.start)?.start;
    let end = document.lines[..wrapped.lines.end].last()?.end();
    let mut front = front::read(&document.text[first..end]);
    let body = wrapped.lines.start + front.n_lines..wrapped.lines.end;
    let text = wrapped::only(document.text, document.lines.get(body.start).map_or(end, |line| line.start)..end);
    let inner = Document {
        text: &text,
        lines: text::lines(&text).collect(),
        columns: document.columns.clone(),
        extension: wrapped.extension.map_or_else(|| document.extension.clone(), str::to_owned),
        when: document.when,
    };
    let mut claim = read(&inner, &document.lines[wrapped.lines.start..body.start]);
    // One record of settings is an example in a text about a program.
    let is_settings = |extension: &str| matches!(extension, "yaml" | "yml" | "toml");
    let is_example = is_settings(claim.dialect) && claim.listed.len() < 2 && !is_settings(&document.extension);
    if claim.listed.is_empty() && claim.rejected == 0 || is_example {
        return None;
    }
    let mut marks = Marks::new(document);
    for (i, line) in document.lines.iter().enumerate() {
        if body.contains(&i) {
            marks.set(i..i + 1, claim.marks.get(i));
        } else if wrapped.lines.contains(&i) || wrapped::is_fence(line.text) || heading(line.text).is_some() {
            marks.set(i..i + 1, Mark::Structure);
        }
    }
    claim.marks = marks;
    // Its lines are among those of the document.
    front.n_lines = 0;
    Some((front, claim))
}

/// What settings may name as the dialect of files, beside [`LEFT_ALONE`].
pub const DIALECTS: &[&str] = &["table", "headings", "lists", "page", "json", "yaml", "toml", "feed", separated::DIALECT];

/// What settings name for files that are no digests.
pub const LEFT_ALONE: &str = "none";

/// Reads a document in the dialect that settings name for it.
fn read_as(document: &Document, dialect: &str) -> Claim {
    if dialect == separated::DIALECT {
        return Claim { weak: false, ..separated::read_as(document) };
    }
    let mut claim =
        values::read_as(document, dialect).or_else(|| read_converted(document, &|inner| read_markdown_as(inner, dialect)));
    let claim = claim.take().unwrap_or_else(|| read_markdown_as(document, dialect));
    Claim { weak: false, ..claim }
}

fn read_markdown_as(document: &Document, dialect: &str) -> Claim {
    match dialect {
        "table" => table::read(document),
        "page" => page(document, outline::page(document)),
        _ => outline::read_as(document, dialect),
    }
}

/// A file with so many entries is a digest, whatever its front matter says of itself.
const MIN_LISTED: usize = 3;

/// A file with so many entries is a digest although its front matter names an author: the one of the digest.
const MIN_BESIDE_AUTHOR: usize = 2;

/// The claim on a file that is one entry, which its front matter describes.
fn page(document: &Document, described: Draft) -> Claim {
    let mut claim = Claim::new("page", document);
    claim.rows = 1;
    let Some(mut entry) = described.finish() else {
        claim.reject(0..document.lines.len());
        return claim;
    };
    if let Some(body) = outline::page(document).finish() {
        entry.gain(body);
    }
    let end = document.lines.last().map_or(document.text.len(), Line::end);
    entry.span = Span::new(0, end);
    entry.line = 1;
    for (field, there) in [
        (Field::Title, entry.title.is_some()),
        (Field::Authors, !entry.authors.is_empty()),
        (Field::Link, !entry.links.is_empty()),
        (Field::Summary, entry.summary.is_some()),
        (Field::Tags, !entry.tags.is_empty()),
    ] {
        if there {
            claim.found(field);
        }
    }
    claim.push(entry, None, 0..document.lines.len());
    claim
}

fn read_markdown(document: &Document) -> Claim {
    let table = table::read(document);
    // Nearly all files of tables hold nothing else, and looking for more would cost as much again.
    if table.is_all(document) {
        return table;
    }
    let left = left_tables(&table, document);
    let mut claim = mixed::with_details(mixed::join(table, outline::read(document)), document);
    claim.leave(left);
    claim
}

/// The lines of the tables that list no entries, with what was noted of them.
fn left_tables(table: &Claim, document: &Document) -> Vec<(Range<usize>, Span, Diagnostic)> {
    let of_table = |line: &usize| table.marks.get(*line) == Mark::Structure && document.lines[*line].text.contains('|');
    let left = table.notes.iter().filter(|(_, note)| note.code == report::TABLE_WITHOUT_ENTRIES);
    let lines = |span: Span| {
        let first = document.lines.partition_point(|line| line.start < span.start as usize);
        first..(first..document.lines.len()).take_while(of_table).last().map_or(first, |last| last + 1)
    };
    left.map(|(span, note)| (lines(*span), *span, note.clone())).collect()
}

/// Reads a text with blocks of HTML or reference links as the plain Markdown they stand for, and gives entries and findings their
/// places in the text.
fn read_converted(document: &Document, read: &dyn Fn(&Document) -> Claim) -> Option<Claim> {
    let body = document.lines.first()?.start;
    let text = &document.text[body..];
    let converted = markup::convert(text).or_else(|| references::resolve(text))?;
    let lines: Vec<Line> = text::lines(&converted.text).collect();
    let inner = Document {
        text: &converted.text,
        lines,
        columns: document.columns.clone(),
        extension: String::new(),
        when: document.when,
    };
    let mut claim = read(&inner);
    let origin = |offset: u32| body + converted.origin(&inner.lines, offset as usize);
    let line_of = |at: usize| document.lines.partition_point(|line| line.start <= at).saturating_sub(1);
    let line_at = |line: usize| {
        inner.lines.get(line).map_or(document.lines.len() - 1, |line| line_of(origin(Span::new(line.start, 0).start)))
    };
    let place = |span: Span| {
        let (start, end) = (origin(span.start), origin(span.end.max(span.start + 1) - 1));
        Span::new(start, document.lines[line_of(end)].end().max(start))
    };
    let mut marks = Marks::new(document);
    marks.set(0..document.lines.len(), Mark::Structure);
    let mut preface = String::new();
    let first = claim.listed.first().map_or(inner.lines.len(), |one| one.lines.start);
    for (i, mark) in claim.marks.iter().enumerate() {
        match mark {
            Mark::Stray if i < first && framing::is_framing(inner.lines[i].text) => {}
            Mark::Stray if i < first => {
                preface.push_str(inner.lines[i].text);
                preface.push('\n');
            }
            Mark::Stray => marks.set(line_at(i)..line_at(i) + 1, Mark::Stray),
            _ => {}
        }
    }
    for (i, mark) in claim.marks.iter().enumerate().filter(|(_, mark)| matches!(mark, Mark::Entry | Mark::Rejected)) {
        marks.set(line_at(i)..line_at(i) + 1, mark);
    }
    for one in &mut claim.listed {
        one.entry.span = place(one.entry.span);
        one.lines = line_at(one.lines.start)..line_at(one.lines.end.max(1) - 1) + 1;
        one.entry.line = document.lines[one.lines.start].number;
    }
    for (span, _) in &mut claim.notes {
        *span = place(*span);
    }
    claim.marks = marks;
    claim.about.heading = first_heading(&inner.lines).map(str::to_owned);
    claim.about.preface = Some(preface).filter(|preface| !preface.trim().is_empty());
    Some(claim)
}

/// Makes digests of a claim: gives its entries their days and source, sorts the other lines, writes findings down.
fn settle(
    reading: &mut Reading,
    document: &Document,
    front: &Front,
    rule: Option<&SourceRule>,
    modified: Option<Day>,
    mut claim: Claim,
) {
    let text = document.text;
    // A cell of CSV may have lines that look like headings.
    let may_have_heading = claim.dialect != separated::DIALECT;
    let in_text = || first_heading(&document.lines).filter(|_| may_have_heading).map(str::to_owned);
    let heading = claim.about.heading.take().or_else(in_text);
    let preface = claim.sort_lines(document, &mut reading.lines);
    reading.lines.structure += front.n_lines;
    let said = place::Said {
        path: &reading.path,
        front,
        heading: heading.as_deref(),
        preface: preface.as_deref(),
        text,
        claim: &claim,
        modified,
    };
    let mut placed = place::place(&said, rule);
    let by_settings = rule.is_some_and(|rule| rule.dialect.is_some());
    if by_settings && claim.listed.is_empty() {
        reading.findings.add(report::dialect_without_entries(claim.dialect).in_file(&reading.path));
    }
    if !by_settings && !claim.listed.is_empty() && (claim.weak && placed.day.is_none() || is_no_digest(document, &claim, &placed))
    {
        claim.rows -= claim.listed.len() + claim.merged;
        claim.merged = 0;
        claim.listed.clear();
        reading.lines.structure += std::mem::take(&mut reading.lines.entries);
        if !placed.is_of_day {
            // What is left alone as a whole need not be told line by line.
            claim.notes.clear();
            claim.findings = Findings::default();
            reading.lines.structure += std::mem::take(&mut reading.lines.unread);
        }
    }
    if !claim.notes.is_empty() {
        let index = LineIndex::new(text);
        for (span, finding) in std::mem::take(&mut claim.notes) {
            reading.findings.kept.push(finding.at(Place::in_text(&reading.path, text, &index, span)));
        }
    }
    reading.findings.extend(std::mem::take(&mut claim.findings));
    reading.fields = std::mem::take(&mut claim.fields);
    reading.dialect = (!claim.listed.is_empty() || claim.rejected > 0).then_some(claim.dialect);
    reading.ledger =
        Ledger { rows: claim.rows, entries: claim.listed.len(), merged: claim.merged, hidden: 0, rejected: claim.rejected };
    if claim.listed.is_empty() && !placed.is_of_day {
        reading.findings.add(report::not_a_digest().in_file(&reading.path));
        return;
    }
    for finding in std::mem::take(&mut placed.findings) {
        reading.findings.add(finding.in_file(&reading.path));
    }
    let state = state(&claim.listed, preface.as_deref());
    if placed.day.is_some() && state != DigestState::Listed {
        let n_links =
            if state == DigestState::Failed { 0 } else { link::find(text).filter(|found| found.url.contains("://")).count() };
        let finding = if n_links < MANY_LINKS {
            report::empty_day(state == DigestState::Failed)
        } else {
            report::links_without_entries(n_links)
        };
        reading.findings.add(finding.in_file(&reading.path));
    }
    sections_to_tags(&mut claim.listed);
    let digest = Digest {
        day: placed.day,
        source: placed.source,
        heading,
        preface,
        state,
        language: placed.language,
        number: placed.number,
        entries: Entries::default(),
        path: reading.path.clone(),
    };
    reading.digests = by_day(digest, claim.listed, placed.days);
}

/// True for a text whose entries are none: an index of files, a template, a manual with links.
fn is_no_digest(document: &Document, claim: &Claim, placed: &place::Placed) -> bool {
    let names_day = |entry: &Entry| entry.title.as_deref().is_none_or(date::is_day);
    let has_hole = |text: &str| {
        memchr::memchr(b'{', text.as_bytes()).is_some()
            && (text.contains("{{") || text.contains("{%") || text.starts_with('{') && text.ends_with('}'))
    };
    let is_template = |entry: &Entry| {
        entry.title.as_deref().is_some_and(has_hole)
            || entry.url().is_some_and(|url| {
                memchr::memchr2(b'{', b'%', url.as_bytes()).is_some() && (url.contains('{') || url.contains("%7B"))
            })
    };
    claim.are_most(&|entry| names_day(entry) && (!is_web(entry) || entry.title.is_some()))
        || claim.are_most(&is_template)
        || outline::is_manual(document) && !matches!(claim.dialect, "page" | separated::DIALECT) && !lists_works(claim, placed)
}

/// True for a text that lists works although some of its headings are those of a manual: it is of a day and most of its entries are on
/// the web, or they are papers with their ids.
fn lists_works(claim: &Claim, placed: &place::Placed) -> bool {
    let is_table = claim.dialect == "table";
    let is_of_day = placed.is_of_day || is_table && placed.says_day;
    let is_paper = |entry: &Entry| entry.id.as_ref().is_some_and(WorkId::is_registered);
    is_of_day && claim.are_most(&is_web) || !is_table && MIN_LISTED <= claim.listed.len() && claim.are_most(&is_paper)
}

/// True for an entry that says where its work is found.
fn is_web(entry: &Entry) -> bool {
    entry.links.iter().any(|link| link::is_web(&link.url)) || entry.id.is_some()
}

/// A digest for each day that entries have, in the order of the text.
fn by_day(digest: Digest, listed: Vec<Listed>, days: place::Days) -> Vec<Digest> {
    let mut digests: Vec<Digest> = Vec::new();
    let mut at: HashMap<Option<Day>, usize> = HashMap::new();
    let mut last: Option<(Option<Day>, usize)> = None;
    let n_listed = if days == place::Days::File { listed.len() } else { 0 };
    for Listed { mut entry, day, .. } in listed {
        let day = match days {
            place::Days::File => digest.day,
            place::Days::Sections => day.or(digest.day),
            place::Days::Entries => entry.published.or(day).or(digest.day),
        };
        let known = last.filter(|(known, _)| *known == day).map(|(_, i)| i);
        let i = known.unwrap_or_else(|| {
            *at.entry(day).or_insert_with(|| {
                let preface = digest.preface.clone().filter(|_| digests.is_empty());
                digests.push(Digest { day, preface, entries: Entries::with_capacity(n_listed), ..digest.clone() });
                digests.len() - 1
            })
        });
        last = Some((day, i));
        entry.position = u32::try_from(digests[i].entries.len() + 1).unwrap_or(u32::MAX);
        digests[i].entries.edit().push(entry);
    }
    if digests.is_empty() {
        digests.push(digest);
    }
    digests
}

/// Where a file has several sections with entries, their names are tags.
fn sections_to_tags(listed: &mut [Listed]) {
    let first = listed.first().map(|first| first.entry.section.clone());
    if listed.iter().all(|one| Some(&one.entry.section) == first.as_ref()) {
        return;
    }
    for Listed { entry, .. } in listed {
        let section = entry.section.as_ref().filter(|section| section.chars().count() <= MAX_TAG);
        if let Some(section) = section.filter(|section| !entry.tags.contains(section)) {
            entry.tags.push(section.clone());
        }
    }
}

/// A longer name of a section is no tag, in characters.
const MAX_TAG: usize = 40;

impl Claim {
    /// True if more than half of the entries are such.
    fn are_most(&self, test: &dyn Fn(&Entry) -> bool) -> bool {
        let n = self.listed.iter().filter(|one| test(&one.entry)).count();
        n * 2 > self.listed.len()
    }

    /// True if there is nothing beside the entries that could be one: hardly a line of text, no link, no headings with text below them.
    fn is_all(&self, document: &Document) -> bool {
        let (mut stray, mut headed, mut after_heading) = (0, 0, false);
        let may_be_more = |(mark, line): (Mark, &Line)| match mark {
            Mark::Blank => false,
            Mark::Entry | Mark::Rejected => {
                after_heading = false;
                false
            }
            Mark::Structure | Mark::Stray => {
                stray += usize::from(mark == Mark::Stray);
                headed += usize::from(mark == Mark::Stray && after_heading);
                after_heading = heading(line.text).is_some();
                MAX_STRAY < stray
                    || MAX_HEADED < headed
                    || line.text.contains("](")
                    || line.text.contains("://")
                    || line.text.contains("[[")
            }
        };
        !self.listed.is_empty() && !self.marks.iter().zip(&document.lines).any(may_be_more)
    }

    /// Takes tables that list no entries for what they are, where no entry has them and one stands above.
    fn leave(&mut self, tables: Vec<(Range<usize>, Span, Diagnostic)>) {
        let Some(first) = self.listed.first().map(|one| one.lines.start).filter(|_| self.dialect != "table") else { return };
        for (lines, span, note) in tables {
            if first < lines.start && lines.clone().all(|line| self.marks.get(line) == Mark::Stray) {
                self.marks.set(lines, Mark::Structure);
                self.note(span, note);
            }
        }
    }

    /// Counts the lines and sorts those that no entry took: text before the first entry is the preface, text after it is reported.
    fn sort_lines(&mut self, document: &Document, ledger: &mut LineLedger) -> Option<String> {
        let mut preface = self.about.preface.take().unwrap_or_default();
        // With whether it is code, whose bars make no rows.
        let mut block: Option<(Span, bool)> = None;
        let mut after_entries = false;
        let mut unread: Vec<(Span, bool)> = Vec::new();
        let mut is_fenced = false;
        for (mark, line) in self.marks.iter().zip(&document.lines) {
            let span = Span::new(line.start, line.end());
            let is_fence = line.text.trim_start().starts_with("```");
            let is_code = is_fenced || is_fence;
            is_fenced ^= is_fence;
            match mark {
                Mark::Blank => ledger.blank += 1,
                Mark::Structure => ledger.structure += 1,
                Mark::Entry => ledger.entries += 1,
                Mark::Rejected => ledger.rejected += 1,
                Mark::Stray if !after_entries && framing::is_framing(line.text) => ledger.structure += 1,
                Mark::Stray if !after_entries => {
                    ledger.preface += 1;
                    // Words in bars are not lost here, unless they were torn off a row or lead somewhere.
                    let is_lost = self.dialect == "table" || link::holds_address(line.text);
                    if is_lost && is_like_row(line.text) && !is_code {
                        unread.push((span, false));
                    }
                    preface.push_str(line.text);
                    preface.push('\n');
                }
                Mark::Stray => {
                    ledger.unread += 1;
                    // Lines with nothing but a line end between them are one block.
                    block = match block {
                        Some((open, was_code)) if span.start <= open.end + 2 && was_code == is_code => {
                            Some((Span { end: span.end, ..open }, is_code))
                        }
                        done => {
                            unread.extend(done);
                            Some((span, is_code))
                        }
                    };
                }
            }
            after_entries |= matches!(mark, Mark::Entry | Mark::Rejected);
        }
        unread.extend(block);
        for (span, is_code) in unread {
            let text = span.of(document.text);
            // A rule, or signs that adorn the end, need no word.
            if !text.contains(|c: char| c.is_alphanumeric() || c == '|') {
                let n_lines = text::lines(text).filter(|line| !line.is_blank()).count();
                ledger.unread -= n_lines;
                ledger.structure += n_lines;
                continue;
            }
            let finding = if is_code { report::text_between_entries() } else { not_read(text, self.dialect) };
            self.note(span, finding);
        }
        Some(preface.trim_end().to_owned()).filter(|preface| !preface.is_empty())
    }
}

/// True for a line that may be a row of a table: a bar at one of its ends and another one in it.
fn is_like_row(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with('|') || line.ends_with('|')) && line.matches('|').count() > 1
}

/// A file of entries with more lines beside them may hold entries of another form.
const MAX_STRAY: usize = 3;

/// So may one with more lines right below headings.
const MAX_HEADED: usize = 1;

fn not_read(block: &str, dialect: &str) -> Diagnostic {
    match block {
        row if dialect == "table" && row.contains('|') || row.lines().any(is_like_row) => report::line_not_read(),
        link if link.contains("](") || link.contains("://") => report::link_not_read(),
        _ => report::text_between_entries(),
    }
}

/// Words by which scripts say that they could not fetch a day, in lower case.
const FAILURE: &[&str] =
    &["失败", "错误", "error", "failed", "failure", "exception", "timeout", "超时", "http 4", "http 5", "失敗", "실패"];

fn state(entries: &[Listed], preface: Option<&str>) -> DigestState {
    if !entries.is_empty() {
        return DigestState::Listed;
    }
    let preface = preface.unwrap_or("").to_lowercase();
    if FAILURE.iter().any(|word| preface.contains(word)) { DigestState::Failed } else { DigestState::Empty }
}
