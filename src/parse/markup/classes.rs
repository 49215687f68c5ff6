//! Which elements of a page hold an entry each, by their classes.

use super::tag::{Tag, next_tag};
use std::collections::HashMap;

/// Words in the names of classes of blocks that each hold an entry.
const ITEM_WORDS: &[&str] = &["entry", "item", "paper", "post", "card", "story", "article", "news", "repo", "result"];

/// Elements that hold an entry each.
const ITEM_TAGS: &[&str] = &["div", "section", "article", "details", "p", "tr"];

/// Open elements deeper than this are not kept track of.
const MAX_OPEN: usize = 64;

/// No page has more sorts of blocks that could be entries.
const MAX_CLASSES: usize = 64;

/// Classes of blocks that come several times and are named like entries, with how often. A part of such a block, which comes once
/// in each, is none, and neither is a block that holds several of another class.
pub(super) fn item_classes(text: &str) -> HashMap<String, usize> {
    let mut classes: HashMap<String, usize> = HashMap::new();
    let mut within: HashMap<(String, String), usize> = HashMap::new();
    let mut open: Vec<(String, Option<String>)> = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        at = tag.end;
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
    classes
}

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
