//! How fast files become readings, on one thread, the bytes already in memory: `cargo bench --bench read`.
//!
//! The corpora under `../shared` (or `$DAYSHEET_SHARED`) are read where they are there; else digests made here stand for them.

use daysheet::parse::{InputFile, ReadOptions, read};
use divan::Bencher;
use divan::counter::BytesCount;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

/// At least so many bytes are read in a round, so that caches and branches are as they are in a build.
const ROUND: usize = 4 << 20;

fn bench(bencher: Bencher, files: &[(String, Vec<u8>)]) {
    let total: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let rounds = ROUND.div_ceil(total.max(1));
    let options = ReadOptions::default();
    let inputs = || -> Vec<InputFile> {
        let all = (0..rounds).flat_map(|_| files.iter());
        all.map(|(path, bytes)| InputFile { path: path.clone(), bytes: bytes.clone(), modified: None }).collect()
    };
    bencher
        .counter(BytesCount::new(total * rounds))
        .with_inputs(inputs)
        .bench_values(|inputs| inputs.into_iter().map(|input| read(input, &options)).collect::<Vec<_>>());
}

/// The files of a shared corpus with one of these extensions; none where it is not there.
fn corpus(folder: &str, extensions: &[&str]) -> Vec<(String, Vec<u8>)> {
    let shared = std::env::var_os("DAYSHEET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let root = shared.join("corpus").join(folder);
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted)) {
                let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
                files.push((name, fs::read(&path).unwrap_or_default()));
            }
        }
    }
    files.sort();
    files
}

/// Words enough for an abstract.
const ABSTRACT: &str = "We study how well a reader keeps what a script wrote when cells hold line breaks and essays stand in titles. \
    A method is given that loses nothing, at a speed that the disk sets. 我们研究了在单元格含有换行时如何不丢失任何内容，并给出了一种方法。";

fn made(extension: &str, head: &str, entry: &dyn Fn(usize) -> String, tail: &str) -> Vec<(String, Vec<u8>)> {
    let file = |day: usize| {
        let entries: String = (0..100).map(|n| entry(day * 100 + n)).collect();
        (format!("2025-11-{:02}.{extension}", day + 1), format!("{head}{entries}{tail}").into_bytes())
    };
    (0..28).map(file).collect()
}

fn or_made(files: Vec<(String, Vec<u8>)>, made: impl FnOnce() -> Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    if files.is_empty() { made() } else { files }
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn tables(bencher: Bencher) {
    let row =
        |n: usize| format!("| 一个标题，编号 {n} | Jane Roe{n} | {ABSTRACT} | [PDF](https://arxiv.org/pdf/2511.{n:05}v1) |\n");
    let head = "# arXiv\n\n| 标题 | 作者 | 摘要 | PDF链接 |\n|---|---|---|---|\n";
    bench(bencher, &or_made(corpus("arxiv-daily", &["md"]), || made("md", head, &row, "")));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn headings_and_lists(bencher: Bencher) {
    let entry = |n: usize| {
        format!(
            "## {n}. A title with a number\n\n- **Authors:** Jane Roe{n}, John Doe\n- **Link:** https://arxiv.org/abs/2511.{n:05}\n- **Abstract:** {ABSTRACT}\n\n"
        )
    };
    bench(bencher, &or_made(corpus("digests", &["md"]), || made("md", "# arXiv\n\n", &entry, "")));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn json(bencher: Bencher) {
    let entry = |n: usize| {
        format!(
            "{{\"id\": \"2511.{n:05}\", \"title\": \"A title {n}\", \"authors\": [\"Jane Roe{n}\", \"John Doe\"], \"summary\": \"{ABSTRACT}\", \"pdf\": \"https://arxiv.org/pdf/2511.{n:05}\"}}\n"
        )
    };
    bench(bencher, &or_made(corpus("digests", &["json", "jsonl"]), || made("jsonl", "", &entry, "")));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn yaml(bencher: Bencher) {
    let entry = |n: usize| {
        format!(
            "- title: A title {n}\n  authors:\n    - Jane Roe{n}\n    - John Doe\n  url: https://arxiv.org/abs/2511.{n:05}\n  summary: >-\n    {ABSTRACT}\n"
        )
    };
    bench(bencher, &made("yaml", "", &entry, ""));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn feeds(bencher: Bencher) {
    let entry = |n: usize| {
        format!(
            "<item><title>A title {n}</title><link>https://example.org/{n}</link><dc:creator>Jane Roe{n}</dc:creator><description>&lt;p&gt;{ABSTRACT}&lt;/p&gt;</description></item>\n"
        )
    };
    bench(
        bencher,
        &made("xml", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>\n", &entry, "</channel></rss>"),
    );
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn html(bencher: Bencher) {
    let entry = |n: usize| {
        format!(
            "<div class=\"entry\"><h3><a href=\"https://example.org/{n}\">A title {n}</a></h3><p class=\"authors\">Jane Roe{n}, John Doe</p><p>{ABSTRACT}</p></div>\n"
        )
    };
    bench(bencher, &made("html", "<!DOCTYPE html><html><body>\n", &entry, "</body></html>"));
}
