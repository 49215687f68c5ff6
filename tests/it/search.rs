//! The index of the search: what a new day touches.

use super::site::{artifacts, options};
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::site::join;
use std::collections::{BTreeMap, BTreeSet};

fn digest(day: &str) -> Reading {
    let rows: String =
        (1..=30).map(|n| format!("| Graph {n} of {day} 图世界 | Jane Roe | [PDF](https://example.org/{day}/{n}) |\n")).collect();
    let text = format!("| Title | Authors | PDF |\n|---|---|---|\n{rows}");
    read(InputFile { path: format!("{day}-hn.md"), bytes: text.into_bytes(), modified: None }, &ReadOptions::default())
}

/// The files of the index of a site of these days.
fn index(days: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let joined = join(days.iter().map(|day| digest(day)).collect(), &options(None));
    artifacts(&joined).into_iter().filter(|(path, _)| path.starts_with("search/")).collect()
}

/// The folders, and the files beside them, that differ.
fn touched(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let paths = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
    paths.map(|path| path.split('/').nth(1).expect("a path below `search/`").to_owned()).collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const DAYS: &[&str] =
    &["2023-05-01", "2024-02-29", "2024-12-31", "2025-01-01", "2025-06-30", "2025-10-01", "2025-10-31", "2025-11-03"];

#[test]
fn a_new_day_touches_the_segment_of_its_month_alone() {
    let before = index(DAYS);
    let folders: BTreeSet<&str> = before.keys().filter_map(|path| path.split('/').nth(1)).collect();
    assert_eq!(folders, BTreeSet::from(["2023", "2024", "2025-10", "2025-11", "2025-q1", "2025-q2", "index.js"]));
    let with = |day: &str| touched(&before, &index(&[DAYS, &[day]].concat()));
    assert_eq!(with("2025-11-04"), names(&["2025-11", "index.js"]), "a day of the latest month");
    assert_eq!(with("2025-12-01"), names(&["2025-12", "index.js"]), "the first day of a month");
    assert_eq!(with("2025-10-15"), names(&["2025-10", "index.js"]), "a day that comes late");
    assert_eq!(with("2024-07-01"), names(&["2024", "index.js"]), "a day that comes very late");
    assert_eq!(
        with("2026-01-01"),
        names(&["2025", "2025-10", "2025-11", "2025-q1", "2025-q2", "2026-01", "index.js"]),
        "a new year"
    );
}
