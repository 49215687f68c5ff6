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
use history::has_archives;
use item::{Item, Level, Scope, Subject, uuid};
use xml::Moment;

pub use history::{Volume, put_prints};

/// How large a document may be, in bytes: readers give up on larger ones.
pub const MAX_BYTES: usize = 512 * 1024;

/// What a document may have for its items; the rest is for its head.
const ITEM_BYTES: usize = MAX_BYTES - 16 * 1024;

/// What a document may have for items with whole texts, beside the newest: readers ask for it many times a day.
const USUAL_BYTES: usize = MAX_BYTES / 2;

/// Items of a feed without archives. A tag may list more than a hundred entries a day; an author does not list fifty in a month, and what is
/// older is on the author's page.
const MAX_ITEMS: usize = 1000;
const MAX_ITEMS_OF_AUTHOR: usize = 50;

/// Sizes are those on a site with a base URL of this length, longer than those that hosts give, so that an archive has the same address wherever the site is.
const BASE_LENGTH: usize = 192;

/// A document of a feed.
struct Document<'a> {
    scope: &'a Scope<'a>,
    channel: &'a Channel,
    route: Route,
    /// Its current document in Atom.
    current: Route,
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

/// The documents that a feed has: its archives, oldest first, if there is a format that knows archives, and the current one.
pub fn volumes(site: &Site, theme: &Theme, channel: &Channel) -> Vec<Volume> {
    let base = format!("{:x<BASE_LENGTH$}", "https://");
    let scope = Scope { site, theme, links: Links::from(&Route::Feed(channel.clone(), FeedFormat::Atom), Some(&base)) };
    let size = |subject| atom::entry(&scope.item(subject, Level::Brief)).len();
    let mut volumes = history::volumes(site, channel, ITEM_BYTES, size);
    let with_atom = site.info.publish.feed_formats.contains(&FeedFormat::Atom);
    volumes.retain(|volume| with_atom || volume.archive.is_none());
    volumes
}

/// The addresses of a document: of the current one in all formats of the site, of an archive in Atom.
pub fn routes(site: &Site, volume: &Volume) -> Vec<Route> {
    let Volume { channel, archive, .. } = volume;
    match archive {
        Some(name) => vec![Route::FeedArchive(channel.clone(), name.clone())],
        None => site.info.publish.feed_formats.iter().map(|format| Route::Feed(channel.clone(), *format)).collect(),
    }
}

/// A document of a feed: the current one in all formats of the site, an archive in Atom.
pub fn documents(site: &Site, theme: &Theme, volume: &Volume) -> Vec<(Route, Vec<u8>)> {
    let Volume { channel, previous, .. } = volume;
    let routes = routes(site, volume);
    let Some(first) = routes.first() else { return Vec::new() };
    // The documents that are made of the same items stand in one folder, and see the site alike.
    let scope = Scope { site, theme, links: Links::from(first, site.info.base_url.as_deref()) };
    let subjects = volume.subjects(site);
    let items =
        if volume.archive.is_some() { of_one_level(&scope, &subjects) } else { newest_in_full(&scope, channel, &subjects) };
    let is_complete = previous.is_none() && *channel != Channel::Entries && items.items.len() == subjects.len();
    let document = |route: &Route| Document {
        id: feed_id(site, channel),
        title: title(site, theme, channel),
        page: scope.links.best(&Route::of_channel(channel)),
        newest: items.items.iter().map(|item| item.moment).max(),
        scope: &scope,
        channel,
        current: Route::Feed(channel.clone(), FeedFormat::Atom),
        route: route.clone(),
        is_complete,
    };
    let archive = |name: &Option<String>| name.as_ref().map(|name| Route::FeedArchive(channel.clone(), name.clone()));
    let bytes = |route: &Route| match route {
        Route::Feed(_, FeedFormat::Rss) => rss::document(&document(route), &items.items),
        Route::Feed(_, FeedFormat::Json) => json::document(&document(route), &items.items),
        _ => atom::document(&document(route), &items.entries, archive(previous).as_ref()),
    };
    routes.iter().map(|route| (route.clone(), bytes(route))).collect()
}

/// The items of a document, newest first, each with its element in Atom, the longest of the formats, by which they are measured.
struct Items<'a> {
    items: Vec<Item<'a>>,
    entries: Vec<String>,
}

impl<'a> Items<'a> {
    fn of(scope: &Scope<'a>, subjects: &[Subject], level: Level) -> Items<'a> {
        let items: Vec<Item> = subjects.iter().map(|subject| scope.item(*subject, level)).collect();
        let entries = items.iter().map(atom::entry).collect();
        Items { items, entries }
    }

    fn n_bytes(&self) -> usize {
        self.entries.iter().map(String::len).sum()
    }
}

/// The items of a current document: as many of the newest as can be have their whole text, those after them say less. What a feed without
/// archives has no room for is left out, the oldest first.
fn newest_in_full<'a>(scope: &Scope<'a>, channel: &Channel, subjects: &[Subject]) -> Items<'a> {
    if !has_archives(channel) {
        let most = if matches!(channel, Channel::Author(_)) { MAX_ITEMS_OF_AUTHOR } else { MAX_ITEMS };
        return newest_there_is_room_for(scope, &subjects[..subjects.len().min(most)]);
    }
    let mut all = Items::of(scope, subjects, Level::Brief);
    let mut total = all.n_bytes();
    let (mut level, mut longer_total) = (Level::Full, 0);
    for (at, subject) in subjects.iter().enumerate() {
        while level > Level::Brief {
            let item = scope.item(*subject, level);
            let entry = atom::entry(&item);
            let usual = if at == 0 || level == Level::Heads { ITEM_BYTES } else { USUAL_BYTES };
            let others = total - all.entries[at].len();
            if longer_total + entry.len() <= usual && others + entry.len() <= ITEM_BYTES {
                longer_total += entry.len();
                total = others + entry.len();
                (all.items[at], all.entries[at]) = (item, entry);
                break;
            }
            // From here on down all items tell less, lest a document be a patchwork.
            level = if matches!(subject, Subject::Entry(_)) { Level::Brief } else { level.less() };
        }
    }
    while total > ITEM_BYTES {
        all.items.pop();
        total -= all.entries.pop().map_or(total, |entry| entry.len());
    }
    all
}

/// The items of a document that may leave out old ones, each of which is an entry.
fn newest_there_is_room_for<'a>(scope: &Scope<'a>, subjects: &[Subject]) -> Items<'a> {
    let mut all = Items { items: Vec::new(), entries: Vec::new() };
    let (mut level, mut total) = (Level::Full, 0);
    for subject in subjects {
        let mut item = scope.item(*subject, level);
        let mut entry = atom::entry(&item);
        let usual = if all.items.is_empty() { ITEM_BYTES } else { USUAL_BYTES };
        if level == Level::Full && total + entry.len() > usual {
            // From here on down all items tell less, lest a document be a patchwork.
            level = Level::Brief;
            item = scope.item(*subject, level);
            entry = atom::entry(&item);
        }
        total += entry.len();
        if total > ITEM_BYTES {
            break;
        }
        all.items.push(item);
        all.entries.push(entry);
    }
    all
}

/// The items of an archive: all of one level, since whole texts would double the site.
fn of_one_level<'a>(scope: &Scope<'a>, subjects: &[Subject]) -> Items<'a> {
    let heads = Items::of(scope, subjects, Level::Heads);
    if heads.n_bytes() <= ITEM_BYTES { heads } else { Items::of(scope, subjects, Level::Brief) }
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
