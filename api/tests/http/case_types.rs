//! `werkbak import case-types` (C1) and `/v1/case-types` (C2).

use std::path::PathBuf;
use std::process::{Command, Output};

use contract::*;
use diesel::prelude::*;
use serde_json::json;
use werkbak::db::schema::{case_type_revisions, case_types, events};

use crate::support::{World, ids};

const EXPORT: &str = include_str!("../data/case-types.xml");

fn file(world: &World, text: impl AsRef<[u8]>) -> PathBuf {
    let file = world.database.folder.join("export.xml");
    std::fs::write(&file, text).unwrap();
    file
}

/// Runs the import as an operator does.
fn import(world: &World, text: impl AsRef<[u8]>, office: &str, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_werkbak"))
        .args(["import", "case-types"])
        .arg(file(world, text))
        .args(["--office", office])
        .args(options)
        .env("DATABASE_URL", &world.database.url)
        .env("WERKBAK_DATA", &world.database.folder)
        .env("LC_ALL", "C")
        .output()
        .unwrap()
}

#[track_caller]
fn done(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn failed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    let errors = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!errors.contains("panicked"), "{errors}");
    errors
}

/// How many case types, revisions and events there are.
fn counts(world: &World) -> (i64, i64, i64) {
    let mut conn = world.database.connect();
    (
        case_types::table.count().get_result(&mut conn).unwrap(),
        case_type_revisions::table.count().get_result(&mut conn).unwrap(),
        events::table.filter(events::object_kind.eq("case-type")).count().get_result(&mut conn).unwrap(),
    )
}

#[actix_web::test]
async fn an_import_shows_first_what_it_will_do_and_does_it_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    world.office("almere").await;
    let shown = done(&import(&world, EXPORT, "zaanstad", &["--dry-run"]));
    assert!(
        shown.contains("K0210  Gehandicaptenparkeerkaart aanvraag: new (5 steps, 8 checks, 3 result types)"),
        "{shown}"
    );
    assert!(shown.contains("K0345  Evenementenvergunning aanvraag: new"), "{shown}");
    assert!(shown.contains("Dry run: nothing was changed."), "{shown}");
    assert_eq!(counts(&world), (0, 0, 0));

    let said = done(&import(&world, EXPORT, "ZAANSTAD", &[]));
    assert!(said.ends_with("Case types: 2 new, 0 changed, 0 unchanged.\n"), "{said}");
    assert_eq!(counts(&world), (2, 2, 2));
    let said = done(&import(&world, EXPORT, "zaanstad", &[]));
    assert!(said.contains("K0210  Gehandicaptenparkeerkaart aanvraag: unchanged"), "{said}");
    assert!(said.ends_with("Case types: 0 new, 0 changed, 2 unchanged.\n"), "{said}");
    assert_eq!(counts(&world), (2, 2, 2));
    // For another office they are its own (P1).
    done(&import(&world, EXPORT, "almere", &[]));
    assert_eq!(counts(&world), (4, 4, 4));

    let listed: Page<CaseTypeSummary> = office.admin().get("/case-types").await.ok();
    let codes: Vec<&str> = listed.items.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, ["K0345", "K0210"]);
    let detail: CaseType = office.admin().get(&format!("/case-types/{}", listed.items[1].id)).await.ok();
    assert_eq!((detail.revision, detail.steps.len(), detail.result_types.len()), (1, 5, 3));
    assert_eq!(detail.processing_term, Some(Term { amount: 8, unit: TermUnit::Week }));
    assert_eq!(detail.confidentiality, Confidentiality::CaseConfidential);
    let names: Vec<&str> = detail.steps.iter().map(|step| step.name.as_str()).collect();
    let expected = [
        "Geregistreerd",
        "In behandeling genomen",
        "Besluitvorming afgerond",
        "Afgehandeld",
        "Medisch advies ontvangen",
    ];
    assert_eq!(names, expected);
    let checks: Vec<bool> = detail.steps[1].checks.iter().map(|check| check.required).collect();
    assert_eq!(checks, [true, true, false]);
}

