//! Which values of a tree are entries, and what their names mean.
//!
//! A map with a title or an address and something more is a record. Maps and lists around records are sections: their keys name
//! days, topics or ids, their other texts say what the file is.

use super::{Node, Tree, Value, frames};
use crate::diagnostic::report;
use crate::model::{Day, Entry, WorkId, source};
use crate::parse::claim::{Claim, Document, Mark};
use crate::parse::fields::Draft;
use crate::parse::lexicon::{Field, Form, is_absent, look_up};
use crate::parse::value::{self, epoch_day, is_url};
use crate::parse::{date, link, outline, row, table};
use crate::text::{Span, is_cjk, single_spaced};
use std::borrow::Cow;
use std::collections::HashMap;

/// Makes a claim of the records of a tree.
pub(super) fn claim(dialect: &'static str, mut tree: Tree, document: &Document) -> Claim {
    tree.roots.retain(|root| root.value != Value::Null);
    tree.roots = tree.roots.into_iter().map(frames::as_records).collect();
    let mut reader = Reader::new(dialect, document);
    reader.cuts = tree.cuts.iter().map(|cut| cut.start).collect();
    match tree.roots.as_slice() {
        [root] => reader.walk(root, &Place { root: true, ..Place::default() }),
        roots => reader.walk_all(roots, &Place::default()),
    }
    let Reader { mut claim, linked, .. } = reader;
    claim.weak = !linked;
    for line in 0..document.lines.len() {
        if claim.marks.get(line) == Mark::Stray {
            claim.marks.set(line..line + 1, Mark::Structure);
        }
    }
    // A value that was cut off is lost if too little of it was left to be a record.
    let is_read = |cut: &Span| claim.listed.iter().any(|one| one.entry.span.start <= cut.start && cut.start < one.entry.span.end);
    let lost: Vec<Span> = tree.cuts.iter().filter(|cut| !is_read(cut)).copied().collect();
    for span in tree.broken.iter().chain(&lost) {
        claim.rows += 1;
        claim.reject(lines_of(document, *span));
        claim.note(*span, report::record_broken());
    }
    for span in &tree.folded {
        claim.note(*span, report::alias_not_unfolded());
    }
    if tree.lenient
        && let Some(first) = document.lines.first()
    {
        claim.note(Span::new(first.start, first.end()), report::not_quite_json());
    }
    claim
}

/// The entry that one map describes, if it has a link, an id or authors, or if it is `known` to.
pub(super) fn entry(node: &Node, document: &Document, known: bool) -> Option<Draft> {
    let Value::Map(pairs) = &node.value else { return None };
    let mut reader = Reader::new("", document);
    let says = |field: Field| matches!(field, Field::Authors | Field::Link | Field::AbstractLink | Field::Pdf | Field::Id);
    let names = pairs.iter().any(|(key, node)| {
        let field = reader.field(key);
        let address = |text: &str| link::is_web(text) && field == Field::Source;
        match &node.value {
            Value::Text(text) => {
                !is_absent(text) && (says(field) && (field != Field::Id || WorkId::parse(text).is_some()) || address(text))
            }
            Value::List(nodes) => says(field) && !nodes.is_empty(),
            _ => false,
        }
    });
    if !names && !known {
        return None;
    }
    Some(reader.draft(pairs))
}

/// Drops from front matter where the page itself is to be published: no work is found there.
pub(super) fn drop_own_address(node: &mut Node) {
    let Value::Map(pairs) = &mut node.value else { return };
    let is_path = |node: &Node| matches!(&node.value, Value::Text(path) if path.starts_with('/') && !path.starts_with("//"));
    pairs.retain(|(key, node)| match key.to_lowercase().as_str() {
        "permalink" => false,
        "url" => !is_path(node),
        _ => true,
    });
}

/// The lists of maps of a map that stand under keys of entries, and nothing else of it; none if there are none.
pub(super) fn lists_of(node: Node) -> Option<Node> {
    let Value::Map(mut pairs) = node.value else { return None };
    let is_map = |node: &Node| matches!(node.value, Value::Map(_));
    pairs.retain(|(key, node)| {
        LISTS.contains(&folded(key).as_str())
            && matches!(&node.value, Value::List(nodes) if nodes.len() > 1 && nodes.iter().all(is_map))
    });
    (!pairs.is_empty()).then_some(Node { value: Value::Map(pairs), ..node })
}

/// The lines that a span touches, as indices of the document's.
fn lines_of(document: &Document, span: Span) -> std::ops::Range<usize> {
    let first = document.lines.partition_point(|line| line.start <= span.start as usize).saturating_sub(1);
    let last = document.lines.partition_point(|line| line.start < span.end as usize);
    first..last.max(first + 1).min(document.lines.len())
}

/// Where a value stands among others.
#[derive(Debug, Clone, Default)]
struct Place<'n> {
    /// True for the one value at the top, whose texts speak of the file.
    root: bool,
    section: Option<&'n str>,
    day: Option<Day>,
    /// The key it stands under.
    key: Option<&'n str>,
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    claim: Claim,
    /// What keys mean, looked up once each.
    names: HashMap<String, Field>,
    /// True once a record has a link or an id.
    linked: bool,
    /// Addresses of the record that is read which are made for programs, and their names.
    for_programs: Vec<(String, String)>,
    /// Addresses and their words in the maps that the record lists beside its own.
    told: Vec<(String, String)>,
    /// Where maps begin that were cut off, in the order of the text.
    cuts: Vec<u32>,
}

/// Keys that name lists of entries and no topic, folded.
const LISTS: &[&str] = &[
    "papers",
    "paper",
    "article",
    "story",
    "repo",
    "project",
    "post",
    "work",
    "record",
    "items",
    "entries",
    "data",
    "results",
    "articles",
    "list",
    "records",
    "posts",
    "stories",
    "repos",
    "repositories",
    "projects",
    "news",
    "content",
    "contents",
    "feed",
    "channel",
    "documents",
    "hits",
    "rows",
    "works",
    "children",
    "node",
    "nodes",
    "edges",
    "论文",
    "文章",
    "列表",
    "数据",
    "all",
    "root",
    "entry",
    "item",
    "rss",
    "digest",
    "payload",
    "response",
    "output",
];

