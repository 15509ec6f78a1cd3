//! What is recorded of a dossier: messages, parties, reading, and the export of all of it.

use super::*;

fn message() -> Message {
    Message {
        id: MessageId(id(80)),
        author: fatma(),
        at: moment("2026-11-21T09:30:00Z"),
        text: "De familie vraagt om een gesprek. Bel je ze vandaag?".to_owned(),
        recipient: SentTo {
            kind: RecipientKind::Manager,
            name: jan().name,
            address: "jdevries@voorbeeldstad.example".to_owned(),
        },
        mail: MailState::Sent,
        mailed_at: Some(moment("2026-11-21T09:30:02Z")),
    }
}

fn recipient_version() -> String {
    "5f0c3b1e9d7a4c628b1d0e6f5a4c3b2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b".to_owned()
}

fn recipient() -> Recipient {
    let SentTo { kind, name, address } = message().recipient;
    Recipient {
        kind,
        explanation: format!("{name} krijgt dit bericht, als dossierbeheerder."),
        name,
        address,
        employee: Some(jan()),
        client_group: None,
        oneself: false,
        reason: RecipientReason::Manager,
        recipient_version: recipient_version(),
    }
}

fn party() -> Party {
    Party {
        id: PartyId(id(81)),
        kind: PartyKind::Person,
        name: "Mevrouw A. Hendriks".to_owned(),
        role: "betrokkene".to_owned(),
        email: Some("a.hendriks@voorbeeld.example".to_owned()),
        phone: Some("075 123 45 67".to_owned()),
        address: Some("Lindelaan 12, 1234 AB Voorbeeldstad".to_owned()),
        version: 1,
    }
}

fn case_number() -> CaseNumber {
    CaseNumber { id: case_ref().id, number: case_ref().number }
}

fn read() -> DossierRead {
    DossierRead {
        id: ReadId(id(82)),
        at: moment("2026-11-21T09:28:40Z"),
        employee: fatma(),
        content: ReadContent::Case,
        of_case: Some(case_number()),
    }
}

fn export() -> DossierExport {
    let DossierRef { id: dossier, number, name } = dossier_ref();
    DossierExport {
        exported_at: moment("2026-11-21T10:00:00Z"),
        exported_by: jan(),
        office: office().name,
        dossier: ExportedDossier {
            id: dossier,
            number,
            name: name.unwrap_or_default(),
            manager: Some(jan()),
            client_group: None,
            visibility: Visibility::Restricted,
            state: DossierState::Active,
            created_at: moment("2026-11-02T10:15:00Z"),
        },
        access_rules: vec![AccessRule { employee: None, group: Some(team()), effect: Effect::Allow }],
        parties: vec![party()],
        messages: vec![message()],
        cases: vec![ExportedCase {
            header: header(),
            confidentiality: Confidentiality::CaseConfidential,
            supporters: vec![fatma()],
            steps: vec![step()],
            tasks: vec![task()],
            closure: None,
        }],
        events: vec![ExportedEvent {
            id: EventId(id(83)),
            at: moment("2026-11-20T14:05:10Z"),
            actor: Some(jan()),
            kind: "dossier.updated".to_owned(),
            object_kind: "dossier".to_owned(),
            object_id: dossier.0,
            old: Some(json!({ "visibility": "office" })),
            new: Some(json!({ "visibility": "restricted" })),
            reason: None,
        }],
        reads: vec![read()],
    }
}

pub(super) fn all() -> Vec<(&'static str, Value)> {
    let Party { kind, name, role, email, phone, address, .. } = party();
    vec![
        ("Recipient", json!(recipient())),
        ("NewMessage", json!(NewMessage { text: message().text, recipient_version: recipient_version() })),
        ("Message", json!(message())),
        ("Party", json!(party())),
        ("PartyChange", json!(PartyChange { kind, name, role, email, phone, address })),
        ("DossierRead", json!(read())),
        (
            "EmployeeRead",
            json!(EmployeeRead {
                id: read().id,
                at: read().at,
                content: read().content,
                dossier: dossier_ref(),
                of_case: read().of_case,
            }),
        ),
        ("DossierExport", json!(export())),
    ]
}
