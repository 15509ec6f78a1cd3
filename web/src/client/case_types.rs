//! Case types: `/v1/case-types`.

use contract::{
    Authorisations, AuthorisationsChange, CaseType, CaseTypeId, CaseTypeSummary, Page, StepOrder,
};

use super::{Api, Call, Outcome, Query};

pub fn list_case_types(cursor: Option<&str>) -> Call<Page<CaseTypeSummary>> {
    Call::get(Query::page("/case-types", cursor))
}

pub fn find_case_type(id: CaseTypeId) -> Call<CaseType> {
    Call::get(format!("/case-types/{id}"))
}

pub fn update_step_order(id: CaseTypeId, version: i64, order: &StepOrder) -> Call<CaseType> {
    Call::put(format!("/case-types/{id}/step-order")).seen(version).with(order)
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

/// All case types: an office has dozens, and a form offers those one is authorised for.
pub async fn all_case_types(api: Api) -> Outcome<Vec<CaseTypeSummary>> {
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let page: Page<CaseTypeSummary> = api.send(list_case_types(cursor.as_deref())).await?;
        all.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}
