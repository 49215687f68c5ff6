//! Feeds by the rules of their standards and of the W3C feed validator, on the demo and on a large archive; their chains; and what
//! must never change.
//!
//! The rules, beside being well formed: RFC 4287 (ids, titles, dates and authors that must be there, unique ids, links that may not
//! repeat), RFC 5005 (archives and what leads to them), RSS 2.0 by the RSS Advisory Board (what a channel and an item must have, dates
//! of RFC 822 with English names and the right weekday, guids that are no addresses and say so, `atom:link` to itself), JSON Feed 1.1,
//! and of the validator: absolute addresses, no live markup in content, no two items with one date where a list has an order.

use super::common::{readings, shared};
use super::site::artifacts;
use daysheet::config;
use daysheet::feed::{self, MAX_BYTES};
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::search;
use daysheet::site::route::Route;
use daysheet::site::{Channel, FeedFormat, JoinOptions, Site, SiteInfo, WatchSettings, hide, join};
use daysheet::theme::Theme;
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

const BASE: &str = "https://example.org/repo/";

/// An element: its name, attributes, text and children.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: HashMap<String, String>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn one<'a>(&'a self, name: &'a str) -> &'a Node {
        let mut found = self.all(name);
        let first = found.next().unwrap_or_else(|| panic!("`{}` has no `{name}`", self.name));
        assert!(found.next().is_none(), "`{}` has two `{name}`", self.name);
        first
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// Reads an XML document, which must be well formed.
fn tree(path: &str, bytes: &[u8]) -> Node {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    reader.config_mut().check_comments = true;
    let mut open = vec![Node::default()];
    let started = |start: &quick_xml::events::BytesStart| Node {
        name: start.name().as_ref().to_owned(),
        attributes: start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap_or_else(|error| panic!("{path}: {error}"));
                let value = quick_xml::escape::unescape(&attribute.value).expect("known escapes").into_owned();
                (attribute.key.as_ref().to_owned(), value)
            })
            .collect(),
        ..Node::default()
    };
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
            Event::Start(start) => open.push(started(&start)),
            Event::Empty(start) => {
                let node = started(&start);
                open.last_mut().expect("an open element").children.push(node);
            }
            Event::End(_) => {
                let node = open.pop().expect("an open element");
                open.last_mut().expect("an open element").children.push(node);
            }
            Event::Text(text) => open.last_mut().expect("an open element").text += &text,
            Event::GeneralRef(reference) => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*reference))
                    .unwrap_or_else(|error| panic!("{path}: {error}"))
                    .into_owned();
                open.last_mut().expect("an open element").text += &text;
            }
            Event::CData(_) => panic!("{path}: CDATA is not written"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "{path}: an element is open");
    open.pop().and_then(|mut root| root.children.pop()).unwrap_or_else(|| panic!("{path}: no root"))
}

/// Elements that content may have.
const ALLOWED: &[&str] = &[
    "p",
    "br",
    "a",
    "em",
    "strong",
    "s",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "small",
    "sub",
    "sup",
    "i",
    "b",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "hr",
];

/// Checks the HTML of an item: nothing live, no address that leads nowhere from a feed reader.
fn check_html(path: &str, html: &str) {
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or("")) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        assert!(ALLOWED.contains(&name), "{path}: `<{tag}>`");
        for attribute in tag.split(' ').skip(1) {
            let known = ["href=", "rel=", "class=", "start="].iter().any(|known| attribute.starts_with(known))
                || !attribute.contains('=');
            assert!(known, "{path}: `<{tag}>`");
        }
    }
    for href in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or("")) {
        assert!(
            ["https://", "http://", "mailto:"].iter().any(|scheme| href.to_lowercase().starts_with(scheme)),
            "{path}: `{href}`"
        );
    }
}

/// The moment of RFC 3339, as seconds are read from it; the form is checked.
fn check_rfc3339(path: &str, text: &str) {
    assert!(chrono::DateTime::parse_from_rfc3339(text).is_ok() && text.ends_with('Z'), "{path}: `{text}`");
}

