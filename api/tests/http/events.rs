//! The log of every change (E1): who, what, which object, old and new; and nothing for what did not happen.

use awc::http::Method;
use contract::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Office, Person, Recorded, Response, World, person_rule};

/// A world and how much of its log was looked at.
struct Log {
    world: World,
    seen: usize,
}

impl Log {
    /// The events since the last look, in order.
    fn news(&mut self) -> Vec<Recorded> {
        let news: Vec<Recorded> = self.world.recorded().split_off(self.seen);
        self.seen += news.len();
        news
    }

    /// Exactly this one event was recorded since; returns it.
    #[track_caller]
    fn one(&mut self, by: &Person, kind: &str, object: impl Into<Uuid>) -> Recorded {
        let news = self.news();
        let kinds: Vec<&str> = news.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, [kind]);
        let event = news.into_iter().next().unwrap();
        assert_eq!((event.actor, event.object_id), (Some(by.id), Some(object.into())), "{kind}");
        let object_kind = kind.split_once('.').unwrap().0;
        assert_eq!(event.object_kind, object_kind, "{kind}");
        event
    }

    /// A refusal of this kind left nothing.
    #[track_caller]
    fn nothing(&mut self, refused: &Response, code: ProblemCode) {
        refused.problem(code);
        let news: Vec<String> = self.news().into_iter().map(|event| event.kind).collect();
        assert!(news.is_empty(), "{}: {news:?}", refused.request);
    }
}

async fn log() -> (Log, Office) {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let seen = world.recorded().len();
    (Log { world, seen }, office)
}

