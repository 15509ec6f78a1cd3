//! Getting rows into either database, fast.

mod rows;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{ExecuteCopyFromDsl, QueryableByName, RunQueryDsl};

pub(super) use self::rows::*;
use crate::db::schema::*;
use crate::db::{Conn, transaction};
use crate::problem::Outcome;

/// How many rows one statement brings into SQLite: more makes it no faster, and it allows for so many values only.
const AT_ONCE: usize = 500;

macro_rules! batch {
    ($($table:ident: $row:ident),+ $(,)?) => {
        /// Rows on their way, by table; what others refer to comes first.
        #[derive(Debug, Default)]
        pub(super) struct Batch {
            $(pub(super) $table: Vec<$row>),+
        }

        /// Writes and forgets what waits; tells how many rows went into which table.
        pub(super) fn send(conn: &mut Conn, batch: &mut Batch) -> Outcome<crate::seed::Rows> {
            match conn {
                // Part of the one transaction of [`load`].
                Conn::Postgres(postgres) => {$(
                    if !batch.$table.is_empty() {
                        diesel::copy_from($table::table).from_insertable(&batch.$table).execute(postgres)?;
                    }
                )+}
                Conn::Sqlite(_) => transaction(conn, |conn| {
                    let Conn::Sqlite(sqlite) = conn else { return Ok(()) };
                    $(for rows in batch.$table.chunks(AT_ONCE) {
                        diesel::insert_into($table::table).values(rows).execute(sqlite)?;
                    })+
                    Ok(())
                })?,
            }
            let sent = vec![$((stringify!($table), batch.$table.len())),+];
            $(batch.$table.clear();)+
            Ok(sent)
        }
    };
}

batch! {
    offices: OfficeRow,
    employees: EmployeeRow,
    groups: GroupRow,
    group_members: MemberRow,
    client_groups: ClientGroupRow,
    case_types: CaseTypeRow,
    case_type_revisions: RevisionRow,
    step_types: StepTypeRow,
    check_types: CheckTypeRow,
    result_types: ResultTypeRow,
    case_type_groups: TypeGroupRow,
    case_type_employees: TypeEmployeeRow,
    dossiers: DossierRow,
    dossier_group_rules: GroupRuleRow,
    dossier_employee_rules: EmployeeRuleRow,
    parties: PartyRow,
    cases: CaseRow,
    case_supporters: SupporterRow,
    case_steps: StepRow,
    case_answers: AnswerRow,
    tasks: TaskRow,
    counters: CounterRow,
}

/// A foreign key of PostgreSQL, to be taken away and put back.
#[derive(Debug, QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

const REFERENCES: &str = "SELECT conrelid::regclass::text AS \"table\", quote_ident(conname) AS name, \
     pg_get_constraintdef(oid) AS definition FROM pg_constraint \
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2";

/// Writes everything, fast, and lets the database look at what it then holds, so that it plans well.
///
/// PostgreSQL takes all of it or nothing. It looks up every reference of every row, which takes three quarters of the
/// time, or all at once in the end, which does not; meanwhile nobody else comes at the tables. On SQLite a power cut
/// may cost the database, and what was written before a failure stays.
pub(super) fn load<T>(conn: &mut Conn, run: impl FnOnce(&mut Conn) -> Outcome<T>) -> Outcome<T> {
    match conn {
        Conn::Postgres(_) => {
            let done = transaction(conn, |conn| {
                conn.batch_execute("SET LOCAL maintenance_work_mem = '256MB'")?;
                let references: Vec<Reference> = match conn {
                    Conn::Postgres(postgres) => diesel::sql_query(REFERENCES).load(postgres)?,
                    Conn::Sqlite(_) => Vec::new(),
                };
                for Reference { table, name, .. } in &references {
                    conn.batch_execute(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}"))?;
                }
                let done = run(conn)?;
                for Reference { table, name, definition } in &references {
                    conn.batch_execute(&format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))?;
                }
                Ok(done)
            })?;
            conn.batch_execute("VACUUM (ANALYZE)")?;
            Ok(done)
        }
        Conn::Sqlite(_) => {
            conn.batch_execute(
                "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA wal_autocheckpoint = 20000",
            )?;
            let done = run(conn)?;
            conn.batch_execute(
                "PRAGMA analysis_limit = 10000; ANALYZE; PRAGMA synchronous = FULL; \
                 PRAGMA wal_checkpoint(TRUNCATE)",
            )?;
            Ok(done)
        }
    }
}
