//! Nothing stranded (P4): every change that would leave work with someone inactive or explicitly denied.

use contract::*;
use serde_json::{Value, json};

use crate::support::{Office, Person, Response, World, group_rule, ids, person_rule};

/// Someone with one piece of work of every kind, in two dossiers of a colleague.
struct Workload {
    world: World,
    office: Office,
    /// Has the work.
    alice: Person,
    /// Could take it over.
    bob: Person,
    team: Group,
    dossier: Dossier,
    case: Case,
    supported: Case,
    tray_task: Task,
    own_task: Task,
}

async fn workload() -> Workload {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let boss = office.person("boss").await;
    let (alice, bob) = (office.person("alice").await, office.person("bob").await);
    let team = office.group("Wijkteam", &[&alice, &bob]).await;
    let (dossier, case) = office.case(&boss).await;
    let change = json!({ "employeeId": alice.id, "keepPrevious": false });
    let path = format!("/cases/{}/coordinator", case.header.id);
    let _ = boss.put(&path, case.version, &change).await.ok::<Case>();
    let case = alice.case(case.header.id).await;
    let supported = office.case_in(dossier.id, &boss).await;
    let supported = office.support(&boss, &supported, &alice).await;
    let tray_task = office.tray_task(&alice, &case, &team).await;
    let tray_task = alice.claim(&tray_task).await.ok();
    let own_task = boss.give_task(&supported, &alice).await;
    Workload { world, office, alice, bob, team, dossier, case, supported, tray_task, own_task }
}

impl Workload {
    /// What would be stranded, as the refusal lists it.
    fn expected(&self) -> Vec<(WorkKind, uuid::Uuid, String, Option<GroupId>)> {
        let (number, supported) = (&self.case.header.number, &self.supported.header.number);
        vec![
            (WorkKind::Coordinator, self.case.header.id.0, number.clone(), None),
            (WorkKind::Supporter, self.supported.header.id.0, supported.clone(), None),
            (WorkKind::Task, self.tray_task.id.0, number.clone(), Some(self.team.id)),
            (WorkKind::Task, self.own_task.id.0, supported.clone(), None),
        ]
    }

    /// The refusal lists exactly all of Alice's work, as numbers only.
    #[track_caller]
    fn all_stranded(&self, answer: &Response) {
        let problem = answer.problem(ProblemCode::WouldStrandWork);
        assert!(problem.stranded.iter().all(|work| work.holder.id == self.alice.id));
        let listed: Vec<_> = problem
            .stranded
            .into_iter()
            .map(|work| (work.kind, work.id, work.number, work.tray.map(|tray| tray.id)))
            .collect();
        assert_eq!(listed, self.expected());
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        for content in ["Hendriks", "Parkeerkaart", "Nog een zaak", "keuring", "huisarts"] {
            assert!(!text.contains(content), "{text}");
        }
    }

    fn item(&self, kind: WorkKind, id: uuid::Uuid, to: Option<EmployeeId>) -> Value {
        json!({ "kind": kind, "id": id, "from": self.alice.id, "to": to })
    }

    /// Everything to Bob, the tray's task back to its tray.
    fn plan(&self) -> Value {
        let bob = Some(self.bob.id);
        json!({ "items": [
            self.item(WorkKind::Coordinator, self.case.header.id.0, bob),
            self.item(WorkKind::Supporter, self.supported.header.id.0, bob),
            self.item(WorkKind::Task, self.tray_task.id.0, None),
            self.item(WorkKind::Task, self.own_task.id.0, bob),
        ] })
    }

