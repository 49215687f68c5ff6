//! What holds whatever a digest says and wherever the program runs: names that every file system bears, nothing outside the
//! output, bounded time, memory and pages, the same bytes everywhere, no network.
//!
//! `DAYSHEET_PROGRAM` names another build of the program to measure, such as the one for release.

use super::common::{files, shared};
use daysheet::model::name::key;
use daysheet::site::slug::slug;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

fn program() -> String {
    std::env::var("DAYSHEET_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_daysheet").to_owned())
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).arg("--root").arg(root).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    format!("{:?} {}", output.status.code(), String::from_utf8_lossy(&output.stderr))
}

/// Why some file system does not bear a part of a path, if so.
fn unbearable(part: &str) -> Option<&'static str> {
    let stem = part.split('.').next().unwrap_or(part);
    let is_numbered = |name: &str| stem.len() == 4 && stem.starts_with(name) && stem.ends_with(|c: char| c.is_ascii_digit());
    match () {
        () if part.is_empty() || part.len() > 255 => Some("its length"),
        () if !part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._~".contains(&b)) => Some("its signs"),
        () if part.ends_with(['.', ' ']) || part.starts_with(['.', '-']) => Some("its ends"),
        () if ["con", "prn", "aux", "nul"].contains(&stem) || is_numbered("com") || is_numbered("lpt") => Some("a device"),
        () => None,
    }
}

const ODD_NAMES: &[&str] = &[
    "",
    ".",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\x",
    "con",
    "CON",
    "Con.",
    "aux",
    "NUL",
    "com1",
    "LPT9",
    "com\u{b9}",
    "a.",
    "a ",
    "A",
    "a",
    "É",
    "E\u{301}",
    "e\u{301}",
    "Å",
    "A\u{30a}",
    "\u{212b}",
    "ﬁ",
    "fi",
    "ß",
    "SS",
    "İ",
    "i\u{307}",
    "index",
    "Index",
    "王小明",
    "\u{202e}gpj",
    "a/b",
    "a\\b",
    "a:b",
    "a*b?",
    "a\0b",
    "a\nb",
    "~",
    "-",
    "--",
    "🔥",
    "\u{feff}",
    "\u{200b}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_gives_an_address_that_every_file_system_bears(name in ".{0,300}|\\PC{0,40}|[a-c.\\- ]{0,8}") {
        let slug = slug(&key(&name));
        prop_assert_eq!(unbearable(&slug), None, "{:?} gives {}", name, slug);
        prop_assert!(slug.len() <= 80);
    }

    #[test]
    fn names_that_differ_never_meet_on_a_file_system(a in "[aAeEéÉßsS.\u{301}\u{308}ǆDŽ ]{1,6}", b in "[aAeEéÉßsS.\u{301}\u{308}ǆDŽ ]{1,6}") {
        let folded = |text: &str| text.nfc().collect::<String>().to_lowercase();
        let (key_a, key_b) = (key(&a), key(&b));
        if key_a != key_b {
            prop_assert_ne!(folded(&slug(&key_a)), folded(&slug(&key_b)));
        }
        let decomposed: String = a.nfd().collect();
        prop_assert_eq!(slug(&key(&a)), slug(&key(&decomposed)), "one author on both normal forms");
    }
}

#[test]
fn odd_names_give_addresses_that_every_file_system_bears() {
    let mut by_slug: HashMap<String, String> = HashMap::new();
    for name in ODD_NAMES {
        let (key, slug) = (key(name), slug(&key(name)));
        assert_eq!(unbearable(&slug), None, "{name:?} gives {slug}");
        let other = by_slug.insert(slug.clone(), key.clone());
        assert!(other.is_none_or(|other| other == key), "{slug} stands for two names");
    }
}

