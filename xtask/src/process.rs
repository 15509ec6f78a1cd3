//! Programs we run.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::error::{Context, Error, Result};
use crate::signals;

/// Where a program's own output goes.
#[derive(Debug)]
pub enum Output<'a> {
    Terminal,
    File(&'a File),
}

/// A program with its arguments, readable in an error.
#[derive(Debug)]
pub struct Run {
    command: Command,
    shown: String,
}

impl Run {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let shown = Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned();
        Self { command: Command::new(program), shown }
    }

    /// Cargo, without the variables that the cargo which started us set about *us*: some build scripts watch them, and
    /// would rebuild half the dependencies each time somebody changes from `cargo xtask` to `cargo` and back.
    pub fn cargo() -> Self {
        let mut run = Self::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_")
                || text.starts_with("CARGO_MANIFEST_")
                || text == "CARGO_BIN_NAME"
            {
                run.command.env_remove(&name);
            }
        }
        run
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&arg.as_ref().to_string_lossy());
        self.command.arg(arg);
        self
    }

    pub fn args<A: AsRef<OsStr>>(self, args: impl IntoIterator<Item = A>) -> Self {
        args.into_iter().fold(self, Self::arg)
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn env_remove(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub fn dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// The command line, for messages.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Runs to the end; anything but exit code 0 is an error.
    pub fn run(mut self, output: &Output<'_>) -> Result {
        let child = self.spawn_to(output)?;
        let status = self.wait(child)?;
        self.check(status)
    }

    /// Runs to the end with our own terminal and standard input, as if started by the person who started us.
    pub fn run_attached(mut self) -> Result {
        // In a process group of its own it would be stopped at its first look at the keyboard.
        if !io::stdin().is_terminal() {
            self.command.process_group(0);
        }
        let child = self.spawn()?;
        let status = self.wait(child)?;
        self.check(status)
    }

    /// Runs to the end and returns what it wrote to standard output. What it wrote to standard error is in the error.
    pub fn read(mut self) -> Result<String> {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let child = self.spawn()?;
        let _registered = signals::register(&child);
        let output = child.wait_with_output().context(&self.shown)?;
        if signals::interrupted() {
            return Err(Error::Interrupted);
        }
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Error::new(format!("{} failed ({}): {}", self.shown, output.status, said.trim())));
        }
        String::from_utf8(output.stdout).context(format!("reading the output of {}", self.shown))
    }

    /// Runs to the end without a word, also while being interrupted: for looking around and for cleaning up.
    pub fn succeeds(mut self) -> bool {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        self.command.status().is_ok_and(|status| status.success())
    }

    /// Starts it and leaves the waiting to the caller.
    pub fn spawn_to(&mut self, output: &Output<'_>) -> Result<Child> {
        if signals::interrupted() {
            return Err(Error::Interrupted);
        }
        self.command.stdin(Stdio::null()).process_group(0);
        if let Output::File(file) = output {
            self.command.stdout(file.try_clone().context("opening the log")?);
            self.command.stderr(file.try_clone().context("opening the log")?);
        }
        self.spawn()
    }

    fn spawn(&mut self) -> Result<Child> {
        self.command.spawn().context(format!("starting {}", self.shown))
    }

    fn wait(&self, mut child: Child) -> Result<ExitStatus> {
        let _registered = signals::register(&child);
        let status = child.wait().context(format!("waiting for {}", self.shown))?;
        if signals::interrupted() { Err(Error::Interrupted) } else { Ok(status) }
    }

    fn check(&self, status: ExitStatus) -> Result {
        if status.success() { Ok(()) } else { Err(Error::new(format!("{} failed ({status})", self.shown))) }
    }
}

impl From<Run> for Command {
    fn from(run: Run) -> Self {
        run.command
    }
}

/// A program's full path if it is in `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
