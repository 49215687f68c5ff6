//! Labels before texts: `**Authors:** …`, `摘要：…`, `Link: …`, and texts that hold several fields on one line.

use super::super::lexicon::{Field, look_up};
use super::super::row::named;
use super::super::title::first_colon;
use super::phrase::{names_link, without_bold};
use crate::text::{any_three, trim};

/// A label and the text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// The words of the label without marks.
    pub(super) name: &'a str,
    /// What it means; unknown where the lexicon does not say.
    pub(super) field: Field,
    /// The text behind it; may be empty.
    pub(super) rest: &'a str,
    /// True if the label is set off by its type, so that it is one although its words are not known.
    pub(super) marked: bool,
}

impl Label<'_> {
    /// True if nothing but its coming again may show that it is one, as its words are many or begin small.
    pub(super) fn may_recur(&self) -> bool {
        self.name.len() <= 40 && self.name.contains(char::is_alphabetic) && !self.rest.is_empty()
    }

    /// True if the label has the form of one, and a text.
    pub(super) fn has_form(&self) -> bool {
        is_label_like(self.name) && !self.rest.is_empty()
    }
}

impl<'a> Label<'a> {
    /// The words without what stands in brackets behind them, `简介（100 字）`.
    pub(super) fn bare_name(&self) -> &'a str {
        self.name.split(['（', '(']).next().unwrap_or(self.name).trim_end()
    }
}

/// The bold words of a line that begins with an ornament and holds nothing else, `💡 **Idea**`, or its words in brackets, `[Idea]`.
pub(super) fn ornamented_name(text: &str) -> Option<&str> {
    let words = match text.as_bytes().first()? {
        b'[' => text[1..].strip_suffix(']').filter(|words| is_label_like(words))?,
        0..0x80 => return None,
        _ => text.trim_start_matches(is_ornament).strip_prefix("**")?.strip_suffix("**")?,
    };
    let is_name = words.len() <= MAX_LABEL && !words.contains(['*', '[', '，', ',']) && words.contains(char::is_alphabetic);
    is_name.then_some(words)
}

/// How long a label may be, in bytes.
const MAX_LABEL: usize = 48;

/// Pairs of marks that set a label off.
const MARKS: &[(&str, &str)] = &[
    ("**", "**"),
    ("__", "__"),
    ("<strong>", "</strong>"),
    ("<b>", "</b>"),
    ("<summary>", "</summary>"),
    ("【", "】"),
    ("*", "*"),
    ("_", "_"),
    ("`", "`"),
];

