//! Where WebAssembly's standard library comes from. In this order: the active toolchain has it; rustup adds it;
//! Debian's Rust for browsers builds it from source.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::{Context, Error, Result};
use crate::process::{Run, find_program};
use crate::setup;
use crate::shell::Shell;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Names one of the three ways, to test it on a machine where an earlier one works.
const CHOICE: &str = "WERKBAK_WASM_TOOLCHAIN";

const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

#[derive(Debug)]
pub enum Toolchain {
    /// The one that runs us.
    Active,
    /// Debian's, which comes without a compiled library for this target and without a linker for it.
    Debian { linker: PathBuf },
}

impl Toolchain {
    pub fn find(shell: &Shell) -> Result<Self> {
        match Self::asked_for().as_deref() {
            None => {
                if has_target()? || rustup_adds_target(shell) {
                    return Ok(Self::Active);
                }
                Self::debian(shell)
            }
            Some("installed") => {
                let missing = || Error::new(format!("the active toolchain has no {TARGET}"));
                if has_target()? { Ok(Self::Active) } else { Err(missing()) }
            }
            Some("rustup") => {
                let failed = || Error::new(format!("rustup could not add {TARGET}"));
                if rustup_adds_target(shell) { Ok(Self::Active) } else { Err(failed()) }
            }
            Some("debian") => Self::debian(shell),
            Some(other) => Err(Error::new(format!("{CHOICE} is installed, rustup or debian, not {other}"))),
        }
    }

    pub fn asked_for() -> Option<String> {
        env::var(CHOICE).ok()
    }

    fn debian(shell: &Shell) -> Result<Self> {
        shell.say("Using Debian's Rust for browsers.");
        let missing: Vec<_> = DEBIAN_PACKAGES.into_iter().filter(|package| !is_installed(package)).collect();
        if !missing.is_empty() {
            setup::install(shell, &missing)?;
        }
        if let Some(linker) = own_linker()? {
            return Ok(Self::Debian { linker });
        }
        if find_program("wasm-ld").is_none() {
            setup::install(shell, &["lld"])?;
        }
        let linker = find_program("wasm-ld").context("Debian's package lld has no wasm-ld")?;
        Ok(Self::Debian { linker })
    }

    /// A cargo command for the app, in a target folder of its own: another compiler, and artefacts that the server's
    /// builds cannot use.
    pub fn cargo(&self, shell: &Shell, command: &str) -> Run {
        let run = match self {
            Self::Active => Run::cargo().arg(command),
            Self::Debian { linker } => Run::new(DEBIAN_CARGO)
                .args([command, "-Z", "build-std=std,panic_abort"])
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .env_remove("CARGO")
                .env_remove("RUSTUP_TOOLCHAIN"),
        };
        run.args(["--package", "web", "--target", TARGET, "--target-dir"]).arg(self.target_dir(shell))
    }

    /// Clippy for the app. Debian has none for browsers: there the app is checked as if for this machine, which differs
    /// only in code that names the target.
    pub fn clippy(&self, shell: &Shell) -> Run {
        match self {
            Self::Active => self.cargo(shell, "clippy"),
            Self::Debian { .. } => Run::cargo()
                .args(["clippy", "--package", "web", "--target-dir"])
                .arg(shell.target.join("web")),
        }
    }

    pub fn target_dir(&self, shell: &Shell) -> PathBuf {
        shell.target.join(match self {
            Self::Active => "web",
            Self::Debian { .. } => "web-debian",
        })
    }
}

fn sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(Run::new("rustc").args(["--print", "sysroot"]).read()?.trim()))
}

fn has_target() -> Result<bool> {
    Ok(sysroot()?.join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn rustup_adds_target(shell: &Shell) -> bool {
    if find_program("rustup").is_none() {
        return false;
    }
    let added = shell.run(Run::new("rustup").args(["target", "add", TARGET]));
    if let Err(error) = &added {
        shell.say(error.to_string());
    }
    added.is_ok()
}

fn is_installed(package: &str) -> bool {
    let status = Run::new("dpkg-query").args(["--show", "--showformat=${Status}", package]).read();
    status.is_ok_and(|status| status.ends_with(" installed"))
}

/// The linker that comes with the active toolchain.
fn own_linker() -> Result<Option<PathBuf>> {
    let libraries = sysroot()?.join("lib/rustlib");
    let found = |folder: &Path| Some(folder.join("bin/rust-lld")).filter(|linker| linker.is_file());
    let Ok(folders) = libraries.read_dir() else { return Ok(None) };
    Ok(folders.filter_map(|folder| found(&folder.ok()?.path())).next())
}
