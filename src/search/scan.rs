//! The search without an index: every entry is compared. It is what the index has to find, and what the command line uses.

use super::doc::Doc;
use super::fold::fold;
use super::query::{Folded, Place, Query, Test, parse};
use crate::model::WorkId;
use crate::site::{EntryRef, Site, Watch, WatchSettings};
use rayon::prelude::*;
use serde::Serialize;

/// An entry that fits a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// ISO 8601 day of the digest.
    pub day: String,
    /// Key of the source in addresses.
    pub source: String,
    /// The title as a reader sees it.
    pub title: String,
    /// The title in the work's own language; may be empty.
    pub original_title: String,
    /// The authors as written.
    pub authors: Vec<String>,
    /// `arXiv:2511.10648v1` or `doi:…`; none for other works.
    pub id: Option<String>,
    /// Where the entry leads.
    pub url: Option<String>,
    /// Its address on the site, `2025/11/14.html#arxiv-2511.10648`.
    pub page: String,
    /// The summary; may be empty.
    pub summary: String,
    /// What stood with the title; may be empty.
    pub note: String,
    /// The tags.
    pub tags: Vec<String>,
}

/// Fills the watchlists of a site with the entries that fit their queries, oldest first.
pub fn fill_watches(site: &mut Site) {
    let settings = std::mem::take(&mut site.info.watches);
    let queries: Vec<Query> = settings.iter().map(|watch| parse(&format!("{} ", watch.query))).collect();
    let fitting = if queries.is_empty() { Vec::new() } else { fitting(site, &queries) };
    let watch = |(settings, entries): (&WatchSettings, Vec<EntryRef>)| Watch {
        name: settings.name.clone(),
        slug: settings.slug.clone(),
        query: settings.query.clone(),
        entries,
    };
    let watches = settings.iter().zip(fitting).map(watch).collect();
    site.info.watches = settings;
    site.set_watches(watches);
}

/// The sources that a query asks for and the site does not have, folded as queries are.
pub fn unknown_sources<'q>(site: &Site, query: &'q Query) -> Vec<&'q str> {
    let known = places(site);
    let asked =
        query.clauses.iter().filter_map(|clause| if let Test::Source(source) = &clause.test { Some(source) } else { None });
    asked.filter(|asked| !known.iter().any(|(key, label)| key == *asked || label == *asked)).map(String::as_str).collect()
}

/// For each query all entries that fit, oldest day first and in the order of the digests.
pub fn fitting(site: &Site, queries: &[Query]) -> Vec<Vec<EntryRef>> {
    let places = places(site);
    let of_digest = |digest: usize| -> Vec<(usize, EntryRef)> {
        let listed = &site.digests[digest];
        let (source, label) = &places[listed.source as usize];
        let place = Place { day: listed.day, source, label };
        let mut found = Vec::new();
        for (entry, read) in listed.digest.entries.iter().enumerate() {
            let folded = Folded::of(&Doc::of(read));
            let fitting = queries.iter().enumerate().filter(|(_, query)| query.fits(&folded, place));
            found.extend(fitting.map(|(n, _)| (n, EntryRef::at(digest, entry))));
        }
        found
    };
    let mut found: Vec<Vec<EntryRef>> = queries.iter().map(|_| Vec::new()).collect();
    for (query, entry) in (0..site.digests.len()).into_par_iter().flat_map_iter(of_digest).collect::<Vec<_>>() {
        found[query].push(entry);
    }
    found
}

/// For each source its key in addresses and its label, folded.
fn places(site: &Site) -> Vec<(String, String)> {
    site.sources.iter().map(|source| (fold(&source.slug), fold(&source.label))).collect()
}

/// For each query all entries that fit, newest day first; those of a day from the last to the first, as the search page has them.
pub fn scan(site: &Site, queries: &[Query]) -> Vec<Vec<Hit>> {
    let sources = places(site);
    let digests: Vec<usize> = site.days.iter().rev().flat_map(|record| record.digests.clone().rev()).collect();
    let hits_of = |digest: &usize| -> Vec<(usize, Hit)> {
        let listed = &site.digests[*digest];
        let (source, label) = &sources[listed.source as usize];
        let place = Place { day: listed.day, source, label };
        let mut hits = Vec::new();
        for entry in (0..listed.n_entries()).rev() {
            let doc = Doc::of(&listed.digest.entries[entry]);
            let folded = Folded::of(&doc);
            let fitting = queries.iter().enumerate().filter(|(_, query)| query.fits(&folded, place));
            hits.extend(fitting.map(|(n, _)| (n, hit(site, *digest, entry, &doc))));
        }
        hits
    };
    let mut found: Vec<Vec<Hit>> = queries.iter().map(|_| Vec::new()).collect();
    for (query, hit) in digests.par_iter().flat_map_iter(hits_of).collect::<Vec<_>>() {
        found[query].push(hit);
    }
    found
}

fn hit(site: &Site, digest: usize, entry: usize, doc: &Doc) -> Hit {
    let at = EntryRef::at(digest, entry);
    let (listed, found) = site.entry(at);
    Hit {
        day: listed.day.to_string(),
        source: site.sources[listed.source as usize].slug.clone(),
        page: format!("{}#{}", site.page_of(at).path(), listed.anchors[entry]),
        id: doc.id.as_ref().and_then(WorkId::shown),
        url: found.url().map(str::to_owned),
        title: doc.title.clone(),
        original_title: doc.original_title.clone(),
        authors: doc.authors.clone(),
        summary: doc.summary.clone(),
        note: doc.note.clone(),
        tags: doc.tags.clone(),
    }
}
