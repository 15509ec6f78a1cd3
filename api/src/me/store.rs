use std::collections::HashMap;

use contract::{EmployeeState, GroupId, GroupRef, Language, Preferences, PreferencesChange, TrayPreference};
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;

use crate::access::Tx;
use crate::db::schema::{employees, group_members, groups, quiet_trays};
use crate::problem::Outcome;

/// One's settings, with each tray of one's groups (T5).
pub fn preferences(tx: &mut Tx<'_>) -> Outcome<Preferences> {
    let me = tx.actor.id;
    let (language, tray_mails, version): (Language, bool, i64) = employees::table
        .find(me)
        .select((employees::language, employees::tray_mails, employees::preferences_version))
        .first(tx.conn)?;
    let trays: Vec<(GroupId, String, String)> = group_members::table
        .inner_join(groups::table)
        .filter(group_members::employee_id.eq(me))
        .order((groups::name_folded.asc(), groups::id.asc()))
        .select((groups::id, groups::name, groups::work_agreements))
        .load(tx.conn)?;
    let quiet: Vec<GroupId> = quiet_trays::table
        .filter(quiet_trays::employee_id.eq(me))
        .select(quiet_trays::group_id)
        .load(tx.conn)?;
    let ids: Vec<GroupId> = trays.iter().map(|(id, _, _)| *id).collect();
    let others: HashMap<GroupId, i64> = group_members::table
        .inner_join(employees::table)
        .filter(group_members::group_id.eq_any(ids))
        .filter(employees::id.ne(me))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(employees::tray_mails.eq(true))
        .filter(not(exists(
            quiet_trays::table
                .filter(quiet_trays::employee_id.eq(group_members::employee_id))
                .filter(quiet_trays::group_id.eq(group_members::group_id)),
        )))
        .group_by(group_members::group_id)
        .select((group_members::group_id, count_star()))
        .load::<(GroupId, i64)>(tx.conn)?
        .into_iter()
        .collect();
    Ok(Preferences {
        language,
        tray_mails,
        trays: trays
            .into_iter()
            .map(|(id, name, work_agreements)| TrayPreference {
                group: GroupRef { id, name },
                work_agreements,
                tray_mails: !quiet.contains(&id),
                others_receiving: others
                    .get(&id)
                    .and_then(|count| u32::try_from(*count).ok())
                    .unwrap_or_default(),
            })
            .collect(),
        version,
    })
}

/// Changes one's settings if nobody did since `version`. Another language than `before` is a change of the
/// employee, too: an administrator who has the form open must see it (C10).
pub fn update_preferences(
    tx: &mut Tx<'_>,
    before: Language,
    change: &PreferencesChange,
    version: i64,
) -> Outcome<bool> {
    let me = tx.actor.id;
    let changed = diesel::update(
        employees::table.filter(employees::id.eq(me)).filter(employees::preferences_version.eq(version)),
    )
    .set((
        employees::language.eq(change.language),
        employees::tray_mails.eq(change.tray_mails),
        employees::preferences_version.eq(employees::preferences_version + 1),
        employees::version.eq(employees::version + i64::from(before != change.language)),
    ))
    .execute(tx.conn)?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::delete(quiet_trays::table.filter(quiet_trays::employee_id.eq(me))).execute(tx.conn)?;
    for group in &change.quiet_groups {
        diesel::insert_into(quiet_trays::table)
            .values((quiet_trays::employee_id.eq(me), quiet_trays::group_id.eq(group)))
            .execute(tx.conn)?;
    }
    Ok(true)
}
