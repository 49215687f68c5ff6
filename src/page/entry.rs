//! An entry in full, and an entry as a row of a list.

use super::Page;
use super::view::{EntryRow, EntryView, ExtraField, LinkView, NamedLink};
use crate::model::{Entry, Link, LinkKind, WorkId};
use crate::prose;
use crate::site::EntryRef;
use crate::site::route::Route;
use crate::text::is_han;

impl Page<'_> {
    pub(super) fn entry_view(&self, at: EntryRef) -> EntryView {
        let (listed, entry) = self.site.entry(at);
        let index = at.entry as usize;
        let summary_html = entry.summary.as_deref().map(prose::html);
        EntryView {
            anchor: listed.anchors[index].clone(),
            title_html: title_html(entry),
            has_title: entry.title.is_some(),
            title_language: self.foreign(entry.title.as_deref()),
            url: entry.links.iter().find_map(|link| prose::href(&link.url)),
            original_title_html: entry.original_title.as_deref().map(prose::inline_html),
            original_language: self.foreign(entry.original_title.as_deref()),
            authors: self.author_links(at),
            links: entry.links.iter().filter_map(|link| self.link_view(link)).collect(),
            id: entry.id.as_ref().and_then(WorkId::shown),
            published: entry.published.map(|day| day.to_string()),
            summary_html,
            summary_language: self.foreign(entry.summary.as_deref()),
            note_html: entry.note.as_deref().map(prose::html),
            tags: self.tag_links(entry),
            extra: self.extra_fields(entry),
            seen_before: self.seen_before(at),
        }
    }

    /// The authors as written, each with the page of the name.
    fn author_links(&self, at: EntryRef) -> Vec<NamedLink> {
        let (listed, entry) = self.site.entry(at);
        let authors = listed.authors[at.entry as usize].iter().map(|&author| &self.site.authors[author as usize]);
        let link = |(author, written): (&crate::site::Author, &String)| {
            let url = self.links.to(&Route::Author(author.slug.clone(), None));
            NamedLink { name: written.clone(), url }
        };
        authors.zip(&entry.authors).map(link).collect()
    }

    fn link_view(&self, link: &Link) -> Option<LinkView> {
        let label = match (link.kind, link.text.is_empty()) {
            (LinkKind::Other, false) => prose::plain(&link.text),
            (kind, _) => self.text(kind.name()),
        };
        Some(LinkView { url: prose::href(&link.url)?, kind: link.kind.name(), label })
    }

    fn tag_links(&self, entry: &Entry) -> Vec<NamedLink> {
        let link =
            |tag: &String| NamedLink { name: tag.clone(), url: self.links.to(&Route::Tag(crate::site::tag_slug(tag), None)) };
        entry.tags.iter().map(link).collect()
    }

    fn extra_fields(&self, entry: &Entry) -> Vec<ExtraField> {
        let name = |key: &str| {
            let known = self.theme.catalog.get(&format!("field_{key}"));
            known.cloned().unwrap_or_else(|| key.to_owned())
        };
        entry.extra.iter().map(|(key, value)| ExtraField { name: name(key), value_html: prose::html(value) }).collect()
    }

    /// Earlier days that list the same work. Later days are not named here: they would change a page that is long published.
    fn seen_before(&self, at: EntryRef) -> Vec<NamedLink> {
        let day = self.site.entry(at).0.day;
        let earlier = self.site.work_of(at).sightings.iter().filter(|other| self.site.entry(**other).0.day < day);
        earlier.map(|&other| self.sighting(other)).collect()
    }

    /// A link to an entry, named by its day.
    pub(super) fn sighting(&self, at: EntryRef) -> NamedLink {
        let (listed, _) = self.site.entry(at);
        let anchor = &listed.anchors[at.entry as usize];
        NamedLink { name: listed.day.to_string(), url: self.links.to_anchor(&Route::Day(listed.day), anchor) }
    }

    /// An entry in a list. `later` are further sightings of its work.
    pub(super) fn entry_row(&self, at: EntryRef, later: &[EntryRef]) -> EntryRow {
        let (listed, entry) = self.site.entry(at);
        EntryRow {
            title_html: title_html(entry),
            title_language: self.foreign(entry.title.as_deref()),
            url: self.sighting(at).url,
            iso: listed.day.to_string(),
            day: self.date("day_short", listed.day),
            source: self.site.sources[listed.source as usize].label.clone(),
            authors: first_authors(&entry.authors),
            seen_again: later.iter().map(|&other| self.sighting(other)).collect(),
        }
    }

    /// The language of a text, if it is not the interface's.
    pub(super) fn foreign(&self, text: Option<&str>) -> Option<&'static str> {
        let language = language_of(text?);
        (!self.site.info.language.starts_with(language)).then_some(language)
    }
}

fn first_authors(authors: &[String]) -> String {
    let shown: Vec<&str> = authors.iter().take(3).map(String::as_str).collect();
    let more = if authors.len() > 3 { " …" } else { "" };
    format!("{}{more}", shown.join("; "))
}

/// The title as safe inline HTML; the id or address where there is none.
fn title_html(entry: &Entry) -> String {
    match &entry.title {
        Some(title) => prose::inline_html(title),
        None => prose::escape(&entry.stand_in()),
    }
}

/// The language that the letters of a text show: `zh`, `ja`, `ko` or `en`.
fn language_of(text: &str) -> &'static str {
    let (mut han, mut kana, mut hangul) = (0, 0, 0);
    for c in text.chars().take(400) {
        match c {
            '\u{3040}'..='\u{30FF}' => kana += 1,
            '\u{AC00}'..='\u{D7AF}' => hangul += 1,
            _ if is_han(c) => han += 1,
            _ => {}
        }
    }
    match (han, kana, hangul) {
        (0, 0, 0) => "en",
        (han, kana, hangul) if hangul > kana && hangul > han => "ko",
        (han, kana, _) if kana * 8 > han => "ja",
        _ => "zh",
    }
}
