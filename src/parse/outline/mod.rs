//! Entries under headings and in lists.
//!
//! The text is taken as an outline: headings with the lines below them, items with the lines below those. One level of headings
//! and one depth of items are tried as what entries are; a heading or an item is one if it is linked, or if links or known
//! fields stand right below it. What most entries are made of is taken; headings above are sections, items below are fields.

mod blocks;
mod body;
mod groups;
mod head;
mod label;
mod paragraphs;
mod sources;

use super::claim::{Claim, Document, Mark, Marks};
use super::date::When;
use super::fields::Draft;
use super::lexicon::{Field, look_up};
use super::{date, link, row};
use crate::diagnostic::report;
use crate::model::Day;
use crate::text::{Span, any_three};
use blocks::{Block, Kind};
use head::Form;
use label::Label;
use sources::Sources;
use std::collections::{HashMap, HashSet};

/// The name of the dialect whose entries stand under headings.
pub(super) const HEADINGS: &str = "headings";
/// The name of the dialect whose entries are items of lists.
pub(super) const LISTS: &str = "lists";

/// Reads entries under headings and in lists.
pub(super) fn read(document: &Document) -> Claim {
    let outline = Outline::new(document);
    if let Some(sources) = Sources::find(document, &outline.blocks) {
        let outline = Outline::beside(sources, document);
        let units = outline.units();
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

impl Outline<'_, '_> {
    fn claim(&self, dialect: &'static str, mut units: Vec<Unit>) -> Claim {
        let outline = self;
        let document = self.document;
        outline.cut_footer(&mut units);
        let mut claim = Claim::new(dialect, document);
        claim.weak = units.iter().all(|unit| unit.weak);
        for (i, block) in outline.blocks.iter().enumerate() {
            if matches!(block.kind, Kind::Heading(_) | Kind::Rule | Kind::Code) {
                claim.marks.set(i..i + 1, Mark::Structure);
            }
        }
        for unit in &units {
            outline.make(unit, &mut claim);
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
        Some(at) => body::draft(outline.blocks[at], &outline.blocks[at + 1..], &document.columns),
        None => {
            let nothing = Block { kind: Kind::Text, indent: 0, text: "" };
            body::draft(nothing, &outline.blocks, &document.columns)
        }
    }
}

/// The text as one entry if it is a heading over a line that says who wrote what follows, and when: `Posted by … on …`.
pub(super) fn signed(document: &Document) -> Option<Draft> {
    let mut lines = document.lines.iter().filter(|line| !line.is_blank());
    let (first, second) = (lines.next()?, lines.next()?);
    let (_, title) = super::table::heading(first.text)?;
    if date::find(title).is_some() || body::byline(second.text).is_none() {
        return None;
    }
    Some(page(document))
}

/// An item of a list as an entry.
pub(super) fn item(line: &str) -> Draft {
    let text = line.trim_start_matches(['-', '*', '+', ' ']);
    body::draft(Block { kind: Kind::Item { numbered: false }, indent: 0, text }, &[], &[])
}

/// True for a text that tells how to install and use something and lists no entries of its own: a copied README.
pub(super) fn is_manual(document: &Document) -> bool {
    let headings = document.lines.iter().filter_map(|line| super::table::heading(line.text));
    let is_of_manual = |text: &str| {
        let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        MANUAL.contains(&plain.as_str())
    };
    headings.filter(|(_, text)| text.len() <= 60 && is_of_manual(text)).take(2).count() == 2
}

/// Headings of manuals, folded.
const MANUAL: &[&str] = &[
    "installation",
    "install",
    "installing",
    "gettingstarted",
    "quickstart",
    "usage",
    "howtouse",
    "license",
    "licence",
    "contributing",
    "contribution",
    "contributors",
    "requirements",
    "prerequisites",
    "configuration",
    "building",
    "buildfromsource",
    "development",
    "deployment",
    "documentation",
    "faq",
    "changelog",
    "roadmap",
    "acknowledgements",
    "acknowledgments",
    "citation",
    "features",
    "support",
    "tableofcontents",
    "安装",
    "安装说明",
    "快速开始",
    "使用",
    "使用方法",
    "使用说明",
    "如何使用",
    "许可证",
    "许可",
    "开源协议",
    "贡献",
    "贡献指南",
    "配置",
    "部署",
    "本地运行",
    "本地开发",
    "功能特性",
    "功能",
    "特性",
    "技术栈",
    "环境要求",
    "项目结构",
    "致谢",
    "常见问题",
    "更新日志",
    "インストール",
    "使い方",
    "ライセンス",
    "설치",
    "사용법",
];

/// The field that a name means.
fn field_of(name: &str, columns: &[(String, Field)]) -> Option<Field> {
    row::named(name, columns).or_else(|| look_up(name).map(|meaning| meaning.field))
}

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

/// A heading that may name an entry.
struct Candidate {
    line: usize,
    /// The line after the last one below it.
    end: usize,
    evidence: Evidence,
    parent: Option<usize>,
}

struct Heading {
    line: usize,
    level: u8,
    /// Words of a field (`### Abstract`), or words that come again and again.
    is_label: bool,
    /// The day that it names and little else.
    day: Option<Day>,
    /// The heading above it: the last one of a higher level, fields left out.
    parent: Option<usize>,
}

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

struct Outline<'d, 'a> {
    document: &'d Document<'a>,
    blocks: Vec<Block<'a>>,
    headings: Vec<Heading>,
    items: Vec<Item>,
    /// For each line whether it holds an address of the web.
    has_link: Vec<bool>,
    /// For each line whether it begins with a label that the lexicon knows, or is a row of a table of properties.
    has_label: Vec<bool>,
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
        let has_label = blocks.iter().map(|block| has_label(block, &document.columns)).collect();
        let repeated = repeated_words(&blocks, &has_link);
        let (headings, items) = (Vec::new(), Vec::new());
        let mut outline =
            Outline { document, blocks, headings, items, has_link, has_label, several_first: false, repeated, sources };
        outline.headings = outline.find_headings();
        outline.several_first = outline.headings.iter().filter(|heading| heading.level == 1 && !heading.is_label).count() > 1;
        outline.items = outline.find_items();
        outline
    }

    fn find_headings(&self) -> Vec<Heading> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let found: Vec<(usize, u8)> = self
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(i, block)| if let Kind::Heading(level) = block.kind { Some((i, level)) } else { None })
            .collect();
        for (line, _) in &found {
            *seen.entry(self.blocks[*line].text).or_default() += 1;
        }
        let heading = |&(line, level): &(usize, u8)| {
            let text = self.blocks[line].text;
            let linked = self.has_link[line];
            let names_field = || {
                label::label(text, &self.document.columns)
                    .is_some_and(|label| label.rest.is_empty() && label.field != Field::Unknown)
            };
            let plain = text.trim_matches(label::is_ornament);
            let names_part = || is_field_name(plain, &self.document.columns) || names_field() || sources::is_references(text);
            let is_label = !linked && text.len() <= 60 && (seen[text] >= 3 || names_part());
            Heading { line, level, is_label, day: day_heading(text, self.document.when).filter(|_| !linked), parent: None }
        };
        let mut headings: Vec<Heading> = found.iter().map(heading).collect();
        let mut last: [Option<usize>; 8] = [None; 8];
        for (at, heading) in headings.iter_mut().enumerate() {
            let level = usize::from(heading.level);
            heading.parent = last[..level].iter().copied().flatten().max();
            if !heading.is_label {
                last[level] = Some(at);
                last[level + 1..].fill(None);
            }
        }
        headings
    }

    /// The items with their depths: by indent, and bullets below a number on the same column belong to it.
    fn find_items(&self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut open: Vec<(usize, u16, bool)> = Vec::new();
        for (i, block) in self.blocks.iter().enumerate() {
            match block.kind {
                Kind::Heading(_) | Kind::Row => self.close(&mut items, &mut open, 0, i),
                Kind::Item { numbered } => {
                    let stays = |&(_, indent, number): &(usize, u16, bool)| {
                        indent.saturating_add(1) < block.indent
                            || indent <= block.indent && number && !numbered && self.is_below(i)
                    };
                    let keep = open.iter().position(|item| !stays(item)).unwrap_or(open.len());
                    self.close(&mut items, &mut open, keep, i);
                    let parent = open.last().map(|item| item.0);
                    items.push(Item {
                        line: i,
                        depth: keep.min(MAX_DEPTH),
                        end: self.blocks.len(),
                        parent,
                        numbered,
                        evidence: Evidence::None,
                    });
                    if open.len() < MAX_OPEN {
                        open.push((items.len() - 1, block.indent, numbered));
                    }
                }
                Kind::Rule if block.text.starts_with(['-', '*', '_']) => self.close(&mut items, &mut open, 0, i),
                _ => {}
            }
        }
        self.close(&mut items, &mut open, 0, self.blocks.len());
        self.end_lists(&mut items);
        for at in 0..items.len() {
            items[at].evidence = self.item_evidence(&items, at);
        }
        items
    }

    fn close(&self, items: &mut [Item], open: &mut Vec<(usize, u16, bool)>, keep: usize, line: usize) {
        for (item, ..) in open.drain(keep.min(open.len())..) {
            items[item].end = line;
        }
    }

    /// The last item of a list ends before text at the margin if none of the items above it goes on in such text.
    fn end_lists(&self, items: &mut [Item]) {
        // Of the last list of each depth: the line after its last item, and whether text at the margin belongs to one of them.
        let mut lists = [(usize::MAX, false); MAX_DEPTH + 1];
        for at in 0..items.len() {
            let Item { line, depth, end, parent, .. } = items[at];
            let next = items.binary_search_by_key(&end, |item| item.line);
            let is_last = !next.is_ok_and(|next| items[next].depth == depth);
            let end = parent.map_or(end, |parent| end.min(items[parent].end));
            let has_others = lists[depth].0 == line;
            let others_go_on = has_others && lists[depth].1;
            // An item alone goes on as far as it does, and is not searched.
            let loose = if is_last && !has_others { None } else { self.loose_text(line, end) };
            lists[depth] = (end, others_go_on || loose.is_some());
            // Where items further inside follow the text, all of it is the item's.
            let is_free =
                |cut: usize| items[items.partition_point(|item| item.line < cut)..].first().is_none_or(|item| end <= item.line);
            items[at].end = loose.filter(|&cut| is_last && !others_go_on && is_free(cut)).unwrap_or(end);
        }
    }

    /// Where text at the margin begins behind a blank line in an item.
    fn loose_text(&self, naming: usize, end: usize) -> Option<usize> {
        let indent = self.blocks[naming].indent;
        (naming + 2..end).find(|&at| {
            let block = &self.blocks[at];
            self.blocks[at - 1].kind == Kind::Blank && block.kind == Kind::Text && block.indent <= indent
        })
    }

    /// True for a line that is a link named by what it leads to.
    fn is_link_word(&self, text: &str) -> bool {
        linked_words(text).is_some_and(|words| self.repeated.contains(words)) || head::is_link_word(&head::head(text, true).title)
    }

    /// True if a bullet is a field of the numbered item above it rather than the next entry.
    fn is_below(&self, line: usize) -> bool {
        self.has_label[line] || !self.has_link[line] || self.is_link_word(self.blocks[line].text)
    }

    fn item_evidence(&self, items: &[Item], at: usize) -> Evidence {
        let item = &items[at];
        let text = self.blocks[item.line].text;
        if self.titled(item.line).is_some_and(|label| link::find(label.rest).next().is_some()) {
            return Evidence::Linked;
        }
        if self.has_label[item.line] || text.is_empty() {
            return Evidence::None;
        }
        let named = head::head(text, true);
        if named.title.trim().is_empty()
            || head::is_link_word(&named.title)
            || linked_words(text).is_some_and(|words| self.repeated.contains(words))
            || is_noise(&named.title)
            || date::is_day(&named.title)
        {
            return Evidence::None;
        }
        match named.form {
            Form::Linked if named.url.is_some() || named.wiki.is_some() => return Evidence::Linked,
            Form::WithLink if !is_short_label(text) => return Evidence::Linked,
            _ if named.id.is_some() => return Evidence::Linked,
            _ => {}
        }
        let mut links = usize::from(self.sources.are_cited_in(text));
        let (mut labels, mut children) = (0, 0);
        for line in item.line + 1..item.end.min(item.line + MAX_LOOK) {
            let is_item = matches!(self.blocks[line].kind, Kind::Item { .. });
            labels += usize::from(self.has_label[line]);
            if self.has_link[line] && is_item && !self.has_label[line] && !self.is_link_word(self.blocks[line].text) {
                children += 1;
            } else {
                links += usize::from(self.has_link[line]);
            }
        }
        let bold = matches!(named.form, Form::Bold) || named.numbered || item.numbered;
        match (links, labels, children) {
            (1.., ..) | (_, 2.., 0) => Evidence::Below,
            (0, _, 1..) => Evidence::None,
            _ if bold && text.chars().count() >= MIN_WORDS => Evidence::Form,
            _ => Evidence::None,
        }
    }

    /// The units of the level of headings and the depth of items that account for most.
    fn units(&self) -> Vec<Unit> {
        let mut by_heading = self.heading_units();
        let mut by_item = self.item_units(&by_heading);
        let strong = |units: &[Unit]| units.iter().filter(|unit| !unit.weak).count();
        let (headings, items) = (strong(&by_heading), strong(&by_item));
        if headings == 0 && items == 0 {
            let by_paragraph = self.paragraph_units();
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
        if items == 0
            && let [only] = by_heading.as_slice()
        {
            let below = self.units_below(only);
            if !below.is_empty() {
                return below;
            }
        }
        let sure = by_heading.iter().any(|unit| unit.sure && !unit.weak);
        if headings > items || headings == items && sure {
            by_item.retain(|unit| unit.sure && !unit.weak);
            if by_item.len() < MIN_SECOND {
                by_item.clear();
            }
        } else {
            // Among lists a heading with a link somewhere below it is a section or an essay.
            by_heading.retain(|unit| unit.sure && !unit.weak);
            if by_heading.len() < MIN_SECOND {
                by_heading.clear();
            }
            by_item = self.item_units(&by_heading);
        }
        let briefs = self.brief_units(&by_heading);
        without_overlaps(by_heading.into_iter().chain(by_item).chain(briefs).collect())
    }

    /// Items below a heading such as `其他动态` beside entries under headings of its level: what was not worth a story of its own.
    fn brief_units(&self, stories: &[Unit]) -> Vec<Unit> {
        let of_story = |line: usize| match self.blocks[line].kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        };
        let Some(level) = stories.first().and_then(|unit| of_story(unit.naming)) else { return Vec::new() };
        let is_brief = |heading: &&Heading| heading.level == level && is_brief(self.blocks[heading.line].text);
        let mut units = Vec::new();
        for heading in self.headings.iter().filter(is_brief) {
            let next = self.headings.partition_point(|next| next.line <= heading.line);
            let end = self.headings.get(next).map_or(self.blocks.len(), |next| next.line);
            let inside = self.items.iter().filter(|item| (heading.line..end).contains(&item.line) && item.depth == 0);
            let worded = inside.filter(|item| self.blocks[item.line].text.chars().count() >= MIN_WORDS);
            units.extend(worded.map(|item| Unit { naming: item.line, end: item.end, weak: false, sure: true }));
        }
        units
    }

    /// Items of plain sentences, in texts that are a list of them and hardly anything else: news in a line each.
    fn sentence_units(&self) -> Vec<Unit> {
        let words = |line: usize| self.blocks[line].text.chars().count();
        let of_list: Vec<&Item> = self.items.iter().filter(|item| item.depth == 0).collect();
        let in_list: usize = of_list.iter().map(|item| words(item.line)).sum();
        let in_all: usize = (0..self.blocks.len()).filter(|&line| self.blocks[line].kind != Kind::Code).map(words).sum();
        if of_list.len() < MIN_SENTENCES || in_list < of_list.len() * MIN_SENTENCE || in_list * 10 < in_all * 7 {
            return Vec::new();
        }
        let mut units: Vec<Unit> =
            of_list.iter().map(|item| Unit { naming: item.line, end: item.end, weak: true, sure: false }).collect();
        self.cut_loose_text(&mut units);
        units
    }

    fn heading_units(&self) -> Vec<Unit> {
        let mut best: Vec<Unit> = Vec::new();
        let mut best_strong = 0;
        for level in 1..=7 {
            let units = self.units_of_level(level);
            let strong = units.iter().filter(|unit| !unit.weak).count();
            if strong > best_strong || best_strong == 0 && strong == 0 && units.len() > best.len() {
                (best, best_strong) = (units, strong);
            }
        }
        best
    }

    fn units_of_level(&self, level: u8) -> Vec<Unit> {
        let mut found: Vec<Candidate> = Vec::new();
        for (at, heading) in self
            .headings
            .iter()
            .enumerate()
            .filter(|(_, heading)| heading.level == level && !heading.is_label && heading.day.is_none())
        {
            let after = &self.headings[at + 1..];
            let own_end = after.iter().find(|next| !next.is_label).map_or(self.blocks.len(), |next| next.line);
            let end = after
                .iter()
                .find(|next| next.level < level || next.level == level && !next.is_label)
                .map_or(self.blocks.len(), |next| next.line);
            let evidence = self.heading_evidence(heading.line, own_end);
            // Words above further headings introduce those.
            let evidence = if evidence == Evidence::Words && own_end < end { Evidence::None } else { evidence };
            found.push(Candidate { line: heading.line, end, evidence, parent: heading.parent });
        }
        let between = stand_between(&found);
        let is_unit = |one: &Candidate, between: bool| between || one.evidence >= Evidence::Form;
        let kept = found.iter().zip(between).filter(|(one, between)| is_unit(one, *between));
        let mut units: Vec<Unit> = kept
            .map(|(one, between)| Unit {
                naming: one.line,
                end: one.end,
                weak: !between && one.evidence == Evidence::Form,
                sure: one.evidence >= Evidence::Fields,
            })
            .collect();
        let strong = units.iter().filter(|unit| !unit.weak).count();
        // Beside headings with links one of mere words is an entry if most are entries and it is numbered like them.
        let numbered = |unit: &Unit| head::head(self.blocks[unit.naming].text, false).numbered;
        let n_numbered = units.iter().filter(|unit| !unit.weak && numbered(unit)).count();
        for unit in &mut units {
            if unit.weak && n_numbered * 2 > strong && strong >= 2 && numbered(unit) {
                unit.weak = false;
            }
        }
        units.retain(|unit| strong == 0 || !unit.weak);
        units
    }

    fn heading_evidence(&self, line: usize, own_end: usize) -> Evidence {
        let text = self.blocks[line].text;
        let named = head::head(text, false);
        if named.title.trim().is_empty() || is_noise(&named.title) {
            return Evidence::None;
        }
        let mut items = self.items[self.items.partition_point(|item| item.line <= line)..].iter().peekable();
        let (mut linked_items, mut rows, mut links, mut labels, mut words) = (0, 0, 0, 0, 0);
        let (mut title, mut titles) = (None, 0);
        let mut at = line + 1;
        while at < own_end {
            while items.next_if(|item| item.line < at).is_some() {}
            // What belongs to an entry below says nothing of the heading.
            if let Some(item) = items.next_if(|item| item.line == at && item.evidence >= Evidence::Below) {
                linked_items += 1;
                at = item.end.max(at + 1);
                continue;
            }
            let block = &self.blocks[at];
            let row_links = block.kind == Kind::Row && holds_link(block.text);
            rows += usize::from(row_links && !self.has_label[at]);
            labels += usize::from(self.has_label[at]);
            links += usize::from(self.has_link[at] || row_links && self.has_label[at]);
            if block.kind == Kind::Text {
                words += block.text.len();
            }
            if let Some(label) = self.title_label(block) {
                let form = (label.name, block.kind, block.indent);
                titles += usize::from(*title.get_or_insert(form) == form);
            }
            at += 1;
        }
        // Each title below is an entry's.
        if titles > 1 {
            return Evidence::None;
        }
        let linked = self.has_link[line] || named.wiki.is_some() || named.id.is_some();
        let is_section = linked_items >= 1 && words < MIN_PROSE || linked_items > 3 || rows > 2;
        if is_section && labels < 2 {
            return Evidence::None;
        }
        match () {
            () if linked => Evidence::Linked,
            () if labels >= 2 => Evidence::Fields,
            () if links > 0 || linked_items > 0 && words >= MIN_PROSE => Evidence::Below,
            () if linked_items == 0 && words >= MIN_PROSE && !text.ends_with(['?', '？']) => Evidence::Form,
            () if linked_items == 0 && rows == 0 && words > 0 => Evidence::Words,
            () => Evidence::None,
        }
    }

    /// The headings of the highest level that has several, or of the only one, with all that stands below them.
    fn all_headings(&self) -> Vec<Unit> {
        let of_level = |level: u8| {
            let at = move |(_, heading): &(usize, &Heading)| heading.level == level && !heading.is_label && heading.day.is_none();
            self.headings.iter().enumerate().filter(at).collect::<Vec<_>>()
        };
        let levels: Vec<Vec<(usize, &Heading)>> = (1..=7).map(of_level).filter(|headings| !headings.is_empty()).collect();
        let Some(level) = levels.iter().find(|headings| headings.len() > 1).or(levels.last()) else { return Vec::new() };
        let end = |at: usize, level: u8| {
            let next = self.headings[at + 1..].iter().find(|next| next.level <= level && !next.is_label);
            next.map_or(self.blocks.len(), |next| next.line)
        };
        let unit = |&(at, heading): &(usize, &Heading)| Unit {
            naming: heading.line,
            end: end(at, heading.level),
            weak: false,
            sure: true,
        };
        level.iter().map(unit).collect()
    }

    /// The items that are nested in no other.
    fn all_items(&self) -> Vec<Unit> {
        let outer = self.items.iter().filter(|item| item.depth == 0);
        outer.map(|item| Unit { naming: item.line, end: item.end, weak: false, sure: true }).collect()
    }

    /// The items of the depth that most entries have, those inside of other units left out.
    fn item_units(&self, others: &[Unit]) -> Vec<Unit> {
        let inside = |line: usize| {
            let at = others.partition_point(|unit| unit.naming <= line);
            at > 0 && line < others[at - 1].end && !others[at - 1].weak
        };
        let outside: Vec<&Item> = self.items.iter().filter(|item| !inside(item.line)).collect();
        let mut best: Vec<Unit> = Vec::new();
        let mut best_strong = 0;
        for depth in 0..=MAX_DEPTH {
            let of_depth: Vec<&&Item> = outside.iter().filter(|item| item.depth == depth).collect();
            let strong = of_depth.iter().filter(|item| item.evidence >= Evidence::Below).count();
            let weak = of_depth.iter().filter(|item| item.evidence == Evidence::Form).count();
            if strong > best_strong || best_strong == 0 && strong == 0 && weak > best.len() && weak >= 3 {
                let numbered = of_depth.iter().filter(|item| item.numbered && item.evidence >= Evidence::Below).count();
                let joins = |item: &Item| {
                    item.evidence >= Evidence::Below
                        || item.evidence == Evidence::Form && (strong == 0 || item.numbered && numbered * 2 > strong)
                };
                best = of_depth
                    .iter()
                    .filter(|item| joins(item))
                    .map(|item| Unit {
                        naming: item.line,
                        end: item.end,
                        weak: strong == 0,
                        sure: item.evidence == Evidence::Linked,
                    })
                    .collect();
                best_strong = strong;
            }
        }
        let groups = self.group_units(&outside);
        if groups.len() >= best_strong.max(1) {
            best = groups;
        }
        self.cut_loose_text(&mut best);
        best
    }

    /// Text at the margin behind a blank line belongs to the item above only if that is how the items of this list are written.
    fn cut_loose_text(&self, units: &mut [Unit]) {
        let loose = |unit: &Unit| self.loose_text(unit.naming, unit.end);
        let followed = units.windows(2).filter(|pair| pair[0].end == pair[1].naming).count();
        let with_text = units.windows(2).filter(|pair| pair[0].end == pair[1].naming && loose(&pair[0]).is_some()).count();
        if with_text * 2 >= followed && with_text > 0 {
            return;
        }
        for unit in units {
            if let Some(cut) = loose(unit) {
                unit.end = cut;
            }
        }
    }

    fn dialect(&self, units: &[Unit]) -> &'static str {
        let headings = units.iter().filter(|unit| matches!(self.blocks[unit.naming].kind, Kind::Heading(_))).count();
        if headings * 2 >= units.len() { HEADINGS } else { LISTS }
    }

    /// Makes an entry of a unit.
    fn make(&self, unit: &Unit, claim: &mut Claim) {
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
        let (section, day) = self.section(unit.naming);
        entry.section = section;
        entry.span = span;
        entry.line = lines[unit.naming].number;
        claim.push(entry, day, unit.naming..end);
    }

    fn draft(&self, naming: usize, end: usize) -> Draft {
        let block = self.blocks[naming];
        let columns = &self.document.columns;
        match self.titled(naming) {
            Some(label) => body::draft(Block { text: label.rest, ..block }, &self.blocks[naming + 1..end], columns),
            // An address above the words: the words are the title.
            None if block.kind == Kind::Text && is_address(block.text) && naming + 1 < end => {
                let mut draft = body::draft(self.blocks[naming + 1], &self.blocks[naming + 2..end], columns);
                link::find(block.text).take(1).for_each(|found| draft.title_link(found.url));
                draft
            }
            None => body::draft(block, &self.blocks[naming + 1..end], columns),
        }
    }

    /// The label of a line for a title that names an entry. In an item words such as `Paper: …` are one only if they are set off or if
    /// fields follow.
    fn titled(&self, line: usize) -> Option<Label<'a>> {
        let block = &self.blocks[line];
        let is_label = |label: &Label| block.kind == Kind::Text || label.marked || self.is_followed_by_field(line);
        self.title_label(block).filter(is_label)
    }

    /// The section that a line stands in, and the day that a heading above it names.
    fn section(&self, line: usize) -> (Option<String>, Option<Day>) {
        let own = if let Kind::Heading(level) = self.blocks[line].kind { level } else { 8 };
        let (mut section, mut day) = (None, None);
        let mut above = self.headings.partition_point(|heading| heading.line < line).checked_sub(1);
        while let Some(at) = above {
            let heading = &self.headings[at];
            above = heading.parent;
            if heading.is_label || heading.level >= own {
                continue;
            }
            if let Some(found) = heading.day {
                day = day.or(Some(found));
            } else if section.is_none()
                && (heading.level > 1 || self.several_first)
                && !super::place::is_update(self.blocks[heading.line].text)
            {
                section = Some(section_name(self.blocks[heading.line].text));
            }
        }
        let parent = self.parent_item(line).map(|item| section_name(self.blocks[item.line].text));
        (parent.or(section).filter(|name| !name.is_empty()), day)
    }

    /// The item that an item is nested in.
    fn parent_item(&self, line: usize) -> Option<&Item> {
        let at = self.items.binary_search_by_key(&line, |item| item.line).ok()?;
        self.items[at].parent.map(|parent| &self.items[parent])
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

/// A list of fewer sentences is a note, not news.
const MIN_SENTENCES: usize = 5;

/// Items of fewer characters, on average, are no sentences.
const MIN_SENTENCE: usize = 20;

/// So many entries of the other form stand beside those of the first.
const MIN_SECOND: usize = 3;

/// Deeper items are taken as of this depth.
const MAX_DEPTH: usize = 4;

/// Items further inside of others end with those.
const MAX_OPEN: usize = 64;

/// How many lines below an item are looked at to see what it is.
const MAX_LOOK: usize = 64;

/// Fewer characters name nothing.
const MIN_WORDS: usize = 8;

/// So much text below a heading makes it a story, in bytes.
const MIN_PROSE: usize = 80;

impl Outline<'_, '_> {
    /// Where each unit ends with a rule, what stands behind the last rule is no part of the last unit.
    fn cut_footer(&self, units: &mut [Unit]) {
        let last_word = |unit: &Unit| (unit.naming..unit.end).rev().find(|&at| self.blocks[at].kind != Kind::Blank);
        let is_line = |at: usize| self.blocks[at].kind == Kind::Rule && self.blocks[at].text.starts_with(['-', '*', '_']);
        let Some((last, before)) = units.split_last_mut() else { return };
        if before.last().and_then(last_word).is_some_and(is_line)
            && let Some(rule) = (last.naming..last.end).find(|&at| is_line(at))
        {
            last.end = rule;
        }
    }
}

/// The words of a line that is one link and nothing else.
fn linked_words(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(')')?;
    let (words, url) = inner.split_once("](")?;
    (!words.contains(['[', ']']) && link::is_web(url) && !url.contains(')')).then_some(words)
}

/// Words of up to 24 characters that are all of a line and lead to several addresses.
fn repeated_words<'a>(blocks: &[Block<'a>], has_link: &[bool]) -> HashSet<&'a str> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    let mut repeated = HashSet::new();
    for (block, _) in blocks.iter().zip(has_link).filter(|(block, link)| **link && matches!(block.kind, Kind::Item { .. })) {
        let Some(words) = linked_words(block.text).filter(|words| words.chars().count() <= 24) else { continue };
        if *first.entry(words).or_insert(block.text) != block.text {
            repeated.insert(words);
        }
    }
    repeated
}

