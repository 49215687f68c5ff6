//! What an entry points at: arXiv ids, DOIs, addresses.
//!
//! arXiv ids follow <https://info.arxiv.org/help/arxiv_identifier.html>: `YYMM.NNNN[N]` since April 2007, `archive/YYMMNNN`
//! before. DOIs follow the DOI handbook, 2.2: `10.` registrant `/` suffix, compared without case.

use crate::memo::{Input, Memo};
use crate::text::{any_three, drop_unseen, is_unseen, percent_decoded};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

/// What an entry points at. Two are equal if they name the same work, whatever the arXiv version.
#[derive(Debug, Clone, Eq)]
pub enum WorkId {
    /// An arXiv id without its version, and the version where one was written.
    Arxiv {
        /// `2511.10648` or `hep-th/9711200`.
        id: String,
        /// The version, from 1.
        version: Option<u32>,
    },
    /// A DOI in lower case, `10.1101/2025.10.01.25337091`.
    Doi(String),
    /// A web address in canonical form: no scheme, no `www.`, no fragment, no trailing slash, no tracking parameters.
    Url(String),
}

impl WorkId {
    /// Reads the id out of an address, or out of an id written alone (`arXiv:2511.10648v2`, `doi:10.1101/…`).
    pub fn parse(text: &str) -> Option<WorkId> {
        let text = text.trim();
        if let Some(target) = target(text) {
            return WorkId::parse(&target);
        }
        arxiv(text).or_else(|| doi(text)).or_else(|| url(text))
    }

    /// The arXiv version, where there is one.
    pub fn version(&self) -> Option<u32> {
        match self {
            WorkId::Arxiv { version, .. } => *version,
            _ => None,
        }
    }

    /// True for ids that name a work wherever it is found, false for a mere address.
    pub fn is_registered(&self) -> bool {
        !matches!(self, WorkId::Url(_))
    }

    /// The id as readers know it, `arXiv:2511.10648v1` or `doi:10.1101/…`; none for a mere address.
    pub fn shown(&self) -> Option<String> {
        match self {
            WorkId::Arxiv { id, version: Some(version) } => Some(["arXiv:", id, "v", &version.to_string()].concat()),
            WorkId::Arxiv { id, version: None } => Some(["arXiv:", id].concat()),
            WorkId::Doi(doi) => Some(["doi:", doi].concat()),
            WorkId::Url(_) => None,
        }
    }

    /// Where a registered work is found: arXiv's page of its abstract, of this version where there is one, or what the resolver of
    /// DOIs leads to. None for a mere address, which may have lost a part that it needs.
    pub fn address(&self) -> Option<String> {
        match self {
            WorkId::Arxiv { id, version: Some(version) } => Some(format!("https://arxiv.org/abs/{id}v{version}")),
            WorkId::Arxiv { id, version: None } => Some(format!("https://arxiv.org/abs/{id}")),
            WorkId::Doi(doi) => Some(format!("https://doi.org/{doi}")),
            WorkId::Url(_) => None,
        }
    }

    fn key(&self) -> (u8, &str) {
        match self {
            WorkId::Arxiv { id, .. } => (0, id),
            WorkId::Doi(doi) => (1, doi),
            WorkId::Url(url) => (2, url),
        }
    }
}

impl PartialEq for WorkId {
    fn eq(&self, other: &WorkId) -> bool {
        self.key() == other.key()
    }
}

impl Memo for WorkId {
    fn put(&self, out: &mut Vec<u8>) {
        let (kind, name) = self.key();
        kind.put(out);
        crate::memo::put_text(name, out);
        self.version().put(out);
    }

    fn get(input: &mut Input) -> Option<WorkId> {
        let (kind, name, version) = (u8::get(input)?, String::get(input)?, Option::get(input)?);
        match kind {
            0 => Some(WorkId::Arxiv { id: name, version }),
            1 => Some(WorkId::Doi(name)),
            2 => Some(WorkId::Url(name)),
            _ => None,
        }
    }
}

