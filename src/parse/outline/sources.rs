//! Where texts say their sources: a section of references, cited as `[1]`, and footnotes, `[^1]: https://…`, that hold addresses.
//!
//! Such lines are no entries where others stand above them. What cites them gets their links, or, if it has one of its own, names
//! them as references.

use super::super::claim::{Document, Mark, Marks};
use super::super::link::{self, Found};
use super::Unit;
use super::blocks::{Block, Kind};
use super::label::is_ornament;
use super::words::{folded, holds_link, is_address, is_one_of, linked_words};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The lines of a text that say its sources.
#[derive(Default)]
pub(super) struct Sources<'a> {
    /// The section of references, its heading included.
    section: Range<usize>,
    /// The level of the heading that the section stands below.
    above: Option<u8>,
    /// True if the text cites all that the section lists.
    all_cited: bool,
    /// True if the section closes stories without links.
    closes: bool,
    /// True if the section leads to the starts of sites and nothing else in the text leads anywhere.
    leads_home: bool,
    /// Footnotes.
    notes: Vec<usize>,
    /// Links with their lines, by what cites them: `1`, `^1`.
    links: HashMap<&'a str, Vec<(usize, Found<'a>)>>,
}

impl<'a> Sources<'a> {
    /// The sources of a text; none if it has none, or if it is not sure that these are sources.
    pub(super) fn find(document: &Document<'a>, blocks: &[Block<'a>]) -> Option<Sources<'a>> {
        let mut sources = Sources::default();
        if let Some((at, level)) = only_heading(blocks) {
            let ends = |block: &Block| block.level().is_some_and(|next| next <= level);
            let end = (at + 1..blocks.len()).find(|&next| ends(&blocks[next])).unwrap_or(blocks.len());
            let mut levels = blocks[..at].iter().rev().filter_map(|block| block.level());
            sources.above = levels.find(|&above| above < level);
            sources.section = at..end;
        }
        let is_note = |&at: &usize| blocks[at].kind == NUMBERED && document.lines[at].text.trim_start().starts_with("[^");
        sources.notes = (0..blocks.len()).filter(|at| !sources.section.contains(at)).filter(is_note).collect();
        if sources.section.is_empty() && sources.notes.is_empty() {
            return None;
        }
        let Range { start, end } = sources.section;
        let others = blocks[..start].iter().chain(&blocks[end..]);
        let cited: HashSet<&str> = others.flat_map(|block| citations(block.text)).collect();
        sources.notes.retain(|&at| mark(document.lines[at].text).is_some_and(|mark| cited.contains(mark)));
        let is_named = sources.collect_links(document, blocks);
        let is_cited = |mark: &str| cited.contains(mark) || cited.contains(["^", mark].concat().as_str());
        let in_section = |links: &[(usize, Found)]| links.first().is_some_and(|(at, _)| (start..end).contains(at));
        let mut of_section = sources.links.iter().filter(|(_, links)| in_section(links)).map(|(mark, _)| is_cited(mark));
        let any_cited = of_section.clone().any(|is_cited| is_cited);
        sources.all_cited = any_cited && is_named && of_section.all(|is_cited| is_cited);
        sources.closes = sources.closes_stories(blocks);
        sources.leads_home = sources.leads_home_alone(blocks);
        if !any_cited && !sources.closes && !sources.leads_home && !sources.is_plain(blocks) {
            sources.section = 0..0;
        }
        (!sources.section.is_empty() || !sources.notes.is_empty()).then_some(sources)
    }

    /// Takes the links down by their numbers; true if there is a number for each of them.
    fn collect_links(&mut self, document: &Document<'a>, blocks: &[Block<'a>]) -> bool {
        let (mut last, mut is_named) = (None, true);
        for at in self.section.clone().chain(self.notes.iter().copied()) {
            if matches!(blocks[at].kind, Kind::Item { .. } | Kind::Text) {
                last = mark(document.lines[at].text).or(last);
            }
            if !holds_link(blocks[at].text) {
                continue;
            }
            is_named &= last.is_some();
            if let Some(mark) = last {
                let found = link::find(blocks[at].text).filter(|link| link::is_web(link.url));
                self.links.entry(mark).or_default().extend(found.map(|link| (at, link)));
            }
        }
        is_named
    }

    /// True if a section is one of references by its name, or lists nothing but addresses, or bare links as a list of kindred projects at
    /// the end does.
    fn is_plain(&self, blocks: &[Block]) -> bool {
        let Some((heading, lines)) = blocks[self.section.clone()].split_first() else { return false };
        let mut items = lines.iter().filter(|block| matches!(block.kind, Kind::Item { .. }));
        let over = named(heading.text).map(|named| named.over);
        let is_footer = over == Some(Over::Related) && (self.section.end == blocks.len() || self.is_before_lists(blocks));
        over == Some(Over::References)
            || items.all(|item| is_address(item.text) || is_footer && linked_words(item.text).is_some())
    }

    /// True if the section stands before all lists, which count their items as it does not.
    fn is_before_lists(&self, blocks: &[Block]) -> bool {
        let is_item = |block: &Block| matches!(block.kind, Kind::Item { .. });
        let (before, after) = (&blocks[..self.section.start], &blocks[self.section.end..]);
        let is_counted = |block: &Block| block.kind == NUMBERED;
        let mut first = after.iter().filter(|block| is_item(block) && holds_link(block.text));
        !before.iter().any(is_item)
            && !blocks[self.section.clone()].iter().any(is_counted)
            && first.next().is_some_and(is_counted)
    }

    /// True for a section of sources at the end, below headings with text of which none has a link: as many links as there are stories, or
    /// more.
    fn closes_stories(&self, blocks: &[Block]) -> bool {
        let closes = |heading: &&Block| named(heading.text).is_some_and(|named| named.closes);
        let Some(heading) = blocks[self.section.clone()].first().filter(closes) else { return false };
        let before = &blocks[..self.section.start];
        if before.iter().any(|block| holds_link(block.text))
            || blocks[self.section.end..].iter().any(|block| holds_link(block.text))
        {
            return false;
        }
        // Stories stand further inside than the section, or it is a bold line below the last one.
        let level = before.iter().filter_map(Block::level).filter(|level| *level < BOLD_LINE).max();
        let Some(level) = level.filter(|level| heading.level().is_some_and(|own| own < *level || own == BOLD_LINE)) else {
            return false;
        };
        let n_stories = before.iter().filter(|block| block.level() == Some(level)).count();
        let n_links = blocks[self.section.clone()].iter().filter(|block| holds_link(block.text)).count();
        MIN_STORIES <= n_stories && n_stories <= n_links
    }

    /// True if a section of a few links holds all of the text's, and most lead to the start of a site.
    fn leads_home_alone(&self, blocks: &[Block]) -> bool {
        let Range { start, end } = self.section;
        let links: Vec<Option<&str>> = blocks[start..end].iter().filter(|block| holds_link(block.text)).map(home).collect();
        let n_homes = links.iter().flatten().count();
        !links.is_empty()
            && links.len() <= MAX_HOMES
            && links.len() <= n_homes * 2
            && !blocks[..start].iter().chain(&blocks[end..]).any(|block| holds_link(block.text))
    }

    /// True if nothing in the text leads to a work, so that its lists are notes.
    pub(super) fn lead_home(&self) -> bool {
        self.leads_home
    }

    /// Takes the sources out of what is read as entries.
    pub(super) fn blank(&self, blocks: &mut [Block]) {
        for at in self.section.clone().chain(self.notes.iter().copied()) {
            blocks[at] = Block { kind: Kind::Blank, indent: 0, text: "" };
        }
    }

    /// True if entries stand beside the sources: the section is no part of one of them, unless all of it is cited. One that only leads to
    /// sites is none even if nothing stands beside it.
    pub(super) fn stand_beside(&self, units: &[Unit], blocks: &[Block]) -> bool {
        let level = units.first().and_then(|unit| blocks[unit.naming].level());
        let is_part = !self.section.is_empty() && level.is_some() && level == self.above;
        self.leads_home || !units.is_empty() && (self.all_cited || self.closes || !is_part)
    }

    /// True if a text cites one of the sources.
    pub(super) fn are_cited_in(&self, text: &str) -> bool {
        !self.links.is_empty() && citations(text).any(|mark| self.get(mark).is_some())
    }

    /// The links of the sources that lines cite, with the lines that hold them, in the order of the citations.
    pub(super) fn cited(&self, lines: &[Block<'a>]) -> Vec<(usize, Found<'a>)> {
        if self.links.is_empty() {
            return Vec::new();
        }
        let mut marks: Vec<&str> = Vec::new();
        for mark in lines.iter().flat_map(|block| citations(block.text)) {
            if marks.len() < MAX_CITED && !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks.into_iter().filter_map(|mark| self.get(mark)).flatten().cloned().collect()
    }

    /// `[^1]` may cite a section's first item as well as a footnote.
    fn get(&self, mark: &str) -> Option<&Vec<(usize, Found<'a>)>> {
        self.links.get(mark).or_else(|| self.links.get(mark.trim_start_matches('^')))
    }

    /// Marks the heading of the section.
    pub(super) fn mark(&self, marks: &mut Marks) {
        marks.set(self.section.start..self.section.end.min(self.section.start + 1), Mark::Structure);
    }
}

/// An entry gets the links of no more sources.
const MAX_CITED: usize = 32;

const NUMBERED: Kind = Kind::Item { numbered: true };

/// The level of a line that is bold from end to end.
const BOLD_LINE: u8 = 7;

/// Fewer headings with text are no stories.
pub(super) const MIN_STORIES: usize = 2;

/// More links than these are a list.
const MAX_HOMES: usize = 3;

/// The address of a line that is a link to the start of a site and nothing else.
fn home<'a>(block: &Block<'a>) -> Option<&'a str> {
    let found = link::find(block.text).next().filter(|found| found.range.len() == block.text.trim().len())?;
    let (_, rest) = found.url.split_once("://")?;
    (!rest.trim_end_matches('/').contains('/')).then_some(found.url)
}

