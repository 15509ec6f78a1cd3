//! What the log may never tell, however much of it is asked for and whatever goes wrong: secrets, passwords, tokens, names
//! and addresses.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{Answer, MailServer, Program, Response, TestDatabase, on_postgres};

const NAME: &str = "Wilhelmina Klaassen";
const EMAIL: &str = "w.klaassen@voorbeeld.test";
const USERNAME: &str = "wklaassen@zaanstad";
const PASSWORD: &str = "kwast molen zeven blauw";
const WRONG: &str = "gordijn lepel acht paars";
const MAIL_PASSWORD: &str = "mailgeheim4711";
const DATABASE_PASSWORD: &str = "datageheim4711";

/// Everything that was written, by whom.
struct Heard(Vec<(String, String)>);

impl Heard {
    fn add(&mut self, who: &str, said: &[u8]) {
        self.0.push((who.to_owned(), String::from_utf8_lossy(said).into_owned()));
    }

    fn add_file(&mut self, who: &str, file: &Path) {
        self.add(who, &std::fs::read(file).unwrap());
    }

    #[track_caller]
    fn lacks(&self, what: &str, secret: &str) {
        assert!(secret.len() > 5, "{what} is no secret");
        for (who, said) in &self.0 {
            let line = said.lines().find(|line| line.to_lowercase().contains(&secret.to_lowercase()));
            assert!(line.is_none(), "{who} tells {what}: {}", line.unwrap());
        }
    }
}

fn cookie(answer: &Response) -> String {
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

/// What fails before there is a server: settings with a password in them.
fn failing_starts(database: &TestDatabase, heard: &mut Heard) {
    let smtp = |rest: &str| ("SMTP_URL", format!("smtp://werkbak:{MAIL_PASSWORD}{rest}"));
    let data = |rest: &str| ("DATABASE_URL", format!("postgres://werkbak:{DATABASE_PASSWORD}{rest}"));
    for (name, value) in [
        smtp("@"),
        smtp("@mail.example:port"),
        smtp("/rest@mail.example"),
        smtp("@mail.example?tls=sometimes"),
        ("SMTP_URL", format!("http://werkbak:{MAIL_PASSWORD}@mail.example")),
        data("@127.0.0.1:1/werkbak"),
        data("/rest@127.0.0.1/werkbak"),
        data("@127.0.0.1:port/werkbak"),
        data("%zz@127.0.0.1/werkbak"),
        ("DATABASE_URL", format!("mysql://werkbak:{DATABASE_PASSWORD}@127.0.0.1/werkbak")),
        ("WERKBAK_SECRETS", format!("{{\"accessTokenKeys\":\"{DATABASE_PASSWORD}\"}}")),
    ] {
        for command in ["serve", "check", "migrate", "worker"] {
            let reads_mail = name == "SMTP_URL" && command == "migrate";
            let done =
                Program::command(database, &[command]).env("RUST_LOG", "trace").env(name, &value).output();
            let done = done.unwrap();
            assert!(!done.status.success() || reads_mail, "{command} {name}");
            heard.add(&format!("{command} with {name}"), &[done.stdout, done.stderr].concat());
        }
    }
}

/// Signs in wrongly and rightly, chooses a password, goes on, asks in vain; returns the secrets of it.
async fn work(program: &Program, temporary: &str) -> Vec<(&'static str, String)> {
    let anyone = &program.anyone;
    for (username, password) in [(USERNAME, WRONG), ("nobody@zaanstad", WRONG), (USERNAME, "x")] {
        anyone.sign_in(username, password).await.problem(ProblemCode::SignInFailed);
    }
    let first = anyone.sign_in(USERNAME, temporary).await;
    let opened: Session = first.ok();
    let bearer = |token: &str| format!("Bearer {token}");
    let choose = anyone.request(Method::PUT, "/v1/me/password").json(&json!({ "password": PASSWORD }));
    let second = choose.header("Authorization", bearer(&opened.access_token)).send().await;
    let full: Session = second.ok();
    let refreshed =
        anyone.request(Method::POST, "/v1/sessions/refresh").header("Cookie", cookie(&second)).send().await;
    let session: Session = refreshed.ok();
    for path in ["/v1/me", "/v1/employees?q=Wilhelmina", "/v1/nowhere", "/v1/dossiers/x"] {
        let request = anyone.request(Method::GET, path);
        request.header("Authorization", bearer(&session.access_token)).send().await;
    }
    let wrong = anyone
        .request(Method::PUT, "/v1/me/password")
        .json(&json!({ "password": WRONG, "currentPassword": WRONG }));
    wrong.header("Authorization", bearer(&session.access_token)).send().await;
    // Not JSON, and far too much of it.
    for body in [format!("{{\"username\":\"{USERNAME}\",\"password\":\"{WRONG}"), WRONG.repeat(20_000)] {
        let sent = anyone.request(Method::POST, "/v1/sessions").header("Content-Type", "application/json");
        sent.raw(body).try_send().await;
    }
    let asked = anyone.post("/password-resets", &json!({ "username": USERNAME })).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED);
    vec![
        ("an access token", opened.access_token),
        ("an access token", full.access_token),
        ("an access token", session.access_token),
        ("a refresh token", cookie(&first)),
        ("a refresh token", cookie(&second)),
        ("a refresh token", cookie(&refreshed)),
    ]
}

