//! The archive in numbers: entries over time by source, new against seen again, growth, weekdays, the most frequent names.

use super::Page;
use super::lists::{self, bars};
use super::view::{Bar, Chart, ChartMark, ChartRow, StatisticsPage};
use crate::model::Day;
use crate::site::EntryRef;
use crate::site::route::Route;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Charts tell so many sources apart; what the others list is put together.
const MAX_SERIES: usize = 5;

/// How many of the most frequent names are shown.
const MOST: usize = 20;

/// A column of a chart is this wide and its gap is part of it, in units of the picture.
const COLUMN: usize = 10;
const GAP: usize = 2;

/// The height of a chart, in units of the picture.
const HEIGHT: usize = 100;

pub(super) fn view(page: &Page) -> StatisticsPage {
    let site = page.site;
    let periods = Periods::of(page);
    let tags = site.tags.iter().map(|tag| (tag.name.as_str(), tag.slug.as_str(), tag.entries.as_slice()));
    let authors = site.authors.iter().map(|author| (author.name.as_str(), author.slug.as_str(), author.entries.as_slice()));
    StatisticsPage {
        frame: page.frame("statistics", page.text("statistics")),
        n_entries: site.n_entries,
        n_works: site.works.len(),
        n_days: site.days.len(),
        n_authors: site.authors.len(),
        charts: [by_source(page, &periods), new_and_seen(page, &periods), growth(page, &periods)].into_iter().flatten().collect(),
        weekdays: weekdays(page),
        authors: most(page, authors, Route::Author),
        tags: most(page, tags, Route::Tag),
    }
}

/// The columns of the charts: days, weeks or months, whichever are not too many.
struct Periods {
    /// Label and link of each, oldest first, those without a file included.
    columns: Vec<(String, Option<String>)>,
    /// For each day of the site the index of its column.
    column_of: Vec<usize>,
}

/// So many columns can be told apart on a phone.
const MAX_COLUMNS: usize = 62;

impl Periods {
    fn of(page: &Page) -> Periods {
        let by_day = |day: Day| (day.to_string(), page.links.to(&Route::Day(day)));
        let by_week = |day: Day| {
            let week = page.week_link(day);
            (week.name, week.url)
        };
        let by_month = |day: Day| {
            let month = page.month_link(day);
            (month.name, month.url)
        };
        let forms: [&dyn Fn(Day) -> (String, String); 3] = [&by_day, &by_week, &by_month];
        let mut periods = Periods { columns: Vec::new(), column_of: Vec::new() };
        for form in forms {
            periods = Periods::in_form(page, form);
            if periods.columns.len() <= MAX_COLUMNS {
                break;
            }
        }
        periods
    }

    fn in_form(page: &Page, form: &dyn Fn(Day) -> (String, String)) -> Periods {
        let days = &page.site.days;
        let mut periods = Periods { columns: Vec::new(), column_of: Vec::with_capacity(days.len()) };
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return periods };
        let (mut day, mut next, mut label) = (first.day, 0, String::new());
        while day <= last.day {
            let (name, url) = form(day);
            if name != label {
                periods.columns.push((name.clone(), None));
                label = name;
            }
            if days.get(next).is_some_and(|record| record.day == day) {
                let at = periods.columns.len() - 1;
                periods.columns[at].1 = Some(url);
                periods.column_of.push(at);
                next += 1;
            }
            day = day.succ();
        }
        periods
    }

    /// Counts for each column and series. `count` adds what a day, an index of the site's, lists to the counts of its column.
    fn counts(&self, n_series: usize, count: impl Fn(usize, &mut [usize])) -> Vec<Vec<usize>> {
        let mut counts = vec![vec![0; n_series]; self.columns.len()];
        for (day, &column) in self.column_of.iter().enumerate() {
            count(day, &mut counts[column]);
        }
        counts
    }

    /// A chart of counts, one on top of the other in each column. None if there is nothing to compare.
    fn chart(&self, page: &Page, name: &'static str, series: Vec<String>, counts: Vec<Vec<usize>>) -> Option<Chart> {
        let most = counts.iter().map(|column| column.iter().sum()).max().unwrap_or(0);
        if counts.len() < 2 || most == 0 {
            return None;
        }
        let mut marks = Vec::new();
        for (i, column) in counts.iter().enumerate() {
            let mut below = 0;
            for (part, &n) in column.iter().enumerate().filter(|(_, n)| **n > 0) {
                // Heights follow from sums, so that rounding leaves no gap between parts.
                let (bottom, top) = (below * HEIGHT / most, (below + n) * HEIGHT / most);
                marks.push(ChartMark {
                    series: part,
                    x: i * COLUMN,
                    y: HEIGHT - top,
                    width: COLUMN - GAP,
                    height: (top - bottom).max(1),
                    label: format!("{}, {}: {n}", self.columns[i].0, series[part]),
                });
                below += n;
            }
        }
        let rows = self.columns.iter().zip(&counts);
        Some(Chart {
            name,
            title: page.text(&format!("chart_{name}")),
            series,
            width: counts.len() * COLUMN - GAP,
            height: HEIGHT,
            most,
            first: self.columns.first()?.0.clone(),
            last: self.columns.last()?.0.clone(),
            rows: rows
                .map(|((label, url), values)| ChartRow { label: label.clone(), url: url.clone(), values: values.clone() })
                .collect(),
            marks,
        })
    }
}

