//! The data that the scripts of a theme begin with: the words they say, and the words of the interface in other languages.
//!
//! All scripts speak the site's language. Where the owner offers others, a reader's choice is translated on the page, text by text,
//! from the two catalogs side by side; so neither templates nor scripts know of it.

use super::Catalog;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the keys of words that only scripts say begin with.
const FOR_SCRIPTS: &str = "script_";

/// Words that pages say too.
const SHARED: [&str; 4] = ["since", "stars", "reader", "scheme"];

/// The word on the buttons of entries that cite; without it there are none.
pub(super) const CITE: &str = "script_cite";

/// What the scripts know of the site.
#[derive(Serialize)]
struct Head<'a> {
    /// The language of the pages.
    language: &'a str,
    /// The files of words of the other languages a reader may choose, by language.
    languages: BTreeMap<&'a str, String>,
    /// What scripts say, by key without the prefix.
    words: BTreeMap<&'a str, &'a str>,
}

/// The statement that the scripts begin with.
pub(super) fn head<'a>(language: &str, catalog: &'a Catalog, others: &[(&str, Catalog)]) -> String {
    let name = |key: &'a str| key.strip_prefix(FOR_SCRIPTS).or_else(|| SHARED.contains(&key).then_some(key));
    let words = catalog.iter().filter_map(|(key, text)| Some((name(key)?, text.as_str())));
    let languages = others.iter().map(|(other, _)| (*other, words_file(other))).collect();
    format!("window.daysheet = {};\n", json(&Head { language, languages, words: words.collect() }))
}

/// The statement that a script for later begins with: the words whose keys begin with its name, `cite_` for `cite.js`.
pub(super) fn words_of(file: &str, catalog: &Catalog) -> String {
    let name = file.trim_end_matches(".js").replace('-', "_");
    let own = |key: &str| key.strip_prefix(name.as_str())?.strip_prefix('_').map(str::to_owned);
    let words: BTreeMap<String, &str> = catalog.iter().filter_map(|(key, text)| Some((own(key)?, text.as_str()))).collect();
    format!("daysheet.{name}_words = {};\n", json(&words))
}

/// The name of the file of words of a language, below `assets/`.
pub(super) fn words_file(language: &str) -> String {
    format!("words-{}.js", language.to_ascii_lowercase())
}

/// The words of another language beside those of the site's: key → both texts.
pub(super) fn words(language: &str, from: &Catalog, to: &Catalog) -> String {
    let pairs: BTreeMap<&str, [&str; 2]> =
        from.iter().filter_map(|(key, text)| Some((key.as_str(), [text.as_str(), to.get(key)?.as_str()]))).collect();
    format!("daysheet.speak({}, {});\n", json(&language), json(&pairs))
}

/// A script without indentation, without the lines that are nothing but a comment, and without line ends that surely end nothing.
pub(super) fn condensed(script: &str) -> String {
    let is_comment = |line: &&str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
    // Behind a comment the line end is what ends it.
    let goes_on = |line: &str| line.ends_with([';', '{', ',', '(']) && !line.contains("//");
    let end = |line| if goes_on(line) { "" } else { "\n" };
    script.lines().map(str::trim).filter(|line| !is_comment(line)).flat_map(|line| [line, end(line)]).collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts in maps are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_stay_behind() {
        let script = "// Why.\n(() => {\n  /** What. */\n  go(\"//x\"); // here;\n  const a = {}\n  stay(a,\n    1);\n})()\n";
        assert_eq!(condensed(script), "(() => {go(\"//x\"); // here;\nconst a = {}\nstay(a,1);})()\n");
    }

    #[test]
    fn words_of_two_languages_stand_side_by_side() {
        let catalog = |texts: &[(&str, &str)]| texts.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        let zh: Catalog = catalog(&[("home", "首页"), ("script_star", "收藏")]);
        let en: Catalog = catalog(&[("home", "Home"), ("script_star", "Star \"it\"")]);
        let expected =
            "window.daysheet = {\"language\":\"zh\",\"languages\":{\"en\":\"words-en.js\"},\"words\":{\"star\":\"收藏\"}};\n";
        assert_eq!(head("zh", &zh, &[("en", en.clone())]), expected);
        let expected = "daysheet.speak(\"en\", {\"home\":[\"首页\",\"Home\"],\"script_star\":[\"收藏\",\"Star \\\"it\\\"\"]});\n";
        assert_eq!(words("en", &zh, &en), expected);
    }
}
