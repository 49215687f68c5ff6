//! Headings: which there are, which of them are entries, and what those above an entry say of it.

use super::super::lexicon::Form;
use super::super::place;
use super::blocks::Kind;
use super::numbers::{is_part_of, is_running_number, without_number};
use super::words::{before_running_number, day_heading, field_of_name, holds_link, is_address, is_brief, is_noise, section_name};
use super::{Evidence, Field, Heading, Item, MIN_PROSE, MIN_SECOND, MIN_WORDS, Outline, Unit, head, label, sources};
use crate::model::{Day, source};
use std::collections::{HashMap, HashSet};

impl Outline<'_, '_> {
    /// The headings with those above them.
    pub(super) fn find_headings(&self) -> Vec<Heading> {
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
        let mut parts = self.bold_parts(&found);
        if seen.values().any(|n| *n == 2) {
            parts.extend(self.returning_parts(&found, &seen));
        }
        let heading = |&(line, level): &(usize, u8)| {
            let text = self.blocks[line].text;
            let linked = self.has_link[line];
            let names_part = || {
                let field = self.named_field(text);
                field.is_some_and(|field| !self.is_over_entries(line, field) && !self.is_site_over_items(line))
                    || sources::is_references(text)
            };
            let is_label = !linked && text.len() <= 60 && (seen[text] >= 3 || parts.contains(text) || names_part());
            let day = day_heading(text, self.document.when).filter(|_| !linked);
            Heading { line, level, is_label, is_inner: false, day, parent: None }
        };
        let mut headings: Vec<Heading> = found.iter().map(heading).collect();
        let mut last: [Option<usize>; 8] = [None; 8];
        for (at, heading) in headings.iter_mut().enumerate() {
            let level = usize::from(heading.level);
            heading.parent = last[..level].iter().copied().flatten().max();
            let above = heading.parent.map(|parent| self.blocks[found[parent].0].text);
            heading.day = heading.day.filter(|_| !above.is_some_and(|above| is_part_of(self.blocks[heading.line].text, above)));
            if !heading.is_label {
                last[level] = Some(at);
                last[level + 1..].fill(None);
            }
        }
        self.find_inner(&mut headings);
        headings
    }

    /// Finds the bold lines that stand below the name of a part and lead nowhere, nor does what stands below them: they belong to the part.
    fn find_inner(&self, headings: &mut [Heading]) {
        let mut is_in_part = false;
        for heading in headings {
            if heading.level < BOLD_LEVEL {
                is_in_part = heading.is_label;
            } else {
                heading.is_inner = is_in_part && self.leads_nowhere(heading.line);
            }
        }
    }

    /// The words of bold lines that stand once below each of several headings, more than half of those of a level, which are titles by their
    /// numbers or their length: they name parts of what these name.
    fn bold_parts(&self, found: &[(usize, u8)]) -> HashSet<&str> {
        let mut n_of_level = [0; BOLD_LEVEL as usize];
        let mut under: HashMap<&str, Vec<(usize, u8)>> = HashMap::new();
        let mut above = None;
        for &(line, level) in found {
            if level < BOLD_LEVEL {
                n_of_level[usize::from(level)] += 1;
                above = Some((line, level));
            } else if let Some(above) = above {
                under.entry(self.blocks[line].text).or_default().push(above);
            }
        }
        let is_title = |text: &str| text.len() >= MIN_TITLE || head::head(text, false).numbered;
        under.retain(|_, above| {
            let level = above[0].1;
            let are_others = above.windows(2).all(|pair| pair[0].0 != pair[1].0 && pair[1].1 == level);
            let are_most = 1 < above.len() && n_of_level[usize::from(level)] < above.len() * 2;
            are_most && are_others && above.iter().all(|(line, _)| is_title(self.blocks[*line].text))
        });
        under.into_keys().collect()
    }

