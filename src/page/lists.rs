//! Lists: sources, tags, authors, and the entries of each.

use super::entry::Around;
use super::view::{
    AuthorGroupPage, AuthorsPage, Bar, CountedLink, DayLink, EntriesPage, FeedGroup, FeedsOf, FeedsPage, Frame, Initial,
    ListPage, PageOfNames, SourceMonth, SourcePage, WatchPage, YearOfEntries,
};
use super::{Page, day};
use crate::model::Day;
use crate::site::route::{Route, section_anchor};
use crate::site::{Author, Channel, EntryRef, FeedFormat, PER_PAGE, Site, Source, Watch};
use crate::theme::ThemeError;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// Names on a page of a list of names, and in a group of feeds.
const PER_INDEX: usize = 1000;

/// How many of its newest entries the page of a source shows.
const NEWEST: usize = 10;

pub(super) fn sources(page: &Page) -> ListPage {
    let item = |source: &Source| CountedLink {
        name: source.label.clone(),
        url: page.links.to(&Route::Source(source.slug.clone())),
        n: source.n_entries,
    };
    ListPage {
        frame: page.frame("sources", page.text("sources")),
        items: page.site.sources.iter().map(item).collect(),
        pages: Vec::new(),
    }
}

pub(super) fn source(page: &Page, slug: &str) -> Option<SourcePage> {
    let source = page.site.sources.iter().find(|source| source.slug == slug)?;
    let mut months: Vec<(Day, SourceMonth)> = Vec::new();
    for &digest in source.digests.iter().rev() {
        let listed = &page.site.digests[digest as usize];
        let n = listed.n_entries();
        let month = Day::new(listed.day.year(), listed.day.month(), 1)?;
        if months.last().is_none_or(|(last, _)| *last != month) {
            let link = page.month_link(month);
            months.push((month, SourceMonth { label: link.name, url: link.url, days: Vec::new() }));
        }
        let days = &mut months.last_mut()?.1.days;
        let iso = listed.day.to_string();
        // Several files of one day are one day.
        match days.last_mut() {
            Some(last) if last.iso == iso => last.n_entries += n,
            _ => days.push(DayLink {
                label: page.date("day_short", listed.day),
                url: page.links.to_anchor(&Route::Day(listed.day), &section_anchor(slug)),
                iso,
                n_entries: n,
            }),
        }
    }
    let lists = |digest: &&u32| !page.site.digests[**digest as usize].digest.entries.is_empty();
    let newest = source.digests.iter().rev().find(lists).map(|&digest| page.site.digests[digest as usize].day);
    let of_day = |day: Day| {
        let digests = source.digests.iter().map(|&digest| digest as usize).filter(|&at| page.site.digests[at].day == day);
        day::first_entries(page, &digests.collect::<Vec<_>>(), NEWEST, Around::DayAndSource)
    };
    Some(SourcePage {
        frame: page.frame("source", source.label.clone()),
        label: source.label.clone(),
        n_entries: source.n_entries,
        note_html: source.note_html.as_deref().map(|note| page.owner_html(note)),
        latest: newest.and_then(|day| {
            let iso = day.to_string();
            months.iter().flat_map(|(_, month)| &month.days).find(|link| link.iso == iso).cloned()
        }),
        entries: newest.map(of_day).unwrap_or_default(),
        months: months.into_iter().map(|(_, month)| month).collect(),
    })
}

/// The pages of a list of so many names: the first without a number, further ones from 2.
pub(super) fn index_pages(n_names: usize) -> impl Iterator<Item = Option<usize>> {
    std::iter::once(None).chain((2..=n_names.div_ceil(PER_INDEX)).map(Some))
}

/// Where the names of a page of a list begin and end.
pub(crate) fn names_of_page(number: Option<usize>, n_names: usize) -> Range<usize> {
    let start = (number.unwrap_or(1) - 1) * PER_INDEX;
    start.min(n_names)..(start + PER_INDEX).min(n_names)
}

/// The title of a page of a list.
fn numbered(title: String, number: Option<usize>) -> String {
    number.map_or(title.clone(), |number| format!("{title} · {number}"))
}

/// The pages of a list of names if there are several.
fn pages_of_names(
    page: &Page,
    n_names: usize,
    name: impl Fn(usize) -> String,
    route: impl Fn(Option<usize>) -> Route,
) -> Vec<PageOfNames> {
    if n_names <= PER_INDEX {
        return Vec::new();
    }
    let of = |number: Option<usize>| {
        let names = names_of_page(number, n_names);
        let route = route(number);
        PageOfNames {
            first: name(names.start),
            last: name(names.end - 1),
            url: page.links.to(&route),
            current: route == *page.route,
        }
    };
    index_pages(n_names).map(of).collect()
}

