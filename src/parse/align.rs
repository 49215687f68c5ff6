//! Which cells of a row belong to which column, when a cell holds bare bars or a bar is missing.
//!
//! The columns' forms decide: a link cell can only stand in a link column, a date in a date column, and so on. Every way to
//! give each column a run of neighbouring cells has a cost, and the cheapest wins (dynamic programming over cells × columns).

use super::date;
use super::lexicon::{Form, is_absent};
use super::link::{is_link, is_relative};
use crate::model::WorkId;
use crate::text::{any_three, trim};
use std::ops::Range;

/// A way to give the cells of a row to the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// For each column the cells it gets; empty where the row has nothing for it.
    pub(super) columns: Vec<Range<usize>>,
    /// True if every column has a cell and every cell the form of its column.
    pub(super) fits: bool,
}

impl Alignment {
    /// One cell for each of `n` columns.
    pub(super) fn plain(n: usize) -> Alignment {
        Alignment { columns: (0..n).map(|i| i..i + 1).collect(), fits: true }
    }
}

/// How a cell agrees with the form of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Yes,
    Absent,
    No,
}

/// Rows larger than this many cells × columns are not weighed: cells go to columns in order.
const MAX_PLACES: usize = 1 << 20;

const MISMATCH: u32 = 12;
const ABSENT: u32 = 1;
const MISSING: u32 = 14;
/// Rows that are too short mostly lack their last cells.
const MISSING_AT_END: u32 = 12;
/// What it costs to join a further cell to a column, by how likely such text holds a bare bar.
const JOIN_TEXT: u32 = 4;
const JOIN_TITLE: u32 = 5;
const JOIN_OTHER: u32 = 16;
const JOIN_FURTHER: u32 = 1;
/// What it costs to take a cell that is a link into a text.
const LINK_IN_TEXT: u32 = 8;
const EMPTY_BESIDE_LINK: u32 = 6;
/// What it costs to cut at a bar inside a formula, code, or a wikilink.
const CUT_INSIDE: u32 = 6;

/// True if a row has one cell for each column and each has its column's form.
pub(super) fn fits(forms: &[Form], cells: &[&str]) -> bool {
    forms.len() == cells.len() && forms.iter().zip(cells).all(|(form, cell)| agreement(*form, cell) != Agreement::No)
}

/// Gives the cells of a row to columns of these forms. `inside[i]` says that the bar before cell `i` stands inside of a
/// formula, code or wikilink.
pub(super) fn align(forms: &[Form], cells: &[&str], inside: &[bool]) -> Alignment {
    let (n, m) = (forms.len(), cells.len());
    if fits(forms, cells) {
        return Alignment::plain(n);
    }
    if n == 0 || (n + 1).saturating_mul(m + 1) > MAX_PLACES {
        return in_order(n, m);
    }
    weigh(forms, cells, inside)
}

/// One cell for each column from the left; the last column takes what is over.
pub(super) fn in_order(n: usize, m: usize) -> Alignment {
    let start = |i: usize| i.min(m);
    let end = |i: usize| if i + 1 == n { m } else { (i + 1).min(m) };
    Alignment { columns: (0..n).map(|i| start(i)..end(i)).collect(), fits: false }
}

/// How a column came to hold the cells up to some cell, on the cheapest way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It has none.
    Missing,
    /// It has this one.
    First,
    /// It has this one and the one before.
    Second,
    /// It has this one and several before.
    Further,
}

const NEVER: u32 = u32::MAX / 4;

/// The costs of one column on the first `i` cells, by what its last step was.
#[derive(Clone, Copy)]
struct State {
    /// With one cell.
    first: u32,
    /// With several.
    joined: u32,
    /// The step by which it came to several.
    join_step: Step,
}

fn weigh(forms: &[Form], cells: &[&str], inside: &[bool]) -> Alignment {
    let (n, m) = (forms.len(), cells.len());
    let is_inside = |i: usize| inside.get(i).copied().unwrap_or(false);
    // Where the row has a link, a column for links is not empty without reason.
    let empty_link = if cells.iter().any(|cell| is_link(cell)) { EMPTY_BESIDE_LINK } else { ABSENT };
    // before[i]: the least cost of the columns so far on the first i cells.
    let mut before: Vec<u32> = vec![NEVER; m + 1];
    before[0] = 0;
    // For each column and number of cells: the best last step, and the step by which several cells came together.
    let mut steps = vec![(Step::Missing, Step::Second); n * (m + 1)];
    for (j, &form) in forms.iter().enumerate() {
        let mut after = vec![NEVER; m + 1];
        let mut state = State { first: NEVER, joined: NEVER, join_step: Step::Second };
        for i in 0..=m {
            if let Some(cell) = i.checked_sub(1).map(|k| cells[k]) {
                state = next_state(state, form, cell, before[i - 1], is_inside(i - 1), empty_link);
            }
            let missing = before[i] + if i == m { MISSING_AT_END } else { MISSING };
            let (open, step) = if i == 0 {
                (NEVER, Step::Missing)
            } else if state.joined < state.first {
                (state.joined, state.join_step)
            } else {
                (state.first, Step::First)
            };
            after[i] = open.min(missing);
            steps[j * (m + 1) + i] = (if missing < open { Step::Missing } else { step }, state.join_step);
        }
        before = after;
    }
    trace_back(forms, cells, &steps)
}

