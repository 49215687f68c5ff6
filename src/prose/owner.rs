//! Markdown of the owner, who is trusted: raw HTML stays, links between pages are kept working.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A text of the owner's as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnText {
    /// The first heading, if it begins the text; it is not in the HTML.
    pub title: Option<String>,
    /// The rest.
    pub html: String,
}

/// Renders Markdown as the owner wrote it, raw HTML included. Links to other Markdown files beside it lead to their pages.
pub fn owner_html(source: &str) -> OwnText {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut events: Vec<Event> = Parser::new_ext(source, options).map(link_to_page).collect();
    let title = take_title(&mut events);
    let mut html = String::new();
    html::push_html(&mut html, events.into_iter());
    OwnText { title, html }
}

/// Takes a main heading off that begins the text.
fn take_title(events: &mut Vec<Event>) -> Option<String> {
    if !matches!(events.first(), Some(Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))) {
        return None;
    }
    let end = events.iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))))?;
    let text = |event: Event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    };
    Some(events.drain(..=end).filter_map(text).collect())
}

fn link_to_page(event: Event) -> Event {
    match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: page_of(dest_url), title, id })
        }
        other => other,
    }
}

/// `about.md#who` beside the page becomes `about.html#who`.
fn page_of(target: CowStr) -> CowStr {
    let (path, anchor) = target.find('#').map_or((&*target, ""), |at| target.split_at(at));
    match path.strip_suffix(".md") {
        Some(stem) if !path.contains("://") => format!("{stem}.html{anchor}").into(),
        _ => target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_write_what_they_like() {
        let text = owner_html("# About `us`\n\n<b>Hi</b>, see [links](links.md#a) and [x](https://x.org/a.md).\n");
        assert_eq!(text.title.as_deref(), Some("About us"));
        assert_eq!(
            text.html,
            "<p><b>Hi</b>, see <a href=\"links.html#a\">links</a> and <a href=\"https://x.org/a.md\">x</a>.</p>\n"
        );
        assert_eq!(owner_html("## Later").title, None);
    }
}
