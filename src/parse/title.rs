//! What is the title in a title cell, and what is the model's talk about it.
//!
//! The first line with words is the title, freed of labels (`标题：`), heading and bold marks, `《》` and quotes; the rest is
//! the note, unless the line ends midway. A first line that only announces the title (`以下是这段文字的中文翻译：`) goes to the note and the next line is the
//! title. The words are data, in `leads.tsv`.

use super::link;
use crate::model::name;
use crate::text::{classes, is_cjk, is_han, lines, may_be_space, single_spaced, trim};
use memchr::memmem::Finder;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A title cell taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TitleCell {
    /// The title on one line, Markdown; empty if the cell has none.
    pub(super) title: String,
    /// All else that the cell holds; lines as written.
    pub(super) note: String,
    /// A title in another language that a lead-in sentence quotes.
    pub(super) original: Option<String>,
}

struct Leads {
    labels: Vec<&'static str>,
    /// What labels begin with.
    initials: Vec<char>,
    leads: Vec<&'static str>,
    remarks: Vec<&'static str>,
    inline: Vec<&'static str>,
}

static LEADS: LazyLock<Leads> = LazyLock::new(|| {
    let of = |kind: &str| -> Vec<&str> {
        let rows = include_str!("leads.tsv").lines().filter_map(|line| line.split_once('\t'));
        rows.filter(|row| row.0 == kind).map(|row| row.1).collect()
    };
    let labels = of("label");
    let mut initials: Vec<char> = labels.iter().filter_map(|label| label.chars().next()).collect();
    initials.sort_unstable();
    initials.dedup();
    Leads { labels, initials, leads: of("lead"), remarks: of("remark"), inline: of("inline") }
});

/// Signs that a title cell may hold, as bits: one look at its bytes tells what need not be searched for.
type Signs = u8;

/// Words of [`SPEAKS`], by three letters or the first sign of each: `nsl`, `译`, `標`, `标`.
const SPEAKING: Signs = 1;
/// A colon of either width.
const COLON: Signs = 2;
/// What opens a remark.
const OPENING: Signs = 4;
/// White space other than single spaces.
const SPACES: Signs = 8;

fn signs(cell: &str) -> Signs {
    let bit = |holds: bool, sign: Signs| if holds { sign } else { 0 };
    classes(cell.as_bytes(), |a, b, c| {
        // Of signs beyond ASCII the last two bytes, and all three where those are common.
        let speaking = ((a == b'n') & (b == b's') & (c == b'l'))
            | ((b == 0xAF) & (c == 0x91))
            | ((b == 0xA8) & (c == 0x99))
            | ((b == 0xA0) & (c == 0x87));
        let wide = (a == 0xEF) & (b == 0xBC);
        let colon = (a == b':') | (wide & (c == 0x9A));
        let opening = (a == b'(') | (a == b'[') | (wide & (c == 0x88)) | ((b == 0x80) & (c == 0x90));
        bit(speaking, SPEAKING) | bit(colon, COLON) | bit(opening, OPENING) | bit(may_be_space(a, b, c), SPACES)
    })
}

/// Takes a title cell apart.
pub(super) fn split(cell: &str) -> TitleCell {
    let mut found = TitleCell::default();
    let cell = trim(cell);
    let signs = signs(cell);
    let joined = if signs & SPACES != 0 { on_one_line(cell, ends_midway) } else { cell.into() };
    let cell = joined.as_ref();
    let mut rest = "";
    let mut notes: Vec<&str> = Vec::new();
    for line in lines(cell) {
        let opening = opening(line.text, line.end() < cell.len(), signs);
        if let Some(sentence) = opening.lead {
            notes.push(sentence);
            found.original = found.original.or_else(|| quoted_original(sentence));
        }
        let (title, remark) = without_remark(opening.rest, signs);
        found.title = bare(title, signs);
        notes.extend(remark);
        if !found.title.is_empty() {
            rest = trim(&cell[line.end()..]);
            break;
        }
    }
    found.note = notes.join("\n");
    if !rest.is_empty() {
        let gap = if found.note.is_empty() { "" } else { "\n\n" };
        found.note.reserve_exact(gap.len() + rest.len());
        found.note.push_str(gap);
        found.note.push_str(rest);
    }
    if found.title.is_empty() && !found.note.is_empty() {
        rescue(&mut found);
    }
    found
}

