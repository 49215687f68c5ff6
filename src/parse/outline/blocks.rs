//! The lines of a Markdown text by what begins on them: headings, items of lists, quotes, code, text.

use super::super::claim::Document;
use super::super::heading::unclosed;
use super::super::ids;
use super::super::lexicon::{Field, Form};
use super::head::is_link_word;
use super::label::{behind_keycaps, is_ornament, label};
use super::words::linked_words;
use crate::model::name;
use crate::text::is_cjk;
use std::collections::HashMap;
use std::ops::Range;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No words.
    Blank,
    /// A heading of level 1–6, or 7 for a line that is bold from end to end.
    Heading(u8),
    /// The first line of a list's item.
    Item {
        /// True if a number stands in front.
        numbered: bool,
    },
    /// Any other words.
    Text,
    /// A line of a block of code.
    Code,
    /// `---`, `***`, or a tag that holds no words.
    Rule,
    /// A row of a pipe table.
    Row,
}

/// A line, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) kind: Kind,
    /// Columns of white space in front.
    pub(super) indent: u16,
    /// The words without the marks in front.
    pub(super) text: &'a str,
}

impl Block<'_> {
    /// The level of a heading.
    pub(super) fn level(&self) -> Option<u8> {
        if let Kind::Heading(level) = self.kind { Some(level) } else { None }
    }
}

/// The lines of a document.
pub(super) fn blocks<'a>(document: &Document<'a>) -> Vec<Block<'a>> {
    let mut fence: Option<Fence> = None;
    let closes_later = last_fences(document);
    let mut blocks: Vec<Block> = Vec::with_capacity(document.lines.len());
    for (i, line) in document.lines.iter().enumerate() {
        let (indent, text) = without_quotes(line.text);
        let mark = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark));
        let (kind, text) = match (fence, mark) {
            (Some(open), Some(mark)) if open.mark == mark && text.trim_end() == mark => {
                fence = None;
                open.line(text)
            }
            (Some(open), _) if !open.is_text => (Kind::Code, code(line.text, text, indent.saturating_sub(open.column))),
            (None, Some(mark)) if closes_later.iter().any(|(fence, last)| *fence == mark && *last > i) => {
                let first = document.lines.get(i + 1).map_or("", |line| line.text);
                let open = Fence { mark, column: indent, is_text: text == mark && is_text_field(first, &document.columns) };
                fence = Some(open);
                open.line(text)
            }
            _ => kind_of(without_break(text)),
        };
        blocks.push(Block { kind, indent, text });
    }
    for i in 1..blocks.len() {
        let underlined = blocks[i - 1].kind == Kind::Text && blocks[i].text.len() >= 3;
        if underlined && blocks[i].kind == Kind::Text && blocks[i].text.bytes().all(|b| b == b'=') {
            blocks[i - 1].kind = Kind::Heading(1);
            blocks[i].kind = Kind::Rule;
        }
    }
    keep_opened(&mut blocks, document.text);
    join_folded(document, &mut blocks);
    lead_mails(&mut blocks);
    let bold: Vec<usize> = (0..blocks.len()).filter(|&at| blocks[at].kind == Kind::Heading(7)).collect();
    take_bold_links(&mut blocks, &bold);
    take_bold_properties(&mut blocks, &bold, &document.columns);
    name_handles(&mut blocks);
    name_bold_lines(&mut blocks);
    blocks
}

/// Sets the headings in blocks to open below all others where these are texts of the entries around them; one alone may hold the whole day.
fn keep_opened(blocks: &mut [Block], text: &str) {
    if memchr::memmem::find(text.as_bytes(), b"<details").is_none() {
        return;
    }
    let opened = opened_texts(blocks);
    if opened.len() < MIN_OPENED {
        return;
    }
    for range in opened {
        blocks[range].iter_mut().filter(|block| block.level().is_some()).for_each(|block| block.kind = Kind::Heading(7));
    }
}

