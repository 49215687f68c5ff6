//! Citations as BibTeX, RIS and CSL-JSON. The script `cite.js` of the default theme writes the same, byte for byte.

use super::title;
use super::{Citation, Kind, Person};
use serde::Serialize;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Names of languages that babel and polyglossia know.
const LANGUAGES: &[(&str, &str)] = &[("zh", "chinese"), ("ja", "japanese"), ("ko", "korean")];

/// Entries of BibTeX with an empty line between them.
pub(super) fn bibtex(citations: &[Citation]) -> String {
    citations.iter().map(bibtex_entry).collect::<Vec<_>>().join("\n")
}

fn bibtex_entry(citation: &Citation) -> String {
    let braced = |value: &str| format!("{{{value}}}");
    let title = citation.title_tex.clone().unwrap_or_else(|| title::text(&citation.title));
    let authors: Vec<String> = citation.authors.iter().map(bibtex_name).collect();
    let language = LANGUAGES.iter().find(|(tag, _)| Some(*tag) == citation.language);
    let eprint = citation.eprint.as_deref();
    let fields = [
        ("title", Some(braced(&title))),
        ("author", Some(braced(&authors.join(" and "))).filter(|_| !authors.is_empty())),
        ("year", Some(braced(&citation.date.year.to_string()))),
        // The name of a month is a macro that styles define, and has no braces.
        ("month", citation.date.month.map(|month| MONTHS[month as usize - 1].to_owned())),
        ("day", citation.date.day.map(|day| braced(&day.to_string()))),
        ("journal", citation.container.map(braced)),
        ("eprint", eprint.map(braced)),
        ("archivePrefix", eprint.map(|_| braced("arXiv"))),
        ("primaryClass", citation.class.as_deref().map(braced)),
        ("doi", citation.doi.as_deref().map(braced)),
        ("url", citation.url.as_deref().map(braced)),
        ("langid", language.map(|(_, name)| braced(name))),
    ];
    let lines = fields.into_iter().filter_map(|(name, value)| Some(format!("  {name} = {}", value?)));
    let kind = if citation.kind == Kind::Article { "article" } else { "misc" };
    format!("@{kind}{{{},\n{}\n}}\n", citation.key, lines.collect::<Vec<_>>().join(",\n"))
}

/// `Roe, Jane`, `Roe, Jr, Jane`, `{OpenAI}`.
fn bibtex_name(person: &Person) -> String {
    match person {
        Person::Literal(name) => format!("{{{}}}", title::escaped(name)),
        Person::Parted { family, given, suffix } => {
            let parts = [Some(family), suffix.as_ref(), Some(given)];
            parts.into_iter().flatten().map(|part| title::escaped(part)).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Records of RIS, each begun by `TY` and ended by `ER`.
pub(super) fn ris(citations: &[Citation]) -> String {
    citations.iter().map(ris_record).collect()
}

fn ris_record(citation: &Citation) -> String {
    let mut out = String::new();
    let mut put = |tag: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("{tag}  - {value}\r\n"));
        }
    };
    let date = citation.date;
    let is_preprint = citation.kind == Kind::Preprint || citation.container.is_some();
    put("TY", ris_type(citation.kind, is_preprint));
    put("ID", &citation.key);
    put("TI", &citation.title);
    citation.authors.iter().for_each(|person| put("AU", &ris_name(person)));
    put("PY", &date.year.to_string());
    let two = |part: Option<u32>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    put("DA", &format!("{}/{}/{}/", date.year, two(date.month), two(date.day)));
    put("PB", server(citation).unwrap_or_default());
    put("AN", &citation.eprint.as_ref().map(|id| format!("arXiv:{id}")).unwrap_or_default());
    put("KW", citation.class.as_deref().unwrap_or_default());
    put("DO", citation.doi.as_deref().unwrap_or_default());
    put("UR", citation.url.as_deref().unwrap_or_default());
    put("LA", citation.language.unwrap_or_default());
    out.push_str("ER  - \r\n\r\n");
    out
}

fn ris_type(kind: Kind, is_preprint: bool) -> &'static str {
    match kind {
        _ if is_preprint => "UNPB",
        Kind::Article => "JOUR",
        _ => "ELEC",
    }
}

fn ris_name(person: &Person) -> String {
    match person {
        Person::Literal(name) => name.clone(),
        Person::Parted { family, given, suffix } => {
            [Some(family), Some(given), suffix.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
        }
    }
}

/// The server of a preprint.
fn server(citation: &Citation) -> Option<&'static str> {
    if citation.kind == Kind::Preprint { Some("arXiv") } else { citation.container }
}

/// An item of CSL-JSON; the fields in the order in which they are written.
#[derive(Serialize)]
struct CslItem<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<CslName<'a>>,
    issued: CslDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "DOI")]
    doi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "URL")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum CslName<'a> {
    Parted {
        family: &'a str,
        given: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<&'a str>,
    },
    Literal {
        literal: &'a str,
    },
}

#[derive(Serialize)]
struct CslDate {
    #[serde(rename = "date-parts")]
    date_parts: [Vec<i64>; 1],
}

/// An array of items.
pub(super) fn csl_json(citations: &[Citation]) -> String {
    let items: Vec<CslItem> = citations.iter().map(csl_item).collect();
    serde_json::to_string_pretty(&items).expect("texts and numbers are JSON") + "\n"
}

fn csl_item<'a>(citation: &'a Citation) -> CslItem<'a> {
    let name = |person: &'a Person| match person {
        Person::Literal(literal) => CslName::Literal { literal },
        Person::Parted { family, given, suffix } => CslName::Parted { family, given, suffix: suffix.as_deref() },
    };
    let date = citation.date;
    let parts = [Some(i64::from(date.year)), date.month.map(i64::from), date.day.map(i64::from)];
    CslItem {
        id: &citation.key,
        kind: match citation.kind {
            Kind::Preprint => "article",
            Kind::Article if citation.container.is_some() => "article",
            Kind::Article => "article-journal",
            Kind::Page => "webpage",
        },
        title: &citation.title,
        author: citation.authors.iter().map(name).collect(),
        issued: CslDate { date_parts: [parts.into_iter().flatten().collect()] },
        publisher: server(citation),
        number: citation.eprint.as_ref().map(|id| format!("arXiv:{id}")),
        doi: citation.doi.as_deref(),
        url: citation.url.as_deref(),
        language: citation.language,
    }
}
