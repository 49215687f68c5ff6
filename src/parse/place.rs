//! Which day and which source a file belongs to: settings say it, else its path, its front matter, its first heading.

use super::claim::Claim;
use super::front::Front;
use super::named::{source_in_heading, source_in_path};
use super::rule::{DateRule, SourceRule};
use super::{date, link};
use crate::diagnostic::{Diagnostic, report};
use crate::model::{Day, source};
use std::ops::Range;

/// What a file says of itself.
pub(super) struct Said<'a> {
    pub(super) path: &'a str,
    pub(super) front: &'a Front<'a>,
    pub(super) heading: Option<&'a str>,
    pub(super) preface: Option<&'a str>,
    /// All of it.
    pub(super) text: &'a str,
    pub(super) claim: &'a Claim,
    /// The day on which the file was last written.
    pub(super) modified: Option<Day>,
}

/// Where a file belongs.
pub(super) struct Placed {
    /// Its day, if anything says it.
    pub(super) day: Option<Day>,
    /// Which entries have a day of their own.
    pub(super) days: Days,
    /// True if the text itself says a day, not only its path.
    pub(super) says_day: bool,
    /// True if the file is named after a day, by whatever names it; a day in its first lines may be about anything.
    pub(super) is_of_day: bool,
    /// The key of its source.
    pub(super) source: String,
    /// Its language, a tag in lower case.
    pub(super) language: Option<String>,
    /// The number of the issue.
    pub(super) number: Option<u32>,
    /// What is doubtful about that.
    pub(super) findings: Vec<Diagnostic>,
}

/// Where the days of entries come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// All have the file's.
    File,
    /// The headings above them, or the records they stand in, say them.
    Sections,
    /// Each says its own: an archive that grows.
    Entries,
}

/// Keys of front matter that hold the day.
const DAY_KEYS: &[&str] = &[
    "date",
    "day",
    "日期",
    "published",
    "created",
    "pubdate",
    "publishdate",
    "publish_date",
    "pub_date",
    "published_at",
    "fecha",
    "updated",
];

/// Keys of front matter that hold the source.
const SOURCE_KEYS: &[&str] = &["source", "来源", "feed", "slug_source"];

/// Keys of front matter that hold the language.
const LANGUAGE_KEYS: &[&str] = &["lang", "language", "locale", "语言"];

/// Keys of front matter that hold the number of an issue.
const NUMBER_KEYS: &[&str] = &["issue", "number", "vol", "volume", "期数", "issue_number"];

/// Finds day, source, language and number of a file.
pub(super) fn place(said: &Said, rule: Option<&SourceRule>) -> Placed {
    let mut findings = Vec::new();
    let Said { path, front, claim, .. } = said;
    let pattern = || match rule?.date.as_ref()? {
        DateRule::Pattern(pattern) => date::in_form(path, pattern),
        _ => None,
    };
    let set = rule.and_then(|rule| rule.day).or_else(pattern);
    let firm: Vec<(&str, Day)> = [
        ("the settings", set),
        ("its path", day_in_path(path)),
        ("its front matter", front.value(DAY_KEYS).and_then(date::find).map(|(day, _)| day)),
        ("its records", claim.about.day),
    ]
    .into_iter()
    .filter_map(|(who, day)| Some((who, day?)))
    .collect();
    let heading = said.heading.and_then(date::find).map(|(day, _)| day);
    let number = number(path, front, said.heading);
    let loose = || heading.or_else(|| said.preface.and_then(stamp));
    let has_entries = !claim.listed.is_empty() && !claim.weak;
    let month = || date::month(source::without_extension(path)).filter(|_| has_entries);
    let modified = || said.modified.filter(|_| number.is_some() && has_entries);
    let sections = n_days(claim.listed.iter().map(|one| one.day));
    let own = n_days(claim.listed.iter().map(|one| one.entry.published));
    let is_stamp = firm.is_empty() && (heading.is_none() || said.heading.is_some_and(is_update));
    let days = match () {
        () if set.is_some() => Days::File,
        () if sections >= 2 || sections == 1 && firm.is_empty() => Days::Sections,
        () if is_stamp && (own >= 2 || own == 1 && loose().is_none()) => Days::Entries,
        () => Days::File,
    };
    let mut found = firm.clone();
    found.extend(heading.filter(|_| days == Days::File).map(|day| ("its heading", day)));
    let said_day = firm.first().map(|(_, day)| *day).or_else(loose).or_else(month);
    let said_day = said_day.or_else(|| Some(said.text).filter(|_| has_entries).and_then(updated));
    let day = said_day.or_else(modified);
    let in_text = || firm.iter().find(|(who, _)| !matches!(*who, "its path" | "the settings")).map(|(_, day)| *day);
    let (day, days) = match rule.and_then(|rule| rule.date.as_ref()).filter(|_| set.is_none()) {
        None => (day, days),
        Some(DateRule::Path) => (day_in_path(path), Days::File),
        Some(DateRule::Text) => (in_text().or_else(loose), Days::File),
        Some(DateRule::Sections) => (day, Days::Sections),
        Some(DateRule::Entries) => (day, Days::Entries),
        Some(DateRule::Modified) => (said.modified, Days::File),
        Some(DateRule::Pattern(_)) => (None, Days::File),
    };
    let ruled = rule.is_some_and(|rule| rule.date.is_some());
    let first = found.first().filter(|_| set.is_none() && !ruled);
    if let (Some((who, day)), Some((other_who, other))) = (first, found.iter().find(|(_, other)| Some(*other) != day)) {
        findings.push(report::days_disagree(who, &day.to_string(), other_who, &other.to_string()));
    }
    let language = rule.and_then(|rule| rule.language.clone()).or_else(|| language(path, front, claim.about.language.as_deref()));
    // An address is where one work is found, and names no source of many.
    let in_front = || front.value(SOURCE_KEYS).filter(|source| !link::is_web(source));
    let named = || in_front().or(claim.about.source.as_deref()).map(source::key).filter(|key| !key.is_empty());
    let only = match claim.listed.as_slice() {
        [one] => one.entry.title.as_deref(),
        _ => None,
    };
    // What a file of one work is called says less than the well-known source that it names itself.
    let known = || only.and(in_front()).map(source::key).filter(|key| source::well_known(key) == Some(key.as_str()));
    let source = rule
        .map(|rule| rule.key.clone())
        .or_else(known)
        .or_else(|| source_in_path(path, only))
        .or_else(named)
        .or_else(|| front.value(&["title"]).and_then(source_in_heading))
        .or_else(|| said.heading.filter(|heading| only.is_none_or(|title| !heading.contains(title))).and_then(source_in_heading));
    match (said_day, day) {
        (None, Some(day)) if days == Days::File && !ruled => findings.push(report::dated_by_file(&day.to_string())),
        (_, None) if days == Days::File => findings.push(report::no_day()),
        _ => {}
    }
    let says_day = loose().is_some() || firm.iter().any(|(who, _)| *who != "its path") || days != Days::File || sections > 0;
    let is_of_day = !firm.is_empty() || heading.is_some() || day.is_some() && ruled;
    Placed { day, days, says_day, is_of_day, source: source.unwrap_or_else(|| "digest".to_owned()), language, number, findings }
}

