//! What holds of any input, as functions of bytes that panic where it does not.
//!
//! They are driven by coverage (`scripts/fuzz`) and by random changes of the cases (`tests/it/fuzz.rs`).

use daysheet::build::{Artifact, Each, build, parts};
use daysheet::config::{self, SiteConfig};
use daysheet::parse::{InputFile, ReadOptions, Reading};
use daysheet::site::{Joined, Site, join};
use daysheet::theme::Theme;
use daysheet::{export, memo as kept, parse, prose, search as index, text};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Read;
use std::sync::{Mutex, OnceLock};

/// Keeps panics that are caught from being told of, and from ending the process, as the fuzzer would have it.
pub fn begin() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !prose::is_caught(panic) {
            usual(panic);
        }
    }));
}

/// A function that panics if something does not hold of the bytes.
pub type Target = fn(&[u8]);

/// All of them by name.
pub const TARGETS: &[(&str, Target)] =
    &[("read", read), ("prose", prose), ("math", math), ("search", search), ("memo", memo), ("site", site)];

/// Reading: the first line is the path, the others are the file.
pub fn read(bytes: &[u8]) {
    let (path, file) = first_line(bytes);
    let reading = check_reading(&path, file.to_vec());
    let joined = join(vec![reading], &SiteConfig::default().join);
    assert!(joined.ledger.closes(), "{:?}", joined.ledger);
}

/// What is kept of a reading: the first line is the path, the others are the file. It is the reading again, and damaged, as the input
/// itself says, it is one or none, as any bytes are.
pub fn memo(bytes: &[u8]) {
    let of_any: Option<Reading> = kept::value(bytes);
    let (path, file) = first_line(bytes);
    let read = parse::read(InputFile { path, bytes: file.to_vec(), modified: None }, &ReadOptions::default());
    let mut damaged = kept::bytes(&read);
    for reading in of_any.into_iter().chain([read]) {
        assert_eq!(kept::value(&kept::bytes(&reading)), Some(reading));
    }
    let end = damaged.len();
    for change in bytes.rchunks_exact(3).take(8) {
        damaged[usize::from(u16::from_le_bytes([change[0], change[1]])) % end] ^= change[2];
    }
    drop(kept::value::<Reading>(&damaged));
}

/// The first line as text, and what is below.
fn first_line(bytes: &[u8]) -> (String, &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    (String::from_utf8_lossy(&bytes[..end]).into_owned(), bytes.get(end + 1..).unwrap_or_default())
}

/// Reads a file, and checks what holds of every reading, whatever the format.
pub fn check_reading(path: &str, bytes: Vec<u8>) -> Reading {
    let text = text::decode(bytes.clone()).text;
    let reading = parse::read(InputFile { path: path.into(), bytes, modified: None }, &ReadOptions::default());
    assert!(reading.ledger.closes(), "{:?}", reading.ledger);
    assert_eq!(reading.lines.total(), text::lines(&text).count(), "{:?} of {text:?}", reading.lines);
    for entry in reading.digests.iter().flat_map(|digest| &digest.entries) {
        let (start, end) = (entry.span.start as usize, entry.span.end as usize);
        assert!(start <= end && end <= text.len(), "{start}..{end} of {}", text.len());
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{start}..{end} of {text:?}");
        assert!(entry.title.is_some() || !entry.links.is_empty() || entry.id.is_some(), "an entry of nothing");
    }
    reading
}

/// Prose: every rendering is made of what is allowed, and its elements are balanced.
pub fn prose(bytes: &[u8]) {
    check_prose(&String::from_utf8_lossy(bytes));
}

fn check_prose(text: &str) {
    for (html, what) in
        [(prose::html(text), "html"), (prose::inline_html(text), "inline"), (prose::html_without_mathml(text), "feeds")]
    {
        let fault = live(&html).or_else(|| unbalanced(&html));
        assert_eq!(fault, None, "{what} of {text:?}: {html}");
        assert!(what != "feeds" || !html.contains("<math"), "a formula in a feed: {html}");
        assert!(!html.contains(is_unwanted), "an unwanted sign in {what} of {text:?}: {html:?}");
    }
    let plain = prose::plain(text);
    assert!(!plain.contains(is_unwanted), "an unwanted sign in {plain:?}");
    let _ = prose::pieces(text);
    if let Some(href) = prose::href(text) {
        let scheme = href.split(':').next().unwrap_or("").to_ascii_lowercase();
        assert!(["http", "https", "mailto"].contains(&scheme.as_str()), "{href:?} of {text:?}");
    }
}

