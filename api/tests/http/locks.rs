//! `/v1/locked-accounts` and `/v1/employees/{id}/reactivation`: who is locked, since when and from where, and how they get in
//! again (S2, S3).

use awc::http::{Method, StatusCode};
use contract::*;
use diesel::prelude::*;
use serde_json::json;
use werkbak::db::schema::employees;

use crate::support::{Office, PASSWORD, Person, World};

/// An installation behind a proxy, so that a test says from where it tries.
async fn behind_a_proxy() -> World {
    World::with(|config| config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()]).await
}

/// The last of eleven wrong passwords, from somewhere; the ten before are counted already.
async fn lock(world: &World, username: &str, from: &str) {
    let name = username.split('@').next().unwrap();
    diesel::update(employees::table.filter(employees::username_folded.eq(name)))
        .set(employees::failed_attempts.eq(10))
        .execute(&mut world.database.connect())
        .unwrap();
    let body = json!({ "username": username, "password": "not the password" });
    let request = world.anyone.request(Method::POST, "/v1/sessions").header("X-Forwarded-For", from);
    request.json(&body).send().await.problem(ProblemCode::SignInFailed);
}

fn reactivation(id: EmployeeId) -> String {
    format!("/employees/{id}/reactivation")
}

async fn locked(by: &Person) -> Vec<LockedAccount> {
    by.get("/locked-accounts").await.ok::<Page<LockedAccount>>().items
}

#[actix_web::test]
async fn who_manages_accounts_sees_the_locked_ones_newest_first_and_from_where() {
    let world = behind_a_proxy().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let records = office.person_with("records", &[Role::Records, Role::Superuser]).await;
    let elsewhere = world.office("almere").await;
    elsewhere.account("ver", &[]);
    for (username, from) in [("anna", "203.0.113.9"), ("bea", "198.51.100.7"), ("carl", "203.0.113.9")] {
        office.account(username, &[]);
        lock(&world, &format!("{username}@zaanstad"), from).await;
    }
    lock(&world, "ver@almere", "203.0.113.9").await;
    // as many statements for three as for one.
    let one = world.counting(elsewhere.admin().get("/locked-accounts")).await.1.len();
    assert_eq!(world.counting(helpdesk.get("/locked-accounts")).await.1.len(), one);
    for who in [office.admin(), &helpdesk] {
        let items = locked(who).await;
        let seen: Vec<(&str, Option<&str>, u32)> = items
            .iter()
            .map(|one| (one.username.as_str(), one.locked_from.as_deref(), one.locked_from_there))
            .collect();
        assert_eq!(
            seen,
            [
                ("carl", Some("203.0.113.9"), 2),
                ("bea", Some("198.51.100.7"), 1),
                ("anna", Some("203.0.113.9"), 2)
            ]
        );
        assert_eq!(
            (items[0].employee.name.as_str(), items[0].email.as_str()),
            ("Carl", "carl@zaanstad.test")
        );
        // And the employee's own page says the same.
        let one: Employee = who.get(&format!("/employees/{}", items[0].employee.id)).await.ok();
        let account = one.account.unwrap();
        assert_eq!(
            (account.locked_at, account.locked_from),
            (Some(items[0].locked_at), items[0].locked_from.clone())
        );
    }
    // A page at a time, without losing or repeating one.
    let all: Vec<LockedAccount> = helpdesk.pages("/locked-accounts", 1).await;
    assert_eq!(all, locked(&helpdesk).await);
    records.get("/locked-accounts").await.problem(ProblemCode::Forbidden);
    assert_eq!(locked(elsewhere.admin()).await.len(), 1);

    // Active again, nothing is left of it; nor when another one locks later.
    let carl = all[0].employee.id;
    let again: Employee = helpdesk.act(&reactivation(carl)).await.ok();
    let account = again.account.unwrap();
    assert_eq!((again.state, account.locked_at, account.locked_from), (EmployeeState::Active, None, None));
    assert_eq!(world.attempts_of(carl), (0, EmployeeState::Active));
    let left = locked(&helpdesk).await;
    assert!(left.len() == 2 && left.iter().all(|one| one.locked_from_there == 1), "{left:?}");
}

