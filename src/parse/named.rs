//! The source that a path or a heading names.

use super::date;
use crate::model::{name, source};
use std::borrow::Cow;

/// The source that a path names. A file of one entry may be named by that entry's title, which says nothing of the source.
pub(super) fn source_in_path(path: &str, title: Option<&str>) -> Option<String> {
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
pub(super) fn source_in_heading(heading: &str) -> Option<String> {
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
    "pages",
    "snapshot",
    "snapshots",
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
    let is_version = || {
        let (before, number) = word.split_once(['v', 'q']).unwrap_or((word, word));
        // The second half of `2511.00001v2` is no name either.
        number.len() <= 2 && number.len() < word.len() && is_number(number) && is_number(before)
    };
    // `part2`, `week03`; but `ai2` is somebody.
    let counted = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_general = GENERAL.contains(&word) || counted.len() > 2 && GENERAL.contains(&counted);
    if is_general || is_number(word) || is_version() || is_time(word) || is_month() || is_hash(word) {
        return None;
    }
    // Chinese names have no spaces: `每日论文` is two general words.
    let word = without_general(without_count(word));
    Some(word).filter(|word| !is_number(word) && !is_hash(word))
}

/// A word without the number of an issue behind it, `magazine100`; but `ai2` and `web3` are names.
fn without_count(word: &str) -> &str {
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let n_digits = word.len() - name.len();
    let is_counted = name.len() >= MIN_COUNTED && n_digits >= 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_counted { name } else { word }
}

/// The shortest name that a number behind it counts, in letters.
const MIN_COUNTED: usize = 5;

/// True for a part of a time, and for the whole of one: `t08`, `00z`, `08h30m00s`.
fn is_time(word: &str) -> bool {
    if word.ends_with('分') && word.contains('时') {
        return word.chars().all(|c| c.is_ascii_digit() || matches!(c, '时' | '分'));
    }
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
