//! `daysheet serve`: the site at an address of this machine, made page by page as it is asked for, and made anew when its files change.
//!
//! One thread reads and watches, each connection has one that answers with what is there, and open pages are told of a new state by an
//! event. A mistake is a page too: it says what the terminal says, and goes when it is mended.

mod http;
mod shown;
mod watch;

use super::arguments::ServeArguments;
use super::commands;
use super::load::{Known, load_changed, program};
use super::progress::Progress;
use super::project::{self, Project};
use super::site::locked;
use super::{Failure, inputs, own, show};
use crate::build::Print;
use crate::site::route::base_path;
use crate::text::percent_decoded;
use http::{Request, Response};
use shown::Shown;
use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use watch::{Change, Watch};

/// Ports that are tried one after the other.
const PORTS: u16 = 20;

/// So many connections at once; a browser has six, and one for each open page.
const MAX_CONNECTIONS: usize = 128;

/// The addresses of the server itself, below the root of the site.
const EVENTS: &str = "__daysheet/events";
const SCRIPT: &str = "__daysheet/reload.js";

/// Loads a page again when the site is another than the one it was made from.
const RELOAD: &str = "const { generation } = document.currentScript.dataset;\n\
    const events = new EventSource(new URL(\"events\", document.currentScript.src));\n\
    events.onmessage = ({ data }) => data === generation || location.reload();\n";

/// Who listens for events is asked after so long whether it is still there.
const PULSE: Duration = Duration::from_secs(15);

/// What there is to show.
#[derive(Clone)]
enum View {
    /// The digests are being read for the first time.
    Reading,
    /// The published site, which is made of what there is now: its folder. Until the digests are read.
    Published(Arc<Path>),
    Site(Arc<Shown>),
    /// Why there is no site: what the terminal shows.
    Mistake(Arc<str>),
}

/// What all threads share.
struct Server {
    /// The state with its number. Numbers begin with the time, so that a page of a server before this one is loaded again.
    state: Mutex<(u64, View)>,
    changed: Condvar,
    /// The path of the site's root, such as `/` or `/repo/`.
    base: String,
    /// Names that browsers may call this server by; others are a trick to read it from a foreign page (DNS rebinding). None: any.
    hosts: Option<Vec<String>>,
    n_connections: AtomicUsize,
}

/// Serves the site until the program is ended.
pub(super) fn serve(arguments: &ServeArguments) -> Result<(), Failure> {
    let folders = &arguments.folders;
    let project = project::open(folders, arguments.base_url.as_deref());
    // Settings are mended while they are shown, but a folder that is not there was mistyped.
    if !folders.root().is_dir() || folders.content.as_ref().is_some_and(|content| !content.is_dir()) {
        return project.map(drop);
    }
    let base = project.as_ref().ok().and_then(|project| project.config.join.info.base_url.as_deref().map(base_path));
    let base = base.unwrap_or("/").to_owned();
    let listener = listen(arguments.host, arguments.port)?;
    let address = listener.local_addr().map_err(|error| Failure::new(format!("could not listen: {error}"), ""))?;
    if arguments.port != 0 && address.port() != arguments.port {
        show::error(&format!("note: port {} is taken", arguments.port));
    }
    if !arguments.host.is_loopback() {
        show::error("warning: other machines can see the site at this address");
    }
    show::out(&format!("serving http://{}{base}\n", named(address)));
    let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let server = Arc::new(Server {
        state: Mutex::new((start << 20, View::Reading)),
        changed: Condvar::new(),
        base,
        hosts: (!address.ip().is_unspecified()).then(|| vec!["localhost".to_owned(), host_of(address.ip())]),
        n_connections: AtomicUsize::new(0),
    });
    let published = project.as_ref().ok().and_then(|project| inputs::published(project, &project.output_path(None)));
    published.into_iter().for_each(|folder| server.show(View::Published(folder.into())));
    let shared = Arc::clone(&server);
    thread::spawn(move || accept(&listener, &shared));
    commands::in_pool(folders, || Keeper { arguments, server: &server, program: program(), known: Known::new() }.keep(project))
}

