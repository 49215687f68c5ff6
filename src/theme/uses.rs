//! How templates use the names of what they are given, as far as their texts tell: which texts they only print or test for being there,
//! and which they look into. What cannot be told is taken for a look.
//!
//! Names count, not places: a field that one template compares counts as looked into wherever a template that it reaches uses a field of
//! that name. So it is enough to know which names stand in which forms, and by which names the same value goes.

use super::SITE;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What templates do with the value of a name; none of these: they test whether it is there, or only go through it to its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Use(u8);

impl Use {
    pub(super) const TESTED: Use = Use(0);
    /// It is printed, escaped or as it is.
    pub(super) const PRINTED: Use = Use(1);
    /// Its elements are gone through or counted.
    pub(super) const ITERATED: Use = Use(2);
    /// Anything else: it is compared, filtered, handed to a function.
    pub(super) const READ: Use = Use(4);

    pub(super) fn with(self, other: Use) -> Use {
        Use(self.0 | other.0)
    }

    pub(super) fn is_any_of(self, others: Use) -> bool {
        self.0 & others.0 != 0
    }
}

/// A name, and whether it stands alone or behind a dot: variables and the fields of values are apart.
type Name = (bool, String);

const ROOT: bool = true;

/// The variable of Tera's that is all others.
const EVERYTHING: &str = "__tera_context";

/// What the text of a template, or of a component, tells.
#[derive(Debug, Default)]
struct Unit {
    uses: BTreeMap<Name, Use>,
    /// By which other names values go: this variable is that value, or an element of it.
    aliases: Vec<(String, bool, Name)>,
    templates: BTreeSet<String>,
    components: BTreeSet<String>,
    /// True if it does something after which nothing is certain.
    is_unclear: bool,
}

/// What the texts of all templates of a theme tell.
#[derive(Debug, Default)]
pub(super) struct Units {
    templates: HashMap<String, Unit>,
    /// Of all layers: which one is taken does not matter, since the uses of all are joined.
    components: HashMap<String, Vec<Unit>>,
}

/// How a template, with all that it reaches, uses variables and fields.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    pub(super) roots: BTreeMap<String, Use>,
    pub(super) fields: BTreeMap<String, Use>,
}

impl Units {
    /// Reads templates: full name and text.
    pub(super) fn of(templates: &BTreeMap<String, String>) -> Units {
        let mut units = Units::default();
        for (name, text) in templates {
            let mut reader = Reader::default();
            if reader.read(text).is_none() {
                reader.unit.is_unclear = true;
            }
            for (component, unit) in reader.components {
                units.components.entry(component).or_default().push(unit);
            }
            units.templates.insert(name.clone(), reader.unit);
        }
        units
    }

    /// The uses of a template by its full name, if all is certain; `topmost` has the full names of those that are named without layer.
    pub(super) fn uses(&self, name: &str, topmost: &HashMap<String, String>) -> Option<Uses> {
        let mut reached: Vec<&Unit> = Vec::new();
        let mut names: Vec<(bool, &str)> = vec![(true, name)];
        let mut seen: BTreeSet<(bool, &str)> = names.iter().copied().collect();
        while let Some((is_template, name)) = names.pop() {
            let of_components = || self.components.get(name).map(Vec::as_slice);
            let units = if is_template { self.templates.get(name).map(std::slice::from_ref) } else { of_components() }?;
            for unit in units {
                let others = unit.templates.iter().map(|name| (true, topmost.get(name).unwrap_or(name).as_str()));
                let others = others.chain(unit.components.iter().map(|name| (false, name.as_str())));
                names.extend(others.filter(|other| seen.insert(*other)));
                reached.push(unit);
            }
        }
        if reached.iter().any(|unit| unit.is_unclear) {
            return None;
        }
        let mut uses: BTreeMap<Name, Use> = BTreeMap::new();
        for (name, found) in reached.iter().flat_map(|unit| &unit.uses) {
            let known = uses.entry(name.clone()).or_default();
            *known = known.with(*found);
        }
        let aliases: Vec<_> = reached.iter().flat_map(|unit| &unit.aliases).collect();
        while aliases.iter().any(|(variable, is_element, value)| follow(&mut uses, variable, *is_element, value)) {}
        let mut parted = Uses::default();
        for ((is_root, name), found) in uses {
            if is_root { &mut parted.roots } else { &mut parted.fields }.insert(name, found);
        }
        Some(parted)
    }
}

