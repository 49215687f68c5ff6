//! The map of the site, split where it grows beyond what a file may hold, and `robots.txt` that names it.

use super::xml::Xml;
use crate::site::Site;
use crate::site::route::{Links, Route};

/// How many addresses one file of the map may hold (sitemaps.org).
pub const MAX_URLS: usize = 50_000;

/// About how many bytes an address has around it.
const USUAL_TAGS: usize = 32;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// The files of the map of these pages, without those of works, whose canonical addresses are elsewhere: one, or a list of parts and the parts. None without a base URL, which the standard demands.
pub fn sitemaps(site: &Site, pages: &[Route], max_urls: usize) -> Vec<(Route, Vec<u8>)> {
    let links = Links::from(&Route::Sitemap, site.info.base_url.as_deref());
    let shown = pages.iter().filter(|route| !route.is_personal() && !matches!(route, Route::Work(_)));
    let urls: Vec<(String, Option<String>)> =
        shown.filter_map(|route| Some((links.absolute(route)?, last_change(route)))).collect();
    if urls.is_empty() {
        return Vec::new();
    }
    if urls.len() <= max_urls {
        return vec![(Route::Sitemap, list("urlset", "url", &urls))];
    }
    let parts: Vec<_> = urls.chunks(max_urls).zip(1..).map(|(urls, n)| (Route::SitemapPart(n), urls)).collect();
    let names: Vec<(String, Option<String>)> =
        parts.iter().filter_map(|(route, _)| Some((links.absolute(route)?, None))).collect();
    let index = (Route::Sitemap, list("sitemapindex", "sitemap", &names));
    std::iter::once(index).chain(parts.into_iter().map(|(route, urls)| (route, list("urlset", "url", urls)))).collect()
}

/// A day's page is dated by its day; of other pages the input does not tell when they changed.
fn last_change(route: &Route) -> Option<String> {
    match route {
        Route::Day(day) | Route::DayIn(day, _) | Route::DayPart(day, ..) => Some(day.to_string()),
        _ => None,
    }
}

fn list(root: &str, item: &str, urls: &[(String, Option<String>)]) -> Vec<u8> {
    let mut xml = Xml::document(urls.iter().map(|(url, _)| url.len() + USUAL_TAGS).sum());
    xml.open(root, &[NAMESPACE]);
    for (url, changed) in urls {
        xml.open(item, &[]);
        xml.element("loc", &[], url);
        if let Some(day) = changed {
            xml.element("lastmod", &[], day);
        }
        xml.close(item);
    }
    xml.close(root);
    xml.into_bytes()
}

/// `robots.txt`: everything may be read, and the map is here. None without a base URL.
pub fn robots(site: &Site) -> Option<Vec<u8>> {
    let links = Links::from(&Route::Robots, site.info.base_url.as_deref());
    let map = links.absolute(&Route::Sitemap)?;
    Some(format!("User-agent: *\nAllow: /\n\nSitemap: {map}\n").into_bytes())
}
