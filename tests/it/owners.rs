//! What an owner does besides building: beginning a site, watching its size and its links, completions and manual pages.

use super::common::files;
use daysheet::config;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const TABLE: &str =
    "| 标题 | 作者 | PDF链接 |\n|---|---|---|\n| 深度学习综述 | 王小明 | [PDF](https://arxiv.org/pdf/2511.00001) |\n";
const LIST: &str = "- [Walking on ice](https://example.org/ice) by Jane Roe\n- [Flying in fog](https://example.org/fog)\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        put(dir.path(), path, text);
    }
    dir
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daysheet"));
    let output = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

fn text(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const GIT: &str = "[remote \"origin\"]\n\turl = git@github.com:Ann/daily-papers.git\n";

#[test]
fn a_site_begins_with_what_is_there() {
    let dir = folder(&[
        ("out/2025-11-13-arxiv.md", TABLE),
        ("out/2025-11-14-arxiv.md", TABLE),
        ("out/2025-11-14-hn.md", LIST),
        ("README.md", "# Papers\n\nA script writes here.\n"),
        (".git/config", GIT),
        (".git/HEAD", "ref: refs/heads/data\n"),
        (".gitignore", "node_modules\n/public"),
    ]);
    let (code, out, err) = run(dir.path(), &["init"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("found  4 entries in 3 files in `out`, 2025-11-13 to 2025-11-14, of arxiv, hn"), "{out}");
    let settings = text(dir.path(), "site.toml");
    let read = config::read("site.toml", &settings).unwrap_or_else(|problems| panic!("{problems:?}\n{settings}"));
    let info = &read.join.info;
    assert_eq!((info.title.as_str(), info.language.as_str(), info.id.as_str()), ("daily papers", "en", "Ann/daily-papers"));
    assert_eq!(info.base_url.as_deref(), Some("https://ann.github.io/daily-papers/"));
    assert_eq!(read.content.as_deref(), Some("out"));
    assert!(info.digest_url.as_deref().is_some_and(|url| url.starts_with("https://github.com/Ann/daily-papers/blob/data/")));
    assert_eq!(text(dir.path(), ".gitignore"), "node_modules\n/public\n/.daysheet-*\n");
    let workflow = text(dir.path(), ".github/workflows/pages.yml");
    assert!(workflow.contains("branches: [data]") && workflow.contains("uses: daysheet/daysheet@"), "{workflow}");
    assert!(
        !workflow.contains(['{', '}']) || workflow.matches("${{ ").count() == workflow.matches('{').count() / 2,
        "{workflow}"
    );
    let (code, _, err) = run(dir.path(), &["build", "--strict"]);
    assert_eq!(code, 0, "{err}");
    assert!(dir.path().join("public/2025/11/14.html").is_file());
    // A second time changes nothing.
    let before = files(dir.path());
    let (code, out, err) = run(dir.path(), &["init", "--yes"]);
    assert_eq!((code, out.matches("left   ").count()), (0, 3), "{out}{err}");
    assert_eq!(files(dir.path()), before);
    let (code, _, err) = run(dir.path(), &["init", "--yes", "--title", "Other"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is a `./site.toml` already"), "{err}");
}

#[test]
fn a_site_in_a_folder_of_a_repository_is_published_from_there() {
    let dir =
        folder(&[("notes/my papers/2025-11-14-arxiv.md", TABLE), (".git/config", GIT), (".git/HEAD", "ref: refs/heads/main\n")]);
    let site = dir.path().join("notes/my papers");
    let (code, out, err) = run(&site, &["init", "--yes"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("wrote  ../../.github/workflows/pages-notes-my-papers.yml"), "{out}");
    let workflow = text(dir.path(), ".github/workflows/pages-notes-my-papers.yml");
    assert!(workflow.contains("\n        with:\n          root: 'notes/my papers'\n"), "{workflow}");
    assert_eq!(run(&site, &["build", "--quiet"]).0, 0);
    let page = text(&site, "public/2025/11/14.html");
    assert!(page.contains("https://github.com/Ann/daily-papers/blob/main/notes/my%20papers/2025-11-14-arxiv.md"), "{page}");
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let dir =
        folder(&[("2025-11-14.md", TABLE), (".github/workflows/pages.yml", "mine"), (".gitignore", "public/\n.daysheet-*\n")]);
    let (code, out, err) = run(dir.path(), &["init", "--yes", "--title", "纸 \"x\"", "--base-url", "https://x.org/a"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("left   .github/workflows/pages.yml") && out.contains("left   .gitignore"), "{out}");
    assert_eq!(text(dir.path(), ".github/workflows/pages.yml"), "mine");
    assert_eq!(text(dir.path(), ".gitignore"), "public/\n.daysheet-*\n");
    let read = config::read("site.toml", &text(dir.path(), "site.toml")).expect("valid settings");
    assert_eq!((read.join.info.title.as_str(), read.join.info.language.as_str()), ("纸 \"x\"", "zh"));
    assert_eq!((read.content.as_deref(), read.join.info.base_url.as_deref()), (Some("."), Some("https://x.org/a/")));
    assert_eq!(run(dir.path(), &["build"]).0, 0);
}

#[test]
fn a_site_of_nothing_begins_with_an_example() {
    let dir = folder(&[]);
    let (code, out, err) = run(dir.path(), &["init", "--yes", "new/site", "--no-workflow"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("next   cd new/site && daysheet"), "{out}");
    let root = dir.path().join("new/site");
    assert!(!root.join(".github").exists());
    assert_eq!(run(&root, &[]).0, 0);
    let days: Vec<String> = files(&root.join("public/api/v1/days")).into_iter().map(|(path, _)| path).collect();
    assert!(days.len() >= 2, "the example is a day: {days:?}");
    for (wrong, message) in [
        (["--base-url", "x.org"], "no base URL"),
        (["--language", "xx"], "no words in the language `xx`"),
        (["--title", " "], "the title is empty"),
    ] {
        let (code, _, err) = run(dir.path(), &[&["init", "--yes", "other", "--content", "texts"], &wrong[..]].concat());
        assert!(code == 2 && err.contains(message), "{err}");
        assert!(!dir.path().join("other").exists(), "nothing is made before all is checked: {wrong:?}");
    }
}

#[test]
fn the_folder_of_digests_is_the_one_that_tells_neither_day_nor_source_nor_language() {
    for (path, content) in [
        ("data/zh/20251114.md", "data"),
        ("arxiv/2025-11-14.md", "."),
        ("a/arxiv/2025/11/14.md", "a"),
        ("2025/2025-11-14.md", "."),
        ("content/2025-11-14.md", "content"),
    ] {
        let dir = folder(&[(path, TABLE)]);
        assert_eq!(run(dir.path(), &["init", "--yes"]).0, 0, "{path}");
        let read = config::read("site.toml", &text(dir.path(), "site.toml")).expect("valid settings");
        assert_eq!(read.content.as_deref(), Some(content), "{path}");
    }
}

fn codes(folder: &Path, arguments: &[&str]) -> (i32, Vec<(String, Option<String>)>) {
    let (code, out, err) = run(folder, &[&["check", "--format", "json"], arguments].concat());
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    let findings = report["findings"].as_array().expect("findings").iter();
    let found = findings
        .map(|finding| (finding["code"].as_str().expect("a code").to_owned(), finding["path"].as_str().map(str::to_owned)));
    (code, found.collect())
}

#[test]
fn a_check_finds_what_leads_nowhere_and_what_nothing_leads_to() {
    let page = "# About\n\n[gone](../2025/11/15.html) [day](../2025/11/14.html#nowhere) [fine](../2025/11/14.html) [out](https://example.org/)\n";
    let hidden = "---\nnavigation: false\n---\n# Hidden\n";
    let dir = folder(&[
        ("content/2025-11-14-arxiv.md", TABLE),
        ("site.toml", "title = \"T\"\n"),
        ("pages/about.md", page),
        ("pages/hidden.md", hidden),
        ("static/logo.svg", "<svg/>"),
    ]);
    let (code, found) = codes(dir.path(), &[]);
    let at = |code: &str| -> Vec<&str> { found.iter().filter(|f| f.0 == code).filter_map(|f| f.1.as_deref()).collect() };
    assert_eq!(code, 1);
    let broken = at("broken-link");
    assert_eq!(broken.iter().filter(|path| **path == "pages/about.html").count(), 2, "{found:?}");
    assert_eq!(at("unreachable-page"), ["pages/hidden.html"]);
    assert!(found.iter().any(|f| f.0 == "stale") && found.iter().any(|f| f.0 == "no-base-url"), "{found:?}");
    put(dir.path(), "site.toml", "title = \"T\"\nbase_url = \"https://example.org/repo/\"\n");
    put(dir.path(), "pages/about.md", "# About\n\n[day](../2025/11/14.html) [hidden](hidden.html)\n");
    let (code, found) = codes(dir.path(), &[]);
    assert_eq!(code, 0, "{found:?}");
    assert_eq!(found.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["stale"], "the demo of all kinds of pages is clean");
}

#[test]
fn a_check_compares_with_the_published_site() {
    let dir = folder(&[
        ("content/2025-11-13-arxiv.md", TABLE),
        ("content/2025-11-14-hn.md", LIST),
        ("site.toml", "title = \"Old\"\nbase_url = \"https://example.org/\"\n"),
    ]);
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    let (code, found) = codes(dir.path(), &["--against", "public"]);
    assert_eq!(code, 0, "{found:?}");
    fs::remove_file(dir.path().join("content/2025-11-13-arxiv.md")).expect("a file");
    put(dir.path(), "site.toml", "title = \"New\"\nbase_url = \"https://example.org/\"\n");
    let (code, found) = codes(dir.path(), &["--against", "public"]);
    assert_eq!(code, 1);
    let has = |code: &str, path: &str| found.iter().any(|f| f.0 == code && f.1.as_deref() == Some(path));
    assert!(has("vanished-address", "2025/11/13.html"), "{found:?}");
    assert!(found.iter().any(|f| f.0 == "other-feed-id"), "{found:?}");
    let (code, _, err) = run(dir.path(), &["check", "--against", "nowhere"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no site in `nowhere`"), "{err}");
}

#[test]
fn the_site_of_the_project_has_no_broken_link() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for base in [&[][..], &["--base-url", "https://example.org/repo/"]] {
        let (_, found) = codes(root, base);
        let wrong: Vec<_> =
            found.iter().filter(|f| ["broken-link", "unreachable-page", "same-but-case"].contains(&f.0.as_str())).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn a_build_says_what_its_host_takes() {
    let dir = folder(&[
        ("content/2025-11-14-arxiv.md", TABLE),
        ("tight.toml", "bytes = 1000\nfiles = 1000\n"),
        ("bad.toml", "byte = 1\n"),
    ]);
    let (code, out, err) = run(dir.path(), &["build"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("budget  ") && out.contains(" of 1000.0 MB (0 %) in "), "{out}");
    let (code, _, err) = run(dir.path(), &["build", "--budget", "tight.toml", "--strict"]);
    assert_eq!(code, 1);
    assert!(err.contains("which is more than the host takes: 1 kB") && err.contains("would save"), "{err}");
    assert_eq!(run(dir.path(), &["build", "--budget", "none", "--strict"]).0, 0);
    for (budget, told) in [("bad.toml", "unknown field `byte`"), ("githib", "`github-pages`")] {
        let (code, _, err) = run(dir.path(), &["build", "--budget", budget]);
        assert_eq!(code, 2);
        assert!(err.contains(told), "{err}");
    }
}

#[test]
fn completions_and_manuals_name_every_command() {
    let dir = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = run(dir.path(), &["completions", shell]);
        assert!(code == 0 && ["bundle", "base-url", "export"].iter().all(|word| out.contains(word)), "{shell}: {out}");
    }
    let (code, out, _) = run(dir.path(), &["man"]);
    assert!(code == 0 && out.contains(".TH DAYSHEET 1"), "{out}");
    assert_eq!(run(dir.path(), &["man", "--output", "man"]).0, 0);
    let help = run(dir.path(), &["--help"]).1;
    let commands = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of commands");
    // A line that goes on is indented more.
    let names = commands.lines().filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    let names: Vec<&str> = names.filter_map(|line| line.split(' ').next()).filter(|name| *name != "help").collect();
    assert!(names.len() >= 10, "{names:?}");
    for command in names {
        let page = text(dir.path(), &format!("man/daysheet-{command}.1"));
        assert!(page.contains(&format!("daysheet\\-{command}")) && page.contains("SYNOPSIS"), "{command}: {page}");
    }
    assert!(text(dir.path(), "man/daysheet-theme-new.1").contains("extends"));
}

#[test]
fn a_theme_is_shown_and_what_is_mistyped_in_one_is_told() {
    let dir = folder(&[
        ("content/2025-11-14-arxiv.md", TABLE),
        ("site.toml", "title = \"T\"\ntheme = \"mine\"\n"),
        ("themes/mine/templates/dya.html", "{% extends \"default/day.html\" %}"),
        ("themes/mine/languages/en.toml", "archvie = \"All\"\nentries = \"{count} works\"\n"),
        ("themes/mine/languages/de.toml", "archive = \"Archiv\"\n"),
        ("themes/torn/theme.toml", "extends ="),
    ]);
    let (_, found) = codes(dir.path(), &[]);
    let told = |code: &str| found.iter().find(|finding| finding.0 == code).and_then(|finding| finding.1.as_deref());
    assert_eq!(told("theme-file-not-used"), Some("themes/mine/templates/dya.html"));
    assert_eq!(told("word-not-said"), Some("themes/mine/languages/en.toml"));
    assert_eq!(told("placeholder-not-filled"), Some("themes/mine/languages/en.toml"));
    assert_eq!(told("words-missing"), Some("themes/mine/languages/de.toml"));
    let (code, out, err) = run(dir.path(), &["theme", "list"]);
    assert!(code == 0 && out.contains("* mine") && out.contains("themes/torn/theme.toml"), "{out}{err}");
    let (code, out, _) = run(dir.path(), &["theme", "show"]);
    assert!(code == 0 && out.contains("\ntemplates/day.html\n") && out.contains("languages/de.toml  themes/mine/"), "{out}");
    let (code, out, _) = run(dir.path(), &["theme", "show", "languages/en.toml"]);
    assert_eq!((code, out.as_str()), (0, "archvie = \"All\"\nentries = \"{count} works\"\n"));
    let (code, out, _) = run(dir.path(), &["theme", "show", "entry.html", "--theme", "default"]);
    assert!(code == 0 && out.contains("<article class=\"entry"), "{out}");
    let (code, _, err) = run(dir.path(), &["theme", "show", "templates/dey.html"]);
    assert!(code == 2 && err.contains("did you mean `templates/day.html`?"), "{err}");
}
