//! Every cell of C6 over HTTP: how much of a case someone sees.

use contract::*;
use diesel::prelude::*;
use serde_json::json;
use werkbak::db::schema::{dossier_employee_rules, dossier_group_rules};

use crate::support::{Person, World, person_rule};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Denied {
    No,
    ByName,
    ByGroup,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Authorised {
    No,
    ByName,
    ByGroup,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum HasTask {
    No,
    Holds,
    CouldClaim,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    denied: Denied,
    supporter: bool,
    authorised: Authorised,
    dossier: bool,
    task: HasTask,
}

/// C6 as it is written.
fn c6(cell: Cell) -> Option<CaseView> {
    if cell.denied != Denied::No {
        return None;
    }
    if cell.supporter {
        return Some(CaseView::Full);
    }
    if cell.authorised != Authorised::No {
        return Some(CaseView::ClosedSteps);
    }
    (cell.dossier || cell.task != HasTask::No).then_some(CaseView::Header)
}

fn cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for denied in [Denied::No, Denied::ByName, Denied::ByGroup] {
        for supporter in [false, true] {
            for authorised in [Authorised::No, Authorised::ByName, Authorised::ByGroup] {
                for task in [HasTask::No, HasTask::Holds, HasTask::CouldClaim] {
                    for dossier in [false, true] {
                        // Who is explicitly denied has no access to the dossier (D3).
                        if !(dossier && denied != Denied::No) {
                            cells.push(Cell { denied, supporter, authorised, dossier, task });
                        }
                    }
                }
            }
        }
    }
    cells
}

async fn looks_as(person: &Person, case: &Case, view: Option<CaseView>, dossier: bool, context: &str) {
    let path = format!("/cases/{}", case.header.id);
    let listed: Vec<CaseSummary> = person.pages("/cases", 1).await;
    assert_eq!(listed.iter().any(|found| found.id == case.header.id), view.is_some(), "list: {context}");
    let change = json!({ "title": "Gekaapt" });
    let tasks = person.get(&format!("{path}/tasks")).await;
    let Some(view) = view else {
        person.get(&path).await.problem(ProblemCode::NotFound);
        person.put(&path, case.version, &change).await.problem(ProblemCode::NotFound);
        tasks.problem(ProblemCode::NotFound);
        return;
    };
    let seen = person.case(case.header.id).await;
    assert_eq!(seen.view, view, "{context}");
    assert_eq!(seen.header.title, "Parkeerkaart", "{context}");
    let name = dossier.then_some("Gezin Hendriks");
    assert_eq!(seen.header.dossier.name.as_deref(), name, "{context}");
    assert_eq!(listed[0].dossier.name.as_deref(), name, "{context}");
    let steps: Vec<StepState> = seen.steps.iter().map(|step| step.state).collect();
    match view {
        CaseView::Full => assert_eq!(steps.len(), case.steps.len(), "{context}"),
        CaseView::ClosedSteps => assert_eq!(steps, [StepState::Closed], "{context}"),
        CaseView::Header => assert_eq!(steps, [], "{context}"),
    }
    let full = view == CaseView::Full;
    assert_eq!(!seen.result_types.is_empty(), full, "{context}");
    assert_eq!(seen.may.edit, full, "{context}");
    assert!(!seen.may.reopen, "{context}");
    if full {
        assert_eq!(tasks.status, 200, "{context}");
    } else {
        tasks.problem(ProblemCode::Forbidden);
        let refused = person.put(&path, case.version, &change).await.problem(ProblemCode::Forbidden);
        assert_eq!(refused.detail, "U bent geen coördinator of ondersteuner van deze zaak.");
    }
}

#[actix_web::test]
async fn every_cell_of_c6() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let boss = office.person("boss").await;
    let (dossier, case) = office.case(&boss).await;
    boss.close_step(case.header.id, &case.steps[0]).await;
    let cells = cells();
    let mut people = Vec::new();
    for number in 0..cells.len() {
        people.push(office.person(&format!("p{number}")).await);
    }
    let those = |wanted: &dyn Fn(&Cell) -> bool| -> Vec<&Person> {
        people.iter().zip(&cells).filter(|(_, cell)| wanted(cell)).map(|(person, _)| person).collect()
    };
    let claimers = office.group("Wijkteam", &those(&|cell| cell.task == HasTask::CouldClaim)).await;
    let external = office.group("Extern", &those(&|cell| cell.denied == Denied::ByGroup)).await;
    let authorised =
        office.group("Vergunningen", &those(&|cell| cell.authorised == Authorised::ByGroup)).await;
    let mut named = vec![boss.id];
    named.extend(those(&|cell| cell.authorised == Authorised::ByName).iter().map(|person| person.id));
    let path = format!("/case-types/{}/authorisations", case.header.case_type.id);
    let now: Authorisations = office.admin().get(&path).await.ok();
    let change = json!({ "groupIds": [authorised.id], "employeeIds": named });
    let _: Authorisations = office.admin().put(&path, now.version, &change).await.ok();
    let allowed: Vec<NewAccessRule> =
        those(&|cell| cell.dossier).into_iter().map(|person| person_rule(person, Effect::Allow)).collect();
    office.rules(&dossier, &allowed).await;
    office.tray_task(&boss, &case, &claimers).await;
    for person in those(&|cell| cell.task == HasTask::Holds) {
        boss.give_task(&case, person).await;
    }
    for person in those(&|cell| cell.supporter) {
        office.support(&boss, &case, person).await;
    }
    // No operation leaves someone with work in a dossier they are denied (P4), so these rules come about
    // behind its back.
    let mut conn = world.database.connect();
    for person in those(&|cell| cell.denied == Denied::ByName) {
        diesel::insert_into(dossier_employee_rules::table)
            .values((
                dossier_employee_rules::dossier_id.eq(dossier.id),
                dossier_employee_rules::employee_id.eq(person.id),
                dossier_employee_rules::effect.eq(Effect::Deny),
            ))
            .execute(&mut conn)
            .unwrap();
    }
    diesel::insert_into(dossier_group_rules::table)
        .values((
            dossier_group_rules::dossier_id.eq(dossier.id),
            dossier_group_rules::group_id.eq(external.id),
            dossier_group_rules::effect.eq(Effect::Deny),
        ))
        .execute(&mut conn)
        .unwrap();

    let case = boss.case(case.header.id).await;
    assert_eq!(case.view, CaseView::Full);
    assert_eq!((cells.len(), people.len()), (36 + 36, 72));
    for (person, cell) in people.iter().zip(&cells) {
        looks_as(person, &case, c6(*cell), cell.dossier, &format!("{cell:?}")).await;
    }
    // No role is a key to any case (C5, P2).
    let roles = [Role::LocalAdmin, Role::Helpdesk, Role::Superuser, Role::Records];
    let everything = office.person_with("allesmag", &roles).await;
    looks_as(&everything, &case, None, false, "every role").await;
    let elsewhere = world.office("almere").await.person_with("elders", &roles).await;
    looks_as(&elsewhere, &case, None, false, "another office").await;
}

