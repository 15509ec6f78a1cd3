//! What a change does to who sees what, told before it is made (G5, G6, D2).

use serde::{Deserialize, Serialize};

use crate::{
    Access, CaseTypeRef, ClientGroupId, DossierId, DossierRef, Effect, EmployeeId, EmployeeRef, Errors,
    GroupId, GroupRef, HandOverPlan, StrandedWork, Text, Validate, text_enum::text_enum,
    validation::FieldCode,
};

/// What a change would do. Made by carrying the change out and undoing it, so that saving does exactly this;
/// handing `digest` back with the change makes sure of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePreview {
    /// Stands for everything this preview says. Save with it, and the change is refused with
    /// `preview-outdated` when it would do anything else by then.
    pub digest: String,
    /// How much changes, over all employees and dossiers.
    pub totals: AccessTotals,
    /// Whom it concerns, by name: the first 500.
    pub employees: Vec<EmployeeEffect>,
    /// How many more employees it concerns.
    pub more_employees: u32,
    /// Dossier by dossier, for the one employee that was asked for: the first 200, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dossiers: Vec<DossierEffect>,
    /// How many more dossiers there are for that employee.
    #[serde(default)]
    pub more_dossiers: u32,
    /// Work that would be left behind, for which a hand-over plan is needed (P4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stranded: Vec<StrandedWork>,
}

/// How much access changes. One employee and one dossier count as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessTotals {
    /// No access before, access after.
    pub gained: u32,
    /// Access before, none after.
    pub lost: u32,
    /// Explicitly denied after, and not before (D3).
    pub denied: u32,
    /// Explicitly denied before, and no longer.
    pub denials_lifted: u32,
}

impl AccessTotals {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a change means for one employee.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmployeeEffect {
    /// Who.
    pub employee: EmployeeRef,
    /// Dossiers.
    pub dossiers: AccessTotals,
    /// Trays they will see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trays_gained: Vec<GroupRef>,
    /// Trays they will no longer see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trays_lost: Vec<GroupRef>,
    /// Case types they will be authorised for (C2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub case_types_gained: Vec<CaseTypeRef>,
    /// Case types they will no longer be authorised for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub case_types_lost: Vec<CaseTypeRef>,
}

/// One employee's access to one dossier, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierEffect {
    /// Which; its name only for who may read it (D4).
    pub dossier: DossierRef,
    /// As it is.
    pub before: Access,
    /// As it will be.
    pub after: Access,
}

/// What hangs on a group that is to be deleted (G6). For helpdesk and administrators; numbers only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupInventory {
    /// Members, whatever their state.
    pub members: u32,
    /// Rules that give the group access.
    pub allow_rules: u32,
    /// Rules that deny it.
    pub deny_rules: u32,
    /// Case types it is authorised for.
    pub case_types: u32,
    /// Open tasks in its tray.
    pub tray_tasks: u32,
    /// Open tasks that colleagues hold and would give back to its tray.
    pub held_tasks: u32,
}

impl GroupInventory {
    /// Whether the group can go without a target. Members alone ask for none unless they are to move.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Deletes a group; what hangs on it moves to another (G6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupDeletion {
    /// The group that takes everything over; required when anything hangs on the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<GroupId>,
    /// Whether the members move along.
    #[serde(default)]
    pub move_members: bool,
    /// Where work goes that someone may no longer hold (P4).
    #[serde(default)]
    pub hand_over: HandOverPlan,
    /// The digest of the preview that was confirmed; required when anything hangs on the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
}

impl Validate for GroupDeletion {
    fn validate(&mut self, errors: &mut Errors) {
        if self.move_members && self.target_id.is_none() {
            errors.add(
                "targetId",
                FieldCode::Blank,
                Text::new("Kies de groep waar de leden heen gaan.", "Choose the group the members go to."),
            );
        }
        self.hand_over.validate(errors);
    }
}

/// What deleting a group would do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupDeletionPreview {
    /// What hangs on the group.
    pub inventory: GroupInventory,
    /// Dossiers for which the target has another rule than the group; deny wins.
    pub conflicts: u32,
    /// Those dossiers: the first 100, by number.
    pub conflicting_dossiers: Vec<RuleConflict>,
    /// What it does to who sees what.
    pub change: ChangePreview,
}

