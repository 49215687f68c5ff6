//! A work: what is known of it, where it was listed, and what reference managers and search engines read.

use super::Page;
use super::entry::title_html;
use super::view::{CitationTag, Frame, Sighting, WorkPage};
use crate::cite::{self, Citation, Kind, Person};
use crate::model::LinkKind;
use crate::prose;
use crate::site::route::Route;
use crate::site::{EntryRef, Site};
use serde_json::{Map, Value, json};

/// The routes of the pages of works, if there are any. Works that are cited by one key share a page.
pub(super) fn plan(site: &Site) -> Vec<Route> {
    let works = if site.info.works.pages { site.works.as_slice() } else { &[] };
    works.iter().map(|work| Route::Work(work.slug.clone())).collect()
}

pub(super) fn view(page: &Page, slug: &str) -> Option<WorkPage> {
    let work = page.site.work(slug)?;
    let first = work.sightings[0];
    let citation = cite::citation(page.site, first);
    let (_, entry) = page.site.entry(first);
    let summary = entry.summary.as_deref().map(prose::plain).unwrap_or_default();
    let pdf = entry.links.iter().find(|link| link.kind == LinkKind::Pdf).and_then(|link| prose::href(&link.url));
    let frame = page.frame("work", citation.title.clone());
    Some(WorkPage {
        frame: Frame { canonical: citation.url.clone().or(frame.canonical.clone()), description: first_words(&summary), ..frame },
        entry: page.entry_view(first),
        sightings: work.sightings.iter().map(|&at| sighting(page, at)).collect(),
        citation_tags: tags(&citation, pdf),
        json_ld: json_ld(&citation),
        noindex: page.site.info.works.noindex,
    })
}

/// How many characters of a summary search engines are told.
const DESCRIPTION: usize = 200;

fn first_words(summary: &str) -> String {
    let line = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    crate::text::shorten(&line, DESCRIPTION)
}

fn sighting(page: &Page, at: EntryRef) -> Sighting {
    let (listed, entry) = page.site.entry(at);
    Sighting {
        day: page.sighting(at),
        source: page.site.sources[listed.source as usize].label.clone(),
        title_html: title_html(entry),
    }
}

/// The tags of Highwire Press that Google Scholar and Zotero read.
fn tags(citation: &Citation, pdf: Option<String>) -> Vec<CitationTag> {
    let date = citation.date.to_string().replace('-', "/");
    let author = |person: &Person| match person {
        Person::Literal(name) => name.clone(),
        Person::Parted { family, given, suffix: None } => format!("{family}, {given}"),
        Person::Parted { family, given, suffix: Some(suffix) } => format!("{family}, {given}, {suffix}"),
    };
    let mut tags: Vec<(&str, String)> = vec![("citation_title", citation.title.clone())];
    tags.extend(citation.authors.iter().map(|person| ("citation_author", author(person))));
    tags.push(("citation_publication_date", date));
    tags.extend(citation.container.map(|name| ("citation_journal_title", name.to_owned())));
    tags.extend(citation.eprint.clone().map(|id| ("citation_arxiv_id", id)));
    tags.extend(citation.doi.clone().map(|doi| ("citation_doi", doi)));
    tags.extend(citation.url.clone().map(|url| ("citation_public_url", url)));
    tags.extend(pdf.map(|url| ("citation_pdf_url", url)));
    tags.extend(citation.language.map(|language| ("citation_language", language.to_owned())));
    tags.into_iter().map(|(name, content)| CitationTag { name, content }).collect()
}

/// The work as JSON-LD. What could end the element that holds it is escaped.
fn json_ld(citation: &Citation) -> String {
    let author = |person: &Person| match person {
        Person::Literal(name) => json!({ "name": name }),
        Person::Parted { family, given, .. } => {
            json!({ "@type": "Person", "name": format!("{given} {family}"), "givenName": given, "familyName": family })
        }
    };
    let ids = [
        citation.doi.as_ref().map(|doi| json!({ "@type": "PropertyValue", "propertyID": "DOI", "value": doi })),
        citation.eprint.as_ref().map(|id| json!({ "@type": "PropertyValue", "propertyID": "arXiv", "value": id })),
    ];
    let ids: Vec<Value> = ids.into_iter().flatten().collect();
    let authors: Vec<Value> = citation.authors.iter().map(author).collect();
    let list = |items: Vec<Value>| if items.is_empty() { Value::Null } else { Value::Array(items) };
    let fields = [
        ("@context", json!("https://schema.org")),
        ("@type", json!(if citation.kind == Kind::Page { "WebPage" } else { "ScholarlyArticle" })),
        ("headline", json!(citation.title)),
        ("author", list(authors)),
        ("datePublished", json!(citation.date.to_string())),
        ("identifier", list(ids)),
        ("url", json!(citation.url)),
        ("inLanguage", json!(citation.language)),
    ];
    let object: Map<String, Value> =
        fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect();
    let text = serde_json::to_string(&object).expect("texts are JSON");
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