/// Keys of texts that introduce a whole file.
const PREFACES: &[&str] =
    &["summary", "overview", "description", "intro", "introduction", "摘要", "总结", "概述", "editorial", "subtitle"];

/// Parts of the keys of lists that a work refers to, in lower case.
const REFERENCES: &[&str] = &["reference", "citation", "related", "参考", "引用", "相关"];

/// Parts of the keys of lists that a work is told by, in lower case.
const SOURCES: &[&str] = &["source", "urls", "来源"];

/// Keys of lists whose sentences are entries, folded.
const HEADLINES: &[&str] = &[
    "news",
    "headlines",
    "headline",
    "stories",
    "newslist",
    "topnews",
    "briefs",
    "新闻",
    "头条",
    "要闻",
    "快讯",
    "简报",
    "新聞",
    "頭條",
    "快訊",
];

/// Keys of lists that group or arrange entries, folded.
const GROUPS: &[&str] = &[
    "sections",
    "sources",
    "topics",
    "groups",
    "config",
    "settings",
    "menu",
    "toc",
    "outline",
    "feeds",
    "charts",
    "figures",
    "stats",
    "statistics",
    "columns",
    "fields",
    "目录",
    "图表",
    "来源",
];

/// Keys that name people, sections and programs as well as works, in lower case.
const NAMES: &[&str] = &["name", "名称", "item", "entry", "question", "product", "产品", "词条"];

/// Keys whose addresses are those of what a record tells of, though the words mean more than links elsewhere.
const HOMES: &[&str] = &["blog", "profile", "profile_url", "profileUrl"];

/// Keys of lists of works in what tells of a board or a feed as a whole, folded.
const CONTAINERS: &[&str] = &["data", "items", "list", "entries", "entry", "results", "hits", "rows"];

/// Keys of maps that tell of a feed or a site as a whole where they stand beside its works, folded.
const HEADS: &[&str] = &["feed", "channel", "meta", "info", "source", "author", "site", "publisher"];

/// Keys of titles of what a record belongs to, which are its own only where there is no other, in lower case.
const LAST_TITLES: &[&str] = &["podcast", "product", "产品", "tag_name", "tagname"];

/// Keys under which a text is wrapped in a map, and those of what may stand beside it.
const WRAPPERS: &[&str] = &["rendered", "label", "#text", "_text", "$t"];
const BESIDE_WRAPPED: &[&str] = &["attributes", "protected", "$", "type"];

/// Records that show by their titles alone have no more keys.
const MAX_ALIKE: usize = 16;

/// A headline has so many words, or so many signs of a script without blanks between words.
const HEADLINE_WORDS: usize = 3;
const HEADLINE_SIGNS: usize = 8;

/// A summary that is a title is no longer, in bytes.
const MAX_SUBJECT: usize = 160;

/// The first values of a list show what it holds.
const FIRST: usize = 3;

/// The rank of what is no title, which comes after all that is one.
const NO_TITLE: usize = 5;

/// Records are looked for so many lists below a map.
const MAX_LEVELS: usize = 3;

impl<'d, 'a> Reader<'d, 'a> {
    fn new(dialect: &'static str, document: &'d Document<'a>) -> Reader<'d, 'a> {
        let claim = Claim::new(dialect, document);
        Reader {
            document,
            claim,
            names: HashMap::new(),
            linked: false,
            for_programs: Vec::new(),
            told: Vec::new(),
            cuts: Vec::new(),
        }
    }

    fn field(&mut self, key: &str) -> Field {
        if let Some(field) = self.names.get(key) {
            return *field;
        }
        let field = row::named(key, &self.document.columns)
            .or_else(|| look_up(&spaced(key)).map(|meaning| meaning.field))
            // `dc:creator` is a creator.
            .or_else(|| look_up(&spaced(key.rsplit_once(':')?.1)).map(|meaning| meaning.field))
            .or_else(|| HOMES.contains(&key).then_some(Field::Link))
            .unwrap_or(Field::Unknown);
        self.names.insert(key.to_owned(), field);
        field
    }

