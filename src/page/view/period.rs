//! Weeks, months, years, the archive, and their calendars.

use super::{Bar, BriefView, CountedLink, DayRow, Frame, NamedLink};
use serde::Serialize;

/// `month.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MonthPage {
    /// The frame.
    pub frame: Frame,
    /// The month in words.
    pub label: String,
    /// Its year.
    pub year: NamedLink,
    /// Its days with a file, newest first.
    pub days: Vec<DayRow>,
    /// Its weeks that have a file.
    pub weeks: Vec<CountedLink>,
    /// The month as a calendar.
    pub calendar: CalendarMonth,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Its days that list something, ISO 8601, oldest first, parted by spaces: what a button that cites needs.
    pub cited_days: String,
    /// Link to its citations as BibTeX, if there is such a file.
    pub bibtex: Option<String>,
    /// The month before that has a file.
    pub previous: Option<NamedLink>,
    /// The month after that has a file.
    pub next: Option<NamedLink>,
}

/// `week.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WeekPage {
    /// The frame.
    pub frame: Frame,
    /// The week in words.
    pub label: String,
    /// Its first and last day in words.
    pub range: String,
    /// The months that it lies in.
    pub months: Vec<NamedLink>,
    /// Its days with a file and the entries of each, oldest first.
    pub days: Vec<DayInWeek>,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Its days that list something, ISO 8601, oldest first, parted by spaces: what a button that cites needs.
    pub cited_days: String,
    /// The week before that has a file.
    pub previous: Option<NamedLink>,
    /// The week after that has a file.
    pub next: Option<NamedLink>,
}

/// A day of a week.
#[derive(Debug, Clone, Serialize)]
pub struct DayInWeek {
    /// The day with its sources.
    pub row: DayRow,
    /// The first entries of each source, in brief.
    pub entries: Vec<BriefView>,
}

/// `year.html`.
#[derive(Debug, Clone, Serialize)]
pub struct YearPage {
    /// The frame.
    pub frame: Frame,
    /// The year in words.
    pub label: String,
    /// The year as a calendar.
    pub year: CalendarYear,
    /// Its months that have a file, with counts.
    pub months: Vec<Bar>,
    /// The year before that has a file.
    pub previous: Option<NamedLink>,
    /// The year after that has a file.
    pub next: Option<NamedLink>,
}

/// `archive.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ArchivePage {
    /// The frame.
    pub frame: Frame,
    /// The years, newest first.
    pub years: Vec<CalendarYear>,
    /// Link to the archive in numbers.
    pub statistics: String,
    /// How many entries there are.
    pub n_entries: usize,
    /// How many days with a file there are.
    pub n_days: usize,
}

/// A year as a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarYear {
    /// The year in words.
    pub label: String,
    /// Link to its page.
    pub url: String,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Its months from the first to the last that has a file, in order.
    pub months: Vec<CalendarMonth>,
}

/// A month as a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarMonth {
    /// The month in words.
    pub label: String,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
    /// How many entries it lists.
    pub n_entries: usize,
    /// Short names of the weekdays from Monday.
    pub weekdays: Vec<NamedDay>,
    /// Its weeks.
    pub weeks: Vec<CalendarWeek>,
}

/// A week of a month.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarWeek {
    /// Its number in the ISO 8601 year.
    pub number: u32,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
    /// Its days from Monday to Sunday; none for a day of another month.
    pub days: Vec<Option<CalendarDay>>,
}

/// A weekday.
#[derive(Debug, Clone, Serialize)]
pub struct NamedDay {
    /// Short name.
    pub short: String,
    /// Long name.
    pub long: String,
}

/// A day in a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarDay {
    /// Day of the month.
    pub number: u32,
    /// ISO 8601 day.
    pub iso: String,
    /// `listed`, `empty`, `failed`, `gap` (no file on a weekday), `weekend` (no file on a weekend) or `outside` (before the first or
    /// after the last day of the archive).
    pub state: &'static str,
    /// How many entries it lists.
    pub n_entries: usize,
    /// How full it is, 0–4, by numbers of entries that are the same for all archives.
    pub level: usize,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
}
