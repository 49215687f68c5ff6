//! What the words of a line tell of it: a link, a field, a day, news in brief, noise.

use super::super::date::{self, When};
use super::super::lexicon::look_up;
use super::super::{link, place, row};
use super::numbers::{without_number, without_part_number};
use super::{Field, label};
use crate::model::Day;
use crate::text::any_three;
use std::borrow::Cow;
use std::ops::Range;

/// The field that a name means.
pub(super) fn field_of(name: &str, columns: &[(String, Field)]) -> Option<Field> {
    row::named(name, columns).or_else(|| look_up(name).map(|meaning| meaning.field))
}

/// The words of a line that is one link and nothing else.
pub(super) fn linked_words(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(')')?;
    let (words, url) = inner.split_once("](")?;
    (!words.contains(['[', ']']) && link::is_web(url) && !url.contains(')')).then_some(words)
}

/// True for a line that is an address, or a link, and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim();
    // Nothing stands beside a link that is as long as the text.
    link::find(text).next().is_some_and(|only| {
        only.range.len() == text.len() && (only.text.is_empty() || link::is_web(only.text)) && link::is_web(only.url)
    })
}

/// The address that a line begins with, and the words behind it.
pub(super) fn leading_address(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with("http") && !text.starts_with("<http") {
        return None;
    }
    let found = link::find(text).next().filter(|found| found.range.start == 0 && found.text.is_empty())?;
    let is_joint = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '—' | '–' | '|' | '·' | ',' | '，');
    Some((found.url, text[found.range.end..].trim_start_matches(is_joint)))
}

/// True if a line holds an address of the web or a page of a notebook.
pub(super) fn holds_link(text: &str) -> bool {
    let may_lead = |a: u8, b: u8, c: u8| ((a == b':') | (a == b'(')) & (b == b'/') & (c == b'/');
    any_three(text.as_bytes(), may_lead) && (text.contains("://") || text.contains("](//"))
}

/// The field that a heading names, if its words are no title that happens to be one word of the lexicon with others.
pub(super) fn field_of_name(text: &str, columns: &[(String, Field)]) -> Option<Field> {
    field_of(text, columns).filter(|field| !matches!(field, Field::Title | Field::Number | Field::Language))
}

/// The day that a heading names, if it says little else.
pub(super) fn day_heading(text: &str, when: Option<When>) -> Option<Day> {
    let text = text.trim_matches(label::is_ornament);
    let (day, range) = date::find(text).or_else(|| date::find_at_start(text, when?))?;
    let rest = text[..range.start].chars().chain(text[range.end..].chars()).filter(|c| c.is_alphanumeric()).count();
    (rest <= 24 && !place::is_update(text)).then_some(day)
}

/// A section's name without links, numbers of entries and ornaments.
pub(in crate::parse) fn section_name(text: &str) -> String {
    let name = link::without_anchors(text);
    let name = without_tags(&name);
    let is_mark = |c: char| label::is_ornament(c) || matches!(c, '*' | '_' | ':' | '：' | '`');
    // `C#` keeps its last sign.
    let name = name.trim_start_matches(|c: char| is_mark(c) || c == '#').trim_end_matches(is_mark);
    let counted = [('(', ')'), ('（', '）'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let at = name.rfind(open).filter(|&at| at > 0)?;
        let inner = name[at..].trim_end_matches(close);
        (name.ends_with(close) && inner.bytes().any(|b| b.is_ascii_digit()) && inner.len() <= 24).then(|| name[..at].trim_end())
    });
    let name = counted.unwrap_or(name).trim();
    // One that is the second section today may be the first tomorrow.
    without_number(name).or_else(|| without_part_number(name)).filter(|words| !words.is_empty()).unwrap_or(name).to_owned()
}

/// The words of a line that is a span of HTML, `<span class="title">…</span>`, or all of another line.
pub(super) fn in_span(text: &str) -> &str {
    let inner = text.strip_prefix("<span").and_then(|rest| rest.strip_suffix("</span>")?.split_once('>'));
    inner.map(|(_, inner)| inner).filter(|inner| !inner.contains("span>")).unwrap_or(text).trim()
}

/// What stands before the running number at the end of a title: `` Title `#3` ``.
pub(super) fn before_running_number(text: &str) -> Option<&str> {
    let (title, number) = text.trim_end().strip_suffix('`')?.rsplit_once("`#")?;
    let counts = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    Some(title.trim_end()).filter(|title| counts && !title.is_empty())
}

/// The places of the tags of HTML in a text.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let begins = |at: usize| bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = memchr::memchr_iter(b'<', &bytes[from..]).map(|at| from + at).find(|&at| begins(at))?;
        from = start + memchr::memchr(b'>', &bytes[start..])? + 1;
        Some(start..from)
    })
}

