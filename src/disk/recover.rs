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
use std::io;
use std::sync::Mutex;

use super::error::{During, PublishError, plain};
use super::files::{identity, is_absent, look, part_of, remove_file_if_any, remove_tree_if_any, sync_folder};
use super::manifest::{Manifest, Seal};
use super::place::Place;
use super::replace;
use super::sweep::Sweep;

/// Brings the state folder to rest and returns the list of published files.
pub(super) fn recover(place: &Place, warnings: &mut Vec<String>) -> Result<Manifest, PublishError> {
    let old = load_current(place, warnings)?;
    let next = load_next(place)?;
    let journal = load_journal(place)?;
    let current = match next {
        Some((next, seal)) if journal.as_deref() == Some(seal.as_slice()) => replace::run(place, &old, next, warnings)?,
        Some((next, _)) if is_live(place, &next)? => {
            if !sweep_old(place, &old, warnings) {
                // What is left there may be somebody's: it is not for the line below to remove.
                return Err(PublishError::because("remove", place.next(), "something in this old site cannot be moved away"));
            }
            accept(place)?;
            next
        }
        _ => old,
    };
    remove_file_if_any(&place.journal()).during("remove", &place.journal())?;
    remove_file_if_any(&place.manifest_next()).during("remove", &place.manifest_next())?;
    for part in [part_of(&place.journal()), part_of(&place.manifest())] {
        remove_file_if_any(&part).during("remove", &part)?;
    }
    remove_tree_if_any(&place.next()).during("remove", &place.next())?;
    Ok(current)
}

/// The list of what was about to be published. One that is damaged was not yet in force; one that cannot be read may be.
fn load_next(place: &Place) -> Result<Option<(Manifest, Seal)>, PublishError> {
    match Manifest::load(&place.manifest_next()) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        other => other.during("read", &place.manifest_next()),
    }
}

fn load_journal(place: &Place) -> Result<Option<Vec<u8>>, PublishError> {
    match fs::read(place.journal()) {
        Err(error) if is_absent(&error) => Ok(None),
        other => other.map(Some).during("read", &place.journal()),
    }
}

fn load_current(place: &Place, warnings: &mut Vec<String>) -> Result<Manifest, PublishError> {
    match Manifest::load(&place.manifest()) {
        Ok(found) => Ok(found.map(|(manifest, _)| manifest).unwrap_or_default()),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
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

/// Removes the old tree once the new one is live, but for what is somebody's and cannot be moved; says whether it is gone.
pub(super) fn sweep_old(place: &Place, old: &Manifest, warnings: &mut Vec<String>) -> bool {
    let sweep = Sweep { place, ours: old, is_replaced: true, warnings: Mutex::default() };
    sweep.folder(&place.next(), "".as_ref());
    warnings.extend(sweep.warnings.into_inner().unwrap_or_default());
    matches!(look(&place.next()), Ok(None))
}

/// The list of the new tree comes into force. Until then the old list tells what in the old tree is ours.
pub(super) fn accept(place: &Place) -> Result<(), PublishError> {
    fs::rename(place.manifest_next(), place.manifest()).during("write", &place.manifest())?;
    sync_folder(&place.state).during("flush", &place.state)
}
