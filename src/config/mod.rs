//! `site.toml`: what was written, checked key by key against [`SETTINGS`] (`shape`); what is sound of it (`raw`), checked value by value
//! (`values`); and what follows from it ([`SiteConfig`]). All that is wrong is told at once.

mod raw;
mod settings;
mod shape;
mod values;

pub use settings::{Kind, LISTS, Row, SETTINGS, kind_name};
pub use values::base_url;

use crate::diagnostic::{Diagnostic, Place, report};
use crate::parse::ReadOptions;
use crate::site::{Hide, JoinOptions};
use crate::text::{LineIndex, Span};
use raw::Raw;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

/// The name of the settings in the folder of a site.
pub const FILE: &str = "site.toml";

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
        values::checked(Raw::default()).0
    }
}

/// Reads the text of `site.toml`. `path` is its name in findings. On failure there is a finding for all that is wrong, in the order of
/// their places, but for a text that is no TOML: then it is the first of its mistakes.
pub fn read(path: &str, text: &str) -> Result<SiteConfig, Vec<Diagnostic>> {
    let index = LineIndex::new(text);
    let at =
        |Problem { span, message, hint }: Problem| report::settings(message, &hint).at(Place::in_text(path, text, &index, span));
    let no_toml = |error: toml::de::Error| vec![at(syntax(&error))];
    let mut table = DeTable::parse(text).map_err(no_toml)?;
    let mut problems = shape::take_wrong("", table.get_mut());
    let raw = Raw::deserialize(Deserializer::from(table)).map_err(no_toml)?;
    let (config, of_values) = values::checked(raw);
    problems.extend(of_values);
    problems.sort_by_key(|problem| problem.span.start);
    if problems.is_empty() { Ok(config) } else { Err(problems.into_iter().map(at).collect()) }
}

/// Which of the places where a setting stands.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// The first that gives it this value.
    Value(&'a str),
    /// The one in the table of this number among all of its name, from 0.
    Table(usize),
}

/// Where the text of `site.toml` gives a setting. `path` is its name in findings, `table` is empty for the top level.
pub fn place_of(path: &str, text: &str, (table, key): (&str, &str), which: Which) -> Option<Place> {
    let whole = DeTable::parse(text).ok()?;
    let tables: Vec<&DeTable> = match whole.get_ref().get(table).map(Spanned::get_ref) {
        Some(DeValue::Table(inner)) => vec![inner],
        Some(DeValue::Array(items)) => items.iter().filter_map(|item| item.get_ref().as_table()).collect(),
        _ => vec![whole.get_ref()],
    };
    let of_value = |table: &&DeTable, value: &str| -> Option<Span> {
        let found = table.get(key)?;
        let items = found.get_ref().as_array().into_iter().flat_map(|items| items.iter());
        std::iter::once(found).chain(items).find(|found| found.get_ref().as_str() == Some(value)).map(span_of)
    };
    let span = match which {
        Which::Value(value) => tables.iter().find_map(|table| of_value(table, value))?,
        Which::Table(number) => span_of(tables.get(number)?.get(key)?),
    };
    Some(Place::in_text(path, text, &LineIndex::new(text), span))
}

/// What is wrong at a place in site.toml.
struct Problem {
    span: Span,
    message: String,
    hint: String,
}

impl Problem {
    fn new(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem { span, message: message.into(), hint: hint.into() }
    }
}

fn syntax(error: &toml::de::Error) -> Problem {
    let span = error.span().map_or(Span::default(), |range| Span::new(range.start, range.end));
    let hint =
        "a setting is `key = \"text\"`, `key = 5`, `key = true` or `key = [\"text\"]`, and each key stands once in its table";
    Problem::new(span, error.message().trim().to_lowercase(), hint)
}

fn span_of(value: &Spanned<DeValue>) -> Span {
    Span::new(value.span().start, value.span().end)
}