    fn walk<'n>(&mut self, node: &'n Node, place: &Place<'n>) {
        match &node.value {
            Value::Null | Value::Text(_) => {}
            Value::List(nodes) => self.walk_all(nodes, &Place { root: false, ..place.clone() }),
            Value::Map(pairs) if self.is_record(pairs, place.root) => self.record(node, pairs, place),
            Value::Map(pairs) => self.section(pairs, place),
        }
    }

    /// Values side by side. One that says nothing but a title or an address is an entry where those beside it are, unless it lost the rest.
    fn walk_all<'n>(&mut self, nodes: &'n [Node], place: &Place<'n>) {
        let is_record =
            |reader: &mut Self, node: &Node| matches!(&node.value, Value::Map(pairs) if reader.is_record(pairs, false));
        let are_records = nodes.iter().any(|node| is_record(self, node)) || self.are_titled_alike(nodes, place.key);
        for node in nodes {
            let is_whole = self.cuts.binary_search(&Span::new(node.start, node.end).start).is_err();
            match &node.value {
                Value::Map(pairs) if is_whole && are_records && self.names_little(pairs) && holds_no_maps(pairs) => {
                    self.record(node, pairs, place)
                }
                _ => self.walk(node, place),
            }
        }
    }

    /// True for two and more maps with a title each and the same keys, such as `{"title": …, "platform": …}`. Sections of a file and the
    /// settings of a program look alike, but are called by names, or stand under a key that says so.
    fn are_titled_alike(&mut self, nodes: &[Node], key: Option<&str>) -> bool {
        let [Node { value: Value::Map(first), .. }, _, ..] = nodes else { return false };
        if first.len() > MAX_ALIKE || key.is_some_and(|key| GROUPS.contains(&folded(key).as_str()) || is_list_of_fields(key)) {
            return false;
        }
        let is_title = |reader: &mut Self, (key, node): &(Cow<str>, Node)| {
            reader.field(key) == Field::Title && !NAMES.contains(&key.to_lowercase().as_str()) && is_words(node)
        };
        nodes.iter().all(|node| {
            let Value::Map(pairs) = &node.value else { return false };
            let are_same = pairs.len() == first.len() && pairs.iter().all(|(key, _)| first.iter().any(|(known, _)| known == key));
            are_same && holds_no_maps(pairs) && pairs.iter().any(|pair| is_title(self, pair))
        })
    }

    /// True if a map has a list of sentences that are the entries, which is all that some services give. One with a title that is not the
    /// file's is a work, and tells its own news.
    fn has_headlines(&mut self, pairs: &[(Cow<str>, Node)], root: bool) -> bool {
        pairs.iter().any(|(key, node)| are_headlines(key, node)) && (root || !self.is_titled(pairs))
    }

    /// True for a map at the top that is a work with prose and with addresses that it refers to, whatever lists without addresses it
    /// holds beside them: the rules or the steps that an article gives.
    fn is_article(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        let cites = |(key, node): &(Cow<str>, Node)| {
            names_any(key, REFERENCES)
                && matches!(&node.value, Value::List(nodes) if nodes.iter().any(|node| address_in(node).is_some()))
        };
        let lists_works = |reader: &mut Self, (key, node): &(Cow<str>, Node)| {
            let Value::List(nodes) = &node.value else { return false };
            let is_linked = |node: &Node| matches!(&node.value, Value::Map(inner) if reader.names_work(inner).1);
            nodes.iter().take(FIRST).any(is_linked) || LISTS.contains(&folded(key).as_str())
        };
        let has_prose = pairs.iter().any(|(key, node)| is_text(node) && self.field(key) == Field::Summary);
        has_prose && self.is_titled(pairs) && pairs.iter().any(cites) && !pairs.iter().any(|pair| lists_works(self, pair))
    }

    /// A map with a title or an address and something more, unless it holds a list of such and has no address itself.
    /// What the value at the top (`root`) refers to are the entries of its file.
    fn is_record(&mut self, pairs: &[(Cow<str>, Node)], root: bool) -> bool {
        if self.has_headlines(pairs, root) || self.is_board(pairs, root) || self.is_group(pairs, root) {
            return false;
        }
        let (names, link) = self.names_work(pairs);
        let is_called = |reader: &mut Self| !root && reader.is_titled(pairs) || reader.has_subject(pairs);
        let names = names || is_called(self) && pairs.iter().any(|pair| self.refers(pair));
        names && (link || !self.holds_record(pairs, 0, root) || root && self.is_article(pairs))
    }

    /// True for a map with an address of its own that lists works with theirs, as services give a board or a feed:
    /// `{"title": "Board", "link": …, "data": [{"title": …, "url": …}, …]}`. One without a title may list them as the file itself does.
    fn is_board(&mut self, pairs: &[(Cow<str>, Node)], root: bool) -> bool {
        let is_titled = self.is_titled(pairs);
        pairs.iter().any(|(key, node)| {
            let Value::List(nodes) = &node.value else { return false };
            let [Node { value: Value::Map(_), .. }, _, ..] = nodes.as_slice() else { return false };
            let key = folded(key);
            let is_work = |node: &Node| matches!(&node.value, Value::Map(inner) if self.names_work(inner) == (true, true));
            let is_list = LISTS.contains(&key.as_str());
            (CONTAINERS.contains(&key.as_str()) || is_list && (root || !is_titled)) && nodes.iter().take(FIRST).all(is_work)
        })
    }

    /// True for a map that says no more than what its list of titled links is called: a section with works under `links`. What a file
    /// is about and its day say nothing of a work.
    fn is_group(&mut self, pairs: &[(Cow<str>, Node)], root: bool) -> bool {
        let lists_links = pairs.iter().any(|(key, node)| {
            matches!(&node.value, Value::List(nodes) if self.field(key).form() == Form::Link && self.are_titled_links(nodes))
        });
        lists_links
            && !pairs.iter().any(|(key, node)| match (self.field(key), &node.value) {
                (Field::Authors, _) => true,
                (Field::Summary | Field::Published, Value::Text(_)) => !root,
                (Field::Score | Field::Comment, Value::Text(_)) => true,
                (Field::Id, Value::Text(text)) => WorkId::parse(text).is_some(),
                (field, Value::Text(text)) => field.form() == Form::Link && !is_absent(text),
                _ => false,
            })
    }

    /// True for addresses with titles, of which one is more than a word such as `PDF`.
    fn are_titled_links(&mut self, nodes: &[Node]) -> bool {
        let mut is_sentence = false;
        let are_titled = nodes.iter().all(|node| {
            let Value::Map(pairs) = &node.value else { return false };
            let title = pairs.iter().find_map(|(key, node)| match &node.value {
                Value::Text(text) if self.field(key) == Field::Title => Some(text),
                _ => None,
            });
            let names_link = |title: &str| look_up(title).is_some_and(|meaning| meaning.field.form() == Form::Link);
            let Some(title) = title.filter(|title| !is_url(title) && !names_link(title)) else { return false };
            is_sentence |= title.trim().contains(' ') || title.chars().filter(|c| is_cjk(*c)).nth(3).is_some();
            address_in(node).is_some()
        });
        are_titled && is_sentence
    }

    /// True for a map with an id and a summary of a few words, which is its title then.
    fn has_subject(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        let has = |reader: &mut Self, wanted: Field| {
            pairs.iter().any(|(key, node)| {
                matches!(&node.value, Value::Text(text) if text.len() <= MAX_SUBJECT && !text.contains('\n'))
                    && is_text(node)
                    && reader.field(key) == wanted
            })
        };
        has(self, Field::Id) && has(self, Field::Summary)
    }

    /// True if a map has a title or an address.
    fn names_little(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        self.is_titled(pairs) || self.names_work(pairs).1
    }

    /// True if a map has a title.
    fn is_titled(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        pairs.iter().any(|(key, node)| self.field(key) == Field::Title && is_words(unwrapped(node)))
    }

    /// True for a list of what a work refers to or is told by: addresses, and maps with one. Under a key such as `sources`, which may name
    /// groups of entries as well, they say no more than name and address.
    fn refers(&mut self, (key, node): &(Cow<str>, Node)) -> bool {
        let Value::List(nodes) = &node.value else { return false };
        let is_related = names_any(key, REFERENCES);
        (is_related || names_any(key, SOURCES))
            && nodes.iter().any(|node| is_text(node) && !is_words(node) || address_in(node).is_some())
            && nodes.iter().all(|node| match &node.value {
                Value::Map(pairs) => address_in(node).is_some() && (is_related || self.is_reference(pairs)),
                _ => is_text(node),
            })
    }

    fn is_reference(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        let says_more = |field: Field| matches!(field, Field::Authors | Field::Summary | Field::Score | Field::Comment);
        let is_plain = |node: &Node| matches!(node.value, Value::Text(_) | Value::Null);
        pairs.iter().all(|(key, node)| is_plain(node) && !says_more(self.field(key)))
    }

    /// Whether the values of a map name a work, lists of others left out, and whether one of them is an address.
    fn names_work(&mut self, pairs: &[(Cow<str>, Node)]) -> (bool, bool) {
        let (mut title, mut link, mut more) = (false, false, false);
        for (key, node) in pairs {
            let field = self.field(key);
            match &unwrapped(node).value {
                Value::Text(text) if field == Field::Title && is_url(text) => link = true,
                Value::Text(text) if !is_absent(text) => match field {
                    Field::Title | Field::OriginalTitle => title = true,
                    _ if field.form() == Form::Link => link = true,
                    Field::Id => link |= WorkId::parse(text).is_some(),
                    Field::Authors | Field::Summary | Field::Published | Field::Tags | Field::Score | Field::Comment => {
                        more = true
                    }
                    _ => {}
                },
                Value::List(nodes) => match field {
                    Field::Authors => more = true,
                    _ if field.form() == Form::Link => link = true,
                    Field::Tags => more |= !nodes.iter().any(|node| matches!(node.value, Value::Map(_))),
                    _ => {}
                },
                Value::Map(_) if field.form() == Form::Link => link = true,
                Value::Map(map) if field == Field::Title && is_bilingual(map) => title = true,
                _ => {}
            }
        }
        (title && (link || more) || link && more, link)
    }

    /// True if a list of a map begins with maps that name works, or hold some a few levels down.
    fn holds_record(&mut self, pairs: &[(Cow<str>, Node)], depth: usize, root: bool) -> bool {
        let is_group = self.is_group(pairs, root);
        pairs.iter().any(|pair @ (key, node)| {
            let Value::List(nodes) = &node.value else { return false };
            if !root && self.refers(pair) && self.is_titled(pairs) {
                return false;
            }
            let field = self.field(key);
            let is_of_fields = matches!(field, Field::Authors | Field::Tags)
                || field.form() == Form::Link && !is_group
                || is_list_of_fields(key);
            !is_of_fields
                && nodes.iter().take(FIRST).any(|node| {
                    let Value::Map(inner) = &node.value else { return false };
                    self.names_work(inner).0 || depth < MAX_LEVELS && self.holds_record(inner, depth + 1, false)
                })
                || !is_of_fields && root && LISTS.contains(&folded(key).as_str()) && self.are_titled_alike(nodes, None)
        })
    }

    /// The values of a map that is no record: days, topics, ids by key, or a file that says what it is.
    fn section<'n>(&mut self, pairs: &'n [(Cow<'_, str>, Node)], place: &Place<'n>) {
        let (mut day, mut is_said) = (place.day, false);
        let mut name = place.section;
        for (key, node) in pairs {
            let Value::Text(text) = &node.value else { continue };
            let field = self.field(key);
            match field {
                Field::Published => {
                    let said = date::find(text).map(|(day, _)| day);
                    is_said |= said.is_some();
                    // A day in words is the one where the digest was made, which that of a clock in UTC need not be.
                    let found = said.or_else(|| epoch_day(text).filter(|_| !is_said));
                    day = found.or(day);
                    if place.root {
                        self.claim.about.day = self.claim.about.day.or(found);
                    }
                }
                Field::Title if place.root => self.claim.about.heading = Some(text.to_string()),
                Field::Title | Field::Tags | Field::Source if !place.root && text.chars().count() <= 60 => name = Some(text),
                Field::Source if place.root => self.claim.about.source = Some(text.to_string()),
                Field::Language if place.root => self.claim.about.language = Some(text.to_string()),
                Field::Summary | Field::Unknown if place.root && PREFACES.contains(&key.to_lowercase().as_str()) => {
                    let preface = self.claim.about.preface.get_or_insert_default();
                    preface.push_str(text);
                    preface.push('\n');
                }
                _ => {}
            }
        }
        let lists_works = pairs.iter().any(|pair| self.is_list_of_works(pair));
        for (key, node) in pairs {
            if let Value::Text(text) = &node.value {
                self.written(node, key, text, &Place { root: false, section: name, day, key: Some(key) });
                continue;
            }
            if node.value == Value::Null || lists_works && self.is_head(key, node, place.root) {
                continue;
            }
            let of_key = if key.len() <= 40 { date::find(key).map(|(day, _)| day) } else { None };
            let is_topic = of_key.is_none()
                && !LISTS.contains(&folded(key).as_str())
                && self.field(key).form() != Form::Link
                && WorkId::parse(key).is_none()
                && !key.bytes().all(|b| b.is_ascii_digit());
            let is_entry = matches!(&node.value, Value::Map(inner) if self.is_record(inner, false));
            let section = if is_topic && !is_entry { Some(key.as_ref()) } else { name };
            let place = Place { root: false, section, day: of_key.or(day), key: Some(key) };
            match &node.value {
                Value::List(nodes) if are_headlines(key, node) => {
                    nodes.iter().filter(|node| is_text(node)).for_each(|node| self.headline(node, key, &place));
                }
                _ => self.walk(node, &place),
            }
        }
    }

    /// True for a list that holds works under a key that says no more.
    fn is_list_of_works(&mut self, (key, node): &(Cow<str>, Node)) -> bool {
        let Value::List(nodes) = &node.value else { return false };
        let is_work = |node: &Node| matches!(&node.value, Value::Map(inner) if self.names_work(inner).0);
        nodes.iter().take(FIRST).any(is_work) && LISTS.contains(&folded(key).as_str())
    }

    /// Takes what is told of a feed or a site beside its works, or of its authors; false if it is something else.
    fn is_head(&mut self, key: &str, node: &Node, root: bool) -> bool {
        let Value::Map(pairs) = &node.value else {
            return matches!(node.value, Value::List(_)) && self.field(key) == Field::Authors;
        };
        if !HEADS.contains(&folded(key).as_str()) || self.holds_record(pairs, 0, false) {
            return false;
        }
        if root && self.claim.about.heading.is_none() && matches!(folded(key).as_str(), "feed" | "channel") {
            self.claim.about.heading = self.text_of(node, Field::Title).map(str::to_owned);
        }
        true
    }

    /// An entry that is a sentence of a list.
    fn headline(&mut self, node: &Node, key: &str, place: &Place) {
        let Value::Text(text) = &node.value else { return };
        let mut draft = Draft::default();
        value::fill(&mut draft, Field::Title, key, text);
        self.claim.found(Field::Title);
        self.add(draft.finish(), node, place);
    }

    /// An entry that is a line of Markdown under its id: `"2511.10648": "|**2025-11-13**|**Title**|…|"`.
    fn written(&mut self, node: &Node, key: &str, text: &str, place: &Place) {
        let line = text.trim();
        if !line.starts_with(['|', '-', '*']) || WorkId::parse(key).is_none() || line.contains('\n') {
            return;
        }
        let cells = table::cells_of(line);
        let entry = match line.strip_prefix('|') {
            Some(_) => row::columns_of(&cells).and_then(|columns| row::entry(&columns, &cells, true)),
            None => outline::item(line).finish(),
        };
        self.add(entry, node, place);
    }

    fn record<'n>(&mut self, node: &Node, pairs: &'n [(Cow<'_, str>, Node)], place: &Place<'n>) {
        let mut draft = self.draft(pairs);
        let told = std::mem::take(&mut self.told);
        if !told.is_empty() {
            draft.settle_id();
        }
        told.iter().for_each(|(url, words)| draft.reference(url, words));
        draft.title_from_summary();
        // An entry that is named by its key: `{"2511.10648": {"title": …}}`.
        if draft.entry.id.is_none()
            && let Some(key) = place.key.filter(|key| WorkId::parse(key).is_some())
        {
            draft.fill(Field::Id, "id", key);
        }
        let published = draft.entry.published;
        self.add(draft.finish(), node, place);
        if place.root && self.is_article(pairs) {
            self.claim.about.day = published;
        }
    }

    fn add(&mut self, entry: Option<Entry>, node: &Node, place: &Place) {
        let span = Span::new(node.start, node.end);
        let lines = lines_of(self.document, span);
        self.claim.rows += 1;
        let Some(mut entry) = entry else {
            self.claim.reject(lines);
            self.claim.note(span, report::unit_rejected());
            return;
        };
        if entry.title.is_none() {
            self.claim.note(span, report::entry_without_title());
        }
        self.linked |= !entry.links.is_empty() || entry.id.is_some();
        entry.section = place.section.map(str::to_owned);
        entry.span = span;
        entry.line = self.document.lines.get(lines.start).map_or(1, |line| line.number);
        self.claim.push(entry, place.day, lines);
    }

    /// The draft of a record. What is made for programs is its link only where there is no other.
    fn draft(&mut self, pairs: &[(Cow<str>, Node)]) -> Draft {
        let mut draft = Draft::default();
        self.fill(&mut draft, pairs, "", 0);
        for (name, url) in std::mem::take(&mut self.for_programs) {
            match draft.has_page() {
                true => draft.keep(&name, &url),
                false => draft.address(Field::Link, &url),
            }
        }
        draft
    }

    /// Fills a draft from the values of a record. Values of maps inside of it come after, under both names.
    fn fill(&mut self, draft: &mut Draft, pairs: &[(Cow<str>, Node)], prefix: &str, depth: usize) {
        // `title` is the title, and a translation or a name beside it is kept under its own key.
        let rank = |reader: &mut Self, at: usize| match pairs[at].0.to_lowercase().as_str() {
            _ if reader.field(&pairs[at].0) != Field::Title || !is_words(unwrapped(&pairs[at].1)) => NO_TITLE,
            key if LAST_TITLES.contains(&key) => 4,
            "title" | "headline" | "标题" => 0,
            // Of a repository `name` is only the half.
            "full_name" | "fullname" | "full name" => 1,
            key if is_translated(key) => 3,
            _ => 2,
        };
        let ranked = (0..pairs.len()).map(|at| (rank(self, at), at)).min();
        let title = ranked.filter(|(rank, _)| *rank < NO_TITLE).map(|(_, at)| at);
        let mut inner: Vec<(String, &Node)> = Vec::new();
        let mut references: Vec<(String, &[Node])> = Vec::new();
        let mut people: Vec<(String, &Node)> = Vec::new();
        for (at, (key, node)) in pairs.iter().enumerate() {
            let node = unwrapped(node);
            let mut field = self.field(key);
            let name = if prefix.is_empty() { key.to_string() } else { format!("{prefix}.{key}") };
            if field == Field::Title && matches!(&node.value, Value::Text(text) if is_url(text)) {
                // `paper = "https://…"` is where the paper is.
                field = Field::Link;
            }
            if field == Field::Title && (draft.entry.title.is_some() || title.is_some_and(|title| title != at)) {
                field = Field::Unknown;
            }
            if field == Field::Source && !prefix.is_empty() && draft.has_extra(field.name()) {
                // What a part of the record was taken from is not where the record is from.
                field = Field::Unknown;
            }
            if field != Field::Unknown && !matches!(node.value, Value::Null) {
                self.claim.found(field);
            }
            match &node.value {
                Value::Null => {}
                Value::Text(text) if is_for_programs(text) => self.for_programs.push((name, text.trim().to_owned())),
                Value::Text(text) => value::fill(draft, field, &name, text),
                Value::Map(_) if field == Field::Authors => people.push((name, node)),
                Value::List(nodes) if field == Field::Unknown && self.refers(&pairs[at]) => references.push((name, nodes)),
                Value::List(nodes) => self.list_value(draft, field, &name, nodes),
                Value::Map(map) if field == Field::Title && is_bilingual(map) => bilingual(draft, map),
                Value::Map(map) if field == Field::Published && date_of_parts(map).is_some() => {
                    draft.fill(field, &name, &date_of_parts(map).unwrap_or_default());
                }
                Value::Map(_) => inner.push((name, node)),
            }
        }
        for (name, node) in inner {
            if let Value::Map(map) = &node.value
                && depth < 4
            {
                self.fill(draft, map, &name, depth + 1);
            }
        }
        for (name, node) in people {
            self.person(draft, &name, node);
        }
        if !references.is_empty() {
            draft.settle_id();
        }
        for (name, nodes) in references {
            // What a work is related to is not where it is found itself, unless it has no title either.
            let are_links = draft.has_page() || draft.entry.title.is_none() || !names_any(&name, REFERENCES);
            nodes.iter().for_each(|node| reference(draft, &name, node, are_links));
        }
    }

    /// Someone who is told of by a map: the author where no other is named. Pages of people are none of the work's.
    fn person(&mut self, draft: &mut Draft, name: &str, node: &Node) {
        let Value::Map(pairs) = &node.value else { return };
        let is_author = draft.entry.authors.is_empty();
        let called = self.text_of(node, Field::Authors).filter(|_| is_author);
        draft.people(&called.into_iter().collect::<Vec<_>>());
        let is_taken = |text: &str| !draft.entry.authors.is_empty() && called == Some(text);
        let facts = pairs.iter().filter_map(|(key, node)| match &node.value {
            Value::Text(text) if !is_absent(text) && !is_taken(text) => Some((format!("{name}.{key}"), text)),
            _ => None,
        });
        for (name, text) in facts.collect::<Vec<_>>() {
            draft.keep(&name, text);
        }
    }

    fn list_value(&mut self, draft: &mut Draft, field: Field, name: &str, nodes: &[Node]) {
        let texts: Vec<&str> = nodes.iter().filter_map(|node| self.text_of(node, field)).collect();
        match field {
            Field::Authors => {
                let names =
                    nodes.iter().filter_map(|node| full_name(node).or_else(|| self.text_of(node, field).map(str::to_owned)));
                let names: Vec<String> = names.collect();
                draft.people(&names.iter().map(String::as_str).collect::<Vec<_>>());
            }
            Field::Tags => texts.iter().for_each(|tag| draft.tag(tag)),
            _ if field.form() == Form::Link => {
                for node in nodes {
                    self.link_value(draft, field, name, node);
                }
            }
            Field::Unknown if nodes.iter().any(|node| matches!(node.value, Value::Map(_))) => {
                let told: Vec<String> = nodes.iter().map(|node| self.told(node)).filter(|told| !told.is_empty()).collect();
                if !told.is_empty() {
                    draft.fill(field, name, &told.join("\n"));
                }
            }
            Field::Unknown if texts.is_empty() => {}
            _ => draft.fill(field, name, &texts.join("\n")),
        }
    }

    /// What a map of a list says, on one line: the text that names it, and others behind their keys. Its addresses are links, but for
    /// those of people and of pictures.
    fn told(&mut self, node: &Node) -> String {
        let Value::Map(pairs) = &node.value else {
            return self.text_of(node, Field::Unknown).map(single_spaced).unwrap_or_default();
        };
        let names = |reader: &mut Self, key: &str| {
            matches!(reader.field(key), Field::Title | Field::Id) || matches!(key, "term" | "label" | "value")
        };
        let named = pairs.iter().find(|(key, node)| is_words(node) && names(self, key));
        let name = named.map_or("", |(_, node)| if let Value::Text(text) = &node.value { text.as_ref() } else { "" });
        let is_alone = pairs.iter().filter(|(_, node)| is_words(node) || matches!(node.value, Value::Map(_))).nth(1).is_none();
        let is_person = pairs.iter().any(|(key, _)| self.field(key) == Field::Authors);
        let mut parts: Vec<String> = Vec::new();
        let mut tell = |reader: &mut Self, key: &str, node: &Node| match &unwrapped(node).value {
            Value::Text(text) if is_absent(text) || text == name || is_for_programs(text) => {}
            Value::Text(text) if is_url(text) && (is_person || value::is_picture(key, text)) => {}
            Value::Text(text) if is_url(text) => reader.told.push((text.trim().to_owned(), name.to_owned())),
            Value::Text(text) if is_alone => parts.push(single_spaced(text)),
            Value::Text(text) => parts.push(format!("{key}: {}", single_spaced(text))),
            Value::List(nodes) => {
                let texts: Vec<&str> = nodes.iter().filter_map(|node| reader.text_of(node, Field::Id)).collect();
                if !texts.is_empty() {
                    parts.push(format!("{key}: {}", texts.join(", ")));
                }
            }
            _ => {}
        };
        for (key, node) in pairs {
            match &unwrapped(node).value {
                Value::Map(inner) => inner.iter().for_each(|(below, node)| tell(self, &format!("{key}.{below}"), node)),
                _ => tell(self, key, node),
            }
        }
        if !name.is_empty() {
            parts.insert(0, single_spaced(name));
        }
        parts.join(", ")
    }

    /// The text of an item of a list: itself, or of the value that names it.
    fn text_of<'n>(&mut self, node: &'n Node, of: Field) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text.as_ref()),
            Value::Map(pairs) => {
                let names = |field: Field| field == Field::Title || field == of;
                let named = pairs.iter().find(|(key, node)| {
                    is_text(node)
                        && (names(self.field(key))
                            || matches!(key.as_ref(), "term" | "label" | "value" | "fullname" | "login" | "display_name"))
                });
                if named.is_none()
                    && let Some(name) = self.name_inside(pairs, of)
                {
                    return Some(name);
                }
                let text = named.or_else(|| pairs.iter().find(|(_, node)| is_text(node)))?;
                if let Value::Text(text) = &text.1.value { Some(text.as_ref()) } else { None }
            }
            Value::List(nodes) => {
                // arXiv's parsed names: `["Roe", "Jane", ""]`.
                nodes.iter().find_map(|node| if let Value::Text(text) = &node.value { Some(text.as_ref()) } else { None })
            }
            Value::Null => None,
        }
    }

    /// The name in a map of a map: `{"position": "first", "author": {"name": …}}`.
    fn name_inside<'n>(&mut self, pairs: &'n [(Cow<str>, Node)], of: Field) -> Option<&'n str> {
        let inner = pairs
            .iter()
            .find(|(key, node)| of == Field::Authors && matches!(node.value, Value::Map(_)) && self.field(key) == Field::Authors);
        self.text_of(&inner?.1, of)
    }

    fn link_value(&mut self, draft: &mut Draft, field: Field, name: &str, node: &Node) {
        match (&node.value, address_in(node)) {
            (Value::Text(text), _) => value::fill(draft, field, name, text),
            (_, Some((url, words))) => draft.plain_link(url, words),
            _ => {}
        }
    }
}

