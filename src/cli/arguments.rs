//! The arguments as typed.

use crate::model::Day;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Turns a folder of daily digests into a site.
///
/// Without a command, builds the site of the current folder if it has a `site.toml`.
#[derive(Debug, Parser)]
#[command(name = "daysheet", version, max_term_width = 100, args_conflicts_with_subcommands = true, after_help = DOCUMENTS)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) build: BuildArguments,
}

/// Where everything is explained that help and messages only name, such as `docs/settings.md`.
const DOCUMENTS: &str = concat!("Documents, which messages name as docs/…: ", env!("CARGO_PKG_REPOSITORY"), "/tree/main/docs");

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Begin a site: settings and the workflow that publishes it, for the digests that are there
    Init(InitArguments),
    /// Build the site
    Build(BuildArguments),
    /// Show the site in a browser, and anew whenever something changes; writes nothing
    Serve(ServeArguments),
    /// Read and render everything, write nothing, and print every finding
    Check(CheckArguments),
    /// Print entries for other programs: as read, as a table, as citations
    Export(ExportArguments),
    /// Write a site as one zip file, to be unpacked and read anywhere
    Bundle(BundleArguments),
    /// Find entries, by the language of the search page
    Search(SearchArguments),
    /// List themes, or begin one of your own
    Theme(ThemeArguments),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands
    Man {
        /// Folder to write `daysheet.1`, `daysheet-build.1` and so on to
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Clone, Args)]
pub(super) struct InitArguments {
    /// Folder of the site; made if there is none [default: the current folder]
    #[arg(value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
    /// Ask nothing, and take what is found
    #[arg(long, short)]
    pub(super) yes: bool,
    /// The site's name [default: that of the repository or the folder]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// Language of the interface: `zh` or `en` [default: that of the titles]
    #[arg(long, value_name = "TAG")]
    pub(super) language: Option<String>,
    /// Where the site will be published [default: GitHub Pages of the repository]
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Folder of digests, from the folder of the site [default: where digests are, else `content`]
    #[arg(long, value_name = "DIR")]
    pub(super) content: Option<PathBuf>,
    /// Write no workflow for GitHub Pages
    #[arg(long)]
    pub(super) no_workflow: bool,
}

/// Where things are. Paths given here are resolved from the current folder, those in `site.toml` from its folder.
#[derive(Debug, Default, Clone, Args)]
pub(super) struct FolderArguments {
    /// Folder of the site, where `site.toml` is looked for [default: the current folder]
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    /// Folder of digests [default: `content` in the root if there is one, else the root]
    #[arg(long, value_name = "DIR")]
    pub(super) content: Option<PathBuf>,
    /// Number of threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,
    /// Print nothing but errors
    #[arg(long)]
    pub(super) quiet: bool,
}

impl FolderArguments {
    /// The folder of the site.
    pub(super) fn root(&self) -> &Path {
        self.root.as_deref().unwrap_or(Path::new("."))
    }
}

#[derive(Debug, Default, Clone, Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub(super) folders: FolderArguments,
    /// Folder to write the site to [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Where the site is published, such as https://name.github.io/repo/ [default: `base_url` in site.toml]
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// End with exit code 1 if there are warnings or errors in the digests, or if the budget is passed
    #[arg(long)]
    pub(super) strict: bool,
    /// Say of each file whether it was made or reused, and why
    #[arg(long)]
    pub(super) explain: bool,
    /// Say what each phase took, what was counted, and how much memory was needed; `json` for programs
    #[arg(long, value_name = "FORM", num_args = 0..=1, default_missing_value = "human")]
    pub(super) timings: Option<Timings>,
    /// What the host takes: `github-pages`, `cloudflare-pages`, `none`, or a file with `bytes`, `files` and `file_bytes`
    #[arg(long, value_name = "HOST|FILE", default_value = "github-pages")]
    pub(super) budget: String,
}

/// How timings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Timings {
    /// A table.
    Human,
    /// JSON.
    Json,
}

#[derive(Debug, Clone, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub(super) folders: FolderArguments,
    /// Where the site is published; its path is that of the pages here too [default: `base_url` in site.toml]
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Port; if it is taken the next one that is free
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub(super) port: u16,
    /// Address to listen at; others than 127.0.0.1 and ::1 let other machines in
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(super) host: IpAddr,
}

#[derive(Debug, Clone, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) folders: FolderArguments,
    /// Where the site is published, such as https://name.github.io/repo/ [default: `base_url` in site.toml]
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Folder of the site as it is published, to find addresses and feed ids that would vanish
    #[arg(long, value_name = "DIR")]
    pub(super) against: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub(super) format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people
    Human,
    /// One JSON object
    Json,
}