    /// The whole of what a hand-over could change.
    fn snapshot(&self) -> (Vec<String>, usize, usize) {
        use diesel::prelude::*;
        use werkbak::db::schema::{case_supporters, cases, dossiers, employees, groups, tasks};
        let mut conn = self.world.database.connect();
        let mut rows = Vec::new();
        let people: Vec<(EmployeeId, String, i64)> = employees::table
            .order(employees::id)
            .select((employees::id, employees::state, employees::version))
            .load(&mut conn)
            .unwrap();
        rows.extend(people.iter().map(|row| format!("{row:?}")));
        let cases: Vec<(CaseId, EmployeeId, i64)> = cases::table
            .order(cases::id)
            .select((cases::id, cases::coordinator_id, cases::version))
            .load(&mut conn)
            .unwrap();
        rows.extend(cases.iter().map(|row| format!("{row:?}")));
        let supporters: Vec<(CaseId, EmployeeId)> =
            case_supporters::table.order(case_supporters::all_columns).load(&mut conn).unwrap();
        rows.extend(supporters.iter().map(|row| format!("{row:?}")));
        let tasks: Vec<(TaskId, Option<EmployeeId>, Option<GroupId>, i64)> = tasks::table
            .order(tasks::id)
            .select((tasks::id, tasks::holder_id, tasks::tray_id, tasks::version))
            .load(&mut conn)
            .unwrap();
        rows.extend(tasks.iter().map(|row| format!("{row:?}")));
        let dossiers: Vec<(DossierId, Option<EmployeeId>, i64)> = dossiers::table
            .order(dossiers::id)
            .select((dossiers::id, dossiers::manager_id, dossiers::version))
            .load(&mut conn)
            .unwrap();
        rows.extend(dossiers.iter().map(|row| format!("{row:?}")));
        let groups: Vec<(GroupId, i64)> =
            groups::table.order(groups::id).select((groups::id, groups::version)).load(&mut conn).unwrap();
        rows.extend(groups.iter().map(|row| format!("{row:?}")));
        (rows, self.world.events().len(), self.world.outbox().len())
    }

    async fn deactivate(&self, plan: &Value) -> Response {
        let path = format!("/employees/{}/deactivation", self.alice.id);
        self.office.admin().post(&path, &json!({ "reason": "Uit dienst", "handOver": plan })).await
    }

    /// After the plan: everything is Bob's, the tray's task is back, Bob was told once.
    async fn passed_on(&self, mails_before: usize) {
        let case = self.bob.case(self.case.header.id).await;
        assert_eq!((case.header.coordinator.id, case.supporters.len()), (self.bob.id, 0));
        let supported = self.bob.case(self.supported.header.id).await;
        assert_eq!(supported.supporters.iter().map(|who| who.id).collect::<Vec<_>>(), [self.bob.id]);
        let back = self.bob.task(self.tray_task.id).await;
        assert_eq!((back.holder, back.tray.unwrap().id), (None, self.team.id));
        assert_eq!(self.bob.task(self.own_task.id).await.holder.unwrap().id, self.bob.id);
        assert_eq!(self.world.told("work-handed-over", mails_before), [self.bob.id]);
        assert_eq!(self.world.told("tray-task", mails_before), [self.bob.id]);
        let count = self.world.outbox().into_iter().rev().find(|mail| mail.kind == "work-handed-over");
        assert_eq!(count.unwrap().params["count"], 3);
        let kinds: Vec<String> = self.world.events().into_iter().map(|event| event.kind).collect();
        for (kind, times) in
            [("case.coordinator-handed-over", 1), ("case.supporter-handed-over", 1), ("task.handed-over", 2)]
        {
            assert_eq!(kinds.iter().filter(|found| *found == kind).count(), times, "{kind}");
        }
    }

    /// Without a plan the change is refused with the list and changes nothing; with the plan it is done.
    async fn goes_through_the_hand_over(&self, change: impl AsyncFn(Value) -> Response) {
        let before = self.snapshot();
        self.all_stranded(&change(json!({})).await);
        assert_eq!(self.snapshot(), before);
        let done = change(self.plan()).await;
        assert!(done.status.is_success(), "{}", String::from_utf8_lossy(&done.body));
        self.passed_on(before.2).await;
    }
}

