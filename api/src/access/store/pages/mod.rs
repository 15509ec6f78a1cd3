//! Pages of what one person may see (D3, C6, T7): as fast at a million as at a thousand, for who sees nearly everything and for who sees
//! sixty.
//!
//! A rule tested row by row is slow for who sees little, and a join with all that someone may see is slow for who sees much. So a page
//! is merged: every reason to see something is an index in the list's order (what a group is allowed, what one manages, a case type one is
//! authorised for), and the database takes from all of them what comes next. An explicit denial is tested on what the merge brings, and
//! nothing is read beyond the page. Someone with very many reasons sees so much that walking along the newest of the office fills a page
//! sooner; that is tried first, for a bounded number of rows.

pub mod cases;
pub mod dossiers;
pub mod tasks;

use contract::GroupId;
use diesel::sql_types::BigInt;
use uuid::Uuid;

use crate::access::Tx;
use crate::db::Kind;
use crate::db::sql::{Sql, Value, filled};
use crate::problem::{Outcome, Problem};
use crate::text::contains_pattern;

/// In which order a list comes, by age: ids rise with time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
}

impl Order {
    const fn words(self) -> &'static str {
        match self {
            Self::Newest => "DESC",
            Self::Oldest => "ASC",
        }
    }

    const fn beyond(self) -> &'static str {
        match self {
            Self::Newest => "<",
            Self::Oldest => ">",
        }
    }

    const fn before_all(self) -> Uuid {
        match self {
            Self::Newest => Uuid::max(),
            Self::Oldest => Uuid::nil(),
        }
    }
}

/// Which part of a list.
#[derive(Debug, Clone, Copy)]
pub struct Part<K> {
    /// In which order.
    pub order: Order,
    /// After what.
    pub after: Option<K>,
    /// How many at the most.
    pub fetch: i64,
}

impl<K: Copy + Into<Uuid>> Part<K> {
    fn name_in(&self, sql: &mut Sql) {
        let after = self.after.map_or_else(|| self.order.before_all(), Into::into);
        sql.name("after", after);
    }
}

/// With more reasons than this nothing is merged: SQLite takes 500 parts.
const TOO_MANY: usize = 400;
/// How many rows of the office are walked along before giving up.
const WALK: i64 = 250;

/// On `d`: not explicitly denied (D3, steps 2 to 4).
const NOT_DENIED: &str = "(d.manager_id = :me OR CASE \
     (SELECT r.effect FROM dossier_employee_rules r WHERE r.dossier_id = d.id AND r.employee_id = :me) \
     WHEN 'allow' THEN true WHEN 'deny' THEN false ELSE \
     (SELECT 1 FROM dossier_group_rules r WHERE r.dossier_id = d.id AND r.effect = 'deny' AND !MINE LIMIT 1) IS NULL END)";

/// On `d`, for who is not denied: access (D3).
const GRANTED: &str = "(d.manager_id = :me OR d.visibility = 'office' \
     OR (SELECT 1 FROM dossier_employee_rules r WHERE r.dossier_id = d.id AND r.employee_id = :me AND r.effect = 'allow') IS NOT NULL \
     OR (SELECT 1 FROM dossier_group_rules r WHERE r.dossier_id = d.id AND r.effect = 'allow' AND !MINE LIMIT 1) IS NOT NULL)";

/// One reason to see something: ids from an index, in the list's order.
#[derive(Debug, Clone)]
struct Reason {
    id: &'static str,
    from: &'static str,
    of: Option<Value>,
}

impl Reason {
    const fn own(id: &'static str, from: &'static str) -> Self {
        Self { id, from, of: None }
    }
}

/// The reasons of one kind.
fn reasons(id: &'static str, from: &'static str, of: impl IntoIterator<Item = Uuid>) -> Vec<Reason> {
    filled(of).map(|of| Reason { id, from, of: Some(of) }).collect()
}

