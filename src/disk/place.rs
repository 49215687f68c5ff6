//! Where things lie: the output folder, and the state folder `.daysheet-<name>` beside it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{During, PublishError};
use super::files::{create_folders, link_or_copy, look, same_content};

/// What the name of a state folder begins with; the name of the output folder follows.
pub const STATE_PREFIX: &str = ".daysheet-";

/// The folder beside an output folder where daysheet keeps what it has to remember; it need not exist.
pub fn state_folder(output: &Path) -> Result<PathBuf, PublishError> {
    beside(&resolve(output)?)
}

fn beside(output: &Path) -> Result<PathBuf, PublishError> {
    let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
        return Err(PublishError::because("publish to", output, "a root folder cannot be an output folder"));
    };
    let mut state = OsString::from(STATE_PREFIX);
    state.push(name);
    Ok(parent.join(state))
}

/// An output folder and the paths that belong to it.
#[derive(Debug)]
pub(super) struct Place {
    /// The output folder, absolute and free of symlinks; it need not exist.
    pub(super) output: PathBuf,
    /// The state folder beside it; it exists.
    pub(super) state: PathBuf,
}

impl Place {
    /// Finds the output folder (through a symlink if it is one) and creates its state folder.
    pub(super) fn prepare(output: &Path) -> Result<Place, PublishError> {
        let output = resolve(output)?;
        let state = beside(&output)?;
        create_folders(&state).during("create", &state)?;
        Ok(Place { output, state })
    }

    /// The file that is locked during a build.
    pub(super) fn lock(&self) -> PathBuf {
        self.state.join("lock")
    }

    /// The list of the files that are published now.
    pub(super) fn manifest(&self) -> PathBuf {
        self.state.join("manifest")
    }

    /// The list of the files that are about to be published.
    pub(super) fn manifest_next(&self) -> PathBuf {
        self.state.join("manifest.next")
    }

    /// Present while files are being replaced one by one.
    pub(super) fn journal(&self) -> PathBuf {
        self.state.join("journal")
    }

    /// The staging tree; after an exchange, the old site on its way out.
    pub(super) fn next(&self) -> PathBuf {
        self.state.join("next")
    }

    /// Keeps a second name (or a copy) of a foreign file that has to give way, and returns where. A different file kept
    /// there earlier stays: the new one goes to `replaced.1`, `replaced.2` and so on.
    pub(super) fn preserve(&self, from: &Path, relative: &Path) -> io::Result<PathBuf> {
        for n in 0..1000 {
            let base = if n == 0 { "replaced".to_owned() } else { format!("replaced.{n}") };
            let to = self.state.join(base).join(relative);
            if same_content(from, &to)? {
                return Ok(to);
            }
            let free = look(&to)?.is_none() && to.parent().is_some_and(|parent| create_folders(parent).is_ok());
            if free {
                return link_or_copy(from, &to).map(|()| to);
            }
        }
        Err(io::Error::other("too many replaced files of this name"))
    }
}

fn resolve(output: &Path) -> Result<PathBuf, PublishError> {
    match fs::metadata(output) {
        Ok(meta) if meta.is_dir() => output.canonicalize().during("open", output),
        Ok(_) => Err(PublishError::because("publish to", output, "it is a file, not a folder")),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).during("open", output),
        Err(_) if output.is_symlink() => Err(PublishError::because("publish to", output, "it is a symlink that leads nowhere")),
        Err(_) => resolve_new(output),
    }
}

fn resolve_new(output: &Path) -> Result<PathBuf, PublishError> {
    let Some(name) = output.file_name() else {
        return Err(PublishError::because("publish to", output, "the path does not end in a folder name"));
    };
    let parent = match output.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    create_folders(parent).during("create", parent)?;
    Ok(parent.canonicalize().during("open", parent)?.join(name))
}

/// Why a relative path cannot be published, if so. The list of files is line by line, hence no control characters.
pub(super) fn unsafe_path(path: &str) -> Option<&'static str> {
    let is_bad = |byte: u8| byte == b'\\' || byte.is_ascii_control();
    if path.bytes().any(is_bad) || !path.is_ascii() && path.contains(char::is_control) {
        return Some("the path holds a backslash or a control character");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Some("the path is absolute or has an empty, `.` or `..` part");
    }
    // Names of drives are all that is left.
    if cfg!(windows) && Path::new(path).components().any(|part| !matches!(part, Component::Normal(_))) {
        return Some("the path is not relative");
    }
    None
}

/// Whether `a` is `b` or a folder above it, symlinks resolved. Paths that do not exist yet are resolved as far as they do.
pub fn is_same_or_parent(a: &Path, b: &Path) -> bool {
    real(b).starts_with(real(a))
}

fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut result = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => drop(result.pop()),
            Component::CurDir => {}
            part => result.push(part),
        }
        if let Ok(found) = result.canonicalize() {
            result = found;
        }
    }
    result
}
