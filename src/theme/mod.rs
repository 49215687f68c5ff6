//! Themes: templates, catalogs of words, and assets, laid over each other layer by layer.
//!
//! A theme has `templates/*.html`, `languages/*.toml`, `styles/*.css`, `scripts/*.js`, `assets/**` and may have a `theme.toml`. What
//! it lacks comes from the theme that it extends, and that is the default theme in the end. A template is found in the topmost layer
//! first; `{% extends "default/day.html" %}` reaches the one of a layer by name. The styles are published as one file, in the order of
//! their names, so that a theme can replace one of them or add its own. So are the scripts: those below `scripts/head/`, which run
//! before a page is shown, those below `scripts/later/`, each a file of its own that is loaded when it is needed, and all others. Comments of whole lines and indentation stay behind.

mod color;
mod error;
mod script;
mod shape;
mod stencil;
mod stray;
mod uses;
mod words;

pub use error::{Spot, ThemeError};
pub use stray::Stray;
pub use words::{Slip, Wording};

use include_dir::{Dir, DirEntry, include_dir};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use stencil::{Stencils, Tables};
use tera::{Context, Kwargs, State, Tera, Value};

/// The themes in the binary, each in its folder.
static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The theme below all others.
pub const DEFAULT: &str = "default";

/// The file that all styles become, below `assets/`.
const STYLE: &str = "style.css";

/// The files that the scripts become, below `assets/`: those that run before a page is shown, and the others.
const SCRIPTS: [&str; 2] = ["head.js", "page.js"];

/// About how many bytes most pages have at most.
const USUAL_PAGE: usize = 4 << 10;

/// The variable that all templates have besides the fields of views.
const SITE: &str = "site";

/// Below `scripts/`: those that become files of their own, loaded when they are needed.
const LATER: &str = "later/";

/// The one of those that cites entries.
pub const CITING: &str = "cite.js";

/// The one of those that searches.
pub const SEARCHING: &str = "search.js";

/// The words of the interface in one language: key → text with `{placeholders}`.
pub type Catalog = BTreeMap<String, String>;

/// A file of a theme: its path in the theme's folder, `/`-separated, and its bytes.
pub type ThemeFile = (String, Vec<u8>);

/// A theme's own files, to be laid over those of the theme that it extends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// What its templates' names begin with, ending with `/`: `default/`, `themes/mine/templates/`.
    pub prefix: String,
    /// Its files.
    pub files: Vec<ThemeFile>,
}

/// What a theme says of itself in its `theme.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    /// The theme that this one is laid over.
    pub extends: Option<String>,
    /// What it looks like, in a sentence.
    pub description: String,
}

/// What the owner chose for a theme.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// The language of the interface, a BCP 47 tag that a catalog is named by.
    pub language: &'a str,
    /// Languages that a reader may switch to; the language itself may be among them.
    pub offered: &'a [String],
    /// The colour of links, in place of the theme's.
    pub accent: Option<&'a str>,
    /// Names of scripts below `scripts/later/` that no page loads, because what they are for is switched off.
    pub unused: &'a [&'a str],
}

/// A theme that is ready to render.
pub struct Theme {
    tera: Tera,
    tables: Tables,
    /// The words in the site's language.
    pub catalog: Catalog,
    /// Files under `assets/`, by their path there.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Files of its layers that nothing uses.
    pub strays: Vec<Stray>,
    /// What is wrong with the catalogs of its layers.
    pub wordings: Vec<Wording>,
    /// The hash of all that it was loaded from.
    pub print: [u8; 32],
}

/// A view that many renderings share, in the form that templates see, into which it is brought once.
#[derive(Debug, Clone)]
pub struct Shared {
    value: Value,
    stencils: Arc<Mutex<Stencils>>,
}

impl Shared {
    /// Brings a view into that form. An error if a template cannot see such a view.
    pub fn of<V: Serialize>(view: &V) -> Result<Shared, ThemeError> {
        let value = Value::try_from_serializable(view).map_err(|error| unseen(&error))?;
        Ok(Shared { value, stencils: Arc::default() })
    }
}

impl Layer {
    /// A theme in the binary.
    pub fn built_in(name: &str) -> Option<Layer> {
        let files = files_in(BUILT_IN.get_dir(name)?, name);
        Some(Layer { prefix: format!("{name}/"), files })
    }

    /// What the theme says of itself.
    pub fn about(&self) -> Result<About, ThemeError> {
        let Some((path, bytes)) = self.files.iter().find(|(path, _)| path == "theme.toml") else { return Ok(About::default()) };
        let text = self.utf8(path, bytes)?;
        let hint = "a theme says `extends = \"default\"`, the theme below it, and `description = \"…\"`";
        toml::from_str(&text).map_err(|error| ThemeError::in_toml(self.place_of(path), &text, &error, hint))
    }

