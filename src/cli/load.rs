//! The content folder as readings.

use super::Failure;
use super::own;
use super::progress::Progress;
use super::project::Project;
use crate::build::{self, Print};
use crate::config;
use crate::diagnostic::{Diagnostic, Findings, report};
use crate::disk::{self, Found, ListRules, Listing, ReadProblem, ReadProblemKind, Store};
use crate::memo::{self, of_hash};
use crate::model::Day;
use crate::parse::{self, InputFile, Reading};
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Extensions of the files that may be digests.
pub(super) const EXTENSIONS: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "mdx", "txt", "json", "jsonl", "ndjson", "json5", "yaml", "yml", "toml", "xml", "rss",
    "atom", "rdf", "html", "htm", "csv", "tsv", "tab",
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
    /// The print of all that was listed and read.
    pub(super) print: Print,
    /// The first file or folder that the system would not let be read, and why. A site without it would lose days that are
    /// published, so there is none until it can be read.
    unreadable: Option<(PathBuf, String)>,
}

impl Loaded {
    /// Fails if there is input that could not be read.
    pub(super) fn whole(self) -> Result<Loaded, Failure> {
        match &self.unreadable {
            None => Ok(self),
            Some((path, reason)) => Err(not_whole(path, reason)),
        }
    }
}

/// The files that may be digests: those of the content folder without the site's own.
pub(super) fn listing(project: &Project, output: &Path) -> Listing {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut skip = vec![absolute(&project.root.join("themes"))];
    // The folder that is usual for a site may be that of the digests of another program.
    if is_site(output) || output != project.usual_output() {
        skip.push(absolute(output));
    }
    if project.has_settings {
        skip.push(absolute(&project.root.join(config::FILE)));
        skip.extend(own::FOLDERS.iter().map(|folder| absolute(&project.root.join(folder))));
    }
    skip.extend([&project.root, &project.content].into_iter().flat_map(|folder| published_in(folder)));
    skip.retain(|path| *path != absolute(&project.content));
    let rules = ListRules { extensions: EXTENSIONS, skip };
    disk::list(&project.content, &rules)
}

/// That no digest lies where the site is to be: from the next build on it would be taken for a part of the site.
pub(super) fn is_free_of_digests(project: &Project, readings: &[Reading], output: &Path) -> Result<(), Failure> {
    let is_inside = |reading: &&Reading| !reading.digests.is_empty() && project.content.join(&reading.path).starts_with(output);
    match readings.iter().find(is_inside) {
        Some(reading) => Err(Failure::new(
            format!("the output folder `{}` holds digests: `{}`", output.display(), reading.path),
            "give another folder with `--output` or `output` in site.toml",
        )),
        None => Ok(()),
    }
}

/// True for a folder that a site was published into.
fn is_site(folder: &Path) -> bool {
    folder.join("index.html").is_file() && folder.join(".nojekyll").is_file()
}

/// The sites that were published into a folder, as the state beside each tells: what was written is not read as digests.
fn published_in(folder: &Path) -> Vec<PathBuf> {
    let states = fs::read_dir(folder).into_iter().flatten().flatten();
    let site = |state: fs::DirEntry| {
        let name = state.file_name().to_string_lossy().strip_prefix(disk::STATE_PREFIX)?.to_owned();
        let site = std::path::absolute(folder.join(name)).ok()?;
        // Where another thing has taken its place, that is read.
        is_site(&site).then_some(site)
    };
    states.filter_map(site).collect()
}

/// Readings that need not be made again: path, length of the file, reading.
pub(super) type Known = HashMap<String, (u64, Reading)>;

/// The memo of readings in the state folder.
pub(super) const STORE: &str = "readings";

/// What tells this program apart from other versions of it: the hash of its bytes.
pub(super) fn program() -> Print {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    // Where it cannot be read, the version alone tells it apart.
    let _ = std::env::current_exe().and_then(fs::File::open).map(|file| hasher.update_reader(file).is_ok());
    of_hash(&hasher.finalize())
}

/// Lists, reads and parses all files, in parallel. `output` is left out where it lies in the content folder.
pub(super) fn load(project: &Project, output: &Path, progress: &Progress) -> Loaded {
    load_changed(project, output, progress, &Known::new(), program())
}

/// The same, where files whose readings are known and whose lengths are the same are not read again, and others are taken from the
/// memo of the last build if their bytes are the same.
pub(super) fn load_changed(project: &Project, output: &Path, progress: &Progress, known: &Known, program: Print) -> Loaded {
    let state = disk::state_folder(output).unwrap_or_default();
    let store = Store::open(&state, STORE, program);
    gathered(project, &listing(project, output), progress, |_, found| {
        match known.get(&found.path).filter(|(n_bytes, _)| *n_bytes == found.size) {
            Some((n_bytes, reading)) => Ok(Read { print: 0, n_bytes: *n_bytes, reading: reading.clone() }),
            None => read(project, found, &store, program),
        }
    })
}

/// Reads the listed files, where those whose bytes are known are not parsed again, and those that were hashed before not even read.
pub(super) fn load_with(
    project: &Project,
    listing: &Listing,
    progress: &Progress,
    store: &Store,
    program: Print,
    hashed: Option<&Hashed>,
) -> Loaded {
    gathered(project, listing, progress, |at, found| {
        let known = hashed.and_then(|hashed| hashed.files[at].as_ref().ok());
        let taken = known
            .and_then(|file| Some(Read { reading: remembered(store, file.print)?, print: file.print, n_bytes: file.n_bytes }));
        taken.map_or_else(|| read(project, found, store, program), Ok)
    })
}

