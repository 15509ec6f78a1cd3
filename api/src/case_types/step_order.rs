//! Correcting the order of a case type's steps: real exports place late steps after "Afgehandeld" (C1).

use std::collections::BTreeSet;

use actix_web::{HttpResponse, put};
use contract::validation::FieldCode;
use contract::{CaseType, Errors, StepOrder, StepTypeId, Text};

use super::{revise, store};
use crate::access::office::AdministerCaseType;
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::reply::Reply;
use crate::problem::{Outcome, Problem};

/// Put steps in order
///
/// Makes a new revision with the same steps in this order; cases that run keep theirs. Later imports leave the
/// order as it is, and put steps that are new after the one they follow in the file.
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Case types", params(IfMatch), request_body = StepOrder, responses(
    (status = 200, body = CaseType), (status = 403, description = "forbidden")))]
#[put("/case-types/{caseTypeId}/step-order")]
pub async fn update_step_order(act: Act<AdministerCaseType>, body: Body<StepOrder>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, order| {
        let version = version.clone()?;
        let id = *permit.row();
        let before = store::view(tx, id)?;
        if before.version != version {
            return Err(Problem::stale(&before));
        }
        let now: Vec<StepTypeId> = before.steps.iter().map(|step| step.id).collect();
        let mut errors = Errors::new(tx.language);
        for (position, step) in order.step_ids.iter().enumerate() {
            if !now.contains(step) {
                errors.add(
                    format!("stepIds[{position}]"),
                    FieldCode::Unknown,
                    Text::new("Dit zaaktype heeft deze stap niet.", "This case type has no such step."),
                );
            }
        }
        let named: BTreeSet<&StepTypeId> = order.step_ids.iter().collect();
        if now.iter().any(|step| !named.contains(step)) {
            errors.add(
                "stepIds",
                FieldCode::Contradiction,
                Text::new("Noem elke stap precies één keer.", "Name every step exactly once."),
            );
        }
        if !errors.is_empty() {
            return Err(Problem::invalid(errors));
        }
        if order.step_ids != now {
            revise::reorder(tx, &before, &order.step_ids)?;
        }
        let after = store::view(tx, id)?;
        let version = after.version;
        Ok(Reply::ok(after).version(version))
    })
    .await
}
