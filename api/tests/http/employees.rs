//! `/v1/employees`: P1, P2, P5.

use awc::http::{Method, StatusCode};
use contract::*;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::support::{Person, World};

fn new(username: &str) -> Value {
    json!({ "username": username, "name": "Nieuw Iemand", "email": "nieuw@zaanstad.test" })
}

#[actix_web::test]
async fn a_username_is_unique_in_its_office_whatever_the_case() {
    let world = World::new().await;
    let (zaanstad, almere) = (world.office("zaanstad").await, world.office("almere").await);
    let answer = zaanstad.admin().post("/employees", &new("jdeVries")).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let employee: Employee = answer.ok();
    assert_eq!(answer.header("location"), Some(format!("/v1/employees/{}", employee.id).as_str()));
    assert_eq!((employee.username.as_str(), employee.state), ("jdeVries", EmployeeState::Active));
    for taken in ["jdeVries", "JDEVRIES", "jdevries", " jdevries "] {
        zaanstad.admin().post("/employees", &new(taken)).await.problem(ProblemCode::UsernameTaken);
    }
    assert_eq!(almere.admin().post("/employees", &new("jdevries")).await.status, StatusCode::CREATED);
    // Also when both come at once, and also when the one who has it left.
    let both = || zaanstad.admin().request(Method::POST, "/employees").json(&new("samen")).send();
    let (first, second) = join(both(), both()).await;
    let (made, refused) = if first.status.is_success() { (first, second) } else { (second, first) };
    let samen: Employee = made.ok();
    refused.problem(ProblemCode::UsernameTaken);
    let path = format!("/employees/{}/deactivation", samen.id);
    let _: Employee = zaanstad.admin().post(&path, &json!({})).await.ok();
    zaanstad.admin().post("/employees", &new("Samen")).await.problem(ProblemCode::UsernameTaken);

    let wrong = json!({ "username": "jan@zaanstad", "name": " ", "email": "geen adres",
        "roles": ["records", "records"], "groupIds": [] });
    let fields = zaanstad.admin().post("/employees", &wrong).await.invalid_fields();
    assert_eq!(fields, ["username", "name", "email", "roles[1]"]);
}

#[actix_web::test]
async fn colleagues_see_each_other_and_only_administrators_and_helpdesk_the_accounts() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person_with("jan", &[Role::Superuser, Role::Records]).await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let path = format!("/employees/{}", jan.id);
    for (reader, sees) in [(&jan, false), (&helpdesk, true), (office.admin(), true)] {
        let detail: Employee = reader.get(&path).await.ok();
        let listed: Page<Employee> = reader.get("/employees?q=JAN").await.ok();
        assert_eq!(listed.items, std::slice::from_ref(&detail));
        assert_eq!(detail.account.is_some(), sees, "{}", reader.name);
        if let Some(account) = detail.account {
            assert_eq!(account.email, "jan@zaanstad.test");
            assert_eq!(account.roles, [Role::Superuser, Role::Records]);
            assert!(account.has_password && account.last_sign_in_at.is_some());
        }
    }
}

#[actix_web::test]
async fn roles_are_no_hierarchy() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let path = format!("/employees/{}", jan.id);
    let form =
        json!({ "name": "x", "email": "x@zaanstad.test", "roles": [], "groupIds": [], "language": "nl" });
    for (name, role) in
        [("helpdesk", Role::Helpdesk), ("superuser", Role::Superuser), ("records", Role::Records)]
    {
        let who = office.person_with(name, &[role]).await;
        who.post("/employees", &new("extra")).await.problem(ProblemCode::Forbidden);
        who.put(&path, 1, &form).await.problem(ProblemCode::Forbidden);
        let deactivation = who.post(&format!("{path}/deactivation"), &json!({})).await;
        if role == Role::Helpdesk {
            let _: Employee = deactivation.ok();
            let _: Employee = who.act(&format!("{path}/reactivation")).await.ok();
        } else {
            deactivation.problem(ProblemCode::Forbidden);
            who.act(&format!("{path}/reactivation")).await.problem(ProblemCode::Forbidden);
        }
        // The helpdesk helps with accounts; it gives no roles, memberships or addresses.
        assert!(!who.get("/me").await.ok::<Me>().may.administer);
    }
}

