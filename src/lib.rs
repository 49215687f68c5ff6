//! daysheet turns a folder of daily digests into a site.
//!
//! Each file is read on its own ([`parse`]), the readings are joined once into a [`site`], and every page is a pure function
//! of the site and its route ([`page`]). ARCHITECTURE.md has the picture.

pub mod api;
pub mod audit;
pub mod budget;
pub mod build;
pub mod bundle;
pub mod cite;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod disk;
pub mod export;
pub mod feed;
pub mod memo;
pub mod model;
mod pack;
pub mod page;
pub mod parse;
pub mod prose;
pub mod search;
pub mod site;
pub mod text;
pub mod theme;
