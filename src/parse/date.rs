//! Days in texts and paths: `2025-11-14`, `20251114`, `2025/11/14`, `2025年11月14日`, `14-Nov-2025`, `Nov 14, 2025`, `202511/14`,
//! `14.11.2025`.

use crate::model::Day;
use crate::text::any_three;
use chrono::Datelike;
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

/// What is known of the days of a file before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// They are of this year.
    In(i32),
    /// They are about this day: a file of early January may look back to December.
    Near(Day),
}

impl When {
    /// What a path says that names no day: a year, or a month, in whose middle the days are taken to be.
    pub(super) fn of_path(path: &str) -> Option<When> {
        let middle = |first: Day| Day::new(first.year(), first.month(), 15);
        month(path).and_then(middle).map(When::Near).or_else(|| year(path).map(When::In))
    }

    /// The day with this number in a month that fits.
    fn day(self, month: u32, day: u32) -> Option<Day> {
        match self {
            When::In(year) => Day::new(year, month, day),
            When::Near(near) => {
                let years = (near.year() - 1..=near.year() + 1).filter_map(|year| Day::new(year, month, day));
                years.min_by_key(|day| (day.unix() - near.unix()).abs())
            }
        }
    }
}

/// The day in a text that leaves the year out, such as a heading in a file of one year: `11-14`, `11月14日`, `Nov 14`, `14 Nov`.
pub(super) fn find_without_year(text: &str, when: When) -> Option<(Day, Range<usize>)> {
    if !any_three(text.as_bytes(), |a, _, _| a.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(text);
    let with_year = |month: u32, day: u32| when.day(month, day);
    (0..tokens.len()).find_map(|at| {
        let t = &tokens[at..];
        let next = after_separators(t, 1)?;
        let both = match (number(&t[0], 1..=2), month_name(&t[0]), t.get(next)) {
            (Some(month), _, Some(second)) if number(second, 1..=2).is_some() => with_year(month, number(second, 1..=2)?),
            (Some(day), _, Some(second)) if month_name(second).is_some() => with_year(month_name(second)?, day),
            (_, Some(month), Some(second)) => with_year(month, number(second, 1..=2)?),
            _ => None,
        };
        both.zip(t.get(next)).map(|(day, last)| (day, t[0].start..last.start + last.text.len()))
    })
}

/// The day that a heading begins with and that leaves the year out. Words behind `1.2` make it the number of a part, unless the file is of
/// days around that one.
pub(super) fn find_at_start(text: &str, when: When) -> Option<(Day, Range<usize>)> {
    let (day, range) = find_without_year(text, when).filter(|(_, range)| range.start == 0)?;
    let may_be_part = text[range.clone()].contains('.') && n_letters(&text[range.end..]) > 0;
    let is_near = match when {
        When::Near(near) => (day.unix() - near.unix()).abs() <= MONTH,
        When::In(_) => true,
    };
    (!may_be_part || is_near).then_some((day, range))
}

/// The longest month, in seconds.
const MONTH: i64 = 31 * 24 * 60 * 60;

/// The first day of the month that a text names: `2025-11`, `2025/11`, `202511`, `2025年11月`.
pub(super) fn month(text: &str) -> Option<Day> {
    let tokens = tokens(text);
    (0..tokens.len()).rev().find_map(|at| {
        let t = &tokens[at..];
        if let Some(all) = number(&t[0], 6..=6) {
            return day_of(all / 100, all % 100, 1);
        }
        let next = after_separators(t, 1)?;
        let month = t.get(next).and_then(|token| number(token, 1..=2).or_else(|| month_name(token)))?;
        day_of(number(&t[0], 4..=4)?, month, 1)
    })
}

/// The first day in a text that is written in a form of `strftime`, such as `%d-%m-%Y`.
pub(super) fn in_form(text: &str, form: &str) -> Option<Day> {
    let starts = text.char_indices().map(|(at, _)| at).take(REACH);
    let days = starts.filter_map(|at| chrono::NaiveDate::parse_and_remainder(&text[at..], form).ok());
    days.map(|(date, _)| date).find_map(|date| Day::new(date.year(), date.month(), date.day()))
}

/// The first day of a month, where a text names that and nothing else.
pub(super) fn only_month(text: &str) -> Option<Day> {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    month(text).filter(|_| letters <= 14)
}

/// The year that a text names: `2025`, `2025.md`, `archive/2025`.
pub(super) fn year(text: &str) -> Option<i32> {
    let years =
        tokens(text).into_iter().rev().filter_map(|token| number(&token, 4..=4)).filter_map(|year| i32::try_from(year).ok());
    years.into_iter().find(|year| (1990..2100).contains(year))
}

/// `251114` in a path that names the year `2025` elsewhere.
pub(super) fn short(text: &str, year: i32) -> Option<Day> {
    let short = u32::try_from(year % 100).ok()?;
    let numbers = tokens(text).into_iter().filter_map(|token| number(&token, 6..=6));
    numbers.into_iter().find_map(|all| (all / 10_000 == short).then(|| Day::new(year, all / 100 % 100, all % 100)).flatten())
}

/// `251114` at the start or the end of a name, where nothing else says a year. `201112` may be a month as well, and is no day;
/// neither is `010125`, which may begin with a day or with a month, but hardly with the year 2001.
pub(super) fn short_alone(name: &str) -> Option<Day> {
    let all = at_an_end(name, 6)?;
    let is_month = day_of(all / 100, all % 100, 1).is_some();
    let year = i32::try_from(2000 + all / 10_000).ok().filter(|year| (2010..2040).contains(year))?;
    Day::new(year, all / 100 % 100, all % 100).filter(|_| !is_month)
}

/// `1114` at the start or the end of a name, in a folder that names the year, and maybe the month too.
pub(super) fn month_day(name: &str, folders: &str) -> Option<Day> {
    let all = at_an_end(name, 4)?;
    let (month_of_name, day) = (all / 100, all % 100);
    let fits = month(folders).is_none_or(|first| first.month() == month_of_name);
    Day::new(year(folders)?, month_of_name, day).filter(|_| fits)
}

/// `2025_1114` or `2025-1114` in a name. In `cve-2025-1114` it is a part of another number.
pub(super) fn year_and_day(name: &str) -> Option<Day> {
    let tokens = tokens(name);
    let is_numbered = |token: &Token| NUMBERED.iter().any(|word| token.text.eq_ignore_ascii_case(word));
    if tokens.iter().any(is_numbered) {
        return None;
    }
    let continues = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Digits);
    (0..tokens.len()).find_map(|at| {
        let [year, sign, day, ..] = &tokens[at..] else { return None };
        let all = number(day, 4..=4).filter(|_| matches!(sign.text, "_" | "-") && !continues(at + 4))?;
        day_of(number(year, 4..=4)?, all / 100, all % 100)
    })
}

