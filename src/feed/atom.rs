//! Atom, RFC 4287, with archives by RFC 5005.

use super::Document;
use super::item::Item;
use super::xml::{Xml, element, styled_document};
use crate::site::route::Route;
use crate::site::{Channel, FeedFormat};
use std::io;

/// What stands behind a document's links to others of its feed.
const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// The element of an item.
pub(super) fn entry(item: &Item) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new(Vec::new());
    xml.create_element("entry").write_inner_content(|xml| {
        element(xml, "id", &[], &item.id)?;
        element(xml, "title", &[], &item.title)?;
        element(xml, "updated", &[], &item.moment.rfc3339())?;
        element(xml, "published", &[], &item.moment.rfc3339())?;
        element(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)], "")?;
        if let Some(url) = &item.external_url {
            element(xml, "link", &[("rel", "related"), ("href", url)], "")?;
        }
        for author in &item.authors {
            xml.create_element("author").write_inner_content(|xml| element(xml, "name", &[], author))?;
        }
        for tag in &item.tags {
            element(xml, "category", &[("term", tag)], "")?;
        }
        element(xml, "content", &[("type", "html")], &item.html)
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// A document of a feed, of entries that [`entry`] made. `previous` is the archive before it; an archive names the feed it is of.
pub(super) fn document(document: &Document, entries: &[&[u8]], previous: Option<&Route>) -> io::Result<Vec<u8>> {
    let Document { scope, channel, .. } = document;
    let info = &scope.site.info;
    let current = Route::Feed((*channel).clone(), FeedFormat::Atom);
    let is_archive = *document.route != current;
    let mut xml = styled_document(&scope.links.to(&Route::FeedStyle))?;
    let mut attributes = vec![("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", info.language.as_str())];
    if has_history(channel) {
        attributes.push(("xmlns:fh", HISTORY));
    }
    let link = |xml: &mut Xml, relation: &str, route: &Route| {
        element(xml, "link", &[("rel", relation), ("type", "application/atom+xml"), ("href", &scope.links.best(route))], "")
    };
    xml.create_element("feed").with_attributes(attributes).write_inner_content(|xml| {
        element(xml, "id", &[], &document.id)?;
        element(xml, "title", &[], &document.title)?;
        if !info.description.is_empty() {
            element(xml, "subtitle", &[], &info.description)?;
        }
        element(xml, "updated", &[], &document.updated())?;
        element(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &document.page)], "")?;
        if scope.links.absolute(document.route).is_some() {
            link(xml, "self", document.route)?;
        }
        if is_archive {
            element(xml, "fh:archive", &[], "")?;
            link(xml, "current", &current)?;
        } else if document.is_complete && has_history(channel) {
            element(xml, "fh:complete", &[], "")?;
        }
        if let Some(previous) = previous {
            link(xml, "prev-archive", previous)?;
        }
        element(xml, "generator", &[], "daysheet")?;
        xml.create_element("author").write_inner_content(|xml| element(xml, "name", &[], &info.title))?;
        for entry in entries {
            xml.get_mut().push(b'\n');
            xml.get_mut().extend_from_slice(entry.trim_ascii_end());
        }
        Ok(())
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// The entries of the site come and go without archives; other feeds tell of everything, or say where it is.
fn has_history(channel: &Channel) -> bool {
    *channel != Channel::Entries
}