#[actix_web::test]
async fn what_was_a_task_of_mine_no_longer_shows_the_case() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan) = (office.person("boss").await, office.person("jan").await);
    let (_, case) = office.case(&boss).await;
    let task = boss.give_task(&case, &jan).await;
    looks_as(&jan, &case, Some(CaseView::Header), false, "holds a task").await;
    let done = json!({ "result": "Klaar" });
    let _: Task = jan.post(&format!("/tasks/{}/completion", task.id), &done).await.ok();
    looks_as(&jan, &case, None, false, "completed it").await;
}

#[actix_web::test]
async fn why_a_case_was_an_error_is_for_its_team_only() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan, anna) =
        (office.person("boss").await, office.person("jan").await, office.person("anna").await);
    let (dossier, case) = office.case(&boss).await;
    office.authorise(case.header.case_type.id, &[&jan]).await;
    office.rules(&dossier, &[person_rule(&anna, Effect::Allow)]).await;
    let closure = json!({ "administrativeError": "Verkeerde Hendriks" });
    let path = format!("/cases/{}", case.header.id);
    let _: Case = boss.post_on(&format!("{path}/closure"), case.version, &closure).await.ok();
    let note = |case: &Case| case.closure.clone().unwrap().administrative_error.unwrap();
    assert_eq!(note(&boss.case(case.header.id).await), "Verkeerde Hendriks");
    for (reader, view) in [(&jan, CaseView::ClosedSteps), (&anna, CaseView::Header)] {
        let answer = reader.get(&path).await;
        assert!(!String::from_utf8_lossy(&answer.body).contains("Verkeerde Hendriks"));
        let seen: Case = answer.ok();
        assert_eq!((seen.view, seen.header.state), (view, CaseState::Closed));
        assert_eq!(seen.closure.unwrap().by.id, boss.id);
    }
}
