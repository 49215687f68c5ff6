//! Front matter: `key: value` lines between `---`, or `key = value` between `+++`, at the very start of a file.

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
        _ => return Front::default(),
    };
    let mut front = Front { values: Vec::new(), n_lines: 1 };
    for line in lines.take(MAX_LINES) {
        front.n_lines += 1;
        if line.text.trim_end() == mark {
            return front;
        }
        if let Some((key, value)) = line.text.split_once(sign).filter(|_| !line.text.starts_with([' ', '\t', '#', '-'])) {
            front.values.push((key.trim(), value.trim().trim_matches(['"', '\''])));
        }
    }
    Front::default()
}
