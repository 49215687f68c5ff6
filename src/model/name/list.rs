//! Lists of authors split into names.

use super::aside::without_asides;
use super::clean::{clean, is_name, is_plain, one, without_mark};
use super::others::without_others;
use super::sign::{COMMAS, is_initials, is_strong, may_be_small};
use crate::text::{is_cjk, is_han, trim};
use std::borrow::Cow;

/// Splits a list of authors as written into names: `;` `；` `、` `|` and line breaks first, else `and`, `&` and commas, where
/// `Last, F.` stays one name. What stands in brackets behind a name, or a list as Python prints it, is no part of the names.
pub fn split_authors(text: &str) -> Vec<String> {
    // Digests often name the first author alone.
    let alone = trim(text);
    let alone = alone.strip_prefix("by ").or_else(|| alone.strip_prefix("By ")).map_or(alone, trim);
    let is_alone = match alone.split_once(',') {
        // `Last, F.`
        Some((last, first)) => is_last_first(last, first),
        None => is_plain(alone),
    };
    if is_alone && !alone.as_bytes().windows(4).any(|word| matches!(word, b"and ")) {
        return if is_name(alone) { vec![alone.to_owned()] } else { Vec::new() };
    }
    // All other lists are of names, commas and spaces, nearly always.
    if alone.bytes().any(is_sign) {
        return split_signed(without_label(alone));
    }
    cleaned(&split_commas(alone))
}

/// True for signs of which each may part names or stand around them, and for parts of characters that are not ASCII.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b';' | b'|' | b'\n' | b'/' | b':' | b'(' | b'[' | b'{' | b'"' | b'\'') || byte >= 0x80
}

/// True for what stands on both sides of the comma of `Last, F.`, in plain letters with single spaces.
fn is_last_first(last: &str, first: &str) -> bool {
    let Some(first) = first.strip_prefix(' ') else { return false };
    let spaced = last.is_empty() || last.ends_with(' ') || first.starts_with(' ');
    !spaced && is_plain(last) && is_plain(first) && is_initials(first)
}

/// The names in a list that may be parted by other signs than commas, and have brackets and quotes in it.
fn split_signed(list: &str) -> Vec<String> {
    if let Some(quoted) = quoted_names(list) {
        return quoted;
    }
    let text = without_asides(inside_brackets(list));
    let text = with_plain_separators(&text);
    // In `[[people/jane|Jane Roe]]` the bar parts the words of a link from its address.
    if text.contains("[[") || !text.contains(is_strong) {
        return cleaned(&split_commas(&text));
    }
    // In `Roe, Jane; Doe, John, et al.` the last comma parts no name.
    let parts = text.split(is_strong).map(|part| without_others(without_mark(part.trim())));
    cleaned(&parts.flat_map(part_names).collect::<Vec<_>>())
}

/// Names as written, cleaned, without those that name nobody.
fn cleaned(names: &[Cow<str>]) -> Vec<String> {
    names.iter().map(|name| clean(name)).filter(|name| is_name(name)).collect()
}

/// Labels that stand in front of a whole list of names and belong to none of them.
const LABELS: &[&str] = &["authors:", "Authors:", "author:", "Author:", "作者：", "作者:", "著者：", "著者:", "저자：", "저자:"];

/// A list without the label in front of it.
fn without_label(list: &str) -> &str {
    LABELS.iter().find_map(|label| list.strip_prefix(label)).map_or(list, trim)
}

/// Signs that part names where spaces stand on both sides of them; elsewhere they are part of a name.
const SPACED_SEPARATORS: &[&str] = &[" · ", " • ", " / ", " ・ "];

/// Signs that part names in Han characters, which have none of them inside.
const HAN_SEPARATORS: [char; 3] = [' ', '/', '\u{3000}'];

/// A list with `;` for the separators that need spaces around them.
fn with_plain_separators(list: &str) -> Cow<'_, str> {
    if is_spaced_han(list) {
        return list.replace(HAN_SEPARATORS, ";").into();
    }
    if !SPACED_SEPARATORS.iter().any(|sign| list.contains(sign)) {
        return list.into();
    }
    SPACED_SEPARATORS.iter().fold(list.to_owned(), |list, sign| list.replace(sign, "; ")).into()
}

/// True for Han names with spaces or `/` between them: three and more, since `佐藤 花子` is one.
fn is_spaced_han(list: &str) -> bool {
    let words = || list.split(HAN_SEPARATORS).filter(|word| !word.is_empty());
    let is_name = |word: &str| word.chars().all(is_han) && (2..=4).contains(&word.chars().take(5).count());
    let n_least = if list.contains('/') { 2 } else { 3 };
    words().all(is_name) && words().nth(n_least - 1).is_some()
}

