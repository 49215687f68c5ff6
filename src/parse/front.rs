//! Front matter: `key: value` lines or JSON between `---`, `key = value` lines between `+++`, or bare `Title: value` lines up to the first
//! blank one as Pelican has them, at the very start of a file.

use crate::text;

/// The front matter of a file: its scalar values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Front<'a> {
    /// Keys and values as written, without quotes; lists and tables are left out.
    pub(super) values: Vec<(&'a str, &'a str)>,
    /// How many lines it takes, marks included; 0 if there is none.
    pub(super) n_lines: usize,
}

impl<'a> Front<'a> {
    /// The value of the first of these keys that has one.
    pub(super) fn value(&self, keys: &[&str]) -> Option<&'a str> {
        let of = |key: &&str| self.values.iter().find(|(k, v)| k.eq_ignore_ascii_case(key) && !v.is_empty());
        keys.iter().find_map(of).map(|(_, value)| *value)
    }
}

/// How many lines front matter may have; more is a rule (`---`) at the start of an ordinary text.
const MAX_LINES: usize = 200;

/// Reads the front matter of a text; a block that does not end is none.
pub(super) fn read(text: &str) -> Front<'_> {
    let mut lines = text::lines(text);
    let (mark, sign) = match lines.next().map(|line| line.text.trim_end()) {
        Some("---") => ("---", ':'),
        Some("+++") => ("+++", '='),
        _ => return bare(text),
    };
    let mut front = Front { values: Vec::new(), n_lines: 1 };
    let mut lines = lines.take(MAX_LINES).peekable();
    let is_json = lines.peek().is_some_and(|line| line.text.trim_end() == "{");
    for line in lines {
        front.n_lines += 1;
        if line.text.trim_end() == mark {
            return front;
        }
        if is_json {
            front.values.extend(pair(line.text));
            continue;
        }
        if let Some((key, value)) = line.text.split_once(sign).filter(|_| !line.text.starts_with([' ', '\t', '#', '-'])) {
            front.values.push((key.trim(), value.trim().trim_matches(['"', '\''])));
        }
    }
    Front::default()
}

/// The key and the text of a line of JSON.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().strip_prefix('"')?.split_once("\":")?;
    let value = value.trim().trim_end_matches(',');
    Some((key, value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)))
}

/// Keys of Pelican's front matter (<https://docs.getpelican.com/en/stable/content.html#file-metadata>), in lower case.
const BARE_KEYS: &[&str] = &[
    "title",
    "date",
    "modified",
    "category",
    "tags",
    "keywords",
    "slug",
    "author",
    "authors",
    "summary",
    "description",
    "lang",
    "language",
    "status",
    "template",
    "series",
    "translation",
];

/// Front matter without marks: two and more lines of nothing but Pelican's keys, a title among them, and a blank line.
fn bare(text: &str) -> Front<'_> {
    let mut front = Front::default();
    for line in text::lines(text).take(BARE_KEYS.len() + 1) {
        if line.is_blank() {
            break;
        }
        let pair = line.text.split_once(':').map(|(key, value)| (key.trim_end(), value.trim()));
        let Some((key, value)) = pair.filter(|(key, _)| BARE_KEYS.contains(&key.to_lowercase().as_str())) else {
            return Front::default();
        };
        front.values.push((key, value));
        front.n_lines += 1;
    }
    let is_title = |line: &str| line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("title:"));
    // A file of records says its titles in the same way, but more than once.
    let n_titles = text::lines(text).filter(|line| is_title(line.text)).take(2).count();
    let is_front = front.values.len() > 1 && n_titles == 1 && front.value(&["title"]).is_some();
    if is_front { front } else { Front::default() }
}
