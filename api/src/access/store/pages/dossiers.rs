use contract::ids::sql::Id;
use contract::{
    ClientGroupId, DossierId, DossierState, EmployeeId, GroupId, Visibility as DossierVisibility,
};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use uuid::Uuid;

use super::{
    GRANTED, NOT_DENIED, Order, Part, Reason, TOO_MANY, WALK, containing, end, few, in_order, is_few, limit,
    merged, raw, reasons, sorted_by,
};
use crate::access::Tx;
use crate::db::Kind;
use crate::db::sql::{Sql, Value};
use crate::problem::Outcome;

/// Who is in more groups than this probably sees much: the newest of the office are walked along before anything is merged.
const MANY: usize = 20;

/// A dossier as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct DossierLine {
    /// Its id.
    pub id: DossierId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The name as it is sorted.
    pub name_folded: String,
    /// Who sees it without a rule.
    pub visibility: DossierVisibility,
    /// Whether it is in use.
    pub state: DossierState,
    /// Who manages it.
    pub manager_id: Option<EmployeeId>,
    /// Their name.
    pub manager_name: Option<String>,
    /// Its client group.
    pub client_group_id: Option<ClientGroupId>,
    /// The name of that.
    pub client_group_name: Option<String>,
}

type Shape = (Id, Text, Text, Text, Text, Text, Nullable<Id>, Nullable<Text>, Nullable<Id>, Nullable<Text>);

const LINE: &str = "SELECT d.id, d.number, d.name, d.name_folded, d.visibility, d.state, \
     d.manager_id, (SELECT e.name FROM employees e WHERE e.id = d.manager_id), \
     d.client_group_id, (SELECT g.name FROM client_groups g WHERE g.id = d.client_group_id) FROM ";

/// Which of them.
#[derive(Debug, Default, Clone, Copy)]
pub struct Wanted<'a> {
    /// Part of a name or number.
    pub q: Option<&'a str>,
    /// Only in this state.
    pub state: Option<DossierState>,
}

/// Those that the one who asks has access to (D3). Two statements, or three for who is in many groups.
pub fn page(tx: &mut Tx<'_>, wanted: Wanted<'_>, part: &Part<DossierId>) -> Outcome<Vec<DossierLine>> {
    let groups = allowed_groups(tx)?;
    let many = groups.len();
    if many > MANY {
        let walked = walk(tx, wanted, part, if many > TOO_MANY { i64::MAX } else { WALK })?;
        if many > TOO_MANY || walked.len() as u64 >= part.fetch.unsigned_abs() {
            return Ok(walked);
        }
    }
    let all = led(groups);
    let mut sql = begin(tx, part);
    sql.text(LINE);
    merged(&mut sql, all, part.order);
    sql.text(" !JOIN dossiers d ON d.id = p.id WHERE ").text(NOT_DENIED);
    finish(tx, sql, wanted, part, "p.id")
}

/// What leads to dossiers.
fn led(groups: Vec<GroupId>) -> Vec<Reason> {
    let mut all = vec![
        Reason::own(
            "r.dossier_id",
            "dossier_employee_rules r WHERE r.employee_id = :me AND r.effect = 'allow'",
        ),
        Reason::own("o.id", "dossiers o WHERE o.manager_id = :me"),
        Reason::own("o.id", "dossiers o WHERE o.office_id = :office AND o.visibility = 'office'"),
    ];
    let of_group = "dossier_group_rules r WHERE r.group_id = ? AND r.effect = 'allow'";
    all.extend(reasons("r.dossier_id", of_group, raw(groups)));
    all
}

