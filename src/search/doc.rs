//! What of an entry is searched, as plain text.

use crate::model::{Entry, WorkId};
use crate::prose;

/// The texts of an entry, as a reader sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doc {
    /// The title; the id or address where there is none.
    pub title: String,
    /// The title in the work's own language; may be empty.
    pub original_title: String,
    /// The authors as written.
    pub authors: Vec<String>,
    /// Abstract or summary; may be empty.
    pub summary: String,
    /// What stood with the title; may be empty.
    pub note: String,
    /// The tags.
    pub tags: Vec<String>,
    /// What the entry points at, without a version.
    pub id: Option<WorkId>,
}

impl Doc {
    /// Takes the texts of an entry.
    pub fn of(entry: &Entry) -> Doc {
        let plain = |text: &Option<String>| text.as_deref().map(prose::plain).unwrap_or_default();
        Doc {
            title: entry.title.as_deref().map_or_else(|| entry.stand_in(), prose::plain),
            original_title: plain(&entry.original_title),
            authors: entry.authors.clone(),
            summary: plain(&entry.summary),
            note: plain(&entry.note),
            tags: entry.tags.clone(),
            id: entry.id.clone(),
        }
    }

    /// The texts that name the entry: what is found in them weighs more.
    pub(super) fn heads(&self) -> impl Iterator<Item = &str> {
        [self.title.as_str(), &self.original_title]
            .into_iter()
            .chain(self.authors.iter().map(String::as_str))
            .chain(self.tags.iter().map(String::as_str))
    }

    /// The texts that tell of it.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &str> {
        [self.summary.as_str(), &self.note].into_iter()
    }
}

/// The form of an id that queries and the index share: `2511.10648`, `10.1101/…`, an address without scheme; folded.
pub(super) fn id_key(id: &WorkId) -> String {
    match id {
        WorkId::Arxiv { id, .. } => id.to_lowercase(),
        WorkId::Doi(doi) => doi.to_lowercase(),
        WorkId::Url(url) => url.to_lowercase(),
    }
}
