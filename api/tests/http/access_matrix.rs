//! Every operation of the document, as everyone: nobody signed in, a colleague without the right, the one
//! with the right, and another office's administrator. An operation that is not in the table fails the test.

use std::collections::BTreeMap;

use awc::http::Method;
use contract::*;
use serde_json::json;

use crate::support::{Person, World};

/// Who may use an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Everyone, signed in or not.
    Anyone,
    /// Everyone signed in, for themselves or for what every employee sees; with an id of another office: 404.
    Employees,
    /// Local administrators; a colleague gets 403.
    Administrators,
    /// Local administrators and the helpdesk; a colleague gets 403.
    Accounts,
    /// The platform's helpdesk; everyone else gets 403 (P3).
    PlatformHelpdesk,
    /// Everyone signed in, for the support session that runs; 404 as none does.
    Visitors,
    /// Who the rules of the thing itself allow. A colleague who does not see it gets 404.
    Insiders,
    /// The same, where a colleague who sees the thing gets 403.
    InsidersOfVisible,
}

/// One line per operation. The insider is Jan: manager of the dossier, coordinator of the case, member of the
/// group, holder of the task of his own.
pub const TABLE: &[(&str, &str, For)] = &[
    ("POST", "/sessions", For::Anyone),
    ("POST", "/sessions/refresh", For::Anyone),
    ("POST", "/password-resets", For::Anyone),
    ("POST", "/sessions/second-factor", For::Employees),
    ("DELETE", "/sessions/current", For::Employees),
    ("GET", "/me", For::Employees),
    ("PUT", "/me/password", For::Employees),
    ("GET", "/me/second-factor", For::Employees),
    ("POST", "/me/second-factor", For::Employees),
    ("POST", "/me/second-factor/confirmation", For::Employees),
    ("POST", "/me/second-factor/recovery-codes", For::Employees),
    ("POST", "/me/second-factor/removal", For::Employees),
    ("GET", "/me/preferences", For::Employees),
    ("PUT", "/me/preferences", For::Employees),
    ("GET", "/me/sessions", For::Employees),
    ("DELETE", "/me/sessions", For::Employees),
    ("DELETE", "/me/sessions/{sessionId}", For::Insiders),
    ("GET", "/office", For::Employees),
    ("PUT", "/office", For::Administrators),
    ("GET", "/office/networks", For::Administrators),
    ("PUT", "/office/networks", For::Administrators),
    ("POST", "/office/networks/test", For::Administrators),
    ("GET", "/sign-in-help", For::Anyone),
    ("GET", "/office/second-factor", For::Administrators),
    ("PUT", "/office/second-factor", For::Administrators),
    ("GET", "/employees", For::Employees),
    ("POST", "/employees", For::Administrators),
    ("GET", "/employees/{employeeId}", For::Employees),
    ("PUT", "/employees/{employeeId}", For::Administrators),
    ("POST", "/employees/{employeeId}/preview", For::Administrators),
    ("POST", "/employees/{employeeId}/deactivation", For::Accounts),
    ("POST", "/employees/{employeeId}/reactivation", For::Accounts),
    ("GET", "/locked-accounts", For::Accounts),
    ("POST", "/employees/{employeeId}/second-factor-reset", For::Administrators),
    ("GET", "/employees/{employeeId}/work", For::Administrators),
    ("POST", "/employees/{employeeId}/hand-over", For::Administrators),
    ("GET", "/employees/{employeeId}/dossiers", For::Administrators),
    ("GET", "/employees/{employeeId}/dossiers/{dossierNumber}", For::Accounts),
    ("GET", "/groups", For::Employees),
    ("POST", "/groups", For::Administrators),
    ("GET", "/groups/{groupId}", For::Employees),
    ("PUT", "/groups/{groupId}", For::Administrators),
    ("POST", "/groups/{groupId}/preview", For::Administrators),
    ("GET", "/groups/{groupId}/inventory", For::Accounts),
    ("POST", "/groups/{groupId}/deletion/preview", For::Accounts),
    ("POST", "/groups/{groupId}/deletion", For::Accounts),
    ("GET", "/client-groups", For::Employees),
    ("POST", "/client-groups", For::Administrators),
    ("GET", "/client-groups/{clientGroupId}", For::Employees),
    ("PUT", "/client-groups/{clientGroupId}", For::Administrators),
    ("POST", "/client-groups/{clientGroupId}/deletion/preview", For::Accounts),
    ("POST", "/client-groups/{clientGroupId}/deletion", For::Accounts),
    ("GET", "/dossiers", For::Employees),
    ("POST", "/dossiers", For::Employees),
    ("GET", "/dossiers/numbered/{dossierNumber}", For::Insiders),
    ("GET", "/dossiers/{dossierId}", For::Insiders),
    ("PUT", "/dossiers/{dossierId}", For::Insiders),
    ("POST", "/dossiers/{dossierId}/preview", For::Insiders),
    ("GET", "/dossiers/{dossierId}/access-rules", For::Insiders),
    ("PUT", "/dossiers/{dossierId}/access-rules", For::Insiders),
    ("POST", "/dossiers/{dossierId}/access-rules/preview", For::Insiders),
    ("GET", "/dossiers/{dossierId}/access", For::Insiders),
    ("GET", "/dossiers/{dossierId}/access/{employeeId}", For::Insiders),
    ("POST", "/access-rules", For::Employees),
    ("POST", "/access-rules/preview", For::Employees),
    ("POST", "/dossiers/{dossierId}/archiving", For::Insiders),
    ("POST", "/dossiers/{dossierId}/restoration", For::Insiders),
    ("GET", "/dossiers/{dossierId}/recipient", For::Insiders),
    ("GET", "/dossiers/{dossierId}/messages", For::Insiders),
    ("POST", "/dossiers/{dossierId}/messages", For::Insiders),
    ("GET", "/dossiers/{dossierId}/messages/{messageId}", For::Insiders),
    ("GET", "/dossiers/{dossierId}/parties", For::Insiders),
    ("POST", "/dossiers/{dossierId}/parties", For::Insiders),
    ("GET", "/dossiers/{dossierId}/parties/{partyId}", For::Insiders),
    ("PUT", "/dossiers/{dossierId}/parties/{partyId}", For::Insiders),
    ("DELETE", "/dossiers/{dossierId}/parties/{partyId}", For::Insiders),
    ("GET", "/dossiers/{dossierId}/export", For::Insiders),
    ("GET", "/dossiers/{dossierId}/reads", For::Insiders),
    ("GET", "/employees/{employeeId}/reads", For::Administrators),
    ("GET", "/case-types", For::Employees),
    ("GET", "/case-types/{caseTypeId}", For::Employees),
    ("GET", "/case-types/{caseTypeId}/authorisations", For::Administrators),
    ("PUT", "/case-types/{caseTypeId}/authorisations", For::Administrators),
    ("GET", "/cases", For::Employees),
    ("POST", "/cases", For::Employees),
    ("GET", "/cases/{caseId}", For::Insiders),
    ("PUT", "/cases/{caseId}", For::Insiders),
    ("PUT", "/cases/{caseId}/coordinator", For::Insiders),
    ("PUT", "/cases/{caseId}/supporters/{employeeId}", For::Insiders),
    ("DELETE", "/cases/{caseId}/supporters/{employeeId}", For::Insiders),
    ("PUT", "/cases/{caseId}/steps/{stepId}", For::Insiders),
    ("POST", "/cases/{caseId}/steps/{stepId}/closure", For::Insiders),
    ("POST", "/cases/{caseId}/steps/{stepId}/skip", For::Insiders),
    ("POST", "/cases/{caseId}/steps/{stepId}/reopening", For::Insiders),
    ("POST", "/cases/{caseId}/closure", For::Insiders),
    ("POST", "/cases/{caseId}/reopening", For::Insiders),
    ("GET", "/cases/{caseId}/tasks", For::Insiders),
    ("POST", "/cases/{caseId}/tasks", For::Insiders),
    ("GET", "/tasks", For::Employees),
    ("GET", "/tasks/{taskId}", For::Insiders),
    ("PUT", "/tasks/{taskId}", For::Insiders),
    ("POST", "/tasks/{taskId}/claim", For::Insiders),
    ("POST", "/tasks/{taskId}/release", For::Insiders),
    ("POST", "/tasks/{taskId}/forward", For::Insiders),
    ("POST", "/tasks/{taskId}/completion", For::Insiders),
    ("GET", "/trays", For::Employees),
    ("GET", "/trays/{groupId}/tasks", For::InsidersOfVisible),
    ("PUT", "/case-types/{caseTypeId}/step-order", For::Administrators),
    ("POST", "/imports/{kind}/preview", For::Administrators),
    ("POST", "/imports/{kind}", For::Administrators),
    ("POST", "/imports/case-types/preview", For::Administrators),
    ("POST", "/imports/case-types", For::Administrators),
    ("GET", "/exports/{list}", For::Employees),
    ("GET", "/exports/trays/{groupId}", For::InsidersOfVisible),
    ("GET", "/support-sessions", For::Administrators),
    ("POST", "/support-sessions", For::PlatformHelpdesk),
    ("GET", "/support-sessions/current", For::Visitors),
    ("DELETE", "/support-sessions/current", For::Visitors),
];

