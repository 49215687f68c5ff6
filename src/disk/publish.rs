//! Preparing a new version of the output folder and making it live.
//!
//! While artifacts arrive, only those that differ from what is published are written to the staging tree; of the others
//! the path is noted. [`Staging::publish`] then has the whole picture and takes the cheapest way that is right:
//!
//! 1. nothing differs: the staging tree is dropped (`Unchanged`);
//! 2. there is no output folder yet: the staging tree is renamed to it (`Created`);
//! 3. the unchanged and the foreign files are linked into the staging tree, all is flushed, the two trees are exchanged in
//!    one step, and the old one is swept away (`Exchanged`);
//! 4. where a folder cannot be exchanged, files are replaced one by one under a journal (`Replaced`).

use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;

use ahash::{HashMap, HashSet};
use rayon::prelude::*;

use super::error::{During, PublishError, plain};
use super::exchange::{CAN_EXCHANGE, exchange, sync_tree};
use super::files::{self, Folder, create_folders, identity, look, remove_tree_if_any, sync_folder};
use super::foreign::{self, Foreign};
use super::lock::{self, Lock};
use super::manifest::{ByPrint, Manifest, Record, Seal};
use super::place::{Place, unsafe_path};
use super::stopwatch::{Lap, Stopwatch};
use super::{recover, replace};
use crate::memo::{self, Print};

/// A new version of an output folder being prepared beside it. Dropped without [`Staging::publish`], it leaves no trace.
#[derive(Debug)]
pub struct Staging {
    place: Place,
    /// The output folder, where there is one.
    published: Option<Folder>,
    /// The staging tree.
    next: Folder,
    old: Manifest,
    by_print: OnceLock<ByPrint>,
    /// For each published file, by its place in the list, what becomes of its path: [`FREE`], [`REUSED`] or [`WRITTEN`].
    claims: Vec<AtomicU8>,
    /// What was written. `None` while a file is being written, and for ever if that failed.
    artifacts: Mutex<HashMap<String, Option<Artifact>>>,
    folders: Mutex<HashSet<String>>,
    warnings: Vec<String>,
    stopwatch: Stopwatch,
    /// A flush that goes on beside the writing.
    ahead: Mutex<Option<JoinHandle<io::Result<()>>>>,
    /// Set once the staging tree is more than a draft and must not be removed on the way out.
    is_committed: bool,
    /// Last, so that it is freed after all else.
    _lock: Lock,
}

/// Nothing was said of the path so far.
const FREE: u8 = 0;
/// The file was taken over as it is.
const REUSED: u8 = 1;
/// A file was written to the path, be it the same.
const WRITTEN: u8 = 2;

#[derive(Debug, Clone, Copy)]
struct Artifact {
    record: Record,
    is_kept: bool,
}

/// What publishing did.
#[derive(Debug, Clone)]
pub struct Published {
    /// Files of ours that are live now.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// How many were new, changed or repaired.
    pub written: usize,
    /// How many stayed as they were.
    pub kept: usize,
    /// Files of ours that are no longer there.
    pub removed: usize,
    /// Files in the output that daysheet did not write and left alone; a version control folder counts as one.
    pub foreign: usize,
    /// How the new site became live.
    pub way: Way,
    /// What the user should know, one sentence each.
    pub warnings: Vec<String>,
    /// What the steps of publishing took.
    pub phases: Vec<Lap>,
}

/// How a new version became live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In one step: the new folder for the old one.
    Exchanged,
    /// File by file; the reason is among the warnings.
    Replaced,
    /// There was nothing to do.
    Unchanged,
    /// There was no output folder before.
    Created,
}