/// Fewer texts to open are not those of entries.
const MIN_OPENED: usize = 2;

/// The blocks to open that are texts of an entry: there are words between the heading above and the block, and its own headings, as a
/// model wrote them, are not below that one.
fn opened_texts(blocks: &[Block]) -> Vec<Range<usize>> {
    let is_heading = |block: &Block| matches!(block.kind, Kind::Heading(1..=6));
    let closes = |block: &Block| block.text.starts_with("</details") || block.text.starts_with("<details");
    let mut found = Vec::new();
    let (mut above, mut has_words) = (None, false);
    let mut at = 0;
    while at < blocks.len() {
        let block = &blocks[at];
        match block.kind {
            Kind::Heading(level @ 1..=6) => (above, has_words) = (Some(level), false),
            Kind::Text | Kind::Item { .. } | Kind::Row => has_words = true,
            _ => {}
        }
        at += 1;
        let Some(level) = above.filter(|_| has_words && block.text.starts_with("<details")) else { continue };
        let Some(end) = blocks[at..].iter().position(closes).map(|end| at + end) else { break };
        if blocks[end].text.starts_with("</") {
            let inner = &blocks[at..end];
            // A heading at its begin is the handle of the block, and one with a link names an entry.
            let is_handle = inner.iter().find(|block| !matches!(block.kind, Kind::Blank | Kind::Rule)).is_some_and(is_heading);
            let is_entry = inner.iter().any(|block| is_heading(block) && block.text.contains("]("));
            if !is_handle && !is_entry && inner.iter().filter_map(Block::level).any(|own| own <= level) {
                found.push(at..end);
            }
            at = end + 1;
        }
    }
    found
}

/// Takes lines that go on with the field above, as the headers of mails are folded, into the line of that field:
///
/// ```text
/// Title: A title that is longer than
///   the line
/// ```
fn join_folded<'a>(document: &Document<'a>, blocks: &mut [Block<'a>]) {
    let mut first = 0;
    for i in 1..blocks.len() {
        let (above, block) = (blocks[i - 1], blocks[i]);
        // A line that went into the one above is blank.
        let goes_on = first + 1 < i && above.text.is_empty() && above.indent > 0;
        first = if goes_on { first } else { i - 1 };
        let may_be =
            block.kind == Kind::Text && block.indent > 0 && blocks[first].kind == Kind::Text && blocks[first].indent == 0;
        if !may_be || MAX_FOLDS < i - first || !is_folded(blocks[first].text, block.text) {
            first = i;
            continue;
        }
        let written = document.text.get(document.lines[first].start..document.lines[i].end()).unwrap_or("");
        // Lines that were made of other ones do not stand in the text as they are.
        let lines = document.lines[first..=i].iter().map(|line| line.text);
        if written.lines().eq(lines) && !document.lines[i].text.contains('>') {
            blocks[first].text = written.trim_end();
            blocks[i] = Block { kind: Kind::Blank, text: "", ..block };
        }
    }
}

/// True for a field that goes on in the next line, which is indented: it is of a kind that can, and ends with a comma or where lines end.
fn is_folded(field: &str, next: &str) -> bool {
    let last = field.rsplit('\n').next().unwrap_or(field);
    if !last.ends_with(',') && last.len() < MIN_FOLDED || !field.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let can_be = |field: Field| matches!(field.form(), Form::Title | Form::Names | Form::Words) || field == Field::Comment;
    let known = label(field, &[]).filter(|label| !label.marked && label.field != Field::Unknown && can_be(label.field));
    let has_field = || label(next, &[]).is_some_and(|label| label.field != Field::Unknown || label.marked);
    let is_sentence = |field: Field| field == Field::Title && next.ends_with('.');
    known.is_some_and(|label| !label.rest.is_empty() && !is_sentence(label.field))
        && !field.chars().chain(next.chars()).any(is_cjk)
        && !next.contains("://")
        && !has_field()
}

