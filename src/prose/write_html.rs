//! Tokens to HTML. All markup comes from fixed names; text is escaped.

use super::chars::{escape_into, is_cjk};
use super::markdown::Token;
use super::{links, mathml};

/// Writes blocks.
pub(super) fn block(tokens: &[Token]) -> String {
    write(tokens, true)
}

/// Writes phrasing content without links and blocks.
pub(super) fn inline(tokens: &[Token]) -> String {
    write(tokens, false).trim().to_owned()
}

/// A text as it is, in paragraphs.
pub(super) fn verbatim_paragraphs(source: &str) -> String {
    source
        .split("\n\n")
        .filter(|part| !part.trim().is_empty())
        .map(|part| format!("<p>{}</p>\n", verbatim(part.trim())))
        .collect()
}

/// A text as it is.
pub(super) fn verbatim(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    escape_into(&mut out, source);
    out
}

/// Elements that a title may hold.
const PHRASING: &[&str] = &["em", "strong", "s", "code", "sub", "sup", "i", "b", "span"];

/// Elements after whose end a line ends, to keep pages readable as source.
const BLOCKS: &[&str] = &["p", "ul", "ol", "li", "blockquote", "pre", "table", "tr"];

/// Signs that stay on the line of what is before them, and of what is after them.
const CLOSING: &str = "，。、；：？！）】》」』〉…,.;:?!)]’”";
const OPENING: &str = "（【《「『〈([‘“";

fn write(tokens: &[Token], blocks: bool) -> String {
    let mut out = String::new();
    // How many bytes of the next text are written already.
    let mut n_written = 0;
    for (i, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(name) => open(&mut out, name, blocks),
            Token::Close(name) => close(&mut out, name, blocks),
            Token::OpenList(1) => open(&mut out, "ol", blocks),
            Token::OpenList(first) if blocks => out.push_str(&format!("<ol start=\"{first}\">")),
            Token::OpenList(_) => {}
            Token::OpenLink(target) => {
                out.push_str("<a href=\"");
                escape_into(&mut out, &links::href(target));
                out.push_str("\" rel=\"noopener noreferrer\">");
            }
            Token::Text(text) => escape_into(&mut out, &text[std::mem::take(&mut n_written)..]),
            Token::Math { tex, display, source } => match mathml::render(tex, *display && blocks) {
                Some(mathml) if *display && blocks => out.push_str(&mathml),
                Some(mathml) => n_written = formula(&mut out, &mathml, &tokens[i + 1..]),
                None => {
                    out.push_str("<code class=\"tex\">");
                    escape_into(&mut out, source);
                    out.push_str("</code>");
                }
            },
            Token::SoftBreak => out.push_str(soft_break(&out, &tokens[i + 1..])),
            Token::Break => out.push_str(if blocks { "<br>" } else { " " }),
            Token::Rule => out.push_str(if blocks { "<hr>\n" } else { " " }),
        }
    }
    out
}

/// A formula within a line. Browsers may end a line on either side of it, so it is held together with the signs beside it.
/// Says how many bytes of the next text are written with it.
fn formula(out: &mut String, mathml: &str, after: &[Token]) -> usize {
    let next = match after.first() {
        Some(Token::Text(text)) => text.as_str(),
        _ => "",
    };
    let closing = &next[..next.len() - next.trim_start_matches(|c| CLOSING.contains(c)).len()];
    let before = out.trim_end_matches(|c| OPENING.contains(c)).len();
    if closing.is_empty() && before == out.len() {
        out.push_str(mathml);
        return 0;
    }
    out.insert_str(before, "<span class=\"nb\">");
    out.push_str(mathml);
    escape_into(out, closing);
    out.push_str("</span>");
    closing.len()
}

/// A line end between two Han characters is no space.
fn soft_break(before: &str, after: &[Token]) -> &'static str {
    let next = match after.first() {
        Some(Token::Text(text)) => text.chars().next(),
        _ => None,
    };
    if before.chars().next_back().is_some_and(is_cjk) && next.is_some_and(is_cjk) { "" } else { "\n" }
}

fn open(out: &mut String, name: &str, blocks: bool) {
    match name {
        "subhead" if blocks => out.push_str("<p class=\"subhead\">"),
        "pre" if blocks => out.push_str("<pre><code>"),
        "span" => {}
        name if blocks || PHRASING.contains(&name) => {
            out.push('<');
            out.push_str(name);
            out.push('>');
        }
        _ => {}
    }
}

fn close(out: &mut String, name: &str, blocks: bool) {
    match name {
        "subhead" if blocks => out.push_str("</p>\n"),
        "pre" if blocks => out.push_str("</code></pre>\n"),
        "span" => {}
        name if blocks || PHRASING.contains(&name) => {
            out.push_str("</");
            out.push_str(name);
            out.push('>');
            if BLOCKS.contains(&name) {
                out.push('\n');
            }
        }
        _ => {}
    }
}