impl Staging {
    /// Takes the lock, finishes or removes what an interrupted run left, and opens an empty tree beside `output`.
    pub fn open(output: &Path) -> Result<Staging, PublishError> {
        let place = Place::prepare(output)?;
        let lock = lock::take(&place.lock())?;
        let mut warnings = Vec::new();
        let old = recover::recover(&place, &mut warnings)?;
        create_folders(&place.next()).during("create", &place.next())?;
        let next = Folder::open(&place.next()).during("read", &place.next())?;
        Ok(Staging {
            published: Folder::open(&place.output).ok(),
            next,
            by_print: OnceLock::new(),
            claims: (0..old.len()).map(|_| AtomicU8::new(FREE)).collect(),
            place,
            old,
            artifacts: Mutex::default(),
            folders: Mutex::default(),
            warnings,
            stopwatch: Stopwatch::start(),
            ahead: Mutex::default(),
            is_committed: false,
            _lock: lock,
        })
    }

    /// The folder beside the output where daysheet keeps what it has to remember.
    pub fn state_folder(&self) -> &Path {
        &self.place.state
    }

    /// Adds the file at the relative path `path` (`/`-separated), made of what `print` says. Callable from many threads. Streams to
    /// disk at once; nothing is held. Each path may be written once. All files of one print are to be written in one build.
    /// Says whether the published file is the same.
    pub fn write(&self, path: &str, bytes: &[u8], print: Option<Print>) -> Result<bool, PublishError> {
        let at = self.old.place(path);
        self.claim(path, at, WRITTEN)?;
        let (hash, print) = (memo::print(bytes), print.and_then(NonZero::new));
        let published = at.map(|at| self.old.record(at)).filter(|record| record.hash == hash && self.is_untouched(path, record));
        let artifact = match published {
            Some(record) => Artifact { record: Record { print, ..*record }, is_kept: true },
            None => Artifact { record: Record { hash, stamp: self.stage(path, bytes)?, print }, is_kept: false },
        };
        lock_of(&self.artifacts).insert(path.to_owned(), Some(artifact));
        Ok(artifact.is_kept)
    }

    /// Begins to flush what was written so far, beside whatever is written next, so that less is left to wait for at the end. Once is enough:
    /// more often, files that are written meanwhile wait for it. Does nothing where a system has no flush for many files at once.
    pub fn flush_ahead(&self) {
        let mut ahead = lock_of(&self.ahead);
        if CAN_EXCHANGE && ahead.is_none() {
            let next = self.place.next();
            *ahead = std::thread::Builder::new().spawn(move || sync_tree(&next)).ok();
        }
    }

    /// Whether a file of ours is published at this path.
    pub fn is_published(&self, path: &str) -> bool {
        self.old.place(path).is_some()
    }

    /// Whether published files were made of what this print says, whole or not.
    pub fn knows(&self, print: Print) -> bool {
        self.made_of(print).next().is_some()
    }

    /// The published files that were made of what this print says, by their places in the list.
    fn made_of(&self, print: Print) -> impl Iterator<Item = (usize, &str, &Record)> + Clone {
        let places = self.by_print.get_or_init(|| self.old.by_print()).of(print);
        places.map(|at| (at, self.old.path(at), self.old.record(at)))
    }

    /// Whether all that was published is there and whole: how many files and bytes. None if something is missing or was touched.
    pub fn verify(&self) -> Option<(usize, u64)> {
        let n_files = self.old.len();
        let is_untouched = |at: usize| self.is_untouched(self.old.path(at), self.old.record(at));
        let is_all = n_files > 0 && (0..n_files).into_par_iter().all(is_untouched);
        is_all.then(|| (n_files, self.old.bytes()))
    }

    /// Takes over the published files that were made of the same, with the length in bytes of each. None, and none of them is taken, where
    /// there are none or one of them is not whole: then they are to be made.
    pub fn reuse(&self, print: Print) -> Result<Option<Vec<(&str, u64)>>, PublishError> {
        let files = self.made_of(print);
        let is_whole = files.clone().all(|(_, path, record)| self.is_untouched(path, record));
        let mut taken = Vec::new();
        for (at, path, record) in files.filter(|_| is_whole) {
            self.claim(path, Some(at), REUSED)?;
            taken.push((path, record.stamp.size));
        }
        Ok(Some(taken).filter(|taken| !taken.is_empty()))
    }