/// A key in lower case, without what parts its words.
fn folded(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A value without the map that wraps it: `{"rendered": "…"}`, `{"label": "…", "attributes": {…}}`, `{"attributes": {"href": "…"}}`.
fn unwrapped<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    let Value::Map(pairs) = &node.value else { return node };
    let is_text = |node: &Node| matches!(node.value, Value::Text(_));
    if let [(key, Node { value: Value::Map(attributes), .. })] = pairs.as_slice()
        && BESIDE_WRAPPED.contains(&key.as_ref())
        && let Some((_, address)) = attributes.iter().find(|(key, node)| key == "href" && is_text(node))
    {
        return address;
    }
    let is_wrapper = |key: &str| WRAPPERS.contains(&key);
    if pairs.iter().all(|(key, _)| is_wrapper(key) || BESIDE_WRAPPED.contains(&key.as_ref()) || key.starts_with('@'))
        && let Some((_, text)) = pairs.iter().find(|(key, node)| is_wrapper(key) && is_text(node))
    {
        return text;
    }
    node
}

/// True for a name as code is known by on the site that holds it: `owner/name`.
fn is_repository(text: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    text.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name))
        && text.contains(|c: char| c.is_ascii_alphabetic())
        && WorkId::parse(text).is_none()
}

/// True for a list of two and more texts under a key that names headlines, if most of them are sentences and none is an address, or
/// under one that names a list of any works, if all are names of repositories.
fn are_headlines(key: &str, node: &Node) -> bool {
    let Value::List(nodes) = &node.value else { return false };
    let is_sentence = |node: &&Node| {
        let Value::Text(text) = &node.value else { return false };
        text.split_whitespace().nth(HEADLINE_WORDS - 1).is_some()
            || text.chars().filter(|c| is_cjk(*c)).nth(HEADLINE_SIGNS - 1).is_some()
    };
    nodes.len() > 1
        && nodes.iter().all(|node| is_words(node) || node.value == Value::Null)
        && if nodes.iter().all(|node| matches!(&node.value, Value::Text(text) if is_repository(text))) {
            LISTS.contains(&folded(key).as_str())
        } else {
            nodes.iter().filter(is_sentence).count() * 2 > nodes.len() && HEADLINES.contains(&folded(key).as_str())
        }
}

