//! Who read what (E2): recorded before it is shown, reported per dossier and per employee.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use contract::*;
use diesel::prelude::*;
use futures_util::future::join_all;
use serde_json::json;
use werkbak::db::lock::{self, Hold, Table};
use werkbak::db::schema::reads;

use crate::support::{Anonymous, PASSWORD, Person, TestDatabase, World, on_postgres, person_rule};

/// What each GET about one dossier or what hangs on it shows, if it is content.
const SHOWS: &[(&str, Option<ReadContent>)] = &[
    ("/dossiers/{dossierId}", Some(ReadContent::Dossier)),
    ("/dossiers/numbered/{dossierNumber}", Some(ReadContent::Dossier)),
    // Rules and who has access are no content: a local administrator manages them without seeing it (D4).
    ("/dossiers/{dossierId}/access-rules", None),
    ("/dossiers/{dossierId}/access", None),
    ("/dossiers/{dossierId}/access/{employeeId}", None),
    // An address of the office, not of whom the dossier concerns.
    ("/dossiers/{dossierId}/recipient", None),
    ("/dossiers/{dossierId}/messages", Some(ReadContent::Messages)),
    ("/dossiers/{dossierId}/messages/{messageId}", Some(ReadContent::Messages)),
    ("/dossiers/{dossierId}/parties", Some(ReadContent::Parties)),
    ("/dossiers/{dossierId}/parties/{partyId}", Some(ReadContent::Parties)),
    ("/dossiers/{dossierId}/export", Some(ReadContent::Export)),
    ("/dossiers/{dossierId}/reads", None),
    ("/cases/{caseId}", Some(ReadContent::Case)),
    ("/cases/{caseId}/tasks", Some(ReadContent::Tasks)),
    ("/tasks/{taskId}", Some(ReadContent::Tasks)),
];

type Row = (EmployeeId, DossierId, Option<CaseId>, ReadContent);

fn rows(database: &TestDatabase) -> Vec<Row> {
    reads::table
        .order(reads::id.asc())
        .select((reads::employee_id, reads::dossier_id, reads::case_id, reads::content))
        .load(&mut database.connect())
        .unwrap()
}

/// Every operation that shows something of a dossier is in the table, and does what it says there.
#[actix_web::test]
async fn every_operation_that_shows_content_is_recorded() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (dossier, case) = office.case(&jan).await;
    let (message, party) = office.message_and_party(&jan, dossier.id).await;
    let task = jan.give_task(&case, &jan).await;
    let ids = BTreeMap::from([
        ("{dossierId}", dossier.id.to_string()),
        ("{dossierNumber}", dossier.number.clone()),
        ("{messageId}", message.id.to_string()),
        ("{partyId}", party.id.to_string()),
        ("{caseId}", case.header.id.to_string()),
        ("{taskId}", task.id.to_string()),
        ("{employeeId}", jan.id.to_string()),
    ]);
    let paths = werkbak::http::document::document()["paths"].as_object().unwrap();
    let about = ["{dossierId}", "/dossiers/numbered/", "{caseId}", "{taskId}"];
    let shown: Vec<&String> = paths
        .iter()
        .filter(|(path, item)| item["get"].is_object() && about.iter().any(|id| path.contains(id)))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(shown.len(), SHOWS.len(), "{shown:#?}");
    for (template, content) in SHOWS {
        assert!(shown.iter().any(|path| path == template), "{template}");
        let before = rows(&world.database).len();
        let path = ids.iter().fold((*template).to_owned(), |path, (name, id)| path.replace(name, id));
        assert_eq!(jan.get(&path).await.status.as_u16(), 200, "{template}");
        let of_case = (!template.starts_with("/dossiers")).then_some(case.header.id);
        let expected: Vec<Row> =
            content.iter().map(|content| (jan.id, dossier.id, of_case, *content)).collect();
        assert_eq!(rows(&world.database)[before..], expected, "{template}");
    }
}

