//! Progress on long work, shown only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar that appears when a step takes long enough to be seen.
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(quiet: bool) -> Progress {
        let bar = ProgressBar::new(0);
        let hidden = quiet || !std::io::stderr().is_terminal();
        bar.set_draw_target(if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() });
        if let Ok(style) = ProgressStyle::with_template("{msg:>10} {bar:30} {human_pos}/{human_len}") {
            bar.set_style(style);
        }
        Progress(bar)
    }

    /// Begins a step of `n` parts.
    pub(super) fn start(&self, what: &'static str, n: usize) {
        self.0.set_message(what);
        self.0.set_length(n as u64);
        self.0.set_position(0);
    }

    /// One part is done.
    pub(super) fn step(&self) {
        self.0.inc(1);
    }

    /// All is done; the bar goes.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
