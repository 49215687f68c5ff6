//! The owner's themes in `themes/`, and those in the binary.

use super::failure::{theme_failure, wrong_setting};
use super::own::files_below;
use super::{Failure, own, put};
use crate::config::Which;
use crate::theme::{self, About, Layer, ThemeFile};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub(super) const FOLDER: &str = "themes";

/// A path with more other letters is another path.
const MAX_MISTYPED: usize = 3;

/// A theme and those that it extends, the lowest first.
pub(super) fn layers(root: &Path, name: &str) -> Result<Vec<Layer>, Failure> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next {
        // A theme of the owner's that is named like one in the binary is laid over that one.
        let own = owned(root, &name)?;
        let again = own.as_ref().is_some_and(|own| layers.contains(own));
        let (layer, below) = match own.filter(|_| !(again && is_built_in(&name))) {
            Some(own) if is_built_in(&name) => (own, name.clone()),
            Some(own) => (own, theme::DEFAULT.to_owned()),
            None => (Layer::built_in(&name).map_or_else(|| Err(no_theme(root, &name)), Ok)?, theme::DEFAULT.to_owned()),
        };
        if layers.contains(&layer) {
            return Err(Failure::new(format!("theme `{name}` extends itself"), "see `extends` in its theme.toml"));
        }
        let extends = layer.about().map_err(|error| theme_failure(&error))?.extends;
        next = (layer.prefix != format!("{}/", theme::DEFAULT)).then(|| extends.unwrap_or(below));
        layers.push(layer);
    }
    layers.reverse();
    Ok(layers)
}

fn is_built_in(name: &str) -> bool {
    theme::built_in_names().iter().any(|known| known == name)
}

fn no_theme(root: &Path, name: &str) -> Failure {
    let known: Vec<String> = all(root).unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    let message = format!("there is no theme `{name}`: `{}` is not a folder", root.join(FOLDER).join(name).display());
    let hint = format!("themes are {}; `daysheet theme new {name}` begins one", known.join(", "));
    Failure::from(vec![wrong_setting(root, ("", "theme"), Which::Value(name), message, &hint)])
}

/// The owner's theme of this name.
fn owned(root: &Path, name: &str) -> Result<Option<Layer>, Failure> {
    let folder = root.join(FOLDER).join(name);
    if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') || !folder.is_dir() {
        return Ok(None);
    }
    let mut files: Vec<ThemeFile> = Vec::new();
    for (path, file) in files_below(&folder)? {
        files.push((path, own::read(&file)?));
    }
    Ok(Some(Layer { prefix: format!("{FOLDER}/{name}/templates/"), files }))
}

/// All themes by name, the owner's over those in the binary.
fn all(root: &Path) -> Result<Vec<(String, Layer)>, Failure> {
    let mut themes: Vec<(String, Layer)> = Vec::new();
    for name in theme::built_in_names() {
        themes.extend(Layer::built_in(&name).map(|layer| (name, layer)));
    }
    let folders = fs::read_dir(root.join(FOLDER)).into_iter().flatten().flatten();
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names {
        if let Some(layer) = owned(root, &name)? {
            themes.retain(|(other, _)| *other != name);
            themes.push((name, layer));
        }
    }
    Ok(themes)
}

/// The themes as lines: name, where it is from, what it says of itself. `used` is the one that settings name.
pub(super) fn list(root: &Path, used: Option<&str>) -> Result<String, Failure> {
    let themes = all(root)?;
    let width = themes.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, layer) in themes {
        // One that cannot be read does not keep the others from being listed.
        let about = layer.about().unwrap_or_else(|error| About { description: error.to_string(), ..About::default() });
        let mark = if used.unwrap_or(theme::DEFAULT) == name { '*' } else { ' ' };
        let place = if layer.prefix.starts_with(FOLDER) { "themes/" } else { "built in" };
        let base = about.extends.map_or(String::new(), |base| format!("over `{base}`"));
        let says = [base, about.description].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
        text.push_str(format!("{mark} {name:width$}  {place:8}  {says}").trim_end());
        text.push('\n');
    }
    Ok(text)
}

