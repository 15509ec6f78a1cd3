//! Dossiers: new ones, or by their number those that are there.
//!
//! A row without a number that names a dossier there is already, with the same manager and client group, was
//! brought in before and is left as it is, where who imports sees that dossier or made it. Who imports does not
//! thereby read a dossier: what they may not see (D4) they learn nothing of, nor can they change it here.

use std::collections::{BTreeSet, HashMap};

use contract::validation::FieldCode;
use contract::{
    AccessRule, ClientGroupId, DossierId, Effect, EmployeeId, EmployeeState, GroupId, NewAccessRule,
    NewDossier, ProblemCode, Text, Validate, Visibility, WarningCode,
};

use super::draft::Draft;
use super::lookup::{Groups, Named, stranded};
use super::sheet::{Field, Sheet};
use super::store;
use crate::access::dossiers::{Checked, ManageDossier};
use crate::access::office::CreateDossier;
use crate::access::{Permit, Tx};
use crate::dossiers::saving;
use crate::dossiers::store::{DossierValues, rules_to_change};
use crate::hand_over::{self, Scope};
use crate::problem::{Outcome, Problem};
use crate::text::fold;

/// The columns. An export of dossiers has the same, without the rules.
pub const FIELDS: &[Field] = &[
    Field {
        name: "number",
        required: false,
        nl: "Nummer",
        en: "Number",
        also: &["dossiernummer", "dossiernumber", "nr"],
    },
    Field { name: "name", required: true, nl: "Naam", en: "Name", also: &["dossier", "dossiernaam"] },
    Field {
        name: "manager",
        required: false,
        nl: "Dossierbeheerder",
        en: "Manager",
        also: &["beheerder", "dossiermanager"],
    },
    Field { name: "clientGroup", required: false, nl: "Klantengroep", en: "Client group", also: &[] },
    Field {
        name: "visibility",
        required: false,
        nl: "Zichtbaarheid",
        en: "Visibility",
        also: &["zichtbaar", "visible"],
    },
    Field {
        name: "allow",
        required: false,
        nl: "Toegestane groepen",
        en: "Allowed groups",
        also: &["toegang", "allow", "toegestaan"],
    },
    Field {
        name: "deny",
        required: false,
        nl: "Geweigerde groepen",
        en: "Denied groups",
        also: &["geweigerd", "deny"],
    },
];

fn visibility(word: &str) -> Option<Visibility> {
    match fold(word).as_str() {
        "office" | "organisatie" | "kantoor" | "iedereen" => Some(Visibility::Office),
        "restricted" | "beperkt" => Some(Visibility::Restricted),
        _ => None,
    }
}

/// What a row says; the outer option of each is whether it says anything about it.
struct Said<'a> {
    manager: Option<Option<EmployeeId>>,
    client_group: Option<Option<ClientGroupId>>,
    visibility: Option<Visibility>,
    allow: Option<BTreeSet<GroupId>>,
    deny: Option<BTreeSet<GroupId>>,
    name: &'a str,
}

struct Office {
    colleagues: HashMap<String, store::Colleague>,
    people: HashMap<EmployeeId, store::Colleague>,
    client_groups: Named<ClientGroupId>,
    client_names: HashMap<ClientGroupId, String>,
    groups: Groups,
    default_visibility: Visibility,
}

impl Office {
    fn load(tx: &mut Tx<'_>, sheet: &Sheet) -> Outcome<Self> {
        let managers = sheet.rows.iter().map(|row| fold(row.text("manager"))).collect();
        let colleagues = store::colleagues(tx, &managers)?;
        let all: Vec<(ClientGroupId, String)> =
            store::client_groups(tx)?.into_iter().map(|group| (group.id, group.name)).collect();
        let nothing = Text::new("deze klantengroep bestaat niet.", "there is no such client group.");
        Ok(Self {
            people: colleagues.values().map(|one| (one.id, one.clone())).collect(),
            colleagues,
            client_names: all.iter().cloned().collect(),
            client_groups: Named::new(all, nothing),
            groups: Groups::load(tx)?,
            default_visibility: store::default_visibility(tx)?,
        })
    }