/// The label at the start of a text. `columns` are names that settings give.
pub(super) fn label<'a>(text: &'a str, columns: &[(String, Field)]) -> Option<Label<'a>> {
    let text = text.trim_start_matches(is_ornament);
    let inner = without_italics(text);
    if inner.len() < text.len() {
        return label(inner, columns).filter(|label| label.field != Field::Unknown);
    }
    // `**Category: cs.RO**`
    let inner = without_bold(text);
    if inner.len() < text.len() {
        let whole = label(inner, columns);
        // `**STAR: A Method …**` is a title.
        let is_field = |label: &Label| match label.field {
            Field::Authors | Field::Summary | Field::Tags => !label.rest.is_empty(),
            Field::Unknown | Field::Title => false,
            _ => names_link(label.rest),
        };
        if let Some(whole) = whole.filter(is_field) {
            return Some(Label { marked: true, ..whole });
        }
    }
    let field_of = |name: &str| named(name, columns).or_else(|| look_up(name).map(|meaning| meaning.field));
    // Most lines begin with a letter, and so with none of the marks.
    let marks = if text.starts_with(|c: char| c.is_ascii_alphanumeric()) { &[] } else { MARKS };
    for (open, close) in marks {
        let Some(inner) = text.strip_prefix(open) else { continue };
        let end = inner.get(..inner.floor_char_boundary(MAX_LABEL + close.len())).and_then(|start| start.find(close));
        // `*[Source](…)*` is a link.
        let Some(end) = end.filter(|&end| end > 0 && !inner[..end].contains("](")) else { continue };
        let (name, rest) = (&inner[..end], &inner[end + close.len()..]);
        let closed = name.trim_end().strip_suffix([':', '：']);
        let after = rest.trim_start().strip_prefix([':', '：']);
        let (name, rest) = match (closed, after) {
            (Some(name), _) => (name, rest),
            (None, Some(after)) => (name, after),
            (None, None) if rest.trim().is_empty() || *open == "<summary>" || *open == "【" => {
                let field = field_of(name)?;
                return Some(Label { name: name.trim(), field, rest: rest.trim(), marked: true });
            }
            (None, None) => return None,
        };
        let name = name.trim_matches(is_ornament).trim();
        let field = field_of(name).unwrap_or(Field::Unknown);
        let marked = matches!(*open, "**" | "__" | "<strong>" | "<b>" | "【");
        return (!name.is_empty() && (marked || field != Field::Unknown)).then(|| Label {
            name,
            field,
            rest: rest.trim(),
            marked,
        });
    }
    let head = &text[..text.floor_char_boundary(MAX_LABEL)];
    let (at, width) = first_colon(head)?;
    let (name, rest) = (trim(&text[..at]), &text[at + width..]);
    let is_time = name.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit());
    if is_time || name.is_empty() || name.contains(['[', '<', '"', '“', '*', '`']) || rest.starts_with("//") {
        return None;
    }
    let field = match name.contains('/') {
        true => field_of_both(name, field_of)?,
        false => field_of(name).unwrap_or(Field::Unknown),
    };
    // In prose brackets say more of the words before them: `Example News (London): …`.
    if name.contains('(') && field != Field::Summary {
        return None;
    }
    // `authors:: Jane Roe`, as notebooks write fields.
    let rest = rest.strip_prefix(':').filter(|_| field != Field::Unknown).unwrap_or(rest);
    Some(Label { name, field, rest: rest.trim(), marked: false })
}

/// What a name of two words means, `日期/年份`: unknown where they differ. Small letters with a stroke between them are a path.
fn field_of_both(name: &str, field_of: impl Fn(&str) -> Option<Field>) -> Option<Field> {
    if name.is_ascii() && !name.contains(' ') && !name.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let mut known = name.split('/').filter_map(|word| field_of(word.trim()));
    let first = known.next().filter(|field| *field != Field::Title);
    Some(first.filter(|first| known.all(|field| field == *first)).unwrap_or(Field::Unknown))
}

/// A line wholly in italics that has a colon in it, `*Authors: Jane Roe*`, without their marks, so that its label shows.
pub(super) fn without_italics(text: &str) -> &str {
    let inner = [('*', "**"), ('_', "__")].into_iter().find_map(|(mark, bold)| {
        let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
        // The marks within an address are its own.
        let words = inner.split("://").next().unwrap_or(inner);
        let whole = !text.starts_with(bold) && !text.ends_with(bold) && !words.contains(mark);
        // `*Authors:* Jane *Roe*` is set off by itself.
        (whole && first_colon(words).is_some_and(|(at, width)| at + width < words.len())).then_some(inner)
    });
    inner.unwrap_or(text)
}

/// True for signs that stand before words as ornaments: emoji, arrows, bullets; never letters, digits, brackets or quotes.
pub(super) fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0E}' | '\u{FE0F}' | '\u{200D}' | '\u{20E3}' | '\u{1F000}'..='\u{1FAFF}' | '•' | '·' | '\u{E0020}'..='\u{E007F}')
}

/// What stands behind a number of keycaps, `1️⃣` or `1️⃣0️⃣`.
pub(super) fn behind_keycaps(text: &str) -> Option<&str> {
    let behind_one = |text: &'_ str| -> Option<usize> {
        let rest = text.strip_prefix(|c: char| c.is_ascii_digit())?;
        let rest = rest.strip_prefix('\u{fe0f}').unwrap_or(rest).strip_prefix('\u{20e3}')?;
        Some(text.len() - rest.len())
    };
    let mut rest = text;
    while let Some(n) = behind_one(rest) {
        rest = &rest[n..];
    }
    (rest.len() < text.len()).then(|| rest.trim_start())
}

