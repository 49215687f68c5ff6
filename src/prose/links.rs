//! Links: which targets are safe, and where a bare URL in running text ends.

use super::chars::{is_cjk, is_forbidden};

/// The schemes that a link may have.
const SCHEMES: &[&str] = &["http:", "https:", "mailto:"];

/// Gives back a target that is safe to put into `href`, or nothing.
///
/// Blanks and controls are refused anywhere, because browsers drop some of them before they look for a scheme.
pub(super) fn safe_target(target: &str) -> Option<&str> {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || is_forbidden(c);
    if target.contains(is_odd) {
        return None;
    }
    let has_scheme = |scheme: &&str| {
        let head = target.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && scheme.len() < target.len()
    };
    SCHEMES.iter().any(has_scheme).then_some(target)
}

/// Writes a target as an address that is valid by RFC 3986 and the URL standard: a `%` that begins no escape, and signs that may
/// not stand in a path or query, are escaped. Letters of any script stay.
pub(super) fn href(target: &str) -> String {
    let path_start = target.find("://").map_or(0, |at| at + 3);
    let path_start = target[path_start..].find('/').map_or(target.len(), |at| path_start + at);
    let mut out = String::with_capacity(target.len());
    for (at, c) in target.char_indices() {
        let is_escape = || target.as_bytes().get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        // Square brackets may stand around the address of a host.
        let is_invalid =
            matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') || matches!(c, '[' | ']') && at >= path_start;
        match c {
            '%' if !is_escape() => out.push_str("%25"),
            c if is_invalid => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Measures the bare URL that a text starts with: it ends at a blank, a CJK character, a quote or an angle bracket,
/// without trailing punctuation and without a closing bracket that nothing opens.
pub(super) fn bare_url_len(text: &str) -> Option<usize> {
    let scheme_len = ["https://", "http://"]
        .iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))?
        .len();
    let end = end_of_run(&text[scheme_len..]) + scheme_len;
    let end = text[..end].trim_end_matches([',', '.', ';', ':', '!', '?', '\'', '*', '_', '~']).len();
    let has_host = text[scheme_len..].starts_with(|c: char| c.is_alphanumeric() || c == '[');
    (has_host && scheme_len < end).then_some(end)
}

fn end_of_run(text: &str) -> usize {
    let (mut round, mut square) = (0usize, 0usize);
    for (at, c) in text.char_indices() {
        let is_end = match c {
            '(' => bump(&mut round),
            ')' => !drop_one(&mut round),
            '[' => bump(&mut square),
            ']' => !drop_one(&mut square),
            '<' | '>' | '"' | '`' | '|' | '{' | '}' | '\\' | '“' | '”' | '‘' | '’' | '…' => true,
            c => c.is_whitespace() || is_cjk(c),
        };
        if is_end {
            return at;
        }
    }
    text.len()
}

fn bump(depth: &mut usize) -> bool {
    *depth += 1;
    false
}

fn drop_one(depth: &mut usize) -> bool {
    let has_one = 0 < *depth;
    *depth = depth.saturating_sub(1);
    has_one
}