#[actix_web::test]
async fn deactivating_someone_hands_all_their_work_over_or_changes_nothing() {
    let work = workload().await;
    // The dossier's manager is work, too.
    let path = format!("/dossiers/{}", office_dossier(&work).await.id);
    let mine: Dossier = work.alice.get(&path).await.ok();
    let before = work.snapshot();
    let problem = work.deactivate(&json!({})).await.problem(ProblemCode::WouldStrandWork);
    assert_eq!(work.snapshot(), before);
    assert_eq!(problem.stranded.len(), 5);
    let managed = problem.stranded.iter().find(|work| work.kind == WorkKind::DossierManager).unwrap();
    assert_eq!((managed.id, &managed.number), (mine.id.0, &mine.number));
    assert_eq!(work.alice.get("/me").await.status, 200);

    let mut plan = work.plan();
    let item = work.item(WorkKind::DossierManager, mine.id.0, None);
    plan["items"].as_array_mut().unwrap().push(item);
    let gone: Employee = work.deactivate(&plan).await.ok();
    assert_eq!(gone.state, EmployeeState::Deactivated);
    work.alice.get("/me").await.problem(ProblemCode::NotSignedIn);
    work.passed_on(before.2).await;
    let left: Dossier = work.office.admin().get(&path).await.ok();
    assert_eq!((left.manager, left.version), (None, mine.version + 1));
    let event = work.world.events().into_iter().find(|event| event.kind == "employee.deactivated").unwrap();
    assert_eq!(event.reason.as_deref(), Some("Uit dienst"));
}

async fn office_dossier(work: &Workload) -> Dossier {
    work.office.dossier(&work.alice, "Gezin van Alice").await
}

#[actix_web::test]
async fn joining_a_denied_group_from_the_group_goes_through_the_hand_over() {
    let work = workload().await;
    let external = work.office.group("Extern", &[]).await;
    work.office.rules(&work.dossier, &[group_rule(&external, Effect::Deny)]).await;
    work.goes_through_the_hand_over(async |plan| {
        work.office.change_group(external.id, &[&work.alice], plan).await
    })
    .await;
    let group: Group = work.alice.get(&format!("/groups/{}", external.id)).await.ok();
    assert_eq!(group.members[0].id, work.alice.id);
}

#[actix_web::test]
async fn joining_a_denied_group_from_the_employee_goes_through_the_hand_over() {
    let work = workload().await;
    let external = work.office.group("Extern", &[]).await;
    work.office.rules(&work.dossier, &[group_rule(&external, Effect::Deny)]).await;
    work.goes_through_the_hand_over(async |plan| {
        let change = |form: &mut Value| {
            form["groupIds"] = json!([work.team.id, external.id]);
            form["handOver"] = plan;
        };
        work.office.change_employee(work.alice.id, change).await
    })
    .await;
}

async fn set_rules(work: &Workload, rules: &[NewAccessRule], plan: Value) -> Response {
    let path = format!("/dossiers/{}/access-rules", work.dossier.id);
    let now: AccessRules = work.office.admin().get(&path).await.ok();
    work.office.admin().put(&path, now.version, &json!({ "rules": rules, "handOver": plan })).await
}

