//! What the words of a line, or of a part of it, are, told by themselves alone.

use super::super::lexicon::Field;
use super::super::{date, link};
use super::head::says_new;
use super::label::{is_label_like, is_ornament, label};
use super::words::without_tags;
use crate::model::name;
use crate::text::is_cjk;

/// True for the words of a sentence: it has an end, or a comma between many words.
pub(super) fn is_sentence(part: &str) -> bool {
    let ends = || part.ends_with(['.', '!', '?', '…']) && part.split_whitespace().nth(MIN_SENTENCE).is_some();
    part.contains(['。', '！', '？']) || part.chars().count() >= MIN_CLAUSE && part.contains('，') || ends()
}

/// Fewer words that end with a full stop may be names, `Roe J. et al.`
const MIN_SENTENCE: usize = 8;

/// Fewer characters with a comma between them may be names.
const MIN_CLAUSE: usize = 16;

/// True for a text that begins with a link: the words before it say what it leads to.
pub(super) fn names_link(text: &str) -> bool {
    text.starts_with("http") || text.starts_with('[') && text.contains("](")
}

/// True for a label that speaks of an address: `访问链接`, `Project website`.
pub(super) fn names_address(name: &str) -> bool {
    let lower = name.to_lowercase();
    ADDRESSES.iter().any(|word| lower.contains(word))
}

/// What labels of addresses speak of.
const ADDRESSES: &[&str] = &[
    "链接",
    "網址",
    "网址",
    "網站",
    "网站",
    "官网",
    "官網",
    "地址",
    "主页",
    "連結",
    "リンク",
    "サイト",
    "링크",
    "사이트",
    "link",
    "website",
    "homepage",
    "url",
];

/// Names in Han, also of Japan, have fewer characters.
const MIN_REMARK: usize = 7;

/// True for words in Han that a stroke alone parts, or more of them than a name has: in italics below a title they remark on it.
pub(super) fn is_remark(words: &str) -> bool {
    let is_list = words.contains([',', '，', '、', ';', '；', '&']);
    let n = words.chars().count();
    let is_name = n < MIN_REMARK && !words.contains('/');
    !is_list && !is_name && words.chars().any(is_cjk) && n <= MAX_BADGE && !words.ends_with(['。', '！', '？'])
}

/// True for a name with others behind it: `Jane Roe et al.`
pub(super) fn has_others(part: &str) -> bool {
    part.len() <= 120 && part.trim_end_matches(['.', '*', '_']).ends_with(" et al")
}

/// The words of a text that is in italics from end to end.
pub(super) fn in_italics(text: &str) -> Option<&str> {
    let inner = ["*", "_"].iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
    inner.filter(|inner| !inner.starts_with(['*', '_']))
}

/// A part of a line without the marks of bold around the whole of it, `**Category: cs.RO**`.
pub(super) fn without_bold(part: &str) -> &str {
    let inner = part.strip_prefix("**").and_then(|inner| inner.strip_suffix("**"));
    inner.filter(|inner| !inner.contains('*')).unwrap_or(part)
}

/// True if a text is nothing but links and a few signs around them.
pub(super) fn is_links(text: &str) -> bool {
    if !text.contains("](") && !text.contains("://") && !text.contains("<a ") {
        return false;
    }
    let mut rest = text.len();
    let mut words = String::new();
    let mut from = 0;
    for found in link::find(text) {
        words.push_str(&text[from..found.range.start]);
        rest -= found.range.len();
        from = found.range.end;
    }
    words.push_str(&text[from..]);
    rest < text.len() && without_tags(&words).chars().filter(|c| c.is_alphanumeric()).count() <= 3
}

/// True for links to people, `[@jane](…), [@john](…)`, and nothing else.
pub(super) fn is_mentions(text: &str) -> bool {
    is_links(text) && link::find(text).all(|found| found.text.starts_with('@'))
}

/// How long the words of a badge are, behind a sign beside a heading or in brackets before a title, in characters.
pub(super) const MAX_BADGE: usize = 24;

/// True for a sign with a word or two behind it, as it stands beside headings: `🔥 Second day`.
pub(super) fn is_badge(part: &str) -> bool {
    let is_sign = |c: char| is_ornament(c) && !c.is_whitespace() && !matches!(c, '·' | '•');
    part.starts_with(is_sign) && part.chars().count() <= MAX_BADGE && !part.ends_with(['.', '。', '!', '！', '?', '？'])
}

/// A part of a line without a label of no known meaning in italics, `*Engagement:* 6 reactions`.
pub(super) fn behind_label(part: &str) -> &str {
    let halves = part.strip_prefix(['*', '_']).and_then(|inner| inner.split_once([':', '：']));
    halves.filter(|(name, _)| is_label_like(name)).map_or(part, |(_, rest)| rest)
}

/// The links of a line that has nothing else but a note in a code span behind them.
pub(super) fn note_behind_links(text: &str) -> Option<(&str, &str)> {
    let (links, note) = text.strip_suffix('`')?.split_once('`')?;
    (!note.contains('`') && is_links(links)).then_some((links, note))
}

/// What an emoji in front of a text says of it, where the text can be that: `👥 Jane Roe, John Doe`, `🏷 cs.LG`, `📅 2025-11-14`.
pub(super) fn by_emoji(part: &str) -> Option<(Field, &'static str, &str)> {
    let (mark, field, name) = EMOJI.iter().find(|(mark, ..)| part.starts_with(mark))?;
    let text = part[mark.len()..].trim_start_matches(is_ornament);
    let fits = match field {
        Field::Authors => name::looks_like_names(text.trim_end_matches(['.', '…']), true),
        Field::Published => date::is_day(text),
        _ => text.chars().count() <= 80 && !text.contains([':', '：', '。']),
    };
    (fits && !text.is_empty()).then_some((*field, *name, text))
}

