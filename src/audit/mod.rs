//! What can be wrong with a finished site as a whole: links and anchors that lead nowhere, pages that nothing leads to, addresses that
//! differ only by case, and addresses and feed ids of the published site that would vanish.

mod links;
mod published;

pub use links::{Audit, BrokenLink, LinkReport};
pub use published::{Difference, Snapshot, difference};
