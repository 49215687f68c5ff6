//! Which day and which source a file belongs to: settings say it, else its path, its front matter, its first heading.

use super::claim::Claim;
use super::front::Front;
use super::lexicon::Field;
use super::{date, link};
use crate::diagnostic::{Diagnostic, report};
use crate::model::{Day, name, source};
use std::borrow::Cow;

/// What settings say about a source and the files that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRule {
    /// The source's key, see [`source::key`].
    pub key: String,
    /// Patterns of paths; without any the rule is for the paths that name the source. `*` stands for any characters but `/`, `**` for any.
    pub files: Vec<String>,
    /// The dialect that reads these files, one of [`super::DIALECTS`]; `none` leaves them alone.
    pub dialect: Option<String>,
    /// The day of all entries in these files.
    pub day: Option<Day>,
    /// Where the days of these files are found.
    pub date: Option<DateRule>,
    /// The language of these files, a tag such as `en`.
    pub language: Option<String>,
    /// Names of columns and the fields they mean.
    pub columns: Vec<(String, Field)>,
}

/// Where settings say that the days of files are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateRule {
    /// In the path.
    Path,
    /// In front matter, the first heading or the first lines.
    Text,
    /// In the headings above the entries, or in the records that hold them.
    Sections,
    /// In each entry.
    Entries,
    /// The day on which the file was last written.
    Modified,
    /// In the path, in this form: `%d-%m-%Y`, as `strftime` has it.
    Pattern(String),
}

/// What settings may say for [`DateRule`] beside a pattern.
const DATE_RULES: &[(&str, DateRule)] = &[
    ("path", DateRule::Path),
    ("text", DateRule::Text),
    ("sections", DateRule::Sections),
    ("entries", DateRule::Entries),
    ("modified", DateRule::Modified),
];

impl DateRule {
    /// Reads a rule as settings write it; a pattern must tell day, month and year.
    pub fn parse(text: &str) -> Option<DateRule> {
        let named = DATE_RULES.iter().find(|(name, _)| *name == text).map(|(_, rule)| rule.clone());
        let tells = |any: &[&str]| any.iter().any(|piece| text.contains(piece));
        let whole =
            tells(&["%F", "%D", "%x", "%v"]) || tells(&["%Y", "%y"]) && tells(&["%m", "%b", "%B"]) && tells(&["%d", "%e"]);
        named.or_else(|| whole.then(|| DateRule::Pattern(text.to_owned())))
    }

    /// The names of the rules that are no patterns.
    pub fn names() -> impl Iterator<Item = &'static str> {
        DATE_RULES.iter().map(|(name, _)| *name)
    }
}

impl SourceRule {
    /// True if the rule is for the file at a path.
    pub fn fits(&self, path: &str) -> bool {
        if self.files.is_empty() {
            return self.says_how() && source_in_path(path, None).is_some_and(|key| key == self.key);
        }
        self.files.iter().any(|pattern| matches(pattern.as_bytes(), path.as_bytes()))
    }

    /// True if the rule is for files, and not merely for what is shown of the source.
    pub fn is_for_files(&self) -> bool {
        !self.files.is_empty() || self.says_how()
    }

    /// True if the rule says something of how its files are read.
    fn says_how(&self) -> bool {
        let SourceRule { key: _, files: _, dialect, day, date, language, columns } = self;
        dialect.is_some() || day.is_some() || date.is_some() || language.is_some() || !columns.is_empty()
    }
}

/// The first rule for a path.
pub(super) fn rule_for<'r>(path: &str, rules: &'r [SourceRule]) -> Option<&'r SourceRule> {
    rules.iter().find(|rule| rule.fits(path))
}