/// For each heading of a level whether it has words below it and stands between entries that links below them show to be such, if most
/// from the first to the last of these are: the link of one was forgotten. A heading that is linked itself is of another form.
fn stand_between(found: &[Candidate]) -> Vec<bool> {
    let is_entry = |one: &Candidate| matches!(one.evidence, Evidence::Below | Evidence::Fields);
    let has_words = |one: &Candidate| matches!(one.evidence, Evidence::Words | Evidence::Form);
    let n_entries = found.iter().filter(|one| is_entry(one)).count();
    let n_around = found.iter().position(is_entry).unwrap_or(0) + found.iter().rev().position(is_entry).unwrap_or(0);
    if n_entries * 2 <= found.len() - n_around {
        return vec![false; found.len()];
    }
    // Whether what stands beside each, towards the one end of the text or the other, leads to an entry over nothing but words.
    let beside = |pair: &[Candidate], from: usize, to: usize, leads: bool| {
        pair[from].parent == pair[to].parent && (is_entry(&pair[from]) || leads && has_words(&pair[from]))
    };
    let mut between = vec![false; found.len()];
    for (at, pair) in found.windows(2).enumerate() {
        between[at + 1] = beside(pair, 0, 1, between[at]);
    }
    let mut below = false;
    for at in (0..found.len()).rev() {
        below = found.get(at..at + 2).is_some_and(|pair| beside(pair, 1, 0, below));
        between[at] &= below && has_words(&found[at]);
    }
    between
}

