//! `cargo xtask web`: the single-page app as files a server can hand out as they are.
//!
//! `web/dist` gets `index.html` and `assets/`. Names with a 16-digit hash never change their content. Beside each
//! compressible file stand its `.br` and `.gz`.

mod bundle;
mod compress;
mod page;
mod parts;
mod size;
mod toolchain;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::digest::Fingerprint;
use crate::error::{Context, Result};
use crate::process::Run;
use crate::shell::Shell;
pub use size::Sizes;
pub use toolchain::Toolchain;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Small: for users.
    Release,
    /// Built quickly, and with messages that name Rust functions: for working on the app.
    Dev,
}

/// Where the server finds the app.
pub fn dist(shell: &Shell) -> PathBuf {
    shell.path("web/dist")
}

/// Builds the app, unless what is there was built from the very same files in the same way.
pub fn build(shell: &Shell, mode: Mode) -> Result<Sizes> {
    // One build at a time: a second one waits here, and then finds the app up to date.
    let manifest = File::open(shell.path("web/Cargo.toml")).context("opening web/Cargo.toml")?;
    manifest.lock().context("waiting for another build of the web app")?;
    let dist = dist(shell);
    let stamp = dist.join(".built-from");
    let inputs = inputs(shell, mode)?;
    if dist.join("index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|built| built == inputs) {
        shell.say("The web app is up to date.");
        return Sizes::measure(&dist);
    }
    let toolchain = Toolchain::find(shell)?;
    let bundle = bundle::make(shell, &toolchain, mode)?;
    // Without its stamp a half replaced folder is rebuilt next time.
    drop(fs::remove_file(&stamp));
    replace(&bundle, &dist)?;
    fs::write(&stamp, inputs).context("noting what the app was built from")?;
    Sizes::measure(&dist)
}

/// A hash over everything that decides what the built app looks like.
fn inputs(shell: &Shell, mode: Mode) -> Result<String> {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add("mode", format!("{mode:?} {:?}", Toolchain::asked_for()).as_bytes());
    fingerprint.add("rustc", Run::new("rustc").arg("-vV").read()?.as_bytes());
    for path in
        [".cargo", "Cargo.toml", "Cargo.lock", "contract", "xtask/src/web", "xtask/tools/package-lock.json"]
    {
        fingerprint.add_path(&shell.path(path))?;
    }
    let dist = dist(shell);
    for file in crate::digest::files_below(&shell.path("web"))? {
        if !file.starts_with(&dist) {
            fingerprint.add_path(&file)?;
        }
    }
    Ok(fingerprint.finish())
}

/// Puts a new bundle in place of the old one such that a running server always has a whole one: the page, which names
/// the other files, changes between their arrival and the departure of the old ones.
fn replace(new: &Path, old: &Path) -> Result {
    let files = crate::digest::files_below(new)?;
    let (pages, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| {
        file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("index.html"))
    });
    for file in others.into_iter().chain(pages) {
        let target = old.join(file.strip_prefix(new).context("a file outside the bundle")?);
        let folder = target.parent().context("a file without a folder")?;
        fs::create_dir_all(folder).context(format!("creating {}", folder.display()))?;
        let arriving = folder.join(".arriving");
        fs::copy(file, &arriving).context(format!("copying {}", file.display()))?;
        fs::rename(&arriving, &target).context(format!("replacing {}", target.display()))?;
    }
    for file in crate::digest::files_below(old)? {
        if !new.join(file.strip_prefix(old).context("a file outside the folder")?).exists() {
            fs::remove_file(&file).context(format!("removing {}", file.display()))?;
        }
    }
    Ok(())
}
