//! How text is compared: folded, and cut into terms. The script of the search page does exactly the same.
//!
//! Folding is NFKD without marks (but for the voicing of Kana), NFC, lower case, white space as single blanks. Words are runs of letters and digits; Han, Kana and
//! Hangul have no words: of a run of them every two neighbours are a term, and the last one alone, so that any part of a run can be
//! looked up without a dictionary.

use crate::text::any_three;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The ranges of characters that are written without blanks between words: radicals, Kana, Han, Hangul.
const RUN_ON: &[(char, char)] = &[
    ('\u{2E80}', '\u{2FDF}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3031}', '\u{3035}'),
    ('\u{3041}', '\u{30FF}'),
    ('\u{31F0}', '\u{31FF}'),
    ('\u{3400}', '\u{4DBF}'),
    ('\u{4E00}', '\u{9FFF}'),
    ('\u{AC00}', '\u{D7AF}'),
    ('\u{F900}', '\u{FAFF}'),
    ('\u{20000}', '\u{3FFFF}'),
];

/// What a character is to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a word.
    Word,
    /// Han, Kana or Hangul.
    RunOn,
    /// Anything between.
    Between,
}

pub(super) fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Word } else { Class::Between };
    }
    if ('\u{2E80}'..='\u{3FFFF}').contains(&c) && RUN_ON.iter().any(|(first, last)| (*first..=*last).contains(&c)) {
        return Class::RunOn;
    }
    if c.is_alphanumeric() { Class::Word } else { Class::Between }
}

/// A text as it is compared.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most texts have single blanks between words and no other white space.
        let is_odd = |a: u8, b: u8, _: u8| (a < b' ') | ((a == b' ') & (b == b' '));
        if !any_three(text.as_bytes(), is_odd) && !text.starts_with(' ') && !text.ends_with(' ') {
            return text.to_ascii_lowercase();
        }
        return blanks_as_one(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    // Most texts in Chinese are Han, ASCII and wide signs, and most others have dashes, curved quotes and Greek besides: nothing is to be
    // taken apart.
    if text.chars().all(is_whole) {
        let narrow = |c: char| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        };
        return blanks_as_one(text.chars().map(|c| narrow(c).to_ascii_lowercase()), text.len());
    }
    fold_any(text)
}

/// The same of a text of any characters.
fn fold_any(text: &str) -> String {
    let voicing = |c: char| matches!(c, '\u{3099}' | '\u{309A}');
    let plain: String = text.nfkd().filter(|c| voicing(*c) || !is_combining_mark(*c)).nfc().collect();
    blanks_as_one(plain.to_lowercase().chars(), plain.len())
}

/// True for characters that are their own NFKD and in lower case, but for capitals of ASCII and wide signs. May be false for others.
fn is_whole(c: char) -> bool {
    matches!(c,
        '\0'..='\x7F' | '·' | '×' | 'α'..='ω' | '–'..='―' | '‘'..='‟' | '→' | '≤'..='≥' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

fn blanks_as_one(chars: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut out = String::with_capacity(capacity);
    let mut is_blank = false;
    for c in chars {
        if c.is_whitespace() {
            is_blank = true;
            continue;
        }
        if is_blank && !out.is_empty() {
            out.push(' ');
        }
        is_blank = false;
        out.push(c);
    }
    out
}

/// Calls `found` with every term of a folded text, as often as it occurs.
pub(super) fn terms<'a>(folded: &'a str, mut found: impl FnMut(&'a str)) {
    let mut at = 0;
    while let Some((kind, length)) = class_at(folded, at) {
        let end = at + length;
        at = match kind {
            Class::Between => end,
            Class::Word => {
                let end = end_of_word(folded, end);
                found(&folded[at..end]);
                end
            }
            Class::RunOn => run(folded, at, end, &mut found),
        };
    }
}

/// The class of the character at a place, and its length in bytes.
fn class_at(text: &str, at: usize) -> Option<(Class, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((class(byte.into()), 1));
    }
    text[at..].chars().next().map(|c| (class(c), c.len_utf8()))
}

fn end_of_word(text: &str, mut at: usize) -> usize {
    while let Some((Class::Word, length)) = class_at(text, at) {
        at += length;
    }
    at
}

/// Finds the terms of a run of characters without blanks between words, of which the first lies from `at` to `end`; gives the run's end.
fn run<'a>(text: &'a str, mut at: usize, mut end: usize, found: &mut impl FnMut(&'a str)) -> usize {
    while let Some((Class::RunOn, length)) = class_at(text, end) {
        found(&text[at..end + length]);
        (at, end) = (end, end + length);
    }
    found(&text[at..end]);
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms_of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        terms(&fold(text), |term| all.push(term.to_owned()));
        all
    }

    #[test]
    fn texts_are_folded() {
        assert_eq!(fold("  Ｆull\u{3000}WIDTH \n Müller ﬁne"), "full width muller fine");
        assert_eq!(fold("ガラス か\u{3099} 한국"), "ガラス が 한국");
        assert_eq!(fold("ÅÉ İ"), "ae i");
        assert_eq!(fold("基于ＬＬＭ的，图！"), "基于llm的,图!");
    }

    #[test]
    fn every_character_is_folded_as_any_is() {
        for c in '\0'..=char::MAX {
            for text in [c.to_string(), format!("A{c} {c}Ω"), format!("图{c}\u{301}")] {
                assert_eq!(fold(&text), fold_any(&text), "{c:?}");
            }
        }
    }

    #[test]
    fn texts_are_cut_into_terms() {
        assert_eq!(terms_of("基于LLM的图世界"), ["基于", "于", "llm", "的图", "图世", "世界", "界"]);
        assert_eq!(terms_of("GPT-4o, 3.5!"), ["gpt", "4o", "3", "5"]);
        assert_eq!(terms_of("图"), ["图"]);
    }
}
