//! `/v1/imports` and `werkbak import`: lists from a spreadsheet.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Command, Output};

use awc::http::{Method, StatusCode};
use contract::validation::FieldCode;
use contract::*;
use serde_json::json;

use crate::support::{Office, Person, Response, World, group_rule, person_rule};

async fn preview(who: &Person, kind: &str, file: impl Into<Vec<u8>>) -> ImportReport {
    let answer = who.request(Method::POST, &format!("/imports/{kind}/preview")).csv(file).send().await;
    answer.ok()
}

async fn commit(who: &Person, kind: &str, file: impl Into<Vec<u8>>, digest: &str) -> Response {
    who.request(Method::POST, &format!("/imports/{kind}?confirm={digest}")).csv(file).send().await
}

/// Looks and does it.
async fn import(who: &Person, kind: &str, file: impl Into<Vec<u8>>) -> ImportReport {
    let file = file.into();
    let seen = preview(who, kind, file.clone()).await;
    let done: ImportReport = commit(who, kind, file, &seen.digest).await.ok();
    assert!(done.committed && !seen.committed);
    assert_eq!((done.counts, &done.digest), (seen.counts, &seen.digest));
    done
}

type Verdict<'a> = (u32, ImportOutcome, Vec<(&'a str, FieldCode)>);

/// Row, outcome, and the fields and codes of what is wrong.
fn verdicts(report: &ImportReport) -> Vec<Verdict<'_>> {
    report
        .rows
        .iter()
        .map(|row| {
            let wrong = row.problems.iter().map(|problem| (problem.field.as_str(), problem.code)).collect();
            (row.row, row.outcome, wrong)
        })
        .collect()
}

fn kinds(world: &World, of: &str) -> usize {
    world.events().iter().filter(|event| event.kind == of).count()
}

async fn find(office: &Office, username: &str) -> Option<Employee> {
    let page: Page<Employee> = office.admin().get("/employees?limit=100").await.ok();
    page.items.into_iter().find(|employee| employee.username == username)
}

#[actix_web::test]
async fn employees_come_in_as_previewed_with_invitations_and_events() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let team = office.group("Zorgloket", &[&jan]).await;
    office.group("Vergunningen", &[]).await;
    let admin = office.admin();
    // As Excel writes it: Windows-1252, other order, a column of its own, a blank row.
    let file = b"E-mail;Gebruikersnaam;Kamer;Naam;Rollen;Groepen\r\n\
        renee@z.test;ren\xE9e;1.02;Ren\xE9e Smit;Helpdesk, lokaal beheerder;vergunningen | ZORGLOKET\r\n\
        ;;;;;\r\n\
        jan@nieuw.test;JAN;;Jan;;Zorgloket\r\n"
        .to_vec();
    let seen = preview(admin, "employees", file.clone()).await;
    assert_eq!((seen.encoding.as_str(), seen.delimiter.as_str()), ("windows-1252", ";"));
    let unknown: Vec<&str> =
        seen.columns.iter().filter(|c| c.field.is_none()).map(|column| column.header.as_str()).collect();
    assert_eq!(unknown, ["Kamer"]);
    assert_eq!(verdicts(&seen), [(2, ImportOutcome::Create, vec![]), (4, ImportOutcome::Change, vec![])]);
    assert_eq!(
        seen.rows[1].changes,
        [ImportedChange {
            field: "email".to_owned(),
            from: Some("jan@zaanstad.test".to_owned()),
            to: "jan@nieuw.test".to_owned()
        }]
    );
    // A preview leaves nothing behind.
    assert!(find(&office, "renée").await.is_none());
    assert_eq!((kinds(&world, "employee.created"), kinds(&world, "import.done")), (0, 0));
    assert!(world.told("invitation", 0).is_empty());

    // Nor does what was not looked at, or is not what was shown.
    let blind = admin.request(Method::POST, "/imports/employees").csv(file.clone()).send().await;
    blind.problem(ProblemCode::VersionRequired);
    let stale = commit(admin, "employees", file.clone(), "0000").await.problem(ProblemCode::Stale);
    let fresh: ImportReport = serde_json::from_value(stale.current.unwrap()).unwrap();
    assert_eq!(fresh.digest, seen.digest);
    let english = admin.request(Method::POST, "/imports/employees/preview").header("Accept-Language", "en");
    assert_eq!(english.csv(file.clone()).send().await.ok::<ImportReport>().digest, seen.digest);
    assert!(find(&office, "renée").await.is_none());

    let done: ImportReport = commit(admin, "employees", file.clone(), &seen.digest).await.ok();
    assert!(done.committed);
    let renee = find(&office, "renée").await.unwrap();
    let account = renee.account.unwrap();
    assert_eq!(account.roles, [Role::LocalAdmin, Role::Helpdesk]);
    assert_eq!(renee.groups.len(), 2);
    assert_eq!(renee.name, "Renée Smit");
    let jan_now = find(&office, "jan").await.unwrap();
    assert_eq!(jan_now.account.unwrap().email, "jan@nieuw.test");
    assert_eq!(jan_now.groups.iter().map(|group| group.id).collect::<Vec<_>>(), [team.id]);
    assert_eq!(world.told("invitation", 0), [renee.id]);
    assert_eq!(world.told("address-changed", 0), [jan.id]);
    for (kind, count) in [("employee.created", 1), ("employee.updated", 1), ("import.done", 1)] {
        assert_eq!(kinds(&world, kind), count, "{kind}");
    }
    let event = world.events().into_iter().find(|event| event.kind == "import.done").unwrap();
    assert_eq!(event.actor, Some(admin.id));
    assert_eq!(event.new["counts"]["create"], 1);

    // The same file again finds everything as it is, and records nothing.
    let again = import(admin, "employees", file).await;
    assert_eq!(again.counts, ImportCounts { unchanged: 2, ..ImportCounts::default() });
    assert_eq!(kinds(&world, "import.done"), 1);
}

