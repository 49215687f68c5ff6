//! Folders and single files that commands write, and what helps where they cannot.

use super::Failure;
use crate::disk::{self, PublishError};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What helps against the reasons that a system gives.
const HELPS: &[(ErrorKind, &str)] = &[
    (ErrorKind::NotFound, "make the folder first, or give another one"),
    (ErrorKind::NotADirectory, "a folder is wanted where a file is: give another one"),
    (ErrorKind::AlreadyExists, "a folder is wanted where a file is: give another one"),
    (ErrorKind::IsADirectory, "a file is wanted where a folder is: give another name"),
    (ErrorKind::PermissionDenied, "give a folder that you may write to"),
    (ErrorKind::ReadOnlyFilesystem, "give a folder that can be written to"),
    (ErrorKind::StorageFull, "make room on the disk"),
];

fn help(kind: ErrorKind) -> &'static str {
    HELPS.iter().find(|(known, _)| *known == kind).map_or("", |(_, help)| help)
}

/// Makes a folder, and those around it, where there is none.
pub(super) fn folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path)
        .map_err(|error| Failure::new(format!("could not make `{}`: {error}", path.display()), help(error.kind())))
}

/// Writes a file at once, in place of the one that may be there.
pub(super) fn file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    disk::write_atomically(path, bytes).map_err(|error| unwritten(&error))
}

/// Why something could not be written.
pub(super) fn unwritten(error: &PublishError) -> Failure {
    let hint = match error.action {
        "publish to" => "give another folder with `--output`, or with `output` in site.toml",
        _ => help(error.source.kind()),
    };
    Failure::new(error.to_string(), hint)
}
