//! The home page: the latest day with its first entries, and the recent days.

use super::Page;
use super::day;
use super::entry::Around;
use super::view::{HomePage, LatestDay, LatestSource, SourceOnDay};
use crate::site::route::Route;
use crate::site::{DayRecord, EntryRef};

/// Entries of each source that the home page shows.
const FIRST_ENTRIES: usize = 10;

/// Days that the home page lists.
const RECENT_DAYS: usize = 14;

pub(super) fn view(page: &Page) -> HomePage {
    let site = page.site;
    let latest = site.latest();
    let before = site.days.iter().rev().filter(|record| Some(record.day) != latest.map(|l| l.day));
    let mut frame = page.frame("home", site.info.title.clone());
    if frame.description.is_empty() {
        let sources: Vec<&str> = site.sources.iter().map(|source| source.label.as_str()).collect();
        frame.description = format!("{}: {}", site.info.title, sources.join(", "));
    }
    HomePage {
        frame,
        latest: latest.map(|record| latest_day(page, record)),
        recent: before.take(RECENT_DAYS).map(|record| day::row(page, record)).collect(),
        archive: page.links.to(&Route::Archive),
        since_index: page.links.to(&Route::SinceIndex),
        n_entries: site.n_entries,
        n_days: site.days.len(),
    }
}

fn latest_day(page: &Page, record: &DayRecord) -> LatestDay {
    let row = day::row(page, record);
    let sources = day::sources_of(page.site, record).into_iter().zip(row.sources);
    let source = |((_, digests), source): ((_, Vec<usize>), SourceOnDay)| LatestSource {
        label: source.name,
        url: source.url,
        n_entries: source.n,
        state: source.state,
        lead: digests
            .iter()
            .find(|&&digest| !page.site.digests[digest].digest.entries.is_empty())
            .map(|&digest| page.entry_view(EntryRef::at(digest, 0))),
        entries: day::first_entries(page, &digests, FIRST_ENTRIES, Around::DayAndSource),
    };
    LatestDay { day: row.day, label: row.label, sources: sources.map(source).collect() }
}
