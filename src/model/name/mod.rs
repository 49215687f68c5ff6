//! Names of people: splitting a list of them, and folding one to the key by which it is found again.

mod aside;
mod clean;
mod key;
mod list;
mod others;
mod sign;

pub use clean::one;
pub use key::key;
pub use list::split_authors;
pub use sign::is_particle;

use crate::text::is_cjk;
use sign::may_be_small;

/// True if a text without a label reads as a list of people: two or more names of two words and more, in capitals. `sure` says
/// that its place or marks speak for it; then one name will do, and names of any script.
pub fn looks_like_names(text: &str, sure: bool) -> bool {
    if text.len() > 20_000 || text.contains("://") || text.contains("](") {
        return false;
    }
    // A list of names has separators, and no long words between the first of them.
    let separator = |c: char| matches!(c, ',' | '，' | ';' | '；' | '、' | '\n' | '&');
    let parts = text.split(separator).take(8).filter(|part| part.len() > MAX_PERSON).count();
    let first = text.trim_start().split(separator).next().unwrap_or("");
    let words = first.split_ascii_whitespace().take(MAX_WORDS + 1).count();
    // Quotes, brackets over commas and bars stand in lists of names, but in titles more often.
    let is_torn = |part: &str| part.contains(['(', '（']) != part.contains([')', '）']);
    if !sure && (text.contains(['"', '“', '|', '[', '{']) || text.split(separator).any(is_torn)) {
        return false;
    }
    let is_small = first.starts_with(|c: char| c.is_ascii_lowercase()) && text.len() < 200;
    if parts > 1 || words > MAX_WORDS || is_small && !sure || !sure && !text.contains(separator) && !text.contains(" and ") {
        return false;
    }
    let names = split_authors(text);
    let is_person = |name: &String| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let capital = |word: &&&str| {
            word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic() && !is_cjk(c))
        };
        let small = |word: &&&str| may_be_small(word) || word.starts_with(['\'', '’']);
        let latin = (2..=6).contains(&words.len()) && words.iter().all(|word| capital(&word) || small(&word));
        let cjk = sure && name.chars().all(|c| is_cjk(c) || c == '·' || c == ' ') && (2..=6).contains(&name.chars().count());
        let signs = name.chars().any(|c| c.is_ascii_digit() || matches!(c, ':' | '!' | '?' | '"' | '=' | '/' | '：' | '。'));
        !signs
            && name.chars().count() <= 48
            && (latin || cjk || sure && words.len() == 1 && names.len() > 1 && capital(&&words[0]))
    };
    let n_persons = names.iter().filter(|name| is_person(name)).count();
    let enough = if sure { 1 } else { 2 };
    names.len() >= enough && n_persons * 10 >= names.len() * 9 && !text.trim_end().ends_with(['。', '!', '?'])
}

/// Before the first comma stand no more words, be it `… and …`.
const MAX_WORDS: usize = 14;

/// No name of a person is longer, in bytes.
const MAX_PERSON: usize = 160;
