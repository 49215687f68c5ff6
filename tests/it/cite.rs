//! Citations: read back by other programs' readers, keys that nothing changes, pages of works, COinS.

use super::common::{readings, shared};
use super::site::{artifacts, broken_links, options};
use biblatex::{Bibliography, Chunk, ChunksExt, PermissiveType};
use daysheet::cite::{self, Citation, Person};
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::site::{Citations, Joined, WorkPages, join};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// All of a site's works once, as they are cited.
fn all(joined: &Joined) -> Vec<Citation> {
    cite::citations(&joined.site, &cite::entries_of(&joined.site, &joined.site.days))
}

fn file(path: &str, text: &str) -> Reading {
    read(InputFile { path: path.into(), bytes: text.as_bytes().to_vec(), modified: None }, &ReadOptions::default())
}

/// A digest in JSON with one entry of these fields.
fn entry(path: &str, fields: &Value) -> Reading {
    file(path, &serde_json::to_string_pretty(&Value::Array(vec![fields.clone()])).expect("JSON"))
}

/// The text of chunks: braces that keep capitals dropped, commands that the reader leaves resolved.
fn text_of(chunks: &[biblatex::Spanned<Chunk>]) -> String {
    let text = chunks.format_verbatim();
    [
        ("\\textbackslash", "\\"),
        ("\\textbraceleft", "{"),
        ("\\textbraceright", "}"),
        ("\\textasciicircum", "^"),
        ("\\textasciitilde", "~"),
    ]
    .iter()
    .fold(text, |text, (command, sign)| text.replace(command, sign))
}

/// Dashes as TeX sets them.
fn typeset(title: &str) -> String {
    title.replace("---", "—").replace("--", "–")
}

/// What a reader of BibTeX understood of a name, as this project parts it.
fn person_of(person: &biblatex::Person) -> Person {
    let family = format!("{} {}", person.prefix, person.name).trim().to_owned();
    if person.given_name.is_empty() {
        return Person::Literal(family);
    }
    let suffix = Some(person.suffix.clone()).filter(|suffix| !suffix.is_empty());
    Person::Parted { family, given: person.given_name.clone(), suffix }
}

fn assert_is_read_back(citations: &[Citation], bibtex: &str) {
    let library = Bibliography::parse(bibtex).expect("BibTeX that is well formed");
    assert_eq!(library.len(), citations.len());
    for citation in citations {
        let entry = library.get(&citation.key).unwrap_or_else(|| panic!("{} is lost", citation.key));
        if citation.title_tex.is_none() {
            assert_eq!(text_of(entry.title().expect("a title")), typeset(&citation.title), "{}", citation.key);
        }
        let authors = entry.author().unwrap_or_default();
        assert_eq!(authors.iter().map(person_of).collect::<Vec<_>>(), citation.authors, "{}", citation.key);
        let field = |name: &str| entry.get(name).map(|chunks| chunks.format_verbatim());
        assert_eq!(field("eprint"), citation.eprint, "{}", citation.key);
        assert_eq!(field("doi"), citation.doi, "{}", citation.key);
        assert_eq!(field("url"), citation.url, "{}", citation.key);
        let PermissiveType::Typed(date) = entry.date().expect("a date") else {
            panic!("{}: a date that is not understood", citation.key)
        };
        let biblatex::DateValue::At(at) = date.value else { panic!("{}: a day or a month", citation.key) };
        let found = (at.year, at.month.map(|month| u32::from(month) + 1), at.day.map(|day| u32::from(day) + 1));
        assert_eq!(found, (citation.date.year, citation.date.month, citation.date.day), "{}", citation.key);
    }
}

#[test]
fn every_work_of_the_large_corpus_is_read_back() {
    let Some(folder) = shared("corpus/arxiv-daily") else { return };
    let joined = join(readings(&folder), &options(None));
    let citations = all(&joined);
    assert_eq!(citations.len(), joined.site.works.len(), "every work has a key of its own");
    let entries = cite::entries_of(&joined.site, &joined.site.days);
    assert_is_read_back(&citations, &cite::bibtex(&joined.site, &entries));
    let months = cite::months(&joined.site);
    let of_month = |&(year, month): &(i32, u32)| {
        cite::bibtex(&joined.site, &cite::entries_of(&joined.site, joined.site.days_in(year, Some(month)))).len()
    };
    let scripts: Vec<usize> = joined
        .site
        .days
        .iter()
        .filter_map(|record| cite::day_script(&joined.site, record.day))
        .map(|script| script.len())
        .collect();
    let bytes = months.iter().map(of_month).sum::<usize>() + scripts.iter().sum::<usize>();
    println!("{} works, {} files of citations with {bytes} bytes", citations.len(), months.len() + scripts.len());
    assert!(months.len() + scripts.len() < 600 && bytes < 26_000_000, "{bytes}");
}