/// A field goes on over no more lines: each is weighed with all above it.
const MAX_FOLDS: usize = 64;

/// Shorter lines, in bytes, end because their field does.
const MIN_FOLDED: usize = 40;

/// In the mails of arXiv a work begins with a line `\\`, its id and its date, and its title comes behind them: it is put before them.
fn lead_mails(blocks: &mut [Block]) {
    let begins: Vec<usize> = (0..blocks.len()).filter(|&at| blocks[at].text == MAIL_MARK).collect();
    for at in begins {
        let end = blocks.len().min(at + MAX_MAIL);
        let is_title = |block: &Block| block.text.starts_with("Title: ");
        let title = blocks[at..end].iter().position(is_title).map(|n| at + n);
        let is_field = |block: &Block| {
            block.kind == Kind::Blank || label(block.text, &[]).is_some_and(|label| label.field != Field::Unknown)
        };
        if let Some(title) = title.filter(|&title| blocks[at + 1..title].iter().all(is_field)) {
            blocks[at..=title].rotate_right(1);
        }
    }
}

/// The line between the parts of a mail of arXiv.
const MAIL_MARK: &str = r"\\";

/// True for the line between the header and the abstract in a mail of arXiv.
pub(super) fn is_mail_mark(text: &str) -> bool {
    text == MAIL_MARK
}

/// The title stands no further below such a line, in lines.
const MAX_MAIL: usize = 12;

/// The address in the last line of a work in such a mail, `\\ ( https://arxiv.org/abs/2511.00001 , 12kb)`.
fn mail_address(text: &str) -> Option<&str> {
    let (address, size) = text.strip_prefix(r"\\ ( ")?.split_once(" ,")?;
    (address.starts_with("https://") && size.ends_with(')')).then_some(address)
}

/// A fence that is open.
#[derive(Clone, Copy)]
struct Fence {
    mark: &'static str,
    /// The columns in front of it.
    column: u16,
    /// True if it sets a text off and no code.
    is_text: bool,
}

impl Fence {
    /// What a line is that opens or closes it.
    fn line<'a>(&self, text: &'a str) -> (Kind, &'a str) {
        if self.is_text { (Kind::Blank, "") } else { (Kind::Code, text) }
    }
}

/// True for a line with a label for a text, `Abstract: …`.
fn is_text_field(line: &str, columns: &[(String, Field)]) -> bool {
    let is_text = |field: Field| field != Field::Unknown && field.form() == Form::Text;
    label(line.trim(), columns).is_some_and(|label| is_text(label.field))
}

/// A line without the backslash that breaks it in Markdown.
fn without_break(text: &str) -> &str {
    text.strip_suffix('\\').filter(|rest| !rest.ends_with('\\')).map_or(text, str::trim_end)
}

/// A bold line that is a link and nothing else is no heading where its words only say what they lead to: `**[PDF](…)**`, or the same words
/// with other addresses again and again.
fn take_bold_links(blocks: &mut [Block], bold: &[usize]) {
    let mut seen: HashMap<&str, (&str, bool)> = HashMap::new();
    let linked: Vec<(usize, &str)> = bold.iter().filter_map(|&at| Some((at, linked_words(blocks[at].text)?))).collect();
    for (at, words) in &linked {
        let text = blocks[*at].text;
        let (first, again) = seen.entry(words).or_insert((text, false));
        *again |= *first != text;
    }
    for (at, words) in linked {
        if seen[words].1 || is_link_word(words) {
            blocks[at].kind = Kind::Text;
        }
    }
}

