//! What tests do over and over with cases, steps and tasks, and a look at rows that no operation shows.

use awc::http::Method;
use contract::*;
use diesel::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;
use werkbak::db::schema::{events, mails};

use super::{Office, Person, Response, World};

impl Person {
    /// Signs in once more, and gives that session's id.
    pub async fn session_elsewhere(&self, office: &Office) -> SessionId {
        let elsewhere = office.sign_in(self.id, self.username.split('@').next().unwrap()).await;
        elsewhere.current_session().await.id
    }

    /// The session they act in.
    pub async fn current_session(&self) -> OpenSession {
        let own: Page<OpenSession> = self.get("/me/sessions").await.ok();
        own.items.into_iter().find(|session| session.current).unwrap()
    }

    /// A case as they see it.
    pub async fn case(&self, id: CaseId) -> Case {
        self.get(&format!("/cases/{id}")).await.ok()
    }

    /// A task as they see it.
    pub async fn task(&self, id: TaskId) -> Task {
        self.get(&format!("/tasks/{id}")).await.ok()
    }

    /// All items of a list, page by page.
    pub async fn pages<T: DeserializeOwned>(&self, path: &str, limit: u32) -> Vec<T> {
        let mut items = Vec::new();
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut cursor = String::new();
        loop {
            let page: Page<T> = self.get(&format!("{path}{joint}limit={limit}{cursor}")).await.ok();
            items.extend(page.items);
            match page.next {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return items,
            }
        }
    }

    /// DELETE about the version that was seen.
    pub async fn delete_on(&self, path: &str, version: i64) -> Response {
        self.request(Method::DELETE, path).seen(version).send().await
    }

    /// PUT without a body about the version that was seen.
    pub async fn put_on(&self, path: &str, version: i64) -> Response {
        self.request(Method::PUT, path).seen(version).send().await
    }

    /// Gives a task of a case to a colleague.
    pub async fn give_task(&self, case: &Case, to: &Person) -> Task {
        let new = json!({ "title": "Bellen met de huisarts", "employeeId": to.id });
        self.post(&format!("/cases/{}/tasks", case.header.id), &new).await.ok()
    }

    /// Stands for who would get a message about a dossier now.
    pub async fn recipient_version(&self, dossier: DossierId) -> String {
        let recipient: Recipient = self.get(&format!("/dossiers/{dossier}/recipient")).await.ok();
        recipient.recipient_version
    }

    /// Sends a message about a dossier to whoever would get it now.
    pub async fn message(&self, dossier: DossierId, text: &str) -> Response {
        let new = json!({ "text": text, "recipientVersion": self.recipient_version(dossier).await });
        self.post(&format!("/dossiers/{dossier}/messages"), &new).await
    }

