use chrono::TimeDelta;
use contract::EmployeeState;
use serde_json::json;

use super::{Result, connect_current, out};
use crate::config::Config;
use crate::db::lock::{self, Hold, Table};
use crate::db::transaction;
use crate::events::{self, By, Event};
use crate::mail::message::temporary_password;
use crate::mail::store::set_temporary_password;
use crate::mail::{self, MailKind, Params};
use crate::sign_in::policy::SignInName;
use crate::{clock, employees, second_factor, sign_in};

/// How long the password on the operator's screen works (S4).
const VALID: TimeDelta = TimeDelta::minutes(30);

/// Lets someone in again when nobody can sign in who could reactivate them: the account is active from now
/// on, whatever it was, and the operator tells its owner a temporary password. Recorded in the office's audit
/// trail, and mailed to its other local administrators; the real password, if any, keeps working (S4).
pub(super) fn reactivate(config: &Config, who: &str) -> Result<()> {
    let name = SignInName::parse(who);
    let secrets = config.secrets.load()?;
    let password = temporary_password();
    let expires = clock::stamp() + VALID;
    let mut conn = connect_current(config)?;
    let found = transaction(&mut conn, |conn| {
        let Some(account) = sign_in::store::account(conn, &name)? else { return Ok(false) };
        lock::rows(conn, Table::Employees, [account.id], Hold::Update)?;
        let before = employees::reactivation::store::open_up(conn, account.id)?;
        set_temporary_password(conn, account.id, &secrets.keyed_hash(&password), expires)?;
        let by =
            By { office_id: Some(account.office_id), employee_id: None, address: "command line".to_owned() };
        let event = Event::of("employee.reactivated", "employee", account.id)
            .old(json!({ "state": before }))
            .new_values(json!({ "state": EmployeeState::Active, "temporaryPassword": true }));
        let event = events::record_by(conn, &by, event)?;
        // Whoever administers the office sees that it was done, and can ask why.
        let (username, code) = sign_in::store::full_name(conn, account.id)?;
        let others = employees::store::other_administrators(conn, account.office_id, account.id)?;
        let params = Params {
            account: Some(format!("{username}@{code}")),
            moment: Some(clock::now()),
            link: Some(format!("/instellingen/medewerkers/{}", account.id)),
            ..Params::default()
        };
        mail::queue(conn, account.office_id, event, MailKind::OperatorReactivated, &others, &params)?;
        Ok(true)
    })
    .map_err(|problem| problem.to_string())?;
    if !found {
        return Err(unknown(who));
    }
    out(&format!(
        "{who} is active, and signs in with the temporary password:  {password}  (30 minutes, once)"
    ))
}

/// Takes someone's second factor away who lost the device, when no other administrator can. Failed attempts stay
/// counted, and nothing is unlocked. Recorded in the office's audit trail.
pub(super) fn reset_second_factor(config: &Config, who: &str) -> Result<()> {
    let name = SignInName::parse(who);
    let mut conn = connect_current(config)?;
    let removed = transaction(&mut conn, |conn| {
        let Some(account) = sign_in::store::account(conn, &name)? else { return Ok(None) };
        lock::rows(conn, Table::Employees, [account.id], Hold::Update)?;
        if !second_factor::store::remove(conn, account.id)? {
            return Ok(Some(false));
        }
        sign_in::store::end_all_sessions(conn, account.id)?;
        let by =
            By { office_id: Some(account.office_id), employee_id: None, address: "command line".to_owned() };
        let event =
            events::record_by(conn, &by, Event::of("employee.second-factor-reset", "employee", account.id))?;
        let (kind, params) = (MailKind::SecondFactorReset, Params::default());
        mail::queue(conn, account.office_id, event, kind, &[account.id], &params)?;
        Ok(Some(true))
    })
    .map_err(|problem| problem.to_string())?;
    match removed {
        None => Err(unknown(who)),
        Some(false) => Err(format!("{who} has no second factor")),
        Some(true) => {
            out(&format!("{who} signs in without a second factor from now on, or sets up a new one"))
        }
    }
}

fn unknown(who: &str) -> String {
    format!("there is no account {who}: name it as USERNAME@OFFICE")
}
