//! What is noted of a published site beside it: what it was made of, and what was said of it.

use super::Failure;
use crate::build::{Print, print_of};
use crate::memo::{self, memo_fields};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The name of the file in the state folder.
const FILE: &str = "note";

/// The note.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// The print of the bytes of all that the site is made of.
    pub(super) contents: Print,
    /// The fingerprint of sizes and times of the same, see `inputs`.
    pub(super) stamps: String,
    /// The table at the end of a build.
    pub(super) report: String,
    /// What the site takes of what its host allows.
    pub(super) budget: String,
    /// What was said of mistakes and limits.
    pub(super) warnings: String,
    /// True if there are warnings or errors in the digests.
    pub(super) has_findings: bool,
    /// True if the site is within its budget.
    pub(super) is_within: bool,
}

memo_fields!(Note { contents, stamps, report, budget, warnings, has_findings, is_within });

/// Whether there seems to be a note.
pub(super) fn is_there(state: &Path) -> bool {
    state.join(FILE).exists()
}

/// The note beside the published site; none if there is none or it is damaged.
pub(super) fn read(state: &Path) -> Option<Note> {
    let (seal, note): (Print, Vec<u8>) = memo::value(&fs::read(state.join(FILE)).ok()?)?;
    memo::value(&note).filter(|_| seal == print_of(&[&note]))
}

/// Forgets the published site, before another takes its place. A note that stays would speak of that one.
pub(super) fn forget(state: &Path) -> Result<(), Failure> {
    match fs::remove_file(state.join(FILE)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            let path = state.join(FILE);
            Err(Failure::new(format!("could not remove `{}`: {error}", path.display()), "the site was left as it was"))
        }
        _ => Ok(()),
    }
}

/// Notes what was published. That it cannot be noted costs time the next time, and nothing else.
pub(super) fn write(state: &Path, note: &Note) {
    let bytes = memo::bytes(note);
    let _ = fs::write(state.join(FILE), memo::bytes(&(print_of(&[&bytes]), bytes)));
}
