//! Publishing and reading, on real folders.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use daysheet::disk::{
    Found, ListRules, Published, ReadProblemKind, Staging, Store, Way, is_same_or_parent, list, read, write_atomically,
};
use proptest::prelude::*;
use tempfile::TempDir;

type Tree = BTreeMap<String, String>;

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn site() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    (dir, out)
}

fn state(out: &Path) -> PathBuf {
    out.parent().unwrap().join(".daysheet-site")
}

fn build(out: &Path, files: &[(&str, &str)]) -> Published {
    build_tree(out, &tree(files))
}

fn build_tree(out: &Path, files: &Tree) -> Published {
    let staging = Staging::open(out).unwrap();
    for (path, text) in files {
        staging.write(path, text.as_bytes(), None).unwrap();
    }
    let published = staging.publish().unwrap();
    assert_at_rest(out);
    published
}

fn assert_at_rest(out: &Path) {
    for name in ["next", "journal", "manifest.next", "manifest.part"] {
        assert!(!state(out).join(name).exists(), "{name} is left");
    }
}

/// All files below a folder, `.git` left out; symlinks as `-> target`.
fn snapshot(root: &Path) -> Tree {
    let walk = walkdir::WalkDir::new(root).into_iter().filter_entry(|e| e.file_name() != ".git");
    let files = walk.map(Result::unwrap).filter(|e| !e.file_type().is_dir());
    files
        .map(|e| {
            let path = e.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let text = match e.file_type().is_symlink() {
                true => format!("-> {}", fs::read_link(e.path()).unwrap().display()),
                false => fs::read_to_string(e.path()).unwrap(),
            };
            (path, text)
        })
        .collect()
}

fn put(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for (path, text) in snapshot(from) {
        put(to.join(path), &text);
    }
}

const V1: &[(&str, &str)] = &[("index.html", "one"), ("a/x.html", "x"), ("a/y.html", "y")];
const V2: &[(&str, &str)] = &[("index.html", "two"), ("a/x.html", "x"), ("b/z.html", "z")];

#[test]
fn creates_keeps_changes_removes() {
    let (_dir, out) = site();
    let first = build(&out, V1);
    assert_eq!((first.way, first.written, first.files, first.bytes), (Way::Created, 3, 3, 5));
    let inode = fs::metadata(&out).unwrap().ino();
    let again = build(&out, V1);
    assert_eq!((again.way, again.kept, again.written), (Way::Unchanged, 3, 0));
    assert_eq!(fs::metadata(&out).unwrap().ino(), inode);
    let x = fs::metadata(out.join("a/x.html")).unwrap().ino();
    let second = build(&out, V2);
    assert_eq!((second.way, second.kept, second.written, second.removed), (Way::Exchanged, 1, 2, 1));
    assert_eq!(snapshot(&out), tree(V2));
    assert_eq!(fs::metadata(out.join("a/x.html")).unwrap().ino(), x, "an unchanged file keeps its inode");
    assert_eq!(fs::metadata(out.join("a/x.html")).unwrap().nlink(), 1, "the old tree is gone");
    assert!(second.warnings.is_empty(), "{:?}", second.warnings);
    assert_eq!(build(&out, &[]).removed, 3);
    assert!(snapshot(&out).is_empty());
}

#[test]
fn keeps_what_it_did_not_write() {
    let (_dir, out) = site();
    build(&out, V1);
    put(out.join("CNAME"), "example.org");
    put(out.join("a/deep/note.txt"), "mine");
    fs::create_dir_all(out.join("empty/inside")).unwrap();
    symlink("nowhere", out.join("link")).unwrap();
    let second = build(&out, V2);
    assert_eq!((second.way, second.foreign), (Way::Exchanged, 3));
    let mut expected = tree(V2);
    expected.extend(tree(&[("CNAME", "example.org"), ("a/deep/note.txt", "mine"), ("link", "-> nowhere")]));
    assert_eq!(snapshot(&out), expected);
    assert!(out.join("empty/inside").is_dir());
    assert_eq!(build(&out, V2).way, Way::Unchanged);
    // All of our files in `a` vanish: the foreign one stays.
    build(&out, &[("index.html", "three")]);
    assert_eq!(fs::read_to_string(out.join("a/deep/note.txt")).unwrap(), "mine");
}

