//! What lies in the output folder and was not written by daysheet.
//!
//! [`scan`] finds it, [`carry`] gives it a place in the staging tree. Nothing foreign is ever deleted: where an artifact
//! needs its path and the bytes differ, it is kept in the state folder and a warning says where.

use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{During, PublishError, plain};
use super::files::{create_folders, identity, is_absent, link_or_copy, same_content};
use super::manifest::{Manifest, slashed};
use super::place::Place;

/// Folders of version control. Tools keep them open and change them in place, so they stay where they are, and with them
/// the output folder.
const STAYING: [&str; 7] = [".git", ".hg", ".svn", ".jj", ".bzr", ".pijul", "_darcs"];

/// The foreign part of an output folder.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    items: Vec<Item>,
    /// Why the output folder cannot be exchanged for another, if so.
    pub(super) obstacle: Option<String>,
}

#[derive(Debug)]
struct Item {
    /// Relative to the output folder. A path and not a string: foreign names need not be UTF-8.
    path: PathBuf,
    is_folder: bool,
}

impl Foreign {
    /// How many foreign files and symlinks stay where they are beside new files; a version control folder counts as one.
    pub(super) fn n_staying(&self, new: &Manifest) -> usize {
        self.items.iter().filter(|item| !item.is_folder && !is_in_the_way(&item.path, false, new)).count()
    }
}

/// Walks the output folder level by level, all folders of a level side by side. Costs no `lstat` for files: their kind comes with their names.
pub(super) fn scan(place: &Place, ours: &Manifest) -> Result<Foreign, PublishError> {
    let home = fs::metadata(&place.state).during("read", &place.state)?;
    let mut foreign = Foreign::default();
    let meta = fs::metadata(&place.output).ok();
    foreign.obstacle = meta.and_then(|meta| obstacle(&place.output, &meta, &home));
    let walk = Walk { place, ours, home: &home };
    let mut level = vec![PathBuf::new()];
    while !level.is_empty() {
        let found: Vec<(Foreign, Vec<PathBuf>)> = level.par_iter().map(|folder| walk.inside(folder)).collect();
        level.clear();
        for (other, folders) in found {
            foreign.append(other);
            level.extend(folders);
        }
    }
    Ok(foreign)
}

struct Walk<'a> {
    place: &'a Place,
    ours: &'a Manifest,
    home: &'a Metadata,
}

impl Walk<'_> {
    /// What is foreign in a folder, by its path in the output folder, and the folders in it that are to be walked.
    fn inside(&self, folder: &Path) -> (Foreign, Vec<PathBuf>) {
        let mut foreign = Foreign::default();
        let mut folders = Vec::new();
        let whole = self.place.output.join(folder);
        let entries = match fs::read_dir(&whole).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => {
                foreign.unreadable(&whole, &error);
                return (foreign, folders);
            }
        };
        let mut files = Vec::new();
        for entry in entries {
            let path = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if !kind.is_dir() => files.push(path),
                Ok(_) => {
                    if self.add_folder(&mut foreign, &entry, &path) == Inside::Walked {
                        folders.push(path);
                    }
                }
                Err(error) => foreign.unreadable(&entry.path(), &error),
            }
        }
        let of_others = self.not_ours(folder, files).into_iter().map(|path| Item { path, is_folder: false });
        foreign.items.extend(of_others);
        (foreign, folders)
    }

    /// Those of the files in a folder that are not ours. Both are gone through in their order: asked for one by one, our list is read
    /// here and there.
    fn not_ours(&self, folder: &Path, mut files: Vec<PathBuf>) -> Vec<PathBuf> {
        let folder = slashed(folder).unwrap_or_default();
        // As bytes, and not part by part as paths are compared.
        files.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        let mut ours = self.ours.files_in(&folder).peekable();
        files.retain(|path| {
            let Some(path) = slashed(path) else { return true };
            while ours.next_if(|other| **other < *path).is_some() {}
            ours.next_if(|other| **other == *path).is_none()
        });
        files
    }

    fn add_folder(&self, foreign: &mut Foreign, entry: &DirEntry, path: &Path) -> Inside {
        if slashed(path).is_some_and(|path| self.ours.owns_below(&path)) {
            return Inside::Walked;
        }
        if entry.file_name().to_str().is_some_and(|name| STAYING.contains(&name)) {
            foreign.obstacle = Some(format!("it holds `{}`", path.display()));
            foreign.items.push(Item { path: path.to_owned(), is_folder: false });
            return Inside::Stays;
        }
        let why = entry.metadata().ok().and_then(|meta| obstacle(&entry.path(), &meta, self.home));
        foreign.obstacle = why.or(foreign.obstacle.take());
        foreign.items.push(Item { path: path.to_owned(), is_folder: true });
        Inside::Walked
    }
}

