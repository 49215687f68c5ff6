//! Values that are remembered between builds, by the print of what they were made of, in one file beside the output.
//!
//! The file grows at its end: a head that names the version of what wrote it, then records of a print, a checksum, a length and so many
//! bytes. A record that was cut off or has rotted is not there; what it held is made again. The file is only ever a memo: that it
//! cannot be read or written is no error.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::files::part_of;
use crate::memo::{self, Input, Memo, Print};

/// What the file begins with, before the version.
const HEAD: &[u8] = b"daysheet-store 1\n";

/// The length of the head with the version, and of what stands before the bytes of a record.
const HEAD_LENGTH: u64 = HEAD.len() as u64 + 16;
const RECORD_HEAD: usize = 16 + 16 + 8;

/// The memo.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    version: Print,
    /// What is in the file.
    old: Option<File>,
    records: HashMap<Print, Record>,
    /// Where the last whole record ends.
    end: u64,
    /// The prints that were asked for or added.
    used: Mutex<HashSet<Print>>,
    /// Where records are added; none if nothing can be, or nothing is to be.
    writer: Option<Mutex<BufWriter<File>>>,
}

/// Where the bytes of a value are.
#[derive(Debug, Clone, Copy)]
struct Record {
    start: u64,
    length: u64,
    seal: Print,
}

/// What stands before the bytes of a record.
fn record_head(print: Print, bytes: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(RECORD_HEAD);
    print.put(&mut head);
    memo::print(bytes).put(&mut head);
    (bytes.len() as u64).put(&mut head);
    head
}

impl Store {
    /// Opens the memo `name` in a state folder for reading. One of another version is as good as none.
    pub fn open(state: &Path, name: &str, version: Print) -> Store {
        let path = state.join(name);
        let old = File::open(&path).ok();
        let mut store =
            Store { path, version, old, records: HashMap::new(), end: HEAD_LENGTH, used: Mutex::default(), writer: None };
        if store.scan().is_none() {
            store.old = None;
        }
        store
    }

    /// Opens it for adding too, which one process may do at a time.
    pub fn open_to_add(state: &Path, name: &str, version: Print) -> Store {
        let mut store = Store::open(state, name, version);
        // A run that was killed may have left it.
        let _ = fs::remove_file(part_of(&store.path));
        store.writer = store.appender().ok().map(|file| Mutex::new(BufWriter::with_capacity(1 << 18, file)));
        store
    }

    /// Finds the records; none if the file is none of this version.
    fn scan(&mut self) -> Option<()> {
        let old = self.old.as_ref()?;
        let length = old.metadata().ok()?.len();
        let head = read_at(old, 0, HEAD_LENGTH).ok()?;
        let version: Print = memo::value(head.strip_prefix(HEAD)?)?;
        if version != self.version {
            return None;
        }
        while let Ok(head) = read_at(old, self.end, RECORD_HEAD as u64) {
            let mut input = Input::new(&head);
            let (print, seal, n) = (Print::get(&mut input)?, Print::get(&mut input)?, u64::get(&mut input)?);
            let start = self.end + RECORD_HEAD as u64;
            match start.checked_add(n).filter(|end| *end <= length) {
                Some(end) => self.end = end,
                None => break,
            }
            self.records.insert(print, Record { start, length: n, seal });
        }
        Some(())
    }

    /// The file, open where its last whole record ends.
    fn appender(&self) -> io::Result<File> {
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&self.path)?;
        if self.old.is_none() {
            file.set_len(0)?;
            file.write_all(HEAD)?;
            file.write_all(&memo::bytes(&self.version))?;
        } else {
            file.set_len(self.end)?;
        }
        io::Seek::seek(&mut file, io::SeekFrom::End(0))?;
        Ok(file)
    }

    /// The value of a print; none if it is not there or not whole.
    pub fn get(&self, print: Print) -> Option<Vec<u8>> {
        let record = self.records.get(&print)?;
        let bytes = read_at(self.old.as_ref()?, record.start, record.length).ok()?;
        if memo::print(&bytes) != record.seal {
            return None;
        }
        locked(&self.used).insert(print);
        Some(bytes)
    }

    /// Adds a value, which is made only if it can be added. Callable from many threads.
    pub fn put(&self, print: Print, value: impl FnOnce() -> Vec<u8>) {
        let Some(writer) = &self.writer else { return };
        locked(&self.used).insert(print);
        let bytes = value();
        let head = record_head(print, &bytes);
        let mut writer = locked(writer);
        // A record that was cut off here hides those after it: they are made again the next time.
        let _ = writer.write_all(&head).and_then(|()| writer.write_all(&bytes));
    }

    /// Completes the file, and drops from it what was not asked for where that is more than half of it.
    pub fn finish(self) {
        let Some(writer) = self.writer else { return };
        let is_written = writer.into_inner().unwrap_or_else(PoisonError::into_inner).flush().is_ok();
        let used = self.used.into_inner().unwrap_or_else(PoisonError::into_inner);
        let length = |record: &Record| record.length + RECORD_HEAD as u64;
        let unused: u64 = self.records.iter().filter(|(print, _)| !used.contains(print)).map(|(_, record)| length(record)).sum();
        if is_written && self.end < unused.saturating_mul(2) {
            let part = part_of(&self.path);
            if compact(&self.path, &part, self.version, &used).and_then(|()| fs::rename(&part, &self.path)).is_err() {
                let _ = fs::remove_file(&part);
            }
        }
    }
}

/// Writes the records that were used to a new file.
fn compact(path: &Path, part: &Path, version: Print, used: &HashSet<Print>) -> io::Result<()> {
    let (state, name) = (path.parent().unwrap_or(Path::new("")), path.file_name().unwrap_or_default());
    let all = Store::open(state, &name.to_string_lossy(), version);
    let mut out = BufWriter::new(File::create(part)?);
    out.write_all(HEAD)?;
    out.write_all(&memo::bytes(&version))?;
    for print in all.records.keys().filter(|print| used.contains(print)) {
        let Some(bytes) = all.get(*print) else { continue };
        out.write_all(&record_head(*print, &bytes))?;
        out.write_all(&bytes)?;
    }
    out.flush()
}

fn locked<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So many bytes of a file from a place on; an error if there are fewer.
fn read_at(file: &File, start: u64, length: u64) -> io::Result<Vec<u8>> {
    // A length that rotted must not reserve memory for what is not there.
    let there = file.metadata()?.len().saturating_sub(start);
    if there < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    #[cfg(unix)]
    std::os::unix::fs::FileExt::read_exact_at(file, &mut bytes, start)?;
    #[cfg(windows)]
    {
        let mut done = 0;
        while done < bytes.len() {
            match std::os::windows::fs::FileExt::seek_read(file, &mut bytes[done..], start + done as u64)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n => done += n,
            }
        }
    }
    Ok(bytes)
}