/// True for a map in which there is no other map, nor a list of some.
fn holds_no_maps(pairs: &[(Cow<str>, Node)]) -> bool {
    let is_map = |node: &Node| matches!(node.value, Value::Map(_));
    pairs.iter().all(|(_, node)| match &node.value {
        Value::List(nodes) => !nodes.iter().any(is_map),
        _ => !is_map(node),
    })
}

/// The address that a value is or names, and the words for it.
fn address_in<'n>(node: &'n Node) -> Option<(&'n str, &'n str)> {
    let pairs = match &node.value {
        Value::Text(text) => return is_url(text).then_some((text.trim(), "")),
        Value::Map(pairs) => pairs,
        _ => return None,
    };
    let url = text_under(pairs, ADDRESS_KEYS).filter(|url| link::is_web(url))?;
    Some((url, text_under(pairs, WORDS_KEYS).unwrap_or("")))
}

/// The first text of a map that stands under one of these keys.
fn text_under<'n>(pairs: &'n [(Cow<str>, Node)], keys: &[&str]) -> Option<&'n str> {
    let pair = pairs.iter().find(|(key, node)| keys.contains(&key.to_lowercase().as_str()) && is_text(node))?;
    if let Value::Text(text) = &pair.1.value { Some(text.as_ref()) } else { None }
}

