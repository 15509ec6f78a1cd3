//! Programs from npm, each folder with its own package.json and lock file.

use std::fs;
use std::path::Path;

use crate::digest;
use crate::error::{Context, Result};
use crate::process::Run;
use crate::shell::Shell;

/// Installs a folder's dependencies exactly as locked; nothing happens if that was done before.
///
/// Install scripts do not run: of these packages they only download browsers and report usage.
pub fn install(shell: &Shell, folder: &Path) -> Result {
    let lock = fs::read(folder.join("package-lock.json"))
        .context(format!("reading package-lock.json in {}", folder.display()))?;
    let lock = digest::hex(&lock);
    let stamp = folder.join("node_modules/.werkbak");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = Run::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    shell.run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").dir(folder))?;
    fs::write(&stamp, lock).context("noting what was installed")
}
