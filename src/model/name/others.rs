//! What says behind a name that there are others, who are not named.

use crate::text::is_han;

/// A name without what says that there are others.
pub(super) fn without_others(name: &str) -> &str {
    // Most names end with another letter than all that is looked for.
    if name.ends_with(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'l' | 'L' | 's' | 'S' | 'e' | 'E')) {
        return name;
    }
    let name = without_number_of_others(name).unwrap_or(name);
    let ends = |(other, may_precede): &(&str, MayPrecede)| {
        let at = name.len().checked_sub(other.len())?;
        let before = name.get(..at).filter(|_| name[at..].eq_ignore_ascii_case(other))?;
        let last = before.chars().next_back()?;
        (may_precede(last) || last.is_whitespace()).then_some(before)
    };
    let cut = OTHERS.iter().find_map(ends);
    cut.filter(|before| before.trim_end().chars().nth(1).is_some()).unwrap_or(name).trim_end()
}

/// The name in front of the number of the others.
fn without_number_of_others(name: &str) -> Option<&str> {
    let numbered = COUNTED.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name).trim_end();
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百数多几".contains(c);
    let before = numbered.trim_end_matches(is_digit);
    let before = Some(before).filter(|before| before.len() < numbered.len())?.trim_end().trim_end_matches('共');
    let name = COUNTING.iter().find_map(|word| before.strip_suffix(word))?.trim_end();
    name.chars().nth(1).map(|_| name)
}

/// True for the characters that may stand in front of a word.
type MayPrecede = fn(char) -> bool;

/// What says behind a name that there are others, in lower case, and which characters may stand in front of it.
const OTHERS: &[(&str, MayPrecede)] = &[
    ("et al.", char::is_whitespace),
    ("et al", char::is_whitespace),
    ("et.al.", char::is_whitespace),
    ("et.al", char::is_whitespace),
    ("and others", char::is_whitespace),
    ("& al.", char::is_whitespace),
    ("u. a.", char::is_whitespace),
    ("u.a.", char::is_whitespace),
    ("и др.", char::is_whitespace),
    ("等人", any),
    ("等", any),
    ("ほか", any),
    ("他", is_han),
    // `さくら` is a name.
    ("ら", |c| !matches!(c, '\u{3040}'..='\u{309F}')),
    ("외", char::is_whitespace),
    ("등", char::is_whitespace),
];

/// Holds for any character.
fn any(_: char) -> bool {
    true
}

/// What stands behind the number of the others: `等12人`, `他3名`, `외 3명`, `+ 5 more`.
const COUNTED: &[&str] =
    &["余位作者", "位作者", "余名作者", "名作者", "余人", "人", "名", "位", "명", "more authors", "authors", "more", "others"];

/// What stands in front of the number of the others.
const COUNTING: &[&str] = &["等", "等人", "ほか", "他", "외", " +"];
