//! What D3 looks at, for many people and many dossiers at once, in a fixed number of statements.

use std::collections::{BTreeMap, BTreeSet};

use contract::{AccessReason, CaseTypeId, DossierId, Effect, EmployeeId, GroupId, GroupRef, Visibility};

use super::Tx;
use super::store::standing as store;
use crate::db::Conn;
use crate::dossiers::policy::{self, Bare, Decision, Facts};
use crate::problem::Outcome;

/// Whose access to what a change may touch: each of these people, each of these dossiers.
#[derive(Debug, Clone, Default)]
pub struct Affected {
    /// The people.
    pub people: BTreeSet<EmployeeId>,
    /// The dossiers.
    pub dossiers: BTreeSet<DossierId>,
}

impl Affected {
    /// These people, and every dossier with a rule for one of these groups.
    pub fn by_groups(
        tx: &mut Tx<'_>,
        people: impl IntoIterator<Item = EmployeeId>,
        groups: &[GroupId],
    ) -> Outcome<Self> {
        let dossiers = store::ruled(tx.conn, groups)?.into_iter().collect();
        Ok(Self { people: people.into_iter().collect(), dossiers })
    }

    /// These dossiers, and these people with everyone in these groups.
    pub fn by_subjects(
        tx: &mut Tx<'_>,
        dossiers: impl IntoIterator<Item = DossierId>,
        people: impl IntoIterator<Item = EmployeeId>,
        groups: &[GroupId],
    ) -> Outcome<Self> {
        let members = store::members(tx.conn, groups)?;
        Ok(Self {
            people: people.into_iter().chain(members).collect(),
            dossiers: dossiers.into_iter().collect(),
        })
    }

    /// This dossier, and everyone who may have access to it.
    pub fn with_access(tx: &mut Tx<'_>, dossier: &super::facts::DossierRow) -> Outcome<Self> {
        if dossier.visibility == Visibility::Office {
            return Self::everyone(tx, dossier.id);
        }
        let (mut people, groups) = store::subjects(tx.conn, dossier.id)?;
        people.extend(dossier.manager_id);
        Self::by_subjects(tx, [dossier.id], people, &groups)
    }

    /// This dossier, and everyone of the office.
    pub fn everyone(tx: &mut Tx<'_>, dossier: DossierId) -> Outcome<Self> {
        Ok(Self { people: store::everyone(tx)?.into_iter().collect(), dossiers: BTreeSet::from([dossier]) })
    }
}

/// What D3 looks at, for some people and some dossiers, at one moment. People by their position.
#[derive(Debug)]
pub struct Standing {
    pub(super) people: Vec<EmployeeId>,
    pub(super) active: Vec<bool>,
    pub(super) teams: BTreeMap<GroupId, Team>,
    pub(super) case_types: BTreeSet<(usize, CaseTypeId)>,
    pub(super) things: BTreeMap<DossierId, Thing>,
}

/// A group, and who of these people is in it.
#[derive(Debug)]
pub(super) struct Team {
    pub(super) name: String,
    pub(super) members: BTreeSet<usize>,
}

/// What the rules of one dossier say about these people.
#[derive(Debug)]
pub(super) struct Thing {
    pub(super) manager: Option<usize>,
    pub(super) visibility: Visibility,
    pub(super) own: BTreeMap<usize, Effect>,
    pub(super) groups: Vec<(GroupId, Effect)>,
}

impl Standing {
    /// As it is now.
    pub fn load(conn: &mut Conn, affected: &Affected) -> Outcome<Self> {
        store::standing(conn, affected)
    }

    /// D3 for one of the people and one of the dossiers.
    pub fn decide(&self, dossier: DossierId, employee: EmployeeId) -> Option<Decision> {
        let position = self.people.binary_search(&employee).ok()?;
        self.facts(dossier, position).map(policy::decide)
    }

    /// Everyone with access to a dossier, or everyone explicitly denied it.
    pub fn with(&self, dossier: DossierId, wanted: impl Fn(AccessReason) -> bool) -> Vec<EmployeeId> {
        let Some(thing) = self.things.get(&dossier) else { return Vec::new() };
        let reasons = self.people.iter().zip(self.reasons(thing));
        reasons.filter_map(|(id, reason)| wanted(reason).then_some(*id)).collect()
    }

    /// D3 for everyone, on one dossier.
    pub(super) fn reasons(&self, thing: &Thing) -> Vec<AccessReason> {
        let mut denied = vec![false; self.people.len()];
        let mut allowed = vec![false; self.people.len()];
        for (group, effect) in &thing.groups {
            let by = match effect {
                Effect::Deny => &mut denied,
                Effect::Allow => &mut allowed,
            };
            for position in self.teams.get(group).into_iter().flat_map(|team| &team.members) {
                by[*position] = true;
            }
        }
        (0..self.people.len())
            .map(|position| {
                policy::reason(Bare {
                    active: self.active[position],
                    manager: thing.manager == Some(position),
                    own: thing.own.get(&position).copied(),
                    denied: denied[position],
                    allowed: allowed[position],
                    visibility: thing.visibility,
                })
            })
            .collect()
    }

    fn facts(&self, dossier: DossierId, position: usize) -> Option<Facts> {
        let thing = self.things.get(&dossier)?;
        let mut groups: Vec<(GroupRef, Effect)> = thing
            .groups
            .iter()
            .filter_map(|(id, effect)| {
                let team = self.teams.get(id).filter(|team| team.members.contains(&position))?;
                Some((GroupRef { id: *id, name: team.name.clone() }, *effect))
            })
            .collect();
        groups.sort_by(|(a, _), (b, _)| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Some(Facts {
            active: self.active[position],
            manager: thing.manager == Some(position),
            own: thing.own.get(&position).copied(),
            groups,
            visibility: thing.visibility,
        })
    }

    pub(super) fn trays(&self) -> BTreeSet<(usize, GroupId)> {
        self.teams
            .iter()
            .flat_map(|(group, team)| team.members.iter().map(|position| (*position, *group)))
            .collect()
    }

    pub(super) fn tray(&self, id: GroupId) -> GroupRef {
        GroupRef { id, name: self.teams.get(&id).map(|team| team.name.clone()).unwrap_or_default() }
    }
}
