use std::collections::HashMap;

use chrono::NaiveDateTime;
use contract::{EmployeeId, EmployeeState, OfficeId, Role, RoleWithout, SecondFactorRequirement};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::policy::{Requirement, Standing};
use crate::access::Permit;
use crate::access::office::Administer;
use crate::clock;
use crate::db::Conn;
use crate::db::schema::{employees, offices, recovery_codes, second_factors};
use crate::problem::Outcome;

/// A second factor that is on, or is being set up.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = second_factors)]
pub struct FactorRow {
    /// Encrypted; the one in use.
    pub secret: Option<String>,
    /// Encrypted; one that no code has confirmed yet.
    pub pending_secret: Option<String>,
    /// Since when it is on.
    pub confirmed_at: Option<NaiveDateTime>,
    /// The step of the last code that was used.
    pub last_step: i64,
}

impl std::fmt::Debug for FactorRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FactorRow").field("confirmed_at", &self.confirmed_at).finish_non_exhaustive()
    }
}

type Flags = (bool, bool, bool, bool);

fn roles((local_admin, helpdesk, superuser, records): Flags) -> Vec<Role> {
    let flags = [
        (local_admin, Role::LocalAdmin),
        (helpdesk, Role::Helpdesk),
        (superuser, Role::Superuser),
        (records, Role::Records),
    ];
    flags.into_iter().filter_map(|(has, role)| has.then_some(role)).collect()
}

/// Where someone stands: whether they have one, and whether their office requires one of them.
pub fn standing(conn: &mut Conn, id: EmployeeId) -> Outcome<Standing> {
    let (theirs, everyone, required, since): (Flags, bool, Flags, Option<NaiveDateTime>) = employees::table
        .inner_join(offices::table)
        .left_join(second_factors::table)
        .filter(employees::id.eq(id))
        .select((
            (
                employees::role_local_admin,
                employees::role_helpdesk,
                employees::role_superuser,
                employees::role_records,
            ),
            offices::factor_everyone,
            (
                offices::factor_local_admin,
                offices::factor_helpdesk,
                offices::factor_superuser,
                offices::factor_records,
            ),
            second_factors::confirmed_at.nullable(),
        ))
        .first(conn)?;
    let requirement = Requirement { everyone, roles: roles(required) };
    Ok(Standing { on: since.is_some(), required: requirement.holds_for(&roles(theirs)) })
}

/// Someone's, if there is one or one is being set up.
pub fn find(conn: &mut Conn, id: EmployeeId) -> Outcome<Option<FactorRow>> {
    Ok(second_factors::table.find(id).select(FactorRow::as_select()).first(conn).optional()?)
}