/// A bold line right below a heading is no heading if it says a property of that one: `**Focus: Robotics**`, where lines with the same label
/// stand nowhere but right below headings, or below one who wrote what stands there, `**Jane Roe, John Doe — arXiv:2511.00001**`. One with a
/// field that is no text, `**Relevance: 8.0**`, may stand further below, alone below its heading.
fn take_bold_properties(blocks: &mut [Block], bold: &[usize], columns: &[(String, Field)]) {
    let is_heading = |block: &Block| matches!(block.kind, Kind::Heading(1..=6));
    let is_right_below = |&at: &usize| {
        let above = blocks[..at].iter().rposition(|block| block.kind != Kind::Blank);
        above.is_some_and(|above| is_heading(&blocks[above]))
    };
    let below: Vec<bool> = bold.iter().map(is_right_below).collect();
    let is_only = |i: usize| {
        let next = bold.get(i + 1).copied().unwrap_or(blocks.len());
        next == blocks.len() || blocks[bold[i]..next].iter().any(is_heading)
    };
    // For each label how many lines have it, and how many of these stand right below a heading.
    let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
    let (mut n_people, mut n_with_id) = (0, 0);
    for (&at, below) in bold.iter().zip(&below) {
        let text = blocks[at].text;
        if let Some(name) = property_name(text, columns) {
            let (n, n_below) = seen.entry(name).or_default();
            *n += 1;
            *n_below += usize::from(*below);
        }
        n_with_id += usize::from(*below && ids::behind_names(text).is_some());
        n_people += usize::from(*below && is_people(text));
    }
    let is_property = |i: usize| {
        let text = blocks[bold[i]].text;
        let is_shared = |name: &str| seen[name].0 > 1 && seen[name].0 == seen[name].1;
        // One who wrote something alone is known by the others.
        let by_others = n_with_id < n_people * 2 && ids::behind_names(text).is_some();
        property_name(text, columns).is_some_and(is_shared) || (by_others || is_people(text)) && is_only(i)
    };
    let is_under = |i: usize| {
        let from = i.checked_sub(1).map_or(0, |before| bold[before]);
        blocks[from..bold[i]].iter().any(is_heading) && is_only(i)
    };
    let is_field = |i: usize| is_short_field(blocks[bold[i]].text, columns) && is_under(i);
    let properties: Vec<usize> =
        (0..bold.len()).filter(|&i| below[i] && is_property(i) || is_field(i)).map(|i| bold[i]).collect();
    properties.into_iter().for_each(|at| blocks[at].kind = Kind::Text);
}

/// The name of the label before a text.
fn property_name<'a>(text: &'a str, columns: &[(String, Field)]) -> Option<&'a str> {
    label(text, columns).filter(|label| !label.rest.is_empty()).map(|label| label.name)
}

/// True for a label of a field that is neither a title nor a text, and what it says: `Relevance: 8.0`.
fn is_short_field(text: &str, columns: &[(String, Field)]) -> bool {
    let is_short =
        |field: Field| !matches!(field, Field::Unknown | Field::Title | Field::OriginalTitle) && field.form() != Form::Text;
    label(text, columns).is_some_and(|label| !label.rest.is_empty() && is_short(label.field))
}

/// True for several names and nothing else but an id.
fn is_people(text: &str) -> bool {
    name::looks_like_names(ids::behind_names(text).map_or(text, |(_, names)| names), false)
}

/// Bold lines with an emoji in front are headings too in texts without others below the first level: there they name entries, while
/// below a heading they part its story.
fn name_bold_lines(blocks: &mut [Block]) {
    if blocks.iter().any(|block| block.level().is_some_and(|level| (2..7).contains(&level))) {
        return;
    }
    for block in blocks.iter_mut().filter(|block| block.kind == Kind::Text && !block.text.is_ascii()) {
        let words = block.text.trim_start_matches(is_ornament);
        if let Some((kind, text)) = bold_heading(words).filter(|_| words.len() < block.text.len() && !words.contains("](")) {
            *block = Block { kind, text, ..*block };
        }
    }
}

