//! Trusted networks (S8), and whom to ask when signing in does not work (S6).

use serde::{Deserialize, Serialize};

use crate::validation::FieldCode;
use crate::{Errors, Text, Validate};

/// A range of addresses that is trusted, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Network {
    /// What people call it, such as `stadhuis` or `mobiel werken`; at most 60 characters. It is shown to who is outside.
    pub label: String,
    /// The addresses, IPv4 or IPv6: `10.20.0.0/16`, `2001:db8::/48`, or one address.
    pub cidr: String,
}

/// Where an office's people may work from (S8).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficeNetworks {
    /// Whether requests from elsewhere are refused.
    pub enforced: bool,
    /// The office's own networks.
    pub networks: Vec<Network>,
    /// What the office tells who is outside: how to get a secure connection.
    pub outside_text: String,
    /// Networks that are trusted throughout the installation, whatever the office lists.
    pub installation_networks: Vec<Network>,
    /// Whether the installation refuses requests from elsewhere, whatever the office chose.
    pub installation_enforced: bool,
    /// Where this request came from.
    pub your_address: AddressVerdict,
    /// For If-Match.
    pub version: i64,
}

/// A change of an office's networks; everything at once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NetworksChange {
    /// Whether requests from elsewhere are refused.
    pub enforced: bool,
    /// The office's own networks, at most 100.
    pub networks: Vec<Network>,
    /// What the office tells who is outside, at most 2000 characters; empty for a general text.
    #[serde(default)]
    pub outside_text: String,
}

impl Validate for NetworksChange {
    fn validate(&mut self, errors: &mut Errors) {
        check(&mut self.networks, errors);
        self.outside_text = errors.optional("outsideText", &self.outside_text, 2000);
    }
}

fn check(networks: &mut [Network], errors: &mut Errors) {
    if networks.len() > 100 {
        errors.add(
            "networks",
            FieldCode::TooLong,
            Text::new("Geef hoogstens 100 netwerken op.", "List at most 100 networks."),
        );
    }
    for (position, network) in networks.iter_mut().enumerate() {
        network.label = errors.line(&format!("networks[{position}].label"), &network.label, 60);
        network.cidr = errors.line(&format!("networks[{position}].cidr"), &network.cidr, 60);
    }
}

/// Whether an address would be trusted, by networks that need not be saved yet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddressTest {
    /// The address.
    pub address: String,
    /// The networks as they would be saved.
    pub networks: Vec<Network>,
}

impl Validate for AddressTest {
    fn validate(&mut self, errors: &mut Errors) {
        self.address = errors.line("address", &self.address, 60);
        check(&mut self.networks, errors);
    }
}

/// Whether an address is trusted, and why.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddressVerdict {
    /// The address; empty when it is not known.
    pub address: String,
    /// Whether it is in a trusted network.
    pub trusted: bool,
    /// The network's label, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Whom to ask when signing in does not work (S6).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Who, such as `Servicedesk ICT`; at most 100 characters.
    #[serde(default)]
    pub name: String,
    /// A telephone number, at most 40 characters.
    #[serde(default)]
    pub phone: String,
    /// A mail address.
    #[serde(default)]
    pub email: String,
}

impl Contact {
    /// Checks it as the field `field`; every part may be empty.
    pub fn check(&mut self, field: &str, errors: &mut Errors) {
        self.name = errors.optional_line(&format!("{field}.name"), &self.name, 100);
        self.phone = errors.optional_line(&format!("{field}.phone"), &self.phone, 40);
        let email = self.email.trim();
        self.email =
            if email.is_empty() { String::new() } else { errors.email(&format!("{field}.email"), email) };
    }
}

/// What anyone may know before signing in: whom to ask, and whether the connection is trusted (S6, S8). Never whether an
/// account exists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInHelp {
    /// The office that was named, or the only one there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeHelp>,
    /// The platform's helpdesk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<OfficeHelp>,
    /// Where this request came from.
    pub your_address: String,
    /// Whether that office lets people sign in from there.
    pub trusted: bool,
    /// When it does not: what the networks are called where it does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<String>,
    /// When it does not: what the office tells about getting a secure connection; empty when it wrote nothing.
    #[serde(default)]
    pub outside_text: String,
}

/// An office, and whom to ask there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficeHelp {
    /// Its public code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whom to ask there.
    pub contact: Contact,
}
