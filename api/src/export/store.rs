use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;
use contract::ids::sql::Id;
use contract::{
    Answer, CaseClosed, CaseId, CheckId, CheckType, DossierId, EmployeeId, EmployeeRef, EventId,
    ExportedCase, ExportedDossier, ExportedEvent, ResultTypeId, Step, StepId, StepType, StepTypeId, Task,
    TaskId,
};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::access::cases::CaseRow;
use crate::access::records::ExportDossier;

use crate::access::{Permit, Tx};
use crate::cases::store::{StepRow, summaries};
use crate::cases::view;
use crate::db::Conn;
use crate::db::schema::{
    case_answers, case_steps, case_supporters, cases, check_types, employees, events, result_types,
    step_types, tasks,
};
use crate::db::sql::{self, Sql};
use crate::employees::store::{name_of, names};
use crate::problem::{Outcome, Problem};
use crate::{case_types, dossiers};

/// A dossier's own data.
pub fn dossier(tx: &mut Tx<'_>, permit: &Permit<ExportDossier>) -> Outcome<ExportedDossier> {
    let row = permit.row().dossier.clone();
    let manager = match row.manager_id {
        Some(id) => names(tx.conn, &[id])?.remove(&id),
        None => None,
    };
    let client_group = match row.client_group_id {
        Some(id) => dossiers::store::client_group(tx.conn, id)?,
        None => None,
    };
    Ok(ExportedDossier {
        id: row.id,
        number: row.number,
        name: row.name,
        manager,
        client_group,
        visibility: row.visibility,
        state: row.state,
        created_at: row.created_at.and_utc(),
    })
}

/// Some cases of a dossier after one, oldest first, each with all that is in it. A fixed number of statements.
pub fn cases(
    tx: &mut Tx<'_>,
    dossier: DossierId,
    after: Option<CaseId>,
    most: i64,
) -> Outcome<Vec<ExportedCase>> {
    let mut query = cases::table
        .filter(cases::dossier_id.eq(dossier))
        .order(cases::id.asc())
        .limit(most)
        .select(CaseRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(cases::id.gt(after));
    }
    let rows: Vec<CaseRow> = query.load(tx.conn)?;
    let ids: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
    let revisions: Vec<_> = rows.iter().map(|row| row.revision_id).collect();
    let revisions = case_types::store::revisions(tx.conn, &revisions)?;
    let mut supporters = supporters(tx.conn, &ids)?;
    let mut steps = steps(tx.conn, &ids)?;
    let mut tasks = tasks_of(tx, &ids)?;
    let mut closures = closures(tx.conn, &rows)?;
    let confidentialities: HashMap<CaseId, _> = rows
        .iter()
        .filter_map(|row| Some((row.id, revisions.get(&row.revision_id)?.confidentiality)))
        .collect();
    summaries(tx, &ids)?
        .into_iter()
        .map(|header| {
            let id = header.id;
            let confidentiality = *confidentialities
                .get(&id)
                .ok_or_else(|| Problem::internal("a case without its revision"))?;
            Ok(ExportedCase {
                header,
                confidentiality,
                supporters: supporters.remove(&id).unwrap_or_default(),
                steps: steps.remove(&id).unwrap_or_default(),
                tasks: tasks.remove(&id).unwrap_or_default(),
                closure: closures.remove(&id),
            })
        })
        .collect()
}

fn supporters(conn: &mut Conn, ids: &[CaseId]) -> Outcome<HashMap<CaseId, Vec<EmployeeRef>>> {
    let rows: Vec<(CaseId, EmployeeId, String)> = case_supporters::table
        .inner_join(employees::table)
        .filter(case_supporters::case_id.eq_any(ids))
        .order((employees::name_folded.asc(), employees::id.asc()))
        .select((case_supporters::case_id, employees::id, employees::name))
        .load(conn)?;
    let mut of_case: HashMap<CaseId, Vec<EmployeeRef>> = HashMap::new();
    for (case, id, name) in rows {
        of_case.entry(case).or_default().push(EmployeeRef { id, name });
    }
    Ok(of_case)
}

fn steps(conn: &mut Conn, ids: &[CaseId]) -> Outcome<HashMap<CaseId, Vec<Step>>> {
    let rows: Vec<StepRow> = case_steps::table
        .filter(case_steps::case_id.eq_any(ids))
        .order((case_steps::case_id.asc(), case_steps::position.asc()))
        .select(StepRow::as_select())
        .load(conn)?;
    let types: BTreeSet<StepTypeId> = rows.iter().map(|row| row.step_type_id).collect();
    let types = described(conn, &types)?;
    let answers: HashMap<(StepId, CheckId), Answer> = case_answers::table
        .inner_join(case_steps::table)
        .filter(case_steps::case_id.eq_any(ids))
        .select((case_answers::step_id, case_answers::check_id, case_answers::answer))
        .load::<(StepId, CheckId, Answer)>(conn)?
        .into_iter()
        .map(|(step, check, answer)| ((step, check), answer))
        .collect();
    let finishers: Vec<EmployeeId> = rows.iter().filter_map(|row| row.finished_by).collect();
    let finishers = names(conn, &finishers)?;
    let mut of_case: HashMap<CaseId, Vec<Step>> = HashMap::new();
    for row in rows {
        let described =
            types.get(&row.step_type_id).ok_or_else(|| Problem::internal("a step without its type"))?;
        of_case.entry(row.case_id).or_default().push(view::step(row, described, &answers, &finishers));
    }
    Ok(of_case)
}

