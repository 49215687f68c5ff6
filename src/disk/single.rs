//! One file, written so that a reader sees the old bytes or the new ones.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::{During, PublishError};
use super::files::{create_file, sync_folder};

/// Writes a file beside `path`, flushes it and renames it over `path`. A symlink is followed, an existing mode is kept,
/// and what is not a regular file (a pipe, `/dev/stdout`) is written to directly, because it must not be replaced.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    write(path, bytes).during("write", path)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let existing = fs::metadata(path).ok();
    if existing.as_ref().is_some_and(|meta| !meta.is_file() && !meta.is_dir()) {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    if existing.as_ref().is_some_and(|meta| meta.is_dir()) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let target = if existing.is_some() { path.canonicalize()? } else { path.to_owned() };
    let (part, mut file) = create_part(&target)?;
    let done = file.write_all(bytes).and_then(|()| match existing {
        Some(meta) => file.set_permissions(meta.permissions()),
        None => Ok(()),
    });
    let done = done.and_then(|()| file.sync_all()).and_then(|()| fs::rename(&part, &target));
    if done.is_err() {
        let _ = fs::remove_file(&part);
        return done;
    }
    sync_folder(folder_of(&target))
}

/// A new file beside the target. Numbers are tried in turn, so that neither a leftover nor another writer is in the way.
fn create_part(target: &Path) -> io::Result<(PathBuf, fs::File)> {
    if target.file_name().is_none() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path has no file name"));
    }
    let mut n = 0;
    loop {
        let part = folder_of(target).join(format!(".daysheet-part-{n}"));
        match create_file(&part) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => n += 1,
            other => return other.map(|file| (part, file)),
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}
