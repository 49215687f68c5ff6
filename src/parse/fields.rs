//! An entry while it is put together from named texts, whichever dialect they come from.

use super::lexicon::{Field, Form, is_absent, look_up_whole};
use super::{date, ids, link, markup, title};
use crate::model::{Entry, Link, LinkKind, WorkId, name};
use crate::text::{any_three, drop_unseen, trim};
use std::borrow::Cow;

/// What a link is to its entry. The lowest role is the main link's: the title's own, else the page of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The title is the link.
    Title,
    /// It is named as the link, or leads to an abstract.
    Page,
    /// The full text as a web page.
    Html,
    /// A PDF file.
    Pdf,
    /// Nothing is said about it.
    Plain,
    /// Code, projects, further sites.
    Code,
    /// A discussion.
    Discussion,
}

/// More text than this beside the links of a field for links, in bytes, is an essay that got there, and is kept.
const MAX_BESIDE_LINKS: usize = 120;

/// Longer texts, in bytes, are no running number.
const MAX_NUMBER: usize = 16;

/// Longer texts are no names of sources, in characters.
const MAX_SOURCE: usize = 60;

/// Longer texts that begin with a word are no scores, in bytes.
const MAX_SCORE: usize = 60;

/// More lines than this below a title are an essay, whose links are its own.
const MAX_BELOW: usize = 4;

impl Role {
    fn of_kind(kind: LinkKind) -> Role {
        match kind {
            LinkKind::Abstract => Role::Page,
            LinkKind::Html => Role::Html,
            LinkKind::Pdf => Role::Pdf,
            LinkKind::Code => Role::Code,
            LinkKind::Discussion => Role::Discussion,
            LinkKind::Other => Role::Plain,
        }
    }
}

/// An entry in the making: its fields as far as they are known, and the role of each of its links.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) entry: Entry,
    roles: Vec<Role>,
    /// Name and text of the day where that is the one of collecting, which gives way to the one of publishing.
    collected: Option<(String, String)>,
}

impl Draft {
    /// Adds the text of a field. `name` is the name it was written under; texts that cannot be read as the field are kept under it.
    pub(super) fn fill(&mut self, field: Field, name: &str, text: &str) {
        self.fill_plain(field, name, &plain(text));
    }

    /// Adds the text of a field as [`Draft::fill`] does, if it has no HTML in it and no white space around it.
    pub(super) fn fill_plain(&mut self, field: Field, name: &str, text: &str) {
        if is_absent(text) {
            return;
        }
        match field {
            Field::Title => self.title(text),
            Field::OriginalTitle => {
                let original = original_title(text);
                self.entry.original_title = Some(original).filter(|o| self.entry.title.as_ref() != Some(o));
            }
            Field::Authors => self.authors(name, text),
            Field::Published => self.published(name, text),
            Field::Pdf => self.links(name, text, Some(LinkKind::Pdf)),
            Field::AbstractLink => self.links(name, text, Some(LinkKind::Abstract)),
            Field::Html => self.links(name, text, Some(LinkKind::Html)),
            Field::Code => self.links(name, text, Some(LinkKind::Code)),
            Field::Discussion => self.links(name, text, Some(LinkKind::Discussion)),
            Field::Link => self.links(name, text, None),
            Field::Id => self.id(name, text),
            Field::Summary if self.entry.summary.is_none() => self.entry.summary = Some(text.to_owned()),
            Field::Tags => self.tags(text),
            Field::Source if text.contains("://") => {
                let first = link::find(text).next().map_or(0, |found| found.range.start);
                let said = text[..first].trim_end_matches(|c: char| {
                    c.is_whitespace() || matches!(c, '-' | '—' | '–' | ':' | '：' | '|' | '(' | '（' | '[' | ',' | '，')
                });
                if said.contains(char::is_alphanumeric) && said.chars().count() <= MAX_SOURCE {
                    self.keep(field.name(), said);
                }
                self.links(name, text, None);
            }
            // Of several numbers one is the score, and what counts comments is no comment.
            Field::Score if is_side_count(name) || self.has_extra(field.name()) => self.keep(name, text),
            // A sentence on why a work is relevant says no number.
            Field::Score if MAX_SCORE < text.len() && text.starts_with(char::is_alphabetic) => self.keep(name, text),
            Field::Number if self.has_extra(field.name()) || MAX_NUMBER < text.len() => self.keep(name, text),
            Field::Comment if is_count(text) => self.keep(name, text),
            Field::Comment if is_discussion(text) => self.links(name, text, Some(LinkKind::Discussion)),
            Field::Language => self.keep(field.name(), text.trim_matches('`')),
            Field::Score => self.keep(field.name(), unsigned(text)),
            Field::Source | Field::Comment | Field::Affiliation | Field::Number => {
                self.keep(field.name(), text);
            }
            Field::Summary | Field::Unknown => self.keep(name, text),
        }
    }

