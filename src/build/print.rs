//! What each part of a site is made of, as a print: settings, theme and program, which all are made of, and the facts of the site that its
//! files show. A part whose print is the same as before has the same files as before.
//!
//! A print may cover more than is shown: then a part is made once more for nothing. It must never cover less, which a test holds by
//! comparing builds upon builds with clean ones. Files that show something of the whole archive have none and are always made.

use super::Part;
use crate::api;
use crate::feed;
use crate::memo::{Memo, Print, print, put_text};
use crate::model::{Day, name};
use crate::page;
use crate::site::print::SitePrints;
use crate::site::route::{ApiFile, Route};
use crate::site::slug::slug;
use crate::site::{Author, Channel, DayRecord, ListedWork, Site, tag_slug};
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Makes the prints of parts.
pub(super) struct Prints<'a> {
    site: &'a Site,
    /// The prints of its digests and entries.
    digests: SitePrints,
    /// The print of what all parts are made of.
    base: Print,
    /// The prints of the authors' names and entries, in the order of the site.
    authors: Vec<Print>,
    /// For days with translations which names in them are known.
    known_names: Mutex<HashMap<Day, Print>>,
}

impl<'a> Prints<'a> {
    /// Prepares the prints of a site's parts.
    pub(super) fn new(site: &'a Site, theme: &Theme, program: &str) -> Prints<'a> {
        let mut bytes = Vec::new();
        put_text(program, &mut bytes);
        bytes.extend_from_slice(&theme.print);
        put_text(&format!("{:?}", site.info), &mut bytes);
        // What the navigation leads to.
        [site.sources.is_empty(), site.tags.is_empty(), site.authors.is_empty()].iter().for_each(|is| is.put(&mut bytes));
        let digests = SitePrints::of(site);
        let of_author = |author: &Author| {
            let mut facts = Vec::new();
            put_text(&author.name, &mut facts);
            digests.put_entries(&author.entries, &mut facts);
            print(&facts)
        };
        let authors = site.authors.par_iter().map(of_author).collect();
        Prints { site, digests, base: print(&bytes), authors, known_names: Mutex::default() }
    }

    /// The print of a part; none for one that is always made.
    pub(super) fn of(&self, part: &Part) -> Option<Print> {
        let mut facts = Vec::with_capacity(256);
        self.base.put(&mut facts);
        put_text(&part.route().path(), &mut facts);
        self.facts(part, &mut facts)?;
        Some(print(&facts))
    }

    fn facts(&self, part: &Part, out: &mut Vec<u8>) -> Option<()> {
        match part {
            Part::Page(route) => self.page(route, out),
            Part::Data(Route::Api(file)) => self.api(file, out),
            Part::Data(Route::Data(year, ..)) => self.days(self.site.days_in(*year, None), out),
            Part::Segment(segment) => self.days(&self.site.days[segment.days.clone()], out),
            Part::Feeds(volume) => {
                // They have no archives, so their one document may tell of any entry of the list.
                if matches!(volume.channel, Channel::Author(_) | Channel::Tag(_)) {
                    return self.list(&volume.channel, out);
                }
                self.site.name_of(&volume.channel).unwrap_or_default().to_owned().put(out);
                feed::put_prints(self.site, &self.digests, volume, out);
                Some(())
            }
            Part::Data(_) | Part::SearchManifest | Part::Map => None,
            Part::Single(route) => matches!(route, Route::Asset(_) | Route::FeedStyle | Route::NoJekyll).then_some(()),
        }
    }

    fn page(&self, route: &Route, out: &mut Vec<u8>) -> Option<()> {
        let site = self.site;
        match route {
            Route::Day(day) | Route::DayPart(day, None, ..) => self.day(*day, out),
            Route::DayIn(day, _) | Route::DayPart(day, Some(_), ..) => {
                self.day(*day, out)?;
                self.known_names(self.site.day(*day)?, out)
            }
            Route::CiteDay(day) | Route::SinceDay(day) | Route::DayPlaces(day, _) => self.days([self.site.day(*day)?], out),
            Route::Month(year, month) => self.period(site.days_in(*year, Some(*month)), out),
            Route::Bibtex(year, month) => self.days(site.days_in(*year, Some(*month)), out),
            Route::Week(year, week) => self.period(site.days_of_week(*year, *week), out),
            Route::Year(year) => self.period(site.days_in(*year, None), out),
            Route::Source(slug) => self.source(slug, out),
            Route::Tag(slug, number) => self.page_of_list(&Channel::Tag(slug.clone()), *number, out),
            Route::Author(slug, number) => self.page_of_list(&Channel::Author(slug.clone()), *number, out),
            Route::Watch(slug, number) => self.page_of_list(&Channel::Watch(slug.clone()), *number, out),
            Route::WatchBibtex(slug) => self.list(&Channel::Watch(slug.clone()), out),
            Route::AuthorGroup(group, number) => self.group(group, *number, out),
            Route::Work(slug) => {
                self.digests.put_entries(&site.work(slug)?.sightings, out);
                Some(())
            }
            Route::Own(_) | Route::Stars | Route::Search | Route::NotFound => Some(()),
            Route::Redirect(path) => {
                let at = site.redirects.binary_search_by(|redirect| redirect.from.as_str().cmp(path)).ok()?;
                put_text(&site.redirects[at].to, out);
                Some(())
            }
            _ => None,
        }
    }

    fn api(&self, file: &ApiFile, out: &mut Vec<u8>) -> Option<()> {
        match file {
            ApiFile::Schema => Some(()),
            ApiFile::Year(year) => self.days(self.site.days_in(*year, None), out),
            ApiFile::Day(day, _) => self.days([self.site.day(*day)?], out),
            ApiFile::Tag(slug, page) => self.part_of_list(&Channel::Tag(slug.clone()), api::ITEMS, *page, out),
            ApiFile::Author(slug, page) => self.part_of_list(&Channel::Author(slug.clone()), api::ITEMS, *page, out),
            ApiFile::Watch(slug, page) => self.part_of_list(&Channel::Watch(slug.clone()), api::ENTRIES, *page, out),
            ApiFile::AuthorGroup(group, page) => self.part_of_group(group, *page, out),
            ApiFile::Source(slug, _) => self.source(slug, out),
            _ => None,
        }
    }

    /// A day, and the nearest days before and after it that list something.
    fn day(&self, day: Day, out: &mut Vec<u8>) -> Option<()> {
        let days = &self.site.days;
        let at = self.site.day_at(day)?;
        self.days([&days[at]], out);
        let listed = |record: &&DayRecord| record.n_entries > 0;
        for neighbour in [days[..at].iter().rev().find(listed), days[at + 1..].iter().find(listed)] {
            neighbour.map(|record| (record.day, record.n_entries)).put(out);
        }
        Some(())
    }

    fn days<'d>(&self, days: impl IntoIterator<Item = &'d DayRecord>, out: &mut Vec<u8>) -> Option<()> {
        for record in days {
            record.day.put(out);
            self.digests.put_digests(record.digests.clone(), out);
        }
        Some(())
    }

