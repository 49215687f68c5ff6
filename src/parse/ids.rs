//! Registered ids, arXiv's and DOIs, in words beside a title: `[2511.00001] Title`, `Title (arXiv:2511.00001)`.

use super::link;
use crate::model::WorkId;

/// Pairs that ids stand in.
const BRACKETS: &[(char, char)] = &[('[', ']'), ('(', ')'), ('（', '）'), ('【', '】')];

/// An id with its brackets is no longer than this, in bytes.
const MAX_BYTES: usize = 80;

/// Signs between an id and a title.
const SEPARATORS: &[char] = &[':', '：', '-', '—', '–', '|', '·', '•', '→', ',', '，', '👉', '🔗'];

/// The id at the start of a text, in brackets or before a space or a colon, and the words behind it.
pub(super) fn before(text: &str) -> Option<(WorkId, &str)> {
    let bracket = BRACKETS.iter().find(|(open, _)| text.starts_with(*open));
    let (written, rest) = match bracket {
        // `[[2511.00001]] Title` in notebooks.
        Some(_) if text.starts_with("[[") => link::wiki(text).map(|(page, _, rest)| (page, rest))?,
        Some((open, close)) => {
            let inner = &text[open.len_utf8()..text.floor_char_boundary(MAX_BYTES)];
            // A DOI may hold brackets of its own.
            let mut ends = inner.match_indices(*close).map(|(at, _)| at).take(3);
            let end = ends.find(|&at| is_closed(&inner[..at]))?;
            let rest = &text[open.len_utf8() + end + close.len_utf8()..];
            if rest.starts_with('(') {
                return None;
            }
            (&inner[..end], rest)
        }
        None => {
            let start = text.as_bytes().first()?;
            let may_begin = start.is_ascii_digit() || matches!(start | 0x20, b'a' | b'd');
            let prefix = usize::from(!start.is_ascii_digit());
            let end = Some(text).filter(|_| may_begin)?.match_indices([' ', ':', '：', '|']).map(|(at, _)| at).nth(prefix)?;
            (&text[..end], &text[end..])
        }
    };
    let id = whole(written)?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
    (!rest.is_empty()).then_some((id, rest))
}

/// The id in brackets at the end of a title, and the words before it.
pub(super) fn behind(text: &str) -> Option<(WorkId, &str)> {
    let text = text.trim_end();
    let (open, close) = BRACKETS.iter().find(|(_, close)| text.ends_with(*close))?;
    let inner = &text[..text.len() - close.len_utf8()];
    let mut opens = inner.rmatch_indices(*open).map(|(at, _)| at).take(3).take_while(|at| inner.len() - at <= MAX_BYTES);
    let (id, words) = opens.find_map(|at| Some((whole(&inner[at + open.len_utf8()..])?, inner[..at].trim_end())))?;
    (!words.is_empty()).then_some((id, words))
}

/// The id behind the last dash or bar of a text, `Jane Roe, John Doe — arXiv:2511.00001`, and the words before it.
pub(super) fn behind_names(text: &str) -> Option<(WorkId, &str)> {
    let (at, sign) = text.char_indices().rev().find(|(_, c)| matches!(c, '—' | '–' | '|' | '｜' | '·'))?;
    let id = whole(text[at + sign.len_utf8()..].trim())?;
    Some((id, text[..at].trim_end())).filter(|(_, words)| !words.is_empty())
}

/// An arXiv id or a DOI and nothing else, with or without its name: `2511.00001v2`, `arXiv: 2511.00001`, `doi:10.1101/…`.
pub(super) fn whole(written: &str) -> Option<WorkId> {
    let name =
        ["arxiv", "doi"].into_iter().find(|name| written.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    let bare = &written[name.map_or(0, str::len)..];
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
    let plain = !bare.contains(|c: char| c.is_whitespace()) && !bare.contains("//") && bare.len() >= 9;
    Some(bare).filter(|_| plain).and_then(WorkId::parse).filter(WorkId::is_registered)
}

/// An id and what stands in brackets behind it, `2511.00001 (updated 2025-11-14)`.
pub(super) fn before_note(text: &str) -> Option<(WorkId, &str)> {
    let (open, close) = BRACKETS.iter().find(|(_, close)| text.ends_with(*close))?;
    let (written, note) = text.strip_suffix(*close)?.split_once(*open)?;
    Some((whole(written.trim_end())?, note.trim()))
}

/// True for a text whose parentheses belong together.
fn is_closed(text: &str) -> bool {
    text.matches('(').count() == text.matches(')').count()
}
