use actix_web::web::Query;
use actix_web::{HttpResponse, post};
use contract::{CaseTypeImport, ImportKind, ImportReport};
use serde::Deserialize;

use super::{not_as_shown, rejected, require_good, run, unconfirmed};
use crate::access::office::Administer;
use crate::http::Act;
use crate::http::reply::Reply;
use crate::http::upload::{Format, Upload};
use crate::problem::Outcome;

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

/// Preview an import
///
/// What bringing this file in would do, row by row, by doing it and undoing it. The file is CSV of at most
/// 5 MB and 20,000 rows: UTF-8 (with or without a byte order mark), UTF-16 or Windows-1252; parted by `;`, `,`
/// or tab; headers in Dutch or English, in any order. Columns that are not known are not used, and the report
/// says which. Several groups or roles in one cell are parted by `|`. An employee is known by username, a
/// client group by name, a dossier by number; a column that is absent leaves what is there as it is, an empty
/// cell empties it. A change that would strand work is rejected (P4): a file has no hand-over plan.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Imports",
    params(("kind" = inline(ImportKind), Path, description = "What the file is a list of.")),
    request_body(content = String, content_type = "text/csv", example = json!("Gebruikersnaam;Naam;E-mailadres\r\njdevries;Jan de Vries;jdevries@voorbeeldstad.example\r\n")),
    responses((status = 200, body = ImportReport), (status = 403, description = "forbidden")))]
#[post("/imports/{kind}/preview")]
pub async fn preview_import(act: Act<Administer<ImportKind>>, file: Upload<Csv>) -> Outcome<HttpResponse> {
    act.rehearse(move |tx, permit| Ok(Reply::ok(run(tx, *permit.row(), &file.bytes)?))).await
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
    act.bring_in(file, move |tx, permit, bytes| {
        let Some(confirmed) = &confirm.confirm else { return Err(unconfirmed()) };
        let mut report = run(tx, *permit.row(), bytes)?;
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
    act.read(move |tx, _permit| Ok(Reply::ok(super::look_at_case_types(tx, &file.bytes)?))).await
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
    act.bring_in(file, move |tx, _permit, bytes| {
        let Some(confirmed) = &query.confirm else { return Err(unconfirmed()) };
        let before = super::look_at_case_types(tx, bytes)?;
        if before.digest != *confirmed {
            return Err(not_as_shown(&before));
        }
        if before.counts.rejected > 0 && !query.without_rejected.unwrap_or(false) {
            return Err(rejected(before.counts.rejected as usize).with_current(&before));
        }
        Ok(Reply::ok(super::bring_in_case_types(tx, bytes, before)?))
    })
    .await
}
