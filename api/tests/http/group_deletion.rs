//! `/v1/groups/{groupId}/deletion`: G6. Nothing is lost, nothing happens unseen.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use awc::http::{Method, StatusCode};
use contract::*;
use diesel::prelude::*;
use futures_util::future::{join, join_all};
use serde_json::json;
use werkbak::db::schema::{
    case_type_groups, dossier_group_rules, dossiers, employees, group_members, groups, tasks,
};

use crate::support::{Office, PASSWORD, Person, Program, Response, TestDatabase, World, group_rule, ids};

async fn preview(
    office: &Office,
    group: &Group,
    target: Option<GroupId>,
    members: bool,
) -> GroupDeletionPreview {
    let path = format!("/groups/{}/deletion/preview", group.id);
    office.admin().post(&path, &json!({ "targetId": target, "moveMembers": members })).await.ok()
}

async fn delete(office: &Office, group: &Group, target: &Group, members: bool) -> Response {
    let digest = preview(office, group, Some(target.id), members).await.change.digest;
    let order = json!({ "targetId": target.id, "moveMembers": members, "preview": digest });
    office.admin().post(&format!("/groups/{}/deletion", group.id), &order).await
}

#[actix_web::test]
async fn a_group_on_which_nothing_hangs_is_deleted_at_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let group = office.group("Leeg", &[]).await;
    let path = format!("/groups/{}", group.id);
    let inventory: GroupInventory = office.admin().get(&format!("{path}/inventory")).await.ok();
    assert!(inventory.is_empty());
    let deleted: GroupDeleted = office.admin().post(&format!("{path}/deletion"), &json!({})).await.ok();
    assert_eq!(deleted, GroupDeleted { inventory, conflicts: 0 });
    office.admin().get(&path).await.problem(ProblemCode::NotFound);
    let event = world.events().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.object_id), ("group.deleted", Some(group.id.0)));
    assert_eq!(event.old["name"], "Leeg");
}

#[actix_web::test]
async fn helpdesk_may_delete_a_group_and_a_colleague_may_not() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let jan = office.person("jan").await;
    let group = office.group("Leeg", &[]).await;
    let path = format!("/groups/{}/deletion", group.id);
    jan.post(&path, &json!({})).await.problem(ProblemCode::Forbidden);
    let _: GroupDeleted = helpdesk.post(&path, &json!({})).await.ok();
}

#[actix_web::test]
async fn the_helpdesk_gains_nothing_by_deleting_a_group() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let jan = office.person("jan").await;
    let mine = office.group("Helpdesk", &[&helpdesk]).await;
    let (theirs, other) = (office.group("Medisch", &[&jan]).await, office.group("Ander", &[&jan]).await);
    let path = |group: &Group| format!("/groups/{}/deletion", group.id);
    let order = |target: &Group, along: bool| json!({ "targetId": target.id, "moveMembers": along });
    for (group, body) in [(&theirs, order(&mine, false)), (&mine, order(&theirs, true))] {
        helpdesk.post(&path(group), &body).await.problem(ProblemCode::Forbidden);
        helpdesk.post(&format!("{}/preview", path(group)), &body).await.problem(ProblemCode::Forbidden);
    }
    // Between groups that are not theirs, and out of their own, they may.
    for (group, body) in [(&theirs, order(&other, true)), (&mine, order(&other, false))] {
        let shown: GroupDeletionPreview =
            helpdesk.post(&format!("{}/preview", path(group)), &body).await.ok();
        let mut body = body;
        body["preview"] = json!(shown.change.digest);
        let _: GroupDeleted = helpdesk.post(&path(group), &body).await.ok();
    }
}

#[actix_web::test]
async fn a_target_is_required_and_must_be_another_group_of_this_office() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let elsewhere = world.office("almere").await.group("Daar", &[]).await;
    let jan = office.person("jan").await;
    let group = office.group("Team", &[&jan]).await;
    let path = format!("/groups/{}/deletion", group.id);
    for wrong in [
        json!({}),
        json!({ "targetId": group.id }),
        json!({ "targetId": elsewhere.id }),
        json!({ "moveMembers": true }),
    ] {
        assert_eq!(office.admin().post(&path, &wrong).await.invalid_fields(), ["targetId"], "{wrong}");
        let previewed = office.admin().post(&format!("{path}/preview"), &wrong).await;
        assert_eq!(previewed.invalid_fields(), ["targetId"], "{wrong}");
    }
    assert_eq!(office.admin().get(&format!("/groups/{}", group.id)).await.ok::<Group>(), group);
}

