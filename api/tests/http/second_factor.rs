//! `/v1/me/second-factor`, `/v1/sessions/second-factor`: a code from an app besides the password (S2, S5, S7).

use awc::http::{Method, StatusCode};
use contract::*;
use diesel::prelude::*;
use serde_json::json;
use werkbak::db::schema::{events, idempotency_keys, mails, recovery_codes, second_factors, sessions};

use crate::access_matrix::TABLE;
use crate::support::{Device, PASSWORD, Person, World, step};

const NEW: &str = "kwast molen zeven blauw";

#[actix_web::test]
async fn set_up_then_asked_for_at_sign_in() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let elsewhere = office.sign_in(jan.id, "jan").await;
    let none: SecondFactor = jan.get("/me/second-factor").await.ok();
    assert_eq!(none, SecondFactor { since: None, recovery_codes_left: 0, required: false });

    // It takes the password that is in use.
    let begin = |body: serde_json::Value| {
        let jan = jan.clone();
        async move { jan.post("/me/second-factor", &body).await }
    };
    assert_eq!(begin(json!({})).await.invalid_fields(), ["currentPassword"]);
    assert_eq!(begin(json!({ "currentPassword": "wrong" })).await.invalid_fields(), ["currentPassword"]);
    let confirm = |code: String| {
        let jan = jan.clone();
        async move { jan.post("/me/second-factor/confirmation", &json!({ "code": code })).await }
    };
    confirm("123456".to_owned()).await.problem(ProblemCode::Conflict);
    let setup: SecondFactorSetup = begin(json!({ "currentPassword": PASSWORD })).await.ok();
    assert!(
        setup.uri.starts_with("otpauth://totp/Werkbak%20%28Gemeente%20zaanstad%29:jan%40zaanstad?secret=")
    );
    assert!(setup.uri.contains(&setup.secret.replace(' ', "")));
    assert!(setup.qr_code.starts_with("data:image/svg+xml;base64,"));
    let device = Device::new(&setup);

    // Nothing is on yet, and a wrong code switches nothing on.
    assert_eq!(confirm(device.wrong()).await.invalid_fields(), ["code"]);
    let session: Session = world.anyone.sign_in("jan@zaanstad", PASSWORD).await.ok();
    assert_eq!(session.kind, SessionKind::Full);
    let answer = confirm(device.code()).await;
    assert!(answer.header("set-cookie").unwrap().starts_with("__Host-"));
    let confirmed: SecondFactorConfirmed = answer.ok();
    assert_eq!((confirmed.recovery_codes.len(), confirmed.session.kind), (10, SessionKind::Full));
    for other in [&jan, &elsewhere] {
        other.get("/me").await.problem(ProblemCode::NotSignedIn);
    }
    let jan = jan.in_session(&confirmed.session);
    let on: SecondFactor = jan.get("/me/second-factor").await.ok();
    assert!(on.since.is_some() && on.recovery_codes_left == 10 && !on.required);
    let mail = world.mails().into_iter().rfind(|mail| mail.is_to(&jan)).unwrap();
    assert_eq!(mail.subject, "Uw tweede factor staat aan");
    // The code that confirmed it signs nobody in.
    let half = world.anyone.half(&jan).await;
    assert_eq!(half.give(&device.code()).await.invalid_fields(), ["code"]);
    world.codes_are_unused(jan.id);

    let answer = half.give(&format!(" {} {} ", &device.code()[..3], &device.code()[3..])).await;
    assert!(answer.header("set-cookie").unwrap().starts_with("__Host-"));
    let session: Session = answer.ok();
    assert_eq!(session.kind, SessionKind::Full);
    half.get("/me").await.problem(ProblemCode::NotSignedIn);
    let jan = jan.in_session(&session);
    assert_eq!(jan.get("/me").await.ok::<Me>().session_kind, SessionKind::Full);
    jan.give(&device.code()).await.problem(ProblemCode::Conflict);
    let employee: Employee = office.admin().get(&format!("/employees/{}", jan.id)).await.ok();
    assert!(employee.account.unwrap().second_factor_since.is_some());
}

