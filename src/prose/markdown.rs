//! Markdown: the parser's events as balanced tokens, with the marks of the mask opened again.
//!
//! Every element that is opened is closed in the same block. What an author opened and never closed, such as a lone `<sub>`,
//! becomes text again.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::links::{misleads, safe_target};
use super::marks::{Kind, Mark, Masked, Piece};

/// What kind of text is parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Paragraphs, lists, tables, code.
    Block,
    /// One line without blocks and links.
    Line,
}

/// Says after a link where it leads, if its words name another place.
fn tell_hosts(tokens: Vec<Token>) -> Vec<Token> {
    let mut told = Vec::with_capacity(tokens.len());
    let mut open: Option<(String, String)> = None;
    for token in tokens {
        match (&token, &mut open) {
            (Token::OpenLink(target), _) => open = Some((target.clone(), String::new())),
            (Token::Text(text), Some((_, words))) => words.push_str(text),
            _ => {}
        }
        let host = match (&token, &open) {
            (Token::Close("a"), Some((target, words))) => misleads(words, target).map(str::to_owned),
            _ => None,
        };
        if token == Token::Close("a") {
            open = None;
        }
        told.push(token);
        told.extend(host.map(|host| Token::Text(format!(" ({host})"))));
    }
    told
}

/// A piece of a parsed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// The start of an element of HTML, or of `subhead`.
    Open(&'static str),
    /// The end of the element.
    Close(&'static str),
    /// The start of an ordered list and its first number.
    OpenList(u64),
    /// The start of a link to a safe target.
    OpenLink(String),
    /// Text.
    Text(String),
    /// A formula: its TeX, whether it stands alone, and what was written.
    Math { tex: String, display: bool, source: String },
    /// A line end in the source that is none in the output.
    SoftBreak,
    /// A line break.
    Break,
    /// A rule between paragraphs.
    Rule,
}

/// Deeper nesting than this is no longer prose, and browsers suffer from it.
const MAX_DEPTH: usize = 48;

/// Keeps the parser from finding a block at the start of a line; it is in no text, because noncharacters are dropped.
const LINE_START: &str = "\u{FDEF} ";

/// A text without it. Of a line with nothing else the parser has dropped the blank.
fn without_start(text: &str) -> &str {
    text.strip_prefix(LINE_START).or_else(|| text.strip_prefix(LINE_START.trim_end())).unwrap_or(text)
}

/// Parses a masked text. None if it is nested too deep.
pub(super) fn tokens(masked: &Masked, shape: Shape) -> Option<Vec<Token>> {
    let mut writer = Writer { masked, shape, tokens: Vec::new(), open: Vec::new(), links: 0, images: 0, row: "td" };
    let line = format!("{LINE_START}{}", masked.text);
    let text = if shape == Shape::Line { &line } else { &masked.text };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        writer.event(event);
        if writer.open.len() > MAX_DEPTH {
            return None;
        }
    }
    writer.close_marks(0);
    Some(tell_hosts(writer.tokens))
}

/// The name of a link of TeX where there are no links, of which the words remain.
const WORDS: &str = "words";

/// An element that is open: its name, its token, and what was written if a mark opened it.
struct Opened {
    name: &'static str,
    token: usize,
    mark: Option<String>,
}

struct Writer<'a> {
    masked: &'a Masked,
    shape: Shape,
    tokens: Vec<Token>,
    open: Vec<Opened>,
    links: usize,
    images: usize,
    row: &'static str,
}