    fn username(&self, id: Option<EmployeeId>) -> &str {
        id.and_then(|id| self.people.get(&id)).map(|one| one.username.as_str()).unwrap_or_default()
    }

    fn client_name(&self, id: Option<ClientGroupId>) -> &str {
        id.and_then(|id| self.client_names.get(&id)).map(String::as_str).unwrap_or_default()
    }

    fn manager(&self, draft: &mut Draft<'_>) -> Option<Option<EmployeeId>> {
        let username = draft.row.cell("manager")?;
        if username.is_empty() {
            return Some(None);
        }
        match self.colleagues.get(&fold(username)) {
            Some(colleague) => Some(Some(colleague.id)),
            None => {
                let text = Text::new(
                    format!("‘{username}’: deze medewerker bestaat niet."),
                    format!("‘{username}’: this employee does not exist."),
                );
                draft.reject("manager", FieldCode::Unknown, text);
                None
            }
        }
    }

    /// A manager must be active, unless they manage it already.
    fn require_active(&self, draft: &mut Draft<'_>, manager: Option<EmployeeId>, now: Option<EmployeeId>) {
        let Some(id) = manager.filter(|_| manager != now) else { return };
        if self.people.get(&id).is_some_and(|one| one.state != EmployeeState::Active) {
            draft.reject(
                "manager",
                FieldCode::NotEligible,
                Text::new(
                    "Deze collega is niet actief en kan geen dossierbeheerder worden.",
                    "This colleague is not active and cannot manage a dossier.",
                ),
            );
        }
    }

    fn said<'a>(&self, draft: &mut Draft<'a>) -> Said<'a> {
        let row = draft.row;
        let manager = self.manager(draft);
        let client_group = row.cell("clientGroup").map(|name| {
            if name.is_empty() { None } else { self.client_groups.find(draft, "clientGroup", name) }
        });
        let visibility = row.cell("visibility").filter(|word| !word.is_empty()).and_then(|word| {
            let found = visibility(word);
            if found.is_none() {
                draft.unknown_word("visibility", word);
            }
            found
        });
        let allow = self.groups.several(draft, "allow");
        let deny = self.groups.several(draft, "deny");
        let both = allow.iter().flatten().any(|group| deny.iter().flatten().any(|other| other == group));
        if both {
            draft.reject(
                "deny",
                FieldCode::Contradiction,
                Text::new(
                    "Een groep kan niet toegestaan en geweigerd zijn.",
                    "A group cannot be both allowed and denied.",
                ),
            );
        }
        Said { manager, client_group, visibility, allow, deny, name: row.text("name") }
    }
}

fn rules(said: &Said<'_>) -> Vec<NewAccessRule> {
    let of = |groups: &Option<BTreeSet<GroupId>>, effect: Effect| {
        groups
            .iter()
            .flatten()
            .map(|group| NewAccessRule { employee_id: None, group_id: Some(*group), effect })
            .collect::<Vec<_>>()
    };
    [of(&said.allow, Effect::Allow), of(&said.deny, Effect::Deny)].concat()
}