#[test]
fn foreign_files_give_way_to_artifacts_and_are_kept_aside() {
    for git in [false, true] {
        let (_dir, out) = site();
        build(&out, V1);
        if git {
            fs::create_dir(out.join(".git")).unwrap();
        }
        put(out.join("b"), "a file where a folder must be");
        put(out.join("c.html/x"), "a folder where a file must be");
        put(out.join("d.html"), "other");
        put(out.join("e.html"), "same");
        let new = [("index.html", "two"), ("b/z.html", "z"), ("c.html", "c"), ("d.html", "d"), ("e.html", "same")];
        let published = build(&out, &new);
        assert_eq!(published.way, if git { Way::Replaced } else { Way::Exchanged });
        assert_eq!(snapshot(&out), tree(&new));
        let kept = snapshot(&state(&out).join("replaced"));
        let expected =
            [("b", "a file where a folder must be"), ("c.html/x", "a folder where a file must be"), ("d.html", "other")];
        assert_eq!(kept, tree(&expected));
        assert_eq!(published.warnings.len(), 3 + usize::from(git), "{:?}", published.warnings);
    }
}

#[test]
fn a_second_file_in_the_way_does_not_push_out_the_first() {
    let (_dir, out) = site();
    for text in ["first", "second"] {
        build(&out, &[]);
        put(out.join("d.html"), text);
        build(&out, &[("d.html", "ours")]);
    }
    assert_eq!(fs::read_to_string(state(&out).join("replaced/d.html")).unwrap(), "first");
    assert_eq!(fs::read_to_string(state(&out).join("replaced.1/d.html")).unwrap(), "second");
}

#[test]
fn a_version_control_folder_stays_where_it_is() {
    let (_dir, out) = site();
    build(&out, V1);
    put(out.join(".git/HEAD"), "ref");
    let (root, git) = (fs::metadata(&out).unwrap().ino(), fs::metadata(out.join(".git")).unwrap().ino());
    let second = build(&out, V2);
    assert_eq!((second.way, second.kept, second.written, second.removed), (Way::Replaced, 1, 2, 1));
    assert_eq!(snapshot(&out), tree(V2));
    assert_eq!((fs::metadata(&out).unwrap().ino(), fs::metadata(out.join(".git")).unwrap().ino()), (root, git));
    assert!(second.warnings[0].contains(".git"), "{:?}", second.warnings);
    assert_eq!(build(&out, V2).way, Way::Unchanged);
    build(&out, &[]);
    assert!(!out.join("a").exists(), "folders that became empty are removed");
}

#[test]
fn nothing_is_deleted_through_a_foreign_symlink() {
    let (dir, out) = site();
    build(&out, V1);
    fs::create_dir(out.join(".git")).unwrap();
    put(dir.path().join("else/x.html"), "theirs");
    put(dir.path().join("else/y.html"), "theirs");
    fs::remove_dir_all(out.join("a")).unwrap();
    symlink(dir.path().join("else"), out.join("a")).unwrap();
    build(&out, &[("index.html", "one")]);
    build(&out, V1);
    assert_eq!(snapshot(&dir.path().join("else")), tree(&[("x.html", "theirs"), ("y.html", "theirs")]));
    assert_eq!(snapshot(&out), tree(V1));
}

#[test]
fn damage_is_repaired() {
    let (_dir, out) = site();
    build(&out, V1);
    fs::write(out.join("a/x.html"), "damaged").unwrap();
    fs::remove_file(out.join("a/y.html")).unwrap();
    let repaired = build(&out, V1);
    assert_eq!((repaired.way, repaired.written, repaired.kept), (Way::Exchanged, 2, 1));
    assert_eq!(snapshot(&out), tree(V1));
    assert!(repaired.warnings.is_empty());
}

#[test]
fn without_a_good_manifest_nothing_old_is_deleted() {
    let (_dir, out) = site();
    build(&out, V1);
    let manifest = state(&out).join("manifest");
    let mut bytes = fs::read(&manifest).unwrap();
    let at = bytes.windows(8).position(|window| window == b"a/y.html").unwrap();
    bytes[at + 2] = b'q';
    fs::write(&manifest, bytes).unwrap();
    let second = build(&out, V2);
    assert!(second.warnings[0].contains("damaged"), "{:?}", second.warnings);
    let mut expected = tree(V2);
    expected.extend(tree(&[("a/y.html", "y")]));
    assert_eq!(snapshot(&out), expected);
    assert_eq!(snapshot(&state(&out).join("replaced")), tree(&[("index.html", "one")]));
}

