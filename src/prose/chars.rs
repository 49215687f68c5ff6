//! Characters: which ones a page may carry, and which kind they are of.

/// The first of the noncharacters that marks are made of; they never survive [`clean`].
pub(super) const MARKS: std::ops::RangeInclusive<char> = '\u{FDD0}'..='\u{FDEF}';

/// Tells whether a character must not reach any output: controls, bidi overrides and isolates, noncharacters.
///
/// Bidi controls are dropped rather than isolated: a digest never needs them and an isolate per text would bloat pages.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
        || MARKS.contains(&c)
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// Normalizes line ends and drops forbidden characters.
pub(super) fn clean(source: &str) -> String {
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
    let bytes = source.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match MEANS[*byte as usize] {
        Means::Itself => true,
        Means::More => false,
        Means::WithNext => {
            let next = |n: usize| bytes.get(at + n).copied().unwrap_or_default();
            match (byte, next(1), next(2)) {
                (b'-', b'-', _) | (0xC2, 0x80..=0x9F, _) => false,
                // U+2028 to U+202E, U+2066 to U+2069, U+FDD0 to U+FDEF, U+FFFE and U+FFFF.
                (0xE2, 0x80, 0xA8..=0xAE) | (0xE2, 0x81, 0xA6..=0xA9) => false,
                (0xEF, 0xB7, 0x90..=0xAF) | (0xEF, 0xBF, 0xBE..=0xBF) => false,
                _ => true,
            }
        }
    })
}

/// What a byte can mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    Itself,
    More,
    /// What comes after it decides.
    WithNext,
}

const MEANS: [Means; 256] = {
    let mut means = [Means::Itself; 256];
    let mut byte = 0;
    while byte < 256 {
        means[byte] = match byte as u8 {
            0..=0x1F | 0x7F | 0xF0.. => Means::More,
            b'`' | b'$' | b'\\' | b'<' | b'>' | b'~' | b'{' | b'}' | b'*' | b'_' | b'[' | b']' | b'&' => Means::More,
            b'-' | 0xC2 | 0xE2 | 0xEF => Means::WithNext,
            _ => Means::Itself,
        };
        byte += 1;
    }
    means
};

/// Joins all lines of a text into one, with single blanks.
pub(super) fn one_line(source: &str) -> String {
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
    let paragraphs: Vec<String> = source.split("\n\n").map(one_line).collect();
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
