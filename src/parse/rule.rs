//! What settings say of the files of a source.

use super::lexicon::Field;
use super::named::source_in_path;
use crate::model::Day;

/// What settings say about a source and the files that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRule {
    /// The source's key, see [`crate::model::source::key`].
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

#[cfg(test)]
mod tests {
    use super::*;

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
