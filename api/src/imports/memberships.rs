//! Who is to be in which group, one pair a row; leaving one group never touches another (G3).

use std::collections::{BTreeSet, HashMap};

use contract::validation::FieldCode;
use contract::{EmployeeChange, EmployeeId, GroupId, HandOverPlan, ImportedChange, Text};

use super::draft::Draft;
use super::lookup::{Groups, strand_nothing};
use super::sheet::{Field, Sheet};
use super::store;
use crate::access::Tx;
use crate::employees::saving;
use crate::problem::{Outcome, Problem};
use crate::text::fold;

/// The columns.
pub const FIELDS: &[Field] = &[
    Field {
        name: "username",
        required: true,
        nl: "Gebruikersnaam",
        en: "Username",
        also: &["inlognaam", "login", "user", "medewerker", "employee"],
    },
    Field {
        name: "group",
        required: true,
        nl: "Medewerkersgroep",
        en: "Employee group",
        also: &["groep", "groepsnaam", "group", "groupname", "team"],
    },
    Field { name: "action", required: false, nl: "Actie", en: "Action", also: &[] },
];

/// Whether a row adds: it does unless it says otherwise.
fn adds(word: &str) -> Option<bool> {
    match fold(word).as_str() {
        "" | "toevoegen" | "erbij" | "add" => Some(true),
        "verwijderen" | "eruit" | "remove" => Some(false),
        _ => None,
    }
}

/// Carries out all good rows of each employee at once.
pub fn run<'a>(tx: &mut Tx<'_>, sheet: &'a Sheet) -> Outcome<Vec<Draft<'a>>> {
    let wanted = sheet.rows.iter().map(|row| fold(row.text("username"))).collect();
    let known = store::employees(tx, &wanted)?;
    let groups = Groups::load(tx)?;
    let mut drafts: Vec<Draft<'a>> = Vec::with_capacity(sheet.rows.len());
    let mut seen: HashMap<(EmployeeId, GroupId), u32> = HashMap::new();
    let mut becoming: HashMap<EmployeeId, BTreeSet<GroupId>> = HashMap::new();
    let mut moved: HashMap<EmployeeId, Vec<usize>> = HashMap::new();
    for row in &sheet.rows {
        let username = row.text("username");
        let mut draft = Draft::new(row, username, tx.language);
        let employee = known.get(&fold(username));
        if employee.is_none() {
            draft.reject(
                "username",
                if username.is_empty() { FieldCode::Blank } else { FieldCode::Unknown },
                Text::new("Deze medewerker bestaat niet.", "This employee does not exist."),
            );
        }
        let group = groups.one(&mut draft, "group");
        let add = adds(row.text("action"));
        if add.is_none() {
            draft.unknown_word("action", row.text("action"));
        }
        if let (Some(employee), Some(group)) = (employee, group)
            && let Some(earlier) = seen.insert((employee.id, group), row.number)
        {
            draft.repeats("group", earlier);
        }
        if let (Some(employee), Some(group), Some(add), true) = (employee, group, add, draft.good()) {
            let before = || employee.groups.iter().map(|group| group.id).collect();
            let becoming = becoming.entry(employee.id).or_insert_with(before);
            let changed = if add { becoming.insert(group) } else { becoming.remove(&group) };
            if changed {
                let name = groups.names([group]);
                draft.changes.push(if add {
                    ImportedChange { field: "group".to_owned(), from: None, to: name }
                } else {
                    ImportedChange { field: "group".to_owned(), from: Some(name), to: String::new() }
                });
                moved.entry(employee.id).or_default().push(drafts.len());
            }
        }
        drafts.push(draft);
    }
    let mut changing: Vec<_> = known.values().filter(|employee| moved.contains_key(&employee.id)).collect();
    changing.sort_unstable_by_key(|employee| employee.id);
    for before in changing {
        let account =
            before.account.clone().ok_or_else(|| Problem::internal("an import without accounts"))?;
        let groups = becoming.remove(&before.id).unwrap_or_default();
        let change = EmployeeChange {
            name: before.name.clone(),
            email: account.email,
            roles: account.roles,
            group_ids: groups.iter().copied().collect(),
            language: account.language,
            hand_over: HandOverPlan::default(),
            preview: None,
        };
        if saving::change(tx, before, &change, &groups, before.version)?.is_none() {
            return Err(Problem::busy().run_again());
        }
    }
    strand_nothing(tx, &mut drafts, &moved, "group")?;
    Ok(drafts)
}
