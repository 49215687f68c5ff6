//! The line that names an entry: a heading or the first line of an item, taken apart into title, links and the rest.

use super::super::fields::is_category;
use super::super::lexicon::{Field, look_up_whole};
use super::super::link::{self, Found};
use super::super::title::first_colon;
use super::super::{date, ids};
use super::blocks::BOLD;
use super::counts::behind_title;
use super::label::{behind_keycaps, is_ornament};
use super::numbers::{behind_bold_number, without_number};
use super::phrase::MAX_BADGE;
use super::words::without_tags;
use crate::model::{WorkId, name};
use crate::text::{any_three, is_cjk, trim};
use std::borrow::Cow;

/// A line that names an entry.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Head<'a> {
    /// The title as written, without number and marks; empty if the line has none.
    pub(super) title: String,
    /// The address of the title, where the title is a link.
    pub(super) url: Option<&'a str>,
    /// Further links.
    pub(super) links: Vec<Found<'a>>,
    /// What stands behind the title.
    pub(super) rest: String,
    /// What stood in front of or behind it as a mark: scores, `new`.
    pub(super) marks: Vec<String>,
    /// The name of the page in a notebook, of `[[page|words]]`.
    pub(super) wiki: Option<&'a str>,
    /// How sure it is that this line names an entry.
    pub(super) form: Form,
    /// True if a number stands in front.
    pub(super) numbered: bool,
    /// Where it was found, beside a title: `Sentence. - [Source](…)`, `[Title](…) — *Source* — text`.
    pub(super) source: Option<&'a str>,
    /// The day in front of a title that is set off: `2021-12-20, **Title**`.
    pub(super) day: Option<&'a str>,
    /// The arXiv id or DOI that stands in words beside the title: `[2511.00001] Title`, `Title (arXiv:2511.00001)`.
    pub(super) id: Option<WorkId>,
}

/// How a line names what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Form {
    /// Words.
    #[default]
    Plain,
    /// Bold words.
    Bold,
    /// Words with a link behind them, or in them.
    WithLink,
    /// The words are a link.
    Linked,
}