#[actix_web::test]
async fn nothing_goes_unseen_and_what_was_seen_is_what_happens() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma) = (office.person("jan").await, office.person("fatma").await);
    let (old, new) = (office.group("Oud", &[&jan]).await, office.group("Nieuw", &[&fatma]).await);
    let dossier = office.dossier(office.admin(), "Gezin Hendriks").await;
    office.rules(&dossier, &[group_rule(&old, Effect::Allow)]).await;
    let path = format!("/groups/{}/deletion", old.id);
    let order = json!({ "targetId": new.id });

    // Without a digest one is shown what to confirm.
    let problem = office.admin().post(&path, &order).await.problem(ProblemCode::PreviewRequired);
    let shown: GroupDeletionPreview = serde_json::from_value(problem.current.unwrap()).unwrap();
    assert_eq!(shown, preview(&office, &old, Some(new.id), false).await);
    assert_eq!((shown.change.totals.gained, shown.change.totals.lost), (1, 1));
    let mine =
        |who: &Person| shown.change.employees.iter().find(|effect| effect.employee.id == who.id).cloned();
    assert_eq!(mine(&fatma).unwrap().dossiers.gained, 1);
    let jans = mine(&jan).unwrap();
    assert_eq!(
        (jans.dossiers.lost, jans.trays_lost),
        (1, vec![GroupRef { id: old.id, name: old.name.clone() }])
    );

    // Dossier by dossier, on demand.
    let detail = format!("{path}/preview?employeeId={}", fatma.id);
    let detailed: GroupDeletionPreview = office.admin().post(&detail, &order).await.ok();
    assert_eq!(detailed.change.digest, shown.change.digest);
    assert_eq!(detailed.change.dossiers.len(), 1);
    assert_eq!(detailed.change.dossiers[0].dossier.number, dossier.number);
    assert_eq!(detailed.change.dossiers[0].before.reason, AccessReason::NotGranted);
    assert_eq!(detailed.change.dossiers[0].after.reason, AccessReason::GroupAllowed);
    assert_eq!(detailed.change.dossiers[0].after.explanation, "Toegang: via groep Nieuw.");

    // Someone changes something in between: refused, with what it would do now, and nothing happened.
    let second = office.dossier(office.admin(), "Gezin Bakker").await;
    office.rules(&second, &[group_rule(&old, Effect::Allow)]).await;
    let with = |digest: &str| json!({ "targetId": new.id, "preview": digest });
    let refused = office.admin().post(&path, &with(&shown.change.digest)).await;
    let problem = refused.problem(ProblemCode::PreviewOutdated);
    let fresh: ChangePreview = serde_json::from_value(problem.current.unwrap()).unwrap();
    assert_eq!(fresh.totals.gained, 2);
    fatma.get(&format!("/dossiers/{}", dossier.id)).await.problem(ProblemCode::NotFound);
    assert_eq!(office.admin().get(&format!("/groups/{}", old.id)).await.ok::<Group>().id, old.id);

    let _: GroupDeleted = office.admin().post(&path, &with(&fresh.digest)).await.ok();
    for dossier in [&dossier, &second] {
        let seen: Dossier = fatma.get(&format!("/dossiers/{}", dossier.id)).await.ok();
        assert_eq!(seen.my_access.groups, [GroupRef { id: new.id, name: "Nieuw".to_owned() }]);
        jan.get(&format!("/dossiers/{}", dossier.id)).await.problem(ProblemCode::NotFound);
    }
}

