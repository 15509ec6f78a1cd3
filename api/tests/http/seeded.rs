//! The offices to measure with: the same every time, on both databases, and what the product makes of them.

use std::process::Output;

use chrono::{Datelike, NaiveDate};
use contract::*;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::json;
use sha2::{Digest, Sha256};
use werkbak::clock;
use werkbak::db::Conn;
use werkbak::db::schema::{cases, dossiers, offices};
use werkbak::seed::{self, Plan, Progress};
use werkbak::sign_in::hashing;

use crate::database::shape;
use crate::support::{Anonymous, PASSWORD, Person, Program, TestDatabase, World, on_postgres};

/// What comes of [`plan`] on either database: who changes what is made, changes this.
const DIGEST: &str = "5899b3c31364b723794fc3462cb1c218a63a347450bd463ac1e89afe8624f669";

fn plan() -> Plan {
    Plan {
        cases: 1_000,
        employees: 300,
        groups: 100,
        seed: 1,
        now: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
        password_hash: hashing::hash_with_salt(PASSWORD, &seed::salt(1)).unwrap(),
    }
}

fn seeded(conn: &mut Conn, plan: &Plan) -> Progress {
    let mut progress = Progress::default();
    seed::run(conn, plan, &mut |now| progress = now.clone()).unwrap();
    assert_eq!(progress.done, progress.total);
    progress
}

#[derive(Debug, QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn, query: &str) -> Vec<String> {
    let query = diesel::sql_query(query);
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(conn) => query.load(conn).unwrap(),
        Conn::Postgres(conn) => query.load(conn).unwrap(),
    };
    lines.into_iter().map(|line| line.line).collect()
}

#[derive(Debug, QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count(conn: &mut Conn, query: &str) -> i64 {
    let query = diesel::sql_query(query);
    let counted: Count = match conn {
        Conn::Sqlite(conn) => query.get_result(conn).unwrap(),
        Conn::Postgres(conn) => query.get_result(conn).unwrap(),
    };
    counted.count
}

/// A column's value in the same words on both databases.
fn spelled(column: &str, kind: &str) -> String {
    let text = match kind {
        // Of no value `hex` makes an empty text.
        "BLOB" => format!("nullif(lower(hex({column})), '')"),
        "uuid" => format!("replace({column}::text, '-', '')"),
        "boolean" => format!("{column}::int::text"),
        "timestamp without time zone" => format!("to_char({column}, 'YYYY-MM-DD HH24:MI:SS.US')"),
        "TEXT" if column.ends_with("_at") => {
            let point = format!("CASE instr({column}, '.') WHEN 0 THEN '.' ELSE '' END");
            format!("substr({column} || {point} || '000000', 1, 26)")
        }
        _ => format!("CAST({column} AS text)"),
    };
    format!("coalesce({text}, '-')")
}