#[actix_web::test]
async fn changes_of_people_and_groups_are_recorded_with_old_and_new() {
    let (mut log, office) = log().await;
    let admin = office.admin();
    let new = json!({ "username": "jan", "name": "Jan", "email": "jan@zaanstad.test" });
    let jan: Employee = admin.post("/employees", &new).await.ok();
    let event = log.one(admin, "employee.created", jan.id);
    assert_eq!((&event.new["username"], &event.old), (&json!("jan"), &Value::Null));
    log.nothing(&admin.post("/employees", &new).await, ProblemCode::UsernameTaken);
    log.nothing(
        &admin.post("/employees", &json!({ "username": "", "name": "", "email": "" })).await,
        ProblemCode::InvalidInput,
    );

    let group: Group = admin.post("/groups", &json!({ "name": "Team", "memberIds": [jan.id] })).await.ok();
    let event = log.one(admin, "group.created", group.id);
    assert_eq!((&event.new["name"], &event.new["memberIds"][0]), (&json!("Team"), &json!(jan.id)));
    let path = format!("/groups/{}", group.id);
    let change = json!({ "name": "Ploeg", "memberIds": [], "workAgreements": "Zo" });
    let _: Group = admin.put(&path, 1, &change).await.ok();
    let event = log.one(admin, "group.updated", group.id);
    assert_eq!((&event.old["name"], &event.new["name"]), (&json!("Team"), &json!("Ploeg")));
    assert_eq!((&event.old["left"], &event.new["joined"]), (&json!([jan.id]), &json!([])));
    log.nothing(&admin.put(&path, 1, &change).await, ProblemCode::Stale);

    let _: Employee = office
        .change_employee(jan.id, |form| {
            form["email"] = json!("j@zaanstad.test");
            form["groupIds"] = json!([group.id]);
        })
        .await
        .ok();
    let event = log.one(admin, "employee.updated", jan.id);
    assert_eq!(event.old["account"]["email"], "jan@zaanstad.test");
    assert_eq!((&event.new["email"], &event.new["joined"]), (&json!("j@zaanstad.test"), &json!([group.id])));

    let path = format!("/employees/{}", jan.id);
    let left = json!({ "reason": "Met pensioen" });
    let _: Employee = admin.post(&format!("{path}/deactivation"), &left).await.ok();
    let event = log.one(admin, "employee.deactivated", jan.id);
    assert_eq!(event.reason.as_deref(), Some("Met pensioen"));
    assert_eq!((&event.old["state"], &event.new["state"]), (&json!("active"), &json!("deactivated")));
    log.nothing(&admin.post(&format!("{path}/deactivation"), &left).await, ProblemCode::Conflict);
    let _: Employee = admin.act(&format!("{path}/reactivation")).await.ok();
    let event = log.one(admin, "employee.reactivated", jan.id);
    assert_eq!((&event.old["state"], &event.new["state"]), (&json!("deactivated"), &json!("active")));
    // Who has a password and is active needs none of it.
    let again = format!("/employees/{}/reactivation", admin.id);
    log.nothing(&admin.act(&again).await, ProblemCode::Conflict);
    let own = format!("/employees/{}/deactivation", admin.id);
    log.nothing(&admin.post(&own, &json!({})).await, ProblemCode::LastAdministrator);

    let settings = json!({ "name": "Zaanstad", "email": "info@zaanstad.test", "defaultVisibility": "office",
        "onlyAdministratorsCreateDossiers": false });
    let _: contract::Office = admin.put("/office", 1, &settings).await.ok();
    let event = log.one(admin, "office.updated", office.id);
    assert_eq!(
        (&event.old["defaultVisibility"], &event.new["defaultVisibility"]),
        (&json!("restricted"), &json!("office"))
    );
    log.nothing(&admin.put("/office", 1, &settings).await, ProblemCode::Stale);

    let team = office.group("Team", &[admin]).await;
    let desk = office.group("Loket", &[admin]).await;
    log.news();
    let quiet =
        |groups: &[contract::GroupId]| json!({ "language": "en", "trayMails": false, "quietGroups": groups });
    let _: Preferences = admin.put("/me/preferences", 1, &quiet(&[team.id])).await.ok();
    let event = log.one(admin, "employee.preferences-updated", admin.id);
    assert_eq!((&event.old["trayMails"], &event.new["trayMails"]), (&json!(true), &json!(false)));
    assert_eq!((&event.old["quietGroups"], &event.new["quietGroups"]), (&json!([]), &json!([team.id])));
    let _: Preferences = admin.put("/me/preferences", 2, &quiet(&[desk.id])).await.ok();
    let event = log.one(admin, "employee.preferences-updated", admin.id);
    assert_eq!(
        (&event.old["quietGroups"], &event.new["quietGroups"]),
        (&json!([team.id]), &json!([desk.id]))
    );

    let client = json!({ "name": "Klant", "email": "klant@zaanstad.test" });
    let made: ClientGroup = admin.post("/client-groups", &client).await.ok();
    log.one(admin, "client-group.created", made.id);
    let path = format!("/client-groups/{}", made.id);
    let _: ClientGroup =
        admin.put(&path, 1, &json!({ "name": "Ander", "email": "klant@zaanstad.test" })).await.ok();
    let event = log.one(admin, "client-group.updated", made.id);
    assert_eq!((&event.old["name"], &event.new["name"]), (&json!("Klant"), &json!("Ander")));
}

#[actix_web::test]
async fn changes_of_dossiers_are_recorded_with_old_and_new() {
    let (mut log, office) = log().await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    log.news();
    let dossier: Dossier = jan.post("/dossiers", &json!({ "name": "Gezin" })).await.ok();
    let event = log.one(&jan, "dossier.created", dossier.id);
    assert_eq!((&event.new["name"], &event.new["number"]), (&json!("Gezin"), &json!(dossier.number)));
    let path = format!("/dossiers/{}", dossier.id);
    let change = json!({ "name": "Familie", "managerId": jan.id, "visibility": "office" });
    let _: Dossier = jan.put(&path, 1, &change).await.ok();
    let event = log.one(&jan, "dossier.updated", dossier.id);
    assert_eq!((&event.old["name"], &event.new["name"]), (&json!("Gezin"), &json!("Familie")));
    assert_eq!(event.old["visibility"], "restricted");
    log.nothing(&jan.put(&path, 1, &change).await, ProblemCode::Stale);

    let rules = format!("{path}/access-rules");
    let deny = json!({ "rules": [person_rule(&piet, Effect::Deny)] });
    let _: AccessRules = jan.put(&rules, 2, &deny).await.ok();
    let event = log.one(&jan, "dossier.rules-updated", dossier.id);
    assert_eq!((&event.old["rules"], &event.new["rules"][0]["effect"]), (&json!([]), &json!("deny")));
    log.nothing(&jan.put(&rules, 2, &deny).await, ProblemCode::Stale);
    // Somebody who may see it and not change it: the refusal itself is recorded, and no change (E3).
    let open = json!({ "rules": [person_rule(&piet, Effect::Allow)] });
    let _: AccessRules = jan.put(&rules, 3, &open).await.ok();
    log.one(&jan, "dossier.rules-updated", dossier.id);
    piet.put(&rules, 4, &deny).await.problem(ProblemCode::Forbidden);
    let refusal = log.news();
    assert_eq!(refusal.len(), 1);
    assert_eq!((refusal[0].kind.as_str(), refusal[0].actor), ("permission.refused", Some(piet.id)));
    assert_eq!(refusal[0].new["request"], format!("PUT /v1{rules}"));
}

