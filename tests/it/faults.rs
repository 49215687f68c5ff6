//! What the machine may do to a build: failing system calls, kills, full disks, vanishing input, other builds at the same time.
//!
//! Whatever happens, the output is the old site or the new one, the program says in one line what it could not do with which
//! file and ends with code 2, and the next run is as if nothing had been. Faults are injected with strace; where it may not be
//! used, the tests say so. `DAYSHEET_SOAK` set makes them try every fault at every call
//! instead of one of them in turn; `DAYSHEET_PROGRAM` names another build of the program to test.

#![cfg(target_os = "linux")]

use super::common::{files, program};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SETTINGS: &str = "title = \"Old and new\"\n[[navigation]]\nlabel = \"About\"\nurl = \"pages/about.html\"\n";

type Tree = BTreeMap<String, Vec<u8>>;

/// How a new version comes into the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// There was none.
    Created,
    /// By an exchange of folders.
    Exchanged,
    /// File by file, because the output holds a version control folder.
    Replaced,
}

/// A site with two versions of its input, and what each of them gives.
struct World {
    dir: TempDir,
    way: Way,
    sites: [Tree; 2],
    /// The version that is published.
    live: usize,
}

impl World {
    fn new(way: Way) -> World {
        let dir = TempDir::new().expect("a temporary folder");
        let mut world = World { dir, way, sites: [Tree::new(), Tree::new()], live: 1 };
        put(&world.root().join("site.toml"), SETTINGS);
        put(&world.root().join("pages/about.md"), "# About\n");
        for version in [0, 1] {
            world.set_input(version);
            let out = world.dir.path().join(format!("model-{version}/public"));
            let output = plain(&["build", "--root", &text(&world.root()), "--output", &text(&out)]).output().expect("it runs");
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            world.sites[version] = snapshot(&out);
            if way != Way::Created {
                world.sites[version].insert("CNAME".to_owned(), b"example.org".to_vec());
            }
        }
        assert_ne!(world.sites[0], world.sites[1]);
        world.start();
        world
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("root")
    }

    fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    fn state(&self) -> PathBuf {
        self.root().join(".daysheet-public")
    }

    /// Lays out one of the two inputs: their days have different files, a static file differs, another is the same.
    fn set_input(&self, version: usize) {
        let (day, other) = [("2025-11-14", "2025-11-17"), ("2025-11-17", "2025-11-14")][version];
        let digest = format!(
            "| Title | Authors | Tags | PDF |\n|---|---|---|---|\n| Fox {version} | Jane Roe | ai | [PDF](https://arxiv.org/pdf/2511.0000{version}) |\n"
        );
        let _ = fs::remove_file(self.root().join(format!("content/{other}-arxiv.md")));
        put(&self.root().join(format!("content/{day}-arxiv.md")), &digest);
        put(&self.root().join("static/deep/changing.txt"), &format!("version {version}"));
        put(&self.root().join("static/same.txt"), "same");
    }

    /// Brings the output to where the next fault begins, and lays out the input of the other version, which is returned.
    fn start(&mut self) -> usize {
        if self.way == Way::Created {
            let _ = fs::remove_dir_all(self.output());
            let _ = fs::remove_dir_all(self.state());
        } else if !self.output().exists() {
            let before = usize::from(self.live == 0);
            self.set_input(before);
            self.run_plain();
            put(&self.output().join("CNAME"), "example.org");
            if self.way == Way::Replaced {
                put(&self.output().join(".git/HEAD"), "ref");
            }
            self.live = before;
        }
        let target = usize::from(self.live == 0);
        self.set_input(target);
        target
    }

    fn arguments(&self) -> [String; 5] {
        ["build".to_owned(), "--root".to_owned(), text(&self.root()), "--jobs".to_owned(), "1".to_owned()]
    }

    fn run_plain(&self) -> Output {
        let output = plain(&self.arguments()).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        output
    }

    fn strace(&self, options: &[&str]) -> Output {
        let log = text(&self.dir.path().join("trace"));
        let mut command = Command::new("strace");
        // The path that cargo sets for libraries makes the loader open many files on the main thread.
        // With `-y` a call on an open file is written with its path.
        command
            .env_remove("LD_LIBRARY_PATH")
            .args(["-f", "-y", "-qq", "-o", &log])
            .args(options)
            .arg(program())
            .args(self.arguments());
        command.stdin(Stdio::null()).output().expect("strace runs")
    }

