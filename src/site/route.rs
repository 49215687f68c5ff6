//! Addresses. [`Route`] knows every path of a site, and [`Links`] builds every URL; nobody else joins strings to a path.

use super::channel::{Channel, FeedFormat};
use super::slug::fan;
use crate::model::Day;

/// An address of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Route {
    /// The latest day and the recent ones.
    Home,
    /// All sources of a day.
    Day(Day),
    /// A day in another language than the site's, by its tag in lower case.
    DayIn(Day, String),
    /// The second or a further page of what a source, by slug, lists on a day; in another language than the site's, by its tag in lower case.
    DayPart(Day, Option<String>, String, usize),
    /// Which page of a long day has which entries; of the day in another language than the site's, by its tag in lower case.
    DayPlaces(Day, Option<String>),
    /// The days of a month, 1–12.
    Month(i32, u32),
    /// The days of an ISO 8601 week: its year and number, 1–53.
    Week(i32, u32),
    /// The months of a year.
    Year(i32),
    /// The calendar of all days.
    Archive,
    /// The archive in numbers.
    Statistics,
    /// All sources.
    Sources,
    /// A source, by slug.
    Source(String),
    /// All tags; the first page, or a further one from 2.
    Tags(Option<usize>),
    /// The entries of a tag, by slug; the newest, or a page counted from the oldest.
    Tag(String, Option<usize>),
    /// The index of authors.
    Authors,
    /// Authors whose slugs share their first two letters; the first page, or a further one from 2.
    AuthorGroup(String, Option<usize>),
    /// The entries of an author, by slug; the newest, or a page counted from the oldest.
    Author(String, Option<usize>),
    /// The watchlists.
    Watches,
    /// The entries of a watchlist, by slug; the newest, or a page counted from the oldest.
    Watch(String, Option<usize>),
    /// A work with all its sightings, by slug.
    Work(String),
    /// The citations of a month, 1–12, as BibTeX.
    Bibtex(i32, u32),
    /// The citations of a watchlist, by slug, as BibTeX.
    WatchBibtex(String),
    /// What pages need to cite the entries of a day.
    CiteDay(Day),
    /// A page of the owner's, by slug.
    Own(String),
    /// A page at an address of an older site that leads on, by its path.
    Redirect(String),
    /// What is new since the reader's last visit.
    Since,
    /// The list of recent days that the page of new entries begins with.
    SinceIndex,
    /// The entries of a recent day for the page of new entries.
    SinceDay(Day),
    /// The search over the whole archive.
    Search,
    /// The list of the parts of the search index.
    SearchManifest,
    /// A file of the search index, by its path there.
    SearchFile(String),
    /// How browsers search the site by themselves.
    OpenSearch,
    /// The entries that the reader starred.
    Stars,
    /// What the reader watches, mutes and prefers.
    Reader,
    /// What a server shows for an unknown address.
    NotFound,
    /// The page that lists all feeds.
    Feeds,
    /// A feed.
    Feed(Channel, FeedFormat),
    /// A closed part of the history of a feed (RFC 5005), by its name: a month, or a month and a number.
    FeedArchive(Channel, String),
    /// The list of all feeds for feed readers.
    Opml,
    /// What makes a feed readable in a browser.
    FeedStyle,
    /// A file of the data for programs.
    Api(ApiFile),
    /// The entries of a year, or the second and further parts of many.
    Data(i32, usize, DataFormat),
    /// The map of the site, or the list of its parts.
    Sitemap,
    /// A part of the map, from 1.
    SitemapPart(usize),
    /// What crawlers may fetch and where the map is.
    Robots,
    /// What keeps GitHub Pages from leaving out files whose names Jekyll has uses for, where a branch is published.
    NoJekyll,
    /// A file of the theme, by its path in the theme's `assets` folder.
    Asset(String),
}

/// A file of the data for programs. Numbered pages of a list are full and counted from the oldest; the one without a number has the
/// newest items.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApiFile {
    /// What there is, and where.
    Index,
    /// The form of all files, as a JSON Schema.
    Schema,
    /// The archive in numbers.
    Statistics,
    /// The days of a year.
    Year(i32),
    /// The entries of a day.
    Day(Day, Option<usize>),
    /// The sources.
    Sources,
    /// The days of a source, by slug.
    Source(String, Option<usize>),
    /// The tags.
    Tags(Option<usize>),
    /// The entries of a tag, by slug.
    Tag(String, Option<usize>),
    /// The groups of authors.
    Authors,
    /// Authors whose slugs share their first two letters.
    AuthorGroup(String, Option<usize>),
    /// The entries of an author who has many, by slug.
    Author(String, Option<usize>),
    /// The watchlists.
    Watches,
    /// The entries of a watchlist, by slug.
    Watch(String, Option<usize>),
}

