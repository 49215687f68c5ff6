//! Entries under headings and in lists.
//!
//! The text is taken as an outline: headings with the lines below them, items with the lines below those. One level of headings
//! and one depth of items are tried as what entries are; a heading or an item is one if it is linked, or if links or known
//! fields stand right below it. What most entries are made of is taken; headings above are sections, items below are fields.

mod beside;
mod blocks;
mod body;
mod chapters;
mod counts;
mod groups;
mod head;
mod headings;
mod items;
mod label;
mod manual;
mod numbers;
mod paragraphs;
mod phrase;
mod properties;
mod sources;
mod words;

pub(super) use manual::{is_manual, is_of_manual};
pub(super) use properties::is_head as is_head_of_properties;
pub(super) use words::section_name;

use super::claim::{Claim, Document, Mark, Marks};
use super::fields::Draft;
use super::heading::heading;
use super::lexicon::Field;
use super::{date, link};
use crate::diagnostic::report;
use crate::model::Day;
use crate::text::Span;
use blocks::{Block, Kind};
use body::Names;
use items::repeated_words;
use label::Label;
use properties::{Labels, labels};
use sources::Sources;
use std::collections::HashSet;
use words::{holds_link, is_address};

/// The name of the dialect whose entries stand under headings.
pub(super) const HEADINGS: &str = "headings";
/// The name of the dialect whose entries are items of lists.
pub(super) const LISTS: &str = "lists";

/// Reads entries under headings and in lists.
pub(super) fn read(document: &Document) -> Claim {
    let outline = Outline::new(document);
    if let Some(sources) = Sources::find(document, &outline.blocks) {
        let outline = Outline::beside(sources, document);
        let mut units = outline.units();
        if outline.sources.lead_home() {
            units.retain(|unit| !unit.weak || outline.blocks[unit.naming].level().is_some());
        }
        if outline.sources.stand_beside(&units, &outline.blocks) {
            return outline.claim(outline.dialect(&units), units);
        }
    }
    let units = outline.units();
    outline.claim(outline.dialect(&units), units)
}

/// Reads entries under headings only, or in lists only, as settings name it.
pub(super) fn read_as(document: &Document, dialect: &str) -> Claim {
    let outline = Outline::new(document);
    let (found, all): (_, &dyn Fn() -> Vec<Unit>) = match dialect {
        HEADINGS => (outline.heading_units(), &|| outline.all_headings()),
        _ => (outline.item_units(&[]), &|| outline.all_items()),
    };
    let dialect = if dialect == HEADINGS { HEADINGS } else { LISTS };
    outline.claim(dialect, if found.is_empty() { all() } else { found })
}

/// Reads what stands below the headings with known titles, each with its text up to the next heading of its level.
pub(super) fn details(document: &Document, is_known: &dyn Fn(&str) -> bool) -> Claim {
    let outline = Outline::new(document);
    let named = |one: &Heading| heading(document.lines[one.line].text).is_some_and(|(_, text)| is_known(text));
    let mut units: Vec<Unit> = Vec::new();
    let mut level = 0;
    for one in &outline.headings {
        if let Some(open) = units.last_mut().filter(|open| open.end > one.line && (one.level <= level || named(one))) {
            open.end = one.line;
        }
        if named(one) {
            units.push(Unit { naming: one.line, end: outline.blocks.len(), weak: true, sure: true });
            level = one.level;
        }
    }
    outline.claim(HEADINGS, units)
}

impl Outline<'_, '_> {
    fn claim(&self, dialect: &'static str, mut units: Vec<Unit>) -> Claim {
        let outline = self;
        let document = self.document;
        outline.take_chapters(&mut units);
        outline.cut_footer(&mut units);
        let mut claim = Claim::new(dialect, document);
        claim.weak = units.iter().all(|unit| unit.weak || outline.leads_nearby(unit));
        for (i, block) in outline.blocks.iter().enumerate() {
            if matches!(block.kind, Kind::Heading(_) | Kind::Rule | Kind::Code) {
                claim.marks.set(i..i + 1, Mark::Structure);
            }
        }
        for unit in &units {
            outline.make(unit, &units, &mut claim);
        }
        // Items that entries are nested in are sections.
        for unit in &units {
            let mut parent = outline.parent_item(unit.naming);
            while let Some(item) = parent.filter(|item| claim.marks.get(item.line) == Mark::Stray) {
                claim.marks.set(item.line..item.line + 1, Mark::Structure);
                parent = item.parent.map(|at| &outline.items[at]);
            }
        }
        outline.sources.mark(&mut claim.marks);
        outline.mark_local_links(&units, &mut claim.marks);
        claim
    }
}