/// Since when these have one, of those who do.
pub fn since(conn: &mut Conn, ids: &[EmployeeId]) -> Outcome<HashMap<EmployeeId, NaiveDateTime>> {
    let rows: Vec<(EmployeeId, NaiveDateTime)> = second_factors::table
        .filter(second_factors::employee_id.eq_any(ids))
        .filter(second_factors::confirmed_at.is_not_null())
        .select((second_factors::employee_id, second_factors::confirmed_at.assume_not_null()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Keeps a secret that a code must confirm. The employee's row is locked by then.
pub fn set_pending(conn: &mut Conn, id: EmployeeId, sealed: &str) -> Outcome<()> {
    let changed = diesel::update(second_factors::table.find(id))
        .set(second_factors::pending_secret.eq(sealed))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(second_factors::table)
            .values((
                second_factors::employee_id.eq(id),
                second_factors::pending_secret.eq(sealed),
                second_factors::last_step.eq(0),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Switches the pending secret on, whose code of this step was given; `false` when it is another by now.
pub fn confirm(conn: &mut Conn, id: EmployeeId, pending: &str, step: i64) -> Outcome<bool> {
    let changed =
        diesel::update(second_factors::table.find(id).filter(second_factors::pending_secret.eq(pending)))
            .set((
                second_factors::secret.eq(pending),
                second_factors::pending_secret.eq(None::<String>),
                second_factors::confirmed_at.eq(clock::stamp()),
                second_factors::last_step.eq(step),
            ))
            .execute(conn)?;
    Ok(changed == 1)
}

/// Uses a code: of two at once one does, and no older one works after it.
pub fn use_step(conn: &mut Conn, id: EmployeeId, step: i64) -> Outcome<bool> {
    let used = diesel::update(second_factors::table.find(id).filter(second_factors::last_step.lt(step)))
        .set(second_factors::last_step.eq(step))
        .execute(conn)?;
    Ok(used == 1)
}

/// Uses a recovery code, once.
pub fn use_recovery_code(conn: &mut Conn, id: EmployeeId, hash: &str) -> Outcome<bool> {
    let code = recovery_codes::table.find((id, hash)).filter(recovery_codes::used_at.is_null());
    let used = diesel::update(code).set(recovery_codes::used_at.eq(clock::stamp())).execute(conn)?;
    Ok(used == 1)
}

/// Keeps the hashes of new recovery codes; those before work no longer.
pub fn replace_recovery_codes(conn: &mut Conn, id: EmployeeId, hashes: &[String]) -> Outcome<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::employee_id.eq(id))).execute(conn)?;
    for hash in hashes {
        diesel::insert_into(recovery_codes::table)
            .values((recovery_codes::employee_id.eq(id), recovery_codes::hash.eq(hash)))
            .execute(conn)?;
    }
    Ok(())
}

/// How many recovery codes were not used yet.
pub fn recovery_codes_left(conn: &mut Conn, id: EmployeeId) -> Outcome<u32> {
    let unused = recovery_codes::table
        .filter(recovery_codes::employee_id.eq(id))
        .filter(recovery_codes::used_at.is_null());
    let left: i64 = unused.count().get_result(conn)?;
    Ok(u32::try_from(left).unwrap_or_default())
}

/// Takes someone's away, with its recovery codes and one that is being set up; `false` when none was on. The
/// employee's row is locked by then.
pub fn remove(conn: &mut Conn, id: EmployeeId) -> Outcome<bool> {
    let on = find(conn, id)?.is_some_and(|factor| factor.confirmed_at.is_some());
    diesel::delete(recovery_codes::table.filter(recovery_codes::employee_id.eq(id))).execute(conn)?;
    diesel::delete(second_factors::table.find(id)).execute(conn)?;
    Ok(on)
}

/// How someone is called in their app: `jdevries@zaanstad`, and the name of their office.
pub fn names(conn: &mut Conn, id: EmployeeId) -> Outcome<(String, String)> {
    let (username, code, office): (String, String, String) = employees::table
        .inner_join(offices::table)
        .filter(employees::id.eq(id))
        .select((employees::username, offices::code, offices::name))
        .first(conn)?;
    Ok((format!("{username}@{code}"), office))
}

/// Of whom an office requires one, and how many have none yet.
pub fn requirement(conn: &mut Conn, office: OfficeId) -> Outcome<SecondFactorRequirement> {
    let (everyone, required, version): (bool, Flags, i64) = offices::table
        .find(office)
        .select((
            offices::factor_everyone,
            (
                offices::factor_local_admin,
                offices::factor_helpdesk,
                offices::factor_superuser,
                offices::factor_records,
            ),
            offices::factor_version,
        ))
        .first(conn)?;
    let without: Vec<RoleWithout> = Role::ALL
        .iter()
        .map(|role| Ok(RoleWithout { role: *role, count: count_without(conn, office, Some(*role))? }))
        .collect::<Outcome<_>>()?;
    Ok(SecondFactorRequirement {
        everyone,
        roles: roles(required),
        everyone_without: count_without(conn, office, None)?,
        without,
        version,
    })
}

fn count_without(conn: &mut Conn, office: OfficeId, role: Option<Role>) -> Outcome<u32> {
    let on = second_factors::table
        .filter(second_factors::employee_id.eq(employees::id))
        .filter(second_factors::confirmed_at.is_not_null());
    let mut query = employees::table
        .filter(employees::office_id.eq(office))
        .filter(employees::state.eq(EmployeeState::Active))
        .filter(not(exists(on)))
        .select(diesel::dsl::count_star())
        .into_boxed();
    query = match role {
        None => query,
        Some(Role::LocalAdmin) => query.filter(employees::role_local_admin.eq(true)),
        Some(Role::Helpdesk) => query.filter(employees::role_helpdesk.eq(true)),
        Some(Role::Superuser) => query.filter(employees::role_superuser.eq(true)),
        Some(Role::Records) => query.filter(employees::role_records.eq(true)),
    };
    let count: i64 = query.first(conn)?;
    Ok(u32::try_from(count).unwrap_or_default())
}

/// Changes of whom it is required, if nobody did since `version`.
pub fn update_requirement(
    conn: &mut Conn,
    _permit: &Permit<Administer>,
    office: OfficeId,
    requirement: &Requirement,
    version: i64,
) -> Outcome<bool> {
    let of = |role: Role| requirement.roles.contains(&role);
    let changed = diesel::update(offices::table.find(office).filter(offices::factor_version.eq(version)))
        .set((
            offices::factor_everyone.eq(requirement.everyone),
            offices::factor_local_admin.eq(of(Role::LocalAdmin)),
            offices::factor_helpdesk.eq(of(Role::Helpdesk)),
            offices::factor_superuser.eq(of(Role::Superuser)),
            offices::factor_records.eq(of(Role::Records)),
            offices::factor_version.eq(offices::factor_version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
