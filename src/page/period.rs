//! Weeks, months, years and the archive.

use super::entry::Around;
use super::view::{ArchivePage, CalendarMonth, CountedLink, DayInWeek, MonthPage, NamedLink, WeekPage, YearPage};
use super::{Page, calendar, day, lists};
use crate::model::Day;
use crate::site::DayRecord;
use crate::site::route::Route;

pub(super) fn month(page: &Page, year: i32, month: u32) -> MonthPage {
    let days = page.site.days_in(year, Some(month));
    let first = days.first().map(|record| record.day);
    let calendar = first.and_then(|day| calendar::month(page, Day::new(day.year(), day.month(), 1)?));
    let (before, after) = page.site.around(days);
    let label = first.map_or_else(String::new, |day| page.date("month_long", day));
    MonthPage {
        frame: page.frame("month", label.clone()),
        label,
        year: first.map_or(NamedLink { name: year.to_string(), url: String::new() }, |day| page.year_link(day)),
        n_entries: days.iter().map(|record| record.n_entries).sum(),
        cited_days: cited_days(days),
        bibtex: bibtex(page, days),
        days: days.iter().rev().map(|record| day::row(page, record)).collect(),
        weeks: weeks_of(page, days),
        calendar: calendar.unwrap_or(CalendarMonth {
            label: String::new(),
            url: None,
            n_entries: 0,
            weekdays: Vec::new(),
            weeks: Vec::new(),
        }),
        previous: before.map(|day| page.month_link(day)),
        next: after.map(|day| page.month_link(day)),
    }
}

/// The days that list something, oldest first.
fn cited_days(days: &[DayRecord]) -> String {
    let listed = days.iter().filter(|record| record.n_entries > 0);
    listed.map(|record| record.day.to_string()).collect::<Vec<_>>().join(" ")
}

/// The file of citations of the month of these days.
fn bibtex(page: &Page, days: &[DayRecord]) -> Option<String> {
    let listed = days.iter().find(|record| record.n_entries > 0).filter(|_| page.site.info.citations.files)?;
    Some(page.links.to(&Route::Bibtex(listed.day.year(), listed.day.month())))
}

/// How many entries of each source and day the page of a week shows.
const FIRST_OF_DAY: usize = 5;

pub(super) fn week(page: &Page, year: i32, week: u32) -> WeekPage {
    let days = page.site.days_of_week(year, week);
    let (before, after) = page.site.around(days);
    let monday = Day::of_week(year, week);
    let label = monday.map_or_else(String::new, |monday| page.week_link(monday).name);
    let mut months: Vec<NamedLink> = Vec::new();
    for record in days {
        let month = page.month_link(record.day);
        if months.iter().all(|other| other.url != month.url) {
            months.push(month);
        }
    }
    let sunday = monday.map(|monday| (0..6).fold(monday, |day, _| day.succ()));
    let in_words = |day: Option<Day>| day.map_or_else(String::new, |day| page.date("day_short", day));
    WeekPage {
        frame: page.frame("week", label.clone()),
        label,
        range: format!("{} – {}", in_words(monday), in_words(sunday)),
        months,
        days: days.iter().map(|record| day_in_week(page, record)).collect(),
        n_entries: days.iter().map(|record| record.n_entries).sum(),
        cited_days: cited_days(days),
        previous: before.map(|day| page.week_link(day)),
        next: after.map(|day| page.week_link(day)),
    }
}

fn day_in_week(page: &Page, record: &DayRecord) -> DayInWeek {
    let sources = day::sources_of(page.site, record);
    let entries = sources.iter().flat_map(|(_, digests)| day::first_entries(page, digests, FIRST_OF_DAY, Around::Day));
    DayInWeek { row: day::row(page, record), entries: entries.collect() }
}

/// The weeks of some days with how many entries these days list.
fn weeks_of(page: &Page, days: &[DayRecord]) -> Vec<CountedLink> {
    let mut weeks: Vec<CountedLink> = Vec::new();
    for record in days {
        let NamedLink { name, url } = page.week_link(record.day);
        match weeks.last_mut() {
            Some(last) if last.url == url => last.n += record.n_entries,
            _ => weeks.push(CountedLink { name, url, n: record.n_entries }),
        }
    }
    weeks
}

pub(super) fn year(page: &Page, year: i32) -> YearPage {
    let (before, after) = page.site.around(page.site.days_in(year, None));
    let calendar = calendar::year(page, year);
    let months = calendar.months.iter().filter_map(|month| Some((month.label.clone(), month.url.clone()?, month.n_entries)));
    YearPage {
        frame: page.frame("year", calendar.label.clone()),
        label: calendar.label.clone(),
        months: lists::bars(months.collect()),
        year: calendar,
        previous: before.map(|day| page.year_link(day)),
        next: after.map(|day| page.year_link(day)),
    }
}

pub(super) fn archive(page: &Page) -> ArchivePage {
    ArchivePage {
        frame: page.frame("archive", page.text("archive")),
        years: page.site.years().into_iter().rev().map(|year| calendar::year(page, year)).collect(),
        statistics: page.links.to(&Route::Statistics),
        n_entries: page.site.n_entries,
        n_days: page.site.days.len(),
    }
}
