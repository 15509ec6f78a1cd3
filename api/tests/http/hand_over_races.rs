//! Assigning someone while they leave or are denied: one of the two wins, and nobody inactive or denied
//! ever holds work (P4).

use std::future::Future;

use awc::http::Method;
use contract::*;
use diesel::prelude::*;
use futures_util::future::{join, join_all};
use serde_json::json;
use werkbak::db::schema::{case_supporters, cases, dossiers, employees, tasks};

use crate::support::{Office, Person, Response, World, group_rule, person_rule};

const ROUNDS: usize = 12;

/// Who holds open work, and in which dossier.
fn holders(world: &World) -> Vec<(EmployeeId, DossierId)> {
    let mut conn = world.database.connect();
    let open = cases::table.filter(cases::state.eq("open"));
    let mut all: Vec<(EmployeeId, DossierId)> =
        open.select((cases::coordinator_id, cases::dossier_id)).load(&mut conn).unwrap();
    let supporters: Vec<(EmployeeId, DossierId)> = case_supporters::table
        .inner_join(cases::table)
        .filter(cases::state.eq("open"))
        .select((case_supporters::employee_id, cases::dossier_id))
        .load(&mut conn)
        .unwrap();
    let held: Vec<(EmployeeId, DossierId)> = tasks::table
        .inner_join(cases::table)
        .filter(tasks::state.eq("open"))
        .filter(tasks::holder_id.is_not_null())
        .select((tasks::holder_id.assume_not_null(), cases::dossier_id))
        .load(&mut conn)
        .unwrap();
    let managed: Vec<(EmployeeId, DossierId)> = dossiers::table
        .filter(dossiers::manager_id.is_not_null())
        .select((dossiers::manager_id.assume_not_null(), dossiers::id))
        .load(&mut conn)
        .unwrap();
    all.extend(supporters.into_iter().chain(held).chain(managed));
    all
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Coordinator,
    Supporter,
    NewTask,
    Forward,
    Claim,
    Manager,
    OpenCase,
}

const WAYS: [Way; 7] =
    [Way::Coordinator, Way::Supporter, Way::NewTask, Way::Forward, Way::Claim, Way::Manager, Way::OpenCase];

struct Stage {
    world: World,
    office: Office,
    boss: Person,
    dossier: Dossier,
    case: Case,
}

impl Stage {
    async fn new() -> Self {
        let world = World::new().await;
        let office = world.office("zaanstad").await;
        let boss = office.person("boss").await;
        let (dossier, case) = office.case(&boss).await;
        Self { world, office, boss, dossier, case }
    }

    /// Prepares one way of giving someone work, and returns the request that does it.
    async fn assignment(&self, way: Way, who: &Person) -> impl Future<Output = Response> {
        let case = self.boss.case(self.case.header.id).await;
        let path = format!("/cases/{}", case.header.id);
        let boss = &self.boss;
        let request = match way {
            Way::Coordinator => boss
                .request(Method::PUT, &format!("{path}/coordinator"))
                .seen(case.version)
                .json(&json!({ "employeeId": who.id })),
            Way::Supporter => {
                boss.request(Method::PUT, &format!("{path}/supporters/{}", who.id)).seen(case.version)
            }
            Way::NewTask => boss
                .request(Method::POST, &format!("{path}/tasks"))
                .json(&json!({ "title": "x", "employeeId": who.id })),
            Way::Forward => {
                let task = boss.give_task(&case, boss).await;
                boss.request(Method::POST, &format!("/tasks/{}/forward", task.id))
                    .seen(task.version)
                    .json(&json!({ "employeeId": who.id }))
            }
            Way::Claim => {
                let group = self.office.group("Team", &[who]).await;
                let task = self.office.tray_task(boss, &case, &group).await;
                who.request(Method::POST, &format!("/tasks/{}/claim", task.id))
            }
            Way::Manager => {
                let own = self.office.dossier(boss, "Nog een").await;
                boss.request(Method::PUT, &format!("/dossiers/{}", own.id))
                    .seen(own.version)
                    .json(&json!({ "name": "Nog een", "managerId": who.id, "visibility": "restricted" }))
            }
            Way::OpenCase => {
                let new = json!({ "dossierId": self.dossier.id, "caseTypeId": case.header.case_type.id,
                    "title": "Nieuw", "coordinatorId": who.id });
                boss.request(Method::POST, "/cases").json(&new)
            }
        };
        request.send()
    }
}