#[actix_web::test]
async fn anything_rejected_and_nothing_comes_in() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let elsewhere = world.office("almere").await;
    elsewhere.group("Elders", &[]).await;
    for _ in 0..2 {
        office.group("Dubbel", &[]).await;
    }
    let admin = office.admin();
    let file = "username,name,email,roles,groups,language\n\
        goed,Goed,goed@z.test,,,nl\n\
        GOED,Nogmaals,nog@z.test,,,\n\
        a b,,geen adres,koning,Nergens|Dubbel|Elders,fr\n\
        kort,Kort\n\
        beheer,Beheer,beheer@zaanstad.test,,,\n";
    let seen = preview(admin, "employees", file).await;
    assert_eq!(
        verdicts(&seen),
        [
            (2, ImportOutcome::Create, vec![]),
            (3, ImportOutcome::Rejected, vec![("username", FieldCode::Duplicate)]),
            (
                4,
                ImportOutcome::Rejected,
                vec![
                    ("roles", FieldCode::Unknown),
                    ("language", FieldCode::Unknown),
                    ("groups", FieldCode::Unknown),
                    ("groups", FieldCode::Ambiguous),
                    ("groups", FieldCode::Unknown),
                    ("username", FieldCode::Malformed),
                    ("name", FieldCode::Blank),
                    ("email", FieldCode::Malformed),
                ]
            ),
            (5, ImportOutcome::Rejected, vec![("row", FieldCode::Malformed), ("email", FieldCode::Blank)]),
            (6, ImportOutcome::Rejected, vec![("roles", FieldCode::LastAdministrator)]),
        ]
    );
    let problem = commit(admin, "employees", file, &seen.digest).await.problem(ProblemCode::ImportRejected);
    let report: ImportReport = serde_json::from_value(problem.current.unwrap()).unwrap();
    assert_eq!(report.counts, ImportCounts { create: 1, rejected: 4, ..ImportCounts::default() });
    assert!(find(&office, "goed").await.is_none());
    assert!(world.told("invitation", 0).is_empty());
    assert_eq!(kinds(&world, "employee.created"), 0);
    assert!(admin.get("/me").await.ok::<Me>().may.administer);
}

