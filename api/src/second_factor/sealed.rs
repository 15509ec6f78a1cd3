//! Secrets at rest: encrypted with a key of the installation, for one employee.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::EmployeeId;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::problem::{Outcome, Problem};
use crate::secrets::Secrets;

/// What the key is for; another purpose has another key.
const PURPOSE: &str = "second factor";

fn key(secrets: &Secrets) -> Outcome<LessSafeKey> {
    let bytes = secrets.key_for(PURPOSE).ok_or_else(|| Problem::internal("no key for second factors"))?;
    let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(Problem::internal)?;
    Ok(LessSafeKey::new(key))
}

/// Encrypts a secret; in someone else's row it is worth nothing.
pub fn seal(secrets: &Secrets, employee: EmployeeId, secret: &[u8]) -> Outcome<String> {
    let nonce: [u8; NONCE_LEN] = rand::random();
    let mut sealed = secret.to_vec();
    key(secrets)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(employee.0.as_bytes()),
            &mut sealed,
        )
        .map_err(Problem::internal)?;
    Ok(STANDARD.encode([&nonce[..], &sealed].concat()))
}

/// Decrypts it. That fails with the secrets of another installation, and is no wrong code then.
pub fn open(secrets: &Secrets, employee: EmployeeId, sealed: &str) -> Outcome<Vec<u8>> {
    let unreadable = || Problem::internal("a second factor cannot be read with these secrets");
    let bytes = STANDARD.decode(sealed).map_err(Problem::internal)?;
    let (nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>().ok_or_else(unreadable)?;
    let mut rest = rest.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let secret = key(secrets)?
        .open_in_place(nonce, Aad::from(employee.0.as_bytes()), &mut rest)
        .map_err(|_| unreadable())?;
    Ok(secret.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_installation_reads_it_and_only_for_this_person() {
        let (ours, others) = (Secrets::generate(), Secrets::generate());
        let (jan, piet) = (EmployeeId::new(), EmployeeId::new());
        let sealed = seal(&ours, jan, b"secret").unwrap();
        assert_eq!(open(&ours, jan, &sealed).unwrap(), b"secret");
        assert_ne!(seal(&ours, jan, b"secret").unwrap(), sealed, "never the same twice");
        assert!(open(&ours, piet, &sealed).is_err(), "moved to another row");
        assert!(open(&others, jan, &sealed).is_err(), "another installation");
        let mut bytes = STANDARD.decode(&sealed).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(open(&ours, jan, &STANDARD.encode(&bytes)).is_err(), "changed at {at}");
            bytes[at] ^= 1;
        }
        for broken in ["", "AAAA", "?", "AAAAAAAAAAAAAAAA"] {
            assert!(open(&ours, jan, broken).is_err(), "{broken}");
        }
    }
}