/// Keys of addresses and of words for them, in maps that are links.
const ADDRESS_KEYS: &[&str] = &["href", "url", "link", "src", "uri"];
const WORDS_KEYS: &[&str] = &["title", "text", "name", "label", "type", "rel"];

/// True if a key holds one of these words, whatever its case.
fn names_any(key: &str, words: &[&str]) -> bool {
    let key = key.to_lowercase();
    words.iter().any(|word| key.contains(word))
}

/// The name of someone whose given name stands beside the family's, as in CSL-JSON
/// (<https://docs.citationstyles.org/en/stable/specification.html>).
fn full_name(node: &Node) -> Option<String> {
    let Value::Map(pairs) = &node.value else { return None };
    let parts = [&["given", "firstname", "first_name"][..], &["non-dropping-particle"], &["family", "lastname", "last_name"]];
    let family = text_under(pairs, parts[2])?;
    let before: Vec<&str> = parts[..2].iter().filter_map(|keys| text_under(pairs, keys)).collect();
    // Where all of it is Chinese, Japanese or Korean, the family comes first.
    let is_family_first = before.iter().chain([&family]).all(|part| part.chars().all(is_cjk));
    if is_family_first {
        return Some([&[family], before.as_slice()].concat().concat());
    }
    Some([before.as_slice(), &[family]].concat().join(" "))
}

