//! What holds for every operation: problems, limits, paging, conditions, repeated requests.

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{World, person_rule};

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

/// C6: an answer given once is not for who may no longer see what it is about.
#[actix_web::test]
async fn a_repeated_request_does_not_show_what_was_closed_meanwhile() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan) = (office.person("boss").await, office.person("jan").await);
    let (dossier, case) = office.case(&boss).await;
    office.authorise(case.header.case_type.id, &[&jan]).await;
    office.rules(&dossier, &[person_rule(&jan, Effect::Allow)]).await;
    let new = json!({ "dossierId": dossier.id, "caseTypeId": case.header.case_type.id, "title": "Geheim",
        "coordinatorId": boss.id });
    let open = || jan.request(Method::POST, "/cases").header("Idempotency-Key", "k1").json(&new).send();
    let first = open().await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(open().await.body, first.body);
    office.rules(&dossier, &[person_rule(&jan, Effect::Deny)]).await;
    open().await.problem(ProblemCode::NotFound);
    office.rules(&dossier, &[person_rule(&jan, Effect::Allow)]).await;
    assert_eq!(open().await.body, first.body);
}

/// C4: nor is the whole case for who sees only its header by now; while who gave a task back may ask twice.
#[actix_web::test]
async fn a_repeated_request_shows_no_more_than_one_sees_now() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan) = (office.person("boss").await, office.person("jan").await);
    let (dossier, case) = office.case(&boss).await;
    office.rules(&dossier, &[person_rule(&jan, Effect::Allow)]).await;
    let case = office.support(&boss, &case, &jan).await;
    let step = case.steps.first().unwrap().clone();
    let path = format!("/cases/{}/steps/{}/skip", case.header.id, step.id);
    let skip = || {
        jan.request(Method::POST, &path)
            .header("Idempotency-Key", "k1")
            .seen(step.version)
            .json(&json!({ "reason": "Niet nodig" }))
            .send()
    };
    let first = skip().await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(skip().await.body, first.body);

    let team = office.group("Team", &[&jan]).await;
    let task = office.tray_task(&boss, &case, &team).await;
    let _: Task = jan.act(&format!("/tasks/{}/claim", task.id)).await.ok();
    let path = format!("/tasks/{}/release", task.id);
    let release = || jan.request(Method::POST, &path).header("Idempotency-Key", "k2").send();
    let released = release().await;
    assert_eq!(released.status, StatusCode::OK);
    assert_eq!(release().await.body, released.body);

    let supporter = format!("/cases/{}/supporters/{}", case.header.id, jan.id);
    let now = boss.case(case.header.id).await;
    assert!(boss.request(Method::DELETE, &supporter).seen(now.version).send().await.status.is_success());
    skip().await.problem(ProblemCode::Forbidden);
}

/// S5: a session that may only set a password gets no earlier answers.
#[actix_web::test]
async fn a_password_session_gets_no_earlier_answer() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person_with("jan", &[Role::LocalAdmin]).await;
    let body = json!({ "name": "Team" });
    let post = |who: &crate::support::Person| {
        who.request(Method::POST, "/groups").header("Idempotency-Key", "k1").json(&body).send()
    };
    assert_eq!(post(&jan).await.status, StatusCode::CREATED);
    for _ in 0..11 {
        world.anyone.sign_in("jan@zaanstad", "wrong").await.problem(ProblemCode::SignInFailed);
    }
    let _: Employee = office.admin().act(&format!("/employees/{}/reactivation", jan.id)).await.ok();
    let temporary = world.mails().pop().unwrap().temporary_password();
    let session: Session = world.anyone.sign_in("jan@zaanstad", &temporary).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    let jan = crate::support::Person { token: session.access_token, ..jan };
    post(&jan).await.problem(ProblemCode::PasswordRequired);
}

/// What nobody types is refused, on either database.
#[actix_web::test]
async fn control_characters_are_refused_where_one_searches_and_pages() {
    use base64::Engine;
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let lists = ["/employees", "/groups", "/client-groups", "/dossiers", "/cases", "/case-types"];
    for list in lists {
        for q in ["%00", "jan%00", "a%0Ab"] {
            assert_eq!(admin.get(&format!("{list}?q={q}")).await.invalid_fields(), ["q"], "{list} {q}");
        }
        let page: serde_json::Value = admin.get(&format!("{list}?q=%20jan%20")).await.ok();
        assert!(page["items"].is_array());
    }
    let key = json!(["a\u{0}", admin.id]).to_string();
    let cursor = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(key);
    for list in ["/employees", "/groups", "/client-groups"] {
        let path = format!("{list}?cursor={cursor}");
        assert_eq!(admin.get(&path).await.invalid_fields(), ["cursor"], "{list}");
    }
    let path = format!("/employees/{}/dossiers/2026%00", admin.id);
    admin.get(&path).await.problem(ProblemCode::NotFound);
}

/// What the answer depends on is all of it named: a shared cache must not mix languages or encodings.
#[actix_web::test]
async fn vary_names_the_encoding_besides_the_language() {
    let world = World::new().await;
    let request = world.anyone.request(Method::GET, "/v1/openapi.json").header("Accept-Encoding", "gzip");
    let answer = request.send().await;
    let vary: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "vary")
        .map(|(_, value)| value.to_lowercase())
        .collect();
    let vary = vary.join(", ");
    for part in ["accept-encoding", "accept-language", "authorization"] {
        assert!(vary.contains(part), "{vary}");
    }
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
