//! Items of lists: how they are nested, where they end, and which of them are entries.

use super::super::{date, link};
use super::blocks::{BOLD, Block, Kind};
use super::head::{self, Form, Head};
use super::label::label;
use super::phrase::is_mentions;
use super::sources::{self, MIN_STORIES};
use super::words::{is_noise, is_short_label, leading_address, linked_words};
use super::{Evidence, Item, MIN_SECOND, MIN_WORDS, Outline, Unit};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Deeper items are taken as of this depth.
const MAX_DEPTH: usize = 4;

/// Items further inside of others end with those.
const MAX_OPEN: usize = 64;

/// How many lines below an item are looked at to see what it is.
const MAX_LOOK: usize = 64;

/// A count with what it counts is no longer, in characters.
const MAX_COUNT: usize = 16;

/// A shorter name of a page nearby, in bytes, may be that of a section.
const MIN_TITLE: usize = 30;

/// Fewer items with addresses and words are links beside something else.
const MIN_LISTED: usize = 2;

/// A list of fewer sentences is a note, not news.
const MIN_SENTENCES: usize = 5;

/// Fewer linked items behind an entry are its own.
const MIN_LIST: usize = 2;

/// Items of fewer characters, on average, are no sentences.
const MIN_SENTENCE: usize = 20;

