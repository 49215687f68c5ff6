//! Themes: templates, catalogs of words, and assets; the owner's files are laid over the default ones.
//!
//! A theme has `templates/*.html`, `languages/*.toml` and `assets/**`. A template is found in the owner's theme first;
//! `{% extends "default/day.html" %}` reaches the one below it.

use include_dir::{Dir, DirEntry, include_dir};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Kwargs, State, Tera};

static DEFAULT: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The words of the interface in one language: key → text with `{placeholders}`.
pub type Catalog = BTreeMap<String, String>;

/// A file of a theme: its path in the theme's folder, `/`-separated, and its bytes.
pub type ThemeFile = (String, Vec<u8>);

/// A theme that is ready to render.
pub struct Theme {
    tera: Tera,
    /// The words in the site's language.
    pub catalog: Catalog,
    /// Files under `assets/`, by their path there.
    pub assets: BTreeMap<String, Vec<u8>>,
}

/// What is wrong with a theme or a rendering: a message of several lines that names file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError(pub String);

impl std::fmt::Display for ThemeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<tera::Error> for ThemeError {
    fn from(error: tera::Error) -> ThemeError {
        ThemeError(error.to_string().trim_end().to_owned())
    }
}

impl Theme {
    /// Loads the default theme with the owner's files over it, for a language whose catalog one of them has.
    pub fn load(owner: &[ThemeFile], language: &str) -> Result<Theme, ThemeError> {
        let default = default_files();
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.set_fallback_prefixes(["user/", "default/"])?;
        let mut templates = Vec::new();
        for (layer, files) in [("default", default.as_slice()), ("user", owner)] {
            for (path, bytes) in files {
                if let Some(name) = path.strip_prefix("templates/") {
                    templates.push((format!("{layer}/{name}"), utf8(path, bytes)?));
                }
            }
        }
        let catalog = catalog(&default, owner, language)?;
        let words = catalog.clone();
        tera.register_function("t", move |values: Kwargs, _: &State| translate(&words, &values));
        tera.add_raw_templates(templates)?;
        let files = default.iter().chain(owner);
        let assets = files.filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?.to_owned(), bytes.clone()))).collect();
        Ok(Theme { tera, catalog, assets })
    }

    /// Renders a template with a view: the view's fields are the template's variables.
    pub fn render<V: Serialize>(&self, template: &str, view: &V) -> Result<String, ThemeError> {
        let context = Context::from_serialize(view)?;
        Ok(self.tera.render(template, &context)?)
    }

    /// A text of the catalog with its placeholders filled; the key itself where the catalog lacks it.
    pub fn text(&self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.catalog.get(key).map_or(key, String::as_str);
        values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}

fn default_files() -> Vec<ThemeFile> {
    let mut files = Vec::new();
    let mut folders = vec![&DEFAULT];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => folders.push(inner),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    files.push((path, file.contents().to_vec()));
                }
            }
        }
    }
    files.sort();
    files
}

fn utf8(path: &str, bytes: &[u8]) -> Result<String, ThemeError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| ThemeError(format!("theme file `{path}` is not UTF-8")))
}

/// The catalog of a language: the default theme's English under its catalog of the language under the owner's.
fn catalog(default: &[ThemeFile], owner: &[ThemeFile], language: &str) -> Result<Catalog, ThemeError> {
    let primary = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    let names = ["en".to_owned(), primary, language.to_owned()];
    let mut catalog = Catalog::new();
    let mut found = false;
    for (i, name) in names.iter().enumerate() {
        let path = format!("languages/{name}.toml");
        for (_, bytes) in default.iter().chain(owner).filter(|(p, _)| *p == path) {
            let words: Catalog =
                toml::from_str(&utf8(&path, bytes)?).map_err(|error| ThemeError(format!("theme file `{path}`: {error}")))?;
            catalog.extend(words);
            found |= i > 0;
        }
    }
    if found {
        return Ok(catalog);
    }
    let path = |(path, _): &ThemeFile| Some(path.strip_prefix("languages/")?.strip_suffix(".toml")?.to_owned());
    let mut known: Vec<String> = default.iter().chain(owner).filter_map(path).collect();
    known.sort();
    known.dedup();
    Err(ThemeError(format!(
        "no catalog for `language = \"{language}\"`; the theme has {}; add `languages/{language}.toml` to your theme",
        known.join(", ")
    )))
}

/// `{{ t(key="entries", n=5) }}`: a text of the catalog with its placeholders filled.
fn translate(words: &Catalog, values: &Kwargs) -> Result<String, tera::Error> {
    let key: String = values.must_get("key")?;
    let text = words.get(&key).ok_or_else(|| tera::Error::message(format!("no text `{key}` in the catalog of the language")))?;
    Ok(values.iter().fold(text.clone(), |text, (name, value)| text.replace(&format!("{{{name}}}"), &value.to_string())))
}
