//! What several test modules need.

use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use std::fs;
use std::path::{Path, PathBuf};

/// The program to test: the one that `DAYSHEET_PROGRAM` names, such as the one for release, or that of the tests' build.
pub(crate) fn program() -> String {
    std::env::var("DAYSHEET_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_daysheet").to_owned())
}

/// A folder of the shared corpora; None, said aloud, where it is not there.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("DAYSHEET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: there is no `{}`", path.display());
    None
}

/// The files of a folder and those below it, by relative path.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(folder).expect("a path below the folder").to_string_lossy().replace('\\', "/");
                files.push((relative, fs::read(&path).expect("a readable file")));
            }
        }
    }
    files.sort();
    files
}

/// Readings of the files of a folder, by path.
pub(crate) fn readings(folder: &Path) -> Vec<Reading> {
    let inputs = files(folder).into_iter().filter(|(path, _)| path.ends_with(".md"));
    inputs.map(|(path, bytes)| read(InputFile { path, bytes, modified: None }, &ReadOptions::default())).collect()
}
