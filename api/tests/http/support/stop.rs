//! Stopping a transaction half-way.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use werkbak::db::Conn;

use super::TestDatabase;

/// While this lives, whoever updates a table waits there, in the middle of their transaction.
pub struct Stop<'a> {
    database: &'a TestDatabase,
    conn: Conn,
    table: &'static str,
}

#[derive(diesel::QueryableByName)]
struct Waiting {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl TestDatabase {
    pub fn stop_at_update_of(&self, table: &'static str) -> Stop<'_> {
        let mut conn = self.connect();
        match &mut conn {
            Conn::Postgres(conn) => {
                conn.batch_execute(&format!("BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE")).unwrap();
            }
            // SQLite has no locks to wait for, so it is kept busy for longer than any test lasts.
            Conn::Sqlite(conn) => conn
                .batch_execute(&format!(
                    "CREATE TRIGGER stop BEFORE UPDATE ON {table} BEGIN SELECT (WITH RECURSIVE n(x) AS \
                     (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000000) SELECT count(*) FROM n); END; \
                     PRAGMA busy_timeout = 0"
                ))
                .unwrap(),
        }
        Stop { database: self, conn, table }
    }
}

impl Stop<'_> {
    /// Waits until someone is in the middle of it.
    pub async fn reached(&mut self) {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
        loop {
            let there = match &mut self.conn {
                Conn::Postgres(_) => {
                    let waiting = diesel::sql_query(format!(
                        "SELECT count(*) AS count FROM pg_locks WHERE NOT granted AND relation = '{}'::regclass",
                        self.table
                    ));
                    // On another connection: this one holds the lock.
                    waiting.get_result::<Waiting>(&mut self.database.connect()).unwrap().count > 0
                }
                Conn::Sqlite(conn) => match conn.batch_execute("BEGIN IMMEDIATE") {
                    Ok(()) => {
                        conn.batch_execute("ROLLBACK").unwrap();
                        false
                    }
                    Err(_) => true,
                },
            };
            if there {
                return;
            }
            assert!(std::time::Instant::now() < deadline, "nobody updates {}", self.table);
            actix_web::rt::task::yield_now().await;
        }
    }
}

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        let end = match &self.conn {
            Conn::Postgres(_) => "ROLLBACK",
            Conn::Sqlite(_) => "PRAGMA busy_timeout = 10000; DROP TRIGGER stop",
        };
        self.conn.batch_execute(end).unwrap();
    }
}
