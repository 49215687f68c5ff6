//! Readings to site, once and in a fixed order.

use super::key::{short_hash, work_slug};
use super::merge::{Merges, Origin};
use super::repeats::{self, Repeat};
use super::slug::{first_letters, slug};
use super::variants::{self, Varied};
use super::{
    Author, AuthorIdx, Channel, DayRecord, EntryRef, ListedDigest, Redirect, Site, SiteInfo, Source, SourceIdx, Tag, Translation,
    Work, WorkIdx, index,
};
use crate::diagnostic::{Findings, report};
use crate::model::{Day, Digest, Entry, Link, LinkKind, WorkId, name, source};
use crate::parse::{Ledger, Reading};
use ahash::RandomState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What settings say about joining.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JoinOptions {
    /// The site as a whole.
    pub info: SiteInfo,
    /// Labels of sources by key.
    pub labels: BTreeMap<String, String>,
    /// What readers should know of sources, by key, as HTML.
    pub notes: BTreeMap<String, String>,
    /// Names of authors as the owner has them: key of the name written, its own spelling included, and name that is shown.
    pub aliases: BTreeMap<String, String>,
}

/// A site, and what reading and joining found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// The site.
    pub site: Site,
    /// The findings of all readings and of the join.
    pub findings: Findings,
    /// What became of all rows.
    pub ledger: Ledger,
    /// Which entries were folded into others.
    pub merges: Merges,
}

/// Joins readings. Their order does not matter: they are sorted by path first.
pub fn join(mut readings: Vec<Reading>, options: &JoinOptions) -> Joined {
    readings.sort_by(|a, b| a.path.cmp(&b.path));
    let mut joined = Joined::default();
    let mut digests = Vec::new();
    for reading in readings {
        joined.ledger += reading.ledger;
        joined.findings.extend(reading.findings);
        digests.extend(reading.digests);
    }
    let dated = with_days(digests, &mut joined);
    let mut dated = variants::fold(dated, &options.info.language, &mut joined.merges);
    let order = |one: &Varied| (one.day, one.digest.source.clone(), one.digest.number, one.digest.path.clone());
    dated.sort_by_cached_key(order);
    fold_topics(&mut dated, &mut joined.merges);
    fold_overviews(&mut dated, &mut joined.merges);
    drop_repeats(&mut dated, &mut joined);
    merge_same_source(&mut dated, &mut joined);
    let folded = joined.merges.len();
    joined.ledger.entries -= folded;
    joined.ledger.merged += folded;
    add_addresses(&mut dated);
    joined.site = build(dated, options);
    joined
}

type Dated = Vec<Varied>;
type Map<K, V> = HashMap<K, V, RandomState>;
type Set<T> = HashSet<T, RandomState>;

/// A map with room for so many, which need not be moved while it grows.
fn sized<K, V>(n: usize) -> Map<K, V> {
    Map::with_capacity_and_hasher(n, RandomState::new())
}

fn n_entries(digests: &[ListedDigest]) -> usize {
    digests.iter().map(|listed| listed.n_entries()).sum()
}

/// The same work under several topics of a digest is one entry with several tags. Two rows of one topic stay two.
fn fold_topics(dated: &mut Dated, merges: &mut Merges) {
    let has_several = |one: &mut Varied| one.digest.entries.iter().any(|entry| entry.section != one.digest.entries[0].section);
    // Few have, and to see it takes a look at every entry.
    let with_several: Vec<&mut Varied> = dated.par_iter_mut().filter_map(|one| has_several(one).then_some(one)).collect();
    for Varied { digest, .. } in with_several {
        let mut first: Map<WorkId, usize> = Map::default();
        let mut kept: Vec<Entry> = Vec::with_capacity(digest.entries.len());
        for entry in std::mem::take(&mut digest.entries) {
            let known = entry.id.as_ref().and_then(|id| first.get(id)).copied();
            match known.filter(|&at| kept[at].section != entry.section) {
                Some(at) => {
                    let of = |entry: &Entry| Origin { path: digest.path.clone(), day: digest.day, position: entry.position };
                    merges.add(of(&entry), of(&kept[at]));
                    kept[at].gain(entry);
                }
                None => {
                    if let Some(id) = &entry.id {
                        first.entry(id.clone()).or_insert(kept.len());
                    }
                    kept.push(entry);
                }
            }
        }
        digest.entries = kept.into();
    }
}