#[test]
fn a_dropped_staging_leaves_the_old_site_and_frees_the_lock() {
    let (_dir, out) = site();
    build(&out, V1);
    let staging = Staging::open(&out).unwrap();
    staging.write("index.html", b"two", None).unwrap();
    let busy = Staging::open(&out).unwrap_err().to_string();
    assert!(busy.ends_with("lock`: another daysheet is building this output"), "{busy}");
    drop(staging);
    assert_at_rest(&out);
    assert_eq!(snapshot(&out), tree(V1));
    assert_eq!(build(&out, V1).way, Way::Unchanged);
}

#[test]
fn killed_while_staging_or_before_the_exchange() {
    let (_dir, out) = site();
    build(&out, V1);
    put(state(&out).join("next/half.html"), "ha");
    assert_eq!(build(&out, V1).way, Way::Unchanged);
    put(state(&out).join("next/half.html"), "ha");
    let other = fs::read(state(&out).join("manifest")).unwrap();
    fs::write(state(&out).join("manifest.next"), &other[..other.len() - 9]).unwrap();
    fs::write(state(&out).join("journal"), "of something else").unwrap();
    assert_eq!(build(&out, V1).way, Way::Unchanged);
    assert_eq!(snapshot(&out), tree(V1));
}

/// The state after an exchange that nothing followed: the old tree in `next`, both manifests.
fn arrange_exchanged(out: &Path) {
    build(out, V1);
    let old = fs::read(state(out).join("manifest")).unwrap();
    let kept = out.with_file_name("kept");
    copy_tree(out, &kept);
    build(out, V2);
    fs::rename(state(out).join("manifest"), state(out).join("manifest.next")).unwrap();
    fs::write(state(out).join("manifest"), old).unwrap();
    fs::rename(kept, state(out).join("next")).unwrap();
}

#[test]
fn killed_after_the_exchange() {
    let (_dir, out) = site();
    arrange_exchanged(&out);
    put(state(&out).join("next/late.txt"), "put there at the last moment");
    let again = build(&out, V2);
    assert_eq!((again.way, again.kept, again.foreign), (Way::Unchanged, 3, 1));
    assert!(out.join("late.txt").exists(), "a foreign file of the old tree is rescued");
}

#[test]
fn killed_after_the_first_publication() {
    let (_dir, out) = site();
    build(&out, V1);
    fs::rename(state(&out).join("manifest"), state(&out).join("manifest.next")).unwrap();
    assert_eq!(build(&out, V1).way, Way::Unchanged);
}

#[test]
fn killed_while_replacing() {
    let (dir, out) = site();
    let model = dir.path().join("model/site");
    build(&model, V2);
    let next = fs::read(state(&model).join("manifest")).unwrap();
    for moved in 0..=V2.len() {
        let _ = fs::remove_dir_all(&out);
        let _ = fs::remove_dir_all(state(&out));
        build(&out, V1);
        for (i, (path, text)) in V2.iter().enumerate() {
            let root = if i < moved { out.clone() } else { state(&out).join("next") };
            put(root.join(path), text);
        }
        fs::write(state(&out).join("manifest.next"), &next).unwrap();
        // A list ends with its checksum.
        fs::write(state(&out).join("journal"), &next[next.len() - 32..]).unwrap();
        drop(Staging::open(&out).unwrap());
        assert_at_rest(&out);
        assert_eq!(snapshot(&out), tree(V2), "{moved} moved");
        assert_eq!(build(&out, V2).removed, 0);
        assert_eq!(snapshot(&out), tree(V2));
    }
}

#[test]
fn a_list_that_cannot_be_read_is_not_taken_for_a_damaged_one() {
    let (_dir, out) = site();
    build(&out, V1);
    fs::create_dir(state(&out).join("manifest.next")).unwrap();
    let error = Staging::open(&out).unwrap_err().to_string();
    assert!(error.starts_with("could not read"), "{error}");
    fs::remove_dir(state(&out).join("manifest.next")).unwrap();
    assert_eq!(build(&out, V1).way, Way::Unchanged);
}

