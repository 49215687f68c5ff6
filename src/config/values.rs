//! Values: what is written, key by key, and what follows from it.

use super::raw::{Raw, RawCitations, RawData, RawFeeds, RawHide, RawLink, RawRedirect, RawSearch, RawSource, RawWatch};
use super::settings::explained;
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

/// What follows from settings, or the first thing that is wrong with a value.
pub(super) fn checked(raw: Raw) -> Result<SiteConfig, Problem> {
    let title = raw.title.unwrap_or_else(|| "Daily digests".to_owned());
    let no_url = |url: &Spanned<String>, message| Problem::new(spanned(url), message, explained("", "base_url"));
    let base_url = raw.base_url.map(|url| base_url(url.get_ref()).map_err(|message| no_url(&url, message))).transpose()?;
    let repository = raw.repository.as_ref();
    let digest_url = repository.map(|url| digest_url(url, raw.branch.as_deref().unwrap_or("main"))).transpose()?;
    let logo = one_of(raw.logo.as_ref(), "file of the site", "put it into `static/` and write its path there", |path| {
        (!path.contains("://")).then(|| path.to_owned())
    })?;
    let is_color = |text: &str| theme::is_color(text).then(|| text.to_owned());
    let accent = one_of(raw.accent.as_ref(), "colour", "write it as `#8a2b1f`", is_color)?;
    let info = SiteInfo {
        id: raw.id.unwrap_or_else(|| title.clone()),
        title,
        description: raw.description.unwrap_or_default(),
        language: raw.language.unwrap_or_else(|| "en".to_owned()),
        languages: each_once(raw.languages)?,
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
        return Err(Problem::new(
            spanned(written),
            format!("two watchlists would have the address `{}`", watch.slug),
            "give one of them another name",
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
        let shown = needed(author, author.get_ref().name.as_ref(), ("author", "name"))?.get_ref();
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
            let message = format!("`{}` is no format of feeds", text.get_ref());
            Problem::new(spanned(text), message, format!("formats are {}", list(&names)))
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
fn needed<'a, T>(
    written: &Spanned<T>,
    value: Option<&'a Spanned<String>>,
    (table, key): (&str, &str),
) -> Result<&'a Spanned<String>, Problem> {
    let found = value.filter(|text| !text.get_ref().trim().is_empty());
    found.ok_or_else(|| {
        let span = value.map_or_else(|| spanned(written), spanned);
        Problem::new(span, format!("`[[{table}]]` needs `{key}`"), explained(table, key))
    })
}

/// The values of a list, none of which stands there twice.
fn each_once(values: Vec<Spanned<String>>) -> Result<Vec<String>, Problem> {
    let is_again = |at: &usize| values[..*at].iter().any(|before| before.get_ref() == values[*at].get_ref());
    if let Some(again) = (0..values.len()).find(is_again).map(|at| &values[at]) {
        return Err(Problem::new(spanned(again), format!("`{}` stands there already", again.get_ref()), "delete one of the two"));
    }
    Ok(values.into_iter().map(Spanned::into_inner).collect())
}

fn navigation(table: &Spanned<RawLink>) -> Result<(String, String), Problem> {
    let written = table.get_ref();
    let label = needed(table, written.label.as_ref(), ("navigation", "label"))?;
    let url = needed(table, written.url.as_ref(), ("navigation", "url"))?;
    Ok((label.get_ref().clone(), url.get_ref().clone()))
}

fn watch(table: &Spanned<RawWatch>) -> Result<WatchSettings, Problem> {
    let written = table.get_ref();
    let name = needed(table, written.name.as_ref(), ("watch", "name"))?;
    let query = needed(table, written.query.as_ref(), ("watch", "query"))?;
    let problems = search::parse(query.get_ref()).problems;
    if let Some(problem) = problems.first() {
        let hint = "queries are written as on the search page, such as `\"world model\" author:wang -survey`";
        return Err(Problem::new(spanned(query), problem.to_string(), hint));
    }
    let key = written.key.as_ref().unwrap_or(name);
    let slug = slug::slug(&name::key(key.get_ref()));
    if slug.is_empty() {
        let message = "a watchlist needs a `name` or `key` with letters or digits";
        return Err(Problem::new(spanned(key), message, explained("watch", "key")));
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
                let hint = "write an arXiv id, a DOI or an address, such as `arXiv:2511.10648`";
                Problem::new(spanned(work), format!("`{}` names no work", work.get_ref()), hint)
            })?;
            Hide { written: text(work), what: Hidden::Work(id) }
        }
        (None, Some(author), None) => Hide { written: text(author), what: Hidden::Author(name::key(author.get_ref())) },
        (None, None, Some(link)) => {
            let id = WorkId::parse(link.get_ref()).ok_or_else(|| {
                let hint = "write the whole address, such as `https://example.org/paper`";
                Problem::new(spanned(link), format!("`{}` is no address", link.get_ref()), hint)
            })?;
            Hide { written: text(link), what: Hidden::Link(id) }
        }
        (work, author, link) => {
            let first = work.as_ref().or(author.as_ref()).or(link.as_ref());
            let span = first.map_or_else(|| spanned(table), spanned);
            let hint = "write a `[[hide]]` of its own for each thing that is left out";
            return Err(Problem::new(span, "`[[hide]]` needs one of `work`, `author` and `link`", hint));
        }
    };
    Ok(rule)
}