    /// Keeps a text under a name.
    pub(super) fn keep(&mut self, name: &str, text: &str) {
        // Bold from end to end says no more than the words: `**51**`.
        let inner = text.strip_prefix("**").and_then(|inner| inner.strip_suffix("**")).filter(|inner| !inner.contains('*'));
        let text = inner.map(str::trim).filter(|inner| !inner.is_empty()).unwrap_or(text);
        self.entry.extra.push((name.to_owned(), text.to_owned()));
    }

    /// True if something is kept under a name.
    pub(super) fn has_extra(&self, name: &str) -> bool {
        self.entry.extra.iter().any(|(known, _)| known == name)
    }

    /// True if this text is kept, under whatever name.
    pub(super) fn keeps(&self, text: &str) -> bool {
        self.entry.extra.iter().any(|(_, known)| known == text)
    }

    /// Adds a link unless its address is known already.
    pub(super) fn link(&mut self, url: &str, text: &str, kind: LinkKind, role: Role) {
        // What programs took out of HTML may hold its references: `?a=1&#038;b=2`.
        let is_escaped = url.contains("&#") || url.contains("&amp;");
        let mut url = if is_escaped { markup::unescaped(url).into_owned() } else { url.to_owned() };
        drop_unseen(&mut url);
        if let Some(known) = self.entry.links.iter().position(|link| link.url == url) {
            self.roles[known] = self.roles[known].min(role);
            return;
        }
        // A button is a picture with words beside it.
        let text = if text.starts_with("<img") { markup::words_of_image(text) } else { text.to_owned() };
        self.entry.links.push(Link { url, kind, text });
        self.roles.push(role);
    }

    /// Adds the address that the title is linked to.
    pub(super) fn title_link(&mut self, url: &str) {
        self.link(url, "", LinkKind::of_url(url), Role::Title);
    }

    /// Where there is no title, a summary of a few words is one: the subject of a post, the words of a search.
    pub(super) fn title_from_summary(&mut self) {
        let is_title = |summary: &String| summary.chars().count() <= 160 && !summary.contains('\n');
        if self.entry.title.is_none() && self.entry.summary.as_ref().is_some_and(is_title) {
            let summary = self.entry.summary.take().unwrap_or_default();
            self.title(&summary);
        }
    }

    /// Adds a whole address that stands in a field for links.
    pub(super) fn address(&mut self, field: Field, url: &str) {
        let kind = link_kind(field).unwrap_or_else(|| LinkKind::of_url(url));
        let role = match (link_kind(field), kind) {
            (None, LinkKind::Discussion | LinkKind::Pdf | LinkKind::Html) => Role::of_kind(kind),
            (None, _) => Role::Page,
            (Some(_), _) => Role::of_kind(kind),
        };
        self.link(url, "", kind, role);
    }

    /// Adds people, one text each.
    pub(super) fn people(&mut self, names: &[&str]) {
        if self.entry.authors.is_empty() {
            self.entry.authors = match names {
                // A list of one text may be a list in that text.
                [all] => name::split_authors(all),
                _ => names.iter().filter_map(|written| name::one(written)).collect(),
            };
        }
    }

    /// Adds text that stands without a label: the summary, unless there is one.
    pub(super) fn description(&mut self, text: &str) {
        match self.entry.summary {
            None => self.entry.summary = Some(text.to_owned()),
            Some(_) => self.keep("description", text),
        }
    }

