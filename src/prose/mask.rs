//! The mask: one walk over a text that swaps whatever Markdown would spoil for marks.

use std::collections::HashMap;

use super::marks::{Kind, Masked};
use super::math::{self, Delimiter};
use super::{emphasis, links, tex};

/// The tags without attributes that digests carry, and the element that stands for each.
const TAGS: &[(&str, &str)] =
    &[("sub", "sub"), ("inf", "sub"), ("sup", "sup"), ("i", "i"), ("b", "b"), ("em", "em"), ("strong", "strong")];

/// The longest formula looked for, in bytes.
const MAX_FORMULA: usize = 4096;
/// The longest link between pages of a notebook, and the longest label of a callout, in bytes.
const MAX_WIKI: usize = 300;
const MAX_LABEL: usize = 32;
/// How many dollars within braces a formula may hold.
const MAX_INNER_DOLLARS: usize = 8;

/// Swaps the pieces of a text that are not for the Markdown parser.
pub(super) fn mask(source: &str) -> Masked {
    let mut walk = Walk {
        source,
        code: emphasis::code_spans(source),
        groups: groups(source),
        closing: HashMap::new(),
        parentheses: positions(source, r"\)"),
        brackets: positions(source, r"\]"),
        title_end: None,
        out: Masked::default(),
    };
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        at = walk.step(at, c).unwrap_or_else(|| {
            walk.out.text.push(c);
            at + c.len_utf8()
        });
    }
    walk.end_title(source.len());
    emphasis::repair(walk.out)
}

struct Walk<'a> {
    source: &'a str,
    /// End of the code span that starts at a backtick.
    code: HashMap<usize, usize>,
    /// The closing brace of an opening one.
    groups: HashMap<usize, usize>,
    /// Closing braces that end an element, and `''` that ends a quotation.
    closing: HashMap<usize, Kind>,
    parentheses: Vec<usize>,
    brackets: Vec<usize>,
    /// Where the title of a callout ends.
    title_end: Option<usize>,
    out: Masked,
}

