//! `/v1/support-sessions`: the platform's helpdesk in another office (P3).

use awc::http::{Method, StatusCode};
use chrono::TimeDelta;
use contract::*;
use diesel::prelude::*;
use serde_json::{Value, json};
use werkbak::db::schema::{events, support_sessions};

use crate::access_matrix::TABLE;
use crate::support::{Office, Person, World};

/// The operations that count during a support session, besides one's own session.
const IN_SUPPORT: &[(&str, &str)] = &[
    ("GET", "/employees"),
    ("GET", "/employees/{employeeId}"),
    ("POST", "/employees/{employeeId}/deactivation"),
    ("POST", "/employees/{employeeId}/reactivation"),
    ("GET", "/locked-accounts"),
    ("GET", "/groups"),
    ("GET", "/groups/{groupId}"),
    ("GET", "/groups/{groupId}/inventory"),
    ("POST", "/groups/{groupId}/deletion/preview"),
    ("POST", "/groups/{groupId}/deletion"),
    ("GET", "/client-groups"),
    ("GET", "/client-groups/{clientGroupId}"),
    ("POST", "/client-groups/{clientGroupId}/deletion/preview"),
    ("POST", "/client-groups/{clientGroupId}/deletion"),
];

/// The person's own session, which every session has.
const OWN: &[(&str, &str)] = &[
    ("GET", "/me"),
    ("GET", "/me/sessions"),
    ("DELETE", "/me/sessions"),
    ("DELETE", "/me/sessions/{sessionId}"),
    ("DELETE", "/sessions/current"),
    ("GET", "/support-sessions/current"),
    ("DELETE", "/support-sessions/current"),
    ("POST", "/support-sessions"),
];

struct Stage {
    world: World,
    platform: Office,
    zaanstad: Office,
    helper: Person,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let platform = world.office("platform").await;
    world.platform(&platform);
    let zaanstad = world.office("zaanstad").await;
    let helper = platform.person_with("helper", &[Role::Helpdesk]).await;
    Stage { world, platform, zaanstad, helper }
}

fn visit(minutes: u32) -> Value {
    json!({ "officeCode": "ZAANSTAD", "reason": "Melding 1234: beheerder is ziek", "minutes": minutes })
}

async fn go(helper: &Person) -> SupportSession {
    helper.post("/support-sessions", &visit(30)).await.ok()
}

