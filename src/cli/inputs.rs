//! Whether anything that a site is made of seems to have changed since it was published, told by sizes and times: enough to show the
//! published site until the digests are read, and quick however many they are.

use super::load;
use super::own::{self, files_below};
use super::project::Project;
use super::{Failure, note, themes};
use crate::disk::{self, Listing};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// A hash of what a site is made of: the program, settings, own pages, and of all other files, with the listed digests, the paths, sizes and
/// times of change.
pub(super) fn fingerprint(project: &Project, listing: &Listing) -> Result<String, Failure> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes()).update(&[0]);
    };
    add(env!("CARGO_PKG_VERSION"));
    add(&std::env::current_exe().map_or_else(|_| String::new(), |path| stamp_of(&path)));
    // It holds the settings with what the command line said, and the texts of the owner's pages.
    add(&format!("{:?}", project.config));
    for found in &listing.files {
        add(&found.path);
        add(&stamp(found.size, found.written));
    }
    for folder in own::FOLDERS.iter().chain([&themes::FOLDER]) {
        for (path, file) in files_below(&project.root.join(folder))? {
            add(&path);
            add(&stamp_of(&file));
        }
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Size and time of change of a file.
fn stamp(size: u64, written: Option<Duration>) -> String {
    format!("{size} {written:?}")
}

fn stamp_of(path: &Path) -> String {
    let written = |meta: &Metadata| meta.modified().ok()?.duration_since(UNIX_EPOCH).ok();
    fs::metadata(path).map_or_else(|error| error.to_string(), |meta| stamp(meta.len(), written(&meta)))
}

/// The published site, if it is made of what there is now.
pub(super) fn published(project: &Project, output: &Path) -> Option<PathBuf> {
    let state = disk::state_folder(output).ok()?;
    let noted = note::read(&state)?.stamps;
    let is_same = fingerprint(project, &load::listing(project, output)).is_ok_and(|now| now == noted);
    output.canonicalize().ok().filter(|_| is_same)
}