/// `p`: the ids of all reasons in the list's order, each once, read only as far as they are asked for.
fn merged(sql: &mut Sql, reasons: Vec<Reason>, order: Order) {
    let postgres = sql.kind() == Kind::Postgres;
    let (words, beyond) = (order.words(), order.beyond());
    sql.text(if postgres { "(SELECT DISTINCT ON (id) id FROM (" } else { "(" });
    for (index, Reason { id, from, of }) in reasons.into_iter().enumerate() {
        if index > 0 {
            sql.text(if postgres { " UNION ALL " } else { " UNION " });
        }
        let part = format!("SELECT {id} AS id FROM {from} AND {id} {beyond} :after");
        if postgres {
            sql.with(&format!("({part} ORDER BY 1 {words})"), of);
        } else {
            sql.with(&part, of);
        }
    }
    if postgres {
        sql.text(&format!(") u ORDER BY id {words}) p"));
    } else {
        // Without a limit of its own SQLite may leave the order out; this is none.
        sql.text(&format!(" ORDER BY 1 {words} LIMIT -1) p"));
    }
}

/// The end of a statement whose rows come in the order of `key` already. SQLite reads them one by one, and would sort them all if it
/// were told the order once more; see [`in_order`].
fn end<K>(sql: &mut Sql, key: &str, part: &Part<K>) {
    if sql.kind() == Kind::Postgres {
        sql.text(&format!(" ORDER BY {key} {}", part.order.words()));
    }
    limit(sql, part.fetch);
}

/// At most so many rows, or some more, which [`in_order`] cuts. It is written out, not bound: for a number it does not know
/// PostgreSQL plans to bring a tenth of everything, and reads whole tables for who has many reasons.
fn limit(sql: &mut Sql, rows: i64) {
    let steps = [11, 26, 51, 101, WALK, 1001, FEW + 1];
    match steps.into_iter().find(|step| *step >= rows) {
        Some(step) => sql.text(&format!(" LIMIT {step}")),
        None if rows < i64::MAX => sql.with(" LIMIT ?", [Value::Number(rows)]),
        None if sql.kind() == Kind::Postgres => sql,
        // As in `merged`.
        None => sql.text(" LIMIT -1"),
    };
}

/// Cuts what was brought beyond the page, and refuses rows that are not in the order they must be in: a page of others would be missing
/// some.
fn in_order<K, R>(rows: Vec<R>, part: &Part<K>, id: impl Fn(&R) -> Uuid) -> Outcome<Vec<R>> {
    in_pairs(rows, part.fetch, |one, next| match part.order {
        Order::Newest => id(one) > id(next),
        Order::Oldest => id(one) < id(next),
    })
}

/// The same for another order than by age.
fn sorted_by<R, K: Ord>(rows: Vec<R>, fetch: i64, key: impl Fn(&R) -> K) -> Outcome<Vec<R>> {
    in_pairs(rows, fetch, |one, next| key(one) < key(next))
}

fn in_pairs<R>(mut rows: Vec<R>, fetch: i64, rising: impl Fn(&R, &R) -> bool) -> Outcome<Vec<R>> {
    rows.truncate(usize::try_from(fetch).unwrap_or(usize::MAX));
    if rows.windows(2).all(|pair| rising(&pair[0], &pair[1])) {
        Ok(rows)
    } else {
        Err(Problem::internal("a page came in the wrong order"))
    }
}

/// How many things someone may have reasons to see for all of them to be sorted anew.
const FEW: i64 = 2000;

/// Asks how much reasons lead to, as far as that matters.
fn few(sql: &mut Sql, reasons: &[Reason], order: Order) {
    sql.text("SELECT count(*) FROM (SELECT id FROM ");
    merged(sql, reasons.to_vec(), order);
    limit(sql, FEW + 1);
    sql.text(") n");
}

fn is_few(tx: &mut Tx<'_>, sql: Sql) -> Outcome<bool> {
    Ok(sql.load::<BigInt, i64>(tx.conn)?.first().is_some_and(|count| *count <= FEW))
}

/// Adds a search for part of a name or number.
fn containing(sql: &mut Sql, q: Option<&str>, name: &str, number: &str, upper: bool) {
    if let Some(q) = q {
        let pattern = contains_pattern(q);
        let numbered = if upper { pattern.to_uppercase() } else { pattern.clone() };
        sql.with(
            &format!(" AND ({name} LIKE ? ESCAPE '\\' OR {number} LIKE ? ESCAPE '\\')"),
            [Value::Text(pattern), Value::Text(numbered)],
        );
    }
}

fn raw(groups: Vec<GroupId>) -> impl Iterator<Item = Uuid> {
    groups.into_iter().map(Into::into)
}

/// An id and its name, when there is one.
pub fn reference<I, R>(id: Option<I>, name: Option<String>, make: impl FnOnce(I, String) -> R) -> Option<R> {
    id.map(|id| make(id, name.unwrap_or_default()))
}
