//! Why a command could not be carried out.

use super::show;
use crate::diagnostic::{Diagnostic, Findings, print, report};

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
        told.collect::<String>().trim_end().to_owned()
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(found: Vec<Diagnostic>) -> Failure {
        Failure(found)
    }
}
