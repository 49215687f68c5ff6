//! Tokens to readable plain text; formulas in Unicode as far as it goes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Piece;
use super::chars;
use super::markdown::Token;
use super::math::group;

/// Elements after whose end a line ends.
const LINES: &[&str] = &["p", "subhead", "li", "pre", "tr", "blockquote"];

/// Puts readable text in the place of formulas.
pub(super) fn formulas_as_text(tokens: Vec<Token>) -> Vec<Token> {
    let as_text = |token| match token {
        Token::Math { tex, .. } => Token::Text(formula(&tex)),
        other => other,
    };
    tokens.into_iter().map(as_text).collect()
}

/// Writes a line for each paragraph, item or row.
pub(super) fn lines(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    for token in tokens {
        match token {
            Token::Open("ul") => lists.push(None),
            Token::OpenList(first) => lists.push(Some(*first)),
            Token::Close("ul" | "ol") => drop(lists.pop()),
            Token::Open("li") => match lists.last_mut() {
                Some(Some(number)) => {
                    out.push_str(&format!("{number}. "));
                    *number += 1;
                }
                _ => out.push_str("• "),
            },
            Token::Close("td" | "th") => out.push('\t'),
            Token::Close(name) if LINES.contains(name) => out.push_str("\n\n"),
            Token::Text(text) => out.push_str(text),
            Token::Math { tex, .. } => out.push_str(&formula(tex)),
            Token::SoftBreak if out.ends_with(chars::is_cjk) => {}
            Token::SoftBreak | Token::Break => out.push('\n'),
            Token::Rule => out.push_str("\n\n"),
            Token::Open(_) | Token::Close(_) | Token::OpenLink(_) => {}
        }
    }
    chars::without_forbidden(chars::lines(&out).replace('\t', " ").trim().to_owned())
}

/// Writes a line with its formulas apart.
pub(super) fn pieces(tokens: &[Token]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // Texts between two formulas are one, so that what is trimmed is their ends and nothing within.
    for run in tokens.chunk_by(|a, b| !matches!((a, b), (Token::Math { .. }, _) | (_, Token::Math { .. }))) {
        match run {
            [Token::Math { tex, .. }] => pieces.push(Piece::Formula(tex.trim().to_owned())),
            _ => pieces.push(Piece::Text(chars::without_forbidden(run.iter().map(line).collect()))),
        }
    }
    pieces
}

/// The text of a token on a line.
fn line(token: &Token) -> &str {
    match token {
        Token::Text(text) => text,
        Token::SoftBreak | Token::Break => " ",
        _ => "",
    }
}

static SIGNS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| include_str!("signs.tsv").lines().filter_map(|line| line.split_once('\t')).collect());

const RAISED: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
    ('k', 'ᵏ'),
    ('d', 'ᵈ'),
    ('m', 'ᵐ'),
    ('t', 'ᵗ'),
    ('x', 'ˣ'),
    ('T', 'ᵀ'),
    ('*', '*'),
    ('′', '′'),
    ('∘', '°'),
];

const LOWERED: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('a', 'ₐ'),
    ('e', 'ₑ'),
    ('i', 'ᵢ'),
    ('j', 'ⱼ'),
    ('k', 'ₖ'),
    ('l', 'ₗ'),
    ('m', 'ₘ'),
    ('n', 'ₙ'),
    ('o', 'ₒ'),
    ('p', 'ₚ'),
    ('r', 'ᵣ'),
    ('s', 'ₛ'),
    ('t', 'ₜ'),
    ('u', 'ᵤ'),
    ('v', 'ᵥ'),
    ('x', 'ₓ'),
];

/// Commands that draw nothing: sizes, fonts, accents; their argument stays.
const SILENT: &[&str] = &[
    "left",
    "right",
    "middle",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "Bigl",
    "Bigr",
    "limits",
    "displaystyle",
    "textstyle",
    "scriptsize",
    "small",
    "tiny",
    "bf",
    "it",
    "rm",
    "tt",
    "sf",
    "cal",
    "hat",
    "tilde",
    "bar",
    "vec",
    "overline",
    "widehat",
    "widetilde",
    "underline",
    "boldsymbol",
    "operatorname",
    "text",
    "mathrm",
    "mathbf",
    "mathcal",
    "mathbb",
];

