//! Whom a dossier concerns (D7).

use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;
use crate::{Errors, PartyId, Validate};

text_enum! {
    /// What a party is.
    PartyKind {
        /// A natural person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
    }
}

/// Someone a dossier concerns, or who acts for them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// Its name.
    pub name: String,
    /// What it is to the dossier, such as *betrokkene*, *gemachtigde* or *contactpersoon*.
    pub role: String,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// For If-Match.
    pub version: i64,
}

/// A party as the form saves it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartyChange {
    /// What it is.
    pub kind: PartyKind,
    /// Not blank, at most 200 characters.
    pub name: String,
    /// Not blank, at most 100 characters.
    pub role: String,
    /// E-mail address; absent or empty: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// At most 50 characters; absent or empty: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// At most 500 characters; absent or empty: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Validate for PartyChange {
    fn validate(&mut self, errors: &mut Errors) {
        self.name = errors.line("name", &self.name, 200);
        self.role = errors.line("role", &self.role, 100);
        for text in [&mut self.email, &mut self.phone, &mut self.address] {
            if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                *text = None;
            }
        }
        if let Some(email) = &mut self.email {
            *email = errors.email("email", email);
        }
        if let Some(phone) = &mut self.phone {
            *phone = errors.optional_line("phone", phone, 50);
        }
        if let Some(address) = &mut self.address {
            *address = errors.optional("address", address, 500);
        }
    }
}
