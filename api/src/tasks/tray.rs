//! Telling a team that a task landed in its tray (T3, T6).

pub mod store;

use contract::{EventId, TaskId};

use crate::access::Tx;
use crate::mail::{self, MailKind, Params};
use crate::problem::Outcome;

/// Mails every active member of the group except who caused it, who switched these mails off, and who is
/// explicitly denied the dossier (T3). A tray is never silent: when that leaves nobody, the case's
/// coordinator is told (T6).
pub fn announce(tx: &mut Tx<'_>, cause: EventId, task: TaskId) -> Outcome<()> {
    let Some(landed) = store::landed(tx, task)? else { return Ok(()) };
    let params = Params {
        group_name: Some(landed.group_name.clone()),
        settings_link: Some("/voorkeuren".to_owned()),
        ..mail::about_task(&landed.case_number, task)
    };
    let office = tx.actor.office_id;
    let listening = store::listening(tx, &landed)?;
    if !listening.is_empty() {
        return mail::queue(tx.conn, office, cause, MailKind::TrayTask, &listening, &params);
    }
    let params = Params { settings_link: None, ..params };
    let told = store::instead(tx, &landed)?;
    mail::queue(tx.conn, office, cause, MailKind::TraySilent, &told, &params)
}
