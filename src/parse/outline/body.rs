//! The lines below the line that names an entry, read into its fields.
//!
//! A label opens a field and its text goes on over the lines below until the next label. Lines that hold several fields between
//! bars are taken apart; a line of names below the title is its authors; what has no label is the summary.

use super::super::fields::{Draft, Role, is_category};
use super::super::lexicon::{Field, Form as FieldForm, is_absent, look_up_whole};
use super::super::value::is_picture;
use super::super::{date, ids, link};
use super::blocks::{Block, Kind, is_mail_mark};
use super::counts::{Count, counts};
use super::head::{Form, Head, head, is_clock, is_link_word, says_new, score};
use super::label::{Label, is_label_like, is_ornament, label, ornamented_name, segments, without_italics};
use super::numbers::is_running_number;
use super::phrase::{
    before_year, behind_label, by_emoji, byline, has_others, in_italics, is_badge, is_code_spans, is_domain, is_hashtags,
    is_image, is_links, is_people, is_remark, is_sentence, is_term, names_address, names_link, note_behind_links, source_before,
    unbracketed, without_bold, without_joints, without_layout,
};
use super::properties::{begins_table, bold_name, cells_of_two, is_bare, is_value_head, property};
use super::words::{is_address, is_gist};
use crate::model::{LinkKind, WorkId, name};
use crate::text::is_cjk;
use std::borrow::Cow;
use std::collections::HashSet;

/// Makes a draft of the line that names an entry and of the lines below it.
pub(super) fn draft(naming: Block, body: &[Block], names: &Names) -> Draft {
    let is_item = matches!(naming.kind, Kind::Item { .. });
    let mut reader = Reader {
        draft: Draft::default(),
        columns: names.columns,
        recurring: names.recurring,
        body,
        open: None,
        people: None,
        in_properties: false,
        lists_points: false,
        loose: String::new(),
        prose_links: Vec::new(),
        id: None,
        nearby: None,
    };
    reader.head(head(naming.text, is_item), is_item);
    let quote = if is_item { None } else { body.iter().position(|block| block.kind != Kind::Blank) };
    let mut blank = false;
    for (i, block) in body.iter().enumerate() {
        if quote != Some(i) || !reader.other_title(block) {
            reader.line(block, blank, i);
        }
        blank = block.kind == Kind::Blank;
    }
    reader.finish()
}

/// What is known of the names of fields.
#[derive(Clone, Copy)]
pub(super) struct Names<'n> {
    /// Names that settings give.
    pub(super) columns: &'n [(String, Field)],
    /// Labels of no known meaning that stand before several lines of the text.
    pub(super) recurring: &'n HashSet<&'n str>,
}

/// A field whose text goes on.
struct Open<'a> {
    name: &'a str,
    field: Field,
    text: String,
    /// Where nothing stands beside its name, items below it are its values: those with so much white space in front.
    values: Option<u16>,
    /// White space in front of its name, where that is a label and no heading.
    label: Option<u16>,
    /// White space in front of the first item of its text.
    items: Option<u16>,
}

impl Open<'_> {
    /// True if an item below belongs to the text although it has a label: nothing stands beside the name but a list. Below a heading
    /// labels that recur are fields.
    fn lists(&self, label: &Label, item: Option<u16>, recurs: bool) -> bool {
        let is_below = item.is_some_and(|indent| self.values.is_some_and(|least| least <= indent));
        let is_list = self.items.is_some() || self.text.is_empty();
        // What stands below one of its items tells of that.
        let is_inside = self.items.is_some_and(|first| item.is_some_and(|indent| first < indent));
        let is_named = self.label.is_some() || is_inside || !recurs && matches!(self.field, Field::Unknown | Field::Comment);
        is_below && is_list && is_named && self.field.form() == FieldForm::Text && label.field == Field::Unknown
    }

    /// True if a paragraph behind the list of a label is no part of it, as it stands at the margin.
    fn ends_before(&self, block: &Block, blank: bool) -> bool {
        let is_outside = self.label.is_some_and(|margin| block.indent <= margin);
        blank && block.kind == Kind::Text && self.items.is_some() && is_outside && self.field != Field::Summary
    }
}

