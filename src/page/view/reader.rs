//! What belongs to the reader, and the search.

use super::{BriefView, DayRow, Frame};
use serde::Serialize;

/// `since.html`: the script fills it with what is new since the reader's last visit.
#[derive(Debug, Clone, Serialize)]
pub struct SincePage {
    /// The frame.
    pub frame: Frame,
    /// Link to the script that names the recent days.
    pub index: String,
    /// The recent days, newest first, for readers without scripts.
    pub recent: Vec<DayRow>,
    /// Link to the archive.
    pub archive: String,
}

/// `since_day.html`: no page, but the entries of a recent day as `since.html` shows them. Links lead from there.
#[derive(Debug, Clone, Serialize)]
pub struct SinceDay {
    /// The sources of the day that list something.
    pub sources: Vec<SinceSource>,
}

/// A source of a recent day.
#[derive(Debug, Clone, Serialize)]
pub struct SinceSource {
    /// Its name in addresses, by which the script counts its entries.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Link to its section of the day.
    pub url: String,
    /// How many entries it lists.
    pub n_entries: usize,
    /// How many of them come before those here.
    pub n_before: usize,
    /// The last of them in brief, in the order of the files: as many as a page of the day shows. New ones come at the end.
    pub entries: Vec<BriefView>,
}

/// `search.html`: the script fills it with what it finds.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The frame.
    pub frame: Frame,
    /// Link to the archive.
    pub archive: String,
}

/// `stars.html`: the script fills it with what the reader starred.
#[derive(Debug, Clone, Serialize)]
pub struct StarsPage {
    /// The frame.
    pub frame: Frame,
}

/// `reader.html`: what the reader watches, mutes and prefers, and the keys.
#[derive(Debug, Clone, Serialize)]
pub struct ReaderPage {
    /// The frame.
    pub frame: Frame,
    /// True if digests bring original titles beside translated ones.
    pub has_original_titles: bool,
}
