//! The pure whole: which parts a site has, and the artifacts of each. A build makes all of them, in parallel; a server one by one.
//!
//! Each part has a print of all that it is made of (`print`). Who kept the files of a part with the same print need not have it made again.

mod print;

use crate::feed::Volume;
pub use crate::memo::Print;
use crate::page::Pages;
use crate::search::Segment;
use crate::site::Site;
use crate::site::route::Route;
use crate::theme::{Theme, ThemeError};
use crate::{api, feed, page, search};
use rayon::prelude::*;
use std::borrow::Cow;
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

/// Files that are made at once, and alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A page, or a script that pages load.
    Page(Route),
    /// The files of a part of the search index.
    Segment(Segment),
    /// The list of these parts.
    SearchManifest,
    /// The current documents of a feed, or an archive.
    Feeds(Volume),
    /// A file of the data.
    Data(Route),
    /// The map of the site and its parts.
    Map,
    /// A file that stands alone.
    Single(Route),
}

/// Why a part could not be made.
#[derive(Debug)]
pub enum MakeError {
    /// The theme has a mistake.
    Theme(ThemeError),
    /// A feed or a file of the data could not be written, which happens only out of memory.
    Feed(std::io::Error),
}

/// Why a build stopped.
#[derive(Debug)]
pub enum BuildError<E> {
    /// A part could not be made.
    Make(MakeError),
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

/// The parts of a site, those that take long first, so that no thread is left with one of them at the end.
pub fn parts(site: &Site, theme: &Theme) -> Vec<Part> {
    let (mut parts, (pages, authors)) =
        rayon::join(|| other_parts(site, theme), || rayon::join(|| page_parts(site), || author_parts(site)));
    parts.extend(pages);
    parts.extend(authors);
    parts
}

/// The pages of a site but those of authors, and the scripts that they load.
pub fn page_parts(site: &Site) -> Vec<Part> {
    page::plan_without_authors(site).into_iter().chain(page::plan_scripts(site)).map(Part::Page).collect()
}

/// The pages of authors.
pub fn author_parts(site: &Site) -> Vec<Part> {
    page::plan_authors(site).into_iter().map(Part::Page).collect()
}

/// The parts of a site that are neither pages nor scripts of theirs.
pub fn other_parts(site: &Site, theme: &Theme) -> Vec<Part> {
    let search = if site.info.publish.search { search_parts(site) } else { Vec::new() };
    let channels = site.channels();
    let feeds: Vec<Part> =
        channels.par_iter().flat_map_iter(|channel| feed::volumes(site, theme, channel)).map(Part::Feeds).collect();
    let data = api::plan(site).into_iter().map(Part::Data);
    let has_feeds = !site.info.publish.feed_formats.is_empty();
    let of_feeds = [Route::FeedStyle, Route::Opml].into_iter().filter(|_| has_feeds);
    let assets = theme.assets.keys().map(|path| Route::Asset(path.clone()));
    // It tells where the map is, which needs the full address.
    let robots = site.info.base_url.is_some().then_some(Route::Robots);
    let single = of_feeds.chain(robots).chain([Route::NoJekyll]).chain(assets).map(Part::Single);
    search.into_iter().chain(feeds).chain(data).chain([Part::Map]).chain(single).collect()
}

/// The index of the search, and how browsers search the site.
fn search_parts(site: &Site) -> Vec<Part> {
    let segments = search::segments(site).into_iter().map(Part::Segment);
    segments.chain([Part::SearchManifest, Part::Single(Route::OpenSearch)]).collect()
}

impl Part {
    /// True if it is an HTML page.
    pub fn is_page(&self) -> bool {
        matches!(self, Part::Page(route) if route.path().ends_with(".html"))
    }

    /// A route that stands for it: its own, or one of its files'.
    pub fn route(&self) -> Cow<'_, Route> {
        let route = match self {
            Part::Page(route) | Part::Data(route) | Part::Single(route) => return Cow::Borrowed(route),
            Part::Segment(segment) => Route::SearchFile(segment.name.clone()),
            Part::SearchManifest => Route::SearchManifest,
            Part::Feeds(volume) => Route::FeedArchive(volume.channel.clone(), volume.archive.clone().unwrap_or_default()),
            Part::Map => Route::Sitemap,
        };
        Cow::Owned(route)
    }

    /// The route of one of its files, by path, as far as the kind of the file goes.
    pub fn route_of(&self, site: &Site, path: &str) -> Cow<'_, Route> {
        let of_feed = match self {
            Part::Feeds(volume) => feed::routes(site, volume).into_iter().find(|route| route.path() == path),
            _ => None,
        };
        of_feed.map_or_else(|| self.route(), Cow::Owned)
    }

    /// The paths of its files as far as they are known before it is made, and what those of all others begin with.
    pub fn paths(&self, site: &Site) -> (Vec<String>, Option<String>) {
        /// What the path of a route with a name ends with is taken off.
        fn before(route: &Route, end: &str) -> Option<String> {
            route.path().strip_suffix(end).map(str::to_owned)
        }
        match self {
            Part::Page(route) | Part::Data(route) | Part::Single(route) => (vec![route.path()], None),
            Part::SearchManifest => (vec![Route::SearchManifest.path()], None),
            Part::Segment(segment) => (Vec::new(), Some(Route::SearchFile(format!("{}/", segment.name)).path())),
            Part::Map => (vec![Route::Sitemap.path()], before(&Route::SitemapPart(1), "1.xml")),
            Part::Feeds(volume) => (feed::routes(site, volume).iter().map(Route::path).collect(), None),
        }
    }
}

