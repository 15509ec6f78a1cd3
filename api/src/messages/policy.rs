//! To whom mail about a dossier goes (D6), as a pure function, and why, in words.

use contract::{
    ClientGroupId, ClientGroupRef, EmployeeId, EmployeeRef, EmployeeState, Language, Recipient,
    RecipientReason, Text,
};

/// The manager of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manager {
    /// Who.
    pub id: EmployeeId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether they still work here.
    pub state: EmployeeState,
}

/// The client group of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Which.
    pub id: ClientGroupId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
}

/// What is known about a dossier and who could get mail about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its manager.
    pub manager: Option<Manager>,
    /// Its client group.
    pub client_group: Option<Client>,
    /// Its office's name.
    pub office_name: String,
    /// Its office's address.
    pub office_email: String,
}

/// Who gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The manager.
    Manager(Manager),
    /// The client group; whether there is a manager, whose account is deactivated.
    ClientGroup(Client, bool),
    /// The office, by name and address; the same.
    Office(String, String, bool),
}

/// D6: the manager, else the client group, else the office. A deactivated manager counts as none; a locked
/// one still works here and still gets mail, and counts.
pub fn choose(facts: Facts) -> Choice {
    let inactive = match facts.manager {
        Some(manager) if manager.state != EmployeeState::Deactivated => return Choice::Manager(manager),
        Some(_) => true,
        None => false,
    };
    match facts.client_group {
        Some(client_group) => Choice::ClientGroup(client_group, inactive),
        None => Choice::Office(facts.office_name, facts.office_email, inactive),
    }
}

impl Choice {
    /// What decided.
    pub const fn reason(&self) -> RecipientReason {
        match self {
            Self::Manager(_) => RecipientReason::Manager,
            Self::ClientGroup(_, false) => RecipientReason::ClientGroupNoManager,
            Self::ClientGroup(_, true) => RecipientReason::ClientGroupManagerInactive,
            Self::Office(_, _, false) => RecipientReason::OfficeNoManager,
            Self::Office(_, _, true) => RecipientReason::OfficeManagerInactive,
        }
    }

