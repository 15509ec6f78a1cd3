//! `/v1/password-resets`: a forgotten password (S4, S5).

use awc::http::{Method, StatusCode};
use contract::*;
use diesel::prelude::*;
use serde_json::json;
use werkbak::db::schema::{employees, password_resets};
use werkbak::db::transaction;
use werkbak::sign_in::resets::settle_one;

use crate::support::{Office, PASSWORD, Response, World};

const NEW: &str = "kwast molen zeven blauw";

async fn ask(world: &World, username: &str) -> Response {
    world
        .anyone
        .request(Method::POST, "/v1/password-resets")
        .json(&json!({ "username": username }))
        .send()
        .await
}

/// The temporary passwords that were mailed to someone, oldest first.
fn mailed(world: &World, local: &str) -> Vec<String> {
    let to = format!("{local}@zaanstad.test");
    let mails = world.mails().into_iter().filter(|mail| mail.to.contains(&to));
    mails
        .filter(|mail| mail.subject.contains("tijdelijke wachtwoord"))
        .map(|mail| mail.temporary_password())
        .collect()
}

async fn locked(world: &World, office: &Office, username: &str) {
    office.account(username, &[]);
    for _ in 0..11 {
        world.anyone.sign_in(&format!("{username}@zaanstad"), "not the password").await;
    }
}

/// S4: neither the answer nor what it costs tells whether there is such an account.
#[actix_web::test]
async fn whoever_it_is_the_answer_and_its_cost_are_the_same() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let leaver = office.person("leaver").await;
    office.deactivate(&leaver).await;
    locked(&world, &office, "locked").await;
    let mut seen = Vec::new();
    for username in [
        "jan@zaanstad",
        "JAN",
        "nobody@zaanstad",
        "nobody@nowhere",
        "locked@zaanstad",
        "leaver@zaanstad",
        "@",
        "é@é",
    ] {
        let (answer, statements) = world.counting(ask(&world, username)).await;
        let mut names: Vec<String> = answer.headers.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        let asked: PasswordResetAsked = answer.ok();
        let texts: Vec<String> =
            statements.iter().map(|text| text.split(" (").next().unwrap().to_owned()).collect();
        seen.push((answer.status, asked, names, texts));
    }
    assert_eq!((seen[0].0, seen[0].1.valid_minutes), (StatusCode::ACCEPTED, 30));
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    let empty = world.anyone.request(Method::POST, "/v1/password-resets").json(&json!({ "username": " " }));
    assert_eq!(empty.send().await.invalid_fields(), ["username"]);
    // What was asked is kept no longer than it takes to look it up.
    world.mails();
    let left: i64 = password_resets::table.count().get_result(&mut world.database.connect()).unwrap();
    assert_eq!(left, 0);
}

#[actix_web::test]
async fn forgotten_then_mailed_then_ones_own_password() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    ask(&world, "Jan@Zaanstad").await;
    let event = world.recorded().pop().unwrap();
    assert_ne!(event.kind, "password.reset-asked", "nothing happens in the request");
    let temporary = mailed(&world, "jan").pop().unwrap();
    let event = world.recorded().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.object_id), ("password.reset-asked", Some(jan.id.0)));
    // Nothing is taken away: the real password works, and so does the session that was open.
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
    jan.get("/me").await.ok::<Me>();

    let session: Session = world.anyone.sign_in("jan@zaanstad", &temporary).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    world.anyone.sign_in("jan@zaanstad", &temporary).await.problem(ProblemCode::SignInFailed);
    let mut in_it = jan.clone();
    in_it.token = session.access_token;
    in_it.get("/dossiers").await.problem(ProblemCode::PasswordRequired);
    let set = in_it.request(Method::PUT, "/me/password").json(&json!({ "password": NEW }));
    let full: Session = set.send().await.ok();
    assert_eq!(full.kind, SessionKind::Full);
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
    world.anyone.sign_in("jan@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);
    assert_eq!(world.anyone.sign_in("jan@zaanstad", NEW).await.status, StatusCode::CREATED);
    assert!(world.mails().iter().any(|mail| mail.subject == "Uw wachtwoord is gewijzigd"));
}

