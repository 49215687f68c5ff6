//! Feeds of days (Atom, RFC 4287, and RSS 2.0) and the map of the site (sitemaps.org).
//!
//! A feed's item is a day with its titles. Ids are `urn:uuid`s of the site's id and the day, so that they change neither with
//! the address nor with the order of files. Dates are the days themselves at midnight UTC; nothing depends on the clock.

mod sitemap;

pub use sitemap::{MAX_URLS, robots, sitemaps};

use crate::model::{Day, Entry};
use crate::prose;
use crate::site::route::{Links, Route};
use crate::site::{DayRecord, Site};
use crate::theme::Theme;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// Items of one source in a feed's item; the rest is on the page.
const TITLES_PER_SOURCE: usize = 100;

type Xml = Writer<Vec<u8>>;

/// A document begun, with its declaration.
fn document() -> io::Result<Xml> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    Ok(xml)
}

/// An element with text. Characters that XML 1.0 does not allow are left out.
fn element(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
    let clean = allowed(text);
    let attributes: Vec<(&str, String)> = attributes.iter().map(|(key, value)| (*key, allowed(value))).collect();
    let element = xml.create_element(name).with_attributes(attributes.iter().map(|(key, value)| (*key, value.as_str())));
    if clean.is_empty() {
        element.write_empty()?;
    } else {
        element.write_text_content(BytesText::new(&clean))?;
    }
    Ok(())
}

/// XML 1.0, 2.2: no control characters but tab and line ends, no surrogates, not U+FFFE and U+FFFF.
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|&c| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

/// A name-based UUID (RFC 9562, version 8) of the site's id and a part of it.
fn uuid(site: &Site, part: &str) -> String {
    let mut bytes = [0_u8; 16];
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"daysheet feed\0").update(site.info.id.as_bytes()).update(b"\0").update(part.as_bytes());
    hasher.finalize_xof().fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The days of a feed, newest first: the last `n` that list something.
fn days(site: &Site, n: usize) -> impl Iterator<Item = &DayRecord> {
    site.days.iter().rev().filter(|record| record.n_entries > 0).take(n)
}

/// What stands in a feed for one day.
struct Item {
    id: String,
    title: String,
    url: String,
    html: String,
}

fn item(site: &Site, theme: &Theme, links: &Links, record: &DayRecord) -> Item {
    let route = Route::Day(record.day);
    let count = match record.n_entries {
        1 => theme.text("entry", &[]),
        n => theme.text("entries", &[("n", &n.to_string())]),
    };
    Item {
        id: uuid(site, &record.day.to_string()),
        title: format!("{} · {} · {count}", site.info.title, record.day),
        url: links.best(&route),
        html: titles(site, links, record),
    }
}

/// The titles of a day by source as HTML. Formulas are plain text: readers show no MathML.
fn titles(site: &Site, links: &Links, record: &DayRecord) -> String {
    let page = links.best(&Route::Day(record.day));
    let mut html = String::new();
    for listed in &site.digests[record.digests.clone()] {
        let entries = &listed.digest.entries;
        if entries.is_empty() {
            continue;
        }
        html.push_str(&format!("<h3>{} ({})</h3>\n<ol>\n", escape(&site.sources[listed.source as usize].label), entries.len()));
        for (entry, anchor) in entries.iter().zip(&listed.anchors).take(TITLES_PER_SOURCE) {
            let authors = escape(&entry.authors.join("; "));
            let by = if authors.is_empty() { String::new() } else { format!("<br><small>{authors}</small>") };
            html.push_str(&format!(
                "<li><a href=\"{}#{}\">{}</a>{by}</li>\n",
                escape(&page),
                escape(anchor),
                escape(&plain_title(entry))
            ));
        }
        html.push_str("</ol>\n");
        if entries.len() > TITLES_PER_SOURCE {
            html.push_str(&format!("<p><a href=\"{}\">… {}</a></p>\n", escape(&page), entries.len() - TITLES_PER_SOURCE));
        }
    }
    html
}

/// The title as plain text; the id or address where there is none.
fn plain_title(entry: &Entry) -> String {
    entry.title.as_deref().map_or_else(|| entry.stand_in(), prose::plain)
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// RFC 3339.
fn date_time(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

/// RFC 822, with the names that it demands, whatever the language.
fn mail_date(day: Day) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (weekday, month) = (WEEKDAYS[day.weekday() as usize], MONTHS[day.month() as usize - 1]);
    format!("{weekday}, {:02} {month} {:04} 00:00:00 +0000", day.day(), day.year())
}

/// The Atom feed of the last `n` days.
pub fn atom(site: &Site, theme: &Theme, n: usize) -> io::Result<Vec<u8>> {
    let links = Links::from(&Route::Atom, site.info.base_url.as_deref());
    let updated = days(site, 1).next().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |record| date_time(record.day));
    let mut xml = document()?;
    let root = xml
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", site.info.language.as_str())]);
    root.write_inner_content(|xml| {
        element(xml, "id", &[], &uuid(site, ""))?;
        element(xml, "title", &[], &site.info.title)?;
        if !site.info.description.is_empty() {
            element(xml, "subtitle", &[], &site.info.description)?;
        }
        element(xml, "updated", &[], &updated)?;
        element(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &links.best(&Route::Home))], "")?;
        if let Some(own) = links.absolute(&Route::Atom) {
            element(xml, "link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)], "")?;
        }
        element(xml, "generator", &[], "daysheet")?;
        xml.create_element("author").write_inner_content(|xml| element(xml, "name", &[], &site.info.title))?;
        for record in days(site, n) {
            let item = item(site, theme, &links, record);
            xml.create_element("entry").write_inner_content(|xml| {
                element(xml, "id", &[], &item.id)?;
                element(xml, "title", &[], &item.title)?;
                element(xml, "updated", &[], &date_time(record.day))?;
                element(xml, "published", &[], &date_time(record.day))?;
                element(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)], "")?;
                element(xml, "content", &[("type", "html")], &item.html)
            })?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}

/// The RSS 2.0 feed of the last `n` days.
pub fn rss(site: &Site, theme: &Theme, n: usize) -> io::Result<Vec<u8>> {
    let links = Links::from(&Route::Rss, site.info.base_url.as_deref());
    let mut xml = document()?;
    let root = xml.create_element("rss").with_attributes([("version", "2.0"), ("xmlns:atom", "http://www.w3.org/2005/Atom")]);
    root.write_inner_content(|xml| {
        xml.create_element("channel").write_inner_content(|xml| {
            let description = if site.info.description.is_empty() { &site.info.title } else { &site.info.description };
            element(xml, "title", &[], &site.info.title)?;
            element(xml, "link", &[], &links.best(&Route::Home))?;
            element(xml, "description", &[], description)?;
            element(xml, "language", &[], &site.info.language)?;
            if let Some(own) = links.absolute(&Route::Rss) {
                element(xml, "atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)], "")?;
            }
            if let Some(latest) = days(site, 1).next() {
                element(xml, "lastBuildDate", &[], &mail_date(latest.day))?;
            }
            element(xml, "generator", &[], "daysheet")?;
            for record in days(site, n) {
                let item = item(site, theme, &links, record);
                xml.create_element("item").write_inner_content(|xml| {
                    element(xml, "title", &[], &item.title)?;
                    element(xml, "link", &[], &item.url)?;
                    element(xml, "guid", &[("isPermaLink", "false")], &item.id)?;
                    element(xml, "pubDate", &[], &mail_date(record.day))?;
                    element(xml, "description", &[], &item.html)
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(xml.into_inner())
}
