//! The data of a site for programs: static JSON files below `api/v1/`, to whose forms fields are added at most within the version, and the
//! entries of each year as CSV and JSON Lines. `schema.json` describes every file; lists are cut into pages of bounded size.

mod entry;

pub use entry::{csv, jsonl};

use crate::model::Day;
use crate::site::route::{ApiFile, Links, Route};
use crate::site::{Author, Channel, DayRecord, EntryRef, FeedFormat, Site};
use entry::entry;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// Whole entries on a page.
pub const ENTRIES: usize = 500;

/// Days, tags and mere references to entries on a page.
pub const ITEMS: usize = 2000;

/// Authors on a page of a group, with their entries.
pub const AUTHORS: usize = 500;

/// Authors with more entries have files of their own, so that a group does not change with each day on which one of them publishes.
const FEW: usize = 50;

/// The form of all files (JSON Schema 2020-12).
const SCHEMA: &str = include_str!("schema.json");

/// The files that a site has, in a fixed order.
pub fn plan(site: &Site) -> Vec<Route> {
    let mut files = if site.info.publish.api { api_files(site) } else { Vec::new() };
    files.extend(entry::data_files(site));
    files
}

fn api_files(site: &Site) -> Vec<Route> {
    let mut files = vec![ApiFile::Index, ApiFile::Schema, ApiFile::Statistics, ApiFile::Sources, ApiFile::Authors];
    files.extend(site.years().into_iter().map(ApiFile::Year));
    for record in &site.days {
        files.extend(pages(record.n_entries, ENTRIES).map(|page| ApiFile::Day(record.day, page)));
    }
    for source in &site.sources {
        let n = days_of(site, &source.slug).len();
        files.extend(pages(n, ITEMS).map(|page| ApiFile::Source(source.slug.clone(), page)));
    }
    files.extend(pages(site.tags.len(), ITEMS).map(ApiFile::Tags));
    for tag in &site.tags {
        files.extend(pages(tag.entries.len(), ITEMS).map(|page| ApiFile::Tag(tag.slug.clone(), page)));
    }
    for (group, n) in site.author_groups() {
        files.extend(pages(n, AUTHORS).map(|page| ApiFile::AuthorGroup(group.clone(), page)));
    }
    for author in site.authors.iter().filter(|author| !has_few_entries(author)) {
        files.extend(pages(author.entries.len(), ITEMS).map(|page| ApiFile::Author(author.slug.clone(), page)));
    }
    files.push(ApiFile::Watches);
    for watch in &site.watches {
        files.extend(pages(watch.entries.len(), ENTRIES).map(|page| ApiFile::Watch(watch.slug.clone(), page)));
    }
    files.into_iter().map(Route::Api).collect()
}

/// The content of a file of [`plan`]; none for other routes.
pub fn render(site: &Site, route: &Route) -> Option<serde_json::Result<Vec<u8>>> {
    let links = Links::from(route, site.info.base_url.as_deref());
    let api = Api { site, links };
    match route {
        Route::Data(year, part, format) => Some(entry::data(site, *year, *part, *format)),
        Route::Api(file) => api.file(file),
        _ => None,
    }
}

/// True for an author whose entries stand in the file of the group.
pub fn has_few_entries(author: &Author) -> bool {
    author.entries.len() <= FEW
}

/// The pages of a list of `n` items: the full ones by their number, then the one with the newest items.
fn pages(n: usize, per_page: usize) -> impl Iterator<Item = Option<usize>> {
    (1..=full_pages(n, per_page)).map(Some).chain([None])
}

/// How many pages of a list of `n` items are full and have others after them.
pub fn full_pages(n: usize, per_page: usize) -> usize {
    n.saturating_sub(1) / per_page
}

/// The items on a page of a list of `n`.
pub fn items_of_page(n: usize, per_page: usize, page: Option<usize>) -> Range<usize> {
    let start = page.map_or_else(|| full_pages(n, per_page), |page| page - 1) * per_page;
    start.min(n)..(start + per_page).min(n)
}

/// The days on which a source lists something, and how much.
fn days_of(site: &Site, slug: &str) -> Vec<(Day, usize)> {
    let Some(source) = site.source(slug) else { return Vec::new() };
    let mut days: BTreeMap<Day, usize> = BTreeMap::new();
    for &digest in &source.digests {
        let listed = &site.digests[digest as usize];
        *days.entry(listed.day).or_default() += listed.n_entries();
    }
    days.into_iter().collect()
}