/// Takes a line apart. In the items of lists words behind the title are its description; a heading is title to its end.
pub(super) fn head<'a>(line: &'a str, is_item: bool) -> Head<'a> {
    let mut head = Head::default();
    let mut text = unmarked(line, &mut head);
    if let Some((day, rest)) = day_before(text) {
        head.day = Some(day);
        text = rest;
    }
    if let Some((note, rest)) = note_before(text) {
        head.marks.push(note.to_owned());
        text = rest;
    }
    if let Some((id, rest)) = ids::before(text) {
        head.id = Some(id);
        text = rest;
    }
    if let Some((wiki, shown, rest)) = link::wiki(text) {
        head.wiki = Some(wiki);
        head.id = head.id.or_else(|| ids::whole(wiki));
        head.title = shown.to_owned();
        head.form = Form::Linked;
        finish_rest(&mut head, rest);
        return head;
    }
    let links: Vec<Found> = link::find(text).filter(|link| link::is_web(link.url) || is_nearby_title(text, link)).collect();
    let bold = bold_start(text);
    let first = links.first().filter(|link| !link.text.is_empty() && !is_link_word(link.text));
    match (first, bold) {
        (Some(first), _) if no_words(&text[..first.range.start]) || badge(&text[..first.range.start]).is_some() => {
            head.marks.extend(badge(&text[..first.range.start]).map(str::to_owned));
            head.url = Some(first.url);
            head.form = Form::Linked;
            let words = unmarked(first.text, &mut head);
            let rest = text[first.range.end..].trim_start_matches(['*', '_']);
            // `[#512](…) **Title**`: the number of an issue is linked and the title stands behind it.
            let behind_number = bold_start(rest.trim_start_matches(is_joint)).filter(|_| is_issue(first.text));
            let rest = behind_number.map_or(rest, |(_, rest)| rest);
            head.links = links[1..].to_vec();
            cut_links(&mut head, rest, text.len() - rest.len());
            match bold_start(words) {
                _ if let Some((title, _)) = behind_number => {
                    head.title = link::without_anchors(title);
                    head.marks.push(first.text.to_owned());
                }
                _ if !head.rest.is_empty() && is_issue(first.text) => {
                    head.title = std::mem::take(&mut head.rest);
                    head.marks.push(first.text.to_owned());
                }
                // `[**Title** <code>host</code>](…)`.
                Some((bold, beside)) if words.starts_with(['*', '_', '<']) => {
                    head.title = bold.to_owned();
                    head.marks.extend(Some(without_tags(beside).trim().to_owned()).filter(|mark| !mark.is_empty()));
                }
                // `[2511.10648](…): Title`: the id is linked and the title stands behind it.
                _ if !head.rest.is_empty() && WorkId::parse(words).is_some_and(|id| id.is_registered()) => {
                    head.title = std::mem::take(&mut head.rest);
                }
                _ => head.title = words.to_owned(),
            }
        }
        (_, Some((inner, rest))) => {
            let inner = unmarked(inner, &mut head);
            head.title = link::without_anchors(inner);
            head.form = if links.is_empty() { Form::Bold } else { Form::WithLink };
            head.links = links;
            cut_links(&mut head, rest, text.len() - rest.len());
            if !is_item && goes_on(rest) {
                let space = if rest.starts_with(char::is_whitespace) { " " } else { "" };
                head.title = [&head.title, space, &std::mem::take(&mut head.rest)].concat();
            } else if !is_item && is_subject(inner, rest, &head.rest) {
                let colon = if rest.trim_start().starts_with(':') { ": " } else { "：" };
                let title = [&head.title, colon, &link::without_anchors(&std::mem::take(&mut head.rest))].concat();
                head.title = unmarked(&title, &mut Head::default()).to_owned();
            }
        }
        (Some(first), None) if is_item && let Some(sentence) = before_source(text, first) => {
            head.url = Some(first.url);
            head.form = Form::WithLink;
            head.source = Some(first.text);
            let (title, rest) = first_sentence(sentence);
            (head.title, head.rest) = (title.to_owned(), rest.to_owned());
        }
        (Some(first), None) if is_item && !is_link_like(first.text) => {
            // A sentence with a link in it: the sentence is the title, and the link is its own.
            head.url = Some(first.url);
            head.form = Form::WithLink;
            let (title, rest) = first_sentence(text);
            head.title = without_links(title, &links, 0);
            head.rest = rest.to_owned();
            head.links = links[1..].to_vec();
        }
        (_, None) if !links.is_empty() => {
            let start = links[0].range.start;
            head.form = Form::WithLink;
            if is_item {
                // The bracket in front of the link goes with its other half, which stands in the rest.
                let before = before_open_bracket(&text[..start]);
                let end = before.trim_end_matches(is_joint).len();
                head.title = text[..end].to_owned();
                head.links = links;
                if head.title.trim().is_empty() {
                    head.title = head.links[0].text.to_owned();
                }
                cut_links(&mut head, &text[end..], end);
            } else {
                head.title = without_link_words(text, &links);
                head.links = links;
            }
        }
        _ if is_item => {
            let (title, rest) = first_sentence(text);
            head.title = title.to_owned();
            head.rest = rest.to_owned();
        }
        _ => head.title = link::without_anchors(text),
    }
    take_scores(&mut head);
    take_id(&mut head);
    head
}

/// The sentence before a dash and the one link of a line, which stands at its end and names in few words where that was found.
fn before_source<'a>(text: &'a str, link: &Found) -> Option<&'a str> {
    let before = text[..link.range.start].trim_end().strip_suffix(['-', '–', '—'])?;
    let sentence = before.trim_end();
    let is_end = link.range.end == text.len() && sentence.len() < before.len();
    let is_name =
        link.text.chars().count() <= MAX_SOURCE && link.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (is_end && is_name && sentence.ends_with(['.', '。', '!', '！', '?', '？', '"', '”'])).then_some(sentence)
}

/// Longer words, in characters, are no name of a source.
const MAX_SOURCE: usize = 40;

