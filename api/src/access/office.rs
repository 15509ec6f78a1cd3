//! Permissions that depend on the person alone (P2).

use contract::Role;

use super::{Permission, Tx};
use crate::problem::{Outcome, Problem};

/// Any active employee: see colleagues and groups, ask for one's own things.
#[derive(Debug)]
pub struct Colleague;

impl Permission for Colleague {
    type Key = ();
    type Row = ();
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}

/// One's own account, also in a session that may only set a password (S5).
#[derive(Debug)]
pub struct Oneself;

impl Permission for Oneself {
    type Key = ();
    type Row = ();
    const PASSWORD_SESSION: bool = true;
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}

/// Manage the office: employees, groups, client groups, case types, settings.
#[derive(Debug)]
pub struct Administer;

impl Permission for Administer {
    type Key = ();
    type Row = ();
    fn check(tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        require_administrator(tx)
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

macro_rules! administer_one {
    ($(#[$doc:meta])* $name:ident, $key:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Permission for $name {
            type Key = $key;
            type Row = $key;
            fn check(tx: &mut Tx<'_>, key: &$key) -> Outcome<$key> {
                require_administrator(tx)?;
                Ok(*key)
            }
        }
    };
}

administer_one!(
    /// Manage one employee.
    AdministerEmployee,
    contract::EmployeeId
);
administer_one!(
    /// Manage one group.
    AdministerGroup,
    contract::GroupId
);
administer_one!(
    /// Manage one client group.
    AdministerClientGroup,
    contract::ClientGroupId
);
administer_one!(
    /// Manage who is authorised for one case type.
    AdministerCaseType,
    contract::CaseTypeId
);

/// Reactivate and deactivate someone's account: local administrators and the office's helpdesk.
#[derive(Debug)]
pub struct ManageAccount;

impl Permission for ManageAccount {
    type Key = contract::EmployeeId;
    type Row = contract::EmployeeId;
    fn check(tx: &mut Tx<'_>, key: &contract::EmployeeId) -> Outcome<contract::EmployeeId> {
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

macro_rules! see_one {
    ($(#[$doc:meta])* $name:ident, $key:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Permission for $name {
            type Key = $key;
            type Row = $key;
            fn check(_tx: &mut Tx<'_>, key: &$key) -> Outcome<$key> {
                Ok(*key)
            }
        }
    };
}

see_one!(
    /// See a colleague.
    SeeEmployee,
    contract::EmployeeId
);
see_one!(
    /// See a group.
    SeeGroup,
    contract::GroupId
);
see_one!(
    /// See a client group.
    SeeClientGroup,
    contract::ClientGroupId
);
see_one!(
    /// See a case type.
    SeeCaseType,
    contract::CaseTypeId
);

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
