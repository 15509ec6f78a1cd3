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
use crate::secrets::Secrets;
use crate::sign_in::policy::SignInName;
use crate::{clock, employees, sign_in};

/// How long the password on the operator's screen works (S4).
const VALID: TimeDelta = TimeDelta::minutes(30);

/// Lets someone in again when nobody can sign in who could reactivate them: the account is active from now
/// on, whatever it was, and the operator tells its owner a temporary password. Recorded in the office's audit
/// trail; the real password, if any, keeps working (S4).
pub(super) fn reactivate(config: &Config, who: &str) -> Result<()> {
    let name = SignInName::parse(who);
    let secrets = Secrets::load(&config.secrets_file)?;
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
        events::record_by(conn, &by, event)?;
        Ok(true)
    })
    .map_err(|problem| problem.to_string())?;
    if !found {
        return Err(format!("there is no account {who}: name it as USERNAME@OFFICE"));
    }
    out(&format!(
        "{who} is active, and signs in with the temporary password:  {password}  (30 minutes, once)"
    ))
}
