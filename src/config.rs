//! `site.toml`: what was written (`Raw`), checked key by key against [`SETTINGS`], and what follows from it ([`SiteConfig`]).

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::model::{Day, WorkId, name, source};
use crate::parse::lexicon::Field;
use crate::parse::{DIALECTS, DateRule, LEFT_ALONE, ReadOptions, SourceRule};
use crate::prose;
use crate::search;
use crate::site::slug::page_slug;
use crate::site::{
    Citations, FeedFormat, Hidden, Hide, JoinOptions, Publish, Redirect, SiteInfo, WatchSettings, WorkPages, slug,
};
use crate::text::{LineIndex, Span};
use crate::theme;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The type of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A whole number from 1.
    Number,
    /// Strings.
    Texts,
    /// Keys with strings.
    Pairs,
    /// `true` or `false`.
    Switch,
}

/// Every setting: its table (empty for the top level), key, type, what holds without it (in backquotes if it could be written), and what
/// it is.
pub const SETTINGS: &[(&str, &str, Kind, &str, &str)] = &[
    ("", "title", Kind::Text, r#"`"Daily digests"`"#, "the site's name"),
    ("", "description", Kind::Text, r#"`""`"#, "a sentence about the site"),
    ("", "language", Kind::Text, r#"`"en"`"#, "language of the interface: a catalog of the theme, such as `zh` or `en`"),
    ("", "languages", Kind::Texts, "`[]`", "languages of the interface that a reader can switch to, such as `zh` and `en`"),
    (
        "",
        "base_url",
        Kind::Text,
        "",
        "where the site is published, such as `https://name.github.io/repo/`; feeds and the map need it",
    ),
    ("", "id", Kind::Text, "the title", "what feed ids are made of; set it once and never change it"),
    (
        "",
        "content",
        Kind::Text,
        "`content` if there is one, else the folder itself",
        "the folder of digests, from the folder of site.toml",
    ),
    ("", "output", Kind::Text, "`public`", "the folder that is written, from the folder of site.toml"),
    ("", "theme", Kind::Text, "`default`", "name of a folder under `themes/` that is laid over the default theme"),
    (
        "",
        "logo",
        Kind::Text,
        "",
        "a picture beside the site's name: a path on the site, such as `logo.svg` for `static/logo.svg`",
    ),
    ("", "accent", Kind::Text, "the theme's", "the colour of links, such as `#8a2b1f`"),
    ("", "footer", Kind::Text, "", "what stands at the end of each page, in Markdown"),
    ("", "repository", Kind::Text, "", "the repository that holds the digests; entries link to their lines there"),
    ("", "branch", Kind::Text, r#"`"main"`"#, "the branch of the repository"),
    ("", "max_file_mib", Kind::Number, "`64`", "the size in MiB above which files are not read"),
    ("feeds", "days", Kind::Number, "`30`", "how many days a feed holds at least; older ones are in its archives"),
    (
        "feeds",
        "formats",
        Kind::Texts,
        r#"`["atom", "rss", "json"]`"#,
        "the formats of feeds: `atom`, `rss`, `json`; none of them for no feeds",
    ),
    ("feeds", "authors", Kind::Number, "`10`", "authors with so many entries have feeds"),
    ("data", "api", Kind::Switch, "`true`", "whether the site has its data as JSON files below `api/v1/`"),
    ("data", "csv", Kind::Switch, "`true`", "whether the site has a compressed table of each year as CSV below `data/`"),
    (
        "data",
        "jsonl",
        Kind::Switch,
        "`true`",
        "whether the site has the entries of each year as compressed JSON Lines below `data/`",
    ),
    (
        "search",
        "index",
        Kind::Switch,
        "`true`",
        "whether the site has a search over the whole archive, with its index below `search/`",
    ),
    ("citations", "buttons", Kind::Switch, "`true`", "buttons that cite an entry or a list, in BibTeX, RIS and CSL-JSON"),
    ("citations", "files", Kind::Switch, "`false`", "a BibTeX file per month"),
    ("citations", "coins", Kind::Switch, "`false`", "COinS on the pages of days, from which Zotero takes a whole day"),
    ("works", "pages", Kind::Switch, "`false`", "a page for each work, with what search engines and Zotero read"),
    ("works", "noindex", Kind::Switch, "`false`", "search engines are asked to leave the pages of works out"),
    ("navigation", "label", Kind::Text, "needed", "the words of a link in the navigation"),
    ("navigation", "url", Kind::Text, "needed", "where it leads: a path on the site or a URL"),
    ("source", "key", Kind::Text, "needed", "the source's name in addresses and exports"),
    ("source", "label", Kind::Text, "the key, or a known name", "the source's name on pages"),
    (
        "source",
        "files",
        Kind::Texts,
        "paths that name the source",
        "patterns of paths from the content folder: what is said here of how files are read is for these",
    ),
    ("source", "day", Kind::Text, "found in each file", "the day of these files, `YYYY-MM-DD`"),
    ("source", "dialect", Kind::Text, "found in each file", "how these files are read, whatever they look like"),
    ("source", "date", Kind::Text, "found in each file", "where the days of these files are found"),
    ("source", "language", Kind::Text, "found in each file", "the language of these files, a tag such as `en`"),
    ("source", "columns", Kind::Pairs, "known names", "names of columns and the fields they mean"),
    (
        "source",
        "note",
        Kind::Text,
        "",
        "what readers should know of the source, such as that its texts are machine translations; Markdown",
    ),
    ("watch", "name", Kind::Text, "needed", "the name of a watchlist"),
    ("watch", "key", Kind::Text, "made of the name", "the watchlist's name in addresses"),
    ("watch", "query", Kind::Text, "needed", "what it lists, in the language of the search"),
    ("hide", "work", Kind::Text, "one of the three", "a work whose entries are left out: an arXiv id, a DOI or an address"),
    ("hide", "author", Kind::Text, "one of the three", "a name that is left out of all entries"),
    ("hide", "link", Kind::Text, "one of the three", "an address that is left out of all entries"),
    ("redirect", "from", Kind::Text, "needed", "an address of an older site, such as `daily/{year}-{month}-{day}/`"),
    ("redirect", "to", Kind::Text, "needed", "where it leads: a path on the site, such as `{year}/{month}/{day}.html`, or a URL"),
    ("author", "name", Kind::Text, "needed", "the name that is shown"),
    ("author", "aliases", Kind::Texts, "`[]`", "other spellings of the same person"),
];

/// Tables that may stand several times: `[[source]]`.
pub const LISTS: &[&str] = &["navigation", "source", "watch", "hide", "redirect", "author"];

/// The settings as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Raw {
    title: Option<String>,
    description: Option<String>,
    language: Option<String>,
    languages: Vec<String>,
    base_url: Option<Spanned<String>>,
    id: Option<String>,
    content: Option<String>,
    output: Option<String>,
    theme: Option<String>,
    logo: Option<Spanned<String>>,
    accent: Option<Spanned<String>>,
    footer: Option<String>,
    repository: Option<Spanned<String>>,
    branch: Option<String>,
    max_file_mib: Option<u32>,
    feeds: RawFeeds,
    data: RawData,
    search: RawSearch,
    citations: RawCitations,
    works: RawWorks,
    navigation: Vec<Spanned<RawLink>>,
    source: Vec<Spanned<RawSource>>,
    watch: Vec<Spanned<RawWatch>>,
    hide: Vec<Spanned<RawHide>>,
    redirect: Vec<Spanned<RawRedirect>>,
    author: Vec<Spanned<RawAuthor>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawFeeds {
    days: Option<u32>,
    formats: Option<Vec<Spanned<String>>>,
    authors: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawData {
    api: Option<bool>,
    csv: Option<bool>,
    jsonl: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawSearch {
    index: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawWatch {
    key: Option<Spanned<String>>,
    name: Option<Spanned<String>>,
    query: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawHide {
    work: Option<Spanned<String>>,
    author: Option<Spanned<String>>,
    link: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawRedirect {
    from: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawCitations {
    buttons: Option<bool>,
    files: Option<bool>,
    coins: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawWorks {
    pages: Option<bool>,
    noindex: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLink {
    label: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawSource {
    key: Option<Spanned<String>>,
    label: Option<String>,
    files: Vec<String>,
    dialect: Option<Spanned<String>>,
    day: Option<Spanned<String>>,
    date: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    note: Option<String>,
    columns: BTreeMap<String, Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawAuthor {
    name: Option<Spanned<String>>,
    aliases: Vec<String>,
}

/// The settings, checked and complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteConfig {
    /// What reading needs.
    pub read: ReadOptions,
    /// What joining needs.
    pub join: JoinOptions,
    /// The content folder as written, if set.
    pub content: Option<String>,
    /// The output folder as written, if set.
    pub output: Option<String>,
    /// The name of the owner's theme, if set.
    pub theme: Option<String>,
    /// The accent, if set: `#rrggbb`.
    pub accent: Option<String>,
    /// Larger files are not read, in bytes.
    pub max_file: u64,
    /// What is left out of everything.
    pub hide: Vec<Hide>,
}

impl Default for SiteConfig {
    fn default() -> SiteConfig {
        checked(Raw::default()).unwrap_or_else(|_| unreachable!("settings that are all absent have nothing to reject"))
    }
}

/// Reads the text of `site.toml`. `path` is its name in findings. On failure there is at least one finding.
pub fn read(path: &str, text: &str) -> Result<SiteConfig, Vec<Diagnostic>> {
    let index = LineIndex::new(text);
    let at = |(span, message, hints): Problem| Diagnostic {
        code: "settings",
        severity: Severity::Error,
        message,
        place: Some(Place::in_text(path, text, &index, span)),
        hints,
    };
    let table = DeTable::parse(text).map_err(|error| vec![at(syntax(&error))])?;
    let problems = check_table("", table.get_ref());
    if !problems.is_empty() {
        return Err(problems.into_iter().map(at).collect());
    }
    let raw: Raw = toml::from_str(text).map_err(|error| vec![at(syntax(&error))])?;
    checked(raw).map_err(|problem| vec![at(problem)])
}

/// Where the text of `site.toml` gives a setting this value. `path` is its name in findings, `table` is empty for the top level.
pub fn place_of(path: &str, text: &str, (table, key): (&str, &str), value: &str) -> Option<Place> {
    let whole = DeTable::parse(text).ok()?;
    let tables: Vec<&DeTable> = match whole.get_ref().get(table).map(Spanned::get_ref) {
        Some(DeValue::Table(inner)) => vec![inner],
        Some(DeValue::Array(items)) => items.iter().filter_map(|item| item.get_ref().as_table()).collect(),
        _ => vec![whole.get_ref()],
    };
    let is_value = |found: &&Spanned<DeValue>| found.get_ref().as_str() == Some(value);
    let of_table = |table: &&DeTable| -> Option<Span> {
        let found = table.get(key)?;
        let items = found.get_ref().as_array().into_iter().flat_map(|items| items.iter());
        std::iter::once(found).chain(items).find(is_value).map(span_of)
    };
    let span = tables.iter().find_map(of_table)?;
    Some(Place::in_text(path, text, &LineIndex::new(text), span))
}

/// A place in site.toml, what is wrong there, and hints.
type Problem = (Span, String, Vec<String>);

fn syntax(error: &toml::de::Error) -> Problem {
    let span = error.span().map_or(Span::default(), |range| Span::new(range.start, range.end));
    (span, error.message().trim().to_lowercase(), Vec::new())
}

fn check_table(section: &str, table: &DeTable) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let is_section = section.is_empty() && SETTINGS.iter().any(|row| row.0 == name);
        let setting = SETTINGS.iter().find(|row| row.0 == section && row.1 == name);
        match (setting, value.get_ref()) {
            (Some(row), found) if !fits(row.2, found) => {
                let message = format!("`{name}` is {}, but it should be {}", type_name(found), kind_name(row.2));
                problems.push((span_of(value), message, vec![format!("`{name}` is {}", row.4)]));
            }
            (Some(_), _) => {}
            (None, DeValue::Table(inner)) if is_section && !LISTS.contains(&name) => problems.extend(check_table(name, inner)),
            (None, DeValue::Array(items)) if LISTS.contains(&name) => {
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::Table(inner) => problems.extend(check_table(name, inner)),
                        other => problems.push((
                            span_of(item),
                            format!("`{name}` holds {}, but it should hold tables", type_name(other)),
                            Vec::new(),
                        )),
                    }
                }
            }
            (None, DeValue::Table(_)) if LISTS.contains(&name) => problems.push((
                Span::new(key.span().start, key.span().end),
                format!("there can be several `{name}`"),
                vec![format!("write `[[{name}]]`, with two brackets on each side")],
            )),
            (None, found) if is_section => {
                let form = if LISTS.contains(&name) { format!("`[[{name}]]`") } else { format!("`[{name}]`") };
                problems.push((
                    span_of(value),
                    format!("`{name}` is {}, but it should be a table", type_name(found)),
                    vec![format!("write {form}")],
                ));
            }
            _ => problems.push(unknown(section, name, Span::new(key.span().start, key.span().end))),
        }
    }
    problems
}

fn span_of(value: &Spanned<DeValue>) -> Span {
    Span::new(value.span().start, value.span().end)
}

fn unknown(section: &str, name: &str, span: Span) -> Problem {
    let in_section = SETTINGS.iter().filter(|row| row.0 == section).map(|row| row.1);
    let sections = SETTINGS.iter().map(|row| row.0).filter(|s| section.is_empty() && !s.is_empty());
    let known: Vec<&str> = in_section.chain(sections).collect();
    let nearest = known.iter().map(|k| (strsim::damerau_levenshtein(k, name), *k)).min();
    let place = if section.is_empty() { String::new() } else { format!(" in `{section}`") };
    let mut hints = Vec::new();
    let is_of_site = |row: &&(&str, &str, Kind, &str, &str)| row.0.is_empty() && row.1 == name;
    match nearest {
        // Who adds a line at the end of the file adds it to the last table.
        _ if SETTINGS.iter().any(|row| is_of_site(&row)) => {
            hints.push(format!("`{name}` is a setting of the whole site: write it above the first line with `[`"));
        }
        Some((distance, known)) if distance <= 3 && distance < name.len() => hints.push(format!("did you mean `{known}`?")),
        _ => hints.push(format!("the settings there are {}", list(&known))),
    }
    (span, format!("unknown setting `{name}`{place}"), hints)
}

fn list(names: &[&str]) -> String {
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.dedup();
    names.join(", ")
}

fn fits(kind: Kind, value: &DeValue) -> bool {
    let is_text = |v: &Spanned<DeValue>| matches!(v.get_ref(), DeValue::String(_));
    match (kind, value) {
        (Kind::Text, DeValue::String(_)) | (Kind::Switch, DeValue::Boolean(_)) => true,
        (Kind::Number, DeValue::Integer(n)) => n.as_str().parse::<u32>().is_ok_and(|n| n > 0),
        (Kind::Texts, DeValue::Array(items)) => items.iter().all(is_text),
        (Kind::Pairs, DeValue::Table(table)) => table.values().all(is_text),
        _ => false,
    }
}

/// What a setting of a type has to be, for people.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text in quotes",
        Kind::Number => "a whole number from 1",
        Kind::Texts => "a list of texts in quotes",
        Kind::Pairs => "a table of texts in quotes",
        Kind::Switch => "`true` or `false`",
    }
}

fn type_name(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn checked(raw: Raw) -> Result<SiteConfig, Problem> {
    let title = raw.title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| "Daily digests".to_owned());
    let base_url =
        raw.base_url.map(|url| base_url(url.get_ref()).map_err(|message| (spanned(&url), message, Vec::new()))).transpose()?;
    let repository = raw.repository.as_ref();
    let digest_url = repository.map(|url| digest_url(url, raw.branch.as_deref().unwrap_or("main"))).transpose()?;
    let logo = one_of(raw.logo.as_ref(), "file of the site", |path| (!path.contains("://")).then(|| path.to_owned()))
        .map_err(|(span, message)| (span, message, vec!["put it into `static/` and write its path there".to_owned()]))?;
    let accent = one_of(raw.accent.as_ref(), "colour", |text| theme::is_color(text).then(|| text.to_owned()))
        .map_err(|(span, message)| (span, message, vec!["write it as `#8a2b1f`".to_owned()]))?;
    let info = SiteInfo {
        id: raw.id.unwrap_or_else(|| title.clone()),
        title,
        description: raw.description.unwrap_or_default(),
        language: raw.language.unwrap_or_else(|| "en".to_owned()),
        languages: raw.languages,
        base_url,
        logo,
        footer_html: raw.footer.map(|footer| prose::owner_html(&footer, page_slug).html),
        navigation: raw.navigation.iter().map(navigation).collect::<Result<_, Problem>>()?,
        pages: Vec::new(),
        digest_url,
        publish: publish(&raw.feeds, &raw.data, &raw.search)?,
        watches: raw.watch.iter().map(watch).collect::<Result<_, Problem>>()?,
        redirects: raw.redirect.iter().map(redirect).collect::<Result<_, Problem>>()?,
        citations: citations(&raw.citations),
        works: WorkPages { pages: raw.works.pages.unwrap_or(false), noindex: raw.works.noindex.unwrap_or(false) },
    };
    if let Some((watch, written)) = same_slug(&info.watches, &raw.watch) {
        return Err((
            spanned(written),
            format!("two watchlists would have the address `{}`", watch.slug),
            vec!["give one of them another name".to_owned()],
        ));
    }
    let mut join = JoinOptions { info, ..JoinOptions::default() };
    let mut read = ReadOptions::default();
    for written in raw.source {
        let rule = source_rule(&written)?;
        let written = written.into_inner();
        join.labels.extend(written.label.map(|label| (rule.key.clone(), label)));
        join.notes.extend(written.note.map(|note| (rule.key.clone(), prose::owner_html(&note, page_slug).html)));
        read.sources.push(rule);
    }
    for author in &raw.author {
        let shown = needed(author, author.get_ref().name.as_ref(), "an `[[author]]` needs a `name`")?.get_ref();
        let spellings = author.get_ref().aliases.iter().chain([shown]);
        join.aliases.extend(spellings.map(|spelling| (name::key(spelling), shown.clone())));
    }
    Ok(SiteConfig {
        read,
        join,
        content: raw.content,
        output: raw.output,
        theme: raw.theme,
        accent,
        max_file: u64::from(raw.max_file_mib.unwrap_or(64)) << 20,
        hide: raw.hide.iter().map(hide).collect::<Result<_, Problem>>()?,
    })
}

fn publish(feeds: &RawFeeds, data: &RawData, search: &RawSearch) -> Result<Publish, Problem> {
    let format = |text: &Spanned<String>| {
        let known = FeedFormat::ALL.iter().find(|format| format.name() == text.get_ref());
        let names: Vec<&str> = FeedFormat::ALL.iter().map(|format| format.name()).collect();
        let problem = || {
            (spanned(text), format!("`{}` is no format of feeds", text.get_ref()), vec![format!("formats are {}", list(&names))])
        };
        known.copied().ok_or_else(problem)
    };
    let default = Publish::default();
    let number = |set: Option<u32>, default: usize| set.map_or(default, |n| n as usize);
    let mut formats = match &feeds.formats {
        Some(written) => written.iter().map(format).collect::<Result<Vec<_>, Problem>>()?,
        None => default.feed_formats,
    };
    formats.sort();
    formats.dedup();
    Ok(Publish {
        feed_formats: formats,
        feed_days: number(feeds.days, default.feed_days),
        feed_authors: number(feeds.authors, default.feed_authors),
        api: data.api.unwrap_or(default.api),
        csv: data.csv.unwrap_or(default.csv),
        jsonl: data.jsonl.unwrap_or(default.jsonl),
        search: search.index.unwrap_or(default.search),
    })
}

/// A text that a table of settings cannot do without.
fn needed<'a, T>(table: &Spanned<T>, value: Option<&'a Spanned<String>>, message: &str) -> Result<&'a Spanned<String>, Problem> {
    let found = value.filter(|text| !text.get_ref().trim().is_empty());
    found.ok_or_else(|| (value.map_or_else(|| spanned(table), spanned), message.to_owned(), Vec::new()))
}

fn navigation(table: &Spanned<RawLink>) -> Result<(String, String), Problem> {
    let written = table.get_ref();
    let label = needed(table, written.label.as_ref(), "a `[[navigation]]` needs a `label`")?;
    let url = needed(table, written.url.as_ref(), "a `[[navigation]]` needs a `url`")?;
    Ok((label.get_ref().clone(), url.get_ref().clone()))
}

fn watch(table: &Spanned<RawWatch>) -> Result<WatchSettings, Problem> {
    let written = table.get_ref();
    let name = needed(table, written.name.as_ref(), "a `[[watch]]` needs a `name`")?;
    let query = needed(table, written.query.as_ref(), "a `[[watch]]` needs a `query`")?;
    let problems = search::parse(query.get_ref()).problems;
    if let Some(problem) = problems.first() {
        let hint = "queries are written as on the search page, such as `\"world model\" author:wang -survey`".to_owned();
        return Err((spanned(query), problem.to_string(), vec![hint]));
    }
    let key = written.key.as_ref().unwrap_or(name);
    let slug = slug::slug(&name::key(key.get_ref()));
    if slug.is_empty() {
        return Err((spanned(key), "a watchlist needs a `name` or `key` with letters or digits".to_owned(), Vec::new()));
    }
    Ok(WatchSettings { name: name.get_ref().trim().to_owned(), slug, query: query.get_ref().clone() })
}

/// The first watchlist that has the address of one before it, and where its name is written.
fn same_slug<'a>(
    watches: &'a [WatchSettings],
    written: &'a [Spanned<RawWatch>],
) -> Option<(&'a WatchSettings, &'a Spanned<String>)> {
    let at = (1..watches.len()).find(|&at| watches[..at].iter().any(|other| other.slug == watches[at].slug))?;
    Some((&watches[at], written[at].get_ref().name.as_ref()?))
}

fn hide(table: &Spanned<RawHide>) -> Result<Hide, Problem> {
    let written = table.get_ref();
    let text = |value: &Spanned<String>| value.get_ref().trim().to_owned();
    let rule = match (&written.work, &written.author, &written.link) {
        (Some(work), None, None) => {
            let id = WorkId::parse(work.get_ref()).ok_or_else(|| {
                let hint = "write an arXiv id, a DOI or an address, such as `arXiv:2511.10648`".to_owned();
                (spanned(work), format!("`{}` names no work", work.get_ref()), vec![hint])
            })?;
            Hide { written: text(work), what: Hidden::Work(id) }
        }
        (None, Some(author), None) => Hide { written: text(author), what: Hidden::Author(name::key(author.get_ref())) },
        (None, None, Some(link)) => {
            let id = WorkId::parse(link.get_ref())
                .ok_or_else(|| (spanned(link), format!("`{}` is no address", link.get_ref()), Vec::new()))?;
            Hide { written: text(link), what: Hidden::Link(id) }
        }
        (work, author, link) => {
            let first = work.as_ref().or(author.as_ref()).or(link.as_ref());
            let span = first.map_or_else(|| spanned(table), spanned);
            return Err((span, "a `[[hide]]` needs one of `work`, `author` and `link`".to_owned(), Vec::new()));
        }
    };
    Ok(rule)
}

fn redirect(table: &Spanned<RawRedirect>) -> Result<Redirect, Problem> {
    let written = table.get_ref();
    let from = needed(table, written.from.as_ref(), "a `[[redirect]]` needs `from`")?;
    let to = needed(table, written.to.as_ref(), "a `[[redirect]]` needs `to`")?;
    let path = redirect_path(from.get_ref()).ok_or_else(|| {
        let hint = "write a path of the older site, such as `daily/2025-11-14/` or `2025-11-14.html`".to_owned();
        (spanned(from), format!("`{}` is no path of a site", from.get_ref()), vec![hint])
    })?;
    let is_live = to.get_ref().trim_start().to_ascii_lowercase().starts_with("javascript:");
    if is_live {
        return Err((spanned(to), format!("`{}` is no address", to.get_ref()), Vec::new()));
    }
    for written in [from, to] {
        let names = written.get_ref().split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
        if let Some(unknown) = names.into_iter().find(|name| !["year", "month", "day"].contains(name)) {
            let hint = "they are `{year}`, `{month}` and `{day}`".to_owned();
            return Err((spanned(written), format!("`{{{unknown}}}` is no placeholder"), vec![hint]));
        }
    }
    Ok(Redirect { from: path, to: to.get_ref().trim().to_owned() })
}

/// The file that a server shows for a path of an older site: `daily/x/` is `daily/x/index.html`, and so is `daily/x`.
fn redirect_path(written: &str) -> Option<String> {
    let path = written.trim().trim_start_matches("./").trim_start_matches('/');
    let is_plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && !part.contains(|c: char| c.is_control() || matches!(c, '\\' | ':' | '?' | '#' | '*' | '"' | '<' | '>' | '|'))
    };
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() || path.len() > 512 || !trimmed.split('/').all(is_plain) {
        return None;
    }
    let is_page = [".html", ".htm", ".xml", ".json"].iter().any(|end| trimmed.ends_with(end)) && !path.ends_with('/');
    Some(if is_page { trimmed.to_owned() } else { format!("{trimmed}/index.html") })
}

fn citations(written: &RawCitations) -> Citations {
    let usual = Citations::default();
    Citations {
        buttons: written.buttons.unwrap_or(usual.buttons),
        files: written.files.unwrap_or(usual.files),
        coins: written.coins.unwrap_or(usual.coins),
    }
}

/// How hosts show a line of a file: a part of the host's name, and what follows the repository. The first that fits counts.
const HOSTS: &[(&str, &str)] = &[
    ("gitlab", "/-/blob/{branch}/{path}?plain=1#L{line}"),
    ("codeberg", "/src/branch/{branch}/{path}?display=source#L{line}"),
    ("gitea", "/src/branch/{branch}/{path}?display=source#L{line}"),
    ("gitee", "/blob/{branch}/{path}#L{line}"),
    ("", "/blob/{branch}/{path}?plain=1#L{line}"),
];

/// Where a line of a digest can be seen: a URL with `{path}` and `{line}`. A repository may be such a URL already.
fn digest_url(repository: &Spanned<String>, branch: &str) -> Result<String, Problem> {
    let url = repository.get_ref();
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        let hint = "write `https://github.com/name/repo`, or a URL with `{path}` and `{line}`".to_owned();
        return Err((spanned(repository), format!("`{url}` is no repository"), vec![hint]));
    }
    if url.contains("{path}") {
        return Ok(url.clone());
    }
    let base = url.trim_end_matches('/').trim_end_matches(".git");
    let authority = base.split('/').nth(2).unwrap_or_default();
    let form = HOSTS.iter().find(|(host, _)| authority.contains(host)).map_or("", |(_, form)| form);
    Ok(format!("{base}{}", form.replace("{branch}", branch)))
}

/// Checks a base URL and ends it with a slash.
pub fn base_url(url: &str) -> Result<String, String> {
    let lower = url.to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let plain = !url.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>'));
    match host {
        Some(host) if plain && !host.is_empty() && !host.starts_with('/') => Ok(format!("{}/", url.trim_end_matches('/'))),
        _ => Err(format!("`{url}` is no base URL; it should look like `https://name.github.io/repo/`")),
    }
}

fn spanned<T>(value: &Spanned<T>) -> Span {
    Span::new(value.span().start, value.span().end)
}

fn source_rule(table: &Spanned<RawSource>) -> Result<SourceRule, Problem> {
    let written = table.get_ref();
    let needs_key = "a `[[source]]` needs a `key` with letters or digits";
    let name = needed(table, written.key.as_ref(), needs_key)?;
    let key = source::key(name.get_ref());
    if key.is_empty() {
        return Err((spanned(name), needs_key.to_owned(), Vec::new()));
    }
    let day = written.day.as_ref().map(|text| {
        let day = Day::parse_iso(text.get_ref());
        day.ok_or_else(|| (spanned(text), format!("`{}` is no day", text.get_ref()), vec!["write it as `2025-11-14`".to_owned()]))
    });
    let field = |(column, field): (&String, &Spanned<String>)| match Field::by_name(field.get_ref()) {
        Some(found) => Ok((column.clone(), found)),
        None => Err((
            spanned(field),
            format!("`{}` is no field", field.get_ref()),
            vec!["fields are `title`, `authors`, `summary`, `link`, `pdf`, `published`, `tags` and others".to_owned()],
        )),
    };
    let columns = written.columns.iter().map(field).collect::<Result<Vec<_>, Problem>>()?;
    let dialect = one_of(written.dialect.as_ref(), "dialect", |name| {
        DIALECTS.iter().chain([&LEFT_ALONE]).find(|known| **known == name).map(|known| (*known).to_owned())
    });
    let date = one_of(written.date.as_ref(), "place of dates", DateRule::parse);
    let language = one_of(written.language.as_ref(), "language", |tag| source::language(tag).or_else(|| language_tag(tag)));
    let hints = |(span, message): (Span, String), hint: String| (span, message, vec![hint]);
    Ok(SourceRule {
        key,
        files: written.files.clone(),
        dialect: dialect.map_err(|problem| hints(problem, format!("dialects are {}, and `none`", list(DIALECTS))))?,
        day: day.transpose()?,
        date: date.map_err(|problem| {
            let names: Vec<&str> = DateRule::names().collect();
            hints(problem, format!("write {}, or a form with `%Y`, `%m` and `%d`", list(&names)))
        })?,
        language: language.map_err(|problem| hints(problem, "write a tag such as `en`, `zh` or `ja`".to_owned()))?,
        columns,
    })
}

/// A language tag in lower case, if a text has the form of one: two or three letters, and what may follow them (BCP 47).
fn language_tag(text: &str) -> Option<String> {
    let (primary, rest) = text.split_once('-').unwrap_or((text, ""));
    let letters = primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    let plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    ((2..=3).contains(&primary.len()) && letters && plain && rest.len() <= 24).then(|| text.to_ascii_lowercase())
}

/// The value of a setting, or where it stands and that it is none.
fn one_of<T>(
    written: Option<&Spanned<String>>,
    what: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, (Span, String)> {
    let Some(text) = written else { return Ok(None) };
    parse(text.get_ref()).map(Some).ok_or_else(|| (spanned(text), format!("`{}` is no {what}", text.get_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (String, u32, u32, Vec<String>) {
        let diagnostic = read("site.toml", text).expect_err(text).remove(0);
        let place = diagnostic.place.expect("a place");
        (diagnostic.message, place.line, place.column, diagnostic.hints)
    }

    #[test]
    fn mistakes_are_explained_where_they_are() {
        assert_eq!(problem("\ntitel = \"x\"\n"), ("unknown setting `titel`".into(), 2, 1, vec!["did you mean `title`?".into()]));
        let (message, line, column, _) = problem("title = 5");
        assert_eq!((message.as_str(), line, column), ("`title` is a number, but it should be text in quotes", 1, 9));
        assert_eq!(problem("[feeds]\ndays = 0").1, 2);
        assert_eq!(problem("base_url = \"example.org\"").2, 12);
        assert_eq!(problem("[[source]]\nkey = \"a\"\nday = \"2025-13-01\"").1, 3);
        assert_eq!(problem("[[source]]\nkey = \"a\"\ndialect = \"tables\"").0, "`tables` is no dialect");
        assert_eq!(problem("[[source]]\nkey = \"a\"\ndate = \"%d\"").0, "`%d` is no place of dates");
        assert_eq!(problem("[[source]]\nkey = \"a\"\nlanguage = \"klingon\"").2, 12);
        assert_eq!(problem("[[source]]\nkey = \"a\"\ncolumns = { \"x\" = \"titel\" }").1, 3);
        assert_eq!(problem("title = \"x").1, 1);
        assert_eq!(problem("accent = \"red\"").0, "`red` is no colour");
        assert_eq!(problem("[feeds]\nformats = [\"rdf\"]").2, 12);
        assert_eq!(problem("[data]\napi = 1").0, "`api` is a number, but it should be `true` or `false`");
        assert_eq!(problem("[[watch]]\nname = \"x\"\nquery = \"autor:y\"").1, 3);
        assert_eq!(problem("[[watch]]\nname = \"x\"").0, "a `[[watch]]` needs a `query`");
        let twice = "[[watch]]\nname = \"x\"\nquery = \"y\"\n".repeat(2);
        assert_eq!(problem(&twice).0, "two watchlists would have the address `x`");
        assert_eq!(problem("[[hide]]\nwork = \"x\"").0, "`x` names no work");
        assert_eq!(problem("[[hide]]").0, "a `[[hide]]` needs one of `work`, `author` and `link`");
        for table in LISTS {
            assert_eq!(problem(&format!("title = \"x\"\n\n[[{table}]]\n")).1, 3, "{table}");
        }
        assert_eq!(problem("[watch]\nname = \"x\"").3, ["write `[[watch]]`, with two brackets on each side"]);
        let of_site = "`theme` is a setting of the whole site: write it above the first line with `[`";
        assert_eq!(problem("[[source]]\nkey = \"a\"\ntheme = \"x\"").3, [of_site]);
        for from in ["../x/", "/", "a//b", "a?b", "C:\\\\x"] {
            assert_eq!(problem(&format!("[[redirect]]\nfrom = \"{from}\"\nto = \"x\"")).1, 2, "{from}");
        }
        let typo = "[[redirect]]\nfrom = \"d/{yaer}/\"\nto = \"x\"";
        assert_eq!(
            problem(typo),
            ("`{yaer}` is no placeholder".into(), 2, 8, vec!["they are `{year}`, `{month}` and `{day}`".into()])
        );
        assert_eq!(problem("repository = \"me/repo\"").2, 14);
    }

    #[test]
    fn settings_are_read() {
        let text = "title = \"T\"\nbase_url = \"https://x.org/r\"\n[[source]]\nkey = \"HN\"\nlabel = \"News\"\nfiles = [\"hn/*\"]\n[[author]]\nname = \"Jane Roe\"\naliases = [\"Roe, J.\"]\n";
        let config = read("site.toml", text).expect("valid settings");
        assert_eq!(config.join.info.base_url.as_deref(), Some("https://x.org/r/"));
        assert_eq!(config.join.labels.get("hn").map(String::as_str), Some("News"));
        assert_eq!(config.join.aliases.get("roe-j").map(String::as_str), Some("Jane Roe"));
        let digest_url = |text: &str| read("site.toml", text).expect(text).join.info.digest_url.unwrap_or_default();
        assert_eq!(
            digest_url("repository = \"https://github.com/a/b/\"\nbranch = \"data\""),
            "https://github.com/a/b/blob/data/{path}?plain=1#L{line}"
        );
        assert_eq!(digest_url("repository = \"https://x.org/{path}:{line}\""), "https://x.org/{path}:{line}");
        let named_alike = "https://github.com/me/gitlab-papers";
        assert!(digest_url(&format!("repository = \"{named_alike}\"")).starts_with(&format!("{named_alike}/blob/main/")));
        assert_eq!(SiteConfig::default().join.info.title, "Daily digests");
    }
}
