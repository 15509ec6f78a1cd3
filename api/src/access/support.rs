//! Permissions around support sessions (P3).

use contract::Role;

use super::{Permission, Tx};
use crate::problem::{Outcome, Problem};

/// Open a support session: the helpdesk of the platform's office. That one runs already is a conflict, not a
/// lack of permission.
#[derive(Debug)]
pub struct OpenSupport;

impl Permission for OpenSupport {
    type Key = ();
    type Row = ();
    const IN_SUPPORT: bool = true;
    fn check(tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        if tx.actor.platform && tx.actor.has(Role::Helpdesk) {
            Ok(())
        } else {
            Err(Problem::forbidden(
                "Alleen de helpdesk van het platform opent ondersteuningssessies.",
                "Only the platform's helpdesk opens support sessions.",
            ))
        }
    }
}

/// End one's own session: also from outside the trusted networks, and whatever it may do.
#[derive(Debug)]
pub struct EndOwnSession;

impl Permission for EndOwnSession {
    type Key = ();
    type Row = ();
    const PASSWORD_SESSION: bool = true;
    const CODE_SESSION: bool = true;
    const SETUP_SESSION: bool = true;
    const IN_SUPPORT: bool = true;
    const FROM_ANYWHERE: bool = true;
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}

/// One's own session, wherever it acts and whatever it may do: who am I, sign out, end the visit.
#[derive(Debug)]
pub struct OwnSession;

impl Permission for OwnSession {
    type Key = ();
    type Row = ();
    const PASSWORD_SESSION: bool = true;
    const CODE_SESSION: bool = true;
    const SETUP_SESSION: bool = true;
    const IN_SUPPORT: bool = true;
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}