/// Controls, signs that turn the direction of writing, and what is no character.
fn is_unwanted(c: char) -> bool {
    let is_control = c.is_control() && c != '\n' && c != '\t';
    is_control || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}')
}

/// The guard over formulas: the bytes between every kind of delimiters.
pub fn math(bytes: &[u8]) {
    let tex = String::from_utf8_lossy(bytes);
    for text in [format!("${tex}$"), format!("$${tex}$$"), format!("\\({tex}\\)"), format!("\\[{tex}\\]")] {
        check_prose(&text);
        for (tex, _) in prose::formulas(&text) {
            let _ = prose::is_plain_formula(&tex);
        }
    }
}

/// Search: the first line is a query, the others are a file. The index can be read, and every entry that a scan finds is in it.
pub fn search(bytes: &[u8]) {
    let (typed, file) = first_line(bytes);
    let reading =
        parse::read(InputFile { path: "2025-11-14-x.json".into(), bytes: file.into(), modified: None }, &ReadOptions::default());
    let site = join(vec![reading], &SiteConfig::default().join).site;
    let query = index::parse(&typed);
    let hits = index::scan(&site, &[query]);
    assert!(hits.iter().all(|hits| hits.len() <= site.n_entries));
    let folded = index::fold(&typed);
    assert_eq!(index::fold(&folded), folded, "folded twice");
    check_index(&site);
}

/// Reads every shard and block of the index again.
fn check_index(site: &Site) {
    for segment in index::segments(site) {
        let mut n_records = 0;
        let mut terms: Vec<Vec<u16>> = Vec::new();
        for (path, script) in index::files(site, &segment) {
            let data = script.split_once(',').and_then(|(_, data)| data.strip_suffix(");\n")).expect("a call");
            let value: serde_json::Value = serde_json::from_str(data).expect("JSON");
            if path.starts_with('t') {
                let shard = unbase64(value.as_str().expect("a text"));
                terms.extend(check_shard(&shard, segment.n_entries));
            } else if path.starts_with('e') {
                let mut block = String::new();
                let packed = unbase64(value.as_str().expect("a text"));
                flate2::read::DeflateDecoder::new(&packed[..]).read_to_string(&mut block).expect("a block is deflated");
                let records: Vec<Vec<serde_json::Value>> = serde_json::from_str(&block).expect("a block is JSON");
                n_records += records.len();
            }
        }
        assert_eq!(n_records, segment.n_entries);
        assert!(terms.is_sorted_by(|a, b| a < b), "terms are not in order");
    }
}

/// The terms of a shard, as UTF-16; its lists name entries that there are.
fn check_shard(shard: &[u8], n_entries: usize) -> Vec<Vec<u16>> {
    let mut at = 0;
    let mut before: Vec<u8> = Vec::new();
    let mut terms = Vec::new();
    while at < shard.len() {
        let (shared, mut own) = (usize::from(shard[at] >> 4), usize::from(shard[at] & 15));
        at += 1;
        if own == 15 {
            own += unvarint(shard, &mut at);
        }
        before.truncate(shared);
        before.extend_from_slice(&shard[at..at + own]);
        at += own;
        let n = unvarint(shard, &mut at);
        let end = if n > 1 { unvarint(shard, &mut at) } else { 0 };
        let end = if n > 1 { at + end } else { at };
        let mut entry = 0;
        for _ in 0..n {
            entry += unvarint(shard, &mut at) >> 1;
            assert!(entry < n_entries, "there is no entry {entry}");
        }
        assert!(n == 1 || at == end, "a list is not as long as it says");
        terms.push(std::str::from_utf8(&before).expect("terms are UTF-8").encode_utf16().collect());
    }
    terms
}

