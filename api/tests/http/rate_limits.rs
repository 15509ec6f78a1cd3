//! How often what guesses passwords may be tried, by account and by address.

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{PASSWORD, Response, World};

async fn world() -> World {
    World::with(|config| config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()]).await
}

async fn sign_in(world: &World, username: &str, password: &str, address: &str) -> Response {
    let body = json!({ "username": username, "password": password });
    let request = world.anyone.request(Method::POST, "/v1/sessions").header("X-Forwarded-For", address);
    request.json(&body).send().await
}

/// How many of them were refused as too many; each of those says when to come back.
fn refused(answers: &[Response]) -> usize {
    let refused: Vec<&Response> =
        answers.iter().filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS).collect();
    for answer in &refused {
        answer.problem(ProblemCode::TooManyRequests);
        let after: u64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=600).contains(&after), "{after}");
    }
    refused.len()
}

/// An account is guarded whatever the address, and one that does not exist in the same way (S1).
#[actix_web::test]
async fn an_account_is_not_guessed_at_from_many_addresses() {
    let world = world().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    office.account("piet", &[]);
    let mut counts = Vec::new();
    for username in ["jan@zaanstad", "nobody@zaanstad"] {
        // Thirty, and what the clock gives back meanwhile.
        let mut answers = Vec::new();
        while refused(&answers) == 0 && answers.len() < 200 {
            let from = format!("198.51.100.{}", answers.len());
            answers.push(sign_in(&world, username, "not the password", &from).await);
        }
        counts.push(refused(&answers));
        assert!(answers.len() > 30, "{username}: {}", answers.len());
    }
    assert_eq!(counts, [1, 1], "an account that does not exist is guarded in the same way");
    assert_eq!(sign_in(&world, "piet@zaanstad", PASSWORD, "198.51.100.1").await.status, StatusCode::CREATED);
}

/// One password for many accounts is what a guesser tries next.
#[actix_web::test]
async fn an_address_does_not_try_many_accounts() {
    let world = world().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    // Sixty failures, and one every two seconds.
    let mut answers = Vec::new();
    while refused(&answers) == 0 && answers.len() < 200 {
        let username = format!("p{}@zaanstad", answers.len());
        answers.push(sign_in(&world, &username, "Welkom2026!", "203.0.113.9").await);
    }
    assert!(refused(&answers) == 1 && answers.len() > 60, "{}", answers.len());
    // Whoever sits beside the guesser waits for seconds; elsewhere nobody does.
    let wait: u64 = answers.last().unwrap().header("retry-after").unwrap().parse().unwrap();
    assert!(wait <= 3, "{wait}");
    assert_eq!(world.addresses_of_events("sign-in.limited"), ["203.0.113.9"], "recorded (E3)");
    assert_eq!(sign_in(&world, "jan@zaanstad", PASSWORD, "203.0.113.10").await.status, StatusCode::CREATED);
}

/// What was refused was not tried: it counts for nothing and costs nothing.
#[actix_web::test]
async fn what_is_too_many_reaches_no_account() {
    let gate = werkbak::http::gate::Gate::new(1, 64);
    let world = World::behind(|gates| gates.hashing = gate.clone()).await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    for _ in 0..200 {
        let (hashes, attempts) = (gate.entered(), world.addresses_of_events("session.attempted").len());
        let answer = world.anyone.sign_in("nobody@zaanstad", "not the password").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            let now = (gate.entered(), world.addresses_of_events("session.attempted").len());
            return assert_eq!(now, (hashes, attempts));
        }
    }
    panic!("nothing is too many");
}

#[actix_web::test]
async fn passwords_are_not_asked_for_without_end() {
    let world = world().await;
    let ask = async |username: &str, address: &str| {
        let request = world.anyone.request(Method::POST, "/v1/password-resets");
        request.header("X-Forwarded-For", address).json(&json!({ "username": username })).send().await
    };
    let mut of_one = Vec::new();
    let mut of_many = Vec::new();
    for number in 0..15 {
        of_one.push(ask("jan@zaanstad", &format!("198.51.100.{number}")).await);
    }
    for number in 0..70 {
        of_many.push(ask(&format!("p{number}@zaanstad"), "203.0.113.9").await);
    }
    assert_eq!(refused(&of_one), 3);
    assert!((5..=10).contains(&refused(&of_many)));
}

#[actix_web::test]
async fn a_session_is_not_refreshed_without_end_and_survives_it() {
    let world = world().await;
    let office = world.office("zaanstad").await;
    office.account("jan", &[]);
    let mut cookie = String::new();
    let keep = |answer: &Response, cookie: &mut String| {
        if let Some(header) = answer.header("set-cookie") {
            *cookie = header.split(';').next().unwrap().to_owned();
        }
    };
    keep(&sign_in(&world, "jan@zaanstad", PASSWORD, "203.0.113.9").await, &mut cookie);
    let refresh = async |cookie: &str, address: &str| {
        let request =
            world.anyone.request(Method::POST, "/v1/sessions/refresh").header("X-Forwarded-For", address);
        request.header("Cookie", cookie).send().await
    };
    let mut answers = Vec::new();
    for number in 0..80 {
        let answer = refresh(&cookie, &format!("198.51.100.{number}")).await;
        keep(&answer, &mut cookie);
        answers.push(answer);
    }
    let too_many = refused(&answers);
    assert!((1..=20).contains(&too_many), "{too_many}");
    assert_eq!(answers.iter().filter(|answer| answer.status == StatusCode::OK).count(), 80 - too_many);
    // A flood of made-up tokens from one address stops at the door.
    let mut flood = Vec::new();
    for _ in 0..40 {
        let burst = (0..50).map(|_| refresh("__Host-werkbak-session=nonsense", "192.0.2.1"));
        flood.extend(futures_util::future::join_all(burst).await);
    }
    assert!(refused(&flood) >= 1);
}