    /// Puts the tree in the place of the output folder. Before this the old site is untouched.
    pub fn publish(mut self) -> Result<Published, PublishError> {
        self.stopwatch.skip();
        let artifacts = std::mem::take(&mut *lock_of(&self.artifacts));
        let live = look(&self.place.output).during("read", &self.place.output)?;
        let scan = || match live {
            Some(_) => foreign::scan(&self.place, &self.old),
            None => Ok(Foreign::default()),
        };
        let (collected, foreign) = rayon::join(|| self.collect(artifacts), scan);
        let ((new, kept), foreign) = (collected?, foreign?);
        self.stopwatch.lap("collect");
        let mut published = Published {
            files: new.len(),
            bytes: new.bytes(),
            written: new.len() - kept.len(),
            kept: kept.len(),
            removed: self.claims.iter().filter(|claim| claim.load(Ordering::Relaxed) == FREE).count(),
            foreign: foreign.n_staying(&new),
            way: Way::Unchanged,
            warnings: Vec::new(),
            phases: Vec::new(),
        };
        let is_changed = published.written != 0 || published.removed != 0;
        published.way = match live {
            None => self.create(new)?,
            Some(_) if !is_changed => self.note(new)?,
            Some(_) => self.change(new, &kept, &foreign)?,
        };
        published.warnings = std::mem::take(&mut self.warnings);
        published.phases = self.stopwatch.laps().to_vec();
        Ok(published)
    }
}

/// Adding files.
impl Staging {
    /// Claims a path, of a published file by its place in the list, for a file that is taken over or written.
    fn claim(&self, path: &str, at: Option<usize>, claim: u8) -> Result<(), PublishError> {
        if let Some(why) = unsafe_path(path) {
            return Err(PublishError::because("write", path, why));
        }
        // Each claim asks for its path alone, which needs no order among several.
        let is_claimed = at.is_some_and(|at| self.claims[at].swap(claim, Ordering::Relaxed) != FREE);
        let is_listed = || lock_of(&self.artifacts).insert(path.to_owned(), None).is_some();
        if is_claimed || claim == WRITTEN && is_listed() {
            is_listed();
            return Err(PublishError::because("write", path, "two pages have this address"));
        }
        Ok(())
    }

    /// Whether nobody has touched a published file since. One system call.
    fn is_untouched(&self, path: &str, record: &Record) -> bool {
        self.published.as_ref().and_then(|folder| folder.stamp(path)) == Some(record.stamp)
    }

    fn stage(&self, path: &str, bytes: &[u8]) -> Result<files::Stamp, PublishError> {
        let shown = self.place.output.join(path);
        self.open_folder_of(path).during("write", &shown)?;
        self.next.write_new(path, bytes).during("write", &shown)
    }

    /// Creates the parent folder once. Two threads may both find it missing; creating it twice does no harm.
    fn open_folder_of(&self, path: &str) -> io::Result<()> {
        let Some((folder, _)) = path.rsplit_once('/') else {
            return Ok(());
        };
        if lock_of(&self.folders).contains(folder) {
            return Ok(());
        }
        create_folders(&self.place.next().join(folder))?;
        lock_of(&self.folders).insert(folder.to_owned());
        Ok(())
    }
}

