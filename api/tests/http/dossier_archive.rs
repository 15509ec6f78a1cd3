//! `/v1/dossiers/{dossierId}/archiving` and `/restoration` (D1): put away is readable, and not changeable.

use contract::*;
use diesel::prelude::*;
use futures_util::future::join;
use serde_json::{Value, json};
use werkbak::db::schema::dossiers;

use crate::support::{Person, Response, World, person_rule};

fn reason() -> Value {
    json!({ "reason": "Afgehandeld" })
}

async fn close(who: &Person, case: CaseId) -> Case {
    let now = who.case(case).await;
    let error = json!({ "administrativeError": "Dubbel" });
    who.post_on(&format!("/cases/{case}/closure"), now.version, &error).await.ok()
}

#[actix_web::test]
async fn a_dossier_is_put_away_with_a_reason_once_its_cases_are_closed() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma, piet) =
        (office.person("jan").await, office.person("fatma").await, office.person("piet").await);
    let (dossier, first) = office.case(&jan).await;
    let second = office.case_in(dossier.id, &jan).await;
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    let path = format!("/dossiers/{}", dossier.id);
    let archiving = format!("{path}/archiving");
    let refused = jan.post(&archiving, &reason()).await.problem(ProblemCode::Unfinished);
    assert_eq!(refused.detail, "Dit dossier heeft nog 2 open zaken. Sluit die eerst.");
    close(&jan, first.header.id).await;
    let refused = jan.post(&archiving, &reason()).await.problem(ProblemCode::Unfinished);
    assert_eq!(refused.detail, "Dit dossier heeft nog 1 open zaak. Sluit die eerst.");
    close(&jan, second.header.id).await;
    assert_eq!(jan.post(&archiving, &json!({ "reason": " " })).await.invalid_fields(), ["reason"]);
    fatma.post(&archiving, &reason()).await.problem(ProblemCode::Forbidden);
    piet.post(&archiving, &reason()).await.problem(ProblemCode::NotFound);
    jan.post(&format!("{path}/restoration"), &reason()).await.problem(ProblemCode::Conflict);

    let archived: Dossier = jan.post(&archiving, &reason()).await.ok();
    assert_eq!(archived.state, DossierState::Archived);
    let may = &archived.may;
    assert!(may.read && may.restore && may.export && may.see_reads);
    assert!(!may.edit && !may.archive && !may.send_messages && !may.edit_parties);
    jan.post(&archiving, &reason()).await.problem(ProblemCode::Conflict);
    fatma.post(&format!("{path}/restoration"), &reason()).await.problem(ProblemCode::Forbidden);
    // A local administrator may do both, without seeing its content.
    let restored: Dossier = office.admin().post(&format!("{path}/restoration"), &reason()).await.ok();
    assert_eq!((restored.state, restored.name), (DossierState::Active, None));
    assert_eq!(restored.manager.map(|manager| manager.id), Some(jan.id));
    let again: Dossier = office.admin().post(&archiving, &reason()).await.ok();
    assert_eq!(again.version, archived.version + 2);

    let events: Vec<_> = world
        .events()
        .into_iter()
        .filter(|event| ["dossier.archived", "dossier.restored"].contains(&event.kind.as_str()))
        .collect();
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|event| event.reason.as_deref() == Some("Afgehandeld")));
}

#[actix_web::test]
async fn what_is_put_away_is_read_and_not_changed() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (dossier, case) = office.case(&jan).await;
    let (message, party) = office.message_and_party(&jan, dossier.id).await;
    let case = close(&jan, case.header.id).await;
    let path = format!("/dossiers/{}", dossier.id);
    let version = jan.recipient_version(dossier.id).await;
    let archived: Dossier = jan.post(&format!("{path}/archiving"), &reason()).await.ok();
    let before = world.events().len();

    let of_case = format!("/cases/{}", case.header.id);
    let step = format!("{of_case}/steps/{}", case.steps[0].id);
    let one_party = format!("{path}/parties/{}", party.id);
    let form = json!({ "kind": "person", "name": "A", "role": "betrokkene" });
    let new_case =
        json!({ "dossierId": dossier.id, "caseTypeId": case.header.case_type.id, "title": "Nog een" });
    let refusals: Vec<Response> = vec![
        jan.put(&path, archived.version, &json!({ "name": "Anders", "visibility": "office" })).await,
        jan.put(&format!("{path}/access-rules"), archived.version, &json!({ "rules": [] })).await,
        jan.post(&format!("{path}/messages"), &json!({ "text": "A", "recipientVersion": version })).await,
        jan.post(&format!("{path}/parties"), &form).await,
        jan.put(&one_party, 1, &form).await,
        jan.delete_on(&one_party, 1).await,
        jan.post("/cases", &new_case).await,
        jan.put(&of_case, case.version, &json!({ "title": "Anders" })).await,
        jan.post(&format!("{of_case}/reopening"), &reason()).await,
        jan.put(&step, case.steps[0].version, &json!({ "note": "A", "answers": [] })).await,
        jan.post(&format!("{of_case}/tasks"), &json!({ "title": "A", "employeeId": jan.id })).await,
    ];
    for refused in refusals {
        refused.problem(ProblemCode::Conflict);
    }
    assert_eq!(world.events().len(), before);

    for read in [
        path.clone(),
        format!("{path}/access-rules"),
        format!("{path}/recipient"),
        format!("{path}/messages/{}", message.id),
        one_party,
        of_case.clone(),
        format!("{of_case}/tasks"),
        format!("{path}/reads"),
        format!("{path}/export"),
    ] {
        assert_eq!(jan.get(&read).await.status.as_u16(), 200, "{read}");
    }
    let _: Dossier = jan.post(&format!("{path}/restoration"), &reason()).await.ok();
    let reopened: Case = jan.post(&format!("{of_case}/reopening"), &reason()).await.ok();
    assert_eq!(reopened.header.state, CaseState::Open);
}

/// Whoever left while it was put away does not manage it again.
#[actix_web::test]
async fn a_manager_who_left_does_not_come_back_with_the_dossier() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let path = format!("/dossiers/{}", dossier.id);
    let _: Dossier = jan.post(&format!("{path}/archiving"), &reason()).await.ok();
    office.deactivate(&jan).await;
    let restored: Dossier = office.admin().post(&format!("{path}/restoration"), &reason()).await.ok();
    assert_eq!(restored.manager, None);
    let event = world.events().into_iter().rfind(|event| event.kind == "dossier.restored").unwrap();
    assert_eq!((&event.old["managerId"], &event.new["managerId"]), (&json!(jan.id), &Value::Null));
}

/// Of archiving a dossier and reopening its case at the same moment, one wins.
#[actix_web::test]
async fn an_archived_dossier_never_has_an_open_case() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    for _ in 0..8 {
        let (dossier, case) = office.case(&jan).await;
        close(&jan, case.header.id).await;
        let archiving = format!("/dossiers/{}/archiving", dossier.id);
        let reopening = format!("/cases/{}/reopening", case.header.id);
        let (body, also) = (reason(), reason());
        let (archived, reopened) = join(jan.post(&archiving, &body), jan.post(&reopening, &also)).await;
        assert!(archived.status.is_success() != reopened.status.is_success());
        let state: DossierState = dossiers::table
            .find(dossier.id)
            .select(dossiers::state)
            .first(&mut world.database.connect())
            .unwrap();
        let open = jan.case(case.header.id).await.header.state == CaseState::Open;
        assert_eq!(open, state == DossierState::Active);
    }
}
