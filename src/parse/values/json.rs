//! JSON (RFC 8259), JSON Lines, and what scripts write in their place: texts in single quotes, `None` and `True`, raw line ends
//! and bare quotes in texts, commas too many, comments, files that were cut off.

use super::{MAX_DEPTH, Node, Tree, Value};
use crate::parse::claim::Document;
use crate::text::Span;
use std::borrow::Cow;

/// Reads a text that begins with a bracket as one value after the other.
pub(super) fn read<'a>(document: &Document<'a>) -> Option<Tree<'a>> {
    let text = document.text;
    let mut parser = Parser::new(text, 0);
    parser.space();
    let first = parser.peek()?;
    let second = parser.bytes[parser.at + 1..].iter().find(|b| !b.is_ascii_whitespace());
    // `[Title](address)` and `[x]` begin Markdown.
    let opens = match first {
        b'{' => matches!(second, Some(b'"' | b'\'' | b'}')),
        b'[' => matches!(second, Some(b'{' | b'[' | b']' | b'"' | b'\'')) && !text[parser.at..].starts_with("[["),
        _ => false,
    };
    if !opens {
        return None;
    }
    if let Some(tree) = read_lines(text, parser.at) {
        return Some(tree);
    }
    let mut tree = Tree::default();
    while let Some(byte) = parser.peek() {
        let start = parser.at;
        match byte {
            b'{' | b'[' => match parser.value(0) {
                Ok(node) => tree.roots.push(node),
                Err(Broken) => {
                    parser.next_record(start);
                    tree.broken.push(Span::new(start, text[..parser.at].trim_end().len().max(start)));
                }
            },
            b',' | b']' | b'}' => parser.at += 1,
            _ => {
                parser.skip_line();
                tree.broken.push(Span::new(start, parser.at));
            }
        }
        parser.space();
    }
    tree.lenient = parser.lenient;
    tree.cuts = parser.cuts;
    Some(tree)
}

/// Reads JSON Lines: a record goes on to the next line that begins one, so that a broken line costs no other. None if the first
/// line is no whole record, or the next line begins none.
fn read_lines(text: &str, start: usize) -> Option<Tree<'_>> {
    let begins = |at: usize| text[at..].starts_with("{\"") || text[at..].starts_with("{'") || text[at..].starts_with("{ \"");
    let next_line = |at: usize| memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1);
    let first = next_line(start);
    if !begins(start) || first == text.len() || !begins(first) || !text[start..first].trim_end().ends_with(['}', ',']) {
        return None;
    }
    let mut tree = Tree::default();
    let mut at = start;
    while at < text.len() {
        let mut end = next_line(at);
        while end < text.len() && !begins(end) {
            end = next_line(end);
        }
        let mut parser = Parser::new(&text[..end], at);
        let span = Span::new(at, at + text[at..end].trim_end().len());
        match parser.value(0) {
            Ok(node) => tree.roots.push(node),
            Err(Broken) => tree.broken.push(span),
        }
        tree.lenient |= parser.lenient;
        tree.cuts.append(&mut parser.cuts);
        // What stands behind the record on its own lines is none of the next.
        parser.space();
        let rest = text[parser.at.min(end)..end].trim_matches([',', ']', '[', ' ', '\n', '\r', '\t']);
        if !rest.is_empty() && tree.broken.last() != Some(&span) {
            tree.broken.push(Span::new(parser.at, end));
        }
        at = end;
    }
    Some(tree)
}

