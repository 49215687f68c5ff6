//! `daysheet init`: looks at what is there and writes what a site needs besides: settings, `.gitignore`, the workflow that publishes.
//! Files that are there are never overwritten; `.gitignore` gets lines at its end.

mod repository;
mod settings;

use super::arguments::InitArguments;
use super::load::load;
use super::progress::Progress;
use super::project::{self, Project};
use super::{Failure, FolderArguments, own, put, show, site};
use crate::config;
use crate::model::{Day, source};
use crate::parse::Reading;
use crate::prose;
use crate::site::join;
use crate::theme;
use repository::{Around, Repository};
use settings::{Answers, site_toml};
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// The workflow's folder in a repository and its name there.
const WORKFLOW: (&str, &str) = (".github/workflows", "pages");

/// The workflow's text with placeholders for the branch, the minute and what it uses.
const TEXT: &str = include_str!("pages.yml");

/// What the workflow uses, by commit, since a tag can be moved: placeholder, and commit with its version.
const PINS: &[(&str, &str)] = &[
    ("{checkout}", "de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"),
    ("{deploy}", "d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5"),
];

/// What git should not keep: the site, and what is remembered beside it.
const IGNORED: &[&str] = &["/public/", "/.daysheet-*"];

/// A digest to begin with, where there is none.
const EXAMPLE: &str = include_str!("example.md");

/// What is in the folder.
struct Survey {
    /// The folder of digests, from the folder of the site.
    content: String,
    /// Files with entries.
    n_files: usize,
    n_entries: usize,
    /// The first and the last day.
    days: Option<(Day, Day)>,
    /// Key and label of each source.
    sources: Vec<(String, String)>,
    /// True if most titles have Chinese characters.
    is_chinese: bool,
}

/// Writes the files of a site into a folder, and says what was found, what was written and what to do next.
pub(super) fn init(arguments: &InitArguments) -> Result<(), Failure> {
    let root = arguments.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    let is_settled = project::has_settings(&root);
    let says_more = arguments.content.is_some()
        || [&arguments.title, &arguments.language, &arguments.base_url].iter().any(|typed| typed.is_some());
    if is_settled && says_more {
        let message = format!("there is a `{}` already", root.join(config::FILE).display());
        return Err(Failure::new(message, "change it as you like (docs/settings.md has every setting), or delete it first"));
    }
    let typed = checked(arguments)?;
    put::folder(&root)?;
    let around = repository::find(&root);
    let survey = survey(&root, arguments)?;
    show::out(&told(&survey));
    let asks = !arguments.yes && !is_settled && io::stdin().is_terminal();
    let answers = answered(guessed(&root, &survey, around.remote.as_ref()), typed, asks)?;
    for (path, text) in &files(&survey, &answers, around.remote.as_ref(), is_settled) {
        show::out(&put_new(&root, path, path, text)?);
    }
    if !arguments.no_workflow {
        let top = around.top.as_deref().unwrap_or(&root);
        let path = workflow_path(&around.below);
        let shown = format!("{}{path}", "../".repeat(around.below.split('/').filter(|part| !part.is_empty()).count()));
        show::out(&put_new(top, &path, &shown, &workflow(&answers, &around))?);
    }
    show::out(&ignore(&root)?);
    show::out(&next(arguments, &answers, around.remote.as_ref()));
    Ok(())
}

/// Reads what may be digests.
fn survey(root: &Path, arguments: &InitArguments) -> Result<Survey, Failure> {
    let content = arguments.content.as_ref().map(|content| root.join(content));
    if let Some(folder) = &content {
        put::folder(folder)?;
    }
    let folders = FolderArguments { root: Some(root.to_owned()), content, ..FolderArguments::default() };
    let opened = project::open(&folders, None)?;
    // As it will be with settings: the folders for pages and files hold no digests.
    let project = Project { has_settings: true, ..opened };
    let progress = Progress::new(false);
    let loaded = load(&project, &project.output_path(None), &progress);
    progress.finish();
    let with_entries: Vec<&Reading> =
        loaded.readings.iter().filter(|reading| reading.digests.iter().any(|digest| !digest.entries.is_empty())).collect();
    let n_files = with_entries.len();
    let keys: Vec<&str> = with_entries.iter().flat_map(|reading| &reading.digests).map(|digest| digest.source.as_str()).collect();
    let below = project.content.strip_prefix(root).unwrap_or(Path::new("")).to_string_lossy().replace('\\', "/");
    let content = match (&arguments.content, below.as_str()) {
        (Some(typed), _) => typed.to_string_lossy().replace('\\', "/"),
        (None, "") if n_files > 0 => common_folder(&with_entries, &keys),
        (None, "") => "content".to_owned(),
        (None, below) => below.to_owned(),
    };
    let titles = with_entries.iter().flat_map(|reading| &reading.digests).flat_map(|digest| &digest.entries);
    let (mut n_titles, mut n_chinese) = (0, 0);
    for title in titles.filter_map(|entry| entry.title.as_deref()) {
        n_titles += 1;
        n_chinese += usize::from(prose::plain(title).chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)));
    }
    let joined = join(loaded.readings, &project.config.join).site;
    Ok(Survey {
        content,
        n_files,
        n_entries: joined.n_entries,
        days: joined.days.first().zip(joined.days.last()).map(|(first, last)| (first.day, last.day)),
        sources: joined.sources.iter().map(|source| (source.key.clone(), source.label.clone())).collect(),
        is_chinese: n_chinese * 2 > n_titles,
    })
}

