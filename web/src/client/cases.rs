//! Cases, their team and their steps: `/v1/cases`.

use contract::{
    Case, CaseChange, CaseClosure, CaseId, CaseSort, CaseState, CaseSummary, CoordinatorChange, DossierId,
    EmployeeId, NewCase, Page, Reason, Step, StepChange, StepId,
};

use super::{Call, Query};

/// Which cases a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Only those the reader coordinates or supports.
    pub mine: bool,
    pub state: Option<CaseState>,
    pub dossier: Option<DossierId>,
    /// Part of a number or title.
    pub q: String,
    pub sort: Option<CaseSort>,
}

pub fn list_cases(filter: &CaseFilter, cursor: Option<&str>) -> Call<Page<CaseSummary>> {
    Call::get(
        Query::page("/cases", cursor)
            .option("mine", filter.mine.then_some(true))
            .option("state", filter.state)
            .option("dossierId", filter.dossier)
            .option("sort", filter.sort)
            .text("q", &filter.q),
    )
}

pub fn find_case(id: CaseId) -> Call<Case> {
    Call::get(format!("/cases/{id}"))
}

pub fn create_case(new: &NewCase) -> Call<Case> {
    Call::post("/cases").with(new)
}

pub fn update_case(id: CaseId, version: i64, change: &CaseChange) -> Call<Case> {
    Call::put(format!("/cases/{id}")).seen(version).with(change)
}

/// Nothing comes back when who does it no longer sees the case; the same goes for supporters.
pub fn update_coordinator(id: CaseId, version: i64, change: &CoordinatorChange) -> Call<Option<Case>> {
    Call::put(format!("/cases/{id}/coordinator")).seen(version).with(change)
}

pub fn add_supporter(id: CaseId, version: i64, employee: EmployeeId) -> Call<Option<Case>> {
    Call::put(format!("/cases/{id}/supporters/{employee}")).seen(version)
}

pub fn remove_supporter(id: CaseId, version: i64, employee: EmployeeId) -> Call<Option<Case>> {
    Call::delete(format!("/cases/{id}/supporters/{employee}")).seen(version)
}

pub fn update_step(case: CaseId, step: StepId, version: i64, change: &StepChange) -> Call<Step> {
    Call::put(format!("/cases/{case}/steps/{step}")).seen(version).with(change)
}

pub fn close_step(case: CaseId, step: StepId, version: i64) -> Call<Step> {
    Call::post(format!("/cases/{case}/steps/{step}/closure")).seen(version)
}

pub fn skip_step(case: CaseId, step: StepId, version: i64, reason: &Reason) -> Call<Step> {
    Call::post(format!("/cases/{case}/steps/{step}/skip")).seen(version).with(reason)
}

pub fn reopen_step(case: CaseId, step: StepId, version: i64, reason: &Reason) -> Call<Step> {
    Call::post(format!("/cases/{case}/steps/{step}/reopening")).seen(version).with(reason)
}

pub fn close_case(id: CaseId, version: i64, closure: &CaseClosure) -> Call<Case> {
    Call::post(format!("/cases/{id}/closure")).seen(version).with(closure)
}

pub fn reopen_case(id: CaseId, version: i64, reason: &Reason) -> Call<Case> {
    Call::post(format!("/cases/{id}/reopening")).seen(version).with(reason)
}
