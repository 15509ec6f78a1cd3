//! `/v1/me/sessions`, and how a session ends by itself (S7).

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;
use werkbak::http::UNATTENDED;

use crate::support::{Office, PASSWORD, Person, Program, Response, TestDatabase, World};

/// Longer than a session may be idle.
const TOO_LONG: i64 = 32 * 60;

/// A session, with the cookie that refreshes it.
async fn enter(world: &World, person: &Person, user_agent: &str) -> (Person, String) {
    let request = world.anyone.request(Method::POST, "/v1/sessions").header("User-Agent", user_agent);
    let answer = request.json(&json!({ "username": person.username, "password": PASSWORD })).send().await;
    let cookie = cookie(&answer);
    let session: Session = answer.ok();
    assert_eq!(session.employee_id, person.id);
    (Person { token: session.access_token, ..person.clone() }, cookie)
}

fn cookie(answer: &Response) -> String {
    answer.header("set-cookie").expect("a cookie").split(';').next().unwrap().to_owned()
}

async fn refresh(world: &World, cookie: &str) -> Response {
    world.anyone.request(Method::POST, "/v1/sessions/refresh").header("Cookie", cookie).send().await
}

async fn sessions(of: &Person) -> Vec<OpenSession> {
    of.get("/me/sessions").await.ok::<Page<OpenSession>>().items
}

#[track_caller]
fn ended(answer: &Response) -> Option<SessionEnd> {
    answer.problem(ProblemCode::NotSignedIn).session_end
}

async fn stage() -> (World, Office, Person) {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    (world, office, jan)
}

#[actix_web::test]
async fn ones_sessions_are_listed_and_one_of_them_ended_at_once() {
    let (world, office, jan) = stage().await;
    let piet = office.person("piet").await;
    let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let (elsewhere, token) = enter(&world, &jan, firefox).await;
    let listed = sessions(&jan).await;
    assert_eq!(listed.iter().map(|session| session.current).collect::<Vec<_>>(), [false, true]);
    let other = &listed[0];
    assert_eq!(
        (other.device.browser.as_deref(), other.device.system.as_deref()),
        (Some("Firefox"), Some("Windows"))
    );
    assert_eq!(listed[1].device, Device::default(), "unknown");
    assert_eq!(other.address, "127.0.0.1");
    assert!(other.created_at <= other.last_used_at && other.last_used_at < other.expires_at);
    let paged: Vec<OpenSession> = jan.pages("/me/sessions", 1).await;
    assert_eq!(paged.iter().map(|session| session.id).collect::<Vec<_>>(), [other.id, listed[1].id]);

    let path = format!("/me/sessions/{}", other.id);
    piet.delete(&path).await.problem(ProblemCode::NotFound);
    office.admin().delete(&path).await.problem(ProblemCode::NotFound);
    assert_eq!(elsewhere.get("/me").await.status, StatusCode::OK);
    let before = world.recorded().len();
    assert_eq!(jan.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ended(&elsewhere.get("/me").await), Some(SessionEnd::Ended));
    assert_eq!(ended(&refresh(&world, &token).await), Some(SessionEnd::Ended));
    jan.delete(&path).await.problem(ProblemCode::NotFound);
    assert_eq!(sessions(&jan).await.len(), 1);
    let recorded = world.recorded();
    let closed = &recorded[before];
    assert_eq!((closed.kind.as_str(), closed.actor), ("session.closed", Some(jan.id)));
    assert_eq!(closed.new, json!({ "session": other.id }));
    assert_eq!(recorded.len(), before + 1);

    // Ending the one that asks is signing out.
    let own = jan.current_session().await.id;
    let answer = jan.delete(&format!("/me/sessions/{own}")).await;
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(ended(&jan.get("/me").await), Some(SessionEnd::Ended));
}

#[actix_web::test]
async fn all_others_end_at_once_and_only_ones_own() {
    let (world, office, jan) = stage().await;
    let piet = office.person("piet").await;
    let second = office.sign_in(jan.id, "jan").await;
    let (third, token) = enter(&world, &jan, "").await;
    let before = world.recorded().len();
    assert_eq!(jan.delete("/me/sessions").await.ok::<SessionsEnded>(), SessionsEnded { ended: 2 });
    for gone in [&second, &third] {
        assert_eq!(ended(&gone.get("/me").await), Some(SessionEnd::Ended));
    }
    refresh(&world, &token).await.problem(ProblemCode::NotSignedIn);
    for here in [&jan, &piet] {
        assert_eq!(here.get("/me").await.status, StatusCode::OK);
    }
    let recorded = world.recorded();
    assert_eq!(recorded[before].kind, "session.others-closed");
    assert_eq!(recorded[before].new, json!({ "ended": 2 }));
    assert_eq!(jan.delete("/me/sessions").await.ok::<SessionsEnded>(), SessionsEnded { ended: 0 });
    assert_eq!(world.recorded().len(), recorded.len(), "nothing happened");
}

