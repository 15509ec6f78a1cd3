//! A random office in the database, as the tables hold it, and the rules of access over it, written out row by row with the policies
//! that decide on details (D3, C6, T7).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use contract::*;
use diesel::prelude::*;
use werkbak::cases::policy as case_policy;
use werkbak::db::schema::{
    case_supporters, case_type_employees, case_type_groups, case_type_revisions, case_types, case_ways,
    cases, dossier_employee_rules, dossier_group_rules, dossiers, employees, group_members, groups, offices,
    tasks,
};
use werkbak::db::{Conn, transaction};
use werkbak::dossiers::policy::{Bare, reason};
use werkbak::tasks::policy as task_policy;

use crate::access_property::model::Dice;

/// Someone of a class of employees, and the groups they are in.
pub const CLASSES: [(&str, usize); 6] =
    [("broad", 70), ("medium", 8), ("narrow", 1), ("none", 0), ("denied", 3), ("everywhere", 640)];

const GROUPS: usize = 660;
/// The first groups are large ones, the last denies much, the one before is for narrow ones.
const LARGE: usize = 20;
const DENIES: usize = GROUPS - 1;
const SMALL: usize = GROUPS - 2;
const PEOPLE: usize = 14;
const DOSSIERS: usize = 420;
const CASES: usize = 520;
const TASKS: usize = 400;
const TYPES: usize = 12;

#[derive(Debug, Clone)]
pub struct Dossier {
    pub id: DossierId,
    pub number: String,
    pub name: String,
    pub manager: Option<EmployeeId>,
    pub visibility: Visibility,
    pub state: DossierState,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub id: CaseId,
    pub number: String,
    pub title: String,
    pub dossier: DossierId,
    pub case_type: CaseTypeId,
    pub coordinator: EmployeeId,
    pub state: CaseState,
    pub deadline: Option<NaiveDate>,
}

impl Case {
    /// Its place by deadline.
    pub fn urgency(&self) -> (NaiveDate, CaseId) {
        (self.deadline.unwrap_or(NaiveDate::from_ymd_opt(9999, 12, 31).unwrap()), self.id)
    }
}

#[derive(Debug, Clone)]
pub struct Task {
    pub id: TaskId,
    pub case: CaseId,
    pub state: TaskState,
    pub holder: Option<EmployeeId>,
    pub tray: Option<GroupId>,
}

/// The tables, as they are now.
#[derive(Debug, Default)]
pub struct Office {
    pub id: Option<OfficeId>,
    pub people: Vec<EmployeeId>,
    pub groups: Vec<GroupId>,
    pub types: Vec<CaseTypeId>,
    pub members: BTreeSet<(EmployeeId, GroupId)>,
    pub dossiers: BTreeMap<DossierId, Dossier>,
    pub people_rules: BTreeMap<(DossierId, EmployeeId), Effect>,
    pub group_rules: BTreeMap<(DossierId, GroupId), Effect>,
    pub cases: BTreeMap<CaseId, Case>,
    pub supporters: BTreeSet<(CaseId, EmployeeId)>,
    pub tasks: BTreeMap<TaskId, Task>,
    pub authorised_people: BTreeSet<(CaseTypeId, EmployeeId)>,
    pub authorised_groups: BTreeSet<(CaseTypeId, GroupId)>,
}

/// Who is led to which case, and by what.
pub type Ways = BTreeSet<(uuid::Uuid, CaseId, String)>;

/// What one person sees.
#[derive(Debug, Default)]
pub struct Seen {
    pub dossiers: BTreeSet<DossierId>,
    pub denied: BTreeSet<DossierId>,
    pub cases: BTreeSet<CaseId>,
    pub mine: BTreeSet<CaseId>,
}

fn at() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap().and_hms_opt(9, 0, 0).unwrap()
}

fn word(dice: &mut Dice) -> &'static str {
    ["wonen", "zorg", "jeugd", "werk", "inkomen", "100%_zeker"][dice.below(6)]
}

