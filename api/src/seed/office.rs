//! One office: its people, groups and case types, kept in memory; dossiers and cases are not.

use std::collections::HashMap;

use contract::{ClientGroupId, EmployeeId, EmployeeState, GroupId, Language, OfficeId, Visibility};

use super::calendar::Calendar;
use super::classes::{self, Called, Class, Special};
use super::dice::{Dice, For};
use super::kinds::Kinds;
use super::shape::{ADMINISTRATORS, Own, SORTERS, Shape};
use super::store::*;
use super::{Plan, group_names, words};
use crate::text::fold;

/// What dossiers and cases refer to. Employees and groups go by their place (see [`Shape`]).
#[derive(Debug)]
pub(super) struct Office {
    /// Which of the offices it is.
    pub(super) index: usize,
    pub(super) seed: u64,
    pub(super) shape: Shape,
    pub(super) calendar: Calendar,
    pub(super) id: OfficeId,
    pub(super) employees: Vec<EmployeeId>,
    /// In which groups each employee is.
    pub(super) member_of: Vec<Vec<usize>>,
    pub(super) groups: Vec<GroupId>,
    pub(super) client_groups: Vec<ClientGroupId>,
    pub(super) kinds: Kinds,
    pub(super) specials: HashMap<usize, Vec<Special>>,
    pub(super) calls: HashMap<usize, Called>,
}

impl Office {
    /// Makes everything but dossiers and cases.
    pub(super) fn found(plan: &Plan, index: usize, shape: Shape, batch: &mut Batch) -> Self {
        let mut dice = Dice::of(plan.seed, For::Office, index, 0);
        let calendar = Calendar::new(plan.now, shape.dossiers, shape.cases);
        let id = OfficeId(dice.id(calendar.start()));
        let mut office = Self {
            index,
            seed: plan.seed,
            calendar,
            id,
            employees: Vec::new(),
            member_of: Vec::new(),
            groups: Vec::new(),
            client_groups: Vec::new(),
            kinds: Kinds::default(),
            specials: HashMap::new(),
            calls: HashMap::new(),
            shape,
        };
        office.itself(batch);
        office.make_groups(&mut dice, batch);
        office.make_employees(&mut dice, plan, batch);
        office.make_client_groups(&mut dice, batch);
        office.kinds = Kinds::make(&office, &mut dice, batch);
        office.specials = classes::specials(&office);
        office.calls = classes::calls(&mut office);
        office
    }

    fn itself(&self, batch: &mut Batch) {
        let code = self.shape.code;
        batch.offices.push(OfficeRow {
            id: self.id,
            code,
            code_folded: fold(code),
            name: self.shape.name,
            email: format!("info@{code}.example"),
            default_visibility: Visibility::Restricted,
            only_administrators_create_dossiers: false,
            created_at: self.calendar.start(),
            version: 1,
            contact_name: "Servicedesk ICT",
            contact_phone: "14 0999",
            contact_email: format!("servicedesk@{code}.example"),
        });
    }

    fn group_name(&self, place: usize) -> String {
        let shape = &self.shape;
        let own = shape.own(Own::Narrow(0));
        if let Some(one) = place.checked_sub(own) {
            return if place == shape.own(Own::Excluded) {
                "Uitgesloten".to_owned()
            } else if place == shape.own(Own::Post) {
                "Postkamer".to_owned()
            } else {
                format!("Klein overleg {}", one + 1)
            };
        }
        if let Some(place) = place.checked_sub(shape.small_range().start) {
            return group_names::numbered("", group_names::CIRCLES, place);
        }
        if let Some(place) = place.checked_sub(shape.team_range().start) {
            return group_names::numbered("Team", group_names::TEAMS, place);
        }
        format!("Afdeling {}", group_names::DEPARTMENTS.get(place).copied().unwrap_or_default())
    }

    fn make_groups(&mut self, dice: &mut Dice, batch: &mut Batch) {
        for place in 0..self.shape.groups() {
            let id = GroupId(dice.id(self.calendar.start()));
            let name = self.group_name(place);
            batch.groups.push(GroupRow {
                id,
                office_id: self.id,
                name_folded: fold(&name),
                name,
                work_agreements: "Oudste eerst. Wie een taak oppakt, maakt hem af.",
                created_at: self.calendar.start(),
                version: 1,
            });
            self.groups.push(id);
        }
    }

