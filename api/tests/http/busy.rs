//! What is scarce has a queue of its own; when that is full, one is told to come back (503).

use awc::http::{Method, StatusCode};
use contract::*;
use futures_util::future::{Either, select};
use serde_json::json;
use werkbak::http::gate::Gate;

use crate::support::{PASSWORD, Response, World};

#[track_caller]
fn come_back(answer: &Response) {
    let problem = answer.problem(ProblemCode::Busy);
    assert!(problem.detail.contains("te druk"), "{}", problem.detail);
    let seconds: u32 = answer.header("retry-after").expect("Retry-After").parse().unwrap();
    assert!((1..=60).contains(&seconds));
}

#[actix_web::test]
async fn a_full_queue_for_passwords_is_told_and_holds_nobody_else_up() {
    let gate = Gate::new(1, 1);
    let world = World::behind(|gates| gates.hashing = gate.clone()).await;
    let office = world.office("zaanstad").await;
    let id = office.account("jan", &[]);
    let place = gate.enter().await.unwrap();
    // One waits, the other has no room to: whichever comes second is told at once.
    let first = Box::pin(world.anyone.sign_in("jan@zaanstad", PASSWORD));
    let second = Box::pin(world.anyone.sign_in("jan@zaanstad", PASSWORD));
    let (refused, waiting) = match select(first, second).await {
        Either::Left((refused, waiting)) | Either::Right((refused, waiting)) => (refused, waiting),
    };
    come_back(&refused);
    // Whoever is signed in notices nothing.
    assert_eq!(office.admin().get("/me").await.status, StatusCode::OK);
    drop(place);
    assert_eq!(waiting.await.status, StatusCode::CREATED);
    assert_eq!(world.attempts_of(id).0, 0, "a success starts the count again");
}

/// S2: who is told to come back has not failed.
#[actix_web::test]
async fn an_attempt_that_finds_no_place_does_not_count() {
    let gate = Gate::new(1, 0);
    let world = World::behind(|gates| gates.hashing = gate.clone()).await;
    let office = world.office("zaanstad").await;
    let id = office.account("jan", &[]);
    let place = gate.enter().await.unwrap();
    for _ in 0..12 {
        come_back(&world.anyone.sign_in("jan@zaanstad", PASSWORD).await);
    }
    assert_eq!(world.attempts_of(id), (0, EmployeeState::Active));
    drop(place);
    assert_eq!(world.anyone.sign_in("jan@zaanstad", PASSWORD).await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn a_full_queue_for_the_database_is_told_and_nothing_is_changed() {
    let (readers, writers) = (Gate::new(1, 0), Gate::new(1, 0));
    let world = World::behind(|gates| {
        gates.readers = readers.clone();
        gates.writers = writers.clone();
    })
    .await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let group = json!({ "name": "Wijkteam" });
    let events = world.recorded().len();

    let place = writers.enter().await.unwrap();
    come_back(&admin.post("/groups", &group).await);
    come_back(&world.anyone.sign_in("beheer@zaanstad", PASSWORD).await);
    let groups: Page<GroupSummary> = admin.get("/groups").await.ok();
    assert!(groups.items.is_empty(), "reading goes on");
    drop(place);

    let place = readers.enter().await.unwrap();
    come_back(&admin.get("/groups").await);
    // Busy is not broken: a proxy that took it out would only make the others busier.
    let ready = world.anyone.request(Method::GET, "/readyz").send().await;
    assert_eq!(ready.status, StatusCode::OK);
    assert_eq!(world.recorded().len(), events);
    drop(place);

    assert_eq!(admin.post("/groups", &group).await.status, StatusCode::CREATED);
    assert_eq!(admin.get("/groups").await.status, StatusCode::OK);
}