fn described(conn: &mut Conn, ids: &BTreeSet<StepTypeId>) -> Outcome<HashMap<StepTypeId, StepType>> {
    type CheckRow = (StepTypeId, CheckId, String, String, bool);
    let checks: Vec<CheckRow> = check_types::table
        .filter(check_types::step_type_id.eq_any(ids))
        .order(check_types::position.asc())
        .select((
            check_types::step_type_id,
            check_types::id,
            check_types::name,
            check_types::question,
            check_types::required,
        ))
        .load(conn)?;
    let rows: Vec<(StepTypeId, String, String)> = step_types::table
        .filter(step_types::id.eq_any(ids))
        .select((step_types::id, step_types::name, step_types::explanation))
        .load(conn)?;
    let mut types: HashMap<StepTypeId, StepType> = rows
        .into_iter()
        .map(|(id, name, explanation)| (id, StepType { id, name, explanation, checks: Vec::new() }))
        .collect();
    for (step, id, name, question, required) in checks {
        if let Some(described) = types.get_mut(&step) {
            described.checks.push(CheckType { id, name, question, required });
        }
    }
    Ok(types)
}

fn tasks_of(tx: &mut Tx<'_>, ids: &[CaseId]) -> Outcome<HashMap<CaseId, Vec<Task>>> {
    let rows: Vec<TaskId> = tasks::table
        .filter(tasks::case_id.eq_any(ids))
        .order(tasks::id.asc())
        .select(tasks::id)
        .load(tx.conn)?;
    let mut of_case: HashMap<CaseId, Vec<Task>> = HashMap::new();
    for task in crate::tasks::store::views(tx, &rows)? {
        of_case.entry(task.of_case.id).or_default().push(task);
    }
    Ok(of_case)
}

fn closures(conn: &mut Conn, rows: &[CaseRow]) -> Outcome<HashMap<CaseId, CaseClosed>> {
    let people: Vec<EmployeeId> = rows.iter().filter_map(|row| row.closed_by).collect();
    let people = names(conn, &people)?;
    let results: Vec<ResultTypeId> = rows.iter().filter_map(|row| row.result_type_id).collect();
    let results: HashMap<ResultTypeId, String> = result_types::table
        .filter(result_types::id.eq_any(results))
        .select((result_types::id, result_types::name))
        .load::<(ResultTypeId, String)>(conn)?
        .into_iter()
        .collect();
    Ok(rows
        .iter()
        .filter_map(|row| {
            let closed = CaseClosed {
                at: row.closed_at?.and_utc(),
                by: name_of(&people, row.closed_by?),
                result: row.result_type_id.and_then(|id| results.get(&id).cloned()),
                administrative_error: row.administrative_error.clone(),
            };
            Some((row.id, closed))
        })
        .collect())
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = events)]
struct EventRow {
    id: EventId,
    at: NaiveDateTime,
    actor_id: Option<EmployeeId>,
    kind: String,
    object_kind: String,
    object_id: Option<EventId>,
    old_values: Option<String>,
    new_values: Option<String>,
    reason: Option<String>,
}

/// Events of a dossier, its cases and their tasks after one, oldest first. What happens to a step is an event
/// of its case; to a party or a message, one of the dossier.
pub fn events(
    conn: &mut Conn,
    dossier: DossierId,
    after: Option<EventId>,
    most: i64,
) -> Outcome<Vec<ExportedEvent>> {
    // What it is about leads to the events: PostgreSQL would go through all there are for three conditions of which one holds.
    let mut sql = Sql::on(conn);
    sql.name("dossier", dossier).name("after", after.map_or_else(Uuid::nil, Into::into)).with(
        "SELECT e.id FROM (SELECT d.id FROM dossiers d WHERE d.id = :dossier \
         UNION ALL SELECT c.id FROM cases c WHERE c.dossier_id = :dossier \
         UNION ALL SELECT t.id FROM cases c !JOIN tasks t ON t.case_id = c.id WHERE c.dossier_id = :dossier) o \
         !JOIN events e ON e.object_id = o.id AND e.id > :after ORDER BY e.id LIMIT ?",
        [sql::Value::Number(most)],
    );
    let ids: Vec<EventId> = sql.load::<Id, EventId>(conn)?;
    let rows: Vec<EventRow> = events::table
        .filter(events::id.eq_any(ids))
        .order(events::id.asc())
        .select(EventRow::as_select())
        .load(conn)?;
    let people: Vec<EmployeeId> = rows.iter().filter_map(|row| row.actor_id).collect();
    let people = names(conn, &people)?;
    rows.into_iter()
        .map(|row| {
            let values = |text: Option<String>| -> Outcome<Option<Value>> {
                text.map(|text| text.parse()).transpose().map_err(Problem::internal)
            };
            Ok(ExportedEvent {
                id: row.id,
                at: row.at.and_utc(),
                actor: row.actor_id.map(|id| name_of(&people, id)),
                kind: row.kind,
                object_kind: row.object_kind,
                object_id: row.object_id.map(|id| id.0).unwrap_or_default(),
                old: values(row.old_values)?,
                new: values(row.new_values)?,
                reason: row.reason,
            })
        })
        .collect()
}