/// Commands that set something and are no sign.
const SETTING: &[&str] = &[
    "frac",
    "tfrac",
    "dfrac",
    "sqrt",
    "binom",
    "textbf",
    "textit",
    "texttt",
    "textsf",
    "textsc",
    "textrm",
    "emph",
    "mathsf",
    "mathtt",
    "mathit",
    "mathfrak",
    "mathscr",
    "bm",
    "mathbfcal",
    "ddot",
    "dot",
    "check",
    "acute",
    "grave",
    "breve",
    "mathring",
    "overset",
    "underset",
    "stackrel",
    "overbrace",
    "underbrace",
    "quad",
    "qquad",
    "mathbin",
    "mathrel",
    "mathop",
    "textstyle",
    "underline",
    "normalsize",
    "footnotesize",
    "large",
];

/// True if nothing in a formula does more than be set.
pub(super) fn is_plain(tex: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
                let is_known = SIGNS.contains_key(name) || SILENT.contains(&name) || SETTING.contains(&name);
                let is_sign = name.is_empty() && rest.starts_with([',', ';', ':', '!', ' ', '%', '#', '&', '_', '|', '^', '\'']);
                if !is_known && !is_sign {
                    return false;
                }
                rest = &rest[name.len().max(1)..];
            }
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            '%' | '#' | '$' | '&' | '~' | '@' => return false,
            c if c.is_control() => return false,
            _ => {}
        }
    }
    depth == 0
}

/// How deep roots and fractions within each other are told apart; below that, braces are as nothing, so that no formula costs much.
const DEEPEST: usize = 4;

/// How many bytes what stands over a root may take.
const LONGEST_INDEX: usize = 9;

/// A formula as text: `\alpha^2` gives `α²`, `\mathcal{O}(n\log n)` gives `O(n log n)`.
pub(super) fn formula(tex: &str) -> String {
    written(tex, 0)
}

/// Writes a formula that stands so deep in another.
fn written(tex: &str, depth: usize) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex.trim();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\\' => command(&mut out, after, depth),
            '^' => script(&mut out, after, RAISED, '^', depth),
            '_' => script(&mut out, after, LOWERED, '_', depth),
            '{' | '}' | '$' => after,
            '~' => {
                out.push(' ');
                after
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes the argument of a command.
fn part(tex: &str, depth: usize) -> String {
    if depth < DEEPEST { written(tex, depth + 1) } else { written(&tex.replace(['{', '}'], ""), depth) }
}

/// Writes what a command stands for and gives what follows it.
fn command<'a>(out: &mut String, text: &'a str, depth: usize) -> &'a str {
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if length == 0 {
        let sign = text.chars().next();
        // `\,` and its like are spaces, `\{` and `\%` are themselves.
        match sign {
            Some(',' | ';' | ':' | '!' | ' ' | '\\') => out.push(' '),
            Some(sign) => out.push(sign),
            None => {}
        }
        return &text[sign.map_or(0, char::len_utf8)..];
    }
    let (name, rest) = text.split_at(length);
    match name {
        "frac" | "tfrac" | "dfrac" => return fraction(out, rest, depth),
        "binom" | "tbinom" | "dbinom" => return binomial(out, rest, depth),
        "sqrt" => return root(out, rest, depth),
        _ => {}
    }
    if let Some(sign) = SIGNS.get(name) {
        out.push_str(sign);
        // The space after a command ends its name and is not shown.
        return rest.strip_prefix(' ').filter(|next| !next.starts_with(char::is_alphanumeric)).unwrap_or(rest);
    }
    let draws = !SILENT.contains(&name) && !rest.trim_start().starts_with('{');
    if draws {
        let joins = out.ends_with(|c: char| c.is_alphanumeric());
        out.push_str(if joins { " " } else { "" });
        out.push_str(name);
        out.push_str(if rest.starts_with(|c: char| c.is_alphanumeric() || c == '\\') { " " } else { "" });
    }
    rest
}

