//! `/v1/sessions`, `/v1/me/password`: S1, S2, S5, S7.

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{PASSWORD, World};

fn cookie(response: &crate::support::Response) -> String {
    let header = response.header("set-cookie").expect("a cookie");
    header.split(';').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_session_opens_and_says_who_one_is() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let me: Me = jan.get("/me").await.ok();
    assert_eq!((me.id, me.username.as_str(), me.office.code.as_str()), (jan.id, "jan", "zaanstad"));
    assert_eq!(me.session_kind, SessionKind::Full);
    assert!(!me.may.administer);

    // The office may be left out where there is only one, and case does not matter (P2).
    assert_eq!(world.anyone.sign_in("JAN", PASSWORD).await.status, StatusCode::CREATED);
    assert_eq!(world.anyone.sign_in("Jan@ZAANSTAD", PASSWORD).await.status, StatusCode::CREATED);
    world.office("almere").await;
    world.anyone.sign_in("jan", PASSWORD).await.problem(ProblemCode::SignInFailed);
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn the_cookie_is_for_this_host_only_and_out_of_reach_of_scripts() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let answer = world.anyone.sign_in("jan@zaanstad", PASSWORD).await;
    let header = answer.header("set-cookie").unwrap();
    assert!(header.starts_with("__Host-"), "{header}");
    for part in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
        assert!(header.contains(part), "{header} lacks {part}");
    }
    assert!(!header.contains("Domain"));
    let token = cookie(&answer).split_once('=').unwrap().1.to_owned();
    assert!(!String::from_utf8_lossy(&answer.body).contains(&token));
}

#[actix_web::test]
async fn unknown_wrong_locked_and_deactivated_get_the_same_answer() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let leaver = office.person("leaver").await;
    office.deactivate(&leaver).await;
    office.account("locked", &[]);
    for _ in 0..11 {
        world.anyone.sign_in("locked@zaanstad", "not the password").await;
    }
    let mut answers = Vec::new();
    for (username, password) in [
        ("nobody@zaanstad", PASSWORD),
        ("nobody@nowhere", PASSWORD),
        ("jan@zaanstad", "not the password"),
        ("locked@zaanstad", PASSWORD),
        ("leaver@zaanstad", PASSWORD),
    ] {
        let answer = world.anyone.sign_in(username, password).await;
        let mut problem = answer.problem(ProblemCode::SignInFailed);
        problem.instance = None;
        assert!(answer.header("set-cookie").is_none());
        let mut names: Vec<String> = answer.headers.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        answers.push((problem, names));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

/// S1, S4: time is made of hashes and statements, so those are counted.
#[actix_web::test]
async fn whoever_it_is_and_whatever_is_tried_signing_in_costs_the_same() {
    let gate = werkbak::http::gate::Gate::new(1, 64);
    let world = World::behind(|gates| gates.hashing = gate.clone()).await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let leaver = office.person("leaver").await;
    office.deactivate(&leaver).await;
    office.account("locked", &[]);
    for _ in 0..11 {
        world.anyone.sign_in("locked@zaanstad", "not the password").await;
    }
    // Invited, so with a temporary password only; it was mailed.
    let new = json!({ "username": "piet", "name": "Piet", "email": "piet@zaanstad.test" });
    let _: Employee = office.admin().post("/employees", &new).await.ok();
    let mails = world.mails();
    let temporary = mails.iter().find(|mail| mail.to.contains("piet@")).unwrap().temporary_password();

    // What differs between statements are values, and which of an event's columns are filled.
    let texts = |statements: &[String]| -> Vec<String> {
        statements.iter().map(|text| text.split(" (").next().unwrap().to_owned()).collect()
    };
    let cost = async |username: &str, password: &str| {
        let hashes = gate.entered();
        let (answer, statements) = world.counting(world.anyone.sign_in(username, password)).await;
        (answer.status, gate.entered() - hashes, texts(&statements))
    };
    let usual = cost("jan@zaanstad", "not the password").await;
    assert_eq!((usual.0, usual.1), (StatusCode::UNAUTHORIZED, 1));
    for (username, password) in [
        ("nobody@zaanstad", PASSWORD),
        ("nobody@nowhere", PASSWORD),
        ("locked@zaanstad", PASSWORD),
        ("locked@zaanstad", "not the password"),
        ("leaver@zaanstad", PASSWORD),
        ("piet@zaanstad", "not the password"),
    ] {
        assert_eq!(cost(username, password).await, usual, "{username} {password}");
    }
    // Nor does it tell which kind of password was right.
    let own = cost("jan@zaanstad", PASSWORD).await;
    let temporary = cost("piet@zaanstad", &temporary).await;
    assert_eq!((own.0, own.1), (StatusCode::CREATED, 1));
    assert_eq!((temporary.0, temporary.1, temporary.2.len()), (own.0, own.1, own.2.len()));
}

/// S1: before a password is verified, something is written for whoever it is: what has to be flushed takes
/// a thousand times longer than what changes nothing.
#[actix_web::test]
async fn every_attempt_is_written_down_before_it_is_verified() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let leaver = office.person("leaver").await;
    office.deactivate(&leaver).await;
    for username in ["jan@zaanstad", "leaver@zaanstad", "nobody@zaanstad", "nobody@nowhere"] {
        let before = world.recorded().len();
        world.anyone.sign_in(username, "not the password").await.problem(ProblemCode::SignInFailed);
        let kinds: Vec<String> = world.recorded().into_iter().skip(before).map(|event| event.kind).collect();
        assert_eq!(kinds, ["session.attempted", "session.refused"], "{username}");
    }
}