    /// The recipient's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Manager(manager) => &manager.name,
            Self::ClientGroup(client_group, _) => &client_group.name,
            Self::Office(name, _, _) => name,
        }
    }

    /// The one address.
    pub fn address(&self) -> &str {
        match self {
            Self::Manager(manager) => &manager.email,
            Self::ClientGroup(client_group, _) => &client_group.email,
            Self::Office(_, address, _) => address,
        }
    }

    /// The manager, if it goes to them.
    pub const fn employee(&self) -> Option<EmployeeId> {
        match self {
            Self::Manager(manager) => Some(manager.id),
            Self::ClientGroup(..) | Self::Office(..) => None,
        }
    }

    /// What an author saw and names when sending: another recipient or address is another version.
    pub fn version(&self) -> String {
        let id = match self {
            Self::Manager(manager) => manager.id.to_string(),
            Self::ClientGroup(client_group, _) => client_group.id.to_string(),
            Self::Office(..) => String::new(),
        };
        let kind = self.reason().kind();
        crate::secrets::sha256_hex(format!("{kind} {id} {}", self.address()).as_bytes())
    }

    /// In words and as data, for the one who asks.
    pub fn explain(self, reader: EmployeeId, language: Language) -> Recipient {
        let reason = self.reason();
        let name = self.name().to_owned();
        let text = match reason {
            RecipientReason::Manager => Text::new(
                format!("{name} krijgt dit bericht, als dossierbeheerder."),
                format!("{name} gets this message, as the manager of the dossier."),
            ),
            RecipientReason::ClientGroupNoManager => Text::new(
                format!("Klantengroep {name} krijgt dit bericht: het dossier heeft geen dossierbeheerder."),
                format!("Client group {name} gets this message: the dossier has no manager."),
            ),
            RecipientReason::ClientGroupManagerInactive => Text::new(
                format!(
                    "Klantengroep {name} krijgt dit bericht: de dossierbeheerder heeft geen actief account meer."
                ),
                format!(
                    "Client group {name} gets this message: the dossier's manager no longer has an active account."
                ),
            ),
            RecipientReason::OfficeNoManager => Text::new(
                format!(
                    "{name} krijgt dit bericht op het algemene adres: het dossier heeft geen dossierbeheerder \
                    en geen klantengroep."
                ),
                format!(
                    "{name} gets this message at its general address: the dossier has neither a manager nor a \
                    client group."
                ),
            ),
            RecipientReason::OfficeManagerInactive => Text::new(
                format!(
                    "{name} krijgt dit bericht op het algemene adres: de dossierbeheerder heeft geen actief \
                    account meer, en het dossier heeft geen klantengroep."
                ),
                format!(
                    "{name} gets this message at its general address: the dossier's manager no longer has an \
                    active account, and the dossier has no client group."
                ),
            ),
        };
        Recipient {
            kind: reason.kind(),
            address: self.address().to_owned(),
            oneself: self.employee() == Some(reader),
            reason,
            explanation: text.get(language).to_owned(),
            recipient_version: self.version(),
            employee: self.employee().map(|id| EmployeeRef { id, name: name.clone() }),
            client_group: match &self {
                Self::ClientGroup(client_group, _) => {
                    Some(ClientGroupRef { id: client_group.id, name: name.clone() })
                }
                Self::Manager(_) | Self::Office(..) => None,
            },
            name,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn manager(state: EmployeeState) -> Manager {
        Manager {
            id: EmployeeId::new(),
            name: "Jan de Vries".to_owned(),
            email: "jan@z.test".to_owned(),
            state,
        }
    }

    fn client() -> Client {
        Client {
            id: ClientGroupId::new(),
            name: "Zorgaanbieders".to_owned(),
            email: "zorg@z.test".to_owned(),
        }
    }

    fn facts(state: Option<EmployeeState>, client_group: bool) -> Facts {
        Facts {
            manager: state.map(manager),
            client_group: client_group.then(client),
            office_name: "Gemeente Zaanstad".to_owned(),
            office_email: "info@z.test".to_owned(),
        }
    }

    /// Every combination of what D6 looks at, against D6 as it is written.
    #[test]
    fn every_cell_of_d6() {
        let mut reasons = BTreeSet::new();
        for state in EmployeeState::ALL.iter().copied().map(Some).chain([None]) {
            for client_group in [false, true] {
                let usable = matches!(state, Some(EmployeeState::Active | EmployeeState::Locked));
                let (address, reason) = match (usable, client_group, state) {
                    (true, _, _) => ("jan@z.test", RecipientReason::Manager),
                    (false, true, None) => ("zorg@z.test", RecipientReason::ClientGroupNoManager),
                    (false, true, _) => ("zorg@z.test", RecipientReason::ClientGroupManagerInactive),
                    (false, false, None) => ("info@z.test", RecipientReason::OfficeNoManager),
                    (false, false, _) => ("info@z.test", RecipientReason::OfficeManagerInactive),
                };
                let choice = choose(facts(state, client_group));
                assert_eq!(
                    (choice.address(), choice.reason()),
                    (address, reason),
                    "{state:?} {client_group}"
                );
                reasons.insert(reason);
            }
        }
        assert_eq!(reasons.len(), RecipientReason::ALL.len());
    }

    #[test]
    fn the_explanation_names_who_gets_it_in_both_languages() {
        for reason_facts in [
            facts(Some(EmployeeState::Active), true),
            facts(Some(EmployeeState::Deactivated), true),
            facts(Some(EmployeeState::Deactivated), false),
            facts(None, true),
            facts(None, false),
        ] {
            let choice = choose(reason_facts);
            for (language, gets) in
                [(Language::Dutch, "krijgt dit bericht"), (Language::English, "gets this message")]
            {
                let shown = choice.clone().explain(EmployeeId::new(), language);
                assert!(shown.explanation.contains(&shown.name) && shown.explanation.contains(gets));
                assert_eq!(shown.kind, shown.reason.kind());
            }
        }
    }

    #[test]
    fn another_recipient_or_address_is_another_version() {
        let first = manager(EmployeeState::Active);
        let renamed = Manager { name: "J. de Vries".to_owned(), ..first.clone() };
        let moved = Manager { email: "j@z.test".to_owned(), ..first.clone() };
        let successor = Manager { id: EmployeeId::new(), ..first.clone() };
        let version = |manager: &Manager| Choice::Manager(manager.clone()).version();
        assert_eq!(version(&first), version(&renamed));
        assert_ne!(version(&first), version(&moved));
        assert_ne!(version(&first), version(&successor));
        let shared = Client { email: first.email.clone(), ..client() };
        let versions: BTreeSet<String> = [
            Choice::Manager(first.clone()),
            Choice::ClientGroup(shared, false),
            Choice::Office("Z".to_owned(), first.email, false),
        ]
        .iter()
        .map(Choice::version)
        .collect();
        assert_eq!(versions.len(), 3, "the same address, and not the same recipient");
    }
}