/// The whole of a text as one entry: its first heading is the title, all else are its fields.
pub(super) fn page(document: &Document) -> Draft {
    let outline = Outline::new(document);
    let first = outline.blocks.iter().position(|block| block.kind != Kind::Blank && block.kind != Kind::Rule);
    match first.filter(|&at| matches!(outline.blocks[at].kind, Kind::Heading(_))) {
        Some(at) => body::draft(outline.blocks[at], &outline.blocks[at + 1..], &outline.names()),
        None => {
            let nothing = Block { kind: Kind::Text, indent: 0, text: "" };
            body::draft(nothing, &outline.blocks, &outline.names())
        }
    }
}

/// The text as one entry if it is a heading over a line that says who wrote what follows, and when: `Posted by … on …`.
pub(super) fn signed(document: &Document) -> Option<Draft> {
    let mut lines = document.lines.iter().filter(|line| !line.is_blank());
    let (first, second) = (lines.next()?, lines.next()?);
    let (_, title) = heading(first.text)?;
    if date::find(title).is_some() || phrase::byline(second.text).is_none() {
        return None;
    }
    Some(page(document))
}

/// An item of a list as an entry.
pub(super) fn item(line: &str) -> Draft {
    let text = line.trim_start_matches(['-', '*', '+', ' ']);
    let names = Names { columns: &[], recurring: &HashSet::new() };
    body::draft(Block { kind: ITEM, indent: 0, text }, &[], &names)
}

/// An item of a list.
const ITEM: Kind = Kind::Item { numbered: false };

/// A heading or an item with the lines that belong to it.
#[derive(Debug, Clone)]
struct Unit {
    /// The line that names it.
    naming: usize,
    /// The line after its last one.
    end: usize,
    /// True if nothing but its form says that it is an entry.
    weak: bool,
    /// True if it is linked itself or has fields, not merely a link somewhere in its text.
    sure: bool,
}

/// A heading that stands in the text.
struct Heading {
    line: usize,
    level: u8,
    /// Words of a field (`### Abstract`), or words that come again and again.
    is_label: bool,
    /// True for a bold line that belongs to such words.
    is_inner: bool,
    /// The day that it names and little else.
    day: Option<Day>,
    /// The heading above it: the last one of a higher level, fields left out.
    parent: Option<usize>,
}

/// An item of a list.
struct Item {
    line: usize,
    depth: usize,
    /// The line after its last one.
    end: usize,
    /// The item it is nested in.
    parent: Option<usize>,
    numbered: bool,
    evidence: Evidence,
}

/// How much speaks for a line naming an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// A field, a section, plain words.
    None,
    /// Words below it, which speak for it only where it stands between entries.
    Words,
    /// Its form alone: bold or numbered with text behind it.
    Form,
    /// A link below it.
    Below,
    /// Fields below it.
    Fields,
    /// It is linked itself.
    Linked,
}

/// A text, its headings and its items.
struct Outline<'d, 'a> {
    document: &'d Document<'a>,
    blocks: Vec<Block<'a>>,
    headings: Vec<Heading>,
    items: Vec<Item>,
    /// For each line whether it holds an address of the web.
    has_link: Vec<bool>,
    /// For each line whether it begins with a label that the lexicon knows, or is a row of a table of properties.
    has_label: Vec<bool>,
    /// Labels of no known meaning that stand before several lines.
    recurring: HashSet<&'a str>,
    /// True if there are several headings of the first level, so that they part the text.
    several_first: bool,
    /// Words of links that come again and again, so that they name what a link leads to: `HF page`, `官网`.
    repeated: HashSet<&'a str>,
    /// Lines that say where the others come from and are not read as entries.
    sources: Sources<'a>,
}

impl<'d, 'a> Outline<'d, 'a> {
    fn new(document: &'d Document<'a>) -> Outline<'d, 'a> {
        Outline::beside(Sources::default(), document)
    }

