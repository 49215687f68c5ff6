//! The query language: what a reader types, taken apart, and whether an entry fits. The script of the search page reads it alike.
//!
//! `words all must match`, `"an exact phrase"`, `-not`, `author:`, `source:`, `tag:`, `id:`, `date:2025-11` or `date:2025-11-01..2025-12-15`.
//! The last word may be the beginning of one. Han, Kana and Hangul match anywhere, and what is written without blanks is a phrase.

use super::doc::{Doc, id_key};
use super::fold::{Class, class, fold};
use crate::model::{Day, WorkId};

/// A query that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What an entry has to fit; of several sources one suffices.
    pub clauses: Vec<Clause>,
    /// What was not understood, and what was made of it.
    pub problems: Vec<Problem>,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// True if an entry must not fit.
    pub is_not: bool,
    /// What to fit.
    pub test: Test,
}

/// What a part of a query asks for. Texts are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A word, a beginning of one, or a phrase in any text of the entry.
    Text {
        /// What to look for.
        text: String,
        /// True if the last word may go on.
        is_prefix: bool,
    },
    /// Words that names of one author begin with.
    Author(Vec<String>),
    /// A whole tag.
    Tag(String),
    /// A work, by the form that the index has of ids.
    Id(String),
    /// A source, by key or label.
    Source(String),
    /// Days from the first to the last.
    Date(Day, Day),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Problem::OpenQuote => f.write_str("a quotation mark is not closed; the phrase goes to the end"),
            Problem::NotADay(text) => write!(
                f,
                "`{text}` is no day; write `date:2025-11-14`, `date:2025-11`, `date:2025`, or two of them with `..` between"
            ),
            Problem::Empty(text) => write!(f, "there is nothing to find in `{text}`; it is left out"),
            Problem::UnknownField(name, near) => {
                write!(f, "there is no field `{name}`, it is looked for as a word; did you mean `{near}:`?")
            }
            Problem::OnlyNot => f.write_str("say what to find as well, not only what to leave out"),
        }
    }
}

/// Something in a query that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A quotation mark without its other half; the phrase goes to the end.
    OpenQuote,
    /// A day that is none; the part is left out.
    NotADay(String),
    /// A field without anything behind it, or a sign alone; it is left out.
    Empty(String),
    /// A field that there is not, with the one that was probably meant; it is looked for as a text.
    UnknownField(String, &'static str),
    /// Nothing but exclusions: there is nothing to find.
    OnlyNot,
}

/// The fields: name in queries, and what follows it.
const FIELDS: &[(&str, &[&str])] =
    &[("author", &["作者"]), ("source", &["来源"]), ("tag", &["标签"]), ("id", &[]), ("date", &["日期"])];

/// What an entry is besides its texts.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The day of its digest.
    pub day: Day,
    /// The key of its source, folded.
    pub source: &'a str,
    /// The label of its source, folded.
    pub label: &'a str,
}

/// Reads a query. Whatever was typed is a query.
pub fn parse(typed: &str) -> Query {
    let mut query = Query::default();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let is_not = rest.starts_with('-') && rest[1..].starts_with(|c: char| !c.is_whitespace());
        if is_not {
            rest = &rest[1..];
        }
        let (field, after) = field(rest, &mut query.problems);
        let Token { text, is_quoted, rest: after } = token(after, &mut query.problems);
        match test(field, text, is_quoted) {
            Ok(test) => query.clauses.push(Clause { is_not, test }),
            Err(problem) => query.problems.push(problem),
        }
        rest = after.trim_start();
    }
    // The last word may go on as long as no blank was typed behind it.
    let mut may_go_on = !typed.ends_with(char::is_whitespace);
    for clause in query.clauses.iter_mut().rev() {
        if let Test::Text { is_prefix, .. } = &mut clause.test {
            *is_prefix &= may_go_on;
            may_go_on = false;
        }
    }
    let has_positive = query.clauses.iter().any(|clause| !clause.is_not);
    if !query.clauses.is_empty() && !has_positive {
        query.problems.push(Problem::OnlyNot);
    }
    query
}

