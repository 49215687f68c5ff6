//! Citations: what an entry says of its work, as a neutral record, and as BibTeX, RIS (2011), CSL-JSON 1.0 and COinS.
//!
//! What is cited is the work and not the digest: its own title where the digest gives a translation too, its date where the digest or
//! an id tells it, no version, no abstract (that of a digest is often written by a model). A key is made of the work's id alone, as the
//! anchors of entries are, so that nothing else on the site changes it.

mod coins;
mod person;
mod record;
mod title;
mod write;

pub use coins::coins;
pub use person::Person;
pub use record::{Citation, Date, Kind, citation};

use crate::model::Day;
use crate::pack::packed;
use crate::site::{DayRecord, EntryRef, Site};
use serde_json::{Value, json};
use std::collections::HashSet;

/// A format that citations are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// BibTeX, UTF-8.
    Bibtex,
    /// RIS, lines ended by CR LF.
    Ris,
    /// CSL-JSON, an array of items.
    CslJson,
}

/// Writes the works of entries, each once, in the order of the entries.
pub fn write(site: &Site, entries: &[EntryRef], format: Format) -> String {
    let citations = citations(site, entries);
    match format {
        Format::Bibtex => write::bibtex(&citations),
        Format::Ris => write::ris(&citations),
        Format::CslJson => write::csl_json(&citations),
    }
}

/// The works of entries as BibTeX.
pub fn bibtex(site: &Site, entries: &[EntryRef]) -> String {
    write(site, entries, Format::Bibtex)
}

/// The works of entries as RIS.
pub fn ris(site: &Site, entries: &[EntryRef]) -> String {
    write(site, entries, Format::Ris)
}

/// The works of entries as CSL-JSON.
pub fn csl_json(site: &Site, entries: &[EntryRef]) -> String {
    write(site, entries, Format::CslJson)
}

/// The citations of entries in their order; a work that was there already is left out.
pub fn citations(site: &Site, entries: &[EntryRef]) -> Vec<Citation> {
    let mut known = HashSet::new();
    entries.iter().map(|&at| citation(site, at)).filter(|citation| known.insert(citation.key.clone())).collect()
}

/// The entries of days in the order of their pages.
pub fn entries_of(site: &Site, days: &[DayRecord]) -> Vec<EntryRef> {
    let of_digest = |digest: usize| {
        let n = site.digests[digest].digest.entries.len();
        (0..n).map(move |entry| EntryRef::at(digest, entry))
    };
    days.iter().flat_map(|record| record.digests.clone()).flat_map(of_digest).collect()
}

/// The months that list something, oldest first: year and month, 1–12.
pub fn months(site: &Site) -> Vec<(i32, u32)> {
    let listed = site.days.iter().filter(|record| record.n_entries > 0);
    let mut months: Vec<(i32, u32)> = listed.map(|record| (record.day.year(), record.day.month())).collect();
    months.dedup();
    months
}

/// The script with what pages need to cite the entries of a day: for each, in this order, key, title, authors, date, id, class,
/// container, title in TeX, language, URL, DOI and anchor. 0 stands for what is absent or follows from the others, and what is at the
/// end is left out.
pub fn day_script(site: &Site, day: Day) -> Option<String> {
    let at = site.days.binary_search_by_key(&day, |record| record.day).ok()?;
    let rows = entries_of(site, &site.days[at..=at]).into_iter().map(|at| {
        let (listed, _) = site.entry(at);
        row(&citation(site, at), &listed.anchors[at.entry as usize])
    });
    let rows = Value::Array(rows.collect());
    Some(format!("daysheet.cites({}, {});\n", json!(day.to_string()), json!(packed(&rows.to_string()))))
}

fn row(citation: &Citation, anchor: &str) -> Value {
    let text = |text: Option<&str>| text.map_or(json!(0), |text| json!(text));
    let id = citation.eprint.as_ref().map(|id| format!("arxiv:{id}")).or(citation.doi.as_ref().map(|doi| format!("doi:{doi}")));
    let usual_url = record::usual_url(citation.eprint.as_deref(), citation.doi.as_deref());
    let authors = citation.authors.iter().map(|person| match person {
        Person::Literal(name) => json!(name),
        Person::Parted { family, given, suffix: None } => json!([family, given]),
        Person::Parted { family, given, suffix: Some(suffix) } => json!([family, given, suffix]),
    });
    let mut row = vec![
        json!(citation.key),
        json!(citation.title),
        Value::Array(authors.collect()),
        json!(citation.date.to_string()),
        text(id.as_deref()),
        text(citation.class.as_deref()),
        text(citation.container),
        text(citation.title_tex.as_deref()),
        text(citation.language),
        text(citation.url.as_deref().filter(|url| Some(*url) != usual_url.as_deref())),
        text(citation.doi.as_deref().filter(|_| citation.eprint.is_some())),
        text(Some(anchor).filter(|anchor| *anchor != citation.key)),
    ];
    while row.last() == Some(&json!(0)) {
        row.pop();
    }
    Value::Array(row)
}
