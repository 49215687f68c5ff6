//! MathML: one formula to guarded MathML, or to nothing where the renderer or the guard refuses it.
//!
//! The renderer's output is never trusted: it is read again as XML and written anew from the names listed here. Text is
//! escaped on the way, so a formula that smuggles a tag through ends as an unknown element and the formula falls back to
//! its source. `style` and `class` are dropped: the content security policy of the site allows no inline style.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::chars::escape_into;

/// Macros that digests use and the renderer lacks: name, tab, definition.
const MACROS: &str = include_str!("macros.tsv");

/// The elements that a formula may consist of.
pub(super) const ELEMENTS: &[&str] = &[
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "msup",
    "msub",
    "msubsup",
    "mover",
    "munder",
    "munderover",
    "mfrac",
    "msqrt",
    "mroot",
    "mtable",
    "mtr",
    "mtd",
    "mphantom",
    "mpadded",
    "mmultiscripts",
    "mprescripts",
    "menclose",
    "merror",
    "b",
    "i",
    "em",
    "code",
    "s",
    "u",
];

/// The attributes that are kept.
pub(super) const ATTRIBUTES: &[&str] = &[
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "lspace",
    "rspace",
    "form",
    "stretchy",
    "symmetric",
    "largeop",
    "movablelimits",
    "minsize",
    "maxsize",
    "accent",
    "accentunder",
    "linethickness",
    "width",
    "height",
    "depth",
    "notation",
    "columnspan",
    "rowspan",
];

/// Wrappers and attributes of no meaning here: left out, while what they hold stays.
const DROPPED: &[&str] = &["span", "style", "class"];

/// The longest formula in bytes.
const MAX_LEN: usize = 4096;
/// The deepest nesting of groups, environments and runs of commands; real formulas reach 4.
const MAX_DEPTH: usize = 64;
/// The most commands: each may nest one level without any brace, as in `\bf \it \bf`.
const MAX_COMMANDS: usize = 512;

static CONVERTER: LazyLock<Option<LatexToMathML>> = LazyLock::new(|| {
    let macros = MACROS
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, definition)| (name.to_owned(), definition.to_owned()))
        .collect();
    let config =
        MathCoreConfig { macros, ignore_unknown_commands: true, allow_unreliable_rendering: true, ..MathCoreConfig::default() };
    LatexToMathML::new(config).ok()
});

/// Renders a formula as guarded MathML with its source as `alttext`, which also serves for copying.
pub(super) fn render(tex: &str, display: bool) -> Option<String> {
    if MAX_LEN < tex.len() || !is_shallow(tex) {
        return None;
    }
    let converter = CONVERTER.as_ref()?;
    let mode = if display { MathDisplay::Block } else { MathDisplay::Inline };
    // The renderer is young; a panic in it may cost one formula, never a build.
    let convert = || converter.convert_with_local_state(tex, mode);
    let rendered = catch_unwind(AssertUnwindSafe(convert)).ok()?.ok()?;
    rewrite(&rendered.mathml, tex)
}

/// True for a panic of the renderer of formulas, which [`render`] catches.
pub(super) fn is_caught(panic: &PanicHookInfo) -> bool {
    panic.location().is_some_and(|at| at.file().contains("math-core"))
}

/// Tells whether a formula stays within the caps that keep the recursive renderer off the end of the stack.
pub(super) fn is_shallow(tex: &str) -> bool {
    let (mut depth, mut run, mut commands) = (0usize, 0usize, 0usize);
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let name_len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                match &rest[..name_len] {
                    "left" | "begin" => depth += 1,
                    "right" | "end" => depth = depth.saturating_sub(1),
                    _ => {}
                }
                rest = &rest[name_len..];
                if name_len == 0 {
                    rest = rest.get(1..).unwrap_or_default();
                }
                run += 1;
                commands += 1;
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() => {}
            _ => run = 0,
        }
        if MAX_DEPTH < depth || MAX_DEPTH < run || MAX_COMMANDS < commands {
            return false;
        }
    }
    true
}

/// Reads the renderer's output as XML and writes it anew from allow-listed names.
fn rewrite(mathml: &str, tex: &str) -> Option<String> {
    let mut reader = Reader::from_str(mathml);
    let mut out = String::with_capacity(mathml.len() + tex.len());
    let (mut depth, mut n_roots) = (0usize, 0usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => {
                n_roots += usize::from(depth == 0);
                open(&mut out, &element, (depth == 0).then_some(tex), false)?;
                depth += 1;
            }
            Event::Empty(element) if 0 < depth => open(&mut out, &element, None, true)?,
            Event::End(element) => {
                depth = depth.checked_sub(1)?;
                let name = element.name();
                let name = name.as_ref();
                if !DROPPED.contains(&name) {
                    out.push_str("</");
                    out.push_str(name);
                    out.push('>');
                }
            }
            Event::Text(text) if 0 < depth => escape_into(&mut out, shown(&text.xml10_content())),
            Event::GeneralRef(reference) if 0 < depth => {
                escape_into(&mut out, resolve(&reference)?.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => break,
            _ => return None,
        }
    }
    (depth == 0 && n_roots == 1 && out.starts_with("<math")).then_some(out)
}

/// A text as it is written: an arrow over a letter as a sign of its own, since Chromium sets the combining one beside the letter.
fn shown(text: &str) -> &str {
    if text == "\u{20D7}" { "→" } else { text }
}

fn open(out: &mut String, element: &BytesStart, root: Option<&str>, is_empty: bool) -> Option<()> {
    let name = element.name();
    let name = name.as_ref();
    if DROPPED.contains(&name) {
        return Some(());
    }
    if !ELEMENTS.contains(&name) || (name == "math") != root.is_some() {
        return None;
    }
    out.push('<');
    out.push_str(name);
    for attribute in element.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        if DROPPED.contains(&key) {
            continue;
        }
        let value: &str = attribute.value.as_ref();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".%+- ".contains(c);
        if !ATTRIBUTES.contains(&key) || !value.chars().all(is_plain) {
            return None;
        }
        out.extend([" ", key, "=\"", value, "\""]);
    }
    if let Some(tex) = root {
        out.push_str(" alttext=\"");
        escape_into(out, tex.trim());
        out.push('"');
    }
    out.push('>');
    if is_empty {
        // Spelled out, because HTML knows no self-closing elements outside of foreign content.
        out.extend(["</", name, ">"]);
    }
    Some(())
}

/// Resolves a character reference or one of the five names that XML predefines.
pub(super) fn resolve(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    let names = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("apos", '\'')];
    let name = reference.xml10_content();
    names.iter().find(|(known, _)| *known == name).map(|&(_, c)| c)
}