    /// Adds a link of which only its own words and address say what it is.
    pub(super) fn plain_link(&mut self, url: &str, text: &str) {
        // `[[Paper]](…)`
        let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        let text = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text);
        let kind = kind_of(text, url);
        self.link(url, text, kind, Role::of_kind(kind));
    }

    /// Adds the address of something that the work refers to, or that tells of it; its own links go first.
    pub(super) fn reference(&mut self, url: &str, text: &str) {
        self.link(url, text, kind_of(text, url), Role::Code);
    }

    /// Takes the id from the links that there are, if any, so that none of those to come gives it.
    pub(super) fn settle_id(&mut self) {
        self.sort_links();
        self.entry.id = self.known_id();
    }

    /// The id that there is, or that one of the links gives.
    pub(super) fn known_id(&self) -> Option<WorkId> {
        self.entry.id.clone().or_else(|| best_id(&self.entry.links))
    }

    /// True if there is a link or a registered id.
    pub(super) fn is_linked(&self) -> bool {
        !self.roles.is_empty() || self.entry.id.is_some()
    }

    /// True if one of the links is the main one of an entry.
    pub(super) fn links_to(&self, entry: &Entry) -> bool {
        entry.url().is_some_and(|url| self.entry.links.iter().any(|link| link.url == url))
    }

    /// True if there is a link that is not merely a discussion.
    pub(super) fn has_page(&self) -> bool {
        self.roles.iter().any(|role| *role < Role::Discussion)
    }

    /// Gives the entry, its links in the order of their roles. None if it names nothing: no title, no link, no registered id.
    pub(super) fn finish(mut self) -> Option<Entry> {
        self.sort_links();
        let Draft { mut entry, .. } = self;
        entry.id = entry.id.take().or_else(|| best_id(&entry.links));
        take_id_of_title(&mut entry);
        let named = entry.title.is_some() || !entry.links.is_empty() || entry.id.as_ref().is_some_and(WorkId::is_registered);
        named.then_some(entry)
    }

    fn sort_links(&mut self) {
        if !self.roles.is_sorted() {
            let links = std::mem::take(&mut self.entry.links);
            let mut links: Vec<(Role, Link)> = std::mem::take(&mut self.roles).into_iter().zip(links).collect();
            links.sort_by_key(|(role, _)| *role);
            (self.roles, self.entry.links) = links.into_iter().unzip();
        }
    }

    fn title(&mut self, text: &str) {
        if let Some(open) = bracket_of_links(text) {
            link::find(&text[open..]).for_each(|found| self.plain_link(found.url, found.text));
            return self.title(text[..open].trim_end());
        }
        if let Some((page, words, rest)) = link::wiki(text) {
            let (page, title) = (page.to_owned(), format!("{words}{rest}"));
            if page != title {
                self.keep("ref", &page);
            }
            return self.title(&title);
        }
        if let Some((mark, rest)) = mark_before_link(text) {
            self.keep("mark", mark);
            return self.title(rest);
        }
        // `[Title](address)`: the words are the title and the address the entry's link.
        let linked = link::find(text)
            .next()
            .filter(|l| !l.text.is_empty() && text.trim_start_matches(['*', ' ', '#']).starts_with('[') && l.range.start <= 8);
        let split = match linked {
            Some(found) => {
                self.title_link(found.url);
                let beside = without_host(&text[found.range.end..], found.url);
                let beside = self.links_beside(beside);
                title::split(&format!("{}{}{beside}", &text[..found.range.start], found.text))
            }
            None => title::split(text),
        };
        let note = self.links_below(split.note);
        let entry = &mut self.entry;
        entry.title = Some(visible(split.title)).filter(|title| !title.is_empty());
        entry.note = Some(note).filter(|note| !note.is_empty());
        if entry.original_title.is_none() {
            entry.original_title = split.original.filter(|original| entry.title.as_ref() != Some(original));
        }
    }

    /// Takes the links behind the one of a title if they only say what they lead to, `· [Discussion](…)`, and gives what else stands there.
    fn links_beside<'t>(&mut self, behind: &'t str) -> Cow<'t, str> {
        let line = behind.lines().next().unwrap_or("");
        let has_words = |text: &str| text.contains(char::is_alphanumeric);
        let mut marks = String::new();
        let mut from = 0;
        let mut links = Vec::new();
        for found in link::find(line) {
            let between = &line[from..found.range.start];
            if has_words(between) || !names_link(found.text) {
                return behind.into();
            }
            marks.extend(between.chars().filter(|c| matches!(c, '*' | '_')));
            from = found.range.end;
            links.push(found);
        }
        if links.is_empty() || has_words(&line[from..]) {
            return behind.into();
        }
        links.iter().for_each(|found| self.plain_link(found.url, found.text));
        marks.extend(line[from..].chars().filter(|c| matches!(c, '*' | '_')));
        marks.push_str(&behind[line.len()..]);
        marks.into()
    }

    /// Takes the links and the id that stand on lines of their own below a title, and gives what else stands there.
    fn links_below(&mut self, note: String) -> String {
        if note.is_empty() || MAX_BELOW < note.lines().count() {
            return note;
        }
        let mut others: Vec<&str> = Vec::new();
        for line in note.lines() {
            if is_nothing_but_links(line) {
                link::find(line).for_each(|found| self.plain_link(found.url, found.text));
            } else if let Some(id) = ids::whole(line.trim()).filter(|_| self.entry.id.is_none()) {
                self.entry.id = Some(id);
            } else {
                others.push(line);
            }
        }
        if others.len() == note.lines().count() { note } else { others.join("\n").trim().to_owned() }
    }

    fn published(&mut self, name: &str, text: &str) {
        let free = self.entry.published.is_none();
        let may_be = free || self.collected.is_some();
        let Some(day) = Some(text).filter(|_| may_be).and_then(|text| {
            let day = date::find(text).map(|(day, _)| day);
            day.or_else(|| date::only_month(text))
        }) else {
            return self.keep(name, text);
        };
        match COLLECTED.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            true if free => self.collected = Some((name.to_owned(), text.to_owned())),
            true => return self.keep(name, text),
            false => {
                if let Some((name, text)) = self.collected.take() {
                    self.keep(&name, &text);
                }
            }
        }
        self.entry.published = Some(day);
    }

    fn authors(&mut self, name: &str, text: &str) {
        if self.entry.authors.is_empty() {
            self.entry.authors = name::split_authors(text);
        } else {
            self.keep(name, text);
        }
    }

    fn links(&mut self, name: &str, text: &str, kind: Option<LinkKind>) {
        let mut found = link::find(text);
        let (first, second) = (found.next(), found.next());
        if first.is_none() && !text.contains("](") {
            if link::is_relative(text) {
                let kind = kind.unwrap_or_else(|| LinkKind::of_url(text));
                self.link(text.trim(), "", kind, Role::of_kind(kind));
            } else {
                self.id(name, text);
            }
            return;
        }
        let several = second.is_some();
        let mut beside = text.len();
        for link in first.into_iter().chain(second).chain(found) {
            beside -= link.range.len();
            // In a field of code links an address of another site is still code; a field named "link" says nothing.
            let own = kind.unwrap_or_else(|| kind_of(link.text, link.url));
            let role = match (kind, own) {
                (None, LinkKind::Other | LinkKind::Abstract) => Role::Page,
                (None, LinkKind::Pdf | LinkKind::Code | LinkKind::Html) if !several => Role::Page,
                _ => Role::of_kind(own),
            };
            self.link(link.url, link.text, own, role);
        }
        if beside > MAX_BESIDE_LINKS {
            self.keep(name, text);
        }
    }

    fn id(&mut self, name: &str, text: &str) {
        let text = link::wiki(text).map_or(text, |(page, ..)| page);
        let linked = link::find(text).next();
        if let Some(found) = &linked {
            self.link(found.url, found.text, LinkKind::of_url(found.url), Role::Page);
        }
        let id =
            WorkId::parse(text).or_else(|| linked.as_ref().and_then(|l| WorkId::parse(l.text))).filter(WorkId::is_registered);
        if let Some((id, note)) = ids::before_note(text).filter(|_| id.is_none() && linked.is_none() && self.entry.id.is_none()) {
            self.entry.id = Some(id);
            return match date::is_day(note) && self.entry.published.is_none() {
                true => self.published(name, note),
                false => self.keep(name, note),
            };
        }
        match id {
            Some(id) if self.entry.id.is_none() => self.entry.id = Some(id),
            _ if linked.is_none() => self.keep(name, text),
            _ => {}
        }
    }

    /// Adds tags, parted by commas, bars and the like, or set as code.
    pub(super) fn tags(&mut self, text: &str) {
        if text.matches('`').count() > 2 {
            // Set as code, each tag is one: `` `rust` `web` ``.
            return text.split('`').skip(1).step_by(2).for_each(|tag| self.tag(tag));
        }
        let text = markup::unescaped(text);
        if text.contains(['.', '-']) && text.split(' ').all(is_category) {
            text.split(' ').for_each(|tag| self.tag(tag));
        } else if text.contains(BETWEEN_TAGS) {
            text.split(BETWEEN_TAGS).for_each(|tag| self.tag(tag));
        } else if text.contains(" #") {
            text.split(" #").for_each(|tag| self.tag(tag));
        } else {
            text.split('/').for_each(|tag| self.tag(tag));
        }
    }

    /// Adds one tag without its marks. `cs.AI/cs.LG` are two tags, `I/O` is one; and a tag is a few words.
    pub(super) fn tag(&mut self, tag: &str) {
        let is_mark = |c: char| matches!(c, '*' | '`' | '_' | '"' | '\'');
        let tag = tag.trim().trim_matches(is_mark).trim();
        // `C#` keeps its last sign, of `#robots#` both are marks.
        let hashed = tag.trim_start_matches('#');
        let tag = if hashed.len() < tag.len() { hashed.trim_end_matches('#').trim_matches(is_mark).trim() } else { tag };
        if !tag.is_empty() && tag.chars().count() <= 80 && !is_absent(tag) && !self.entry.tags.iter().any(|t| t == tag) {
            self.entry.tags.push(tag.to_owned());
        }
    }
}

