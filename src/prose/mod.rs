//! stand-in until the real module lands
/// x
pub fn html(s: &str) -> String { format!("<p>{}</p>", escape(s)) }
/// x
pub fn inline_html(s: &str) -> String { escape(s) }
/// x
pub fn plain(s: &str) -> String { s.to_owned() }
/// x
pub fn escape(s: &str) -> String { s.replace('&', "&amp;").replace('<', "&lt;") }