/// Entries by source, the largest first; sources beyond the first few are one.
fn by_source(page: &Page, periods: &Periods) -> Option<Chart> {
    let site = page.site;
    let mut order: Vec<usize> = (0..site.sources.len()).collect();
    order.sort_by_key(|&at| Reverse(site.sources[at].n_entries));
    let n_series = order.len().min(MAX_SERIES);
    let mut place = vec![0; order.len()];
    for (rank, &source) in order.iter().enumerate() {
        place[source] = rank.min(n_series.saturating_sub(1));
    }
    let mut series: Vec<String> = order.iter().take(n_series).map(|&at| site.sources[at].label.clone()).collect();
    if order.len() > MAX_SERIES {
        series[n_series - 1] = page.text("other_sources");
    }
    let counts = periods.counts(n_series, |day, counts| {
        for listed in &site.digests[site.days[day].digests.clone()] {
            counts[place[listed.source as usize]] += listed.n_entries();
        }
    });
    periods.chart(page, "sources", series, counts)
}

/// Entries whose work is listed for the first time, and those that were listed before.
fn new_and_seen(page: &Page, periods: &Periods) -> Option<Chart> {
    let site = page.site;
    let series = vec![page.text("only_new"), page.text("only_seen")];
    let counts = periods.counts(2, |day, counts| {
        for at in site.entries_in(site.days[day].digests.clone()) {
            counts[usize::from(site.work_of(at).sightings.first() != Some(&at))] += 1;
        }
    });
    periods.chart(page, "new", series, counts)
}

/// How many entries there are up to each column.
fn growth(page: &Page, periods: &Periods) -> Option<Chart> {
    let mut counts = periods.counts(1, |day, counts| counts[0] += page.site.days[day].n_entries);
    let mut sum = 0;
    for column in &mut counts {
        sum += column[0];
        column[0] = sum;
    }
    periods.chart(page, "growth", vec![page.text("entries_so_far")], counts)
}

/// Entries on each weekday, on average over the days that have a file, from Monday.
fn weekdays(page: &Page) -> Vec<Bar> {
    let mut sums = [(0_usize, 0_usize); 7];
    for record in &page.site.days {
        let (n_days, n_entries) = &mut sums[record.day.weekday() as usize];
        *n_days += 1;
        *n_entries += record.n_entries;
    }
    let mean = |(n_days, n_entries): (usize, usize)| (n_entries + n_days / 2).checked_div(n_days).unwrap_or(0);
    bars((1..=7).zip(sums).map(|(n, sum)| (page.text(&format!("weekday_{n}")), String::new(), mean(sum))).collect())
}

/// Those of lists with the most works, those of equal count in the order of their addresses. Lists are given by name, slug and entries.
fn most<'a>(
    page: &Page,
    lists: impl Iterator<Item = (&'a str, &'a str, &'a [EntryRef])>,
    route: impl Fn(String, Option<usize>) -> Route,
) -> Vec<Bar> {
    let lists: Vec<_> = lists.collect();
    // Works are counted for lists that may be among them: there are half a million others.
    let mut longest_first: Vec<usize> = (0..lists.len()).collect();
    longest_first.sort_by_key(|&at| Reverse(lists[at].2.len()));
    let mut top: BTreeSet<(Reverse<usize>, usize)> = BTreeSet::new();
    for at in longest_first {
        if top.len() == MOST && top.last().is_some_and(|(least, _)| lists[at].2.len() < least.0) {
            break;
        }
        top.insert((Reverse(lists::n_works(page.site, lists[at].2)), at));
        if top.len() > MOST {
            top.pop_last();
        }
    }
    let bar = |(Reverse(n), at): (Reverse<usize>, usize)| {
        let (name, slug, _) = lists[at];
        (name.to_owned(), page.links.to(&route(slug.to_owned(), None)), n)
    };
    bars(top.into_iter().map(bar).collect())
}
