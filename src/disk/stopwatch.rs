//! What the phases of a command take.

use std::time::{Duration, Instant};

/// A phase, and what it took.
pub type Lap = (&'static str, Duration);

/// Takes the time of phases, one after the other.
#[derive(Debug)]
pub struct Stopwatch {
    start: Instant,
    last: Instant,
    laps: Vec<Lap>,
}

impl Stopwatch {
    /// Starts it.
    pub fn start() -> Stopwatch {
        let now = Instant::now();
        Stopwatch { start: now, last: now, laps: Vec::new() }
    }

    /// Ends a phase; the next one begins.
    pub fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }

    /// Begins a phase now: what came since the last one belongs to none.
    pub fn skip(&mut self) {
        self.last = Instant::now();
    }

    /// Adds phases that another one took the time of, up to now.
    pub fn take_over(&mut self, laps: &[Lap]) {
        self.laps.extend(laps);
        self.skip();
    }

    /// The phases so far.
    pub fn laps(&self) -> &[Lap] {
        &self.laps
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}
