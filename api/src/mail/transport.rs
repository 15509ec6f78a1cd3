//! How mails leave: to a mail server, or as files where there is none.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{SmtpTransport, Transport as _};
use uuid::Uuid;

use super::message::Message;

/// How long the mail server may take for each step.
const STEP: Duration = Duration::from_secs(15);
/// How long it may take for a whole mail, which is a dozen steps.
const WHOLE: Duration = Duration::from_secs(45);
/// How often whoever waits for it says that they still do.
const PULSE: Duration = Duration::from_secs(4);

/// The way mails leave.
#[derive(Clone)]
pub enum Transport {
    /// Through a mail server.
    Smtp(SmtpTransport),
    /// As `<id>.eml` in a folder, for installations that have no mail server (yet).
    Files(PathBuf),
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address of the mail server may hold a password.
        match self {
            Self::Smtp(_) => f.write_str("Smtp"),
            Self::Files(folder) => f.debug_tuple("Files").field(folder).finish(),
        }
    }
}

/// Why a mail did not leave. The text has no address and none of the mail's content, so that it can be
/// logged and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// It never will; trying again is no use.
    Permanent(String),
    /// It may, later.
    Temporary(String),
}

impl SendError {
    /// Whether trying again is no use.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Permanent(_))
    }
}

impl std::fmt::Display for SendError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Permanent(why) | Self::Temporary(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for SendError {}

impl Transport {
    /// The mail server at `smtp_url`, or else the folder `mail` in the data folder.
    ///
    /// `smtps://user:password@host` speaks TLS from the first byte (port 465). `smtp://host` does not (port
    /// 25), unless it ends in `?tls=required` (port 587), which refuses to go on without it, or in
    /// `?tls=opportunistic`. A path, as in `smtp://host/werkbak.example`, is the name we greet the server by.
    ///
    /// # Errors
    ///
    /// When the address is none, or the folder cannot be made. The mail server is not contacted.
    pub fn new(smtp_url: Option<&str>, data: &Path) -> Result<Self, String> {
        match smtp_url {
            Some(url) => SmtpTransport::from_url(url)
                .map(|builder| Self::Smtp(builder.timeout(Some(STEP)).build()))
                // What is wrong with it is not repeated: it may be a part of the password.
                .map_err(|_| {
                    "SMTP_URL: not of the form smtps://user:password@host:465; in user and password write \
                     anything but letters and digits as %XX"
                        .to_owned()
                }),
            None => {
                let folder = data.join("mail");
                std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
                Ok(Self::Files(folder))
            }
        }
    }

    /// Sends one mail, within 45 seconds. The same `id` gives the same Message-ID, by which a mail that is
    /// sent again can be recognised; `message_id_host` is the part of it that says whose it is. `going_on` is called now and
    /// then while the server takes its time.
    ///
    /// # Errors
    ///
    /// [`SendError`] says whether to try again.
    pub fn send(
        &self,
        from: &Mailbox,
        to: &Mailbox,
        message: &Message,
        id: Uuid,
        message_id_host: &str,
        going_on: impl FnMut(),
    ) -> Result<(), SendError> {
        let mail = lettre::Message::builder()
            .from(from.clone())
            .to(to.clone())
            .subject(message.subject.as_str())
            .message_id(Some(format!("<{id}@{}>", host_name(message_id_host))))
            // Tells out-of-office assistants not to answer (RFC 3834).
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))
            .map_err(|error| SendError::Permanent(format!("the mail cannot be put together: {error}")))?;
        match self {
            Self::Smtp(server) => {
                deliver(server.clone(), mail.envelope().clone(), mail.formatted(), PULSE, going_on)
            }
            Self::Files(folder) => write_file(folder, id, &mail.formatted())
                .map_err(|error| SendError::Temporary(format!("the mail cannot be written: {error}"))),
        }
    }
}

/// Hands a mail to the server. The server's timeout is for each step, and looking up its name has none, so a
/// thread does it and is left to its fate after [`WHOLE`].
fn deliver(
    server: SmtpTransport,
    envelope: Envelope,
    mail: Vec<u8>,
    pulse: Duration,
    mut going_on: impl FnMut(),
) -> Result<(), SendError> {
    let (done, outcome) = mpsc::sync_channel(1);
    let deliver = move || {
        let sent = server.send_raw(&envelope, &mail);
        // Nobody is waiting any more if this took too long.
        let _ = done.send(sent.map(drop).map_err(|error| judge(&error, &envelope)));
    };
    std::thread::Builder::new()
        .name("mail delivery".to_owned())
        .spawn(deliver)
        .map_err(|error| SendError::Temporary(format!("no thread to send with: {error}")))?;
    let deadline = Instant::now() + WHOLE;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match outcome.recv_timeout(left.min(pulse)) {
            Ok(sent) => return sent,
            Err(RecvTimeoutError::Timeout) if left > pulse => going_on(),
            Err(_) => return Err(SendError::Temporary("the mail server took too long".to_owned())),
        }
    }
}

/// Whether to try again. What a server answers is not repeated, because it tends to name the recipient.
fn judge(error: &lettre::transport::smtp::Error, envelope: &Envelope) -> SendError {
    if let Some(code) = error.status() {
        let why = format!("the mail server answered {code}");
        // These are about our account there, which someone can put right; not about this mail.
        let about_us = matches!(u16::from(code), 530 | 534 | 535 | 538);
        return if error.is_permanent() && !about_us {
            SendError::Permanent(why)
        } else {
            SendError::Temporary(why)
        };
    }
    let ascii = envelope.to().iter().chain(envelope.from()).all(|address| address.to_string().is_ascii());
    if error.is_response() {
        return SendError::Temporary("the mail server’s answer was not understood".to_owned());
    }
    if error.is_client() && !ascii {
        return SendError::Permanent("the mail server does not take such an address (SMTPUTF8)".to_owned());
    }
    SendError::Temporary(error.to_string())
}

/// A whole file or none, for its owner's eyes: it may hold a temporary password.
fn write_file(folder: &Path, id: Uuid, mail: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".{id}.{}", std::process::id()));
    let written = private_file(&draft)
        .and_then(|mut file| file.write_all(mail).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&draft, folder.join(format!("{id}.eml"))));
    if written.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    written
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::File::create(path)
}

/// Only what a Message-ID may hold.
fn host_name(host: &str) -> String {
    let name: String = host.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    if name.is_empty() { "localhost".to_owned() } else { name }
}

#[cfg(test)]
mod tests;