/// A value that cannot be read.
struct Broken;

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    lenient: bool,
    /// Maps that the end of the text cut off.
    cuts: Vec<Span>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, at: usize) -> Parser<'a> {
        Parser { text, bytes: text.as_bytes(), at, lenient: false, cuts: Vec::new() }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over white space and comments.
    fn space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | 0x1E => self.at += 1,
                b'/' if self.bytes[self.at..].starts_with(b"//") => {
                    self.lenient = true;
                    self.skip_line();
                }
                b'/' if self.bytes[self.at..].starts_with(b"/*") => {
                    self.lenient = true;
                    let end = memchr::memmem::find(&self.bytes[self.at..], b"*/");
                    self.at = end.map_or(self.bytes.len(), |end| self.at + end + 2);
                }
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        let end = memchr::memchr(b'\n', &self.bytes[self.at..]);
        self.at = end.map_or(self.bytes.len(), |end| self.at + end);
    }

    /// Goes to the next line that begins a record, or to the end.
    fn next_record(&mut self, start: usize) {
        self.at = start;
        loop {
            self.skip_line();
            self.space();
            match self.peek() {
                Some(b'{') | None => return,
                Some(_) => {}
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node<'a>, Broken> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth, b']')?,
            Some(b'(') => {
                self.lenient = true;
                self.list(depth, b')')?
            }
            Some(_) => match self.opening_quote() {
                Some(quote) => Value::Text(self.string(quote)),
                None => self.word()?,
            },
            None => return Err(Broken),
        };
        Ok(Node { value, start, end: self.at })
    }

    fn map(&mut self, depth: usize) -> Result<Value<'a>, Broken> {
        let start = self.at;
        self.at += 1;
        let mut pairs = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Map(pairs));
                }
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                // A file that was cut off ends all that is open; the innermost map is the record that lost something.
                None => {
                    self.lenient = true;
                    if self.cuts.is_empty() {
                        self.cuts.push(Span::new(start, self.text.trim_end().len().max(start)));
                    }
                    return Ok(Value::Map(pairs));
                }
                Some(_) => {}
            }
            let key = match self.opening_quote() {
                Some(quote) => self.string(quote),
                None => match self.word()? {
                    Value::Text(word) => word,
                    _ => return Err(Broken),
                },
            };
            self.space();
            match self.peek() {
                Some(b':') => self.at += 1,
                None => continue,
                Some(_) => return Err(Broken),
            }
            self.space();
            if self.peek().is_none() {
                continue;
            }
            if depth >= MAX_DEPTH {
                return Err(Broken);
            }
            let node = self.value(depth + 1)?;
            pairs.push((key, node));
        }
    }

    fn list(&mut self, depth: usize, close: u8) -> Result<Value<'a>, Broken> {
        self.at += 1;
        let mut nodes = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(byte) if byte == close => {
                    self.at += 1;
                    return Ok(Value::List(nodes));
                }
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                None => {
                    self.lenient = true;
                    return Ok(Value::List(nodes));
                }
                Some(_) if depth >= MAX_DEPTH => return Err(Broken),
                Some(_) => nodes.push(self.value(depth + 1)?),
            }
        }
    }

    /// The quote that a text begins with, behind the letter that Python may put in front of it.
    fn opening_quote(&mut self) -> Option<u8> {
        let is_quote = |byte: &&u8| matches!(byte, b'"' | b'\'');
        if matches!(self.peek(), Some(b'u' | b'r' | b'b')) && self.bytes.get(self.at + 1).as_ref().is_some_and(is_quote) {
            self.at += 1;
        }
        self.bytes.get(self.at).filter(is_quote).copied()
    }

    /// A number, `true`, `null`, or a bare word.
    fn word(&mut self) -> Result<Value<'a>, Broken> {
        let rest = &self.bytes[self.at..];
        let ends = |b: &u8| matches!(b, b',' | b'}' | b']' | b')' | b':' | b'"' | b'\'' | b'{' | b'[') || b.is_ascii_whitespace();
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        if length == 0 {
            return Err(Broken);
        }
        let word = &self.text[self.at..self.at + length];
        self.at += length;
        Ok(match word {
            "null" | "None" | "NaN" | "nan" | "undefined" => Value::Null,
            "True" => Value::Text("true".into()),
            "False" => Value::Text("false".into()),
            _ => Value::Text(word.into()),
        })
    }

    /// A text between quotes, after RFC 8259, 7. A quote that nothing follows that could follow a text belongs to the text.
    fn string(&mut self, quote: u8) -> Cow<'a, str> {
        self.lenient |= quote == b'\'';
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut from = start;
        loop {
            let Some(at) = memchr::memchr2(quote, b'\\', &self.bytes[self.at..]).map(|at| self.at + at) else {
                self.lenient = true;
                self.at = self.bytes.len();
                return finish(owned, &self.text[from..]);
            };
            if self.bytes[at] == quote {
                if self.closes(at + 1) {
                    self.at = at + 1;
                    return finish(owned, &self.text[from..at]);
                }
                self.lenient = true;
                self.at = at + 1;
                continue;
            }
            let out = owned.get_or_insert_default();
            out.push_str(&self.text[from..at]);
            self.at = self.escape(at, out);
            from = self.at;
        }
    }

    /// True if what stands here can follow a text.
    fn closes(&self, at: usize) -> bool {
        let next = self.bytes[at..].iter().take(MAX_GAP).find(|b| !b.is_ascii_whitespace());
        matches!(next, None | Some(b',' | b':' | b'}' | b']' | b')'))
    }

    /// Resolves the escape at a backslash and gives the place behind it. One that is none stays as it is.
    fn escape(&self, at: usize, out: &mut String) -> usize {
        let plain = match self.bytes.get(at + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b' | b'f') => ' ',
            Some(c @ (b'"' | b'\'' | b'\\' | b'/')) => char::from(*c),
            Some(b'u') => return self.unicode(at, out),
            Some(b'x') => {
                let code = self.text.get(at + 2..at + 4).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                out.push(code.map_or('\\', char::from));
                return if code.is_some() { at + 4 } else { at + 1 };
            }
            _ => {
                out.push('\\');
                return at + 1;
            }
        };
        out.push(plain);
        at + 2
    }

    fn unicode(&self, at: usize, out: &mut String) -> usize {
        let unit = |at: usize| {
            let hex = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(hex, 16).ok()
        };
        let Some(first) = unit(at) else {
            out.push('\\');
            return at + 1;
        };
        let second = unit(at + 6);
        let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok()).filter(|c| u32::from(*c) > 0xFFFF);
        match pair {
            Some(c) => {
                out.push(c);
                at + 12
            }
            None => {
                out.push(char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER));
                at + 6
            }
        }
    }
}