    fn trace(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.dir.path().join("trace")).unwrap_or_default()).into_owned()
    }

    /// How often the run from here makes each system call on one thread, the one of the build.
    fn calls(&mut self) -> BTreeMap<String, usize> {
        let target = self.start();
        let output = self.strace(&["-e", "trace=%file,%desc"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        self.live = target;
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for line in self.trace().lines() {
            let Some((thread, call)) = line.split_once(' ') else { continue };
            let name = call.trim_start().split('(').next().unwrap_or("");
            *counts.entry((thread.to_owned(), name.to_owned())).or_default() += 1;
        }
        let mut most = BTreeMap::new();
        for ((_, name), n) in counts {
            let known: &mut usize = most.entry(name).or_default();
            *known = n.max(*known);
        }
        most
    }

    /// What the output shows now, if it is one of the two sites.
    fn shown(&self) -> Option<usize> {
        let now = snapshot(&self.output());
        (0..2).find(|version| self.sites[*version] == now)
    }

    /// A run without faults makes all good.
    fn heal(&mut self, target: usize) -> Option<String> {
        let output = plain(&self.arguments()).output().expect("the program runs");
        self.live = target;
        if output.status.code() != Some(0) {
            return Some(format!("the next run fails: {}", stderr(&output)));
        }
        if self.shown() != Some(target) {
            return Some(format!("the next run gives another site: {}", self.difference(target)));
        }
        self.unrest()
    }

    fn unrest(&self) -> Option<String> {
        // What is remembered for the next run stays; what a run prepares does not.
        let is_draft = |name: &str| ["next", "journal"].contains(&name) || name.ends_with(".next") || name.ends_with(".part");
        let names = fs::read_dir(self.state()).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let left: Vec<_> = names.filter(|name| is_draft(&name.to_string_lossy())).collect();
        let git = self.way != Way::Replaced || self.output().join(".git/HEAD").exists();
        (!left.is_empty() || !git).then(|| format!("left behind: {left:?}, git {git}"))
    }

    /// Which files are not those of the target.
    fn difference(&self, target: usize) -> String {
        let now = snapshot(&self.output());
        let all = now.keys().chain(self.sites[target].keys());
        let mut odd: Vec<&String> = all.filter(|path| now.get(*path) != self.sites[target].get(*path)).collect();
        odd.dedup();
        format!("{odd:?}")
    }

    /// Each file is that of the old site or that of the new one, as while files are replaced one by one.
    fn is_mixed(&self) -> bool {
        let old_or_new = |path: &String, bytes: &Vec<u8>| self.sites.iter().any(|site| site.get(path) == Some(bytes));
        snapshot(&self.output()).iter().all(|(path, bytes)| old_or_new(path, bytes))
    }
}

fn plain<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).stdin(Stdio::null());
    command
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path in UTF-8").to_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// All files of a published site but for version control.
fn snapshot(folder: &Path) -> Tree {
    if !folder.exists() {
        return Tree::new();
    }
    files(folder).into_iter().filter(|(path, _)| !path.starts_with(".git/")).collect()
}

fn is_soak() -> bool {
    std::env::var_os("DAYSHEET_SOAK").is_some()
}

fn has_strace() -> bool {
    let works = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    if !works {
        eprintln!("skipped: no strace here, or it may not trace");
    }
    works
}