#[actix_web::test]
async fn nobody_is_given_work_while_they_are_deactivated() {
    let stage = Stage::new().await;
    for round in 0..ROUNDS {
        for way in WAYS {
            let who = stage.office.person(&format!("p{round}{way:?}").to_lowercase()).await;
            let assign = stage.assignment(way, &who).await;
            let path = format!("/employees/{}/deactivation", who.id);
            let leave = stage.office.admin().request(Method::POST, &path).json(&json!({})).send();
            let (assigned, left) = join(assign, leave).await;
            match (assigned.status.is_success(), left.status.is_success()) {
                (true, false) => {
                    left.problem(ProblemCode::WouldStrandWork);
                    // For the next round the boss has the case again.
                    if way == Way::Coordinator {
                        let case = stage.boss.case(stage.case.header.id).await;
                        let back = json!({ "employeeId": stage.boss.id, "keepPrevious": false });
                        let path = format!("/cases/{}/coordinator", case.header.id);
                        let _: Case = stage.boss.put(&path, case.version, &back).await.ok();
                    }
                }
                (false, true) if way == Way::Claim => {
                    assert!([401, 409].contains(&assigned.status.as_u16()), "{assigned:?}");
                }
                (false, true) => drop(assigned.problem(ProblemCode::NotEligible)),
                both => panic!("round {round}, {way:?}: (assigned, left) = {both:?}"),
            }
            let mut conn = stage.world.database.connect();
            let gone: Vec<EmployeeId> = employees::table
                .filter(employees::state.eq("deactivated"))
                .select(employees::id)
                .load(&mut conn)
                .unwrap();
            let stranded: Vec<_> =
                holders(&stage.world).into_iter().filter(|(who, _)| gone.contains(who)).collect();
            assert!(stranded.is_empty(), "round {round}, {way:?}");
        }
    }
}

#[actix_web::test]
async fn nobody_is_given_work_while_they_are_denied_the_dossier() {
    let stage = Stage::new().await;
    let mut denied: Vec<NewAccessRule> = Vec::new();
    for round in 0..ROUNDS {
        for way in WAYS.into_iter().filter(|way| *way != Way::Manager) {
            let who = stage.office.person(&format!("p{round}{way:?}").to_lowercase()).await;
            let assign = stage.assignment(way, &who).await;
            let path = format!("/dossiers/{}/access-rules", stage.dossier.id);
            let now: AccessRules = stage.boss.get(&path).await.ok();
            let mut rules = denied.clone();
            rules.push(person_rule(&who, Effect::Deny));
            let deny = stage.boss.request(Method::PUT, &path).seen(now.version);
            let (assigned, ruled) = join(assign, deny.json(&json!({ "rules": rules })).send()).await;
            match (assigned.status.is_success(), ruled.status.is_success()) {
                (true, false) => {
                    ruled.problem(ProblemCode::WouldStrandWork);
                    if way == Way::Coordinator {
                        let case = stage.boss.case(stage.case.header.id).await;
                        let back = json!({ "employeeId": stage.boss.id, "keepPrevious": false });
                        let path = format!("/cases/{}/coordinator", case.header.id);
                        let _: Case = stage.boss.put(&path, case.version, &back).await.ok();
                    }
                }
                (false, true) => {
                    denied = rules;
                    assert!([404, 409].contains(&assigned.status.as_u16()), "{way:?}: {assigned:?}");
                }
                both => panic!("round {round}, {way:?}: (assigned, denied) = {both:?}"),
            }
            let stranded = holders(&stage.world)
                .into_iter()
                .filter(|(who, dossier)| {
                    *dossier == stage.dossier.id && denied.iter().any(|rule| rule.employee_id == Some(*who))
                })
                .count();
            assert_eq!(stranded, 0, "round {round}, {way:?}");
        }
    }
}

