//! A case closes: its open tasks are withdrawn, and whoever had them is told (C9).

use contract::EventId;
use serde_json::json;

use super::store;
use super::tray::store::members_listening;
use crate::access::Tx;
use crate::access::cases::Checked;
use crate::events::{self, Event};
use crate::mail::{self, MailKind};
use crate::problem::Outcome;

/// Withdraws all open tasks of a case that was just closed.
pub fn all_of(tx: &mut Tx<'_>, cause: EventId, checked: &Checked) -> Outcome<()> {
    let case = &checked.case;
    for task in store::open_of(tx.conn, case.id)? {
        let told = match task.holder_id {
            Some(holder) if holder != tx.actor.id => vec![holder],
            Some(_) => Vec::new(),
            None => members_listening(tx, task.id)?,
        };
        let event = events::record(
            tx,
            Event::of("task.withdrawn", "task", task.id)
                .old(json!({ "holderId": task.holder_id, "trayId": task.tray_id, "closedBy": cause })),
        )?;
        let office = tx.actor.office_id;
        let mut params = mail::about_task(&case.number, task.id);
        if let Some(tray) = task.tray_id {
            params.group_name = Some(crate::groups::store::find(tx, tray)?.name);
            params.settings_link = Some("/voorkeuren".to_owned());
        }
        mail::queue(tx.conn, office, event, MailKind::TaskWithdrawn, &told, &params)?;
    }
    store::withdraw_all(tx, case.id)?;
    Ok(())
}
