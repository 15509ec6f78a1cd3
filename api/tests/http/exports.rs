//! `/v1/exports`: what a list shows, as a file.

use std::collections::BTreeSet;

use awc::http::Method;
use contract::*;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::support::{Office, Person, World, group_rule, person_rule};

async fn exported(who: &Person, path: &str) -> Vec<Vec<String>> {
    who.exported(path).await
}

/// Everything a list shows, page by page.
async fn listed<T: DeserializeOwned>(who: &Person, path: &str) -> Vec<T> {
    let mut all = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let joint = if path.contains('?') { '&' } else { '?' };
        let cursor = next.map(|next| format!("&cursor={next}")).unwrap_or_default();
        let page: Page<T> = who.get(&format!("{path}{joint}limit=100{cursor}")).await.ok();
        all.extend(page.items);
        next = page.next;
        if next.is_none() {
            return all;
        }
    }
}

async fn import(office: &Office, kind: &str, file: &str) -> ImportReport {
    let send = |path: String| office.admin().request(Method::POST, &path).csv(file).send();
    let seen: ImportReport = send(format!("/imports/{kind}/preview")).await.ok();
    send(format!("/imports/{kind}?confirm={}", seen.digest)).await.ok()
}

fn column(rows: &[Vec<String>], position: usize) -> Vec<&str> {
    rows.iter().map(|row| row[position].as_str()).collect()
}

#[actix_web::test]
async fn an_export_holds_what_its_reader_sees_in_the_list_and_nothing_else() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let elsewhere = world.office("almere").await;
    let (jan, piet, outsider) =
        (office.person("jan").await, office.person("piet").await, office.person("extern").await);
    let team = office.group("Team", &[&piet]).await;
    // More than one page of dossiers, some hidden from each.
    let rows: String = (0..250)
        .map(|n| format!("Dossier {n};{};{};\n", ["jan", "piet"][n % 2], ["kantoor", "beperkt"][n % 3 % 2]))
        .collect();
    import(&office, "dossiers", &format!("naam;beheerder;zichtbaarheid;toegestaan\n{rows}")).await;
    let (dossier, case) = office.case(&jan).await;
    office.rules(&dossier, &[group_rule(&team, Effect::Allow), person_rule(&outsider, Effect::Deny)]).await;
    let task = office.tray_task(&jan, &case, &team).await;
    elsewhere.case(elsewhere.admin()).await;

    let mut counts = BTreeSet::new();
    for who in [&jan, &piet, &outsider, office.admin(), elsewhere.admin()] {
        let dossiers: Vec<DossierSummary> = listed(who, "/dossiers").await;
        let numbers: Vec<&str> = dossiers.iter().map(|dossier| dossier.number.as_str()).collect();
        assert_eq!(column(&exported(who, "dossiers").await, 0), numbers, "{}", who.name);
        counts.insert(numbers.len());
        let found: Vec<DossierSummary> = listed(who, "/dossiers?q=dossier%201&state=active").await;
        let numbers: Vec<&str> = found.iter().map(|dossier| dossier.number.as_str()).collect();
        assert_eq!(column(&exported(who, "dossiers?q=Dossier%201&state=active").await, 0), numbers);
        let cases: Vec<CaseSummary> = listed(who, "/cases").await;
        let shown: Vec<(&str, &str)> = cases
            .iter()
            .map(|case| (case.number.as_str(), case.dossier.name.as_deref().unwrap_or_default()))
            .collect();
        let rows = exported(who, "cases").await;
        let cells: Vec<(&str, &str)> = column(&rows, 0).into_iter().zip(column(&rows, 4)).collect();
        assert_eq!(cells, shown, "{}", who.name);
        let people: Vec<Employee> = listed(who, "/employees").await;
        let rows = exported(who, "employees").await;
        for (row, employee) in rows.iter().zip(&people) {
            assert_eq!(row[0], employee.username);
            let email = employee.account.as_ref().map(|account| account.email.as_str());
            assert_eq!(row[2], email.unwrap_or_default(), "{}", who.name);
        }
        assert_eq!(rows.len(), people.len());
        let groups: Vec<GroupSummary> = listed(who, "/groups").await;
        let rows = exported(who, "groups").await;
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(column(&rows, 0), names);
        let tasks: Vec<TaskSummary> = listed(who, "/tasks").await;
        assert_eq!(exported(who, "tasks").await.len(), tasks.len());
        let clients: Vec<ClientGroup> = listed(who, "/client-groups").await;
        assert_eq!(exported(who, "client-groups").await.len(), clients.len());
    }
    assert!(counts.len() >= 4 && counts.iter().any(|count| *count > 100), "{counts:?}");
    assert_eq!(column(&exported(&jan, "groups").await, 1), ["piet"]);

    let tray = format!("trays/{}", team.id);
    let rows = exported(&piet, &tray).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0][0].as_str(), rows[0][2].as_str()),
        (case.header.number.as_str(), task.title.as_str())
    );
    outsider.get(&format!("/exports/{tray}")).await.problem(ProblemCode::Forbidden);
    jan.get("/exports/secrets").await.problem(ProblemCode::NotFound);
    assert_eq!(jan.get("/exports/dossiers?state=lost").await.invalid_fields(), ["state"]);
    assert_eq!(jan.get("/exports/groups?state=active").await.invalid_fields(), ["state"]);
}

