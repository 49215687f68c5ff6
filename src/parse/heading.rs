//! ATX headings of Markdown: `## Papers`.

use crate::text::Line;

/// The level and the text of an ATX heading.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    let rest = line.get(level..)?;
    let is_heading = (1..=6).contains(&level) && rest.starts_with([' ', '\t']);
    is_heading.then(|| (level, unclosed(rest)))
}

/// The words of a heading without the signs that close it, which a blank parts from them, as `C#` keeps its own, and without the name that
/// Kramdown and Pandoc give it, `{#first}`.
pub(super) fn unclosed(text: &str) -> &str {
    let text = text.trim();
    let words = text.trim_end_matches('#');
    let text = if words.ends_with([' ', '\t']) || words.is_empty() { words.trim_end() } else { text };
    let named = text.strip_suffix('}').and_then(|inner| inner.rsplit_once('{'));
    let named = named.filter(|(words, name)| words.ends_with(' ') && name.starts_with(['#', '.']) && !name.contains('$'));
    named.map_or(text, |(words, _)| words.trim_end())
}

/// The text of the first heading, if it has any.
pub(super) fn first_heading<'a>(lines: &[Line<'a>]) -> Option<&'a str> {
    let mut headings = lines.iter().filter_map(|line| heading(line.text));
    headings.next().map(|(_, text)| text).filter(|text| !text.is_empty())
}