/// The day or the month of `{"date-parts": [["2025", 11, 12]]}`, as CSL-JSON has it.
fn date_of_parts(pairs: &[(Cow<str>, Node)]) -> Option<String> {
    let (_, parts) = pairs.iter().find(|(key, _)| key == "date-parts")?;
    let Value::List(days) = &parts.value else { return None };
    let Value::List(numbers) = &days.first()?.value else { return None };
    let number = |node: &Node| if let Value::Text(text) = &node.value { text.trim().parse::<u16>().ok() } else { None };
    let numbers: Vec<String> = numbers.iter().map_while(number).map(|number| format!("{number:02}")).collect();
    (1..=3).contains(&numbers.len()).then(|| numbers.join("-"))
}

/// Adds what a work refers to: a link with its words, where it is one, and what else is said of it, as texts.
fn reference(draft: &mut Draft, name: &str, node: &Node, is_link: bool) {
    let link = address_in(node).filter(|_| is_link);
    if let Some((url, words)) = link {
        draft.reference(url, words);
    }
    match &node.value {
        Value::Text(text) if link.is_none() => draft.keep(name, text),
        Value::Map(pairs) => {
            let is_said = |text: &str| link.is_some_and(|(url, words)| text == url || text == words);
            for (key, node) in pairs {
                if let Value::Text(text) = &node.value
                    && !is_absent(text)
                    && !is_said(text)
                {
                    draft.keep(&format!("{name}.{key}"), text);
                }
            }
        }
        _ => {}
    }
}

