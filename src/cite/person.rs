//! Names of authors: family and given names where the writing tells them, else the name as it is.

use crate::model::name;
use crate::text::{is_cjk, one_line};

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// A name whose parts are known.
    Parted {
        /// The family name with its particles: `van der Berg`.
        family: String,
        /// Given names or initials.
        given: String,
        /// `Jr`, `III`.
        suffix: Option<String>,
    },
    /// A name as written: of a group, of one word, or in a script that writes the family name first.
    Literal(String),
}

/// What follows a name.
const SUFFIXES: &[&str] = &["Jr", "Sr", "II", "III", "IV"];

/// Words that only groups have in their names, in lower case.
const GROUPS: &[&str] = &[
    "team",
    "teams",
    "group",
    "lab",
    "labs",
    "laboratory",
    "collaboration",
    "consortium",
    "university",
    "institute",
    "project",
    "committee",
    "network",
    "society",
    "association",
    "foundation",
    "center",
    "centre",
    "inc",
    "ltd",
    "research",
    "initiative",
    "alliance",
    "community",
    "members",
    "investigators",
    "agency",
    "the",
    "of",
    "for",
    "and",
    "with",
    "on",
];

impl Person {
    /// Reads a name as written: `Jane Roe`, `Roe, Jane`, `Roe J.`, `张三`.
    pub fn parse(written: &str) -> Person {
        let name = one_line(written);
        parted(&name).unwrap_or(Person::Literal(name))
    }
}

fn parted(name: &str) -> Option<Person> {
    let is_sign =
        |c: char| !c.is_alphabetic() && !matches!(c, ' ' | '.' | ',' | '-' | '\'' | '’' | '‐' | '‑' | '·') && !is_mark(c);
    if name.chars().any(|c| is_cjk(c) || is_sign(c)) {
        return None;
    }
    let mut parts: Vec<&str> = name.split(',').map(str::trim).collect();
    let suffix_at = (1..parts.len()).rev().find(|&at| suffix(parts[at]));
    let found = suffix_at.map(|at| parts.remove(at).trim_end_matches('.').to_owned());
    let (family, given) = match parts[..] {
        [family, given] if !family.is_empty() && !given.is_empty() => (family.to_owned(), given.to_owned()),
        [name] => in_order(name)?,
        _ => return None,
    };
    Some(Person::Parted { family, given, suffix: found })
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn suffix(part: &str) -> bool {
    SUFFIXES.contains(&part.trim_end_matches('.'))
}

/// A name without a comma: given names first, unless initials end it.
fn in_order(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 || words.len() > 7 || words.iter().any(|word| GROUPS.iter().any(|group| group.eq_ignore_ascii_case(word)))
    {
        return None;
    }
    let last = words.len() - 1;
    // `Smith JA`, `Roe J.`; but `J. R. R.` has no family name.
    if is_initials(words[last]) {
        let first_initials = words.iter().position(|word| is_initials(word))?;
        let all_after = words[first_initials..].iter().all(|word| is_initials(word));
        return (first_initials > 0 && all_after).then(|| (words[..first_initials].join(" "), words[first_initials..].join(" ")));
    }
    let is_particle = |word: &str| name::is_particle(word) || word.eq("’t") || word.eq("'t");
    let start = (1..last).find(|&at| words[at..last].iter().all(|word| is_particle(word))).unwrap_or(last);
    let capital = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let starts = capital(words[0]);
    starts.then(|| (words[start..].join(" "), words[..start].join(" ")))
}

/// `J.`, `JA`, `J.-P.`: capitals alone, three at most, with dots or few.
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let plain = word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'));
    plain && (1..=3).contains(&letters) && (letters < 3 || word.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str) -> String {
        match Person::parse(written) {
            Person::Literal(name) => format!("={name}"),
            Person::Parted { family, given, suffix } => {
                format!("{family}|{given}{}", suffix.map(|suffix| format!("|{suffix}")).unwrap_or_default())
            }
        }
    }

    #[test]
    fn names_come_apart_where_their_writing_tells() {
        for (written, expected) in [
            ("Rongyao Fang", "Fang|Rongyao"),
            ("Pereira, H.", "Pereira|H."),
            ("De Bono, C.", "De Bono|C."),
            ("Sandoval Hurtado, C. P.", "Sandoval Hurtado|C. P."),
            ("Jan van der Berg", "van der Berg|Jan"),
            ("Ludwig van Beethoven", "van Beethoven|Ludwig"),
            ("Smith JA", "Smith|JA"),
            ("Roe J.-P.", "Roe|J.-P."),
            ("J. R. R. Tolkien", "Tolkien|J. R. R."),
            ("Roe, J., Jr", "Roe|J.|Jr"),
            ("Jane Roe, III", "Roe|Jane|III"),
            ("Łukasz Kaiser", "Kaiser|Łukasz"),
            ("Dall'Amico, L.", "Dall'Amico|L."),
            ("张三", "=张三"),
            ("田中 太郎", "=田中 太郎"),
            ("OpenAI", "=OpenAI"),
            ("DeepSeek-AI Team", "=DeepSeek-AI Team"),
            ("The ATLAS Collaboration", "=The ATLAS Collaboration"),
            ("user_42", "=user_42"),
            ("a, b, c", "=a, b, c"),
            ("karpathy", "=karpathy"),
        ] {
            assert_eq!(shown(written), expected, "{written}");
        }
    }
}
