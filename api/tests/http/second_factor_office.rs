//! `/v1/office/second-factor` and a device that is lost: what an office requires, and who helps.

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{Office, PASSWORD, Person, Program, World};

async fn require(office: &Office, everyone: bool, roles: &[Role]) -> SecondFactorRequirement {
    let now: SecondFactorRequirement = office.admin().get("/office/second-factor").await.ok();
    let change = json!({ "everyone": everyone, "roles": roles });
    office.admin().put("/office/second-factor", now.version, &change).await.ok()
}

async fn kind_of(world: &World, person: &Person) -> SessionKind {
    world.anyone.sign_in(&person.username, PASSWORD).await.ok::<Session>().kind
}

#[actix_web::test]
async fn an_office_requires_it_by_role_from_the_next_sign_in() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helper = office.person_with("helper", &[Role::Helpdesk, Role::Superuser]).await;
    let jan = office.person("jan").await;
    let none: SecondFactorRequirement = office.admin().get("/office/second-factor").await.ok();
    assert!(!none.everyone && none.roles.is_empty());
    let without = |found: &SecondFactorRequirement| -> Vec<u32> {
        Role::ALL
            .iter()
            .map(|role| found.without.iter().find(|one| one.role == *role).unwrap().count)
            .collect()
    };
    assert_eq!((none.everyone_without, without(&none)), (3, vec![1, 1, 1, 0]));

    let now = require(&office, false, &[Role::Superuser]).await;
    assert_eq!(now.roles, [Role::Superuser]);
    let change = json!({ "everyone": true, "roles": [] });
    office.admin().put("/office/second-factor", none.version, &change).await.problem(ProblemCode::Stale);
    let event = world.recorded().pop().unwrap();
    assert_eq!((event.kind.as_str(), &event.old["roles"]), ("office.second-factor-updated", &json!([])));
    assert_eq!(event.new, json!({ "everyone": false, "roles": ["superuser"] }));

    // Who is signed in goes on; from the next sign-in it is the only thing they can do.
    assert_eq!(helper.get("/dossiers").await.status, StatusCode::OK);
    assert_eq!(kind_of(&world, &jan).await, SessionKind::Full);
    let session: Session = world.anyone.sign_in("helper@zaanstad", PASSWORD).await.ok();
    assert_eq!(session.kind, SessionKind::SecondFactorSetup);
    let mut helper = helper.in_session(&session);
    for path in ["/dossiers", "/employees", "/me/preferences", "/office"] {
        helper.get(path).await.problem(ProblemCode::SecondFactorRequired);
    }
    helper.give("123456").await.problem(ProblemCode::SecondFactorRequired);
    let begin = json!({ "password": "x", "code": "x" });
    helper.post("/me/second-factor/removal", &begin).await.problem(ProblemCode::SecondFactorRequired);
    assert!(helper.get("/me/second-factor").await.ok::<SecondFactor>().required);
    // Their password they may change; that is no way round.
    let change = json!({ "currentPassword": PASSWORD, "password": "kwast molen zeven blauw" });
    let changed: Session = helper.request(Method::PUT, "/me/password").json(&change).send().await.ok();
    assert_eq!(changed.kind, SessionKind::SecondFactorSetup);
    helper = helper.in_session(&changed);
    let setup: SecondFactorSetup = helper.post("/me/second-factor", &json!({})).await.ok();
    let device = helper.confirm(&world, &setup).await;
    assert_eq!(helper.get("/dossiers").await.status, StatusCode::OK);
    let now: SecondFactorRequirement = office.admin().get("/office/second-factor").await.ok();
    assert_eq!((now.everyone_without, without(&now)), (2, vec![1, 0, 0, 0]));

    // Required is required.
    let removal = json!({ "password": "kwast molen zeven blauw", "code": device.code() });
    helper.post("/me/second-factor/removal", &removal).await.problem(ProblemCode::Conflict);
    require(&office, true, &[]).await;
    assert_eq!(kind_of(&world, &jan).await, SessionKind::SecondFactorSetup);
    helper.post("/me/second-factor/removal", &removal).await.problem(ProblemCode::Conflict);
    require(&office, false, &[]).await;
    assert_eq!(kind_of(&world, &jan).await, SessionKind::Full);
    let removed = helper.post("/me/second-factor/removal", &removal).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
}

