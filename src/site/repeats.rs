//! Files that only repeat other files: a day's summary page, an index, an archive list.

use super::variants::says;
use crate::model::{Digest, WorkId};
use ahash::RandomState;
use std::collections::HashMap;

/// A digest that repeats others, and one path that it repeats.
pub(super) struct Repeat {
    /// Its index among the digests of the day.
    pub(super) digest: usize,
    /// The path of a file that has its entries.
    pub(super) of: String,
}

/// Which of these digests of one day repeat others of them.
///
/// A digest repeats others if all its entries have ids that other digests list, and if it draws on two of them or covers half
/// of one. A source that happens to list one paper of another source is none.
pub(super) fn of_day(digests: &[&Digest]) -> Vec<Repeat> {
    if digests.len() < 2 {
        return Vec::new();
    }
    let mut listed_in = Listed::default();
    for (i, digest) in digests.iter().enumerate() {
        for id in digest.entries.iter().filter_map(|entry| entry.id.as_ref()) {
            let places = listed_in.entry(id).or_default();
            if places.last() != Some(&i) {
                places.push(i);
            }
        }
    }
    let drawn = |i: usize| -> Option<Drawn> { drawn_on(i, digests, &listed_in) };
    let mut candidates: Vec<(usize, Drawn)> = (0..digests.len()).filter_map(|i| Some((i, drawn(i)?))).collect();
    // First those that draw on most others; of twins the one that says less, then the later path.
    candidates.sort_by_key(|(i, drawn)| (std::cmp::Reverse(drawn.from), says(digests[*i]), std::cmp::Reverse(*i)));
    let mut repeats: Vec<Repeat> = Vec::new();
    let mut gone = vec![false; digests.len()];
    for (i, drawn) in candidates {
        // What repeats only files that were dropped before is the last that has the entries.
        let still =
            digests[i].entries.iter().filter_map(|e| e.id.as_ref()).all(|id| listed_in[id].iter().any(|&p| p != i && !gone[p]));
        if still {
            gone[i] = true;
            repeats.push(Repeat { digest: i, of: digests[drawn.most].path.clone() });
        }
    }
    repeats
}

/// The digests that list a work, by their index.
type Listed<'a> = HashMap<&'a WorkId, Vec<usize>, RandomState>;

struct Drawn {
    /// How many other digests the entries come from.
    from: usize,
    /// The index of the one that most come from.
    most: usize,
}

fn drawn_on(i: usize, digests: &[&Digest], listed_in: &Listed) -> Option<Drawn> {
    let digest = digests[i];
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for entry in &digest.entries {
        let places = listed_in.get(entry.id.as_ref()?)?;
        let mut others = places.iter().filter(|&&place| place != i && digests[place].source != digest.source).peekable();
        others.peek()?;
        // A digest of several is counted where it needs another one: the first that has the entry.
        *shared.entry(*others.next()?).or_default() += 1;
    }
    let (most, n) = shared.iter().map(|(place, n)| (*place, *n)).max_by_key(|(place, n)| (*n, std::cmp::Reverse(*place)))?;
    let covers_half = n >= 3 && n * 2 >= digests[most].entries.len();
    (shared.len() >= 2 || covers_half).then_some(Drawn { from: shared.len(), most })
}
