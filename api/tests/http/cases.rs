//! `/v1/cases`: opening and the team (C3, C4, C5, C7), conditional changes of the header (C10).

use awc::http::{Method, StatusCode};
use contract::*;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::{Person, World, ids, person_rule};

fn case_id(case: &Case) -> CaseId {
    case.header.id
}

#[actix_web::test]
async fn opening_a_case_needs_access_to_the_dossier_and_authorisation_for_the_type() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let types = office.case_types().await;
    let (parking, event) = (&types[1], &types[0]);
    assert_eq!((parking.code.as_str(), event.code.as_str()), ("K0210", "K0345"));
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    office.authorise(parking.id, &[&jan, &piet, office.admin()]).await;
    let new = |case_type: CaseTypeId| json!({ "dossierId": dossier.id, "caseTypeId": case_type, "title": " Kaart " });

    // Without access the dossier does not exist, whatever one's role; without authorisation it is refused.
    for outsider in [&piet, office.admin()] {
        assert_eq!(outsider.post("/cases", &new(parking.id)).await.invalid_fields(), ["dossierId"]);
    }
    jan.post("/cases", &new(event.id)).await.problem(ProblemCode::Forbidden);
    assert_eq!(jan.post("/cases", &new(CaseTypeId::new())).await.invalid_fields(), ["caseTypeId"]);

    let answer = jan.post("/cases", &new(parking.id)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let case: Case = answer.ok();
    assert_eq!(answer.header("location"), Some(format!("/v1/cases/{}", case_id(&case)).as_str()));
    assert_eq!(answer.header("etag"), Some("\"1\""));
    assert_eq!((case.header.title.as_str(), case.header.state), ("Kaart", CaseState::Open));
    assert_eq!((case.header.coordinator.id, case.header.my_part), (jan.id, Some(CasePart::Coordinator)));
    assert!(case.supporters.is_empty() && case.may.edit && !case.may.reopen);
    let steps: Vec<(i32, &str)> = case.steps.iter().map(|step| (step.position, step.name.as_str())).collect();
    // In the order of the type, without what is no longer in use.
    assert_eq!(steps[0], (1, "Geregistreerd"));
    assert_eq!((steps.len(), steps[4].1), (5, "Medisch advies ontvangen"));
    assert!(case.steps.iter().all(|step| step.state == StepState::Open));
    assert_eq!(case.result_types.len(), 3);

    let blank = json!({ "dossierId": dossier.id, "caseTypeId": parking.id, "title": " ",
        "startDate": "2031-05-02", "targetDate": "2031-05-01" });
    assert_eq!(jan.post("/cases", &blank).await.invalid_fields(), ["title", "targetDate"]);
}

#[actix_web::test]
async fn a_case_has_a_number_and_a_deadline_of_start_plus_term() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (dossier, first) = office.case(&jan).await;
    let open = |start: &str| {
        json!({ "dossierId": dossier.id, "caseTypeId": first.header.case_type.id, "title": "Kaart",
            "startDate": start, "targetDate": start })
    };
    // Eight weeks, also over the end of the year.
    for (start, deadline) in [("2031-01-01", "2031-02-26"), ("2031-12-24", "2032-02-18")] {
        let case: Case = jan.post("/cases", &open(start)).await.ok();
        assert_eq!(case.header.start_date, start.parse().unwrap());
        assert_eq!(case.header.target_date, Some(start.parse().unwrap()));
        assert_eq!(case.header.deadline, Some(deadline.parse().unwrap()));
    }
    let early = json!({ "title": "Kaart", "targetDate": "2020-01-01" });
    let path = format!("/cases/{}", case_id(&first));
    assert_eq!(jan.put(&path, 1, &early).await.invalid_fields(), ["targetDate"]);

    let request = || jan.request(Method::POST, "/cases").json(&open("2031-01-01")).send();
    for answer in join_all((0..12).map(|_| request())).await {
        let _: Case = answer.ok();
    }
    let mut numbers: Vec<String> =
        jan.pages::<CaseSummary>("/cases?mine=true", 5).await.into_iter().map(|case| case.number).collect();
    numbers.sort();
    let (year, _) = numbers[0].strip_prefix('Z').unwrap().split_once('-').unwrap();
    let expected: Vec<String> = (1..=15).map(|count| format!("Z{year}-{count:06}")).collect();
    assert_eq!(numbers, expected);
}

