//! The list of the files that daysheet itself put into the output folder.
//!
//! A text file, one line per published file, closed by a checksum of all lines before it. A list that is lost or damaged
//! counts as none: then daysheet owns nothing in the output and deletes nothing there.
//!
//! The first line names the *folder* the list describes, by device and inode of the staging tree. An exchange moves that
//! folder into the output's place and keeps its inode, so after a crash one look tells whether `manifest.next` speaks of
//! the tree that is live now (see `recover`).

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::ops::Bound;
use std::path::Path;

use super::files::{Identity, Stamp, write_durably};

const HEAD: &str = "daysheet-manifest 1";

/// One published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Hash of the bytes.
    pub(super) hash: blake3::Hash,
    /// What `lstat` said of the published file.
    pub(super) stamp: Stamp,
}

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

    /// Writes the list durably and returns its checksum.
    pub(super) fn store(&self, path: &Path) -> io::Result<String> {
        let mut text = self.encode();
        let seal = seal(&text);
        text.push_str(&seal);
        text.push('\n');
        write_durably(path, text.as_bytes())?;
        Ok(seal)
    }

    /// Reads a list and its checksum. None there is `Ok(None)`, a damaged one is an error.
    pub(super) fn load(path: &Path) -> io::Result<Option<(Manifest, String)>> {
        let text = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => String::from_utf8(read?).map_err(|_| damaged())?,
        };
        let body = text.strip_suffix('\n').and_then(|t| t.rfind('\n')).map(|at| &text[..=at]).ok_or_else(damaged)?;
        let stated = text[body.len()..].trim_end();
        if seal(body) != stated {
            return Err(damaged());
        }
        let manifest = decode(body).ok_or_else(damaged)?;
        Ok(Some((manifest, stated.to_owned())))
    }

    fn encode(&self) -> String {
        let (device, inode) = self.root.unwrap_or((0, 0));
        let mut text = format!("{HEAD} {device} {inode}\n");
        for (path, Record { hash, stamp }) in &self.files {
            let line = (hash.to_hex(), stamp.size, stamp.mtime, stamp.inode);
            writeln!(text, "{} {} {} {} {path}", line.0, line.1, line.2, line.3).expect("a string takes any text");
        }
        text
    }
}

fn decode(body: &str) -> Option<Manifest> {
    let mut lines = body.lines();
    let (device, inode) = lines.next()?.strip_prefix(HEAD)?.trim_start().split_once(' ')?;
    let root = Some((device.parse().ok()?, inode.parse().ok()?)).filter(|root| *root != (0, 0));
    let files = lines.map(decode_line).collect::<Option<_>>()?;
    Some(Manifest { root, files })
}

fn decode_line(line: &str) -> Option<(String, Record)> {
    let mut words = line.splitn(5, ' ');
    let hash = blake3::Hash::from_hex(words.next()?).ok()?;
    let size = words.next()?.parse().ok()?;
    let mtime = words.next()?.parse().ok()?;
    let inode = words.next()?.parse().ok()?;
    Some((words.next()?.to_owned(), Record { hash, stamp: Stamp { size, mtime, inode } }))
}

fn seal(body: &str) -> String {
    format!("checksum {}", blake3::hash(body.as_bytes()).to_hex())
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the list of published files is damaged")
}

/// The path as it stands in the list: with `/` on every system. `None` where it is not UTF-8.
pub(super) fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
