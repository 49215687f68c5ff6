//! What all XML files share: a document, elements with text, and what XML may hold.

use crate::model::Day;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesPI, BytesText, Event};
use std::io;

pub(super) type Xml = Writer<Vec<u8>>;

/// A document begun, with its declaration.
pub(super) fn document() -> io::Result<Xml> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    Ok(xml)
}

/// A document that a browser shows by a style sheet.
pub(super) fn styled_document(style: &str) -> io::Result<Xml> {
    let mut xml = document()?;
    let instruction = format!("xml-stylesheet type=\"text/css\" href=\"{}\"", escape(style));
    xml.write_event(Event::PI(BytesPI::new(instruction)))?;
    Ok(xml)
}

/// An element with text. Characters that XML 1.0 does not allow are left out.
pub(super) fn element(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
    let clean = allowed(text);
    let attributes: Vec<(&str, String)> = attributes.iter().map(|(key, value)| (*key, allowed(value))).collect();
    let element = xml.create_element(name).with_attributes(attributes.iter().map(|(key, value)| (*key, value.as_str())));
    if clean.is_empty() {
        element.write_empty()?;
    } else {
        element.write_text_content(BytesText::new(&clean))?;
    }
    Ok(())
}

/// XML 1.0, 2.2: no control characters but tab and line ends, no surrogates, not U+FFFE and U+FFFF.
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|&c| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

/// A text for the content of an element, be it of XML or of HTML.
pub(super) fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
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
        format!("{:02}:{:02}:{:02}", self.second / 3600, self.second / 60 % 60, self.second % 60)
    }

    /// RFC 3339.
    pub(super) fn rfc3339(self) -> String {
        format!("{}T{}Z", self.day, self.time())
    }

    /// RFC 822 with a year of four digits, with the names that it demands, whatever the language.
    pub(super) fn rfc822(self) -> String {
        const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let day = self.day;
        let (weekday, month) = (WEEKDAYS[day.weekday() as usize], MONTHS[day.month() as usize - 1]);
        format!("{weekday}, {:02} {month} {:04} {} +0000", day.day(), day.year(), self.time())
    }
}
