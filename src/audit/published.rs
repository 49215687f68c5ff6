//! What a site promises to the world: addresses that others link to, and ids by which feed readers know what they have seen.

use std::collections::{BTreeMap, BTreeSet};

/// Endings of files that others link to or subscribe to; the rest is loaded by pages only.
const LINKED: &[&str] = &[".html", ".xml", ".json", ".csv", ".gz", ".bib"];

/// The addresses and feed ids of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    addresses: BTreeSet<String>,
    /// Path of a feed, and its id.
    feeds: BTreeMap<String, String>,
}

impl Snapshot {
    /// True if the bytes of the file at a path say more than its path does.
    pub fn needs_bytes(path: &str) -> bool {
        path.ends_with(".xml")
    }

    /// Adds a file by its `/`-separated path below the root of the site.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        if LINKED.iter().any(|ending| path.ends_with(ending)) {
            self.addresses.insert(path.to_owned());
        }
        if let Some(id) = Some(path).filter(|path| Snapshot::needs_bytes(path)).and_then(|_| feed_id(bytes)) {
            self.feeds.insert(path.to_owned(), id);
        }
    }

    /// Takes over what another has.
    pub fn merge(mut self, other: Snapshot) -> Snapshot {
        self.addresses.extend(other.addresses);
        self.feeds.extend(other.feeds);
        self
    }

    /// True if there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }
}

/// The id of an Atom feed: the first `id` of the document (RFC 4287, 4.2.6), which stands before the entries in what daysheet writes.
fn feed_id(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, _) = text.split_once("<entry").unwrap_or((text, ""));
    let (_, rest) = head.split_once("<feed")?.1.split_once("<id>")?;
    Some(rest.split_once("</id>")?.0.trim().to_owned())
}

/// What would change for the world.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Addresses that would vanish.
    pub vanished: Vec<String>,
    /// Feeds whose id would be another: path, id before, id after. Their subscribers would see everything once more.
    pub other_ids: Vec<(String, String, String)>,
}

/// What a site has that a newer one lacks.
pub fn difference(old: &Snapshot, new: &Snapshot) -> Difference {
    let other_id = |(path, id): (&String, &String)| {
        let now = new.feeds.get(path).filter(|now| *now != id)?;
        Some((path.clone(), id.clone(), now.clone()))
    };
    Difference {
        vanished: old.addresses.difference(&new.addresses).cloned().collect(),
        other_ids: old.feeds.iter().filter_map(other_id).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let mut snapshot = Snapshot::default();
        files.iter().for_each(|(path, text)| snapshot.add(path, text.as_bytes()));
        snapshot
    }

    #[test]
    fn what_vanishes_is_told_and_what_pages_load_is_not() {
        let old = snapshot(&[
            ("index.html", ""),
            ("2025/11/14.html", ""),
            ("search/2025/t0.js", ""),
            ("feeds/atom.xml", "<?xml?><feed><title>x</title><id>urn:uuid:1</id><entry><id>e</id></entry></feed>"),
            ("feeds/rss.xml", "<rss/>"),
        ]);
        let new = snapshot(&[("index.html", ""), ("feeds/atom.xml", "<feed><id>urn:uuid:2</id></feed>"), ("feeds/rss.xml", "")]);
        let found = difference(&old, &new);
        assert_eq!(found.vanished, ["2025/11/14.html"]);
        assert_eq!(found.other_ids, [("feeds/atom.xml".to_owned(), "urn:uuid:1".to_owned(), "urn:uuid:2".to_owned())]);
        assert_eq!(difference(&old, &old), Difference::default());
    }
}
