//! `/v1/tasks`: T1, T2, T4, T7.

use awc::http::StatusCode;
use contract::*;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{World, group_rule, person_rule};

#[actix_web::test]
async fn of_a_hundred_simultaneous_claims_exactly_one_wins_and_the_others_learn_who() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let mut members = Vec::new();
    for number in 0..20 {
        members.push(office.person(&format!("lid{number}")).await);
    }
    let group = office.group("Wijkteam", &members.iter().collect::<Vec<_>>()).await;
    let (_, case) = office.case(&jan).await;
    let task = office.tray_task(&jan, &case, &group).await;

    let answers = join_all((0..100).map(|turn| members[turn % members.len()].claim(&task))).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == StatusCode::OK);
    assert_eq!((won.len(), lost.len()), (1, 99));
    let holder = won[0].ok::<Task>().holder.expect("a holder");
    for answer in lost {
        let problem = answer.problem(ProblemCode::AlreadyClaimed);
        assert_eq!(problem.holder, Some(holder.clone()));
        assert_eq!(problem.detail, format!("{} heeft deze taak al opgepakt.", holder.name));
    }
    let now = jan.task(task.id).await;
    assert_eq!((now.holder, now.tray, now.version), (Some(holder.clone()), None, task.version + 1));
    let claims: Vec<_> = world.events().into_iter().filter(|event| event.kind == "task.claimed").collect();
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0].actor, Some(holder.id));
}

#[actix_web::test]
async fn the_case_team_makes_tasks_for_a_colleague_or_for_a_tray() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let group = office.group("Wijkteam", &[&piet]).await;
    let (_, case) = office.case(&jan).await;
    office.support(&jan, &case, &piet).await;
    let path = format!("/cases/{}/tasks", case.header.id);

    let new = json!({ "title": " Keuring ", "description": "Bij de arts", "dueDate": "2031-02-28",
        "employeeId": piet.id });
    let answer = piet.post(&path, &new).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let task: Task = answer.ok();
    assert_eq!(answer.header("location"), Some(format!("/v1/tasks/{}", task.id).as_str()));
    assert_eq!((task.title.as_str(), task.description.as_str()), ("Keuring", "Bij de arts"));
    assert_eq!(task.due_date, Some("2031-02-28".parse().unwrap()));
    assert_eq!(task.holder.as_ref().map(|holder| holder.id), Some(piet.id));
    assert_eq!((task.tray.as_ref(), task.origin.as_ref()), (None, None));
    assert_eq!((task.of_case.id, task.created_by.id), (case.header.id, piet.id));
    let task: Task = jan.post(&path, &json!({ "title": "Keuring", "groupId": group.id })).await.ok();
    assert_eq!((task.holder.as_ref(), task.tray.as_ref().map(|tray| tray.id)), (None, Some(group.id)));

    let both = json!({ "title": "x", "employeeId": piet.id, "groupId": group.id });
    assert_eq!(jan.post(&path, &both).await.invalid_fields(), ["groupId"]);
    assert_eq!(jan.post(&path, &json!({ "title": " " })).await.invalid_fields(), ["title", "groupId"]);
    let long = json!({ "title": "x".repeat(201), "groupId": group.id });
    assert_eq!(jan.post(&path, &long).await.invalid_fields(), ["title"]);
    assert_eq!(jan.pages::<Task>(&path, 10).await.len(), 2);

    // Only the team sees all tasks of a case and makes new ones; the dossier alone is not enough (C4, C6).
    let kees = office.person("kees").await;
    let dossier = jan.get(&format!("/dossiers/{}", case.header.dossier.id)).await.ok();
    office.rules(&dossier, &[person_rule(&kees, Effect::Allow)]).await;
    kees.post(&path, &new).await.problem(ProblemCode::Forbidden);
    kees.get(&path).await.problem(ProblemCode::Forbidden);
    office.admin().post(&path, &new).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn only_the_holder_completes_or_releases_and_a_finished_task_stays_as_it_is() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, anna) =
        (office.person("jan").await, office.person("piet").await, office.person("anna").await);
    let group = office.group("Wijkteam", &[&piet, &anna]).await;
    let (_, case) = office.case(&jan).await;
    let task = office.tray_task(&jan, &case, &group).await;
    let path = |what: &str| format!("/tasks/{}/{what}", task.id);
    let done = json!({ "result": "Gekeurd" });

    // In the tray it is nobody's to complete or release.
    piet.post(&path("completion"), &done).await.problem(ProblemCode::Forbidden);
    piet.act(&path("release")).await.problem(ProblemCode::Forbidden);
    // The case team is not the group.
    jan.claim(&task).await.problem(ProblemCode::Forbidden);
    let claimed: Task = piet.claim(&task).await.ok();
    assert_eq!(claimed.origin.as_ref().map(|origin| origin.id), Some(group.id));
    assert!(claimed.may.release && claimed.may.complete && claimed.may.forward && !claimed.may.claim);
    jan.post(&path("completion"), &done).await.problem(ProblemCode::Forbidden);
    jan.act(&path("release")).await.problem(ProblemCode::Forbidden);
    // Who could have claimed it no longer sees it, but learns who has it.
    anna.get(&format!("/tasks/{}", task.id)).await.problem(ProblemCode::NotFound);
    anna.post(&path("completion"), &done).await.problem(ProblemCode::NotFound);
    assert_eq!(anna.claim(&task).await.problem(ProblemCode::AlreadyClaimed).holder.unwrap().id, piet.id);

    let back: Task = piet.act(&path("release")).await.ok();
    assert_eq!((back.holder, back.tray.map(|tray| tray.id)), (None, Some(group.id)));
    assert_eq!(anna.claim(&task).await.ok::<Task>().holder.unwrap().id, anna.id);
    assert_eq!(anna.post(&path("completion"), &json!({ "result": " " })).await.invalid_fields(), ["result"]);
    let task_done: Task = anna.post(&path("completion"), &done).await.ok();
    assert_eq!(task_done.state, TaskState::Completed);
    assert_eq!(task_done.result.as_deref(), Some("Gekeurd"));
    assert_eq!(task_done.finished_by.unwrap().id, anna.id);
    assert!(task_done.finished_at.is_some());

    anna.post(&path("completion"), &done).await.problem(ProblemCode::Conflict);
    anna.act(&path("release")).await.problem(ProblemCode::Conflict);
    anna.forward(task.id, json!({ "employeeId": piet.id })).await.problem(ProblemCode::Conflict);
    // Whoever asks, it is finished, not claimed by a colleague: the holder, another member, the case team.
    for who in [&anna, &piet] {
        let refused = who.claim(&task).await.problem(ProblemCode::Conflict);
        assert_eq!(refused.detail, "Deze taak is al afgerond of ingetrokken.", "{}", who.name);
    }
    assert_eq!(anna.pages::<TaskSummary>("/tasks?state=open", 10).await.len(), 0);
    assert_eq!(anna.pages::<TaskSummary>("/tasks?state=completed", 10).await.len(), 1);
    assert_eq!(jan.task(task.id).await.version, task_done.version);
}

