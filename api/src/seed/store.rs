//! Getting rows into either database, fast.

use diesel::connection::SimpleConnection;
use diesel::{ExecuteCopyFromDsl, RunQueryDsl};

use super::batch::*;
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

        /// Writes and forgets what waits, in one transaction; tells how many rows went into which table.
        pub(super) fn send(conn: &mut Conn, batch: &mut Batch) -> Outcome<Vec<(&'static str, usize)>> {
            let sent = transaction(conn, |conn| {
                $(match conn {
                    _ if batch.$table.is_empty() => {}
                    Conn::Postgres(postgres) => {
                        diesel::copy_from($table::table).from_insertable(&batch.$table).execute(postgres)?;
                    }
                    Conn::Sqlite(sqlite) => {
                        for rows in batch.$table.chunks(AT_ONCE) {
                            diesel::insert_into($table::table).values(rows).execute(sqlite)?;
                        }
                    }
                })+
                Ok(vec![$((stringify!($table), batch.$table.len())),+])
            })?;
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

/// Makes the connection write fast: until [`finish`], a power cut may cost the database.
pub(super) fn hurry(conn: &mut Conn) -> Outcome<()> {
    Ok(match conn {
        Conn::Postgres(postgres) => postgres.batch_execute("SET synchronous_commit = off")?,
        Conn::Sqlite(sqlite) => sqlite.batch_execute(
            "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA wal_autocheckpoint = 20000",
        )?,
    })
}

/// Makes sure of what was written, and lets the database look at what it holds, so that it plans well.
pub(super) fn finish(conn: &mut Conn) -> Outcome<()> {
    Ok(match conn {
        Conn::Postgres(postgres) => {
            postgres.batch_execute("SET synchronous_commit = on")?;
            postgres.batch_execute("VACUUM (ANALYZE)")?;
        }
        Conn::Sqlite(sqlite) => sqlite.batch_execute(
            "PRAGMA analysis_limit = 10000; ANALYZE; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE); \
             PRAGMA cache_size = -2000; PRAGMA wal_autocheckpoint = 1000",
        )?,
    })
}
