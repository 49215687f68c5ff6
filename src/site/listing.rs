//! The lists of authors, tags and watchlists by work: which entry stands for a work, and where the pages of a list begin.
//!
//! Pages are counted from the oldest. All but the newest are full and have an address with a number, at which new works change nothing.

use super::{Channel, EntryRef, Site};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

/// Works on a page of a list.
pub const PER_PAGE: usize = 200;

/// Of lists with more than one page, where in its entries each page begins.
pub type PageStarts = BTreeMap<Channel, Vec<usize>>;

/// A work on a page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedWork {
    /// The first entry in the list that is of the work.
    pub first: EntryRef,
    /// The later ones in the list, oldest first.
    pub later: Vec<EntryRef>,
}

impl Site {
    /// Where the pages of these lists begin, as far as they have more than one. A list of 200,000 entries has a thousand pages, none of which can
    /// go through all of it.
    pub(super) fn page_starts_of<'a, L: Sync>(
        &'a self,
        lists: &'a [L],
        entries_of: impl Fn(&L) -> &[EntryRef] + Sync,
        channel_of: impl Fn(&L) -> Channel + Sync,
    ) -> PageStarts {
        let starts = |list: &L| {
            // Nearly all of half a million lists are short.
            let entries = Some(entries_of(list)).filter(|entries| entries.len() > PER_PAGE)?;
            let starts: Vec<usize> = self.places_of_firsts(entries, 0).step_by(PER_PAGE).collect();
            (starts.len() > 1).then(|| (channel_of(list), starts))
        };
        lists.par_iter().filter_map(starts).collect::<Vec<_>>().into_iter().collect()
    }

    /// The numbers of the pages of a list that are full and so have an address at which new works change nothing.
    pub fn numbered_pages(&self, channel: &Channel) -> RangeInclusive<usize> {
        1..=self.page_starts.get(channel).map_or(0, |starts| starts.len() - 1)
    }

    /// The works on a page of a list with these entries, oldest first; none if there is no such page. Without a number these are the newest.
    pub fn works_on_page(&self, channel: &Channel, entries: &[EntryRef], number: Option<usize>) -> Option<Vec<ListedWork>> {
        if number.is_some_and(|number| !self.numbered_pages(channel).contains(&number)) {
            return None;
        }
        let start = self.page_starts.get(channel).map_or(0, |starts| starts[number.unwrap_or(starts.len()) - 1]);
        let with_later = |at: usize| {
            let first = entries[at];
            let sightings = self.work_of(first).sightings.iter().copied();
            let later = sightings.filter(|other| *other > first && entries.binary_search(other).is_ok()).collect();
            ListedWork { first, later }
        };
        Some(self.places_of_firsts(entries, start).take(PER_PAGE).map(with_later).collect())
    }

    /// Of entries that are sorted from the oldest, the first of each work.
    pub fn firsts<'a>(&'a self, entries: &'a [EntryRef]) -> impl Iterator<Item = EntryRef> + 'a {
        self.places_of_firsts(entries, 0).map(|at| entries[at])
    }

    /// The places of these from a place on.
    fn places_of_firsts<'a>(&'a self, entries: &'a [EntryRef], start: usize) -> impl Iterator<Item = usize> + 'a {
        let mut seen = HashSet::new();
        (start..entries.len()).filter(move |&place| {
            let at = entries[place];
            let work = self.digests[at.digest as usize].works[at.entry as usize];
            let sightings = &self.works[work as usize].sightings;
            // Most works are listed once and need not be kept in mind.
            sightings.len() == 1
                || seen.insert(work)
                    && (start == 0 || !sightings.iter().any(|other| entries[..start].binary_search(other).is_ok()))
        })
    }
}
