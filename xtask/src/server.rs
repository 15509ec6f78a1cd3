//! The server's binary, and `cargo xtask up`.

use std::env;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Context, Error, Result};
use crate::process::{Output, Run};
use crate::setup::{self, Purpose};
use crate::shell::Shell;
use crate::signals;
use crate::web::{self, Mode};

const USUAL_PORT: u16 = 8080;
/// What the server says once it can be reached; the address follows.
const LISTENING: &str = "listening on http://";
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary of the development profile, built with the same features as for the tests: it is fresh after a test run.
pub fn dev_binary(shell: &Shell) -> Result<PathBuf> {
    shell.run(Run::cargo().args(["build", "--bin", "werkbak", "--test", "http"]))?;
    Ok(shell.target.join("debug/werkbak"))
}

/// The server's own description of its API.
pub fn openapi(werkbak: &Path) -> Result<String> {
    Run::new(werkbak).arg("openapi").read()
}

/// Everything between a fresh machine and a running Werkbak with something to look at.
pub fn up(shell: &Shell, detach: bool) -> Result {
    let started = Instant::now();
    setup::ensure(shell, Purpose::Build)?;
    shell.say("Building the web app and the server; the first time this takes some minutes.");
    web::build(shell, Mode::Release)?;
    shell.run(Run::cargo().args(["build", "--release", "--package", "api", "--bin", "werkbak"]))?;
    let werkbak = shell.target.join("release/werkbak");
    let command = || Run::new(&werkbak).dir(&shell.root);
    shell.run(command().arg("migrate"))?;
    shell.run(command().args(["seed", "demo"]))?;
    shell.say(format!("Ready to start after {} s.", started.elapsed().as_secs()));

    let data = shell.path(env::var_os("WERKBAK_DATA").map_or_else(|| PathBuf::from("data"), PathBuf::from));
    let bind = bind(shell)?;
    // Its own for each that runs at the same time.
    let log = data.join(format!("serve-{}.log", bind.rsplit(':').next().unwrap_or_default()));
    let serve = command().arg("serve").env("WERKBAK_BIND", &bind).env("WERKBAK_WEB_ROOT", web::dist(shell));
    fs::create_dir_all(&data).context(format!("creating {}", data.display()))?;
    let server = Server::start(serve, &log)?;
    let address = &server.address;
    shell.say(format!("Its log is {}.", log.display()));
    if detach {
        shell.say(format!("It goes on in the background; stop it with: kill {}", server.child.id()));
        shell.say(format!("\nWerkbak is running at {address}"));
        return Ok(());
    }
    shell.say(format!("Stop it with Ctrl-C.\n\nWerkbak is running at {address}"));
    server.wait()
}

/// The address of `WERKBAK_BIND`, else the usual one, else the next with a free port.
fn bind(shell: &Shell) -> Result<String> {
    if let Ok(bind) = env::var("WERKBAK_BIND") {
        return Ok(bind);
    }
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let port =
        (USUAL_PORT..USUAL_PORT + 100).find(is_free).context("no free port found: set WERKBAK_BIND")?;
    if port != USUAL_PORT {
        shell.say(format!("Port {USUAL_PORT} is taken, so this one uses {port}."));
    }
    Ok(format!("127.0.0.1:{port}"))
}

/// A server that listens.
pub struct Server {
    child: Child,
    log: PathBuf,
    address: String,
}

impl Server {
    /// Where it is reached, such as `http://127.0.0.1:8080`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it.
    pub fn stop(mut self) {
        signals::send(&self.child, nix::sys::signal::Signal::SIGTERM);
        drop(self.child.wait());
    }

    /// Starts it and waits until it listens.
    pub fn start(mut serve: Run, log: &Path) -> Result<Self> {
        let file = File::create(log).context(format!("creating {}", log.display()))?;
        let child = serve.spawn_to(&Output::File(&file))?;
        let mut server = Self { child, log: log.to_owned(), address: String::new() };
        let _registered = signals::register(&server.child);
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let said = fs::read_to_string(log).unwrap_or_default();
            if let Some(address) = address(&said) {
                server.address = address;
                return Ok(server);
            }
            if server.child.try_wait().context("watching the server")?.is_some() {
                return Err(server.ended());
            }
            thread::sleep(Duration::from_millis(20));
        }
        signals::send(&server.child, nix::sys::signal::Signal::SIGKILL);
        drop(server.child.wait());
        Err(Error::new(format!(
            "The server does not listen after {} s:\n{}",
            PATIENCE.as_secs(),
            server.last_words()
        )))
    }

    /// Waits until it ends; being asked to by Ctrl-C is the usual way.
    fn wait(mut self) -> Result {
        let _registered = signals::register(&self.child);
        self.child.wait().context("waiting for the server")?;
        if signals::interrupted() { Ok(()) } else { Err(self.ended()) }
    }

    fn ended(&self) -> Error {
        if signals::interrupted() {
            return Error::Interrupted;
        }
        Error::new(format!("The server ended:\n{}", self.last_words()))
    }

    fn last_words(&self) -> String {
        let said = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = said.lines().collect();
        lines.iter().skip(lines.len().saturating_sub(20)).map(|line| format!("{line}\n")).collect()
    }
}

/// The address in a complete line of the server's output.
fn address(said: &str) -> Option<String> {
    let (_, after) = said.split_once(LISTENING)?;
    let (line, _) = after.split_once('\n')?;
    Some(format!("http://{}", line.split(|char: char| char.is_whitespace() || char == '"').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_taken_from_a_whole_line() {
        assert_eq!(
            address("x\nlistening on http://127.0.0.1:8080\ny"),
            Some("http://127.0.0.1:8080".to_owned())
        );
        assert_eq!(address("listening on http://127.0.0.1:80"), None);
        assert_eq!(
            address("{\"message\":\"listening on http://[::1]:80\"}\n"),
            Some("http://[::1]:80".to_owned())
        );
    }
}