/// Making the tree live.
impl Staging {
    /// All artifacts as a manifest, and of those that are not in the staging tree, because they stay, the places in the old one. Links are
    /// made in this order, a folder after the other, for which the file system reads each of its blocks once.
    fn collect(&self, artifacts: HashMap<String, Option<Artifact>>) -> Result<(Manifest, Vec<usize>), PublishError> {
        let next = self.place.next();
        let root = look(&next).during("read", &next)?.and_then(|meta| identity(&meta));
        let mut written: Vec<(String, Option<Artifact>)> = artifacts.into_iter().collect();
        written.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let is_reused = |at: usize| self.claims[at].load(Ordering::Relaxed) == REUSED;
        let mut reused = (0..self.old.len()).filter(|at| is_reused(*at)).peekable();
        let mut new = Manifest::with_capacity(root, self.old.len().max(written.len()));
        let mut kept = Vec::with_capacity(self.old.len());
        // Both are in byte order.
        let mut written = written.into_iter().peekable();
        loop {
            let next_written = written.next_if(|(path, _)| reused.peek().is_none_or(|&at| path.as_str() < self.old.path(at)));
            if let Some((path, artifact)) = next_written {
                let Some(Artifact { record, is_kept }) = artifact else {
                    return Err(PublishError::because("publish", path, "it could not be written before"));
                };
                kept.extend(self.old.place(&path).filter(|_| is_kept));
                new.push(&path, record);
            } else if let Some(at) = reused.next() {
                kept.push(at);
                new.push(self.old.path(at), *self.old.record(at));
            } else {
                break;
            }
        }
        match new.in_the_way() {
            Some(path) => Err(PublishError::because("publish", path, "it is both a page and a folder of pages")),
            None => Ok((new, kept)),
        }
    }

    /// The tree is the same, but what its files are known to be made of may not be.
    fn note(&self, mut new: Manifest) -> Result<Way, PublishError> {
        if !new.has_same_files(&self.old) {
            let live = look(&self.place.output).during("read", &self.place.output)?;
            new.root = live.and_then(|meta| identity(&meta));
            new.store(&self.place.manifest()).during("write", &self.place.manifest())?;
        }
        Ok(Way::Unchanged)
    }

    fn create(&mut self, new: Manifest) -> Result<Way, PublishError> {
        self.store(&new)?;
        self.stopwatch.lap("flush");
        fs::rename(self.place.next(), &self.place.output).during("create", &self.place.output)?;
        self.is_committed = true;
        self.finish();
        Ok(Way::Created)
    }

    fn change(&mut self, mut new: Manifest, kept: &[usize], foreign: &Foreign) -> Result<Way, PublishError> {
        let obstacle = match &foreign.obstacle {
            Some(why) => Some(why.clone()),
            None if !CAN_EXCHANGE => Some("this system has no exchange".to_owned()),
            None => match self.complete(&mut new, kept, foreign) {
                Err(error) if is_of_the_machine(&error.source) => return Err(error),
                other => other.err().map(|error| error.to_string()),
            },
        };
        let seal = self.store(&new)?;
        self.stopwatch.lap("flush");
        let obstacle = match obstacle {
            None => match exchange(&self.place) {
                Err(error) if is_of_the_machine(&error) => return Err(error).during("exchange", &self.place.output),
                other => other.err().map(|error| plain(&error)),
            },
            some => some,
        };
        let Some(why) = obstacle else {
            self.is_committed = true;
            self.finish();
            return Ok(Way::Exchanged);
        };
        let output = self.place.output.display();
        self.warnings.push(format!("files were replaced one by one, because `{output}` cannot be exchanged: {why}"));
        // Before the journal, which is in force even if flushing its name fails.
        self.is_committed = true;
        replace::begin(&self.place, &seal)?;
        replace::run(&self.place, &self.old, new, &mut self.warnings)?;
        Ok(Way::Replaced)
    }

    /// Makes the staging tree a whole site: the mode of the old folder, the unchanged files, the foreign ones.
    fn complete(&mut self, new: &mut Manifest, kept: &[usize], foreign: &Foreign) -> Result<(), PublishError> {
        let (output, next) = (&self.place.output, self.place.next());
        fs::metadata(output).and_then(|meta| fs::set_permissions(&next, meta.permissions())).during("create", &next)?;
        let copied: Result<Vec<_>, PublishError> = kept.par_iter().map(|&at| self.link(at, new)).collect();
        copied?.into_iter().flatten().for_each(|(at, record)| new.set(at, record));
        foreign::carry(&self.place, foreign, new, &mut self.warnings)?;
        self.stopwatch.lap("link");
        Ok(())
    }