#[actix_web::test]
async fn a_new_colleague_chooses_a_password_and_then_sets_it_up() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    require(&office, true, &[]).await;
    let new = json!({ "username": "nieuw", "name": "Nieuw", "email": "nieuw@zaanstad.test" });
    let created: Employee = office.admin().post("/employees", &new).await.ok();
    let temporary = world.mails().pop().unwrap().temporary_password();
    let session: Session = world.anyone.sign_in("nieuw@zaanstad", &temporary).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    let nieuw = Person { id: created.id, ..office.admin().in_session(&session) };
    let set =
        nieuw.request(Method::PUT, "/me/password").json(&json!({ "password": "kwast molen zeven blauw" }));
    let session: Session = set.send().await.ok();
    assert_eq!(session.kind, SessionKind::SecondFactorSetup);
    let mut nieuw = nieuw.in_session(&session);
    let setup: SecondFactorSetup = nieuw.post("/me/second-factor", &json!({})).await.ok();
    nieuw.confirm(&world, &setup).await;
    assert_eq!(nieuw.get("/dossiers").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_local_administrator_takes_away_the_one_of_a_lost_device() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let half = world.anyone.half(&jan).await;
    half.give(&device.wrong()).await.invalid_fields();
    let path = format!("/employees/{}/second-factor-reset", jan.id);
    let reason = json!({ "reason": "Telefoon kwijt, met pas aan de balie" });
    helpdesk.post(&path, &reason).await.problem(ProblemCode::Forbidden);
    jan.post(&path, &reason).await.problem(ProblemCode::Forbidden);
    assert_eq!(office.admin().post(&path, &json!({ "reason": " " })).await.invalid_fields(), ["reason"]);
    let employee: Employee = office.admin().post(&path, &reason).await.ok();
    assert!(employee.account.unwrap().second_factor_since.is_none());
    for ended in [&jan, &half] {
        ended.get("/me").await.problem(ProblemCode::NotSignedIn);
    }
    assert_eq!(world.attempts_of(jan.id), (1, EmployeeState::Active), "nothing is forgiven");
    let event = world.recorded().into_iter().rfind(|event| event.kind == "employee.second-factor-reset");
    let event = event.unwrap();
    assert_eq!((event.actor, event.object_id), (Some(office.admin().id), Some(jan.id.0)));
    assert_eq!(event.reason.as_deref(), Some("Telefoon kwijt, met pas aan de balie"));
    let mail = world.mails().into_iter().rfind(|mail| mail.is_to(&jan)).unwrap();
    assert_eq!(mail.subject, "Uw tweede factor is weggehaald");
    office.admin().post(&path, &reason).await.problem(ProblemCode::Conflict);
    assert_eq!(kind_of(&world, &jan).await, SessionKind::Full);
    require(&office, true, &[]).await;
    assert_eq!(kind_of(&world, &jan).await, SessionKind::SecondFactorSetup);

    // Not on oneself, and not in another office.
    let (boss, _) = office.person_with_device(&world, "boss", &[Role::LocalAdmin]).await;
    let own = format!("/employees/{}/second-factor-reset", boss.id);
    boss.post(&own, &reason).await.problem(ProblemCode::Forbidden);
    let almere = world.office("almere").await;
    almere.admin().post(&own, &reason).await.problem(ProblemCode::NotFound);
    office.admin().post(&own, &reason).await.ok::<Employee>();
}

/// O1: when the device of the only administrator is lost.
#[actix_web::test]
async fn the_operator_takes_away_the_one_of_the_only_administrator() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, _) = office.person_with_device(&world, "boss", &[Role::LocalAdmin]).await;
    let run = |who: &str| {
        Program::command(&world.database, &["employee", "reset-second-factor", who]).output().unwrap()
    };
    for (who, said) in [("nobody@zaanstad", "no account"), ("beheer@zaanstad", "no second factor")] {
        let refused = run(who);
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains(said), "{who}");
    }
    let done = run("Boss@Zaanstad");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let event = world.recorded().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.actor), ("employee.second-factor-reset", None));
    boss.get("/me").await.problem(ProblemCode::NotSignedIn);
    assert_eq!(kind_of(&world, &boss).await, SessionKind::Full);
    assert!(world.mails().iter().any(|mail| mail.subject == "Uw tweede factor is weggehaald"));
}
