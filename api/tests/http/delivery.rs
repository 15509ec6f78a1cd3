//! The outbox: a mail is sent after the change is, once, also when something breaks in between.

use std::process::Command;

use contract::*;
use serde_json::json;
use werkbak::mail::store;

use crate::support::{PASSWORD, Program, TestDatabase, World};

fn files(database: &TestDatabase) -> usize {
    std::fs::read_dir(database.folder.join("mail")).map_or(0, |entries| {
        entries
            .filter(|entry| entry.as_ref().is_ok_and(|e| e.path().extension().is_some_and(|x| x == "eml")))
            .count()
    })
}

#[actix_web::test]
async fn a_server_killed_between_change_and_mail_sends_it_after_its_restart() {
    let database = TestDatabase::migrated();
    let made = Command::new(env!("CARGO_BIN_EXE_werkbak"))
        .args(["seed", "demo"])
        .env("DATABASE_URL", &database.url)
        .env("WERKBAK_DATA", &database.folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    // A server that changes but does not send, killed the moment the change is acknowledged.
    let program = Program::start(&database, &[("WERKBAK_WORKER", "off")]);
    let session: Session = program.anyone.sign_in("avisser@voorbeeldstad", PASSWORD).await.ok();
    let created = program
        .anyone
        .request(awc::http::Method::POST, "/v1/employees")
        .header("Authorization", format!("Bearer {}", session.access_token))
        .json(&json!({ "username": "nieuw", "name": "Nieuw", "email": "nieuw@voorbeeldstad.example" }))
        .send()
        .await;
    let _: Employee = created.ok();
    drop(program);
    assert_eq!(files(&database), 0);
    assert_eq!(store::backlog(&mut database.connect()).unwrap(), (1, 0));

    let program = Program::start(&database, &[]);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while store::backlog(&mut database.connect()).unwrap().0 > 0 {
        assert!(std::time::Instant::now() < deadline, "the mail was not sent");
        actix_web::rt::task::yield_now().await;
    }
    assert_eq!(files(&database), 1);
    drop(program);
}

#[actix_web::test]
async fn two_workers_send_each_mail_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    for number in 0..20 {
        let new =
            json!({ "username": format!("p{number}"), "name": "P", "email": format!("p{number}@z.test") });
        let _: Employee = office.admin().post("/employees", &new).await.ok();
    }
    let workers: Vec<_> = (0..2)
        .map(|_| {
            let state = world.state.clone();
            std::thread::spawn(move || {
                werkbak::mail::worker::Worker::new(state, "https://werkbak.test".to_owned())
                    .unwrap()
                    .send_due()
                    .unwrap()
            })
        })
        .collect();
    let tried: usize = workers.into_iter().map(|worker| worker.join().unwrap()).sum();
    assert_eq!(tried, 20);
    assert_eq!(world.mails().len(), 20);
}

#[actix_web::test]
async fn a_lease_that_ran_out_is_taken_over_and_its_first_owner_no_longer_counts() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let new = json!({ "username": "p", "name": "P", "email": "p@z.test" });
    let _: Employee = office.admin().post("/employees", &new).await.ok();
    let mut conn = world.database.connect();
    let first = store::lease_one(&mut conn, chrono::TimeDelta::seconds(60)).unwrap().unwrap();
    assert!(store::lease_one(&mut conn, chrono::TimeDelta::seconds(60)).unwrap().is_none(), "it is taken");
    let stranger = store::Leased { lease: "not the lease".to_owned(), ..first.clone() };
    store::finish(&mut conn, &stranger, &store::Ending::Sent(None)).unwrap();
    assert_eq!(store::backlog(&mut conn).unwrap(), (1, 0));

    // Give it up, and take it with a lease that is over at once.
    let again = store::Ending::Again(werkbak::clock::stamp(), "later".to_owned());
    store::finish(&mut conn, &first, &again).unwrap();
    let stalled = store::lease_one(&mut conn, chrono::TimeDelta::seconds(-1)).unwrap().unwrap();
    let second = store::lease_one(&mut conn, chrono::TimeDelta::seconds(60)).unwrap().unwrap();
    assert_eq!((second.id, second.attempts), (stalled.id, 3));
    store::finish(&mut conn, &stalled, &store::Ending::Dead("late".to_owned())).unwrap();
    assert_eq!(store::backlog(&mut conn).unwrap(), (1, 0), "the first owner changes nothing");
    store::finish(&mut conn, &second, &store::Ending::Sent(None)).unwrap();
    assert_eq!(store::backlog(&mut conn).unwrap(), (0, 0));
}

#[actix_web::test]
async fn a_mail_to_someone_who_left_is_not_sent() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    office.deactivate(&jan).await;
    let _: Employee = office.admin().act(&format!("/employees/{}/reactivation", jan.id)).await.ok();
    office.deactivate(&jan).await;
    assert!(world.mails().is_empty());
}

#[actix_web::test]
async fn mails_have_a_stable_id_and_no_content() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let fatma = office.person("fatma").await;
    let group = office.group("Medisch advies", &[&fatma]).await;
    let (dossier, case) = office.case(&jan).await;
    let task = office.tray_task(&jan, &case, &group).await;
    let mails = world.mails();
    let mail = mails.iter().find(|mail| mail.is_to(&fatma)).expect("a mail");
    assert!(mail.message_id.ends_with("@localhost>"), "{}", mail.message_id);
    for wanted in [&case.header.number, "Medisch advies", &format!("https://werkbak.test/taken/{}", task.id)]
    {
        assert!(mail.source.contains(wanted), "{wanted} is missing from {}", mail.source);
    }
    assert!(mail.source.contains("https://werkbak.test/voorkeuren"), "the way to the setting");
    for secret in [task.title.as_str(), dossier.name.as_deref().unwrap(), case.header.title.as_str()] {
        assert!(!mail.source.contains(secret), "{secret} is in the mail");
    }
}
