//! Which folders a command works on, and the settings that go for them.

use super::{Failure, FolderArguments};
use crate::config::{self, SiteConfig};
use crate::diagnostic::print;
use crate::disk::is_same_or_parent;
use crate::theme::{Theme, ThemeError, ThemeFile};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

const SETTINGS_FILE: &str = "site.toml";

/// The folders and settings of a command.
pub(super) struct Project {
    pub(super) root: PathBuf,
    pub(super) content: PathBuf,
    pub(super) config: SiteConfig,
}

/// True if a folder has settings.
pub(super) fn has_settings(root: &Path) -> bool {
    root.join(SETTINGS_FILE).is_file()
}

/// Finds the folders and reads the settings.
pub(super) fn open(folders: &FolderArguments, base_url: Option<&str>) -> Result<Project, Failure> {
    let root = folders.root().to_owned();
    if !root.is_dir() {
        return Err(Failure::new(format!("there is no folder `{}`", root.display()), "check the path after `--root`"));
    }
    let mut config = settings(&root)?;
    if let Some(url) = base_url {
        let checked = config::base_url(url).map_err(|message| Failure::new(message, "check the address after `--base-url`"))?;
        config.join.info.base_url = Some(checked);
    }
    let content = content_folder(folders, &root, &config)?;
    Ok(Project { root, content, config })
}

fn settings(root: &Path) -> Result<SiteConfig, Failure> {
    let path = root.join(SETTINGS_FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(SiteConfig::default()),
        Err(error) => {
            return Err(Failure::new(format!("could not read `{}`: {error}", path.display()), "write it as UTF-8 text"));
        }
    };
    config::read(&path.display().to_string(), &text).map_err(|problems| {
        let printed: String =
            problems.iter().map(|problem| print::terminal(problem, super::show::color(), super::show::width())).collect();
        Failure(printed.trim_end().to_owned())
    })
}

fn content_folder(folders: &FolderArguments, root: &Path, config: &SiteConfig) -> Result<PathBuf, Failure> {
    let (content, hint) = match (&folders.content, &config.content) {
        (Some(typed), _) => (typed.clone(), "check the path after `--content`"),
        (None, Some(set)) => (root.join(set), "check `content` in site.toml"),
        (None, None) if root.join("content").is_dir() => (root.join("content"), ""),
        (None, None) => (root.to_owned(), ""),
    };
    match fs::read_dir(&content) {
        Ok(_) => Ok(content),
        Err(error) => {
            let reason = match error.kind() {
                std::io::ErrorKind::NotFound => "there is no such folder".to_owned(),
                std::io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
                _ => error.to_string(),
            };
            Err(Failure::new(format!("could not read the content folder `{}`: {reason}", content.display()), hint))
        }
    }
}

impl Project {
    /// The folder that the site is written to, checked not to hold what it is made of.
    pub(super) fn output(&self, typed: Option<&PathBuf>) -> Result<PathBuf, Failure> {
        let output = self.output_path(typed);
        let made_of = [(&self.content, "the content folder"), (&self.root, "the folder of the site")];
        for (folder, what) in made_of {
            if is_same_or_parent(&output, folder) {
                let message = format!("the output folder `{}` would replace {what} `{}`", output.display(), folder.display());
                return Err(Failure::new(message, "give another folder with `--output` or `output` in site.toml"));
            }
        }
        Ok(output)
    }

    /// The folder that the site is written to.
    pub(super) fn output_path(&self, typed: Option<&PathBuf>) -> PathBuf {
        let set = || self.root.join(self.config.output.as_deref().unwrap_or("public"));
        typed.cloned().unwrap_or_else(set)
    }

    /// The theme, with the owner's files laid over it.
    pub(super) fn theme(&self) -> Result<Theme, Failure> {
        let files = match self.config.theme.as_deref() {
            None | Some("default") => Vec::new(),
            Some(name) => self.theme_files(name)?,
        };
        Theme::load(&files, &self.config.join.info.language).map_err(|error| self.theme_failure(&error))
    }

    /// A mistake in a theme, with the template named by its path from the root.
    pub(super) fn theme_failure(&self, error: &ThemeError) -> Failure {
        let name = self.config.theme.as_deref().unwrap_or("default");
        let message = error.to_string().replace(" user/", &format!(" themes/{name}/templates/"));
        Failure(if message.starts_with("error") { message } else { format!("error: {message}") })
    }

    fn theme_files(&self, name: &str) -> Result<Vec<ThemeFile>, Failure> {
        let folder = self.root.join("themes").join(name);
        if !folder.is_dir() || name.contains(['/', '\\']) || name == ".." {
            let message = format!("there is no theme `{name}`: `{}` is not a folder", folder.display());
            return Err(Failure::new(message, "use `default`, or put your theme into that folder"));
        }
        let mut files = Vec::new();
        for entry in WalkDir::new(&folder).sort_by_file_name().into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let relative = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
            let path = relative.to_string_lossy().replace('\\', "/");
            let bytes = fs::read(entry.path())
                .map_err(|error| Failure::new(format!("could not read `{}`: {error}", entry.path().display()), ""))?;
            files.push((path, bytes));
        }
        Ok(files)
    }
}
