//! What is wrong with a theme: where it is as the owner wrote it, and what helps.

use super::{Catalog, is_left_as_written, with_words};
use std::collections::BTreeMap;
use std::ops::Range;
use tera::{ErrorKind, ReportError};

/// What is wrong with a theme, or with what was made with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// What is wrong: lower case, no final stop.
    pub message: String,
    /// Where, if it is in a file of a theme.
    pub spot: Option<Spot>,
    /// What to do about it, and what led there, a sentence each.
    pub hints: Vec<String>,
}

/// A place in a file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file: from the folder of the site, or in the binary.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// What stands on the line.
    pub text: String,
    /// The bytes of the line that are meant.
    pub span: Range<usize>,
}

impl std::fmt::Display for ThemeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(spot) = &self.spot {
            write!(f, "{}:{}: ", spot.file, spot.line)?;
        }
        f.write_str(&self.message)
    }
}

impl ThemeError {
    /// An error that is about no line of a file. An empty hint is none.
    pub fn new(message: impl Into<String>, hint: &str) -> ThemeError {
        let hints = Some(hint).filter(|hint| !hint.is_empty()).map(str::to_owned);
        ThemeError { message: message.into(), spot: None, hints: hints.into_iter().collect() }
    }

    /// The same, with the page that was being made.
    #[must_use]
    pub fn on_page(mut self, path: &str) -> ThemeError {
        self.message.push_str(&format!(", on the page `{path}`"));
        self
    }

    /// An error in a file of settings or words.
    pub(super) fn in_toml(file: String, text: &str, error: &toml::de::Error, hint: &str) -> ThemeError {
        let at = error.span().unwrap_or_default();
        let before = text.get(..at.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default().to_owned();
        let span = at.start.min(start + line.len()) - start..at.end.clamp(start, start + line.len()) - start;
        let spot = Spot { file, line: number(before.matches('\n').count() + 1), text: line, span };
        ThemeError { spot: Some(spot), ..ThemeError::new(error.message().trim(), hint) }
    }

    /// An error in a template. `written` are the templates as they are written, `catalog` the words that were put into them.
    pub(super) fn in_template(error: &tera::Error, written: &BTreeMap<String, String>, catalog: &Catalog) -> ThemeError {
        let printed = error.to_string();
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
            return ThemeError::new(in_style(&printed), "");
        };
        let template = written.get(report.filename()).map_or("", String::as_str);
        let spot = spot(report, template, catalog);
        let (message, available) = report.message().split_once(". Available ").unwrap_or((report.message(), ""));
        let mut hints = Vec::new();
        match available.split_once(": ") {
            Some((what, names)) => hints.push(format!("the {what} are {names}")),
            None if is_of_something_missing(message) => hints.push(test_first(&spot)),
            None if message.starts_with("no text ") => hints.push(ALL_KEYS.to_owned()),
            None => hints.push(ALL_TEMPLATES.to_owned()),
        }
        hints.extend(callers(&printed).map(str::to_owned));
        ThemeError { message: in_style(message), spot: Some(spot), hints }
    }
}

/// What helps where nothing more is known of a mistake.
const ALL_TEMPLATES: &str = "docs/themes.md lists what templates see; `daysheet theme show` prints those that there are";

/// What helps where a word is not known.
const ALL_KEYS: &str = "`daysheet theme show languages/en.toml` has all keys";

/// The first letter in lower case, and no stop at the end.
fn in_style(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn is_of_something_missing(message: &str) -> bool {
    ["is not defined", "undefined", "`none`"].iter().any(|words| message.contains(words))
}

/// What helps where something is asked of a value that is missing.
fn test_first(Spot { text, span, .. }: &Spot) -> String {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '?');
    let before = &text[..span.start];
    let owner = &before[before.trim_end_matches(is_of_name).len()..];
    let name = if owner.is_empty() { &text[span.clone()] } else { owner.trim_end_matches(['.', '?']) };
    format!(
        "`{name}` may be missing here: write it inside of `{{% if {name} %}}`; docs/themes.md lists what may be missing as `Option<…>`"
    )
}

/// The lines of a printed error that say what was called from where.
fn callers(printed: &str) -> impl Iterator<Item = &str> {
    printed.split("\n\nnote: ").skip(1).filter_map(|note| note.lines().next())
}

fn spot(report: &ReportError, template: &str, catalog: &Catalog) -> Spot {
    let span = report.span();
    let text = template.lines().nth(span.start_line.saturating_sub(1)).unwrap_or_default();
    let is_on_line = span.end_line == span.start_line && span.end_col > span.start_col;
    let end = if is_on_line { span.end_col } else { span.start_col + 1 };
    let none = Catalog::new();
    let catalog = if is_left_as_written(template) { &none } else { catalog };
    let at = |column| at_column(text, column, catalog);
    Spot {
        file: report.filename().to_owned(),
        line: number(span.start_line),
        text: text.to_owned(),
        span: at(span.start_col)..at(end),
    }
}

/// The byte of a line as it is written that stands at a column, from 0, once words have taken the place of their calls.
fn at_column(line: &str, column: usize, catalog: &Catalog) -> usize {
    let mut ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let is_before = |at: &usize| with_words(&line[..*at], catalog).is_ok_and(|loaded| loaded.chars().count() <= column);
    ends.rfind(is_before).unwrap_or(0)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Catalog, at_column};

    #[test]
    fn a_column_is_that_of_the_line_as_it_is_written() {
        let catalog: Catalog = [("archive", "All & more")].map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let line = "é {{ t(key=\"archive\") }} {{ nope }}";
        let loaded = "é All &amp; more {{ nope }}";
        for name in ["é", " {{ nope", "nope"] {
            let column = loaded[..loaded.find(name).expect(name)].chars().count();
            assert_eq!(at_column(line, column, &catalog), line.find(name).expect(name), "{name}");
        }
    }
}
