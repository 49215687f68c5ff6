//! Which values of a tree are entries, and what their names mean.
//!
//! A map with a title or an address and something more is a record (`kind`), whose values fill a draft by what their keys mean (`keys`,
//! `draft`, `told`). Maps and lists around records are sections: their keys name days, topics or ids, their other texts say what the
//! file is.

mod draft;
mod front;
mod keys;
mod kind;
mod learn;
mod node;
mod told;

pub(super) use front::{drop_own_address, entry, lists_of};

use super::{Node, Tree, Value, frames};
use crate::diagnostic::report;
use crate::model::{Day, Entry, WorkId};
use crate::parse::claim::{Claim, Document, Mark};
use crate::parse::fields::Draft;
use crate::parse::lexicon::{Field, Form};
use crate::parse::value::{self, epoch_day};
use crate::parse::{date, outline, row, table};
use crate::text::{Span, single_spaced};
use draft::Filled;
use keys::{HEADS, Keys, LISTS, PREFACES, is_among, is_list_of_fields};
use kind::are_headlines;
use node::{holds_no_maps, is_text};
use std::borrow::Cow;

/// Makes a claim of the records of a tree.
pub(super) fn claim(dialect: &'static str, mut tree: Tree, document: &Document) -> Claim {
    tree.roots.retain(|root| root.value != Value::Null);
    tree.roots = tree.roots.into_iter().map(frames::as_records).collect();
    let mut reader = Reader::new(dialect, document);
    reader.cuts = tree.cuts.iter().map(|cut| cut.start).collect();
    match tree.roots.as_slice() {
        [root] => reader.walk(root, &Place { root: true, ..Place::default() }),
        roots => reader.walk_all(roots, &Place::default()),
    }
    let Reader { mut claim, linked, .. } = reader;
    claim.weak = !linked;
    if claim.rows == 0 {
        claim.about.n_unknown = tree.roots.iter().map(|root| unknown_in(root, 0)).sum::<Option<usize>>().unwrap_or(0);
    }
    for line in 0..document.lines.len() {
        if claim.marks.get(line) == Mark::Stray {
            claim.marks.set(line..line + 1, Mark::Structure);
        }
    }
    // A value that was cut off is lost if too little of it was left to be a record.
    let is_read = |cut: &Span| claim.listed.iter().any(|one| one.entry.span.start <= cut.start && cut.start < one.entry.span.end);
    let lost: Vec<Span> = tree.cuts.iter().filter(|cut| !is_read(cut)).copied().collect();
    for span in tree.broken.iter().chain(&lost) {
        claim.rows += 1;
        claim.reject(lines_of(document, *span));
        claim.note(*span, report::record_broken());
    }
    for span in &tree.folded {
        claim.note(*span, report::alias_not_unfolded());
    }
    if tree.lenient
        && let Some(first) = document.lines.first()
    {
        claim.note(Span::new(first.start, first.end()), report::not_quite_json());
    }
    claim
}

/// How many maps of several values stand in the lists of a value; none if one of its lists says that there are no works.
fn unknown_in(node: &Node, depth: usize) -> Option<usize> {
    match &node.value {
        Value::Map(pairs) if depth < MAX_DEPTH => {
            let is_quiet = |(key, node): &(Cow<str>, Node)| is_among(key, LISTS) && node.value == Value::List(Vec::new());
            if pairs.iter().any(is_quiet) {
                return None;
            }
            pairs.iter().map(|(_, node)| unknown_in(node, depth + 1)).sum()
        }
        Value::List(nodes) => {
            let is_unknown = |node: &&Node| matches!(&node.value, Value::Map(pairs) if MIN_VALUES <= pairs.len());
            Some(nodes.iter().filter(is_unknown).count())
        }
        _ => Some(0),
    }
}

/// Maps in lists are looked for so many maps below the top.
const MAX_DEPTH: usize = 4;

/// A map of fewer values is a count or a setting.
const MIN_VALUES: usize = 3;

/// The lines that a span touches, as indices of the document's.
fn lines_of(document: &Document, span: Span) -> std::ops::Range<usize> {
    let first = document.lines.partition_point(|line| line.start <= span.start as usize).saturating_sub(1);
    let last = document.lines.partition_point(|line| line.start < span.end as usize);
    first..last.max(first + 1).min(document.lines.len())
}

/// Where a value stands among others.
#[derive(Debug, Clone, Default)]
struct Place<'n> {
    /// True for the one value at the top, whose texts speak of the file.
    root: bool,
    section: Option<&'n str>,
    day: Option<Day>,
    /// The key it stands under.
    key: Option<&'n str>,
}

/// What walks through the values of a file.
struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    claim: Claim,
    keys: Keys<'d>,
    /// True once a record has a link or an id.
    linked: bool,
    /// Where maps begin that were cut off, in the order of the text.
    cuts: Vec<u32>,
}

