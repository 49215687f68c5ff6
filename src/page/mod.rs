//! Pages: which there are, and what each shows. A page is a pure function of the site, the theme and its route.
//!
//! Each page kind has a function that makes its [`view`]; [`render`] picks it by the route and hands the view to the theme.

pub mod view;

mod calendar;
mod day;
mod entry;
mod frame;
mod home;
mod lists;
mod period;

use crate::site::Site;
use crate::site::route::{Links, Route};
use crate::site::slug::fan;
use crate::theme::{Theme, ThemeError};

/// Entries on a page of an author or a tag.
pub const PER_PAGE: usize = 200;

/// What the functions of one page work with.
struct Page<'a> {
    site: &'a Site,
    theme: &'a Theme,
    route: &'a Route,
    links: Links,
}

/// The routes of all pages, in a fixed order.
pub fn plan(site: &Site) -> Vec<Route> {
    let mut routes = vec![Route::Home, Route::Archive, Route::Sources, Route::Authors, Route::NotFound];
    routes.extend(site.days.iter().map(|record| Route::Day(record.day)));
    let mut months: Vec<(i32, u32)> = site.days.iter().map(|record| (record.day.year(), record.day.month())).collect();
    months.dedup();
    routes.extend(months.into_iter().map(|(year, month)| Route::Month(year, month)));
    routes.extend(site.years().into_iter().map(Route::Year));
    routes.extend(site.sources.iter().map(|source| Route::Source(source.slug.clone())));
    if !site.tags.is_empty() {
        routes.push(Route::Tags);
    }
    for tag in &site.tags {
        let numbered = lists::numbered_pages(lists::n_works(site, &tag.entries));
        routes.push(Route::Tag(tag.slug.clone(), None));
        routes.extend(numbered.map(|n| Route::Tag(tag.slug.clone(), Some(n))));
    }
    let mut group = String::new();
    for author in &site.authors {
        if fan(&author.slug) != group {
            group = fan(&author.slug);
            routes.push(Route::AuthorGroup(group.clone()));
        }
        let numbered = lists::numbered_pages(lists::n_works(site, &author.entries));
        routes.push(Route::Author(author.slug.clone(), None));
        routes.extend(numbered.map(|n| Route::Author(author.slug.clone(), Some(n))));
    }
    // Slugs such as `y-an` and `ya-n` share a group without being neighbours.
    routes.sort();
    routes.dedup();
    routes
}

/// Renders the page at a route of [`plan`]. Routes that are no pages are an error.
pub fn render(site: &Site, theme: &Theme, route: &Route) -> Result<String, ThemeError> {
    let links = Links::from(route, site.info.base_url.as_deref());
    let page = Page { site, theme, route, links };
    let missing = || ThemeError(format!("there is no page at `{}`", route.path()));
    match route {
        Route::Home => theme.render("home.html", &home::view(&page)),
        Route::Day(day) => theme.render("day.html", &day::view(&page, *day).ok_or_else(missing)?),
        Route::Month(year, month) => theme.render("month.html", &period::month(&page, *year, *month)),
        Route::Year(year) => theme.render("year.html", &period::year(&page, *year)),
        Route::Archive => theme.render("archive.html", &period::archive(&page)),
        Route::Sources => theme.render("sources.html", &lists::sources(&page)),
        Route::Source(slug) => theme.render("source.html", &lists::source(&page, slug).ok_or_else(missing)?),
        Route::Tags => theme.render("tags.html", &lists::tags(&page)),
        Route::Tag(slug, number) => theme.render("tag.html", &lists::tag(&page, slug, *number).ok_or_else(missing)?),
        Route::Authors => theme.render("authors.html", &lists::authors(&page)),
        Route::AuthorGroup(group) => theme.render("author_group.html", &lists::author_group(&page, group)),
        Route::Author(slug, number) => theme.render("author.html", &lists::author(&page, slug, *number).ok_or_else(missing)?),
        Route::NotFound => {
            theme.render("not_found.html", &view::NotFoundPage { frame: page.frame("not_found", page.text("not_found")) })
        }
        _ => Err(missing()),
    }
}
