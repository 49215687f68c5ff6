//! Math: the rule that tells a formula from dollars, escaped brackets and shell variables.

use super::chars::is_cjk;

/// Function names that are no prose although they are words.
const FUNCTIONS: &[&str] = &[
    "log", "ln", "exp", "min", "max", "arg", "sin", "cos", "tan", "tanh", "poly", "polylog", "mod", "gcd", "sup", "inf", "det",
    "dim", "ker", "lim", "Pr", "GL", "SL", "SO", "SE", "SU", "if",
];

/// Commands whose argument is text and may hold any script.
const TEXT_COMMANDS: &[&str] = &[
    "text",
    "textbf",
    "textit",
    "texttt",
    "textsf",
    "textsc",
    "textrm",
    "textnormal",
    "emph",
    "mbox",
    "hbox",
    "href",
    "url",
    "mathrm",
    "operatorname",
    "mathsf",
    "mathtt",
    "mathbf",
    "mathit",
    "unicode",
    "underline",
];

/// Signs that ordinary text with dollars hardly ever has.
const TEX_SIGNS: &[char] = &['\\', '^', '_', '{', '}', '=', '<', '>'];

/// How a formula was delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// `$…$`
    Dollar,
    /// `$$…$$`
    Dollars,
    /// `\(…\)`
    Parenthesis,
    /// `\[…\]`
    Bracket,
}

impl Delimiter {
    /// Tells whether the formula stands on its own line.
    pub(super) fn is_display(self) -> bool {
        matches!(self, Delimiter::Dollars | Delimiter::Bracket)
    }
}

/// Tells whether what stands between two delimiters is a formula; `next` is the character after the closing one.
pub(super) fn is_formula(content: &str, delimiter: Delimiter, next: Option<char>) -> bool {
    let trimmed = content.trim();
    if trimmed.is_empty() || content.contains("\n\n") || !has_balanced_braces(content) {
        return false;
    }
    let bare = without_text_arguments(content);
    if bare.chars().any(is_cjk) || has_prose(&bare) {
        return false;
    }
    let is_single = is_one_letter(trimmed);
    let has_tex = content.contains(TEX_SIGNS);
    match delimiter {
        Delimiter::Dollar => is_dollar_formula(content, &bare, has_tex, next) || (is_single && !is_digit(next)),
        Delimiter::Dollars => has_tex || is_single || !has_word(&bare),
        Delimiter::Parenthesis => has_tex || (content.contains(char::is_alphabetic) && !has_word(&bare)),
        Delimiter::Bracket => has_tex,
    }
}

/// Tells whether braces are balanced; escaped ones do not count.
pub(super) fn has_balanced_braces(content: &str) -> bool {
    let mut depth = 0usize;
    let mut is_escaped = false;
    for byte in content.bytes() {
        match byte {
            _ if is_escaped => {
                is_escaped = false;
                continue;
            }
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
        is_escaped = byte == b'\\';
    }
    depth == 0
}

fn is_dollar_formula(content: &str, bare: &str, has_tex: bool, next: Option<char>) -> bool {
    if has_tex {
        return true;
    }
    if is_digit(next) && content.contains(char::is_alphanumeric) {
        return false;
    }
    // Two prices or two shell variables in a row: `$HOME/$USER`, `$5-$a`.
    // `$G-$equivariant` is one letter and a hyphen, and so a formula.
    let joins = content.ends_with(|c: char| !c.is_alphanumeric() && !")]}'".contains(c)) && !is_letter_and_sign(content);
    if joins && next.is_some_and(|c| c.is_ascii_alphabetic()) {
        return false;
    }
    let is_padded = content.trim() != content;
    let has_prose = content.contains(char::is_whitespace) && has_word(bare);
    !is_padded && !has_prose
}

fn is_letter_and_sign(content: &str) -> bool {
    content.chars().count() == 2 && content.starts_with(char::is_alphabetic)
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn is_one_letter(trimmed: &str) -> bool {
    let mut chars = trimmed.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// The content without the arguments of text commands and without command names.
fn without_text_arguments(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        out.push('\\');
        rest = &rest[at + 1..];
        let name_len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = &rest[..name_len];
        rest = &rest[name_len..];
        if name_len == 0 {
            rest = rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        } else if TEXT_COMMANDS.contains(&name) {
            rest = group(rest).map_or(rest, |(_, behind)| behind);
        }
    }
    out.push_str(rest);
    out
}

/// What stands in the braces at the start of a text, and what follows them.
pub(super) fn group(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 1;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..at], &inner[at + 1..]));
        }
    }
    None
}

/// Tells whether three words of prose follow each other.
fn has_prose(bare: &str) -> bool {
    let mut run = 0;
    for word in bare.split_whitespace() {
        let word = word.trim_matches([',', '.', ';', ':', '(', ')']);
        run = if is_word(word) { run + 1 } else { 0 };
        if run == 3 {
            return true;
        }
    }
    false
}

/// Tells whether there is any word that is not the name of a function.
fn has_word(bare: &str) -> bool {
    bare.split(|c: char| !c.is_alphabetic()).any(is_word)
}

fn is_word(word: &str) -> bool {
    word.is_ascii() && 1 < word.len() && word.chars().all(|c| c.is_ascii_alphabetic()) && !FUNCTIONS.contains(&word)
}