/// What a document of a feed tells of: ids in its order.
fn check_atom(path: &str, root: &Node) -> Vec<String> {
    assert_eq!((root.name.as_str(), root.attribute("xmlns")), ("feed", "http://www.w3.org/2005/Atom"), "{path}");
    check_rfc3339(path, &root.one("updated").text);
    assert!(root.one("id").text.starts_with("urn:uuid:") && !root.one("title").text.is_empty(), "{path}");
    assert!(!root.one("author").one("name").text.is_empty(), "{path}");
    let links: BTreeSet<(&str, &str)> = root.all("link").map(|link| (link.attribute("rel"), link.attribute("type"))).collect();
    assert_eq!(links.len(), root.all("link").count(), "{path}: a relation twice");
    assert!(root.all("link").all(|link| link.attribute("href").starts_with(BASE)), "{path}");
    let own = root.all("link").find(|link| link.attribute("rel") == "self").expect("a link to itself");
    assert_eq!(own.attribute("href"), format!("{BASE}{path}"));
    let mut ids = Vec::new();
    for entry in root.all("entry") {
        check_rfc3339(path, &entry.one("updated").text);
        check_rfc3339(path, &entry.one("published").text);
        assert!(!entry.one("title").text.trim().is_empty(), "{path}");
        assert!(entry.all("author").all(|author| !author.one("name").text.trim().is_empty()), "{path}");
        assert!(entry.all("category").all(|category| !category.attribute("term").is_empty()), "{path}");
        let alternate: Vec<&Node> = entry.all("link").filter(|link| link.attribute("rel") == "alternate").collect();
        assert!(alternate.len() == 1 && alternate[0].attribute("href").starts_with(BASE), "{path}");
        assert_eq!(entry.one("content").attribute("type"), "html");
        check_html(path, &entry.one("content").text);
        ids.push(entry.one("id").text.clone());
    }
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "{path}: an id twice");
    let newest = root.all("entry").map(|entry| entry.one("updated").text.as_str()).max();
    assert!(newest.is_none_or(|newest| newest == root.one("updated").text), "{path}: not updated with its newest item");
    ids
}

fn check_rss(path: &str, root: &Node) -> Vec<String> {
    assert_eq!((root.name.as_str(), root.attribute("version")), ("rss", "2.0"), "{path}");
    let channel = root.one("channel");
    for name in ["title", "link", "description", "language"] {
        assert!(!channel.one(name).text.trim().is_empty(), "{path}: {name}");
    }
    assert!(channel.one("link").text.starts_with(BASE), "{path}");
    let own = channel.one("atom:link");
    assert_eq!((own.attribute("rel"), own.attribute("href")), ("self", format!("{BASE}{path}").as_str()));
    let mut ids = Vec::new();
    for item in channel.all("item") {
        let guid = item.one("guid");
        assert_eq!(guid.attribute("isPermaLink"), "false", "{path}");
        let date = &item.one("pubDate").text;
        assert!(chrono::DateTime::parse_from_rfc2822(date).is_ok(), "{path}: `{date}`");
        assert!(item.one("link").text.starts_with(BASE) && !item.one("title").text.is_empty(), "{path}");
        assert!(item.all("dc:creator").chain(item.all("category")).all(|node| !node.text.trim().is_empty()), "{path}");
        check_html(path, &item.one("content:encoded").text);
        ids.push(guid.text.clone());
    }
    ids
}

fn check_json(path: &str, bytes: &[u8]) -> Vec<String> {
    let feed: Value = serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1", "{path}");
    assert_eq!(feed["feed_url"], format!("{BASE}{path}"));
    assert!(feed["title"].is_string() && feed["home_page_url"].as_str().is_some_and(|url| url.starts_with(BASE)), "{path}");
    let items = feed["items"].as_array().expect("items");
    let id = |item: &Value| {
        check_rfc3339(path, item["date_published"].as_str().expect("a date"));
        check_html(path, item["content_html"].as_str().expect("content"));
        assert!(item["url"].as_str().is_some_and(|url| url.starts_with(BASE)), "{path}");
        item["id"].as_str().expect("an id").to_owned()
    };
    items.iter().map(id).collect()
}

