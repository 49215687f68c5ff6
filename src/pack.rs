//! Texts packed for scripts: deflated (RFC 1951), as base64 (RFC 4648, without padding). Browsers undo both. And texts for scripts and data.

use flate2::{Compress, Compression, FlushCompress, Status};
use std::cell::RefCell;

thread_local! {
    /// What deflating needs is large beside the texts: each thread makes it once.
    static PACKER: RefCell<Packer> = RefCell::new(Packer { deflate: Compress::new(Compression::new(4), false), bytes: Vec::new() });
}

struct Packer {
    deflate: Compress,
    bytes: Vec<u8>,
}

/// Appends a text, packed.
pub(crate) fn pack_into(out: &mut String, text: &str) {
    PACKER.with_borrow_mut(|Packer { deflate, bytes }| {
        deflate.reset();
        bytes.clear();
        loop {
            let read = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
            let rest = &text.as_bytes()[read.min(text.len())..];
            bytes.reserve(rest.len() / 2 + 256);
            let status = deflate.compress_vec(rest, bytes, FlushCompress::Finish);
            match status.expect("a vector takes all bytes") {
                Status::StreamEnd => break,
                Status::Ok | Status::BufError => {}
            }
        }
        base64_into(out, bytes);
    });
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes that are turned into text at once; a multiple of three.
const AT_ONCE: usize = 3 * 256;

/// Appends bytes as text.
pub(crate) fn base64_into(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len().div_ceil(3) * 4);
    let mut digits = [0; AT_ONCE / 3 * 4];
    for part in bytes.chunks(AT_ONCE) {
        let (threes, rest) = part.as_chunks::<3>();
        let (fours, _) = digits.as_chunks_mut::<4>();
        for (four, three) in fours.iter_mut().zip(threes) {
            *four = digits_of(*three);
        }
        let end = threes.len() * 4;
        let more = match *rest {
            [a] => &digits_of([a, 0, 0])[..2],
            [a, b] => &digits_of([a, b, 0])[..3],
            _ => &[],
        };
        digits[end..end + more.len()].copy_from_slice(more);
        out.push_str(std::str::from_utf8(&digits[..end + more.len()]).expect("digits are ASCII"));
    }
}

fn digits_of([a, b, c]: [u8; 3]) -> [u8; 4] {
    let n = u32::from(a) << 16 | u32::from(b) << 8 | u32::from(c);
    [n >> 18, n >> 12, n >> 6, n].map(|sextet| ALPHABET[sextet as usize & 63])
}

/// Appends a text as a string of JSON, which is one of JavaScript too.
pub(crate) fn json_into(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (name, code) = match byte {
            b'"' => ("\\\"", None),
            b'\\' => ("\\\\", None),
            b'\n' => ("\\n", None),
            b'\t' => ("\\t", None),
            b'\r' => ("\\r", None),
            0x08 => ("\\b", None),
            0x0C => ("\\f", None),
            0..0x20 => ("\\u00", Some(byte)),
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(name);
        for digit in code.into_iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            out.extend(char::from_digit(u32::from(digit), 16));
        }
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_standard() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            let mut out = String::new();
            base64_into(&mut out, text.as_bytes());
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn texts_are_json() {
        let text: String = (0..0x100).chain([0x2028, 0x56FE, 0x1F600]).filter_map(char::from_u32).collect();
        let mut out = String::new();
        json_into(&mut out, &text);
        assert_eq!(out, serde_json::to_string(&text).expect("JSON"));
    }

    #[test]
    fn texts_are_packed_whatever_was_packed_before() {
        let noise: String =
            (0..40_000_u32).map(|n| char::from(b' ' + (n.wrapping_mul(2_654_435_761) >> 16) as u8 % 90)).collect();
        for text in ["", "a", &noise, "graph ".repeat(5000).as_str(), "a"] {
            let (mut again, mut alone) = (String::new(), String::new());
            pack_into(&mut again, text);
            std::thread::scope(|scope| scope.spawn(|| pack_into(&mut alone, text)).join().expect("no panic"));
            assert_eq!(again, alone);
        }
    }
}
