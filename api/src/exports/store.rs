use std::collections::HashMap;

use contract::GroupId;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{employees, group_members};
use crate::problem::Outcome;

/// The usernames of the members of some groups, in order.
pub(super) fn members(conn: &mut Conn, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Vec<String>>> {
    let rows: Vec<(GroupId, String)> = group_members::table
        .inner_join(employees::table)
        .filter(group_members::group_id.eq_any(groups))
        .order((employees::username_folded.asc(), employees::id.asc()))
        .select((group_members::group_id, employees::username))
        .load(conn)?;
    let mut of: HashMap<GroupId, Vec<String>> = HashMap::new();
    for (group, username) in rows {
        of.entry(group).or_default().push(username);
    }
    Ok(of)
}

/// The usernames of some employees, by id: a file that is imported again names people by them.
pub(super) fn usernames(
    conn: &mut Conn,
    ids: &[contract::EmployeeId],
) -> Outcome<HashMap<contract::EmployeeId, String>> {
    Ok(employees::table
        .filter(employees::id.eq_any(ids))
        .select((employees::id, employees::username))
        .load::<(contract::EmployeeId, String)>(conn)?
        .into_iter()
        .collect())
}