fn unvarint(bytes: &[u8], at: &mut usize) -> usize {
    let (mut n, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        n |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return n;
        }
    }
}

fn unbase64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => panic!("{byte} is not of the alphabet"),
    };
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for chunk in text.as_bytes().chunks(4) {
        let n = chunk.iter().fold(0u32, |n, byte| n << 6 | u32::from(value(*byte))) << (6 * (4 - chunk.len()));
        out.extend_from_slice(&n.to_be_bytes()[1..chunk.len()]);
    }
    out
}

/// The whole way from a case file (`=== settings`, `=== file path`) to the artifacts.
pub fn site(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut config = SiteConfig::default();
    let mut inputs: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for section in text.split("\n=== ").take(12) {
        let (name, body) = section.split_once('\n').unwrap_or((section, ""));
        match name.strip_prefix("file ") {
            Some(path) => drop(inputs.insert(path.trim().chars().filter(|c| *c != '\0').collect(), body.into())),
            None if name == "settings" => config = config::read("site.toml", body).unwrap_or(config),
            None => {}
        }
    }
    let mut readings: Vec<Reading> =
        inputs.into_iter().map(|(path, bytes)| parse::read(InputFile { path, bytes, modified: None }, &config.read)).collect();
    daysheet::site::hide(&mut readings, &config.hide);
    let mut joined = join(readings.clone(), &config.join);
    assert!(joined.ledger.closes(), "{:?}", joined.ledger);
    readings.reverse();
    assert!(join(readings.clone(), &config.join) == joined, "the order of files changes the site");
    index::fill_watches(&mut joined.site);
    for reading in &readings {
        let lines = export::jsonl(reading, &joined.merges, None).expect("readings are JSON");
        assert!(lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    }
    for (path, bytes) in artifacts(&joined) {
        check_artifact(&path, &bytes);
    }
}

fn theme() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| Theme::default("en").expect("the default theme loads"))
}

fn artifacts(joined: &Joined) -> BTreeMap<String, Vec<u8>> {
    let theme = theme();
    let made = Mutex::new(BTreeMap::new());
    let sink = Each(|Artifact { route, bytes }: &Artifact| {
        let before = made.lock().expect("no panic").insert(route.path(), bytes.clone());
        assert!(before.is_none(), "two artifacts at {}", route.path());
        Ok::<(), Infallible>(())
    });
    build(&joined.site, theme, "", &parts(&joined.site, theme), &sink).expect("the site builds");
    made.into_inner().expect("no panic")
}

fn check_artifact(path: &str, bytes: &[u8]) {
    for part in path.split('/').filter(|part| *part != ".nojekyll") {
        let is_plain = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._~".contains(&b));
        assert!(is_plain && !part.is_empty() && part.len() < 256 && !part.starts_with('.') && !part.ends_with('.'), "{path}");
    }
    let extension = path.rsplit('.').next().unwrap_or("");
    if path.starts_with("assets/") || !["html", "xml", "json", "jsonl", "opml"].contains(&extension) {
        return;
    }
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path} is not UTF-8: {error}"));
    let unwanted = text.find(|c| c != '\r' && is_unwanted(c));
    assert_eq!(unwanted.map(|at| text[at..].chars().take(20).collect::<String>()), None, "an unwanted sign in {path}");
    match extension {
        // Without a base URL this page brings the theme's style, which has to be that to the byte.
        "html" if path == "404.html" => {
            let style = format!("<style>{}</style>", theme().style().expect("a style that can stand in a page"));
            assert_eq!(live_page(&text.replacen(&style, "", 1)), None, "{path}");
        }
        "html" => assert_eq!(live_page(text), None, "{path}"),
        "jsonl" => {
            text.lines().for_each(|line| assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{path}: {line}"));
        }
        "json" => assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{path} is not JSON"),
        _ => {
            let mut reader = quick_xml::Reader::from_str(text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{path} is not XML: {error}"),
                }
            }
        }
    }
}

/// Elements of MathML that prose may make.
pub const MATH: &[&str] = &[
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
];

