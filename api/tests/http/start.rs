//! Starting: the secrets of the installation.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::support::{Program, TestDatabase};

fn run(database: &TestDatabase, args: &[&str]) -> Output {
    Program::command(database, args).output().unwrap()
}

/// Puts a file there that only its owner reads.
fn put(file: &Path, content: &str) {
    std::fs::write(file, content).unwrap();
    mode(file, 0o600);
}

fn mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn secrets(database: &TestDatabase) -> Value {
    serde_json::from_slice(&std::fs::read(database.folder.join("secrets.json")).unwrap()).unwrap()
}

#[test]
fn the_first_start_makes_strong_secrets_and_later_starts_keep_them() {
    let (database, other) = (TestDatabase::migrated(), TestDatabase::migrated());
    for database in [&database, &other] {
        drop(Program::start(database, &[]));
    }
    let made = secrets(&database);
    let (key, hash) = (&made["accessTokenKeys"][0]["secret"], &made["hashKey"]);
    for secret in [key, hash] {
        let text = secret.as_str().unwrap();
        assert!(text.len() >= 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit()), "{text}");
    }
    assert_ne!(key, hash);
    let others = secrets(&other);
    assert!(![&others["hashKey"], &others["accessTokenKeys"][0]["secret"]].contains(&hash));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(database.folder.join("secrets.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "for its owner's eyes");
    }
    drop(Program::start(&database, &[]));
    assert_eq!(secrets(&database), made);
}

#[test]
fn weak_secrets_are_refused_at_the_start_with_the_reason() {
    let database = TestDatabase::migrated();
    let file = database.folder.join("secrets.json");
    let strong = "0123456789abcdef".repeat(4);
    let with = |key: &str, hash: &str| {
        json!({ "accessTokenKeys": [{ "kid": "1", "secret": key }], "hashKey": hash }).to_string()
    };
    for (content, why) in [
        (with("changeme", &strong), "every secret needs at least 64 hexadecimal digits"),
        (with(&strong, "changeme"), "every secret needs at least 64 hexadecimal digits"),
        (with(&"0".repeat(64), &strong), "a secret is not random"),
        (with(&strong, &strong), "every secret must be another"),
        (json!({ "accessTokenKeys": [], "hashKey": strong }).to_string(), "accessTokenKeys is empty"),
        ("{}".to_owned(), "these are no secrets"),
    ] {
        put(&file, &content);
        for command in ["serve", "worker"] {
            let refused = run(&database, &[command]);
            let told = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert!(!refused.status.success(), "{command}: {content}");
            assert!(told.contains(why) && told.contains("secrets.json"), "{command}: {told}");
            assert!(!told.contains("changeme") && !told.contains(&strong), "{command}: {told}");
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), content, "nothing is overwritten");
    }
}

#[test]
fn secrets_that_everyone_can_read_are_refused_with_what_to_do() {
    let database = TestDatabase::migrated();
    drop(Program::start(&database, &[]));
    let file = database.folder.join("secrets.json");
    mode(&file, 0o644);
    for command in ["serve", "worker", "check"] {
        let refused = run(&database, &[command]);
        let told = [refused.stdout, refused.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        assert!(!refused.status.success(), "{command}");
        assert!(told.concat().contains(&format!("chmod o= {}", file.display())), "{command}: {told:?}");
    }
    // A group may read them: that is how some systems hand secrets to a service.
    mode(&file, 0o640);
    drop(Program::start(&database, &[]));
}

#[test]
fn without_tls_a_server_listens_on_this_machine_or_behind_a_named_proxy_only() {
    let database = TestDatabase::migrated();
    let refused = Program::command(&database, &["serve"]).env("WERKBAK_BIND", "0.0.0.0:0").output().unwrap();
    assert!(!refused.status.success());
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    for way in ["WERKBAK_TLS_CERTIFICATE", "WERKBAK_BIND", "WERKBAK_TRUSTED_PROXIES"] {
        assert!(told.contains(way), "{told}");
    }
    assert!(!database.folder.join("secrets.json").exists(), "nothing was begun");
    let proxy = [("WERKBAK_BIND", "0.0.0.0:0"), ("WERKBAK_TRUSTED_PROXIES", "192.0.2.1")];
    drop(Program::start(&database, &proxy));
}

/// Secrets are made where an installation begins, and nowhere else: a worker with a path that is wrong would
/// mail temporary passwords that the server does not know.
#[test]
fn only_serving_makes_secrets() {
    let database = TestDatabase::migrated();
    let worker = run(&database, &["worker"]);
    assert!(!worker.status.success());
    assert!(String::from_utf8_lossy(&worker.stderr).contains("there are no secrets in"));
    run(&database, &["check"]);
    run(&database, &["employee", "reactivate", "beheer@zaanstad"]);
    assert!(!database.folder.join("secrets.json").exists());
}