#[test]
fn beside_a_foreign_folder_that_cannot_be_moved_files_are_replaced_one_by_one() {
    let (_dir, out) = site();
    build(&out, V1);
    put(out.join("theirs/note.txt"), "mine");
    let mode = |mode: u32| fs::set_permissions(out.join("theirs"), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o500);
    let second = build(&out, V2);
    mode(0o700);
    assert_eq!(second.way, Way::Replaced);
    assert!(second.warnings.iter().any(|warning| warning.contains("is not writable")), "{:?}", second.warnings);
    let mut expected = tree(V2);
    expected.extend(tree(&[("theirs/note.txt", "mine")]));
    assert_eq!(snapshot(&out), expected);
}

#[test]
fn refuses_what_cannot_be_published() {
    let (dir, out) = site();
    let staging = Staging::open(&out).unwrap();
    for path in ["", "/a", "a//b", "../a", "a/..", "./a", "a\0", "a\\b", "a\nb", "a/"] {
        assert!(staging.write(path, b"", None).is_err(), "{path:?}");
    }
    staging.write("a.html", b"1", None).unwrap();
    let twice = staging.write("a.html", b"1", None).unwrap_err().to_string();
    assert_eq!(twice, "could not write `a.html`: two pages have this address");
    drop(staging);
    assert!(!out.exists());
    fs::write(&out, "a file").unwrap();
    let error = Staging::open(&out).unwrap_err().to_string();
    assert!(error.ends_with("site`: it is a file, not a folder"), "{error}");
    symlink("nowhere", dir.path().join("dangling")).unwrap();
    assert!(Staging::open(&dir.path().join("dangling")).is_err());
    assert!(Staging::open(Path::new("/")).is_err());
    assert!(Staging::open(&out.join("below")).is_err());
}

#[test]
fn a_failed_write_cannot_be_published_over() {
    let (_dir, out) = site();
    build(&out, V1);
    let staging = Staging::open(&out).unwrap();
    staging.write("n", b"new", None).unwrap();
    assert!(staging.write("n/below", b"new", None).is_err());
    assert!(staging.publish().is_err());
    let staging = Staging::open(&out).unwrap();
    staging.write("a", b"new", None).unwrap();
    staging.write("a/x.html", b"x", None).unwrap();
    assert!(staging.publish().unwrap_err().to_string().contains("both a page and a folder"));
    assert_eq!(snapshot(&out), tree(V1));
}

#[test]
fn an_output_behind_a_symlink_is_resolved() {
    let (dir, out) = site();
    build(&out, V1);
    symlink("site", dir.path().join("link")).unwrap();
    assert_eq!(build(&dir.path().join("link"), V2).way, Way::Exchanged);
    assert_eq!(snapshot(&out), tree(V2));
    assert!(dir.path().join("link").is_symlink());
}

#[test]
fn reuses_by_print_only_what_is_whole() {
    let (_dir, out) = site();
    let staging = Staging::open(&out).unwrap();
    for (path, print) in [("a/x.html", 1), ("a/y.html", 2), ("b/1.html", 3), ("b/2.html", 3), ("c.html", 4)] {
        staging.write(path, path.as_bytes(), Some(print)).unwrap();
    }
    staging.publish().unwrap();
    for path in ["a/y.html", "b/2.html"] {
        fs::write(out.join(path), "damaged").unwrap();
    }
    let staging = Staging::open(&out).unwrap();
    assert_eq!(staging.reuse(1).unwrap(), Some(vec![("a/x.html", 8)]));
    // Damaged, damaged in one of its files, unknown.
    assert_eq!([2, 3, 5].map(|print| staging.reuse(print).unwrap()), [None, None, None]);
    assert!(staging.knows(2) && !staging.knows(5));
    assert!(staging.reuse(1).is_err(), "each path is published once");
    assert_eq!(staging.publish().unwrap_err().to_string(), "could not publish `a/x.html`: it could not be written before");
    let staging = Staging::open(&out).unwrap();
    staging.write("a/x.html", b"a/x.html", None).unwrap();
    assert!(staging.reuse(1).is_err(), "after it was written");
    assert!(staging.publish().is_err());
    let staging = Staging::open(&out).unwrap();
    staging.reuse(1).unwrap();
    assert!(staging.write("a/x.html", b"new", None).is_err(), "after it was reused");
    assert!(staging.publish().is_err());
    let staging = Staging::open(&out).unwrap();
    staging.reuse(1).unwrap();
    staging.write("c.html", b"c.html", Some(5)).unwrap();
    staging.write("a.html", b"new", Some(6)).unwrap();
    let published = staging.publish().unwrap();
    assert_eq!((published.kept, published.written, published.removed), (2, 1, 3));
    assert_eq!(snapshot(&out), tree(&[("a.html", "new"), ("a/x.html", "a/x.html"), ("c.html", "c.html")]));
    let staging = Staging::open(&out).unwrap();
    staging.reuse(1).unwrap();
    assert!(!staging.knows(4) && staging.knows(5));
    assert_eq!(staging.publish().unwrap().kept, 1);
    assert_eq!(snapshot(&out), tree(&[("a/x.html", "a/x.html")]));
}

