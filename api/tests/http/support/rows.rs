//! Rows that no operation shows: looked at, and made older, so that no test waits for time to pass.

use chrono::{NaiveDateTime, TimeDelta};
use contract::{EmployeeId, EmployeeState};
use diesel::prelude::*;
use werkbak::clock;
use werkbak::db::schema::{employees, events, idempotency_keys, mails, reads, refresh_tokens, sessions};

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

    /// Every session of someone ended this many seconds ago.
    pub fn age_sessions(&self, of: EmployeeId, seconds: i64) {
        diesel::update(sessions::table.filter(sessions::employee_id.eq(of)))
            .set(sessions::expires_at.eq(clock::stamp() - TimeDelta::seconds(seconds)))
            .execute(&mut self.database.connect())
            .unwrap();
    }

    /// Every session of someone was last used this many seconds ago, as far as the database knows.
    pub fn age_use(&self, of: EmployeeId, seconds: i64) {
        diesel::update(sessions::table.filter(sessions::employee_id.eq(of)))
            .set(sessions::last_used_at.eq(clock::stamp() - TimeDelta::seconds(seconds)))
            .execute(&mut self.database.connect())
            .unwrap();
    }

    /// When each session of someone was last used, as far as the database knows, oldest session first.
    pub fn used(&self, of: EmployeeId) -> Vec<NaiveDateTime> {
        let used = sessions::table.filter(sessions::employee_id.eq(of)).order(sessions::id);
        used.select(sessions::last_used_at).load(&mut self.database.connect()).unwrap()
    }

    /// The answer kept for an Idempotency-Key was given this many seconds ago.
    pub fn age_answer(&self, key: &str, seconds: i64) {
        let kept = idempotency_keys::table.filter(idempotency_keys::key.eq(key));
        let aged = diesel::update(kept)
            .set(idempotency_keys::created_at.eq(clock::stamp() - TimeDelta::seconds(seconds)))
            .execute(&mut self.database.connect())
            .unwrap();
        assert_eq!(aged, 1, "{key}");
    }

    /// How many sessions of someone are kept.
    pub fn sessions_of(&self, id: EmployeeId) -> i64 {
        let sessions = sessions::table.filter(sessions::employee_id.eq(id)).count();
        sessions.get_result(&mut self.database.connect()).unwrap()
    }

    /// How many refresh tokens are kept, of any session.
    pub fn refresh_tokens(&self) -> i64 {
        refresh_tokens::table.count().get_result(&mut self.database.connect()).unwrap()
    }

    /// From where each event of some kind came, oldest first.
    pub fn addresses_of_events(&self, kind: &str) -> Vec<String> {
        let of_kind = events::table.filter(events::kind.eq(kind));
        of_kind.order(events::id).select(events::address).load(&mut self.database.connect()).unwrap()
    }

    /// From where each session was opened, oldest first.
    pub fn addresses_of_sessions(&self) -> Vec<String> {
        let opened = sessions::table.order(sessions::id).select(sessions::address);
        opened.load(&mut self.database.connect()).unwrap()
    }

    /// How often content was read (E2).
    pub fn readings(&self) -> i64 {
        reads::table.count().get_result(&mut self.database.connect()).unwrap()
    }

    /// Every mail in the outbox, oldest first.
    pub fn mail_rows(&self) -> Vec<MailRow> {
        mail_rows(&mut self.database.connect())
    }

    /// Whatever waits in the outbox was asked for so long ago that nobody waits for it any more.
    pub fn ask_was_long_ago(&self) {
        diesel::update(mails::table.filter(mails::state.eq("queued")))
            .set(mails::created_at.eq(clock::stamp() - TimeDelta::minutes(31)))
            .execute(&mut self.database.connect())
            .unwrap();
    }

    /// Time passes for the outbox: whatever waits is due, whatever was leased is free.
    pub fn mails_are_due(&self) {
        mails_are_due(&mut self.database.connect());
    }
}

/// How far a mail is.
#[derive(Debug, Clone, Queryable)]
pub struct MailRow {
    pub state: String,
    pub attempts: i32,
    pub due_at: NaiveDateTime,
    pub last_error: Option<String>,
}

/// Every mail in the outbox, oldest first.
pub fn mail_rows(conn: &mut werkbak::db::Conn) -> Vec<MailRow> {
    let columns = (mails::state, mails::attempts, mails::due_at, mails::last_error);
    mails::table.order(mails::id).select(columns).load(conn).unwrap()
}

/// Time passes for the outbox.
pub fn mails_are_due(conn: &mut werkbak::db::Conn) {
    let past = clock::stamp() - TimeDelta::seconds(1);
    diesel::update(mails::table.filter(mails::state.eq("queued")))
        .set((mails::due_at.eq(past), mails::leased_until.eq(None::<NaiveDateTime>)))
        .execute(conn)
        .unwrap();
}
