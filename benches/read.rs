//! How fast files become readings, on one thread, the bytes already in memory: `cargo bench --bench read`.
//!
//! The corpora under `../shared` (or `$DAYSHEET_SHARED`) are read where they are there; else digests made here stand for them.

mod common;

use common::{ABSTRACT, corpus, made, or_made};
use daysheet::parse::{InputFile, ReadOptions, read};
use divan::Bencher;
use divan::counter::BytesCount;

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

#[divan::bench(sample_count = 20, sample_size = 1)]
fn tables(bencher: Bencher) {
    bench(bencher, &common::tables());
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