#[derive(Debug, Clone, Args)]
pub(super) struct ExportArguments {
    #[command(flatten)]
    pub(super) folders: FolderArguments,
    /// Only entries that a search finds, such as `graph author:wang date:2025`
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Option<String>,
    /// Only entries of a day, such as 2025-11-14
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) day: Option<Day>,
    /// Only entries of an author, by the name as digests write it
    #[arg(long, value_name = "NAME")]
    pub(super) author: Option<String>,
    /// Where the site is published: `csv` names pages only with it, and `opml` names feeds by relative addresses without it [default:
    /// `base_url` in site.toml]
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// How entries are printed
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub(super) format: ExportFormat,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// JSON Lines: every entry as read
    Jsonl,
    /// BibTeX: every work once
    Bibtex,
    /// RIS: every work once
    Ris,
    /// CSL-JSON: every work once
    CslJson,
    /// A table of comma-separated values: every entry of the site
    Csv,
    /// The list of all feeds of the site
    Opml,
}

#[derive(Debug, Clone, Args)]
pub(super) struct BundleArguments {
    #[command(flatten)]
    pub(super) folders: FolderArguments,
    /// First day to take along, such as 2025-11-01
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) since: Option<Day>,
    /// Last day to take along
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) until: Option<Day>,
    /// Source to take along, by key; may be given several times [default: all]
    #[arg(long, value_name = "SOURCE")]
    pub(super) source: Vec<String>,
    /// File to write to [default: `daysheet.zip`]
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse_iso(text).ok_or_else(|| "write a day as `2025-11-14`".to_owned())
}

#[derive(Debug, Clone, Args)]
pub(super) struct SearchArguments {
    #[command(flatten)]
    pub(super) folders: FolderArguments,
    /// What to find, such as `graph -survey author:wang date:2025-11`; behind `--` nothing is an option; `-` reads a query a line from
    /// standard input
    #[arg(required = true, num_args = 1.., value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// How entries are printed
    #[arg(long, value_enum, default_value_t = SearchFormat::Human)]
    pub(super) format: SearchFormat,
    /// At most so many, the newest first [default: all]
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SearchFormat {
    /// For people
    Human,
    /// JSON Lines, each with its query
    Jsonl,
}

#[derive(Debug, Clone, Args)]
pub(super) struct ThemeArguments {
    /// Folder of the site, whose `themes` folder holds your own [default: the current folder]
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) root: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub(super) enum ThemeCommand {
    /// Print the themes that there are
    List,
    /// Print a file of a theme, to copy it into one of your own and change it; without a path, the names of all
    Show {
        /// The file, such as `templates/entry.html`
        path: Option<String>,
        /// The theme; by default the one that the site has
        #[arg(long, value_name = "THEME")]
        theme: Option<String>,
    },
    /// Write the first files of a theme to `themes/NAME`
    New {
        /// The name of its folder
        name: String,
        /// The theme to lay it over
        #[arg(long, value_name = "THEME", default_value = "default")]
        extends: String,
    },
}

/// The arguments of the process with the options of a search before its query, so that the parser does not take what a query leaves
/// out, such as `-survey`, for options, wherever they stand.
pub(super) fn ordered(typed: Vec<OsString>) -> Vec<OsString> {
    let command = Arguments::command();
    let Some(search) = typed.get(1).and_then(|name| command.find_subcommand(name)).filter(|found| found.get_name() == SEARCH)
    else {
        return typed;
    };
    let mut rest = typed.into_iter();
    let (mut options, mut words): (Vec<OsString>, Vec<OsString>) = (rest.by_ref().take(2).collect(), Vec::new());
    while let Some(argument) = rest.next() {
        let text = argument.to_string_lossy();
        match text.strip_prefix("--") {
            Some("") => words.extend(rest.by_ref()),
            Some(name) => {
                let has_value =
                    search.get_arguments().any(|known| known.get_long() == Some(name) && known.get_action().takes_values());
                options.push(argument);
                options.extend(has_value.then(|| rest.next()).flatten());
            }
            None if text == "-h" => options.push(argument),
            None => words.push(argument),
        }
    }
    options.extend((!words.is_empty()).then(|| "--".into()));
    options.into_iter().chain(words).collect()
}

/// The name of the command whose words may look like options.
const SEARCH: &str = "search";

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn options_of_a_search_may_stand_anywhere() {
        for (typed, expected) in [
            ("daysheet search graph --limit 5 -survey", "daysheet search --limit 5 -- graph -survey"),
            ("daysheet search -survey --format=jsonl graph", "daysheet search --format=jsonl -- -survey graph"),
            ("daysheet search graph --quiet -- --limit 5", "daysheet search --quiet -- graph --limit 5"),
            ("daysheet search --limit", "daysheet search --limit"),
            ("daysheet search graph --limti 5", "daysheet search --limti -- graph 5"),
            ("daysheet search - --limit 5", "daysheet search --limit 5 -- -"),
            ("daysheet search graph -h", "daysheet search -h -- graph"),
            ("daysheet export --query -survey", "daysheet export --query -survey"),
            ("daysheet", "daysheet"),
        ] {
            let arguments = ordered(typed.split(' ').map(Into::into).collect());
            assert_eq!(arguments.join(" ".as_ref()), expected, "{typed}");
        }
    }
}
