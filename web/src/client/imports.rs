//! Bringing in lists and case types: `/v1/imports`. A file goes as it is: the server finds out how it was written.

use std::sync::Arc;

use contract::{CaseTypeImport, ImportKind, ImportReport};

use super::{Call, Query};

/// What is in a file.
pub type Bytes = Arc<Vec<u8>>;

const CSV: &str = "text/csv";
const XML: &str = "application/xml";

/// What bringing a list in would do.
pub fn preview_list(kind: ImportKind, file: &Bytes) -> Call<ImportReport> {
    Call::post(format!("/imports/{kind}/preview")).with_file(CSV, file.clone())
}

/// Does what the preview with this digest showed.
pub fn import_list(kind: ImportKind, file: &Bytes, digest: &str) -> Call<ImportReport> {
    let path = Query::new(format!("/imports/{kind}")).key("confirm", digest);
    Call::post(path).with_file(CSV, file.clone())
}

/// What bringing case types in would do.
pub fn preview_case_types(file: &Bytes) -> Call<CaseTypeImport> {
    Call::post("/imports/case-types/preview").with_file(XML, file.clone())
}

/// Does what the preview with this digest showed; the good ones although others are rejected only if it says so.
pub fn import_case_types(file: &Bytes, digest: &str, without_rejected: bool) -> Call<CaseTypeImport> {
    let path = Query::new("/imports/case-types")
        .key("confirm", digest)
        .option("withoutRejected", without_rejected.then_some(true));
    Call::post(path).with_file(XML, file.clone())
}
