//! Trusted networks, and whom to ask.

use super::*;

pub(super) fn contact() -> Contact {
    Contact {
        name: "Servicedesk ICT".to_owned(),
        phone: "14 0999".to_owned(),
        email: "servicedesk@voorbeeldstad.example".to_owned(),
    }
}

fn town_hall() -> Network {
    Network { label: "stadhuis".to_owned(), cidr: "10.20.0.0/16".to_owned() }
}

fn verdict() -> AddressVerdict {
    AddressVerdict { address: "10.20.3.18".to_owned(), trusted: true, label: Some(town_hall().label) }
}

const OUTSIDE: &str = "Werkt u thuis? Start eerst de VPN \"Werkplek Voorbeeldstad\".";

pub(super) fn all() -> Vec<(&'static str, Value)> {
    let networks = || vec![town_hall()];
    let help = |contact| OfficeHelp { code: office().code, name: office().name, contact };
    let helpdesk = Contact {
        name: "Helpdesk".to_owned(),
        phone: "088 000 00 00".to_owned(),
        email: "helpdesk@platform.example".to_owned(),
    };
    let platform =
        OfficeHelp { code: "platform".to_owned(), name: "Werkbak Platform".to_owned(), contact: helpdesk };
    vec![
        (
            "OfficeNetworks",
            json!(OfficeNetworks {
                enforced: true,
                networks: networks(),
                outside_text: OUTSIDE.to_owned(),
                installation_networks: vec![Network {
                    label: "Gemnet".to_owned(),
                    cidr: "100.64.0.0/10".to_owned(),
                }],
                installation_enforced: false,
                your_address: verdict(),
                version: 3,
            }),
        ),
        (
            "NetworksChange",
            json!(NetworksChange { enforced: true, networks: networks(), outside_text: OUTSIDE.to_owned() }),
        ),
        ("AddressTest", json!(AddressTest { address: verdict().address, networks: networks() })),
        ("AddressVerdict", json!(verdict())),
        (
            "SignInHelp",
            json!(SignInHelp {
                office: Some(help(contact())),
                platform: Some(platform),
                your_address: "203.0.113.9".to_owned(),
                trusted: false,
                networks: vec!["Gemnet".to_owned(), town_hall().label],
                outside_text: OUTSIDE.to_owned(),
            }),
        ),
    ]
}