#[actix_web::test]
async fn another_offices_ids_are_no_different_from_ids_of_nothing() {
    let world = World::new().await;
    let (zaanstad, almere) = (world.office("zaanstad").await, world.office("almere").await);
    let jan = zaanstad.person("jan").await;
    let piet = almere.person("piet").await;
    let (their_dossier, their_case) = almere.case(&piet).await;
    let their_group = almere.group("Team", &[&piet]).await;
    let their_task = almere.tray_task(&piet, &their_case, &their_group).await;
    let client = json!({ "name": "Klant", "email": "klant@almere.test" });
    let their_client: ClientGroup = almere.admin().post("/client-groups", &client).await.ok();
    let (dossier, case) = zaanstad.case(&jan).await;
    let task = jan.give_task(&case, &jan).await;
    let step = their_case.steps[0].id;
    let admin = zaanstad.admin();

    let paths = |employee, group, dossier, case, task, case_type, client| {
        [
            format!("/employees/{employee}"),
            format!("/groups/{group}"),
            format!("/client-groups/{client}"),
            format!("/dossiers/{dossier}"),
            format!("/dossiers/{dossier}/access-rules"),
            format!("/dossiers/{dossier}/access/{}", jan.id),
            format!("/case-types/{case_type}"),
            format!("/case-types/{case_type}/authorisations"),
            format!("/cases/{case}"),
            format!("/cases/{case}/tasks"),
            format!("/tasks/{task}"),
            format!("/trays/{group}/tasks"),
        ]
    };
    let theirs = paths(
        piet.id,
        their_group.id,
        their_dossier.id,
        their_case.header.id,
        their_task.id,
        their_case.header.case_type.id,
        their_client.id,
    );
    let nothing = paths(
        EmployeeId::new(),
        GroupId::new(),
        DossierId::new(),
        CaseId::new(),
        TaskId::new(),
        CaseTypeId::new(),
        ClientGroupId::new(),
    );
    let without_instance = |answer: crate::support::Response| {
        let mut problem = answer.problem(ProblemCode::NotFound);
        problem.instance = None;
        problem
    };
    for (theirs, nothing) in theirs.iter().zip(&nothing) {
        assert_eq!(without_instance(admin.get(theirs).await), without_instance(admin.get(nothing).await));
    }

    // Acting on them.
    let (case_path, task_path) =
        (format!("/cases/{}", their_case.header.id), format!("/tasks/{}", their_task.id));
    let reason = json!({ "reason": "Daarom" });
    for answer in [
        admin.act(&format!("/employees/{}/reactivation", piet.id)).await,
        admin.post(&format!("/employees/{}/deactivation", piet.id), &json!({})).await,
        admin.put(&case_path, 1, &json!({ "title": "x" })).await,
        admin.put(&format!("{case_path}/steps/{step}"), 1, &json!({ "note": "x" })).await,
        admin.put(&format!("{case_path}/coordinator"), 1, &json!({ "employeeId": jan.id })).await,
        admin.put_on(&format!("{case_path}/supporters/{}", jan.id), 1).await,
        admin.post_on(&format!("{case_path}/closure"), 1, &json!({ "administrativeError": "x" })).await,
        admin.post(&format!("{case_path}/reopening"), &reason).await,
        admin.post(&format!("{case_path}/tasks"), &json!({ "title": "x", "employeeId": jan.id })).await,
        admin.claim(&their_task).await,
        admin.act(&format!("{task_path}/release")).await,
        admin.forward(their_task.id, json!({ "employeeId": jan.id })).await,
        admin.post(&format!("{task_path}/completion"), &json!({ "result": "x" })).await,
        admin.get(&format!("/dossiers/{}/access/{}", dossier.id, piet.id)).await,
    ] {
        answer.problem(ProblemCode::NotFound);
    }

    // Naming them in a body: the same refusal as for an id of nothing.
    let same = async |person: &Person, method: Method, path: &str, body: &dyn Fn(bool) -> Value| {
        let ask = |theirs: bool| person.request(method.clone(), path).seen(1).json(&body(theirs)).send();
        let (theirs, nothing) = (ask(true).await, ask(false).await);
        let parse = |answer: &crate::support::Response| {
            let mut problem: Problem = serde_json::from_slice(&answer.body).unwrap();
            problem.instance = None;
            assert!([400, 409].contains(&problem.status), "{}: {problem:?}", answer.request);
            problem
        };
        assert_eq!(parse(&theirs), parse(&nothing));
    };
    let employee = |theirs: bool| if theirs { piet.id } else { EmployeeId::new() };
    let group = |theirs: bool| if theirs { their_group.id } else { GroupId::new() };
    let (post, put) = (Method::POST, Method::PUT);
    same(admin, post.clone(), "/groups", &|theirs| json!({ "name": "x", "memberIds": [employee(theirs)] }))
        .await;
    let with_group = |theirs: bool| {
        let mut body = new("extra");
        body["groupIds"] = json!([group(theirs)]);
        body
    };
    same(admin, post.clone(), "/employees", &with_group).await;
    let managed = |theirs: bool| json!({ "name": "x", "managerId": employee(theirs) });
    same(&jan, post.clone(), "/dossiers", &managed).await;
    let client = |theirs: bool| if theirs { their_client.id } else { ClientGroupId::new() };
    same(&jan, post.clone(), "/dossiers", &|theirs| json!({ "name": "x", "clientGroupId": client(theirs) }))
        .await;
    let rules = format!("/dossiers/{}/access-rules", dossier.id);
    let rule = |theirs: bool| json!({ "rules": [{ "employeeId": employee(theirs), "effect": "deny" }] });
    same(&jan, put.clone(), &rules, &rule).await;
    let rule = |theirs: bool| json!({ "rules": [{ "groupId": group(theirs), "effect": "deny" }] });
    same(&jan, put.clone(), &rules, &rule).await;
    let types = format!("/case-types/{}/authorisations", case.header.case_type.id);
    same(admin, put.clone(), &types, &|theirs| json!({ "groupIds": [group(theirs)], "employeeIds": [] }))
        .await;
    same(admin, put.clone(), &types, &|theirs| json!({ "groupIds": [], "employeeIds": [employee(theirs)] }))
        .await;
    let their_type = their_case.header.case_type.id;
    let case_type = |theirs: bool| if theirs { their_type } else { CaseTypeId::new() };
    same(
        &jan,
        post.clone(),
        "/cases",
        &|theirs| json!({ "dossierId": dossier.id, "caseTypeId": case_type(theirs), "title": "x" }),
    )
    .await;
    let their_id = their_dossier.id;
    same(&jan, post.clone(), "/cases", &|theirs| {
        json!({ "dossierId": if theirs { their_id } else { DossierId::new() },
            "caseTypeId": case.header.case_type.id, "title": "x" })
    })
    .await;
    let forward = format!("/tasks/{}/forward", task.id);
    same(&jan, post.clone(), &forward, &|theirs| json!({ "employeeId": employee(theirs) })).await;
    same(&jan, post, &forward, &|theirs| json!({ "groupId": group(theirs) })).await;
    let coordinator = format!("/cases/{}/coordinator", case.header.id);
    same(&jan, put.clone(), &coordinator, &|theirs| json!({ "employeeId": employee(theirs) })).await;
    let quiet = |theirs: bool| json!({ "language": "nl", "trayMails": true, "quietGroups": [group(theirs)] });
    same(&jan, put, "/me/preferences", &quiet).await;

    // And filters by them find nothing.
    let by_group: Page<Employee> = admin.get(&format!("/employees?groupId={}", their_group.id)).await.ok();
    assert!(by_group.items.is_empty());
    for filter in [format!("dossierId={}", their_dossier.id), format!("caseTypeId={their_type}")] {
        assert!(jan.pages::<CaseSummary>(&format!("/cases?{filter}"), 10).await.is_empty());
    }
    assert_eq!(piet.case(their_case.header.id).await, their_case);
}

