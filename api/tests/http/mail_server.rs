//! Mails through a mail server that is not always well: what cannot be sent now is tried again, ever later,
//! and what never can be is seen by someone.

use chrono::TimeDelta;
use contract::*;
use serde_json::json;
use werkbak::mail::store;

use crate::support::{
    Answer, Mail, MailServer, PASSWORD, Program, TestDatabase, World, mail_rows, mails_are_due,
};

/// An installation with that mail server, and one mail in its outbox.
async fn one_mail(server: &MailServer) -> World {
    let world = World::with(|config| config.smtp_url = Some(server.url.clone())).await;
    let office = world.office("zaanstad").await;
    let new = json!({ "username": "piet", "name": "Piet", "email": "piet@zaanstad.test" });
    let _: Employee = office.admin().post("/employees", &new).await.ok();
    assert_eq!(world.mail_rows().len(), 1);
    world
}

fn header(mail: &str, name: &str) -> String {
    let line = mail.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {mail}"));
    line[name.len()..].trim().to_owned()
}

#[actix_web::test]
async fn a_mail_goes_to_the_server_once_with_an_id_of_its_own() {
    let server = MailServer::start();
    let world = one_mail(&server).await;
    assert_eq!(world.worker().send_due().unwrap(), 1);
    let mail = server.take();
    assert!(header(&mail, "To:").contains("piet@zaanstad.test"), "{mail}");
    assert!(header(&mail, "Message-ID:").ends_with("@localhost>"), "{mail}");
    let row = &world.mail_rows()[0];
    assert_eq!((row.state.as_str(), row.attempts, row.last_error.as_deref()), ("sent", 1, None));
    world.mails_are_due();
    assert_eq!(world.worker().send_due().unwrap(), 0);
    assert!(server.is_idle());
}

#[actix_web::test]
async fn a_server_that_fails_for_now_is_tried_again_ever_later_for_a_day_and_then_the_mail_is_dead() {
    let server = MailServer::start();
    let world = one_mail(&server).await;
    let bad = [Answer::Refuse("452 4.2.2 piet is full"), Answer::HangUp, Answer::Refuse("421 busy")];
    let (mut waited, mut last) = (TimeDelta::zero(), TimeDelta::zero());
    for attempt in 1.. {
        server.plan(&[bad[attempt % bad.len()]]);
        let before = werkbak::clock::stamp();
        assert_eq!(world.worker().send_due().unwrap(), 1);
        let row = world.mail_rows().remove(0);
        assert_eq!(usize::try_from(row.attempts).unwrap(), attempt);
        let why = row.last_error.expect("a reason");
        assert!(!why.contains("piet"), "{why}");
        if row.state == "dead" {
            break;
        }
        assert_eq!(row.state, "queued");
        // Not before it is due.
        assert_eq!(world.worker().send_due().unwrap(), 0);
        let pause = row.due_at - before;
        assert!(pause >= last && pause >= TimeDelta::seconds(15) && pause < TimeDelta::hours(5), "{pause}");
        (waited, last) = (waited + pause, pause - TimeDelta::seconds(5));
        world.mails_are_due();
        assert!(attempt < 100, "it is tried for ever");
    }
    assert!(waited > TimeDelta::hours(24) && waited < TimeDelta::hours(48), "{waited}");
    // Someone can see that, and nobody tries again.
    assert_eq!(werkbak::mail::store::backlog(&mut world.database.connect()).unwrap(), (0, 1));
    world.mails_are_due();
    assert_eq!(world.worker().send_due().unwrap(), 0);
    assert!(server.is_idle());
}

#[actix_web::test]
async fn a_mail_that_got_through_late_is_sent_like_any_other() {
    let server = MailServer::start();
    let world = one_mail(&server).await;
    server.plan(&[Answer::Refuse("451 later"), Answer::HangUp]);
    for _ in 0..3 {
        world.worker().send_due().unwrap();
        world.mails_are_due();
    }
    assert!(header(&server.take(), "To:").contains("piet@zaanstad.test"));
    let row = &world.mail_rows()[0];
    assert_eq!((row.state.as_str(), row.attempts, row.last_error.as_deref()), ("sent", 3, None));
}

