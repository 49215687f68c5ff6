//! A site as it is shown: every address with the part of the build that makes it, made when it is asked for.

use super::http::{Response, media_type};
use crate::build::{self, Artifact, Part};
use crate::cli::project::Project;
use crate::cli::{Failure, commands, own};
use crate::page::Pages;
use crate::site::Site;
use crate::site::route::Route;
use crate::theme::Theme;
use ahash::RandomState;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The site of a moment.
pub(super) struct Shown {
    site: Site,
    theme: Theme,
    /// The owner's files by address.
    own: HashMap<String, PathBuf>,
    /// What there is, by [`SHELVES`]: each is listed when something is looked for there, since who writes waits for one page.
    shelves: [OnceLock<Shelf>; SHELVES.len()],
}

/// The parts of a site in groups, those that are asked for most first.
const SHELVES: [fn(&Site, &Theme) -> Vec<Part>; 3] =
    [|site, _| build::page_parts(site), |site, _| build::author_parts(site), build::other_parts];

/// Parts by the paths of their files.
struct Shelf {
    parts: Vec<Part>,
    /// The part of each path that is known before it is made.
    at: HashMap<String, usize, RandomState>,
    /// The parts of other paths by what they begin with.
    below: Vec<(String, usize)>,
}

impl Shelf {
    fn new(site: &Site, parts: Vec<Part>) -> Shelf {
        let mut shelf =
            Shelf { at: HashMap::with_capacity_and_hasher(parts.len(), RandomState::new()), below: Vec::new(), parts };
        for (n, part) in shelf.parts.iter().enumerate() {
            let (paths, below) = part.paths(site);
            shelf.at.extend(paths.into_iter().map(|path| (path, n)));
            shelf.below.extend(below.map(|below| (below, n)));
        }
        shelf
    }

    fn part(&self, path: &str) -> Option<&Part> {
        let below = || self.below.iter().find(|(prefix, _)| path.starts_with(prefix)).map(|(_, n)| *n);
        self.at.get(path).copied().or_else(below).map(|n| &self.parts[n])
    }
}

impl Shown {
    /// Prepares a site that was joined from readings.
    pub(super) fn new(site: Site, project: &Project) -> Result<Shown, Failure> {
        let theme = project.theme()?;
        let own = project.static_files()?;
        commands::check_own(project, &site, &theme, &own)?;
        let own = own.into_iter().collect();
        let shown = Shown { site, theme, own, shelves: Default::default() };
        // A mistake in the frame of all pages is told at once.
        shown.made(&Part::Page(Route::Home))?;
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
        let shelves = SHELVES.iter().zip(&self.shelves);
        let mut shelves =
            shelves.map(|(list, shelf)| shelf.get_or_init(|| Shelf::new(&self.site, list(&self.site, &self.theme))));
        let Some(part) = shelves.find_map(|shelf| shelf.part(path)) else { return Ok(None) };
        Ok(self.made(part)?.into_iter().find(|artifact| artifact.route.path() == path).map(|artifact| artifact.bytes))
    }

    fn made(&self, part: &Part) -> Result<Vec<Artifact>, Failure> {
        build::make(&Pages::new(&self.site, &self.theme), part).map_err(|error| commands::making(&error))
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