impl Walk<'_> {
    /// Handles the character at `at`; gives the place to go on at, or nothing to copy the character.
    fn step(&mut self, at: usize, c: char) -> Option<usize> {
        match c {
            '`' => self.backtick(at),
            '$' => self.dollar(at),
            '\\' => self.backslash(at),
            '<' => self.angle(at),
            '~' => self.tilde(at),
            '-' => self.dash(at),
            'h' | 'H' => self.url(at, at),
            '[' => self.wiki(at).or_else(|| self.callout(at)),
            '\n' => self.end_title(at).then(|| self.copy(at, at + 1)),
            '{' => tex::braced_letter(&self.source[at..]).map(|(len, text)| self.mark(at, at + len, Kind::Literal(text))),
            '}' => self.closing.remove(&at).map(|kind| self.mark(at, at + 1, kind)),
            '\'' => self.closing.remove(&at).map(|kind| self.mark(at, at + 2, kind)),
            _ => None,
        }
    }

    fn mark(&mut self, from: usize, to: usize, kind: Kind) -> usize {
        self.out.push(&self.source[from..to], kind);
        to
    }

    fn copy(&mut self, from: usize, to: usize) -> usize {
        self.out.text.push_str(&self.source[from..to]);
        to
    }

    fn before(&self, at: usize) -> Option<char> {
        self.source[..at].chars().next_back()
    }

    fn byte(&self, at: usize) -> u8 {
        self.source.as_bytes().get(at).copied().unwrap_or_default()
    }

    /// TeX quotes go before code: two quoted words would else look like one code span.
    fn backtick(&mut self, at: usize) -> Option<usize> {
        let rest = &self.source[at..];
        let run = rest.bytes().take_while(|&b| b == b'`').count();
        let inner = &rest[run..];
        if run == 2 && !inner.starts_with(char::is_whitespace) {
            let window = &inner[..inner.floor_char_boundary(300)];
            let until_tick = &window[..window.find('`').unwrap_or(window.len())];
            if let Some(close) = until_tick.find("''").filter(|_| !until_tick.contains('\n') || !until_tick.contains("\n\n")) {
                self.closing.insert(at + run + close, Kind::Literal("”".to_owned()));
                return Some(self.mark(at, at + run, Kind::Literal("“".to_owned())));
            }
        }
        let end = self.code.get(&at).copied().unwrap_or(at + run);
        Some(self.copy(at, end))
    }

    fn dollar(&mut self, at: usize) -> Option<usize> {
        let is_double = self.byte(at + 1) == b'$';
        let (delimiter, width) = if is_double { (Delimiter::Dollars, 2) } else { (Delimiter::Dollar, 1) };
        let start = at + width;
        let close = if is_double { self.find_dollars(start) } else { self.find_dollar(start) };
        self.formula(at, start, close, width, delimiter)
    }

    fn find_dollars(&self, start: usize) -> Option<usize> {
        let end = self.source.floor_char_boundary(start + MAX_FORMULA);
        let window = &self.source[start..end];
        let single = window.find('$')?;
        window[single..].starts_with("$$").then_some(start + single)
    }

    /// Finds the dollar that closes a formula: the first one, or a later one where braces are still open.
    fn find_dollar(&self, start: usize) -> Option<usize> {
        let end = self.source.floor_char_boundary(start + MAX_FORMULA);
        let (mut depth, mut n_dollars, mut at) = (0usize, 0usize, start);
        while at < end {
            match self.byte(at) {
                b'\\' => at += 1,
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b'$' if depth == 0 => return Some(at),
                b'$' if n_dollars == MAX_INNER_DOLLARS => return None,
                b'$' => n_dollars += 1,
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn formula(&mut self, at: usize, start: usize, close: Option<usize>, width: usize, delimiter: Delimiter) -> Option<usize> {
        let close = close.filter(|close| close - start <= MAX_FORMULA)?;
        let end = close + width;
        let content = &self.source[start..close];
        if !math::is_formula(content, delimiter, self.source[end..].chars().next()) {
            return None;
        }
        let tex = content.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        Some(self.mark(at, end, Kind::Math { tex, display: delimiter.is_display() }))
    }

    fn backslash(&mut self, at: usize) -> Option<usize> {
        let rest = &self.source[at..];
        let next = rest.chars().nth(1)?;
        let found = match next {
            '(' => self.bracketed(at, Delimiter::Parenthesis),
            '[' => self.bracketed(at, Delimiter::Bracket),
            c if c.is_ascii_alphabetic() => self.command(at),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        let after_letter = self.before(at).is_some_and(char::is_alphabetic);
        if let Some((len, text)) = tex::letter(rest, after_letter) {
            return Some(self.mark(at, at + len, Kind::Literal(text)));
        }
        // An escaped sign stays escaped; only a letter after a backslash may begin something else.
        let len = if next.is_ascii_punctuation() { 2 } else { 1 };
        Some(self.copy(at, at + len))
    }

    fn bracketed(&mut self, at: usize, delimiter: Delimiter) -> Option<usize> {
        let closers = if delimiter.is_display() { &self.brackets } else { &self.parentheses };
        let close = *closers.get(closers.partition_point(|&close| close < at + 2))?;
        let opener = &self.source[at..at + 2];
        let content = self.source.get(at + 2..close).filter(|content| content.len() <= MAX_FORMULA)?;
        // A second opener before the closer: the inner one may be the formula. This also keeps the walk linear.
        let inner = content.find(opener).is_some();
        if inner { None } else { self.formula(at, at + 2, Some(close), 2, delimiter) }
    }

    fn command(&mut self, at: usize) -> Option<usize> {
        let name_len = self.source[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let after = at + 1 + name_len;
        let name = &self.source[at + 1..after];
        if let Some(text) = tex::word(name) {
            let end = if self.source[after..].starts_with("{}") { after + 2 } else { after };
            return Some(self.mark(at, end, Kind::Literal(text.to_owned())));
        }
        if name_len == 1 {
            return None;
        }
        let Some(&close) = self.groups.get(&after) else {
            return self.tie_after(at, after);
        };
        let argument = &self.source[after + 1..close];
        match name {
            "url" => Some(self.mark(at, close + 1, Kind::Url(argument.trim().replace(r"\_", "_")))),
            "href" => {
                let &label_close = self.groups.get(&(close + 1))?;
                self.closing.insert(label_close, Kind::Close("a"));
                Some(self.mark(at, close + 2, Kind::LinkOpen(argument.trim().to_owned())))
            }
            name => {
                let tag = tex::style(name)?;
                self.closing.insert(close, Kind::Close(tag));
                Some(self.mark(at, after + 1, Kind::Open(tag)))
            }
        }
    }

    /// `\Name~is`: the tie after a command is a blank.
    fn tie_after(&mut self, at: usize, after: usize) -> Option<usize> {
        if self.byte(after) != b'~' {
            return None;
        }
        self.copy(at, after);
        Some(self.mark(after, after + 1, Kind::Literal(" ".to_owned())))
    }

    /// Tags without attributes become elements, autolinks become links, any other `<` that could begin markup is text.
    fn angle(&mut self, at: usize) -> Option<usize> {
        let rest = &self.source[at..];
        if let Some((len, kind)) = tag(rest) {
            return Some(self.mark(at, at + len, kind));
        }
        let url_end = links::bare_url_len(&rest[1..]).map(|len| at + 1 + len);
        if let Some(end) = url_end.filter(|&end| self.byte(end) == b'>') {
            let url = self.source[at + 1..end].to_owned();
            return Some(self.mark(at, end + 1, Kind::Url(url)));
        }
        // `](<target>)` belongs to Markdown; should it be no link after all, raw HTML is text there, too.
        let may_be_target = self.source[..at].ends_with("](");
        (!may_be_target).then(|| self.mark(at, at + 1, Kind::Literal("<".to_owned())))
    }

    /// A single tilde is a tie between words (`Mrk~501`) or a sign (`0.6~0.8`), never the start of struck text.
    fn tilde(&mut self, at: usize) -> Option<usize> {
        let (before, after) = (self.before(at), self.source[at + 1..].chars().next());
        let run = self.source[at..].bytes().take_while(|&b| b == b'~').count();
        if run != 1 {
            return Some(self.copy(at, at + run));
        }
        let word_len = self.source[at + 1..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_tie = before.is_some_and(|c| c.is_ascii_alphabetic())
            && after.is_some_and(|c| c.is_ascii_digit() || (c.is_ascii_alphabetic() && 1 < word_len));
        let text = if is_tie { " " } else { "~" };
        Some(self.mark(at, at + 1, Kind::Literal(text.to_owned())))
    }

    /// `--` and `---` are dashes between ASCII letters or digits; elsewhere they are rulers, options, comments.
    fn dash(&mut self, at: usize) -> Option<usize> {
        let run = self.source[at..].bytes().take_while(|&b| b == b'-').count();
        let end = at + run;
        let is_between = self.before(at).is_some_and(|c| c.is_ascii_alphanumeric()) && self.byte(end).is_ascii_alphanumeric();
        match run {
            2 if is_between => Some(self.mark(at, end, Kind::Literal("–".to_owned()))),
            3 if is_between => Some(self.mark(at, end, Kind::Literal("—".to_owned()))),
            _ => Some(self.copy(at, end)),
        }
    }

    /// `[[page|words]]` of notebooks leads to a file that is not on the site: its words are shown. `[[1]]` is a reference, `x[[i]]` code.
    fn wiki(&mut self, at: usize) -> Option<usize> {
        let inner = self.source[at..].strip_prefix("[[")?;
        let window = &inner[..inner.floor_char_boundary(MAX_WIKI)];
        let length = window.find(['[', ']', '\n'])?;
        let after = window[length..].strip_prefix("]]")?;
        if after.starts_with('(') || self.before(at).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let (page, words) = window[..length].split_once('|').unwrap_or((&window[..length], ""));
        let words = if words.trim().is_empty() { page.trim_end_matches('\\') } else { words };
        if !words.contains(char::is_alphabetic) {
            return None;
        }
        // `![[page]]` shows what is on that page.
        if self.before(at) == Some('!') {
            self.out.text.pop();
        }
        Some(self.mark(at, at + length + 4, Kind::Literal(words.trim().to_owned())))
    }

    /// `> [!tip]- Title` begins a callout of a notebook: a quotation whose title stands on a line of its own.
    fn callout(&mut self, at: usize) -> Option<usize> {
        let inner = self.source[at..].strip_prefix("[!")?;
        let above = self.source[..at].trim_end_matches([' ', '>']);
        let begins_line = above.is_empty() || above.ends_with('\n');
        let quoted = begins_line && self.source[above.len()..at].trim_end_matches(' ').ends_with('>');
        let label = &inner[..inner[..inner.floor_char_boundary(MAX_LABEL)].find(']')?];
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        if !quoted || !label.starts_with(char::is_alphabetic) || !label.chars().all(is_word) {
            return None;
        }
        let after = &inner[label.len() + 1..];
        let rest = after.strip_prefix(['+', '-']).unwrap_or(after);
        let title = rest.split('\n').next().unwrap_or_default();
        let start = self.source.len() - rest.len();
        self.title_end = Some(start + title.len());
        let begin = self.mark(at, start + title.len() - title.trim_start().len(), Kind::Open("strong"));
        if title.trim().is_empty() {
            let mut letters = label.chars();
            let capital = letters.next().into_iter().flat_map(char::to_uppercase);
            let word = capital.chain(letters).collect();
            self.out.push("", Kind::Literal(word));
        }
        Some(begin)
    }

    /// Ends the title of a callout where it ends here.
    fn end_title(&mut self, at: usize) -> bool {
        let ends = self.title_end.take_if(|end| *end == at).is_some();
        if ends {
            self.out.push("", Kind::Close("strong"));
            if at < self.source.len() {
                self.out.push("", Kind::Break);
            }
        }
        ends
    }

    fn url(&mut self, from: usize, at: usize) -> Option<usize> {
        if self.before(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let len = links::bare_url_len(&self.source[at..])?;
        let url = self.source[at..at + len].to_owned();
        Some(self.mark(from, at + len, Kind::Url(url)))
    }
}

fn tag(rest: &str) -> Option<(usize, Kind)> {
    let window = &rest[..rest.floor_char_boundary(12)];
    let end = window.find('>')?;
    let inner = window[1..end].to_ascii_lowercase();
    let name = inner.trim_end();
    if matches!(name.trim_end_matches('/').trim_end(), "br") {
        return Some((end + 1, Kind::Break));
    }
    let (name, is_close) = name.strip_prefix('/').map_or((name, false), |name| (name, true));
    let &(_, element) = TAGS.iter().find(|(known, _)| *known == name)?;
    Some((end + 1, if is_close { Kind::Close(element) } else { Kind::Open(element) }))
}

/// Pairs braces; escaped ones do not count.
fn groups(source: &str) -> HashMap<usize, usize> {
    let mut pairs = HashMap::new();
    let mut open = Vec::new();
    let mut is_escaped = false;
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            _ if is_escaped => {
                is_escaped = false;
                continue;
            }
            b'{' => open.push(at),
            b'}' => pairs.extend(open.pop().map(|start| (start, at))),
            _ => {}
        }
        is_escaped = byte == b'\\';
    }
    pairs
}

fn positions(source: &str, needle: &str) -> Vec<usize> {
    source.match_indices(needle).map(|(at, _)| at).collect()
}
