//! `/v1/cases/{caseId}/steps`: C8, and C10 between steps.

use awc::http::Method;
use contract::*;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::support::{Person, World};

fn path(case: &Case, step: usize) -> String {
    format!("/cases/{}/steps/{}", case.header.id, case.steps[step].id)
}

fn answers(step: &Step, given: &[Option<&str>]) -> Vec<Value> {
    let pairs = step.checks.iter().zip(given);
    pairs.map(|(check, answer)| json!({ "checkId": check.id, "answer": answer })).collect()
}

#[actix_web::test]
async fn a_step_closes_when_its_required_checks_are_answered_and_is_read_only_then() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (_, case) = office.case(&jan).await;
    let step = &case.steps[1];
    let required: Vec<bool> = step.checks.iter().map(|check| check.required).collect();
    assert_eq!(required, [true, true, false]);
    let path = path(&case, 1);
    let closure = format!("{path}/closure");

    let refused = jan.act_on(&closure, 1).await.problem(ProblemCode::Unfinished);
    let questions: Vec<&str> = step.checks[..2].iter().map(|check| check.question.as_str()).collect();
    assert!(questions.iter().all(|question| !question.is_empty()), "{questions:?}");
    assert!(refused.detail.ends_with(&questions.join("; ")), "{}", refused.detail);
    let fields = |problem: &Problem| -> Vec<String> {
        problem.errors.iter().map(|error| error.field.clone()).collect()
    };
    let ids: Vec<String> = step.checks.iter().map(|check| check.id.to_string()).collect();
    assert_eq!(fields(&refused), ids[..2]);
    let half = json!({ "note": " Genoteerd ", "answers": answers(step, &[Some("yes"), None, Some("no")]) });
    let half: Step = jan.put(&path, 1, &half).await.ok();
    assert_eq!((half.note.as_str(), half.version), ("Genoteerd", 2));
    let given: Vec<_> = half.checks.iter().map(|check| check.answer).collect();
    assert_eq!(given, [Some(Answer::Yes), None, Some(Answer::No)]);
    let refused = jan.act_on(&closure, 2).await.problem(ProblemCode::Unfinished);
    assert!(refused.detail.ends_with(questions[1]) && !refused.detail.contains(questions[0]));
    assert_eq!(fields(&refused), ids[1..2]);
    // A required check is answered by no as well as by yes; another may stay open.
    let full = json!({ "note": "Genoteerd", "answers": answers(step, &[Some("no"), Some("no")]) });
    let full: Step = jan.put(&path, 2, &full).await.ok();
    assert_eq!(full.checks[2].answer, None, "left out is unanswered");
    let closed: Step = jan.act_on(&closure, 3).await.ok();
    assert_eq!((closed.state, closed.version), (StepState::Closed, 4));
    assert_eq!(closed.finished_by.as_ref().map(|by| by.id), Some(jan.id));
    assert!(closed.finished_at.is_some());

    jan.put(&path, 4, &json!({ "note": "Later" })).await.problem(ProblemCode::Conflict);
    jan.act_on(&closure, 4).await.problem(ProblemCode::Conflict);
    let reason = json!({ "reason": "Vergeten" });
    jan.post_on(&format!("{path}/skip"), 4, &reason).await.problem(ProblemCode::Conflict);
    assert_eq!(jan.case(case.header.id).await.steps[1], closed);
}

#[actix_web::test]
async fn what_is_no_check_of_the_step_is_refused() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let jan = office.person("jan").await;
    let (_, case) = office.case(&jan).await;
    let other = case.steps[0].checks[0].id;
    let mine = case.steps[1].checks[0].id;
    let answer = |id: CheckId| json!({ "checkId": id, "answer": "yes" });
    let wrong = json!({ "answers": [answer(mine), answer(other), answer(CheckId::new())] });
    let fields = jan.put(&path(&case, 1), 1, &wrong).await.invalid_fields();
    assert_eq!(fields, ["answers[1].checkId", "answers[2].checkId"]);
    let twice = json!({ "note": "x".repeat(10_001), "answers": [answer(mine), answer(mine)] });
    assert_eq!(jan.put(&path(&case, 1), 1, &twice).await.invalid_fields(), ["note", "answers[1]"]);
    // A step of another case is not a step of this one.
    let (_, second) = office.case(&jan).await;
    let mixed = format!("/cases/{}/steps/{}", case.header.id, second.steps[0].id);
    jan.put(&mixed, 1, &json!({ "note": "x" })).await.problem(ProblemCode::NotFound);
    jan.post_on(&format!("{mixed}/skip"), 1, &json!({ "reason": "x" })).await.problem(ProblemCode::NotFound);
    assert_eq!(jan.case(case.header.id).await, case);
}

