//! Which day and which source a file belongs to: settings say it, else its path, its front matter, its first heading.

use super::date;
use super::front::Front;
use super::lexicon::Field;
use crate::diagnostic::{Diagnostic, report};
use crate::model::{Day, source};

/// What settings say about a source and the files that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRule {
    /// The source's key, see [`source::key`].
    pub key: String,
    /// Patterns of paths; none means that only the label is set. `*` stands for any characters but `/`, `**` for any.
    pub files: Vec<String>,
    /// The day of all entries in these files.
    pub day: Option<Day>,
    /// Names of columns and the fields they mean.
    pub columns: Vec<(String, Field)>,
}

/// The first rule whose patterns fit a path.
pub(super) fn rule_for<'r>(path: &str, rules: &'r [SourceRule]) -> Option<&'r SourceRule> {
    rules.iter().find(|rule| rule.files.iter().any(|pattern| matches(pattern.as_bytes(), path.as_bytes())))
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
                deep_star = Some((after, at + 1));
                star = None;
                (p, s) = (after, at + 1);
            }
            _ => return false,
        }
    }
}

/// Where a file belongs.
pub(super) struct Placed {
    /// Its day, if anything says it.
    pub(super) day: Option<Day>,
    /// The key of its source.
    pub(super) source: String,
    /// What is doubtful about that.
    pub(super) findings: Vec<Diagnostic>,
}

/// Keys of front matter that hold the day.
const DAY_KEYS: &[&str] = &["date", "day", "日期", "published", "created"];

/// Keys of front matter that hold the source.
const SOURCE_KEYS: &[&str] = &["source", "来源", "feed", "slug_source"];

/// Finds day and source of a file.
pub(super) fn place(path: &str, front: &Front, heading: Option<&str>, rule: Option<&SourceRule>) -> Placed {
    let mut findings = Vec::new();
    let in_path = day_in_path(path);
    let in_front = front.value(DAY_KEYS).and_then(date::find).map(|(day, _)| day);
    let in_heading = heading.and_then(date::find).map(|(day, _)| day);
    let set = rule.and_then(|rule| rule.day);
    let said: Vec<(&str, Day)> =
        [("the settings", set), ("its path", in_path), ("its front matter", in_front), ("its heading", in_heading)]
            .into_iter()
            .filter_map(|(who, day)| Some((who, day?)))
            .collect();
    let day = said.first().map(|(_, day)| *day);
    let first = said.first().filter(|_| set.is_none());
    if let (Some((who, day)), Some((other_who, other))) = (first, said.iter().find(|(_, other)| Some(*other) != day)) {
        findings.push(report::days_disagree(who, &day.to_string(), other_who, &other.to_string()));
    }
    let named = || front.value(SOURCE_KEYS).map(source::key).filter(|key| !key.is_empty());
    let source = rule
        .map(|rule| rule.key.clone())
        .or_else(|| source_in_path(path))
        .or_else(named)
        .or_else(|| heading.and_then(source_in_heading));
    if day.is_none() {
        findings.push(report::no_day());
    }
    Placed { day, source: source.unwrap_or_else(|| "digest".to_owned()), findings }
}

fn without_extension(path: &str) -> &str {
    let name_start = path.rfind('/').map_or(0, |at| at + 1);
    match path[name_start..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name_start + dot],
        _ => path,
    }
}

fn day_in_path(path: &str) -> Option<Day> {
    let path = without_extension(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    let suffixes = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
    // The nearer to the file name a day stands, the more it says: the shortest end of the path that holds one wins.
    let ends: Vec<&str> = std::iter::once(path).chain(suffixes).collect();
    date::find(name).or_else(|| ends.into_iter().rev().find_map(date::find)).map(|(day, _)| day)
}

fn source_in_path(path: &str) -> Option<String> {
    let path = without_extension(path);
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    name_without_day(name).or_else(|| folders.rsplit('/').find_map(name_without_day))
}

/// The words of a name that are neither a day nor so general that they say nothing.
fn name_without_day(name: &str) -> Option<String> {
    let rest = match date::find(name) {
        Some((_, range)) => format!("{} {}", &name[..range.start], &name[range.end..]),
        None => name.to_owned(),
    };
    meaningful(&rest)
}

fn source_in_heading(heading: &str) -> Option<String> {
    name_without_day(heading).filter(|key| key.chars().count() <= 40)
}

/// Words that do not tell one source from another.
const GENERAL: &[&str] = &[
    "daily", "digest", "digests", "paper", "papers", "content", "data", "docs", "archive", "archives", "output", "report",
    "reports", "news", "posts", "post", "results", "notes", "index", "readme", "md", "markdown", "json", "files", "today", "new",
    "the", "of", "for", "on", "from", "part", "source", "sources", "每日", "日报", "论文", "今日", "更新", "最新", "文章",
    "周报", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "public", "src", "site", "list",
];

fn meaningful(name: &str) -> Option<String> {
    let key = source::key(name);
    let words: Vec<&str> =
        key.split('-').filter(|word| !GENERAL.contains(word) && !word.chars().all(|c| c.is_ascii_digit())).collect();
    let is_month = |word: &str| date::find(&format!("1 {word} 2025")).is_some();
    let words: Vec<&str> = words.into_iter().filter(|word| !is_month(word)).collect();
    // Chinese names have no spaces: `每日论文` is two general words.
    let words: Vec<String> = words.into_iter().map(without_general).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

fn without_general(word: &str) -> String {
    let han = GENERAL.iter().filter(|general| !general.is_ascii());
    han.fold(word.to_owned(), |word, general| word.replace(general, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("2025/11/14.md", "digest"),
        ];
        for (path, source) in table {
            let placed = place(path, &Front::default(), None, None);
            assert_eq!(
                (placed.day.map(|d| d.to_string()).as_deref(), placed.source.as_str()),
                (Some("2025-11-14"), source),
                "{path}"
            );
        }
        let placed = place("2025-11-14.md", &Front::default(), Some("Arxiv 2025-11-14 Papers"), None);
        assert_eq!(placed.source, "arxiv");
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
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXbY", false),
        ];
        for (pattern, path, expected) in table {
            assert_eq!(matches(pattern.as_bytes(), path.as_bytes()), expected, "{pattern} {path}");
        }
    }
}
