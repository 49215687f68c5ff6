//! Feeds as the site knows them: what they tell of and in which format. What is in them, the module `feed` knows.

use super::slug::fan;
use super::{EntryRef, Site};

/// What a feed tells of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// The days of the site.
    Days,
    /// The entries of the site.
    Entries,
    /// The days of a source, by slug.
    Source(String),
    /// The entries of a tag, by slug.
    Tag(String),
    /// The entries of a watchlist, by slug.
    Watch(String),
    /// The entries of an author, by slug.
    Author(String),
}

impl Channel {
    /// The kinds of channels in the order in which lists name them: keys of their names in catalogs.
    pub const KINDS: [&str; 5] = ["feeds_of_site", "watchlists", "sources", "tags", "authors"];

    /// Its kind, one of [`Channel::KINDS`].
    pub fn kind(&self) -> &'static str {
        match self {
            Channel::Days | Channel::Entries => "feeds_of_site",
            Channel::Watch(_) => "watchlists",
            Channel::Source(_) => "sources",
            Channel::Tag(_) => "tags",
            Channel::Author(_) => "authors",
        }
    }

    /// What the paths of its feeds begin with: a folder of their own, but for authors. Tens of thousands of these may have feeds, and to make and
    /// remove a folder takes longer than the files in it.
    pub(super) fn prefix(&self) -> String {
        match self {
            Channel::Days => "feeds/".to_owned(),
            Channel::Entries => "feeds/entries/".to_owned(),
            Channel::Source(slug) => format!("feeds/sources/{slug}/"),
            Channel::Tag(slug) => format!("feeds/tags/{slug}/"),
            Channel::Watch(slug) => format!("feeds/watch/{slug}/"),
            Channel::Author(slug) => format!("feeds/authors/{}/{slug}.", fan(slug)),
        }
    }
}

/// The format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedFormat {
    /// Atom, RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// All formats.
    pub const ALL: [FeedFormat; 3] = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json];

    /// Its name in settings and its key in catalogs.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.row().1
    }

    /// The name of its file.
    pub(super) fn file(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            FeedFormat::Atom => ("atom", "application/atom+xml", "atom.xml"),
            FeedFormat::Rss => ("rss", "application/rss+xml", "rss.xml"),
            FeedFormat::Json => ("json", "application/feed+json", "feed.json"),
        }
    }
}

impl Site {
    /// What there are feeds of, in a fixed order.
    pub fn channels(&self) -> Vec<Channel> {
        if self.info.publish.feed_formats.is_empty() {
            return Vec::new();
        }
        let mut channels = vec![Channel::Days, Channel::Entries];
        channels.extend(self.sources.iter().map(|source| Channel::Source(source.slug.clone())));
        channels.extend(self.watches.iter().map(|watch| Channel::Watch(watch.slug.clone())));
        channels.extend(self.tags.iter().map(|tag| Channel::Tag(tag.slug.clone())));
        let authors = self.authors.iter().filter(|author| author.entries.len() >= self.info.publish.feed_authors);
        channels.extend(authors.map(|author| Channel::Author(author.slug.clone())));
        channels
    }

    /// True if there is a feed of it.
    pub fn has_channel(&self, channel: &Channel) -> bool {
        let enough = self.info.publish.feed_authors;
        let known = match channel {
            Channel::Days | Channel::Entries => true,
            Channel::Source(slug) => self.source(slug).is_some(),
            Channel::Author(_) => self.entries_of(channel).is_some_and(|entries| entries.len() >= enough),
            Channel::Tag(_) | Channel::Watch(_) => self.entries_of(channel).is_some(),
        };
        known && !self.info.publish.feed_formats.is_empty()
    }

    /// The entries of a tag, a watchlist or an author, oldest first; none for other channels.
    pub fn entries_of(&self, channel: &Channel) -> Option<&[EntryRef]> {
        match channel {
            Channel::Tag(slug) => {
                let at = self.tags.binary_search_by(|tag| tag.slug.as_str().cmp(slug)).ok()?;
                Some(&self.tags[at].entries)
            }
            Channel::Author(slug) => Some(&self.authors[self.author_at(slug)?].entries),
            Channel::Watch(slug) => Some(&self.watches.iter().find(|watch| watch.slug == *slug)?.entries),
            _ => None,
        }
    }

    /// The name of what a feed tells of; none for the site as a whole.
    pub fn name_of(&self, channel: &Channel) -> Option<&str> {
        match channel {
            Channel::Days | Channel::Entries => None,
            Channel::Source(slug) => self.source(slug).map(|source| source.label.as_str()),
            Channel::Watch(slug) => self.watches.iter().find(|watch| watch.slug == *slug).map(|watch| watch.name.as_str()),
            Channel::Tag(slug) => {
                let at = self.tags.binary_search_by(|tag| tag.slug.as_str().cmp(slug)).ok()?;
                Some(&self.tags[at].name)
            }
            Channel::Author(slug) => Some(&self.authors[self.author_at(slug)?].name),
        }
    }
}
