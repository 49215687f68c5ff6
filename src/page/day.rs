//! A day: all its sources with their entries.

use super::Page;
use super::entry::Around;
use super::view::{
    BriefView, DayLink, DayPage, DayRow, EntryPart, EntryView, Facet, Frame, NamedLink, SourceOnDay, SourceSection,
};
use crate::model::{Day, DigestState, LinkKind};
use crate::prose;
use crate::site::route::{Route, section_anchor};
use crate::site::{DayRecord, EntryRef, ListedDigest, PER_SECTION, Site, SourceIdx, Translation};
use crate::theme::ThemeError;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the page of a day is rendered by.
const TEMPLATE: &str = "day.html";

/// The level of an entry's heading, below that of its source.
const LEVEL: u8 = 3;

/// The page of a day, in the site's language or, as far as there are translations, in another; or a further page, from 2, of what a
/// source, by slug, lists on it.
pub(super) fn view(
    page: &Page,
    day: Day,
    language: Option<&str>,
    part: Option<(&str, usize)>,
) -> Result<Option<DayPage>, ThemeError> {
    let Some(at) = page.site.day_at(day) else { return Ok(None) };
    let record = &page.site.days[at];
    let label = page.date("day_long", day);
    let lists = |record: &&DayRecord| record.n_entries > 0;
    let link = |record: &DayRecord| -> DayLink { page.day_link(record) };
    let number = part.map_or(1, |(_, number)| number);
    let shown = sources_of(page.site, record)
        .into_iter()
        .filter(|(source, _)| part.is_none_or(|(slug, _)| page.site.sources[*source as usize].slug == slug));
    let sources: Vec<SourceSection> = shown.map(|(source, digests)| section(page, source, &digests, language, number)).collect();
    let whole = part.is_some().then(|| NamedLink { name: label.clone(), url: page.links.to(&numbered(day, language, "", 1)) });
    let is_long = sources.iter().any(|section| section.previous.is_some() || section.next.is_some());
    let title = match sources.first().filter(|_| part.is_some()) {
        Some(section) => format!("{} · {label} · {number}", section.label),
        None => label.clone(),
    };
    let entries = || sources.iter().flat_map(|source| &source.entries);
    let description = format!("{label}: {}", page.site.day_text(record));
    Ok(Some(DayPage {
        frame: Frame { description, ..page.frame("day", title) },
        iso: day.to_string(),
        label,
        n_entries: sources.iter().map(|source| source.n_entries).sum(),
        n_shown: entries().count(),
        state: day_state(page, record),
        tags: facets(entries()),
        n_seen_before: entries().filter(|entry| !entry.seen_before.is_empty()).count(),
        n_with_code: entries().filter(|entry| entry.links.iter().any(|link| link.kind == LinkKind::Code.name())).count(),
        sources: sources.into_iter().map(|section| with_entries(page, section)).collect::<Result<_, ThemeError>>()?,
        languages: if part.is_some() { Vec::new() } else { languages(page, record, language) },
        previous: page.site.days[..at].iter().rev().find(lists).map(link),
        next: page.site.days[at + 1..].iter().find(lists).map(link),
        whole,
        places: is_long.then(|| page.links.to(&Route::DayPlaces(day, language.map(str::to_owned)))),
        week: page.week_link(day),
        month: page.month_link(day),
        year: page.year_link(day),
    }))
}

/// The section of a source with its entries in the form that the theme asks for.
fn with_entries(page: &Page, section: SourceSection) -> Result<SourceSection, ThemeError> {
    let asks_for = |name: &str| page.theme.asks_for(TEMPLATE, name);
    let text = |entry: &EntryView| page.show_part("entry.html", &EntryPart { level: LEVEL, entry });
    let texts = if asks_for("entries_html") { section.entries.iter().map(text).collect() } else { Ok(String::new()) };
    let entries = if asks_for("entries") { section.entries } else { Vec::new() };
    Ok(SourceSection { entries_html: texts?, entries, ..section })
}

/// The sources of a day with the indices of their digests, in the order of their keys.
pub(super) fn sources_of(site: &Site, record: &DayRecord) -> Vec<(SourceIdx, Vec<usize>)> {
    let mut sources: Vec<(SourceIdx, Vec<usize>)> = Vec::new();
    for digest in record.digests.clone() {
        let source = site.digests[digest].source;
        match sources.last_mut() {
            Some((last, digests)) if *last == source => digests.push(digest),
            _ => sources.push((source, vec![digest])),
        }
    }
    sources
}

