use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;
use contract::ids::sql::Id;
use contract::{
    Account, Employee, EmployeeId, EmployeeRef, EmployeeState, GroupId, Language, NewEmployee, OfficeId,
    Page, Role, Undelivered,
};
use diesel::prelude::*;
use diesel::sql_types::Text;
use uuid::Uuid;

use crate::access::Tx;
use crate::clock;
use crate::db::Conn;
use crate::db::failures::is_unique_violation;
use crate::db::lock::{self, Hold, Table};
use crate::db::schema::{employees, group_members};
use crate::db::sql::{AT_ONCE, Sql};
use crate::http::paging::Window;
use crate::problem::{Outcome, Problem};
use crate::text::{contains_pattern, fold};

/// An employee.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = employees)]
pub struct EmployeeRow {
    /// Their id.
    pub id: EmployeeId,
    /// Their username.
    pub username: String,
    /// Their name.
    pub name: String,
    /// For sorting.
    pub name_folded: String,
    /// Their address.
    pub email: String,
    /// The language they read.
    pub language: Language,
    /// Whether they can work.
    pub state: EmployeeState,
    role_local_admin: bool,
    role_helpdesk: bool,
    role_superuser: bool,
    role_records: bool,
    password_hash: Option<String>,
    locked_at: Option<NaiveDateTime>,
    locked_address: Option<String>,
    mails_failed: i32,
    mail_failed_at: Option<NaiveDateTime>,
    last_sign_in_at: Option<NaiveDateTime>,
    /// Counts the changes.
    pub version: i64,
}

impl std::fmt::Debug for EmployeeRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmployeeRow").field("id", &self.id).finish_non_exhaustive()
    }
}

impl EmployeeRow {
    /// Their roles.
    pub fn roles(&self) -> Vec<Role> {
        let roles = [
            (self.role_local_admin, Role::LocalAdmin),
            (self.role_helpdesk, Role::Helpdesk),
            (self.role_superuser, Role::Superuser),
            (self.role_records, Role::Records),
        ];
        roles.into_iter().filter_map(|(has, role)| has.then_some(role)).collect()
    }

    /// The account, as administrators and the helpdesk see it.
    pub fn account(&self, second_factor_since: Option<NaiveDateTime>) -> Account {
        let locked = self.state == EmployeeState::Locked;
        Account {
            email: self.email.clone(),
            roles: self.roles(),
            language: self.language,
            last_sign_in_at: self.last_sign_in_at.map(|at| at.and_utc()),
            locked_at: self.locked_at.filter(|_| locked).map(|at| at.and_utc()),
            locked_from: self.locked_address.clone().filter(|address| locked && !address.is_empty()),
            undelivered: self
                .mail_failed_at
                .map(|at| Undelivered { count: self.mails_failed.unsigned_abs(), at: at.and_utc() }),
            has_password: self.password_hash.is_some(),
            second_factor_since: second_factor_since.map(|at| at.and_utc()),
        }
    }
}

/// By name, then id.
pub type ByName = (String, EmployeeId);

/// Which employees a list shows.
#[derive(Debug, Default)]
pub struct Filter<'a> {
    /// Part of a name or username.
    pub q: Option<&'a str>,
    /// Only in this state.
    pub state: Option<EmployeeState>,
    /// Only members of this group.
    pub group: Option<GroupId>,
}

/// A page of the office's employees, by name.
pub fn list(tx: &mut Tx<'_>, filter: &Filter<'_>, window: &Window<ByName>) -> Outcome<Page<EmployeeRow>> {
    let mut query = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .order((employees::name_folded.asc(), employees::id.asc()))
        .limit(window.fetch())
        .select(EmployeeRow::as_select())
        .into_boxed();
    if let Some(q) = filter.q {
        let pattern = contains_pattern(q);
        query = query.filter(
            employees::name_folded
                .like(pattern.clone())
                .escape('\\')
                .or(employees::username_folded.like(pattern).escape('\\')),
        );
    }
    if let Some(state) = filter.state {
        query = query.filter(employees::state.eq(state));
    }
    if let Some(group) = filter.group {
        let members =
            group_members::table.filter(group_members::group_id.eq(group)).select(group_members::employee_id);
        query = query.filter(employees::id.eq_any(members));
    }
    if let Some((name, id)) = &window.after {
        query = query.filter(
            employees::name_folded.gt(name).or(employees::name_folded.eq(name).and(employees::id.gt(id))),
        );
    }
    Ok(window.page(query.load(tx.conn)?, |row| (row.name_folded.clone(), row.id)))
}

/// One of the office's employees.
pub fn find(tx: &mut Tx<'_>, id: EmployeeId) -> Outcome<EmployeeRow> {
    employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .filter(employees::id.eq(id))
        .select(EmployeeRow::as_select())
        .first(tx.conn)
        .optional()?
        .ok_or_else(Problem::not_found)
}

