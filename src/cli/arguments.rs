//! The arguments as typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Turns a folder of daily digests into a site.
///
/// Without a command, builds the site of the current folder if it has a `site.toml`.
#[derive(Debug, Parser)]
#[command(name = "daysheet", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) build: BuildArguments,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site
    Build(BuildArguments),
    /// Read and render everything, write nothing, and print every finding
    Check(CheckArguments),
    /// Print every entry as read, one JSON object a line
    Export(ExportArguments),
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
    /// Where the site is published, such as https://name.github.io/repo/
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// End with exit code 1 if there are warnings or errors in the digests
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) folders: FolderArguments,
    /// Where the site is published, such as https://name.github.io/repo/
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
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
    /// How entries are printed
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub(super) format: ExportFormat,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// JSON Lines
    Jsonl,
}
