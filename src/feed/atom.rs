//! Atom, RFC 4287, with archives by RFC 5005.

use super::Document;
use super::item::Item;
use super::xml::{USUAL_HEAD, Xml};
use crate::site::Channel;
use crate::site::route::Route;

/// What stands behind a document's links to others of its feed.
const HISTORY: &str = "http://purl.org/syndication/history/1.0";

/// The element of an item.
pub(super) fn entry(item: &Item) -> String {
    let moment = item.moment.rfc3339();
    let mut xml = Xml::part(item.escaped_html.len() + USUAL_HEAD);
    xml.open("entry", &[]);
    xml.element("id", &[], &item.id);
    xml.element("title", &[], &item.title);
    xml.element("updated", &[], &moment);
    xml.element("published", &[], &moment);
    xml.element("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)], "");
    if let Some(url) = &item.external_url {
        xml.element("link", &[("rel", "related"), ("href", url)], "");
    }
    for author in item.authors {
        xml.open("author", &[]);
        xml.element("name", &[], author);
        xml.close("author");
    }
    for tag in &item.tags {
        xml.element("category", &[("term", tag)], "");
    }
    xml.element_of_escaped("content", &[("type", "html")], &item.escaped_html);
    xml.close("entry");
    xml.into_string()
}

/// A document of a feed, of entries that [`entry`] made. `previous` is the archive before it; an archive names the feed it is of.
pub(super) fn document(document: &Document, entries: &[String], previous: Option<&Route>) -> Vec<u8> {
    let Document { scope, channel, route, current, .. } = document;
    let info = &scope.site.info;
    let is_archive = route != current;
    let n_bytes = entries.iter().map(String::len).sum::<usize>() + USUAL_HEAD;
    let mut xml = Xml::styled_document(&scope.links.to(&Route::FeedStyle), n_bytes);
    let mut attributes = vec![("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", info.language.as_str())];
    if has_history(channel) {
        attributes.push(("xmlns:fh", HISTORY));
    }
    let link = |xml: &mut Xml, relation: &str, route: &Route| {
        xml.element("link", &[("rel", relation), ("type", "application/atom+xml"), ("href", &scope.links.best(route))], "");
    };
    xml.open("feed", &attributes);
    xml.element("id", &[], &document.id);
    xml.element("title", &[], &document.title);
    if !info.description.is_empty() {
        xml.element("subtitle", &[], &info.description);
    }
    xml.element("updated", &[], &document.updated());
    xml.element("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &document.page)], "");
    if scope.links.absolute(route).is_some() {
        link(&mut xml, "self", route);
    }
    if is_archive {
        xml.element("fh:archive", &[], "");
        link(&mut xml, "current", current);
    } else if document.is_complete && has_history(channel) {
        xml.element("fh:complete", &[], "");
    }
    if let Some(previous) = previous {
        link(&mut xml, "prev-archive", previous);
    }
    xml.element("generator", &[], "daysheet");
    xml.open("author", &[]);
    xml.element("name", &[], &info.title);
    xml.close("author");
    for entry in entries {
        xml.append(entry);
    }
    xml.close("feed");
    xml.into_bytes()
}

/// The entries of the site come and go without archives; other feeds tell of everything, or say where it is.
fn has_history(channel: &Channel) -> bool {
    *channel != Channel::Entries
}
