//! Links within a site: gathered page by page while it is rendered, judged when all pages are known.
//!
//! Pages are our own templates' or the owner's, so attributes are quoted, and what looks like a tag is one: digests' texts have no
//! bare `<`. Paths and anchors are kept as hashes of 64 bits; a million of them meet by chance once in 37 million sites.

use crate::text::percent_decoded;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};

type Hash = u64;

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenLink {
    /// The link as the page has it.
    pub link: String,
    /// The path of the first page that has it.
    pub page: String,
    /// How many pages have it.
    pub n_pages: usize,
    /// True if the page is there, but not the place on it.
    pub is_anchor: bool,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkReport {
    /// Links that lead nowhere, by link.
    pub broken: Vec<BrokenLink>,
    /// Pages that no other page leads to, by path.
    pub unreachable: Vec<String>,
    /// Paths that are one on systems without upper and lower case.
    pub same_but_case: Vec<(String, String)>,
    /// Paths that more than one file has.
    pub twice: Vec<String>,
    /// How many different places of the site are linked.
    pub n_targets: usize,
}

/// The links and places of a site's files. Parts from several threads are joined by [`Audit::merge`].
#[derive(Debug, Default)]
pub struct Audit {
    paths: BTreeSet<String>,
    twice: BTreeSet<String>,
    anchors: HashSet<Hash>,
    /// For each place that is linked: the link as written, the first page that has it, how many have it, and whether another page does.
    targets: HashMap<Hash, Target>,
    hasher: ahash::RandomState,
}

#[derive(Debug)]
struct Target {
    path: String,
    anchor: Option<String>,
    link: String,
    page: String,
    n_pages: usize,
    is_linked_from_elsewhere: bool,
}

impl Audit {
    /// An empty one, whose hashes are the same as those of every other.
    pub fn new() -> Audit {
        Audit { hasher: ahash::RandomState::with_seeds(1, 2, 3, 4), ..Audit::default() }
    }

    /// Adds a file by its path; of a page the links and places too. `base_path` is what leads to the root where a page has links from
    /// there, as that for unknown addresses has.
    pub fn add(&mut self, path: &str, bytes: &[u8], base_path: &str) {
        if !self.paths.insert(path.to_owned()) {
            self.twice.insert(path.to_owned());
        }
        if !path.ends_with(".html") {
            return;
        }
        let Ok(html) = std::str::from_utf8(bytes) else { return };
        let mut seen: HashSet<&str> = HashSet::new();
        for (name, value) in attributes(html) {
            match name {
                "id" => {
                    let place = self.hash(path, Some(value));
                    self.anchors.insert(place);
                }
                _ if seen.insert(value) => self.add_link(path, value, base_path),
                _ => {}
            }
        }
    }

    fn add_link(&mut self, page: &str, link: &str, base_path: &str) {
        let link = link.replace("&amp;", "&");
        let Some((target, anchor)) = resolved(page, &link, base_path) else { return };
        let key = self.hash(&target, anchor.as_deref());
        let is_elsewhere = target != page;
        let known = self.targets.entry(key).or_insert_with(|| Target {
            path: target,
            anchor,
            link,
            page: page.to_owned(),
            n_pages: 0,
            is_linked_from_elsewhere: false,
        });
        known.n_pages += 1;
        known.is_linked_from_elsewhere |= is_elsewhere;
        if page < known.page.as_str() {
            known.page = page.to_owned();
        }
    }

    fn hash(&self, path: &str, anchor: Option<&str>) -> Hash {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(path.as_bytes());
        hasher.write_u8(0xFF);
        hasher.write(anchor.unwrap_or("").as_bytes());
        hasher.finish()
    }

    /// Takes over what another has.
    pub fn merge(mut self, other: Audit) -> Audit {
        self.twice.extend(other.twice);
        self.twice.extend(other.paths.intersection(&self.paths).cloned());
        self.paths.extend(other.paths);
        self.anchors.extend(other.anchors);
        for (key, target) in other.targets {
            match self.targets.entry(key) {
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(target);
                }
                std::collections::hash_map::Entry::Occupied(mut place) => {
                    let known = place.get_mut();
                    known.n_pages += target.n_pages;
                    known.is_linked_from_elsewhere |= target.is_linked_from_elsewhere;
                    if target.page < known.page {
                        known.page = target.page;
                        known.link = target.link;
                    }
                }
            }
        }
        self
    }

    /// What is wrong. `is_entrance` says of a page that readers come to it otherwise than by links.
    pub fn report(&self, is_entrance: impl Fn(&str) -> bool) -> LinkReport {
        let mut report =
            LinkReport { n_targets: self.targets.len(), twice: self.twice.iter().cloned().collect(), ..LinkReport::default() };
        let mut reached: HashSet<&str> = HashSet::new();
        for (key, target) in &self.targets {
            let is_there = self.paths.contains(&target.path);
            let is_place = target.anchor.is_none() || self.anchors.contains(key) || !target.path.ends_with(".html");
            if target.is_linked_from_elsewhere {
                reached.insert(&target.path);
            }
            if !is_there || !is_place {
                let Target { link, page, n_pages, .. } = target;
                let broken = BrokenLink { link: link.clone(), page: page.clone(), n_pages: *n_pages, is_anchor: is_there };
                report.broken.push(broken);
            }
        }
        report.broken.sort();
        let pages = self.paths.iter().filter(|path| path.ends_with(".html"));
        report.unreachable = pages.filter(|path| !reached.contains(path.as_str()) && !is_entrance(path)).cloned().collect();
        let mut folded: HashMap<String, &String> = HashMap::new();
        for path in &self.paths {
            if let Some(other) = folded.insert(path.to_lowercase(), path) {
                report.same_but_case.push((other.clone(), path.clone()));
            }
        }
        report
    }
}