/// Takes one more cell into a column, as its first or joined to the others.
fn next_state(state: State, form: Form, cell: &str, before: u32, inside: bool, empty_link: u32) -> State {
    let cut = if inside { CUT_INSIDE } else { 0 };
    let first = before + cell_cost(form, cell, empty_link) + cut;
    let join = |cost: u32| if inside { 0 } else { cost } + if is_text(form) && lone_link(cell.trim()) { LINK_IN_TEXT } else { 0 };
    let second = state.first.saturating_add(join(join_cost(form)));
    // Text with many bars is one table or formula more often than many mistakes.
    let further = state.joined.saturating_add(join(if is_text(form) { JOIN_FURTHER } else { JOIN_OTHER }));
    if further < second {
        State { first, joined: further, join_step: Step::Further }
    } else {
        State { first, joined: second, join_step: Step::Second }
    }
}

fn trace_back(forms: &[Form], cells: &[&str], steps: &[(Step, Step)]) -> Alignment {
    let (n, m) = (forms.len(), cells.len());
    let mut columns = vec![0..0; n];
    let mut at = m;
    let mut fits = true;
    for j in (0..n).rev() {
        let end = at;
        let mut step = steps[j * (m + 1) + at].0;
        while step == Step::Further && at > 1 {
            at -= 1;
            step = steps[j * (m + 1) + at].1;
        }
        at = at.saturating_sub(match step {
            Step::Missing => 0,
            Step::First => 1,
            Step::Second | Step::Further => 2,
        });
        columns[j] = at..end;
        fits &= at < end && agreement(forms[j], cells[at]) != Agreement::No && (end - at == 1 || is_text(forms[j]));
    }
    Alignment { columns, fits }
}

fn is_text(form: Form) -> bool {
    matches!(form, Form::Text | Form::Title)
}

fn cell_cost(form: Form, cell: &str, empty_link: u32) -> u32 {
    match agreement(form, cell) {
        Agreement::Yes => 0,
        Agreement::Absent if form == Form::Link && cell.trim().is_empty() => empty_link,
        Agreement::Absent => ABSENT,
        Agreement::No => MISMATCH,
    }
}

fn join_cost(form: Form) -> u32 {
    match form {
        Form::Text => JOIN_TEXT,
        Form::Title => JOIN_TITLE,
        _ => JOIN_OTHER,
    }
}

fn agreement(form: Form, cell: &str) -> Agreement {
    let cell = trim(cell);
    let agrees = |yes: bool| if yes { Agreement::Yes } else { Agreement::No };
    match form {
        Form::Text | Form::Title if lone_link(cell) && !cell.starts_with("[![") => agrees(form == Form::Title),
        _ if is_absent(cell) => Agreement::Absent,
        Form::Text | Form::Title => Agreement::Yes,
        Form::Link => agrees(is_link(cell) || is_relative(cell)),
        Form::Date => agrees(cell.len() <= 64 && (date::find(cell).is_some() || is_time(cell))),
        Form::Id => agrees(
            cell.len() <= 200 && !cell.contains('\n') && (is_link(cell) || WorkId::parse(cell).is_some() || !cell.contains(' ')),
        ),
        Form::Number => {
            agrees(cell.len() <= 40 && cell.contains(|c: char| c.is_numeric() || !c.is_alphanumeric() && !c.is_ascii()))
        }
        Form::Names => agrees(names(cell)),
        Form::Words => agrees(cell.len() <= 400 && !cell.contains('\n') && !cell.contains('。')),
    }
}

/// True for a day without its year, a time, or how long ago it was: `07-31`, `Sep 18`, `30 04:06`, `2 hours ago`, `3天前`, `昨天`.
fn is_time(cell: &str) -> bool {
    if cell.len() > MAX_TIME {
        return false;
    }
    let first = cell.split(' ').next().unwrap_or(cell);
    let rest = cell.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | '/' | '.' | ' '));
    let unit = rest.split([' ', '(']).next().unwrap_or(rest);
    let is_unit = unit.is_empty() || UNITS.contains(&unit) || rest.starts_with(UNIT_SIGNS);
    if cell.starts_with(|c: char| c.is_ascii_digit()) {
        return is_unit;
    }
    let names_month = || first.bytes().all(|b| b.is_ascii_alphabetic()) && date::may_name_month(first);
    cell.ends_with(|c: char| c.is_ascii_digit()) && names_month() || TIMES.iter().any(|time| time.eq_ignore_ascii_case(first))
}

/// Times are no longer than this, in bytes.
const MAX_TIME: usize = 24;