    /// The words of headings that stand twice, once below each of two others of one level that name no day: parts of what these name, if most
    /// headings beside them return too, and if text or fields stand right below them.
    fn returning_parts(&self, found: &[(usize, u8)], seen: &HashMap<&str, usize>) -> Vec<&str> {
        let text = |line: usize| self.blocks[line].text;
        let mut last: [Option<usize>; 8] = [None; 8];
        // Those below each heading of a level: the line of that one, their own, and their level.
        let mut below: Vec<(usize, usize, u8)> = Vec::new();
        for &(line, level) in found.iter().filter(|(_, level)| *level < BOLD_LEVEL) {
            let at = usize::from(level);
            let above = last[..at].iter().copied().flatten().max();
            below.extend(above.map(|above| (above, line, level)));
            last[at] = Some(line);
            last[at + 1..].fill(None);
        }
        let returns = |line: usize| seen[text(line)] > 1;
        let mut n_of_level = [(0, 0); BOLD_LEVEL as usize];
        let parents: HashSet<usize> = below.iter().filter(|(_, line, _)| returns(*line)).map(|(above, ..)| *above).collect();
        for (_, line, level) in below.iter().filter(|(above, ..)| parents.contains(above)) {
            let (n, n_returning) = &mut n_of_level[usize::from(*level)];
            *n += 1;
            *n_returning += usize::from(returns(*line));
        }
        let may_be_part = |line: usize| self.is_over_text(line) || sources::names_sources(text(line));
        let is_part = |&&(above, line, level): &&(usize, usize, u8)| {
            let (n, n_returning) = n_of_level[usize::from(level)];
            let is_below_day = || day_heading(text(above), self.document.when).is_some();
            seen[text(line)] == 2 && n < n_returning * 2 && may_be_part(line) && !is_below_day()
        };
        let mut first: HashMap<&str, (usize, u8, Option<u8>)> = HashMap::new();
        let mut parts = Vec::new();
        for &(above, line, level) in below.iter().filter(is_part) {
            let other = first.insert(text(line), (above, level, self.blocks[above].level()));
            let are_alike = |(known, of_level, of_above): (usize, u8, Option<u8>)| {
                known != above && of_level == level && of_above == self.blocks[above].level()
            };
            parts.extend(other.filter(|other| are_alike(*other)).map(|_| text(line)));
        }
        parts
    }

    /// True if what stands right below a heading is text, a field or a bold line, and leads nowhere as an entry would.
    fn is_over_text(&self, line: usize) -> bool {
        let next = (line + 1..self.blocks.len()).find(|&next| self.blocks[next].kind != Kind::Blank);
        next.is_some_and(|next| match self.blocks[next].kind {
            Kind::Text | Kind::Item { .. } => !self.has_link[next] || self.has_label[next],
            Kind::Heading(BOLD_LEVEL) => self.leads_nowhere(next),
            _ => false,
        })
    }

    /// True for a heading over neither links nor fields.
    fn leads_nowhere(&self, line: usize) -> bool {
        let below = self.blocks[line + 1..].iter().position(|block| matches!(block.kind, Kind::Heading(_)));
        let end = below.map_or(self.blocks.len(), |below| line + 1 + below);
        !(line..end).any(|at| self.has_link[at] || self.has_label[at])
    }

    /// The field that the words of a heading mean.
    pub(super) fn named_field(&self, text: &str) -> Option<Field> {
        let columns = &self.document.columns;
        let label = label::label(text, columns).filter(|label| label.rest.is_empty()).map(|label| label.field);
        let words = text.trim_matches(label::is_ornament);
        label.filter(|field| *field != Field::Unknown).or_else(|| field_of_name(words, columns))
    }

    /// True for a heading that names a section and no field: over linked headings, or over any and over links if its words would mean a
    /// number or a day, `## Today`.
    fn is_over_entries(&self, line: usize, field: Field) -> bool {
        let next = (line + 1..self.blocks.len()).find(|&next| self.blocks[next].kind != Kind::Blank);
        let is_deeper = |next: usize| self.blocks[next].level() > self.blocks[line].level();
        let is_value = matches!(field.form(), Form::Number | Form::Date);
        next.is_some_and(|next| match (self.has_link[next], is_deeper(next)) {
            (true, true) => true,
            (linked, deeper) => is_value && (linked || deeper),
        })
    }