#[actix_web::test]
async fn the_opener_coordinates_unless_another_is_named_who_may_have_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, denied, left) = (
        office.person("jan").await,
        office.person("piet").await,
        office.person("denied").await,
        office.person("left").await,
    );
    let stranger = world.office("almere").await.person("vreemd").await;
    let (dossier, case) = office.case(&jan).await;
    office.rules(&dossier, &[person_rule(&denied, Effect::Deny)]).await;
    office.deactivate(&left).await;
    let new = |coordinator: EmployeeId| {
        json!({ "dossierId": dossier.id, "caseTypeId": case.header.case_type.id, "title": "Kaart",
            "coordinatorId": coordinator })
    };
    for id in [denied.id, left.id, stranger.id, EmployeeId::new()] {
        jan.post("/cases", &new(id)).await.problem(ProblemCode::NotEligible);
    }
    let before = world.outbox().len();
    let opened: Case = jan.post("/cases", &new(piet.id)).await.ok();
    assert_eq!((opened.header.coordinator.id, opened.header.my_part), (piet.id, None));
    assert_eq!(world.told("case-assigned", before), ids(&[&piet]));
    assert_eq!(piet.case(case_id(&opened)).await.view, CaseView::Full);
    // Who opened it for someone else has no say in it any more (C4).
    let path = format!("/cases/{}", case_id(&opened));
    jan.put(&path, 1, &json!({ "title": "x" })).await.problem(ProblemCode::Forbidden);
}

/// Every change of a case, as requests of someone.
fn changes(who: &Person, case: &Case, task: &Task, other: EmployeeId) -> Vec<crate::support::Request> {
    let path = format!("/cases/{}", case_id(case));
    let step = format!("{path}/steps/{}", case.steps[0].id);
    let seen = |method: Method, path: String, version: i64| who.request(method, &path).seen(version);
    let reason = json!({ "reason": "Daarom" });
    vec![
        seen(Method::PUT, path.clone(), case.version).json(&json!({ "title": "Gekaapt" })),
        seen(Method::PUT, format!("{path}/coordinator"), case.version).json(&json!({ "employeeId": who.id })),
        seen(Method::PUT, format!("{path}/coordinator"), case.version).json(&json!({ "employeeId": other })),
        seen(Method::PUT, format!("{path}/supporters/{}", who.id), case.version),
        seen(Method::DELETE, format!("{path}/supporters/{other}"), case.version),
        seen(Method::PUT, step.clone(), 1).json(&json!({ "note": "Gekaapt" })),
        seen(Method::POST, format!("{step}/closure"), 1),
        seen(Method::POST, format!("{step}/skip"), 1).json(&reason),
        seen(Method::POST, format!("{step}/reopening"), 1).json(&reason),
        seen(Method::POST, format!("{path}/closure"), case.version)
            .json(&json!({ "administrativeError": "x" })),
        who.request(Method::POST, &format!("{path}/reopening")).json(&reason),
        who.request(Method::POST, &format!("{path}/tasks"))
            .json(&json!({ "title": "x", "employeeId": who.id })),
        seen(Method::PUT, format!("/tasks/{}", task.id), 1).json(&json!({ "title": "x", "description": "" })),
    ]
}

#[actix_web::test]
async fn nobody_outside_the_team_changes_a_case_or_takes_it_over_whatever_their_role() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (dossier, case) = office.case(&jan).await;
    let case = office.support(&jan, &case, &piet).await;
    let team = office.group("Team", &[]).await;
    let task = office.tray_task(&jan, &case, &team).await;
    let roles = [Role::LocalAdmin, Role::Helpdesk, Role::Superuser, Role::Records];
    let unseen = office.person_with("unseen", &roles).await;
    let manager = office.person_with("manager", &roles).await;
    let authorised = office.person_with("authorised", &roles).await;
    let claimer = office.person_with("claimer", &roles).await;
    office.authorise(case.header.case_type.id, &[&authorised]).await;
    let _: Group = office.change_group(team.id, &[&claimer], json!({})).await.ok();
    let seen: Dossier = jan.get(&format!("/dossiers/{}", dossier.id)).await.ok();
    let change = json!({ "name": "Gezin Hendriks", "managerId": manager.id, "visibility": "restricted" });
    let _: Dossier = jan.put(&format!("/dossiers/{}", dossier.id), seen.version, &change).await.ok();

    // Jan no longer manages the dossier; his case stays his.
    let case = jan.case(case_id(&case)).await;
    let events = world.events().len();
    for (who, code) in [
        (&unseen, ProblemCode::NotFound),
        (&manager, ProblemCode::Forbidden),
        (&authorised, ProblemCode::Forbidden),
        (&claimer, ProblemCode::Forbidden),
    ] {
        for request in changes(who, &case, &task, piet.id) {
            let answer = request.send().await;
            // The text of a task, for who does not see the task.
            let hidden = answer.request.contains("/v1/tasks/") && who.id != claimer.id;
            answer.problem(if hidden { ProblemCode::NotFound } else { code });
        }
    }
    assert_eq!(world.events().len(), events);
    assert_eq!(jan.case(case_id(&case)).await, case);
}