/// Elements of HTML that prose may make.
pub const HTML: &[&str] = &[
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "em",
    "span",
    "strong",
    "s",
    "b",
    "i",
    "u",
    "sub",
    "sup",
    "br",
    "hr",
    "a",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
];

/// Elements that the templates add to them; `own` is what the names of those begin with that scripts fill.
const TEMPLATES: &[&str] = &[
    "html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer", "section", "article", "h1",
    "h2", "h3", "h4", "h5", "h6", "div", "span", "abbr", "time", "button", "input", "label", "select", "option", "output",
    "textarea", "template", "noscript", "details", "summary", "svg", "rect", "caption", "thead", "dl", "dt", "dd", "mark", "kbd",
    "own",
];

/// Attributes that MathML may have.
const MATH_ATTRIBUTES: &[&str] = &[
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

/// What is wrong with rendered prose: an element or attribute that is not allowed, or a target with another scheme.
pub fn live(html: &str) -> Option<String> {
    for tag in html.split('<').skip(1) {
        let Some((inner, _)) = tag.split_once('>') else { return Some(format!("`<{tag}` never ends")) };
        let name = name_of(inner);
        if !MATH.contains(&name) && !HTML.contains(&name) {
            return Some(format!("element `{name}`"));
        }
        for (attribute, value) in attributes(inner) {
            let is_fine = match attribute {
                "href" => ["http:", "https:", "mailto:"].iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme)),
                "rel" | "class" | "start" | "alttext" => true,
                name => MATH_ATTRIBUTES.contains(&name),
            };
            if !is_fine {
                return Some(format!("attribute `{attribute}` with `{value}`"));
            }
        }
    }
    None
}

/// What is wrong with a page: an element that no template makes, a script with a text, an event, an address of another scheme.
fn live_page(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((inner, text)) = after.split_once('>') else { return Some(format!("`<{after}` never ends")) };
        rest = text;
        let name = name_of(inner);
        if inner.starts_with('!') {
            continue;
        }
        if ![MATH, HTML, TEMPLATES].iter().any(|list| list.contains(&name)) {
            return Some(format!("element `{name}`"));
        }
        let is_data = inner.contains("type=\"application/ld+json\"");
        if inner.starts_with("script") && !is_data && !text.starts_with("</script>") {
            return Some(format!("a script with a text: {}", text.chars().take(80).collect::<String>()));
        }
        if is_data {
            let Some((data, after)) = text.split_once("</script>") else { return Some("data that never end".to_owned()) };
            if serde_json::from_str::<serde_json::Value>(data).is_err() {
                return Some(format!("data that are no JSON: {data}"));
            }
            rest = after;
        }
        for (attribute, value) in attributes(inner) {
            let scheme = value.split(['/', '?', '#']).next().unwrap_or("").split_once(':').map(|(scheme, _)| scheme);
            let is_address = ["href", "src", "action", "formaction"].contains(&attribute);
            // Schemes are the same in capitals (RFC 3986, 3.1).
            let is_known = |scheme: &str| ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            let is_far = is_address && scheme.is_some_and(|scheme| !is_known(scheme));
            if attribute.starts_with("on") || attribute == "style" || is_far {
                return Some(format!("attribute `{attribute}` with `{value}`"));
            }
        }
    }
    None
}

/// The name of the element of a tag.
fn name_of(inner: &str) -> &str {
    let name = inner.trim_start_matches('/');
    &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()]
}

fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut rest = tag;
    let mut found = Vec::new();
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit(char::is_whitespace).next().unwrap_or("");
        let (value, tail) = after.split_once('"').unwrap_or((after, ""));
        found.push((name, value));
        rest = tail;
    }
    found
}

/// An element of rendered prose that is not closed where it should be.
fn unbalanced(html: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let inner = tag.split_once('>').map_or(tag, |(inner, _)| inner);
        let name = name_of(inner);
        if inner.starts_with('/') {
            if open.pop() != Some(name) {
                return Some(format!("`</{name}>` closes another element"));
            }
        } else if !inner.ends_with('/') && name != "br" && name != "hr" {
            open.push(name);
        }
    }
    open.last().map(|name| format!("`<{name}>` is not closed"))
}
