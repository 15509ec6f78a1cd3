use chrono::{NaiveDateTime, TimeDelta};
use contract::{
    EmployeeId, EmployeeState, OfficeId, Role, SessionEnd, SessionId, SessionKind, SupportSessionId,
};
use diesel::dsl::case_when;
use diesel::prelude::*;

use super::policy::{ATTEMPTS, SignInName};
use super::tokens::Claims;
use super::usage::Usage;
use crate::access::{Actor, Visit};
use crate::clock;
use crate::db::schema::{employees, offices, refresh_tokens, sessions, support_sessions};
use crate::db::{Conn, on};
use crate::networks::store::Rule;
use crate::problem::{Outcome, Problem};

/// How long a used refresh token still works, for a second tab (S7).
const GRACE: TimeDelta = TimeDelta::seconds(30);

/// An account as sign-in needs it.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = employees)]
pub struct AccountRow {
    /// Who.
    pub id: EmployeeId,
    /// Of which office.
    pub office_id: OfficeId,
    /// Argon2 hash of the real password.
    pub password_hash: Option<String>,
    /// Keyed hash of a temporary one (S4).
    pub temporary_hash: Option<String>,
    /// Until when that works.
    pub temporary_expires_at: Option<NaiveDateTime>,
    /// Keyed hash of one that was asked for by username (S4).
    pub reset_hash: Option<String>,
    /// Until when that works.
    pub reset_expires_at: Option<NaiveDateTime>,
}

impl AccountRow {
    /// The hashes of the temporary passwords that work at a moment.
    pub fn temporary_hashes(&self, now: NaiveDateTime) -> impl Iterator<Item = &String> {
        [(&self.temporary_hash, self.temporary_expires_at), (&self.reset_hash, self.reset_expires_at)]
            .into_iter()
            .filter(move |(_, expires)| expires.is_some_and(|expires| expires > now))
            .filter_map(|(hash, _)| hash.as_ref())
    }
}

impl std::fmt::Debug for AccountRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountRow").field("id", &self.id).finish_non_exhaustive()
    }
}

/// An attempt that was counted before anything is verified (S2).
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The account, if there is one.
    pub account: Option<AccountRow>,
    /// Whether a password may be checked at all.
    pub counted: bool,
}

/// The account with a name; where there is one office its code may be left out. The statements are the same
/// whether it exists or not (S1).
pub fn account(conn: &mut Conn, name: &SignInName) -> Outcome<Option<AccountRow>> {
    let office = match &name.office {
        Some(code) => Some(code.clone()),
        None => {
            let codes: Vec<String> = offices::table.select(offices::code_folded).limit(2).load(conn)?;
            if codes.len() == 1 { codes.into_iter().next() } else { None }
        }
    };
    Ok(employees::table
        .inner_join(offices::table)
        .filter(offices::code_folded.eq(office.unwrap_or_default()))
        .filter(employees::username_folded.eq(&name.username))
        .select(AccountRow::as_select())
        .first(conn)
        .optional()?)
}

/// Finds the account and counts the attempt. The statements are the same whether it exists or not (S1).
pub fn count_attempt(conn: &mut Conn, name: &SignInName) -> Outcome<Attempt> {
    let account = account(conn, name)?;
    let counted = count(conn, account.as_ref().map_or(EmployeeId(uuid::Uuid::nil()), |account| account.id))?;
    Ok(Attempt { account, counted })
}

/// Counts one attempt for a known account, for confirming one's current password.
pub fn count_attempt_of(conn: &mut Conn, id: EmployeeId) -> Outcome<Attempt> {
    let account: Option<AccountRow> =
        employees::table.find(id).select(AccountRow::as_select()).first(conn).optional()?;
    let counted = count(conn, id)?;
    Ok(Attempt { account, counted })
}

fn count(conn: &mut Conn, id: EmployeeId) -> Outcome<bool> {
    let counted = diesel::update(
        employees::table
            .filter(employees::id.eq(id))
            .filter(employees::state.eq(EmployeeState::Active))
            .filter(employees::failed_attempts.lt(ATTEMPTS)),
    )
    .set(employees::failed_attempts.eq(employees::failed_attempts + 1))
    .execute(conn)?;
    Ok(counted == 1)
}

