//! As much of HTTP as asking the same thing many times takes: one connection, kept open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::error::{Context, Error, Result};

pub struct Client {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Client {
    /// For a server such as `http://127.0.0.1:8080`.
    pub fn new(server: &str) -> Self {
        Self { address: server.trim_start_matches("http://").to_owned(), stream: None }
    }

    /// Asks, and reads the whole answer. `more` is header lines.
    pub fn ask(&mut self, method: &str, path: &str, more: &str, body: &str) -> Result<Answer> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{more}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let asked = self.exchange(request.as_bytes());
        if asked.is_err() {
            self.stream = None;
        }
        asked.context(format!("{method} {path}"))
    }

    fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.address).context("connecting")?;
                stream.set_nodelay(true).context("connecting")?;
                stream.set_read_timeout(Some(Duration::from_secs(60))).context("connecting")?;
                self.stream.insert(BufReader::new(stream))
            }
        };
        stream.get_mut().write_all(request).context("sending")?;
        let mut line = String::new();
        stream.read_line(&mut line).context("reading")?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| Error::new(format!("not an answer: {line}")))?;
        let mut length = 0;
        loop {
            line.clear();
            stream.read_line(&mut line).context("reading")?;
            let Some((name, value)) = line.trim().split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().context("the answer's length")?;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).context("reading")?;
        Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned() })
    }
}
