//! What all XML files share: elements with text, and what XML may hold.

use crate::model::Day;
use crate::text::with_pairs;

/// An XML file as far as it is written. Every text passes through here, so that escaping and the ban on control characters hold in one place.
pub(super) struct Xml(String);

/// A text as it stands in an element, for those that several files have.
pub(super) struct Escaped(String);

impl Escaped {
    /// Escapes a text. Characters that XML 1.0 does not allow are left out.
    pub(super) fn of(text: &str) -> Escaped {
        let mut escaped = String::with_capacity(text.len() + text.len() / 8);
        put(&mut escaped, text, IN_XML_TEXT);
        Escaped(escaped)
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// About how many bytes an item has beside its content, and a feed beside its items.
pub(super) const USUAL_HEAD: usize = 1024;

/// Names and values of attributes.
type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A part of a file, to be appended to one, of about so many bytes.
    pub(super) fn part(n_bytes: usize) -> Xml {
        Xml(String::with_capacity(n_bytes))
    }

    /// A file of about so many bytes begun, with its declaration.
    pub(super) fn document(n_bytes: usize) -> Xml {
        let mut xml = Xml::part(n_bytes);
        xml.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        xml
    }

    /// A file of about so many bytes that a browser shows by a style sheet.
    pub(super) fn styled_document(style: &str, n_bytes: usize) -> Xml {
        let mut xml = Xml::document(n_bytes);
        xml.0.push_str("<?xml-stylesheet type=\"text/css\" href=\"");
        escape_into(&mut xml.0, style);
        xml.0.push_str("\"?>\n");
        xml
    }

    /// Opens an element that has others in it.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes) {
        self.start(name, attributes);
        self.0.push_str(">\n");
    }

    /// Closes such an element.
    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
    }

    /// Writes an element with text. Characters that XML 1.0 does not allow are left out.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes, text: &str) {
        if self.begin(name, attributes, text.is_empty()) {
            put(&mut self.0, text, IN_XML_TEXT);
            self.close(name);
        }
    }

    /// Writes an element with a text that is escaped already.
    pub(super) fn element_of_escaped(&mut self, name: &str, attributes: Attributes, text: &Escaped) {
        if self.begin(name, attributes, text.0.is_empty()) {
            self.0.push_str(&text.0);
            self.close(name);
        }
    }

    /// Writes what was written apart.
    pub(super) fn append(&mut self, part: &str) {
        self.0.push_str(part);
    }

    /// What is written so far.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// The bytes of the file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// Begins an element that is to have text; false for one without, which is whole already.
    fn begin(&mut self, name: &str, attributes: Attributes, is_empty: bool) -> bool {
        self.start(name, attributes);
        self.0.push_str(if is_empty { "/>\n" } else { ">" });
        !is_empty
    }

    fn start(&mut self, name: &str, attributes: Attributes) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            put(&mut self.0, value, IN_XML_VALUE);
            self.0.push('"');
        }
    }
}

/// What is done with a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Keep,
    Escape(&'static str),
    /// A control character, which XML 1.0 does not allow (2.2).
    Drop,
    /// It may begin U+FFFE or U+FFFF, which XML does not allow either.
    Look,
}

/// What is done with each byte of a text in XML. Quotation marks mean something in attributes alone.
const IN_XML_TEXT: &[Act; 256] = &acts(false, true);
const IN_XML_VALUE: &[Act; 256] = &acts(true, true);

/// What is done with each byte of a text in HTML that will be a text of XML or a string of JSON.
const IN_HTML: &[Act; 256] = &acts(true, false);

const fn acts(with_quotes: bool, for_xml: bool) -> [Act; 256] {
    let mut acts = [Act::Keep; 256];
    let mut byte = 0;
    while for_xml && byte < 0x20 {
        if byte != 0x09 && byte != 0x0A && byte != 0x0D {
            acts[byte] = Act::Drop;
        }
        byte += 1;
    }
    acts[b'&' as usize] = Act::Escape("&amp;");
    acts[b'<' as usize] = Act::Escape("&lt;");
    acts[b'>' as usize] = Act::Escape("&gt;");
    if with_quotes {
        acts[b'"' as usize] = Act::Escape("&quot;");
    }
    if for_xml {
        acts[0xEF] = Act::Look;
    }
    acts
}

/// Appends a text; runs of bytes that stay are copied at once.
fn put(out: &mut String, text: &str, acts: &[Act; 256]) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let (instead, length) = match acts[bytes[at] as usize] {
            Act::Keep => {
                at += 1;
                continue;
            }
            Act::Escape(entity) => (entity, 1),
            Act::Drop => ("", 1),
            // The bytes of U+FFFE and U+FFFF; commas of Chinese begin with the same byte.
            Act::Look if bytes[at + 1] == 0xBF && bytes[at + 2] >= 0xBE => ("", 3),
            Act::Look => {
                at += 3;
                continue;
            }
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        at += length;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Appends a text for the content of an element of HTML or for the value of an attribute.
pub(super) fn escape_into(out: &mut String, text: &str) {
    put(out, text, IN_HTML);
}

/// A moment in UTC: seconds after the midnight with which a day begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    pub(super) day: Day,
    /// 0–86,399.
    pub(super) second: u32,
}

impl Moment {
    /// `hh:mm:ss`.
    fn time(self) -> String {
        let pairs = [(0, self.second / 3600), (3, self.second / 60 % 60), (6, self.second % 60)];
        String::from_utf8_lossy(&with_pairs(b"00:00:00", &pairs)).into_owned()
    }

    /// RFC 3339.
    pub(super) fn rfc3339(self) -> String {
        [&self.day.to_string(), "T", &self.time(), "Z"].concat()
    }

    /// RFC 822 with a year of four digits, with the names that it demands, whatever the language.
    pub(super) fn rfc822(self) -> String {
        const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let day = self.day;
        let (weekday, month) = (WEEKDAYS[day.weekday() as usize], MONTHS[day.month() as usize - 1]);
        let iso = day.to_string();
        [weekday, ", ", &iso[8..], " ", month, " ", &iso[..4], " ", &self.time(), " +0000"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_freed_of_what_xml_does_not_allow() {
        let mut xml = Xml::part(0);
        xml.element("a", &[("b", "\"1\" < 2\u{1}\u{FFFF}")], "A & \"B\" <图>\u{0}\u{B}\t\n\u{FFFE}｡\u{FEFF}");
        xml.element("c", &[], "");
        xml.element_of_escaped("d", &[("e", "\"")], &Escaped::of("\"<\u{1}\u{FFFF}>\""));
        xml.element_of_escaped("f", &[], &Escaped::of(""));
        let first = "<a b=\"&quot;1&quot; &lt; 2\">A &amp; \"B\" &lt;图&gt;\t\n｡\u{FEFF}</a>\n<c/>\n";
        assert_eq!(xml.into_string(), format!("{first}<d e=\"&quot;\">\"&lt;&gt;\"</d>\n<f/>\n"));
        let mut html = String::new();
        escape_into(&mut html, "a<b> & \"c\"");
        assert_eq!(html, "a&lt;b&gt; &amp; &quot;c&quot;");
    }
}