/// How many days there are among some, counted up to two.
fn n_days(days: impl Iterator<Item = Option<Day>>) -> usize {
    let mut days = days.flatten();
    let Some(first) = days.next() else { return 0 };
    1 + usize::from(days.any(|day| day != first))
}

/// Words that say of a day that a file was written on it, not that it is about it.
const UPDATED: &[&str] = &["updat", "更新", "generated", "生成", "last", "refreshed", "modified"];

/// True for a text that says when something was updated: such a word beside a day or a time.
pub(super) fn is_update(text: &str) -> bool {
    let lower = text.to_lowercase();
    UPDATED.iter().any(|word| lower.contains(word)) && (names_day(text) || names_time(text))
}

/// True for a text with a day in it, be it one without its year.
fn names_day(text: &str) -> bool {
    // Any leap year has all days.
    date::find(text).is_some() || date::find_without_year(text, date::When::In(2024)).is_some()
}

/// True for a text with a time in it: `08:30`.
fn names_time(text: &str) -> bool {
    let is_time = |window: &[u8]| window[1] == b':' && window[0].is_ascii_digit() && window[2].is_ascii_digit();
    text.as_bytes().windows(3).any(is_time)
}

/// The day in the first lines of a preface that name one.
fn stamp(preface: &str) -> Option<Day> {
    let labelled = |line: &&str| line.len() <= 120 && !line.contains("](");
    let day = |line: &str| date::find(line).filter(|(_, range)| !is_beginning(line, range));
    let lines = || preface.lines().filter(|line| !line.trim().is_empty());
    let first = lines().take(12).filter(labelled).find_map(day);
    // Below a long introduction the day stands right above the entries.
    first.or_else(|| lines().rev().take(8).filter(labelled).find_map(day)).map(|(day, _)| day)
}

