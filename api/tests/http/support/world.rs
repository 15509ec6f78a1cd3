//! An installation that runs, and what is in it.

use std::sync::OnceLock;

use contract::*;
use serde_json::json;
use werkbak::config::Config;
use werkbak::db::{Address, transaction};
use werkbak::mail::worker::Worker;
use werkbak::secrets::Source;
use werkbak::state::{Gates, State};
use werkbak::{case_types, employees, offices, sign_in};

use super::{Anonymous, PASSWORD, Person, TestDatabase, statements};

/// A running installation.
#[derive(Debug)]
pub struct World {
    pub state: State,
    pub anyone: Anonymous,
    pub database: TestDatabase,
    server: actix_web::dev::ServerHandle,
}

fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| sign_in::hashing::hash_now(PASSWORD).unwrap())
}

/// A configuration for a database.
pub fn configuration(database: &TestDatabase) -> Config {
    Config {
        database: Address::parse(&database.url).unwrap(),
        bind: "127.0.0.1:0".parse().unwrap(),
        public_url: Some("https://werkbak.test".to_owned()),
        web_root: database.folder.join("web"),
        secrets: Source::File(database.folder.join("secrets.json")),
        smtp_url: None,
        mail_from: "Werkbak <werkbak@localhost>".parse().unwrap(),
        worker: false,
        trusted_proxies: Vec::new(),
        networks: werkbak::networks::policy::Networks::default(),
        networks_enforced: false,
        tls: None,
        sessions: sign_in::limits::Limits::default(),
        drain: std::time::Duration::ZERO,
        data: database.folder.clone(),
    }
}

impl World {
    /// Starts one, on a database of its own.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// Starts one that is set up in another way.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start(change, |_| {}).await
    }

    /// Starts one with other gates.
    pub async fn behind(change: impl FnOnce(&mut Gates)) -> Self {
        Self::start(|_| {}, change).await
    }

    #[expect(clippy::unused_async, reason = "the server starts on the runtime of its caller")]
    async fn start(change: impl FnOnce(&mut Config), gate: impl FnOnce(&mut Gates)) -> Self {
        statements::watch();
        let database = TestDatabase::migrated();
        let mut config = configuration(&database);
        change(&mut config);
        let mut gates = Gates::usual(config.database.kind());
        gate(&mut gates);
        let bind = config.bind;
        let state = State::open_behind(config, gates).unwrap();
        let (server, address) = werkbak::http::serve::start(state.clone(), bind).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { state, anyone: Anonymous { base: format!("http://{address}") }, database, server: handle }
    }

    /// An office with one local administrator, signed in.
    pub async fn office(&self, code: &str) -> Office {
        let id = self
            .state
            .db
            .write(|conn| {
                let name = format!("Gemeente {code}");
                let email = format!("info@{code}.test");
                Ok(offices::store::insert(conn, code, &name, &email)?.unwrap())
            })
            .unwrap();
        let mut office = Office {
            id,
            code: code.to_owned(),
            anyone: self.anyone.clone(),
            admin: None,
            state: self.state.clone(),
        };
        office.admin = Some(office.person_with("beheer", &[Role::LocalAdmin]).await);
        office
    }

    /// A mail worker, which works when told to.
    pub fn worker(&self) -> Worker {
        Worker::new(self.state.clone(), "https://werkbak.test".to_owned()).unwrap()
    }

    /// Makes an office the platform's (P3).
    pub fn platform(&self, office: &Office) {
        assert!(self.state.db.write(|conn| offices::store::make_platform(conn, office.id)).unwrap());
    }

    /// Sends all queued mails and returns the files, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.worker().send_due().unwrap();
        let folder = self.database.folder.join("mail");
        let mut names: Vec<_> = std::fs::read_dir(&folder)
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default();
        names.sort();
        names.into_iter().map(|path| Mail::read(&path)).collect()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Nobody waits for it; the database goes with it.
        drop(self.server.stop(false));
    }
}

/// A mail as it was sent.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    /// The whole source, transfer encoding undone.
    pub source: String,
    pub message_id: String,
}

impl Mail {
    fn read(path: &std::path::Path) -> Self {
        Self::of(&std::fs::read_to_string(path).unwrap())
    }

