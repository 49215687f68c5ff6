//! Links in a cell: `[text](address)`, `<address>`, `<a href="address">` and bare addresses.

use super::date;
use super::lexicon::is_absent;
use crate::text::trim;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// A link as found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// The words of the link; empty for a bare address.
    pub(super) text: &'a str,
    /// The address as written.
    pub(super) url: &'a str,
    /// The bytes of the text that make the link.
    pub(super) range: Range<usize>,
}

/// The links of a text in order. `[PDF](None)` and other addresses that name nothing are left out.
pub(super) fn find(text: &str) -> impl Iterator<Item = Found<'_>> {
    let mut from = 0;
    let mut pairs = Pairs::of(text);
    let next = move || {
        // Every form of link has one of these bytes near its start, and each call moves past what it looked at.
        while let Some(at) = next_sign(text.as_bytes(), from) {
            let link = match text.as_bytes()[at] {
                b'[' => markdown(at, &mut pairs),
                b'<' => anchor(text, at),
                _ => bare(text, at, from),
            };
            from = link.as_ref().map_or(at + 1, |link| link.range.end);
            if let Some(link) = link.filter(|link| !is_absent(link.url)) {
                return Some(link);
            }
        }
        None
    };
    std::iter::from_fn(next)
}

/// The next sign with which a link may begin. Many texts are a link and nothing else, which shows without a search.
fn next_sign(bytes: &[u8], from: usize) -> Option<usize> {
    match bytes.get(from)? {
        b'[' | b'<' | b':' => Some(from),
        _ => memchr::memchr3(b'[', b'<', b':', &bytes[from..]).map(|at| from + at),
    }
}

/// True if the text has the form of a link, be it one that names nothing; looks only at short texts.
pub(super) fn is_link(text: &str) -> bool {
    let text = text.trim();
    let bytes = text.as_bytes();
    text.len() <= MAX_CELL && (holds_address(text) || text.contains("<a ")) && memchr::memchr(b'\n', bytes).is_none()
}

static BRACKETS: LazyLock<Finder> = LazyLock::new(|| Finder::new("]("));
static SCHEME: LazyLock<Finder> = LazyLock::new(|| Finder::new("://"));

/// True if a text holds the middle of a link, `](`, or of an address, `://`.
pub(super) fn holds_address(text: &str) -> bool {
    BRACKETS.find(text.as_bytes()).is_some() || SCHEME.find(text.as_bytes()).is_some()
}

/// `[[page|words]]` of notebooks, with or without a backslash before the bar: page, words, and what follows.
pub(super) fn wiki(text: &str) -> Option<(&str, &str, &str)> {
    let inner = text.trim_start_matches(['*', '_']).strip_prefix("[[")?;
    let (link, rest) = inner.split_once("]]")?;
    if rest.starts_with('(') || link.contains(['[', '\n']) {
        return None;
    }
    let (page, shown) = link.split_once('|').unwrap_or((link, link));
    Some((page.trim_end_matches('\\').trim(), shown.trim(), rest))
}

/// True for an address of the web, as against one of a place on this page or of a file nearby.
pub(super) fn is_web(url: &str) -> bool {
    let start = url.get(..8.min(url.len())).unwrap_or("").to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://") || url.starts_with("//") || url.starts_with("www.")
}

/// True for the address of a page nearby, `items/a.md`, `./a.html`, `/posts/a`, `a/`: neither the way back or to an overview, nor to another
/// day, nor a picture.
pub(super) fn is_page_nearby(url: &str) -> bool {
    let path = url.split(['#', '?']).next().unwrap_or(url);
    if url.len() > 300 || path.contains([':', '{']) || path.starts_with("//") || !path.contains(['/', '.']) {
        return false;
    }
    let path = path.trim_start_matches("./").trim_start_matches("../").trim_matches('/');
    let (stem, extension) = match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => (stem, extension),
        _ => (path, ""),
    };
    let is_overview = OVERVIEWS.iter().any(|name| stem.eq_ignore_ascii_case(name));
    let is_page = extension.bytes().all(|b| b.is_ascii_digit()) || PAGES.iter().any(|page| extension.eq_ignore_ascii_case(page));
    is_page && !stem.is_empty() && !stem.starts_with('.') && !is_overview && !date::is_day(stem)
}

/// The extensions of pages.
const PAGES: &[&str] = &["md", "markdown", "mdx", "html", "htm", "pdf"];

/// Files that lead to others.
const OVERVIEWS: &[&str] =
    &["readme", "index", "summary", "archive", "archives", "about", "contributing", "changelog", "license"];

