//! What is the title in a title cell, and what is the model's talk about it.
//!
//! The first line with words is the title, freed of labels (`标题：`), heading and bold marks, `《》` and quotes; the rest is
//! the note. A first line that only announces the title (`以下是这段文字的中文翻译：`) goes to the note and the next line is the
//! title. The words are data, in `leads.tsv`.

use crate::text::{classes, is_han, lines, may_be_space, single_spaced, trim};
use memchr::memmem::Finder;
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
const WRAP_SIGNS: &[char] = &['*', '_', '《', '“', '"', '「', '『', '‘', '【'];

/// A title without heading marks, bold, `《》` and quotes around the whole of it.
fn bare(title: &str, signs: Signs) -> String {
    let mut title = trim(title);
    let hashes = title.len() - title.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && title[hashes..].starts_with([' ', '\u{3000}']) {
        title = trim(&title[hashes..]);
    }
    for _ in 0..MAX_WRAPS {
        // Nearly no title begins with a byte of such a sign.
        if !matches!(title.as_bytes().first(), Some(b'*' | b'_' | b'"' | 0xE2 | 0xE3)) || !title.starts_with(WRAP_SIGNS) {
            break;
        }
        let stop = title.strip_suffix('。');
        let inner = WRAPS.iter().find_map(|pair| unwrapped(title, *pair).or_else(|| unwrapped(stop?, *pair)));
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
