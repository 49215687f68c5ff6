//! The items of feeds: a day, or a work where it was first seen; and how much of each a feed tells.

use super::xml::{Escaped, Moment, escape_into};
use crate::model::{Entry, LinkKind};
use crate::prose;
use crate::site::route::{Links, Route, section_anchor};
use crate::site::{DayRecord, EntryRef, Site};
use crate::text::single_spaced;
use crate::theme::Theme;

/// How much a feed tells of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// That it is there: a day by its sources, an entry by its title and authors.
    Brief,
    /// A day by the first titles of each source, an entry as in brief: what an archive tells.
    Heads,
    /// A day by its titles; an entry as in brief.
    Titles,
    /// All of its text.
    Full,
}

impl Level {
    /// The next lower level.
    pub(super) fn less(self) -> Level {
        match self {
            Level::Full => Level::Titles,
            Level::Titles => Level::Heads,
            Level::Heads | Level::Brief => Level::Brief,
        }
    }
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
pub(super) struct Item<'a> {
    /// `urn:uuid:…`, made of the site's id and what the item is.
    pub(super) id: String,
    pub(super) title: String,
    /// Its address on the site.
    pub(super) url: String,
    /// What it tells of elsewhere.
    pub(super) external_url: Option<String>,
    pub(super) moment: Moment,
    pub(super) authors: &'a [String],
    pub(super) tags: Vec<String>,
    pub(super) html: String,
    /// The same as a text of XML.
    pub(super) escaped_html: Escaped,
}

/// Titles of one source in a day's item; the rest is on the page.
const TITLES_PER_SOURCE: usize = 100;

/// The same in an archive, which has only what makes a day known again: all there is to tell of it is on its page and in the data.
const HEADS_PER_SOURCE: usize = 10;

/// Authors that an item names; from here on they are too many to be read.
const MAX_AUTHORS: usize = 50;

/// Characters of a title. Essays in titles are real.
const MAX_TITLE: usize = 400;

/// The first item of a day's list is an hour after midnight, each further one a second earlier: so readers that sort by time
/// keep the order, and an item keeps its time while its list grows.
const FIRST_SECOND: u32 = 3600;

impl<'a> Scope<'a> {
    /// The item of a subject.
    pub(super) fn item(&self, subject: Subject, level: Level) -> Item<'a> {
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

    fn day(&self, record: &DayRecord, source: Option<&str>, level: Level) -> Item<'a> {
        let part = source.map_or_else(|| record.day.to_string(), |slug| format!("source/{slug}/{}", record.day));
        let sections = self.sections(record, source);
        let n: usize = sections.iter().map(|section| section.entries.len()).sum();
        let count = match n {
            1 => self.theme.text("entry", &[]),
            n => self.theme.text("entries", &[("n", &n.to_string())]),
        };
        let page = self.links.best(&Route::Day(record.day));
        let url = match source {
            Some(slug) if sections.len() == 1 => format!("{page}#{}", section_anchor(slug)),
            _ => page.clone(),
        };
        let mut html = String::new();
        for section in &sections {
            self.put_section(&mut html, section, (&page, &url), source.is_none(), level);
        }
        Item {
            id: uuid(self.site, &part),
            title: format!("{} · {count}", record.day),
            url,
            external_url: None,
            moment: self.moment(Subject::Day(record, source)),
            authors: &[],
            tags: Vec::new(),
            escaped_html: Escaped::of(&html),
            html,
        }
    }

    /// The sources of a day that list something.
    fn sections(&self, record: &DayRecord, source: Option<&str>) -> Vec<Section<'a>> {
        let mut sections: Vec<Section> = Vec::new();
        for digest in record.digests.clone() {
            let listed = &self.site.digests[digest];
            let of = &self.site.sources[listed.source as usize];
            if source.is_some_and(|slug| slug != of.slug) || listed.n_entries() == 0 {
                continue;
            }
            let entries = self.site.entries_in([digest]);
            match sections.last_mut() {
                Some(last) if last.label == of.label => last.entries.extend(entries),
                _ => sections.push(Section { label: &of.label, entries: entries.collect() }),
            }
        }
        sections
    }

    /// Appends what stands in a day's item for one source. `page` is the day's, `url` the item's own address.
    fn put_section(&self, html: &mut String, section: &Section, (page, url): (&str, &str), with_heading: bool, level: Level) {
        let n = section.entries.len();
        if level == Level::Brief {
            put_between(html, ("<p><a href=\"", "\">"), url);
            put_between(html, ("", &format!(" ({n})</a></p>\n")), section.label);
            return;
        }
        if with_heading {
            put_between(html, ("<h3>", &format!(" ({n})</h3>\n")), section.label);
        }
        let shown = match level {
            Level::Heads => HEADS_PER_SOURCE,
            Level::Titles => TITLES_PER_SOURCE,
            _ => usize::MAX,
        };
        html.push_str(if level == Level::Full { "" } else { "<ol>\n" });
        for &at in section.entries.iter().take(shown) {
            let (listed, entry) = self.site.entry(at);
            let anchor = &listed.anchors[at.entry as usize];
            let further = (self.site.page_number(at) > 1).then(|| self.links.best(&self.site.page_of(at)));
            let page = further.as_deref().unwrap_or(page);
            let title = title(entry);
            match level {
                Level::Full => {
                    put_link(html, ("<h4>", "</h4>\n"), (page, anchor), &title);
                    self.put_text(html, entry);
                }
                Level::Titles => {
                    put_link(html, ("<li>", ""), (page, anchor), &title);
                    put_names(html, ("<br><small>", "</small>"), entry);
                    html.push_str("</li>\n");
                }
                _ => put_between(html, ("<li>", "</li>\n"), &title),
            }
        }
        html.push_str(if level == Level::Full { "" } else { "</ol>\n" });
        if n > shown {
            put_between(html, ("<p><a href=\"", &format!("\">… {}</a></p>\n", n - shown)), url);
        }
    }

    fn entry(&self, at: EntryRef, level: Level) -> Item<'a> {
        let (listed, entry) = self.site.entry(at);
        let anchor = &listed.anchors[at.entry as usize];
        // What stands before `~` names the work, on whatever day it is listed. Without an id nothing tells that it is the one of another day.
        let name = match entry.id {
            Some(_) => format!("work/{}", anchor.split('~').next().unwrap_or(anchor)),
            None => format!("entry/{}/{anchor}", listed.day),
        };
        let external_url = entry.links.iter().find_map(|link| prose::href(&link.url));
        let mut html = String::new();
        match level {
            Level::Full => self.put_text(&mut html, entry),
            _ => put_brief(&mut html, entry, external_url.as_deref()),
        }
        Item {
            id: uuid(self.site, &name),
            title: title(entry),
            url: self.links.best_anchor(&self.site.page_of(at), anchor),
            moment: self.moment(Subject::Entry(at)),
            authors: authors(entry),
            tags: entry.tags.iter().map(|tag| prose::plain(tag)).filter(|tag| !tag.is_empty()).collect(),
            escaped_html: Escaped::of(&html),
            html,
            external_url,
        }
    }

    /// Appends an entry without its title: authors, original title, summary, note, links.
    fn put_text(&self, html: &mut String, entry: &Entry) {
        put_names(html, ("<p><small>", "</small></p>\n"), entry);
        if let Some(original) = &entry.original_title {
            put_between(html, ("<p><em>", "</em></p>\n"), &prose::plain(original));
        }
        for text in [&entry.summary, &entry.note].into_iter().flatten() {
            html.push_str(&prose::html_without_mathml(text));
        }
        let mut before = "<p>";
        for (link, href) in entry.links.iter().filter_map(|link| Some((link, prose::href(&link.url)?))) {
            let label = match link.text.is_empty() {
                false if link.kind == LinkKind::Other => prose::plain(&link.text),
                _ => self.theme.text(link.kind.name(), &[]),
            };
            html.push_str(before);
            put_between(html, ("<a href=\"", "\">"), &href);
            put_between(html, ("", "</a>"), &label);
            before = " · ";
        }
        if before != "<p>" {
            html.push_str("</p>\n");
        }
    }
}

