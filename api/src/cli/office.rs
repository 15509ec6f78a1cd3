use contract::{Errors, Language, NewEmployee, Role, Validate};
use serde_json::json;

use super::{NewOffice, Result, connect_current, out};
use crate::config::Config;
use crate::db::transaction;
use crate::events::{self, By, Event};
use crate::mail::message::temporary_password;
use crate::mail::store::set_temporary_password;
use crate::problem::Problem;
use crate::{clock, employees, networks, offices};

pub(super) fn create(config: &Config, new: NewOffice) -> Result<()> {
    let mut errors = Errors::new(Language::English);
    let code = errors.username("--code", &new.code);
    let name = errors.required("--name", &new.name, 100);
    let email = errors.email("--email", &new.email);
    let mut administrator = NewEmployee {
        username: new.admin_username,
        name: new.admin_name,
        email: new.admin_email,
        roles: vec![Role::LocalAdmin],
        group_ids: Vec::new(),
        language: Language::Dutch,
    };
    administrator.validate(&mut errors);
    let wrong = errors.into_vec();
    if !wrong.is_empty() {
        let lines: Vec<String> =
            wrong.into_iter().map(|error| format!("{}: {}", error.field, error.detail)).collect();
        return Err(lines.join("\n"));
    }
    let secrets = config.secrets.load_or_create()?;
    let password = temporary_password();
    let expires = clock::stamp() + chrono::TimeDelta::hours(72);
    let mut conn = connect_current(config)?;
    let made = transaction(&mut conn, |conn| {
        let Some(office) = offices::store::insert(conn, &code, &name, &email)? else { return Ok(false) };
        if new.platform && !offices::store::make_platform(conn, office)? {
            return Err(Problem::conflict(
                "Er is al een organisatie van het platform.",
                "There is already an office of the platform.",
            ));
        }
        let id = employees::store::insert(conn, office, &administrator)?
            .ok_or_else(|| Problem::internal("a new office has no usernames"))?;
        set_temporary_password(conn, id, &secrets.keyed_hash(&password), expires)?;
        let by = By { office_id: Some(office), employee_id: None, address: "command line".to_owned() };
        events::record_by(
            conn,
            &by,
            Event::of("office.created", "office", office).new_values(json!({ "code": code, "name": name,
                "platform": new.platform })),
        )?;
        let event = Event::of("employee.created", "employee", id);
        events::record_by(conn, &by, event.new_values(json!(administrator)))?;
        Ok(true)
    })
    .map_err(|problem| problem.to_string())?;
    if !made {
        return Err(format!("there is already an office with the code {code}"));
    }
    out(&format!("Made the office {name}."))?;
    out(&format!("{} signs in as:  {}@{code}", administrator.name, administrator.username))?;
    out(&format!("with the temporary password:  {password}  (72 hours, once)"))
}

/// Switches an office's restriction to trusted networks off (S8), when nobody can get in who could. What its list holds
/// stays. Recorded in the office's audit trail.
pub(super) fn open_networks(config: &Config, code: &str) -> Result<()> {
    let mut conn = connect_current(config)?;
    let opened = transaction(&mut conn, |conn| {
        let Some(office) = offices::store::by_code(conn, code)? else { return Ok(None) };
        let opened = networks::store::open_up(conn, office.id)?;
        if opened {
            let by = By { office_id: Some(office.id), employee_id: None, address: "command line".to_owned() };
            let event = Event::of("office.networks-updated", "office", office.id);
            let event = event.old(json!({ "enforced": true })).new_values(json!({ "enforced": false }));
            events::record_by(conn, &by, event)?;
        }
        Ok(Some(opened))
    })
    .map_err(|problem| problem.to_string())?;
    match opened {
        None => Err(format!("there is no office with the code {code}")),
        Some(_) if config.networks_enforced => Err(format!(
            "the office {code} restricts nothing by itself, but WERKBAK_NETWORKS_ENFORCED refuses whoever is outside WERKBAK_NETWORKS and its list"
        )),
        Some(false) => out(&format!("The office {code} lets its people in from everywhere already.")),
        Some(true) => out(&format!("The office {code} lets its people in from everywhere.")),
    }
}