/// System calls that change something, and the errors that they may give.
const CHANGING: &[(&str, &[&str])] = &[
    ("openat", &["ENOSPC", "EIO", "EACCES", "EMFILE", "ENOENT", "EROFS"]),
    ("write", &["ENOSPC", "EIO", "EDQUOT"]),
    ("mkdir", &["ENOSPC", "EIO", "EACCES", "EROFS", "ENOENT"]),
    ("mkdirat", &["ENOSPC", "EIO", "EACCES", "EROFS", "ENOENT"]),
    ("rename", &["ENOSPC", "EIO", "EACCES", "EXDEV", "ENOENT"]),
    ("renameat", &["ENOSPC", "EIO", "EACCES", "EXDEV", "ENOENT"]),
    ("renameat2", &["ENOSPC", "EIO", "EACCES", "EXDEV", "EINVAL"]),
    ("link", &["ENOSPC", "EIO", "EACCES", "EXDEV", "ENOENT", "EMLINK"]),
    ("linkat", &["ENOSPC", "EIO", "EACCES", "EXDEV", "ENOENT", "EMLINK"]),
    ("unlink", &["EIO", "EACCES", "EROFS"]),
    ("unlinkat", &["EIO", "EACCES", "EROFS"]),
    ("rmdir", &["EIO", "EACCES", "ENOTEMPTY"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("fdatasync", &["EIO", "ENOSPC"]),
    ("syncfs", &["EIO", "ENOSPC"]),
    ("chmod", &["EIO", "EACCES"]),
    ("fchmod", &["EIO", "EACCES"]),
    ("flock", &["EIO", "ENOLCK"]),
    ("copy_file_range", &["ENOSPC", "EIO"]),
];

/// System calls that only look. An error there must not pass for "there is nothing".
const LOOKING: &[(&str, &[&str])] = &[
    ("read", &["EIO"]),
    ("getdents64", &["EIO", "EACCES"]),
    ("statx", &["EIO", "EACCES", "ENOENT"]),
    ("newfstatat", &["EIO", "EACCES", "ENOENT"]),
    ("readlink", &["EIO", "EACCES"]),
];

/// What the tests say at their end.
#[derive(Default)]
struct Tally {
    injected: usize,
    survived: usize,
    refused: usize,
    /// Faults of the loader, before the program begins.
    not_ours: usize,
    /// An input that is said not to be there is not there.
    believed: usize,
    wrong: Vec<String>,
}

fn inject_everywhere(way: Way, table: &[(&str, &[&str])]) {
    if !has_strace() {
        return;
    }
    let started = Instant::now();
    let mut world = World::new(way);
    let calls = world.calls();
    let mut tally = Tally::default();
    for (call_idx, (call, errors)) in table.iter().enumerate() {
        for n in numbers(calls.get(*call), call_idx) {
            let chosen = (n + call_idx) % errors.len();
            for error in errors_of(call, errors, chosen) {
                inject(&mut world, call, error, n, &mut tally);
            }
        }
    }
    let Tally { injected, survived, refused, not_ours, believed, wrong } = tally;
    let time = started.elapsed();
    println!(
        "{way:?}: {injected} faults injected: {refused} refused with code 2, {survived} survived, {believed} believed, {not_ours} before the start; {time:?}"
    );
    assert!(refused > 0 && survived > 0, "nothing was tried");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Which errors are tried at a call: one in turn, or all; whatever writes, renames, links, opens or flushes may give any of some then.
fn errors_of<'a>(call: &str, errors: &[&'a str], chosen: usize) -> Vec<&'a str> {
    if !is_soak() {
        return vec![errors[chosen]];
    }
    let is_central =
        ["open", "write", "rename", "link", "fsync", "fdatasync", "syncfs"].iter().any(|name| call.starts_with(name));
    let mut all = errors.to_vec();
    if is_central {
        all.extend(["ENOSPC", "EIO", "EACCES", "EMFILE", "ENOENT", "EXDEV"].iter().filter(|error| !errors.contains(error)));
    }
    all
}

/// Which of so many calls are tried: all, or where there are many of a kind every third.
fn numbers(n_calls: Option<&usize>, seed: usize) -> impl Iterator<Item = usize> {
    let n_calls = n_calls.copied().unwrap_or(0);
    (1..=n_calls).filter(move |n| is_soak() || n_calls < 12 || (n + seed).is_multiple_of(3))
}