/// Carries out every row that is good.
pub fn run<'a>(tx: &mut Tx<'_>, sheet: &'a Sheet) -> Outcome<Vec<Draft<'a>>> {
    let office = Office::load(tx, sheet)?;
    let numbers = sheet.rows.iter().map(|row| row.text("number").to_owned()).collect();
    let names = sheet.rows.iter().map(|row| fold(row.text("name"))).collect();
    let (by_number, there) = store::dossiers(tx, &numbers, &names)?;
    let permit = tx.permit::<CreateDossier>(&())?;
    let mut seen: HashMap<store::Same, u32> = HashMap::new();
    let mut seen_numbers: HashMap<&str, u32> = HashMap::new();
    let names: std::collections::HashSet<&str> = there.iter().map(|(name, ..)| name.as_str()).collect();
    let mut drafts = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let number = row.text("number");
        let key = if number.is_empty() { row.text("name") } else { number };
        let mut draft = Draft::new(row, key, tx.language);
        let said = office.said(&mut draft);
        if !number.is_empty() {
            if let Some(earlier) = seen_numbers.insert(number, row.number) {
                draft.repeats("number", earlier);
            }
            match by_number.get(number) {
                Some(id) => change(tx, &office, &mut draft, &said, *id)?,
                None => draft.reject(
                    "number",
                    FieldCode::Unknown,
                    Text::new(
                        "Er is geen dossier met dit nummer. Laat het leeg voor een nieuw dossier.",
                        "There is no dossier with this number. Leave it empty for a new dossier.",
                    ),
                ),
            }
            drafts.push(draft);
            continue;
        }
        let same = (fold(said.name), said.manager.flatten(), said.client_group.flatten());
        let known = there.contains(&same);
        let name_known = names.contains(same.0.as_str());
        if let Some(earlier) = seen.insert(same, row.number) {
            draft.repeats("name", earlier);
        }
        if !known {
            create(tx, &office, &mut draft, &said, &permit, name_known)?;
        }
        drafts.push(draft);
    }
    Ok(drafts)
}

fn create(
    tx: &mut Tx<'_>,
    office: &Office,
    draft: &mut Draft<'_>,
    said: &Said<'_>,
    permit: &Permit<CreateDossier>,
    name_known: bool,
) -> Outcome<()> {
    draft.new = true;
    let manager = said.manager.flatten();
    office.require_active(draft, manager, None);
    let mut new = NewDossier {
        name: said.name.to_owned(),
        manager_id: manager,
        client_group_id: said.client_group.flatten(),
        visibility: Some(said.visibility.unwrap_or(office.default_visibility)),
    };
    new.validate(&mut draft.errors);
    let visibility = new.visibility.unwrap_or(office.default_visibility);
    draft.becomes("name", &new.name);
    draft.becomes("manager", office.username(manager));
    draft.becomes("clientGroup", office.client_name(new.client_group_id));
    draft.becomes("visibility", visibility.as_str());
    draft.becomes("allow", office.groups.names(said.allow.iter().flatten().copied()));
    draft.becomes("deny", office.groups.names(said.deny.iter().flatten().copied()));
    if name_known {
        draft.warn(
            WarningCode::DuplicateName,
            &Text::new(
                "Er is al een dossier met deze naam, met een andere beheerder of klantengroep.",
                "There is already a dossier with this name, with another manager or client group.",
            ),
        );
    }
    if !draft.good() {
        return Ok(());
    }
    let values = DossierValues {
        name: &new.name,
        manager_id: manager,
        client_group_id: new.client_group_id,
        visibility,
    };
    let (id, number) = saving::create(tx, permit, &values)?;
    let rules = rules(said);
    if !rules.is_empty() {
        let permit = tx.permit::<ManageDossier>(&id)?;
        saving::replace_rules(tx, &permit, &[], &rules, 1)?.ok_or_else(|| Problem::busy().run_again())?;
    }
    draft.number = Some(number);
    Ok(())
}

/// The rules as they are to be: what the file says of groups, and those of people as they were.
fn rules_after(before: &[AccessRule], said: &Said<'_>) -> Option<Vec<NewAccessRule>> {
    if said.allow.is_none() && said.deny.is_none() {
        return None;
    }
    let mentioned = |effect: Effect| match effect {
        Effect::Allow => said.allow.is_some(),
        Effect::Deny => said.deny.is_some(),
    };
    let mut after = rules(said);
    for rule in before {
        let group = rule.group.as_ref().map(|group| group.id);
        // A rule of the other kind for a group that the file names now gives way.
        let named = group.is_some() && after.iter().any(|new| new.group_id == group);
        if group.is_none() || (!mentioned(rule.effect) && !named) {
            after.push(NewAccessRule {
                employee_id: rule.employee.as_ref().map(|one| one.id),
                group_id: group,
                effect: rule.effect,
            });
        }
    }
    Some(after)
}

fn of_groups(rules: &[NewAccessRule], effect: Effect) -> BTreeSet<GroupId> {
    rules.iter().filter(|rule| rule.effect == effect).filter_map(|rule| rule.group_id).collect()
}