/// Handles of blocks to open are headings too where they name entries: most of them say something of their own, no field, and no
/// heading stands over each.
fn name_handles(blocks: &mut [Block]) {
    let handles: Vec<(usize, &str)> = blocks.iter().enumerate().filter_map(|(at, block)| Some((at, handle(block)?))).collect();
    let mut n_same: HashMap<&str, usize> = HashMap::new();
    handles.iter().for_each(|(_, words)| *n_same.entry(words).or_default() += 1);
    let is_headed =
        |pair: &[(usize, &str)]| blocks[pair[0].0..pair[1].0].iter().any(|block| matches!(block.kind, Kind::Heading(_)));
    let n_headed = handles.windows(2).filter(|pair| is_headed(pair)).count();
    let is_own = |(at, words): &(usize, &str)| {
        n_same[words] == 1 && label(blocks[*at].text, &[]).is_none_or(|label| label.field == Field::Unknown)
    };
    let own: Vec<(usize, &str)> = handles.iter().copied().filter(is_own).collect();
    if own.len() < 2 || own.len() * 2 <= handles.len() || n_headed * 2 >= handles.len() {
        return;
    }
    for (at, text) in own {
        blocks[at] = Block { kind: Kind::Heading(7), text, ..blocks[at] };
    }
}

/// The words of a line that is the handle of a block to open and not yet a heading.
fn handle<'a>(block: &Block<'a>) -> Option<&'a str> {
    let text = Some(block).filter(|block| block.kind == Kind::Text)?.text;
    let words = summary_words(text)?;
    let inner = BOLD.into_iter().find_map(|(open, close)| words.strip_prefix(open)?.strip_suffix(close));
    Some(inner.unwrap_or(words)).filter(|words| !words.is_empty())
}