#[actix_web::test]
async fn a_temporary_password_shows_and_ends_no_sessions() {
    let (world, office, jan) = stage().await;
    for _ in 0..11 {
        world.anyone.sign_in("piet@zaanstad", "wrong").await;
    }
    let new = json!({ "username": "nieuw", "name": "Nieuw", "email": "nieuw@zaanstad.test" });
    let _: Employee = office.admin().post("/employees", &new).await.ok();
    let temporary = world.mails().pop().unwrap().temporary_password();
    let session: Session = world.anyone.sign_in("nieuw@zaanstad", &temporary).await.ok();
    let new = Person { token: session.access_token, id: session.employee_id, ..jan };
    new.get("/me/sessions").await.problem(ProblemCode::PasswordRequired);
    new.delete("/me/sessions").await.problem(ProblemCode::PasswordRequired);
}

/// P3: helping another office takes nothing of one's own sessions away, and ending one ends the visit in it.
#[actix_web::test]
async fn who_helps_another_office_sees_and_ends_their_own_sessions() {
    let world = World::new().await;
    let platform = world.office("platform").await;
    world.platform(&platform);
    let zaanstad = world.office("zaanstad").await;
    let helper = platform.person_with("helper", &[Role::Helpdesk]).await;
    let at_home = platform.sign_in(helper.id, "helper").await;
    let visit = json!({ "officeCode": "zaanstad", "reason": "Melding 1234", "minutes": 30 });
    let _: SupportSession = helper.post("/support-sessions", &visit).await.ok();
    assert_eq!(sessions(&helper).await.len(), 2);
    let third = helper.session_elsewhere(&platform).await;
    assert_eq!(helper.delete(&format!("/me/sessions/{third}")).await.status, StatusCode::NO_CONTENT);
    let own = world.recorded().into_iter().next_back().unwrap();
    assert_eq!(own.kind, "session.closed");

    assert_eq!(at_home.delete("/me/sessions").await.ok::<SessionsEnded>(), SessionsEnded { ended: 1 });
    helper.get("/employees").await.problem(ProblemCode::NotSignedIn);
    let visits: Page<SupportSession> = zaanstad.admin().get("/support-sessions").await.ok();
    assert!(visits.items[0].ended_at.is_some());
    let kinds: Vec<String> = world.recorded().into_iter().map(|event| event.kind).collect();
    assert!(
        kinds.ends_with(&["support-session.ended".to_owned(), "session.others-closed".to_owned()]),
        "{kinds:?}"
    );
}

#[actix_web::test]
async fn a_session_that_nobody_uses_lapses_for_good_and_says_so() {
    let (world, _, jan) = stage().await;
    let (elsewhere, token) = enter(&world, &jan, "").await;
    world.age_use(jan.id, TOO_LONG);
    assert_eq!(ended(&elsewhere.get("/me").await), Some(SessionEnd::Idle));
    assert_eq!(ended(&elsewhere.get("/me").await), Some(SessionEnd::Idle), "being refused is no use");
    let before = world.recorded().len();
    let answer = refresh(&world, &token).await;
    assert_eq!(ended(&answer), Some(SessionEnd::Idle));
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(world.recorded()[before].kind, "session.lapsed");
    // Whatever comes late: another node that noted a use, or somebody who tries again.
    world.age_use(jan.id, 0);
    assert_eq!(ended(&elsewhere.get("/me").await), Some(SessionEnd::Ended));
    assert_eq!(ended(&refresh(&world, &token).await), Some(SessionEnd::Ended));
    assert_eq!(world.recorded().len(), before + 1);
}

#[actix_web::test]
async fn what_a_person_asks_keeps_a_session_and_what_nobody_asked_does_not() {
    let (world, _, jan) = stage().await;
    let (used, _) = enter(&world, &jan, "").await;
    let (left_open, token) = enter(&world, &jan, "").await;
    // A tray that keeps itself up to date, and the refresh that it causes.
    let unasked = |path: &str| left_open.request(Method::GET, path).header(UNATTENDED, "true").send();
    assert_eq!(used.get("/trays").await.status, StatusCode::OK);
    assert_eq!(unasked("/trays").await.status, StatusCode::OK);
    let again = world.anyone.request(Method::POST, "/v1/sessions/refresh");
    let again = again.header("Cookie", token).header(UNATTENDED, "true").send().await;
    let token = cookie(&again);
    assert_eq!(again.status, StatusCode::OK);

    world.age_use(jan.id, TOO_LONG);
    assert_eq!(used.get("/trays").await.status, StatusCode::OK, "without any refresh");
    assert_eq!(ended(&unasked("/trays").await), Some(SessionEnd::Idle));
    assert_eq!(ended(&left_open.get("/trays").await), Some(SessionEnd::Idle));
    assert_eq!(ended(&refresh(&world, &token).await), Some(SessionEnd::Idle));
    // Neither is listed by the one that goes on.
    let listed = sessions(&used).await;
    assert_eq!(listed.len(), 1);
    assert!(listed[0].current && (werkbak::clock::now() - listed[0].last_used_at).num_seconds() < 60);
}

