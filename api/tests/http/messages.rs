//! `/v1/dossiers/{dossierId}/recipient` and `/messages`: one address, and a mail without content (D6, D8).

use awc::http::{Method, StatusCode};
use contract::*;
use diesel::prelude::*;
use serde_json::{Value, json};
use werkbak::db::schema::{employees, mails};
use werkbak::db::transaction;
use werkbak::mail::{self, MailKind, Params, To};

use crate::support::{Mail, Person, World, person_rule};

const TEXT: &str = "Mevrouw Hendriks belt morgen over de keuring.";

/// Puts an account in a state that no operation leaves a manager in.
fn set_state(world: &World, who: &Person, state: EmployeeState) {
    diesel::update(employees::table.find(who.id))
        .set(employees::state.eq(state))
        .execute(&mut world.database.connect())
        .unwrap();
}

async fn recipient(who: &Person, dossier: DossierId) -> Recipient {
    who.get(&format!("/dossiers/{dossier}/recipient")).await.ok()
}

/// The mails since some were there.
fn new_mails(world: &World, seen: &mut Vec<String>) -> Vec<Mail> {
    let new: Vec<Mail> = world.mails().into_iter().filter(|mail| !seen.contains(&mail.message_id)).collect();
    seen.extend(new.iter().map(|mail| mail.message_id.clone()));
    new
}

#[actix_web::test]
async fn a_message_goes_to_the_manager_else_the_client_group_else_the_office() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma) = (office.person("jan").await, office.person("fatma").await);
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    office.message_and_party(&jan, dossier.id).await;
    let client: ClientGroup = office
        .admin()
        .post("/client-groups", &json!({ "name": "Zorg", "email": "zorg@klant.test" }))
        .await
        .ok();
    let mut seen = Vec::new();
    new_mails(&world, &mut seen);
    let path = format!("/dossiers/{}", dossier.id);
    let form = |manager: Option<&Person>, client_group: Option<ClientGroupId>| {
        json!({ "name": "Gezin Hendriks", "managerId": manager.map(|person| person.id),
            "clientGroupId": client_group, "visibility": "restricted" })
    };

    let none: Option<&Person> = None;
    for (manager, state, client_group, reason, address) in [
        (Some(&jan), EmployeeState::Active, Some(client.id), RecipientReason::Manager, "jan@zaanstad.test"),
        (Some(&jan), EmployeeState::Locked, Some(client.id), RecipientReason::Manager, "jan@zaanstad.test"),
        (
            Some(&jan),
            EmployeeState::Deactivated,
            Some(client.id),
            RecipientReason::ClientGroupManagerInactive,
            "zorg@klant.test",
        ),
        (
            Some(&jan),
            EmployeeState::Deactivated,
            None,
            RecipientReason::OfficeManagerInactive,
            "info@zaanstad.test",
        ),
        (
            none,
            EmployeeState::Active,
            Some(client.id),
            RecipientReason::ClientGroupNoManager,
            "zorg@klant.test",
        ),
        (none, EmployeeState::Active, None, RecipientReason::OfficeNoManager, "info@zaanstad.test"),
    ] {
        set_state(&world, &jan, EmployeeState::Active);
        office
            .rules(
                &dossier,
                &[person_rule(&fatma, Effect::Allow), person_rule(office.admin(), Effect::Allow)],
            )
            .await;
        let now: Dossier = office.admin().get(&path).await.ok();
        let _: Dossier = office.admin().put(&path, now.version, &form(manager, client_group)).await.ok();
        set_state(&world, &jan, state);

        let shown = recipient(&fatma, dossier.id).await;
        assert_eq!((shown.reason, shown.kind, shown.address.as_str()), (reason, reason.kind(), address));
        assert_eq!(shown.employee.map(|who| who.id), (reason == RecipientReason::Manager).then_some(jan.id));
        let sent: Message = fatma.message(dossier.id, TEXT).await.ok();
        assert_eq!((sent.text.as_str(), sent.mail), (TEXT, MailState::Queued));
        assert_eq!((sent.recipient.kind, sent.recipient.address.as_str()), (reason.kind(), address));

        let new = new_mails(&world, &mut seen);
        assert_eq!(new.len(), 1, "{reason}: exactly one mail");
        assert!(new[0].to.contains(address), "{reason}: {}", new[0].to);
        // The number, that there is a message, and the link: no text, no names, no titles (D8).
        assert!(new[0].subject.contains(&dossier.number));
        let link = format!("https://werkbak.test/dossiers/{}?bericht={}", dossier.id, sent.id);
        assert!(new[0].source.contains(&link), "{}", new[0].source);
        for secret in ["keuring", "Hendriks", "Gezin", "Fatma"] {
            assert!(!new[0].source.contains(secret), "{reason}: {secret}");
        }
        let read: Message = fatma.get(&format!("{path}/messages/{}", sent.id)).await.ok();
        assert_eq!(read.mail, MailState::Sent);
        assert!(read.mailed_at.is_some());
    }
}

