//! What the folder's git repository says of where the site will be.

use crate::cli::project;
use std::fs;
use std::path::{Path, PathBuf};

/// The repository that a folder lies in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    /// Where it begins; none if there is none.
    pub(super) top: Option<PathBuf>,
    /// The folder's path in it, `/`-separated; empty for its root.
    pub(super) below: String,
    /// Its remote, if it has one.
    pub(super) remote: Option<Repository>,
}

/// A repository on a host.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repository {
    /// Its page, such as `https://github.com/name/repo`.
    pub(super) url: String,
    /// `name/repo`.
    pub(super) path: String,
    /// `repo`.
    pub(super) name: String,
    /// The branch that is checked out.
    pub(super) branch: String,
}

impl Repository {
    /// The address of its site on GitHub Pages, if it is on GitHub.
    pub(super) fn pages_url(&self) -> Option<String> {
        let (owner, name) = self.path.split_once('/').filter(|_| self.url.starts_with("https://github.com/"))?;
        let owner = owner.to_lowercase();
        let is_root = name.eq_ignore_ascii_case(&format!("{owner}.github.io"));
        Some(if is_root { format!("https://{owner}.github.io/") } else { format!("https://{owner}.github.io/{name}/") })
    }
}

/// The repository that a folder lies in.
pub(super) fn find(folder: &Path) -> Around {
    let Some((top, below)) = project::repository_of(folder) else { return Around::default() };
    Around { remote: remote_of(&top), below, top: Some(top) }
}

fn remote_of(top: &Path) -> Option<Repository> {
    let config = fs::read_to_string(top.join(".git/config")).ok()?;
    let head = fs::read_to_string(top.join(".git/HEAD")).unwrap_or_default();
    let branch = head.trim().strip_prefix("ref: refs/heads/").unwrap_or("main").to_owned();
    of(remote(&config)?, branch)
}

/// The URL of the remote `origin`, or of the only one there is, in the form of git's configuration.
fn remote(config: &str) -> Option<&str> {
    let mut section = "";
    let mut found: Option<(&str, &str)> = None;
    for line in config.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if let Some(url) = line.strip_prefix("url").and_then(|rest| rest.trim_start().strip_prefix('=')) {
            let is_remote = section.starts_with("[remote ");
            let is_better = found.is_none_or(|(known, _)| known != "[remote \"origin\"]");
            found = if is_remote && is_better { Some((section, url.trim())) } else { found };
        }
    }
    found.map(|(_, url)| url)
}

/// A repository by the URL of a remote: `https://host/name/repo.git`, `git@host:name/repo.git`, `ssh://git@host/name/repo`.
fn of(remote: &str, branch: String) -> Option<Repository> {
    let rest = ["https://", "http://", "ssh://", "git://"].iter().find_map(|scheme| remote.strip_prefix(scheme));
    let (host, path) = match rest {
        Some(rest) => rest.split_once('/')?,
        None => remote.split_once(':')?,
    };
    // Neither a name nor a password of who clones belongs into settings, nor the port of ssh.
    let host = host.rsplit('@').next().and_then(|host| host.split(':').next()).filter(|host| host.contains('.'))?;
    let path = path.trim_matches('/').trim_end_matches(".git");
    let is_plain =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let (_, name) = path.rsplit_once('/').filter(|_| path.split('/').all(is_plain))?;
    Some(Repository { url: format!("https://{host}/{path}"), path: path.to_owned(), name: name.to_owned(), branch })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_of_every_form_are_understood() {
        let rows = [
            ("https://github.com/Ann/papers.git", "https://github.com/Ann/papers", Some("https://ann.github.io/papers/")),
            (
                "https://ann:secret@github.com/ann/ann.github.io",
                "https://github.com/ann/ann.github.io",
                Some("https://ann.github.io/"),
            ),
            ("git@github.com:ann/papers.git", "https://github.com/ann/papers", Some("https://ann.github.io/papers/")),
            ("ssh://git@gitlab.com:2222/lab/group/papers.git", "https://gitlab.com/lab/group/papers", None),
        ];
        for (remote, url, pages) in rows {
            let found = of(remote, "main".into()).expect(remote);
            assert_eq!((found.url.as_str(), found.pages_url().as_deref()), (url, pages));
        }
        for remote in ["/srv/papers.git", "../papers", "C:\\papers", "https://github.com/\"/x", "file:///srv/papers"] {
            assert_eq!(of(remote, "main".into()), None, "{remote}");
        }
    }

    #[test]
    fn origin_goes_before_other_remotes() {
        let config =
            "[core]\n\turl = x\n[remote \"fork\"]\n\turl = a\n[remote \"origin\"]\n\turl = b\n[remote \"z\"]\n\turl = c\n";
        assert_eq!(remote(config), Some("b"));
        assert_eq!(remote("[core]\n\tbare = false\n"), None);
    }
}
