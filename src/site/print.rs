//! Prints: short hashes of all that an entry, a digest or a list can show, so that a build sees at once what has changed.
//!
//! The print of an entry covers what it says and what it is joined to: its source, its anchor, its authors, its work and the earlier
//! sightings of that. Later sightings are not in it, because a page that is long published does not name them.

use super::{EntryRef, ListedDigest, Site, Translation, index};
use crate::memo::{Memo, Print, print, put_text};
use crate::model::Entries;
use rayon::prelude::*;

/// The prints of a digest.
#[derive(Debug)]
struct Prints {
    /// Of the digest with all its entries and translations.
    whole: Print,
    /// Of each entry.
    entries: Vec<Print>,
}

/// The prints of all digests of a site, in their order.
#[derive(Debug)]
pub struct SitePrints(Vec<Prints>);

impl SitePrints {
    /// Makes them, in parallel.
    pub fn of(site: &Site) -> SitePrints {
        SitePrints(site.digests.par_iter().enumerate().map(|(at, listed)| of_digest(site, at, listed)).collect())
    }

    /// Appends the prints of entries.
    pub fn put_entries(&self, entries: &[EntryRef], out: &mut Vec<u8>) {
        for at in entries {
            self.0[at.digest as usize].entries[at.entry as usize].put(out);
        }
    }

    /// Appends the prints of digests, by their indices.
    pub fn put_digests(&self, digests: impl IntoIterator<Item = usize>, out: &mut Vec<u8>) {
        digests.into_iter().for_each(|at| self.0[at].whole.put(out));
    }
}

fn of_digest(site: &Site, at: usize, listed: &ListedDigest) -> Prints {
    let mut head = Vec::new();
    put_head(site, listed, &mut head);
    let head_print = print(&head);
    let with_head = |texts: &Print| print(&[head_print.to_le_bytes(), texts.to_le_bytes()].concat());
    let around: Vec<Print> = listed.digest.entries.prints().iter().map(with_head).collect();
    let mut bytes = Vec::new();
    // Few of them have more than the 128 bytes that are two steps of the hash.
    let entry = |e: usize| {
        bytes.clear();
        around[e / Entries::TOGETHER].put(&mut bytes);
        index(e).put(&mut bytes);
        put_joined(site, EntryRef::at(at, e), &mut bytes);
        print(&bytes)
    };
    let entries: Vec<Print> = (0..listed.digest.entries.len()).map(entry).collect();
    entries.put(&mut head);
    for Translation { language, digest, anchors } in &listed.translations {
        language.put(&mut head);
        digest.put(&mut head);
        anchors.put(&mut head);
    }
    Prints { whole: print(&head), entries }
}

/// What a digest says besides its entries, and its source.
fn put_head(site: &Site, listed: &ListedDigest, out: &mut Vec<u8>) {
    let digest = &listed.digest;
    listed.day.put(out);
    digest.source.put(out);
    digest.heading.put(out);
    digest.preface.put(out);
    digest.afterword.put(out);
    digest.state.put(out);
    digest.language.put(out);
    digest.number.put(out);
    digest.path.put(out);
    let source = &site.sources[listed.source as usize];
    for text in [&source.key, &source.label, &source.slug] {
        text.put(out);
    }
    source.note_html.put(out);
}

/// What an entry is joined to.
fn put_joined(site: &Site, at: EntryRef, out: &mut Vec<u8>) {
    let (listed, _) = site.entry(at);
    listed.anchors[at.entry as usize].put(out);
    index(site.page_number(at)).put(out);
    let work = site.work_of(at);
    work.slug.put(out);
    for &other in work.sightings.iter().filter(|&&other| other != at) {
        let (listed_there, _) = site.entry(other);
        if listed_there.day <= listed.day {
            listed_there.day.put(out);
            listed_there.anchors[other.entry as usize].put(out);
            let number = site.page_number(other);
            number.put(out);
            // The address of a further page has its source in it.
            if number > 1 {
                put_text(&site.sources[listed_there.source as usize].slug, out);
            }
        }
    }
    for &author in &listed.authors[at.entry as usize] {
        let author = &site.authors[author as usize];
        put_text(&author.slug, out);
        put_text(&author.name, out);
    }
}
