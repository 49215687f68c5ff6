//! Months as calendars in which a weekend, a gap, an empty day and a failed one can be told apart.

use super::Page;
use super::day::day_state;
use super::view::{CalendarDay, CalendarMonth, CalendarWeek, CalendarYear, NamedDay};
use crate::model::Day;
use crate::site::route::Route;

/// Counts from which a day is a level fuller. Fixed numbers, so that a page does not change when the archive grows.
const LEVELS: [usize; 4] = [1, 10, 50, 150];

pub(super) fn year(page: &Page, year: i32) -> CalendarYear {
    let days = page.site.days_in(year, None);
    let months = days.first().zip(days.last()).map_or(1..1, |(first, last)| first.day.month()..last.day.month() + 1);
    let first = Day::new(year, 1, 1);
    CalendarYear {
        label: first.map_or_else(|| year.to_string(), |day| page.date("year_long", day)),
        url: page.links.to(&Route::Year(year)),
        n_entries: days.iter().map(|record| record.n_entries).sum(),
        months: months.filter_map(|number| month(page, Day::new(year, number, 1)?)).collect(),
    }
}

/// The month that begins with the day `first`.
pub(super) fn month(page: &Page, first: Day) -> Option<CalendarMonth> {
    let days = page.site.days_in(first.year(), Some(first.month()));
    let mut cells: Vec<Option<CalendarDay>> = (0..first.weekday()).map(|_| None).collect();
    let mut day = first;
    for _ in 0..first.days_in_month() {
        cells.push(Some(cell(page, day)));
        day = day.succ();
    }
    while !cells.len().is_multiple_of(7) {
        cells.push(None);
    }
    let weekday = |n: u32| NamedDay { short: page.text(&format!("weekday_short_{n}")), long: page.text(&format!("weekday_{n}")) };
    let mut monday = first;
    // Weeks before the first day and after the last have nothing to show.
    let is_outside = |week: &CalendarWeek| week.days.iter().flatten().all(|day| day.state == "outside");
    let weeks = cells.chunks(7).map(|days| {
        let (year, number) = monday.week();
        // The days of this month alone: a week may have a file only in its other month, and then this is not its place.
        let has_file = days.iter().flatten().any(|day| day.url.is_some());
        for _ in 0..(7 - monday.weekday()) {
            monday = monday.succ();
        }
        CalendarWeek { number, url: has_file.then(|| page.links.to(&Route::Week(year, number))), days: days.to_vec() }
    });
    Some(CalendarMonth {
        label: page.date("month_long", first),
        url: (!days.is_empty()).then(|| page.links.to(&Route::Month(first.year(), first.month()))),
        n_entries: days.iter().map(|record| record.n_entries).sum(),
        weekdays: (1..=7).map(weekday).collect(),
        weeks: weeks.filter(|week| !is_outside(week)).collect(),
    })
}

fn cell(page: &Page, day: Day) -> CalendarDay {
    let days = &page.site.days;
    let record = page.site.day(day);
    let outside = days.first().is_none_or(|first| day < first.day) || days.last().is_none_or(|last| day > last.day);
    let state = match record {
        Some(record) => day_state(page, record),
        None if outside => "outside",
        None if day.is_weekend() => "weekend",
        None => "gap",
    };
    let n_entries = record.map_or(0, |record| record.n_entries);
    CalendarDay {
        number: day.day(),
        iso: day.to_string(),
        state,
        n_entries,
        level: LEVELS.iter().filter(|&&least| n_entries >= least).count(),
        url: record.map(|record| page.links.to(&Route::Day(record.day))),
    }
}