fn without_overlaps(mut units: Vec<Unit>) -> Vec<Unit> {
    units.sort_by_key(|unit| unit.naming);
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        match kept.last_mut() {
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

/// True for a line that is an address, or a link, and nothing else.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    // Nothing stands beside a link that is as long as the text.
    link::find(text).next().is_some_and(|only| {
        only.range.len() == text.len() && (only.text.is_empty() || link::is_web(only.text)) && link::is_web(only.url)
    })
}

/// True if a line holds an address of the web or a page of a notebook.
fn holds_link(text: &str) -> bool {
    let may_lead = |a: u8, b: u8, c: u8| ((a == b':') | (a == b'(')) & (b == b'/') & (c == b'/');
    any_three(text.as_bytes(), may_lead) && (text.contains("://") || text.contains("](//"))
}

fn has_label(block: &Block, columns: &[(String, Field)]) -> bool {
    match block.kind {
        Kind::Item { .. } | Kind::Text => {
            label::label(block.text, columns).is_some_and(|label| label.field != Field::Unknown && label.field != Field::Title)
        }
        Kind::Row => body::property(block.text, columns).is_some(),
        _ => false,
    }
}

/// True for headings that are the name of a field and not a title that happens to be one word of the lexicon with others.
fn is_field_name(text: &str, columns: &[(String, Field)]) -> bool {
    field_of(text, columns).is_some_and(|field| !matches!(field, Field::Title | Field::Number | Field::Language))
}

/// The day that a heading names, if it says little else.
fn day_heading(text: &str, when: Option<When>) -> Option<Day> {
    let text = text.trim_matches(label::is_ornament);
    let (day, range) = date::find(text).or_else(|| date::find_without_year(text, when?).filter(|(_, range)| range.start == 0))?;
    let rest = text[..range.start].chars().chain(text[range.end..].chars()).filter(|c| c.is_alphanumeric()).count();
    (rest <= 24 && !super::place::is_update(text)).then_some(day)
}

/// A section's name without links, numbers of entries and ornaments.
pub(super) fn section_name(text: &str) -> String {
    let name = link::without_anchors(text);
    let name = name.trim_matches(|c: char| label::is_ornament(c) || matches!(c, '*' | '_' | ':' | '：' | '`' | '#'));
    let counted = [('(', ')'), ('（', '）'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let at = name.rfind(open).filter(|&at| at > 0)?;
        let inner = name[at..].trim_end_matches(close);
        (name.ends_with(close) && inner.bytes().any(|b| b.is_ascii_digit()) && inner.len() <= 24).then(|| name[..at].trim_end())
    });
    counted.unwrap_or(name).trim().to_owned()
}

/// Longer titles, in bytes, are about something.
const MAX_NOISE: usize = 60;

/// True for headings over news in brief: words of `BRIEFS`, signs and numbers left out.
fn is_brief(heading: &str) -> bool {
    if heading.len() > MAX_NOISE {
        return false;
    }
    let plain: String = heading.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    BRIEFS.contains(&plain.as_str())
}

/// Headings over news in brief, folded.
const BRIEFS: &[&str] = &[
    "其他动态",
    "其它动态",
    "其他新闻",
    "其它新闻",
    "其他资讯",
    "其他消息",
    "其他",
    "其它",
    "快讯",
    "简讯",
    "速览",
    "更多新闻",
    "更多动态",
    "更多资讯",
    "一句话新闻",
    "一句话快讯",
    "othernews",
    "otherstories",
    "other",
    "others",
    "more",
    "morenews",
    "morestories",
    "briefs",
    "newsinbrief",
    "inbrief",
    "brieflynoted",
    "quickhits",
    "quicklinks",
    "quicknews",
    "alsonoted",
    "alsonotable",
    "honorablementions",
    "honourablementions",
    "その他",
    "その他のニュース",
    "기타",
    "기타소식",
];

/// True for headings and items that are about the site and not entries: a way back, a table of contents.
fn is_noise(title: &str) -> bool {
    if title.len() > MAX_NOISE || title.bytes().filter(u8::is_ascii_alphanumeric).count() > MAX_NOISE_LETTERS {
        return false;
    }
    let plain: String = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    plain.is_empty()
        || ["tableofcontents", "toc", "目录", "目次", "back", "backtotop", "top", "返回顶部", "contents"]
            .contains(&plain.as_str())
}

/// How many letters the longest of these words has.
const MAX_NOISE_LETTERS: usize = "tableofcontents".len();

/// True for `label: link` where the label is short: a link of the site, not an entry.
fn is_short_label(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(48)];
    head.char_indices().find(|(_, c)| matches!(c, ':' | '：')).is_some_and(|(at, c)| {
        let label = text[..at].trim_matches(|c: char| label::is_ornament(c) || matches!(c, '*' | '_'));
        let rest = text[at + c.len_utf8()..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '*' | '：'));
        label.chars().count() <= 16
            && !label.contains('[')
            && (rest.starts_with("http") || rest.starts_with('[') || rest.starts_with('<'))
            && !text[..at].ends_with("http")
            && !text[..at].ends_with("https")
    })
}
