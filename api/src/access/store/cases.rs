use chrono::{NaiveDate, NaiveDateTime};
use contract::{
    CaseId, CaseState, CaseTypeId, CaseTypeRevisionId, DossierId, EmployeeId, OfficeId, ResultTypeId,
    TaskState,
};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::facts::DossierRow;
use crate::db::schema::{
    case_supporters, case_type_employees, case_type_groups, case_types, cases, dossiers, group_members, tasks,
};
use crate::db::{Conn, on};
use crate::problem::Outcome;

/// A case.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = cases)]
pub struct CaseRow {
    /// Its id.
    pub id: CaseId,
    /// Its dossier.
    pub dossier_id: DossierId,
    /// Its type.
    pub case_type_id: CaseTypeId,
    /// The revision of the type it was opened with.
    pub revision_id: CaseTypeRevisionId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whether it is being worked on.
    pub state: CaseState,
    /// When it started.
    pub start_date: NaiveDate,
    /// When it should be done.
    pub target_date: Option<NaiveDate>,
    /// When it must be done.
    pub deadline: Option<NaiveDate>,
    /// Who runs it.
    pub coordinator_id: EmployeeId,
    /// When it ended.
    pub closed_at: Option<NaiveDateTime>,
    /// Who ended it.
    pub closed_by: Option<EmployeeId>,
    /// With which result.
    pub result_type_id: Option<ResultTypeId>,
    /// Why it was an administrative error.
    pub administrative_error: Option<String>,
    /// Counts the changes to header and team.
    pub version: i64,
}

/// A case of an office, and its dossier.
pub fn case(conn: &mut Conn, office: OfficeId, id: CaseId) -> Outcome<Option<(CaseRow, DossierRow)>> {
    let found = cases::table
        .inner_join(dossiers::table)
        .filter(cases::office_id.eq(office))
        .filter(dossiers::office_id.eq(office))
        .filter(cases::id.eq(id));
    let both = on!(conn, |db| found.select((CaseRow::as_select(), DossierRow::as_select())).first(db));
    Ok(both.optional()?)
}

/// Whether someone is a supporter of a case.
pub fn supports(conn: &mut Conn, case: CaseId, employee: EmployeeId) -> Outcome<bool> {
    let row = case_supporters::table
        .filter(case_supporters::case_id.eq(case))
        .filter(case_supporters::employee_id.eq(employee));
    Ok(on!(conn, |db| diesel::select(exists(row)).get_result(db))?)
}

/// Whether an office has a case type.
pub fn case_type_exists(conn: &mut Conn, office: OfficeId, id: CaseTypeId) -> Outcome<bool> {
    Ok(diesel::select(exists(
        case_types::table.filter(case_types::office_id.eq(office)).filter(case_types::id.eq(id)),
    ))
    .get_result(conn)?)
}

/// Whether someone is authorised for a case type (C2).
pub fn authorised(conn: &mut Conn, case_type: CaseTypeId, employee: EmployeeId) -> Outcome<bool> {
    let by_name = case_type_employees::table
        .filter(case_type_employees::case_type_id.eq(case_type))
        .filter(case_type_employees::employee_id.eq(employee));
    let by_group = case_type_groups::table
        .inner_join(group_members::table.on(group_members::group_id.eq(case_type_groups::group_id)))
        .filter(case_type_groups::case_type_id.eq(case_type))
        .filter(group_members::employee_id.eq(employee));
    Ok(on!(&mut *conn, |db| diesel::select(exists(by_name)).get_result::<bool>(db))?
        || on!(conn, |db| diesel::select(exists(by_group)).get_result::<bool>(db))?)
}

/// Whether someone holds, or can claim, an open task of a case.
pub fn has_task(conn: &mut Conn, case: CaseId, employee: EmployeeId) -> Outcome<bool> {
    let my_groups =
        group_members::table.filter(group_members::employee_id.eq(employee)).select(group_members::group_id);
    let open = tasks::table
        .filter(tasks::case_id.eq(case))
        .filter(tasks::state.eq(TaskState::Open))
        .filter(tasks::holder_id.eq(employee).or(tasks::tray_id.eq_any(my_groups.nullable())));
    Ok(diesel::select(exists(open)).get_result(conn)?)
}