#[actix_web::test]
async fn the_log_tells_no_secrets_passwords_tokens_names_or_addresses() {
    let database = TestDatabase::migrated();
    let mut heard = Heard(Vec::new());
    let create =
        ["office", "create", "--code", "zaanstad", "--name", "Gemeente", "--email", "info@voorbeeld.test"];
    let admin = ["--admin-username", "wklaassen", "--admin-name", NAME, "--admin-email", EMAIL];
    let made = Program::command(&database, &[&create[..], &admin[..]].concat()).output().unwrap();
    let printed = String::from_utf8_lossy(&made.stdout).into_owned();
    let temporary = printed.split("password:").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    failing_starts(&database, &mut heard);

    // A mail server that lets nobody in, and repeats what they said.
    let server = MailServer::start();
    server.plan(&[Answer::RefuseLogin; 50]);
    let smtp = server.url.replace("smtp://", &format!("smtp://werkbak:{MAIL_PASSWORD}@"));
    let log = database.folder.join("log");
    let variables = [("RUST_LOG", "trace"), ("SMTP_URL", smtp.as_str())];
    let program = Program::start_logging_to(&database, &variables, File::create(&log).unwrap());
    let mut secrets = work(&program, &temporary).await;
    let until = async |what: &str, there: &dyn Fn() -> bool| {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !there() {
            assert!(Instant::now() < deadline, "never {what}: {}", std::fs::read_to_string(&log).unwrap());
            program.anyone.get("/me").await;
        }
    };
    until("a mail that fails", &|| {
        std::fs::read_to_string(&log).unwrap().contains("a mail will be tried again")
    })
    .await;
    drop(program);
    heard.add_file("a server whose mail fails", &log);

    // One that mails, so that a temporary password is made; as JSON this time.
    let variables = [("RUST_LOG", "trace"), ("WERKBAK_LOG_FORMAT", "json")];
    let program = Program::start_logging_to(&database, &variables, File::create(&log).unwrap());
    program.anyone.post("/password-resets", &json!({ "username": USERNAME })).await;
    let mails = || -> Vec<String> {
        let files = std::fs::read_dir(database.folder.join("mail")).into_iter().flatten().flatten();
        files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
    };
    let in_mail = |mail: &String| -> Option<String> {
        let password = mail.split("Tijdelijk wachtwoord: ").nth(1)?.split_whitespace().next()?;
        Some(password.to_owned())
    };
    let until = async |there: &dyn Fn() -> bool| {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !there() {
            assert!(Instant::now() < deadline, "no mail: {:?}", mails());
            program.anyone.get("/me").await;
        }
    };
    // It works when it is noted that the mail left, which is a moment later.
    let noted = || std::fs::read_to_string(&log).unwrap().contains("a mail was sent");
    until(&|| noted() && mails().iter().any(|mail| in_mail(mail).is_some())).await;
    let reset = mails().iter().find_map(in_mail).unwrap();
    let opened = program.anyone.sign_in(USERNAME, &reset).await;
    secrets.push(("an access token", opened.ok::<Session>().access_token));
    secrets.push(("a refresh token", cookie(&opened)));
    program.anyone.request(Method::DELETE, &format!("/v1/cases/{}", CaseId::new())).send().await;
    drop(program);
    heard.add_file("a server that mails", &log);

    // It was asked for everything, and told what it does tell.
    // What was asked for is told without what varies, also where no operation answers.
    let route = "\"route\":\"/v1/cases/{caseId}\"";
    for what in ["werkbak::request", route, "a mail will be tried again", "\"level\":\"INFO\""] {
        assert!(heard.0.iter().any(|(_, said)| said.contains(what)), "{what}");
    }
    let kept = database.secrets();
    for key in kept["accessTokenKeys"].as_array().unwrap() {
        heard.lacks("a key", key["secret"].as_str().unwrap());
    }
    heard.lacks("the hash key", kept["hashKey"].as_str().unwrap());
    for (what, secret) in &secrets {
        heard.lacks(what, secret.split_once('=').map_or(secret, |(_, value)| value));
    }
    if let Some(url) = on_postgres() {
        let user = url.split("://").nth(1).unwrap().rsplit_once('@').unwrap().0;
        heard.lacks("the password of the database", user.split_once(':').unwrap().1);
    }
    for (what, secret) in [
        ("a temporary password", temporary.as_str()),
        ("a temporary password", &reset),
        ("a password", PASSWORD),
        ("a password that was tried", WRONG),
        ("the password of the mail server", MAIL_PASSWORD),
        ("the password of the database", DATABASE_PASSWORD),
        ("a name", NAME),
        ("a name", "klaassen"),
        ("an address", EMAIL),
        ("an address", "voorbeeld.test"),
        ("what someone searched for", "Wilhelmina"),
    ] {
        heard.lacks(what, secret);
    }
}
