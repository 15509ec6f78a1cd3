//! Signing in as somebody does who should not: nothing tells whether an account exists, guessing stops at eleven, and what was
//! mailed works once, for one account, for a while (S1, S2, S4, S7).

use std::collections::BTreeMap;

use awc::http::{Method, StatusCode};
use chrono::{NaiveDateTime, TimeDelta};
use contract::*;
use diesel::prelude::*;
use futures_util::future::join_all;
use serde_json::json;
use werkbak::clock;
use werkbak::db::schema::{employees, sessions};
use werkbak::http::gate::Gate;

use crate::support::{Office, PASSWORD, Response, World};

const WRONG: &str = "not the password";

async fn ask(world: &World, username: &str) -> Response {
    let body = json!({ "username": username });
    world.anyone.request(Method::POST, "/v1/password-resets").json(&body).send().await
}

async fn lock(world: &World, username: &str) {
    for _ in 0..11 {
        world.anyone.sign_in(username, WRONG).await.problem(ProblemCode::SignInFailed);
    }
}

/// An account in every state there is, and some that do not exist.
async fn accounts(office: &Office, world: &World) -> Vec<&'static str> {
    office.account("active", &[]);
    let leaver = office.person("leaver").await;
    office.deactivate(&leaver).await;
    office.account("locked", &[]);
    lock(world, "locked@zaanstad").await;
    let new = json!({ "username": "invited", "name": "Nieuw", "email": "invited@zaanstad.test" });
    let _: Employee = office.admin().post("/employees", &new).await.ok();
    world.mails();
    vec![
        "nobody@zaanstad",
        "nobody@nowhere",
        "active@zaanstad",
        "leaver@zaanstad",
        "locked@zaanstad",
        "invited@zaanstad",
    ]
}

/// All that can be seen of an answer from outside, and what it cost inside.
#[derive(Debug, PartialEq)]
struct Seen {
    status: StatusCode,
    body: serde_json::Value,
    headers: BTreeMap<String, String>,
    hashes: u64,
    statements: Vec<String>,
}

async fn seen(world: &World, gate: &Gate, request: impl Future<Output = Response>) -> Seen {
    let before = gate.entered();
    let (answer, statements) = world.counting(request).await;
    let mut body = answer.json();
    // Which request it was, and when, is different each time, whoever asks.
    if let Some(body) = body.as_object_mut() {
        body.remove("instance");
    }
    let each_time = ["date", "x-request-id"];
    let headers =
        answer.headers.iter().filter(|(name, _)| !each_time.contains(&name.as_str())).cloned().collect();
    let statements = statements.iter().map(|text| text.split(" (").next().unwrap().to_owned()).collect();
    Seen { status: answer.status, body, headers, hashes: gate.entered() - before, statements }
}

/// S1, S4: time is made of hashes and statements, and everything else can be read.
#[actix_web::test]
async fn neither_signing_in_nor_asking_for_a_password_tells_who_exists() {
    let gate = Gate::new(1, 64);
    let world = World::behind(|gates| gates.hashing = gate.clone()).await;
    let office = world.office("zaanstad").await;
    let names = accounts(&office, &world).await;
    let usual = seen(&world, &gate, world.anyone.sign_in("niemand@zaanstad", WRONG)).await;
    assert_eq!((usual.status, usual.hashes), (StatusCode::UNAUTHORIZED, 1));
    assert!(!usual.headers.contains_key("set-cookie") && usual.headers.len() > 5, "{usual:#?}");
    for name in &names {
        for password in [WRONG, "bcdf-ghjk-mprs-twxz-bcdf"] {
            assert_eq!(
                seen(&world, &gate, world.anyone.sign_in(name, password)).await,
                usual,
                "{name} {password}"
            );
        }
    }
    let usual = seen(&world, &gate, ask(&world, "niemand@zaanstad")).await;
    assert_eq!((usual.status, usual.hashes), (StatusCode::ACCEPTED, 0));
    // Also more often than is mailed, and after the worker looked.
    for _ in 0..5 {
        for name in &names {
            assert_eq!(seen(&world, &gate, ask(&world, name)).await, usual, "{name}");
        }
        world.mails();
    }
}