/// The artifacts of a part; none of one that the settings leave out.
pub fn make(pages: &Pages, part: &Part) -> Result<Vec<Artifact>, MakeError> {
    let Pages { site, theme, .. } = *pages;
    let of = |route: &Route, bytes: Vec<u8>| Artifact { route: route.clone(), bytes };
    let made = match part {
        Part::Page(route) => vec![of(route, pages.render(route).map_err(MakeError::Theme)?)],
        Part::Segment(segment) => {
            let file = |(path, text): (String, String)| Artifact {
                route: Route::SearchFile(format!("{}/{path}", segment.name)),
                bytes: text.into_bytes(),
            };
            search::files(site, segment).into_iter().map(file).collect()
        }
        Part::SearchManifest => {
            vec![of(&Route::SearchManifest, search::manifest(site, &search::segments(site)).into_bytes())]
        }
        Part::Feeds(volume) => artifacts(feed::documents(site, theme, volume)),
        Part::Map => artifacts(feed::sitemaps(site, &page::plan(site), feed::MAX_URLS)),
        Part::Data(route) => match api::render(site, route) {
            Some(bytes) => vec![of(route, bytes.map_err(std::io::Error::from)?)],
            None => Vec::new(),
        },
        Part::Single(route) => single(site, theme, route).map(|bytes| of(route, bytes)).into_iter().collect(),
    };
    Ok(made)
}

fn artifacts(files: Vec<(Route, Vec<u8>)>) -> Vec<Artifact> {
    files.into_iter().map(|(route, bytes)| Artifact { route, bytes }).collect()
}

fn single(site: &Site, theme: &Theme, route: &Route) -> Option<Vec<u8>> {
    match route {
        Route::FeedStyle => Some(feed::style(theme)),
        Route::Opml => feed::opml(site, theme),
        Route::Robots => feed::robots(site),
        Route::OpenSearch => feed::opensearch(site),
        Route::NoJekyll => Some(Vec::new()),
        Route::Asset(path) => theme.assets.get(path).cloned(),
        _ => None,
    }
}

/// The print of texts, each with its length.
pub fn print_of(texts: &[&[u8]]) -> Print {
    let mut hasher = blake3::Hasher::new();
    for text in texts {
        hasher.update(&text.len().to_le_bytes()).update(text);
    }
    crate::memo::of_hash(&hasher.finalize())
}

/// Who takes what is built.
pub trait Sink: Sync {
    /// Why it may fail.
    type Error: Send;

    /// Takes the files over that were made of the same, if it has them, and says how many files and bytes these are.
    fn reuse(&self, part: &Part, print: Print) -> Result<Option<(usize, u64)>, Self::Error>;

    /// Takes an artifact. `print` is that of its part, none where that is always made.
    fn take(&self, artifact: &Artifact, print: Option<Print>) -> Result<(), Self::Error>;

    /// Hears that another part is done.
    fn done(&self) {}
}

/// A receiver of all artifacts, which has none from before.
pub struct Each<F>(pub F);

impl<E: Send, F: Fn(&Artifact) -> Result<(), E> + Sync> Sink for Each<F> {
    type Error = E;

    fn reuse(&self, _: &Part, _: Print) -> Result<Option<(usize, u64)>, E> {
        Ok(None)
    }

    fn take(&self, artifact: &Artifact, _: Option<Print>) -> Result<(), E> {
        self.0(artifact)
    }
}

/// Makes the parts of a site, in parallel on the current thread pool, and hands each artifact to `sink` at once; none is held.
/// `program` is what tells versions of the program apart. Stops at the first error; of several the one with the first part.
pub fn build<S: Sink>(
    site: &Site,
    theme: &Theme,
    program: &str,
    parts: &[Part],
    sink: &S,
) -> Result<Built, BuildError<S::Error>> {
    let prints = print::Prints::new(site, theme, program);
    let pages = Pages::new(site, theme);
    let files = AtomicUsize::new(0);
    let bytes = AtomicU64::new(0);
    let count = |n_files: usize, n_bytes: u64| {
        files.fetch_add(n_files, Ordering::Relaxed);
        bytes.fetch_add(n_bytes, Ordering::Relaxed);
    };
    // Every part can be taken over by another thread: some take a second, and a run of them would leave one thread alone at the end.
    let failed = parts.par_iter().with_max_len(1).map(|part| {
        let print = prints.of(part);
        let kept = print.map(|print| sink.reuse(part, print)).transpose().map_err(BuildError::Sink)?;
        if let Some((n_files, n_bytes)) = kept.flatten() {
            count(n_files, n_bytes);
        } else {
            for artifact in make(&pages, part).map_err(BuildError::Make)? {
                count(1, artifact.bytes.len() as u64);
                sink.take(&artifact, print).map_err(BuildError::Sink)?;
            }
        }
        sink.done();
        Ok(())
    });
    if let Some(error) = failed.filter_map(Result::err).find_first(|_| true) {
        return Err(error);
    }
    Ok(Built { pages: parts.iter().filter(|part| part.is_page()).count(), files: files.into_inner(), bytes: bytes.into_inner() })
}

/// The paths of everything that is built, but for what is known only when it is made, and for redirects, which may take none of these.
pub fn paths(site: &Site, theme: &Theme) -> HashSet<String> {
    let kept = parts(site, theme).into_iter().filter(|part| !matches!(part, Part::Page(Route::Redirect(_))));
    kept.flat_map(|part| part.paths(site).0).chain([Route::Opml.path(), Route::FeedStyle.path()]).collect()
}

impl From<std::io::Error> for MakeError {
    fn from(error: std::io::Error) -> MakeError {
        MakeError::Feed(error)
    }
}
