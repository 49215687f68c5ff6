//! RSS 2.0, RSS 1.0 (RDF) and Atom (RFC 4287), kept as archives: each item is a record.

use super::{Node, Tree, Value};
use crate::parse::claim::Document;
use crate::parse::markup;
use crate::text::Span;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Reads a text that begins as a feed.
pub(super) fn read<'a>(document: &Document<'a>) -> Option<Tree<'a>> {
    let text = document.text;
    let start = text.trim_start();
    let head = &start[..start.floor_char_boundary(2000)];
    let is_feed = start.starts_with('<') && ["<rss", "<feed", "<rdf:RDF", "<channel"].iter().any(|root| head.contains(root));
    is_feed.then(|| Feed::new(text).read())
}

/// Elements of an item by the key under which their text is a record's: element, key.
const KEYS: &[(&str, &str)] = &[
    ("title", "title"),
    ("link", "link"),
    ("description", "summary"),
    ("summary", "summary"),
    ("content", "content"),
    ("encoded", "content"),
    ("pubDate", "published"),
    ("published", "published"),
    ("updated", "updated"),
    ("date", "published"),
    ("creator", "authors"),
    ("author", "authors"),
    ("name", "authors"),
    ("category", "tags"),
    ("subject", "tags"),
    ("comments", "discussion"),
    ("guid", "guid"),
    ("id", "guid"),
    ("doi", "doi"),
    ("source", "source"),
    ("duration", "duration"),
    ("episode", "episode number"),
    ("season", "season"),
    ("comment", "comment"),
    ("journal_ref", "journal_ref"),
];

/// The element whose text is collected.
struct Open {
    /// Its name without a namespace.
    element: String,
    key: &'static str,
    text: String,
    /// True once an element began inside of it, such as a paragraph of XHTML: its text is HTML from there on.
    is_markup: bool,
}

