//! Publishing file by file, where the whole folder cannot be exchanged.
//!
//! Each file changes in one rename, in an order that never shows a link before its page: new files, changed files, entry
//! points, and deletions last. The journal is one file naming the checksum of `manifest.next`; the work itself needs no
//! list, because it can be read off the state folder at any moment: what is still in the staging tree has to be moved, and
//! what the old manifest has and the next one has not is to be deleted. So [`run`] is the same for the first time and for
//! rolling forward after a crash.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::error::{During, PublishError};
use super::exchange::sync_tree;
use super::files::{
    create_file, create_folders, look, remove_file_if_any, remove_tree_if_any, stamp, sync_folder, write_durably,
};
use super::foreign::give_way;
use super::manifest::{Manifest, Record, Seal};
use super::place::Place;
use super::sweep::Sweep;

/// Name of the one file that stands in the output for a moment when the staging tree is on another file system.
const PART: &str = ".daysheet-part";

/// Declares that `manifest.next` with this checksum is to be carried out. From here on it only goes forward.
pub(super) fn begin(place: &Place, seal: &Seal) -> Result<(), PublishError> {
    write_durably(&place.journal(), seal).during("write", &place.journal())
}

/// Carries out what was begun, from wherever it stopped.
pub(super) fn run(
    place: &Place,
    old: &Manifest,
    mut new: Manifest,
    warnings: &mut Vec<String>,
) -> Result<Manifest, PublishError> {
    let mut replacing = Replacing { place, old, warnings, folders: HashSet::new() };
    for path in in_order(old, &new) {
        let moved = replacing.put(&path).during("write", &place.output.join(&path))?;
        if let (Some(stamp), Some(place)) = (moved, new.place(&path)) {
            new.set(place, Record { stamp, ..*new.record(place) });
        }
    }
    for (path, _) in old.iter().filter(|(path, _)| new.get(path).is_none()) {
        replacing.delete(path).during("remove", &place.output.join(path))?;
    }
    sync_tree(&place.output).during("flush", &place.output)?;
    new.store(&place.manifest()).during("write", &place.manifest())?;
    // All is live and listed. What stays behind here is cleared at the next start.
    if let Err(error) = finish(place) {
        warnings.push(format!("the new site is published, and the next run will clear up: {error}"));
    }
    Ok(new)
}

/// Clears the state folder; the journal goes first, for without it the rest means nothing.
fn finish(place: &Place) -> Result<(), PublishError> {
    remove_file_if_any(&place.journal()).during("remove", &place.journal())?;
    remove_file_if_any(&place.manifest_next()).during("remove", &place.manifest_next())?;
    remove_tree_if_any(&place.next()).during("remove", &place.next())?;
    sync_folder(&place.state).during("flush", &place.state)
}

fn in_order(old: &Manifest, new: &Manifest) -> Vec<String> {
    let is_same =
        |path: &str, record: &Record| old.get(path).is_some_and(|known| (known.hash, known.stamp) == (record.hash, record.stamp));
    let changed = new.iter().filter(|(path, record)| !is_same(path, record));
    let mut paths: Vec<String> = changed.map(|(path, _)| path.to_owned()).collect();
    paths.sort_by_key(|path| (is_entry_point(path), old.get(path).is_some()));
    paths
}

/// Pages and feeds that readers come by and that link to all else.
fn is_entry_point(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit('.').next().unwrap_or("");
    name == "index.html" || path.starts_with("feeds/") || matches!(extension, "xml" | "rss" | "atom")
}

struct Replacing<'a> {
    place: &'a Place,
    old: &'a Manifest,
    warnings: &'a mut Vec<String>,
    /// Folders of the output that were seen to be real ones, so that nothing is written through a symlink.
    folders: HashSet<PathBuf>,
}

