//! Entries whose fields are items side by side, the title first: `- **Title**: …`, `- **Authors**: …`, and again `- **Title**: …`.
//!
//! A group begins with the item that names the title and goes on over its neighbors until the next item of that name, or until
//! the list ends.

use super::super::lexicon::Form;
use super::blocks::{Block, Kind};
use super::label::{self, Label};
use super::{Field, Item, Outline, Unit};

/// Fewer fields beside its title make no group where there is but one.
const MIN_FIELDS: usize = 2;

impl<'a> Outline<'_, 'a> {
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
