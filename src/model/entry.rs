//! Digests and the entries they list.

use super::{Day, WorkId};
use crate::memo::{Input, Memo, Print, memo_fields, memo_variants, print};
use crate::text::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Deref;
use std::sync::{LazyLock, OnceLock};

/// What one file says that one source published on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The day, if one was found.
    pub day: Option<Day>,
    /// The source's key, see [`super::source::key`].
    pub source: String,
    /// The file's first heading without its marks.
    pub heading: Option<String>,
    /// Text above its entries, or instead of them, such as "nothing was fetched today"; Markdown as written.
    pub preface: Option<String>,
    /// Prose below its entries, with the headings of its parts, Markdown.
    pub afterword: Option<String>,
    /// What the file says of the day where it lists nothing.
    pub state: DigestState,
    /// The language it is written in, a BCP 47 tag; none where nothing says it.
    pub language: Option<String>,
    /// The number of the issue, where it has one.
    pub number: Option<u32>,
    /// The entries in the order in which they are listed.
    pub entries: Entries,
    /// Path of the file, relative to the content folder.
    pub path: String,
}

/// The entries of a digest, with the prints of what they say: those are remembered with the entries, and forgotten when one is edited.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    list: Vec<Entry>,
    prints: OnceLock<Vec<Print>>,
}

impl Entries {
    /// So many entries have one print, since a hash of long bytes takes a third of the time of many of short ones. Where one of them is edited,
    /// what shows the others is made once more for nothing.
    pub const TOGETHER: usize = 64;

    /// None, with room for so many.
    pub fn with_capacity(n: usize) -> Entries {
        Vec::with_capacity(n).into()
    }

    /// The list, to be edited.
    pub fn edit(&mut self) -> &mut Vec<Entry> {
        self.prints.take();
        &mut self.list
    }

    /// A print for each [`Entries::TOGETHER`] of them.
    pub fn prints(&self) -> &[Print] {
        self.prints.get_or_init(|| {
            let mut bytes = Vec::new();
            let of = |together: &[Entry]| {
                bytes.clear();
                together.iter().for_each(|entry| entry.put(&mut bytes));
                print(&bytes)
            };
            self.list.chunks(Entries::TOGETHER).map(of).collect()
        })
    }
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(list: Vec<Entry>) -> Entries {
        Entries { list, prints: OnceLock::new() }
    }
}

impl IntoIterator for Entries {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl PartialEq for Entries {
    fn eq(&self, other: &Entries) -> bool {
        self.list == other.list
    }
}

impl Eq for Entries {}

impl Memo for Entries {
    fn put(&self, out: &mut Vec<u8>) {
        self.list.len().put(out);
        let of = |together: &[Entry]| {
            let start = out.len();
            together.iter().for_each(|entry| entry.put(out));
            print(&out[start..])
        };
        let prints: Vec<Print> = self.list.chunks(Entries::TOGETHER).map(of).collect();
        self.prints.get_or_init(|| prints).put(out);
    }

    fn get(input: &mut Input) -> Option<Entries> {
        let n = usize::get(input)?;
        // A length that rotted must not reserve memory for what is not there.
        let mut list = Vec::with_capacity(n.min(input.len()));
        for _ in 0..n {
            list.push(Entry::get(input)?);
        }
        let prints: Vec<Print> = Vec::get(input)?;
        (prints.len() == n.div_ceil(Entries::TOGETHER)).then(|| Entries { list, prints: prints.into() })
    }
}

/// Whether a digest lists entries, and if not, what its file says about that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestState {
    /// It lists entries.
    Listed,
    /// It lists none.
    Empty,
    /// It lists none and says that fetching failed.
    Failed,
}

/// One item as listed in a digest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its place in the digest's list, from 1.
    pub position: u32,
    /// The title on one line, Markdown; none where the digest gives none.
    pub title: Option<String>,
    /// The title in the work's own language where the digest gives both.
    pub original_title: Option<String>,
    /// What stood with the title but is not the title: a translator's remarks, an essay. Markdown.
    pub note: Option<String>,
    /// Names as written.
    pub authors: Vec<String>,
    /// What the entry points at.
    pub id: Option<WorkId>,
    /// All links in the order of the columns; the first is the main one.
    pub links: Vec<Link>,
    /// The abstract or summary, Markdown.
    pub summary: Option<String>,
    /// The day on which the work itself was published.
    pub published: Option<Day>,
    /// Categories, topics, keywords.
    pub tags: Vec<String>,
    /// The heading, topic or feed it stands under; none where the digest has no parts.
    pub section: Option<String>,
    /// Everything else, as pairs of the column's name and the cell's text, in the order of the columns.
    pub extra: Vec<(String, String)>,
    /// Where in the file's text it was read.
    pub span: Span,
    /// The line on which it begins, from 1.
    pub line: u32,
}

impl Entry {
    /// The main link's address exactly as written.
    pub fn url(&self) -> Option<&str> {
        self.links.first().map(|link| link.url.as_str())
    }

