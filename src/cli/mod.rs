//! The command line: arguments, progress, printing and exit codes. With `disk` the only module that meets the outside world.
//!
//! Exit codes: 0 fine, 1 findings (warnings or errors, under `check` and `--strict`), 2 could not build.

mod arguments;
mod build;
mod commands;
mod failure;
mod init;
mod inputs;
mod load;
mod manual;
mod note;
mod own;
mod progress;
mod project;
mod put;
mod serve;
mod show;
mod site;
mod themes;

use crate::prose;
use arguments::{Arguments, Command, FolderArguments};
use clap::{CommandFactory, Parser};
use failure::Failure;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    Findings,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    tell_of_panics();
    let arguments = Arguments::parse_from(arguments::ordered(std::env::args_os().collect()));
    let result = match arguments.command {
        Some(Command::Build(build)) => build::build(&build),
        Some(Command::Serve(serve)) => serve::serve(&serve).map(|()| Outcome::Fine),
        Some(Command::Check(check)) => commands::check(&check),
        Some(Command::Export(export)) => commands::export(&export),
        Some(Command::Bundle(bundle)) => commands::bundle(&bundle),
        Some(Command::Search(search)) => commands::search(&search),
        Some(Command::Theme(theme)) => commands::theme(&theme),
        Some(Command::Init(init)) => init::init(&init).map(|()| Outcome::Fine),
        Some(Command::Completions { shell }) => {
            manual::completions(shell);
            Ok(Outcome::Fine)
        }
        Some(Command::Man { output }) => manual::pages(output.as_deref()).map(|()| Outcome::Fine),
        None if project::has_settings(arguments.build.folders.root()) || arguments.build.folders.content.is_some() => {
            build::build(&arguments.build)
        }
        None => return no_command(),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            show::error(&failure.text(show::color()));
            ExitCode::from(2)
        }
    }
}

/// Panics are printed, but for those that cost a formula alone.
fn tell_of_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !prose::is_caught(panic) {
            usual(panic);
        }
    }));
}

fn no_command() -> ExitCode {
    show::error(&Arguments::command().render_help().to_string());
    show::error(
        "error: there is no `site.toml` here to build\nhelp: say `daysheet init` to begin a site here, or `daysheet build --content DIR`",
    );
    ExitCode::from(2)
}
