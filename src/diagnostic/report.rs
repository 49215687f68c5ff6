//! A constructor for every finding that reading and joining can make. Wording, code and hints live here and nowhere else.

use super::{Diagnostic, Severity};

/// The codes of all findings.
pub const CODES: &[&str] = &[
    "alias-not-unfolded",
    "bare-bar",
    "binary-file",
    "broken-link",
    "broken-utf8",
    "dated-by-file",
    "data-without-entries",
    "days-disagree",
    "dialect-without-entries",
    "duplicate-address",
    "empty-day",
    "empty-file",
    "empty-row",
    "entries-merged",
    "entries-without-day",
    "entry-rejected",
    "entry-without-link",
    "entry-without-title",
    "failed",
    "files-fit-nothing",
    "hidden",
    "hides-nothing",
    "left-alone",
    "line-not-read",
    "link-not-read",
    "links-without-entries",
    "name-not-unicode",
    "no-base-url",
    "no-day",
    "not-a-digest",
    "not-followed",
    "not-quite-json",
    "other-encoding",
    "other-feed-id",
    "page-not-made",
    "placeholder-not-filled",
    "quote-not-closed",
    "reader-failed",
    "record-broken",
    "repeats-others",
    "row-misaligned",
    "row-not-closed",
    "row-over-lines",
    "row-rejected",
    "same-but-case",
    "settings",
    "stale",
    "stray-quote",
    "table-without-entries",
    "text-between-entries",
    "theme",
    "theme-file-not-used",
    "too-large",
    "unknown-column",
    "unreachable-page",
    "unreadable",
    "vanished-address",
    "word-not-said",
    "words-missing",
];

fn finding(severity: Severity, code: &'static str, message: impl Into<String>, hints: &[&str]) -> Diagnostic {
    debug_assert!(CODES.contains(&code), "`{code}` is missing in the list of codes");
    let hints = hints.iter().filter(|hint| !hint.is_empty()).map(|hint| (*hint).to_owned()).collect();
    Diagnostic { code, severity, message: message.into(), place: None, hints }
}

/// A file without a byte.
pub fn empty_file() -> Diagnostic {
    finding(
        Severity::Warning,
        "empty-file",
        "file is empty",
        &["if the script failed on this day, let it write a line that says so"],
    )
}

/// A file in another encoding than UTF-8 that could be read.
pub fn other_encoding(name: &str) -> Diagnostic {
    finding(Severity::Warning, "other-encoding", format!("file is not UTF-8; it was read as {name}"), &["write digests as UTF-8"])
}

/// A file that is UTF-8 except for some bytes.
pub fn broken_utf8() -> Diagnostic {
    finding(
        Severity::Error,
        "broken-utf8",
        "file holds bytes that are not UTF-8; they are shown as `\u{FFFD}`",
        &["write the file again as UTF-8"],
    )
}

/// A file that is no text.
pub fn binary_file() -> Diagnostic {
    finding(Severity::Error, "binary-file", "file is not text and was not read", &["move it out of the content folder"])
}

/// A file that could not be read from disk.
pub fn unreadable(reason: &str) -> Diagnostic {
    finding(
        Severity::Error,
        "unreadable",
        format!("file could not be read: {reason}"),
        &["check that it exists and that you may read it"],
    )
}

/// A file on which the reader itself broke down.
pub fn reader_failed() -> Diagnostic {
    finding(
        Severity::Error,
        "reader-failed",
        "the reader broke down at this file, which is a mistake of daysheet; nothing of it is on any page",
        &["report it, with the file and what is printed above", "until then set `dialect = \"none\"` for it in site.toml"],
    )
}

/// A file above the size limit.
pub fn too_large(size: u64, limit: u64) -> Diagnostic {
    let mib = |bytes: u64| bytes.div_ceil(1 << 20);
    finding(
        Severity::Error,
        "too-large",
        format!("file has {} MiB and was not read; the limit is {} MiB", mib(size), mib(limit)),
        &["split it by day, or raise `max_file_mib` in site.toml"],
    )
}

