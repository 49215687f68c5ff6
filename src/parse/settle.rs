//! Digests made of a claim: their days, sources and states, and whether the file is a digest at all.

use super::claim::{Around, Claim, Document, Listed};
use super::front::Front;
use super::heading::first_heading;
use super::{Ledger, MIN_LISTED, Reading, SourceRule, date, link, outline, place, separated};
use crate::diagnostic::{Findings, Place, report};
use crate::model::{Day, Digest, DigestState, Entries, Entry, WorkId};
use crate::text::LineIndex;
use std::collections::HashMap;

/// Makes digests of a claim: gives its entries their days and source, sorts the other lines, writes findings down.
pub(super) fn settle(
    reading: &mut Reading,
    document: &Document,
    front: &Front,
    rule: Option<&SourceRule>,
    modified: Option<Day>,
    mut claim: Claim,
) {
    let text = document.text;
    // A cell of CSV may have lines that look like headings.
    let may_have_heading = claim.dialect != separated::DIALECT;
    let in_text = || first_heading(&document.lines).filter(|_| may_have_heading).map(str::to_owned);
    let heading = claim.about.heading.take().or_else(in_text);
    let Around { preface, afterword } = claim.sort_lines(document, &mut reading.lines);
    reading.lines.structure += front.n_lines;
    let said = place::Said {
        path: &reading.path,
        front,
        heading: heading.as_deref(),
        preface: preface.as_deref(),
        text,
        claim: &claim,
        modified,
    };
    let mut placed = place::place(&said, rule);
    let by_settings = rule.is_some_and(|rule| rule.dialect.is_some());
    if by_settings && claim.listed.is_empty() {
        reading.findings.add(report::dialect_without_entries(claim.dialect).in_file(&reading.path));
    }
    if !by_settings && !claim.listed.is_empty() && (claim.weak && placed.day.is_none() || is_no_digest(document, &claim, &placed))
    {
        claim.rows -= claim.listed.len() + claim.merged;
        claim.merged = 0;
        claim.listed.clear();
        reading.lines.structure += std::mem::take(&mut reading.lines.entries);
        if !placed.is_of_day {
            // What is left alone as a whole need not be told line by line.
            claim.notes.clear();
            claim.findings = Findings::default();
            reading.lines.structure += std::mem::take(&mut reading.lines.unread) + std::mem::take(&mut reading.lines.afterword);
        }
    }
    if !claim.notes.is_empty() {
        let index = LineIndex::new(text);
        for (span, finding) in std::mem::take(&mut claim.notes) {
            reading.findings.kept.push(finding.at(Place::in_text(&reading.path, text, &index, span)));
        }
    }
    reading.findings.extend(std::mem::take(&mut claim.findings));
    reading.fields = std::mem::take(&mut claim.fields);
    reading.dialect = (!claim.listed.is_empty() || claim.rejected > 0).then_some(claim.dialect);
    reading.ledger =
        Ledger { rows: claim.rows, entries: claim.listed.len(), merged: claim.merged, hidden: 0, rejected: claim.rejected };
    if claim.listed.is_empty() && !placed.is_of_day {
        reading.findings.add(report::not_a_digest().in_file(&reading.path));
        return;
    }
    for finding in std::mem::take(&mut placed.findings) {
        reading.findings.add(finding.in_file(&reading.path));
    }
    let state = state(&claim.listed, preface.as_deref());
    if placed.day.is_some() && state != DigestState::Listed {
        let n_links =
            if state == DigestState::Failed { 0 } else { link::find(text).filter(|found| found.url.contains("://")).count() };
        let n_unknown = if state == DigestState::Failed { 0 } else { claim.about.n_unknown };
        let finding = match (n_links, n_unknown) {
            (MANY_LINKS.., _) => report::links_without_entries(n_links),
            (_, MANY_RECORDS..) => report::data_without_entries(n_unknown),
            _ => report::empty_day(state == DigestState::Failed),
        };
        reading.findings.add(finding.in_file(&reading.path));
    }
    sections_to_tags(&mut claim.listed);
    let digest = Digest {
        day: placed.day,
        source: placed.source,
        heading,
        preface,
        afterword,
        state,
        language: placed.language,
        number: placed.number,
        entries: Entries::default(),
        path: reading.path.clone(),
    };
    reading.digests = by_day(digest, claim.listed, placed.days);
}

/// A file with so many links is no quiet day if no entry is found in it.
const MANY_LINKS: usize = 3;

/// Nor is one with so many records of which none is an entry.
const MANY_RECORDS: usize = 2;