#[actix_web::test]
async fn coordinator_and_supporters_share_the_work_and_name_each_other() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, anna) =
        (office.person("jan").await, office.person("piet").await, office.person("anna").await);
    let (_, case) = office.case(&jan).await;
    let path = format!("/cases/{}", case_id(&case));
    let coordinator = format!("{path}/coordinator");
    let supporter = |who: &Person| format!("{path}/supporters/{}", who.id);
    let team = |case: &Case| {
        let mut supporters: Vec<EmployeeId> = case.supporters.iter().map(|who| who.id).collect();
        supporters.sort_unstable();
        (case.header.coordinator.id, supporters)
    };

    // The coordinator is never a supporter too (C3).
    jan.put_on(&supporter(&jan), case.version).await.problem(ProblemCode::Conflict);
    let before = world.outbox().len();
    let case: Case = jan.put_on(&supporter(&piet), case.version).await.ok();
    assert_eq!(team(&case), (jan.id, ids(&[&piet])));
    // Told once, in a mail without content (D8); being it already is no news.
    assert_eq!(world.told("case-supported", before), ids(&[&piet]));
    let case: Case = jan.put_on(&supporter(&piet), case.version).await.ok();
    assert_eq!(world.told("case-supported", before), ids(&[&piet]));
    let mail = world.mails().pop().unwrap();
    assert!(mail.is_to(&piet) && mail.source.contains("zaakondersteuner"), "{}", mail.source);
    assert!(mail.source.contains(&case.header.number) && !mail.source.contains("Parkeerkaart"));
    // A supporter changes the case and its team like the coordinator.
    let case: Case = piet.put(&path, case.version, &json!({ "title": "Van piet" })).await.ok();
    assert_eq!((case.header.title.as_str(), case.header.my_part), ("Van piet", Some(CasePart::Supporter)));
    let case: Case = piet.put_on(&supporter(&anna), case.version).await.ok();
    assert_eq!(team(&case), (jan.id, ids(&[&piet, &anna])));
    for person in [&jan, &piet, &anna] {
        let mine: Vec<CaseSummary> = person.pages("/cases?mine=true", 10).await;
        assert_eq!(mine.len(), 1, "{}", person.name);
    }

    // A supporter names another coordinator; the previous one stays as supporter.
    let before = world.outbox().len();
    let change = json!({ "employeeId": anna.id });
    let case: Case = piet.put(&coordinator, case.version, &change).await.ok();
    assert_eq!(team(&case), (anna.id, ids(&[&jan, &piet])));
    assert_eq!(world.told("case-assigned", before), ids(&[&anna]));
    assert_eq!(world.told("case-supported", before), ids(&[&jan]), "who was coordinator is told as well");
    piet.put(&coordinator, case.version, &change).await.problem(ProblemCode::Conflict);
    // Unless told otherwise.
    let change = json!({ "employeeId": jan.id, "keepPrevious": false });
    let case: Case = jan.put(&coordinator, case.version, &change).await.ok();
    assert_eq!(team(&case), (jan.id, ids(&[&piet])));
    assert_eq!(world.told("case-assigned", before), ids(&[&anna]), "who does it oneself is not mailed");
    anna.get(&path).await.problem(ProblemCode::NotFound);

    // Taking out, oneself included; what is not there cannot be taken out.
    jan.delete_on(&supporter(&anna), case.version).await.problem(ProblemCode::NotFound);
    jan.delete_on(&supporter(&jan), case.version).await.problem(ProblemCode::NotFound);
    assert_eq!(piet.delete_on(&supporter(&piet), case.version).await.status, StatusCode::NO_CONTENT);
    assert_eq!(team(&jan.case(case_id(&case)).await), (jan.id, vec![]));
}

#[actix_web::test]
async fn someone_denied_or_inactive_is_never_named() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, denied, left) =
        (office.person("jan").await, office.person("denied").await, office.person("left").await);
    let stranger = world.office("almere").await.person("vreemd").await;
    let (dossier, case) = office.case(&jan).await;
    office.rules(&dossier, &[person_rule(&denied, Effect::Deny)]).await;
    office.deactivate(&left).await;
    let path = format!("/cases/{}", case_id(&case));
    for id in [denied.id, left.id, stranger.id, EmployeeId::new()] {
        let change = json!({ "employeeId": id });
        jan.put(&format!("{path}/coordinator"), 1, &change).await.problem(ProblemCode::NotEligible);
        jan.put_on(&format!("{path}/supporters/{id}"), 1).await.problem(ProblemCode::NotEligible);
    }
    // Access to the dossier is not needed; not being denied it is (C6).
    let anna = office.person("anna").await;
    assert_eq!(office.support(&jan, &case, &anna).await.supporters[0].id, anna.id);
    assert_eq!(anna.case(case_id(&case)).await.header.dossier.name, None);
}

