//! What a host takes of a site, and what a site takes of it: size, largest files, number of files; where a limit is near, the settings
//! that help and what each saves.

use crate::site::FeedFormat;
use crate::site::route::{DataFormat, Route};
use serde::Deserialize;

/// What a host takes. None is no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Budget {
    /// Bytes of the whole site.
    pub bytes: Option<u64>,
    /// How many files.
    pub files: Option<u64>,
    /// Bytes of one file.
    pub file_bytes: Option<u64>,
}

/// Hosts by name, with their published limits: docs.github.com on the limits of Pages (1 GB) and of files in a repository (100 MB),
/// developers.cloudflare.com on those of Pages (20,000 files of 25 MiB).
pub const HOSTS: &[(&str, Budget)] = &[
    ("github-pages", Budget { bytes: Some(1_000_000_000), files: None, file_bytes: Some(100 << 20) }),
    ("cloudflare-pages", Budget { bytes: None, files: Some(20_000), file_bytes: Some(25 << 20) }),
    ("none", Budget { bytes: None, files: None, file_bytes: None }),
];

/// From this share of a limit on it is near.
const NEAR: f64 = 0.8;

/// A line of `site.toml` with its table, and whether it leaves a file out.
type Saving = (&'static str, fn(&Route) -> bool);

/// Settings that leave files out.
const SAVINGS: &[Saving] = &[
    ("`pages = false` in `[works]`", |route| matches!(route, Route::Work(_))),
    ("`api = false` in `[data]`", |route| matches!(route, Route::Api(_))),
    ("`csv = false` in `[data]`", |route| matches!(route, Route::Data(_, _, DataFormat::Csv))),
    ("`jsonl = false` in `[data]`", |route| matches!(route, Route::Data(_, _, DataFormat::Jsonl))),
    ("`index = false` in `[search]`", |route| matches!(route, Route::SearchFile(_) | Route::SearchManifest)),
    ("`formats = [\"atom\"]` in `[feeds]`", |route| matches!(route, Route::Feed(_, format) if *format != FeedFormat::Atom)),
    ("`formats = []` in `[feeds]`", |route| matches!(route, Route::Feed(..) | Route::FeedArchive(..))),
    ("`buttons = false` in `[citations]`", |route| matches!(route, Route::CiteDay(_))),
    ("`files = false` in `[citations]`", |route| matches!(route, Route::Bibtex(..))),
];

/// Bytes and files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Bytes of all files.
    pub bytes: u64,
    /// How many files.
    pub files: u64,
}

impl Sum {
    fn add(&mut self, bytes: u64) {
        self.bytes += bytes;
        self.files += 1;
    }
}

/// The sizes of a site's files, gathered while it is built, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All files.
    pub all: Sum,
    /// The largest page: its bytes and path.
    pub largest_page: (u64, String),
    /// The largest file: its bytes and path.
    pub largest_file: (u64, String),
    /// The largest feed: its bytes and path.
    pub largest_feed: (u64, String),
    /// What each of the settings of [`SAVINGS`] would leave out.
    savings: [Sum; SAVINGS.len()],
}

impl Tally {
    /// Counts a file that was built, by its path and a route that stands for its kind.
    pub fn add(&mut self, route: &Route, path: &str, bytes: u64) {
        for (sum, (_, is_saved)) in self.savings.iter_mut().zip(SAVINGS) {
            if is_saved(route) {
                sum.add(bytes);
            }
        }
        if path.ends_with(".html") {
            keep_larger(&mut self.largest_page, bytes, path);
        }
        if matches!(route, Route::Feed(..) | Route::FeedArchive(..)) {
            keep_larger(&mut self.largest_feed, bytes, path);
        }
        self.add_own(path, bytes);
    }

    /// Counts a file of the owner's.
    pub fn add_own(&mut self, path: &str, bytes: u64) {
        self.all.add(bytes);
        keep_larger(&mut self.largest_file, bytes, path);
    }
}

/// Of files of the same size the first by path counts, so that the order of adding does not.
fn keep_larger(largest: &mut (u64, String), bytes: u64, path: &str) {
    if bytes > largest.0 || (bytes == largest.0 && path < largest.1.as_str()) {
        *largest = (bytes, path.to_owned());
    }
}

/// A limit that is near or passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Strain {
    /// What is limited.
    pub what: Limited,
    /// How much there is, in bytes or files.
    pub used: u64,
    /// How much there may be.
    pub limit: u64,
    /// Settings that help, the greatest first, and what each would save of `used`. None for a file, which no setting makes smaller.
    pub helps: Vec<(&'static str, u64)>,
}

/// What a host limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limited {
    /// Bytes of the whole site.
    Site,
    /// How many files.
    Files,
    /// Bytes of the file at a path.
    File(String),
}

impl Strain {
    /// True if there is more than there may be.
    pub fn is_over(&self) -> bool {
        self.used > self.limit
    }
}

/// The limits that a site comes near.
pub fn strains(tally: &Tally, budget: &Budget) -> Vec<Strain> {
    let helps = |of: fn(&Sum) -> u64| {
        let mut helps: Vec<(&str, u64)> =
            tally.savings.iter().zip(SAVINGS).map(|(sum, (setting, _))| (*setting, of(sum))).filter(|(_, n)| *n > 0).collect();
        helps.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        helps
    };
    let site = (Limited::Site, tally.all.bytes, budget.bytes, helps(|sum| sum.bytes));
    let files = (Limited::Files, tally.all.files, budget.files, helps(|sum| sum.files));
    let file = (Limited::File(tally.largest_file.1.clone()), tally.largest_file.0, budget.file_bytes, Vec::new());
    let near = |used: u64, limit: u64| used as f64 >= limit as f64 * NEAR;
    [site, files, file]
        .into_iter()
        .filter_map(|(what, used, limit, helps)| Some(Strain { what, used, limit: limit?, helps }))
        .filter(|strain| near(strain.used, strain.limit))
        .collect()
}

/// How long a deployment takes as a rule, by the bytes that are packed, sent and unpacked; GitHub ends one after ten minutes.
pub fn deployment(all: Sum) -> &'static str {
    const CLASSES: &[(u64, &str)] =
        &[(50_000_000, "under a minute"), (300_000_000, "one to three minutes"), (700_000_000, "three to six minutes")];
    CLASSES.iter().find(|(bytes, _)| all.bytes <= *bytes).map_or("more than six minutes, of ten at most", |(_, time)| time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::route::ApiFile;

    #[test]
    fn limits_that_are_near_are_told_with_what_helps() {
        let mut tally = Tally::default();
        let routes = [(Route::Home, 700), (Route::Api(ApiFile::Index), 90), (Route::Data(2026, 1, DataFormat::Csv), 60)];
        routes.iter().for_each(|(route, bytes)| tally.add(route, &route.path(), *bytes));
        tally.add_own("video.mp4", 150);
        assert_eq!(tally.largest_page, (700, "index.html".to_owned()));
        let budget = Budget { bytes: Some(1000), files: Some(100), file_bytes: Some(500) };
        let found = strains(&tally, &budget);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].helps, vec![("`api = false` in `[data]`", 90), ("`csv = false` in `[data]`", 60)]);
        assert!(!found[0].is_over() && found[1].is_over());
        assert_eq!(found[1].what, Limited::File("index.html".to_owned()));
        assert_eq!(strains(&tally, &HOSTS[2].1), Vec::new());
    }
}