    /// The outline of what stands beside sources.
    fn beside(sources: Sources<'a>, document: &'d Document<'a>) -> Outline<'d, 'a> {
        let mut blocks = blocks::blocks(document);
        sources.blank(&mut blocks);
        let leads_on = |block: &Block| {
            let may = block.kind != Kind::Code && block.kind != Kind::Row;
            may && (holds_link(block.text) || sources.are_cited_in(block.text))
        };
        let has_link: Vec<bool> = blocks.iter().map(leads_on).collect();
        let Labels { known: has_label, recurring, marked } = labels(&blocks, &document.columns);
        let repeated = repeated_words(&blocks, &has_link);
        let (headings, items) = (Vec::new(), Vec::new());
        let mut outline = Outline {
            document,
            blocks,
            headings,
            items,
            has_link,
            has_label,
            recurring,
            several_first: false,
            repeated,
            sources,
        };
        outline.headings = outline.find_headings();
        outline.several_first = outline.headings.iter().filter(|heading| heading.level == 1 && !heading.is_label).count() > 1;
        outline.take_labelled_lists(&marked);
        outline.items = outline.find_items();
        outline
    }

    /// What is known of the names of fields.
    fn names(&self) -> Names<'_> {
        Names { columns: &self.document.columns, recurring: &self.recurring }
    }

    /// The units of the level of headings and the depth of items that account for most.
    fn units(&self) -> Vec<Unit> {
        let mut by_heading = self.heading_units();
        let mut by_item = self.items_beside(&by_heading);
        let strong = |units: &[Unit]| units.iter().filter(|unit| !unit.weak).count();
        let (headings, items) = (strong(&by_heading), strong(&by_item));
        if headings == 0 && items == 0 {
            let by_paragraph = self.paragraph_units();
            let led = if by_paragraph.is_empty() { self.led_units() } else { Vec::new() };
            let by_paragraph = if by_item.len() < led.len() { led } else { by_paragraph };
            return match () {
                () if !by_paragraph.is_empty() => by_paragraph,
                () if by_heading.len() >= MIN_WEAK => {
                    let briefs = self.brief_units(&by_heading).into_iter().map(|unit| Unit { weak: true, ..unit });
                    without_overlaps(by_heading.iter().cloned().chain(briefs).collect())
                }
                () if !by_item.is_empty() => by_item,
                () => self.sentence_units(),
            };
        }
        if headings == 0 {
            let numbered = self.numbered_around(&by_item);
            if !numbered.is_empty() {
                return numbered;
            }
        }
        if items == 0 {
            let of_one = if let [only] = by_heading.as_slice() { self.units_below(only) } else { Vec::new() };
            let below = if of_one.is_empty() { self.titles_below(&by_heading) } else { of_one };
            let below = if below.is_empty() { self.leads_below(&by_heading) } else { below };
            if !below.is_empty() {
                return below;
            }
        }
        let sure = by_heading.iter().any(|unit| unit.sure && !unit.weak);
        if headings > items || headings == items && sure {
            by_item.retain(|unit| unit.sure && !unit.weak);
            if by_item.len() < MIN_SECOND {
                let briefs = self.briefs(&by_item);
                by_item.retain(|unit| briefs.contains(&unit.naming));
            }
        } else {
            // Among lists a heading with a link somewhere below it is a section or an essay, unless it is one of a section of stories.
            let stories = self.stories(&by_heading, &by_item);
            let is_story = |unit: &Unit| stories.binary_search(&unit.naming).is_ok();
            by_heading.retain(|unit| unit.sure && !unit.weak || is_story(unit));
            let numbered = |unit: &Unit| head::head(self.blocks[unit.naming].text, false).numbered;
            if by_heading.len() < MIN_SECOND && !(by_heading.len() > 1 && by_heading.iter().all(numbered)) {
                by_heading.retain(|unit| is_story(unit) || self.is_lead(unit, &by_item));
            }
            by_item = self.items_beside(&by_heading);
        }
        let briefs = self.brief_units(&by_heading);
        let mut units = without_overlaps(by_heading.into_iter().chain(by_item).chain(briefs).collect());
        let lists = self.lists_behind(&mut units);
        units.extend(lists);
        units.sort_by_key(|unit| unit.naming);
        let beside = self.paragraphs_beside(&units);
        units.extend(beside);
        self.without_advice(without_overlaps(units))
    }

    /// True for a heading that is a link, with text and no entry below it, and that stands in a section: the story before a list.
    fn is_lead(&self, unit: &Unit, items: &[Unit]) -> bool {
        let at = self.headings.binary_search_by_key(&unit.naming, |heading| heading.line);
        let in_section = at.is_ok_and(|at| self.headings[at].level > 2 && self.headings[at].parent.is_some());
        let first = items.partition_point(|item| item.naming < unit.naming);
        let has_items = items.get(first).is_some_and(|item| item.naming < unit.end);
        let is_linked = || head::head(self.blocks[unit.naming].text, false).form == head::Form::Linked;
        let has_text = || self.blocks[unit.naming..unit.end].iter().any(|block| block.kind == Kind::Text);
        in_section && !has_items && is_linked() && has_text()
    }

    /// True for a unit that leads to a page nearby and nowhere else.
    fn leads_nearby(&self, unit: &Unit) -> bool {
        let is_nearby = || {
            let named = head::head(self.blocks[unit.naming].text, true);
            named.url.is_some_and(|url| !link::is_web(url)) && named.id.is_none()
        };
        !self.has_link[unit.naming..unit.end].contains(&true) && is_nearby()
    }

    fn dialect(&self, units: &[Unit]) -> &'static str {
        let headings = units.iter().filter(|unit| matches!(self.blocks[unit.naming].kind, Kind::Heading(_))).count();
        if headings * 2 >= units.len() { HEADINGS } else { LISTS }
    }

    /// Makes an entry of a unit.
    fn make(&self, unit: &Unit, units: &[Unit], claim: &mut Claim) {
        let mut end = unit.end;
        while end > unit.naming + 1 && matches!(self.blocks[end - 1].kind, Kind::Blank | Kind::Rule) {
            end -= 1;
        }
        let lines = &self.document.lines;
        let span = Span::new(lines[unit.naming].start, lines[end - 1].end());
        let mut draft = self.draft(unit.naming, end);
        let has_page = draft.has_page();
        for (line, found) in self.sources.cited(&self.blocks[unit.naming..end]) {
            // Beside a link of its own, what an entry cites is another work.
            match has_page {
                true if found.text.is_empty() => draft.keep("reference", found.url),
                true => draft.keep("reference", &format!("[{}]({})", found.text, found.url)),
                false => draft.plain_link(found.url, found.text),
            }
            claim.marks.set(line..line + 1, Mark::Entry);
        }
        claim.rows += 1;
        note_fields(&draft, claim);
        let Some(mut entry) = draft.finish() else {
            claim.reject(unit.naming..end);
            claim.note(span, report::unit_rejected());
            return;
        };
        if entry.title.is_none() {
            claim.note(span, report::entry_without_title());
        }
        let (section, day) = self.section(unit.naming, units);
        entry.section = section;
        entry.span = span;
        entry.line = lines[unit.naming].number;
        claim.push(entry, day, unit.naming..end);
    }

    fn draft(&self, naming: usize, end: usize) -> Draft {
        let block = self.blocks[naming];
        let names = self.names();
        let lead = || Some(block).filter(|block| block.kind == Kind::Text && !self.has_link[naming]);
        if let Some(lead) = lead().and_then(|block| paragraphs::bold_lead(block.text)) {
            return self.led_draft(&lead, naming, end);
        }
        match self.titled(naming) {
            Some(label) => self.labelled_draft(label, naming, end),
            // An address above the words: the words are the title.
            None if block.kind == Kind::Text && is_address(block.text) && naming + 1 < end => {
                let mut draft = body::draft(self.blocks[naming + 1], &self.blocks[naming + 2..end], &names);
                link::find(block.text).take(1).for_each(|found| draft.title_link(found.url));
                draft
            }
            None if matches!(block.kind, Kind::Item { .. }) && words::leading_address(block.text).is_some() => {
                self.addressed_draft(naming, end)
            }
            None => {
                let title = || words::in_span(words::before_running_number(block.text).unwrap_or(block.text));
                let text = self.title_of_basics(naming, end).or_else(|| self.part_of(naming)).unwrap_or_else(title);
                body::draft(Block { text, ..block }, &self.blocks[naming + 1..end], &names)
            }
        }
    }

    /// A draft of a paragraph that begins with bold words: they are the title.
    fn led_draft(&self, lead: &paragraphs::Lead<'a>, naming: usize, end: usize) -> Draft {
        let block = self.blocks[naming];
        let (title, text) = (Block { kind: ITEM, text: lead.title, ..block }, Block { text: lead.text, ..block });
        let body: Vec<Block> = std::iter::once(text).chain(self.blocks[naming + 1..end].iter().copied()).collect();
        let mut draft = body::draft(title, &body, &self.names());
        match lead.remark {
            Some(day) if date::is_day(day) => draft.fill(Field::Published, "date", day),
            Some(remark) => draft.keep("details", remark),
            None => {}
        }
        draft
    }

    /// The words of a heading without its number, where that counts the parts of the heading above: `1.2 Title` below `1. Section`.
    fn part_of(&self, naming: usize) -> Option<&'a str> {
        let text = Some(self.blocks[naming].text).filter(|text| text.starts_with(|c: char| c.is_ascii_digit()))?;
        let (number, words) = text.split_once(' ')?;
        let at = self.headings.binary_search_by_key(&naming, |heading| heading.line).ok()?;
        let above = self.blocks[self.headings[self.headings[at].parent?].line].text;
        let counts = number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && numbers::is_part_of(text, above);
        counts.then(|| words.trim_start()).filter(|words| !words.is_empty())
    }

    /// A draft of an item that begins with an address: the words behind it are the title, or else the first line below it.
    fn addressed_draft(&self, naming: usize, end: usize) -> Draft {
        let block = self.blocks[naming];
        let (url, words) = words::leading_address(block.text).unwrap_or_default();
        let is_title = |at: &usize| matches!(self.blocks[*at].kind, Kind::Text | Kind::Item { .. }) && !self.has_label[*at];
        let below =
            (naming + 1..end).find(|&at| self.blocks[at].kind != Kind::Blank).filter(|_| words.is_empty()).filter(is_title);
        let text = below.map_or(words, |at| self.blocks[at].text);
        let rest = &self.blocks[below.unwrap_or(naming) + 1..end];
        let mut draft = body::draft(Block { text, ..block }, rest, &self.names());
        draft.title_link(url);
        draft
    }

    /// A draft of a line with a label for the title, and others for fields between bars where it goes on: `Title: … | Authors: …`.
    fn labelled_draft(&self, title: Label<'a>, naming: usize, end: usize) -> Draft {
        let block = self.blocks[naming];
        let (names, below) = (self.names(), &self.blocks[naming + 1..end]);
        let Some((words, fields)) = self.fields_beside(&title) else {
            return body::draft(Block { text: title.rest, ..block }, below, &names);
        };
        let fields = fields.into_iter().map(|text| Block { kind: Kind::Text, indent: 0, text });
        body::draft(Block { text: words, ..block }, &fields.chain(below.iter().copied()).collect::<Vec<_>>(), &names)
    }

    /// The title behind a label and the fields that follow it on its line, if nothing else does.
    fn fields_beside(&self, title: &Label<'a>) -> Option<(&'a str, Vec<&'a str>)> {
        let columns = &self.document.columns;
        let is_field = |part: &&str| label::label(part, columns).is_some_and(|label| label.field != Field::Unknown);
        let mut parts = label::segments(title.rest);
        let words = parts.remove(0);
        (!parts.is_empty() && parts.iter().all(is_field)).then_some((words, parts))
    }

    /// The label of a line for a title that names an entry. In an item words such as `Paper: …` are one only if they are set off or if
    /// fields follow.
    fn titled(&self, line: usize) -> Option<Label<'a>> {
        let block = &self.blocks[line];
        let has_fields = |label: &Label<'a>| self.is_followed_by_field(line) || self.fields_beside(label).is_some();
        let is_label = |label: &Label<'a>| block.kind == Kind::Text || label.marked || has_fields(label);
        self.title_label(block).filter(is_label)
    }

    /// Lists of places on the page itself are structure, and so are lists of files nearby before and after the entries. Between these such a
    /// line may be one whose work is not on the web, which is told.
    fn mark_local_links(&self, units: &[Unit], marks: &mut Marks) {
        let entries = units.first().map_or(0..0, |first| first.naming..units[units.len() - 1].naming);
        for (i, block) in self.blocks.iter().enumerate() {
            let may_be = marks.get(i) == Mark::Stray && matches!(block.kind, Kind::Item { .. }) && !self.has_link[i];
            if may_be && block.text.contains("](") && (block.text.contains("](#") || !entries.contains(&i)) {
                marks.set(i..i + 1, Mark::Structure);
            }
        }
    }
}