/// True if a label whose words are not known has the form of one all the same: up to four words, the first with a capital or Han, or
/// a key as programs write them.
pub(super) fn is_label_like(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let first = name.chars().next();
    let is_key = || name.contains('_') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (1..=4).contains(&words)
        && name.chars().count() <= 24
        && first.is_some_and(|c| c.is_uppercase() || !c.is_ascii() || is_key())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '&' | ';' | '.'))
}

/// How long a line of several fields may be, in bytes.
const MAX_LINE: usize = 800;

/// The parts of a line that holds several fields between bars or dots, or one label after another; the line itself where it does not.
pub(super) fn segments(line: &str) -> Vec<&str> {
    // `|` between spaces, `｜`, `·`, `•`, `・`, `∙`: one look at the bytes rules out nearly all lines.
    let may_part = any_three(line.as_bytes(), |a, b, c| {
        ((a == b' ') & (b == b'|') & (c == b' '))
            | ((a == b's') & (b == b'p') & (c == b';'))
            | ((a == 0xEF) & (b == 0xBD) & (c == 0x9C))
            | ((a == 0xC2) & (b == 0xB7))
            | ((a == 0xE2) & (((b == 0x80) & (c == 0xA2)) | (b == 0x88)))
            | ((a == 0xE3) & (b == 0x83) & (c == 0xBB))
    });
    let separators = ["&nbsp;|&nbsp;", " | ", "&nbsp;·&nbsp;", "&nbsp;&nbsp;", " ｜ ", " · ", " • ", "｜", " ・ ", " ∙ "];
    match separators.into_iter().find(|separator| may_part && line.contains(separator)) {
        Some(separator) if line.len() <= MAX_LINE => outside_code(line, separator),
        _ => labelled_parts(line).unwrap_or_else(|| vec![line]),
    }
}

/// A part of a line without white space around it, also such as HTML writes.
fn unspaced(part: &str) -> &str {
    let mut inner = part.trim();
    while let Some(rest) = inner.strip_prefix("&nbsp;").or_else(|| inner.strip_suffix("&nbsp;")) {
        inner = rest.trim();
    }
    inner
}

/// The parts of a line between separators; those within a code span are a part of it.
fn outside_code<'l>(line: &'l str, separator: &str) -> Vec<&'l str> {
    let mut parts = Vec::new();
    let mut rest = line;
    let mut from = 0;
    while let Some(at) = rest[from..].find(separator).map(|at| from + at) {
        let open = rest[..at].bytes().filter(|&b| b == b'`').count() % 2 == 1;
        let closes = open && rest[at..].contains('`');
        from = at + separator.len();
        if !closes {
            parts.push(&rest[..at]);
            (rest, from) = (&rest[from..], 0);
        }
    }
    parts.push(rest);
    parts.into_iter().map(unspaced).filter(|part| !part.is_empty()).collect()
}

/// The parts of a line of bold labels with nothing between them: `**Category**: Robots  **Score**: 8.5/10`.
fn labelled_parts(line: &str) -> Option<Vec<&str>> {
    if !line.starts_with("**") || line.len() > MAX_LINE {
        return None;
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in line.match_indices(" **") {
        let rest = &line[at + 1..];
        let label = label(rest, &[]).filter(|label| label.marked && is_bold_label(rest));
        // After a single space words of no known meaning may be the emphasis of a sentence.
        if label.is_some_and(|label| label.field != Field::Unknown || line[..at].ends_with(' ')) {
            parts.push(line[from..at].trim());
            from = at + 1;
        }
    }
    let is_labelled = from > 0 && is_bold_label(line);
    parts.push(line[from..].trim());
    is_labelled.then_some(parts)
}

/// True for `**Name**:` and `**Name:**`.
fn is_bold_label(text: &str) -> bool {
    let inner = text.strip_prefix("**").map(|inner| &inner[..inner.floor_char_boundary(MAX_LABEL)]);
    let halves = inner.and_then(|inner| inner.split_once("**"));
    halves.is_some_and(|(name, rest)| name.ends_with([':', '：']) || rest.starts_with([':', '：']))
}
