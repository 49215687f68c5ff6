//! Builds upon builds: whatever was changed since the last one, the folder is what a build into an empty folder gives, byte for byte.

use super::common::files;
use daysheet::site::PER_SECTION;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// One step in the life of a site.
#[derive(Debug, Clone)]
enum Edit {
    /// A digest comes or is another: day, source, and which works it lists.
    Write(u8, usize, Vec<u8>),
    /// A translation of a digest comes or is another.
    Translate(u8, usize, Vec<u8>),
    Delete(usize),
    Rename(usize, u8),
    Settings(usize),
    /// A template or a style of the owner's theme.
    Theme(usize, u8),
    Static(u8),
    Page(u8),
    /// A published file is cut off or gone.
    Damage(usize, bool),
    /// A byte of what is remembered beside the output is another.
    Rot(usize, usize),
    Nothing,
}

const SOURCES: [&str; 3] = ["arxiv", "biorxiv", "hn"];

/// What a build remembers; the first is the list of files.
const MEMOS: [&str; 3] = ["manifest", "readings", "note"];

const THEME_FILES: [(&str, &str); 3] = [
    (
        "templates/author.html",
        "{% extends \"default/author.html\" %}{% block robots %}<meta name=\"x\" content=\"@\">{% endblock robots %}",
    ),
    (
        "templates/day.html",
        "{% extends \"default/day.html\" %}{% block robots %}<meta name=\"x\" content=\"@\">{% endblock robots %}",
    ),
    ("styles/90-mine.css", ".x { order: @ }"),
];

/// Settings that change what pages, feeds and lists there are.
const SETTINGS: [&str; 9] = [
    "title = \"A\"\n",
    "title = \"A\"\ntheme = \"mine\"\n",
    "title = \"A\"\nbase_url = \"https://example.org/repo/\"\n[feeds]\nauthors = 2\ndays = 1\n",
    "title = \"B\"\nlanguage = \"zh\"\nlanguages = [\"zh\", \"en\"]\naccent = \"#8a2b1f\"\n[works]\npages = true\n",
    "title = \"A\"\nrepository = \"https://github.com/someone/digests\"\n[citations]\nfiles = true\ncoins = true\n[feeds]\nauthors = 3\n",
    "title = \"A\"\n[[watch]]\nname = \"Walks\"\nquery = \"walking\"\n[[watch]]\nname = \"Wu\"\nquery = \"author:wu -tag:b\"\n",
    "title = \"A\"\n[[hide]]\nauthor = \"Ada Wu\"\n[[hide]]\nwork = \"2511.00002\"\n",
    "title = \"A\"\n[[redirect]]\nfrom = \"daily/{year}-{month}-{day}/index.html\"\nto = \"{year}/{month}/{day}.html\"\n",
    "title = \"A\"\n[[source]]\nkey = \"hn\"\nlabel = \"News\"\nnote = \"Seen *here*\"\n[[author]]\nname = \"Ada Wu\"\naliases = [\"A. Wu\"]\n",
];

const NAMES: [&str; 6] = ["Ada Wu", "A. Wu", "王小明", "José Núñez", "ada wu", "Lian Li"];

const TITLES: [&str; 6] =
    ["Walking on ice", "图世界模型 $O(n)$", "On **bold** claims", "Ice and walking", "看不见的城市", "A talk on `code`"];

/// A day of three weeks around the turn of a year.
fn day(n: u8) -> String {
    if n < 10 { format!("2025-12-{}", 22 + n) } else { format!("2026-01-{:02}", n - 9) }
}

/// A table of works. A work has the same id everywhere, and sometimes other words.
fn digest(works: &[u8], heading: &str) -> String {
    let row = |work: &u8| {
        let (n, title) = (work % 8, TITLES[usize::from(work / 8) % TITLES.len()]);
        let names = [usize::from(n) % NAMES.len(), usize::from(work / 16) % NAMES.len()].map(|at| NAMES[at]).join(", ");
        let tag = ["a", "b", "C++"][usize::from(work / 4) % 3];
        let link =
            if n == 7 { format!("https://example.org/{}", work / 8) } else { format!("https://arxiv.org/abs/2511.{n:05}") };
        format!("| {title} | {names} | [PDF]({link}) | Summary {work} of it. | {tag} |\n")
    };
    let rows: String = works.iter().map(row).collect();
    format!("# {heading}\n\n| Title | Authors | PDF | Summary | Tags |\n|---|---|---|---|---|\n{rows}")
}

