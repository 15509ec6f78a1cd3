//! Every cell of D3 over HTTP: list, detail and explanation agree with the rule as it is written.

use std::collections::BTreeSet;

use contract::*;
use serde_json::json;

use crate::support::{World, group_rule, person_rule};

/// D3, first match wins.
fn d3(
    active: bool,
    manager: bool,
    own: Option<Effect>,
    groups: &[Effect],
    visibility: Visibility,
) -> AccessReason {
    if !active {
        AccessReason::NotActive
    } else if manager {
        AccessReason::Manager
    } else if own == Some(Effect::Allow) {
        AccessReason::EmployeeAllowed
    } else if own == Some(Effect::Deny) {
        AccessReason::EmployeeDenied
    } else if groups.contains(&Effect::Deny) {
        AccessReason::GroupDenied
    } else if groups.contains(&Effect::Allow) {
        AccessReason::GroupAllowed
    } else if visibility == Visibility::Office {
        AccessReason::OfficeVisible
    } else {
        AccessReason::NotGranted
    }
}

fn gives_access(reason: AccessReason) -> bool {
    use AccessReason::*;
    match reason {
        Manager | EmployeeAllowed | GroupAllowed | OfficeVisible => true,
        NotActive | EmployeeDenied | GroupDenied | NotGranted => false,
    }
}

#[actix_web::test]
async fn every_cell_of_d3_for_the_active_the_locked_and_the_deactivated() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, leaver) = (office.person("jan").await, office.person("leaver").await);
    let allowed = office.group("Toegelaten", &[&jan, &leaver]).await;
    let denied = office.group("Geweigerd", &[&jan, &leaver]).await;
    // A group neither is in never matters.
    let other = office.group("Anderen", &[]).await;

    let mut cells = Vec::new();
    for manager in [false, true] {
        for own in [None, Some(Effect::Allow), Some(Effect::Deny)] {
            for groups in [vec![], vec![Effect::Allow], vec![Effect::Deny], vec![Effect::Allow, Effect::Deny]]
            {
                for visibility in [Visibility::Office, Visibility::Restricted] {
                    let new = json!({ "name": "Dossier", "visibility": visibility,
                        "managerId": if manager { jan.id } else { office.admin().id } });
                    let dossier: Dossier = office.admin().post("/dossiers", &new).await.ok();
                    let mut rules = vec![group_rule(&other, Effect::Deny)];
                    for effect in &groups {
                        let group = if *effect == Effect::Allow { &allowed } else { &denied };
                        rules.push(group_rule(group, *effect));
                    }
                    if let Some(effect) = own {
                        rules.extend([person_rule(&jan, effect), person_rule(&leaver, effect)]);
                    }
                    office.rules(&dossier, &rules).await;
                    cells.push((dossier.id, manager, own, groups.clone(), visibility));
                }
            }
        }
    }
    assert_eq!(cells.len(), 2 * 3 * 4 * 2);

    let listed: BTreeSet<DossierId> =
        jan.pages::<DossierSummary>("/dossiers", 7).await.into_iter().map(|dossier| dossier.id).collect();
    for (dossier, manager, own, groups, visibility) in &cells {
        let context = format!("manager {manager}, own {own:?}, groups {groups:?}, {visibility:?}");
        let reason = d3(true, *manager, *own, groups, *visibility);
        let allowed = gives_access(reason);
        assert_eq!(listed.contains(dossier), allowed, "list: {context}");
        let path = format!("/dossiers/{dossier}");
        let explain = format!("{path}/access/{}", jan.id);
        let explained: EmployeeAccess = office.admin().get(&explain).await.ok();
        assert_eq!((explained.access.reason, explained.access.allowed), (reason, allowed), "{context}");
        let names: Vec<&str> = explained.access.groups.iter().map(|group| group.name.as_str()).collect();
        let deciding: &[&str] = match reason {
            AccessReason::GroupDenied => &["Geweigerd"],
            AccessReason::GroupAllowed => &["Toegelaten"],
            _ => &[],
        };
        assert_eq!(names, deciding, "{context}");
        if allowed {
            let detail: Dossier = jan.get(&path).await.ok();
            assert_eq!((detail.my_access.reason, detail.may.read), (reason, true), "{context}");
            assert_eq!(detail.name.as_deref(), Some("Dossier"));
            assert_eq!(jan.get(&explain).await.ok::<EmployeeAccess>(), explained, "{context}");
        } else {
            jan.get(&path).await.problem(ProblemCode::NotFound);
            jan.get(&explain).await.problem(ProblemCode::NotFound);
        }
    }

    // The same dossiers for someone who left, and for someone locked, the manager too.
    office.deactivate(&leaver).await;
    for _ in 0..11 {
        world.anyone.sign_in("jan@zaanstad", "wrong").await;
    }
    for (dossier, manager, own, groups, visibility) in &cells {
        for id in [jan.id, leaver.id] {
            let path = format!("/dossiers/{dossier}/access/{id}");
            let explained: EmployeeAccess = office.admin().get(&path).await.ok();
            let reason = d3(false, *manager, *own, groups, *visibility);
            assert_eq!((explained.access.reason, explained.access.allowed), (reason, false));
        }
    }
    for someone in [&jan, &leaver] {
        someone.get("/dossiers").await.problem(ProblemCode::NotSignedIn);
        someone.get(&format!("/dossiers/{}", cells[0].0)).await.problem(ProblemCode::NotSignedIn);
    }
}