#[actix_web::test]
async fn who_is_shown_nothing_read_nothing_and_a_refusal_that_shows_something_is_recorded() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (dossier, case) = office.case(&jan).await;
    let path = format!("/dossiers/{}", dossier.id);
    piet.get(&path).await.problem(ProblemCode::NotFound);
    let header: Dossier = office.admin().get(&path).await.ok();
    assert_eq!(header.name, None);
    office.admin().get(&format!("{path}/messages")).await.problem(ProblemCode::Forbidden);
    assert!(rows(&world.database).is_empty());
    // A stale change shows the thing as it is now, to who may change it.
    let change = json!({ "name": "A", "managerId": jan.id, "visibility": "restricted" });
    jan.put(&path, 99, &change).await.problem(ProblemCode::Stale);
    jan.put(&format!("/cases/{}", case.header.id), 99, &json!({ "title": "A" }))
        .await
        .problem(ProblemCode::Stale);
    let step = format!("/cases/{}/steps/{}", case.header.id, case.steps[0].id);
    jan.put(&step, 99, &json!({ "note": "", "answers": [] })).await.problem(ProblemCode::Stale);
    // What a local administrator without access is shown then is no content either.
    let blind = json!({ "managerId": jan.id, "visibility": "restricted" });
    office.admin().put(&path, 99, &blind).await.problem(ProblemCode::Stale);
    let of_case = Some(case.header.id);
    assert_eq!(
        rows(&world.database),
        [
            (jan.id, dossier.id, None, ReadContent::Dossier),
            (jan.id, dossier.id, of_case, ReadContent::Case),
            (jan.id, dossier.id, of_case, ReadContent::Case),
        ]
    );
}

/// A list of tasks tells their titles; what is told about them is read by opening one.
#[actix_web::test]
async fn lists_of_tasks_hold_no_content_and_are_no_reading() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (_, case) = office.case(&jan).await;
    let team = office.group("Team", &[&jan]).await;
    let tasks = format!("/cases/{}/tasks", case.header.id);
    let secret = "Mevrouw is ziek";
    for to in [json!({ "employeeId": jan.id }), json!({ "groupId": team.id })] {
        let mut new = json!({ "title": "Keuren", "description": secret });
        new.as_object_mut().unwrap().extend(to.as_object().unwrap().clone());
        let _: Task = jan.post(&tasks, &new).await.ok();
    }
    let tray = format!("/trays/{}/tasks", team.id);
    let exported = format!("/exports/trays/{}", team.id);
    for path in ["/tasks", &tray, "/exports/tasks", &exported] {
        let answer = jan.get(path).await;
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.status.is_success() && body.contains("Keuren"), "{path}: {body}");
        assert!(!body.contains(secret), "{path}: {body}");
    }
    assert!(rows(&world.database).is_empty());
}

