//! Nobody guesses their way past a second factor (S1, S2).

use awc::http::{Method, StatusCode};
use contract::*;
use serde_json::json;

use crate::support::{Device, PASSWORD, Person, World};

/// Who knows the password gets no more guesses by it.
#[actix_web::test]
async fn the_eleventh_wrong_code_locks_and_right_passwords_in_between_forgive_nothing() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let path = format!("/employees/{}", jan.id);
    let last = || async { office.admin().get(&path).await.ok::<Employee>().account.unwrap().last_sign_in_at };
    let before = last().await;
    for wrong in 1..=10 {
        let half = world.anyone.half(&jan).await;
        assert_eq!(half.give(&device.wrong()).await.invalid_fields(), ["code"], "{wrong}");
        assert_eq!(world.attempts_of(jan.id), (wrong, EmployeeState::Active));
    }
    assert_eq!(last().await, before, "a right password alone is no sign-in");
    // A right code is right the eleventh time, too.
    let half = world.anyone.half(&jan).await;
    let full = jan.in_session(&half.give(&device.code()).await.ok::<Session>());
    assert_eq!(world.attempts_of(jan.id), (0, EmployeeState::Active));
    assert!(last().await > before);

    world.codes_are_unused(jan.id);
    for _ in 0..10 {
        world.anyone.half(&jan).await.give(&device.wrong()).await.invalid_fields();
    }
    let half = world.anyone.half(&jan).await;
    half.give(&device.wrong()).await.problem(ProblemCode::SignInFailed);
    assert_eq!(world.attempts_of(jan.id), (11, EmployeeState::Locked));
    for ended in [&half, &full] {
        ended.get("/me").await.problem(ProblemCode::NotSignedIn);
    }
    world.anyone.sign_in("jan@zaanstad", PASSWORD).await.problem(ProblemCode::SignInFailed);
    assert_eq!(world.recorded().iter().filter(|event| event.kind == "account.locked").count(), 1);
}

#[actix_web::test]
async fn a_burst_of_codes_gets_no_more_than_eleven_looks() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let half = world.anyone.half(&jan).await;
    let wrong = device.wrong();
    let answers = futures_util::future::join_all((0..60).map(|_| half.give(&wrong))).await;
    let looked = answers.iter().filter(|answer| answer.status == StatusCode::BAD_REQUEST).count();
    assert!(looked <= 10, "{looked}");
    assert_eq!(world.attempts_of(jan.id), (11, EmployeeState::Locked));
    half.give(&device.code()).await.problem(ProblemCode::NotSignedIn);
}

/// A session that is open already is no way to guess for ever, either: neither password nor code forgives the other.
#[actix_web::test]
async fn within_a_session_wrong_codes_and_passwords_add_up() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let removal = json!({ "password": PASSWORD, "code": device.wrong() });
    for wrong in 1..=5 {
        assert_eq!(jan.post("/me/second-factor/removal", &removal).await.invalid_fields(), ["code"]);
        assert_eq!(world.attempts_of(jan.id).0, wrong);
    }
    let begin = json!({ "currentPassword": PASSWORD, "code": device.recovery_codes[0] });
    jan.post("/me/second-factor", &begin).await.ok::<SecondFactorSetup>();
    jan.post("/me/second-factor/recovery-codes", &json!({ "code": device.code() }))
        .await
        .ok::<RecoveryCodes>();
    assert_eq!(world.attempts_of(jan.id).0, 5, "right ones neither count nor forgive");
    let change = json!({ "currentPassword": PASSWORD, "password": "kwast molen zeven blauw" });
    let changed: Session = jan.request(Method::PUT, "/me/password").json(&change).send().await.ok();
    assert_eq!(world.attempts_of(jan.id).0, 5);
    let jan = jan.in_session(&changed);
    for _ in 0..6 {
        let code = json!({ "code": device.wrong() });
        assert_eq!(jan.post("/me/second-factor/recovery-codes", &code).await.invalid_fields(), ["code"]);
    }
    assert_eq!(world.attempts_of(jan.id), (11, EmployeeState::Locked));
    jan.get("/me").await.problem(ProblemCode::NotSignedIn);
}

/// A session whose owner began to set one up is no way in for who sits at it later: what confirms is counted, too.
#[actix_web::test]
async fn what_confirms_a_second_factor_is_not_guessed_at() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let begin = json!({ "currentPassword": PASSWORD });
    let device = Device::new(&jan.post("/me/second-factor", &begin).await.ok());
    let confirm =
        async |code: String| jan.post("/me/second-factor/confirmation", &json!({ "code": code })).await;
    for _ in 0..10 {
        assert_eq!(confirm(device.wrong()).await.invalid_fields(), ["code"]);
    }
    confirm(device.wrong()).await.problem(ProblemCode::SignInFailed);
    assert_eq!(world.attempts_of(jan.id), (11, EmployeeState::Locked));
    confirm(device.code()).await.problem(ProblemCode::NotSignedIn);
    let tried: Vec<_> = world.recorded().into_iter().filter(|event| event.kind == "account.locked").collect();
    assert_eq!(tried.len(), 1);
}

/// S1: nothing tells whether there is a second factor before the password is right.
#[actix_web::test]
async fn a_wrong_password_costs_and_answers_the_same_with_and_without() {
    let gate = werkbak::http::gate::Gate::new(1, 64);
    let world = World::behind(|gates| gates.hashing = gate.clone()).await;
    let office = world.office("zaanstad").await;
    let (jan, _) = office.person_with_device(&world, "jan", &[]).await;
    let piet = office.person("piet").await;
    let mut seen = Vec::new();
    for username in [jan.username.as_str(), piet.username.as_str(), "nobody@zaanstad"] {
        let before = gate.entered();
        let (answer, statements) = world.counting(world.anyone.sign_in(username, "not the password")).await;
        let mut problem = answer.problem(ProblemCode::SignInFailed);
        problem.instance = None;
        let mut names: Vec<String> = answer.headers.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        let texts: Vec<String> =
            statements.iter().map(|text| text.split(" (").next().unwrap().to_owned()).collect();
        seen.push((problem, names, texts, gate.entered() - before));
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
}

/// What is written in the log, and what is not.
#[actix_web::test]
async fn half_a_sign_in_is_recorded_as_such() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, device) = office.person_with_device(&world, "jan", &[]).await;
    let before = world.recorded().len();
    let half: Person = world.anyone.half(&jan).await;
    half.give(&device.wrong()).await.invalid_fields();
    half.give(&device.code()).await.ok::<Session>();
    half.get("/me").await.problem(ProblemCode::NotSignedIn);
    let events: Vec<_> = world.recorded().into_iter().skip(before).collect();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["session.attempted", "session.second-factor-asked", "session.refused", "session.opened"]
    );
    // What was tried, and never what was typed.
    let said: Vec<_> = events.iter().filter(|event| !event.new.is_null()).map(|event| &event.new).collect();
    assert_eq!(said, [&json!({ "tried": "code" })]);
    assert!(events.iter().all(|event| event.old.is_null()));
}
