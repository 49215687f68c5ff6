//! Finding out how far an interrupted run came, and finishing or undoing it.
//!
//! | state folder holds | it was killed | what is done |
//! |---|---|---|
//! | `next` alone | while staging | `next` removed |
//! | `manifest.next` of another folder than the live one | before the exchange | both removed |
//! | `manifest.next` of the live folder | after the exchange | `next` is the old tree: swept; manifest renamed |
//! | `journal` of `manifest.next` | while replacing file by file | rolled forward |
//! | `journal` of something else | never, unless edited | removed |
//!
//! An exchange is recognised by the inode that `manifest.next` names: it was that of the staging tree, and an exchange is
//! the only way for it to become that of the output folder. The old manifest stays in force until the old tree is gone,
//! so that the sweep can tell the files of that tree.

use std::fs;
use std::sync::Mutex;

use super::error::{During, PublishError, plain};
use super::files::{identity, look, remove_file_if_any, remove_tree_if_any, sync_folder};
use super::manifest::Manifest;
use super::place::Place;
use super::replace;
use super::sweep::Sweep;

/// Brings the state folder to rest and returns the list of published files.
pub(super) fn recover(place: &Place, warnings: &mut Vec<String>) -> Result<Manifest, PublishError> {
    let old = load_current(place, warnings)?;
    let next = Manifest::load(&place.manifest_next()).unwrap_or(None);
    let journal = fs::read_to_string(place.journal()).ok();
    let current = match next {
        Some((next, seal)) if journal.as_deref() == Some(seal.as_str()) => replace::run(place, &old, next, warnings)?,
        Some((next, _)) if is_live(place, &next)? => finish_exchange(place, &old, next, warnings)?,
        _ => old,
    };
    remove_file_if_any(&place.journal()).during("remove", &place.journal())?;
    remove_file_if_any(&place.manifest_next()).during("remove", &place.manifest_next())?;
    remove_tree_if_any(&place.next()).during("remove", &place.next())?;
    Ok(current)
}

fn load_current(place: &Place, warnings: &mut Vec<String>) -> Result<Manifest, PublishError> {
    match Manifest::load(&place.manifest()) {
        Ok(found) => Ok(found.map(|(manifest, _)| manifest).unwrap_or_default()),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            let path = place.manifest();
            warnings.push(format!("`{}`: {}; nothing old will be deleted", path.display(), plain(&error)));
            Ok(Manifest::default())
        }
        Err(error) => Err(error).during("read", &place.manifest()),
    }
}

fn is_live(place: &Place, next: &Manifest) -> Result<bool, PublishError> {
    let live = look(&place.output).during("read", &place.output)?;
    Ok(next.root.is_some() && live.and_then(|meta| identity(&meta)) == next.root)
}

/// What is left to do once the new tree is live: the old one goes, then the new list comes into force.
pub(super) fn finish_exchange(
    place: &Place,
    old: &Manifest,
    new: Manifest,
    warnings: &mut Vec<String>,
) -> Result<Manifest, PublishError> {
    let sweep = Sweep { place, ours: old, is_replaced: true, warnings: Mutex::default() };
    sweep.folder(&place.next(), "".as_ref());
    warnings.extend(sweep.warnings.into_inner().unwrap_or_default());
    fs::rename(place.manifest_next(), place.manifest()).during("write", &place.manifest())?;
    sync_folder(&place.state).during("flush", &place.state)?;
    Ok(new)
}