#[actix_web::test]
async fn the_eleventh_failure_locks_and_a_correct_eleventh_attempt_does_not() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    for _ in 0..10 {
        world.anyone.sign_in("jan@zaanstad", "wrong").await.problem(ProblemCode::SignInFailed);
    }
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED, "the 11th");
    // Success started the count again.
    for _ in 0..10 {
        world.anyone.sign_in("jan@zaanstad", "wrong").await.problem(ProblemCode::SignInFailed);
    }
    let page: Page<Employee> = office.admin().get("/employees?q=jan").await.ok();
    assert_eq!(page.items[0].state, EmployeeState::Active);
    world.anyone.sign_in("jan@zaanstad", "wrong").await.problem(ProblemCode::SignInFailed);
    let page: Page<Employee> = office.admin().get("/employees?state=locked").await.ok();
    assert_eq!(page.items.len(), 1);
    assert!(page.items[0].account.as_ref().unwrap().locked_at.is_some());
    world.anyone.sign_in("jan@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);
}

/// S1: a hash made with yesterday's parameters is replaced when its owner signs in.
#[actix_web::test]
async fn an_old_hash_is_renewed_at_sign_in() {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
    use diesel::prelude::*;
    use werkbak::db::schema::employees;

    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.account("jan", &[]);
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
    let old = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    diesel::update(employees::table.find(jan))
        .set(employees::password_hash.eq(&old))
        .execute(&mut world.database.connect())
        .unwrap();
    let kept = || -> Option<String> {
        let mut conn = world.database.connect();
        employees::table.find(jan).select(employees::password_hash).first(&mut conn).unwrap()
    };
    world.anyone.sign_in("jan@zaanstad", "not the password").await.problem(ProblemCode::SignInFailed);
    assert_eq!(kept(), Some(old));
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
    let renewed = kept().unwrap();
    assert!(renewed.contains("m=19456,t=2,p=1"), "renewed");
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
    assert_eq!(kept(), Some(renewed), "and then stays");
}

/// S7: whoever had a session when the account was locked does not get it back with the account.
#[actix_web::test]
async fn locking_ends_the_sessions_for_good() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    for _ in 0..11 {
        world.anyone.sign_in("jan@zaanstad", "wrong").await.problem(ProblemCode::SignInFailed);
    }
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
    let _: Employee = office.admin().act(&format!("/employees/{}/reactivation", jan.id)).await.ok();
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
}

#[actix_web::test]
async fn a_burst_of_wrong_passwords_gets_no_more_than_eleven_checks() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let id = office.account("jan", &[]);
    let guesses = (0..100).map(|guess| {
        let anyone = world.anyone.clone();
        async move {
            loop {
                let answer = anyone.sign_in("jan@zaanstad", &format!("guess {guess}")).await;
                // A full waiting room is no attempt; come back, as Retry-After says.
                if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                    return answer;
                }
            }
        }
    });
    for answer in futures(guesses).await {
        // Beyond what one account is tried at all, nothing is counted either.
        let too_many = answer.status == StatusCode::TOO_MANY_REQUESTS;
        answer.problem(if too_many { ProblemCode::TooManyRequests } else { ProblemCode::SignInFailed });
    }
    // Every counted attempt is a check; the count stops at eleven, and the account is locked.
    assert_eq!(world.attempts_of(id), (11, EmployeeState::Locked));
    let right = world.anyone.sign_in("jan@zaanstad", PASSWORD).await;
    assert!([401, 429].contains(&right.status.as_u16()), "{}", right.status);
}

async fn futures<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    futures_util::future::join_all(all).await
}