/// True if a pattern with `?`, `*` and `**` fits the whole path.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (mut p, mut s) = (0, 0);
    // Where to go on if the text after the last star turns out not to fit: (after the star, how far it reaches).
    let mut star: Option<(usize, usize)> = None;
    let mut deep_star: Option<(usize, usize)> = None;
    loop {
        match pattern.get(p) {
            Some(b'*') if pattern[p..].starts_with(b"**") => {
                // `**/` also stands for no folder at all.
                p += if pattern[p..].starts_with(b"**/") { 3 } else { 2 };
                deep_star = Some((p, s));
                star = None;
                continue;
            }
            Some(b'*') => {
                p += 1;
                star = Some((p, s));
                continue;
            }
            Some(&c) if s < path.len() && (c == path[s] || c == b'?' && path[s] != b'/') => {
                (p, s) = (p + 1, s + 1);
                continue;
            }
            None if s == path.len() => return true,
            _ => {}
        }
        match (star, deep_star) {
            (Some((after, at)), _) if at < path.len() && path[at] != b'/' => {
                star = Some((after, at + 1));
                (p, s) = (after, at + 1);
            }
            (_, Some((after, at))) if at < path.len() => {
                // What follows `**/` begins where a folder ends, and not inside of a name.
                let is_folder = pattern[..after].ends_with(b"**/");
                let step = if is_folder { path[at..].iter().position(|&c| c == b'/') } else { Some(0) };
                let Some(step) = step else { return false };
                deep_star = Some((after, at + step + 1));
                star = None;
                (p, s) = (after, at + step + 1);
            }
            _ => return false,
        }
    }
}

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
const DAY_KEYS: &[&str] = &["date", "day", "日期", "published", "created", "pubdate", "publishdate", "updated"];

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
    let source = rule
        .map(|rule| rule.key.clone())
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
    let first = preface.lines().take(12).filter(labelled).find_map(date::find);
    // Below a long introduction the day stands right above the entries.
    first.or_else(|| preface.lines().rev().take(8).filter(labelled).find_map(date::find)).map(|(day, _)| day)
}

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
    found.or_else(short).or_else(|| date::month_day(name, folders))
}

/// The source that a path names. A file of one entry may be named by that entry's title, which says nothing of the source.
fn source_in_path(path: &str, title: Option<&str>) -> Option<String> {
    let path = source::without_extension(path);
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_known = |key: &str| source::n_well_known(&key.split('-').collect::<Vec<_>>()) == key.split('-').count();
    let named = name_without_day(name).filter(|key| is_known(key) || title.is_none_or(|title| !is_slug_of(key, title)));
    named.or_else(|| folders.rsplit('/').find_map(name_without_day))
}

/// True if most words of a key are words of a title, or the key is too long for the name of a source.
fn is_slug_of(key: &str, title: &str) -> bool {
    let title = name::key(title);
    let words: Vec<&str> = key.split('-').collect();
    let shared = words.iter().filter(|word| title.contains(**word)).count();
    shared * 2 > words.len() || words.len() > 3
}

/// The words of a name that are neither a day nor so general that they say nothing.
fn name_without_day(name: &str) -> Option<String> {
    let mut rest = name.to_owned();
    // A week has its first and its last day in its name.
    for _ in 0..MAX_DAYS {
        let Some((_, range)) = date::find(&rest) else { break };
        rest = format!("{} {}", &rest[..range.start], &rest[range.end..]);
    }
    // `2025/1月15日.md`; any leap year has all days.
    if let Some((_, range)) = date::find_without_year(&rest, date::When::In(2024)).filter(|_| rest.contains('月')) {
        rest = format!("{} {}", &rest[..range.start], rest[range.end..].trim_start_matches(['日', '号']));
    }
    meaningful(&rest)
}

/// A name has no more days in it.
const MAX_DAYS: usize = 4;

/// The well-known source that a heading names; other words change from day to day.
fn source_in_heading(heading: &str) -> Option<String> {
    source::well_known(heading).map(str::to_owned)
}

