//! Which folders a command works on, and the settings that go for them.

use super::failure::{theme_failure, wrong_setting};
use super::{Failure, FolderArguments, own, themes};
use crate::config::{self, SiteConfig, Which};
use crate::diagnostic::Diagnostic;
use crate::disk::is_same_or_parent;
use crate::site::route::in_url;
use crate::theme::{self, Choice, Theme};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders and settings of a command.
pub(super) struct Project {
    pub(super) root: PathBuf,
    pub(super) content: PathBuf,
    pub(super) config: SiteConfig,
    /// True if the root has a `site.toml`; only then its folders for pages, files and themes are the site's.
    pub(super) has_settings: bool,
}

/// True if a folder has settings.
pub(super) fn has_settings(root: &Path) -> bool {
    root.join(config::FILE).is_file()
}

/// Finds the folders and reads the settings.
pub(super) fn open(folders: &FolderArguments, base_url: Option<&str>) -> Result<Project, Failure> {
    let root = folders.root().to_owned();
    if !root.is_dir() {
        return Err(Failure::new(format!("there is no folder `{}`", root.display()), "check the path after `--root`"));
    }
    let settings = settings(&root)?;
    let has_settings = settings.is_some();
    let mut config = settings.unwrap_or_default();
    if let Some(url) = base_url {
        let checked = config::base_url(url).map_err(|message| Failure::new(message, "check the address after `--base-url`"))?;
        config.join.info.base_url = Some(checked);
    }
    let content = content_folder(folders, &root, &config)?;
    if has_settings {
        config.join.info.pages = own::pages(&root)?;
    }
    if let Some(url) = &mut config.join.info.digest_url {
        *url = url.replace("{path}", &format!("{}{{path}}", in_url(&below(&root, &content))));
    }
    Ok(Project { root, content, config, has_settings })
}

/// The path of the content folder in the repository, which is taken to begin at the root where there is none; ends with `/` unless it is
/// the root.
fn below(root: &Path, content: &Path) -> String {
    let around = repository_of(root).map_or_else(String::new, |(_, below)| below);
    let inner = slashed(content.strip_prefix(root).unwrap_or(Path::new("")));
    [around, inner].into_iter().filter(|path| !path.is_empty()).map(|path| format!("{path}/")).collect()
}

/// Where the repository begins that a folder lies in, and the folder's path from there.
pub(super) fn repository_of(folder: &Path) -> Option<(PathBuf, String)> {
    let real = folder.canonicalize().ok()?;
    let top = real.ancestors().find(|folder| folder.join(".git").exists())?;
    let below = slashed(real.strip_prefix(top).ok()?);
    Some((top.to_owned(), below))
}

fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The settings; none if there is no such file.
fn settings(root: &Path) -> Result<Option<SiteConfig>, Failure> {
    let path = root.join(config::FILE);
    let Some(text) = own::read_text(&path)? else { return Ok(None) };
    config::read(&path.display().to_string(), &text).map(Some).map_err(Failure::from)
}

fn content_folder(folders: &FolderArguments, root: &Path, config: &SiteConfig) -> Result<PathBuf, Failure> {
    let (content, hint) = match (&folders.content, &config.content) {
        (Some(typed), _) => (typed.clone(), "check the path after `--content`"),
        (None, Some(set)) if set == "." => (root.to_owned(), ""),
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
            let message = format!("could not read the content folder `{}`: {reason}", content.display());
            let set = config.content.as_deref().filter(|_| folders.content.is_none());
            Err(Failure::from(vec![wrong_setting(root, ("", "content"), Which::Value(set.unwrap_or("")), message, hint)]))
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
        let set = || self.config.output.as_deref().map_or_else(|| self.usual_output(), |set| self.root.join(set));
        typed.cloned().unwrap_or_else(set)
    }

    /// The folder that the site is written to where nobody names one.
    pub(super) fn usual_output(&self) -> PathBuf {
        self.root.join("public")
    }

    /// The theme that settings name, over the themes that it extends.
    pub(super) fn theme(&self) -> Result<Theme, Failure> {
        let layers = themes::layers(&self.root, self.config.theme.as_deref().unwrap_or(theme::DEFAULT))?;
        let info = &self.config.join.info;
        let known = theme::languages(&layers);
        let is_known = |tag: &str| known.iter().any(|known| known == tag || Some(known.as_str()) == tag.split('-').next());
        let offered = info.languages.iter().map(|tag| ("languages", tag));
        let tags = std::iter::once(("language", &info.language)).chain(offered);
        let unknown: Vec<Diagnostic> =
            tags.filter(|(_, tag)| !is_known(tag)).map(|(key, tag)| self.no_words(key, tag, &known)).collect();
        if !unknown.is_empty() {
            return Err(Failure::from(unknown));
        }
        let scripts = [(theme::CITING, info.citations.buttons), (theme::SEARCHING, info.publish.search)];
        let unused: Vec<&str> = scripts.into_iter().filter(|(_, is_used)| !is_used).map(|(name, _)| name).collect();
        let choice =
            Choice { language: &info.language, offered: &info.languages, accent: self.config.accent.as_deref(), unused: &unused };
        Theme::load(&layers, choice).map_err(|error| theme_failure(&error))
    }

    /// That the theme, which has words in the `known` languages, has none in the one that a setting names.
    fn no_words(&self, key: &str, tag: &str, known: &[String]) -> Diagnostic {
        let message = format!("the theme has no words in the language `{tag}`");
        let meant = known.iter().find(|known| known.eq_ignore_ascii_case(tag.split('-').next().unwrap_or(tag)));
        let hint = match meant {
            Some(_) => format!("did you mean `{}`?", tag.to_ascii_lowercase()),
            None => format!("it has {}; `languages/{tag}.toml` in a theme of your own adds one", known.join(", ")),
        };
        wrong_setting(&self.root, ("", key), Which::Value(tag), message, &hint)
    }

    /// The owner's files with their addresses on the site.
    pub(super) fn static_files(&self) -> Result<Vec<(String, PathBuf)>, Failure> {
        if self.has_settings { own::static_files(&self.root) } else { Ok(Vec::new()) }
    }
}