impl ApiFile {
    /// Its path below the folder of the version.
    fn path(&self) -> String {
        let paged = |name: String, page: &Option<usize>| match page {
            None => format!("{name}.json"),
            Some(n) => format!("{name}/{n}.json"),
        };
        match self {
            ApiFile::Index => "index.json".into(),
            ApiFile::Schema => "schema.json".into(),
            ApiFile::Statistics => "statistics.json".into(),
            ApiFile::Year(year) => format!("days/{year:04}.json"),
            ApiFile::Day(day, page) => paged(format!("days/{day}"), page),
            ApiFile::Sources => "sources/index.json".into(),
            ApiFile::Source(slug, page) => paged(format!("sources/{slug}"), page),
            ApiFile::Tags(page) => paged("tags/index".into(), page),
            ApiFile::Tag(slug, page) => paged(format!("tags/{slug}"), page),
            ApiFile::Authors => "authors/index.json".into(),
            ApiFile::AuthorGroup(group, page) => paged(format!("authors/{group}"), page),
            // No page of the group has this folder.
            ApiFile::Author(slug, page) => paged(format!("authors/{}/by/{slug}", fan(slug)), page),
            ApiFile::Watches => "watch/index.json".into(),
            ApiFile::Watch(slug, page) => paged(format!("watch/{slug}"), page),
        }
    }
}

/// The format of the entries of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DataFormat {
    /// Comma-separated values, RFC 4180, compressed with gzip.
    Csv,
    /// JSON Lines, compressed with gzip.
    Jsonl,
}

impl DataFormat {
    fn extension(self) -> &'static str {
        match self {
            DataFormat::Csv => "csv.gz",
            DataFormat::Jsonl => "jsonl.gz",
        }
    }
}

impl Route {
    /// The page that shows what a feed tells of.
    pub fn of_channel(channel: &Channel) -> Route {
        Route::of_list(channel, None)
    }

    /// A page of the list of a tag, a watchlist or an author; the page of what else there are feeds of.
    pub fn of_list(channel: &Channel, number: Option<usize>) -> Route {
        match channel {
            Channel::Tag(slug) => Route::Tag(slug.clone(), number),
            Channel::Watch(slug) => Route::Watch(slug.clone(), number),
            Channel::Author(slug) => Route::Author(slug.clone(), number),
            Channel::Source(slug) => Route::Source(slug.clone()),
            Channel::Days | Channel::Entries => Route::Home,
        }
    }

    /// The page that leads to all that there are feeds of, of the kind of a channel; none for the site itself.
    pub fn index_of_channels(channel: &Channel) -> Option<Route> {
        match channel {
            Channel::Days | Channel::Entries => None,
            Channel::Source(_) => Some(Route::Sources),
            Channel::Tag(_) => Some(Route::Tags(None)),
            Channel::Watch(_) => Some(Route::Watches),
            Channel::Author(_) => Some(Route::Authors),
        }
    }

    /// True if search engines have nothing to find there: what the reader brings along fills the page, or it only leads on.
    pub fn is_personal(&self) -> bool {
        matches!(self, Route::Since | Route::Search | Route::Stars | Route::Reader | Route::NotFound | Route::Redirect(_))
    }

