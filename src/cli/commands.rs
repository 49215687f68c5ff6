//! The commands.

use super::arguments::{
    BundleArguments, CheckArguments, CheckFormat, ExportArguments, ExportFormat, SearchArguments, SearchFormat, ThemeArguments,
    ThemeCommand,
};
use super::failure::theme_failure;
use super::load::{Loaded, load};
use super::progress::Progress;
use super::project::Project;
use super::show;
use super::site::{self, Whole};
use super::{Failure, FolderArguments, Outcome, own, project, put, themes};
use crate::api;
use crate::build::{self, Artifact, BuildError, MakeError, Part, Print, Sink};
use crate::bundle;
use crate::cite;
use crate::config::SiteConfig;
use crate::diagnostic::{Diagnostic, Findings, Severity, report};
use crate::disk::{PublishError, Stopwatch};
use crate::export::{self, Selection};
use crate::feed;
use crate::model::{Digest, name, source};
use crate::parse::{Ledger, Reading, SourceRule};
use crate::search;
use crate::site::{Joined, Site, hide, join};
use crate::theme::{self, Slip, Theme};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(super) fn check(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    in_pool(&arguments.folders, || checked(arguments)).inspect_err(|failure| {
        // A program that reads the findings learns here why there are no others.
        if arguments.format == CheckFormat::Json {
            show::check_json(&[], &failure.findings(), Ledger::default());
        }
    })
}

fn checked(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    let project = project::open(folders, arguments.base_url.as_deref())?;
    let published = arguments.against.as_deref().map(site::snapshot).transpose()?;
    let theme = project.theme()?;
    let progress = Progress::new(folders.quiet || arguments.format == CheckFormat::Json);
    let mut stopwatch = Stopwatch::start();
    let loaded = load(&project, &project.output_path(None), &progress);
    stopwatch.lap("read");
    let listing = show::files(&loaded.readings);
    let files: Vec<_> = loaded.readings.iter().map(show::file_json).collect();
    let input_bytes = loaded.bytes;
    let mut joined = joined(loaded, &project.config);
    stopwatch.lap("join");
    let own_files = project.static_files()?;
    check_own(&project, &joined.site, &theme, &own_files)?;
    let parts = build::parts(&joined.site, &theme);
    progress.start("rendering", parts.len());
    let whole = Whole::new(&joined.site, published.is_some());
    let built = build::build(&joined.site, &theme, "", &parts, &Audited(&whole, &progress)).map_err(failure)?;
    for (address, path) in &own_files {
        // Only pages have links and places.
        let bytes = if address.ends_with(".html") { own::read(path)? } else { Vec::new() };
        whole.add(address, &bytes);
    }
    stopwatch.lap("render");
    joined.findings.extend(whole.findings(&joined.site, published.as_ref()));
    findings_of(&project, &theme)?.into_iter().for_each(|finding| joined.findings.add(finding));
    stopwatch.lap("audit");
    progress.finish();
    match arguments.format {
        CheckFormat::Json => show::check_json(&files, &joined.findings, joined.ledger),
        CheckFormat::Human if !folders.quiet => {
            show::findings(&joined.findings);
            show::out(&format!("{listing}\n"));
            show::out(&show::summary(&joined.site, built, joined.ledger, &joined.findings, input_bytes));
            show::out(&show::times(stopwatch.laps()));
            show::error(show::no_digests(&joined.site));
        }
        CheckFormat::Human => show::error(&show::first_errors(&joined.findings)),
    }
    Ok(outcome(&joined.findings, true))
}

pub(super) fn export(arguments: &ExportArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    in_pool(folders, || {
        let selection = selection(arguments)?;
        let project = project::open(folders, arguments.base_url.as_deref())?;
        let progress = Progress::new(folders.quiet);
        let loaded = load(&project, &project.output_path(None), &progress).whole()?;
        progress.finish();
        show::error(&show::first_errors(&loaded.findings));
        let text = exported(arguments.format, &selection, loaded.readings, &project)?;
        if !folders.quiet {
            show::error(lacking(arguments.format, &text, &project));
        }
        match &arguments.output {
            Some(path) => put::file(path, &text)?,
            None => show::out(&String::from_utf8_lossy(&text)),
        }
        Ok(Outcome::Fine)
    })
}

