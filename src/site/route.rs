//! Addresses. [`Route`] knows every path of a site, and [`Links`] builds every URL; nobody else joins strings to a path.

use super::slug::fan;
use crate::model::Day;

/// An address of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Route {
    /// The latest day and the recent ones.
    Home,
    /// All sources of a day.
    Day(Day),
    /// The days of a month, 1–12.
    Month(i32, u32),
    /// The months of a year.
    Year(i32),
    /// The calendar of all days.
    Archive,
    /// All sources.
    Sources,
    /// A source, by slug.
    Source(String),
    /// All tags.
    Tags,
    /// The entries of a tag, by slug; the newest, or a page counted from the oldest.
    Tag(String, Option<usize>),
    /// The index of authors.
    Authors,
    /// Authors whose slugs share their first two letters.
    AuthorGroup(String),
    /// The entries of an author, by slug; the newest, or a page counted from the oldest.
    Author(String, Option<usize>),
    /// What a server shows for an unknown address.
    NotFound,
    /// The Atom feed of days.
    Atom,
    /// The RSS feed of days.
    Rss,
    /// The map of the site, or the list of its parts.
    Sitemap,
    /// A part of the map, from 1.
    SitemapPart(usize),
    /// What crawlers may fetch and where the map is.
    Robots,
    /// A file of the theme, by its path in the theme's `assets` folder.
    Asset(String),
}

impl Route {
    /// The path of the file, `/`-separated, relative to the output folder.
    pub fn path(&self) -> String {
        let numbered = |folder: String, slug: &str, page: &Option<usize>| match page {
            None => format!("{folder}{slug}.html"),
            Some(n) => format!("{folder}{slug}/{n}.html"),
        };
        match self {
            Route::Home => "index.html".into(),
            Route::Day(day) => format!("{:04}/{:02}/{:02}.html", day.year(), day.month(), day.day()),
            Route::Month(year, month) => format!("{year:04}/{month:02}/index.html"),
            Route::Year(year) => format!("{year:04}/index.html"),
            Route::Archive => "archive.html".into(),
            Route::Sources => "sources/index.html".into(),
            Route::Source(slug) => format!("sources/{slug}.html"),
            Route::Tags => "tags/index.html".into(),
            Route::Tag(slug, page) => numbered("tags/".into(), slug, page),
            Route::Authors => "authors/index.html".into(),
            Route::AuthorGroup(group) => format!("authors/{group}/index.html"),
            Route::Author(slug, page) => numbered(format!("authors/{}/", fan(slug)), slug, page),
            Route::NotFound => "404.html".into(),
            Route::Atom => "feeds/atom.xml".into(),
            Route::Rss => "feeds/rss.xml".into(),
            Route::Sitemap => "sitemap.xml".into(),
            Route::SitemapPart(n) => format!("sitemap-{n}.xml"),
            Route::Robots => "robots.txt".into(),
            Route::Asset(path) => format!("assets/{path}"),
        }
    }
}

/// Builds the links of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// What leads from the page to the root: `../../`, or the base path for the page that is shown at any address.
    root: String,
    /// The address of the root, ending with `/`, if the site has a base URL.
    base: Option<String>,
}

impl Links {
    /// The links of the page at `route` on a site with this base URL, which ends with `/`.
    pub fn from(route: &Route, base_url: Option<&str>) -> Links {
        let depth = route.path().matches('/').count();
        let root = match (route, base_url) {
            (Route::NotFound, Some(base)) => base_path(base).to_owned(),
            _ => "../".repeat(depth),
        };
        Links { root, base: base_url.map(str::to_owned) }
    }

    /// A link to another address of the site.
    pub fn to(&self, route: &Route) -> String {
        format!("{}{}", self.root, route.path())
    }

    /// A link to a place on a page.
    pub fn to_anchor(&self, route: &Route, anchor: &str) -> String {
        format!("{}{}#{anchor}", self.root, route.path())
    }

    /// The absolute URL of an address, if the site has a base URL. Index files are named by their folder.
    pub fn absolute(&self, route: &Route) -> Option<String> {
        let path = route.path();
        let short = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &path,
        };
        self.base.as_ref().map(|base| format!("{base}{short}"))
    }

    /// The absolute URL where there is one, else the link.
    pub fn best(&self, route: &Route) -> String {
        self.absolute(route).unwrap_or_else(|| self.to(route))
    }
}

/// The path of a base URL: `/repo/` of `https://name.github.io/repo/`.
fn base_path(base: &str) -> &str {
    let after_scheme = base.find("://").map_or(0, |at| at + 3);
    base[after_scheme..].find('/').map_or("/", |at| &base[after_scheme + at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_page_to_page() {
        let day = Day::parse_iso("2025-11-04").map(Route::Day).expect("a day");
        let author = Route::Author("wang-y".into(), None);
        assert_eq!(day.path(), "2025/11/04.html");
        assert_eq!(author.path(), "authors/wa/wang-y.html");
        assert_eq!(Route::Author("wang-y".into(), Some(2)).path(), "authors/wa/wang-y/2.html");
        let links = Links::from(&day, None);
        assert_eq!(links.to(&author), "../../authors/wa/wang-y.html");
        assert_eq!(links.absolute(&author), None);
        let lost = Links::from(&Route::NotFound, Some("https://name.github.io/repo/"));
        assert_eq!(lost.to(&Route::Home), "/repo/index.html");
        assert_eq!(lost.absolute(&Route::Home).as_deref(), Some("https://name.github.io/repo/"));
        assert_eq!(lost.absolute(&Route::Year(2025)).as_deref(), Some("https://name.github.io/repo/2025/"));
    }
}