/// Emoji that stand for labels.
const EMOJI: &[(&str, Field, &str)] = &[
    ("👥", Field::Authors, "authors"),
    ("👤", Field::Authors, "authors"),
    ("✍", Field::Authors, "authors"),
    ("🏷", Field::Tags, "tags"),
    ("🔖", Field::Tags, "tags"),
    ("📅", Field::Published, "date"),
    ("🗓", Field::Published, "date"),
];

/// Who wrote something, and when: `Posted by … on 2025-06-24`, bold or not.
pub(super) fn byline(line: &str) -> Option<(&str, &str)> {
    let words = line.trim().trim_matches(|c: char| is_ornament(c) || matches!(c, '*' | '_' | '>'));
    let start = ["posted by ", "submitted by ", "written by ", "published by ", "by "];
    let by = start.iter().find(|start| words.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))?;
    let (people, day) = words[by.len()..].rsplit_once([' ', ',', '|', '·'])?;
    let people = people.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·'));
    let people = people.strip_suffix(" on").unwrap_or(people).trim_end();
    (date::is_day(day) && (1..=120).contains(&people.len())).then_some((people, day))
}

/// True for up to three words, or eight signs of a script that does not part words: longer ones are sentences.
pub(super) fn is_term(words: &str) -> bool {
    let n_wide = words.chars().filter(|c| !c.is_ascii()).count();
    words.len() <= 48 && words.split_whitespace().count() <= 3 && n_wide <= 8
}

/// True for words that name people behind a title: several, or one with others.
pub(super) fn is_people(words: &str) -> bool {
    if has_others(words) && !words.contains("](") {
        return true;
    }
    let said = words.contains("et al") || words.contains("et.al") || words.starts_with("by ");
    name::looks_like_names(words.strip_prefix("by ").unwrap_or(words), said)
}

/// Names without the year in brackets behind them, `Roe et al. (2026)`.
pub(super) fn before_year(words: &str) -> &str {
    let year = words.strip_suffix(')').and_then(|words| words.rsplit_once(" ("));
    year.filter(|(_, year)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).map_or(words, |(names, _)| names)
}

/// The source in italics that a text behind a linked title begins with, and what stands behind the dash: `*Example News* — text`.
pub(super) fn source_before(text: &str) -> Option<(&str, &str)> {
    let (source, rest) = text.strip_prefix(['*', '_'])?.split_once(['*', '_'])?;
    let behind = rest.trim_start().strip_prefix(['—', '–'])?.trim_start();
    let is_name =
        source.chars().count() <= MAX_SOURCE && source.starts_with(char::is_uppercase) && !source.ends_with(['.', ':', '!', '?']);
    (is_name && !says_new(source) && !is_people(source) && !behind.is_empty()).then_some((source, behind))
}

/// Longer words, in characters, are no name of a source.
const MAX_SOURCE: usize = 40;

/// What stands in the brackets around the whole of a text, `（来源：小报）`.
pub(super) fn unbracketed(text: &str) -> &str {
    let pairs = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.filter(|inner| !inner.contains(['(', '（', '[', '【'])).map_or(text, str::trim)
}

/// Words without the dashes and commas that part them from what stands before and behind.
pub(super) fn without_joints(part: &str) -> &str {
    part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—' | '–' | ',' | '，' | ':' | '：'))
}

/// True for code spans and nothing else: `` `cs.RO` `cs.AI` ``.
pub(super) fn is_code_spans(text: &str) -> bool {
    text.starts_with('`')
        && text.ends_with('`')
        && text.len() > 2
        && text.split('`').step_by(2).all(|between| between.chars().all(|c| !c.is_alphanumeric()))
}

/// True for words with a `#` each: `#robotics #ice`.
pub(super) fn is_hashtags(text: &str) -> bool {
    let is_tag = |word: &str| word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphabetic));
    !text.is_empty() && text.split_whitespace().all(is_tag)
}

/// True for a picture and nothing else.
pub(super) fn is_image(text: &str) -> bool {
    text.starts_with("![") && text.ends_with(')')
        || text.starts_with("![[") && text.ends_with("]]")
        || text.starts_with("<img") && text.ends_with('>')
}

/// A line without the tags that only lay it out: `<summary>`, `<p>`, `<details>`.
pub(super) fn without_layout(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = TAGS.iter().find_map(|tag| text.strip_prefix(tag)) {
        text = rest.trim_start();
    }
    while let Some(rest) = TAGS.iter().find_map(|tag| text.strip_suffix(tag)) {
        text = rest.trim_end();
    }
    let inner = text.strip_prefix("<summary>").and_then(|inner| inner.strip_suffix("</summary>"));
    // A summary that only says "Details" names nothing.
    match inner {
        Some(inner) if label(text, &[]).is_none_or(|label| label.field == Field::Unknown) && inner.chars().count() <= 24 => "",
        _ => text,
    }
}

/// Tags that lay text out and say nothing.
const TAGS: &[&str] = &[
    "<details>",
    "</details>",
    "<details open>",
    "<p>",
    "</p>",
    "<br>",
    "<br/>",
    "<br />",
    "<small>",
    "</small>",
    "<sub>",
    "</sub>",
    "<div>",
    "</div>",
    "<blockquote>",
    "</blockquote>",
];

/// True for the name of a host, `example.org`: where something was found.
pub(super) fn is_domain(words: &str) -> bool {
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let top = words.rsplit('.').next().unwrap_or("");
    words.contains('.') && words.split('.').all(is_label) && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_lowercase())
}