/// The attributes that name places or lead somewhere, of all tags of a page. Text may look like them, but a `<` in it is escaped.
fn attributes(html: &str) -> impl Iterator<Item = (&str, &str)> {
    const NAMES: &[&str] = &["href", "src", "id"];
    let bytes = html.as_bytes();
    let mut at = 0;
    let mut in_tag = false;
    std::iter::from_fn(move || {
        loop {
            if !in_tag {
                at += memchr::memchr(b'<', &bytes[at..])? + 1;
                in_tag = bytes.get(at)?.is_ascii_alphabetic();
                continue;
            }
            at += memchr::memchr2(b'=', b'>', &bytes[at..])? + 1;
            if bytes[at - 1] == b'>' {
                in_tag = false;
                continue;
            }
            let quote = *bytes.get(at)?;
            if quote != b'"' && quote != b'\'' {
                continue;
            }
            let equals = at - 1;
            let end = at + 1 + memchr::memchr(quote, &bytes[at + 1..])?;
            let value = &html[at + 1..end];
            at = end + 1;
            let before = bytes[..equals].iter().rev().take(8).position(u8::is_ascii_whitespace);
            if let Some(name) = before.map(|n| &html[equals - n..equals]).filter(|name| NAMES.contains(name)) {
                return Some((name, value));
            }
        }
    })
}

/// Where a link of a page leads on the site: the file's path, and the place on it. None where it leads away from the site.
fn resolved(page: &str, link: &str, base_path: &str) -> Option<(String, Option<String>)> {
    let (link, anchor) = link.split_once('#').map_or((link, None), |(link, anchor)| (link, Some(anchor)));
    let link = link.split('?').next().unwrap_or("");
    let is_elsewhere = link.starts_with("//") || link.split('/').next().is_some_and(|first| first.contains(':'));
    if is_elsewhere {
        return None;
    }
    // A reader's own places, such as a search, follow `#` with what is no id.
    let anchor =
        anchor.filter(|anchor| !anchor.is_empty() && !anchor.contains('=')).map(|anchor| percent_decoded(anchor).into_owned());
    if link.is_empty() {
        return Some((page.to_owned(), anchor));
    }
    let (mut parts, rest): (Vec<String>, &str) =
        match link.strip_prefix(base_path.trim_end_matches('/')).and_then(|r| r.strip_prefix('/')) {
            Some(rest) => (Vec::new(), rest),
            None if link.starts_with('/') => return None,
            None => (page.split('/').map(str::to_owned).collect(), link),
        };
    parts.pop();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(percent_decoded(part).into_owned()),
        }
    }
    let is_folder = rest.is_empty() || rest.ends_with('/') || rest.ends_with("..") || rest == ".";
    if is_folder {
        parts.push("index.html".to_owned());
    }
    Some((parts.join("/"), anchor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_and_places() {
        let rows = [
            ("a/b.html", "c.html#x", Some(("a/c.html", Some("x")))),
            ("a/b.html", "../d/", Some(("d/index.html", None))),
            ("a/b.html", "../", Some(("index.html", None))),
            ("a/b.html", "#y", Some(("a/b.html", Some("y")))),
            ("a/b.html", "../search.html?q=x#q=y", Some(("search.html", None))),
            ("404.html", "/repo/a/b.html", Some(("a/b.html", None))),
            ("404.html", "/repo/", Some(("index.html", None))),
            ("a.html", "%E4%BD%A0.html#%E5%A5%BD", Some(("你.html", Some("好")))),
            ("a.html", "/other/x.html", None),
            ("a.html", "https://example.org/x", None),
            ("a.html", "mailto:x@example.org", None),
            ("a.html", "../../x.html", None),
        ];
        for (page, link, expected) in rows {
            let expected = expected.map(|(path, anchor)| (path.to_owned(), anchor.map(str::to_owned)));
            assert_eq!(resolved(page, link, "/repo/"), expected, "{page} {link}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_found() {
        let mut audit = Audit::new();
        audit.add("index.html", b"<a href=\"a.html#here\">a</a> <a href='a.html#gone'>b</a> <img src=\"no.png\">", "/");
        let text = "1 &lt; 2 and a href='no.html' and id=\"there\"";
        let page = format!("<p id=\"here\" title=\"x = y > z\" hidden><!-- c --><a\nhref=\"#here\">{text}</a>");
        audit.add("a.html", page.as_bytes(), "/");
        let mut other = Audit::new();
        other.add("lost.html", b"<a href=\"lost.html\">me</a><a href=\"index.html\">i</a>", "/");
        other.add("A.html", b"", "/");
        other.add("a.html", b"", "/");
        let report = audit.merge(other).report(|path| path == "index.html");
        let broken: Vec<(&str, bool)> = report.broken.iter().map(|link| (link.link.as_str(), link.is_anchor)).collect();
        assert_eq!(broken, [("a.html#gone", true), ("no.png", false)]);
        assert_eq!(report.unreachable, ["A.html", "lost.html"]);
        assert_eq!(report.twice, ["a.html"]);
        assert_eq!(report.same_but_case, [("A.html".to_owned(), "a.html".to_owned())]);
    }
}