#[actix_web::test]
async fn a_new_rule_that_denies_goes_through_the_hand_over() {
    let work = workload().await;
    let rules = [person_rule(&work.alice, Effect::Deny)];
    work.goes_through_the_hand_over(async |plan| set_rules(&work, &rules, plan).await).await;
    work.alice.get(&format!("/cases/{}", work.case.header.id)).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn a_dropped_personal_allow_under_a_denied_group_goes_through_the_hand_over() {
    let work = workload().await;
    let external = work.office.group("Extern", &[&work.alice]).await;
    let deny = group_rule(&external, Effect::Deny);
    let both = [person_rule(&work.alice, Effect::Allow), deny.clone()];
    let _: AccessRules = set_rules(&work, &both, json!({})).await.ok();
    let only_deny = [deny];
    work.goes_through_the_hand_over(async |plan| set_rules(&work, &only_deny, plan).await).await;
}

#[actix_web::test]
async fn another_manager_for_a_dossier_that_denies_the_previous_one_goes_through_the_hand_over() {
    let work = workload().await;
    let path = format!("/dossiers/{}", work.dossier.id);
    let manage = async |manager: EmployeeId, plan: Value| {
        let now: Dossier = work.office.admin().get(&path).await.ok();
        let change = json!({ "managerId": manager, "visibility": "restricted", "handOver": plan });
        work.office.admin().put(&path, now.version, &change).await
    };
    let _: Dossier = manage(work.alice.id, json!({})).await.ok();
    // Being the manager is above every rule (D3), so this strands nothing yet.
    let _: AccessRules = set_rules(&work, &[person_rule(&work.alice, Effect::Deny)], json!({})).await.ok();
    work.goes_through_the_hand_over(async |plan| manage(work.bob.id, plan).await).await;
}

#[actix_web::test]
async fn a_plan_that_is_incomplete_too_large_or_to_the_wrong_person_changes_nothing() {
    let work = workload().await;
    let denied = work.office.person("denied").await;
    let left = work.office.person("left").await;
    work.office.deactivate(&left).await;
    let stranger = work.world.office("almere").await.person("vreemd").await;
    let own = work.office.dossier(&work.bob, "Van Bob").await;
    let _: AccessRules = set_rules(&work, &[person_rule(&denied, Effect::Deny)], json!({})).await.ok();
    let before = work.snapshot();

    let with = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut plan = work.plan();
        change(plan["items"].as_array_mut().unwrap());
        plan
    };
    // Anything left out.
    for position in 0..4 {
        let plan = with(&|items| drop(items.remove(position)));
        work.all_stranded(&work.deactivate(&plan).await);
        assert_eq!(work.snapshot(), before);
    }
    // To someone who may not have it, or who is not there.
    for to in [denied.id, left.id, stranger.id, EmployeeId::new()] {
        for position in 0..4 {
            let plan = with(&|items| items[position]["to"] = json!(to));
            let problem = work.deactivate(&plan).await.problem(ProblemCode::NotEligible);
            // And says which, of perhaps hundreds.
            assert_eq!(problem.errors[0].field, format!("handOver.items[{position}].to"));
            assert_eq!(work.snapshot(), before);
        }
    }
    // Work that need not move: of somebody else, unknown, or of the same person but not stranded.
    let rest = [
        json!({ "kind": "dossier-manager", "id": own.id, "from": work.bob.id }),
        json!({ "kind": "coordinator", "id": CaseId::new(), "from": work.alice.id, "to": work.bob.id }),
        json!({ "kind": "supporter", "id": work.case.header.id, "from": work.alice.id }),
    ];
    for item in rest {
        let plan = with(&|items| items.push(item.clone()));
        assert_eq!(work.deactivate(&plan).await.invalid_fields(), ["handOver.items[4]"]);
    }
    // A plan that says too little about one piece, says it twice, or gives it to who loses it.
    for (plan, field) in [
        (with(&|items| items[3]["to"] = Value::Null), "handOver.items[3].to"),
        (with(&|items| items[0]["to"] = Value::Null), "handOver.items[0].to"),
        (with(&|items| items.push(items[1].clone())), "handOver.items[4]"),
        (with(&|items| items[0]["to"] = json!(work.alice.id)), "handOver.items[0].to"),
    ] {
        assert_eq!(work.deactivate(&plan).await.invalid_fields(), [field]);
    }
    assert_eq!(work.snapshot(), before);
    assert_eq!(work.alice.get("/me").await.status, 200);
    let gone: Employee = work.deactivate(&work.plan()).await.ok();
    assert_eq!(gone.state, EmployeeState::Deactivated);
}