/// The inside of `[Jane Roe, John Doe]`, a list without quotes.
fn inside_brackets(list: &str) -> &str {
    let inner = list.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.filter(|inner| !inner.contains(['[', ']'])).unwrap_or(list)
}

/// The names in a list of quoted texts, with brackets around it or without: `['Jane Roe', "Pat O'Brien"]`, as Python prints
/// one, also without commas. None for anything else, such as a nickname in quotes.
fn quoted_names(list: &str) -> Option<Vec<String>> {
    let inner = list.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(list);
    let mut rest = trim(inner);
    let mut names = Vec::new();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        // A quote inside of a name is followed by letters, the one behind it by the next name or nothing.
        let closes = |&(at, _): &(usize, &str)| {
            let after = rest[at + 1..].trim_start();
            at > 0 && !rest[..at].ends_with('\\') && (after.is_empty() || after.starts_with([',', '\'', '"']))
        };
        let (end, _) = rest.match_indices(quote).find(closes)?;
        names.extend(one(&rest[1..end].replace('\\', "")));
        rest = rest[end + 1..].trim_start().trim_start_matches(',').trim_start();
    }
    (!names.is_empty()).then_some(names)
}

/// The names in a part between strong separators.
fn part_names(written: &str) -> Vec<Cow<'_, str>> {
    let part = written.trim_end_matches([',', '，', '،', ' ']);
    // `Jane Roe, John Doe,` goes on with another name; `Doe, John,` went on with `et al.`
    let goes_on = part.len() < written.len() && part.split(COMMAS).all(|name| name.trim().contains(' '));
    if has_pair_comma(part) && !goes_on { vec![part.trim().into()] } else { split_commas(part) }
}

/// True for `Last, First`: with a stronger separator around, one comma is part of the name.
fn has_pair_comma(part: &str) -> bool {
    // In `Roe JA, Doe JB` the first name is whole.
    let is_whole = |before: &str| before.trim_end().rsplit_once(' ').is_some_and(|(_, last)| is_initials(last));
    part.matches(COMMAS).count() == 1
        && !part.contains(" and ")
        && !part.chars().any(is_cjk)
        && !part.split(COMMAS).next().is_some_and(is_whole)
}

fn split_commas(text: &str) -> Vec<Cow<'_, str>> {
    let text = without_others(text);
    let has_and = text.contains("and") || text.contains('&');
    if let Some(names) = Some(text).filter(|_| has_and).and_then(inverted_names) {
        return names;
    }
    let mut names: Vec<Cow<str>> = Vec::new();
    let commas = text.split(COMMAS);
    let parts: Vec<&str> = if has_and {
        let parts = commas.flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
        parts
            .map(|part| part.trim().trim_start_matches("and ").trim_start_matches("& "))
            .filter(|part| !part.is_empty())
            .collect()
    } else {
        commas.map(str::trim).filter(|part| !part.is_empty()).collect()
    };
    let is_word = |part: &&str| !part.contains(' ') && part.starts_with(char::is_alphabetic) && !part.chars().any(is_cjk);
    let two_words = !has_and && parts.len() == 2 && parts.iter().all(is_word);
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

/// The names of `Roe, Jane and Doe, John and others`, which is how BibTeX lists them: between all `and` there is one comma, and
/// one word at least on one of its sides.
fn inverted_names(text: &str) -> Option<Vec<Cow<'_, str>>> {
    let is_inverted = |name: &str| {
        let Some((last, first)) = name.split_once(',').map(|(last, first)| (last.trim(), first.trim())) else { return false };
        let words = |part: &str| part.split_whitespace().take(4).count();
        let has_particle = || last.split(' ').next().is_some_and(may_be_small);
        let few = words(last) == 1 || words(first) == 1 || has_particle();
        !first.contains(',') && !first.is_empty() && (1..4).contains(&words(last)) && (1..4).contains(&words(first)) && few
    };
    let text = without_others(text).trim_end_matches(',');
    let parts = || text.split(" and ").map(|part| part.trim().trim_end_matches(','));
    (text.contains(" and ") && parts().all(is_inverted)).then(|| parts().map(Cow::from).collect())
}