/// The routes of the further pages of a day, in all its languages.
pub(super) fn parts(site: &Site, record: &DayRecord) -> Vec<Route> {
    let mut parts = Vec::new();
    // Most days are too short to have one, whatever the language.
    if site.digests[record.digests.clone()].iter().map(most_entries).sum::<usize>() <= PER_SECTION {
        return parts;
    }
    let translated = site.languages_of(record).into_iter().map(Some);
    for language in std::iter::once(None).chain(translated) {
        for (source, digests) in sources_of(site, record) {
            let slug = &site.sources[source as usize].slug;
            let n = lengths(site, &digests, language).into_iter().sum::<usize>();
            parts.extend((2..=n.div_ceil(PER_SECTION)).map(|n| numbered(record.day, language, slug, n)));
        }
    }
    parts
}

/// The routes of the scripts that tell where the entries of a day are, in all languages in which it has further pages.
pub(super) fn places_of(site: &Site, record: &DayRecord) -> Vec<Route> {
    let of_part = |route| match route {
        Route::DayPart(day, language, ..) => Some(Route::DayPlaces(day, language)),
        _ => None,
    };
    let mut places: Vec<Route> = parts(site, record).into_iter().filter_map(of_part).collect();
    places.dedup();
    places
}

/// The script that tells where the entries of a day are, for links to those that stand on another page by now: the path of each page with
/// the anchors on it.
pub(super) fn places(site: &Site, day: Day, language: Option<&str>) -> Option<String> {
    let record = site.day(day)?;
    let mut pages: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for (source, digests) in sources_of(site, record) {
        let slug = &site.sources[source as usize].slug;
        let listed = digests.iter().map(|&digest| &site.digests[digest]);
        let anchors: Vec<&String> =
            listed.flat_map(|listed| shown(listed, language).map_or(&listed.anchors, |one| &one.anchors)).collect();
        for (page, anchors) in anchors.chunks(PER_SECTION).enumerate() {
            pages.entry(numbered(day, language, slug, page + 1).path()).or_default().extend(anchors);
        }
    }
    Some(format!("daysheet.places({});\n", serde_json::to_string(&pages).expect("texts in lists are JSON")))
}

/// The page of a day with this number, from 1: the first is the day's, further ones are a source's.
fn numbered(day: Day, language: Option<&str>, source: &str, n: usize) -> Route {
    match (n, language) {
        (1, None) => Route::Day(day),
        (1, Some(language)) => Route::DayIn(day, language.to_owned()),
        _ => Route::DayPart(day, language.map(str::to_owned), source.to_owned(), n),
    }
}

/// How many entries a digest has in the language in which it has most.
fn most_entries(listed: &ListedDigest) -> usize {
    let translated = listed.translations.iter().map(|one| one.digest.entries.len());
    translated.chain([listed.digest.entries.len()]).max().unwrap_or(0)
}

/// A digest as a page in this language shows it.
fn shown<'a>(listed: &'a ListedDigest, language: Option<&str>) -> Option<&'a Translation> {
    listed.translations.iter().find(|one| Some(one.language.as_str()) == language)
}

/// How many entries each of these digests has on a page in this language.
fn lengths(site: &Site, digests: &[usize], language: Option<&str>) -> Vec<usize> {
    let length = |listed: &ListedDigest| shown(listed, language).map_or(&listed.digest, |one| &one.digest).entries.len();
    digests.iter().map(|&digest| length(&site.digests[digest])).collect()
}