#[test]
fn a_memo_gives_back_whole_values_of_its_version_alone() {
    let dir = TempDir::new().unwrap();
    let value = |n: u8| vec![n; 1000 + usize::from(n)];
    let fill = |prints: &[u8]| {
        let store = Store::open_to_add(dir.path(), "memo", 7);
        prints.iter().filter(|&&n| store.get(n.into()).is_none()).for_each(|&n| store.put(n.into(), || value(n)));
        store.finish();
    };
    let known = |version: u128| {
        let store = Store::open(dir.path(), "memo", version);
        (0..9u8).filter(|&n| store.get(n.into()).is_some_and(|bytes| bytes == value(n))).collect::<Vec<_>>()
    };
    fill(&[1, 2, 3]);
    fill(&[2, 3, 4]);
    assert_eq!((known(7), known(8)), (vec![1, 2, 3, 4], vec![]));
    // What was not asked for goes when it is more than half.
    fill(&[4, 5]);
    assert_eq!(known(7), [4, 5]);
    // A byte that rotted costs one value; one that was cut off is added again.
    let path = dir.path().join("memo");
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.iter().position(|&byte| byte == 5).unwrap();
    bytes[at + 20] = 9;
    fs::write(&path, &bytes).unwrap();
    assert!(known(7).len() <= 1, "{:?}", known(7));
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    fill(&[4, 5, 6]);
    assert_eq!(known(7), [4, 5, 6]);
    for n in (0..bytes.len()).step_by(97) {
        fs::write(&path, &bytes[..n]).unwrap();
        fill(&[4, 5]);
        assert_eq!(known(7), [4, 5], "cut off at {n}");
    }
}

#[test]
fn a_reader_sees_one_site_or_the_other() {
    let (_dir, out) = site();
    let version = |n: usize| tree(&[("index.html", &n.to_string()), ("z/page.html", &n.to_string()), ("s", "same")]);
    build_tree(&out, &version(0));
    let done = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let get = |path: &str| fs::read_to_string(out.join(path)).unwrap();
            let mut agreed = 0;
            while !done.load(Ordering::Relaxed) {
                let (before, page, after) = (get("index.html"), get("z/page.html"), get("index.html"));
                assert_eq!(get("s"), "same");
                if before == after {
                    assert_eq!(page, before);
                    agreed += 1;
                }
            }
            agreed
        });
        let ways: Vec<Way> = (1..60).map(|n| build_tree(&out, &version(n)).way).collect();
        // The reader is stopped before anything is judged, because a scope waits for its threads even in a panic.
        done.store(true, Ordering::Relaxed);
        assert!(ways.iter().all(|way| *way == Way::Exchanged), "{ways:?}");
        reader.join().unwrap()
    });
    assert!(0 < seen);
}

#[test]
fn many_threads_write() {
    let (_dir, out) = site();
    let name = |t: usize, i: usize| format!("{:02}/{:02}/{t}-{i}.html", i % 7, i % 13);
    for way in [Way::Created, Way::Unchanged] {
        let staging = Staging::open(&out).unwrap();
        std::thread::scope(|scope| {
            for t in 0..8 {
                let staging = &staging;
                scope.spawn(move || {
                    (0..200).for_each(|i| {
                        staging.write(&name(t, i), name(i, t).as_bytes(), None).unwrap();
                    });
                });
            }
        });
        let published = staging.publish().unwrap();
        assert_eq!((published.way, published.files), (way, 1600));
    }
    assert_eq!(snapshot(&out).len(), 1600);
}