pub(super) fn tags(page: &Page, number: Option<usize>) -> ListPage {
    let tags = &page.site.tags;
    let item = |tag: &crate::site::Tag| CountedLink {
        name: tag.name.clone(),
        url: page.links.to(&Route::Tag(tag.slug.clone(), None)),
        n: n_works(page.site, &tag.entries),
    };
    ListPage {
        frame: page.frame("tags", numbered(page.text("tags"), number)),
        items: tags[names_of_page(number, tags.len())].iter().map(item).collect(),
        pages: pages_of_names(page, tags.len(), |at| tags[at].name.clone(), Route::Tags),
    }
}

pub(super) fn tag(page: &Page, slug: &str, number: Option<usize>) -> Result<Option<EntriesPage>, ThemeError> {
    let Ok(at) = page.site.tags.binary_search_by(|tag| tag.slug.as_str().cmp(slug)) else { return Ok(None) };
    let tag = &page.site.tags[at];
    let frame = page.frame("tag", tag.name.clone());
    entries(page, frame, &tag.name, (Channel::Tag(tag.slug.clone()), &tag.entries), number)
}

pub(super) fn author(page: &Page, slug: &str, number: Option<usize>) -> Result<Option<EntriesPage>, ThemeError> {
    let Some(at) = page.site.author_at(slug) else { return Ok(None) };
    let author = &page.site.authors[at];
    let frame = page.frame("author", author.name.clone());
    entries(page, frame, &author.name, (Channel::Author(author.slug.clone()), &author.entries), number)
}

pub(super) fn watches(page: &Page) -> ListPage {
    let item = |watch: &Watch| CountedLink {
        name: watch.name.clone(),
        url: page.links.to(&Route::Watch(watch.slug.clone(), None)),
        n: n_works(page.site, &watch.entries),
    };
    ListPage {
        frame: page.frame("watches", page.text("watchlists")),
        items: page.site.watches.iter().map(item).collect(),
        pages: Vec::new(),
    }
}

pub(super) fn watch(page: &Page, slug: &str, number: Option<usize>) -> Result<Option<WatchPage>, ThemeError> {
    let Some(watch) = page.site.watches.iter().find(|watch| watch.slug == slug) else { return Ok(None) };
    let frame = page.frame("watch", watch.name.clone());
    let list = entries(page, frame, &watch.name, (Channel::Watch(watch.slug.clone()), &watch.entries), number)?;
    Ok(list.map(|list| WatchPage {
        list,
        query: watch.query.clone(),
        search: page.site.info.publish.search.then(|| page.links.to_search(&watch.query)),
        bibtex: page.site.info.citations.of_watches().then(|| page.links.to(&Route::WatchBibtex(watch.slug.clone()))),
    }))
}

pub(super) fn feeds(page: &Page) -> FeedsPage {
    let channels = page.site.channels();
    let of = |channel: &Channel| {
        let feeds = page.feeds(channel);
        let name = if *channel == Channel::Days {
            page.text("feed_days")
        } else {
            feeds.first().map(|feed| feed.name.clone()).unwrap_or_default()
        };
        FeedsOf { name, url: page.links.to(&Route::of_channel(channel)), feeds }
    };
    let group = |kind: &&str| {
        let mut named: Vec<&Channel> = channels.iter().filter(|channel| channel.kind() == *kind).collect();
        let n_more = named.len().saturating_sub(PER_INDEX);
        if n_more > 0 {
            // Fifty thousand authors may have feeds: those that list most are asked for most.
            named.sort_by_cached_key(|channel| Reverse(page.site.entries_of(channel).map_or(0, <[EntryRef]>::len)));
            named.truncate(PER_INDEX);
            named.sort_unstable();
        }
        let index = named.first().filter(|_| n_more > 0).and_then(|channel| Route::index_of_channels(channel));
        FeedGroup {
            label: page.text(kind),
            items: named.into_iter().map(of).collect(),
            n_more,
            index: index.map(|index| page.links.to(&index)),
        }
    };
    let formats = &page.site.info.publish.feed_formats;
    FeedsPage {
        frame: page.frame("feeds", page.text("feeds")),
        groups: Channel::KINDS.iter().map(group).filter(|group| !group.items.is_empty()).collect(),
        opml: formats.iter().any(|format| *format != FeedFormat::Json).then(|| page.links.to(&Route::Opml)),
    }
}

/// How many works these entries are.
pub(super) fn n_works(site: &Site, entries: &[EntryRef]) -> usize {
    site.firsts(entries).count()
}

