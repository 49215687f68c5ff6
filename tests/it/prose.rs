//! Prose: cases as data, formulas of the corpus, and texts that try to become markup.
//!
//! A case file under `tests/cases/prose` holds blocks `=== input`, `=== html`, `=== inline`, `=== plain`, `=== feed`, `=== pieces`,
//! `=== href`, as many as wanted. `DAYSHEET_UPDATE=1` writes what comes out.

use super::common::{files, readings, shared};
use super::fuzz::targets::{HTML, MATH, live};
use ammonia::Builder;
use daysheet::prose;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;

type Render = fn(&str) -> String;

const OUTPUTS: &[(&str, Render)] = &[
    ("html", prose::html),
    ("inline", prose::inline_html),
    ("plain", prose::plain),
    ("feed", prose::html_without_mathml),
    ("pieces", pieces),
    ("href", |target| prose::href(target).unwrap_or_else(|| "none".to_owned())),
];

/// A line with bars between its texts and its formulas.
fn pieces(text: &str) -> String {
    let shown = prose::pieces(text).into_iter().map(|piece| match piece {
        prose::Piece::Text(text) => text,
        prose::Piece::Formula(tex) => format!("${tex}$"),
    });
    shown.collect::<Vec<_>>().join("|")
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/prose");
    let update = std::env::var_os("DAYSHEET_UPDATE").is_some();
    let mut wrong = Vec::new();
    for (path, bytes) in files(&folder) {
        let text = String::from_utf8(bytes).expect("case files are UTF-8");
        let mut blocks: Vec<(String, String)> = Vec::new();
        for block in text.split("=== ").skip(1) {
            let (name, body) = block.split_once('\n').expect("a name and a body");
            blocks.push((name.trim().to_owned(), body.trim_matches('\n').to_owned()));
        }
        let mut input = String::new();
        for (name, body) in &mut blocks {
            if name == "input" {
                input.clone_from(body);
                continue;
            }
            let render = OUTPUTS.iter().find(|row| row.0 == name).unwrap_or_else(|| panic!("{path}: no output `{name}`")).1;
            let found = render(&input).trim_matches('\n').to_owned();
            if *body != found {
                wrong.push(format!("{path}, {name} of {input:?}\n expected {body:?}\n found    {found:?}"));
                *body = found;
            }
        }
        if update {
            let written: String = blocks.iter().map(|(name, body)| format!("=== {name}\n{body}\n")).collect();
            let head = text.split("=== ").next().unwrap_or("");
            fs::write(folder.join(path), format!("{head}{written}")).expect("the case file is written");
        }
    }
    assert!(update || wrong.is_empty(), "{}\nDAYSHEET_UPDATE=1 accepts this", wrong.join("\n"));
}

/// A sanitizer that lets through what prose may make.
fn oracle() -> Builder<'static> {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    attributes.insert("a", HashSet::from(["href", "rel"]));
    attributes.insert("ol", HashSet::from(["start"]));
    attributes.insert("p", HashSet::from(["class"]));
    attributes.insert("code", HashSet::from(["class"]));
    let mut builder = Builder::empty();
    builder
        .tags(MATH.iter().chain(HTML).copied().collect())
        .tag_attributes(attributes)
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None);
    builder
}

fn check(text: &str) {
    for (html, what) in [(prose::html(text), "html"), (prose::inline_html(text), "inline")] {
        if let Some(problem) = live(&html) {
            panic!("{problem} in {what} of {text:?}: {html}");
        }
        // An oracle of another make: what it leaves of the elements is what was there.
        let cleaned = oracle().clean(&html).to_string();
        let names = |html: &str| -> Vec<String> {
            let tags = html
                .split('<')
                .skip(1)
                .map(|tag| tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect::<String>());
            tags.filter(|name| !name.contains('m') && !name.ends_with("tbody") && !name.is_empty()).collect()
        };
        let (mine, theirs) = (names(&html), names(&cleaned));
        let math = html.contains("<math");
        assert!(math || mine.len() >= theirs.len(), "{what} of {text:?}: {html} against {cleaned}");
    }
    let _ = prose::plain(text);
}

