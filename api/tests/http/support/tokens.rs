//! Access tokens as someone makes them who is not the server.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Sha256, Sha512};

use super::TestDatabase;

/// What a token says, and how it is signed.
#[derive(Debug, Clone)]
pub struct Token {
    pub header: Value,
    pub claims: Value,
    pub signature: String,
}

impl Token {
    pub fn read(token: &str) -> Self {
        let parts: Vec<&str> = token.split('.').collect();
        let json = |part: &str| serde_json::from_slice(&BASE64.decode(part).unwrap()).unwrap();
        Self { header: json(parts[0]), claims: json(parts[1]), signature: parts[2].to_owned() }
    }

    /// One of the server's own form.
    pub fn new(kid: &str, claims: &Value) -> Self {
        let header = json!({ "typ": "JWT", "alg": "HS256", "kid": kid });
        Self { header, claims: claims.clone(), signature: String::new() }
    }

    fn content(&self) -> String {
        let part = |value: &Value| BASE64.encode(value.to_string());
        format!("{}.{}", part(&self.header), part(&self.claims))
    }

    /// With the signature it has.
    pub fn unsigned(&self) -> String {
        format!("{}.{}", self.content(), self.signature)
    }

    /// Signed with a secret, whatever the header says.
    pub fn signed(&self, secret: &[u8]) -> String {
        let content = self.content();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(content.as_bytes());
        format!("{content}.{}", BASE64.encode(mac.finalize().into_bytes()))
    }

    /// The same with SHA-512.
    pub fn signed_512(&self, secret: &[u8]) -> String {
        let content = self.content();
        let mut mac = Hmac::<Sha512>::new_from_slice(secret).unwrap();
        mac.update(content.as_bytes());
        format!("{content}.{}", BASE64.encode(mac.finalize().into_bytes()))
    }
}

impl TestDatabase {
    /// The installation's secrets.
    pub fn secrets(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.folder.join("secrets.json")).unwrap()).unwrap()
    }

    /// The key with this place in them: its name and its secret.
    pub fn key(&self, place: usize) -> (String, Vec<u8>) {
        let key = &self.secrets()["accessTokenKeys"][place];
        (key["kid"].as_str().unwrap().to_owned(), key["secret"].as_str().unwrap().as_bytes().to_vec())
    }
}
