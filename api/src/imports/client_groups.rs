//! Client groups by name.

use std::collections::HashMap;

use contract::validation::FieldCode;
use contract::{ClientGroup, ClientGroupChange, Text, Validate};

use super::draft::Draft;
use super::sheet::{Field, Sheet};
use super::store;
use crate::access::Tx;
use crate::access::office::{Administer, AdministerClientGroup};
use crate::client_groups::saving;
use crate::problem::{Outcome, Problem};
use crate::text::fold;

/// The columns. An export of client groups has the same.
pub const FIELDS: &[Field] = &[
    Field {
        name: "name",
        required: true,
        nl: "Naam",
        en: "Name",
        also: &["klantengroep", "clientgroup", "naamklantengroep"],
    },
    Field {
        name: "email",
        required: false,
        nl: "E-mailadres",
        en: "E-mail address",
        also: &["email", "mail", "mailadres", "emailadress"],
    },
];

/// Carries out every row that is good.
pub fn run<'a>(tx: &mut Tx<'_>, sheet: &'a Sheet) -> Outcome<Vec<Draft<'a>>> {
    let permit = tx.permit::<Administer>(&())?;
    let mut known: HashMap<String, Vec<ClientGroup>> = HashMap::new();
    for group in store::client_groups(tx)? {
        known.entry(fold(&group.name)).or_default().push(group);
    }
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut drafts = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let mut draft = Draft::new(row, row.text("name"), tx.language);
        let key = fold(row.text("name"));
        match seen.get(&key) {
            Some(earlier) if !key.is_empty() => draft.repeats("name", *earlier),
            _ => {
                seen.insert(key.clone(), row.number);
            }
        }
        let before = known.get(&key).map(Vec::as_slice).unwrap_or_default();
        let mut change = ClientGroupChange {
            name: row.text("name").to_owned(),
            email: match (row.cell("email"), before) {
                (None, [before]) => before.email.clone(),
                (email, _) => email.unwrap_or_default().to_owned(),
            },
        };
        change.validate(&mut draft.errors);
        match before {
            [] => {
                draft.new = true;
                draft.becomes("email", &change.email);
                if draft.good() {
                    saving::create(tx, &permit, &change)?;
                }
            }
            [before] => {
                draft.changes_from("name", &before.name, &change.name);
                draft.changes_from("email", &before.email, &change.email);
                if draft.good() && !draft.changes.is_empty() {
                    let permit = tx.permit::<AdministerClientGroup>(&before.id)?;
                    if !saving::change(tx, &permit, before, &change, before.version)? {
                        return Err(Problem::busy().run_again());
                    }
                }
            }
            several => {
                let count = several.len();
                draft.reject(
                    "name",
                    FieldCode::Ambiguous,
                    Text::new(
                        format!("Er zijn {count} klantengroepen met deze naam."),
                        format!("There are {count} client groups with this name."),
                    ),
                );
            }
        }
        drafts.push(draft);
    }
    Ok(drafts)
}
