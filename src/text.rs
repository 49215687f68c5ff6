//! Input text: bytes to Unicode, lines, and byte spans.
//!
//! [`decode`] turns the bytes of a file into text and says how. Everything later speaks in [`Span`]s of that text; lines and
//! columns are worked out only when a finding is written down ([`LineIndex`]).

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// A range of bytes in the decoded text of one file, `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

crate::memo::memo_fields!(Span { start, end });

impl Span {
    /// A span from offsets of a text; offsets beyond 4 GiB do not occur because files are limited far below that.
    pub fn new(start: usize, end: usize) -> Span {
        let bound = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: bound(start), end: bound(end) }
    }

    /// The text under the span; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// The encoding in which a file was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, either byte order, with or without a mark.
    Utf16,
    /// GB18030, which includes GBK and GB2312.
    Gb18030,
    /// UTF-8 with bytes that belong to no known encoding; each is shown as U+FFFD.
    BrokenUtf8,
    /// Not text: the text is empty.
    Binary,
}

/// The text of a file and how it was found in its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without a byte order mark.
    pub text: String,
    /// The encoding that was read.
    pub encoding: Encoding,
}

/// Decodes the bytes of a file: UTF-8, else UTF-16, else GB18030, else UTF-8 with its broken bytes replaced.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let found = |text: String, encoding| Decoded { text, encoding };
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] if std::str::from_utf8(rest).is_ok() => {
            return found(String::from_utf8_lossy(rest).into_owned(), Encoding::Utf8);
        }
        [0xFF, 0xFE, rest @ ..] => {
            return found(UTF_16LE.decode(rest).0.into_owned(), Encoding::Utf16);
        }
        [0xFE, 0xFF, rest @ ..] => {
            return found(UTF_16BE.decode(rest).0.into_owned(), Encoding::Utf16);
        }
        _ => {}
    }
    if let Some(utf16) = unmarked_utf16(&bytes) {
        return found(utf16.decode(&bytes).0.into_owned(), Encoding::Utf16);
    }
    if is_binary(&bytes) {
        return found(String::new(), Encoding::Binary);
    }
    // Checks text beyond ASCII in a fraction of what the standard library takes, which is worth the copy.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes) {
        return found(text.into_owned(), Encoding::Utf8);
    }
    match gb18030(&bytes) {
        Some(text) => found(text, Encoding::Gb18030),
        None => {
            let text = String::from_utf8_lossy(&bytes);
            found(text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned(), Encoding::BrokenUtf8)
        }
    }
}

/// How much of a file is looked at to judge its kind, in bytes.
const SAMPLE: usize = 4096;

/// UTF-16 without a mark shows as a zero byte beside nearly every ASCII letter, bar and line end.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    memchr::memchr(0, sample)?;
    let zeros = |at: usize| sample.iter().skip(at).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = sample.len() / 16;
    if sample.len() < 8 || (even <= enough && odd <= enough) {
        return None;
    }
    match (even, odd) {
        (0..=1, _) => Some(UTF_16LE),
        (_, 0..=1) => Some(UTF_16BE),
        _ => None,
    }
}

/// Text has no NUL run and few other control characters; pictures, archives and databases have both.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let is_control = |b: u8| (b < 0x20) & !matches!(b, b'\n' | b'\r' | b'\t' | 0x0B | 0x0C | 0x1B);
    // Counts of one byte are added up for many bytes at once.
    let count = |part: &[u8]| usize::from(part.iter().fold(0_u8, |n, &b| n + u8::from(is_control(b))));
    let controls: usize = sample.chunks(255).map(count).sum();
    controls * 50 > sample.len()
}

/// Reads GB18030 if the bytes are that without an error and give mostly Han text, which random bytes do not.
fn gb18030(bytes: &[u8]) -> Option<String> {
    let (text, _, broken) = GB18030.decode(bytes);
    if broken {
        return None;
    }
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let han = text.chars().filter(|&c| is_han(c) || is_cjk_punctuation(c)).count();
    (han * 10 >= foreign * 8).then(|| text.into_owned())
}

/// True for a Han ideograph.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}

/// How many letters of a text are of the scripts that tell a language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// Of any script.
    pub all: usize,
    han: usize,
    kana: usize,
    hangul: usize,
}

impl Letters {
    /// Counts those of a text.
    pub fn of(text: impl Iterator<Item = char>) -> Letters {
        let mut letters = Letters::default();
        for c in text {
            letters.all += usize::from(c.is_alphabetic());
            match c {
                '\u{3040}'..='\u{30FF}' => letters.kana += 1,
                '\u{AC00}'..='\u{D7AF}' => letters.hangul += 1,
                _ if is_han(c) => letters.han += 1,
                _ => {}
            }
        }
        letters
    }

    /// How many are Han, Kana or Hangul.
    pub fn n_cjk(&self) -> usize {
        self.han + self.kana + self.hangul
    }