#[actix_web::test]
async fn work_is_not_handed_over_to_someone_who_leaves_at_that_moment() {
    let stage = Stage::new().await;
    for round in 0..ROUNDS {
        let from = stage.office.person(&format!("from{round}")).await;
        let to = stage.office.person(&format!("to{round}")).await;
        let dossier = stage.office.dossier(&from, "Van wie gaat").await;
        let task = stage.boss.give_task(&stage.case, &from).await;
        let plan = json!({ "items": [
            { "kind": "dossier-manager", "id": dossier.id, "from": from.id, "to": to.id },
            { "kind": "task", "id": task.id, "from": from.id, "to": to.id },
        ] });
        let admin = stage.office.admin();
        let leave = |who: &Person, plan: serde_json::Value| {
            let path = format!("/employees/{}/deactivation", who.id);
            admin.request(Method::POST, &path).json(&json!({ "handOver": plan })).send()
        };
        let (first, second) = join(leave(&from, plan), leave(&to, json!({}))).await;
        match (first.status.is_success(), second.status.is_success()) {
            (true, false) => drop(second.problem(ProblemCode::WouldStrandWork)),
            (false, true) => drop(first.problem(ProblemCode::NotEligible)),
            both => panic!("round {round}: (handed over, left) = {both:?}"),
        }
    }
}

#[actix_web::test]
async fn a_manager_who_leaves_while_named_in_a_plan_never_keeps_the_dossier() {
    let stage = Stage::new().await;
    let admin = stage.office.admin();
    for round in 0..ROUNDS {
        let (mut pairs, mut leaving) = (Vec::new(), Vec::new());
        for pair in 0..4 {
            let from = stage.office.person(&format!("from{round}-{pair}")).await;
            let to = stage.office.person(&format!("to{round}-{pair}")).await;
            let dossier = stage.office.dossier(&from, "Van wie gaat").await;
            let item = json!({ "kind": "dossier-manager", "id": dossier.id, "from": from.id, "to": to.id });
            let plan = json!({ "handOver": { "items": [item] } });
            let path = |who: &Person| format!("/employees/{}/deactivation", who.id);
            leaving.push(admin.request(Method::POST, &path(&to)).json(&json!({})).send());
            leaving.push(admin.request(Method::POST, &path(&from)).json(&plan).send());
            pairs.push(dossier.id);
        }
        let answers = join_all(leaving).await;
        for (pair, dossier) in pairs.into_iter().enumerate() {
            let (to, from) = (&answers[2 * pair], &answers[2 * pair + 1]);
            assert_ne!(to.status.is_success(), from.status.is_success(), "round {round}: {to:?} {from:?}");
            let now: Dossier = admin.get(&format!("/dossiers/{dossier}")).await.ok();
            let path = format!("/employees/{}", now.manager.unwrap().id);
            assert_eq!(admin.get(&path).await.ok::<Employee>().state, EmployeeState::Active);
        }
    }
}