#[actix_web::test]
async fn a_task_given_to_a_person_has_no_tray_to_go_back_to() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    let task = jan.give_task(&case, &piet).await;
    assert!(!piet.task(task.id).await.may.release);
    piet.act(&format!("/tasks/{}/release", task.id)).await.problem(ProblemCode::Forbidden);
    piet.claim(&task).await.problem(ProblemCode::AlreadyClaimed);
}

#[actix_web::test]
async fn holder_tray_members_and_case_team_forward_and_nobody_else() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (piet, anna) = (office.person("piet").await, office.person("anna").await);
    let kees = office.person_with("kees", &[Role::Superuser, Role::Helpdesk]).await;
    let (team, desk) = (office.group("Wijkteam", &[&piet]).await, office.group("Loket", &[&anna]).await);
    let (_, case) = office.case(&jan).await;
    let task = office.tray_task(&jan, &case, &team).await;

    // Not a member of the tray's group, not in the case: whatever the role.
    let to_anna = json!({ "employeeId": anna.id, "note": " Voor jou " });
    for outsider in [&anna, &kees, office.admin()] {
        outsider.forward(task.id, to_anna.clone()).await.problem(ProblemCode::NotFound);
    }
    // A member, straight from the tray; they no longer see it, and the note goes along.
    assert_eq!(piet.forward(task.id, to_anna.clone()).await.status, StatusCode::NO_CONTENT);
    let with_anna = anna.task(task.id).await;
    assert_eq!(with_anna.note.as_deref(), Some("Voor jou"));
    assert_eq!(with_anna.origin.as_ref().map(|origin| origin.id), Some(team.id));
    piet.forward(task.id, to_anna.clone()).await.problem(ProblemCode::NotFound);
    anna.forward(task.id, to_anna).await.problem(ProblemCode::Conflict);
    // Not for me: back to the tray it came from, in one click.
    let back = anna.act(&format!("/tasks/{}/release", task.id)).await;
    assert_eq!(back.status, StatusCode::NO_CONTENT);
    assert_eq!(piet.task(task.id).await.tray.unwrap().id, team.id);
    // The case team, to another tray; from there it goes back to that one.
    let moved: Task = jan.forward(task.id, json!({ "groupId": desk.id })).await.ok();
    assert_eq!((moved.tray.unwrap().id, moved.origin.unwrap().id, moved.note), (desk.id, desk.id, None));
    piet.claim(&task).await.problem(ProblemCode::NotFound);
    assert_eq!(anna.claim(&task).await.status, StatusCode::OK);
    // Exactly one destination, and one that exists.
    let wrong = json!({ "employeeId": piet.id, "groupId": desk.id });
    assert_eq!(anna.forward(task.id, wrong).await.invalid_fields(), ["groupId"]);
    assert_eq!(
        anna.forward(task.id, json!({ "groupId": GroupId::new() })).await.invalid_fields(),
        ["groupId"]
    );
    let long = json!({ "groupId": team.id, "note": "x".repeat(2001) });
    assert_eq!(anna.forward(task.id, long).await.invalid_fields(), ["note"]);
    let gone = anna.forward(task.id, json!({ "groupId": team.id })).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
}