#[actix_web::test]
async fn a_code_works_once_and_no_older_one_after_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let code = device.code();
    let (one, two) = (world.anyone.half(&jan).await, world.anyone.half(&jan).await);
    one.give(&code).await.ok::<Session>();
    assert_eq!(two.give(&code).await.invalid_fields(), ["code"]);

    // Two at the same moment have one winner.
    world.codes_are_unused(jan.id);
    let waiting: Vec<Person> = futures_util::future::join_all((0..5).map(|_| world.anyone.half(&jan))).await;
    let code = device.code();
    let answers = futures_util::future::join_all(waiting.iter().map(|half| half.give(&code))).await;
    let won = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!(won, 1, "{answers:#?}");

    // A clock that is one step away is forgiven, on either side; of two steps it is not. Again if the clock ticked.
    loop {
        let begun = step();
        let mut seen = Vec::new();
        for step in [begun - 2, begun - 1, begun + 1, begun, begun + 2] {
            let half = world.anyone.half(&jan).await;
            if step != begun {
                world.codes_are_unused(jan.id);
            }
            seen.push(half.give(&device.at(step)).await.status.as_u16());
        }
        world.codes_are_unused(jan.id);
        world.anyone.half(&jan).await.give(&device.code()).await.ok::<Session>();
        if step() == begun {
            assert_eq!(seen, [400, 200, 200, 400, 400], "the fourth is older than the third");
            break;
        }
        world.codes_are_unused(jan.id);
    }
}

#[actix_web::test]
async fn a_recovery_code_works_once_and_new_ones_void_the_old() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let (piet, _) = office.person_with_device(&world, "piet", &[]).await;
    let code = device.recovery_codes[3].clone();
    assert!(code.chars().filter(char::is_ascii_lowercase).count() >= 20, "80 bits: {code}");
    assert_eq!(world.anyone.half(&piet).await.give(&code).await.invalid_fields(), ["code"], "someone else's");
    let typed = code.to_uppercase().replace('-', " ");
    let jan = jan.in_session(&world.anyone.half(&jan).await.give(&typed).await.ok::<Session>());
    assert_eq!(world.anyone.half(&jan).await.give(&code).await.invalid_fields(), ["code"]);
    assert_eq!(jan.get("/me/second-factor").await.ok::<SecondFactor>().recovery_codes_left, 9);
    let recorded = world.recorded();
    assert!(recorded.iter().any(|event| event.kind == "employee.recovery-code-used"));

    let renew = |code: String| {
        let jan = jan.clone();
        async move { jan.post("/me/second-factor/recovery-codes", &json!({ "code": code })).await }
    };
    assert_eq!(renew(device.wrong()).await.invalid_fields(), ["code"]);
    let renewed: RecoveryCodes = renew(device.code()).await.ok();
    assert_eq!(renewed.recovery_codes.len(), 10);
    assert_eq!(renew(device.code()).await.invalid_fields(), ["code"], "used");
    let old = world.anyone.half(&jan).await.give(&device.recovery_codes[0]).await;
    assert_eq!(old.invalid_fields(), ["code"]);
    world.anyone.half(&jan).await.give(&renewed.recovery_codes[0]).await.ok::<Session>();
}

/// Whoever only knows the password can give a code, see who they are, and leave.
#[actix_web::test]
async fn a_session_that_waits_does_nothing_else() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, _) = office.person_with_device(&world, "jan", &[Role::LocalAdmin]).await;
    let half = world.anyone.half(&jan).await;
    assert_eq!(half.get("/me").await.ok::<Me>().session_kind, SessionKind::SecondFactor);
    let allowed = ["/sessions", "/sessions/refresh", "/sessions/second-factor", "/sessions/current", "/me"];
    let mut walked = 0;
    for (method, template, _) in TABLE {
        let current = template.starts_with("/support-sessions/current");
        if allowed.contains(template) || current || ["/password-resets", "/sign-in-help"].contains(template) {
            continue;
        }
        let mut path = (*template).to_owned();
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            let word = match &path[from..=to] {
                "{kind}" => "employees".to_owned(),
                "{list}" => "dossiers".to_owned(),
                _ => EmployeeId::new().to_string(),
            };
            path.replace_range(from..=to, &word);
        }
        let request = half.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
        let request = match *template {
            "/me/password" => request.json(&json!({ "currentPassword": PASSWORD, "password": NEW })),
            _ => request.nonsense(&path),
        };
        request.send().await.problem(ProblemCode::SecondFactorRequired);
        walked += 1;
    }
    assert!(walked > 90, "{walked}");
    // It waits ten minutes at most, whatever is refreshed.
    let (kind, left): (String, chrono::NaiveDateTime) = sessions::table
        .filter(sessions::second_factor.eq("asked"))
        .select((sessions::second_factor, sessions::expires_at))
        .first(&mut world.database.connect())
        .unwrap();
    let left = left - werkbak::clock::stamp();
    assert!(kind == "asked" && left <= chrono::TimeDelta::minutes(10), "{left}");
    assert_eq!(half.delete("/sessions/current").await.status, StatusCode::NO_CONTENT);
    half.get("/me").await.problem(ProblemCode::NotSignedIn);
}

