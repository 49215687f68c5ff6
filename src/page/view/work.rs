//! Works.

use super::{EntryView, Frame, NamedLink};
use serde::Serialize;

/// `work.html`: a work with all its sightings.
#[derive(Debug, Clone, Serialize)]
pub struct WorkPage {
    /// The frame; its canonical address is the publisher's where that is known.
    pub frame: Frame,
    /// The work as it was first listed.
    pub entry: EntryView,
    /// Where it is listed, oldest first: the day, linked, and the source.
    pub sightings: Vec<Sighting>,
    /// Names and contents of `meta` elements for reference managers and search engines, after the convention of Highwire Press.
    pub citation_tags: Vec<CitationTag>,
    /// The work as JSON-LD, a `ScholarlyArticle` or `WebPage` of schema.org; safe inside of a `script` element.
    pub json_ld: String,
    /// True if search engines are asked to leave it out.
    pub noindex: bool,
}

/// A listing of a work.
#[derive(Debug, Clone, Serialize)]
pub struct Sighting {
    /// ISO 8601 day, linked to the entry.
    pub day: NamedLink,
    /// The source.
    pub source: String,
    /// The title there; the id or address where there is none.
    pub title_html: String,
}

/// A `meta` element.
#[derive(Debug, Clone, Serialize)]
pub struct CitationTag {
    /// Its name, such as `citation_author`.
    pub name: &'static str,
    /// Its content.
    pub content: String,
}
