//! Values: what is written, key by key, and what follows from it.

use super::raw::{
    Raw, RawAuthor, RawCitations, RawData, RawFeeds, RawHide, RawLink, RawRedirect, RawSearch, RawSource, RawWatch,
};
use super::settings::explained;
use super::shape::one_of_them;
use super::{Problem, SiteConfig, list};
use crate::model::{Day, WorkId, name, source};
use crate::parse::lexicon::Field;
use crate::parse::{DIALECTS, DateRule, LEFT_ALONE, ReadOptions, SourceRule};
use crate::prose;
use crate::search;
use crate::site::slug::page_slug;
use crate::site::{
    Citations, FeedFormat, Hidden, Hide, JoinOptions, Publish, Redirect, SiteInfo, WatchSettings, WorkPages, slug,
};
use crate::text::Span;
use crate::theme;
use toml::Spanned;

/// What follows from settings, and all that is wrong with their values. What is wrong counts as not written.
pub(super) fn checked(raw: Raw) -> (SiteConfig, Vec<Problem>) {
    let mut wrong = Wrong::default();
    let title = raw.title.unwrap_or_else(|| "Daily digests".to_owned());
    let no_url = |url: &Spanned<String>, message| Problem::new(spanned(url), message, explained("", "base_url"));
    let base_url = raw.base_url.map(|url| base_url(url.get_ref()).map_err(|message| no_url(&url, message)));
    let repository = raw.repository.as_ref();
    let logo = one_of(raw.logo.as_ref(), "file of the site", "put it into `static/` and write its path there", |path| {
        (!path.contains("://")).then(|| path.to_owned())
    });
    let is_color = |text: &str| theme::is_color(text).then(|| text.to_owned());
    let accent = one_of(raw.accent.as_ref(), "colour", "write it as `#8a2b1f`", is_color);
    let info = SiteInfo {
        id: raw.id.unwrap_or_else(|| title.clone()),
        title,
        description: raw.description.unwrap_or_default(),
        language: raw.language.unwrap_or_else(|| "en".to_owned()),
        languages: each_once(raw.languages, &mut wrong),
        base_url: base_url.and_then(|url| wrong.told(url)),
        logo: wrong.told(logo).flatten(),
        footer_html: raw.footer.map(|footer| prose::owner_html(&footer, page_slug).html),
        navigation: raw.navigation.into_iter().filter_map(navigation).collect(),
        pages: Vec::new(),
        digest_url: repository.and_then(|url| wrong.told(digest_url(url, raw.branch.as_deref().unwrap_or("main")))),
        publish: publish(&raw.feeds, &raw.data, &raw.search, &mut wrong),
        watches: watches(&raw.watch, &mut wrong),
        redirects: raw.redirect.iter().enumerate().filter_map(|(rule, table)| redirect(rule, table, &mut wrong)).collect(),
        citations: citations(&raw.citations),
        works: WorkPages { pages: raw.works.pages.unwrap_or(false), noindex: raw.works.noindex.unwrap_or(false) },
    };
    let mut join = JoinOptions { info, ..JoinOptions::default() };
    let mut read = ReadOptions::default();
    for written in raw.source {
        let Some(rule) = source_rule(&written, &mut wrong) else { continue };
        join.labels.extend(written.label.map(|label| (rule.key.clone(), label)));
        join.notes.extend(written.note.map(|note| (rule.key.clone(), prose::owner_html(&note, page_slug).html)));
        read.sources.push(rule);
    }
    for RawAuthor { name: shown, aliases } in raw.author {
        let Some(shown) = shown else { continue };
        join.aliases.extend(aliases.iter().chain([&shown]).map(|spelling| (name::key(spelling), shown.clone())));
    }
    let config = SiteConfig {
        read,
        join,
        content: raw.content,
        output: raw.output,
        theme: raw.theme,
        accent: wrong.told(accent).flatten(),
        max_file: u64::from(raw.max_file_mib.unwrap_or(64)) << 20,
        hide: raw.hide.iter().filter_map(|table| hide(table, &mut wrong)).collect(),
    };
    (config, wrong.0)
}

/// What is wrong, as far as values were looked at.
#[derive(Default)]
struct Wrong(Vec<Problem>);

impl Wrong {
    /// A value, or nothing and what is wrong with it.
    fn told<T>(&mut self, value: Result<T, Problem>) -> Option<T> {
        value.map_err(|problem| self.0.push(problem)).ok()
    }
}

