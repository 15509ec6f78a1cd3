//! Rows that no operation shows: looked at, and made older, so that no test waits for time to pass.

use chrono::TimeDelta;
use contract::{EmployeeId, EmployeeState};
use diesel::prelude::*;
use werkbak::clock;
use werkbak::db::schema::{employees, refresh_tokens};

use super::World;

impl World {
    /// How many sign-in attempts were counted for someone, and the state of their account (S2).
    pub fn attempts_of(&self, id: EmployeeId) -> (i32, EmployeeState) {
        employees::table
            .find(id)
            .select((employees::failed_attempts, employees::state))
            .first(&mut self.database.connect())
            .unwrap()
    }

    /// Every refresh token that was used, was used this many seconds ago.
    pub fn age_refresh_tokens(&self, seconds: i64) {
        let then = clock::stamp() - TimeDelta::seconds(seconds);
        diesel::update(refresh_tokens::table.filter(refresh_tokens::used_at.is_not_null()))
            .set(refresh_tokens::used_at.eq(then))
            .execute(&mut self.database.connect())
            .unwrap();
    }
}