/// The heading over sources and its level, if there is one and only one: where each entry has its own, they are its fields.
fn only_heading(blocks: &[Block]) -> Option<(usize, u8)> {
    let mut headings = blocks.iter().enumerate().filter_map(|(at, block)| match block.kind {
        Kind::Heading(level) if named(block.text).is_some() => Some((at, level)),
        _ => None,
    });
    let first = headings.next();
    first.filter(|_| headings.next().is_none())
}

/// The number that a line of sources is cited by: `1. …`, `[1] …`, `- [1] …`, `[^1]: …`.
fn mark(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(|c: char| is_ornament(c) || matches!(c, '-' | '*' | '+' | '>'));
    let (inner, close): (_, &[char]) = match text.strip_prefix('[') {
        Some(inner) => (inner, &[']']),
        None => (text, &['.', ')', '、', '．']),
    };
    let end = inner.find(close)?;
    is_mark(&inner[..end]).then_some(&inner[..end])
}

/// True for a number of up to three digits, or for the name of a footnote.
fn is_mark(mark: &str) -> bool {
    match mark.strip_prefix('^') {
        Some(name) => (1..=12).contains(&name.len()) && !name.contains(|c: char| c.is_whitespace() || c == '['),
        None => (1..=3).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit()),
    }
}

/// The numbers that a text cites: `[1]`, `[2, 3]`, `[^1]`, but not the words of links.
fn citations(text: &str) -> impl Iterator<Item = &str> {
    let opens = memchr::memchr_iter(b'[', text.as_bytes());
    let inner = opens.filter_map(|open| {
        let rest = &text[open + 1..text.floor_char_boundary(open + MAX_CITATION)];
        let (inner, after) = rest.split_once(']')?;
        (!after.starts_with(['(', ':'])).then_some(inner)
    });
    inner.flat_map(|inner| inner.split([',', '，'])).map(str::trim).filter(|mark| is_mark(mark))
}