/// Locks the account when the failed attempts have run out, the last of them from `address`; returns whether this did
/// it (S2). Its owner is still to be told.
pub fn lock_if_exhausted(conn: &mut Conn, id: EmployeeId, address: &str) -> Outcome<bool> {
    let locked = diesel::update(
        employees::table
            .filter(employees::id.eq(id))
            .filter(employees::state.eq(EmployeeState::Active))
            .filter(employees::failed_attempts.ge(ATTEMPTS)),
    )
    .set((
        employees::state.eq(EmployeeState::Locked),
        employees::locked_at.eq(clock::stamp()),
        employees::locked_address.eq(address),
        employees::lock_mail_due.eq(true),
    ))
    .execute(conn)?;
    Ok(locked == 1)
}

/// No temporary password works any more.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = employees, treat_none_as_null = true)]
struct NoTemporary {
    temporary_hash: Option<String>,
    temporary_expires_at: Option<NaiveDateTime>,
    reset_hash: Option<String>,
    reset_expires_at: Option<NaiveDateTime>,
}

/// What someone signed in with. It must still be what it was when it was verified.
#[derive(Debug, Clone, Copy)]
pub enum Used<'a> {
    /// Nothing that is kept: a code, after the password.
    Nothing,
    /// Their own password, with this hash.
    Own(&'a str),
    /// A temporary one, with this hash.
    Temporary(&'a str),
}

/// A success: the counter starts again, a temporary password is used up. `false` when the account was
/// locked or deactivated meanwhile, the password changed, or the temporary one used by another request.
pub fn succeed(conn: &mut Conn, id: EmployeeId, used: Used<'_>) -> Outcome<bool> {
    let now = clock::stamp();
    let account =
        employees::table.filter(employees::id.eq(id)).filter(employees::state.eq(EmployeeState::Active));
    let changed = match used {
        Used::Nothing => diesel::update(account)
            .set((employees::failed_attempts.eq(0), employees::last_sign_in_at.eq(now)))
            .execute(conn)?,
        Used::Own(hash) => diesel::update(account.filter(employees::password_hash.eq(hash)))
            .set((employees::failed_attempts.eq(0), employees::last_sign_in_at.eq(now)))
            .execute(conn)?,
        Used::Temporary(hash) => diesel::update(
            account.filter(employees::temporary_hash.eq(hash).or(employees::reset_hash.eq(hash))),
        )
        .set((employees::failed_attempts.eq(0), employees::last_sign_in_at.eq(now), NoTemporary::default()))
        .execute(conn)?,
    };
    Ok(changed == 1)
}

/// A right password while a code is still asked: this attempt no longer counts, the failed ones before it do,
/// and nobody has signed in yet. `false` as for [`succeed`].
pub fn succeed_so_far(conn: &mut Conn, id: EmployeeId, used: Used<'_>) -> Outcome<bool> {
    let account =
        employees::table.filter(employees::id.eq(id)).filter(employees::state.eq(EmployeeState::Active));
    // Someone may have signed in completely since it was counted.
    let counted = employees::failed_attempts.gt(0);
    let uncounted = employees::failed_attempts
        .eq(case_when(counted, employees::failed_attempts - 1).otherwise(employees::failed_attempts));
    let changed = match used {
        Used::Nothing => diesel::update(account).set(uncounted).execute(conn)?,
        Used::Own(hash) => {
            let account = account.filter(employees::password_hash.eq(hash));
            diesel::update(account).set(uncounted).execute(conn)?
        }
        Used::Temporary(hash) => diesel::update(
            account.filter(employees::temporary_hash.eq(hash).or(employees::reset_hash.eq(hash))),
        )
        .set((uncounted, NoTemporary::default()))
        .execute(conn)?,
    };
    Ok(changed == 1)
}

/// An attempt that was right without being a sign-in no longer counts; the failed ones before it do.
pub fn take_back(conn: &mut Conn, id: EmployeeId) -> Outcome<()> {
    succeed_so_far(conn, id, Used::Nothing).map(drop)
}

/// Starts the count again for someone who knew their password without signing in.
pub fn forgive(conn: &mut Conn, id: EmployeeId) -> Outcome<()> {
    diesel::update(employees::table.find(id).filter(employees::state.eq(EmployeeState::Active)))
        .set(employees::failed_attempts.eq(0))
        .execute(conn)?;
    Ok(())
}

/// What a session waits for, as its column says it: the kind alone cannot.
const NOTHING: &str = "none";
const CODE: &str = "asked";
const SETUP: &str = "setup";

/// The two columns that a kind of session is kept in.
pub const fn columns_of(kind: SessionKind) -> (SessionKind, &'static str) {
    match kind {
        SessionKind::Full | SessionKind::PasswordOnly => (kind, NOTHING),
        SessionKind::SecondFactor => (SessionKind::Full, CODE),
        SessionKind::SecondFactorSetup => (SessionKind::Full, SETUP),
    }
}

/// The kind of session that two columns say.
fn kind_of(kind: SessionKind, second_factor: &str) -> SessionKind {
    match (kind, second_factor) {
        (SessionKind::Full, CODE) => SessionKind::SecondFactor,
        (SessionKind::Full, SETUP) => SessionKind::SecondFactorSetup,
        _ => kind,
    }
}

/// A new session.
#[derive(Debug, Insertable)]
#[diesel(table_name = sessions)]
pub struct NewSessionRow {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub employee_id: EmployeeId,
    /// What it may do.
    pub kind: SessionKind,
    /// When it was opened.
    pub created_at: NaiveDateTime,
    /// When a person last used it.
    pub last_used_at: NaiveDateTime,
    /// When it ends at the latest.
    pub expires_at: NaiveDateTime,
    /// With which browser.
    pub user_agent: String,
    /// From which address.
    pub address: String,
    /// What it waits for.
    pub second_factor: &'static str,
}

/// Opens a session.
pub fn insert_session(conn: &mut Conn, session: &NewSessionRow) -> Outcome<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn)?;
    Ok(())
}