#[derive(PartialEq)]
enum Inside {
    Walked,
    Stays,
}

impl Foreign {
    /// Notes that a folder or file in it cannot be read, unless it is gone; nothing is known of what is in it.
    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        if !is_absent(error) {
            self.obstacle = Some(format!("`{}` cannot be read: {}", path.display(), plain(error)));
        }
    }

    fn append(&mut self, other: Foreign) {
        self.items.extend(other.items);
        self.obstacle = other.obstacle.or(self.obstacle.take());
    }
}

/// Why the output folder cannot be exchanged with this folder in it.
fn obstacle(path: &Path, folder: &Metadata, home: &Metadata) -> Option<String> {
    immovable(folder, home).map(|why| format!("`{}` {why}", path.display()))
}

/// Why a foreign folder cannot be built anew beside the output.
fn immovable(folder: &Metadata, home: &Metadata) -> Option<&'static str> {
    if identity(folder).map(|(device, _)| device) != identity(home).map(|(device, _)| device) {
        return Some("is on another file system");
    }
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&folder.permissions()) & 0o700 != 0o700 {
        return Some("is not writable");
    }
    None
}

/// Gives every foreign item its place in the staging tree, or keeps it aside where `new` has a file in its way.
pub(super) fn carry(place: &Place, foreign: &Foreign, new: &Manifest, warnings: &mut Vec<String>) -> Result<(), PublishError> {
    for Item { path, is_folder } in &foreign.items {
        let from = place.output.join(path);
        let carried = match (is_in_the_way(path, *is_folder, new), is_folder) {
            (false, true) => carry_folder(&from, &place.next().join(path)),
            (false, false) => carry_file(&from, &place.next().join(path)),
            (true, true) => Ok(()),
            (true, false) => give_way(place, &from, path, &place.next().join(path), warnings),
        };
        match carried {
            Err(error) if is_absent(&error) => {}
            other => other.during("carry over", &from)?,
        }
    }
    Ok(())
}

fn is_in_the_way(path: &Path, is_folder: bool, new: &Manifest) -> bool {
    let needed_below = !is_folder && slashed(path).is_some_and(|path| new.owns_below(&path));
    needed_below || path.ancestors().any(|path| new.owns(path))
}

fn carry_folder(from: &Path, to: &Path) -> io::Result<()> {
    create_folders(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

fn carry_file(from: &Path, to: &Path) -> io::Result<()> {
    to.parent().map_or(Ok(()), create_folders)?;
    link_or_copy(from, to)
}

/// Keeps a foreign file aside and says so, unless the artifact that takes its place is equal to it.
pub(super) fn give_way(place: &Place, from: &Path, path: &Path, artifact: &Path, warnings: &mut Vec<String>) -> io::Result<()> {
    if same_content(from, artifact)? {
        return Ok(());
    }
    let kept = place.preserve(from, path)?;
    warnings.push(format!(
        "`{}` was not written by daysheet and stood in the way of a page; it is kept as `{}`",
        path.display(),
        kept.display()
    ));
    Ok(())
}

/// The warning for something that could not be done and does not matter enough to fail.
pub(super) fn shrug(action: &str, path: &Path, error: &io::Error) -> String {
    format!("could not {action} `{}`: {}", path.display(), plain(error))
}
