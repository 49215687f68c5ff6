//! Paragraphs that each name an entry, in texts without headings and lists that do.

use super::super::link;
use super::blocks::{BOLD, Kind};
use super::head::{self, Form};
use super::words::{in_span, is_address};
use super::{Field, MIN_SECOND, MIN_WORDS, Outline, Unit, label};
use std::collections::HashSet;

impl Outline<'_, '_> {
    /// Paragraphs that are entries: those with a title in front, or else those of the one form that most have.
    pub(super) fn paragraph_units(&self) -> Vec<Unit> {
        let forms = [
            self.numbered_units(),
            self.alike(MIN_SECOND, &|at| self.is_bold_with_link(at)),
            self.alike(MIN_SECOND, &|at| self.is_above_address(at)),
            self.alike(MIN_NUMBERED, &|at| self.is_slanted_above_field(at)),
            self.line_units(),
            self.named_addresses(),
        ];
        forms.into_iter().fold(self.named_units(), |best, units| if best.len() < units.len() { units } else { best })
    }

    /// The paragraphs that stand below the one heading that seemed to be an entry because of their links.
    pub(super) fn units_below(&self, heading: &Unit) -> Vec<Unit> {
        if self.has_link[heading.naming] {
            return Vec::new();
        }
        let mut units = if heading.sure { self.numbered_units() } else { self.paragraph_units() };
        units.retain(|unit| (heading.naming..heading.end).contains(&unit.naming));
        if units.len() < MIN_NUMBERED { Vec::new() } else { units }
    }

    /// Bold lines with numbers in front that most of the items seeming to be entries stand below, no more than one each: these are their fields.
    pub(super) fn numbered_around(&self, items: &[Unit]) -> Vec<Unit> {
        let starts: Vec<usize> = (0..self.blocks.len()).filter(|&at| self.is_numbered_bold(at)).collect();
        let units = self.up_to_next(&starts);
        let mut held: Vec<usize> = Vec::new();
        for item in items {
            let at = starts.partition_point(|&start| start < item.naming);
            held.extend(at.checked_sub(1).filter(|&at| item.naming < units[at].end));
        }
        let n_held = held.len();
        held.dedup();
        let are_around = MIN_NUMBERED <= units.len() && held.len() == n_held && items.len() < n_held * 2 && self.lead_on(&units);
        if are_around { units } else { Vec::new() }
    }

    /// The lines with linked titles, and text below them, that stand below headings which seemed to be entries because of these links: one
    /// right below each heading, and more in all if they are bold, or several below each.
    pub(super) fn titles_below(&self, headings: &[Unit]) -> Vec<Unit> {
        if headings.iter().any(|heading| self.has_link[heading.naming]) {
            return Vec::new();
        }
        let inside = |at: usize| {
            let before = headings.partition_point(|heading| heading.naming <= at);
            before > 0 && at < headings[before - 1].end
        };
        let starts: Vec<usize> =
            (0..self.blocks.len()).filter(|&at| inside(at) && (self.is_linked_title(at) || self.is_numbered_bold(at))).collect();
        let is_bare = |at: usize| matches!(self.blocks[at].kind, Kind::Blank | Kind::Rule);
        let first_words = |heading: &Unit| (heading.naming + 1..heading.end).find(|&at| !is_bare(at));
        let begins = |heading: &Unit| first_words(heading).is_some_and(|at| starts.binary_search(&at).is_ok());
        let units = self.up_to_next(&starts);
        let has_text = |unit: &&Unit| self.blocks[unit.naming + 1..unit.end].iter().any(|block| block.kind == Kind::Text);
        let are_bold = starts.iter().all(|&at| self.blocks[at].text.contains("**"));
        let several = |heading: &Unit| {
            let of_heading = |line: usize| starts.partition_point(|&at| at < line);
            of_heading(heading.end) - of_heading(heading.naming) > 1
        };
        // Fields below a heading are its own unless they stand below titles with numbers.
        let are_numbered = || starts.iter().all(|&at| self.is_numbered_bold(at));
        let are_titles = headings.len() < units.len()
            && (headings.iter().all(|heading| !heading.sure) || are_numbered())
            && self.lead_on(&units)
            && headings.iter().all(|heading| begins(heading) && (are_bold || several(heading)))
            && units.len() <= units.iter().filter(has_text).count() * 2;
        if are_titles { units } else { Vec::new() }
    }

    /// A line that is a linked title, or a bold one with a link, and hardly anything else.
    fn is_linked_title(&self, at: usize) -> bool {
        self.linked_head(at).is_some_and(|named| link::without_anchors(&named.rest).len() <= MAX_BESIDE)
    }