#[actix_web::test]
async fn a_changed_file_makes_a_new_revision_and_an_open_case_keeps_its_own() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    done(&import(&world, EXPORT, "zaanstad", &[]));
    let jan = office.person("jan").await;
    let (dossier, old) = office.case(&jan).await;

    let changed = EXPORT.replace("<naam>Geregistreerd</naam>", "<naam>Ontvangen</naam>").replacen(
        "<afdoeningstermijn>8</afdoeningstermijn>",
        "<afdoeningstermijn>6</afdoeningstermijn>",
        1,
    );
    let shown = done(&import(&world, &changed, "zaanstad", &["--dry-run"]));
    assert!(
        shown.contains("K0210  Gehandicaptenparkeerkaart aanvraag: changed, becomes revision 2"),
        "{shown}"
    );
    // Two types, two revisions; a third event for who is authorised.
    assert_eq!(counts(&world), (2, 2, 3));
    let said = done(&import(&world, &changed, "zaanstad", &[]));
    assert!(said.ends_with("Case types: 0 new, 2 changed, 0 unchanged.\n"), "{said}");

    let now: CaseType = jan.get(&format!("/case-types/{}", old.header.case_type.id)).await.ok();
    assert_eq!((now.revision, now.steps[0].name.as_str()), (2, "Ontvangen"));
    // Who was authorised still is; a new case is of the new revision, the old one of the old.
    let new = office.case_in(dossier.id, &jan).await;
    let weeks = |case: &Case| (case.header.deadline.unwrap() - case.header.start_date).num_weeks();
    assert_eq!((new.steps[0].name.as_str(), weeks(&new)), ("Ontvangen", 6));
    let kept = jan.case(old.header.id).await;
    assert_eq!((kept.steps[0].name.as_str(), weeks(&kept)), ("Geregistreerd", 8));
    assert_eq!(kept, old);
    // A result of the new revision is none of the old.
    let closure = format!("/cases/{}/closure", old.header.id);
    let result = json!({ "resultTypeId": new.result_types[0].id });
    assert_eq!(jan.post_on(&closure, old.version, &result).await.invalid_fields(), ["resultTypeId"]);
    // Back again is a third.
    let said = done(&import(&world, EXPORT, "zaanstad", &["--dry-run"]));
    assert!(said.contains("becomes revision 3"), "{said}");
}

#[actix_web::test]
async fn what_cannot_be_imported_is_a_clear_error_and_changes_nothing() {
    let world = World::new().await;
    world.office("zaanstad").await;
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
        <dsp><processen>&b;</processen></dsp>"#;
    let file = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><dsp>&a;</dsp>"#;
    let version = EXPORT.replace("ICR1.5.13", "ICR9.9");
    let cut = &EXPORT[..EXPORT.len() / 2];
    let twice = EXPORT.replace("id=\"K0345\"", "id=\"K0210\"");
    let nameless = EXPORT.replacen(
        "<kernomschrijving>Evenementenvergunning aanvraag</kernomschrijving>",
        "<kernomschrijving></kernomschrijving>",
        1,
    );
    let latin = b"<?xml version=\"1.0\"?><dsp>caf\xe9</dsp>".to_vec();
    let huge = vec![b' '; 20 * 1024 * 1024 + 1];
    let files: [(&str, Vec<u8>, &str); 10] = [
        ("empty", Vec::new(), ""),
        ("no XML", b"zaaktype;naam".to_vec(), ""),
        ("another format", b"<?xml version=\"1.0\"?><html></html>".to_vec(), ""),
        ("cut off", cut.as_bytes().to_vec(), ""),
        ("another version", version.into_bytes(), "ICR9.9"),
        ("entity bomb", bomb.as_bytes().to_vec(), "DOCTYPE"),
        ("external entity", file.as_bytes().to_vec(), "DOCTYPE"),
        ("not UTF-8", latin, "UTF-8"),
        ("too large", huge, "20 MB"),
        ("a code twice", twice.into_bytes(), "2 of 2 case types rejected; nothing was changed"),
    ];
    for (what, text, says) in files {
        let said = failed(&import(&world, &text, "zaanstad", &[]));
        assert!(said.starts_with("werkbak: ") && said.len() > 20, "{what}: {said}");
        assert!(said.contains(says), "{what}: {said}");
        assert!(!said.contains("root:"), "{what}: {said}");
        assert_eq!(counts(&world), (0, 0, 0), "{what}");
    }
    // One bad one stops the others, unless told otherwise.
    let refused = import(&world, &nameless, "zaanstad", &[]);
    assert!(failed(&refused).contains("1 of 2 case types rejected; nothing was changed"));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("K0345: rejected (XML "));
    assert_eq!(counts(&world), (0, 0, 0));
    done(&import(&world, &nameless, "zaanstad", &["--without-rejected"]));
    assert_eq!(counts(&world), (1, 1, 1));

    let said = failed(&import(&world, EXPORT, "nergens", &[]));
    assert!(said.contains("no office with the code nergens"), "{said}");
    std::fs::remove_file(world.database.folder.join("export.xml")).unwrap();
    let missing = Command::new(env!("CARGO_BIN_EXE_werkbak"))
        .args(["import", "case-types", "nergens.xml", "--office", "zaanstad"])
        .current_dir(&world.database.folder)
        .env("DATABASE_URL", &world.database.url)
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(failed(&missing).contains("nergens.xml"));
    assert_eq!(counts(&world), (1, 1, 1));
}

