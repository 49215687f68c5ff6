//! Small words about files that the other parts of publishing share, with the differences between systems kept here.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// What one `lstat` tells about a published file; two equal stamps mean that nobody has touched it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Length in bytes.
    pub(super) size: u64,
    /// Time of the last change of the bytes, in nanoseconds since 1970.
    pub(super) mtime: i64,
    /// Number of the inode; 0 where the system has none.
    pub(super) inode: u64,
}

/// Device and inode: which folder this is, whatever it is called at the moment.
pub(super) type Identity = (u64, u64);

/// The stamp of a file.
#[cfg(unix)]
pub(super) fn stamp(meta: &Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt;
    let mtime = meta.mtime().saturating_mul(1_000_000_000).saturating_add(meta.mtime_nsec());
    Stamp { size: meta.size(), mtime, inode: meta.ino() }
}

/// The stamp of a file.
#[cfg(not(unix))]
pub(super) fn stamp(meta: &Metadata) -> Stamp {
    let since = meta.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    let mtime = since.and_then(|d| i64::try_from(d.as_nanos()).ok()).unwrap_or(0);
    Stamp { size: meta.len(), mtime, inode: 0 }
}

/// Which file this is; `None` where the system does not tell.
#[cfg(unix)]
pub(super) fn identity(meta: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

/// Which file this is; `None` where the system does not tell.
#[cfg(not(unix))]
pub(super) fn identity(_meta: &Metadata) -> Option<Identity> {
    None
}

/// A folder that is asked for many files below it: their way begins there and not at the root.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
#[derive(Debug)]
pub(super) struct Folder(rustix::fd::OwnedFd);

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
impl Folder {
    /// Opens a folder.
    pub(super) fn open(path: &Path) -> io::Result<Folder> {
        use rustix::fs::{Mode, OFlags};
        Ok(Folder(rustix::fs::open(path, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?))
    }

    /// The stamp of a regular file by its path from here.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        use rustix::fs::{AtFlags, FileType, statat};
        let meta = statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let mtime = meta.st_mtime.saturating_mul(1_000_000_000).saturating_add_unsigned(meta.st_mtime_nsec);
        let size = u64::try_from(meta.st_size).ok()?;
        let is_file = FileType::from_raw_mode(meta.st_mode) == FileType::RegularFile;
        is_file.then_some(Stamp { size, mtime, inode: meta.st_ino })
    }

    /// Creates a file at a path from here, as [`create_file`] does.
    fn create(&self, path: &str) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, openat};
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        Ok(openat(&self.0, path, flags, Mode::from_raw_mode(0o644))?.into())
    }

    /// Links a file to the same path in another folder.
    pub(super) fn link(&self, path: &str, to: &Folder) -> io::Result<()> {
        Ok(rustix::fs::linkat(&self.0, path, &to.0, path, rustix::fs::AtFlags::empty())?)
    }
}

/// A folder that is asked for many files below it.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
impl Folder {
    /// Opens a folder.
    pub(super) fn open(path: &Path) -> io::Result<Folder> {
        fs::metadata(path).map(|_| Folder(path.to_owned()))
    }

    /// The stamp of a regular file by its path from here.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        fs::symlink_metadata(self.0.join(path)).ok().filter(Metadata::is_file).map(|meta| stamp(&meta))
    }

    /// Creates a file at a path from here, as [`create_file`] does.
    fn create(&self, path: &str) -> io::Result<File> {
        create_file(&self.0.join(path))
    }

    /// Links a file to the same path in another folder.
    pub(super) fn link(&self, path: &str, to: &Folder) -> io::Result<()> {
        fs::hard_link(self.0.join(path), to.0.join(path))
    }
}

/// Creates a file that must not exist yet (mode 0644 less the umask), so that no existing inode is ever written into.
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
    options.open(path)
}

impl Folder {
    /// Writes a new file at a path from here and returns its stamp. Three system calls besides opening: write, fstat, close.
    pub(super) fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<Stamp> {
        let mut file = self.create(path)?;
        file.write_all(bytes)?;
        Ok(stamp(&file.metadata()?))
    }
}

/// Writes a small file durably: a part beside it, flushed, then renamed over it.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_part(path, bytes).and_then(Part::complete)
}