#[actix_web::test]
async fn a_file_that_is_no_use_is_refused_as_a_whole() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let admin = office.admin();
    let send = |who: &Person, file: Vec<u8>| {
        who.request(Method::POST, "/imports/client-groups/preview").csv(file).send()
    };
    assert_eq!(send(admin, b"e-mail\nx@y.nl\n".to_vec()).await.invalid_fields(), ["columns.name"]);
    assert_eq!(send(admin, b"naam\n\"open\n".to_vec()).await.invalid_fields(), ["file"]);
    send(&jan, b"naam\nx\n".to_vec()).await.problem(ProblemCode::Forbidden);
    assert!(announced(&world, admin, 5 * 1024 * 1024 + 1).starts_with("HTTP/1.1 413"));
    let json = admin.post("/imports/client-groups/preview", &json!({})).await;
    json.problem(ProblemCode::UnsupportedMediaType);
    let nothing = admin.request(Method::POST, "/imports/persons/preview").csv("naam\nx\n").send().await;
    nothing.problem(ProblemCode::NotFound);
}

/// The first line of the answer to a file of this size, of which nothing is sent.
fn announced(world: &World, who: &Person, size: usize) -> String {
    let address = world.anyone.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
    write!(
        stream,
        "POST /v1/imports/employees/preview HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: text/csv\r\nContent-Length: {size}\r\n\r\n",
        who.token
    )
    .unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line
}

#[actix_web::test]
async fn memberships_change_one_group_at_a_time_and_strand_nothing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let fatma = office.person("fatma").await;
    let team = office.group("Team", &[&fatma]).await;
    let external = office.group("Extern", &[]).await;
    let other = office.group("Ander", &[&jan]).await;
    // Jan coordinates a case in a dossier that is closed to Extern.
    let (dossier, case) = office.case(&jan).await;
    let manager = office.person("manager").await;
    let form = json!({ "name": "Gezin Hendriks", "managerId": manager.id, "visibility": "office" });
    let _: Dossier = jan.put(&format!("/dossiers/{}", dossier.id), dossier.version, &form).await.ok();
    office.rules(&dossier, &[group_rule(&external, Effect::Deny)]).await;

    let file = "medewerker\tgroep\tactie\n\
        jan\tTeam\t\njan\tAnder\tverwijderen\nfatma\tteam\tadd\nfatma\tExtern\t\n";
    let done = import(office.admin(), "memberships", file).await;
    assert_eq!(done.counts, ImportCounts { change: 3, unchanged: 1, ..ImportCounts::default() });
    let groups = async |username: &str| -> Vec<String> {
        let groups = find(&office, username).await.unwrap().groups;
        groups.into_iter().map(|group| group.name).collect()
    };
    assert_eq!(groups("jan").await, ["Team"]);
    assert_eq!(groups("fatma").await, ["Extern", "Team"]);
    // One event per employee, whose form and whose groups' forms notice.
    assert_eq!(kinds(&world, "employee.updated"), 2);
    let now: Group = office.admin().get(&format!("/groups/{}", other.id)).await.ok();
    assert_eq!(now.version, other.version + 1);
    let now: Group = office.admin().get(&format!("/groups/{}", team.id)).await.ok();
    assert_eq!(now.members.len(), 2);

    // An empty cell says nothing of a language.
    let english = "username;language\njan;en\n";
    assert_eq!(import(office.admin(), "employees", english).await.counts.change, 1);
    let nothing = "username;language\njan;\n";
    assert_eq!(import(office.admin(), "employees", nothing).await.counts.unchanged, 1);

    let file = "username;group\njan;Extern\nnobody;Team\nfatma;Ander\nfatma;ander\n";
    let seen = preview(office.admin(), "memberships", file).await;
    assert_eq!(
        verdicts(&seen),
        [
            (2, ImportOutcome::Rejected, vec![("group", FieldCode::WouldStrandWork)]),
            (3, ImportOutcome::Rejected, vec![("username", FieldCode::Unknown)]),
            (4, ImportOutcome::Change, vec![]),
            (5, ImportOutcome::Rejected, vec![("group", FieldCode::Duplicate)]),
        ]
    );
    let why = &seen.rows[0].problems[0].detail;
    assert!(why.contains(&case.header.number) && !why.contains("Hendriks"), "{why}");
    commit(office.admin(), "memberships", file, &seen.digest).await.problem(ProblemCode::ImportRejected);
    assert_eq!(groups("jan").await, ["Team"]);
}

