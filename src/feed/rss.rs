//! RSS 2.0 as the RSS Advisory Board has it, with `atom:link`, `dc:creator` and `content:encoded`.

use super::Document;
use super::item::Item;
use super::xml::{element, styled_document};
use crate::site::route::Route;
use std::io;

/// The document of a feed.
pub(super) fn document(document: &Document, items: &[Item]) -> io::Result<Vec<u8>> {
    let Document { scope, .. } = document;
    let info = &scope.site.info;
    let mut xml = styled_document(&scope.links.to(&Route::FeedStyle))?;
    let root = xml.create_element("rss").with_attributes([
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ]);
    root.write_inner_content(|xml| {
        xml.create_element("channel").write_inner_content(|xml| {
            let description = if info.description.is_empty() { &document.title } else { &info.description };
            element(xml, "title", &[], &document.title)?;
            element(xml, "link", &[], &document.page)?;
            element(xml, "description", &[], description)?;
            element(xml, "language", &[], &info.language)?;
            if let Some(own) = scope.links.absolute(document.route) {
                element(xml, "atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)], "")?;
            }
            if let Some(newest) = document.newest {
                element(xml, "lastBuildDate", &[], &newest.rfc822())?;
            }
            element(xml, "generator", &[], "daysheet")?;
            for item in items {
                xml.create_element("item").write_inner_content(|xml| {
                    element(xml, "title", &[], &item.title)?;
                    element(xml, "link", &[], &item.url)?;
                    element(xml, "guid", &[("isPermaLink", "false")], &item.id)?;
                    element(xml, "pubDate", &[], &item.moment.rfc822())?;
                    for author in &item.authors {
                        element(xml, "dc:creator", &[], author)?;
                    }
                    for tag in &item.tags {
                        element(xml, "category", &[], tag)?;
                    }
                    element(xml, "content:encoded", &[], &item.html)
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(xml.into_inner())
}