fn inject(world: &mut World, call: &str, error: &str, n: usize, tally: &mut Tally) {
    let target = world.start();
    let old = (world.way != Way::Created).then_some(world.live);
    let output = world.strace(&["-e", &format!("trace={call}"), "-e", &format!("inject={call}:error={error}:when={n}")]);
    let trace = world.trace();
    let hit: Vec<&str> = trace.lines().filter(|line| line.contains("(INJECTED)")).collect();
    if hit.is_empty() {
        // Another thread has come that far, or not again.
        world.heal(target);
        return;
    }
    tally.injected += 1;
    let said = stderr(&output);
    let is_hit = |names: &[&str]| error == "ENOENT" && hit.iter().any(|line| names.iter().any(|name| line.contains(name)));
    // Nobody can tell a list of files that is said to be missing from one that was lost: nothing old is deleted then.
    let is_list_lost = is_hit(&["/.daysheet-public/manifest\""]);
    let is_believed = is_list_lost || is_hit(&["site.toml", "/pages", "/static", "/themes", "root/content\""]);
    let shown = world.shown();
    let verdict = match output.status.code() {
        Some(127) if said.contains("shared librar") => {
            tally.not_ours += 1;
            None
        }
        Some(0) if is_believed => {
            tally.believed += 1;
            None
        }
        Some(0) if shown == Some(target) => {
            tally.survived += 1;
            None
        }
        Some(0) => Some(format!("success, but not the new site: {}", world.difference(target))),
        Some(2) => {
            tally.refused += 1;
            let is_old = match old {
                Some(old) => shown == Some(old),
                None => !world.output().exists(),
            };
            let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("error")).collect();
            // A mistake in the settings is a line of its own, below the error.
            let mut places = said.lines().filter(|line| line.starts_with("error") || line.trim_start().starts_with("-->"));
            let names_a_file = lines.len() == 1 && places.any(|line| line.contains(&text(&world.root())));
            let is_under_way = world.way == Way::Replaced && world.state().join("journal").exists() && world.is_mixed();
            // Where the message itself cannot be written there is only the code; and the program and its libraries are no files of ours.
            let is_of_the_site = hit.iter().all(|line| line.contains(&text(&world.root())));
            match () {
                () if !is_old && !is_under_way => Some("code 2, but the old site has changed".to_owned()),
                () if !names_a_file && is_of_the_site => Some("it does not say which file".to_owned()),
                () => None,
            }
        }
        code => Some(format!("it ended with {code:?}")),
    };
    if is_list_lost && world.way != Way::Created {
        fs::remove_dir_all(world.output()).expect("the site goes");
        fs::remove_dir_all(world.state()).expect("the state goes");
        return;
    }
    let healed = world.heal(target);
    if let Some(wrong) = verdict.or(healed) {
        let hit = hit.first().map_or("", |line| line.split_once(' ').map_or("", |(_, call)| call));
        tally.wrong.push(format!("{call} {n} {error}: {wrong}\n    {hit}\n    {}", said.trim().replace('\n', "\n    ")));
    }
}

#[test]
fn failing_calls_while_a_site_is_created() {
    inject_everywhere(Way::Created, CHANGING);
}

#[test]
fn failing_calls_while_a_site_is_exchanged() {
    inject_everywhere(Way::Exchanged, CHANGING);
}

#[test]
fn failing_calls_while_files_are_replaced() {
    inject_everywhere(Way::Replaced, CHANGING);
}

#[test]
fn failing_looks() {
    inject_everywhere(Way::Exchanged, LOOKING);
}