#[actix_web::test]
async fn client_groups_and_dossiers_come_in_with_rules_and_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let piet = office.person("piet").await;
    let gone = office.person("weg").await;
    office.deactivate(&gone).await;
    office.group("Team", &[&piet]).await;
    office.group("Extern", &[]).await;
    let admin = office.admin();
    let groups = "Naam,E-mailadres\n\"Zorg, en meer\",zorg@z.test\nScholen,scholen@z.test\n";
    assert_eq!(import(admin, "client-groups", groups).await.counts.create, 2);
    let changed = "name\te-mail\nSCHOLEN\tnieuw@z.test\n";
    assert_eq!(import(admin, "client-groups", changed).await.counts.change, 1);
    let page: Page<ClientGroup> = admin.get("/client-groups").await.ok();
    let found: Vec<(&str, &str)> =
        page.items.iter().map(|group| (group.name.as_str(), group.email.as_str())).collect();
    assert_eq!(found, [("SCHOLEN", "nieuw@z.test"), ("Zorg, en meer", "zorg@z.test")]);

    let file = "Naam;Dossierbeheerder;Klantengroep;Zichtbaarheid;Toegestane groepen;Geweigerde groepen\n\
        \"Gezin Hendriks; Lindelaan\";jan;zorg, en meer;;Team;Extern\n\
        Zonder beheerder;;;kantoor;;\n";
    let done = import(admin, "dossiers", file).await;
    assert_eq!(done.counts.create, 2);
    let number = done.rows[0].number.clone().unwrap();
    let listed: Page<DossierSummary> = piet.get("/dossiers?q=hendriks").await.ok();
    let dossier = &listed.items[0];
    assert_eq!((dossier.number.as_str(), dossier.visibility), (number.as_str(), Visibility::Restricted));
    assert_eq!(dossier.manager.as_ref().unwrap().id, jan.id);
    assert_eq!(dossier.client_group.as_ref().unwrap().name, "Zorg, en meer");
    let path = format!("/dossiers/{}/access-rules", dossier.id);
    let rules: AccessRules = jan.get(&path).await.ok();
    let effects: Vec<Effect> = rules.rules.iter().map(|rule| rule.effect).collect();
    assert_eq!(effects, [Effect::Deny, Effect::Allow]);
    let without: Page<DossierSummary> = piet.get("/dossiers?q=zonder").await.ok();
    assert!(without.items[0].manager.is_none());
    // Each dossier its event, the rules theirs; and the same file makes nothing twice.
    assert_eq!((kinds(&world, "dossier.created"), kinds(&world, "dossier.rules-updated")), (2, 1));
    assert_eq!(import(admin, "dossiers", file).await.counts.unchanged, 2);

    // By number: what the file says changes, the rest stays.
    let change = format!("nummer;naam;beheerder;geweigerd\n{number};;PIET;\n");
    let done = import(admin, "dossiers", change).await;
    let fields: Vec<&str> = done.rows[0].changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["manager", "deny"]);
    let rules: AccessRules = piet.get(&path).await.ok();
    assert_eq!(rules.rules.len(), 1);
    assert_eq!(rules.rules[0].effect, Effect::Allow);

    let wrong = format!(
        "nummer;naam;beheerder;klantengroep;zichtbaarheid;toegestaan;geweigerd\n\
        2020-000001;;;;;;\n{number};Andere naam;;;;;\n;Nieuw;weg;Niemand;half;Team;Team\n;;;;;;x\n"
    );
    let seen = preview(admin, "dossiers", wrong).await;
    assert_eq!(
        verdicts(&seen),
        [
            (2, ImportOutcome::Rejected, vec![("number", FieldCode::Unknown)]),
            // Who administers does not read (D4).
            (3, ImportOutcome::Rejected, vec![("name", FieldCode::Contradiction)]),
            (
                4,
                ImportOutcome::Rejected,
                vec![
                    ("clientGroup", FieldCode::Unknown),
                    ("visibility", FieldCode::Unknown),
                    ("deny", FieldCode::Contradiction),
                    ("manager", FieldCode::NotEligible),
                ]
            ),
            (5, ImportOutcome::Rejected, vec![("deny", FieldCode::Unknown), ("name", FieldCode::Blank)]),
        ]
    );
    let text = serde_json::to_string(&seen).unwrap();
    assert!(!text.contains("Hendriks"), "{text}");
}