#[actix_web::test]
async fn a_plan_within_one_dossier_cannot_move_what_may_stay() {
    let work = workload().await;
    // Bob takes the opportunity to take over a case of the boss in the same dossier: not in this plan (C5).
    let mut plan = work.plan();
    let boss = work.supported.header.coordinator.id;
    let item =
        json!({ "kind": "coordinator", "id": work.supported.header.id, "from": boss, "to": work.bob.id });
    plan["items"].as_array_mut().unwrap().push(item);
    let before = work.snapshot();
    let refused = set_rules(&work, &[person_rule(&work.alice, Effect::Deny)], plan).await;
    assert_eq!(refused.invalid_fields(), ["handOver.items[4]"]);
    // To someone whom the very same change denies.
    let rules = [person_rule(&work.alice, Effect::Deny), person_rule(&work.bob, Effect::Deny)];
    set_rules(&work, &rules, work.plan()).await.problem(ProblemCode::NotEligible);
    assert_eq!(work.snapshot(), before);
}

#[actix_web::test]
async fn many_tasks_go_back_to_one_tray_and_a_whole_team_changes_at_once() {
    let work = workload().await;
    let carla = work.office.person("carla").await;
    let tasks: Vec<Task> = {
        let mut tasks = Vec::new();
        for _ in 0..3 {
            let task = work.office.tray_task(&work.alice, &work.case, &work.team).await;
            tasks.push(work.alice.claim(&task).await.ok());
        }
        tasks
    };
    let carlas = work.alice.give_task(&work.case, &carla).await;
    let external = work.office.group("Extern", &[]).await;
    work.office.rules(&work.dossier, &[group_rule(&external, Effect::Deny)]).await;
    // Both join the denied group: what either holds is listed, and the plan says from whom.
    let both = [&work.alice, &carla];
    let refused = work.office.change_group(external.id, &both, json!({})).await;
    let stranded = refused.problem(ProblemCode::WouldStrandWork).stranded;
    assert_eq!(stranded.iter().filter(|work| work.holder.id == carla.id).count(), 1);
    assert_eq!(stranded.len(), 8);
    let mut plan = work.plan();
    let items = plan["items"].as_array_mut().unwrap();
    items.extend(tasks.iter().map(|task| work.item(WorkKind::Task, task.id.0, None)));
    items.push(json!({ "kind": "task", "id": carlas.id, "from": carla.id, "to": work.bob.id }));
    let before = work.world.outbox().len();
    let _: Group = work.office.change_group(external.id, &both, plan).await.ok();
    let tray: Vec<TaskSummary> = work.bob.pages(&format!("/trays/{}/tasks", work.team.id), 10).await;
    assert_eq!(tray.len(), 4);
    // The team hears of every task that lands in its tray; who is denied by now does not.
    assert_eq!(work.world.told("tray-task", before), vec![work.bob.id; 4]);
    assert_eq!(work.world.told("work-handed-over", before), ids(&[&work.bob]));
}

#[actix_web::test]
async fn closed_cases_and_finished_tasks_are_no_work_to_hand_over() {
    let work = workload().await;
    let done = json!({ "result": "Klaar" });
    for task in [&work.tray_task, &work.own_task] {
        let _: Task = work.alice.post(&format!("/tasks/{}/completion", task.id), &done).await.ok();
    }
    for case in [&work.case, &work.supported] {
        let now = work.alice.case(case.header.id).await;
        let closure = json!({ "administrativeError": "Dubbel ingevoerd" });
        let path = format!("/cases/{}/closure", case.header.id);
        let _: Case = work.alice.post_on(&path, now.version, &closure).await.ok();
    }
    let gone: Employee = work.deactivate(&json!({})).await.ok();
    assert_eq!(gone.state, EmployeeState::Deactivated);
}