/// What the listed files hold, as hashes.
pub(super) struct Hashed {
    /// The files in the order of the listing.
    files: Vec<Result<HashedFile, ReadProblem>>,
    /// The print of all, as [`Loaded::print`] has it.
    pub(super) print: Print,
}

struct HashedFile {
    print: Print,
    n_bytes: u64,
}

/// Hashes the listed files. Fails where the system would not let one be read, as [`Loaded::whole`] does.
pub(super) fn hash(project: &Project, listing: &Listing, program: Print) -> Result<Hashed, Failure> {
    let of = |found: &Found| {
        let bytes = disk::read(found, project.config.max_file)?;
        Ok(HashedFile { print: print_of_file(project, found, &bytes, program), n_bytes: bytes.len() as u64 })
    };
    let files: Vec<Result<HashedFile, ReadProblem>> = listing.files.par_iter().map(of).collect();
    let mut problems = listing.problems.iter().chain(files.iter().filter_map(|file| file.as_ref().err()));
    match problems.find_map(|problem| unreadable(project, problem)) {
        Some((path, reason)) => Err(not_whole(&path, &reason)),
        None => Ok(Hashed { print: sum(listing, files.iter().map(|file| file.as_ref().map(|file| file.print))), files }),
    }
}

/// The path and the reason of a problem, if it is that the system would not let a file or folder be read.
fn unreadable(project: &Project, problem: &ReadProblem) -> Option<(PathBuf, String)> {
    match &problem.kind {
        ReadProblemKind::Unreadable(reason) if problem.path == "." => Some((project.content.clone(), reason.clone())),
        ReadProblemKind::Unreadable(reason) => Some((project.content.join(&problem.path), reason.clone())),
        _ => None,
    }
}

fn not_whole(path: &Path, reason: &str) -> Failure {
    Failure::new(
        format!("could not read `{}`: {reason}", path.display()),
        "nothing was written; make it readable, or move it out of the content folder",
    )
}

/// The print of what was listed and of what each file holds.
fn sum<'a>(listing: &Listing, prints: impl Iterator<Item = Result<Print, &'a ReadProblem>>) -> Print {
    let files = listing.files.iter().zip(prints).map(|(found, print)| format!("{:?} {print:?}", found.path));
    let texts: Vec<String> = files.chain([format!("{:?}", listing.problems)]).collect();
    build::print_of(&texts.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// The print of what the reading of a file is made of.
fn print_of_file(project: &Project, found: &Found, bytes: &[u8], program: Print) -> Print {
    let options = format!("{program} {:?} {:?} {:?}", project.config.read, found.path, found.day_written());
    build::print_of(&[options.as_bytes(), bytes])
}

/// A file that was read.
struct Read {
    print: Print,
    n_bytes: u64,
    reading: Reading,
}

/// Reads a file: parses it, or takes what the memo has of the same bytes.
fn read(project: &Project, found: &Found, store: &Store, program: Print) -> Result<Read, ReadProblem> {
    let bytes = disk::read(found, project.config.max_file)?;
    let n_bytes = bytes.len() as u64;
    let print = print_of_file(project, found, &bytes, program);
    if let Some(reading) = remembered(store, print) {
        return Ok(Read { print, n_bytes, reading });
    }
    let modified = found.day_written().and_then(Day::of_unix);
    let parse = |path| parse::read(InputFile { path, bytes, modified }, &project.config.read);
    let Some(reading) = whole(&found.path, parse) else {
        let mut reading = Reading::of_nothing(found.path.clone());
        reading.findings.add(report::reader_failed().in_file(&found.path));
        return Ok(Read { print, n_bytes, reading });
    };
    store.put(print, || memo::bytes(&reading));
    Ok(Read { print, n_bytes, reading })
}

/// What reads a file gives, unless it breaks down: that may cost the file, never a build.
fn whole(path: &str, read: impl FnOnce(String) -> Reading) -> Option<Reading> {
    catch_unwind(AssertUnwindSafe(|| read(path.to_owned()))).ok()
}

/// The reading that the memo has of a print.
fn remembered(store: &Store, print: Print) -> Option<Reading> {
    memo::value(&store.get(print)?)
}

/// Reads each of the listed files, by its place in the listing, with `read`, in parallel.
fn gathered(
    project: &Project,
    listing: &Listing,
    progress: &Progress,
    read: impl Fn(usize, &Found) -> Result<Read, ReadProblem> + Sync,
) -> Loaded {
    let mut findings = Findings::default();
    let unreadable = |problem: &ReadProblem| unreadable(project, problem);
    for problem in &listing.problems {
        findings.add(finding(problem));
    }
    progress.start("reading", listing.files.len());
    let step = |(at, found)| {
        progress.step();
        read(at, found)
    };
    let results: Vec<Result<Read, ReadProblem>> = listing.files.par_iter().enumerate().map(step).collect();
    let print = sum(listing, results.iter().map(|result| result.as_ref().map(|read| read.print)));
    let listed = listing.problems.iter().find_map(unreadable);
    let mut loaded =
        Loaded { readings: Vec::with_capacity(results.len()), sizes: Vec::new(), findings, bytes: 0, print, unreadable: listed };
    for result in results {
        match result {
            Ok(Read { n_bytes, reading, .. }) => {
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