#[actix_web::test]
async fn authorisation_comes_through_a_group_or_by_name_and_goes_with_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let types = office.case_types().await;
    let (jan, piet, anna) =
        (office.person("jan").await, office.person("piet").await, office.person("anna").await);
    let group = office.group("Vergunningen", &[&piet]).await;
    let path = format!("/case-types/{}/authorisations", types[0].id);
    let change = json!({ "groupIds": [group.id], "employeeIds": [jan.id] });
    let set: Authorisations = office.admin().put(&path, 1, &change).await.ok();
    assert_eq!(set.groups.iter().map(|group| group.id).collect::<Vec<_>>(), [group.id]);
    assert_eq!(set.employees.iter().map(|who| who.id).collect::<Vec<_>>(), ids(&[&jan]));
    for (who, authorised) in [(&jan, true), (&piet, true), (&anna, false), (office.admin(), false)] {
        let mine: Page<CaseTypeSummary> = who.get("/case-types?authorised=true").await.ok();
        assert_eq!(mine.items.len(), usize::from(authorised), "{}", who.name);
        let all: Page<CaseTypeSummary> = who.get("/case-types").await.ok();
        assert_eq!(all.items.iter().map(|found| found.authorised).collect::<Vec<_>>(), [authorised, false]);
        let detail: CaseType = who.get(&format!("/case-types/{}", types[0].id)).await.ok();
        assert_eq!(detail.authorised, authorised);
        let dossier = office.dossier(who, "Gezin").await;
        let new = json!({ "dossierId": dossier.id, "caseTypeId": types[0].id, "title": "Feest" });
        assert_eq!(who.post("/cases", &new).await.status, if authorised { 201 } else { 403 });
    }
    // Leaving the group ends it at once.
    let _: Group = office.change_group(group.id, &[], json!({})).await.ok();
    assert!(piet.get("/case-types?authorised=true").await.ok::<Page<CaseTypeSummary>>().items.is_empty());

    let stale = office.admin().put(&path, 1, &json!({ "groupIds": [], "employeeIds": [] })).await;
    let current = stale.problem(ProblemCode::Stale).current.unwrap();
    assert_eq!(serde_json::from_value::<Authorisations>(current).unwrap(), set);
    let twice = json!({ "groupIds": [group.id, group.id], "employeeIds": [jan.id, jan.id] });
    let fields = office.admin().put(&path, 2, &twice).await.invalid_fields();
    assert_eq!(fields, ["groupIds[1]", "employeeIds[1]"]);
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk, Role::Superuser]).await;
    for who in [&jan, &helpdesk] {
        who.get(&path).await.problem(ProblemCode::Forbidden);
        who.put(&path, 2, &change).await.problem(ProblemCode::Forbidden);
    }
}

async fn post(who: &crate::support::Person, path: &str, xml: &str) -> crate::support::Response {
    who.request(awc::http::Method::POST, path).xml(xml).send().await
}