/// What happens to a variable happens to the value that it is, or is an element of. True if that is new.
fn follow(uses: &mut BTreeMap<Name, Use>, variable: &str, is_element: bool, value: &Name) -> bool {
    let of_variable = uses.get(&(ROOT, variable.to_owned())).copied().unwrap_or_default();
    let added = match of_variable {
        Use::TESTED => Use::TESTED,
        _ if is_element => Use::READ,
        other => other,
    };
    let known = uses.entry(value.clone()).or_default();
    let before = *known;
    *known = known.with(added);
    *known != before
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Text(&'a str),
    Number,
    Sign(&'a str),
}

use Token::{Number, Sign, Text, Word};

/// Words of expressions that are no names.
const KEYWORDS: [&str; 10] = ["and", "or", "not", "in", "is", "if", "else", "true", "false", "none"];

/// Signs of several characters.
const SIGNS: [&str; 9] = ["...", "==", "!=", "<=", ">=", "//", "**", "?.", "?["];

/// A name with its fields, and its place among tokens.
struct Path<'a> {
    names: Vec<&'a str>,
    start: usize,
    end: usize,
}

#[derive(Default)]
struct Reader {
    unit: Unit,
    components: Vec<(String, Unit)>,
    /// The template's own, while a component is read.
    outer: Option<Unit>,
    /// The variables of the loops around, each with whether it goes through what is the same for all renderings.
    loops: Vec<(String, bool)>,
    /// The blocks around that may have another branch: true for loops.
    open: Vec<bool>,
}

impl Reader {
    /// None if the text is not understood.
    fn read(&mut self, text: &str) -> Option<()> {
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            rest = &rest[at + 1..];
            rest = match rest.as_bytes().first() {
                Some(b'#') => rest.split_once("#}")?.1,
                Some(b'{') => {
                    let (tokens, after) = tokens(&rest[1..], "}}")?;
                    self.print(&tokens)?;
                    after
                }
                Some(b'%') => {
                    let (tokens, after) = tokens(&rest[1..], "%}")?;
                    if tokens == [Word("raw")] {
                        let end = after.find("endraw")?;
                        after[end..].split_once("%}")?.1
                    } else {
                        self.tag(&tokens)?;
                        after
                    }
                }
                _ => rest,
            };
        }
        self.outer.is_none().then_some(())
    }

    fn print(&mut self, tokens: &[Token]) -> Option<()> {
        if let [Sign("<"), Word(component), attributes @ .., Sign("/"), Sign(">")] = tokens {
            return self.call(component, attributes);
        }
        let path = first_path(tokens);
        match (&path, tokens) {
            (Some(path), _) if path.end == tokens.len() => self.found(&path.names, Use::PRINTED),
            (Some(path), _) if tokens[path.end..] == [Sign("|"), Word("safe")] => self.found(&path.names, Use::PRINTED),
            (_, [Word("super"), Sign("("), Sign(")")]) => {}
            _ => self.expression(tokens)?,
        }
        Some(())
    }

    fn tag(&mut self, tokens: &[Token]) -> Option<()> {
        let (Word(kind), rest) = tokens.split_first()? else { return None };
        match (*kind, rest) {
            ("block" | "endblock" | "break" | "continue", _) => {}
            ("if", condition) => {
                self.condition(condition)?;
                self.open.push(false);
            }
            ("elif", condition) => self.condition(condition)?,
            // Where a loop has nothing to go through, its variable is not there.
            ("else", []) => {
                if *self.open.last()? {
                    self.loops.last_mut()?.1 = false;
                }
            }
            ("endif", []) => {
                self.open.pop()?;
            }
            ("for", [Word(variable), Word("in"), value @ ..]) => {
                let alias = self.alias(variable, true, value)?;
                self.loops.push(((*variable).to_owned(), alias));
                self.open.push(true);
            }
            ("for", [Word(key), Sign(","), Word(variable), Word("in"), value @ ..]) => {
                self.expression(value)?;
                self.loops.extend([((*key).to_owned(), false), ((*variable).to_owned(), false)]);
                // Both end together.
                self.loops.push((String::new(), false));
                self.open.push(true);
            }
            ("endfor", []) => {
                self.open.pop()?;
                if self.loops.pop()?.0.is_empty() {
                    self.loops.truncate(self.loops.len().checked_sub(2)?);
                }
            }
            ("set" | "set_global", [Word(variable), Sign("="), value @ ..]) if !self.is_constant(variable) => {
                self.alias(variable, false, value)?;
            }
            ("include", [Text(name)]) | ("extends", [Text(name)]) => {
                self.unit.templates.insert((*name).to_owned());
            }
            ("component", [Word(name), parameters @ ..]) if self.outer.is_none() && !is_open(parameters) => {
                self.components.push(((*name).to_owned(), Unit::default()));
                self.outer = Some(std::mem::take(&mut self.unit));
            }
            ("endcomponent", _) => {
                let of_component = std::mem::replace(&mut self.unit, self.outer.take()?);
                self.components.last_mut()?.1 = of_component;
            }
            // Blocks whose text is kept in a variable or filtered, and what is not known.
            _ => return None,
        }
        Some(())
    }

    /// `{{<name attribute={value} …/>}}`: its parameters are the values.
    fn call(&mut self, component: &str, mut attributes: &[Token]) -> Option<()> {
        self.unit.components.insert(component.to_owned());
        while !attributes.is_empty() {
            match attributes {
                [Word(_), Sign("="), Text(_), rest @ ..] => attributes = rest,
                [Word(parameter), Sign("="), Sign("{"), rest @ ..] => {
                    let end = closing(rest)?;
                    self.alias(parameter, false, &rest[..end])?;
                    attributes = &rest[end + 1..];
                }
                _ => return None,
            }
        }
        Some(())
    }

    /// A variable becomes a value, or goes through its elements. True if the value is the same for all renderings.
    fn alias(&mut self, variable: &str, is_element: bool, value: &[Token]) -> Option<bool> {
        let Some(path) = first_path(value).filter(|path| path.end == value.len()) else {
            self.expression(value)?;
            return Some(false);
        };
        if self.is_constant(path.names[0]) {
            return Some(true);
        }
        let name = name_of(&path.names);
        self.found(&path.names, if is_element { Use::ITERATED } else { Use::TESTED });
        self.unit.aliases.push((variable.to_owned(), is_element, name));
        Some(false)
    }

    /// What is asked for in `if`: whether something is there tells of a text no more than that.
    fn condition(&mut self, tokens: &[Token]) -> Option<()> {
        let paths = paths(tokens);
        let is_logic = |token: &Token| matches!(token, Word("and" | "or" | "not") | Sign("(" | ")"));
        let of_paths = |at: usize| paths.iter().any(|path| (path.start..path.end).contains(&at));
        let is_pure = tokens.iter().enumerate().all(|(at, token)| is_logic(token) || of_paths(at));
        let mut depth = 0_usize;
        let depths: Vec<usize> = tokens.iter().map(|token| nesting(token, &mut depth)).collect();
        let is_test = |path: &Path| {
            let before = path.start.checked_sub(1).map(|at| &tokens[at]);
            let after = tokens.get(path.end);
            is_pure
                || depths[path.start] == 0
                    && matches!(before, None | Some(Word("and" | "or" | "not")))
                    && matches!(after, None | Some(Word("and" | "or")))
        };
        self.paths(tokens, &paths, is_test)
    }

    /// Any other expression: all in it is read, but what is only counted.
    fn expression(&mut self, tokens: &[Token]) -> Option<()> {
        self.paths(tokens, &paths(tokens), |_| false)
    }

    fn paths(&mut self, tokens: &[Token], paths: &[Path], is_test: impl Fn(&Path) -> bool) -> Option<()> {
        let is_component = tokens.windows(2).any(|pair| pair == [Sign("/"), Sign(">")]);
        if is_component || tokens.iter().any(|token| matches!(token, Word("super" | EVERYTHING))) {
            return None;
        }
        for path in paths {
            let before = path.start.checked_sub(1).map(|at| tokens[at]);
            let is_counted = tokens[path.end..].starts_with(&[Sign("|"), Word("length")]) && before != Some(Sign("~"));
            let found = match () {
                () if is_test(path) => Use::TESTED,
                () if is_counted => Use::ITERATED,
                () => Use::READ,
            };
            self.found(&path.names, found);
        }
        Some(())
    }

    fn found(&mut self, names: &[&str], found: Use) {
        if names.contains(&EVERYTHING) {
            self.unit.is_unclear = true;
        }
        if self.is_constant(names[0]) {
            return;
        }
        let uses = &mut self.unit.uses;
        uses.entry(name_of(&names[..1])).or_default();
        for at in 1..names.len() {
            uses.entry(name_of(&names[..=at])).or_default();
        }
        let known = uses.entry(name_of(names)).or_default();
        *known = known.with(found);
    }

    fn is_constant(&self, variable: &str) -> bool {
        let of_loop = self.loops.iter().rev().find(|(known, _)| known == variable);
        of_loop.map_or(variable == SITE, |(_, is_constant)| *is_constant)
    }
}

