//! The migrations: both databases agree, with each other and with schema.rs, and every one can be undone.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text};
use werkbak::db::{Conn, migrations};

use crate::support::{TestDatabase, on_postgres};

#[derive(Debug, QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(Debug, QueryableByName)]
struct SqliteColumn {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Integer)]
    required: i32,
}

#[derive(Debug, QueryableByName)]
struct PostgresColumn {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    optional: Option<String>,
}

/// Table, column → (type as schema.rs calls it, required).
pub type Shape = BTreeMap<(String, String), (String, bool)>;

/// Every column there is.
pub fn shape(conn: &mut Conn) -> Shape {
    let mut shape = Shape::new();
    match conn {
        Conn::Sqlite(conn) => {
            let tables: Vec<Named> = diesel::sql_query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' \
                 AND name NOT LIKE 'sqlite%'",
            )
            .load(conn)
            .unwrap();
            for table in tables {
                let columns: Vec<SqliteColumn> = diesel::sql_query(format!(
                    "SELECT name, type AS kind, \"notnull\" AS required FROM pragma_table_info('{}')",
                    table.name
                ))
                .load(conn)
                .unwrap();
                for column in columns {
                    shape.insert((table.name.clone(), column.name), (column.kind, column.required == 1));
                }
            }
        }
        Conn::Postgres(conn) => {
            let columns: Vec<PostgresColumn> = diesel::sql_query(
                "SELECT table_name::text, column_name::text AS name, data_type::text AS kind, \
                 is_nullable::text AS optional FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
            )
            .load(conn)
            .unwrap();
            for column in columns {
                let required = column.optional.as_deref() == Some("NO");
                shape.insert((column.table_name, column.name), (column.kind, required));
            }
        }
    }
    shape
}

/// What schema.rs says, in the words of the database of this run.
fn declared(postgres: bool) -> Shape {
    let source = include_str!("../../src/db/schema.rs");
    let mut shape = Shape::new();
    let mut table = String::new();
    for line in source.lines().map(str::trim) {
        if let Some((name, rest)) = line.split_once(" (")
            && rest.ends_with(") {")
        {
            table = name.to_owned();
        }
        let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") else { continue };
        if line.starts_with("diesel::joinable") {
            continue;
        }
        let (kind, required) = match kind.strip_prefix("Nullable<") {
            Some(kind) => (kind.trim_end_matches('>'), false),
            None => (kind, true),
        };
        let kind = match (kind, postgres) {
            ("Id", false) => "BLOB",
            ("Text" | "Timestamp" | "Date", false) => "TEXT",
            ("Bool" | "Integer" | "BigInt", false) => "INTEGER",
            ("Id", true) => "uuid",
            ("Text", true) => "text",
            ("Timestamp", true) => "timestamp without time zone",
            ("Date", true) => "date",
            ("Bool", true) => "boolean",
            ("Integer", true) => "integer",
            ("BigInt", true) => "bigint",
            (other, _) => panic!("schema.rs has a new type: {other}"),
        };
        shape.insert((table.clone(), column.to_owned()), (kind.to_owned(), required));
    }
    shape
}

/// Run on both databases, this says that both agree with schema.rs, and so with each other.
#[test]
fn the_migrations_build_what_schema_rs_says() {
    let database = TestDatabase::migrated();
    let built = shape(&mut database.connect());
    let declared = declared(on_postgres().is_some());
    assert!(declared.len() > 100);
    assert_eq!(built, declared);
}

#[test]
fn the_migrations_have_the_same_names_on_both() {
    let (sqlite, postgres) = migrations::names().unwrap();
    assert!(sqlite.len() >= 5);
    assert_eq!(sqlite, postgres);
}

#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Everything in the database that a migration could leave behind.
fn everything(conn: &mut Conn) -> Vec<Line> {
    let sqlite = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master \
                  WHERE name NOT LIKE '\\_\\_%' ESCAPE '\\' AND tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1";
    let postgres = "SELECT line FROM (\
          SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' \
            || coalesce(collation_name, '') AS line FROM information_schema.columns WHERE table_schema = 'public' \
          UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
          UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
            WHERE connamespace = 'public'::regnamespace) all_lines \
        WHERE line NOT LIKE '%diesel_schema_migrations%' ORDER BY 1";
    match conn {
        Conn::Sqlite(conn) => diesel::sql_query(sqlite).load(conn).unwrap(),
        Conn::Postgres(conn) => diesel::sql_query(postgres).load(conn).unwrap(),
    }
}

/// Up, down, compare, up again, compare: for each migration.
#[test]
fn every_migration_can_be_undone() {
    let database = TestDatabase::empty();
    let mut conn = database.connect();
    let count = migrations::names().unwrap().0.len();
    for _ in 0..count {
        let before = everything(&mut conn);
        migrations::run_one(&mut conn).unwrap();
        let after = everything(&mut conn);
        assert_ne!(before, after);
        migrations::revert_one(&mut conn).unwrap();
        assert_eq!(everything(&mut conn), before);
        migrations::run_one(&mut conn).unwrap();
        assert_eq!(everything(&mut conn), after);
    }
    assert!(migrations::are_current(&mut conn).unwrap());
}