#[actix_web::test]
async fn only_administrators_and_helpdesk_reactivate_and_a_temporary_password_is_mailed() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let colleague = office.person("colleague").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let jan = office.account("jan", &[]);
    for _ in 0..11 {
        world.anyone.sign_in("jan@zaanstad", "wrong").await;
    }
    let path = format!("/employees/{jan}/reactivation");
    colleague.act(&path).await.problem(ProblemCode::Forbidden);
    let again: Employee = helpdesk.act(&path).await.ok();
    assert_eq!(again.state, EmployeeState::Active);
    helpdesk.act(&path).await.problem(ProblemCode::Conflict);
    let mails = world.mails();
    let mail = mails.iter().find(|mail| mail.to.contains("jan@")).expect("a mail");
    let temporary = mail.temporary_password();

    // The real password keeps working (S4), and so does the temporary one, for one thing (S5).
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
    let answer = world.anyone.sign_in("jan@zaanstad", &temporary).await;
    let session: Session = answer.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    world.anyone.sign_in("jan@zaanstad", &temporary).await.problem(ProblemCode::SignInFailed);
}

#[actix_web::test]
async fn a_temporary_password_opens_a_session_for_one_thing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let new = json!({ "username": "nieuw", "name": "Nieuw Iemand", "email": "nieuw@zaanstad.test" });
    let created: Employee = office.admin().post("/employees", &new).await.ok();
    assert!(!created.account.unwrap().has_password);
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    let temporary = mails[0].temporary_password();
    assert!(mails[0].source.contains("nieuw@zaanstad"), "the mail says the username");

    let session: Session = world.anyone.sign_in("nieuw@zaanstad", &temporary).await.ok();
    let mut nieuw = office.admin().clone();
    nieuw.token = session.access_token;
    let me: Me = nieuw.get("/me").await.ok();
    assert_eq!(me.session_kind, SessionKind::PasswordOnly);
    for path in ["/groups", "/dossiers", "/cases", "/tasks", "/trays", "/me/preferences"] {
        nieuw.get(path).await.problem(ProblemCode::PasswordRequired);
    }
    nieuw.post("/dossiers", &json!({ "name": "x" })).await.problem(ProblemCode::PasswordRequired);

    // Too short, too easy, and one's own words are refused, in one answer each.
    let set =
        |password: &str| nieuw.request(Method::PUT, "/me/password").json(&json!({ "password": password }));
    for weak in ["short", "wachtwoord12345", "nieuwiemand2026", "aaaaaaaaaaaaaaaa"] {
        assert_eq!(set(weak).send().await.invalid_fields(), ["password"], "{weak}");
    }
    let other: Session = set("kwast molen zeven blauw").send().await.ok();
    assert_eq!(other.kind, SessionKind::Full);
    nieuw.get("/me").await.problem(ProblemCode::NotSignedIn);
    nieuw.token = other.access_token;
    assert_eq!(nieuw.get("/groups").await.status, StatusCode::OK);
    assert_eq!(
        world.anyone.sign_in("nieuw@zaanstad", "kwast molen zeven blauw").await.status,
        StatusCode::CREATED
    );
    assert!(world.mails().len() == 2, "a confirmation is mailed");
}

#[actix_web::test]
async fn changing_ones_password_needs_the_current_one_and_ends_other_sessions() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let elsewhere = office.sign_in(jan.id, "jan").await;
    let put = |body: serde_json::Value| jan.request(Method::PUT, "/me/password").json(&body);
    let new = "kwast molen zeven blauw";
    assert_eq!(put(json!({ "password": new })).send().await.invalid_fields(), ["currentPassword"]);
    let path = format!("/employees/{}", jan.id);
    let signed_in = office.admin().get(&path).await.ok::<Employee>().account.unwrap().last_sign_in_at;
    let wrong = put(json!({ "password": new, "currentPassword": "not this" })).send().await;
    assert_eq!(wrong.invalid_fields(), ["currentPassword"]);
    assert_eq!(elsewhere.get("/me").await.status, StatusCode::OK);
    let session: Session = put(json!({ "password": new, "currentPassword": PASSWORD })).send().await.ok();
    let after = office.admin().get(&path).await.ok::<Employee>().account.unwrap().last_sign_in_at;
    assert_eq!(after, signed_in, "confirming one's password is no sign-in");
    elsewhere.get("/me").await.problem(ProblemCode::NotSignedIn);
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
    let mut jan = jan.clone();
    jan.token = session.access_token;
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);
    world.anyone.sign_in("jan@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);
}

