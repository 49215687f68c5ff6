//! Signs and small words that stand in names, behind them and between them.

use crate::text::is_cjk;

/// Signs that part names, or the two parts of one.
pub(super) const COMMAS: [char; 3] = [',', '，', '،'];

/// True for signs that part names and never stand in them.
pub(super) fn is_strong(c: char) -> bool {
    matches!(c, ';' | '；' | '؛' | '、' | '|' | '｜' | '\n')
}

/// True for signs that mark a footnote wherever they stand.
pub(super) fn is_mark(c: char) -> bool {
    let is_raised = matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}');
    is_raised
        || matches!(
            c,
            '*' | '∗' | '⋆' | '★' | '☆' | '†' | '‡' | '§' | '¶' | '#' | '✉' | '📧' | '♠' | '♣' | '♥' | '♦' | '\u{FE0F}'
        )
}

/// `M.`, `J. K.`, `A.-B.`, `JK`: what stands after the comma of `Last, F.`.
pub(super) fn is_initials(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).take(6).count();
    if letters > 5 {
        return false;
    }
    let small = part.chars().filter(|c| c.is_lowercase()).count();
    let form = part.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | ' '));
    form && !part.chars().any(is_cjk)
        && (1..=5).contains(&letters)
        && (small == 0 && (part.contains('.') || letters <= 2) || small * 2 < letters && part.contains('.'))
}

/// Small words that begin a family name.
const PARTICLES: &[&str] = &[
    "de", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "van", "von", "la", "le", "el", "al", "bin", "ibn",
    "ben", "zu", "zur", "ter", "ten", "af", "av",
];

/// Small words between two family names of one person.
const JOINING: &[&str] = &["y", "e", "et"];

/// True for a small word that begins a family name, as the first two of `van der Berg`.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// True for a word that stands in names and begins with a small letter.
pub(super) fn may_be_small(word: &str) -> bool {
    let word = word.to_lowercase();
    is_particle(&word) || JOINING.contains(&word.as_str())
}

/// True for an address of electronic mail.
pub(super) fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}
