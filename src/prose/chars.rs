//! Characters: which ones a page may carry, and which kind they are of.

use crate::text::{any_three, is_unseen, may_be_unseen};

/// The first of the noncharacters that marks are made of; they never survive [`clean`].
pub(super) const MARKS: std::ops::RangeInclusive<char> = '\u{FDD0}'..='\u{FDEF}';

/// Tells whether a character must not reach any output: controls, bidi overrides and isolates, noncharacters.
///
/// Bidi controls are dropped rather than isolated: a digest never needs them and an isolate per text would bloat pages.
pub(super) fn is_forbidden(c: char) -> bool {
    c == '\r' || is_unseen(c)
}

/// Normalizes line ends and drops forbidden characters.
pub(super) fn clean(source: &str) -> String {
    // U+2028 and U+2029 stand just before the signs that turn the direction.
    let is_odd = |a: u8, b: u8, c: u8| may_be_unseen(a, b, c) | ((a == 0xE2) & (b == 0x80) & (c >= 0xA8));
    if !any_three(source.as_bytes(), is_odd) {
        return source.to_owned();
    }
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Drops forbidden characters once more: an entity such as `&#x202e;` is one only when it has been read.
pub(super) fn without_forbidden(mut text: String) -> String {
    if text.contains(is_forbidden) {
        text.retain(|c| !is_forbidden(c));
    }
    text
}

/// True for a text of one line in which every character stands for itself: nothing of Markdown or TeX, nothing that [`clean`] drops. May be
/// false for one that is so all the same.
pub(super) fn is_bare(source: &str) -> bool {
    let means_more = |a: u8, b: u8, c: u8| {
        let of_markdown = (a == b'`') | (a == b'~') | (a == b'*') | (a == b'_') | (a == b'[') | (a == b']') | (a == b'&');
        let of_tex = (a == b'$') | (a == b'\\') | (a == b'{') | (a == b'}');
        let is_line_end = (a == b'\n') | ((a == 0xE2) & (b == 0x80) & (c >= 0xA8));
        let is_dash = (a == b'-') & (b == b'-');
        of_markdown | of_tex | (a == b'<') | (a == b'>') | is_dash | is_line_end | (a >= 0xF0) | may_be_unseen(a, b, c)
    };
    !any_three(source.as_bytes(), means_more)
}

/// Joins all lines of a text into one, with single blanks.
pub(super) fn joined_lines(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for line in source.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Keeps one line per paragraph.
pub(super) fn lines(source: &str) -> String {
    let paragraphs: Vec<String> = source.split("\n\n").map(joined_lines).collect();
    let kept: Vec<&str> = paragraphs.iter().map(String::as_str).filter(|paragraph| !paragraph.is_empty()).collect();
    kept.join("\n")
}

/// Tells whether a character is Han, Kana, Hangul or their punctuation.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Tells whether CommonMark counts a character as punctuation when it judges emphasis.
pub(super) fn is_punctuation(c: char) -> bool {
    // Letters, digits, blanks and marks aside, what is left of Unicode is punctuation or a symbol; for pairing bold that
    // is near enough, and no table of categories is needed.
    !c.is_alphanumeric() && !c.is_whitespace() && !MARKS.contains(&c)
}

/// Appends text with the characters that HTML reads as markup escaped, forbidden ones dropped.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let is_markup = |a: u8| (a == b'&') | (a == b'<') | (a == b'>') | (a == b'"');
    if !any_three(text.as_bytes(), |a, b, c| is_markup(a) | may_be_unseen(a, b, c)) {
        return out.push_str(text);
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
}