/// A dossier for which the group and the target had different rules. It is denied to the target.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleConflict {
    /// The dossier's number.
    pub number: String,
    /// The rule of the group that goes.
    pub group: Effect,
    /// The rule the target had.
    pub target: Effect,
}

/// A group was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupDeleted {
    /// What hung on it, and moved.
    pub inventory: GroupInventory,
    /// Dossiers where the rules differed and the denial stayed.
    pub conflicts: u32,
}

/// Deletes a client group; its dossiers move to another (G6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientGroupDeletion {
    /// The client group that takes the dossiers over; required when there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<ClientGroupId>,
    /// The digest of the preview that was confirmed; required when there are dossiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
}

impl Validate for ClientGroupDeletion {
    fn validate(&mut self, _errors: &mut Errors) {}
}

/// What deleting a client group would do. It changes nobody's access: only where mail goes (D6).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientGroupDeletionPreview {
    /// Stands for everything this preview says.
    pub digest: String,
    /// Its dossiers, archived ones too.
    pub dossiers: u32,
    /// Those without a manager who can be mailed: mail about them will go to the target's address.
    pub mail_moves: u32,
}

/// One rule for many dossiers and many employees and groups (D2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRulesOrder {
    /// For these dossiers: 1 to 200.
    pub dossier_ids: Vec<DossierId>,
    /// For these people.
    #[serde(default)]
    pub employee_ids: Vec<EmployeeId>,
    /// For these groups. People and groups together: 1 to 50.
    #[serde(default)]
    pub group_ids: Vec<GroupId>,
    /// What becomes of their rules.
    pub action: RuleAction,
    /// Where work goes that someone may no longer hold (P4).
    #[serde(default)]
    pub hand_over: HandOverPlan,
    /// The digest of the preview that was shown: saving does exactly that, or answers `preview-outdated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
}

text_enum! {
    /// What to do with the rules of some dossiers.
    RuleAction {
        /// Give access.
        Allow = "allow",
        /// Deny access.
        Deny = "deny",
        /// Take the rule away.
        Remove = "remove",
    }
}

impl RuleAction {
    /// The rule there will be.
    pub const fn effect(self) -> Option<Effect> {
        match self {
            Self::Allow => Some(Effect::Allow),
            Self::Deny => Some(Effect::Deny),
            Self::Remove => None,
        }
    }
}

impl Validate for AccessRulesOrder {
    fn validate(&mut self, errors: &mut Errors) {
        let mut count = |field: &str, length: usize, most: usize, nl: &str, en: &str| {
            if !(1..=most).contains(&length) {
                errors.add(field, FieldCode::OutOfRange, Text::new(nl, en));
            }
        };
        count(
            "dossierIds",
            self.dossier_ids.len(),
            200,
            "Kies 1 tot en met 200 dossiers.",
            "Choose 1 to 200 dossiers.",
        );
        count(
            "groupIds",
            self.employee_ids.len() + self.group_ids.len(),
            50,
            "Kies 1 tot en met 50 groepen en medewerkers.",
            "Choose 1 to 50 groups and employees.",
        );
        errors.distinct("dossierIds", &self.dossier_ids);
        errors.distinct("employeeIds", &self.employee_ids);
        errors.distinct("groupIds", &self.group_ids);
        self.hand_over.validate(errors);
    }
}

text_enum! {
    /// What became of one dossier in an order for many.
    ItemOutcome {
        /// Its rules are changed.
        Changed = "changed",
        /// Its rules were like that already.
        Unchanged = "unchanged",
        /// No such dossier, or not visible to the one who asks.
        NotFound = "not-found",
        /// The one who asks does not manage its rules (D4).
        Forbidden = "forbidden",
        /// It is archived.
        Archived = "archived",
    }
}

/// What became of one dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleOrderItem {
    /// Which.
    pub dossier_id: DossierId,
    /// Its number, when the one who asks sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What became of it.
    pub outcome: ItemOutcome,
    /// Why, in words, when nothing was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What an order for many dossiers did, dossier by dossier, in the order asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRulesResult {
    /// One per dossier.
    pub items: Vec<RuleOrderItem>,
}

/// What an order for many dossiers would do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessRulesPreview {
    /// One per dossier.
    pub items: Vec<RuleOrderItem>,
    /// What it does to who sees what.
    pub change: ChangePreview,
}