#[actix_web::test]
async fn an_explanation_says_which_rule_decided_in_the_readers_language() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, jan) = (office.person("boss").await, office.person("jan").await);
    let external = office.group("extern", &[&jan]).await;
    let trainees = office.group("stagiairs", &[&jan]).await;
    let dossier = office.dossier(&boss, "Gezin Hendriks").await;
    let path = format!("/dossiers/{}/access/{}", dossier.id, jan.id);
    let both = [group_rule(&trainees, Effect::Deny), group_rule(&external, Effect::Deny)];
    let both_allowed = [group_rule(&trainees, Effect::Allow), group_rule(&external, Effect::Allow)];
    let cases: [(&[NewAccessRule], &str, &str); 7] = [
        (
            &[],
            "Geen toegang: het dossier is afgeschermd en geen enkele regel geeft toegang.",
            "No access: the dossier is restricted and no rule gives access.",
        ),
        (&both[1..], "Geen toegang: groep extern is geweigerd.", "No access: group extern is denied."),
        (
            &both,
            "Geen toegang: groepen extern, stagiairs zijn geweigerd.",
            "No access: groups extern, stagiairs are denied.",
        ),
        (&both_allowed[1..], "Toegang: via groep extern.", "Access: through group extern."),
        (
            &both_allowed,
            "Toegang: via groepen extern, stagiairs.",
            "Access: through groups extern, stagiairs.",
        ),
        (
            &[person_rule(&jan, Effect::Allow)],
            "Toegang: een regel geeft deze medewerker toegang.",
            "Access: a rule gives this employee access.",
        ),
        (
            &[person_rule(&jan, Effect::Deny)],
            "Geen toegang: een regel weigert deze medewerker.",
            "No access: a rule denies this employee.",
        ),
    ];
    for (rules, dutch, english) in cases {
        office.rules(&dossier, rules).await;
        let in_dutch: EmployeeAccess = boss.get(&path).await.ok();
        let request = boss.request(awc::http::Method::GET, &path).header("Accept-Language", "en-GB");
        let in_english: EmployeeAccess = request.send().await.ok();
        assert_eq!(in_dutch.access.explanation, dutch);
        assert_eq!(in_english.access.explanation, english);
        assert_eq!(in_dutch.employee.id, jan.id);
    }
    // Colleagues' access is for the manager and administrators to ask after; one's own for who sees it.
    office.rules(&dossier, &[person_rule(&jan, Effect::Allow)]).await;
    assert_eq!(jan.get(&path).await.ok::<EmployeeAccess>().access.reason, AccessReason::EmployeeAllowed);
    let others = format!("/dossiers/{}/access/{}", dossier.id, boss.id);
    jan.get(&others).await.problem(ProblemCode::Forbidden);
    let nobody = format!("/dossiers/{}/access/{}", dossier.id, EmployeeId::new());
    boss.get(&nobody).await.problem(ProblemCode::NotFound);
}