#[actix_web::test]
async fn refreshing_a_session_that_waits_gives_one_that_waits() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let answer = world.anyone.sign_in("jan@zaanstad", PASSWORD).await;
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let refresh = || world.anyone.request(Method::POST, "/v1/sessions/refresh").header("Cookie", &cookie);
    let session: Session = refresh().send().await.ok();
    assert_eq!(session.kind, SessionKind::SecondFactor);
    let half = jan.in_session(&session);
    half.get("/dossiers").await.problem(ProblemCode::SecondFactorRequired);
    half.give(&device.code()).await.ok::<Session>();
    refresh().send().await.problem(ProblemCode::NotSignedIn);
    // And after its time it is over.
    world.codes_are_unused(jan.id);
    let late = world.anyone.half(&jan).await;
    world.age_sessions(jan.id, 1);
    late.give(&device.code()).await.problem(ProblemCode::NotSignedIn);
}

/// S5: whoever reads someone's mail does not get round it.
#[actix_web::test]
async fn a_temporary_password_does_not_get_round_it() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    for _ in 0..3 {
        assert_eq!(world.anyone.half(&jan).await.give(&device.wrong()).await.invalid_fields(), ["code"]);
    }
    world.anyone.post("/password-resets", &json!({ "username": "jan@zaanstad" })).await;
    let mail = world.mails().into_iter().rfind(|mail| mail.subject.contains("tijdelijke wachtwoord"));
    let temporary = mail.unwrap().temporary_password();
    let session: Session = world.anyone.sign_in("jan@zaanstad", &temporary).await.ok();
    assert_eq!(session.kind, SessionKind::PasswordOnly);
    assert_eq!(world.attempts_of(jan.id).0, 3, "nothing is forgiven");
    let first = jan.in_session(&session);
    first.give(&device.code()).await.problem(ProblemCode::PasswordRequired);
    first.get("/me/second-factor").await.problem(ProblemCode::PasswordRequired);
    let set = first.request(Method::PUT, "/me/password").json(&json!({ "password": NEW }));
    let session: Session = set.send().await.ok();
    assert_eq!(session.kind, SessionKind::SecondFactor);
    let second = jan.in_session(&session);
    second.get("/dossiers").await.problem(ProblemCode::SecondFactorRequired);
    let path = "/me/password";
    let again = json!({ "currentPassword": NEW, "password": PASSWORD });
    let again = second.request(Method::PUT, path).json(&again).send().await;
    again.problem(ProblemCode::SecondFactorRequired);
    assert_eq!(world.attempts_of(jan.id).0, 3, "nor by a new password");
    let session: Session = second.give(&device.code()).await.ok();
    assert_eq!((session.kind, world.attempts_of(jan.id).0), (SessionKind::Full, 0));

    // A full session stays full when its owner changes the password.
    let change = json!({ "currentPassword": NEW, "password": "oker dinsdag lantaarn fiets" });
    let changed = jan.in_session(&session).request(Method::PUT, path).json(&change).send().await;
    assert_eq!(changed.ok::<Session>().kind, SessionKind::Full);
}