/// Fewer headings that show by nothing but their form are none.
const MIN_WEAK: usize = 2;

/// So many entries of the other form stand beside those of the first.
const MIN_SECOND: usize = 3;

/// Fewer characters name nothing.
const MIN_WORDS: usize = 8;

/// So much text below a heading makes it a story, in bytes.
const MIN_PROSE: usize = 80;

impl Outline<'_, '_> {
    /// Where each unit ends with a rule, what stands behind as many rules as the one before has is no part of the last unit; and neither
    /// are a few lines without a label behind a rule where no other unit has one, nor a link in a paragraph of its own.
    fn cut_footer(&self, units: &mut [Unit]) {
        let last_word = |unit: &Unit| (unit.naming..unit.end).rev().find(|&at| self.blocks[at].kind != Kind::Blank);
        let is_line = |at: usize| self.blocks[at].kind == Kind::Rule && self.blocks[at].text.starts_with(['-', '*', '_']);
        let Some((last, before)) = units.split_last_mut() else { return };
        if MIN_OTHERS <= before.len()
            && let Some(link) = self.link_behind(last)
            && !before.iter().any(|unit| self.last_lines(unit).any(|at| self.is_lone_link(at)))
        {
            last.end = link;
        }
        let Some(rule) = (last.naming..last.end).find(|&at| is_line(at)) else { return };
        let behind = || (rule + 1..last.end).filter(|&at| self.blocks[at].kind != Kind::Blank);
        let is_footer =
            || behind().count() <= MAX_FOOTER && behind().all(|at| self.blocks[at].kind == Kind::Text && !self.has_label[at]);
        let is_alone = || MIN_OTHERS <= before.len() && !before.iter().any(|unit| (unit.naming..unit.end).any(is_line));
        if let Some(other) = before.last().filter(|unit| last_word(unit).is_some_and(is_line)) {
            let n_rules = (other.naming..other.end).filter(|&at| is_line(at)).count();
            let closing = (last.naming..last.end).filter(|&at| is_line(at)).nth(n_rules - 1);
            last.end = closing.unwrap_or(last.end);
        } else if is_footer() && is_alone() {
            last.end = rule;
        }
    }

