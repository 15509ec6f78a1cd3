use std::collections::HashMap;

use chrono::NaiveDateTime;
use contract::{
    CaseId, CaseNumber, DossierId, DossierRead, DossierRef, EmployeeId, EmployeeRead, Page, ReadContent,
    ReadId,
};
use diesel::prelude::*;

use crate::access::visibility::Visibility;
use crate::access::{Permit, Tx, office::AdministerEmployee, records::SeeReads};
use crate::db::Conn;
use crate::db::schema::{cases, dossiers, reads};
use crate::employees::store::{name_of, names};
use crate::http::paging::Window;
use crate::problem::Outcome;

/// One reading, to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = reads)]
pub struct NewRead {
    /// Of which dossier.
    pub dossier_id: DossierId,
    /// Its id.
    pub id: ReadId,
    /// By whom.
    pub employee_id: EmployeeId,
    /// Of which case.
    pub case_id: Option<CaseId>,
    /// When.
    pub at: NaiveDateTime,
    /// What.
    pub content: ReadContent,
}

/// Writes a batch: on PostgreSQL in one statement, because each is a trip to the server; on SQLite by one
/// prepared statement, because there it is not.
pub fn insert(conn: &mut Conn, batch: &[NewRead]) -> Outcome<()> {
    match conn {
        Conn::Postgres(conn) => {
            diesel::insert_into(reads::table).values(batch).execute(conn)?;
        }
        Conn::Sqlite(conn) => {
            for read in batch {
                diesel::insert_into(reads::table).values(read).execute(conn)?;
            }
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reads)]
struct ReadRow {
    dossier_id: DossierId,
    id: ReadId,
    employee_id: EmployeeId,
    case_id: Option<CaseId>,
    at: NaiveDateTime,
    content: ReadContent,
}

fn case_numbers(conn: &mut Conn, rows: &[ReadRow]) -> Outcome<HashMap<CaseId, CaseNumber>> {
    let ids: Vec<CaseId> = rows.iter().filter_map(|row| row.case_id).collect();
    let found: Vec<(CaseId, String)> =
        cases::table.filter(cases::id.eq_any(ids)).select((cases::id, cases::number)).load(conn)?;
    Ok(found.into_iter().map(|(id, number)| (id, CaseNumber { id, number })).collect())
}

fn by_dossier(conn: &mut Conn, rows: Vec<ReadRow>) -> Outcome<Vec<DossierRead>> {
    let numbers = case_numbers(conn, &rows)?;
    let people: Vec<EmployeeId> = rows.iter().map(|row| row.employee_id).collect();
    let people = names(conn, &people)?;
    Ok(rows
        .into_iter()
        .map(|row| DossierRead {
            id: row.id,
            at: row.at.and_utc(),
            employee: name_of(&people, row.employee_id),
            content: row.content,
            of_case: row.case_id.and_then(|id| numbers.get(&id).cloned()),
        })
        .collect())
}

/// A page of who read a dossier, newest first.
pub fn of_dossier(
    tx: &mut Tx<'_>,
    permit: &Permit<SeeReads>,
    window: &Window<ReadId>,
) -> Outcome<Page<DossierRead>> {
    let mut query = reads::table
        .filter(reads::dossier_id.eq(permit.row().dossier.id))
        .order(reads::id.desc())
        .limit(window.fetch())
        .select(ReadRow::as_select())
        .into_boxed();
    if let Some(after) = window.after {
        query = query.filter(reads::id.lt(after));
    }
    let page = window.page(query.load(tx.conn)?, |row| row.id);
    Ok(Page { next: page.next, items: by_dossier(tx.conn, page.items)? })
}

/// Who read a dossier after one reading, oldest first, for its export.
pub fn after(
    conn: &mut Conn,
    dossier: DossierId,
    after: Option<ReadId>,
    most: i64,
) -> Outcome<Vec<DossierRead>> {
    let mut query = reads::table
        .filter(reads::dossier_id.eq(dossier))
        .order(reads::id.asc())
        .limit(most)
        .select(ReadRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(reads::id.gt(after));
    }
    let rows = query.load(conn)?;
    by_dossier(conn, rows)
}

/// A page of what an employee of this office read, newest first. A dossier's name only where the one who
/// asks may see it.
pub fn of_employee(
    tx: &mut Tx<'_>,
    permit: &Permit<AdministerEmployee>,
    window: &Window<ReadId>,
) -> Outcome<Page<EmployeeRead>> {
    let mut query = reads::table
        .filter(reads::employee_id.eq(*permit.row()))
        .order(reads::id.desc())
        .limit(window.fetch())
        .select(ReadRow::as_select())
        .into_boxed();
    if let Some(after) = window.after {
        query = query.filter(reads::id.lt(after));
    }
    let page = window.page(query.load(tx.conn)?, |row| row.id);
    let ids: Vec<DossierId> = page.items.iter().map(|row| row.dossier_id).collect();
    let numbers: HashMap<DossierId, String> = dossiers::table
        .filter(dossiers::id.eq_any(&ids))
        .select((dossiers::id, dossiers::number))
        .load::<(DossierId, String)>(tx.conn)?
        .into_iter()
        .collect();
    let visible: HashMap<DossierId, String> = dossiers::table
        .filter(dossiers::id.eq_any(&ids))
        .filter(Visibility(tx.actor.id).dossiers())
        .select((dossiers::id, dossiers::name))
        .load::<(DossierId, String)>(tx.conn)?
        .into_iter()
        .collect();
    let cases = case_numbers(tx.conn, &page.items)?;
    Ok(page.map(|row| EmployeeRead {
        id: row.id,
        at: row.at.and_utc(),
        content: row.content,
        dossier: DossierRef {
            id: row.dossier_id,
            number: numbers.get(&row.dossier_id).cloned().unwrap_or_default(),
            name: visible.get(&row.dossier_id).cloned(),
        },
        of_case: row.case_id.and_then(|id| cases.get(&id).cloned()),
    }))
}
