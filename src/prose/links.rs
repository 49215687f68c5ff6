//! Links: which targets are safe, and where a bare URL in running text ends.

use super::chars::{is_cjk, is_forbidden};

/// The schemes that a link may have.
const SCHEMES: &[&str] = &["http:", "https:", "mailto:"];

/// Gives back a target that is safe to put into `href`, or nothing.
///
/// Blanks and controls are refused anywhere, because browsers drop some of them before they look for a scheme.
pub(super) fn safe_target(target: &str) -> Option<&str> {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || is_forbidden(c);
    // Nearly all targets are of letters and signs of ASCII, which a look at bytes tells.
    if !target.bytes().all(|byte| byte.is_ascii_graphic()) && target.contains(is_odd) {
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
    // Nearly all targets are written already.
    let stays = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'.' | b':' | b'-' | b'_' | b'?' | b'=' | b'&' | b'#' | b'~' | b'+' | b'@')
    };
    if target.bytes().all(stays) {
        return target.to_owned();
    }
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

/// Ends of names of hosts that words without a scheme are taken for addresses by; `Node.js` and `README.md` are none.
const ENDS: &[&str] =
    &["ai", "app", "cn", "co", "com", "de", "dev", "edu", "fr", "gov", "info", "io", "jp", "me", "net", "org", "ru", "uk", "xyz"];

/// The host that a link leads to, if its words look like the address of another one, or if a name before `@` hides it.
pub(super) fn misleads<'a>(words: &str, target: &'a str) -> Option<&'a str> {
    let authority = authority(target)?;
    let host = host(authority);
    let words = words.trim();
    let hides = authority.contains('@');
    (hides || claimed_host(words).is_some_and(|claimed| !is_same_site(claimed, host))).then_some(host)
}

/// What stands between `//` and the path.
fn authority(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(())?;
    rest.split(['/', '?', '#', '\\']).next()
}

fn host(authority: &str) -> &str {
    let host = authority.rsplit('@').next().unwrap_or(authority);
    if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) }
}

/// The host that words name, if they are one address and nothing else.
fn claimed_host(words: &str) -> Option<&str> {
    if words.contains(char::is_whitespace) {
        return None;
    }
    if let Some(authority) = authority(words) {
        return Some(host(authority));
    }
    let host = host(words.split(['/', '?', '#']).next()?);
    let (name, end) = host.rsplit_once('.')?;
    let is_known = ENDS.iter().any(|known| end.eq_ignore_ascii_case(known));
    (is_known && !name.is_empty()).then_some(host)
}

/// Whether one of two hosts is the other or lies below it.
fn is_same_site(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let (a, b) = (a.trim_start_matches("www."), b.trim_start_matches("www."));
    let is_below =
        |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    is_below(a, b) || is_below(b, a)
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
