//! What holds whatever a digest says and wherever the program runs: names that every file system bears, nothing outside the
//! output, bounded time, memory and pages, the same bytes everywhere, no network.
//!
//! `DAYSHEET_PROGRAM` names another build of the program to measure, such as the one for release. With `DAYSHEET_SOAK` set times are held to the
//! bounds that are meant for that one on a machine that does nothing else.

use super::common::{files, program, shared};
use daysheet::model::name::key;
use daysheet::site::slug::slug;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

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
    let record = |text: &str| json!([{"title": "t", "url": "http://a.b/1", "summary": text}]).to_string();
    let deep = |open: &str, close: &str, n: usize| cell(&format!("{}x{}", open.repeat(n), close.repeat(n)));
    vec![
        ("200,000 cells in a row", "x.md", format!("{head}|{}\n", " a |".repeat(200_000))),
        (
            "50,000 columns",
            "x.md",
            format!("|{}\n|{}\n|{}\n", " Title |".repeat(50_000), "---|".repeat(50_000), " a |".repeat(50_000)),
        ),
        (
            "50,000 fences of records",
            "x.md",
            "# T\n\n```json\n{\"title\": \"t\", \"url\": \"http://a.b/1\"}\n```\n".repeat(50_000),
        ),
        ("a cell of 20 MB", "x.md", cell(&"长".repeat(6_900_000))),
        (
            "200,000 rows",
            "x.md",
            (0..200_000).fold(head.to_owned(), |text, n| text + &format!("| t | a | [PDF](http://a.b/{n}) | s |\n")),
        ),
        ("a million headings", "x.md", "# h\n".repeat(1_000_000)),
        ("brackets that close an address", "x.md", cell(&format!("http://a.b/c{}", ")".repeat(1_000_000)))),
        ("fences of two kinds", "x.md", format!("{}{}", "~~~x\n".repeat(100_000), "```\n".repeat(100_000))),
        ("tags far into a line", "x.md", format!("{}{}", " ".repeat(500_000), "<h1>".repeat(100_000))),
        ("quotes in quotes", "x.md", cell(&"> ".repeat(100_000))),
        ("quotes in quotes below an item", "x.md", format!("- [a](http://b.c)\n\n{}x\n", "> ".repeat(100_000))),
        (
            "lists in lists by their margin",
            "x.json",
            record(&(0..3000).map(|n| format!("{}- a\n", "  ".repeat(n))).collect::<String>()),
        ),
        ("lists in lists", "x.json", record(&"- ".repeat(100_000))),
        ("links in links", "x.md", deep("[", "](http://a.b)", 100_000)),
        ("details in details", "x.md", deep("<details>", "</details>", 100_000)),
        ("dollars", "x.md", cell(&"$".repeat(1_000_000))),
        ("fractions", "x.md", cell(&format!("${}x{}$", "\\frac{".repeat(50_000), "}{1}".repeat(50_000)))),
        ("formulas", "x.md", cell(&"$\\frac{1}{2}$ ".repeat(50_000))),
        ("roots", "x.md", cell(&format!("${}$", "\\sqrt".repeat(100_000)))),
        ("combining marks", "x.md", format!("{head}| a{0} | b{0} | [PDF](http://a.b/1) | s |\n", "\u{301}".repeat(1_000_000))),
        ("lists of JSON", "x.json", "[".repeat(2_000_000)),
        ("lists of JSON, closed", "x.json", "[".repeat(100_000) + &"]".repeat(100_000)),
        (
            "maps of JSON",
            "x.json",
            format!("{}{{\"title\":\"t\",\"url\":\"http://a.b/1\"}}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)),
        ),
        ("flow of YAML", "x.yaml", format!("a: {}", "[".repeat(1_000_000))),
        (
            "aliases of YAML",
            "x.yaml",
            (1..40).fold("a0: &a0 [x,x]\n".to_owned(), |text, n| {
                text + &format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9))
            }),
        ),
        ("names of TOML", "x.toml", format!("[{}a]\ntitle = 't'\n", "a.".repeat(50_000))),
        ("lists of TOML", "x.toml", format!("[[p]]\ntitle = \"t\"\na = {}", "[".repeat(1_000_000))),
        ("200,000 cells of CSV", "x.csv", format!("title,url\n{}\n", "a,".repeat(200_000))),
        ("columns of CSV", "x.csv", format!("title,url{}\n{}", ",a".repeat(3000), "b,".repeat(3000) + "\n").repeat(20)),
        ("open quotes of CSV", "x.csv", format!("title,url\n{}", "a,\"b\n".repeat(100_000))),
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

