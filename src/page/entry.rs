//! An entry in full, and an entry as a row of a list.

use super::Page;
use super::view::{AuthorLink, BriefView, EntryView, ExtraField, LinkView, NamedLink};
use crate::cite;
use crate::model::{Entry, Link, LinkKind, WorkId, name};
use crate::prose;
use crate::site::route::{Route, in_url};
use crate::site::slug::slug;
use crate::site::{EntryRef, tag_slug};
use crate::text::{Letters, any_three, is_han};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// What is said already around an entry in brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// Its day and its source.
    DayAndSource,
    /// Its day.
    Day,
    /// Neither.
    Neither,
}

/// From so many authors on only the first are shown.
const MANY_AUTHORS: usize = 20;

/// How many of many authors are shown at first.
const FIRST_AUTHORS: usize = 8;

/// How many authors an entry in brief names.
const AUTHORS_IN_BRIEF: usize = 3;

/// The kinds of links that a title is expected to be. Named again below it, they would be a tenth of a day's page.
const OF_PAPERS: [LinkKind; 3] = [LinkKind::Abstract, LinkKind::Pdf, LinkKind::Html];

/// Summaries wider than three lines of 36 Han characters are folded; letters of other scripts count half.
const LONG: usize = 36 * 3;

impl Page<'_> {
    /// An entry in full, as it stands on its day's page.
    pub(super) fn entry_view(&self, at: EntryRef) -> EntryView {
        let (listed, entry) = self.site.entry(at);
        let anchor = &listed.anchors[at.entry as usize];
        let tags = self.tag_links(entry);
        let seen_before = self.seen_before(at);
        let on_its_day = matches!(self.route, Route::Day(_) | Route::DayPart(_, None, ..));
        let view = self.in_full(entry, anchor, &listed.digest.path, self.author_links(at), tags);
        // What a page shows nothing beside is not folded.
        let n_on_day = || self.site.day(listed.day).map_or(0, |record| record.n_entries);
        let is_alone = || on_its_day && listed.digest.entries.len() == 1 && n_on_day() == 1;
        EntryView {
            is_long: view.is_long && !is_alone(),
            permalink: Some(if on_its_day { format!("#{anchor}") } else { self.sighting(at).url }),
            is_repeat: !seen_before.is_empty(),
            seen_before,
            work: self.work_link(at),
            coins: self.site.info.citations.coins.then(|| cite::coins(&cite::citation(self.site, at))),
            ..view
        }
    }

    /// An entry in another language: its authors and tags are linked as far as the site knows them.
    pub(super) fn translated_view(&self, entry: &Entry, anchor: &str, path: &str) -> EntryView {
        let authors = entry.authors.iter().map(|written| {
            let slug = slug(&name::key(written));
            let known = self.site.author_at(&slug).is_some();
            let url = known.then(|| self.links.to(&Route::Author(slug, None)));
            AuthorLink { name: written.clone(), url }
        });
        let mut tags = self.tag_links(entry);
        let mut known =
            entry.tags.iter().map(|tag| self.site.tags.binary_search_by(|other| other.slug.cmp(&tag_slug(tag))).is_ok());
        tags.retain(|_| known.next().unwrap_or(false));
        self.in_full(entry, anchor, path, authors.collect(), tags)
    }

    fn in_full(&self, entry: &Entry, anchor: &str, path: &str, mut authors: Vec<AuthorLink>, tags: Vec<NamedLink>) -> EntryView {
        let shown = if authors.len() < MANY_AUTHORS { authors.len() } else { FIRST_AUTHORS };
        let more_authors = authors.split_off(shown);
        let mut links: Vec<LinkView> = entry.links.iter().filter_map(|link| self.link_view(link)).collect();
        let main = links.first_mut();
        let url = main.as_ref().map(|link| link.url.clone());
        let is_of_paper = |link: &&mut LinkView| OF_PAPERS.iter().any(|kind| kind.name() == link.kind);
        let url_kind = main.filter(is_of_paper).map(|link| {
            link.is_title = true;
            link.kind
        });
        EntryView {
            is_h_entry: self.is_h_feed(),
            anchor: Some(anchor.to_owned()),
            permalink: Some(format!("#{anchor}")),
            title_html: title_html(entry),
            has_title: entry.title.is_some(),
            title_language: self.foreign(entry.title.as_deref()),
            url,
            url_kind,
            original_title_html: entry.original_title.as_deref().map(prose::inline_html),
            original_language: self.foreign(entry.original_title.as_deref()),
            n_more_authors: more_authors.len(),
            authors,
            more_authors,
            links,
            id: entry.id.as_ref().and_then(WorkId::shown),
            published: entry.published.map(|day| day.to_string()),
            summary_html: entry.summary.as_deref().map(prose::html),
            summary_language: self.foreign(entry.summary.as_deref()),
            is_long: entry.summary.as_deref().is_some_and(|summary| width(summary) > LONG * 2),
            note_html: entry.note.as_deref().map(prose::html),
            note_language: self.foreign(entry.note.as_deref()),
            tags,
            extra: self.extra_fields(entry),
            is_repeat: false,
            seen_before: Vec::new(),
            digest_url: self.digest_url(path, entry.line),
            work: None,
            coins: None,
        }
    }

    /// An entry in brief. `later` are further sightings of its work.
    pub(super) fn entry_in_brief(&self, at: EntryRef, later: &[EntryRef], around: Around) -> BriefView {
        let (listed, entry) = self.site.entry(at);
        let named = &entry.authors[..entry.authors.len().min(AUTHORS_IN_BRIEF)];
        let id = entry.id.as_ref().and_then(WorkId::shown);
        let main = id.as_ref().and_then(|_| entry.links.iter().find_map(|link| prose::href(&link.url)));
        BriefView {
            is_brief: true,
            iso: listed.day.to_string(),
            day: (around == Around::Neither).then(|| self.date("day_short", listed.day)),
            source: (around != Around::DayAndSource).then(|| self.site.sources[listed.source as usize].label.clone()),
            title_html: title_html(entry),
            has_title: entry.title.is_some(),
            title_language: self.foreign(entry.title.as_deref()),
            url: self.sighting(at).url,
            original_title_html: entry.original_title.as_deref().map(prose::inline_html),
            original_language: self.foreign(entry.original_title.as_deref()),
            names: named.join("; "),
            n_authors: entry.authors.len(),
            n_more_authors: entry.authors.len() - named.len(),
            id,
            id_url: main,
            is_repeat: self.earlier(at).next().is_some(),
            seen_again: later.iter().map(|&other| self.sighting(other)).collect(),
        }
    }

    /// Looks at what is shown in brief of each of these entries, so that the processor waits for the memory of all of them at once. The entries
    /// of an author lie anywhere among a million, and who takes one after the other waits for each several times.
    pub(super) fn prefetch(&self, entries: impl Iterator<Item = EntryRef>) {
        let first = |text: Option<&str>| text.and_then(|text| text.as_bytes().first()).map_or(0, |byte| usize::from(*byte));
        let look = |at: EntryRef| {
            let (listed, entry) = self.site.entry(at);
            let texts = [entry.title.as_deref(), entry.url(), Some(listed.anchors[at.entry as usize].as_str())];
            let authors = entry.authors.iter().take(AUTHORS_IN_BRIEF).map(|name| first(Some(name)));
            texts.into_iter().map(first).chain(authors).sum::<usize>() + self.site.work_of(at).sightings.len()
        };
        std::hint::black_box(entries.map(look).sum::<usize>());
    }

    /// The page of an entry's work, but on that page itself.
    fn work_link(&self, at: EntryRef) -> Option<String> {
        let is_elsewhere = self.site.info.works.pages && !matches!(self.route, Route::Work(_));
        is_elsewhere.then(|| self.links.to(&Route::Work(self.site.work_of(at).slug.clone())))
    }

    /// Where the owner's repository shows a line of a digest.
    fn digest_url(&self, path: &str, line: u32) -> Option<String> {
        let form = self.site.info.digest_url.as_deref()?;
        prose::href(&form.replace("{path}", &in_url(path)).replace("{line}", &line.to_string()))
    }

    /// The authors as written, each with the page of the name.
    fn author_links(&self, at: EntryRef) -> Vec<AuthorLink> {
        let (listed, entry) = self.site.entry(at);
        let authors = listed.authors[at.entry as usize].iter().map(|&author| &self.site.authors[author as usize]);
        let link = |(author, written): (&crate::site::Author, &String)| {
            let url = self.links.to(&Route::Author(author.slug.clone(), None));
            AuthorLink { name: written.clone(), url: Some(url) }
        };
        authors.zip(&entry.authors).map(link).collect()
    }

    fn link_view(&self, link: &Link) -> Option<LinkView> {
        let label = match (link.kind, link.text.is_empty()) {
            (LinkKind::Other, false) => prose::plain(&link.text),
            (kind, _) => self.text(kind.name()),
        };
        Some(LinkView { url: prose::href(&link.url)?, kind: link.kind.name(), label, is_title: false })
    }

    fn tag_links(&self, entry: &Entry) -> Vec<NamedLink> {
        let link = |tag: &String| NamedLink { name: tag.clone(), url: self.links.to(&Route::Tag(tag_slug(tag), None)) };
        entry.tags.iter().map(link).collect()
    }

    fn extra_fields(&self, entry: &Entry) -> Vec<ExtraField> {
        let name = |key: &str| {
            let known = self.theme.catalog.get(&format!("field_{key}"));
            known.cloned().unwrap_or_else(|| key.to_owned())
        };
        // A running number says no more than the place on the page.
        let counts = |key: &str, value: &str| key == "number" && value.parse() == Ok(entry.position);
        let told = entry.extra.iter().filter(|(key, value)| !counts(key, value));
        told.map(|(key, value)| ExtraField { name: name(key), value_html: prose::html(&with_lines(value)) }).collect()
    }

    /// Earlier days that list the same work. Later days are not named here: they would change a page that is long published.
    fn seen_before(&self, at: EntryRef) -> Vec<NamedLink> {
        self.earlier(at).map(|other| self.sighting(other)).collect()
    }

    /// The sightings of the same work on earlier days.
    fn earlier(&self, at: EntryRef) -> impl Iterator<Item = EntryRef> {
        let day = self.site.entry(at).0.day;
        self.site.work_of(at).sightings.iter().copied().filter(move |other| self.site.entry(*other).0.day < day)
    }

    /// A link to an entry, named by its day.
    pub(super) fn sighting(&self, at: EntryRef) -> NamedLink {
        let (listed, _) = self.site.entry(at);
        let anchor = &listed.anchors[at.entry as usize];
        NamedLink { name: listed.day.to_string(), url: self.links.to_anchor(&self.site.page_of(at), anchor) }
    }

    /// The language of a text, if it is not the interface's.
    pub(super) fn foreign(&self, text: Option<&str>) -> Option<&'static str> {
        let language = language_of(text?);
        (!self.site.info.language.starts_with(language)).then_some(language)
    }
}

