//! A mail server, as good or bad as a test wants it.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to the next mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is taken.
    Take,
    /// This is answered to its recipient.
    Refuse(&'static str),
    /// The line goes dead before a word is said.
    HangUp,
    /// It is taken, and whoever sent it never hears that.
    TakeInSilence,
    /// It is taken, and whoever sent it hears that when the test says so; see [`MailServer::hold`].
    TakeSlowly,
    /// Whoever sends it is not let in, and hears what they said repeated.
    RefuseLogin,
}

/// Takes mails one after another, by the plan; after the plan, all of them.
#[derive(Debug)]
pub struct MailServer {
    pub url: String,
    plan: Arc<Mutex<VecDeque<Answer>>>,
    held: Arc<Mutex<Option<Receiver<()>>>>,
    taken: Receiver<String>,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let plan: Arc<Mutex<VecDeque<Answer>>> = Arc::default();
        let (takes, taken) = channel();
        let shared = Arc::clone(&plan);
        let held: Arc<Mutex<Option<Receiver<()>>>> = Arc::default();
        let hold = Arc::clone(&held);
        // It goes with the process.
        std::thread::spawn(move || {
            let mut silent = Vec::new();
            for stream in listener.incoming().flatten() {
                let answer = shared.lock().unwrap().pop_front().unwrap_or(Answer::Take);
                // A sender that gives up or is killed is nobody's failure here.
                if converse(&stream, answer, &takes, &hold).is_ok() && answer == Answer::TakeInSilence {
                    silent.push(stream);
                }
            }
        });
        Self { url, plan, held, taken }
    }

    /// What happens to the next mails.
    pub fn plan(&self, answers: &[Answer]) {
        self.plan.lock().unwrap().extend(answers);
    }

    /// What is taken slowly waits for a word here.
    pub fn hold(&self, until: Receiver<()>) {
        *self.held.lock().unwrap() = Some(until);
    }

    /// The next mail it took; fails when there is none for too long.
    pub fn take(&self) -> String {
        self.taken.recv_timeout(Duration::from_secs(30)).expect("a mail")
    }

    /// Whether it took none since.
    pub fn is_idle(&self) -> bool {
        self.taken.try_recv().is_err()
    }
}

fn converse(
    mut stream: &TcpStream,
    answer: Answer,
    takes: &Sender<String>,
    held: &Mutex<Option<Receiver<()>>>,
) -> std::io::Result<()> {
    if answer == Answer::HangUp {
        return Ok(());
    }
    let mut lines = BufReader::new(stream);
    stream.write_all(b"220 mail.example\r\n")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        match (answer, line.get(..4)) {
            (Answer::RefuseLogin, Some("EHLO")) => {
                stream.write_all(b"250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n")?;
            }
            (Answer::RefuseLogin, Some("AUTH")) => {
                stream.write_all(format!("535 5.7.8 not with {}\r\n", line.trim()).as_bytes())?;
            }
            (Answer::Refuse(why), Some("RCPT")) => stream.write_all(format!("{why}\r\n").as_bytes())?,
            (_, Some("DATA")) => {
                stream.write_all(b"354 go ahead\r\n")?;
                let mut mail = String::new();
                while lines.read_line(&mut mail)? > 0 && !mail.ends_with("\r\n.\r\n") {}
                // Nobody may be waiting for it.
                let _ = takes.send(mail);
                if answer == Answer::TakeInSilence {
                    return Ok(());
                }
                if answer == Answer::TakeSlowly
                    && let Some(until) = held.lock().unwrap().take()
                {
                    // A test that is over says nothing any more.
                    let _ = until.recv();
                }
                stream.write_all(b"250 queued\r\n")?;
            }
            (_, Some("QUIT")) => return stream.write_all(b"221 bye\r\n"),
            _ => stream.write_all(b"250 fine\r\n")?,
        }
    }
}
