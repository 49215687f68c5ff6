//! Reading the content folder.
//!
//! [`list`] walks the folder once and names the files, sorted by the bytes of their relative paths so that every machine
//! sees the same order; nothing is opened. [`read`] then reads one file at a time, on any thread. Neither fails as a whole:
//! what cannot be listed or read becomes a [`ReadProblem`], plain data for the caller to report.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use walkdir::{DirEntry, WalkDir};

use super::error::plain;

/// Which files of the content folder count.
#[derive(Debug, Clone, Default)]
pub struct ListRules<'a> {
    /// Extensions to list, without the dot, in any case.
    pub extensions: &'a [&'a str],
    /// Absolute paths of files and folders to leave out: the output folder, the theme.
    pub skip: Vec<PathBuf>,
}

/// What was found in the content folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files to read, in byte order of their paths.
    pub files: Vec<Found>,
    /// What could not be listed, in byte order of the paths.
    pub problems: Vec<ReadProblem>,
    /// How many files have other extensions.
    pub other: usize,
}

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path below the content folder, with `/` on every system; names that are not UTF-8 are shown with U+FFFD.
    pub path: String,
    /// Where the file is.
    pub absolute: PathBuf,
    /// Length in bytes when it was listed.
    pub size: u64,
    /// When it was last written, since the beginning of 1970-01-01 (UTC).
    pub written: Option<Duration>,
}

impl Found {
    /// The day on which it was last written, in days since 1970-01-01 (UTC).
    pub fn day_written(&self) -> Option<i64> {
        i64::try_from(self.written?.as_secs() / 86_400).ok()
    }
}

/// Something in the content folder that was not listed or not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadProblem {
    /// Path below the content folder, as in [`Found::path`]; `.` is the folder itself.
    pub path: String,
    /// What is the matter.
    pub kind: ReadProblemKind,
}

/// What can be the matter with a path of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadProblemKind {
    /// A symlink to something that is in the listing under its own name.
    Duplicate,
    /// A symlink that leads out of the content folder.
    OutsideRoot,
    /// A symlink that leads nowhere.
    Dangling,
    /// A symlink that leads to itself or to a folder it lies in.
    Loop,
    /// A pipe, socket or device.
    NotAFile,
    /// The name is not UTF-8; the file is listed all the same.
    NameNotUtf8,
    /// The file or folder cannot be read; the system's reason.
    Unreadable(String),
    /// The file is longer than the limit.
    TooLarge {
        /// Length in bytes, at least.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
}

/// Lists the files below `root`. Hidden names, `node_modules` and `rules.skip` are left out; symlinks are followed only to
/// files inside `root` that are not listed otherwise.
pub fn list(root: &Path, rules: &ListRules<'_>) -> Listing {
    let root = match root.canonicalize() {
        Ok(root) => root,
        Err(error) => {
            return Listing { problems: vec![unreadable(".".to_owned(), &error)], ..Listing::default() };
        }
    };
    let skip = rules.skip.iter().flat_map(|path| [path.canonicalize().ok(), Some(path.clone())]).flatten().collect();
    let mut walk = Walk { root, rules, skip, links: Vec::new(), listing: Listing::default() };
    walk.run();
    walk.follow_links();
    let mut listing = walk.listing;
    listing.files.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.absolute.cmp(&b.absolute)));
    listing.problems.sort_by(|a, b| a.path.cmp(&b.path));
    listing
}

/// Reads a whole file, unless it is longer than `limit` bytes, even if it grows meanwhile.
pub fn read(found: &Found, limit: u64) -> Result<Vec<u8>, ReadProblem> {
    let problem = |kind| ReadProblem { path: found.path.clone(), kind };
    let failed = |error: io::Error| unreadable(found.path.clone(), &error);
    let file = open(&found.absolute).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if !meta.is_file() {
        return Err(problem(ReadProblemKind::NotAFile));
    }
    if limit < meta.len() {
        return Err(problem(ReadProblemKind::TooLarge { size: meta.len(), limit }));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    let size = bytes.len() as u64;
    if limit < size {
        return Err(problem(ReadProblemKind::TooLarge { size, limit }));
    }
    Ok(bytes)
}

/// Opens for reading without waiting: should the path have become a pipe since it was listed, a plain open would block.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        let flags = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or(0);
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    options.open(path)
}

/// The state of one walk.
struct Walk<'a> {
    /// Canonical, so that every path below it that passes no symlink is canonical too.
    root: PathBuf,
    rules: &'a ListRules<'a>,
    skip: HashSet<PathBuf>,
    /// Symlinks, judged last: whether one is a duplicate depends on all that is listed.
    links: Vec<PathBuf>,
    listing: Listing,
}

