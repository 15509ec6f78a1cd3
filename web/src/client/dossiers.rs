//! Dossiers and who has access to them: `/v1/dossiers`.

use contract::{
    AccessRules, AccessRulesChange, AccessRulesOrder, AccessRulesPreview, AccessRulesResult, ChangePreview,
    Dossier, DossierChange, DossierId, DossierRead, DossierSort, DossierState, DossierSummary,
    EmployeeAccess, EmployeeId, NewDossier, Page, Reason,
};

use super::{Call, Query};

pub fn list_dossiers(
    q: &str,
    state: Option<DossierState>,
    sort: Option<DossierSort>,
    cursor: Option<&str>,
) -> Call<Page<DossierSummary>> {
    Call::get(Query::page("/dossiers", cursor).text("q", q).option("state", state).option("sort", sort))
}

/// The few that a search field suggests.
pub fn suggest_dossiers(q: &str) -> Call<Page<DossierSummary>> {
    Call::get(Query::new("/dossiers").key("limit", 8).key("state", DossierState::Active).text("q", q))
}

pub fn find_dossier(id: DossierId) -> Call<Dossier> {
    Call::get(format!("/dossiers/{id}"))
}

/// The dossier of a number, also for a local administrator who may not see it (D4).
pub fn find_dossier_by_number(number: &str) -> Call<Dossier> {
    Call::get(format!("/dossiers/numbered/{number}"))
}

pub fn create_dossier(new: &NewDossier) -> Call<Dossier> {
    Call::post("/dossiers").with(new)
}

/// Nothing comes back when who does it no longer sees the dossier.
pub fn update_dossier(id: DossierId, version: i64, change: &DossierChange) -> Call<Option<Dossier>> {
    Call::put(format!("/dossiers/{id}")).seen(version).with(change)
}

/// What a change would do (G5); for one employee in detail.
pub fn preview_dossier(
    id: DossierId,
    version: i64,
    of: Option<EmployeeId>,
    change: &DossierChange,
) -> Call<ChangePreview> {
    let path = Query::new(format!("/dossiers/{id}/preview")).option("employeeId", of);
    Call::post(path).seen(version).with(change)
}

pub fn archive_dossier(id: DossierId, reason: &Reason) -> Call<Dossier> {
    Call::post(format!("/dossiers/{id}/archiving")).with(reason)
}

pub fn restore_dossier(id: DossierId, reason: &Reason) -> Call<Dossier> {
    Call::post(format!("/dossiers/{id}/restoration")).with(reason)
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

/// What one rule for many dossiers, people and groups would do (D2, G5).
pub fn preview_access_rules_order(
    of: Option<EmployeeId>,
    order: &AccessRulesOrder,
) -> Call<AccessRulesPreview> {
    Call::post(Query::new("/access-rules/preview").option("employeeId", of)).with(order)
}

pub fn order_access_rules(order: &AccessRulesOrder) -> Call<AccessRulesResult> {
    Call::post("/access-rules").with(order)
}

/// Who read it, and when (E2).
pub fn list_dossier_reads(id: DossierId, cursor: Option<&str>) -> Call<Page<DossierRead>> {
    Call::get(Query::page(format!("/dossiers/{id}/reads"), cursor))
}

/// Where all of it is as one file (D7).
pub fn dossier_export(id: DossierId) -> String {
    format!("/dossiers/{id}/export")
}
