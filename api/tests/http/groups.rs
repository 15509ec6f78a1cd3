//! `/v1/groups`: G1 to G4.

use awc::http::{Method, StatusCode};
use contract::*;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::World;

#[actix_web::test]
async fn a_group_has_a_name_members_and_work_agreements() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let new = json!({ "name": "  Wijkteam Zuid ", "memberIds": [piet.id, jan.id],
        "workAgreements": " Wie belt, pakt op. ", "reminderHours": 48 });
    let answer = admin.post("/groups", &new).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let group: Group = answer.ok();
    assert_eq!(answer.header("location"), Some(format!("/v1/groups/{}", group.id).as_str()));
    assert_eq!(
        (group.name.as_str(), group.work_agreements.as_str()),
        ("Wijkteam Zuid", "Wie belt, pakt op.")
    );
    assert_eq!((group.reminder_hours, group.version), (Some(48), 1));
    let members: Vec<EmployeeId> = group.members.iter().map(|member| member.id).collect();
    assert_eq!(members, [jan.id, piet.id], "by name");
    assert!(group.warnings.is_empty());
    // Every colleague sees it; only who is in it has it as theirs.
    assert_eq!(jan.get(&format!("/groups/{}", group.id)).await.ok::<Group>(), group);
    let summary = |mine: bool| GroupSummary { id: group.id, name: group.name.clone(), member_count: 2, mine };
    assert_eq!(jan.get("/groups").await.ok::<Page<GroupSummary>>().items, [summary(true)]);
    assert_eq!(admin.get("/groups").await.ok::<Page<GroupSummary>>().items, [summary(false)]);
    let me: Me = jan.get("/me").await.ok();
    assert_eq!(me.groups.iter().map(|group| group.id).collect::<Vec<_>>(), [group.id]);
}

#[actix_web::test]
async fn a_name_is_required_trimmed_and_at_most_a_hundred_characters() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    for blank in ["", "   ", "\u{a0}\t\n"] {
        assert_eq!(admin.post("/groups", &json!({ "name": blank })).await.invalid_fields(), ["name"]);
    }
    assert_eq!(admin.post("/groups", &json!({ "name": "é".repeat(101) })).await.invalid_fields(), ["name"]);
    let long = format!("  {} ", "é".repeat(100));
    let group: Group = admin.post("/groups", &json!({ "name": long })).await.ok();
    assert_eq!(group.name, "é".repeat(100));
    let path = format!("/groups/{}", group.id);
    let change = |name: &str, agreements: &str, hours: u32| json!({ "name": name, "memberIds": [], "workAgreements": agreements, "reminderHours": hours });
    let wrong = admin.put(&path, 1, &change(" ", &"x".repeat(4001), 721)).await;
    assert_eq!(wrong.invalid_fields(), ["name", "workAgreements", "reminderHours"]);
    let right: Group = admin.put(&path, 1, &change("Team", &"x".repeat(4000), 720)).await.ok();
    assert_eq!((right.name.as_str(), right.version), ("Team", 2));
    assert_eq!(admin.get(&path).await.ok::<Group>(), right);
}