/// Hostile texts in every field of entries, in the names of files and folders, in front matter and in headings.
fn hostile(root: &Path) -> usize {
    let mut texts: Vec<String> = ODD_NAMES.iter().map(|name| (*name).to_owned()).collect();
    if let Some(file) = shared("corpus/hostile/text.jsonl") {
        let lines = fs::read_to_string(file).expect("a readable corpus");
        let parsed = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        // Every fifth is enough for names; browsers see all of them.
        texts.extend(parsed.filter_map(|value| value["s"].as_str().map(str::to_owned)).step_by(5));
    }
    for (part_idx, part) in texts.chunks(200).enumerate() {
        let entries: Vec<Value> = part
            .iter()
            .enumerate()
            .map(|(i, text)| {
                json!({"title": format!("{text} {i}"), "original_title": text, "authors": [text], "tags": [text], "source": text, "summary": text,
                    "note": text, "weather": text, "url": format!("https://example.org/{part_idx}/{i}?{text}"), "pdf": text})
            })
            .collect();
        put(&root.join(format!("content/2025-11-{:02}-a.json", part_idx % 28 + 1)), Value::from(entries).to_string().as_bytes());
    }
    for (i, text) in texts.iter().enumerate().take(400) {
        let name: String = text.chars().filter(|c| !"/\0".contains(*c)).take(40).collect();
        let digest = format!(
            "---\nsource: {text}\ntitle: {text}\n---\n# {text}\n\n| Title | PDF |\n|---|---|\n| t{i} | http://b.c/{i} |\n"
        );
        put(&root.join(format!("content/s{}/2025-12-{:02} {name}.md", i % 7, i % 28 + 1)), digest.as_bytes());
    }
    texts.len()
}

#[test]
fn no_text_leads_out_of_the_output_or_to_a_name_that_some_file_system_refuses() {
    let dir = TempDir::new().expect("a temporary folder");
    let root = dir.path().join("root");
    put(&root.join("site.toml"), b"title = \"x\"\n");
    let n_texts = hostile(&root);
    let before = files(dir.path()).len();
    let output = run(&root, &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let made = files(&root.join("public"));
    let state = files(&root.join(".daysheet-public")).len();
    assert_eq!(files(dir.path()).len(), before + made.len() + state, "something was written elsewhere");
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (path, _) in &made {
        // The host has given this one its name.
        for part in path.split('/').filter(|part| *part != ".nojekyll") {
            assert_eq!(unbearable(part), None, "{path}");
        }
        let folded = path.nfc().collect::<String>().to_lowercase();
        if let Some(other) = seen.insert(folded, path) {
            panic!("{path} and {other} are one file where case does not count");
        }
    }
    println!("{n_texts} hostile texts as names: {} files, all bearable", made.len());
}

/// Texts that would take endless time, memory or room if they were believed: name of the file, text.
fn bombs() -> Vec<(&'static str, &'static str, String)> {
    let head = "| Title | Authors | PDF | Abstract |\n|---|---|---|---|\n";
    let cell = |text: &str| format!("{head}| t | a | [PDF](http://a.b/1) | {text} |\n");
    let deep = |open: &str, close: &str, n: usize| cell(&format!("{}x{}", open.repeat(n), close.repeat(n)));
    vec![
        ("200,000 cells in a row", "x.md", format!("{head}|{}\n", " a |".repeat(200_000))),
        (
            "50,000 columns",
            "x.md",
            format!("|{}\n|{}\n|{}\n", " Title |".repeat(50_000), "---|".repeat(50_000), " a |".repeat(50_000)),
        ),
        ("a cell of 20 MB", "x.md", cell(&"长".repeat(6_900_000))),
        ("a million headings", "x.md", "# h\n".repeat(1_000_000)),
        ("quotes in quotes", "x.md", cell(&"> ".repeat(100_000))),
        ("lists in lists", "x.json", json!([{"title": "t", "url": "http://a.b/1", "summary": "- ".repeat(100_000)}]).to_string()),
        ("links in links", "x.md", deep("[", "](http://a.b)", 100_000)),
        ("details in details", "x.md", deep("<details>", "</details>", 100_000)),
        ("dollars", "x.md", cell(&"$".repeat(1_000_000))),
        ("fractions", "x.md", cell(&format!("${}x{}$", "\\frac{".repeat(50_000), "}{1}".repeat(50_000)))),
        ("formulas", "x.md", cell(&"$\\frac{1}{2}$ ".repeat(50_000))),
        ("roots", "x.md", cell(&format!("${}$", "\\sqrt".repeat(100_000)))),
        ("combining marks", "x.md", format!("{head}| a{0} | b{0} | [PDF](http://a.b/1) | s |\n", "\u{301}".repeat(1_000_000))),
        ("lists of JSON", "x.json", "[".repeat(2_000_000)),
        ("flow of YAML", "x.yaml", format!("a: {}", "[".repeat(1_000_000))),
        (
            "aliases of YAML",
            "x.yaml",
            (1..40).fold("a0: &a0 [x,x]\n".to_owned(), |text, n| {
                text + &format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9))
            }),
        ),
        ("lists of TOML", "x.toml", format!("[[p]]\ntitle = \"t\"\na = {}", "[".repeat(1_000_000))),
        ("NULs", "x.md", cell(&"\0".repeat(2_000_000))),
        ("emphasis", "x.md", cell(&"*a **b ".repeat(100_000))),
        (
            "authors",
            "x.md",
            format!(
                "{head}| t | {} | [PDF](http://a.b/1) | s |\n",
                (0..20_000).map(|n| format!("A{n} Roe, ")).collect::<String>()
            ),
        ),
    ]
}