/// Checks a document by its address and gives the ids of its items.
fn check(path: &str, bytes: &[u8]) -> Vec<String> {
    assert!(bytes.len() <= MAX_BYTES, "{path}: {} bytes", bytes.len());
    if path.ends_with(".json") {
        return check_json(path, bytes);
    }
    let read = feed_rs::parser::parse(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    let root = tree(path, bytes);
    let ids = if root.name == "rss" { check_rss(path, &root) } else { check_atom(path, &root) };
    assert_eq!(read.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>(), ids, "{path}: read by feed-rs");
    ids
}

/// The documents of a feed.
fn documents(site: &Site, theme: &Theme, channel: &Channel) -> Vec<(Route, Vec<u8>)> {
    feed::volumes(site, theme, channel).iter().flat_map(|volume| feed::documents(site, theme, volume)).collect()
}

/// The documents of all feeds of a site by address, with the ids of their items.
fn all_documents(site: &Site) -> BTreeMap<String, (Vec<u8>, Vec<String>)> {
    let theme = Theme::default(&site.info.language).expect("the default theme loads");
    let mut all = BTreeMap::new();
    for channel in site.channels() {
        for (route, bytes) in documents(site, &theme, &channel) {
            let ids = check(&route.path(), &bytes);
            assert!(all.insert(route.path(), (bytes, ids)).is_none(), "two documents at {}", route.path());
        }
    }
    all
}

/// Walks from the current document of a channel through its archives; gives the ids of all items and the number of documents.
fn walk(documents: &BTreeMap<String, (Vec<u8>, Vec<String>)>, channel: &Channel) -> (Vec<String>, usize) {
    let current = Route::Feed(channel.clone(), FeedFormat::Atom).path();
    let (mut path, mut ids, mut n) = (current.clone(), Vec::new(), 0);
    loop {
        let (bytes, own) = documents.get(&path).unwrap_or_else(|| panic!("the chain leads to {path}"));
        ids.extend(own.iter().cloned());
        n += 1;
        let root = tree(&path, bytes);
        let leads = |relation: &str| {
            let link = root.all("link").find(|link| link.attribute("rel") == relation)?;
            Some(link.attribute("href").strip_prefix(BASE).expect("an absolute address").to_owned())
        };
        assert_eq!(root.all("fh:archive").count(), usize::from(n > 1), "{path}");
        assert_eq!(leads("current").is_some_and(|leads| leads == current), n > 1, "{path}");
        match leads("prev-archive") {
            Some(previous) => path = previous,
            None => return (ids, n),
        }
    }
}

fn options(watches: &[(&str, &str)]) -> JoinOptions {
    let watch = |(name, query): &(&str, &str)| WatchSettings {
        name: (*name).to_owned(),
        slug: (*name).to_owned(),
        query: (*query).to_owned(),
    };
    let info = SiteInfo {
        title: "Demo & <more>".into(),
        language: "zh".into(),
        base_url: Some(BASE.to_owned()),
        id: "demo".into(),
        watches: watches.iter().map(watch).collect(),
        ..SiteInfo::default()
    };
    JoinOptions { info, ..JoinOptions::default() }
}

fn site(readings: Vec<Reading>, options: &JoinOptions) -> Site {
    let mut site = join(readings, options).site;
    search::fill_watches(&mut site);
    site
}

fn demo() -> Vec<Reading> {
    readings(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"))
}

const WATCHES: &[(&str, &str)] = &[("protein", "蛋白"), ("graph", "\"graph\" -source:hn"), ("nothing", "nosuchwordanywhere")];

/// Checks all feeds of a site, and that each chain tells of everything once.
fn check_site(site: &Site) {
    let documents = all_documents(site);
    let listing: Vec<_> = site.days.iter().filter(|record| record.n_entries > 0).collect();
    let (ids, n_documents) = walk(&documents, &Channel::Days);
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!((ids.len(), different.len()), (listing.len(), listing.len()), "every day exactly once");
    println!("feeds: {} documents; {} days in {n_documents} documents", documents.len(), ids.len());
    for source in &site.sources {
        let days: BTreeSet<_> = source
            .digests
            .iter()
            .map(|&digest| &site.digests[digest as usize])
            .filter(|one| !one.digest.entries.is_empty())
            .map(|one| one.day)
            .collect();
        let (ids, _) = walk(&documents, &Channel::Source(source.slug.clone()));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), days.len(), "{}", source.slug);
        assert_eq!(ids.len(), days.len(), "{}", source.slug);
    }
    for watch in &site.watches {
        let works: BTreeSet<u32> =
            watch.entries.iter().map(|at| site.digests[at.digest as usize].works[at.entry as usize]).collect();
        let (ids, _) = walk(&documents, &Channel::Watch(watch.slug.clone()));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), works.len(), "{}", watch.slug);
        assert_eq!(ids.len(), works.len(), "{}", watch.slug);
    }
    // All formats of a feed tell of the same.
    for channel in site.channels() {
        let ids = |format| &documents[&Route::Feed(channel.clone(), format).path()].1;
        assert!(ids(FeedFormat::Atom) == ids(FeedFormat::Rss) && ids(FeedFormat::Rss) == ids(FeedFormat::Json), "{channel:?}");
    }
}