    /// A stretch of days, the days next to it, and how much of it lies outside of the archive.
    fn period(&self, days: &[DayRecord], out: &mut Vec<u8>) -> Option<()> {
        let (first, last) = (days.first()?, days.last()?);
        self.days(days, out);
        let all = &self.site.days;
        let (before, after) = self.site.around(days);
        before.put(out);
        after.put(out);
        (all.first()?.day == first.day).put(out);
        (all.last()?.day == last.day).put(out);
        Some(())
    }

    fn source(&self, slug: &str, out: &mut Vec<u8>) -> Option<()> {
        let digests = &self.site.source(slug)?.digests;
        self.digests.put_digests(digests.iter().map(|&digest| digest as usize), out);
        Some(())
    }

    /// The entries of a tag, an author or a watchlist, and its name.
    fn list(&self, channel: &Channel, out: &mut Vec<u8>) -> Option<()> {
        if let Channel::Author(slug) = channel {
            self.authors[self.site.author_at(slug)?].put(out);
            return Some(());
        }
        put_text(self.site.name_of(channel)?, out);
        self.digests.put_entries(self.site.entries_of(channel)?, out);
        Some(())
    }

    /// A page of such a list: the newest shows how many entries there are in all, one with a number only its own, and which page comes next.
    fn page_of_list(&self, channel: &Channel, number: Option<usize>, out: &mut Vec<u8>) -> Option<()> {
        if number.is_none() {
            return self.list(channel, out);
        }
        put_text(self.site.name_of(channel)?, out);
        (number == Some(*self.site.numbered_pages(channel).end())).put(out);
        for ListedWork { first, later } in self.site.works_on_page(channel, self.site.entries_of(channel)?, number)? {
            self.digests.put_entries(&[first], out);
            self.digests.put_entries(&later, out);
        }
        Some(())
    }

