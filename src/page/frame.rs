//! What is around the content of every page, and the words and links that all pages use.

use super::Page;
use super::view::{DayLink, FeedLink, Frame, NamedLink, NavigationItem, OfferedLanguage, SiteView};
use crate::model::Day;
use crate::prose::owner_html_at;
use crate::site::route::Route;
use crate::site::{Channel, DayRecord, FeedFormat};

/// Days with more entries carry no marks of microformats, which would be a tenth of the page.
const MOST_MARKED: usize = 300;

impl Page<'_> {
    /// What all pages have around their content.
    pub(super) fn site_view(&self) -> SiteView {
        let info = &self.site.info;
        SiteView {
            language: info.language.clone(),
            title: info.title.clone(),
            description: info.description.clone(),
            logo: info.logo.as_deref().map(|logo| self.links.to_named(logo)),
            footer_html: info.footer_html.as_deref().map(|footer| self.owner_html(footer)),
            home: self.links.to(&Route::Home),
            since: self.links.to(&Route::Since),
            stars: self.links.to(&Route::Stars),
            reader: self.links.to(&Route::Reader),
            search: info.publish.search.then(|| self.links.to(&Route::Search)),
            opensearch: (info.publish.search && info.base_url.is_some()).then(|| self.links.to(&Route::OpenSearch)),
            languages: self.offered_languages(),
            navigation: self.navigation(),
            assets: self.links.to(&Route::Asset(String::new())),
            all_feeds: (!info.publish.feed_formats.is_empty()).then(|| self.links.to(&Route::Feeds)),
            cites: info.citations.buttons,
        }
    }

    /// A text of the owner's that stands on many pages: its links count from the root of the site.
    pub(super) fn owner_html(&self, html: &str) -> String {
        owner_html_at(html, |target| Some(self.links.to_named(target)))
    }

    /// What the page has of its own around its content.
    pub(super) fn frame(&self, kind: &'static str, title: String) -> Frame {
        let description = if kind == "home" { self.site.info.description.clone() } else { String::new() };
        Frame {
            title,
            description,
            kind,
            current: self.current(),
            feeds: self.feeds_of_site(),
            feeds_of_page: self.channel().map(|channel| self.feeds(&channel)).unwrap_or_default(),
            canonical: self.links.absolute(self.route).filter(|_| !self.route.is_personal()),
            is_personal: self.route.is_personal(),
            is_h_feed: self.is_h_feed(),
            style: self.style(),
        }
    }

    /// The styles for a page that is shown at any depth, where nothing tells how far it is to the root of the site.
    fn style(&self) -> Option<String> {
        let is_anywhere = *self.route == Route::NotFound && self.site.info.base_url.is_none();
        is_anywhere.then(|| self.theme.style().map(str::to_owned)).flatten()
    }

    /// True if entries carry the marks of microformats: on the home page, and on days that are not so long that marks would weigh.
    pub(super) fn is_h_feed(&self) -> bool {
        match self.route {
            Route::Home => true,
            Route::Day(day) => self.site.day(*day).is_some_and(|record| record.n_entries <= MOST_MARKED),
            _ => false,
        }
    }

    /// What the page's own feed tells of, if it has one.
    fn channel(&self) -> Option<Channel> {
        let channel = match self.route {
            Route::Source(slug) => Channel::Source(slug.clone()),
            Route::Tag(slug, None) => Channel::Tag(slug.clone()),
            Route::Watch(slug, None) => Channel::Watch(slug.clone()),
            Route::Author(slug, None) => Channel::Author(slug.clone()),
            Route::Home => Channel::Entries,
            _ => return None,
        };
        self.site.has_channel(&channel).then_some(channel)
    }

    /// The feeds of the site's days that the page names: all of them at home, elsewhere the one in the preferred format. Authors' pages, which are
    /// most, have their own or none.
    fn feeds_of_site(&self) -> Vec<FeedLink> {
        let formats = &self.site.info.publish.feed_formats;
        match self.route {
            Route::Home => self.feeds(&Channel::Days),
            Route::Author(..) => Vec::new(),
            _ => self.feeds_in(&Channel::Days, &formats[..formats.len().min(1)]),
        }
    }

    /// The feeds of a channel, one for each format.
    pub(super) fn feeds(&self, channel: &Channel) -> Vec<FeedLink> {
        self.feeds_in(channel, &self.site.info.publish.feed_formats)
    }

    fn feeds_in(&self, channel: &Channel, formats: &[FeedFormat]) -> Vec<FeedLink> {
        let name = match channel {
            Channel::Entries => self.text("feed_entries"),
            _ => self.site.name_of(channel).unwrap_or(&self.site.info.title).to_owned(),
        };
        let feed = |format: &FeedFormat| FeedLink {
            title: self.text(format.name()),
            name: name.clone(),
            media_type: format.media_type(),
            url: self.links.to(&Route::Feed(channel.clone(), *format)),
        };
        formats.iter().map(feed).collect()
    }

    /// The languages a reader can switch to, the site's own first; none if there is only that one.
    fn offered_languages(&self) -> Vec<OfferedLanguage> {
        let info = &self.site.info;
        let others = info.languages.iter().filter(|other| **other != info.language);
        let tags: Vec<&String> = std::iter::once(&info.language).chain(others).collect();
        let offered = |tag: &&String| OfferedLanguage { tag: (*tag).clone(), name: self.language_name(tag) };
        if tags.len() < 2 { Vec::new() } else { tags.iter().map(offered).collect() }
    }

    /// The name of a language in that language, as far as the catalog knows it.
    pub(super) fn language_name(&self, tag: &str) -> String {
        let name = |tag: &str| self.theme.catalog.get(&format!("language_{tag}")).cloned();
        name(tag).or_else(|| name(tag.split('-').next()?)).unwrap_or_else(|| tag.to_owned())
    }

    fn navigation(&self) -> Vec<NavigationItem> {
        let site = self.site;
        let items = [
            ("archive", Route::Archive, true),
            ("sources", Route::Sources, !site.sources.is_empty()),
            ("tags", Route::Tags(None), !site.tags.is_empty()),
            ("authors", Route::Authors, !site.authors.is_empty()),
            ("watchlists", Route::Watches, !site.watches.is_empty()),
        ];
        let shown = items.into_iter().filter(|(.., is_shown)| *is_shown);
        let shown = shown.map(|(key, route, _)| NavigationItem { key, label: self.text(key), url: self.links.to(&route) });
        let of_owner = |label: &str, url| NavigationItem { key: "own", label: label.to_owned(), url };
        let pages = site.info.pages.iter().filter(|page| page.in_navigation);
        let pages = pages.map(|page| of_owner(&page.title, self.links.to(&Route::Own(page.slug.clone()))));
        let links = site.info.navigation.iter().map(|(label, url)| of_owner(label, self.links.to_named(url)));
        shown.chain(pages).chain(links).collect()
    }

    /// The link of the navigation that leads to the page: to all pages of a list leads that of the first.
    fn current(&self) -> Option<String> {
        let route = match self.route {
            Route::Tags(_) => &Route::Tags(None),
            Route::Archive | Route::Sources | Route::Authors | Route::Watches | Route::Own(_) => self.route,
            _ => return None,
        };
        Some(self.links.to(route))
    }

    /// A text of the catalog.
    pub(super) fn text(&self, key: &str) -> String {
        self.theme.text(key, &[])
    }

    /// A day by a pattern of the catalog: `day_long`, `day_short`, `month_long`, `year_long`.
    pub(super) fn date(&self, pattern: &str, day: Day) -> String {
        let month_name = || self.text(&format!("month_{}", day.month()));
        self.theme.filled(pattern, |name| match name {
            "year" => Some(day.year().to_string()),
            "month" => Some(day.month().to_string()),
            "day" => Some(day.day().to_string()),
            "weekday" => Some(self.text(&format!("weekday_{}", day.weekday() + 1))),
            "month_name" => Some(month_name()),
            "month_abbr" => Some(month_name().chars().take(3).collect()),
            _ => None,
        })
    }

    pub(super) fn day_link(&self, record: &DayRecord) -> DayLink {
        DayLink {
            iso: record.day.to_string(),
            label: self.date("day_short", record.day),
            url: self.links.to(&Route::Day(record.day)),
            n_entries: record.n_entries,
        }
    }

    /// The week of a day in words.
    pub(super) fn week_link(&self, day: Day) -> NamedLink {
        let (year, week) = day.week();
        let name = self.theme.text("week_long", &[("year", &year.to_string()), ("week", &week.to_string())]);
        NamedLink { name, url: self.links.to(&Route::Week(year, week)) }
    }

    pub(super) fn month_link(&self, day: Day) -> NamedLink {
        NamedLink { name: self.date("month_long", day), url: self.links.to(&Route::Month(day.year(), day.month())) }
    }

    pub(super) fn year_link(&self, day: Day) -> NamedLink {
        NamedLink { name: self.date("year_long", day), url: self.links.to(&Route::Year(day.year())) }
    }
}