/// Signs that part tags. Without one of them, tags with a `#` each are parted by that, and others by `/`.
const BETWEEN_TAGS: [char; 7] = [',', ';', '、', '，', '；', '\n', '|'];

/// True for a category of arXiv, `cs.AI`, `cond-mat.mtrl-sci`, `hep-th`.
pub(super) fn is_category(word: &str) -> bool {
    let is_small = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_archive = |archive: &str| (2..=8).contains(&archive.len()) && is_small(archive);
    let is_group = |group: &str| group.len() == 2 && group.bytes().all(|byte| byte.is_ascii_uppercase());
    match word.split_once('.') {
        Some((archive, group)) => is_archive(archive) && (is_group(group) || group.contains('-') && is_small(group)),
        None => is_archive(word) && WHOLE_ARCHIVES.iter().any(|end| word.ends_with(end)),
    }
}

/// How the names of archives end that have no groups.
const WHOLE_ARCHIVES: &[&str] = &["-th", "-ph", "-ex", "-lat", "-qc"];

/// A symbol before a title that is a link, `★ [Title](…)`, and the link with what follows.
fn mark_before_link(text: &str) -> Option<(&str, &str)> {
    if text.starts_with(|c: char| c.is_ascii() || c.is_alphanumeric()) {
        return None;
    }
    let (mark, _) = text.split_once(['[', '*']).filter(|(mark, _)| mark.len() <= MAX_SYMBOLS)?;
    let rest = &text[mark.len()..];
    let is_symbol = |c: char| !c.is_alphanumeric() && !c.is_ascii_punctuation() && !is_wide_punctuation(c);
    (mark.chars().all(is_symbol) && rest.trim_start_matches('*').starts_with('[')).then(|| (mark.trim(), rest))
}

