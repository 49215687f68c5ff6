//! The neutral record of a citation.

use super::person::Person;
use super::title;
use crate::model::{Day, Entry, WorkId, id};
use crate::prose;
use crate::site::{EntryRef, ListedDigest, Site};
use crate::text::{Letters, one_line, with_pairs};
use std::fmt;

/// What kind of work is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A paper on arXiv.
    Preprint,
    /// A work with a DOI.
    Article,
    /// Anything else with an address.
    Page,
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// The month, 1–12.
    pub month: Option<u32>,
    /// The day of the month; only with a month.
    pub day: Option<u32>,
}

/// ISO 8601: `2025-11-14`, `2025-11` or `2025`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year.unsigned_abs();
        let parts = [(0, year / 100), (2, year), (5, self.month.unwrap_or(0)), (8, self.day.unwrap_or(0))];
        let end = 4 + 3 * self.month.iter().chain(&self.day).count();
        f.write_str(std::str::from_utf8(&with_pairs(b"0000-00-00", &parts)[..end]).map_err(|_| fmt::Error)?)
    }
}

/// A work as it is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The key, unique on the site: letters, digits, `.`, `-` and `_`.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// The work's own title as readable text; its id or address where there is none.
    pub title: String,
    /// The title in TeX, if it has formulas.
    pub title_tex: Option<String>,
    /// The authors in their order.
    pub authors: Vec<Person>,
    /// When it was published: the day that the digest gives, else what its id tells, else the day on which it was first listed.
    pub date: Date,
    /// The arXiv id without version.
    pub eprint: Option<String>,
    /// The primary class on arXiv, such as `cs.CL`.
    pub class: Option<String>,
    /// The DOI in lower case.
    pub doi: Option<String>,
    /// The server or journal, where address or source tell it.
    pub container: Option<&'static str>,
    /// Where it is found.
    pub url: Option<String>,
    /// The language of the title where its letters tell it: `zh`, `ja`, `ko`.
    pub language: Option<&'static str>,
}

/// Servers of preprints, by a piece of an address or a source's key.
const CONTAINERS: &[(&str, &str)] =
    &[("biorxiv", "bioRxiv"), ("medrxiv", "medRxiv"), ("chemrxiv", "ChemRxiv"), ("psyarxiv", "PsyArXiv"), ("ssrn", "SSRN")];

/// The citation of an entry's work.
pub fn citation(site: &Site, at: EntryRef) -> Citation {
    let (listed, entry) = site.entry(at);
    let work = site.work_of(at);
    let first_day = work.sightings.first().map_or(listed.day, |&first| site.entry(first).0.day);
    let written = entry.original_title.as_deref().or(entry.title.as_deref());
    let plain = written.map(prose::plain).map(|title| one_line(&title)).filter(|title| !title.is_empty());
    let title = plain.unwrap_or_else(|| one_line(&entry.stand_in()));
    let eprint = match &entry.id {
        Some(WorkId::Arxiv { id, .. }) => Some(id.clone()),
        _ => None,
    };
    let doi = doi(entry);
    let kind = match (&eprint, &doi) {
        (Some(_), _) => Kind::Preprint,
        (None, Some(_)) => Kind::Article,
        (None, None) => Kind::Page,
    };
    let main = || entry.links.iter().find_map(|link| prose::href(&link.url)).map(|url| verbatim(&url));
    Citation {
        key: work.slug.clone(),
        kind,
        title_tex: written.and_then(title::with_formulas),
        authors: entry.authors.iter().map(|name| Person::parse(name)).collect(),
        date: date(entry, eprint.as_deref(), doi.as_deref(), first_day),
        class: eprint.as_deref().and_then(|id| class(id, &entry.tags)),
        container: if kind == Kind::Article { container(listed, entry) } else { None },
        url: usual_url(eprint.as_deref(), doi.as_deref()).or_else(main),
        language: language(&title),
        title,
        eprint,
        doi,
    }
}

/// The address that follows from an id.
pub(super) fn usual_url(eprint: Option<&str>, doi: Option<&str>) -> Option<String> {
    let arxiv = eprint.map(|id| format!("https://arxiv.org/abs/{id}"));
    arxiv.or_else(|| doi.map(|doi| format!("https://doi.org/{}", verbatim(doi))))
}

/// The entry's own DOI, else that of a link. One with braces or backslashes cannot be written verbatim and is left out.
fn doi(entry: &Entry) -> Option<String> {
    let of_links = || entry.links.iter().filter_map(|link| WorkId::parse(&link.url));
    let ids = entry.id.clone().into_iter().chain(of_links());
    ids.filter_map(|id| match id {
        WorkId::Doi(doi) => Some(doi),
        _ => None,
    })
    .find(|doi| !doi.contains(['{', '}', '\\']) && !doi.contains(char::is_control))
}

