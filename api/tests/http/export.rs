//! `GET /v1/dossiers/{dossierId}/export`: everything recorded about a dossier, as one file (D7).

use contract::*;
use diesel::prelude::*;
use serde_json::json;
use werkbak::clock;
use werkbak::db::schema::events;
use werkbak::db::transaction;

use crate::support::{World, person_rule};

#[actix_web::test]
async fn the_file_holds_everything_recorded_and_is_recorded_itself() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma) = (office.person("jan").await, office.person("fatma").await);
    let (dossier, case) = office.case(&jan).await;
    let (message, party) = office.message_and_party(&jan, dossier.id).await;
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    let path = format!("/dossiers/{}", dossier.id);
    // A case of a colleague, in which the exporter has no part.
    office.authorise(case.header.case_type.id, &[&fatma]).await;
    let other = office.case_in(dossier.id, &fatma).await;
    let task = fatma.give_task(&other, &jan).await;
    let step = &other.steps[0];
    let change = json!({ "note": "Gebeld op maandag.", "answers": step.checks.iter()
        .map(|check| json!({ "checkId": check.id, "answer": "no" })).collect::<Vec<_>>() });
    let step_path = format!("/cases/{}/steps/{}", other.header.id, step.id);
    let step: Step = fatma.put(&step_path, step.version, &change).await.ok();
    office.support(&jan, &case, &fatma).await;
    let closure = json!({ "administrativeError": "Dubbel geopend" });
    let now = jan.case(case.header.id).await;
    let _: Case =
        jan.post_on(&format!("/cases/{}/closure", case.header.id), now.version, &closure).await.ok();
    // Of another dossier: not in the file.
    let (elsewhere, _) = office.case(&jan).await;
    office.message_and_party(&jan, elsewhere.id).await;
    let read: Dossier = fatma.get(&path).await.ok();

    let answer = jan.get(&format!("{path}/export")).await;
    let name = format!("attachment; filename=\"dossier-{}.json\"", dossier.number);
    assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let file: DossierExport = answer.ok();
    assert_eq!((Some(file.dossier.name), file.dossier.number), (read.name, dossier.number.clone()));
    assert_eq!((file.exported_by.id, file.office.as_str()), (jan.id, "Gemeente zaanstad"));
    assert_eq!(file.access_rules.len(), 1);
    assert_eq!((file.parties, file.messages), (vec![party], vec![message]));

    let ids: Vec<CaseId> = file.cases.iter().map(|case| case.header.id).collect();
    assert_eq!(ids, [case.header.id, other.header.id]);
    let (first, second) = (&file.cases[0], &file.cases[1]);
    let closed = first.closure.as_ref().unwrap();
    assert_eq!((closed.by.id, closed.administrative_error.as_deref()), (jan.id, Some("Dubbel geopend")));
    assert_eq!(first.supporters[0].id, fatma.id);
    assert_eq!(second.steps.len(), other.steps.len());
    assert_eq!(second.steps[0], step);
    assert_eq!((second.tasks.len(), second.tasks[0].id), (1, task.id));

    let kinds: Vec<&str> = file.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "dossier.created",
            "case.opened",
            "dossier.message-sent",
            "dossier.party-added",
            "dossier.rules-updated",
            "case.opened",
            "task.created",
            "case.step-updated",
            "case.supporter-added",
            "case.closed",
            "dossier.exported",
        ]
    );
    let updated = &file.events[7];
    assert_eq!(updated.new.as_ref().unwrap()["note"], "Gebeld op maandag.");
    assert_eq!(updated.actor.as_ref().unwrap().id, fatma.id);
    let reads: Vec<_> = file.reads.iter().map(|read| (read.employee.id, read.content)).collect();
    assert!(reads.contains(&(fatma.id, ReadContent::Dossier)));
    assert_eq!(reads.last(), Some(&(jan.id, ReadContent::Export)));
}

#[actix_web::test]
async fn the_export_is_for_the_manager_and_administrators_who_see_its_content() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma, piet) =
        (office.person("jan").await, office.person("fatma").await, office.person("piet").await);
    let dossier = office.dossier(&jan, "Gezin").await;
    let path = format!("/dossiers/{}/export", dossier.id);
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    piet.get(&path).await.problem(ProblemCode::NotFound);
    fatma.get(&path).await.problem(ProblemCode::Forbidden);
    let refused = office.admin().get(&path).await.problem(ProblemCode::Forbidden);
    assert_eq!(refused.detail, "U hebt geen toegang tot de inhoud van dit dossier.");
    let events = world.events();
    assert!(events.iter().all(|event| event.kind != "dossier.exported"));
    // Giving oneself access is possible, and in the log (D4).
    office.rules(&dossier, &[person_rule(office.admin(), Effect::Allow)]).await;
    let file: DossierExport = office.admin().get(&path).await.ok();
    assert_eq!((file.exported_by.id, file.cases.len(), file.parties.len()), (office.admin().id, 0, 0));
}

/// Ten thousand events and more: all of them, in order, each once.
#[actix_web::test]
async fn a_large_dossier_is_exported_whole() {
    const MANY: usize = 10_500;
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (dossier, case) = office.case(&jan).await;
    let ids: Vec<EventId> = (0..MANY).map(|_| EventId::new()).collect();
    transaction(&mut world.database.connect(), |conn| {
        for (number, id) in ids.iter().enumerate() {
            // Of the dossier and of its case by turns.
            let object = if number % 2 == 0 { dossier.id.0 } else { case.header.id.0 };
            diesel::insert_into(events::table)
                .values((
                    events::id.eq(*id),
                    events::office_id.eq(office.id),
                    events::at.eq(clock::stamp()),
                    events::actor_id.eq(jan.id),
                    events::address.eq(""),
                    events::kind.eq("case.step-updated"),
                    events::object_kind.eq("case"),
                    events::object_id.eq(EventId(object)),
                    events::new_values.eq(format!("{{\"note\":\"{number}\"}}")),
                ))
                .execute(conn)?;
        }
        Ok(())
    })
    .unwrap();
    let file: DossierExport = jan.get(&format!("/dossiers/{}/export", dossier.id)).await.ok();
    let exported: Vec<EventId> =
        file.events.iter().filter(|event| event.kind == "case.step-updated").map(|event| event.id).collect();
    assert_eq!(exported, ids);
}
