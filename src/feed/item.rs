//! The items of feeds: a day, or a work where it was first seen; and how much of each a feed tells.

use super::xml::{Moment, escape};
use crate::model::{Entry, Link, LinkKind};
use crate::prose;
use crate::site::route::{Links, Route, section_anchor};
use crate::site::{DayRecord, EntryRef, ListedDigest, Site};
use crate::theme::Theme;

/// How much a feed tells of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// That it is there: a day by its sources, an entry by its title and authors.
    Brief,
    /// A day by its titles; an entry as in brief.
    Titles,
    /// All of its text.
    Full,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject<'a> {
    /// A day, or what one source lists on it, by slug.
    Day(&'a DayRecord, Option<&'a str>),
    /// An entry, the first of its work.
    Entry(EntryRef),
}

/// What stands around the items of a feed.
pub(super) struct Scope<'a> {
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) links: Links,
}

/// An item.
pub(super) struct Item {
    /// `urn:uuid:…`, made of the site's id and what the item is.
    pub(super) id: String,
    pub(super) title: String,
    /// Its address on the site.
    pub(super) url: String,
    /// What it tells of elsewhere.
    pub(super) external_url: Option<String>,
    pub(super) moment: Moment,
    pub(super) authors: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) html: String,
}

/// Titles of one source in a day's item; the rest is on the page.
const TITLES_PER_SOURCE: usize = 100;

/// Authors that an item names; from here on they are too many to be read.
const MAX_AUTHORS: usize = 50;

/// Characters of a title. Essays in titles are real.
const MAX_TITLE: usize = 400;

/// The first item of a day's list is an hour after midnight, each further one a second earlier: so readers that sort by time
/// keep the order, and an item keeps its time while its list grows.
const FIRST_SECOND: u32 = 3600;

