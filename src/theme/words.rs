//! Catalogs of a theme against the one below all others: words that nothing says, placeholders that nobody fills, words that are missing.

use super::{Catalog, Layer};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The catalog's path from the folder of the site.
    pub path: String,
    /// What is the matter.
    pub slip: Slip,
}

/// What can be the matter with a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// Nothing says this word; the key that was probably meant.
    NotSaid(String, Option<String>),
    /// A word has a placeholder that is not filled: key, placeholder, and those that are.
    NotFilled(String, String, Vec<String>),
    /// So many words of all are said in English.
    Missing(usize, usize),
}

/// A key with more other letters is another key.
const MAX_MISTYPED: usize = 3;

/// What is wrong with the catalogs of the layers over the lowest one. What is no catalog is told when it is loaded.
pub(super) fn wordings(layers: &[Layer]) -> Vec<Wording> {
    let Some((lowest, over)) = layers.split_first().filter(|(_, over)| !over.is_empty()) else { return Vec::new() };
    let mut catalogs_below = catalogs(lowest);
    let known: BTreeSet<String> = catalogs_below.keys().cloned().collect();
    let Some(english) = catalogs_below.remove("en") else { return Vec::new() };
    let mut found = Vec::new();
    for layer in over {
        for (language, words) in catalogs(layer) {
            let path = layer.place_of(&format!("languages/{language}.toml"));
            let mut add = |slip: Slip| found.push(Wording { path: path.clone(), slip });
            for (key, text) in &words {
                match english.get(key) {
                    Some(usual) => {
                        let filled: Vec<String> = placeholders(usual).map(str::to_owned).collect();
                        let other = placeholders(text).find(|name| !filled.iter().any(|known| known == name));
                        other.into_iter().for_each(|name| add(Slip::NotFilled(key.clone(), name.to_owned(), filled.clone())));
                    }
                    None if !is_said(layers, key) => add(Slip::NotSaid(key.clone(), nearest(&english, key))),
                    None => {}
                }
            }
            let primary = language.split('-').next().unwrap_or(&language);
            let missing = english.keys().filter(|key| !words.contains_key(*key)).count();
            if missing > 0 && !known.contains(&language) && !known.contains(primary) {
                add(Slip::Missing(missing, english.len()));
            }
        }
    }
    found
}

/// The catalogs of a layer by their languages.
fn catalogs(layer: &Layer) -> BTreeMap<String, Catalog> {
    let catalog = |(path, text): &(String, Vec<u8>)| {
        let language = path.strip_prefix("languages/")?.strip_suffix(".toml")?;
        Some((language.to_owned(), toml::from_str(std::str::from_utf8(text).ok()?).ok()?))
    };
    layer.files.iter().filter_map(catalog).collect()
}

/// The names in braces.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// True if a template or a script names a key, be it only what it begins with: `t(key="field_" ~ name)`.
fn is_said(layers: &[Layer], key: &str) -> bool {
    let begins = ["field_", "language_"].iter().any(|start| key.starts_with(start));
    let speaks = |(path, _): &&(String, Vec<u8>)| path.starts_with("templates/") || path.starts_with("scripts/");
    let mut files = layers.iter().flat_map(|layer| &layer.files).filter(speaks);
    begins || files.any(|(_, text)| memchr::memmem::find(text, key.as_bytes()).is_some())
}

fn nearest(english: &Catalog, key: &str) -> Option<String> {
    let near = english.keys().map(|known| (strsim::damerau_levenshtein(known, key), known)).min();
    near.filter(|(distance, _)| *distance <= MAX_MISTYPED && *distance < key.len()).map(|(_, known)| known.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_catalogs_are_told() {
        let layer = |prefix: &str, files: &[(&str, &str)]| Layer {
            prefix: prefix.to_owned(),
            files: files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect(),
        };
        let lowest = layer(
            "default/",
            &[
                ("languages/en.toml", "archive = \"Archive\"\nentries = \"{n} entries\"\nfeeds = \"Feeds\""),
                ("languages/zh.toml", "archive = \"归档\""),
            ],
        );
        let slips = |file: &str, text: &str| -> Vec<Slip> {
            let own = layer("themes/mine/templates/", &[(file, text), ("templates/day.html", "{{ t(key=\"motto\") }}")]);
            let found = wordings(&[lowest.clone(), own]);
            assert!(found.iter().all(|wording| wording.path == format!("themes/mine/{file}")));
            found.into_iter().map(|wording| wording.slip).collect()
        };
        assert_eq!(slips("languages/zh.toml", "archive = \"档\"\nmotto = \"x\"\nfield_code = \"y\"\nentries = \"{n} 条\""), []);
        let meant = Some("archive".to_owned());
        assert_eq!(slips("languages/zh-TW.toml", "archvie = \"x\""), [Slip::NotSaid("archvie".into(), meant)]);
        assert_eq!(slips("languages/en.toml", "nonsense = \"x\""), [Slip::NotSaid("nonsense".into(), None)]);
        let filled = vec!["n".to_owned()];
        let slip = Slip::NotFilled("entries".into(), "count".into(), filled);
        assert_eq!(slips("languages/de.toml", "entries = \"{count} Werke\""), [slip, Slip::Missing(2, 3)]);
    }
}