/// Keeps the hash of a refresh token.
pub fn insert_refresh_token(conn: &mut Conn, session: SessionId, hash: &str) -> Outcome<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::hash.eq(hash),
            refresh_tokens::session_id.eq(session),
            refresh_tokens::issued_at.eq(clock::stamp()),
        ))
        .execute(conn)?;
    Ok(())
}

/// What became of a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// The session goes on.
    Good {
        /// Which session.
        session: SessionId,
        /// Whose.
        employee: EmployeeId,
        /// What it may do.
        kind: SessionKind,
    },
    /// Not a token, or its owner may not use it.
    Unknown,
    /// Good, but not from where its owner is (S8).
    Outside {
        /// Whose.
        employee: EmployeeId,
        /// In which office.
        office: OfficeId,
    },
    /// Its session is over.
    Over {
        /// How.
        end: SessionEnd,
        /// Whose it was.
        employee: EmployeeId,
        /// In which office.
        office: OfficeId,
    },
    /// Used again after the grace: somebody copied it, and the session was ended.
    Reused {
        /// Whose.
        employee: EmployeeId,
        /// In which office.
        office: OfficeId,
    },
}

/// Uses a refresh token: once, or again within the grace. `admit` says whether its owner may go on from where they are.
/// A session that nobody used for too long ends here for good, so that whoever was told so is told the truth.
pub fn use_refresh_token(
    conn: &mut Conn,
    hash: &str,
    usage: &Usage,
    attended: bool,
    admit: impl FnOnce(&mut Conn, EmployeeId, Rule) -> Outcome<bool>,
) -> Outcome<Refreshed> {
    let now = clock::stamp();
    type Row = (
        SessionId,
        Option<NaiveDateTime>,
        (SessionKind, String),
        Option<NaiveDateTime>,
        (NaiveDateTime, NaiveDateTime),
        EmployeeId,
        EmployeeState,
        (OfficeId, bool, i64),
    );
    let row: Option<Row> = refresh_tokens::table
        .inner_join(sessions::table.inner_join(employees::table.inner_join(offices::table)))
        .filter(refresh_tokens::hash.eq(hash))
        .select((
            sessions::id,
            refresh_tokens::used_at,
            (sessions::kind, sessions::second_factor),
            sessions::ended_at,
            (sessions::expires_at, sessions::last_used_at),
            employees::id,
            employees::state,
            (offices::id, offices::networks_enforced, offices::networks_version),
        ))
        .first(conn)
        .optional()?;
    let Some((session, _, kind, ended, (expires, last_used), employee, state, office)) = row else {
        return Ok(Refreshed::Unknown);
    };
    if state != EmployeeState::Active {
        return Ok(Refreshed::Unknown);
    }
    let (office, enforced, version) = office;
    if !admit(conn, employee, Rule { office, enforced, version })? {
        return Ok(Refreshed::Outside { employee, office });
    }
    let goes_on = || usage.take(session, last_used, now, attended);
    if let Some(end) = over(ended, expires, now, goes_on) {
        if end == SessionEnd::Idle {
            end_session(conn, session)?;
        }
        return Ok(Refreshed::Over { end, employee, office });
    }
    let first = diesel::update(
        refresh_tokens::table.filter(refresh_tokens::hash.eq(hash)).filter(refresh_tokens::used_at.is_null()),
    )
    .set(refresh_tokens::used_at.eq(now))
    .execute(conn)?;
    if first == 0 {
        let used_at: Option<NaiveDateTime> =
            refresh_tokens::table.find(hash).select(refresh_tokens::used_at).first(conn)?;
        if used_at.is_none_or(|used_at| now - used_at > GRACE) {
            end_session(conn, session)?;
            return Ok(Refreshed::Reused { employee, office });
        }
    }
    if attended {
        note_used(conn, &[(session, now)])?;
    }
    Ok(Refreshed::Good { session, employee, kind: kind_of(kind.0, &kind.1) })
}