/// So many bytes have the symbols before a title at most.
const MAX_SYMBOLS: usize = 24;

/// True for quotes, brackets and dashes beyond ASCII, which are a part of the title.
fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{203A}' | '\u{3001}'..='\u{301F}' | '\u{FF00}'..='\u{FF65}')
}

/// Takes the id beside a title off it, unless the entry has another one.
fn take_id_of_title(entry: &mut Entry) {
    let Some(title) = &entry.title else { return };
    let Some((id, rest)) = ids::behind(title).or_else(|| ids::before(title)) else { return };
    let known = entry.id.take().filter(WorkId::is_registered);
    if known.as_ref().is_none_or(|known| *known == id) {
        entry.title = Some(rest.to_owned());
    }
    entry.id = known.or(Some(id));
}

/// True for a line of links and the words that say what they lead to: `[PDF](…) | [Code](…)`, `Link: https://…`.
fn is_nothing_but_links(line: &str) -> bool {
    let names_link = |words: &str| {
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        words.is_empty() || names_link(words)
    };
    let (mut from, mut n) = (0, 0);
    for found in link::find(line) {
        if !names_link(&line[from..found.range.start]) {
            return false;
        }
        (from, n) = (found.range.end, n + 1);
    }
    0 < n && names_link(&line[from..])
}