/// Parts digests with a day from those without, which are on no page unless they only repeat others.
fn with_days(digests: Vec<Digest>, joined: &mut Joined) -> Vec<(Day, Digest)> {
    let (dated, undated): (Vec<Digest>, Vec<Digest>) = digests.into_iter().partition(|digest| digest.day.is_some());
    // Few sites have one without a day.
    let compared = if undated.is_empty() { &[][..] } else { &dated };
    let known: Set<&WorkId> = compared.iter().flat_map(|d| &d.entries).filter_map(|e| e.id.as_ref()).collect();
    for digest in undated {
        let n = digest.entries.len();
        let repeats = n > 0 && digest.entries.iter().all(|entry| entry.id.as_ref().is_some_and(|id| known.contains(id)));
        joined.ledger.entries -= n;
        if repeats {
            joined.ledger.merged += n;
            joined.findings.add(report::repeats_others(n, "of several days").in_file(&digest.path));
        } else {
            joined.ledger.rejected += n;
            joined.findings.add(report::entries_without_day(n).in_file(&digest.path));
        }
    }
    dated.into_iter().filter_map(|digest| Some((digest.day?, digest))).collect()
}

/// A list of the day's files, one entry each, is their overview: an entry that links to such a file is joined to the entry in it.
fn fold_overviews(dated: &mut Dated, merges: &mut Merges) {
    let mut pages: Map<String, usize> = Map::default();
    for (at, one) in dated.iter().enumerate().filter(|(_, one)| one.digest.entries.len() == 1) {
        pages.insert(source::without_extension(&one.digest.path).to_owned(), at);
    }
    if pages.is_empty() {
        return;
    }
    let is_local = |entry: &Entry| entry.url().is_some_and(|url| !url.contains("://"));
    let has_local: Vec<bool> = dated.par_iter().map(|one| one.digest.entries.iter().any(is_local)).collect();
    // A file of one entry may be such a list too, and so its entry may have gone elsewhere, even to the one that leads back to it.
    let mut gone: Map<usize, usize> = Map::default();
    for at in (0..dated.len()).filter(|&at| has_local[at]) {
        let path = dated[at].digest.path.clone();
        for entry in std::mem::take(&mut dated[at].digest.entries) {
            let target = entry.url().and_then(|url| resolved(&path, url)).and_then(|stem| pages.get(&stem).copied());
            let target = target.and_then(|page| std::iter::successors(Some(page), |page| gone.get(page).copied()).last());
            match target.filter(|&page| page != at && dated[page].day == dated[at].day) {
                Some(page) => {
                    if pages.get(source::without_extension(&path)) == Some(&at) {
                        gone.insert(at, page);
                    }
                    let from = Origin { path: path.clone(), day: dated[at].digest.day, position: entry.position };
                    let into = &mut dated[page].digest;
                    merges.add(from, Origin::of(into, &into.entries[0]));
                    let links = into.entries[0].links.len();
                    into.entries.edit()[0].gain(entry);
                    into.entries.edit()[0].links.truncate(links.max(1));
                }
                None => dated[at].digest.entries.edit().push(entry),
            }
        }
    }
}

