//! Rotating the keys of access tokens while a server runs (S7).

use std::process::Output;
use std::time::{Duration, Instant};

use awc::http::{Method, StatusCode};
use chrono::{TimeDelta, Utc};
use contract::*;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Person, Program, TestDatabase, Token, World};

fn keys(database: &TestDatabase, args: &[&str]) -> Output {
    Program::command(database, &[&["keys"], args].concat()).output().unwrap()
}

/// What the command says; fails when it fails.
fn rotate(database: &TestDatabase, args: &[&str]) -> String {
    let done = keys(database, &[&["rotate"], args].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// Waits until the server answers a token so; it looks at the file every few seconds.
async fn until(jan: &Person, token: &str, status: StatusCode) {
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut jan = jan.clone();
    token.clone_into(&mut jan.token);
    while jan.get("/me").await.status != status {
        assert!(Instant::now() < deadline, "never {status}");
    }
}

/// Lets time pass for the keys, and waits until the server has seen it.
async fn age(world: &World, jan: &Person, minutes: i64) {
    let mut secrets = world.database.secrets();
    for key in secrets["accessTokenKeys"].as_array_mut().unwrap() {
        for moment in ["createdAt", "signsFrom"] {
            let then: chrono::DateTime<Utc> = serde_json::from_value(key[moment].clone()).unwrap();
            key[moment] = json!(then - TimeDelta::minutes(minutes));
        }
    }
    // A key of this test, by which it sees that the file was read.
    let probe =
        (format!("probe-{}", uuid::Uuid::now_v7()), uuid::Uuid::now_v7().simple().to_string().repeat(2));
    secrets["accessTokenKeys"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "kid": probe.0, "secret": probe.1, "signsFrom": Utc::now() + TimeDelta::days(1) }));
    put(&world.database, &secrets);
    let token = Token::new(&probe.0, &Token::read(&jan.token).claims).signed(probe.1.as_bytes());
    until(jan, &token, StatusCode::OK).await;
    secrets["accessTokenKeys"].as_array_mut().unwrap().pop();
    put(&world.database, &secrets);
}

/// Replaces the file as the command does.
fn put(database: &TestDatabase, secrets: &Value) {
    use std::os::unix::fs::PermissionsExt;
    let draft = database.folder.join("draft.json");
    std::fs::write(&draft, secrets.to_string()).unwrap();
    std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::rename(draft, database.folder.join("secrets.json")).unwrap();
}

fn kid_of(person: &Person) -> String {
    Token::read(&person.token).header["kid"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_new_key_verifies_at_once_signs_when_its_turn_comes_and_the_old_one_works_in_the_overlap() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let claims = Token::read(&jan.token).claims;
    let (first, secret) = world.database.key(0);
    let before = world.database.secrets();
    let file = world.database.folder.join("secrets.json");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();

    let said = rotate(&world.database, &[]);
    let after = world.database.secrets();
    let (second, new_secret) = world.database.key(1);
    assert!(said.contains(&second), "{said}");
    assert!(!said.contains(std::str::from_utf8(&new_secret).unwrap()), "{said}");
    assert_eq!(
        (&after["hashKey"], &after["accessTokenKeys"][0]),
        (&before["hashKey"], &before["accessTokenKeys"][0])
    );
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640, "who may read it stays as it was");
    assert!(!keys(&world.database, &["rotate", "--signs-in", "0"]).status.success(), "one at a time");

    // Another server may sign with it before this one has looked.
    until(&jan, &Token::new(&second, &claims).signed(&new_secret), StatusCode::OK).await;
    let again = office.sign_in(jan.id, "jan").await;
    assert_eq!(kid_of(&again), first, "not yet its turn");

    age(&world, &jan, 2).await;
    let later = office.sign_in(jan.id, "jan").await;
    assert_eq!(kid_of(&later), second);
    assert_eq!(jan.get("/me").await.status, StatusCode::OK, "the overlap");
    assert!(rotate(&world.database, &["--drop-old"]).contains("Dropped: 0."));
    let listed = keys(&world.database, &["list"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.contains(&format!("{first}  made")) && listed.contains("verifies until"), "{listed}");
    assert!(!listed.contains(std::str::from_utf8(&secret).unwrap()), "{listed}");

    age(&world, &jan, 15).await;
    assert!(rotate(&world.database, &["--drop-old"]).contains("Dropped: 1."));
    assert_eq!(world.database.key(0).0, second);
    until(&jan, &jan.token, StatusCode::UNAUTHORIZED).await;
    assert_eq!(later.get("/me").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_key_that_leaked_is_gone_at_once_and_sessions_go_on() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let opened = world.anyone.sign_in("jan@zaanstad", PASSWORD).await;
    let cookie = opened.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let (leaked, secret) = world.database.key(0);
    let forged = Token::new(&leaked, &Token::read(&jan.token).claims).signed(&secret);
    until(&jan, &forged, StatusCode::OK).await;

    assert!(rotate(&world.database, &["--at-once"]).contains("Dropped: 1."));
    until(&jan, &forged, StatusCode::UNAUTHORIZED).await;
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
    let refresh = world.anyone.request(Method::POST, "/v1/sessions/refresh").header("Cookie", cookie);
    let session: Session = refresh.send().await.ok();
    let jan = Person { token: session.access_token, ..jan };
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);
    assert_eq!(kid_of(&jan), world.database.key(0).0);
}

#[actix_web::test]
async fn a_file_that_is_no_good_changes_nothing_for_a_running_server() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let good = world.database.secrets();
    put(&world.database, &json!({ "accessTokenKeys": [], "hashKey": "x" }));
    // It is looked at because of a key that nobody knows.
    let unknown = Token::new("unknown", &Token::read(&jan.token).claims).signed(b"x");
    until(&jan, &unknown, StatusCode::UNAUTHORIZED).await;
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);
    put(&world.database, &good);
    age(&world, &jan, 0).await;
    assert_eq!(jan.get("/me").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn secrets_in_the_environment_work_and_are_rotated_by_hand() {
    let database = TestDatabase::migrated();
    let given = serde_json::to_string(&werkbak::secrets::Secrets::generate()).unwrap();
    let program = Program::start(&database, &[("WERKBAK_SECRETS", &given)]);
    program.anyone.sign_in("nobody@nowhere", "wrong").await.problem(ProblemCode::SignInFailed);
    assert!(!database.folder.join("secrets.json").exists());

    let told =
        Program::command(&database, &["keys", "rotate"]).env("WERKBAK_SECRETS", &given).output().unwrap();
    assert!(!told.status.success());
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    let given: Value = serde_json::from_str(&given).unwrap();
    assert!(!said.contains(given["accessTokenKeys"][0]["secret"].as_str().unwrap()), "{said}");
    // What it prints can be used as it is.
    let key: Value = serde_json::from_str(said.lines().find(|line| line.starts_with('{')).unwrap()).unwrap();
    let mut next = given;
    next["accessTokenKeys"].as_array_mut().unwrap().push(key);
    drop(program);
    drop(Program::start(&database, &[("WERKBAK_SECRETS", &next.to_string())]));
}