/// A page of a list.
#[derive(Serialize)]
struct Paged<H: Serialize, T: Serialize> {
    #[serde(flatten)]
    head: H,
    /// How many items there are on all pages. Pages with a number do not say it, so that those of a list that grows at its end stay as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<usize>,
    items: Vec<T>,
    /// The page with the items before these.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    /// The page with the items after these.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct ApiDay {
    day: String,
    n_entries: usize,
    /// Key of a source → how many entries it lists.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<String, usize>,
    page: String,
    api: String,
}

#[derive(Serialize)]
struct Named<'a> {
    key: String,
    name: &'a str,
    /// None on a page with a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    n_entries: Option<usize>,
    page: String,
    api: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    feeds: BTreeMap<&'static str, String>,
    /// The query of a watchlist.
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
}

#[derive(Serialize)]
struct ApiAuthor<'a> {
    key: &'a str,
    name: &'a str,
    /// `2025-11-14#arxiv-2511.10648`: day and key of each entry, oldest first, of an author who has few.
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Vec<String>>,
    /// The file with the entries of one who has many.
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<String>,
}

#[derive(Serialize)]
struct AuthorHead<'a> {
    key: &'a str,
    name: &'a str,
    page: String,
}

#[derive(Serialize)]
struct GroupHead {
    /// Where the pages of the authors are, in place of forty thousand addresses: `KEY.html` there is the page of each.
    pages: String,
}

#[derive(Serialize)]
struct DayHead {
    day: String,
    /// What the day lists, in a line: to be sent around.
    text: String,
    page: String,
}

#[derive(Serialize)]
struct Index<'a> {
    version: u32,
    title: &'a str,
    description: &'a str,
    language: &'a str,
    home: String,
    n_entries: usize,
    n_works: usize,
    n_days: usize,
    n_authors: usize,
    n_tags: usize,
    latest: Option<String>,
    /// Year → its days.
    years: BTreeMap<i32, String>,
    schema: String,
    sources: String,
    tags: String,
    authors: String,
    watch: String,
    statistics: String,
    /// Files with all entries of a year.
    data: Vec<String>,
    feeds: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Statistics {
    n_entries: usize,
    n_works: usize,
    /// `2025-11` → key of a source → entries.
    months: BTreeMap<String, BTreeMap<String, usize>>,
}

#[derive(Serialize)]
struct Group {
    key: String,
    n_authors: usize,
    api: String,
}

struct Api<'a> {
    site: &'a Site,
    links: Links,
}