/// Words for a time, or with which one begins.
const TIMES: &[&str] =
    &["yesterday", "today", "now", "just", "昨天", "今天", "前天", "刚刚", "剛剛", "昨日", "今日", "어제", "오늘"];

/// Units of time behind a number.
const UNITS: &[&str] = &[
    "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour", "hours", "d",
    "day", "days", "w", "week", "weeks", "mo", "month", "months", "y", "year", "years", "am", "pm", "AM", "PM",
];

/// What units of time begin with in scripts that set no space.
const UNIT_SIGNS: &[char] =
    &['年', '月', '日', '号', '天', '小', '时', '時', '分', '秒', '周', '週', '个', '個', '년', '월', '일', '시', '분', '주'];

/// True for a cell that is one short link and nothing else, such as `[PDF](…)`.
fn lone_link(cell: &str) -> bool {
    cell.starts_with('[') && cell.ends_with(')') && is_link(cell) && cell.find("](").is_some_and(|at| at <= 12)
}

/// True for what may be a list of names: no line breaks, no sentences, no addresses unless names are linked.
fn names(cell: &str) -> bool {
    let linked = cell.starts_with('[');
    // Nearly no list of names has a line break or a colon.
    let doubtful = any_three(cell.as_bytes(), |a, _, _| (a == b'\n') | (a == b':'));
    cell.len() <= 20_000
        && !(doubtful && (cell.contains('\n') || !linked && cell.contains("://")))
        && (cell.is_ascii() || !cell.contains(['。', '：', '？', '！']) && !cell.contains("——"))
}

/// For each bar of a row whether it stands inside of a formula (`$…$`), code or a wikilink (`[[…]]`) of the same line.
/// `bars` are the offsets of the bars in `row`, ascending.
pub(super) fn bars_inside(row: &str, bars: &[usize]) -> Vec<bool> {
    let bytes = row.as_bytes();
    let mut inside = vec![false; bars.len()];
    let mut from = 0;
    while let Some(at) = memchr::memchr3(b'$', b'`', b'[', &bytes[from..]).map(|at| from + at) {
        let close: &[u8] = match bytes[at] {
            b'$' => b"$",
            b'`' => b"`",
            _ if bytes.get(at + 1) == Some(&b'[') => b"]]",
            _ => {
                from = at + 1;
                continue;
            }
        };
        let reach = &bytes[at + 1..bytes.len().min(at + 1 + INSIDE_REACH)];
        let line = &reach[..memchr::memchr(b'\n', reach).unwrap_or(reach.len())];
        let Some(length) = memchr::memmem::find(line, close) else {
            from = at + 1;
            continue;
        };
        let end = at + 1 + length;
        let first = bars.partition_point(|&bar| bar < at);
        // A span over more than a few bars is two unrelated signs, such as prices in two cells.
        let covered = bars[first..].iter().take_while(|&&bar| bar < end).count();
        if covered <= 3 {
            inside[first..first + covered].fill(true);
            from = end + close.len();
        } else {
            from = at + 1;
        }
    }
    inside
}

/// How long a formula, code or wikilink with a bar in it may be, in bytes.
const INSIDE_REACH: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(forms: &[Form], row: &str) -> Vec<String> {
        let cells: Vec<&str> = row.split('|').collect();
        let bars: Vec<usize> = row.match_indices('|').map(|(at, _)| at).collect();
        let mut inside = vec![false];
        inside.extend(bars_inside(row, &bars));
        let alignment = align(forms, &cells, &inside);
        alignment.columns.into_iter().map(|range| cells[range].join("|").trim().to_owned()).collect()
    }

    #[test]
    fn bare_bars_go_to_the_cell_that_can_hold_them() {
        use Form::{Link, Names, Text, Title};
        let forms = [Title, Names, Link, Link, Title];
        let table = [
            ("A | Karishma | [PDF](http://x) | N/A | B", ["A", "Karishma", "[PDF](http://x)", "N/A", "B"]),
            ("A | 变 | Karishma | [PDF](http://x) | N/A | B | C", ["A | 变", "Karishma", "[PDF](http://x)", "N/A", "B | C"]),
            ("A $P(x|y)$ | K | [PDF](http://x) | N/A | B", ["A $P(x|y)$", "K", "[PDF](http://x)", "N/A", "B"]),
            ("A | K | [PDF](http://x) | N/A", ["A", "K", "[PDF](http://x)", "N/A", ""]),
            (" |  | [PDF](http://x) |  | ", ["", "", "[PDF](http://x)", "", ""]),
        ];
        for (row, expected) in table {
            assert_eq!(columns(&forms, row), expected, "{row}");
        }
        assert_eq!(
            columns(&[Title, Names, Link, Text], "A | B | K | [PDF](None) | s $P(A|B)$ t"),
            ["A | B", "K", "[PDF](None)", "s $P(A|B)$ t"]
        );
        assert_eq!(columns(&[Title, Names, Link, Text], "A | B | K | [PDF](http://x)"), ["A | B", "K", "[PDF](http://x)", ""]);
    }
}