    /// A paragraph that begins with a link, or with bold words before one, taken apart.
    fn linked_head(&self, at: usize) -> Option<head::Head<'_>> {
        if !self.begins_paragraph(at) || !self.has_link[at] || self.has_label[at] {
            return None;
        }
        let text = in_span(self.blocks[at].text);
        let is_bold = || BOLD.iter().any(|(open, _)| text.starts_with(open));
        let named = head::head(text, true);
        (named.form == Form::Linked || named.form == Form::WithLink && is_bold()).then_some(named)
    }

    /// The paragraphs that begin with a linked title and go on with text below headings which seemed to be entries because of these links,
    /// if each heading stands over one, most over several, and hardly any paragraph is of another form.
    pub(super) fn leads_below(&self, headings: &[Unit]) -> Vec<Unit> {
        if headings.iter().any(|heading| heading.sure || self.has_link[heading.naming]) {
            return Vec::new();
        }
        let (mut starts, mut n_others): (Vec<usize>, usize) = (Vec::new(), 0);
        for heading in headings {
            let n_before = starts.len();
            for at in (heading.naming + 1..heading.end).filter(|&at| self.begins_paragraph(at)) {
                match self.linked_head(at) {
                    Some(_) => starts.push(at),
                    None if starts.len() == n_before => return Vec::new(),
                    None => n_others += 1,
                }
            }
        }
        let are_entries = headings.len() * 2 <= starts.len() && MIN_SECOND <= starts.len() && n_others * 3 <= starts.len();
        if are_entries { self.up_to_next(&starts) } else { Vec::new() }
    }

    /// Paragraphs that begin with a label for the title, or with a link and go on with text, below headings over no other entry.
    pub(super) fn paragraphs_beside(&self, units: &[Unit]) -> Vec<Unit> {
        let headings = (0..self.blocks.len()).filter(|&at| matches!(self.blocks[at].kind, Kind::Heading(_)));
        let bounds: Vec<usize> = std::iter::once(0).chain(headings).chain([self.blocks.len()]).collect();
        let mut found = Vec::new();
        for part in bounds.windows(2) {
            let before = units.partition_point(|unit| unit.naming < part[1]);
            let is_free = before.checked_sub(1).is_none_or(|last| units[last].end <= part[0]);
            if is_free && !self.stands_in_manual(part[1].saturating_sub(1)) {
                found.extend(self.titles_between(part[0], part[1]));
            }
        }
        let units = self.up_to_next(&found);
        let is_labelled = |at: usize| self.title_label(&self.blocks[at]).is_some();
        let least = if found.iter().all(|&at| is_labelled(at)) { MIN_NUMBERED } else { MIN_SECOND };
        if found.len() < least || !self.lead_on(&units) { Vec::new() } else { units }
    }

    /// The paragraphs between two lines that name entries: those with a label for the title, or those with a linked one if the first and most
    /// have one.
    fn titles_between(&self, start: usize, end: usize) -> Vec<usize> {
        let is_text = |at: usize| self.blocks.get(at).is_some_and(|block| block.kind == Kind::Text);
        let goes_on = |at: usize, named: &head::Head| is_text(at + 1) || MAX_BESIDE < named.rest.len();
        let is_linked = |at: usize| self.linked_head(at).is_some_and(|named| named.form == Form::Linked && goes_on(at, &named));
        let paragraphs: Vec<usize> = (start..end).filter(|&at| self.begins_paragraph(at)).collect();
        let is_labelled = |at: &usize| self.title_label(&self.blocks[*at]).is_some();
        let labelled: Vec<usize> = paragraphs.iter().copied().filter(is_labelled).collect();
        if !labelled.is_empty() {
            return labelled;
        }
        if paragraphs.first().is_none_or(|&first| !is_linked(first)) {
            return Vec::new();
        }
        let (titles, others): (Vec<usize>, Vec<usize>) = paragraphs.into_iter().partition(|&at| is_linked(at));
        if titles.len() < others.len() { Vec::new() } else { titles }
    }

    /// A bold line with a number in front, `**1. Title** …`.
    fn is_numbered_bold(&self, at: usize) -> bool {
        let text = self.blocks[at].text;
        let is_bold = BOLD.iter().any(|(open, _)| text.starts_with(open));
        is_bold && !self.has_label[at] && self.begins_paragraph(at) && head::head(text, true).numbered
    }

    /// Paragraphs with a label for the title, with a link in front, or with an address on its own line above the words.
    fn named_units(&self) -> Vec<Unit> {
        let mut starts: Vec<usize> = Vec::new();
        let mut sure = 0;
        for at in (0..self.blocks.len()).filter(|&at| self.begins_paragraph(at)) {
            let text = self.blocks[at].text;
            let next_is_text = self.blocks.get(at + 1).is_some_and(|next| next.kind == Kind::Text && !self.has_link[at + 1]);
            let titled = label::label(text, &self.document.columns)
                .is_some_and(|label| label.field == Field::Title && !label.rest.is_empty());
            let address = is_address(text) && next_is_text;
            let linked = || self.has_link[at] && head::head(text, true).form == Form::Linked;
            if titled || address || linked() {
                sure += usize::from(titled || address);
                starts.push(at);
            }
        }
        if sure * 2 >= starts.len() && sure > 0 || starts.len() >= MIN_SECOND { self.up_to_next(&starts) } else { Vec::new() }
    }

    /// Lines with a number in front that Markdown does not know, `【1】…`, `（1）…`, `一、…`, `Paper 1: …`, with links or fields below them.
    fn numbered_units(&self) -> Vec<Unit> {
        let is_numbered = |at: &usize| {
            let block = &self.blocks[*at];
            block.kind == Kind::Text
                && !block.text.starts_with(|c: char| c.is_ascii_digit())
                && head::head(block.text, true).numbered
        };
        let starts: Vec<usize> = (0..self.blocks.len()).filter(is_numbered).collect();
        let units = self.up_to_next(&starts);
        if starts.len() < MIN_NUMBERED || !self.lead_on(&units) { Vec::new() } else { units }
    }

    /// Lines that each are a title and its address, if most lines of the text are.
    fn line_units(&self) -> Vec<Unit> {
        let lines: Vec<usize> = (0..self.blocks.len()).filter(|&at| self.blocks[at].kind == Kind::Text).collect();
        let is_title = |at: usize| {
            let named = head::head(self.blocks[at].text, true);
            let is_long = named.title.chars().count() >= MIN_WORDS && !head::is_link_word(&named.title);
            is_long && matches!(named.form, Form::WithLink | Form::Linked)
        };
        let may_be = |at: usize| self.has_link[at] && !self.has_label[at];
        let starts: Vec<usize> = lines.iter().copied().filter(|&at| may_be(at) && is_title(at)).collect();
        if starts.len() < MIN_SECOND || starts.len() * 3 < lines.len() * 2 { Vec::new() } else { self.up_to_next(&starts) }
    }

    /// Lines that each are a name, a colon and an address, if all lines of the text are.
    fn named_addresses(&self) -> Vec<Unit> {
        let lines: Vec<usize> = (0..self.blocks.len()).filter(|&at| self.blocks[at].kind != Kind::Blank).collect();
        let is_named = |&at: &usize| {
            let block = &self.blocks[at];
            let rest = block.text.find("http").filter(|_| self.has_link[at]).map(|start| block.text.split_at(start));
            let is_name = |name: &str| name.trim_end().ends_with([':', '：']) && name.contains(char::is_alphabetic);
            block.kind == Kind::Text && rest.is_some_and(|(name, address)| is_name(name) && is_address(address))
        };
        let n_fields = lines.iter().filter(|at| self.has_label[**at]).count();
        let are_named = MIN_LINES <= lines.len() && n_fields * 2 < lines.len() && lines.iter().all(is_named);
        if are_named { self.up_to_next(&lines) } else { Vec::new() }
    }

    /// Paragraphs that begin with bold words and a colon, `**Name** (day): …`, if hardly any other stands in the text and no words come
    /// again: their form alone shows that they are entries.
    pub(super) fn led_units(&self) -> Vec<Unit> {
        let paragraphs: Vec<usize> = (0..self.blocks.len()).filter(|&at| self.begins_paragraph(at)).collect();
        let led: Vec<(usize, &str)> =
            paragraphs.iter().filter_map(|&at| Some((at, bold_lead(self.blocks[at].text)?.title))).collect();
        let names: HashSet<&str> = led.iter().map(|(_, name)| *name).collect();
        let are_fields = names.len() < led.len() || led.iter().any(|(at, _)| self.has_label[*at]);
        if led.len() < MIN_SECOND || are_fields || led.len() * 6 < paragraphs.len() * 5 {
            return Vec::new();
        }
        let starts: Vec<usize> = led.into_iter().map(|(at, _)| at).collect();
        self.up_to_next(&starts).into_iter().map(|unit| Unit { weak: true, sure: false, ..unit }).collect()
    }

    /// Paragraphs of one form, if there are several, if most of the text's paragraphs have it and if links or fields stand in them.
    fn alike(&self, least: usize, has_form: &dyn Fn(usize) -> bool) -> Vec<Unit> {
        let paragraphs: Vec<usize> = (0..self.blocks.len()).filter(|&at| self.begins_paragraph(at)).collect();
        let starts: Vec<usize> = paragraphs.iter().copied().filter(|&at| has_form(at)).collect();
        let units = self.up_to_next(&starts);
        if starts.len() < least || starts.len() * 2 < paragraphs.len() || !self.lead_on(&units) { Vec::new() } else { units }
    }

    /// True if links or fields stand in three of four units.
    fn lead_on(&self, units: &[Unit]) -> bool {
        let leads_on = |unit: &&Unit| (unit.naming..unit.end).any(|at| self.has_link[at] || self.has_label[at]);
        units.iter().filter(leads_on).count() * 4 >= units.len() * 3
    }

    fn begins_paragraph(&self, at: usize) -> bool {
        let begins = at == 0 || matches!(self.blocks[at - 1].kind, Kind::Blank | Kind::Rule | Kind::Heading(_));
        begins && self.blocks[at].kind == Kind::Text
    }

    /// `**Title** – words. [Read more](…)`, be the link on a later line of the paragraph.
    fn is_bold_with_link(&self, at: usize) -> bool {
        let text = self.blocks[at].text;
        let end = (at..self.blocks.len()).find(|&line| self.blocks[line].kind != Kind::Text).unwrap_or(self.blocks.len());
        let is_linked = (at..end).any(|line| self.has_link[line]);
        let is_bold = BOLD.iter().any(|(open, _)| text.starts_with(open));
        is_linked && is_bold && !self.has_label[at] && matches!(head::head(text, true).form, Form::Bold | Form::WithLink)
    }

    /// Words over an address that stands on a line of its own.
    fn is_above_address(&self, at: usize) -> bool {
        let next = self.blocks.get(at + 1).filter(|next| next.kind == Kind::Text);
        let is_title = !self.has_link[at] && !self.has_label[at] && self.blocks[at].text.len() <= MAX_TITLE;
        is_title && next.is_some_and(|next| is_address(next.text))
    }

    /// A line that is set in italics over the field of an entry, `*Title*`.
    fn is_slanted_above_field(&self, at: usize) -> bool {
        let words = self.blocks[at].text.strip_prefix('*').and_then(|text| text.strip_suffix('*'));
        let is_slanted = words.is_some_and(|words| !words.is_empty() && !words.contains('*'));
        is_slanted && self.blocks.get(at + 1).is_some_and(|next| next.kind == Kind::Text && self.has_label[at + 1])
    }

    /// Units that go on until the next one or what a rule parts from them before it, or until a heading.
    fn up_to_next(&self, starts: &[usize]) -> Vec<Unit> {
        let ends = starts.iter().skip(1).copied().chain([self.blocks.len()]);
        let unit = |(&naming, end): (&usize, usize)| {
            let is_last = end == self.blocks.len();
            let rule = (naming..end).rev().find(|&at| self.blocks[at].kind == Kind::Rule).filter(|_| !is_last);
            let heading = (naming..end).find(|&at| matches!(self.blocks[at].kind, Kind::Heading(_)));
            Unit { naming, end: heading.or(rule).unwrap_or(end), weak: false, sure: true }
        };
        starts.iter().zip(ends).map(unit).collect()
    }
}