impl<'a> Api<'a> {
    fn file(&self, file: &ApiFile) -> Option<serde_json::Result<Vec<u8>>> {
        let site = self.site;
        let written = match file {
            ApiFile::Schema => Ok(SCHEMA.as_bytes().to_vec()),
            ApiFile::Index => serde_json::to_vec(&self.index()),
            ApiFile::Statistics => serde_json::to_vec(&self.statistics()),
            ApiFile::Year(year) => {
                let days = site.days_in(*year, None).iter().map(|record| self.day(record)).collect();
                serde_json::to_vec(&Paged {
                    head: Nothing {},
                    n: Some(site.days_in(*year, None).len()),
                    items: days,
                    previous: None,
                    next: None,
                })
            }
            ApiFile::Day(day, page) => {
                let record = site.day(*day)?;
                let entries: Vec<EntryRef> = site.entries_in(record.digests.clone()).collect();
                let head =
                    DayHead { day: day.to_string(), text: site.day_text(record), page: self.links.best(&Route::Day(*day)) };
                self.entries(head, &entries, *page, |page| ApiFile::Day(*day, page))
            }
            ApiFile::Sources => {
                let items = site
                    .sources
                    .iter()
                    .map(|source| self.named(&Channel::Source(source.slug.clone()), None))
                    .collect::<Option<Vec<_>>>()?;
                serde_json::to_vec(&Paged { head: Nothing {}, n: Some(items.len()), items, previous: None, next: None })
            }
            ApiFile::Source(slug, page) => {
                let head = self.named(&Channel::Source(slug.clone()), *page)?;
                let days = days_of(site, slug);
                self.paged(
                    head,
                    &days,
                    ITEMS,
                    *page,
                    |page| ApiFile::Source(slug.clone(), page),
                    |(day, n)| ApiDay {
                        day: day.to_string(),
                        n_entries: *n,
                        sources: BTreeMap::new(),
                        page: self.links.best(&Route::Day(*day)),
                        api: self.links.best(&Route::Api(ApiFile::Day(*day, None))),
                    },
                )
            }
            ApiFile::Tags(page) => self.paged(Nothing {}, &site.tags, ITEMS, *page, ApiFile::Tags, |tag| {
                self.named(&Channel::Tag(tag.slug.clone()), None)
            }),
            ApiFile::Tag(slug, page) => {
                let channel = Channel::Tag(slug.clone());
                let entries = site.entries_of(&channel)?;
                self.paged(
                    self.named(&channel, *page)?,
                    entries,
                    ITEMS,
                    *page,
                    |page| ApiFile::Tag(slug.clone(), page),
                    |at| self.reference(*at),
                )
            }
            ApiFile::Authors => {
                let group = |(key, n_authors): (String, usize)| Group {
                    api: self.links.best(&Route::Api(ApiFile::AuthorGroup(key.clone(), None))),
                    key,
                    n_authors,
                };
                let items: Vec<Group> = site.author_groups().into_iter().map(group).collect();
                serde_json::to_vec(&Paged { head: Nothing {}, n: Some(items.len()), items, previous: None, next: None })
            }
            ApiFile::AuthorGroup(group, page) => {
                let authors: Vec<&Author> = site.authors_in(group).map(|at| &site.authors[at]).collect();
                self.paged(
                    GroupHead {
                        pages: self
                            .links
                            .best(&Route::AuthorGroup(group.clone(), None))
                            .trim_end_matches("index.html")
                            .to_owned(),
                    },
                    &authors,
                    AUTHORS,
                    *page,
                    |page| ApiFile::AuthorGroup(group.clone(), page),
                    |author| self.author(author),
                )
            }
            ApiFile::Author(slug, page) => {
                let author = &site.authors[site.author_at(slug)?];
                let page_of_author = self.links.best(&Route::Author(slug.clone(), None));
                self.paged(
                    AuthorHead { key: slug, name: &author.name, page: page_of_author },
                    &author.entries,
                    ITEMS,
                    *page,
                    |page| ApiFile::Author(slug.clone(), page),
                    |at| self.reference(*at),
                )
            }
            ApiFile::Watches => {
                let items = site
                    .watches
                    .iter()
                    .map(|watch| self.named(&Channel::Watch(watch.slug.clone()), None))
                    .collect::<Option<Vec<_>>>()?;
                serde_json::to_vec(&Paged { head: Nothing {}, n: Some(items.len()), items, previous: None, next: None })
            }
            ApiFile::Watch(slug, page) => {
                let channel = Channel::Watch(slug.clone());
                let entries = site.entries_of(&channel)?;
                self.entries(self.named(&channel, *page)?, entries, *page, |page| ApiFile::Watch(slug.clone(), page))
            }
        };
        Some(written)
    }

    /// A page of whole entries.
    fn entries<H: Serialize>(
        &self,
        head: H,
        entries: &[EntryRef],
        page: Option<usize>,
        file: impl Fn(Option<usize>) -> ApiFile,
    ) -> serde_json::Result<Vec<u8>> {
        self.paged(head, entries, ENTRIES, page, file, |at| entry(self.site, &self.links, *at).on_its_day())
    }

    /// A page of a list: items of `all`, which are sorted from the oldest.
    fn paged<H: Serialize, S, T: Serialize>(
        &self,
        head: H,
        all: &[S],
        per_page: usize,
        page: Option<usize>,
        file: impl Fn(Option<usize>) -> ApiFile,
        item: impl Fn(&S) -> T,
    ) -> serde_json::Result<Vec<u8>> {
        let n_full = full_pages(all.len(), per_page);
        let number = page.unwrap_or(n_full + 1);
        let link = |n: usize| self.links.best(&Route::Api(file((n <= n_full).then_some(n))));
        serde_json::to_vec(&Paged {
            head,
            n: page.is_none().then_some(all.len()),
            items: all[items_of_page(all.len(), per_page, page)].iter().map(item).collect(),
            previous: (number > 1).then(|| link(number - 1)),
            next: (number <= n_full).then(|| link(number + 1)),
        })
    }