/// A link or special file in the content folder that is not followed.
pub fn not_followed(what: &str) -> Diagnostic {
    finding(
        Severity::Warning,
        "not-followed",
        format!("{what}; it was not read"),
        &["put the file itself into the content folder"],
    )
}

/// A file whose name is not Unicode.
pub fn name_not_unicode() -> Diagnostic {
    finding(
        Severity::Warning,
        "name-not-unicode",
        "the name of the file is not UTF-8; it is shown with `\u{FFFD}`",
        &["rename the file"],
    )
}

/// A file without entries and without a day.
pub fn not_a_digest() -> Diagnostic {
    finding(
        Severity::Note,
        "not-a-digest",
        "file lists no entries and names no day; it was left alone",
        &[
            "entries are rows, headings, items or records with titles and links, below a day in the path, the front matter or a heading",
            "if it is one, say in a `[[source]]` of site.toml how to read it",
        ],
    )
}

/// A file that settings leave alone.
pub fn left_alone() -> Diagnostic {
    let message = "file was left alone, as `dialect = \"none\"` in site.toml says";
    finding(Severity::Note, "left-alone", message, &["delete that line of its `[[source]]` to have it read"])
}

/// A file in which the dialect that settings name finds nothing.
pub fn dialect_without_entries(dialect: &str) -> Diagnostic {
    finding(
        Severity::Warning,
        "dialect-without-entries",
        format!("read as `{dialect}`, as site.toml says, the file lists no entries"),
        &["leave `dialect` out, and `daysheet check` shows how the file reads by itself"],
    )
}

/// A file whose day nothing tells.
pub fn no_day() -> Diagnostic {
    finding(
        Severity::Warning,
        "no-day",
        "no day in the path, the front matter or the first heading",
        &["name the file like `2025-11-14-arxiv.md`, or set `day` for it under `[[source]]` in site.toml"],
    )
}

/// Entries that are on no page because their day is not known.
pub fn entries_without_day(n: usize) -> Diagnostic {
    finding(
        Severity::Error,
        "entries-without-day",
        format!("entries that belong to no day and are on no page: {n}"),
        &["name the file like `2025-11-14-arxiv.md`, or set `day` for it under `[[source]]` in site.toml"],
    )
}

/// Two places of a file name different days.
pub fn days_disagree(who: &str, day: &str, other_who: &str, other: &str) -> Diagnostic {
    finding(
        Severity::Warning,
        "days-disagree",
        format!("{who} says `{day}` but {other_who} says `{other}`; `{day}` is used"),
        &["correct the one that is wrong"],
    )
}

/// A day whose file lists nothing.
pub fn empty_day(failed: bool) -> Diagnostic {
    let (message, hint) = match failed {
        true => (
            "file lists no entries and says that fetching failed",
            "run the script again for this day, if its source still has it",
        ),
        false => (
            "file lists no entries",
            "nothing is to be done if there was nothing: the calendar shows the day as one without entries",
        ),
    };
    finding(Severity::Note, "empty-day", message, &[hint])
}

/// A file for a day whose data hold records and no entry.
pub fn data_without_entries(n: usize) -> Diagnostic {
    finding(
        Severity::Warning,
        "data-without-entries",
        format!("file lists no entries, but has {n} records whose keys for titles and links are not known"),
        &["name them under `columns` of a `[[source]]` in site.toml, such as `\"subject\" = \"title\"`"],
    )
}

/// A file for a day whose links are in none of the forms of entries.
pub fn links_without_entries(n: usize) -> Diagnostic {
    finding(
        Severity::Warning,
        "links-without-entries",
        format!("file lists no entries, but has {n} links"),
        &["`dialect` and `columns` of a `[[source]]` in site.toml say how it is written; docs/digests.md has the forms"],
    )
}

/// The code of [`table_without_entries`].
pub const TABLE_WITHOUT_ENTRIES: &str = "table-without-entries";

/// A table with no column for titles or links.
pub fn table_without_entries(header: &[&str]) -> Diagnostic {
    let names = header.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join(" | ");
    finding(
        Severity::Note,
        TABLE_WITHOUT_ENTRIES,
        format!("table `{}` has no column for titles or links; it was left alone", crate::text::shorten(&names, 80)),
        &["give names of columns under `[[source]]` `columns` in site.toml"],
    )
}

