//! The home page: the latest day with its first entries, and the recent days.

use super::Page;
use super::day;
use super::view::{HomePage, LatestDay, LatestSource, SourceOnDay};
use crate::site::DayRecord;
use crate::site::route::Route;

/// Entries of each source that the home page shows.
const FIRST_ENTRIES: usize = 10;

/// Days that the home page lists.
const RECENT_DAYS: usize = 14;

pub(super) fn view(page: &Page) -> HomePage {
    let site = page.site;
    let latest = site.latest();
    let before = site.days.iter().rev().filter(|record| Some(record.day) != latest.map(|l| l.day));
    HomePage {
        frame: page.frame("home", site.info.title.clone()),
        latest: latest.map(|record| latest_day(page, record)),
        recent: before.take(RECENT_DAYS).map(|record| day::row(page, record)).collect(),
        archive: page.links.to(&Route::Archive),
        n_entries: site.n_entries,
        n_days: site.days.len(),
    }
}

fn latest_day(page: &Page, record: &DayRecord) -> LatestDay {
    let row = day::row(page, record);
    let first_rows = |digests: Vec<usize>| {
        let entries =
            digests.into_iter().flat_map(|d| (0..page.site.digests[d].digest.entries.len()).map(move |e| day::reference(d, e)));
        entries.take(FIRST_ENTRIES).map(|at| page.entry_row(at, &[])).collect()
    };
    let sources = day::sources_of(page, record).into_iter().zip(row.sources);
    let source = |((_, digests), source): ((_, Vec<usize>), SourceOnDay)| LatestSource {
        label: source.name,
        url: source.url,
        n_entries: source.n,
        state: source.state,
        rows: first_rows(digests),
    };
    LatestDay { day: row.day, label: row.label, sources: sources.map(source).collect() }
}