/// A page of a list. One with a number shows nothing of the works on others, so that it stays as it is while the list grows.
fn entries(
    page: &Page,
    mut frame: Frame,
    name: &str,
    (channel, entries): (Channel, &[EntryRef]),
    number: Option<usize>,
) -> Result<Option<EntriesPage>, ThemeError> {
    let site = page.site;
    let Some(works) = site.works_on_page(&channel, entries, number) else { return Ok(None) };
    let last = *site.numbered_pages(&channel).end();
    frame.title = numbered(frame.title, number);
    let mut years: BTreeMap<i32, (usize, String)> = BTreeMap::new();
    for (work, html) in works.iter().zip(page.works_in_brief(&works)?).rev() {
        let (n_entries, entries_html) = years.entry(site.entry(work.first).0.day.year()).or_default();
        *n_entries += 1;
        entries_html.push_str(&html);
    }
    let label = |year: i32| Day::new(year, 1, 1).map_or_else(|| year.to_string(), |day| page.date("year_long", day));
    let timeline = match number {
        Some(_) => Vec::new(),
        // There is no other page.
        None if last == 0 => timeline(page, works.iter().map(|work| work.first), &years, label),
        None => timeline(page, site.firsts(entries), &years, label),
    };
    let link = |n: usize| page.links.to(&Route::of_list(&channel, (n <= last).then_some(n)));
    let n_before = if number.is_none() { last * PER_PAGE } else { 0 };
    let number = number.unwrap_or(last + 1);
    Ok(Some(EntriesPage {
        frame,
        name: name.to_owned(),
        n_entries: n_before + works.len(),
        years: years
            .into_iter()
            .rev()
            .map(|(year, (n_entries, entries_html))| YearOfEntries {
                label: label(year),
                anchor: (!timeline.is_empty()).then(|| year_anchor(year)),
                n_entries,
                entries_html,
            })
            .collect(),
        timeline,
        older: (number > 1).then(|| link(number - 1)),
        newer: (number <= last).then(|| link(number + 1)),
    }))
}

/// How many works there are in each year, where there are several; with links to those that are on the page.
fn timeline<T>(
    page: &Page,
    works: impl Iterator<Item = EntryRef>,
    on_page: &BTreeMap<i32, T>,
    label: impl Fn(i32) -> String,
) -> Vec<Bar> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for first in works {
        *counts.entry(page.site.entry(first).0.day.year()).or_default() += 1;
    }
    if counts.len() < 2 {
        return Vec::new();
    }
    let url = |year: i32| if on_page.contains_key(&year) { format!("#{}", year_anchor(year)) } else { String::new() };
    bars(counts.into_iter().map(|(year, n)| (label(year), url(year), n)).collect())
}

/// The id of a year on a page of entries.
fn year_anchor(year: i32) -> String {
    format!("y{year}")
}

/// Counts beside the largest of them.
pub(super) fn bars(counts: Vec<(String, String, usize)>) -> Vec<Bar> {
    let most = counts.iter().map(|count| count.2).max().unwrap_or(0).max(1);
    counts.into_iter().map(|(label, url, n)| Bar { label, url, n, percent: (n * 100).div_ceil(most) }).collect()
}

pub(super) fn authors(page: &Page) -> AuthorsPage {
    let mut initials: Vec<Initial> = Vec::new();
    for (group, n) in page.site.author_groups() {
        let letter = group.chars().take(1).collect::<String>().to_uppercase();
        if initials.last().is_none_or(|initial| initial.letter != letter) {
            initials.push(Initial { letter, n: 0, groups: Vec::new() });
        }
        if let Some(initial) = initials.last_mut() {
            initial.n += n;
            let url = page.links.to(&Route::AuthorGroup(group.clone(), None));
            initial.groups.push(CountedLink { name: group_label(&group), url, n });
        }
    }
    AuthorsPage { frame: page.frame("authors", page.text("authors")), initials, n_authors: page.site.authors.len() }
}

fn group_label(group: &str) -> String {
    let mut letters = group.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn author_group(page: &Page, group: &str, number: Option<usize>) -> AuthorGroupPage {
    let members: Vec<&Author> = page.site.authors_in(group).map(|at| &page.site.authors[at]).collect();
    let item = |author: &&Author| CountedLink {
        name: author.name.clone(),
        url: page.links.to(&Route::Author(author.slug.clone(), None)),
        n: author.entries.len(),
    };
    let label = group_label(group);
    AuthorGroupPage {
        frame: page.frame("author_group", numbered(format!("{}: {label}", page.text("authors")), number)),
        label,
        index: page.links.to(&Route::Authors),
        n_authors: members.len(),
        authors: members[names_of_page(number, members.len())].iter().map(item).collect(),
        pages: pages_of_names(page, members.len(), |at| members[at].name.clone(), |n| Route::AuthorGroup(group.to_owned(), n)),
    }
}