#[actix_web::test]
async fn the_reports_say_who_when_and_what_and_hold_no_content() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma, piet) =
        (office.person("jan").await, office.person("fatma").await, office.person("piet").await);
    let (dossier, case) = office.case(&jan).await;
    let other = office.dossier(&fatma, "Ander dossier").await;
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    let path = format!("/dossiers/{}", dossier.id);
    for _ in 0..3 {
        let _: Dossier = fatma.get(&path).await.ok();
    }
    let _: Case = fatma.get(&format!("/cases/{}", case.header.id)).await.ok();
    let _: Dossier = fatma.get(&format!("/dossiers/{}", other.id)).await.ok();
    let _: Dossier = jan.get(&path).await.ok();

    let report = format!("{path}/reads");
    let of_dossier: Vec<DossierRead> = jan.pages(&report, 2).await;
    let seen: Vec<_> = of_dossier.iter().map(|read| (read.employee.name.as_str(), read.content)).collect();
    let fatma_read = |content| ("Fatma", content);
    assert_eq!(
        seen,
        [
            ("Jan", ReadContent::Dossier),
            fatma_read(ReadContent::Case),
            fatma_read(ReadContent::Dossier),
            fatma_read(ReadContent::Dossier),
            fatma_read(ReadContent::Dossier)
        ]
    );
    assert_eq!(of_dossier[1].of_case.as_ref().unwrap().number, case.header.number);
    // A local administrator without access sees the report: numbers, no names of things.
    let answer = office.admin().get(&report).await;
    assert_eq!(answer.ok::<Page<DossierRead>>().items, of_dossier);
    for secret in ["Gezin Hendriks", "Parkeerkaart"] {
        assert!(!String::from_utf8_lossy(&answer.body).contains(secret));
    }
    fatma.get(&report).await.problem(ProblemCode::Forbidden);
    piet.get(&report).await.problem(ProblemCode::NotFound);

    let report = format!("/employees/{}/reads", fatma.id);
    let of_employee: Vec<EmployeeRead> = office.admin().pages(&report, 2).await;
    let numbers: Vec<&str> = of_employee.iter().map(|read| read.dossier.number.as_str()).collect();
    let (one, two) = (dossier.number.as_str(), other.number.as_str());
    assert_eq!(numbers, [two, one, one, one, one]);
    assert!(of_employee.iter().all(|read| read.dossier.name.is_none()));
    office.rules(&dossier, &[person_rule(office.admin(), Effect::Allow)]).await;
    let of_employee: Vec<EmployeeRead> = office.admin().pages(&report, 100).await;
    assert_eq!(of_employee[0].dossier.name, None);
    assert_eq!(of_employee[1].dossier.name.as_deref(), Some("Gezin Hendriks"));
    fatma.get(&report).await.problem(ProblemCode::Forbidden);
    let foreigner = world.office("almere").await.admin().clone();
    foreigner.get(&report).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn many_who_read_at_once_are_all_recorded() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let path = format!("/dossiers/{}", dossier.id);
    let answers = join_all((0..150).map(|_| jan.get(&path))).await;
    assert!(answers.iter().all(|answer| answer.status.is_success()));
    assert_eq!(rows(&world.database).len(), 150);
}

/// A server that is killed the moment it answered has recorded what it showed.
#[actix_web::test]
async fn what_was_shown_is_recorded_also_when_the_server_dies_at_once() {
    let database = TestDatabase::migrated();
    let werkbak = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_werkbak"));
        command
            .env("DATABASE_URL", &database.url)
            .env("WERKBAK_DATA", &database.folder)
            .env("WERKBAK_BIND", "127.0.0.1:0")
            .env("WERKBAK_WORKER", "off")
            .env("RUST_LOG", "off")
            .env_remove("SMTP_URL")
            .stderr(Stdio::null());
        command
    };
    assert!(werkbak().args(["seed", "demo"]).stdout(Stdio::null()).status().unwrap().success());
    let mut server = werkbak().arg("serve").stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let base = line.trim().strip_prefix("listening on ").expect("an address").to_owned();
    let anyone = Anonymous { base };
    let session: Session = anyone.sign_in("jdevries@voorbeeldstad", PASSWORD).await.ok();
    let jan = Person {
        anyone,
        id: EmployeeId::new(),
        name: String::new(),
        username: String::new(),
        token: session.access_token,
    };
    let page: Page<DossierSummary> = jan.get("/dossiers").await.ok();
    let before = rows(&database).len();
    let path = format!("/dossiers/{}", page.items[0].id);
    let answer = jan.get(&path).await;
    server.kill().unwrap();
    server.wait().unwrap();
    let _: Dossier = answer.ok();
    assert_eq!(rows(&database).len(), before + 1);
}

/// Recording waits for nobody who changes the dossier meanwhile. (SQLite has one writer, for whom all wait.)
#[actix_web::test]
async fn reading_does_not_wait_for_who_changes_the_dossier() {
    if on_postgres().is_none() {
        return;
    }
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let mut other = world.database.connect();
    diesel::sql_query("BEGIN").execute(&mut other).unwrap();
    lock::rows(&mut other, Table::Dossiers, [dossier.id], Hold::Update).unwrap();
    lock::rows(&mut other, Table::Employees, [jan.id], Hold::Update).unwrap();
    let _: Dossier = jan.get(&format!("/dossiers/{}", dossier.id)).await.ok();
    assert_eq!(rows(&world.database).len(), 1);
}
