//! COinS: a citation as an OpenURL (ANSI/NISO Z39.88-2004) in the title of an empty element, which Zotero and others find on a page.

use super::{Citation, Kind, Person};

/// The content of the `title` of an element with the class `Z3988`, not yet escaped for HTML.
pub fn coins(citation: &Citation) -> String {
    let is_article = citation.kind == Kind::Article;
    let mut out = String::from("ctx_ver=Z39.88-2004");
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("&{key}={}", encoded(value)));
        }
    };
    // Only articles have a format of their own; for others Zotero and its like read Dublin Core.
    let (format, title) = if is_article { ("journal", "rft.atitle") } else { ("dc", "rft.title") };
    put("rft_val_fmt", &format!("info:ofi/fmt:kev:mtx:{format}"));
    put(if is_article { "rft.genre" } else { "rft.type" }, if is_article { "article" } else { dublin_core(citation.kind) });
    put(title, &citation.title);
    put("rft.jtitle", citation.container.filter(|_| is_article).unwrap_or_default());
    put("rft.source", if citation.kind == Kind::Preprint { "arXiv" } else { "" });
    put("rft.date", &citation.date.to_string());
    match citation.authors.first() {
        Some(Person::Parted { family, given, .. }) if is_article => {
            put("rft.aulast", family);
            put("rft.aufirst", given);
        }
        _ => {}
    }
    for person in &citation.authors {
        let name = match person {
            Person::Literal(name) => name.clone(),
            Person::Parted { family, given, .. } => format!("{given} {family}"),
        };
        put(if is_article { "rft.au" } else { "rft.creator" }, &name);
    }
    put("rft_id", &citation.doi.as_ref().map(|doi| format!("info:doi/{doi}")).unwrap_or_default());
    put("rft_id", &citation.eprint.as_ref().map(|id| format!("info:arxiv/{id}")).unwrap_or_default());
    put(if is_article { "rft_id" } else { "rft.identifier" }, citation.url.as_deref().unwrap_or_default());
    put("rft.language", citation.language.unwrap_or_default());
    out
}

fn dublin_core(kind: Kind) -> &'static str {
    if kind == Kind::Preprint { "preprint" } else { "webpage" }
}

/// Percent-encodes all bytes but letters, digits and `-._~` (RFC 3986, 2.3).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