/// `\frac{a+b}{2n}` gives `(a+b)/(2n)`.
fn fraction<'a>(out: &mut String, rest: &'a str, depth: usize) -> &'a str {
    let (above, rest) = argument(rest);
    let (below, rest) = argument(rest);
    let above = part(above, depth);
    let is_one = above.chars().all(char::is_alphanumeric) || is_single(&above, &[RAISED, LOWERED]) || is_root(&above);
    out.push_str(&if is_one { above } else { format!("({above})") });
    out.push('/');
    let is_word = is_named(below);
    let below = part(below, depth);
    let is_one =
        is_single(&below, &[RAISED, LOWERED]) || is_root(&below) || (is_word && below.chars().all(char::is_alphanumeric));
    out.push_str(&if is_one { below } else { format!("({below})") });
    rest
}

/// `\binom{n}{k}` gives `C(n, k)`.
fn binomial<'a>(out: &mut String, rest: &'a str, depth: usize) -> &'a str {
    let (of, rest) = argument(rest);
    let (taken, rest) = argument(rest);
    out.push_str(&format!("C({}, {})", part(of, depth), part(taken, depth)));
    rest
}

/// `\sqrt{1+b}` gives `√(1+b)`, `\sqrt[3]{x}` gives `³√x`.
fn root<'a>(out: &mut String, rest: &'a str, depth: usize) -> &'a str {
    let index = rest.strip_prefix('[').and_then(|inner| inner.bytes().take(LONGEST_INDEX).position(|byte| byte == b']'));
    let (index, rest) = index.map_or(("", rest), |end| (&rest[1..=end], &rest[end + 2..]));
    match index.trim().chars().map(|c| moved(c, RAISED)).collect::<Option<String>>() {
        Some(raised) => out.push_str(&raised),
        None => out.push_str(&format!("[{index}]")),
    }
    let (inner, rest) = argument(rest);
    let inner = part(inner, depth);
    out.push('√');
    out.push_str(&if is_single(&inner, &[LOWERED]) { inner } else { format!("({inner})") });
    rest
}

/// True if a text is a number, or a letter with nothing but such signs behind it: a sign before it means all of it.
fn is_single(text: &str, signs: &[&[(char, char)]]) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return true };
    let is_set = |c: char| signs.iter().any(|signs| signs.iter().any(|(plain, moved)| c == *moved && c != *plain));
    text.bytes().all(|byte| byte.is_ascii_digit()) || (first != '√' && chars.all(is_set))
}

/// True if a text is a root and nothing behind it.
fn is_root(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('√') else { return false };
    is_single(inner, &[LOWERED])
        || inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).is_some_and(|inner| !inner.contains(['(', ')']))
}

/// True if TeX is a word that is set as one, as in `\text{day}`.
fn is_named(tex: &str) -> bool {
    let group = ["\\text", "\\mathrm", "\\operatorname"].iter().find_map(|name| tex.trim().strip_prefix(name));
    group.and_then(|group| group.find('}').map(|end| end + 1 == group.len())).unwrap_or(false)
}

/// The group or the sign that comes next, and what follows it.
fn argument(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    if !text.starts_with('{') {
        let length = match text.strip_prefix('\\') {
            Some(name) => 1 + name.bytes().take_while(u8::is_ascii_alphabetic).count().max(usize::from(!name.is_empty())),
            None => text.chars().next().map_or(0, char::len_utf8),
        };
        return text.split_at(text.floor_char_boundary(length));
    }
    group(text).unwrap_or((&text[1..], ""))
}

/// Writes a superscript or subscript, raised or lowered where Unicode has all its signs.
fn script<'a>(out: &mut String, rest: &'a str, signs: &[(char, char)], mark: char, depth: usize) -> &'a str {
    let (inner, rest) = argument(rest);
    // Nested scripts are rare; one level keeps this linear.
    let inner = if inner.contains(['^', '_']) { inner.replace(['{', '}', '\\'], "") } else { part(inner, depth) };
    match inner.chars().map(|c| moved(c, signs)).collect::<Option<String>>() {
        Some(moved) => out.push_str(&moved),
        None if inner.chars().count() == 1 => {
            out.push(mark);
            out.push_str(&inner);
        }
        None => {
            out.push(mark);
            out.push_str(&format!("({inner})"));
        }
    }
    rest
}

/// The raised or lowered form of a sign.
fn moved(sign: char, signs: &[(char, char)]) -> Option<char> {
    signs.iter().find(|(plain, _)| *plain == sign).map(|(_, moved)| *moved)
}
