//! Text-mode TeX: what abstracts carry outside of formulas, as tables.

use unicode_normalization::char::compose;

/// Commands with one argument, and the element that takes its place (none: the argument alone).
pub(super) const STYLES: &[(&str, &str)] = &[
    ("emph", "em"),
    ("textit", "em"),
    ("textsl", "em"),
    ("textbf", "strong"),
    ("texttt", "code"),
    ("textsc", "span"),
    ("textsf", "span"),
    ("textrm", "span"),
    ("textnormal", "span"),
    ("text", "span"),
    ("underline", "span"),
    ("mbox", "span"),
    ("textsuperscript", "sup"),
    ("textsubscript", "sub"),
];

/// Commands without argument, and their text.
const WORDS: &[(&str, &str)] = &[
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("textemdash", "—"),
    ("textendash", "–"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textdegree", "°"),
    ("textregistered", "®"),
    ("texttrademark", "™"),
    ("textasciitilde", "~"),
    ("textunderscore", "_"),
    ("textbackslash", "\\"),
    ("LaTeX", "LaTeX"),
    ("TeX", "TeX"),
];

/// Letters that TeX spells as commands; taken only in braces, `{\o}` or `\o{}`, since `\o` alone may be a path.
const LETTERS: &[(&str, &str)] = &[
    ("ss", "ß"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("i", "ı"),
    ("j", "ȷ"),
];

/// Accents and their combining characters. Those that are letters need braces around their base.
const ACCENTS: &[(char, char)] = &[
    ('\'', '\u{301}'),
    ('`', '\u{300}'),
    ('"', '\u{308}'),
    ('^', '\u{302}'),
    ('~', '\u{303}'),
    ('=', '\u{304}'),
    ('.', '\u{307}'),
    ('c', '\u{327}'),
    ('v', '\u{30C}'),
    ('u', '\u{306}'),
    ('H', '\u{30B}'),
    ('k', '\u{328}'),
    ('r', '\u{30A}'),
    ('d', '\u{323}'),
    ('b', '\u{331}'),
];

/// Reads an accented or special letter at a backslash: its length in bytes and its text.
///
/// `after_letter` tells whether a letter stands before, as in `Fr\'echet`: without braces only that is surely TeX, for
/// `\"answer\"` is an escaped quote.
pub(super) fn letter(text: &str, after_letter: bool) -> Option<(usize, String)> {
    let accent = text.chars().nth(1)?;
    let combining = ACCENTS.iter().find(|(sign, _)| *sign == accent).map(|&(_, combining)| combining);
    if let Some(found) = combining.and_then(|combining| accented(text, combining, accent, after_letter)) {
        return Some(found);
    }
    LETTERS.iter().find_map(|(name, letter)| {
        let rest = text[1..].strip_prefix(name)?.strip_prefix("{}")?;
        Some((text.len() - rest.len(), (*letter).to_owned()))
    })
}

/// Reads a letter in braces, `{\"o}` or `{\o}`, at the opening brace.
pub(super) fn braced_letter(text: &str) -> Option<(usize, String)> {
    let inner = text.strip_prefix('{')?;
    if !inner.starts_with('\\') {
        return None;
    }
    if let Some((len, found)) = letter(inner, true)
        && inner[len..].starts_with('}')
    {
        return Some((len + 2, found));
    }
    LETTERS.iter().find_map(|(name, letter)| {
        let rest = inner[1..].strip_prefix(name)?.strip_prefix('}')?;
        Some((text.len() - rest.len(), (*letter).to_owned()))
    })
}

/// Gives the text of a command without argument.
pub(super) fn word(name: &str) -> Option<&'static str> {
    WORDS.iter().find(|(known, _)| *known == name).map(|&(_, text)| text)
}

/// Gives the element for a command with one argument.
pub(super) fn style(name: &str) -> Option<&'static str> {
    STYLES.iter().find(|(known, _)| *known == name).map(|&(_, tag)| tag)
}

fn accented(text: &str, combining: char, accent: char, after_letter: bool) -> Option<(usize, String)> {
    let rest = &text[2..];
    let (base, tail) = match rest.strip_prefix('{') {
        Some(inner) => {
            let (base, tail) = base_letter(inner)?;
            (base, tail.strip_prefix('}')?)
        }
        None if after_letter && !accent.is_ascii_alphabetic() => base_letter(rest)?,
        None => return None,
    };
    Some((text.len() - tail.len(), compose(base, combining)?.to_string()))
}

fn base_letter(text: &str) -> Option<(char, &str)> {
    if let Some(rest) = text.strip_prefix("\\i") {
        return Some(('i', rest));
    }
    let base = text.chars().next()?;
    base.is_ascii_alphabetic().then(|| (base, &text[1..]))
}