#[test]
fn feeds_of_the_demo_keep_the_rules() {
    let site = site(demo(), &options(WATCHES));
    assert!(site.watches[0].entries.len() > 3, "the demo has entries on proteins");
    check_site(&site);
}

#[test]
fn feeds_of_a_large_archive_keep_the_rules() {
    let Some(folder) = shared("corpus/arxiv-daily") else { return };
    let site = site(readings(&folder), &options(WATCHES));
    assert!(site.watches[0].entries.len() > 1000, "{}", site.watches[0].entries.len());
    check_site(&site);
}

#[test]
fn every_feed_of_the_demo_is_in_the_list_of_feeds() {
    let mut joined = join(demo(), &options(WATCHES));
    search::fill_watches(&mut joined.site);
    let files = artifacts(&joined);
    let opml = String::from_utf8(files["feeds/opml.xml"].clone()).expect("UTF-8");
    let page = String::from_utf8(files["feeds/index.html"].clone()).expect("UTF-8");
    for channel in joined.site.channels() {
        let path = Route::Feed(channel, FeedFormat::Atom).path();
        assert!(files.contains_key(&path), "{path}");
        assert!(opml.contains(&format!("xmlUrl=\"{BASE}{path}\"")), "{path} is not in the list");
        assert!(page.contains(&format!("href=\"../{path}\"")), "{path} is not on the page");
    }
    let watch = String::from_utf8(files["watch/protein.html"].clone()).expect("UTF-8");
    assert!(watch.contains("feeds/watch/protein/atom.xml"), "a page names its feed");
}

