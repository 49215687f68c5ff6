//! What the benchmarks read: the shared corpora where they are there, else digests made here, which stand for them.

#![allow(clippy::print_stderr, reason = "which of them it is has to be said")]

use std::fs;
use std::path::{Path, PathBuf};

/// Words enough for an abstract.
pub(crate) const ABSTRACT: &str = "We study how well a reader keeps what a script wrote when cells hold line breaks and essays stand in titles. \
    A method is given that loses nothing, at a speed that the disk sets. 我们研究了在单元格含有换行时如何不丢失任何内容，并给出了一种方法。";

/// The files of a shared corpus with one of these extensions; none, said aloud, where it is not there.
pub(crate) fn corpus(folder: &str, extensions: &[&str]) -> Vec<(String, Vec<u8>)> {
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
    let what = if files.is_empty() { "not there, digests made here stand for it" } else { "read" };
    eprintln!("{}: {what}", root.display());
    files
}

/// A month of files with a hundred entries each; an entry is made from its number.
pub(crate) fn made(extension: &str, head: &str, entry: &dyn Fn(usize) -> String, tail: &str) -> Vec<(String, Vec<u8>)> {
    let file = |day: usize| {
        let entries: String = (0..100).map(|n| entry(day * 100 + n)).collect();
        (format!("2025-11-{:02}.{extension}", day + 1), format!("{head}{entries}{tail}").into_bytes())
    };
    (0..28).map(file).collect()
}

/// The corpus of tables, or a month of them.
pub(crate) fn tables() -> Vec<(String, Vec<u8>)> {
    let head = "# arXiv\n\n| 标题 | 作者 | 摘要 | PDF链接 |\n|---|---|---|---|\n";
    // Few names are in many rows and many in few, as everywhere.
    let name = |n: usize| 2800 / (1 + n * 7919 % 2800);
    let row = |n: usize| {
        let first = name(n);
        let second = name(n + 1);
        format!(
            "| 一个标题，编号 {n}：$O(n^{{{n}}})$ | Jane Roe{first}, John Doe{second} | {ABSTRACT} | [PDF](https://arxiv.org/pdf/2511.{n:05}v1) |\n"
        )
    };
    or_made(corpus("arxiv-daily", &["md"]), || made("md", head, &row, ""))
}

/// The files, or those made if there are none.
pub(crate) fn or_made(files: Vec<(String, Vec<u8>)>, made: impl FnOnce() -> Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    if files.is_empty() { made() } else { files }
}
