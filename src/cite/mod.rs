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
use crate::pack::{json_into, pack_into};
use crate::site::{DayRecord, EntryRef, Site};
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
    site.entries_in(days.iter().flat_map(|record| record.digests.clone())).collect()
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
    let record = site.day(day)?;
    let mut rows = String::new();
    for at in entries_of(site, std::slice::from_ref(record)) {
        rows.push_str(if rows.is_empty() { "[" } else { "," });
        put_row(&mut rows, &citation(site, at), &site.entry(at).0.anchors[at.entry as usize]);
    }
    rows.push_str(if rows.is_empty() { "[]" } else { "]" });
    let mut script = format!("daysheet.cites(\"{day}\", \"");
    pack_into(&mut script, &rows);
    script.push_str("\");\n");
    Some(script)
}

fn put_row(rows: &mut String, citation: &Citation, anchor: &str) {
    let Citation { eprint, doi, class, container, title_tex, language, url, .. } = citation;
    let id = eprint.as_ref().map(|id| format!("arxiv:{id}")).or(doi.as_ref().map(|doi| format!("doi:{doi}")));
    let usual_url = record::usual_url(eprint.as_deref(), doi.as_deref());
    rows.push('[');
    json_into(rows, &citation.key);
    rows.push(',');
    json_into(rows, &citation.title);
    rows.push_str(",[");
    for (n, person) in citation.authors.iter().enumerate() {
        rows.push_str(if n > 0 { "," } else { "" });
        put_person(rows, person);
    }
    rows.push_str("],");
    json_into(rows, &citation.date.to_string());
    let mut end = rows.len();
    let fields = [
        or_empty(&id),
        or_empty(class),
        container.unwrap_or_default(),
        or_empty(title_tex),
        language.unwrap_or_default(),
        if *url == usual_url { "" } else { or_empty(url) },
        if eprint.is_some() { or_empty(doi) } else { "" },
        if anchor == citation.key { "" } else { anchor },
    ];
    for field in fields {
        rows.push(',');
        if field.is_empty() {
            rows.push('0');
        } else {
            json_into(rows, field);
            end = rows.len();
        }
    }
    rows.truncate(end);
    rows.push(']');
}

fn or_empty(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

/// Appends a name as a text, or its parts as a list.
fn put_person(rows: &mut String, person: &Person) {
    match person {
        Person::Literal(name) => json_into(rows, name),
        Person::Parted { family, given, suffix } => {
            rows.push('[');
            json_into(rows, family);
            for part in std::iter::once(given).chain(suffix) {
                rows.push(',');
                json_into(rows, part);
            }
            rows.push(']');
        }
    }
}