fn edit() -> impl Strategy<Value = Edit> {
    let works = || prop::collection::vec(0..96u8, 0..6);
    prop_oneof![
        8 => (0..21u8, 0..SOURCES.len(), works()).prop_map(|(day, source, works)| Edit::Write(day, source, works)),
        2 => (0..21u8, 0..SOURCES.len(), works()).prop_map(|(day, source, works)| Edit::Translate(day, source, works)),
        2 => (0..64usize).prop_map(Edit::Delete),
        2 => (0..64usize, 0..21u8).prop_map(|(at, day)| Edit::Rename(at, day)),
        3 => (0..SETTINGS.len()).prop_map(Edit::Settings),
        2 => (0..THEME_FILES.len(), 0..3u8).prop_map(|(at, n)| Edit::Theme(at, n)),
        1 => (0..3u8).prop_map(Edit::Static),
        1 => (0..3u8).prop_map(Edit::Page),
        2 => (0..512usize, any::<bool>()).prop_map(|(at, is_gone)| Edit::Damage(at, is_gone)),
        3 => (0..MEMOS.len(), 0..100_000usize).prop_map(|(memo, at)| Edit::Rot(memo, at)),
        1 => Just(Edit::Nothing),
    ]
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A file of a folder, by any number.
fn nth(folder: &Path, n: usize) -> Option<std::path::PathBuf> {
    let mut all: Vec<String> = files(folder).into_iter().map(|(path, _)| path).collect();
    all.sort();
    all.get(n % all.len().max(1)).map(|path| folder.join(path))
}

fn apply(root: &Path, edit: &Edit) {
    let content = root.join("content");
    match edit {
        Edit::Write(day_of, source, works) => {
            let day = day(*day_of);
            put(&content, &format!("{day}-{}.md", SOURCES[*source]), &digest(works, &format!("{} {day}", SOURCES[*source])));
        }
        Edit::Translate(day_of, source, works) => {
            let day = day(*day_of);
            put(&content, &format!("{day}-{}.zh.md", SOURCES[*source]), &digest(works, &format!("{} {day}", SOURCES[*source])));
        }
        Edit::Delete(n) => drop(nth(&content, *n).map(fs::remove_file)),
        Edit::Rename(n, day_of) => {
            if let Some(path) = nth(&content, *n) {
                let _ = fs::rename(path, content.join(format!("{}-arxiv.md", day(*day_of))));
            }
        }
        Edit::Settings(n) => put(root, "site.toml", SETTINGS[*n]),
        Edit::Theme(at, n) => {
            let (path, text) = THEME_FILES[*at];
            put(root, &format!("themes/mine/{path}"), &text.replace('@', &n.to_string()));
        }
        Edit::Static(n) => put(root, &format!("static/f{n}.txt"), &n.to_string()),
        Edit::Page(n) => put(root, "pages/about.md", &format!("# About {n}\n\nWords.\n")),
        Edit::Damage(n, is_gone) => {
            if let Some(path) = nth(&root.join("public"), *n) {
                // Another inode, as every program does that means well.
                fs::remove_file(&path).expect("a file");
                if !is_gone {
                    fs::write(&path, "damaged").expect("a file");
                }
            }
        }
        Edit::Rot(memo, at) => {
            let path = root.join(".daysheet-public").join(MEMOS[*memo]);
            if let Ok(mut bytes) = fs::read(&path)
                && !bytes.is_empty()
            {
                let at = at % bytes.len();
                bytes[at] ^= 0x20;
                fs::write(&path, bytes).expect("a file");
            }
        }
        Edit::Nothing => {}
    }
}

fn build(root: &Path, output: &str) -> String {
    let arguments = ["build", "--explain", "--output", output, "--jobs", "2"];
    run(root, &arguments)
}

fn run(root: &Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_daysheet")).args(arguments).current_dir(root).output().expect("the program runs");
    assert_eq!(status.code(), Some(0), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("output is UTF-8")
}

fn site(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().collect()
}

/// The paths in which two sites differ.
fn differences(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    paths.into_iter().filter(|path| a.get(*path) != b.get(*path)).cloned().collect()
}

fn start() -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    put(dir.path(), "site.toml", SETTINGS[0]);
    put(dir.path(), "themes/mine/theme.toml", "");
    for n in 0..4 {
        apply(dir.path(), &Edit::Write(n * 4, usize::from(n) % 3, vec![n * 9, n * 5, 3, 40]));
    }
    dir
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_build_upon_a_build_is_a_clean_build(edits in prop::collection::vec(prop::collection::vec(edit(), 1..3), 2..7)) {
        let dir = start();
        build(dir.path(), "public");
        let mut may_stay = BTreeSet::new();
        for step in edits {
            step.iter().for_each(|edit| apply(dir.path(), edit));
            // Without the list of files all that is there could be the owner's, and so could a file that was written over: nothing of it
            // is deleted, even if the site no longer has it.
            if step.iter().any(|edit| matches!(edit, Edit::Rot(0, _) | Edit::Damage(..))) {
                may_stay.extend(site(&dir.path().join("public")).into_keys());
            }
            // With reasons and without: only without may nothing be read at all.
            build(dir.path(), "public");
            run(dir.path(), &["build", "--quiet"]);
            build(dir.path(), "clean");
            let (mut built, clean) = (site(&dir.path().join("public")), site(&dir.path().join("clean")));
            built.retain(|path, _| clean.contains_key(path) || !may_stay.contains(path));
            // What was damaged so that it is no longer known as ours stays aside; the site itself is whole.
            prop_assert_eq!(differences(&built, &clean), Vec::<String>::new());
            fs::remove_dir_all(dir.path().join("clean")).expect("a folder");
            fs::remove_dir_all(dir.path().join(".daysheet-clean")).expect("a folder");
        }
    }
}

#[test]
fn entries_that_move_to_another_page_take_their_links_along() {
    let dir = TempDir::new().expect("a temporary folder");
    let table = |from: usize| {
        let row = |n: usize| format!("| Paper {n} | Ma Li | [PDF](https://example.org/{n}) |\n");
        format!("| Title | Authors | PDF |\n|---|---|---|\n{}", (from..PER_SECTION + 9).map(row).collect::<String>())
    };
    put(dir.path(), "content/2025-11-15-x.md", &table(PER_SECTION));
    for (source, from, day_before) in
        [("x", 9, "12"), ("x", 5, "12"), ("x", 5, "13"), ("x", 0, "13"), ("y", 0, "13"), ("x", 9, "12")]
    {
        let _ = fs::remove_file(dir.path().join("content/2025-11-13-x.md"));
        put(dir.path(), &format!("content/2025-11-{day_before}-x.md"), &table(PER_SECTION));
        let other = if source == "x" { "y" } else { "x" };
        let _ = fs::remove_file(dir.path().join(format!("content/2025-11-14-{other}.md")));
        put(dir.path(), &format!("content/2025-11-14-{source}.md"), &table(from));
        build(dir.path(), "public");
        build(dir.path(), "clean");
        let (built, clean) = (site(&dir.path().join("public")), site(&dir.path().join("clean")));
        assert_eq!(differences(&built, &clean), Vec::<String>::new(), "{from}");
        assert_eq!(built.contains_key(&format!("2025/11/14/{source}/2.html")), from < 9, "{source} {from}");
        fs::remove_dir_all(dir.path().join("clean")).expect("a folder");
        fs::remove_dir_all(dir.path().join(".daysheet-clean")).expect("a folder");
    }
}

#[test]
fn numbered_pages_of_a_list_stay_while_it_grows() {
    let dir = TempDir::new().expect("a temporary folder");
    let table = |papers: std::ops::Range<usize>| {
        let row = |n: usize| format!("| Paper {n} | Ma Li | [PDF](https://example.org/{n}) |\n");
        format!("| Title | Authors | PDF |\n|---|---|---|\n{}", papers.map(row).collect::<String>())
    };
    put(dir.path(), "content/2024-11-14-x.md", &table(0..450));
    build(dir.path(), "public");
    let page = |path: &str| format!("authors/ma/ma-li{path}.html");
    // More of them, a third full page, and an old one once more.
    for (day, papers, stays) in
        [("15", 450..453, ["/1", "/2"].as_slice()), ("16", 453..700, &["/1"]), ("17", 7..8, &["/2", "/3"])]
    {
        put(dir.path(), &format!("content/2025-11-{day}-x.md"), &table(papers));
        let output = build(dir.path(), "public");
        let reasons = reasons(&output);
        for number in ["/1", "/2", "/3", ""] {
            let reason = reasons.get(page(number).as_str()).copied().unwrap_or_default();
            assert_eq!(reason.starts_with("reused"), stays.contains(&number), "{day}, {number}: {reason}");
        }
        build(dir.path(), "clean");
        let (built, clean) = (site(&dir.path().join("public")), site(&dir.path().join("clean")));
        assert_eq!(differences(&built, &clean), Vec::<String>::new(), "{day}");
        fs::remove_dir_all(dir.path().join("clean")).expect("a folder");
        fs::remove_dir_all(dir.path().join(".daysheet-clean")).expect("a folder");
    }
}

#[test]
fn the_data_of_an_author_with_many_entries_is_in_files_that_stay() {
    let dir = TempDir::new().expect("a temporary folder");
    let table = |papers: std::ops::Range<usize>| {
        let row = |n: usize| {
            format!(
                "| Paper {n} | Ma Li{} | [PDF](https://example.org/{n}) |\n",
                if n.is_multiple_of(50) { "; Ma Le" } else { "" }
            )
        };
        format!("| Title | Authors | PDF |\n|---|---|---|\n{}", papers.map(row).collect::<String>())
    };
    let json = |path: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(dir.path().join("public/api/v1/authors").join(path)).expect("a file")).expect("JSON")
    };
    let n_items = |value: &serde_json::Value| value["items"].as_array().map_or(0, Vec::len);
    put(dir.path(), "content/2024-11-14-x.md", &table(1..2050));
    build(dir.path(), "public");
    let group = json("ma.json");
    let of =
        |key: &str| group["items"].as_array().expect("a list").iter().find(|author| author["key"] == key).expect("an author");
    assert_eq!(of("ma-le")["entries"].as_array().map(Vec::len), Some(40));
    assert_eq!(
        (of("ma-li")["api"].as_str(), of("ma-li").get("entries")),
        (Some("../../../api/v1/authors/ma/by/ma-li.json"), None)
    );
    let (newest, first) = (json("ma/by/ma-li.json"), json("ma/by/ma-li/1.json"));
    assert_eq!(
        (newest["n"].as_u64(), n_items(&newest), newest["previous"].as_str()),
        (Some(2049), 49, Some("../../../../../api/v1/authors/ma/by/ma-li/1.json"))
    );
    assert_eq!(
        (first.get("n"), n_items(&first), first["next"].as_str()),
        (None, 2000, Some("../../../../../../api/v1/authors/ma/by/ma-li.json"))
    );
    put(dir.path(), "content/2025-11-14-x.md", &table(2051..2053));
    let output = build(dir.path(), "public");
    let reasons = reasons(&output);
    for (path, stays) in [("ma.json", true), ("ma/by/ma-li/1.json", true), ("ma/by/ma-li.json", false)] {
        assert_eq!(reasons[format!("api/v1/authors/{path}").as_str()].starts_with("reused"), stays, "{path} in {output}");
    }
    build(dir.path(), "clean");
    assert_eq!(differences(&site(&dir.path().join("public")), &site(&dir.path().join("clean"))), Vec::<String>::new());
}

