//! The shape of a view: all that a template can tell apart but for the texts that it only prints or tests for being there.

use super::uses::{Use, Uses};
use serde::ser::{self, Impossible, Serialize, Serializer};
use std::collections::BTreeMap;
use tera::{Map, Value};

/// A view is left to the template alone if more bytes than these tell its shape: there is hardly another one like it.
const MAX_BYTES: usize = 4 << 10;

/// The kinds of values, each the first byte of one in the key of a shape.
mod kind {
    pub(super) const NONE: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const SIGNED: u8 = 3;
    pub(super) const UNSIGNED: u8 = 4;
    pub(super) const FLOAT: u8 = 5;
    pub(super) const TEXT: u8 = 6;
    pub(super) const GAP: u8 = 7;
    pub(super) const LIST: u8 = 8;
    pub(super) const MAP: u8 = 9;
    pub(super) const END: u8 = 10;
    /// The end of a map with entries that no template asks for.
    pub(super) const END_WITH_OTHERS: u8 = 11;
}

/// How the names of views are used, made to be looked up often.
#[derive(Debug)]
pub(super) struct Table {
    roots: Names,
    fields: Names,
}

/// Names by length and letters.
#[derive(Debug)]
struct Names {
    names: Vec<(Box<str>, Use)>,
    places: Vec<Vec<u16>>,
}

/// The shape of a view and the texts in its gaps, in order.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Equal for views that a template cannot tell apart but by what it prints.
    pub(super) key: Vec<u8>,
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Table {
    /// Nothing if there are more names than are numbered.
    pub(super) fn of(uses: Uses) -> Option<Table> {
        let fits = uses.roots.len().max(uses.fields.len()) < usize::from(END_OF_MAP);
        fits.then(|| Table { roots: Names::of(uses.roots), fields: Names::of(uses.fields) })
    }

    /// True if a variable or a field has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.roots.find(name).or_else(|| self.fields.find(name)).is_some()
    }
}

impl Names {
    fn of(names: BTreeMap<String, Use>) -> Names {
        let names: Vec<(Box<str>, Use)> = names.into_iter().map(|(name, found)| (name.into(), found)).collect();
        let mut places = vec![Vec::new(); 256];
        for (at, (name, _)) in (0..).zip(&names) {
            places[place_of(name)].push(at);
        }
        Names { names, places }
    }

    fn find(&self, name: &str) -> Option<(u16, Use)> {
        let at = self.places[place_of(name)].iter().find(|&&at| &*self.names[usize::from(at)].0 == name)?;
        Some((*at, self.names[usize::from(*at)].1))
    }
}

fn place_of(name: &str) -> usize {
    let bytes = name.as_bytes();
    let letter = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
    (bytes.len() * 37 + letter(0) * 5 + letter(bytes.len() / 2) * 11 + letter(bytes.len().wrapping_sub(1))) % 256
}

impl Shape {
    /// Takes the shape of a view. False if the view has what shapes do not tell, or too much of it.
    pub(super) fn take<V: Serialize>(&mut self, view: &V, table: &Table) -> bool {
        self.key.clear();
        self.texts.clear();
        self.ends.clear();
        let names = Some(&table.roots);
        let taken = view.serialize(Writer { table, shape: self, names, found: Use::TESTED, is_element: false });
        taken.is_ok() && self.key.len() <= MAX_BYTES
    }

    pub(super) fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[at]]
    }

    pub(super) fn n_texts(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn n_bytes(&self) -> usize {
        self.texts.len()
    }

    /// The fields of a view of this shape with other texts in its gaps.
    pub(super) fn fields(&self, table: &Table, gap: impl Fn(usize) -> String) -> Vec<(String, Value)> {
        let mut reader = Reader { table, key: &self.key, n_gaps: 0, gap };
        reader.byte();
        reader.entries(&table.roots)
    }

    fn number(&mut self, kind: u8, bytes: [u8; 8]) -> Result<(), Unfit> {
        self.key.push(kind);
        self.key.extend(bytes);
        Ok(())
    }

    fn kept(&mut self, text: &str) {
        self.key.extend((text.len() as u32).to_le_bytes());
        self.key.extend(text.as_bytes());
    }

    fn plain(&mut self, kind: u8) -> Result<(), Unfit> {
        self.key.push(kind);
        Ok(())
    }
}