/// The text of a title in a record, where scripts fold lines as they like: lines that go on with the next one are joined with it.
pub(super) fn unfolded(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    let together = lines(text).take(MAX_FOLDED + 1).take_while(|line| !line.is_blank());
    let (n, bytes) = together.fold((0, 0), |(n, bytes), line| (n + 1, bytes + line.text.len()));
    // More lines than a title has are an essay, however they are indented.
    let is_title = (2..=MAX_FOLDED).contains(&n) && bytes <= MAX_TITLE;
    on_one_line(text, |line, next| ends_midway(line, next) || is_title && is_folded(line, next))
}

/// A title is written on no more lines than this.
const MAX_FOLDED: usize = 4;

/// A title is no longer than this, in bytes.
const MAX_TITLE: usize = 400;

/// A text whose first lines are joined as far as each `goes_on` with the next one.
fn on_one_line(text: &str, goes_on: impl Fn(&str, &str) -> bool) -> Cow<'_, str> {
    let mut all = lines(text);
    let Some(mut last) = all.next() else { return text.into() };
    let mut joined = String::new();
    for next in all.take(MAX_FOLDED - 1) {
        if next.is_blank() || !goes_on(last.text, next.text) {
            break;
        }
        if joined.is_empty() {
            joined.push_str(last.text.trim_end());
        }
        let words = next.text.trim();
        if !joins_unspaced(&joined, words) {
            joined.push(' ');
        }
        joined.push_str(words);
        last = next;
    }
    if joined.is_empty() {
        return text.into();
    }
    joined.push_str(&text[last.end()..]);
    joined.into()
}

/// True for the halves of a word with a hyphen, and for scripts that set no space between words.
fn joins_unspaced(before: &str, after: &str) -> bool {
    before.ends_with('-') || before.chars().next_back().is_some_and(is_cjk) && after.chars().next().is_some_and(is_cjk)
}

/// Words that no title ends with.
const OPEN_WORDS: &[&str] = &[
    "a", "an", "the", "of", "for", "and", "or", "in", "on", "to", "with", "by", "from", "via", "at", "as", "into", "using",
    "under", "without", "through", "between", "towards", "toward", "against", "across",
];

/// Words that begin no line but one that goes on.
const LINKING_WORDS: &[&str] = &["and", "or", "of", "for", "in", "on", "to", "with"];

/// True for a line that ends in the middle of a title, with a comma, a hyphen, or a word that others have to follow, unless a link does.
fn ends_midway(line: &str, next: &str) -> bool {
    let line = line.trim_end();
    if link::holds_address(next) {
        return false;
    }
    let words = line.strip_suffix('-').unwrap_or(line);
    if words.len() < line.len() {
        return words.ends_with(char::is_alphabetic);
    }
    let last = line.rsplit(' ').next().unwrap_or(line);
    last.len() < line.len() && (line.ends_with(',') || OPEN_WORDS.contains(&last))
}

/// A line that was folded has at least so many characters, where the next one is not indented.
const MIN_FOLDED: usize = 50;

/// True if the line below one of a title looks like its other half: it is indented, or the line before was long and neither is a
/// sentence, a remark, a list of names or an address.
fn is_folded(line: &str, next: &str) -> bool {
    let words = next.trim();
    let is_other = words.starts_with(['-', '*', '#', '>', '|', '（', '【', '(', '[']) && words.contains([':', '：', ' '])
        || words.ends_with(['.', '。', ':', '：', ';'])
        || link::holds_address(words)
        || words.contains(',') && name::looks_like_names(words, false);
    if is_other || line.trim_end().ends_with(['.', '。', ':', '：', ';', '!', '?']) {
        return false;
    }
    let first = words.split(' ').next().unwrap_or(words);
    if LINKING_WORDS.contains(&first) {
        return true;
    }
    let n = line.trim().chars().count();
    let is_alike = !line.chars().chain(words.chars()).any(is_cjk);
    next.starts_with([' ', '\t']) || is_alike && MIN_FOLDED <= n && words.chars().count() <= n
}

