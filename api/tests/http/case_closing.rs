//! `/v1/cases/{caseId}/closure` and `/reopening`: C9.

use awc::http::Method;
use contract::*;
use serde_json::json;

use crate::support::{Office, Person, World, ids, person_rule};

async fn team() -> (World, Office, Person, Person, Dossier, Case) {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (dossier, case) = office.case(&jan).await;
    let case = office.support(&jan, &case, &piet).await;
    (world, office, jan, piet, dossier, case)
}

#[actix_web::test]
async fn a_case_is_never_deleted() {
    let (world, office, jan, _, _, case) = team().await;
    let path = format!("/cases/{}", case.header.id);
    for who in [&jan, office.admin()] {
        let answer = who.delete_on(&path, case.version).await;
        assert_eq!(answer.header("allow"), Some("GET, PUT"));
        let problem = answer.problem(ProblemCode::CaseNeverDeleted);
        assert!(problem.detail.contains("Sluit haar als administratieve fout"), "{}", problem.detail);
    }
    let english = jan.request(Method::DELETE, &path).header("Accept-Language", "en").send().await;
    let problem = english.problem(ProblemCode::CaseNeverDeleted);
    assert!(problem.detail.contains("Close it as an administrative error"), "{}", problem.detail);
    world.anyone.request(Method::DELETE, &format!("/v1{path}")).send().await;
    assert_eq!(jan.case(case.header.id).await, case);
    // Of a group there is no such promise, and no such text.
    let group = office.group("Team", &[]).await;
    office.admin().delete(&format!("/groups/{}", group.id)).await.problem(ProblemCode::MethodNotAllowed);
}

#[actix_web::test]
async fn closing_needs_a_result_and_all_steps_closed_or_skipped() {
    let (world, office, jan, piet, _, case) = team().await;
    let path = format!("/cases/{}", case.header.id);
    let closure = format!("{path}/closure");
    let result = case.result_types[1].clone();
    let with_result = json!({ "resultTypeId": result.id });

    let both = json!({ "resultTypeId": result.id, "administrativeError": "x" });
    for wrong in [json!({}), both] {
        assert_eq!(piet.post_on(&closure, case.version, &wrong).await.invalid_fields(), ["resultTypeId"]);
    }
    let blank = json!({ "administrativeError": " " });
    assert_eq!(piet.post_on(&closure, case.version, &blank).await.invalid_fields(), ["administrativeError"]);
    let unknown = json!({ "resultTypeId": ResultTypeId::new() });
    assert_eq!(piet.post_on(&closure, case.version, &unknown).await.invalid_fields(), ["resultTypeId"]);
    piet.post(&closure, &with_result).await.problem(ProblemCode::VersionRequired);

    for (position, step) in case.steps.iter().enumerate() {
        let refused = piet.post_on(&closure, case.version, &with_result).await;
        let open = case.steps.len() - position;
        let detail = refused.problem(ProblemCode::Unfinished).detail;
        assert!(detail.contains(&format!("{open} open stappen")), "{detail}");
        if position == 2 {
            let skip = format!("{path}/steps/{}/skip", step.id);
            let _: Step = jan.post_on(&skip, step.version, &json!({ "reason": "Niet nodig" })).await.ok();
        } else {
            jan.close_step(case.header.id, step).await;
        }
    }
    // A result of another case type is no result of this one.
    let types: Page<CaseTypeSummary> = jan.get("/case-types").await.ok();
    let other = types.items.iter().find(|found| found.id != case.header.case_type.id).unwrap();
    let other: CaseType = jan.get(&format!("/case-types/{}", other.id)).await.ok();
    let foreign = json!({ "resultTypeId": other.result_types[0].id });
    assert_eq!(piet.post_on(&closure, case.version, &foreign).await.invalid_fields(), ["resultTypeId"]);

    piet.post_on(&closure, case.version - 1, &with_result).await.problem(ProblemCode::Stale);
    let closed: Case = piet.post_on(&closure, case.version, &with_result).await.ok();
    let how = closed.closure.clone().unwrap();
    assert_eq!((closed.header.state, how.by.id), (CaseState::Closed, piet.id));
    assert_eq!((how.result, how.administrative_error), (Some(result.name), None));
    assert!(!closed.may.edit && !closed.may.reopen);
    assert!(jan.case(case.header.id).await.may.reopen);
    assert_eq!(jan.pages::<CaseSummary>("/cases?state=closed&mine=true", 10).await.len(), 1);
    assert!(jan.pages::<CaseSummary>("/cases?state=open", 10).await.is_empty());
    assert_eq!(world.events().pop().unwrap().kind, "case.closed");
    drop(office);
}