#[actix_web::test]
async fn a_refresh_token_rotates_has_a_grace_and_reuse_ends_the_session() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let first = cookie(&world.anyone.sign_in("jan@zaanstad", PASSWORD).await);
    let refresh =
        |cookie: &str| world.anyone.request(Method::POST, "/v1/sessions/refresh").header("Cookie", cookie);
    let answer = refresh(&first).send().await;
    let second = cookie(&answer);
    assert_ne!(first, second);
    let session: Session = answer.ok();
    let mut jan = office.admin().clone();
    jan.token = session.access_token;
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);

    // A second tab, at the same moment.
    assert_eq!(refresh(&first).send().await.status, StatusCode::OK);
    // Later, it is somebody who copied it.
    world.age_refresh_tokens(31);
    refresh(&first).send().await.problem(ProblemCode::NotSignedIn);
    refresh(&second).send().await.problem(ProblemCode::NotSignedIn);
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);

    let other_site = refresh(&second).header("Sec-Fetch-Site", "cross-site").send().await;
    other_site.problem(ProblemCode::Forbidden);
    // Whatever page asks for it: without the cookie nobody is refused anything, and nothing is written.
    let before = world.recorded().len();
    for site in ["same-origin", "cross-site"] {
        let request = world.anyone.request(Method::POST, "/v1/sessions/refresh");
        request.header("Sec-Fetch-Site", site).send().await.problem(ProblemCode::NotSignedIn);
    }
    assert_eq!(world.recorded().len(), before);
}

#[actix_web::test]
async fn signing_out_and_being_deactivated_take_effect_at_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    assert_eq!(jan.delete("/sessions/current").await.status, StatusCode::NO_CONTENT);
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);

    let jan = office.sign_in(jan.id, "jan").await;
    office.deactivate(&jan).await;
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
    world.anyone.sign_in("jan@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);
}

/// O1: when nobody can sign in, the operator lets an administrator in.
#[actix_web::test]
async fn the_operator_lets_the_only_administrator_in_again() {
    use crate::support::Program;
    use diesel::prelude::*;
    use werkbak::db::schema::employees;

    let world = World::new().await;
    let office = world.office("zaanstad").await;
    for _ in 0..11 {
        world.anyone.sign_in("beheer@zaanstad", "wrong").await.problem(ProblemCode::SignInFailed);
    }
    world.anyone.sign_in("beheer@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);

    let mut unknown = Program::command(&world.database, &["employee", "reactivate", "nobody@zaanstad"]);
    let unknown = unknown.output().unwrap();
    assert!(!unknown.status.success());
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("nobody@zaanstad"));

    // Who hears of it: the other administrators who can still do something, and nobody else.
    let anneke = office.account("anneke", &[Role::LocalAdmin]);
    diesel::update(employees::table.find(anneke))
        .set(employees::language.eq(Language::English))
        .execute(&mut world.database.connect())
        .unwrap();
    let gone = office.account("gone", &[Role::LocalAdmin]);
    diesel::update(employees::table.find(gone))
        .set(employees::state.eq(EmployeeState::Deactivated))
        .execute(&mut world.database.connect())
        .unwrap();
    office.account("colleague", &[Role::Helpdesk]);
    world.office("almere").await;
    let mailed = world.mails().len();

    let before = world.recorded().len();
    let mut command = Program::command(&world.database, &["employee", "reactivate", "Beheer@Zaanstad"]);
    let done = command.output().unwrap();
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let event = world.recorded().into_iter().skip(before).next_back().unwrap();
    assert_eq!((event.kind.as_str(), event.actor), ("employee.reactivated", None));
    assert_eq!((&event.old["state"], &event.new["state"]), (&json!("locked"), &json!("active")));
    let mails = world.mails();
    let told: Vec<&str> = mails.iter().skip(mailed).map(|mail| mail.to.as_str()).collect();
    assert!(told.len() == 1 && told[0].contains("anneke@zaanstad.test"), "{told:?}");
    let mail = &mails.iter().find(|mail| mail.to.contains("anneke@")).unwrap().source;
    assert!(mail.contains("the operator of Werkbak made account beheer@zaanstad active again"), "{mail}");
    let expires: chrono::NaiveDateTime = employees::table
        .find(office.admin().id)
        .select(employees::temporary_expires_at.assume_not_null())
        .first(&mut world.database.connect())
        .unwrap();
    let left = expires - werkbak::clock::stamp();
    assert!(left <= chrono::TimeDelta::minutes(30) && left > chrono::TimeDelta::minutes(25), "{left}");

    let password = printed.split("password:").nth(1).unwrap().split_whitespace().next().unwrap();
    let session: Session = world.anyone.sign_in("beheer@zaanstad", password).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    world.anyone.sign_in("beheer@zaanstad", password).await.problem(ProblemCode::SignInFailed);
    assert_eq!(world.anyone.sign_in("beheer@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
}
