//! Numbers of few bytes (LEB128 varints) for binary data in scripts.

/// Appends a number, seven bits a byte, the lowest first.
pub(super) fn varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_take_one_byte() {
        let mut out = Vec::new();
        for n in [0, 127, 128, 16_384] {
            varint(&mut out, n);
        }
        assert_eq!(out, [0, 127, 128, 1, 128, 128, 1]);
    }
}
