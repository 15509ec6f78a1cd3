//! `/v1/dossiers`: D1, D2, D4, the setting of P2, and conditional changes.

use awc::http::StatusCode;
use contract::*;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{World, group_rule, person_rule};

/// The counts in some numbers of this year, sorted.
fn counts(numbers: impl IntoIterator<Item = String>) -> Vec<u32> {
    let mut counts: Vec<u32> = numbers
        .into_iter()
        .map(|number| {
            let (year, count) = number.split_once('-').unwrap();
            assert!((2025..2100).contains(&year.parse::<u32>().unwrap()), "{number}");
            assert_eq!(count.len(), 6, "{number}");
            count.parse().unwrap()
        })
        .collect();
    counts.sort_unstable();
    counts
}

#[actix_web::test]
async fn numbers_are_consecutive_per_office_also_when_many_are_made_at_once() {
    let world = World::new().await;
    let (zaanstad, almere) = (world.office("zaanstad").await, world.office("almere").await);
    let (jan, piet) = (zaanstad.person("jan").await, almere.person("piet").await);
    let make = |person: &crate::support::Person, name: &'static str| {
        person.request(awc::http::Method::POST, "/dossiers").json(&json!({ "name": name })).send()
    };
    let mut requests = Vec::new();
    for turn in 0..30 {
        requests.push(make(&jan, "Gezin"));
        requests.push(make(&piet, "Gezin"));
        if turn % 5 == 0 {
            // A refusal takes no number.
            requests.push(make(&jan, " "));
        }
    }
    let answers = join_all(requests).await;
    let refused = answers.iter().filter(|answer| answer.status == StatusCode::BAD_REQUEST).count();
    assert_eq!(refused, 6);
    let made: Vec<Dossier> =
        answers.iter().filter(|answer| answer.status.is_success()).map(|answer| answer.ok()).collect();
    let of = |who: EmployeeId| {
        counts(
            made.iter()
                .filter(|dossier| dossier.manager.as_ref().unwrap().id == who)
                .map(|dossier| dossier.number.clone()),
        )
    };
    assert_eq!(of(jan.id), (1..=30).collect::<Vec<_>>());
    assert_eq!(of(piet.id), (1..=30).collect::<Vec<_>>());
}

#[actix_web::test]
async fn a_new_dossier_is_its_makers_and_gets_the_offices_visibility_unless_told_otherwise() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let answer = jan.post("/dossiers", &json!({ "name": " Gezin Hendriks " })).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let dossier: Dossier = answer.ok();
    assert_eq!(answer.header("location"), Some(format!("/v1/dossiers/{}", dossier.id).as_str()));
    assert_eq!(dossier.name.as_deref(), Some("Gezin Hendriks"));
    assert_eq!(dossier.manager.as_ref().map(|manager| manager.id), Some(jan.id));
    assert_eq!((dossier.visibility, dossier.state), (Visibility::Restricted, DossierState::Active));

    let settings: Office = office.admin().get("/office").await.ok();
    let change = json!({ "name": settings.name, "email": settings.email, "defaultVisibility": "office",
        "onlyAdministratorsCreateDossiers": false });
    let _: Office = office.admin().put("/office", settings.version, &change).await.ok();
    let open: Dossier = jan.post("/dossiers", &json!({ "name": "Open" })).await.ok();
    assert_eq!(open.visibility, Visibility::Office);
    let restricted = json!({ "name": "Dicht", "visibility": "restricted", "managerId": piet.id });
    let restricted: Dossier = jan.post("/dossiers", &restricted).await.ok();
    // Made for somebody else: its maker has no access to it, and is told its number.
    assert_eq!(
        (restricted.visibility, restricted.name, restricted.may.read),
        (Visibility::Restricted, None, false)
    );
    jan.get(&format!("/dossiers/{}", restricted.id)).await.problem(ProblemCode::NotFound);

    let left = office.person("left").await;
    office.deactivate(&left).await;
    jan.post("/dossiers", &json!({ "name": "x", "managerId": left.id }))
        .await
        .problem(ProblemCode::NotEligible);
    let wrong = json!({ "name": " ", "visibility": "secret" });
    jan.post("/dossiers", &wrong).await.problem(ProblemCode::InvalidJson);
    let long = json!({ "name": "x".repeat(201) });
    assert_eq!(jan.post("/dossiers", &long).await.invalid_fields(), ["name"]);
}

