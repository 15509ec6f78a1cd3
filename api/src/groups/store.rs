use std::collections::{BTreeSet, HashMap};

use contract::{EmployeeId, EmployeeRef, GroupId, GroupRef, Page};
use diesel::prelude::*;

use crate::access::office::{Administer, AdministerGroup};
use crate::access::{Permit, Tx};
use crate::clock;
use crate::db::Conn;
use crate::db::lock::{self, Hold, Table};
use crate::db::schema::{employees, group_members, groups};
use crate::http::paging::Window;
use crate::problem::{Outcome, Problem};
use crate::text::{contains_pattern, fold};

/// A group.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = groups)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// For sorting.
    pub name_folded: String,
    /// Its *werkafspraken*.
    pub work_agreements: String,
    /// When an unclaimed task is brought up again.
    pub reminder_hours: Option<i32>,
    /// Counts its changes.
    pub version: i64,
}

/// By name, then id.
pub type ByName = (String, GroupId);

/// A page of the office's groups, by name.
pub fn list(tx: &mut Tx<'_>, q: Option<&str>, window: &Window<ByName>) -> Outcome<Page<GroupRow>> {
    let mut query = groups::table
        .filter(groups::office_id.eq(tx.actor.office_id))
        .order((groups::name_folded.asc(), groups::id.asc()))
        .limit(window.fetch())
        .select(GroupRow::as_select())
        .into_boxed();
    if let Some(q) = q {
        query = query.filter(groups::name_folded.like(contains_pattern(q)).escape('\\'));
    }
    if let Some((name, id)) = &window.after {
        query = query
            .filter(groups::name_folded.gt(name).or(groups::name_folded.eq(name).and(groups::id.gt(id))));
    }
    Ok(window.page(query.load(tx.conn)?, |row| (row.name_folded.clone(), row.id)))
}

/// How many members each of some groups has.
pub fn member_counts(conn: &mut Conn, ids: &[GroupId]) -> Outcome<HashMap<GroupId, u32>> {
    let counts: Vec<(GroupId, i64)> = group_members::table
        .filter(group_members::group_id.eq_any(ids))
        .group_by(group_members::group_id)
        .select((group_members::group_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counts.into_iter().map(|(id, count)| (id, u32::try_from(count).unwrap_or(u32::MAX))).collect())
}

/// One of the office's groups.
pub fn find(tx: &mut Tx<'_>, id: GroupId) -> Outcome<GroupRow> {
    groups::table
        .filter(groups::office_id.eq(tx.actor.office_id))
        .filter(groups::id.eq(id))
        .select(GroupRow::as_select())
        .first(tx.conn)
        .optional()?
        .ok_or_else(Problem::not_found)
}

/// A group's members, by name.
pub fn members(conn: &mut Conn, id: GroupId) -> Outcome<Vec<EmployeeRef>> {
    let rows: Vec<(EmployeeId, String)> = group_members::table
        .inner_join(employees::table)
        .filter(group_members::group_id.eq(id))
        .order((employees::name_folded.asc(), employees::id.asc()))
        .select((employees::id, employees::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name)| EmployeeRef { id, name }).collect())
}

/// The groups of each of some employees, by name.
pub fn of_employees(conn: &mut Conn, ids: &[EmployeeId]) -> Outcome<HashMap<EmployeeId, Vec<GroupRef>>> {
    let rows: Vec<(EmployeeId, GroupId, String)> = group_members::table
        .inner_join(groups::table)
        .filter(group_members::employee_id.eq_any(ids))
        .order((groups::name_folded.asc(), groups::id.asc()))
        .select((group_members::employee_id, groups::id, groups::name))
        .load(conn)?;
    let mut of: HashMap<EmployeeId, Vec<GroupRef>> = HashMap::new();
    for (employee, id, name) in rows {
        of.entry(employee).or_default().push(GroupRef { id, name });
    }
    Ok(of)
}

/// The ids of the groups the one who asks is a member of.
pub fn mine(tx: &mut Tx<'_>) -> Outcome<Vec<GroupId>> {
    Ok(group_members::table
        .filter(group_members::employee_id.eq(tx.actor.id))
        .select(group_members::group_id)
        .load(tx.conn)?)
}

/// Which of some groups this office has; they are held so that none goes, and nobody joins or leaves,
/// meanwhile.
pub fn existing(tx: &mut Tx<'_>, ids: &[GroupId]) -> Outcome<BTreeSet<GroupId>> {
    lock::rows(tx.conn, Table::Groups, ids.iter().copied(), Hold::Share)?;
    let found: Vec<GroupId> = groups::table
        .filter(groups::office_id.eq(tx.actor.office_id))
        .filter(groups::id.eq_any(ids))
        .select(groups::id)
        .load(tx.conn)?;
    Ok(found.into_iter().collect())
}

/// Whether another group has this name (G2).
pub fn name_exists(tx: &mut Tx<'_>, name: &str, except: GroupId) -> Outcome<bool> {
    let ids: Vec<GroupId> = groups::table
        .filter(groups::office_id.eq(tx.actor.office_id))
        .filter(groups::name_folded.eq(fold(name)))
        .select(groups::id)
        .limit(2)
        .load(tx.conn)?;
    Ok(ids.iter().any(|id| *id != except))
}

