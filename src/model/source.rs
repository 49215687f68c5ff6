//! Names of sources: the key that unites spellings and the label that is shown.

use super::name;

/// Sources that many digests come from: key, label.
const WELL_KNOWN: &[(&str, &str)] = &[
    ("biorxiv", "bioRxiv"),
    ("medrxiv", "medRxiv"),
    ("chemrxiv", "ChemRxiv"),
    ("arxiv", "arXiv"),
    ("github-trending", "GitHub Trending"),
    ("github", "GitHub"),
    ("hn", "Hacker News"),
    ("hacker-news", "Hacker News"),
    ("hackernews", "Hacker News"),
    ("huggingface", "Hugging Face"),
    ("pubmed", "PubMed"),
    ("producthunt", "Product Hunt"),
    ("product-hunt", "Product Hunt"),
    ("hugging-face", "Hugging Face"),
    ("v2ex", "V2EX"),
    ("reddit", "Reddit"),
    ("lobsters", "Lobsters"),
    ("techcrunch", "TechCrunch"),
    ("微博", "微博"),
    ("知乎", "知乎"),
];

/// The key of the well-known source that a text names, if it names one.
pub fn well_known(text: &str) -> Option<&'static str> {
    let key = format!("-{}-", name::key(text));
    let names = |row: &&(&str, &str)| {
        if row.0.is_ascii() {
            key.contains(&format!("-{}-", row.0)) || row.0.len() > 4 && key.contains(row.0)
        } else {
            key.contains(row.0)
        }
    };
    WELL_KNOWN.iter().find(names).map(|row| row.0)
}

/// How many of these words of a key, from the first on, are the name of a well-known source; 0 if it is none.
pub fn n_well_known(words: &[&str]) -> usize {
    let begins = |row: &&(&str, &str)| {
        let mut rest = words.iter();
        row.0.split('-').all(|word| rest.next() == Some(&word))
    };
    WELL_KNOWN.iter().filter(begins).map(|row| row.0.split('-').count()).max().unwrap_or(0)
}

/// A path without its extension.
pub fn without_extension(path: &str) -> &str {
    let name_start = path.rfind('/').map_or(0, |at| at + 1);
    match path[name_start..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name_start + dot],
        _ => path,
    }
}

/// Names of languages in paths, and their tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", "en"),
    ("zh", "zh"),
    ("ja", "ja"),
    ("ko", "ko"),
    ("fr", "fr"),
    ("de", "de"),
    ("es", "es"),
    ("ru", "ru"),
    ("pt", "pt"),
    ("vi", "vi"),
    ("tr", "tr"),
    ("pl", "pl"),
    ("cn", "zh"),
    ("chinese", "zh"),
    ("english", "en"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("中文", "zh"),
    ("英文", "en"),
];

/// The tag of the language that a word names: `en`, `zh-CN`, `Chinese`, `中文`. Other words name none.
pub fn language(word: &str) -> Option<String> {
    let lower = word.trim().to_lowercase().replace('_', "-");
    let known = LANGUAGES.iter().find(|(name, _)| *name == lower).map(|(_, tag)| (*tag).to_owned());
    let (primary, region) = lower.split_once('-').unwrap_or((&lower, ""));
    let is_region = (2..=4).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_tag = is_region && LANGUAGES.iter().any(|(name, tag)| name == tag && *tag == primary);
    known.or_else(|| is_tag.then(|| lower.clone()))
}

/// Regions and scripts behind a language in a tag.
const REGIONS: &[&str] = &["cn", "tw", "hk", "hans", "hant", "us", "gb", "uk", "br", "pt", "mx", "jp", "kr"];

/// The words of a key without the language that they end with: `en`, `zh-tw`.
pub fn without_language<'w, 'a>(words: &'w [&'a str]) -> &'w [&'a str] {
    let is_language = |word: &str| LANGUAGES.iter().any(|(name, _)| *name == word);
    match words {
        [rest @ .., tag, region] if is_language(tag) && REGIONS.contains(region) => rest,
        [rest @ .., tag] if is_language(tag) => rest,
        _ => words,
    }
}

/// A path without what tells variants of a file apart: extension, language, how it was made.
pub fn skeleton(path: &str) -> String {
    let stem = without_extension(path).to_lowercase();
    let words = stem.split(['.', '_', '/', ' ']).filter(|word| language(word).is_none() && !MADE.contains(word));
    words.collect::<Vec<_>>().join("/")
}

/// Words in paths that tell how a file was made.
const MADE: &[&str] = &[
    "ai",
    "enhanced",
    "translated",
    "translation",
    "summary",
    "md",
    "markdown",
    "json",
    "jsonl",
    "html",
    "csv",
    "data",
    "content",
];

/// The key of a source's name as written: folded like a person's name. `arXiv`, `Arxiv` and `ARXIV` are one source.
pub fn key(written: &str) -> String {
    name::key(written)
}

/// The label of a source that no setting names: the well-known spelling, else the key itself.
pub fn label(key: &str) -> &str {
    WELL_KNOWN.iter().find(|row| row.0 == key).map_or(key, |row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_many_names() {
        let table = [
            ("en", Some("en")),
            ("zh-CN", Some("zh-cn")),
            ("zh_Hant", Some("zh-hant")),
            ("Chinese", Some("zh")),
            ("中文", Some("zh")),
            ("en-/../", None),
            ("en-a?b", None),
            ("en-中文", None),
            ("agents", None),
        ];
        for (word, tag) in table {
            assert_eq!(language(word).as_deref(), tag, "{word}");
        }
    }
}
