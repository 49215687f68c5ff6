//! The list of the files that daysheet itself put into the output folder, and the memo of what they were made of.
//!
//! A file is listed with the hash of its bytes, what `lstat` said of it, and the print of all that it was made of: where nothing of
//! that has changed, the file is taken over without being made again. The list is closed by a checksum of all bytes before it. One that
//! is lost or damaged counts as none: then daysheet owns nothing in the output, deletes nothing there and makes everything.
//!
//! The list begins with the *folder* that it describes, by device and inode of the staging tree; the files follow in byte order of their
//! paths. An exchange moves that folder into the output's place and keeps its inode, so after a crash one look tells whether
//! `manifest.next` speaks of the tree that is live now (see `recover`).

use std::borrow::Cow;
use std::fs;
use std::io;
use std::num::NonZero;
use std::ops::Range;
use std::path::Path;

use super::files::{Identity, Stamp, write_durably};
use crate::memo::{Input, Memo, Print, memo_fields, put_text};

/// What a list of this form begins with.
const HEAD: &[u8] = b"daysheet-manifest 3\n";

/// One published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Hash of the bytes.
    pub(super) hash: Print,
    /// What `lstat` said of the published file.
    pub(super) stamp: Stamp,
    /// What it was made of; none where that is not known.
    pub(super) print: Option<NonZero<Print>>,
}

/// The places of files in a list, by what they were made of.
#[derive(Debug)]
pub(super) struct ByPrint {
    /// In the order of the first bits, and of the places.
    places: Vec<(Print, u32)>,
    /// Where the prints with each value of their first bits begin, and the end. Prints are spread evenly, so that there are few of each.
    starts: Vec<usize>,
    /// How far a print is to be shifted for these bits.
    shift: u32,
}

impl ByPrint {
    fn new(listed: &[(Print, u32)]) -> ByPrint {
        let n_bits = listed.len().max(2).ilog2();
        let shift = Print::BITS - n_bits;
        let mut starts = vec![0; (1 << n_bits) + 1];
        for (print, _) in listed {
            starts[(print >> shift) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut places = vec![(0, 0); listed.len()];
        for &(print, at) in listed {
            let first_bits = (print >> shift) as usize;
            places[free[first_bits]] = (print, at);
            free[first_bits] += 1;
        }
        ByPrint { places, starts, shift }
    }

    /// The places of the files that were made of what this print says.
    pub(super) fn of(&self, print: Print) -> impl Iterator<Item = usize> + Clone {
        let first_bits = (print >> self.shift) as usize;
        let near = &self.places[self.starts[first_bits]..self.starts[first_bits + 1]];
        near.iter().filter(move |(other, _)| *other == print).map(|(_, at)| *at as usize)
    }
}

impl Memo for Record {
    fn put(&self, out: &mut Vec<u8>) {
        self.hash.put(out);
        self.stamp.put(out);
        self.print.map_or(0, NonZero::get).put(out);
    }

    fn get(input: &mut Input) -> Option<Record> {
        Some(Record { hash: Print::get(input)?, stamp: Stamp::get(input)?, print: NonZero::new(Print::get(input)?) })
    }
}

memo_fields!(Stamp { size, mtime, inode });

/// The files of one published tree, by relative path, in byte order: who looks at all of them then goes from folder to folder. A file is
/// known by its place in the list. The paths stand in one text and not each in its own, since a list is mostly read, gone through and
/// written again.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The folder that was staged.
    pub(super) root: Option<Identity>,
    /// All paths, one after the other.
    paths: String,
    /// Where each path ends.
    ends: Vec<usize>,
    records: Vec<Record>,
}

impl Manifest {
    /// An empty list with room for so many files.
    pub(super) fn with_capacity(root: Option<Identity>, n_files: usize) -> Manifest {
        Manifest { root, paths: String::new(), ends: Vec::with_capacity(n_files), records: Vec::with_capacity(n_files) }
    }

    /// Lists a file behind the others, which its path has to follow.
    pub(super) fn push(&mut self, path: &str, record: Record) {
        debug_assert!(self.last().is_none_or(|last| last < path), "`{path}` is out of order");
        self.paths.push_str(path);
        self.ends.push(self.paths.len());
        self.records.push(record);
    }

    fn last(&self) -> Option<&str> {
        self.len().checked_sub(1).map(|last| self.path(last))
    }