#[actix_web::test]
async fn an_export_is_recorded_and_says_its_name() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let answer = jan.get("/exports/dossiers?q=geheim").await;
    let name = answer.header("content-disposition").unwrap();
    assert!(name.starts_with("attachment; filename=\"dossiers-20") && name.ends_with(".csv\""), "{name}");
    let english = jan.request(Method::GET, "/exports/employees").header("Accept-Language", "en").send().await;
    assert!(String::from_utf8_lossy(&english.body).starts_with("\u{feff}Username;Name;"));
    let events: Vec<_> = world.events().into_iter().filter(|event| event.kind == "list.exported").collect();
    assert_eq!(events.len(), 2);
    assert_eq!((events[0].actor, &events[0].new["list"]), (Some(jan.id), &json!("dossiers")));
    assert_eq!(events[0].new["filtered"], true);
    assert!(!events[0].new.to_string().contains("geheim"));
}

#[actix_web::test]
async fn no_cell_is_a_formula_and_what_goes_out_comes_back_in() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let wild =
        ["=HYPERLINK(\"http://x\")", "+31 6 12", "-1", "@SUM(1)", "gewoon; met \"teken\"", "'s Avonds"];
    for name in wild {
        let _: Group = office.admin().post("/groups", &json!({ "name": name })).await.ok();
        let group = json!({ "name": name, "email": "k@k.test" });
        let _: ClientGroup = office.admin().post("/client-groups", &group).await.ok();
    }
    let answer = office.admin().get("/exports/client-groups").await;
    let text = String::from_utf8(answer.body.clone()).unwrap();
    for name in &wild[..4] {
        assert!(!column(&exported(office.admin(), "groups").await, 0).contains(name));
        assert!(text.contains(&format!("'{}", name.replace('"', "\"\""))), "{name}");
    }
    let jan = office.person_with("jan", &[Role::Helpdesk, Role::Records]).await;
    let groups: Vec<GroupSummary> = listed(office.admin(), "/groups").await;
    let ids: Vec<GroupId> = groups.iter().map(|group| group.id).collect();
    office.change_employee(jan.id, |form| form["groupIds"] = json!(ids)).await.ok::<Employee>();
    for (list, kind) in [("client-groups", "client-groups"), ("employees", "employees")] {
        let file = office.admin().get(&format!("/exports/{list}")).await.body;
        let path = format!("/imports/{kind}/preview");
        let report: ImportReport = office.admin().request(Method::POST, &path).csv(file).send().await.ok();
        let counts = ImportCounts { unchanged: report.rows.len() as u32, ..ImportCounts::default() };
        assert_eq!(report.counts, counts, "{:#?}", report.rows);
    }
}
