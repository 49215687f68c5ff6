//! Address parts made of names: safe on every file system, and the same for ever because they depend on the name alone.

use crate::model::name;
use deunicode::deunicode;

/// The longest slug, in bytes; with folders and `.html` a path stays far below the 255 bytes that file systems bear.
const MAX: usize = 80;

/// Names that Windows keeps for devices, and that of the page of a folder.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "index"];

/// The slug of a folded key ([`crate::model::name::key`]): the key itself where it is plain, else its transliteration and eight
/// hexadecimal digits of its BLAKE3 hash. Two keys never share a slug, but for a collision of hashes of alike names.
pub fn slug(key: &str) -> String {
    if is_plain(key) {
        return key.to_owned();
    }
    let ascii = deunicode(key).to_ascii_lowercase();
    let words: Vec<&str> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut words = words.join("-");
    words.truncate(MAX - 9);
    let hash = &blake3::hash(key.as_bytes()).to_hex()[..8];
    format!("{words}-{hash}").trim_start_matches('-').to_owned()
}

/// The slug of the owner's page in a file of this name, without its extension; a number in front of a name only sorts it.
pub fn page_slug(stem: &str) -> String {
    slug(&name::key(page_name(stem)))
}

/// The name of a file of the owner's without the number that sorts it.
pub fn page_name(stem: &str) -> &str {
    let name = stem.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', ' ', '.']);
    if name.is_empty() { stem } else { name }
}

fn is_plain(key: &str) -> bool {
    let safe =
        !key.is_empty() && key.len() <= MAX && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let edges = key.starts_with('-') || key.ends_with('-') || key.contains("--");
    let device = RESERVED.contains(&key) || key.len() == 4 && (key.starts_with("com") || key.starts_with("lpt"));
    safe && !edges && !device && !ends_like_hash(key)
}

/// True for a key that could be mistaken for a transliteration with its hash.
fn ends_like_hash(key: &str) -> bool {
    let tail = key.rsplit('-').next().unwrap_or(key);
    tail.len() == 8 && tail.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The folder of a slug: its first two letters or digits.
pub fn fan(slug: &str) -> String {
    let mut fan = String::with_capacity(2);
    fan.extend(fan_letters(slug));
    fan
}

/// True if two slugs are in one folder.
pub fn is_same_fan(a: &str, b: &str) -> bool {
    fan_letters(a).eq(fan_letters(b))
}

/// True if a slug is in this folder.
pub fn is_in_fan(slug: &str, fan: &str) -> bool {
    fan_letters(slug).eq(fan.chars())
}

fn fan_letters(slug: &str) -> impl Iterator<Item = char> + '_ {
    slug.bytes().filter(u8::is_ascii_alphanumeric).take(2).map(char::from)
}

/// The first bytes of a text as a number that sorts as they do: most texts are told apart by it, without a look at them.
pub(super) fn first_letters(text: &str) -> u64 {
    let mut letters = [0; 8];
    let n = text.len().min(letters.len());
    letters[..n].copy_from_slice(&text.as_bytes()[..n]);
    u64::from_be_bytes(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_apart() {
        assert_eq!(slug("wang-y"), "wang-y");
        assert!(slug("王小明").starts_with("wang-xiao-ming-"));
        assert_ne!(slug("王小明"), slug("王晓明"));
        assert_ne!(slug("con"), "con");
        assert_ne!(slug("a-deadbeef"), "a-deadbeef");
        assert!(slug(&"长".repeat(500)).len() <= MAX);
        assert_eq!(slug("").len(), 8);
        assert_eq!(fan("y-wang"), "yw");
    }
}
