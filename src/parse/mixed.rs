//! Files that hold entries in two forms: a table as overview with headings as details, or a table for one topic and a list for
//! another.

use super::claim::{Claim, Document, Listed, Mark};
use super::heading::heading;
use super::outline;
use crate::model::{Day, Entry, WorkId, name};
use crate::text::{Line, is_cjk};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Joins two claims on one document. The one with more entries reads the file, of equal ones the first; what the second finds inside
/// of entries of the first does not count, since it is their text. An entry of the other that names the same work gives it its
/// fields; if there are few such, the other's entries stand for themselves, unless they stand in a section of the first or show by
/// nothing but their form.
pub(super) fn join(first: Claim, mut second: Claim) -> Claim {
    second.forget_inside(&first);
    let strong = |claim: &Claim| if claim.weak { 0 } else { claim.listed.len() };
    let (mut main, mut other) = match () {
        () if strong(&first) > 0 || strong(&second) > 0 => {
            if strong(&first) >= strong(&second) {
                (first, second)
            } else {
                (second, first)
            }
        }
        () if first.listed.len() + first.rejected >= second.listed.len() => (first, second),
        () => (second, first),
    };
    other.forget_inside(&main);
    if other.listed.is_empty() || main.listed.is_empty() {
        return main;
    }
    let known = Known::of(&main.listed);
    let (mentions, others): (Vec<_>, Vec<_>) =
        other.listed.into_iter().map(|one| (known.find(&one.entry), one)).partition(|(at, _)| at.is_some());
    let others: Vec<_> = others.into_iter().filter(|(_, one)| !known.are_named_in(&one.entry)).collect();
    let repeats = mentions.len() >= others.len();
    for (at, one) in mentions {
        // What stands around an entry of the first is its section, taken for another mention of it.
        let Some(at) = at.filter(|at| !encloses(&one.lines, &main.listed[*at].lines)) else { continue };
        main.rows += 1;
        main.merged += 1;
        main.marks.set(one.lines, Mark::Entry);
        gain(&mut main.listed[at].entry, one.entry);
    }
    let is_entry = |entry: &Entry| is_work(entry) || other.dialect == outline::HEADINGS && is_story(entry);
    let are_few = others.len() < MIN_OTHERS && !others.iter().all(|(_, one)| is_entry(&one.entry));
    if repeats || other.weak || are_few {
        return main;
    }
    let sections: HashSet<Option<String>> = main.listed.iter().map(|one| one.entry.section.clone()).collect();
    let mut added = 0;
    for (_, one) in others {
        let free = one.entry.section.is_some() && !sections.contains(&one.entry.section);
        if free {
            main.rows += 1;
            added += 1;
            main.push(one.entry, one.day, one.lines);
        }
    }
    if added > 0 {
        main.listed.sort_by_key(|one| one.lines.start);
        main.found_all(&other.fields);
    }
    main
}

/// Gives the entries of a table the texts that stand below headings of the same titles and hold no link by which they would be entries.
pub(super) fn with_details(main: Claim, document: &Document) -> Claim {
    if main.dialect != "table" || main.listed.iter().all(|one| one.entry.summary.is_some()) {
        return main;
    }
    let is_heading = |line: &&Line| heading(line.text).is_some();
    if document.lines.iter().filter(is_heading).nth(MIN_DETAILS - 1).is_none() {
        return main;
    }
    let known = Known::of(&main.listed);
    let names = |title: &str| known.by_title.contains_key(&name::key(title));
    let is_known = |text: &str| names(text) || names(text.trim_start_matches(|c: char| !c.is_alphabetic()));
    let is_detail = |line: &Line| heading(line.text).is_some_and(|(_, text)| is_known(text));
    // What is joined already needs no second look.
    let is_free = |at: &usize| main.marks.get(*at) != Mark::Entry;
    let mut free = document.lines.iter().enumerate().filter(|(at, line)| is_free(at) && is_detail(line));
    if free.nth(MIN_DETAILS - 1).is_none() {
        return main;
    }
    let details = outline::details(document, &is_known);
    join(main, details)
}

/// Fewer headings with titles of a table are no details of it.
const MIN_DETAILS: usize = 2;

fn encloses(around: &Range<usize>, lines: &Range<usize>) -> bool {
    around.start < lines.start && lines.end <= around.end
}

/// Gives an entry the fields of its second mention. Of two texts about it both are kept.
fn gain(entry: &mut Entry, mut other: Entry) {
    gain_title(entry, &other);
    let adds = |text: &String| entry.summary.as_ref().is_some_and(|known| !known.contains(text.as_str()));
    if let Some(text) = other.summary.take_if(|text| adds(text)) {
        entry.extra.push(("description".to_owned(), text));
    }
    entry.gain(other);
}

/// Of two titles of which one holds the other the longer is the title. Of two that say it in two scripts the Latin one is the original, and
/// of any others the second is kept as a field.
fn gain_title(entry: &mut Entry, other: &Entry) {
    let (Some(title), Some(second)) = (&entry.title, &other.title) else { return };
    let (known, found) = (name::key(title), name::key(second));
    if holds(&known, &found) || entry.original_title.as_ref().is_some_and(|original| name::key(original) == found) {
        return;
    }
    let is_longer = holds(&found, &known);
    // A heading over a list that leads to the work is none of its titles.
    let lists = |text: &String| text.contains(&format!("[{title}]("));
    if !is_longer && other.summary.as_ref().is_some_and(lists) {
        return;
    }
    let second = second.clone();
    if is_longer {
        entry.title = Some(second);
    } else if title.contains(is_cjk) && !second.contains(is_cjk) && entry.original_title.is_none() {
        entry.original_title = Some(second);
    } else {
        entry.extra.push(("title".to_owned(), second));
    }
}