/// A cell that announces a title and then ends: the announcement is all there is, so it is the title.
fn rescue(found: &mut TitleCell) {
    let first = found.note.lines().next().unwrap_or("").to_owned();
    found.title = found.original.clone().unwrap_or_else(|| bare(first.trim_end_matches(['：', ':']), SPACES));
}

struct Opening<'a> {
    /// The sentence that announces the title, if it says more than a label.
    lead: Option<&'a str>,
    /// The line after label or announcement.
    rest: &'a str,
}

/// A label is no longer than this, in bytes.
const MAX_LABEL: usize = 40;

/// Cuts a label or an announcement off the start of a line. `more` says that other lines follow.
fn opening(line: &str, more: bool, signs: Signs) -> Opening<'_> {
    let line = trim(line);
    let whole = Opening { lead: None, rest: line };
    let speaks = signs & SPEAKING != 0 && speaks_of_translating(line);
    if let Some(title) = speaks.then(|| inline_title(line)).flatten() {
        return Opening { lead: Some(line), rest: title };
    }
    let plain = line.trim_start_matches(['#', '*', ' ', '_', '-', '>', '【', '[']);
    let head = &plain[..plain.floor_char_boundary(MAX_LABEL + 8)];
    let colon = if signs & COLON != 0 { first_colon(head) } else { None };
    let (before, after) = colon.map_or((plain, ""), |(at, width)| (&plain[..at], &plain[at + width..]));
    if (before.len() < plain.len() || more) && is_label(before) {
        return Opening { lead: None, rest: after.trim_start().trim_start_matches(['*', '_', '】', ']']).trim_start() };
    }
    // A line that ends with a colon, speaks of translating and has lines below it can only announce.
    if more && plain.trim_end_matches('*').ends_with(['：', ':']) && plain.contains('译') {
        return Opening { lead: Some(line), rest: "" };
    }
    // The announcement may hold a colon of its own: `将“A: B”翻译成中文是：“…”`.
    let Some((lead, rest)) = speaks.then(|| announcement(line)).flatten() else { return whole };
    Opening { lead: Some(lead), rest }
}

/// True for the words of a label, in whatever case and whether they end in bold or in brackets.
fn is_label(words: &str) -> bool {
    let word = trim(words).trim_end_matches(['*', '】', ']', '_']);
    let word = trim(word);
    let initial = word.chars().next().and_then(|c| c.to_lowercase().next());
    // Nearly all words are ruled out by the first letter.
    word.len() <= MAX_LABEL
        && initial.is_some_and(|initial| LEADS.initials.contains(&initial))
        && LEADS.labels.contains(&word.to_lowercase().as_str())
}

/// The place of the first colon of either width, and its length in bytes.
pub(super) fn first_colon(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    // `：` is EF BC 9A; other full-width signs share its first byte.
    memchr::memchr2_iter(b':', 0xEF, bytes).find_map(|at| match bytes[at] {
        b':' => Some((at, 1)),
        _ => text[at..].starts_with('：').then_some((at, '：'.len_utf8())),
    })
}

static SPEAKS: LazyLock<[Finder; 4]> = LazyLock::new(|| ["ransl", "译", "標題", "标题"].map(Finder::new));

/// True if a line may announce a title: a look at a few words spares nearly all titles the search for all of them.
fn speaks_of_translating(line: &str) -> bool {
    SPEAKS.iter().any(|word| word.find(line.as_bytes()).is_some())
}

/// The quoted title in a sentence such as `“X”可以翻译为“Y”。`
fn inline_title(line: &str) -> Option<&str> {
    let end = LEADS.inline.iter().filter_map(|words| Some(line.find(words)? + words.len())).max()?;
    let rest = line[end..].trim_start_matches([' ', '*', '：', ':']);
    let open = rest.chars().next()?;
    let close = QUOTES.iter().find(|pair| pair.0 == open)?.1;
    let inner = &rest[open.len_utf8()..];
    inner.find(close).map(|at| &inner[..at])
}

/// Quotation marks in pairs.
const QUOTES: &[(char, char)] = &[('“', '”'), ('"', '"'), ('「', '」'), ('《', '》')];

