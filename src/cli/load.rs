//! The content folder as readings.

use super::Failure;
use super::own;
use super::progress::Progress;
use super::project::{self, Project};
use crate::diagnostic::{Diagnostic, Findings, report};
use crate::disk::{self, ListRules, Listing, ReadProblem, ReadProblemKind};
use crate::model::Day;
use crate::parse::{self, InputFile, Reading};
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Extensions of the files that may be digests.
const EXTENSIONS: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "mdx", "txt", "json", "jsonl", "ndjson", "json5", "yaml", "yml", "toml", "xml", "rss",
    "atom", "rdf", "html", "htm",
];

/// What the content folder holds.
pub(super) struct Loaded {
    /// The readings by path.
    pub(super) readings: Vec<Reading>,
    /// The length in bytes of the file of each.
    pub(super) sizes: Vec<u64>,
    /// What could not be read.
    pub(super) findings: Findings,
    /// Bytes read.
    pub(super) bytes: u64,
    /// The first file or folder that the system would not let be read, and why. A site without it would lose days that are
    /// published, so there is none until it can be read.
    unreadable: Option<(PathBuf, String)>,
}

impl Loaded {
    /// Fails if there is input that could not be read.
    pub(super) fn whole(self) -> Result<Loaded, Failure> {
        match &self.unreadable {
            None => Ok(self),
            Some((path, reason)) => Err(Failure::new(
                format!("could not read `{}`: {reason}", path.display()),
                "nothing was written; make it readable, or move it out of the content folder",
            )),
        }
    }
}

/// The files that may be digests: those of the content folder without the site's own.
pub(super) fn listing(project: &Project, output: &Path) -> Listing {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut skip = vec![absolute(output), absolute(&project.root.join("themes"))];
    if project.has_settings {
        skip.push(absolute(&project.root.join(project::SETTINGS_FILE)));
        skip.extend(own::FOLDERS.iter().map(|folder| absolute(&project.root.join(folder))));
    }
    skip.extend([&project.root, &project.content].into_iter().flat_map(|folder| published_in(folder)));
    skip.retain(|path| *path != absolute(&project.content));
    let rules = ListRules { extensions: EXTENSIONS, skip };
    disk::list(&project.content, &rules)
}

/// The sites that were published into a folder, as the state beside each tells: what was written is not read as digests.
fn published_in(folder: &Path) -> Vec<PathBuf> {
    let states = fs::read_dir(folder).into_iter().flatten().flatten();
    let site = |state: fs::DirEntry| {
        let name = state.file_name().to_string_lossy().strip_prefix(disk::STATE_PREFIX)?.to_owned();
        let site = std::path::absolute(folder.join(name)).ok()?;
        // Where another thing has taken its place, that is read.
        (site.join("index.html").is_file() && site.join(".nojekyll").is_file()).then_some(site)
    };
    states.filter_map(site).collect()
}

/// Readings that need not be made again: path, length of the file, reading.
pub(super) type Known = HashMap<String, (u64, Reading)>;

/// Lists, reads and parses all files, in parallel. `output` is left out where it lies in the content folder.
pub(super) fn load(project: &Project, output: &Path, progress: &Progress) -> Loaded {
    load_changed(project, output, progress, &Known::new())
}

/// The same, where files whose readings are known and whose lengths are the same are not read again.
pub(super) fn load_changed(project: &Project, output: &Path, progress: &Progress, known: &Known) -> Loaded {
    let listing = listing(project, output);
    let mut findings = Findings::default();
    let unreadable = |problem: &ReadProblem| match &problem.kind {
        ReadProblemKind::Unreadable(reason) if problem.path == "." => Some((project.content.clone(), reason.clone())),
        ReadProblemKind::Unreadable(reason) => Some((project.content.join(&problem.path), reason.clone())),
        _ => None,
    };
    for problem in &listing.problems {
        findings.add(finding(problem));
    }
    progress.start("reading", listing.files.len());
    let results: Vec<Result<(Reading, u64), ReadProblem>> = listing
        .files
        .par_iter()
        .map(|found| {
            if let Some((n_bytes, reading)) = known.get(&found.path).filter(|(n_bytes, _)| *n_bytes == found.size) {
                progress.step();
                return Ok((reading.clone(), *n_bytes));
            }
            let bytes = disk::read(found, project.config.max_file)?;
            let n_bytes = bytes.len() as u64;
            let reading = parse::read(
                InputFile { path: found.path.clone(), bytes, modified: found.modified.and_then(Day::of_unix) },
                &project.config.read,
            );
            progress.step();
            Ok((reading, n_bytes))
        })
        .collect();
    let listed = listing.problems.iter().find_map(unreadable);
    let mut loaded =
        Loaded { readings: Vec::with_capacity(results.len()), sizes: Vec::new(), findings, bytes: 0, unreadable: listed };
    for result in results {
        match result {
            Ok((reading, n_bytes)) => {
                loaded.bytes += n_bytes;
                loaded.readings.push(reading);
                loaded.sizes.push(n_bytes);
            }
            Err(problem) => {
                loaded.unreadable = loaded.unreadable.or_else(|| unreadable(&problem));
                loaded.findings.add(finding(&problem));
            }
        }
    }
    loaded
}

fn finding(problem: &ReadProblem) -> Diagnostic {
    let finding = match &problem.kind {
        ReadProblemKind::Duplicate => report::not_followed("link leads to a file that is listed under its own name"),
        ReadProblemKind::OutsideRoot => report::not_followed("link leads out of the content folder"),
        ReadProblemKind::Dangling => report::not_followed("link leads nowhere"),
        ReadProblemKind::Loop => report::not_followed("link leads to itself"),
        ReadProblemKind::NotAFile => report::not_followed("this is a pipe, socket or device"),
        ReadProblemKind::NameNotUtf8 => report::name_not_unicode(),
        ReadProblemKind::Unreadable(reason) => report::unreadable(reason),
        ReadProblemKind::TooLarge { size, limit } => report::too_large(*size, *limit),
    };
    finding.in_file(&problem.path)
}