/// True if a key of a title holds all words of another, side by side.
fn holds(long: &str, short: &str) -> bool {
    let is_letter = |c: &char| c.is_alphanumeric() && !is_cjk(*c);
    let is_torn = |at: usize| {
        let (before, behind) = long.split_at(at);
        before.chars().next_back().is_some_and(|c| is_letter(&c)) && behind.chars().next().is_some_and(|c| is_letter(&c))
    };
    long.match_indices(short).any(|(at, _)| !is_torn(at) && !is_torn(at + short.len()))
}

impl Claim {
    /// Drops entries that stand inside of entries of another claim, such as a heading in a cell.
    fn forget_inside(&mut self, other: &Claim) {
        let is_inside = |lines: &Range<usize>| {
            let at = other.listed.partition_point(|known| known.lines.start <= lines.start);
            at > 0 && other.listed[at - 1].lines.end > lines.start
        };
        let n = self.listed.len();
        self.listed.retain(|one| !is_inside(&one.lines));
        self.rows -= n - self.listed.len();
    }
}

/// True for an entry that names a work by a number of its own and says who wrote it.
fn is_work(entry: &Entry) -> bool {
    entry.title.is_some() && !entry.authors.is_empty() && entry.id.as_ref().is_some_and(WorkId::is_registered)
}

/// True for an entry with a text of its own beside a link that stands in no sentence of it.
fn is_story(entry: &Entry) -> bool {
    let (Some(url), Some(summary)) = (entry.url(), &entry.summary) else { return false };
    let goes_on = |at: usize| summary[at + url.len()..].contains(char::is_alphanumeric);
    entry.title.is_some() && !summary.find(url).is_some_and(goes_on)
}

/// Joins entries that name another of the same day again and only one of which is linked, or says who wrote it: picks of the list above.
pub(super) fn without_mentions(mut claim: Claim) -> Claim {
    let differ = |has: fn(&Entry) -> bool| claim.listed.windows(2).any(|pair| has(&pair[0].entry) != has(&pair[1].entry));
    if !differ(|entry| entry.links.is_empty()) && !differ(|entry| entry.authors.is_empty()) {
        return claim;
    }
    let mut first: HashMap<(String, Option<Day>), usize> = HashMap::new();
    let mut again: Vec<(usize, usize)> = Vec::new();
    for (at, one) in claim.listed.iter().enumerate() {
        let Some(title) = title_key(&one.entry).filter(|title| MIN_TITLE <= title.len()) else { continue };
        let known = *first.entry((title, one.day)).or_insert(at);
        let other = &claim.listed[known].entry;
        let is_same = other.id.is_some() && other.id == one.entry.id;
        let lacks_link = other.links.is_empty() != one.entry.links.is_empty();
        if lacks_link || is_same && other.authors.is_empty() != one.entry.authors.is_empty() {
            again.push((known, at));
        }
    }
    let mut listed: Vec<Option<Listed>> = std::mem::take(&mut claim.listed).into_iter().map(Some).collect();
    for (known, at) in again {
        if let (Some(one), Some(known)) = (listed[at].take(), &mut listed[known]) {
            claim.merged += 1;
            gain(&mut known.entry, one.entry);
        }
    }
    claim.listed = listed.into_iter().flatten().collect();
    claim
}

/// A shorter title, in bytes, may be that of several works.
const MIN_TITLE: usize = 12;

/// Fewer entries in another form are links of the text.
const MIN_OTHERS: usize = 3;

/// Entries by what they point at and by their titles.
struct Known {
    by_id: HashMap<String, usize>,
    by_title: HashMap<String, usize>,
}

impl Known {
    fn of(listed: &[Listed]) -> Known {
        let mut known = Known { by_id: HashMap::new(), by_title: HashMap::new() };
        for (at, one) in listed.iter().enumerate() {
            if let Some(id) = &one.entry.id {
                known.by_id.entry(id.to_string()).or_insert(at);
            }
            if let Some(title) = title_key(&one.entry) {
                known.by_title.entry(title).or_insert(at);
            }
            if let Some(title) = with_owner(&one.entry) {
                known.by_title.entry(title).or_insert(at);
            }
        }
        known
    }

    fn find(&self, entry: &Entry) -> Option<usize> {
        let by_id = entry.id.as_ref().and_then(|id| self.by_id.get(&id.to_string()));
        let by_title = || self.by_title.get(&title_key(entry)?).copied();
        by_id.copied().or_else(by_title).or_else(|| self.by_title.get(&with_owner(entry)?).copied())
    }

    /// True for an entry whose title is a list of others: a row of an overview, `Most useful | roe/ice, doe/water`.
    fn are_named_in(&self, entry: &Entry) -> bool {
        let Some(title) = entry.title.as_deref().filter(|title| title.contains([',', '，', '、'])) else { return false };
        let mut parts = title.split([',', '，', '、']);
        entry.links.is_empty() && parts.any(|part| self.by_title.contains_key(&name::key(part)))
    }
}

fn title_key(entry: &Entry) -> Option<String> {
    entry.title.as_deref().map(name::key).filter(|key| !key.is_empty())
}

/// The key of `owner/name` for a repository that is named by its name alone, beside its owner.
fn with_owner(entry: &Entry) -> Option<String> {
    let [owner] = entry.authors.as_slice() else { return None };
    let title = entry.title.as_deref().filter(|title| !title.contains([' ', '/']))?;
    Some(name::key(&format!("{owner}/{title}")))
}
