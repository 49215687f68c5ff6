//! Numbers that count entries: in front of a title, or all that stands in the place of one.

use super::label::is_ornament;
use crate::text::trim;

/// Words with a number that only count: `论文一：`, `Paper 3:`, `No. 5`, `第 7 篇`.
const COUNTING: &[&str] = &[
    "论文", "文章", "项目", "新闻", "paper", "project", "article", "story", "news", "topic", "top", "no.", "no", "item", "repo",
    "signal", "第", "#",
];

/// The word of [`COUNTING`] at the start of a text, and what stands behind it.
fn counting(text: &str) -> (Option<&str>, &str) {
    let begins = |word: &&&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let word = COUNTING.iter().find(begins).copied();
    (word, word.map_or(text, |word| text.get(word.len()..).unwrap_or(text).trim_start()))
}

/// True for a title that only counts: `1`, `Paper 2`, `论文 3`, `第4篇`, `第五篇论文`.
pub(super) fn is_running_number(title: &str) -> bool {
    let text = trim(title).trim_matches(|c: char| is_ornament(c) || matches!(c, '*' | '_' | '#' | ':' | '：' | '.'));
    let (word, after) = counting(text);
    let after = after.trim_start_matches('#');
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || word.is_some() && HAN_DIGITS.contains(c));
    let n = after.len() - rest.len();
    let rest = rest.trim_start().trim_start_matches(COUNTERS);
    (1..=12).contains(&n) && (rest.is_empty() || COUNTING.contains(&rest))
}

/// The digits of Han numbers.
const HAN_DIGITS: &str = "一二三四五六七八九十百";

/// What numbers count with.
const COUNTERS: &[char] = &['篇', '条', '个', '名', '則', '则'];

/// True for a heading `1.2 …` below one `1. …`: its number is that of a part, and no day.
pub(super) fn is_part_of(text: &str, above: &str) -> bool {
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (n, n_above) = (number(text), number(above));
    n > 0 && text[..n] == above[..n_above] && text[n..].starts_with('.') && without_number(above).is_some()
}

/// What stands behind the number of a part, `1.2 Name`.
pub(super) fn without_part_number(text: &str) -> Option<&str> {
    let (number, words) = text.split_once(' ')?;
    let (whole, part) = number.trim_end_matches('.').split_once('.')?;
    let counts = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let words = words.trim_start();
    (counts(whole) && counts(part) && words.starts_with(char::is_alphabetic)).then_some(words)
}

/// What stands behind a number that is bold by itself: `**1.** Title`.
pub(super) fn behind_bold_number(text: &str) -> Option<&str> {
    let (mark, rest) = text.strip_prefix("**")?.split_once("**")?;
    let counts = mark.ends_with(['.', '、', ')', '）', ':', '：']) && without_number(mark).is_some_and(str::is_empty);
    counts.then(|| rest.trim_start())
}

/// What stands behind a number that counts, `1.`, `一、`, `Paper 3:`.
pub(super) fn without_number(text: &str) -> Option<&str> {
    let (word, after) = counting(text);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let han: usize =
        if digits == 0 { after.chars().take_while(|c| HAN_DIGITS.contains(*c)).map(char::len_utf8).sum() } else { 0 };
    let n = digits + han;
    // `Project 2025: …` is a name.
    if n == 0 || digits > 4 || digits > 2 && word == Some("project") {
        return None;
    }
    let rest = after[n..].trim_start_matches(COUNTERS);
    // `#1 Title`; longer numbers are those of issues.
    if word == Some("#") && digits <= 2 && rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphanumeric) {
        return Some(rest.trim_start());
    }
    // `01 Title`; and programs that write Markdown protect the dot, `1\. Title`.
    if digits == 2
        && text.starts_with('0')
        && rest.starts_with(' ')
        && rest.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '[')
    {
        return Some(rest.trim_start());
    }
    let rest = rest.strip_prefix('\\').filter(|rest| rest.starts_with(['.', ')'])).unwrap_or(rest);
    let inner = rest.trim_start().strip_prefix(['.', '、', '．', ')', '）', ':', '：', '/', '｜'])?;
    // Without a word only `一、` counts, and not `一、二线`.
    if han > 0 && word.is_none() && (!rest.starts_with('、') || inner.starts_with(|c| HAN_DIGITS.contains(c))) {
        return None;
    }
    let bound = inner.chars().next().is_none_or(|c| {
        !c.is_ascii_digit()
            && (rest.starts_with(['、', '：', '．', '）', '｜'])
                || c.is_whitespace()
                || !c.is_ascii_alphanumeric()
                || word.is_some())
    });
    (bound && (word.is_some() || !rest.starts_with([':', '：']) || digits <= 2)).then(|| inner.trim_start())
}