fn list(names: &[&str]) -> String {
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.dedup();
    names.join(", ")
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
        assert_eq!(problem("[[watch]]\nname = \"x\"").0, "`[[watch]]` needs `query`");
        let twice = "[[watch]]\nname = \"x\"\nquery = \"y\"\n".repeat(2);
        assert_eq!(problem(&twice).0, "two watchlists would have the address `x`");
        assert_eq!(problem("[[hide]]\nwork = \"x\"").0, "`x` names no work");
        assert_eq!(problem("[[hide]]").0, "`[[hide]]` needs one of `work`, `author` and `link`");
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
            ("`{yaer}` is no placeholder".into(), 2, 8, vec!["they are `{year}`, `{month}`, `{day}`".into()])
        );
        assert_eq!(problem("repository = \"me/repo\"").2, 14);
    }

    #[test]
    fn all_mistakes_are_told_at_once_in_the_order_of_their_places() {
        let table: &[(&str, &[(u32, &str)])] = &[
            (
                "titel = \"x\"\nlogo = 5\naccent = \"red\"\n[feeds]\ndays = \"many\"\nformats = [\"rdf\", \"atom\", \"xml\"]\n",
                &[
                    (1, "unknown setting `titel`"),
                    (2, "`logo` is a number, but it should be text in quotes"),
                    (3, "`red` is no colour"),
                    (5, "`days` is text, but it should be a whole number from 1"),
                    (6, "`rdf` is no format of feeds"),
                    (6, "`xml` is no format of feeds"),
                ],
            ),
            (
                "[[source]]\nkey = \"a\"\nday = \"x\"\ndate = \"%d\"\nlanguage = \"klingon\"\ncolumns = { a = \"titel\", b = \"x\" }\n[[source]]\nkye = \"b\"\ndialect = \"x\"\n",
                &[
                    (3, "`x` is no day"),
                    (4, "`%d` is no place of dates"),
                    (5, "`klingon` is no language"),
                    (6, "`titel` is no field"),
                    (6, "`x` is no field"),
                    (8, "unknown setting `kye` in `source`"),
                    (9, "`x` is no dialect"),
                ],
            ),
            (
                "[[watch]]\nquery = \"autor:y\"\n[[redirect]]\nfrom = \"/\"\nto = \"{yaer}\"\n[[hide]]\nwrok = \"x\"\n[[navigation]]\n",
                &[
                    (1, "`[[watch]]` needs `name`"),
                    (2, "there is no field `autor`, it is looked for as a word; did you mean `author:`?"),
                    (4, "`/` is no path of a site"),
                    (5, "`{yaer}` is no placeholder"),
                    (7, "unknown setting `wrok` in `hide`"),
                    (8, "`[[navigation]]` needs `label`"),
                    (8, "`[[navigation]]` needs `url`"),
                ],
            ),
            (
                "feeds = 5\n[source]\nkey = \"a\"\n",
                &[(1, "`feeds` is a number, but it should be a table"), (2, "there can be several `source`")],
            ),
        ];
        for (text, expected) in table {
            let found = read("site.toml", text).expect_err(text);
            let told =
                found.iter().map(|problem| (problem.place.as_ref().map_or(0, |place| place.line), problem.message.as_str()));
            assert_eq!(told.collect::<Vec<_>>(), *expected, "{text}");
        }
    }

    #[test]
    fn every_mistake_says_what_to_do() {
        let table = [
            ("id = \"\"", "`id` is empty", 6),
            ("title = \" \"", "`title` is empty", 9),
            ("output = \"\"", "`output` is empty", 10),
            ("[[source]]\nkey = \"a\"\nlabel = \"\"", "`label` is empty", 9),
            ("[[hide]]\nauthor = \"\"", "`author` is empty", 10),
            ("[[source]]\nkey = \"*\"", "`*` has no letters or digits", 7),
            ("[[author]]\nname = \"\"", "`[[author]]` needs `name`", 8),
            ("languages = [\"en\", \"zh\", \"en\"]", "`en` stands there already", 26),
            ("repository = \"https://x.org/{path}#{lin}\"", "`{lin}` is no placeholder", 14),
            ("repository = \"https://x.org/{line}\"", "`https://x.org/{line}` leads to no file: it lacks `{path}`", 14),
            ("base_url = \"x\"", "`x` is no base URL; it should look like `https://name.github.io/repo/`", 12),
            ("[[hide]]\nlink = \"x\"", "`x` is no address", 8),
            ("[[hide]]\nlink = \"https://x.org\"\nauthor = \"x\"", "`[[hide]]` needs one of `work`, `author` and `link`", 10),
            ("[[redirect]]\nfrom = \"x\"\nto = \"javascript:x\"", "`javascript:x` is no address", 6),
            ("source = [1]", "`source` holds a number, but it should hold tables", 11),
            ("title = x", "string values must be quoted, expected literal string", 9),
        ];
        for (text, message, column) in table {
            let (told, _, at, hints) = problem(text);
            assert_eq!((told.as_str(), at), (message, column), "{text}");
            assert!(hints.iter().all(|hint| !hint.is_empty()) && hints.len() == 1, "{text}: {hints:?}");
        }
        for text in ["description = \"\"", "footer = \"\"", "[[source]]\nkey = \"a\"\nnote = \"\""] {
            assert!(read("site.toml", text).is_ok(), "{text}");
        }
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
