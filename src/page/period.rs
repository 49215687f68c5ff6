//! Months, years and the archive.

use super::view::{ArchivePage, CalendarMonth, MonthPage, NamedLink, YearPage};
use super::{Page, calendar, day};
use crate::model::Day;
use crate::site::DayRecord;

pub(super) fn month(page: &Page, year: i32, month: u32) -> MonthPage {
    let days = page.site.days_in(year, Some(month));
    let first = days.first().map(|record| record.day);
    let calendar = first.and_then(|day| calendar::month(page, Day::new(day.year(), day.month(), 1)?));
    let (before, after) = around(page, days);
    let label = first.map_or_else(String::new, |day| page.date("month_long", day));
    MonthPage {
        frame: page.frame("month", label.clone()),
        label,
        year: first.map_or(NamedLink { name: year.to_string(), url: String::new() }, |day| page.year_link(day)),
        n_entries: days.iter().map(|record| record.n_entries).sum(),
        days: days.iter().rev().map(|record| day::row(page, record)).collect(),
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

pub(super) fn year(page: &Page, year: i32) -> YearPage {
    let (before, after) = around(page, page.site.days_in(year, None));
    let calendar = calendar::year(page, year);
    YearPage {
        frame: page.frame("year", calendar.label.clone()),
        label: calendar.label.clone(),
        year: calendar,
        previous: before.map(|day| page.year_link(day)),
        next: after.map(|day| page.year_link(day)),
    }
}

/// The days just before and just after a stretch of days.
fn around(page: &Page, days: &[DayRecord]) -> (Option<Day>, Option<Day>) {
    let all = &page.site.days;
    let start = days.first().map_or(0, |first| all.partition_point(|record| record.day < first.day));
    let before = start.checked_sub(1).map(|at| all[at].day);
    (before, all.get(start + days.len()).map(|record| record.day))
}

pub(super) fn archive(page: &Page) -> ArchivePage {
    ArchivePage {
        frame: page.frame("archive", page.text("archive")),
        years: page.site.years().into_iter().rev().map(|year| calendar::year(page, year)).collect(),
        n_entries: page.site.n_entries,
        n_days: page.site.days.len(),
    }
}
