//! Files of a theme that nothing uses, because their names are mistyped or they lie in another folder.

use super::Layer;

/// A file of a theme that nothing uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// Its path from the folder of the site.
    pub path: String,
    /// What it may have been meant to be, as a path in the folder of its theme.
    pub meant: Option<String>,
}

/// The folders of a theme whose files are used by their endings, and these. Of `assets/` all is used.
const KINDS: [(&str, &str); 4] = [(TEMPLATES, "html"), ("styles", "css"), ("scripts", "js"), ("languages", "toml")];

const TEMPLATES: &str = "templates";

/// A name with more other letters is another name.
const MAX_MISTYPED: usize = 3;

/// The files that nothing uses in the layers over the lowest one.
pub(super) fn strays(layers: &[Layer]) -> Vec<Stray> {
    let over = layers.iter().enumerate().skip(1);
    let strays = over.flat_map(|(at, layer)| layer.files.iter().filter_map(move |(path, _)| stray(layers, at, path)));
    strays.collect()
}

fn stray(layers: &[Layer], at: usize, path: &str) -> Option<Stray> {
    let (folder, inner) = path.split_once('/').unwrap_or(("", path));
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    // Editors and systems leave hidden files, and a theme has a license and a picture of itself.
    let is_left = name.starts_with('.') || name.ends_with('~');
    if is_left || folder == "assets" || path == "theme.toml" {
        return None;
    }
    let meant = match KINDS.into_iter().find(|(known, _)| *known == folder) {
        Some((TEMPLATES, wanted)) if ending == wanted => {
            let below = || layers[..at].iter().flat_map(templates).map(|(name, _)| name);
            let is_named = || layers.iter().flat_map(templates).any(|(other, text)| other != inner && names(text, inner));
            if below().any(|name| name == inner) || is_named() {
                return None;
            }
            let near = below().map(|name| (strsim::damerau_levenshtein(name, inner), name)).min();
            near.filter(|(distance, _)| *distance <= MAX_MISTYPED).map(|(_, name)| format!("{TEMPLATES}/{name}"))
        }
        Some((_, wanted)) if ending == wanted => return None,
        Some((_, wanted)) => Some(format!("{stem}.{wanted}")),
        None => KINDS.into_iter().find(|(_, known)| *known == ending).map(|(known, _)| Some(format!("{known}/{name}")))?,
    };
    Some(Stray { path: layers[at].place_of(path), meant })
}

/// The templates of a layer: name and text.
fn templates(layer: &Layer) -> impl Iterator<Item = (&str, &[u8])> {
    let template = |(path, text)| Some((str::strip_prefix(path, "templates/")?, text));
    layer.files.iter().map(|(path, text)| (path.as_str(), text.as_slice())).filter_map(template)
}

/// True if a template names another, be it with its layer.
fn names(text: &[u8], name: &str) -> bool {
    memchr::memmem::find(text, name.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_of_the_themes_in_the_binary_are_used() {
        for name in super::super::built_in_names() {
            let layers: Vec<Layer> = [super::super::DEFAULT, &name].into_iter().filter_map(Layer::built_in).collect();
            assert_eq!((layers.len(), strays(&layers)), (2, Vec::new()), "{name}");
        }
    }

    #[test]
    fn mistyped_names_are_told_with_what_was_meant() {
        let layer = |prefix: &str, files: &[(&str, &str)]| Layer {
            prefix: prefix.to_owned(),
            files: files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect(),
        };
        let lowest = layer("default/", &[("templates/day.html", "{% include \"entry.html\" %}"), ("templates/entry.html", "")]);
        let own = |path: &str| {
            let include = ("templates/day.html", "{% include \"themes/mine/templates/parts/aside.html\" %}");
            let layers = [lowest.clone(), layer("themes/mine/templates/", &[include, (path, "")])];
            strays(&layers).pop().map(|stray| (stray.path, stray.meant.unwrap_or_default()))
        };
        for used in [
            "templates/entry.html",
            "templates/parts/aside.html",
            "styles/90-mine.css",
            "scripts/head/x.js",
            "languages/fr.toml",
            "assets/any.html",
            "theme.toml",
            "README.md",
            "preview.png",
            "templates/.day.html.swp",
            "templates/day.html~",
        ] {
            assert_eq!(own(used), None, "{used}");
        }
        for (stray, meant) in [
            ("templates/dya.html", "templates/day.html"),
            ("templates/sidebar.html", ""),
            ("templates/day.htm", "templates/day.html"),
            ("template/day.html", "templates/day.html"),
            ("day.html", "templates/day.html"),
            ("style/mine.css", "styles/mine.css"),
            ("styles/mine.scss", "styles/mine.css"),
            ("fr.toml", "languages/fr.toml"),
        ] {
            assert_eq!(own(stray), Some((format!("themes/mine/{stray}"), meant.to_owned())));
        }
    }
}