impl Office {
    /// Makes an office in which everyone but the first is a stranger to the test, and the first is of the class.
    pub fn random(conn: &mut Conn, code: &str, class_groups: usize, dice: &mut Dice) -> Self {
        let mut office = Self { id: Some(OfficeId::new()), ..Self::default() };
        transaction(conn, |conn| {
            office.people_and_groups(conn, code, class_groups, dice);
            office.case_types(conn, dice);
            for number in 0..DOSSIERS {
                office.dossier(conn, number, dice);
            }
            for number in 0..CASES {
                office.case(conn, number, dice);
            }
            for _ in 0..TASKS {
                office.task(conn, dice);
            }
            if class_groups > LARGE {
                assert!(
                    class_groups > werkbak::access::pages::cases::MANY,
                    "nobody has too many reasons to merge them at once"
                );
                // For some more groups that lead to cases than are merged before walking, for others than one statement can merge.
                let led: Vec<DossierId> = office.cases.values().map(|case| case.dossier).collect();
                for (group, dossier) in led.into_iter().enumerate().take(class_groups) {
                    office.group_rule(conn, dossier, group, Effect::Allow);
                }
            }
            Ok(())
        })
        .unwrap();
        office
    }

    fn office_id(&self) -> OfficeId {
        self.id.unwrap()
    }

    /// The one whose lists are looked at.
    pub fn me(&self) -> EmployeeId {
        self.people[0]
    }

    fn people_and_groups(&mut self, conn: &mut Conn, code: &str, class_groups: usize, dice: &mut Dice) {
        diesel::insert_into(offices::table)
            .values((
                offices::id.eq(self.office_id()),
                offices::code.eq(code),
                offices::code_folded.eq(code),
                offices::name.eq(code),
                offices::email.eq("kantoor@werkbak.test"),
                offices::default_visibility.eq(Visibility::Restricted),
                offices::only_administrators_create_dossiers.eq(false),
                offices::created_at.eq(at()),
                offices::version.eq(1),
            ))
            .execute(conn)
            .unwrap();
        for number in 0..PEOPLE {
            let id = EmployeeId::new();
            diesel::insert_into(employees::table)
                .values((
                    (
                        employees::id.eq(id),
                        employees::office_id.eq(self.office_id()),
                        employees::username.eq(format!("p{number}")),
                        employees::username_folded.eq(format!("p{number}")),
                        employees::name.eq(format!("P {number}")),
                        employees::name_folded.eq(format!("p {number}")),
                        employees::email.eq("p@werkbak.test"),
                        employees::language.eq(Language::Dutch),
                        employees::state.eq(EmployeeState::Active),
                    ),
                    (
                        employees::role_local_admin.eq(false),
                        employees::role_helpdesk.eq(false),
                        employees::role_superuser.eq(false),
                        employees::role_records.eq(false),
                        employees::failed_attempts.eq(0),
                        employees::tray_mails.eq(true),
                        employees::preferences_version.eq(1),
                        employees::created_at.eq(at()),
                        employees::version.eq(1),
                    ),
                ))
                .execute(conn)
                .unwrap();
            self.people.push(id);
        }
        for number in 0..GROUPS {
            let id = GroupId::new();
            diesel::insert_into(groups::table)
                .values((
                    groups::id.eq(id),
                    groups::office_id.eq(self.office_id()),
                    groups::name.eq(format!("G {number}")),
                    groups::name_folded.eq(format!("g {number}")),
                    groups::work_agreements.eq(""),
                    groups::created_at.eq(at()),
                    groups::version.eq(1),
                ))
                .execute(conn)
                .unwrap();
            self.groups.push(id);
        }
        let mine: Vec<usize> = match class_groups {
            1 => vec![SMALL],
            3 => vec![0, 1, DENIES],
            many => (0..many).collect(),
        };
        for group in mine {
            self.join(conn, self.people[0], self.groups[group]);
        }
        for person in 1..PEOPLE {
            for _ in 0..3 {
                self.join(conn, self.people[person], self.groups[dice.below(LARGE)]);
            }
        }
    }