#[actix_web::test]
async fn a_refusal_for_good_is_not_tried_again_and_does_not_hold_up_the_rest() {
    let server = MailServer::start();
    let world = one_mail(&server).await;
    let office = world.office("almere").await;
    let new = json!({ "username": "anna", "name": "Anna", "email": "anna@almere.test" });
    let _: Employee = office.admin().post("/employees", &new).await.ok();
    server.plan(&[Answer::Refuse("550 5.1.1 piet is unknown")]);
    assert_eq!(world.worker().send_due().unwrap(), 2);
    assert!(header(&server.take(), "To:").contains("anna@almere.test"));
    let rows = world.mail_rows();
    assert_eq!((rows[0].state.as_str(), rows[0].attempts), ("dead", 1));
    assert_eq!(rows[0].last_error.as_deref(), Some("the mail server answered 550"));
    assert_eq!(rows[1].state, "sent");
    world.mails_are_due();
    assert_eq!(world.worker().send_due().unwrap(), 0);
}

/// Who dies is found out soon, because who lives says so all the time.
#[actix_web::test]
async fn a_mail_is_its_workers_for_as_long_as_that_says_so() {
    let server = MailServer::start();
    let world = one_mail(&server).await;
    let lease = |seconds| {
        let length = TimeDelta::seconds(seconds);
        world.state.db.write(|conn| store::lease_one(conn, length)).unwrap()
    };
    let renew = |mail: &store::Leased| {
        world.state.db.write(|conn| store::renew(conn, mail, TimeDelta::seconds(60))).unwrap();
    };
    let first = lease(0).expect("a mail");
    renew(&first);
    assert!(lease(0).is_none(), "it is being sent");
    world.mails_are_due();
    let second = lease(0).expect("the same mail: whoever had it said nothing any more");
    assert_eq!((second.id, second.attempts), (first.id, 2));
    // It does not take it back.
    renew(&first);
    let third = lease(60).expect("the same mail");
    renew(&second);
    world.state.db.write(|conn| store::finish(conn, &second, &store::Ending::Sent(None))).unwrap();
    assert_eq!(world.mail_rows()[0].state, "queued");
    world.state.db.write(|conn| store::finish(conn, &third, &store::Ending::Sent(None))).unwrap();
    assert_eq!(world.mail_rows()[0].state, "sent");
    assert!(server.is_idle());
}

