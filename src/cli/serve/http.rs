//! As much of HTTP/1.1 (RFC 9112) as showing a site to its owner takes: GET and HEAD, one request for each connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A request with a longer head is refused.
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 64;

/// Who sends nothing for so long is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a browser asks for.
pub(super) struct Request {
    /// True for HEAD, which is answered without a body.
    pub(super) is_head: bool,
    /// The path of the address as sent, without what follows `?`.
    pub(super) path: String,
    /// The host that the browser means, if it says one.
    pub(super) host: Option<String>,
}

/// An answer.
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    /// Where to go instead.
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Response {
    pub(super) fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response { status, kind, location: None, body: body.into() }
    }

    /// A short text about what is wrong.
    pub(super) fn refusal(status: u16) -> Response {
        Response::new(status, "text/plain; charset=utf-8", format!("{status} {}\n", reason(status)))
    }
}

/// Reads a request; where it is none that can be answered, the status to say so with. None if nothing was asked.
pub(super) fn read(stream: &mut TcpStream) -> io::Result<Option<Result<Request, u16>>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let n = stream.read(&mut piece)?;
        if n == 0 {
            return Ok(None);
        }
        head.extend_from_slice(&piece[..n]);
        if head.len() > MAX_HEAD {
            return Ok(Some(Err(431)));
        }
        if let Some(parsed) = parsed(&head) {
            return Ok(Some(parsed));
        }
    }
}

/// The request of a head; none while it is not whole.
fn parsed(head: &[u8]) -> Option<Result<Request, u16>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(head) {
        Ok(httparse::Status::Partial) => return None,
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Some(Err(431)),
        Err(_) => return Some(Err(400)),
    }
    let is_head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Some(Err(405)),
    };
    let target = request.path.unwrap_or("/");
    // A proxy is asked with the whole URL; this is none, but may be asked like that (RFC 9112, 3.2.2).
    let after_host = |rest: &str| rest.find('/').map_or("/".to_owned(), |at| rest[at..].to_owned());
    let path = target.strip_prefix("http://").map_or_else(|| target.to_owned(), after_host);
    let path = path.split(['?', '#']).next().unwrap_or("/").to_owned();
    let host = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("host"));
    let host = host.and_then(|header| std::str::from_utf8(header.value).ok()).map(|host| host.trim().to_owned());
    Some(Ok(Request { is_head, path, host }))
}

/// Writes an answer.
pub(super) fn write(stream: &mut TcpStream, response: &Response, is_head: bool) -> io::Result<()> {
    let Response { status, kind, location, body } = response;
    let location = location.as_ref().map_or_else(String::new, |to| format!("Location: {to}\r\n"));
    let allow = if *status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{location}{allow}\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        reason(*status),
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if !is_head {
        stream.write_all(body)?;
    }
    stream.flush()
}

/// Begins an answer that goes on: events, as browsers listen to them (HTML, 9.2, server-sent events).
pub(super) fn begin_events(stream: &mut TcpStream) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes())?;
    stream.flush()
}

/// Sends an event. An error says that nobody listens any more.
pub(super) fn send_event(stream: &mut TcpStream, data: &str) -> io::Result<()> {
    stream.write_all(format!("data: {data}\n\n").as_bytes())?;
    stream.flush()
}

/// A comment, which only finds out whether somebody still listens.
pub(super) fn send_comment(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(b":\n\n")?;
    stream.flush()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// The media type of a file by its ending.
pub(super) fn media_type(path: &str) -> &'static str {
    const TYPES: &[(&str, &str)] = &[
        ("html", "text/html; charset=utf-8"),
        ("css", "text/css; charset=utf-8"),
        ("js", "text/javascript; charset=utf-8"),
        ("json", "application/json"),
        ("xml", "application/xml"),
        ("txt", "text/plain; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("gz", "application/gzip"),
        ("svg", "image/svg+xml"),
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("jpeg", "image/jpeg"),
        ("gif", "image/gif"),
        ("webp", "image/webp"),
        ("ico", "image/x-icon"),
        ("woff2", "font/woff2"),
        ("pdf", "application/pdf"),
        ("wasm", "application/wasm"),
    ];
    let ending = path.rsplit('.').next().unwrap_or("");
    TYPES.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_when_they_are_whole() {
        let head = b"GET /a/b.html?x=1 HTTP/1.1\r\nHost: localhost:4000\r\n\r\n";
        assert!((0..head.len()).all(|n| parsed(&head[..n]).is_none()));
        let request = parsed(head).expect("a whole head").unwrap_or_else(|status| panic!("{status}"));
        assert_eq!(
            (request.path.as_str(), request.host.as_deref(), request.is_head),
            ("/a/b.html", Some("localhost:4000"), false)
        );
        let refused = |head: &[u8]| parsed(head).and_then(Result::err);
        assert_eq!(refused(b"POST / HTTP/1.1\r\n\r\n"), Some(405));
        assert_eq!(refused(b"\x00\x01\r\n\r\n"), Some(400));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(MAX_HEADERS + 1));
        assert_eq!(refused(many.as_bytes()), Some(431));
    }
}