    /// Links one published file, by its place in the list, into the staging tree; where that fails, writes a copy and returns its place in
    /// the new list and its record there.
    fn link(&self, at: usize, new: &Manifest) -> Result<Option<(usize, Record)>, PublishError> {
        let path = self.old.path(at);
        let from = self.place.output.join(path);
        self.open_folder_of(path).during("write", &from)?;
        if self.published.as_ref().is_some_and(|folder| folder.link(path, &self.next).is_ok()) {
            return Ok(None);
        }
        let bytes = fs::read(&from).during("read", &from)?;
        let hash = memo::print(&bytes);
        let Some(place) = new.place(path).filter(|&place| new.record(place).hash == hash) else {
            return Err(PublishError::because("copy", from, "it was changed during the build"));
        };
        Ok(Some((place, Record { stamp: self.stage(path, &bytes)?, ..*new.record(place) })))
    }

    /// Flushes all that was staged and then the list of it, which is written meanwhile, so that the list on disk never promises more than is there.
    fn store(&self, new: &Manifest) -> Result<Seal, PublishError> {
        // A system that has told of a failure once says nothing of it the next time.
        let ahead = lock_of(&self.ahead).take().map_or(Ok(()), |flush| flush.join().unwrap_or(Ok(())));
        let (next, path) = (self.place.next(), self.place.manifest_next());
        let write = || new.to_bytes().and_then(|(bytes, seal)| Ok((files::write_part(&path, &bytes)?, seal)));
        let (flushed, list) = rayon::join(|| ahead.and_then(|()| sync_tree(&next)), write);
        if flushed.is_err() {
            // Failing here costs nothing: the next start removes it.
            let _ = files::remove_file_if_any(&files::part_of(&path));
        }
        flushed.during("flush", &next)?;
        let (part, seal) = list.during("write", &path)?;
        part.complete().during("write", &path)?;
        Ok(seal)
    }

    /// The new tree is live: makes that durable and only then lets go of the old one. Nothing that fails here takes the new site
    /// back, so it is a warning; the next start finishes what is left, for the old list is still in force.
    fn finish(&mut self) {
        let parent: PathBuf = self.place.output.parent().map(Path::to_owned).unwrap_or_default();
        let done = sync_folder(&parent).during("flush", &parent).and_then(|()| {
            let is_gone = recover::sweep_old(&self.place, &self.old, &mut self.warnings);
            if is_gone { recover::accept(&self.place) } else { Ok(()) }
        });
        if let Err(error) = done {
            self.warnings.push(format!("the new site is published, and the next run will clear up: {error}"));
        }
        self.stopwatch.lap("sweep");
    }
}

/// Whether an error speaks of the machine and not of the folder: no other way of publishing would be better off.
fn is_of_the_machine(error: &io::Error) -> bool {
    use io::ErrorKind::{OutOfMemory, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let is_known = matches!(error.kind(), OutOfMemory | QuotaExceeded | ReadOnlyFilesystem | StorageFull);
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let numbers = [Errno::IO, Errno::MFILE, Errno::NFILE].map(Errno::raw_os_error);
        is_known || error.raw_os_error().is_some_and(|number| numbers.contains(&number))
    }
    #[cfg(not(unix))]
    is_known
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.is_committed {
            // Failing here costs nothing: the next start removes the tree.
            let _ = remove_tree_if_any(&self.place.next());
        }
    }
}

/// The maps stay whole when a thread panics while holding one: each change is a single insertion.
fn lock_of<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::is_of_the_machine;
    use std::io::{Error, ErrorKind};

    #[test]
    fn a_full_or_failing_disk_is_of_the_machine_and_a_forbidden_file_is_not() {
        for kind in [ErrorKind::StorageFull, ErrorKind::ReadOnlyFilesystem, ErrorKind::QuotaExceeded] {
            assert!(is_of_the_machine(&Error::from(kind)), "{kind}");
        }
        #[cfg(unix)]
        assert!(is_of_the_machine(&Error::from_raw_os_error(rustix::io::Errno::IO.raw_os_error())));
        assert!(!is_of_the_machine(&Error::from(ErrorKind::PermissionDenied)));
    }
}
