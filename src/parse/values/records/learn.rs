//! Keys of unknown names, known by what stands under them: titles and addresses.

use super::keys::Keys;
use super::node::is_words;
use crate::parse::lexicon::Field;
use crate::parse::value::is_url;
use crate::parse::values::{Node, Value};
use crate::text::is_cjk;
use std::borrow::Cow;
use std::collections::HashSet;

/// So many maps show what is under their keys.
const MAX_LOOKED_AT: usize = 32;

/// A title has so many words, or so many signs of a script without blanks between words.
const TITLE_WORDS: usize = 3;
const TITLE_SIGNS: usize = 6;

/// A longer text, in bytes, is no title.
const MAX_TITLE: usize = 300;

impl Keys<'_> {
    /// Takes the first key under which maps side by side have different texts of a few words for the one of titles, where each has an
    /// address under another one, and no key for titles is known. True if there is one.
    pub(super) fn learn(&mut self, nodes: &[Node]) -> bool {
        let looked_at = &nodes[..nodes.len().min(MAX_LOOKED_AT)];
        let Some(maps) = looked_at.iter().map(pairs_of).collect::<Option<Vec<_>>>().filter(|maps| maps.len() > 1) else {
            return false;
        };
        if maps.iter().any(|pairs| pairs.iter().any(|(key, _)| self.field(key) == Field::Title)) {
            return false;
        }
        let keys: Vec<&str> = maps[0].iter().map(|(key, _)| key.as_ref()).collect();
        let address = keys.iter().find(|key| maps.iter().all(|pairs| text_at(pairs, key).is_some_and(is_url)));
        let may_be = |keys: &mut Self, key: &str| matches!(keys.field(key), Field::Unknown | Field::Tags);
        let title = keys.iter().find(|key| may_be(self, key) && are_titles(&maps, key));
        let (Some(address), Some(title)) = (address, title) else { return false };
        self.know(title, Field::Title);
        if self.field(address) == Field::Unknown {
            self.know(address, Field::Link);
        }
        true
    }
}

fn pairs_of<'n, 'a>(node: &'n Node<'a>) -> Option<&'n [(Cow<'a, str>, Node<'a>)]> {
    if let Value::Map(pairs) = &node.value { Some(pairs) } else { None }
}

fn text_at<'n>(pairs: &'n [(Cow<str>, Node)], wanted: &str) -> Option<&'n str> {
    let (_, node) = pairs.iter().find(|(key, _)| key == wanted)?;
    if let Value::Text(text) = &node.value { Some(text.as_ref()) } else { None }
}

/// True for a key under which all maps have texts on one line, no two alike, most of them of a few words.
fn are_titles(maps: &[&[(Cow<str>, Node)]], key: &str) -> bool {
    let mut texts: HashSet<&str> = HashSet::new();
    let mut n_long = 0;
    let are_short = maps.iter().all(|pairs| {
        let is_one = pairs.iter().any(|(known, node)| known == key && is_words(node));
        let text = text_at(pairs, key).filter(|text| is_one && text.len() <= MAX_TITLE && !text.contains('\n'));
        n_long += usize::from(text.is_some_and(|text| {
            text.split_whitespace().nth(TITLE_WORDS - 1).is_some()
                || text.chars().filter(|c| is_cjk(*c)).nth(TITLE_SIGNS - 1).is_some()
        }));
        text.is_some_and(|text| texts.insert(text))
    });
    are_short && maps.len() < n_long * 2
}