fn name_of(names: &[&str]) -> Name {
    (names.len() == 1, names.last().copied().unwrap_or_default().to_owned())
}

/// True if parameters take what is not named, or hide what is the same for all renderings.
fn is_open(parameters: &[Token]) -> bool {
    let hides = |pair: &[Token]| pair[0] != Sign("@") && pair[1] == Word(SITE);
    parameters.contains(&Sign("...")) || parameters.windows(2).any(hides)
}

/// How deep in brackets a token is, of which the next ones count.
fn nesting(token: &Token, depth: &mut usize) -> usize {
    match token {
        Sign("(" | "[" | "?[" | "{") => *depth += 1,
        Sign(")" | "]" | "}") => *depth = depth.saturating_sub(1),
        _ => {}
    }
    *depth
}

/// Where the brace is that closes one before these tokens.
fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 1_usize;
    tokens.iter().position(|token| {
        match token {
            Sign("{") => depth += 1,
            Sign("}") => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

fn first_path<'a>(tokens: &[Token<'a>]) -> Option<Path<'a>> {
    paths(tokens).into_iter().next().filter(|path| path.start == 0)
}

/// The names in an expression with their fields, without those of functions, filters, tests and arguments.
fn paths<'a>(tokens: &[Token<'a>]) -> Vec<Path<'a>> {
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        at += 1;
        let Word(first) = tokens[start] else { continue };
        let before = start.checked_sub(1).map(|before| tokens[before]);
        let is_applied = match before {
            Some(Sign("|") | Word("is")) => true,
            Some(Word("not")) => start >= 2 && tokens[start - 2] == Word("is"),
            _ => false,
        };
        if is_applied || KEYWORDS.contains(&first) || matches!(tokens.get(at), Some(Sign("(" | "="))) {
            continue;
        }
        let mut names = vec![first];
        while let [Sign("." | "?."), Word(field), ..] = tokens[at..] {
            names.push(field);
            at += 2;
        }
        paths.push(Path { names, start, end: at });
    }
    paths
}

