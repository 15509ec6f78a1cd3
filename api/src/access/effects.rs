//! What a change does to who sees what (G5). The change is carried out, in a transaction, and what D3 says
//! is compared before and after. A preview is the very same, undone at the end; so a preview cannot say
//! anything else than what saving does.

use std::collections::BTreeSet;

use contract::{
    AccessReason, AccessTotals, CaseTypeId, CaseTypeRef, ChangePreview, DossierEffect, DossierId,
    EmployeeEffect, EmployeeId, EmployeeRef, GroupId, GroupRef, StrandedWork,
};
use sha2::{Digest as _, Sha256};

use super::Tx;
pub use super::standing::Affected;
use super::standing::Standing;
use super::store::standing as store;
use crate::problem::{Outcome, Problem};

/// How many people a preview names.
const PEOPLE_SHOWN: usize = 500;
/// How many dossiers it shows of the one person asked for.
const DOSSIERS_SHOWN: usize = 200;

/// Why a change is carried out.
#[derive(Debug, Clone)]
pub enum Intent {
    /// To see what it does; it is undone. Dossier by dossier for one person, if asked for.
    Preview {
        /// That person.
        of: Option<EmployeeId>,
    },
    /// To keep it, if it does what the preview with this digest said.
    Save {
        /// The digest.
        digest: Option<String>,
    },
}

