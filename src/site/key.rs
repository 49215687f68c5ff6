//! Slugs of works, which are their keys in citations.

use crate::model::{Day, Entry, WorkId};

/// The slug of an entry's work: `arxiv-2511.10648`, `doi-10.1101-2024.09.04.611234`; for other addresses, and DOIs with signs that keys
/// of BibTeX may not have, ten hexadecimal digits of the BLAKE3 hash of the id; for an entry without one, of what it says and where.
/// Nothing else on the site has a part in it. Letters, digits, `.`, `-` and `_`, as in the anchors of entries.
pub(super) fn work_slug(entry: &Entry, day: Day, source: &str) -> String {
    match &entry.id {
        Some(WorkId::Arxiv { id, .. }) => format!("arxiv-{}", id.replace('/', "-")),
        Some(WorkId::Doi(doi)) if is_plain(doi) => format!("doi-{}", doi.replace('/', "-")),
        Some(id) => format!("w-{}", short_hash(&[&id.to_string()])),
        None => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let says = [text(&entry.title), text(&entry.summary), entry.authors.join("; "), day.to_string(), source.to_owned()];
            format!("e-{}", short_hash(&says.each_ref().map(String::as_str)))
        }
    }
}

/// A DOI whose letters are those of keys; a second slash could not be told from a hyphen.
fn is_plain(doi: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_' | b'/');
    doi.len() <= 100 && doi.bytes().all(fits) && doi.matches('/').count() == 1
}

/// Ten hexadecimal digits of the BLAKE3 hash of texts, each ended by a zero.
pub(super) fn short_hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    hasher.finalize().to_hex()[..10].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_of_ids_alone() {
        let day = Day::new(2025, 11, 14).expect("a day");
        let of = |text: &str| work_slug(&Entry { id: WorkId::parse(text), ..Entry::default() }, day, "arxiv");
        assert_eq!(of("https://arxiv.org/abs/2511.10648v3"), "arxiv-2511.10648");
        assert_eq!(of("hep-th/9711200"), "arxiv-hep-th-9711200");
        assert_eq!(of("https://doi.org/10.1101/2024.09.04.611234"), "doi-10.1101-2024.09.04.611234");
        assert_ne!(of("https://doi.org/10.1000/a/b"), of("https://doi.org/10.1000/a-b"));
        assert_eq!(of("http://www.example.org/a/#b"), of("https://example.org/a"));
        assert!(of("https://doi.org/10.1016/S0370-2693(98)00017-5").starts_with("w-"));
    }
}