/// True for words that say what a link leads to.
fn names_link(words: &str) -> bool {
    look_up_whole(words).is_some_and(|meaning| matches!(meaning.field.form(), Form::Link | Form::Id))
}

/// Names of the day on which a work was collected.
const COLLECTED: &[&str] = &[
    "captured_at",
    "captured at",
    "collected_at",
    "collected at",
    "fetched_at",
    "fetched at",
    "scraped_at",
    "scraped at",
    "crawl_date",
    "crawl date",
    "first_seen",
    "first seen",
    "收录日期",
    "抓取时间",
];

/// Parts of the names of numbers that say less of a work than its score does, in lower case.
const SIDE_COUNTS: &[&str] =
    &["fork", "comment", "views", "today", "growth", "今日", "新增", "增长", "浏览", "阅读", "评论", "速度"];

/// True for the name of a number that stands beside a score, and says nothing without its name.
fn is_side_count(name: &str) -> bool {
    let name = name.to_lowercase();
    SIDE_COUNTS.iter().any(|count| name.contains(count))
}

/// A score without the sign of a button that counts it, `▲ 812`.
fn unsigned(text: &str) -> &str {
    let number = text.trim_start_matches(['▲', '△', '🔺', '\u{fe0f}', ' ']);
    if number.starts_with(|c: char| c.is_ascii_digit()) { number } else { text }
}

/// True for a text that is one link to a discussion: the number of comments leads to them.
fn is_discussion(text: &str) -> bool {
    let whole = |found: &link::Found| found.range == (0..text.len());
    text.starts_with('[')
        && link::find(text).next().is_some_and(|found| whole(&found) && LinkKind::of_url(found.url) == LinkKind::Discussion)
}

/// True for a bare number: `120`, `1,234`, `1.2k`.
fn is_count(text: &str) -> bool {
    let digits = text.trim().trim_end_matches(['k', 'K', 'm', 'M', '+']);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
}

/// A title without character references and without backslashes before signs that Markdown gives no meaning to in a line of words. Tags in
/// it stay its words: a title may speak of `<b>`.
fn visible(title: String) -> String {
    if !any_three(title.as_bytes(), |a, _, _| (a == b'&') | (a == b'\\')) {
        return title;
    }
    let title = match markup::unescaped(&title) {
        Cow::Owned(changed) => changed,
        Cow::Borrowed(_) => title,
    };
    // In TeX a backslash is the name of a sign.
    if !title.contains('\\') || title.contains('$') {
        return title;
    }
    let mut out = String::with_capacity(title.len());
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let harmless = |next: &char| HARMLESS.contains(*next);
        if c != '\\' || !chars.peek().is_some_and(harmless) {
            out.push(c);
        }
    }
    // Brackets before an address would be a link now.
    if out.contains("](") { title } else { out }
}