/// An address for fields that are read verbatim: without braces, backslashes and white space.
fn verbatim(url: &str) -> String {
    // Nearly all addresses are.
    let is_usual = |byte: u8| byte.is_ascii_alphanumeric() || b"./-:_?=#&%".contains(&byte);
    if url.bytes().all(is_usual) {
        return url.to_owned();
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if matches!(c, '{' | '}' | '\\' | '"' | '<' | '>' | '^' | '`' | '|') || c.is_whitespace() || c.is_control() {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

fn date(entry: &Entry, eprint: Option<&str>, doi: Option<&str>, listed: Day) -> Date {
    let of_day = |day: Day| Date { year: day.year(), month: Some(day.month()), day: Some(day.day()) };
    let given = entry.published.map(of_day);
    given.or_else(|| of_eprint(eprint?)).or_else(|| of_doi(doi?).map(of_day)).unwrap_or_else(|| of_day(listed))
}

/// The month that an arXiv id begins with: `2511.10648`, `hep-th/9711200`. The archive began in 1991.
fn of_eprint(id: &str) -> Option<Date> {
    let number = id.rsplit('/').next()?;
    let (year, month): (i32, u32) = (number.get(..2)?.parse().ok()?, number.get(2..4)?.parse().ok()?);
    let year = if year >= 91 { 1900 + year } else { 2000 + year };
    (1..=12).contains(&month).then_some(Date { year, month: Some(month), day: None })
}

/// The day in a DOI of bioRxiv or medRxiv: `10.1101/2024.09.04.611234`.
fn of_doi(doi: &str) -> Option<Day> {
    let suffix = doi.strip_prefix("10.1101/").or_else(|| doi.strip_prefix("10.64898/"))?;
    Day::parse_iso(&suffix.get(..10)?.replace('.', "-"))
}

/// Archives whose classes have a part after a dot.
const PARTED: &[&str] = &["cs", "math", "stat", "eess", "econ", "q-bio", "q-fin", "physics", "astro-ph", "cond-mat", "nlin"];

/// Archives that are a class by themselves.
const WHOLE: &[&str] = &["quant-ph", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th"];

/// The class that an old id begins with, else the first tag that is one.
fn class(eprint: &str, tags: &[String]) -> Option<String> {
    let of_id = eprint.split_once('/').map(|(archive, _)| archive);
    let is_class = |text: &&str| match text.split_once('.') {
        Some((archive, part)) => PARTED.contains(&archive) && id::is_class(part),
        None => WHOLE.contains(text),
    };
    of_id.into_iter().chain(tags.iter().map(String::as_str)).find(is_class).map(str::to_owned)
}

fn container(listed: &ListedDigest, entry: &Entry) -> Option<&'static str> {
    let urls: Vec<String> = entry.links.iter().map(|link| link.url.to_ascii_lowercase()).collect();
    let is_host = |after: &str| after.starts_with(".org/") || after.starts_with(".com/");
    let named = |name: &str| urls.iter().any(|url| url.match_indices(name).any(|(at, _)| is_host(&url[at + name.len()..])));
    let of_source = |name: &str| listed.digest.source == name;
    let find = |fits: &dyn Fn(&str) -> bool| CONTAINERS.iter().find(|(name, _)| fits(name)).map(|(_, shown)| *shown);
    find(&named).or_else(|| find(&of_source))
}

/// The language that the letters of a title tell.
fn language(title: &str) -> Option<&'static str> {
    if title.is_ascii() {
        return None;
    }
    let letters = Letters::of(title.chars());
    letters.cjk_language().filter(|_| letters.n_cjk() * 4 >= letters.all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_classes_are_in_ids() {
        assert_eq!(of_eprint("2511.10648").map(|date| date.to_string()).as_deref(), Some("2025-11"));
        assert_eq!(of_eprint("hep-th/9711200").map(|date| date.to_string()).as_deref(), Some("1997-11"));
        assert_eq!(of_doi("10.1101/2024.09.04.611234").map(|day| day.to_string()).as_deref(), Some("2024-09-04"));
        assert_eq!(of_doi("10.1101/611234"), None);
        assert_eq!(class("hep-th/9711200", &[]).as_deref(), Some("hep-th"));
        let tags = ["NLP".to_owned(), "cs.CL".to_owned(), "cs.AI".to_owned()];
        assert_eq!(class("2511.10648", &tags).as_deref(), Some("cs.CL"));
        assert_eq!(verbatim("https://example.org/{a b}"), "https://example.org/%7Ba%20b%7D");
        assert_eq!(
            (language("图世界 of Graphs"), language("Graph worlds"), language("日本語のグラフ")),
            (Some("zh"), None, Some("ja"))
        );
    }
}