#[actix_web::test]
async fn the_platforms_helpdesk_helps_in_another_office_and_everything_is_recorded_there() {
    let stage = stage().await;
    let jan = stage.zaanstad.person("jan").await;
    stage.helper.get(&format!("/employees/{}", jan.id)).await.problem(ProblemCode::NotFound);
    assert!(stage.helper.get("/me").await.ok::<Me>().may.open_support_sessions);

    let answer = stage.helper.post("/support-sessions", &visit(30)).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("location"), Some("/v1/support-sessions/current"));
    let session: SupportSession = answer.ok();
    assert_eq!((session.office.code.as_str(), session.helpdesk.code.as_str()), ("zaanstad", "platform"));
    assert_eq!(session.expires_at - session.started_at, TimeDelta::minutes(30));
    assert_eq!(stage.helper.get("/support-sessions/current").await.ok::<SupportSession>(), session);
    stage.helper.post("/support-sessions", &visit(30)).await.problem(ProblemCode::Conflict);

    // Who they are stays; where they act and what they may does not.
    let me: Me = stage.helper.get("/me").await.ok();
    assert_eq!((me.id, me.office.code.as_str()), (stage.helper.id, "platform"));
    assert_eq!(me.support.as_ref(), Some(&session));
    assert!(me.may.manage_accounts && !me.may.administer && !me.may.create_dossiers);
    let people: Page<Employee> = stage.helper.get("/employees").await.ok();
    let names: Vec<&str> = people.items.iter().map(|person| person.username.as_str()).collect();
    assert_eq!(names, ["beheer", "jan"]);
    assert!(people.items.iter().all(|person| person.account.is_some()));

    let path = format!("/employees/{}", jan.id);
    let off: Employee = stage.helper.post(&format!("{path}/deactivation"), &json!({})).await.ok();
    assert_eq!(off.state, EmployeeState::Deactivated);
    let on: Employee = stage.helper.act(&format!("{path}/reactivation")).await.ok();
    assert_eq!(on.state, EmployeeState::Active);
    assert_eq!(stage.world.told("reactivation", 0), [jan.id]);
    // Their own office is closed meanwhile.
    let home = format!("/employees/{}", stage.platform.admin().id);
    stage.helper.get(&home).await.problem(ProblemCode::NotFound);

    assert_eq!(stage.helper.delete("/support-sessions/current").await.status, StatusCode::NO_CONTENT);
    stage.helper.delete("/support-sessions/current").await.problem(ProblemCode::NotFound);
    stage.helper.get(&path).await.problem(ProblemCode::NotFound);
    assert!(stage.helper.get("/me").await.ok::<Me>().support.is_none());

    // The office reads all of it.
    let listed: Page<SupportSession> = stage.zaanstad.admin().get("/support-sessions").await.ok();
    assert_eq!(listed.items.len(), 1);
    assert_eq!((listed.items[0].id, listed.items[0].reason.as_str()), (session.id, session.reason.as_str()));
    assert!(listed.items[0].ended_at.is_some());
    assert_eq!(listed.items[0].employee.name, "Helper");
    let elsewhere: Page<SupportSession> = stage.platform.admin().get("/support-sessions").await.ok();
    assert!(elsewhere.items.is_empty());
    let recorded: Vec<(String, Option<EmployeeId>, Option<String>)> = events::table
        .filter(events::office_id.eq(stage.zaanstad.id))
        .filter(events::support_session_id.eq(session.id))
        .order(events::id.asc())
        .select((events::kind, events::actor_id, events::reason))
        .load(&mut stage.world.database.connect())
        .unwrap();
    let kinds: Vec<&str> = recorded.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["support-session.opened", "employee.deactivated", "employee.reactivated", "support-session.ended"]
    );
    assert!(recorded.iter().all(|(_, actor, _)| *actor == Some(stage.helper.id)));
    assert_eq!(recorded[0].2.as_deref(), Some("Melding 1234: beheerder is ziek"));
}

#[actix_web::test]
async fn only_the_platforms_helpdesk_opens_one_and_says_why() {
    let stage = stage().await;
    let local = stage.zaanstad.person_with("helpdesk", &[Role::Helpdesk]).await;
    let other = stage.platform.person_with("iemand", &[Role::LocalAdmin, Role::Superuser]).await;
    for who in [&local, &other, stage.platform.admin()] {
        who.post("/support-sessions", &visit(30)).await.problem(ProblemCode::Forbidden);
        assert!(!who.get("/me").await.ok::<Me>().may.open_support_sessions);
    }
    let fields = |answer: crate::support::Response| answer.invalid_fields();
    let try_one = |body: Value| stage.helper.request(Method::POST, "/support-sessions").json(&body).send();
    assert_eq!(
        fields(try_one(json!({ "officeCode": " ", "reason": " ", "minutes": 61 })).await),
        ["officeCode", "reason", "minutes"]
    );
    let body = |code: &str| json!({ "officeCode": code, "reason": "x" });
    assert_eq!(fields(try_one(body("nergens")).await), ["officeCode"]);
    assert_eq!(fields(try_one(body("platform")).await), ["officeCode"]);
    assert_eq!(
        fields(try_one(json!({ "officeCode": "zaanstad", "reason": "x", "minutes": 0 })).await),
        ["minutes"]
    );
    let longest: SupportSession = try_one(body("zaanstad")).await.ok();
    assert_eq!(longest.expires_at - longest.started_at, TimeDelta::minutes(60));
}