fn is_suffix(part: &str) -> bool {
    matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "PhD" | "Ph.D" | "MSc" | "BSc")
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
            ("['Jane Roe', \"Pat O'Brien\"]", &["Jane Roe", "Pat O'Brien"]),
            ("['Jane Roe' 'John Doe']", &["Jane Roe", "John Doe"]),
            ("['Roe, Jane']", &["Roe, Jane"]),
            ("[Jane Roe, John Doe]", &["Jane Roe", "John Doe"]),
            ("\"Jane Roe\", \"John Doe\"", &["Jane Roe", "John Doe"]),
            ("“Jane Roe”, “John Doe”", &["Jane Roe", "John Doe"]),
            ("Roe, Jane and Doe, John", &["Roe, Jane", "Doe, John"]),
            ("van der Berg, Jan Piet and Müller, Jürgen and others", &["van der Berg, Jan Piet", "Müller, Jürgen"]),
            ("Jane Roe, John Doe and Wei Zhang", &["Jane Roe", "John Doe", "Wei Zhang"]),
            ("Barnes and Noble", &["Barnes", "Noble"]),
            ("Müller, Jürgen", &["Müller, Jürgen"]),
            ("Roe, J., & Doe, J. K. (2024)", &["Roe, J.", "Doe, J. K."]),
            ("Jane Roe et al. (MIT, Google)", &["Jane Roe"]),
            ("Jane Roe (MIT, Google), John Doe (ETH and EPFL)", &["Jane Roe", "John Doe"]),
            ("Jane (Janie) Roe (MIT) (US)", &["Jane (Janie) Roe"]),
            ("Jane Roe (MIT, John Doe", &["Jane Roe (MIT", "John Doe"]),
            ("[Jane Roe](https://a.example/1,2), [John Doe](https://a.example/3)", &["Jane Roe", "John Doe"]),
            ("[[people/jane|Jane Roe]], [[John Doe]]", &["Jane Roe", "John Doe"]),
            ("Jane Roe | John Doe", &["Jane Roe", "John Doe"]),
            ("Jane Roe · John Doe • Ann Lee", &["Jane Roe", "John Doe", "Ann Lee"]),
            ("By Jane Roe", &["Jane Roe"]),
            ("by Jane Roe and John Doe", &["Jane Roe", "John Doe"]),
            ("作者：张三、李四", &["张三", "李四"]),
            ("Byron Roe", &["Byron Roe"]),
            ("@jane, @john", &["@jane", "@john"]),
            ("3Blue1Brown", &["3Blue1Brown"]),
            ("Jane Roe, 12 more", &["Jane Roe"]),
            ("محمد علي، أحمد حسن", &["محمد علي", "أحمد حسن"]),
            ("Roe JA, Doe JB; Zhang W", &["Roe JA", "Doe JB", "Zhang W"]),
            ("Jane Roe, M.D., Ph.D.", &["Jane Roe, M.D., Ph.D."]),
            ("Jane Roe∗, John Doe ✉", &["Jane Roe", "John Doe"]),
            ("王小明 李雷 韩梅梅", &["王小明", "李雷", "韩梅梅"]),
            ("王小明/李雷", &["王小明", "李雷"]),
            ("佐藤 花子", &["佐藤 花子"]),
            ("佐藤花子ら", &["佐藤花子"]),
            ("宮本さくら", &["宮本さくら"]),
            ("佐藤花子、鈴木一郎ほか", &["佐藤花子", "鈴木一郎"]),
            ("佐藤花子他3名", &["佐藤花子"]),
            ("김철수 외 3명", &["김철수"]),
            ("王五等（共12人）", &["王五"]),
            ("王五等12人", &["王五"]),
            ("张三、李四 等5位作者", &["张三", "李四"]),
            ("张三 等", &["张三"]),
            ("Jane Roe +3", &["Jane Roe"]),
            ("Jane Roe + 5 more", &["Jane Roe"]),
            ("jane@b.example (Jane Roe)", &["Jane Roe"]),
            ("jane@b.example (Jane Roe), john@b.example (John Doe)", &["Jane Roe", "John Doe"]),
            ("Jane Roe <jane@b.example>", &["Jane Roe"]),
            ("jane@b.example", &["jane@b.example"]),
            ("Jane Roe\n\nJohn Doe\n", &["Jane Roe", "John Doe"]),
            ("- Jane Roe\n- John Doe", &["Jane Roe", "John Doe"]),
            ("1. Jane Roe\n2. John Doe", &["Jane Roe", "John Doe"]),
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
            ("Jane Roe$^{1}$", "Jane Roe"),
            ("Roe^1", "Roe"),
            ("Jane Roe [12]", "Jane Roe"),
            ("Sammy Davis Jr.2", "Sammy Davis Jr."),
            ("王小明1", "王小明"),
        ];
        for (text, expected) in table {
            assert_eq!(one(text).as_deref(), Some(expected), "{text}");
            assert_eq!(split_authors(text), [expected], "{text}");
        }
        assert_eq!(split_authors("Jane Roe$^{1,2}$, John Doe^{2,3}"), ["Jane Roe", "John Doe"]);
        assert_eq!(split_authors("Jane Roe1,2, John Doe2"), ["Jane Roe", "John Doe"]);
    }
}