/// How a session came to its end, if it did; `goes_on` is asked last.
fn over(
    ended: Option<NaiveDateTime>,
    expires: NaiveDateTime,
    now: NaiveDateTime,
    goes_on: impl FnOnce() -> bool,
) -> Option<SessionEnd> {
    if ended.is_some() {
        Some(SessionEnd::Ended)
    } else if expires <= now {
        Some(SessionEnd::TooLong)
    } else if !goes_on() {
        Some(SessionEnd::Idle)
    } else {
        None
    }
}

/// Notes when sessions were used. Never goes backwards, and brings none back that is over.
pub fn note_used(conn: &mut Conn, used: &[(SessionId, NaiveDateTime)]) -> Outcome<usize> {
    let mut noted = 0;
    for (session, at) in used {
        let before = sessions::table
            .find(session)
            .filter(sessions::ended_at.is_null())
            .filter(sessions::last_used_at.lt(at));
        noted += diesel::update(before).set(sessions::last_used_at.eq(at)).execute(conn)?;
    }
    Ok(noted)
}

/// Removes sessions that expired, with their refresh tokens; returns how many. One in which an office was
/// helped stays: the support session refers to it.
pub fn forget_sessions(conn: &mut Conn, now: NaiveDateTime) -> Outcome<usize> {
    let over = sessions::table.filter(sessions::expires_at.lt(now)).select(sessions::id);
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(over))).execute(conn)?;
    let helped = support_sessions::table.select(support_sessions::session_id);
    let sessions = sessions::table.filter(sessions::expires_at.lt(now)).filter(sessions::id.ne_all(helped));
    Ok(diesel::delete(sessions).execute(conn)?)
}

/// Whether a refresh token is of a session.
pub fn is_of_session(conn: &mut Conn, hash: &str, session: SessionId) -> Outcome<bool> {
    let of: Option<SessionId> =
        refresh_tokens::table.find(hash).select(refresh_tokens::session_id).first(conn).optional()?;
    Ok(of == Some(session))
}

