//! A site as it is shown: every address with the part of the build that makes it, made when it is asked for.

use super::http::{Response, media_type};
use crate::build::{self, Part};
use crate::cli::project::Project;
use crate::cli::{Failure, commands, own};
use crate::site::Site;
use crate::site::route::Route;
use crate::theme::Theme;
use ahash::RandomState;
use std::collections::HashMap;
use std::path::PathBuf;

/// The site of a moment.
pub(super) struct Shown {
    site: Site,
    theme: Theme,
    parts: Vec<Part>,
    /// The part of each path that is known before it is made.
    at: HashMap<String, usize, RandomState>,
    /// The parts of paths by what they begin with.
    below: Vec<(String, usize)>,
    /// The owner's files by address.
    own: HashMap<String, PathBuf>,
}

impl Shown {
    /// Prepares a site that was joined from readings.
    pub(super) fn new(site: Site, project: &Project) -> Result<Shown, Failure> {
        let theme = project.theme()?;
        let own = project.static_files()?;
        commands::check_own(project, &site, &theme, &own)?;
        let parts = build::parts(&site, &theme);
        let mut shown =
            Shown { at: HashMap::default(), below: Vec::new(), own: own.into_iter().collect(), site, theme, parts: Vec::new() };
        for (n, part) in parts.iter().enumerate() {
            let (paths, below) = part.paths(&shown.site);
            shown.at.extend(paths.into_iter().map(|path| (path, n)));
            shown.below.extend(below.map(|below| (below, n)));
        }
        shown.parts = parts;
        // A mistake in the frame of all pages is told at once.
        shown.file(&Route::Home.path())?;
        Ok(shown)
    }

    /// How many days and entries there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.site.days.len(), self.site.n_entries)
    }

    /// The file at a path, as a build would write it. None if there is none.
    pub(super) fn file(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        if let Some(own) = self.own.get(path) {
            return own::read(own).map(Some);
        }
        let below = || self.below.iter().find(|(prefix, _)| path.starts_with(prefix)).map(|(_, n)| *n);
        let Some(n) = self.at.get(path).copied().or_else(below) else { return Ok(None) };
        let made = build::make(&self.site, &self.theme, &self.parts[n]).map_err(|error| commands::making(&error))?;
        Ok(made.into_iter().find(|artifact| artifact.route.path() == path).map(|artifact| artifact.bytes))
    }

    /// The answer to a path below the root of the site; a folder is its `index.html`.
    pub(super) fn response(&self, path: &str) -> Result<Response, Failure> {
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(bytes) = self.file(&file)? {
            return Ok(Response::new(200, media_type(&file), bytes));
        }
        let lost = self.file(&Route::NotFound.path())?.unwrap_or_default();
        Ok(Response::new(404, "text/html; charset=utf-8", lost))
    }
}
