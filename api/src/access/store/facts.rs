use std::collections::BTreeSet;

use contract::{
    ClientGroupId, DossierId, DossierState, Effect, EmployeeId, EmployeeState, GroupId, GroupRef, OfficeId,
    Visibility,
};
use diesel::prelude::*;

use crate::db::schema::{
    dossier_employee_rules, dossier_group_rules, dossiers, employees, group_members, groups,
};
use crate::db::{Conn, on};
use crate::problem::Outcome;

/// A dossier.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
pub struct DossierRow {
    /// Its id.
    pub id: DossierId,
    /// Its office.
    pub office_id: OfficeId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Who manages it.
    pub manager_id: Option<EmployeeId>,
    /// Its client group.
    pub client_group_id: Option<ClientGroupId>,
    /// Who sees it without a rule.
    pub visibility: Visibility,
    /// Whether it is in use.
    pub state: DossierState,
    /// When it was made.
    pub created_at: chrono::NaiveDateTime,
    /// Counts its changes.
    pub version: i64,
}

/// A dossier of an office.
pub fn dossier(conn: &mut Conn, office: OfficeId, id: DossierId) -> Outcome<Option<DossierRow>> {
    let found = dossiers::table.filter(dossiers::office_id.eq(office)).filter(dossiers::id.eq(id));
    Ok(on!(conn, |db| found.select(DossierRow::as_select()).first(db)).optional()?)
}

/// Whom some dossiers of an office name: their managers, and who has a rule of their own.
pub fn named(conn: &mut Conn, office: OfficeId, ids: &[DossierId]) -> Outcome<BTreeSet<EmployeeId>> {
    let managers: Vec<EmployeeId> = dossiers::table
        .filter(dossiers::office_id.eq(office))
        .filter(dossiers::id.eq_any(ids))
        .filter(dossiers::manager_id.is_not_null())
        .select(dossiers::manager_id.assume_not_null())
        .load(conn)?;
    let ruled: Vec<EmployeeId> = dossier_employee_rules::table
        .inner_join(dossiers::table)
        .filter(dossiers::office_id.eq(office))
        .filter(dossiers::id.eq_any(ids))
        .select(dossier_employee_rules::employee_id)
        .load(conn)?;
    Ok(managers.into_iter().chain(ruled).collect())
}

/// Someone of an office, and whether they are active.
pub fn employee(
    conn: &mut Conn,
    office: OfficeId,
    id: EmployeeId,
) -> Outcome<Option<(String, EmployeeState)>> {
    Ok(employees::table
        .filter(employees::office_id.eq(office))
        .filter(employees::id.eq(id))
        .select((employees::name, employees::state))
        .first(conn)
        .optional()?)
}

/// The rule of a dossier for someone by name.
pub fn own_rule(conn: &mut Conn, dossier: DossierId, employee: EmployeeId) -> Outcome<Option<Effect>> {
    let rule = dossier_employee_rules::table
        .filter(dossier_employee_rules::dossier_id.eq(dossier))
        .filter(dossier_employee_rules::employee_id.eq(employee))
        .select(dossier_employee_rules::effect);
    Ok(on!(conn, |db| rule.first(db)).optional()?)
}

/// The rules of a dossier for the groups someone is in, by the group's name.
pub fn group_rules(
    conn: &mut Conn,
    dossier: DossierId,
    employee: EmployeeId,
) -> Outcome<Vec<(GroupRef, Effect)>> {
    let rules = dossier_group_rules::table
        .inner_join(groups::table.inner_join(group_members::table))
        .filter(dossier_group_rules::dossier_id.eq(dossier))
        .filter(group_members::employee_id.eq(employee))
        .order((groups::name_folded.asc(), groups::id.asc()))
        .select((groups::id, groups::name, dossier_group_rules::effect));
    let rules: Vec<(GroupId, String, Effect)> = on!(conn, |db| rules.load(db))?;
    Ok(rules.into_iter().map(|(id, name, effect)| (GroupRef { id, name }, effect)).collect())
}