/// True for a link to a page nearby that a line begins with.
fn is_nearby_title(text: &str, link: &Found) -> bool {
    let begins = !link.text.is_empty() && !link::is_web(link.url) && no_words(&text[..link.range.start]);
    begins && link::is_page_nearby(link.url) && !is_link_word(link.text)
}

/// Takes an id off the title, at either end, and off the start of what stands behind it.
fn take_id(head: &mut Head) {
    if let Some((id, rest)) = ids::before(&head.title) {
        (head.id, head.title) = (Some(id), rest.to_owned());
    }
    if let Some((id, title)) = ids::behind(&head.title) {
        (head.id, head.title) = (Some(id), title.to_owned());
    }
    // `**Title** (arXiv:2511.00001): …`; an id that nothing parts from what follows begins a sentence.
    if head.rest.starts_with(['(', '[', '（', '【'])
        && let Some((id, rest)) = ids::before(&head.rest)
    {
        (head.id, head.rest) = (Some(id), rest.to_owned());
    }
}

/// A clock time, or a count with a colon, `10:12` or `19601:`, and behind it a title that is bold or linked.
fn note_before(text: &str) -> Option<(&str, &str)> {
    let open = ["**", "`", "["].into_iter().find(|open| text.starts_with(open)).unwrap_or("");
    let inner = &text[open.len()..];
    let end = inner.bytes().position(|b| !b.is_ascii_digit() && !matches!(b, b':' | b',')).filter(|&end| 2 < end)?;
    let (note, rest) = inner.split_at(end);
    let count = note.strip_suffix(':').filter(|count| MIN_COUNT <= count.len() && !count.contains(':'));
    let note = count.or_else(|| Some(note).filter(|note| is_clock(note)))?;
    let close = if open == "[" { "]" } else { open };
    let rest = rest.strip_prefix(close)?;
    let behind = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '|' | '-' | '–' | '—' | '·'));
    (behind.len() < rest.len() && behind.starts_with(['[', '*', '<'])).then_some((note, behind))
}

/// Shorter numbers before a colon, in digits, count what stands in a list.
const MIN_COUNT: usize = 3;

/// True for the time of a day, `10:12`.
pub(super) fn is_clock(text: &str) -> bool {
    let (hours, minutes) = text.split_once(':').unwrap_or(("", ""));
    let is_number = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    (is_number(hours, 1) || is_number(hours, 2)) && minutes.split(':').all(|part| is_number(part, 2))
}

/// True for the number of an issue, `#512`.
fn is_issue(words: &str) -> bool {
    words.strip_prefix('#').is_some_and(|number| (1..=7).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}

/// A day, a sign, and a title that is bold or linked.
fn day_before(text: &str) -> Option<(&str, &str)> {
    let start = text
        .as_bytes()
        .first()
        .filter(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'[' | b'(' | b'`' | 0xE3 | 0xEF))?;
    let (_, range) = date::find(&text[..text.floor_char_boundary(32)])
        .filter(|(_, range)| range.start <= 2 || text[..range.start].chars().all(|c| matches!(c, '【' | '（')))?;
    let rest = text[range.end..].trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '*' | '`' | ']' | ')' | '】' | '）' | ',' | '，' | ':' | '：' | '|' | '-' | '–' | '—' | '·')
    });
    let between = text[range.end..].len() - rest.len();
    // `**` belongs to the title that it opens.
    let opens = text[range.end..][..between].rfind("**").filter(|_| *start != b'*' || between > 4);
    let rest = opens.map_or(rest, |at| &text[range.end + at..]);
    (between > 0 && rest.starts_with(['*', '[', '<'])).then(|| (&text[range], rest))
}

