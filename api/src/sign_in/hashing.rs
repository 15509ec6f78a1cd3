//! Password hashes (S1), behind a gate of their own so that sign-in never starves the rest.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};

use tokio::sync::OwnedSemaphorePermit;

use super::hash_threads::{HashThreads, Memory};
use crate::http::gate::Gate;
use crate::problem::{Outcome, Problem};

/// Makes and checks password hashes: argon2id, 19456 KiB, 2 passes, 1 lane.
#[derive(Debug, Clone)]
pub struct Hasher {
    gate: Gate,
    threads: HashThreads,
    /// Verified for an account that does not exist, so that it costs the same as one that does (S1).
    dummy: Arc<str>,
}

/// A place to verify one password.
#[derive(Debug)]
pub struct Place(#[expect(dead_code, reason = "held until the work is done")] OwnedSemaphorePermit);

/// How many sign-ins wait before new ones are told to come back.
const QUEUE: usize = 64;

/// How many hash at a time: as many as there are cores, less one, and at least one.
fn width() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).max(1)
}

fn argon2() -> Result<Argon2<'static>, String> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| error.to_string())?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password now, on this thread; for the command line.
pub fn hash_now(password: &str) -> Result<String, String> {
    Ok(argon2()?.hash_password(password.as_bytes()).map_err(|error| error.to_string())?.to_string())
}

/// Hashes a password that is no secret with a given salt, so that the same comes of it every time; for `seed`.
pub fn hash_with_salt(password: &str, salt: &[u8]) -> Result<String, String> {
    let hash = argon2()?.hash_password_with_salt(password.as_bytes(), salt);
    Ok(hash.map_err(|error| error.to_string())?.to_string())
}

/// Whether a password belongs to a hash; `None` for what is no hash.
fn verify_now(memory: &mut Memory, password: &str, hash: &str) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let (salt, kept) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let params = Params::try_from(&hash).ok()?;
    let blocks = memory.blocks(params.block_count());
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let argon2 = Argon2::new(algorithm, Version::try_from(hash.version?).ok()?, params);
    let mut made = vec![0; kept.as_ref().len()];
    argon2.hash_password_into_with_memory(password.as_bytes(), salt.as_ref(), &mut made, blocks).ok()?;
    // In time that does not depend on where they differ.
    Some(made.iter().zip(kept.as_ref()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0)
}

/// Whether a hash was made with other parameters than today's (S1).
fn is_outdated(hash: &str) -> bool {
    let parameters = |hash: &str| {
        let hash = PasswordHash::new(hash).ok()?;
        Some((hash.algorithm.to_string(), hash.version, Params::try_from(&hash).ok()?))
    };
    let today = Params::new(19_456, 2, 1, None).ok();
    parameters(hash).is_none_or(|(algorithm, version, found)| {
        algorithm != "argon2id"
            || version != Some(u32::from(Version::V0x13))
            || today.is_none_or(|today| {
                (found.m_cost(), found.t_cost(), found.p_cost())
                    != (today.m_cost(), today.t_cost(), today.p_cost())
            })
    })
}

/// How verifying a password went.
#[derive(Clone)]
pub struct Verified {
    /// Whether it belongs to the hash.
    pub right: bool,
    /// A hash to replace the one that was made with other parameters than today's (S1).
    pub renewed: Option<String>,
}

impl std::fmt::Debug for Verified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verified").field("right", &self.right).finish_non_exhaustive()
    }
}

impl Hasher {
    /// Behind a gate, which every hash goes through.
    pub fn behind(gate: Gate) -> Result<Self, String> {
        let dummy = hash_now(&crate::secrets::random_hex::<16>())?.into();
        Ok(Self { gate, threads: HashThreads::start(width())?, dummy })
    }

    /// A gate with as many places as there are cores, less one, and at least one.
    pub fn usual_gate() -> Gate {
        Gate::new(width(), QUEUE)
    }

    /// Hashes a password.
    pub async fn hash(&self, password: String) -> Outcome<String> {
        let place = self.gate.enter().await?;
        let hash = self.threads.run(move |_| {
            let _place = place;
            hash_now(&password)
        });
        hash.await?.map_err(Problem::internal)
    }

    /// Waits for a place to verify a password; 503 when too many wait already. It comes before an attempt is
    /// counted, so that who is told to come back has not failed (S2).
    pub async fn place(&self) -> Outcome<Place> {
        Ok(Place(self.gate.enter().await?))
    }

    /// Whether a password belongs to a hash; without a hash the same work, and no.
    pub async fn verify(&self, place: Place, password: String, hash: Option<String>) -> Outcome<Verified> {
        let dummy = Arc::clone(&self.dummy);
        let verified = self.threads.run(move |memory| {
            let _place = place;
            let known = hash.is_some();
            let verified = verify_now(memory, &password, hash.as_deref().unwrap_or(&dummy));
            let right = verified == Some(true) && known;
            let outdated = right && hash.as_deref().is_some_and(is_outdated);
            let renewed = if outdated { Some(hash_now(&password)?) } else { None };
            Ok(Verified { right, renewed })
        });
        verified.await?.map_err(|error: String| Problem::internal(error))
    }
}
