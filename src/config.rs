//! `site.toml`: what was written (`Raw`), checked key by key against [`SETTINGS`], and what follows from it ([`SiteConfig`]).

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::model::{Day, name, source};
use crate::parse::lexicon::Field;
use crate::parse::{ReadOptions, SourceRule};
use crate::site::{JoinOptions, SiteInfo};
use crate::text::{LineIndex, Span};
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
}

/// Every setting: its table (empty for the top level), key, type, and what it is.
pub const SETTINGS: &[(&str, &str, Kind, &str)] = &[
    ("", "title", Kind::Text, "the site's name"),
    ("", "description", Kind::Text, "a sentence about the site"),
    ("", "language", Kind::Text, "language of the interface: a catalog of the theme, such as `zh` or `en`"),
    (
        "",
        "base_url",
        Kind::Text,
        "where the site is published, such as `https://name.github.io/repo/`; feeds and the map need it",
    ),
    ("", "id", Kind::Text, "what feed ids are made of; set it once and never change it"),
    ("", "content", Kind::Text, "the folder of digests, from the folder of site.toml"),
    ("", "output", Kind::Text, "the folder that is written, from the folder of site.toml"),
    ("", "theme", Kind::Text, "name of a folder under `themes/` that is laid over the default theme"),
    ("", "max_file_mib", Kind::Number, "larger files are not read, in MiB"),
    ("feeds", "days", Kind::Number, "how many days a feed holds"),
    ("source", "key", Kind::Text, "the source's name in addresses and exports"),
    ("source", "label", Kind::Text, "the source's name on pages"),
    ("source", "files", Kind::Texts, "patterns of paths under the content folder that belong to the source"),
    ("source", "day", Kind::Text, "the day of these files, `YYYY-MM-DD`, where nothing else says it"),
    ("source", "columns", Kind::Pairs, "names of columns and the fields they mean"),
    ("author", "name", Kind::Text, "the name that is shown"),
    ("author", "aliases", Kind::Texts, "other spellings of the same person"),
];

/// Tables that may stand several times: `[[source]]`.
const LISTS: &[&str] = &["source", "author"];

/// The settings as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Raw {
    title: Option<String>,
    description: Option<String>,
    language: Option<String>,
    base_url: Option<Spanned<String>>,
    id: Option<String>,
    content: Option<String>,
    output: Option<String>,
    theme: Option<String>,
    max_file_mib: Option<u32>,
    feeds: RawFeeds,
    source: Vec<RawSource>,
    author: Vec<RawAuthor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawFeeds {
    days: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawSource {
    key: Option<Spanned<String>>,
    label: Option<String>,
    files: Vec<String>,
    day: Option<Spanned<String>>,
    columns: BTreeMap<String, Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawAuthor {
    name: Option<String>,
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
    /// Larger files are not read, in bytes.
    pub max_file: u64,
    /// How many days a feed holds.
    pub feed_days: usize,
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
                problems.push((span_of(value), message, vec![format!("`{name}` is {}", row.3)]));
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
    match nearest {
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
        (Kind::Text, DeValue::String(_)) => true,
        (Kind::Number, DeValue::Integer(n)) => n.as_str().parse::<u32>().is_ok_and(|n| n > 0),
        (Kind::Texts, DeValue::Array(items)) => items.iter().all(is_text),
        (Kind::Pairs, DeValue::Table(table)) => table.values().all(is_text),
        _ => false,
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text in quotes",
        Kind::Number => "a whole number from 1",
        Kind::Texts => "a list of texts in quotes",
        Kind::Pairs => "a table of texts in quotes",
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
    let title = raw.title.unwrap_or_else(|| "Daily digests".to_owned());
    let base_url =
        raw.base_url.map(|url| base_url(url.get_ref()).map_err(|message| (spanned(&url), message, Vec::new()))).transpose()?;
    let info = SiteInfo {
        id: raw.id.unwrap_or_else(|| title.clone()),
        title,
        description: raw.description.unwrap_or_default(),
        language: raw.language.unwrap_or_else(|| "en".to_owned()),
        base_url,
    };
    let mut join = JoinOptions { info, ..JoinOptions::default() };
    let mut read = ReadOptions::default();
    for written in raw.source {
        let rule = source_rule(&written)?;
        join.labels.extend(written.label.map(|label| (rule.key.clone(), label)));
        read.sources.push(rule);
    }
    for author in raw.author {
        let Some(shown) = author.name else { continue };
        join.aliases.extend(author.aliases.iter().map(|alias| (name::key(alias), shown.clone())));
    }
    Ok(SiteConfig {
        read,
        join,
        content: raw.content,
        output: raw.output,
        theme: raw.theme,
        max_file: u64::from(raw.max_file_mib.unwrap_or(64)) << 20,
        feed_days: raw.feeds.days.unwrap_or(30) as usize,
    })
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

fn spanned(value: &Spanned<String>) -> Span {
    Span::new(value.span().start, value.span().end)
}

fn source_rule(written: &RawSource) -> Result<SourceRule, Problem> {
    let name = written.key.as_ref().map(|key| key.get_ref().as_str()).or(written.label.as_deref()).unwrap_or("");
    let key = source::key(name);
    if key.is_empty() {
        let span = written.key.as_ref().map(spanned).unwrap_or_default();
        return Err((span, "a `[[source]]` needs a `key` with letters or digits".to_owned(), Vec::new()));
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
    Ok(SourceRule { key, files: written.files.clone(), day: day.transpose()?, columns })
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
        assert_eq!(problem("[[source]]\nkey = \"a\"\ncolumns = { \"x\" = \"titel\" }").1, 3);
        assert_eq!(problem("title = \"x").1, 1);
    }

    #[test]
    fn settings_are_read() {
        let text = "title = \"T\"\nbase_url = \"https://x.org/r\"\n[[source]]\nkey = \"HN\"\nlabel = \"News\"\nfiles = [\"hn/*\"]\n[[author]]\nname = \"Jane Roe\"\naliases = [\"Roe, J.\"]\n";
        let config = read("site.toml", text).expect("valid settings");
        assert_eq!(config.join.info.base_url.as_deref(), Some("https://x.org/r/"));
        assert_eq!(config.join.labels.get("hn").map(String::as_str), Some("News"));
        assert_eq!(config.join.aliases.get("roe-j").map(String::as_str), Some("Jane Roe"));
        assert_eq!(SiteConfig::default().join.info.title, "Daily digests");
    }
}