/// What an export lacks, if it does.
fn lacking(format: ExportFormat, text: &[u8], project: &Project) -> &'static str {
    match format {
        _ if text.is_empty() => "note: there is no entry to export",
        ExportFormat::Opml if project.config.join.info.base_url.is_none() => {
            "note: the list has relative addresses\nhelp: say where the site is published, with `--base-url` or `base_url` in site.toml"
        }
        _ => "",
    }
}

/// Tells of sources that a query asks for and the site does not have.
fn tell_sources(site: &Site, query: &search::Query) {
    let known: Vec<String> = site.sources.iter().map(|source| format!("`{}`", source.key)).collect();
    for unknown in search::unknown_sources(site, query) {
        show::error(&format!("note: there is no source `{unknown}`; there are {}", known.join(", ")));
    }
}

/// The entries that the arguments name.
fn selection(arguments: &ExportArguments) -> Result<Selection, Failure> {
    // Unlike on the search page nothing is being typed any more: the last word is whole.
    let query = arguments.query.as_ref().map(|query| search::parse(&format!("{query} ")));
    if let Some(problem) = query.as_ref().and_then(|query| query.problems.first()) {
        return Err(Failure::new(problem.to_string(), "`daysheet search` finds by the same language; see docs/search.md"));
    }
    let author = arguments.author.as_deref().map(name::key);
    Ok(Selection { query, first: arguments.day, last: arguments.day, author })
}

fn exported(
    format: ExportFormat,
    selection: &Selection,
    mut readings: Vec<Reading>,
    project: &Project,
) -> Result<Vec<u8>, Failure> {
    hide(&mut readings, &project.config.hide);
    // Only this format prints what was read and not what the site makes of it.
    let as_read = if format == ExportFormat::Jsonl { readings.clone() } else { Vec::new() };
    let mut joined = join(readings, &project.config.join);
    search::fill_watches(&mut joined.site);
    let (site, merges) = (&joined.site, &joined.merges);
    selection.query.iter().for_each(|query| tell_sources(site, query));
    let failed = |error: &dyn std::fmt::Display| Failure::new(error.to_string(), "");
    let cited = |format| Ok(cite::write(site, &export::select(site, selection), format).into_bytes());
    match format {
        ExportFormat::Jsonl => {
            let wanted = (!selection.is_all()).then(|| export::origins(site, &export::select(site, selection)));
            let of = |reading| export::jsonl(reading, merges, wanted.as_ref()).map_err(|error| failed(&error));
            as_read.iter().map(of).collect::<Result<String, Failure>>().map(String::into_bytes)
        }
        ExportFormat::Csv => Ok(api::csv(site, &export::select(site, selection)).into_bytes()),
        ExportFormat::Bibtex => cited(cite::Format::Bibtex),
        ExportFormat::Ris => cited(cite::Format::Ris),
        ExportFormat::CslJson => cited(cite::Format::CslJson),
        ExportFormat::Opml if !selection.is_all() => {
            Err(Failure::new("OPML lists feeds and no entries", "leave out `--query`, `--day` and `--author`"))
        }
        ExportFormat::Opml => feed::opml(site, &project.theme()?).ok_or_else(|| {
            Failure::new("the site has no feeds that a list can tell of", "see `formats` of `[feeds]` in site.toml")
        }),
    }
}

/// What a bundle is called, and the folder in it, unless told otherwise.
const BUNDLE: &str = "daysheet";

