//! Names of people: splitting a list of them, and folding one to the key by which it is found again.

use crate::text::{is_cjk, is_han, single_spaced, trim};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a name to its key: letters in lower case without diacritics, runs of spaces and punctuation as one `-`, apostrophes
/// dropped. Other scripts keep their characters. `Wang, Y.` and `wang y` share a key; `Li An` and `Lian` do not.
pub fn key(name: &str) -> String {
    if name.is_ascii() {
        return ascii_key(name);
    }
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkd().flat_map(char::to_lowercase) {
        let folded = LETTERS.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
        if is_latin_mark(c) && key.ends_with(|base: char| base.is_ascii_lowercase()) || matches!(c, '\'' | '’' | '`' | '‘' | 'ʼ')
        {
            continue;
        }
        if folded.is_none() && !c.is_alphanumeric() && !is_combining_mark(c) {
            gap = true;
            continue;
        }
        if gap && !key.is_empty() {
            key.push('-');
        }
        gap = false;
        match folded {
            Some(letters) => key.push_str(letters),
            None => key.push(c),
        }
    }
    key.nfc().collect()
}

/// The key of a name of plain letters, which need no folding of Unicode.
fn ascii_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    for byte in name.bytes().filter(|byte| !matches!(byte, b'\'' | b'`')) {
        if !byte.is_ascii_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !key.is_empty() {
            key.push('-');
        }
        gap = false;
        key.push(char::from(byte.to_ascii_lowercase()));
    }
    key
}

/// Latin letters that do not come apart into a plain letter and a mark.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ŧ', "t"),
];

/// The marks that Latin letters carry. On letters of other scripts they, and Indic vowels and Kana voicing, are part of the letter.
fn is_latin_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
}

/// Texts that stand where a name is missing, in lower case.
const PLACEHOLDERS: &[&str] = &["et al", "et al.", "unknown", "anonymous", "等", "等人", "佚名", "未知", "and others", "others"];

/// Splits a list of authors as written into names: `;` `；` `、` and line breaks first, else `and`, `&` and commas, where
/// `Last, F.` stays one name.
pub fn split_authors(text: &str) -> Vec<String> {
    // Digests often name the first author alone.
    let alone = trim(text);
    let is_alone = match alone.split_once(',') {
        // `Last, F.`
        Some((last, first)) => is_last_first(last, first),
        None => is_plain(alone),
    };
    if is_alone && !text.as_bytes().windows(4).any(|word| matches!(word, b"and ")) {
        return if is_name(alone) { vec![alone.to_owned()] } else { Vec::new() };
    }
    let strong = |c: char| matches!(c, ';' | '；' | '、' | '\n');
    let parted = memchr::memchr2(b';', b'\n', text.as_bytes()).is_some() || !text.is_ascii() && text.contains(strong);
    let names: Vec<Cow<str>> = if parted {
        // In `Roe, Jane; Doe, John, et al.` the last comma parts no name.
        let parts = text.split(strong).map(|part| without_others(part.trim()));
        parts.flat_map(part_names).collect()
    } else {
        split_commas(text)
    };
    names.iter().map(|name| clean(name)).filter(|name| is_name(name)).collect()
}

/// The names in a part between strong separators.
fn part_names(written: &str) -> Vec<Cow<'_, str>> {
    let part = written.trim_end_matches([',', '，', ' ']);
    // `Jane Roe, John Doe,` goes on with another name; `Doe, John,` went on with `et al.`
    let goes_on = part.len() < written.len() && part.split([',', '，']).all(|name| name.trim().contains(' '));
    if has_pair_comma(part) && !goes_on { vec![part.trim().into()] } else { split_commas(part) }
}

/// True for what stands on both sides of the comma of `Last, F.`, in plain letters with single spaces.
fn is_last_first(last: &str, first: &str) -> bool {
    let Some(first) = first.strip_prefix(' ') else { return false };
    let spaced = last.is_empty() || last.ends_with(' ') || first.starts_with(' ');
    !spaced && is_plain(last) && is_plain(first) && is_initials(first)
}

/// One name as written, cleaned; none for placeholders.
pub fn one(text: &str) -> Option<String> {
    Some(clean(text)).filter(|name| is_name(name))
}

/// Words inside of names that begin with a small letter.
const PARTICLES: &[&str] = &[
    "de", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "van", "von", "la", "le", "el", "al", "bin", "ibn",
    "ben", "y", "e", "zu", "ter", "ten", "et",
];

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
        let small = |word: &&&str| PARTICLES.contains(&word.to_lowercase().as_str()) || word.starts_with(['\'', '’']);
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

