//! The integration tests, one binary. Corpora under `../shared` (or `$DAYSHEET_SHARED`) are read where they are there.

#![allow(clippy::print_stderr, reason = "a test that skips says so")]

mod architecture;
mod cases;
mod cli;
mod common;
mod corpus;
mod disk;
mod properties;
mod prose;
mod site;
