//! Every mail about an account, as a mail server gets it: in both forms, in the reader's language, with a password to read
//! aloud and to copy, and until when it works on the reader's clock (S3, S4, S5).

use awc::http::Method;
use chrono::NaiveDateTime;
use contract::*;
use diesel::prelude::*;
use serde_json::json;
use werkbak::db::schema::employees;
use werkbak::mail::message::local_time;

use crate::support::{Mail, MailServer, Person, World};

const OWN: &str = "kwast molen zeven blauw";

struct Stage {
    world: World,
    server: MailServer,
    language: Language,
}

impl Stage {
    /// The next mail, of which everything is checked that holds for each.
    fn next(&self, to: &str, subject: (&str, &str)) -> Mail {
        let subject = match self.language {
            Language::Dutch => subject.0,
            Language::English => subject.1,
        };
        self.world.worker().send_due().unwrap();
        let mail = Mail::of(&self.server.take());
        assert!(mail.to.contains(to), "{to}: {}", mail.to);
        assert_eq!(mail.subject, subject);
        for (header, value) in [
            ("From", "Werkbak <werkbak@localhost>"),
            ("MIME-Version", "1.0"),
            ("Auto-Submitted", "auto-generated"),
        ] {
            assert_eq!(mail.header(header), value);
        }
        assert!(mail.header("Date").ends_with("+0000"), "{}", mail.header("Date"));
        assert!(mail.header("Message-ID").starts_with('<'));
        assert!(mail.header("Content-Type").starts_with("multipart/alternative;"));
        let parts = mail.parts();
        let kinds: Vec<&str> = parts.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["text/plain; charset=utf-8", "text/html; charset=utf-8"]);
        let (why, other) = match self.language {
            Language::Dutch => ("U krijgt deze e-mail", "You receive"),
            Language::English => ("You receive this e-mail", "U krijgt"),
        };
        for (_, content) in &parts {
            assert!(content.contains(why) && !content.contains(other), "{content}");
            assert!(
                content.contains("https://werkbak.test/") && content.contains("piet@zaanstad"),
                "{content}"
            );
        }
        assert!(parts[1].1.contains(&format!("<html lang=\"{}\">", self.language)));
        mail
    }

    /// The password in a mail that has one: the same in both forms, in one piece, until a moment on the reader's clock.
    fn password(&self, mail: &Mail, asked: bool) -> String {
        let parts = mail.parts();
        let (text, html) = (&parts[0].1, &parts[1].1);
        let password = mail.temporary_password();
        let groups: Vec<&str> = password.split('-').collect();
        assert!(groups.len() == 5 && groups.iter().all(|group| group.len() == 4), "{password}");
        let label = match self.language {
            Language::Dutch => "Tijdelijk wachtwoord",
            Language::English => "Temporary password",
        };
        assert!(text.contains(&format!("\n{label}: {password}\n")), "{text}");
        assert!(html.contains(&format!(">{password}</strong>")), "{html}");
        assert!(!mail.subject.contains(&password));
        let column = if asked { "reset" } else { "invited" };
        let row = employees::table.filter(employees::username_folded.eq("piet"));
        let mut conn = self.world.database.connect();
        let (invited, reset): (Option<NaiveDateTime>, Option<NaiveDateTime>) = row
            .select((employees::temporary_expires_at, employees::reset_expires_at))
            .first(&mut conn)
            .unwrap();
        let expires = if asked { reset } else { invited }.expect(column).and_utc();
        for content in [text, html] {
            assert!(content.contains(&local_time(expires, self.language)), "{content}");
        }
        password
    }

    async fn choose(&self, like: &Person, temporary: &str) {
        let session: Session = self.world.anyone.sign_in("piet@zaanstad", temporary).await.ok();
        assert_eq!(session.kind, SessionKind::PasswordOnly);
        let piet = Person { token: session.access_token, ..like.clone() };
        let password = json!({ "password": OWN });
        let _: Session = piet.request(Method::PUT, "/me/password").json(&password).send().await.ok();
    }

    async fn ask(&self) {
        let asked = self.world.anyone.request(Method::POST, "/v1/password-resets");
        let _: PasswordResetAsked = asked.json(&json!({ "username": "piet@zaanstad" })).send().await.ok();
    }
}

async fn every_mail_about_an_account(language: Language) {
    let server = MailServer::start();
    let url = server.url.clone();
    let world = World::with(|config| config.smtp_url = Some(url)).await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let stage = Stage { world, server, language };
    let new = json!({ "username": "piet", "name": "Piét Ünal", "email": "piet@zaanstad.test", "language": language });
    let piet: Employee = admin.post("/employees", &new).await.ok();
    let path = format!("/employees/{}/reactivation", piet.id);

    let invitation =
        ("Uw account voor Werkbak bij Gemeente zaanstad", "Your account for Werkbak at Gemeente zaanstad");
    let invited = stage.next("piet@zaanstad.test", invitation);
    stage.choose(admin, &stage.password(&invited, false)).await;
    let changed = ("Uw wachtwoord is gewijzigd", "Your password was changed");
    stage.next("piet@zaanstad.test", changed);

    stage.ask().await;
    let reset = stage.next("piet@zaanstad.test", ("Uw tijdelijke wachtwoord", "Your temporary password"));
    stage.choose(admin, &stage.password(&reset, true)).await;
    stage.next("piet@zaanstad.test", changed);

    for _ in 0..11 {
        stage.world.anyone.sign_in("piet@zaanstad", "not the password").await;
    }
    let locked = ("Uw account is geblokkeerd", "Your account is locked");
    let told = stage.next("piet@zaanstad.test", locked);
    let at: NaiveDateTime = employees::table
        .find(piet.id)
        .select(employees::locked_at.assume_not_null())
        .first(&mut stage.world.database.connect())
        .unwrap();
    for (_, content) in told.parts() {
        assert!(content.contains(&local_time(at.and_utc(), language)), "{content}");
        assert!(content.contains("11 ") && content.contains("info@zaanstad.test"), "{content}");
    }
    stage.ask().await;
    let asked = stage.next("piet@zaanstad.test", locked);
    assert!(asked.source.contains("info@zaanstad.test"));

    let now: Employee = admin.get(&format!("/employees/{}", piet.id)).await.ok();
    let _: Employee = admin.post_on(&path, now.version, &json!({ "email": "p.unal@elders.test" })).await.ok();
    let address = ("Uw e-mailadres is gewijzigd", "Your e-mail address was changed");
    let old = stage.next("piet@zaanstad.test", address);
    assert!(!old.source.contains("elders.test"), "the old address does not learn the new one");
    let active = ("Uw account is weer actief", "Your account is active again");
    let again = stage.next("p.unal@elders.test", active);
    stage.choose(admin, &stage.password(&again, false)).await;
    assert_eq!(stage.world.outbox().len(), 9);
}

#[actix_web::test]
async fn in_dutch() {
    every_mail_about_an_account(Language::Dutch).await;
}

#[actix_web::test]
async fn in_english() {
    every_mail_about_an_account(Language::English).await;
}
