//! Reading anything: no bytes fail it, and what is printed is read back.

use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::text;
use proptest::prelude::*;
use std::time::Instant;

fn reading(bytes: Vec<u8>) -> Reading {
    read(InputFile { path: "2025-11-14-x.md".into(), bytes }, &ReadOptions::default())
}

/// What holds of every reading.
fn check(bytes: Vec<u8>) -> Reading {
    let text = text::decode(bytes.clone()).text;
    let reading = reading(bytes);
    assert!(reading.ledger.closes(), "{:?}", reading.ledger);
    assert_eq!(reading.lines.total(), text::lines(&text).count(), "{:?} of {text:?}", reading.lines);
    let mut end = 0;
    for entry in reading.digests.iter().flat_map(|digest| &digest.entries) {
        assert!(entry.span.start >= end && entry.span.start <= entry.span.end, "spans cross");
        end = entry.span.end;
        assert!(end as usize <= text.len() && text.is_char_boundary(end as usize));
    }
    reading
}

const HEADER: &str = "| 标题 | 作者 | PDF链接 | 摘要 |\n|---|---|---|---|\n";

/// Words of a cell: anything but the marks that would make it another cell.
fn words() -> impl Strategy<Value = String> {
    "[a-z图模型，。 ]{1,12}".prop_map(|text| format!("w{}", text.trim()))
}

prop_compose! {
    /// A row of a table with newlines and bars where texts may have them.
    fn row()(title in words(), note in proptest::option::of(words()), bar in any::<bool>(), summary in words(), formula in any::<bool>())
        -> (String, Option<String>, bool, String, bool) { (title, note, bar, summary, formula) }
}

fn print(rows: &[(String, Option<String>, bool, String, bool)]) -> String {
    let mut text = HEADER.to_owned();
    for (i, (title, note, bar, summary, formula)) in rows.iter().enumerate() {
        let title = if *bar { format!("{title} | {title}") } else { title.clone() };
        let note = note.as_ref().map_or(String::new(), |note| format!("\n\n{note}\n- 点"));
        let summary = if *formula { format!("{summary} $P(A|B)$ {summary}") } else { summary.clone() };
        text.push_str(&format!("| {title}{note} | Jane Roe | [PDF](https://example.org/{i}) | {summary} |\n"));
    }
    text
}

proptest! {
    #[test]
    fn any_bytes_give_a_reading(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(bytes);
    }

    #[test]
    fn any_pieces_of_tables_give_a_reading(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "|", "\n", "\r\n", "---", "|---|---|\n", "| 标题 | PDF |\n", "| Title | Authors | Link | Abstract |\n", "[PDF](http://a.b/1)", "[", "](", ")", "N/A", " ", "a", "题",
        "$", "`", "\\", "\\|", "```\n", "# h\n", "## 2025-01-01\n", "---\n", "+++\n", "http://x.y/z", "<a href=", "\u{FEFF}", "10.1101/1", "2511.00001v2", "<br>", "\t",
    ]), 0..60)) {
        check(pieces.concat().into_bytes());
    }

    #[test]
    fn what_is_printed_is_read_back(rows in proptest::collection::vec(row(), 1..12)) {
        let reading = check(print(&rows).into_bytes());
        let entries = &reading.digests[0].entries;
        prop_assert_eq!(entries.len(), rows.len());
        for (i, (entry, (title, note, bar, ..))) in entries.iter().zip(&rows).enumerate() {
            let url = format!("https://example.org/{i}");
            prop_assert_eq!(entry.url(), Some(url.as_str()));
            let title = if *bar { format!("{title} | {title}") } else { title.clone() };
            prop_assert_eq!(entry.title.clone(), Some(title.split_whitespace().collect::<Vec<_>>().join(" ")));
            prop_assert_eq!(entry.note.is_some(), note.is_some());
            prop_assert_eq!(&entry.authors, &vec!["Jane Roe".to_owned()]);
        }
    }

    #[test]
    fn a_torn_row_costs_no_other(rows in proptest::collection::vec(row(), 2..8), at in 0_usize..8, torn in words()) {
        let whole = print(&rows);
        let starts: Vec<usize> = whole.match_indices("\n| ").map(|(at, _)| at + 1).collect();
        let at = starts[at % starts.len()];
        let text = format!("{}| {torn}\n{}", &whole[..at], &whole[at..]);
        let reading = check(text.into_bytes());
        prop_assert_eq!(reading.ledger.entries, rows.len());
        prop_assert_eq!(reading.ledger.rejected, 1);
    }
}

