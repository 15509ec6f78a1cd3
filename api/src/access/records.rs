//! Permissions about what is recorded of a dossier: messages, parties, the export, who read it, and putting it
//! away (D1, D6, D7, E2).

use contract::{DossierId, DossierState, MessageId, PartyId};

use super::dossiers::{Checked, look, managing};
use super::facts;
use super::{Permission, Tx};
use crate::db::lock::{self, Hold, Table};
use crate::problem::{Outcome, Problem};

/// Refuses who sees that the dossier exists but not its content: a local administrator without access (D4).
pub(super) fn reading(checked: Checked) -> Outcome<Checked> {
    if checked.decision.allows() {
        Ok(checked)
    } else {
        Err(Problem::forbidden(
            "U hebt geen toegang tot de inhoud van dit dossier.",
            "You have no access to the content of this dossier.",
        ))
    }
}

/// Refuses changes of a dossier that was put away.
pub(super) fn in_use(checked: Checked) -> Outcome<Checked> {
    if checked.is_active() {
        Ok(checked)
    } else {
        Err(Problem::conflict(
            "Dit dossier is gearchiveerd en kan niet worden gewijzigd.",
            "This dossier is archived and cannot be changed.",
        ))
    }
}

/// Send a message about a dossier: who has access to it, while it is in use (D6).
#[derive(Debug)]
pub struct SendMessage;

impl Permission for SendMessage {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        in_use(reading(look(tx, *key, Hold::Share)?)?)
    }
}

/// Read one message about a dossier.
#[derive(Debug)]
pub struct ReadMessage;

impl Permission for ReadMessage {
    type Key = (DossierId, MessageId);
    type Row = (Checked, MessageId);
    fn check(tx: &mut Tx<'_>, (dossier, message): &Self::Key) -> Outcome<Self::Row> {
        Ok((reading(look(tx, *dossier, Hold::Share)?)?, *message))
    }
}

/// Read one party of a dossier.
#[derive(Debug)]
pub struct ReadParty;

impl Permission for ReadParty {
    type Key = (DossierId, PartyId);
    type Row = (Checked, PartyId);
    fn check(tx: &mut Tx<'_>, (dossier, party): &Self::Key) -> Outcome<Self::Row> {
        Ok((reading(look(tx, *dossier, Hold::Share)?)?, *party))
    }
}

/// Name whom a dossier concerns: its manager, and local administrators with access to its content, while it
/// is in use (D7).
#[derive(Debug)]
pub struct EditParties;

impl Permission for EditParties {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        in_use(managing(reading(look(tx, *key, Hold::Share)?)?)?)
    }
}

/// Change or remove one party of a dossier.
#[derive(Debug)]
pub struct EditParty;

impl Permission for EditParty {
    type Key = (DossierId, PartyId);
    type Row = (Checked, PartyId);
    fn check(tx: &mut Tx<'_>, (dossier, party): &Self::Key) -> Outcome<Self::Row> {
        Ok((EditParties::check(tx, dossier)?, *party))
    }
}

/// Export everything recorded about a dossier: its manager, and local administrators with access to its
/// content (D4, D7). It shows all of its cases, also those the exporter has no part in: a party's access
/// request is about everything.
#[derive(Debug)]
pub struct ExportDossier;

impl Permission for ExportDossier {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        managing(reading(look(tx, *key, Hold::Share)?)?)
    }
}

/// See who read a dossier: its manager and local administrators (E2). The report holds no content.
#[derive(Debug)]
pub struct SeeReads;

impl Permission for SeeReads {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        managing(look(tx, *key, Hold::Share)?)
    }
}

/// Take an archived dossier back in use: its manager and local administrators.
#[derive(Debug)]
pub struct RestoreDossier;

impl Permission for RestoreDossier {
    type Key = DossierId;
    type Row = Checked;
    fn check(tx: &mut Tx<'_>, key: &DossierId) -> Outcome<Checked> {
        // Its manager does not leave while it comes back. People are locked before dossiers; the manager of
        // an archived dossier does not change.
        let manager =
            facts::dossier(tx.conn, tx.actor.office_id, *key)?.and_then(|dossier| dossier.manager_id);
        lock::rows(tx.conn, Table::Employees, manager, Hold::Share)?;
        let checked = managing(look(tx, *key, Hold::Update)?)?;
        if checked.dossier.state == DossierState::Archived {
            Ok(checked)
        } else {
            Err(Problem::conflict("Dit dossier is al in gebruik.", "This dossier is already in use."))
        }
    }
}