/// The path without extension that a relative link in a file leads to.
fn resolved(path: &str, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with(['/', '#']) {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split(['?', '#']).next()?.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(source::without_extension(&parts.join("/")).to_owned())
}

/// Takes out files that only repeat other files of their day.
fn drop_repeats(dated: &mut Dated, joined: &mut Joined) {
    let days: Vec<&[Varied]> = dated.chunk_by(|one, next| one.day == next.day).collect();
    let repeats: Vec<Vec<Repeat>> = days.par_iter().map(|of_day| repeats::of_day(&digests_of(of_day))).collect();
    let mut gone = vec![false; dated.len()];
    let mut start = 0;
    for (of_day, repeats) in days.iter().zip(repeats) {
        for repeat in repeats {
            let digest = &of_day[repeat.digest].digest;
            let n = digest.entries.len();
            let others = (0..of_day.len()).filter(|&i| i != repeat.digest && !gone[start + i]).rev().map(|i| &of_day[i].digest);
            let listed = others.flat_map(|other| other.entries.iter().map(move |entry| (entry.id.as_ref(), (other, entry))));
            let by_id: Map<Option<&WorkId>, (&Digest, &Entry)> = listed.collect();
            for entry in &digest.entries {
                if let Some((other, into)) = by_id.get(&entry.id.as_ref()) {
                    joined.merges.add(Origin::of(digest, entry), Origin::of(other, into));
                }
            }
            joined.findings.add(report::repeats_others(n, &repeat.of).in_file(&digest.path));
            gone[start + repeat.digest] = true;
        }
        start += of_day.len();
    }
    let mut gone = gone.into_iter();
    dated.retain(|_| gone.next() != Some(true));
}

fn digests_of(varied: &[Varied]) -> Vec<&Digest> {
    varied.iter().map(|one| &one.digest).collect()
}

/// Where several files of one day and source list the same work, the first keeps the entry and gains what the others say.
fn merge_same_source(dated: &mut Dated, joined: &mut Joined) {
    let mut start = 0;
    while start < dated.len() {
        let Varied { day, digest, .. } = &dated[start];
        let is_same = |other: &&Varied| other.day == *day && other.digest.source == digest.source;
        let n = dated[start..].iter().take_while(is_same).count();
        if n > 1 {
            merge_files(&mut dated[start..start + n], joined);
        }
        start += n;
    }
}

/// Does so for the files of one day and source.
fn merge_files(files: &mut [Varied], joined: &mut Joined) {
    // Of each work the file and the entry that keep it.
    let mut listed: Map<WorkId, (usize, usize)> = Map::default();
    for at in 0..files.len() {
        let (before, rest) = files.split_at_mut(at);
        let digest = &mut rest[0].digest;
        let keeper = |entry: &Entry| entry.id.as_ref().and_then(|id| listed.get(id)).copied();
        if digest.entries.iter().any(|entry| keeper(entry).is_some()) {
            let mut kept: Vec<Entry> = Vec::new();
            let mut merged = 0;
            let mut path = None;
            for entry in std::mem::take(&mut digest.entries) {
                let Some((file, of_file)) = keeper(&entry) else {
                    kept.push(entry);
                    continue;
                };
                let into = &mut before[file].digest;
                let from = Origin { path: digest.path.clone(), day: digest.day, position: entry.position };
                joined.merges.add(from, Origin::of(into, &into.entries[of_file]));
                into.entries.edit()[of_file].gain(entry);
                merged += 1;
                path.get_or_insert_with(|| into.path.clone());
            }
            digest.entries = kept.into();
            let path = path.unwrap_or_default();
            joined.findings.add(report::entries_merged(merged, &path).in_file(&digest.path));
        }
        let ids = digest.entries.iter().enumerate().filter_map(|(of_file, entry)| Some((entry.id.clone()?, (at, of_file))));
        listed.extend(ids);
    }
}

/// Gives entries that name a registered work by nothing but its id the address of it, so that readers can go there.
fn add_addresses(dated: &mut Dated) {
    let lacks = |entry: &Entry| entry.links.is_empty() && entry.id.as_ref().is_some_and(WorkId::is_registered);
    let of_digests =
        dated.par_iter_mut().flat_map_iter(|one| std::iter::once(&mut one.digest).chain(one.translations.iter_mut()));
    of_digests.filter(|digest| digest.entries.iter().any(lacks)).for_each(|digest| {
        for entry in digest.entries.edit().iter_mut().filter(|entry| lacks(entry)) {
            let url = entry.id.as_ref().and_then(WorkId::address);
            entry.links.extend(url.map(|url| Link { kind: LinkKind::of_url(&url), url, text: String::new() }));
        }
    });
}

/// Builds the site of digests in their final order.
fn build(dated: Dated, options: &JoinOptions) -> Site {
    let mut site = Site { info: options.info.clone(), ..Site::default() };
    let mut sources = Sources::default();
    for Varied { day, digest, translations } in dated {
        let source = sources.of(&digest.source, options);
        let n = digest.entries.len();
        site.n_entries += n;
        let at = index(site.digests.len());
        sources.list[source as usize].digests.push(at);
        sources.list[source as usize].n_entries += n;
        let position = site.digests.len();
        let of_section = site.digests.last().filter(|last| last.day == day && last.source == source);
        let n_before = of_section.map_or(0, |last| last.n_before + last.digest.entries.len());
        match site.days.last_mut() {
            Some(record) if record.day == day => {
                record.digests.end = position + 1;
                record.n_entries += n;
            }
            _ => site.days.push(DayRecord { day, digests: position..position + 1, n_entries: n }),
        }
        let translations = translations.into_iter().map(translation).collect();
        site.digests.push(ListedDigest {
            digest,
            day,
            source,
            n_before,
            translations,
            works: Vec::new(),
            anchors: Vec::new(),
            authors: Vec::new(),
        });
    }
    site.sources = sources.list;
    // Each reads the entries alone, and fills what the others do not.
    let digests = &site.digests;
    let (works, (authors, anchors)) = rayon::join(
        || joined_works(digests, site.info.works.pages),
        || rayon::join(|| joined_authors(digests, &options.aliases), || named_anchors(digests, &site.days)),
    );
    (site.works, site.works_by_slug) = (works.list, works.by_slug);
    (site.authors, site.author_letters) = (authors.list, authors.letters);
    let of_digests = works.of_digests.into_iter().zip(authors.of_digests).zip(anchors);
    for (listed, ((works, authors), anchors)) in site.digests.iter_mut().zip(of_digests) {
        (listed.works, listed.authors, listed.anchors) = (works, authors, anchors.shown);
        for (translation, anchors) in listed.translations.iter_mut().zip(anchors.translated) {
            translation.anchors = anchors;
        }
    }
    join_tags(&mut site);
    site.page_starts =
        site.page_starts_of(&site.authors, |author| &author.entries, |author| Channel::Author(author.slug.clone()));
    let of_tags = site.page_starts_of(&site.tags, |tag| &tag.entries, |tag| Channel::Tag(tag.slug.clone()));
    site.page_starts.extend(of_tags);
    site.redirects = redirects(&site);
    site
}

/// The redirects of the settings, those with a pattern for each day. Of several from one address the first counts.
fn redirects(site: &Site) -> Vec<Redirect> {
    let mut all: BTreeMap<String, Redirect> = BTreeMap::new();
    for rule in &site.info.redirects {
        if !rule.from.contains('{') {
            all.entry(rule.from.clone()).or_insert_with(|| rule.clone());
            continue;
        }
        for day in site.days.iter().map(|record| record.day) {
            let filled = |text: &str| {
                let parts = [
                    ("{year}", format!("{:04}", day.year())),
                    ("{month}", format!("{:02}", day.month())),
                    ("{day}", format!("{:02}", day.day())),
                ];
                parts.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
            };
            let from = filled(&rule.from);
            all.entry(from.clone()).or_insert_with(|| Redirect { from, to: filled(&rule.to), rule: rule.rule });
        }
    }
    all.into_values().collect()
}

fn translation(digest: Digest) -> Translation {
    let language = digest.language.clone().unwrap_or_else(|| "other".to_owned());
    Translation { language, digest, anchors: Vec::new() }
}

#[derive(Default)]
struct Sources {
    list: Vec<Source>,
    by_key: Map<String, SourceIdx>,
}

impl Sources {
    fn of(&mut self, key: &str, options: &JoinOptions) -> SourceIdx {
        if let Some(&known) = self.by_key.get(key) {
            return known;
        }
        let label = options.labels.get(key).map_or_else(|| source::label(key), String::as_str).to_owned();
        let at = index(self.list.len());
        self.list.push(Source {
            key: key.to_owned(),
            label,
            slug: slug(key),
            note_html: options.notes.get(key).cloned(),
            digests: Vec::new(),
            n_entries: 0,
        });
        self.by_key.insert(key.to_owned(), at);
        at
    }
}

/// The works, by slug too, and for each digest those of its entries.
#[derive(Default)]
struct Works {
    list: Vec<Work>,
    by_slug: Vec<WorkIdx>,
    of_digests: Vec<Vec<WorkIdx>>,
}

fn joined_works(digests: &[ListedDigest], with_pages: bool) -> Works {
    let mut by_id: Map<&WorkId, WorkIdx> = sized(n_entries(digests));
    let mut works = Works::default();
    for (d, listed) in digests.iter().enumerate() {
        let entries = listed.digest.entries.iter().enumerate();
        let of_digest = entries.map(|(e, entry)| {
            let known = entry.id.as_ref().and_then(|id| by_id.get(id)).copied();
            let work = known.unwrap_or_else(|| {
                let slug = work_slug(entry, listed.day, &listed.digest.source);
                works.list.push(Work { id: entry.id.clone(), slug, sightings: Vec::new() });
                let work = index(works.list.len() - 1);
                by_id.extend(entry.id.as_ref().map(|id| (id, work)));
                work
            });
            works.list[work as usize].sightings.push(EntryRef::at(d, e));
            work
        });
        let of_digest = of_digest.collect();
        works.of_digests.push(of_digest);
    }
    if with_pages {
        let list = &works.list;
        works.by_slug = (0..index(list.len())).collect();
        works.by_slug.sort_by(|&a, &b| (&list[a as usize].slug, a).cmp(&(&list[b as usize].slug, b)));
    }
    works
}

/// The anchors of the entries of a digest and of its translations.
struct Anchors {
    shown: Vec<String>,
    translated: Vec<Vec<String>>,
}

/// Gives each entry its anchor: its id, or a hash of what it says. A further entry with the same anchor on its page is numbered after a `~`,
/// which no id has: what stands before it names the work.
fn named_anchors(digests: &[ListedDigest], days: &[DayRecord]) -> Vec<Anchors> {
    let of_day = |record: &DayRecord| {
        let mut taken: Map<(&str, String), u32> = Map::default();
        let mut of_digest = |listed| anchors_of(listed, &mut taken);
        digests[record.digests.clone()].iter().map(&mut of_digest).collect::<Vec<Anchors>>()
    };
    // The days have all digests, in their order.
    days.par_iter().map(of_day).collect::<Vec<_>>().into_iter().flatten().collect()
}

fn anchors_of<'a>(listed: &'a ListedDigest, taken: &mut Map<(&'a str, String), u32>) -> Anchors {
    let mut anchors = |language: &'a str, entries: &[Entry]| -> Vec<String> {
        let mut unique = |entry: &Entry| {
            let anchor = anchor(entry);
            let n = taken.entry((language, anchor.clone())).and_modify(|n| *n += 1).or_insert(1);
            if *n == 1 { anchor } else { format!("{anchor}~{n}") }
        };
        entries.iter().map(&mut unique).collect()
    };
    Anchors {
        shown: anchors("", &listed.digest.entries),
        translated: listed.translations.iter().map(|one| anchors(&one.language, &one.digest.entries)).collect(),
    }
}

