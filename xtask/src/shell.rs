//! What every command works with: the repository, the build folder and where to write.

use std::cell::RefCell;
use std::env;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Context, Result};
use crate::process::{Output, Run};

#[derive(Debug)]
pub struct Shell {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// A step of `cargo xtask test` writes here, and it is shown when the step fails.
    log: RefCell<Option<File>>,
}

impl Shell {
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask lies outside the repository")?.to_owned();
        // This program is <target>/debug/xtask, whatever decided where <target> is.
        let own = env::current_exe().context("finding xtask itself")?;
        let target = own.ancestors().nth(2).context("xtask was not started by cargo")?.to_owned();
        Ok(Self { root, target, log: RefCell::new(None) })
    }

    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Says something to whoever started us, or to the step's log.
    pub fn say(&self, text: impl AsRef<str>) {
        let text = text.as_ref();
        match &mut *self.log.borrow_mut() {
            // A full disk shows soon enough in what the step is there for.
            Some(log) => drop(writeln!(log, "{text}")),
            None => println!("{text}"),
        }
    }

    /// Runs a program in the repository (unless it was given another folder).
    pub fn run(&self, run: Run) -> Result {
        self.say(format!("$ {}", run.shown()));
        match &*self.log.borrow() {
            Some(log) => run.run(&Output::File(log)),
            None => run.run(&Output::Terminal),
        }
    }

    /// From now on write to this file.
    pub fn log_to(&self, file: File) {
        *self.log.borrow_mut() = Some(file);
    }

    /// From now on write to the terminal.
    pub fn log_to_terminal(&self) {
        *self.log.borrow_mut() = None;
    }
}