/// A line that begins with bold words and a colon: `**Name** (day): text`.
pub(super) struct Lead<'a> {
    /// The words with their marks.
    pub(super) title: &'a str,
    /// What stands in brackets behind them.
    pub(super) remark: Option<&'a str>,
    /// What stands behind the colon.
    pub(super) text: &'a str,
}

/// A line as one that begins with bold words and goes on with text behind a colon.
pub(super) fn bold_lead(line: &str) -> Option<Lead<'_>> {
    let (name, behind) = line.strip_prefix("**")?.split_once("**")?;
    let bracket = behind.trim_start().strip_prefix(['(', '（']).and_then(|inner| inner.split_once([')', '）']));
    let (remark, rest) = bracket.map_or((None, behind), |(remark, rest)| (Some(remark.trim()), rest));
    let text = match name.ends_with([':', '：']) {
        true => rest.trim_start(),
        false => rest.trim_start().strip_prefix([':', '：'])?.trim_start(),
    };
    let title = &line[..line.len() - behind.len()];
    (!name.is_empty() && name.len() <= MAX_LEAD && !text.is_empty()).then_some(Lead { title, remark, text })
}

/// Longer bold words, in bytes, are a sentence.
const MAX_LEAD: usize = 120;

/// Fewer lines of names and addresses are links of something else.
const MIN_LINES: usize = 4;

/// More text behind a title, in bytes, is a sentence that begins with a link.
const MAX_BESIDE: usize = 40;

/// One number counts nothing, and one line in italics is a remark.
const MIN_NUMBERED: usize = 2;

/// A longer line above an address, in bytes, is a text.
const MAX_TITLE: usize = 300;
