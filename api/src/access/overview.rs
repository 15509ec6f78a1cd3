//! Access as a whole (D5): everyone with access to a dossier, and everything an employee has access to, with
//! the rule that decides.

use std::collections::BTreeSet;

use contract::{AccessReason, DossierAccess, DossierId, EmployeeAccess, EmployeeId, Page};

use super::Tx;
use super::facts::DossierRow;
use super::standing::{Affected, Standing};
use super::store::standing as store;
use crate::http::paging::Window;
use crate::problem::Outcome;

/// A page of the people with access to a dossier, or of those explicitly denied it, by name.
pub fn of_dossier(
    tx: &mut Tx<'_>,
    dossier: &DossierRow,
    wanted: impl Fn(AccessReason) -> bool,
    window: &Window<(String, EmployeeId)>,
) -> Outcome<Page<EmployeeAccess>> {
    let affected = Affected::with_access(tx, dossier)?;
    let standing = Standing::load(tx.conn, &affected)?;
    let found: BTreeSet<EmployeeId> = standing.with(dossier.id, wanted).into_iter().collect();
    let mut people = store::by_name(tx.conn, &found)?;
    if let Some((name, id)) = &window.after {
        people.retain(|(folded, employee)| (folded, employee.id) > (name, *id));
    }
    people.truncate(usize::try_from(window.fetch()).unwrap_or_default());
    let language = tx.language;
    let page = window.page(people, |(folded, employee)| (folded.clone(), employee.id));
    Ok(Page {
        next: page.next,
        items: page
            .items
            .into_iter()
            .filter_map(|(_, employee)| {
                let access = standing.decide(dossier.id, employee.id)?.explain(language);
                Some(EmployeeAccess { employee, access })
            })
            .collect(),
    })
}

/// A page of the dossiers an active employee has access to, newest first, and why. Names only of those that
/// the one who asks has access to as well (D4).
pub fn of_employee(
    tx: &mut Tx<'_>,
    employee: EmployeeId,
    window: &Window<DossierId>,
) -> Outcome<Page<DossierAccess>> {
    let page = window.page(store::visible_to(tx, employee, window)?, |id| *id);
    let affected =
        Affected { people: BTreeSet::from([employee]), dossiers: page.items.iter().copied().collect() };
    let standing = Standing::load(tx.conn, &affected)?;
    let mut named = store::dossiers_named(tx, &page.items)?;
    let language = tx.language;
    Ok(Page {
        next: page.next,
        items: page
            .items
            .into_iter()
            .filter_map(|id| {
                let access = standing.decide(id, employee)?.explain(language);
                Some(DossierAccess { dossier: named.remove(&id)?, access })
            })
            .collect(),
    })
}

/// Why an employee has access to the dossier with this number, or not; `None` when there is no such dossier.
pub fn by_number(tx: &mut Tx<'_>, employee: EmployeeId, number: &str) -> Outcome<Option<DossierAccess>> {
    let Some(id) = store::numbered(tx, number)? else { return Ok(None) };
    let affected = Affected { people: BTreeSet::from([employee]), dossiers: BTreeSet::from([id]) };
    let standing = Standing::load(tx.conn, &affected)?;
    let mut named = store::dossiers_named(tx, &[id])?;
    let language = tx.language;
    Ok(named
        .remove(&id)
        .zip(standing.decide(id, employee))
        .map(|(dossier, decision)| DossierAccess { dossier, access: decision.explain(language) }))
}
