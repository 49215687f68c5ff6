//! The one step that makes a new site live, and the flushing before it.

use std::io;
use std::path::Path;

use super::place::Place;

/// Swaps the staging tree and the output folder in one step: afterwards the old site is the staging tree.
#[cfg(target_os = "linux")]
pub(super) fn exchange(place: &Place) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, place.next(), CWD, &place.output, RenameFlags::EXCHANGE)?)
}

/// Swaps the staging tree and the output folder in one step: not to be had on this system.
#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(_place: &Place) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether there is any use in preparing a whole tree.
pub(super) const CAN_EXCHANGE: bool = cfg!(target_os = "linux");

/// Flushes a tree, so that after a power failure a published name never leads to an empty file. On Linux the whole file
/// system is flushed at once, which for thousands of files is far cheaper than one call per file.
#[cfg(target_os = "linux")]
pub(super) fn sync_tree(root: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(root)?)?)
}

/// Flushes a tree, so that after a power failure a published name never leads to an empty file.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_tree(root: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(root).contents_first(true) {
        let entry = entry?;
        if entry.file_type().is_file() {
            // Flushing needs a handle that may write on some systems. What may not be written, such as an object of a version control
            // in the output, is none of ours.
            match std::fs::OpenOptions::new().write(true).open(entry.path()) {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                file => file?.sync_all()?,
            }
        } else if entry.file_type().is_dir() {
            super::files::sync_folder(entry.path())?;
        }
    }
    Ok(())
}
