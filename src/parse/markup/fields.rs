//! What the class of an element says that its words are: scripts that write pages name the field of each block.

use super::tag::{Tag, next_tag};

/// How the words of a field look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A few words, without links and without a label of their own.
    Words,
    /// Any text without a label of its own.
    Prose,
    /// A number, perhaps with a sign or a word.
    Number,
    /// What names the entry.
    Title,
}

/// A field that a class names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    label: &'static str,
    form: Form,
    /// True if it is known wherever it stands, and not only in an entry.
    pub(super) is_everywhere: bool,
}

/// Classes of elements that hold a field, as the last word of their names, and the label of that field.
const LABELS: &[(&str, &str, Form)] = &[
    ("authors", "Authors", Form::Words),
    ("author", "Authors", Form::Words),
    ("tags", TAGS, Form::Words),
    ("keywords", TAGS, Form::Words),
    ("affiliations", "Affiliation", Form::Words),
    ("affiliation", "Affiliation", Form::Words),
    ("venue", "Venue", Form::Words),
    ("journal", "Journal", Form::Words),
    ("comments", "Comments", Form::Words),
    ("source", "Source", Form::Words),
    ("src", "Source", Form::Words),
    ("domain", "Source", Form::Words),
    ("abstract", "Abstract", Form::Prose),
    ("summary", "Summary", Form::Prose),
    ("desc", "Summary", Form::Prose),
    ("description", "Summary", Form::Prose),
    ("orig", ORIGINAL, Form::Prose),
    ("original", ORIGINAL, Form::Prose),
];

const TAGS: &str = "Tags";
const ORIGINAL: &str = "Original title";

/// Words of classes of elements that hold what an entry got.
const SCORES: &[&str] = &["score", "points", "votes", "upvotes", "stars"];

/// So many first rows of the table are known wherever they stand.
const N_EVERYWHERE: usize = 4;

/// Words of classes of small labels that say what an entry is about.
const CHIPS: &[&str] = &["tag", "tags", "badge", "chip", "pill", "category", "keyword", "topic"];

/// Words of classes of small labels that say where people work.
const PLACES: &[&str] = &["aff", "affil", "affiliation", "inst", "institution", "org"];

/// Last words of classes of what names an entry.
const TITLES: &[&str] = &["title", "name", "headline"];

/// Words of a class in front of the last that leave it the name of an entry: `paper-title`, and not `journal-title`.
const TITLED: &[&str] =
    &["entry", "item", "paper", "post", "card", "story", "article", "news", "repo", "result", "product", "project"];

/// The field that the class of an element names.
pub(super) fn of_block(tag: &Tag) -> Option<Named> {
    let class = tag.attribute("class")?.to_ascii_lowercase();
    let words: Vec<&str> = class.split_whitespace().next()?.split(['-', '_']).collect();
    let named = |label, form| Some(Named { label, form, is_everywhere: false });
    match words.as_slice() {
        [.., "title", "zh" | "cn" | "ja" | "ko" | "original"] => named(ORIGINAL, Form::Prose),
        [title] if TITLES.contains(title) && *title != "name" => named("", Form::Title),
        [.., of, title] if TITLES.contains(title) && TITLED.contains(of) => named("", Form::Title),
        [.., last] if !words.iter().any(|word| SCORES.contains(word)) => {
            let at = LABELS.iter().position(|(word, ..)| word == last)?;
            let (_, label, form) = LABELS[at];
            Some(Named { label, form, is_everywhere: at < N_EVERYWHERE })
        }
        [] => None,
        _ => named("Score", Form::Number),
    }
}

/// The field that the class of an element within a line names.
pub(super) fn of_span(tag: &Tag) -> Option<Named> {
    let class = tag.attribute("class")?.to_ascii_lowercase();
    let has = |list: &[&str]| class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| list.contains(&word));
    let label = if has(PLACES) { "Affiliation" } else { TAGS };
    of_block(tag).or(has(CHIPS).then_some(Named { label, form: Form::Words, is_everywhere: false }))
}

impl Named {
    pub(super) fn is_title(self) -> bool {
        self.form == Form::Title
    }

    /// True for what may stand above the name of an entry.
    pub(super) fn may_lead(self) -> bool {
        self.label == TAGS || self.form == Form::Number
    }

    /// Words with the label in front; none if they are not of its form.
    pub(super) fn labelled(self, words: &str) -> Option<String> {
        let is_bare = || !words.contains([':', '：', '[', '*', '=']);
        let fits = match self.form {
            Form::Words => is_bare() && words.contains(char::is_alphabetic) && (self.label != TAGS || !counts(words)),
            Form::Prose => !words.starts_with(['*', '[']) && !begins_with_label(words),
            Form::Number => is_bare() && is_number(words),
            Form::Title => false,
        };
        let words = words.trim_start_matches(|c: char| !c.is_alphanumeric() && self.form != Form::Prose);
        // Names between dots would be read as fields of their own.
        fits.then(|| {
            format!("{}: {}", self.label, if self.form == Form::Words { words.replace(" · ", "; ") } else { words.into() })
        })
    }
}

/// True for a number with its sign and unit: `▲ 417`, `1.2k`. Words beside it say better what it is.
fn is_number(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit()) && words.chars().filter(|c| c.is_alphabetic()).count() <= 1
}

/// True for small labels with counts among them: `TypeScript, 2,980 stars, +556`.
fn counts(words: &str) -> bool {
    words.split_whitespace().any(|word| word.trim_start_matches('+').starts_with(|c: char| c.is_ascii_digit()))
}

/// True for words that say themselves what they are, `Abstract: …`.
fn begins_with_label(words: &str) -> bool {
    let label = words.split_once([':', '：']).map(|(label, _)| label);
    label.is_some_and(|label| super::super::lexicon::look_up_whole(label).is_some())
}

/// The words of a heading whose tag ends at a place; none for one with a link.
pub(super) fn words_of_heading(text: &str, from: usize) -> Option<String> {
    let (mut words, mut at) = (String::new(), from);
    while let Some(tag) = next_tag(text, at) {
        words.push_str(text[at..tag.start].trim());
        at = tag.end;
        match tag.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => break,
            "a" => return None,
            _ if MAX_HEADING < words.len() => return None,
            _ => {}
        }
    }
    (!words.is_empty()).then_some(words)
}

/// What names a part of an entry is no longer than this, in bytes.
const MAX_HEADING: usize = 60;
