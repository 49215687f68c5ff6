//! Whether anything that a site is made of has changed since it was published: a fingerprint of all of it, kept beside the output.

use super::load::listing;
use super::own::{self, files_below};
use super::project::Project;
use super::{Failure, themes};
use crate::disk;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The name of the file in the state folder.
const FILE: &str = "inputs";

/// A hash of what a site is made of: the program, settings, own pages, and of all other files the paths, sizes and times of change.
pub(super) fn fingerprint(project: &Project, output: &Path) -> Result<String, Failure> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes()).update(&[0]);
    };
    add(env!("CARGO_PKG_VERSION"));
    add(&std::env::current_exe().map_or_else(|_| String::new(), |path| stamp(&path)));
    // It holds the settings with what the command line said, and the texts of the owner's pages.
    add(&format!("{:?}", project.config));
    for found in listing(project, output).files {
        add(&found.path);
        add(&stamp(&found.absolute));
    }
    for folder in own::FOLDERS.iter().chain([&themes::FOLDER]) {
        for (path, file) in files_below(&project.root.join(folder))? {
            add(&path);
            add(&stamp(&file));
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Size and time of change of a file.
fn stamp(path: &Path) -> String {
    let changed = |meta: &Metadata| meta.modified().ok()?.duration_since(UNIX_EPOCH).ok();
    fs::metadata(path).map_or_else(|error| error.to_string(), |meta| format!("{} {:?}", meta.len(), changed(&meta)))
}

/// Forgets what the published site was made of, before another takes its place.
pub(super) fn forget(state: &Path) {
    // If it stays, it tells of a site that was published; whoever believes it sees that one until the new one is read.
    let _ = fs::remove_file(state.join(FILE));
}

/// Notes what the published site was made of. A note that is cut off fits nothing, which is as good as none.
pub(super) fn note(state: &Path, fingerprint: &str) {
    let _ = fs::write(state.join(FILE), fingerprint);
}

/// The published site, if it is made of what there is now.
pub(super) fn published(project: &Project, output: &Path) -> Option<PathBuf> {
    let state = disk::state_folder(output).ok()?;
    let noted = fs::read_to_string(state.join(FILE)).ok()?;
    let is_same = fingerprint(project, output).is_ok_and(|now| now == noted);
    output.canonicalize().ok().filter(|_| is_same)
}