    /// The path of the file, `/`-separated, relative to the output folder.
    pub fn path(&self) -> String {
        // Most paths of a site are made here, hence without the machinery of `format!`.
        let numbered = |folder: &[&str], slug: &str, page: &Option<usize>| {
            let mut path = String::with_capacity(FOLDER_ROOM + slug.len());
            folder.iter().for_each(|part| path.push_str(part));
            path.push_str(slug);
            if let Some(n) = page {
                path.push('/');
                path.push_str(&n.to_string());
            }
            path.push_str(".html");
            path
        };
        match self {
            Route::Home => "index.html".into(),
            Route::Day(day) => folder_of(*day) + ".html",
            Route::DayIn(day, language) => format!("{}.{language}.html", folder_of(*day)),
            Route::DayPart(day, None, source, n) => format!("{}/{source}/{n}.html", folder_of(*day)),
            Route::DayPart(day, Some(language), source, n) => format!("{}.{language}/{source}/{n}.html", folder_of(*day)),
            Route::DayPlaces(day, None) => format!("{}/places.js", folder_of(*day)),
            Route::DayPlaces(day, Some(language)) => format!("{}.{language}/places.js", folder_of(*day)),
            Route::Month(year, month) => format!("{year:04}/{month:02}/index.html"),
            Route::Week(year, week) => format!("{year:04}/w{week:02}.html"),
            Route::Work(slug) => format!("works/{}/{slug}.html", slug_group(slug)),
            Route::WatchBibtex(slug) => format!("cite/watch/{slug}.bib"),
            Route::Bibtex(year, month) => format!("cite/{year:04}-{month:02}.bib"),
            Route::CiteDay(day) => format!("cite/{day}.js"),
            Route::Own(slug) => format!("pages/{slug}.html"),
            Route::Year(year) => format!("{year:04}/index.html"),
            Route::Archive => "archive.html".into(),
            Route::Statistics => "statistics.html".into(),
            Route::Sources => "sources/index.html".into(),
            Route::Source(slug) => format!("sources/{slug}.html"),
            Route::Tags(page) => format!("tags/{}", index_file(*page)),
            Route::Tag(slug, page) => numbered(&["tags/"], slug, page),
            Route::Authors => "authors/index.html".into(),
            Route::AuthorGroup(group, page) => format!("authors/{group}/{}", index_file(*page)),
            Route::Author(slug, page) => numbered(&["authors/", &fan(slug), "/"], slug, page),
            Route::Watches => "watch/index.html".into(),
            Route::Watch(slug, page) => numbered(&["watch/"], slug, page),
            Route::Redirect(path) => path.clone(),
            Route::Since => "since.html".into(),
            Route::SinceIndex => "since/index.js".into(),
            Route::SinceDay(day) => format!("since/{day}.js"),
            Route::Search => "search.html".into(),
            Route::SearchManifest => "search/index.js".into(),
            Route::SearchFile(path) => format!("search/{path}"),
            Route::OpenSearch => "opensearch.xml".into(),
            Route::Stars => "stars.html".into(),
            Route::Reader => "reader.html".into(),
            Route::NotFound => "404.html".into(),
            Route::Feeds => "feeds/index.html".into(),
            Route::Feed(channel, format) => format!("{}{}", channel.prefix(), format.file()),
            Route::FeedArchive(channel, name) => format!("{}archive/{name}.xml", channel.prefix()),
            Route::Opml => "feeds/opml.xml".into(),
            Route::FeedStyle => "feeds/feed.css".into(),
            Route::Api(file) => format!("api/v1/{}", file.path()),
            Route::Data(year, part, format) => {
                let part = if *part > 1 { format!("-{part}") } else { String::new() };
                format!("data/{year:04}{part}.{}", format.extension())
            }
            Route::Sitemap => "sitemap.xml".into(),
            Route::SitemapPart(n) => format!("sitemap-{n}.xml"),
            Route::Robots => "robots.txt".into(),
            Route::NoJekyll => ".nojekyll".into(),
            Route::Asset(path) => format!("assets/{path}"),
        }
    }
}

/// Room for what stands around a slug in the path of a list.
const FOLDER_ROOM: usize = 24;

/// `2025/11/04`.
fn folder_of(day: Day) -> String {
    day.to_string().replace('-', "/")
}

/// The file of a list of names; no slug has the dot of a further page.
fn index_file(page: Option<usize>) -> String {
    page.map_or_else(|| "index.html".to_owned(), |n| format!("index.{n}.html"))
}

/// The folder of a work: two hexadecimal digits of a hash of its slug, since the slugs of a year begin alike.
fn slug_group(slug: &str) -> String {
    blake3::hash(slug.as_bytes()).to_hex()[..2].to_owned()
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
        [self.root.as_str(), &route.path()].concat()
    }

    /// A link to what the owner names: a path of the site, or any URL.
    pub fn to_named(&self, target: &str) -> String {
        if is_elsewhere(target) { target.to_owned() } else { format!("{}{}", self.root, target.trim_start_matches(['.', '/'])) }
    }

    /// A link to the search for a query.
    pub fn to_search(&self, query: &str) -> String {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        let encoded =
            query.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
        format!("{}?q={}", self.to(&Route::Search), encoded.collect::<String>())
    }

    /// A link to a place on a page.
    pub fn to_anchor(&self, route: &Route, anchor: &str) -> String {
        [self.root.as_str(), &route.path(), "#", anchor].concat()
    }

    /// The absolute URL of an address, if the site has a base URL. Index files are named by their folder.
    pub fn absolute(&self, route: &Route) -> Option<String> {
        let path = route.path();
        let short = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &path,
        };
        self.base.as_ref().map(|base| [base.as_str(), short].concat())
    }

    /// The absolute URL of a place on a page where there is one, else the link.
    pub fn best_anchor(&self, route: &Route, anchor: &str) -> String {
        [&self.best(route), "#", anchor].concat()
    }

    /// The absolute URL where there is one, else the link.
    pub fn best(&self, route: &Route) -> String {
        self.absolute(route).unwrap_or_else(|| self.to(route))
    }
}

/// The id of a source's section on a day's page; entries' ids never begin like this.
pub fn section_anchor(slug: &str) -> String {
    format!("source-{slug}")
}

/// True if what the owner names is a URL and no path of the site.
pub fn is_elsewhere(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:") || target.starts_with("//")
}

/// The path of a file as it stands in a URL (RFC 3986), as far as signs of ASCII go that would mean something else there.
pub fn in_url(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace(' ', "%20")
}

/// The path of a base URL: `/repo/` of `https://name.github.io/repo/`.
pub fn base_path(base: &str) -> &str {
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