/// Every pair of rules that a dossier can have for the two groups; deny wins.
#[actix_web::test]
async fn where_both_have_a_rule_the_denial_stays() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (old, new) = (office.group("Oud", &[]).await, office.group("Nieuw", &[&jan]).await);
    let choices = [None, Some(Effect::Allow), Some(Effect::Deny)];
    let mut dossiers = Vec::new();
    for mine in choices {
        for theirs in choices {
            let dossier = office.dossier(office.admin(), &format!("{mine:?} {theirs:?}")).await;
            let rules: Vec<NewAccessRule> = [(&old, mine), (&new, theirs)]
                .into_iter()
                .filter_map(|(group, effect)| Some(group_rule(group, effect?)))
                .collect();
            office.rules(&dossier, &rules).await;
            let expected = match (mine, theirs) {
                (Some(Effect::Deny), _) | (_, Some(Effect::Deny)) => Some(Effect::Deny),
                (None, None) => None,
                _ => Some(Effect::Allow),
            };
            let conflict = matches!((mine, theirs), (Some(mine), Some(theirs)) if mine != theirs);
            dossiers.push((dossier, expected, conflict));
        }
    }
    let shown = preview(&office, &old, Some(new.id), false).await;
    assert_eq!((shown.inventory.allow_rules, shown.inventory.deny_rules), (3, 3));
    let conflicting: Vec<&str> =
        shown.conflicting_dossiers.iter().map(|conflict| conflict.number.as_str()).collect();
    let expected: Vec<&str> = dossiers
        .iter()
        .filter(|(_, _, conflict)| *conflict)
        .map(|(dossier, _, _)| dossier.number.as_str())
        .collect();
    assert_eq!(conflicting, expected);
    let deleted: GroupDeleted = delete(&office, &old, &new, false).await.ok();
    assert_eq!(deleted.conflicts, 2);
    let events = world.events();
    let cause = events.iter().rfind(|event| event.kind == "group.deleted").unwrap().id;
    for (position, (dossier, expected, _)) in dossiers.into_iter().enumerate() {
        // The dossier's own history tells what became of the rule it had for the group that is gone.
        let moved = events
            .iter()
            .find(|event| event.kind == "dossier.rule-moved" && event.object_id == Some(dossier.id.0));
        let mine = choices[position / choices.len()];
        assert_eq!(moved.map(|event| &event.old["effect"]), mine.map(|mine| json!(mine)).as_ref());
        if let Some(event) = moved {
            assert_eq!(event.old["groupId"], json!(old.id));
            assert_eq!(event.new, json!({ "groupId": new.id, "effect": expected, "cause": cause }));
        }
        let rules: AccessRules =
            office.admin().get(&format!("/dossiers/{}/access-rules", dossier.id)).await.ok();
        let found: Vec<(GroupId, Effect)> =
            rules.rules.iter().map(|rule| (rule.group.as_ref().unwrap().id, rule.effect)).collect();
        let expected: Vec<(GroupId, Effect)> = expected.into_iter().map(|effect| (new.id, effect)).collect();
        assert_eq!(found, expected, "{:?}", dossier.name);
    }
}