/// A field with its lines kept apart, as Markdown: most are items of a list that lost their marks. Lines of a width at which texts are broken
/// go on, and so do rows of tables.
fn with_lines(value: &str) -> Cow<'_, str> {
    if !value.contains('\n') || value.contains('|') || value.contains("```") {
        return value.into();
    }
    let is_broken = |line: &str| line.is_ascii() && WIDTHS_OF_LINES.contains(&line.len());
    let lines: Vec<&str> = value.lines().collect();
    let mut text = String::with_capacity(value.len() + 2 * lines.len());
    for (n, line) in lines.iter().enumerate() {
        text.push_str(line);
        match lines.get(n + 1) {
            Some(next) if line.trim().is_empty() || next.trim().is_empty() || is_broken(line) => text.push('\n'),
            Some(_) => text.push_str("  \n"),
            None => {}
        }
    }
    text.into()
}

/// Lines that end where texts are broken have so many letters.
const WIDTHS_OF_LINES: RangeInclusive<usize> = 60..=100;

/// How wide a text is, in halves of a Han character.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2E80}' { 2 } else { 1 }).sum()
}

/// The title as safe inline HTML; the id or address where there is none.
pub(super) fn title_html(entry: &Entry) -> String {
    match &entry.title {
        Some(title) => prose::inline_html(title),
        None => prose::escape(&entry.stand_in()),
    }
}