struct Reader<'a, 'c> {
    draft: Draft,
    columns: &'c [(String, Field)],
    recurring: &'c HashSet<&'c str>,
    /// All lines below the one that names the entry.
    body: &'c [Block<'a>],
    open: Option<Open<'a>>,
    /// Names in a line of fields that nothing calls authors, and what they stand under; a field of authors goes before them.
    people: Option<(&'a str, &'a str)>,
    /// True between the head of a table of properties and its end.
    in_properties: bool,
    /// True behind words that end with a colon, and between the items of the list that they announce.
    lists_points: bool,
    /// Text without a label.
    loose: String,
    /// The id beside the title.
    id: Option<WorkId>,
    /// The page nearby that the title leads to.
    nearby: Option<&'a str>,
    /// Links inside of texts, taken only where there is no other.
    prose_links: Vec<(&'a str, &'a str)>,
}

impl<'a> Reader<'a, '_> {
    fn head(&mut self, head: Head<'a>, is_item: bool) {
        // A line has several lines only where a field was folded.
        match head.title.contains('\n') {
            true => self.draft.fill(Field::Title, "title", &head.title.split_whitespace().collect::<Vec<_>>().join(" ")),
            false => self.draft.fill(Field::Title, "title", &head.title),
        }
        match head.url {
            Some(url) if link::is_web(url) => self.draft.title_link(url),
            nearby => self.nearby = nearby,
        }
        if let Some(page) = head.wiki.filter(|page| *page != head.title) {
            self.draft.keep("ref", page);
        }
        for link in &head.links {
            self.draft.plain_link(link.url, link.text);
        }
        if let Some(source) = head.source {
            self.draft.fill(Field::Source, Field::Source.name(), source);
        }
        if let Some(day) = head.day {
            self.draft.fill(Field::Published, "date", day);
        }
        for mark in &head.marks {
            if is_category(mark) {
                self.draft.tag(mark);
            } else if is_clock(mark) {
                self.draft.keep("time", mark);
            } else if !self.score(mark) && !self.counts(mark) {
                self.draft.keep("mark", mark);
            }
        }
        self.id = head.id;
        let rest = match source_before(&head.rest).filter(|_| is_item && head.form == Form::Linked) {
            Some((source, rest)) => {
                self.draft.fill(Field::Source, Field::Source.name(), source);
                rest
            }
            None => head.rest.as_str(),
        };
        if !rest.is_empty() {
            self.owned_rest(rest, head.form, is_item);
        }
    }

    /// What stands behind the title on its line: tags, a date, a description.
    fn owned_rest(&mut self, rest: &str, form: Form, is_item: bool) {
        // `(⭐ 12 | 💬 3)`: the bracket is around all parts.
        let mut parts = segments(unbracketed(rest));
        if parts.len() == 1 {
            parts = vec![rest];
        }
        // A bar parts notes of few words; between longer ones it is a sign of the text.
        if parts.len() > 1 && parts.iter().all(|part| is_sentence(part) || part.split_whitespace().nth(MIN_PHRASE - 1).is_some())
        {
            parts = vec![rest];
        }
        let many = parts.len() > 1;
        for part in parts {
            let inner = unbracketed(part);
            if form == Form::WithLink && is_links(part) {
                // The links of the line are the entry's already.
                continue;
            } else if is_code_spans(part) {
                part.split('`').filter(|tag| !tag.trim().is_empty()).for_each(|tag| self.draft.tag(tag));
            } else if is_category(inner) {
                self.draft.tag(inner);
            } else if is_hashtags(part) {
                part.split_whitespace().for_each(|tag| self.draft.tag(tag));
            } else if form >= Form::Bold && (self.score(inner) || self.day(inner)) || self.counts(inner) {
                continue;
            } else if let Some(label) =
                label(inner, self.columns).filter(|label| label.field != Field::Unknown && label.field != Field::Title)
            {
                self.draft.fill(label.field, label.name, label.rest);
            } else if self.draft.entry.authors.is_empty() && form >= Form::Bold && is_people(before_year(without_joints(part))) {
                let people = before_year(without_joints(part));
                self.draft.fill(Field::Authors, "authors", people.strip_prefix("by ").unwrap_or(people));
            } else if !is_item && (is_badge(part) || says_new(part.trim_matches('*'))) {
                self.draft.keep("mark", part.trim_matches('*'));
            } else if many && self.draft.entry.authors.is_empty() && has_others(part) {
                self.draft.fill(Field::Authors, "authors", part);
            } else if form == Form::WithLink && !many && is_domain(inner) && inner.len() < part.len() {
                self.draft.fill(Field::Source, Field::Source.name(), inner);
            } else if many && part.chars().count() <= 40 || form == Form::Plain && part.chars().count() <= 4 {
                self.draft.keep("details", part);
            } else {
                push_line(&mut self.loose, part);
            }
        }
    }

    /// Takes a number as the score, unless there is one.
    fn score(&mut self, text: &str) -> bool {
        let is_scored = self.draft.has_extra(Field::Score.name());
        let number = score(text).filter(|_| !is_scored);
        number.into_iter().for_each(|number| self.draft.fill(Field::Score, Field::Score.name(), number));
        number.is_some()
    }

    /// Takes what the numbers of a text count, if there is nothing else in it. Answers are where the link of their number leads.
    fn counts(&mut self, text: &str) -> bool {
        let words = if text.contains("](") { Cow::Owned(link::without_anchors(text)) } else { Cow::Borrowed(text) };
        let (found, by) = match words.split_once(" by ") {
            Some((before, user)) if !user.contains(' ') => (counts(before), Some(user)),
            Some((before, user)) if user.ends_with(" ago") => (counts(before), user.split(' ').next()),
            _ => (counts(&words), None),
        };
        if found.is_empty() {
            return false;
        }
        for count in &found {
            // How much readers like a work is often said beside its title and again below it.
            if count.rates && self.draft.keeps(count.number) {
                continue;
            }
            let field = if count.rates { Field::Score } else { Field::Unknown };
            self.draft.fill(field, count.name, count.number);
        }
        if let Some(user) = by.filter(|_| self.draft.entry.authors.is_empty()) {
            self.draft.fill(Field::Authors, "authors", user);
        }
        let discusses = found.iter().any(Count::is_of_comments);
        // The page of a user is no page of the work.
        for link in link::find(text).filter(|link| link::is_web(link.url) && by != Some(link.text)) {
            match discusses {
                true => self.draft.link(link.url, link.text, LinkKind::Discussion, Role::Discussion),
                false => self.draft.plain_link(link.url, link.text),
            }
        }
        true
    }

    /// Takes a day as the one of publishing, unless there is one.
    fn day(&mut self, text: &str) -> bool {
        let is_day = self.draft.entry.published.is_none() && date::is_day(text.trim_matches(['*', '_', '`']));
        if is_day {
            self.draft.fill(Field::Published, "date", text);
        }
        is_day
    }

    fn line(&mut self, block: &Block<'a>, blank: bool, i: usize) {
        self.in_properties &= block.kind == Kind::Row;
        match block.kind {
            Kind::Rule if is_mail_mark(block.text) => return self.close(),
            Kind::Blank | Kind::Rule => return,
            Kind::Heading(7) if byline(block.text).is_some() && self.names(block.text, i) => return,
            Kind::Heading(_) => return self.sub_heading(block.text),
            Kind::Row if self.property(block.text, i) => return,
            Kind::Code | Kind::Row => return self.text(block.text, None, blank),
            Kind::Item { .. } | Kind::Text => {}
        }
        let item = matches!(block.kind, Kind::Item { .. }).then_some(block.indent);
        let text = self.without_italics(without_layout(block.text));
        if text.is_empty() || is_image(text) {
            return;
        }
        if let Some(name) = self.ornamented_name(block) {
            return self.sub_heading(name);
        }
        let parts = self.parts(in_italics(text).filter(|inner| !inner.contains(['*', '_'])).unwrap_or(text));
        if parts.len() > 1 && self.is_field_line(&parts) {
            self.close();
            if text.contains(['·', '•']) && self.are_tags(&parts) {
                self.segment(parts[0], i, false);
                return parts[1..].iter().for_each(|tag| self.draft.tag(tag));
            }
            let in_meta = parts.iter().any(|part| is_links(part));
            parts.into_iter().for_each(|part| self.segment(part, i, in_meta));
            return;
        }
        let is_listed =
            |label: &Label| self.open.as_ref().is_some_and(|open| open.lists(label, item, self.recurring.contains(label.name)));
        let is_point = |label: &Label| {
            self.lists_points && item.is_some() && label.field == Field::Unknown && !self.recurring.contains(label.name)
        };
        if let Some(label) =
            label(text, self.columns).filter(|label| self.takes(label, i, blank) && !is_point(label) && !is_listed(label))
        {
            return self.label(label, item, block.indent);
        }
        let in_list = item.is_some() && self.open.as_ref().is_some_and(|open| open.values.is_some());
        if !in_list && self.counts(text) {
            return self.close();
        }
        if self.open.as_ref().is_some_and(|open| open.ends_before(block, blank)) {
            self.close();
        }
        if is_links(text) {
            self.close();
            return self.links(text);
        }
        if let Some((links, note)) = note_behind_links(text) {
            self.close();
            self.draft.keep("details", note);
            return self.links(links);
        }
        if self.open.is_none() && self.loose.is_empty() && self.names(text, i) {
            return;
        }
        if self.open.is_none() && !self.is_caption(i) && date::is_day(text.trim_matches(['*', '_', '`'])) {
            return self.draft.fill(Field::Published, "date", text);
        }
        self.text(text, item, blank);
    }

    /// True for a line that stands behind words of the entry and right above others: a day there is that of a picture or an event.
    fn is_caption(&self, i: usize) -> bool {
        let goes_on = self.body.get(i + 1).is_some_and(|below| below.kind == Kind::Text && self.body[i].kind == Kind::Text);
        !self.loose.is_empty() && goes_on
    }

    /// The bold words behind an emoji that are all of several lines of the text: each names what stands below it.
    fn ornamented_name(&self, block: &Block<'a>) -> Option<&'a str> {
        let name = ornamented_name(block.text).filter(|_| block.kind == Kind::Text)?;
        self.recurring.contains(name).then_some(name)
    }

    /// The parts of a line of fields. Dots and bars between the words of a sentence behind a label part nothing.
    fn parts(&self, line: &'a str) -> Vec<&'a str> {
        let parts = segments(line);
        if parts.len() == 1 || !parts.iter().any(|part| is_sentence(part)) {
            return parts;
        }
        let mut joined: Vec<&str> = Vec::with_capacity(parts.len());
        let mut end = 0;
        // The part with the last label for a text, and where it begins in the line.
        let mut text: Option<(usize, usize)> = None;
        for part in parts {
            let start = end + line[end..].find(part).unwrap_or(0);
            end = start + part.len();
            let label = label(without_bold(part), self.columns).filter(|label| label.field != Field::Unknown || label.marked);
            match (label, text) {
                (None, Some((n, begin))) if is_sentence(part) && !is_links(part) => {
                    joined.truncate(n);
                    joined.push(&line[begin..end]);
                    continue;
                }
                (None, _) => {}
                (Some(label), _) => text = (label.field.form() == FieldForm::Text).then_some((joined.len(), start)),
            }
            joined.push(part);
        }
        joined
    }

    /// A line wholly in italics without their marks, if they set off a field and not a sentence.
    fn without_italics(&self, text: &'a str) -> &'a str {
        let inner = without_italics(text);
        let is_field = || label(inner, self.columns).is_some_and(|label| label.field != Field::Unknown);
        if inner.len() < text.len() && is_field() { inner } else { text }
    }

    /// Reads a row of a table of properties. The row of dashes and a header of mere words say nothing.
    fn property(&mut self, row: &'a str, i: usize) -> bool {
        if begins_table(row, self.body.get(i + 1)) {
            self.in_properties = true;
            return true;
        }
        if is_bare(row) {
            // Below a head that is text already it makes the rows a table.
            return !i.checked_sub(1).is_some_and(|above| self.ends_with(&self.body[above]));
        }
        if let Some((field, name, value)) = property(row, self.columns) {
            self.close();
            self.draft.fill(field, name, value);
            return true;
        }
        let Some((name, value)) = cells_of_two(row) else { return false };
        let field = super::words::field_of(name, self.columns).unwrap_or(Field::Unknown);
        if self.in_properties && name.contains(char::is_alphanumeric) {
            self.close();
            match field {
                Field::Title if self.is_titled() => self.second_title(name, value),
                field => self.draft.fill(field, name, value),
            }
            return true;
        }
        // Over the name of a field stands what only counts, and the title is one of them.
        if field == Field::Title && !is_value_head(value) && !self.is_titled() {
            self.draft.fill(Field::Title, name, value);
            return true;
        }
        let recurs = bold_name(row).is_some_and(|name| self.recurring.contains(name));
        if recurs {
            self.close();
            self.draft.keep(name, value);
        }
        recurs
    }

    /// True if a label opens a field at a line of the body: a known one, one that is set off, one in an item or at the start of a
    /// paragraph if it is not the beginning of a sentence.
    fn takes(&self, label: &Label, i: usize, blank: bool) -> bool {
        let is_item = matches!(self.body[i].kind, Kind::Item { .. });
        let is_below_handle = || i.checked_sub(1).is_some_and(|above| self.body[above].text.ends_with("</summary>"));
        let starts = self.open.is_none() && self.loose.is_empty() || blank || is_below_handle();
        if label.field == Field::Title {
            // In the middle of a text a "title" is one only if there is none yet.
            return !self.is_titled() || label.marked || is_item || starts;
        }
        label.field != Field::Unknown && label.name.len() <= 40
            || label.marked
            || is_item && label.may_recur() && self.recurring.contains(label.name)
            || (is_item || starts)
                && label.has_form()
                && (self.recurring.contains(label.name) || names_link(label.rest) || self.is_in_run(i))
            || is_item && label.rest.is_empty() && is_label_like(label.bare_name()) && self.has_value_below(i)
    }

    /// True if text stands further inside right below an item: the value of the label that is all of it.
    fn has_value_below(&self, i: usize) -> bool {
        let below = self.body.get(i + 1);
        below.is_some_and(|below| below.kind == Kind::Text && self.body[i].indent < below.indent)
    }

    /// True if the line above or below one with a label has a label too: words before a colon that stand alone in prose begin a sentence,
    /// `Nobody knew why: …`.
    fn is_in_run(&self, i: usize) -> bool {
        let block = &self.body[i];
        let is_item = matches!(block.kind, Kind::Item { .. });
        // Items have blank lines and text of their own between them.
        let is_beside = |other: &&Block| !is_item || other.kind != Kind::Blank && other.indent <= block.indent;
        let above = self.body[..i].iter().rev().take(MAX_BETWEEN).find(is_beside);
        let below = self.body[i + 1..].iter().take(MAX_BETWEEN).find(is_beside);
        above.into_iter().chain(below).any(|other| {
            let label = label(other.text, self.columns).filter(|_| other.kind == block.kind);
            label.is_some_and(|label| label.field != Field::Unknown || label.has_form())
        })
    }

    fn sub_heading(&mut self, text: &'a str) {
        self.close();
        self.lists_points = false;
        let name = text.trim_matches(|c: char| is_ornament(c) || matches!(c, '*' | ':' | '：'));
        let labelled = label(text, self.columns);
        if let Some(Label { field: field @ Field::Score, name, rest, .. }) = labelled
            && score(rest).is_some()
        {
            self.draft.fill(field, name, rest);
            self.open =
                Some(Open { name, field: Field::Unknown, text: String::new(), values: Some(0), label: None, items: None });
            return;
        }
        let meaning = labelled.filter(|label| label.rest.is_empty()).map(|label| label.field);
        let field = meaning.or_else(|| super::words::field_of(name, self.columns)).unwrap_or(Field::Unknown);
        self.open = Some(Open { name, field, text: String::new(), values: Some(0), label: None, items: None });
    }

    fn label(&mut self, label: Label<'a>, item: Option<u16>, indent: u16) {
        self.close();
        // `Subjects: Subjects:` says its name twice.
        let again = label.rest.strip_prefix(label.name).and_then(|rest| rest.strip_prefix([':', '：']));
        let rest = again.map_or(label.rest, str::trim_start);
        let values = rest.is_empty().then(|| item.map_or(0, |indent| indent.saturating_add(1)));
        let Label { name, field, .. } = label;
        self.lists_points = rest.ends_with([':', '：']);
        self.open = Some(Open { name, field, text: rest.to_owned(), values, label: Some(indent), items: None });
    }

    /// Text goes on in the open field if that is one for text, or nothing of it stands there yet.
    fn text(&mut self, text: &'a str, item: Option<u16>, blank: bool) {
        self.lists_points = text.ends_with([':', '：']) || self.lists_points && item.is_some();
        match &mut self.open {
            Some(open) if goes_on(open, text, item, blank) => {
                if blank && !open.text.is_empty() {
                    open.text.push('\n');
                }
                push_line(&mut open.text, text);
                open.items = open.items.or(item);
            }
            _ => {
                self.close();
                if blank && !self.loose.is_empty() {
                    self.loose.push('\n');
                }
                push_line(&mut self.loose, text);
            }
        }
        if !self.draft.has_page() && text.contains(':') {
            self.prose_links.extend(link::find(text).filter(|link| link::is_web(link.url)).map(|link| (link.url, link.text)));
        }
    }

    /// True if the text that is open ends with this row.
    fn ends_with(&self, row: &Block) -> bool {
        let text = self.open.as_ref().map_or(&self.loose, |open| &open.text);
        row.kind == Kind::Row && text.trim_end().ends_with(row.text.trim())
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let text = open.text.trim();
        match open.field {
            Field::Title if self.is_titled() => self.second_title(open.name, text),
            Field::Authors => self.draft.fill(Field::Authors, open.name, text),
            // Of two summaries the later is kept under its own name.
            field => self.draft.fill(field, open.name, text),
        }
    }

    /// True if there is a title that is more than a running number, `Paper 1`.
    fn is_titled(&self) -> bool {
        self.draft.entry.title.as_deref().is_some_and(|title| !is_running_number(title))
    }

    /// A title beside the one of the heading: its link is the entry's, its words are the original title unless they only say more
    /// of the same.
    fn second_title(&mut self, name: &str, text: &str) {
        // `Publication: 2025-11-14` tells when, and not what.
        if date::is_day(text) {
            return self.draft.fill(Field::Published, name, text);
        }
        link::find(text).filter(|link| link::is_web(link.url)).for_each(|link| self.draft.title_link(link.url));
        if is_address(text) {
            return;
        }
        let words = link::without_anchors(text);
        let title = self.draft.entry.title.clone().unwrap_or_default();
        if words.contains(&title) {
            if words != title {
                self.draft.keep(name, &words);
            }
        } else {
            self.draft.fill(Field::OriginalTitle, name, &words);
        }
    }

    fn finish(mut self) -> Draft {
        self.close();
        let loose = std::mem::take(&mut self.loose);
        let (words, more) = before_read_more(loose.trim());
        if let Some((url, text)) = more {
            self.draft.plain_link(url, text);
        }
        if !words.is_empty() {
            self.draft.description(words);
        }
        match self.people.take() {
            Some((_, people)) if self.draft.entry.authors.is_empty() => self.draft.fill(Field::Authors, "authors", people),
            Some((name, people)) => self.draft.keep(name, people),
            None => {}
        }
        self.own_id();
        self.gist();
        // A page of the work goes before what its digest has of it.
        match self.nearby {
            Some(url) if self.draft.has_page() => self.draft.link(url, "", LinkKind::of_url(url), Role::Code),
            Some(url) => self.draft.title_link(url),
            None => {}
        }
        self.links_of_labels();
        if !self.draft.has_page() {
            let mut page = false;
            for (url, text) in std::mem::take(&mut self.prose_links) {
                let discusses = LinkKind::of_url(url) == LinkKind::Discussion;
                if discusses || !page {
                    self.draft.plain_link(url, text);
                    page |= !discusses;
                }
            }
        }
        self.draft
    }

    /// Takes the links that stand alone beside labels whose words are not known; where there is a page already, addresses, and the one link
    /// beside a label that speaks of one.
    fn links_of_labels(&mut self) {
        let has_page = self.draft.has_page();
        let is_link = |(name, text): &(String, String)| {
            let is_one = || !text.starts_with('`') && link::find(text).nth(1).is_none();
            is_links(text) && (!has_page || names_address(name) && is_one() || is_address(text) && !is_picture(name, text))
        };
        let (links, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.draft.entry.extra).into_iter().partition(is_link);
        self.draft.entry.extra = others;
        let title = self.draft.entry.title.clone().unwrap_or_default();
        for (name, text) in links {
            for found in link::find(&text) {
                // The title again says less than the label.
                let words = if has_page && (found.text.is_empty() || found.text.contains(&title)) { &name } else { found.text };
                self.draft.plain_link(found.url, words);
            }
        }
    }

    /// Where nothing is called the summary, and no text stands without a label, a field that says what is new is the summary.
    fn gist(&mut self) {
        let entry = &mut self.draft.entry;
        if entry.summary.is_none()
            && let Some(at) = entry.extra.iter().position(|(name, text)| is_gist(name) && !is_links(text))
        {
            entry.summary = Some(entry.extra.remove(at).1);
        }
    }

    /// The id beside the title is the entry's unless a field says another. An address of the same work may tell the version too.
    fn own_id(&mut self) {
        let Some(id) = self.id.take() else { return };
        let linked = || self.draft.entry.links.iter().filter_map(|link| WorkId::parse(&link.url)).find(|linked| *linked == id);
        let linked = if id.version().is_none() { linked() } else { None };
        match &self.draft.entry.id {
            None => self.draft.entry.id = Some(linked.unwrap_or(id)),
            Some(field) if *field == id => {}
            Some(_) => self.draft.keep("id", &id.shown().unwrap_or_default()),
        }
    }

    /// True if the parts of a line are fields: most of them have a label, are links, dates or code.
    fn is_field_line(&self, parts: &[&str]) -> bool {
        let is_field = |part: &&&str| {
            part.chars().count() <= 200 && is_code_spans(part)
                || date::is_day(part.trim_matches(['*', '_', '`']))
                || is_links(part)
                || !counts(part).is_empty()
                || by_emoji(part).is_some()
                || label(without_bold(part), self.columns).is_some_and(|label| label.field != Field::Unknown || label.marked)
        };
        let n = parts.iter().filter(is_field).count();
        let has_people = || n > 0 && parts.iter().any(|part| self.are_people(part)) && parts.iter().any(|part| is_links(part));
        n * 2 >= parts.len()
            || has_people()
            || n > 0 && parts.iter().all(|part| part.chars().count() <= 48 || is_links(part))
            || parts.iter().all(|part| part.chars().count() <= 24)
    }

    /// True for a line that begins with what marks tags, `🏷️ Robots · Ice`, and goes on with a few words between dots that nothing marks.
    fn are_tags(&self, parts: &[&'a str]) -> bool {
        let is_first = |part: &'a str| match by_emoji(part) {
            Some((field, ..)) => field == Field::Tags,
            None => label(without_bold(part), self.columns).is_some_and(|label| label.field == Field::Tags),
        };
        let is_tag = |part: &&str| {
            is_term(part) && !part.contains([':', '：', ',', '，', '(', '[']) && part.starts_with(char::is_alphabetic)
        };
        is_first(parts[0]) && parts[1..].iter().all(is_tag)
    }

    /// True for several names in a line that also leads to the work, where nobody is known to have written it yet.
    fn are_people(&self, part: &str) -> bool {
        self.people.is_none()
            && self.draft.entry.authors.is_empty()
            && part.contains([',', '，', '、'])
            && name::looks_like_names(part, false)
    }

    /// Takes a part of a line of fields; `in_meta` says that another part leads to the work.
    fn segment(&mut self, part: &'a str, i: usize, in_meta: bool) {
        if let Some(label) = label(without_bold(part), self.columns)
            .filter(|label| label.field != Field::Unknown || label.marked || is_label_like(label.name))
        {
            match label.field {
                Field::Title if self.is_titled() => self.second_title(label.name, label.rest),
                Field::Unknown if in_meta && self.are_people(label.rest) => self.people = Some((label.name, label.rest)),
                field => self.draft.fill(field, label.name, label.rest),
            }
        } else if self.counts(behind_label(part)) {
            // Its numbers are taken.
        } else if let Some((field, name, text)) = by_emoji(part) {
            self.draft.fill(field, name, text);
        } else if is_links(part) {
            self.links(part);
        } else if is_code_spans(part) {
            part.split('`').filter(|tag| !tag.trim().is_empty()).for_each(|tag| self.draft.tag(tag));
        } else if date::is_day(part.trim_matches(['*', '_', '`'])) {
            self.draft.fill(Field::Published, "date", part);
        } else if is_category(part) {
            self.draft.tag(part);
        } else if in_meta && self.are_people(part) {
            self.people = Some(("details", part));
        } else {
            let is_read = is_absent(part) || (in_italics(part).is_some() || has_others(part)) && self.names(part, i);
            if !is_read {
                self.draft.keep("details", part);
            }
        }
    }

    /// Takes a quote in italics right below the heading, if it is in another script than that, for the title in the other language:
    /// the English one of the two is the original.
    fn other_title(&mut self, block: &Block<'a>) -> bool {
        // Below a heading nothing but the marks of a quote indents a line.
        let is_quote = block.kind == Kind::Text && block.indent > 0;
        let Some(words) = in_italics(block.text).filter(|_| is_quote) else { return false };
        let Some(title) = self.draft.entry.title.as_deref().filter(|_| self.draft.entry.original_title.is_none()) else {
            return false;
        };
        let is_wide = |text: &str| text.chars().any(is_cjk);
        if is_wide(words) == is_wide(title) || words.contains("](") || words.ends_with(['.', '。']) {
            return false;
        }
        if is_wide(words) {
            let title = title.to_owned();
            self.draft.fill(Field::Title, "title", words);
            self.draft.entry.original_title = Some(title);
        } else {
            self.draft.fill(Field::OriginalTitle, "title", words);
        }
        true
    }

    fn links(&mut self, text: &'a str) {
        for found in link::find(text) {
            if link::is_web(found.url) || is_link_word(found.text) {
                self.draft.plain_link(found.url, found.text);
            }
        }
    }

    /// Takes a line of names right below the title as its authors.
    fn names(&mut self, text: &'a str, i: usize) -> bool {
        if i > 3 || !self.draft.entry.authors.is_empty() {
            return false;
        }
        if let Some((people, day)) = byline(text) {
            self.draft.fill(Field::Authors, "authors", people);
            self.draft.fill(Field::Published, "date", day);
            return true;
        }
        let (id, text) = ids::behind_names(text).map_or((None, text), |(id, names)| (Some(id), names));
        let set_off = in_italics(text);
        let bare = text.trim_start_matches(is_ornament);
        let by = bare.strip_prefix("by ").or_else(|| bare.strip_prefix("By "));
        let person = text.starts_with(['👤', '👥', '✍', '🧑', '👨', '👩', '🖊', '✏']);
        if let Some(remark) = set_off.filter(|words| is_remark(words)) {
            self.draft.keep("mark", remark);
            return true;
        }
        let others = has_others(bare);
        let sure = set_off.is_some() || by.is_some() || person || others;
        let list = set_off.or(by).unwrap_or(bare);
        if !name::looks_like_names(list, sure) {
            return false;
        }
        self.draft.fill(Field::Authors, "authors", list);
        let are_names = !self.draft.entry.authors.is_empty();
        self.id = self.id.take().or(id.filter(|_| are_names));
        are_names
    }
}

/// So many lines are looked at for the next item.
const MAX_BETWEEN: usize = 16;

/// Fewer words beside a title are a note.
const MIN_PHRASE: usize = 5;

/// A text without the link that it ends with, if the words of that only say to read on, `[>阅读原文](…)`, and the link.
fn before_read_more(text: &str) -> (&str, Option<(&str, &str)>) {
    let last = text.rfind('[').filter(|_| text.ends_with(')')).map(|open| (open, link::find(&text[open..]).next()));
    let Some((open, Some(more))) = last else { return (text, None) };
    let words = more.text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_more = look_up_whole(words).is_some_and(|meaning| meaning.field == Field::Link);
    // An ornament or a sign before the link goes with it.
    let before =
        text[..open].trim_end_matches(|c: char| is_ornament(c) || matches!(c, '-' | '—' | '|' | '>' | '\u{2190}'..='\u{21FF}'));
    let is_end =
        open + more.range.end == text.len() && before.ends_with(['.', '。', '!', '！', '?', '？', '…', '”', '"', ')', '）']);
    if is_more && is_end && link::is_web(more.url) { (before, Some((more.url, more.text))) } else { (text, None) }
}

/// True if the next line belongs to the open field: texts go on until the next label, other fields only where nothing stands yet,
/// names and words also where the line is plainly more of the same.
fn goes_on(open: &Open, text: &str, item: Option<u16>, blank: bool) -> bool {
    match open.field.form() {
        // A paragraph below such a value behind words of no known meaning is about the entry.
        FieldForm::Text => !blank || open.field != Field::Unknown || !is_whole(&open.text, item),
        FieldForm::Names | FieldForm::Words => match item {
            Some(indent) => (!blank || open.text.is_empty()) && open.values.is_some_and(|least| least <= indent),
            None => open.text.is_empty() || !blank && is_more(open, text),
        },
        _ => open.text.is_empty(),
    }
}

/// True for a value that nothing can be added to: links, a day, a time, a number.
fn is_whole(text: &str, item: Option<u16>) -> bool {
    let is_number = || {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        item.is_none() && text.len() <= MAX_VALUE && letters <= MAX_LETTERS && text.starts_with(|c: char| c.is_ascii_digit())
    };
    text.len() <= MAX_LINKS && (is_number() || is_links(text))
}

/// A longer text, in bytes, is no day and no number.
const MAX_VALUE: usize = 40;

/// So many letters have the zone of a time and the unit of a number at most.
const MAX_LETTERS: usize = 4;

/// Longer texts, in bytes, are not looked at for being nothing but links.
const MAX_LINKS: usize = 800;

/// True if a line is more of the names or words above it: what stands there is not finished, or the line is of the same kind.
fn is_more(open: &Open, text: &str) -> bool {
    let above = open.text.trim_end();
    let is_open = above.ends_with([',', '，', ';', '；', '、', '&', '|', '/']) || above.ends_with(" and");
    is_open
        || match open.field.form() {
            FieldForm::Names => name::looks_like_names(text, true),
            _ => {
                !text.ends_with(['.', '。', '!', '！', '?', '？'])
                    && text.contains(char::is_alphanumeric)
                    && text.split([',', '，', ';', '；', '、', '|', '/']).all(is_term)
            }
        }
}

fn push_line(to: &mut String, line: &str) {
    if !to.is_empty() {
        to.push('\n');
    }
    to.push_str(line);
}
