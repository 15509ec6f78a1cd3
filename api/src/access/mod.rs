//! The only place that decides who may do what.
//!
//! A handler names the permission it needs as an argument ([`crate::http::Act`]); the permission is checked
//! with the data of the very transaction it is used in, and turned into a [`Permit`] that nobody else can
//! make. Stores that read or change guarded things ask for the permit, so a forgotten check does not
//! compile.

pub mod cases;
pub mod dossiers;
pub mod effects;
pub mod eligible;
pub mod facts;
pub mod office;
pub mod overview;
pub mod records;
pub mod sessions;
pub mod standing;
mod store;
pub mod support;
pub mod tasks;

use std::net::IpAddr;

use contract::{EmployeeId, Language, OfficeId, Role, SessionId, SessionKind, SupportSessionId};

use uuid::Uuid;

pub use self::store::{pages, visibility};
use crate::db::Conn;
use crate::networks::store::Rule;
use crate::problem::{Outcome, Problem};

/// Who is asking: a person signed in, checked against the database for this very request (S7).
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who.
    pub id: EmployeeId,
    /// In which office they act: their own, or the one they visit; nothing of another office is ever visible
    /// (P1).
    pub office_id: OfficeId,
    /// Their name, for mails.
    pub name: String,
    /// In which session.
    pub session_id: SessionId,
    /// What the session may do.
    pub session_kind: SessionKind,
    /// Their roles; during a support session nothing but helpdesk.
    pub roles: Vec<Role>,
    /// Whether they are of the platform's office (P3).
    pub platform: bool,
    /// The support session that runs (P3).
    pub visit: Option<Visit>,
    /// Office setting: only local administrators create dossiers (P2).
    pub only_administrators_create_dossiers: bool,
    /// From where people of their own office may work (S8).
    pub networks: Rule,
}

/// A support session that runs: the person acts in an office that is not theirs (P3).
#[derive(Debug, Clone)]
pub struct Visit {
    /// Which.
    pub id: SupportSessionId,
    /// The office they are of.
    pub home: OfficeId,
}

impl Actor {
    /// The operator at the command line, who may what a local administrator may, and is no employee.
    pub fn command_line(office: OfficeId) -> Self {
        Self {
            id: EmployeeId(Uuid::nil()),
            office_id: office,
            name: String::new(),
            session_id: SessionId(Uuid::nil()),
            session_kind: SessionKind::Full,
            roles: vec![Role::LocalAdmin],
            platform: false,
            visit: None,
            only_administrators_create_dossiers: false,
            networks: Rule { office, enforced: false, version: 0 },
        }
    }

    /// Who, unless it is the operator at the command line.
    pub fn employee(&self) -> Option<EmployeeId> {
        (!self.id.0.is_nil()).then_some(self.id)
    }

    /// Whether they have a role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// One request's work in the database: the connection, who asks, and from where.
#[expect(missing_debug_implementations, reason = "holds a connection")]
pub struct Tx<'a> {
    /// The connection; inside a transaction when `writing`.
    pub conn: &'a mut Conn,
    /// Who asks.
    pub actor: &'a Actor,
    /// The language they read.
    pub language: Language,
    /// Where the request came from.
    pub address: Option<IpAddr>,
    /// Whether this is a write transaction, whose rows are to be locked.
    pub writing: bool,
    /// Whether something was refused that is but part of what is asked, or is told in other words.
    pub refused: bool,
}

impl Tx<'_> {
    /// Checks a permission that depends on the request's body. A refusal is recorded also when it is not the answer (E3).
    pub fn permit<P: Permission>(&mut self, key: &P::Key) -> Outcome<Permit<P>> {
        let checked = check::<P>(self, key);
        self.refused |= checked.as_ref().is_err_and(Problem::is_security);
        checked
    }
}