#[actix_web::test]
async fn the_owner_is_told_once_per_lock_and_not_when_it_is_over() {
    let world = behind_a_proxy().await;
    let office = world.office("zaanstad").await;
    let jan = office.account("jan", &[]);
    lock(&world, "jan@zaanstad", "203.0.113.9").await;
    assert!(world.outbox().is_empty(), "nothing is mailed by the request (S1)");
    let told =
        || world.mails().into_iter().filter(|mail| mail.subject == "Uw account is geblokkeerd").count();
    // More attempts, and more rounds of the worker, are no more mails.
    assert_eq!(told(), 1);
    lock(&world, "jan@zaanstad", "203.0.113.9").await;
    assert_eq!(told(), 1);
    let mail = world.mails().pop().unwrap();
    assert!(mail.to.contains("jan@zaanstad.test"));
    for word in
        ["11 keer", "lokaal beheerder", "helpdesk", "info@zaanstad.test", "jan@zaanstad", "Was u dit niet?"]
    {
        assert!(mail.source.contains(word), "{word}: {}", mail.source);
    }
    for secret in ["203.0.113.9", "Beheer"] {
        assert!(!mail.source.contains(secret), "{secret}: {}", mail.source);
    }
    let _: Employee = office.admin().act(&reactivation(jan)).await.ok();
    lock(&world, "jan@zaanstad", "203.0.113.9").await;
    assert_eq!(told(), 2, "another lock");

    // Over before anyone was told: they hear that it is active, and nothing else.
    office.account("piet", &[]);
    lock(&world, "piet@zaanstad", "203.0.113.9").await;
    let piet = locked(office.admin()).await[0].employee.id;
    let _: Employee = office.admin().act(&reactivation(piet)).await.ok();
    let subjects: Vec<String> =
        world.mails().into_iter().filter(|mail| mail.to.contains("piet@")).map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Uw account is weer actief"]);
    // Who left hears nothing.
    let rest = office.person("rest").await;
    lock(&world, "rest@zaanstad", "203.0.113.9").await;
    office.deactivate(&rest).await;
    assert!(!world.mails().iter().any(|mail| mail.to.contains("rest@")));
}

async fn locked_with_wrong_address(world: &World, office: &Office) -> Employee {
    let id = office.account("jan", &[]);
    lock(world, "jan@zaanstad", "203.0.113.9").await;
    office.admin().get(&format!("/employees/{id}")).await.ok()
}

