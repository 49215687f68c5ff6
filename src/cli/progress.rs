//! Progress on long work, shown only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar that appears when a step takes long enough to be seen.
pub(super) struct Progress {
    bar: ProgressBar,
    is_hidden: bool,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Progress {
        let bar = ProgressBar::new(0);
        let is_hidden = quiet || !std::io::stderr().is_terminal();
        bar.set_draw_target(if is_hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() });
        if let Ok(style) = ProgressStyle::with_template("{msg:>10} {bar:30} {human_pos}/{human_len}") {
            bar.set_style(style);
        }
        Progress { bar, is_hidden }
    }

    /// Begins a step of `n` parts.
    pub(super) fn start(&self, what: &'static str, n: usize) {
        self.bar.set_message(what);
        self.bar.set_length(n as u64);
        self.bar.set_position(0);
    }

    /// One part is done.
    pub(super) fn step(&self) {
        // The bar asks for the time at each step, whether it is shown or not.
        if !self.is_hidden {
            self.bar.inc(1);
        }
    }

    /// All is done; the bar goes.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
