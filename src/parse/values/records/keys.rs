//! What keys mean: by the lexicon, and by tables of those that say how values are arranged.

use crate::parse::lexicon::{Field, look_up};
use crate::parse::row;
use std::collections::HashMap;

/// Keys that name lists of entries and no topic, folded.
pub(super) const LISTS: &[&str] = &[
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
    "postings",
    "alerts",
    "runs",
    "newentries",
];

/// Keys of what introduces a whole file, folded.
pub(super) const PREFACES: &[&str] = &[
    "summary",
    "overview",
    "description",
    "intro",
    "introduction",
    "摘要",
    "总结",
    "概述",
    "editorial",
    "subtitle",
    "highlights",
    "trend",
    "trends",
    "insights",
    "outlook",
    "commentary",
    "keytakeaways",
    "executivesummary",
    "dailysummary",
    "tldr",
    "导语",
    "导读",
    "综述",
    "概览",
    "趋势",
    "趋势分析",
    "今日概览",
    "今日看点",
    "编者按",
    "点评",
    "结语",
];

/// Parts of the keys of lists that a work refers to, in lower case.
pub(super) const REFERENCES: &[&str] = &["reference", "citation", "related", "参考", "引用", "相关"];

/// Parts of the keys of lists that a work is told by, in lower case.
pub(super) const SOURCES: &[&str] = &["source", "urls", "来源"];

/// Keys of lists whose sentences are entries, folded.
pub(super) const HEADLINES: &[&str] = &[
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
pub(super) const GROUPS: &[&str] = &[
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
pub(super) const NAMES: &[&str] = &["name", "名称", "item", "entry", "question", "product", "产品", "词条"];

/// Keys of lists of works in what tells of a board or a feed as a whole, folded.
pub(super) const CONTAINERS: &[&str] = &["data", "items", "list", "entries", "entry", "results", "hits", "rows"];

/// Keys of maps that tell of a feed or a site as a whole where they stand beside its works, folded.
pub(super) const HEADS: &[&str] = &["feed", "channel", "meta", "info", "source", "author", "site", "publisher"];

/// Keys of titles of what a record belongs to, which are its own only where there is no other, in lower case.
pub(super) const LAST_TITLES: &[&str] = &["podcast", "product", "产品", "tag_name", "tagname"];

/// Parts of the keys of lists of maps that belong to a record, in lower case.
const OF_FIELDS: &[&str] = &[
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
];

/// Keys whose addresses are those of what a record tells of, though the words mean more than links elsewhere.
const HOMES: &[&str] = &["blog", "profile", "profile_url", "profileUrl"];

/// The keys of a file. What each means is looked up once.
pub(super) struct Keys<'d> {
    /// Names of columns that settings give.
    columns: &'d [(String, Field)],
    known: HashMap<String, Field>,
}

impl<'d> Keys<'d> {
    /// The keys of a file whose settings name these columns.
    pub(super) fn new(columns: &'d [(String, Field)]) -> Keys<'d> {
        Keys { columns, known: HashMap::new() }
    }

    /// What a key means.
    pub(super) fn field(&mut self, key: &str) -> Field {
        if let Some(field) = self.known.get(key) {
            return *field;
        }
        let field = row::named(key, self.columns)
            .or_else(|| look_up(&spaced(key)).map(|meaning| meaning.field))
            // `dc:creator` is a creator.
            .or_else(|| look_up(&spaced(key.rsplit_once(':')?.1)).map(|meaning| meaning.field))
            .or_else(|| HOMES.contains(&key).then_some(Field::Link))
            .unwrap_or(Field::Unknown);
        self.known.insert(key.to_owned(), field);
        field
    }

    /// Takes a key for that of a field.
    pub(super) fn know(&mut self, key: &str, field: Field) {
        self.known.insert(key.to_owned(), field);
    }
}

/// True for one of these folded keys, however it is written.
pub(super) fn is_among(key: &str, folded_keys: &[&str]) -> bool {
    folded_keys.contains(&folded(key).as_str())
}

/// True if a key holds one of these words, whatever its case.
pub(super) fn names_any(key: &str, words: &[&str]) -> bool {
    let key = key.to_lowercase();
    words.iter().any(|word| key.contains(word))
}

/// True for keys of lists of maps that belong to a record: people, links, tags, comments.
pub(super) fn is_list_of_fields(key: &str) -> bool {
    names_any(key, OF_FIELDS)
}

/// True for the keys of translated titles: `title_zh`, `title_cn`, `translated_title`, `chinese_title`.
pub(super) fn is_translated(key: &str) -> bool {
    let key = key.to_lowercase();
    ["zh", "cn", "chinese", "transl", "ja", "ko"].iter().any(|mark| key.contains(mark)) || !key.is_ascii()
}

/// A key in lower case, without what parts its words.
fn folded(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
