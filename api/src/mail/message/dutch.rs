//! Mails in Dutch.

use contract::RecipientKind;

use super::{About, Frame, Letter, MailKind};

pub(super) const FRAME: Frame = Frame {
    greeting: "Beste",
    username: "Gebruikersnaam",
    temporary_password: "Tijdelijk wachtwoord",
    settings: "E-mails aan- of uitzetten",
    automatic: "Dit is een automatisch bericht; antwoorden worden niet gelezen.",
};

const SIGN_IN: &str = "Naar de aanmeldpagina";
const SECRET: &str = "Houd dit wachtwoord voor uzelf. Niemand hoeft het van u te weten.";
const SECOND_FACTOR_WHY: &str =
    "U krijgt deze e-mail bij elke wijziging van uw tweede factor, zodat u het merkt als een ander dat doet.";
const TASK: &str = "Taak bekijken";

pub(super) fn letter(kind: MailKind, about: &About<'_>) -> Letter {
    let office = about.office;
    let case = about.case.map_or_else(|| "een zaak".to_owned(), |number| format!("zaak {number}"));
    let tray = named_tray(about, "uw team");
    match kind {
        MailKind::TrayTask => Letter {
            subject: format!("Nieuwe taak in {tray}: {case}"),
            opening: vec![
                format!("In {tray} ligt een nieuwe taak bij {case}."),
                "Pakt u de taak op, dan zien uw collega’s meteen dat u ermee bezig bent.".to_owned(),
            ],
            action: TASK,
            closing: vec![],
            why: format!(
                "U krijgt deze e-mail omdat u lid bent van {} en e-mails over deze werkbak aan hebt staan.",
                about.group.unwrap_or("dit team")
            ),
        },
        MailKind::TraySilent => {
            let tray = named_tray(about, "een team");
            Letter {
                subject: format!("Niemand krijgt bericht over een taak in {tray}: {case}"),
                opening: vec![
                    format!(
                        "In {tray} ligt een nieuwe taak bij {case}, maar niemand van het team \
                        krijgt daar een e-mail over. Misschien heeft de groep geen actieve leden, \
                        of hebben de leden deze e-mails uitgezet."
                    ),
                    "Wilt u ervoor zorgen dat iemand de taak oppakt?".to_owned(),
                ],
                action: TASK,
                closing: vec![],
                why: format!(
                    "U krijgt deze e-mail in plaats van het team, omdat u coördinator van \
                    de zaak bent of lokaal beheerder van {office}."
                ),
            }
        }
        MailKind::TaskAssigned => Letter {
            subject: format!("Er staat een taak op uw naam: {case}"),
            opening: vec![
                format!("Er staat een taak bij {case} op uw naam."),
                "Is de taak niet voor u? Stuur hem dan door, of geef hem terug aan de werkbak.".to_owned(),
            ],
            action: TASK,
            closing: vec![],
            why: "U krijgt deze e-mail omdat een collega de taak aan u heeft gegeven.".to_owned(),
        },
        MailKind::TaskWithdrawn => Letter {
            subject: format!("Taak ingetrokken: {case}"),
            opening: vec![
                match about.group {
                    Some(_) => {
                        format!("De taak bij {case} in {tray} is ingetrokken, omdat de zaak is afgesloten.")
                    }
                    None => format!("Uw taak bij {case} is ingetrokken, omdat de zaak is afgesloten."),
                },
                "U hoeft er niets meer voor te doen.".to_owned(),
            ],
            action: TASK,
            closing: vec![],
            why: match about.group {
                Some(group) => format!("U krijgt deze e-mail omdat u lid bent van {group}."),
                None => "U krijgt deze e-mail omdat de taak op uw naam stond.".to_owned(),
            },
        },
        MailKind::CaseAssigned => Letter {
            subject: format!("U bent nu coördinator van {case}"),
            opening: vec![format!("U bent nu zaakcoördinator van {case}. De zaak staat bij Mijn zaken.")],
            action: "Zaak bekijken",
            closing: vec![],
            why: "U krijgt deze e-mail omdat een collega u als zaakcoördinator heeft aangewezen.".to_owned(),
        },
        MailKind::CaseSupported => Letter {
            subject: format!("U bent nu ondersteuner van {case}"),
            opening: vec![format!("U bent nu zaakondersteuner van {case}. De zaak staat bij Mijn zaken.")],
            action: "Zaak bekijken",
            closing: vec![],
            why: "U krijgt deze e-mail omdat een collega u als zaakondersteuner heeft aangewezen.".to_owned(),
        },
        MailKind::WorkHandedOver => Letter {
            subject: "Er is werk aan u overgedragen".to_owned(),
            opening: vec![match about.count {
                Some(1) => "U neemt werk over van een collega: één zaak, taak of dossier.".to_owned(),
                Some(count) => {
                    format!("U neemt werk over van een collega: {count} zaken, taken of dossiers.")
                }
                None => "U neemt werk over van een collega: zaken, taken of dossiers.".to_owned(),
            }],
            action: "Werk bekijken",
            closing: vec![],
            why: "U krijgt deze e-mail omdat u bent aangewezen om dit werk over te nemen.".to_owned(),
        },
        MailKind::TrayMoved => Letter {
            subject: format!("Taken verhuisd naar {tray}"),
            opening: vec![match about.count {
                Some(1) => format!("Een groep is opgeheven. Haar ene open taak staat nu in {tray}."),
                Some(count) => {
                    format!("Een groep is opgeheven. Haar {count} open taken staan nu in {tray}.")
                }
                None => format!("Een groep is opgeheven. Haar open taken staan nu in {tray}."),
            }],
            action: "Werkbak bekijken",
            closing: vec![],
            why: format!(
                "U krijgt deze e-mail, één voor alle taken, omdat {} ze overneemt.",
                about.group.unwrap_or("uw groep")
            ),
        },
        MailKind::Invitation => Letter {
            subject: format!("Uw account voor Werkbak bij {office}"),
            opening: vec![
                format!(
                    "Er is een account voor u gemaakt in Werkbak bij {office}. Daarin werkt u \
                    met uw collega’s aan dossiers, zaken en taken."
                ),
                password(about),
            ],
            action: SIGN_IN,
            closing: safety(about),
            why: format!(
                "U krijgt deze e-mail omdat een beheerder van {office} een account voor u \
                heeft gemaakt. Verwachtte u dat niet? Laat het dan weten aan {office}."
            ),
        },
        MailKind::Reactivation => Letter {
            subject: "Uw account is weer actief".to_owned(),
            opening: vec![format!("Uw account bij {office} is weer actief."), password(about)],
            action: SIGN_IN,
            closing: safety(about),
            why: format!(
                "U krijgt deze e-mail omdat een beheerder of de helpdesk uw account weer \
                actief heeft gemaakt. Hebt u daar niet om gevraagd? Laat het dan weten aan \
                {office}."
            ),
        },
        MailKind::PasswordReset => Letter {
            subject: "Uw tijdelijke wachtwoord".to_owned(),
            opening: vec![
                format!("Voor uw account bij {office} is een tijdelijk wachtwoord gevraagd."),
                password(about),
            ],
            action: SIGN_IN,
            closing: vec![
                "Is het wachtwoord verlopen? Vraag op de aanmeldpagina een nieuw.".to_owned(),
                SECRET.to_owned(),
            ],
            why: format!(
                "U krijgt deze e-mail omdat iemand bij het aanmelden uw gebruikersnaam invulde en om een \
                tijdelijk wachtwoord vroeg. Was u dat niet? Dan hoeft u niets te doen: uw eigen wachtwoord \
                werkt nog. Komt het vaker voor, laat het dan weten aan {office}."
            ),
        },
        MailKind::AccountLocked => Letter {
            subject: "Uw account is geblokkeerd".to_owned(),
            opening: vec![
                format!(
                    "Voor uw account bij {office} is een tijdelijk wachtwoord gevraagd, maar het account is \
                    geblokkeerd na te veel mislukte aanmeldingen."
                ),
                whom_to_ask(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: format!(
                "U krijgt deze e-mail omdat iemand bij het aanmelden uw gebruikersnaam invulde. Was u dat \
                niet? Laat het dan weten aan {office}."
            ),
        },
        MailKind::LockedOut => Letter {
            subject: "Uw account is geblokkeerd".to_owned(),
            opening: vec![
                format!(
                    "Uw account bij {office} is{} geblokkeerd: er is {} keer achter elkaar tevergeefs \
                    geprobeerd om aan te melden. Aanmelden kan nu niet, ook niet met het juiste wachtwoord.",
                    about.moment.map(|at| format!(" op {at}")).unwrap_or_default(),
                    about.count.map_or_else(|| "te vaak".to_owned(), |count| count.to_string()),
                ),
                whom_to_ask(about),
            ],
            action: SIGN_IN,
            closing: vec![
                "Was u dit niet? Dan probeert iemand misschien in uw account te komen. Vertel dat als u vraagt \
                om het te activeren. Zolang het account geblokkeerd is, kan niemand ermee aanmelden. Gebruikt u een tweede factor? Dan kende \
                die ander misschien uw wachtwoord: kies daarna een nieuw."
                    .to_owned(),
            ],
            why: "U krijgt deze e-mail één keer per blokkering, zodat u het merkt als een ander probeert om met \
                uw gebruikersnaam aan te melden."
                .to_owned(),
        },
        MailKind::PasswordChanged => Letter {
            subject: "Uw wachtwoord is gewijzigd".to_owned(),
            opening: vec![
                format!(
                    "Het wachtwoord van uw account bij {office} is zojuist gewijzigd. Overal \
                    waar u nog was aangemeld, bent u afgemeld."
                ),
                "Hebt u dit zelf gedaan? Dan hoeft u niets te doen.".to_owned(),
                format!(
                    "Was u dit niet? Neem dan direct contact op met een lokaal beheerder of de \
                    helpdesk van {office}. Zij kunnen uw account blokkeren."
                ),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: "U krijgt deze e-mail bij elke wijziging van uw wachtwoord, zodat u het merkt als \
                een ander dat doet."
                .to_owned(),
        },
        MailKind::SecondFactorOn => Letter {
            subject: "Uw tweede factor staat aan".to_owned(),
            opening: vec![
                format!(
                    "Bij het aanmelden op uw account bij {office} hoort voortaan ook een code uit een app op uw \
                    telefoon. Overal waar u nog was aangemeld, bent u afgemeld."
                ),
                "Bewaar uw herstelcodes op een veilige plek: daarmee meldt u zich aan als u uw telefoon niet bij de \
                hand hebt."
                    .to_owned(),
                not_you(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: SECOND_FACTOR_WHY.to_owned(),
        },
        MailKind::SecondFactorOff => Letter {
            subject: "Uw tweede factor staat uit".to_owned(),
            opening: vec![
                format!(
                    "Bij het aanmelden op uw account bij {office} hoort geen code uit een app meer: de tweede factor \
                    is zojuist uitgezet."
                ),
                not_you(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: SECOND_FACTOR_WHY.to_owned(),
        },
        MailKind::SecondFactorReset => Letter {
            subject: "Uw tweede factor is weggehaald".to_owned(),
            opening: vec![
                format!(
                    "Een beheerder heeft de tweede factor van uw account bij {office} weggehaald, zodat u zich zonder \
                    uw telefoon kunt aanmelden. Overal waar u nog was aangemeld, bent u afgemeld."
                ),
                "Vraagt uw organisatie een tweede factor van u? Dan stelt u bij de volgende aanmelding een nieuwe in."
                    .to_owned(),
                not_you(about),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: SECOND_FACTOR_WHY.to_owned(),
        },
        MailKind::AddressChanged => Letter {
            subject: "Uw e-mailadres is gewijzigd".to_owned(),
            opening: vec![
                format!(
                    "Uw account bij {office} heeft nu een ander e-mailadres. E-mails van \
                    Werkbak gaan voortaan daarheen; dit is de laatste op dit adres."
                ),
                format!(
                    "Klopt dit niet? Neem dan direct contact op met een lokaal beheerder of de \
                    helpdesk van {office}."
                ),
            ],
            action: SIGN_IN,
            closing: vec![],
            why: "U krijgt deze e-mail omdat uw account dit adres had, zodat u het merkt als een \
                ander het wijzigt."
                .to_owned(),
        },
        MailKind::OperatorReactivated => {
            let account =
                about.account.map_or_else(|| "een account".to_owned(), |name| format!("account {name}"));
            let when =
                about.moment.map(|moment| format!("Op {moment}")).unwrap_or_else(|| "Zojuist".to_owned());
            Letter {
                subject: format!("De technisch beheerder heeft {account} weer actief gemaakt"),
                opening: vec![
                    format!(
                        "{when} heeft de technisch beheerder van Werkbak {account} weer actief gemaakt, buiten de \
                        schermen om. Daarbij is een tijdelijk wachtwoord gemaakt, dat 30 minuten geldig is."
                    ),
                    format!(
                        "Heeft niemand van {office} daarom gevraagd? Deactiveer het account dan, en neem contact op \
                        met wie Werkbak voor u beheert."
                    ),
                ],
                action: "Medewerker bekijken",
                closing: vec![],
                why: format!(
                    "U krijgt deze e-mail omdat u lokaal beheerder bent van {office}, zodat u het merkt als dit \
                    gebeurt."
                ),
            }
        }
        MailKind::MessageUndelivered => {
            let dossier = dossier(about);
            Letter {
                subject: format!("Uw bericht over {dossier} is niet aangekomen"),
                opening: vec![
                    format!("De e-mail over uw bericht bij {dossier} kon niet worden bezorgd."),
                    "Het bericht staat nog in Werkbak. Bekijk wie het zou krijgen, en stuur het zo nodig \
                    opnieuw."
                        .to_owned(),
                ],
                action: "Bericht bekijken",
                closing: vec![],
                why: "U krijgt deze e-mail omdat u het bericht hebt verstuurd.".to_owned(),
            }
        }
        MailKind::DossierMessage => {
            let dossier = dossier(about);
            Letter {
                subject: format!("Nieuw bericht over {dossier}"),
                opening: vec![
                    format!("Er is een bericht over {dossier}."),
                    "Het bericht zelf staat in Werkbak; meld u aan om het te lezen.".to_owned(),
                ],
                action: "Bericht lezen",
                closing: vec![],
                why: match about.recipient {
                    Some(RecipientKind::ClientGroup) => "U krijgt deze e-mail omdat dit dossier bij uw \
                        klantengroep hoort en geen actieve dossierbeheerder heeft."
                        .to_owned(),
                    Some(RecipientKind::Office) => format!(
                        "U krijgt deze e-mail op het algemene adres van {office}, omdat dit dossier geen actieve \
                        dossierbeheerder en geen klantengroep heeft."
                    ),
                    Some(RecipientKind::Manager) | None => {
                        "U krijgt deze e-mail omdat u dossierbeheerder bent van dit dossier.".to_owned()
                    }
                },
            }
        }
    }
}

fn named_tray(about: &About<'_>, unnamed: &str) -> String {
    format!("de werkbak van {}", about.group.unwrap_or(unnamed))
}

/// Who can reactivate an account, and how to reach them.
fn whom_to_ask(about: &About<'_>) -> String {
    format!(
        "Een lokaal beheerder of de helpdesk van {} kan het weer activeren{}. U krijgt dan een tijdelijk wachtwoord.",
        about.office,
        about.contact.map(|contact| format!(": {contact}")).unwrap_or_default()
    )
}

fn not_you(about: &About<'_>) -> String {
    format!(
        "Hebt u hier niet om gevraagd? Neem dan direct contact op met een lokaal beheerder of de helpdesk van {}. Zij \
        kunnen uw account blokkeren.",
        about.office
    )
}

fn password(about: &About<'_>) -> String {
    match about.until {
        Some(until) => format!(
            "Meld u aan met het tijdelijke wachtwoord hieronder en kies daarna uw eigen wachtwoord. Het \
            tijdelijke wachtwoord werkt één keer en is geldig tot {until}."
        ),
        None => {
            format!(
                "Vraag een lokaal beheerder of de helpdesk van {} om een tijdelijk wachtwoord.",
                about.office
            )
        }
    }
}

fn safety(about: &About<'_>) -> Vec<String> {
    about.until.map_or_else(Vec::new, |_| {
        vec![
            format!(
                "Is het wachtwoord verlopen? Een lokaal beheerder of de helpdesk van {} kan u een nieuw sturen.",
                about.office
            ),
            SECRET.to_owned(),
        ]
    })
}

fn dossier(about: &About<'_>) -> String {
    about.dossier.map_or_else(|| "een dossier".to_owned(), |number| format!("dossier {number}"))
}
