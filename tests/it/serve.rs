//! The server as a browser meets it: the same pages as a build, at once after a change, mistakes as pages, and nothing for strangers.

use super::common::files;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const DIGEST: &str = "- [Walking on ice](https://example.org/ice) by Jane Roe\n";

/// A server that ends with the test.
struct Server {
    child: Child,
    port: u16,
    /// The path of the site's root.
    base: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer: status, head, body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn start(root: &Path, arguments: &[&str]) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daysheet"));
    command.args(["serve", "--root"]).arg(root).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program runs");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("its output");
    let mut reader = BufReader::new(stdout);
    reader.read_line(&mut line).expect("its first line");
    // What it says later must not fill the pipe.
    std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
    let rest = line.trim().strip_prefix("serving http://127.0.0.1:").unwrap_or_else(|| panic!("{line}"));
    let (port, path) = rest.split_once('/').expect("a path");
    Server { child, port: port.parse().expect("a port"), base: format!("/{path}") }
}

impl Server {
    fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        // A request that is refused early may find the connection closed.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("{request}: no answer"));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {}{path} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.base, self.port))
    }

    /// Listens for events; gives each number as it comes.
    fn events(&self) -> impl Iterator<Item = String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        stream.write_all(format!("GET {}__daysheet/events HTTP/1.1\r\n\r\n", self.base).as_bytes()).expect("to ask");
        BufReader::new(stream).lines().map_while(Result::ok).filter_map(|line| Some(line.strip_prefix("data: ")?.to_owned()))
    }
}

/// A page without what the server adds to it.
fn without_script(page: &str) -> String {
    let at = page.find("<script src=\"/").filter(|at| page[*at..].contains("__daysheet/reload.js"));
    let at = at.and_then(|_| page.rfind("<script src=")).unwrap_or_else(|| panic!("no script in {page}"));
    let end = at + page[at..].find("</script>").expect("its end") + "</script>".len();
    format!("{}{}", &page[..at], &page[end..])
}

fn site() -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    fs::create_dir(dir.path().join("content")).expect("a folder");
    fs::write(dir.path().join("content/2025-11-14-x.md"), DIGEST).expect("a digest");
    fs::write(dir.path().join("site.toml"), "title = \"T\"\n").expect("settings");
    dir
}

#[test]
fn every_file_is_that_of_a_build() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = TempDir::new().expect("a temporary folder");
    let public = place.path().join("public");
    let base = ["--base-url", "https://example.org/repo/"];
    let mut build = Command::new(env!("CARGO_BIN_EXE_daysheet"));
    let built =
        build.args(["build", "--quiet", "--root"]).arg(root).arg("--output").arg(&public).args(base).status().expect("it runs");
    assert!(built.success());
    let server = start(root, &[&["--port", "0"], &base[..]].concat());
    assert_eq!(server.base, "/repo/");
    let all = files(&public);
    assert!(all.len() > 500, "{}", all.len());
    for (path, bytes) in all {
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        if path.ends_with(".html") {
            assert!(without_script(&answer.text()).as_bytes() == bytes, "{path} is another than the built one");
        } else {
            assert!(answer.body == bytes, "{path} is another than the built one");
        }
    }
    let root = server.send(&format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port));
    assert!(root.status == 302 && root.head.contains("Location: /repo/\r\n"), "{}", root.head);
    assert_eq!(server.get("").body, server.get("index.html").body, "a folder is its index");
    assert_eq!(server.send("GET /2026/ HTTP/1.1\r\n\r\n").status, 404, "what is not below the root is not there");
    let lost = server.get("nowhere.html");
    assert!(lost.status == 404 && lost.text().contains("/repo/index.html"), "{}", lost.text());
}

#[test]
fn strangers_and_nonsense_are_refused() {
    let dir = site();
    fs::write(dir.path().join("secret.txt"), "secret").expect("a file");
    let server = start(dir.path(), &["--port", "0"]);
    assert_eq!(server.get("2025/11/14.html").status, 200);
    for path in [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2Fsecret.txt",
        "static/../../secret.txt",
        "site.toml",
        "content/2025-11-14-x.md",
        "%FF",
        "%00",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let status = |request: &str| server.send(request).status;
    assert_eq!(status("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n"), 200);
    assert_eq!(status("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 405);
    assert_eq!(status("\0\0\r\n\r\n"), 400);
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "a".repeat(20_000))), 431);
    let head = server.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(head.status == 200 && head.body.is_empty() && head.head.contains("Content-Type: text/html"), "{}", head.head);
    assert_eq!(server.get("").status, 200, "it still answers");
    let taken = start(dir.path(), &["--port", &server.port.to_string()]);
    assert!(taken.port > server.port, "the next port that is free");
    let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port();
    assert_eq!(start(dir.path(), &["--port", &free.to_string()]).port, free);
}

