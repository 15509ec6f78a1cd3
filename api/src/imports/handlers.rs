use actix_web::web::Query;
use actix_web::{HttpResponse, post};
use contract::{CaseTypeImport, ImportKind, ImportReport};
use serde::Deserialize;

use super::{CaseTypesFile, Table, not_as_shown, rejected, require_good, run, unconfirmed};
use crate::access::office::Administer;
use crate::http::Act;
use crate::http::reply::Reply;
use crate::http::upload::{Format, Upload};
use crate::problem::{Outcome, Problem};
use crate::secrets::sha256_hex;

/// A table as spreadsheets write it.
#[derive(Debug)]
pub struct Csv;

impl Format for Csv {
    const TYPES: &'static [&'static str] = &["text/csv"];
    const MOST: usize = super::sheet::MOST_BYTES;
}

/// An i-Navigator export.
#[derive(Debug)]
pub struct Xml;

impl Format for Xml {
    const TYPES: &'static [&'static str] = &["application/xml", "text/xml"];
    const MOST: usize = crate::case_types::import::MOST_BYTES;
}

/// What was seen.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Confirm {
    /// The `digest` of the preview; required.
    confirm: Option<String>,
}

/// Reads a file, for who may bring it in, on a thread that has no database connection: nobody waits for it.
async fn read(act: &Act<Administer<ImportKind>>, file: Upload<Csv>) -> Outcome<(Table, String)> {
    let language = act.language;
    let kind = act.look(|_tx, permit| Ok(*permit.row())).await?;
    aside(move || Ok((Table::read(kind, &file.bytes, language)?, sha256_hex(&file.bytes)))).await
}

async fn read_case_types(act: &Act<Administer>, file: Upload<Xml>) -> Outcome<(CaseTypesFile, String)> {
    let language = act.language;
    act.look(|_tx, _permit| Ok(())).await?;
    aside(move || Ok((CaseTypesFile::read(&file.bytes, language)?, sha256_hex(&file.bytes)))).await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    actix_web::web::block(work).await.map_err(Problem::internal)?
}

/// Preview an import
///
/// What bringing this file in would do, row by row, by doing it and undoing it. The file is CSV of at most
/// 5 MB and 20,000 rows: UTF-8 (with or without a byte order mark), UTF-16 or Windows-1252; parted by `;`, `,`
/// or tab; headers in Dutch or English, in any order. Columns that are not known are not used, and the report
/// says which. Several groups or roles in one cell are parted by `|`. An employee is known by username, a
/// client group by name, a dossier by number; a column that is absent leaves what is there as it is. An empty cell
/// empties groups, roles, rules, a manager and a client group, leaves a language, a visibility and a dossier's name as
/// they are, and is rejected where something must be. A change that would strand work is rejected (P4): a file has no hand-over plan.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Imports",
    params(("kind" = inline(ImportKind), Path, description = "What the file is a list of.")),
    request_body(content = String, content_type = "text/csv", example = json!("Gebruikersnaam;Naam;E-mailadres\r\njdevries;Jan de Vries;jdevries@voorbeeldstad.example\r\n")),
    responses((status = 200, body = ImportReport), (status = 403, description = "forbidden")))]
#[post("/imports/{kind}/preview")]
pub async fn preview_import(act: Act<Administer<ImportKind>>, file: Upload<Csv>) -> Outcome<HttpResponse> {
    let table = read(&act, file).await?.0;
    act.rehearse(move |tx, _permit| Ok(Reply::ok(run(tx, &table)?))).await
}

/// Import
///
/// Does what the preview showed, in one transaction: all of it or nothing. `confirm` is the preview's digest.
/// When something else would happen now, the answer is 412 with the report as it is now in `current`; when any
/// row is rejected, 409 `import-rejected`, likewise. New employees are mailed an invitation (S4).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Imports",
    params(("kind" = inline(ImportKind), Path, description = "What the file is a list of."), Confirm),
    request_body(content = String, content_type = "text/csv", example = json!("Gebruikersnaam;Naam;E-mailadres\r\njdevries;Jan de Vries;jdevries@voorbeeldstad.example\r\n")),
    responses((status = 200, body = ImportReport), (status = 403, description = "forbidden"),
        (status = 409, description = "import-rejected"), (status = 412, description = "stale"),
        (status = 428, description = "version-required")))]
#[post("/imports/{kind}")]
pub async fn import_list(
    act: Act<Administer<ImportKind>>,
    file: Upload<Csv>,
    confirm: Query<Confirm>,
) -> Outcome<HttpResponse> {
    let (table, hash) = read(&act, file).await?;
    act.bring_in(hash, move |tx, _permit| {
        let Some(confirmed) = &confirm.confirm else { return Err(unconfirmed()) };
        let mut report = run(tx, &table)?;
        if report.digest != *confirmed {
            return Err(not_as_shown(&report));
        }
        require_good(&report)?;
        report.committed = true;
        Ok(Reply::ok(report))
    })
    .await
}

/// What was seen, and whether the good ones may come in without the others.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ConfirmCaseTypes {
    /// The `digest` of the preview; required.
    confirm: Option<String>,
    /// Whether to bring in the good ones although others are rejected; not unless it says so.
    without_rejected: Option<bool>,
}

/// Preview an import of case types
///
/// What an i-Navigator export (XML, at most 20 MB) would create, change or reject, per case type, with its steps
/// in the order they will have (C1). Where a person put the steps in another order, that order stays and the
/// item says so.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Imports",
    request_body(content = String, content_type = "application/xml", example = json!("<dsp>…</dsp>")),
    responses((status = 200, body = CaseTypeImport), (status = 403, description = "forbidden")))]
#[post("/imports/case-types/preview")]
pub async fn preview_case_types(act: Act<Administer>, file: Upload<Xml>) -> Outcome<HttpResponse> {
    let export = read_case_types(&act, file).await?.0;
    act.read(move |tx, _permit| Ok(Reply::ok(super::look_at_case_types(tx, &export)?))).await
}

/// Import case types
///
/// Does what the preview showed. `confirm` is the preview's digest; when something else would happen now, the
/// answer is 412 with the report as it is now in `current`. Running cases keep the revision they were opened
/// with. The order of the steps can be corrected afterwards with `PUT /case-types/{caseTypeId}/step-order`.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Imports", params(ConfirmCaseTypes),
    request_body(content = String, content_type = "application/xml", example = json!("<dsp>…</dsp>")),
    responses((status = 200, body = CaseTypeImport), (status = 403, description = "forbidden"),
        (status = 409, description = "import-rejected"), (status = 412, description = "stale"),
        (status = 428, description = "version-required")))]
#[post("/imports/case-types")]
pub async fn import_case_types(
    act: Act<Administer>,
    file: Upload<Xml>,
    query: Query<ConfirmCaseTypes>,
) -> Outcome<HttpResponse> {
    let (export, hash) = read_case_types(&act, file).await?;
    act.bring_in(hash, move |tx, _permit| {
        let Some(confirmed) = &query.confirm else { return Err(unconfirmed()) };
        let before = super::look_at_case_types(tx, &export)?;
        if before.digest != *confirmed {
            return Err(not_as_shown(&before));
        }
        if before.counts.rejected > 0 && !query.without_rejected.unwrap_or(false) {
            return Err(rejected(before.counts.rejected as usize).with_current(&before));
        }
        Ok(Reply::ok(super::bring_in_case_types(tx, &export, before)?))
    })
    .await
}