impl Hash for WorkId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// `arxiv:2511.10648`, `doi:10.1101/…`, `url:example.org/a`; never with a version.
impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match self {
            WorkId::Arxiv { id, .. } => ("arxiv:", id),
            WorkId::Doi(doi) => ("doi:", doi),
            WorkId::Url(url) => ("url:", url),
        };
        f.write_str(kind)?;
        f.write_str(id)
    }
}

/// What may stand before an arXiv id, in lower case.
const ARXIV_MARKS: &[&str] =
    &["arxiv.org/", "arxiv:", "10.48550/arxiv.", "alphaxiv.org/", "huggingface.co/papers/", "papers.cool/arxiv/"];

fn arxiv(text: &str) -> Option<WorkId> {
    // Every mark has `xiv` or `gfa` in it, in whatever case; a look at bytes rules most addresses out.
    let may_be_mark = |a: u8, b: u8, c: u8| {
        let is = |byte: u8, letter: u8| byte | 0x20 == letter;
        (is(a, b'x') & is(b, b'i') & is(c, b'v')) | (is(a, b'g') & is(b, b'f') & is(c, b'a'))
    };
    let marked = if any_three(text.as_bytes(), may_be_mark) { MARKS.find(text).map(|found| found.end()) } else { None };
    let candidates = match marked {
        Some(at) => &text[at..],
        // An id written alone is one only if nothing else stands there.
        None if text.len() <= 20 && !text.contains("//") => text,
        None => return None,
    };
    // `pdf/2511.10648v1.pdf`, `abs/hep-th/9711200`: the id begins after one of the slashes.
    let marks = candidates.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'/' | b'='));
    let starts = std::iter::once(0).chain(marks.map(|(at, _)| at + 1));
    let (id, version, rest) = starts.take(6).find_map(|at| arxiv_at(&candidates[at..]))?;
    let alone = marked.is_none();
    (!alone || rest.is_empty()).then_some(WorkId::Arxiv { id, version })
}

static MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| finder(ARXIV_MARKS, MatchKind::LeftmostFirst));

/// Finds lower-case pieces in any text, whatever its case.
///
/// # Panics
/// If the pieces were too many for a machine of states, which fixed lists of a few dozen never are.
pub(super) fn finder(pieces: &[&str], kind: MatchKind) -> AhoCorasick {
    let built = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(kind)
        .prefilter(false)
        .kind(Some(AhoCorasickKind::DFA))
        .build(pieces);
    built.expect("a few dozen short pieces make a small machine")
}

/// A longer text, in bytes, is no redirect.
const MAX_REDIRECT: usize = 4096;

/// Names of parameters that hold the address to which a redirect leads.
const TARGETS: &[&str] = &[
    "url",
    "u",
    "q",
    "target",
    "to",
    "dest",
    "destination",
    "redirect",
    "redirect_url",
    "redirect_uri",
    "link",
    "href",
    "goto",
    "out",
    "r",
];

/// The address that a redirect names in its query, its escapes resolved: `https://link.zhihu.com/?target=https%3A//example.org`.
pub(super) fn target(url: &str) -> Option<String> {
    if url.len() > MAX_REDIRECT {
        return None;
    }
    let query = &url[memchr::memchr(b'?', url.as_bytes())? + 1..];
    let value = query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is_web = |start: &str| value.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
        let leads = is_web("https%3A") || is_web("http%3A") || is_web("https://") || is_web("http://");
        (leads && TARGETS.contains(&name)).then_some(value)
    })?;
    // What follows the address within it belongs to it only if it is escaped.
    let target = percent_decoded(value).into_owned();
    let (_, rest) = target.split_once("://")?;
    (url.starts_with("http") && rest.len() > 3 && target.len() < url.len()).then_some(target)
}