#[test]
fn pages_name_their_feeds_to_browsers() {
    let mut options = options(WATCHES);
    options.info.publish.feed_authors = 2;
    let mut joined = join(demo(), &options);
    search::fill_watches(&mut joined.site);
    let files = artifacts(&joined);
    let mut n_authors = 0;
    for channel in joined.site.channels() {
        n_authors += usize::from(matches!(channel, Channel::Author(_)));
        let page = Route::of_channel(&channel).path();
        let html = std::str::from_utf8(&files[&page]).expect("UTF-8");
        for format in FeedFormat::ALL {
            let feed = Route::Feed(channel.clone(), format).path();
            let href = format!("href=\"{}{feed}\"", "../".repeat(page.matches('/').count()));
            let is_named = |tag: &str| {
                tag.starts_with("link ")
                    && [r#"rel="alternate""#, &format!("type=\"{}\"", format.media_type()), &href]
                        .iter()
                        .all(|part| tag.contains(part))
            };
            assert!(html.split('<').filter_map(|rest| rest.split('>').next()).any(is_named), "{page} does not name {feed}");
        }
    }
    assert!(n_authors > 0);
}

fn digest(path: &str, rows: &[(&str, &str)]) -> Reading {
    let rows: String = rows.iter().map(|(title, url)| format!("| {title} | [PDF]({url}) |\n")).collect();
    let text = format!("| Title | PDF |\n|---|---|\n{rows}");
    read(InputFile { path: path.into(), bytes: text.into_bytes(), modified: None }, &ReadOptions::default())
}

/// The ids of all items of all feeds by title, and the addresses that they lead to, without the base URL.
fn names(readings: Vec<Reading>, base_url: &str) -> BTreeMap<(String, String), String> {
    let mut options = options(&[("graph", "graph")]);
    options.info.base_url = Some(base_url.to_owned());
    let site = site(readings, &options);
    let theme = Theme::default("zh").expect("the default theme loads");
    let mut names = BTreeMap::new();
    for channel in [Channel::Days, Channel::Entries, Channel::Source("hn".into()), Channel::Watch("graph".into())] {
        for (route, bytes) in documents(&site, &theme, &channel) {
            if let Ok(feed) = serde_json::from_slice::<Value>(&bytes) {
                for item in feed["items"].as_array().expect("items") {
                    let text = |key: &str| item[key].as_str().expect(key).to_owned();
                    let title = text("title").split(" · ").next().unwrap_or_default().to_owned();
                    names.insert((route.path(), title), format!("{} {}", text("id"), text("url").trim_start_matches(base_url)));
                }
            }
        }
    }
    names
}

#[test]
fn ids_and_addresses_never_change() {
    let (a, b, c) = (
        ("A graph", "https://arxiv.org/abs/2511.00001v1"),
        ("B graph", "https://example.org/b"),
        ("C graph", "https://arxiv.org/abs/2511.00003"),
    );
    let before = names(vec![digest("2025-11-03-hn.md", &[a, b]), digest("2025-11-04-hn.md", &[c])], "https://example.org/");
    assert!(before.len() >= 9, "{before:?}");
    let holds = |what: &str, after: BTreeMap<(String, String), String>| {
        for (name, id) in &before {
            assert_eq!(after.get(name), Some(id), "{what}: {name:?}");
        }
    };
    let new_day = digest("2025-11-05-hn.md", &[("D graph", "https://arxiv.org/abs/2511.00004")]);
    holds(
        "a new day",
        names(vec![new_day, digest("2025-11-03-hn.md", &[a, b]), digest("2025-11-04-hn.md", &[c])], "https://example.org/"),
    );
    holds(
        "files in another order",
        names(vec![digest("2025-11-04-hn.md", &[c]), digest("2025-11-03-hn.md", &[a, b])], "https://example.org/"),
    );
    holds(
        "rows in another order",
        names(vec![digest("2025-11-03-hn.md", &[b, a]), digest("2025-11-04-hn.md", &[c])], "https://example.org/"),
    );
    holds(
        "another address",
        names(vec![digest("2025-11-03-hn.md", &[a, b]), digest("2025-11-04-hn.md", &[c])], "https://other.example/repo/"),
    );
    let newer = ("A graph", "https://arxiv.org/abs/2511.00001v2");
    holds(
        "a new version",
        names(vec![digest("2025-11-03-hn.md", &[newer, b]), digest("2025-11-04-hn.md", &[c])], "https://example.org/"),
    );
    let again = digest("2025-11-04-hn.md", &[c, newer]);
    holds("a version seen again", names(vec![digest("2025-11-03-hn.md", &[a, b]), again], "https://example.org/"));
}

#[test]
fn archives_never_change_once_they_are_there() {
    let row = |n: usize| (format!("Graph {n}"), format!("https://arxiv.org/abs/2511.{n:05}"));
    let days: Vec<String> = (1..=12).flat_map(|month| [3, 17].map(|day| format!("2025-{month:02}-{day:02}"))).collect();
    let reading = |(n, day): (usize, &String)| {
        let (title, url) = row(n + 1);
        digest(&format!("{day}-hn.md"), &[(&title, &url)])
    };
    let documents = |n: usize| {
        let mut options = options(&[("graph", "graph")]);
        options.info.publish.feed_days = 3;
        all_documents(&site(days.iter().take(n).enumerate().map(reading).collect(), &options))
    };
    let mut known: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for n in 1..=days.len() {
        let now = documents(n);
        for (path, bytes) in &known {
            assert!(now.get(path).is_some_and(|(now, _)| now == bytes), "{path} changed with day {n}");
        }
        known.extend(now.into_iter().filter(|(path, _)| path.contains("/archive/")).map(|(path, (bytes, _))| (path, bytes)));
        let (ids, _) = walk(&documents(n), &Channel::Watch("graph".into()));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), n);
    }
    assert!(known.len() >= 27, "{} archives", known.len());
}

