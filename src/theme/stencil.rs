//! Stencils: what a template makes of all views of one shape, with gaps for the texts that it only prints. Most pages are those of authors,
//! and most of these differ in nothing but such texts: the template is asked twice for each shape, and then no more.

use super::shape::{Shape, Table};
use super::uses::Units;
use memchr::memmem;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use tera::Value;

/// So many bytes of stencils are kept for each view that renderings share.
const MAX_BYTES: usize = 4 << 20;

/// So many shapes are remembered of which one view was seen.
const MAX_SEEN: usize = 1 << 16;

/// What stands in the gaps while a stencil is cut: the number of the text between two characters that no text has, with a sign that tells
/// whether the text is escaped.
const OPEN: &str = "\u{10FFFD}";
const CLOSE: &str = "\u{10FFFC}";
const SIGN: &str = "&";
const ESCAPED_SIGN: &str = "&amp;";

/// What templates use of views, told when it is asked for.
#[derive(Debug)]
pub(super) struct Tables {
    /// The templates as they are written, by the names with their layers.
    pub(super) written: BTreeMap<String, String>,
    /// What templates are called with their layers, by their names alone.
    topmost: HashMap<String, String>,
    units: OnceLock<Units>,
    by_template: HashMap<String, OnceLock<Option<Table>>>,
}

/// The stencils that renderings with the same shared view have in common.
#[derive(Debug, Default)]
pub(super) struct Stencils {
    by_template: HashMap<String, HashMap<Box<[u8]>, Option<Stencil>>>,
    seen: HashSet<u64>,
    hasher: RandomState,
    n_bytes: usize,
    shape: Shape,
}

/// What a template makes of views of one shape.
#[derive(Debug, Default)]
struct Stencil {
    text: Vec<u8>,
    gaps: Vec<Gap>,
}

/// A place for a text.
#[derive(Debug)]
struct Gap {
    /// Where in the stencil's text.
    at: usize,
    /// Which text of the shape.
    text: usize,
    is_escaped: bool,
}

impl Tables {
    /// Of templates as they are written, by their full names. `topmost` has the full name of each by its name.
    pub(super) fn of(written: BTreeMap<String, String>, topmost: HashMap<String, String>) -> Tables {
        let is_marked = written.values().any(|text| text.contains(OPEN));
        let by_template = written.keys().filter(|_| !is_marked).map(|name| (name.clone(), OnceLock::new())).collect();
        Tables { written, topmost, units: OnceLock::new(), by_template }
    }

    /// What a template is called with its layer, the topmost one that has it.
    pub(super) fn full_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.topmost.get(name).map_or(name, String::as_str)
    }

    /// How a template, by its full name, uses views; nothing if that is not certain.
    pub(super) fn of_template(&self, name: &str) -> Option<&Table> {
        let units = || self.units.get_or_init(|| Units::of(&self.written));
        self.by_template.get(name)?.get_or_init(|| units().uses(name, &self.topmost).and_then(Table::of)).as_ref()
    }
}

impl Stencils {
    /// What a template makes of a view, if a stencil gives that. `render` renders it with the variables it is given; nothing if that fails.
    pub(super) fn fill<V: Serialize>(
        &mut self,
        template: &str,
        table: &Table,
        view: &V,
        render: impl FnOnce(Vec<(String, Value)>) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        if !self.shape.take(view, table) {
            return None;
        }
        if let Some(known) = self.by_template.get(template).and_then(|stencils| stencils.get(&*self.shape.key)) {
            return known.as_ref().map(|stencil| stencil.fill(&self.shape));
        }
        if self.is_new(template) || self.n_bytes > MAX_BYTES {
            return None;
        }
        let stencil = self.cut(table, render);
        let filled = stencil.as_ref().map(|stencil| stencil.fill(&self.shape));
        self.n_bytes += self.shape.key.len() + stencil.as_ref().map_or(0, |stencil| stencil.text.len());
        self.by_template.entry(template.to_owned()).or_default().insert(self.shape.key.as_slice().into(), stencil);
        filled
    }

    /// True for the first view of its shape. A stencil costs more than a rendering.
    fn is_new(&mut self, template: &str) -> bool {
        let hash = self.hasher.hash_one((template, &self.shape.key));
        let is_new = !self.seen.contains(&hash);
        if is_new && self.seen.len() < MAX_SEEN {
            self.seen.insert(hash);
        }
        is_new
    }