/// S3: the address is corrected and the account reactivated in one go; the old address is told.
#[actix_web::test]
async fn a_wrong_address_is_corrected_and_the_account_reactivated_at_once() {
    let world = behind_a_proxy().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let jan = locked_with_wrong_address(&world, &office).await;
    // Something that was mailed to the wrong address still lies there.
    let _: PasswordResetAsked = world
        .anyone
        .request(Method::POST, "/v1/password-resets")
        .json(&json!({ "username": "jan@zaanstad" }))
        .send()
        .await
        .ok();
    world.mails();
    let key = "mailed to the wrong address";
    let expires = werkbak::clock::stamp() + chrono::TimeDelta::hours(1);
    diesel::update(employees::table.find(jan.id))
        .set((
            employees::reset_hash.eq(world.state.tokens.secrets().keyed_hash("aaaa-bbbb")),
            employees::reset_expires_at.eq(expires),
            employees::temporary_hash.eq(world.state.tokens.secrets().keyed_hash("cccc-dddd")),
            employees::temporary_expires_at.eq(expires),
        ))
        .execute(&mut world.database.connect())
        .expect(key);
    let before = world.recorded().len();
    let path = reactivation(jan.id);
    let body = json!({ "email": "jan@goed.test" });
    assert_eq!(
        admin.post_on(&path, jan.version, &json!({ "email": "geen" })).await.invalid_fields(),
        ["email"]
    );
    admin.post(&path, &body).await.problem(ProblemCode::VersionRequired);
    let stale = admin.post_on(&path, jan.version + 1, &body).await.problem(ProblemCode::Stale);
    assert_eq!(serde_json::from_value::<Employee>(stale.current.unwrap()).unwrap(), jan);
    assert_eq!(world.attempts_of(jan.id).1, EmployeeState::Locked, "all or nothing");

    let answer = admin.post_on(&path, jan.version, &body).await;
    assert_eq!(answer.header("etag"), Some(format!("\"{}\"", jan.version + 1).as_str()));
    let again: Employee = answer.ok();
    assert_eq!(
        (again.state, again.account.unwrap().email.as_str()),
        (EmployeeState::Active, "jan@goed.test")
    );
    let events: Vec<_> = world.recorded().into_iter().skip(before).collect();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].kind, "employee.reactivated");
    assert_eq!(events[0].old, json!({ "state": "locked", "email": "jan@zaanstad.test" }));
    assert_eq!(events[0].new, json!({ "state": "active", "email": "jan@goed.test" }));

    for lost in ["aaaa-bbbb", "cccc-dddd"] {
        world.anyone.sign_in("jan@zaanstad", lost).await.problem(ProblemCode::SignInFailed);
    }
    let mails = world.mails();
    let temporary = mails.iter().find(|mail| mail.to.contains("jan@goed.test")).unwrap();
    let told = mails.iter().rfind(|mail| mail.to.contains("jan@zaanstad.test")).unwrap();
    assert_eq!(told.subject, "Uw e-mailadres is gewijzigd");
    assert!(!told.source.contains("jan@goed.test"), "the old address does not learn the new one");
    let session: Session = world.anyone.sign_in("jan@zaanstad", &temporary.temporary_password()).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);

    // Active by now: nothing is changed any more, whatever is said.
    let now: Employee = admin.get(&format!("/employees/{}", jan.id)).await.ok();
    diesel::update(employees::table.find(jan.id))
        .set(employees::password_hash.eq("x"))
        .execute(&mut world.database.connect())
        .unwrap();
    admin.post_on(&path, now.version, &json!({ "email": "x@y.test" })).await.problem(ProblemCode::Conflict);
    admin.act(&path).await.problem(ProblemCode::Conflict);
    assert_eq!(admin.get(&format!("/employees/{}", jan.id)).await.ok::<Employee>(), now);
}

/// P2, P3: whoever is of a helpdesk, here or the platform's, gives nobody another address; that they tried is recorded.
#[actix_web::test]
async fn only_a_local_administrator_corrects_the_address() {
    let world = behind_a_proxy().await;
    let platform = world.office("platform").await;
    world.platform(&platform);
    let visitor = platform.person_with("bezoek", &[Role::Helpdesk]).await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let jan = locked_with_wrong_address(&world, &office).await;
    let visit = json!({ "officeCode": office.code, "reason": "Melding 4711" });
    let _: SupportSession = visitor.post("/support-sessions", &visit).await.ok();
    let path = reactivation(jan.id);
    for who in [&helpdesk, &visitor] {
        let before = world.recorded().len();
        // Also without a version, or when it is the same address: they may not even ask.
        for email in ["jan@goed.test", "jan@zaanstad.test"] {
            let body = json!({ "email": email });
            who.post_on(&path, jan.version, &body).await.problem(ProblemCode::Forbidden);
            who.post(&path, &body).await.problem(ProblemCode::Forbidden);
        }
        let kinds: Vec<String> = world.recorded().into_iter().skip(before).map(|event| event.kind).collect();
        assert_eq!(kinds, ["permission.refused"; 4]);
    }
    let now: Employee = office.admin().get(&format!("/employees/{}", jan.id)).await.ok();
    assert_eq!(now, jan);
    // Without an address they may, with an empty body, an empty object or none.
    let _: Employee = visitor.post(&path, &json!({})).await.ok();
    lock(&world, "jan@zaanstad", "203.0.113.9").await;
    let empty =
        helpdesk.request(Method::POST, &path).header("Content-Type", "application/json").raw("").send().await;
    let _: Employee = empty.ok();
}