#[test]
fn what_is_flushed_ahead_and_what_is_written_after_it_are_one_site() {
    let (_dir, out) = site();
    for (files, way) in [(V1, Way::Created), (V2, Way::Exchanged)] {
        let staging = Staging::open(&out).unwrap();
        for (path, text) in files {
            staging.write(path, text.as_bytes(), None).unwrap();
            staging.flush_ahead();
        }
        assert_eq!(staging.publish().unwrap().way, way);
        assert_at_rest(&out);
        assert_eq!(snapshot(&out), tree(files));
    }
    let staging = Staging::open(&out).unwrap();
    staging.write("n", b"new", None).unwrap();
    staging.flush_ahead();
    drop(staging);
    assert_at_rest(&out);
    assert_eq!(snapshot(&out), tree(V2));
}

#[test]
fn writes_single_files_whole() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("export.bib");
    write_atomically(&file, b"one").unwrap();
    symlink("export.bib", dir.path().join("link")).unwrap();
    write_atomically(&dir.path().join("link"), b"two").unwrap();
    assert_eq!(snapshot(dir.path()), tree(&[("export.bib", "two"), ("link", "-> export.bib")]));
    // Who has the old file open, or another name for it, keeps it whole.
    fs::hard_link(&file, dir.path().join("other")).unwrap();
    write_atomically(&file, b"3").unwrap();
    assert_eq!(snapshot(dir.path()), tree(&[("export.bib", "3"), ("link", "-> export.bib"), ("other", "two")]));
    write_atomically(Path::new("/dev/null"), b"gone").unwrap();
    assert!(write_atomically(dir.path(), b"").is_err());
    assert!(write_atomically(&dir.path().join("no/such"), b"").is_err());
}

#[test]
fn compares_folders_by_their_real_paths() {
    let dir = tempfile::tempdir().unwrap();
    let at = |path: &str| dir.path().join(path);
    fs::create_dir_all(at("content/2025")).unwrap();
    symlink("content", at("link")).unwrap();
    assert!(is_same_or_parent(&at("content"), &at("link/2025")));
    assert!(is_same_or_parent(&at("link"), &at("content")));
    assert!(is_same_or_parent(&at("link/new"), &at("content/2025/../new/er")));
    assert!(!is_same_or_parent(&at("content/2025"), &at("content")));
    assert!(!is_same_or_parent(&at("con"), &at("content")));
}

#[test]
fn lists_files_in_one_order_and_says_what_is_odd() {
    use ReadProblemKind::{Dangling, Duplicate, Loop, NotAFile, OutsideRoot, Unreadable};
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("content");
    let names = ["a.md", "a/b.MD", "a-b.md", ".hidden/h.md", "node_modules/n.md", "out/o.md", "pic.png", "x.md/in.md"];
    names.iter().for_each(|name| put(root.join(name), "text"));
    put(dir.path().join("outside.md"), "text");
    let links = [
        ("dup.md", "a.md"),
        ("new.md", ".hidden/h.md"),
        ("new2.md", ".hidden/h.md"),
        ("gone.md", "nowhere"),
        ("self.md", "self.md"),
        ("a/up", ".."),
        ("twin", "a"),
        ("leak.md", "../outside.md"),
        ("long.md", &"x".repeat(300)),
        ("gone.png", "nowhere"),
    ];
    links.iter().for_each(|(link, target)| symlink(target, root.join(link)).unwrap());
    let has_fifo = Command::new("mkfifo").arg(root.join("pipe.md")).status().is_ok_and(|status| status.success());
    let listing = list(&root, &ListRules { extensions: &["md"], skip: vec![root.join("out")] });
    let paths: Vec<_> = listing.files.iter().map(|found| found.path.as_str()).collect();
    assert_eq!(paths, ["a-b.md", "a.md", "a/b.MD", "new.md", "x.md/in.md"]);
    assert_eq!(listing.other, 2);
    let mut expected = vec![("a/up", Loop), ("dup.md", Duplicate), ("gone.md", Dangling), ("leak.md", OutsideRoot)];
    expected.extend([("long.md", Unreadable("File name too long".to_owned())), ("new2.md", Duplicate)]);
    if has_fifo {
        expected.push(("pipe.md", NotAFile));
        let pipe = Found { path: "pipe.md".to_owned(), absolute: root.join("pipe.md"), size: 0, written: None };
        assert_eq!(read(&pipe, 10).unwrap_err().kind, NotAFile);
    } else {
        eprintln!("skipped: no mkfifo here");
    }
    expected.extend([("self.md", Loop), ("twin", Duplicate)]);
    let problems: Vec<_> = listing.problems.iter().map(|p| (p.path.as_str(), p.kind.clone())).collect();
    assert_eq!(problems, expected);
}