fn kill_everywhere(way: Way) {
    if !has_strace() {
        return;
    }
    let started = Instant::now();
    let mut world = World::new(way);
    let calls = world.calls();
    let mut wrong = Vec::new();
    let mut n_killed = 0;
    for (call_idx, (call, _)) in CHANGING.iter().enumerate() {
        for n in numbers(calls.get(*call), call_idx) {
            let target = world.start();
            let old = world.live;
            let output = world.strace(&["-e", &format!("trace={call}"), "-e", &format!("inject={call}:signal=KILL:when={n}")]);
            if output.status.code().is_none() {
                n_killed += 1;
            }
            let before = if way == Way::Created { snapshot(&world.output()).is_empty() } else { world.shown() == Some(old) };
            let whole = before || world.shown() == Some(target) || (way == Way::Replaced && world.is_mixed());
            let verdict = (!whole).then(|| format!("neither site: {}", world.difference(target)));
            if let Some(fault) = verdict.or(world.heal(target)) {
                wrong.push(format!("killed at {call} {n}: {fault}"));
            }
        }
    }
    println!("{way:?}: killed at {n_killed} system calls; {:?}", started.elapsed());
    assert!(n_killed > 50, "only {n_killed} killed");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn kills_while_a_site_is_created() {
    kill_everywhere(Way::Created);
}

#[test]
fn kills_while_a_site_is_exchanged() {
    kill_everywhere(Way::Exchanged);
}

#[test]
fn kills_while_files_are_replaced() {
    kill_everywhere(Way::Replaced);
}

/// Kills at any time, also of the runs that clean up after kills.
#[test]
fn random_kills() {
    let n_kills = if is_soak() { 500 } else { 60 };
    for way in [Way::Exchanged, Way::Replaced] {
        let mut world = World::new(way);
        let mut state = 0x5EED_u64;
        let started = Instant::now();
        let length = {
            let target = world.start();
            let begun = Instant::now();
            world.run_plain();
            world.live = target;
            begun.elapsed()
        };
        let mut n_killed = 0;
        let mut n_left = 0;
        for n in 0..n_kills {
            let target = world.start();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let wait = length.mul_f64((state >> 40) as f64 / (1_u64 << 24) as f64);
            let mut child = plain(&world.arguments()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
            std::thread::sleep(wait);
            let _ = child.kill();
            n_killed += usize::from(child.wait().expect("it ends").code().is_none());
            let shown = world.shown();
            assert!(shown.is_some() || (way == Way::Replaced && world.is_mixed()), "kill {n} after {wait:?}: neither site");
            n_left += usize::from(world.state().join("next").exists());
            match shown {
                // Every third state is built upon as it was left.
                Some(shown) if n % 3 != 0 => world.live = shown,
                _ => assert_eq!(world.heal(target), None, "kill {n} after {wait:?}"),
            }
        }
        let target = world.start();
        assert_eq!(world.heal(target), None);
        println!("{way:?}: {n_killed} of {n_kills} killed in time, {n_left} left a staging tree; {:?}", started.elapsed());
        assert!(n_killed > n_kills / 4, "only {n_killed} were killed in time");
    }
}

/// Where files cannot be linked, those that stay are copied, and the site is exchanged all the same.
#[test]
fn a_file_system_without_links() {
    if !has_strace() {
        return;
    }
    let mut world = World::new(Way::Exchanged);
    let target = world.start();
    let output = world.strace(&["-e", "trace=linkat", "-e", "inject=linkat:error=EPERM"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(world.trace().contains("(INJECTED)"), "nothing was to be linked");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("one by one"), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(world.shown(), Some(target), "{}", world.difference(target));
    assert_eq!(world.heal(target), None);
}

/// A file system in memory, unmounted at the end.
struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, options: &str) -> Option<Mount> {
        fs::create_dir_all(at).expect("a folder");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at).output();
        if done.is_ok_and(|output| output.status.success()) {
            return Some(Mount(at.to_owned()));
        }
        eprintln!("skipped: this user may not mount");
        None
    }

    fn remount(&self, options: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).status();
        assert!(done.is_ok_and(|status| status.success()), "it is mounted");
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk() {
    for way in [Way::Created, Way::Exchanged, Way::Replaced] {
        let dir = TempDir::new().expect("a temporary folder");
        let at = dir.path().join("disk");
        let Some(_mount) = Mount::new(&at, "size=4m,mode=0755") else { return };
        let mut world = World::new(way);
        let (root, out) = (text(&world.root()), at.join("public"));
        let build = || plain(&["build", "--root", &root, "--output", &text(&out)]).output().expect("it runs");
        let mut live = 1;
        if way != Way::Created {
            world.set_input(1);
            assert_eq!(build().status.code(), Some(0));
            put(&out.join("CNAME"), "example.org");
            if way == Way::Replaced {
                put(&out.join(".git/HEAD"), "ref");
            }
        }
        let (mut n_full, mut n_fit) = (0, 0);
        let (most, step) = if way == Way::Created { (1400_u64, 100) } else { (600, 30) };
        for free in (0..most).step_by(if is_soak() { 8 } else { step }) {
            let target = usize::from(live == 0);
            world.set_input(target);
            world.live = live;
            let ballast = at.join("ballast");
            fill(&ballast, free << 10);
            let output = build();
            let shown = snapshot(&out);
            let is_old = if way == Way::Created { !out.exists() } else { shown == world.sites[live] };
            match output.status.code() {
                Some(0) => {
                    assert!(shown == world.sites[target], "{way:?}, {free} KiB free: {}", stderr(&output));
                    n_fit += 1;
                }
                Some(2) => {
                    let said = stderr(&output);
                    assert_eq!(said.lines().filter(|line| line.starts_with("error")).count(), 1, "{said}");
                    assert!(said.contains(&text(&at)) && said.contains("No space left"), "{said}");
                    assert!(
                        is_old || (way == Way::Replaced && at.join(".daysheet-public/journal").exists()),
                        "{way:?}, {free} KiB: {said}"
                    );
                    n_full += 1;
                }
                code => panic!("{way:?}, {free} KiB free: {code:?} {}", stderr(&output)),
            }
            fs::remove_file(&ballast).expect("the ballast goes");
            let output = build();
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            assert!(snapshot(&out) == world.sites[target]);
            assert!(!at.join(".daysheet-public/next").exists());
            if way == Way::Created {
                fs::remove_dir_all(&out).expect("the site goes");
                fs::remove_dir_all(at.join(".daysheet-public")).expect("the state goes");
            }
            live = target;
        }
        println!("{way:?}: {n_full} times too little room, {n_fit} times enough");
        assert!(n_full > 1 && n_fit > 2, "{n_full} full, {n_fit} fit");
    }
}

/// Fills a disk until so many bytes are free.
fn fill(ballast: &Path, free: u64) {
    use std::io::Write;
    let mut file = fs::File::create(ballast).expect("a file");
    let block = [7_u8; 4096];
    while file.write_all(&block).is_ok() {}
    let full = file.metadata().expect("a file").len();
    file.set_len(full.saturating_sub(free)).expect("a shorter file");
}

#[test]
fn an_output_that_may_not_be_written() {
    let dir = TempDir::new().expect("a temporary folder");
    let at = dir.path().join("disk");
    let Some(mount) = Mount::new(&at, "size=4m,mode=0755") else { return };
    let world = World::new(Way::Created);
    let (root, out) = (text(&world.root()), at.join("public"));
    let build = || plain(&["build", "--root", &root, "--output", &text(&out)]).output().expect("it runs");
    world.set_input(0);
    mount.remount("ro");
    let output = build();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("Read-only file system") && stderr(&output).contains(&text(&at)), "{}", stderr(&output));
    mount.remount("rw");
    assert_eq!(build().status.code(), Some(0));
    mount.remount("ro");
    world.set_input(1);
    let output = build();
    assert_eq!(output.status.code(), Some(2));
    assert!(snapshot(&out) == world.sites[0]);
    mount.remount("rw");
    assert_eq!(build().status.code(), Some(0));
    assert!(snapshot(&out) == world.sites[1]);
}

/// A file is listed, and gone when it is to be read: a digest, a page and a file of the owner.
#[test]
fn input_that_vanishes() {
    if !has_strace() {
        return;
    }
    let mut world = World::new(Way::Exchanged);
    for kind in ["content", "pages", "static"] {
        let target = world.start();
        let old = world.live;
        let file = match kind {
            "content" => ["content/2025-11-14-arxiv.md", "content/2025-11-17-arxiv.md"][target],
            "pages" => "pages/about.md",
            _ => "static/deep/changing.txt",
        };
        let gone = world.root().join(file);
        let log = text(&world.dir.path().join("trace"));
        let _ = fs::remove_file(&log);
        let mut child = Command::new("strace")
            .args(["-f", "-qq", "-o", &log, "-P", &text(&gone), "-e", "trace=openat", "-e", "inject=openat:delay_enter=800000"])
            .arg(program())
            .args(world.arguments())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("strace runs");
        let until = Instant::now() + Duration::from_secs(20);
        // The log has the call as soon as it is entered, and the file is opened a while later.
        while fs::metadata(&log).map_or(0, |meta| meta.len()) == 0 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
            if child.try_wait().expect("a child").is_some() {
                break;
            }
        }
        fs::remove_file(&gone).expect("the file goes");
        let output = child.wait_with_output().expect("it ends");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert_eq!(said.lines().filter(|line| line.starts_with("error")).count(), 1, "{said}");
        assert!(said.contains(&text(&gone)) && said.contains("No such file"), "{said}");
        assert_eq!(world.shown(), Some(old), "the old site stays");
        put(&world.root().join("pages/about.md"), "# About\n");
        world.set_input(target);
        assert_eq!(world.heal(target), None);
    }
}