    /// The language of those: `zh`, `ja` or `ko`.
    pub fn cjk_language(&self) -> Option<&'static str> {
        match self.n_cjk() {
            0 => None,
            _ if self.hangul > self.kana && self.hangul > self.han => Some("ko"),
            _ if self.kana * 8 > self.han => Some("ja"),
            _ => Some("zh"),
        }
    }
}

/// True for Han, Kana or Hangul: the scripts written without spaces between words, or with their own.
pub fn is_cjk(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}')
}

/// True for the punctuation of CJK text, full-width forms and curved quotes included.
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// One line of a text without its line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line's number, from 1.
    pub number: u32,
    /// Byte offset of its first character.
    pub start: usize,
    /// Its characters, without `\n` or `\r\n`.
    pub text: &'a str,
}

impl Line<'_> {
    /// Byte offset just after the last character.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// True if the line holds nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }
}

/// The lines of a text, ended by `\n`, `\r\n` or the end of the text.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut next = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        let rest = text.get(next..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes());
        let line = &rest[..length.unwrap_or(rest.len())];
        let start = next;
        next += line.len() + 1;
        number += 1;
        Some(Line { number, start, text: line.strip_suffix('\r').unwrap_or(line) })
    })
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in characters.
    pub column: u32,
}

/// Where the lines of a text begin, to turn offsets into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the line starts of `text`.
    pub fn new(text: &str) -> LineIndex {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| Span::new(at + 1, 0).start);
        LineIndex { starts: std::iter::once(0).chain(starts).collect() }
    }

    /// The line and column of a byte offset; an offset past the end stands on the last line.
    pub fn locate(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts[line - 1];
        let before = Span { start, end: offset }.of(text);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        LineColumn { line: count(line), column: count(before.chars().count() + 1) }
    }
}

/// A text without white space at its ends. Does what `str::trim` does, and does it faster where there is none but spaces.
#[inline]
pub fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|byte| *byte != b' ').unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| *byte != b' ').map_or(start, |last| last + 1);
    let plain = |byte: Option<&u8>| byte.is_some_and(|byte| (b'!'..0x7F).contains(byte));
    let inner = &text[start..end];
    if plain(inner.as_bytes().first()) && plain(inner.as_bytes().last()) { inner } else { inner.trim() }
}

/// A text on one line with single spaces between words, as nearly all titles and names are already.
pub fn single_spaced(text: &str) -> String {
    let text = trim(text);
    match any_three(text.as_bytes(), may_be_space) {
        true => text.split_whitespace().collect::<Vec<_>>().join(" "),
        false => text.to_owned(),
    }
}

/// A text on one line with single spaces between words, of which controls are taken for spaces.
pub fn one_line(text: &str) -> String {
    // The controls beyond ASCII begin with a byte that white space begins with.
    match any_three(text.as_bytes(), |a, b, c| may_be_space(a, b, c) | (a == 0x7F)) {
        true => text
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        false => text.trim().to_owned(),
    }
}

/// A form in ASCII with the last two digits of numbers at places of it: days and times are written so often that the machinery of `format!`
/// shows.
pub fn with_pairs<const N: usize>(form: &[u8; N], pairs: &[(usize, u32)]) -> [u8; N] {
    let mut text = *form;
    for (at, number) in pairs {
        text[*at] = b'0' + (number / 10 % 10) as u8;
        text[at + 1] = b'0' + (number % 10) as u8;
    }
    text
}

/// True for bytes that may begin white space other than a single space: controls, two spaces, and of what is beyond ASCII U+0085,
/// U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F and U+3000. A test for [`classes`].
#[inline]
pub fn may_be_space(a: u8, b: u8, c: u8) -> bool {
    (a < b' ')
        | ((a == b' ') & (b == b' '))
        | (a == 0xC2)
        | (a == 0xE1)
        | ((a == 0xE2) & ((b == 0x81) | (c & 0xF0 == 0x80) | (c & 0xF8 == 0xA8)))
        | ((b == 0x80) & (c == 0x80))
}

/// How many places of a text are looked at together.
const STEP: usize = 32;

/// The classes, as bits, that a byte and the two behind it have anywhere in a text; behind the last byte stands `a`. Without branches
/// in `class` many places are looked at at once, which makes this a cheap way to rule rare signs out, of any script: a sign has
/// up to four bytes, three of which tell it from nearly all others.
#[inline]
pub fn classes(bytes: &[u8], class: impl Fn(u8, u8, u8) -> u8) -> u8 {
    let of = |window: &[u8; STEP + 2]| (0..STEP).fold(0, |all, i| all | class(window[i], window[i + 1], window[i + 2]));
    let mut all = 0;
    let mut rest = bytes;
    loop {
        all |= match rest.first_chunk() {
            Some(window) => of(window),
            None => {
                let mut last = [b'a'; STEP + 2];
                last[..rest.len()].copy_from_slice(rest);
                of(&last)
            }
        };
        if rest.len() <= STEP {
            return all;
        }
        rest = &rest[STEP..];
    }
}

