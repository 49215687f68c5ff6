//! Texts about one work whose chapters stand at the level of its title, and headings over what is known of a work in place of its title.

use super::blocks::Kind;
use super::properties::{cells_of_two, is_head};
use super::words::{field_of, is_one_of};
use super::{Field, Heading, Outline, Unit};

impl<'a> Outline<'_, 'a> {
    /// The only entry of a text goes on over the headings of its level up to the last one that names a field, `## Abstract`, and to the end
    /// where its own heading says that what is known of a work stands below.
    pub(super) fn take_chapters(&self, units: &mut [Unit]) {
        let [only] = units else { return };
        let Some(level) = self.blocks[only.naming].level().filter(|_| only.sure && !only.weak) else { return };
        let below = &self.headings[self.headings.partition_point(|heading| heading.line <= only.naming)..];
        let n = below.iter().position(|heading| heading.level < level).unwrap_or(below.len());
        let end_at = |n: usize| below.get(n).map_or(self.blocks.len(), |heading| heading.line);
        if is_basic(self.blocks[only.naming].text) {
            only.end = end_at(n);
            return;
        }
        let names_field = |line: usize| self.named_field(self.blocks[line].text).is_some();
        let is_field = |heading: &Heading| heading.level == level && heading.is_label && names_field(heading.line);
        let Some(last) = below[..n].iter().rposition(is_field) else { return };
        let beyond = below[..n].iter().skip(last + 1).position(|heading| heading.level == level);
        only.end = only.end.max(end_at(beyond.map_or(n, |beyond| last + 1 + beyond)));
    }

    /// The title of a work that a heading such as `## Basic information` stands over: what a label or a row names so below it, or else the
    /// heading above, if that is not of a day.
    pub(super) fn title_of_basics(&self, naming: usize, end: usize) -> Option<&'a str> {
        let block = &self.blocks[naming];
        if block.level().is_none() || !is_basic(block.text) {
            return None;
        }
        let below = self.blocks[naming + 1..end].iter().find_map(|block| match block.kind {
            Kind::Row => {
                let (name, value) = cells_of_two(block.text)?;
                let is_head = is_head(&[name, value.trim_matches(['|', ' '])]);
                let is_title = !is_head && field_of(name, &self.document.columns) == Some(Field::Title);
                Some(value.trim_matches(['|', ' '])).filter(|value| is_title && !value.is_empty() && !value.contains('|'))
            }
            _ => self.title_label(block).map(|label| label.rest),
        });
        let at = self.headings.binary_search_by_key(&naming, |heading| heading.line).ok()?;
        let above = || self.headings[at].parent.map(|above| &self.headings[above]).filter(|above| above.day.is_none());
        below.or_else(|| above().map(|above| self.blocks[above.line].text))
    }
}

/// True for a heading over what is known of a work.
fn is_basic(heading: &str) -> bool {
    is_one_of(BASICS, heading)
}

/// Headings over what is known of a work, folded.
const BASICS: &[&str] = &[
    "基本信息",
    "论文基本信息",
    "论文信息",
    "文章信息",
    "项目信息",
    "元数据",
    "元信息",
    "基本資訊",
    "論文資訊",
    "meta",
    "metadata",
    "basicinformation",
    "basicinfo",
    "paperinformation",
    "paperinfo",
    "メタデータ",
    "基本情報",
    "論文情報",
    "기본정보",
    "논문정보",
];