#[actix_web::test]
async fn tasks_authorisations_and_members_move_and_the_team_hears_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let boss = office.person("boss").await;
    let (jan, fatma, piet) =
        (office.person("jan").await, office.person("fatma").await, office.person("piet").await);
    let (old, new) =
        (office.group("Oud", &[&jan, &piet]).await, office.group("Nieuw", &[&fatma, &piet]).await);
    let (_, case) = office.case(&boss).await;
    let (waiting, claimed) =
        (office.tray_task(&boss, &case, &old).await, office.tray_task(&boss, &case, &old).await);
    let _: Task = jan.claim(&claimed).await.ok();
    let case_type = case.header.case_type.id;
    let authorisations = format!("/case-types/{case_type}/authorisations");
    let now: Authorisations = office.admin().get(&authorisations).await.ok();
    let change = json!({ "groupIds": [old.id], "employeeIds": [boss.id] });
    let _: Authorisations = office.admin().put(&authorisations, now.version, &change).await.ok();
    let quiet = json!({ "language": "nl", "trayMails": true, "quietGroups": [new.id] });
    let _: Preferences = piet.put("/me/preferences", 1, &quiet).await.ok();

    let shown = preview(&office, &old, Some(new.id), true).await;
    let inventory = GroupInventory {
        members: 2,
        allow_rules: 0,
        deny_rules: 0,
        case_types: 1,
        tray_tasks: 1,
        held_tasks: 1,
    };
    assert_eq!(shown.inventory, inventory);
    let fatmas = shown.change.employees.iter().find(|effect| effect.employee.id == fatma.id).unwrap();
    assert_eq!(fatmas.case_types_gained.iter().map(|found| found.id).collect::<Vec<_>>(), [case_type]);
    let before = world.outbox().len();
    let deleted: GroupDeleted = delete(&office, &old, &new, true).await.ok();
    assert_eq!(deleted.inventory, inventory);

    let group: Group = office.admin().get(&format!("/groups/{}", new.id)).await.ok();
    assert_eq!(group.members.iter().map(|member| member.id).collect::<Vec<_>>(), [fatma.id, jan.id, piet.id]);
    let events = world.events();
    let recorded = |kind: &str| {
        let event = events.iter().find(|event| event.kind == kind).expect(kind);
        (event.object_id.unwrap(), event.old.clone(), event.new.clone())
    };
    let cause = events.iter().rfind(|event| event.kind == "group.deleted").unwrap().id;
    for (kind, object, field) in [
        ("task.tray-moved", waiting.id.0, "trayId"),
        ("task.origin-moved", claimed.id.0, "originId"),
        ("case-type.authorisation-moved", case_type.0, "groupId"),
    ] {
        let (before, after) = (json!({ field: old.id }), json!({ field: new.id, "cause": cause }));
        assert_eq!(recorded(kind), (object, before, after));
    }
    let task = fatma.task(waiting.id).await;
    assert_eq!(task.tray.map(|tray| tray.id), Some(new.id));
    // Given back, the other one lands in the new tray as well.
    let back: Task = jan.act(&format!("/tasks/{}/release", claimed.id)).await.ok();
    assert_eq!(back.tray.map(|tray| tray.id), Some(new.id));
    let now: Authorisations = office.admin().get(&authorisations).await.ok();
    assert_eq!(now.groups.iter().map(|group| group.id).collect::<Vec<_>>(), [new.id]);
    // One mail each, for all tasks; not to who switched the tray's mails off.
    assert_eq!(world.told("tray-moved", before), ids(&[&jan, &fatma]));
    let mails = world.mails();
    let mail = mails.iter().rfind(|mail| mail.is_to(&fatma)).unwrap();
    assert!(mail.source.contains("Nieuw"), "{}", mail.source);
    assert!(!mail.source.contains("keuring"), "no content: {}", mail.source);
}

#[actix_web::test]
async fn work_that_a_moved_denial_strands_needs_a_plan() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (boss, other) = (office.person("boss").await, office.person("other").await);
    let (old, new) = (office.group("Extern", &[]).await, office.group("Team", &[&boss]).await);
    let (dossier, case) = office.case(&boss).await;
    // The boss stays manager of nothing: then the denial counts.
    let change = json!({ "name": "Gezin Hendriks", "managerId": null, "visibility": "office" });
    let _: Dossier = boss.put(&format!("/dossiers/{}", dossier.id), dossier.version, &change).await.ok();
    office.rules(&dossier, &[group_rule(&old, Effect::Deny)]).await;
    let shown = preview(&office, &old, Some(new.id), false).await;
    assert_eq!(shown.change.totals.denied, 1);
    assert_eq!(shown.change.stranded.len(), 1);
    let path = format!("/groups/{}/deletion", old.id);
    let order = json!({ "targetId": new.id, "preview": shown.change.digest });
    office.admin().post(&path, &order).await.problem(ProblemCode::WouldStrandWork);
    let plan = json!({ "items": [{ "kind": "coordinator", "id": case.header.id, "from": boss.id,
        "to": other.id }] });
    let planned = json!({ "targetId": new.id, "handOver": plan });
    let shown: GroupDeletionPreview = office.admin().post(&format!("{path}/preview"), &planned).await.ok();
    assert!(shown.change.stranded.is_empty());
    let order = json!({ "targetId": new.id, "handOver": plan, "preview": shown.change.digest });
    let _: GroupDeleted = office.admin().post(&path, &order).await.ok();
    assert_eq!(other.case(case.header.id).await.header.coordinator.id, other.id);
    boss.get(&format!("/cases/{}", case.header.id)).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn a_task_forwarded_while_its_group_is_deleted_is_not_lost() {
    for _ in 0..8 {
        let world = World::new().await;
        let office = world.office("zaanstad").await;
        let boss = office.person("boss").await;
        let (old, new) = (office.group("Oud", &[]).await, office.group("Nieuw", &[&boss]).await);
        let (_, case) = office.case(&boss).await;
        let mut held = Vec::new();
        for _ in 0..6 {
            held.push(boss.give_task(&case, &boss).await);
        }
        // Something hangs on it already, so that forwarding changes what was previewed only in part.
        let order = json!({ "targetId": new.id });
        let path = format!("/groups/{}/deletion", old.id);
        let forwarding =
            join_all(held.iter().map(|task| boss.forward(task.id, json!({ "groupId": old.id }))));
        let deleting = async {
            // Seen and confirmed again as often as something gets in between.
            let mut digest: Option<String> = None;
            loop {
                let mut order = order.clone();
                order["preview"] = json!(digest);
                let answer = office.admin().post(&path, &order).await;
                if answer.status.is_success() {
                    break;
                }
                let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
                let current = problem.current.unwrap_or_else(|| panic!("{}", problem.detail));
                digest =
                    current["change"]["digest"].as_str().or(current["digest"].as_str()).map(str::to_owned);
            }
        };
        let (forwarded, ()) = join(forwarding, deleting).await;
        for (task, answer) in held.iter().zip(forwarded) {
            let now = boss.task(task.id).await;
            assert_eq!(now.state, TaskState::Open);
            let tray = now.tray.as_ref().map(|tray| tray.id);
            if answer.status.is_success() {
                assert_eq!(tray, Some(new.id), "it went along");
            } else {
                assert_eq!(tray, None, "{}", String::from_utf8_lossy(&answer.body));
                assert_eq!(answer.status, StatusCode::BAD_REQUEST);
            }
        }
    }
}