#[actix_web::test]
async fn another_telephone_and_switching_it_off_take_password_and_code() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (mut jan, old) = office.person_with_device(&world, "jan", &[]).await;
    let begin = json!({ "currentPassword": PASSWORD });
    assert_eq!(jan.post("/me/second-factor", &begin).await.invalid_fields(), ["code"]);
    let wrong = json!({ "currentPassword": PASSWORD, "code": old.wrong() });
    assert_eq!(jan.post("/me/second-factor", &wrong).await.invalid_fields(), ["code"]);
    let right = json!({ "currentPassword": PASSWORD, "code": old.recovery_codes[0] });
    let setup: SecondFactorSetup = jan.post("/me/second-factor", &right).await.ok();
    // The old one works until the new one is confirmed.
    world.anyone.half(&jan).await.give(&old.code()).await.ok::<Session>();
    world.codes_are_unused(jan.id);
    let new = jan.confirm(&world, &setup).await;
    assert_eq!(world.anyone.half(&jan).await.give(&old.code()).await.invalid_fields(), ["code"]);
    assert_eq!(world.anyone.half(&jan).await.give(&old.recovery_codes[1]).await.invalid_fields(), ["code"]);
    world.anyone.half(&jan).await.give(&new.code()).await.ok::<Session>();
    world.codes_are_unused(jan.id);

    let remove = |password: &str, code: String| {
        let (jan, body) = (jan.clone(), json!({ "password": password, "code": code }));
        async move { jan.post("/me/second-factor/removal", &body).await }
    };
    assert_eq!(remove("wrong", new.code()).await.invalid_fields(), ["password"]);
    assert_eq!(remove(PASSWORD, new.wrong()).await.invalid_fields(), ["code"]);
    assert_eq!(remove(PASSWORD, new.code()).await.status, StatusCode::NO_CONTENT);
    remove(PASSWORD, new.code()).await.problem(ProblemCode::Conflict);
    let session: Session = world.anyone.sign_in("jan@zaanstad", PASSWORD).await.ok();
    assert_eq!(session.kind, SessionKind::Full);
    let mail = world.mails().into_iter().rfind(|mail| mail.is_to(&jan)).unwrap();
    assert_eq!(mail.subject, "Uw tweede factor staat uit");
}

/// The secret is encrypted, recovery codes are hashed, and neither is in an event, a mail or a kept answer.
#[actix_web::test]
async fn nothing_secret_is_kept_in_clear() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let mut jan = office.person("jan").await;
    let begin = jan.request(Method::POST, "/me/second-factor").header("Idempotency-Key", "k1");
    let setup: SecondFactorSetup = begin.json(&json!({ "currentPassword": PASSWORD })).send().await.ok();
    let device = jan.confirm(&world, &setup).await;
    world.anyone.half(&jan).await.give(&device.recovery_codes[0]).await.ok::<Session>();
    let mut conn = world.database.connect();
    let (kept, pending): (Option<String>, Option<String>) = second_factors::table
        .find(jan.id)
        .select((second_factors::secret, second_factors::pending_secret))
        .first(&mut conn)
        .unwrap();
    assert!(kept.is_some() && pending.is_none());
    let hashes: Vec<String> = recovery_codes::table.select(recovery_codes::hash).load(&mut conn).unwrap();
    let values: Vec<(Option<String>, Option<String>)> =
        events::table.select((events::old_values, events::new_values)).load(&mut conn).unwrap();
    let params: Vec<String> = mails::table.select(mails::params).load(&mut conn).unwrap();
    let answers: Vec<String> =
        idempotency_keys::table.select(idempotency_keys::body).load(&mut conn).unwrap();
    let everything = format!("{kept:?} {hashes:?} {values:?} {params:?} {answers:?}");
    let secret = setup.secret.replace(' ', "");
    for hidden in
        [&secret, &setup.secret, &device.recovery_codes[0], &device.recovery_codes[1].replace('-', "")]
    {
        assert!(!everything.contains(hidden.as_str()));
    }
    assert_eq!(hashes.len(), 10);
    assert!(hashes.iter().all(|hash| hash.len() == 64));
    // Moved to someone else's row it opens nothing.
    let (piet, _) = office.person_with_device(&world, "piet", &[]).await;
    diesel::update(second_factors::table.find(piet.id))
        .set(second_factors::secret.eq(kept))
        .execute(&mut conn)
        .unwrap();
    assert_ne!(world.anyone.half(&piet).await.give(&device.code()).await.status, StatusCode::OK);
}