    /// True for a heading that is the name of a well-known site, `### Hacker News`, over items with links: one that has words beside its
    /// link, or several. Below the heading of an entry the name stands over one bare link.
    fn is_site_over_items(&self, line: usize) -> bool {
        if source::well_known(self.blocks[line].text).is_none() {
            return false;
        }
        let below = self.blocks[line + 1..].iter().zip(&self.has_link[line + 1..]);
        let own = below.take_while(|(block, _)| !matches!(block.kind, Kind::Heading(_)));
        let mut items = own.filter(|(block, linked)| matches!(block.kind, Kind::Item { .. }) && **linked);
        items.next().is_some_and(|(first, _)| !is_address(first.text) || items.next().is_some())
    }

    /// The headings of the level that most entries have.
    pub(super) fn heading_units(&self) -> Vec<Unit> {
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
        let (mut found, mut own_ends): (Vec<Candidate>, Vec<usize>) = (Vec::new(), Vec::new());
        for (at, heading) in self
            .headings
            .iter()
            .enumerate()
            .filter(|(_, heading)| heading.level == level && !heading.is_label && heading.day.is_none())
        {
            let after = &self.headings[at + 1..];
            // A bold line ends before any other heading.
            let is_own = |next: &Heading| {
                next.is_label && (level < BOLD_LEVEL || next.level == level) || next.is_inner && level < BOLD_LEVEL
            };
            let own_end = after.iter().find(|next| !is_own(next)).map_or(self.blocks.len(), |next| next.line);
            let end = after
                .iter()
                .find(|next| next.level < level || next.level == level && !next.is_label)
                .map_or(self.blocks.len(), |next| next.line);
            let evidence = self.heading_evidence(heading.line, own_end);
            own_ends.push(own_end);
            // Words above further headings introduce those.
            let evidence = if evidence == Evidence::Words && own_end < end { Evidence::None } else { evidence };
            found.push(Candidate { line: heading.line, end, evidence, parent: heading.parent });
        }
        if let [only] = found.as_mut_slice()
            && (self.is_over_sections(only) || self.is_over_list(only))
        {
            only.evidence = Evidence::None;
        }
        self.weigh_bold_parts(level, &mut found, &own_ends);
        let between = stand_between(&found);
        let counted = |line: usize| before_running_number(self.blocks[line].text).is_some();
        let numbered = |line: usize| counted(line) || head::head(self.blocks[line].text, false).numbered;
        // Beside several numbered entries words below a number are enough.
        let n_counted = || found.iter().filter(|one| one.evidence > Evidence::Form && numbered(one.line)).take(2).count();
        let are_counted = found.iter().any(|one| one.evidence == Evidence::Words) && n_counted() == 2;
        let is_counted = |line: usize| if are_counted { numbered(line) } else { counted(line) };
        let has_words =
            |one: &Candidate| one.evidence >= Evidence::Form || one.evidence == Evidence::Words && is_counted(one.line);
        let is_unit = |one: &Candidate, between: bool| between || has_words(one);
        let kept = found.iter().zip(between).filter(|(one, between)| is_unit(one, *between));
        let mut units: Vec<Unit> = kept
            .map(|(one, between)| Unit {
                naming: one.line,
                end: one.end,
                weak: !between && one.evidence <= Evidence::Form,
                sure: one.evidence >= Evidence::Fields,
            })
            .collect();
        let strong = units.iter().filter(|unit| !unit.weak).count();
        // Beside headings with links one of mere words is an entry if most are entries and it is numbered like them.
        let n_numbered = units.iter().filter(|unit| !unit.weak && numbered(unit.naming)).count();
        for unit in &mut units {
            if unit.weak && n_numbered * 2 > strong && strong >= 2 && numbered(unit.naming) {
                unit.weak = false;
            }
        }
        units.retain(|unit| strong == 0 || !unit.weak);
        self.end_before_closing_words(level, &mut units);
        units
    }