#[actix_web::test]
async fn a_whole_team_claims_while_it_is_denied_and_nobody_denied_has_a_task() {
    let stage = Stage::new().await;
    let mut members = Vec::new();
    for number in 0..6 {
        members.push(stage.office.person(&format!("lid{number}")).await);
    }
    let team = stage.office.group("Team", &members.iter().collect::<Vec<_>>()).await;
    let path = format!("/dossiers/{}/access-rules", stage.dossier.id);
    for round in 0..ROUNDS {
        let mut requests = Vec::new();
        for member in &members {
            let task = stage.office.tray_task(&stage.boss, &stage.case, &team).await;
            requests.push(member.request(Method::POST, &format!("/tasks/{}/claim", task.id)).send());
        }
        let now: AccessRules = stage.boss.get(&path).await.ok();
        let rules = json!({ "rules": [group_rule(&team, Effect::Deny)] });
        let deny = stage.boss.request(Method::PUT, &path).seen(now.version).json(&rules).send();
        requests.insert(round % 6, deny);
        let mut answers = join_all(requests).await;
        let denied = answers.remove(round % 6);
        let claimed = answers.iter().filter(|answer| answer.status.is_success()).count();
        let held: i64 = tasks::table
            .filter(tasks::holder_id.is_not_null())
            .filter(tasks::state.eq("open"))
            .count()
            .get_result(&mut stage.world.database.connect())
            .unwrap();
        assert_eq!(usize::try_from(held).unwrap(), claimed, "round {round}");
        if denied.status.is_success() {
            assert_eq!(claimed, 0, "round {round}: denied, and holding a task");
            let now: AccessRules = stage.boss.get(&path).await.ok();
            let _: AccessRules = stage.boss.put(&path, now.version, &json!({ "rules": [] })).await.ok();
        } else {
            let stranded = denied.problem(ProblemCode::WouldStrandWork).stranded;
            assert!((1..=claimed).contains(&stranded.len()), "round {round}");
        }
        for member in &members {
            for task in member.pages::<TaskSummary>("/tasks?state=open", 10).await {
                let done = json!({ "result": "Klaar" });
                let path = format!("/tasks/{}/completion", task.id);
                let _: Task = member.post(&path, &done).await.ok();
            }
        }
    }
}

/// A manager, and who has a rule of their own, are not denied by a group; when that ends at the moment they
/// join a denied group, one of the two changes sees it.
#[actix_web::test]
async fn nobody_loses_what_protects_them_while_they_join_a_denied_group() {
    let stage = Stage::new().await;
    let admin = stage.office.admin();
    let denied = stage.office.group("Extern", &[]).await;
    let group = format!("/groups/{}", denied.id);
    for round in 0..ROUNDS {
        for manages in [true, false] {
            let who = stage.office.person(&format!("p{round}{manages}")).await;
            let manager = if manages { &who } else { &stage.boss };
            let dossier = stage.office.dossier(manager, "Gezin").await;
            let mut rules = vec![group_rule(&denied, Effect::Deny)];
            if !manages {
                rules.push(person_rule(&who, Effect::Allow));
            }
            stage.office.rules(&dossier, &rules).await;
            if manages {
                stage.office.authorise(stage.case.header.case_type.id, &[&who]).await;
            }
            let new = json!({ "dossierId": dossier.id, "caseTypeId": stage.case.header.case_type.id,
                "title": "Nieuw", "coordinatorId": who.id });
            let _: Case = manager.post("/cases", &new).await.ok();

            let path = format!("/dossiers/{}", dossier.id);
            let now: Dossier = manager.get(&path).await.ok();
            let drop = if manages {
                let change =
                    json!({ "name": "Gezin", "managerId": stage.boss.id, "visibility": "restricted" });
                manager.request(Method::PUT, &path).seen(now.version).json(&change)
            } else {
                let change = json!({ "rules": [group_rule(&denied, Effect::Deny)] });
                let path = format!("{path}/access-rules");
                manager.request(Method::PUT, &path).seen(now.version).json(&change)
            };
            let team: Group = admin.get(&group).await.ok();
            let join_in = json!({ "name": "Extern", "memberIds": [who.id], "workAgreements": "" });
            let join_in = admin.request(Method::PUT, &group).seen(team.version).json(&join_in);
            let (dropped, joined) = join(drop.send(), join_in.send()).await;
            match (dropped.status.is_success(), joined.status.is_success()) {
                (true, false) => std::mem::drop(joined.problem(ProblemCode::WouldStrandWork)),
                (false, true) => std::mem::drop(dropped.problem(ProblemCode::WouldStrandWork)),
                both => panic!("round {round}, manages {manages}: (dropped, joined) = {both:?}"),
            }
            let team: Group = admin.get(&group).await.ok();
            let empty = json!({ "name": "Extern", "memberIds": [], "workAgreements": "" });
            let _: Group = admin.put(&group, team.version, &empty).await.ok();
        }
    }
}
