//! `/v1/dossiers/{dossierId}/parties`: whom a dossier concerns (D7).

use contract::*;
use serde_json::json;

use crate::support::{World, person_rule};

#[actix_web::test]
async fn readers_see_whom_a_dossier_concerns_and_who_may_edit_it_changes_that() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma, piet) =
        (office.person("jan").await, office.person("fatma").await, office.person("piet").await);
    let dossier = office.dossier(&jan, "Gezin").await;
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    let path = format!("/dossiers/{}/parties", dossier.id);
    let form = json!({ "kind": "person", "name": " Mevrouw Hendriks ", "role": "betrokkene",
        "email": "a@hendriks.test", "phone": " ", "address": "Lindelaan 12" });
    let answer = jan.post(&path, &form).await;
    let party: Party = answer.ok();
    assert_eq!(answer.header("location"), Some(format!("/v1{path}/{}", party.id).as_str()));
    assert_eq!((party.name.as_str(), party.phone.as_ref()), ("Mevrouw Hendriks", None));
    let firm = json!({ "kind": "organisation", "name": "Zorg BV", "role": "gemachtigde" });
    let firm: Party = jan.post(&path, &firm).await.ok();
    let one = format!("{path}/{}", party.id);

    assert_eq!(fatma.pages::<Party>(&path, 1).await, [party.clone(), firm]);
    assert_eq!(fatma.get(&one).await.ok::<Party>(), party);
    fatma.post(&path, &form).await.problem(ProblemCode::Forbidden);
    fatma.put(&one, 1, &form).await.problem(ProblemCode::Forbidden);
    fatma.delete_on(&one, 1).await.problem(ProblemCode::Forbidden);
    assert!(!fatma.get(&format!("/dossiers/{}", dossier.id)).await.ok::<Dossier>().may.edit_parties);
    piet.get(&path).await.problem(ProblemCode::NotFound);
    piet.delete_on(&one, 1).await.problem(ProblemCode::NotFound);
    // A local administrator without access gets no content (D4); with access they edit as the manager does.
    let admin = office.admin();
    admin.get(&path).await.problem(ProblemCode::Forbidden);
    admin.post(&path, &form).await.problem(ProblemCode::Forbidden);
    office.rules(&dossier, &[person_rule(admin, Effect::Allow)]).await;
    let changed = json!({ "kind": "person", "name": "Mw. Hendriks", "role": "contactpersoon" });
    let changed: Party = admin.put(&one, 1, &changed).await.ok();
    assert_eq!((changed.version, changed.email), (2, None));
    let other = office.dossier(&jan, "Ander").await;
    jan.get(&format!("/dossiers/{}/parties/{}", other.id, party.id)).await.problem(ProblemCode::NotFound);
    jan.delete_on(&format!("/dossiers/{}/parties/{}", other.id, party.id), 2)
        .await
        .problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn a_change_of_a_party_overwrites_nothing_unseen_and_is_recorded() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let path = format!("/dossiers/{}/parties", dossier.id);
    let form = |name: &str| json!({ "kind": "person", "name": name, "role": "betrokkene" });
    let wrong = json!({ "kind": "person", "name": "", "role": "x".repeat(101), "email": "geen adres" });
    assert_eq!(jan.post(&path, &wrong).await.invalid_fields(), ["name", "role", "email"]);
    let party: Party = jan.post(&path, &form("Een")).await.ok();
    let one = format!("{path}/{}", party.id);
    jan.request(awc::http::Method::PUT, &one)
        .json(&form("Twee"))
        .send()
        .await
        .problem(ProblemCode::VersionRequired);
    let _: Party = jan.put(&one, 1, &form("Twee")).await.ok();
    let stale = jan.put(&one, 1, &form("Drie")).await.problem(ProblemCode::Stale);
    assert_eq!(stale.current.unwrap()["name"], "Twee");
    jan.delete_on(&one, 1).await.problem(ProblemCode::Stale);
    assert_eq!(jan.delete_on(&one, 2).await.status.as_u16(), 204);
    jan.delete_on(&one, 2).await.problem(ProblemCode::NotFound);
    jan.put(&one, 2, &form("Vier")).await.problem(ProblemCode::NotFound);
    assert!(jan.pages::<Party>(&path, 10).await.is_empty());

    let events: Vec<_> =
        world.events().into_iter().filter(|event| event.kind.starts_with("dossier.party-")).collect();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["dossier.party-added", "dossier.party-updated", "dossier.party-removed"]);
    assert!(events.iter().all(|event| event.object_id == Some(dossier.id.0)));
    let names: Vec<_> = events
        .iter()
        .map(|event| (event.old["party"]["name"].clone(), event.new["party"]["name"].clone()))
        .collect();
    let null = serde_json::Value::Null;
    assert_eq!(names, [(null.clone(), json!("Een")), (json!("Een"), json!("Twee")), (json!("Twee"), null)]);
}