/// The field at the beginning of a part of a query, and what follows.
fn field<'a>(rest: &'a str, problems: &mut Vec<Problem>) -> (Option<&'static str>, &'a str) {
    let Some(at) = rest.find([':', '：']).filter(|at| !rest[..*at].contains(|c: char| c.is_whitespace() || c == '"')) else {
        return (None, rest);
    };
    let (name, colon) = (rest[..at].to_lowercase(), rest[at..].chars().next().map_or(0, char::len_utf8));
    let known = FIELDS.iter().find(|(field, others)| *field == name || others.contains(&name.as_str()));
    if let Some((field, _)) = known {
        return (Some(field), rest[at + colon..].trim_start_matches([' ', '\u{3000}']));
    }
    let is_word = name.chars().all(|c| c.is_ascii_alphabetic()) && !rest[at..].starts_with("://");
    let near = FIELDS.iter().map(|(field, _)| (strsim::damerau_levenshtein(field, &name), *field)).min();
    if let Some((1..=2, field)) = near.filter(|_| is_word && name.len() > 2) {
        problems.push(Problem::UnknownField(name, field));
    }
    (None, rest)
}

/// What stands between blanks, or between quotation marks.
struct Token<'a> {
    text: &'a str,
    is_quoted: bool,
    rest: &'a str,
}

fn token<'a>(rest: &'a str, problems: &mut Vec<Problem>) -> Token<'a> {
    let opened = rest.strip_prefix(['"', '“', '”']);
    let Some(inner) = opened else {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        return Token { text: &rest[..end], is_quoted: false, rest: &rest[end..] };
    };
    match inner.find(['"', '“', '”']) {
        Some(end) => {
            let after = &inner[end..];
            Token { text: &inner[..end], is_quoted: true, rest: &after[after.chars().next().map_or(0, char::len_utf8)..] }
        }
        None => {
            problems.push(Problem::OpenQuote);
            Token { text: inner, is_quoted: true, rest: "" }
        }
    }
}

fn test(field: Option<&'static str>, text: &str, is_quoted: bool) -> Result<Test, Problem> {
    let folded = fold(text);
    let empty = || Problem::Empty(field.map_or_else(|| text.to_owned(), |field| format!("{field}:{text}")));
    if folded.chars().all(|c| class(c) == Class::Between) {
        return Err(empty());
    }
    match field {
        Some("author") => Ok(Test::Author(words(&folded).map(str::to_owned).collect())),
        Some("tag") => Ok(Test::Tag(folded)),
        Some("source") => Ok(Test::Source(folded)),
        Some("id") => Ok(Test::Id(WorkId::parse(text).map_or(folded, |id| id_key(&id)))),
        Some("date") => days(text).map(|(first, last)| Test::Date(first, last)).ok_or_else(|| Problem::NotADay(text.to_owned())),
        _ if !is_quoted && is_id(text) => Ok(Test::Id(WorkId::parse(text).map_or(folded, |id| id_key(&id)))),
        _ => Ok(Test::Text {
            is_prefix: !is_quoted && folded.chars().next_back().is_some_and(|c| class(c) == Class::Word),
            text: folded,
        }),
    }
}

/// True for what can only be an id: an address, a DOI, an arXiv id in the form used since 2007.
fn is_id(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || matches!(WorkId::parse(text), Some(id) if id.is_registered())
}

/// The words of a name, run-on characters in a row being one.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c| class(c) == Class::Between).filter(|word| !word.is_empty())
}

/// The first and the last of the days that a text names: a day, a month, a year, or from one to another.
fn days(text: &str) -> Option<(Day, Day)> {
    let bound = |text: &str, is_last: bool| -> Option<Day> {
        let mut parts = text.split(['-', '/', '.']);
        let year: i32 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let (month, day) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let month: u32 = month.map_or(Some(if is_last { 12 } else { 1 }), |month| month.parse().ok())?;
        let first = Day::new(year, month, 1)?;
        let day: u32 = day.map_or(Some(if is_last { first.days_in_month() } else { 1 }), |day| day.parse().ok())?;
        Day::new(year, month, day)
    };
    match text.split_once("..") {
        Some(("", "")) => None,
        Some((from, to)) => {
            let first = if from.is_empty() { Day::new(1900, 1, 1)? } else { bound(from, false)? };
            let last = if to.is_empty() { Day::new(2199, 12, 31)? } else { bound(to, true)? };
            Some((first, last))
        }
        None => Some((bound(text, false)?, bound(text, true)?)),
    }
}

impl Query {
    /// True if the query asks for something.
    pub fn asks(&self) -> bool {
        self.clauses.iter().any(|clause| !clause.is_not)
    }

    /// True if an entry fits.
    pub fn fits(&self, folded: &Folded, place: Place) -> bool {
        let mut sources =
            self.clauses.iter().filter(|clause| !clause.is_not && matches!(clause.test, Test::Source(_))).peekable();
        let of_source = sources.peek().is_none() || sources.any(|clause| fits(&clause.test, folded, place));
        let others = self.clauses.iter().filter(|clause| clause.is_not || !matches!(clause.test, Test::Source(_)));
        self.asks() && of_source && others.into_iter().all(|clause| fits(&clause.test, folded, place) != clause.is_not)
    }
}