/// Listens at the port or at one of those after it.
fn listen(host: IpAddr, port: u16) -> Result<TcpListener, Failure> {
    let mut last = None;
    for port in port..=port.saturating_add(if port == 0 { 0 } else { PORTS }) {
        match TcpListener::bind(SocketAddr::new(host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    let reason = last.map_or_else(String::new, |error| format!(": {error}"));
    Err(Failure::new(format!("could not listen at {host}, port {port} or after{reason}"), "give another `--port` or `--host`"))
}

/// How an address is written in a URL.
fn named(address: SocketAddr) -> String {
    format!("{}:{}", host_of(address.ip()), address.port())
}

fn host_of(ip: IpAddr) -> String {
    if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() }
}

fn accept(listener: &TcpListener, server: &Arc<Server>) {
    for stream in listener.incoming().flatten() {
        let server = Arc::clone(server);
        thread::spawn(move || {
            let n = server.n_connections.fetch_add(1, Ordering::Relaxed);
            // A browser that went away is no concern of anybody.
            let _ = answer(&server, stream, n < MAX_CONNECTIONS);
            server.n_connections.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn answer(server: &Server, mut stream: TcpStream, is_room: bool) -> io::Result<()> {
    let Some(request) = http::read(&mut stream)? else { return Ok(()) };
    let request = match request {
        Ok(request) if is_room => request,
        Ok(_) => return http::write(&mut stream, &Response::refusal(503), false),
        Err(status) => return http::write(&mut stream, &Response::refusal(status), false),
    };
    if !server.is_meant(&request) {
        return http::write(&mut stream, &Response::refusal(421), request.is_head);
    }
    let path = percent_decoded(&request.path);
    let Some(below) = path.strip_prefix(&server.base) else {
        return http::write(&mut stream, &server.elsewhere(&path), request.is_head);
    };
    if below == EVENTS && !request.is_head {
        return server.tell(&mut stream);
    }
    http::write(&mut stream, &server.response(below), request.is_head)
}

impl Server {
    /// True if the browser means this server by the host that it names.
    fn is_meant(&self, request: &Request) -> bool {
        let Some(hosts) = &self.hosts else { return true };
        let name = request
            .host
            .as_deref()
            .map(|host| host.rsplit_once(':').filter(|_| !host.ends_with(']')).map_or(host, |(name, _)| name));
        name.is_none_or(|name| hosts.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// The answer to an address that is not below the site's root: the root leads to the site.
    fn elsewhere(&self, path: &str) -> Response {
        if path.is_empty() || path == "/" || format!("{path}/") == self.base {
            Response { location: Some(self.base.clone()), ..Response::refusal(302) }
        } else {
            Response::refusal(404)
        }
    }

    fn response(&self, below: &str) -> Response {
        if below == SCRIPT {
            return Response::new(200, "text/javascript; charset=utf-8", RELOAD);
        }
        let (generation, view) = self.first_view();
        let found = match &view {
            View::Site(shown) => shown.response(below).map_err(|failure| failure.text(false)),
            View::Published(folder) => published(folder, below).map_err(|failure| failure.text(false)),
            View::Mistake(text) => Err(text.to_string()),
            View::Reading => return Response::refusal(503),
        };
        let mut response = found.unwrap_or_else(|text| mistake(&text));
        if response.kind.starts_with("text/html") {
            response.body = self.with_script(response.body, generation);
        }
        response
    }

    /// What there is to show, once there is something.
    fn first_view(&self) -> (u64, View) {
        let mut state = locked(&self.state);
        while matches!(state.1, View::Reading) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.clone()
    }

    /// A page with the script that loads it again, before the end of its body.
    fn with_script(&self, page: Vec<u8>, generation: u64) -> Vec<u8> {
        let script = format!("<script src=\"{}{SCRIPT}\" data-generation=\"{generation}\"></script>", self.base);
        let text = String::from_utf8_lossy(&page);
        match text.rfind("</body>") {
            Some(at) => [&text[..at], &script, &text[at..]].concat().into_bytes(),
            None => [&*text, &script].concat().into_bytes(),
        }
    }

    /// Tells a page the number of the state, now and whenever it is another, until the page is gone.
    fn tell(&self, stream: &mut TcpStream) -> io::Result<()> {
        http::begin_events(stream)?;
        self.first_view();
        let mut told = None;
        loop {
            let generation = {
                let mut state = locked(&self.state);
                if told == Some(state.0) {
                    state = self.changed.wait_timeout(state, PULSE).unwrap_or_else(PoisonError::into_inner).0;
                }
                state.0
            };
            if told == Some(generation) {
                http::send_comment(stream)?;
            } else {
                http::send_event(stream, &generation.to_string())?;
                told = Some(generation);
            }
        }
    }

    /// Shows something else from now on.
    fn show(&self, view: View) {
        let mut state = locked(&self.state);
        // The published site is the same one: pages of it need not be loaded again.
        let is_same = matches!((&state.1, &view), (View::Published(_), View::Site(_)));
        let number = if is_same { state.0 } else { state.0 + 1 };
        let before = std::mem::replace(&mut *state, (number, view));
        drop(state);
        self.changed.notify_all();
        // Giving back the memory of a large site takes longer than a page.
        drop(before);
    }
}

/// The answer to a path from the folder of a published site.
fn published(folder: &Path, below: &str) -> Result<Response, Failure> {
    let file = if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
    // Nothing outside of the folder is shown, whatever the path says and links lead to.
    let inside = |path: &str| folder.join(path).canonicalize().ok().filter(|path| path.starts_with(folder) && path.is_file());
    let (status, path) = match inside(&file) {
        Some(path) => (200, path),
        None => (404, folder.join("404.html")),
    };
    let kind = if status == 200 { http::media_type(&file) } else { http::media_type("404.html") };
    Ok(Response::new(status, kind, own::read(&path)?))
}

/// A page that says what the terminal says.
fn mistake(text: &str) -> Response {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>daysheet: a mistake</title><body><h1>The site cannot be shown</h1><pre>{text}</pre>\
         <p>This page is loaded again when it is mended.</p></body></html>\n"
    );
    Response::new(500, "text/html; charset=utf-8", page)
}

/// Keeps what is shown up with what is on disk.
struct Keeper<'a> {
    arguments: &'a ServeArguments,
    server: &'a Server,
    /// The print of this program.
    program: Print,
    /// The readings of files that have not changed.
    known: Known,
}

impl Keeper<'_> {
    /// Reads, shows, waits for a change, and so on.
    fn keep(mut self, mut project: Result<Project, Failure>) -> Result<(), Failure> {
        let mut watch: Option<Watch> = None;
        let mut told = String::new();
        loop {
            let view = project.and_then(|project| {
                if watch.is_none() {
                    watch = Some(self.watch(&project)?);
                }
                let shown = self.shown(&project)?;
                Ok((shown, project))
            });
            match view {
                Ok((shown, project)) => {
                    let (days, entries) = shown.counts();
                    show::out(&format!("ready: {days} days, {entries} entries\n"));
                    told.clear();
                    self.server.show(View::Site(Arc::new(shown)));
                    self.remember(&project);
                }
                Err(failure) => {
                    let text = failure.text(false);
                    // The settings are looked at twice in a second, but a mistake is told once.
                    if text != told {
                        show::error(&failure.text(show::color()));
                        self.server.show(View::Mistake(text.as_str().into()));
                        told = text;
                    }
                }
            }
            project = match watch.as_mut() {
                Some(watch) => {
                    let change =
                        watch.next().ok_or_else(|| Failure::new("the folders cannot be watched any more", "start again"))?;
                    self.forget(watch, &change);
                    self.open()
                }
                // Without valid settings it is not known what to watch: they are looked at again and again.
                None => {
                    thread::sleep(Duration::from_millis(500));
                    self.open()
                }
            };
        }
    }

    fn open(&self) -> Result<Project, Failure> {
        project::open(&self.arguments.folders, self.arguments.base_url.as_deref())
    }

    fn watch(&self, project: &Project) -> Result<Watch, Failure> {
        Watch::new(project, &project.output_path(None)).map_err(|error| {
            let hint = "on Linux, `fs.inotify.max_user_watches` says how many folders can be watched";
            Failure::new(format!("could not watch the folders of the site: {error}"), hint)
        })
    }

    /// Reads what changed, and joins it with what did not.
    fn shown(&mut self, project: &Project) -> Result<Shown, Failure> {
        let progress = Progress::new(self.arguments.folders.quiet);
        let loaded = load_changed(project, &project.output_path(None), &progress, &self.known, self.program).whole()?;
        progress.finish();
        if !self.known.is_empty() {
            let paths: HashSet<&str> = loaded.readings.iter().map(|reading| reading.path.as_str()).collect();
            self.known.retain(|path, _| paths.contains(path.as_str()));
            let files = loaded.readings.iter().zip(&loaded.sizes);
            let read = files.filter(|(reading, _)| !self.known.contains_key(&reading.path));
            let read: Vec<_> = read.map(|(reading, n_bytes)| (reading.path.clone(), (*n_bytes, reading.clone()))).collect();
            self.known.extend(read);
        }
        Shown::new(commands::joined(loaded, &project.config).site, project)
    }

    /// Where nothing is known reads everything once more, for the next time: whoever waits for the first page does not wait for that.
    fn remember(&mut self, project: &Project) {
        if !self.known.is_empty() {
            return;
        }
        let loaded = load_changed(project, &project.output_path(None), &Progress::new(true), &self.known, self.program);
        let files = loaded.readings.into_iter().zip(loaded.sizes);
        self.known = files.map(|(reading, n_bytes)| (reading.path.clone(), (n_bytes, reading))).collect();
    }

    /// Forgets the readings of files that may have changed.
    fn forget(&mut self, watch: &Watch, change: &Change) {
        let below: Vec<Option<String>> = change.paths.iter().map(|path| watch.below_content(path)).collect();
        // Settings say how files are read; a folder that came or went is more than its own path.
        let is_settings = |path: &PathBuf| path.file_name().is_some_and(|name| name == "site.toml");
        if change.is_anything || change.paths.iter().any(|path| is_settings(path) || path.is_dir()) {
            self.known.clear();
        }
        below.iter().flatten().for_each(|path| drop(self.known.remove(path)));
    }
}
