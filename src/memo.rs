//! Values as bytes and back: what is remembered between builds, and what prints are made of.
//!
//! A type says what it consists of by `memo_fields!` or `memo_variants!`, which fail to
//! compile when a field or a variant is forgotten. The form is of this version of the program alone: who keeps bytes keeps with them the
//! version they are of.

use encoding_rs::UTF_8;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value that can be written as bytes and read back.
pub trait Memo: Sized {
    /// Appends the value to `out`.
    fn put(&self, out: &mut Vec<u8>);

    /// Reads a value; none if there is none of this form at the start of `input`.
    fn get(input: &mut Input) -> Option<Self>;
}

/// Bytes that are being read, from the front.
#[derive(Debug)]
pub struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    /// The bytes from their first one.
    pub fn new(bytes: &'a [u8]) -> Input<'a> {
        Input { rest: bytes }
    }

    /// The next `n` bytes.
    pub fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(n)?;
        self.rest = rest;
        Some(taken)
    }

    /// How many bytes are left.
    pub fn len(&self) -> usize {
        self.rest.len()
    }

    /// True if all has been read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// One of the names of a table, which is what a program can say of names that live as long as it does.
    pub fn name(&mut self, table: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
        let n = usize::try_from(u32::get(self)?).ok()?;
        let written = self.take(n)?;
        table.into_iter().find(|name| name.as_bytes() == written)
    }
}

/// The first 128 bits of a BLAKE3 hash: of what something is made, so that a build sees at once whether it has changed.
pub type Print = u128;

/// The print of bytes.
pub fn print(bytes: &[u8]) -> Print {
    of_hash(&blake3::hash(bytes))
}

/// The print that a hash begins with.
pub fn of_hash(hash: &blake3::Hash) -> Print {
    let (first, _) = hash.as_bytes().split_at(size_of::<Print>());
    Print::from_le_bytes(first.try_into().expect("a BLAKE3 hash has 32 bytes"))
}

/// A value as bytes.
pub fn bytes(value: &impl Memo) -> Vec<u8> {
    let mut out = Vec::new();
    value.put(&mut out);
    out
}

/// The value that all of these bytes are; none if they are not.
pub fn value<T: Memo>(bytes: &[u8]) -> Option<T> {
    let mut input = Input::new(bytes);
    T::get(&mut input).filter(|_| input.is_empty())
}

/// Appends a text with its length, as [`Input::name`] and `String` read it.
pub fn put_text(text: &str, out: &mut Vec<u8>) {
    length(text.len()).put(out);
    out.extend_from_slice(text.as_bytes());
}

fn length(n: usize) -> u32 {
    u32::try_from(n).expect("a value in memory is shorter than 4 GiB, because files are limited far below that")
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Memo for $type {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }

            fn get(input: &mut Input) -> Option<Self> {
                let bytes = input.take(size_of::<$type>())?;
                Some(<$type>::from_le_bytes(bytes.try_into().ok()?))
            }
        }
    )*};
}

numbers!(u8, u32, u64, u128, i32, i64);

impl Memo for usize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u64).put(out);
    }

    fn get(input: &mut Input) -> Option<usize> {
        u64::get(input)?.try_into().ok()
    }
}

impl Memo for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn get(input: &mut Input) -> Option<bool> {
        match u8::get(input)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Memo for String {
    fn put(&self, out: &mut Vec<u8>) {
        put_text(self, out);
    }

    fn get(input: &mut Input) -> Option<String> {
        let n = usize::try_from(u32::get(input)?).ok()?;
        // Checks text beyond ASCII in a fraction of what the standard library takes.
        UTF_8.decode_without_bom_handling_and_without_replacement(input.take(n)?).map(Cow::into_owned)
    }
}

impl<T: Memo> Memo for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(input: &mut Input) -> Option<Option<T>> {
        if bool::get(input)? { T::get(input).map(Some) } else { Some(None) }
    }
}

impl<T: Memo> Memo for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        length(self.len()).put(out);
        self.iter().for_each(|item| item.put(out));
    }

    fn get(input: &mut Input) -> Option<Vec<T>> {
        let n = usize::try_from(u32::get(input)?).ok()?;
        // A length that rotted must not reserve memory for what is not there.
        let mut items = Vec::with_capacity(n.min(input.rest.len()));
        for _ in 0..n {
            items.push(T::get(input)?);
        }
        Some(items)
    }
}

impl<A: Memo, B: Memo> Memo for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn get(input: &mut Input) -> Option<(A, B)> {
        Some((A::get(input)?, B::get(input)?))
    }
}

impl<K: Memo + Ord, V: Memo> Memo for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        length(self.len()).put(out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn get(input: &mut Input) -> Option<BTreeMap<K, V>> {
        Some(Vec::<(K, V)>::get(input)?.into_iter().collect())
    }
}

/// Implements [`Memo`] for a struct by its fields.
macro_rules! memo_fields {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl $crate::memo::Memo for $type {
            fn put(&self, out: &mut Vec<u8>) {
                let $type { $($field),* } = self;
                $($crate::memo::Memo::put($field, out);)*
            }

            fn get(input: &mut $crate::memo::Input) -> Option<Self> {
                Some($type { $($field: $crate::memo::Memo::get(input)?),* })
            }
        }
    };
}

/// Implements [`Memo`] for an enum whose variants hold nothing, by their order.
macro_rules! memo_variants {
    ($type:ident { $($variant:ident),* $(,)? }) => {
        impl $crate::memo::Memo for $type {
            fn put(&self, out: &mut Vec<u8>) {
                // It is complete or does not compile.
                match self { $($type::$variant => {})* }
                out.push(*self as u8);
            }

            fn get(input: &mut $crate::memo::Input) -> Option<Self> {
                let number = <u8 as $crate::memo::Memo>::get(input)?;
                [$($type::$variant),*].into_iter().find(|variant| *variant as u8 == number)
            }
        }
    };
}

pub(crate) use {memo_fields, memo_variants};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_and_what_is_cut_off_does_not() {
        type Value = Vec<(String, Option<BTreeMap<u32, bool>>)>;
        let all: Value = vec![("an".into(), None), (String::new(), Some(BTreeMap::from([(7, true), (9, false)])))];
        let written = bytes(&all);
        assert_eq!(value::<Value>(&written), Some(all));
        for n in 0..written.len() {
            assert_eq!(value::<Value>(&written[..n]), None, "{n}");
        }
        assert_eq!(value::<bool>(&[2]), None);
        assert_eq!(value::<Vec<u64>>(&[0xFF; 4]), None);
    }
}