/// The texts of an entry, folded: what queries are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    texts: Vec<String>,
    authors: Vec<String>,
    tags: Vec<String>,
    id: Option<String>,
}

impl Folded {
    /// Folds the texts of an entry.
    pub fn of(doc: &Doc) -> Folded {
        let fold_all = |texts: &[String]| texts.iter().map(|text| fold(text)).collect();
        Folded {
            texts: doc.heads().chain(doc.bodies()).map(fold).collect(),
            authors: fold_all(&doc.authors),
            tags: fold_all(&doc.tags),
            id: doc.id.as_ref().map(id_key),
        }
    }
}

fn fits(test: &Test, entry: &Folded, place: Place) -> bool {
    match test {
        Test::Text { text, is_prefix } => entry.texts.iter().any(|whole| contains(whole, text, *is_prefix)),
        Test::Author(wanted) => {
            entry.authors.iter().any(|name| wanted.iter().all(|word| words(name).any(|part| part.starts_with(word.as_str()))))
        }
        Test::Tag(tag) => entry.tags.contains(tag),
        Test::Id(id) => entry.id.as_ref() == Some(id),
        Test::Source(source) => place.source == source || place.label == source,
        Test::Date(first, last) => (*first..=*last).contains(&place.day),
    }
}

/// True if a folded text has another one in it that begins and ends with whole words.
fn contains(whole: &str, text: &str, is_prefix: bool) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Word);
    whole.match_indices(text).any(|(at, _)| {
        let starts = !is_word(text.chars().next()) || !is_word(whole[..at].chars().next_back());
        let ends = is_prefix || !is_word(text.chars().next_back()) || !is_word(whole[at + text.len()..].chars().next());
        starts && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(typed: &str) -> Vec<(String, bool)> {
        let text = |clause: Clause| match clause.test {
            Test::Text { text, is_prefix } => (text, is_prefix),
            other => (format!("{other:?}"), clause.is_not),
        };
        parse(typed).clauses.into_iter().map(text).collect()
    }

    #[test]
    fn queries_are_taken_apart() {
        assert_eq!(texts("Graph  Wor"), [("graph".into(), false), ("wor".into(), true)]);
        assert_eq!(texts("wor source:arxiv")[0], ("wor".into(), true));
        assert_eq!(texts("graph world "), [("graph".into(), false), ("world".into(), false)]);
        assert_eq!(texts("\"Graph  World\" “图 世界”"), [("graph world".into(), false), ("图 世界".into(), false)]);
        assert_eq!(texts("GPT-4o"), [("gpt-4o".into(), true)]);
        assert_eq!(parse("-graph").problems, [Problem::OnlyNot]);
        assert_eq!(parse("\"open").problems, [Problem::OpenQuote]);
        assert_eq!(parse("autor:wang").problems, [Problem::UnknownField("autor".into(), "author")]);
        assert_eq!(parse("date:2025-13 x").problems, [Problem::NotADay("2025-13".into())]);
        assert_eq!(parse("++ x").problems, [Problem::Empty("++".into())]);
        assert_eq!(parse("").clauses, []);
        let id = |typed: &str| parse(typed).clauses.into_iter().map(|clause| clause.test).next();
        for typed in ["2511.10648", "2511.10648v2", "arXiv:2511.10648", "https://arxiv.org/pdf/2511.10648v1", "id:2511.10648v3"] {
            assert_eq!(id(typed), Some(Test::Id("2511.10648".into())), "{typed}");
        }
        let day = |text: &str| Day::parse_iso(text).expect("a day");
        let date = |from: &str, to: &str| Some(Test::Date(day(from), day(to)));
        assert_eq!(id("date:2024-02"), date("2024-02-01", "2024-02-29"));
        assert_eq!(id("日期：2025"), date("2025-01-01", "2025-12-31"));
        assert_eq!(id("date:..2025"), date("1900-01-01", "2025-12-31"));
        assert_eq!(id("date:2025.."), date("2025-01-01", "2199-12-31"));
        assert_eq!(id("date:2025-11-01..2025-12"), date("2025-11-01", "2025-12-31"));
    }

    #[test]
    fn words_are_whole_and_runs_are_anywhere() {
        assert!(contains("graph world", "world", false));
        assert!(!contains("graph worlds", "world", false));
        assert!(contains("graph worlds", "world", true));
        assert!(!contains("underworld", "world", true));
        assert!(contains("基于llm的图世界模型", "图世", false));
        assert!(contains("基于llm的图", "llm", false));
        assert!(contains("use c++ now", "c++", false));
    }
}
