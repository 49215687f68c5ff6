//! What changes on disk: which of the files that a site is made of, gathered until it is quiet for a moment.

use crate::cli::project::Project;
use crate::cli::{load, own, themes};
use crate::config;
use crate::disk;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// An editor writes a file in several steps; what follows within this time belongs together.
const QUIET: Duration = Duration::from_millis(20);

/// What changed.
pub(super) struct Change {
    /// The paths, as the system names them.
    pub(super) paths: HashSet<PathBuf>,
    /// True if events were lost: anything may have changed.
    pub(super) is_anything: bool,
}

/// Watches a site's folders.
pub(super) struct Watch {
    events: Receiver<notify::Result<notify::Event>>,
    /// Held, since it stops when dropped.
    watcher: RecommendedWatcher,
    root: PathBuf,
    content: PathBuf,
    output: PathBuf,
}

impl Watch {
    pub(super) fn new(project: &Project, output: &Path) -> notify::Result<Watch> {
        let (sender, events) = channel();
        // A watch that nobody listens to any more ends with the program.
        let watcher = notify::recommended_watcher(move |event| drop(sender.send(event)))?;
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let output = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        let mut watch = Watch { events, watcher, root: real(&project.root), content: real(&project.content), output };
        watch.watcher.watch(&watch.root.clone(), RecursiveMode::NonRecursive)?;
        watch.watcher.watch(&watch.content.clone(), RecursiveMode::Recursive)?;
        watch.follow();
        Ok(watch)
    }

    /// Watches the folders in the root that may have come since.
    fn follow(&mut self) {
        for name in own::FOLDERS.iter().chain([&themes::FOLDER]) {
            let folder = self.root.join(name);
            if folder.is_dir() {
                // Where it cannot be watched, a restart shows what changed.
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }

    /// Waits for a change. None when nothing can be watched any more.
    pub(super) fn next(&mut self) -> Option<Change> {
        let mut change = Change { paths: HashSet::new(), is_anything: false };
        while change.paths.is_empty() && !change.is_anything {
            let event = self.events.recv().ok()?;
            self.take(&mut change, event);
            loop {
                match self.events.recv_timeout(QUIET) {
                    Ok(event) => self.take(&mut change, event),
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            }
        }
        self.follow();
        Some(change)
    }

    fn take(&self, change: &mut Change, event: notify::Result<notify::Event>) {
        match event {
            Ok(event) if event.need_rescan() => change.is_anything = true,
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
            Ok(event) => change.paths.extend(event.paths.into_iter().filter(|path| self.counts(path))),
            Err(_) => change.is_anything = true,
        }
    }

    /// True for what a site is made of, and not for the site itself or what is hidden, such as `.git` and an editor's own files. Beside
    /// the settings there may be anything, such as what this program prints, if that is kept in a file.
    fn counts(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.content).or_else(|_| path.strip_prefix(&self.root)).unwrap_or(path);
        let is_hidden = below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
        !is_hidden && !disk::is_same_or_parent(&self.output, path) && (self.may_be_digest(path) || self.is_owners(path))
    }

    /// True for a digest, and for a folder of digests, which may be gone.
    fn may_be_digest(&self, path: &Path) -> bool {
        let is_named_so = path.extension().is_some_and(|extension| {
            let extension = extension.to_string_lossy().to_lowercase();
            load::EXTENSIONS.contains(&extension.as_str())
        });
        path.starts_with(&self.content) && (is_named_so || path.is_dir() || !path.exists())
    }

    /// True for the settings, and for the folders of the owner's pages, files and themes with all that is in them.
    fn is_owners(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let first = below.components().next().map(|first| first.as_os_str().to_string_lossy());
        first.is_some_and(|first| first == config::FILE || own::FOLDERS.contains(&&*first) || first == themes::FOLDER)
    }

    /// The path of a file below the content folder, `/`-separated, as readings have it.
    pub(super) fn below_content(&self, path: &Path) -> Option<String> {
        Some(path.strip_prefix(&self.content).ok()?.to_string_lossy().replace('\\', "/"))
    }
}
