//! The integration tests, one binary. Corpora under `../shared` (or `$DAYSHEET_SHARED`) are read where they are there.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a test that skips says so")]

mod architecture;
mod cases;
mod cite;
mod cli;
mod common;
mod corpus;
mod digests;
mod disk;
mod docs;
mod faults;
mod feeds;
mod fuzz;
mod guard;
mod incremental;
mod owners;
mod properties;
mod prose;
mod search;
mod serve;
mod site;
