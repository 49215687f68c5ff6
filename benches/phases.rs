//! How long the phases after reading take, on one thread: `cargo bench --bench phases`.
//!
//! The site is that of the shared corpus of tables where it is there, else that of a month of digests made here.

mod common;

use common::ABSTRACT;
use daysheet::build::{Part, make};
use daysheet::page::{self, Pages};
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::site::route::Route;
use daysheet::site::{Channel, JoinOptions, Site, join};
use daysheet::theme::Theme;
use daysheet::{feed, prose, search};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::sync::LazyLock;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("no other pool was asked for before");
    divan::main();
}

static READINGS: LazyLock<Vec<Reading>> = LazyLock::new(|| {
    let inputs = common::tables().into_iter().map(|(path, bytes)| InputFile { path, bytes, modified: None });
    inputs.map(|input| read(input, &ReadOptions::default())).collect()
});

static SITE: LazyLock<Site> = LazyLock::new(|| join(READINGS.clone(), &JoinOptions::default()).site);

static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::default("en").expect("the built-in theme has no mistake"));

/// At most so many of a list, evenly spread over it, so that long and short ones are among them.
fn spread<T>(all: Vec<T>, n: usize) -> Vec<T> {
    let step = all.len().div_ceil(n).max(1);
    all.into_iter().step_by(step).collect()
}

fn routes(n: usize, is_wanted: impl Fn(&Route) -> bool) -> Vec<Part> {
    let all = page::plan(&SITE).into_iter().filter(is_wanted).collect();
    spread(all, n).into_iter().map(Part::Page).collect()
}

/// Makes parts of the site; the speed is that of the bytes made.
fn bench_parts(bencher: Bencher, parts: &[Part]) {
    let all = || {
        let pages = Pages::new(&SITE, &THEME);
        let made = parts.iter().flat_map(|part| make(&pages, part).expect("a part of this site can be made"));
        made.map(|artifact| artifact.bytes.len()).sum::<usize>()
    };
    bencher.counter(BytesCount::new(all())).bench(all);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn join_readings(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(SITE.n_entries))
        .with_inputs(|| READINGS.clone())
        .bench_values(|readings| join(readings, &JoinOptions::default()));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn pages_of_days(bencher: Bencher) {
    bench_parts(bencher, &routes(20, |route| matches!(route, Route::Day(_))));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn pages_of_authors(bencher: Bencher) {
    bench_parts(bencher, &routes(1000, |route| matches!(route, Route::Author(..))));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn segment_of_the_search(bencher: Bencher) {
    bench_parts(bencher, &search::segments(&SITE).pop().map(Part::Segment).into_iter().collect::<Vec<_>>());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn feed_of_days(bencher: Bencher) {
    let volumes = feed::volumes(&SITE, &THEME, &Channel::Days);
    bench_parts(bencher, &volumes.into_iter().map(Part::Feeds).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn search_without_index(bencher: Bencher) {
    let queries = [search::parse("方法 graph* -title:survey ")];
    bencher.counter(ItemsCount::new(SITE.n_entries)).bench(|| search::scan(&SITE, &queries));
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn prose_with_math(bencher: Bencher) {
    let text = |n: usize| {
        format!(
            "{ABSTRACT} The bound $\\mathcal{{O}}(n^{{{n}}}\\log n)$ holds for all $\\alpha_{n} \\in \\mathbb{{R}}$, **even** when\n\
             $$\\sum_{{i=1}}^{{{n}}} \\frac{{x_i}}{{\\sqrt{{2\\pi}}}} \\leq \\epsilon.$$\nIt costs $5 and [is open](https://example.org/{n})."
        )
    };
    let texts: Vec<String> = (0..1000).map(text).collect();
    let total: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(total)).bench(|| texts.iter().map(|text| prose::html(text).len()).sum::<usize>());
}
