//! Sections that are of one form each beside those of another: stories under headings beside a list of briefs.

use super::super::link;
use super::blocks::Kind;
use super::words::linked_words;
use super::{Evidence, MIN_WORDS, Outline, Unit, head, headings::MAX_LEVEL, manual::is_of_manual, sources, words};
use std::ops::Range;

/// A longer title, in bytes, says what a brief is about.
const MIN_TITLE: usize = 30;

impl Outline<'_, '_> {
    /// The stories among units under headings: those of sections in which each heading is such a unit, with text below it, and nothing else
    /// is an entry.
    pub(super) fn stories(&self, by_heading: &[Unit], by_item: &[Unit]) -> Vec<usize> {
        let Some(level) = by_heading.first().and_then(|unit| self.blocks[unit.naming].level()) else { return Vec::new() };
        let mut sections: Vec<usize> = by_heading.iter().filter_map(|unit| self.section_of(unit.naming)).collect();
        sections.dedup();
        let is_story = |line: usize| {
            let at = by_heading.binary_search_by_key(&line, |unit| unit.naming);
            at.is_ok_and(|at| !by_heading[at].weak && self.tells(&by_heading[at]))
        };
        let holds_stories = |section: &usize| {
            let inside = self.headings[section + 1..].iter().take_while(|next| level <= next.level || next.is_label);
            let next = section + 1 + inside.clone().count();
            let lines = self.headings[*section].line..self.headings.get(next).map_or(self.blocks.len(), |next| next.line);
            let item = by_item.partition_point(|item| item.naming < lines.start);
            let has_items = by_item.get(item).is_some_and(|item| lines.contains(&item.naming));
            let mut heads = inside.filter(|heading| heading.parent == Some(*section) && !heading.is_label);
            !has_items && heads.all(|heading| heading.level == level && is_story(heading.line))
        };
        sections.retain(holds_stories);
        let of_section = |unit: &&Unit| self.section_of(unit.naming).is_some_and(|section| sections.contains(&section));
        by_heading.iter().filter(of_section).map(|unit| unit.naming).collect()
    }

    /// The heading of Markdown above one of Markdown, if it names a section and no file.
    fn section_of(&self, line: usize) -> Option<usize> {
        let at = self.headings.binary_search_by_key(&line, |heading| heading.line).ok()?;
        let section = self.headings[at].parent.filter(|_| self.headings[at].level <= MAX_LEVEL)?;
        let is_file = self.headings[section].level == 1 && !self.several_first;
        Some(section).filter(|_| !is_file && !self.has_link[self.headings[section].line])
    }

    /// True for a unit with words of its own, in a paragraph, and with a link that says where they come from: in front of a paragraph, at
    /// its end, on its own, or behind a label. Links within sentences are what an essay speaks of, and what a rule parts off is a footer.
    fn tells(&self, unit: &Unit) -> bool {
        let is_rule = |at: &usize| self.blocks[*at].kind == Kind::Rule;
        let end = (unit.naming..unit.end).find(is_rule).unwrap_or(unit.end);
        let lines = || unit.naming + 1..end;
        let is_told = |at: usize| {
            let block = &self.blocks[at];
            block.kind == Kind::Text && !self.has_label[at] && linked_words(block.text).is_none()
        };
        let is_text = |at: usize| self.blocks.get(at).is_some_and(|block| block.kind == Kind::Text);
        let stands_at_end = |at: usize| {
            let text = self.blocks[at].text;
            let is_bare = |text: &str| !text.contains(char::is_alphanumeric);
            link::find(text).any(|found| {
                let (begins, ends) = (is_bare(&text[..found.range.start]), is_bare(&text[found.range.end..]));
                begins && (ends || !is_text(at - 1)) || ends && !is_text(at + 1)
            })
        };
        let is_source = |at: usize| self.has_link[at] && (self.has_label[at] || stands_at_end(at));
        let is_linked = self.has_link[unit.naming] || lines().any(is_source);
        is_linked && lines().any(is_told) && !lines().any(|at| self.blocks[at].kind == Kind::Row)
    }

    /// The items that are briefs: all that stands below a heading are such items, each linked and with words beside its link or in a title
    /// that is long enough to say what it is about.
    pub(super) fn briefs(&self, by_item: &[Unit]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < by_item.len() {
            let next = self.headings.partition_point(|heading| heading.line < by_item[at].naming);
            let end = self.headings.get(next).map_or(self.blocks.len(), |next| next.line);
            let until = at + by_item[at..].partition_point(|item| item.naming < end);
            let items = &by_item[at..until];
            at = until;
            let Some(section) = next.checked_sub(1).map(|section| self.headings[section].line) else { continue };
            let text = self.blocks[section].text;
            let names_more = words::is_noise(text) || is_of_manual(text) || sources::is_references(text);
            if !names_more && self.are_all(section + 1..end, items) && items.iter().all(|item| self.is_brief(item)) {
                found.extend(items.iter().map(|item| item.naming));
            }
        }
        found
    }

    /// True if units are all that stands between two lines.
    fn are_all(&self, mut lines: Range<usize>, units: &[Unit]) -> bool {
        lines.all(|at| {
            let before = units.partition_point(|unit| unit.naming <= at);
            let is_inside = before.checked_sub(1).is_some_and(|before| at < units[before].end);
            is_inside || matches!(self.blocks[at].kind, Kind::Blank | Kind::Rule)
        })
    }

    fn is_brief(&self, unit: &Unit) -> bool {
        let at = self.items.binary_search_by_key(&unit.naming, |item| item.line);
        let is_linked = at.is_ok_and(|at| self.items[at].evidence == Evidence::Linked && self.items[at].depth == 0);
        let named = || head::head(self.blocks[unit.naming].text, true);
        let says = |named: head::Head| {
            MIN_TITLE <= named.title.len()
                || MIN_WORDS <= link::without_anchors(&named.rest).trim().chars().count()
                || self.blocks[unit.naming + 1..unit.end].iter().any(|block| !matches!(block.kind, Kind::Blank | Kind::Rule))
        };
        is_linked && says(named())
    }

    /// Units without those that stand below a heading such as `What to do next` and tell nothing of a work, no link, no id and no field, where
    /// all others do: advice on the day, and what is to be learned from it.
    pub(super) fn without_advice(&self, units: Vec<Unit>) -> Vec<Unit> {
        let tells = |unit: &Unit| {
            let mut lines = unit.naming..unit.end;
            lines.any(|at| self.has_link[at] || self.has_label[at])
                || head::head(self.blocks[unit.naming].text, true).id.is_some()
        };
        let told: Vec<bool> = units.iter().map(tells).collect();
        let n_told = told.iter().filter(|told| **told).count();
        if n_told == units.len() || n_told * 2 <= units.len() {
            return units;
        }
        let is_advice = |unit: &Unit| {
            let (section, _) = self.section(unit.naming, &units);
            section.is_some_and(|section| words::is_advice(&section))
        };
        if !units.iter().zip(&told).all(|(unit, told)| *told != is_advice(unit)) {
            return units;
        }
        let kept = units.iter().zip(told).filter(|(_, told)| *told);
        kept.map(|(unit, _)| unit.clone()).collect()
    }
}
