//! Names as people in the Netherlands have them, and what is written in cases and tasks.

use super::dice::Dice;

const FIRST: &[&str] = &[
    "Anneke", "Jan", "Fatma", "Sanne", "Maarten", "Karim", "Lotte", "Pieter", "Yasmina", "Willem", "Marijke",
    "Ahmed", "Femke", "Joost", "Samira", "Daan", "Emine", "Bram", "Ingrid", "Mehmet", "Noor", "Sjoerd",
    "Priya", "Gerrit", "Naima", "Koen", "Wilma", "Youssef", "Eva", "Hendrik", "Zeynep", "Ruben", "Tineke",
    "Omar", "Marloes", "Thijs", "Soraya", "Lars", "Hanneke", "Ravi", "Ilse", "Mohamed", "Roos", "Cornelis",
    "Aïsha", "Jeroen", "Mirjam", "Stijn", "Chloë", "Bart",
];

const LAST: &[&str] = &[
    "de Jong",
    "Jansen",
    "de Vries",
    "van den Berg",
    "Bakker",
    "van Dijk",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "van Leeuwen",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "Smits",
    "de Graaf",
    "van der Meer",
    "Kok",
    "Jacobs",
    "van der Linden",
    "Vermeulen",
    "van den Heuvel",
    "de Bruin",
    "Schouten",
    "van Beek",
    "Willems",
    "van Vliet",
    "Hoekstra",
    "Maas",
    "Verhoeven",
    "Koster",
    "Prins",
    "Blom",
    "Huisman",
    "Postma",
    "El Amrani",
    "Yılmaz",
    "Kaya",
    "Öztürk",
    "Demir",
    "Şahin",
    "Ramdin",
    "Pinas",
    "Bouzid",
    "El Idrissi",
    "Okafor",
    "Aydın",
    "Nguyen",
    "Kowalski",
    "Nowak",
    "Janković",
    "Ferreira",
    "Müller",
];

const STREETS: &[&str] = &[
    "Kerkstraat",
    "Dorpsstraat",
    "Molenweg",
    "Stationsplein",
    "Lindelaan",
    "Julianastraat",
    "Beatrixlaan",
    "Schoolstraat",
    "Industrieweg",
    "Havenkade",
    "Eikenlaan",
    "Parallelweg",
    "Nieuwstraat",
    "Raadhuisplein",
    "Zonnebloemstraat",
    "Burgemeester Jansenlaan",
    "Westeinde",
    "Oosterdijk",
    "Vijverweg",
    "Marktstraat",
    "Wilhelminapark",
    "Prins Hendrikkade",
    "Hogeweg",
    "Achterom",
    "Kanaaldijk",
    "Vondelstraat",
    "Meidoornhof",
    "Spoorlaan",
    "Tuinstraat",
    "Veldweg",
];

const ORGANISATIONS: &[&str] = &[
    "Stichting",
    "Vereniging",
    "Buurtvereniging",
    "Bakkerij",
    "Restaurant",
    "Aannemersbedrijf",
    "Garage",
    "Kinderopvang",
    "Sportclub",
    "Woningcorporatie",
    "Maatschap",
    "Winkeliersvereniging",
];

/// What there is to do in a case.
pub(super) const TASKS: &[&str] = &[
    "Ontbrekende stukken opvragen",
    "Advies inwinnen bij collega's",
    "Aanvrager terugbellen",
    "Huisbezoek plannen",
    "Locatie bekijken",
    "Concept nakijken",
    "Gegevens controleren in de basisregistratie",
    "Uitvoeren van medische keuring",
    "Besluit laten ondertekenen",
    "Bevestiging versturen",
    "Leges berekenen",
    "Tekeningen beoordelen",
    "Verslag van het gesprek maken",
    "Aanvraag inscannen",
    "Publicatie voorbereiden",
];

/// More about a task.
pub(super) const EXPLANATIONS: &[&str] = &[
    "",
    "",
    "Bij voorkeur 's middags.",
    "Graag vandaag nog, de termijn loopt af.",
    "Zie de laatste brief.",
    "Toestemming zit in het dossier.",
    "In overleg met de zaakcoördinator.",
];

/// What came of a task.
pub(super) const RESULTS: &[&str] = &[
    "Gedaan.",
    "Alles is compleet.",
    "Aanvrager is op de hoogte.",
    "Stukken zijn binnen.",
    "Advies is positief.",
    "Er zijn geen bezwaren.",
];

/// Notes at a step.
pub(super) const NOTES: &[&str] = &[
    "Telefonisch toegelicht.",
    "Stukken ontvangen per post.",
    "Besproken in het overleg.",
    "Geen bijzonderheden.",
    "Uitstel gevraagd en gekregen.",
];

/// Why a step was skipped.
pub(super) const SKIPPED: &[&str] =
    &["Niet nodig bij deze aanvraag.", "Al gedaan bij een eerdere zaak.", "In overleg overgeslagen."];

/// As what somebody is a party of a dossier.
pub(super) const ROLES: &[&str] =
    &["Aanvrager", "Belanghebbende", "Gemachtigde", "Eigenaar", "Contactpersoon"];

/// A person's name.
pub(super) fn person(dice: &mut Dice) -> String {
    format!("{} {}", dice.word(FIRST), dice.word(LAST))
}

/// A street and a number.
pub(super) fn address(dice: &mut Dice) -> String {
    format!("{} {}", dice.word(STREETS), 1 + dice.below(180))
}

/// An organisation's name.
pub(super) fn organisation(dice: &mut Dice) -> String {
    format!("{} {}", dice.word(ORGANISATIONS), dice.word(LAST))
}

/// What a dossier is called: a household, or an organisation.
pub(super) fn dossier(dice: &mut Dice) -> String {
    let whose = match dice.below(4) {
        0 => organisation(dice),
        1 => format!("De heer {}", dice.word(LAST)),
        2 => format!("Mevrouw {}", dice.word(LAST)),
        _ => format!("Gezin {}", dice.word(LAST)),
    };
    format!("{whose}, {}", address(dice))
}

/// A username: letters and digits only, and nobody else's because of the number.
pub(super) fn username(name: &str, number: usize) -> String {
    let folded = crate::text::fold(name);
    let plain = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
    let (first, last) = folded.split_once(' ').unwrap_or(("", &folded));
    let initial: String = plain(first).chars().take(1).collect();
    format!("{initial}{}{number}", plain(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_plain() {
        assert_eq!(username("Aïsha van der Şahin", 12), "avandersahin12");
    }
}
