//! A calendar day.

use crate::memo::{Input, Memo};
use crate::text::with_pairs;
use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt;

/// A day of the Gregorian calendar between 1900 and 2199.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of a year, month (1–12) and day of month (1–31), if there is such a day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let plausible = (1900..2200).contains(&year);
        NaiveDate::from_ymd_opt(year, month, day).filter(|_| plausible).map(Day)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse_iso(text: &str) -> Option<Day> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day that is so many days after 1970-01-01.
    pub fn of_unix(days: i64) -> Option<Day> {
        let day = NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(chrono::TimeDelta::try_days(days)?)?;
        Day::new(day.year(), day.month(), day.day())
    }

    /// How many days it is after 1970-01-01; negative before.
    pub fn unix(self) -> i64 {
        self.0.signed_duration_since(NaiveDate::default()).num_days()
    }

    /// The Monday of an ISO 8601 week, 1–53.
    pub fn of_week(year: i32, week: u32) -> Option<Day> {
        NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).map(Day)
    }

    /// The ISO 8601 week: its year and its number, 1–53.
    pub fn week(self) -> (i32, u32) {
        let week = self.0.iso_week();
        (week.year(), week.week())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Days since Monday, 0–6.
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// True for Saturday and Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The next day.
    pub fn succ(self) -> Day {
        Day(self.0.succ_opt().unwrap_or(self.0))
    }

    /// How many days the month of this day has, 28–31.
    pub fn days_in_month(self) -> u32 {
        let next = match self.month() {
            12 => NaiveDate::from_ymd_opt(self.year() + 1, 1, 1),
            month => NaiveDate::from_ymd_opt(self.year(), month + 1, 1),
        };
        next.and_then(|first| first.pred_opt()).map_or(31, |last| last.day())
    }
}

/// ISO 8601: `2025-11-14`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Years have four digits.
        let year = self.year().unsigned_abs();
        let text = with_pairs(b"0000-00-00", &[(0, year / 100), (2, year), (5, self.month()), (8, self.day())]);
        f.pad(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Memo for Day {
    fn put(&self, out: &mut Vec<u8>) {
        self.unix().put(out);
    }

    fn get(input: &mut Input) -> Option<Day> {
        Day::of_unix(i64::get(input)?)
    }
}