impl Scope<'_> {
    /// The item of a subject.
    pub(super) fn item(&self, subject: Subject, level: Level) -> Item {
        match subject {
            Subject::Day(record, source) => self.day(record, source, level),
            Subject::Entry(at) => self.entry(at, level),
        }
    }

    /// When a subject was listed.
    pub(super) fn moment(&self, subject: Subject) -> Moment {
        match subject {
            Subject::Day(record, _) => Moment { day: record.day, second: 0 },
            Subject::Entry(at) => {
                let (listed, entry) = self.site.entry(at);
                Moment { day: listed.day, second: FIRST_SECOND.saturating_sub(entry.position) }
            }
        }
    }

    fn day(&self, record: &DayRecord, source: Option<&str>, level: Level) -> Item {
        let part = source.map_or_else(|| record.day.to_string(), |slug| format!("source/{slug}/{}", record.day));
        let sections = self.sections(record, source);
        let n: usize = sections.iter().map(|section| section.entries.len()).sum();
        let count = match n {
            1 => self.theme.text("entry", &[]),
            n => self.theme.text("entries", &[("n", &n.to_string())]),
        };
        let url = match source {
            Some(slug) if sections.len() == 1 => self.links.best_anchor(&Route::Day(record.day), &section_anchor(slug)),
            _ => self.links.best(&Route::Day(record.day)),
        };
        let html = sections.iter().map(|section| self.section(section, &url, source.is_none(), level)).collect();
        Item {
            id: uuid(self.site, &part),
            title: format!("{} · {count}", record.day),
            url,
            external_url: None,
            moment: self.moment(Subject::Day(record, source)),
            authors: Vec::new(),
            tags: Vec::new(),
            html,
        }
    }

    /// The sources of a day that list something.
    fn sections<'a>(&'a self, record: &DayRecord, source: Option<&str>) -> Vec<Section<'a>> {
        let mut sections: Vec<Section> = Vec::new();
        for listed in &self.site.digests[record.digests.clone()] {
            let of = &self.site.sources[listed.source as usize];
            if source.is_some_and(|slug| slug != of.slug) || listed.digest.entries.is_empty() {
                continue;
            }
            let entries = listed.digest.entries.iter().enumerate().map(|(at, entry)| (listed, at, entry));
            match sections.last_mut() {
                Some(last) if last.label == of.label => last.entries.extend(entries),
                _ => sections.push(Section { label: &of.label, entries: entries.collect() }),
            }
        }
        sections
    }

    /// What stands in a day's item for one source.
    fn section(&self, section: &Section, page: &str, with_heading: bool, level: Level) -> String {
        let n = section.entries.len();
        let (label, page) = (escape(section.label), escape(page));
        if level == Level::Brief {
            return format!("<p><a href=\"{page}\">{label} ({n})</a></p>\n");
        }
        let mut html = if with_heading { format!("<h3>{label} ({n})</h3>\n") } else { String::new() };
        if level == Level::Titles {
            html.push_str("<ol>\n");
        }
        let shown = if level == Level::Titles { TITLES_PER_SOURCE } else { usize::MAX };
        for (listed, at, entry) in section.entries.iter().take(shown) {
            let href = escape(&self.links.best_anchor(&Route::Day(listed.day), &listed.anchors[*at]));
            let title = escape(&title(entry));
            if level == Level::Titles {
                let by = names(entry).map_or(String::new(), |names| format!("<br><small>{}</small>", escape(&names)));
                html.push_str(&format!("<li><a href=\"{href}\">{title}</a>{by}</li>\n"));
            } else {
                html.push_str(&format!("<h4><a href=\"{href}\">{title}</a></h4>\n{}", self.text(entry)));
            }
        }
        if level == Level::Titles {
            html.push_str("</ol>\n");
        }
        if n > shown {
            html.push_str(&format!("<p><a href=\"{page}\">… {}</a></p>\n", n - shown));
        }
        html
    }

    fn entry(&self, at: EntryRef, level: Level) -> Item {
        let (listed, entry) = self.site.entry(at);
        let anchor = &listed.anchors[at.entry as usize];
        // What stands before `~` names the work, on whatever day it is listed.
        let work = anchor.split('~').next().unwrap_or(anchor);
        let external_url = entry.links.iter().find_map(|link| prose::href(&link.url));
        Item {
            id: uuid(self.site, &format!("work/{work}")),
            title: title(entry),
            url: self.links.best_anchor(&Route::Day(listed.day), anchor),
            moment: self.moment(Subject::Entry(at)),
            authors: authors(entry),
            tags: entry.tags.iter().map(|tag| prose::plain(tag)).filter(|tag| !tag.is_empty()).collect(),
            html: match level {
                Level::Full => self.text(entry),
                _ => brief(entry, external_url.as_deref()),
            },
            external_url,
        }
    }

    /// An entry without its title: authors, original title, summary, note, links.
    fn text(&self, entry: &Entry) -> String {
        let mut html = String::new();
        if let Some(names) = names(entry) {
            html.push_str(&format!("<p><small>{}</small></p>\n", escape(&names)));
        }
        if let Some(original) = &entry.original_title {
            html.push_str(&format!("<p><em>{}</em></p>\n", escape(&prose::plain(original))));
        }
        for text in [&entry.summary, &entry.note].into_iter().flatten() {
            html.push_str(&prose::html_without_mathml(text));
        }
        let link = |link: &Link| {
            let href = prose::href(&link.url)?;
            let label = match link.text.is_empty() {
                false if link.kind == LinkKind::Other => prose::plain(&link.text),
                _ => self.theme.text(link.kind.name(), &[]),
            };
            Some(format!("<a href=\"{}\">{}</a>", escape(&href), escape(&label)))
        };
        let links: Vec<String> = entry.links.iter().filter_map(link).collect();
        if !links.is_empty() {
            html.push_str(&format!("<p>{}</p>\n", links.join(" · ")));
        }
        html
    }
}

/// What one source lists on a day.
struct Section<'a> {
    label: &'a str,
    /// Each with its digest and its index there.
    entries: Vec<(&'a ListedDigest, usize, &'a Entry)>,
}

/// An entry by its authors and where it leads.
fn brief(entry: &Entry, url: Option<&str>) -> String {
    let by = names(entry).map_or(String::new(), |names| format!("<p>{}</p>", escape(&names)));
    let url = url.map_or(String::new(), |url| format!("<p><a href=\"{0}\">{0}</a></p>", escape(url)));
    by + &url
}

fn authors(entry: &Entry) -> Vec<String> {
    entry.authors.iter().take(MAX_AUTHORS).cloned().collect()
}

fn names(entry: &Entry) -> Option<String> {
    let more = if entry.authors.len() > MAX_AUTHORS { " …" } else { "" };
    (!entry.authors.is_empty()).then(|| authors(entry).join("; ") + more)
}

/// The title as plain text on one line; the id or address where there is none.
fn title(entry: &Entry) -> String {
    let whole = entry.title.as_deref().map_or_else(|| entry.stand_in(), prose::plain);
    let cut = whole.char_indices().nth(MAX_TITLE).map_or(whole.len(), |(at, _)| at);
    let shown = whole[..cut].split_whitespace().collect::<Vec<_>>().join(" ");
    if cut < whole.len() { shown + "…" } else { shown }
}

/// A name-based UUID (RFC 9562, version 8) of the site's id and a part of it. It follows neither address nor order nor versions.
pub(super) fn uuid(site: &Site, part: &str) -> String {
    let mut bytes = [0_u8; 16];
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"daysheet feed\0").update(site.info.id.as_bytes()).update(b"\0").update(part.as_bytes());
    hasher.finalize_xof().fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
