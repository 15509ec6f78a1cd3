//! Random offices: what lists, details, explanations, counts, exports and mails show is what D3, D6, C6, T3 and T7
//! say row by row. `WERKBAK_SEED` tries another office.

mod leaving;
pub(crate) mod model;
mod previews;

use std::collections::{BTreeMap, BTreeSet};

use contract::*;
use serde_json::json;

use crate::support::{Office, Person, World, group_rule, person_rule};
use model::{CaseFacts, Dice, DossierFacts, Model, TaskFacts};

struct Story {
    seed: u64,
    dice: Dice,
    world: World,
    office: Office,
    people: Vec<Person>,
    groups: Vec<Group>,
    clients: Vec<ClientGroup>,
    model: Model,
}

impl Story {
    async fn new(seed: u64) -> Self {
        let world = World::new().await;
        let office = world.office("zaanstad").await;
        let mut people = Vec::new();
        for number in 0..9 {
            people.push(office.person(&format!("p{number}")).await);
        }
        let mut clients = Vec::new();
        for name in ["zorg", "scholen"] {
            let new = json!({ "name": name, "email": format!("{name}@klant.test") });
            clients.push(office.admin().post("/client-groups", &new).await.ok());
        }
        let mut story = Self {
            seed,
            dice: Dice(seed),
            world,
            office,
            people,
            groups: Vec::new(),
            clients,
            model: Model::default(),
        };
        story.groups().await;
        story.authorisations().await;
        story.dossiers().await;
        story.cases().await;
        story.tasks().await;
        story
    }

    fn context(&self, what: &str) -> String {
        format!("{what}; to repeat: WERKBAK_SEED={}", self.seed)
    }

    fn someone(&mut self) -> Person {
        let at = self.dice.below(self.people.len());
        self.people[at].clone()
    }

    async fn groups(&mut self) {
        for number in 0..5 {
            let dice = &mut self.dice;
            let members: Vec<&Person> = self.people.iter().filter(|_| dice.one_in(3)).collect();
            let group = self.office.group(&format!("Groep {number}"), &members).await;
            let ids = members.iter().map(|member| member.id).collect();
            self.model.members.insert(group.id, ids);
            self.groups.push(group);
        }
        for person in &self.people {
            let mine: Vec<GroupId> = self
                .groups
                .iter()
                .map(|group| group.id)
                .filter(|group| self.model.is_member(person.id, *group))
                .collect();
            let dice = &mut self.dice;
            let quiet: Vec<GroupId> = mine.into_iter().filter(|_| dice.one_in(4)).collect();
            let all = !dice.one_in(5);
            let change = json!({ "language": "nl", "trayMails": all, "quietGroups": quiet });
            let _: Preferences = person.put("/me/preferences", 1, &change).await.ok();
            if !all {
                self.model.quiet.insert(person.id);
            }
            self.model.quiet_trays.extend(quiet.into_iter().map(|group| (person.id, group)));
        }
    }

    async fn authorisations(&mut self) {
        for case_type in self.office.case_types().await {
            let dice = &mut self.dice;
            let groups: Vec<GroupId> =
                self.groups.iter().map(|group| group.id).filter(|_| dice.one_in(4)).collect();
            let people: Vec<EmployeeId> =
                self.people.iter().map(|person| person.id).filter(|_| dice.one_in(4)).collect();
            let path = format!("/case-types/{}/authorisations", case_type.id);
            let change = json!({ "groupIds": groups, "employeeIds": people });
            let _: Authorisations = self.office.admin().put(&path, 1, &change).await.ok();
            self.model.authorised_groups.extend(groups.into_iter().map(|group| (case_type.id, group)));
            self.model.authorised_people.extend(people.into_iter().map(|who| (case_type.id, who)));
        }
    }

    async fn dossiers(&mut self) {
        for number in 0..16 {
            let manager = self.someone();
            let visibility = if self.dice.one_in(3) { Visibility::Office } else { Visibility::Restricted };
            let client =
                if self.dice.one_in(2) { Some(self.clients[self.dice.below(2)].clone()) } else { None };
            let managed = !self.dice.one_in(4);
            let mut form = json!({ "name": format!("Dossier {number}"), "visibility": visibility,
                "clientGroupId": client.as_ref().map(|client| client.id) });
            let dossier: Dossier = manager.post("/dossiers", &form).await.ok();
            if !managed {
                form["managerId"] = json!(null);
                let path = format!("/dossiers/{}", dossier.id);
                assert!(manager.put(&path, dossier.version, &form).await.status.is_success());
            }
            let (mut rules, mut facts) = (Vec::new(), (BTreeMap::new(), BTreeMap::new()));
            for person in &self.people {
                if self.dice.one_in(6) {
                    let effect = self.dice.effect();
                    rules.push(person_rule(person, effect));
                    facts.0.insert(person.id, effect);
                }
            }
            for group in &self.groups {
                if self.dice.one_in(3) {
                    let effect = self.dice.effect();
                    rules.push(group_rule(group, effect));
                    facts.1.insert(group.id, effect);
                }
            }
            self.office.rules(&dossier, &rules).await;
            self.model.dossiers.push(DossierFacts {
                id: dossier.id,
                number: dossier.number,
                manager: managed.then_some(manager.id),
                client: client.map(|client| client.email),
                people: facts.0,
                groups: facts.1,
                visibility,
            });
        }
    }