#[actix_web::test]
async fn a_body_that_is_none_reactivates_nobody() {
    let world = behind_a_proxy().await;
    let office = world.office("zaanstad").await;
    let jan = locked_with_wrong_address(&world, &office).await;
    let path = reactivation(jan.id);
    let post = || office.admin().request(Method::POST, &path).seen(jan.version);
    let text = post().header("Content-Type", "text/plain").raw(r#"{"email":"jan@goed.test"}"#).send().await;
    text.problem(ProblemCode::UnsupportedMediaType);
    post().json(&json!({ "mail": "jan@goed.test" })).send().await.problem(ProblemCode::InvalidJson);
    let large = post().json(&json!({ "email": "x".repeat(300 * 1024) })).send().await;
    large.problem(ProblemCode::TooLarge);
    assert_eq!(world.attempts_of(jan.id).1, EmployeeState::Locked);
    // The same key, the same answer; with an address it is another request.
    let once = |body: Option<&str>| {
        let request = post().header("Idempotency-Key", "sleutel");
        match body {
            Some(email) => request.json(&json!({ "email": email })),
            None => request,
        }
    };
    let first = once(None).send().await;
    let _: Employee = first.ok();
    assert_eq!(once(None).send().await.body, first.body);
    let other = once(Some("jan@goed.test")).send().await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
    assert_eq!(world.told("reactivation", 0), [jan.id]);
}

/// The same when it is corrected where one edits a colleague: an invitation went to a stranger.
#[actix_web::test]
async fn an_invitation_that_went_to_a_stranger_lets_nobody_in_once_the_address_is_corrected() {
    let world = behind_a_proxy().await;
    let office = world.office("zaanstad").await;
    let new = json!({ "username": "piet", "name": "Piet", "email": "piet@fout.test" });
    let piet: Employee = office.admin().post("/employees", &new).await.ok();
    let invited = world.mails().pop().unwrap().temporary_password();
    let change =
        json!({ "name": "Piet", "email": "piet@goed.test", "roles": [], "groupIds": [], "language": "nl" });
    let path = format!("/employees/{}", piet.id);
    let _: Employee = office.admin().put(&path, piet.version, &change).await.ok();
    world.anyone.sign_in("piet@zaanstad", &invited).await.problem(ProblemCode::SignInFailed);
}

/// Someone else corrected the address while the mail with the password was on its way: it is of no use to who reads it there.
#[actix_web::test]
async fn a_password_mailed_to_an_address_that_was_corrected_meanwhile_does_not_work() {
    let world = behind_a_proxy().await;
    let office = world.office("zaanstad").await;
    let jan = locked_with_wrong_address(&world, &office).await;
    let _: Employee = office.admin().act(&reactivation(jan.id)).await.ok();
    let mut conn = world.database.connect();
    diesel::update(employees::table.find(jan.id))
        .set(employees::password_hash.eq(None::<String>))
        .execute(&mut conn)
        .unwrap();
    let mail = world.mails().pop().unwrap().temporary_password();
    let now: Employee = office.admin().get(&format!("/employees/{}", jan.id)).await.ok();
    let body = json!({ "email": "jan@goed.test" });
    let _: Employee = office.admin().post_on(&reactivation(jan.id), now.version, &body).await.ok();
    world.anyone.sign_in("jan@zaanstad", &mail).await.problem(ProblemCode::SignInFailed);
    world.anyone.sign_in("jan@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);
    let good =
        world.mails().into_iter().find(|mail| mail.to.contains("goed.test")).unwrap().temporary_password();
    assert_eq!(world.anyone.sign_in("jan@zaanstad", &good).await.status, StatusCode::CREATED);
}