/// True for words that name what a link leads to and not what it is about: `PDF`, `代码`, `link`, `arXiv`.
pub(super) fn is_link_word(words: &str) -> bool {
    let words = words.trim_matches(|c: char| is_ornament(c) || matches!(c, '*' | '`' | '_' | '[' | ']' | '(' | ')'));
    let links = |field| {
        matches!(
            field,
            Field::Pdf
                | Field::Link
                | Field::AbstractLink
                | Field::Html
                | Field::Code
                | Field::Discussion
                | Field::Id
                | Field::Summary
                | Field::Comment
                | Field::Source
        )
    };
    words.chars().count() <= 24 && look_up_whole(words).is_some_and(|meaning| links(meaning.field))
        || words.is_empty()
        || WORK_WORDS.iter().any(|word| words.eq_ignore_ascii_case(word))
        || words.contains("comment") && words.split([' ', ',', '·', '|']).all(is_count)
}

/// Words for the work itself, which as the words of a link lead to it.
const WORK_WORDS: &[&str] = &["paper", "article", "project", "repo", "论文", "文章", "项目", "論文", "논문"];

/// True for a number, or for what numbers of a discussion count.
fn is_count(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
        || matches!(word.trim_end_matches('s'), "comment" | "point" | "vote" | "upvote" | "and" | "with")
}

/// True for the words of a link that only repeat an address.
fn is_link_like(words: &str) -> bool {
    is_link_word(words) || words.contains("://") || words.starts_with("www.")
}

/// The words in bold brackets in front of a linked title: `**[Tools]** `.
fn badge(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("**")?.strip_suffix("**")?;
    let pair = [('[', ']'), ('【', '】')].into_iter();
    let words = pair.filter_map(|(open, close)| inner.strip_prefix(open)?.strip_suffix(close)).next()?;
    (words.chars().count() <= MAX_BADGE && !words.contains(['[', ']', '*'])).then_some(words)
}

fn no_words(text: &str) -> bool {
    text.chars().all(|c| is_ornament(c) || matches!(c, '*' | '_' | '(' | '（' | '《' | '"' | '“' | '「' | '>' | '~'))
}

fn is_joint(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ':' | '：' | '-' | '—' | '–' | '|' | '(' | '（' | '[' | '【' | '·' | '•' | '→' | ',' | '，' | '👉' | '🔗' | '<'
        )
}

/// The bold words at the start of a text, and what follows them.
fn bold_start(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(is_ornament);
    BOLD.into_iter().find_map(|(open, close)| {
        let (inner, rest) = text.strip_prefix(open)?.split_once(close)?;
        (!inner.trim().is_empty()).then_some((inner.trim(), rest))
    })
}

/// True for what stands behind the bold words of a heading if nothing parts it from them: the title is not at its end.
fn goes_on(rest: &str) -> bool {
    rest.trim_start().starts_with(char::is_alphanumeric)
}

/// True for the bold words of a heading that say what the others are about, `**Acme**: opens a factory`: a colon stands between them. What
/// stands behind the title itself is a score, names, or the description of a repository.
fn is_subject(bold: &str, rest: &str, words: &str) -> bool {
    let is_repository = bold.contains('/') && !bold.contains(' ');
    let is_beside = || score(words).is_some() || name::looks_like_names(words, false);
    rest.trim_start().starts_with([':', '：']) && !words.is_empty() && !is_repository && !is_beside()
}

/// What stands before a bracket that is still open where a text ends: `Title (Example News, `, `Title [URL:`.
fn before_open_bracket(text: &str) -> &str {
    let labels_link = |at: &usize| text.as_bytes()[*at] == b'[' && text.ends_with([':', '：']);
    let round = || text.rfind(['(', '（']).filter(|&at| !text[at..].contains([')', '）']));
    let open = text.rfind('[').filter(|at| labels_link(at) && !text[*at..].contains(']')).or_else(round);
    open.map(|at| &text[..at]).filter(|before| before.contains(char::is_alphanumeric)).unwrap_or(text)
}

/// Cuts links named by a mere word out of what stands behind a title, and keeps the rest.
fn cut_links(head: &mut Head, rest: &str, offset: usize) {
    let mut kept = String::new();
    let mut from = 0;
    for link in &head.links {
        let Some(start) = link.range.start.checked_sub(offset).filter(|&start| start >= from) else { continue };
        let end = link.range.end - offset;
        if (link.text.is_empty() || is_link_like(link.text)) && !is_in_sentence(&rest[from..start], &rest[end..]) {
            kept.push_str(without_label(&rest[from..start]));
            from = end;
        }
    }
    kept.push_str(&rest[from..]);
    finish_rest(head, &kept);
}

