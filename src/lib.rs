//! daysheet turns a folder of daily digests into a site.
//!
//! Each file is read on its own ([`parse`]), the readings are joined once into a site, and every page is a pure function of
//! the site and its route. ARCHITECTURE.md has the picture.

pub mod diagnostic;
pub mod model;
pub mod parse;
pub mod text;
