//! Keys for access tokens, one after the other (S7): which one signs, which ones verify, and how one follows.
//!
//! A new key verifies as soon as a server has read it, and signs a little later, when every server has. The one before
//! goes on verifying for as long as tokens that it signed may be in use.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::random_hex;

/// How long a key verifies after the next began to sign: as long as a token lasts, and five minutes for clocks.
pub const OVERLAP: TimeDelta = TimeDelta::minutes(15);

/// One key for access tokens.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessTokenKey {
    /// Its name in a token's header.
    pub kid: String,
    /// At least 32 bytes, hexadecimal.
    pub secret: String,
    /// When it was made; unknown of the very first ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime<Utc>>,
    /// From when it signs; without it, always has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signs_from: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for AccessTokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessTokenKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl AccessTokenKey {
    /// A new one, which signs from a moment on.
    pub fn new(now: DateTime<Utc>, signs_from: DateTime<Utc>) -> Self {
        Self {
            kid: random_hex::<8>(),
            secret: random_hex::<32>(),
            created_at: Some(now.trunc_subsecs(0)),
            signs_from: Some(signs_from.trunc_subsecs(0)),
        }
    }

    /// When it no longer verifies, if that is known: the next key's turn and the overlap.
    pub fn ends(&self, keys: &[Self]) -> Option<DateTime<Utc>> {
        let next =
            keys.iter().filter(|key| key.signs_from > self.signs_from).filter_map(|key| key.signs_from);
        next.min().map(|next| next + OVERLAP)
    }

    /// Whether tokens signed with it are good.
    pub fn verifies(&self, keys: &[Self], now: DateTime<Utc>) -> bool {
        self.ends(keys).is_none_or(|end| now < end)
    }
}

/// The key that signs: the last one whose turn has come.
pub fn signing(keys: &[AccessTokenKey], now: DateTime<Utc>) -> Option<&AccessTokenKey> {
    let turn_came = |key: &&AccessTokenKey| key.signs_from.is_none_or(|from| from <= now);
    // Of equals the first.
    let last = keys.iter().filter(turn_came).rev().max_by_key(|key| key.signs_from);
    // With a clock that is behind none may have.
    last.or_else(|| keys.iter().min_by_key(|key| key.signs_from))
}

/// Drops the keys that no longer verify; returns how many.
pub fn drop_old(keys: &mut Vec<AccessTokenKey>, now: DateTime<Utc>) -> usize {
    let all = keys.clone();
    keys.retain(|key| key.verifies(&all, now));
    all.len() - keys.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_verifies_at_once_signs_after_a_while_and_the_old_one_goes_after_the_overlap() {
        let start = Utc::now();
        let at = |minutes: i64| start + TimeDelta::minutes(minutes);
        let key = |kid: &str, from: Option<i64>| AccessTokenKey {
            kid: kid.to_owned(),
            signs_from: from.map(at),
            ..AccessTokenKey::new(start, start)
        };
        let mut keys = vec![key("first", None), key("second", Some(1)), key("third", Some(30))];
        let signs = |keys: &[AccessTokenKey], minute: i64| signing(keys, at(minute)).unwrap().kid.clone();
        let verify = |keys: &[AccessTokenKey], minute: i64| -> Vec<String> {
            let good = keys.iter().filter(|key| key.verifies(keys, at(minute)));
            good.map(|key| key.kid.clone()).collect()
        };
        for (minute, signer, good) in [
            (0, "first", &["first", "second", "third"][..]),
            (1, "second", &["first", "second", "third"]),
            (15, "second", &["first", "second", "third"]),
            (16, "second", &["second", "third"]),
            (30, "third", &["second", "third"]),
            (45, "third", &["third"]),
            (999, "third", &["third"]),
        ] {
            assert_eq!(
                (signs(&keys, minute).as_str(), verify(&keys, minute)),
                (signer, good.iter().map(|kid| (*kid).to_owned()).collect()),
                "{minute}"
            );
        }
        assert_eq!(drop_old(&mut keys.clone(), at(15)), 0);
        assert_eq!(drop_old(&mut keys, at(16)), 1);
        assert_eq!(keys[0].kid, "second");
        // Written by hand, or by an earlier version: the first signs, and nothing ends by itself.
        let old = vec![key("a", None), key("b", None)];
        assert_eq!((signs(&old, 5).as_str(), verify(&old, 999).len()), ("a", 2));
        // A clock that is behind.
        assert_eq!(signs(&[key("x", Some(9)), key("y", Some(5))], 0), "y");
    }
}
