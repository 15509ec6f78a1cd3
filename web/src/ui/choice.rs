//! Something that can be chosen in a search field: a colleague, a group, a dossier.

use contract::{
    CaseTypeSummary, ClientGroup, ClientGroupRef, DossierSummary, Employee, EmployeeId, EmployeeRef,
    GroupRef, GroupSummary,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What it is, by id; its name, and something that tells it from another of the same name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Choice {
    pub id: Uuid,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// The same thing under another name is still the same choice.
impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Choice {}

impl Choice {
    pub fn new(id: impl Into<Uuid>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), detail: String::new() }
    }

    /// With something that tells it from another of the same name.
    pub fn detailed(id: impl Into<Uuid>, name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..Self::new(id, name) }
    }

    /// For a choice among colleagues.
    pub fn employee_id(&self) -> EmployeeId {
        EmployeeId(self.id)
    }
}

impl From<EmployeeRef> for Choice {
    fn from(employee: EmployeeRef) -> Self {
        Self::new(employee.id, employee.name)
    }
}

impl From<Employee> for Choice {
    fn from(employee: Employee) -> Self {
        Self::detailed(employee.id, employee.name, employee.username)
    }
}

impl From<GroupRef> for Choice {
    fn from(group: GroupRef) -> Self {
        Self::new(group.id, group.name)
    }
}

impl From<GroupSummary> for Choice {
    fn from(group: GroupSummary) -> Self {
        Self::new(group.id, group.name)
    }
}

impl From<ClientGroupRef> for Choice {
    fn from(group: ClientGroupRef) -> Self {
        Self::new(group.id, group.name)
    }
}

impl From<ClientGroup> for Choice {
    fn from(group: ClientGroup) -> Self {
        Self::detailed(group.id, group.name, group.email)
    }
}

impl From<DossierSummary> for Choice {
    fn from(dossier: DossierSummary) -> Self {
        Self::detailed(dossier.id, dossier.name, dossier.number)
    }
}

impl From<CaseTypeSummary> for Choice {
    fn from(case_type: CaseTypeSummary) -> Self {
        Self::detailed(case_type.id, case_type.name, case_type.code)
    }
}

/// Choices of whatever a list holds.
pub fn choices<T: Into<Choice>>(items: Vec<T>) -> Vec<Choice> {
    items.into_iter().map(Into::into).collect()
}
