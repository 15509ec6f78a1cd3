//! Everything recorded about a dossier, as one file (D7): the answer to a party's access request.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    AccessRule, CaseClosed, CaseSummary, ClientGroupRef, Confidentiality, DossierId, DossierRead,
    DossierState, EmployeeRef, EventId, Message, Party, Step, Task, Visibility,
};

/// The file. Lists are in the order things happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierExport {
    /// When it was made.
    pub exported_at: DateTime<Utc>,
    /// By whom.
    pub exported_by: EmployeeRef,
    /// The office's name.
    pub office: String,
    /// The dossier.
    pub dossier: ExportedDossier,
    /// Who is given or denied access (D2).
    pub access_rules: Vec<AccessRule>,
    /// Whom it concerns.
    pub parties: Vec<Party>,
    /// What was sent about it (D6).
    pub messages: Vec<Message>,
    /// Its cases, each with its steps and tasks.
    pub cases: Vec<ExportedCase>,
    /// Every change of the dossier, its cases, their steps and their tasks (E1).
    pub events: Vec<ExportedEvent>,
    /// Who read it, and when (E2).
    pub reads: Vec<DossierRead>,
}

/// A dossier's own data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedDossier {
    /// Its id.
    pub id: DossierId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Who manages it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<EmployeeRef>,
    /// Its client group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_group: Option<ClientGroupRef>,
    /// Who sees it without a rule.
    pub visibility: Visibility,
    /// Whether it is in use.
    pub state: DossierState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A case with all that is in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedCase {
    /// Number, title, type, dates and coordinator.
    #[serde(flatten)]
    pub header: CaseSummary,
    /// How confidential cases of this type are.
    pub confidentiality: Confidentiality,
    /// Its supporters.
    pub supporters: Vec<EmployeeRef>,
    /// Its steps, with answers and notes.
    pub steps: Vec<Step>,
    /// Its tasks.
    pub tasks: Vec<Task>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closure: Option<CaseClosed>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedEvent {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; absent when nobody was signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<EmployeeRef>,
    /// What happened, such as `case.step-updated`.
    pub kind: String,
    /// What kind of thing it happened to: `dossier`, `case` or `task`.
    pub object_kind: String,
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Uuid))]
    pub object_id: uuid::Uuid,
    /// The values before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub old: Option<serde_json::Value>,
    /// The values after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub new: Option<serde_json::Value>,
    /// Why, as the person said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