/// A text with the words of its links in place of the links; those to places on the page itself are left out.
pub(super) fn without_anchors(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for found in find(text) {
        out.push_str(&text[from..found.range.start]);
        if !found.url.starts_with('#') {
            out.push_str(found.text);
        }
        from = found.range.end;
    }
    out.push_str(&text[from..]);
    out.trim().to_owned()
}

/// True for a text that is nothing but the path of a file: `papers/2511.10648.pdf`, `../notes/a.md`.
pub(super) fn is_relative(text: &str) -> bool {
    let text = text.trim();
    let name = text.rsplit('/').next().unwrap_or("");
    let extension = name.rsplit_once('.').map_or("", |(stem, extension)| if stem.is_empty() { "" } else { extension });
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | '|' | ':' | '\\');
    let from_root =
        text.len() > 1 && (text.starts_with('/') || text.starts_with("./") || text.starts_with("../")) && !text.starts_with("//");
    if text.len() > 1000 || !text.chars().all(plain) {
        return false;
    }
    from_root
        || text.len() <= 300
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && extension.bytes().any(|b| b.is_ascii_alphabetic())
            && text.contains('/')
}

/// A cell longer than this, in bytes, is a text with a link in it, not a link.
const MAX_CELL: usize = 2048;

/// How far the words of a link may reach, in bytes: some titles are whole abstracts.
const MAX_TEXT: usize = 8192;

fn markdown<'a>(at: usize, pairs: &mut Pairs<'a>) -> Option<Found<'a>> {
    let text = pairs.text;
    let close = pairs.bracket(at).filter(|close| close - at <= MAX_TEXT)?;
    let end = pairs.parenthesis(close + 1).filter(|end| end - close <= MAX_CELL)?;
    let inner = trim(&text[close + 2..end]);
    // A title may follow the address: `(address "title")`.
    let url = &inner[..memchr::memchr2(b' ', b'\t', inner.as_bytes()).unwrap_or(inner.len())];
    let url = url.trim_start_matches('<').trim_end_matches('>');
    Some(Found { text: trim(&text[at + 1..close]), url, range: at..end + 1 })
}

/// So many bytes of the words of a link are looked at one by one, before a search begins that takes longer to start.
const NEAR: usize = 8;

/// The brackets and the parentheses of a text that belong together. Nearly all hold neither others nor backslashes, and their
/// ends are the next ones; only where they do, all pairs of the text are found in one pass, which keeps texts of nothing but
/// brackets from being searched again for each of them.
struct Pairs<'a> {
    text: &'a str,
    nested: Option<Nested>,
}

impl<'a> Pairs<'a> {
    fn of(text: &'a str) -> Pairs<'a> {
        Pairs { text, nested: None }
    }

    /// The end of the bracket that opens at `open`, if an address in parentheses follows.
    fn bracket(&mut self, open: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if open > 0 && bytes[open - 1] == b'\\' {
            return None;
        }
        // The words of most links are few.
        let is_sign = |byte: &u8| matches!(byte, b'[' | b']' | b'\\');
        let (near, far) = bytes[open + 1..].split_at(NEAR.min(bytes.len() - open - 1));
        let search = || memchr::memchr3(b'[', b']', b'\\', far).map(|at| NEAR + at);
        let next = open + 1 + near.iter().position(is_sign).or_else(search)?;
        let close = if bytes[next] == b']' { next } else { Nested::close(&self.nested().brackets, open)? };
        (bytes.get(close + 1) == Some(&b'(')).then_some(close)
    }

    /// The end of the parenthesis that opens at `open` behind a bracket.
    fn parenthesis(&mut self, open: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let next = open + 1 + memchr::memchr3(b'(', b')', b'\\', &bytes[open + 1..])?;
        // An address ends with its line.
        let ends = bytes[open..next].contains(&b'\n');
        if bytes[next] == b')' || ends { Some(next).filter(|_| !ends) } else { Nested::close(&self.nested().parentheses, open) }
    }

    /// All pairs; those of a text without a link are not needed, which shows sooner than they are found.
    fn nested(&mut self) -> &Nested {
        let text = self.text;
        let holds_link = || BRACKETS.find(text.as_bytes()).is_some();
        self.nested.get_or_insert_with(|| if holds_link() { Nested::of(text) } else { Nested::default() })
    }
}

/// All pairs of a text as offsets, by the opening one.
#[derive(Default)]
struct Nested {
    brackets: Vec<(usize, usize)>,
    parentheses: Vec<(usize, usize)>,
}

impl Nested {
    fn of(text: &str) -> Nested {
        let mut pairs = Nested::default();
        let (mut brackets, mut parentheses) = (Vec::new(), Vec::new());
        let bytes = text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            if at > 0 && bytes[at - 1] == b'\\' {
                continue;
            }
            match byte {
                b'[' => brackets.push(at),
                b'(' => parentheses.push(at),
                b']' => pairs.brackets.extend(brackets.pop().map(|open| (open, at))),
                b')' => pairs.parentheses.extend(parentheses.pop().map(|open| (open, at))),
                // An address ends with its line.
                b'\n' => parentheses.clear(),
                _ => {}
            }
        }
        pairs.brackets.sort_unstable();
        pairs.parentheses.sort_unstable();
        pairs
    }

