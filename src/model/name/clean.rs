//! One name without what is written around it.

use super::aside::without_asides;
use super::others::without_others;
use super::sign::{is_address, is_mark};
use crate::text::{is_cjk, is_han, single_spaced};

/// One name as written, cleaned; none for placeholders.
pub fn one(text: &str) -> Option<String> {
    Some(clean(text)).filter(|name| is_name(name))
}

/// Drops Markdown emphasis and links around a name, affiliations and footnote marks behind it, and white space inside it.
pub(super) fn clean(name: &str) -> String {
    if is_plain(name.trim()) {
        return name.trim().to_owned();
    }
    let name = without_asides(without_mark(name.trim().trim_matches(['*', '`'])));
    let name = without_others(without_emphasis(name.trim()));
    let name = name.trim_end_matches('…').trim_end_matches("...").trim_end();
    // `Jane Roe <jane@b.example>`
    let name = match name.split_once('<') {
        Some((before, address)) if !before.is_empty() && is_address(address) => before,
        _ => name,
    };
    let name = without_marks(inside_link(name));
    let name = inside_pair(name.trim());
    if name.contains('\\') { single_spaced(&name.replace('\\', "")) } else { single_spaced(name) }
}

/// Signs around whole names, at their start and at their end.
const PAIRS: &[(char, char)] = &[('"', '"'), ('“', '”'), ('{', '}')];

/// A name without the quotes or braces around the whole of it.
fn inside_pair(name: &str) -> &str {
    let inside = |(open, close): &(char, char)| name.strip_prefix(*open)?.strip_suffix(*close);
    PAIRS.iter().find_map(inside).filter(|inner| !inner.contains(['"', '“', '{'])).unwrap_or(name)
}

/// The words of `[Jane Roe](address)`, `[[Jane Roe]]` and `[[people/jane|Jane Roe]]`, the address of the first taken off already.
fn inside_link(name: &str) -> &str {
    if let Some(inner) = name.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        return inner.rsplit('|').next().unwrap_or(inner);
    }
    match (name.strip_prefix('['), name.find("](")) {
        (Some(inner), Some(at)) => &inner[..at - 1],
        (Some(inner), None) => inner.strip_suffix(']').unwrap_or(name),
        _ => name,
    }
}

/// A name without the underscores that set it off. One word ends with an underscore where a user chose that.
fn without_emphasis(name: &str) -> &str {
    let inner = name.strip_prefix('_').and_then(|rest| rest.strip_suffix('_'));
    if name.contains(' ') { name.trim_matches('_') } else { inner.filter(|inner| !inner.contains('_')).unwrap_or(name) }
}

/// A name without the mark of its item in a list: `- Jane Roe`, `2. Jane Roe`.
pub(super) fn without_mark(name: &str) -> &str {
    let bullet = name.strip_prefix(['-', '*', '+', '•']).filter(|rest| rest.starts_with(' '));
    let number = || {
        let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
        let n_digits = name.len() - rest.len();
        rest.strip_prefix(['.', ')']).filter(|rest| (1..=3).contains(&n_digits) && rest.starts_with(' '))
    };
    bullet.or_else(number).unwrap_or(name).trim_start()
}

/// True for names of letters, single spaces, dots and hyphens, behind which nothing says that there are others.
pub(super) fn is_plain(name: &str) -> bool {
    let mut after_space = false;
    name.bytes().all(|byte| {
        let doubled = byte == b' ' && after_space;
        after_space = byte == b' ';
        !doubled && (byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'.' | b'-'))
    }) && !name.ends_with("al")
        && !name.ends_with("al.")
        && !name.ends_with("others")
        && !name.ends_with("..")
        && !name.starts_with('-')
}

/// A name without the marks of footnotes behind it.
fn without_marks(name: &str) -> &str {
    let first_space = name.find(char::is_whitespace).unwrap_or(name.len());
    let mut name = name;
    loop {
        let bare = name.trim_end_matches(|c: char| is_mark(c) || c.is_whitespace() || matches!(c, '^' | '$'));
        let word = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        if word.len() == bare.len() || !(word.ends_with('^') || may_be_numbered(word, first_space, bare.len() - word.len())) {
            return bare;
        }
        name = word;
    }
}

/// True if digits behind a name mark a footnote: several words stand in front of them, or a name of Han characters. Those at the
/// end of one word are part of it, as user names have them.
fn may_be_numbered(name: &str, first_space: usize, n_digits: usize) -> bool {
    let mut last = name.trim_end().chars().rev();
    let ends = last.next().is_some_and(|c| c.is_alphabetic() || c == '.' && last.next().is_some_and(char::is_alphabetic));
    let is_han_name = || n_digits == 1 && name.len() <= 12 && name.chars().count() > 1 && name.chars().all(is_han);
    (ends || name.ends_with(is_mark)) && first_space < name.trim_end().len() || is_han_name()
}

/// Texts that stand where a name is missing, in lower case.
const PLACEHOLDERS: &[&str] = &[
    "et al",
    "et al.",
    "al.",
    "unknown",
    "anonymous",
    "maintainer",
    "等",
    "等人",
    "佚名",
    "匿名",
    "未知",
    "其他",
    "その他",
    "and others",
    "others",
];

pub(super) fn is_name(name: &str) -> bool {
    // `3 more authors`, `+5`, `其他 3 人` stand for those that are not shown; `3Blue1Brown` is somebody.
    let behind = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_counted = behind.len() < name.len() && !behind.starts_with(|c: char| c.is_alphabetic() && !is_cjk(c));
    let hidden = is_counted || name.starts_with('+') || name.ends_with(" more") || name.ends_with(" others");
    name.chars().any(char::is_alphabetic)
        && !hidden
        && !PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(name))
}
