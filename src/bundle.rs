//! A site as one zip file, to be unpacked and read anywhere: the same bytes for the same site, whatever the clock and the threads.

use crate::build::{self, Artifact, BuildError, Each};
use crate::site::Site;
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::Mutex;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A zip file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The zip file.
    pub bytes: Vec<u8>,
    /// How many files it holds.
    pub n_files: usize,
    /// How many bytes they have unpacked.
    pub unpacked: u64,
}

/// Why there is no bundle.
pub type BundleError = BuildError<zip::result::ZipError>;

/// Builds a site into a zip file whose files all lie in one folder. `others` are further files: address on the site, and bytes.
///
/// Files are packed one by one as they are rendered, so that memory holds them packed only.
pub fn bundle(site: &Site, theme: &Theme, folder: &str, others: Vec<(String, Vec<u8>)>) -> Result<Bundle, BundleError> {
    let packed: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::default();
    let keep = |address: &str, bytes: &[u8]| -> Result<(), zip::result::ZipError> {
        let file = pack(&format!("{folder}/{address}"), bytes)?;
        packed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(address.to_owned(), file);
        Ok(())
    };
    let sink = Each(|artifact: &Artifact| keep(&artifact.route.path(), &artifact.bytes));
    let built = build::build(site, theme, "", &build::parts(site, theme), &sink)?;
    for (address, bytes) in &others {
        keep(address, bytes).map_err(BuildError::Sink)?;
    }
    let packed = packed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let unpacked = built.bytes + others.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>();
    Ok(Bundle { n_files: packed.len(), unpacked, bytes: joined(packed.into_values()).map_err(BuildError::Sink)? })
}

/// A zip file with one file in it. Without a clock all files are of 1980, where the format begins.
fn pack(name: &str, bytes: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
    writer.start_file(name, options)?;
    writer.write_all(bytes)?;
    Ok(writer.finish()?.into_inner())
}

/// Zip files of one file each as one, in their order, without packing anything again.
fn joined(files: impl Iterator<Item = Vec<u8>>) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        writer.raw_copy_file(ZipArchive::new(Cursor::new(file))?.by_index_raw(0)?)?;
    }
    Ok(writer.finish()?.into_inner())
}
