//! The nouns: digests, entries, works, days and names, with the parsing of their forms. No input, no output.

pub mod day;
pub mod entry;
pub mod id;
pub mod name;
pub mod source;

pub use day::Day;
pub use entry::{Digest, DigestState, Entries, Entry, Link, LinkKind};
pub use id::WorkId;
