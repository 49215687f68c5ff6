//! The map of the site, split where it grows beyond what a file may hold, and `robots.txt` that names it.

use super::xml::{Xml, document, element};
use crate::site::Site;
use crate::site::route::{Links, Route};
use std::io;

/// How many addresses one file of the map may hold (sitemaps.org).
pub const MAX_URLS: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// The files of the map of these pages, without those of works, whose canonical addresses are elsewhere: one, or a list of parts and the parts. None without a base URL, which the standard demands.
pub fn sitemaps(site: &Site, pages: &[Route], max_urls: usize) -> io::Result<Vec<(Route, Vec<u8>)>> {
    let links = Links::from(&Route::Sitemap, site.info.base_url.as_deref());
    let shown = pages.iter().filter(|route| !route.is_personal() && !matches!(route, Route::Work(_)));
    let urls: Vec<(String, Option<String>)> =
        shown.filter_map(|route| Some((links.absolute(route)?, last_change(route)))).collect();
    if urls.is_empty() {
        return Ok(Vec::new());
    }
    if urls.len() <= max_urls {
        return Ok(vec![(Route::Sitemap, list("urlset", "url", &urls)?)]);
    }
    let parts: Vec<_> = urls.chunks(max_urls).zip(1..).map(|(urls, n)| (Route::SitemapPart(n), urls)).collect();
    let names: Vec<(String, Option<String>)> =
        parts.iter().filter_map(|(route, _)| Some((links.absolute(route)?, None))).collect();
    let mut files = vec![(Route::Sitemap, list("sitemapindex", "sitemap", &names)?)];
    for (route, urls) in parts {
        files.push((route, list("urlset", "url", urls)?));
    }
    Ok(files)
}

/// A day's page is dated by its day; of other pages the input does not tell when they changed.
fn last_change(route: &Route) -> Option<String> {
    match route {
        Route::Day(day) => Some(day.to_string()),
        _ => None,
    }
}

fn list(root: &str, item: &str, urls: &[(String, Option<String>)]) -> io::Result<Vec<u8>> {
    let mut xml = document()?;
    xml.create_element(root).with_attribute(NAMESPACE).write_inner_content(|xml| {
        for (url, changed) in urls {
            xml.create_element(item).write_inner_content(|xml: &mut Xml| {
                element(xml, "loc", &[], url)?;
                changed.as_ref().map_or(Ok(()), |day| element(xml, "lastmod", &[], day))
            })?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}

/// `robots.txt`: everything may be read, and the map is here. None without a base URL.
pub fn robots(site: &Site) -> Option<Vec<u8>> {
    let links = Links::from(&Route::Robots, site.info.base_url.as_deref());
    let map = links.absolute(&Route::Sitemap)?;
    Some(format!("User-agent: *\nAllow: /\n\nSitemap: {map}\n").into_bytes())
}