/// A digest of every row of the tables that were filled.
fn digest(conn: &mut Conn, progress: &Progress) -> String {
    let shape = shape(conn);
    let mut digest = Sha256::new();
    for (table, rows) in &progress.rows {
        let columns = shape.iter().filter(|((of, _), _)| of == table);
        let spelled: Vec<String> = columns.map(|((_, column), (kind, _))| spelled(column, kind)).collect();
        let mut lines = lines(conn, &format!("SELECT {} AS line FROM {table}", spelled.join(" || '|' || ")));
        assert_eq!(lines.len(), *rows, "{table}");
        lines.sort_unstable();
        for line in lines {
            digest.update(format!("{table}|{line}\n"));
        }
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_same_flags_make_the_same_rows_on_both_databases_and_another_seed_makes_others() {
    let made = |plan: &Plan| {
        let database = TestDatabase::migrated();
        let mut conn = database.connect();
        let progress = seeded(&mut conn, plan);
        digest(&mut conn, &progress)
    };
    let first = made(&plan());
    assert_eq!(first, made(&plan()));
    assert_ne!(first, made(&Plan { seed: 2, ..plan() }));
    assert_eq!(first, DIGEST);
}

/// Whom a dossier is explicitly denied, by D3: not who manages it, and one's own rule goes before one's groups'.
const DENIED: &str = "SELECT rules.dossier_id, members.employee_id FROM dossier_group_rules rules \
      JOIN group_members members ON members.group_id = rules.group_id WHERE rules.effect = 'deny' \
      AND NOT EXISTS (SELECT 1 FROM dossier_employee_rules own \
        WHERE own.dossier_id = rules.dossier_id AND own.employee_id = members.employee_id) \
    UNION SELECT dossier_id, employee_id FROM dossier_employee_rules WHERE effect = 'deny'";

const AT_WORK: &str = "SELECT id AS case_id, coordinator_id AS employee_id FROM cases \
    UNION ALL SELECT case_id, employee_id FROM case_supporters \
    UNION ALL SELECT case_id, holder_id FROM tasks WHERE holder_id IS NOT NULL";

#[test]
fn what_is_made_keeps_every_rule_of_the_product() {
    let database = TestDatabase::migrated();
    let mut conn = database.connect();
    seeded(&mut conn, &plan());
    if on_postgres().is_some() {
        let references = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated";
        assert!(count(&mut conn, references) > 40, "they are back");
    } else {
        assert_eq!(count(&mut conn, "SELECT count(*) AS count FROM pragma_foreign_key_check"), 0);
    }
    for (what, query) in [
        (
            "someone denied the dossier works in a case (C6)",
            format!(
                "SELECT count(*) AS count FROM ({AT_WORK}) work JOIN cases ON cases.id = work.case_id \
                 JOIN dossiers ON dossiers.id = cases.dossier_id \
                 JOIN ({DENIED}) denied ON denied.dossier_id = dossiers.id \
                   AND denied.employee_id = work.employee_id \
                 WHERE dossiers.manager_id IS DISTINCT FROM work.employee_id"
            ),
        ),
        (
            "a coordinator supports too (C3)",
            "SELECT count(*) AS count FROM cases JOIN case_supporters team ON team.case_id = cases.id \
             AND team.employee_id = cases.coordinator_id"
                .to_owned(),
        ),
        (
            "a closed case is not finished, or an open one is (C9)",
            "SELECT count(*) AS count FROM cases WHERE (state = 'closed') <> (closed_at IS NOT NULL \
             AND closed_by IS NOT NULL AND result_type_id IS NOT NULL) OR closed_at < created_at \
             OR state = 'closed' AND EXISTS (SELECT 1 FROM case_steps steps \
               WHERE steps.case_id = cases.id AND steps.state = 'open') \
             OR state = 'closed' AND EXISTS (SELECT 1 FROM tasks \
               WHERE tasks.case_id = cases.id AND tasks.state = 'open')"
                .to_owned(),
        ),
        (
            "a step is closed with a required check unanswered (C8)",
            "SELECT count(*) AS count FROM case_steps steps JOIN check_types checks \
             ON checks.step_type_id = steps.step_type_id WHERE steps.state = 'closed' AND checks.required \
             AND NOT EXISTS (SELECT 1 FROM case_answers answers \
               WHERE answers.step_id = steps.id AND answers.check_id = checks.id)"
                .to_owned(),
        ),
        (
            "an archived dossier has an open case",
            "SELECT count(*) AS count FROM dossiers JOIN cases ON cases.dossier_id = dossiers.id \
             WHERE dossiers.state = 'archived' AND cases.state = 'open'"
                .to_owned(),
        ),
        (
            "a case is older than its dossier",
            "SELECT count(*) AS count FROM dossiers JOIN cases ON cases.dossier_id = dossiers.id \
             WHERE cases.created_at < dossiers.created_at OR cases.office_id <> dossiers.office_id"
                .to_owned(),
        ),
    ] {
        assert_eq!(count(&mut conn, &query), 0, "{what}");
    }
    let answered = count(&mut conn, "SELECT count(*) AS count FROM case_answers");
    assert!(answered > 100, "{answered}: the rule about checks was put to the test");
}

async fn person(anyone: &Anonymous, username: &str) -> Person {
    let session: Session = anyone.sign_in(username, PASSWORD).await.ok();
    Person {
        anyone: anyone.clone(),
        id: session.employee_id,
        name: String::new(),
        username: username.to_owned(),
        token: session.access_token,
    }
}

/// All pages of a list.
async fn all<T: serde::de::DeserializeOwned>(person: &Person, path: &str) -> Vec<T> {
    let mut items = Vec::new();
    let mut cursor = String::new();
    loop {
        let page: Page<T> = person.get(&format!("{path}?limit=100{cursor}")).await.ok();
        items.extend(page.items);
        match page.next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

#[actix_web::test]
async fn each_class_sees_what_it_is_for() {
    let world = World::new().await;
    let mut conn = world.database.connect();
    seeded(&mut conn, &plan());
    for username in ["smal1", "smal16", "los1", "los16"] {
        let person = person(&world.anyone, &format!("{username}@gemeente")).await;
        let seen: Vec<DossierSummary> = all(&person, "/dossiers").await;
        assert_eq!(seen.len(), 60, "{username}");
        let managed = seen.iter().filter(|one| one.manager.as_ref().is_some_and(|it| it.id == person.id));
        assert_eq!(managed.count(), if username.starts_with("los") { 40 } else { 0 }, "{username}");
        let groups = format!(
            "SELECT count(*) AS count FROM group_members JOIN employees \
            ON employees.id = employee_id WHERE username = '{username}'"
        );
        assert_eq!(count(&mut conn, &groups), i64::from(username.starts_with("smal")), "{username}");
        let cases: Vec<CaseSummary> = all(&person, "/cases").await;
        assert!(cases.iter().any(|case| case.my_part == Some(CasePart::Coordinator)), "{username}");
    }

    let open = person(&world.anyone, "open1@buiten").await;
    let seen: Vec<DossierSummary> = all(&open, "/dossiers").await;
    let to_all: i64 = dossiers::table
        .filter(dossiers::visibility.eq(Visibility::Office))
        .count()
        .get_result(&mut conn)
        .unwrap();
    assert_eq!(i64::try_from(seen.len()).unwrap(), to_all);
    assert!((30..70).contains(&to_all), "{to_all} of 100");
    let elsewhere = dossiers::table.inner_join(offices::table).filter(offices::code.ne("buiten"));
    let elsewhere = elsewhere.filter(dossiers::visibility.eq(Visibility::Office)).count();
    assert_eq!(elsewhere.get_result::<i64>(&mut conn).unwrap(), 0);

    let mut seen = Vec::new();
    for username in ["breed1", "gemiddeld1", "geweigerd1"] {
        let person = person(&world.anyone, &format!("{username}@gemeente")).await;
        seen.push(all::<DossierSummary>(&person, "/dossiers").await.len());
    }
    assert!(seen[0] > 700 && seen[1] < 400 && seen[2] < 60, "{seen:?}");
}

#[actix_web::test]
async fn the_tray_of_the_post_is_full_and_hides_what_is_denied() {
    let world = World::new().await;
    let mut conn = world.database.connect();
    seeded(&mut conn, &plan());
    let waiting = "tasks JOIN groups ON groups.id = tray_id WHERE groups.name = 'Postkamer' \
                   AND tasks.state = 'open'";
    let all_of_it = count(&mut conn, &format!("SELECT count(*) AS count FROM {waiting}"));
    assert_eq!(all_of_it, 208, "2,086 of 10,000 cases, and no more than that");
    let sorter = person(&world.anyone, "gemiddeld1@gemeente").await;
    let denied = format!(
        "SELECT count(*) AS count FROM {waiting} AND case_id IN (SELECT cases.id FROM cases \
         JOIN ({DENIED}) denied ON denied.dossier_id = cases.dossier_id \
         JOIN employees ON employees.id = denied.employee_id WHERE username = 'gemiddeld1')"
    );
    let denied = count(&mut conn, &denied);
    assert!(denied > 0);
    let trays: Page<Tray> = sorter.get("/trays").await.ok();
    let tray = trays.items.into_iter().find(|tray| tray.group.name == "Postkamer").unwrap();
    assert_eq!(i64::from(tray.open_tasks), all_of_it - denied);
    let tasks: Vec<TaskSummary> = all(&sorter, &format!("/trays/{}/tasks", tray.group.id)).await;
    assert_eq!(i64::try_from(tasks.len()).unwrap(), all_of_it - denied);
    let members = "SELECT count(*) AS count FROM group_members JOIN groups ON groups.id = group_id \
                   WHERE groups.name = 'Postkamer'";
    assert_eq!(count(&mut conn, members), 116);
}

#[actix_web::test]
async fn numbers_go_on_where_the_made_ones_end() {
    let world = World::new().await;
    let mut conn = world.database.connect();
    seeded(&mut conn, &Plan { now: clock::today(), ..plan() });
    let broad = person(&world.anyone, "breed1@gemeente").await;
    let year = clock::today().year();
    let office = offices::table.filter(offices::code.eq("gemeente")).select(offices::id);
    let office: OfficeId = office.first(&mut conn).unwrap();
    let last_dossier: Option<String> = dossiers::table
        .filter(dossiers::office_id.eq(office))
        .filter(dossiers::number.like(format!("{year}-%")))
        .select(diesel::dsl::max(dossiers::number))
        .first(&mut conn)
        .unwrap();
    let last_case: Option<String> = cases::table
        .filter(cases::office_id.eq(office))
        .filter(cases::number.like(format!("Z{year}-%")))
        .select(diesel::dsl::max(cases::number))
        .first(&mut conn)
        .unwrap();
    let next = |last: Option<String>| {
        let last = last.map_or(0, |last| last.rsplit('-').next().unwrap().parse::<u32>().unwrap());
        format!("{year}-{:06}", last + 1)
    };
    let dossier: Dossier = broad.post("/dossiers", &json!({ "name": "Gezin Hendriks" })).await.ok();
    assert_eq!(dossier.number, next(last_dossier));
    let types: Page<CaseTypeSummary> = broad.get("/case-types?authorised=true&limit=100").await.ok();
    assert!(types.items.len() >= 30, "{}", types.items.len());
    let new = json!({ "dossierId": dossier.id, "caseTypeId": types.items[0].id, "title": "Parkeerkaart" });
    let case: Case = broad.post("/cases", &new).await.ok();
    assert_eq!(case.header.number, format!("Z{}", next(last_case)));
}

fn run(database: &TestDatabase, args: &[&str]) -> Output {
    Program::command(database, &[&["seed"], args].concat()).output().unwrap()
}

#[test]
fn a_second_time_is_refused_and_changes_nothing() {
    let database = TestDatabase::migrated();
    let args = ["--cases", "1000", "--employees", "300", "--groups", "100"];
    let first = run(&database, &args);
    let told = String::from_utf8(first.stdout).unwrap();
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    for line in ["cases", "smal1..16@gemeente", "open1..16@buiten", PASSWORD] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let mut conn = database.connect();
    let rows = |conn: &mut Conn| {
        ["offices", "employees", "dossiers", "cases", "tasks"]
            .map(|table| count(conn, &format!("SELECT count(*) AS count FROM {table}")))
    };
    let before = rows(&mut conn);
    assert_eq!(before[3], 1_100);
    let second = run(&database, &[&args[..], &["--seed", "2"]].concat());
    let told = String::from_utf8(second.stderr).unwrap();
    assert!(!second.status.success());
    assert!(told.contains("There is already an office with the code gemeente"), "{told}");
    assert_eq!(rows(&mut conn), before);
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_made() {
    let database = TestDatabase::migrated();
    for (args, why) in [
        (&[][..], "--cases"),
        (&["--cases", "0"], "1000..=10000000"),
        (&["--cases", "999"], "1000..=10000000"),
        (&["--cases", "10000001"], "1000..=10000000"),
        (&["--cases", "veel"], "invalid"),
        (&["--cases", "1000", "--employees", "10"], "300..="),
        (&["--cases", "1000", "--groups", "3"], "100..="),
        (&["--cases", "1000", "--now", "morgen"], "invalid"),
        (&["--employees", "1000"], "--cases"),
        (&["--cases", "1000", "demo"], "demo"),
    ] {
        let refused = run(&database, args);
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && told.contains(why), "{args:?}: {told}");
    }
    assert_eq!(count(&mut database.connect(), "SELECT count(*) AS count FROM offices"), 0);
}