/// S1: nor does the very attempt that locks, though it ends sessions.
#[actix_web::test]
async fn the_attempt_that_locks_looks_and_costs_like_any_other() {
    let gate = Gate::new(1, 64);
    let world = World::behind(|gates| gates.hashing = gate.clone()).await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let usual = seen(&world, &gate, world.anyone.sign_in("nobody@zaanstad", WRONG)).await;
    for attempt in 1..=13 {
        assert_eq!(
            seen(&world, &gate, world.anyone.sign_in("jan@zaanstad", WRONG)).await,
            usual,
            "{attempt}"
        );
        let locked = world.attempts_of(jan.id).1 == EmployeeState::Locked;
        assert_eq!(locked, attempt >= 11, "{attempt}");
    }
    assert!(world.outbox().is_empty(), "nobody is mailed by the request");
    let kinds = world.recorded().into_iter().filter(|event| event.object_id == Some(jan.id.0));
    assert_eq!(kinds.filter(|event| event.kind == "account.locked").count(), 1);
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
}

/// S2: counted before it is verified, whatever an attacker says of where they are; the owner is told once.
#[actix_web::test]
async fn a_burst_from_everywhere_at_once_gets_no_more_than_eleven_checks() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let id = office.account("jan", &[]);
    let guesses = (0..60).map(|guess| {
        let anyone = world.anyone.clone();
        async move {
            let body = json!({ "username": "jan@zaanstad", "password": format!("guess {guess}") });
            loop {
                let request = anyone.request(Method::POST, "/v1/sessions");
                let request = request.header("X-Forwarded-For", format!("203.0.113.{guess}"));
                let answer = request.json(&body).send().await;
                // A full waiting room is no attempt; come back, as Retry-After says.
                if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                    return answer;
                }
            }
        }
    });
    for answer in join_all(guesses).await {
        // Beyond what one account is tried at all, nothing is counted either.
        let too_many = answer.status == StatusCode::TOO_MANY_REQUESTS;
        answer.problem(if too_many { ProblemCode::TooManyRequests } else { ProblemCode::SignInFailed });
    }
    assert_eq!(world.attempts_of(id), (11, EmployeeState::Locked));
    let locks = world.recorded().into_iter().filter(|event| event.kind == "account.locked").count();
    assert_eq!((locks, world.mails().len()), (1, 1));
    let listed: Page<LockedAccount> = office.admin().get("/locked-accounts").await.ok();
    assert_eq!(listed.items[0].locked_from.as_deref(), Some("127.0.0.1"), "where it really came from (S8)");
}

/// S2: a stolen session is no place to guess the password either.
#[actix_web::test]
async fn guessing_the_current_password_in_a_session_locks_and_ends_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let guess = |guess: usize| {
        let body =
            json!({ "password": "kwast molen zeven blauw", "currentPassword": format!("guess {guess}") });
        jan.request(Method::PUT, "/me/password").json(&body).send()
    };
    for number in 1..=11 {
        assert_eq!(guess(number).await.invalid_fields(), ["currentPassword"]);
    }
    guess(12).await.problem(ProblemCode::NotSignedIn);
    assert_eq!(world.attempts_of(jan.id), (11, EmployeeState::Locked));
}

/// S4: whoever asks in somebody's name takes nothing from them, and gives nothing to a guesser.
#[actix_web::test]
async fn asking_for_a_password_neither_locks_nor_unlocks_nor_starts_the_count_again() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    for _ in 0..6 {
        ask(&world, "jan@zaanstad").await;
        world.mails();
    }
    assert_eq!(world.attempts_of(jan.id), (0, EmployeeState::Active));
    jan.get("/me").await.ok::<Me>();
    for _ in 0..10 {
        world.anyone.sign_in("jan@zaanstad", WRONG).await.problem(ProblemCode::SignInFailed);
        ask(&world, "jan@zaanstad").await;
        world.mails();
    }
    assert_eq!(world.attempts_of(jan.id), (10, EmployeeState::Active));
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED, "the 11th");
    // What was mailed before it locked does not open it.
    let temporary = world.mails().into_iter().rfind(|mail| mail.subject.contains("tijdelijke")).unwrap();
    lock(&world, "jan@zaanstad").await;
    let temporary = temporary.temporary_password();
    world.anyone.sign_in("jan@zaanstad", &temporary).await.problem(ProblemCode::SignInFailed);
    ask(&world, "jan@zaanstad").await;
    world.mails();
    assert_eq!(world.attempts_of(jan.id), (11, EmployeeState::Locked));
}

