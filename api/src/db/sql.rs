//! Statements written out: what diesel's language cannot say for both databases, such as a union of sorted parts.
//!
//! A statement is kept prepared under its text, as diesel's own are, so the text must depend on the form of a question and never on
//! its values: these are bound.

use std::marker::PhantomData;

use chrono::NaiveDate;
use contract::ids::sql::{Id, RawId};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::LoadQuery;
use diesel::sql_types::{BigInt, Date, Text};
use diesel::sqlite::Sqlite;
use uuid::Uuid;

use super::{Conn, Kind};

/// A value that is bound.
#[derive(Debug, Clone)]
pub enum Value {
    /// An id.
    Id(RawId),
    /// Text.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A number.
    Number(i64),
}

impl<T: Into<Uuid>> From<T> for Value {
    fn from(id: T) -> Self {
        Self::Id(RawId(id.into()))
    }
}

/// How many ids go into one statement: of longer lists each length would be prepared, and kept, by itself.
pub const AT_ONCE: usize = 384;

/// Ids, filled up with ids of nothing, so that few forms of a statement are prepared.
pub fn filled(ids: impl IntoIterator<Item = Uuid>) -> impl Iterator<Item = Value> {
    let mut all: Vec<Uuid> = ids.into_iter().collect();
    let steps = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, AT_ONCE];
    let enough = steps.into_iter().find(|step| *step >= all.len()).unwrap_or(all.len());
    all.resize(enough, Uuid::nil());
    all.into_iter().map(Into::into)
}

/// A statement as it is put together. `:name` stands for a value that was named before, `?` for the next of a part's own, `!JOIN` for
/// a join in the order it is written, which PostgreSQL finds by itself here and SQLite has to be told, and `!MINE` for `r.group_id` being a group of
/// `:me`. No text in a statement holds one of the marks for another reason.
#[derive(Debug)]
pub struct Sql {
    kind: Kind,
    /// Text, each time with the value that follows it.
    parts: Vec<(String, Option<Value>)>,
    named: Vec<Named>,
    bound: usize,
}

#[derive(Debug)]
struct Named {
    name: &'static str,
    value: Value,
    /// Its place among the bound values, once it is used.
    place: Option<usize>,
}

impl Sql {
    /// An empty statement for the database of a connection.
    pub fn on(conn: &Conn) -> Self {
        let kind = match conn {
            Conn::Postgres(_) => Kind::Postgres,
            Conn::Sqlite(_) => Kind::Sqlite,
        };
        Self { kind, parts: vec![(String::with_capacity(2048), None)], named: Vec::new(), bound: 0 }
    }

    /// For which database it is written.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Gives a value a name for what follows. It is bound once, however often it is used.
    pub fn name(&mut self, name: &'static str, value: impl Into<Value>) -> &mut Self {
        self.named.push(Named { name, value: value.into(), place: None });
        self
    }