/// Reads an arXiv id at the start of `text`: the id, its version and what follows.
fn arxiv_at(text: &str) -> Option<(String, Option<u32>, &str)> {
    let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    let length = new_style(text, digits).or_else(|| old_style(text, digits))?;
    let (id, rest) = text.split_at(length);
    let (version, rest) = match rest.strip_prefix(['v', 'V']) {
        Some(tail) if digits(tail) > 0 => (tail[..digits(tail)].parse().ok(), &tail[digits(tail)..]),
        _ => (None, rest),
    };
    let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    ends.then(|| (id.to_ascii_lowercase(), version, rest))
}

fn new_style(text: &str, digits: impl Fn(&str) -> usize) -> Option<usize> {
    let month: u32 = text.get(2..4)?.parse().ok()?;
    let number = text.get(5..)?;
    let valid = digits(text) == 4 && text.as_bytes()[4] == b'.' && (1..=12).contains(&month);
    (valid && (4..=5).contains(&digits(number))).then(|| 5 + digits(number))
}

/// The archives of old ids; a list because `10.1000/1234567` and paths of other sites have the same form.
const ARCHIVES: &[&str] = &[
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg", "comp-gas",
    "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th",
    "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con",
];

fn old_style(text: &str, digits: impl Fn(&str) -> usize) -> Option<usize> {
    let (archive, rest) = text.split_once('/')?;
    let known = |archive: &str| ARCHIVES.iter().any(|known| archive.eq_ignore_ascii_case(known));
    let is_archive = || match archive.split_once('.') {
        Some((group, class)) => known(group) && is_class(class),
        None => known(archive),
    };
    (digits(rest) == 7 && is_archive()).then_some(archive.len() + 8)
}