    /// Everyone tries to open cases and to name anyone; who may not is refused exactly when C7 and C6 say so.
    async fn cases(&mut self) {
        let types: Page<CaseTypeSummary> = self.office.admin().get("/case-types").await.ok();
        for number in 0..90 {
            let (opener, coordinator) = (self.someone(), self.someone());
            let dossier = self.dice.below(self.model.dossiers.len());
            let case_type = types.items[self.dice.below(types.items.len())].id;
            let facts = &self.model.dossiers[dossier];
            let new = json!({ "dossierId": facts.id, "caseTypeId": case_type, "title": format!("Zaak {number}"),
                "coordinatorId": coordinator.id });
            let answer = opener.post("/cases", &new).await;
            let expected = if !self.model.access(facts, opener.id) {
                400
            } else if !self.model.authorised(case_type, opener.id) {
                403
            } else if self.model.denied(facts, coordinator.id) {
                409
            } else {
                201
            };
            assert_eq!(answer.status.as_u16(), expected, "{}", self.context("open a case"));
            if expected != 201 {
                continue;
            }
            let header = answer.ok::<Case>().header;
            let id = header.id;
            let mut case = CaseFacts {
                id,
                number: header.number,
                dossier,
                case_type,
                coordinator: coordinator.id,
                supporters: BTreeSet::new(),
            };
            if self.dice.one_in(2) {
                let supporter = self.someone();
                let add = format!("/cases/{id}/supporters/{}", supporter.id);
                let added = coordinator.put_on(&add, 1).await;
                let denied = self.model.denied(&self.model.dossiers[dossier], supporter.id);
                let may = supporter.id != coordinator.id && !denied;
                assert_eq!(added.status.is_success(), may, "{}", self.context("add a supporter"));
                if may {
                    case.supporters.insert(supporter.id);
                }
            }
            self.model.cases.push(case);
        }
        assert!(self.model.cases.len() >= 5, "{}", self.context("too few cases to say anything"));
    }

    async fn tasks(&mut self) {
        for number in 0..40 {
            let case = self.dice.below(self.model.cases.len());
            let facts = &self.model.cases[case];
            let by = self.people.iter().find(|person| person.id == facts.coordinator).unwrap().clone();
            let path = format!("/cases/{}/tasks", facts.id);
            let before = self.world.outbox().len();
            if self.dice.one_in(3) {
                let to = self.someone();
                let new = json!({ "title": format!("Taak {number}"), "employeeId": to.id });
                let answer = by.post(&path, &new).await;
                let may = !self.model.denied(&self.model.dossiers[self.model.cases[case].dossier], to.id);
                assert_eq!(answer.status.is_success(), may, "{}", self.context("give a task"));
                if may {
                    let id = answer.ok::<Task>().id;
                    self.model.tasks.push(TaskFacts { id, number, case, holder: Some(to.id), tray: None });
                }
            } else {
                let tray = self.groups[self.dice.below(self.groups.len())].id;
                let new = json!({ "title": format!("Taak {number}"), "groupId": tray });
                let task: Task = by.post(&path, &new).await.ok();
                let facts = TaskFacts { id: task.id, number, case, holder: None, tray: Some(tray) };
                let (kind, told) = self.model.told(&facts, by.id);
                let mails: Vec<_> = self.world.outbox().into_iter().skip(before).collect();
                assert!(mails.iter().all(|mail| mail.kind == kind), "{}", self.context("kind of mail"));
                assert_eq!(mails.len(), told.len(), "{}", self.context("number of mails"));
                let recipients: BTreeSet<EmployeeId> = mails.iter().map(|mail| mail.recipient).collect();
                assert_eq!(recipients, told, "{}", self.context("recipients"));
                self.model.tasks.push(facts);
            }
        }
    }