#[test]
fn large_digests_stay_below_the_limit() {
    let long = "graph ".repeat(200);
    let rows: Vec<(String, String)> =
        (0..3000).map(|n| (format!("{n} {long} & <b> \"x\""), format!("https://example.org/{n}?a=1&b=2"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(title, url)| (title.as_str(), url.as_str())).collect();
    let site =
        site(vec![digest("2025-11-03-hn.md", &rows), digest("2025-11-04-hn.md", &rows[..1])], &options(&[("graph", "graph")]));
    let documents = all_documents(&site);
    let (ids, n) = walk(&documents, &Channel::Watch("graph".into()));
    assert_eq!(ids.len(), 3000);
    assert!(n > 2, "{n} documents");
}

#[test]
fn an_archive_is_where_it_was_when_the_site_moves() {
    let long = "graph ".repeat(60);
    let rows: Vec<(String, String)> = (0..2000).map(|n| (format!("{n} {long}"), format!("https://example.org/{n}"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(title, url)| (title.as_str(), url.as_str())).collect();
    let theme = Theme::default("zh").expect("the default theme loads");
    let addresses = |base_url: Option<String>| {
        let mut options = options(&[("graph", "graph")]);
        options.info.base_url = base_url;
        let site = site(vec![digest("2025-11-03-hn.md", &rows)], &options);
        let documents = documents(&site, &theme, &Channel::Watch("graph".into()));
        assert!(documents.iter().all(|(_, bytes)| bytes.len() <= MAX_BYTES));
        documents.into_iter().map(|(route, _)| route.path()).collect::<Vec<_>>()
    };
    let before = addresses(None);
    assert!(before.len() > 4, "{before:?}");
    assert_eq!(addresses(Some(BASE.to_owned())), before);
    assert_eq!(addresses(Some(format!("https://example.org/{}/", "a".repeat(160)))), before);
}

#[test]
fn the_newest_items_have_their_whole_text() {
    let rows: String = (0..900)
        .map(|n| {
            format!(
                "| Graph {n} | Jane Roe | {} | [PDF](https://example.org/{n}) |\n",
                "of which there is much to tell ".repeat(40)
            )
        })
        .collect();
    let text = format!("| Title | Authors | Abstract | PDF |\n|---|---|---|---|\n{rows}");
    let input = InputFile { path: "2025-11-03-hn.md".into(), bytes: text.into_bytes(), modified: None };
    let site = site(vec![read(input, &ReadOptions::default())], &options(&[("graph", "graph")]));
    let all = all_documents(&site);
    for channel in [Channel::Entries, Channel::Watch("graph".into())] {
        let path = Route::Feed(channel, FeedFormat::Json).path();
        let feed: Value = serde_json::from_slice(&all[&path].0).expect("JSON");
        let told: Vec<bool> = feed["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|item| item["content_html"].to_string().contains("much to tell"))
            .collect();
        let n_whole = told.iter().take_while(|told| **told).count();
        assert!(n_whole > 100 && n_whole < told.len() && !told[n_whole..].contains(&true), "{path}: {n_whole} of {}", told.len());
    }
}

#[test]
fn feeds_of_watchlists_bear_their_names() {
    let rows = "| Title | PDF |\n|---|---|\n| Graphs | [PDF](https://arxiv.org/pdf/2511.00001v1) |\n\
        | Robots | [PDF](https://arxiv.org/pdf/2511.00002v1) |\n";
    let input = InputFile { path: "2025-11-03-hn.md".into(), bytes: rows.into(), modified: None };
    let settings = "base_url = \"https://example.org/\"\n[[watch]]\nname = \"On graphs\"\nquery = \"graphs\"\n\
        [[watch]]\nname = \"On robots\"\nquery = \"robots\"\n";
    let config = config::read("site.toml", settings).expect("valid settings");
    let mut joined = join(vec![read(input, &ReadOptions::default())], &config.join);
    search::fill_watches(&mut joined.site);
    let files = artifacts(&joined);
    for (slug, name) in [("on-graphs", "On graphs"), ("on-robots", "On robots")] {
        let feed = feed_rs::parser::parse(files[&format!("feeds/watch/{slug}/atom.xml")].as_slice()).expect("a feed");
        let title = feed.title.map(|title| title.content).unwrap_or_default();
        assert!(title.contains(name), "{title}");
    }
}

#[test]
fn what_the_owner_hides_is_nowhere() {
    let rows = "| Title | Authors | PDF |\n|---|---|---|\n\
        | Secret graph | Jane Roe; John Doe | [PDF](https://arxiv.org/pdf/2511.00001v1) |\n\
        | Open graph | Roe, Jane; John Doe | [PDF](https://arxiv.org/pdf/2511.00002v1) |\n\
        | Third graph | JANE ROE | [PDF](https://example.org/advertisement?utm_source=x) |\n\
        | Fourth graph | | [PDF](https://arxiv.org/pdf/2511.00004v1) [more](https://example.org/advertisement) |\n";
    let input = InputFile { path: "2025-11-03-hn.md".into(), bytes: rows.into(), modified: None };
    let reading = read(input, &ReadOptions::default());
    let settings = "[[hide]]\nwork = \"https://arxiv.org/abs/2511.00001v3\"\n[[hide]]\nauthor = \"Jane Roe\"\n\
        [[hide]]\nauthor = \"Roe, Jane\"\n[[hide]]\nlink = \"https://example.org/advertisement\"\n[[hide]]\nwork = \"doi:10.1101/nothing\"\n\
        [[watch]]\nname = \"graph\"\nquery = \"graph\"\n[[redirect]]\nfrom = \"old/{year}{month}{day}\"\nto = \"{year}/{month}/{day}.html\"\n";
    let config = config::read("site.toml", settings).expect("valid settings");
    let mut readings = vec![reading];
    let unused = hide(&mut readings, &config.hide);
    assert_eq!(unused.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["hides-nothing"]);
    let mut joined = join(readings, &config.join);
    search::fill_watches(&mut joined.site);
    assert!(joined.ledger.closes() && joined.ledger.hidden == 1 && joined.ledger.entries == 3, "{:?}", joined.ledger);
    assert_eq!(joined.findings.counts.get("hidden").map(|found| found.1), Some(1));
    assert_eq!(joined.site.watches[0].entries.len(), 3);
    let ids = joined.site.digests[0].digest.entries.iter().map(|entry| entry.id.as_ref().map(ToString::to_string));
    assert_eq!(ids.collect::<Vec<_>>(), [Some("arxiv:2511.00002".to_owned()), None, Some("arxiv:2511.00004".to_owned())]);
    let files = artifacts(&joined);
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for hidden in ["secret", "2511.00001", "jane", "advertisement"] {
            assert!(path.starts_with("assets/") || !text.contains(hidden), "{path} has `{hidden}`");
        }
    }
    let texts = search::scan(&joined.site, &[search::parse("secret "), search::parse("author:roe "), search::parse("graph ")]);
    assert_eq!(texts.iter().map(Vec::len).collect::<Vec<_>>(), [0, 0, 3]);
    let moved = String::from_utf8_lossy(&files["old/20251103/index.html"]).into_owned();
    assert!(moved.contains("url=../../2025/11/03.html\"") && moved.contains("noindex"), "{moved}");
}
