//! Pages: which there are, and what each shows. A page is a pure function of the site, the theme and its route.
//!
//! Each page kind has a function that makes its [`view`]; [`Pages::render`] picks it by the route and hands the view to the theme.

pub mod view;

mod brief;
mod calendar;
mod day;
mod entry;
mod frame;
mod home;
mod lists;
mod period;
mod reader;
mod statistics;
mod work;

use brief::Briefs;
pub(crate) use lists::names_of_page;

use crate::cite;
use crate::prose::owner_html_at;
use crate::site::route::{Links, Route};
use crate::site::{Channel, DayRecord, Site};
use crate::theme::{Shared, Theme, ThemeError};
use serde::Serialize;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The pages of a site in a theme.
pub struct Pages<'a> {
    /// The site.
    pub site: &'a Site,
    /// The theme.
    pub theme: &'a Theme,
    /// What all pages have around their content, by the link to the home page, which is another for each depth of folders. Each thread has
    /// its own, so that threads do not wait for each other where the references to it are counted.
    site_views: Vec<Mutex<HashMap<String, Shared>>>,
    briefs: OnceLock<Briefs>,
}

/// What the functions of one page work with.
struct Page<'a> {
    pages: &'a Pages<'a>,
    site: &'a Site,
    theme: &'a Theme,
    route: &'a Route,
    links: Links,
    site_view: OnceCell<Shared>,
}

/// The routes of all pages, in a fixed order.
pub fn plan(site: &Site) -> Vec<Route> {
    let mut routes = plan_without_authors(site);
    routes.extend(plan_authors(site));
    routes.sort();
    routes
}

/// The routes of all pages but those of authors and their groups, which are most.
pub fn plan_without_authors(site: &Site) -> Vec<Route> {
    let mut routes = vec![Route::Home, Route::Archive, Route::Statistics, Route::Sources];
    routes.extend([Route::Since, Route::Stars, Route::Reader, Route::NotFound]);
    if site.info.publish.search {
        routes.push(Route::Search);
    }
    routes.extend(site.days.iter().map(|record| Route::Day(record.day)));
    let in_languages = |record: &DayRecord| -> Vec<Route> {
        site.languages_of(record).into_iter().map(|language| Route::DayIn(record.day, language.to_owned())).collect()
    };
    routes.extend(site.days.iter().flat_map(in_languages));
    routes.extend(site.days.iter().flat_map(|record| day::parts(site, record)));
    let mut months: Vec<(i32, u32)> = site.days.iter().map(|record| (record.day.year(), record.day.month())).collect();
    months.dedup();
    routes.extend(months.into_iter().map(|(year, month)| Route::Month(year, month)));
    let mut weeks: Vec<(i32, u32)> = site.days.iter().map(|record| record.day.week()).collect();
    weeks.dedup();
    routes.extend(weeks.into_iter().map(|(year, week)| Route::Week(year, week)));
    routes.extend(site.info.pages.iter().map(|own| Route::Own(own.slug.clone())));
    routes.extend(site.years().into_iter().map(Route::Year));
    routes.extend(site.sources.iter().map(|source| Route::Source(source.slug.clone())));
    if !site.tags.is_empty() {
        routes.extend(lists::index_pages(site.tags.len()).map(Route::Tags));
    }
    if !site.authors.is_empty() {
        routes.push(Route::Authors);
    }
    if !site.info.publish.feed_formats.is_empty() {
        routes.push(Route::Feeds);
    }
    if !site.watches.is_empty() {
        routes.push(Route::Watches);
    }
    for watch in &site.watches {
        let numbered = site.numbered_pages(&Channel::Watch(watch.slug.clone()));
        routes.push(Route::Watch(watch.slug.clone(), None));
        routes.extend(numbered.map(|n| Route::Watch(watch.slug.clone(), Some(n))));
    }
    routes.extend(site.redirects.iter().map(|redirect| Route::Redirect(redirect.from.clone())));
    for tag in &site.tags {
        let numbered = site.numbered_pages(&Channel::Tag(tag.slug.clone()));
        routes.push(Route::Tag(tag.slug.clone(), None));
        routes.extend(numbered.map(|n| Route::Tag(tag.slug.clone(), Some(n))));
    }
    routes.extend(work::plan(site));
    routes.sort();
    routes.dedup();
    routes
}

