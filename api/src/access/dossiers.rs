//! Permissions about one dossier (D3, D4).

use contract::{DossierId, DossierRights, DossierState, Role};

use super::facts::{self, DossierRow};
use super::store::standing;
use super::{Permission, Tx};
use crate::db::Conn;
use crate::db::lock::{self, Hold, Table};
use crate::dossiers::policy::Decision;
use crate::problem::{Outcome, Problem};

/// A dossier and what its reader may do with it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The dossier.
    pub dossier: DossierRow,
    /// The reader's access to its content.
    pub decision: Decision,
    /// Whether they manage its rules (D4).
    pub manages_rules: bool,
}

impl Checked {
    /// Whether they may change its data.
    pub fn may_edit(&self) -> bool {
        self.manages_rules && self.is_active()
    }

    /// Whether the dossier is in use.
    pub fn is_active(&self) -> bool {
        self.dossier.state == DossierState::Active
    }

    /// What they may do, for their screen.
    pub fn rights(&self) -> DossierRights {
        let read = self.decision.allows();
        DossierRights {
            read,
            edit: self.may_edit(),
            manage_rules: self.manages_rules,
            send_messages: read && self.is_active(),
            edit_parties: read && self.may_edit(),
            export: read && self.manages_rules,
            see_reads: self.manages_rules,
            archive: self.may_edit(),
            restore: self.manages_rules && !self.is_active(),
        }
    }
}

/// Locks dossiers that will change, and before them everyone who may lose access by being named no longer: the
/// manager, and who has a rule. While they are held none of them joins a group that is denied, so that one of
/// the two changes sees what they do together (P4).
pub fn lock_to_change(tx: &mut Tx<'_>, ids: &[DossierId]) -> Outcome<()> {
    if !matches!(tx.conn, Conn::Postgres(_)) {
        return Ok(());
    }
    let named = facts::named(tx.conn, tx.actor.office_id, ids)?;
    lock::rows(tx.conn, Table::Employees, named.iter().copied(), Hold::Share)?;
    lock::rows(tx.conn, Table::Dossiers, ids.iter().copied(), Hold::Update)?;
    // Someone else was named while this waited for the dossiers.
    if !facts::named(tx.conn, tx.actor.office_id, ids)?.is_subset(&named) {
        return Err(Problem::busy().run_again());
    }
    Ok(())
}

pub(super) fn look(tx: &mut Tx<'_>, id: DossierId, hold: Hold) -> Outcome<Checked> {
    if tx.writing {
        lock::rows(tx.conn, Table::Dossiers, [id], hold)?;
    }
    let dossier = facts::dossier(tx.conn, tx.actor.office_id, id)?.ok_or_else(Problem::not_found)?;
    let decision = facts::decide(tx.conn, &dossier, tx.actor.id, true)?;
    let manages_rules = dossier.manager_id == Some(tx.actor.id) || tx.actor.has(Role::LocalAdmin);
    if !decision.allows() && !manages_rules {
        return Err(Problem::not_found().hiding(decision.denies()));
    }
    Ok(Checked { dossier, decision, manages_rules })
}

/// See a dossier: who has access; and local administrators, who see its number, manager and rules without
/// its content (D4).
#[derive(Debug)]
pub struct SeeDossier;

impl Permission for SeeDossier {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        look(tx, *key, Hold::Share)
    }
}

/// See the dossier with a number: the same people (D4). Nobody else learns whether there is one.
#[derive(Debug)]
pub struct SeeDossierByNumber;

impl Permission for SeeDossierByNumber {
    type Key = String;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &String) -> Outcome<Checked> {
        // No dossier has such a number, and PostgreSQL keeps no NUL.
        if key.chars().any(char::is_control) {
            return Err(Problem::not_found());
        }
        let id = standing::numbered(tx, key)?.ok_or_else(Problem::not_found)?;
        look(tx, id, Hold::Share)
    }
}

/// Read a dossier's content: who has access (D3). A local administrator without it sees that the dossier
/// exists, and is told so (D4).
#[derive(Debug)]
pub struct ReadDossier;

impl Permission for ReadDossier {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        super::records::reading(look(tx, *key, Hold::Share)?)
    }
}

/// See a dossier's rules, and why someone has access: its manager and local administrators (D4, D5).
#[derive(Debug)]
pub struct SeeRules;

impl Permission for SeeRules {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        managing(look(tx, *key, Hold::Share)?)
    }
}

/// Change a dossier: its manager and local administrators (P2, D4), while it is in use.
#[derive(Debug)]
pub struct ManageDossier;

impl Permission for ManageDossier {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        if tx.writing {
            lock_to_change(tx, &[*key])?;
        }
        super::records::in_use(managing(look(tx, *key, Hold::Update)?)?)
    }
}

pub(super) fn managing(checked: Checked) -> Outcome<Checked> {
    if checked.manages_rules {
        Ok(checked)
    } else {
        Err(Problem::forbidden(
            "Alleen de dossierbeheerder of een lokaal beheerder mag dit.",
            "Only the dossier's manager or a local administrator may do this.",
        ))
    }
}

/// Why someone has access to a dossier (D5): one's own access for who sees the dossier, that of others for
/// its manager and local administrators.
#[derive(Debug)]
pub struct ExplainAccess;

impl Permission for ExplainAccess {
    type Key = (DossierId, contract::EmployeeId);
    type Row = (DossierRow, contract::EmployeeId);
    fn check(tx: &mut Tx<'_>, (id, employee): &Self::Key) -> Outcome<Self::Row> {
        let checked = look(tx, *id, Hold::Share)?;
        if *employee == tx.actor.id || checked.manages_rules {
            return Ok((checked.dossier, *employee));
        }
        managing(checked).map(|checked| (checked.dossier, *employee))
    }
}
