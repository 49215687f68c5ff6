//! What belongs to the reader: new entries since the last visit, stars, preferences. The browser keeps it; the pages bring what
//! scripts need to show it.
//!
//! A page read from a folder cannot fetch, but it can load scripts. So the recent days are scripts: one that names them all with
//! the number of entries of each source, and for each day one with its entries in brief.

use super::entry::Around;
use super::view::{ReaderPage, SearchPage, SinceDay, SincePage, SinceSource, StarsPage};
use super::{Page, day};
use crate::model::Day;
use crate::site::route::{Route, section_anchor};
use crate::site::{DayRecord, PER_SECTION, Site};
use crate::theme::ThemeError;
use serde::Serialize;

/// Who stays away for more days with entries finds the older ones in the archive.
const RECENT_DAYS: usize = 30;

/// A recent day as the script gets it.
#[derive(Serialize)]
struct RecentDay {
    /// ISO 8601 day.
    day: String,
    /// The day in words.
    label: String,
    /// Link to its page from the root.
    url: String,
    /// Link to the script with its entries from the root.
    script: String,
    /// For each source its key and how many entries it lists.
    sources: Vec<(String, usize)>,
}

/// The newest days that list something, newest first.
pub(super) fn recent_days(site: &Site) -> impl Iterator<Item = &DayRecord> {
    site.days.iter().rev().filter(|record| record.n_entries > 0).take(RECENT_DAYS)
}

pub(super) fn since(page: &Page) -> SincePage {
    SincePage {
        frame: page.frame("since", page.text("since")),
        index: page.links.to(&Route::SinceIndex),
        recent: recent_days(page.site).map(|record| day::row(page, record)).collect(),
        archive: page.links.to(&Route::Archive),
    }
}

/// The script that names the recent days; its links lead from the root.
pub(super) fn since_index(page: &Page) -> String {
    let day = |record: &DayRecord| RecentDay {
        day: record.day.to_string(),
        label: page.date("day_long", record.day),
        url: Route::Day(record.day).path(),
        script: Route::SinceDay(record.day).path(),
        sources: day::sources_of(page.site, record)
            .into_iter()
            .map(|(source, digests)| (page.site.sources[source as usize].slug.clone(), page.site.n_entries_in(digests)))
            .collect(),
    };
    let days: Vec<RecentDay> = recent_days(page.site).map(day).collect();
    format!("daysheet.recent({});\n", json(&days))
}

/// The script with the entries of a day, rendered by the theme.
pub(super) fn since_day(page: &Page, day: Day) -> Option<Result<String, ThemeError>> {
    let record = page.site.days.iter().find(|record| record.day == day)?;
    let source = |(source, digests): (u32, Vec<usize>)| {
        let source = &page.site.sources[source as usize];
        let n_entries = page.site.n_entries_in(digests.iter().copied());
        let n_before = n_entries.saturating_sub(PER_SECTION);
        SinceSource {
            key: source.slug.clone(),
            label: source.label.clone(),
            url: page.links.to_anchor(&Route::Day(day), &section_anchor(&source.slug)),
            n_entries,
            n_before,
            entries: day::entries_in_brief(page, &digests, n_before..n_entries, Around::DayAndSource),
        }
    };
    let sources =
        day::sources_of(page.site, record).into_iter().map(source).filter(|source| !source.entries.is_empty()).collect();
    let html = page.show_part("since_day.html", &SinceDay { sources });
    Some(html.map(|html| format!("daysheet.recentDay({}, {});\n", json(&day.to_string()), json(&html))))
}

pub(super) fn search(page: &Page) -> SearchPage {
    SearchPage { frame: page.frame("search", page.text("search")), archive: page.links.to(&Route::Archive) }
}

pub(super) fn stars(page: &Page) -> StarsPage {
    StarsPage { frame: page.frame("stars", page.text("stars")) }
}

pub(super) fn preferences(page: &Page) -> ReaderPage {
    let mut entries = page.site.digests.iter().flat_map(|listed| &listed.digest.entries);
    ReaderPage {
        frame: page.frame("reader", page.text("reader")),
        has_original_titles: entries.any(|entry| entry.original_title.is_some()),
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}