    /// An author on a page of a group.
    fn author(&self, author: &'a Author) -> ApiAuthor<'a> {
        let has_few = has_few_entries(author);
        ApiAuthor {
            key: &author.slug,
            name: &author.name,
            entries: has_few.then(|| author.entries.iter().map(|at| self.reference(*at)).collect()),
            api: (!has_few).then(|| self.links.best(&Route::Api(ApiFile::Author(author.slug.clone(), None)))),
        }
    }

    fn reference(&self, at: EntryRef) -> String {
        let listed = self.site.entry(at).0;
        let mut reference = listed.day.to_string();
        reference.push('#');
        reference.push_str(&listed.anchors[at.entry as usize]);
        reference
    }

    fn day(&self, record: &DayRecord) -> ApiDay {
        let mut sources = BTreeMap::new();
        for listed in &self.site.digests[record.digests.clone()] {
            let slug = &self.site.sources[listed.source as usize].slug;
            *sources.entry(slug.clone()).or_default() += listed.n_entries();
        }
        ApiDay {
            day: record.day.to_string(),
            n_entries: record.n_entries,
            sources,
            page: self.links.best(&Route::Day(record.day)),
            api: self.links.best(&Route::Api(ApiFile::Day(record.day, None))),
        }
    }

    /// A source, tag or watchlist of a list, or at the head of a page of its own list.
    fn named(&self, channel: &Channel, page: Option<usize>) -> Option<Named<'a>> {
        let (slug, route, n_entries, query) = match channel {
            Channel::Source(slug) => (slug, Route::Source(slug.clone()), self.site.source(slug)?.n_entries, None),
            Channel::Tag(slug) => (slug, Route::Tag(slug.clone(), None), self.site.entries_of(channel)?.len(), None),
            Channel::Watch(slug) => {
                let watch = self.site.watches.iter().find(|watch| watch.slug == *slug)?;
                (slug, Route::Watch(slug.clone(), None), watch.entries.len(), Some(watch.query.as_str()))
            }
            Channel::Days | Channel::Entries | Channel::Author(_) => return None,
        };
        let api = match channel {
            Channel::Source(slug) => ApiFile::Source(slug.clone(), None),
            Channel::Tag(slug) => ApiFile::Tag(slug.clone(), None),
            _ => ApiFile::Watch(slug.clone(), None),
        };
        Some(Named {
            key: slug.clone(),
            name: self.site.name_of(channel)?,
            n_entries: page.is_none().then_some(n_entries),
            page: self.links.best(&route),
            api: self.links.best(&Route::Api(api)),
            feeds: self.feeds(channel),
            query,
        })
    }

    fn feeds(&self, channel: &Channel) -> BTreeMap<&'static str, String> {
        if !self.site.has_channel(channel) {
            return BTreeMap::new();
        }
        let formats = self.site.info.publish.feed_formats.iter();
        formats.map(|format: &FeedFormat| (format.name(), self.links.best(&Route::Feed(channel.clone(), *format)))).collect()
    }

    fn index(&self) -> Index<'a> {
        let site = self.site;
        let link = |file: ApiFile| self.links.best(&Route::Api(file));
        Index {
            version: 1,
            title: &site.info.title,
            description: &site.info.description,
            language: &site.info.language,
            home: self.links.best(&Route::Home),
            n_entries: site.n_entries,
            n_works: site.works.len(),
            n_days: site.days.len(),
            n_authors: site.authors.len(),
            n_tags: site.tags.len(),
            latest: site.latest().map(|record| record.day.to_string()),
            years: site.years().into_iter().map(|year| (year, link(ApiFile::Year(year)))).collect(),
            schema: link(ApiFile::Schema),
            sources: link(ApiFile::Sources),
            tags: link(ApiFile::Tags(None)),
            authors: link(ApiFile::Authors),
            watch: link(ApiFile::Watches),
            statistics: link(ApiFile::Statistics),
            data: entry::data_files(site).iter().map(|route| self.links.best(route)).collect(),
            feeds: self.feeds(&Channel::Days),
        }
    }

    fn statistics(&self) -> Statistics {
        let mut months: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for listed in &self.site.digests {
            let month = months.entry(format!("{:04}-{:02}", listed.day.year(), listed.day.month())).or_default();
            *month.entry(self.site.sources[listed.source as usize].slug.clone()).or_default() += listed.n_entries();
        }
        Statistics { n_entries: self.site.n_entries, n_works: self.site.works.len(), months }
    }
}
