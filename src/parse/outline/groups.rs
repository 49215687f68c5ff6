//! Entries whose fields are items side by side, the title first: `- **Title**: …`, `- **Authors**: …`, and again `- **Title**: …`.
//!
//! A group begins with the item that names the title and goes on over its neighbors until the next item of that name, or until
//! the list ends.

use super::super::lexicon::Form;
use super::blocks::{Block, Kind};
use super::label::{self, Label};
use super::numbers::without_number;
use super::{Field, Heading, Item, Outline, Unit};
use std::collections::HashMap;

/// Headings have the levels below this one.
const LEVELS: usize = 8;

/// Fewer fields beside its title make no group where there is but one.
const MIN_FIELDS: usize = 2;

/// Fewer lists below headings with numbers show nothing.
const MIN_LISTS: usize = 2;

/// A list of labels below a heading.
struct Labelled<'a> {
    /// Its items with labels of no known meaning, and the names of these.
    marked: Vec<(usize, &'a str)>,
    /// True if another item has an id, a link or authors.
    names_work: bool,
}

impl<'a> Outline<'_, 'a> {
    /// Takes labels of no known meaning for those of fields in lists right below headings with numbers, `### 1. Title` over `- **Scope:** …`,
    /// all of which are labels: if most of the lists name a work too, or if most names of each come again in others.
    pub(super) fn take_labelled_lists(&mut self, marked: &[(usize, &'a str)]) {
        let mut lists: Vec<Vec<Labelled>> = Vec::new();
        lists.resize_with(LEVELS, Vec::new);
        for of_heading in marked.chunk_by(|one, next| self.heading_above(one.0) == self.heading_above(next.0)) {
            let Some(at) = self.heading_above(of_heading[0].0) else { continue };
            let list = self.labelled_list(at, of_heading);
            lists[usize::from(self.headings[at].level)].extend(list);
        }
        for lists in lists.iter().filter(|lists| MIN_LISTS <= lists.len()) {
            let n_of_works = lists.iter().filter(|list| list.names_work).count();
            if lists.len() < n_of_works * 2 || return_mostly(lists) {
                let lines = lists.iter().flat_map(|list| &list.marked).map(|(line, _)| *line);
                lines.for_each(|line| self.has_label[line] = true);
            }
        }
    }

    /// The heading that a line stands below.
    fn heading_above(&self, line: usize) -> Option<usize> {
        self.headings.partition_point(|heading| heading.line < line).checked_sub(1)
    }

    /// The list right below a heading with a number if all of its items have labels, some of these set off and of no known meaning.
    fn labelled_list(&self, heading: usize, marked: &[(usize, &'a str)]) -> Option<Labelled<'a>> {
        let Heading { line, is_label, .. } = self.headings[heading];
        if is_label || without_number(self.blocks[line].text).is_none() {
            return None;
        }
        let end = self.headings.get(heading + 1).map_or(self.blocks.len(), |next| next.line);
        let items = (line + 1..end).filter(|&at| matches!(self.blocks[at].kind, Kind::Item { .. }));
        let margin = items.clone().map(|at| self.blocks[at].indent).min()?;
        let is_marked = |at: usize| marked.binary_search_by_key(&at, |(line, _)| *line).is_ok();
        let (mut n, mut names_work) = (0, false);
        for at in items.filter(|&at| self.blocks[at].indent == margin) {
            if !self.has_label[at] && !is_marked(at) {
                return None;
            }
            n += 1;
            names_work |= self.has_label[at] && (self.has_link[at] || self.names_work(at));
        }
        let outer = marked.iter().filter(|(at, _)| self.blocks[*at].indent == margin);
        (MIN_FIELDS <= n).then(|| Labelled { marked: outer.copied().collect(), names_work })
    }

    /// True for a label of an id or of authors.
    fn names_work(&self, at: usize) -> bool {
        let label = label::label(self.blocks[at].text, &self.document.columns);
        label.is_some_and(|label| matches!(label.field, Field::Id | Field::Authors))
    }

    /// The groups among items that stand in the order of the text: several, or one with several fields.
    pub(super) fn group_units(&self, items: &[&Item]) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut name = None;
        let mut most = 0;
        for (at, item) in items.iter().enumerate() {
            let opens = self.title_label(&self.blocks[item.line]).filter(|label| name.is_none_or(|name| name == label.name));
            let Some(label) = opens else { continue };
            let (end, n_fields) = self.group_end(items, at, label.name);
            if n_fields > 0 {
                name = Some(label.name);
                most = most.max(n_fields);
                units.push(Unit { naming: item.line, end, weak: false, sure: true });
            }
        }
        if units.len() > 1 || most >= MIN_FIELDS { units } else { Vec::new() }
    }

    /// The line after the group that an item opens, and how many of the items beside that one are fields.
    fn group_end(&self, items: &[&Item], first: usize, name: &str) -> (usize, usize) {
        let mut end = items[first].end;
        let mut n_fields = 0;
        for item in &items[first + 1..] {
            if end < item.line {
                break;
            }
            // Items further inside belong to the one above them.
            if item.line < end || item.depth != items[first].depth {
                continue;
            }
            // A field of another name for titles, `Paper: …`, is one beside the title.
            let title = self.title_label(&self.blocks[item.line]);
            if title.is_some_and(|label| label.name == name) {
                break;
            }
            n_fields += usize::from(self.has_label[item.line] || title.is_some());
            end = item.end;
        }
        (end, n_fields)
    }

    /// The line after the paragraphs behind a group that begin with labels for texts, `Abstract: …`.
    pub(super) fn with_texts(&self, mut end: usize) -> usize {
        let is_text = |label: Label| label.field != Field::Unknown && label.field.form() == Form::Text;
        loop {
            let next = (end..self.blocks.len()).find(|&at| self.blocks[at].kind != Kind::Blank);
            let next = next.filter(|&at| self.blocks[at].kind == Kind::Text);
            let label = next.and_then(|at| label::label(self.blocks[at].text, &self.document.columns));
            let Some(next) = next.filter(|_| label.is_some_and(is_text)) else { return end };
            let ends = |block: &Block| matches!(block.kind, Kind::Blank | Kind::Rule | Kind::Heading(_));
            end = self.blocks[next..].iter().position(ends).map_or(self.blocks.len(), |n| next + n);
        }
    }

    /// The label of a line that is one for a title: `Title: …`, `- **项目**：[…](…)`.
    pub(super) fn title_label(&self, block: &Block<'a>) -> Option<Label<'a>> {
        let may = matches!(block.kind, Kind::Text | Kind::Item { .. });
        let label = may.then(|| label::label(block.text, &self.document.columns)).flatten();
        label.filter(|label| label.field == Field::Title && !label.rest.is_empty())
    }

    /// True if the next words below a line are a field beside it.
    pub(super) fn is_followed_by_field(&self, line: usize) -> bool {
        let next = (line + 1..self.blocks.len()).find(|&next| self.blocks[next].kind != Kind::Blank);
        next.is_some_and(|next| {
            let (item, beside) = (&self.blocks[line], &self.blocks[next]);
            self.has_label[next] && beside.indent == item.indent && matches!(beside.kind, Kind::Item { .. })
        })
    }
}

/// True if more than half of the names of each list come again in another.
fn return_mostly(lists: &[Labelled]) -> bool {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    lists.iter().flat_map(|list| &list.marked).for_each(|(_, name)| *seen.entry(name).or_default() += 1);
    lists.iter().all(|list| {
        let n_returning = list.marked.iter().filter(|(_, name)| seen[name] > 1).count();
        list.marked.len() < n_returning * 2
    })
}