struct Feed<'a> {
    text: &'a str,
    tree: Tree<'a>,
    heading: Option<String>,
    items: Vec<Node<'a>>,
    /// The item that is open: where it began, and its values.
    item: Option<(usize, Vec<(&'static str, String)>)>,
    open: Option<Open>,
}

impl Open {
    fn of(element: &str, key: &'static str) -> Open {
        Open { element: element.to_owned(), key, text: String::new(), is_markup: false }
    }
}

impl<'a> Feed<'a> {
    fn new(text: &'a str) -> Feed<'a> {
        Feed { text, tree: Tree::default(), heading: None, items: Vec::new(), item: None, open: None }
    }

    fn read(mut self) -> Tree<'a> {
        let mut reader = Reader::from_str(self.text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event() {
                Ok(Event::Start(tag)) if self.is_inside(local(tag.name().as_ref())) => self.collect_tag("<", &tag),
                Ok(Event::Empty(tag)) if self.is_inside(local(tag.name().as_ref())) => self.collect_tag("<", &tag),
                Ok(Event::End(tag)) if self.is_inside(local(tag.name().as_ref())) => self.collect_tag("</", &tag),
                Ok(Event::Start(tag)) => self.start(&tag, at, false),
                Ok(Event::Empty(tag)) => self.start(&tag, at, true),
                Ok(Event::End(tag)) => {
                    let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                    self.end(local(tag.name().as_ref()), end);
                }
                Ok(Event::Text(text)) => self.collect(&text),
                Ok(Event::CData(text)) => self.collect(&text),
                Ok(Event::GeneralRef(reference)) => {
                    let name: &str = &reference;
                    let is_markup = self.open.as_ref().is_some_and(|open| open.is_markup);
                    let meant = markup::entity(name).filter(|_| !is_markup);
                    self.collect(&meant.unwrap_or_else(|| format!("&{name};")));
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => {
                    // What is left cannot be read; the items before it stand.
                    let at = usize::try_from(reader.error_position()).unwrap_or(0).min(self.text.len());
                    self.tree.broken.push(Span::new(at, self.text.len()));
                    break;
                }
            }
        }
        let end = self.text.len();
        self.finish_item(end);
        let heading = self.heading.map(|heading| ("title".into(), Node { value: Value::Text(heading.into()), start: 0, end: 0 }));
        let items = ("items".into(), Node { value: Value::List(self.items), start: 0, end });
        let pairs = heading.into_iter().chain([items]).collect();
        self.tree.roots.push(Node { value: Value::Map(pairs), start: 0, end });
        self.tree
    }

    /// True for an element that is markup in the text that is collected, and no field.
    fn is_inside(&self, name: &str) -> bool {
        let is_field = || matches!(name, "item" | "entry") || KEYS.iter().any(|(element, _)| *element == name);
        self.open.as_ref().is_some_and(|open| open.element != name && matches!(open.key, "title" | "summary" | "content"))
            && !is_field()
    }

    /// Adds a tag, without its namespace, to the text that is collected.
    fn collect_tag(&mut self, begin: &str, tag: &str) {
        let bare =
            tag.split_once(':').filter(|(space, _)| space.bytes().all(|b| b.is_ascii_alphanumeric())).map_or(tag, |(_, tag)| tag);
        if let Some(open) = &mut self.open {
            open.is_markup = true;
            for part in [begin, bare, ">"] {
                open.text.push_str(part);
            }
        }
    }

    fn start(&mut self, tag: &BytesStart, at: usize, is_empty: bool) {
        let name = tag.name();
        let name = local(name.as_ref());
        if matches!(name, "item" | "entry") {
            self.finish_item(at);
            self.item = Some((at, Vec::new()));
            return;
        }
        let Some((_, pairs)) = &mut self.item else {
            let titles = name == "title" && self.heading.is_none();
            self.open = titles.then(|| Open::of(name, "title"));
            return;
        };
        let attribute = |wanted: &str| {
            let found = tag.attributes().with_checks(false).flatten().find(|attribute| local(attribute.key.as_ref()) == wanted);
            found.map(|attribute| markup::unescaped(&attribute.value).into_owned())
        };
        match (name, attribute("href").or_else(|| attribute("term"))) {
            ("link", Some(url)) => {
                let words = attribute("title").or_else(|| attribute("rel")).unwrap_or_default();
                let key = match words.as_str() {
                    "pdf" => "pdf",
                    "replies" => "discussion",
                    "self" | "edit" => return,
                    "enclosure" => "enclosure",
                    "doi" => "doi",
                    _ => "link",
                };
                pairs.push((key, url));
            }
            ("category", Some(term)) => pairs.push(("tags", term)),
            ("enclosure", None) => pairs.extend(attribute("url").map(|url| ("enclosure", url))),
            _ => {
                if let Some((_, key)) = KEYS.iter().find(|(element, _)| *element == name).filter(|_| !is_empty) {
                    self.open = Some(Open::of(name, key));
                }
            }
        }
    }

    fn collect(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        if matches!(name, "item" | "entry") {
            self.finish_item(at);
            return;
        }
        let Some(Open { key, text, .. }) = self.open.take().filter(|open| !open.text.trim().is_empty()) else { return };
        let text = text.trim().to_owned();
        match &mut self.item {
            Some((_, pairs)) => pairs.push((key, text)),
            None if key == "title" => self.heading = Some(markup::inline(&text)),
            None => {}
        }
    }

    fn finish_item(&mut self, end: usize) {
        let Some((start, pairs)) = self.item.take() else { return };
        let has_link = pairs.iter().any(|(key, _)| *key == "link");
        let mut values: Vec<(Cow<'a, str>, Node<'a>)> = Vec::with_capacity(pairs.len());
        let mut lists: [(&str, Vec<Node<'a>>); 2] = [("authors", Vec::new()), ("tags", Vec::new())];
        let several = |key: &str| pairs.iter().filter(|(other, _)| *other == key).count() > 1;
        let node = |text: String| Node { value: Value::Text(text.into()), start, end };
        let (several_authors, several_tags) = (several("authors"), several("tags"));
        for (key, text) in pairs {
            match key {
                "authors" if several_authors => lists[0].1.push(node(text)),
                "tags" if several_tags => lists[1].1.push(node(text)),
                "guid" if has_link || !text.contains("://") => {}
                "guid" => values.push(("link".into(), node(text))),
                "title" => values.push((key.into(), node(markup::inline(&text)))),
                "summary" | "content" => values.push((key.into(), node(markup::markdown(&text)))),
                _ => values.push((key.into(), node(text))),
            }
        }
        for (key, nodes) in lists.into_iter().filter(|(_, nodes)| !nodes.is_empty()) {
            values.push((key.into(), Node { value: Value::List(nodes), start, end }));
        }
        self.items.push(Node { value: Value::Map(values), start, end });
    }
}

/// A name without its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
