//! The file of secrets: read only when nobody else can, written whole or not at all.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::Secrets;

/// The text of a file that holds a secret, if it is there; refused when every account on this machine can read it.
pub fn read(path: &Path) -> Result<Option<String>, String> {
    let cannot = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    let found = match std::fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(error)),
    };
    if is_for_everyone(&found) {
        return Err(format!(
            "{path} can be read by everyone on this machine: run  chmod o= {path}",
            path = path.display()
        ));
    }
    std::fs::read_to_string(path).map(Some).map_err(cannot)
}

pub(super) fn find(path: &Path) -> Result<Option<Secrets>, String> {
    let Some(text) = read(path)? else { return Ok(None) };
    Secrets::parse(&text).map(Some).map_err(|why| format!("{}: {why}", path.display()))
}

pub(super) fn create(path: &Path) -> Result<Secrets, String> {
    let secrets = Secrets::generate();
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
    }
    // A complete file appears at once, so that two processes starting together agree on one.
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let written = write(&draft, &secrets).and_then(|()| std::fs::hard_link(&draft, path));
    let _ = std::fs::remove_file(&draft);
    match written {
        Ok(()) => Ok(secrets),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            find(path)?.ok_or_else(|| format!("{} comes and goes", path.display()))
        }
        Err(error) => Err(format!("cannot write {}: {error}", path.display())),
    }
}

/// Changes the secrets in a file: whoever reads it meanwhile reads the old ones or the new ones, and whose the file is
/// and who may read it stay as they are. One change at a time.
pub(super) fn change<T>(
    path: &Path,
    change: impl FnOnce(&mut Secrets) -> Result<T, String>,
) -> Result<T, String> {
    let cannot = |error: std::io::Error| format!("cannot replace {}: {error}", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = File::open(folder).map_err(cannot)?;
    folder.lock().map_err(cannot)?;
    let mut secrets = find(path)?.ok_or_else(|| super::missing(path))?;
    let outcome = change(&mut secrets)?;
    secrets.check()?;
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let _ = std::fs::remove_file(&draft);
    let replaced = std::fs::metadata(path)
        .and_then(|before| write(&draft, &secrets).and_then(|()| take_after(&draft, &before)))
        .and_then(|()| std::fs::rename(&draft, path))
        .and_then(|()| folder.sync_all());
    if replaced.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    replaced.map_err(cannot)?;
    Ok(outcome)
}

fn write(path: &Path, secrets: &Secrets) -> std::io::Result<()> {
    let text = serde_json::to_string_pretty(secrets)?;
    let mut file = private_file(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn is_for_everyone(found: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn is_for_everyone(_found: &Metadata) -> bool {
    false
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// The command may be run by root for a server that is not.
#[cfg(unix)]
fn take_after(path: &Path, before: &Metadata) -> std::io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let made = std::fs::metadata(path)?;
    if (made.uid(), made.gid()) != (before.uid(), before.gid()) {
        std::os::unix::fs::chown(path, Some(before.uid()), Some(before.gid()))?;
    }
    std::fs::set_permissions(path, before.permissions())
}

#[cfg(not(unix))]
fn take_after(path: &Path, before: &Metadata) -> std::io::Result<()> {
    std::fs::set_permissions(path, before.permissions())
}