/// True for a text whose entries are none: an index of files, a template, a manual with links.
fn is_no_digest(document: &Document, claim: &Claim, placed: &place::Placed) -> bool {
    let names_day = |entry: &Entry| entry.title.as_deref().is_none_or(date::is_day);
    let has_hole = |text: &str| {
        memchr::memchr(b'{', text.as_bytes()).is_some()
            && (text.contains("{{") || text.contains("{%") || text.starts_with('{') && text.ends_with('}'))
    };
    let is_template = |entry: &Entry| {
        entry.title.as_deref().is_some_and(has_hole)
            || entry.url().is_some_and(|url| {
                memchr::memchr2(b'{', b'%', url.as_bytes()).is_some() && (url.contains('{') || url.contains("%7B"))
            })
    };
    claim.dialect != "page" && claim.are_most(&|entry| names_day(entry) && (!is_web(entry) || entry.title.is_some()))
        || claim.are_most(&is_template)
        || outline::is_manual(document) && !matches!(claim.dialect, "page" | separated::DIALECT) && !lists_works(claim, placed)
}

/// True for a text that lists works although some of its headings are those of a manual: it is of a day and most of its entries are on
/// the web, or they are papers with their ids.
fn lists_works(claim: &Claim, placed: &place::Placed) -> bool {
    let is_table = claim.dialect == "table";
    let is_of_day = placed.is_of_day || is_table && placed.says_day;
    let is_paper = |entry: &Entry| entry.id.as_ref().is_some_and(WorkId::is_registered);
    is_of_day && claim.are_most(&is_web) || !is_table && MIN_LISTED <= claim.listed.len() && claim.are_most(&is_paper)
}

/// True for an entry that says where its work is found.
fn is_web(entry: &Entry) -> bool {
    entry.links.iter().any(|link| link::is_web(&link.url)) || entry.id.is_some()
}

/// A digest for each day that entries have, in the order of the text.
fn by_day(mut digest: Digest, listed: Vec<Listed>, days: place::Days) -> Vec<Digest> {
    let mut digests: Vec<Digest> = Vec::new();
    let mut at: HashMap<Option<Day>, usize> = HashMap::new();
    let mut last: Option<(Option<Day>, usize)> = None;
    let afterword = digest.afterword.take();
    let n_listed = if days == place::Days::File { listed.len() } else { 0 };
    for Listed { mut entry, day, .. } in listed {
        let day = match days {
            place::Days::File => digest.day,
            place::Days::Sections => day.or(digest.day),
            place::Days::Entries => entry.published.or(day).or(digest.day),
        };
        let known = last.filter(|(known, _)| *known == day).map(|(_, i)| i);
        let i = known.unwrap_or_else(|| {
            *at.entry(day).or_insert_with(|| {
                let preface = digest.preface.clone().filter(|_| digests.is_empty());
                digests.push(Digest { day, preface, entries: Entries::with_capacity(n_listed), ..digest.clone() });
                digests.len() - 1
            })
        });
        last = Some((day, i));
        entry.position = u32::try_from(digests[i].entries.len() + 1).unwrap_or(u32::MAX);
        digests[i].entries.edit().push(entry);
    }
    if digests.is_empty() {
        digests.push(digest);
    }
    let at = last.map_or(0, |(_, i)| i);
    digests[at].afterword = afterword;
    digests
}

/// Where a file has several sections with entries, their names are tags.
fn sections_to_tags(listed: &mut [Listed]) {
    let first = listed.first().map(|first| first.entry.section.clone());
    if listed.iter().all(|one| Some(&one.entry.section) == first.as_ref()) {
        return;
    }
    for Listed { entry, .. } in listed {
        let section = entry.section.as_ref().filter(|section| section.chars().count() <= MAX_TAG);
        if let Some(section) = section.filter(|section| !entry.tags.contains(section)) {
            entry.tags.push(section.clone());
        }
    }
}

/// A longer name of a section is no tag, in characters.
const MAX_TAG: usize = 40;

/// Words by which scripts say that they could not fetch a day, in lower case.
const FAILURE: &[&str] =
    &["失败", "错误", "error", "failed", "failure", "exception", "timeout", "超时", "http 4", "http 5", "失敗", "실패"];

fn state(entries: &[Listed], preface: Option<&str>) -> DigestState {
    if !entries.is_empty() {
        return DigestState::Listed;
    }
    let preface = preface.unwrap_or("").to_lowercase();
    if FAILURE.iter().any(|word| preface.contains(word)) { DigestState::Failed } else { DigestState::Empty }
}