/// 2,000 rules, 300 members, 500 tasks in the tray.
struct Big {
    old: Group,
    new: Group,
    path: String,
}

async fn big(world_database: &TestDatabase, office: &Office) -> Big {
    let boss = office.person("boss").await;
    let (old, new) = (office.group("Oud", &[]).await, office.group("Nieuw", &[&boss]).await);
    let (dossier, case) = office.case(&boss).await;
    let task = office.tray_task(&boss, &case, &old).await;
    let mut conn = world_database.connect();
    let now = chrono::Utc::now().naive_utc();
    conn.transaction::<_, diesel::result::Error, _>(|conn| {
        for number in 0..300 {
            let id = EmployeeId::new();
            let name = format!("m{number:03}");
            diesel::insert_into(employees::table)
                .values((
                    (
                        employees::id.eq(id),
                        employees::office_id.eq(office.id),
                        employees::username.eq(&name),
                        employees::username_folded.eq(&name),
                        employees::name.eq(&name),
                        employees::name_folded.eq(&name),
                        employees::email.eq(format!("{name}@zaanstad.test")),
                        employees::language.eq("nl"),
                        employees::state.eq("active"),
                        employees::tray_mails.eq(true),
                    ),
                    (
                        employees::role_local_admin.eq(false),
                        employees::role_helpdesk.eq(false),
                        employees::role_superuser.eq(false),
                        employees::role_records.eq(false),
                        employees::failed_attempts.eq(0),
                        employees::preferences_version.eq(1),
                        employees::created_at.eq(now),
                        employees::version.eq(1),
                    ),
                ))
                .execute(conn)?;
            diesel::insert_into(group_members::table)
                .values((group_members::employee_id.eq(id), group_members::group_id.eq(old.id)))
                .execute(conn)?;
        }
        for number in 0..2_000 {
            let id = DossierId::new();
            let name = format!("9999-{number:06}");
            diesel::insert_into(dossiers::table)
                .values((
                    dossiers::id.eq(id),
                    dossiers::office_id.eq(office.id),
                    dossiers::number.eq(&name),
                    dossiers::name.eq(&name),
                    dossiers::name_folded.eq(&name),
                    dossiers::visibility.eq("restricted"),
                    dossiers::state.eq("active"),
                    dossiers::created_at.eq(now),
                    dossiers::version.eq(1),
                ))
                .execute(conn)?;
            diesel::insert_into(dossier_group_rules::table)
                .values((
                    dossier_group_rules::dossier_id.eq(id),
                    dossier_group_rules::group_id.eq(old.id),
                    dossier_group_rules::effect.eq(if number % 10 == 0 { "deny" } else { "allow" }),
                ))
                .execute(conn)?;
        }
        for _ in 1..500 {
            diesel::insert_into(tasks::table)
                .values((
                    tasks::id.eq(TaskId::new()),
                    tasks::office_id.eq(office.id),
                    tasks::case_id.eq(case.header.id),
                    tasks::title.eq("Keuring"),
                    tasks::description.eq(""),
                    tasks::state.eq("open"),
                    tasks::tray_id.eq(old.id),
                    tasks::created_by.eq(boss.id),
                    tasks::created_at.eq(now),
                    tasks::version.eq(1),
                ))
                .execute(conn)?;
        }
        Ok(())
    })
    .unwrap();
    let _ = (dossier, task);
    Big { path: format!("/groups/{}/deletion", old.id), old, new }
}