/// Words that do not tell one source from another.
const GENERAL: &[&str] = &[
    "daily",
    "digest",
    "digests",
    "paper",
    "papers",
    "content",
    "data",
    "docs",
    "archive",
    "archives",
    "output",
    "report",
    "reports",
    "news",
    "posts",
    "post",
    "results",
    "notes",
    "index",
    "readme",
    "md",
    "markdown",
    "json",
    "files",
    "today",
    "new",
    "the",
    "of",
    "for",
    "on",
    "from",
    "part",
    "source",
    "sources",
    "每日",
    "日报",
    "论文",
    "今日",
    "更新",
    "最新",
    "文章",
    "周报",
    "history",
    "full",
    "weekly",
    "week",
    "issue",
    "issues",
    "vol",
    "en",
    "zh",
    "cn",
    "ja",
    "ko",
    "ai",
    "enhanced",
    "chinese",
    "english",
    "translated",
    "store",
    "storage",
    "updated",
    "all",
    "out",
    "entries",
    "items",
    "result",
    "summary",
    "summaries",
    "export",
    "db",
    "database",
    "raw",
    "log",
    "logs",
    "assets",
    "static",
    "_posts",
    "html",
    "xml",
    "feed",
    "yaml",
    "第",
    "期",
    "topic",
    "topics",
    "year",
    "archived",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "public",
    "src",
    "site",
    "list",
    "to",
    "until",
    "utc",
    "top",
    "page",
    "note",
    "csv",
    "txt",
    "jsonl",
    "copy",
    "final",
    "draft",
    "latest",
    "backup",
    "bak",
    "tmp",
    "temp",
    "副本",
    "拷贝",
    "コピー",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "星期天",
];

fn meaningful(name: &str) -> Option<String> {
    let key = source::key(name);
    let words: Vec<&str> = key.split('-').collect();
    let words = source::without_language(&words);
    let mut kept: Vec<Cow<str>> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        // Of `hacker-news` no word is too general.
        let n_known = source::n_well_known(&words[at..]);
        match n_known {
            0 => kept.extend(telling(word)),
            _ => kept.extend(words[at..at + n_known].iter().map(|word| Cow::from(*word))),
        }
        at += n_known.max(1);
    }
    (!kept.is_empty() && kept.len() <= MAX_SOURCE).then(|| kept.join("-"))
}

/// What a word says of a source; nothing if it is general, a number, a time, a month, a hash, or counts
/// versions or quarters.
fn telling(word: &str) -> Option<Cow<'_, str>> {
    let is_month = || date::may_name_month(word) && date::find(&format!("1 {word} 2025")).is_some();
    let is_version = || word.strip_prefix(['v', 'q']).is_some_and(|number| number.len() <= 2 && is_number(number));
    // `part2`, `week03`; but `ai2` is somebody.
    let counted = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_general = GENERAL.contains(&word) || counted.len() > 2 && GENERAL.contains(&counted);
    if is_general || is_number(word) || is_version() || is_time(word) || is_month() || is_hash(word) {
        return None;
    }
    // Chinese names have no spaces: `每日论文` is two general words.
    let word = without_general(word);
    Some(word).filter(|word| !is_number(word) && !is_hash(word))
}

/// True for a part of a time, and for the whole of one: `t08`, `00z`, `08h30m00s`.
fn is_time(word: &str) -> bool {
    let time = word.strip_prefix('t').unwrap_or(word);
    let n_digits = time.bytes().take_while(u8::is_ascii_digit).count();
    n_digits > 1 && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'h' | b'm' | b's' | b'z'))
}

/// True for a number, and for nothing at all.
fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// More words are a title.
const MAX_SOURCE: usize = 6;

/// True for the hash of a commit and the like: seven and more hexadecimal digits, letters and numbers among them.
fn is_hash(word: &str) -> bool {
    let hex = word.len() >= 7 && word.bytes().all(|b| b.is_ascii_hexdigit());
    hex && word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic())
}

fn without_general(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return word.into();
    }
    let han = GENERAL.iter().filter(|general| !general.is_ascii());
    han.fold(word.to_owned(), |word, general| word.replace(general, "")).into()
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

    #[test]
    fn patterns_of_paths() {
        let table = [
            ("*.md", "a.md", true),
            ("*.md", "x/a.md", false),
            ("**/*.md", "x/y/a.md", true),
            ("**/*.md", "a.md", true),
            ("hn/**", "hn/2025/a.md", true),
            ("*-hn.md", "2025-11-14-hn.md", true),
            ("2025-??-*", "2025-11-x", true),
            ("**/b/*.md", "a/b/c/b/d.md", true),
            ("**/b/*.md", "a/cb/d.md", false),
            ("**/news.md", "sub/news.md", true),
            ("**/news.md", "sub/fakenews.md", false),
            ("hn/**/a.md", "hn/a.md", true),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXbY", false),
        ];
        for (pattern, path, expected) in table {
            assert_eq!(matches(pattern.as_bytes(), path.as_bytes()), expected, "{pattern} {path}");
        }
    }
}