#[actix_web::test]
async fn the_office_may_leave_making_dossiers_to_administrators() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person_with("jan", &[Role::Superuser, Role::Helpdesk, Role::Records]).await;
    let settings: Office = office.admin().get("/office").await.ok();
    let change = json!({ "name": settings.name, "email": settings.email, "defaultVisibility": "restricted",
        "onlyAdministratorsCreateDossiers": true });
    jan.put("/office", settings.version, &change).await.problem(ProblemCode::Forbidden);
    assert!(jan.get("/me").await.ok::<Me>().may.create_dossiers);
    let _: Office = office.admin().put("/office", settings.version, &change).await.ok();
    assert!(!jan.get("/me").await.ok::<Me>().may.create_dossiers);
    jan.post("/dossiers", &json!({ "name": "x" })).await.problem(ProblemCode::Forbidden);
    let made = office.admin().post("/dossiers", &json!({ "name": "x", "managerId": jan.id })).await;
    assert_eq!(made.status, StatusCode::CREATED);
    office.admin().put("/office", settings.version, &change).await.problem(ProblemCode::Stale);
}

#[actix_web::test]
async fn rules_are_set_as_a_whole_for_people_and_groups_by_manager_and_administrator() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan) = (office.person("boss").await, office.person("jan").await);
    let (team, external) = (office.group("Team", &[]).await, office.group("Extern", &[]).await);
    let dossier = office.dossier(&boss, "Gezin Hendriks").await;
    let path = format!("/dossiers/{}/access-rules", dossier.id);
    let rules = [
        person_rule(&jan, Effect::Deny),
        group_rule(&team, Effect::Allow),
        group_rule(&external, Effect::Deny),
    ];
    let set: AccessRules = boss.put(&path, dossier.version, &json!({ "rules": rules })).await.ok();
    let shown: Vec<(&str, Effect)> = set
        .rules
        .iter()
        .map(|rule| {
            let group = rule.group.as_ref().map(|group| group.name.as_str());
            (group.unwrap_or_else(|| rule.employee.as_ref().unwrap().name.as_str()), rule.effect)
        })
        .collect();
    assert_eq!(shown, [("Extern", Effect::Deny), ("Team", Effect::Allow), ("Jan", Effect::Deny)]);
    assert_eq!(set.version, dossier.version + 1);
    assert_eq!(office.admin().get(&path).await.ok::<AccessRules>(), set);

    // Stale: with the rules as they are, and nothing changed.
    let stale = office.admin().put(&path, dossier.version, &json!({ "rules": [] })).await;
    let current: AccessRules =
        serde_json::from_value(stale.problem(ProblemCode::Stale).current.unwrap()).unwrap();
    assert_eq!(current, set);
    // Everything wrong is refused.
    let refused = async |rules: Value| boss.put(&path, set.version, &json!({ "rules": rules })).await;
    let twice = json!([person_rule(&jan, Effect::Deny), person_rule(&jan, Effect::Allow)]);
    assert_eq!(refused(twice).await.invalid_fields(), ["rules[1]"]);
    let both = json!([{ "employeeId": jan.id, "groupId": team.id, "effect": "deny" }, { "effect": "deny" }]);
    assert_eq!(refused(both).await.invalid_fields(), ["rules[0]", "rules[1]"]);
    let unknown = json!([{ "employeeId": EmployeeId::new(), "effect": "deny" },
        { "groupId": GroupId::new(), "effect": "allow" }]);
    assert_eq!(refused(unknown).await.invalid_fields(), ["rules[0].employeeId", "rules[1].groupId"]);
    assert_eq!(boss.get(&path).await.ok::<AccessRules>(), set);

    // Access is not management.
    let open: AccessRules =
        boss.put(&path, set.version, &json!({ "rules": [person_rule(&jan, Effect::Allow)] })).await.ok();
    assert!(!jan.get(&format!("/dossiers/{}", dossier.id)).await.ok::<Dossier>().may.manage_rules);
    jan.get(&path).await.problem(ProblemCode::Forbidden);
    jan.put(&path, open.version, &json!({ "rules": [] })).await.problem(ProblemCode::Forbidden);
    let outsider = office.person_with("outsider", &[Role::Helpdesk, Role::Superuser, Role::Records]).await;
    outsider.get(&path).await.problem(ProblemCode::NotFound);
    outsider.put(&path, open.version, &json!({ "rules": [] })).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn a_local_administrator_manages_the_rules_of_a_dossier_without_seeing_its_content() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let boss = office.person("boss").await;
    let (dossier, case) = office.case(&boss).await;
    let path = format!("/dossiers/{}", dossier.id);
    for rules in [vec![], vec![person_rule(admin, Effect::Deny)]] {
        office.rules(&dossier, &rules).await;
        let answer = admin.get(&path).await;
        let seen: Dossier = answer.ok();
        assert_eq!((&seen.number, seen.name.as_ref()), (&dossier.number, None));
        assert_eq!(seen.manager.as_ref().map(|manager| manager.id), Some(boss.id));
        assert!(!seen.may.read && seen.may.manage_rules && !seen.my_access.allowed);
        assert!(!String::from_utf8_lossy(&answer.body).contains("Hendriks"));
        let shown: AccessRules = admin.get(&format!("{path}/access-rules")).await.ok();
        assert_eq!(shown.rules.len(), rules.len());
        // Not in the list, not by searching, and not its cases.
        assert!(admin.pages::<DossierSummary>("/dossiers?q=hendriks", 10).await.is_empty());
        assert!(admin.pages::<DossierSummary>("/dossiers", 10).await.is_empty());
        assert!(admin.pages::<CaseSummary>(&format!("/cases?dossierId={}", dossier.id), 10).await.is_empty());
        admin.get(&format!("/cases/{}", case.header.id)).await.problem(ProblemCode::NotFound);
    }

    // What they do not see they cannot change, nor lose; the rest they can.
    let now: Dossier = admin.get(&path).await.ok();
    let named = json!({ "name": "Anders", "managerId": boss.id, "visibility": "restricted" });
    assert_eq!(admin.put(&path, now.version, &named).await.invalid_fields(), ["name"]);
    let nameless = json!({ "managerId": boss.id, "visibility": "office" });
    assert_eq!(boss.put(&path, now.version, &nameless).await.invalid_fields(), ["name"]);
    let stale = admin.put(&path, now.version - 1, &nameless).await;
    assert!(!String::from_utf8_lossy(&stale.body).contains("Hendriks"));
    stale.problem(ProblemCode::Stale);
    let changed: Dossier = admin.put(&path, now.version, &nameless).await.ok();
    // Still denied by a rule, and so still without the name.
    assert_eq!((changed.visibility, changed.name), (Visibility::Office, None));
    assert_eq!(boss.get(&path).await.ok::<Dossier>().name.as_deref(), Some("Gezin Hendriks"));

    // Giving oneself access is possible, and recorded.
    office.rules(&dossier, &[person_rule(admin, Effect::Allow)]).await;
    assert_eq!(admin.get(&path).await.ok::<Dossier>().name.as_deref(), Some("Gezin Hendriks"));
    let event = world.events().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.object_id), ("dossier.rules-updated", Some(dossier.id.0)));
    assert_eq!(event.actor, Some(admin.id));
    assert_eq!(event.old["rules"][0]["effect"], "deny");
    assert_eq!(event.new["rules"][0]["employeeId"], json!(admin.id));
    assert_eq!(event.new["rules"][0]["effect"], "allow");
}