    /// In which groups an employee is: exactly these for a class, one to six for all others.
    fn groups_of(&self, dice: &mut Dice, employee: usize) -> Vec<usize> {
        let shape = &self.shape;
        let mut of = |departments, teams, small| {
            let mut groups = dice.some(&shape.department_range(), departments);
            groups.extend(dice.some(&shape.team_range(), teams));
            groups.extend(dice.some(&shape.small_range(), small));
            groups
        };
        let with = |mut groups: Vec<usize>, own| {
            groups.push(shape.own(own));
            groups
        };
        match shape.class_of(employee) {
            Some((Class::Broad, _)) => of(15, 10, 0),
            Some((Class::Medium, _)) => with(of(1, 5, 1), Own::Post),
            Some((Class::Narrow, one)) => with(Vec::new(), Own::Narrow(one)),
            Some((Class::Loose | Class::Open, _)) => Vec::new(),
            Some((Class::Denied, _)) => with(of(1, 0, 0), Own::Excluded),
            None => {
                let (teams, small) = (dice.below(3), dice.below(4));
                let mut groups = dice.some(&shape.department_range(), 1);
                groups.extend(dice.some(&shape.team_range(), teams));
                groups.extend(dice.some(&shape.small_range(), small));
                let others = shape.others();
                if shape.post > 0 && (others.start..others.start + SORTERS).contains(&employee) {
                    groups.push(shape.own(Own::Post));
                }
                groups
            }
        }
    }

    fn make_employees(&mut self, dice: &mut Dice, plan: &Plan, batch: &mut Batch) {
        let code = self.shape.code;
        for place in 0..self.shape.employees {
            let id = EmployeeId(dice.id(self.calendar.start()));
            let name = words::person(dice);
            let username = match self.shape.class_of(place) {
                Some((class, one)) => format!("{}{}", class.username(), one + 1),
                None if place < ADMINISTRATORS => format!("beheer{}", place + 1),
                None => words::username(&name, place),
            };
            batch.employees.push(EmployeeRow {
                id,
                office_id: self.id,
                username_folded: fold(&username),
                name_folded: fold(&name),
                name,
                email: format!("{username}@{code}.example"),
                username,
                language: Language::Dutch,
                state: EmployeeState::Active,
                role_local_admin: place < ADMINISTRATORS,
                role_helpdesk: false,
                role_superuser: false,
                role_records: false,
                password_hash: plan.password_hash.clone(),
                failed_attempts: 0,
                tray_mails: true,
                preferences_version: 1,
                created_at: self.calendar.start(),
                version: 1,
            });
            let groups = self.groups_of(dice, place);
            let member = |group: &usize| MemberRow { employee_id: id, group_id: self.groups[*group] };
            batch.group_members.extend(groups.iter().map(member));
            self.employees.push(id);
            self.member_of.push(groups);
        }
    }

    fn make_client_groups(&mut self, dice: &mut Dice, batch: &mut Batch) {
        for number in 1..=self.shape.client_groups {
            let id = ClientGroupId(dice.id(self.calendar.start()));
            let name = format!("{} {number}", words::organisation(dice));
            batch.client_groups.push(ClientGroupRow {
                id,
                office_id: self.id,
                name_folded: fold(&name),
                name,
                email: format!("klantgroep{number}@{}.example", self.shape.code),
                created_at: self.calendar.start(),
                version: 1,
            });
            self.client_groups.push(id);
        }
    }

    /// Everyone of a class: which, the how manieth of it, and their place.
    pub(super) fn of_classes(&self) -> impl Iterator<Item = (Class, usize, usize)> {
        let first = ADMINISTRATORS;
        (first..self.shape.others().start)
            .filter_map(|place| self.shape.class_of(place).map(|(class, one)| (class, one, place)))
    }

    /// The numbers that were given out, so that the next one is free.
    pub(super) fn counters(&self, batch: &mut Batch) {
        for (kind, year, last) in self.calendar.counters() {
            let last = i64::try_from(last).unwrap_or(i64::MAX);
            batch.counters.push(CounterRow { office_id: self.id, kind, year, last });
        }
    }
}