/// Ends one session.
pub fn end_session(conn: &mut Conn, session: SessionId) -> Outcome<bool> {
    let ended = diesel::update(sessions::table.find(session).filter(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(clock::stamp()))
        .execute(conn)?;
    Ok(ended == 1)
}

/// Ends all sessions of someone.
pub fn end_all_sessions(conn: &mut Conn, employee: EmployeeId) -> Outcome<usize> {
    let sessions =
        sessions::table.filter(sessions::employee_id.eq(employee)).filter(sessions::ended_at.is_null());
    Ok(diesel::update(sessions).set(sessions::ended_at.eq(clock::stamp())).execute(conn)?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = employees)]
struct ActorEmployee {
    id: EmployeeId,
    office_id: OfficeId,
    name: String,
    state: EmployeeState,
    role_local_admin: bool,
    role_helpdesk: bool,
    role_superuser: bool,
    role_records: bool,
}

/// Who an access token stands for, if session and employee are still good right now (S7). One statement. A request
/// that is `attended` counts as use of the session.
pub fn actor(conn: &mut Conn, claims: &Claims, usage: &Usage, attended: bool) -> Outcome<Actor> {
    let now = clock::stamp();
    type Visiting = Option<(SupportSessionId, OfficeId)>;
    type Times = (Option<NaiveDateTime>, NaiveDateTime, NaiveDateTime);
    type OfficeRule = (bool, bool, bool, i64);
    type Kind = (SessionKind, String);
    type Row = (ActorEmployee, Kind, Times, OfficeRule, Visiting);
    let row = sessions::table
        .inner_join(employees::table.inner_join(offices::table))
        .left_join(
            support_sessions::table.on(support_sessions::session_id
                .eq(sessions::id)
                .and(support_sessions::ended_at.is_null())
                .and(support_sessions::expires_at.gt(now))),
        )
        .filter(sessions::id.eq(claims.sid))
        .filter(sessions::employee_id.eq(claims.sub));
    let row: Option<Row> = on!(conn, |db| row
        .select((
            ActorEmployee::as_select(),
            (sessions::kind, sessions::second_factor),
            (sessions::ended_at, sessions::expires_at, sessions::last_used_at),
            (
                offices::only_administrators_create_dossiers,
                offices::platform,
                offices::networks_enforced,
                offices::networks_version,
            ),
            (support_sessions::id, support_sessions::office_id).nullable(),
        ))
        .first(db))
    .optional()?;
    let Some((employee, kind, times, office, visiting)) = row else {
        return Err(Problem::not_signed_in());
    };
    let (only_administrators_create_dossiers, platform, enforced, version) = office;
    if employee.state != EmployeeState::Active {
        return Err(Problem::not_signed_in());
    }
    let (ended, expires, last_used) = times;
    let goes_on = || usage.take(claims.sid, last_used, now, attended);
    if let Some(end) = over(ended, expires, now, goes_on) {
        return Err(Problem::session_over(end));
    }
    let roles = [
        (employee.role_local_admin, Role::LocalAdmin),
        (employee.role_helpdesk, Role::Helpdesk),
        (employee.role_superuser, Role::Superuser),
        (employee.role_records, Role::Records),
    ];
    let actor = Actor {
        id: employee.id,
        office_id: employee.office_id,
        name: employee.name,
        session_id: claims.sid,
        session_kind: kind_of(kind.0, &kind.1),
        roles: roles.into_iter().filter_map(|(has, role)| has.then_some(role)).collect(),
        platform,
        visit: None,
        only_administrators_create_dossiers,
        networks: Rule { office: employee.office_id, enforced, version },
    };
    Ok(match visiting {
        // Who is no longer of the platform's helpdesk is back in their own office at once (P3).
        Some((id, office)) if platform && actor.has(Role::Helpdesk) => Actor {
            visit: Some(Visit { id, home: actor.office_id }),
            office_id: office,
            roles: vec![Role::Helpdesk],
            ..actor
        },
        _ => actor,
    })
}

/// Sets a definitive password: an earlier temporary one is void (S5).
pub fn set_password(conn: &mut Conn, id: EmployeeId, hash: &str) -> Outcome<()> {
    diesel::update(employees::table.find(id))
        .set((employees::password_hash.eq(hash), NoTemporary::default()))
        .execute(conn)?;
    Ok(())
}

/// Replaces the hash of a password by one of the same password in today's form (S1), unless the password
/// was changed meanwhile.
pub fn renew_hash(conn: &mut Conn, id: EmployeeId, old: &str, renewed: &str) -> Outcome<()> {
    diesel::update(employees::table.find(id).filter(employees::password_hash.eq(old)))
        .set(employees::password_hash.eq(renewed))
        .execute(conn)?;
    Ok(())
}

/// How someone signs in: their username, and their office's code.
pub fn full_name(conn: &mut Conn, id: EmployeeId) -> Outcome<(String, String)> {
    let named = employees::table.inner_join(offices::table).filter(employees::id.eq(id));
    Ok(named.select((employees::username, offices::code)).first(conn)?)
}

/// The words nobody may use in their password: their own and the office's.
pub fn own_words(conn: &mut Conn, id: EmployeeId) -> Outcome<Vec<String>> {
    let (username, name, email, code, office): (String, String, String, String, String) = employees::table
        .inner_join(offices::table)
        .filter(employees::id.eq(id))
        .select((employees::username, employees::name, employees::email, offices::code, offices::name))
        .first(conn)?;
    Ok(vec![username, name, email, code, office])
}
