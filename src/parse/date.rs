//! Days in texts and paths: `2025-11-14`, `20251114`, `2025/11/14`, `2025年11月14日`, `14-Nov-2025`, `Nov 14, 2025`, `202511/14`.

use crate::model::Day;
use std::ops::Range;

/// A run of digits, of letters, or one other character.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    Letters,
    Other,
}

/// How far into a text a day is looked for, in bytes.
const REACH: usize = 512;

/// The first day in a text, and where it stands.
pub(super) fn find(text: &str) -> Option<(Day, Range<usize>)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let (day, used) = PATTERNS.iter().find_map(|pattern| pattern(&tokens[at..]))?;
        let last = tokens[at + used - 1];
        Some((day, tokens[at].start..last.start + last.text.len()))
    })
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, c) in text.char_indices().take_while(|(at, _)| *at < REACH) {
        let kind = match c {
            '0'..='9' => Kind::Digits,
            _ if c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '号' | '년' | '월' | '일') => Kind::Letters,
            _ => Kind::Other,
        };
        match tokens.last_mut() {
            Some(last) if last.kind == kind && kind != Kind::Other => last.text = &text[last.start..start + c.len_utf8()],
            _ => tokens.push(Token { text: &text[start..start + c.len_utf8()], start, kind }),
        }
    }
    tokens
}

type Pattern = fn(&[Token]) -> Option<(Day, usize)>;

/// The forms of a day; each gives the day and how many tokens it took.
const PATTERNS: &[Pattern] = &[year_month_day, compact, compact_month, day_name_year, name_day_year, year_name_day];

/// `2025-11-14`, `2025_11_14`, `2025.11.14`, `2025/11/14`, `2025年11月14日`.
fn year_month_day(t: &[Token]) -> Option<(Day, usize)> {
    let year = number(t.first()?, 4..=4)?;
    let month_at = after_separators(t, 1)?;
    let month = number(t.get(month_at)?, 1..=2)?;
    let day_at = after_separators(t, month_at + 1)?;
    let day = number(t.get(day_at)?, 1..=2)?;
    let closes = |at: usize| t.get(at).is_some_and(|x| matches!(x.text, "日" | "号" | "일"));
    let end = if closes(day_at + 1) { day_at + 2 } else { day_at + 1 };
    // `11 月 14 日` has a space before its last mark.
    let end = if t.get(end).is_some_and(|x| x.text == " ") && closes(end + 1) { end + 2 } else { end };
    Some((day_of(year, month, day)?, end))
}

/// `20251114`.
fn compact(t: &[Token]) -> Option<(Day, usize)> {
    let all = number(t.first()?, 8..=8)?;
    Some((day_of(all / 10_000, all / 100 % 100, all % 100)?, 1))
}

/// `202511/14`.
fn compact_month(t: &[Token]) -> Option<(Day, usize)> {
    let month = number(t.first()?, 6..=6)?;
    separator(t.get(1)?)?;
    Some((day_of(month / 100, month % 100, number(t.get(2)?, 1..=2)?)?, 3))
}

/// `14-Nov-2025`, `14 November 2025`.
fn day_name_year(t: &[Token]) -> Option<(Day, usize)> {
    let day = number(t.first()?, 1..=2)?;
    let ordinal = usize::from(matches!(t.get(1)?.text, "st" | "nd" | "rd" | "th"));
    separator(t.get(1 + ordinal)?)?;
    let month = month_name(t.get(2 + ordinal)?)?;
    let year_at = after_separators(t, 3 + ordinal)?;
    Some((day_of(number(t.get(year_at)?, 4..=4)?, month, day)?, year_at + 1))
}

/// `Nov 14, 2025`, `November-14-2025`.
fn name_day_year(t: &[Token]) -> Option<(Day, usize)> {
    let month = month_name(t.first()?)?;
    let day_at = after_separators(t, 1)?;
    let day = number(t.get(day_at)?, 1..=2)?;
    let ordinal = usize::from(matches!(t.get(day_at + 1)?.text, "st" | "nd" | "rd" | "th"));
    let year_at = after_separators(t, day_at + 1 + ordinal)?;
    Some((day_of(number(t.get(year_at)?, 4..=4)?, month, day)?, year_at + 1))
}

/// `2025-Nov-14`.
fn year_name_day(t: &[Token]) -> Option<(Day, usize)> {
    let year = number(t.first()?, 4..=4)?;
    separator(t.get(1)?)?;
    let month = month_name(t.get(2)?)?;
    separator(t.get(3)?)?;
    Some((day_of(year, month, number(t.get(4)?, 1..=2)?)?, 5))
}

fn number(token: &Token, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let fits = token.kind == Kind::Digits && digits.contains(&token.text.len());
    fits.then(|| token.text.parse().ok()).flatten()
}

fn separator(token: &Token) -> Option<()> {
    matches!(token.text, "-" | "_" | "." | "/" | " " | "," | "年" | "月" | "년" | "월" | "–").then_some(())
}

/// The index after one to three separators: `-`, `, `, ` 年 `.
fn after_separators(t: &[Token], at: usize) -> Option<usize> {
    let n = t.get(at..)?.iter().take(3).take_while(|token| separator(token).is_some()).count();
    (n > 0).then_some(at + n)
}

const MONTHS: &[&str] =
    &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

fn month_name(token: &Token) -> Option<u32> {
    let name = token.text.to_ascii_lowercase();
    let named = |month: &&str| name.len() >= 3 && (month.starts_with(&name) || name == "sept" && month.starts_with("sep"));
    let index = MONTHS.iter().position(named)?;
    u32::try_from(index + 1).ok()
}

/// Years before the web had digests are more often a number than a year.
fn day_of(year: u32, month: u32, day: u32) -> Option<Day> {
    let year = i32::try_from(year).ok().filter(|year| (1990..2100).contains(year))?;
    Day::new(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_many_spellings() {
        let table = [
            ("2025-11-14", "2025-11-14"),
            ("arxiv_20251114.md", "20251114"),
            ("2025/11/14/arxiv.md", "2025/11/14"),
            ("papers/2025-11/2025-11-14", "2025-11-14"),
            ("2025年11月14日 论文", "2025年11月14日"),
            ("2025 年 11 月 14 日", "2025 年 11 月 14 日"),
            ("14-Nov-2025", "14-Nov-2025"),
            ("Digest of November 14, 2025", "November 14, 2025"),
            ("Nov 14th, 2025", "Nov 14th, 2025"),
            ("2025-Nov-14", "2025-Nov-14"),
            ("202511/14.md", "202511/14"),
            ("v1.2.2025.11.14", "2025.11.14"),
        ];
        for (text, part) in table {
            let (day, range) = find(text).unwrap_or_else(|| panic!("no day in {text}"));
            assert_eq!((day.to_string().as_str(), &text[range]), ("2025-11-14", part), "{text}");
        }
        for text in ["2025-13-14", "11/14", "2511.10648", "12345678", "2025", "10.1101/2025.10", ""] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
