//! Removing a tree that was live a moment ago.
//!
//! Between the look at the foreign files and the exchange somebody may have put another file into the output folder. So
//! the old tree is not removed blindly: a file goes if daysheet wrote it or if it lives on elsewhere, and is rescued
//! otherwise.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use super::files::{create_folders, is_absent, look, same_content};
use super::foreign::{give_way, shrug};
use super::manifest::{Manifest, slashed};
use super::place::Place;

/// One removal of a tree.
pub(super) struct Sweep<'a> {
    /// Where rescued files go.
    pub(super) place: &'a Place,
    /// What daysheet wrote into this tree.
    pub(super) ours: &'a Manifest,
    /// Whether the output folder is another tree by now, which may hold the same files and can take rescued ones.
    pub(super) is_replaced: bool,
    /// What was rescued or could not be removed.
    pub(super) warnings: Mutex<Vec<String>>,
}

impl Sweep<'_> {
    /// Removes the folder `absolute`, which is or was at `relative` in the output. Sub-folders are removed in parallel.
    /// What cannot be removed is a warning: the new site is live, and the next start tries again.
    pub(super) fn folder(&self, absolute: &Path, relative: &Path) {
        if let Err(error) = self.contents(absolute, relative).and_then(|()| fs::remove_dir(absolute))
            && !is_absent(&error)
        {
            self.warn(shrug("remove", absolute, &error));
        }
    }

    fn contents(&self, absolute: &Path, relative: &Path) -> io::Result<()> {
        let mut folders = Vec::new();
        let mut entries = fs::read_dir(absolute)?.collect::<io::Result<Vec<_>>>()?;
        // Names come in the order of a hash; in that of the inodes each of their blocks is changed once.
        entries.sort_by_cached_key(inode);
        let ours = slashed(relative).map_or(0..0, |folder| self.ours.below(&folder));
        for entry in entries {
            let (path, inside) = (entry.path(), relative.join(entry.file_name()));
            if entry.file_type()?.is_dir() {
                folders.push((path, inside));
            } else if let Err(error) = self.file(&path, &inside, &ours)
                && !is_absent(&error)
            {
                self.warn(shrug("remove", &path, &error));
            }
        }
        folders.par_iter().for_each(|(path, inside)| self.folder(path, inside));
        Ok(())
    }

    /// Removes a file. `ours` are the places of our files in its folder.
    fn file(&self, absolute: &Path, relative: &Path, ours: &Range<usize>) -> io::Result<()> {
        let is_ours = slashed(relative).is_some_and(|path| self.ours.place_in(ours.clone(), &path).is_some());
        if !is_ours && self.rescue(absolute, relative)? == Rescue::Moved {
            return Ok(());
        }
        fs::remove_file(absolute)
    }

    fn rescue(&self, absolute: &Path, relative: &Path) -> io::Result<Rescue> {
        let live = self.place.output.join(relative);
        if !self.is_replaced {
            return self.keep_aside(absolute, relative, Path::new(""));
        }
        if same_content(absolute, &live)? || same_content(absolute, &self.place.state.join("replaced").join(relative))? {
            return Ok(Rescue::Kept);
        }
        if look(&live)?.is_none() && live.parent().is_some_and(|parent| create_folders(parent).is_ok()) {
            return fs::rename(absolute, &live).map(|()| Rescue::Moved);
        }
        self.keep_aside(absolute, relative, &live)
    }

    fn keep_aside(&self, absolute: &Path, relative: &Path, artifact: &Path) -> io::Result<Rescue> {
        let mut warnings = Vec::new();
        give_way(self.place, absolute, relative, artifact, &mut warnings)?;
        warnings.into_iter().for_each(|warning| self.warn(warning));
        Ok(Rescue::Kept)
    }

    fn warn(&self, warning: String) {
        self.warnings.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(warning);
    }
}

#[cfg(unix)]
fn inode(entry: &fs::DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

#[cfg(not(unix))]
fn inode(_entry: &fs::DirEntry) -> u64 {
    0
}

#[derive(PartialEq)]
enum Rescue {
    /// It has a second name or a copy; this one may go.
    Kept,
    /// It has been taken away.
    Moved,
}