#[test]
fn reads_within_the_limit() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path().join("a.md"), "12345");
    let listing = list(dir.path(), &ListRules { extensions: &["md"], ..ListRules::default() });
    let found = &listing.files[0];
    assert_eq!((found.size, read(found, 5).unwrap()), (5, b"12345".to_vec()));
    assert_eq!(read(found, 4).unwrap_err().kind, ReadProblemKind::TooLarge { size: 5, limit: 4 });
    fs::remove_file(&found.absolute).unwrap();
    assert_eq!(read(found, 9).unwrap_err().kind, ReadProblemKind::Unreadable("No such file or directory".to_owned()));
    let none = list(&dir.path().join("none"), &ListRules::default());
    assert_eq!(none.problems[0].path, ".");
}

#[test]
fn odd_names_and_unreadable_folders_are_told() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), "text").unwrap();
    put(dir.path().join("shut/a.md"), "text");
    fs::set_permissions(dir.path().join("shut"), fs::Permissions::from_mode(0o000)).unwrap();
    let is_bound = fs::read_dir(dir.path().join("shut")).is_err();
    let listing = list(dir.path(), &ListRules { extensions: &["md"], ..ListRules::default() });
    fs::set_permissions(dir.path().join("shut"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(listing.files[0].path, "caf\u{fffd}.md");
    assert_eq!(listing.problems[0].kind, ReadProblemKind::NameNotUtf8);
    if is_bound {
        assert_eq!(listing.problems[1].kind, ReadProblemKind::Unreadable("Permission denied".to_owned()));
    } else {
        eprintln!("skipped: permissions do not bind this user");
    }
}

/// One step of a random life of an output folder.
#[derive(Debug, Clone)]
enum Step {
    Publish(Vec<(usize, u8)>),
    Foreign(usize, u8),
    Damage(usize),
    LoseManifest,
}

const PAGES: [&str; 5] = ["index.html", "a/1.html", "a/2.html", "b/c/3.html", "d.html"];
const THEIRS: [&str; 7] = ["CNAME", "a/f.txt", "e/g.txt", "d.html", "b", "d.html/x", "a/1.html"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec((0..PAGES.len(), 0..3u8), 0..6).prop_map(Step::Publish),
        3 => (0..THEIRS.len(), 0..3u8).prop_map(|(i, n)| Step::Foreign(i, n)),
        1 => (0..PAGES.len()).prop_map(Step::Damage),
        1 => Just(Step::LoseManifest),
    ]
}

fn collide(a: &str, b: &str) -> bool {
    a == b || a.starts_with(&format!("{b}/")) || b.starts_with(&format!("{a}/"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_output_is_the_artifacts_and_the_foreign_files(
        git in any::<bool>(),
        steps in prop::collection::vec(step(), 1..14),
    ) {
        let (_dir, out) = site();
        build(&out, &[]);
        if git {
            fs::create_dir(out.join(".git")).unwrap();
        }
        let (mut ours, mut theirs) = (Tree::new(), Tree::new());
        for step in steps {
            match step {
                Step::Publish(pages) => {
                    ours = pages.iter().map(|(i, n)| (PAGES[*i].to_owned(), format!("page {n}"))).collect();
                    theirs.retain(|path, _| !ours.keys().any(|page| collide(page, path)));
                    build_tree(&out, &ours);
                    let mut expected = ours.clone();
                    expected.extend(theirs.clone());
                    prop_assert_eq!(snapshot(&out), expected);
                }
                Step::Foreign(i, n) => {
                    let path = out.join(THEIRS[i]);
                    let text = format!("page {n}");
                    let made = fs::create_dir_all(path.parent().unwrap()).and_then(|()| fs::write(&path, &text));
                    if made.is_ok() && !ours.contains_key(THEIRS[i]) {
                        theirs.insert(THEIRS[i].to_owned(), text);
                    }
                }
                Step::Damage(i) if ours.contains_key(PAGES[i]) => {
                    let _ = fs::remove_file(out.join(PAGES[i]));
                }
                Step::Damage(_) => {}
                Step::LoseManifest => {
                    fs::remove_file(state(&out).join("manifest")).unwrap_or_default();
                    theirs = snapshot(&out);
                    ours.clear();
                }
            }
        }
    }
}