    /// A page of such a list in the data.
    fn part_of_list(&self, channel: &Channel, per_page: usize, page: Option<usize>, out: &mut Vec<u8>) -> Option<()> {
        put_text(self.site.name_of(channel)?, out);
        let entries = self.site.entries_of(channel)?;
        self.digests.put_entries(&entries[put_place(entries.len(), per_page, page, out)], out);
        Some(())
    }

    /// The names of a group of authors, which its pages name the first and last of, and how many entries those of a page have.
    fn group(&self, group: &str, number: Option<usize>, out: &mut Vec<u8>) -> Option<()> {
        let members: Vec<usize> = self.site.authors_in(group).collect();
        let on_page = page::names_of_page(number, members.len());
        for (place, &at) in members.iter().enumerate() {
            let author = &self.site.authors[at];
            put_text(&author.slug, out);
            put_text(&author.name, out);
            on_page.contains(&place).then_some(author.entries.len()).put(out);
        }
        Some(())
    }

    /// A page of such a group in the data, with the entries of the authors on it.
    fn part_of_group(&self, group: &str, page: Option<usize>, out: &mut Vec<u8>) -> Option<()> {
        let members: Vec<usize> = self.site.authors_in(group).collect();
        for &at in &members[put_place(members.len(), api::AUTHORS, page, out)] {
            let author = &self.site.authors[at];
            put_text(&author.slug, out);
            put_text(&author.name, out);
            api::has_few_entries(author).then_some(self.authors[at]).put(out);
        }
        Some(())
    }

    /// Which names and tags of a day's translations the site knows, which are links then. A long day has many pages that ask for it.
    fn known_names(&self, record: &DayRecord, out: &mut Vec<u8>) -> Option<()> {
        let mut known = self.known_names.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(record.day).or_insert_with(|| self.print_of_names(record)).put(out);
        Some(())
    }

    fn print_of_names(&self, record: &DayRecord) -> Print {
        let (site, mut facts) = (self.site, Vec::new());
        let out = &mut facts;
        let translations = site.digests[record.digests.clone()].iter().flat_map(|listed| &listed.translations);
        for entry in translations.flat_map(|translation| &translation.digest.entries) {
            for written in &entry.authors {
                let slug = slug(&name::key(written));
                site.author_at(&slug).is_some().put(out);
            }
            for tag in &entry.tags {
                site.tags.binary_search_by(|other| other.slug.cmp(&tag_slug(tag))).is_ok().put(out);
            }
        }
        print(&facts)
    }
}

/// The items on a page of a list of `n` in the data. Appends what such a page says of the others: the newest how many items there are in
/// all, one with a number whether the newest comes next.
fn put_place(n: usize, per_page: usize, page: Option<usize>, out: &mut Vec<u8>) -> Range<usize> {
    match page {
        None => n.put(out),
        Some(page) => (page == api::full_pages(n, per_page)).put(out),
    }
    api::items_of_page(n, per_page, page)
}
