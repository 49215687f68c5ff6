//! Reading: the bytes of a file become digests, findings and a ledger. Reading never fails and never panics.
//!
//! [`read`] decodes the bytes, takes the front matter off, lets the dialect that can account for most read the entries, and
//! then asks path, front matter and heading for day and source (`place`). A dialect makes a `Claim` of a `Document`.

pub mod lexicon;

mod afterword;
mod align;
mod claim;
mod date;
mod essay;
mod fences;
mod fields;
mod framing;
mod front;
mod heading;
mod ids;
mod link;
mod markup;
mod mixed;
mod named;
mod outline;
mod place;
mod preface;
mod reading;
mod references;
mod row;
mod rule;
mod separated;
mod settle;
mod table;
mod title;
mod value;
mod values;
mod wrapped;

pub use reading::{InputFile, Ledger, LineLedger, ReadOptions, Reading};
pub use rule::{DateRule, SourceRule};

use crate::diagnostic::{Diagnostic, Findings, report};
use crate::model::{Day, Digest, Entry};
use crate::text::{self, Encoding, Line, Span};
use claim::{Claim, Document, Mark, Marks};
use fields::Draft;
use front::Front;
use heading::{first_heading, heading};
use lexicon::Field;
use preface::Preface;
use settle::settle;
use std::ops::Range;

/// The values of the front matter of a text, and the text after it.
pub fn front_matter(text: &str) -> (Vec<(&str, &str)>, &str) {
    let front = front::read(text);
    let body = text::lines(text).nth(front.n_lines).map_or("", |line| &text[line.start..]);
    (front.values, body)
}

/// Reads one file.
pub fn read(file: InputFile, options: &ReadOptions) -> Reading {
    let InputFile { path, bytes, modified } = file;
    let n_bytes = bytes.len();
    let decoded = text::decode(bytes);
    let mut findings = Findings::default();
    if let Some(finding) = encoding_finding(decoded.encoding, n_bytes) {
        findings.add(finding.in_file(&path));
    }
    let mut reading = Reading { findings, ..Reading::of_nothing(path) };
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
    [&mut digest.heading, &mut digest.preface, &mut digest.afterword].into_iter().flatten().for_each(clean);
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
    let rule = rule::rule_for(&reading.path, &options.sources);
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
    let may_be_essay = !is_of_works || essay::is_section(&claim, &document);
    // Data and HTML hold more than prose, and were read as what they are.
    let is_text = !matches!(claim.dialect, "json" | "yaml" | "toml" | "feed") && !is_html(&document);
    let is_prose = dialect.is_none() && may_be_essay && is_text;
    let essay = if is_prose { essay::read(&document, front.value(TITLE_KEYS)) } else { None };
    let claim = essay.map_or(claim, |draft| Claim { weak: true, ..whole(&document, draft, None) });
    settle(reading, &document, &front, rule, modified, claim);
}

/// Keys of front matter that hold the title of a text.
const TITLE_KEYS: &[&str] = &["title", "标题", "標題"];

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
    let mut body = outline::page(document);
    // Text alone names nothing.
    if let Some(title) = described.entry.title.as_deref().filter(|_| body.entry.title.is_none()) {
        body.fill(Field::Title, "title", title);
    }
    whole(document, described, body.finish())
}

/// The claim on a file that is one entry, with what its body adds.
fn whole(document: &Document, described: Draft, body: Option<Entry>) -> Claim {
    let mut claim = Claim::new("page", document);
    claim.rows = 1;
    let Some(mut entry) = described.finish() else {
        claim.reject(0..document.lines.len());
        return claim;
    };
    if let Some(body) = body {
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
    let mut claim = mixed::with_details(mixed::join(table, mixed::without_mentions(outline::read(document))), document);
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

/// True for a file that is named as HTML, be it a page or a part of one.
fn is_html(document: &Document) -> bool {
    matches!(document.extension.as_str(), "html" | "htm")
}

/// Reads a text with blocks of HTML or reference links as the plain Markdown they stand for, and gives entries and findings their
/// places in the text.
fn read_converted(document: &Document, read: &dyn Fn(&Document) -> Claim) -> Option<Claim> {
    let body = document.lines.first()?.start;
    let text = &document.text[body..];
    let converted = markup::convert(text, is_html(document)).or_else(|| references::resolve(text))?;
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
    let mut preface = Preface::default();
    let first = claim.listed.first().map_or(inner.lines.len(), |one| one.lines.start);
    for (i, mark) in claim.marks.iter().enumerate() {
        match mark {
            Mark::Stray if i < first && framing::is_framing(inner.lines[i].text) => {}
            Mark::Stray if i < first => preface.line(inner.lines[i].text),
            Mark::Structure | Mark::Blank if i < first => preface.beside(inner.lines[i].text),
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
    if first < inner.lines.len() {
        preface.ends();
    }
    claim.about.preface = preface.finish();
    Some(claim)
}
