//! The text of the first `site.toml`.

use super::Survey;
use super::repository::Repository;
use std::fmt::Write;

/// What the owner was asked.
pub(super) struct Answers {
    pub(super) title: String,
    pub(super) language: String,
    pub(super) base_url: Option<String>,
    /// What feed ids are made of.
    pub(super) id: String,
}

/// `site.toml` for what was found: settings that matter from the first day, each with what it is.
pub(super) fn site_toml(survey: &Survey, answers: &Answers, repository: Option<&Repository>) -> String {
    let mut text = String::from("# Settings of the site. docs/settings.md of daysheet has every setting there is.\n");
    let mut add = |comment: &str, key: &str, value: Option<&str>, example: &str| {
        let comment = if comment.is_empty() { String::new() } else { format!("\n# {comment}\n") };
        let line = match value {
            Some(value) => format!("{key} = {}", quoted(value)),
            None => format!("# {key} = {}", quoted(example)),
        };
        let _ = writeln!(text, "{comment}{line}");
    };
    add("The site's name.", "title", Some(&answers.title), "");
    add("A sentence about the site.", "description", None, "New papers of every day, with summaries");
    add("Language of the interface: `en` or `zh`.", "language", Some(&answers.language), "");
    add(
        "Where the site is published: feeds and the map of the site need it. The workflow for GitHub Pages finds it by itself.",
        "base_url",
        answers.base_url.as_deref(),
        "https://name.github.io/repo/",
    );
    add(
        "What the ids in feeds are made of. Never change it, or subscribers see everything once more.",
        "id",
        Some(&answers.id),
        "",
    );
    add("The folder of digests.", "content", Some(&survey.content), "");
    add(
        "The repository of the digests: each entry links to its line there, so that readers can report an error.",
        "repository",
        repository.map(|repository| repository.url.as_str()),
        "https://github.com/name/repo",
    );
    add("", "branch", repository.map(|repository| repository.branch.as_str()), "main");
    add("A theme: `default`, `broadsheet`, or one of your own (`daysheet theme new mine`).", "theme", None, "broadsheet");
    if !survey.sources.is_empty() {
        text.push_str("\n# The sources that were found. `label` is the name on pages; others appear by themselves.\n");
    }
    for (key, label) in &survey.sources {
        let _ = write!(text, "[[source]]\nkey = {}\nlabel = {}\n\n", quoted(key), quoted(label));
    }
    text.trim_end().to_owned() + "\n"
}

/// A text as a string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