/// A column whose name is not in the lexicon.
pub fn unknown_column(name: &str, nearest: Option<&str>) -> Diagnostic {
    let hint = nearest.map_or_else(
        || "`[[source]]` `columns` in site.toml can say which field it is, if it is one".to_owned(),
        |field| format!("did you mean a name for `{field}`? `[[source]]` `columns` in site.toml can say so"),
    );
    let name = crate::text::shorten(name, 60);
    finding(
        Severity::Note,
        "unknown-column",
        format!("column `{name}` has no known meaning; its cells are kept under that name"),
        &[&hint],
    )
}

/// An issue with a number and no day.
pub fn dated_by_file(day: &str) -> Diagnostic {
    finding(
        Severity::Warning,
        "dated-by-file",
        format!("nothing says its day; it is dated {day}, when the file was written"),
        &["write `date: YYYY-MM-DD` into its front matter: a copy of the file may be written on another day"],
    )
}

/// A row that went over several lines and was put together.
pub fn row_over_lines(n: usize) -> Diagnostic {
    finding(
        Severity::Note,
        "row-over-lines",
        format!("row goes over {n} lines; they were joined"),
        &["write line breaks in a cell as `<br>`, and in CSV put the cell into quotes"],
    )
}

/// A row with bare bars that could be given to its columns.
pub fn bare_bar(cells: usize, columns: usize) -> Diagnostic {
    finding(
        Severity::Note,
        "bare-bar",
        format!("row has {cells} cells for {columns} columns; bars inside of text were joined again"),
        &["write a bar in a cell as `\\|`"],
    )
}

/// A row of separated values with separators in its texts that could be given to its columns.
pub fn bare_separator(cells: usize, columns: usize, separator: char) -> Diagnostic {
    let sign = if separator == '\t' { "tabs".to_owned() } else { format!("`{separator}`") };
    finding(
        Severity::Note,
        "bare-bar",
        format!("row has {cells} cells for {columns} columns; texts were joined again at {sign}"),
        &["put cells into quotes, `\"…\"`, as every library for CSV does"],
    )
}

/// A row of separated values with a quote that its cell does not end with.
pub fn quote_not_closed() -> Diagnostic {
    finding(
        Severity::Warning,
        "quote-not-closed",
        "a quote in this row closes nowhere, or in another row; the row was read up to the next one",
        &["end the cell with `\"`, and write a quote inside of it as `\"\"`"],
    )
}

/// A cell in quotes with another quote in it.
pub fn stray_quote() -> Diagnostic {
    finding(
        Severity::Note,
        "stray-quote",
        "a cell in quotes has a quote inside that is not doubled; it was taken as a sign of the text",
        &["write a quote inside of a cell as `\"\"`"],
    )
}

/// A row whose cells do not have the form of its columns.
pub fn row_misaligned(cells: usize, columns: usize) -> Diagnostic {
    finding(
        Severity::Warning,
        "row-misaligned",
        format!(
            "row has {cells} cells for {columns} columns, and some do not look like their column; the likeliest order was taken"
        ),
        &["check this row: a cell may be missing, or a bar, comma or the like too many"],
    )
}

/// A row without its closing bar that was taken.
pub fn row_not_closed() -> Diagnostic {
    finding(
        Severity::Warning,
        "row-not-closed",
        "row does not end with a bar; it was read up to the next row",
        &["end the row with `|`"],
    )
}

/// A row that named nothing, or never closed.
pub fn row_rejected(closed: bool) -> Diagnostic {
    if closed {
        finding(
            Severity::Error,
            "row-rejected",
            "row has no title, no link and no id; it is no entry",
            &["give the row a title or a link"],
        )
    } else {
        finding(
            Severity::Error,
            "row-rejected",
            "row never closes and has no link; it is no entry",
            &["complete the row or delete it"],
        )
    }
}

/// A heading or an item that named nothing.
pub fn unit_rejected() -> Diagnostic {
    finding(
        Severity::Error,
        "entry-rejected",
        "text has no title, no link and no id; it is no entry",
        &["give it a title or a link"],
    )
}