fn anchor(entry: &Entry) -> String {
    let plain =
        |id: &str| id.len() <= 100 && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'/'));
    match &entry.id {
        Some(WorkId::Arxiv { id, .. }) => format!("arxiv-{}", id.replace('/', "-")),
        Some(WorkId::Doi(doi)) if plain(doi) => format!("doi-{}", doi.replace('/', "-")),
        Some(id) => format!("w-{}", short_hash(&[&id.to_string()])),
        None => format!("e-{}", short_hash(&[entry.title.as_deref().unwrap_or(""), entry.summary.as_deref().unwrap_or("")])),
    }
}

/// The authors by slug, the first letters of each slug, and for each digest the authors of its entries.
#[derive(Default)]
struct Authors {
    list: Vec<Author>,
    letters: Vec<u64>,
    of_digests: Vec<Vec<Vec<AuthorIdx>>>,
}

fn joined_authors(digests: &[ListedDigest], aliases: &BTreeMap<String, String>) -> Authors {
    // Most names are written in one way, and folding one costs more than finding it: each spelling is folded once.
    let mut spellings: Vec<&String> = Vec::new();
    let mut of_digests = numbered_spellings(digests, &mut spellings);
    let folded = |&written: &&String| {
        let key = name::key(written);
        match aliases.get(&key) {
            Some(name) => (name::key(name), name.clone()),
            None => (key, written.clone()),
        }
    };
    let folded: Vec<(String, String)> = spellings.par_iter().map(folded).collect();
    let mut by_key: Map<&str, AuthorIdx> = sized(folded.len());
    let mut author_of: Vec<AuthorIdx> = Vec::with_capacity(folded.len());
    for (key, _) in &folded {
        let next = index(by_key.len());
        author_of.push(*by_key.entry(key).or_insert(next));
    }
    let mut authors: Vec<Author> = Vec::with_capacity(by_key.len());
    for ((key, name), &at) in folded.into_iter().zip(&author_of) {
        // The first of several spellings is the one that is shown.
        if at as usize == authors.len() {
            authors.push(Author { slug: String::new(), key, name, entries: Vec::new() });
        }
    }
    authors.par_iter_mut().for_each(|author| author.slug = slug(&author.key));
    // In the order of slugs neighbours in the index are neighbours on disk.
    let mut order: Vec<(u64, usize)> = authors.iter().enumerate().map(|(at, author)| (first_letters(&author.slug), at)).collect();
    order.par_sort_by(|a, b| a.0.cmp(&b.0).then_with(|| authors[a.1].slug.cmp(&authors[b.1].slug)));
    let mut place = vec![0; authors.len()];
    for (new, &(_, old)) in order.iter().enumerate() {
        place[old] = index(new);
    }
    let letters = order.iter().map(|(letters, _)| *letters).collect();
    let mut slots: Vec<Option<Author>> = authors.into_iter().map(Some).collect();
    let mut list: Vec<Author> = order.into_iter().filter_map(|(_, old)| slots[old].take()).collect();
    let mut n_entries = vec![0; list.len()];
    for spelling in of_digests.iter_mut().flatten().flatten() {
        *spelling = place[author_of[*spelling as usize] as usize];
        n_entries[*spelling as usize] += 1;
    }
    for (author, n) in list.iter_mut().zip(n_entries) {
        author.entries.reserve_exact(n);
    }
    for (d, of_digest) in of_digests.iter().enumerate() {
        for (e, of_entry) in of_digest.iter().enumerate() {
            for n in 0..of_entry.len() {
                if !of_entry[..n].contains(&of_entry[n]) {
                    list[of_entry[n] as usize].entries.push(EntryRef::at(d, e));
                }
            }
        }
    }
    Authors { list, letters, of_digests }
}

