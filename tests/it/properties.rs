//! Reading anything: no bytes fail it, and what is printed is read back.

use super::fuzz::targets::check_reading;
use daysheet::parse::{InputFile, ReadOptions, Reading, read};
use daysheet::text;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn reading(path: &str, bytes: Vec<u8>) -> Reading {
    read(InputFile { path: path.into(), bytes, modified: None }, &ReadOptions::default())
}

/// What holds of every reading of a table: the spans of its entries are in the order of the text and do not cross, too.
fn check(bytes: Vec<u8>) -> Reading {
    let text = text::decode(bytes.clone()).text;
    let reading = check_reading("2025-11-14-x.md", bytes);
    let mut end = 0;
    for entry in reading.digests.iter().flat_map(|digest| &digest.entries) {
        assert!(entry.span.start >= end && entry.span.start <= entry.span.end, "spans cross");
        end = entry.span.end;
        assert!(end as usize <= text.len());
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

/// Paths of every extension that is read.
const PATHS: &[&str] = &[
    "2025-11-14.md",
    "x.json",
    "2025-11-14.jsonl",
    "x.yaml",
    "2025/11/14.toml",
    "feed.xml",
    "2025-11-14.html",
    "x.rss",
    "issue-4.md",
    "a/en/2025-11.mdx",
    "x.csv",
    "2025-11-14.tsv",
];

/// What begins a file of a format.
const STARTS: &[&str] = &[
    "",
    "---\n",
    "+++\n",
    "{\"",
    "[{\"",
    "<!DOCTYPE html>\n<html>",
    "<?xml version=\"1.0\"?>\n<rss>",
    "<feed>",
    "- title: a\n",
    "[[p]]\n",
    "Title: a\nDate: 2025-01-01\n\n",
    "title,url\n",
    "sep=;\n标题;日期;链接\n",
    "Title\tAuthors\tURL\n",
];

/// Signs and words that mean something to some dialect.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "# ",
    "## ",
    "### 1. ",
    "- ",
    "* ",
    "1. ",
    "1、",
    "> ",
    "---\n",
    "**",
    "**作者**：",
    "Authors: ",
    "- **Link:** ",
    "[a](http://b.c/1)",
    "[",
    "]",
    "](",
    ")",
    "[[a|b]]",
    "[x]: http://y.z\n",
    "[a][x]",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<li>",
    "<ul>",
    "<div class=\"card\">",
    "</div>",
    "<a href=\"http://b.c\">",
    "</a>",
    "<article>",
    "</article>",
    "<item>",
    "<title>",
    "</title>",
    "</item>",
    "<entry>",
    "<link href=\"http://b.c\"/>",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#x1F600;",
    "<!--",
    "-->",
    "{",
    "}",
    "\"title\"",
    "\"url\": ",
    ": ",
    ",",
    "\"",
    "'",
    "\\",
    "\\u00e9",
    "null",
    "title: ",
    "url: http://b.c\n",
    "key: |\n",
    "&a ",
    "*a",
    "? ",
    "[[p]]\n",
    "title = \"a\"\n",
    "url = 'http://b.c'\n",
    "2025-11-14",
    "14 Nov 2025",
    "2025-W46",
    "第42期",
    "一只狐狸走进了公园",
    "Jane Roe, John Doe",
    "https://arxiv.org/abs/2511.00001",
    "|",
    "| Title | Link |\n|---|---|\n",
    "| a | http://b.c |\n",
    "```\n",
    "🔥",
    "é",
    "\u{FEFF}",
    "\r",
    ";",
    "\"\"",
    "\",\"",
    "\"\n\"",
    "\"a\",http://b.c\n",
];

proptest! {
    #[test]
    fn any_bytes_give_a_reading(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(bytes);
    }

    #[test]
    fn any_bytes_give_a_reading_in_any_format(
        path in proptest::sample::select(PATHS), start in proptest::sample::select(STARTS), bytes in proptest::collection::vec(any::<u8>(), 0..200)
    ) {
        check_reading(path, [start.as_bytes(), &bytes].concat());
    }

    #[test]
    fn any_pieces_give_a_reading_in_any_format(
        path in proptest::sample::select(PATHS),
        start in proptest::sample::select(STARTS),
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)
    ) {
        check_reading(path, format!("{start}{}", pieces.concat()).into_bytes());
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

/// A cell of CSV: words, separators, quotes and line ends, with a letter at both ends since blanks around cells are lost.
fn cell() -> impl Strategy<Value = String> {
    "x[a-z模型 ,;\t\"\n']{0,12}x"
}

proptest! {
    #[test]
    fn cells_in_quotes_are_read_back(
        rows in proptest::collection::vec((cell(), cell()), 1..8), separator in proptest::sample::select(vec![",", ";", "\t"])
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut text = ["title", "url", "affinity", "mood"].join(separator) + "\n";
        for (i, (first, second)) in rows.iter().enumerate() {
            let url = format!("https://example.org/{i}");
            text += &(["Walking on ice", &url, &quoted(first), &quoted(second)].join(separator) + "\n");
        }
        let reading = check_reading("2025-11-14.csv", text.into_bytes());
        let entries = &reading.digests[0].entries;
        prop_assert_eq!(entries.len(), rows.len());
        for (i, (entry, (first, second))) in entries.iter().zip(rows).enumerate() {
            let url = format!("https://example.org/{i}");
            prop_assert_eq!(entry.url(), Some(url.as_str()));
            prop_assert_eq!(&entry.extra, &vec![("affinity".to_owned(), first), ("mood".to_owned(), second)]);
        }
    }

    #[test]
    fn an_open_quote_costs_no_other_row(rows in proptest::collection::vec(words(), 2..8), at in 0_usize..8) {
        let at = at % rows.len();
        let mut text = "title,summary,url\n".to_owned();
        for (i, words) in rows.iter().enumerate() {
            let open = if i == at { "\"" } else { "" };
            text += &format!("{words},{open}{words},https://example.org/{i}\n");
        }
        let reading = check_reading("2025-11-14.csv", text.into_bytes());
        let urls: Vec<String> =
            reading.digests[0].entries.iter().filter_map(|entry| Some(entry.url()?.to_owned())).collect();
        prop_assert_eq!(urls, (0..rows.len()).map(|i| format!("https://example.org/{i}")).collect::<Vec<_>>());
        prop_assert_eq!(reading.findings.kept.iter().filter(|found| found.code == "quote-not-closed").count(), 1);
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
        is_fast(name, "2025-11-14-x.md", text);
    }
}

#[test]
fn no_outline_takes_long() {
    let item = "- [a](http://b.c)\n";
    let nested: String = (0..100_000).map(|depth| format!("{}- [a](http://b.c/{depth})\n", " ".repeat(depth % 190))).collect();
    let nasty: &[(&str, String)] = &[
        ("linked headings", "# [a](http://b.c)\n".repeat(300_000)),
        (
            "headings of all levels",
            (1..7).cycle().take(300_000).map(|level| format!("{} [a](http://b.c)\n", "#".repeat(level))).collect(),
        ),
        ("headings with labels", "## h\nAuthors: Jane Roe, John Doe\nLink: http://b.c\n".repeat(200_000)),
        ("headings over one list", format!("{}{}", "## h\n".repeat(300_000), item.repeat(300_000))),
        ("items", item.repeat(300_000)),
        ("100,000 nested items", nested),
        ("items below one", format!("- a\n{}", "  - [b](http://b.c)\n".repeat(300_000))),
        ("an item of lines", format!("- [a](http://b.c)\n{}", "  words and words\n".repeat(1_000_000))),
        ("labels on one line", format!("## h\n{}", "Link: http://b.c | ".repeat(500_000))),
        ("one heading of 20 MB", format!("## {}", "[a](http://b.c) ".repeat(1_200_000))),
        ("one item of 20 MB", format!("- {}", "word, ".repeat(3_000_000))),
        ("names in an item", format!("- **a** {}", "Jane Roe, ".repeat(2_000_000))),
        ("bold marks", format!("- {}", "**".repeat(5_000_000))),
        ("brackets of headings", format!("## {}", "[1] ".repeat(3_000_000))),
        ("quotes", format!("- [a](http://b.c)\n{}", "> ".repeat(5_000_000))),
        ("wikilinks", "- [[a|b]]\n".repeat(500_000)),
        ("definitions", (0..200_000).map(|n| format!("[r{n}]: http://b.c/{n}\n- [a][r{n}]\n")).collect()),
        ("uses of one long address", format!("[r]: http://b.c/{}\n{}", "x".repeat(1900), "- [a][r]\n".repeat(500_000))),
        ("open brackets of references", format!("[r]: http://b.c\n{}", "[a][".repeat(3_000_000))),
        ("sentences", "- a fox walked into the park and nobody minded\n".repeat(300_000)),
        ("paragraphs", "Title: a fox\nLink: http://b.c\n\n".repeat(300_000)),
        ("rules", "---\n".repeat(2_000_000)),
        ("rows without a header", "|2025-11-14|A fox in the park|Jane Roe et al.|[a](http://b.c)|\n\n".repeat(200_000)),
        ("redirects", format!("- [a]({})\n", "http://a?u=".repeat(150)).repeat(10_000)),
    ];
    for (name, text) in nasty {
        is_fast(name, "2025-11-14-x.md", text);
    }
}

#[test]
fn no_format_takes_long() {
    let nasty: &[(&str, &str, String)] = &[
        ("open lists of JSON", "x.json", "[".repeat(5_000_000)),
        ("open maps of JSON", "x.json", "{\"a\":".repeat(3_000_000)),
        ("open texts of JSON", "x.json", format!("[{}", "{\"title\":\"a\",\"url\":\"http://b.c\"},\n".repeat(400_000))),
        ("quotes of JSON", "x.json", format!("{{\"a\": \"{}", "\"a ".repeat(3_000_000))),
        ("broken lines", "x.jsonl", "{\"title\": \"a\", \"url\": ?:\n".repeat(500_000)),
        ("lines cut off", "x.jsonl", format!("{{\"title\":\"a\"}}\n{}", "{\"title\": \"a\", \"url\": \n".repeat(500_000))),
        ("records of JSON", "x.json", format!("[{}]", "{\"title\":\"a\",\"url\":\"http://b.c\"},\n".repeat(400_000))),
        (
            "keys of JSON",
            "x.json",
            format!("{{{}\"z\":1}}", (0..500_000).map(|n| format!("\"k{n}\":{{\"title\":\"a\"}},")).collect::<String>()),
        ),
        ("lists in lists of JSON", "x.json", "{\"repo\": [\n".repeat(200_000)),
        ("comments of JSON", "x.json", format!("[{{\"a\":1}}{}", "/*".repeat(3_000_000))),
        ("escapes of JSON", "x.json", format!("[{{\"title\":\"{}\"}}]", "\\u00e9".repeat(2_000_000))),
        ("open lists of YAML", "x.yaml", "- ".repeat(2_000_000)),
        ("flow of YAML", "x.yaml", format!("a: {}", "[".repeat(2_000_000))),
        ("flow maps of YAML", "x.yaml", format!("a: {}", "{a: ".repeat(1_000_000))),
        ("records of YAML", "x.yaml", "- title: a\n  url: http://b.c\n".repeat(100_000)),
        (
            "aliases of YAML",
            "x.yaml",
            format!("a: &a [{}]\nb: &b [{}]\nc: [{}]\n", "x,".repeat(1000), "*a,".repeat(1000), "*b,".repeat(1000)),
        ),
        ("keys of YAML", "x.yaml", (0..200_000).map(|n| format!("k{n}: a\n")).collect()),
        ("tables of TOML", "x.toml", "[[p]]\ntitle = \"a\"\nurl = \"http://b.c\"\n".repeat(100_000)),
        ("open lists of TOML", "x.toml", format!("[[p]]\na = {}", "[".repeat(1_000_000))),
        (
            "items of a feed",
            "x.xml",
            format!("<rss><channel>{}", "<item><title>a</title><link>http://b.c</link></item>".repeat(200_000)),
        ),
        ("open elements of a feed", "x.xml", format!("<rss>{}", "<item>".repeat(1_000_000))),
        ("signs of HTML", "x.html", format!("<!DOCTYPE html><html>{}", "<".repeat(5_000_000))),
        ("open elements", "x.html", format!("<!DOCTYPE html><html>{}", "<div class=\"card\">".repeat(300_000))),
        (
            "classes",
            "x.html",
            format!(
                "<!DOCTYPE html><html>{}",
                (0..300_000).map(|n| format!("<div class=\"card-{}\">", n / 2)).collect::<String>()
            ),
        ),
        ("comments", "x.html", format!("<!DOCTYPE html><html>{}", "<!--".repeat(2_000_000))),
        ("scripts", "x.html", format!("<!DOCTYPE html><html>{}", "<script>".repeat(1_000_000))),
        ("links", "x.html", format!("<!DOCTYPE html><html>{}", "<a href=\"http://b.c\">".repeat(400_000))),
        (
            "articles",
            "x.html",
            format!(
                "<!DOCTYPE html><html>{}",
                "<article><h2><a href=\"http://b.c\">A fox in the park</a></h2></article>".repeat(100_000)
            ),
        ),
        ("cells", "x.html", format!("<!DOCTYPE html><html><table><tr>{}", "<td>a".repeat(500_000))),
        ("lists of HTML", "x.html", format!("<!DOCTYPE html><html>{}", "<ul><li>a".repeat(300_000))),
        ("open elements in Markdown", "x.md", "<table><p><ul>\n".repeat(500_000)),
        ("paragraphs in a row", "x.md", format!("| a | {}", "<p>a</p>".repeat(1_000_000))),
        ("references", "x.html", format!("<!DOCTYPE html><html>{}", "&amp;".repeat(2_000_000))),
        ("signs of references", "x.html", format!("<!DOCTYPE html><html>{}", "&".repeat(5_000_000))),
        ("rows of CSV", "x.csv", format!("title,url\n{}", "a,http://b.c\n".repeat(200_000))),
        ("cells of CSV", "x.csv", format!("title,url\n{}", "a,".repeat(3_000_000))),
        ("quotes of CSV", "x.csv", format!("title,url\n{}", "\"".repeat(5_000_001))),
        ("quotes and commas of CSV", "x.csv", format!("title,url\n{}", "\",".repeat(2_000_000))),
        ("open quotes of CSV", "x.csv", format!("title,url\n{}", "a,\"b\n".repeat(500_000))),
        ("open quotes of CSV before one that closes", "x.csv", format!("title,url\n{}\"\n", "a,\"b\n".repeat(500_000))),
        ("quotes of CSV that close far away", "x.csv", format!("title,url\n{}", "a,\"b\n".repeat(500) + "\"\n").repeat(200)),
        ("torn rows of CSV", "x.csv", format!("title,authors,url\n{}", "a\n".repeat(500_000))),
        ("words of CSV", "x.csv", format!("title,url,summary\na,http://b.c,d\n{}", "a\n".repeat(500_000))),
        ("short rows of CSV in quotes", "x.csv", format!("title,authors,url\n{}", "\"a\nb\"\n".repeat(300_000))),
        (
            "wide rows of CSV",
            "x.csv",
            format!("title,url{}\n{}", ",summary".repeat(38), format!("{}\n", "b,".repeat(2000)).repeat(500)),
        ),
        ("blanks of CSV", "x.csv", format!("title,url\n\"{}", "\" ".repeat(2_000_000))),
        ("slashes of CSV", "x.csv", format!("title,url\n{},b\n", "/".repeat(5_000_000))),
        ("names of columns", "x.csv", "title,url\n".repeat(300_000)),
        ("front matter", "x.md", format!("---\n{}", "a: b\n".repeat(1_000_000))),
    ];
    for (name, path, text) in nasty {
        is_fast(name, path, text);
    }
}

/// How long this thread has run, where the system tells (`proc(5)`, `schedstat`).
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Reading takes seconds at most, in a build that is hardly optimized; quadratic time would be minutes.
fn is_fast(name: &str, path: &str, text: &str) {
    let (started, worked) = (Instant::now(), processor_time());
    let reading = reading(path, text.into());
    // Time that other tests had the processor for says nothing.
    let took = worked.and_then(|before| processor_time()?.checked_sub(before)).unwrap_or_else(|| started.elapsed());
    assert!(reading.ledger.closes(), "{name}");
    assert!(took.as_secs() < 8, "{name}: {took:?} for {} bytes", text.len());
    if took.as_millis() > 800 {
        eprintln!("slow: {name}: {took:?} for {} bytes", text.len());
    }
}