    /// The cells of an export, without its header; the file itself is checked.
    pub async fn exported(&self, path: &str) -> Vec<Vec<String>> {
        let answer = self.get(&format!("/exports/{path}")).await;
        assert!(answer.status.is_success(), "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
        let text = std::str::from_utf8(&answer.body).unwrap().strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    /// Claims a task.
    pub async fn claim(&self, task: &Task) -> Response {
        self.act(&format!("/tasks/{}/claim", task.id)).await
    }

    /// Forwards a task, as they see it now.
    pub async fn forward(&self, task: TaskId, to: Value) -> Response {
        let seen = self.get(&format!("/tasks/{task}")).await;
        let version = if seen.status.is_success() { seen.ok::<Task>().version } else { 1 };
        self.forward_seen(task, version, to).await
    }

    /// Forwards a task as they saw it at some moment.
    pub async fn forward_seen(&self, task: TaskId, version: i64, to: Value) -> Response {
        self.post_on(&format!("/tasks/{task}/forward"), version, &to).await
    }

    /// Answers a step's required checks and closes it.
    pub async fn close_step(&self, case: CaseId, step: &Step) -> Step {
        let path = format!("/cases/{case}/steps/{}", step.id);
        let required = step.checks.iter().filter(|check| check.required);
        let answers: Vec<Value> =
            required.map(|check| json!({ "checkId": check.id, "answer": "yes" })).collect();
        let change = json!({ "note": step.note, "answers": answers });
        let step: Step = self.put(&path, step.version, &change).await.ok();
        self.act_on(&format!("{path}/closure"), step.version).await.ok()
    }
}

impl Office {
    /// Another case in a dossier, of the same type as [`Office::case`] opens.
    pub async fn case_in(&self, dossier: DossierId, coordinator: &Person) -> Case {
        let types: Page<CaseTypeSummary> = coordinator.get("/case-types?authorised=true").await.ok();
        let new = json!({ "dossierId": dossier, "caseTypeId": types.items[0].id, "title": "Nog een zaak" });
        coordinator.post("/cases", &new).await.ok()
    }

    /// A message about a dossier, and a party of it.
    pub async fn message_and_party(&self, by: &Person, dossier: DossierId) -> (Message, Party) {
        let message = by.message(dossier, "Wie belt de familie?").await.ok();
        let party = json!({ "kind": "person", "name": "Mevrouw Hendriks", "role": "betrokkene" });
        (message, by.post(&format!("/dossiers/{dossier}/parties"), &party).await.ok())
    }

    /// Sets work agreements and members of a group.
    pub async fn change_group(&self, group: GroupId, members: &[&Person], plan: Value) -> Response {
        let now: Group = self.admin().get(&format!("/groups/{group}")).await.ok();
        let ids: Vec<EmployeeId> = members.iter().map(|member| member.id).collect();
        let change = json!({ "name": now.name, "memberIds": ids, "workAgreements": now.work_agreements,
            "reminderHours": now.reminder_hours, "handOver": plan });
        self.admin().put(&format!("/groups/{group}"), now.version, &change).await
    }

    /// Saves the form about an employee with one thing changed.
    pub async fn change_employee(&self, id: EmployeeId, change: impl FnOnce(&mut Value)) -> Response {
        let path = format!("/employees/{id}");
        let now: Employee = self.admin().get(&path).await.ok();
        let account = now.account.as_ref().unwrap();
        let groups: Vec<GroupId> = now.groups.iter().map(|group| group.id).collect();
        let mut form = json!({ "name": now.name, "email": account.email, "roles": account.roles,
            "groupIds": groups, "language": account.language });
        change(&mut form);
        self.admin().put(&path, now.version, &form).await
    }
}

/// An event as it was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub id: EventId,
    pub kind: String,
    pub object_kind: String,
    pub object_id: Option<Uuid>,
    pub actor: Option<EmployeeId>,
    pub old: Value,
    pub new: Value,
    pub reason: Option<String>,
}

/// A mail in the outbox.
#[derive(Debug, Clone)]
pub struct Queued {
    pub kind: String,
    pub recipient: EmployeeId,
    pub params: Value,
}

impl World {
    /// All events but refused permissions, oldest first.
    pub fn events(&self) -> Vec<Recorded> {
        self.recorded().into_iter().filter(|event| event.kind != "permission.refused").collect()
    }

    /// All events, oldest first.
    pub fn recorded(&self) -> Vec<Recorded> {
        type Row = (
            EventId,
            String,
            String,
            Option<EventId>,
            Option<EmployeeId>,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        let rows: Vec<Row> = events::table
            .order(events::id.asc())
            .select((
                events::id,
                events::kind,
                events::object_kind,
                events::object_id,
                events::actor_id,
                events::old_values,
                events::new_values,
                events::reason,
            ))
            .load(&mut self.database.connect())
            .unwrap();
        let values = |text: Option<String>| text.map_or(Value::Null, |text| text.parse().unwrap());
        rows.into_iter()
            .map(|(id, kind, object_kind, object_id, actor, old, new, reason)| Recorded {
                id,
                kind,
                object_kind,
                object_id: object_id.map(|id| id.0),
                actor,
                old: values(old),
                new: values(new),
                reason,
            })
            .collect()
    }

    /// All mails to employees in the outbox, sent or not, oldest first.
    pub fn outbox(&self) -> Vec<Queued> {
        let rows: Vec<(String, EmployeeId, String)> = mails::table
            .filter(mails::recipient_id.is_not_null())
            .order(mails::id.asc())
            .select((mails::kind, mails::recipient_id.assume_not_null(), mails::params))
            .load(&mut self.database.connect())
            .unwrap();
        rows.into_iter()
            .map(|(kind, recipient, params)| Queued { kind, recipient, params: params.parse().unwrap() })
            .collect()
    }

    /// Who were queued a mail of some kind since the outbox held `before` mails, sorted.
    pub fn told(&self, kind: &str, before: usize) -> Vec<EmployeeId> {
        let new = self.outbox().into_iter().skip(before);
        let mut told: Vec<EmployeeId> =
            new.filter(|mail| mail.kind == kind).map(|mail| mail.recipient).collect();
        told.sort_unstable();
        told
    }
}

/// The ids of some people, sorted.
pub fn ids(people: &[&Person]) -> Vec<EmployeeId> {
    let mut ids: Vec<EmployeeId> = people.iter().map(|person| person.id).collect();
    ids.sort_unstable();
    ids
}
