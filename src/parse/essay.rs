//! A day of prose: a report that lists no works is one entry, so that it is found, starred and subscribed to as others are. Its links stay
//! in its text: none of them is what the report itself is found at.

use super::claim::{Claim, Document};
use super::fields::Draft;
use super::heading::heading;
use super::lexicon::Field;
use super::{framing, link, outline};
use crate::model::WorkId;
use crate::text::is_cjk;
use std::collections::HashSet;

/// The whole of a text as one entry under a title, or under its first heading, if the text is an essay: several sentences, and not those
/// of a script that found nothing or of a manual.
pub(super) fn read(document: &Document, title: Option<&str>) -> Option<Draft> {
    let lines = || document.lines.iter().map(|line| line.text);
    if !is_essay(lines()) || outline::is_manual(document) {
        return None;
    }
    let first = lines().position(|line| !line.trim().is_empty())?;
    let headed = lines().nth(first).and_then(heading).map(|(_, words)| words);
    let mut draft = Draft::default();
    draft.fill(Field::Title, "title", title.or(headed)?);
    let body: Vec<&str> = lines().skip(first + usize::from(headed.is_some())).filter(|line| !framing::is_framing(line)).collect();
    let body = body.join("\n");
    draft.fill(Field::Summary, "summary", body.trim());
    Some(draft)
}

/// True for a claim on one of several sections, which has a link somewhere in its text and in no other way tells of a work.
pub(super) fn is_section(claim: &Claim, document: &Document) -> bool {
    let [one] = claim.listed.as_slice() else { return false };
    let level = |at: usize| document.lines.get(at).and_then(|line| heading(line.text)).map(|(level, _)| level);
    let own = level(one.lines.start);
    let is_named = document.lines.get(one.lines.start).is_some_and(|line| link::holds_address(line.text));
    let is_known = is_named || !one.entry.authors.is_empty() || one.entry.id.as_ref().is_some_and(WorkId::is_registered);
    own.is_some() && !is_known && (0..document.lines.len()).filter(|at| level(*at) == own).nth(1).is_some()
}

/// True for lines with several sentences that are more than a word on why there is nothing, no list of links, and no two the same.
fn is_essay<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut told, mut weight, mut n_nothing) = (HashSet::new(), 0, 0);
    let mut is_code = false;
    for line in lines.map(str::trim) {
        is_code ^= line.starts_with("```");
        let words = line.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '>' | '_' | ' '));
        if is_code || heading(line).is_some() || line.starts_with(['|', '<', '!', '`']) {
            continue;
        }
        if says_nothing(words) {
            n_nothing += 1;
            if told.len() < MIN_LINES {
                return false;
            }
        }
        let in_line = weight_of(words);
        let is_sentence = words.contains(['.', '。', '!', '！', '?', '？', ';', '；']) && !words.starts_with('[');
        if in_line >= MIN_LINE && is_sentence && told.insert(words) {
            weight += in_line;
        }
    }
    told.len() >= MIN_LINES && weight >= MIN_TEXT && n_nothing * 2 < told.len()
}

/// Fewer lines with sentences are a word on the day.
const MIN_LINES: usize = 3;

/// A line that weighs less is a label or a number, see [`weight_of`].
const MIN_LINE: usize = 30;

/// An essay weighs this at least.
const MIN_TEXT: usize = 250;

/// How much a text says: a character of Chinese or Japanese as much as two letters.
fn weight_of(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}

/// True for a line that says that a day has nothing, or that it could not be fetched.
fn says_nothing(line: &str) -> bool {
    let lower = line.to_lowercase();
    NOTHING.iter().any(|words| lower.contains(words)) && weight_of(line) <= MAX_NOTHING
}

/// Longer lines speak of more than the day, see [`weight_of`].
const MAX_NOTHING: usize = 120;

/// Words by which scripts say that they found nothing, in lower case.
const NOTHING: &[&str] = &[
    "今日无",
    "今天没有",
    "今日没有",
    "今日暂无",
    "暂无",
    "无新",
    "没有新",
    "未找到",
    "未发现新",
    "未产出",
    "没有符合",
    "無新",
    "沒有新",
    "no new ",
    "no papers",
    "no articles",
    "no items",
    "no entries",
    "no results",
    "no updates",
    "nothing new",
    "nothing to report",
    "none found",
    "no matching",
    "0 papers",
    "0** papers",
    "0 篇",
    "0篇",
    "新着なし",
    "見つかりません",
    "ありません",
    "없습니다",
    "failed to",
    "失败",
    "error:",
    "exception",
    "timeout",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn essays_and_words_on_nothing() {
        let long = "The lake froze early this year, and those who skate on it were glad of it, as far as one heard.";
        let second = "Nobody had seen the ice so clear before; one could count the stones on the ground from the bank.";
        let third = "By noon the whole village stood on it, and even the baker had closed his shop to come along.";
        let last = "In the evening it began to snow, and the day was over for the year.";
        let wide = "今年湖面早早结冰，来滑冰的人都很高兴，岸边的茶摊也坐满了人。";
        let more =
            "孩子们在雪地里追着跑，直到天黑才回家，老人说从来没有见过这样的冬天，连邻村的人也赶来看热闹，湖边比过节还要热闹。";
        let end = "第二天早上雪停了，路上一个人也没有，只有邮差还在送信，他说今年的信比往年都要多，走得也更慢。";
        let linked = "- [The lake](https://example.org/a) froze early this year, and those who skate were glad of it.";
        let table = [
            (vec![long, second, third, last], true),
            (vec![long, second], false),
            (vec![long; 9], false),
            (vec!["Nothing new was found today.", long, second, third, last], false),
            (vec!["- Stars: 4", "- Forks: 5", "- Issues: 6", "- Papers: 7."], false),
            (vec![wide, more, end, "到了晚上，面包店的老板终于回到店里，发现桌上的面团已经发得比锅还要大，他笑了很久。"], true),
            (vec!["```", long, second, third, last, "```"], false),
            (vec![linked, linked, linked, linked, last], false),
        ];
        for (lines, expected) in table {
            assert_eq!(is_essay(lines.iter().copied()), expected, "{lines:?}");
        }
    }
}