#[actix_web::test]
async fn skipping_and_reopening_need_a_reason_that_is_recorded() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    office.support(&jan, &case, &piet).await;
    let path = path(&case, 1);
    let (skip, reopen) = (format!("{path}/skip"), format!("{path}/reopening"));
    assert_eq!(piet.post_on(&skip, 1, &json!({ "reason": " " })).await.invalid_fields(), ["reason"]);
    piet.post_on(&reopen, 1, &json!({ "reason": "Toch" })).await.problem(ProblemCode::Conflict);
    let skipped: Step = piet.post_on(&skip, 1, &json!({ "reason": "Niet nodig" })).await.ok();
    assert_eq!((skipped.state, skipped.skip_reason.as_deref()), (StepState::Skipped, Some("Niet nodig")));
    assert_eq!(skipped.finished_by.as_ref().map(|by| by.id), Some(piet.id));
    jan.put(&path, 2, &json!({ "note": "x" })).await.problem(ProblemCode::Conflict);
    assert_eq!(jan.post_on(&reopen, 2, &json!({ "reason": "" })).await.invalid_fields(), ["reason"]);
    let open: Step = jan.post_on(&reopen, 2, &json!({ "reason": "Toch nodig" })).await.ok();
    assert_eq!((open.state, &open.skip_reason, &open.finished_by), (StepState::Open, &None, &None));
    let event = world.events().pop().unwrap();
    assert_eq!((event.kind.as_str(), event.reason.as_deref()), ("case.step-reopened", Some("Toch nodig")));
    assert_eq!((event.actor, event.object_id), (Some(jan.id), Some(case.header.id.0)));
    assert_eq!(event.old["skipReason"], "Niet nodig");
    // A closed one likewise.
    let closed = jan.close_step(case.header.id, &open).await;
    let again: Step = jan.post_on(&reopen, closed.version, &json!({ "reason": "Fout" })).await.ok();
    assert_eq!((again.state, again.finished_at), (StepState::Open, None));
    assert!(again.checks[0].answer.is_some(), "what was answered stays");
}

#[actix_web::test]
async fn two_people_in_two_steps_do_not_get_in_each_others_way() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    let case = office.support(&jan, &case, &piet).await;
    for round in 0..10 {
        let note = format!("Ronde {round}");
        let put = |who: &Person, step: usize| {
            who.request(Method::PUT, &path(&case, step)).seen(round + 1).json(&json!({ "note": note })).send()
        };
        let (first, second) = join(put(&jan, 0), put(&piet, 1)).await;
        assert_eq!((first.ok::<Step>().version, second.ok::<Step>().version), (round + 2, round + 2));
        let now = jan.case(case.header.id).await;
        assert_eq!((&now.steps[0].note, &now.steps[1].note), (&note, &note));
        // And the header's own version stays out of it.
        assert_eq!(now.version, case.version);
    }
}

#[actix_web::test]
async fn of_two_people_in_one_step_the_second_gets_what_the_first_wrote() {
    let world = World::new().await;
    let office = world.office("zaanstad").await;
    let (jan, piet) = (office.person("jan").await, office.person("piet").await);
    let (_, case) = office.case(&jan).await;
    office.support(&jan, &case, &piet).await;
    let path = path(&case, 1);
    let mut version = 1;
    for round in 0..10 {
        let notes = [format!("Van jan {round}"), format!("Van piet {round}")];
        let put = |who: &Person, note: &str| {
            let change = json!({ "note": note, "answers": answers(&case.steps[1], &[Some("yes")]) });
            who.request(Method::PUT, &path).seen(version).json(&change).send()
        };
        let (first, second) = join(put(&jan, &notes[0]), put(&piet, &notes[1])).await;
        let (winner, loser) = if first.status.is_success() { (first, second) } else { (second, first) };
        let written: Step = winner.ok();
        let current = loser.problem(ProblemCode::Stale).current.unwrap();
        let current: Step = serde_json::from_value(current).unwrap();
        assert_eq!(current, written);
        assert_eq!(jan.case(case.header.id).await.steps[1], written);
        version = written.version;
    }
    // Closing, skipping and reopening see it as well.
    jan.act_on(&format!("{path}/closure"), version - 1).await.problem(ProblemCode::Stale);
    let reason = json!({ "reason": "Daarom" });
    for what in ["skip", "reopening"] {
        jan.post_on(&format!("{path}/{what}"), version - 1, &reason).await.problem(ProblemCode::Stale);
        jan.post(&format!("{path}/{what}"), &reason).await.problem(ProblemCode::VersionRequired);
    }
    jan.act(&format!("{path}/closure")).await.problem(ProblemCode::VersionRequired);
}
