//! Employees by username: new ones are invited, others change in what the file says of them.

use std::collections::{BTreeSet, HashMap};

use contract::validation::FieldCode;
use contract::{
    EmployeeChange, EmployeeId, GroupId, HandOverPlan, Language, NewEmployee, ProblemCode, Role, Text,
    Validate,
};

use super::draft::{BETWEEN, Draft};
use super::lookup::{Groups, strand_nothing};
use super::sheet::{Field, Sheet};
use super::store;
use crate::access::Tx;
use crate::employees::{saving, store as people};
use crate::problem::{Outcome, Problem};
use crate::text::fold;

/// The columns. An export of employees has the same.
pub const FIELDS: &[Field] = &[
    Field {
        name: "username",
        required: true,
        nl: "Gebruikersnaam",
        en: "Username",
        also: &["inlognaam", "login", "user"],
    },
    Field { name: "name", required: false, nl: "Naam", en: "Name", also: &["volledigenaam", "fullname"] },
    Field {
        name: "email",
        required: false,
        nl: "E-mailadres",
        en: "E-mail address",
        also: &["email", "mail", "mailadres", "emailadress"],
    },
    Field { name: "roles", required: false, nl: "Rollen", en: "Roles", also: &["rol", "role"] },
    Field {
        name: "groups",
        required: false,
        nl: "Medewerkersgroepen",
        en: "Employee groups",
        also: &["medewerkersgroep", "groepen", "groep", "groups", "group", "teams", "team"],
    },
    Field { name: "language", required: false, nl: "Taal", en: "Language", also: &[] },
];

fn role(word: &str) -> Option<Role> {
    match fold(word).replace(['-', '_'], " ").as_str() {
        "local admin" | "lokaal beheerder" | "local administrator" => Some(Role::LocalAdmin),
        "helpdesk" => Some(Role::Helpdesk),
        "superuser" => Some(Role::Superuser),
        "records" | "archief" => Some(Role::Records),
        _ => None,
    }
}

fn language(word: &str) -> Option<Language> {
    match fold(word).as_str() {
        "nl" | "nederlands" | "dutch" => Some(Language::Dutch),
        "en" | "engels" | "english" => Some(Language::English),
        _ => None,
    }
}

fn roles_in(draft: &mut Draft<'_>) -> Option<Vec<Role>> {
    let mut roles = BTreeSet::new();
    for word in draft.row.several("roles")? {
        // People part short words with a comma, too.
        for word in word.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match role(word) {
                Some(role) => {
                    roles.insert(role);
                }
                None => draft.unknown_word("roles", word),
            }
        }
    }
    Some(roles.into_iter().collect())
}

fn language_in(draft: &mut Draft<'_>) -> Option<Language> {
    let word = draft.row.cell("language").filter(|word| !word.is_empty())?;
    let found = language(word);
    if found.is_none() {
        draft.unknown_word("language", word);
    }
    found
}

fn shown(roles: &[Role]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(BETWEEN)
}

/// Carries out every row that is good.
pub fn run<'a>(tx: &mut Tx<'_>, sheet: &'a Sheet) -> Outcome<Vec<Draft<'a>>> {
    let wanted = sheet.rows.iter().map(|row| fold(row.text("username"))).collect();
    let known = store::employees(tx, &wanted)?;
    let groups = Groups::load(tx)?;
    let mut drafts: Vec<Draft<'a>> = Vec::with_capacity(sheet.rows.len());
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut moved: HashMap<EmployeeId, Vec<usize>> = HashMap::new();
    let mut dismissed: Vec<usize> = Vec::new();
    for row in &sheet.rows {
        let username = row.text("username");
        let key = fold(username);
        let mut draft = Draft::new(row, username, tx.language);
        match seen.get(&key) {
            Some(earlier) if !key.is_empty() => draft.repeats("username", *earlier),
            _ => {
                seen.insert(key.clone(), row.number);
            }
        }
        let roles = roles_in(&mut draft);
        let language = language_in(&mut draft);
        let wanted = groups.several(&mut draft, "groups");
        let Some(before) = known.get(&key) else {
            draft.new = true;
            let wanted: BTreeSet<GroupId> = wanted.unwrap_or_default();
            let mut new = NewEmployee {
                username: username.to_owned(),
                name: row.text("name").to_owned(),
                email: row.text("email").to_owned(),
                roles: roles.unwrap_or_default(),
                group_ids: wanted.iter().copied().collect(),
                language: language.unwrap_or_default(),
            };
            new.validate(&mut draft.errors);
            draft.becomes("name", &new.name);
            draft.becomes("email", &new.email);
            draft.becomes("roles", shown(&new.roles));
            draft.becomes("groups", groups.names(new.group_ids.iter().copied()));
            draft.becomes("language", new.language.as_str());
            // Someone else made the same one since the look: look again.
            if draft.good() && saving::create(tx, &new, &wanted)?.is_none() {
                return Err(Problem::busy().run_again());
            }
            drafts.push(draft);
            continue;
        };
        let account =
            before.account.clone().ok_or_else(|| Problem::internal("an import without accounts"))?;
        let in_groups: BTreeSet<GroupId> = before.groups.iter().map(|group| group.id).collect();
        let wanted = wanted.unwrap_or_else(|| in_groups.clone());
        let mut change = EmployeeChange {
            name: row.cell("name").unwrap_or(&before.name).to_owned(),
            email: row.cell("email").unwrap_or(&account.email).to_owned(),
            roles: roles.unwrap_or_else(|| account.roles.clone()),
            group_ids: wanted.iter().copied().collect(),
            language: language.unwrap_or(account.language),
            hand_over: HandOverPlan::default(),
            preview: None,
        };
        change.validate(&mut draft.errors);
        draft.changes_from("name", &before.name, &change.name);
        draft.changes_from("email", &account.email, &change.email);
        draft.changes_from("roles", shown(&account.roles), shown(&change.roles));
        if in_groups != wanted {
            draft.changes_from(
                "groups",
                groups.names(in_groups.iter().copied()),
                groups.names(wanted.iter().copied()),
            );
        }
        draft.changes_from("language", account.language.as_str(), change.language.as_str());
        if draft.good() && !draft.changes.is_empty() {
            if saving::change(tx, before, &change, &wanted, before.version)?.is_none() {
                return Err(Problem::busy().run_again());
            }
            if in_groups != wanted {
                moved.entry(before.id).or_default().push(drafts.len());
            }
            if saving::dismisses(before, &change) {
                dismissed.push(drafts.len());
            }
        }
        drafts.push(draft);
    }
    keep_an_administrator(tx, &mut drafts, &dismissed)?;
    strand_nothing(tx, &mut drafts, &moved, "groups")?;
    Ok(drafts)
}

/// P5: all changes together must leave one.
fn keep_an_administrator(tx: &mut Tx<'_>, drafts: &mut [Draft<'_>], dismissed: &[usize]) -> Outcome<()> {
    if dismissed.is_empty() {
        return Ok(());
    }
    match people::require_administrator(tx) {
        Err(problem) if problem.code() == ProblemCode::LastAdministrator => {
            for position in dismissed {
                if let Some(draft) = drafts.get_mut(*position) {
                    draft.reject(
                        "roles",
                        FieldCode::LastAdministrator,
                        Text::new(
                            "Er moet altijd minstens één actieve lokaal beheerder zijn.",
                            "There must always be at least one active local administrator.",
                        ),
                    );
                }
            }
            Ok(())
        }
        other => other,
    }
}
