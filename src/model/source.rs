//! Names of sources: the key that unites spellings and the label that is shown.

use super::name;

/// Sources that many digests come from: key, label.
const WELL_KNOWN: &[(&str, &str)] = &[
    ("arxiv", "arXiv"),
    ("biorxiv", "bioRxiv"),
    ("medrxiv", "medRxiv"),
    ("chemrxiv", "ChemRxiv"),
    ("github", "GitHub"),
    ("github-trending", "GitHub Trending"),
    ("hn", "Hacker News"),
    ("hacker-news", "Hacker News"),
    ("hackernews", "Hacker News"),
    ("huggingface", "Hugging Face"),
    ("pubmed", "PubMed"),
    ("producthunt", "Product Hunt"),
    ("product-hunt", "Product Hunt"),
];

/// The key of a source's name as written: folded like a person's name. `arXiv`, `Arxiv` and `ARXIV` are one source.
pub fn key(written: &str) -> String {
    name::key(written)
}

/// The label of a source that no setting names: the well-known spelling, else the key itself.
pub fn label(key: &str) -> &str {
    WELL_KNOWN.iter().find(|row| row.0 == key).map_or(key, |row| row.1)
}