/// The folder that all digests lie in: as deep as it goes without parts that tell a day, a language or a source.
fn common_folder(readings: &[&Reading], keys: &[&str]) -> String {
    let folders = |reading: &Reading| -> Vec<String> {
        let mut parts: Vec<String> = reading.path.split('/').map(str::to_owned).collect();
        parts.pop();
        parts
    };
    let mut common = readings.first().map_or_else(Vec::new, |reading| folders(reading));
    for reading in readings {
        let n_same = common.iter().zip(folders(reading)).take_while(|(a, b)| **a == *b).count();
        common.truncate(n_same);
    }
    let tells = |part: &String| {
        let is_day = part.starts_with(|c: char| c.is_ascii_digit());
        is_day || source::language(part).is_some() || keys.contains(&source::key(part).as_str())
    };
    let end = common.iter().position(tells).unwrap_or(common.len());
    if end == 0 { ".".to_owned() } else { common[..end].join("/") }
}

fn told(survey: &Survey) -> String {
    let Some((first, last)) = survey.days.filter(|_| survey.n_files > 0) else {
        return "found  no digests; an example shows what they look like\n".to_owned();
    };
    let sources: Vec<&str> = survey.sources.iter().map(|(key, _)| key.as_str()).collect();
    format!(
        "found  {} entries in {} files in `{}`, {first} to {last}, of {}\n",
        survey.n_entries,
        survey.n_files,
        survey.content,
        sources.join(", ")
    )
}

/// What the settings say where the owner says nothing else.
fn guessed(root: &Path, survey: &Survey, repository: Option<&Repository>) -> Answers {
    let folder = fs::canonicalize(root).ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let name = repository.map(|repository| repository.name.clone()).or(folder).unwrap_or_else(|| "daily".to_owned());
    Answers {
        title: name.replace(['-', '_'], " "),
        language: if survey.is_chinese { "zh" } else { "en" }.to_owned(),
        base_url: repository.and_then(Repository::pages_url),
        id: repository.map_or(name, |repository| repository.path.clone()),
    }
}

/// What was typed in the place of answers.
struct Typed {
    title: Option<String>,
    language: Option<String>,
    base_url: Option<String>,
}

/// What was typed, checked before anything is made.
fn checked(arguments: &InitArguments) -> Result<Typed, Failure> {
    let checked = |typed: &Option<String>, question: Question| {
        let check = |text: &String| (question.check)(text).map_err(|message| Failure::new(message, question.option));
        typed.as_ref().map(check).transpose()
    };
    Ok(Typed {
        title: checked(&arguments.title, TITLE)?,
        language: checked(&arguments.language, LANGUAGE)?,
        base_url: checked(&arguments.base_url, URL)?,
    })
}

/// What the settings will say: as typed, as answered, or as guessed.
fn answered(guess: Answers, typed: Typed, asks: bool) -> Result<Answers, Failure> {
    let answer = |typed: Option<String>, question: Question, guess: &str| match typed {
        Some(typed) => Ok(typed),
        None if asks => asked(question, guess),
        None => Ok(guess.to_owned()),
    };
    let title = answer(typed.title, TITLE, &guess.title)?;
    let language = answer(typed.language, LANGUAGE, &guess.language)?;
    let url = answer(typed.base_url, URL, guess.base_url.as_deref().unwrap_or_default())?;
    Ok(Answers { title, language, base_url: Some(url).filter(|url| !url.is_empty()), id: guess.id })
}

/// Asks until there is an answer: whoever is asked can say it better.
fn asked(question: Question, guess: &str) -> Result<String, Failure> {
    loop {
        let text = show::ask(question.words, guess)
            .map_err(|error| Failure::new(format!("could not read the answer: {error}"), "`--yes` asks nothing"))?;
        match (question.check)(&text) {
            Ok(checked) => return Ok(checked),
            Err(message) => show::error(&message),
        }
    }
}

/// What the owner is asked, and what helps if the option in its place is wrong.
#[derive(Clone, Copy)]
struct Question {
    words: &'static str,
    check: Check,
    option: &'static str,
}

const TITLE: Question =
    Question { words: "title of the site", check: known_title, option: "give a name after `--title`, or leave it out" };
const LANGUAGE: Question =
    Question { words: "language of the interface, zh or en", check: known_language, option: "check the tag after `--language`" };