#[actix_web::test]
async fn the_last_active_administrator_stays() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let deactivate = format!("/employees/{}/deactivation", admin.id);
    let give_up = |form: &mut Value| form["roles"] = json!(["helpdesk"]);
    office.change_employee(admin.id, give_up).await.problem(ProblemCode::LastAdministrator);
    for who in [admin, &helpdesk] {
        who.post(&deactivate, &json!({})).await.problem(ProblemCode::LastAdministrator);
    }
    // One who is locked or left is no administrator to rely on, nor one elsewhere.
    let second = office.person_with("second", &[Role::LocalAdmin]).await;
    world.office("almere").await;
    for _ in 0..11 {
        world.anyone.sign_in("second@zaanstad", "wrong").await;
    }
    helpdesk.post(&deactivate, &json!({})).await.problem(ProblemCode::LastAdministrator);
    office.change_employee(admin.id, give_up).await.problem(ProblemCode::LastAdministrator);
    let _: Employee = helpdesk.act(&format!("/employees/{}/reactivation", second.id)).await.ok();
    let _: Employee = office.change_employee(admin.id, give_up).await.ok();
    admin.post("/groups", &json!({ "name": "x" })).await.problem(ProblemCode::Forbidden);
    let second = office.sign_in(second.id, "second").await;
    assert_eq!(second.post("/groups", &json!({ "name": "x" })).await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn of_two_administrators_who_dismiss_each_other_at_the_same_time_one_stays() {
    let world = World::new().await;
    for round in 0..8 {
        let office = world.office(&format!("office{round}")).await;
        let other = office.person_with("other", &[Role::LocalAdmin]).await;
        let admin = office.admin();
        let dismiss = |by: &Person, whom: &Person| {
            let path = format!("/employees/{}", whom.id);
            if round % 2 == 0 {
                by.request(Method::POST, &format!("{path}/deactivation")).json(&json!({})).send()
            } else {
                let form = json!({ "name": whom.name, "email": "a@b.test", "roles": [], "groupIds": [],
                    "language": "nl" });
                by.request(Method::PUT, &path).seen(1).json(&form).send()
            }
        };
        let (first, second) = join(dismiss(admin, &other), dismiss(&other, admin)).await;
        assert_ne!(first.status.is_success(), second.status.is_success(), "{first:?} {second:?}");
        let (winner, loser) = if first.status.is_success() { (admin, second) } else { (&other, first) };
        assert!([401, 403, 409].contains(&loser.status.as_u16()), "{}", loser.status);
        let left: Page<Employee> = winner.get("/employees?state=active").await.ok();
        let admins = left
            .items
            .iter()
            .filter(|employee| employee.account.as_ref().unwrap().roles.contains(&Role::LocalAdmin));
        assert_eq!(admins.map(|employee| employee.id).collect::<Vec<_>>(), [winner.id]);
    }
}

#[actix_web::test]
async fn a_changed_address_is_told_to_the_old_one() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let name = |form: &mut Value| form["name"] = json!("Jan Jansen");
    let _: Employee = office.change_employee(jan.id, name).await.ok();
    assert!(world.mails().is_empty());
    let address = |form: &mut Value| form["email"] = json!("jan@elders.test");
    let changed: Employee = office.change_employee(jan.id, address).await.ok();
    assert_eq!(changed.account.unwrap().email, "jan@elders.test");
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].to.contains("jan@zaanstad.test"), "{}", mails[0].to);
    assert!(mails[0].source.contains("jan@zaanstad"), "{}", mails[0].source);
    assert!(!mails[0].source.contains("elders"), "the old address does not learn the new one");
    // What comes next goes to the new one.
    let _: Employee =
        office.change_employee(jan.id, |form| form["email"] = json!("jan@derde.test")).await.ok();
    assert!(world.mails()[1].to.contains("jan@elders.test"));
}

