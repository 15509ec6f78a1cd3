//! The real program, for what only a process shows.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::{Anonymous, TestDatabase};

/// A server in a process of its own, killed when dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    pub anyone: Anonymous,
}

impl Program {
    /// The command line, for a database.
    pub fn command(database: &TestDatabase, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_werkbak"));
        command
            .args(args)
            .env("DATABASE_URL", &database.url)
            .env("WERKBAK_DATA", &database.folder)
            .env("WERKBAK_BIND", "127.0.0.1:0")
            .env("RUST_LOG", "off")
            .env_remove("SMTP_URL")
            .env_remove("WERKBAK_SECRETS")
            .env_remove("WERKBAK_SECRETS_FILE");
        command
    }

    /// Serves, and sends mail unless told otherwise.
    pub fn start(database: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        Self::start_logging_to(database, variables, Stdio::null())
    }

    /// The same, with its log somewhere.
    pub fn start_logging_to(
        database: &TestDatabase,
        variables: &[(&str, &str)],
        log: impl Into<Stdio>,
    ) -> Self {
        let mut child = Self::command(database, &["serve"])
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.trim().strip_prefix("listening on ").expect("an address").to_owned();
        Self { child, anyone: Anonymous { base } }
    }

    /// A process that nobody asks anything.
    pub fn of(child: Child) -> Self {
        Self { child, anyone: Anonymous { base: String::new() } }
    }

    /// Asks it to stop (SIGTERM).
    #[cfg(unix)]
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(asked.success());
    }

    /// Waits until it ended; nothing if a signal ended it.
    pub fn exit_code(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Asks it to stop, and waits until it did: what is under way is finished.
    #[cfg(unix)]
    pub fn stop(mut self) {
        self.ask_to_stop();
        assert_eq!(self.exit_code(), Some(0));
    }
}

impl Drop for Program {
    /// SIGKILL: nothing is finished or flushed.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
