//! `daysheet build`: reads, joins, makes what has changed, and puts the new site in the place of the old one.
//!
//! Where nothing has changed at all since the site was published, which a hash of everything that it is made of tells, and the site is
//! whole, nothing is parsed and nothing is joined: what was said then is said again.

use super::arguments::{BuildArguments, Timings};
use super::commands::{self, joined};
use super::load::{self, Hashed, Loaded};
use super::note::{self, Note};
use super::progress::Progress;
use super::project::{self, Project};
use super::show::{self, Counts};
use super::site::{self, locked};
use super::{Failure, Outcome, inputs, own, put};
use crate::budget::{Budget, Tally};
use crate::build::{self, Artifact, Built, Part, Print, Sink};
use crate::diagnostic::Severity;
use crate::disk::{self, Listing, PublishError, Published, Staging, Stopwatch, Store};
use crate::site::{Joined, Site};
use crate::theme::Theme;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Flushing of fewer files at the end is not worth beginning before.
const MANY_FILES: usize = 10_000;

/// How many warnings of publishing are told one by one.
const MOST_WARNINGS: usize = 20;

/// What a build works on.
struct Work<'a> {
    arguments: &'a BuildArguments,
    project: Project,
    output: PathBuf,
    budget: Budget,
    theme: Theme,
    program: Print,
}

/// What is known before the content folder is read.
struct Inputs {
    program: Print,
    listing: Listing,
    /// The fingerprint of sizes and times.
    stamps: String,
    /// The prints of the files, where they were needed.
    hashed: Option<Hashed>,
}

pub(super) fn build(arguments: &BuildArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    commands::in_pool(folders, || {
        let mut stopwatch = Stopwatch::start();
        let project = project::open(folders, arguments.base_url.as_deref())?;
        let output = project.output(arguments.output.as_ref())?;
        let budget = site::budget(&arguments.budget)?;
        // Reasons are told of parts, which are not looked at where nothing has changed.
        let may_be_same = !arguments.explain && disk::state_folder(&output).is_ok_and(|state| note::is_there(&state));
        let look = || Inputs::look(&project, &output, may_be_same);
        let (staging, (theme, inputs)) = rayon::join(|| Staging::open(&output), || rayon::join(|| project.theme(), look));
        let (theme, staging) = (theme?, staging.map_err(|error| put::unwritten(&error))?);
        let inputs = inputs?;
        let program = inputs.program;
        stopwatch.lap("open");
        let work = Work { arguments, project, output, budget, theme, program };
        if let Some(hashed) = &inputs.hashed
            && let Some(outcome) = work.unchanged(&staging, hashed.print, &mut stopwatch)?
        {
            return Ok(outcome);
        }
        work.publish(staging, inputs, stopwatch)
    })
}

impl Inputs {
    /// Looks at the content folder, and hashes its files where nothing may have changed.
    fn look(project: &Project, output: &Path, may_be_same: bool) -> Result<Inputs, Failure> {
        let (program, listing) = (load::program(), load::listing(project, output));
        // Taken before anything is read: what changes meanwhile is then another.
        let stamps = inputs::fingerprint(project, &listing)?;
        let hashed = may_be_same.then(|| load::hash(project, &listing, program)).transpose()?;
        Ok(Inputs { program, listing, stamps, hashed })
    }
}

