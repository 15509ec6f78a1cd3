//! What the machine needs beside Rust, as Debian packages. Installs what is missing and nothing else.

use std::env;
use std::path::Path;

use nix::unistd::geteuid;

use crate::error::{Error, Result};
use crate::process::{Run, find_program};
use crate::shell::Shell;
use crate::{browser, postgres};

/// What the machine is to be ready for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Building and running Werkbak.
    Build,
    /// Also every test.
    Test,
}

const OLDEST_NODE: u32 = 18;

/// Installs what is missing, or says what to install.
pub fn ensure(shell: &Shell, purpose: Purpose) -> Result {
    let missing = missing(purpose);
    if missing.is_empty() {
        return Ok(());
    }
    shell.say(format!("Missing on this machine: {}", missing.join(", ")));
    install(shell, &missing)?;
    let still = self::missing(purpose);
    if still.is_empty() {
        return Ok(());
    }
    // Such as an old Node.js in front of Debian's in PATH.
    Err(Error::new(format!(
        "Installed, but not usable or too old: {}. Does PATH lead to others?",
        still.join(", ")
    )))
}

/// The Debian packages that are needed and not there.
fn missing(purpose: Purpose) -> Vec<&'static str> {
    let mut packages = Vec::new();
    if find_program("cc").is_none() || find_program("make").is_none() {
        packages.push("build-essential");
    }
    if find_program("pkg-config").is_none() {
        packages.push("pkg-config");
    }
    // libpq is compiled along and uses OpenSSL.
    if !has_openssl() {
        packages.push("libssl-dev");
    }
    if node_version().is_none_or(|version| version < OLDEST_NODE) {
        packages.push("nodejs");
    }
    if find_program("npm").is_none() {
        packages.push("npm");
    }
    if purpose == Purpose::Test {
        if browser::chromium().is_none() {
            packages.push("chromium");
        }
        if !Path::new("/usr/share/fonts/truetype/dejavu").exists() {
            packages.push("fonts-dejavu-core");
        }
        if !Path::new("/usr/share/fonts/truetype/liberation").exists()
            && !Path::new("/usr/share/fonts/truetype/liberation2").exists()
        {
            packages.push("fonts-liberation");
        }
        if env::var_os("TEST_DATABASE_URL").is_none() && postgres::binaries().is_none() {
            packages.push("postgresql");
        } else if postgres::psql().is_none() {
            packages.push("postgresql-client");
        }
        // As Debian installs it, it listens nowhere.
        if browser::haproxy().is_none() {
            packages.push("haproxy");
        }
    }
    packages
}

fn has_openssl() -> bool {
    Run::new("pkg-config").args(["--exists", "openssl"]).succeeds()
        || Path::new("/usr/include/openssl/ssl.h").exists()
}

fn node_version() -> Option<u32> {
    let version = Run::new("node").arg("--version").read().ok()?;
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs Debian packages, or explains how to when this account may not.
pub fn install(shell: &Shell, packages: &[&str]) -> Result {
    let by_hand = format!("sudo apt-get install --no-install-recommends {}", packages.join(" "));
    if find_program("apt-get").is_none() {
        return Err(Error::new(format!("This is not Debian. Please install the equivalent of: {by_hand}")));
    }
    let root = geteuid().is_root();
    if !root && !Run::new("sudo").args(["-n", "true"]).succeeds() {
        return Err(Error::new(format!(
            "This account may not install packages. Please run:\n\n  {by_hand}\n\nand try again."
        )));
    }
    let apt = || {
        let run = if root { Run::new("env") } else { Run::new("sudo").args(["-n", "env"]) };
        // A new machine may be installing its updates just now.
        run.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"])
    };
    shell.run(apt().arg("update"))?;
    shell.run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
}
