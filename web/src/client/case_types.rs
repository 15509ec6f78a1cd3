//! Case types: `/v1/case-types`.

use contract::{Authorisations, AuthorisationsChange, CaseType, CaseTypeId, CaseTypeSummary, Page};

use super::{Call, Query};

pub fn list_case_types(cursor: Option<&str>) -> Call<Page<CaseTypeSummary>> {
    Call::get(Query::page("/case-types", cursor))
}

pub fn find_case_type(id: CaseTypeId) -> Call<CaseType> {
    Call::get(format!("/case-types/{id}"))
}

pub fn find_authorisations(id: CaseTypeId) -> Call<Authorisations> {
    Call::get(format!("/case-types/{id}/authorisations"))
}

pub fn update_authorisations(
    id: CaseTypeId,
    version: i64,
    change: &AuthorisationsChange,
) -> Call<Authorisations> {
    Call::put(format!("/case-types/{id}/authorisations")).seen(version).with(change)
}