/// Every operation, during a support session: those of the helpdesk and one's own session count, all others
/// are refused, whatever they are about.
#[actix_web::test]
async fn nothing_but_accounts_and_groups_counts_in_a_support_session() {
    let stage = stage().await;
    let jan = stage.zaanstad.person("jan").await;
    let group = stage.zaanstad.group("Team", &[&jan]).await;
    let (dossier, case) = stage.zaanstad.case(&jan).await;
    let task = stage.zaanstad.tray_task(&jan, &case, &group).await;
    let (message, party) = stage.zaanstad.message_and_party(&jan, dossier.id).await;
    let client: ClientGroup = stage
        .zaanstad
        .admin()
        .post("/client-groups", &json!({ "name": "K", "email": "k@k.test" }))
        .await
        .ok();
    let ids = [
        ("{employeeId}", jan.id.to_string()),
        ("{groupId}", group.id.to_string()),
        ("{clientGroupId}", client.id.to_string()),
        ("{dossierId}", dossier.id.to_string()),
        ("{dossierNumber}", dossier.number.clone()),
        ("{messageId}", message.id.to_string()),
        ("{partyId}", party.id.to_string()),
        ("{caseTypeId}", case.header.case_type.id.to_string()),
        ("{caseId}", case.header.id.to_string()),
        ("{stepId}", case.steps[0].id.to_string()),
        ("{taskId}", task.id.to_string()),
        ("{kind}", "employees".to_owned()),
        ("{list}", "employees".to_owned()),
    ];
    go(&stage.helper).await;
    for (method, template, _) in TABLE {
        // Nobody's session counts there.
        let anonymous =
            ["/sessions", "/sessions/refresh", "/password-resets", "/sign-in-help"].contains(template);
        if anonymous || OWN.contains(&(*method, *template)) {
            continue;
        }
        let path = ids.iter().fold((*template).to_owned(), |path, (name, id)| path.replace(name, id));
        let request = stage.helper.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
        // This one reads its body first.
        let request = match *template {
            "/me/password" => request.json(&json!({ "password": "x" })),
            _ => request.nonsense(&path),
        };
        let answer = request.send().await;
        if IN_SUPPORT.contains(&(*method, *template)) {
            assert!([200, 400, 409].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.status);
        } else {
            let problem = answer.problem(ProblemCode::Forbidden);
            assert!(problem.detail.contains("ondersteuningssessie"), "{method} {path}: {}", problem.detail);
        }
    }
    // Refusals, too, are recorded in the office that is helped (E3).
    let refusals: i64 = events::table
        .filter(events::office_id.eq(stage.zaanstad.id))
        .filter(events::kind.eq("permission.refused"))
        .filter(events::support_session_id.is_not_null())
        .count()
        .get_result(&mut stage.world.database.connect())
        .unwrap();
    assert!(refusals > 20, "{refusals}");
}

#[actix_web::test]
async fn another_session_and_another_office_are_not_touched_by_it() {
    let stage = stage().await;
    let almere = stage.world.office("almere").await;
    let theirs = almere.person("piet").await;
    let second = stage.platform.sign_in(stage.helper.id, "helper").await;
    go(&stage.helper).await;
    stage.helper.get(&format!("/employees/{}", theirs.id)).await.problem(ProblemCode::NotFound);
    let act = format!("/employees/{}/deactivation", theirs.id);
    stage.helper.post(&act, &json!({})).await.problem(ProblemCode::NotFound);
    // A second session of the same person is at home.
    assert!(second.get("/me").await.ok::<Me>().support.is_none());
    let at_home: Page<Employee> = second.get("/employees?q=helper").await.ok();
    assert_eq!(at_home.items[0].id, stage.helper.id);
}