impl Walk<'_> {
    fn run(&mut self) {
        let skip = self.skip.clone();
        let walk = WalkDir::new(&self.root).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| !is_skipped(entry, &skip)) {
            match entry {
                Ok(entry) => self.take(&entry),
                Err(error) => self.walk_failed(&error),
            }
        }
    }

    fn take(&mut self, entry: &DirEntry) {
        let kind = entry.file_type();
        if kind.is_dir() {
            return;
        }
        if kind.is_symlink() {
            return self.links.push(entry.path().to_owned());
        }
        if !kind.is_file() {
            return self.problem(entry.path(), ReadProblemKind::NotAFile);
        }
        if !self.is_wanted(entry.path()) {
            self.listing.other += 1;
            return;
        }
        match entry.metadata() {
            Ok(meta) => self.add(entry.path(), &meta),
            Err(error) => self.walk_failed(&error),
        }
    }

    fn walk_failed(&mut self, error: &walkdir::Error) {
        let path = error.path().unwrap_or(&self.root).to_owned();
        let reason = error.io_error().map_or_else(|| error.to_string(), plain);
        self.problem(&path, ReadProblemKind::Unreadable(reason));
    }

    fn follow_links(&mut self) {
        let mut listed: HashSet<PathBuf> = self.listing.files.iter().map(|found| found.absolute.clone()).collect();
        for link in std::mem::take(&mut self.links) {
            match self.judge(&link, &listed) {
                Ok((target, meta)) => {
                    listed.insert(target);
                    self.add(&link, &meta);
                }
                Err(Some(kind)) => self.problem(&link, kind),
                Err(None) => self.listing.other += 1,
            }
        }
    }

    /// The target of a symlink and what the system says of it; or why not; or `None` where the link has another extension.
    fn judge(&self, link: &Path, listed: &HashSet<PathBuf>) -> Result<(PathBuf, Metadata), Option<ReadProblemKind>> {
        let irrelevant = link.extension().is_some() && !self.is_wanted(link);
        let found = link.canonicalize().and_then(|target| Ok((fs::metadata(&target)?, target)));
        let (meta, target): (Metadata, PathBuf) = match found {
            Ok(found) => found,
            Err(_) if irrelevant => return Err(None),
            Err(error) => return Err(Some(broken(&error))),
        };
        if !meta.is_dir() && !self.is_wanted(link) {
            return Err(None);
        }
        let kind = match () {
            () if !target.starts_with(&self.root) => ReadProblemKind::OutsideRoot,
            () if meta.is_dir() && link.starts_with(&target) => ReadProblemKind::Loop,
            () if meta.is_dir() || listed.contains(&target) => ReadProblemKind::Duplicate,
            () if !meta.is_file() => ReadProblemKind::NotAFile,
            () => return Ok((target, meta)),
        };
        Err(Some(kind))
    }

    fn is_wanted(&self, path: &Path) -> bool {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or("");
        self.rules.extensions.iter().any(|wanted| wanted.eq_ignore_ascii_case(extension))
    }

    fn add(&mut self, absolute: &Path, meta: &Metadata) {
        let (path, is_utf8) = self.relative(absolute);
        if !is_utf8 {
            self.problem(absolute, ReadProblemKind::NameNotUtf8);
        }
        let written = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        self.listing.files.push(Found { path, absolute: absolute.to_owned(), size: meta.len(), written });
    }

    fn problem(&mut self, absolute: &Path, kind: ReadProblemKind) {
        let (path, _) = self.relative(absolute);
        self.listing.problems.push(ReadProblem { path, kind });
    }

    /// The path below the root, and whether it is UTF-8.
    fn relative(&self, absolute: &Path) -> (String, bool) {
        let relative = absolute.strip_prefix(&self.root).unwrap_or(absolute);
        let parts: Vec<_> = relative.iter().map(OsStr::to_string_lossy).collect();
        let path = if parts.is_empty() { ".".to_owned() } else { parts.join("/") };
        (path, relative.to_str().is_some())
    }
}

fn is_skipped(entry: &DirEntry, skip: &HashSet<PathBuf>) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() != 0 && (name.starts_with(b".") || name == b"node_modules" || skip.contains(entry.path()))
}

fn broken(error: &io::Error) -> ReadProblemKind {
    if error.kind() == io::ErrorKind::NotFound {
        return ReadProblemKind::Dangling;
    }
    if is_loop(error) { ReadProblemKind::Loop } else { ReadProblemKind::Unreadable(plain(error)) }
}

/// The kind `FilesystemLoop` of the standard library is not stable yet, hence the number.
#[cfg(unix)]
fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_loop(_error: &io::Error) -> bool {
    false
}

fn unreadable(path: String, error: &io::Error) -> ReadProblem {
    ReadProblem { path, kind: ReadProblemKind::Unreadable(plain(error)) }
}
