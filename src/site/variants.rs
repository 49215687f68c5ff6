//! Variants of a digest: translations of one day, and the same day as Markdown and as JSON.
//!
//! Files of one day are variants if their paths differ by nothing but language, extension and the words for how a file was made, and
//! if they list the same. The site's language decides which is shown. A translation is kept beside it and has a page of its own;
//! a twin in the same language gives its fields to the entries that are shown.

use super::merge::{Merges, Origin};
use crate::model::{Day, Digest, Entry, WorkId, source};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A digest that is shown, and its translations.
pub(super) struct Varied {
    pub(super) day: Day,
    pub(super) digest: Digest,
    pub(super) translations: Vec<Digest>,
}

/// Takes variants together. `language` is the site's.
pub(super) fn fold(dated: Vec<(Day, Digest)>, language: &str, merges: &mut Merges) -> Vec<Varied> {
    let mut groups: BTreeMap<(Day, String), Vec<Digest>> = BTreeMap::new();
    for (day, digest) in dated {
        groups.entry((day, source::skeleton(&digest.path))).or_default().push(digest);
    }
    let mut varied = Vec::with_capacity(groups.len());
    for ((day, _), digests) in groups {
        for alike in split_by_content(digests) {
            varied.push(one(day, alike, language, merges));
        }
    }
    varied
}

/// Parts digests of which only the paths are alike. Two of one file are never variants.
fn split_by_content(mut digests: Vec<Digest>) -> Vec<Vec<Digest>> {
    let mut groups: Vec<Vec<Digest>> = Vec::new();
    // The one that lists most comes first, so that others are measured by it.
    digests.sort_by(|a, b| b.entries.len().cmp(&a.entries.len()).then_with(|| a.path.cmp(&b.path)));
    for digest in digests {
        let group = groups
            .iter_mut()
            .find(|group| group.iter().all(|other| other.path != digest.path) && lists_the_same(&group[0], &digest));
        match group {
            Some(group) => group.push(digest),
            None => groups.push(vec![digest]),
        }
    }
    groups
}

/// True if most of what the smaller digest lists is in the larger one, or if both list as many entries of which nothing tells more.
fn lists_the_same(larger: &Digest, smaller: &Digest) -> bool {
    let ids: HashSet<&WorkId> = larger.entries.iter().filter_map(|entry| entry.id.as_ref()).collect();
    let with_id: Vec<&WorkId> = smaller.entries.iter().filter_map(|entry| entry.id.as_ref()).collect();
    if smaller.entries.is_empty() {
        return true;
    }
    if with_id.is_empty() || ids.is_empty() {
        return larger.entries.len() == smaller.entries.len();
    }
    let shared = with_id.iter().filter(|id| ids.contains(*id)).count();
    shared * 2 > with_id.len()
}

fn one(day: Day, mut digests: Vec<Digest>, language: &str, merges: &mut Merges) -> Varied {
    let primary = |tag: &str| tag.split('-').next().unwrap_or("").to_owned();
    let wanted = primary(language);
    let fits = |digest: &Digest| match digest.language.as_deref().map(primary) {
        Some(tag) if tag == wanted => 0,
        None => 1,
        Some(_) => 2,
    };
    digests.sort_by_cached_key(|digest| {
        (digest.entries.is_empty(), fits(digest), std::cmp::Reverse(says(digest)), digest.path.clone())
    });
    let mut rest = digests.into_iter();
    let Some(mut shown) = rest.next() else { unreachable!("groups are never empty, since each begins with a digest") };
    let mut translations: Vec<Digest> = Vec::new();
    for variant in rest {
        let is_translation = variant.language.as_deref().map(primary) != shown.language.as_deref().map(primary);
        if is_translation && !variant.entries.is_empty() && !shown.entries.is_empty() {
            let by_id = positions(&shown);
            for entry in &variant.entries {
                // The entry of the same work, else the one in the same place.
                let same = entry.id.as_ref().and_then(|id| by_id.get(id));
                let place = (entry.position as usize).min(shown.entries.len()).max(1) - 1;
                let into = shown.entries[same.copied().unwrap_or(place)].position;
                merges.add(Origin::of(&variant, entry), Origin { path: shown.path.clone(), day: variant.day, position: into });
            }
            match translations.iter_mut().find(|known| known.language == variant.language) {
                // Where its entries went is told already.
                Some(known) => gain(known, variant, &mut Merges::default()),
                None => translations.push(variant),
            }
        } else {
            gain(&mut shown, variant, merges);
        }
    }
    translations.sort_by(|a, b| a.language.cmp(&b.language));
    Varied { day, digest: shown, translations }
}

/// The entries of a digest by id.
fn positions(digest: &Digest) -> HashMap<WorkId, usize> {
    digest.entries.iter().enumerate().rev().filter_map(|(at, entry)| Some((entry.id.clone()?, at))).collect()
}

/// Gives the fields of a twin to the entries that are shown; what only the twin lists is added.
fn gain(shown: &mut Digest, twin: Digest, merges: &mut Merges) {
    let by_id = positions(shown);
    let same_length = shown.entries.len() == twin.entries.len();
    let (path, day) = (twin.path.clone(), twin.day);
    for (i, entry) in twin.entries.into_iter().enumerate() {
        let known =
            entry.id.as_ref().and_then(|id| by_id.get(id).copied()).or_else(|| (same_length && entry.id.is_none()).then_some(i));
        match known {
            Some(at) => {
                let into = Origin { path: shown.path.clone(), day: shown.day, position: shown.entries[at].position };
                merges.add(Origin { path: path.clone(), day, position: entry.position }, into);
                shown.entries.edit()[at].gain(entry);
            }
            None => {
                let position = u32::try_from(shown.entries.len() + 1).unwrap_or(u32::MAX);
                shown.entries.edit().push(Entry { position, ..entry });
            }
        }
    }
}

/// How much text a digest's entries have.
pub(super) fn says(digest: &Digest) -> usize {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    digest.entries.iter().map(|entry| length(&entry.summary) + length(&entry.note) + length(&entry.title)).sum()
}