impl Writer<'_> {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(without_start(&text)),
            Event::Code(code) => {
                self.push(Token::Open("code"));
                self.literal(&code);
                self.push(Token::Close("code"));
            }
            Event::SoftBreak => self.push(Token::SoftBreak),
            Event::HardBreak => self.push(Token::Break),
            Event::Rule => self.push(Token::Rule),
            Event::Html(text) | Event::InlineHtml(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.literal(&text)
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn push(&mut self, token: Token) {
        self.tokens.push(token);
    }

    fn open(&mut self, name: &'static str) {
        self.open_as(name, Token::Open(name), None);
    }

    fn open_as(&mut self, name: &'static str, token: Token, mark: Option<String>) {
        self.open.push(Opened { name, token: self.tokens.len(), mark });
        self.push(token);
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => self.open("p"),
            Tag::Heading { .. } => self.open("subhead"),
            Tag::BlockQuote(_) => self.open("blockquote"),
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => self.open("pre"),
            Tag::List(Some(first)) => self.open_as("ol", Token::OpenList(first), None),
            Tag::List(None) => self.open("ul"),
            Tag::Item => self.open("li"),
            Tag::Table(_) => self.open("table"),
            Tag::TableHead => {
                self.row = "th";
                self.open("tr");
            }
            Tag::TableRow => {
                self.row = "td";
                self.open("tr");
            }
            Tag::TableCell => self.open(self.row),
            Tag::Emphasis => self.open("em"),
            Tag::Strong => self.open("strong"),
            Tag::Strikethrough => self.open("s"),
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } => {
                // An image would be fetched from its host; its words and, outside of titles, a link stand for it.
                self.images += 1;
                self.link(&dest_url);
            }
            _ => {}
        }
    }

    /// Opens a link; its words are shown without one where it cannot be.
    fn link(&mut self, target: &str) {
        let target = self.masked.restore(target);
        self.links += 1;
        match safe_target(&target).filter(|_| self.shape == Shape::Block && self.links == 1) {
            Some(safe) => self.open_as("a", Token::OpenLink(safe.to_owned()), None),
            None => {
                // What the link led to is said after its words, see `end`.
                let said = if self.shape == Shape::Block && self.links == 1 { target } else { String::new() };
                self.open_as("span", Token::Text(String::new()), Some(said));
            }
        }
    }

    fn end(&mut self, end: TagEnd) {
        if matches!(end, TagEnd::Link | TagEnd::Image) {
            return self.end_link();
        }
        let is_inline = matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough);
        let known = is_inline
            || matches!(
                end,
                TagEnd::Paragraph
                    | TagEnd::Heading(_)
                    | TagEnd::BlockQuote(_)
                    | TagEnd::CodeBlock
                    | TagEnd::List(_)
                    | TagEnd::Item
                    | TagEnd::Table
                    | TagEnd::TableHead
                    | TagEnd::TableRow
                    | TagEnd::TableCell
            );
        if !known {
            return;
        }
        let at = self.open.iter().rposition(|opened| opened.mark.is_none()).unwrap_or(0);
        self.close_marks(at + 1);
        if let Some(opened) = self.open.pop() {
            self.push(Token::Close(opened.name));
        }
    }

    fn end_link(&mut self) {
        self.links = self.links.saturating_sub(1);
        let is_link = |opened: &Opened| {
            opened.name == "a" && opened.mark.is_none()
                || opened.name == "span" && self.tokens[opened.token] == Token::Text(String::new())
        };
        let Some(at) = self.open.iter().rposition(is_link) else { return };
        self.close_marks(at + 1);
        match self.open.pop() {
            Some(Opened { name: "a", .. }) => self.push(Token::Close("a")),
            Some(Opened { mark: Some(target), .. }) if !target.is_empty() => self.push(Token::Text(format!(" ({target})"))),
            _ => {}
        }
    }

    /// Turns marks that opened an element from `from` on and never closed it into text.
    fn close_marks(&mut self, from: usize) {
        for opened in self.open.drain(from.min(self.open.len())..) {
            if let Some(source) = opened.mark {
                self.links = self.links.saturating_sub(usize::from(opened.name == "a"));
                self.tokens[opened.token] = Token::Text(source);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let masked = self.masked;
        masked.split(text, |piece| match piece {
            Piece::Text(text) => self.push(Token::Text(text.to_owned())),
            Piece::Mark(mark) => self.mark(mark),
        });
    }

    /// Text in which marks mean nothing, such as code.
    fn literal(&mut self, text: &str) {
        let text = self.masked.restore(text);
        self.push(Token::Text(text));
    }

    fn mark(&mut self, mark: &Mark) {
        let source = mark.source.clone();
        match &mark.kind {
            Kind::Math { tex, display } => self.push(Token::Math { tex: tex.clone(), display: *display, source }),
            Kind::Open(name) => self.open_as(name, Token::Open(name), Some(source)),
            Kind::Close(name) => match self.open.last() {
                Some(Opened { name: WORDS, .. }) if *name == "a" => {
                    self.open.pop();
                }
                Some(opened) if opened.name == *name && opened.mark.is_some() => {
                    self.open.pop();
                    if *name == "a" {
                        self.links = self.links.saturating_sub(1);
                    }
                    self.push(Token::Close(name));
                }
                _ => self.push(Token::Text(source)),
            },
            Kind::Break => self.push(Token::Break),
            Kind::Literal(text) => self.push(Token::Text(text.clone())),
            Kind::Url(url) => self.bare_url(url),
            Kind::LinkOpen(target) => match safe_target(target) {
                Some(safe) if self.shape == Shape::Block && self.links == 0 => {
                    self.links += 1;
                    self.open_as("a", Token::OpenLink(safe.to_owned()), Some(source));
                }
                Some(_) => self.open_as(WORDS, Token::Text(String::new()), Some(source)),
                None => self.push(Token::Text(source)),
            },
        }
    }

    fn bare_url(&mut self, url: &str) {
        let target = safe_target(url).filter(|_| self.shape == Shape::Block && self.links == 0);
        let linked = target.map(|target| Token::OpenLink(target.to_owned()));
        let closes = linked.is_some();
        self.tokens.extend(linked);
        self.push(Token::Text(url.to_owned()));
        if closes {
            self.push(Token::Close("a"));
        }
    }
}