/// Words before numbers that begin with a year and are those of flaws and advisories.
const NUMBERED: &[&str] = &["cve", "cnvd", "cnnvd", "ghsa", "rhsa", "usn", "dsa"];

/// The only number of so many digits that a name begins or ends with. In `2501.00001` and `1-1114` it is a part of another, and in
/// `issue-251114` it is that of something else.
fn at_an_end(name: &str, n_digits: usize) -> Option<u32> {
    let tokens = tokens(name);
    let of_so_many = |token: &&Token| number(token, n_digits..=n_digits).is_some();
    let at = tokens.iter().position(|token| of_so_many(&token))?;
    let digits_beside = |sign: Option<&Token>, beside: Option<&Token>| {
        sign.is_some_and(|sign| matches!(sign.text, "." | "-")) && beside.is_some_and(|token| token.kind == Kind::Digits)
    };
    let before = |n: usize| at.checked_sub(n).and_then(|before| tokens.get(before));
    let is_part = digits_beside(before(1), before(2)) || digits_beside(tokens.get(at + 1), tokens.get(at + 2));
    let is_only = tokens.iter().filter(of_so_many).count() == 1;
    let is_at_end = at == 0 || at + 1 == tokens.len();
    let counts = |token: &Token| ISSUES.iter().chain(COUNTED).any(|word| token.text.eq_ignore_ascii_case(word));
    number(&tokens[at], n_digits..=n_digits).filter(|_| is_only && is_at_end && !is_part && !tokens.iter().any(counts))
}

/// Words beside numbers that are no days, besides those of issues.
const COUNTED: &[&str] = &["pr", "pull", "id", "rfc", "part", "page"];

