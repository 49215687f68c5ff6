//! The site as a whole, for `build` and `check`: what its host takes, what the published one has, and what is wrong with the new one.

use super::{Failure, own};
use crate::audit::{Audit, Snapshot, difference};
use crate::budget::{Budget, HOSTS};
use crate::diagnostic::{Diagnostic, Findings, report};
use crate::model::Day;
use crate::page;
use crate::site::Site;
use crate::site::route::{Links, Route};
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// From so many days on the latest digest is old.
const STALE_DAYS: i64 = 7;

/// What a lock holds; a thread that panicked while it had it left it whole.
pub(super) fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The budget of a host by its name, or of a file.
pub(super) fn budget(written: &str) -> Result<Budget, Failure> {
    if let Some((_, budget)) = HOSTS.iter().find(|(name, _)| *name == written) {
        return Ok(budget.clone());
    }
    let names: Vec<String> = HOSTS.iter().map(|(name, _)| format!("`{name}`")).collect();
    let hint = format!("give {} or a file such as `bytes = 500_000_000`", names.join(", "));
    let text = fs::read_to_string(written)
        .map_err(|error| Failure::new(format!("`{written}` is no host and no file that can be read: {error}"), &hint))?;
    toml::from_str(&text)
        .map_err(|error| Failure::new(format!("could not read the budget `{written}`: {}", error.message()), &hint))
}

/// The addresses of a published site.
pub(super) fn snapshot(folder: &Path) -> Result<Snapshot, Failure> {
    let mut snapshot = Snapshot::default();
    for (path, file) in own::files_below(folder)? {
        let bytes = if Snapshot::needs_bytes(&path) { own::read(&file)? } else { Vec::new() };
        snapshot.add(&path, &bytes);
    }
    if snapshot.is_empty() {
        let message = format!("there is no site in `{}`", folder.display());
        return Err(Failure::new(message, "give the folder that was published, such as `public`, after `--against`"));
    }
    Ok(snapshot)
}

/// What is gathered of a site's files while they are rendered, by each thread on its own.
pub(super) struct Whole {
    parts: Vec<Mutex<(Audit, Snapshot)>>,
    base_path: String,
    with_snapshot: bool,
}

impl Whole {
    /// Nothing yet. A snapshot is taken only where it is wanted.
    pub(super) fn new(site: &Site, with_snapshot: bool) -> Whole {
        let parts = (0..=rayon::current_num_threads()).map(|_| Mutex::new((Audit::new(), Snapshot::default()))).collect();
        let base_path = Links::from(&Route::NotFound, site.info.base_url.as_deref()).to(&Route::Home);
        Whole { parts, base_path: base_path.trim_end_matches("index.html").to_owned(), with_snapshot }
    }

    /// Adds a file.
    pub(super) fn add(&self, path: &str, bytes: &[u8]) {
        let part = rayon::current_thread_index().unwrap_or(self.parts.len() - 1);
        let mut part = locked(&self.parts[part]);
        part.0.add(path, bytes, &self.base_path);
        if self.with_snapshot {
            part.1.add(path, bytes);
        }
    }

    /// What is wrong with the site, and what it lacks that the published one has.
    pub(super) fn findings(self, site: &Site, published: Option<&Snapshot>) -> Findings {
        let parts = self.parts.into_iter().map(|part| part.into_inner().unwrap_or_else(PoisonError::into_inner));
        let (audit, snapshot) = parts
            .reduce(|all, part| (all.0.merge(part.0), all.1.merge(part.1)))
            .unwrap_or_else(|| (Audit::new(), Snapshot::default()));
        let mut findings = Findings::default();
        let mut add = |diagnostic: Diagnostic| findings.add(diagnostic);
        // What scripts fill is linked by scripts, and redirects by other sites.
        let entrances: HashSet<String> =
            page::plan(site).into_iter().filter(|route| is_entrance(site, route)).map(|route| route.path()).collect();
        let report = audit.report(|path| entrances.contains(path));
        for link in &report.broken {
            add(report::broken_link(&link.link, link.n_pages, link.is_anchor).in_file(&link.page));
        }
        report.unreachable.iter().for_each(|path| add(report::unreachable_page().in_file(path)));
        report.twice.iter().for_each(|path| add(report::duplicate_address().in_file(path)));
        report.same_but_case.iter().for_each(|(one, other)| add(report::same_but_case(one, other)));
        if let Some(published) = published {
            let change = difference(published, &snapshot);
            change.vanished.iter().for_each(|path| add(report::vanished().in_file(path)));
            change.other_ids.iter().for_each(|(path, old, new)| add(report::other_feed_id(old, new).in_file(path)));
        }
        if site.info.base_url.is_none() && !site.info.publish.feed_formats.is_empty() {
            add(report::no_base_url());
        }
        stale(site).into_iter().for_each(add);
        findings
    }
}

/// True for a page that no other page need lead to: scripts lead to it, or there is nothing in it.
fn is_entrance(site: &Site, route: &Route) -> bool {
    match route {
        Route::Home => true,
        Route::Sources => site.sources.is_empty(),
        _ => route.is_personal(),
    }
}

fn stale(site: &Site) -> Option<Diagnostic> {
    let latest = site.days.last()?.day;
    let days = (today()?.unix() - latest.unix()).max(0);
    (days >= STALE_DAYS).then(|| report::stale(&latest.to_string(), days))
}

/// The day that it is, in UTC.
pub(super) fn today() -> Option<Day> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Day::of_unix(i64::try_from(seconds / 86_400).ok()?)
}
