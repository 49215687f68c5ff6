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
use std::path::Path;

use ahash::{HashSet, RandomState};
use indexmap::IndexMap;

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

/// The files of one published tree, by relative path, which are to be listed in byte order: who looks at all of them
/// then goes from folder to folder.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The folder that was staged.
    pub(super) root: Option<Identity>,
    files: IndexMap<String, Record, RandomState>,
    /// The folders that hold the files, and those above them.
    folders: HashSet<String>,
}

impl Manifest {
    /// An empty list with room for so many files.
    pub(super) fn with_capacity(root: Option<Identity>, n_files: usize) -> Manifest {
        Manifest { root, files: IndexMap::with_capacity_and_hasher(n_files, RandomState::new()), folders: HashSet::default() }
    }

    /// Lists a file behind the others, or lists it anew in its place.
    pub(super) fn insert(&mut self, path: String, record: Record) {
        let mut inner = path.as_str();
        let last = self.files.last().and_then(|(last, _)| last.rsplit_once('/'));
        while let Some((folder, _)) = inner.rsplit_once('/') {
            // In byte order nearly each file lies where the one before it does.
            if last.is_some_and(|(last, _)| last == folder) || self.folders.contains(folder) {
                break;
            }
            self.folders.insert(folder.to_owned());
            inner = folder;
        }
        self.files.insert(path, record);
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Bytes of all files.
    pub(super) fn bytes(&self) -> u64 {
        self.files.values().map(|record| record.stamp.size).sum()
    }

    /// What is known of the file at this path.
    pub(super) fn get(&self, path: &str) -> Option<&Record> {
        self.files.get(path)
    }

    /// All files, as they were listed.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (&String, &Record)> {
        self.files.iter()
    }

    /// Whether the same files are listed, made of the same.
    pub(super) fn has_same_files(&self, other: &Manifest) -> bool {
        self.files == other.files
    }

    /// Whether daysheet wrote the file at this path. A path that is not UTF-8 is never ours.
    pub(super) fn owns(&self, path: &Path) -> bool {
        slashed(path).is_some_and(|path| self.files.contains_key(path.as_ref()))
    }

    /// The paths of the files right in a folder of the list, which is in byte order, with that folder's path.
    pub(super) fn files_in(&self, folder: &str) -> impl Iterator<Item = &String> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let start = self.files.partition_point(|path, _| *path < prefix);
        let below = (start..self.files.len()).map_while(|at| self.files.get_index(at)).map(|(path, _)| path);
        let n = prefix.len();
        below.take_while(move |path| path.starts_with(&prefix)).filter(move |path| !path[n..].contains('/'))
    }

    /// The first path that is both a file's and that of a folder of files.
    pub(super) fn in_the_way(&self) -> Option<&String> {
        self.folders.iter().filter(|folder| self.files.contains_key(*folder)).min()
    }

    /// Whether some file of ours lies below this path.
    pub(super) fn owns_below(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// The files by what they were made of.
    pub(super) fn by_print(&self) -> ByPrint {
        let records = (0..).zip(self.files.values());
        ByPrint::new(&records.filter_map(|(at, record)| Some((record.print?.get(), at))).collect::<Vec<_>>())
    }

    /// The place in the list of the file at this path.
    pub(super) fn place(&self, path: &str) -> Option<usize> {
        self.files.get_index_of(path)
    }

    /// The file at a place in the list.
    pub(super) fn at(&self, place: usize) -> Option<(&String, &Record)> {
        self.files.get_index(place)
    }

    /// Writes the list durably.
    pub(super) fn store(&self, path: &Path) -> io::Result<()> {
        write_durably(path, &self.to_bytes()?.0)
    }

    /// The list as it is kept, and its checksum, which it ends with.
    pub(super) fn to_bytes(&self) -> io::Result<(Vec<u8>, Seal)> {
        let of_paths: usize = self.files.keys().map(|path| size_of::<u32>() + path.len()).sum();
        let mut bytes = Vec::with_capacity(HEAD.len() + of_paths + self.len() * size_of::<Record>() + size_of::<Seal>() + 64);
        bytes.extend_from_slice(HEAD);
        self.root.unwrap_or((0, 0)).put(&mut bytes);
        let mut files: Vec<(&String, &Record)> = self.files.iter().collect();
        if !files.is_sorted_by_key(|(path, _)| *path) {
            files.sort_unstable_by_key(|(path, _)| *path);
        }
        u32::try_from(files.len()).map_err(io::Error::other)?.put(&mut bytes);
        for (path, record) in files {
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
    for _ in 0..n_files {
        manifest.insert(String::get(&mut input)?, Record::get(&mut input)?);
    }
    // Who merges it with another counts on the order.
    Some(manifest).filter(|manifest| input.is_empty() && manifest.files.keys().is_sorted())
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