#[actix_web::test]
async fn the_story_of_a_case_is_recorded_from_opening_to_reopening() {
    let (mut log, office) = log().await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let types = office.case_types().await;
    log.news();
    office.authorise(types[1].id, &[&jan]).await;
    let event = log.one(office.admin(), "case-type.authorisations-updated", types[1].id);
    assert_eq!((&event.old["employees"], &event.new["employeeIds"]), (&json!([]), &json!([jan.id])));
    let dossier = office.dossier(&jan, "Gezin").await;
    log.news();

    let new = json!({ "dossierId": dossier.id, "caseTypeId": types[1].id, "title": "Kaart" });
    let case: Case = jan.post("/cases", &new).await.ok();
    let id = case.header.id;
    let event = log.one(&jan, "case.opened", id);
    assert_eq!(
        (&event.new["number"], &event.new["coordinatorId"]),
        (&json!(case.header.number), &json!(jan.id))
    );
    let path = format!("/cases/{id}");
    let change = json!({ "title": "Andere kaart", "targetDate": "2031-01-01" });
    let _: Case = jan.put(&path, 1, &change).await.ok();
    let event = log.one(&jan, "case.updated", id);
    assert_eq!((&event.old["title"], &event.new["title"]), (&json!("Kaart"), &json!("Andere kaart")));
    log.nothing(&jan.put(&path, 1, &change).await, ProblemCode::Stale);

    let supporter = format!("{path}/supporters/{}", piet.id);
    let _: Case = jan.put_on(&supporter, 2).await.ok();
    assert_eq!(log.one(&jan, "case.supporter-added", id).new["employeeId"], json!(piet.id));
    log.nothing(&jan.put_on(&supporter, 2).await, ProblemCode::Stale);
    let _: Case = piet.put(&format!("{path}/coordinator"), 3, &json!({ "employeeId": piet.id })).await.ok();
    let event = log.one(&piet, "case.coordinator-changed", id);
    assert_eq!((&event.old["coordinatorId"], &event.new["coordinatorId"]), (&json!(jan.id), &json!(piet.id)));
    let _: Case = piet.delete_on(&format!("{path}/supporters/{}", jan.id), 4).await.ok();
    assert_eq!(log.one(&piet, "case.supporter-removed", id).old["employeeId"], json!(jan.id));

    let step = &case.steps[0];
    let of_step = format!("{path}/steps/{}", step.id);
    let write = json!({ "note": "Gebeld", "answers": [{ "checkId": step.checks[0].id, "answer": "yes" }] });
    log.nothing(&piet.act_on(&format!("{of_step}/closure"), 1).await, ProblemCode::Unfinished);
    let _: Step = piet.put(&of_step, 1, &write).await.ok();
    let event = log.one(&piet, "case.step-updated", id);
    assert_eq!((&event.old["note"], &event.new["note"]), (&json!(""), &json!("Gebeld")));
    assert_eq!(event.new["stepId"], json!(step.id));
    log.nothing(&piet.put(&of_step, 1, &write).await, ProblemCode::Stale);
    let _: Step = piet.act_on(&format!("{of_step}/closure"), 2).await.ok();
    assert_eq!(log.one(&piet, "case.step-closed", id).new["stepId"], json!(step.id));
    let reason = json!({ "reason": "Toch niet" });
    let _: Step = piet.post_on(&format!("{of_step}/reopening"), 3, &reason).await.ok();
    assert_eq!(log.one(&piet, "case.step-reopened", id).reason.as_deref(), Some("Toch niet"));
    let _: Step = piet.post_on(&format!("{of_step}/skip"), 4, &reason).await.ok();
    assert_eq!(log.one(&piet, "case.step-skipped", id).reason.as_deref(), Some("Toch niet"));

    let now = piet.case(id).await;
    let closure = format!("{path}/closure");
    let with_result = json!({ "resultTypeId": now.result_types[0].id });
    log.nothing(&piet.post_on(&closure, now.version, &with_result).await, ProblemCode::Unfinished);
    let error = json!({ "administrativeError": "Dubbel" });
    let _: Case = piet.post_on(&closure, now.version, &error).await.ok();
    let event = log.one(&piet, "case.closed", id);
    assert_eq!((event.reason.as_deref(), &event.new["administrativeError"]), (Some("Dubbel"), &json!(true)));
    log.nothing(&piet.put(&path, now.version + 1, &change).await, ProblemCode::Conflict);
    let _: Case = piet.post(&format!("{path}/reopening"), &reason).await.ok();
    assert_eq!(log.one(&piet, "case.reopened", id).reason.as_deref(), Some("Toch niet"));
}

