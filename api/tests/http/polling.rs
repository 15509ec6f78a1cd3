//! Asking again and again whether something changed (If-None-Match).

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;
use werkbak::http::document::document;

use crate::support::{Person, Response, World};

async fn again(person: &Person, path: &str, tag: &str) -> Response {
    person.request(Method::GET, path).header("If-None-Match", tag).send().await
}

/// What the document says about a tag of the content is what the server does; without one, an answer has a version.
#[actix_web::test]
async fn what_has_no_version_has_a_tag_of_what_it_says() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let mut tagged = 0;
    for (path, item) in document()["paths"].as_object().unwrap() {
        let operation = &item["get"];
        if path.contains('{') || operation["responses"]["200"]["content"]["application/json"].is_null() {
            continue;
        }
        let answer = office.admin().get(path).await;
        if answer.status != StatusCode::OK {
            continue;
        }
        let weak = answer.header("etag").is_some_and(|tag| tag.starts_with("W/\""));
        assert_eq!(weak, operation["responses"]["304"].is_object(), "{path}");
        tagged += usize::from(weak);
    }
    assert!(tagged > 5, "{tagged}");
}

#[actix_web::test]
async fn a_list_is_given_again_only_when_it_changed() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    office.group("Team", &[]).await;
    let first = admin.get("/groups").await;
    let tag = first.header("etag").expect("a tag").to_owned();
    // Proxies make tags weak, and ask about several.
    for known in
        [tag.clone(), tag.trim_start_matches("W/").to_owned(), format!("\"x\", {tag}"), "*".to_owned()]
    {
        let same = again(admin, "/groups", &known).await;
        assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        assert_eq!(same.header("etag"), Some(tag.as_str()));
        assert_eq!(same.header("cache-control"), Some("no-store"));
        assert!(same.header("vary").is_some_and(|vary| vary.contains("Authorization")));
    }
    assert_eq!(again(admin, "/groups", "\"x\"").await.status, StatusCode::OK);
    office.group("Ploeg", &[]).await;
    let changed = again(admin, "/groups", &tag).await;
    assert_eq!(changed.ok::<Page<GroupSummary>>().items.len(), 2);
    // Who may not see it learns nothing from a tag.
    let answer = world.anyone.request(Method::GET, "/v1/groups").header("If-None-Match", tag).send().await;
    answer.problem(ProblemCode::NotSignedIn);
}

/// What a version counts is not all that is shown of a thing.
#[actix_web::test]
async fn what_has_a_version_is_always_given_whole() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let group = office.group("Team", &[]).await;
    let path = format!("/groups/{}", group.id);
    let tag = office.admin().get(&path).await.header("etag").unwrap().to_owned();
    assert_eq!(tag, "\"1\"");
    assert_eq!(again(office.admin(), &path, &tag).await.ok::<Group>().id, group.id);
}

/// A tag says nothing about what is changed.
#[actix_web::test]
async fn a_change_does_not_ask_whether_something_is_known() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let new = office.admin().request(Method::POST, "/groups").header("If-None-Match", "*");
    assert_eq!(new.json(&json!({ "name": "Team" })).send().await.status, StatusCode::CREATED);
}

/// E2: whoever asks for content read it, also when they had it already.
#[actix_web::test]
async fn asking_whether_content_changed_is_reading_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    let path = format!("/dossiers/{}/parties", dossier.id);
    let tag = jan.get(&path).await.header("etag").unwrap().to_owned();
    let recorded = || world.readings();
    let before = recorded();
    assert_eq!(again(&jan, &path, &tag).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(recorded(), before + 1);
}