#[actix_web::test]
async fn two_changes_of_the_header_at_once_leave_one_winner_and_nothing_lost() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    let mut case = office.support(&jan, &case, &piet).await;
    let path = format!("/cases/{}", case_id(&case));
    for round in 0..10 {
        let titles = [format!("Van jan {round}"), format!("Van piet {round}")];
        let put = |who: &Person, title: &str| {
            who.request(Method::PUT, &path).seen(case.version).json(&json!({ "title": title })).send()
        };
        let (first, second) = join(put(&jan, &titles[0]), put(&piet, &titles[1])).await;
        let (winner, loser, title) =
            if first.status.is_success() { (first, second, &titles[0]) } else { (second, first, &titles[1]) };
        let now: Case = winner.ok();
        let current: Value = loser.problem(ProblemCode::Stale).current.unwrap();
        let current: Case = serde_json::from_value(current).unwrap();
        assert_eq!((&current.header.title, &now.header.title), (title, title));
        assert_eq!(current.version, case.version + 1);
        case = jan.case(case_id(&case)).await;
        assert_eq!((&case.header.title, case.version), (title, current.version));
    }
    // The team is part of the header: a change of one notices a change of the other.
    let anna = office.person("anna").await;
    let add = format!("{path}/supporters/{}", anna.id);
    let _: Case = piet.put_on(&add, case.version).await.ok();
    let refused = jan.put(&path, case.version, &json!({ "title": "Te laat" })).await;
    let current = refused.problem(ProblemCode::Stale).current.unwrap();
    assert_eq!(current["supporters"].as_array().unwrap().len(), 2);
    let coordinator = json!({ "employeeId": piet.id });
    let path = format!("{path}/coordinator");
    jan.put(&path, case.version, &coordinator).await.problem(ProblemCode::Stale);
    jan.request(Method::PUT, &path).json(&coordinator).send().await.problem(ProblemCode::VersionRequired);
}

/// Dates that nobody means are refused, on either database.
#[actix_web::test]
async fn dates_have_a_range_and_so_does_the_deadline() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (dossier, case) = office.case(&jan).await;
    let path = format!("/cases/{}", case.header.id);
    let open = |start: &str| {
        json!({ "dossierId": dossier.id, "caseTypeId": case.header.case_type.id, "title": "x",
            "startDate": start })
    };
    for day in ["-200000-01-01", "+12000-01-01", "1899-12-31", "2201-01-01"] {
        let task = json!({ "title": "x", "employeeId": jan.id, "dueDate": day });
        assert_eq!(jan.post(&format!("{path}/tasks"), &task).await.invalid_fields(), ["dueDate"], "{day}");
        let change = json!({ "title": "x", "targetDate": day });
        assert_eq!(jan.put(&path, case.version, &change).await.invalid_fields(), ["targetDate"], "{day}");
        assert_eq!(jan.post("/cases", &open(day)).await.invalid_fields(), ["startDate"], "{day}");
    }
    assert!(case.header.deadline.is_some());
    assert_eq!(jan.post("/cases", &open("2200-12-31")).await.invalid_fields(), ["startDate"]);
    let task = json!({ "title": "x", "employeeId": jan.id, "dueDate": "2200-12-31" });
    let task: Task = jan.post(&format!("{path}/tasks"), &task).await.ok();
    let change = json!({ "title": "x", "description": "", "dueDate": "9999-01-01" });
    let path = format!("/tasks/{}", task.id);
    assert_eq!(jan.put(&path, task.version, &change).await.invalid_fields(), ["dueDate"]);
}

/// C10: who edits the team of a case that changed meanwhile is shown that first, whatever else is wrong.
#[actix_web::test]
async fn a_stale_change_of_the_team_is_stale_before_anything_else() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    let path = format!("/cases/{}", case.header.id);
    let _: Case = jan.put(&path, case.version, &json!({ "title": "Anders" })).await.ok();
    office.deactivate(&piet).await;
    for who in [jan.id, piet.id] {
        let supporter = jan.request(Method::PUT, &format!("{path}/supporters/{who}")).seen(case.version);
        supporter.send().await.problem(ProblemCode::Stale);
        let change = json!({ "employeeId": who });
        jan.put(&format!("{path}/coordinator"), case.version, &change).await.problem(ProblemCode::Stale);
    }
}

#[actix_web::test]
async fn what_does_not_exist_is_reported_at_its_own_field() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (dossier, case) = office.case(&jan).await;
    let case_type = case.header.case_type.id;
    let nobody = office.admin().id;
    for (dossier, case_type, field) in
        [(json!(dossier.id), json!(nobody), "caseTypeId"), (json!(nobody), json!(case_type), "dossierId")]
    {
        let new = json!({ "dossierId": dossier, "caseTypeId": case_type, "title": "x" });
        assert_eq!(jan.post("/cases", &new).await.invalid_fields(), [field]);
    }
}