/// A name that the table lacks, in what is read as a whole; its letters follow.
const UNKNOWN: u16 = u16::MAX;

/// Writes a value into the key of a shape.
struct Writer<'a> {
    table: &'a Table,
    shape: &'a mut Shape,
    /// The names that count; none in what is read as a whole.
    names: Option<&'a Names>,
    found: Use,
    is_element: bool,
}

impl<'a> Writer<'a> {
    /// For what is inside of this value, if that is a list or a map.
    fn inner(self, is_list: bool) -> Result<Inner<'a>, Unfit> {
        if self.shape.key.len() > MAX_BYTES {
            return Err(Unfit);
        }
        let looks_into = if is_list { Use::READ.with(Use::PRINTED) } else { Use::READ.with(Use::PRINTED).with(Use::ITERATED) };
        let is_whole = self.names.is_none() || self.found.is_any_of(looks_into);
        self.shape.key.push(if is_list { kind::LIST } else { kind::MAP });
        let names = self.names.filter(|_| !is_whole);
        Ok(Inner { table: self.table, shape: self.shape, names, name: None, has_others: false })
    }
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unfit;
    type SerializeSeq = Inner<'a>;
    type SerializeTuple = Impossible<(), Unfit>;
    type SerializeTupleStruct = Impossible<(), Unfit>;
    type SerializeTupleVariant = Impossible<(), Unfit>;
    type SerializeMap = Inner<'a>;
    type SerializeStruct = Inner<'a>;
    type SerializeStructVariant = Impossible<(), Unfit>;

    fn serialize_bool(self, v: bool) -> Result<(), Unfit> {
        self.shape.plain(if v { kind::TRUE } else { kind::FALSE })
    }

    fn serialize_i8(self, v: i8) -> Result<(), Unfit> {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result<(), Unfit> {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result<(), Unfit> {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result<(), Unfit> {
        self.shape.number(kind::SIGNED, v.to_le_bytes())
    }

    fn serialize_u8(self, v: u8) -> Result<(), Unfit> {
        self.serialize_u64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result<(), Unfit> {
        self.serialize_u64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result<(), Unfit> {
        self.serialize_u64(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result<(), Unfit> {
        self.shape.number(kind::UNSIGNED, v.to_le_bytes())
    }

    fn serialize_f32(self, v: f32) -> Result<(), Unfit> {
        self.serialize_f64(v.into())
    }

    fn serialize_f64(self, v: f64) -> Result<(), Unfit> {
        self.shape.number(kind::FLOAT, v.to_le_bytes())
    }

    fn serialize_char(self, v: char) -> Result<(), Unfit> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<(), Unfit> {
        let Writer { shape, names, found, is_element, .. } = self;
        if v.is_empty() || names.is_none() || is_element || found.is_any_of(Use::READ.with(Use::ITERATED)) {
            shape.key.push(kind::TEXT);
            shape.kept(v);
        } else {
            shape.key.push(kind::GAP);
            shape.texts.push_str(v);
            shape.ends.push(shape.texts.len());
        }
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unfit> {
        Err(Unfit)
    }

    fn serialize_none(self) -> Result<(), Unfit> {
        self.shape.plain(kind::NONE)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unfit> {
        self.shape.plain(kind::NONE)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unfit> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unfit> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unfit> {
        Err(Unfit)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inner<'a>, Unfit> {
        self.inner(true)
    }

    fn serialize_tuple(self, _: usize) -> Result<Impossible<(), Unfit>, Unfit> {
        Err(Unfit)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Unfit>, Unfit> {
        Err(Unfit)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Impossible<(), Unfit>, Unfit> {
        Err(Unfit)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inner<'a>, Unfit> {
        self.inner(false)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inner<'a>, Unfit> {
        self.inner(false)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unfit>, Unfit> {
        Err(Unfit)
    }
}

/// Writes what is inside of a list or map.
struct Inner<'a> {
    table: &'a Table,
    shape: &'a mut Shape,
    names: Option<&'a Names>,
    /// The name of a map's value that comes next.
    name: Option<String>,
    /// True if no template asks for something in it.
    has_others: bool,
}

impl Inner<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let Inner { table, shape, names, .. } = self;
        let names = names.map(|_| &table.fields);
        value.serialize(Writer { table, shape, names, found: Use::TESTED, is_element: true })
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Unfit> {
        let Inner { table, shape, names, has_others, .. } = self;
        let found = match names {
            Some(names) => match names.find(name) {
                Some((at, found)) => {
                    shape.key.extend(at.to_le_bytes());
                    found
                }
                None => {
                    *has_others = true;
                    return Ok(());
                }
            },
            None => {
                shape.key.extend(UNKNOWN.to_le_bytes());
                shape.kept(name);
                Use::READ
            }
        };
        let names = names.map(|_| &table.fields);
        value.serialize(Writer { table, shape, names, found, is_element: false })
    }

    fn finish(self, is_list: bool) -> Result<(), Unfit> {
        if !is_list {
            self.shape.key.extend(END_OF_MAP.to_le_bytes());
        }
        self.shape.plain(if self.has_others { kind::END_WITH_OTHERS } else { kind::END })
    }
}

/// In place of a name where a map ends.
const END_OF_MAP: u16 = u16::MAX - 1;

impl ser::SerializeSeq for Inner<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.element(value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish(true)
    }
}

impl ser::SerializeMap for Inner<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        let key = serde_json::to_value(key).map_err(|_| Unfit)?;
        self.name = Some(key.as_str().ok_or(Unfit)?.to_owned());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let name = self.name.take().ok_or(Unfit)?;
        self.field(&name, value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish(false)
    }
}

impl ser::SerializeStruct for Inner<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unfit> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish(false)
    }
}

/// A view has no shape.
#[derive(Debug)]
struct Unfit;

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a view that has no shape")
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    fn custom<T: std::fmt::Display>(_: T) -> Unfit {
        Unfit
    }
}

/// Reads what [`Writer`] wrote.
struct Reader<'a, G> {
    table: &'a Table,
    key: &'a [u8],
    n_gaps: usize,
    gap: G,
}

impl<G: Fn(usize) -> String> Reader<'_, G> {
    fn byte(&mut self) -> u8 {
        self.bytes::<1>()[0]
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let (bytes, rest) = self.key.split_first_chunk().expect("a shape is whole");
        self.key = rest;
        *bytes
    }

    fn text(&mut self) -> String {
        let length = u32::from_le_bytes(self.bytes()) as usize;
        let (text, rest) = self.key.split_at(length);
        self.key = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn value(&mut self) -> Value {
        match self.byte() {
            kind::FALSE => Value::from(false),
            kind::TRUE => Value::from(true),
            kind::SIGNED => Value::from(i64::from_le_bytes(self.bytes())),
            kind::UNSIGNED => Value::from(u64::from_le_bytes(self.bytes())),
            kind::FLOAT => Value::from(f64::from_le_bytes(self.bytes())),
            kind::TEXT => Value::from(self.text()),
            kind::GAP => {
                self.n_gaps += 1;
                Value::from((self.gap)(self.n_gaps - 1))
            }
            kind::LIST => Value::from(self.elements()),
            kind::MAP => {
                let table = self.table;
                let entries = self.entries(&table.fields);
                Value::from(entries.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>())
            }
            _ => Value::none(),
        }
    }

    fn elements(&mut self) -> Vec<Value> {
        let mut elements = Vec::new();
        while self.key[0] != kind::END {
            elements.push(self.value());
        }
        self.byte();
        elements
    }

    fn entries(&mut self, names: &Names) -> Vec<(String, Value)> {
        let mut entries = Vec::new();
        loop {
            let name = match u16::from_le_bytes(self.bytes()) {
                END_OF_MAP => break,
                UNKNOWN => self.text(),
                at => names.names[usize::from(at)].0.to_string(),
            };
            entries.push((name, self.value()));
        }
        if self.byte() == kind::END_WITH_OTHERS {
            // A map without entries is none to a template that tests for it.
            entries.push((String::new(), Value::none()));
        }
        entries
    }
}