/// What a loss of power may undo depends on the order of flushing: nothing becomes live that may still be lost, and nothing old is
/// removed while the new may be.
#[test]
fn what_is_published_was_flushed_before() {
    if !has_strace() {
        return;
    }
    for way in [Way::Created, Way::Exchanged, Way::Replaced] {
        let mut world = World::new(way);
        let target = world.start();
        let calls = "trace=openat,write,mkdir,linkat,link,rename,renameat2,unlink,unlinkat,fsync,fdatasync,syncfs";
        assert_eq!(world.strace(&["-e", calls]).status.code(), Some(0));
        world.live = target;
        let trace = world.trace();
        let output = format!("\"{}", text(&world.output()));
        let at = |what: &str, is_it: &dyn Fn(&str) -> bool| {
            let found: Vec<usize> = trace.lines().enumerate().filter(|(_, line)| is_it(line)).map(|(n, _)| n).collect();
            assert!(!found.is_empty(), "{way:?}: there is no {what}\n{trace}");
            (found[0], *found.last().expect("there is one"))
        };
        let name = |line: &str| {
            line.split_once(' ').map_or("", |(_, call)| call.trim_start().split('(').next().unwrap_or("")).to_owned()
        };
        let staged = at("write to the staging tree", &|line| name(line) == "write" && line.contains("/.daysheet-public/next/"));
        let flushed = at("flush of the staging tree", &|line| name(line) == "syncfs" && line.contains("/.daysheet-public/next>"));
        let listed = at("flush of the list", &|line| name(line) == "fsync" && line.contains("/.daysheet-public/manifest."));
        let live = at("step that makes files live", &|line| name(line).starts_with("rename") && line.contains(&output));
        assert!(
            staged.1 < flushed.0 && flushed.0 < listed.0 && listed.0 < live.0,
            "{way:?}: {staged:?} {flushed:?} {listed:?} {live:?}\n{trace}"
        );
        if way == Way::Replaced {
            let all = at("flush of the output", &|line| name(line) == "syncfs" && line.contains("/public>"));
            let end = at("end of the journal", &|line| name(line) == "unlink" && line.contains("/journal\""));
            assert!(live.1 < all.0 && all.0 < end.1, "{live:?} {all:?} {end:?}\n{trace}");
        } else {
            let named = at("flush of the folder", &|line| name(line) == "fsync" && line.contains("/root>"));
            let accepted = at("new list", &|line| name(line).starts_with("rename") && line.contains("/manifest\""));
            assert!(live.1 < named.1 && named.1 < accepted.1, "{live:?} {named:?} {accepted:?}\n{trace}");
            if way == Way::Exchanged {
                let swept = at("end of the old site", &|line| name(line).starts_with("unlink") && line.contains("index.html"));
                assert!(named.1 < swept.0, "{named:?} {swept:?}\n{trace}");
            }
        }
    }
}