impl Replacing<'_> {
    /// Moves one staged file to its place. A new stamp is returned where it had to be copied.
    fn put(&mut self, path: &str) -> io::Result<Option<super::files::Stamp>> {
        let staged = self.place.next().join(path);
        if look(&staged)?.is_none() {
            return Ok(None);
        }
        self.open_way(Path::new(path))?;
        self.clear(Path::new(path), &staged)?;
        let target = self.place.output.join(path);
        match fs::rename(&staged, &target) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => move_by_copy(&staged, &target).map(Some),
            other => other.map(|()| None),
        }
    }

    /// Makes sure that all parents of a path are real folders.
    fn open_way(&mut self, path: &Path) -> io::Result<()> {
        let Some(parent) = path.parent() else {
            return Ok(());
        };
        if self.folders.contains(parent) {
            return Ok(());
        }
        self.open_way(parent)?;
        let folder = self.place.output.join(parent);
        if let Some(meta) = look(&folder)?
            && !meta.is_dir()
            && parent != Path::new("")
        {
            self.set_aside(parent, Path::new(""))?;
            fs::remove_file(&folder)?;
        }
        create_folders(&folder)?;
        self.folders.insert(parent.to_owned());
        Ok(())
    }

    /// Keeps whatever foreign thing stands at the path of a file of ours. The rename itself replaces a file or symlink.
    fn clear(&mut self, path: &Path, staged: &Path) -> io::Result<()> {
        let target = self.place.output.join(path);
        match look(&target)? {
            None => Ok(()),
            Some(meta) if !meta.is_dir() => self.set_aside(path, staged),
            Some(_) => {
                self.remove_folder(&target, path);
                self.folders.retain(|folder| !folder.starts_with(path));
                Ok(())
            }
        }
    }

    fn set_aside(&mut self, path: &Path, artifact: &Path) -> io::Result<()> {
        if self.old.owns(path) {
            return Ok(());
        }
        give_way(self.place, &self.place.output.join(path), path, artifact, self.warnings)
    }

    fn remove_folder(&mut self, absolute: &Path, path: &Path) {
        let warnings = Mutex::default();
        let sweep = Sweep { place: self.place, ours: self.old, is_replaced: false, warnings };
        sweep.folder(absolute, path);
        self.warnings.extend(sweep.warnings.into_inner().unwrap_or_default());
    }

    /// Deletes a file of ours and the folders that become empty, never through a symlink.
    fn delete(&mut self, path: &str) -> io::Result<()> {
        let path = Path::new(path);
        if !self.is_really_inside(path)? {
            return Ok(());
        }
        let target = self.place.output.join(path);
        if look(&target)?.is_some_and(|meta| meta.is_dir()) {
            return Ok(());
        }
        remove_file_if_any(&target)?;
        let parents = path.ancestors().skip(1).take_while(|parent| *parent != Path::new(""));
        for parent in parents {
            if fs::remove_dir(self.place.output.join(parent)).is_err() {
                break;
            }
            self.folders.remove(parent);
        }
        Ok(())
    }

    fn is_really_inside(&mut self, path: &Path) -> io::Result<bool> {
        let Some(parent) = path.parent() else {
            return Ok(true);
        };
        if self.folders.contains(parent) {
            return Ok(true);
        }
        let is_folder = look(&self.place.output.join(parent))?.is_some_and(|meta| meta.is_dir());
        let inside = is_folder && self.is_really_inside(parent)?;
        if inside {
            self.folders.insert(parent.to_owned());
        }
        Ok(inside)
    }
}

fn move_by_copy(staged: &Path, target: &Path) -> io::Result<super::files::Stamp> {
    let part = target.with_file_name(PART);
    remove_file_if_any(&part)?;
    let mut file = create_file(&part)?;
    io::copy(&mut fs::File::open(staged)?, &mut file)?;
    file.sync_all()?;
    let stamp = stamp(&file.metadata()?);
    fs::rename(&part, target)?;
    // Last: as long as the staged file is there, a run that was killed starts over with it.
    fs::remove_file(staged)?;
    Ok(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::files::Stamp;
    use crate::memo;

    #[test]
    fn what_links_to_all_else_comes_last() {
        let mut new = Manifest::with_capacity(None, 5);
        for (n, path) in
            ["2026/01/02.html", "assets/page.js", "feeds/days/atom.xml", "index.html", "sitemap.xml"].into_iter().enumerate()
        {
            let stamp = Stamp { size: 1, mtime: 0, inode: n as u64 };
            new.push(path, Record { hash: memo::print(path.as_bytes()), stamp, print: None });
        }
        let mut order = in_order(&Manifest::default(), &new);
        order[..2].sort();
        assert_eq!(order[..2], ["2026/01/02.html", "assets/page.js"]);
    }
}
