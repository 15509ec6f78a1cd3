//! Permissions that depend on the person alone (P2).

use std::marker::PhantomData;

use contract::{CaseTypeId, ClientGroupId, EmployeeId, GroupId, Role};

use super::{Permission, Tx};
use crate::problem::{Outcome, Problem};

/// Any active employee: see colleagues and groups, ask for one's own things. `K` is what the path names;
/// whether it exists is for the store to say.
#[derive(Debug)]
pub struct Colleague<K = ()>(PhantomData<K>);

impl<K: Copy + Send + Sync + 'static> Permission for Colleague<K> {
    type Key = K;
    type Row = K;
    fn check(_tx: &mut Tx<'_>, key: &K) -> Outcome<K> {
        Ok(*key)
    }
}

/// See who works here and in which groups: every employee, and the platform's helpdesk during a support
/// session (P2, P3). `K` is what the path names.
#[derive(Debug)]
pub struct SeePeople<K = ()>(PhantomData<K>);

impl<K: Copy + Send + Sync + 'static> Permission for SeePeople<K> {
    type Key = K;
    type Row = K;
    const IN_SUPPORT: bool = true;
    fn check(_tx: &mut Tx<'_>, key: &K) -> Outcome<K> {
        Ok(*key)
    }
}

/// See a colleague.
pub type SeeEmployee = SeePeople<EmployeeId>;
/// See a group.
pub type SeeGroup = SeePeople<GroupId>;
/// See a client group.
pub type SeeClientGroup = SeePeople<ClientGroupId>;
/// See a case type.
pub type SeeCaseType = Colleague<CaseTypeId>;

/// One's own account, also in a session that may only set a password (S5), or set a second factor up.
#[derive(Debug)]
pub struct Oneself;

impl Permission for Oneself {
    type Key = ();
    type Row = ();
    const PASSWORD_SESSION: bool = true;
    const SETUP_SESSION: bool = true;
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}

/// One's own second factor, also in a session in which it must be set up first.
#[derive(Debug)]
pub struct OwnSecondFactor;

impl Permission for OwnSecondFactor {
    type Key = ();
    type Row = ();
    const SETUP_SESSION: bool = true;
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}

/// Give the code that a session waits for.
#[derive(Debug)]
pub struct GiveCode;

impl Permission for GiveCode {
    type Key = ();
    type Row = ();
    const CODE_SESSION: bool = true;
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}

/// Manage the office: employees, groups, client groups, case types, settings. `K` is what the path names.
#[derive(Debug)]
pub struct Administer<K = ()>(PhantomData<K>);

impl<K: Copy + Send + Sync + 'static> Permission for Administer<K> {
    type Key = K;
    type Row = K;
    fn check(tx: &mut Tx<'_>, key: &K) -> Outcome<K> {
        require_administrator(tx)?;
        Ok(*key)
    }
}

/// Refuses everyone but local administrators.
pub(super) fn require_administrator(tx: &Tx<'_>) -> Outcome<()> {
    if tx.actor.has(Role::LocalAdmin) {
        Ok(())
    } else {
        Err(Problem::forbidden(
            "Alleen een lokaal beheerder mag dit.",
            "Only a local administrator may do this.",
        ))
    }
}

/// Manage one employee.
pub type AdministerEmployee = Administer<EmployeeId>;
/// Manage one group.
pub type AdministerGroup = Administer<GroupId>;
/// Manage one client group.
pub type AdministerClientGroup = Administer<ClientGroupId>;
/// Manage who is authorised for one case type.
pub type AdministerCaseType = Administer<CaseTypeId>;

/// Help with accounts and groups: local administrators and the office's helpdesk (P2). `K` is what the path
/// names.
#[derive(Debug)]
pub struct Help<K = ()>(PhantomData<K>);

impl<K: Copy + Send + Sync + 'static> Permission for Help<K> {
    type Key = K;
    type Row = K;
    const IN_SUPPORT: bool = true;
    fn check(tx: &mut Tx<'_>, key: &K) -> Outcome<K> {
        if tx.actor.has(Role::LocalAdmin) || tx.actor.has(Role::Helpdesk) {
            Ok(*key)
        } else {
            Err(Problem::forbidden(
                "Alleen een lokaal beheerder of de helpdesk mag dit.",
                "Only a local administrator or the helpdesk may do this.",
            ))
        }
    }
}

/// Reactivate and deactivate someone's account.
pub type ManageAccount = Help<EmployeeId>;
/// Delete a group (G6).
pub type DeleteGroup = Help<GroupId>;
/// Delete a client group (G6).
pub type DeleteClientGroup = Help<ClientGroupId>;

/// See everything an employee has access to (D5): they themselves, and local administrators.
#[derive(Debug)]
pub struct SeeAccessOf;

impl Permission for SeeAccessOf {
    type Key = EmployeeId;
    type Row = EmployeeId;
    fn check(tx: &mut Tx<'_>, key: &EmployeeId) -> Outcome<EmployeeId> {
        if *key != tx.actor.id {
            require_administrator(tx)?;
        }
        Ok(*key)
    }
}

/// Explain someone's access to the dossier with a number (D5).
#[derive(Debug)]
pub struct ExplainByNumber;

impl Permission for ExplainByNumber {
    type Key = (EmployeeId, String);
    type Row = (EmployeeId, String);
    fn check(tx: &mut Tx<'_>, key: &Self::Key) -> Outcome<Self::Row> {
        super::check::<Help>(tx, &())?;
        // No dossier has such a number, and PostgreSQL keeps no NUL.
        if key.1.chars().any(char::is_control) {
            return Err(Problem::not_found());
        }
        Ok(key.clone())
    }
}

/// Create a dossier: every employee, or only local administrators (office setting, P2).
#[derive(Debug)]
pub struct CreateDossier;

impl Permission for CreateDossier {
    type Key = ();
    type Row = ();
    fn check(tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        if tx.actor.only_administrators_create_dossiers && !tx.actor.has(Role::LocalAdmin) {
            return Err(Problem::forbidden(
                "In uw organisatie maakt alleen een lokaal beheerder dossiers.",
                "In your office only a local administrator creates dossiers.",
            ));
        }
        Ok(())
    }
}
