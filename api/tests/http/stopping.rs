//! A server that is asked to stop (SIGTERM) finishes what is under way.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{Answer, MailServer, Person, Program, World, mail_rows};

const LEAVING: &str = "asked to stop";
const STOPPING: &str = "stopping";

/// A server in a process of its own on the database of this one, and what it logs.
struct Elsewhere {
    program: Program,
    log: BufReader<std::io::PipeReader>,
}

impl Elsewhere {
    fn start(world: &World, variables: &[(&str, &str)]) -> Self {
        let (log, write) = std::io::pipe().unwrap();
        let variables = [&[("RUST_LOG", "info"), ("WERKBAK_WORKER", "off")], variables].concat();
        let program = Program::start_logging_to(&world.database, &variables, Stdio::from(write));
        Self { program, log: BufReader::new(log) }
    }

    /// The same person, there.
    fn there(&self, person: &Person) -> Person {
        Person { anyone: self.program.anyone.clone(), ..person.clone() }
    }

    /// Waits until it says something.
    fn says(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "it never said {words:?}");
        }
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(self.program.anyone.base.strip_prefix("http://").unwrap())
    }
}

/// A request of which the server has everything but the body, and asked for that.
struct HalfAsked {
    stream: TcpStream,
    body: String,
}

impl HalfAsked {
    fn begin(there: &Elsewhere, person: &Person, path: &str, body: &serde_json::Value) -> Self {
        let body = body.to_string();
        let mut stream = there.connect().unwrap();
        write!(
            stream,
            "POST /v1{path} HTTP/1.1\r\nHost: werkbak\r\nAuthorization: Bearer {}\r\nExpect: 100-continue\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            person.token,
            body.len()
        )
        .unwrap();
        let mut told = [0; 25];
        stream.read_exact(&mut told).unwrap();
        assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n");
        Self { stream, body }
    }

    /// Sends the rest; everything that comes back until the server hangs up.
    fn end(mut self) -> String {
        self.stream.write_all(self.body.as_bytes()).unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

#[actix_web::test]
async fn what_is_under_way_is_finished_and_nobody_else_comes_in() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let mut elsewhere = Elsewhere::start(&world, &[]);
    let half = HalfAsked::begin(&elsewhere, office.admin(), "/groups", &json!({ "name": "Wijkteam" }));
    // A connection that is merely kept holds nothing up.
    let idle = elsewhere.connect().unwrap();
    elsewhere.program.ask_to_stop();
    elsewhere.says(STOPPING);
    while elsewhere.connect().is_ok() {
        actix_web::rt::task::yield_now().await;
    }
    let answer = half.end();
    assert!(answer.starts_with("HTTP/1.1 201 Created"), "{answer}");
    assert!(answer.to_lowercase().contains("\r\nconnection: close\r\n"), "{answer}");
    assert_eq!(elsewhere.program.exit_code(), Some(0));
    drop(idle);
    let groups: Page<GroupSummary> = office.admin().get("/groups").await.ok();
    assert_eq!(groups.items.len(), 1);
}

/// E2: what is shown while it stops is recorded as well.
#[actix_web::test]
async fn what_is_read_while_it_leaves_is_recorded() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    let mut elsewhere = Elsewhere::start(&world, &[("WERKBAK_DRAIN", "5m")]);
    elsewhere.program.ask_to_stop();
    elsewhere.says(LEAVING);
    let before = world.readings();
    let there = elsewhere.there(&jan);
    let path = format!("/dossiers/{}", dossier.id);
    for answer in futures_util::future::join_all((0..20).map(|_| there.get(&path))).await {
        assert_eq!(answer.status, StatusCode::OK);
    }
    elsewhere.program.ask_to_stop();
    assert_eq!(elsewhere.program.exit_code(), Some(0));
    assert_eq!(world.readings(), before + 20);
}

/// A proxy in front finds another server before this one closes its door.
#[actix_web::test]
async fn a_server_that_leaves_says_so_and_goes_on_answering_for_a_while() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let mut elsewhere = Elsewhere::start(&world, &[("WERKBAK_DRAIN", "5m")]);
    let ready = || elsewhere.program.anyone.request(Method::GET, "/readyz").send();
    assert_eq!(ready().await.status, StatusCode::OK);
    let there = elsewhere.there(office.admin());
    assert_ne!(there.get("/me").await.header("connection"), Some("close"));
    elsewhere.program.ask_to_stop();
    elsewhere.says(LEAVING);
    let ready = elsewhere.program.anyone.request(Method::GET, "/readyz").send().await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    let alive = elsewhere.program.anyone.request(Method::GET, "/healthz").send().await;
    assert_eq!(alive.status, StatusCode::OK);
    let answer = there.get("/me").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("connection"), Some("close"));
    // Asked again, it does not wait any longer.
    elsewhere.program.ask_to_stop();
    elsewhere.says(STOPPING);
    assert_eq!(elsewhere.program.exit_code(), Some(0));
}

/// A mail that left is not sent again by the next worker.
#[actix_web::test]
async fn the_mail_that_is_being_sent_is_noted_and_no_other_is_begun() {
    for command in ["serve", "worker"] {
        let server = MailServer::start();
        let world = World::new().await;
        let office = world.office("zaanstad").await;
        for username in ["jan", "piet"] {
            let email = format!("{username}@zaanstad.test");
            let new = json!({ "username": username, "name": username, "email": email });
            let _: Employee = office.admin().post("/employees", &new).await.ok();
        }
        let (wait, go_on) = std::sync::mpsc::channel();
        server.plan(&[Answer::TakeSlowly]);
        server.hold(go_on);
        let mut mailing = Program::command(&world.database, &[command]);
        let (log, write) = std::io::pipe().unwrap();
        mailing.env("RUST_LOG", "info").env("SMTP_URL", &server.url).stdout(Stdio::null()).stderr(write);
        let mut mailing = Program::of(mailing.spawn().unwrap());
        server.take();
        mailing.ask_to_stop();
        let mut line = String::new();
        let mut log = BufReader::new(log);
        while !line.contains(STOPPING) {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "{command} never said that it stops");
        }
        wait.send(()).unwrap();
        assert_eq!(mailing.exit_code(), Some(0), "{command}");
        let rows = mail_rows(&mut world.database.connect());
        let states: Vec<_> = rows.iter().map(|row| (row.state.as_str(), row.attempts)).collect();
        assert_eq!(states, [("sent", 1), ("queued", 0)], "{command}");
        assert!(server.is_idle(), "{command}");
    }
}