#[test]
fn no_input_takes_long() {
    let nasty: &[(&str, String)] = &[
        ("a cell of 20 MB", format!("{HEADER}| {} | a | [PDF](http://a.b) | s |\n", "长".repeat(7_000_000))),
        ("an open cell of lines", format!("{HEADER}| {}", "一行\n".repeat(1_000_000))),
        ("an open cell of lines with links and bars", format!("{HEADER}| {}", "x | http://a.b |\n".repeat(200_000))),
        ("a row of 200,000 cells", format!("{HEADER}|{}\n", " a |".repeat(200_000))),
        ("200,000 links in a row", format!("{HEADER}|{}\n", " [a](http://b.c) |".repeat(200_000))),
        ("50,000 columns", format!("|{}\n|{}\n|{}\n", " Title |".repeat(50_000), "---|".repeat(50_000), " a |".repeat(50_001))),
        ("200,000 rows", format!("{HEADER}{}", "| t | a | [PDF](http://a.b) | s |\n".repeat(200_000))),
        ("200,000 torn rows", format!("{HEADER}{}", "| t\n".repeat(200_000))),
        ("a million bars", format!("{HEADER}{}", "|\n".repeat(1_000_000))),
        ("brackets", format!("{HEADER}| {} | a | [PDF](http://a.b) | s |\n", "[".repeat(5_000_000))),
        ("dollars and bars", format!("{HEADER}| {}", "$|".repeat(3_000_000))),
        ("backticks and bars", format!("{HEADER}| {}", "`|".repeat(3_000_000))),
        ("backslashes", format!("{HEADER}| {}|", "\\".repeat(5_000_000))),
        ("fences", "```x\n".repeat(1_000_000)),
        ("headers", HEADER.repeat(100_000)),
        ("header lines without dashes", "| Title | PDF |\n".repeat(200_000)),
        ("a million headings", "# h\n".repeat(1_000_000)),
        ("colons", format!("{HEADER}| {} | a | [PDF](http://a.b) | s |\n", "http:".repeat(2_000_000))),
        ("addresses", format!("{HEADER}| t | a | {} | s |\n", "http://a.b ".repeat(500_000))),
        ("parentheses", format!("{HEADER}| t | a | [x]({} | s |\n", "(".repeat(5_000_000))),
        ("quotes in a title", format!("{HEADER}| {} 翻译成中文是： | a | [PDF](http://a.b) | s |\n", "“".repeat(2_000_000))),
        (
            "wrapped titles",
            format!("{HEADER}| {}x{} | a | [PDF](http://a.b) | s |\n", "《".repeat(300_000), "》".repeat(300_000)),
        ),
        ("authors", format!("{HEADER}| t | {} | [PDF](http://a.b) | s |\n", "A. Roe, ".repeat(500_000))),
    ];
    for (name, text) in nasty {
        let started = Instant::now();
        let reading = reading(text.clone().into_bytes());
        let took = started.elapsed();
        assert!(reading.ledger.closes());
        assert!(took.as_secs() < 8, "{name}: {took:?} for {} bytes", text.len());
        if took.as_millis() > 800 {
            eprintln!("slow: {name}: {took:?} for {} bytes", text.len());
        }
    }
}