    async fn check(&self, person: &Person) {
        let who = person.id;
        let context = self.context(&person.name);
        let model = &self.model;

        let listed: Vec<DossierId> =
            person.pages::<DossierSummary>("/dossiers", 3).await.into_iter().map(|found| found.id).collect();
        let expected: Vec<DossierId> = model
            .dossiers
            .iter()
            .rev()
            .filter(|dossier| model.access(dossier, who))
            .map(|dossier| dossier.id)
            .collect();
        assert_eq!(listed, expected, "dossiers of {context}");
        for dossier in &model.dossiers {
            let reason = model.d3(dossier, who);
            let path = format!("/dossiers/{}", dossier.id);
            let explained: EmployeeAccess =
                self.office.admin().get(&format!("{path}/access/{who}")).await.ok();
            assert_eq!(explained.access.reason, reason, "{dossier:?} explained of {context}");
            let detail = person.get(&path).await;
            if model.access(dossier, who) {
                assert_eq!(detail.ok::<Dossier>().my_access.reason, reason, "{dossier:?} of {context}");
            } else {
                detail.problem(ProblemCode::NotFound);
            }
        }

        let listed: Vec<CaseId> =
            person.pages::<CaseSummary>("/cases", 2).await.into_iter().map(|found| found.id).collect();
        let expected: Vec<CaseId> = (0..model.cases.len())
            .rev()
            .filter(|at| model.c6(*at, who).is_some())
            .map(|at| model.cases[at].id)
            .collect();
        assert_eq!(listed, expected, "cases of {context}");
        for (at, case) in model.cases.iter().enumerate() {
            let detail = person.get(&format!("/cases/{}", case.id)).await;
            match model.c6(at, who) {
                Some(view) => {
                    let seen: Case = detail.ok();
                    assert_eq!(seen.view, view, "{case:?} of {context}");
                    let named = model.access(&model.dossiers[case.dossier], who);
                    assert_eq!(seen.header.dossier.name.is_some(), named, "{case:?} of {context}");
                }
                None => drop(detail.problem(ProblemCode::NotFound)),
            }
        }
        self.check_tasks(person, &context).await;
        self.check_lists_of_access(person, &context).await;
        self.check_exports(person, &context).await;
    }

    async fn check_tasks(&self, person: &Person, context: &str) {
        let (who, model) = (person.id, &self.model);
        for task in &model.tasks {
            let detail = person.get(&format!("/tasks/{}", task.id)).await;
            assert_eq!(detail.status.is_success(), model.sees_task(task, who), "{task:?} of {context}");
        }
        let mine: Vec<TaskId> =
            person.pages::<TaskSummary>("/tasks", 2).await.into_iter().map(|task| task.id).collect();
        let held = |task: &&TaskFacts| task.holder == Some(who) && model.sees_task(task, who);
        let expected: Vec<TaskId> = model.tasks.iter().rev().filter(held).map(|task| task.id).collect();
        assert_eq!(mine, expected, "tasks of {context}");
        let trays: Page<Tray> = person.get("/trays").await.ok();
        let counted: BTreeMap<GroupId, u32> =
            trays.items.iter().map(|tray| (tray.group.id, tray.open_tasks)).collect();
        for group in &self.groups {
            let path = format!("/trays/{}/tasks", group.id);
            if !model.is_member(who, group.id) {
                assert!(!counted.contains_key(&group.id), "{context}");
                person.get(&path).await.problem(ProblemCode::Forbidden);
                continue;
            }
            let listed: Vec<TaskId> =
                person.pages::<TaskSummary>(&path, 2).await.into_iter().map(|task| task.id).collect();
            let there = |task: &&TaskFacts| task.tray == Some(group.id) && model.sees_task(task, who);
            let expected: Vec<TaskId> = model.tasks.iter().filter(there).map(|task| task.id).collect();
            assert_eq!(listed, expected, "tray {} of {context}", group.name);
            assert_eq!(counted[&group.id] as usize, expected.len(), "count of {} of {context}", group.name);
        }
    }
}

async fn holds_for(seed: u64) {
    let story = Story::new(seed).await;
    for person in &story.people {
        story.check(person).await;
    }
    story.check_messages().await;
}

#[actix_web::test]
async fn in_a_random_office_everyone_sees_exactly_what_the_rules_say() {
    match std::env::var("WERKBAK_SEED") {
        Ok(seed) => holds_for(seed.parse().expect("WERKBAK_SEED is a number")).await,
        Err(_) => holds_for(20_261_121).await,
    }
}

#[actix_web::test]
async fn in_another_random_office_too() {
    holds_for(7).await;
}