#[actix_web::test]
async fn an_administrative_error_closes_at_any_time_and_the_tasks_are_withdrawn() {
    let (world, office, jan, piet, dossier, case) = team().await;
    let (anna, kees, denied, quiet) = (
        office.person("anna").await,
        office.person("kees").await,
        office.person("denied").await,
        office.person("quiet").await,
    );
    let group = office.group("Wijkteam", &[&anna, &jan, &denied, &quiet]).await;
    office.rules(&dossier, &[person_rule(&denied, Effect::Deny)]).await;
    let now: Preferences = quiet.get("/me/preferences").await.ok();
    let off = json!({ "language": "nl", "trayMails": false });
    let _: Preferences = quiet.put("/me/preferences", now.version, &off).await.ok();
    let in_tray = office.tray_task(&jan, &case, &group).await;
    let with_kees = jan.give_task(&case, &kees).await;
    let with_jan = jan.give_task(&case, &jan).await;
    let done = jan.give_task(&case, &kees).await;
    let result = json!({ "result": "Klaar" });
    let _: Task = kees.post(&format!("/tasks/{}/completion", done.id), &result).await.ok();

    let before = world.outbox().len();
    let path = format!("/cases/{}", case.header.id);
    let closure = json!({ "administrativeError": "Dubbel: zie Hendriks" });
    let closed: Case = jan.post_on(&format!("{path}/closure"), case.version, &closure).await.ok();
    let how = closed.closure.unwrap();
    assert_eq!((how.result, how.administrative_error.as_deref()), (None, Some("Dubbel: zie Hendriks")));
    for task in [&in_tray, &with_kees, &with_jan] {
        let now = jan.task(task.id).await;
        assert_eq!((now.state, now.finished_by.unwrap().id), (TaskState::Withdrawn, jan.id));
        let rights = now.may;
        assert!(!(rights.claim || rights.release || rights.forward || rights.complete || rights.edit));
    }
    assert_eq!(jan.task(done.id).await.state, TaskState::Completed);
    // Its holder is told, and its tray; not who did it, was denied, or wants no such mails.
    assert_eq!(world.told("task-withdrawn", before), ids(&[&anna, &kees]));
    for mail in world.mails().into_iter().rev().take(2) {
        assert!(mail.source.contains(&case.header.number), "{}", mail.source);
        for content in ["Hendriks", "Dubbel", "keuring", "huisarts", "Parkeerkaart"] {
            assert!(!mail.source.contains(content), "{}", mail.source);
        }
    }
    // The tray is empty, and nobody can take what is withdrawn.
    assert!(anna.pages::<TaskSummary>(&format!("/trays/{}/tasks", group.id), 10).await.is_empty());
    assert_eq!(anna.claim(&in_tray).await.status, 409);
    drop(piet);
}

