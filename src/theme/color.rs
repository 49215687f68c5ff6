//! The owner's accent: one colour, made dark enough for light pages and light enough for dark ones.
//!
//! Contrast is that of WCAG 2.2: at least [`CONTRAST`] against white, and against the near-black of dark pages.

/// WCAG asks for 4.5 for text; a little more, since papers are not quite white nor black.
const CONTRAST: f64 = 5.2;

/// The background that light accents are measured against.
const DARK_PAPER: [u8; 3] = [0x1c, 0x1a, 0x18];

/// Reads `#rgb` or `#rrggbb`.
pub(super) fn parse(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    let wide: String = if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
    if wide.len() != 6 || !wide.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&wide[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The CSS that sets the accent for light and dark pages.
pub(super) fn accent_rule(text: &str) -> Option<String> {
    let color = parse(text)?;
    let light = readable(color, [255; 3], [0; 3]);
    let dark = readable(color, DARK_PAPER, [255; 3]);
    Some(format!("\n:root {{ --accent: light-dark({}, {}); }}\n", hex(light), hex(dark)))
}

/// The colour, mixed with `toward` as far as it takes to be read on `paper`.
fn readable(color: [u8; 3], paper: [u8; 3], toward: [u8; 3]) -> [u8; 3] {
    let mut mixed = (0..=40).map(|step| mix(color, toward, f64::from(step) / 40.0));
    mixed.find(|mixed| contrast(*mixed, paper) >= CONTRAST).unwrap_or(toward)
}

fn mix(a: [u8; 3], b: [u8; 3], share: f64) -> [u8; 3] {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes is a byte")]
    let part = |i: usize| (f64::from(a[i]) * (1.0 - share) + f64::from(b[i]) * share).round() as u8;
    [part(0), part(1), part(2)]
}

/// Contrast of two colours, 1–21 (WCAG 2.2, relative luminance).
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2])
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_accent_can_be_read_on_both_papers() {
        for color in ["#ffff00", "#000", "#fff", "#8a2b1f", "#00f", "#7f7f7f", "#0a5"] {
            let color = parse(color).expect("a colour");
            assert!(contrast(readable(color, [255; 3], [0; 3]), [255; 3]) >= CONTRAST);
            assert!(contrast(readable(color, DARK_PAPER, [255; 3]), DARK_PAPER) >= CONTRAST);
        }
        assert_eq!(accent_rule("#8a2b1f").as_deref(), Some("\n:root { --accent: light-dark(#8a2b1f, #b98079); }\n"));
        for wrong in ["red", "#12", "#12345g", "8a2b1f"] {
            assert_eq!(parse(wrong), None);
        }
    }
}