    /// The lines of a unit with words below its first, from the last one on.
    fn last_lines(&self, unit: &Unit) -> impl Iterator<Item = usize> {
        (unit.naming + 1..unit.end).rev().filter(|&at| !matches!(self.blocks[at].kind, Kind::Blank | Kind::Rule))
    }

    /// The last line of a unit if it is a link and nothing else, though the unit has one before it.
    fn link_behind(&self, unit: &Unit) -> Option<usize> {
        let link = self.last_lines(unit).next().filter(|&at| self.is_lone_link(at))?;
        self.has_link[unit.naming..link].contains(&true).then_some(link)
    }

    /// True for a paragraph that is a link and nothing else.
    fn is_lone_link(&self, at: usize) -> bool {
        let is_alone = self.blocks[at].kind == Kind::Text && self.blocks[at - 1].kind == Kind::Blank;
        is_alone && words::linked_words(self.blocks[at].text).is_some()
    }
}

/// More lines than this behind a rule, blank ones left out, are no footer.
const MAX_FOOTER: usize = 3;

/// Fewer entries do not show what an entry has.
const MIN_OTHERS: usize = 2;

/// Units in the order of the text: each ends where the next begins, and of those that begin at one line the first stays.
fn without_overlaps(mut units: Vec<Unit>) -> Vec<Unit> {
    units.sort_by_key(|unit| unit.naming);
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        match kept.last_mut() {
            Some(last) if unit.naming == last.naming => continue,
            Some(last) if unit.naming < last.end => last.end = unit.naming,
            _ => {}
        }
        kept.push(unit);
    }
    kept
}

fn note_fields(draft: &Draft, claim: &mut Claim) {
    let entry = &draft.entry;
    let found = [
        (Field::Title, entry.title.is_some()),
        (Field::Authors, !entry.authors.is_empty()),
        (Field::Link, !entry.links.is_empty()),
        (Field::Summary, entry.summary.is_some()),
        (Field::Published, entry.published.is_some()),
        (Field::Tags, !entry.tags.is_empty()),
    ];
    found.into_iter().filter(|(_, there)| *there).for_each(|(field, _)| claim.found(field));
}
