//! A day: all its sources with their entries.

use super::Page;
use super::view::{DayLink, DayPage, DayRow, SourceOnDay, SourceSection};
use crate::model::{Day, DigestState};
use crate::prose;
use crate::site::route::Route;
use crate::site::{DayRecord, EntryRef, SourceIdx};

pub(super) fn view(page: &Page, day: Day) -> Option<DayPage> {
    let at = page.site.days.binary_search_by_key(&day, |record| record.day).ok()?;
    let record = &page.site.days[at];
    let label = page.date("day_long", day);
    let lists = |record: &&DayRecord| record.n_entries > 0;
    let link = |record: &DayRecord| -> DayLink { page.day_link(record) };
    Some(DayPage {
        frame: page.frame("day", label.clone()),
        iso: day.to_string(),
        label,
        n_entries: record.n_entries,
        state: day_state(page, record),
        sources: sources_of(page, record).into_iter().map(|(source, digests)| section(page, source, &digests)).collect(),
        previous: page.site.days[..at].iter().rev().find(lists).map(link),
        next: page.site.days[at + 1..].iter().find(lists).map(link),
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

fn section(page: &Page, source: SourceIdx, digests: &[usize]) -> SourceSection {
    let source = &page.site.sources[source as usize];
    let listed = || digests.iter().map(|&digest| (digest, &page.site.digests[digest]));
    let references =
        listed().flat_map(|(digest, listed)| (0..listed.digest.entries.len()).map(move |entry| reference(digest, entry)));
    let entries: Vec<_> = references.map(|at| page.entry_view(at)).collect();
    let prefaces: Vec<String> = listed().filter_map(|(_, listed)| listed.digest.preface.as_deref().map(prose::html)).collect();
    SourceSection {
        anchor: section_anchor(&source.slug),
        label: source.label.clone(),
        url: page.links.to(&Route::Source(source.slug.clone())),
        n_entries: entries.len(),
        state: state(listed().map(|(_, listed)| listed.digest.state)),
        preface_html: (!prefaces.is_empty()).then(|| prefaces.concat()),
        entries,
    }
}

pub(super) fn reference(digest: usize, entry: usize) -> EntryRef {
    let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    EntryRef { digest: index(digest), entry: index(entry) }
}

/// The id of a source's section on a day's page; entries' ids never begin like this.
pub(super) fn section_anchor(slug: &str) -> String {
    format!("source-{slug}")
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