    fn join(&mut self, conn: &mut Conn, person: EmployeeId, group: GroupId) {
        if self.members.insert((person, group)) {
            diesel::insert_into(group_members::table)
                .values((group_members::employee_id.eq(person), group_members::group_id.eq(group)))
                .execute(conn)
                .unwrap();
        }
    }

    fn case_types(&mut self, conn: &mut Conn, dice: &mut Dice) {
        for number in 0..TYPES {
            let id = CaseTypeId::new();
            diesel::insert_into(case_types::table)
                .values((
                    case_types::id.eq(id),
                    case_types::office_id.eq(self.office_id()),
                    case_types::code.eq(format!("B{number}")),
                    case_types::revision.eq(1),
                    case_types::created_at.eq(at()),
                    case_types::version.eq(1),
                ))
                .execute(conn)
                .unwrap();
            diesel::insert_into(case_type_revisions::table)
                .values((
                    // One revision each: it may have the type's own id.
                    case_type_revisions::id.eq(CaseTypeRevisionId(id.0)),
                    case_type_revisions::case_type_id.eq(id),
                    case_type_revisions::revision.eq(1),
                    case_type_revisions::name.eq(format!("Type {number}")),
                    case_type_revisions::name_folded.eq(format!("type {number}")),
                    case_type_revisions::description.eq(""),
                    case_type_revisions::confidentiality.eq(Confidentiality::Internal),
                    case_type_revisions::content_hash.eq(""),
                    case_type_revisions::created_at.eq(at()),
                    case_type_revisions::order_corrected.eq(false),
                ))
                .execute(conn)
                .unwrap();
            self.types.push(id);
            for group in [dice.below(LARGE), dice.below(GROUPS)] {
                let group = self.groups[group];
                if self.authorised_groups.insert((id, group)) {
                    diesel::insert_into(case_type_groups::table)
                        .values((case_type_groups::case_type_id.eq(id), case_type_groups::group_id.eq(group)))
                        .execute(conn)
                        .unwrap();
                }
            }
            let person = self.people[dice.below(PEOPLE)];
            self.authorised_people.insert((id, person));
            diesel::insert_into(case_type_employees::table)
                .values((
                    case_type_employees::case_type_id.eq(id),
                    case_type_employees::employee_id.eq(person),
                ))
                .execute(conn)
                .unwrap();
        }
    }

    fn dossier(&mut self, conn: &mut Conn, number: usize, dice: &mut Dice) {
        let dossier = Dossier {
            id: DossierId::new(),
            number: format!("2026-{number:06}"),
            name: format!("{} {number}", word(dice)),
            manager: (!dice.one_in(3)).then(|| self.people[dice.below(PEOPLE)]),
            visibility: if dice.one_in(12) { Visibility::Office } else { Visibility::Restricted },
            state: if dice.one_in(10) { DossierState::Archived } else { DossierState::Active },
        };
        diesel::insert_into(dossiers::table)
            .values((
                dossiers::id.eq(dossier.id),
                dossiers::office_id.eq(self.office_id()),
                dossiers::number.eq(&dossier.number),
                dossiers::name.eq(&dossier.name),
                dossiers::name_folded.eq(&dossier.name),
                dossiers::manager_id.eq(dossier.manager),
                dossiers::visibility.eq(dossier.visibility),
                dossiers::state.eq(dossier.state),
                dossiers::created_at.eq(at()),
                dossiers::version.eq(1),
            ))
            .execute(conn)
            .unwrap();
        let id = dossier.id;
        self.dossiers.insert(id, dossier);
        self.group_rule(conn, id, dice.below(LARGE), Effect::Allow);
        self.group_rule(conn, id, dice.below(GROUPS), Effect::Allow);
        if dice.one_in(10) {
            self.group_rule(conn, id, SMALL, Effect::Allow);
        }
        if dice.one_in(3) {
            self.group_rule(conn, id, DENIES, Effect::Deny);
        }
        if dice.one_in(6) {
            self.group_rule(conn, id, dice.below(LARGE), Effect::Deny);
        }
        if dice.one_in(4) {
            let (person, effect) = (self.people[dice.below(PEOPLE)], dice.effect());
            self.person_rule(conn, id, person, effect);
        }
    }