/// For each sort of fence its last closing line: a fence that nothing closes is a line like any other.
fn last_fences(document: &Document) -> [(&'static str, usize); 2] {
    ["```", "~~~"].map(|mark| {
        let last = document.lines.iter().rposition(|line| line.text.trim() == mark);
        (mark, last.unwrap_or(0))
    })
}

/// The columns in front of a line's words, and the words without the marks of quotes.
fn without_quotes(line: &str) -> (u16, &str) {
    let mut rest = line;
    let mut indent = indent_of(rest);
    rest = rest.trim_start();
    while let Some(inner) = rest.strip_prefix('>') {
        indent = indent.saturating_add(1 + indent_of(inner.strip_prefix(' ').unwrap_or(inner)));
        rest = inner.trim_start();
    }
    (indent, rest.trim_end())
}

/// A line of code with its marks, and with the white space that stands right of the fence, in columns.
fn code<'a>(line: &'a str, words: &'a str, columns: u16) -> &'a str {
    let line = line.trim_end();
    let start = line.len() - words.len();
    let space = line[..start].char_indices().rev().take(usize::from(columns)).take_while(|(_, c)| *c != '>' && c.is_whitespace());
    &line[space.last().map_or(start, |(at, _)| at)..]
}

fn indent_of(line: &str) -> u16 {
    let columns: usize = line
        .chars()
        .take(200)
        .map_while(|c| match c {
            ' ' => Some(1),
            '\t' => Some(4),
            '\u{3000}' => Some(2),
            _ => None,
        })
        .sum();
    u16::try_from(columns).unwrap_or(u16::MAX)
}

fn kind_of(text: &str) -> (Kind, &str) {
    let Some(&first) = text.as_bytes().first() else { return (Kind::Blank, "") };
    match first {
        b'#' => heading(text).unwrap_or((Kind::Text, text)),
        b'|' => (Kind::Row, text),
        b'<' if is_bare_tag(text) => (Kind::Rule, text),
        b'<' => summary(text).or_else(|| bold_heading(text)).unwrap_or((Kind::Text, text)),
        b'-' | b'*' | b'_' | b'=' if is_rule(text) => (Kind::Rule, text),
        b'-' | b'*' | b'+' => bullet(text, 1).or_else(|| bold_heading(text)).unwrap_or((Kind::Text, text)),
        b'_' => bold_heading(text).unwrap_or((Kind::Text, text)),
        b'\\' if text == MAIL_MARK => (Kind::Rule, text),
        b'\\' => (Kind::Text, mail_address(text).unwrap_or(text)),
        b'[' if text.starts_with("[!") => callout(text).unwrap_or((Kind::Text, text)),
        b'[' if text.starts_with("[^") => footnote(text).unwrap_or((Kind::Text, text)),
        b'0'..=b'9' | b'(' => numbered(text).unwrap_or((Kind::Text, text)),
        b if b < 0x80 => (Kind::Text, text),
        _ => wide_mark(text),
    }
}

fn heading(text: &str) -> Option<(Kind, &str)> {
    let level = text.bytes().take_while(|&b| b == b'#').count();
    let rest = &text[level..];
    let inner = unclosed(rest);
    let is_heading = (1..=6).contains(&level) && rest.starts_with([' ', '\t', '\u{3000}', '\u{a0}']) && !inner.is_empty();
    is_heading.then_some((Kind::Heading(u8::try_from(level).unwrap_or(6)), inner))
}

/// `***`, `- - -`: three or more of one sign and nothing else.
fn is_rule(text: &str) -> bool {
    let first = text.as_bytes()[0];
    text.bytes().all(|b| b == first || b == b' ') && text.bytes().filter(|&b| b == first).count() >= 3 && first != b'='
}

/// A bullet is followed by a space; a star or a dash alone is one with nothing behind it.
fn bullet(text: &str, width: usize) -> Option<(Kind, &str)> {
    let rest = &text[width..];
    let spaced = rest.starts_with([' ', '\t', '\u{3000}']) || rest.is_empty();
    // `- [ ] ` and `- [x] ` are boxes to tick.
    let inner = rest.trim_start();
    let inner = ["[ ] ", "[x] ", "[X] "].iter().find_map(|tick| inner.strip_prefix(tick)).unwrap_or(inner);
    // `- ### Papers`, as outliners write headings; `# of stars` are words.
    if spaced
        && inner.starts_with("##")
        && let Some(heading) = heading(inner)
    {
        return Some(heading);
    }
    spaced.then_some((Kind::Item { numbered: false }, inner))
}

/// `1. `, `1)`, `1、`, `(1) `: at most four digits; `1️⃣`.
fn numbered(text: &str) -> Option<(Kind, &str)> {
    if let Some(inner) = behind_keycaps(text) {
        return Some((Kind::Item { numbered: true }, inner));
    }
    let open = usize::from(text.starts_with('('));
    let digits = text[open..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[open + digits..];
    let inner = if open == 1 {
        rest.strip_prefix(')')?
    } else if let Some(inner) = rest.strip_prefix(['、', '．']) {
        inner
    } else {
        let inner = rest.strip_prefix(['.', ')'])?;
        // `2.5D` and `3.x` are words.
        let bound = inner.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.');
        Some(inner).filter(|_| bound)?
    };
    (1..=4).contains(&digits).then(|| (Kind::Item { numbered: true }, inner.trim_start()))
}

/// `[^1]: `, the text of a footnote, is an item with a number.
fn footnote(text: &str) -> Option<(Kind, &str)> {
    let (name, rest) = text.strip_prefix("[^")?.split_once("]:")?;
    let is_name = (1..=12).contains(&name.len()) && !name.contains(char::is_whitespace);
    is_name.then(|| (Kind::Item { numbered: true }, rest.trim_start()))
}

/// `> [!abstract] [Title](…)`: the first line of a callout of a notebook is a heading if it is linked.
fn callout(text: &str) -> Option<(Kind, &str)> {
    let (name, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let words = rest.trim_start_matches(['+', '-']).trim_start();
    let is_name = (1..=24).contains(&name.len()) && name.chars().all(|c| c.is_alphanumeric() || c == '-');
    (is_name && words.starts_with('[') && words.contains("](")).then_some((Kind::Heading(7), words))
}

/// Signs that stand for bullets where Markdown has none, and circled numbers.
const WIDE_BULLETS: &[char] =
    &['•', '·', '●', '○', '◦', '▪', '▫', '■', '◆', '◇', '▶', '►', '➤', '➜', '🔹', '🔸', '‣', '–', '—', '－'];

fn wide_mark(text: &str) -> (Kind, &str) {
    let first = text.chars().next().unwrap_or(' ');
    let rest = &text[first.len_utf8()..];
    if WIDE_BULLETS.contains(&first) && rest.starts_with([' ', '\t', '\u{3000}', '\u{fe0f}']) {
        return (Kind::Item { numbered: false }, rest.trim_start_matches('\u{fe0f}').trim_start());
    }
    if matches!(first, '①'..='⑳' | '🔟') {
        return (Kind::Item { numbered: true }, rest.trim_start());
    }
    (Kind::Text, text)
}

/// Pairs of marks of bold words.
pub(super) const BOLD: [(&str, &str); 4] = [("**", "**"), ("__", "__"), ("<strong>", "</strong>"), ("<b>", "</b>")];

/// A line that is bold from end to end stands as a heading below all others.
fn bold_heading(text: &str) -> Option<(Kind, &str)> {
    let (open, close) = BOLD.into_iter().find(|(open, _)| text.starts_with(open))?;
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    let whole = !inner.contains(close) && !inner.trim().is_empty() && !inner.ends_with([':', '：']);
    whole.then_some((Kind::Heading(7), inner.trim()))
}

/// The line that names a block to open, `<summary><h2>…</h2></summary>`, is a heading if it is set as one or names an entry:
/// bold or linked words.
fn summary(text: &str) -> Option<(Kind, &str)> {
    let inner = summary_words(text)?;
    for (open, close, level) in [("<h1>", "</h1>", 1), ("<h2>", "</h2>", 2), ("<h3>", "</h3>", 3), ("<h4>", "</h4>", 4)] {
        if let Some(words) = inner.strip_prefix(open).and_then(|inner| inner.strip_suffix(close)) {
            return Some((Kind::Heading(level), words.trim()));
        }
    }
    let bold = [("<b>", "</b>"), ("<strong>", "</strong>")];
    let whole = bold.iter().find_map(|(open, close)| inner.strip_prefix(open)?.strip_suffix(close));
    let names = inner.len() > 24 && (inner.contains("](") || inner.starts_with("<strong>") || inner.starts_with("<b>"));
    let words = whole.filter(|words| !words.contains('<')).unwrap_or(inner);
    (names || is_numbered_bold(inner)).then_some((Kind::Heading(7), words))
}

/// True for `<b>2. Swimming</b>`: however few the words, they are numbered among others.
fn is_numbered_bold(words: &str) -> bool {
    let inner = ["<b>", "<strong>"].iter().find_map(|open| words.strip_prefix(open));
    inner.is_some_and(|inner| matches!(numbered(inner), Some((_, words)) if words.starts_with(char::is_alphanumeric)))
}

/// What stands in `<summary>…</summary>`, where that is all of a line.
fn summary_words(text: &str) -> Option<&str> {
    let text = text.strip_prefix("<details>").or_else(|| text.strip_prefix("<details open>")).unwrap_or(text).trim_start();
    Some(text.strip_prefix("<summary>")?.strip_suffix("</summary>")?.trim())
}

/// A line of nothing but tags: `<details>`, `</div>`, `<br>`, `<a id="x"></a>`, comments.
fn is_bare_tag(text: &str) -> bool {
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix('<') {
        let plain = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match memchr::memchr(b'>', inner.as_bytes()).filter(|_| plain) {
            Some(end) => rest = inner[end + 1..].trim_start(),
            None => return false,
        }
        // An autolink is words.
        if inner.starts_with("http") || inner.starts_with("img") {
            return false;
        }
    }
    rest.is_empty()
}
