//! A style sheet by which a feed that is opened in a browser explains itself. XSLT would do more, but browsers drop it.

use crate::theme::Theme;

/// How a feed looks; the words come before it.
const RULES: &str = include_str!("feed.css");

/// The style sheet in the language of the site.
pub fn style(theme: &Theme) -> Vec<u8> {
    let words = theme.text("feed_explained", &[]).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ");
    format!(":root {{ --explains: \"{words}\"; }}\n{RULES}").into_bytes()
}
