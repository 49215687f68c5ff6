//! The owner's pages and files: `pages/*.md` become pages in the site's frame; other files beside them and `static/**` are copied as they are.

use super::Failure;
use super::failure::wrong_setting;
use crate::build::{self, Print};
use crate::config::Which;
use crate::diagnostic::Diagnostic;
use crate::parse::front_matter;
use crate::prose::owner_html;
use crate::site::route::is_elsewhere;
use crate::site::slug::{page_name, page_slug};
use crate::site::{OwnPage, Redirect, Site};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

const PAGES: &str = "pages";
const STATIC: &str = "static";

/// The folders beside `site.toml` that are the owner's and hold no digests.
pub(super) const FOLDERS: &[&str] = &[PAGES, STATIC];

/// Reads the owner's pages, in the order of their files' names; a number in front of a name only sorts it.
pub(super) fn pages(root: &Path) -> Result<Vec<OwnPage>, Failure> {
    let mut pages: Vec<OwnPage> = Vec::new();
    for (name, path) in files_below(&root.join(PAGES))? {
        let Some(stem) = page_stem(&name).filter(|stem| !stem.contains('/')) else { continue };
        let text = utf8(&path, read(&path)?)?;
        let page = page(stem, &text);
        if pages.iter().any(|other| other.slug == page.slug) {
            let message = format!("two pages have the address `pages/{}.html`; one is `{}`", page.slug, path.display());
            return Err(Failure::new(message, "rename one of them"));
        }
        pages.push(page);
    }
    Ok(pages)
}

fn page(stem: &str, text: &str) -> OwnPage {
    let (values, body) = front_matter(text);
    let value = |name: &str| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    let own = owner_html(body, page_slug);
    OwnPage {
        slug: page_slug(stem),
        title: value("title").or(own.title).unwrap_or_else(|| page_name(stem).to_owned()),
        html: own.html,
        in_navigation: value("navigation").is_none_or(|value| value != "false"),
    }
}

/// The files under `static/`, and those beside pages, such as pictures: address on the site, and path.
pub(super) fn static_files(root: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let beside = files_below(&root.join(PAGES))?.into_iter().filter(|(name, _)| page_stem(name).is_none() && !is_hidden(name));
    let beside = beside.map(|(name, path)| (format!("{PAGES}/{name}"), path));
    Ok(beside.chain(files_below(&root.join(STATIC))?).collect())
}

/// The texts in folders below that of the pages, which become no pages, by their paths from the folder of the site.
pub(super) fn pages_in_folders(root: &Path) -> Result<Vec<String>, Failure> {
    let names = files_below(&root.join(PAGES))?.into_iter().map(|(name, _)| name);
    let names = names.filter(|name| name.contains('/') && page_stem(name).is_some() && !is_hidden(name));
    Ok(names.map(|name| format!("{PAGES}/{name}")).collect())
}

/// The name of a Markdown file without its extension.
fn page_stem(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let is_markdown = ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    is_markdown.then_some(stem)
}

/// True for what editors and systems leave.
fn is_hidden(path: &str) -> bool {
    path.ends_with('~') || path.split('/').any(|part| part.starts_with('.'))
}

/// Reads one of the owner's files.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| not_read(path, &error))
}

/// Reads one of the owner's files that has to be text. None if there is no such file.
pub(super) fn read_text(path: &Path) -> Result<Option<String>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(not_read(path, &error)),
    };
    utf8(path, bytes).map(Some)
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::new(format!("`{}` is not UTF-8: see line {line}", path.display()), "write it as UTF-8 text")
    })
}

fn not_read(path: &Path, error: &io::Error) -> Failure {
    let hint = match error.kind() {
        io::ErrorKind::IsADirectory => "a file is wanted here, not a folder: give the folder another name",
        _ => "make it readable",
    };
    Failure::new(format!("could not read `{}`: {error}", path.display()), hint)
}

/// The print of the owner's files.
pub(super) fn print(files: &[(String, PathBuf)]) -> Result<Print, Failure> {
    let read = |(address, path): &(String, PathBuf)| Ok((address.clone(), read(path)?));
    let files = files.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
    Ok(print_of(files.iter().map(|(address, bytes)| (address.as_str(), bytes.as_slice()))))
}

/// The print of addresses with the bytes there.
pub(super) fn print_of<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Print {
    let texts: Vec<&[u8]> = files.flat_map(|(address, bytes)| [address.as_bytes(), bytes]).collect();
    build::print_of(&texts)
}