/// How far behind a quote the next sign is looked for, in bytes.
const MAX_GAP: usize = 256;

fn finish<'a>(owned: Option<String>, rest: &'a str) -> Cow<'a, str> {
    match owned {
        None => rest.into(),
        Some(mut text) => {
            text.push_str(rest);
            text.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::claim::Document;

    fn shown(node: &Node) -> String {
        match &node.value {
            Value::Null => "null".into(),
            Value::Text(text) => format!("{text:?}"),
            Value::List(nodes) => format!("[{}]", nodes.iter().map(shown).collect::<Vec<_>>().join(",")),
            Value::Map(pairs) => {
                let pairs: Vec<String> = pairs.iter().map(|(key, node)| format!("{key}:{}", shown(node))).collect();
                format!("{{{}}}", pairs.join(","))
            }
        }
    }

    fn parsed(text: &str) -> Option<(String, usize)> {
        let document = Document { text, lines: Vec::new(), columns: Vec::new(), extension: String::new(), when: None };
        let tree = read(&document)?;
        Some((tree.roots.iter().map(shown).collect::<Vec<_>>().join(" "), tree.broken.len()))
    }

    #[test]
    fn json_and_what_is_nearly_that() {
        let table = [
            (r#"{"a": [1, true, null], "b": {}}"#, r#"{a:["1","true",null],b:{}}"#, 0),
            (r#"{"a": "x\n\u00e9\ud83d\ude00\"q\" \LaTeX"}"#, "{a:\"x\\né😀\\\"q\\\" \\\\LaTeX\"}", 0),
            ("{'a': 'it\\'s', 'b': None, 'c': \"it's\", 'd': (1, 2,)}", r#"{a:"it's",b:null,c:"it's",d:["1","2"]}"#, 0),
            ("{\"a\": 1}\n{\"a\": 2}\n", r#"{a:"1"} {a:"2"}"#, 0),
            ("{\"a\": 1}\nnot JSON\n{\"a\": ?:}\n{\"a\": 2}\n", r#"{a:"1"} {a:"2"}"#, 2),
            ("{\"a\": 1}\n{\"a\": 2, \"b\":\n{\"a\": 3}\n", r#"{a:"1"} {a:"2"} {a:"3"}"#, 0),
            (r#"{"a": "he said "no" to it", "b": 1}"#, r#"{a:"he said \"no\" to it",b:"1"}"#, 0),
            (r#"[{"a": "x"}, {"a": "cut o"#, r#"[{a:"x"},{a:"cut o"}]"#, 0),
            ("{\"a\": 1, // why\n \"b\": /* x */ 2,}", r#"{a:"1",b:"2"}"#, 0),
        ];
        for (text, tree, broken) in table {
            assert_eq!(parsed(text), Some((tree.to_owned(), broken)), "{text}");
        }
        for text in ["[Title](https://example.org)", "# x", "[x]", "{{ template }}", "", "[[page]]"] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }
}
