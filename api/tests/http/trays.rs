//! Mails about trays and the settings for them: T3, T5, T6, D8.

use contract::*;
use serde_json::{Value, json};

use crate::support::{Person, World, group_rule, ids, person_rule};

async fn set(person: &Person, all: bool, quiet: &[GroupId]) -> Preferences {
    let now: Preferences = person.get("/me/preferences").await.ok();
    let change = json!({ "language": "nl", "trayMails": all, "quietGroups": quiet });
    person.put("/me/preferences", now.version, &change).await.ok()
}

#[actix_web::test]
async fn a_task_in_a_tray_is_mailed_to_every_member_who_may_and_wants_to_know() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let mut people = Vec::new();
    for name in ["anna", "bert", "carla", "dirk", "els", "frits", "gerda", "hans"] {
        people.push(office.person(name).await);
    }
    let [anna, bert, carla, dirk, els, frits, gerda, hans] = &people[..] else { panic!("eight") };
    let team = office.group("Wijkteam Zuid", &[&jan, anna, bert, carla, dirk, els, frits, gerda]).await;
    let other = office.group("Loket", &[anna, bert, hans]).await;
    let external = office.group("Extern", &[els, frits, gerda]).await;
    let (dossier, case) = office.case(&jan).await;
    set(bert, false, &[]).await;
    set(carla, true, &[team.id]).await;
    set(anna, true, &[other.id]).await;
    let rules = [
        person_rule(dirk, Effect::Deny),
        person_rule(frits, Effect::Allow),
        group_rule(&external, Effect::Deny),
    ];
    office.rules(&dossier, &rules).await;
    let before = world.outbox().len();
    let task = office.tray_task(&jan, &case, &team).await;
    // Not jan, who caused it; bert, who wants no such mails; carla, none of this tray; dirk, denied; els and
    // gerda, denied through a group; but frits, whose own rule goes first. Restricted is not denied.
    assert_eq!(world.told("tray-task", before), ids(&[anna, frits]));
    assert!(world.told("tray-silent", before).is_empty());

    let mails = world.mails();
    let to_anna: Vec<_> = mails.iter().filter(|mail| mail.is_to(anna)).collect();
    assert_eq!(to_anna.len(), 1);
    let mail = to_anna[0];
    for expected in [
        case.header.number.as_str(),
        "Wijkteam Zuid",
        &format!("https://werkbak.test/taken/{}", task.id),
        "https://werkbak.test/voorkeuren",
        "omdat u lid bent van Wijkteam Zuid",
    ] {
        assert!(mail.source.contains(expected), "{expected}: {}", mail.source);
    }
    assert!(mail.subject.contains(&case.header.number) || mail.source.contains("Subject: =?"));
    for content in ["medische", "keuring", "Parkeerkaart", "Hendriks", "Gezin"] {
        assert!(!mail.source.contains(content), "{content}: {}", mail.source);
    }

    // Who forwards it to another tray causes it there; who released it causes it here.
    let before = world.outbox().len();
    let _: Task = anna.claim(&task).await.ok();
    let _: Task = anna.act(&format!("/tasks/{}/release", task.id)).await.ok();
    assert_eq!(world.told("tray-task", before), ids(&[&jan, frits]));
    let before = world.outbox().len();
    let _: Task = anna.forward(task.id, json!({ "groupId": other.id, "note": "Hendriks" })).await.ok();
    assert_eq!(world.told("tray-task", before), ids(&[hans]));
    assert!(!world.mails().pop().unwrap().source.contains("Hendriks"), "a note is content");
}

#[actix_web::test]
async fn a_task_given_to_a_colleague_is_mailed_to_them_and_not_to_oneself() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    let before = world.outbox().len();
    jan.give_task(&case, &jan).await;
    assert_eq!(world.outbox().len(), before);
    let task = jan.give_task(&case, &piet).await;
    // Also who wants no tray mails is told of what is theirs alone.
    set(&piet, false, &[]).await;
    let _ = piet.forward(task.id, json!({ "employeeId": jan.id })).await;
    let _: Task = jan.forward(task.id, json!({ "employeeId": piet.id })).await.ok();
    assert_eq!(world.outbox().len(), before + 3);
    let mut both = ids(&[&piet, &jan, &piet]);
    both.sort_unstable();
    assert_eq!(world.told("task-assigned", before), both);
    for mail in world.mails() {
        assert!(!mail.source.contains("huisarts") && !mail.source.contains("Hendriks"), "{}", mail.source);
    }
}

#[actix_web::test]
async fn a_tray_is_never_silent() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, anna, left) = (
        office.person("jan").await,
        office.person("piet").await,
        office.person("anna").await,
        office.person("left").await,
    );
    let (dossier, case) = office.case(&jan).await;
    office.support(&jan, &case, &piet).await;
    let (empty, gone) = (office.group("Leeg", &[]).await, office.group("Weg", &[&left]).await);
    office.deactivate(&left).await;
    let quiet = office.group("Stil", &[&anna]).await;
    set(&anna, true, &[quiet.id]).await;
    let denied = office.group("Extern", &[&anna]).await;
    office.rules(&dossier, &[group_rule(&denied, Effect::Deny)]).await;
    // Only whoever causes it is in the group: that is not hearing of it either.
    let own = office.group("Eigen", &[&piet]).await;
    for group in [&empty, &gone, &quiet, &denied, &own] {
        let before = world.outbox().len();
        let task = office.tray_task(&piet, &case, group).await;
        assert_eq!(world.told("tray-silent", before), ids(&[&jan]), "{}", group.name);
        assert!(world.told("tray-task", before).is_empty(), "{}", group.name);
        let mail = world.mails().pop().unwrap();
        assert!(mail.is_to(&jan));
        assert!(mail.source.contains("niemand van het team"), "{}", mail.source);
        assert!(mail.source.contains(&format!("/taken/{}", task.id)));
        assert!(!mail.source.contains("keuring"), "{}", mail.source);
    }
    // The coordinator also when they cause it themselves, so that they know.
    let before = world.outbox().len();
    office.tray_task(&jan, &case, &empty).await;
    assert_eq!(world.told("tray-silent", before), ids(&[&jan]));
}

