//! Which maps are records, and which hold them: boards, groups, lists of headlines.

use super::keys::{
    CONTAINERS, GROUPS, HEADLINES, Keys, LISTS, NAMES, REFERENCES, SOURCES, is_among, is_list_of_fields, names_any,
};
use super::node::{address_in, holds_no_maps, is_bilingual, is_text, is_words, unwrapped};
use crate::model::WorkId;
use crate::parse::lexicon::{Field, Form, is_absent, look_up};
use crate::parse::value::is_url;
use crate::parse::values::{Node, Value};
use crate::text::is_cjk;
use std::borrow::Cow;

/// Records that show by their titles alone have no more keys.
const MAX_ALIKE: usize = 16;

/// A headline has so many words, or so many signs of a script without blanks between words.
const HEADLINE_WORDS: usize = 3;
const HEADLINE_SIGNS: usize = 8;

/// A summary that is a title is no longer, in bytes.
const MAX_SUBJECT: usize = 160;

/// The first values of a list show what it holds.
const FIRST: usize = 3;

/// Records are looked for so many lists below a map.
const MAX_LEVELS: usize = 3;

impl Keys<'_> {
    /// A map with a title or an address and something more, unless it holds a list of such and has no address itself.
    /// What the value at the top (`root`) refers to are the entries of its file.
    pub(super) fn is_record(&mut self, pairs: &[(Cow<str>, Node)], root: bool) -> bool {
        if self.has_headlines(pairs, root) || self.is_board(pairs, root) || self.is_group(pairs, root) {
            return false;
        }
        let (names, link) = self.names_work(pairs);
        let is_called = |keys: &mut Self| !root && keys.is_titled(pairs) || keys.has_subject(pairs);
        let names = names || is_called(self) && pairs.iter().any(|pair| self.refers(pair));
        names && (link || !self.holds_record(pairs, 0, root) || root && self.is_article(pairs))
    }

    /// True if a map has a list of sentences that are the entries, which is all that some services give. One with a title that is not the
    /// file's is a work, and tells its own news.
    fn has_headlines(&mut self, pairs: &[(Cow<str>, Node)], root: bool) -> bool {
        pairs.iter().any(|(key, node)| are_headlines(key, node)) && (root || !self.is_titled(pairs))
    }

    /// True for a map with an address of its own that lists works with theirs, as services give a board or a feed:
    /// `{"title": "Board", "link": …, "data": [{"title": …, "url": …}, …]}`. One without a title may list them as the file itself does.
    fn is_board(&mut self, pairs: &[(Cow<str>, Node)], root: bool) -> bool {
        let is_titled = self.is_titled(pairs);
        pairs.iter().any(|(key, node)| {
            let Value::List(nodes) = &node.value else { return false };
            let [Node { value: Value::Map(_), .. }, _, ..] = nodes.as_slice() else { return false };
            let is_work = |node: &Node| matches!(&node.value, Value::Map(inner) if self.names_work(inner) == (true, true));
            let may_list = is_among(key, CONTAINERS)
                || (root || !is_titled) && is_among(key, LISTS)
                || root && !is_titled && !is_list_of_fields(key) && !names_any(key, REFERENCES) && !names_any(key, SOURCES);
            may_list && nodes.iter().take(FIRST).all(is_work)
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

    /// True for a map at the top that is a work with prose and with addresses that it refers to, whatever lists without addresses it
    /// holds beside them: the rules or the steps that an article gives.
    pub(super) fn is_article(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        let cites = |(key, node): &(Cow<str>, Node)| {
            names_any(key, REFERENCES)
                && matches!(&node.value, Value::List(nodes) if nodes.iter().any(|node| address_in(node).is_some()))
        };
        let lists_works = |keys: &mut Self, (key, node): &(Cow<str>, Node)| {
            let Value::List(nodes) = &node.value else { return false };
            let is_linked = |node: &Node| matches!(&node.value, Value::Map(inner) if keys.names_work(inner).1);
            nodes.iter().take(FIRST).any(is_linked) || is_among(key, LISTS)
        };
        let has_prose = pairs.iter().any(|(key, node)| is_text(node) && self.field(key) == Field::Summary);
        has_prose && self.is_titled(pairs) && pairs.iter().any(cites) && !pairs.iter().any(|pair| lists_works(self, pair))
    }

    /// True if a list of a map begins with maps that name works, or hold some a few levels down.
    pub(super) fn holds_record(&mut self, pairs: &[(Cow<str>, Node)], depth: usize, root: bool) -> bool {
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
                || !is_of_fields && root && is_among(key, LISTS) && self.are_titled_alike(nodes, None)
        })
    }

    /// True for two and more maps with a title each and the same keys, such as `{"title": …, "platform": …}`. Sections of a file and the
    /// settings of a program look alike, but are called by names, or stand under a key that says so.
    pub(super) fn are_titled_alike(&mut self, nodes: &[Node], key: Option<&str>) -> bool {
        let [Node { value: Value::Map(first), .. }, _, ..] = nodes else { return false };
        if first.len() > MAX_ALIKE || key.is_some_and(|key| is_among(key, GROUPS) || is_list_of_fields(key)) {
            return false;
        }
        let is_title = |keys: &mut Self, (key, node): &(Cow<str>, Node)| {
            keys.field(key) == Field::Title && !NAMES.contains(&key.to_lowercase().as_str()) && is_words(node)
        };
        nodes.iter().all(|node| {
            let Value::Map(pairs) = &node.value else { return false };
            let are_same = pairs.len() == first.len() && pairs.iter().all(|(key, _)| first.iter().any(|(known, _)| known == key));
            are_same && holds_no_maps(pairs) && pairs.iter().any(|pair| is_title(self, pair))
        })
    }

    /// True for a list that holds works under a key that says no more.
    pub(super) fn is_list_of_works(&mut self, (key, node): &(Cow<str>, Node)) -> bool {
        let Value::List(nodes) = &node.value else { return false };
        let is_work = |node: &Node| matches!(&node.value, Value::Map(inner) if self.names_work(inner).0);
        nodes.iter().take(FIRST).any(is_work) && is_among(key, LISTS)
    }

    /// True for a list of what a work refers to or is told by: addresses, and maps with one. Under a key such as `sources`, which may name
    /// groups of entries as well, they say no more than name and address.
    pub(super) fn refers(&mut self, (key, node): &(Cow<str>, Node)) -> bool {
        let Value::List(nodes) = &node.value else { return false };
        let is_related = names_any(key, REFERENCES);
        (is_related || names_any(key, SOURCES))
            && nodes.iter().any(|node| is_text(node) && !is_words(node) || address_in(node).is_some())
            && nodes.iter().all(|node| match &node.value {
                Value::Map(pairs) => address_in(node).is_some() && (is_related || self.is_reference(pairs)),
                _ => is_text(node),
            })
    }

    /// True for a map of texts that say no more than what a link is called and where it leads.
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
                    Field::Id if is_repository(text) => title = true,
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

    /// True if a map has a title or an address.
    pub(super) fn names_little(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        self.is_titled(pairs) || self.names_work(pairs).1
    }

    /// True if a map has a title.
    fn is_titled(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        let is_title = |keys: &mut Self, key: &str, node: &Node| keys.field(key) == Field::Title && is_words(unwrapped(node));
        pairs.iter().any(|pair| is_title(self, &pair.0, &pair.1) || is_repository_id(pair))
    }

    /// True for a map with an id and a summary of a few words, which is its title then.
    fn has_subject(&mut self, pairs: &[(Cow<str>, Node)]) -> bool {
        let has = |keys: &mut Self, wanted: Field| {
            pairs.iter().any(|(key, node)| {
                matches!(&node.value, Value::Text(text) if text.len() <= MAX_SUBJECT && !text.contains('\n'))
                    && is_text(node)
                    && keys.field(key) == wanted
            })
        };
        has(self, Field::Id) && has(self, Field::Summary)
    }
}

