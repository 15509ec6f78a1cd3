//! Access tokens (JWT) and refresh tokens (S7).

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use contract::{EmployeeId, SessionId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::problem::{Outcome, Problem};
use crate::secrets::{Live, Secrets, keys};

/// Who an access token is for, so that a token made for something else is none of ours.
const AUDIENCE: &str = "werkbak-api";
/// How long an access token lasts.
const LIFETIME: Duration = Duration::minutes(10);

/// What an access token says. Everything else is looked up for each request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Whose it is.
    pub sub: EmployeeId,
    /// Of which session.
    pub sid: SessionId,
    aud: String,
    iat: i64,
    exp: i64,
}

/// Makes and checks tokens.
#[derive(Debug, Clone)]
pub struct Tokens(Arc<Live>);

impl Tokens {
    /// With the installation's secrets.
    pub const fn new(secrets: Arc<Live>) -> Self {
        Self(secrets)
    }

    /// The secrets, for hashes of other one-time secrets.
    pub fn secrets(&self) -> Arc<Secrets> {
        self.0.now()
    }

    /// An access token, and when it ends.
    pub fn issue(&self, employee: EmployeeId, session: SessionId) -> Outcome<(String, DateTime<Utc>)> {
        let (secrets, now) = (self.0.now(), Utc::now());
        let key =
            keys::signing(&secrets.access_token_keys, now).ok_or_else(|| Problem::internal("no key"))?;
        let expires = now + LIFETIME;
        let header = Header { kid: Some(key.kid.clone()), ..Header::new(Algorithm::HS256) };
        let claims = Claims {
            sub: employee,
            sid: session,
            aud: AUDIENCE.to_owned(),
            iat: now.timestamp(),
            exp: expires.timestamp(),
        };
        let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(key.secret.as_bytes()))
            .map_err(Problem::internal)?;
        let expires = DateTime::from_timestamp(expires.timestamp(), 0).unwrap_or(expires);
        Ok((token, expires))
    }

    /// What a token says, if it is one of ours and still good.
    pub fn verify(&self, token: &str) -> Option<Claims> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let mut secrets = self.0.now();
        if !secrets.access_token_keys.iter().any(|key| key.kid == kid) {
            secrets = self.0.just_now();
        }
        let all = &secrets.access_token_keys;
        let key = all.iter().find(|key| key.kid == kid && key.verifies(all, Utc::now()))?;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);
        validation.leeway = 5;
        let key = DecodingKey::from_secret(key.secret.as_bytes());
        jsonwebtoken::decode::<Claims>(token, &key, &validation).ok().map(|data| data.claims)
    }

    /// A new refresh token, and the hash to keep of it.
    pub fn new_refresh_token(&self) -> (String, String) {
        let token = crate::secrets::random_hex::<32>();
        let hash = self.0.now().keyed_hash(&token);
        (token, hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Source;

    #[test]
    fn only_our_own_unexpired_tokens_are_good() {
        let given = || Source::Given(Arc::new(Secrets::generate()));
        let tokens = || Tokens::new(Arc::new(Live::open(given()).unwrap()));
        let (ours, others) = (tokens(), tokens());
        let (employee, session) = (EmployeeId::new(), SessionId::new());
        let (token, _) = ours.issue(employee, session).unwrap();
        assert_eq!(ours.verify(&token).unwrap().sid, session);
        assert!(others.verify(&token).is_none(), "another installation's key");
        assert!(ours.verify(&format!("{token}x")).is_none(), "a changed signature");

        let key = ours.secrets().access_token_keys[0].clone();
        let forge = |algorithm, kid: &str, aud: &str, exp: i64, secret: &str| {
            let header = Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) };
            let claims = Claims { sub: employee, sid: session, aud: aud.to_owned(), iat: 0, exp };
            jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
        };
        let later = Utc::now().timestamp() + 600;
        let good = |token: String| ours.verify(&token).is_some();
        assert!(good(forge(Algorithm::HS256, &key.kid, AUDIENCE, later, &key.secret)));
        assert!(!good(forge(Algorithm::HS512, &key.kid, AUDIENCE, later, &key.secret)), "other algorithm");
        assert!(!good(forge(Algorithm::HS256, "other", AUDIENCE, later, &key.secret)), "unknown key");
        assert!(!good(forge(Algorithm::HS256, &key.kid, "other", later, &key.secret)), "wrong audience");
        assert!(!good(forge(Algorithm::HS256, &key.kid, AUDIENCE, 1, &key.secret)), "expired");
        assert!(!good(forge(Algorithm::HS256, &key.kid, AUDIENCE, later, "guess")), "wrong secret");
    }
}