/// True for a link between the words of a sentence, which would be torn without it: `a mirror of https://example.org. It is …`.
fn is_in_sentence(before: &str, after: &str) -> bool {
    let led = before.strip_suffix(' ').is_some_and(|words| words.ends_with(char::is_lowercase)) || before.ends_with(is_cjk);
    let behind = after.trim_start_matches(['.', ',', ';', '，', '、']);
    led && (behind.strip_prefix(' ').is_some_and(|words| words.starts_with(char::is_alphabetic)) || behind.starts_with(is_cjk))
}

/// A text without the label of the link behind it: `…, Paper: `.
fn without_label(text: &str) -> &str {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || c == '*');
    let Some(label) = end.strip_suffix([':', '：']) else { return text };
    let at = label
        .rfind([',', '，', ';', '|', '.', '。', '(', '（', '['])
        .map_or(0, |at| at + label[at..].chars().next().map_or(1, char::len_utf8));
    let name = label[at..].trim();
    // `[MOBILE:https://…]`: all that stands in a bracket before an address is its label.
    let is_bracketed = || label[..at].ends_with('[') && name.chars().all(char::is_alphanumeric);
    if !name.is_empty() && (is_link_word(name) || look_up_whole(name).is_some() || is_bracketed()) { &text[..at] } else { text }
}

/// Code spans of a word or two are tags, brackets that lost their link are dropped, joints at both ends too.
fn finish_rest(head: &mut Head, rest: &str) {
    let may_be_empty = |a: u8, b: u8, c: u8| {
        ((a == b'*') & (b == b'*') & (c == b'*'))
            | ((a == b'(') & ((b == b')') | (b == b' ')))
            | ((a == b'[') & ((b == b']') | (b == b' ')))
            | ((a == 0xEF) & (b == 0xBC) & (c == 0x88))
    };
    let text = match any_three(rest.as_bytes(), may_be_empty) {
        true => EMPTY.iter().fold(rest.to_owned(), |text, empty| text.replace(empty, "")).into(),
        false => Cow::Borrowed(rest),
    };
    let text = text.trim_start_matches(['*', '_']);
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_joint(c) && !matches!(c, '(' | '（' | '[' | '【' | '<'));
    // The end of the sentence that the title was: `. It took a day`, but not `.NET`.
    let end_of_title = text
        .strip_prefix(['.', '。', ';', '；'])
        .filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.'));
    head.rest = end_of_title.unwrap_or(text).trim_start().to_owned();
}

/// What is left of marks and brackets where nothing is within.
const EMPTY: &[&str] = &["****", "()", "[]", "（）", "( )", "[ ]"];

fn without_links(text: &str, links: &[Found], offset: usize) -> String {
    let mut out = String::new();
    let mut from = 0;
    for link in links {
        let (Some(start), Some(end)) = (link.range.start.checked_sub(offset), link.range.end.checked_sub(offset)) else {
            continue;
        };
        if start < from || end > text.len() {
            continue;
        }
        out.push_str(&text[from..start]);
        out.push_str(if link.text.is_empty() { &text[start..end] } else { link.text });
        from = end;
    }
    out.push_str(&text[from..]);
    out.trim().trim_end_matches(['：', ':', '-', '—']).trim().to_owned()
}

/// A heading without the links that are named by a mere word or by their address.
fn without_link_words(text: &str, links: &[Found]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for link in links {
        let before = &text[from..link.range.start];
        let is_named = !link.text.is_empty() && !is_link_word(link.text);
        // `Title [URL:https://…]`
        let bare = Some(without_label(before)).filter(|bare| !is_named && bare.ends_with('['));
        out.push_str(bare.unwrap_or(before));
        if is_named {
            out.push_str(link.text);
        }
        from = link.range.end;
    }
    out.push_str(&text[from..]);
    let out = out.replace("()", "").replace("[]", "").replace("（）", "");
    out.trim().trim_end_matches(|c: char| is_joint(c) || is_ornament(c)).to_owned()
}