    /// As it went over the wire.
    pub fn of(source: &str) -> Self {
        let source = unquote(source);
        let header = |name: &str| {
            source
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .map(|value| value.trim().to_owned())
                .unwrap_or_default()
        };
        Self { to: header("To:"), subject: header("Subject:"), message_id: header("Message-ID:"), source }
    }

    /// A header of the whole mail.
    pub fn header(&self, name: &str) -> &str {
        let (head, _) = self.source.split_once("\r\n\r\n").unwrap();
        let begin = format!("{}:", name.to_lowercase());
        let line = head.lines().find(|line| line.to_lowercase().starts_with(&begin));
        line.unwrap_or_else(|| panic!("no {name}: {head}"))[begin.len()..].trim()
    }

    /// Its parts, each the type of its content and the content.
    pub fn parts(&self) -> Vec<(String, String)> {
        let boundary = self.source.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next());
        let boundary = format!("--{}", boundary.expect("parts"));
        let parts = self.source.split(&boundary).skip(1);
        parts
            .take_while(|part| !part.starts_with("--"))
            .filter_map(|part| part.split_once("\r\n\r\n"))
            .map(|(head, content)| {
                let kind = head.lines().find_map(|line| line.strip_prefix("Content-Type: "));
                (kind.unwrap_or_default().to_owned(), content.replace("\r\n", "\n"))
            })
            .collect()
    }

    /// Whether it went to someone.
    pub fn is_to(&self, person: &Person) -> bool {
        let local = person.username.split('@').next().unwrap();
        self.to.contains(&format!("{local}@"))
    }

    /// The temporary password in it.
    pub fn temporary_password(&self) -> String {
        let is_password = |word: &&str| {
            let groups: Vec<&str> = word.split('-').collect();
            groups.len() >= 4
                && groups.iter().all(|group| group.len() == groups[0].len() && group.len() >= 3)
                && word.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
        };
        self.source.split_whitespace().find(is_password).expect("a temporary password").to_owned()
    }
}