/// A stretch of a file of records that breaks its format.
pub fn record_broken() -> Diagnostic {
    finding(
        Severity::Error,
        "record-broken",
        "record cannot be read; those after it are",
        &["check its quotes, commas and brackets with a JSON or YAML validator"],
    )
}

/// A name in YAML that stands for a list or a map elsewhere.
pub fn alias_not_unfolded() -> Diagnostic {
    finding(
        Severity::Warning,
        "alias-not-unfolded",
        "this name stands for a list or a map elsewhere in the file, which was not put in its place",
        &["write out what it stands for; a name may stand for a text"],
    )
}

/// A file that breaks the rules of JSON where what is meant is clear.
pub fn not_quite_json() -> Diagnostic {
    finding(
        Severity::Note,
        "not-quite-json",
        "file is not quite JSON (single quotes, `None`, bare quotes or commas too many); it was read all the same",
        &["write it with `json.dumps` and not with `str` or `repr`"],
    )
}

/// A row of empty cells.
pub fn empty_row() -> Diagnostic {
    finding(Severity::Note, "empty-row", "row is empty; it is no entry", &["delete the row"])
}

/// An entry without a title.
pub fn entry_without_title() -> Diagnostic {
    let message = "entry has no title; it is shown by its id or address";
    finding(Severity::Note, "entry-without-title", message, &["let the script write its title"])
}

/// An entry without a link in a table that has a column for links.
pub fn entry_without_link() -> Diagnostic {
    finding(
        Severity::Note,
        "entry-without-link",
        "entry has no link",
        &["write its link into the column for links, if there is one"],
    )
}

/// A line among the rows that looks like a part of an entry.
pub fn line_not_read() -> Diagnostic {
    finding(
        Severity::Error,
        "line-not-read",
        "text with a bar belongs to no row",
        &["begin the row with `|` and end it with `|`"],
    )
}

/// Text with a link that belongs to no entry.
pub fn link_not_read() -> Diagnostic {
    finding(
        Severity::Warning,
        "link-not-read",
        "text with a link belongs to no entry; it is on no page",
        &["write it like the entries around it, or move it above the first one"],
    )
}

/// Text among or below the entries.
pub fn text_between_entries() -> Diagnostic {
    finding(
        Severity::Note,
        "text-between-entries",
        "text belongs to no entry; it is on no page",
        &["move it above the first entry, or into one, or give it a heading of its own"],
    )
}

/// A file that lists only what other files list.
pub fn repeats_others(entries: usize, of: &str) -> Diagnostic {
    finding(
        Severity::Note,
        "repeats-others",
        format!("all {entries} entries are in other files too ({of}); they were not added again"),
        &["nothing is to be done: the site has each of them once, as the other files list it"],
    )
}

/// Entries that another file of the same day and source lists too.
pub fn entries_merged(n: usize, other: &str) -> Diagnostic {
    finding(
        Severity::Note,
        "entries-merged",
        format!("{n} entries are also in `{other}` of the same day and source; they were joined"),
        &["nothing is to be done: the site has each of them once, with what both files say of it"],
    )
}

/// Entries, names or links that the owner leaves out.
pub fn hidden(places: usize, entries: usize) -> Diagnostic {
    let of_them = match entries {
        0 => String::new(),
        1 => ", an entry among them".to_owned(),
        n => format!(", {n} entries among them"),
    };
    let what = if places == 1 { "1 place was".to_owned() } else { format!("{places} places were") };
    let message = format!("{what} left out by `[[hide]]` in site.toml{of_them}");
    finding(Severity::Note, "hidden", message, &["nothing is to be done; without the rule they are shown again"])
}

/// A rule of the owner's that fits nothing.
pub fn hides_nothing(written: &str) -> Diagnostic {
    let hint = "check how it is written, or delete the rule";
    finding(Severity::Note, "hides-nothing", format!("`[[hide]]` of `{written}` fits nothing"), &[hint])
}