#[actix_web::test]
async fn a_worker_killed_after_the_server_took_the_mail_leaves_one_that_is_recognisably_the_same() {
    let database = TestDatabase::migrated();
    let made = Program::command(&database, &["seed", "demo"]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let server = MailServer::start();
    server.plan(&[Answer::TakeInSilence]);
    let variables = [("SMTP_URL", server.url.as_str())];
    let program = Program::start(&database, &variables);
    let session: Session = program.anyone.sign_in("avisser@voorbeeldstad", PASSWORD).await.ok();
    let new = json!({ "username": "nieuw", "name": "Nieuw", "email": "nieuw@voorbeeldstad.example" });
    let created = program
        .anyone
        .request(awc::http::Method::POST, "/v1/employees")
        .header("Authorization", format!("Bearer {}", session.access_token))
        .json(&new)
        .send();
    let _: Employee = created.await.ok();
    let first = server.take();
    // The server has the mail; nobody noted that.
    drop(program);
    let mut conn = database.connect();
    assert_eq!(mail_rows(&mut conn)[0].state, "queued");
    mails_are_due(&mut conn);

    let program = Program::start(&database, &variables);
    let second = server.take();
    assert_eq!(header(&first, "Message-ID:"), header(&second, "Message-ID:"));
    assert_eq!(header(&first, "To:"), header(&second, "To:"));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while mail_rows(&mut conn)[0].state != "sent" {
        assert!(std::time::Instant::now() < deadline, "it was not noted");
        actix_web::rt::task::yield_now().await;
    }
    assert_eq!(mail_rows(&mut conn)[0].attempts, 2);
    assert!(server.is_idle());
    drop(program);
}

async fn ask(world: &World) {
    let asked = world.anyone.request(awc::http::Method::POST, "/v1/password-resets");
    let _: PasswordResetAsked = asked.json(&json!({ "username": "piet@zaanstad" })).send().await.ok();
}

/// S4: a password works when its mail is accepted; one that does not leave takes nothing away.
#[actix_web::test]
async fn a_password_that_cannot_be_mailed_voids_none_that_was() {
    let server = MailServer::start();
    let world = one_mail(&server).await;
    let later = [Answer::Refuse("451 later"), Answer::HangUp];
    world.worker().send_due().unwrap();
    let invited = Mail::of(&server.take()).temporary_password();
    ask(&world).await;
    world.worker().send_due().unwrap();
    let first = Mail::of(&server.take()).temporary_password();
    server.plan(&later);
    ask(&world).await;
    for _ in later {
        world.worker().send_due().unwrap();
        world.mails_are_due();
    }
    assert_eq!(world.mail_rows().last().unwrap().state, "queued");
    let session: Session = world.anyone.sign_in("piet@zaanstad", &first).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    world.anyone.sign_in("piet@zaanstad", &invited).await.problem(ProblemCode::SignInFailed);
    // What leaves at last works.
    world.worker().send_due().unwrap();
    let second = Mail::of(&server.take()).temporary_password();
    assert_eq!(world.anyone.sign_in("piet@zaanstad", &second).await.status, awc::http::StatusCode::CREATED);
}

/// S3, S4: who manages accounts sees who cannot be mailed; that is whom people ask who got nothing.
#[actix_web::test]
async fn mails_that_do_not_arrive_are_seen_with_the_account_until_one_does() {
    let server = MailServer::start();
    let world = World::with(|config| config.smtp_url = Some(server.url.clone())).await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let piet = office.person("piet").await;
    let path = format!("/employees/{}", piet.id);
    let undelivered = async || helpdesk.get(&path).await.ok::<Employee>().account.unwrap().undelivered;
    assert_eq!(undelivered().await, None);

    // It could not be sent while Piet was waiting for it.
    server.plan(&[Answer::Refuse("451 later")]);
    ask(&world).await;
    world.worker().send_due().unwrap();
    assert_eq!(undelivered().await, None, "it may still arrive");
    world.ask_was_long_ago();
    world.mails_are_due();
    world.worker().send_due().unwrap();
    assert!(server.is_idle());
    assert_eq!(world.mail_rows().last().unwrap().state, "cancelled");
    assert_eq!(undelivered().await.unwrap().count, 1);
    let event = world.recorded().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.object_id), ("mail.undelivered", Some(piet.id.0)));
    assert_eq!((event.new, event.actor), (json!({ "mail": "password-reset" }), None));

    // Nor can it ever.
    server.plan(&[Answer::Refuse("550 5.1.1 piet is unknown")]);
    ask(&world).await;
    world.worker().send_due().unwrap();
    assert_eq!(undelivered().await.unwrap().count, 2);
    // A colleague does not see that, and it does not get in anybody's way.
    assert_eq!(piet.get(&path).await.ok::<Employee>().account, None);
    assert_eq!(helpdesk.get(&path).await.ok::<Employee>().version, 1);
    // Asked again before the first was sent: nothing is lost.
    ask(&world).await;
    world.worker().send_due().unwrap();
    server.take();
    assert_eq!(undelivered().await, None);

    // With another address it begins anew; what did not reach the old one says nothing of it.
    server.plan(&[Answer::Refuse("550 5.1.1 piet is unknown")]);
    office.deactivate(&piet).await;
    let _: Employee = helpdesk.act(&format!("{path}/reactivation")).await.ok();
    world.worker().send_due().unwrap();
    assert_eq!(undelivered().await.unwrap().count, 1);
    server.plan(&[Answer::Refuse("550 5.1.1 piet is unknown")]);
    let address = |form: &mut serde_json::Value| form["email"] = json!("p@goed.test");
    let _: Employee = office.change_employee(piet.id, address).await.ok();
    world.worker().send_due().unwrap();
    assert_eq!(undelivered().await, None);
}
