//! Character references of HTML.

use std::borrow::Cow;

/// Named character references that texts use; the rest are shown as written.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("auml", "ä"),
    ("szlig", "ß"),
    ("ccedil", "ç"),
    ("ntilde", "ñ"),
    ("aacute", "á"),
    ("oacute", "ó"),
    ("iacute", "í"),
    ("euro", "€"),
    ("pound", "£"),
    ("rarr", "→"),
    ("larr", "←"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("mu", "μ"),
];

/// The character that a reference names, without `&` and `;`: `amp`, `#39`, `#x27`.
pub(in crate::parse) fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        return code.and_then(char::from_u32).filter(|c| !c.is_control() || c.is_whitespace()).map(String::from);
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
}

/// How long the name of a character reference is at most, in bytes.
const MAX_ENTITY: usize = 10;

/// A text with its character references resolved.
pub(in crate::parse) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let window = &rest[1..rest.floor_char_boundary(MAX_ENTITY + 2)];
        let found = window.find(';').and_then(|end| Some((end, entity(&window[..end])?)));
        match found {
            Some((end, text)) => {
                out.push_str(&text);
                rest = &rest[end + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}
