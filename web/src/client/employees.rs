//! Employees: `/v1/employees`.

use contract::{
    ChangePreview, Deactivation, DossierAccess, Employee, EmployeeChange, EmployeeId, EmployeeRead,
    EmployeeState, GroupId, HandOverOrder, LockedAccount, NewEmployee, Page, Reactivation, StrandedWork,
};

use super::{Call, Query};

/// Which employees a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmployeeFilter {
    /// Part of a name or username.
    pub q: String,
    pub state: Option<EmployeeState>,
    pub group: Option<GroupId>,
}

pub fn list_employees(filter: &EmployeeFilter, cursor: Option<&str>) -> Call<Page<Employee>> {
    Call::get(
        Query::page("/employees", cursor)
            .text("q", &filter.q)
            .option("state", filter.state)
            .option("groupId", filter.group),
    )
}

/// The few that a search field suggests.
pub fn suggest_employees(q: &str) -> Call<Page<Employee>> {
    Call::get(Query::new("/employees").key("limit", 8).key("state", EmployeeState::Active).text("q", q))
}

pub fn find_employee(id: EmployeeId) -> Call<Employee> {
    Call::get(format!("/employees/{id}"))
}

pub fn create_employee(new: &NewEmployee) -> Call<Employee> {
    Call::post("/employees").with(new)
}

pub fn update_employee(id: EmployeeId, version: i64, change: &EmployeeChange) -> Call<Employee> {
    Call::put(format!("/employees/{id}")).seen(version).with(change)
}

/// What a change would do (G5); for one employee dossier by dossier.
pub fn preview_employee(
    id: EmployeeId,
    version: i64,
    of: Option<EmployeeId>,
    change: &EmployeeChange,
) -> Call<ChangePreview> {
    let path = Query::new(format!("/employees/{id}/preview")).option("employeeId", of);
    Call::post(path).seen(version).with(change)
}

pub fn deactivate_employee(id: EmployeeId, deactivation: &Deactivation) -> Call<Employee> {
    Call::post(format!("/employees/{id}/deactivation")).with(deactivation)
}

/// Newest first (S3).
pub fn list_locked_accounts(cursor: Option<&str>) -> Call<Page<LockedAccount>> {
    Call::get(Query::page("/locked-accounts", cursor))
}

pub fn reactivate_employee(id: EmployeeId) -> Call<Employee> {
    Call::post(format!("/employees/{id}/reactivation"))
}

/// The same, with the address as it should be (S3).
pub fn correct_and_reactivate(id: EmployeeId, version: i64, reactivation: &Reactivation) -> Call<Employee> {
    reactivate_employee(id).seen(version).with(reactivation)
}

/// Every dossier they see, and why (D5).
pub fn list_dossiers_of_employee(id: EmployeeId, cursor: Option<&str>) -> Call<Page<DossierAccess>> {
    Call::get(Query::page(format!("/employees/{id}/dossiers"), cursor))
}

/// Whether and why they have access to the dossier with this number (D5).
pub fn explain_access_by_number(id: EmployeeId, number: &str) -> Call<DossierAccess> {
    let number = String::from(js_sys::encode_uri_component(number));
    Call::get(format!("/employees/{id}/dossiers/{number}"))
}

/// All the work they hold (P4), on one page.
pub fn list_work(id: EmployeeId) -> Call<Page<StrandedWork>> {
    Call::get(format!("/employees/{id}/work"))
}

/// Passes on work of someone absent; the answer is what they still hold (P4).
pub fn order_hand_over(id: EmployeeId, order: &HandOverOrder) -> Call<Page<StrandedWork>> {
    Call::post(format!("/employees/{id}/hand-over")).with(order)
}

/// What they read (E2).
pub fn list_employee_reads(id: EmployeeId, cursor: Option<&str>) -> Call<Page<EmployeeRead>> {
    Call::get(Query::page(format!("/employees/{id}/reads"), cursor))
}