/// A file that is written beside its place and not there yet.
pub(super) struct Part<'a> {
    file: File,
    path: &'a Path,
}

/// Writes such a file.
pub(super) fn write_part<'a>(path: &'a Path, bytes: &[u8]) -> io::Result<Part<'a>> {
    let part = part_of(path);
    remove_file_if_any(&part)?;
    let mut file = create_file(&part)?;
    file.write_all(bytes)?;
    Ok(Part { file, path })
}

impl Part<'_> {
    /// Flushes it and puts it in its place, durably.
    pub(super) fn complete(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(part_of(self.path), self.path)?;
        self.path.parent().map_or(Ok(()), sync_folder)
    }
}

/// What a file is called while it is written beside its place.
pub(super) fn part_of(path: &Path) -> PathBuf {
    path.with_extension("part")
}

/// Creates a folder and its parents (mode 0755 less the umask); several threads may ask for the same one.
pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o755);
    builder.create(path)
}

/// Flushes a folder's names. Where folders cannot be opened (Windows) there is nothing to do.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

/// `lstat`, where "there is nothing" is an answer and not an error.
pub(super) fn look(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(meta)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the error says that there is no such file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Removes a file; none there is fine.
pub(super) fn remove_file_if_any(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if !is_absent(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Removes a folder with all that is in it; none there is fine.
pub(super) fn remove_tree_if_any(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Puts the same file at a second path: a hard link, or a copy where links are not to be had. Symlinks are made anew.
/// A device, pipe or socket can only be linked, since reading it could block for ever.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    let meta = fs::symlink_metadata(from)?;
    if meta.is_symlink() {
        return make_symlink(&fs::read_link(from)?, from, to);
    }
    match fs::hard_link(from, to) {
        Err(error) if meta.is_file() && error.kind() != io::ErrorKind::AlreadyExists => copy(from, &meta, to),
        other => other,
    }
}

fn copy(from: &Path, meta: &Metadata, to: &Path) -> io::Result<()> {
    let mut file = create_file(to)?;
    io::copy(&mut File::open(from)?, &mut file)?;
    file.set_permissions(meta.permissions())?;
    file.set_modified(meta.modified()?)
}

#[cfg(unix)]
fn make_symlink(target: &Path, _from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, to)
}

#[cfg(windows)]
fn make_symlink(target: &Path, from: &Path, to: &Path) -> io::Result<()> {
    match from.is_dir() {
        true => std::os::windows::fs::symlink_dir(target, to),
        false => std::os::windows::fs::symlink_file(target, to),
    }
}

/// Whether two paths hold the same: one inode, or equal symlinks, or files of equal bytes. Nothing there is never the same.
pub(super) fn same_content(a: &Path, b: &Path) -> io::Result<bool> {
    let (Some(meta_a), Some(meta_b)) = (look(a)?, look(b)?) else {
        return Ok(false);
    };
    if identity(&meta_a).is_some() && identity(&meta_a) == identity(&meta_b) {
        return Ok(true);
    }
    if meta_a.is_symlink() && meta_b.is_symlink() {
        return Ok(fs::read_link(a)? == fs::read_link(b)?);
    }
    if !meta_a.is_file() || !meta_b.is_file() || meta_a.len() != meta_b.len() {
        return Ok(false);
    }
    same_bytes(File::open(a)?, File::open(b)?)
}

fn same_bytes(mut a: File, mut b: File) -> io::Result<bool> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        (&mut a).take(1 << 16).read_to_end(&mut left)?;
        (&mut b).take(1 << 16).read_to_end(&mut right)?;
        if left != right {
            return Ok(false);
        }
        if left.is_empty() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_and_a_folder_are_never_the_same() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let (file, folder) = (dir.path().join("file"), dir.path().join("folder"));
        fs::create_dir(&folder).expect("a folder");
        let size = usize::try_from(fs::metadata(&folder).expect("a folder").len()).expect("a small folder");
        fs::write(&file, vec![0; size]).expect("a file");
        assert!(!same_content(&file, &folder).expect("both are there") && !same_content(&folder, &file).expect("both are there"));
    }
}
