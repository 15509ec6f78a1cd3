//! Someone's telephone: the app that shows codes. It computes them by itself, from what the API told it.

use contract::*;
use diesel::prelude::*;
use ring::hmac;
use serde_json::json;
use werkbak::db::schema::second_factors;

use super::{Anonymous, Office, PASSWORD, Person, Response, World};

/// An app with one secret.
#[derive(Debug, Clone)]
pub struct Device {
    secret: Vec<u8>,
    pub recovery_codes: Vec<String>,
}

fn unbase32(text: &str) -> Vec<u8> {
    let bits: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| format!("{:05b}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap()))
        .collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

/// The number of the code that is shown now.
pub fn step() -> u64 {
    u64::try_from(werkbak::clock::now().timestamp()).unwrap() / 30
}

impl Device {
    /// With the secret that the API gave.
    pub fn new(setup: &SecondFactorSetup) -> Self {
        Self { secret: unbase32(&setup.secret), recovery_codes: Vec::new() }
    }

    /// The code of a step.
    pub fn at(&self, step: u64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let hash = hmac::sign(&key, &step.to_be_bytes()).as_ref().to_vec();
        let offset = usize::from(hash[19] & 15);
        let four: [u8; 4] = hash[offset..offset + 4].try_into().unwrap();
        format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
    }

    /// The code that is shown now.
    pub fn code(&self) -> String {
        self.at(step())
    }

    /// A code that is not shown around now.
    pub fn wrong(&self) -> String {
        let shown: Vec<String> = (step() - 3..step() + 4).map(|step| self.at(step)).collect();
        (0..).map(|number| format!("{number:06}")).find(|code| !shown.contains(code)).unwrap()
    }
}

impl Person {
    /// The same person in another session.
    pub fn in_session(&self, session: &Session) -> Self {
        Self { token: session.access_token.clone(), ..self.clone() }
    }

    /// Gives a code, to complete signing in.
    pub async fn give(&self, code: &str) -> Response {
        self.post("/sessions/second-factor", &json!({ "code": code })).await
    }

    /// Switches a second factor on; this person goes on in the new session.
    pub async fn set_up(&mut self, world: &World) -> Device {
        let begin = json!({ "currentPassword": PASSWORD });
        let setup: SecondFactorSetup = self.post("/me/second-factor", &begin).await.ok();
        self.confirm(world, &setup).await
    }

    /// The second half of it.
    pub async fn confirm(&mut self, world: &World, setup: &SecondFactorSetup) -> Device {
        let mut device = Device::new(setup);
        let confirmed: SecondFactorConfirmed =
            self.post("/me/second-factor/confirmation", &json!({ "code": device.code() })).await.ok();
        world.codes_are_unused(self.id);
        self.token = confirmed.session.access_token;
        device.recovery_codes = confirmed.recovery_codes;
        device
    }
}

impl Office {
    /// Someone new with a second factor, signed in.
    pub async fn person_with_device(
        &self,
        world: &World,
        username: &str,
        roles: &[Role],
    ) -> (Person, Device) {
        let mut person = self.person_with(username, roles).await;
        let device = person.set_up(world).await;
        (person, device)
    }
}

impl Anonymous {
    /// Signs in with the right password, as far as that goes.
    pub async fn half(&self, person: &Person) -> Person {
        let session: Session = self.sign_in(&person.username, PASSWORD).await.ok();
        assert_eq!(session.kind, SessionKind::SecondFactor);
        person.in_session(&session)
    }
}

impl World {
    /// No code was used yet: no test waits for the next one.
    pub fn codes_are_unused(&self, id: EmployeeId) {
        diesel::update(second_factors::table.find(id))
            .set(second_factors::last_step.eq(0))
            .execute(&mut self.database.connect())
            .unwrap();
    }
}