#[actix_web::test]
async fn who_orders_a_hand_over_cannot_take_the_work_over_themself() {
    let work = workload().await;
    let me = Some(work.office.admin().id);
    for (kind, id) in [
        (WorkKind::Coordinator, work.case.header.id.0),
        (WorkKind::Supporter, work.supported.header.id.0),
        (WorkKind::Task, work.own_task.id.0),
    ] {
        let plan = json!({ "items": [work.item(kind, id, me)] });
        assert_eq!(work.deactivate(&plan).await.invalid_fields(), ["handOver.items[0].to"], "{kind}");
    }
    let case = work.alice.case(work.case.header.id).await;
    assert_eq!(case.header.coordinator.id, work.alice.id);
}

#[actix_web::test]
async fn an_administrator_orders_a_hand_over_for_someone_absent_with_a_reason() {
    let work = workload().await;
    let admin = work.office.admin();
    let path = format!("/employees/{}", work.alice.id);
    let order = async |who: &Person, plan: Value, reason: &str| {
        who.post(&format!("{path}/hand-over"), &json!({ "reason": reason, "handOver": plan })).await
    };
    let list: Page<StrandedWork> = admin.get(&format!("{path}/work")).await.ok();
    assert_eq!(list.items.iter().map(|item| (item.kind, item.id)).collect::<Vec<_>>(), {
        work.expected().into_iter().map(|(kind, id, ..)| (kind, id)).collect::<Vec<_>>()
    });
    let before = work.snapshot();
    work.bob.get(&format!("{path}/work")).await.problem(ProblemCode::Forbidden);
    order(&work.bob, work.plan(), "Ziek").await.problem(ProblemCode::Forbidden);
    assert_eq!(order(admin, work.plan(), " ").await.invalid_fields(), ["reason"]);
    assert_eq!(order(admin, json!({}), "Ziek").await.invalid_fields(), ["handOver.items"]);
    // Never to themself, nor work of somebody else (C5).
    for kind in [0, 1, 3] {
        let mut plan = work.plan();
        plan["items"][kind]["to"] = json!(admin.id);
        assert_eq!(order(admin, plan, "Ziek").await.invalid_fields(), [format!("handOver.items[{kind}].to")]);
    }
    let boss = work.supported.header.coordinator.id;
    let of_boss =
        json!({ "kind": "coordinator", "id": work.supported.header.id, "from": boss, "to": work.bob.id });
    assert_eq!(
        order(admin, json!({ "items": [of_boss] }), "Ziek").await.invalid_fields(),
        ["handOver.items[0]"]
    );
    assert_eq!(work.snapshot(), before);

    // Part of it may stay: absent is not gone.
    let case = work.item(WorkKind::Coordinator, work.case.header.id.0, Some(work.bob.id));
    let left: Page<StrandedWork> = order(admin, json!({ "items": [case] }), "Langdurig ziek").await.ok();
    assert_eq!(left.items.len(), 3);
    assert_eq!(work.bob.case(work.case.header.id).await.header.coordinator.id, work.bob.id);
    assert_eq!(work.world.told("work-handed-over", before.2), [work.bob.id]);
    let events = work.world.events();
    let ordered = events.iter().find(|event| event.kind == "employee.hand-over-ordered").unwrap();
    assert_eq!((ordered.actor, ordered.reason.as_deref()), (Some(admin.id), Some("Langdurig ziek")));
}