/// What a form says about a group.
#[derive(Debug)]
pub struct GroupValues<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its *werkafspraken*.
    pub work_agreements: &'a str,
    /// When an unclaimed task is brought up again.
    pub reminder_hours: Option<u32>,
}

fn hours(values: &GroupValues<'_>) -> Option<i32> {
    values.reminder_hours.and_then(|hours| i32::try_from(hours).ok())
}

/// Makes a group without members.
pub fn insert(tx: &mut Tx<'_>, _permit: &Permit<Administer>, values: &GroupValues<'_>) -> Outcome<GroupId> {
    let id = GroupId::new();
    diesel::insert_into(groups::table)
        .values((
            groups::id.eq(id),
            groups::office_id.eq(tx.actor.office_id),
            groups::name.eq(values.name),
            groups::name_folded.eq(fold(values.name)),
            groups::work_agreements.eq(values.work_agreements),
            groups::reminder_hours.eq(hours(values)),
            groups::created_at.eq(clock::stamp()),
            groups::version.eq(1),
        ))
        .execute(tx.conn)?;
    Ok(id)
}

/// Changes a group, without its members, if nobody did since `version`.
pub fn update(
    tx: &mut Tx<'_>,
    permit: &Permit<AdministerGroup>,
    values: &GroupValues<'_>,
    version: i64,
) -> Outcome<bool> {
    let changed = diesel::update(
        groups::table
            .filter(groups::office_id.eq(tx.actor.office_id))
            .filter(groups::id.eq(*permit.row()))
            .filter(groups::version.eq(version)),
    )
    .set((
        groups::name.eq(values.name),
        groups::name_folded.eq(fold(values.name)),
        groups::work_agreements.eq(values.work_agreements),
        groups::reminder_hours.eq(hours(values)),
        groups::version.eq(groups::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Puts people in a group. Their own version counts the change too, so that a form about the person that
/// was opened before notices (G3, C10).
pub fn add_members(conn: &mut Conn, group: GroupId, people: &[EmployeeId]) -> Outcome<()> {
    for employee in people {
        diesel::insert_into(group_members::table)
            .values((group_members::employee_id.eq(employee), group_members::group_id.eq(group)))
            .execute(conn)?;
    }
    touch_employees(conn, people)
}

/// Takes people out of a group.
pub fn remove_members(conn: &mut Conn, group: GroupId, people: &[EmployeeId]) -> Outcome<()> {
    diesel::delete(
        group_members::table
            .filter(group_members::group_id.eq(group))
            .filter(group_members::employee_id.eq_any(people)),
    )
    .execute(conn)?;
    touch_employees(conn, people)
}

fn touch_employees(conn: &mut Conn, people: &[EmployeeId]) -> Outcome<()> {
    if !people.is_empty() {
        diesel::update(employees::table.filter(employees::id.eq_any(people)))
            .set(employees::version.eq(employees::version + 1))
            .execute(conn)?;
    }
    Ok(())
}

/// Locks the groups someone is in and those they are to be in, all at once: joining and leaving counts as a
/// change of the group. The person is locked already, so that the groups they are in stay the same.
pub fn lock_groups_of(conn: &mut Conn, employee: EmployeeId, wanted: &[GroupId]) -> Outcome<()> {
    let current: Vec<GroupId> = group_members::table
        .filter(group_members::employee_id.eq(employee))
        .select(group_members::group_id)
        .load(conn)?;
    lock::rows(conn, Table::Groups, current.into_iter().chain(wanted.iter().copied()), Hold::Update)?;
    Ok(())
}

/// Puts one person in exactly these groups; returns the groups joined and left.
pub fn set_groups_of(
    conn: &mut Conn,
    employee: EmployeeId,
    wanted: &BTreeSet<GroupId>,
) -> Outcome<(Vec<GroupId>, Vec<GroupId>)> {
    let current: BTreeSet<GroupId> = group_members::table
        .filter(group_members::employee_id.eq(employee))
        .select(group_members::group_id)
        .load(conn)?
        .into_iter()
        .collect();
    let joined: Vec<GroupId> = wanted.difference(&current).copied().collect();
    let left: Vec<GroupId> = current.difference(wanted).copied().collect();
    for group in &joined {
        diesel::insert_into(group_members::table)
            .values((group_members::employee_id.eq(employee), group_members::group_id.eq(group)))
            .execute(conn)?;
    }
    diesel::delete(
        group_members::table
            .filter(group_members::employee_id.eq(employee))
            .filter(group_members::group_id.eq_any(&left)),
    )
    .execute(conn)?;
    // The groups' own forms notice, too.
    let touched: Vec<GroupId> = joined.iter().chain(&left).copied().collect();
    if !touched.is_empty() {
        diesel::update(groups::table.filter(groups::id.eq_any(&touched)))
            .set(groups::version.eq(groups::version + 1))
            .execute(conn)?;
    }
    Ok((joined, left))
}