fn operations() -> Vec<(String, String)> {
    let paths = werkbak::http::document::document()["paths"].as_object().unwrap();
    let mut operations = Vec::new();
    for (path, item) in paths {
        for method in item.as_object().unwrap().keys() {
            operations.push((method.to_uppercase(), path.clone()));
        }
    }
    operations
}

#[test]
fn every_operation_is_classified() {
    let mut in_document = operations();
    let mut in_table: Vec<(String, String)> =
        TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    in_document.sort();
    in_table.sort();
    assert_eq!(in_document, in_table);
}

/// A world with one of everything; ids by the name of their placeholder.
struct Stage {
    world: World,
    jan: Person,
    outsider: Person,
    admin: Person,
    foreigner: Person,
    ids: BTreeMap<&'static str, String>,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let outsider = office.person("piet").await;
    let helper = office.person("helper").await;
    let group = office.group("Team", &[&jan]).await;
    let (dossier, case) = office.case(&jan).await;
    let client_group: ClientGroup =
        office.admin().post("/client-groups", &json!({ "name": "K", "email": "k@k.test" })).await.ok();
    let task = office.tray_task(&jan, &case, &group).await;
    let (message, party) = office.message_and_party(&jan, dossier.id).await;
    let foreigner = world.office("almere").await.admin().clone();
    let session = jan.session_elsewhere(&office).await;
    let ids = BTreeMap::from([
        ("{sessionId}", session.to_string()),
        ("{employeeId}", helper.id.to_string()),
        ("{groupId}", group.id.to_string()),
        ("{clientGroupId}", client_group.id.to_string()),
        ("{dossierId}", dossier.id.to_string()),
        ("{dossierNumber}", dossier.number.clone()),
        ("{messageId}", message.id.to_string()),
        ("{partyId}", party.id.to_string()),
        ("{caseTypeId}", case.header.case_type.id.to_string()),
        ("{caseId}", case.header.id.to_string()),
        ("{stepId}", case.steps[0].id.to_string()),
        ("{taskId}", task.id.to_string()),
        ("{kind}", "employees".to_owned()),
        ("{list}", "dossiers".to_owned()),
    ]);
    let admin = office.admin().clone();
    Stage { world, jan, outsider, admin, foreigner, ids }
}