fn redirect(table: &Spanned<RawRedirect>) -> Result<Redirect, Problem> {
    let written = table.get_ref();
    let from = needed(table, written.from.as_ref(), ("redirect", "from"))?;
    let to = needed(table, written.to.as_ref(), ("redirect", "to"))?;
    let path = redirect_path(from.get_ref()).ok_or_else(|| {
        let hint = "write a path of the older site, such as `daily/2025-11-14/` or `2025-11-14.html`";
        Problem::new(spanned(from), format!("`{}` is no path of a site", from.get_ref()), hint)
    })?;
    let is_live = to.get_ref().trim_start().to_ascii_lowercase().starts_with("javascript:");
    if is_live {
        return Err(Problem::new(spanned(to), format!("`{}` is no address", to.get_ref()), explained("redirect", "to")));
    }
    for written in [from, to] {
        placeholders(written, &["year", "month", "day"])?;
    }
    Ok(Redirect { from: path, to: to.get_ref().trim().to_owned() })
}

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

fn source_rule(table: &Spanned<RawSource>) -> Result<SourceRule, Problem> {
    let written = table.get_ref();
    let name = needed(table, written.key.as_ref(), ("source", "key"))?;
    let key = source::key(name.get_ref());
    if key.is_empty() {
        let message = format!("`{}` has no letters or digits", name.get_ref());
        return Err(Problem::new(spanned(name), message, explained("source", "key")));
    }
    let day = written.day.as_ref().map(|text| {
        let day = Day::parse_iso(text.get_ref());
        day.ok_or_else(|| Problem::new(spanned(text), format!("`{}` is no day", text.get_ref()), "write it as `2025-11-14`"))
    });
    let field = |(column, field): (&String, &Spanned<String>)| match Field::by_name(field.get_ref()) {
        Some(found) => Ok((column.clone(), found)),
        None => Err(Problem::new(
            spanned(field),
            format!("`{}` is no field", field.get_ref()),
            "fields are `title`, `authors`, `summary`, `link`, `pdf`, `published`, `tags` and others",
        )),
    };
    let columns = written.columns.iter().map(field).collect::<Result<Vec<_>, Problem>>()?;
    let dialects = format!("dialects are {}, and `none`", list(DIALECTS));
    let dialect = one_of(written.dialect.as_ref(), "dialect", &dialects, |name| {
        DIALECTS.iter().chain([&LEFT_ALONE]).find(|known| **known == name).map(|known| (*known).to_owned())
    })?;
    let dates = format!("write {}, or a form with `%Y`, `%m` and `%d`", list(&DateRule::names().collect::<Vec<_>>()));
    let date = one_of(written.date.as_ref(), "place of dates", &dates, DateRule::parse)?;
    let language = one_of(written.language.as_ref(), "language", "write a tag such as `en`, `zh` or `ja`", |tag| {
        source::language(tag).or_else(|| language_tag(tag))
    })?;
    Ok(SourceRule { key, files: written.files.clone(), dialect, day: day.transpose()?, date, language, columns })
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