pub(super) fn bundle(arguments: &BundleArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    in_pool(folders, || {
        let mut project = project::open(folders, None)?;
        // Links lead from file to file wherever the folder is.
        project.config.join.info.base_url = None;
        let theme = project.theme()?;
        let progress = Progress::new(folders.quiet);
        let mut loaded = load(&project, &project.output_path(None), &progress).whole()?;
        let known: BTreeSet<String> =
            loaded.readings.iter().flat_map(|reading| &reading.digests).map(|digest| digest.source.clone()).collect();
        let sources: Vec<String> = arguments.source.iter().map(|source| source::key(source)).collect();
        if let Some(unknown) = sources.iter().position(|source| !known.contains(source)) {
            let list = known.iter().map(|source| format!("`{source}`")).collect::<Vec<_>>().join(", ");
            return Err(Failure::new(
                format!("there is no source `{}`", arguments.source[unknown]),
                &format!("the sources are {list}"),
            ));
        }
        let is_wanted = |digest: &Digest| {
            let in_range =
                |day| arguments.since.is_none_or(|first| first <= day) && arguments.until.is_none_or(|last| day <= last);
            let is_dated = digest.day.map_or(arguments.since.is_none() && arguments.until.is_none(), in_range);
            is_dated && (sources.is_empty() || sources.contains(&digest.source))
        };
        for reading in &mut loaded.readings {
            reading.digests.retain(is_wanted);
        }
        let mut joined = joined(loaded, &project.config);
        // Nothing leads to old addresses in a new folder, and the pages that they lead to may not be in it.
        joined.site.redirects.clear();
        if joined.site.n_entries == 0 {
            return Err(Failure::new("there is nothing to bundle", "check `--since`, `--until` and `--source`"));
        }
        let own_files = project.static_files()?;
        check_own(&project, &joined.site, &theme, &own_files)?;
        let read = |(address, path): &(String, PathBuf)| Ok((address.clone(), own::read(path)?));
        let others = own_files.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
        let path = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{BUNDLE}.zip")));
        let folder = path.file_stem().map_or(BUNDLE.to_owned(), |stem| stem.to_string_lossy().into_owned());
        let bundle = bundle::bundle(&joined.site, &theme, &folder, others).map_err(failure)?;
        progress.finish();
        if !folders.quiet {
            show::bundle(&joined.site, &bundle, &path);
        }
        put::file(&path, &bundle.bytes)?;
        Ok(Outcome::Fine)
    })
}

pub(super) fn search(arguments: &SearchArguments) -> Result<Outcome, Failure> {
    let folders = &arguments.folders;
    in_pool(folders, || {
        let typed: Vec<String> = match arguments.query.join(" ") {
            dash if dash == "-" => std::io::read_to_string(std::io::stdin())
                .map_err(|error| Failure::new(format!("could not read the queries: {error}"), ""))?
                .lines()
                .map(str::to_owned)
                .collect(),
            query => vec![query],
        };
        let queries: Vec<search::Query> = typed.iter().map(|typed| search::parse(typed)).collect();
        for problem in queries.iter().flat_map(|query| &query.problems) {
            show::error(&format!("note: {problem}"));
        }
        let project = project::open(folders, None)?;
        let progress = Progress::new(folders.quiet);
        let loaded = load(&project, &project.output_path(None), &progress).whole()?;
        progress.finish();
        let site = joined(loaded, &project.config).site;
        queries.iter().for_each(|query| tell_sources(&site, query));
        let limit = arguments.limit.unwrap_or(usize::MAX);
        let mut is_empty = true;
        for (query, hits) in typed.iter().zip(search::scan(&site, &queries)) {
            is_empty &= hits.is_empty();
            let hits = &hits[..hits.len().min(limit)];
            match arguments.format {
                SearchFormat::Human => show::out(&show::hits(hits)),
                SearchFormat::Jsonl => show::out(&show::hits_as_json(query, hits)),
            }
        }
        if is_empty && arguments.format == SearchFormat::Human && !folders.quiet {
            show::error("note: nothing was found");
        }
        // As with grep: nothing found is not success.
        Ok(if is_empty { Outcome::Findings } else { Outcome::Fine })
    })
}

pub(super) fn theme(arguments: &ThemeArguments) -> Result<Outcome, Failure> {
    let root = arguments.root.as_deref().unwrap_or(Path::new("."));
    match &arguments.command {
        ThemeCommand::List => show::out(&themes::list(root, theme_of(root)?.as_deref())?),
        ThemeCommand::Show { path, theme } => {
            let name = theme.clone().map_or_else(|| theme_of(root), |theme| Ok(Some(theme)))?;
            show::out(&themes::show(root, name.as_deref().unwrap_or(theme::DEFAULT), path.as_deref())?);
        }
        ThemeCommand::New { name, extends } => show::out(&themes::create(root, name, extends)?),
    }
    Ok(Outcome::Fine)
}