/// What stands in brackets to cite is no longer than this, in bytes.
const MAX_CITATION: usize = 32;

/// True for a heading that names references.
pub(super) fn is_references(heading: &str) -> bool {
    named(heading).is_some_and(|named| named.over == Over::References)
}

/// True for a heading over references, or over what may be such.
pub(super) fn names_sources(heading: &str) -> bool {
    named(heading).is_some_and(|named| named.over != Over::Related)
}

/// True for a line whose label says that what follows bears a story out: `佐证：…`.
pub(super) fn is_evidence(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(MAX_CITATION)];
    head.split_once([':', '：']).is_some_and(|(name, _)| is_one_of(EVIDENCE, name))
}

/// Labels of what bears a story out, folded.
const EVIDENCE: &[&str] = &["佐证", "佐證", "证据", "證據", "旁证", "印证", "evidence", "corroboration", "根拠", "근거"];

/// What a heading over sources stands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// References and nothing else.
    References,
    /// References, or entries.
    Sources,
    /// Projects like the one that writes the text.
    Related,
}

/// Headings over sources.
struct Named {
    over: Over,
    /// True if they close a text with what its stories were made from.
    closes: bool,
    /// What they are called, folded.
    words: &'static [&'static str],
}

/// All headings over sources.
const NAMED: &[Named] = &[
    Named { over: Over::References, closes: true, words: &["references", "参考资料", "参考链接"] },
    Named {
        over: Over::References,
        closes: false,
        words: &[
            "reference",
            "bibliography",
            "footnotes",
            "citations",
            "参考",
            "参考文献",
            "参考来源",
            "参考資料",
            "参考リンク",
            "參考",
            "參考文獻",
            "參考資料",
            "參考連結",
            "引用",
            "引用来源",
            "참고문헌",
            "참고자료",
        ],
    },
    Named {
        over: Over::Sources,
        closes: true,
        words: &[
            "sources",
            "来源",
            "來源",
            "信息来源",
            "资料来源",
            "出典",
            "출처",
            "kaynaklar",
            "fuentes",
            "quellen",
            "fonti",
            "fontes",
            "参考ソース",
            "参考記事",
        ],
    },
    Named {
        over: Over::Sources,
        closes: false,
        words: &[
            "source",
            "sourcelist",
            "todayssourcelist",
            "listofsources",
            "links",
            "relatedlinks",
            "链接",
            "連結",
            "相关链接",
            "相關連結",
            "リンク",
        ],
    },
    Named {
        over: Over::Related,
        closes: false,
        words: &[
            "relatedprojects",
            "relatedrepositories",
            "relatedrepos",
            "relatedtools",
            "similarprojects",
            "similartools",
            "相关项目",
            "相关仓库",
            "相关工具",
            "类似项目",
            "同类项目",
            "友情链接",
            "友链",
            "相關專案",
            "相關項目",
            "関連プロジェクト",
            "관련프로젝트",
        ],
    },
];

/// What a heading over sources is called; none for any other.
fn named(heading: &str) -> Option<&'static Named> {
    let plain = folded(heading)?;
    NAMED.iter().find(|named| named.words.contains(&plain.as_str()))
}
