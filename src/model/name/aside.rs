//! What stands in brackets behind names, and is none of them.

use super::sign::{COMMAS, is_address, is_initials, is_mark, is_strong};
use std::borrow::Cow;
use std::ops::Range;

/// A list without what stands in brackets behind names, be it affiliations with commas in them: `Jane Roe (MIT, Google)`,
/// `Jane Roe [1, 2]`, `Jane Roe^{1,2}`, `[Jane Roe](https://a.example/1,2)`. Of `jane@b.example (Jane Roe)`, which is how RSS
/// has it, the name is kept and not the address. A nickname in front of a family name stays.
pub(super) fn without_asides(list: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    // How much of the list is in `kept` or left out, and how much was looked at.
    let (mut done, mut seen) = (0, 0);
    while let Some(aside) = next_aside(list, seen) {
        let before = list[seen..aside.start].trim_end();
        let is_behind = before.chars().next_back().map_or(seen > 0, |c| !is_strong(c) && !COMMAS.contains(&c));
        let word = before.rsplit(|c: char| c.is_whitespace() || is_strong(c) || COMMAS.contains(&c)).next().unwrap_or("");
        let word_start = seen + before.len() - word.len();
        seen = aside.end;
        if is_address(word) {
            kept.push_str(&list[done..word_start]);
            kept.push_str(list[aside].trim_matches(['(', ')', '（', '）']));
            done = seen;
        } else if is_behind && (before.ends_with([']', '^']) || ends_name(&list[seen..])) {
            kept.push_str(&list[done..aside.start]);
            done = seen;
        }
    }
    if done == 0 {
        return list.into();
    }
    kept.push_str(&list[done..]);
    kept.into()
}

/// Where the next brackets that may hold an aside begin and end: round ones, numbers in square ones, what is raised in TeX.
fn next_aside(list: &str, mut from: usize) -> Option<Range<usize>> {
    loop {
        // The first byte of `（` begins other signs too.
        let opens = |byte: &u8| matches!(byte, b'(' | b'[' | b'{' | 0xEF);
        let open = from + list.as_bytes()[from..].iter().position(opens)?;
        let (rest, sign) = (&list[open..], list[open..].chars().next()?);
        let len = match sign {
            // Where brackets do not close, nothing tells what is in them.
            '(' | '（' => Some(closed(rest)?),
            '[' => {
                let inner = rest[1..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' '));
                inner.starts_with(']').then(|| rest.len() - inner.len() + 1)
            }
            _ if list[..open].ends_with('^') => rest.bytes().take(MAX_RAISED).position(|byte| byte == b'}').map(|at| at + 1),
            _ => None,
        };
        match len {
            Some(len) => return Some(open..open + len),
            None => from = open + sign.len_utf8(),
        }
    }
}

/// No mark of a footnote in TeX is longer, in bytes.
const MAX_RAISED: usize = 24;

/// The length of the round brackets at the start of a text, those inside of them included.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 1 => return Some(at + c.len_utf8()),
            ')' | '）' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// True if a name ends in front of this text: nothing more, a separator, a mark, or that there are others.
fn ends_name(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '\t']);
    // `Roe (Doe), J.`
    if after.strip_prefix(", ").is_some_and(|first| is_initials(first.split(',').next().unwrap_or(""))) {
        return false;
    }
    let sign = |c: char| is_strong(c) || is_mark(c) || matches!(c, ',' | '，' | '(' | '（' | '[' | '·' | '•' | '/' | '.' | '$');
    after.is_empty() || after.starts_with(sign) || ["and ", "& ", "等", "et al"].iter().any(|word| after.starts_with(word))
}