#[actix_web::test]
async fn a_closed_case_whose_coordinator_left_gets_another_who_can_reopen_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let admin = office.admin();
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    let path = format!("/cases/{}", case.header.id);
    let closure = json!({ "administrativeError": "Dubbel" });
    let _: Case = jan.post_on(&format!("{path}/closure"), case.version, &closure).await.ok();
    // The dossier is work; the closed case is not, and holds nobody up.
    let of_jan = format!("/employees/{}", jan.id);
    let refused = admin.post(&format!("{of_jan}/deactivation"), &json!({})).await;
    let stranded = refused.problem(ProblemCode::WouldStrandWork).stranded;
    assert_eq!(stranded.iter().map(|work| work.kind).collect::<Vec<_>>(), [WorkKind::DossierManager]);
    let item = json!({ "kind": "dossier-manager", "id": stranded[0].id, "from": jan.id });
    let plan = json!({ "handOver": { "items": [item] } });
    let _: Employee = admin.post(&format!("{of_jan}/deactivation"), &plan).await.ok();
    let reason = json!({ "reason": "Toch niet dubbel" });
    piet.post(&format!("{path}/reopening"), &reason).await.problem(ProblemCode::NotFound);

    let list: Page<StrandedWork> = admin.get(&format!("{of_jan}/work")).await.ok();
    assert_eq!((list.items.len(), list.items[0].id), (1, case.header.id.0));
    let to = |who: EmployeeId| {
        let item = json!({ "kind": "coordinator", "id": case.header.id, "from": jan.id, "to": who });
        json!({ "reason": "Uit dienst", "handOver": { "items": [item] } })
    };
    let hand_over = format!("{of_jan}/hand-over");
    assert_eq!(admin.post(&hand_over, &to(admin.id)).await.invalid_fields(), ["handOver.items[0].to"]);
    let left = office.person("left").await;
    office.deactivate(&left).await;
    admin.post(&hand_over, &to(left.id)).await.problem(ProblemCode::NotEligible);
    let rest: Page<StrandedWork> = admin.post(&hand_over, &to(piet.id)).await.ok();
    assert!(rest.items.is_empty());
    let closed = piet.case(case.header.id).await;
    assert_eq!((closed.header.state, closed.header.coordinator.id), (CaseState::Closed, piet.id));
    let open: Case = piet.post(&format!("{path}/reopening"), &reason).await.ok();
    assert_eq!(open.header.state, CaseState::Open);
}

/// D4 lets a local administrator give themself access. Deactivating is for the helpdesk too, and no way to the
/// content of a dossier (P2, P3).
#[actix_web::test]
async fn the_helpdesk_does_not_become_manager_by_deactivating_one() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    let path = format!("/employees/{}/deactivation", jan.id);
    let plan = |to: EmployeeId| {
        json!({ "handOver": { "items": [
            { "kind": "dossier-manager", "id": dossier.id, "from": jan.id, "to": to }
        ] } })
    };
    let fields = helpdesk.post(&path, &plan(helpdesk.id)).await.invalid_fields();
    assert_eq!(fields, ["handOver.items[0].to"]);
    helpdesk.get(&format!("/dossiers/{}", dossier.id)).await.problem(ProblemCode::NotFound);
    let _: Employee = office.admin().post(&path, &plan(office.admin().id)).await.ok();
}

/// E1: what was handed over tells which change made it necessary; that one has the reason.
#[actix_web::test]
async fn a_hand_over_names_its_cause() {
    use diesel::prelude::*;
    use werkbak::db::schema::events;

    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let dossier = office.dossier(&jan, "Gezin").await;
    let item = json!({ "kind": "dossier-manager", "id": dossier.id, "from": jan.id, "to": piet.id });
    let leave = json!({ "reason": "Met pensioen", "handOver": { "items": [item] } });
    let path = format!("/employees/{}/deactivation", jan.id);
    let _: Employee = office.admin().post(&path, &leave).await.ok();
    let handed = world.recorded().into_iter().find(|event| event.kind == "dossier.manager-handed-over");
    let cause: uuid::Uuid = handed.unwrap().new["cause"].as_str().unwrap().parse().unwrap();
    let (kind, reason): (String, Option<String>) = events::table
        .find(EventId(cause))
        .select((events::kind, events::reason))
        .first(&mut world.database.connect())
        .unwrap();
    assert_eq!((kind.as_str(), reason.as_deref()), ("employee.deactivated", Some("Met pensioen")));
}
