//! ATX headings of Markdown: `## Papers`.

use crate::text::Line;

/// The level and the text of an ATX heading.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    let rest = line.get(level..)?;
    let is_heading = (1..=6).contains(&level) && rest.starts_with([' ', '\t']);
    is_heading.then(|| (level, rest.trim().trim_end_matches('#').trim()))
}

/// The text of the first heading, if it has any.
pub(super) fn first_heading<'a>(lines: &[Line<'a>]) -> Option<&'a str> {
    let mut headings = lines.iter().filter_map(|line| heading(line.text));
    headings.next().map(|(_, text)| text).filter(|text| !text.is_empty())
}
