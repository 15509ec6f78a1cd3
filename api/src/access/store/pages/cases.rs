use std::collections::BTreeSet;

use chrono::NaiveDate;
use contract::ids::sql::{Id, RawId};
use contract::{CaseId, CasePart, CaseState, CaseTypeId, DossierId, EmployeeId};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Nullable, Text};
use uuid::Uuid;

use super::{
    GRANTED, NOT_DENIED, Order, Part, Reason, TOO_MANY, WALK, containing, end, few, in_order, is_few, limit,
    merged, reasons, sorted_by,
};
use crate::access::Tx;
use crate::db::Kind;
use crate::db::sql::{AT_ONCE, Sql, Value};
use crate::problem::Outcome;

/// Who has more reasons than this probably sees much: the newest of the office are walked along before anything is merged. Most people in
/// twenty groups have some ninety and fill a page by walking; most in eight have forty and walked in vain, which took twice the time of
/// their page.
pub const MANY: usize = 60;

/// A case as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct CaseLine {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its type.
    pub case_type_id: CaseTypeId,
    /// The name the type had when it was opened.
    pub case_type_name: String,
    /// Its dossier.
    pub dossier_id: DossierId,
    /// The dossier's number.
    pub dossier_number: String,
    /// The dossier's name, for who has access to it.
    pub dossier_name: Option<String>,
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
    /// Their name.
    pub coordinator_name: String,
    /// Whether the one who asks supports it.
    pub supporter: bool,
}

type Shape = (
    Id,
    Text,
    Text,
    Id,
    Text,
    Id,
    Text,
    Nullable<Text>,
    Text,
    Date,
    Nullable<Date>,
    Nullable<Date>,
    Id,
    Text,
    Bool,
);

impl CaseLine {
    /// Its place by deadline: without one it comes last.
    pub fn urgency(&self) -> (NaiveDate, CaseId) {
        (self.deadline.unwrap_or(NO_DAY), self.id)
    }

    /// What someone is in it.
    pub fn part_of(&self, me: EmployeeId) -> Option<CasePart> {
        if self.coordinator_id == me {
            Some(CasePart::Coordinator)
        } else {
            self.supporter.then_some(CasePart::Supporter)
        }
    }
}

const SUPPORTED: &str =
    "(SELECT 1 FROM case_supporters s WHERE s.case_id = c.id AND s.employee_id = :me) IS NOT NULL";

/// On `c` and `d`, for who is not denied: whether one sees at least the header (C6).
fn seen() -> String {
    format!(
        "({GRANTED} OR c.coordinator_id = :me OR {SUPPORTED} \
         OR c.case_type_id IN (SELECT a.case_type_id FROM case_type_employees a WHERE a.employee_id = :me \
         UNION ALL SELECT a.case_type_id FROM group_members m JOIN case_type_groups a ON a.group_id = m.group_id WHERE m.employee_id = :me) \
         OR (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.state = 'open' AND (t.holder_id = :me \
         OR t.tray_id IN (SELECT m.group_id FROM group_members m WHERE m.employee_id = :me)) LIMIT 1) IS NOT NULL)"
    )
}

/// Which of them.
#[derive(Debug, Default, Clone, Copy)]
pub struct Wanted<'a> {
    /// Part of a title or number.
    pub q: Option<&'a str>,
    /// Only those one coordinates or supports.
    pub mine: bool,
    /// Only of this dossier.
    pub dossier: Option<DossierId>,
    /// Only of this type.
    pub case_type: Option<CaseTypeId>,
    /// Only in this state.
    pub state: Option<CaseState>,
}

/// What leads someone to cases besides their own work and the office.
#[derive(Debug, Default)]
struct Means {
    /// Groups with access to dossiers that have cases.
    groups: Vec<Uuid>,
    /// Groups with tasks in their tray.
    trays: Vec<Uuid>,
    /// Case types one is authorised for.
    types: BTreeSet<Uuid>,
}

/// Those of which the one who asks sees at least the header (C6). One statement for those of a dossier and one's own; else two, or
/// three for who has many reasons or asks for a type they are not authorised for.
pub fn page(tx: &mut Tx<'_>, wanted: Wanted<'_>, part: &Part<CaseId>) -> Outcome<Vec<CaseLine>> {
    if wanted.mine {
        return merge(tx, own(wanted.state), wanted, part);
    }
    if wanted.dossier.is_some() {
        return walk(tx, "o.dossier_id = :dossier", i64::MAX, wanted, part);
    }
    let all = match led(tx, wanted)? {
        Led::ByType(reasons) => return merge(tx, reasons, wanted, part),
        Led::By(reasons) => reasons,
    };
    let among = if wanted.case_type.is_some() { "o.case_type_id = :type" } else { "o.office_id = :office" };
    if all.len() > TOO_MANY {
        return walk(tx, among, i64::MAX, wanted, part);
    }
    if all.len() > MANY || wanted.case_type.is_some() {
        let walked = walk(tx, among, WALK, wanted, part)?;
        if walked.len() as u64 >= part.fetch.unsigned_abs() {
            return Ok(walked);
        }
    }
    merge(tx, all, wanted, part)
}