/// Settings for files of a source that are not there.
pub fn files_fit_nothing(key: &str, patterns: &[String]) -> Diagnostic {
    let list: Vec<String> = patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
    let what = if list.is_empty() { "no path names it".to_owned() } else { format!("no path fits {}", list.join(", ")) };
    let hint = "paths count from the content folder, as `check` prints them; `*` stops at `/`, and `**` does not";
    finding(Severity::Note, "files-fit-nothing", format!("`[[source]]` `{key}` is for files that are not there: {what}"), &[hint])
}

/// A link of a page that leads to no file of the site, or to no place on it.
pub fn broken_link(link: &str, n_pages: usize, is_anchor: bool) -> Diagnostic {
    let others = if n_pages > 1 { format!(", also on {} other pages", n_pages - 1) } else { String::new() };
    let what = if is_anchor { "there is no such place on that page" } else { "there is no such file on the site" };
    let hint = "the link is from a page of yours under `pages/`, from the footer, or from your theme: correct it there";
    finding(Severity::Warning, "broken-link", format!("`{link}` leads nowhere: {what}{others}"), &[hint])
}

/// A page that no other page leads to.
pub fn unreachable_page() -> Diagnostic {
    let hint = "link it in the navigation, from another page or in your theme";
    finding(Severity::Note, "unreachable-page", "no page leads to this page", &[hint])
}

/// An address that two files of the site have.
pub fn duplicate_address() -> Diagnostic {
    let hint = "two digests, tags or authors would have this page: rename one of them, and tell of it, since daysheet should have parted them";
    finding(Severity::Error, "duplicate-address", "two files of the site have this address", &[hint])
}

/// Two addresses that are one where upper and lower case are not told apart.
pub fn same_but_case(one: &str, other: &str) -> Diagnostic {
    let message = format!("`{one}` and `{other}` are one file on systems that do not tell upper from lower case");
    finding(Severity::Warning, "same-but-case", message, &["rename one of them"])
}

/// An address of the published site that the new one lacks.
pub fn vanished() -> Diagnostic {
    let hint = "links to it would break: keep the digest, or lead on from it with a `[[redirect]]` in site.toml";
    finding(Severity::Warning, "vanished-address", "the published site has this address, the new one has not", &[hint])
}

/// A feed with another id than the published one.
pub fn other_feed_id(before: &str, after: &str) -> Diagnostic {
    let message =
        format!("the feed's id would change from `{before}` to `{after}`, and subscribers would see everything once more");
    finding(
        Severity::Warning,
        "other-feed-id",
        message,
        &["give `id` in site.toml the value that it had; without it, it is the title"],
    )
}

/// A text of the owner's that lies in a folder of its own.
pub fn page_not_made() -> Diagnostic {
    finding(Severity::Warning, "page-not-made", "this text becomes no page", &["move it into `pages/` itself"])
}

/// A file of a theme that nothing uses; `meant` is the path in the theme that it may have been meant to be.
pub fn theme_file_not_used(meant: Option<&str>) -> Diagnostic {
    let hint = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "a template is used if a page has its name or another template includes it: see docs/themes.md".to_owned(),
    };
    finding(Severity::Warning, "theme-file-not-used", "nothing uses this file of the theme", &[&hint])
}

/// A key of a catalog that no template and no script says; `meant` is the one that was probably meant.
pub fn word_not_said(key: &str, meant: Option<&str>) -> Diagnostic {
    let hint = meant.map_or_else(
        || "`daysheet theme show languages/en.toml` has all keys".to_owned(),
        |meant| format!("did you mean `{meant}`? `daysheet theme show languages/en.toml` has all keys"),
    );
    finding(Severity::Warning, "word-not-said", format!("nothing says `{key}`"), &[&hint])
}

/// A text of a catalog with a placeholder that is not filled; `filled` are those that are.
pub fn placeholder_not_filled(key: &str, name: &str, filled: &[String]) -> Diagnostic {
    let list: Vec<String> = filled.iter().map(|name| format!("`{{{name}}}`")).collect();
    let hint = if list.is_empty() { format!("`{key}` has none") } else { format!("`{key}` has {}", list.join(" and ")) };
    finding(Severity::Warning, "placeholder-not-filled", format!("nothing fills `{{{name}}}` in `{key}`"), &[&hint])
}

