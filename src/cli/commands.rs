//! The commands.

use super::arguments::{BuildArguments, CheckArguments, CheckFormat, ExportArguments, ExportFormat};
use super::load::{Loaded, load};
use super::progress::Progress;
use super::project::Project;
use super::show::{self, Phases};
use super::{Failure, FolderArguments, Outcome, project};
use crate::build::{self, BuildError};
use crate::diagnostic::{Findings, Severity};
use crate::disk::{self, PublishError, Staging};
use crate::export;
use crate::page;
use crate::site::{Joined, join};
use std::time::{Duration, Instant};

pub(super) fn build(arguments: &BuildArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    in_pool(folders, || {
        let project = project::open(folders, arguments.base_url.as_deref())?;
        let output = project.output(arguments.output.as_ref())?;
        let theme = project.theme()?;
        let progress = Progress::new(folders.quiet);
        let mut watch = Watch::new();
        let loaded = load(&project, &output, &progress);
        watch.lap("read");
        let input_bytes = loaded.bytes;
        let joined = joined(loaded, &project.config.join);
        watch.lap("join");
        let staging = Staging::open(&output).map_err(|error| publishing(&error))?;
        progress.start("writing", page::plan(&joined.site).len());
        let built = build::build(&joined.site, &theme, project.config.feed_days, |artifact| {
            progress.step();
            staging.write(&artifact.route.path(), &artifact.bytes)
        })
        .map_err(|error| failure(&project, error))?;
        watch.lap("render and write");
        let published = staging.publish().map_err(|error| publishing(&error))?;
        watch.lap("publish");
        progress.finish();
        show::first_errors(&joined.findings);
        if !folders.quiet {
            show::summary(&joined.site, built, joined.ledger, &joined.findings, input_bytes, &watch.laps);
            show::published(&published, &output);
        }
        Ok(outcome(&joined.findings, arguments.strict))
    })
}

pub(super) fn check(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    in_pool(folders, || {
        let project = project::open(folders, arguments.base_url.as_deref())?;
        let theme = project.theme()?;
        let progress = Progress::new(folders.quiet || arguments.format == CheckFormat::Json);
        let mut watch = Watch::new();
        let loaded = load(&project, &project.output_path(None), &progress);
        watch.lap("read");
        let files: Vec<_> = loaded.readings.iter().map(show::file_json).collect();
        let input_bytes = loaded.bytes;
        let joined = joined(loaded, &project.config.join);
        watch.lap("join");
        progress.start("rendering", page::plan(&joined.site).len());
        let built = build::build(&joined.site, &theme, project.config.feed_days, |_| {
            progress.step();
            Ok::<(), PublishError>(())
        })
        .map_err(|error| failure(&project, error))?;
        watch.lap("render");
        progress.finish();
        match arguments.format {
            CheckFormat::Json => show::check_json(&files, &joined.findings, joined.ledger),
            CheckFormat::Human if !folders.quiet => {
                show::findings(&joined.findings);
                show::summary(&joined.site, built, joined.ledger, &joined.findings, input_bytes, &watch.laps);
            }
            CheckFormat::Human => show::first_errors(&joined.findings),
        }
        Ok(outcome(&joined.findings, true))
    })
}

pub(super) fn export(arguments: &ExportArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    in_pool(folders, || {
        let project = project::open(folders, None)?;
        let progress = Progress::new(folders.quiet);
        let loaded = load(&project, &project.output_path(None), &progress);
        progress.finish();
        show::first_errors(&loaded.findings);
        let ExportFormat::Jsonl = arguments.format;
        let mut text = String::new();
        for reading in &loaded.readings {
            text.push_str(&export::jsonl(reading).map_err(|error| Failure::new(error.to_string(), ""))?);
        }
        match &arguments.output {
            Some(path) => disk::write_atomically(path, text.as_bytes()).map_err(|error| publishing(&error))?,
            None => show::out(&text),
        }
        Ok(Outcome::Fine)
    })
}

fn joined(loaded: Loaded, options: &crate::site::JoinOptions) -> Joined {
    let mut joined = join(loaded.readings, options);
    joined.findings.extend(loaded.findings);
    joined
}

/// Runs the work on a pool of as many threads as asked for.
fn in_pool<T: Send>(folders: &FolderArguments, work: impl FnOnce() -> Result<T, Failure> + Send) -> Result<T, Failure> {
    let threads = folders.jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Failure::new(format!("could not start threads: {error}"), "ask for fewer with `--jobs`"))?.install(work)
}

fn publishing(error: &PublishError) -> Failure {
    Failure::new(error.to_string(), "")
}

fn failure(project: &Project, error: BuildError<PublishError>) -> Failure {
    match error {
        BuildError::Theme(error) => project.theme_failure(&error),
        BuildError::Feed(error) => Failure::new(format!("could not write a feed: {error}"), ""),
        BuildError::Sink(error) => publishing(&error),
    }
}

fn outcome(findings: &Findings, strict: bool) -> Outcome {
    if strict && findings.at_least(Severity::Warning) > 0 { Outcome::Findings } else { Outcome::Fine }
}

/// Takes the time of phases.
struct Watch {
    last: Instant,
    laps: Phases,
}

impl Watch {
    fn new() -> Watch {
        Watch { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        let time: Duration = now - self.last;
        self.laps.push((name, time));
        self.last = now;
    }
}