#[actix_web::test]
async fn it_ends_by_itself_by_signing_out_and_with_the_role() {
    let stage = stage().await;
    let session = go(&stage.helper).await;
    let before = session.expires_at.naive_utc() - TimeDelta::hours(2);
    diesel::update(support_sessions::table.find(session.id))
        .set(support_sessions::expires_at.eq(before))
        .execute(&mut stage.world.database.connect())
        .unwrap();
    assert!(stage.helper.get("/me").await.ok::<Me>().support.is_none());
    stage.helper.get("/support-sessions/current").await.problem(ProblemCode::NotFound);
    let listed: Page<SupportSession> = stage.zaanstad.admin().get("/support-sessions").await.ok();
    assert_eq!(listed.items[0].ended_at, Some(before.and_utc()));

    // After it another one can begin; signing out ends that.
    let session = go(&stage.helper).await;
    assert_eq!(stage.helper.delete("/sessions/current").await.status, StatusCode::NO_CONTENT);
    let listed: Page<SupportSession> = stage.zaanstad.admin().get("/support-sessions").await.ok();
    assert!(listed.items[0].id == session.id && listed.items[0].ended_at.is_some());
    let closed: Vec<Option<OfficeId>> = events::table
        .filter(events::kind.eq("session.closed"))
        .select(events::office_id)
        .load(&mut stage.world.database.connect())
        .unwrap();
    assert_eq!(closed, [Some(stage.platform.id)]);

    // Whoever is no longer of the helpdesk is at home at once.
    let helper = stage.platform.sign_in(stage.helper.id, "helper").await;
    go(&helper).await;
    stage.platform.change_employee(helper.id, |form| form["roles"] = json!([])).await.ok::<Employee>();
    let me: Me = helper.get("/me").await.ok();
    assert!(me.support.is_none() && !me.may.manage_accounts);
    let people: Page<Employee> = helper.get("/employees?q=helper").await.ok();
    assert_eq!(people.items[0].id, helper.id);
    assert!(people.items[0].account.is_none());
}

/// P4 holds for the helpdesk, too: what would be left behind is told with numbers only, and a plan may pass it
/// to colleagues of that office, not to the helper.
#[actix_web::test]
async fn work_is_handed_over_within_the_office_only() {
    let stage = stage().await;
    let jan = stage.zaanstad.person("jan").await;
    let fatma = stage.zaanstad.person("fatma").await;
    let (dossier, case) = stage.zaanstad.case(&jan).await;
    go(&stage.helper).await;
    let path = format!("/employees/{}/deactivation", jan.id);
    let answer = stage.helper.post(&path, &json!({})).await;
    let problem = answer.problem(ProblemCode::WouldStrandWork);
    assert_eq!(problem.stranded.len(), 2);
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(!text.contains("Hendriks") && !text.contains("Parkeerkaart"), "{text}");
    let plan = |to: EmployeeId| {
        json!({ "handOver": { "items": [
            { "kind": "coordinator", "id": case.header.id, "from": jan.id, "to": fatma.id },
            { "kind": "dossier-manager", "id": dossier.id, "from": jan.id, "to": to },
        ] } })
    };
    let fields = stage.helper.post(&path, &plan(stage.helper.id)).await.invalid_fields();
    assert_eq!(fields, ["handOver.items[1].to"], "never to themself");
    let _: Employee = stage.helper.post(&path, &plan(fatma.id)).await.ok();
}

/// A visitor makes no memberships, and an answer got inside is not given again outside (P1, P3).
#[actix_web::test]
async fn a_visitor_moves_nobody_and_takes_no_answers_home() {
    let stage = stage().await;
    let jan = stage.zaanstad.person("jan").await;
    let (old, new) = (stage.zaanstad.group("Oud", &[&jan]).await, stage.zaanstad.group("Nieuw", &[]).await);
    go(&stage.helper).await;
    let path = format!("/groups/{}/deletion/preview", old.id);
    let along = json!({ "targetId": new.id, "moveMembers": true });
    stage.helper.post(&path, &along).await.problem(ProblemCode::Forbidden);
    let _: GroupDeletionPreview = stage.helper.post(&path, &json!({ "targetId": new.id })).await.ok();

    let reactivate = || {
        let path = format!("/employees/{}/reactivation", jan.id);
        stage.helper.request(Method::POST, &path).header("Idempotency-Key", "once").send()
    };
    stage.zaanstad.deactivate(&jan).await;
    let _: Employee = reactivate().await.ok();
    let _: Employee = reactivate().await.ok();
    stage.helper.delete("/support-sessions/current").await;
    let outside = reactivate().await;
    assert!(!outside.status.is_success(), "{}", String::from_utf8_lossy(&outside.body));
}