#[actix_web::test]
async fn a_change_of_a_dossier_is_its_managers_or_an_administrators_and_never_overwrites_unseen() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan, piet) =
        (office.person("boss").await, office.person("jan").await, office.person("piet").await);
    let dossier = office.dossier(&boss, "Gezin Hendriks").await;
    office.rules(&dossier, &[person_rule(&jan, Effect::Allow)]).await;
    let path = format!("/dossiers/{}", dossier.id);
    let seen: Dossier = boss.get(&path).await.ok();
    let change = |name: &str, manager: &crate::support::Person| json!({ "name": name, "managerId": manager.id, "visibility": "restricted" });
    jan.put(&path, seen.version, &change("Anders", &jan)).await.problem(ProblemCode::Forbidden);
    piet.put(&path, seen.version, &change("Anders", &piet)).await.problem(ProblemCode::NotFound);
    let changed: Dossier = boss.put(&path, seen.version, &change("Familie", &boss)).await.ok();
    let stale = boss.put(&path, seen.version, &change("Verloren", &boss)).await.problem(ProblemCode::Stale);
    let current: Dossier = serde_json::from_value(stale.current.unwrap()).unwrap();
    assert_eq!(current, changed);
    // The manager passes it on and sees it for the last time.
    let passed: Dossier = boss.put(&path, changed.version, &change("Familie", &piet)).await.ok();
    assert_eq!((passed.manager.unwrap().id, passed.may.read), (piet.id, false));
    boss.get(&path).await.problem(ProblemCode::NotFound);
    assert!(piet.get(&path).await.ok::<Dossier>().may.edit);
    // Nobody inactive becomes manager.
    office.deactivate(&jan).await;
    piet.put(&path, passed.version, &change("Familie", &jan)).await.problem(ProblemCode::NotEligible);
}