#[actix_web::test]
async fn nobody_inactive_or_explicitly_denied_is_given_a_task() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (left, denied, outsider) =
        (office.person("left").await, office.person("denied").await, office.person("outsider").await);
    let external = office.group("Extern", &[&outsider]).await;
    office.deactivate(&left).await;
    let locked = office.account("locked", &[]);
    for _ in 0..11 {
        world.anyone.sign_in("locked@zaanstad", "wrong").await;
    }
    let elsewhere = world.office("almere").await;
    let stranger = elsewhere.person("vreemd").await;
    let (dossier, case) = office.case(&jan).await;
    office.rules(&dossier, &[person_rule(&denied, Effect::Deny), group_rule(&external, Effect::Deny)]).await;
    let task = jan.give_task(&case, &jan).await;

    let tasks = format!("/cases/{}/tasks", case.header.id);
    for id in [left.id, denied.id, outsider.id, locked, stranger.id, EmployeeId::new()] {
        let refused = jan.forward(task.id, json!({ "employeeId": id })).await;
        let refused = refused.problem(ProblemCode::NotEligible);
        let new = jan.post(&tasks, &json!({ "title": "x", "employeeId": id })).await;
        assert_eq!(new.problem(ProblemCode::NotEligible).detail, refused.detail);
        // Of another office is no different from nowhere (P1).
        let colleague = [left.id, denied.id, outsider.id, locked].contains(&id);
        assert_eq!(refused.detail == "Deze collega bestaat niet.", !colleague);
    }
    assert_eq!(jan.task(task.id).await, task);
    assert_eq!(jan.pages::<Task>(&tasks, 10).await.len(), 1);
}

