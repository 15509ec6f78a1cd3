//! How many statements a request takes does not depend on how much there is.

use std::collections::BTreeMap;

use contract::*;
use serde_json::json;
use werkbak::case_types::{import, revise};
use werkbak::db::transaction;

use crate::support::plans::scans as scanned;
use crate::support::{Office, Person, World, group_rule, person_rule};

/// How many statements an operation that reads may take, the session's check included.
fn budget(path: &str) -> usize {
    let (path, list) = path.split_once('?').map_or((path, false), |(path, _)| (path, true));
    match path {
        // What everyone looks at all day.
        "/dossiers" | "/cases" | "/trays" | "/groups" => 4,
        "/tasks" => 2,
        path if path.starts_with("/trays/") => 4,
        // All steps with their checks and answers, the team, the results there are, how it ended.
        path if path.starts_with("/cases/") && !list => 16,
        // Every page of everything about a dossier.
        path if path.ends_with("/export") => 60,
        path if path.ends_with("/access") => 15,
        path if path.starts_with("/employees/") => 15,
        _ => 10,
    }
}

/// One of everything, all of it Jan's, who is also a local administrator.
struct Stage {
    world: World,
    office: Office,
    jan: Person,
    group: Group,
    dossier: Dossier,
    case: Case,
    ids: BTreeMap<&'static str, String>,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person_with("jan", &[Role::LocalAdmin]).await;
    let piet = office.person("piet").await;
    let group = office.group("Wijkteam", &[&jan]).await;
    let client = json!({ "name": "Klant", "email": "klant@zaanstad.test" });
    let client: ClientGroup = jan.post("/client-groups", &client).await.ok();
    let (dossier, case) = office.case(&jan).await;
    let case = office.support(&jan, &case, &piet).await;
    office.rules(&dossier, &[person_rule(&piet, Effect::Allow)]).await;
    jan.give_task(&case, &jan).await;
    let task = office.tray_task(&jan, &case, &group).await;
    let (message, party) = office.message_and_party(&jan, dossier.id).await;
    let ids = BTreeMap::from([
        ("employeeId", jan.id.to_string()),
        ("groupId", group.id.to_string()),
        ("clientGroupId", client.id.to_string()),
        ("dossierId", dossier.id.to_string()),
        ("dossierNumber", dossier.number.clone()),
        ("messageId", message.id.to_string()),
        ("partyId", party.id.to_string()),
        ("caseTypeId", case.header.case_type.id.to_string()),
        ("caseId", case.header.id.to_string()),
        ("taskId", task.id.to_string()),
        ("list", "employees".to_owned()),
    ]);
    Stage { world, office, jan, group, dossier, case, ids }
}

impl Stage {
    /// Fifty of everything, of which Jan sees everything.
    async fn grow(&self) {
        let Self { office, jan, .. } = self;
        let mut people: Vec<EmployeeId> = Vec::new();
        for number in 0..50 {
            people.push(office.account(&format!("p{number:02}"), &[]));
        }
        let mut rules = Vec::new();
        let mut groups = Vec::new();
        for number in 0..50 {
            let group = office.group(&format!("Groep {number:02}"), &[jan]).await;
            rules.push(group_rule(&group, Effect::Allow));
            groups.push(group.id);
            let client = json!({ "name": format!("Klant {number:02}"), "email": "klant@zaanstad.test" });
            let _: ClientGroup = jan.post("/client-groups", &client).await.ok();
        }
        rules.extend(people.iter().map(|id| NewAccessRule {
            employee_id: Some(*id),
            group_id: None,
            effect: Effect::Allow,
        }));
        office.rules(&self.dossier, &rules).await;
        let now: Group = jan.get(&format!("/groups/{}", self.group.id)).await.ok();
        let mut members = people.clone();
        members.push(jan.id);
        let change = json!({ "name": now.name, "memberIds": members, "workAgreements": "",
            "reminderHours": null });
        let _: Group = jan.put(&format!("/groups/{}", self.group.id), now.version, &change).await.ok();
        self.more_case_types();
        let path = format!("/case-types/{}/authorisations", self.case.header.case_type.id);
        let now: Authorisations = jan.get(&path).await.ok();
        let mut authorised = people.clone();
        authorised.push(jan.id);
        let change = json!({ "groupIds": groups, "employeeIds": authorised });
        let _: Authorisations = jan.put(&path, now.version, &change).await.ok();
        for (number, person) in people.iter().enumerate() {
            let path = format!("/cases/{}", self.case.header.id);
            let version = jan.case(self.case.header.id).await.version;
            let _: Case = jan.put_on(&format!("{path}/supporters/{person}"), version).await.ok();
            let tray = json!({ "title": "Keuring", "groupId": groups[number] });
            let _: Task = jan.post(&format!("{path}/tasks"), &tray).await.ok();
            office.tray_task(jan, &self.case, &self.group).await;
            jan.give_task(&self.case, jan).await;
            office.message_and_party(jan, self.dossier.id).await;
            office.case(jan).await;
        }
    }