/// True for `Last, First`: with a stronger separator around, one comma is part of the name.
fn has_pair_comma(part: &str) -> bool {
    part.matches([',', '，']).count() == 1 && !part.contains(" and ") && !part.chars().any(is_cjk)
}

fn split_commas(text: &str) -> Vec<Cow<'_, str>> {
    let mut names: Vec<Cow<str>> = Vec::new();
    let commas = text.split([',', '，']);
    let has_and = text.contains("and") || text.contains('&');
    let parts: Vec<&str> = if has_and {
        let parts = commas.flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
        parts.map(|part| part.trim().trim_start_matches("and ")).filter(|part| !part.is_empty()).collect()
    } else {
        commas.map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    let two_words = parts.len() == 2 && parts.iter().all(|p| !p.contains(' ') && p.is_ascii());
    for (i, part) in parts.iter().enumerate() {
        match names.last_mut() {
            Some(last) if (is_initials(part) && !last.contains(", ")) || (two_words && i == 1) || is_suffix(part) => {
                let last = last.to_mut();
                last.push_str(", ");
                last.push_str(part);
            }
            _ => names.push((*part).into()),
        }
    }
    names
}

/// `M.`, `J. K.`, `A.-B.`, `JK`: what stands after the comma of `Last, F.`.
fn is_initials(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).take(6).count();
    if letters > 5 {
        return false;
    }
    let small = part.chars().filter(|c| c.is_lowercase()).count();
    let form = part.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | ' '));
    form && !part.chars().any(is_cjk)
        && (1..=5).contains(&letters)
        && (small == 0 && (part.contains('.') || letters <= 2) || small * 2 < letters && part.contains('.'))
}

fn is_suffix(part: &str) -> bool {
    matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
}

/// Drops Markdown emphasis and links around a name, affiliations and footnote marks behind it, and white space inside it.
fn clean(name: &str) -> String {
    if is_plain(name.trim()) {
        return name.trim().to_owned();
    }
    let name = without_others(without_emphasis(name.trim().trim_matches(['*', '`'])));
    let name = name.trim_end_matches('…').trim_end_matches("...").trim_end();
    let name = match (name.strip_prefix('['), name.find("](")) {
        (Some(inner), Some(at)) => &inner[..at - 1],
        _ => name,
    };
    // `Jane Roe (MIT)`, `Jane Roe¹*†`; a nickname in front of a family name stays.
    let name = match name.find(['(', '（']) {
        Some(at) if at > 0 && name.ends_with([')', '）']) => &name[..at],
        _ => name,
    };
    let name = without_marks(name);
    if name.contains('\\') { single_spaced(&name.replace('\\', "")) } else { single_spaced(name) }
}

/// True for names of letters, single spaces, dots and hyphens, behind which nothing says that there are others.
fn is_plain(name: &str) -> bool {
    let mut after_space = false;
    name.bytes().all(|byte| {
        let doubled = byte == b' ' && after_space;
        after_space = byte == b' ';
        !doubled && (byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'.' | b'-'))
    }) && !name.ends_with("al")
        && !name.ends_with("al.")
        && !name.ends_with("others")
        && !name.ends_with("..")
}

/// A name without the marks of footnotes behind it.
fn without_marks(name: &str) -> &str {
    let first_space = name.find(char::is_whitespace).unwrap_or(name.len());
    let mut name = name;
    loop {
        let bare = name.trim_end_matches(|c: char| is_mark(c) || c.is_whitespace() || matches!(c, '^' | '$'));
        let word = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        if word.len() == bare.len() || !(word.ends_with('^') || may_be_numbered(word, first_space, bare.len() - word.len())) {
            return bare;
        }
        name = word;
    }
}

/// True if digits behind a name mark a footnote: several words stand in front of them, or a name of Han characters. Those at the
/// end of one word are part of it, as user names have them.
fn may_be_numbered(name: &str, first_space: usize, n_digits: usize) -> bool {
    let mut last = name.trim_end().chars().rev();
    let ends = last.next().is_some_and(|c| c.is_alphabetic() || c == '.' && last.next().is_some_and(char::is_alphabetic));
    let is_han_name = || n_digits == 1 && name.len() <= 12 && name.chars().count() > 1 && name.chars().all(is_han);
    (ends || name.ends_with(is_mark)) && first_space < name.trim_end().len() || is_han_name()
}

/// True for signs that mark a footnote wherever they stand.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '¹' | '²' | '³' | '\u{2070}'..='\u{2079}')
}

/// True for the characters that may stand in front of a word.
type MayPrecede = fn(char) -> bool;