#[actix_web::test]
async fn searching_finds_only_what_one_may_see_and_takes_every_sign_literally() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let mine = office.dossier(&jan, "Gezin Van der Éénd 50%").await;
    office.dossier(&piet, "Gezin Van der Eend 50%").await;
    for q in ["eend", "EEND", "%C3%A9%C3%A9nd", "50%25", &mine.number, "der%20%20Eend"] {
        let found: Vec<DossierSummary> = jan.pages(&format!("/dossiers?q={q}"), 10).await;
        assert_eq!(found.iter().map(|dossier| dossier.id).collect::<Vec<_>>(), [mine.id], "{q}");
    }
    for q in ["g_zin", "5%25%25", "zz"] {
        assert!(jan.pages::<DossierSummary>(&format!("/dossiers?q={q}"), 10).await.is_empty(), "{q}");
    }
}

/// D4: a local administrator finds a dossier they may not see by its number, and sees no name.
#[actix_web::test]
async fn an_administrator_finds_a_dossier_by_its_number() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    let path = format!("/dossiers/numbered/{}", dossier.number);
    let found: Dossier = office.admin().get(&path).await.ok();
    assert_eq!((found.id, found.name, found.manager.unwrap().id), (dossier.id, None, jan.id));
    assert!(found.may.manage_rules && !found.may.read);
    let found: Dossier = jan.get(&path).await.ok();
    assert_eq!(found.name.as_deref(), Some("Gezin Hendriks"));
    piet.get(&path).await.problem(ProblemCode::NotFound);
    office.admin().get("/dossiers/numbered/2026-999999").await.problem(ProblemCode::NotFound);
    office.admin().get("/dossiers/numbered/2026%00").await.problem(ProblemCode::NotFound);
    let other = world.office("almere").await;
    other.admin().get(&path).await.problem(ProblemCode::NotFound);
}