impl Intent {
    /// Notes how things are before the change, when that is going to be compared.
    pub fn before(
        &self,
        tx: &mut Tx<'_>,
        affected: impl FnOnce(&mut Tx<'_>) -> Outcome<Affected>,
    ) -> Outcome<Before> {
        if let Self::Save { digest: None } = self {
            return Ok(Before(None));
        }
        let affected = affected(tx)?;
        let standing = Standing::load(tx.conn, &affected)?;
        Ok(Before(Some((affected, standing))))
    }
}

/// How things were.
#[derive(Debug)]
pub struct Before(Option<(Affected, Standing)>);

impl Before {
    /// What the change that was just carried out did, and whether it may stay. `settled` tells whether it
    /// left work behind; `also` is what else the digest stands for.
    pub fn after(
        self,
        tx: &mut Tx<'_>,
        intent: &Intent,
        settled: Outcome<()>,
        also: &[u8],
    ) -> Outcome<ChangePreview> {
        let stranded = match &settled {
            Ok(()) => Vec::new(),
            Err(problem) => match problem.stranded() {
                Some(stranded) => stranded.to_vec(),
                None => return settled.map(|()| ChangePreview::default()),
            },
        };
        let Some((affected, before)) = self.0 else {
            return settled.map(|()| ChangePreview::default());
        };
        let after = Standing::load(tx.conn, &affected)?;
        match intent {
            Intent::Preview { of } => effects(tx, &before, &after, *of, stranded, also),
            Intent::Save { digest } => {
                let preview = effects(tx, &before, &after, None, stranded, also)?;
                if digest.as_ref() != Some(&preview.digest) {
                    return Err(Problem::preview_outdated(&preview));
                }
                settled.map(|()| preview)
            }
        }
    }
}

fn count(totals: &mut AccessTotals, before: AccessReason, after: AccessReason) {
    totals.gained += u32::from(!before.allows() && after.allows());
    totals.lost += u32::from(before.allows() && !after.allows());
    totals.denied += u32::from(!before.denies() && after.denies());
    totals.denials_lifted += u32::from(before.denies() && !after.denies());
}

fn effects(
    tx: &mut Tx<'_>,
    before: &Standing,
    after: &Standing,
    of: Option<EmployeeId>,
    stranded: Vec<StrandedWork>,
    also: &[u8],
) -> Outcome<ChangePreview> {
    let mut digest = Sha256::new();
    digest.update(also);
    let mut totals = AccessTotals::default();
    let mut per_person = vec![AccessTotals::default(); before.people.len()];
    let asked_for = of.and_then(|id| before.people.binary_search(&id).ok());
    let mut changed_for_one: Vec<DossierId> = Vec::new();
    for (id, thing) in &before.things {
        let Some(changed) = after.things.get(id) else { continue };
        let reasons = before.reasons(thing).into_iter().zip(after.reasons(changed)).enumerate();
        for (position, (was, is)) in reasons.filter(|(_, (was, is))| was != is) {
            digest.update(before.people[position].0.as_bytes());
            digest.update(id.0.as_bytes());
            digest.update([was as u8, is as u8]);
            count(&mut totals, was, is);
            count(&mut per_person[position], was, is);
            if asked_for == Some(position) {
                changed_for_one.push(*id);
            }
        }
    }
    let (trays_before, trays_after) = (before.trays(), after.trays());
    let trays_gained: Vec<_> = trays_after.difference(&trays_before).copied().collect();
    let trays_lost: Vec<_> = trays_before.difference(&trays_after).copied().collect();
    let types_gained: Vec<_> = after.case_types.difference(&before.case_types).copied().collect();
    let types_lost: Vec<_> = before.case_types.difference(&after.case_types).copied().collect();
    let marked = [(b'+', &trays_gained), (b'-', &trays_lost)]
        .into_iter()
        .flat_map(|(mark, pairs)| pairs.iter().map(move |(position, group)| (mark, *position, group.0)))
        .chain([(b'p', &types_gained), (b'm', &types_lost)].into_iter().flat_map(|(mark, pairs)| {
            pairs.iter().map(move |(position, case_type)| (mark, *position, case_type.0))
        }));
    let mut concerned: BTreeSet<EmployeeId> = per_person
        .iter()
        .zip(&before.people)
        .filter_map(|(totals, id)| (!totals.is_empty()).then_some(*id))
        .collect();
    for (mark, position, id) in marked {
        digest.update([mark]);
        digest.update(before.people[position].0.as_bytes());
        digest.update(id.as_bytes());
        concerned.insert(before.people[position]);
    }
    // The platform's helpdesk sees numbers only (P3).
    let (shown_people, of) = if tx.actor.visit.is_some() { (0, None) } else { (PEOPLE_SHOWN, of) };
    let named: Vec<EmployeeRef> = store::by_name(tx.conn, &concerned)?
        .into_iter()
        .map(|(_, employee)| employee)
        .take(shown_people)
        .collect();
    let types: BTreeSet<CaseTypeId> =
        types_gained.iter().chain(&types_lost).map(|(_, case_type)| *case_type).collect();
    let types = store::case_types(tx.conn, &types)?;
    let trays = |pairs: &[(usize, GroupId)], at: usize, of: &Standing| -> Vec<GroupRef> {
        pairs.iter().filter(|(position, _)| *position == at).map(|(_, group)| of.tray(*group)).collect()
    };
    let authorised = |pairs: &[(usize, CaseTypeId)], at: usize| -> Vec<CaseTypeRef> {
        pairs
            .iter()
            .filter(|(position, _)| *position == at)
            .filter_map(|(_, id)| types.get(id).cloned())
            .collect()
    };
    let effect = |employee: EmployeeRef| {
        let at = before.people.binary_search(&employee.id).ok()?;
        Some(EmployeeEffect {
            employee,
            dossiers: per_person[at],
            trays_gained: trays(&trays_gained, at, after),
            trays_lost: trays(&trays_lost, at, before),
            case_types_gained: authorised(&types_gained, at),
            case_types_lost: authorised(&types_lost, at),
        })
    };
    let more = concerned.len().saturating_sub(named.len());
    let employees = named.into_iter().filter_map(effect).collect();
    let mut dossiers = Vec::new();
    let mut more_dossiers = 0;
    if let Some(employee) = of {
        more_dossiers = changed_for_one.len().saturating_sub(DOSSIERS_SHOWN);
        changed_for_one.truncate(DOSSIERS_SHOWN);
        let mut refs = store::dossiers_named(tx, &changed_for_one)?;
        for id in changed_for_one {
            if let (Some(dossier), Some(was), Some(is)) =
                (refs.remove(&id), before.decide(id, employee), after.decide(id, employee))
            {
                dossiers.push(DossierEffect {
                    dossier,
                    before: was.explain(tx.language),
                    after: is.explain(tx.language),
                });
            }
        }
    }
    Ok(ChangePreview {
        more_dossiers: u32::try_from(more_dossiers).unwrap_or(u32::MAX),
        digest: crate::secrets::hex(&digest.finalize()),
        totals,
        employees,
        more_employees: u32::try_from(more).unwrap_or(u32::MAX),
        dossiers,
        stranded,
    })
}