fn publish(feeds: &RawFeeds, data: &RawData, search: &RawSearch, wrong: &mut Wrong) -> Publish {
    let format = |text: &Spanned<String>| {
        let known = FeedFormat::ALL.iter().find(|format| format.name() == text.get_ref());
        let names: Vec<&str> = FeedFormat::ALL.iter().map(|format| format.name()).collect();
        let problem = || {
            let message = format!("`{}` is no format of feeds", text.get_ref());
            Problem::new(spanned(text), message, format!("formats are {}", list(&names)))
        };
        known.copied().ok_or_else(problem)
    };
    let default = Publish::default();
    let number = |set: Option<u32>, default: usize| set.map_or(default, |n| n as usize);
    let mut formats = match &feeds.formats {
        Some(written) => written.iter().filter_map(|text| wrong.told(format(text))).collect(),
        None => default.feed_formats,
    };
    formats.sort();
    formats.dedup();
    Publish {
        feed_formats: formats,
        feed_days: number(feeds.days, default.feed_days),
        feed_authors: number(feeds.authors, default.feed_authors),
        api: data.api.unwrap_or(default.api),
        csv: data.csv.unwrap_or(default.csv),
        jsonl: data.jsonl.unwrap_or(default.jsonl),
        search: search.index.unwrap_or(default.search),
    }
}

/// The values of a list, none of which stands there twice.
fn each_once(values: Vec<Spanned<String>>, wrong: &mut Wrong) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for value in values {
        if once.contains(value.get_ref()) {
            let message = format!("`{}` stands there already", value.get_ref());
            wrong.0.push(Problem::new(spanned(&value), message, "delete one of the two"));
        } else {
            once.push(value.into_inner());
        }
    }
    once
}

// What a table lacks was told when its keys were checked; what is made of such a table is nothing.

fn navigation(written: RawLink) -> Option<(String, String)> {
    written.label.zip(written.url)
}

/// The watchlists, each with an address of its own.
fn watches(tables: &[RawWatch], wrong: &mut Wrong) -> Vec<WatchSettings> {
    let mut watches: Vec<WatchSettings> = Vec::new();
    for table in tables {
        let Some((name, watch)) = table.name.as_ref().zip(watch(table, wrong)) else { continue };
        if watches.iter().any(|other| other.slug == watch.slug) {
            let message = format!("two watchlists would have the address `{}`", watch.slug);
            wrong.0.push(Problem::new(spanned(name), message, "give one of them another name"));
        }
        watches.push(watch);
    }
    watches
}

fn watch(written: &RawWatch, wrong: &mut Wrong) -> Option<WatchSettings> {
    let query = written.query.as_ref().and_then(|query| wrong.told(watch_query(query)));
    let name = written.name.as_ref()?;
    let slug = wrong.told(watch_slug(written.key.as_ref().unwrap_or(name)));
    Some(WatchSettings { name: name.get_ref().trim().to_owned(), slug: slug?, query: query? })
}

fn watch_query(query: &Spanned<String>) -> Result<String, Problem> {
    let hint = "queries are written as on the search page, such as `\"world model\" author:wang -survey`";
    match search::parse(query.get_ref()).problems.first() {
        Some(problem) => Err(Problem::new(spanned(query), problem.to_string(), hint)),
        None => Ok(query.get_ref().clone()),
    }
}

fn watch_slug(key: &Spanned<String>) -> Result<String, Problem> {
    let slug = slug::slug(&name::key(key.get_ref()));
    let message = "a watchlist needs a `name` or `key` with letters or digits";
    if slug.is_empty() { Err(Problem::new(spanned(key), message, explained("watch", "key"))) } else { Ok(slug) }
}

fn hide(RawHide { work, author, link }: &RawHide, wrong: &mut Wrong) -> Option<Hide> {
    let mut all = [work, author, link].into_iter().flatten();
    let (first, further) = (all.next()?, all.next());
    if further.is_some() {
        wrong.0.push(one_of_them("hide", spanned(first)));
        return None;
    }
    let id = |text: &Spanned<String>, what: &str, hint: &str| {
        let problem = || Problem::new(spanned(text), format!("`{}` {what}", text.get_ref()), hint);
        WorkId::parse(text.get_ref()).ok_or_else(problem)
    };
    let what = match (work, link) {
        (Some(work), _) => {
            let hint = "write an arXiv id, a DOI or an address, such as `arXiv:2511.10648`";
            Hidden::Work(wrong.told(id(work, "names no work", hint))?)
        }
        (_, Some(link)) => {
            let hint = "write the whole address, such as `https://example.org/paper`";
            Hidden::Link(wrong.told(id(link, "is no address", hint))?)
        }
        _ => Hidden::Author(name::key(first.get_ref())),
    };
    Some(Hide { written: first.get_ref().trim().to_owned(), what })
}

fn redirect(rule: usize, written: &RawRedirect, wrong: &mut Wrong) -> Option<Redirect> {
    let from = written.from.as_ref().and_then(|from| wrong.told(redirect_from(from)));
    let to = written.to.as_ref().and_then(|to| wrong.told(redirect_to(to)));
    Some(Redirect { from: from?, to: to?, rule })
}

fn redirect_from(from: &Spanned<String>) -> Result<String, Problem> {
    let path = redirect_path(from.get_ref()).ok_or_else(|| {
        let hint = "write a path of the older site, such as `daily/2025-11-14/` or `2025-11-14.html`";
        Problem::new(spanned(from), format!("`{}` is no path of a site", from.get_ref()), hint)
    })?;
    placeholders(from, PARTS_OF_DAYS)?;
    Ok(path)
}

