//! What the owner leaves out: works, names and links. It is taken out of the readings, so that nothing later can show it.

use crate::diagnostic::{Diagnostic, report};
use crate::model::{Digest, Entry, Link, WorkId, name};
use crate::parse::Reading;

/// Something that is left out of pages, feeds, search and data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hide {
    /// As the settings name it.
    pub written: String,
    /// What it is.
    pub what: Hidden,
}

/// What is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hidden {
    /// All entries of a work.
    Work(WorkId),
    /// A name, by its key. The entries stay.
    Author(String),
    /// An address. The entries stay.
    Link(WorkId),
}

/// Takes out what the owner hides. Each file where that changed something gets a finding; so does each rule that changed nothing.
pub fn hide(readings: &mut [Reading], rules: &[Hide]) -> Vec<Diagnostic> {
    if rules.is_empty() {
        return Vec::new();
    }
    let mut hits = vec![0; rules.len()];
    for reading in readings {
        let before: usize = hits.iter().sum();
        let n_entries = |reading: &Reading| reading.digests.iter().map(|digest| digest.entries.len()).sum::<usize>();
        let n_before = n_entries(reading);
        for digest in &mut reading.digests {
            in_digest(digest, rules, &mut hits);
        }
        let gone = n_before - n_entries(reading);
        reading.ledger.entries -= gone;
        reading.ledger.hidden += gone;
        let n = hits.iter().sum::<usize>() - before;
        if n > 0 {
            reading.findings.add(report::hidden(n, gone).in_file(&reading.path));
        }
    }
    let unused = rules.iter().zip(hits).filter(|(_, n)| *n == 0);
    unused.map(|(rule, _)| report::hides_nothing(&rule.written)).collect()
}

/// The places of the entries of a digest that hold something; who edits entries forgets their prints, so one that holds nothing is left alone.
fn holding(digest: &Digest, holds: impl Fn(&Entry) -> bool) -> Vec<usize> {
    (0..digest.entries.len()).filter(|&at| holds(&digest.entries[at])).collect()
}

fn in_digest(digest: &mut Digest, rules: &[Hide], hits: &mut [usize]) {
    for (rule, hits) in rules.iter().zip(hits) {
        match &rule.what {
            Hidden::Work(id) => {
                let is_hidden = |entry: &Entry| is_work(entry, id);
                if digest.entries.iter().any(is_hidden) {
                    let n = digest.entries.len();
                    digest.entries.edit().retain(|entry| !is_hidden(entry));
                    *hits += n - digest.entries.len();
                }
            }
            Hidden::Author(key) => {
                let is_hidden = |written: &String| name::key(written) == *key;
                for at in holding(digest, |entry| entry.authors.iter().any(is_hidden)) {
                    let entry = &mut digest.entries.edit()[at];
                    let n = entry.authors.len();
                    entry.authors.retain(|written| !is_hidden(written));
                    *hits += n - entry.authors.len();
                }
            }
            Hidden::Link(id) => {
                let is_hidden = |link: &Link| WorkId::parse(&link.url).as_ref() == Some(id);
                for at in holding(digest, |entry| entry.links.iter().any(is_hidden)) {
                    let entry = &mut digest.entries.edit()[at];
                    let n = entry.links.len();
                    entry.links.retain(|link| !is_hidden(link));
                    *hits += n - entry.links.len();
                    if entry.id.as_ref() == Some(id) {
                        entry.id = None;
                    }
                }
            }
        }
    }
}

/// True if an entry is of a work, for registered ids also by a further link. A mere address among others may be anything, such as its code.
fn is_work(entry: &Entry, id: &WorkId) -> bool {
    let leads_there = || entry.links.iter().any(|link| WorkId::parse(&link.url).as_ref() == Some(id));
    entry.id.as_ref() == Some(id) || id.is_registered() && leads_there()
}