#[actix_web::test]
async fn the_story_of_a_task_is_recorded_from_the_tray_to_its_end() {
    let (mut log, office) = log().await;
    let (jan, piet, anna) =
        (office.person("jan").await, office.person("piet").await, office.person("anna").await);
    let team = office.group("Team", &[&piet, &anna]).await;
    let (_, case) = office.case(&jan).await;
    log.news();
    let task = office.tray_task(&jan, &case, &team).await;
    let event = log.one(&jan, "task.created", task.id);
    assert_eq!(event.new["task"]["groupId"], json!(team.id));
    let path = format!("/tasks/{}", task.id);
    let text = json!({ "title": "Keuren", "description": "" });
    let _: Task = jan.put(&path, 1, &text).await.ok();
    let event = log.one(&jan, "task.updated", task.id);
    assert_eq!((&event.old["title"], &event.new["title"]), (&json!(task.title), &json!("Keuren")));
    log.nothing(&jan.put(&path, 1, &text).await, ProblemCode::Stale);
    let _: Task = piet.claim(&task).await.ok();
    let event = log.one(&piet, "task.claimed", task.id);
    assert_eq!((&event.old["trayId"], &event.new["employeeId"]), (&json!(team.id), &json!(piet.id)));
    log.nothing(&anna.claim(&task).await, ProblemCode::AlreadyClaimed);
    let _: Task = piet.act(&format!("{path}/release")).await.ok();
    let event = log.one(&piet, "task.released", task.id);
    assert_eq!((&event.old["employeeId"], &event.new["trayId"]), (&json!(piet.id), &json!(team.id)));
    let forward = json!({ "employeeId": anna.id, "note": "Voor jou" });
    assert_eq!(piet.forward(task.id, forward.clone()).await.status, 204);
    let event = log.one(&piet, "task.forwarded", task.id);
    assert_eq!((&event.old["trayId"], &event.new["employeeId"]), (&json!(team.id), &json!(anna.id)));
    log.nothing(&anna.forward(task.id, forward).await, ProblemCode::Conflict);
    log.nothing(
        &anna.forward(task.id, json!({ "employeeId": EmployeeId::new() })).await,
        ProblemCode::NotEligible,
    );
    let done = json!({ "result": "Gekeurd" });
    let _: Task = anna.post(&format!("{path}/completion"), &done).await.ok();
    assert_eq!(log.one(&anna, "task.completed", task.id).new["result"], "Gekeurd");
    log.nothing(&anna.post(&format!("{path}/completion"), &done).await, ProblemCode::Conflict);

    let other = office.tray_task(&jan, &case, &team).await;
    let mine = jan.give_task(&case, &jan).await;
    log.news();
    let error = json!({ "administrativeError": "Dubbel" });
    let closure = format!("/cases/{}/closure", case.header.id);
    let _: Case = jan.post_on(&closure, case.version, &error).await.ok();
    let news = log.news();
    let kinds: Vec<&str> = news.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["case.closed", "task.withdrawn", "task.withdrawn"]);
    assert_eq!((news[1].object_id, &news[1].old["trayId"]), (Some(other.id.0), &json!(team.id)));
    assert_eq!((news[2].object_id, &news[2].old["holderId"]), (Some(mine.id.0), &json!(jan.id)));
}

