//! The pure whole: which artifacts a site has, rendered in parallel and handed on one by one.

use crate::site::route::Route;
use crate::site::{Channel, Site};
use crate::theme::{Theme, ThemeError};
use crate::{api, feed, page, search};
use rayon::prelude::*;
use std::collections::HashSet;
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
    /// A feed or a file of the data could not be written, which happens only out of memory.
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
    sink: impl Fn(Artifact) -> Result<(), E> + Sync,
) -> Result<Built, BuildError<E>> {
    let pages = page::plan(site);
    let scripts = page::plan_scripts(site);
    let files = AtomicUsize::new(0);
    let bytes = AtomicU64::new(0);
    let hand_on = |artifact: Artifact| {
        files.fetch_add(1, Ordering::Relaxed);
        bytes.fetch_add(artifact.bytes.len() as u64, Ordering::Relaxed);
        sink(artifact).map_err(BuildError::Sink)
    };
    let failed = pages.par_iter().chain(&scripts).map(|route| {
        let html = page::render(site, theme, route).map_err(BuildError::Theme)?;
        hand_on(Artifact { route: route.clone(), bytes: html.into_bytes() })
    });
    if let Some(error) = failed.filter_map(Result::err).find_first(|_| true) {
        return Err(error);
    }
    let segments = search::segments(site);
    let failed = segments.par_iter().map(|segment| {
        search::files(site, segment).into_iter().try_for_each(|(path, text)| {
            hand_on(Artifact { route: Route::SearchFile(format!("{}/{path}", segment.name)), bytes: text.into_bytes() })
        })
    });
    if let Some(error) = failed.filter_map(Result::err).find_first(|_| true) {
        return Err(error);
    }
    hand_on(Artifact { route: Route::SearchManifest, bytes: search::manifest(site, &segments).into_bytes() })?;
    let channels = site.channels();
    let failed = channels.par_iter().map(|channel| {
        let documents = feed::documents(site, theme, channel).map_err(BuildError::Feed)?;
        documents.into_iter().try_for_each(|(route, bytes)| hand_on(Artifact { route, bytes }))
    });
    if let Some(error) = failed.filter_map(Result::err).find_first(|_| true) {
        return Err(error);
    }
    let data = api::plan(site);
    let failed = data.par_iter().filter_map(|route| Some((route, api::render(site, route)?))).map(|(route, bytes)| {
        let bytes = bytes.map_err(|error| BuildError::Feed(error.into()))?;
        hand_on(Artifact { route: route.clone(), bytes })
    });
    if let Some(error) = failed.filter_map(Result::err).find_first(|_| true) {
        return Err(error);
    }
    for artifact in other_artifacts(site, theme, &pages).map_err(BuildError::Feed)? {
        hand_on(artifact)?;
    }
    Ok(Built { pages: pages.len(), files: files.into_inner(), bytes: bytes.into_inner() })
}

/// The paths of everything that is built, but for the map of the site, whose parts are counted when it is made, and for redirects, which
/// may take none of these.
pub fn paths(site: &Site, theme: &Theme) -> HashSet<String> {
    let rendered = page::plan(site).into_iter().chain(page::plan_scripts(site));
    let assets = theme.assets.keys().map(|path| Route::Asset(path.clone()));
    let feeds = |channel: Channel| site.info.publish.feed_formats.iter().map(move |format| Route::Feed(channel.clone(), *format));
    rendered
        .filter(|route| !matches!(route, Route::Redirect(_)))
        .chain([Route::Sitemap, Route::Robots, Route::OpenSearch, Route::SearchManifest, Route::Opml, Route::FeedStyle])
        .chain(site.channels().into_iter().flat_map(feeds))
        .chain(api::plan(site))
        .chain(assets)
        .map(|r| r.path())
        .collect()
}

/// The list of feeds, the map, and assets.
fn other_artifacts(site: &Site, theme: &Theme, pages: &[Route]) -> std::io::Result<Vec<Artifact>> {
    let mut artifacts = Vec::new();
    if !site.info.publish.feed_formats.is_empty() {
        artifacts.push(Artifact { route: Route::FeedStyle, bytes: feed::style(theme) });
        artifacts.extend(feed::opml(site, theme)?.map(|bytes| Artifact { route: Route::Opml, bytes }));
    }
    artifacts.extend(feed::sitemaps(site, pages, feed::MAX_URLS)?.into_iter().map(|(route, bytes)| Artifact { route, bytes }));
    artifacts.extend(feed::robots(site).map(|bytes| Artifact { route: Route::Robots, bytes }));
    artifacts.extend(feed::opensearch(site)?.map(|bytes| Artifact { route: Route::OpenSearch, bytes }));
    let asset = |(path, bytes): (&String, &Vec<u8>)| Artifact { route: Route::Asset(path.clone()), bytes: bytes.clone() };
    artifacts.extend(theme.assets.iter().map(asset));
    Ok(artifacts)
}