#[actix_web::test]
async fn use_is_written_in_batches_and_never_backwards() {
    let (world, _, jan) = stage().await;
    world.age_use(jan.id, 600);
    let aged = world.used(jan.id);
    let (_, statements) = world.counting(jan.get("/me/sessions")).await;
    assert_eq!(statements.len(), 2, "{statements:#?}");
    for _ in 0..3 {
        assert_eq!(jan.get("/me").await.status, StatusCode::OK);
    }
    assert_eq!(world.used(jan.id), aged, "nothing is written for a request");
    assert_eq!(world.state.usage.write(&world.state.db).unwrap(), 1);
    let written = world.used(jan.id);
    assert!(written[0] > aged[0]);
    assert_eq!(world.state.usage.write(&world.state.db).unwrap(), 0, "nothing new");
    // Another node knows of a later use.
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);
    world.age_use(jan.id, -30);
    let later = world.used(jan.id);
    assert_eq!(world.state.usage.write(&world.state.db).unwrap(), 0);
    assert_eq!(world.used(jan.id), later);
    // A session that was ended stays so.
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);
    assert_eq!(jan.delete("/sessions/current").await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.state.usage.write(&world.state.db).unwrap(), 0);
}

#[cfg(unix)]
#[actix_web::test]
async fn another_server_knows_of_the_use_and_stopping_loses_none() {
    let (world, _, jan) = stage().await;
    let before = world.used(jan.id);
    let other = Program::start(&world.database, &[("WERKBAK_WORKER", "off")]);
    let there = Person { anyone: other.anyone.clone(), ..jan.clone() };
    assert_eq!(there.get("/me").await.status, StatusCode::OK);
    other.stop();
    let written = world.used(jan.id);
    assert!(written[0] > before[0]);
    // What it wrote counts here.
    world.age_use(jan.id, TOO_LONG);
    assert_eq!(ended(&jan.get("/me").await), Some(SessionEnd::Idle));
    world.age_use(jan.id, 60);
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_session_ends_after_its_time_however_much_it_is_used() {
    let (world, _, jan) = stage().await;
    let (elsewhere, token) = enter(&world, &jan, "").await;
    assert_eq!(elsewhere.get("/me").await.status, StatusCode::OK);
    world.age_sessions(jan.id, 1);
    assert_eq!(ended(&elsewhere.get("/me").await), Some(SessionEnd::TooLong));
    assert_eq!(ended(&refresh(&world, &token).await), Some(SessionEnd::TooLong));
}

#[actix_web::test]
async fn the_installation_says_how_long_a_session_goes_on() {
    let minutes = |minutes: u64| std::time::Duration::from_secs(minutes * 60);
    let world = World::with(|config| {
        config.sessions.idle = minutes(120);
        config.sessions.length = minutes(180);
    })
    .await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let answer = world.anyone.sign_in("jan@zaanstad", PASSWORD).await;
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=10800"));
    assert_eq!(answer.ok::<Session>().idle_seconds, 7200);
    world.age_use(jan.id, TOO_LONG);
    let current = jan.current_session().await;
    assert_eq!((current.expires_at - current.created_at).num_minutes(), 180);
    let (other, _) = enter(&world, &jan, "").await;
    world.age_use(jan.id, 122 * 60);
    assert_eq!(ended(&other.get("/me").await), Some(SessionEnd::Idle));
}

#[test]
fn limits_that_make_no_sense_are_refused_together() {
    let database = TestDatabase::migrated();
    let mut command = Program::command(&database, &["check"]);
    let refused =
        command.env("WERKBAK_SESSION_IDLE", "half an hour").env("WERKBAK_SESSION_LENGTH", "0h").output();
    let refused = refused.unwrap();
    assert!(!refused.status.success());
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    for name in ["WERKBAK_SESSION_IDLE is a time", "WERKBAK_SESSION_LENGTH is a time"] {
        assert!(told.contains(name), "{told}");
    }
    let mut command = Program::command(&database, &["check"]);
    let said = command.env("WERKBAK_SESSION_IDLE", "45m").output().unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("sessions: end after 45m without use, and after 12h at the latest"), "{said}");
}

#[actix_web::test]
async fn two_tabs_that_refresh_at_the_same_moment_both_go_on() {
    let (world, _, jan) = stage().await;
    let (_, token) = enter(&world, &jan, "").await;
    let (one, other) = futures_util::future::join(refresh(&world, &token), refresh(&world, &token)).await;
    for answer in [&one, &other] {
        let session: Session = answer.ok();
        let tab = Person { token: session.access_token, ..jan.clone() };
        assert_eq!(tab.get("/me").await.status, StatusCode::OK);
    }
    // Whichever cookie the browser kept, it works; an answer that was lost can be asked for again.
    for token in [cookie(&one), cookie(&other), token] {
        assert_eq!(refresh(&world, &token).await.status, StatusCode::OK);
    }
    assert_eq!(sessions(&jan).await.len(), 2);
}