#[actix_web::test]
async fn reading_changes_nothing_and_a_repeated_request_is_one_change() {
    let (mut log, office) = log().await;
    let jan = office.person("jan").await;
    let (dossier, case) = office.case(&jan).await;
    log.news();
    for path in [
        "/me".to_owned(),
        "/dossiers".to_owned(),
        format!("/dossiers/{}", dossier.id),
        format!("/cases/{}", case.header.id),
        "/tasks".to_owned(),
        "/trays".to_owned(),
        "/me/preferences".to_owned(),
    ] {
        assert_eq!(jan.get(&path).await.status, 200);
    }
    assert!(log.news().is_empty());
    let path = format!("/cases/{}/tasks", case.header.id);
    let post = || {
        jan.request(Method::POST, &path)
            .header("Idempotency-Key", "een")
            .json(&json!({ "title": "x", "employeeId": jan.id }))
            .send()
    };
    let (first, again): (Task, Task) = (post().await.ok(), post().await.ok());
    assert_eq!(first, again);
    log.one(&jan, "task.created", first.id);
}

/// E3: a refusal on security is recorded also where the answer does not tell that it is one.
#[actix_web::test]
async fn denials_that_look_like_nothing_there_are_recorded() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan) = (office.person("boss").await, office.person("jan").await);
    let (dossier, case) = office.case(&boss).await;
    let task = boss.give_task(&case, &boss).await;
    let refused = || {
        let all = world.recorded().into_iter().filter(|event| event.kind == "permission.refused");
        all.map(|event| (event.actor, event.new["request"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
    };
    let paths = [
        format!("/dossiers/{}", dossier.id),
        format!("/cases/{}", case.header.id),
        format!("/tasks/{}", task.id),
    ];
    // Merely not granted, or not there: nothing.
    for path in &paths {
        jan.get(path).await.problem(ProblemCode::NotFound);
    }
    assert!(refused().is_empty());
    office.rules(&dossier, &[person_rule(&jan, Effect::Deny)]).await;
    for path in &paths {
        jan.get(path).await.problem(ProblemCode::NotFound);
    }
    let expected: Vec<_> = paths.iter().map(|path| (Some(jan.id), format!("GET /v1{path}"))).collect();
    assert_eq!(refused(), expected);

    // Also where it is but a part of what was asked, or is told in other words.
    let order = json!({ "dossierIds": [dossier.id], "employeeIds": [boss.id], "action": "deny" });
    for path in ["/access-rules/preview", "/access-rules"] {
        let answer = jan.post(path, &order).await;
        assert!(answer.status.is_success(), "{path}");
        assert_eq!(refused().last(), Some(&(Some(jan.id), format!("POST /v1{path}"))));
    }
    let new = json!({ "dossierId": dossier.id, "caseTypeId": case.header.case_type.id, "title": "x" });
    assert_eq!(jan.post("/cases", &new).await.invalid_fields(), ["dossierId"]);
    assert_eq!(refused().len(), 6);
    assert_eq!(refused().last(), Some(&(Some(jan.id), "POST /v1/cases".to_owned())));

    let before = world.recorded().len();
    let refresh = world.anyone.request(Method::POST, "/v1/sessions/refresh");
    let refresh = refresh.header("Cookie", "__Host-werkbak-session=x");
    let answer = refresh.header("Sec-Fetch-Site", "cross-site").send().await;
    answer.problem(ProblemCode::Forbidden);
    assert_eq!(world.recorded()[before].kind, "session.cross-site-refused");
}
