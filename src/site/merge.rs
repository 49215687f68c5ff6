//! Which entries were folded into which.

use crate::model::{Day, Digest, Entry};
use std::collections::HashMap;

/// An entry as it was read: its file, and its place in the digest of a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// Path of the file.
    pub path: String,
    /// The day of its digest.
    pub day: Option<Day>,
    /// Its place there, from 1.
    pub position: u32,
}

impl Origin {
    /// Where an entry of a digest was read.
    pub fn of(digest: &Digest, entry: &Entry) -> Origin {
        Origin { path: digest.path.clone(), day: digest.day, position: entry.position }
    }
}

/// For each entry that was folded into another, that other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merges(HashMap<Origin, Origin>);

impl Merges {
    /// Notes that an entry was folded into another.
    pub(super) fn add(&mut self, from: Origin, into: Origin) {
        self.0.insert(from, into);
    }

    /// How many entries were folded.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if every entry stands for itself.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry that another was folded into in the end.
    pub fn into_of(&self, from: &Origin) -> Option<&Origin> {
        let mut at = self.0.get(from)?;
        // An entry may have been folded into one that was folded itself; the chain is short and has no ring.
        for _ in 0..8 {
            match self.0.get(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        Some(at)
    }
}