    /// Lists a file anew, by its place.
    pub(super) fn set(&mut self, place: usize, record: Record) {
        self.records[place] = record;
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// Bytes of all files.
    pub(super) fn bytes(&self) -> u64 {
        self.records.iter().map(|record| record.stamp.size).sum()
    }

    /// The path of the file at a place.
    pub(super) fn path(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.paths[start..self.ends[place]]
    }

    /// What is known of the file at a place.
    pub(super) fn record(&self, place: usize) -> &Record {
        &self.records[place]
    }

    /// The place of the file at this path.
    pub(super) fn place(&self, path: &str) -> Option<usize> {
        self.place_in(0..self.len(), path)
    }

    /// The place of the file at this path, if it is one of these.
    pub(super) fn place_in(&self, places: Range<usize>, path: &str) -> Option<usize> {
        let place = self.first_from(&places, path);
        (place < places.end && self.path(place) == path).then_some(place)
    }

    /// The first of these places whose path does not come before this one.
    fn first_from(&self, places: &Range<usize>, path: &str) -> usize {
        let (mut start, mut end) = (places.start, places.end);
        while start < end {
            let middle = start.midpoint(end);
            if self.path(middle) < path {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }

    /// What is known of the file at this path.
    pub(super) fn get(&self, path: &str) -> Option<&Record> {
        self.place(path).map(|place| self.record(place))
    }

    /// All files.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Record)> {
        (0..self.len()).map(|place| (self.path(place), self.record(place)))
    }

    /// Whether the same files are listed, made of the same.
    pub(super) fn has_same_files(&self, other: &Manifest) -> bool {
        (&self.ends, &self.records, &self.paths) == (&other.ends, &other.records, &other.paths)
    }

    /// Whether daysheet wrote the file at this path. A path that is not UTF-8 is never ours.
    pub(super) fn owns(&self, path: &Path) -> bool {
        slashed(path).is_some_and(|path| self.place(&path).is_some())
    }

    /// The places of the files in a folder and in those below it.
    pub(super) fn below(&self, folder: &str) -> Range<usize> {
        let all = 0..self.len();
        if folder.is_empty() {
            return all;
        }
        // What follows the slash in byte order begins behind all that is in the folder.
        let [start, end] = ['/', '0'].map(|next| self.first_from(&all, &format!("{folder}{next}")));
        start..end
    }

    /// The paths of the files right in a folder.
    pub(super) fn files_in(&self, folder: &str) -> impl Iterator<Item = &str> {
        let n = if folder.is_empty() { 0 } else { folder.len() + 1 };
        self.below(folder).map(|place| self.path(place)).filter(move |path| !path[n..].contains('/'))
    }

    /// The first path that is both a file's and that of a folder of files.
    pub(super) fn in_the_way(&self) -> Option<&str> {
        let mut before = "";
        let mut found: Option<&str> = None;
        for place in 0..self.len() {
            let folder = self.path(place).rsplit_once('/').map_or("", |(folder, _)| folder);
            // The files of a folder nearly always follow each other.
            if folder == before {
                continue;
            }
            before = folder;
            let slashes = folder.match_indices('/').map(|(at, _)| at);
            let above = slashes.chain([folder.len()]).map(|end| &folder[..end]);
            found = found.into_iter().chain(above.filter(|folder| self.place(folder).is_some())).min();
        }
        found
    }

    /// Whether some file of ours lies below this path.
    pub(super) fn owns_below(&self, path: &str) -> bool {
        !self.below(path).is_empty()
    }

    /// The files by what they were made of.
    pub(super) fn by_print(&self) -> ByPrint {
        let records = (0..).zip(&self.records);
        ByPrint::new(&records.filter_map(|(at, record)| Some((record.print?.get(), at))).collect::<Vec<_>>())
    }

    /// Writes the list durably.
    pub(super) fn store(&self, path: &Path) -> io::Result<()> {
        write_durably(path, &self.to_bytes()?.0)
    }

    /// The list as it is kept, and its checksum, which it ends with.
    pub(super) fn to_bytes(&self) -> io::Result<(Vec<u8>, Seal)> {
        let of_files = self.paths.len() + self.len() * (size_of::<u32>() + size_of::<Record>());
        let mut bytes = Vec::with_capacity(HEAD.len() + of_files + size_of::<Seal>() + 64);
        bytes.extend_from_slice(HEAD);
        self.root.unwrap_or((0, 0)).put(&mut bytes);
        u32::try_from(self.len()).map_err(io::Error::other)?.put(&mut bytes);
        for (path, record) in self.iter() {
            put_text(path, &mut bytes);
            record.put(&mut bytes);
        }
        let seal = seal(&bytes);
        bytes.extend_from_slice(&seal);
        Ok((bytes, seal))
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
    let mut input = Input::new(body.strip_prefix(HEAD)?);
    let root = Some(Identity::get(&mut input)?).filter(|root| *root != (0, 0));
    let n_files = usize::try_from(u32::get(&mut input)?).ok()?;
    // A length that rotted must not reserve memory for what is not there.
    let mut manifest = Manifest::with_capacity(root, n_files.min(body.len() / size_of::<Record>()));
    let mut paths = Vec::with_capacity(body.len().saturating_sub(n_files.saturating_mul(size_of::<Record>())));
    for _ in 0..n_files {
        let length = usize::try_from(u32::get(&mut input)?).ok()?;
        paths.extend_from_slice(input.take(length)?);
        manifest.ends.push(paths.len());
        manifest.records.push(Record::get(&mut input)?);
    }
    manifest.paths = String::from_utf8(paths).ok()?;
    let are_texts = manifest.ends.iter().all(|&end| manifest.paths.is_char_boundary(end));
    // Who looks for a path, or merges the list with another, counts on the order.
    let in_order = || (0..n_files).is_sorted_by(|&a, &b| manifest.path(a) < manifest.path(b));
    let is_whole = input.is_empty() && are_texts && in_order();
    is_whole.then_some(manifest)
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the list of published files is damaged, or of another version")
}

/// The path as it stands in the list: with `/` on every system. `None` where it is not UTF-8.
pub(super) fn slashed(path: &Path) -> Option<Cow<'_, str>> {
    if std::path::MAIN_SEPARATOR == '/' {
        return path.to_str().map(Cow::Borrowed);
    }
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names with what sorts before and behind the slash, and beyond ASCII.
    const PATHS: [&str; 12] = [
        "2026",
        "2026-01/a",
        "2026.html",
        "2026/01",
        "2026/01-a",
        "2026/01.html",
        "2026/01/02",
        "20260",
        "a/é",
        "a/中",
        "a0",
        "图/a",
    ];

    fn manifest(paths: &[&str]) -> Manifest {
        let mut manifest = Manifest::default();
        for (n, path) in (1..).zip(paths) {
            let stamp = Stamp { size: n, mtime: 0, inode: n };
            manifest.push(path, Record { hash: 0, stamp, print: NonZero::new(n.into()) });
        }
        manifest
    }

    #[test]
    fn files_and_folders_are_found_as_by_a_look_at_each() {
        let manifest = manifest(&PATHS);
        for (place, path) in PATHS.into_iter().enumerate() {
            assert_eq!((manifest.place(path), manifest.path(place)), (Some(place), path));
        }
        for folder in ["2026", "2026-01", "2026/01", "202", "2026/0", "a", "a0", "图", "中", "2026/01/02"] {
            let inside = |path: &&str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            let below: Vec<&str> = PATHS.into_iter().filter(inside).collect();
            assert_eq!(manifest.below(folder).map(|place| manifest.path(place)).collect::<Vec<_>>(), below, "{folder}");
            assert_eq!(manifest.owns_below(folder), !below.is_empty(), "{folder}");
            assert_eq!(manifest.place(&format!("{folder}/")), None);
            let right_in = below.into_iter().filter(|path| !path[folder.len() + 1..].contains('/')).collect::<Vec<_>>();
            assert_eq!(manifest.files_in(folder).collect::<Vec<_>>(), right_in, "{folder}");
        }
        assert_eq!(manifest.files_in("").collect::<Vec<_>>(), ["2026", "2026.html", "20260", "a0"]);
        assert_eq!(manifest.in_the_way(), Some("2026"));
        assert_eq!(self::manifest(&PATHS[3..]).in_the_way(), Some("2026/01"));
        assert_eq!(self::manifest(&PATHS[4..]).in_the_way(), None);
    }

    #[test]
    fn a_list_comes_back_and_one_that_is_cut_off_or_out_of_order_does_not() {
        let listed = manifest(&PATHS);
        let (bytes, seal) = listed.to_bytes().expect("a short list");
        let body = &bytes[..bytes.len() - seal.len()];
        assert!(decode(body).is_some_and(|read| read.has_same_files(&listed)));
        for n in 0..body.len() {
            assert!(decode(&body[..n]).is_none(), "{n}");
        }
        let mut turned = body.to_vec();
        let at = turned.windows(5).position(|part| part == b"20260").expect("a path");
        turned[at] = b'1';
        assert!(decode(&turned).is_none());
    }
}
