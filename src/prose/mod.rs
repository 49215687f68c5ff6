//! Prose: the untrusted text of cells and fields, to safe HTML and to plain text; and the owner's, which is trusted ([`owner_html`]).
//!
//! The flow of one text:
//! 1. `chars` drops what no page may carry (controls, bidi overrides, noncharacters).
//! 2. `mask` walks once over the text and swaps whatever Markdown would spoil (formulas, raw tags, bare URLs, text-mode
//!    TeX, bold next to Han punctuation) for short `marks` made of noncharacters, which the input can no longer hold.
//! 3. `markdown` runs the Markdown parser and turns its events, with the marks opened again, into balanced tokens.
//! 4. `html` or `plain` writes the tokens. Every byte of markup is written there or in
//!    `mathml`, from fixed names: no `<` of the input ever gets through.
//!
//! Everything is total and linear; a text that is too long or nested too deep becomes escaped paragraphs.

mod chars;
mod emphasis;
mod links;
mod markdown;
mod marks;
mod mask;
mod math;
mod mathml;
mod owner;
mod tex;
mod write_html;
mod write_plain;

pub use owner::{OwnText, owner_html, owner_html_at};

use markdown::Shape;
use marks::{Kind, Mark};

/// Texts longer than this many bytes are not parsed but shown as they are.
const MAX_SOURCE: usize = 1 << 20;

/// Renders a cell as block HTML: paragraphs, lists, tables, code. Headings become `<p class="subhead">`.
pub fn html(source: &str) -> String {
    if is_paragraph(source) {
        return format!("<p>{}</p>\n", write_html::verbatim(source.trim_end_matches(' ')));
    }
    html_of_marked(source)
}

fn html_of_marked(source: &str) -> String {
    let source = chars::clean(source);
    match tokens(&source, Shape::Block) {
        Some(tokens) => write_html::block(&tokens),
        None => write_html::verbatim_paragraphs(&source),
    }
}

/// True for a text without marks that begins no list, heading or other block, and holds nothing that looks like an address.
fn is_paragraph(source: &str) -> bool {
    source.len() <= MAX_SOURCE
        && source.starts_with(char::is_alphabetic)
        && chars::is_bare(source)
        && !source.contains("://")
        && !source.as_bytes().windows(4).any(|four| four.eq_ignore_ascii_case(b"www."))
}

/// Renders a cell as block HTML like [`html`], with formulas as readable text: for feeds, since their readers show no MathML.
pub fn html_without_mathml(source: &str) -> String {
    if is_paragraph(source) {
        return html(source);
    }
    let source = chars::clean(source);
    match tokens(&source, Shape::Block) {
        Some(tokens) => write_html::block(&write_plain::formulas_as_text(tokens)),
        None => write_html::verbatim_paragraphs(&source),
    }
}

/// Renders a title or one-line field as phrasing content without links, on one line; block syntax stays text.
pub fn inline_html(source: &str) -> String {
    if chars::is_bare(source) && source.len() <= MAX_SOURCE {
        return write_html::verbatim(source.trim());
    }
    inline_html_of_marked(source)
}

fn inline_html_of_marked(source: &str) -> String {
    let source = chars::joined_lines(&chars::clean(source));
    match tokens(&source, Shape::Line) {
        Some(tokens) => write_html::inline(&tokens),
        None => write_html::verbatim(&source),
    }
}

/// Renders readable plain text, one line per paragraph: marks dropped, TeX resolved, formulas in Unicode.
///
/// A text of one line is read like a title, so that `1. Introduction` keeps its number.
pub fn plain(source: &str) -> String {
    // Most texts are plain already.
    if chars::is_bare(source) && source.len() <= MAX_SOURCE {
        return source.trim().to_owned();
    }
    plain_of_marked(source)
}

fn plain_of_marked(source: &str) -> String {
    let source = chars::clean(source);
    let shape = if source.trim().contains('\n') { Shape::Block } else { Shape::Line };
    match tokens(source.trim(), shape) {
        Some(tokens) => write_plain::lines(&tokens),
        None => chars::lines(&source),
    }
}

/// A part of a title: text, or a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Readable text.
    Text(String),
    /// The TeX of a formula, without its delimiters.
    Formula(String),
}

/// The pieces of a title or one-line field: what [`plain`] makes of it, with its formulas as they were written.
pub fn pieces(source: &str) -> Vec<Piece> {
    let source = chars::joined_lines(&chars::clean(source));
    match tokens(source.trim(), Shape::Line) {
        Some(tokens) => write_plain::pieces(&tokens),
        None => vec![Piece::Text(source)],
    }
}

/// True for a formula that TeX can do nothing with but set it: signs, fonts, scripts, fractions; braces balanced even for programs that
/// count those behind a backslash.
pub fn is_plain_formula(tex: &str) -> bool {
    write_plain::is_plain(tex)
}

/// The address to link to for a target as written; none for one that may not be a link. Not yet escaped for HTML.
pub fn href(target: &str) -> Option<String> {
    links::safe_target(target.trim()).map(links::href)
}

/// Escapes plain text for HTML, in content and in attributes.
pub fn escape(text: &str) -> String {
    write_html::verbatim(text)
}

/// Finds the formulas of a text as it would be rendered: the TeX source and whether MathML could be made of it.
pub fn formulas(source: &str) -> Vec<(String, bool)> {
    let source = chars::clean(source);
    let masked = mask::mask(&source);
    let of_mark = |mark: &Mark| match &mark.kind {
        Kind::Math { tex, display } => Some((tex.clone(), mathml::render(tex, *display).is_some())),
        _ => None,
    };
    masked.marks.iter().filter_map(of_mark).collect()
}

/// True for a panic that costs one formula and nothing else: it is caught here, and nobody need be told of it.
pub fn is_caught(panic: &std::panic::PanicHookInfo) -> bool {
    mathml::is_caught(panic)
}

fn tokens(source: &str, shape: Shape) -> Option<Vec<markdown::Token>> {
    if MAX_SOURCE < source.len() {
        return None;
    }
    markdown::tokens(&mask::mask(source), shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_bare_text_is_its_own_plain_text(text in "[ -~、。，図a-c\u{80}-\u{a0}\u{2020}-\u{2070}\u{fdc0}-\u{ffff}\t\n]{0,12}") {
            if chars::is_bare(&text) {
                prop_assert_eq!(plain_of_marked(&text), text.trim());
                prop_assert_eq!(inline_html_of_marked(&text), inline_html(&text));
                prop_assert_eq!(html_of_marked(&text), html(&text));
            }
        }

        #[test]
        fn a_bare_paragraph_is_what_the_parser_makes_of_it(
            text in "[a图é]([a-zA-Z图中é]{0,3}|[0-9]{1,2}|[-,.;:?()/'\"%+=!#|@]|www|http|: | |  |。|“|（|\u{3000}|\u{200B}|ﬁ){0,12}",
        ) {
            prop_assert_eq!(html_of_marked(&text), html(&text));
        }

        #[test]
        fn marks_are_seen(text in "[-#+*_`~!|0-9.a:() \"'h/]{0,12}") {
            prop_assert_eq!(plain(&text), plain_of_marked(&text));
            prop_assert_eq!(inline_html(&text), inline_html_of_marked(&text));
        }
    }
}
