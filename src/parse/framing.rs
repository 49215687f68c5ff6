//! What frames a file where it was written and says nothing on a site: badges, the list of its own contents, tags of blocks to open.

use super::link;

/// What stands over a list of contents, in lower case.
const CONTENTS: &[&str] = &["table of contents", "contents", "toc", "目录", "目錄", "目次", "목차"];

/// Tags that hold a block to open or a list, without what they lead to.
const TAGS: &[&str] = &["<details>", "<details open>", "</details>", "<ol>", "</ol>", "<ul>", "</ul>", "<br>", "<br/>", "<br />"];

/// True for a line that only frames the file.
pub(super) fn is_framing(line: &str) -> bool {
    let line = line.trim();
    TAGS.contains(&line) || is_badges(line) || is_own_link(line) || is_handle_of_contents(line)
}

/// Pictures that are linked, and nothing else: `[![Stars](…)](…)`, `[![Stars][stars-shield]][stars-url]`.
fn is_badges(line: &str) -> bool {
    let mut rest = line;
    while let Some(after) = rest.strip_prefix("[![") {
        let Some(after) = after.split_once(']').and_then(|(_, after)| behind_target(after)) else { return false };
        let Some(after) = after.strip_prefix(']').and_then(behind_target) else { return false };
        rest = after.trim_start();
    }
    rest.is_empty() && !line.is_empty()
}

/// What stands behind the target of a link, `(…)` or `[…]`.
fn behind_target(text: &str) -> Option<&str> {
    let close = if text.starts_with('(') { ')' } else { Some(']').filter(|_| text.starts_with('['))? };
    text.split_once(close).map(|(_, after)| after)
}

/// An item or a line that is nothing but a link to a place in the file.
fn is_own_link(line: &str) -> bool {
    let words = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')' | ' '));
    let mut links = link::find(words);
    let is_whole = |found: &link::Found| found.url.starts_with('#') && found.range == (0..words.len());
    links.next().is_some_and(|found| is_whole(&found))
}

fn is_handle_of_contents(line: &str) -> bool {
    let inner = line.strip_prefix("<summary>").and_then(|rest| rest.strip_suffix("</summary>"));
    inner.is_some_and(|words| CONTENTS.contains(&words.trim().to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_words() {
        let frames = [
            "[![Stars](https://img.shields.io/a.svg)](https://github.com/a/b) [![Forks][f]][g]",
            "<details>",
            "<summary>Table of Contents</summary>",
            "  1. [SLAM](#slam)",
        ];
        for line in frames {
            assert!(is_framing(line), "{line}");
        }
        for line in [
            "",
            "![a picture](x.png)",
            "[![a](b)](c) and words",
            "[SLAM](#slam) is first",
            "- [a](https://b.org)",
            "[![",
            "Words.",
        ] {
            assert!(!is_framing(line), "{line}");
        }
    }
}
