//! Which elements of a page hold an entry each, by their classes.

use super::fields::words_of_heading;
use super::tag::{Tag, next_tag};
use std::collections::{HashMap, HashSet};

/// Words in the names of classes of blocks that each hold an entry.
const ITEM_WORDS: &[&str] = &["entry", "item", "paper", "post", "card", "story", "article", "news", "repo", "result"];

/// Elements that hold an entry each.
const ITEM_TAGS: &[&str] = &["div", "section", "article", "details", "p", "tr", "li"];

/// Open elements deeper than this are not kept track of.
const MAX_OPEN: usize = 64;

/// No page has more sorts of blocks that could be entries.
const MAX_CLASSES: usize = 64;

/// The blocks of a page that hold an entry each.
#[derive(Debug, Clone, Default)]
pub(super) struct Items {
    /// Their classes, with how often they come.
    pub(super) classes: HashMap<String, usize>,
    /// The headings that most of them have, which name their parts.
    pub(super) parts: HashSet<String>,
    /// Where blocks begin that nothing but their one heading tells from others.
    pub(super) headed: Vec<usize>,
}

/// Classes of blocks that come several times and are named like entries. A part of such a block, which comes once in each, is none,
/// and neither is a block that holds several of another class.
pub(super) fn items(text: &str) -> Items {
    let mut classes: HashMap<String, usize> = HashMap::new();
    let mut headings: HashMap<(String, String), usize> = HashMap::new();
    let mut within: HashMap<(String, String), usize> = HashMap::new();
    let mut open: Vec<(String, Option<String>)> = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        if let Some(class) = open.iter().find_map(|(_, class)| class.as_ref())
            && is_heading(&tag)
            && headings.len() < MAX_HEADINGS
            && let Some(words) = words_of_heading(text, at)
        {
            *headings.entry((class.clone(), words)).or_default() += 1;
        }
        if !ITEM_TAGS.contains(&tag.name.as_str()) {
            continue;
        }
        if tag.closes {
            let known = open.iter().rposition(|(name, _)| *name == tag.name);
            open.truncate(known.unwrap_or(open.len()));
            continue;
        }
        let class = item_class(&tag).filter(|class| classes.len() < MAX_CLASSES || classes.contains_key(class));
        if let Some(class) = &class {
            *classes.entry(class.clone()).or_default() += 1;
            for (_, outer) in &open {
                if let Some(outer) = outer.as_ref().filter(|outer| *outer != class) {
                    *within.entry((class.clone(), outer.clone())).or_default() += 1;
                }
            }
        }
        if open.len() < MAX_OPEN && tag.name != "p" {
            open.push((tag.name, class));
        }
    }
    classes.retain(|_, n| *n >= 2);
    let dropped = |class: &String| {
        let n = classes[class];
        within.iter().any(|((inner, outer), inside)| match (classes.get(inner), classes.get(outer)) {
            (Some(n_inner), Some(n_outer)) => {
                let several = *n_inner >= 2 * n_outer;
                inner == class && !several && inside * 2 > n || outer == class && several && inside * 2 > *n_inner
            }
            _ => false,
        })
    };
    let kept: Vec<String> = classes.keys().filter(|class| !dropped(class)).cloned().collect();
    classes.retain(|class, _| kept.contains(class));
    let of_most = |class: &String, n: usize| n >= 2 && classes.get(class).is_some_and(|of| n * 2 > *of);
    let parts = headings.into_iter().filter(|((class, _), n)| of_most(class, *n)).map(|((_, words), _)| words).collect();
    Items { classes, parts, headed: Vec::new() }
}

/// True for the tag that opens a heading below that of the page.
fn is_heading(tag: &Tag) -> bool {
    !tag.closes && matches!(tag.name.as_str(), "h2" | "h3" | "h4" | "h5" | "h6")
}

/// No page has more headings that are compared.
const MAX_HEADINGS: usize = 10_000;

/// A block that is open, and what is known of it.
struct Open {
    element: String,
    start: usize,
    n_headings: usize,
    /// Where the blocks of each element within it begin that hold one heading.
    within: Vec<(String, usize)>,
}

/// Where blocks begin that stand beside others of their element, all with one heading each: what stands above it is of its entry.
pub(super) fn headed_blocks(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
        if is_heading(&tag) {
            open.iter_mut().for_each(|block| block.n_headings += 1);
        }
        if !HEADED.contains(&tag.name.as_str()) {
            continue;
        }
        if !tag.closes {
            if open.len() == MAX_OPEN {
                return Vec::new();
            }
            open.push(Open { element: tag.name, start: tag.start, n_headings: 0, within: Vec::new() });
            continue;
        }
        let Some(block) = open.pop().filter(|block| block.element == tag.name) else { return Vec::new() };
        for element in HEADED {
            let alike = || block.within.iter().filter(|(name, _)| name == element);
            if MIN_HEADED <= alike().count() {
                found.extend(alike().map(|(_, start)| *start));
            }
        }
        if let Some(outer) = open.last_mut().filter(|_| block.n_headings == 1) {
            outer.within.push((block.element, block.start));
        }
    }
    found.sort_unstable();
    found
}

/// Elements that may hold one heading each.
const HEADED: &[&str] = &["body", "main", "section", "div"];

/// Fewer blocks with a heading each are no list.
const MIN_HEADED: usize = 2;

/// The element and the first class of a tag that may open an entry.
pub(super) fn item_class(tag: &Tag) -> Option<String> {
    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    let first = class.split_whitespace().next().unwrap_or("");
    let is_named = |word: &&str| {
        first.trim_end_matches('s') == *word
            || first.ends_with(&format!("-{word}"))
            || first.starts_with(&format!("{word}-")) && !first.contains("list")
    };
    (tag.name == "article" || ITEM_WORDS.iter().any(is_named)).then(|| format!("{}.{first}", tag.name))
}