/// True for a day on which an archive begins, `记录从 2020-11-29 日开始`, and not a span of days that ends with another.
fn is_beginning(line: &str, day: &Range<usize>) -> bool {
    let before = line[..day.start].trim_end();
    let says = |word: &&str| {
        before.len().checked_sub(word.len()).and_then(|at| before.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    SINCE.iter().any(says) && !names_day(&line[day.end..])
}

/// Words before the day on which something begins.
const SINCE: &[&str] = &["从", "自", "從", "since"];

/// The day on which lines of a text, comments among them, say that it was updated, if all of them say the same.
fn updated(text: &str) -> Option<Day> {
    let says = |line: &&str| line.len() <= MAX_UPDATE && !line.starts_with('|') && is_update(line);
    let mut days = text.lines().filter(says).filter_map(date::find).map(|(day, _)| day);
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

/// Longer lines say more than when they were written, in bytes.
const MAX_UPDATE: usize = 120;

/// The number of an issue, `第42期`, `issue-42`, `042.md`.
fn number(path: &str, front: &Front, heading: Option<&str>) -> Option<u32> {
    let set = front.value(NUMBER_KEYS).and_then(|value| value.trim_start_matches('#').parse().ok());
    let name = source::without_extension(path).rsplit('/').next().unwrap_or("");
    let dated = || day_in_path(path).is_some();
    let alone = || name.parse().ok().filter(|_| !dated()).filter(|number| name.len() <= 4 && !(1990..2100).contains(number));
    set.or_else(|| date::issue(name)).or_else(alone).or_else(|| date::issue(heading?))
}

/// The language that front matter, an ending (`.en.md`, `_zh.md`) or a folder (`content/en/`) names.
fn language(path: &str, front: &Front, about: Option<&str>) -> Option<String> {
    let tag = source::language;
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = source::without_extension(name);
    let after = |signs: &[char]| stem.rfind(signs).map(|at| &stem[at + 1..]).and_then(tag);
    let ending = after(&['.', '_']).or_else(|| after(&['-']));
    let said = front.value(LANGUAGE_KEYS).or(about).and_then(tag);
    said.or(ending).or_else(|| folders.rsplit('/').find_map(tag))
}

/// The day that a path names.
pub(super) fn day_in_path(path: &str) -> Option<Day> {
    let path = source::without_extension(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    let suffixes = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
    // The nearer to the file name a day stands, the more it says: the shortest end of the path that holds one wins.
    let ends: Vec<&str> = std::iter::once(path).chain(suffixes).collect();
    let short = || match date::year(path) {
        Some(year) => date::short(name, year),
        None => path.rsplit('/').find_map(date::short_alone),
    };
    let folders = &path[..path.len() - name.len()];
    let found = date::find(name).or_else(|| ends.into_iter().rev().find_map(date::find)).map(|(day, _)| day);
    found.or_else(|| date::year_and_day(name)).or_else(short).or_else(|| date::month_day(name, folders))
}

#[cfg(test)]
mod tests {
    use super::super::claim::Document;
    use super::*;

    fn placed(path: &str, heading: Option<&str>) -> Placed {
        let document = Document { text: "", lines: Vec::new(), columns: Vec::new(), extension: String::new(), when: None };
        let (front, claim) = (Front::default(), Claim::new("", &document));
        place(&Said { path, front: &front, heading, preface: None, text: "", claim: &claim, modified: None }, None)
    }

    #[test]
    fn days_and_sources_from_paths() {
        let table = [
            ("2025-11-14-arxiv.md", "arxiv"),
            ("arxiv/2025-11-14.md", "arxiv"),
            ("2025/11/14/hn.md", "hn"),
            ("daily/arxiv_20251114.md", "arxiv"),
            ("papers/2025-11/2025-11-14-bioRxiv-2.md", "biorxiv"),
            ("hn/202511/14.md", "hn"),
            ("cs.CL/14-Nov-2025.md", "cs-cl"),
            ("hacker-news-2025-11-14.md", "hacker-news"),
            ("hacker_news/2025-11-14.md", "hacker-news"),
            ("2025-11-14-hacker-news-top-30.md", "hacker-news"),
            ("papers_2025-11-14_to_2025-11-20.md", "digest"),
            ("2025-11-14T08-00-00.md", "digest"),
            ("arxiv_2025-11-14T08-00-00Z.json", "arxiv"),
            ("arxiv_20251114T080000.json", "arxiv"),
            ("2025-11-14_08h30m00s.md", "digest"),
            ("2025-11-14 copy 2.md", "digest"),
            ("arxiv-2025-11-14-v2.md", "arxiv"),
            ("arxiv-2025-11-14-part2.md", "arxiv"),
            ("ai2-2025-11-14.md", "ai2"),
            ("v2ex-2025-11-14.md", "v2ex"),
            ("2025-11-14.zh-TW.md", "digest"),
            ("arxiv_pt-BR/2025-11-14.md", "arxiv"),
            ("2025-11-14-星期五.md", "digest"),
            ("2025/11月14日.md", "digest"),
            ("第42期-2025-11-14.md", "digest"),
            ("251114/hn.md", "hn"),
            ("2025/11-November/14.md", "digest"),
            ("2025/11/14.md", "digest"),
        ];
        for (path, source) in table {
            let placed = placed(path, None);
            assert_eq!(
                (placed.day.map(|d| d.to_string()).as_deref(), placed.source.as_str()),
                (Some("2025-11-14"), source),
                "{path}"
            );
        }
        assert_eq!(placed("2025-11-14.md", Some("Arxiv 2025-11-14 Papers")).source, "arxiv");
        assert_eq!(placed("issues/042.md", None).number, Some(42));
        assert_eq!(placed("content/en/2025-11-14.md", None).language.as_deref(), Some("en"));
        assert_eq!(placed("2025-11-14.zh-CN.md", None).language.as_deref(), Some("zh-cn"));
    }
}
