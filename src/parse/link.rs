//! Links in a cell: `[text](address)`, `<address>`, `<a href="address">` and bare addresses.

use super::lexicon::is_absent;
use std::ops::Range;

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
pub(super) fn find(text: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    let has_markdown = memchr::memmem::find(text.as_bytes(), b"](").is_some();
    let pairs = if has_markdown { Pairs::of(text) } else { Pairs::default() };
    // Every form of link has one of these bytes near its start, and each call moves past what it looked at.
    while let Some(at) = memchr::memchr3(b'[', b'<', b':', &text.as_bytes()[from..]).map(|at| from + at) {
        let link = match text.as_bytes()[at] {
            b'[' => markdown(text, at, &pairs),
            b'<' => anchor(text, at),
            _ => bare(text, at, from),
        };
        from = link.as_ref().map_or(at + 1, |link| link.range.end);
        found.extend(link.filter(|link| !is_absent(link.url)));
    }
    found
}

/// True if the text has the form of a link, be it one that names nothing; looks only at short texts.
pub(super) fn is_link(text: &str) -> bool {
    let text = text.trim();
    text.len() <= MAX_CELL && !text.contains('\n') && (text.contains("](") || text.contains("://") || text.contains("<a "))
}

/// A cell longer than this, in bytes, is a text with a link in it, not a link.
const MAX_CELL: usize = 2048;

/// How far the words of a link may reach, in bytes.
const MAX_TEXT: usize = 1000;

fn markdown<'a>(text: &'a str, at: usize, pairs: &Pairs) -> Option<Found<'a>> {
    let close = Pairs::close(&pairs.brackets, at).filter(|close| close - at <= MAX_TEXT)?;
    let end = Pairs::close(&pairs.parentheses, close + 1).filter(|end| end - close <= MAX_CELL)?;
    let inner = text[close + 2..end].trim();
    // A title may follow the address: `(address "title")`.
    let url = inner.split([' ', '\t']).next().unwrap_or("");
    let url = url.trim_start_matches('<').trim_end_matches('>');
    Some(Found { text: text[at + 1..close].trim(), url, range: at..end + 1 })
}

/// The brackets and the parentheses of a text that belong together, as pairs of offsets, by the opening one. Finding them all
/// in one pass keeps texts of nothing but brackets from being searched again for each of them.
#[derive(Debug, Default)]
struct Pairs {
    brackets: Vec<(usize, usize)>,
    parentheses: Vec<(usize, usize)>,
}

impl Pairs {
    fn of(text: &str) -> Pairs {
        let mut pairs = Pairs::default();
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
    if let Some(address) = rest[1..].split('>').next().filter(|a| is_address(a)) {
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
    while url.ends_with(')') && url.matches(')').count() > url.matches('(').count() || url.ends_with(']') {
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
            ("<a href='http://x.org' target=_blank>here</a>", &[("here", "http://x.org")]),
            ("[x] : http: [", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<_> = find(text).iter().map(|link| (link.text, link.url)).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }
}
