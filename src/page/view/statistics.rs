//! The archive in numbers.

use super::{Bar, Frame};
use serde::Serialize;

/// `statistics.html`: the archive in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct StatisticsPage {
    /// The frame.
    pub frame: Frame,
    /// How many entries there are.
    pub n_entries: usize,
    /// How many works they are.
    pub n_works: usize,
    /// How many days have a file.
    pub n_days: usize,
    /// How many names of authors there are.
    pub n_authors: usize,
    /// Charts over time; none of those that have nothing to compare.
    pub charts: Vec<Chart>,
    /// Entries on each weekday, on average over the days that have a file, from Monday.
    pub weekdays: Vec<Bar>,
    /// The authors with the most works.
    pub authors: Vec<Bar>,
    /// The tags with the most works.
    pub tags: Vec<Bar>,
}

/// Counts over time as columns of a picture, and as a table.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// What it is of: `sources`, `new` or `growth`.
    pub name: &'static str,
    /// The same in words.
    pub title: String,
    /// What is counted apart, the lowest part of each column first.
    pub series: Vec<String>,
    /// Width of the picture, in units of its own.
    pub width: usize,
    /// Height of the picture, in the same units.
    pub height: usize,
    /// The count of the highest column.
    pub most: usize,
    /// The first column in words.
    pub first: String,
    /// The last column in words.
    pub last: String,
    /// The columns' parts as rectangles.
    pub marks: Vec<ChartMark>,
    /// The counts of each column.
    pub rows: Vec<ChartRow>,
}

/// A part of a column.
#[derive(Debug, Clone, Serialize)]
pub struct ChartMark {
    /// Which of the series, from 0.
    pub series: usize,
    /// Distance from the left.
    pub x: usize,
    /// Distance from the top.
    pub y: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// What it shows, in words.
    pub label: String,
}

/// A column of a chart in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct ChartRow {
    /// The day, week or month in words.
    pub label: String,
    /// Link to its page, if it has a file.
    pub url: Option<String>,
    /// The counts in the order of the series.
    pub values: Vec<usize>,
}