impl Stage {
    fn path(&self, template: &str) -> String {
        self.ids.iter().fold(template.to_owned(), |path, (name, id)| path.replace(name, id))
    }

    /// Sends a body that says nothing: whoever gets past the permission is told so with 400 or 428, and
    /// nothing changes.
    async fn status(&self, who: &Person, method: &str, path: &str) -> u16 {
        let request = who.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
        request.nonsense(path).send().await.status.as_u16()
    }
}

#[actix_web::test]
async fn nobody_gets_in_without_signing_in() {
    let stage = stage().await;
    for (method, template, class) in TABLE {
        if *class == For::Anyone {
            continue;
        }
        let path = format!("/v1{}", stage.path(template));
        let verb = Method::from_bytes(method.as_bytes()).unwrap();
        stage.world.anyone.request(verb.clone(), &path).send().await.problem(ProblemCode::NotSignedIn);
        let forged = stage.world.anyone.request(verb, &path).header("Authorization", "Bearer e30.e30.");
        forged.send().await.problem(ProblemCode::NotSignedIn);
    }
}

#[actix_web::test]
async fn a_colleague_without_the_right_is_refused() {
    let stage = stage().await;
    for (method, template, class) in TABLE {
        if (*method, *template) == ("DELETE", "/sessions/current") {
            continue;
        }
        let status = stage.status(&stage.outsider, method, &stage.path(template)).await;
        let expected: &[u16] = match class {
            For::Anyone | For::Employees => &[200, 400, 401, 428],
            For::Administrators | For::Accounts | For::InsidersOfVisible | For::PlatformHelpdesk => &[403],
            For::Insiders | For::Visitors => &[404],
        };
        assert!(expected.contains(&status), "{method} {template}: {status}, expected {expected:?}");
    }
}