#[actix_web::test]
async fn a_temporary_password_is_of_one_account_for_half_an_hour_and_the_newest_counts() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    office.account("piet", &[]);
    ask(&world, "jan@zaanstad").await;
    let first = mailed(&world, "jan").pop().unwrap();
    world.anyone.sign_in("piet@zaanstad", &first).await.problem(ProblemCode::SignInFailed);
    ask(&world, "jan@zaanstad").await;
    let second = mailed(&world, "jan").into_iter().find(|password| *password != first).unwrap();
    world.anyone.sign_in("jan@zaanstad", &first).await.problem(ProblemCode::SignInFailed);

    let row = employees::table.find(jan.id);
    let mut conn = world.database.connect();
    let expires: chrono::NaiveDateTime =
        row.select(employees::reset_expires_at.assume_not_null()).first(&mut conn).unwrap();
    let left = expires - werkbak::clock::stamp();
    assert!(left <= chrono::TimeDelta::minutes(30) && left > chrono::TimeDelta::minutes(29), "{left}");
    let over = werkbak::clock::stamp() - chrono::TimeDelta::seconds(1);
    diesel::update(row).set(employees::reset_expires_at.eq(over)).execute(&mut conn).unwrap();
    world.anyone.sign_in("jan@zaanstad", &second).await.problem(ProblemCode::SignInFailed);
    diesel::update(row).set(employees::reset_expires_at.eq(expires)).execute(&mut conn).unwrap();
    // Read aloud and typed over.
    let typed = second.to_uppercase().replace('-', "- ");
    assert_eq!(world.anyone.sign_in("jan@zaanstad", &typed).await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn a_reset_does_not_unlock_and_says_who_does() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    locked(&world, &office, "jan").await;
    ask(&world, "jan@zaanstad").await;
    let mails = world.mails();
    let mail = mails.iter().rfind(|mail| mail.to.contains("jan@zaanstad.test")).unwrap();
    assert_eq!(mail.subject, "Uw account is geblokkeerd");
    for word in ["lokaal beheerder", "Gemeente zaanstad", "info@zaanstad.test", "jan@zaanstad"] {
        assert!(mail.source.contains(word), "{word}: {}", mail.source);
    }
    world.anyone.sign_in("jan@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);

    // Locked between asking and mailing: no password that would not work.
    office.account("piet", &[]);
    ask(&world, "piet@zaanstad").await;
    let mut conn = world.database.connect();
    assert!(transaction(&mut conn, settle_one).unwrap());
    diesel::update(employees::table.filter(employees::username_folded.eq("piet")))
        .set(employees::state.eq(EmployeeState::Locked))
        .execute(&mut conn)
        .unwrap();
    assert!(mailed(&world, "piet").is_empty());
    let mails = world.mails();
    let mail = mails.iter().rfind(|mail| mail.to.contains("piet@zaanstad.test")).unwrap();
    assert_eq!(mail.subject, "Uw account is geblokkeerd");
    assert!(mail.source.contains("info@zaanstad.test"), "{}", mail.source);
}

#[actix_web::test]
async fn three_an_hour_and_none_for_who_left() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let leaver = office.person("leaver").await;
    office.deactivate(&leaver).await;
    office.account("jan", &[]);
    for _ in 0..5 {
        // More than once before it is looked up is once.
        for username in ["jan@zaanstad", "jan@zaanstad", "leaver@zaanstad", "nobody@zaanstad"] {
            ask(&world, username).await;
        }
        world.mails();
    }
    assert_eq!(mailed(&world, "jan").len(), 3);
    assert!(mailed(&world, "leaver").is_empty());
    let recorded = |kind: &str| world.recorded().into_iter().filter(|event| event.kind == kind).count();
    assert_eq!(recorded("password.reset-asked"), 3 + 3, "also of who left is it recorded");
    assert_eq!(recorded("password.reset-refused"), 2 + 2 + 5, "and what was in vain (E3)");
}

/// S4: it is an addition, also to another temporary password: nobody voids a colleague's invitation.
#[actix_web::test]
async fn a_reset_voids_no_invitation() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let new = json!({ "username": "piet", "name": "Piet", "email": "piet@zaanstad.test" });
    let _: Employee = office.admin().post("/employees", &new).await.ok();
    let invited = world.mails().pop().unwrap().temporary_password();
    ask(&world, "piet@zaanstad").await;
    let asked = mailed(&world, "piet").pop().unwrap();
    let session: Session = world.anyone.sign_in("piet@zaanstad", &invited).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    // Either works, and then neither.
    world.anyone.sign_in("piet@zaanstad", &asked).await.problem(ProblemCode::SignInFailed);
}

/// A mail that is late, or was asked for again, does not void the password that is there already.
#[actix_web::test]
async fn a_late_reset_is_not_mailed() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let mut conn = world.database.connect();
    ask(&world, "jan@zaanstad").await;
    assert!(transaction(&mut conn, settle_one).unwrap());
    ask(&world, "jan@zaanstad").await;
    assert!(transaction(&mut conn, settle_one).unwrap());
    assert_eq!(mailed(&world, "jan").len(), 1, "the newest only");
    ask(&world, "jan@zaanstad").await;
    assert!(transaction(&mut conn, settle_one).unwrap());
    world.ask_was_long_ago();
    assert_eq!(mailed(&world, "jan").len(), 1);
}
