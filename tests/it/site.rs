//! The site of the demo and of small folders: joins, links, feeds, and sameness.

use super::common::{files, readings};
use daysheet::build::{Artifact, Each, build, parts};
use daysheet::feed;
use daysheet::page;
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::search::fill_watches;
use daysheet::site::{EntryRef, JoinOptions, Joined, PER_SECTION, SiteInfo, WatchSettings, join};
use daysheet::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::Path;
use std::sync::Mutex;

pub(crate) fn options(base_url: Option<&str>) -> JoinOptions {
    let info = SiteInfo {
        title: "Demo".into(),
        language: "zh".into(),
        base_url: base_url.map(str::to_owned),
        id: "demo".into(),
        ..SiteInfo::default()
    };
    JoinOptions { info, ..JoinOptions::default() }
}

fn demo() -> Vec<Reading> {
    readings(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"))
}

/// All files of a site by path.
pub(crate) fn artifacts(joined: &Joined) -> BTreeMap<String, Vec<u8>> {
    let theme = Theme::default(&joined.site.info.language).expect("the default theme loads");
    let written = Mutex::new(BTreeMap::new());
    let sink = Each(|Artifact { route, bytes }: &Artifact| {
        let before = written.lock().expect("no panic").insert(route.path(), bytes.clone());
        assert!(before.is_none(), "two pages at {}", route.path());
        Ok::<(), Infallible>(())
    });
    build(&joined.site, &theme, "", &parts(&joined.site, &theme), &sink).expect("the site builds");
    written.into_inner().expect("no panic")
}

/// Links and anchors that lead nowhere, and ids that a page has twice.
pub(crate) fn broken_links(site: &BTreeMap<String, Vec<u8>>, base_path: &str) -> Vec<String> {
    let pages: BTreeMap<&str, Page> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), Page::new(std::str::from_utf8(bytes).expect("pages are UTF-8"))))
        .collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        broken.extend(page.repeated.iter().map(|id| format!("{path}: id `{id}` twice")));
        for link in &page.links {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let Some(target) = resolve(path, target, base_path) else {
                broken.push(format!("{path}: `{link}` leads out of the site"));
                continue;
            };
            let found = if anchor.is_empty() {
                site.contains_key(&target)
            } else {
                pages.get(target.as_str()).is_some_and(|page| page.ids.contains(anchor))
            };
            if !found {
                broken.push(format!("{path}: `{link}` leads nowhere"));
            }
        }
    }
    broken
}

struct Page<'a> {
    links: BTreeSet<&'a str>,
    ids: BTreeSet<&'a str>,
    repeated: Vec<&'a str>,
}

impl<'a> Page<'a> {
    /// Reads the attributes of tags; in text `<` and quotes are escaped, so that a tag is what begins with `<`.
    fn new(html: &'a str) -> Page<'a> {
        let mut page = Page { links: BTreeSet::new(), ids: BTreeSet::new(), repeated: Vec::new() };
        for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or("")) {
            for name in [" href=\"", " src=\""] {
                let value = tag.split(name).nth(1).and_then(|rest| rest.split('"').next());
                page.links.extend(value.filter(|url| !url.contains("://") && !url.starts_with("mailto:")));
            }
            let id = tag.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next());
            page.repeated.extend(id.filter(|id| !page.ids.insert(id)));
        }
        page
    }
}