#[actix_web::test]
async fn the_one_with_the_right_gets_past_the_permission() {
    let stage = stage().await;
    for (method, template, class) in TABLE {
        let who = match class {
            For::Anyone | For::PlatformHelpdesk | For::Visitors => continue,
            For::Employees | For::Insiders | For::InsidersOfVisible => &stage.jan,
            For::Administrators | For::Accounts => &stage.admin,
        };
        // These change something even without a body, or need a state of their own: their features test them.
        let own_tests = [
            ("DELETE", "/sessions/current"),
            ("DELETE", "/me/sessions/{sessionId}"),
            ("POST", "/employees/{employeeId}/deactivation"),
            ("POST", "/tasks/{taskId}/claim"),
            ("POST", "/tasks/{taskId}/release"),
            ("POST", "/tasks/{taskId}/completion"),
            ("POST", "/cases/{caseId}/reopening"),
        ];
        if own_tests.contains(&(*method, *template)) {
            continue;
        }
        let status = stage.status(who, method, &stage.path(template)).await;
        assert!([200, 400, 409, 428].contains(&status), "{method} {template}: {status}");
    }
}

#[actix_web::test]
async fn helpdesk_manages_accounts_and_nothing_else() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let helpdesk = office.person_with("helpdesk", &[Role::Helpdesk]).await;
    let records = office.person_with("records", &[Role::Records, Role::Superuser]).await;
    let employee = office.person("jan").await;
    for (method, template, class) in TABLE {
        if !template.contains("{employeeId}") && template.contains('{') {
            continue;
        }
        let path = template.replace("{employeeId}", &employee.id.to_string());
        let verb = Method::from_bytes(method.as_bytes()).unwrap();
        let send = |who: &Person| who.request(verb.clone(), &path).nonsense(&path).send();
        match class {
            For::Administrators | For::PlatformHelpdesk => {
                send(&helpdesk).await.problem(ProblemCode::Forbidden);
                send(&records).await.problem(ProblemCode::Forbidden);
            }
            For::Accounts => {
                assert_ne!(send(&helpdesk).await.status.as_u16(), 403, "{path}");
                send(&records).await.problem(ProblemCode::Forbidden);
            }
            _ => {}
        }
    }
}

#[actix_web::test]
async fn another_office_sees_nothing_at_all() {
    let stage = stage().await;
    for (method, template, class) in TABLE {
        if *class == For::Anyone || (*method, *template) == ("DELETE", "/sessions/current") {
            continue;
        }
        let path = stage.path(template);
        let verb = Method::from_bytes(method.as_bytes()).unwrap();
        let request = stage.foreigner.request(verb, &path);
        let request = match (*method, *template) {
            ("GET", _) => request,
            // With everything a good request has, so that only the office is in the way.
            (_, "/employees/{employeeId}" | "/employees/{employeeId}/preview") => {
                request.seen(1).json(&json!({ "name": "X", "email": "x@x.test",
                "roles": [], "groupIds": [], "language": "nl" }))
            }
            (_, "/groups/{groupId}" | "/groups/{groupId}/preview") => {
                request.seen(1).json(&json!({ "name": "X", "memberIds": [], "workAgreements": "" }))
            }
            (_, "/client-groups/{clientGroupId}") => {
                request.seen(1).json(&json!({ "name": "X", "email": "x@x.test" }))
            }
            (_, "/case-types/{caseTypeId}/authorisations") => {
                request.seen(1).json(&json!({ "groupIds": [], "employeeIds": [] }))
            }
            (
                _,
                "/employees/{employeeId}/deactivation"
                | "/employees/{employeeId}/reactivation"
                | "/groups/{groupId}/deletion"
                | "/groups/{groupId}/deletion/preview"
                | "/client-groups/{clientGroupId}/deletion"
                | "/client-groups/{clientGroupId}/deletion/preview",
            ) => request.json(&json!({})),
            (_, "/employees/{employeeId}/second-factor-reset") => request.json(&json!({ "reason": "x" })),
            (_, "/employees/{employeeId}/hand-over") => request.json(&json!({ "reason": "x", "handOver":
                { "items": [{ "kind": "task", "id": EmployeeId::new(), "from": EmployeeId::new() }] } })),
            (_, "/case-types/{caseTypeId}/step-order") => request.seen(1).json(&json!({ "stepIds": [] })),
            _ => request.seen(1).nonsense(&path),
        };
        let answer = request.send().await;
        // These are words, not ids.
        if template.replace("{kind}", "").replace("{list}", "").contains('{') {
            answer.problem(ProblemCode::NotFound);
        } else {
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            for (name, id) in &stage.ids {
                let word = ["{kind}", "{list}"].contains(name);
                assert!(word || !text.contains(id), "{method} {template} shows a {name} of another office");
            }
        }
    }
}
