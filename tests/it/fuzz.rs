//! Random changes of the cases, looking for inputs of which something does not hold, or that take long.
//!
//! What is to hold is in `fuzz/src/lib.rs`. `cargo test --test it fuzz` runs for some seconds from a fixed seed; `DAYSHEET_FUZZ_SECONDS=600`
//! runs longer and from another seed each time. `scripts/fuzz` looks in the same places led by coverage. An input that fails is written
//! to the folder for temporary files and named; cut down, it becomes a file in `fuzz/found/` and is tried for ever.

use super::common::files;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::{LazyLock, Mutex, Once};
use std::time::{Duration, Instant};

#[path = "../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "it is a library of its own as well")]
pub(crate) mod targets;

/// Numbers that look random: xorshift64*, Vigna 2016.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `n`, which is not 0.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % n
    }
}

/// Signs that part, open and close something in some format.
const SIGNS: &[&str] = &[
    "\n",
    "\n\n",
    "|",
    "- ",
    "# ",
    "**",
    "[",
    "](",
    ")",
    "<",
    ">",
    "</",
    "{",
    "}",
    "\"",
    "'",
    ":",
    "：",
    ",",
    "\\",
    "`",
    "$",
    "---\n",
    "&",
    " ",
    "\t",
    "\r\n",
    "é",
    "图",
    "🔥",
    "\0",
    "http://",
    "2025-11-14",
    "<p>",
    "<li>",
    "]]>",
    "[[",
    "> ",
    "1. ",
];

/// Changes a few places of an input; some pieces come from another one.
fn change(input: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len() + 1);
        let length = numbers.below(40).min(bytes.len() - at);
        match numbers.below(7) {
            0 => drop(bytes.drain(at..at + length)),
            1 => {
                let sign = SIGNS[numbers.below(SIGNS.len())];
                bytes.splice(at..at, sign.bytes());
            }
            2 => {
                let piece = bytes[at..at + length].repeat(1 + numbers.below(20));
                bytes.splice(at..at, piece);
            }
            3 => {
                let from = numbers.below(other.len() + 1);
                let piece = other[from..].iter().take(numbers.below(120)).copied().collect::<Vec<u8>>();
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 if at < bytes.len() => bytes[at] = u8::try_from(numbers.below(256)).unwrap_or(0),
            _ if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            _ => {}
        }
    }
    bytes.truncate(MAX_BYTES);
    bytes
}

/// Inputs stay short, so that many are tried.
const MAX_BYTES: usize = 16 << 10;

/// The texts of the case files of a folder.
fn cases(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    files(&folder).into_iter().map(|(_, bytes)| String::from_utf8(bytes).expect("case files are UTF-8")).collect()
}

/// The digests of all cases below a line with their paths.
fn digests() -> Vec<(String, String)> {
    let mut digests = Vec::new();
    for case in cases("tests/cases/read") {
        for section in case.split("\n=== ") {
            let Some((path, text)) = section.strip_prefix("file ").and_then(|section| section.split_once('\n')) else { continue };
            digests.push((path.trim().to_owned(), text.to_owned()));
        }
    }
    digests
}

const QUERIES: &[&str] =
    &["fox", "author:roe -graph", "\"a fox\" tag:ai", "图模型 date:2025-11..", "2511.00001v2", "source:arxiv x", "-"];

const FORMULAS: &[&str] = &[
    r"\frac{a}{b}",
    r"\operatorname{rank}(A)",
    r"\text{loss}_{t}",
    r"x^{2}_{i,j}\leq\sqrt[3]{y}",
    r"\begin{matrix}a & b\\c & d\end{matrix}",
    r"\left\{\mathbb{R}\right.",
    r"\href{http://a.b}{x}",
    r"\overset{a}{\underset{b}{c}}\not=",
    r"\color{red}{x}\quad\rm y",
];

