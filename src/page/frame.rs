//! What is around the content of every page, and the words and links that all pages use.

use super::Page;
use super::view::{DayLink, FeedLink, Frame, NamedLink, NavigationItem};
use crate::model::Day;
use crate::site::DayRecord;
use crate::site::route::Route;

/// The feeds: catalog key, media type, route.
const FEEDS: &[(&str, &str, Route)] =
    &[("atom", "application/atom+xml", Route::Atom), ("rss", "application/rss+xml", Route::Rss)];

impl Page<'_> {
    pub(super) fn frame(&self, kind: &'static str, title: String) -> Frame {
        let info = &self.site.info;
        let feed = |(key, media_type, route): &(&str, &'static str, Route)| FeedLink {
            title: self.text(key),
            media_type,
            url: self.links.to(route),
        };
        let asset = self.links.to(&Route::Asset(String::new()));
        Frame {
            language: info.language.clone(),
            site_title: info.title.clone(),
            site_description: info.description.clone(),
            title,
            kind,
            home: self.links.to(&Route::Home),
            navigation: self.navigation(),
            assets: asset,
            feeds: FEEDS.iter().map(feed).collect(),
            canonical: self.links.absolute(self.route).filter(|_| *self.route != Route::NotFound),
        }
    }

    fn navigation(&self) -> Vec<NavigationItem> {
        let items = [
            ("home", Route::Home, true),
            ("archive", Route::Archive, true),
            ("sources", Route::Sources, !self.site.sources.is_empty()),
            ("tags", Route::Tags, !self.site.tags.is_empty()),
            ("authors", Route::Authors, !self.site.authors.is_empty()),
        ];
        let shown = items.into_iter().filter(|item| item.2);
        shown
            .map(|(key, route, _)| NavigationItem {
                key,
                label: self.text(key),
                url: self.links.to(&route),
                current: route == *self.route,
            })
            .collect()
    }

    /// A text of the catalog.
    pub(super) fn text(&self, key: &str) -> String {
        self.theme.text(key, &[])
    }

    /// A day by a pattern of the catalog: `day_long`, `day_short`, `month_long`, `year_long`.
    pub(super) fn date(&self, pattern: &str, day: Day) -> String {
        let month_name = self.text(&format!("month_{}", day.month()));
        let abbreviated: String = month_name.chars().take(3).collect();
        let values = [
            ("year", day.year().to_string()),
            ("month", day.month().to_string()),
            ("day", day.day().to_string()),
            ("weekday", self.text(&format!("weekday_{}", day.weekday() + 1))),
            ("month_name", month_name),
            ("month_abbr", abbreviated),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.theme.text(pattern, &values)
    }

    pub(super) fn day_link(&self, record: &DayRecord) -> DayLink {
        DayLink {
            iso: record.day.to_string(),
            label: self.date("day_short", record.day),
            url: self.links.to(&Route::Day(record.day)),
            n_entries: record.n_entries,
        }
    }

    pub(super) fn month_link(&self, day: Day) -> NamedLink {
        NamedLink { name: self.date("month_long", day), url: self.links.to(&Route::Month(day.year(), day.month())) }
    }

    pub(super) fn year_link(&self, day: Day) -> NamedLink {
        NamedLink { name: self.date("year_long", day), url: self.links.to(&Route::Year(day.year())) }
    }
}