    /// Where one of its files lies: from the folder of the site, or in the binary.
    pub fn place_of(&self, path: &str) -> String {
        format!("{}{path}", self.prefix.strip_suffix("templates/").unwrap_or(&self.prefix))
    }

    fn utf8(&self, path: &str, bytes: &[u8]) -> Result<String, ThemeError> {
        let told = |_| ThemeError::new(format!("theme file `{}` is not UTF-8", self.place_of(path)), "write it as UTF-8 text");
        String::from_utf8(bytes.to_vec()).map_err(told)
    }
}

/// The names of the themes in the binary.
pub fn built_in_names() -> Vec<String> {
    let mut names: Vec<String> = BUILT_IN.dirs().map(|folder| folder.path().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The languages that layers have catalogs for.
pub fn languages(layers: &[Layer]) -> Vec<String> {
    let files = layers.iter().flat_map(|layer| &layer.files);
    let name = |(path, _): &ThemeFile| Some(path.strip_prefix("languages/")?.strip_suffix(".toml")?.to_owned());
    let mut known: Vec<String> = files.filter_map(name).collect();
    known.sort();
    known.dedup();
    known
}

/// Checks an accent as settings write it: `#8a2b1f`.
pub fn is_color(text: &str) -> bool {
    color::parse(text).is_some()
}

impl Theme {
    /// Loads layers, the lowest first, for languages whose catalogs they have.
    pub fn load(layers: &[Layer], choice: Choice) -> Result<Theme, ThemeError> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.set_fallback_prefixes(layers.iter().rev().map(|layer| layer.prefix.clone()).collect::<Vec<_>>())
            .map_err(|error| ThemeError::new(error.to_string(), ""))?;
        let catalog = catalog(layers, choice.language)?;
        let mut written = BTreeMap::new();
        let mut topmost = HashMap::new();
        let mut styles = BTreeMap::new();
        let mut scripts = BTreeMap::new();
        let mut later = BTreeMap::new();
        let mut assets = BTreeMap::new();
        for layer @ Layer { prefix, files } in layers {
            for (path, bytes) in files {
                // Editors and systems leave other files beside templates and styles.
                match path.split_once('/') {
                    Some(("templates", name)) if name.ends_with(".html") => {
                        written.insert(format!("{prefix}{name}"), layer.utf8(path, bytes)?);
                        topmost.insert(name.to_owned(), format!("{prefix}{name}"));
                    }
                    Some(("styles", name)) if name.ends_with(".css") => {
                        styles.insert(name, bytes.as_slice());
                    }
                    Some(("scripts", name)) if name.starts_with(LATER) && name.ends_with(".js") => {
                        let name = &name[LATER.len()..];
                        if !choice.unused.contains(&name) {
                            later.insert(name, script::condensed(&layer.utf8(path, bytes)?));
                        }
                    }
                    Some(("scripts", name)) if name.ends_with(".js") => {
                        scripts.insert(name, script::condensed(&layer.utf8(path, bytes)?));
                    }
                    Some(("assets", name)) => {
                        assets.insert(name.to_owned(), bytes.clone());
                    }
                    _ => {}
                }
            }
        }
        let accent = choice.accent.and_then(color::accent_rule).unwrap_or_default();
        let style: Vec<u8> = styles.into_values().chain([accent.as_bytes()]).flatten().copied().collect();
        // A theme that brings the whole file means it.
        assets.entry(STYLE.to_owned()).or_insert(style);
        let offered = choice.offered.iter().filter(|other| *other != choice.language);
        let others =
            offered.map(|other| Ok((other.as_str(), self::catalog(layers, other)?))).collect::<Result<Vec<_>, ThemeError>>()?;
        let mut spoken = catalog.clone();
        spoken.retain(|key, _| !(choice.unused.contains(&CITING) && key == script::CITE));
        let mut files = [script::head(choice.language, &spoken, &others), String::new()];
        for (name, text) in scripts {
            files[usize::from(!name.starts_with("head/"))] += &text;
        }
        for (name, script) in SCRIPTS.into_iter().zip(files) {
            assets.entry(name.to_owned()).or_insert(script.into_bytes());
        }
        for (name, text) in later {
            let script = script::words_of(name, &catalog) + &text;
            assets.entry(name.to_owned()).or_insert(script.into_bytes());
        }
        for (other, words) in &others {
            assets.insert(script::words_file(other), script::words(other, &catalog, words).into_bytes());
        }
        // Words without placeholders, which are most, are handed out as they are.
        let words: HashMap<String, Value> = catalog.iter().map(|(key, text)| (key.clone(), Value::from(text.as_str()))).collect();
        tera.register_function("t", move |values: Kwargs, _: &State| translate(&words, &values));
        let templates = written.iter().map(|(name, text)| Ok((name.as_str(), with_words(text, &catalog)?)));
        tera.add_raw_templates(templates.collect::<Result<Vec<_>, ThemeError>>()?)
            .map_err(|error| ThemeError::in_template(&error, &written, &catalog))?;
        Ok(Theme {
            tera,
            tables: Tables::of(written, topmost),
            catalog,
            assets,
            strays: stray::strays(layers),
            wordings: words::wordings(layers),
            print: print(layers, choice),
        })
    }

    /// The default theme without anything over it.
    pub fn default(language: &str) -> Result<Theme, ThemeError> {
        let layers: Vec<Layer> = Layer::built_in(DEFAULT).into_iter().collect();
        Theme::load(&layers, Choice { language, ..Choice::default() })
    }

    /// The styles as they can stand within a page; none if they would end there.
    pub fn style(&self) -> Option<&str> {
        let style = std::str::from_utf8(self.assets.get(STYLE)?).ok()?;
        (!style.contains("</")).then_some(style)
    }

    /// Renders a template with a view: the view's fields are the template's variables, and so is `site`. What comes out is UTF-8.
    pub fn render<V: Serialize>(&self, template: &str, view: &V, site: &Shared) -> Result<Vec<u8>, ThemeError> {
        let name = self.tables.full_name(template);
        let Some(table) = self.tables.of_template(name) else { return self.render_alone(name, view, site) };
        let marked = |variables: Vec<(String, Value)>| {
            let mut context = Context::new();
            variables.into_iter().for_each(|(name, value)| context.insert_value(name, value));
            self.render_in(name, context, site).ok()
        };
        let mut stencils = site.stencils.lock().unwrap_or_else(PoisonError::into_inner);
        let filled = stencils.fill(name, table, view, marked);
        drop(stencils);
        match filled {
            Some(filled) => {
                debug_assert_eq!(Ok(&filled), self.render_alone(name, view, site).as_ref(), "a stencil of `{name}` is wrong");
                Ok(filled)
            }
            None => self.render_alone(name, view, site),
        }
    }

    /// True if a template, with all that it reaches, names such a variable or field, or if that cannot be told.
    pub fn asks_for(&self, template: &str, name: &str) -> bool {
        self.tables.of_template(self.tables.full_name(template)).is_none_or(|table| table.has(name))
    }

    /// Renders as [`Theme::render`] does, without what other renderings left.
    fn render_alone<V: Serialize>(&self, name: &str, view: &V, site: &Shared) -> Result<Vec<u8>, ThemeError> {
        self.render_in(name, Context::from_serialize(view).map_err(|error| unseen(&error))?, site)
    }

    fn render_in(&self, name: &str, mut context: Context, site: &Shared) -> Result<Vec<u8>, ThemeError> {
        context.insert_value(SITE, site.value.clone());
        let mut out = Vec::with_capacity(USUAL_PAGE);
        let rendered = self.tera.render_to(name, &context, &mut out);
        rendered.map_err(|error| ThemeError::in_template(&error, &self.tables.written, &self.catalog)).map(|()| out)
    }

    /// A text of the catalog with its placeholders filled; the key itself where the catalog lacks it.
    pub fn text(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.filled(key, |name| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    /// The same, with the values made as they are asked for.
    pub fn filled(&self, key: &str, value: impl Fn(&str) -> Option<String>) -> String {
        fill(self.catalog.get(key).map_or(key, String::as_str), value)
    }
}

/// A view that templates cannot see, which none of the views is.
fn unseen(error: &tera::Error) -> ThemeError {
    ThemeError::new(error.to_string(), "")
}

/// A text with its `{placeholders}` filled; those without a value stay.
fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let filled = after.split_once('}').and_then(|(name, after)| Some((value(name)?, after)));
        match filled {
            Some((value, after)) => {
                out.push_str(&value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The hash of what a theme is loaded from.
fn print(layers: &[Layer], choice: Choice) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    // Lengths are hashed before texts, so that no two lists of texts are the same bytes.
    let mut add = |bytes: &[u8]| {
        hasher.update(&bytes.len().to_le_bytes()).update(bytes);
    };
    add(format!("{choice:?}").as_bytes());
    for Layer { prefix, files } in layers {
        add(prefix.as_bytes());
        add(&files.len().to_le_bytes());
        for (path, bytes) in files {
            add(path.as_bytes());
            add(bytes);
        }
    }
    *hasher.finalize().as_bytes()
}

/// The files of an embedded folder, with paths from that folder.
fn files_in(folder: &Dir, root: &str) -> Vec<ThemeFile> {
    let mut files = Vec::new();
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => files.extend(files_in(inner, root)),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let path = path.strip_prefix(root).unwrap_or(&path).trim_start_matches('/').to_owned();
                files.push((path, file.contents().to_vec()));
            }
        }
    }
    files.sort();
    files
}

/// The catalog of a language: English under the language under its variant, each from the lowest layer to the topmost.
fn catalog(layers: &[Layer], language: &str) -> Result<Catalog, ThemeError> {
    let primary = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    let names = ["en".to_owned(), primary, language.to_owned()];
    let files = || layers.iter().flat_map(|layer| layer.files.iter().map(move |file| (layer, file)));
    let mut catalog = Catalog::new();
    let mut found = false;
    for (i, name) in names.iter().enumerate() {
        let path = format!("languages/{name}.toml");
        for (layer, (_, bytes)) in files().filter(|(_, (p, _))| *p == path) {
            let text = layer.utf8(&path, bytes)?;
            let told =
                |error| ThemeError::in_toml(layer.place_of(&path), &text, &error, "a word is `key = \"text\"`, each key once");
            let words: Catalog = toml::from_str(&text).map_err(told)?;
            catalog.extend(words);
            found |= i > 0;
        }
    }
    if found {
        return Ok(catalog);
    }
    let message = format!("no catalog for the language `{language}`; the theme has {}", languages(layers).join(", "));
    Err(ThemeError::new(message, &format!("add `languages/{language}.toml` to your theme")))
}

/// A template with the words in it that need no values, escaped as they are when it is rendered: a call costs more than all else of its line.
/// What is written in another way than `{{ t(key="…") }}`, and keys that are not known, are left to the function.
fn with_words(template: &str, catalog: &Catalog) -> Result<String, ThemeError> {
    const CALL: &str = "{{ t(key=\"";
    const END: &str = "\") }}";
    if is_left_as_written(template) {
        return Ok(template.to_owned());
    }
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, call)) = rest.split_once(CALL) {
        out.push_str(before);
        let word = call.split_once(END).and_then(|(key, after)| Some((catalog.get(key)?, after)));
        rest = match word.filter(|(text, _)| !text.contains('{')) {
            Some((text, after)) => {
                let mut escaped = Vec::new();
                tera::escape_html(text, &mut escaped).map_err(|error| ThemeError::new(error.to_string(), ""))?;
                out.push_str(&String::from_utf8_lossy(&escaped));
                after
            }
            None => {
                out.push_str(CALL);
                call
            }
        };
    }
    out.push_str(rest);
    Ok(out)
}