/// True for what stands behind the archive and a dot in an old id or in a category: `GT`, `mtrl-sci`.
pub fn is_class(text: &str) -> bool {
    (2..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

/// Endings that publishers add to a DOI in their addresses.
const DOI_TAILS: &[&str] = &[".full.pdf", ".full-text", ".full", ".abstract", ".pdf", "/full", "/abstract", "/pdf"];

fn doi(text: &str) -> Option<WorkId> {
    let text = percent_decoded(text);
    // An address is short: to look at each byte takes less than to make a search ready.
    let bytes = text.as_bytes();
    let tens = (2..bytes.len()).filter(|&dot| bytes[dot] == b'.' && bytes[dot - 1] == b'0' && bytes[dot - 2] == b'1');
    let at = tens.map(|dot| dot - 2).take(8).find(|&at| {
        let registrant = text[at + 3..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let bounded = at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric() && text.as_bytes()[at - 1] != b'.';
        bounded && (4..=9).contains(&registrant) && text[at + 3 + registrant..].starts_with('/')
    })?;
    let rest = &text[at..];
    let is_url = text.as_bytes().windows(2).any(|two| matches!(two, [b'/', b'/']));
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '|') || (is_url && matches!(c, '?' | '#' | '&'));
    let may_end = |byte: &u8| matches!(byte, 0..=b' ' | b'"' | b'<' | b'>' | b'|' | b'?' | b'#' | b'&' | 0x7F..=0xFF);
    let end = rest.as_bytes().iter().position(may_end).unwrap_or(rest.len());
    let end = rest[end..].find(ends).map_or(rest.len(), |more| end + more);
    let mut doi = rest[..end].trim_end_matches(['.', ',', ';', '/']).to_ascii_lowercase();
    if is_url && !text[..at].ends_with("doi.org/") && !text.contains("doi.org/") {
        for tail in DOI_TAILS {
            if let Some(short) = doi.strip_suffix(tail) {
                doi = short.to_owned();
            }
        }
        // bioRxiv and medRxiv write the version into their addresses: `10.1101/2024.01.01.573000v1`.
        if doi.starts_with("10.1101/") || doi.starts_with("10.64898/") {
            doi = without_version(&doi).to_owned();
        }
    }
    let suffix = doi.split_once('/').map_or("", |(_, suffix)| suffix);
    let is_plain = doi.bytes().all(|byte| byte.is_ascii_graphic());
    (!suffix.is_empty() && (is_plain || !doi.contains(is_unseen))).then_some(WorkId::Doi(doi))
}

fn without_version(doi: &str) -> &str {
    match doi.rfind('v') {
        Some(at) if at + 1 < doi.len() && doi[at + 1..].bytes().all(|b| b.is_ascii_digit()) => &doi[..at],
        _ => doi,
    }
}

/// Parameters that say where a click came from, not what it leads to.
const TRACKING: &[&str] = &["utm_", "ref=", "fbclid=", "gclid=", "spm="];

fn url(text: &str) -> Option<WorkId> {
    let (scheme, rest) = text.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") || rest.contains(char::is_whitespace) {
        return None;
    }
    let rest = rest.split('#').next()?;
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if host.is_empty() {
        return None;
    }
    let path = path.trim_end_matches('/');
    let kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !TRACKING.iter().any(|t| p.starts_with(t))).collect();
    let mut canonical = host.to_owned();
    for (mark, part) in [("/", path), ("?", &kept.join("&"))] {
        if !part.is_empty() {
            canonical.push_str(mark);
            canonical.push_str(part);
        }
    }
    // The escapes of a redirect may have held any sign.
    drop_unseen(&mut canonical);
    Some(WorkId::Url(canonical))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_out_of_addresses() {
        let table = [
            ("https://arxiv.org/pdf/2511.10648v1", "arxiv:2511.10648"),
            ("http://arxiv.org/abs/0704.0001", "arxiv:0704.0001"),
            ("https://arxiv.org/pdf/2511.10648v12.pdf", "arxiv:2511.10648"),
            ("https://www.arxiv.org/html/2511.10648v1#S2", "arxiv:2511.10648"),
            ("arXiv:hep-th/9711200v3", "arxiv:hep-th/9711200"),
            ("https://arxiv.org/abs/math.GT/0309136", "arxiv:math.gt/0309136"),
            ("https://arxiv.org/abs/cs.x},note={y/1234567", "url:arxiv.org/abs/cs.x},note={y/1234567"),
            ("https://arxiv.org/abs/math/0211159", "arxiv:math/0211159"),
            ("https://doi.org/10.48550/arXiv.2511.10648", "arxiv:2511.10648"),
            ("2511.10648", "arxiv:2511.10648"),
            ("https://doi.org/10.1101/2025.10.01.25337091", "doi:10.1101/2025.10.01.25337091"),
            ("https://www.biorxiv.org/content/10.1101/2024.01.01.573000v2.full.pdf", "doi:10.1101/2024.01.01.573000"),
            ("https://dx.doi.org/10.1016/S0140-6736(20)30183-5", "doi:10.1016/s0140-6736(20)30183-5"),
            ("https://doi.org/10.1002%2Fabc.1", "doi:10.1002/abc.1"),
            ("https://www.Example.org/a/?utm_source=x&b=1#top", "url:example.org/a?b=1"),
            ("https://github.com/a/2511.1064", "url:github.com/a/2511.1064"),
            ("https://link.zhihu.com/?target=https%3A//arxiv.org/abs/2511.10648", "arxiv:2511.10648"),
            ("https://www.google.com/url?rct=j&url=https://example.org/a&ct=ga", "url:example.org/a"),
            ("https://example.org/?url=local", "url:example.org?url=local"),
        ];
        for (text, expected) in table {
            assert_eq!(WorkId::parse(text).map(|id| id.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["None", "", "PDF", "10.5", "2511.106489", "javascript:alert(1)", "https://"] {
            assert_eq!(WorkId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn versions_do_not_part_a_work() {
        let (a, b) = (WorkId::parse("arXiv:2511.10648v1"), WorkId::parse("arXiv:2511.10648v2"));
        assert_eq!(a, b);
        assert_eq!(b.and_then(|id| id.version()), Some(2));
    }
}