/// Fails if one of the owner's files has the address of something that daysheet writes, or if settings name addresses that are taken or
/// lead to nothing on the site.
pub(super) fn check(root: &Path, site: &Site, files: &[(String, PathBuf)], taken: &HashSet<String>) -> Result<(), Failure> {
    if let Some((address, path)) = files.iter().find(|(address, _)| taken.contains(address)) {
        let message = format!("`{}` would take the place of the site's own `{address}`", path.display());
        return Err(Failure::new(message, "rename it; to change a page or a file of the theme, lay a theme over it"));
    }
    let wrong = wrong_addresses(root, site, files, taken);
    if wrong.is_empty() { Ok(()) } else { Err(Failure::from(wrong)) }
}

/// The settings that name an address of the site which is taken, or one where nothing is.
fn wrong_addresses(root: &Path, site: &Site, files: &[(String, PathBuf)], taken: &HashSet<String>) -> Vec<Diagnostic> {
    let is_taken = |path: &str| taken.contains(path) || files.iter().any(|(address, _)| address == path);
    let is_there = |target: &str| {
        let address = target.split(['#', '?']).next().unwrap_or("").trim_start_matches(['.', '/']);
        let is_folder = address.is_empty() || address.ends_with('/');
        if is_folder { is_taken(&format!("{address}index.html")) } else { is_taken(address) }
    };
    let is_dead = |target: &str| !is_elsewhere(target) && !is_there(target);
    let replacing = first_of_each_rule(&site.redirects, |redirect| is_taken(&redirect.from)).map(|redirect| {
        let message = format!("a `[[redirect]]` in site.toml would take the place of the site's own `{}`", redirect.from);
        let hint = "an address that this site has needs no redirect; delete it";
        wrong_setting(root, ("redirect", "from"), Which::Table(redirect.rule), message, hint)
    });
    let leading = first_of_each_rule(&site.redirects, |redirect| is_dead(&redirect.to))
        .map(|redirect| no_such_file(root, ("redirect", "to"), Which::Table(redirect.rule), &redirect.to));
    let links = site.info.navigation.iter().map(|(_, url)| url).filter(|url| is_dead(url));
    let links = links.map(|url| no_such_file(root, ("navigation", "url"), Which::Value(url), url));
    let logo = site.info.logo.iter().filter(|logo| !is_there(logo));
    let logo = logo.map(|logo| no_such_file(root, ("", "logo"), Which::Value(logo), logo));
    let mut wrong: Vec<Diagnostic> = links.chain(logo).chain(replacing).chain(leading).collect();
    wrong.sort_by(|a, b| a.place.cmp(&b.place));
    wrong
}

/// One redirect with placeholders stands for thousands of addresses: the first that is wrong says enough.
fn first_of_each_rule(redirects: &[Redirect], is_wrong: impl Fn(&Redirect) -> bool) -> impl Iterator<Item = &Redirect> {
    let mut told = HashSet::new();
    redirects.iter().filter(move |redirect| is_wrong(redirect) && told.insert(redirect.rule))
}

fn no_such_file(root: &Path, setting: (&str, &str), which: Which, target: &str) -> Diagnostic {
    let is_redirect = setting.0 == "redirect";
    let what = if is_redirect { "`to` of a `[[redirect]]`".to_owned() } else { format!("`{}`", setting.1) };
    let message = format!("{what} is `{target}`, but there is no such file on the site");
    let hint = match is_redirect {
        true => "write a path such as `{year}/{month}/{day}.html`, which is the page of a day, or `archive.html`",
        false => "write a path such as `logo.svg` for `static/logo.svg`, or `pages/about.html`",
    };
    wrong_setting(root, setting, which, message, hint)
}

/// The files below a folder, sorted by their `/`-separated paths there. None if there is no such folder.
pub(super) fn files_below(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Err(error) if error.depth() == 0 && is_absent(&error) => break,
            other => other.map_err(|error| unread(folder, &error))?,
        };
        if entry.file_type().is_file() && entry.file_name() != ".DS_Store" {
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            files.push((relative.to_string_lossy().replace('\\', "/"), entry.path().to_owned()));
        }
    }
    Ok(files)
}

fn is_absent(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

fn unread(folder: &Path, error: &walkdir::Error) -> Failure {
    let path = error.path().unwrap_or(folder).display();
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Failure::new(format!("could not read `{path}`: {reason}"), "")
}
