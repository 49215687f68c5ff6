//! Titles: as readable text, and for BibTeX with their formulas in TeX, capitals kept by braces.

use crate::prose::{self, Piece};

/// The title in TeX, where its formulas are more than the readable text says.
pub(super) fn with_formulas(written: &str) -> Option<String> {
    // What no sign of a formula begins has none.
    if !written.contains(['$', '\\']) {
        return None;
    }
    let pieces = prose::pieces(written);
    let is_formula = |piece: &Piece| matches!(piece, Piece::Formula(tex) if prose::is_plain_formula(tex));
    if !pieces.iter().any(is_formula) {
        return None;
    }
    let tex = |piece: &Piece| match piece {
        // Braces keep styles from changing the case of a formula.
        Piece::Formula(tex) if is_formula(piece) => format!("{{${tex}$}}"),
        Piece::Formula(tex) => text(&prose::plain(&format!("${tex}$"))),
        Piece::Text(plain) => text(plain),
    };
    Some(pieces.iter().map(tex).collect::<String>().trim().to_owned())
}

/// Readable text for a title of BibTeX: escaped, with braces around words whose capitals a style may not change.
pub(super) fn text(plain: &str) -> String {
    let is_word = |c: char| c != ' ' && c < '\u{2E80}';
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain;
    while let Some(first) = rest.chars().next() {
        let is_run = is_word(first);
        let end = rest.find(|c| is_word(c) != is_run).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        out.push_str(&if is_run { word(run) } else { run.to_owned() });
        rest = after;
    }
    out
}

/// What stands between blanks and Han: its capitals are kept, the punctuation around it stays outside.
fn word(run: &str) -> String {
    let before = run.find(char::is_alphanumeric).unwrap_or(run.len());
    let end = run.trim_end_matches(|c: char| !c.is_alphanumeric()).len().max(before);
    let core = &run[before..end];
    if !has_inner_capital(core) {
        return escaped(run);
    }
    format!("{}{{{}}}{}", escaped(&run[..before]), escaped(core), escaped(&run[end..]))
}

/// True for `LLM`, `iPSC`, `3D`, but not for `Text-To-Image`: a capital follows a letter or a digit.
fn has_inner_capital(word: &str) -> bool {
    let mut before = ' ';
    word.chars().any(|c| {
        let is_inner = c.is_uppercase() && before.is_alphanumeric();
        before = c;
        is_inner
    })
}

/// Signs that mean something to TeX, and how they are written. Braces are commands too: BibTeX counts them even behind a backslash.
const SIGNS: &[(char, &str)] = &[
    ('\\', "\\textbackslash{}"),
    ('{', "\\textbraceleft{}"),
    ('}', "\\textbraceright{}"),
    ('$', "\\$"),
    ('&', "\\&"),
    ('%', "\\%"),
    ('#', "\\#"),
    ('_', "\\_"),
    ('^', "\\textasciicircum{}"),
    ('~', "\\textasciitilde{}"),
    // Some readers take it for the start of the next entry.
    ('@', "{@}"),
];

/// Plain text for TeX; other scripts and accents stay as they are, in UTF-8.
pub(super) fn escaped(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        match SIGNS.iter().find(|(sign, _)| *sign == c) {
            Some((_, tex)) => out.push_str(tex),
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_kept_and_signs_escaped() {
        assert_eq!(text("Text-To-Image with LLMs in 3D"), "Text-To-Image with {LLMs} in {3D}");
        assert_eq!(text("(BERT): SARS-CoV-2变异株"), "({BERT}): {SARS-CoV-2}变异株");
        assert_eq!(text("50% of A&B_c {x} \\y"), "50\\% of A\\&B\\_c \\textbraceleft{}x\\textbraceright{} \\textbackslash{}y");
    }

    #[test]
    fn formulas_stay_tex_unless_they_could_do_more_than_be_set() {
        let of = |written: &str| with_formulas(written).unwrap_or_else(|| format!("-{}", text(&prose::plain(written))));
        assert_eq!(of("Uni$^2$Det for all"), "Uni{$^2$}Det for all");
        assert_eq!(of("Federated $\\mathcal{X}$-armed Bandits"), "Federated {$\\mathcal{X}$}-armed Bandits");
        assert!(!of("A $\\input{/etc/passwd}$ B").contains("\\input"));
        assert!(!of("A $\\write18{rm}$ and $x^2$ B").contains("\\write"));
        for wild in ["$\\text{a}\\{$", "$a\\}$", "$x % y$", "a $x$ {", "}}} $\\alpha$"] {
            let tex = of(wild);
            let depth = tex.chars().try_fold(0_usize, |depth, c| match c {
                '{' => Some(depth + 1),
                '}' => depth.checked_sub(1),
                _ => Some(depth),
            });
            assert_eq!(depth, Some(0), "{wild}: {tex}");
        }
    }
}