#[actix_web::test]
async fn when_the_coordinator_hears_nothing_either_the_local_administrators_do() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let second = office.person_with("tweede", &[Role::LocalAdmin]).await;
    let left = office.person_with("left", &[Role::LocalAdmin]).await;
    office.deactivate(&left).await;
    world.office("almere").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    office.support(&jan, &case, &piet).await;
    let empty = office.group("Leeg", &[]).await;
    let before = world.outbox().len();
    office.tray_task(&piet, &case, &empty).await;
    assert_eq!(world.told("tray-silent", before), ids(&[&jan]), "the coordinator first");

    // The coordinator cannot sign in, so a mail would bring them nowhere.
    for _ in 0..11 {
        world.anyone.sign_in("jan@zaanstad", "wrong").await;
    }
    world.mails();
    let before = world.outbox().len();
    let task = office.tray_task(&piet, &case, &empty).await;
    assert_eq!(world.told("tray-silent", before), ids(&[office.admin(), &second]));
    assert!(world.told("tray-task", before).is_empty());
    let mails = world.mails();
    let new = &mails[mails.len() - 2..];
    for person in [office.admin(), &second] {
        let mail = new.iter().find(|mail| mail.is_to(person)).expect("a mail");
        assert!(mail.source.contains("niemand van het team"), "{}", mail.source);
        assert!(mail.source.contains(&format!("/taken/{}", task.id)), "{}", mail.source);
        assert!(!mail.source.contains("keuring"), "{}", mail.source);
    }
}

#[actix_web::test]
async fn a_locked_colleague_is_no_active_member() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, anna) =
        (office.person("jan").await, office.person("piet").await, office.person("anna").await);
    let group = office.group("Team", &[&piet, &anna]).await;
    let (_, case) = office.case(&jan).await;
    for _ in 0..11 {
        world.anyone.sign_in("piet@zaanstad", "wrong").await;
    }
    let before = world.outbox().len();
    office.tray_task(&jan, &case, &group).await;
    assert_eq!(world.told("tray-task", before), ids(&[&anna]));
    let preferences: Preferences = anna.get("/me/preferences").await.ok();
    assert_eq!(preferences.trays[0].others_receiving, 0);
}

#[actix_web::test]
async fn preferences_show_each_tray_its_agreements_and_how_many_others_receive() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, anna) =
        (office.person("jan").await, office.person("piet").await, office.person("anna").await);
    let left = office.person("left").await;
    let team = office.group("Wijkteam", &[&jan, &piet, &anna, &left]).await;
    let desk = office.group("Loket", &[&jan, &anna]).await;
    office.group("Elders", &[&piet]).await;
    office.deactivate(&left).await;
    let path = format!("/groups/{}", team.id);
    let now: Group = office.admin().get(&path).await.ok();
    let members: Vec<EmployeeId> = now.members.iter().map(|member| member.id).collect();
    let change = json!({ "name": "Wijkteam", "memberIds": members, "workAgreements": "Wie belt, pakt op." });
    let _: Group = office.admin().put(&path, now.version, &change).await.ok();

    let shown = async |person: &Person| -> Vec<(String, bool, u32)> {
        let preferences: Preferences = person.get("/me/preferences").await.ok();
        let trays = preferences.trays.into_iter();
        trays.map(|tray| (tray.group.name, tray.tray_mails, tray.others_receiving)).collect()
    };
    let row = |name: &str, mails: bool, others: u32| (name.to_owned(), mails, others);
    assert_eq!(shown(&jan).await, [row("Loket", true, 1), row("Wijkteam", true, 2)]);
    let preferences: Preferences = jan.get("/me/preferences").await.ok();
    assert_eq!(preferences.trays[1].work_agreements, "Wie belt, pakt op.");

    set(&anna, false, &[]).await;
    assert_eq!(shown(&jan).await, [row("Loket", true, 0), row("Wijkteam", true, 1)]);
    set(&piet, true, &[team.id]).await;
    assert_eq!(shown(&jan).await, [row("Loket", true, 0), row("Wijkteam", true, 0)]);
    set(&jan, true, &[desk.id]).await;
    assert_eq!(shown(&jan).await, [row("Loket", false, 0), row("Wijkteam", true, 0)]);
    // Switching all off and on again forgets no choice per tray that is sent along.
    let off = set(&jan, false, &[desk.id]).await;
    assert!(!off.tray_mails && !off.trays[0].tray_mails);

    let unknown = json!({ "language": "nl", "trayMails": true, "quietGroups": [GroupId::new(), desk.id] });
    assert_eq!(
        piet.put("/me/preferences", 2, &unknown).await.invalid_fields(),
        ["quietGroups[0]", "quietGroups[1]"]
    );
    let fine: Value = json!({ "language": "en", "trayMails": true });
    let stale = jan.put("/me/preferences", 1, &fine).await.problem(ProblemCode::Stale);
    let current: Preferences = serde_json::from_value(stale.current.unwrap()).unwrap();
    assert_eq!(current, off);
    assert_eq!(
        jan.put("/me/preferences", off.version, &fine).await.ok::<Preferences>().language,
        Language::English
    );
}