/// What a source lists on a day, as far as the page with this number shows it, from 1.
fn section(page: &Page, source: SourceIdx, digests: &[usize], language: Option<&str>, number: usize) -> SourceSection {
    let source = &page.site.sources[source as usize];
    let listed = || digests.iter().map(|&digest| (digest, &page.site.digests[digest]));
    let lengths = lengths(page.site, digests, language);
    let n_entries = lengths.iter().sum::<usize>();
    let start = (number - 1) * PER_SECTION;
    let mut entries: Vec<EntryView> = Vec::new();
    let (mut prefaces, mut afterwords): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut n_before = 0;
    for ((at, listed), length) in listed().zip(lengths) {
        let translation = shown(listed, language);
        let digest = translation.map_or(&listed.digest, |one| &one.digest);
        prefaces.extend(digest.preface.as_deref());
        afterwords.extend(digest.afterword.as_deref());
        let of_page = start.saturating_sub(n_before).min(length)..(start + PER_SECTION).saturating_sub(n_before).min(length);
        n_before += length;
        entries.extend(of_page.map(|n| match translation {
            Some(one) => page.translated_view(&one.digest.entries[n], &one.anchors[n], &one.digest.path),
            None => page.entry_view(EntryRef::at(at, n)),
        }));
    }
    let day = page.site.digests[digests[0]].day;
    let link = |n: usize| page.links.to(&numbered(day, language, &source.slug, n));
    let is_last = n_entries <= start + PER_SECTION;
    let html = |texts: &[&str]| texts.iter().map(|text| prose::html(text)).collect();
    SourceSection {
        anchor: section_anchor(&source.slug),
        label: source.label.clone(),
        url: page.links.to(&Route::Source(source.slug.clone())),
        note_html: source.note_html.as_deref().map(|note| page.owner_html(note)),
        n_entries,
        n_before: start.min(n_entries),
        previous: (number > 1).then(|| link(number - 1)),
        next: (!is_last).then(|| link(number + 1)),
        state: state(listed().map(|(_, listed)| listed.digest.state)),
        preface_language: page.foreign(prefaces.first().copied()),
        preface_html: (!prefaces.is_empty() && number == 1).then(|| html(&prefaces)),
        afterword_language: page.foreign(afterwords.first().copied()),
        afterword_html: (!afterwords.is_empty() && is_last).then(|| html(&afterwords)),
        n_shown: entries.len(),
        entries_html: String::new(),
        entries,
    }
}

/// A page offers at most so many tags to filter by.
const MAX_FACETS: usize = 40;

/// The tags of entries, the most frequent first, those of equal count by name.
fn facets<'a>(entries: impl Iterator<Item = &'a EntryView>) -> Vec<Facet> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in entries.flat_map(|entry| &entry.tags) {
        *counts.entry(&tag.name).or_default() += 1;
    }
    let mut facets: Vec<Facet> = counts.into_iter().map(|(name, n)| Facet { name: name.to_owned(), n }).collect();
    facets.sort_by_key(|facet| Reverse(facet.n));
    facets.truncate(MAX_FACETS);
    if facets.len() < 2 { Vec::new() } else { facets }
}

/// The other languages of a day with their pages.
fn languages(page: &Page, record: &DayRecord, current: Option<&str>) -> Vec<NamedLink> {
    let others = page.site.languages_of(record).into_iter().filter(|language| Some(*language) != current);
    let links = others.map(|language| NamedLink {
        name: page.language_name(language),
        url: page.links.to(&Route::DayIn(record.day, language.to_owned())),
    });
    let own = current
        .map(|_| NamedLink { name: page.language_name(&page.site.info.language), url: page.links.to(&Route::Day(record.day)) });
    own.into_iter().chain(links).collect()
}

fn state(mut states: impl Iterator<Item = DigestState> + Clone) -> &'static str {
    if states.clone().any(|state| state == DigestState::Listed) {
        "listed"
    } else if states.any(|state| state == DigestState::Failed) {
        "failed"
    } else {
        "empty"
    }
}

pub(super) fn day_state(page: &Page, record: &DayRecord) -> &'static str {
    if record.n_entries > 0 {
        return "listed";
    }
    state(page.site.digests[record.digests.clone()].iter().map(|listed| listed.digest.state))
}

/// A day as a row: its sources with their counts.
pub(super) fn row(page: &Page, record: &DayRecord) -> DayRow {
    let of_source = |(source, digests): (SourceIdx, Vec<usize>)| {
        let source = &page.site.sources[source as usize];
        let states = digests.iter().map(|&digest| page.site.digests[digest].digest.state);
        SourceOnDay {
            name: source.label.clone(),
            url: page.links.to_anchor(&Route::Day(record.day), &section_anchor(&source.slug)),
            state: state(states),
            n: page.site.n_entries_in(digests),
        }
    };
    DayRow {
        day: page.day_link(record),
        label: page.date("day_long", record.day),
        state: day_state(page, record),
        sources: sources_of(page.site, record).into_iter().map(of_source).collect(),
    }
}

/// The first entries of digests, in brief.
pub(super) fn first_entries(page: &Page, digests: &[usize], n: usize, around: Around) -> Vec<BriefView> {
    entries_in_brief(page, digests, 0..n, around)
}

/// A range of the entries of digests, in brief.
pub(super) fn entries_in_brief(page: &Page, digests: &[usize], shown: Range<usize>, around: Around) -> Vec<BriefView> {
    let all = page.site.entries_in(digests.iter().copied());
    all.skip(shown.start).take(shown.len()).map(|at| page.entry_in_brief(at, &[], around)).collect()
}