    /// Where most headings of a level have links or fields right below them, bold lines below the others part the story of each.
    fn weigh_bold_parts(&self, level: u8, found: &mut [Candidate], own_ends: &[usize]) {
        let n_entries = found.iter().filter(|one| one.evidence >= Evidence::Below).count();
        if level == BOLD_LEVEL || n_entries * 2 <= found.len() {
            return;
        }
        for (one, &own_end) in found.iter_mut().zip(own_ends) {
            let inside = self.headings.partition_point(|heading| heading.line < own_end);
            let mut inside = self.headings[inside..].iter().take_while(|heading| heading.line < one.end).peekable();
            let may_be = one.evidence < Evidence::Below && inside.peek().is_some();
            if may_be && inside.all(|heading| heading.level == BOLD_LEVEL && !self.has_link[heading.line]) {
                one.evidence = self.heading_evidence(one.line, one.end);
            }
        }
    }

    /// A heading of the entries' level that is named like a field, `## 总结`, and stands below the last entry alone belongs to the whole
    /// text.
    fn end_before_closing_words(&self, level: u8, units: &mut [Unit]) {
        let labels =
            self.headings.iter().filter(|heading| heading.is_label && heading.level == level).map(|heading| heading.line);
        let several = |(_, before): &(&mut Unit, &mut [Unit])| !before.is_empty() && level <= MAX_LEVEL;
        let Some((last, before)) = units.split_last_mut().filter(several) else { return };
        let entries = before[0].naming..last.end;
        let mut inside = labels.filter(|line| entries.contains(line));
        if let Some(closing) = inside.next().filter(|line| last.naming < *line) {
            last.end = closing;
        }
    }

