//! Every setting that there is: one table, from which `site.toml` is checked and the documentation is written.

/// The type of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A string that says something.
    Text,
    /// A string that may be empty.
    Prose,
    /// A whole number from 1.
    Number,
    /// Strings.
    Texts,
    /// Keys with strings.
    Pairs,
    /// `true` or `false`.
    Switch,
}

/// What is said in the place of what holds without a setting that its table cannot do without.
pub(super) const NEEDED: &str = "needed";

/// The same of a setting of which its table has to have one.
pub(super) const ONE_OF: &str = "one of the three";

/// A setting: its table (empty for the top level), key, type, what holds without it (in backquotes if it could be written), and what it
/// is.
pub type Row = (&'static str, &'static str, Kind, &'static str, &'static str);

/// Every setting.
pub const SETTINGS: &[Row] = &[
    ("", "title", Kind::Text, r#"`"Daily digests"`"#, "the site's name"),
    ("", "description", Kind::Prose, r#"`""`"#, "a sentence about the site"),
    ("", "language", Kind::Text, r#"`"en"`"#, "language of the interface: a catalog of the theme, such as `zh` or `en`"),
    ("", "languages", Kind::Texts, "`[]`", "languages of the interface that a reader can switch to, such as `zh` and `en`"),
    (
        "",
        "base_url",
        Kind::Text,
        "",
        "where the site is published, such as `https://name.github.io/repo/`; feeds and the map need it",
    ),
    ("", "id", Kind::Text, "the title", "what feed ids are made of; set it once and never change it"),
    (
        "",
        "content",
        Kind::Text,
        "`content` if there is one, else the folder itself",
        "the folder of digests, from the folder of site.toml",
    ),
    ("", "output", Kind::Text, "`public`", "the folder that is written, from the folder of site.toml"),
    ("", "theme", Kind::Text, "`default`", "name of a folder under `themes/` that is laid over the default theme"),
    (
        "",
        "logo",
        Kind::Text,
        "",
        "a picture beside the site's name: a path on the site, such as `logo.svg` for `static/logo.svg`",
    ),
    ("", "accent", Kind::Text, "the theme's", "the colour of links, such as `#8a2b1f`"),
    ("", "footer", Kind::Prose, "", "what stands at the end of each page, in Markdown"),
    ("", "repository", Kind::Text, "", "the repository that holds the digests; entries link to their lines there"),
    ("", "branch", Kind::Text, r#"`"main"`"#, "the branch of the repository"),
    ("", "max_file_mib", Kind::Number, "`64`", "the size in MiB above which files are not read"),
    ("feeds", "days", Kind::Number, "`30`", "how many days a feed holds at least; older ones are in its archives"),
    (
        "feeds",
        "formats",
        Kind::Texts,
        r#"`["atom", "rss", "json"]`"#,
        "the formats of feeds: `atom`, `rss`, `json`; none of them for no feeds",
    ),
    ("feeds", "authors", Kind::Number, "`10`", "authors with so many entries have feeds"),
    ("data", "api", Kind::Switch, "`true`", "whether the site has its data as JSON files below `api/v1/`"),
    ("data", "csv", Kind::Switch, "`true`", "whether the site has a compressed table of each year as CSV below `data/`"),
    (
        "data",
        "jsonl",
        Kind::Switch,
        "`true`",
        "whether the site has the entries of each year as compressed JSON Lines below `data/`",
    ),
    (
        "search",
        "index",
        Kind::Switch,
        "`true`",
        "whether the site has a search over the whole archive, with its index below `search/`",
    ),
    ("citations", "buttons", Kind::Switch, "`true`", "buttons that cite an entry or a list, in BibTeX, RIS and CSL-JSON"),
    ("citations", "files", Kind::Switch, "`false`", "a BibTeX file per month"),
    ("citations", "coins", Kind::Switch, "`false`", "COinS on the pages of days, from which Zotero takes a whole day"),
    ("works", "pages", Kind::Switch, "`false`", "a page for each work, with what search engines and Zotero read"),
    ("works", "noindex", Kind::Switch, "`false`", "search engines are asked to leave the pages of works out"),
    ("navigation", "label", Kind::Text, NEEDED, "the words of a link in the navigation"),
    ("navigation", "url", Kind::Text, NEEDED, "where it leads: a path on the site or a URL"),
    ("source", "key", Kind::Text, NEEDED, "the source's name in addresses and exports"),
    ("source", "label", Kind::Text, "the key, or a known name", "the source's name on pages"),
    (
        "source",
        "files",
        Kind::Texts,
        "paths that name the source",
        "patterns of paths from the content folder: what is said here of how files are read is for these",
    ),
    ("source", "day", Kind::Text, "found in each file", "the day of these files, `YYYY-MM-DD`"),
    ("source", "dialect", Kind::Text, "found in each file", "how these files are read, whatever they look like"),
    ("source", "date", Kind::Text, "found in each file", "where the days of these files are found"),
    ("source", "language", Kind::Text, "found in each file", "the language of these files, a tag such as `en`"),
    ("source", "columns", Kind::Pairs, "known names", "names of columns and the fields they mean"),
    (
        "source",
        "note",
        Kind::Prose,
        "",
        "what readers should know of the source, such as that its texts are machine translations; Markdown",
    ),
    ("watch", "name", Kind::Text, NEEDED, "the name of a watchlist"),
    ("watch", "key", Kind::Text, "made of the name", "the watchlist's name in addresses"),
    ("watch", "query", Kind::Text, NEEDED, "what it lists, in the language of the search"),
    ("hide", "work", Kind::Text, ONE_OF, "a work whose entries are left out: an arXiv id, a DOI or an address"),
    ("hide", "author", Kind::Text, ONE_OF, "a name that is left out of all entries"),
    ("hide", "link", Kind::Text, ONE_OF, "an address that is left out of all entries"),
    ("redirect", "from", Kind::Text, NEEDED, "an address of an older site, such as `daily/{year}-{month}-{day}/`"),
    ("redirect", "to", Kind::Text, NEEDED, "where it leads: a path on the site, such as `{year}/{month}/{day}.html`, or a URL"),
    (
        "author",
        "name",
        Kind::Text,
        NEEDED,
        "the name of the page that all spellings lead to; entries show what their digests write",
    ),
    ("author", "aliases", Kind::Texts, "`[]`", "other spellings of the same person"),
];

/// What a setting is, as a sentence; empty if there is no such setting.
pub(super) fn explained(table: &str, key: &str) -> String {
    let row = SETTINGS.iter().find(|row| (row.0, row.1) == (table, key));
    row.map_or_else(String::new, |row| format!("`{key}` is {}", row.4))
}

/// Tables that may stand several times: `[[source]]`.
pub const LISTS: &[&str] = &["navigation", "source", "watch", "hide", "redirect", "author"];

/// What a setting of a type has to be, for people.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Prose => "text in quotes",
        Kind::Number => "a whole number from 1",
        Kind::Texts => "a list of texts in quotes",
        Kind::Pairs => "a table of texts in quotes",
        Kind::Switch => "`true` or `false`",
    }
}