/// The tokens up to the end of a tag, and the text behind it.
fn tokens<'a>(text: &'a str, end: &str) -> Option<(Vec<Token<'a>>, &'a str)> {
    let mut tokens = Vec::new();
    let mut rest = text.strip_prefix('-').unwrap_or(text);
    let mut n_braces = 0_usize;
    loop {
        rest = rest.trim_start();
        if n_braces == 0
            && let Some(after) = rest.strip_prefix('-').unwrap_or(rest).strip_prefix(end)
        {
            return Some((tokens, after));
        }
        let first = rest.chars().next()?;
        let (token, after) = match first {
            '"' | '\'' | '`' => {
                let inner = &rest[1..];
                let length = inner.find(first)?;
                // What is behind such a sign is told by Tera alone.
                if inner[..length].contains('\\') {
                    return None;
                }
                (Text(&inner[..length]), &inner[length + 1..])
            }
            '0'..='9' => (Number, rest.trim_start_matches(|c: char| c.is_ascii_digit())),
            _ if is_of_word(first) => {
                let (word, after) = rest.split_at(rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()));
                (Word(word), after)
            }
            _ => {
                let known = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
                let (sign, after) = rest.split_at(known.map_or(first.len_utf8(), str::len));
                match sign {
                    "{" => n_braces += 1,
                    "}" => n_braces = n_braces.checked_sub(1)?,
                    _ => {}
                }
                (Sign(sign), after)
            }
        };
        tokens.push(token);
        rest = after;
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The uses of `page.html` beside templates that it may reach, variables first, such as `title:P list:I .name:R`; `?` if they are unclear.
    fn told(page: &str) -> String {
        let others = [
            ("part.html", "{{ of_part }}"),
            ("base.html", "{% block main %}{{ of_base | upper }}{% endblock main %}"),
            (
                "components.html",
                "{% component show(text) %}{{ text }}{% endcomponent show %}{% component shout(text) %}{{ text | upper }}{% endcomponent shout %}",
            ),
        ];
        let templates: BTreeMap<String, String> = others
            .into_iter()
            .chain([("page.html", page)])
            .map(|(name, text)| (format!("mine/{name}"), text.to_owned()))
            .collect();
        let topmost = templates.keys().map(|name| (name["mine/".len()..].to_owned(), name.clone())).collect();
        let Some(uses) = Units::of(&templates).uses("mine/page.html", &topmost) else { return "?".to_owned() };
        let letters = |found: Use| -> String {
            let all = [(Use::PRINTED, 'P'), (Use::ITERATED, 'I'), (Use::READ, 'R')];
            all.into_iter().filter(|(one, _)| found.is_any_of(*one)).map(|(_, letter)| letter).collect()
        };
        let roots = uses.roots.iter().map(|(name, found)| format!("{name}:{}", letters(*found)));
        let fields = uses.fields.iter().map(|(name, found)| format!(".{name}:{}", letters(*found)));
        roots.chain(fields).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn uses_are_told_from_texts() {
        for (page, expected) in [
            ("{{ title }}{{- entry.title | safe -}}{{ entry?.id }}", "entry: title:P .id:P .title:P"),
            ("{{ a | upper }}{{ b.c | truncate(length=d) }}", "a:R b: d:R .c:R"),
            ("{% if a %}{% elif not b.c and d %}{% endif %}", "a: b: d: .c:"),
            ("{% if (a or b) and not c %}{% endif %}", "a: b: c:"),
            ("{% if (a or b) == c %}{% endif %}", "a:R b:R c:R"),
            ("{% if a == b and c %}{% endif %}", "a:R b:R c:"),
            ("{% if a is defined %}{% elif b is not defined or c %}{% endif %}", "a:R b:R c:"),
            ("{% if a | length > 1 and b.c | length %}{% endif %}", "a:I b: .c:I"),
            ("{{ a ~ b | length }}", "a:R b:R"),
            ("{{ t(key=\"x\", n=a.n) }}{{ b or c }}{{ d if e else f }}", "a: b:R c:R d:R e:R f:R .n:R"),
            ("{% for e in list %}{{ e.name }}{% endfor %}", "e: list:I .name:P"),
            ("{% for e in list %}{{ e }}{% endfor %}", "e:P list:IR"),
            ("{% for e in a.list %}{{ e | json_encode }}{% endfor %}", "a: e:R .list:IR"),
            ("{% for k, v in map %}{{ k }}{{ v }}{% endfor %}{{ v }}", "k:P map:R v:P"),
            ("{% set x = a.b %}{{ x | upper }}", "a: x:R .b:R"),
            ("{% set x = a | upper %}{{ x }}", "a:R x:P"),
            ("{{<show text={a.b} />}}{{<shout text={ c } />}}", "a: c:PR text:PR .b:PR"),
            ("{{<show text={a ~ b}/>}}{{<show text=\"x\" />}}", "a:R b:R text:P"),
            ("{% include \"part.html\" %}{% include \"mine/part.html\" %}", "of_part:P"),
            ("{% extends \"base.html\" %}{% block main %}{{ super() }}{{ a }}{% endblock %}", "a:P of_base:R"),
            ("{{ site.title | upper }}{% for i in site.list %}{{ i.a | upper }}{% endfor %}{{ i.b }}", "i: .b:P"),
            ("{% for i in site.list %}{% if i %}{% else %}{{ i.a }}{% endif %}{% else %}{{ i.b }}{% endfor %}", "i: .b:P"),
            ("{% for i in site.list %}{% for i in own %}{{ i.a | upper }}{% endfor %}{% endfor %}", "i: own:I .a:R"),
            ("{# {{ a }} #}{% raw %}{{ b }}{% endraw %}{ {{ c }} }", "c:P"),
            ("{{ a[b].c }}{{ d['e'] }}{{ [f, g.h] }}", "a:R b:R c:R d:R f:R g: .h:R"),
            // What cannot be told.
            ("{{ __tera_context }}", "?"),
            ("{{ __tera_context | json_encode }}", "?"),
            ("{% filter upper %}{{ a }}{% endfilter %}", "?"),
            ("{% set x %}{{ a }}{% endset %}{{ x | upper }}", "?"),
            ("{% <show> %}{{ a }}{% </show> %}", "?"),
            ("{{ super() | upper }}", "?"),
            ("{% set x = <show text={a} /> %}", "?"),
            ("{% include [\"part.html\"] %}", "?"),
            ("{% include \"missing.html\" %}", "?"),
            ("{{<unknown />}}", "?"),
            ("{% for i in site.list %}{% set i = a %}{{ i | upper }}{% endfor %}", "?"),
        ] {
            assert_eq!(told(page), expected, "{page}");
        }
    }
}