/// The theme that settings name.
fn theme_of(root: &Path) -> Result<Option<String>, Failure> {
    let folders = FolderArguments { root: Some(root.to_owned()), ..FolderArguments::default() };
    Ok(project::open(&folders, None)?.config.theme)
}

/// Checks what the owner puts beside the pages.
pub(super) fn check_own(project: &Project, site: &Site, theme: &Theme, files: &[(String, PathBuf)]) -> Result<(), Failure> {
    let info = &site.info;
    if files.is_empty() && info.logo.is_none() && info.navigation.is_empty() && site.redirects.is_empty() {
        return Ok(());
    }
    own::check(&project.root, site, files, &build::paths(site, theme))
}

pub(super) fn joined(mut loaded: Loaded, config: &SiteConfig) -> Joined {
    let is_for_none = |rule: &&SourceRule| rule.is_for_files() && !loaded.readings.iter().any(|reading| rule.fits(&reading.path));
    let rules = config.read.sources.iter().filter(is_for_none);
    let for_none: Vec<Diagnostic> = rules.map(|rule| report::files_fit_nothing(&rule.key, &rule.files)).collect();
    let unused = hide(&mut loaded.readings, &config.hide);
    let mut joined = join(loaded.readings, &config.join);
    joined.findings.extend(loaded.findings);
    unused.into_iter().chain(for_none).for_each(|finding| joined.findings.add(finding));
    search::fill_watches(&mut joined.site);
    joined
}

/// Adds all that is built to the audit.
struct Audited<'a>(&'a Whole, &'a Progress);

impl Sink for Audited<'_> {
    type Error = PublishError;

    fn reuse(&self, _: &Part, _: Print) -> Result<Option<(usize, u64)>, PublishError> {
        Ok(None)
    }

    fn take(&self, artifact: &Artifact, _: Option<Print>) -> Result<(), PublishError> {
        self.0.add(&artifact.route.path(), &artifact.bytes);
        Ok(())
    }

    fn done(&self) {
        self.1.step();
    }
}

/// What is wrong with the theme and with the owner's pages, though a site can be made with them.
pub(super) fn findings_of(project: &Project, theme: &Theme) -> Result<Vec<Diagnostic>, Failure> {
    let strays = theme.strays.iter().map(|stray| report::theme_file_not_used(stray.meant.as_deref()).in_file(&stray.path));
    let wordings = theme.wordings.iter().map(|wording| {
        let told = match &wording.slip {
            Slip::NotSaid(key, meant) => report::word_not_said(key, meant.as_deref()),
            Slip::NotFilled(key, name, filled) => report::placeholder_not_filled(key, name, filled),
            Slip::Missing(n, of) => report::words_missing(*n, *of),
        };
        told.in_file(&wording.path)
    });
    let in_folders = if project.has_settings { own::pages_in_folders(&project.root)? } else { Vec::new() };
    let pages = in_folders.iter().map(|path| report::page_not_made().in_file(path));
    Ok(strays.chain(wordings).chain(pages).collect())
}

/// Runs the work on a pool of as many threads as asked for.
pub(super) fn in_pool<T: Send>(
    folders: &FolderArguments,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let threads = folders.jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Failure::new(format!("could not start threads: {error}"), "ask for fewer with `--jobs`"))?.install(work)
}

pub(super) fn failure(error: BuildError<impl std::fmt::Display>) -> Failure {
    match error {
        BuildError::Make(error) => making(&error),
        BuildError::Sink(error) => Failure::new(error.to_string(), ""),
    }
}

/// Why a page or another part of a site could not be made.
pub(super) fn making(error: &MakeError) -> Failure {
    match error {
        MakeError::Theme(error) => theme_failure(error),
        MakeError::Feed(error) => Failure::new(format!("could not write a feed: {error}"), ""),
    }
}

fn outcome(findings: &Findings, strict: bool) -> Outcome {
    if strict && findings.at_least(Severity::Warning) > 0 { Outcome::Findings } else { Outcome::Fine }
}
