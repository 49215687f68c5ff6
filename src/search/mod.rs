//! Search: an index of the whole archive that a page can load piece by piece, from a server or a folder, and the language of queries.
//!
//! 1. [`segments`] parts the archive by calendar, so that a new day touches one part.
//! 2. [`files`] makes the files of a segment: a directory in one or two levels, shards of the sorted terms with the entries that have
//!    them, and blocks with the texts of entries. Each is a script that hands its data over by a call, since a page in a folder can load
//!    nothing else.
//! 3. The script of the search page intersects the terms of a query, and shows an entry only after it was compared with the query.
//!
//! [`parse`] reads the language; [`scan`] compares every entry and needs no index.

mod doc;
mod encode;
mod fold;
mod index;
mod query;
mod scan;

pub use doc::Doc;
pub use fold::fold;
pub use index::{Segment, files, manifest, segments};
pub use query::{Clause, Folded, Place, Problem, Query, Test, parse};
pub use scan::{Hit, fill_watches, fitting, scan, unknown_sources};