fn is_text(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text) if !is_absent(text))
}

fn is_words(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text) if !is_absent(text) && !is_url(text))
}

/// Keys of lists of maps that belong to a record: people, links, tags, comments.
fn is_list_of_fields(key: &str) -> bool {
    let key = key.to_lowercase();
    [
        "author",
        "link",
        "comment",
        "tag",
        "categor",
        "keyword",
        "affiliation",
        "media",
        "enclosure",
        "attachment",
        "image",
        "repl",
        "reference",
        "version",
        "organi",
        "score",
        "metric",
        "label",
    ]
    .iter()
    .any(|word| key.contains(word))
}

/// True for an address that programs ask for data, such as `https://api.github.com/repos/a/b`, or by which they know a record.
fn is_for_programs(text: &str) -> bool {
    let starts = |rest: &str| FOR_PROGRAMS.iter().any(|start| rest.starts_with(start));
    is_url(text) && text.split_once("://").is_some_and(|(_, rest)| starts(rest))
}

/// What such addresses begin with.
const FOR_PROGRAMS: &[&str] = &["api.", "zotero.org/", "www.zotero.org/"];

/// True for texts by language: `{"en": …, "zh": …}`.
fn is_bilingual(pairs: &[(Cow<str>, Node)]) -> bool {
    let names = |key: &str| source::language(key).is_some() || ["original", "translated", "translation"].contains(&key);
    !pairs.is_empty()
        && pairs.iter().all(|(key, node)| names(&key.to_lowercase()) && matches!(node.value, Value::Text(_) | Value::Null))
}

/// A title in several languages: the one that is not English is shown, the English one is the original.
fn bilingual(draft: &mut Draft, pairs: &[(Cow<str>, Node)]) {
    let texts: Vec<(&str, &str)> = pairs
        .iter()
        .filter_map(|(key, node)| if let Value::Text(text) = &node.value { Some((key.as_ref(), text.as_ref())) } else { None })
        .collect();
    let is_english =
        |key: &str| key.eq_ignore_ascii_case("en") || key.eq_ignore_ascii_case("english") || key.eq_ignore_ascii_case("original");
    let main = texts.iter().find(|(key, _)| !is_english(key)).or(texts.first());
    if let Some((key, text)) = main {
        value::fill(draft, Field::Title, key, text);
        for (other, text) in texts.iter().filter(|(other, _)| other != key) {
            let field = if is_english(other) { Field::OriginalTitle } else { Field::Unknown };
            draft.fill(field, other, text);
        }
    }
}

/// True for the keys of translated titles: `title_zh`, `title_cn`, `translated_title`, `chinese_title`.
fn is_translated(key: &str) -> bool {
    let key = key.to_lowercase();
    ["zh", "cn", "chinese", "transl", "ja", "ko"].iter().any(|mark| key.contains(mark)) || !key.is_ascii()
}

/// `publishedAt` and `arxiv_id` as words.
fn spaced(key: &str) -> String {
    let mut words = String::with_capacity(key.len() + 4);
    let mut lower = false;
    for c in key.chars() {
        if c.is_uppercase() && lower {
            words.push(' ');
        }
        lower = c.is_lowercase();
        words.push(if matches!(c, '_' | ':') { ' ' } else { c });
    }
    words
}
