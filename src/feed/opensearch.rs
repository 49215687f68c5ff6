//! The description by which browsers search the site by themselves (OpenSearch 1.1).

use super::xml::{document, element};
use crate::site::Site;
use crate::site::route::{Links, Route};
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::io;

/// The standard limits the short name to 16 characters.
const SHORT_NAME: usize = 16;

/// The description. None without a base URL, since it needs a full address.
pub fn opensearch(site: &Site) -> io::Result<Option<Vec<u8>>> {
    let links = Links::from(&Route::OpenSearch, site.info.base_url.as_deref());
    let Some(search) = links.absolute(&Route::Search) else { return Ok(None) };
    let mut xml = document()?;
    let name = "OpenSearchDescription";
    xml.write_event(Event::Start(BytesStart::new(name).with_attributes([("xmlns", "http://a9.com/-/spec/opensearch/1.1/")])))?;
    let short: String = site.info.title.chars().take(SHORT_NAME).collect();
    element(&mut xml, "ShortName", &[], &short)?;
    element(&mut xml, "Description", &[], &site.info.title)?;
    element(&mut xml, "InputEncoding", &[], "UTF-8")?;
    element(&mut xml, "Url", &[("type", "text/html"), ("template", &format!("{search}?q={{searchTerms}}"))], "")?;
    xml.write_event(Event::End(BytesEnd::new(name)))?;
    Ok(Some(xml.into_inner()))
}