/// D4: trying names tells nothing of a dossier that who imports does not see; what they made themselves is known.
#[actix_web::test]
async fn an_import_does_not_tell_which_hidden_dossiers_there_are() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let admin = office.admin();
    let hidden = office.dossier(&jan, "Gezin Hendriks").await;
    let guesses = "naam;beheerder\nGezin Hendriks;jan\nGezin Hendriks;\nGezin Jansen;jan\n";
    let seen = preview(admin, "dossiers", guesses).await;
    let rows: Vec<_> = seen.rows.iter().map(|row| (row.outcome, row.warnings.len())).collect();
    assert_eq!(rows, [(ImportOutcome::Create, 0); 3]);
    // Who sees it is told.
    office.rules(&hidden, &[person_rule(admin, Effect::Allow)]).await;
    let seen = preview(admin, "dossiers", guesses).await;
    let rows: Vec<_> = seen.rows.iter().map(|row| (row.outcome, row.warnings.len())).collect();
    assert_eq!(rows, [(ImportOutcome::Unchanged, 0), (ImportOutcome::Create, 1), (ImportOutcome::Create, 0)]);
    // Made by an import, and renamed since by who manages it: the new name is none of the importer's.
    import(admin, "dossiers", "naam;beheerder\nGezin Smit;jan\n").await;
    let made: Page<DossierSummary> = jan.get("/dossiers?q=smit").await.ok();
    let change = json!({ "name": "Gezin Smit-de Wit", "managerId": jan.id, "visibility": "restricted" });
    let path = format!("/dossiers/{}", made.items[0].id);
    let now: Dossier = jan.get(&path).await.ok();
    jan.put(&path, now.version, &change).await.ok::<Dossier>();
    let seen = preview(admin, "dossiers", "naam;beheerder\nGezin Smit-de Wit;jan\n").await;
    assert_eq!(seen.rows[0].outcome, ImportOutcome::Create);
    // Nor is another client group: what was made so is known so.
    import(admin, "client-groups", "naam;e-mail\nZorg;z@k.test\nScholen;s@k.test\n").await;
    import(admin, "dossiers", "naam;beheerder;klantengroep\nGezin Bos;jan;Zorg\n").await;
    let made: Page<DossierSummary> = jan.get("/dossiers?q=bos").await.ok();
    let groups: Page<ClientGroup> = admin.get("/client-groups").await.ok();
    let schools = groups.items.iter().find(|group| group.name == "Scholen").unwrap();
    let change = json!({ "name": "Gezin Bos", "managerId": jan.id, "clientGroupId": schools.id,
        "visibility": "restricted" });
    let path = format!("/dossiers/{}", made.items[0].id);
    let now: Dossier = jan.get(&path).await.ok();
    jan.put(&path, now.version, &change).await.ok::<Dossier>();
    let guesses = "naam;beheerder;klantengroep\nGezin Bos;jan;Zorg\nGezin Bos;jan;Scholen\n";
    let seen = preview(admin, "dossiers", guesses).await;
    let outcomes: Vec<ImportOutcome> = seen.rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [ImportOutcome::Unchanged, ImportOutcome::Create]);
}

