//! Keys and other secrets of the installation: made at the first start, kept in one file, or given in the environment.

pub mod file;
pub mod keys;
mod live;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Utc;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use keys::AccessTokenKey;
pub use live::Live;

/// The installation's secrets.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Secrets {
    /// Keys for access tokens (S7); [`keys`] tells which one signs.
    pub access_token_keys: Vec<AccessTokenKey>,
    /// Key for the hashes of temporary passwords (S4) and refresh tokens.
    pub hash_key: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

/// Where the secrets are.
#[derive(Debug, Clone)]
pub enum Source {
    /// In a file (`WERKBAK_SECRETS_FILE`).
    File(PathBuf),
    /// In the environment (`WERKBAK_SECRETS`), which only a restart changes.
    Given(Arc<Secrets>),
}

fn missing(path: &Path) -> String {
    format!(
        "there are no secrets in {}: `werkbak serve` or `werkbak office create` makes them",
        path.display()
    )
}

impl Source {
    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Given(_) => None,
        }
    }

    /// Reads them, or makes them, readable by their owner only: for what starts an installation.
    pub fn load_or_create(&self) -> Result<Arc<Secrets>, String> {
        match self {
            Self::File(path) => Ok(Arc::new(match file::find(path)? {
                Some(found) => found,
                None => file::create(path)?,
            })),
            Self::Given(secrets) => Ok(Arc::clone(secrets)),
        }
    }

    /// Reads them: for what works in an installation that is there. Secrets made by mistake, for a path that
    /// is wrong, would make passwords and sessions that the server does not know.
    pub fn load(&self) -> Result<Arc<Secrets>, String> {
        match self {
            Self::File(path) => file::find(path)?.map(Arc::new).ok_or_else(|| missing(path)),
            Self::Given(secrets) => Ok(Arc::clone(secrets)),
        }
    }

    /// Whether they are there and good.
    pub fn is_there(&self) -> Result<bool, String> {
        match self {
            Self::File(path) => Ok(file::find(path)?.is_some()),
            Self::Given(_) => Ok(true),
        }
    }

    /// Changes the keys for access tokens; `None` when they are in no file.
    pub fn change_keys<T>(
        &self,
        change: impl FnOnce(&mut Vec<AccessTokenKey>) -> Result<T, String>,
    ) -> Result<Option<T>, String> {
        match self {
            Self::File(path) => {
                file::change(path, |secrets| change(&mut secrets.access_token_keys)).map(Some)
            }
            Self::Given(_) => Ok(None),
        }
    }
}

impl Secrets {
    /// Reads them from JSON. What is wrong is told without a word of what is there.
    pub fn parse(text: &str) -> Result<Self, String> {
        let secrets: Self = serde_json::from_str(text).map_err(|error| {
            format!(
                "these are no secrets (line {}, column {}): accessTokenKeys, each with kid and secret, and hashKey",
                error.line(),
                error.column()
            )
        })?;
        secrets.check()?;
        Ok(secrets)
    }

    /// New secrets.
    pub fn generate() -> Self {
        let now = Utc::now();
        Self { access_token_keys: vec![AccessTokenKey::new(now, now)], hash_key: random_hex::<32>() }
    }

    fn check(&self) -> Result<(), String> {
        if self.access_token_keys.is_empty() {
            return Err("accessTokenKeys is empty".to_owned());
        }
        let kids: BTreeSet<&str> = self.access_token_keys.iter().map(|key| &*key.kid).collect();
        if kids.len() < self.access_token_keys.len() {
            return Err("two keys have the same kid".to_owned());
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
        let key = |secret: &str| AccessTokenKey {
            secret: secret.to_owned(),
            ..Secrets::generate().access_token_keys.remove(0)
        };
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
        assert!(
            refused(&|it| it
                .access_token_keys
                .push(AccessTokenKey { secret: random_hex::<32>(), ..it.access_token_keys[0].clone() }))
            .contains("kid")
        );
        assert!(refused(&|it| it.hash_key = "0123".repeat(16)).contains("not random"));
        assert!(refused(&|it| it.hash_key = it.access_token_keys[0].secret.clone()).contains("another"));
    }
}
