//! SHA-256, for file names and for noticing changes.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Context, Result};

/// The whole hash, in hexadecimal.
pub fn hex(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash short enough for a file name: 16 hexadecimal digits.
pub fn short(content: &[u8]) -> String {
    hex(content).chars().take(16).collect()
}

/// One hash over any number of named contents.
#[derive(Debug, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    pub fn add(&mut self, name: &str, content: &[u8]) {
        for part in [name.as_bytes(), content] {
            self.0.update(part.len().to_le_bytes());
            self.0.update(part);
        }
    }

    /// Adds a file, or all files in a folder by their paths below it.
    pub fn add_path(&mut self, path: &Path) -> Result {
        if path.is_file() {
            let content = fs::read(path).context(format!("reading {}", path.display()))?;
            self.add(&path.to_string_lossy(), &content);
            return Ok(());
        }
        files_below(path)?.iter().try_for_each(|file| self.add_path(file))
    }

    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Every file in a folder and in the folders below it, sorted by path; none if the folder does not exist.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.context(format!("listing {}", folder.display()))?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_sees_where_one_content_ends_and_the_next_begins() {
        let of = |parts: &[(&str, &str)]| {
            let mut fingerprint = Fingerprint::default();
            parts.iter().for_each(|(name, content)| fingerprint.add(name, content.as_bytes()));
            fingerprint.finish()
        };
        assert_eq!(of(&[("a", "b")]), of(&[("a", "b")]));
        assert_ne!(of(&[("a", "bc")]), of(&[("ab", "c")]));
        assert_ne!(of(&[("a", ""), ("b", "")]), of(&[("b", ""), ("a", "")]));
    }

    #[test]
    fn names_get_sixteen_digits() {
        assert_eq!(short(b""), "e3b0c44298fc1c14");
    }
}