    /// Fills absent fields from another entry of the same work and adds its links, tags and further fields.
    pub fn gain(&mut self, other: Entry) {
        let fill = |to: &mut Option<String>, from: Option<String>| *to = to.take().or(from);
        fill(&mut self.title, other.title);
        fill(&mut self.original_title, other.original_title);
        fill(&mut self.note, other.note);
        fill(&mut self.summary, other.summary);
        self.published = self.published.or(other.published);
        self.id = self.id.take().or(other.id);
        if self.authors.is_empty() {
            self.authors = other.authors;
        }
        for link in other.links {
            if !self.links.iter().any(|known| known.url == link.url) {
                self.links.push(link);
            }
        }
        for tag in other.tags {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
        for (key, value) in other.extra {
            if !self.extra.iter().any(|(known, _)| *known == key) {
                self.extra.push((key, value));
            }
        }
    }

    /// What stands where the title is missing: the id, else the address, else a dash.
    pub fn stand_in(&self) -> String {
        let id = self.id.as_ref().and_then(WorkId::shown);
        id.or_else(|| self.url().map(str::to_owned)).unwrap_or_else(|| "—".to_owned())
    }
}

memo_fields!(Digest { day, source, heading, preface, afterword, state, language, number, entries, path });
memo_variants!(DigestState { Listed, Empty, Failed });
memo_fields!(Entry {
    position,
    title,
    original_title,
    note,
    authors,
    id,
    links,
    summary,
    published,
    tags,
    section,
    extra,
    span,
    line,
});

/// A link of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address exactly as written.
    pub url: String,
    /// What it leads to.
    pub kind: LinkKind,
    /// The text it was written with; empty for a bare address.
    pub text: String,
}

memo_fields!(Link { url, kind, text });

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// A PDF file.
    Pdf,
    /// A page with the abstract, or the publisher's page.
    Abstract,
    /// The full text as a web page.
    Html,
    /// A repository of code.
    Code,
    /// A discussion.
    Discussion,
    /// Anything else.
    Other,
}

memo_variants!(LinkKind { Pdf, Abstract, Html, Code, Discussion, Other });

/// Link kinds by name and by the addresses that show them: a piece of the lower-case address, and the kind.
const KINDS: &[(LinkKind, &str, &[&str])] = &[
    (LinkKind::Pdf, "pdf", &["arxiv.org/pdf/", ".full.pdf", ".pdf"]),
    (LinkKind::Html, "html", &["arxiv.org/html/", "ar5iv."]),
    (
        LinkKind::Abstract,
        "abstract",
        &[
            "arxiv.org/abs/",
            "doi.org/",
            "biorxiv.org/",
            "medrxiv.org/",
            "openreview.net/",
            "aclanthology.org/",
            "huggingface.co/papers/",
        ],
    ),
    (LinkKind::Code, "code", &["//github.com/", "//gitlab.com/", "//gitee.com/", "//bitbucket.org/", "//codeberg.org/"]),
    (LinkKind::Discussion, "discussion", &["news.ycombinator.com/item", "reddit.com/r/", "lobste.rs/s/", "alphaxiv.org/"]),
    (LinkKind::Other, "other", &[]),
];

/// The pieces of all kinds, found in one pass over an address.
struct Pieces {
    finder: AhoCorasick,
    /// For each piece its row of `KINDS`.
    rows: Vec<usize>,
}

static PIECES: LazyLock<Pieces> = LazyLock::new(|| {
    let (rows, pieces): (Vec<usize>, Vec<&str>) =
        KINDS.iter().enumerate().flat_map(|(row, kind)| kind.2.iter().map(move |piece| (row, *piece))).unzip();
    Pieces { finder: super::id::finder(&pieces, MatchKind::Standard), rows }
});

impl LinkKind {
    /// Its name in exports and templates.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|row| row.0 == self).map_or("other", |row| row.1)
    }

    /// The kind that an address shows by its form; of an address that leads on to another one, the kind of that one.
    pub fn of_url(url: &str) -> LinkKind {
        if let Some(target) = super::id::target(url) {
            return LinkKind::of_url(&target);
        }
        // Rows of `KINDS` further up go first, wherever in the address they show.
        let rows = PIECES.finder.find_overlapping_iter(url).map(|found| PIECES.rows[found.pattern().as_usize()]);
        rows.min().map_or(LinkKind::Other, |row| KINDS[row].0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Entries, Entry};
    use crate::memo;

    #[test]
    fn prints_come_back_with_entries_and_change_with_them() {
        let list: Vec<Entry> = (1..=130).map(|position| Entry { position, ..Entry::default() }).collect();
        let entries = Entries::from(list);
        let written = memo::bytes(&entries);
        let mut back: Entries = memo::value(&written).expect("they are whole");
        assert!(back == entries && back.prints.get().is_some());
        let before = Entries::from(entries.list.clone()).prints().to_vec();
        assert_eq!((back.prints(), entries.prints()), (&before[..], &before[..]));
        back.edit()[70].title = Some("another".to_owned());
        let is_same: Vec<bool> = back.prints().iter().zip(&before).map(|(now, before)| now == before).collect();
        assert_eq!(is_same, [true, false, true]);
        // A print too few.
        let mut short = written[..written.len() - 52].to_vec();
        memo::Memo::put(&before[..2].to_vec(), &mut short);
        assert_eq!(memo::value::<Entries>(&short), None);
    }
}