    fn heading_evidence(&self, line: usize, own_end: usize) -> Evidence {
        let text = self.blocks[line].text;
        let named = head::head(text, false);
        // An address alone stands for the title.
        if !is_address(without_number(text).unwrap_or(text)) && (named.title.trim().is_empty() || is_noise(&named.title)) {
            return Evidence::None;
        }
        let linked = self.has_link[line] || named.url.is_some() || named.wiki.is_some() || named.id.is_some();
        // An address alone says no more than the link of the heading.
        let may_be_entry = |item: &Item| item.evidence >= Evidence::Below && !(linked && is_address(self.blocks[item.line].text));
        let mut items = self.items[self.items.partition_point(|item| item.line <= line)..].iter().peekable();
        let (mut linked_items, mut rows, mut links, mut labels, mut words) = (0, 0, 0, 0, 0);
        let (mut title, mut titles) = (None, 0);
        let mut at = line + 1;
        while at < own_end {
            while items.next_if(|item| item.line < at).is_some() {}
            // What belongs to an entry below says nothing of the heading.
            if let Some(item) = items.next_if(|item| item.line == at && may_be_entry(item)) {
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

    /// True for a heading that all linked items stand below, most of the headings further below having some of their own: what it leads to,
    /// or what the lines right below it do, is where the whole list comes from.
    fn is_over_sections(&self, only: &Candidate) -> bool {
        let is_below = |heading: &&Heading| (only.line + 1..only.end).contains(&heading.line) && !heading.is_label;
        let starts: Vec<usize> = self.headings.iter().filter(is_below).map(|heading| heading.line).collect();
        let Some(&first) = starts.first() else { return false };
        let linked: Vec<usize> =
            self.items.iter().filter(|item| item.evidence >= Evidence::Below).map(|item| item.line).collect();
        let lists =
            |start: &usize, end: usize| linked.partition_point(|line| line < start) < linked.partition_point(|&line| line < end);
        let ends = starts.iter().skip(1).copied().chain([only.end]);
        let n_lists = starts.iter().zip(ends).filter(|(start, end)| lists(start, *end)).count();
        let has_fields = self.has_label[only.line..first].iter().filter(|label| **label).count() > 1;
        let all_inside = linked.iter().all(|line| (first..only.end).contains(line));
        MIN_SECOND <= linked.len() && all_inside && starts.len() <= n_lists * 2 && !has_fields
    }

    /// True for the first heading of a text whose fields only say when a list was made and where from, over items that name works: linked
    /// themselves, and nested in nothing.
    fn is_over_list(&self, only: &Candidate) -> bool {
        if only.evidence != Evidence::Fields || !self.blocks[..only.line].iter().all(|block| block.kind == Kind::Blank) {
            return false;
        }
        let names_work = |item: &&Item| item.depth == 0 && item.evidence == Evidence::Linked && item.line < only.end;
        let mut works = self.items.iter().filter(names_work).map(|item| item.line);
        let (Some(first), Some(_)) = (works.next(), works.next()) else { return false };
        let is_of_list = |at: usize| {
            let label = label::label(self.blocks[at].text, &self.document.columns);
            let field = label.map_or(Field::Unknown, |label| label.field);
            matches!(field, Field::Published | Field::Source | Field::Score | Field::Number | Field::Language | Field::Unknown)
        };
        let above = only.line + 1..first;
        let is_prose = |at: &usize| self.blocks[*at].kind == Kind::Text && !self.has_label[*at];
        let n_words: usize = above.clone().filter(is_prose).map(|at| self.blocks[at].text.len()).sum();
        n_words < MIN_PROSE && above.into_iter().all(|at| !self.has_link[at] && is_of_list(at))
    }

    /// The headings of the highest level that has several, or of the only one, with all that stands below them.
    pub(super) fn all_headings(&self) -> Vec<Unit> {
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

    /// Items below a heading such as `其他动态` beside entries under headings of its level: what was not worth a story of its own.
    pub(super) fn brief_units(&self, stories: &[Unit]) -> Vec<Unit> {
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

    /// The section that a line stands in, and the day that a heading above it names. A heading that is one of the units is none.
    pub(super) fn section(&self, line: usize, units: &[Unit]) -> (Option<String>, Option<Day>) {
        let own = self.blocks[line].level().unwrap_or(NO_LEVEL);
        let (mut section, mut day, mut label) = (None, None, None);
        let nearest = self.headings.partition_point(|heading| heading.line < line).checked_sub(1);
        let mut above = nearest;
        while let Some(at) = above {
            let heading = &self.headings[at];
            let is_nearest = above == nearest;
            above = heading.parent;
            if heading.level >= own || units.binary_search_by_key(&heading.line, |unit| unit.naming).is_ok() {
                continue;
            }
            if heading.is_label {
                // What may be the name of a field is that of a section where it stands right over items that are entries.
                let is_name = own == NO_LEVEL && heading.level > 1 && is_nearest;
                label = Some(section_name(self.blocks[heading.line].text)).filter(|_| is_name).or(label);
            } else if let Some(found) = heading.day {
                day = day.or(Some(found));
            } else if section.is_none()
                && (heading.level > 1 || self.several_first)
                && !place::is_update(self.blocks[heading.line].text)
            {
                section = Some(section_name(self.blocks[heading.line].text));
            }
        }
        let parent = self.parent_item(line).map(|item| self.blocks[item.line].text).filter(|text| !is_running_number(text));
        let parent = parent.map(section_name);
        (parent.or(section).or(label).filter(|name| !name.is_empty()), day)
    }
}

/// The lowest level of Markdown's own headings; bold lines and handles of blocks stand below.
pub(super) const MAX_LEVEL: u8 = 6;

/// The level of bold lines.
const BOLD_LEVEL: u8 = 7;

/// Shorter headings, in bytes, may be those of sections.
const MIN_TITLE: usize = 30;

/// What stands below the headings of all levels.
const NO_LEVEL: u8 = 8;

/// A heading that may name an entry.
struct Candidate {
    line: usize,
    /// The line after the last one below it.
    end: usize,
    evidence: Evidence,
    parent: Option<usize>,
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