/// Quoted-printable, as far as tests look: soft line breaks and escaped bytes.
fn unquote(text: &str) -> String {
    let joined = text.replace("=\r\n", "").replace("=\n", "");
    let bytes = joined.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'=' && at + 2 < bytes.len())
            .then(|| u8::from_str_radix(std::str::from_utf8(&bytes[at + 1..at + 3]).unwrap_or(""), 16).ok())
            .flatten();
        match escaped {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// An office.
#[derive(Debug, Clone)]
pub struct Office {
    pub id: OfficeId,
    pub code: String,
    anyone: Anonymous,
    admin: Option<Person>,
    state: State,
}

impl Office {
    /// Its local administrator.
    pub fn admin(&self) -> &Person {
        self.admin.as_ref().unwrap()
    }

    /// Someone new without roles, signed in.
    pub async fn person(&self, username: &str) -> Person {
        self.person_with(username, &[]).await
    }

    /// Someone new, with a password, not signed in.
    pub fn account(&self, username: &str, roles: &[Role]) -> EmployeeId {
        let new = NewEmployee {
            username: username.to_owned(),
            name: format!("{}{}", username[..1].to_uppercase(), &username[1..]),
            email: format!("{username}@{}.test", self.code),
            roles: roles.to_vec(),
            group_ids: Vec::new(),
            language: Language::Dutch,
        };
        self.state
            .db
            .write(|conn| {
                let id = employees::store::insert(conn, self.id, &new)?.unwrap();
                sign_in::store::set_password(conn, id, password_hash())?;
                Ok(id)
            })
            .unwrap()
    }

    /// Someone new with roles, signed in.
    pub async fn person_with(&self, username: &str, roles: &[Role]) -> Person {
        let id = self.account(username, roles);
        self.sign_in(id, username).await
    }

    /// A new session of someone.
    pub async fn sign_in(&self, id: EmployeeId, username: &str) -> Person {
        let full = format!("{username}@{}", self.code);
        let session: Session = self.anyone.sign_in(&full, PASSWORD).await.ok();
        Person {
            anyone: self.anyone.clone(),
            id,
            name: format!("{}{}", username[..1].to_uppercase(), &username[1..]),
            username: full,
            token: session.access_token,
        }
    }

    /// A group with these members.
    pub async fn group(&self, name: &str, members: &[&Person]) -> Group {
        let ids: Vec<EmployeeId> = members.iter().map(|member| member.id).collect();
        self.admin().post("/groups", &json!({ "name": name, "memberIds": ids })).await.ok()
    }

    /// A dossier managed by someone, closed to who has no rule.
    pub async fn dossier(&self, manager: &Person, name: &str) -> Dossier {
        manager.post("/dossiers", &json!({ "name": name, "visibility": "restricted" })).await.ok()
    }

    /// Sets all rules of a dossier: (group or employee, effect).
    pub async fn rules(&self, dossier: &Dossier, rules: &[NewAccessRule]) -> AccessRules {
        let path = format!("/dossiers/{}/access-rules", dossier.id);
        let now: AccessRules = self.admin().get(&path).await.ok();
        self.admin().put(&path, now.version, &json!({ "rules": rules })).await.ok()
    }

    /// The case types of the small export, by name; nobody is authorised yet.
    pub async fn case_types(&self) -> Vec<CaseTypeSummary> {
        let export = case_types::import::parse(include_bytes!("../../data/case-types.xml")).unwrap();
        let by =
            werkbak::events::By { office_id: Some(self.id), employee_id: None, address: "test".to_owned() };
        let mut conn = self.state.config.database.connect().unwrap();
        transaction(&mut conn, |conn| {
            for item in &export.items {
                if let case_types::import::Item::CaseType(case_type) = item {
                    case_types::revise::bring_in(conn, self.id, case_type, &by)?;
                }
            }
            Ok(())
        })
        .unwrap();
        let page: Page<CaseTypeSummary> = self.admin().get("/case-types").await.ok();
        page.items
    }

    /// Authorises people for a case type, besides those who were.
    pub async fn authorise(&self, case_type: CaseTypeId, people: &[&Person]) {
        let path = format!("/case-types/{case_type}/authorisations");
        let now: Authorisations = self.admin().get(&path).await.ok();
        let mut ids: Vec<EmployeeId> = now.employees.iter().map(|employee| employee.id).collect();
        ids.extend(people.iter().map(|person| person.id));
        let groups: Vec<GroupId> = now.groups.iter().map(|group| group.id).collect();
        let change = json!({ "groupIds": groups, "employeeIds": ids });
        let _: Authorisations = self.admin().put(&path, now.version, &change).await.ok();
    }

    /// An open case of someone who manages its dossier and coordinates it.
    pub async fn case(&self, coordinator: &Person) -> (Dossier, Case) {
        let dossier = self.dossier(coordinator, "Gezin Hendriks").await;
        let page: Page<CaseTypeSummary> = self.admin().get("/case-types").await.ok();
        let types = if page.items.is_empty() { self.case_types().await } else { page.items };
        let case_type = types.iter().find(|case_type| case_type.name.contains("parkeer")).unwrap().id;
        let authorised: Page<CaseTypeSummary> = coordinator.get("/case-types?authorised=true").await.ok();
        if !authorised.items.iter().any(|found| found.id == case_type) {
            self.authorise(case_type, &[coordinator]).await;
        }
        let new = json!({ "dossierId": dossier.id, "caseTypeId": case_type, "title": "Parkeerkaart" });
        (dossier, coordinator.post("/cases", &new).await.ok())
    }

    /// A task in a group's tray.
    pub async fn tray_task(&self, by: &Person, case: &Case, group: &Group) -> Task {
        let new = json!({ "title": "Uitvoeren van medische keuring", "groupId": group.id });
        by.post(&format!("/cases/{}/tasks", case.header.id), &new).await.ok()
    }

    /// Adds a supporter to a case.
    pub async fn support(&self, by: &Person, case: &Case, supporter: &Person) -> Case {
        let path = format!("/cases/{}", case.header.id);
        let now: Case = by.get(&path).await.ok();
        by.request(awc::http::Method::PUT, &format!("{path}/supporters/{}", supporter.id))
            .seen(now.version)
            .send()
            .await
            .ok()
    }

    /// Switches an account off without anything to hand over.
    pub async fn deactivate(&self, person: &Person) {
        let _: Employee =
            self.admin().post(&format!("/employees/{}/deactivation", person.id), &json!({})).await.ok();
    }
}

/// A rule for a group.
pub fn group_rule(group: &Group, effect: Effect) -> NewAccessRule {
    NewAccessRule { employee_id: None, group_id: Some(group.id), effect }
}

/// A rule for a person.
pub fn person_rule(person: &Person, effect: Effect) -> NewAccessRule {
    NewAccessRule { employee_id: Some(person.id), group_id: None, effect }
}
