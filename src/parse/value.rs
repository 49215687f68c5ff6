//! Texts as programs write them into fields of records and cells of CSV: whole addresses, times as numbers, titles folded over lines.

use super::fields::Draft;
use super::lexicon::{Field, Form};
use super::{date, link, title};
use crate::model::Day;

/// A whole address is taken as it is; all else as a text of its field.
pub(super) fn fill(draft: &mut Draft, field: Field, name: &str, text: &str) {
    let address = text.trim();
    if field.form() == Form::Link && is_url(text) {
        draft.address(field, address);
    } else if field == Field::Link && address.starts_with("/r/") && address.contains("/comments/") {
        // Reddit gives its posts by their paths.
        draft.address(Field::Discussion, &format!("https://www.reddit.com{address}"));
    } else if field == Field::Unknown && is_url(text) && address.len() <= 300 && !is_picture(name, address) {
        draft.plain_link(address, "");
    } else if let Some(day) = epoch_day(text).filter(|_| field == Field::Published && draft.entry.published.is_none()) {
        draft.entry.published = Some(day);
    } else if field == Field::Title {
        draft.fill(field, name, &title::unfolded(text));
    } else {
        draft.fill(field, name, text);
    }
}

/// True for an address of the web and nothing else.
pub(super) fn is_url(text: &str) -> bool {
    let text = text.trim();
    link::is_web(text) && !text.contains(char::is_whitespace)
}

/// The day in UTC of a time that is written as the seconds or milliseconds since 1970, if it lies between 1990 and 2100.
pub(super) fn epoch_day(text: &str) -> Option<Day> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = whole.len() <= MAX_EPOCH && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    let number: i64 = whole.parse().ok().filter(|_| is_number)?;
    let seconds = if EPOCHS.contains(&number) { number } else { number / 1000 };
    // `2025111408` is a day and an hour.
    let is_day = || whole.len() == 10 && whole.get(..8).is_some_and(date::is_day);
    if EPOCHS.contains(&seconds) && !is_day() { Day::of_unix(seconds / SECONDS_OF_DAY) } else { None }
}

/// The seconds from 1970 to 1990, and to 2100.
const EPOCHS: std::ops::Range<i64> = 631_152_000..4_102_444_800;

/// Times have no more digits.
const MAX_EPOCH: usize = 13;

const SECONDS_OF_DAY: i64 = 86_400;

/// True for an address of a picture or of something for programs, by its name or its end.
pub(super) fn is_picture(name: &str, url: &str) -> bool {
    let (name, url) = (name.to_lowercase(), url.to_lowercase());
    ["image", "img", "avatar", "icon", "thumb", "picture", "logo", "cover", "media", "api", "clone"]
        .iter()
        .any(|word| name.contains(word))
        || [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"].iter().any(|ending| url.ends_with(ending))
}
