//! The integration tests, one binary. Corpora under `../shared` (or `$DAYSHEET_SHARED`) are read where they are there.

mod architecture;
mod cases;
mod cli;
mod common;
mod corpus;
mod disk;
mod properties;
mod prose;
mod site;
