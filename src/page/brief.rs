//! Entries in brief as text, one after the other, for the pages of lists. A paper with ten authors stands on the pages of all ten, and is the
//! same text there: it is rendered for the first of them and kept for the others.

use super::Page;
use super::entry::Around;
use super::view::BriefPart;
use crate::site::route::Route;
use crate::site::{EntryRef, ListedWork, Site};
use crate::theme::ThemeError;
use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The level of an entry's heading on the page of a list, below that of its year.
const LEVEL: u8 = 3;

/// How many bytes of texts are kept at most.
const MAX_BYTES: usize = 320 << 20;

/// How many bytes it takes to keep a text of the usual length.
const USUAL_BYTES: usize = 450;

/// Texts of entries that further pages of authors will show.
pub(super) struct Briefs {
    /// From so many authors on an entry is kept: where memory does not do for all, those that are asked for most.
    min_authors: usize,
    n_bytes: AtomicUsize,
    /// For each digest the texts of its entries, by their index there.
    by_digest: Vec<Mutex<HashMap<u32, Text>>>,
}

struct Text {
    html: Arc<str>,
    /// How many pages it is still kept for.
    n_pages: usize,
}

impl Briefs {
    /// None is kept yet.
    fn of(site: &Site) -> Briefs {
        let mut bytes_by_authors = [0; 64];
        let last = bytes_by_authors.len() - 1;
        for authors in site.digests.iter().flat_map(|listed| &listed.authors) {
            bytes_by_authors[authors.len().min(last)] += USUAL_BYTES;
        }
        let mut n_bytes = 0;
        let fits = |n: &usize| {
            n_bytes += bytes_by_authors[*n];
            n_bytes <= MAX_BYTES
        };
        let min_authors = (2..=last).rev().take_while(fits).last().unwrap_or(last);
        let by_digest = site.digests.iter().map(|_| Mutex::default()).collect();
        Briefs { min_authors, n_bytes: AtomicUsize::new(0), by_digest }
    }

    /// The text of an entry, if it is kept; for its last page it is handed over.
    fn take(&self, at: EntryRef) -> Option<Arc<str>> {
        let mut texts = self.by_digest[at.digest as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.get_mut(&at.entry)?;
        text.n_pages -= 1;
        if text.n_pages > 0 {
            return Some(text.html.clone());
        }
        let Text { html, .. } = texts.remove(&at.entry)?;
        self.n_bytes.fetch_sub(html.len(), Ordering::Relaxed);
        Some(html)
    }

    /// Keeps the text of an entry with so many authors, of whom one has shown it.
    fn keep(&self, at: EntryRef, html: &Arc<str>, n_authors: usize) {
        if n_authors < self.min_authors || self.n_bytes.load(Ordering::Relaxed) + html.len() > MAX_BYTES {
            return;
        }
        let mut texts = self.by_digest[at.digest as usize].lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have rendered it meanwhile.
        if let MapEntry::Vacant(place) = texts.entry(at.entry) {
            place.insert(Text { html: html.clone(), n_pages: n_authors - 1 });
            self.n_bytes.fetch_add(html.len(), Ordering::Relaxed);
        }
    }
}

impl Page<'_> {
    /// The works of a list, each in brief as HTML.
    pub(super) fn works_in_brief(&self, works: &[ListedWork]) -> Result<Vec<Arc<str>>, ThemeError> {
        // Links begin elsewhere on pages of other kinds, and what is seen again is another matter for each list.
        let briefs =
            matches!(self.route, Route::Author(_, None)).then(|| self.pages.briefs.get_or_init(|| Briefs::of(self.site)));
        let for_work = |work: &ListedWork| briefs.filter(|_| work.later.is_empty());
        let known: Vec<Option<Arc<str>>> = works.iter().map(|work| for_work(work)?.take(work.first)).collect();
        let unknown = works.iter().zip(&known).filter(|(_, known)| known.is_none());
        self.prefetch(unknown.map(|(work, _)| work.first));
        let text = |(work, known): (&ListedWork, Option<Arc<str>>)| match known {
            Some(html) => Ok(html),
            None => self.work_in_brief(work, for_work(work)),
        };
        works.iter().zip(known).map(text).collect()
    }

    fn work_in_brief(&self, work: &ListedWork, briefs: Option<&Briefs>) -> Result<Arc<str>, ThemeError> {
        let part = BriefPart { level: LEVEL, entry: self.entry_in_brief(work.first, &work.later, Around::Neither) };
        let html: Arc<str> = self.show_part("brief.html", &part)?.into();
        if let Some(briefs) = briefs {
            briefs.keep(work.first, &html, self.site.entry(work.first).1.authors.len());
        }
        Ok(html)
    }
}