    /// Adds text with no values of its own.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.with(text, None)
    }

    /// Adds text with a value of its own for each `?`.
    pub fn with(&mut self, text: &str, own: impl IntoIterator<Item = Value>) -> &mut Self {
        let mut own = own.into_iter();
        let mut rest = text;
        while let Some(at) = rest.find([':', '?', '!']) {
            let (before, mark) = rest.split_at(at);
            self.tail().push_str(before);
            let after = &mark[1..];
            if mark.starts_with('?') {
                if let Some(value) = own.next() {
                    self.bind(value);
                }
                rest = after;
            } else if let Some(after) = after.strip_prefix("MINE").filter(|_| mark.starts_with('!')) {
                self.with(self.mine(), None);
                rest = after;
            } else if mark.starts_with('!') {
                if self.kind == Kind::Sqlite {
                    self.tail().push_str("CROSS ");
                }
                rest = after;
            } else {
                let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(after.len());
                let (name, after) = after.split_at(end);
                self.named_value(name);
                rest = after;
            }
        }
        self.tail().push_str(rest);
        self
    }

    /// Adds a list of ids in brackets.
    pub fn ids(&mut self, ids: impl IntoIterator<Item = Uuid>) -> &mut Self {
        let values: Vec<Value> = filled(ids).collect();
        let marks = vec!["?"; values.len()].join(", ");
        self.with(&format!("({marks})"), values)
    }

    /// That `r.group_id` is a group of `:me`: PostgreSQL reads all their groups once (it would join them to each row's
    /// rules were it not for the coalesce), and SQLite looks for the one.
    const fn mine(&self) -> &'static str {
        match self.kind {
            Kind::Postgres => {
                "coalesce(r.group_id IN (SELECT m.group_id FROM group_members m WHERE m.employee_id = :me), false)"
            }
            Kind::Sqlite => {
                "(SELECT 1 FROM group_members m WHERE m.employee_id = :me AND m.group_id = r.group_id) IS NOT NULL"
            }
        }
    }

    fn tail(&mut self) -> &mut String {
        if self.parts.last().is_none_or(|(_, value)| value.is_some()) {
            self.parts.push((String::new(), None));
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last].0
    }

    fn bind(&mut self, value: Value) {
        self.bound += 1;
        self.tail();
        if let Some((_, place)) = self.parts.last_mut() {
            *place = Some(value);
        }
    }

    fn named_value(&mut self, name: &str) {
        let next = self.bound + 1;
        let Some(named) = self.named.iter_mut().find(|named| named.name == name) else {
            debug_assert!(false, "{name} has no value");
            return;
        };
        match named.place {
            Some(place) => {
                let mark = if self.kind == Kind::Postgres { '$' } else { '?' };
                let place = place.to_string();
                let tail = self.tail();
                tail.push(mark);
                tail.push_str(&place);
            }
            None => {
                named.place = Some(next);
                let value = named.value.clone();
                self.bind(value);
            }
        }
    }

    /// Runs it; `Shape` is what its columns are.
    pub fn load<Shape, Row>(self, conn: &mut Conn) -> QueryResult<Vec<Row>>
    where
        Statement<Shape>: LoadQuery<'static, PgConnection, Row> + LoadQuery<'static, SqliteConnection, Row>,
    {
        let statement = Statement { sql: self, shape: PhantomData };
        match conn {
            Conn::Postgres(conn) => RunQueryDsl::<PgConnection>::load(statement, conn),
            Conn::Sqlite(conn) => RunQueryDsl::<SqliteConnection>::load(statement, conn),
        }
    }

    fn walk<'b, DB>(&'b self, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: diesel::backend::Backend + diesel::sql_types::HasSqlType<Id>,
        RawId: diesel::serialize::ToSql<Id, DB>,
        String: diesel::serialize::ToSql<Text, DB>,
        NaiveDate: diesel::serialize::ToSql<Date, DB>,
        i64: diesel::serialize::ToSql<BigInt, DB>,
    {
        for (text, value) in &self.parts {
            out.push_sql(text);
            match value {
                Some(Value::Id(id)) => out.push_bind_param::<Id, _>(id)?,
                Some(Value::Text(text)) => out.push_bind_param::<Text, _>(text)?,
                Some(Value::Day(day)) => out.push_bind_param::<Date, _>(day)?,
                Some(Value::Number(number)) => out.push_bind_param::<BigInt, _>(number)?,
                None => {}
            }
        }
        Ok(())
    }
}

/// A statement that is ready to run.
#[derive(Debug)]
pub struct Statement<Shape> {
    sql: Sql,
    shape: PhantomData<Shape>,
}

impl<Shape> Query for Statement<Shape> {
    type SqlType = Shape;
}

impl<Shape, Conn> RunQueryDsl<Conn> for Statement<Shape> {}

impl<Shape> QueryId for Statement<Shape> {
    type QueryId = ();
    // It is known by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Shape> QueryFragment<Pg> for Statement<Shape> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.sql.walk(&mut out)
    }
}

impl<Shape> QueryFragment<Sqlite> for Statement<Shape> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.sql.walk(&mut out)
    }
}