/// The path that a link on a page leads to.
fn resolve(page: &str, link: &str, base_path: &str) -> Option<String> {
    if link.is_empty() {
        return Some(page.to_owned());
    }
    if let Some(rooted) = link.strip_prefix(base_path).filter(|_| link.starts_with('/')) {
        return Some(rooted.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Pages share what is rendered once for several, such as entries that several authors list: a page alone is the one among all others.
#[test]
fn a_page_is_the_same_whatever_was_rendered_before_it() {
    let name = |at: usize| format!("Name {}", char::from(b"abcdefgh"[at % 8]));
    let row = |n: usize, left_out: usize| {
        let names: Vec<String> = (left_out..n % 6).map(|place| name(n + place)).collect();
        format!("| Paper {n} | {} | [PDF](https://arxiv.org/pdf/2511.{n:05}) |\n", names.join(", "))
    };
    let day = |path: &str, rows: String| {
        let text = format!("| Title | Authors | PDF |\n|---|---|---|\n{rows}");
        read(InputFile { path: path.into(), bytes: text.into_bytes(), modified: None }, &ReadOptions::default())
    };
    // The second day lists half of the first again, which the pages of the authors tell whom it names too: all but the first.
    let days = [
        day("2025-11-14-arxiv.md", (0..40).map(|n| row(n, 0)).collect()),
        day("2025-11-15-arxiv.md", (20..60).map(|n| row(n, 1)).collect()),
    ];
    let site = join(demo().into_iter().chain(days).collect(), &options(None)).site;
    let theme = Theme::default("zh").expect("the default theme loads");
    let routes = page::plan(&site);
    assert!(site.authors.iter().filter(|author| author.name.starts_with("Name ")).count() == 8);
    let alone: Vec<_> = routes.iter().map(|route| page::Pages::new(&site, &theme).render(route)).collect();
    let shared = page::Pages::new(&site, &theme);
    for _ in 0..2 {
        assert!(routes.iter().zip(&alone).all(|(route, alone)| shared.render(route) == *alone));
    }
    let backwards = page::Pages::new(&site, &theme);
    assert!(routes.iter().zip(&alone).rev().all(|(route, alone)| backwards.render(route) == *alone));
}

#[test]
fn the_demo_shows_what_it_should() {
    let joined = join(demo(), &options(None));
    let site = &joined.site;
    assert!(joined.ledger.closes(), "{:?}", joined.ledger);
    assert_eq!(joined.ledger.rejected, 0);
    assert!(site.days.len() >= 20, "{} days", site.days.len());
    assert!(site.sources.len() == 3, "{:?}", site.sources.iter().map(|s| &s.key).collect::<Vec<_>>());
    assert!(site.days.iter().any(|day| day.n_entries == 0), "no empty day");
    assert!(joined.findings.counts.contains_key("repeats-others"), "the summary page adds nothing and says so");
    assert!(site.works.iter().any(|work| work.sightings.len() > 1), "no work recurs");
    assert!(site.authors.iter().filter(|author| author.entries.len() > 2).count() >= 10, "few authors recur");
}

#[test]
fn every_internal_link_of_the_demo_leads_somewhere() {
    for (base_url, base_path) in [(None, "/"), (Some("https://example.org/repo/"), "/repo/")] {
        let site = artifacts(&join(demo(), &options(base_url)));
        let broken = broken_links(&site, base_path);
        assert!(broken.is_empty(), "{:#?}", &broken[..broken.len().min(20)]);
    }
}

#[test]
fn the_same_bytes_whatever_the_order_and_the_threads() {
    let whole = artifacts(&join(demo(), &options(Some("https://example.org/repo/"))));
    let mut reversed = demo();
    reversed.reverse();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let alone = one.install(|| artifacts(&join(reversed, &options(Some("https://example.org/repo/")))));
    assert!(whole == alone, "bytes differ");
}

#[test]
fn feeds_are_read_with_all_their_items() {
    let joined = join(demo(), &options(Some("https://example.org/repo/")));
    let site = artifacts(&joined);
    let n_days = joined.site.days.iter().filter(|day| day.n_entries > 0).count().min(30);
    for path in ["feeds/atom.xml", "feeds/rss.xml"] {
        let feed = feed_rs::parser::parse(site[path].as_slice()).expect(path);
        assert_eq!(feed.entries.len(), n_days, "{path}");
        let newest = &feed.entries[0];
        let date = newest.published.or(newest.updated).expect("a date").date_naive().to_string();
        assert_eq!(date, joined.site.latest().expect("a day").day.to_string(), "{path}");
        assert!(newest.links[0].href.starts_with("https://example.org/repo/"), "{path}");
        assert!(newest.id.starts_with("urn:uuid:"), "{path}");
    }
    let page = String::from_utf8(site["index.html"].clone()).expect("UTF-8");
    assert!(page.contains(r#"type="application/atom+xml""#) && page.contains(r#"type="application/rss+xml""#));
}

#[test]
fn every_author_is_in_the_data_of_a_group() {
    let mut readings = demo();
    let rows =
        "| Title | Authors | PDF |\n|---|---|---|\n| A | Y Wang; Yw; X; 李安 | [PDF](https://arxiv.org/pdf/2511.00001v1) |\n";
    let input = InputFile { path: "2025-11-03-few.md".into(), bytes: rows.into(), modified: None };
    readings.push(read(input, &ReadOptions::default()));
    let joined = join(readings, &options(None));
    let mut listed = Vec::new();
    for (path, bytes) in artifacts(&joined) {
        if path.starts_with("api/v1/authors/") && !path.ends_with("/index.json") && !path.contains("/by/") {
            let group: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
            let authors = group["items"].as_array().expect("a list");
            listed.extend(authors.iter().map(|author| author["key"].as_str().expect("a key").to_owned()));
        }
    }
    listed.sort();
    let mut all: Vec<&String> = joined.site.authors.iter().map(|author| &author.slug).collect();
    all.sort();
    assert_eq!(listed.iter().collect::<Vec<_>>(), all);
}

#[test]
fn ids_of_feeds_do_not_follow_the_address() {
    let ids = |base_url| -> Vec<String> {
        let site = artifacts(&join(demo(), &options(base_url)));
        let feed = feed_rs::parser::parse(site["feeds/atom.xml"].as_slice()).expect("a feed");
        feed.entries.into_iter().map(|entry| entry.id).collect()
    };
    assert_eq!(ids(Some("https://example.org/repo/")), ids(Some("https://other.example/")));
}

#[test]
fn the_map_names_every_page_and_is_split() {
    let joined = join(demo(), &options(Some("https://example.org/repo/")));
    let pages = page::plan(&joined.site);
    let whole = feed::sitemaps(&joined.site, &pages, feed::MAX_URLS);
    assert_eq!(whole.len(), 1);
    let n_urls = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches("<loc>").count();
    let n_pages = pages.iter().filter(|route| !route.is_personal()).count();
    assert_eq!(n_pages, pages.len() - 5, "all but 404 and those that the reader fills");
    assert_eq!(n_urls(&whole[0].1), n_pages);
    let parts = feed::sitemaps(&joined.site, &pages, 100);
    assert_eq!(n_urls(&parts[0].1), parts.len() - 1);
    assert_eq!(parts[1..].iter().map(|(_, bytes)| n_urls(bytes)).sum::<usize>(), n_pages);
    assert!(feed::sitemaps(&join(demo(), &options(None)).site, &pages, 100).is_empty());
}

fn reading(path: &str, rows: &[(&str, &str)]) -> Reading {
    let rows: String = rows.iter().map(|(title, url)| format!("| {title} | [PDF]({url}) |\n")).collect();
    let text = format!("| Title | PDF |\n|---|---|\n{rows}");
    read(InputFile { path: path.into(), bytes: text.into_bytes(), modified: None }, &ReadOptions::default())
}

const A: (&str, &str) = ("A", "https://arxiv.org/pdf/2511.00001v1");
const B: (&str, &str) = ("B", "https://arxiv.org/pdf/2511.00002v1");
const C: (&str, &str) = ("C", "https://arxiv.org/pdf/2511.00003v2");
const C_AGAIN: (&str, &str) = ("C again", "https://arxiv.org/abs/2511.00003");

#[test]
fn calendars_of_a_year_and_a_month_hold_its_days_and_no_others() {
    let days = ["2025/10/31", "2025/11/14", "2025/11/30", "2026/11/14"];
    let readings = days.iter().map(|day| reading(&format!("{}-x.md", day.replace('/', "-")), &[A])).collect();
    let site = artifacts(&join(readings, &options(None)));
    let linked = |page: &str| -> Vec<&str> {
        let html = text(&site, page);
        days.iter().filter(|day| html.contains(&format!("/{day}.html\""))).copied().collect()
    };
    assert_eq!(linked("2025/index.html"), days[..3]);
    assert_eq!(linked("2025/11/index.html"), days[1..3]);
    assert_eq!(linked("2026/11/index.html"), days[3..]);
}

#[test]
fn a_work_on_several_days_is_one_work() {
    let joined = join(vec![reading("2025-11-14-x.md", &[A, C]), reading("2025-11-15-x.md", &[C_AGAIN])], &options(None));
    assert_eq!((joined.site.n_entries, joined.site.works.len()), (3, 2));
    let site = artifacts(&joined);
    let second = String::from_utf8_lossy(&site["2025/11/15.html"]).into_owned();
    assert!(second.contains("1 — C again"), "what is shared of a day says what it lists");
    assert!(second.contains("2025/11/14.html#arxiv-2511.00003"), "the second day names the first");
}

#[test]
fn files_that_repeat_others_add_nothing() {
    let days =
        vec![reading("2025-11-14-x.md", &[A, B]), reading("2025-11-14-y.md", &[C]), reading("2025-11-14-all.md", &[A, B, C])];
    let joined = join(days, &options(None));
    assert_eq!((joined.site.n_entries, joined.ledger.merged, joined.ledger.closes()), (3, 3, true));
    assert_eq!(joined.findings.counts["repeats-others"].1, 1);
    // A source that happens to list one paper of another source is no repetition.
    let overlap = join(vec![reading("2025-11-14-x.md", &[A, B, C]), reading("2025-11-14-hn.md", &[B])], &options(None));
    assert_eq!((overlap.site.n_entries, overlap.ledger.merged), (4, 0));
    // A list of everything without a day repeats too; one that has more says what it loses.
    let archive = join(vec![reading("2025-11-14-x.md", &[A, B]), reading("all.md", &[A, B])], &options(None));
    assert_eq!((archive.site.n_entries, archive.ledger.merged, archive.ledger.closes()), (2, 2, true));
    let more = join(vec![reading("2025-11-14-x.md", &[A, B]), reading("all.md", &[A, C])], &options(None));
    assert_eq!((more.ledger.rejected, more.ledger.closes()), (2, true));
    assert!(more.findings.counts.contains_key("entries-without-day"));
}

#[test]
fn what_files_lost_is_added_up() {
    let broken = |path: &str| {
        let bytes = b"{\"title\": \"A\", \"url\": \"https://example.org/a\"}\n{\"title\": ]\n".to_vec();
        read(InputFile { path: path.into(), bytes, modified: None }, &ReadOptions::default())
    };
    let joined = join(vec![broken("2025-11-14-x.jsonl"), broken("2025-11-15-x.jsonl")], &options(None));
    assert_eq!((joined.ledger.entries, joined.ledger.rejected, joined.ledger.closes()), (2, 2, true));
    let found = joined.findings.kept.iter().filter(|found| found.code == "record-broken");
    let places: Vec<(u32, u32)> = found.filter_map(|found| found.place.as_ref()).map(|place| (place.line, place.width)).collect();
    assert_eq!(places, [(2, 11), (2, 11)], "the whole line is marked");
}

#[test]
fn files_of_one_day_and_source_join() {
    let joined = join(vec![reading("x/2025-11-14-1.md", &[A, B]), reading("x/2025-11-14-2.md", &[B, C])], &options(None));
    assert_eq!((joined.site.n_entries, joined.ledger.merged, joined.site.sources.len(), joined.site.days.len()), (3, 1, 1, 1));
}

fn markdown(path: &str, text: &str) -> Reading {
    read(InputFile { path: path.into(), bytes: text.into(), modified: None }, &ReadOptions::default())
}

#[test]
fn entries_that_nothing_identifies_are_items_of_their_own() {
    let table = "| Title | PDF |\n|---|---|\n| Weekly roundup |  |\n| Weekly roundup |  |\n";
    let days = ["2025-11-13", "2025-11-14"].map(|day| markdown(&format!("{day}-x.md"), table));
    let site = artifacts(&join(days.into(), &options(Some("https://example.org/"))));
    let feed = feed_rs::parser::parse(site["feeds/entries/atom.xml"].as_slice()).expect("a feed");
    let ids: BTreeSet<&String> = feed.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!((feed.entries.len(), ids.len()), (4, 4));
}

#[test]
fn a_work_named_by_its_id_alone_is_linked() {
    let rows = [
        "| ID | Title |\n| --- | --- |",
        "| 2511.10650v2 | Ice |",
        "| hep-th/9711200 | Strings |",
        "| 10.1101/2025.10.01 | Fish |",
    ];
    let site = artifacts(&join(vec![markdown("2025-11-12.md", &rows.join("\n"))], &options(None)));
    let day = text(&site, "2025/11/12.html");
    for address in ["arxiv.org/abs/2511.10650v2", "arxiv.org/abs/hep-th/9711200", "doi.org/10.1101/2025.10.01"] {
        assert!(day.contains(&format!("href=\"https://{address}\"")), "{address} in {day}");
    }
}

#[test]
fn what_a_day_says_of_a_failure_is_folded() {
    let files = [
        ("2025-11-13-x.md", "# 2025-11-13\n\n抓取失败：HTTP 429\n"),
        (
            "2025-11-14-x.md",
            "# 2025-11-14\n\n今日两篇。\n\n- [Ice](https://arxiv.org/abs/2511.00001)\n- [Snow](https://arxiv.org/abs/2511.00002)\n",
        ),
    ];
    let site = artifacts(&join(files.map(|(path, text)| markdown(path, text)).into(), &options(None)));
    let main = |path: &str| text(&site, path).split_once("<section").expect("a source").1.to_owned();
    let (failed, listed) = (main("2025/11/13.html"), main("2025/11/14.html"));
    let fold = failed.split_once("<details").and_then(|(_, fold)| fold.split_once("</details>")).expect("a fold").0;
    assert!(fold.contains("<div class=\"preface\"") && fold.contains("HTTP 429"), "{failed}");
    assert!(listed.contains("今日两篇") && !listed.split("今日两篇").next().unwrap_or_default().contains("<details"), "{listed}");
}

#[test]
fn prose_below_the_entries_stands_below_them() {
    let text_of_file = "# 2025-11-14\n\nAbove all.\n\n- [Ice](https://example.org/1)\n- [Snow](https://example.org/2)\n\n\
        ## Trends\n\nColder places are where the cold <b>things</b> are done.\n";
    let site = artifacts(&join(vec![markdown("2025-11-14-x.md", text_of_file)], &options(None)));
    let day = text(&site, "2025/11/14.html");
    let places: Vec<Option<usize>> =
        ["Above all", ">Ice<", ">Snow<", "class=\"preface afterword\"", "Trends", "are done"].map(|text| day.find(text)).into();
    assert!(places.is_sorted() && !places.contains(&None), "{places:?} in {day}");
}

#[test]
fn two_files_of_a_translation_are_one() {
    let row = |title: &str, n: u8| format!("| {title} | [PDF](https://arxiv.org/abs/2511.0000{n}) |\n");
    let table = |rows: &[String]| format!("| Title | PDF |\n|---|---|\n{}", rows.concat());
    let zh = table(&[row("冰上行走", 1), row("雪上滑行", 2)]);
    let en = table(&[row("Walking on ice", 1), row("Skating on snow", 2)]);
    let more = r#"[{"title": "Walking on ice", "url": "https://arxiv.org/abs/2511.00001", "authors": ["Jane Roe"]},
        {"title": "Skating on snow", "url": "https://arxiv.org/abs/2511.00002"},
        {"title": "Swimming", "url": "https://arxiv.org/abs/2511.00003"}]"#;
    let files =
        vec![markdown("2025-11-14-x.zh.md", &zh), markdown("2025-11-14-x.en.md", &en), markdown("2025-11-14-x.en.json", more)];
    let joined = join(files, &options(None));
    assert_eq!((joined.site.n_entries, joined.ledger.merged, joined.ledger.closes()), (2, 5, true));
    let site = artifacts(&joined);
    let page = text(&site, "2025/11/14.en.html");
    assert!(page.contains("Jane Roe") && page.contains("Swimming"), "what only one of the files says is there");
    let counted = page.split_once("<h1").and_then(|(_, rest)| rest.split_once("</h1>")).map(|(heading, _)| heading);
    assert!(counted.is_some_and(|heading| heading.contains('3')), "{counted:?}");
}

#[test]
fn the_owner_says_how_a_name_is_spelt() {
    let table = "| Title | Authors |\n|---|---|\n| A | YI WANG |\n| B | Y. Wang |\n";
    let mut options = options(None);
    options.aliases = ["y-wang", "yi-wang"].map(|key| (key.to_owned(), "Yi Wang".to_owned())).into();
    let joined = join(vec![markdown("2025-11-14-x.md", table)], &options);
    let names: Vec<(&str, usize)> = joined.site.authors.iter().map(|one| (one.name.as_str(), one.entries.len())).collect();
    assert_eq!(names, [("Yi Wang", 2)]);
}

/// A digest of so many entries, each by an author of its own, with one tag of its own.
fn long_reading(path: &str, n: usize) -> Reading {
    let letters = |n: usize| n.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect::<String>();
    let row = |n: usize| format!("| Paper {n} | Ma {} | tag{n} | [PDF](https://example.org/{path}/{n}) |\n", letters(n));
    let text = format!("| Title | Authors | Tags | PDF |\n|---|---|---|---|\n{}", (0..n).map(row).collect::<String>());
    read(InputFile { path: path.into(), bytes: text.into_bytes(), modified: None }, &ReadOptions::default())
}

#[test]
fn a_long_day_and_long_lists_of_names_are_split() {
    let n = 2 * PER_SECTION + 34;
    let days = vec![long_reading("2025-11-14-x.md", n), reading("2025-11-14-y.md", &[A, B]), reading("2025-11-15-x.md", &[C])];
    let mut options = options(Some("https://example.org/"));
    options.info.publish.feed_authors = 1;
    let joined = join(days, &options);
    let site = artifacts(&joined);
    assert_eq!(broken_links(&site, "/"), Vec::<String>::new());
    let pages = ["2025/11/14.html", "2025/11/14/x/2.html", "2025/11/14/x/3.html"];
    let shown: Vec<usize> = pages.iter().map(|path| text(&site, path).matches("<article ").count()).collect();
    assert_eq!(shown, [PER_SECTION + 2, PER_SECTION, 34], "each source begins on the page of the day");
    assert!(!site.contains_key("2025/11/14/x/4.html") && !site.contains_key("2025/11/15/x/2.html"));
    // Where it was before, a script knows where it is.
    assert!(pages.iter().all(|path| text(&site, path).contains("places.js\" data-places=\"")));
    assert!(!text(&site, "2025/11/15.html").contains("places.js") && !site.contains_key("2025/11/15/places.js"));
    let places = text(&site, "2025/11/14/places.js");
    let places = places.strip_prefix("daysheet.places(").and_then(|places| places.strip_suffix(");\n")).expect("a call");
    let places: BTreeMap<String, Vec<String>> = serde_json::from_str(places).expect("JSON");
    assert!(places.keys().map(String::as_str).eq(pages), "{:?}", places.keys());
    for (path, anchors) in &places {
        let page = text(&site, path);
        assert_eq!(anchors.len(), page.matches("<article ").count(), "{path}");
        assert!(anchors.iter().all(|anchor| page.contains(&format!(" id=\"{anchor}\""))), "{path}");
    }
    // Wherever an entry is named, its own page is.
    let last = EntryRef::at(0, n - 1);
    let address = format!("2025/11/14/x/3.html#{}", joined.site.digests[0].anchors[n - 1]);
    assert_eq!(joined.site.page_of(last).path(), pages[2]);
    let slug = &joined.site.authors[joined.site.digests[0].authors[n - 1][0] as usize].slug;
    assert!(text(&site, &format!("authors/ma/{slug}.html")).contains(&format!("../../{address}")));
    let feed = text(&site, &format!("feeds/authors/{}/{slug}.atom.xml", &slug[..2]));
    assert!(feed.contains(&address), "{feed}");
    // New entries come at the end, and so the end is what the page of new entries gets.
    let recent = text(&site, "since/2025-11-14.js");
    assert_eq!(recent.matches("<article ").count(), PER_SECTION + 2);
    assert!(recent.contains(&format!("data-from=\\\"{}\\\"", n - PER_SECTION)) && recent.contains(&address));
    // Each name is on one of the pages of its list.
    for list in ["authors/ma", "tags"] {
        let names = |file: &str| text(&site, &format!("{list}/{file}")).matches("</a> <span class=\"n\">1</span></li>").count();
        assert_eq!((names("index.html"), names("index.2.html")), (1000, n - 1000), "{list}");
        assert!(!site.contains_key(&format!("{list}/index.3.html")));
    }
    // The page of feeds names a thousand of a kind, and where the others are.
    let feeds = text(&site, "feeds/index.html");
    let of_tags = feeds.split("<section>").find(|section| section.contains("../tags/tag")).expect("tags have feeds");
    assert_eq!(of_tags.matches("<li>").count(), 1000);
    let more = format!(" {} ", n - 1000);
    let line = of_tags.split("<p class=\"more\">").nth(1).expect("there are more");
    assert!(line.starts_with("<a href=\"../tags/index.html\">") && line.contains(&more), "{line}");
}

fn text(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    site.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

#[test]
fn assets_of_the_theme_are_written() {
    let site = artifacts(&join(demo(), &options(None)));
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets");
    for (path, bytes) in files(&theme) {
        assert_eq!(site.get(&format!("assets/{path}")), Some(&bytes), "{path}");
    }
}

/// The numbers of the data table of a chart, row by row.
fn chart_rows(html: &str, name: &str) -> Vec<Vec<usize>> {
    let chart = html.split_once(&format!("id=\"chart-{name}\"")).unwrap_or_else(|| panic!("no chart {name}")).1;
    let table = chart.split_once("<tbody>").and_then(|(_, rest)| rest.split_once("</tbody>")).expect("a table").0;
    let number = |cell: &str| cell.split_once('<').and_then(|(n, _)| n.parse().ok()).expect("a number");
    table.lines().filter(|line| line.contains("<tr>")).map(|row| row.split("<td>").skip(1).map(number).collect()).collect()
}

#[test]
fn charts_show_what_the_records_say() {
    let joined = join(demo(), &options(None));
    let site = &joined.site;
    let html = String::from_utf8(artifacts(&joined)["statistics.html"].clone()).expect("UTF-8");
    let column = |rows: &[Vec<usize>], at: usize| rows.iter().map(|row| row[at]).sum::<usize>();

    let sources = chart_rows(&html, "sources");
    let mut expected: Vec<usize> = site.sources.iter().map(|source| source.n_entries).collect();
    expected.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!((0..expected.len()).map(|at| column(&sources, at)).collect::<Vec<_>>(), expected);
    // The demo is short enough for a column per day, those without a file among them.
    let (first, last) = (site.days.first().expect("a day").day, site.days.last().expect("a day").day);
    let n_days = std::iter::successors(Some(first), |day| (*day < last).then(|| day.succ())).count();
    assert_eq!(sources.len(), n_days);
    let listed = |row: &Vec<usize>| row.iter().sum::<usize>();
    let of_days: Vec<usize> = site.days.iter().map(|day| day.n_entries).filter(|n| *n > 0).collect();
    assert_eq!(sources.iter().map(listed).filter(|n| *n > 0).collect::<Vec<_>>(), of_days);

    let new = chart_rows(&html, "new");
    assert_eq!(column(&new, 0), site.works.len());
    assert_eq!(column(&new, 0) + column(&new, 1), site.n_entries);

    let growth: Vec<usize> = chart_rows(&html, "growth").into_iter().map(|row| row[0]).collect();
    assert!(growth.is_sorted() && growth.last() == Some(&site.n_entries), "{growth:?}");

    // The picture has a part for each count that is not none, as high as its share of the highest column.
    let chart = html.split_once("id=\"chart-sources\"").and_then(|(_, rest)| rest.split_once("</svg>")).expect("a picture").0;
    assert_eq!(chart.matches("<rect").count(), sources.iter().flatten().filter(|n| **n > 0).count());
    let most = sources.iter().map(listed).max().unwrap_or(0);
    let height = |rect: &str| rect.split_once("height=\"")?.1.split_once('"')?.0.parse::<usize>().ok();
    let heights: Vec<usize> = chart.split("<rect").skip(1).filter_map(height).collect();
    for (height, n) in heights.iter().zip(sources.iter().flatten().filter(|n| **n > 0)) {
        assert!(height.abs_diff(n * 100 / most) <= 1, "{height} for {n} of {most}");
    }
    let most_frequent = site.authors.iter().map(|author| author.entries.len()).max().unwrap_or(0);
    assert!(most_frequent > 1 && html.contains("authors/") && html.contains("width=\"100\""));
}

/// The JSON values in the call that a script is: `daysheet.name(a, b);`.
fn arguments(script: &[u8]) -> Vec<serde_json::Value> {
    let script = std::str::from_utf8(script).expect("scripts are UTF-8");
    let (_, rest) = script.split_once('(').expect("a call");
    serde_json::from_str(&format!("[{}]", rest.trim_end().trim_end_matches(");"))).expect("its arguments are JSON")
}

#[test]
fn scripts_of_recent_days_hold_all_their_entries() {
    let joined = join(demo(), &options(None));
    let mut site = artifacts(&joined);
    let index = arguments(&site["since/index.js"]).remove(0);
    let listed: Vec<&str> = index.as_array().expect("days").iter().filter_map(|day| day["day"].as_str()).collect();
    let days: Vec<String> =
        joined.site.days.iter().rev().filter(|day| day.n_entries > 0).take(30).map(|day| day.day.to_string()).collect();
    assert_eq!(listed, days, "the days that list something, newest first");
    let mut all = site["since.html"].clone();
    for day in index.as_array().expect("days") {
        let script = arguments(&site[day["script"].as_str().expect("a path")]);
        assert_eq!(script[0], day["day"]);
        let html = script[1].as_str().expect("HTML");
        for source in day["sources"].as_array().expect("sources") {
            let (key, n) = (source[0].as_str().expect("a key"), source[1].as_u64().expect("a count"));
            let section = html.split("<section ").find(|part| part.starts_with(&format!("data-source=\"{key}\"")));
            let n_entries = section.unwrap_or_default().matches("<article ").count() as u64;
            assert_eq!(n_entries, n, "{}, {key}", day["day"]);
        }
        all.extend(html.bytes());
    }
    // The page with all of it, as a reader after a long absence has it.
    site.insert("since.html".into(), all);
    assert_eq!(broken_links(&site, "/"), Vec::<String>::new());
}

#[test]
fn the_search_can_be_switched_off() {
    let site_with = |search: bool| {
        let mut options = options(Some("https://example.org/"));
        options.info.watches = vec![WatchSettings { name: "P".into(), slug: "p".into(), query: "蛋白".into() }];
        options.info.publish.search = search;
        let mut joined = join(demo(), &options);
        fill_watches(&mut joined.site);
        artifacts(&joined)
    };
    let of_search = |path: &&String| path.starts_with("search") || path.starts_with("opensearch");
    let (on, off) = (site_with(true), site_with(false));
    let left_out: Vec<&String> = on.keys().filter(|path| !off.contains_key(*path)).collect();
    assert_eq!(left_out, on.keys().filter(of_search).collect::<Vec<_>>());
    assert_eq!((on.len() - left_out.len(), broken_links(&off, "/")), (off.len(), Vec::new()));
    assert!(on.contains_key("search/index.js") && text(&on, "watch/p.html").contains("search.html"));
    assert!(text(&off, "watch/p.html").contains("<code>蛋白</code>"));
    let leads_there = |path: &&String| path.ends_with("html") && text(&off, path).contains("search.");
    assert_eq!(off.keys().filter(leads_there).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn catalogs_say_the_same_things() {
    let catalogs = ["en", "zh"].map(|language| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/default/languages/{language}.toml"));
        let text = std::fs::read_to_string(path).expect("the catalog is there");
        toml::from_str::<BTreeMap<String, String>>(&text).expect("texts by key")
    });
    let holes = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    };
    let [en, zh] = &catalogs;
    assert_eq!(en.keys().collect::<Vec<_>>(), zh.keys().collect::<Vec<_>>());
    // Dates are put together anew; everything else is filled with the same values.
    let is_date =
        |key: &str| key.starts_with("day_") || key.starts_with("month_") || key.starts_with("year_") || key.starts_with("week_");
    let differing: Vec<&String> =
        en.iter().filter(|(key, text)| !is_date(key) && holes(text) != holes(&zh[*key])).map(|(key, _)| key).collect();
    assert!(differing.is_empty(), "{differing:?}");
}