const URL: Question = Question {
    words: "address that it will have, if you know it",
    check: known_url,
    option: "check the address after `--base-url`",
};

/// What an answer means, or why it is none.
type Check = fn(&str) -> Result<String, String>;

fn known_title(title: &str) -> Result<String, String> {
    if title.trim().is_empty() { Err("the title is empty".to_owned()) } else { Ok(title.to_owned()) }
}

fn known_url(url: &str) -> Result<String, String> {
    if url.is_empty() { Ok(String::new()) } else { config::base_url(url) }
}

fn known_language(tag: &str) -> Result<String, String> {
    let known = theme::languages(theme::Layer::built_in(theme::DEFAULT).as_slice());
    let is_known = known.iter().any(|language| language == tag);
    if is_known {
        Ok(tag.to_owned())
    } else {
        Err(format!("there are no words in the language `{tag}`, but in {}", known.join(" and ")))
    }
}

/// The files of the site: path, text. One that has settings already needs no example.
fn files(survey: &Survey, answers: &Answers, repository: Option<&Repository>, is_settled: bool) -> Vec<(String, String)> {
    let mut files = vec![(config::FILE.to_owned(), site_toml(survey, answers, repository))];
    if let Some(today) = site::today().filter(|_| survey.n_files == 0 && !is_settled) {
        files.push((format!("{}/{}-example.md", survey.content, today), EXAMPLE.to_owned()));
    }
    files
}

/// Where the workflow of a site lies in its repository. Of several sites in one each has its own.
fn workflow_path(below: &str) -> String {
    let (folder, name) = WORKFLOW;
    let site: String = below.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if site.is_empty() { format!("{folder}/{name}.yml") } else { format!("{folder}/{name}-{site}.yml") }
}

fn workflow(answers: &Answers, around: &Around) -> String {
    // Everybody's schedules at the full hour wait for each other; the minute is made of the site's id.
    let minute = answers.id.bytes().fold(7_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 53) + 3;
    let version = concat!("v", env!("CARGO_PKG_VERSION"));
    // Released programs know their commit.
    let pin = option_env!("DAYSHEET_COMMIT").map_or_else(|| version.to_owned(), |commit| format!("{commit} # {version}"));
    let action = format!("{}@{pin}", env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/"));
    let branch = around.remote.as_ref().map_or("main", |remote| &remote.branch);
    let quoted = around.below.replace('\'', "''");
    let root = if quoted.is_empty() { String::new() } else { format!("\n        with:\n          root: '{quoted}'") };
    let text = TEXT.replace("{branch}", branch).replace("{minute}", &minute.to_string());
    let text = text.replace("{action}", &format!("{action}{root}"));
    PINS.iter().fold(text, |text, (placeholder, pin)| text.replace(placeholder, pin))
}

/// Writes a file unless there is one, and says so of the path as it is shown.
fn put_new(root: &Path, path: &str, shown: &str, text: &str) -> Result<String, Failure> {
    let target = root.join(path);
    if target.symlink_metadata().is_ok() {
        return Ok(format!("left   {shown}, which was there\n"));
    }
    put::folder(target.parent().unwrap_or(root))?;
    put::file(&target, text.as_bytes())?;
    Ok(format!("wrote  {shown}\n"))
}

/// Adds the lines to `.gitignore` that it lacks.
fn ignore(root: &Path) -> Result<String, Failure> {
    let path = root.join(".gitignore");
    let old = own::read_text(&path)?.unwrap_or_default();
    let has = |wanted: &str| old.lines().any(|line| line.trim().trim_matches('/') == wanted.trim_matches('/'));
    let missing: Vec<&str> = IGNORED.iter().copied().filter(|line| !has(line)).collect();
    if missing.is_empty() {
        return Ok("left   .gitignore, which has it all\n".to_owned());
    }
    let gap = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    let text = format!("{old}{gap}{}\n", missing.join("\n"));
    put::file(&path, text.as_bytes())?;
    Ok(format!("{}  .gitignore\n", if old.is_empty() { "wrote" } else { "added to" }))
}

fn next(arguments: &InitArguments, answers: &Answers, repository: Option<&Repository>) -> String {
    let enter = arguments.dir.as_ref().map_or_else(String::new, |dir| format!("cd {} && ", dir.display()));
    let publish = match (repository, arguments.no_workflow) {
        (_, true) => "",
        (Some(_), _) => {
            "then   commit and push; in the repository's settings, under Pages, choose \"GitHub Actions\" as the source\n"
        }
        (None, _) => {
            "then   push it to GitHub; in the repository's settings, under Pages, choose \"GitHub Actions\" as the source\n"
        }
    };
    let address = answers.base_url.as_ref().map_or_else(String::new, |url| format!("       the site will be at {url}\n"));
    let address = if publish.is_empty() { String::new() } else { address };
    format!("next   {enter}daysheet serve\n{publish}{address}")
}
