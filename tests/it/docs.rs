//! What the documentation shows works: every example of settings is valid, and every digest shown is read.

use super::common::files;
use daysheet::config;
use daysheet::diagnostic::report::CODES;
use daysheet::parse::{InputFile, ReadOptions, read};
use std::fs;
use std::path::Path;

fn document(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The code blocks of one language in a Markdown text.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or("")).collect()
}

#[test]
fn settings_in_documents_are_valid() {
    let text = document("docs/digests.md");
    let examples = blocks(&text, "toml");
    assert!(examples.len() >= 7, "an example for each setting of a source");
    let all = examples.concat();
    for (table, key, ..) in config::SETTINGS.iter().filter(|setting| setting.0 == "source") {
        assert!(all.contains(&format!("\n{key} = ")), "{table}.{key} has no example");
    }
    let others = document("docs/feeds-and-data.md");
    for example in examples.into_iter().chain(blocks(&others, "toml")) {
        config::read("site.toml", example).unwrap_or_else(|problems| panic!("{example}\n{problems:?}"));
    }
}

#[test]
fn the_example_of_every_setting_has_every_setting() {
    let text = document("site.toml");
    for (table, key, ..) in config::SETTINGS {
        let is_shown = text.lines().any(|line| line.trim_start_matches("# ").starts_with(&format!("{key} = ")));
        assert!(is_shown, "`{key}` of `{table}` is not in site.toml");
    }
    let is_setting = |line: &str| {
        line.strip_prefix("# ").is_some_and(|rest| {
            rest.starts_with("[[") || config::SETTINGS.iter().any(|(_, key, ..)| rest.starts_with(&format!("{key} = ")))
        })
    };
    let uncommented: Vec<&str> = text.lines().map(|line| if is_setting(line) { &line[2..] } else { line }).collect();
    config::read("site.toml", &uncommented.join("\n")).unwrap_or_else(|problems| panic!("{problems:?}"));
}

#[test]
fn digests_in_documents_are_read() {
    for (path, n) in [("README.md", 1), ("docs/digests.md", 1)] {
        let text = document(path);
        for example in blocks(&text, "markdown") {
            let input = InputFile { path: "2025-11-14.md".into(), bytes: example.into(), modified: None };
            let reading = read(input, &ReadOptions::default());
            let entries: usize = reading.digests.iter().map(|digest| digest.entries.len()).sum();
            assert_eq!(entries, n, "{path}: {example}");
            assert_eq!(reading.lines.unread, 0, "{path}: {example}");
        }
    }
}

#[test]
fn what_holds_without_a_setting_is_what_is_documented() {
    let mut n_written = 0;
    for (table, key, _, default, _) in config::SETTINGS.iter().filter(|setting| !config::LISTS.contains(&setting.0)) {
        let Some(value) = default.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) else { continue };
        // Where the default depends on the folder, or is a name and not a value, it is in words.
        if config::read("site.toml", &format!("x = {value}"))
            .is_err_and(|problems| !problems[0].message.contains("unknown setting"))
        {
            continue;
        }
        let header = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
        let config =
            config::read("site.toml", &format!("{header}{key} = {value}")).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(config, config::SiteConfig::default(), "{table}.{key} = {value}");
        n_written += 1;
    }
    assert!(n_written >= 15, "{n_written}");
}

/// Every setting as a table for each table of settings.
fn settings_page() -> String {
    let mut text = String::from(
        "# Settings\n\nEverything that `site.toml` can say, and what holds without it. No setting is needed: a folder of digests builds without\n\
         the file. [`site.toml`](../site.toml) of the demo shows each in use; [digests.md](digests.md) has more on `[[source]]`,\n\
         [feeds-and-data.md](feeds-and-data.md) on feeds, watchlists, redirects and what is left out, [themes.md](themes.md) on themes.\n\n\
         Mistakes are told with their line and the setting that was probably meant: all in keys and values at once, then what leads to no file or\n\
         folder. Paths count from the folder of `site.toml`.\n",
    );
    let mut before = None;
    for (table, key, kind, default, what) in config::SETTINGS {
        if before.replace(*table) != Some(*table) {
            let title = match *table {
                "" => "At the top".to_owned(),
                table if config::LISTS.contains(&table) => format!("`[[{table}]]`, any number of them"),
                table => format!("`[{table}]`"),
            };
            text.push_str(&format!("\n## {title}\n\n| setting | type | without it | what it is |\n|---|---|---|---|\n"));
        }
        text.push_str(&format!("| `{key}` | {} | {default} | {what} |\n", config::kind_name(*kind)));
    }
    text
}

#[test]
fn every_setting_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    if std::env::var_os("DAYSHEET_UPDATE").is_some() {
        fs::write(&path, settings_page()).expect("to write");
    }
    assert!(
        document("docs/settings.md") == settings_page(),
        "docs/settings.md is behind src/config/settings.rs; DAYSHEET_UPDATE=1 writes it"
    );
}

#[test]
fn every_finding_is_explained() {
    let text = document("docs/troubleshooting.md");
    let rows: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let missing: Vec<&&str> = CODES.iter().filter(|code| !rows.contains(code)).collect();
    assert!(missing.is_empty(), "docs/troubleshooting.md does not explain {missing:?}");
    let unknown: Vec<&&str> = rows.iter().filter(|code| !CODES.contains(code)).collect();
    assert!(unknown.is_empty(), "docs/troubleshooting.md explains {unknown:?}, which nothing says");
}

/// The types that templates see, each with its fields, as the documentation lists them.
fn view_types() -> String {
    let mut sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page/view"));
    // What all pages have comes first.
    sources.sort_by_key(|(path, _)| path != "mod.rs");
    let source: String = sources.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    let (mut text, mut doc, mut has_fields) = (String::new(), Vec::new(), false);
    for line in source.lines() {
        let trimmed = line.trim();
        if let Some(words) = trimmed.strip_prefix("///") {
            doc.push(words.trim());
            continue;
        }
        if let Some(name) = trimmed.strip_prefix("pub struct ") {
            let name = name.trim_end_matches(" {");
            text.push_str(&format!("### {name}\n\n{}\n\n| field | type | what it is |\n|---|---|---|\n", doc.join(" ")));
            has_fields = true;
        } else if let Some((name, kind)) = trimmed.strip_prefix("pub ").and_then(|field| field.split_once(": ")) {
            let kind = kind.trim_end_matches(',').replace("&'static str", "String");
            text.push_str(&format!("| `{name}` | `{kind}` | {} |\n", doc.join(" ")));
        } else if trimmed == "}" && has_fields {
            text.push('\n');
            has_fields = false;
        }
        if !trimmed.starts_with("#[") {
            doc.clear();
        }
    }
    text.trim_end().to_owned() + "\n"
}

#[test]
fn every_field_that_templates_see_is_documented() {
    let (path, mark) = ("docs/themes.md", "`Option<…>` may be missing, `Vec<…>` is a list.\n\n");
    let text = document(path);
    let (before, listed) = text.split_once(mark).expect("the mark before the types");
    let types = view_types();
    assert!(types.contains("### EntryView") && types.contains("| `title_html` | `String` |"), "{types}");
    if std::env::var_os("DAYSHEET_UPDATE").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(path), format!("{before}{mark}{types}")).expect("to write");
        return;
    }
    assert!(listed == types, "{path} is behind src/page/view; DAYSHEET_UPDATE=1 writes it");
}