/// What a target begins with.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let digests = || digests().into_iter();
    let texts: Vec<String> = match target {
        "read" | "memo" => digests().map(|(path, text)| format!("{path}\n{text}")).collect(),
        "prose" => cases("tests/cases/prose"),
        "math" => FORMULAS.iter().map(|tex| (*tex).to_owned()).collect(),
        "search" => {
            let json = digests().filter(|(path, _)| path.ends_with("json")).map(|(_, text)| text);
            json.enumerate().map(|(i, text)| format!("{}\n{text}", QUERIES[i % QUERIES.len()])).collect()
        }
        "site" => cases("tests/cases/read"),
        other => panic!("there are no seeds for `{other}`"),
    };
    let texts = texts.into_iter().filter(|text| text.len() <= MAX_BYTES);
    texts.map(String::into_bytes).chain(found(target).into_iter().map(|(_, bytes)| bytes)).collect()
}

/// Inputs that once failed.
fn found(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/found").join(target);
    if folder.exists() { files(&folder) } else { Vec::new() }
}

#[test]
fn what_once_failed_does_not() {
    for (name, target) in targets::TARGETS {
        for (path, bytes) in found(name) {
            let started = busy();
            assert!(catch_unwind(|| target(&bytes)).is_ok(), "fuzz/found/{name}/{path} fails");
            let took = busy().saturating_sub(started);
            assert!(took < Duration::from_secs(5), "fuzz/found/{name}/{path} took {took:?}");
        }
    }
}

#[test]
fn changed_cases_of_reading() {
    run("read");
}

#[test]
fn changed_cases_of_prose() {
    run("prose");
}

#[test]
fn changed_formulas() {
    run("math");
}

#[test]
fn changed_queries_and_indexes() {
    run("search");
}

#[test]
fn changed_memos() {
    run("memo");
}

#[test]
fn changed_sites() {
    run("site");
}

fn run(name: &'static str) {
    static BEGIN: Once = Once::new();
    BEGIN.call_once(targets::begin);
    let target = targets::TARGETS.iter().find(|row| row.0 == name).expect("a target of this name").1;
    let seconds = std::env::var("DAYSHEET_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let seed = if seconds.is_some() { RandomState::new().build_hasher().finish() | 1 } else { 0x5EED_0DA7 };
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(5));
    let mut numbers = Numbers(seed);
    let seeds = seeds(name);
    let current: &'static Mutex<(Instant, Vec<u8>)> = Box::leak(Box::new(Mutex::new((until, Vec::new()))));
    std::thread::spawn(move || watch(current, name, seed));
    let mut n = 0_u64;
    let mut slowest = Duration::ZERO;
    while Instant::now() < until {
        let input = &seeds[numbers.below(seeds.len())];
        let other = &seeds[numbers.below(seeds.len())];
        let bytes = change(input, other, &mut numbers);
        *current.lock().expect("no panic while it is held") = (Instant::now(), bytes.clone());
        let started = busy();
        let passed = catch_unwind(|| target(&bytes));
        let took = busy().saturating_sub(started);
        n += 1;
        slowest = slowest.max(took);
        if passed.is_err() || took > Duration::from_secs(4) {
            panic!("{name} of the bytes of {} fails, or took {took:?}; seed {seed:x}", keep(&bytes, name, seed));
        }
    }
    current.lock().expect("no panic while it is held").0 = Instant::now() + Duration::from_secs(1 << 30);
    println!("{name}: {n} inputs from {} cases, the slowest took {slowest:?}, seed {seed:x}", seeds.len());
    assert!(n > 20, "only {n} inputs in the time given");
}

/// How long this thread has been running, whatever else the machine does; the time that has passed where the system does not tell.
fn busy() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Writes an input down and gives the path.
fn keep(bytes: &[u8], name: &str, seed: u64) -> String {
    let file = std::env::temp_dir().join(format!("daysheet-fuzz-{name}-{seed:x}"));
    std::fs::write(&file, bytes).expect("the input is written");
    file.display().to_string()
}

/// Ends the tests when one input takes so long that it may never end.
fn watch(current: &Mutex<(Instant, Vec<u8>)>, name: &str, seed: u64) {
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let (started, bytes) = &*current.lock().expect("no panic while it is held");
        if Instant::now().saturating_duration_since(*started) > Duration::from_secs(60) {
            eprintln!("{name} of the bytes of {} does not end; seed {seed:x}", keep(bytes, name, seed));
            std::process::exit(1);
        }
    }
}