    fn group_rule(&mut self, conn: &mut Conn, dossier: DossierId, group: usize, effect: Effect) {
        let group = self.groups[group];
        let known = self.group_rules.insert((dossier, group), effect);
        let rule = dossier_group_rules::table.find((dossier, group));
        if known.is_some() {
            diesel::update(rule).set(dossier_group_rules::effect.eq(effect)).execute(conn).unwrap();
        } else {
            diesel::insert_into(dossier_group_rules::table)
                .values((
                    dossier_group_rules::dossier_id.eq(dossier),
                    dossier_group_rules::group_id.eq(group),
                    dossier_group_rules::effect.eq(effect),
                ))
                .execute(conn)
                .unwrap();
        }
    }

    fn person_rule(&mut self, conn: &mut Conn, dossier: DossierId, person: EmployeeId, effect: Effect) {
        let known = self.people_rules.insert((dossier, person), effect);
        let rule = dossier_employee_rules::table.find((dossier, person));
        if known.is_some() {
            diesel::update(rule).set(dossier_employee_rules::effect.eq(effect)).execute(conn).unwrap();
        } else {
            diesel::insert_into(dossier_employee_rules::table)
                .values((
                    dossier_employee_rules::dossier_id.eq(dossier),
                    dossier_employee_rules::employee_id.eq(person),
                    dossier_employee_rules::effect.eq(effect),
                ))
                .execute(conn)
                .unwrap();
        }
    }

    fn some_dossier(&self, dice: &mut Dice) -> DossierId {
        *self.dossiers.keys().nth(dice.below(self.dossiers.len())).unwrap()
    }

    fn case(&mut self, conn: &mut Conn, number: usize, dice: &mut Dice) {
        let case = Case {
            id: CaseId::new(),
            number: format!("Z2026-{number:06}"),
            title: format!("{} {number}", word(dice)),
            dossier: self.some_dossier(dice),
            case_type: self.types[dice.below(TYPES)],
            coordinator: self.people[dice.below(PEOPLE)],
            state: if dice.one_in(3) { CaseState::Open } else { CaseState::Closed },
            deadline: (!dice.one_in(5)).then(|| at().date() + chrono::Days::new(dice.roll() % 90)),
        };
        diesel::insert_into(cases::table)
            .values((
                cases::id.eq(case.id),
                cases::office_id.eq(self.office_id()),
                cases::dossier_id.eq(case.dossier),
                cases::case_type_id.eq(case.case_type),
                cases::revision_id.eq(CaseTypeRevisionId(case.case_type.0)),
                cases::number.eq(&case.number),
                cases::title.eq(&case.title),
                cases::title_folded.eq(&case.title),
                cases::state.eq(case.state),
                cases::start_date.eq(at().date()),
                cases::deadline.eq(case.deadline),
                cases::coordinator_id.eq(case.coordinator),
                cases::created_at.eq(at()),
                cases::version.eq(1),
            ))
            .execute(conn)
            .unwrap();
        if dice.one_in(2) {
            let supporter = self.people[dice.below(PEOPLE)];
            if supporter != case.coordinator {
                diesel::insert_into(case_supporters::table)
                    .values((
                        case_supporters::case_id.eq(case.id),
                        case_supporters::employee_id.eq(supporter),
                    ))
                    .execute(conn)
                    .unwrap();
                self.supporters.insert((case.id, supporter));
            }
        }
        self.cases.insert(case.id, case);
    }

