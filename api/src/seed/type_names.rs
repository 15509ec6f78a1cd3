//! The hundred kinds of cases of a Dutch municipality, and what their steps, checks and results are called.

/// From what comes in every day to what comes in once a year.
pub(super) const TYPES: &[&str] = &[
    "Melding openbare ruimte",
    "Aanvraag parkeervergunning",
    "Verhuizing doorgeven",
    "Aanvraag Wmo-voorziening",
    "Aanvraag bijstandsuitkering",
    "Aanvraag omgevingsvergunning bouwen",
    "Aanvraag gehandicaptenparkeerkaart",
    "Bezwaarschrift WOZ-waarde",
    "Aanvraag bijzondere bijstand",
    "Evenementenvergunning",
    "Aanvraag leerlingenvervoer",
    "Klacht over de gemeente",
    "Melding overlast",
    "Kwijtschelding gemeentelijke belastingen",
    "Aanvraag urgentieverklaring woning",
    "Aanvraag schuldhulpverlening",
    "Aanvraag omgevingsvergunning kappen",
    "Bezwaarschrift",
    "Aanvraag jeugdhulp",
    "Toezicht bouwplaats",
    "Aanvraag uittreksel basisregistratie personen",
    "Handhavingsverzoek",
    "Aanvraag standplaatsvergunning",
    "Ontheffing sluitingstijden",
    "Aanvraag alcoholvergunning",
    "Subsidieaanvraag",
    "Aanvraag huishoudelijke hulp",
    "Melding sloop",
    "Verzuim van school",
    "Aanvraag naturalisatie",
    "Inzageverzoek persoonsgegevens",
    "Verzoek om openbaarmaking",
    "Aanvraag exploitatievergunning",
    "Melding brandveilig gebruik",
    "Aanvraag ligplaatsvergunning",
    "Aanvraag rolstoelvoorziening",
    "Adresonderzoek",
    "Aanvraag inrit",
    "Aanvraag reclamevergunning",
    "Aansprakelijkstelling",
    "Aanvraag speelautomaten",
    "Aanvraag collectevergunning",
    "Melding incidentele festiviteit",
    "Toezicht horeca",
    "Verkeersbesluit",
    "Tijdelijke verkeersmaatregel",
    "Aanvraag objectvergunning",
    "Aanvraag ontheffing zondagsrust",
    "Melding bodemverontreiniging",
    "Aanvraag monumentenvergunning",
    "Wijziging omgevingsplan",
    "Principeverzoek bouwplan",
    "Naamgebruik wijzigen",
    "Aangifte geboorte",
    "Huwelijk of partnerschap",
    "Aangifte overlijden",
    "Erkenning kind",
    "Brief- of correspondentieadres",
    "Vestiging uit het buitenland",
    "Vertrek naar het buitenland",
    "Aanvraag verklaring omtrent gedrag",
    "Beschermd wonen",
    "Vroegsignalering schulden",
    "Herziening uitkering",
    "Terugvordering uitkering",
    "Loonkostensubsidie",
    "Re-integratietraject",
    "Inburgering",
    "Huisvesting statushouder",
    "Onderzoek rechtmatigheid",
    "Woningaanpassing",
    "Persoonsgebonden budget",
    "Onderzoek veilig thuis",
    "Vrijstelling leerplicht",
    "Toelating kinderopvang",
    "Inspectie kinderopvang",
    "Preventief toezicht",
    "Last onder dwangsom",
    "Last onder bestuursdwang",
    "Sluiting woning",
    "Huisverbod",
    "Gebiedsverbod",
    "Verwijdering wrak",
    "Melding asbest",
    "Geluidmeting",
    "Planschade",
    "Grondverkoop",
    "Pacht en verhuur grond",
    "Straatnaamgeving",
    "Toekenning huisnummer",
    "Ontheffing ventverbod",
    "Vuurwerkverkoop",
    "Grafrechten",
    "Opgraving of herbegraving",
    "Aanbesteding",
    "Contractbeheer",
    "Raadsvraag",
    "Burgerinitiatief",
    "Koninklijke onderscheiding",
    "Archiefonderzoek",
];

/// Steps between the first and the last, in the order they come.
pub(super) const STEPS: &[&str] = &[
    "Ontvangst bevestigen",
    "Volledigheid beoordelen",
    "Gegevens controleren",
    "Advies inwinnen",
    "Toetsen aan beleid",
    "Besluit voorbereiden",
];

/// With which a case begins, and with which it ends.
pub(super) const FIRST_AND_LAST: (&str, &str) = ("Intake", "Besluit en bekendmaking");

/// A check's short name, and its question.
pub(super) const CHECKS: &[(&str, &str)] = &[
    ("Compleet", "Zijn alle gegevens aanwezig?"),
    ("Identiteit", "Is de identiteit van de aanvrager vastgesteld?"),
    ("Bevoegd", "Is de gemeente bevoegd?"),
    ("Termijn", "Is de aanvraag op tijd ingediend?"),
    ("Advies", "Is er advies nodig van een andere afdeling?"),
    ("Belangen", "Zijn er andere belanghebbenden?"),
    ("Beleid", "Past dit in het beleid?"),
    ("Dossier", "Zijn alle stukken opgeslagen?"),
];

/// How cases end.
pub(super) const RESULTS: &[&str] = &[
    "Verleend",
    "Geweigerd",
    "Ingetrokken",
    "Buiten behandeling gesteld",
    "Afgehandeld",
    "Niet ontvankelijk",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_a_hundred_and_no_two_are_the_same() {
        let names: std::collections::BTreeSet<_> = TYPES.iter().collect();
        assert_eq!((TYPES.len(), names.len()), (100, 100));
    }
}