#[actix_web::test]
async fn a_stale_form_about_an_employee_changes_nothing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let path = format!("/employees/{}", jan.id);
    let form = |name: &str| {
        json!({ "name": name, "email": "jan@zaanstad.test", "roles": ["records"], "groupIds": [],
            "language": "en" })
    };
    let now: Employee = office.admin().put(&path, 1, &form("Jan Een")).await.ok();
    let stale = office.admin().put(&path, 1, &form("Jan Twee")).await.problem(ProblemCode::Stale);
    let current: Employee = serde_json::from_value(stale.current.unwrap()).unwrap();
    assert_eq!((&current, current.name.as_str()), (&now, "Jan Een"));
    let twice = json!({ "name": "x", "email": "x@y.nl", "roles": [], "groupIds": [], "language": "nl" });
    let request = office.admin().request(Method::PUT, &path).json(&twice).send().await;
    request.problem(ProblemCode::VersionRequired);
}

/// C10: the language is in two forms, one's own and the administrator's; neither overwrites the other unseen.
#[actix_web::test]
async fn the_language_is_not_overwritten_from_the_other_form() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (admin, jan) = (office.admin(), office.person("jan").await);
    let path = format!("/employees/{}", jan.id);
    let change = |language: &str| json!({ "name": "Jan", "email": "jan@zaanstad.test", "roles": [], "groupIds": [], "language": language });
    let mine = |language: &str| json!({ "language": language, "trayMails": true, "quietGroups": [] });

    let form: Employee = admin.get(&path).await.ok();
    let own: Preferences = jan.get("/me/preferences").await.ok();
    let own: Preferences = jan.put("/me/preferences", own.version, &mine("en")).await.ok();
    admin.put(&path, form.version, &change("nl")).await.problem(ProblemCode::Stale);
    let form: Employee = admin.get(&path).await.ok();
    assert_eq!(form.account.unwrap().language, Language::English);

    // What has nothing to do with the language gets in nobody's way.
    let same: Preferences = jan.put("/me/preferences", own.version, &mine("en")).await.ok();
    let _: Employee = admin.put(&path, form.version, &change("nl")).await.ok();
    jan.put("/me/preferences", same.version, &mine("en")).await.problem(ProblemCode::Stale);
    let own: Preferences = jan.get("/me/preferences").await.ok();
    assert_eq!(own.language, Language::Dutch);
}

