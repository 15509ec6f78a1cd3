//! What holds for every operation: problems, limits, paging, conditions, repeated requests.

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::World;

#[actix_web::test]
async fn everything_that_goes_wrong_is_a_problem_in_the_readers_language() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    world.anyone.get("/nothing").await.problem(ProblemCode::NotFound);
    world.anyone.get("/me").await.problem(ProblemCode::NotSignedIn);
    let answer = admin.request(Method::PATCH, "/groups").send().await;
    answer.problem(ProblemCode::MethodNotAllowed);
    assert_eq!(answer.header("allow"), Some("GET, POST"));
    admin.get("/groups/not-an-id").await.problem(ProblemCode::NotFound);
    admin.get("/groups?limit=1000").await.problem(ProblemCode::InvalidInput);
    admin.get("/groups?limit=x").await.problem(ProblemCode::InvalidInput);
    admin.get("/groups?cursor=x").await.problem(ProblemCode::InvalidInput);
    let post = || admin.request(Method::POST, "/groups");
    post().raw("{}").send().await.problem(ProblemCode::UnsupportedMediaType);
    let json = |body: &str| post().header("Content-Type", "application/json").raw(body.to_owned());
    json("{").send().await.problem(ProblemCode::InvalidJson);
    json("{\"name\":3}").send().await.problem(ProblemCode::InvalidJson);
    json("{\"name\":\"x\",\"nonsense\":1}").send().await.problem(ProblemCode::InvalidJson);
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(300_000));
    json(&large).send().await.problem(ProblemCode::TooLarge);
    json("{\"name\":\"  \",\"reminderHours\":0}").send().await.problem(ProblemCode::InvalidInput);

    let dutch = admin.request(Method::GET, "/groups/x").send().await.problem(ProblemCode::NotFound);
    let english = admin.request(Method::GET, "/groups/x").header("Accept-Language", "en").send().await;
    assert_eq!(dutch.title, "Niet gevonden");
    assert_eq!(english.problem(ProblemCode::NotFound).title, "Not found");
    assert!(english.header("api-version").is_some());
    assert_eq!(english.header("cache-control"), Some("no-store"));
}

#[actix_web::test]
async fn invalid_input_lists_everything_at_once_and_changes_nothing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let unknown = EmployeeId::new();
    let body = json!({ "name": " ", "reminderHours": 999, "memberIds": [unknown, unknown] });
    let fields = office.admin().post("/groups", &body).await.invalid_fields();
    assert_eq!(fields, ["name", "memberIds[1]", "reminderHours"]);
    let body = json!({ "name": "Team", "memberIds": [unknown] });
    assert_eq!(office.admin().post("/groups", &body).await.invalid_fields(), ["memberIds[0]"]);
    let page: Page<GroupSummary> = office.admin().get("/groups").await.ok();
    assert!(page.items.is_empty());
}

#[actix_web::test]
async fn a_change_says_which_version_it_saw() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let group = office.group("Team", &[]).await;
    let path = format!("/groups/{}", group.id);
    let body = json!({ "name": "Ploeg", "memberIds": [], "workAgreements": "" });
    let put = || admin.request(Method::PUT, &path).json(&body);
    put().send().await.problem(ProblemCode::VersionRequired);
    put().header("If-Match", "*").send().await.problem(ProblemCode::VersionRequired);
    let changed = put().seen(group.version).send().await;
    assert_eq!(changed.header("etag"), Some("\"2\""));
    let stale = put().seen(group.version).send().await.problem(ProblemCode::Stale);
    let current: Group = serde_json::from_value(stale.current.unwrap()).unwrap();
    assert_eq!((current.name.as_str(), current.version), ("Ploeg", 2));
}

#[actix_web::test]
async fn the_same_post_with_one_key_makes_one_thing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let post = |key: &str, name: &str| {
        admin.request(Method::POST, "/groups").header("Idempotency-Key", key).json(&json!({ "name": name }))
    };
    let first = post("k1", "Team").send().await;
    let again = post("k1", "Team").send().await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("etag"), first.header("etag"));
    post("k1", "Other").send().await.problem(ProblemCode::IdempotencyKeyReused);

    // Also when they come at the same time.
    let both = futures_util::future::join_all((0..8).map(|_| post("k2", "Ploeg").send())).await;
    let ids: std::collections::BTreeSet<GroupId> =
        both.iter().map(|answer| answer.ok::<Group>().id).collect();
    assert_eq!(ids.len(), 1);
    let page: Page<GroupSummary> = admin.get("/groups").await.ok();
    assert_eq!(page.items.len(), 2);

    // A colleague's key is another key.
    let jan = office.person_with("jan", &[Role::LocalAdmin]).await;
    let other =
        jan.request(Method::POST, "/groups").header("Idempotency-Key", "k1").json(&json!({ "name": "Jan" }));
    assert_eq!(other.send().await.status, StatusCode::CREATED);
    // A refusal is not remembered.
    assert_eq!(post("k3", " ").send().await.invalid_fields(), ["name"]);
    assert_eq!(post("k3", "Goed").send().await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    for name in ["Één", "een", "Twee", "drie", "Vier", "vijf", "Zes"] {
        office.group(name, &[]).await;
    }
    let mut names = Vec::new();
    let mut cursor = String::new();
    loop {
        let page: Page<GroupSummary> = office.admin().get(&format!("/groups?limit=2{cursor}")).await.ok();
        names.extend(page.items.into_iter().map(|group| group.name));
        match page.next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    // By name; case and accents do not matter, and of two alike the older comes first.
    assert_eq!(names, ["drie", "Één", "een", "Twee", "Vier", "vijf", "Zes"]);
}