#[actix_web::test]
async fn the_reason_is_told_in_the_readers_language() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let path = format!("/dossiers/{}/recipient", dossier.id);
    let dutch = recipient(&jan, dossier.id).await;
    assert_eq!(dutch.explanation, "Jan krijgt dit bericht, als dossierbeheerder.");
    assert!(dutch.oneself, "the author is told that it comes to themself");
    let english = jan.request(Method::GET, &path).header("Accept-Language", "en").send().await;
    assert_eq!(
        english.ok::<Recipient>().explanation,
        "Jan gets this message, as the manager of the dossier."
    );
    // It is sent all the same: to exactly one address.
    let sent: Message = jan.message(dossier.id, TEXT).await.ok();
    assert_eq!(sent.recipient.address, "jan@zaanstad.test");
    assert_eq!(world.outbox().iter().filter(|mail| mail.kind == "dossier-message").count(), 1);
}

#[actix_web::test]
async fn nothing_is_sent_to_another_than_the_author_saw() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet, fatma) =
        (office.person("jan").await, office.person("piet").await, office.person("fatma").await);
    let dossier = office.dossier(&jan, "Gezin").await;
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    let path = format!("/dossiers/{}", dossier.id);
    let messages = format!("{path}/messages");
    let saw = recipient(&fatma, dossier.id).await;
    let new = |version: &str| json!({ "text": TEXT, "recipientVersion": version });

    // Another manager, and then the same one with another address.
    let now: Dossier = jan.get(&path).await.ok();
    let change = json!({ "name": "Gezin", "managerId": piet.id, "visibility": "restricted" });
    let _: Dossier = jan.put(&path, now.version, &change).await.ok();
    let before = world.events().len();
    let problem = fatma.post(&messages, &new(&saw.recipient_version)).await.problem(ProblemCode::Stale);
    let current: Recipient = serde_json::from_value(problem.current.unwrap()).unwrap();
    assert_eq!((current.address.as_str(), current.reason), ("piet@zaanstad.test", RecipientReason::Manager));
    assert_eq!(world.events().len(), before);
    let _: Employee =
        office.change_employee(piet.id, |form| form["email"] = json!("p.jansen@zaanstad.test")).await.ok();
    fatma.post(&messages, &new(&current.recipient_version)).await.problem(ProblemCode::Stale);
    assert!(fatma.pages::<Message>(&messages, 10).await.is_empty());
    assert!(world.outbox().iter().all(|mail| mail.kind != "dossier-message"));

    let saw = recipient(&fatma, dossier.id).await;
    let sent: Message = fatma.post(&messages, &new(&saw.recipient_version)).await.ok();
    assert_eq!(sent.recipient.address, "p.jansen@zaanstad.test");
    let event = world.events().into_iter().rfind(|event| event.kind == "dossier.message-sent").unwrap();
    assert_eq!((event.object_id, event.actor), (Some(dossier.id.0), Some(fatma.id)));
    assert_eq!(event.new["messageId"], json!(sent.id));
    assert!(!event.new.to_string().contains("keuring"), "the text is kept once");
    // Corrected between writing and sending: it still goes where the author saw it would.
    let _: Employee =
        office.change_employee(piet.id, |form| form["email"] = json!("anders@zaanstad.test")).await.ok();
    let mails = world.mails();
    let mail = mails.iter().find(|mail| mail.subject.contains("bericht over")).unwrap();
    assert!(mail.to.contains("p.jansen@zaanstad.test"), "{}", mail.to);
}

#[actix_web::test]
async fn messages_are_for_who_has_access_to_the_dossier() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma, piet) =
        (office.person("jan").await, office.person("fatma").await, office.person("piet").await);
    let (dossier, _) = office.case(&jan).await;
    let path = format!("/dossiers/{}", dossier.id);
    let sent: Message = jan.message(dossier.id, TEXT).await.ok();
    let one = format!("{path}/messages/{}", sent.id);
    let new =
        json!({ "text": TEXT, "recipientVersion": recipient(&jan, dossier.id).await.recipient_version });
    for read in [format!("{path}/recipient"), format!("{path}/messages"), one.clone()] {
        piet.get(&read).await.problem(ProblemCode::NotFound);
        // A local administrator sees that the dossier exists (D4), and is told why not.
        office.admin().get(&read).await.problem(ProblemCode::Forbidden);
    }
    piet.post(&format!("{path}/messages"), &new).await.problem(ProblemCode::NotFound);
    office.admin().post(&format!("{path}/messages"), &new).await.problem(ProblemCode::Forbidden);
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    let read: Message = fatma.get(&one).await.ok();
    assert_eq!((read.text.as_str(), read.author.name.as_str()), (TEXT, "Jan"));
    // Of another dossier: not there.
    let other = office.dossier(&jan, "Ander").await;
    jan.get(&format!("/dossiers/{}/messages/{}", other.id, sent.id)).await.problem(ProblemCode::NotFound);
}