/// The reasons of a build by path.
fn reasons(output: &str) -> BTreeMap<&str, &str> {
    output.lines().filter_map(|line| line.split_once("  ")).filter(|(path, _)| path.contains(['.', '/'])).collect()
}

#[test]
fn a_new_day_touches_its_own_and_says_why() {
    let dir = start();
    put(dir.path(), "site.toml", "title = \"A\"\n[feeds]\nauthors = 100\n");
    build(dir.path(), "public");
    apply(dir.path(), &Edit::Write(16, 0, vec![1, 43]));
    let output = build(dir.path(), "public");
    let reasons = reasons(&output);
    let is_reused =
        |path: &str| reasons.get(path).unwrap_or_else(|| panic!("no reason for {path} in {output}")).starts_with("reused");
    assert_eq!(reasons["2026/01/07.html"], "made: it is new");
    // Its neighbour, its month, its authors.
    for path in ["2026/01/03.html", "2026/01/index.html", "2026/index.html", "authors/ad/ada-wu.html"] {
        assert_eq!(reasons[path], "made: what it is made of has changed", "{path}");
    }
    // Days, weeks and months that are not next to it, and who has nothing new.
    for path in ["2025/12/22.html", "2025/12/26.html", "2025/w52.html", "api/v1/days/2025-12-22.json", "assets/style.css"] {
        assert!(is_reused(path), "{path}");
    }
    assert!(reasons["index.html"].starts_with("made: it is always made"));
}

#[test]
fn where_nothing_changed_nothing_is_done_and_the_same_is_said() {
    let dir = start();
    let first = run(dir.path(), &["build"]);
    let stamp = |path: &str| fs::metadata(dir.path().join(path)).and_then(|meta| meta.modified()).expect("a time");
    let before = [".daysheet-public/manifest", ".daysheet-public/note", "public/index.html"].map(stamp);
    let again = run(dir.path(), &["build"]);
    assert_eq!([".daysheet-public/manifest", ".daysheet-public/note", "public/index.html"].map(stamp), before);
    assert!(again.contains("nothing changed"), "{again}");
    for row in first
        .lines()
        .filter(|line| ["days", "entries", "ledger", "budget"].contains(&line.split_whitespace().next().unwrap_or("")))
    {
        assert!(again.contains(row), "`{row}` is not in {again}");
    }
    let timings: serde_json::Value =
        serde_json::from_str(run(dir.path(), &["build", "--quiet", "--timings", "json"]).trim()).expect("JSON");
    assert_eq!(timings["files_written"], 0);
    assert!(timings["phases"].as_array().is_some_and(|phases| !phases.is_empty()));
}
