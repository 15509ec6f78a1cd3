//! One dossier: what chance makes of its number, whenever that is asked, so that none needs to be kept in memory.

use chrono::{NaiveDateTime, TimeDelta};
use contract::{AccessReason, DossierId, DossierState, Effect, PartyId, PartyKind, Visibility};

use super::calendar::later;
use super::classes::Special;
use super::dice::{Dice, For};
use super::office::Office;
use super::shape::Own;
use super::store::*;
use super::words;
use crate::dossiers::policy::{Bare, reason};
use crate::text::fold;

/// Who has to do with a dossier, by their places in the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dossier {
    index: usize,
    pub(super) id: DossierId,
    at: NaiveDateTime,
    manager: Option<usize>,
    client_group: Option<usize>,
    visibility: Visibility,
    pub(super) archived: bool,
    /// The team that is allowed, and gets its tasks.
    pub(super) team: usize,
    groups: Vec<(usize, Effect)>,
    employees: Vec<(usize, Effect)>,
}

impl Dossier {
    /// The dossier with that number, from 0.
    pub(super) fn at(office: &Office, index: usize) -> Self {
        let shape = &office.shape;
        let dice = &mut Dice::of(office.seed, For::Dossier, office.index, index);
        let at = office.calendar.dossier(index);
        let id = DossierId(dice.id(at));
        let team = dice.within(&shape.team_range());
        let mut groups = vec![(dice.within(&shape.department_range()), Effect::Allow), (team, Effect::Allow)];
        if dice.happens(300) {
            groups.push((dice.within(&shape.small_range()), Effect::Allow));
        }
        if dice.happens(30) {
            let kinds = [shape.department_range(), shape.team_range(), shape.small_range()];
            let kind = dice.below(kinds.len());
            let group = dice.within(&kinds[kind]);
            // Where it is allowed already, it stays so: a group has one rule.
            if groups.iter().all(|(allowed, _)| *allowed != group) {
                groups.push((group, Effect::Deny));
            }
        }
        if shape.post > 0 && dice.happens(300) {
            groups.push((shape.own(Own::Excluded), Effect::Deny));
        }
        let mut employees = Vec::new();
        if dice.happens(10) {
            let effect = if dice.happens(500) { Effect::Allow } else { Effect::Deny };
            employees.push((dice.within(&shape.others()), effect));
        }
        let mut manager = dice.happens(700).then(|| dice.within(&shape.others()));
        // Of those without a manager one in thirty is put away: one in a hundred of all.
        let mut archived = manager.is_none() && dice.below(30) == 0;
        let client_group = dice.happens(400).then(|| dice.below(office.client_groups.len()));
        let open = shape.half_open && dice.happens(500);
        for special in office.specials.get(&index).into_iter().flatten() {
            archived = false;
            match special {
                Special::Manager(employee) => manager = Some(*employee),
                Special::Employee(employee, effect) => employees.push((*employee, *effect)),
                Special::Group(group, effect) => groups.push((*group, *effect)),
            }
        }
        let visibility = if open { Visibility::Office } else { Visibility::Restricted };
        Self { index, id, at, manager, client_group, visibility, archived, team, groups, employees }
    }

    /// What D3 says of an employee.
    fn access(&self, office: &Office, employee: usize) -> AccessReason {
        let member_of = &office.member_of[employee];
        let has = |effect| self.groups.iter().any(|(group, has)| *has == effect && member_of.contains(group));
        reason(Bare {
            active: true,
            manager: self.manager == Some(employee),
            own: self.employees.iter().find(|(one, _)| *one == employee).map(|(_, effect)| *effect),
            denied: has(Effect::Deny),
            allowed: has(Effect::Allow),
            visibility: self.visibility,
        })
    }

    /// Whether it is explicitly denied to an employee: then they have no part in its cases (C6).
    pub(super) fn is_denied_to(&self, office: &Office, employee: usize) -> bool {
        self.access(office, employee).denies()
    }

    /// Whether an employee sees it, and new cases are opened in it.
    pub(super) fn can_be_worked_in_by(&self, office: &Office, employee: usize) -> bool {
        !self.archived && self.access(office, employee).allows()
    }

    /// Its row, rules and parties.
    pub(super) fn write(&self, office: &Office, batch: &mut Batch) {
        let dice = &mut Dice::of(office.seed, For::Words, office.index, self.index);
        let name = words::dossier(dice);
        batch.dossiers.push(DossierRow {
            id: self.id,
            office_id: office.id,
            number: office.calendar.dossier_number(self.index),
            name_folded: fold(&name),
            name,
            manager_id: self.manager.map(|place| office.employees[place]),
            client_group_id: self.client_group.map(|place| office.client_groups[place]),
            visibility: self.visibility,
            state: if self.archived { DossierState::Archived } else { DossierState::Active },
            created_at: self.at,
            version: if self.archived { 2 } else { 1 },
        });
        let dossier_id = self.id;
        batch.dossier_group_rules.extend(self.groups.iter().map(|(group, effect)| GroupRuleRow {
            dossier_id,
            group_id: office.groups[*group],
            effect: *effect,
        }));
        batch.dossier_employee_rules.extend(self.employees.iter().map(|(employee, effect)| {
            EmployeeRuleRow { dossier_id, employee_id: office.employees[*employee], effect: *effect }
        }));
        if dice.happens(200) {
            batch.parties.push(self.party(dice));
        }
    }

    fn party(&self, dice: &mut Dice) -> PartyRow {
        let at = later(self.at, TimeDelta::milliseconds(1));
        let (kind, name) = if dice.happens(800) {
            (PartyKind::Person, words::person(dice))
        } else {
            (PartyKind::Organisation, words::organisation(dice))
        };
        PartyRow {
            id: PartyId(dice.id(at)),
            dossier_id: self.id,
            kind,
            name,
            role: dice.word(words::ROLES),
            email: dice.happens(500).then(|| format!("klant{}@post.example", dice.below(100_000))),
            phone: dice.happens(500).then(|| format!("06 0000 {:04}", dice.below(10_000))),
            address: dice.happens(700).then(|| words::address(dice)),
            created_at: at,
            version: 1,
        }
    }
}