#[actix_web::test]
async fn the_history_is_newest_first_and_tells_what_became_of_each_mail() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let path = format!("/dossiers/{}/messages", dossier.id);
    let mut sent = Vec::new();
    for number in 0..5 {
        sent.push(jan.message(dossier.id, &format!("Bericht {number}")).await.ok::<Message>());
    }
    sent.reverse();
    let history: Vec<Message> = jan.pages(&path, 2).await;
    assert_eq!(history, sent);
    world.mails();
    diesel::update(mails::table.filter(mails::kind.eq("dossier-message")))
        .set(mails::state.eq("dead"))
        .execute(&mut world.database.connect())
        .unwrap();
    let history: Vec<Message> = jan.pages(&path, 100).await;
    assert!(history.iter().all(|message| message.mail == MailState::Failed));
}

/// Whoever left between writing and sending is not mailed any more; the history says so.
#[actix_web::test]
async fn mail_to_a_manager_who_left_meanwhile_is_not_sent() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let sent: Message = jan.message(dossier.id, TEXT).await.ok();
    set_state(&world, &jan, EmployeeState::Deactivated);
    assert!(world.mails().iter().all(|mail| !mail.subject.contains("bericht over")));
    set_state(&world, &jan, EmployeeState::Active);
    let read: Message = jan.get(&format!("/dossiers/{}/messages/{}", dossier.id, sent.id)).await.ok();
    assert_eq!((read.mail, read.mailed_at), (MailState::Cancelled, None));
}

/// What reaches nobody is told to who wrote it, once, without content (D6, D8).
#[actix_web::test]
async fn the_author_hears_that_a_message_did_not_arrive() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, fatma) = (office.person("jan").await, office.person("fatma").await);
    let dossier = office.dossier(&jan, "Gezin Hendriks").await;
    office.rules(&dossier, &[person_rule(&fatma, Effect::Allow)]).await;
    let sent: Message = fatma.message(dossier.id, TEXT).await.ok();
    set_state(&world, &jan, EmployeeState::Deactivated);
    let mut seen = Vec::new();
    let told = new_mails(&world, &mut seen);
    let mails: Vec<&Mail> = told.iter().filter(|mail| mail.subject.contains("niet aangekomen")).collect();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].is_to(&fatma) && mails[0].subject.contains(&dossier.number));
    assert!(mails[0].source.contains(&format!("/dossiers/{}?bericht={}", dossier.id, sent.id)));
    assert!(!mails[0].source.contains("Hendriks"), "{}", mails[0].source);
    world.mails_are_due();
    assert!(new_mails(&world, &mut seen).is_empty());
}

/// The same event never mails the same address twice (D6), nor the same colleague.
#[actix_web::test]
async fn one_event_mails_one_address_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let _: Message = jan.message(dossier.id, TEXT).await.ok();
    let event: EventId = mails::table
        .filter(mails::kind.eq("dossier-message"))
        .select(mails::event_id)
        .first(&mut world.database.connect())
        .unwrap();
    let queue = |to: To<'_>| {
        transaction(&mut world.database.connect(), |conn| {
            mail::queue_one(conn, office.id, event, MailKind::DossierMessage, to, &Params::default())
        })
    };
    assert!(queue(To::Employee(jan.id)).is_err());
    assert!(queue(To::Address("a@b.test")).is_ok());
    assert!(queue(To::Address("a@b.test")).is_err());
    assert!(queue(To::Address("c@b.test")).is_ok());
}

#[actix_web::test]
async fn a_message_says_something_and_is_sent_once() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let dossier = office.dossier(&jan, "Gezin").await;
    let path = format!("/dossiers/{}/messages", dossier.id);
    let version = recipient(&jan, dossier.id).await.recipient_version;
    let new = |text: &str| json!({ "text": text, "recipientVersion": version });
    assert_eq!(jan.post(&path, &new(" ")).await.invalid_fields(), ["text"]);
    assert_eq!(jan.post(&path, &new(&"x".repeat(10_001))).await.invalid_fields(), ["text"]);
    let without = json!({ "text": TEXT, "recipientVersion": "" });
    assert_eq!(jan.post(&path, &without).await.invalid_fields(), ["recipientVersion"]);
    jan.post(&path, &json!({ "text": TEXT })).await.problem(ProblemCode::InvalidJson);
    let long: Message = jan.post(&path, &new(&"é".repeat(10_000))).await.ok();
    assert_eq!(long.text.chars().count(), 10_000);
    let twice = || jan.request(Method::POST, &path).header("Idempotency-Key", "1").json(&new(TEXT)).send();
    let (first, again) = (twice().await, twice().await);
    assert_eq!((first.status, first.json()), (StatusCode::CREATED, again.json()));
    assert_eq!(
        first.header("location"),
        Some(format!("/v1{path}/{}", first.json()["id"].as_str().unwrap()).as_str())
    );
    assert_eq!(jan.pages::<Value>(&path, 10).await.len(), 2);
}
