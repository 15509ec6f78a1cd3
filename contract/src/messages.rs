//! Messages about a dossier, to the one address they go to (D6).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::{ClientGroupRef, EmployeeRef, Errors, MessageId, Validate};

text_enum! {
    /// Whose address mail about a dossier goes to, in the order of D6.
    RecipientKind {
        /// The dossier's manager.
        Manager = "manager",
        /// The dossier's client group.
        ClientGroup = "client-group",
        /// The office.
        Office = "office",
    }
}

text_enum! {
    /// Why mail about a dossier goes where it goes (D6).
    RecipientReason {
        /// The dossier has a manager.
        Manager = "manager",
        /// It has no manager; it has a client group.
        ClientGroupNoManager = "client-group-no-manager",
        /// Its manager's account is deactivated; it has a client group.
        ClientGroupManagerInactive = "client-group-manager-inactive",
        /// It has neither a manager nor a client group.
        OfficeNoManager = "office-no-manager",
        /// Its manager's account is deactivated, and it has no client group.
        OfficeManagerInactive = "office-manager-inactive",
    }
}

impl RecipientReason {
    /// Whose address that is.
    pub const fn kind(self) -> RecipientKind {
        match self {
            Self::Manager => RecipientKind::Manager,
            Self::ClientGroupNoManager | Self::ClientGroupManagerInactive => RecipientKind::ClientGroup,
            Self::OfficeNoManager | Self::OfficeManagerInactive => RecipientKind::Office,
        }
    }
}

/// Who would get a message about a dossier now, and why: shown before sending (D6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recipient {
    /// Whose address it is.
    pub kind: RecipientKind,
    /// Their name: the manager's, the client group's or the office's.
    pub name: String,
    /// The one address it goes to.
    pub address: String,
    /// The manager, if it goes to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employee: Option<EmployeeRef>,
    /// The client group, if it goes there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_group: Option<ClientGroupRef>,
    /// Whether the one who asks is the one who would get it.
    pub oneself: bool,
    /// What decided.
    pub reason: RecipientReason,
    /// The same in words, in the reader's language.
    pub explanation: String,
    /// Stands for this recipient and address; a message names the one its author saw.
    pub recipient_version: String,
}

/// A new message about a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMessage {
    /// Not blank, at most 10,000 characters. It stays here; the mail only says that there is a message (D8).
    pub text: String,
    /// `recipientVersion` of the recipient the author saw.
    pub recipient_version: String,
}

impl Validate for NewMessage {
    fn validate(&mut self, errors: &mut Errors) {
        self.text = errors.required("text", &self.text, 10_000);
        self.recipient_version = errors.required("recipientVersion", &self.recipient_version, 100);
    }
}

text_enum! {
    /// What became of a mail.
    MailState {
        /// It waits to be sent, or to be tried again.
        Queued = "queued",
        /// The mail server took it.
        Sent = "sent",
        /// It could not be delivered; someone must look.
        Failed = "failed",
        /// It was not sent: the recipient's account was deactivated meanwhile.
        Cancelled = "cancelled",
    }
}

/// To whom a message went, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentTo {
    /// Whose address it was.
    pub kind: RecipientKind,
    /// Their name.
    pub name: String,
    /// The address.
    pub address: String,
}

/// A message about a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub author: EmployeeRef,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says.
    pub text: String,
    /// To whom.
    pub recipient: SentTo,
    /// What became of the mail about it.
    pub mail: MailState,
    /// When the mail was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailed_at: Option<DateTime<Utc>>,
}
