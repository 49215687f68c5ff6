//! Findings for people and for programs.

use super::{Diagnostic, Findings, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

/// Where every code is explained: terminals that can follow links lead there from it.
const EXPLAINED: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/troubleshooting.md");

/// One finding in the style of rustc: code, message, place with its excerpt, hints. Ends with a line end.
pub fn terminal(diagnostic: &Diagnostic, color: bool, width: usize) -> String {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code).id_url(EXPLAINED);
    let (path, excerpt, line, range) = shown_place(diagnostic);
    let mut group = match (&diagnostic.place, excerpt.is_empty()) {
        (None, _) => Group::with_title(title),
        (Some(_), true) => Group::with_title(title).element(Origin::path(path.as_str())),
        (Some(_), false) => {
            let snippet = Snippet::source(excerpt.as_str())
                .path(path.as_str())
                .line_start(line)
                .annotation(AnnotationKind::Primary.span(range));
            Group::with_title(title).element(snippet)
        }
    };
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(printable(hint)));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let printed = renderer.term_width(width).render(&[group]);
    let Some(place) = &diagnostic.place else { return format!("{printed}\n") };
    // The renderer counts columns from where the excerpt begins, which may be in the middle of the line.
    let (counted, column) = (place.lead() + 1, place.column);
    format!("{}\n", printed.replacen(&format!("{path}:{line}:{counted}"), &format!("{path}:{line}:{column}"), 1))
}

/// Path, excerpt, line number and the marked bytes of the excerpt.
fn shown_place(diagnostic: &Diagnostic) -> (String, String, usize, std::ops::Range<usize>) {
    let Some(place) = &diagnostic.place else { return Default::default() };
    let excerpt = printable(&place.excerpt);
    let at = |n: usize| excerpt.char_indices().nth(n).map_or(excerpt.len(), |(i, _)| i);
    let range = at(place.lead())..at(place.lead() + place.width as usize);
    (printable(&place.path), excerpt, place.line as usize, range)
}

/// Untrusted text in a terminal: control characters and marks that turn the writing direction are shown as U+FFFD.
fn printable(text: &str) -> String {
    let hidden = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.replace(hidden, "\u{FFFD}")
}

/// A finding that is about no place and is the only thing to say: message and hints. Ends with a line end.
pub fn plain(diagnostic: &Diagnostic) -> String {
    let hints: String = diagnostic.hints.iter().map(|hint| format!("help: {hint}\n")).collect();
    printable(&format!("{}: {}\n{hints}", diagnostic.severity.label(), diagnostic.message))
}

/// One line for a finding: `path:line:col: severity[code]: message`.
pub fn line(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().map_or(String::new(), |place| match place.line {
        0 => format!("{}: ", place.path),
        line => format!("{}:{line}:{}: ", place.path, place.column),
    });
    printable(&format!("{place}{}[{}]: {}", diagnostic.severity.label(), diagnostic.code, diagnostic.message))
}

/// A finding as a JSON object: `code`, `severity`, `message`, `path`, `line`, `column`, `excerpt`, `hints`.
pub fn json(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref();
    let position = |n: Option<u32>| n.filter(|&n| n > 0);
    json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity.label(),
        "message": diagnostic.message,
        "path": place.map(|p| &p.path),
        "line": position(place.map(|p| p.line)),
        "column": position(place.map(|p| p.column)),
        "excerpt": place.map(|p| &p.excerpt).filter(|e| !e.is_empty()),
        "hints": diagnostic.hints,
    })
}

/// A line for each kind: how many findings there are, most severe kinds first.
pub fn counts(findings: &Findings) -> Vec<(Severity, &'static str, usize)> {
    let mut rows: Vec<_> = findings.counts.iter().map(|(code, (severity, n))| (*severity, *code, *n)).collect();
    rows.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    rows
}

#[cfg(test)]
mod tests {
    use super::{EXPLAINED, terminal};
    use crate::diagnostic::{Place, report};
    use crate::text::{LineIndex, Span};

    #[test]
    fn a_finding_is_printed_with_the_column_of_its_line() {
        for (before, column) in
            [("", 1), ("| 标题 | ", 8), ("| a title that goes on for more than half a line of a terminal | ", 66)]
        {
            let text = format!("first\n{before}here and on\n");
            let span = Span::new(6 + before.len(), 6 + before.len() + 4);
            let found = report::line_not_read().at(Place::in_text("a.md", &text, &LineIndex::new(&text), span));
            let printed = terminal(&found, false, 140);
            let lines: Vec<&str> = printed.lines().collect();
            assert_eq!((lines[1], lines[2]), (format!(" --> a.md:2:{column}").as_str(), "  |"), "{printed}");
            assert!(lines[3].ends_with("here and on") && lines[4].trim_end().ends_with(" ^^^^"), "{printed}");
            assert!(!printed.contains(EXPLAINED) && terminal(&found, true, 140).contains(EXPLAINED));
        }
    }
}