#[actix_web::test]
async fn a_repeated_name_is_saved_with_a_warning() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let first: Group = admin.post("/groups", &json!({ "name": "Wijkteam één" })).await.ok();
    assert!(first.warnings.is_empty());
    for same in ["Wijkteam één", " WIJKTEAM ÉÉN ", "wijkteam een", "Wijkteam  E\u{301}en"] {
        let group: Group = admin.post("/groups", &json!({ "name": same })).await.ok();
        assert_eq!(group.warnings.len(), 1, "{same}");
        assert_eq!(group.warnings[0].code, WarningCode::DuplicateName);
        assert_eq!(group.name, same.trim());
    }
    for other in ["Wijkteam", "Wijkteaméén", "Wijkteam twee"] {
        let group: Group = admin.post("/groups", &json!({ "name": other })).await.ok();
        assert!(group.warnings.is_empty(), "{other}");
    }
    // The warning is about saving, also saving again, in the reader's language; reading is not saving.
    let twee: Page<GroupSummary> = admin.get("/groups?q=twee").await.ok();
    let path = format!("/groups/{}", twee.items[0].id);
    let change = |name: &str| json!({ "name": name, "memberIds": [], "workAgreements": "" });
    let request = admin.request(Method::PUT, &path).seen(1).header("Accept-Language", "en");
    let english: Group = request.json(&change("wijkteam EEN")).send().await.ok();
    assert!(english.warnings[0].detail.starts_with("There is already"), "{:?}", english.warnings);
    assert!(admin.get(&path).await.ok::<Group>().warnings.is_empty());
    let own: Group = admin.put(&path, 2, &change("Wijkteam drie")).await.ok();
    assert!(own.warnings.is_empty());
    let own: Group = admin.put(&path, 3, &change("wijkteam DRIE")).await.ok();
    assert!(own.warnings.is_empty(), "its own name is no repetition");
    // Another office's groups are no repetition either (P1).
    let elsewhere = world.office("almere").await;
    assert!(elsewhere.group("Wijkteam één", &[]).await.warnings.is_empty());
}

#[actix_web::test]
async fn membership_is_edited_from_both_sides_and_leaving_one_group_never_touches_another() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (team, desk, third) = (
        office.group("Team", &[&jan, &piet]).await,
        office.group("Loket", &[&jan]).await,
        office.group("Derde", &[&piet]).await,
    );
    let groups_of = async |id: EmployeeId| -> Vec<String> {
        let employee: Employee = admin.get(&format!("/employees/{id}")).await.ok();
        employee.groups.into_iter().map(|group| group.name).collect()
    };
    let members_of = async |id: GroupId| -> Vec<EmployeeId> {
        let group: Group = admin.get(&format!("/groups/{id}")).await.ok();
        group.members.into_iter().map(|member| member.id).collect()
    };
    // From the group: jan leaves the team and stays at the desk.
    let _: Group = office.change_group(team.id, &[&piet], json!({})).await.ok();
    assert_eq!(groups_of(jan.id).await, ["Loket"]);
    assert_eq!((members_of(team.id).await, members_of(desk.id).await), (vec![piet.id], vec![jan.id]));
    // From the employee: into two, out of one; the others of those groups stay.
    let change = |form: &mut Value| form["groupIds"] = json!([third.id, team.id]);
    let changed: Employee = office.change_employee(jan.id, change).await.ok();
    assert_eq!(changed.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["Derde", "Team"]);
    assert_eq!(members_of(team.id).await, [jan.id, piet.id]);
    assert_eq!(members_of(third.id).await, [jan.id, piet.id]);
    assert!(members_of(desk.id).await.is_empty());
    assert_eq!(groups_of(piet.id).await, ["Derde", "Team"]);
    let listed: Page<Employee> = admin.get(&format!("/employees?groupId={}", third.id)).await.ok();
    assert_eq!(listed.items.iter().map(|employee| employee.id).collect::<Vec<_>>(), [jan.id, piet.id]);
}

