//! The list of the files that daysheet itself put into the output folder, and the memo of what they were made of.
//!
//! A file is listed with the hash of its bytes, what `lstat` said of it, and the print of all that it was made of: where nothing of
//! that has changed, the file is taken over without being made again. The list is closed by a checksum of all bytes before it. One that
//! is lost or damaged counts as none: then daysheet owns nothing in the output, deletes nothing there and makes everything.
//!
//! It begins with the *folder* that it describes, by device and inode of the staging tree. An exchange moves that
//! folder into the output's place and keeps its inode, so after a crash one look tells whether `manifest.next` speaks of
//! the tree that is live now (see `recover`).

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::ops::Bound;
use std::path::Path;

use super::files::{Identity, Stamp, write_durably};
use crate::memo::{self, Input, Memo, memo_fields};

/// What a list of this form begins with.
const HEAD: &[u8] = b"daysheet-manifest 2\n";

/// What a file was made of, as a hash of all of it.
pub type Print = u128;

/// One published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Hash of the bytes.
    pub(super) hash: blake3::Hash,
    /// What `lstat` said of the published file.
    pub(super) stamp: Stamp,
    /// What it was made of; none where that is not known.
    pub(super) print: Option<Print>,
}

impl Memo for Record {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.hash.as_bytes());
        self.stamp.put(out);
        self.print.unwrap_or(0).put(out);
    }

    fn get(input: &mut Input) -> Option<Record> {
        let hash = blake3::Hash::from_slice(input.take(blake3::OUT_LEN)?).ok()?;
        Some(Record { hash, stamp: Stamp::get(input)?, print: Some(Print::get(input)?).filter(|print| *print != 0) })
    }
}

memo_fields!(Stamp { size, mtime, inode });

/// The files of one published tree, by relative path.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The folder that was staged.
    pub(super) root: Option<Identity>,
    /// The files, in byte order of their paths.
    pub(super) files: BTreeMap<String, Record>,
}

impl Manifest {
    /// Whether daysheet wrote the file at this path. A path that is not UTF-8 is never ours.
    pub(super) fn owns(&self, path: &Path) -> bool {
        slashed(path).is_some_and(|path| self.files.contains_key(&path))
    }

    /// Whether some file of ours lies below this path.
    pub(super) fn owns_below(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let from = (Bound::Included(folder.as_str()), Bound::Unbounded);
        self.files.range::<str, _>(from).next().is_some_and(|(first, _)| first.starts_with(&folder))
    }

    /// The paths of files by what they were made of.
    pub(super) fn by_print(&self) -> HashMap<Print, Vec<String>> {
        let mut paths: HashMap<Print, Vec<String>> = HashMap::new();
        for (path, record) in &self.files {
            if let Some(print) = record.print {
                paths.entry(print).or_default().push(path.clone());
            }
        }
        paths
    }

    /// Writes the list durably and returns its checksum.
    pub(super) fn store(&self, path: &Path) -> io::Result<Seal> {
        let mut bytes = HEAD.to_vec();
        self.root.unwrap_or((0, 0)).put(&mut bytes);
        self.files.put(&mut bytes);
        let seal = seal(&bytes);
        bytes.extend_from_slice(&seal);
        write_durably(path, &bytes)?;
        Ok(seal)
    }

    /// Reads a list and its checksum. None there is `Ok(None)`, a damaged one is an error.
    pub(super) fn load(path: &Path) -> io::Result<Option<(Manifest, Seal)>> {
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read?,
        };
        let (body, stated) = bytes.split_last_chunk().ok_or_else(damaged)?;
        if seal(body) != *stated {
            return Err(damaged());
        }
        let manifest = decode(body).ok_or_else(damaged)?;
        Ok(Some((manifest, *stated)))
    }
}

/// The checksum of a list.
pub(super) type Seal = [u8; blake3::OUT_LEN];

fn seal(body: &[u8]) -> Seal {
    *blake3::hash(body).as_bytes()
}

fn decode(body: &[u8]) -> Option<Manifest> {
    let (root, files) = memo::value::<(Identity, BTreeMap<String, Record>)>(body.strip_prefix(HEAD)?)?;
    Some(Manifest { root: Some(root).filter(|root| *root != (0, 0)), files })
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the list of published files is damaged")
}

/// The path as it stands in the list: with `/` on every system. `None` where it is not UTF-8.
pub(super) fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
