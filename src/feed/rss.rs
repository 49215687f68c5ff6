//! RSS 2.0 as the RSS Advisory Board has it, with `atom:link`, `dc:creator` and `content:encoded`.

use super::Document;
use super::item::Item;
use super::xml::{USUAL_HEAD, Xml};
use crate::site::route::Route;

/// The document of a feed.
pub(super) fn document(document: &Document, items: &[Item]) -> Vec<u8> {
    let Document { scope, .. } = document;
    let info = &scope.site.info;
    let n_bytes = items.iter().map(|item| item.escaped_html.len() + USUAL_HEAD).sum::<usize>() + USUAL_HEAD;
    let mut xml = Xml::styled_document(&scope.links.to(&Route::FeedStyle), n_bytes);
    let namespaces = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.open("rss", &namespaces);
    xml.open("channel", &[]);
    xml.element("title", &[], &document.title);
    xml.element("link", &[], &document.page);
    xml.element("description", &[], if info.description.is_empty() { &document.title } else { &info.description });
    xml.element("language", &[], &info.language);
    if let Some(own) = scope.links.absolute(&document.route) {
        xml.element("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)], "");
    }
    if let Some(newest) = document.newest {
        xml.element("lastBuildDate", &[], &newest.rfc822());
    }
    xml.element("generator", &[], "daysheet");
    for item in items {
        xml.open("item", &[]);
        xml.element("title", &[], &item.title);
        xml.element("link", &[], &item.url);
        xml.element("guid", &[("isPermaLink", "false")], &item.id);
        xml.element("pubDate", &[], &item.moment.rfc822());
        for author in item.authors {
            xml.element("dc:creator", &[], author);
        }
        for tag in &item.tags {
            xml.element("category", &[], tag);
        }
        xml.element_of_escaped("content:encoded", &[], &item.escaped_html);
        xml.close("item");
    }
    xml.close("channel");
    xml.close("rss");
    xml.into_bytes()
}
