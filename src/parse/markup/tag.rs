//! Tags of HTML, found where they stand.

use super::entity::unescaped;

/// A tag of HTML.
pub(super) struct Tag<'a> {
    pub(super) name: String,
    pub(super) closes: bool,
    pub(super) inner: &'a str,
    pub(super) end: usize,
    pub(super) start: usize,
}

impl Tag<'_> {
    /// The value of an attribute with its character references resolved.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let lower = self.inner.to_ascii_lowercase();
        let at = lower.match_indices(name).map(|(at, _)| at).find(|&at| {
            let bounded = at == 0 || lower.as_bytes()[at - 1].is_ascii_whitespace();
            bounded && lower[at + name.len()..].trim_start().starts_with('=')
        })?;
        let value = self.inner[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let value = match value.as_bytes().first()? {
            quote @ (b'"' | b'\'') => value[1..].split(char::from(*quote)).next()?,
            _ => value.split([' ', '\t', '\n', '>']).next()?,
        };
        Some(unescaped(value).trim().to_owned())
    }
}

/// A tag longer than this, in bytes, is text.
const MAX_TAG: usize = 4096;

/// The next tag at or behind `from`. Comments are tags named `!`.
pub(super) fn next_tag(text: &str, from: usize) -> Option<Tag<'_>> {
    memchr::memchr_iter(b'<', &text.as_bytes()[from..]).find_map(|at| tag_at(text, from + at))
}

/// The tag that the `<` at `start` begins, if it begins one.
pub(super) fn tag_at(text: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let rest = &bytes[start + 1..];
    let closes = rest.first() == Some(&b'/');
    let name_at = start + 1 + usize::from(closes);
    if rest.starts_with(b"!--") {
        let end = memchr::memmem::find(rest, b"-->").map_or(text.len(), |end| start + 1 + end + 3);
        return Some(Tag { name: "!".into(), closes: false, inner: "", end, start });
    }
    // Elements of journals, `<jats:p>`, are named like those of HTML.
    let name_at = if bytes[name_at..].starts_with(b"jats:") { name_at + 5 } else { name_at };
    let first = *bytes.get(name_at)?;
    if !first.is_ascii_alphabetic() && first != b'!' && first != b'?' {
        return None;
    }
    let name_end = name_at + bytes[name_at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if first.is_ascii_alphabetic() && !bytes.get(name_end).is_some_and(|byte| may_follow_name(*byte)) {
        return None;
    }
    let window = &bytes[start..bytes.len().min(start + MAX_TAG)];
    let end = start + end_of_tag(window)?;
    let name: String = text[name_at..end]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '!' | '?'))
        .flat_map(char::to_lowercase)
        .collect();
    Some(Tag { inner: text.get(name_at + name.len()..end).unwrap_or(""), name, closes, end: end + 1, start })
}

/// True for what may stand behind the name of a tag, or within it; behind the `t` of `$x<t}$` stands something else.
fn may_follow_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b':' | b'-' | b'_' | b'.')
}

/// So many `>` are looked at for the one that ends a tag: a quote that never closes has none.
const MAX_ENDS: usize = 4;

/// The `>` that ends a tag; one inside of quotes does not. None if another tag begins before it, as behind `a <b and`.
fn end_of_tag(tag: &[u8]) -> Option<usize> {
    let first = memchr::memchr(b'>', tag)?;
    let quote = memchr::memchr2(b'"', b'\'', &tag[..first]).unwrap_or(first);
    if memchr::memchr(b'<', &tag[1..quote]).is_some() {
        return None;
    }
    let is_outside = |end: &usize| {
        let quotes = memchr::memchr2_iter(b'"', b'\'', &tag[..*end]).map(|at| tag[at]);
        let open = quotes.fold(None, |open, quote| match open {
            Some(opener) if opener == quote => None,
            None => Some(quote),
            within => within,
        });
        open.is_none()
    };
    Some(memchr::memchr_iter(b'>', tag).take(MAX_ENDS).find(is_outside).unwrap_or(first))
}

pub(super) fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let last = wanted.as_bytes();
    memchr::memmem::find_iter(text.as_bytes(), b"</")
        .find(|&at| text.as_bytes().get(at..at + last.len()).is_some_and(|found| found.eq_ignore_ascii_case(last)))
}