#[actix_web::test]
async fn an_explicit_denial_hides_a_task_in_tray_count_and_detail() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (piet, anna, kees) =
        (office.person("piet").await, office.person("anna").await, office.person("kees").await);
    let team = office.group("Wijkteam", &[&piet, &anna]).await;
    let external = office.group("Extern", &[&anna]).await;
    let (dossier, case) = office.case(&jan).await;
    let (_, other) = office.case(&jan).await;
    let hidden = office.tray_task(&jan, &case, &team).await;
    let new = json!({ "title": "Te laat", "groupId": team.id, "dueDate": "2020-01-01" });
    let late: Task = jan.post(&format!("/cases/{}/tasks", other.header.id), &new).await.ok();
    office.rules(&dossier, &[group_rule(&external, Effect::Deny)]).await;

    for (person, visible) in [(&piet, vec![hidden.id, late.id]), (&anna, vec![late.id])] {
        let tasks: Vec<TaskSummary> = person.pages(&format!("/trays/{}/tasks", team.id), 1).await;
        assert_eq!(tasks.iter().map(|task| task.id).collect::<Vec<_>>(), visible, "{}", person.name);
        let trays: Page<Tray> = person.get("/trays").await.ok();
        let tray = trays.items.iter().find(|tray| tray.group.id == team.id).unwrap();
        assert_eq!((tray.open_tasks as usize, tray.overdue_tasks), (visible.len(), 1));
        let detail = person.get(&format!("/tasks/{}", hidden.id)).await;
        assert_eq!(detail.status.is_success(), visible.contains(&hidden.id));
    }
    anna.claim(&hidden).await.problem(ProblemCode::NotFound);
    anna.forward(hidden.id, json!({ "employeeId": piet.id })).await.problem(ProblemCode::NotFound);
    // Once a colleague has it, who is denied does not even learn who.
    assert_eq!(piet.claim(&hidden).await.status, StatusCode::OK);
    anna.claim(&hidden).await.problem(ProblemCode::NotFound);
    // A tray is its members' own; that of another group is not to be seen, that of nowhere does not exist.
    kees.get(&format!("/trays/{}/tasks", team.id)).await.problem(ProblemCode::Forbidden);
    kees.get(&format!("/trays/{}/tasks", GroupId::new())).await.problem(ProblemCode::NotFound);
    assert!(kees.get("/trays").await.ok::<Page<Tray>>().items.is_empty());
    kees.get(&format!("/tasks/{}", late.id)).await.problem(ProblemCode::NotFound);
    kees.claim(&late).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn the_text_of_a_task_is_the_case_teams_and_a_stale_change_loses_nothing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, anna) =
        (office.person("jan").await, office.person("piet").await, office.person("anna").await);
    let (_, case) = office.case(&jan).await;
    office.support(&jan, &case, &anna).await;
    let task = jan.give_task(&case, &piet).await;
    let path = format!("/tasks/{}", task.id);
    let text = |title: &str| json!({ "title": title, "description": "" });
    piet.put(&path, task.version, &text("Van piet")).await.problem(ProblemCode::Forbidden);
    let changed: Task = anna.put(&path, task.version, &text("Van anna")).await.ok();
    assert_eq!((changed.title.as_str(), changed.version), ("Van anna", task.version + 1));
    let stale = jan.put(&path, task.version, &text("Van jan")).await.problem(ProblemCode::Stale);
    let current: Task = serde_json::from_value(stale.current.unwrap()).unwrap();
    assert_eq!(current.title, "Van anna");
    assert_eq!(piet.task(task.id).await.title, "Van anna");
    // Its text may change while it changes hands: the version notices that, too.
    assert_eq!(jan.forward(task.id, json!({ "employeeId": anna.id })).await.status, StatusCode::OK);
    anna.put(&path, changed.version, &text("Nog eens")).await.problem(ProblemCode::Stale);
}

#[actix_web::test]
async fn of_two_who_forward_a_task_at_once_the_second_learns_where_it_is() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (piet, anna, kees) =
        (office.person("piet").await, office.person("anna").await, office.person("kees").await);
    let team = office.group("Wijkteam", &[&piet]).await;
    let (_, case) = office.case(&jan).await;
    office.support(&jan, &case, &anna).await;
    let task = office.tray_task(&jan, &case, &team).await;
    let to = |who: &crate::support::Person| json!({ "employeeId": who.id });
    // All three saw it in the tray.
    let answers =
        join_all([&jan, &anna, &jan].map(|who| who.forward_seen(task.id, task.version, to(&kees)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == StatusCode::OK).count(), 1);
    for late in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
        let current: Task =
            serde_json::from_value(late.problem(ProblemCode::Stale).current.unwrap()).unwrap();
        assert_eq!(current.holder.unwrap().id, kees.id);
    }
    assert_eq!(kees.task(task.id).await.version, task.version + 1);
    // Who does not say what they saw is asked to; who may not do it does not learn how.
    let path = format!("/tasks/{}/forward", task.id);
    jan.post(&path, &to(&anna)).await.problem(ProblemCode::VersionRequired);
    piet.post(&path, &to(&anna)).await.problem(ProblemCode::NotFound);
}