#[actix_web::test]
async fn a_form_about_one_side_notices_a_change_from_the_other() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (team, desk) = (office.group("Team", &[&piet]).await, office.group("Loket", &[]).await);
    let (of_team, of_jan) = (format!("/groups/{}", team.id), format!("/employees/{}", jan.id));
    let group_form =
        |members: &[EmployeeId]| json!({ "name": "Team", "memberIds": members, "workAgreements": "" });
    let person_form = |groups: &[GroupId]| json!({ "name": "Jan", "email": "jan@zaanstad.test", "roles": [], "groupIds": groups, "language": "nl" });
    let before: Employee = admin.get(&of_jan).await.ok();
    let group: Group = admin.put(&of_team, 1, &group_form(&[jan.id, piet.id])).await.ok();
    // The form about jan was opened before the team took him in: saving it would put him out again.
    let stale = admin.put(&of_jan, before.version, &person_form(&[desk.id])).await;
    let current = stale.problem(ProblemCode::Stale).current.unwrap();
    let current: Employee = serde_json::from_value(current).unwrap();
    assert_eq!(current.groups.iter().map(|group| group.id).collect::<Vec<_>>(), [team.id]);
    // And the other way round, also for the group that was left.
    let desk_before: Group = admin.get(&format!("/groups/{}", desk.id)).await.ok();
    let _: Employee = admin.put(&of_jan, current.version, &person_form(&[desk.id])).await.ok();
    let stale = admin.put(&of_team, group.version, &group_form(&[jan.id, piet.id])).await;
    let current = stale.problem(ProblemCode::Stale).current.unwrap();
    assert_eq!(current["members"].as_array().unwrap().len(), 1);
    let of_desk = format!("/groups/{}", desk.id);
    let form = json!({ "name": "Loket", "memberIds": [], "workAgreements": "" });
    admin.put(&of_desk, desk_before.version, &form).await.problem(ProblemCode::Stale);
    // Who was not touched is not in the way.
    let piet_now: Employee = admin.get(&format!("/employees/{}", piet.id)).await.ok();
    assert_eq!(piet_now.version, 2);
}

#[actix_web::test]
async fn many_people_join_one_group_at_once_from_their_own_forms() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let group = office.group("Team", &[]).await;
    let mut people = Vec::new();
    for number in 0..12 {
        people.push(office.account(&format!("p{number}"), &[]));
    }
    let join = |id: &EmployeeId| {
        let form = json!({ "name": "Iemand", "email": "iemand@zaanstad.test", "roles": [],
            "groupIds": [group.id], "language": "nl" });
        admin.request(Method::PUT, &format!("/employees/{id}")).seen(1).json(&form).send()
    };
    for answer in join_all(people.iter().map(join)).await {
        let _: Employee = answer.ok();
    }
    let now: Group = admin.get(&format!("/groups/{}", group.id)).await.ok();
    assert_eq!((now.members.len(), now.version), (12, 13));
}

#[actix_web::test]
async fn groups_are_the_administrators_and_another_office_has_none_of_them() {
    let world = World::new().await;
    let (zaanstad, almere) = (world.office("zaanstad").await, world.office("almere").await);
    let everything = [Role::Helpdesk, Role::Superuser, Role::Records];
    let jan = zaanstad.person_with("jan", &everything).await;
    let piet = almere.person("piet").await;
    let group = zaanstad.group("Team", &[&jan]).await;
    let path = format!("/groups/{}", group.id);
    let form = |members: &[EmployeeId]| json!({ "name": "x", "memberIds": members, "workAgreements": "" });
    jan.post("/groups", &json!({ "name": "x" })).await.problem(ProblemCode::Forbidden);
    jan.put(&path, 1, &form(&[])).await.problem(ProblemCode::Forbidden);
    let stranger = almere.admin();
    stranger.get(&path).await.problem(ProblemCode::NotFound);
    stranger.put(&path, 1, &form(&[])).await.problem(ProblemCode::NotFound);
    assert!(stranger.get("/groups").await.ok::<Page<GroupSummary>>().items.is_empty());
    // As a member, someone of another office is no different from nobody.
    for nobody in [piet.id, EmployeeId::new()] {
        let members = form(&[jan.id, nobody]);
        assert_eq!(zaanstad.admin().put(&path, 1, &members).await.invalid_fields(), ["memberIds[1]"]);
    }
    assert_eq!(jan.get(&path).await.ok::<Group>(), group);
}

/// G1: a name is seen, and is one line.
#[actix_web::test]
async fn a_name_is_visible_and_one_line() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    for name in ["\u{200b}", "\u{2800}", "Team\nNoord", "Team \u{202e}droon"] {
        let new = json!({ "name": name });
        assert_eq!(office.admin().post("/groups", &new).await.invalid_fields(), ["name"], "{name:?}");
    }
}