/// A catalog that lacks some of all words.
pub fn words_missing(n: usize, of: usize) -> Diagnostic {
    let message = format!("{n} of {of} words are missing and are said in English");
    finding(Severity::Note, "words-missing", message, &["`daysheet theme show languages/en.toml` has all keys"])
}

/// A site whose latest digest is old.
pub fn stale(latest: &str, days: i64) -> Diagnostic {
    let message = format!("the latest digest is of {latest}, {days} days ago");
    finding(Severity::Note, "stale", message, &["if the script still runs, check where it writes to, and `content` in site.toml"])
}

/// A site without the address that feeds and the map need.
pub fn no_base_url() -> Diagnostic {
    let message = "there is no base URL: feeds cannot link to pages by full addresses, and there is no map of the site";
    let hint = "say where the site is published with `base_url` in site.toml, or with `--base-url`";
    finding(Severity::Note, "no-base-url", message, &[hint])
}

/// Why a command could not be carried out, where that is about no place in a file.
pub fn failed(message: impl Into<String>, hint: &str) -> Diagnostic {
    finding(Severity::Error, "failed", message, &[hint])
}

/// A mistake in site.toml.
pub fn settings(message: impl Into<String>, hint: &str) -> Diagnostic {
    finding(Severity::Error, "settings", message, &[hint])
}

/// A mistake in a theme.
pub fn theme(message: impl Into<String>, hints: &[&str]) -> Diagnostic {
    finding(Severity::Error, "theme", message, hints)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Each finding in each of its forms.
    fn all() -> Vec<Diagnostic> {
        let none: &[String] = &[];
        vec![
            empty_file(),
            other_encoding("GB18030"),
            broken_utf8(),
            binary_file(),
            unreadable("why"),
            reader_failed(),
            too_large(2, 1),
            not_followed("link leads nowhere"),
            name_not_unicode(),
            not_a_digest(),
            left_alone(),
            dialect_without_entries("table"),
            no_day(),
            entries_without_day(1),
            days_disagree("path", "2025-11-14", "heading", "2025-11-15"),
            empty_day(true),
            empty_day(false),
            links_without_entries(1),
            data_without_entries(3),
            table_without_entries(&["a", "b"]),
            unknown_column("x", Some("title")),
            unknown_column("x", None),
            dated_by_file("2025-11-14"),
            row_over_lines(2),
            bare_bar(4, 3),
            bare_separator(4, 3, ','),
            bare_separator(4, 3, '\t'),
            quote_not_closed(),
            stray_quote(),
            row_misaligned(4, 3),
            row_not_closed(),
            row_rejected(true),
            row_rejected(false),
            unit_rejected(),
            record_broken(),
            alias_not_unfolded(),
            not_quite_json(),
            empty_row(),
            entry_without_title(),
            entry_without_link(),
            line_not_read(),
            link_not_read(),
            text_between_entries(),
            repeats_others(1, "a.md"),
            entries_merged(1, "a.md"),
            hidden(2, 1),
            hides_nothing("x"),
            files_fit_nothing("x", none),
            broken_link("x", 1, true),
            unreachable_page(),
            duplicate_address(),
            same_but_case("a", "A"),
            vanished(),
            other_feed_id("a", "b"),
            page_not_made(),
            theme_file_not_used(Some("x")),
            theme_file_not_used(None),
            word_not_said("x", Some("y")),
            word_not_said("x", None),
            placeholder_not_filled("x", "n", none),
            words_missing(1, 2),
            stale("2025-11-14", 8),
            no_base_url(),
            failed("why", "what to do"),
            settings("why", "what to do"),
            theme("why", &["what to do"]),
        ]
    }

    #[test]
    fn every_finding_says_what_to_do() {
        let silent: Vec<&str> = all().iter().filter(|found| found.hints.is_empty()).map(|found| found.code).collect();
        assert!(silent.is_empty(), "no hint: {silent:?}");
        let shown: BTreeSet<&str> = all().iter().map(|found| found.code).collect();
        assert_eq!(shown, CODES.iter().copied().collect(), "a finding of each code");
    }
}