#[actix_web::test]
async fn a_closed_case_is_read_only_until_its_coordinator_reopens_it_with_a_reason() {
    let (world, office, jan, piet, _, case) = team().await;
    let anna = office.person("anna").await;
    let task = jan.give_task(&case, &anna).await;
    let path = format!("/cases/{}", case.header.id);
    let closure = json!({ "administrativeError": "Dubbel" });
    let closed: Case = jan.post_on(&format!("{path}/closure"), case.version, &closure).await.ok();
    let version = closed.version;
    let step = format!("{path}/steps/{}", case.steps[0].id);
    let reason = json!({ "reason": "Toch niet dubbel" });

    let events = world.events().len();
    for who in [&jan, &piet] {
        let on = |method: Method, path: &str| who.request(method, path);
        for request in [
            on(Method::PUT, &path).seen(version).json(&json!({ "title": "x" })),
            on(Method::PUT, &format!("{path}/coordinator"))
                .seen(version)
                .json(&json!({ "employeeId": anna.id })),
            on(Method::PUT, &format!("{path}/supporters/{}", anna.id)).seen(version),
            on(Method::DELETE, &format!("{path}/supporters/{}", piet.id)).seen(version),
            on(Method::PUT, &step).seen(1).json(&json!({ "note": "x" })),
            on(Method::POST, &format!("{step}/closure")).seen(1),
            on(Method::POST, &format!("{step}/skip")).seen(1).json(&reason),
            on(Method::POST, &format!("{step}/reopening")).seen(1).json(&reason),
            on(Method::POST, &format!("{path}/closure")).seen(version).json(&closure),
            on(Method::POST, &format!("{path}/tasks")).json(&json!({ "title": "x", "employeeId": anna.id })),
            on(Method::PUT, &format!("/tasks/{}", task.id))
                .seen(2)
                .json(&json!({ "title": "x", "description": "" })),
            on(Method::POST, &format!("/tasks/{}/forward", task.id)).json(&json!({ "employeeId": jan.id })),
        ] {
            request.send().await.problem(ProblemCode::Conflict);
        }
    }
    let done = json!({ "result": "x" });
    anna.post(&format!("/tasks/{}/completion", task.id), &done).await.problem(ProblemCode::Conflict);
    assert_eq!(world.events().len(), events);

    let reopening = format!("{path}/reopening");
    piet.post(&reopening, &reason).await.problem(ProblemCode::Forbidden);
    office.admin().post(&reopening, &reason).await.problem(ProblemCode::NotFound);
    assert_eq!(jan.post(&reopening, &json!({ "reason": "" })).await.invalid_fields(), ["reason"]);
    let open: Case = jan.post(&reopening, &reason).await.ok();
    assert_eq!((open.header.state, open.closure, open.may.edit), (CaseState::Open, None, true));
    assert_eq!(open.version, version + 1);
    let event = world.events().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.reason.as_deref()), ("case.reopened", Some("Toch niet dubbel")));
    assert_eq!(jan.task(task.id).await.state, TaskState::Withdrawn);
    jan.post(&reopening, &reason).await.problem(ProblemCode::Conflict);
    let _: Case = piet.put(&path, open.version, &json!({ "title": "Verder" })).await.ok();
}

#[actix_web::test]
async fn who_left_or_was_denied_while_a_case_was_closed_does_not_come_back_with_it() {
    let (world, office, jan, piet, dossier, case) = team().await;
    let (anna, kees) = (office.person("anna").await, office.person("kees").await);
    office.support(&jan, &case, &anna).await;
    let case = office.support(&jan, &case, &kees).await;
    let path = format!("/cases/{}", case.header.id);
    let closure = json!({ "administrativeError": "Dubbel" });
    let _: Case = jan.post_on(&format!("{path}/closure"), case.version, &closure).await.ok();
    // A closed case is no work, so neither needs a hand-over.
    office.deactivate(&anna).await;
    office.rules(&dossier, &[person_rule(&kees, Effect::Deny)]).await;
    let open: Case = jan.post(&format!("{path}/reopening"), &json!({ "reason": "Toch niet" })).await.ok();
    assert_eq!(open.supporters.iter().map(|who| who.id).collect::<Vec<_>>(), [piet.id]);
    let removed: Vec<_> =
        world.events().into_iter().filter(|event| event.kind == "case.supporter-removed").collect();
    assert_eq!(removed.len(), 2);
    // And so the next change of people has nothing of theirs in its way.
    let kees_leaves = office.admin().post(&format!("/employees/{}/deactivation", kees.id), &json!({})).await;
    assert_eq!(kees_leaves.ok::<Employee>().state, EmployeeState::Deactivated);
}