/// A bomb whose site is large by right: it is built only where there is time.
const LARGE: &str = "200,000 rows";

#[test]
fn nothing_blows_up() {
    let limited = Command::new("prlimit").args(["--data=536870912", "true"]).status().is_ok_and(|status| status.success());
    if !limited {
        eprintln!("skipped: no prlimit here, so memory is not limited");
    }
    // The build of the tests is hardly optimized, and other tests run beside this one.
    let has_time = std::env::var_os("DAYSHEET_SOAK").is_some();
    let most = if has_time { 2.0 } else { 10.0 };
    let mut faults = Vec::new();
    let (mut slowest, mut largest, mut widest) = ((0.0, ""), (0, ""), (0.0, ""));
    let bombs = bombs();
    for (name, file, text) in &bombs {
        let dir = TempDir::new().expect("a temporary folder");
        put(&dir.path().join("content/2025-11-14").join(file), text.as_bytes());
        let Reading { seconds, kib, failed } = read_alone(dir.path(), limited);
        faults.extend(failed.map(|said| format!("{name}: reading ends with {said}")));
        // What is read is printed as well, which for so many entries takes as long.
        let most = if *name == LARGE { 2.0 * most } else { most };
        if seconds > most {
            faults.push(format!("{name}: read in {seconds:.1} s"));
        }
        slowest = if slowest.0 < seconds { (seconds, name) } else { slowest };
        largest = if largest.0 < kib { (kib, name) } else { largest };
        if *name == LARGE && !has_time {
            continue;
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
    println!(
        "{} bombs, worst to read: {:.2} s ({}), {} MiB ({}); widest page: {:.1} times its input ({})",
        bombs.len(),
        slowest.0,
        slowest.1,
        largest.0 >> 10,
        largest.1,
        widest.0,
        widest.1
    );
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// How reading went: time on the processor (passed, where the system does not tell), memory at its most (0 there), and what it said if it
/// failed.
struct Reading {
    seconds: f64,
    kib: u64,
    failed: Option<String>,
}

/// Reads a folder on one thread and prints it nowhere.
fn read_alone(root: &Path, limited: bool) -> Reading {
    let program = program();
    let mut command = if limited { Command::new("prlimit") } else { Command::new(&program) };
    if limited {
        command.args(["--data=536870912", &program]);
    }
    let said = root.join("said");
    let file = fs::File::create(&said).expect("a file");
    let started = Instant::now();
    command.args(["export", "--jobs", "1", "--root"]).arg(root).stdout(Stdio::null()).stderr(file);
    let mut child = command.spawn().expect("it runs");
    let (mut kib, mut ticks) = (0, None);
    let status = loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        kib = peak.unwrap_or(kib);
        // Fields 14 and 15, in hundredths of a second; the name in brackets before them may hold blanks.
        let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
        let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace().skip(11).take(2));
        let sum = fields.map(|fields| fields.filter_map(|field| field.parse::<u32>().ok()).sum::<u32>());
        ticks = sum.filter(|sum| *sum > 0).or(ticks);
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(4));
    };
    let seconds = ticks.map_or_else(|| started.elapsed().as_secs_f64(), |ticks| f64::from(ticks) / 100.0);
    let text = || fs::read_to_string(&said).unwrap_or_default().chars().take(300).collect::<String>();
    Reading { seconds, kib, failed: (status.code() != Some(0)).then(|| format!("{:?} {}", status.code(), text())) }
}