fn redirect_to(to: &Spanned<String>) -> Result<String, Problem> {
    let target = to.get_ref().trim();
    if target.to_ascii_lowercase().starts_with("javascript:") {
        return Err(Problem::new(spanned(to), format!("`{}` is no address", to.get_ref()), explained("redirect", "to")));
    }
    placeholders(to, PARTS_OF_DAYS)?;
    Ok(target.to_owned())
}

/// What can stand in braces in an address of an older site.
const PARTS_OF_DAYS: &[&str] = &["year", "month", "day"];

/// The names of the placeholders in a text, all of which have to be known.
fn placeholders<'a>(written: &'a Spanned<String>, known: &[&str]) -> Result<Vec<&'a str>, Problem> {
    let names = written.get_ref().split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
    let names: Vec<&str> = names.collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        let braced: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
        let hint = format!("they are {}", list(&braced.iter().map(String::as_str).collect::<Vec<_>>()));
        return Err(Problem::new(spanned(written), format!("`{{{unknown}}}` is no placeholder"), hint));
    }
    Ok(names)
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

/// What can be written for a repository.
const REPOSITORY: &str = "write `https://github.com/name/repo`, or a URL with `{path}` and `{line}`";

/// Where a line of a digest can be seen: a URL with `{path}` and `{line}`. A repository may be such a URL already.
fn digest_url(repository: &Spanned<String>, branch: &str) -> Result<String, Problem> {
    let url = repository.get_ref();
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(Problem::new(spanned(repository), format!("`{url}` is no repository"), REPOSITORY));
    }
    let names = placeholders(repository, &["path", "line"])?;
    if names.contains(&"path") {
        return Ok(url.clone());
    }
    if !names.is_empty() {
        return Err(Problem::new(spanned(repository), format!("`{url}` leads to no file: it lacks `{{path}}`"), REPOSITORY));
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

fn source_rule(written: &RawSource, wrong: &mut Wrong) -> Option<SourceRule> {
    let key = written.key.as_ref().and_then(|name| wrong.told(source_key(name)));
    let day = one_of(written.day.as_ref(), "day", "write it as `2025-11-14`", Day::parse_iso);
    let fields = "fields are `title`, `authors`, `summary`, `link`, `pdf`, `published`, `tags` and others";
    let column = |(column, field): (&String, &Spanned<String>)| {
        let field = one_of(Some(field), "field", fields, Field::by_name);
        Some((column.clone(), wrong.told(field).flatten()?))
    };
    let columns = written.columns.iter().filter_map(column).collect();
    let dialects = format!("dialects are {}, and `none`", list(DIALECTS));
    let dialect = one_of(written.dialect.as_ref(), "dialect", &dialects, |name| {
        DIALECTS.iter().chain([&LEFT_ALONE]).find(|known| **known == name).map(|known| (*known).to_owned())
    });
    let dates = format!("write {}, or a form with `%Y`, `%m` and `%d`", list(&DateRule::names().collect::<Vec<_>>()));
    let date = one_of(written.date.as_ref(), "place of dates", &dates, DateRule::parse);
    let language = one_of(written.language.as_ref(), "language", "write a tag such as `en`, `zh` or `ja`", |tag| {
        source::language(tag).or_else(|| language_tag(tag))
    });
    let (day, dialect) = (wrong.told(day).flatten(), wrong.told(dialect).flatten());
    let (date, language) = (wrong.told(date).flatten(), wrong.told(language).flatten());
    Some(SourceRule { key: key?, files: written.files.clone(), dialect, day, date, language, columns })
}

fn source_key(name: &Spanned<String>) -> Result<String, Problem> {
    let key = source::key(name.get_ref());
    let problem = || {
        let message = format!("`{}` has no letters or digits", name.get_ref());
        Problem::new(spanned(name), message, explained("source", "key"))
    };
    if key.is_empty() { Err(problem()) } else { Ok(key) }
}

/// A language tag in lower case, if a text has the form of one: two or three letters, and what may follow them (BCP 47).
fn language_tag(text: &str) -> Option<String> {
    let (primary, rest) = text.split_once('-').unwrap_or((text, ""));
    let letters = primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    let plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    ((2..=3).contains(&primary.len()) && letters && plain && rest.len() <= 24).then(|| text.to_ascii_lowercase())
}

/// The value of a setting, or where it stands, that it is none, and what could be written.
fn one_of<T>(
    written: Option<&Spanned<String>>,
    what: &str,
    hint: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    let Some(text) = written else { return Ok(None) };
    let problem = || Problem::new(spanned(text), format!("`{}` is no {what}", text.get_ref()), hint);
    parse(text.get_ref()).map(Some).ok_or_else(problem)
}