    fn more_case_types(&self) {
        let export = import::parse(include_bytes!("../data/case-types.xml")).unwrap();
        let by = werkbak::events::By {
            office_id: Some(self.office.id),
            employee_id: None,
            address: "test".to_owned(),
        };
        let read = export.items.iter().find_map(|item| match item {
            import::Item::CaseType(case_type) => Some(case_type),
            import::Item::Rejected(_) => None,
        });
        let mut case_type = read.unwrap().clone();
        transaction(&mut self.world.database.connect(), |conn| {
            for number in 0..50 {
                case_type.code = format!("X{number:02}");
                case_type.name = format!("Zaaktype {number:02}");
                revise::bring_in(conn, self.office.id, &case_type, &by)?;
            }
            Ok(())
        })
        .unwrap();
    }

    /// Every operation that reads, with the ids filled in: an operation that is new is counted too.
    fn readings(&self) -> Vec<String> {
        let paths = werkbak::http::document::document()["paths"].as_object().unwrap();
        // No support session runs here.
        let reading = paths
            .iter()
            .filter(|(path, item)| item["get"].is_object() && *path != "/support-sessions/current");
        reading
            .map(|(path, item)| {
                let filled = self
                    .ids
                    .iter()
                    .fold(path.clone(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
                assert!(!filled.contains('{'), "{path}: put an id for its placeholder on the stage");
                let paged = item["get"]["parameters"].to_string().contains("\"limit\"");
                if paged { format!("{filled}?limit=100") } else { filled }
            })
            .collect()
    }

    async fn count(&self) -> Vec<(String, Vec<String>)> {
        let mut counted = Vec::new();
        for path in self.readings() {
            let (answer, statements) = self.world.counting(self.jan.get(&path)).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.status);
            counted.push((path, statements));
        }
        counted
    }
}

#[actix_web::test]
async fn every_list_and_every_detail_takes_as_many_statements_for_one_as_for_fifty() {
    let stage = stage().await;
    let one = stage.count().await;
    stage.grow().await;
    let fifty = stage.count().await;
    let mut more = Vec::new();
    for ((path, before), (_, after)) in one.iter().zip(&fifty) {
        // One more where the newest of the office are looked at before everything that leads somewhere is merged.
        let walks = path.starts_with("/cases?") || path.contains("/dossiers?");
        let most = if walks { before.len() + 1 } else { before.len() };
        if after.len() > most {
            let new: String =
                after.iter().map(|sql| sql.chars().take(300).chain(['\n']).collect::<String>()).collect();
            more.push(format!("{path}: {} became {}: {new}", before.len(), after.len()));
        }
        if after.len() > budget(path) {
            more.push(format!("{path}: {} statements, {} allowed", after.len(), budget(path)));
        }
    }
    assert!(more.is_empty(), "{}", more.join("\n"));
    // None of them goes through a big table from one end to the other.
    let conn = &mut stage.world.database.connect();
    let mut asked = std::collections::BTreeSet::new();
    let mut scans = Vec::new();
    for (path, statements) in &fifty {
        for statement in statements {
            let sql = statement.split(" -- binds:").next().unwrap();
            if sql.starts_with("SELECT") && asked.insert(sql.to_owned()) {
                let found = scanned(conn, statement);
                if !found.is_empty() {
                    let sql: String = sql.chars().take(600).collect();
                    scans.push(format!("{path}: {found:?} in {sql}"));
                }
            }
        }
    }
    assert!(asked.len() > 50, "{} statements were looked at", asked.len());
    assert!(scans.is_empty(), "{}", scans.join("\n"));
    // Many were really there.
    for (path, least) in
        [("/employees", 50), ("/groups", 50), ("/dossiers", 50), ("/cases", 50), ("/tasks", 50)]
    {
        let page: Page<serde_json::Value> = stage.jan.get(&format!("{path}?limit=100")).await.ok();
        assert!(page.items.len() > least, "{path}: {}", page.items.len());
    }
}
