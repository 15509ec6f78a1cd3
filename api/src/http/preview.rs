//! Asking what a change would do (G5).

use contract::EmployeeId;
use serde::Deserialize;

use crate::access::effects::Intent;

/// How much detail a preview gives.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PreviewOf {
    /// Show dossier by dossier what changes for this employee.
    employee_id: Option<EmployeeId>,
}

impl PreviewOf {
    /// To see it only.
    pub const fn intent(&self) -> Intent {
        Intent::Preview { of: self.employee_id }
    }
}
