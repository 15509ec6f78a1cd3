//! What departments, teams and small groups of a municipality are called.

/// Parts of the town, for the names of teams and groups.
const QUARTERS: &[&str] = &[
    "Centrum",
    "Noord",
    "Oost",
    "Zuid",
    "West",
    "Havenkwartier",
    "De Akkers",
    "Molenwijk",
    "Stationsbuurt",
    "Zuiderpark",
    "Oude Dorp",
    "Waterrijk",
    "Bloemenbuurt",
    "Polder",
    "Binnenstad",
    "Kanaalzone",
];

/// What departments are about.
pub(super) const DEPARTMENTS: &[&str] = &[
    "Burgerzaken",
    "Vergunningen",
    "Toezicht en Handhaving",
    "Werk en Inkomen",
    "Maatschappelijke Ondersteuning",
    "Jeugd en Gezin",
    "Ruimtelijke Ordening",
    "Openbare Ruimte",
    "Belastingen",
    "Juridische Zaken",
    "Veiligheid en Crisisbeheersing",
    "Onderwijs",
    "Sport en Cultuur",
    "Milieu en Duurzaamheid",
    "Wonen",
    "Verkeer en Vervoer",
    "Economie",
    "Financiën",
    "Informatievoorziening",
    "Klantcontact",
];

/// What teams are about.
pub(super) const TEAMS: &[&str] = &[
    "Intake",
    "Bouwen",
    "Evenementen",
    "Horeca",
    "Parkeren",
    "Leerplicht",
    "Wmo",
    "Bijstand",
    "Schulden",
    "Bezwaar",
    "Groen",
    "Afval",
    "Wegen",
    "Reisdocumenten",
    "Verhuizingen",
    "Subsidies",
    "Handhaving",
    "Jeugd",
    "Woningen",
    "Belastingen",
];

/// What small groups are about.
pub(super) const CIRCLES: &[&str] = &[
    "Werkgroep",
    "Casusoverleg",
    "Projectgroep",
    "Meelezers",
    "Vervangers",
    "Overleg",
    "Adviseurs",
    "Loket",
];

/// The numbered name of a group: the words come round again with another part of the town.
pub(super) fn numbered(kind: &str, words: &[&str], index: usize) -> String {
    let word = words.get(index % words.len().max(1)).copied().unwrap_or_default();
    let round = index / words.len().max(1);
    let quarter = QUARTERS.get(round % QUARTERS.len()).copied().unwrap_or_default();
    let again = round / QUARTERS.len();
    let name = if kind.is_empty() { word.to_owned() } else { format!("{kind} {word}") };
    if again == 0 { format!("{name} {quarter}") } else { format!("{name} {quarter} {}", again + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_names_of_their_own() {
        let names: std::collections::BTreeSet<_> = (0..2700).map(|n| numbered("", CIRCLES, n)).collect();
        assert_eq!(names.len(), 2700);
        assert_eq!(numbered("Team", TEAMS, 0), "Team Intake Centrum");
    }
}
