//! Names of people: splitting a list of them, and folding one to the key by which it is found again.

use crate::text::is_cjk;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a name to its key: letters in lower case without diacritics, runs of spaces and punctuation as one `-`, apostrophes
/// dropped. Other scripts keep their characters. `Wang, Y.` and `wang y` share a key; `Li An` and `Lian` do not.
pub fn key(name: &str) -> String {
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
    let strong: Vec<&str> = text.split([';', '；', '、', '\n']).collect();
    let names: Vec<String> = if strong.len() > 1 {
        strong
            .iter()
            .flat_map(|part| if has_pair_comma(part) { vec![part.trim().to_owned()] } else { split_commas(part) })
            .collect()
    } else {
        split_commas(text)
    };
    names.iter().map(|name| clean(name)).filter(|name| is_name(name)).collect()
}

/// True for `Last, First`: with a stronger separator around, one comma is part of the name.
fn has_pair_comma(part: &str) -> bool {
    part.matches([',', '，']).count() == 1 && !part.contains(" and ")
}

fn split_commas(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let parts: Vec<&str> = text
        .split([',', '，'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|part| part.trim().trim_start_matches("and "))
        .filter(|part| !part.is_empty())
        .collect();
    let two_words = parts.len() == 2 && parts.iter().all(|p| !p.contains(' ') && p.is_ascii());
    for (i, part) in parts.iter().enumerate() {
        match names.last_mut() {
            Some(last) if (is_initials(part) && !last.contains(", ")) || (two_words && i == 1) || is_suffix(part) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => names.push((*part).to_owned()),
        }
    }
    names
}

/// `M.`, `J. K.`, `A.-B.`, `JK`: what stands after the comma of `Last, F.`.
fn is_initials(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let small = part.chars().filter(|c| c.is_lowercase()).count();
    let form = part.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | ' '));
    form && !part.chars().any(is_cjk)
        && (1..=5).contains(&letters)
        && (small == 0 && (part.contains('.') || letters <= 2) || small * 2 < letters && part.contains('.'))
}

fn is_suffix(part: &str) -> bool {
    matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
}

/// Drops Markdown emphasis and links around a name and white space inside it.
fn clean(name: &str) -> String {
    let name = name.trim().trim_matches(['*', '`']);
    let name = match (name.strip_prefix('['), name.find("](")) {
        (Some(inner), Some(at)) => &inner[..at - 1],
        _ => name,
    };
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.chars().any(char::is_alphabetic) && !PLACEHOLDERS.contains(&lower.as_str())
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
            ("Jane Roe, John Doe, et al.", &["Jane Roe", "John Doe"]),
            ("**Jane  Roe**", &["Jane Roe"]),
            ("Sammy Davis, Jr., Jane Roe", &["Sammy Davis, Jr.", "Jane Roe"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(split_authors(text), *expected, "{text}");
        }
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