impl<'a> Outline<'_, 'a> {
    /// The items with their depths: by indent, and bullets below a number on the same column belong to it.
    pub(super) fn find_items(&self) -> Vec<Item> {
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
        self.take_numbered_stories(&mut items);
        self.leave_contents(&mut items);
        self.leave_sources(&mut items);
        self.weigh_siblings(&mut items);
        self.take_repeated_labels(&mut items);
        items
    }

    /// Numbered lines alone in their paragraphs, each one more than the one before, are entries where most stand over paragraphs at the margin
    /// with labels: each goes on until the next.
    fn take_numbered_stories(&self, items: &mut [Item]) {
        let outer: Vec<usize> = (0..items.len()).filter(|&at| items[at].depth == 0).collect();
        let next_line = |i: usize| outer.get(i + 1).map_or(self.blocks.len(), |&next| items[next].line);
        let starts: Vec<(usize, usize)> =
            (0..outer.len()).filter_map(|i| Some((i, self.number_of_story(&items[outer[i]])?))).collect();
        let goes_on = |one: &(usize, usize), next: &(usize, usize)| {
            let lines = items[outer[one.0]].line + 1..next_line(one.0);
            one.0 + 1 == next.0
                && one.1 + 1 == next.1
                && !self.blocks[lines].iter().any(|block| matches!(block.kind, Kind::Heading(_)))
        };
        let runs: Vec<&[(usize, usize)]> = starts.chunk_by(goes_on).filter(|run| MIN_LIST <= run.len()).collect();
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for run in runs {
            let n_labelled = run.iter().filter(|(i, _)| self.has_fields(items[outer[*i]].line + 1..next_line(*i))).count();
            if n_labelled * 2 <= run.len() {
                continue;
            }
            let last = run[run.len() - 1].0;
            let is_end = |block: &Block| matches!(block.kind, Kind::Heading(_) | Kind::Rule);
            let lines = items[outer[last]].line + 1..next_line(last);
            let end = self.blocks[lines.clone()].iter().position(is_end).map_or(lines.end, |n| lines.start + n);
            ends.extend(run.iter().map(|(i, _)| (outer[*i], if *i == last { end } else { next_line(*i) })));
        }
        for (at, end) in ends {
            (items[at].evidence, items[at].end) = (Evidence::Below, end);
        }
    }

    /// The number of an item that is alone in its paragraph, in front of another at the margin.
    fn number_of_story(&self, item: &Item) -> Option<usize> {
        let below = self.blocks.get(item.line + 1..item.line + 3)?;
        let is_alone = item.numbered && below[0].kind == Kind::Blank;
        let is_story = is_alone && below[1].kind == Kind::Text && below[1].indent <= self.blocks[item.line].indent;
        let text = self.document.lines[item.line].text.trim_start();
        text[..text.bytes().take_while(u8::is_ascii_digit).count()].parse().ok().filter(|_| is_story)
    }

    /// True if a line begins with a label that is known or recurs.
    fn has_fields(&self, mut lines: Range<usize>) -> bool {
        lines.any(|at| {
            let recurs =
                || label(self.blocks[at].text, &self.document.columns).is_some_and(|label| self.recurring.contains(label.name));
            self.has_label[at] || self.blocks[at].kind == Kind::Text && recurs()
        })
    }

    /// Items below a heading such as `Contents` that lead to places on pages are none.
    fn leave_contents(&self, items: &mut [Item]) {
        for (at, heading) in self.headings.iter().enumerate().filter(|(_, heading)| is_noise(self.blocks[heading.line].text)) {
            let end = self.headings.get(at + 1).map_or(self.blocks.len(), |next| next.line);
            let first = items.partition_point(|item| item.line < heading.line);
            let below = items[first..].iter_mut().take_while(|item| item.line < end);
            for item in below.filter(|item| self.blocks[item.line].text.contains('#')) {
                item.evidence = Evidence::None;
            }
        }
    }

    /// Items below a heading such as `Sources` that comes again below the text of each of several stories say where these come from.
    fn leave_sources(&self, items: &mut [Item]) {
        let is_told = |above: usize, line: usize| {
            self.blocks[above + 1..line]
                .iter()
                .zip(&self.has_link[above + 1..])
                .any(|(block, linked)| block.kind == Kind::Text && !linked)
        };
        let closes_story = |at: usize| {
            let heading = &self.headings[at];
            let above = heading.parent.map(|parent| &self.headings[parent]).filter(|above| above.day.is_none());
            let is_named = heading.is_label && sources::names_sources(self.blocks[heading.line].text);
            above.filter(|_| is_named).map(|above| (above.line, at))
        };
        let mut closing: Vec<(usize, usize)> = (0..self.headings.len()).filter_map(closes_story).collect();
        closing.dedup_by_key(|(above, _)| *above);
        closing.retain(|&(above, at)| is_told(above, self.headings[at].line));
        if closing.len() < MIN_STORIES {
            return;
        }
        for (_, at) in closing {
            let line = self.headings[at].line;
            let end = self.headings.get(at + 1).map_or(self.blocks.len(), |next| next.line);
            let first = items.partition_point(|item| item.line < line);
            let below = items[first..].iter_mut().take_while(|item| item.line < end);
            below.for_each(|item| item.evidence = Evidence::None);
        }
    }

    /// Weighs items by those beside them in their list. One without a link is an entry where most are that are bold like it and have one. One
    /// that leads to a page nearby is none where more lines lead elsewhere, unless it stands before another of its list that does; and none
    /// where most of its list have names as short as those of sections.
    fn weigh_siblings(&self, items: &mut [Item]) {
        let mut nearby: Vec<bool> = items.iter().map(|item| self.is_nearby(item)).collect();
        let is_bold = |item: &Item| BOLD.iter().any(|(open, _)| self.blocks[item.line].text.starts_with(open));
        // The items of each depth that stand side by side so far.
        let mut open: Vec<Vec<usize>> = vec![Vec::new(); MAX_DEPTH + 1];
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for at in 0..items.len() {
            let depth = items[at].depth;
            let goes_on = open[depth]
                .last()
                .is_some_and(|&last| items[last].end == items[at].line && items[last].parent == items[at].parent);
            if !goes_on {
                lists.push(std::mem::take(&mut open[depth]));
            }
            open[depth].push(at);
        }
        lists.extend(open);
        for list in &lists {
            let short: Vec<usize> = list.iter().copied().filter(|&at| nearby[at] && self.is_short(&items[at])).collect();
            if list.len() < short.len() * 2 {
                for at in short {
                    (items[at].evidence, nearby[at]) = (Evidence::None, false);
                }
            }
        }
        let n_nearby = nearby.iter().filter(|nearby| **nearby).count();
        let are_nearby = self.has_link.iter().filter(|link| **link).count() < n_nearby;
        // What bold items are in other lists they are in a short one.
        let is_led = |item: &&Item| item.evidence >= Evidence::Below && is_bold(item);
        let n_led = items.iter().filter(is_led).count();
        let n_unled = items.iter().filter(|item| item.evidence == Evidence::Form && is_bold(item)).count();
        let are_led = n_unled * 3 < n_led;
        for list in lists {
            self.take_addresses(&list, items);
            let leads = |at: &usize| items[*at].evidence >= Evidence::Below && !nearby[*at];
            let last = list.iter().rposition(leads).unwrap_or(0);
            let n_bold = list.iter().filter(|at| leads(at) && is_bold(&items[**at])).count();
            let most_are_bold = list.len() < n_bold * 2 || are_led && list.len() == n_bold * 2;
            for (i, at) in list.into_iter().enumerate() {
                if nearby[at] && !are_nearby && last <= i {
                    items[at].evidence = Evidence::None;
                } else if most_are_bold && items[at].evidence == Evidence::Form && is_bold(&items[at]) {
                    items[at].evidence = Evidence::Below;
                }
            }
        }
    }

    /// Items that begin with an address are entries where they and linked titles are most of a list, and where words beside or below most of
    /// the addresses say what they lead to.
    fn take_addresses(&self, list: &[usize], items: &mut [Item]) {
        let is_bare = |&at: &usize| {
            let item = &items[at];
            item.depth == 0 && item.evidence == Evidence::None && leading_address(self.blocks[item.line].text).is_some()
        };
        let bare: Vec<usize> = list.iter().copied().filter(is_bare).collect();
        if bare.is_empty() {
            return;
        }
        let n_linked = list.iter().filter(|at| items[**at].evidence == Evidence::Linked).count();
        let is_told = |&&at: &&usize| {
            let item = &items[at];
            let beside = leading_address(self.blocks[item.line].text).is_some_and(|(_, words)| !words.is_empty());
            beside || self.has_words_below(item)
        };
        let n_told = bare.iter().filter(is_told).count();
        let are_most = list.len() < (bare.len() + n_linked) * 2;
        if are_most && MIN_LISTED <= n_told + n_linked && bare.len() < n_told * 2 {
            bare.into_iter().for_each(|at| items[at].evidence = Evidence::Linked);
        }
    }

    /// True for an item whose title leads to a page nearby and to nothing else.
    fn is_nearby(&self, item: &Item) -> bool {
        let text = self.blocks[item.line].text;
        let may_be = item.evidence == Evidence::Linked && !self.has_link[item.line] && text.contains("](");
        may_be && head::head(text, true).url.is_some_and(|url| !link::is_web(url))
    }

    /// True if a page nearby is one of a list of parts and not the one of a work: beside its name there is a count.
    fn leads_to_part(&self, item: &Item, named: &Head) -> bool {
        let count = |text: &str| {
            let bare = text
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '(' | '（' | '[' | '-' | '—'));
            bare.starts_with(|c: char| c.is_ascii_digit()) && bare.chars().count() <= MAX_COUNT
        };
        if !named.rest.is_empty() || self.has_words_below(item) {
            return count(&named.rest);
        }
        // `Robots (12 papers)`, but not `Robots (2024)`.
        let at = named.title.rfind(['(', '（']).filter(|&at| at > 0 && named.title.ends_with([')', '）']));
        at.is_some_and(|at| count(&named.title[at..]) && named.title[at..].contains(char::is_alphabetic))
    }

    /// True for an item that is nothing but a short name.
    fn is_short(&self, item: &Item) -> bool {
        let named = head::head(self.blocks[item.line].text, true);
        named.rest.is_empty() && named.title.len() < MIN_TITLE && !self.has_words_below(item)
    }

    fn has_words_below(&self, item: &Item) -> bool {
        (item.line + 1..item.end).any(|at| !matches!(self.blocks[at].kind, Kind::Blank | Kind::Rule))
    }

    /// Bold labels that come again and again in different places, `**证据**：…` below each heading, name fields and no entries, if most do.
    fn take_repeated_labels(&self, items: &mut [Item]) {
        let name = |item: &Item| {
            let text = self.blocks[item.line].text;
            let label =
                Some(item).filter(|item| item.evidence == Evidence::Form).and_then(|_| label(text, &self.document.columns));
            label.filter(|label| label.marked && !label.rest.is_empty()).map(|label| label.name)
        };
        let mut seen: HashMap<&str, usize> = HashMap::new();
        items.iter().filter_map(name).for_each(|name| *seen.entry(name).or_default() += 1);
        if seen.values().sum::<usize>() < seen.len() * 2 {
            return;
        }
        for item in items {
            if name(item).is_some_and(|name| seen[name] > 1) {
                item.evidence = Evidence::None;
            }
        }
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
            || named.title.starts_with('@') && is_mentions(text)
            || (named.rest.is_empty() || !named.links.is_empty()) && date::is_day(&named.title)
        {
            return Evidence::None;
        }
        let is_nearby = named.url.is_some_and(|url| !link::is_web(url)) && named.links.is_empty();
        if is_nearby && self.leads_to_part(item, &named) {
            return Evidence::None;
        }
        match named.form {
            Form::Linked if named.url.is_some() || named.wiki.is_some() => return Evidence::Linked,
            Form::WithLink if !is_short_label(text) && !sources::is_evidence(text) => return Evidence::Linked,
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

    /// The linked items behind the last entries of sections, where no entry that another follows has such items: a list of what else
    /// there is. The entries end before it.
    pub(super) fn lists_behind(&self, units: &mut [Unit]) -> Vec<Unit> {
        let mut found: Vec<(usize, usize, Vec<Unit>)> = Vec::new();
        let mut n_followed = 0;
        for at in 0..units.len() {
            let (naming, end) = (units[at].naming, units[at].end);
            if matches!(self.blocks[naming].kind, Kind::Item { .. }) {
                continue;
            }
            let list = self.list_at_end(naming, end);
            let is_followed = units.get(at + 1).is_some_and(|next| next.naming == end);
            n_followed += usize::from(is_followed);
            match list {
                Some(_) if is_followed => return Vec::new(),
                Some((cut, list)) => found.push((at, cut, list)),
                None => {}
            }
        }
        // Two entries alone show it only if the list has a heading of its own.
        let is_headed = |cut: usize| matches!(self.blocks[cut].kind, Kind::Heading(_));
        let are_sure = n_followed + found.len() > 2 || found.iter().all(|(_, cut, _)| is_headed(*cut));
        if n_followed == 0 || !are_sure || found.iter().map(|(.., list)| list.len()).sum::<usize>() < MIN_SECOND {
            return Vec::new();
        }
        for (at, cut, _) in &found {
            units[*at].end = *cut;
        }
        found.into_iter().flat_map(|(.., list)| list).collect()
    }

    /// The linked items that all lists between two lines consist of, several, and the line at which they begin, their heading's if they
    /// have one of their own.
    fn list_at_end(&self, naming: usize, end: usize) -> Option<(usize, Vec<Unit>)> {
        let inside = &self.items[self.items.partition_point(|item| item.line <= naming)..];
        let inside = &inside[..inside.partition_point(|item| item.line < end)];
        let n_last = inside.iter().rev().take_while(|item| item.evidence == Evidence::Linked && item.depth == 0).count();
        let list = &inside[inside.len() - n_last..];
        let first = list.first().filter(|_| list.len() >= MIN_LIST)?.line;
        let above = (naming + 1..first).rev().find(|&at| self.blocks[at].kind != Kind::Blank)?;
        let is_apart = matches!(self.blocks[above].kind, Kind::Heading(_));
        let heading = self.headings.binary_search_by_key(&above, |heading| heading.line);
        // What stands below the name of a field is the entry's.
        if heading.is_ok_and(|at| self.headings[at].is_label) {
            return None;
        }
        if !is_apart && self.blocks[first - 1].kind != Kind::Blank {
            return None;
        }
        let units = list.iter().map(|item| Unit { naming: item.line, end: item.end, weak: false, sure: true });
        Some((if is_apart { above } else { first }, units.collect()))
    }

    /// The items that are nested in no other.
    pub(super) fn all_items(&self) -> Vec<Unit> {
        let outer = self.items.iter().filter(|item| item.depth == 0);
        outer.map(|item| Unit { naming: item.line, end: item.end, weak: false, sure: true }).collect()
    }

    /// The items of the depth that most entries have, those inside of other units left out.
    pub(super) fn item_units(&self, others: &[Unit]) -> Vec<Unit> {
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
        let is_grouped = groups.len() >= best_strong.max(1);
        if is_grouped {
            best = groups;
        }
        self.cut_loose_text(&mut best);
        if is_grouped {
            best.iter_mut().for_each(|unit| unit.end = self.with_texts(unit.end));
        }
        best
    }

    /// Items of plain sentences, in texts that are a list of them and hardly anything else: news in a line each.
    pub(super) fn sentence_units(&self) -> Vec<Unit> {
        let words = |line: usize| self.blocks[line].text.chars().count();
        let is_field = |line: usize| {
            label(self.blocks[line].text, &self.document.columns).is_some_and(|label| label.marked && !label.rest.is_empty())
        };
        let of_list: Vec<&Item> = self.items.iter().filter(|item| item.depth == 0 && !is_field(item.line)).collect();
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

    /// Text at the margin behind a blank line belongs to the item above only if that is how the items of this list are written.
    pub(super) fn cut_loose_text(&self, units: &mut [Unit]) {
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

    /// The item that an item is nested in.
    pub(super) fn parent_item(&self, line: usize) -> Option<&Item> {
        let at = self.items.binary_search_by_key(&line, |item| item.line).ok()?;
        self.items[at].parent.map(|parent| &self.items[parent])
    }
}

/// Words of up to 24 characters that are all of a line and lead to several addresses.
pub(super) fn repeated_words<'a>(blocks: &[Block<'a>], has_link: &[bool]) -> HashSet<&'a str> {
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
