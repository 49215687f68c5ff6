//! Random changes of the reading cases, looking for inputs that panic, whose ledgers do not close, or that take long.
//!
//! `cargo test --test it fuzz` runs for a few seconds from a fixed seed; `DAYSHEET_FUZZ_SECONDS=600` runs longer and from another seed
//! each time. An input that fails is written to the folder for temporary files and named; cut down, it becomes a case.

use super::common::files;
use super::properties::check_any;
use daysheet::site::{JoinOptions, join};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

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

/// The digests of all cases with their paths.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/read");
    let mut seeds = Vec::new();
    for (_, content) in files(&folder) {
        let content = String::from_utf8(content).expect("case files are UTF-8");
        for section in content.split("\n=== ") {
            let Some((path, text)) = section.strip_prefix("file ").and_then(|section| section.split_once('\n')) else { continue };
            seeds.push((path.trim().to_owned(), text.into()));
        }
    }
    seeds
}

#[test]
fn changed_cases_give_readings() {
    let seconds = std::env::var("DAYSHEET_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let seed = if seconds.is_some() { RandomState::new().build_hasher().finish() | 1 } else { 0x5EED_0DA7 };
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(6));
    let mut numbers = Numbers(seed);
    let seeds = seeds();
    let current: &'static Mutex<(Instant, String, Vec<u8>)> = Box::leak(Box::new(Mutex::new((until, String::new(), Vec::new()))));
    std::thread::spawn(move || watch(current, seed));
    let mut n = 0_u64;
    while Instant::now() < until {
        let (path, input) = &seeds[numbers.below(seeds.len())];
        let (_, other) = &seeds[numbers.below(seeds.len())];
        let bytes = change(input, other, &mut numbers);
        let started = Instant::now();
        *current.lock().expect("no panic while it is held") = (started, path.clone(), bytes.clone());
        let passed = catch_unwind(|| {
            let reading = check_any(path, bytes.clone());
            join(vec![reading], &JoinOptions::default());
        });
        let took = started.elapsed();
        n += 1;
        if passed.is_err() || took > Duration::from_secs(2) {
            panic!("{path} with the bytes of {} fails, or took {took:?}; seed {seed:x}", keep(&bytes, seed));
        }
    }
    current.lock().expect("no panic while it is held").0 = Instant::now() + Duration::from_secs(1 << 30);
    println!("{n} inputs from {} cases, seed {seed:x}", seeds.len());
    assert!(n > 100, "only {n} inputs in the time given");
}

/// Writes an input down and gives the path.
fn keep(bytes: &[u8], seed: u64) -> String {
    let file = std::env::temp_dir().join(format!("daysheet-fuzz-{seed:x}"));
    std::fs::write(&file, bytes).expect("the input is written");
    file.display().to_string()
}

/// Ends the tests when one input takes so long that it may never end.
fn watch(current: &Mutex<(Instant, String, Vec<u8>)>, seed: u64) {
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let (started, path, bytes) = &*current.lock().expect("no panic while it is held");
        if Instant::now().saturating_duration_since(*started) > Duration::from_secs(20) {
            eprintln!("{path} with the bytes of {} does not end; seed {seed:x}", keep(bytes, seed));
            std::process::exit(1);
        }
    }
}