#[actix_web::test]
async fn an_administrator_sees_what_an_export_will_do_and_does_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let seen: CaseTypeImport = post(admin, "/imports/case-types/preview", EXPORT).await.ok();
    assert_eq!(seen.counts, ImportCounts { create: 2, ..ImportCounts::default() });
    assert_eq!(seen.items[0].code.as_deref(), Some("K0210"));
    assert_eq!(seen.items[0].steps.len(), 5);
    assert_eq!(counts(&world), (0, 0, 0));
    post(admin, "/imports/case-types", EXPORT).await.problem(ProblemCode::VersionRequired);
    post(admin, "/imports/case-types?confirm=x", EXPORT).await.problem(ProblemCode::Stale);
    let path = format!("/imports/case-types?confirm={}", seen.digest);
    let done: CaseTypeImport = post(admin, &path, EXPORT).await.ok();
    assert!(done.committed && done.items.iter().all(|item| item.case_type_id.is_some()));
    assert_eq!(counts(&world), (2, 2, 2));
    post(admin, &path, EXPORT).await.problem(ProblemCode::Stale);

    // One that is not good keeps the others out, unless told otherwise.
    let text = EXPORT.replacen("Verleend", "Toegekend", 1).replacen("id=\"K0345\"", "id=\"\"", 1);
    let seen: CaseTypeImport = post(admin, "/imports/case-types/preview", &text).await.ok();
    assert_eq!(seen.counts, ImportCounts { change: 1, rejected: 1, ..ImportCounts::default() });
    assert_eq!(seen.items[0].changes.len(), 1);
    assert_eq!((seen.items[0].changes[0].field.as_str(), seen.items[0].revision), ("resultTypes", Some(2)));
    assert!(!seen.items[1].problems.is_empty() && seen.items[1].line.is_some());
    let path = format!("/imports/case-types?confirm={}", seen.digest);
    let refused = post(admin, &path, &text).await.problem(ProblemCode::ImportRejected);
    assert!(refused.current.is_some());
    assert_eq!(counts(&world), (2, 2, 2));
    let done: CaseTypeImport = post(admin, &format!("{path}&withoutRejected=true"), &text).await.ok();
    assert!(done.committed);
    assert_eq!(counts(&world), (2, 3, 3));
    let nonsense = post(admin, "/imports/case-types/preview", "<html/>").await;
    assert_eq!(nonsense.invalid_fields(), ["file"]);
}

#[actix_web::test]
async fn a_corrected_order_of_steps_is_a_new_revision_that_imports_keep() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (_, case) = office.case(&jan).await;
    let admin = office.admin();
    let path = format!("/case-types/{}", case.header.case_type.id);
    let answer = admin.get(&path).await;
    let before: CaseType = answer.ok();
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let mut ids: Vec<StepTypeId> = before.steps.iter().map(|step| step.id).collect();
    let order = format!("{path}/step-order");
    jan.put(&order, 1, &json!({ "stepIds": ids })).await.problem(ProblemCode::Forbidden);
    let same: CaseType = admin.put(&order, 1, &json!({ "stepIds": ids })).await.ok();
    assert_eq!(same.revision, 1);
    let some = json!({ "stepIds": [ids[0], ids[0], StepTypeId::new()] });
    assert_eq!(admin.put(&order, 1, &some).await.invalid_fields(), ["stepIds[1]"]);
    let some = json!({ "stepIds": [ids[0], StepTypeId::new()] });
    assert_eq!(admin.put(&order, 1, &some).await.invalid_fields(), ["stepIds[1]", "stepIds"]);

    ids.swap(3, 4);
    let after: CaseType = admin.put(&order, 1, &json!({ "stepIds": ids })).await.ok();
    let names = |case_type: &CaseType| -> Vec<String> {
        case_type.steps.iter().map(|step| step.name.clone()).collect()
    };
    let mut expected = names(&before);
    expected.swap(3, 4);
    assert_eq!((after.revision, names(&after)), (2, expected.clone()));
    let checks =
        |case_type: &CaseType| -> usize { case_type.steps.iter().map(|step| step.checks.len()).sum() };
    assert_eq!(checks(&after), checks(&before));
    assert_eq!(after.result_types.len(), before.result_types.len());
    admin.put(&order, 1, &json!({ "stepIds": ids })).await.problem(ProblemCode::Stale);
    // Cases that run keep theirs.
    let running: Case = jan.get(&format!("/cases/{}", case.header.id)).await.ok();
    let steps: Vec<&str> = running.steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(steps, names(&before));

    // The same export again changes nothing, and says whose order it is; a changed one keeps the order.
    let seen: CaseTypeImport = post(admin, "/imports/case-types/preview", EXPORT).await.ok();
    assert_eq!(seen.counts, ImportCounts { unchanged: 2, ..ImportCounts::default() });
    assert_eq!((&seen.items[0].steps, seen.items[0].step_order), (&expected, StepOrderSource::Corrected));
    let text = EXPORT.replacen("Verleend", "Toegekend", 1);
    let seen: CaseTypeImport = post(admin, "/imports/case-types/preview", &text).await.ok();
    let confirm = format!("/imports/case-types?confirm={}", seen.digest);
    let _: CaseTypeImport = post(admin, &confirm, &text).await.ok();
    let now: CaseType = admin.get(&path).await.ok();
    assert_eq!((now.revision, names(&now)), (3, expected));
    let said = done(&import(&world, &text, "zaanstad", &[]));
    assert!(said.contains("order stays as corrected"), "{said}");
}
