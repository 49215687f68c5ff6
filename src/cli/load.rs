//! The content folder as readings.

use super::progress::Progress;
use super::project::Project;
use crate::diagnostic::{Diagnostic, Findings, report};
use crate::disk::{self, ListRules, ReadProblem, ReadProblemKind};
use crate::parse::{self, InputFile, Reading};
use rayon::prelude::*;
use std::path::Path;

/// Extensions of the files that may be digests.
const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd", "txt"];

/// What the content folder holds.
pub(super) struct Loaded {
    /// The readings by path.
    pub(super) readings: Vec<Reading>,
    /// What could not be read.
    pub(super) findings: Findings,
    /// Bytes read.
    pub(super) bytes: u64,
}

/// Lists, reads and parses all files, in parallel. `output` is left out where it lies in the content folder.
pub(super) fn load(project: &Project, output: &Path, progress: &Progress) -> Loaded {
    let themes = project.root.join("themes");
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let rules = ListRules { extensions: EXTENSIONS, skip: vec![absolute(output), absolute(&themes)] };
    let listing = disk::list(&project.content, &rules);
    let mut findings = Findings::default();
    for problem in &listing.problems {
        findings.add(finding(problem));
    }
    progress.start("reading", listing.files.len());
    let results: Vec<Result<(Reading, u64), ReadProblem>> = listing
        .files
        .par_iter()
        .map(|found| {
            let bytes = disk::read(found, project.config.max_file)?;
            let n_bytes = bytes.len() as u64;
            let reading = parse::read(InputFile { path: found.path.clone(), bytes }, &project.config.read);
            progress.step();
            Ok((reading, n_bytes))
        })
        .collect();
    let mut loaded = Loaded { readings: Vec::with_capacity(results.len()), findings, bytes: 0 };
    for result in results {
        match result {
            Ok((reading, n_bytes)) => {
                loaded.bytes += n_bytes;
                loaded.readings.push(reading);
            }
            Err(problem) => loaded.findings.add(finding(&problem)),
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
