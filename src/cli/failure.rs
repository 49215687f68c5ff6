//! Why a command could not be carried out.

use super::show;
use crate::config::{self, Which};
use crate::diagnostic::{Diagnostic, Findings, Place, print, report};
use crate::text::{LineIndex, Span};
use crate::theme::{Spot, ThemeError};
use std::fs;
use std::path::Path;

/// Why a command could not be carried out: at least one finding.
#[derive(Debug)]
pub(super) struct Failure(Vec<Diagnostic>);

impl Failure {
    /// A failure that is about no place in a file. An empty hint is none.
    pub(super) fn new(message: impl Into<String>, hint: &str) -> Failure {
        Failure(vec![report::failed(message, hint)])
    }

    /// What there is to say, as it is counted and printed for programs.
    pub(super) fn findings(&self) -> Findings {
        let mut findings = Findings::default();
        self.0.iter().for_each(|found| findings.add(found.clone()));
        findings
    }

    /// What there is to say, as people read it.
    pub(super) fn text(&self, color: bool) -> String {
        let told = self.0.iter().map(|found| match found.place {
            Some(_) => print::terminal(found, color, show::width()),
            None => print::plain(found),
        });
        told.map(|text| text.trim_end().to_owned()).collect::<Vec<_>>().join("\n\n")
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(found: Vec<Diagnostic>) -> Failure {
        Failure(found)
    }
}

/// A mistake in a setting that shows only when the site is made. Names its place in `site.toml`.
pub(super) fn wrong_setting(root: &Path, setting: (&str, &str), which: Which, message: String, hint: &str) -> Diagnostic {
    let path = root.join(config::FILE);
    let name = path.display().to_string();
    let place = fs::read_to_string(&path).ok().and_then(|text| config::place_of(&name, &text, setting, which));
    match place {
        Some(place) => report::settings(message, hint).at(place),
        None => report::failed(message, hint),
    }
}

/// A mistake in a theme.
pub(super) fn theme_failure(error: &ThemeError) -> Failure {
    let hints: Vec<&str> = error.hints.iter().map(String::as_str).collect();
    let found = report::theme(&error.message, &hints);
    Failure::from(vec![match &error.spot {
        Some(spot) => found.at(place(spot)),
        None => found,
    }])
}

fn place(spot: &Spot) -> Place {
    let span = Span::new(spot.span.start, spot.span.end);
    Place { line: spot.line, ..Place::in_text(&spot.file, &spot.text, &LineIndex::new(&spot.text), span) }
}