    fn cut(&self, table: &Table, render: impl FnOnce(Vec<(String, Value)>) -> Option<Vec<u8>>) -> Option<Stencil> {
        if memmem::find(&self.shape.key, OPEN.as_bytes()).is_some() {
            return None;
        }
        let marked = self.shape.fields(table, |at| format!("{OPEN}{at}{SIGN}{CLOSE}"));
        Stencil::of(&render(marked)?, self.shape.n_texts())
    }
}

impl Stencil {
    /// Takes what a template made of texts that are marks.
    fn of(marked: &[u8], n_texts: usize) -> Option<Stencil> {
        let mut stencil = Stencil::default();
        let mut rest = std::str::from_utf8(marked).ok()?;
        while let Some((before, after)) = rest.split_once(OPEN) {
            let (mark, after) = after.split_once(CLOSE)?;
            let escaped = mark.strip_suffix(ESCAPED_SIGN);
            let text = escaped.or_else(|| mark.strip_suffix(SIGN))?.parse().ok().filter(|text| *text < n_texts)?;
            stencil.text.extend(before.as_bytes());
            stencil.gaps.push(Gap { at: stencil.text.len(), text, is_escaped: escaped.is_some() });
            rest = after;
        }
        stencil.text.extend(rest.as_bytes());
        Some(stencil)
    }

