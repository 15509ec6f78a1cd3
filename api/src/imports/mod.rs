//! Bringing in lists of employees, memberships, client groups and dossiers from a spreadsheet.
//!
//! One way for all four: read the table ([`sheet`]), look up what it refers to in as many statements as there
//! are kinds of things and not as there are rows ([`store`]), carry every row out with the code the forms use,
//! and tell what became of each. A preview is that, undone. Anything rejected and nothing is brought in.

mod case_types;
mod client_groups;
mod dossiers;
mod draft;
mod employees;
pub mod handlers;
mod lookup;
mod memberships;
pub mod sheet;
mod store;

use contract::{ImportCounts, ImportKind, ImportOutcome, ImportReport, ImportRow, Language};
use serde_json::json;

pub use self::case_types::{CaseTypesFile, bring_in as bring_in_case_types, look as look_at_case_types};
use crate::access::Tx;
use crate::events::{self, Event};
use crate::http::Routes;
use crate::problem::{Outcome, Problem};
use crate::secrets::sha256_hex;

/// The operations. The literal path first: case types are no list.
pub fn routes(routes: &mut Routes) {
    routes
        .service(handlers::preview_case_types)
        .service(handlers::import_case_types)
        .service(handlers::preview_import)
        .service(handlers::import_list);
}

/// The columns a kind of file may have.
pub const fn fields(kind: ImportKind) -> &'static [sheet::Field] {
    match kind {
        ImportKind::Employees => employees::FIELDS,
        ImportKind::Memberships => memberships::FIELDS,
        ImportKind::ClientGroups => client_groups::FIELDS,
        ImportKind::Dossiers => dossiers::FIELDS,
    }
}

/// A file that was read, before any transaction: reading takes a while, and others wait for a transaction.
#[derive(Debug)]
pub struct Table {
    kind: ImportKind,
    sheet: sheet::Sheet,
    /// What the file is known by.
    file: String,
}

impl Table {
    /// Reads a file; what is wrong with it as a whole is told at once.
    pub fn read(kind: ImportKind, bytes: &[u8], language: Language) -> Outcome<Self> {
        let sheet = sheet::read(bytes, fields(kind), language).map_err(Problem::invalid)?;
        Ok(Self { kind, sheet, file: sha256_hex(bytes) })
    }
}

/// Brings a file in, in the caller's transaction, and tells what became of each row. When anything was
/// rejected the caller undoes the whole.
pub fn run(tx: &mut Tx<'_>, table: &Table) -> Outcome<ImportReport> {
    let Table { kind, sheet, file } = table;
    let kind = *kind;
    let drafts = match kind {
        ImportKind::Employees => employees::run(tx, sheet)?,
        ImportKind::Memberships => memberships::run(tx, sheet)?,
        ImportKind::ClientGroups => client_groups::run(tx, sheet)?,
        ImportKind::Dossiers => dossiers::run(tx, sheet)?,
    };
    let rows: Vec<ImportRow> = drafts.into_iter().map(draft::Draft::finish).collect();
    let mut counts = ImportCounts::default();
    for row in &rows {
        counts.add(row.outcome);
    }
    if counts.rejected == 0 && counts.create + counts.change > 0 {
        let office = tx.actor.office_id;
        let values = json!({ "kind": kind, "counts": counts, "file": file });
        events::record(tx, Event::of("import.done", "office", office).new_values(values))?;
    }
    Ok(ImportReport {
        kind,
        committed: false,
        encoding: sheet.encoding.to_owned(),
        delimiter: if sheet.delimiter == '\t' { "tab".to_owned() } else { sheet.delimiter.to_string() },
        columns: sheet.columns.clone(),
        counts,
        digest: digest(kind, file, &rows),
        rows,
    })
}

/// What a report is known by: the file, and everything that happens because of it. Not its texts, which are
/// in the reader's language, nor the numbers that only making a dossier gives.
fn digest(kind: ImportKind, file: &str, rows: &[ImportRow]) -> String {
    let happens: Vec<_> = rows
        .iter()
        .map(|row| {
            let problems: Vec<_> =
                row.problems.iter().map(|problem| (&problem.field, problem.code)).collect();
            (row.row, &row.key, row.outcome, &row.changes, problems)
        })
        .collect();
    sha256_hex(json!([kind, file, happens]).to_string().as_bytes())
}

/// Refuses a report that has anything rejected.
pub fn require_good(report: &ImportReport) -> Outcome<()> {
    if report.counts.rejected == 0 {
        return Ok(());
    }
    Err(rejected(report.rows.iter().filter(|row| row.outcome == ImportOutcome::Rejected).count())
        .with_current(report))
}

pub(crate) fn rejected(count: usize) -> Problem {
    Problem::new(
        contract::ProblemCode::ImportRejected,
        format!(
            "Er is niets ingelezen: {count} keer klopt er iets niet. Verbeter het bestand en lees het opnieuw in."
        ),
        format!(
            "Nothing was brought in: something is wrong {count} times. Correct the file and import it again."
        ),
    )
}

/// 412 with the report as it is now.
pub(crate) fn not_as_shown(report: &impl serde::Serialize) -> Problem {
    Problem::new(
        contract::ProblemCode::Stale,
        "Wat er nu zou gebeuren is niet wat u zag. Er is niets ingelezen; bekijk het nieuwe overzicht.",
        "What would happen now is not what you saw. Nothing was brought in; look at the new report.",
    )
    .with_current(report)
}

/// 428: a file is brought in only after a look at what will happen.
pub(crate) fn unconfirmed() -> Problem {
    Problem::new(
        contract::ProblemCode::VersionRequired,
        "Vraag eerst een voorbeeld op en geef de digest daarvan mee als confirm.",
        "Ask for a preview first, and send its digest as confirm.",
    )
}
