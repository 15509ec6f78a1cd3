//! One's own sessions (S7), wherever one acts: helping another office (P3) takes nothing of them away.

use contract::SessionId;

use super::{Permission, Tx};
use crate::me::sessions::store;
use crate::problem::{Outcome, Problem};

/// See and end one's own sessions.
#[derive(Debug)]
pub struct OwnSessions;

impl Permission for OwnSessions {
    type Key = ();
    type Row = ();
    const IN_SUPPORT: bool = true;
    fn check(_tx: &mut Tx<'_>, _key: &()) -> Outcome<()> {
        Ok(())
    }
}

/// End one of them. Another's looks like one that does not exist.
#[derive(Debug)]
pub struct EndSession;

impl Permission for EndSession {
    type Key = SessionId;
    type Row = SessionId;
    const IN_SUPPORT: bool = true;
    fn check(tx: &mut Tx<'_>, key: &SessionId) -> Outcome<SessionId> {
        if store::is_own(tx, *key)? { Ok(*key) } else { Err(Problem::not_found()) }
    }
}
