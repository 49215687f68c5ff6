//! The floor of a build: the time that writing the files of a site takes when all of them are in memory already.
//!
//!     rustc -O examples/floor.rs -o target/bench/floor
//!     target/bench/floor SITE OUTPUT THREADS
//!
//! Loads every file of SITE, then writes them to OUTPUT, a new folder, and prints what only the writing took, as JSON. It uses the standard
//! library alone and needs no package. Loading and writing are parted since a build makes its files in memory too.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, io, thread};

/// A thread takes so many files at a time: neighbors, so that threads seldom meet in one folder.
const BATCH: usize = 256;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [site, output, threads] = arguments.as_slice() else {
        return Err(io::Error::other("usage: floor SITE OUTPUT THREADS"));
    };
    let threads: usize = threads.parse().map_err(io::Error::other)?;
    let site = load(Path::new(site))?;
    let cpu = cpu_seconds();
    let start = Instant::now();
    write(&site, Path::new(output), threads)?;
    let wall = start.elapsed().as_secs_f64();
    let bytes: usize = site.files.iter().map(|(_, bytes)| bytes.len()).sum();
    let line = format!(
        "{{\"files\": {}, \"bytes\": {bytes}, \"wall\": {wall:.3}, \"cpu\": {:.2}}}\n",
        site.files.len(),
        cpu_seconds() - cpu
    );
    io::Write::write_all(&mut io::stdout(), line.as_bytes())
}

/// Everything of a site, by path below its folder; folders come before what is in them.
#[derive(Default)]
struct Loaded {
    folders: Vec<PathBuf>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

fn load(root: &Path) -> io::Result<Loaded> {
    let mut loaded = Loaded { folders: vec![PathBuf::new()], ..Loaded::default() };
    let mut next = 0;
    while next < loaded.folders.len() {
        for entry in fs::read_dir(root.join(&loaded.folders[next]))? {
            let entry = entry?;
            let path = loaded.folders[next].join(entry.file_name());
            if entry.file_type()?.is_dir() {
                loaded.folders.push(path);
            } else {
                loaded.files.push((path, fs::read(entry.path())?));
            }
        }
        next += 1;
    }
    Ok(loaded)
}

fn write(site: &Loaded, output: &Path, threads: usize) -> io::Result<()> {
    for folder in &site.folders {
        fs::create_dir(output.join(folder))?;
    }
    let next = AtomicUsize::new(0);
    let batches: Vec<&[(PathBuf, Vec<u8>)]> = site.files.chunks(BATCH).collect();
    let work = || -> io::Result<()> {
        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            for (path, bytes) in *batch {
                let mut file = fs::File::create_new(output.join(path))?;
                io::Write::write_all(&mut file, bytes)?;
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        started.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread failed"))))
    })
}

/// Processor time of this process so far, user and system, in seconds; 0 where the system has no `/proc`.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program is in parentheses and may hold blanks. The 14th and 15th field are in hundredths of a second.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
