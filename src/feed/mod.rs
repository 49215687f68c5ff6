//! Feeds (Atom, RFC 4287; RSS 2.0; JSON Feed 1.1) with their history (RFC 5005), their list (OPML 2.0), and the map of the site
//! (sitemaps.org).
//!
//! A [`Channel`] is what a feed tells of. Its `history` cuts all there is to tell into documents; `item` makes the items;
//! `atom`, `rss` and `json` write them. Ids are `urn:uuid`s of the site's id and what an item is, so that they change neither with
//! the address nor with the order of files nor with versions. Dates are the days themselves; nothing depends on the clock.

mod atom;
mod history;
mod item;
mod json;
mod opensearch;
mod opml;
mod rss;
mod sitemap;
mod style;
mod xml;

pub use opensearch::opensearch;
pub use opml::opml;
pub use sitemap::{MAX_URLS, robots, sitemaps};
pub use style::style;

use crate::site::route::{Links, Route};
use crate::site::{Channel, FeedFormat, Site};
use crate::theme::Theme;
use history::{History, history};
use item::{Item, Level, Scope, Subject, uuid};
use std::io;
use xml::Moment;

/// How large a document may be, in bytes: readers give up on larger ones.
pub const MAX_BYTES: usize = 512 * 1024;

/// What a document may have for its items; the rest is for its head.
const ITEM_BYTES: usize = MAX_BYTES - 16 * 1024;

/// A document of a feed.
struct Document<'a> {
    scope: Scope<'a>,
    channel: &'a Channel,
    route: &'a Route,
    /// The id of the feed, the same for all its documents.
    id: String,
    title: String,
    /// The page that shows the same.
    page: String,
    /// The moment of the newest item.
    newest: Option<Moment>,
    is_complete: bool,
}

impl Document<'_> {
    /// When it last changed, RFC 3339. A feed without items says 1970, since the standard demands a date.
    fn updated(&self) -> String {
        self.newest.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), Moment::rfc3339)
    }
}

/// All documents of a feed in all its formats.
pub fn documents(site: &Site, theme: &Theme, channel: &Channel) -> io::Result<Vec<(Route, Vec<u8>)>> {
    let current = Route::Feed(channel.clone(), FeedFormat::Atom);
    let at = |route: &Route| Scope { site, theme, links: Links::from(route, site.info.base_url.as_deref()) };
    let scope = at(&current);
    let size = |subject| entry_size(&scope, subject);
    let History { current: subjects, archives, is_complete } = history(site, channel, ITEM_BYTES, size);
    let archive_routes: Vec<Route> = archives.iter().map(|part| Route::FeedArchive(channel.clone(), part.name.clone())).collect();
    let mut files = Vec::new();
    let with_atom = site.info.publish.feed_formats.contains(&FeedFormat::Atom);
    for (n, part) in archives.iter().enumerate().filter(|_| with_atom) {
        let document = document(at(&archive_routes[n]), channel, &archive_routes[n], &part.subjects, false);
        let previous = n.checked_sub(1).map(|before| &archive_routes[before]);
        let entries = of_one_level(&document.scope, &part.subjects)?;
        let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        files.push((archive_routes[n].clone(), atom::document(&document, &entries, previous)?));
    }
    for &format in &site.info.publish.feed_formats {
        let route = Route::Feed(channel.clone(), format);
        let document = document(at(&route), channel, &route, &subjects, is_complete);
        let (items, entries) = newest_in_full(&document.scope, &subjects)?;
        let bytes = match format {
            FeedFormat::Atom => {
                let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
                atom::document(&document, &entries, archive_routes.last())?
            }
            FeedFormat::Rss => rss::document(&document, &items)?,
            FeedFormat::Json => json::document(&document, &items)?,
        };
        files.push((route, bytes));
    }
    Ok(files)
}