/// Characters of a text that tell its language.
const LOOKED_AT: usize = 400;

/// The language that the letters of a text show: `zh`, `ja`, `ko` or `en`.
fn language_of(text: &str) -> &'static str {
    if text.is_ascii() {
        return "en";
    }
    // All of Kana and Hangul begins with these bytes, and nothing of most texts does.
    let may_be_other = |a: u8, b: u8, _: u8| ((a == 0xE3) & (0x81..=0x83).contains(&b)) | (0xEA..=0xED).contains(&a);
    if !any_three(&text.as_bytes()[..text.len().min(4 * LOOKED_AT)], may_be_other) {
        return if text.chars().take(LOOKED_AT).any(is_han) { "zh" } else { "en" };
    }
    Letters::of(text.chars().take(LOOKED_AT)).cjk_language().unwrap_or("en")
}

#[cfg(test)]
mod tests {
    use super::{language_of, with_lines};
    use crate::prose;

    #[test]
    fn lines_of_fields_stand_apart() {
        let wrapped = "a field that a program broke where sixty letters were, in the\nmiddle of it";
        for (value, html) in [
            ("one", "<p>one</p>"),
            ("one\ntwo", "<p>one<br>two</p>"),
            ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
            ("one:\n- two\n- three", "<p>one:</p>\n<ul><li>two</li>\n<li>three</li>\n</ul>"),
            (wrapped, &format!("<p>{wrapped}</p>")),
        ] {
            assert_eq!(prose::html(&with_lines(value)).trim(), html, "{value}");
        }
    }

    #[test]
    fn the_letters_of_a_text_tell_its_language() {
        let long = |text: &str, end: &str| format!("{}{end}", text.repeat(400));
        for (text, language) in [
            ("Plain words", "en"),
            ("Naïve “words” — Ω", "en"),
            ("，。「」", "en"),
            ("大模型：“稀疏” MoE 的缩放律，以及更多", "zh"),
            ("A survey of 图", "zh"),
            ("大規模言語モデルの蒸留", "ja"),
            ("データ", "ja"),
            ("大模型与カ及其在多种语言任务之中的稀疏应用", "zh"),
            ("대규모 언어 모델", "ko"),
            ("대규모 언어 모델의 蒸留", "ko"),
            (&long("é", "图"), "en"),
            (&long("图", "データ"), "zh"),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }
}