/// A name without the underscores that set it off. One word ends with an underscore where a user chose that.
fn without_emphasis(name: &str) -> &str {
    let inner = name.strip_prefix('_').and_then(|rest| rest.strip_suffix('_'));
    if name.contains(' ') { name.trim_matches('_') } else { inner.filter(|inner| !inner.contains('_')).unwrap_or(name) }
}

/// What says behind a name that there are others, in lower case.
const OTHERS: &[&str] = &["et al.", "et al", "et.al.", "et.al", "等人", "等", "and others"];

fn without_others(name: &str) -> &str {
    let ends = |other: &&&str| {
        let at = name.len().checked_sub(other.len())?;
        let before = name.get(..at)?;
        (name.is_char_boundary(at) && name[at..].eq_ignore_ascii_case(other)).then_some(before)
    };
    let cut = OTHERS.iter().find_map(|other| ends(&other).filter(|before| before.ends_with(' ') || !other.is_ascii()));
    cut.filter(|before| before.chars().count() > 1).unwrap_or(name).trim_end()
}

fn is_name(name: &str) -> bool {
    // `3 more authors`, `+5`, `其他 3 人` stand for those that are not shown.
    let hidden =
        name.starts_with(|c: char| c.is_ascii_digit() || c == '+') || name.ends_with(" more") || name.ends_with(" others");
    name.chars().any(char::is_alphabetic)
        && !hidden
        && !PLACEHOLDERS.iter().any(|placeholder| placeholder.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names() {
        let table: &[(&str, &[&str])] = &[
            ("Jiahao Wang", &["Jiahao Wang"]),
            ("Martel, M.", &["Martel, M."]),
            ("Brengel, E. K.", &["Brengel, E. K."]),
            ("Wang, Y., Li, J.-P., Zhao, Q.", &["Wang, Y.", "Li, J.-P.", "Zhao, Q."]),
            ("A. Vaswani, N. Shazeer and N. Parmar", &["A. Vaswani", "N. Shazeer", "N. Parmar"]),
            ("王小明、李雷；韩梅梅", &["王小明", "李雷", "韩梅梅"]),
            ("Wang, Yi; Li, Jun", &["Wang, Yi", "Li, Jun"]),
            ("Roe, Jane; Doe, John, et al.", &["Roe, Jane", "Doe, John"]),
            ("王小明；李雷，等", &["王小明", "李雷"]),
            ("Jane Roe, John Doe,\nMax Mustermann", &["Jane Roe", "John Doe", "Max Mustermann"]),
            ("Jane Roe, John Doe, et al.", &["Jane Roe", "John Doe"]),
            ("**Jane  Roe**", &["Jane Roe"]),
            ("Mingjun Li et.al.", &["Mingjun Li"]),
            ("王小明 等", &["王小明"]),
            ("Jane Roe (MIT), John Doe¹*, 3 more", &["Jane Roe", "John Doe"]),
            ("Jane Roe and John Doe & Ann Lee", &["Jane Roe", "John Doe", "Ann Lee"]),
            ("Sammy Davis, Jr., Jane Roe", &["Sammy Davis, Jr.", "Jane Roe"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(split_authors(text), *expected, "{text}");
        }
    }

    #[test]
    fn digits_behind_names() {
        let table = [
            ("mgh2", "mgh2"),
            ("johndoe123", "johndoe123"),
            ("@u1", "@u1"),
            ("john_doe_42", "john_doe_42"),
            ("johndoe_", "johndoe_"),
            ("_Jane_", "Jane"),
            ("X Æ A-12", "X Æ A-12"),
            ("Jane Roe1", "Jane Roe"),
            ("Jane Roe 1", "Jane Roe"),
            ("Jane Roe1*2", "Jane Roe"),
            ("Jane Roe¹", "Jane Roe"),
            ("Sammy Davis Jr.2", "Sammy Davis Jr."),
            ("王小明1", "王小明"),
        ];
        for (text, expected) in table {
            assert_eq!(one(text).as_deref(), Some(expected), "{text}");
            assert_eq!(split_authors(text), [expected], "{text}");
        }
        assert_eq!(split_authors("Jane Roe1,2, John Doe2"), ["Jane Roe", "John Doe"]);
    }

    #[test]
    fn keys_fold_spelling_and_nothing_else() {
        let table = [
            ("Wang, Y.", "wang-y"),
            ("wang y", "wang-y"),
            ("José Ñandú", "jose-nandu"),
            ("Jürgen Weiß", "jurgen-weiss"),
            ("O’Brien, K", "obrien-k"),
            ("王小明", "王小明"),
            ("Li An", "li-an"),
            ("Lian", "lian"),
            ("ガロア", "ガロア"),
        ];
        for (name, expected) in table {
            assert_eq!(key(name), expected, "{name}");
        }
    }
}
