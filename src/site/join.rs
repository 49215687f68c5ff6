//! Readings to site, once and in a fixed order.

use super::repeats;
use super::slug::slug;
use super::{Author, AuthorIdx, DayRecord, EntryRef, ListedDigest, Site, SiteInfo, Source, SourceIdx, Tag, Work, WorkIdx};
use crate::diagnostic::{Findings, report};
use crate::model::{Day, Digest, Entry, WorkId, name, source};
use crate::parse::{Ledger, Reading};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What settings say about joining.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JoinOptions {
    /// The site as a whole.
    pub info: SiteInfo,
    /// Labels of sources by key.
    pub labels: BTreeMap<String, String>,
    /// Names of authors that mean another: key of the name written, name that is shown.
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
    let mut dated = with_days(digests, &mut joined);
    dated.sort_by(|a, b| (a.0, &a.1.source, &a.1.path).cmp(&(b.0, &b.1.source, &b.1.path)));
    drop_repeats(&mut dated, &mut joined);
    merge_same_source(&mut dated, &mut joined);
    joined.site = build(dated, options);
    joined
}

type Dated = Vec<(Day, Digest)>;

/// Parts digests with a day from those without, which are on no page unless they only repeat others.
fn with_days(digests: Vec<Digest>, joined: &mut Joined) -> Dated {
    let (dated, undated): (Vec<Digest>, Vec<Digest>) = digests.into_iter().partition(|digest| digest.day.is_some());
    let known: HashSet<&WorkId> = dated.iter().flat_map(|d| &d.entries).filter_map(|e| e.id.as_ref()).collect();
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

/// Takes out files that only repeat other files of their day.
fn drop_repeats(dated: &mut Dated, joined: &mut Joined) {
    let mut gone = HashSet::new();
    let mut start = 0;
    while start < dated.len() {
        let day = dated[start].0;
        let end = start + dated[start..].iter().take_while(|(d, _)| *d == day).count();
        let of_day: Vec<(usize, &Digest)> = (start..end).map(|i| (i, &dated[i].1)).collect();
        for repeat in repeats::of_day(&of_day) {
            let digest = &dated[repeat.digest].1;
            let n = digest.entries.len();
            joined.ledger.entries -= n;
            joined.ledger.merged += n;
            joined.findings.add(report::repeats_others(n, &repeat.of).in_file(&digest.path));
            gone.insert(repeat.digest);
        }
        start = end;
    }
    let mut i = 0;
    dated.retain(|_| {
        i += 1;
        !gone.contains(&(i - 1))
    });
}

/// Where several files of one day and source list the same work, the first keeps the entry and gains what the others say.
fn merge_same_source(dated: &mut Dated, joined: &mut Joined) {
    for i in 1..dated.len() {
        let (before, rest) = dated.split_at_mut(i);
        let (day, digest) = &mut rest[0];
        let first = before.iter().rposition(|(d, other)| *d != *day || other.source != digest.source).map_or(0, |at| at + 1);
        let others = &mut before[first..];
        if others.is_empty() || digest.entries.is_empty() {
            continue;
        }
        let mut listed: HashMap<WorkId, (usize, usize)> = HashMap::new();
        for (o, (_, other)) in others.iter().enumerate() {
            for (e, entry) in other.entries.iter().enumerate() {
                listed.extend(entry.id.clone().map(|id| (id, (o, e))));
            }
        }
        let n_before = digest.entries.len();
        let (repeated, kept) = std::mem::take(&mut digest.entries)
            .into_iter()
            .partition::<Vec<Entry>, _>(|entry| entry.id.as_ref().is_some_and(|id| listed.contains_key(id)));
        digest.entries = kept;
        for entry in repeated {
            if let Some(&(o, e)) = entry.id.as_ref().and_then(|id| listed.get(id)) {
                gain(&mut others[o].1.entries[e], entry);
            }
        }
        let n = n_before - digest.entries.len();
        if n > 0 {
            joined.ledger.entries -= n;
            joined.ledger.merged += n;
            joined.findings.add(report::entries_merged(n, &others[0].1.path).in_file(&digest.path));
        }
    }
}

/// Fills the absent fields of an entry from another of the same work.
fn gain(entry: &mut Entry, other: Entry) {
    let fill = |to: &mut Option<String>, from: Option<String>| *to = to.take().or(from);
    fill(&mut entry.title, other.title);
    fill(&mut entry.original_title, other.original_title);
    fill(&mut entry.note, other.note);
    fill(&mut entry.summary, other.summary);
    entry.published = entry.published.or(other.published);
    if entry.authors.is_empty() {
        entry.authors = other.authors;
    }
    for link in other.links {
        if !entry.links.iter().any(|known| known.url == link.url) {
            entry.links.push(link);
        }
    }
    for tag in other.tags {
        if !entry.tags.contains(&tag) {
            entry.tags.push(tag);
        }
    }
    for (key, value) in other.extra {
        if !entry.extra.iter().any(|(known, _)| *known == key) {
            entry.extra.push((key, value));
        }
    }
}

fn index(n: usize) -> u32 {
    u32::try_from(n).expect("a site has fewer than four thousand million entries, because files are limited and read into memory")
}

/// Builds the site of digests in their final order.
fn build(dated: Dated, options: &JoinOptions) -> Site {
    let mut site = Site { info: options.info.clone(), ..Site::default() };
    let mut sources = Sources::default();
    for (day, digest) in dated {
        let source = sources.of(&digest.source, options);
        let n = digest.entries.len();
        site.n_entries += n;
        let at = index(site.digests.len());
        sources.list[source as usize].digests.push(at);
        sources.list[source as usize].n_entries += n;
        let position = site.digests.len();
        match site.days.last_mut() {
            Some(record) if record.day == day => {
                record.digests.end = position + 1;
                record.n_entries += n;
            }
            _ => site.days.push(DayRecord { day, digests: position..position + 1, n_entries: n }),
        }
        site.digests.push(ListedDigest { digest, day, source, works: Vec::new(), anchors: Vec::new(), authors: Vec::new() });
    }
    site.sources = sources.list;
    join_works(&mut site);
    name_anchors(&mut site);
    join_authors(&mut site, &options.aliases);
    join_tags(&mut site);
    site
}

#[derive(Default)]
struct Sources {
    list: Vec<Source>,
    by_key: HashMap<String, SourceIdx>,
}

impl Sources {
    fn of(&mut self, key: &str, options: &JoinOptions) -> SourceIdx {
        if let Some(&known) = self.by_key.get(key) {
            return known;
        }
        let label = options.labels.get(key).map_or_else(|| source::label(key), String::as_str).to_owned();
        let at = index(self.list.len());
        self.list.push(Source { key: key.to_owned(), label, slug: slug(key), digests: Vec::new(), n_entries: 0 });
        self.by_key.insert(key.to_owned(), at);
        at
    }
}

fn join_works(site: &mut Site) {
    let mut by_id: HashMap<WorkId, WorkIdx> = HashMap::new();
    for (d, listed) in site.digests.iter_mut().enumerate() {
        for (e, entry) in listed.digest.entries.iter().enumerate() {
            let at = EntryRef { digest: index(d), entry: index(e) };
            let known = entry.id.as_ref().and_then(|id| by_id.get(id)).copied();
            let work = known.unwrap_or_else(|| {
                site.works.push(Work { id: entry.id.clone(), sightings: Vec::new() });
                let work = index(site.works.len() - 1);
                by_id.extend(entry.id.clone().map(|id| (id, work)));
                work
            });
            site.works[work as usize].sightings.push(at);
            listed.works.push(work);
        }
    }
}

/// Gives each entry its anchor: its id, or a hash of what it says. A further entry with the same anchor on its day is numbered.
fn name_anchors(site: &mut Site) {
    for record in &site.days {
        let mut taken: HashMap<String, u32> = HashMap::new();
        for listed in &mut site.digests[record.digests.clone()] {
            for entry in &listed.digest.entries {
                let anchor = anchor(entry);
                let n = taken.entry(anchor.clone()).and_modify(|n| *n += 1).or_insert(1);
                listed.anchors.push(if *n == 1 { anchor } else { format!("{anchor}.{n}") });
            }
        }
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

fn short_hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    hasher.finalize().to_hex()[..10].to_owned()
}

fn join_authors(site: &mut Site, aliases: &BTreeMap<String, String>) {
    let mut by_key: HashMap<String, AuthorIdx> = HashMap::new();
    let mut authors: Vec<Author> = Vec::new();
    for (d, listed) in site.digests.iter_mut().enumerate() {
        for (e, entry) in listed.digest.entries.iter().enumerate() {
            let at = EntryRef { digest: index(d), entry: index(e) };
            let mut of_entry: Vec<AuthorIdx> = Vec::with_capacity(entry.authors.len());
            for written in &entry.authors {
                let written_key = name::key(written);
                let shown = aliases.get(&written_key).unwrap_or(written);
                let key = if std::ptr::eq(shown, written) { written_key } else { name::key(shown) };
                let author = *by_key.entry(key.clone()).or_insert_with(|| {
                    authors.push(Author { slug: slug(&key), key, name: shown.clone(), entries: Vec::new() });
                    index(authors.len() - 1)
                });
                if !of_entry.contains(&author) {
                    authors[author as usize].entries.push(at);
                }
                of_entry.push(author);
            }
            listed.authors.push(of_entry);
        }
    }
    // In the order of slugs neighbours in the index are neighbours on disk.
    let mut order: Vec<usize> = (0..authors.len()).collect();
    order.sort_by(|&a, &b| authors[a].slug.cmp(&authors[b].slug));
    let mut place = vec![0; authors.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = index(new);
    }
    for author in site.digests.iter_mut().flat_map(|listed| listed.authors.iter_mut()).flatten() {
        *author = place[*author as usize];
    }
    let mut slots: Vec<Option<Author>> = authors.into_iter().map(Some).collect();
    site.authors = order.into_iter().filter_map(|old| slots[old].take()).collect();
}

fn join_tags(site: &mut Site) {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (d, listed) in site.digests.iter().enumerate() {
        for (e, entry) in listed.digest.entries.iter().enumerate() {
            let at = EntryRef { digest: index(d), entry: index(e) };
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