/// Splits a line at the colon after the words of an announcement.
fn announcement(line: &str) -> Option<(&str, &str)> {
    let lower = line.to_lowercase();
    // Positions in the lower-case copy are positions in the line only if no letter changed its length.
    if lower.len() != line.len() {
        return None;
    }
    let end = LEADS.leads.iter().filter_map(|lead| Some(lower.find(lead)? + lead.len())).min()?;
    let colon = line[..end].ends_with('：').then_some(end - '：'.len_utf8());
    let colon = colon
        .or_else(|| line[end..].find(['：', ':']).filter(|&at| line[end..end + at].chars().count() <= 8).map(|at| end + at))?;
    let width = line[colon..].chars().next().map_or(1, char::len_utf8);
    let (lead, rest) = line.split_at(colon + width);
    let rest = rest.trim_start();
    // `**中文翻译：** 标题`: the bold that ends here began before the colon.
    let rest = if rest.matches("**").count() % 2 == 1 { rest.trim_start_matches('*').trim_start() } else { rest };
    announces(lead).then(|| (lead.trim(), rest))
}

/// True for a sentence that announces a title: it has the words of one, and opens like a sentence about a text.
fn announces(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words = LEADS.leads.iter().any(|lead| lower.contains(lead));
    let opens =
        ["以下", "这", "将", "请", "该", "\"", "“", "《", "下面", "你", "您", "标题", "论文标题", "the ", "here", "中文", "翻译"];
    words
        && (opens.iter().any(|o| lower.starts_with(o)) || sentence.starts_with(|c: char| c.is_ascii_alphabetic()))
        && sentence.ends_with(['：', ':'])
}

/// The longest quoted text of a sentence that is not Chinese.
fn quoted_original(sentence: &str) -> Option<String> {
    let quoted = QUOTES.iter().flat_map(|(open, close)| {
        let parts = sentence.split(*open).skip(1);
        parts.filter_map(|part| Some(part.split_once(*close)?.0.trim()))
    });
    let foreign = quoted.filter(|text| text.chars().count() >= 8 && !text.chars().any(is_han));
    foreign.max_by_key(|text| text.len()).map(str::to_owned)
}

/// How far behind a parenthesis the colon of a remark may stand, in bytes.
const MAX_REMARK_WORD: usize = 48;

/// Cuts a remark in parentheses off the end of a title: `标题（注：…）`, `标题（翻译说明：…`.
fn without_remark(line: &str, signs: Signs) -> (&str, Option<&str>) {
    // Without a colon there is no remark, and without something that opens it.
    if signs & COLON == 0 || signs & OPENING == 0 {
        return (line, None);
    }
    let opens = line.char_indices().filter(|(_, c)| matches!(c, '（' | '(' | '【' | '['));
    for (at, c) in opens {
        let start = at + c.len_utf8();
        let inner = line[start..line.floor_char_boundary(start + MAX_REMARK_WORD)].trim_start_matches(['*', ' ']);
        let Some((word, _)) = inner.split_once(['：', ':']) else { continue };
        let word = word.trim().trim_end_matches('*').to_lowercase();
        if LEADS.remarks.contains(&word.as_str()) {
            return (line[..at].trim_end(), Some(&line[at..]));
        }
    }
    (line, None)
}

/// How many pairs are taken off a title.
const MAX_WRAPS: usize = 6;

/// Pairs that may wrap a whole title. A pair is taken off only if its two ends belong together.
const WRAPS: &[(&str, &str)] = &[
    ("**", "**"),
    ("__", "__"),
    ("《", "》"),
    ("“", "”"),
    ("\"", "\""),
    ("「", "」"),
    ("『", "』"),
    ("‘", "’"),
    ("【", "】"),
    ("*", "*"),
];

/// The first signs of [`WRAPS`].
const WRAP_SIGNS: &[char] = &['*', '_', '《', '“', '"', '「', '『', '‘', '【', '['];

/// A title without heading marks, bold, `《》` and quotes around the whole of it.
fn bare(title: &str, signs: Signs) -> String {
    let mut title = trim(title);
    let hashes = title.len() - title.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && title[hashes..].starts_with([' ', '\u{3000}']) {
        title = trim(&title[hashes..]);
    }
    for _ in 0..MAX_WRAPS {
        // Nearly no title begins with a byte of such a sign.
        if !matches!(title.as_bytes().first(), Some(b'*' | b'_' | b'"' | b'[' | 0xE2 | 0xE3)) || !title.starts_with(WRAP_SIGNS) {
            break;
        }
        let stop = title.strip_suffix('。');
        let inner = WRAPS.iter().find_map(|pair| unwrapped(title, *pair).or_else(|| unwrapped(stop?, *pair)));
        let inner = inner.or_else(|| bracketed(title));
        let Some(inner) = inner else { break };
        title = inner.trim();
    }
    if signs & SPACES != 0 { single_spaced(title) } else { title.to_owned() }
}

