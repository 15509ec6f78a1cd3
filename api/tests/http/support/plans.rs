//! How the database would carry out a statement, and what it would read from one end to the other.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use werkbak::db::Conn;

/// Tables with a row for each dossier, case, task or change, or more. Of the others there are thousands at the most.
const BIG: [&str; 16] = [
    "dossiers",
    "dossier_group_rules",
    "dossier_employee_rules",
    "cases",
    "case_ways",
    "case_supporters",
    "case_steps",
    "case_answers",
    "tasks",
    "parties",
    "messages",
    "reads",
    "events",
    "mails",
    "refresh_tokens",
    "idempotency_keys",
];

#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

/// The big tables of which a statement would look at every row.
pub fn scans(conn: &mut Conn, statement: &str) -> Vec<String> {
    let sql = statement.split(" -- binds:").next().unwrap();
    let known = |name: &str| BIG.contains(&name) || BIG.iter().any(|big| names(sql, big, name));
    match conn {
        Conn::Sqlite(conn) => {
            let steps: Vec<SqliteStep> =
                sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn).expect("a plan");
            let scanned = |step: &SqliteStep| step.detail.strip_prefix("SCAN ").map(str::to_owned);
            let what = |rest: &String| known(rest.split(' ').next().unwrap());
            steps.iter().filter_map(scanned).filter(what).map(|rest| format!("SCAN {rest}")).collect()
        }
        Conn::Postgres(conn) => {
            // As it is once it is prepared for every value; on so few rows only what has no index is read through.
            let values = (1..).take_while(|number| sql.contains(&format!("${number}"))).count();
            let nulls =
                if values == 0 { String::new() } else { format!("({})", vec!["NULL"; values].join(", ")) };
            let run = |conn: &mut PgConnection, sql: &str| sql_query(sql).execute(conn).expect(sql);
            run(conn, "SET plan_cache_mode = force_generic_plan");
            run(conn, "SET enable_seqscan = off");
            run(conn, &format!("PREPARE looked_at AS {sql}"));
            let steps: Vec<PostgresStep> =
                sql_query(format!("EXPLAIN EXECUTE looked_at{nulls}")).load(conn).expect("a plan");
            run(conn, "DEALLOCATE looked_at");
            // An index in its order from one end to the other is what SQLite's plans tell of: on so few rows PostgreSQL may choose that.
            steps
                .iter()
                .map(|step| step.line.trim_start().trim_start_matches("->").trim_start())
                .filter(|line| {
                    line.split_once("Seq Scan on ")
                        .is_some_and(|(_, rest)| BIG.contains(&rest.split(' ').next().unwrap()))
                })
                .map(str::to_owned)
                .collect()
        }
    }
}

/// Whether a statement calls a table by another name.
fn names(sql: &str, table: &str, name: &str) -> bool {
    [format!("FROM {table} {name} "), format!("JOIN {table} {name} "), format!("`{table}` AS `{name}`")]
        .iter()
        .any(|said| sql.contains(said.as_str()))
}