fn change(
    tx: &mut Tx<'_>,
    office: &Office,
    draft: &mut Draft<'_>,
    said: &Said<'_>,
    id: DossierId,
) -> Outcome<()> {
    let permit = match tx.permit::<ManageDossier>(&id) {
        Ok(permit) => permit,
        Err(problem) if problem.code() == ProblemCode::Conflict => {
            let text = Text::new("Dit dossier is gearchiveerd.", "This dossier is archived.");
            draft.reject("number", FieldCode::Contradiction, text);
            return Ok(());
        }
        Err(problem) => return Err(problem),
    };
    let Checked { dossier: before, decision, .. } = permit.row().clone();
    let reads = decision.allows();
    let hidden = |draft: &mut Draft<'_>, field: &str| {
        draft.reject(
            field,
            FieldCode::Contradiction,
            Text::new(
                "U ziet dit dossier niet en kunt dit dus niet wijzigen; laat het leeg.",
                "You do not see this dossier, so you cannot change this; leave it empty.",
            ),
        );
    };
    let mut name = before.name.clone();
    if !said.name.is_empty() {
        if reads {
            let mut new = NewDossier {
                name: said.name.to_owned(),
                manager_id: None,
                client_group_id: None,
                visibility: None,
            };
            new.validate(&mut draft.errors);
            name = new.name;
            draft.changes_from("name", &before.name, &name);
        } else {
            hidden(draft, "name");
        }
    }
    let mut client_group_id = before.client_group_id;
    match said.client_group {
        Some(wanted) if reads => {
            client_group_id = wanted;
            draft.changes_from(
                "clientGroup",
                office.client_name(before.client_group_id),
                office.client_name(wanted),
            );
        }
        Some(Some(_)) => hidden(draft, "clientGroup"),
        _ => {}
    }
    let manager_id = said.manager.unwrap_or(before.manager_id);
    office.require_active(draft, manager_id, before.manager_id);
    draft.changes_from("manager", office.username(before.manager_id), office.username(manager_id));
    let visibility = said.visibility.unwrap_or(before.visibility);
    draft.changes_from("visibility", before.visibility.as_str(), visibility.as_str());
    let own_changes = draft.changes.len();
    let rules_before = rules_to_change(tx, &permit)?;
    let rules = rules_after(&rules_before, said);
    if let Some(rules) = &rules {
        let were: Vec<NewAccessRule> = rules_before
            .iter()
            .map(|rule| NewAccessRule {
                employee_id: rule.employee.as_ref().map(|one| one.id),
                group_id: rule.group.as_ref().map(|group| group.id),
                effect: rule.effect,
            })
            .collect();
        for (field, effect) in [("allow", Effect::Allow), ("deny", Effect::Deny)] {
            let names = |rules: &[NewAccessRule]| office.groups.names(of_groups(rules, effect));
            draft.changes_from(field, names(&were), names(rules));
        }
    }
    if !draft.good() || draft.changes.is_empty() {
        return Ok(());
    }
    let mut version = before.version;
    let mut cause = None;
    if own_changes > 0 {
        let values = DossierValues { name: &name, manager_id, client_group_id, visibility };
        cause = saving::change(tx, &permit, &values, version)?;
        version += 1;
        if cause.is_none() {
            return Err(Problem::busy().run_again());
        }
    }
    if let Some(rules) = rules.filter(|_| draft.changes.len() > own_changes) {
        cause = saving::replace_rules(tx, &permit, &rules_before, &rules, version)?;
        if cause.is_none() {
            return Err(Problem::busy().run_again());
        }
    }
    // P4: a file has no hand-over plan.
    let mut left: Vec<String> =
        hand_over::left_behind(tx, &Scope::dossier(id))?.into_iter().map(|work| work.number).collect();
    if cause.is_some() && !left.is_empty() {
        left.sort();
        left.dedup();
        draft.reject("row", FieldCode::WouldStrandWork, stranded(&left));
    }
    Ok(())
}