/// The number of an issue: `第42期`, `issue-42`, `Issue #42`, `vol.42`, `no 42`.
pub(super) fn issue(text: &str) -> Option<u32> {
    let tokens = tokens(text);
    let at = tokens.iter().position(|token| ISSUES.iter().any(|word| token.text.eq_ignore_ascii_case(word)))?;
    let n = tokens[at + 1..].iter().take(4).find_map(|token| number(token, 1..=5))?;
    let counts_days = tokens.iter().any(|token| matches!(token.text, "天" | "周" | "日"));
    (!counts_days).then_some(n)
}

/// Words before the number of an issue.
const ISSUES: &[&str] = &["issue", "vol", "volume", "no", "edition", "第", "期", "nr", "ep", "episode"];

/// True for a text that is a day and nothing else but a time, a weekday or signs.
pub(super) fn is_day(text: &str) -> bool {
    text.len() <= 48
        && find(text).is_some_and(|(_, range)| {
            let around = || text[..range.start].chars().chain(text[range.end..].chars());
            n_letters(&text[..range.start]) + n_letters(&text[range.end..]) <= 4
                && around().filter(char::is_ascii_digit).count() <= 10
        })
}

/// The letters of a text without weekdays and zones of time.
fn n_letters(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !WITH_DAYS.contains(word));
    words.map(|word| word.chars().count()).sum()
}

/// What stands beside a day and a time in the headers of feeds and mails.
const WITH_DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "GMT", "UTC"];

/// How far into a text a day is looked for, in bytes.
const REACH: usize = 512;

/// The first day in a text, and where it stands.
pub(super) fn find(text: &str) -> Option<(Day, Range<usize>)> {
    let bytes = &text.as_bytes()[..text.len().min(REACH + 4)];
    // Every form has a year in it, which begins with 19 or 20.
    let may_be_year = |a: u8, b: u8, c: u8| (((a == b'2') & (b == b'0')) | ((a == b'1') & (b == b'9'))) & c.is_ascii_digit();
    if !any_three(bytes, may_be_year) || bytes.iter().filter(|byte| byte.is_ascii_digit()).count() < MIN_DIGITS {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let (day, used) = PATTERNS.iter().find_map(|pattern| pattern(&tokens[at..]))?;
        let last = tokens[at + used - 1];
        Some((day, tokens[at].start..last.start + last.text.len()))
    })
}