    fn close(pairs: &[(usize, usize)], open: usize) -> Option<usize> {
        pairs.binary_search_by_key(&open, |pair| pair.0).ok().map(|i| pairs[i].1)
    }
}

fn anchor(text: &str, at: usize) -> Option<Found<'_>> {
    let rest = &text[at..text.floor_char_boundary(at + MAX_CELL)];
    // One that does not close is a bare address behind a sign.
    if let Some(address) = rest[1..].split_once('>').map(|(address, _)| address).filter(|address| is_address(address)) {
        return Some(Found { text: "", url: address, range: at..at + address.len() + 2 });
    }
    let tag = rest.split('>').next().filter(|tag| tag.len() < rest.len())?;
    if !tag.get(..3)?.eq_ignore_ascii_case("<a ") {
        return None;
    }
    let value = tag[tag.find("href")? + 4..].trim_start().strip_prefix('=')?.trim_start();
    let url = match value.as_bytes().first()? {
        quote @ (b'"' | b'\'') => value[1..].split(*quote as char).next()?,
        _ => value.split(' ').next()?,
    };
    let inner = &rest[tag.len() + 1..];
    let close = inner.find("</a>").or_else(|| inner.find("</A>"))?;
    Some(Found { text: inner[..close].trim(), url: url.trim(), range: at..at + tag.len() + 1 + close + 4 })
}

fn is_address(text: &str) -> bool {
    let lower = text.get(..8.min(text.len())).unwrap_or("").to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")) && !text.contains(char::is_whitespace)
}

/// A bare address around the `:` at `at`; nothing before `from` belongs to it.
fn bare(text: &str, at: usize, from: usize) -> Option<Found<'_>> {
    let start = ["https", "http"].iter().map(|s| (at.checked_sub(s.len()), *s)).find_map(|(start, scheme)| {
        let start = start.filter(|&start| start >= from && text.is_char_boundary(start))?;
        text[start..at].eq_ignore_ascii_case(scheme).then_some(start)
    })?;
    if !text[at..].starts_with("://") {
        return None;
    }
    let rest = &text[start..];
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|' | '`') || !c.is_ascii();
    let end = rest.find(ends).unwrap_or(rest.len());
    let mut url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '"']);
    // A closing bracket belongs to the address only if it was opened in it.
    let n_opened = url.matches('(').count();
    let mut n_closed = url.matches(')').count();
    while url.ends_with(')') && n_closed > n_opened || url.ends_with(']') {
        n_closed -= usize::from(url.ends_with(')'));
        url = &url[..url.len() - 1];
    }
    (url.len() > at - start + 3).then_some(Found { text: "", url, range: start..start + url.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_cells() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("[PDF](https://arxiv.org/pdf/2511.10648v1)", &[("PDF", "https://arxiv.org/pdf/2511.10648v1")]),
            ("[PDF](None)", &[]),
            (
                "[a [b] c](http://x.org/a(1)b \"t\") and [d](<http://y.org>)",
                &[("a [b] c", "http://x.org/a(1)b"), ("d", "http://y.org")],
            ),
            ("见 https://github.com/a/b。代码", &[("", "https://github.com/a/b")]),
            ("(see http://x.org/a_(b)).", &[("", "http://x.org/a_(b)")]),
            ("<https://x.org/>", &[("", "https://x.org/")]),
            ("<https://x.org/", &[("", "https://x.org/")]),
            ("[a\\] b](http://x.org) [c](http://y\n.org)", &[("a\\] b", "http://x.org"), ("", "http://y")]),
            ("<a href='http://x.org' target=_blank>here</a>", &[("here", "http://x.org")]),
            ("[x] : http: [", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<_> = find(text).map(|link| (link.text, link.url)).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }
}
