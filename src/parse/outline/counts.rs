//! Numbers that count what readers did: `⭐ 1,234`, `123 points · 45 comments`, `👍 12 | 💬 3`.

use super::label::is_ornament;

/// A number and what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count<'a> {
    /// The name of what is counted.
    pub(super) name: &'static str,
    /// The number as written.
    pub(super) number: &'a str,
    /// True if it says how much readers like a work, and so is its score where nothing else is.
    pub(super) rates: bool,
}

impl Count<'_> {
    /// True for the number of answers, which a link beside it leads to.
    pub(super) fn is_of_comments(&self) -> bool {
        self.name == COMMENTS
    }
}

/// What can be counted.
struct Counted {
    name: &'static str,
    rates: bool,
    /// Signs beside the number.
    signs: &'static [char],
    /// Words beside the number, in lower case.
    words: &'static [&'static str],
}

const COMMENTS: &str = "comments";

/// What numbers count; of words that begin alike the longer ones stand first.
#[rustfmt::skip]
const COUNTED: &[Counted] = &[
    Counted { name: "stars today", rates: false, signs: &[], words: &["stars today", "today", "今日", "/day", "/天", "/日", "/일"] },
    Counted { name: "stars this week", rates: false, signs: &[], words: &["stars this week", "this week", "本周"] },
    Counted { name: "stars this month", rates: false, signs: &[], words: &["stars this month", "this month", "本月"] },
    Counted { name: "stars", rates: true, signs: &['⭐', '★', '🌟', '✰'], words: &["stars", "star"] },
    Counted { name: "points", rates: true, signs: &['📈'], words: &["points", "point", "pts", "分"] },
    Counted { name: "votes", rates: true, signs: &['👍', '🔺', '▲', '⬆', '🔼', '↑', '❤', '♥'], words: &["upvotes", "upvote", "votes", "vote", "likes", "like", "reactions", "reaction", "票", "点赞", "赞"] },
    Counted { name: "heat", rates: true, signs: &['🔥'], words: &[] },
    Counted { name: COMMENTS, rates: false, signs: &['💬', '🗨'], words: &["comments", "comment", "replies", "reply", "条评论", "评论", "评", "条回复", "回复", "コメント", "댓글"] },
    Counted { name: "forks", rates: false, signs: &['🍴', '🔱', '⑂'], words: &["forks", "fork"] },
    Counted { name: "views", rates: false, signs: &['👁', '👀'], words: &["views", "view", "浏览", "阅读"] },
    Counted { name: "reposts", rates: false, signs: &['🔁'], words: &["reposts", "retweets", "转发"] },
    Counted { name: "downloads", rates: false, signs: &['📥'], words: &["downloads", "download", "下载"] },
    Counted { name: "bookmarks", rates: false, signs: &['🔖'], words: &["bookmarks", "收藏"] },
];

/// How long a line of counts may be, in bytes.
const MAX_COUNTS: usize = 240;

/// The counts in a text that holds nothing else; none if anything in it is no count.
pub(super) fn counts(text: &str) -> Vec<Count<'_>> {
    let mut found = Vec::new();
    let mut rest = between(text);
    // Nearly all lines begin with a letter.
    if text.len() > MAX_COUNTS || rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return found;
    }
    while !rest.is_empty() {
        let Some((count, behind)) = count(rest) else { return Vec::new() };
        found.push(count);
        rest = between(behind);
    }
    found
}

/// What stands behind a title and begins with a count, `Title ⭐ 672 · Rust`, and the title without it.
pub(super) fn behind_title(title: &str) -> Option<(&str, &str)> {
    if title.is_ascii() {
        return None;
    }
    let signs = title.char_indices().filter(|(at, c)| *at > 0 && counted_by(*c).is_some() && title[..*at].ends_with(' '));
    let at = signs.map(|(at, _)| at).find(|&at| {
        let first = super::label::segments(&title[at..]).first().copied().unwrap_or("");
        !counts(first).is_empty()
    })?;
    let words = title[..at].trim_end_matches(|c: char| is_ornament(c) || matches!(c, '-' | '–' | '—' | '|'));
    (!words.is_empty()).then(|| (words, &title[at..]))
}

/// A text without what parts counts and sets them off.
fn between(mut text: &str) -> &str {
    loop {
        let rest = text.trim_start_matches(|c: char| c.is_whitespace() || PARTING.contains(&c));
        match rest.strip_prefix("&nbsp;") {
            Some(behind) => text = behind,
            None => return rest,
        }
    }
}