/// A day has a year and at least a week of one digit.
const MIN_DIGITS: usize = 5;

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::with_capacity(16);
    for (start, c) in text.char_indices().take_while(|(at, _)| *at < REACH) {
        let kind = match c {
            '0'..='9' => Kind::Digits,
            'a'..='z' | 'A'..='Z' => Kind::Letters,
            _ if c.is_alphabetic()
                && !matches!(c, '年' | '月' | '日' | '号' | '년' | '월' | '일' | '第' | '期' | '周' | '週') =>
            {
                Kind::Letters
            }
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
const PATTERNS: &[Pattern] = &[
    year_month_day,
    compact,
    compact_month,
    days_of_names,
    day_name_year,
    name_day_year,
    year_name_day,
    day_month_year,
    iso_week,
    week_of_month,
];

/// `2025-11-14`, `2025_11_14`, `2025.11.14`, `2025/11/14`, `2025年11月14日`.
fn year_month_day(t: &[Token]) -> Option<(Day, usize)> {
    let year = number(t.first()?, 4..=4)?;
    let month_at = after_separators(t, 1)?;
    let month = number(t.get(month_at)?, 1..=2)?;
    let next = after_separators(t, month_at + 1)?;
    // `2025/11-November/14`
    let named = t.get(next).and_then(month_name).is_some_and(|named| named == month);
    let day_at = if named { after_separators(t, next + 1)? } else { next };
    let day = number(t.get(day_at)?, 1..=2)?;
    let closes = |at: usize| t.get(at).is_some_and(|x| matches!(x.text, "日" | "号" | "일"));
    let end = if closes(day_at + 1) { day_at + 2 } else { day_at + 1 };
    // `11 月 14 日` has a space before its last mark.
    let end = if t.get(end).is_some_and(|x| x.text == " ") && closes(end + 1) { end + 2 } else { end };
    Some((day_of(year, month, day)?, end))
}

/// `20251114`, and `20251114083000` with a time.
fn compact(t: &[Token]) -> Option<(Day, usize)> {
    let token = t.first()?;
    let (day, time) = (token.text.get(..8)?, token.text.get(8..)?);
    let is_time = || {
        let part =
            |at: usize, limit: u32| time.get(at..at + 2).and_then(|part| part.parse().ok()).is_some_and(|n: u32| n < limit);
        time.len() == 6 && part(0, 24) && part(2, 60) && part(4, 60)
    };
    let all = number(&Token { text: day, ..*token }, 8..=8).filter(|_| time.is_empty() || is_time())?;
    Some((day_of(all / 10_000, all / 100 % 100, all % 100)?, 1))
}

/// `14.11.2025`, and `14-11-2025` or `11/14/2025` where only one of the numbers can be a month. `03-04-2025` is a day that nothing
/// tells, and `1.2.2025.3` a version.
fn day_month_year(t: &[Token]) -> Option<(Day, usize)> {
    let [first, sign, second, same, year, ..] = t else { return None };
    let is_form = matches!(sign.text, "." | "-" | "/" | "_") && sign.text == same.text;
    let (first, second, year) = (number(first, 1..=2)?, number(second, 1..=2)?, number(year, 4..=4)?);
    let goes_on = t.get(5).is_some_and(|next| next.text == sign.text) && t.get(6).is_some_and(|next| next.kind == Kind::Digits);
    let (month, day) = match () {
        () if !is_form || goes_on => return None,
        () if sign.text == "." || first > 12 => (second, first),
        () if second > 12 => (first, second),
        () => return None,
    };
    Some((day_of(year, month, day)?, 5))
}

/// `202511/14`.
fn compact_month(t: &[Token]) -> Option<(Day, usize)> {
    let month = number(t.first()?, 6..=6)?;
    separator(t.get(1)?)?;
    Some((day_of(month / 100, month % 100, number(t.get(2)?, 1..=2)?)?, 3))
}

/// The first day of `Nov 14 - 20, 2025`, `Nov 14 – Dec 2, 2025`, `14 Nov - 2 Dec 2025` and `14–20 Nov 2025`.
fn days_of_names(t: &[Token]) -> Option<(Day, usize)> {
    let (first, behind) = day_and_month(t, 0)?;
    let dash = |at: usize| t.get(at).filter(|token| matches!(token.text, "-" | "–" | "—")).map(|_| at + 1);
    let spaced = |at: usize| if t.get(at).is_some_and(|token| token.text == " ") { at + 1 } else { at };
    let second_at = spaced(dash(spaced(behind))?);
    let (second, end) = day_and_month(t, second_at)?;
    let month = first.0.or(second.0)?;
    let year_at = after_separators(t, end)?;
    let year = number(t.get(year_at)?, 4..=4)?;
    // `3 - 14 Nov 2025` may be a third issue.
    let is_range = first.0.is_some() || behind + 1 == second_at && first.1 < second.1;
    let year = if second.0.is_some_and(|second| second < month) { year - 1 } else { year };
    Some((day_of(year, month, first.1).filter(|_| is_range)?, year_at + 1))
}

/// `Nov 14`, `14 Nov` or `14` at a token: the month, if it is named, and the day; and the index of what stands behind them.
fn day_and_month(t: &[Token], at: usize) -> Option<((Option<u32>, u32), usize)> {
    let spaced = |at: usize| t.get(at).filter(|token| token.text == " ").and_then(|_| t.get(at + 1));
    if let Some(month) = month_name(t.get(at)?) {
        return Some(((Some(month), number(spaced(at + 1)?, 1..=2)?), at + 3));
    }
    let day = number(t.get(at)?, 1..=2)?;
    match spaced(at + 1).and_then(month_name) {
        Some(month) => Some(((Some(month), day), at + 3)),
        None => Some(((None, day), at + 1)),
    }
}

/// `14-Nov-2025`, `14 November 2025`, `14Nov2025`, `14. November 2025`, `14 de noviembre de 2025`.
fn day_name_year(t: &[Token]) -> Option<(Day, usize)> {
    let day = number(t.first()?, 1..=2)?;
    if let Some((month, year)) = t.get(1).and_then(month_name).zip(t.get(2).and_then(|token| number(token, 4..=4))) {
        return Some((day_of(year, month, day)?, 3));
    }
    let ordinal = usize::from(matches!(t.get(1)?.text, "st" | "nd" | "rd" | "th"));
    separator(t.get(1 + ordinal)?)?;
    // A second sign may stand between them: `14. November`.
    let dotted = 1 + ordinal + usize::from(t[1 + ordinal].text == "." && t.get(2 + ordinal).is_some_and(|next| next.text == " "));
    let month_at = after_of(t, dotted + 1);
    let month = month_name(t.get(month_at)?)?;
    let year_at = after_of(t, after_separators(t, month_at + 1)?);
    Some((day_of(number(t.get(year_at)?, 4..=4)?, month, day)?, year_at + 1))
}

/// The index after the `de ` that Romance languages set between the parts of a day, and after the `of ` of English.
fn after_of(t: &[Token], at: usize) -> usize {
    match t.get(at..at + 2) {
        Some([word, space]) if matches!(word.text, "de" | "del" | "of") && space.text == " " => at + 2,
        _ => at,
    }
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

/// `2025-W46`, `2025W46`, `2025年第46周`, `2025 Week 46`: the Monday of that week, ISO 8601.
fn iso_week(t: &[Token]) -> Option<(Day, usize)> {
    let year = number(t.first()?, 4..=4)?;
    let mark = t.iter().take(5).position(|token| matches!(token.text, "W" | "w" | "第" | "Week" | "week" | "KW"))?;
    let between = t[1..mark].iter().all(|token| separator(token).is_some());
    let at = mark + 1 + t.get(mark + 1..)?.iter().take(2).take_while(|token| separator(token).is_some()).count();
    let week = number(t.get(at)?, 1..=2)?;
    let closed =
        t[mark].text != "第" || t.get(at + 1).is_some_and(|token| token.text.starts_with('周') || token.text.starts_with('週'));
    let day = Day::of_week(i32::try_from(year).ok()?, week).filter(|_| between && closed && (1990..2100).contains(&year))?;
    Some((day, if t[mark].text == "第" { at + 2 } else { at + 1 }))
}

/// `2026-09-W3`, the third week of a month: the Monday of the week in which its third seven days begin.
fn week_of_month(t: &[Token]) -> Option<(Day, usize)> {
    let [year, sign, month, same, mark, week, ..] = t else { return None };
    let is_form = matches!(sign.text, "-" | "/" | "_") && separator(same).is_some() && matches!(mark.text, "W" | "w");
    let week = number(week, 1..=1).filter(|week| is_form && (1..=5).contains(week))?;
    let begins = day_of(number(year, 4..=4)?, number(month, 2..=2)?, week * 7 - 6)?;
    let (year, week) = begins.week();
    Some((Day::of_week(year, week)?, 6))
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
    let name = token.text;
    if token.kind != Kind::Letters || name.len() < 3 {
        return None;
    }
    let begins = |month: &&str| month.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let index = MONTHS.iter().position(begins).or_else(|| {
        let is_name = |names: &&str| names.split(' ').any(|month| month.eq_ignore_ascii_case(name));
        OTHER_MONTHS.iter().position(is_name)
    })?;
    u32::try_from(index + 1).ok()
}

/// The names of months in Spanish, French, German, Portuguese, Italian, Russian and Turkish that do not begin like the English ones.
const OTHER_MONTHS: &[&str] = &[
    "enero janvier januar janeiro gennaio января ocak",
    "febrero février fevrier februar fevereiro febbraio февраля şubat",
    "marzo mars märz março марта mart",
    "abril avril aprile апреля nisan",
    "mayo mai maio maggio мая mayıs",
    "junio juin juni junho giugno июня haziran",
    "julio juillet juli julho luglio июля temmuz",
    "agosto août aout августа ağustos",
    "septiembre setiembre septembre setembro settembre сентября eylül",
    "octubre octobre oktober outubro ottobre октября ekim",
    "noviembre novembre novembro ноября kasım",
    "diciembre décembre decembre dezember dezembro dicembre декабря aralık",
];

/// False for a word that is no month and has no day in it, be it set between a day and a year: it has no digits and begins like none.
pub(super) fn may_name_month(word: &str) -> bool {
    let begins = |month: &&str| word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(&month[..3]));
    word.bytes().any(|byte| byte.is_ascii_digit()) || MONTHS.iter().any(begins)
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
            ("hn_14Nov2025", "14Nov2025"),
            ("2025/11-November/14", "2025/11-November/14"),
            ("202511/14.md", "202511/14"),
            ("v1.2.2025.11.14", "2025.11.14"),
            ("20251114_Fri", "20251114"),
            ("2025-11-14T08:30:00Z", "2025-11-14"),
            ("Fri, 14 Nov 2025 08:30:00 GMT", "14 Nov 2025"),
            ("2025-11-14 ~ 2025-11-20", "2025-11-14"),
            ("14.11.2025", "14.11.2025"),
            ("digest-14-11-2025", "14-11-2025"),
            ("11/14/2025 News", "11/14/2025"),
            ("Nov 14 - 20, 2025", "Nov 14 - 20, 2025"),
            ("Nov 14 – Dec 2, 2025", "Nov 14 – Dec 2, 2025"),
            ("14 Nov - 2 Dec 2025", "14 Nov - 2 Dec 2025"),
            ("14–20 Nov 2025", "14–20 Nov 2025"),
            ("14 de noviembre de 2025", "14 de noviembre de 2025"),
            ("le 14 novembre 2025", "14 novembre 2025"),
            ("14. November 2025", "14. November 2025"),
            ("14 ноября 2025", "14 ноября 2025"),
            ("Issue 3 - 14 Nov 2025", "14 Nov 2025"),
            ("arxiv-20251114083000", "20251114083000"),
        ];
        for (text, part) in table {
            let (day, range) = find(text).unwrap_or_else(|| panic!("no day in {text}"));
            assert_eq!((day.to_string().as_str(), &text[range]), ("2025-11-14", part), "{text}");
        }
        for (text, monday) in [
            ("2025-W46", "2025-11-10"),
            ("2025年第46周", "2025-11-10"),
            ("weekly/2026-W01", "2025-12-29"),
            ("2026-09-W3", "2026-09-14"),
        ] {
            assert_eq!(find(text).map(|(day, _)| day.to_string()).as_deref(), Some(monday), "{text}");
        }
        for text in ["11-14", "11月14日", "### Nov 14", "14 Nov (Fri)"] {
            assert_eq!(
                find_without_year(text, When::In(2025)).map(|(day, _)| day.to_string()).as_deref(),
                Some("2025-11-14"),
                "{text}"
            );
        }
        assert_eq!(short("arXiv/2025/251114 Papers", 2025).map(|day| day.to_string()).as_deref(), Some("2025-11-14"));
        assert_eq!(month("2025-11").map(|day| day.to_string()).as_deref(), Some("2025-11-01"));
        assert_eq!((issue("第42期"), issue("issue-7"), issue("第3天")), (Some(42), Some(7), None));
        for text in ["251114", "arxiv_251114", "251114-hn"] {
            assert_eq!(short_alone(text).map(|day| day.to_string()).as_deref(), Some("2025-11-14"), "{text}");
        }
        for text in ["201112", "010125", "251314", "issue-251114", "251114.3", "251114 251115", "a251114b", "12345", "1-251114"] {
            assert_eq!(short_alone(text), None, "{text}");
        }
        for (name, folders) in [("1114", "2025"), ("1114-arxiv", "2025-11"), ("hn_1114", "arxiv/2025/11")] {
            assert_eq!(month_day(name, folders).map(|day| day.to_string()).as_deref(), Some("2025-11-14"), "{name}");
        }
        for (name, folders) in
            [("1114", "2025/10"), ("1114", "arxiv"), ("1114.01234", "2025"), ("0042", "2025"), ("2024", "2025")]
        {
            assert_eq!(month_day(name, folders), None, "{folders}/{name}");
        }
        for name in ["output_2025_1114", "2025-1114"] {
            assert_eq!(year_and_day(name).map(|day| day.to_string()).as_deref(), Some("2025-11-14"), "{name}");
        }
        for name in ["cve-2025-1114", "2025-1114-2", "2025-1314"] {
            assert_eq!(year_and_day(name), None, "{name}");
        }
        for text in ["03-04-2025", "3/4/2025", "31.02.2025", "14.11-2025", "1.2.2025.3", "20251114993000"] {
            assert_eq!(find(text), None, "{text}");
        }
        for text in ["2025-13-14", "11/14", "2511.10648", "12345678", "2025", "10.1101/2025.10", ""] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