impl Work<'_> {
    /// Says what was said of the published site, if that is made of what there is now, `contents` in the content folder, and whole.
    fn unchanged(&self, staging: &Staging, contents: Print, stopwatch: &mut Stopwatch) -> Result<Option<Outcome>, Failure> {
        let Some(note) = note::read(staging.state_folder()) else { return Ok(None) };
        let own = own::print(&self.project.static_files()?)?;
        stopwatch.lap("compare");
        if note.contents != self.print(contents, own) {
            return Ok(None);
        }
        let Some((n_files, n_bytes)) = staging.verify() else { return Ok(None) };
        stopwatch.lap("verify");
        if !self.arguments.folders.quiet {
            show::out(&note.report);
            show::out(&show::unchanged(n_files, &self.output));
            show::out(&note.budget);
        }
        show::error(note.warnings.trim_end());
        let built = Built { files: n_files, bytes: n_bytes, ..Built::default() };
        self.show_timings(stopwatch, &Counts { built, kept: n_files, ..Counts::default() });
        Ok(Some(self.outcome(&note)))
    }

    /// The print of all that a site is made of, of its digests and of the owner's files.
    fn print(&self, contents: Print, own: Print) -> Print {
        let Work { project, budget, theme, program, .. } = self;
        // The settings with what the command line said, and the texts of the owner's pages.
        let texts = format!("{program} {contents} {own} {:?} {budget:?}", project.config);
        build::print_of(&[&theme.print, texts.as_bytes()])
    }

    fn outcome(&self, note: &Note) -> Outcome {
        let is_wrong = self.arguments.strict && (note.has_findings || !note.is_within);
        if is_wrong { Outcome::Findings } else { Outcome::Fine }
    }

    fn publish(&self, staging: Staging, inputs: Inputs, mut stopwatch: Stopwatch) -> Result<Outcome, Failure> {
        let folders = &self.arguments.folders;
        let progress = Progress::new(folders.quiet);
        let state = staging.state_folder().to_owned();
        let loaded = self.load(&state, &inputs, &progress)?;
        load::is_free_of_digests(&self.project, &loaded.readings, &self.output)?;
        stopwatch.lap("read");
        let (input_bytes, contents) = (loaded.bytes, loaded.print);
        let mut joined = joined(loaded, &self.project.config);
        let of_owner = commands::findings_of(&self.project, &self.theme)?;
        of_owner.into_iter().for_each(|finding| joined.findings.add(finding));
        stopwatch.lap("join");
        let parts = build::parts(&joined.site, &self.theme);
        let own_files = self.project.static_files()?;
        commands::check_own(&self.project, &joined.site, &self.theme, &own_files)?;
        stopwatch.lap("plan");
        progress.start("writing", parts.len());
        let press = Press::new(&joined.site, &staging, &progress, self.arguments.explain, parts.len());
        let program = self.program.to_string();
        let built = build::build(&joined.site, &self.theme, &program, &parts, &press).map_err(commands::failure)?;
        let own = press.take_own(&own_files)?;
        stopwatch.lap("render and write");
        let Press { tally, counts, reasons, .. } = press;
        let counts = counts.sum(built);
        note::forget(&state)?;
        let published = staging.publish().map_err(|error| put::unwritten(&error))?;
        stopwatch.take_over(&published.phases);
        progress.finish();
        let tally = tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut note = self.note_of(&joined, built, input_bytes, &tally);
        (note.contents, note.stamps) = (self.print(contents, own), inputs.stamps);
        note::write(&state, &note);
        stopwatch.lap("note");
        self.tell(&note, &published, reasons.map(Mutex::into_inner).map(Result::unwrap_or_default));
        self.show_timings(
            &stopwatch,
            &Counts { written: published.written, kept: published.kept, removed: published.removed, ..counts },
        );
        // Giving back the memory of a large site takes longer than the end of the program.
        std::mem::forget(joined);
        Ok(self.outcome(&note))
    }

    fn load(&self, state: &Path, inputs: &Inputs, progress: &Progress) -> Result<Loaded, Failure> {
        let store = Store::open_to_add(state, load::STORE, self.program);
        let Inputs { listing, hashed, .. } = inputs;
        let loaded = load::load_with(&self.project, listing, progress, &store, self.program, hashed.as_ref()).whole()?;
        store.finish();
        Ok(loaded)
    }

    /// What there is to say of a site, besides what was done.
    fn note_of(&self, joined: &Joined, built: Built, input_bytes: u64, tally: &Tally) -> Note {
        let (budget, strains) = show::budget(tally, &self.budget);
        Note {
            report: show::summary(&joined.site, built, joined.ledger, &joined.findings, input_bytes),
            warnings: show::first_errors(&joined.findings) + show::no_digests(&joined.site) + &strains.text,
            budget,
            has_findings: joined.findings.at_least(Severity::Warning) > 0,
            is_within: strains.is_within,
            ..Note::default()
        }
    }

    fn tell(&self, note: &Note, published: &Published, reasons: Option<Vec<(String, &'static str)>>) {
        if let Some(reasons) = reasons {
            show::out(&show::reasons(reasons));
        }
        show::error(note.warnings.trim_end());
        let (told, untold) = published.warnings.split_at(published.warnings.len().min(MOST_WARNINGS));
        told.iter().for_each(|warning| show::error(&format!("warning: {warning}")));
        if !untold.is_empty() {
            show::error(&format!("warning: and {} more like these", untold.len()));
        }
        if !self.arguments.folders.quiet {
            show::out(&note.report);
            show::out(&show::published(published, &self.output));
            show::out(&note.budget);
        }
    }

    fn show_timings(&self, stopwatch: &Stopwatch, counts: &Counts) {
        match self.arguments.timings {
            Some(Timings::Json) => show::out(&show::timings_json(stopwatch.laps(), stopwatch.elapsed(), counts)),
            Some(Timings::Human) => show::out(&show::timings(stopwatch.laps(), stopwatch.elapsed(), counts)),
            None if !self.arguments.folders.quiet => show::out(&show::times(stopwatch.laps())),
            None => {}
        }
    }
}