/// What stands behind a linked title without the host of its address in brackets, `[Title](https://example.org/…) (example.org)`.
fn without_host<'t>(behind: &'t str, url: &str) -> &'t str {
    let host = behind.trim().strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let host =
        host.filter(|host| host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')));
    let is_own = |host: &str| {
        url.split('/')
            .nth(2)
            .is_some_and(|of_url| of_url.strip_suffix(host).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
    };
    if host.is_some_and(is_own) { "" } else { behind }
}

/// Signs that need no backslash in a line of words.
const HARMLESS: &str = "-()[]+.!#&'\":,/{}=?_";

/// What a link leads to by its own words (`PDF`, `代码`, `HN`), else by its address.
fn kind_of(text: &str, url: &str) -> LinkKind {
    let by_words = (text.len() <= 40).then(|| look_up_whole(text)).flatten().and_then(|meaning| link_kind(meaning.field));
    by_words.unwrap_or_else(|| LinkKind::of_url(url))
}

/// The kind of the links that a field holds; none for fields that hold no links, or any.
/// Where the bracket begins that a title ends with, if it holds links and hardly anything else: `Title (read it on [arXiv](…))`.
fn bracket_of_links(text: &str) -> Option<usize> {
    if !text.ends_with([')', '）']) || !text.contains("](") || text.contains('\n') {
        return None;
    }
    let first = link::find(text).next()?.range.start;
    let open = text[..first].rfind(['(', '（'])?;
    let has_words = |text: &str| text.contains(char::is_alphanumeric);
    let (mut n_beside, mut from) = (0, open);
    for found in link::find(text).filter(|found| !found.text.is_empty()) {
        n_beside += text[from.min(found.range.start)..found.range.start].len();
        from = found.range.end;
    }
    let is_end = !has_words(&text[from..]) && text[from..].contains([')', '）']);
    (has_words(&text[..open]) && n_beside <= MAX_BESIDE_NAMES && is_end).then_some(open)
}

/// So much text, in bytes, stands in a bracket beside the links of a title.
const MAX_BESIDE_NAMES: usize = 40;

pub(super) fn link_kind(field: Field) -> Option<LinkKind> {
    match field {
        Field::Pdf => Some(LinkKind::Pdf),
        Field::AbstractLink => Some(LinkKind::Abstract),
        Field::Html => Some(LinkKind::Html),
        Field::Code => Some(LinkKind::Code),
        Field::Discussion => Some(LinkKind::Discussion),
        _ => None,
    }
}

/// The text of a field: bars freed from their backslash, `<br>` as a line break.
fn plain(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return text.into();
    }
    let mut plain = Cow::Borrowed(behind_picture(text));
    for br in ["<br>", "<br/>", "<br />", "<BR>"] {
        if plain.contains(br) {
            plain = plain.replace(br, "\n").into();
        }
    }
    if plain.contains("</") && BLOCKS.iter().any(|block| plain.contains(block)) {
        plain = markup::markdown(&without_handle(&plain)).into();
    }
    plain
}

/// A text without the picture of HTML that it begins with; the whole of it if there is nothing else.
fn behind_picture(text: &str) -> &str {
    let parts = text.strip_prefix("<img ").and_then(|inner| inner.split_once('>'));
    let rest = parts.filter(|(tag, _)| !tag.contains(['<', '`'])).map(|(_, rest)| rest.trim_start());
    rest.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// Ends of elements of HTML that lay a cell out.
const BLOCKS: &[&str] =
    &["</details>", "</p>", "</li>", "</div>", "</ul>", "</ol>", "</span>", "</font>", "</center>", "</jats:p>"];

/// How long the handle of a block to open may be that says no more than `Show`, in bytes.
const MAX_HANDLE: usize = 24;

/// A text without the handle of its block to open: `<details><summary>Show</summary>…`.
fn without_handle(text: &str) -> Cow<'_, str> {
    let handle = text.find("<summary>").and_then(|start| Some((start, start + text[start..].find("</summary>")?)));
    match handle {
        Some((start, end)) if end - start <= "<summary>".len() + MAX_HANDLE => {
            format!("{}{}", &text[..start], &text[end + "</summary>".len()..]).into()
        }
        _ => text.into(),
    }
}

/// A title of a work in its own language is one line; marks around the whole of it are taken off as for any title.
fn original_title(text: &str) -> String {
    let split = title::split(text);
    if split.note.is_empty() {
        return visible(split.title);
    }
    let rest = split.note.split_whitespace();
    let words = split.title.split_whitespace().chain(rest).collect::<Vec<_>>();
    words.join(" ")
}

/// The first registered id among the links, else the address of the main one.
fn best_id(links: &[Link]) -> Option<WorkId> {
    let ids = || links.iter().filter(|link| link.kind != LinkKind::Discussion).filter_map(|link| WorkId::parse(&link.url));
    ids().find(WorkId::is_registered).or_else(|| WorkId::parse(&links.first()?.url))
}
