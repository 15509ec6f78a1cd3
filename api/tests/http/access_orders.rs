//! `/v1/access-rules`, `/v1/employees/{employeeId}/dossiers`, `/work` and `/hand-over`, and deleting client
//! groups: D2, D5, P4, G6.

use contract::*;
use serde_json::json;

use crate::support::{World, group_rule, person_rule};

#[actix_web::test]
async fn an_order_for_many_dossiers_has_a_result_for_each() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma) = (office.person("jan").await, office.person("fatma").await);
    let team = office.group("Team", &[&fatma]).await;
    let mine = office.dossier(&jan, "Van Jan").await;
    let same = office.dossier(&jan, "Al zo").await;
    office.rules(&same, &[group_rule(&team, Effect::Deny)]).await;
    let visible = office.dossier(office.admin(), "Alleen te zien").await;
    office.rules(&visible, &[person_rule(&jan, Effect::Allow)]).await;
    let hidden = office.dossier(office.admin(), "Verborgen").await;
    let elsewhere = world.office("almere").await;
    let foreign = elsewhere.dossier(elsewhere.admin(), "Daar").await;
    let order = json!({ "dossierIds": [hidden.id, mine.id, foreign.id, visible.id, same.id],
        "groupIds": [team.id], "action": "deny" });
    let preview: AccessRulesPreview = jan.post("/access-rules/preview", &order).await.ok();
    assert_eq!(preview.change.totals.denied, 1);
    let mut order = order;
    order["preview"] = json!(preview.change.digest);
    // In whatever language it is saved.
    let in_english = jan
        .request(awc::http::Method::POST, "/access-rules/preview")
        .header("Accept-Language", "en")
        .json(&order)
        .send()
        .await;
    assert_eq!(in_english.ok::<AccessRulesPreview>().change.digest, preview.change.digest);
    let result: AccessRulesResult = jan.post("/access-rules", &order).await.ok();
    assert_eq!(result.items, preview.items);
    let outcomes: Vec<(DossierId, ItemOutcome, Option<&str>)> =
        result.items.iter().map(|item| (item.dossier_id, item.outcome, item.number.as_deref())).collect();
    assert_eq!(
        outcomes,
        [
            (hidden.id, ItemOutcome::NotFound, None),
            (mine.id, ItemOutcome::Changed, Some(mine.number.as_str())),
            (foreign.id, ItemOutcome::NotFound, None),
            (visible.id, ItemOutcome::Forbidden, Some(visible.number.as_str())),
            (same.id, ItemOutcome::Unchanged, Some(same.number.as_str())),
        ]
    );
    let details: Vec<Option<String>> = result.items.iter().map(|item| item.detail.clone()).collect();
    assert_eq!(details[0], details[2], "of another office is like of none");
    assert!(details[3].as_deref().unwrap().contains("dossierbeheerder"));
    let rules: AccessRules = jan.get(&format!("/dossiers/{}/access-rules", mine.id)).await.ok();
    assert_eq!(rules.rules.len(), 1);
    let rules: AccessRules = office.admin().get(&format!("/dossiers/{}/access-rules", hidden.id)).await.ok();
    assert!(rules.rules.is_empty());
    // Taking it away again, for the team and a person who never had a rule.
    let order = json!({ "dossierIds": [mine.id], "groupIds": [team.id], "employeeIds": [fatma.id],
        "action": "remove" });
    let result: AccessRulesResult = jan.post("/access-rules", &order).await.ok();
    assert_eq!(result.items[0].outcome, ItemOutcome::Changed);
    let rules: AccessRules = jan.get(&format!("/dossiers/{}/access-rules", mine.id)).await.ok();
    assert!(rules.rules.is_empty());
}

#[actix_web::test]
async fn an_order_that_strands_work_changes_nothing_without_a_plan() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan, fatma) =
        (office.person("boss").await, office.person("jan").await, office.person("fatma").await);
    let team = office.group("Team", &[&jan]).await;
    let (dossier, case) = office.case(&boss).await;
    let task = boss.give_task(&case, &jan).await;
    let other = office.dossier(&boss, "Ander").await;
    let order = json!({ "dossierIds": [other.id, dossier.id], "groupIds": [team.id], "action": "deny" });
    let problem = office.admin().post("/access-rules", &order).await.problem(ProblemCode::WouldStrandWork);
    assert_eq!(problem.stranded.len(), 1);
    let rules: AccessRules = boss.get(&format!("/dossiers/{}/access-rules", other.id)).await.ok();
    assert!(rules.rules.is_empty(), "all or nothing");
    let mut order = order;
    order["handOver"] =
        json!({ "items": [{ "kind": "task", "id": task.id, "from": jan.id, "to": fatma.id }] });
    let _: AccessRulesResult = office.admin().post("/access-rules", &order).await.ok();
    assert_eq!(fatma.task(task.id).await.holder.unwrap().id, fatma.id);
}

#[actix_web::test]
async fn an_order_says_everything_that_is_wrong_with_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let wrong = json!({ "dossierIds": [], "action": "allow" });
    assert_eq!(jan.post("/access-rules", &wrong).await.invalid_fields(), ["dossierIds", "groupIds"]);
    let dossier = office.dossier(&jan, "Van Jan").await;
    let elsewhere = world.office("almere").await;
    let (foreign, stranger) = (elsewhere.group("Daar", &[]).await, elsewhere.person("vreemd").await);
    let wrong = json!({ "dossierIds": [dossier.id], "groupIds": [foreign.id], "employeeIds": [stranger.id],
        "action": "allow" });
    let fields = jan.post("/access-rules", &wrong).await.invalid_fields();
    assert_eq!(fields, ["employeeIds[0]", "groupIds[0]"]);
    let many: Vec<DossierId> = (0..201).map(|_| DossierId::new()).collect();
    let wrong = json!({ "dossierIds": many, "groupIds": [foreign.id], "action": "allow" });
    assert_eq!(jan.post("/access-rules", &wrong).await.invalid_fields(), ["dossierIds"]);
}