/// The routes of the pages of authors, and of their groups.
pub fn plan_authors(site: &Site) -> Vec<Route> {
    let groups = site.author_groups();
    let mut routes = Vec::with_capacity(groups.len() + site.authors.len());
    for (group, n) in groups {
        routes.extend(lists::index_pages(n).map(|page| Route::AuthorGroup(group.clone(), page)));
    }
    for author in &site.authors {
        routes.push(Route::Author(author.slug.clone(), None));
        let numbered = site.numbered_pages(&Channel::Author(author.slug.clone()));
        routes.extend(numbered.map(|n| Route::Author(author.slug.clone(), Some(n))));
    }
    routes
}

/// The routes of the files besides pages: scripts that hold or find entries for pages to load, and citations.
pub fn plan_scripts(site: &Site) -> Vec<Route> {
    let days = reader::recent_days(site).map(|record| Route::SinceDay(record.day));
    let cites = site.info.citations;
    let listed = site.days.iter().filter(|record| cites.buttons && record.n_entries > 0);
    let months = if cites.files { cite::months(site) } else { Vec::new() };
    let citations = listed.map(|record| Route::CiteDay(record.day));
    let watches = site.watches.iter().filter(|_| cites.of_watches()).map(|watch| Route::WatchBibtex(watch.slug.clone()));
    let places = site.days.iter().flat_map(|record| day::places_of(site, record));
    let files = months.into_iter().map(|(year, month)| Route::Bibtex(year, month)).chain(watches);
    std::iter::once(Route::SinceIndex).chain(days).chain(places).chain(citations).chain(files).collect()
}

impl<'a> Pages<'a> {
    /// None of them is made yet.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Pages<'a> {
        // One more for a thread that is none of the pool's.
        let site_views = (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect();
        Pages { site, theme, site_views, briefs: OnceLock::new() }
    }