/// Signs that part counts or set them off.
const PARTING: &[char] = &[
    '*', '_', '`', '|', '｜', '·', '•', '∙', '・', ',', '，', '、', ';', '；', '/', '(', ')', '（', '）', '[', ']', '-', '–',
    '—', '\u{fe0f}',
];

/// The count at the start of a text, and what stands behind it.
fn count(text: &str) -> Option<(Count<'_>, &str)> {
    let sign = text.chars().next().and_then(|c| Some((counted_by(c)?, c.len_utf8())));
    let mut rest = sign.map_or(text, |(_, n)| between(&text[n..]));
    let before = named_by(rest).filter(|(_, behind)| number(unsigned(between(behind))).is_some());
    if let Some((_, behind)) = before {
        rest = between(behind);
    }
    let (number, behind) = number(unsigned(rest))?;
    // Stars that show the same number again.
    let behind = behind.trim_start_matches(['*', '`', ' ']).trim_start_matches(['★', '☆']);
    let after = named_by(behind.trim_start());
    let signed_behind =
        || behind.chars().next().filter(|_| sign.is_none()).and_then(|c| Some((counted_by(c)?, &behind[c.len_utf8()..])));
    let (counted, behind) = match (after, before) {
        (Some((counted, behind)), _) => (counted, behind),
        (None, Some((counted, _))) => (counted, behind),
        (None, None) => sign.map(|(counted, _)| (counted, behind)).or_else(signed_behind)?,
    };
    let is_whole = !behind.starts_with(char::is_alphanumeric);
    is_whole.then_some((Count { name: counted.name, number, rates: counted.rates }, behind))
}

/// What a sign counts.
fn counted_by(sign: char) -> Option<&'static Counted> {
    if sign.is_ascii() { None } else { COUNTED.iter().find(|counted| counted.signs.contains(&sign)) }
}

/// What the word at the start of a text counts, and what stands behind it.
fn named_by(text: &str) -> Option<(&'static Counted, &str)> {
    COUNTED.iter().find_map(|counted| {
        let behind = counted.words.iter().find_map(|word| {
            let begins = text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
            begins.then(|| &text[word.len()..]).filter(|behind| !behind.starts_with(|c: char| c.is_ascii_alphabetic()))
        })?;
        Some((counted, behind))
    })
}

/// A number without the sign that says it grew.
fn unsigned(text: &str) -> &str {
    text.strip_prefix('+').unwrap_or(text)
}

/// The number at the start of a text, `1,234`, `1.2k`, `8.5/10`, and what stands behind it.
fn number(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while is_digit(end) || end > 0 && matches!(bytes.get(end), Some(b',' | b'.')) && is_digit(end + 1) {
        end += 1;
    }
    let rest = &text[end..];
    let end = end + UNITS.iter().find(|unit| rest.starts_with(**unit)).map_or(0, |unit| unit.len());
    (1..=16).contains(&end).then(|| text.split_at(end)).filter(|_| is_digit(0))
}

/// What may belong to a number.
const UNITS: &[&str] = &["/100", "/10", "/5", "k", "K", "w", "W", "m", "M", "万"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_counts() {
        let shown = |text: &str| {
            counts(text).iter().map(|count| format!("{} {}", count.number, count.name)).collect::<Vec<_>>().join(", ")
        };
        let table = [
            ("⭐ 1,234", "1,234 stars"),
            ("👍 12 💬 30", "12 votes, 30 comments"),
            ("🔥 566 points", "566 points"),
            ("123 points, 45 comments", "123 points, 45 comments"),
            ("12 分 · 3 评", "12 points, 3 comments"),
            ("2361分 716评论", "2361 points, 716 comments"),
            ("⭐ **39,707** Stars &nbsp;|&nbsp; 📈 今日 **+12,422**", "39,707 stars, 12,422 stars today"),
            ("⭐ **8.0/10** ★★★★☆", "8.0/10 stars"),
            ("⬆️ 404", "404 votes"),
            ("1.2k ⭐", "1.2k stars"),
            ("7 分钟", ""),
            ("🔥 2天", ""),
            ("2024", ""),
            ("★", ""),
            ("3 likeable cats", ""),
            ("⭐ 5 for all", ""),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(behind_title("roe/lamp  ⭐ 672 · Rust"), Some(("roe/lamp", "⭐ 672 · Rust")));
        assert_eq!(behind_title("A ⭐ for 3"), None);
    }
}