/// Takes what is built to the staging tree, and keeps account.
struct Press<'a> {
    site: &'a Site,
    staging: &'a Staging,
    progress: &'a Progress,
    tally: Mutex<Tally>,
    counts: PartCounts,
    /// Path and reason, where they are wanted.
    reasons: Option<Mutex<Vec<(String, &'static str)>>>,
    /// After how many files that were made the flush begins.
    flush_ahead_at: usize,
}

#[derive(Default)]
struct PartCounts {
    made: AtomicUsize,
    reused: AtomicUsize,
}

impl PartCounts {
    fn sum(self, built: Built) -> Counts {
        Counts { built, files_made: self.made.into_inner(), parts_reused: self.reused.into_inner(), ..Counts::default() }
    }
}

impl<'a> Press<'a> {
    fn new(site: &'a Site, staging: &'a Staging, progress: &'a Progress, explain: bool, n_parts: usize) -> Press<'a> {
        Press {
            site,
            staging,
            progress,
            tally: Mutex::default(),
            counts: PartCounts::default(),
            reasons: explain.then(Mutex::default),
            flush_ahead_at: MANY_FILES.max(n_parts / 4 * 3),
        }
    }

    fn explain(&self, path: &str, reason: &'static str) {
        if let Some(reasons) = &self.reasons {
            locked(reasons).push((path.to_owned(), reason));
        }
    }

    /// The owner's files, and their print.
    fn take_own(&self, files: &[(String, PathBuf)]) -> Result<Print, Failure> {
        let mut prints = Vec::new();
        for (address, path) in files {
            let bytes = own::read(path)?;
            locked(&self.tally).add_own(address, bytes.len() as u64);
            let is_same = self.staging.write(address, &bytes, None).map_err(|error| put::unwritten(&error))?;
            self.explain(address, if is_same { "kept: the owner's file is the same" } else { "copied: the owner's file" });
            prints.push((address.as_str(), bytes));
        }
        Ok(own::print_of(prints.iter().map(|(address, bytes)| (*address, bytes.as_slice()))))
    }

    /// Why a part has to be made, and whether its files came out as they were.
    fn reason(&self, path: &str, print: Option<Print>, is_same: bool) -> &'static str {
        match print {
            _ if !self.staging.is_published(path) => "made: it is new",
            None if is_same => "made: it is always made; the same bytes",
            None => "made: it is always made",
            Some(print) if self.staging.knows(print) => "made: the published file was not whole",
            Some(_) if is_same => "made: what it is made of has changed; the same bytes",
            Some(_) => "made: what it is made of has changed",
        }
    }
}

impl Sink for Press<'_> {
    type Error = PublishError;

    fn reuse(&self, part: &Part, print: Print) -> Result<Option<(usize, u64)>, PublishError> {
        let Some(files) = self.staging.reuse(print)? else { return Ok(None) };
        self.counts.reused.fetch_add(1, Ordering::Relaxed);
        for (path, n_bytes) in &files {
            locked(&self.tally).add(&part.route_of(self.site, path), path, *n_bytes);
            self.explain(path, "reused: what it is made of is the same");
        }
        Ok(Some((files.len(), files.iter().map(|(_, n_bytes)| n_bytes).sum())))
    }

    fn take(&self, artifact: &Artifact, print: Option<Print>) -> Result<(), PublishError> {
        let path = artifact.route.path();
        let is_same = self.staging.write(&path, &artifact.bytes, print)?;
        if self.counts.made.fetch_add(1, Ordering::Relaxed) == self.flush_ahead_at {
            self.staging.flush_ahead();
        }
        locked(&self.tally).add(&artifact.route, &path, artifact.bytes.len() as u64);
        self.explain(&path, self.reason(&path, print, is_same));
        Ok(())
    }

    fn done(&self) {
        self.progress.step();
    }
}
