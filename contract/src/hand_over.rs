//! Nothing stranded (P4): what a change would leave behind, and the plan that passes it on.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text_enum::text_enum;
use crate::{EmployeeId, EmployeeRef, Errors, GroupRef, Text, Validate, validation::FieldCode};

text_enum! {
    /// In what capacity someone holds work.
    WorkKind {
        /// Coordinator of a case: an open one, or of a closed one that nobody else could reopen (C9).
        Coordinator = "coordinator",
        /// Supporter of an open case.
        Supporter = "supporter",
        /// Holder of an open task.
        Task = "task",
        /// Manager of an active dossier.
        DossierManager = "dossier-manager",
    }
}

/// One piece of work that someone holds, or that a change would leave without someone able to do it.
/// Numbers only: who orders the change need not be allowed to read the work itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StrandedWork {
    /// In what capacity.
    pub kind: WorkKind,
    /// The case, task or dossier.
    pub id: Uuid,
    /// Its number; for a task the number of its case.
    pub number: String,
    /// Who holds it now.
    pub holder: EmployeeRef,
    /// For a task: the tray it can go back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tray: Option<GroupRef>,
}

/// Where each piece of stranded work goes. Carried out with the change, all or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverPlan {
    /// One entry for every piece of work.
    #[serde(default)]
    pub items: Vec<HandOverItem>,
}

/// Where one piece of work goes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverItem {
    /// In what capacity it is held.
    pub kind: WorkKind,
    /// The case, task or dossier.
    pub id: Uuid,
    /// Who holds it now.
    pub from: EmployeeId,
    /// The colleague who gets it. Absent: a task goes back to its tray, a supporter is not replaced, a
    /// dossier is left without a manager. A coordinator must be replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<EmployeeId>,
}

/// A hand-over that is ordered for someone absent (P4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverOrder {
    /// Why; 1 to 2,000 characters.
    pub reason: String,
    /// Which of their work goes where; at least one piece.
    pub hand_over: HandOverPlan,
}

impl Validate for HandOverOrder {
    fn validate(&mut self, errors: &mut Errors) {
        self.reason = errors.required("reason", &self.reason, 2000);
        if self.hand_over.items.is_empty() {
            errors.add(
                "handOver.items",
                FieldCode::Blank,
                Text::new("Kies wat er wordt overgedragen.", "Choose what is handed over."),
            );
        }
        self.hand_over.validate(errors);
    }
}

impl Validate for HandOverPlan {
    fn validate(&mut self, errors: &mut Errors) {
        for (position, item) in self.items.iter().enumerate() {
            let field = format!("handOver.items[{position}].to");
            if item.to == Some(item.from) {
                errors.add(
                    field,
                    FieldCode::Contradiction,
                    Text::new("Kies iemand anders.", "Choose someone else."),
                );
            } else if item.kind == WorkKind::Coordinator && item.to.is_none() {
                errors.add(
                    field,
                    FieldCode::Blank,
                    Text::new(
                        "Een zaak heeft altijd een coördinator: kies een collega.",
                        "A case always has a coordinator: choose a colleague.",
                    ),
                );
            }
        }
        let keys: Vec<_> = self.items.iter().map(|i| (i.kind, i.id, i.from)).collect();
        errors.distinct("handOver.items", &keys);
    }
}
