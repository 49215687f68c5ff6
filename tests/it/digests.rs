//! The reader against twelve projects of other people in twelve formats, whose truth is known. Skipped aloud where they are not
//! there. `cargo test --test it digests -- --nocapture` shows the table; `DAYSHEET_SHOW=1` adds what differs.

use super::common::{files, shared};
use daysheet::model::Entry;
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use serde_json::Value;
use std::fs;

/// For each project how much of the truth is read, in thousandths: day, count, addresses, first and last. A rise or a fall fails
/// until it is accepted here. What is short at `hn-daily` is one file whose headings are links: its truth takes the discussion as the
/// main link and the brackets as a part of the title.
const RATCHET: &[(&str, [u32; 4])] = &[
    ("CSQianDong+Awesome-arXiv-Daily-Reporter", [1000, 1000, 1000, 1000]),
    ("EllenLiu2019+EllenLiu2019", [1000, 1000, 1000, 1000]),
    ("Lucasnocodo+github-trending-obsidian", [1000, 1000, 1000, 1000]),
    ("OpenGithubs+github-daily-rank", [1000, 1000, 1000, 1000]),
    ("PanagiotaGr+robotics-arxiv-daily", [1000, 1000, 1000, 1000]),
    ("Vincentqyw+cv-arxiv-daily", [1000, 1000, 1000, 1000]),
    ("bonfy+github-trending", [1000, 1000, 1000, 1000]),
    ("dw-dengwei+daily-arXiv-ai-enhanced", [1000, 1000, 1000, 1000]),
    ("nichbar+hn-daily", [1000, 1000, 787, 800]),
    ("olozhika+ArXivDaily_StarFormation", [1000, 1000, 1000, 1000]),
    ("quantum-pilot+hn-digest", [1000, 1000, 1000, 1000]),
    ("randomrisk+NeuroAI-Daily-Arxiv", [1000, 1000, 1000, 1000]),
];

/// What was right and how many could have been.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    right: usize,
    all: usize,
}

impl Score {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn thousandths(self) -> u32 {
        u32::try_from((self.right * 1000).checked_div(self.all).unwrap_or(1000)).expect("at most 1000")
    }
}

/// Day, count, addresses, titles and authors of the first and last.
#[derive(Debug, Clone, Copy, Default)]
struct Scores([Score; 4]);

fn normal(text: &str) -> String {
    let plain = text.replace(['*', '`'], "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_same_entry(entry: Option<&Entry>, truth: &Value) -> bool {
    let Some(entry) = entry else { return truth.is_null() };
    let title = truth["title"].as_str().map(normal);
    let authors: Vec<String> = truth["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).map(normal).collect();
    entry.title.as_deref().map(normal) == title && entry.authors.iter().map(|name| normal(name)).collect::<Vec<_>>() == authors
}

fn compare(reading: &Reading, truth: &Value, scores: &mut Scores) -> Vec<String> {
    let mut wrong = Vec::new();
    let entries: Vec<&Entry> = reading.digests.iter().flat_map(|digest| &digest.entries).collect();
    let day = reading.digests.first().and_then(|digest| digest.day).map(|day| day.to_string());
    if let Some(expected) = truth["date"].as_str() {
        let right = reading.digests.len() == 1 && day.as_deref() == Some(expected);
        scores.0[0].add(right);
        if !right {
            wrong.push(format!("day {day:?} of {} digests, not {expected}", reading.digests.len()));
        }
    }
    let n = truth["entries"].as_u64().expect("a count") as usize;
    scores.0[1].add(entries.len() == n);
    if entries.len() != n {
        wrong.push(format!("{} entries, not {n}", entries.len()));
    }
    for (i, url) in truth["urls"].as_array().expect("addresses").iter().enumerate() {
        let found = entries.get(i).and_then(|entry| entry.url());
        scores.0[2].add(found == url.as_str());
        if found != url.as_str() && wrong.len() < 6 {
            wrong.push(format!("address {i}: {found:?}, not {url}"));
        }
    }
    for (entry, truth) in [(entries.first(), &truth["first"]), (entries.last(), &truth["last"])] {
        if truth.is_null() {
            continue;
        }
        let right = is_same_entry(entry.copied(), truth);
        scores.0[3].add(right);
        if !right {
            let found = entry.map(|entry| (&entry.title, &entry.authors));
            wrong.push(format!("{found:?}, not {} {}", truth["title"], truth["authors"]));
        }
    }
    wrong
}

#[test]
fn digests_of_twelve_projects_are_read() {
    let (Some(folder), Some(truths)) = (shared("corpus/digests"), shared("corpus/truth/digests")) else { return };
    let show = std::env::var_os("DAYSHEET_SHOW").is_some();
    let mut fallen = Vec::new();
    let mut total = Scores::default();
    eprintln!("{:<46} {:>6} {:>6} {:>6} {:>6} {:>6}", "project", "files", "day", "count", "urls", "ends");
    for (name, bytes) in files(&truths) {
        let project = name.trim_end_matches(".json");
        let truth: Value = serde_json::from_slice(&bytes).expect("JSON");
        let mut scores = Scores::default();
        for (path, truth) in truth.as_object().expect("files") {
            let bytes = fs::read(folder.join(project).join(path)).expect("a file of the corpus");
            let reading = read(InputFile { path: path.clone(), bytes, modified: None }, &ReadOptions::default());
            assert!(reading.ledger.closes(), "{path}");
            let wrong = compare(&reading, truth, &mut scores);
            if show && !wrong.is_empty() {
                eprintln!("  {path} [{}]\n    {}", reading.dialect.unwrap_or("-"), wrong.join("\n    "));
            }
        }
        let found = scores.0.map(Score::thousandths);
        let n = truth.as_object().map_or(0, serde_json::Map::len);
        let percent = |n: u32| f64::from(n) / 10.0;
        let [day, count, urls, ends] = found.map(percent);
        eprintln!("{project:<46} {n:>6} {day:>6} {count:>6} {urls:>6} {ends:>6}");
        for (sum, score) in total.0.iter_mut().zip(scores.0) {
            sum.right += score.right;
            sum.all += score.all;
        }
        let accepted = RATCHET.iter().find(|row| row.0 == project).map(|row| row.1);
        if accepted != Some(found) {
            fallen.push(format!("{project}: {found:?}, accepted {accepted:?}"));
        }
    }
    let sums: Vec<String> = total.0.iter().map(|score| format!("{}/{}", score.right, score.all)).collect();
    eprintln!("all: {}", sums.join(", "));
    assert!(fallen.is_empty(), "{fallen:#?}");
}