    /// Renders the page at a route of [`plan`] or the file at one of [`plan_scripts`]. Other routes are an error.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, ThemeError> {
        self.rendered(route).map_err(|error| error.on_page(&route.path()))
    }

    fn rendered(&self, route: &Route) -> Result<Vec<u8>, ThemeError> {
        // A script is loaded by a page and speaks with its links.
        let seen_from = if matches!(route, Route::SinceIndex | Route::SinceDay(_)) { &Route::Since } else { route };
        let site = self.site;
        let links = Links::from(seen_from, site.info.base_url.as_deref());
        let page = Page { pages: self, site, theme: self.theme, route, links, site_view: OnceCell::new() };
        let missing = || ThemeError::new("there is no such page", "");
        match route {
            Route::Home => page.show("home.html", &home::view(&page)),
            Route::Day(day) => page.show("day.html", &day::view(&page, *day, None, None)?.ok_or_else(missing)?),
            Route::DayIn(day, language) => {
                page.show("day.html", &day::view(&page, *day, Some(language), None)?.ok_or_else(missing)?)
            }
            Route::DayPart(day, language, source, n) => {
                let view = day::view(&page, *day, language.as_deref(), Some((source, *n)))?;
                page.show("day.html", &view.ok_or_else(missing)?)
            }
            Route::DayPlaces(day, language) => Ok(day::places(site, *day, language.as_deref()).ok_or_else(missing)?.into_bytes()),
            Route::Month(year, month) => page.show("month.html", &period::month(&page, *year, *month)),
            Route::Week(year, week) => page.show("week.html", &period::week(&page, *year, *week)),
            Route::Own(slug) => page.show("own.html", &own(&page, slug).ok_or_else(missing)?),
            Route::Year(year) => page.show("year.html", &period::year(&page, *year)),
            Route::Archive => page.show("archive.html", &period::archive(&page)),
            Route::Statistics => page.show("statistics.html", &statistics::view(&page)),
            Route::Sources => page.show("sources.html", &lists::sources(&page)),
            Route::Source(slug) => page.show("source.html", &lists::source(&page, slug).ok_or_else(missing)?),
            Route::Tags(number) => page.show("tags.html", &lists::tags(&page, *number)),
            Route::Tag(slug, number) => page.show("tag.html", &lists::tag(&page, slug, *number)?.ok_or_else(missing)?),
            Route::Authors => page.show("authors.html", &lists::authors(&page)),
            Route::AuthorGroup(group, number) => page.show("author_group.html", &lists::author_group(&page, group, *number)),
            Route::Author(slug, number) => page.show("author.html", &lists::author(&page, slug, *number)?.ok_or_else(missing)?),
            Route::Watches => page.show("watches.html", &lists::watches(&page)),
            Route::Watch(slug, number) => page.show("watch.html", &lists::watch(&page, slug, *number)?.ok_or_else(missing)?),
            Route::Feeds => page.show("feeds.html", &lists::feeds(&page)),
            Route::Redirect(path) => page.show("redirect.html", &redirect(&page, path).ok_or_else(missing)?),
            Route::Since => page.show("since.html", &reader::since(&page)),
            Route::SinceIndex => Ok(reader::since_index(&page).into_bytes()),
            Route::SinceDay(day) => Ok(reader::since_day(&page, *day).ok_or_else(missing)??.into_bytes()),
            Route::Work(key) => page.show("work.html", &work::view(&page, key).ok_or_else(missing)?),
            Route::CiteDay(day) => Ok(cite::day_script(site, *day).ok_or_else(missing)?.into_bytes()),
            Route::Bibtex(year, month) => {
                Ok(cite::bibtex(site, &cite::entries_of(site, site.days_in(*year, Some(*month)))).into_bytes())
            }
            Route::WatchBibtex(slug) => {
                let entries = site.entries_of(&Channel::Watch(slug.clone())).ok_or_else(missing)?;
                Ok(cite::bibtex(site, entries).into_bytes())
            }
            Route::Search => page.show("search.html", &reader::search(&page)),
            Route::Stars => page.show("stars.html", &reader::stars(&page)),
            Route::Reader => page.show("reader.html", &reader::preferences(&page)),
            Route::NotFound => {
                page.show("not_found.html", &view::NotFoundPage { frame: page.frame("not_found", page.text("not_found")) })
            }
            _ => Err(missing()),
        }
    }

    /// The view of the site as it is seen from a page, made if no page before was at such a depth.
    fn site_view_for(&self, page: &Page) -> Result<Shared, ThemeError> {
        let home = page.links.to(&Route::Home);
        let mine = rayon::current_thread_index().and_then(|thread| self.site_views.get(thread)).or(self.site_views.last());
        let Some(mine) = mine else { return Shared::of(&page.site_view()) };
        let mut made = mine.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(&home) {
            return Ok(known.clone());
        }
        let view = Shared::of(&page.site_view())?;
        Ok(made.entry(home).or_insert(view).clone())
    }
}

impl Page<'_> {
    /// Renders a template with a view of this page.
    fn show<V: Serialize>(&self, template: &str, view: &V) -> Result<Vec<u8>, ThemeError> {
        self.theme.render(template, view, self.shared_site_view()?)
    }

    /// Renders a template that is a part of this page or file.
    fn show_part<V: Serialize>(&self, template: &str, view: &V) -> Result<String, ThemeError> {
        let bytes = self.theme.render(template, view, self.shared_site_view()?)?;
        String::from_utf8(bytes).map_err(|error| ThemeError::new(format!("`{template}` gives what is no text: {error}"), ""))
    }

    fn shared_site_view(&self) -> Result<&Shared, ThemeError> {
        if let Some(known) = self.site_view.get() {
            return Ok(known);
        }
        let view = self.pages.site_view_for(self)?;
        Ok(self.site_view.get_or_init(|| view))
    }
}

fn own(page: &Page, slug: &str) -> Option<view::OwnPage> {
    let own = page.site.info.pages.iter().find(|own| own.slug == slug)?;
    Some(view::OwnPage { frame: page.frame("own", own.title.clone()), content_html: own_html(page, &own.html) })
}

/// The text of an own page: what is written with a slash in front counts from the root of the site, all else from the folder of the pages.
fn own_html(page: &Page, html: &str) -> String {
    owner_html_at(html, |target| target.starts_with('/').then(|| page.links.to_named(target)))
}

fn redirect(page: &Page, path: &str) -> Option<view::RedirectPage> {
    let at = page.site.redirects.binary_search_by(|redirect| redirect.from.as_str().cmp(path)).ok()?;
    let target = page.links.to_named(&page.site.redirects[at].to);
    Some(view::RedirectPage { frame: page.frame("redirect", page.text("moved")), target })
}