/// How long a title may be where nothing but a full stop ends it, in characters.
const MAX_PLAIN_TITLE: usize = 140;

/// A title that nothing sets off ends with its sentence, if it is long.
fn first_sentence(text: &str) -> (&str, &str) {
    if text.chars().count() <= MAX_PLAIN_TITLE {
        return (text, "");
    }
    let ends = text.char_indices().find(|(at, c)| match c {
        '。' | '！' | '？' | '；' => true,
        // `the U.S. market`
        '.' if is_initial(&text[..*at]) => false,
        '.' | '!' | '?' => text[at + 1..].starts_with(' ') && *at > 20,
        '：' => *at > 12,
        _ => false,
    });
    match ends {
        Some((at, c)) if at + c.len_utf8() < text.len() => {
            let cut = at + c.len_utf8();
            (text[..cut].trim_end_matches(['。', '；', '：', '.']), text[cut..].trim())
        }
        _ => (text, ""),
    }
}

/// True for a text that ends with a capital that stands alone.
fn is_initial(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| matches!(c, '.' | ' '))
}

/// Takes the marks off the front of a line that count or decorate: `1.`, `[001]`, `论文一：`, `[new]`, emoji.
fn unmarked<'a>(line: &'a str, head: &mut Head<'a>) -> &'a str {
    let mut text = trim(line);
    for _ in 0..6 {
        let before = text;
        text = text.trim_start_matches(is_ornament);
        for (open, close) in [('[', ']'), ('【', '】'), ('(', ')'), ('（', '）')] {
            let inner = text.strip_prefix(open).and_then(|inner| inner.split_once(close));
            let Some((mark, rest)) = inner.filter(|(mark, rest)| mark.len() <= 16 && !rest.starts_with('(')) else { continue };
            let mark = mark.trim().trim_start_matches('#');
            let counts = !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit());
            let says_new = says_new(mark);
            if (counts || says_new) && !rest.trim().is_empty() {
                head.numbered |= counts;
                if says_new {
                    head.marks.push(mark.to_owned());
                }
                text = rest.trim_start();
            }
        }
        let rest = without_number(text).or_else(|| behind_keycaps(text)).or_else(|| behind_bold_number(text));
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            head.numbered = true;
            text = rest;
        }
        if text == before {
            break;
        }
    }
    text
}

/// True for the word of a mark that calls an entry new, or says what it is; also with a number.
pub(super) fn says_new(mark: &str) -> bool {
    let lower = mark.trim().to_lowercase();
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = if word.ends_with(' ') { word.trim_end() } else { lower.as_str() };
    NEW.contains(&word)
}

/// Marks that call an entry new, or say how far or of what kind it is.
const NEW: &[&str] = &[
    "new",
    "updated",
    "update",
    "replaced",
    "video",
    "audio",
    "podcast",
    "slides",
    "hot",
    "trending",
    "breaking",
    "新",
    "更新",
    "热",
    "热门",
    "置顶",
    "必读",
    "待翻译",
    "未翻译",
];

