//! The one error of writing: which path, what was tried, what the system said.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Something that kept the output from being written; the published site is as it was, or is repaired at the next start.
#[derive(Debug)]
pub struct PublishError {
    /// The file or folder concerned.
    pub path: PathBuf,
    /// What was tried, as a verb: `write`, `lock`, `read`.
    pub action: &'static str,
    /// Why it failed.
    pub source: io::Error,
}

impl PublishError {
    /// An error whose reason is a rule of ours and not an answer of the system.
    pub(super) fn because(action: &'static str, path: impl Into<PathBuf>, why: &'static str) -> PublishError {
        PublishError { path: path.into(), action, source: io::Error::other(why) }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not {} `{}`: {}", self.action, self.path.display(), plain(&self.source))
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

/// The system's words without the number that the standard library appends.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error ") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

/// Gives an `io::Result` its path and its action.
pub(super) trait During<T> {
    /// Names what was being done to which path.
    fn during(self, action: &'static str, path: &Path) -> Result<T, PublishError>;
}

impl<T> During<T> for io::Result<T> {
    fn during(self, action: &'static str, path: &Path) -> Result<T, PublishError> {
        self.map_err(|source| PublishError { path: path.to_owned(), action, source })
    }
}