/// Something one may be allowed to do.
pub trait Permission: 'static {
    /// What it is about: the ids in the path, or `()`.
    type Key: Send + Sync + 'static;
    /// The row that was checked, for the store.
    type Row: Send;
    /// Whether a session that may only set a password may do it (S5).
    const PASSWORD_SESSION: bool = false;
    /// Whether a session that waits for the code of a second factor may do it.
    const CODE_SESSION: bool = false;
    /// Whether a session in which a second factor must be set up first may do it.
    const SETUP_SESSION: bool = false;
    /// Whether it can be done from anywhere (S8): only what takes something away from the one who asks.
    const FROM_ANYWHERE: bool = false;
    /// Whether it counts during a support session (P3): only what the helpdesk may do with accounts and
    /// groups.
    const IN_SUPPORT: bool = false;
    /// Whether who is refused with 403 sees all that an earlier answer showed: then they may have that answer
    /// again, although the change it tells of took their right away.
    const REFUSED_SEES: bool = false;
    /// Decides, and loads what was decided about.
    fn check(tx: &mut Tx<'_>, key: &Self::Key) -> Outcome<Self::Row>;
}

/// Proof that a permission was checked, with the row it was checked on. Only this module makes one.
pub struct Permit<P: Permission> {
    row: P::Row,
}

impl<P: Permission> std::fmt::Debug for Permit<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}

impl<P: Permission> Permit<P> {
    /// The row that was checked.
    pub const fn row(&self) -> &P::Row {
        &self.row
    }
}

/// Checks a permission for the one who asks.
pub fn check<P: Permission>(tx: &mut Tx<'_>, key: &P::Key) -> Outcome<Permit<P>> {
    admit::<P>(tx)?;
    Ok(Permit { row: P::check(tx, key)? })
}

/// Whether who asked before may have the same answer again: the session still allows it, and they still see
/// what it is about and what it made (C6, S5). That it can no longer be done, because it was, is no reason to
/// refuse.
pub fn again<P: Permission>(tx: &mut Tx<'_>, key: &P::Key, made: Option<&str>) -> Outcome<()> {
    admit::<P>(tx)?;
    match P::check(tx, key) {
        Err(problem) if problem.code().status() == 403 && P::REFUSED_SEES => {}
        Err(problem)
            if problem.worth_another_try() || matches!(problem.code().status(), 401 | 403 | 404 | 500..) =>
        {
            return Err(problem);
        }
        _ => {}
    }
    made.map_or(Ok(()), |made| seen(tx, made))
}

/// 404 unless the one who asks sees what an answer's `Location` names.
pub fn seen(tx: &mut Tx<'_>, location: &str) -> Outcome<()> {
    let mut parts = location.trim_start_matches("/v1/").split('/');
    let (Some(kind), Some(Ok(id))) = (parts.next(), parts.next().map(str::parse::<Uuid>)) else {
        return Ok(());
    };
    match kind {
        "cases" => cases::SeeCase::check(tx, &contract::CaseId(id)).map(drop),
        "tasks" => tasks::SeeTask::check(tx, &contract::TaskId(id)).map(drop),
        "dossiers" => dossiers::SeeDossier::check(tx, &contract::DossierId(id)).map(drop),
        // Groups, client groups and colleagues are seen by everyone.
        _ => Ok(()),
    }
}

/// What the session allows, whoever's it is.
pub fn admit<P: Permission>(tx: &Tx<'_>) -> Outcome<()> {
    match tx.actor.session_kind {
        SessionKind::PasswordOnly if !P::PASSWORD_SESSION => {
            return Err(Problem::new(
                contract::ProblemCode::PasswordRequired,
                "U bent aangemeld met een tijdelijk wachtwoord. Kies eerst een eigen wachtwoord.",
                "You signed in with a temporary password. Choose your own password first.",
            ));
        }
        SessionKind::SecondFactor if !P::CODE_SESSION => {
            return Err(Problem::new(
                contract::ProblemCode::SecondFactorRequired,
                "Uw wachtwoord klopt. Vul eerst de code van uw tweede factor in.",
                "Your password is right. Enter the code of your second factor first.",
            ));
        }
        SessionKind::SecondFactorSetup if !P::SETUP_SESSION => {
            return Err(Problem::new(
                contract::ProblemCode::SecondFactorRequired,
                "Uw organisatie vraagt van u een tweede factor. Stel die eerst in.",
                "Your office requires a second factor of you. Set it up first.",
            ));
        }
        _ => {}
    }
    if tx.actor.visit.is_some() && !P::IN_SUPPORT {
        return Err(Problem::forbidden(
            "Dit kan niet tijdens een ondersteuningssessie: u helpt daar met accounts en groepen, en met niets anders.",
            "Not possible during a support session: you help with accounts and groups there, and nothing else.",
        ));
    }
    Ok(())
}