fn document<'a>(
    scope: Scope<'a>,
    channel: &'a Channel,
    route: &'a Route,
    subjects: &[Subject],
    is_complete: bool,
) -> Document<'a> {
    Document {
        id: feed_id(scope.site, channel),
        title: title(scope.site, scope.theme, channel),
        page: scope.links.best(&Route::of_channel(channel)),
        newest: subjects.iter().map(|subject| scope.moment(*subject)).max(),
        scope,
        channel,
        route,
        is_complete,
    }
}

/// How many bytes a subject takes at least. A day in brief is short and the same for all.
fn entry_size(scope: &Scope, subject: Subject) -> usize {
    match subject {
        Subject::Day(..) => DAY_IN_BRIEF,
        Subject::Entry(_) => atom::entry(&scope.item(subject, Level::Brief)).map_or(0, |entry| entry.len()),
    }
}

/// What a day in brief takes at most, with a few sources, in bytes.
const DAY_IN_BRIEF: usize = 4096;

/// The items of a current document, newest first: as many of the newest as can be have their whole text, those after them titles,
/// and the oldest are in brief. Each with its element in Atom, the longest of the formats, by which they are measured.
fn newest_in_full(scope: &Scope, subjects: &[Subject]) -> io::Result<(Vec<Item>, Vec<Vec<u8>>)> {
    let made = |subject: &Subject, level| -> io::Result<(Item, Vec<u8>)> {
        let item = scope.item(*subject, level);
        let entry = atom::entry(&item)?;
        Ok((item, entry))
    };
    let mut all = subjects.iter().map(|subject| made(subject, Level::Brief)).collect::<io::Result<Vec<_>>>()?;
    let mut total: usize = all.iter().map(|(_, entry)| entry.len()).sum();
    let mut level = Level::Full;
    for (subject, one) in subjects.iter().zip(&mut all) {
        while level > Level::Brief {
            let longer = made(subject, level)?;
            if total - one.1.len() + longer.1.len() <= ITEM_BYTES {
                total = total - one.1.len() + longer.1.len();
                *one = longer;
                break;
            }
            // From here on down all items tell less, lest a document be a patchwork.
            level = if level == Level::Full { Level::Titles } else { Level::Brief };
        }
    }
    Ok(all.into_iter().unzip())
}

/// The elements of an archive in Atom: all of one level, days at most with titles, since whole texts would double the site.
fn of_one_level(scope: &Scope, subjects: &[Subject]) -> io::Result<Vec<Vec<u8>>> {
    let is_day = subjects.iter().any(|subject| matches!(subject, Subject::Day(..)));
    let levels = if is_day { [Level::Titles, Level::Brief] } else { [Level::Full, Level::Brief] };
    let mut entries = Vec::new();
    for level in levels {
        entries = subjects.iter().map(|subject| atom::entry(&scope.item(*subject, level))).collect::<io::Result<Vec<_>>>()?;
        if entries.iter().map(Vec::len).sum::<usize>() <= ITEM_BYTES {
            break;
        }
    }
    Ok(entries)
}

/// The id of a feed.
fn feed_id(site: &Site, channel: &Channel) -> String {
    let part = match channel {
        Channel::Days => String::new(),
        Channel::Entries => "feed/entries".to_owned(),
        Channel::Source(slug) => format!("feed/source/{slug}"),
        Channel::Tag(slug) => format!("feed/tag/{slug}"),
        Channel::Watch(slug) => format!("feed/watch/{slug}"),
        Channel::Author(slug) => format!("feed/author/{slug}"),
    };
    uuid(site, &part)
}

/// The title of a feed.
fn title(site: &Site, theme: &Theme, channel: &Channel) -> String {
    let of_all = theme.text("feed_entries", &[]);
    let name = if *channel == Channel::Entries { Some(of_all.as_str()) } else { site.name_of(channel) };
    name.map_or_else(|| site.info.title.clone(), |name| format!("{} · {name}", site.info.title))
}