/// Formulas at which the renderer of formulas panics are shown as they were written, and nobody is told of a panic.
#[test]
fn a_formula_that_the_renderer_dies_of_costs_nothing_else() {
    let dir = TempDir::new().expect("a temporary folder");
    let digest = "| Title | PDF |\n|---|---|\n| Of ${a & b}$ and $x^2$ | http://b.c/1 |\n| Others | http://b.c/2 |\n";
    put(&dir.path().join("content/2025-11-14.md"), digest.as_bytes());
    let output = run(dir.path(), &["build", "--quiet"]);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{}", said(&output));
    let page = fs::read_to_string(dir.path().join("public/2025/11/14.html")).expect("the day");
    assert!(page.contains("{a &amp; b}") && page.contains("<msup>") && page.contains("Others"), "{page}");
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

/// Every version of a crate stands once in the lock file, but for those that others still need in two; and every crate that we use has
/// its reason in the table, which names no other.
#[test]
fn no_crate_is_there_twice_without_a_reason() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(project.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (explained, lock, cargo) = (read("docs/dependencies.md"), read("Cargo.lock"), read("Cargo.toml"));
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
    let (reasons, twice) = explained.split_once("## Crates that are there twice").expect("a section of those");
    let is_twice = |name: &str| versions.get(name).is_some_and(|versions| versions.len() > 1);
    let named: BTreeSet<&str> = twice.split('`').skip(1).step_by(2).filter(|name| versions.contains_key(name)).collect();
    let unexplained: Vec<_> = versions.keys().filter(|name| is_twice(name) && !named.contains(*name)).collect();
    assert!(unexplained.is_empty(), "twice in Cargo.lock and not explained in docs/dependencies.md: {unexplained:?}");
    let once: Vec<_> = named.iter().filter(|name| !is_twice(name)).collect();
    assert!(once.is_empty(), "explained in docs/dependencies.md, but there once: {once:?}");

    // Those of one system stand in a section of their own: `[target.'cfg(…)'.dependencies]`.
    let sections = |is_meant: fn(&str) -> bool| -> BTreeSet<&str> {
        let parts = cargo.split("\n[").filter_map(|part| part.split_once('\n')).filter(|(name, _)| is_meant(name));
        parts.flat_map(|(_, part)| part.lines()).filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect()
    };
    let used = sections(|name| name == "dependencies]" || name.starts_with("target.") && name.ends_with(".dependencies]"));
    let for_tests = sections(|name| name == "dev-dependencies]");
    assert!(used.len() > 20 && for_tests.len() > 3, "{used:?} {for_tests:?}");
    let rows = reasons.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next()).skip(1);
    let told: BTreeSet<&str> =
        rows.flat_map(|names| names.split(", ")).map(|name| name.split(' ').next().unwrap_or(name)).collect();
    assert_eq!(used, told, "the dependencies, and the first column of the table");
    // The fuzz targets have a lock file of their own, which a new dependency leaves behind.
    let fuzz = read("fuzz/Cargo.lock");
    let locked = fuzz.split("[[package]]").find(|part| part.contains("name = \"daysheet\"\n")).expect("the project");
    let behind: Vec<_> = used.iter().filter(|name| !locked.contains(&format!("\"{name}\""))).collect();
    assert!(behind.is_empty(), "fuzz/Cargo.lock lacks {behind:?}: `cargo fetch --manifest-path fuzz/Cargo.toml` adds them");
    let tests = reasons.lines().find(|line| line.starts_with("For tests only")).expect("a line on tests");
    let missing: Vec<_> = for_tests.iter().filter(|name| !tests.contains(*name)).collect();
    assert!(missing.is_empty(), "used by tests, without a reason: {missing:?}");
}

/// Each promise in SECURITY.md names what holds it, and that is there.
#[test]
fn every_promise_names_a_test_that_there_is() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(project.join("SECURITY.md")).expect("the promises");
    let (_, promised) = text.split_once("## What is promised").expect("a section of promises");
    let table = promised.split("\n## ").next().unwrap_or(promised);
    let cases: Vec<String> = files(&project.join("tests/cases")).into_iter().map(|(path, _)| path).collect();
    let mut n_named = 0;
    for row in table.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let holder = row.trim_end_matches(" |").rsplit(" | ").next().expect("a column of tests");
        let names: Vec<&str> = holder.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test holds: {row}");
        let mut source = String::new();
        for name in names {
            if name.contains('/') || name.contains('.') {
                source = fs::read_to_string(project.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            } else {
                let starts = [format!("fn {name}("), format!("test(\"{name}"), format!("test(`{name}")];
                let is_test = starts.iter().any(|start| source.contains(start));
                let is_case = cases.iter().any(|path| Path::new(path).file_stem().is_some_and(|stem| stem == name));
                assert!(is_test || is_case, "there is no `{name}`, which is to hold: {row}");
            }
            n_named += 1;
        }
    }
    assert!(n_named > 20, "only {n_named} names");
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