/// A text without its tags of HTML, such as a picture in front of a name.
pub(super) fn without_tags(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for tag in tags(text) {
        out.push_str(&text[from..tag.start]);
        from = tag.end;
    }
    if from == 0 {
        return text.into();
    }
    out.push_str(&text[from..]);
    out.into()
}

/// Longer titles, in bytes, are about something.
const MAX_NOISE: usize = 60;

/// True for a heading of some of these words, which are folded, and nothing else, signs and numbers left out.
pub(super) fn is_one_of(words: &[&str], heading: &str) -> bool {
    folded(heading).is_some_and(|plain| words.contains(&plain.as_str()))
}

/// The letters of a heading in lower case; none of a long one.
pub(super) fn folded(heading: &str) -> Option<String> {
    let letters = || heading.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    (heading.len() <= MAX_NOISE).then(|| letters().collect())
}

/// True for the name of a text that says in short what a work is or what is new in it, though not that it is its summary.
pub(super) fn is_gist(name: &str) -> bool {
    is_one_of(GISTS, name)
}

/// Names of such texts, folded.
#[rustfmt::skip]
const GISTS: &[&str] = &[
    "核心贡献", "主要贡献", "贡献", "核心创新", "核心创新点", "创新点", "主要创新点", "摘要要点", "核心思想", "核心思路", "核心结论",
    "主要发现", "核心发现", "核心亮点", "它是什么", "是什么", "发生了什么", "どんなもの", "何が新しい",
    "whatsnew", "whatitis", "whatisit", "whathappened", "coreconcept", "thecoreconcept", "coreidea", "keyidea", "mainidea", "keyfinding",
    "keyfindings", "mainfindings", "contribution", "contributions", "keycontribution", "keycontributions", "maincontribution",
    "maincontributions", "bottomline",
];

/// True for headings over news in brief.
pub(super) fn is_brief(heading: &str) -> bool {
    is_one_of(BRIEFS, heading)
}

/// True for the words of a heading over what is to be done about the entries of a day, or learned from them.
pub(super) fn is_advice(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    ADVICE.iter().any(|words| lower.contains(words))
}

/// Words of headings over advice and conclusions, in lower case.
const ADVICE: &[&str] = &[
    "建议",
    "建議",
    "跟进",
    "跟進",
    "待办",
    "行动",
    "行動",
    "洞察",
    "启示",
    "啟示",
    "总结",
    "總結",
    "结论",
    "結論",
    "趋势",
    "趨勢",
    "展望",
    "思考",
    "next step",
    "to do",
    "todo",
    "action",
    "advice",
    "recommendation",
    "takeaway",
    "insight",
    "conclusion",
    "outlook",
    "trend",
];

/// Headings over news in brief, folded.
const BRIEFS: &[&str] = &[
    "其他动态",
    "其它动态",
    "其他新闻",
    "其它新闻",
    "其他资讯",
    "其他消息",
    "其他",
    "其它",
    "快讯",
    "简讯",
    "速览",
    "更多新闻",
    "更多动态",
    "更多资讯",
    "一句话新闻",
    "一句话快讯",
    "othernews",
    "otherstories",
    "other",
    "others",
    "more",
    "morenews",
    "morestories",
    "briefs",
    "newsinbrief",
    "inbrief",
    "brieflynoted",
    "quickhits",
    "quicklinks",
    "quicknews",
    "alsonoted",
    "alsonotable",
    "honorablementions",
    "honourablementions",
    "その他",
    "その他のニュース",
    "기타",
    "기타소식",
];

/// True for headings and items that are about the site and not entries: a way back, a table of contents.
pub(super) fn is_noise(title: &str) -> bool {
    if title.len() > MAX_NOISE || title.bytes().filter(u8::is_ascii_alphanumeric).count() > MAX_NOISE_LETTERS {
        return false;
    }
    let plain: String = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    plain.is_empty()
        || ["tableofcontents", "toc", "目录", "目次", "back", "backtotop", "top", "返回顶部", "contents"]
            .contains(&plain.as_str())
}

/// How many letters the longest of these words has.
const MAX_NOISE_LETTERS: usize = "tableofcontents".len();

/// True for `label: link` where the label is short: a link of the site, not an entry.
pub(super) fn is_short_label(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(48)];
    head.char_indices().find(|(_, c)| matches!(c, ':' | '：')).is_some_and(|(at, c)| {
        let label = text[..at].trim_matches(|c: char| label::is_ornament(c) || matches!(c, '*' | '_'));
        let rest = text[at + c.len_utf8()..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '*' | '：'));
        label.chars().count() <= 16
            && !label.contains('[')
            && (rest.starts_with("http") || rest.starts_with('[') || rest.starts_with('<'))
            && !text[..at].ends_with("http")
            && !text[..at].ends_with("https")
    })
}