/// Texts that BibTeX, RIS, JSON, HTML and TeX could take for their own.
const HOSTILE: &[&str] = &[
    "A } title { with % braces # and ~ signs ^ & more_of $5 \\them",
    "Ends with a backslash \\",
    "@misc{evil, title = {x}}",
    "Mail me @ {home}",
    "</script><script>alert(1)</script>",
    "ER  - \r\nTY  - JOUR",
    "$\\input{/etc/passwd}$ and $\\mathcal{X}$ and $a\\{$",
    "\"quoted\" and ``TeX'' and \u{2028} lines",
    "MMORPG的世界：3D与LLM",
];

fn hostile() -> Joined {
    // A name with an equals sign is one in parts to the reader that the test has.
    let name = |text: &str| text.replace('=', "-");
    let entries: Vec<Value> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, text)| serde_json::json!({ "title": text, "authors": [name(text), "Roe, Jane".to_owned()], "url": format!("https://example.org/{n}") }))
        .collect();
    let options = daysheet::site::JoinOptions {
        info: daysheet::site::SiteInfo {
            citations: Citations { coins: true, ..Citations::default() },
            works: WorkPages { pages: true, noindex: true },
            ..options(None).info
        },
        ..options(None)
    };
    join(vec![file("2025-11-14.json", &Value::Array(entries).to_string())], &options)
}