/// The same by name. Whoever has few is given them sorted; along the names of the office whoever has more soon finds theirs. At most three
/// statements.
pub fn by_name(
    tx: &mut Tx<'_>,
    wanted: Wanted<'_>,
    after: Option<(String, DossierId)>,
    fetch: i64,
) -> Outcome<Vec<DossierLine>> {
    let part = Part { order: Order::Oldest, after: None, fetch };
    let groups = allowed_groups(tx)?;
    let too_many = groups.len() > TOO_MANY;
    let reasons = led(groups);
    let sorted = !too_many && {
        let mut sql = begin(tx, &part);
        few(&mut sql, &reasons, part.order);
        is_few(tx, sql)?
    };
    let mut sql = begin(tx, &part);
    let (name, last): (String, Uuid) = after.map(|(name, id)| (name, id.into())).unwrap_or_default();
    sql.name("name", Value::Text(name)).name("last", Value::from(last));
    sql.text(LINE);
    if sorted {
        merged(&mut sql, reasons, part.order);
        sql.text(" !JOIN dossiers d ON d.id = p.id WHERE ").text(NOT_DENIED);
    } else {
        sql.text(
            "(SELECT * FROM dossiers o WHERE o.office_id = :office AND (o.name_folded, o.id) > (:name, :last) \
             ORDER BY o.name_folded, o.id",
        );
        limit(&mut sql, i64::MAX);
        sql.text(") d WHERE ");
        sql.text(NOT_DENIED).text(" AND ").text(GRANTED);
    }
    narrow(&mut sql, wanted);
    if sorted {
        sql.text(" AND (d.name_folded, d.id) > (:name, :last) ORDER BY d.name_folded, d.id");
    } else if sql.kind() == Kind::Postgres {
        sql.text(" ORDER BY d.name_folded, d.id");
    }
    limit(&mut sql, fetch);
    sorted_by(sql.load::<Shape, DossierLine>(tx.conn)?, fetch, |line| (line.name_folded.clone(), line.id))
}

/// The groups of the one who asks that any dossier allows.
fn allowed_groups(tx: &mut Tx<'_>) -> Outcome<Vec<GroupId>> {
    let mut sql = Sql::on(tx.conn);
    sql.name("me", tx.actor.id).text(
        "SELECT m.group_id FROM group_members m WHERE m.employee_id = :me AND \
         (SELECT 1 FROM dossier_group_rules r WHERE r.group_id = m.group_id AND r.effect = 'allow' LIMIT 1) IS NOT NULL",
    );
    Ok(sql.load::<Id, GroupId>(tx.conn)?)
}

/// Along the dossiers of the office, whoever sees them, for at most so many rows.
fn walk(tx: &mut Tx<'_>, wanted: Wanted<'_>, part: &Part<DossierId>, rows: i64) -> Outcome<Vec<DossierLine>> {
    let mut sql = begin(tx, part);
    let (beyond, words) = (part.order.beyond(), part.order.words());
    sql.text(LINE).text(&format!(
        "(SELECT * FROM dossiers o WHERE o.office_id = :office AND o.id {beyond} :after ORDER BY o.id {words}"
    ));
    limit(&mut sql, rows);
    sql.text(") d WHERE ").text(NOT_DENIED).text(" AND ").text(GRANTED);
    finish(tx, sql, wanted, part, "d.id")
}

fn begin(tx: &Tx<'_>, part: &Part<DossierId>) -> Sql {
    let mut sql = Sql::on(tx.conn);
    sql.name("me", tx.actor.id).name("office", tx.actor.office_id);
    part.name_in(&mut sql);
    sql
}

fn finish(
    tx: &mut Tx<'_>,
    mut sql: Sql,
    wanted: Wanted<'_>,
    part: &Part<DossierId>,
    key: &str,
) -> Outcome<Vec<DossierLine>> {
    narrow(&mut sql, wanted);
    end(&mut sql, key, part);
    in_order(sql.load::<Shape, DossierLine>(tx.conn)?, part, |line| line.id.into())
}

fn narrow(sql: &mut Sql, wanted: Wanted<'_>) {
    sql.text(" AND d.office_id = :office");
    if let Some(state) = wanted.state {
        sql.with(" AND d.state = ?", [Value::Text(state.as_str().to_owned())]);
    }
    containing(sql, wanted.q, "d.name_folded", "d.number", false);
}