#[test]
fn a_change_is_shown_and_a_mistake_too() {
    let dir = site();
    let server = start(dir.path(), &["--port", "0"]);
    assert!(server.get("2025/11/14.html").text().contains("Walking on ice"));
    let mut events = server.events();
    let first = events.next().expect("the state");
    assert!(server.get("").text().contains(&format!("data-generation=\"{first}\"")));
    let mut number: u64 = first.parse().expect("a number");
    let mut change = |path: &str, text: Option<&str>, server: &Server| {
        let path = dir.path().join(path);
        let started = Instant::now();
        match text {
            Some(text) => {
                fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(&path, text)).expect("a file")
            }
            None => fs::remove_file(&path).expect("a file"),
        }
        let next: u64 = events.next().expect("an event").parse().expect("a number");
        assert!(next > number, "{next} after {number}");
        number = next;
        eprintln!("{}: told after {} ms", path.display(), started.elapsed().as_millis());
        server.get("")
    };
    assert_eq!(change("content/2025-11-14-x.md", Some(&DIGEST.replace("ice", "ire")), &server).status, 200);
    assert!(server.get("2025/11/14.html").text().contains("Walking on ire"), "a text of the same length is read again");
    change("content/sub/2025-11-15-x.md", Some(DIGEST), &server);
    wait_until(|| Some(()).filter(|()| server.get("2025/11/15.html").status == 200));
    let server = start(dir.path(), &["--port", "0"]);
    let mut events = server.events();
    events.next().expect("the state");
    let mut mistake = |path: &str, text: &str, told: &[&str]| {
        let path = dir.path().join(path);
        let before = fs::read(&path).ok();
        fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(&path, text)).expect("a file");
        events.next().expect("an event");
        let page = server.get("");
        assert!(page.status == 500 && told.iter().all(|part| page.text().contains(part)), "{}: {}", page.head, page.text());
        assert!(page.text().contains("__daysheet/reload.js") && !page.text().contains("<b>"));
        match before {
            Some(before) => fs::write(&path, before).expect("the file as it was"),
            None => fs::remove_file(&path).expect("a file"),
        }
        events.next().expect("an event");
        assert_eq!(server.get("").status, 200, "mended");
    };
    mistake("site.toml", "titel = \"<b>\"\n", &["site.toml:1:1", "unknown setting `titel`"]);
    mistake("site.toml", "theme = \"none\"\n", &["there is no theme `none`"]);
    fs::write(dir.path().join("site.toml"), "title = \"T\"\ntheme = \"mine\"\n").expect("settings");
    assert!(events.next().is_some());
    mistake_of_theme(dir.path(), &server, &mut events);
}

#[test]
fn a_published_site_is_shown_until_the_digests_are_read() {
    let dir = site();
    let long: String = (0..20_000).map(|n| format!("- [Paper {n}](https://example.org/{n}) by Jane Roe {n}\n")).collect();
    fs::write(dir.path().join("content/2025-11-15-x.md"), long).expect("a digest");
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daysheet"));
        assert!(command.args(["build", "--quiet", "--root"]).arg(dir.path()).status().expect("it runs").success());
    };
    build();
    // What only the published files have shows where an answer comes from.
    let home = dir.path().join("public/index.html");
    let page = fs::read_to_string(&home).expect("a page").replace("</main>", "<p>as published</p></main>");
    fs::write(&home, &page).expect("a page");
    let server = start(dir.path(), &["--port", "0"]);
    let first = server.get("").text();
    assert!(first.contains("as published"), "{first}");
    assert_eq!(server.get("nowhere.html").status, 404);
    assert_eq!(server.get("../site.toml").status, 404);
    let later = wait_until(|| Some(server.get("").text()).filter(|page| !page.contains("as published")));
    let number = |page: &str| page.split("data-generation=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    assert_eq!(number(&first), number(&later), "the same site is not loaded again");
    drop(server);
    // After a change the published site is another, and is not shown.
    fs::write(dir.path().join("content/2025-11-14-x.md"), DIGEST.replace("ice", "ire")).expect("a digest");
    assert!(!start(dir.path(), &["--port", "0"]).get("").text().contains("as published"));
}

/// Waits for something that comes within a few seconds.
fn wait_until<T>(mut found: impl FnMut() -> Option<T>) -> T {
    for _ in 0..500 {
        if let Some(found) = found() {
            return found;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("it never came");
}

/// A theme that comes while the server runs, with a mistake in a template, and then without.
fn mistake_of_theme(root: &Path, server: &Server, events: &mut impl Iterator<Item = String>) {
    assert_eq!(server.get("").status, 500, "there is no such theme yet");
    let template = root.join("themes/mine/templates/home.html");
    fs::create_dir_all(template.parent().expect("a folder")).expect("a folder");
    fs::write(&template, "{% extends \"default/home.html\" %}\n{% block content %}{{ nothing }}{% endblock content %}\n")
        .expect("a file");
    let page = wait_for(server, events, |page| page.contains("home.html:2"));
    assert!(page.contains("nothing"), "{page}");
    fs::write(&template, "{% extends \"default/home.html\" %}\n").expect("a file");
    wait_for(server, events, |page| page.contains("Walking on"));
}

/// The home page, as soon as it is as wanted.
fn wait_for(server: &Server, events: &mut impl Iterator<Item = String>, wanted: impl Fn(&str) -> bool) -> String {
    for _ in 0..20 {
        let page = server.get("").text();
        if wanted(&page) {
            return page;
        }
        events.next().expect("an event");
    }
    panic!("the page is not as wanted: {}", server.get("").text());
}

#[test]
fn what_a_site_is_not_made_of_changes_nothing() {
    let dir = site();
    let server = start(dir.path(), &["--port", "0"]);
    server.get("");
    let mut events = server.events();
    let number = |event: Option<String>| event.expect("an event").parse::<u64>().expect("a number");
    let first = number(events.next());
    for path in ["serve.log", "content/run.log", "notes/todo.md", "serve.log"] {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(&path, "a line\n")).expect("a file");
        thread::sleep(Duration::from_millis(80));
    }
    fs::write(dir.path().join("content/2025-11-15-x.md"), DIGEST).expect("a digest");
    assert_eq!(number(events.next()), first + 1);
}
