//! The pure whole: which artifacts a site has, rendered in parallel and handed on one by one.

use crate::site::Site;
use crate::site::route::Route;
use crate::theme::{Theme, ThemeError};
use crate::{feed, page};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Bytes for a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The address.
    pub route: Route,
    /// The content of the file.
    pub bytes: Vec<u8>,
}

/// Why a build stopped.
#[derive(Debug)]
pub enum BuildError<E> {
    /// The theme has a mistake.
    Theme(ThemeError),
    /// A feed could not be written, which happens only out of memory.
    Feed(std::io::Error),
    /// The receiver of the artifacts failed.
    Sink(E),
}

/// What was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Built {
    /// HTML pages.
    pub pages: usize,
    /// All files.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Renders every artifact of a site, in parallel on the current thread pool, and hands each to `sink` at once; none is held.
/// Stops at the first error; of several the one with the first route.
pub fn build<E: Send>(
    site: &Site,
    theme: &Theme,
    feed_days: usize,
    sink: impl Fn(Artifact) -> Result<(), E> + Sync,
) -> Result<Built, BuildError<E>> {
    let routes = page::plan(site);
    let files = AtomicUsize::new(0);
    let bytes = AtomicU64::new(0);
    let hand_on = |artifact: Artifact| {
        files.fetch_add(1, Ordering::Relaxed);
        bytes.fetch_add(artifact.bytes.len() as u64, Ordering::Relaxed);
        sink(artifact).map_err(BuildError::Sink)
    };
    let failed = routes.par_iter().map(|route| {
        let html = page::render(site, theme, route).map_err(BuildError::Theme)?;
        hand_on(Artifact { route: route.clone(), bytes: html.into_bytes() })
    });
    if let Some(error) = failed.filter_map(Result::err).find_first(|_| true) {
        return Err(error);
    }
    for artifact in other_artifacts(site, theme, feed_days, &routes).map_err(BuildError::Feed)? {
        hand_on(artifact)?;
    }
    Ok(Built { pages: routes.len(), files: files.into_inner(), bytes: bytes.into_inner() })
}

/// Feeds, map and assets.
fn other_artifacts(site: &Site, theme: &Theme, feed_days: usize, pages: &[Route]) -> std::io::Result<Vec<Artifact>> {
    let mut artifacts = vec![
        Artifact { route: Route::Atom, bytes: feed::atom(site, theme, feed_days)? },
        Artifact { route: Route::Rss, bytes: feed::rss(site, theme, feed_days)? },
    ];
    artifacts.extend(feed::sitemaps(site, pages, feed::MAX_URLS)?.into_iter().map(|(route, bytes)| Artifact { route, bytes }));
    artifacts.extend(feed::robots(site).map(|bytes| Artifact { route: Route::Robots, bytes }));
    let asset = |(path, bytes): (&String, &Vec<u8>)| Artifact { route: Route::Asset(path.clone()), bytes: bytes.clone() };
    artifacts.extend(theme.assets.iter().map(asset));
    Ok(artifacts)
}