    fn task(&mut self, conn: &mut Conn, dice: &mut Dice) {
        let in_tray = dice.one_in(2);
        let state = if dice.one_in(3) { TaskState::Completed } else { TaskState::Open };
        let task = Task {
            id: TaskId::new(),
            case: *self.cases.keys().nth(dice.below(self.cases.len())).unwrap(),
            state,
            holder: (!in_tray).then(|| self.people[dice.below(4)]),
            tray: in_tray.then(|| self.groups[[dice.below(8), SMALL, DENIES][dice.below(3)]]),
        };
        diesel::insert_into(tasks::table)
            .values((
                tasks::id.eq(task.id),
                tasks::office_id.eq(self.office_id()),
                tasks::case_id.eq(task.case),
                tasks::title.eq("Taak"),
                tasks::description.eq(""),
                tasks::state.eq(task.state),
                tasks::holder_id.eq(task.holder),
                tasks::tray_id.eq(task.tray),
                tasks::origin_id.eq(task.tray),
                tasks::created_by.eq(self.people[1]),
                tasks::created_at.eq(at()),
                tasks::version.eq(1),
            ))
            .execute(conn)
            .unwrap();
        self.tasks.insert(task.id, task);
    }

    /// Changes something that decides on access, in the tables and in what is known of them.
    pub fn change(&mut self, conn: &mut Conn, dice: &mut Dice) {
        let dossier = self.some_dossier(dice);
        let person = self.people[dice.below(PEOPLE)];
        match dice.below(8) {
            0 => {
                let (group, effect) = ([dice.below(LARGE), SMALL, DENIES][dice.below(3)], dice.effect());
                self.group_rule(conn, dossier, group, effect);
            }
            1 => {
                let known = self.group_rules.keys().nth(dice.below(self.group_rules.len())).copied().unwrap();
                diesel::delete(dossier_group_rules::table.find(known)).execute(conn).unwrap();
                self.group_rules.remove(&known);
            }
            2 => {
                // As when a group's rules move to another (G6).
                let (at, to) = (dice.below(self.group_rules.len()), self.groups[dice.below(GROUPS)]);
                let (known, effect) =
                    self.group_rules.iter().nth(at).map(|(key, effect)| (*key, *effect)).unwrap();
                if !self.group_rules.contains_key(&(known.0, to)) {
                    diesel::update(dossier_group_rules::table.find(known))
                        .set(dossier_group_rules::group_id.eq(to))
                        .execute(conn)
                        .unwrap();
                    self.group_rules.remove(&known);
                    self.group_rules.insert((known.0, to), effect);
                }
            }
            3 => {
                let effect = dice.effect();
                self.person_rule(conn, dossier, person, effect);
            }
            4 => {
                if let Some(known) = self.people_rules.keys().next().copied() {
                    diesel::delete(dossier_employee_rules::table.find(known)).execute(conn).unwrap();
                    self.people_rules.remove(&known);
                }
            }
            5 => {
                let manager = dice.one_in(2).then_some(person);
                diesel::update(dossiers::table.find(dossier))
                    .set(dossiers::manager_id.eq(manager))
                    .execute(conn)
                    .unwrap();
                self.dossiers.get_mut(&dossier).unwrap().manager = manager;
            }
            6 => {
                let visibility = if dice.one_in(2) { Visibility::Office } else { Visibility::Restricted };
                diesel::update(dossiers::table.find(dossier))
                    .set(dossiers::visibility.eq(visibility))
                    .execute(conn)
                    .unwrap();
                self.dossiers.get_mut(&dossier).unwrap().visibility = visibility;
            }
            _ => self.case(conn, self.cases.len(), dice),
        }
    }

