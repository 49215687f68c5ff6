//! The description by which browsers search the site by themselves (OpenSearch 1.1).

use super::xml::{USUAL_HEAD, Xml};
use crate::site::Site;
use crate::site::route::{Links, Route};

/// The standard limits the short name to 16 characters.
const SHORT_NAME: usize = 16;

/// The description. None without a base URL, since it needs a full address.
pub fn opensearch(site: &Site) -> Option<Vec<u8>> {
    let links = Links::from(&Route::OpenSearch, site.info.base_url.as_deref());
    let search = links.absolute(&Route::Search)?;
    let short: String = site.info.title.chars().take(SHORT_NAME).collect();
    let mut xml = Xml::document(USUAL_HEAD);
    xml.open("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")]);
    xml.element("ShortName", &[], &short);
    xml.element("Description", &[], &site.info.title);
    xml.element("InputEncoding", &[], "UTF-8");
    xml.element("Url", &[("type", "text/html"), ("template", &format!("{search}?q={{searchTerms}}"))], "");
    xml.close("OpenSearchDescription");
    Some(xml.into_bytes())
}
