//! As much of HTTP as asking the same thing many times takes: one connection, kept open, and one buffer. It shares the
//! machine with the server it asks, so it reads no more of an answer than where that ends.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::error::{Context, Error, Result};

/// Longer than the server lets anyone wait.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    address: String,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

pub struct Answer<'a> {
    pub status: u16,
    /// The header, as it came.
    head: &'a [u8],
    /// As it was sent: if in chunks, with their lengths.
    body: &'a [u8],
}

impl Answer<'_> {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.body).into_owned()
    }

    /// The value of a header, which is written in lower case here.
    pub fn header(&self, name: &str) -> Option<String> {
        lines(self.head)
            .find_map(|(found, value)| found.eq_ignore_ascii_case(name.as_bytes()).then_some(value))
            .map(|value| String::from_utf8_lossy(value).trim().to_owned())
    }

    /// The body as JSON; an error unless the status is this one.
    pub fn json(&self, status: u16) -> Result<serde_json::Value> {
        if self.status != status {
            return Err(Error::new(format!("{}: {}", self.status, self.text())));
        }
        serde_json::from_slice(self.body).context("reading an answer")
    }
}

impl Client {
    /// For a server such as `http://127.0.0.1:8080`.
    pub fn new(server: &str) -> Self {
        let address = server.trim_start_matches("http://").to_owned();
        Self { address, stream: None, buffer: vec![0; 32 * 1024] }
    }

    /// Asks, and reads the whole answer. `more` is header lines.
    pub fn ask(&mut self, method: &str, path: &str, more: &str, body: &str) -> Result<Answer<'_>> {
        self.exchange(&request(method, path, more, body)).context(format!("{method} {path}"))
    }

    /// The same with a request made before. A connection that the server closed because nothing was asked for some time is
    /// made again.
    pub fn exchange(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        let used_before = self.stream.is_some();
        let sent = self.send(request);
        let mut read = if used_before && sent.is_err() { Ok(None) } else { sent.and_then(|()| self.read()) };
        if used_before && matches!(read, Ok(None)) {
            self.stream = None;
            self.send(request)?;
            read = self.read();
        }
        self.answer(read)
    }

    /// Connects, if that was not done before.
    pub fn connect(&mut self) -> Result<&mut TcpStream> {
        match &mut self.stream {
            Some(stream) => Ok(stream),
            none => {
                let stream = TcpStream::connect(&self.address).context("connecting")?;
                stream.set_nodelay(true).context("connecting")?;
                stream.set_read_timeout(Some(PATIENCE)).context("connecting")?;
                Ok(none.insert(stream))
            }
        }
    }

    /// Asks; the answer is to be read with [`Client::receive`].
    pub fn send(&mut self, request: &[u8]) -> Result {
        let sent = self.connect()?.write_all(request).context("sending");
        self.or_hang_up(sent)
    }

    /// Reads one whole answer.
    pub fn receive(&mut self) -> Result<Answer<'_>> {
        let read = self.read();
        self.answer(read)
    }

    fn answer(&mut self, read: Result<Option<(Head, usize)>>) -> Result<Answer<'_>> {
        let read = read.and_then(|read| read.context("the server closed the connection"));
        let (head, end) = self.or_hang_up(read)?;
        let part = |range: std::ops::Range<usize>| self.buffer.get(range).unwrap_or_default();
        Ok(Answer { status: head.status, head: part(0..head.end), body: part(head.end..end) })
    }

    /// Nothing when the connection was closed before anything came.
    fn read(&mut self) -> Result<Option<(Head, usize)>> {
        let stream = self.stream.as_mut().context("nothing was asked")?;
        let (mut filled, mut head) = (0, None);
        loop {
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
            let room = self.buffer.get_mut(filled..).unwrap_or_default();
            match stream.read(room) {
                Ok(0) if filled == 0 => return Ok(None),
                Ok(0) => {
                    return Err(Error::new("the server closed the connection in the middle of an answer"));
                }
                Ok(read) => filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error).context("reading"),
            }
            let so_far = self.buffer.get(..filled).unwrap_or_default();
            if head.is_none() {
                head = Head::read(so_far)?;
            }
            if let Some(head) = &head
                && let Some(end) = head.whole(so_far)
            {
                return Ok(Some((*head, end)));
            }
        }
    }

    fn or_hang_up<T>(&mut self, outcome: Result<T>) -> Result<T> {
        if outcome.is_err() {
            self.stream = None;
        }
        outcome
    }
}

/// What goes over the wire. `more` is header lines.
pub fn request(method: &str, path: &str, more: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{more}Content-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    /// Where the body starts.
    end: usize,
    length: Length,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Known(usize),
    Chunked,
}

impl Head {
    /// Nothing as long as it is not all there.
    fn read(bytes: &[u8]) -> Result<Option<Self>> {
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
        let head = bytes.get(..end).unwrap_or_default();
        let status = head.get(9..12).and_then(|status| std::str::from_utf8(status).ok()?.parse().ok());
        let status = status.context("not an answer of HTTP")?;
        let mut length = Length::Known(0);
        for (name, value) in lines(head) {
            if name.eq_ignore_ascii_case(b"content-length") {
                let value = std::str::from_utf8(value).context("the answer's length")?;
                length = Length::Known(value.trim().parse().context("the answer's length")?);
            } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
                length = Length::Chunked;
            }
        }
        Ok(Some(Self { status, end: end + 4, length }))
    }

    /// Where the body ends, once it does.
    fn whole(&self, bytes: &[u8]) -> Option<usize> {
        match self.length {
            Length::Known(length) => Some(self.end + length).filter(|end| *end <= bytes.len()),
            // One request is on its way at a time, so nothing follows the last chunk.
            Length::Chunked => bytes.get(self.end..)?.ends_with(b"0\r\n\r\n").then_some(bytes.len()),
        }
    }
}

/// Names and values of a header.
fn lines(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    head.split(|byte| *byte == b'\n').filter_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        Some((line.get(..colon)?, line.get(colon + 1..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_where_it_says() {
        let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nx: y\r\n\r\nhello";
        let head = Head::read(whole).unwrap().unwrap();
        assert_eq!((head.status, head.whole(whole)), (200, Some(whole.len())));
        assert_eq!(head.whole(&whole[..whole.len() - 1]), None);
        assert_eq!(Head::read(&whole[..30]).unwrap(), None);
        let nothing = b"HTTP/1.1 204 No Content\r\nx: y\r\n\r\n";
        assert_eq!(Head::read(nothing).unwrap().unwrap().whole(nothing), Some(nothing.len()));
        assert!(Head::read(b"SSH-2.0\r\n\r\n").is_err());
    }

    #[test]
    fn chunks_end_with_an_empty_one() {
        let whole = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        let head = Head::read(whole).unwrap().unwrap();
        assert_eq!(head.whole(whole), Some(whole.len()));
        assert_eq!(head.whole(&whole[..whole.len() - 5]), None);
    }
}