/// The names of each entry by their place among all spellings, in the order in which these are met.
fn numbered_spellings<'a>(digests: &'a [ListedDigest], spellings: &mut Vec<&'a String>) -> Vec<Vec<Vec<u32>>> {
    let mut numbers: Map<&str, u32> = sized(n_entries(digests));
    let mut number = |written: &'a String| {
        *numbers.entry(written).or_insert_with(|| {
            spellings.push(written);
            index(spellings.len() - 1)
        })
    };
    let mut of_entry = |entry: &'a Entry| entry.authors.iter().map(&mut number).collect();
    digests.iter().map(|listed| listed.digest.entries.iter().map(&mut of_entry).collect()).collect()
}

fn join_tags(site: &mut Site) {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (d, listed) in site.digests.iter().enumerate() {
        for (e, entry) in listed.digest.entries.iter().enumerate() {
            let at = EntryRef::at(d, e);
            for written in &entry.tags {
                let key = super::tag_key(written);
                let tag = tags.entry(key.clone()).or_insert_with(|| Tag {
                    slug: super::tag_slug(written),
                    key,
                    name: written.clone(),
                    entries: Vec::new(),
                });
                if tag.entries.last() != Some(&at) {
                    tag.entries.push(at);
                }
            }
        }
    }
    site.tags = tags.into_values().collect();
    site.tags.sort_by(|a, b| a.slug.cmp(&b.slug));
}
