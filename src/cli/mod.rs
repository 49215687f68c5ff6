//! The command line: arguments, progress, printing and exit codes. With `disk` the only module that meets the outside world.
//!
//! Exit codes: 0 fine, 1 findings (warnings or errors, under `check` and `--strict`), 2 could not build.

mod arguments;
mod commands;
mod load;
mod own;
mod progress;
mod project;
mod show;
mod themes;

use arguments::{Arguments, Command, FolderArguments};
use clap::{CommandFactory, Parser};
use std::process::ExitCode;

/// Why a command could not be carried out: what is printed, complete.
struct Failure(String);

impl Failure {
    fn new(message: impl Into<String>, hint: &str) -> Failure {
        let hint = if hint.is_empty() { String::new() } else { format!("\nhelp: {hint}") };
        Failure(format!("error: {}{hint}", message.into()))
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    Findings,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Some(Command::Build(build)) => commands::build(&build),
        Some(Command::Check(check)) => commands::check(&check),
        Some(Command::Export(export)) => commands::export(&export),
        Some(Command::Bundle(bundle)) => commands::bundle(&bundle),
        Some(Command::Search(search)) => commands::search(&search),
        Some(Command::Theme(theme)) => commands::theme(&theme),
        None if project::has_settings(arguments.build.folders.root()) || arguments.build.folders.content.is_some() => {
            commands::build(&arguments.build)
        }
        None => return no_command(),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Failure(message)) => {
            show::error(&message);
            ExitCode::from(2)
        }
    }
}

fn no_command() -> ExitCode {
    show::error(&Arguments::command().render_help().to_string());
    show::error("error: there is no `site.toml` here to build\nhelp: say `daysheet build --content DIR`, or write a `site.toml`");
    ExitCode::from(2)
}
