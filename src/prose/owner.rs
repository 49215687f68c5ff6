//! Markdown of the owner, who is trusted: raw HTML stays, links between pages are kept working.

use super::mathml;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::HashMap;

/// A text of the owner's as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnText {
    /// The first heading, if it begins the text; it is not in the HTML.
    pub title: Option<String>,
    /// The rest.
    pub html: String,
}

/// Renders Markdown as the owner wrote it, raw HTML included. Links to other Markdown files lead to their pages, of which `page` tells the
/// name by that of the file, both without an extension. Headings have an id, as on GitHub.
pub fn owner_html(source: &str, page: impl Fn(&str) -> String) -> OwnText {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let mut events: Vec<Event> = Parser::new_ext(source, options).map(|event| shown(event, &page)).collect();
    let title = take_title(&mut events);
    name_headings(&mut events);
    let mut html = String::new();
    html::push_html(&mut html, events.into_iter());
    OwnText { title, html }
}

/// The owner's HTML as it stands on a page: `place` gives links and pictures that lead to the site itself their address from there, by
/// the one that is written.
pub fn owner_html_at(html: &str, place: impl Fn(&str) -> Option<String>) -> String {
    const NAMES: [&str; 2] = [" href=\"", " src=\""];
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let next = |rest: &str| NAMES.iter().filter_map(|name| Some(rest.find(name)? + name.len())).min();
    while let Some(start) = next(rest) {
        let (before, after) = rest.split_at(start);
        let (target, after) = after.split_at(after.find('"').unwrap_or(after.len()));
        out.push_str(before);
        let has_scheme = target.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        let is_of_site = !target.is_empty() && !has_scheme && !target.starts_with('#') && !target.starts_with("//");
        match place(target).filter(|_| is_of_site) {
            Some(address) => out.push_str(&address),
            None => out.push_str(target),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Takes a main heading off that begins the text.
fn take_title(events: &mut Vec<Event>) -> Option<String> {
    if !matches!(events.first(), Some(Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))) {
        return None;
    }
    let end = events.iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))))?;
    Some(events.drain(..=end).filter_map(text).collect())
}

fn text(event: Event) -> Option<String> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Gives each heading the id that GitHub gives it: its words in lower case with hyphens between them; further ones of the same words a number.
fn name_headings(events: &mut [Event]) {
    let mut names: HashMap<String, usize> = HashMap::new();
    for at in 0..events.len() {
        let (heads, rest) = events.split_at_mut(at + 1);
        let Some(Event::Start(Tag::Heading { id, .. })) = heads.last_mut() else { continue };
        let words: String =
            rest.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).cloned().filter_map(text).collect();
        let kept = words.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let name: String = kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect();
        let n = names.entry(name.clone()).or_default();
        let numbered = if *n == 0 { name } else { format!("{name}-{n}") };
        *n += 1;
        *id = Some(numbered.into()).filter(|id: &CowStr| !id.is_empty());
    }
}

fn shown<'a>(event: Event<'a>, page: &impl Fn(&str) -> String) -> Event<'a> {
    let formula = |tex: &str, display: bool| {
        let rendered = mathml::render(tex, display);
        Event::InlineHtml(rendered.unwrap_or_else(|| format!("<code class=\"tex\">{}</code>", super::escape(tex))).into())
    };
    match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: page_of(dest_url, page), title, id })
        }
        Event::InlineMath(tex) => formula(&tex, false),
        Event::DisplayMath(tex) => formula(&tex, true),
        other => other,
    }
}

/// `20-About us.md#who` beside the page becomes `about-us.html#who`.
fn page_of<'a>(target: CowStr<'a>, page: &impl Fn(&str) -> String) -> CowStr<'a> {
    let (path, anchor) = target.find('#').map_or((&*target, ""), |at| target.split_at(at));
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    match name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown")) {
        Some(stem) if !path.contains("://") => format!("{folder}{}.html{anchor}", page(stem)).into(),
        _ => target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> OwnText {
        owner_html(source, |stem| stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_lowercase())
    }

    #[test]
    fn owners_write_what_they_like() {
        let text = html("# About `us`\n\n<b>Hi</b>, see [links](20-Links.md#a) and [x](https://x.org/a.md).\n");
        assert_eq!(text.title.as_deref(), Some("About us"));
        assert_eq!(
            text.html,
            "<p><b>Hi</b>, see <a href=\"links.html#a\">links</a> and <a href=\"https://x.org/a.md\">x</a>.</p>\n"
        );
        assert_eq!(html("## Later").title, None);
    }

    #[test]
    fn headings_can_be_led_to() {
        let text = html("Words\n\n## What `it` is!\n\n## 为什么\n\n## What it is\n");
        let ids: Vec<&str> = text.html.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids, ["what-it-is", "为什么", "what-it-is-1"]);
    }

    #[test]
    fn formulas_and_tasks_are_shown_and_prices_are_not_taken_for_formulas() {
        let text = html("$E=mc^2$ for $5 and $10\n\n- [x] done\n").html;
        assert!(text.contains("<math") && text.contains("for $5 and $10") && text.contains("type=\"checkbox\""), "{text}");
    }

    #[test]
    fn addresses_are_those_from_where_the_text_stands() {
        let written = "<a href=\"/a.html\">a</a> <img alt=\"x\" src=\"p.png\"> <a href=\"#b\">b</a> <a href=\"mailto:x@y.z\">c</a> \
                       <a href=\"//x.org/\">d</a> <a href=\"https://x.org/?q=/\">e</a> href=\"";
        let expected = written.replace("/a.html", "../a.html").replace("\"p.png", "\"../p.png");
        assert_eq!(owner_html_at(written, |target| Some(format!("../{}", target.trim_start_matches('/')))), expected);
    }
}
