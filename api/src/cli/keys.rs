use chrono::{DateTime, TimeDelta, Utc};

use super::{Result, Rotation, out};
use crate::secrets::keys::{self, AccessTokenKey};
use crate::secrets::{Secrets, Source};

/// How long it may take to restart every server that has its secrets in the environment.
const RESTARTS: TimeDelta = TimeDelta::hours(1);

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Lets a new key sign, and drops those that no longer verify (S7).
pub(super) fn rotate(source: &Source, rotation: &Rotation) -> Result<()> {
    let now = Utc::now();
    if let Source::Given(secrets) = source {
        return explain(secrets, now);
    }
    let done = source.change_keys(|keys| {
        let dropped = keys::drop_old(keys, now);
        if rotation.drop_old {
            return Ok((dropped, None, keys.clone()));
        }
        let from = now + TimeDelta::minutes(if rotation.at_once { 0 } else { rotation.signs_in.into() });
        let later = |key: &AccessTokenKey| key.signs_from.is_some_and(|other| other >= from);
        if !rotation.at_once && keys.iter().any(later) {
            return Err(
                "there is a key already that is to sign after that: see `werkbak keys list`".to_owned()
            );
        }
        let gone = if rotation.at_once { std::mem::take(keys).len() } else { 0 };
        let key = AccessTokenKey::new(now, from);
        keys.push(key.clone());
        Ok((dropped + gone, Some(key), keys.clone()))
    })?;
    let Some((dropped, made, keys)) = done else { return Ok(()) };
    if let Some(AccessTokenKey { kid, signs_from: Some(from), .. }) = &made {
        out(&format!(
            "The key {kid} signs from {} on; running servers take it up themselves.",
            moment(*from)
        ))?;
    }
    out(&format!("Dropped: {dropped}."))?;
    match keys.iter().filter_map(|key| key.ends(&keys)).max() {
        Some(end) => out(&format!(
            "The one before verifies until {}, and goes with the next rotation or with --drop-old.",
            moment(end)
        )),
        None => Ok(()),
    }
}

/// What to do about secrets that no command can change.
fn explain(secrets: &Secrets, now: DateTime<Utc>) -> Result<()> {
    let key = AccessTokenKey::new(now, now + RESTARTS);
    let json = serde_json::to_string(&key).map_err(|error| error.to_string())?;
    out(
        "The secrets come from WERKBAK_SECRETS. Add this key at the end of accessTokenKeys there, for every server and",
    )?;
    out(&format!(
        "worker, and restart them one by one; it signs from {} on:\n\n{json}\n",
        moment(now + RESTARTS)
    ))?;
    let old: Vec<&str> = secrets.access_token_keys.iter().map(|key| &*key.kid).collect();
    out(&format!(
        "From {} on, remove {} at the next restart.",
        moment(now + RESTARTS + keys::OVERLAP),
        old.join(", ")
    ))?;
    Err("nothing was changed: the secrets are not in a file".to_owned())
}

/// Says of every key what it is for now, and nothing of its secret.
pub(super) fn list(source: &Source) -> Result<()> {
    let (secrets, now) = (source.load()?, Utc::now());
    let all = &secrets.access_token_keys;
    let signer = keys::signing(all, now).map(|key| &key.kid);
    for key in all {
        let state = match (key.ends(all), key.signs_from) {
            _ if signer == Some(&key.kid) => "signs".to_owned(),
            (_, Some(from)) if from > now => format!("verifies, signs from {}", moment(from)),
            (Some(end), _) if end <= now => "its time is past".to_owned(),
            (Some(end), _) => format!("verifies until {}", moment(end)),
            (None, _) => "verifies".to_owned(),
        };
        let made = key.created_at.map_or_else(|| "at an unknown moment".to_owned(), moment);
        out(&format!("{}  made {made}  {state}", key.kid))?;
    }
    Ok(())
}