/// What leads to what is wanted.
enum Led {
    /// Being authorised for the type that is asked for is enough.
    ByType(Vec<Reason>),
    /// All of these together.
    By(Vec<Reason>),
}

fn led(tx: &mut Tx<'_>, wanted: Wanted<'_>) -> Outcome<Led> {
    let Means { groups, trays, types } = means(tx)?;
    let mut all = own(wanted.state);
    all.push(Reason::own("t.case_id", "tasks t WHERE t.holder_id = :me AND t.state = 'open'"));
    all.extend(reasons("t.case_id", "tasks t WHERE t.tray_id = ? AND t.state = 'open'", trays));
    let of_type = "cases c WHERE c.case_type_id = ?";
    match wanted.case_type.map(Uuid::from) {
        Some(one) if types.contains(&one) => return Ok(Led::ByType(reasons("c.id", of_type, [one]))),
        // Of no other type is anything wanted.
        Some(_) => {}
        None => all.extend(reasons("c.id", of_type, types)),
    }
    let ways = [tx.actor.id.into(), tx.actor.office_id.into()].into_iter().chain(groups);
    all.extend(reasons("w.case_id", "case_ways w WHERE w.via_id = ?", ways));
    Ok(Led::By(all))
}

/// Open cases of those of which the one who asks sees at least the header, the most urgent first. Whoever has few is given them sorted;
/// along the deadlines of the office whoever has more soon finds theirs. At most three statements.
pub fn by_deadline(
    tx: &mut Tx<'_>,
    wanted: Wanted<'_>,
    after: Option<(NaiveDate, CaseId)>,
    fetch: i64,
) -> Outcome<Vec<CaseLine>> {
    let wanted = Wanted { state: Some(CaseState::Open), ..wanted };
    let part = Part { order: Order::Oldest, after: None, fetch };
    let reasons = if wanted.mine {
        own(wanted.state)
    } else if wanted.dossier.is_some() {
        vec![Reason::own("c.id", "cases c WHERE c.dossier_id = :dossier")]
    } else {
        match led(tx, wanted)? {
            Led::ByType(reasons) | Led::By(reasons) => reasons,
        }
    };
    let sorted = wanted.mine
        || wanted.dossier.is_some()
        || reasons.len() <= TOO_MANY && {
            let mut sql = begin(tx, wanted, &part);
            few(&mut sql, &reasons, part.order);
            is_few(tx, sql)?
        };
    let mut sql = begin(tx, wanted, &part);
    let (day, last) = after.map_or((NaiveDate::MIN, Uuid::nil()), |(day, id)| (day, id.into()));
    sql.name("day", Value::Day(day.max(FIRST_DAY))).name("last", last);
    line(&mut sql, GRANTED);
    if sorted {
        merged(&mut sql, reasons, part.order);
        sql.text(" !JOIN cases c ON c.id = p.id");
    } else {
        sql.text(
            "(SELECT * FROM cases o WHERE o.office_id = :office AND o.state = 'open' \
             AND (coalesce(o.deadline, '9999-12-31'), o.id) > (:day, :last) ORDER BY coalesce(o.deadline, '9999-12-31'), o.id",
        );
        limit(&mut sql, i64::MAX);
        sql.text(") c");
    }
    sql.text(" !JOIN dossiers d ON d.id = c.dossier_id WHERE ").text(NOT_DENIED);
    if !sorted || wanted.dossier.is_some() {
        sql.text(" AND ").text(&seen());
    }
    narrow(&mut sql, wanted);
    if sorted {
        sql.text(
            " AND (coalesce(c.deadline, '9999-12-31'), c.id) > (:day, :last) ORDER BY coalesce(c.deadline, '9999-12-31'), c.id",
        );
    } else if sql.kind() == Kind::Postgres {
        sql.text(" ORDER BY coalesce(c.deadline, '9999-12-31'), c.id");
    }
    limit(&mut sql, fetch);
    sorted_by(sql.load::<Shape, CaseLine>(tx.conn)?, fetch, CaseLine::urgency)
}

/// Before every deadline, in both databases' writing.
const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// The place of a case without a deadline.
const NO_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Cases that are seen already, as a list shows them, in no order. One statement for up to a few hundred.
pub fn of(tx: &mut Tx<'_>, ids: &[CaseId]) -> Outcome<Vec<CaseLine>> {
    let mut lines = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let mut sql = Sql::on(tx.conn);
        sql.name("me", tx.actor.id);
        line(&mut sql, &format!("{NOT_DENIED} AND {GRANTED}"));
        sql.text("cases c !JOIN dossiers d ON d.id = c.dossier_id WHERE c.id IN ")
            .ids(some.iter().copied().map(Into::into));
        lines.extend(sql.load::<Shape, CaseLine>(tx.conn)?);
    }
    Ok(lines)
}