    /// D3, row by row.
    fn reason(&self, dossier: &Dossier) -> AccessReason {
        let me = self.me();
        let effects: BTreeSet<Effect> = self
            .group_rules
            .range((dossier.id, GroupId(uuid::Uuid::nil()))..=(dossier.id, GroupId(uuid::Uuid::max())))
            .filter(|((_, group), _)| self.members.contains(&(me, *group)))
            .map(|(_, effect)| *effect)
            .collect();
        reason(Bare {
            active: true,
            manager: dossier.manager == Some(me),
            own: self.people_rules.get(&(dossier.id, me)).copied(),
            denied: effects.contains(&Effect::Deny),
            allowed: effects.contains(&Effect::Allow),
            visibility: dossier.visibility,
        })
    }

    fn authorised(&self, case_type: CaseTypeId) -> bool {
        self.authorised_people.contains(&(case_type, self.me()))
            || self
                .authorised_groups
                .iter()
                .any(|(of, group)| *of == case_type && self.members.contains(&(self.me(), *group)))
    }

    /// What the one who is looked at sees by the rules.
    pub fn seen(&self) -> Seen {
        let me = self.me();
        let mut seen = Seen::default();
        for dossier in self.dossiers.values() {
            let reason = self.reason(dossier);
            if reason.allows() {
                seen.dossiers.insert(dossier.id);
            } else if reason.denies() {
                seen.denied.insert(dossier.id);
            }
        }
        let mut with_task = BTreeSet::new();
        for task in self.tasks.values().filter(|task| task.state == TaskState::Open) {
            let mine =
                task.holder == Some(me) || task.tray.is_some_and(|tray| self.members.contains(&(me, tray)));
            if mine {
                with_task.insert(task.case);
            }
        }
        for case in self.cases.values() {
            let team = case.coordinator == me || self.supporters.contains(&(case.id, me));
            let view = case_policy::view(case_policy::Facts {
                denied: seen.denied.contains(&case.dossier),
                team,
                authorised: self.authorised(case.case_type),
                dossier: seen.dossiers.contains(&case.dossier),
                task: with_task.contains(&case.id),
            });
            if view.is_some() {
                seen.cases.insert(case.id);
                if team {
                    seen.mine.insert(case.id);
                }
            }
        }
        seen
    }

    /// T7.
    pub fn sees_task(&self, task: &Task, seen: &Seen) -> bool {
        let case = &self.cases[&task.case];
        task_policy::sees(task_policy::Facts {
            denied: seen.denied.contains(&case.dossier),
            holder: task.holder == Some(self.me()),
            member: task.tray.is_some_and(|tray| self.members.contains(&(self.me(), tray))),
            part: None,
            state: task.state,
            in_tray: task.tray.is_some(),
            has_origin: task.tray.is_some(),
            case_open: case.state == CaseState::Open,
        })
    }

    /// The ways to cases that the rules open, and those that the database keeps.
    pub fn ways(&self, conn: &mut Conn) -> (Ways, Ways) {
        let mut expected = BTreeSet::new();
        for case in self.cases.values() {
            let dossier = &self.dossiers[&case.dossier];
            let mut way = |via: uuid::Uuid, kind: &str| expected.insert((via, case.id, kind.to_owned()));
            for ((of, group), effect) in &self.group_rules {
                if *of == dossier.id && *effect == Effect::Allow {
                    way(group.0, "rule");
                }
            }
            for ((of, person), effect) in &self.people_rules {
                if *of == dossier.id && *effect == Effect::Allow {
                    way(person.0, "rule");
                }
            }
            if let Some(manager) = dossier.manager {
                way(manager.0, "manager");
            }
            if dossier.visibility == Visibility::Office {
                way(self.office_id().0, "office");
            }
        }
        let kept: Vec<(GroupId, CaseId, String)> = case_ways::table.load(conn).unwrap();
        (expected, kept.into_iter().map(|(via, case, kind)| (via.0, case, kind)).collect())
    }
}