/// The one who asks, wherever they act.
pub fn oneself(tx: &mut Tx<'_>) -> Outcome<EmployeeRow> {
    Ok(employees::table.find(tx.actor.id).select(EmployeeRow::as_select()).first(tx.conn)?)
}

/// Which of some employees this office has. They never go, so that they need not be locked for it.
pub fn existing(tx: &mut Tx<'_>, ids: &[EmployeeId]) -> Outcome<BTreeSet<EmployeeId>> {
    let found: Vec<EmployeeId> = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .filter(employees::id.eq_any(ids))
        .select(employees::id)
        .load(tx.conn)?;
    Ok(found.into_iter().collect())
}

/// The names of some employees.
pub fn names(conn: &mut Conn, ids: &[EmployeeId]) -> Outcome<HashMap<EmployeeId, EmployeeRef>> {
    let mut different: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    different.sort_unstable();
    different.dedup();
    let mut named = HashMap::with_capacity(different.len());
    for some in different.chunks(AT_ONCE) {
        let mut sql = Sql::on(conn);
        sql.text("SELECT e.id, e.name FROM employees e WHERE e.id IN ").ids(some.iter().copied());
        let rows = sql.load::<(Id, Text), (EmployeeId, String)>(conn)?;
        named.extend(rows.into_iter().map(|(id, name)| (id, EmployeeRef { id, name })));
    }
    Ok(named)
}

/// A name from [`names`]; every employee a row refers to exists.
pub fn name_of(names: &HashMap<EmployeeId, EmployeeRef>, id: EmployeeId) -> EmployeeRef {
    names.get(&id).cloned().unwrap_or_else(|| EmployeeRef { id, name: String::new() })
}

/// As others see them; `with_account` for administrators and the helpdesk.
pub fn views(tx: &mut Tx<'_>, rows: Vec<EmployeeRow>) -> Outcome<Vec<Employee>> {
    let with_account = tx.actor.has(Role::LocalAdmin) || tx.actor.has(Role::Helpdesk);
    let ids: Vec<EmployeeId> = rows.iter().map(|row| row.id).collect();
    let mut groups = crate::groups::store::of_employees(tx.conn, &ids)?;
    let factors =
        if with_account { crate::second_factor::store::since(tx.conn, &ids)? } else { HashMap::new() };
    Ok(rows
        .into_iter()
        .map(|row| Employee {
            id: row.id,
            account: with_account.then(|| row.account(factors.get(&row.id).copied())),
            groups: groups.remove(&row.id).unwrap_or_default(),
            username: row.username,
            name: row.name,
            state: row.state,
            version: row.version,
        })
        .collect())
}

/// One of them, as others see them.
pub fn view(tx: &mut Tx<'_>, id: EmployeeId) -> Outcome<Employee> {
    let row = find(tx, id)?;
    views(tx, vec![row])?.pop().ok_or_else(Problem::not_found)
}

/// Makes an account without a password; `None` when the username is taken (P2).
pub fn insert(conn: &mut Conn, office: OfficeId, new: &NewEmployee) -> Outcome<Option<EmployeeId>> {
    let taken: i64 = employees::table
        .filter(employees::office_id.eq(office))
        .filter(employees::username_folded.eq(fold(&new.username)))
        .count()
        .get_result(conn)?;
    if taken > 0 {
        return Ok(None);
    }
    let id = EmployeeId::new();
    let inserted = diesel::insert_into(employees::table)
        .values((
            (
                employees::id.eq(id),
                employees::office_id.eq(office),
                employees::username.eq(&new.username),
                employees::username_folded.eq(fold(&new.username)),
                employees::name.eq(&new.name),
                employees::name_folded.eq(fold(&new.name)),
                employees::email.eq(&new.email),
                employees::language.eq(new.language),
                employees::state.eq(EmployeeState::Active),
            ),
            (
                employees::role_local_admin.eq(new.roles.contains(&Role::LocalAdmin)),
                employees::role_helpdesk.eq(new.roles.contains(&Role::Helpdesk)),
                employees::role_superuser.eq(new.roles.contains(&Role::Superuser)),
                employees::role_records.eq(new.roles.contains(&Role::Records)),
                employees::failed_attempts.eq(0),
                employees::tray_mails.eq(true),
                employees::preferences_version.eq(1),
                employees::created_at.eq(clock::stamp()),
                employees::version.eq(1),
            ),
        ))
        .execute(conn);
    match inserted {
        Ok(_) => Ok(Some(id)),
        // Someone else made the same one at this very moment: look again.
        Err(error) if is_unique_violation(&error) => Err(Problem::busy().run_again()),
        Err(error) => Err(error.into()),
    }
}

