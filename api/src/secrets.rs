//! Keys and other secrets of the installation: made at the first start, kept in one file.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The installation's secrets.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Secrets {
    /// Keys for access tokens; the first signs, all verify (S7).
    pub access_token_keys: Vec<AccessTokenKey>,
    /// Key for the hashes of temporary passwords (S4) and refresh tokens.
    pub hash_key: String,
}

/// One key for access tokens.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessTokenKey {
    /// Its name in a token's header.
    pub kid: String,
    /// At least 32 bytes, hexadecimal.
    pub secret: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for AccessTokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessTokenKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Secrets {
    /// Reads the file, or makes it, readable by its owner only: for what starts an installation.
    pub fn load_or_create(path: &Path) -> Result<Self, String> {
        Self::find(path)?.map_or_else(|| Self::create(path), Ok)
    }

    /// Reads the file: for what works in an installation that is there. Secrets made by mistake, for a path that
    /// is wrong, would make passwords and sessions that the server does not know.
    pub fn load(path: &Path) -> Result<Self, String> {
        Self::find(path)?.ok_or_else(|| {
            format!(
                "there are no secrets in {}: `werkbak serve` or `werkbak office create` makes them",
                path.display()
            )
        })
    }

    /// Reads the file, if it is there.
    pub fn find(path: &Path) -> Result<Option<Self>, String> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let secrets: Self = serde_json::from_str(&text)
                    .map_err(|error| format!("{} is not a file of secrets: {error}", path.display()))?;
                secrets.check().map_err(|why| format!("{}: {why}", path.display()))?;
                Ok(Some(secrets))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("cannot read {}: {error}", path.display())),
        }
    }

    fn create(path: &Path) -> Result<Self, String> {
        let secrets = Self::generate();
        let text = serde_json::to_string_pretty(&secrets).map_err(|error| error.to_string())?;
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
        }
        // A complete file appears at once, so that two processes starting together agree on one.
        let draft = path.with_extension(format!("new-{}", std::process::id()));
        let written = private_file(&draft)
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
            .and_then(|()| std::fs::hard_link(&draft, path));
        let _ = std::fs::remove_file(&draft);
        match written {
            Ok(()) => Ok(secrets),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Self::load_or_create(path),
            Err(error) => Err(format!("cannot write {}: {error}", path.display())),
        }
    }

    /// New secrets.
    pub fn generate() -> Self {
        Self {
            access_token_keys: vec![AccessTokenKey { kid: random_hex::<8>(), secret: random_hex::<32>() }],
            hash_key: random_hex::<32>(),
        }
    }

    fn check(&self) -> Result<(), String> {
        if self.access_token_keys.is_empty() {
            return Err("accessTokenKeys is empty".to_owned());
        }
        let secrets: Vec<&str> =
            self.access_token_keys.iter().map(|key| &*key.secret).chain([&*self.hash_key]).collect();
        if secrets.iter().any(|secret| secret.len() < 64 || !secret.bytes().all(|c| c.is_ascii_hexdigit())) {
            return Err("every secret needs at least 64 hexadecimal digits (32 bytes)".to_owned());
        }
        // Of 64 random digits fewer than eight different ones never happens: someone filled something in.
        let different = |secret: &str| secret.bytes().collect::<BTreeSet<u8>>().len();
        if secrets.iter().any(|secret| different(secret) < 8) {
            return Err("a secret is not random: remove the file to have a new one made".to_owned());
        }
        if secrets.iter().collect::<BTreeSet<_>>().len() < secrets.len() {
            return Err("every secret must be another".to_owned());
        }
        Ok(())
    }

    /// A keyed SHA-256, hexadecimal: for secrets with enough entropy of their own.
    pub fn keyed_hash(&self, text: &str) -> String {
        self.keyed(text).map_or_else(String::new, |hash| hex(&hash))
    }

    /// A key for one purpose, 32 bytes: no purpose's key says anything about another's. What is encrypted with it
    /// lasts as long as `hashKey`.
    pub fn key_for(&self, purpose: &str) -> Option<[u8; 32]> {
        self.keyed(&format!("werkbak key: {purpose}"))
    }

    fn keyed(&self, text: &str) -> Option<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.hash_key.as_bytes()).ok()?;
        mac.update(text.as_bytes());
        Some(mac.finalize().into_bytes().into())
    }
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)
}

/// `N` random bytes from the operating system, hexadecimal.
pub fn random_hex<const N: usize>() -> String {
    hex(&rand::random::<[u8; N]>())
}

/// Hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256, hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Compares in time that does not depend on where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_secrets_are_refused_and_new_ones_are_strong() {
        let good = Secrets::generate;
        let key = |secret: &str| AccessTokenKey { kid: "1".to_owned(), secret: secret.to_owned() };
        let other = random_hex::<32>();
        assert_eq!(good().check(), Ok(()));
        assert_ne!(good().hash_key, good().hash_key);
        let refused = |change: &dyn Fn(&mut Secrets)| {
            let mut secrets = good();
            change(&mut secrets);
            secrets.check().unwrap_err()
        };
        assert!(refused(&|it| it.access_token_keys.clear()).contains("accessTokenKeys"));
        for weak in ["", "secret", &other[..63], &format!("{}x", &other[..63])] {
            assert!(refused(&|it| it.hash_key = weak.to_owned()).contains("64 hexadecimal digits"), "{weak}");
            assert!(refused(&|it| it.access_token_keys.push(key(weak))).contains("64 hexadecimal"), "{weak}");
        }
        assert!(refused(&|it| it.hash_key = "0123".repeat(16)).contains("not random"));
        assert!(refused(&|it| it.hash_key = it.access_token_keys[0].secret.clone()).contains("another"));
    }
}
