//! Dossiers and who has access to them: `/v1/dossiers`.

use contract::{
    AccessRules, AccessRulesChange, ChangePreview, Dossier, DossierChange, DossierId, DossierState,
    DossierSummary, EmployeeAccess, EmployeeId, NewDossier, Page,
};

use super::{Call, Query};

pub fn list_dossiers(
    q: &str,
    state: Option<DossierState>,
    cursor: Option<&str>,
) -> Call<Page<DossierSummary>> {
    Call::get(Query::page("/dossiers", cursor).text("q", q).option("state", state))
}

/// The few that a search field suggests.
pub fn suggest_dossiers(q: &str) -> Call<Page<DossierSummary>> {
    Call::get(Query::new("/dossiers").key("limit", 8).key("state", DossierState::Active).text("q", q))
}

pub fn find_dossier(id: DossierId) -> Call<Dossier> {
    Call::get(format!("/dossiers/{id}"))
}

pub fn create_dossier(new: &NewDossier) -> Call<Dossier> {
    Call::post("/dossiers").with(new)
}

/// Nothing comes back when who does it no longer sees the dossier.
pub fn update_dossier(id: DossierId, version: i64, change: &DossierChange) -> Call<Option<Dossier>> {
    Call::put(format!("/dossiers/{id}")).seen(version).with(change)
}

pub fn find_access_rules(id: DossierId) -> Call<AccessRules> {
    Call::get(format!("/dossiers/{id}/access-rules"))
}

pub fn update_access_rules(id: DossierId, version: i64, change: &AccessRulesChange) -> Call<AccessRules> {
    Call::put(format!("/dossiers/{id}/access-rules")).seen(version).with(change)
}

/// What other rules would do (G5); for one employee in detail.
pub fn preview_access_rules(
    id: DossierId,
    version: i64,
    of: Option<EmployeeId>,
    change: &AccessRulesChange,
) -> Call<ChangePreview> {
    let path = Query::new(format!("/dossiers/{id}/access-rules/preview")).option("employeeId", of);
    Call::post(path).seen(version).with(change)
}

/// Whether and why someone has access (D5).
pub fn explain_access(id: DossierId, employee: EmployeeId) -> Call<EmployeeAccess> {
    Call::get(format!("/dossiers/{id}/access/{employee}"))
}

/// Everyone with access, or everyone explicitly denied it (D5).
pub fn list_access(id: DossierId, denied: bool, cursor: Option<&str>) -> Call<Page<EmployeeAccess>> {
    Call::get(Query::page(format!("/dossiers/{id}/access"), cursor).option("denied", denied.then_some(true)))
}