/// A large site is flushed for the first time while it is still being written. The system tells of a failure once, so that this flush has to be
/// believed: a later one would find all well.
#[test]
fn a_flush_that_fails_ahead_stops_the_build() {
    if !has_strace() {
        return;
    }
    let world = World::new(Way::Created);
    // Each entry has an author of its own, and so a page.
    let name = |n: usize| {
        [n / 676, n / 26 % 26, n % 26].map(|at| char::from(b"abcdefghijklmnopqrstuvwxyz"[at])).iter().collect::<String>()
    };
    let rows: String = (0..11_000)
        .map(|n| format!("| Fox {n} | Jane Roe{} | ai | [PDF](https://arxiv.org/pdf/2511.{n:05}) |\n", name(n)))
        .collect();
    let head = "| Title | Authors | Tags | PDF |\n|---|---|---|---|\n";
    put(&world.root().join("content/2025-11-18-arxiv.md"), &format!("{head}{rows}"));
    let output = world.strace(&["--seccomp-bpf", "-e", "trace=syncfs", "-e", "inject=syncfs:error=EIO:when=1"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("could not flush"), "{}", stderr(&output));
    let trace = world.trace();
    assert!(trace.matches("syncfs(").count() == 1 && trace.contains("INJECTED"), "{trace}");
    assert!(!world.output().exists() && world.unrest().is_none());
    let output = world.strace(&["--seccomp-bpf", "-e", "trace=syncfs", "-e", "inject=syncfs:retval=0"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    // Ahead and at the end.
    assert_eq!(world.trace().matches("syncfs(").count(), 2, "{}", world.trace());
    assert!(world.output().join("index.html").exists());
}

/// A build upon a build hashes every file, and reads none again whose hash it knows.
#[test]
fn a_file_that_is_known_is_opened_once() {
    if !has_strace() {
        return;
    }
    let mut world = World::new(Way::Exchanged);
    put(
        &world.root().join("content/2025-11-20-arxiv.md"),
        "| Title | PDF |\n|---|---|\n| Fox | [PDF](https://arxiv.org/pdf/2511.00009) |\n",
    );
    world.run_plain();
    world.live = usize::from(world.live == 0);
    world.start();
    assert_eq!(world.strace(&["-e", "trace=openat"]).status.code(), Some(0));
    let n_opened = |name: &str| world.trace().lines().filter(|line| line.contains(&format!("/{name}-arxiv.md\""))).count();
    let new = ["2025-11-14", "2025-11-17"].map(n_opened);
    assert_eq!((n_opened("2025-11-20"), new.iter().sum::<usize>()), (1, 2), "{}", world.trace());
}

/// What a run remembers for the next one may vanish or rot at any byte: the site is what it would be without.
#[test]
fn what_is_remembered_may_rot() {
    let n_rots = if is_soak() { 2000 } else { 60 };
    let mut world = World::new(Way::Exchanged);
    let mut numbers = 0x5EED_u64;
    let mut next = |n: usize| {
        numbers = numbers.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(numbers >> 33).expect("31 bits") % n.max(1)
    };
    let (mut n_rotten, mut names) = (0, BTreeMap::new());
    for n in 0..n_rots {
        let target = world.start();
        // A lost list of files is told of, and has tests of its own.
        let is_memo = |name: &str| !["lock", "manifest"].contains(&name) && !name.starts_with("replaced");
        let kept = files(&world.state()).into_iter().filter(|(name, _)| is_memo(name)).collect::<Vec<_>>();
        for (name, mut bytes) in kept {
            let path = world.state().join(&name);
            let at = next(bytes.len());
            match n % 5 {
                0 => fs::remove_file(&path).expect("a file"),
                1 => bytes.truncate(at),
                2 if !bytes.is_empty() => bytes[at] ^= 1 << next(8),
                3 => {
                    let end = at + next(bytes.len() - at);
                    bytes[at..end].fill(0);
                }
                _ => {
                    let piece = bytes[at..].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
            if n % 5 != 0 {
                fs::write(&path, bytes).expect("a file");
            }
            n_rotten += 1;
            *names.entry(name).or_insert(0) += 1;
        }
        // Every other time nothing else has changed, and all that was remembered would do.
        let target = if n % 2 == 0 { target } else { world.live };
        world.set_input(target);
        assert_eq!(world.heal(target), None, "rot {n} of {names:?}");
    }
    println!("{n_rotten} memos rotten, by name: {names:?}");
    assert!(n_rotten >= n_rots);
}

#[test]
fn a_hundred_builds_at_once() {
    let mut world = World::new(Way::Exchanged);
    let roots = [world.dir.path().join("a"), world.dir.path().join("b")];
    for (version, root) in roots.iter().enumerate() {
        world.set_input(version);
        for (path, bytes) in files(&world.root()) {
            if !path.starts_with("public/") && !path.starts_with(".daysheet") {
                fs::create_dir_all(root.join(&path).parent().expect("a parent")).expect("a folder");
                fs::write(root.join(&path), bytes).expect("a file");
            }
        }
    }
    let out = text(&world.output());
    let start = |n: usize| {
        plain(&["build", "--root", &text(&roots[n % 2]), "--output", &out, "--jobs", "1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs")
    };
    let children: Vec<_> = (0..100).map(start).collect();
    let outputs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().expect("it ends")).collect();
    let n_done = outputs.iter().filter(|output| output.status.code() == Some(0)).count();
    for output in &outputs {
        let (code, said) = (output.status.code(), stderr(output));
        let is_busy = code == Some(2) && said.contains("another daysheet is building") && said.lines().count() == 1;
        assert!(code == Some(0) || is_busy, "{code:?}: {said}");
    }
    println!("{n_done} of 100 builds at once came through, the others said why not");
    assert!(n_done > 0);
    assert!(world.shown().is_some());
    assert_eq!(world.unrest(), None);
    let target = world.start();
    assert_eq!(world.heal(target), None);
}