#[test]
fn nothing_blows_up() {
    let limited = Command::new("prlimit").args(["--data=536870912", "true"]).status().is_ok_and(|status| status.success());
    if !limited {
        eprintln!("skipped: no prlimit here, so memory is not limited");
    }
    // The build of the tests is hardly optimized.
    let most = if std::env::var_os("DAYSHEET_PROGRAM").is_some() { 2.0 } else { 10.0 };
    let mut faults = Vec::new();
    let mut worst = (0.0, "");
    let mut widest = (0.0, "");
    for (name, file, text) in bombs() {
        let dir = TempDir::new().expect("a temporary folder");
        put(&dir.path().join("content/2025-11-14").join(file), text.as_bytes());
        let program = program();
        let started = Instant::now();
        let mut command = if limited { Command::new("prlimit") } else { Command::new(&program) };
        if limited {
            command.args(["--data=536870912", &program]);
        }
        let output = command.args(["export", "--jobs", "1", "--root"]).arg(dir.path()).output().expect("it runs");
        let took = started.elapsed().as_secs_f64();
        if output.status.code() != Some(0) {
            faults.push(format!("{name}: reading ends with {}", said(&output).chars().take(300).collect::<String>()));
        }
        if took > most {
            faults.push(format!("{name}: read in {took:.1} s"));
        }
        if worst.0 < took {
            worst = (took, name);
        }
        let output = run(dir.path(), &["build", "--quiet"]);
        if output.status.code() != Some(0) {
            faults.push(format!("{name}: the build ends with {}", said(&output).chars().take(300).collect::<String>()));
            continue;
        }
        for (path, bytes) in files(&dir.path().join("public")) {
            let ratio = bytes.len().saturating_sub(50_000) as f64 / text.len() as f64;
            if ratio > 20.0 && !path.starts_with("assets/") {
                faults.push(format!("{name}: {path} is {ratio:.0} times the input"));
            }
            if widest.0 < ratio && path.ends_with(".html") {
                widest = (ratio, name);
            }
        }
    }
    println!("worst to read: {:.2} s ({}); widest page: {:.1} times its input ({})", worst.0, worst.1, widest.0, widest.1);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_same_bytes_everywhere() {
    let dir = TempDir::new().expect("a temporary folder");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut input = files(&demo.join("content"));
    let mut outputs = Vec::new();
    let has_faketime =
        Command::new("faketime").args(["2031-02-03 04:05:06", "true"]).status().is_ok_and(|status| status.success());
    if !has_faketime {
        eprintln!("skipped: no faketime here, so the clock is the same in all builds");
    }
    for (n, (zone, locale, jobs, time)) in [
        ("UTC", "C", "1", None),
        ("Pacific/Kiritimati", "zh_CN.UTF-8", "4", Some("2031-02-03 04:05:06")),
        ("America/Los_Angeles", "tr_TR.UTF-8", "2", Some("1999-12-31 23:59:59")),
    ]
    .into_iter()
    .enumerate()
    {
        let root = dir.path().join(["here", "another folder/deep er", "里"][n]);
        // Folders list their files in another order when these were made in another order.
        input.reverse();
        for (path, bytes) in &input {
            put(&root.join("content").join(path), bytes);
        }
        put(&root.join("site.toml"), b"title = \"Same\"\nbase_url = \"https://example.org/x/\"\n");
        let mut command = match time.filter(|_| has_faketime) {
            Some(time) => {
                let mut command = Command::new("faketime");
                command.args([time, &program()]);
                command
            }
            None => Command::new(program()),
        };
        command.env("TZ", zone).env("LC_ALL", locale).env("LANG", locale).env("COLUMNS", "40").env("HOME", "/nonexistent");
        let output = command.args(["build", "--quiet", "--jobs", jobs, "--root"]).arg(&root).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        outputs.push(files(&root.join("public")));
    }
    assert!(outputs[0].len() > 50);
    for other in &outputs[1..] {
        let odd: Vec<&String> = outputs[0].iter().zip(other).filter(|(a, b)| a != b).map(|(a, _)| &a.0).take(5).collect();
        assert!(outputs[0] == *other, "other bytes: {odd:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_build_opens_no_socket() {
    let dir = TempDir::new().expect("a temporary folder");
    put(&dir.path().join("content/2025-11-14.md"), b"- [a](https://example.org/feed.xml) http://example.org/x.png\n");
    let log = dir.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=%network", "-e", "signal=none", "-o"]).arg(&log).arg(program());
    let output = command.args(["build", "--quiet", "--root"]).arg(dir.path()).output();
    let Some(output) = output.ok().filter(|output| output.status.code() == Some(0)) else {
        eprintln!("skipped: no strace here, or it may not trace");
        return;
    };
    let calls = fs::read_to_string(&log).expect("the trace");
    let calls: Vec<&str> = calls.lines().filter(|line| !line.contains("+++")).collect();
    assert!(calls.is_empty(), "{calls:?} {}", said(&output));
    // The trace is not blind: this one does open a socket.
    let probe = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=%network", "-o"])
        .arg(&log)
        .args(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/1"])
        .output();
    if probe.is_ok() {
        assert!(fs::read_to_string(&log).expect("the trace").contains("socket("));
    }
}

/// Every major version of a crate stands once in the lock file, but for those that others still need in two.
#[test]
fn no_crate_is_there_twice_without_a_reason() {
    // `phf` 0.11 and 0.13, `getrandom`, `r-efi` and `syn`: both versions belong to libraries that are not of one age.
    let explained = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dependencies.md")).expect("the table");
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).expect("the lock file");
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    for line in lock.lines() {
        if let Some(text) = line.strip_prefix("name = ") {
            name = text.trim_matches('"');
        } else if let Some(text) = line.strip_prefix("version = ") {
            versions.entry(name).or_default().push(text.trim_matches('"'));
        }
    }
    assert!(versions.len() > 100);
    let twice = versions.iter().filter(|(_, versions)| versions.len() > 1);
    let unexplained: Vec<_> = twice.filter(|(name, _)| !explained.contains(&format!("`{name}`"))).collect();
    assert!(unexplained.is_empty(), "twice in Cargo.lock and not explained in docs/dependencies.md: {unexplained:?}");
    let cargo = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("the manifest");
    let sections = cargo.split("\n[").filter(|part| part.starts_with("dependencies]") || part.starts_with("dev-dependencies]"));
    let used = sections.flat_map(|part| part.lines().skip(1)).filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    let missing: Vec<&str> = used.filter(|name| !explained.contains(name)).collect();
    assert!(missing.is_empty(), "without a reason in docs/dependencies.md: {missing:?}");
}

/// A run that never ends would hold all tests; this is far above what any takes.
#[test]
fn reading_a_device_does_not_wait() {
    let dir = TempDir::new().expect("a temporary folder");
    put(&dir.path().join("content/2025-11-14.md"), b"- [a](https://example.org/1)\n");
    if !Command::new("mkfifo").arg(dir.path().join("content/2025-11-15.md")).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no mkfifo here");
        return;
    }
    let started = Instant::now();
    let output = run(dir.path(), &["build", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(started.elapsed() < Duration::from_secs(20));
}