#[actix_web::test]
async fn the_helpdesk_explains_by_number_without_seeing_the_dossier() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let (jan, fatma) = (office.person("jan").await, office.person("fatma").await);
    let team = office.group("extern", &[&fatma]).await;
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    office.rules(&dossier, &[group_rule(&team, Effect::Deny)]).await;
    let path = |who: EmployeeId, number: &str| format!("/employees/{who}/dossiers/{number}");
    let found: DossierAccess = helpdesk.get(&path(fatma.id, &dossier.number)).await.ok();
    assert_eq!(found.access.explanation, "Geen toegang: groep extern is geweigerd.");
    assert_eq!((found.dossier.number.as_str(), found.dossier.name), (dossier.number.as_str(), None));
    helpdesk.get(&path(fatma.id, "2026-999999")).await.problem(ProblemCode::NotFound);
    helpdesk.get(&format!("/dossiers/{}", dossier.id)).await.problem(ProblemCode::NotFound);
    fatma.get(&path(fatma.id, &dossier.number)).await.problem(ProblemCode::Forbidden);
    let elsewhere = world.office("almere").await;
    elsewhere.admin().get(&path(fatma.id, &dossier.number)).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn what_someone_can_see_is_for_themselves_and_administrators() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma) = (office.person("jan").await, office.person("fatma").await);
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    let path = format!("/employees/{}/dossiers", jan.id);
    let own: Page<DossierAccess> = jan.get(&path).await.ok();
    assert_eq!(own.items[0].dossier.name.as_deref(), Some("Gezin Hendriks"));
    let seen: Page<DossierAccess> = office.admin().get(&path).await.ok();
    assert_eq!(seen.items[0].dossier, DossierRef { name: None, ..own.items[0].dossier.clone() });
    fatma.get(&path).await.problem(ProblemCode::Forbidden);
    let change = json!({ "managerId": fatma.id, "visibility": "office" });
    let _: Dossier =
        office.admin().put(&format!("/dossiers/{}", dossier.id), dossier.version, &change).await.ok();
    office.deactivate(&jan).await;
    let none: Page<DossierAccess> = office.admin().get(&path).await.ok();
    assert!(none.items.is_empty(), "an inactive employee sees nothing");
}

#[actix_web::test]
async fn a_client_group_goes_only_with_its_dossiers_moved() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let make = async |name: &str| -> ClientGroup {
        let new = json!({ "name": name, "email": format!("{name}@k.test") });
        office.admin().post("/client-groups", &new).await.ok()
    };
    let (old, new, empty) = (make("oud").await, make("nieuw").await, make("leeg").await);
    let dossier: Dossier =
        jan.post("/dossiers", &json!({ "name": "Met klant", "clientGroupId": old.id })).await.ok();
    let path = |group: &ClientGroup| format!("/client-groups/{}/deletion", group.id);
    let _: ClientGroupDeletionPreview = office.admin().post(&path(&empty), &json!({})).await.ok();
    office.admin().get(&format!("/client-groups/{}", empty.id)).await.problem(ProblemCode::NotFound);

    for wrong in [json!({}), json!({ "targetId": old.id }), json!({ "targetId": empty.id })] {
        assert_eq!(office.admin().post(&path(&old), &wrong).await.invalid_fields(), ["targetId"]);
    }
    let order = json!({ "targetId": new.id });
    office.admin().post(&path(&old), &order).await.problem(ProblemCode::PreviewRequired);
    let shown: ClientGroupDeletionPreview =
        office.admin().post(&format!("{}/preview", path(&old)), &order).await.ok();
    assert_eq!((shown.dossiers, shown.mail_moves), (1, 0));
    let another: Dossier =
        jan.post("/dossiers", &json!({ "name": "Nog een", "clientGroupId": old.id })).await.ok();
    let order = json!({ "targetId": new.id, "preview": shown.digest });
    let problem = office.admin().post(&path(&old), &order).await.problem(ProblemCode::PreviewOutdated);
    let fresh: ClientGroupDeletionPreview = serde_json::from_value(problem.current.unwrap()).unwrap();
    let order = json!({ "targetId": new.id, "preview": fresh.digest });
    let done: ClientGroupDeletionPreview = office.admin().post(&path(&old), &order).await.ok();
    assert_eq!(done.dossiers, 2);
    for dossier in [&dossier, &another] {
        let path = format!("/dossiers/{}", dossier.id);
        let moved: Dossier = jan.get(&path).await.ok();
        assert_eq!(moved.client_group.map(|group| group.id), Some(new.id));
        // What is recorded about the dossier tells it (D7).
        let file: DossierExport = jan.get(&format!("{path}/export")).await.ok();
        let event = file.events.iter().find(|event| event.kind == "dossier.client-group-moved").unwrap();
        assert_eq!(event.old, Some(json!({ "clientGroupId": old.id })));
        assert_eq!(event.new.as_ref().unwrap()["clientGroupId"], json!(new.id));
    }
}