/// True for a list of two and more texts under a key that names headlines, if most of them are sentences and none is an address, or
/// under one that names a list of any works, if all are names of repositories.
pub(super) fn are_headlines(key: &str, node: &Node) -> bool {
    let Value::List(nodes) = &node.value else { return false };
    let is_sentence = |node: &&Node| {
        let Value::Text(text) = &node.value else { return false };
        text.split_whitespace().nth(HEADLINE_WORDS - 1).is_some()
            || text.chars().filter(|c| is_cjk(*c)).nth(HEADLINE_SIGNS - 1).is_some()
    };
    nodes.len() > 1
        && nodes.iter().all(|node| is_words(node) || node.value == Value::Null)
        && if nodes.iter().all(|node| matches!(&node.value, Value::Text(text) if is_repository(text))) {
            is_among(key, LISTS)
        } else {
            nodes.iter().filter(is_sentence).count() * 2 > nodes.len() && is_among(key, HEADLINES)
        }
}

/// True for an id by which a model or a repository is called: `{"id": "owner/name"}`.
pub(super) fn is_repository_id((key, node): &(Cow<str>, Node)) -> bool {
    matches!(key.as_ref(), "id" | "modelId" | "repo_id") && matches!(&node.value, Value::Text(text) if is_repository(text))
}

/// True for a name as code is known by on the site that holds it: `owner/name`.
fn is_repository(text: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    text.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name))
        && text.contains(|c: char| c.is_ascii_alphabetic())
        && WorkId::parse(text).is_none()
}
