//! Manual pages and completions, made from the arguments themselves so that they cannot be behind them.

use super::arguments::Arguments;
use super::{Failure, put, show};
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use std::path::Path;

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell) {
    let mut command = Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "daysheet", &mut script);
    show::out(&String::from_utf8_lossy(&script));
}

/// Prints the manual page of the program, or writes it and those of all commands into a folder: `daysheet.1`, `daysheet-build.1` …
pub(super) fn pages(folder: Option<&Path>) -> Result<(), Failure> {
    // Subcommands know their full names, such as `daysheet theme new`, only then.
    let mut command = Arguments::command();
    command.build();
    let Some(folder) = folder else {
        show::out(&String::from_utf8_lossy(&page(&command)?));
        return Ok(());
    };
    put::folder(folder)?;
    with_subcommands(&command).into_iter().try_for_each(|command| {
        let path = folder.join(format!("{}.1", full_name(command).replace(' ', "-")));
        put::file(&path, &page(command)?)?;
        show::out(&format!("wrote {}\n", path.display()));
        Ok(())
    })
}

/// A command and all below it, without `help`, which says the same again.
fn with_subcommands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|below| below.get_name() != "help").flat_map(with_subcommands);
    std::iter::once(command).chain(below).collect()
}

fn full_name(command: &Command) -> String {
    command.get_bin_name().unwrap_or(command.get_name()).to_owned()
}

/// A manual page in roff, as `man` shows it.
fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let name = full_name(command).replace(' ', "-");
    let named = command.clone().name(name.clone()).display_name(name.clone()).bin_name(full_name(command));
    let mut roff = Vec::new();
    let manual = clap_mangen::Man::new(named).title(name.to_uppercase());
    manual.render(&mut roff).map_err(|error| Failure::new(format!("could not write the manual: {error}"), ""))?;
    Ok(roff)
}
