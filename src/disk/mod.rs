//! Files in and out: the only module below the command line that touches the file system.
//!
//! In: [`list`] names the files of the content folder in one fixed order, [`read`] reads one of them within a limit.
//! Both report what is odd as plain data.
//!
//! Out: [`Staging::open`] locks the output folder and repairs what an interrupted run left (`recover`),
//! [`Staging::write`] takes artifacts from many threads, and [`Staging::publish`] puts the new tree in the place of the
//! old one: by one exchange of two folders (`exchange`), or file by file where that is not to be had (`replace`).
//! What daysheet wrote is known from the `manifest`; all else in the output is foreign and is carried along (`foreign`).
//! What is remembered of inputs between builds is in a [`Store`]. Single files go out through [`write_atomically`].
//! The clock is read here too, for the command line and for what publishing takes ([`Stopwatch`]).

mod error;
mod exchange;
mod files;
mod foreign;
mod lock;
mod manifest;
mod place;
mod publish;
mod read;
mod recover;
mod replace;
mod single;
mod stopwatch;
mod store;
mod sweep;

pub use crate::memo::Print;
pub use error::PublishError;
pub use place::{STATE_PREFIX, is_same_or_parent, state_folder};
pub use publish::{Published, Staging, Way};
pub use read::{Found, ListRules, Listing, ReadProblem, ReadProblemKind, list, read};
pub use single::write_atomically;
pub use stopwatch::{Lap, Stopwatch};
pub use store::Store;