fn unwrapped<'a>(title: &'a str, (open, close): (&str, &str)) -> Option<&'a str> {
    let inner = title.strip_prefix(open)?.strip_suffix(close)?;
    let mut depth = 0_i32;
    // The first mark must close at the end and not before: `《A》与《B》` is no wrapped title.
    let mut skip_to = 0;
    for (at, _) in inner.char_indices() {
        let rest = &inner[at..];
        if at < skip_to {
            continue;
        } else if rest.starts_with(close) {
            depth -= 1;
            skip_to = at + close.len();
        } else if rest.starts_with(open) {
            depth += 1;
        }
        if depth < 0 {
            return None;
        }
    }
    (!inner.trim().is_empty()).then_some(inner)
}

/// The inside of square brackets around a whole title, as some write a link; a word in them is a mark.
fn bracketed(title: &str) -> Option<&str> {
    let inner = title.strip_prefix('[')?.strip_suffix(']')?;
    (inner.len() > MAX_MARK && !inner.contains(['[', ']'])).then_some(inner)
}

/// A mark in brackets is no longer than this, in bytes.
const MAX_MARK: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_notes() {
        let table = [
            ("深度万物 3：从任意视角重建视觉空间\n\n（注：x）", "深度万物 3：从任意视角重建视觉空间", "（注：x）"),
            ("标题：TRIM72 的影响", "TRIM72 的影响", ""),
            ("**标题：** TRIM72 的影响", "TRIM72 的影响", ""),
            ("**中文翻译：**\n\n**图世界模型**\n说明一\n说明二", "图世界模型", "说明一\n说明二"),
            ("以下是这段文字的中文翻译：\n\n图世界模型", "图世界模型", "以下是这段文字的中文翻译："),
            ("这段文字翻译成中文是：**“结构基础”**。", "结构基础", "这段文字翻译成中文是：**“结构基础”**。"),
            ("《数字烹饪手册：语言模型》", "数字烹饪手册：语言模型", ""),
            ("[Graph world models]", "Graph world models", ""),
            ("**[Graph world models]**", "Graph world models", ""),
            ("[Retracted]", "[Retracted]", ""),
            ("《A》与《B》", "《A》与《B》", ""),
            ("《21世纪治愈法案》影响下的导航", "《21世纪治愈法案》影响下的导航", ""),
            ("“解释决策”：一项研究", "“解释决策”：一项研究", ""),
            ("## 看见即感受", "看见即感受", ""),
            ("图世界模型（注：采用直译）", "图世界模型", "（注：采用直译）"),
            ("翻译后修饰：组学研究", "翻译后修饰：组学研究", ""),
            ("2.5D U-Net", "2.5D U-Net", ""),
            ("用于**大麻**幼苗的鉴定", "用于**大麻**幼苗的鉴定", ""),
            ("《Rolling Ahead》可以翻译为《滚动前进》。", "滚动前进", "《Rolling Ahead》可以翻译为《滚动前进》。"),
            ("以下是严格遵循学术规范的专业翻译：\n\n空中框架", "空中框架", "以下是严格遵循学术规范的专业翻译："),
            ("学术译文\n\n体内筛选", "体内筛选", ""),
            ("", "", ""),
        ];
        for (cell, title, note) in table {
            let found = split(cell);
            assert_eq!((found.title.as_str(), found.note.as_str()), (title, note), "{cell}");
        }
    }

    #[test]
    fn an_announcement_gives_the_original_title() {
        let found = split("以下是将“A Rate-Distortion Framework for Summarization”翻译成中文的结果：\n\n摘要的率失真框架");
        assert_eq!(found.title, "摘要的率失真框架");
        assert_eq!(found.original.as_deref(), Some("A Rate-Distortion Framework for Summarization"));
    }
}