    fn fill(&self, shape: &Shape) -> Vec<u8> {
        // What is escaped becomes a little longer.
        let mut out = Vec::with_capacity(self.text.len() + shape.n_bytes() + shape.n_bytes() / 8);
        let mut done = 0;
        for Gap { at, text, is_escaped } in &self.gaps {
            out.extend(&self.text[done..*at]);
            done = *at;
            let text = shape.text(*text);
            if *is_escaped {
                tera::escape_html(text, &mut out).expect("memory takes all that is written");
            } else {
                out.extend(text.as_bytes());
            }
        }
        out.extend(&self.text[done..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Choice, Layer, Shared, Theme};

    #[derive(Serialize)]
    struct View {
        a: String,
        b: Option<String>,
        n: usize,
        list: Vec<String>,
        maps: Vec<Inner>,
        inner: Inner,
        /// Of one entry at most, since Tera goes through maps in any order.
        more: BTreeMap<String, String>,
        unused: f64,
    }

    #[derive(Serialize, Clone)]
    struct Inner {
        a: String,
        b: &'static str,
        is_c: bool,
    }

    const TEXTS: [&str; 8] = ["", "x", "y", "a<b", "&amp;\"'", "\u{10FFFD}0&\u{10FFFC}", "\u{10FFFD}", "Überlänge\n\t 長い"];

    const PART: &str = "{{ a }}|{% for m in maps %}{{ m.b }}{% endfor %}";

    const COMPONENTS: &str = "{% component show(text) %}<{{ text }}>{% endcomponent show %}\
        {% component shout(text) %}<{{ text | upper }}>{% endcomponent shout %}\
        {% component all(of) %}{% for m in of %}{{ m.a }}{% endfor %}{% endcomponent all %}";

    /// What templates do with the fields of a view, in all the ways that stencils have to tell apart.
    const PIECES: [&str; 44] = [
        "{{ a }}",
        "{{ a | safe }}",
        "{{ b }}",
        "<p title=\"{{ inner.a }}\">",
        "{{ n }}{{ n + 1 }}",
        "{% if a %}A{% endif %}",
        "{% if b and not inner.is_c %}B{% elif inner.b or a %}b{% else %}-{% endif %}",
        "{% if n > 1 or inner.a %}n{% endif %}",
        "{% if (a or b) and not inner.b %}z{% endif %}",
        "{{ a | upper }}",
        "{{ inner.b | length }}",
        "{% if a == inner.b %}=={% endif %}",
        "{% if a < inner.a %}<{% endif %}",
        "{{ list | length }}{{ maps | length }}",
        "{% for e in list %}{{ e }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% for e in list %}{{ e | upper }}{{ loop.index }}{% endfor %}",
        "{{ list | join(sep=\"+\") }}",
        "{% for m in maps %}{{ m.a }}{% if m.b %}!{% endif %}{% else %}none{% endfor %}",
        "{% for m in maps %}{{ m.a | truncate(length=2) }}{% endfor %}",
        "{% for m in maps %}{{ m }}{% endfor %}",
        "{% for m in maps %}{{ m | length }}{% endfor %}",
        "{{ inner }}",
        "{% for m in maps | reverse %}{{ m.a }}{% endfor %}",
        "{% for k, v in more %}{{ k }}={{ v | upper }};{% endfor %}",
        "{{ more }}",
        "{% set c = inner.a %}{{ c }}",
        "{% set c = a %}{{ c | upper }}",
        "{% set c = inner %}{{ c.b | upper }}",
        "{% for m in maps %}{% set_global last = m.a %}{% endfor %}{% if maps %}{{ last | upper }}{% endif %}",
        "{% set d %}{{ a }}{% endset %}{{ d | upper }}",
        "{% filter upper %}{{ inner.a }}{% endfilter %}",
        "{{<show text={a} />}}{{<show text={inner.b} />}}",
        "{{<shout text={inner.a} />}}",
        "{{<all of={maps} />}}",
        "{% include \"part.html\" %}",
        "{{ a ~ inner.a }}",
        "{% if inner.b in a %}in{% endif %}",
        "{{ inner[\"a\"] }}{{ a if b else inner.a }}",
        "{% raw %}{{ a | upper }}{% endraw %}{# {{ a }} #}",
        "{{ site.name | upper }}{% for i in site.list %}{{ i.a | upper }}{% endfor %}",
        "{% if inner %}I{% endif %}{% if more %}M{% endif %}{% for m in maps %}{% if m %}m{% endif %}{% endfor %}",
        "{% for a in site.none %}{{ a }}{% else %}{{ a | upper }}{% endfor %}",
        "{% for inner in site.list %}{% if inner %}{{ inner.a | upper }}{% else %}-{% endif %}{% endfor %}",
        "{{ __tera_context | length }}",
    ];

    fn views() -> Vec<View> {
        let inner = |at: usize| Inner {
            a: TEXTS[at % TEXTS.len()].to_owned(),
            b: TEXTS[at / 3 % TEXTS.len()],
            is_c: at.is_multiple_of(3),
        };
        let view = |at: usize| View {
            a: TEXTS[at / 2 % TEXTS.len()].to_owned(),
            b: (!at.is_multiple_of(3)).then(|| TEXTS[at / 5 % TEXTS.len()].to_owned()).or(Some(String::new())),
            n: at % 3,
            list: (0..at / 4 % 3).map(|n| TEXTS[(at + n) % TEXTS.len()].to_owned()).collect(),
            maps: (0..at % 3).map(|n| inner(at + n)).collect(),
            inner: inner(at / 7),
            more: (0..at / 6 % 2).map(|n| (format!("k{n}"), TEXTS[at % TEXTS.len()].to_owned())).collect(),
            unused: 0.5,
        };
        (0..96).map(view).collect()
    }

    #[test]
    fn stencils_give_what_templates_give() {
        let views = views();
        let constant = BTreeMap::from([("list", vec![views[5].inner.clone()])]);
        let (mut n_filled, mut n_rendered) = (0, 0);
        for (at, first) in PIECES.iter().enumerate() {
            let pages = PIECES
                .iter()
                .enumerate()
                .skip(at)
                .map(|(other, second)| (format!("{at}-{other}.html"), format!("{first}{second}\n")));
            let pages: Vec<(String, String)> = pages.collect();
            let fixed =
                [("part.html", PART), ("components.html", COMPONENTS)].map(|(name, text)| (name.to_owned(), text.to_owned()));
            let templates = fixed.into_iter().chain(pages.iter().cloned());
            let mut files: Vec<_> = templates.map(|(name, text)| (format!("templates/{name}"), text.into_bytes())).collect();
            files.push(("languages/en.toml".to_owned(), Vec::new()));
            let layer = Layer { prefix: "mine/".to_owned(), files };
            let theme =
                Theme::load(&[layer], Choice { language: "en", ..Choice::default() }).unwrap_or_else(|error| panic!("{error}"));
            let site = Shared::of(&SiteView { name: "of all", none: [], list: &constant["list"] }).expect("it has a form");
            for (name, text) in &pages {
                for view in &views {
                    let full = format!("mine/{name}");
                    let alone = theme.render_alone(&full, view, &site);
                    assert_eq!(theme.render(name, view, &site), alone, "{text}");
                    match theme.tables.of_template(&full) {
                        Some(_) => n_filled += 1,
                        None => n_rendered += 1,
                    }
                }
            }
        }
        // Were none of them filled, all would be the same too.
        assert!(n_rendered * 5 < n_filled, "{n_rendered} {n_filled}");
    }

    #[derive(Serialize)]
    struct SiteView<'a> {
        name: &'static str,
        none: [u8; 0],
        list: &'a [Inner],
    }
}