/// True if a test holds anywhere in a text of a byte and the two behind it, see [`classes`].
#[inline]
pub fn any_three(bytes: &[u8], test: impl Fn(u8, u8, u8) -> bool) -> bool {
    classes(bytes, |a, b, c| u8::from(test(a, b, c))) != 0
}

/// True for signs that nobody can see and no text needs: controls but for ends of lines and tabs, noncharacters, and the controls that turn the
/// direction of writing, which would reach beyond the text that holds them. Letters have their direction by themselves.
pub fn is_unseen(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}' => true,
        c => c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE,
    }
}

/// Drops signs that nobody can see.
pub fn drop_unseen(text: &mut String) {
    if any_three(text.as_bytes(), may_be_unseen) && text.contains(is_unseen) {
        text.retain(|c| !is_unseen(c));
    }
}

/// For [`any_three`], true for all bytes that a sign nobody sees begins with: U+0080 to U+009F, U+202A and its like, U+FDD0 and its like, and
/// what ends a plane. So a look at bytes rules nearly all texts out.
#[inline]
pub fn may_be_unseen(a: u8, b: u8, c: u8) -> bool {
    ((a < b' ') & (a != b'\n'))
        | (a == 0x7F)
        | ((a == 0xC2) & (b < 0xA0))
        | ((a == 0xE2) & (((b == 0x80) & (c >= 0xAA)) | (b == 0x81)))
        | ((a & 0x0F == 0x0F) & ((b == 0xB7) | ((b == 0xBF) & (c >= 0xBE))))
}

/// Cuts a text to at most `max` characters and marks the cut with `…`.
pub fn shorten(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
    }
}

/// An address with its escapes resolved (RFC 3986, 2.1), if that gives UTF-8; else as it is.
pub fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let escape = text.get(i + 1..i + 3).filter(|hex| bytes[i] == b'%' && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).map_or(text.into(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding_of(bytes: &[u8]) -> (String, Encoding) {
        let decoded = decode(bytes.to_vec());
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn no_unseen_sign_stays() {
        for unseen in ('\0'..=char::MAX).filter(|c| is_unseen(*c)) {
            for at in [0, 1, 30, 31, 32, 33, 40] {
                let text = format!("{}{unseen}\n字{}", "x".repeat(at), "y".repeat(40 - at));
                let mut seen = text.clone();
                drop_unseen(&mut seen);
                assert_eq!(seen, text.replace(unseen, ""), "{unseen:?} at {at}");
            }
        }
    }

    #[test]
    fn escapes_are_resolved_where_they_give_text() {
        for (text, expected) in [("/%E4%BD%A0%2E%2e/a%", "/你../a%"), ("/%FF", "/%FF"), ("%+f%4", "%+f%4"), ("plain", "plain")] {
            assert_eq!(percent_decoded(text), expected);
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "| 标题 | 作者 |\n|---|---|\n| 深度学习 | 王 |\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16.iter().copied()).collect();
        let (gbk, _, _) = GB18030.encode(text);
        assert_eq!(encoding_of(text.as_bytes()), (text.into(), Encoding::Utf8));
        assert_eq!(encoding_of(&marked), (text.into(), Encoding::Utf16));
        assert_eq!(encoding_of(&utf16), (text.into(), Encoding::Utf16));
        assert_eq!(encoding_of(&gbk), (text.into(), Encoding::Gb18030));
        assert_eq!(encoding_of(b"\xEF\xBB\xBFa"), ("a".into(), Encoding::Utf8));
        assert_eq!(encoding_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").1, Encoding::Binary);
        assert_eq!(encoding_of(b"caf\xE9 au lait").1, Encoding::BrokenUtf8);
        assert_eq!(encoding_of(b"").1, Encoding::Utf8);
    }

    #[test]
    fn spaces_are_single_wherever_they_stand() {
        for space in ('\0'..=char::MAX).filter(|c| c.is_whitespace()) {
            for at in 0..2 * STEP + 2 {
                let text = format!("{}{space}{space}字{}", "x".repeat(at + 1), "y".repeat(2 * STEP + 1 - at));
                let words: Vec<&str> = text.split_whitespace().collect();
                assert_eq!(single_spaced(&text), words.join(" "), "{space:?} at {at}");
            }
        }
        for text in ["a b", "译 文：“a” — b…", "½ é à", "⁰ ₀ ẁ"] {
            assert_eq!(single_spaced(text), text);
        }
    }

    #[test]
    fn controls_are_spaces_on_one_line() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}a {c}b{c}c ");
            let words: Vec<&str> =
                text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
            assert_eq!(one_line(&text), words.join(" "), "{c:?}");
        }
    }

    #[test]
    fn lines_and_columns() {
        let text = "a\r\n标题x\n\nlast";
        let found: Vec<_> = lines(text).map(|l| (l.number, l.text)).collect();
        assert_eq!(found, [(1, "a"), (2, "标题x"), (3, ""), (4, "last")]);
        let x = u32::try_from(text.find('x').unwrap()).unwrap();
        let at = LineIndex::new(text).locate(text, x);
        assert_eq!((at.line, at.column), (2, 3));
    }
}