#[actix_web::test]
async fn an_address_that_no_mail_can_go_to_is_refused() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    for email in ["jan..b@zaanstad.test", ".jan@zaanstad.test", "jan@-zaanstad.test"] {
        let new = json!({ "username": "jan", "name": "Jan", "email": email });
        assert_eq!(office.admin().post("/employees", &new).await.invalid_fields(), ["email"], "{email}");
    }
}

/// S3: an invitation that went astray is repeated, until there is a password.
#[actix_web::test]
async fn who_got_no_invitation_is_mailed_again() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let new = json!({ "username": "piet", "name": "Piet", "email": "piet@zaanstad.test" });
    let piet: Employee = office.admin().post("/employees", &new).await.ok();
    let lost = world.mails().pop().unwrap().temporary_password();
    let path = format!("/employees/{}/reactivation", piet.id);
    let again: Employee = helpdesk.act(&path).await.ok();
    assert_eq!(again.state, EmployeeState::Active);
    let mails = world.mails();
    assert_eq!(mails.len(), 2);
    let found = mails.iter().map(crate::support::Mail::temporary_password).find(|it| *it != lost).unwrap();
    world.anyone.sign_in("piet@zaanstad", &lost).await.problem(ProblemCode::SignInFailed);
    let session: Session = world.anyone.sign_in("piet@zaanstad", &found).await.ok();
    let piet = crate::support::Person { token: session.access_token, ..helpdesk.clone() };
    let password = json!({ "password": "kwast molen zeven blauw" });
    let _: Session = piet.request(Method::PUT, "/me/password").json(&password).send().await.ok();
    helpdesk.act(&path).await.problem(ProblemCode::Conflict);
}

/// P5: an office without administrator is not made worse by someone else who leaves.
#[actix_web::test]
async fn a_colleague_can_be_deactivated_while_no_administrator_is_active() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let jan = office.person("jan").await;
    for _ in 0..11 {
        world.anyone.sign_in("beheer@zaanstad", "wrong").await.problem(ProblemCode::SignInFailed);
    }
    let path = |id: EmployeeId| format!("/employees/{id}/deactivation");
    let _: Employee = helpdesk.post(&path(jan.id), &json!({})).await.ok();
    let last = helpdesk.post(&path(office.admin().id), &json!({})).await;
    last.problem(ProblemCode::LastAdministrator);
}