/// Takes scores, stars and marks of what is new off the end of a title.
fn take_scores(head: &mut Head) {
    for _ in 0..4 {
        let title = head.title.trim_end();
        let (open, close) = match title.chars().last() {
            Some(')') => ('(', ')'),
            Some('）') => ('（', '）'),
            Some(']') => ('[', ']'),
            Some('】') => ('【', '】'),
            _ => break,
        };
        let Some(at) = title.rfind(open).filter(|&at| at > 0) else { break };
        let inner = title[at + open.len_utf8()..].trim_end_matches(close);
        let is_mark = is_score(inner) || is_category(inner) || (matches!(open, '[' | '【') && says_new(inner));
        if !is_mark {
            break;
        }
        head.marks.push(inner.trim().to_owned());
        head.title = title[..at].trim_end().to_owned();
    }
    // `Title **Breaking**`
    let bold = head.title.strip_suffix("**").and_then(|title| title.rsplit_once(" **"));
    if let Some((title, mark)) = bold.filter(|(_, mark)| says_new(mark)) {
        head.marks.push(mark.to_owned());
        head.title.truncate(title.trim_end().len());
    }
    if let Some((title, behind)) = behind_title(&head.title).filter(|_| head.rest.is_empty()) {
        head.rest = behind.to_owned();
        head.title.truncate(title.len());
    }
    // `Title ⭐ 5`.
    if let Some(at) = head.title.rfind(['⭐', '★', '🌟']).filter(|&at| 0 < at && score(&head.title[at..]).is_some()) {
        head.marks.push(head.title[at..].to_owned());
        head.title.truncate(head.title[..at].trim_end().len());
    }
    let starless = head.title.trim_end_matches(['⭐', '★', '☆', '\u{fe0f}', '🌟', ' ']);
    let are_stars = head.title[starless.len()..].contains(['⭐', '★', '☆', '🌟']);
    if are_stars && !starless.is_empty() {
        head.marks.push(head.title[starless.len()..].trim().to_owned());
        head.title.truncate(starless.len());
    }
}

/// The number in a text that holds nothing else than its unit: `555 分`, `⭐ 5`, `Score: 41`, `8.5/10`. A year is none.
pub(super) fn score(text: &str) -> Option<&str> {
    let bare = text.trim();
    let named =
        first_colon(bare).filter(|(at, _)| look_up_whole(&bare[..*at]).is_some_and(|meaning| meaning.field == Field::Score));
    let value = named.map_or(bare, |(at, width)| &bare[at + width..]);
    let marked = value.trim_matches(|c: char| c.is_whitespace() || SCORE_SIGNS.contains(&c));
    let ends = |unit: &&str| {
        let at = marked.len().checked_sub(unit.len())?;
        Some(at).filter(|&at| marked.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(unit)))
    };
    let number = SCORE_UNITS.iter().find_map(ends).map_or(marked, |at| marked[..at].trim_end());
    let is_digit = |c: char| c.is_ascii_digit();
    let is_number = number.starts_with(is_digit)
        && number.len() <= 12
        && number.trim_end_matches(['k', 'K', 'w', '万']).ends_with(is_digit)
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | 'k' | 'K' | 'w' | '万'))
        && number.split_once('/').is_none_or(|(_, of)| matches!(of, "5" | "10" | "100"))
        && !date::is_day(number);
    let is_year = number.len() == bare.len() && number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    (is_number && !is_year).then_some(number)
}

/// Signs that stand beside scores.
const SCORE_SIGNS: &[char] = &['⭐', '★', '🌟', '👍', '🔥', '🔺', '▲', '↑', '\u{fe0f}'];

/// What scores count, the longer names first.
const SCORE_UNITS: &[&str] = &["points", "point", "pts", "stars", "star", "upvotes", "votes", "vote", "分", "票"];

/// True for a count with its unit: `⭐ 123`, `85分`, `8.5/10`, `123 points`, `Score: 9`.
fn is_score(text: &str) -> bool {
    let text = text.trim();
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    let only_stars = !text.is_empty() && text.chars().all(|c| matches!(c, '⭐' | '★' | '☆' | '\u{fe0f}' | ' '));
    let unit =
        ["⭐", "★", "分", "point", "star", "score", "票", "👍", "🔥", "upvote", "comment", "评分", "/10", "/100", "/5", "↑", "+"];
    let lower = text.to_lowercase();
    // `12,496s/2,955f`: stars and forks.
    let counted = |part: &str| {
        let digits = part.trim_end_matches(['s', 'f', 'k', 'S', 'F', 'K']);
        digits.len() < part.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
    };
    if text.contains('/') && text.split('/').all(counted) {
        return true;
    }
    text.chars().count() <= 32
        && (only_stars || has_digit && unit.iter().any(|unit| lower.contains(unit)) && !text.contains("://"))
}