/// The files of a theme with those below it, by their paths in a theme; or one of them, as it is before anything is laid over it.
pub(super) fn show(root: &Path, name: &str, path: Option<&str>) -> Result<String, Failure> {
    let layers = layers(root, name)?;
    let files: BTreeMap<&str, (&Layer, &[u8])> = layers
        .iter()
        .flat_map(|layer| layer.files.iter().map(move |(path, bytes)| (path.as_str(), (layer, bytes.as_slice()))))
        .filter(|(path, _)| *path != "theme.toml")
        .collect();
    let Some(path) = path else {
        let lines = files.iter().map(|(path, (layer, _))| match layer.place_of("").as_str() {
            place if place.starts_with(FOLDER) => format!("{path}  {place}\n"),
            _ => format!("{path}\n"),
        });
        return Ok(lines.collect());
    };
    let found =
        files.get(path).or_else(|| files.iter().find(|(known, _)| known.ends_with(&format!("/{path}"))).map(|(_, file)| file));
    let Some((_, bytes)) = found else {
        let near = files.keys().map(|known| (strsim::damerau_levenshtein(known, path), *known)).min();
        let near = near.filter(|(distance, _)| *distance <= MAX_MISTYPED);
        let meant = near.map_or_else(String::new, |(_, known)| format!("did you mean `{known}`? "));
        let hint = format!("{meant}`daysheet theme show` names all");
        return Err(Failure::new(format!("theme `{name}` has no file `{path}`"), &hint));
    };
    String::from_utf8(bytes.to_vec()).map_err(|_| Failure::new(format!("`{path}` is no text"), ""))
}

/// The files of a new theme: path in its folder, text.
const NEW: &[(&str, &str)] = &[
    (
        "theme.toml",
        "# The theme that this one is laid over: what is not here comes from there.\nextends = \"{extends}\"\ndescription = \"\"\n",
    ),
    (
        "templates/day.html",
        "{# The page of a day. Only what is in blocks here changes; the rest comes from the theme below. #}\n\
         {% extends \"{base}day.html\" %}\n{% block head %}{{ super() }}{% endblock head %}\n",
    ),
];

/// Begins a theme of the owner's; says what was written and what to do next.
pub(super) fn create(root: &Path, name: &str, extends: &str) -> Result<String, Failure> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if !plain {
        return Err(Failure::new(format!("`{name}` cannot be the name of a theme"), "use letters, digits, `-` and `_`"));
    }
    let folder = root.join(FOLDER).join(name);
    if folder.exists() || is_built_in(name) {
        return Err(Failure::new(format!("there is a theme `{name}` already"), "give another name"));
    }
    let layers = layers(root, extends)?;
    let topmost = |wanted: &str| {
        let mut found =
            layers.iter().rev().filter_map(|layer| Some((layer, layer.files.iter().find(|(path, _)| path == wanted)?)));
        found.next()
    };
    let base = topmost("templates/day.html").map_or("", |(layer, _)| &layer.prefix);
    let text_of = |text: &str| text.replace("{extends}", extends).replace("{base}", base).into_bytes();
    let mut files: Vec<ThemeFile> = NEW.iter().map(|(path, text)| ((*path).to_owned(), text_of(text))).collect();
    files.extend(topmost("styles/10-colors.css").map(|(_, file)| file.clone()));
    let mut text = String::new();
    for (path, bytes) in files {
        let path = folder.join(path);
        put::folder(path.parent().unwrap_or(&folder))?;
        put::file(&path, &bytes)?;
        text.push_str(&format!("wrote {}\n", path.display()));
    }
    Ok(format!(
        "{text}next: `theme = \"{name}\"` in site.toml, then `daysheet build`; docs/themes.md names what templates can show\n"
    ))
}