/// What one source lists on a day.
struct Section<'a> {
    label: &'a str,
    entries: Vec<EntryRef>,
}

/// Appends a text, escaped, between markup.
fn put_between(html: &mut String, (before, after): (&str, &str), text: &str) {
    html.push_str(before);
    escape_into(html, text);
    html.push_str(after);
}

/// Appends a link to a place on a page.
fn put_link(html: &mut String, (before, after): (&str, &str), (page, anchor): (&str, &str), text: &str) {
    html.push_str(before);
    put_between(html, ("<a href=\"", "#"), page);
    put_between(html, ("", "\">"), anchor);
    put_between(html, ("", "</a>"), text);
    html.push_str(after);
}

/// Appends the authors of an entry that has any.
fn put_names(html: &mut String, (before, after): (&str, &str), entry: &Entry) {
    if entry.authors.is_empty() {
        return;
    }
    html.push_str(before);
    for (n, name) in authors(entry).iter().enumerate() {
        put_between(html, (if n > 0 { "; " } else { "" }, ""), name);
    }
    html.push_str(if entry.authors.len() > MAX_AUTHORS { " …" } else { "" });
    html.push_str(after);
}

/// Appends an entry by its authors and where it leads.
fn put_brief(html: &mut String, entry: &Entry, url: Option<&str>) {
    put_names(html, ("<p>", "</p>"), entry);
    if let Some(url) = url {
        put_between(html, ("<p><a href=\"", "\">"), url);
        put_between(html, ("", "</a></p>"), url);
    }
}

fn authors(entry: &Entry) -> &[String] {
    &entry.authors[..entry.authors.len().min(MAX_AUTHORS)]
}

/// The title as plain text on one line; the id or address where there is none.
fn title(entry: &Entry) -> String {
    let whole = entry.title.as_deref().map_or_else(|| entry.stand_in(), prose::plain);
    let end = if whole.len() > MAX_TITLE { whole.char_indices().nth(MAX_TITLE) } else { None };
    let cut = end.map_or(whole.len(), |(at, _)| at);
    let shown = single_spaced(&whole[..cut]);
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
    let mut id = String::from("urn:uuid:");
    for (at, byte) in bytes.into_iter().enumerate() {
        id.push_str(if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" });
        for digit in [byte >> 4, byte & 0x0F] {
            id.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    id
}