/// Texts that broke renderers.
const ATTACKS: &[&str] = &[
    r"$\operatorname{<svg/onload=alert(1)>}$",
    r"$\operatorname{\lt svg onload=alert(1)\gt}$",
    r"$\text{</math><img src=x onerror=alert(1)>}$",
    r"$\href{javascript:alert(1)}{x}$",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x](http://a\"onmouseover=\"alert(1))",
    "<sub onclick=alert(1)>x</sub>",
    "<b><i></b></i><sup>",
    "`<b>`<b>",
    "\u{FDD0}\u{FDD1}\u{FDDB}<script>",
    "&#xFDD0;&#xFDD1;&#xFDDB;",
    "\\url{javascript:alert(1)} \\href{javascript:alert(1)}{x}",
    "http://x.org/\"><script>alert(1)</script>",
    "**<script>**x</script>",
];

#[test]
fn nothing_becomes_live() {
    ATTACKS.iter().for_each(|text| check(text));
    let html = prose::html(ATTACKS[0]);
    assert!(!html.contains("<svg"), "{html}");
}

#[test]
fn the_hostile_corpus_stays_text() {
    let Some(path) = shared("corpus/hostile/text.jsonl") else { return };
    let mut n = 0;
    for line in fs::read_to_string(path).expect("the corpus").lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        check(record["s"].as_str().expect("text"));
        n += 1;
    }
    assert!(n > 9_000, "{n} texts");
}

#[test]
fn every_formula_of_the_corpus_is_rendered() {
    let Some(folder) = shared("corpus/arxiv-daily") else { return };
    let mut formulas: BTreeMap<String, bool> = BTreeMap::new();
    for digest in readings(&folder).iter().flat_map(|reading| &reading.digests) {
        for entry in &digest.entries {
            let texts = [&entry.title, &entry.original_title, &entry.note, &entry.summary];
            formulas.extend(texts.into_iter().flatten().flat_map(|text| prose::formulas(text)));
        }
    }
    let failed: BTreeSet<&String> = formulas.iter().filter(|(_, rendered)| !**rendered).map(|(tex, _)| tex).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    // Of 233 distinct texts between two dollars on a line, two are prices.
    assert_eq!(formulas.len(), 231);
}

#[test]
fn deep_and_long_texts_are_shown() {
    let n = 50_000;
    for sign in [
        "> ",
        "[",
        "*",
        "(",
        "**",
        "`",
        "$",
        "\\(",
        "<sub>",
        "- ",
        "![",
        "{",
        "\\emph{",
        "~~",
        "_a",
        "$a$",
        "&lt;",
        "|a|\n|-|\n",
        "\\frac",
        "a\u{301}",
        "<",
        "1. ",
        "http://a.b ",
    ] {
        let started = std::time::Instant::now();
        check_small(&sign.repeat(n));
        assert!(started.elapsed().as_secs() < 10, "{sign:?} took {:?}", started.elapsed());
    }
}

/// The renderer of formulas is recursive, and whatever nests is counted; what stands side by side is not.
#[test]
fn deep_formulas_are_shown_as_written() {
    let long = format!("${}x$", "\\alpha + ".repeat(100));
    assert_eq!(prose::formulas(&long).iter().filter(|(_, rendered)| *rendered).count(), 1);
    for (open, close) in [("{", "}"), ("\\left(", "\\right)"), ("\\begin{matrix}", "\\end{matrix}"), ("\\sqrt{", "}")] {
        let nested = |n: usize| format!("${}x^2{}$", open.repeat(n), close.repeat(n));
        let is_rendered = |n: usize| prose::formulas(&nested(n)).iter().any(|(_, rendered)| *rendered);
        assert!(is_rendered(4), "{open} nested as in real formulas");
        assert!(!is_rendered(200), "{open} nested two hundred times");
    }
}

fn check_small(text: &str) {
    for html in [prose::html(text), prose::inline_html(text)] {
        assert!(live(&html).is_none());
    }
    let _ = prose::plain(text);
}

proptest! {
    #[test]
    fn any_text_stays_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn pieces_of_markup_stay_text(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "<b>", "</b>", "<sub>", "</sub>", "**", "*", "`", "$", "\\(", "\\)", "[", "](", ")", "http://a.b", "javascript:", "<", ">", "&", "&lt;", "\n", "\n\n", "> ",
        "- ", "1. ", "|", "\n|-|\n", "\\emph{", "}", "{", "粗体", "：", "a", " ", "\"", "'", "^{", "_", "\\frac", "\\text{", "!", "#", "~", "--", "\\", "\u{FDD0}", "<br>",
    ]), 0..40)) {
        check(&pieces.concat());
    }
}