/// P4 for a dossier: a group that is denied now has someone who works on one of its cases.
#[actix_web::test]
async fn a_dossiers_rules_strand_nothing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let piet = office.person("piet").await;
    office.group("Extern", &[&piet]).await;
    let (dossier, case) = office.case(&jan).await;
    office.support(&jan, &case, &piet).await;
    let file = format!("nummer;naam;geweigerd\n{};;Extern\n", dossier.number);
    let seen = preview(office.admin(), "dossiers", file).await;
    assert_eq!(verdicts(&seen), [(2, ImportOutcome::Rejected, vec![("row", FieldCode::WouldStrandWork)])]);
    assert!(seen.rows[0].problems[0].detail.contains(&case.header.number));
}

fn operator(world: &World, kind: &str, text: &str, options: &[&str]) -> Output {
    let file = world.database.folder.join("list.csv");
    std::fs::write(&file, text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_werkbak"))
        .args(["import", kind])
        .arg(file)
        .args(["--office", "Zaanstad"])
        .args(options)
        .env("DATABASE_URL", &world.database.url)
        .env("WERKBAK_DATA", &world.database.folder)
        .env("LC_ALL", "C")
        .output()
        .unwrap()
}

#[actix_web::test]
async fn an_operator_imports_with_the_same_report() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let said = |output: &Output| String::from_utf8(output.stdout.clone()).unwrap();
    let file = "username;name;email;room\nnieuw;Nieuw;nieuw@z.test;1\n";
    let trial = operator(&world, "employees", file, &["--dry-run"]);
    assert!(trial.status.success());
    let text = said(&trial);
    assert!(text.contains("This column is not used: room"), "{text}");
    assert!(text.contains("row 2  nieuw: new"), "{text}");
    assert!(text.contains("1 new, 0 changed, 0 unchanged, 0 rejected."), "{text}");
    assert!(text.ends_with("Dry run: nothing was changed.\n"), "{text}");
    assert!(find(&office, "nieuw").await.is_none());

    assert!(operator(&world, "employees", file, &[]).status.success());
    let made = find(&office, "nieuw").await.unwrap();
    assert_eq!(world.told("invitation", 0), [made.id]);
    let event = world.events().into_iter().find(|event| event.kind == "employee.created").unwrap();
    assert_eq!(event.actor, None);

    let bad = operator(&world, "memberships", "username;group\nnieuw;Geen\nweg;Geen\n", &[]);
    assert_eq!(bad.status.code(), Some(1));
    let text = said(&bad);
    assert!(text.contains("row 3  weg: rejected\n    - username: This employee does not exist."), "{text}");
    assert!(String::from_utf8(bad.stderr).unwrap().contains("Nothing was changed."));
    assert!(operator(&world, "client-groups", "name;email\nK;k@z.test\n", &[]).status.success());
    let dossiers = operator(&world, "dossiers", "naam;beheerder;klantengroep\nD;nieuw;k\n", &[]);
    assert!(dossiers.status.success(), "{}", said(&dossiers));
    let page: Page<ClientGroup> = office.admin().get("/client-groups").await.ok();
    assert_eq!(page.items.len(), 1);
}

/// Retrying a commit with the same Idempotency-Key does it once.
#[actix_web::test]
async fn a_repeated_commit_gets_the_same_answer() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let file = "name;email\nK;k@z.test\n";
    let seen = preview(office.admin(), "client-groups", file).await;
    let path = format!("/imports/client-groups?confirm={}", seen.digest);
    let send = || {
        let request = office.admin().request(Method::POST, &path).header("Idempotency-Key", "een");
        request.csv(file).send()
    };
    let first = send().await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(send().await.body, first.body);
    let page: Page<ClientGroup> = office.admin().get("/client-groups").await.ok();
    assert_eq!(page.items.len(), 1);
}