fn own(state: Option<CaseState>) -> Vec<Reason> {
    let open = Reason::own("c.id", "cases c WHERE c.coordinator_id = :me AND c.state = 'open'");
    let closed = Reason::own("c.id", "cases c WHERE c.coordinator_id = :me AND c.state = 'closed'");
    let mut own = match state {
        Some(CaseState::Open) => vec![open],
        Some(CaseState::Closed) => vec![closed],
        None => vec![open, closed],
    };
    own.push(Reason::own("s.case_id", "case_supporters s WHERE s.employee_id = :me"));
    own
}

fn means(tx: &mut Tx<'_>) -> Outcome<Means> {
    let mut sql = Sql::on(tx.conn);
    sql.name("me", tx.actor.id).text(
        "SELECT 'group', m.group_id FROM group_members m WHERE m.employee_id = :me AND \
         (SELECT 1 FROM case_ways w WHERE w.via_id = m.group_id LIMIT 1) IS NOT NULL \
         UNION ALL SELECT 'tray', m.group_id FROM group_members m WHERE m.employee_id = :me AND \
         (SELECT 1 FROM tasks t WHERE t.tray_id = m.group_id AND t.state = 'open' LIMIT 1) IS NOT NULL \
         UNION ALL SELECT 'type', a.case_type_id FROM case_type_employees a WHERE a.employee_id = :me \
         UNION ALL SELECT 'type', a.case_type_id FROM group_members m !JOIN case_type_groups a ON a.group_id = m.group_id \
         WHERE m.employee_id = :me",
    );
    let mut means = Means::default();
    for (kind, RawId(id)) in sql.load::<(Text, Id), (String, RawId)>(tx.conn)? {
        match kind.as_str() {
            "group" => means.groups.push(id),
            "tray" => means.trays.push(id),
            _ => {
                means.types.insert(id);
            }
        }
    }
    Ok(means)
}

fn merge(
    tx: &mut Tx<'_>,
    reasons: Vec<Reason>,
    wanted: Wanted<'_>,
    part: &Part<CaseId>,
) -> Outcome<Vec<CaseLine>> {
    let mut sql = begin(tx, wanted, part);
    line(&mut sql, GRANTED);
    merged(&mut sql, reasons, part.order);
    sql.text(" !JOIN cases c ON c.id = p.id !JOIN dossiers d ON d.id = c.dossier_id WHERE ").text(NOT_DENIED);
    finish(tx, sql, wanted, part, "p.id")
}

/// Along some of the office's cases, whoever sees them, for at most so many rows.
fn walk(
    tx: &mut Tx<'_>,
    among: &str,
    rows: i64,
    wanted: Wanted<'_>,
    part: &Part<CaseId>,
) -> Outcome<Vec<CaseLine>> {
    let mut sql = begin(tx, wanted, part);
    let (beyond, words) = (part.order.beyond(), part.order.words());
    line(&mut sql, GRANTED);
    sql.text(&format!("(SELECT * FROM cases o WHERE {among} AND o.id {beyond} :after ORDER BY o.id {words}"));
    limit(&mut sql, rows);
    sql.text(&format!(") c !JOIN dossiers d ON d.id = c.dossier_id WHERE {NOT_DENIED} AND {}", seen()));
    finish(tx, sql, wanted, part, "c.id")
}

fn begin(tx: &Tx<'_>, wanted: Wanted<'_>, part: &Part<CaseId>) -> Sql {
    let mut sql = Sql::on(tx.conn);
    sql.name("me", tx.actor.id).name("office", tx.actor.office_id);
    if let Some(dossier) = wanted.dossier {
        sql.name("dossier", dossier);
    }
    if let Some(case_type) = wanted.case_type {
        sql.name("type", case_type);
    }
    part.name_in(&mut sql);
    sql
}

fn line(sql: &mut Sql, access: &str) {
    sql.text(&format!(
        "SELECT c.id, c.number, c.title, \
         c.case_type_id, (SELECT v.name FROM case_type_revisions v WHERE v.id = c.revision_id), \
         c.dossier_id, d.number, CASE WHEN {access} THEN d.name END, \
         c.state, c.start_date, c.target_date, c.deadline, \
         c.coordinator_id, (SELECT e.name FROM employees e WHERE e.id = c.coordinator_id), {SUPPORTED} FROM "
    ));
}

fn finish(
    tx: &mut Tx<'_>,
    mut sql: Sql,
    wanted: Wanted<'_>,
    part: &Part<CaseId>,
    key: &str,
) -> Outcome<Vec<CaseLine>> {
    narrow(&mut sql, wanted);
    end(&mut sql, key, part);
    in_order(sql.load::<Shape, CaseLine>(tx.conn)?, part, |line| line.id.into())
}

fn narrow(sql: &mut Sql, wanted: Wanted<'_>) {
    sql.text(" AND c.office_id = :office");
    if let Some(state) = wanted.state {
        sql.with(" AND c.state = ?", [Value::Text(state.as_str().to_owned())]);
    }
    if wanted.dossier.is_some() {
        sql.text(" AND c.dossier_id = :dossier");
    }
    if wanted.case_type.is_some() {
        sql.text(" AND c.case_type_id = :type");
    }
    containing(sql, wanted.q, "c.title_folded", "c.number", true);
}