/// What hangs on a group, counted in the database.
fn hanging(database: &TestDatabase, group: GroupId) -> BTreeMap<&'static str, i64> {
    let mut conn = database.connect();
    let rules = dossier_group_rules::table.filter(dossier_group_rules::group_id.eq(group));
    let members = group_members::table.filter(group_members::group_id.eq(group));
    let waiting = tasks::table.filter(tasks::tray_id.eq(group));
    let types = case_type_groups::table.filter(case_type_groups::group_id.eq(group));
    let itself = groups::table.filter(groups::id.eq(group));
    BTreeMap::from([
        ("rules", rules.count().get_result(&mut conn).unwrap()),
        ("members", members.count().get_result(&mut conn).unwrap()),
        ("tasks", waiting.count().get_result(&mut conn).unwrap()),
        ("types", types.count().get_result(&mut conn).unwrap()),
        ("group", itself.count().get_result(&mut conn).unwrap()),
    ])
}

#[actix_web::test]
async fn a_big_group_is_deleted_within_five_seconds() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let big = big(&world.database, &office).await;
    let order = json!({ "targetId": big.new.id, "moveMembers": true });
    let shown: GroupDeletionPreview =
        office.admin().post(&format!("{}/preview", big.path), &order).await.ok();
    assert_eq!(shown.inventory.members, 300);
    assert_eq!((shown.inventory.allow_rules, shown.inventory.deny_rules), (1_800, 200));
    assert_eq!(shown.inventory.tray_tasks, 500);
    // The boss of the target gains and is denied; the members keep what they had.
    assert_eq!((shown.change.totals.gained, shown.change.totals.denied), (1_800, 200));
    let mut order = order;
    order["preview"] = json!(shown.change.digest);
    let started = Instant::now();
    let _: GroupDeleted = office.admin().post(&big.path, &order).await.ok();
    let took = started.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert!(hanging(&world.database, big.old.id).values().all(|count| *count == 0));
    let there = hanging(&world.database, big.new.id);
    assert_eq!((there["rules"], there["members"], there["tasks"]), (2_000, 301, 500));
}

#[actix_web::test]
async fn killed_half_way_nothing_has_changed() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let big = big(&world.database, &office).await;
    let order = json!({ "targetId": big.new.id });
    let shown: GroupDeletionPreview =
        office.admin().post(&format!("{}/preview", big.path), &order).await.ok();
    let before = (hanging(&world.database, big.old.id), hanging(&world.database, big.new.id));
    let mut stop = world.database.stop_at_update_of("tasks");
    let program = Program::start(&world.database, &[("WERKBAK_WORKER", "off")]);
    let session: Session = program.anyone.sign_in("beheer@zaanstad", PASSWORD).await.ok();
    let admin =
        Person { anyone: program.anyone.clone(), token: session.access_token, ..office.admin().clone() };
    let order = json!({ "targetId": big.new.id, "preview": shown.change.digest });
    let path = big.path.clone();
    let asking = actix_web::rt::spawn(async move {
        let request = admin.request(Method::POST, &path).json(&order);
        assert!(request.try_send().await.is_none(), "it never answers");
    });
    stop.reached().await;
    drop(program);
    drop(stop);
    asking.await.unwrap();
    let after = (hanging(&world.database, big.old.id), hanging(&world.database, big.new.id));
    assert_eq!(before, after);
    assert_eq!(before.0["rules"], 2_000);
}
