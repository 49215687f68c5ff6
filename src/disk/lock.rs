//! One build per output folder at a time.
//!
//! The lock belongs to the open file and not to the file's existence: when a process is killed the system frees it, so a
//! lock file that was left behind blocks nobody, and it is never deleted (deleting it would let two builds hold "the" lock).

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::error::{During, PublishError};

/// Held while one build prepares and publishes one output folder; freed when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// How often and how long to wait for a lock, in milliseconds. A lock outlives its holder for a moment where the holder's
/// process was just starting another program; a second build holds it for longer.
const PATIENCE: (u32, u64) = (20, 25);

/// Takes the lock at `path`, waiting half a second at most.
pub(super) fn take(path: &Path) -> Result<Lock, PublishError> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).during("create", path)?;
    let (tries, pause) = PATIENCE;
    let mut tried = file.try_lock();
    for _ in 0..tries {
        if !matches!(tried, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(pause));
        tried = file.try_lock();
    }
    match tried {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(PublishError::because("lock", path, "another daysheet is building this output")),
        // Some network file systems have no locks. Refusing to build there would help nobody.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Lock { _file: file }),
        Err(TryLockError::Error(error)) => Err(error).during("lock", path),
    }
}