impl<'d, 'a> Reader<'d, 'a> {
    fn new(dialect: &'static str, document: &'d Document<'a>) -> Reader<'d, 'a> {
        let claim = Claim::new(dialect, document);
        Reader { document, claim, keys: Keys::new(&document.columns), linked: false, cuts: Vec::new() }
    }

    /// One value, which is a record or holds some.
    fn walk<'n>(&mut self, node: &'n Node, place: &Place<'n>) {
        match &node.value {
            Value::Null | Value::Text(_) => {}
            Value::List(nodes) => self.walk_all(nodes, &Place { root: false, ..place.clone() }),
            Value::Map(pairs) if self.keys.is_record(pairs, place.root) => self.record(node, pairs, place),
            Value::Map(pairs) => self.section(pairs, place),
        }
    }

    /// Values side by side. One that says nothing but a title or an address is an entry where those beside it are, unless it lost the rest.
    fn walk_all<'n>(&mut self, nodes: &'n [Node], place: &Place<'n>) {
        let is_record =
            |reader: &mut Self, node: &Node| matches!(&node.value, Value::Map(pairs) if reader.keys.is_record(pairs, false));
        let mut are_records = nodes.iter().any(|node| is_record(self, node)) || self.keys.are_titled_alike(nodes, place.key);
        // Settings and lists of sources look alike, but are in no file of a day.
        if !are_records && self.document.when.is_some() && !place.key.is_some_and(is_list_of_fields) {
            are_records = self.keys.learn(nodes);
        }
        for node in nodes {
            let is_whole = self.cuts.binary_search(&Span::new(node.start, node.end).start).is_err();
            match &node.value {
                Value::Map(pairs) if is_whole && are_records && self.keys.names_little(pairs) && holds_no_maps(pairs) => {
                    self.record(node, pairs, place)
                }
                _ => self.walk(node, place),
            }
        }
    }

    /// The values of a map that is no record: days, topics, ids by key, or a file that says what it is.
    fn section<'n>(&mut self, pairs: &'n [(Cow<'_, str>, Node)], place: &Place<'n>) {
        let (day, name) = self.said(pairs, place);
        let lists_works = pairs.iter().any(|pair| self.keys.is_list_of_works(pair));
        for (key, node) in pairs {
            if let Value::Text(text) = &node.value {
                self.written(node, key, text, &Place { root: false, section: name, day, key: Some(key) });
                continue;
            }
            if node.value == Value::Null || lists_works && self.is_head(key, node, place.root) {
                continue;
            }
            if place.root && is_among(key, PREFACES) && self.is_introduction(node) {
                self.introduce_all(node);
                continue;
            }
            let of_key = if key.len() <= 40 { date::find(key).map(|(day, _)| day) } else { None };
            let is_topic = of_key.is_none()
                && !is_among(key, LISTS)
                && self.keys.field(key).form() != Form::Link
                && WorkId::parse(key).is_none()
                && !key.bytes().all(|b| b.is_ascii_digit());
            let is_entry = matches!(&node.value, Value::Map(inner) if self.keys.is_record(inner, false));
            let section = if is_topic && !is_entry { Some(key.as_ref()) } else { name };
            let place = Place { root: false, section, day: of_key.or(day), key: Some(key) };
            match &node.value {
                Value::List(nodes) if are_headlines(key, node) => {
                    nodes.iter().filter(|node| is_text(node)).for_each(|node| self.headline(node, key, &place));
                }
                _ => self.walk(node, &place),
            }
        }
    }

    /// The day and the name that the texts of a section give, and into the claim what those at the top say of the file.
    fn said<'n>(&mut self, pairs: &'n [(Cow<'_, str>, Node)], place: &Place<'n>) -> (Option<Day>, Option<&'n str>) {
        let (mut day, mut is_said) = (place.day, false);
        let mut name = place.section;
        for (key, node) in pairs {
            let Value::Text(text) = &node.value else { continue };
            let field = self.keys.field(key);
            match field {
                Field::Published => {
                    let said = date::find(text).map(|(day, _)| day);
                    is_said |= said.is_some();
                    // A day in words is the one where the digest was made, which that of a clock in UTC need not be.
                    let found = said.or_else(|| epoch_day(text).filter(|_| !is_said));
                    day = found.or(day);
                    if place.root {
                        self.claim.about.day = self.claim.about.day.or(found);
                    }
                }
                Field::Title if place.root => self.claim.about.heading = Some(text.to_string()),
                Field::Title | Field::Tags | Field::Source if !place.root && text.chars().count() <= 60 => name = Some(text),
                Field::Source if place.root => self.claim.about.source = Some(text.to_string()),
                Field::Language if place.root => self.claim.about.language = Some(text.to_string()),
                Field::Summary | Field::Comment | Field::Unknown if place.root && is_among(key, PREFACES) => self.introduce(text),
                _ => {}
            }
        }
        (day, name)
    }

    /// Adds a paragraph to what the file says above its entries.
    fn introduce(&mut self, text: &str) {
        let preface = self.claim.about.preface.get_or_insert_default();
        if !preface.is_empty() {
            preface.push_str("\n\n");
        }
        preface.push_str(text.trim());
    }

    /// True for a map or a list under the key of an introduction in which there are no records.
    fn is_introduction(&mut self, node: &Node) -> bool {
        match &node.value {
            Value::Map(pairs) => !self.keys.is_record(pairs, false) && !self.keys.holds_record(pairs, 0, false),
            Value::List(nodes) => nodes.iter().all(|node| match &node.value {
                Value::Map(pairs) => !self.keys.names_little(pairs),
                _ => true,
            }),
            _ => false,
        }
    }

    /// Adds the texts of a map as paragraphs, and what a list says as its items.
    fn introduce_all(&mut self, node: &Node) {
        match &node.value {
            Value::Map(pairs) => pairs.iter().for_each(|(_, node)| self.introduce_all(node)),
            Value::List(nodes) => {
                let items = nodes.iter().map(|node| self.said_by(node)).filter(|item| !item.is_empty());
                let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
                self.introduce(&items.join("\n"));
            }
            Value::Text(text) if is_text(node) && text.contains(char::is_alphabetic) => self.introduce(text),
            _ => {}
        }
    }

    /// The texts of a map one after the other, `ice: thinner than it was`, or what another value says.
    fn said_by(&mut self, node: &Node) -> String {
        let Value::Map(pairs) = &node.value else { return self.keys.told(node, &mut Vec::new()) };
        let texts = pairs.iter().filter_map(|(_, node)| match &node.value {
            Value::Text(text) if is_text(node) => Some(single_spaced(text)),
            _ => None,
        });
        texts.collect::<Vec<String>>().join(": ")
    }

    /// Takes what is told of a feed or a site beside its works, or of its authors; false if it is something else.
    fn is_head(&mut self, key: &str, node: &Node, root: bool) -> bool {
        let Value::Map(pairs) = &node.value else {
            return matches!(node.value, Value::List(_)) && self.keys.field(key) == Field::Authors;
        };
        if !is_among(key, HEADS) || self.keys.holds_record(pairs, 0, false) {
            return false;
        }
        if root && self.claim.about.heading.is_none() && is_among(key, &["feed", "channel"]) {
            self.claim.about.heading = self.keys.text_of(node, Field::Title).map(str::to_owned);
        }
        true
    }

    /// An entry that is a sentence of a list.
    fn headline(&mut self, node: &Node, key: &str, place: &Place) {
        let Value::Text(text) = &node.value else { return };
        let mut draft = Draft::default();
        value::fill(&mut draft, Field::Title, key, text);
        self.claim.found(Field::Title);
        self.add(draft.finish(), node, place);
    }

    /// An entry that is a line of Markdown under its id: `"2511.10648": "|**2025-11-13**|**Title**|…|"`.
    fn written(&mut self, node: &Node, key: &str, text: &str, place: &Place) {
        let line = text.trim();
        if !line.starts_with(['|', '-', '*']) || WorkId::parse(key).is_none() || line.contains('\n') {
            return;
        }
        let cells = table::cells_of(line);
        let entry = match line.strip_prefix('|') {
            Some(_) => row::columns_of(&cells).and_then(|columns| row::entry(&columns, &cells, true)),
            None => outline::item(line).finish(),
        };
        self.add(entry, node, place);
    }

    /// An entry that is a map.
    fn record<'n>(&mut self, node: &Node, pairs: &'n [(Cow<'_, str>, Node)], place: &Place<'n>) {
        let Filled { mut draft, found, told } = draft::of(&mut self.keys, pairs);
        found.into_iter().for_each(|field| self.claim.found(field));
        if !told.is_empty() {
            draft.settle_id();
        }
        told.iter().for_each(|(url, words)| draft.reference(url, words));
        draft.title_from_summary();
        // An entry that is named by its key: `{"2511.10648": {"title": …}}`.
        if draft.entry.id.is_none()
            && let Some(key) = place.key.filter(|key| WorkId::parse(key).is_some())
        {
            draft.fill(Field::Id, "id", key);
        }
        let published = draft.entry.published;
        self.add(draft.finish(), node, place);
        if place.root && self.keys.is_article(pairs) {
            self.claim.about.day = published;
        }
    }

    /// Puts an entry into the claim; none is a record that became nothing.
    fn add(&mut self, entry: Option<Entry>, node: &Node, place: &Place) {
        let span = Span::new(node.start, node.end);
        let lines = lines_of(self.document, span);
        self.claim.rows += 1;
        let Some(mut entry) = entry else {
            self.claim.reject(lines);
            self.claim.note(span, report::unit_rejected());
            return;
        };
        if entry.title.is_none() {
            self.claim.note(span, report::entry_without_title());
        }
        self.linked |= !entry.links.is_empty() || entry.id.is_some();
        entry.section = place.section.map(str::to_owned);
        entry.span = span;
        entry.line = self.document.lines.get(lines.start).map_or(1, |line| line.number);
        self.claim.push(entry, place.day, lines);
    }
}
