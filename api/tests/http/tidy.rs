//! What is out of date is removed, and nothing else.

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{PASSWORD, Person, World};

#[actix_web::test]
async fn answers_are_kept_for_a_day_and_refresh_tokens_as_long_as_their_session() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let make = async |key: &str| -> GroupId {
        let request = admin.request(Method::POST, "/groups").header("Idempotency-Key", key);
        request.json(&json!({ "name": "Wijkteam" })).send().await.ok::<Group>().id
    };
    let (old, fresh) = (make("old").await, make("fresh").await);
    assert_eq!(make("old").await, old);
    world.age_answer("old", 24 * 60 * 60 + 1);
    world.age_answer("fresh", 24 * 60 * 60 - 60);

    let (over, going) = (office.account("over", &[]), office.account("going", &[]));
    world.anyone.sign_in("over@zaanstad", PASSWORD).await.ok::<Session>();
    let answer = world.anyone.sign_in("going@zaanstad", PASSWORD).await;
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    world.age_sessions(over, 1);
    world.age_sessions(going, -60);
    let before = world.refresh_tokens();

    world.worker().tidy().unwrap();
    assert_eq!(world.refresh_tokens(), before - 1);
    assert_eq!((world.sessions_of(over), world.sessions_of(going)), (0, 1));
    let refresh = world.anyone.request(Method::POST, "/v1/sessions/refresh").header("Cookie", cookie);
    let session: Session = refresh.send().await.ok();
    let going = Person { token: session.access_token, ..admin.clone() };
    assert_eq!(going.get("/me").await.status, StatusCode::OK);
    // The key that is free again makes another group, the other one does not.
    assert_eq!(make("fresh").await, fresh);
    assert_ne!(make("old").await, old);
    // Whatever is left was good, and stays.
    let left = world.refresh_tokens();
    world.worker().tidy().unwrap();
    assert_eq!(world.refresh_tokens(), left);
}
