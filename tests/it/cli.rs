//! The program as a user meets it: right and wrong input, exit codes, and what is left on disk.

use super::common::files;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const ROWS: &str =
    "| 标题 | 作者 | PDF链接 |\n|---|---|---|\n| 深度学习综述 | 王小明 | [PDF](https://arxiv.org/pdf/2511.00001) |\n";

/// A folder with a digest of one entry.
fn site() -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    put(dir.path(), "content/2025-11-14-arxiv.md", ROWS.as_bytes());
    dir
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_daysheet")).args(arguments).current_dir(folder).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (status.code().expect("an exit code"), text(stdout), text(stderr))
}

#[test]
fn every_bad_file_is_told_and_costs_no_other() {
    let dir = site();
    let gbk = encoding_rs::GBK.encode(ROWS).0.into_owned();
    let utf16: Vec<u8> = ROWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bad: &[(&str, &[u8], &str)] = &[
        ("2025-01-01-empty.md", b"", "empty-file"),
        ("2025-01-02-binary.md", b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR\0\0\0\0", "binary-file"),
        ("2025-01-03-gbk.md", &gbk, "other-encoding"),
        ("2025-01-04-utf16.md", &utf16, "other-encoding"),
        ("2025-01-05-broken.md", b"| Title | PDF |\n|---|---|\n| na\xefve caf\xe9 | [PDF](http://x.org) |\n", "broken-utf8"),
    ];
    for (path, bytes, _) in bad {
        put(dir.path(), &format!("content/{path}"), bytes);
    }
    put(dir.path(), "content/2025-01-06-bom.md", format!("\u{FEFF}{}", ROWS.replace('\n', "\r\n")).as_bytes());
    fs::create_dir(dir.path().join("content/2025-01-07.md")).expect("a folder named like a file");
    // The size is what counts; a file with a hole costs no disk.
    let large = fs::File::create(dir.path().join("content/2025-01-08-large.md")).expect("a file");
    large.set_len(100 << 20).expect("a large file");
    #[cfg(unix)]
    for (target, name) in [("nowhere.md", "dangling.md"), ("2025-01-09-loop.md", "2025-01-09-loop.md"), ("/", "out")] {
        std::os::unix::fs::symlink(target, dir.path().join("content").join(name)).expect("a link");
    }
    let (code, out, err) = run(dir.path(), &["check", "--format", "json"]);
    assert_eq!(code, 1, "{err}");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let has = |path: &str, code: &str| findings.iter().any(|f| f["path"] == path && f["code"] == code);
    for (path, _, code) in bad {
        assert!(has(path, code), "no {code} for {path} in {findings:#?}");
    }
    assert!(has("2025-01-08-large.md", "too-large"));
    #[cfg(unix)]
    for name in ["dangling.md", "2025-01-09-loop.md", "out"] {
        assert!(has(name, "not-followed"), "{name}: {findings:#?}");
    }
    assert!(findings.iter().all(|f| f["hints"].is_array()));
    assert!(!dir.path().join("public").exists(), "check writes nothing");

    let (code, ..) = run(dir.path(), &["build"]);
    assert_eq!(code, 0);
    for day in ["2025/11/14", "2025/01/03", "2025/01/04", "2025/01/05", "2025/01/06"] {
        assert!(dir.path().join(format!("public/{day}.html")).is_file(), "{day}");
    }
    assert_eq!(run(dir.path(), &["build", "--strict"]).0, 1);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_keeps_the_old_site() {
    use std::os::unix::fs::PermissionsExt;
    let dir = site();
    put(dir.path(), "content/2025-01-01-secret.md", ROWS.as_bytes());
    let path = dir.path().join("content/2025-01-01-secret.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    let (code, _, err) = run(dir.path(), &["build"]);
    assert_eq!(code, 2);
    assert!(err.contains("could not read") && err.contains("2025-01-01-secret.md`: Permission denied"), "{err}");
    assert!(!dir.path().join("public").exists());
    assert_eq!(run(dir.path(), &["check"]).0, 1, "a check tells of it among all else");
    for command in [&["export"][..], &["search", "walking"]] {
        let (code, out, err) = run(dir.path(), command);
        assert!(code == 2 && out.is_empty() && err.contains("2025-01-01-secret.md"), "{command:?}: {err}");
    }
}

#[test]
fn wrong_settings_are_shown_where_they_are() {
    let table: &[(&str, &[&str])] = &[
        ("titel = \"x\"\n", &["unknown setting `titel`", "site.toml:1:1", "did you mean `title`?"]),
        ("\ntitle = 5\n", &["`title` is a number", "site.toml:2:9"]),
        ("[feeds]\ndays = \"many\"\n", &["`days` is text", "site.toml:2:8"]),
        ("title = \"open\n", &["site.toml:1"]),
        ("language = \"xx\"\n", &["no words in the language `xx`", "en, zh", "languages/xx.toml"]),
        ("language = \"EN\"\n", &["no words in the language `EN`", "site.toml:1:12", "did you mean `en`?"]),
        ("id = \"\"\n", &["`id` is empty", "site.toml:1:6", "without it, it is the title"]),
        ("languages = [\"en\", \"tlh\"]\n", &["no words in the language `tlh`", "en, zh"]),
        ("theme = \"mine\"\n", &["there is no theme `mine`"]),
        ("base_url = \"example.org\"\n", &["no base URL", "site.toml:1:12"]),
        ("content = \"nowhere\"\n", &["nowhere", "check `content` in site.toml", "site.toml:1:11"]),
        ("output = \"content\"\n", &["would replace the content folder"]),
    ];
    for (settings, expected) in table {
        let dir = site();
        put(dir.path(), "site.toml", settings.as_bytes());
        let (code, _, err) = run(dir.path(), &[]);
        assert_eq!(code, 2, "{settings}: {err}");
        for part in *expected {
            assert!(err.contains(part), "{settings}: no `{part}` in\n{err}");
        }
        assert!(!dir.path().join("public").exists());
    }
}

#[test]
fn all_wrong_settings_are_told_in_one_run() {
    let dir = site();
    let cases: &[(&str, &[&str])] = &[
        (
            "titel = \"x\"\nlogo = 5\nbase_url = \"x.org\"\n[[watch]]\nname = \"x\"\n",
            &["site.toml:1:1", "site.toml:2:8", "site.toml:3:12", "site.toml:4:1"],
        ),
        ("language = \"fr\"\nlanguages = [\"en\", \"tlh\"]\n", &["site.toml:1:12", "site.toml:2:20"]),
        (
            "logo = \"no.svg\"\n[[navigation]]\nlabel = \"a\"\nurl = \"a.html\"\n[[navigation]]\nlabel = \"b\"\nurl = \"b.html\"\n",
            &["site.toml:1:8", "site.toml:4:7", "site.toml:7:7"],
        ),
    ];
    for (settings, places) in cases {
        put(dir.path(), "site.toml", settings.as_bytes());
        for command in ["build", "check"] {
            let (code, _, err) = run(dir.path(), &[command]);
            let told: Vec<usize> = places.iter().filter_map(|place| err.find(&format!("{place}\n"))).collect();
            assert!(code == 2 && told.len() == places.len() && told.is_sorted(), "{command}: {settings}: {err}");
            assert_eq!(err.matches("\n\nerror[settings]").count(), places.len() - 1, "{err}");
        }
        let (_, out, _) = run(dir.path(), &["check", "--format", "json"]);
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"));
        let found = report["findings"].as_array().expect("findings");
        let place = |found: &Value| format!("site.toml:{}:{}", found["line"], found["column"]);
        assert_eq!(found.iter().map(place).collect::<Vec<_>>(), *places, "{out}");
    }
}

#[test]
fn a_check_for_programs_tells_them_why_it_could_not_be_made() {
    let table = [
        ("site.toml", "\ntitel = \"x\"\n", "settings", Some((2, 1))),
        ("site.toml", "language = \"xx\"\n", "settings", Some((1, 12))),
        ("site.toml", "content = \"nowhere\"\n", "settings", Some((1, 11))),
        ("themes/default/templates/day.html", "{% extends \"default/day.html\" %}\n{{", "theme", Some((2, 3))),
        ("themes/default/languages/en.toml", "archive = 5\n", "theme", Some((1, 11))),
        // A folder in the place of the settings.
        ("site.toml/x", "", "failed", None),
    ];
    for (path, text, code, place) in table {
        let dir = site();
        put(dir.path(), path, text.as_bytes());
        let (exit, out, err) = run(dir.path(), &["check", "--format", "json"]);
        assert!(exit == 2 && !err.is_empty(), "{path}: {err}");
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{path}: {error}: {out}"));
        let found = &report["findings"][0];
        assert_eq!((found["code"].as_str(), found["severity"].as_str()), (Some(code), Some("error")), "{found}");
        assert_eq!(found["line"].as_u64().zip(found["column"].as_u64()), place, "{found}");
        assert!(found["hints"].as_array().is_some_and(|hints| !hints.is_empty()), "{found}");
        assert_eq!(report["counts"][0]["code"], code);
    }
}

#[test]
fn what_cannot_be_read_or_written_is_told_with_what_helps() {
    let dir = site();
    put(dir.path(), "file", b"");
    put(dir.path(), "mine/site.toml", b"# a line\ntitle = \"\xFF\"\n");
    let table: &[(&[&str], &str, &str)] = &[
        (&["build", "--output", "file"], "could not publish to `file`: it is a file", "another folder with `--output`"),
        (&["export", "--output", "none/x.jsonl"], "could not write `none/x.jsonl`", "make the folder first"),
        (&["bundle", "--output", "none/x.zip"], "could not write `none/x.zip`", "make the folder first"),
        (&["man", "--output", "file"], "could not make `file`", "a folder is wanted where a file is"),
        (&["init", "file"], "could not make `file`", "a folder is wanted where a file is"),
        (&["init", "new", "--title", " "], "the title is empty", "after `--title`"),
        (&["init", "new", "--language", "xx"], "no words in the language `xx`", "after `--language`"),
        (&["check", "--root", "mine"], "site.toml` is not UTF-8: see line 2", "write it as UTF-8 text"),
        (&["theme", "show", "nothing"], "has no file `nothing`", "help: `daysheet theme show` names all"),
    ];
    for (typed, message, hint) in table {
        let (code, _, err) = run(dir.path(), typed);
        assert!(code == 2 && err.contains(message) && err.contains(hint), "{typed:?}: {err}");
    }
    let (code, out, err) = run(dir.path(), &["export", "--format", "opml"]);
    assert!(code == 0 && out.contains("<opml") && err.contains("relative addresses") && err.contains("`--base-url`"), "{err}");
    let (_, _, err) = run(dir.path(), &["export", "--format", "opml", "--base-url", "https://x.org/"]);
    assert_eq!(err, "");
    let (code, out, err) = run(dir.path(), &["export", "--author", "nobody"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "note: there is no entry to export\n"));
}

#[test]
fn an_error_of_a_template_says_on_which_page_and_what_helps() {
    let table: &[(&str, &[&str])] = &[
        ("{{ nope }}", &["variable `nope` is not defined", "day.html:2:20", "the variables are frame, iso,"]),
        ("{{ t(key=\"archive\") }} {{ nope }}", &["day.html:2:43", "{{ t(key=\"archive\") }} {{ nope }}"]),
        ("{{ site.logoo }}", &["field `logoo` is not defined", "the fields are all_feeds,"]),
        ("{{ previous.label }}", &["field `label` is not defined", "{% if previous %}", "`Option<…>`"]),
        ("{{ previous?.label }}", &["undefined", "{% if previous %}"]),
        ("{% for day in previous %}{% endfor %}", &["`none`", "{% if previous %}"]),
        ("{{ t(key=\"nix\") }}", &["no text `nix` in the catalog"]),
    ];
    for (written, expected) in table {
        let dir = site();
        put(dir.path(), "site.toml", b"theme = \"mine\"\n");
        let template = format!("{{% extends \"default/day.html\" %}}\n{{% block head %}}{written}{{% endblock head %}}\n");
        put(dir.path(), "themes/mine/templates/day.html", template.as_bytes());
        let (code, _, err) = run(dir.path(), &["build"]);
        assert!(code == 2 && err.contains("on the page `2025/11/14.html`"), "{written}: {err}");
        for part in *expected {
            assert!(err.contains(part), "{written}: no `{part}` in\n{err}");
        }
    }
    // What is asked for whether it is there may be missing.
    let dir = site();
    put(dir.path(), "site.toml", b"theme = \"mine\"\n");
    let written = "{{ previous }}{{ whole | safe }}{% if previous.label %}{{ previous.label }}{% endif %}";
    let template = format!("{{% extends \"default/day.html\" %}}\n{{% block head %}}{written}{{% endblock head %}}\n");
    put(dir.path(), "themes/mine/templates/day.html", template.as_bytes());
    assert_eq!(run(dir.path(), &["build"]).0, 0);
}

#[test]
fn a_mistake_in_a_theme_leaves_the_old_site() {
    let dir = site();
    put(dir.path(), "site.toml", b"theme = \"mine\"\n");
    put(dir.path(), "themes/mine/templates/not_found.html", b"{% extends \"default/not_found.html\" %}\n");
    assert_eq!(run(dir.path(), &[]).0, 0);
    let before = files(&dir.path().join("public"));
    put(dir.path(), "content/2025-11-15-arxiv.md", ROWS.as_bytes());
    put(
        dir.path(),
        "themes/mine/templates/day.html",
        b"{% extends \"default/day.html\" %}\n{% block head %}{{ nope }}{% endblock head %}\n",
    );
    let (code, _, err) = run(dir.path(), &[]);
    assert_eq!(code, 2);
    assert!(
        err.contains("themes/mine/templates/day.html:2:") && err.contains("`nope` is not defined") && err.contains("iso"),
        "{err}"
    );
    assert!(before == files(&dir.path().join("public")), "the old site changed");
    let left: Vec<_> =
        fs::read_dir(dir.path().join(".daysheet-public")).expect("the state").map(|e| e.expect("an entry").file_name()).collect();
    assert!(!left.iter().any(|name| name == "next"), "{left:?}");
}

#[test]
fn a_theme_changes_one_file_and_keeps_the_rest() {
    let dir = site();
    put(dir.path(), "site.toml", b"theme = \"mine\"\n");
    let template = b"{% extends \"default/not_found.html\" %}{% block main %}gone{% endblock main %}";
    put(dir.path(), "themes/mine/templates/not_found.html", template);
    put(dir.path(), "themes/mine/assets/extra.css", b"/* mine */");
    put(
        dir.path(),
        "themes/mine/templates/title.html",
        b"<h{{ level }} class=\"mine\">{{ entry.title_html | safe }}</h{{ level }}>",
    );
    assert_eq!(run(dir.path(), &[]).0, 0);
    let public = dir.path().join("public");
    assert!(fs::read_to_string(public.join("404.html")).expect("a page").contains("gone"));
    for path in ["assets/extra.css", "assets/style.css", "2025/11/14.html"] {
        assert!(public.join(path).is_file(), "{path}");
    }
    // An entry is the same file wherever it stands.
    for (path, title) in [("2025/11/14.html", "<h3 class=\"mine\">"), ("index.html", "<h4 class=\"mine\">")] {
        assert!(fs::read_to_string(public.join(path)).expect("a page").contains(title), "{path}");
    }
}

#[test]
fn the_page_of_a_day_has_its_entries_in_the_form_that_its_template_asks_for() {
    const AS_VALUES: &str = "{% for entry in source.entries %}<i>{{ entry.title_html | upper }}</i>{% endfor %}";
    const AS_TEXT: &str = "{{ source.entries_html | safe }}";
    let dir = site();
    put(dir.path(), "site.toml", b"theme = \"mine\"\n");
    put(dir.path(), "themes/mine/templates/entry.html", b"<b>{{ entry.title_html | safe }}</b>");
    for (asked, has_values, has_texts) in
        [(AS_VALUES.to_owned(), true, false), (AS_TEXT.to_owned(), false, true), (format!("{AS_VALUES}{AS_TEXT}"), true, true)]
    {
        let block = format!("{{% block main %}}{{% for source in sources %}}{asked}{{% endfor %}}{{% endblock main %}}");
        let template = format!("{{% extends \"base.html\" %}}{block}");
        put(dir.path(), "themes/mine/templates/day.html", template.as_bytes());
        let (code, _, err) = run(dir.path(), &[]);
        assert_eq!(code, 0, "{err}");
        let page = fs::read_to_string(dir.path().join("public/2025/11/14.html")).expect("a page");
        assert_eq!((page.contains("<i>"), page.contains("<b>")), (has_values, has_texts), "{asked}: {page}");
    }
}

#[test]
fn themes_are_laid_over_each_other() {
    let dir = site();
    let style = || fs::read_to_string(dir.path().join("public/assets/style.css")).expect("the style");
    let day = || fs::read_to_string(dir.path().join("public/2025/11/14.html")).expect("a page");
    put(dir.path(), "site.toml", b"theme = \"mine\"\naccent = \"#0a5\"\n");
    let (code, out, err) = run(dir.path(), &["theme", "new", "mine", "--extends", "broadsheet"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("theme.toml") && out.contains("10-colors.css") && out.contains("theme = \"mine\""), "{out}");
    assert_eq!(run(dir.path(), &["theme", "new", "mine"]).0, 2, "a theme is never overwritten");
    assert_eq!(run(dir.path(), &["theme", "new", "../mine"]).0, 2);
    put(dir.path(), "themes/mine/styles/90-mine.css", b".mine {}");
    put(dir.path(), "themes/mine/styles/90-mine.css~", b".backup {}");
    put(dir.path(), "themes/mine/templates/.DS_Store", b"\xFF\x00");
    assert_eq!(run(dir.path(), &[]).0, 0);
    let look = style();
    let places = ["newsprint", "How the parts work", "The look of a broadsheet", ".mine {}", "--accent: light-dark(#"];
    let at: Vec<usize> = places.iter().map(|part| look.rfind(part).unwrap_or_else(|| panic!("no `{part}`"))).collect();
    assert!(at.is_sorted() && !look.contains(".backup"), "{at:?}");
    assert!(day().contains("class=\"entry h-entry\""));
    let (_, list, _) = run(dir.path(), &["theme", "list"]);
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines.len() == 3 && lines[0].contains("broadsheet") && lines[1].contains("default"), "{list}");
    assert!(lines[2].starts_with("* mine") && lines[2].contains("over `broadsheet`"), "{list}");

    put(dir.path(), "themes/a/theme.toml", b"extends = \"b\"\n");
    put(dir.path(), "themes/b/theme.toml", b"extends = \"a\"\n");
    put(dir.path(), "themes/c/theme.toml", b"extend = \"a\"\n");
    for (theme, part) in [("a", "extends itself"), ("no", "themes are broadsheet, default, a, b, c, mine"), ("c", "extend")] {
        put(dir.path(), "site.toml", format!("theme = \"{theme}\"\n").as_bytes());
        let (code, _, err) = run(dir.path(), &[]);
        assert!(code == 2 && err.contains(part), "{theme}: {err}");
    }
    // A folder with the name of a theme in the binary is laid over that one.
    put(dir.path(), "site.toml", b"theme = \"broadsheet\"\n");
    put(dir.path(), "themes/broadsheet/styles/90-mine.css", b".over {}");
    assert_eq!(run(dir.path(), &[]).0, 0);
    assert!(style().contains("The look of a broadsheet") && style().contains(".over {}"));
}

#[test]
fn the_owner_has_pages_files_and_links() {
    let dir = site();
    let settings = "logo = \"logo.svg\"\nfooter = \"by *me*\"\nrepository = \"https://github.com/me/digests\"\n\
                    [[navigation]]\nlabel = \"Lab\"\nurl = \"https://lab.example/\"\n\
                    [[navigation]]\nlabel = \"Numbers\"\nurl = \"pages/links.html\"\n";
    put(dir.path(), "site.toml", settings.as_bytes());
    put(dir.path(), "pages/2-about.md", b"# About us\n\nSee [links](links.md).\n");
    put(dir.path(), "pages/links.md", b"---\ntitle: Links\nnavigation: false\n---\n\n<b>bold</b>\n");
    put(dir.path(), "static/logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    put(dir.path(), "static/deep/file.txt", b"text");
    assert_eq!(run(dir.path(), &[]).0, 0);
    let public = dir.path().join("public");
    let page = |path: &str| fs::read_to_string(public.join(path)).unwrap_or_else(|_| panic!("no {path}"));
    assert_eq!(page("deep/file.txt"), "text");
    let about = page("pages/about.html").replace('\n', "");
    for part in [
        "<h1>About us</h1>",
        "href=\"links.html\"",
        "src=\"../logo.svg\"",
        "by <em>me</em>",
        "href=\"https://lab.example/\"",
        "aria-current=\"page\">About us",
    ] {
        assert!(about.contains(part), "no `{part}` in {about}");
    }
    let links = page("pages/links.html");
    assert!(links.contains("<b>bold</b>") && !about.contains(">Links</a>"));
    // The owner's own link to a page is the one that leads to it.
    assert!(links.contains("aria-current=\"page\">Numbers<") && !about.contains("aria-current=\"page\">Numbers<"));
    let line = "href=\"https://github.com/me/digests/blob/main/content/2025-11-14-arxiv.md?plain=1#L";
    assert!(page("2025/11/14.html").contains(line));

    put(dir.path(), "static/2025/11/14.html", b"mine");
    let (code, _, err) = run(dir.path(), &[]);
    assert!(code == 2 && err.contains("static/2025/11/14.html") && err.contains("help:"), "{err}");
    assert!(page("2025/11/14.html").contains(line), "the old site stays");
    fs::remove_file(dir.path().join("static/2025/11/14.html")).expect("to remove");

    put(dir.path(), "static/manual.html", b"<p id='install'><a href='no.html'>x</a></p>");
    put(dir.path(), "site.toml", b"[[navigation]]\nlabel = \"a\"\nurl = \"manual.html#install\"\n");
    let (_, out, _) = run(dir.path(), &["check"]);
    assert!(out.contains("`no.html`") && !out.contains("#install"), "an own page has links and places: {out}");
    fs::remove_file(dir.path().join("static/manual.html")).expect("to remove");

    for (settings, part, place) in [
        ("logo = \"no.svg\"\n", "`no.svg`", "1:8"),
        ("[[navigation]]\nlabel = \"x\"\nurl = \"pages/no.html\"\n", "`pages/no.html`", "3:7"),
        ("[[redirect]]\nfrom = \"index.html\"\nto = \"archive.html\"\n", "take the place of the site's own `index.html`", "2:8"),
        ("[[redirect]]\nfrom = \"old/\"\nto = \"no.html\"\n", "`to` of a `[[redirect]]` is `no.html`", "3:6"),
        (
            "[[redirect]]\nfrom = \"{year}.html\"\nto = \"archive.html\"\n[[redirect]]\nfrom = \"d/{day}\"\nto = \"{day}.txt\"\n",
            "is `14.txt`",
            "6:6",
        ),
        ("theme = \"no\"\n", "no theme `no`", "1:9"),
        ("\nlanguage = \"fr\"\n", "no words in the language `fr`", "2:12"),
        ("languages = [\"en\", \"fr\"]\n", "no words in the language `fr`", "1:20"),
    ] {
        put(dir.path(), "site.toml", settings.as_bytes());
        for command in [&[][..], &["check"]] {
            let (code, _, err) = run(dir.path(), command);
            assert!(code == 2 && err.contains(part) && err.contains("help:"), "{settings}: {err}");
            assert!(err.contains(&format!("site.toml:{place}")), "{settings}: {err}");
        }
    }
    put(
        dir.path(),
        "site.toml",
        b"[[navigation]]\nlabel = \"a\"\nurl = \"/authors/\"\n[[navigation]]\nlabel = \"b\"\nurl = \"deep/file.txt\"\n",
    );
    assert_eq!(run(dir.path(), &[]).0, 0);
}

#[test]
fn export_prints_what_was_read() {
    let dir = site();
    put(dir.path(), "content/2025-11-14-again.md", ROWS.as_bytes());
    let (code, out, _) = run(dir.path(), &["export", "--format", "jsonl"]);
    assert_eq!(code, 0);
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(records.len(), 2, "entries as read, before days or works are joined");
    let record = &records[1];
    for (key, value) in [
        ("day", "2025-11-14"),
        ("source", "arxiv"),
        ("title", "深度学习综述"),
        ("id", "arxiv:2511.00001"),
        ("url", "https://arxiv.org/pdf/2511.00001"),
        ("file", "2025-11-14-arxiv.md"),
    ] {
        assert_eq!(record[key], value, "{key}");
    }
    let keys = ["authors", "extra", "line", "links", "note", "original_title", "position", "published", "summary", "tags"];
    assert!(keys.iter().all(|key| record.get(key).is_some()), "{record}");
    assert_eq!(run(dir.path(), &["export", "--output", "all.jsonl"]).0, 0);
    assert_eq!(fs::read_to_string(dir.path().join("all.jsonl")).expect("a file"), out);
}

#[test]
fn an_export_is_of_what_was_asked_for_in_the_format_that_was() {
    let dir = site();
    let rows = "| Title | Authors | PDF |\n|---|---|---|\n| Foxes | Jane Roe | [PDF](https://arxiv.org/pdf/2511.00008) |\n";
    put(dir.path(), "content/2025-11-15-arxiv.md", rows.as_bytes());
    let n_of = |arguments: &[&str], mark: &str| {
        let (code, out, said) = run(dir.path(), &[&["export", "--format"], arguments].concat());
        assert_eq!(code, 0, "{arguments:?}: {said}");
        out.matches(mark).count()
    };
    let formats =
        [("jsonl", "\"position\""), ("csv", "arxiv.org/pdf"), ("bibtex", "@misc{"), ("ris", "TY  - "), ("csl-json", "\"id\"")];
    for (format, mark) in formats {
        assert_eq!(n_of(&[format], mark), 2, "{format}");
        for [option, value] in [["--query", "foxes"], ["--day", "2025-11-15"], ["--author", "jane ROE"]] {
            assert_eq!(n_of(&[format, option, value], mark), 1, "{format} {option}");
        }
    }
    let (code, _, said) = run(dir.path(), &["export", "--format", "opml", "--day", "2025-11-15"]);
    assert_eq!(code, 2);
    assert!(said.contains("OPML lists feeds and no entries"), "{said}");
}

#[test]
fn what_is_exported_as_csv_is_read_back() {
    let dir = TempDir::new().expect("a temporary folder");
    let head = "| Title | Original title | Authors | Date | Link | Categories |\n|---|---|---|---|---|---|\n";
    let first = "| =SUM(1, 2) of \"foxes\" | | Jane Roe, Li An | 2025-11-12 | https://arxiv.org/abs/2511.00001v2 | cs.AI, cs.LG |\n\
        | - 5 | Minus five | | | https://doi.org/10.1101/2025.11.001 | |\n";
    let second =
        "| 深度学习，综述 | A survey | 王小明 | | https://example.org/a?b=1,2 | |\n| An unlinked one | | Ann Poe | | | |\n";
    put(dir.path(), "content/2025-11-14-arxiv.md", format!("{head}{first}").as_bytes());
    put(dir.path(), "content/2025-11-15-arxiv.md", format!("{head}{second}").as_bytes());
    let (code, table, said) = run(dir.path(), &["export", "--format", "csv"]);
    assert_eq!(code, 0, "{said}");
    assert!(table.starts_with('\u{FEFF}') && table.contains("\"'=SUM"), "{table}");
    let again = TempDir::new().expect("a temporary folder");
    put(again.path(), "content/arxiv.csv", table.as_bytes());
    assert_eq!(run(again.path(), &["export", "--format", "csv"]).1, table);
}

#[test]
fn a_site_in_the_folder_of_digests_is_no_digest() {
    let dir = TempDir::new().expect("a temporary folder");
    put(dir.path(), "2025-11-14-arxiv.md", ROWS.as_bytes());
    put(dir.path(), "site.toml", b"content = \".\"\n");
    assert_eq!(run(dir.path(), &[]).0, 0);
    let (code, out, _) = run(dir.path(), &["build", "--output", "elsewhere"]);
    assert!(code == 0 && out.contains("1 rows = 1 entries + 0 merged"), "{out}");
    // A folder of digests that has the name of a site that is gone.
    fs::remove_dir_all(dir.path().join("elsewhere")).expect("to remove");
    put(dir.path(), "elsewhere/2025-11-15-arxiv.md", ROWS.as_bytes());
    assert!(run(dir.path(), &[]).1.contains("2 rows = 2 entries"));
}

#[test]
fn digests_in_a_folder_named_like_a_site_are_read() {
    let dir = TempDir::new().expect("a temporary folder");
    put(dir.path(), "public/data/2025-11-14-arxiv.md", ROWS.as_bytes());
    let (code, out, err) = run(dir.path(), &["check"]);
    assert!(code == 0 && out.contains("1 rows = 1 entries"), "{out}{err}");
    let (code, out, err) = run(dir.path(), &["build"]);
    assert!(code == 2 && err.contains("public") && err.contains("help:"), "{out}{err}");
    put(dir.path(), "public/notes.md", b"# Notes\n\nSome words about this and that.\n");
    assert_eq!(run(dir.path(), &["build", "--output", "site"]).0, 0);
    // What is no digest is in nobody's way.
    fs::remove_dir_all(dir.path().join("public/data")).expect("to remove");
    put(dir.path(), "2025-11-14-arxiv.md", ROWS.as_bytes());
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    fs::remove_dir_all(dir.path().join("public")).expect("to remove");
    assert!(run(dir.path(), &["build", "--output", "site"]).1.contains("1 rows = 1 entries"));
}

#[test]
fn a_folder_without_digests_is_told() {
    let dir = TempDir::new().expect("a temporary folder");
    put(dir.path(), "notes.md", b"# Notes\n\nSome words about this and that.\n");
    for command in ["build", "check"] {
        let (code, _, err) = run(dir.path(), &[command]);
        assert!(code == 0 && err.contains("note: no digests were found") && err.contains("help:"), "{err}");
    }
    put(dir.path(), "2025-11-14-arxiv.md", ROWS.as_bytes());
    assert_eq!(run(dir.path(), &["build"]).2, "");
}

#[test]
fn paths_count_from_where_they_are_written() {
    let dir = site();
    put(dir.path(), "sites/a/site.toml", b"content = \"../../content\"\noutput = \"out\"\n");
    put(dir.path(), "work/keep", b"");
    let work = dir.path().join("work");
    assert_eq!(run(&work, &["build", "--root", "../sites/a"]).0, 0);
    assert!(dir.path().join("sites/a/out/index.html").is_file());
    assert_eq!(run(&work, &["build", "--root", "../sites/a", "--output", "here"]).0, 0);
    assert!(work.join("here/index.html").is_file());
    let quiet = run(&work, &["build", "--content", "../content", "--output", "there", "--quiet"]);
    assert_eq!(quiet, (0, String::new(), String::new()));
    let home = fs::read_to_string(work.join("there/index.html")).expect("a page");
    assert!(home.contains("<title>Daily digests</title>"), "a title never comes from a path");
    assert_eq!(run(&work, &[]).0, 2, "no site.toml here");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_keeps_foreign_files() {
    let dir = site();
    assert_eq!(run(dir.path(), &["build", "--jobs", "1"]).0, 0);
    let first = files(&dir.path().join("public"));
    put(dir.path(), "public/CNAME", b"example.org");
    assert_eq!(run(dir.path(), &["build", "--jobs", "4"]).0, 0);
    let second: Vec<_> = files(&dir.path().join("public")).into_iter().filter(|(path, _)| path != "CNAME").collect();
    assert!(first == second);
    put(dir.path(), "content/2025-11-15-arxiv.md", ROWS.as_bytes());
    let (_, out, _) = run(dir.path(), &["build"]);
    assert!(dir.path().join("public/CNAME").is_file() && dir.path().join("public/2025/11/15.html").is_file(), "{out}");
    fs::remove_file(dir.path().join("content/2025-11-15-arxiv.md")).expect("removed");
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    assert!(!dir.path().join("public/2025/11/15.html").exists());
}

#[test]
fn an_empty_folder_gives_a_site_that_says_so() {
    let dir = TempDir::new().expect("a temporary folder");
    fs::create_dir(dir.path().join("content")).expect("a folder");
    let (code, out, err) = run(dir.path(), &["build"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("0 rows = 0 entries + 0 merged + 0 rejected"), "{out}");
    assert!(fs::read_to_string(dir.path().join("public/index.html")).expect("a page").contains("no entries yet"));
}

#[test]
fn entries_are_found() {
    let dir = site();
    let (code, out, _) = run(dir.path(), &["search", "深度", "author:王"]);
    assert_eq!((code, out.lines().next()), (0, Some("2025-11-14  arxiv  深度学习综述")));
    let (code, out, _) = run(dir.path(), &["search", "--format", "jsonl", "--limit", "1", "-x", "学习"]);
    let hit: Value = serde_json::from_str(&out).expect("a line of JSON");
    assert_eq!((code, hit["page"].as_str()), (0, Some("2025/11/14.html#arxiv-2511.00001")));
    for typed in
        [&["search", "学习", "-x", "--format", "jsonl", "--limit=1"][..], &["search", "--format=jsonl", "--", "学习", "-x"]]
    {
        assert_eq!(run(dir.path(), typed), (0, out.clone().replace("-x 学习", "学习 -x"), String::new()), "{typed:?}");
    }
    let (code, _, err) = run(dir.path(), &["search", "学习", "--limti", "1"]);
    assert!(code == 2 && err.contains("a similar argument exists: '--limit'"), "{err}");
    let (code, out, err) = run(dir.path(), &["search", "date:2025-13", "没有"]);
    assert_eq!((code, out.as_str()), (1, ""), "nothing found is no success");
    assert!(err.contains("`2025-13` is no day") && err.contains("nothing was found"), "{err}");
}

#[test]
fn bundles_say_what_they_lack() {
    let dir = site();
    let (code, out, _) = run(dir.path(), &["bundle", "--since", "2025-11-01"]);
    assert_eq!(code, 0);
    assert!(out.contains("1 from 2025-11-14 to 2025-11-14, 1 entries"), "{out}");
    let first = fs::read(dir.path().join("daysheet.zip")).expect("the bundle");
    assert_eq!(run(dir.path(), &["bundle", "--jobs", "1"]).0, 0);
    assert_eq!(fs::read(dir.path().join("daysheet.zip")).expect("the bundle"), first, "the same bytes again");
    let (code, _, err) = run(dir.path(), &["bundle", "--source", "hn"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no source `hn`") && err.contains("`arxiv`"), "{err}");
    let (code, _, err) = run(dir.path(), &["bundle", "--until", "2020-01-01"]);
    assert_eq!(code, 2);
    assert!(err.contains("nothing to bundle"), "{err}");
    assert_eq!(run(dir.path(), &["bundle", "--since", "yesterday"]).0, 2);
    // An old address may lead to a day that the bundle lacks.
    put(dir.path(), "site.toml", b"[[redirect]]\nfrom = \"old.html\"\nto = \"2025/10/31.html\"\n");
    put(dir.path(), "content/2025-10-31-arxiv.md", b"- [Swimming](https://example.org/s)\n");
    let (code, _, err) = run(dir.path(), &["bundle", "--since", "2025-11-01"]);
    assert_eq!(code, 0, "{err}");
}

#[test]
fn the_page_for_unknown_addresses_brings_its_style_where_it_cannot_link_to_it() {
    let dir = site();
    let read = |path: &str| fs::read_to_string(dir.path().join("public").join(path)).expect(path);
    let (linked, inner) = ("<link rel=\"stylesheet\"", "style-src 'unsafe-inline'");
    assert_eq!(run(dir.path(), &["build", "--content", "content"]).0, 0);
    let page = read("404.html");
    assert!(page.contains(&format!("<style>{}</style>", read("assets/style.css"))) && page.contains(inner), "{page}");
    assert!(!page.contains(linked) && !page.contains("<script"), "what it cannot find it does not ask for: {page}");
    assert!(read("index.html").contains(linked) && !read("index.html").contains(inner), "other pages link to it");
    assert_eq!(run(dir.path(), &["build", "--content", "content", "--base-url", "https://x.org/repo/"]).0, 0);
    let page = read("404.html");
    assert!(page.contains(&format!("{linked} href=\"/repo/assets/style.css\">")) && !page.contains("<style>"), "{page}");
    assert!(page.contains("<script src=\"/repo/assets/lost.js\" defer>") && !page.contains(inner), "{page}");
}

#[test]
fn scripts_of_what_is_switched_off_are_not_published() {
    let dir = site();
    let scripts = |settings: &str| -> Vec<String> {
        put(dir.path(), "site.toml", format!("title = \"A\"\n{settings}").as_bytes());
        let (code, _, err) = run(dir.path(), &["build", "--quiet"]);
        assert_eq!(code, 0, "{err}");
        let mut all: Vec<String> = files(&dir.path().join("public/assets")).into_iter().map(|(path, _)| path).collect();
        all.sort();
        all.retain(|path| ["cite.js", "search.js", "names.js"].contains(&path.as_str()));
        all
    };
    assert_eq!(scripts(""), ["cite.js", "names.js", "search.js"]);
    assert_eq!(scripts("[citations]\nbuttons = false\n"), ["names.js", "search.js"]);
    assert_eq!(scripts("[search]\nindex = false\n"), ["cite.js", "names.js"]);
}

#[test]
fn pages_of_the_owner_lead_to_each_other_and_to_the_site() {
    let dir = site();
    let files: &[(&str, &str)] = &[
        ("site.toml", "title = \"A\"\nfooter = \"[all](archive.html) [us](/pages/about-us.html)\"\n"),
        ("pages/10-About us.md", "# About\n\n[why](<20-Why.markdown#so>) [days](/archive.html) ![p](p.png)\n"),
        ("pages/20-Why.markdown", "---\nnavigation: false\n---\n## So\n\n[us](<10-About us.md>)\n"),
        ("pages/p.png", "p"),
        ("pages/sub/more.md", "more"),
    ];
    files.iter().for_each(|(path, text)| put(dir.path(), path, text.as_bytes()));
    let (_, out, err) = run(dir.path(), &["check", "--base-url", "https://x.org/sub/"]);
    assert!(out.contains("page-not-made") && out.contains("pages/sub/more.md"), "{out}{err}");
    assert!(!out.contains("broken-link") && !out.contains("unreachable-page"), "{out}");
    let (code, _, err) = run(dir.path(), &["build", "--quiet"]);
    assert_eq!(code, 0, "{err}");
    let page = |path: &str| fs::read_to_string(dir.path().join("public").join(path)).expect(path);
    let about = page("pages/about-us.html");
    for link in ["href=\"why.html#so\"", "href=\"../archive.html\"", "src=\"p.png\"", "href=\"../pages/about-us.html\""] {
        assert!(about.contains(link), "{link}: {about}");
    }
    assert!(page("2025/11/14.html").contains("<a href=\"../../archive.html\">all</a>"));
    assert_eq!(page("pages/p.png"), "p");
}

#[test]
fn a_source_that_there_is_not_is_told_with_those_that_there_are() {
    let dir = site();
    for arguments in [&["search", "source:nope"][..], &["export", "--query", "source:nope"]] {
        let (_, out, err) = run(dir.path(), arguments);
        assert!(err.contains("there is no source `nope`; there are `arxiv`"), "{arguments:?}: {out}{err}");
    }
    assert!(!run(dir.path(), &["search", "source:arxiv"]).2.contains("there is no source"));
}