/// What the form says about an employee, besides groups.
#[derive(Debug)]
pub struct EmployeeValues<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
    /// Their roles.
    pub roles: &'a [Role],
    /// The language they read.
    pub language: Language,
    /// Whether that is another than before.
    pub other_language: bool,
}

/// Changes an employee, without their groups, if nobody did since `version`.
pub fn update(tx: &mut Tx<'_>, id: EmployeeId, values: &EmployeeValues<'_>, version: i64) -> Outcome<bool> {
    let changed = diesel::update(
        employees::table
            .filter(employees::office_id.eq(tx.actor.office_id))
            .filter(employees::id.eq(id))
            .filter(employees::version.eq(version)),
    )
    .set((
        employees::name.eq(values.name),
        employees::name_folded.eq(fold(values.name)),
        employees::email.eq(values.email),
        employees::language.eq(values.language),
        employees::role_local_admin.eq(values.roles.contains(&Role::LocalAdmin)),
        employees::role_helpdesk.eq(values.roles.contains(&Role::Helpdesk)),
        employees::role_superuser.eq(values.roles.contains(&Role::Superuser)),
        employees::role_records.eq(values.roles.contains(&Role::Records)),
        // The language is one of their preferences, too: who has those open must see it.
        employees::preferences_version.eq(employees::preferences_version + i64::from(values.other_language)),
        employees::version.eq(employees::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Refuses to leave the office without an active local administrator (P5). Called after the change, in
/// its transaction; the office is locked so that two administrators cannot dismiss each other at once.
pub fn require_administrator(tx: &mut Tx<'_>) -> Outcome<()> {
    lock::rows(tx.conn, Table::Offices, [tx.actor.office_id], Hold::Update)?;
    let left: i64 = employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(employees::role_local_admin.eq(true))
        .count()
        .get_result(tx.conn)?;
    if left > 0 {
        return Ok(());
    }
    Err(Problem::new(
        contract::ProblemCode::LastAdministrator,
        "Er moet altijd minstens één actieve lokaal beheerder zijn. Maak eerst een ander lokaal beheerder.",
        "There must always be at least one active local administrator. Appoint another one first.",
    ))
}

/// The office's active local administrators.
pub fn administrators(tx: &mut Tx<'_>) -> Outcome<Vec<EmployeeId>> {
    Ok(employees::table
        .filter(employees::office_id.eq(tx.actor.office_id))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(employees::role_local_admin.eq(true))
        .order(employees::id.asc())
        .select(employees::id)
        .load(tx.conn)?)
}

/// The office's active local administrators but one, for the operator at the command line (O1).
pub fn other_administrators(conn: &mut Conn, office: OfficeId, than: EmployeeId) -> Outcome<Vec<EmployeeId>> {
    Ok(employees::table
        .filter(employees::office_id.eq(office))
        .filter(employees::id.ne(than))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(employees::role_local_admin.eq(true))
        .order(employees::id.asc())
        .select(employees::id)
        .load(conn)?)
}

/// Switches an account off; `false` when it already was.
pub fn deactivate(tx: &mut Tx<'_>, id: EmployeeId) -> Outcome<bool> {
    let changed = diesel::update(
        employees::table
            .filter(employees::office_id.eq(tx.actor.office_id))
            .filter(employees::id.eq(id))
            .filter(employees::state.ne(EmployeeState::Deactivated)),
    )
    .set((
        employees::state.eq(EmployeeState::Deactivated),
        employees::temporary_hash.eq(None::<String>),
        employees::temporary_expires_at.eq(None::<NaiveDateTime>),
        employees::reset_hash.eq(None::<String>),
        employees::reset_expires_at.eq(None::<NaiveDateTime>),
        employees::version.eq(employees::version + 1),
    ))
    .execute(tx.conn)?;
    Ok(changed == 1)
}

/// Mails to someone arrive, or go elsewhere from now on.
pub fn forget_failed_mails(conn: &mut Conn, id: EmployeeId) -> Outcome<()> {
    diesel::update(employees::table.find(id).filter(employees::mails_failed.gt(0)))
        .set((employees::mails_failed.eq(0), employees::mail_failed_at.eq(None::<NaiveDateTime>)))
        .execute(conn)?;
    Ok(())
}

/// One more mail to someone did not arrive.
pub fn count_failed_mail(conn: &mut Conn, id: EmployeeId) -> Outcome<()> {
    diesel::update(employees::table.find(id))
        .set((
            employees::mails_failed.eq(employees::mails_failed + 1),
            employees::mail_failed_at.eq(clock::stamp()),
        ))
        .execute(conn)?;
    Ok(())
}