#[test]
fn hostile_texts_stay_texts() {
    let joined = hostile();
    let citations = all(&joined);
    assert_eq!(citations.len(), HOSTILE.len());
    let entries = cite::entries_of(&joined.site, &joined.site.days);
    let bibtex = cite::bibtex(&joined.site, &entries);
    assert_is_read_back(&citations, &bibtex);
    assert!(!bibtex.contains("\\input"), "{bibtex}");
    let ris = cite::ris(&joined.site, &entries);
    assert_eq!(ris.lines().filter(|line| line.starts_with("TY  - ")).count(), HOSTILE.len());
    assert_eq!(ris.lines().filter(|line| *line == "ER  - ").count(), HOSTILE.len());
    let csl: Value = serde_json::from_str(&cite::csl_json(&joined.site, &entries)).expect("JSON");
    for (item, citation) in csl.as_array().expect("items").iter().zip(&citations) {
        assert_eq!(item["title"], citation.title.as_str());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_back(title in "[ -~é图\\\\{}$%@#]{1,60}", author in "[ -~é图,.]{1,30}") {
        let fields = serde_json::json!({ "title": title, "authors": [author], "url": "https://example.org/a" });
        let joined = join(vec![entry("2025-11-14.json", &fields)], &options(None));
        let entries = cite::entries_of(&joined.site, &joined.site.days);
        let bibtex = cite::bibtex(&joined.site, &entries);
        let depth = bibtex.chars().try_fold(0_i32, |depth, c| match c {
            '{' => Some(depth + 1),
            '}' => Some(depth - 1).filter(|depth| *depth >= 0),
            _ => Some(depth),
        });
        prop_assert_eq!(depth, Some(0), "{}", bibtex);
        let library = Bibliography::parse(&bibtex).expect("BibTeX that is well formed");
        prop_assert_eq!(library.len(), all(&joined).len());
    }
}

fn keys(joined: &Joined) -> BTreeSet<String> {
    all(joined).into_iter().map(|citation| citation.key).collect()
}

#[test]
fn nothing_else_on_the_site_changes_a_key() {
    let arxiv = |version: &str| serde_json::json!({ "title": "Walking", "authors": ["Jane Roe"], "url": format!("https://arxiv.org/abs/2511.10648{version}") });
    let doi = serde_json::json!({ "title": "Ice", "url": "https://doi.org/10.1016/S0370-2693(98)00017-5" });
    let page = serde_json::json!({ "title": "A page", "url": "https://example.org/a" });
    let bare = serde_json::json!({ "title": "No address at all", "authors": ["Jane Roe"] });
    let site = |files: Vec<Reading>, base: Option<&str>| join(files, &options(base));
    let files = || {
        vec![
            entry("a/2025-11-13.json", &doi),
            entry("b/2025-11-14.json", &arxiv("v1")),
            entry("b/2025-11-15.json", &page),
            entry("b/2025-11-16.json", &bare),
        ]
    };
    let before = keys(&site(files(), None));
    assert_eq!(before.len(), 4);
    assert!(before.contains("arxiv-2511.10648"), "{before:?}");
    let reversed = files().into_iter().rev().collect();
    assert_eq!(keys(&site(reversed, Some("https://example.org/repo/"))), before, "order and address");
    let more = files().into_iter().chain([entry("b/2025-11-12.json", &arxiv("")), entry("b/2025-11-17.json", &arxiv("v2"))]);
    assert_eq!(keys(&site(more.collect(), None)), before, "days and versions");
}

#[test]
fn what_is_cited_is_the_work() {
    let fields = serde_json::json!([{
        "title": "图世界模型", "original_title": "Graph World Models in $\\mathbb{R}^3$", "authors": ["张三", "Jan van der Berg", "DeepSeek-AI Team"],
        "url": "https://arxiv.org/pdf/2511.10648v2", "tags": ["Graphs", "cs.LG", "cs.AI"],
    }]);
    let joined = join(vec![file("2025-11-14.json", &fields.to_string())], &options(None));
    let entries = cite::entries_of(&joined.site, &joined.site.days);
    let expected = "@misc{arxiv-2511.10648,\n  title = {Graph World Models in {$\\mathbb{R}^3$}},\n  \
        author = {{张三} and van der Berg, Jan and {DeepSeek-AI Team}},\n  year = {2025},\n  month = nov,\n  eprint = {2511.10648},\n  \
        archivePrefix = {arXiv},\n  primaryClass = {cs.LG},\n  url = {https://arxiv.org/abs/2511.10648}\n}\n";
    assert_eq!(cite::bibtex(&joined.site, &entries), expected);
    let expected = "TY  - UNPB\r\nID  - arxiv-2511.10648\r\nTI  - Graph World Models in R³\r\nAU  - 张三\r\nAU  - van der Berg, Jan\r\n\
        AU  - DeepSeek-AI Team\r\nPY  - 2025\r\nDA  - 2025/11//\r\nPB  - arXiv\r\nAN  - arXiv:2511.10648\r\nKW  - cs.LG\r\n\
        UR  - https://arxiv.org/abs/2511.10648\r\nER  - \r\n\r\n";
    assert_eq!(cite::ris(&joined.site, &entries), expected);
}

/// The parts of a page between two marks.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

fn unescaped(attribute: &str) -> String {
    let signs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/"), ("&amp;", "&")];
    signs.iter().fold(attribute.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits = |rest: &mut std::str::Bytes| [rest.next(), rest.next()].map(|digit| digit.expect("two digits"));
        match byte {
            b'%' => {
                let digits = digits(&mut rest);
                let digits = std::str::from_utf8(&digits).expect("ASCII");
                bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal digits"));
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn coins_and_json_ld_are_read_back() {
    let joined = hostile();
    let files = artifacts(&joined);
    let page = |path: &str| std::str::from_utf8(&files[path]).unwrap_or_else(|_| panic!("{path} is UTF-8"));
    let citations = all(&joined);
    let coins = between(page("2025/11/14.html"), "<span class=\"Z3988\" title=\"", "\"");
    assert_eq!(coins.len(), citations.len());
    for (coins, citation) in coins.iter().zip(&citations) {
        let pairs: Vec<(String, String)> = unescaped(coins)
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), percent_decoded(value)))
            .collect();
        let of = |key: &str| pairs.iter().filter(|(name, _)| name == key).map(|(_, value)| value.clone()).collect::<Vec<_>>();
        assert_eq!(of("rft.title"), std::slice::from_ref(&citation.title));
        assert_eq!(of("rft.creator").len(), citation.authors.len());
        assert_eq!(of("rft.date"), [citation.date.to_string()]);
        assert_eq!(of("rft.identifier"), citation.url.clone().into_iter().collect::<Vec<_>>());
    }
    let works: BTreeMap<&String, &Vec<u8>> = files.iter().filter(|(path, _)| path.starts_with("works/")).collect();
    assert_eq!(works.len(), citations.len());
    for citation in &citations {
        let path = works.keys().find(|path| path.ends_with(&format!("/{}.html", citation.key))).expect("a page");
        let html = page(path);
        let data = between(html, "<script type=\"application/ld+json\">", "</script>");
        let data: Value = serde_json::from_str(data[0]).expect("JSON-LD");
        assert_eq!((data["headline"].as_str(), data["@type"].as_str()), (Some(citation.title.as_str()), Some("WebPage")));
        assert_eq!(data["datePublished"], citation.date.to_string());
        let title = between(html, "<meta name=\"citation_title\" content=\"", "\"");
        assert_eq!(unescaped(title[0]), citation.title);
        assert_eq!(between(html, "<meta name=\"citation_author\" content=\"", "\"").len(), citation.authors.len());
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        let canonical = between(html, "<link rel=\"canonical\" href=\"", "\"");
        assert_eq!(canonical.first().map(|url| unescaped(url)), citation.url, "{path}");
    }
    assert_eq!(broken_links(&files, ""), Vec::<String>::new());
}

#[test]
fn each_kind_can_be_switched_off() {
    let digest =
        || vec![entry("2025-11-14.json", &serde_json::json!({ "title": "Walking", "url": "https://arxiv.org/abs/2511.10648" }))];
    let paths = |citations: Citations| -> Vec<String> {
        let mut options = options(None);
        options.info.citations = citations;
        let files = artifacts(&join(digest(), &options));
        let day = String::from_utf8(files["2025/11/14.html"].clone()).expect("UTF-8");
        assert_eq!(day.contains("class=\"cite"), citations.buttons);
        assert_eq!(day.contains("Z3988"), citations.coins);
        files.into_keys().filter(|path| path.starts_with("cite/") || path.starts_with("works/")).collect()
    };
    assert_eq!(paths(Citations::default()), ["cite/2025-11-14.js"]);
    assert_eq!(paths(Citations { files: true, ..Citations::default() }), ["cite/2025-11-14.js", "cite/2025-11.bib"]);
    assert_eq!(paths(Citations { buttons: false, files: false, coins: true }), Vec::<String>::new());
}
