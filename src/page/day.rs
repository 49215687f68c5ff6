//! A day: all its sources with their entries.

use super::Page;
use super::entry::Around;
use super::view::{DayLink, DayPage, DayRow, EntryView, Facet, Frame, NamedLink, SourceOnDay, SourceSection};
use crate::model::{Day, DigestState, LinkKind};
use crate::prose;
use crate::site::route::{Route, section_anchor};
use crate::site::{DayRecord, EntryRef, SourceIdx};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The page of a day, in the site's language or, as far as there are translations, in another.
pub(super) fn view(page: &Page, day: Day, language: Option<&str>) -> Option<DayPage> {
    let at = page.site.days.binary_search_by_key(&day, |record| record.day).ok()?;
    let record = &page.site.days[at];
    let label = page.date("day_long", day);
    let lists = |record: &&DayRecord| record.n_entries > 0;
    let link = |record: &DayRecord| -> DayLink { page.day_link(record) };
    let sources: Vec<SourceSection> =
        sources_of(page, record).into_iter().map(|(source, digests)| section(page, source, &digests, language)).collect();
    let entries = || sources.iter().flat_map(|source| &source.entries);
    let description = format!("{label}: {}", page.site.day_text(record));
    Some(DayPage {
        frame: Frame { description, ..page.frame("day", label.clone()) },
        iso: day.to_string(),
        label,
        n_entries: record.n_entries,
        state: day_state(page, record),
        tags: facets(entries()),
        n_seen_before: entries().filter(|entry| !entry.seen_before.is_empty()).count(),
        n_with_code: entries().filter(|entry| entry.links.iter().any(|link| link.kind == LinkKind::Code.name())).count(),
        sources,
        languages: languages(page, record, language),
        previous: page.site.days[..at].iter().rev().find(lists).map(link),
        next: page.site.days[at + 1..].iter().find(lists).map(link),
        week: page.week_link(day),
        month: page.month_link(day),
        year: page.year_link(day),
    })
}

/// The sources of a day with the indices of their digests, in the order of their keys.
pub(super) fn sources_of(page: &Page, record: &DayRecord) -> Vec<(SourceIdx, Vec<usize>)> {
    let mut sources: Vec<(SourceIdx, Vec<usize>)> = Vec::new();
    for digest in record.digests.clone() {
        let source = page.site.digests[digest].source;
        match sources.last_mut() {
            Some((last, digests)) if *last == source => digests.push(digest),
            _ => sources.push((source, vec![digest])),
        }
    }
    sources
}

fn section(page: &Page, source: SourceIdx, digests: &[usize], language: Option<&str>) -> SourceSection {
    let source = &page.site.sources[source as usize];
    let listed = || digests.iter().map(|&digest| (digest, &page.site.digests[digest]));
    let mut entries: Vec<EntryView> = Vec::new();
    let mut prefaces: Vec<&str> = Vec::new();
    for (at, listed) in listed() {
        let translation = listed.translations.iter().find(|one| Some(one.language.as_str()) == language);
        let shown = translation.map_or(&listed.digest, |one| &one.digest);
        prefaces.extend(shown.preface.as_deref());
        match translation {
            Some(one) => entries.extend(
                one.digest
                    .entries
                    .iter()
                    .zip(&one.anchors)
                    .map(|(entry, anchor)| page.translated_view(entry, anchor, &one.digest.path)),
            ),
            None => entries.extend((0..listed.digest.entries.len()).map(|entry| page.entry_view(EntryRef::at(at, entry)))),
        }
    }
    SourceSection {
        anchor: section_anchor(&source.slug),
        label: source.label.clone(),
        url: page.links.to(&Route::Source(source.slug.clone())),
        note_html: source.note_html.clone(),
        n_entries: entries.len(),
        state: state(listed().map(|(_, listed)| listed.digest.state)),
        preface_language: page.foreign(prefaces.first().copied()),
        preface_html: (!prefaces.is_empty()).then(|| prefaces.iter().map(|preface| prose::html(preface)).collect()),
        entries,
    }
}

/// A page offers at most so many tags to filter by.
const MAX_FACETS: usize = 40;

/// The tags of entries, the most frequent first, those of equal count by name.
fn facets<'a>(entries: impl Iterator<Item = &'a EntryView>) -> Vec<Facet> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in entries.flat_map(|entry| &entry.tags) {
        *counts.entry(&tag.name).or_default() += 1;
    }
    let mut facets: Vec<Facet> = counts.into_iter().map(|(name, n)| Facet { name: name.to_owned(), n }).collect();
    facets.sort_by_key(|facet| Reverse(facet.n));
    facets.truncate(MAX_FACETS);
    if facets.len() < 2 { Vec::new() } else { facets }
}

/// The other languages of a day with their pages.
fn languages(page: &Page, record: &DayRecord, current: Option<&str>) -> Vec<NamedLink> {
    let others = page.site.languages_of(record).into_iter().filter(|language| Some(*language) != current);
    let links = others.map(|language| NamedLink {
        name: page.language_name(language),
        url: page.links.to(&Route::DayIn(record.day, language.to_owned())),
    });
    let own = current
        .map(|_| NamedLink { name: page.language_name(&page.site.info.language), url: page.links.to(&Route::Day(record.day)) });
    own.into_iter().chain(links).collect()
}

fn state(mut states: impl Iterator<Item = DigestState> + Clone) -> &'static str {
    if states.clone().any(|state| state == DigestState::Listed) {
        "listed"
    } else if states.any(|state| state == DigestState::Failed) {
        "failed"
    } else {
        "empty"
    }
}

pub(super) fn day_state(page: &Page, record: &DayRecord) -> &'static str {
    if record.n_entries > 0 {
        return "listed";
    }
    state(page.site.digests[record.digests.clone()].iter().map(|listed| listed.digest.state))
}

/// A day as a row: its sources with their counts.
pub(super) fn row(page: &Page, record: &DayRecord) -> DayRow {
    let of_source = |(source, digests): (SourceIdx, Vec<usize>)| {
        let source = &page.site.sources[source as usize];
        let digests = digests.iter().map(|&digest| &page.site.digests[digest].digest);
        SourceOnDay {
            name: source.label.clone(),
            url: page.links.to_anchor(&Route::Day(record.day), &section_anchor(&source.slug)),
            n: digests.clone().map(|digest| digest.entries.len()).sum(),
            state: state(digests.map(|digest| digest.state)),
        }
    };
    DayRow {
        day: page.day_link(record),
        label: page.date("day_long", record.day),
        state: day_state(page, record),
        sources: sources_of(page, record).into_iter().map(of_source).collect(),
    }
}

/// The first entries of digests, in brief.
pub(super) fn first_entries(page: &Page, digests: &[usize], n: usize, around: Around) -> Vec<EntryView> {
    let all = digests.iter().flat_map(|&digest| {
        let n_entries = page.site.digests[digest].digest.entries.len();
        (0..n_entries).map(move |entry| EntryRef::at(digest, entry))
    });
    all.take(n).map(|at| page.entry_in_brief(at, &[], around)).collect()
}