/// S4: single-use, also when it is used twice in the same moment.
#[actix_web::test]
async fn a_temporary_password_used_in_many_places_at_once_opens_one_session() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.account("jan", &[]);
    ask(&world, "jan@zaanstad").await;
    let temporary = world.mails().pop().unwrap().temporary_password();
    let tries = (0..6).map(|_| world.anyone.sign_in("jan@zaanstad", &temporary));
    let opened =
        join_all(tries).await.into_iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    let kept: i64 = sessions::table
        .filter(sessions::employee_id.eq(jan))
        .count()
        .get_result(&mut world.database.connect())
        .unwrap();
    assert_eq!((opened, kept), (1, 1));
}

/// S3, S4: what is mailed when an account is reactivated works for 72 hours, once, for one account, the newest only.
#[actix_web::test]
async fn the_password_of_a_reactivation_works_once_for_one_account_until_it_expires() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.account("jan", &[]);
    office.account("piet", &[]);
    let reactivated = async || {
        lock(&world, "jan@zaanstad").await;
        let before = world.mails().len();
        let _: Employee = office.admin().act(&format!("/employees/{jan}/reactivation")).await.ok();
        world.mails().into_iter().skip(before).next_back().unwrap().temporary_password()
    };
    let first = reactivated().await;
    let second = reactivated().await;
    world.anyone.sign_in("jan@zaanstad", &first).await.problem(ProblemCode::SignInFailed);
    world.anyone.sign_in("piet@zaanstad", &second).await.problem(ProblemCode::SignInFailed);
    let row = employees::table.find(jan);
    let mut conn = world.database.connect();
    let expires: NaiveDateTime =
        row.select(employees::temporary_expires_at.assume_not_null()).first(&mut conn).unwrap();
    let left = expires - clock::stamp();
    assert!(left <= TimeDelta::hours(72) && left > TimeDelta::hours(71), "{left}");
    let over = clock::stamp() - TimeDelta::seconds(1);
    diesel::update(row).set(employees::temporary_expires_at.eq(over)).execute(&mut conn).unwrap();
    world.anyone.sign_in("jan@zaanstad", &second).await.problem(ProblemCode::SignInFailed);
    diesel::update(row).set(employees::temporary_expires_at.eq(expires)).execute(&mut conn).unwrap();
    let session: Session = world.anyone.sign_in("jan@zaanstad", &second).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    world.anyone.sign_in("jan@zaanstad", &second).await.problem(ProblemCode::SignInFailed);
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
}

/// S7: neither the access token nor the refresh token outlives the account, whichever way it ends.
#[actix_web::test]
async fn deactivation_and_lock_end_a_live_session_with_both_its_tokens() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    for ends in ["deactivation", "lock"] {
        let id = office.account(ends, &[]);
        let name = format!("{ends}@zaanstad");
        let answer = world.anyone.sign_in(&name, PASSWORD).await;
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let mut person = office.admin().clone();
        person.token = answer.ok::<Session>().access_token;
        person.get("/me").await.ok::<Me>();
        if ends == "lock" {
            lock(&world, &name).await;
        } else {
            let _: Employee =
                office.admin().post(&format!("/employees/{id}/deactivation"), &json!({})).await.ok();
        }
        person.get("/me").await.problem(ProblemCode::NotSignedIn);
        let refresh = world.anyone.request(Method::POST, "/v1/sessions/refresh").header("Cookie", cookie);
        refresh.clone().send().await.problem(ProblemCode::NotSignedIn);
        // Nor do they come back with it.
        let _: Employee = office.admin().act(&format!("/employees/{id}/reactivation")).await.ok();
        person.get("/me").await.problem(ProblemCode::NotSignedIn);
        refresh.send().await.problem(ProblemCode::NotSignedIn);
    }
}