/// True for a template in which a call of a word may be text.
fn is_left_as_written(template: &str) -> bool {
    template.contains("endraw")
}

/// `{{ t(key="entries", n=5) }}`: a text of the catalog with its placeholders filled.
fn translate(words: &HashMap<String, Value>, values: &Kwargs) -> Result<Value, tera::Error> {
    let key: &str = values.must_get("key")?;
    let unknown = || tera::Error::message(format!("no text `{key}` in the catalog of the language"));
    let known = words.get(key).ok_or_else(unknown)?;
    let text = known.as_str().unwrap_or_default();
    if !text.contains('{') {
        return Ok(known.clone());
    }
    let value =
        |name: &str| values.iter().find(|(known, _)| known.as_str() == Some(name)).map(|(_, value)| grouped(&value.to_string()));
    Ok(Value::from(fill(text, value)))
}

/// A whole number from 10,000 on with its thousands parted; anything else as it is. Years have four digits.
fn grouped(text: &str) -> String {
    if text.len() < 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let parts = text.as_bytes().rchunks(3).rev().map(|part| String::from_utf8_lossy(part).into_owned());
    parts.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::{Catalog, grouped, with_words};

    #[test]
    fn words_without_values_stand_in_the_template() {
        let words = [("feeds", "Feeds & more"), ("days", "{n} days")];
        let catalog: Catalog = words.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        for (template, expected) in [
            (
                r#"<a title="{{ t(key="feeds") }}">{{ t(key="feeds") }}</a>"#,
                r#"<a title="Feeds &amp; more">Feeds &amp; more</a>"#,
            ),
            (r#"{{ t(key="days") }}{{ t(key="days", n=5) }}"#, r#"{{ t(key="days") }}{{ t(key="days", n=5) }}"#),
            (r#"{{ t(key="unknown") }} {{t(key="feeds")}} {{ t(key="#, r#"{{ t(key="unknown") }} {{t(key="feeds")}} {{ t(key="#),
            (r#"{% raw %}{{ t(key="feeds") }}{% endraw %}"#, r#"{% raw %}{{ t(key="feeds") }}{% endraw %}"#),
        ] {
            assert_eq!(with_words(template, &catalog).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn large_numbers_are_parted() {
        for (number, shown) in [
            ("7", "7"),
            ("2026", "2026"),
            ("9999", "9999"),
            ("10000", "10,000"),
            ("1234567", "1,234,567"),
            ("cs.CL10", "cs.CL10"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
