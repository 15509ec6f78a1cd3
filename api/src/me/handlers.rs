use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, put};
use contract::validation::FieldCode;
use contract::{
    Errors, Me, MyRights, NewPassword, OfficeRef, Preferences, PreferencesChange, Role, Session, SessionKind,
    Text, Validate,
};
use serde_json::json;

use super::store;
use crate::access::Tx;
use crate::access::office::{Colleague, Oneself};
use crate::access::support::OwnSession;
use crate::employees;
use crate::events::{self, Event};
use crate::groups;
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::reply::Reply;
use crate::mail::{self, MailKind, Params};
use crate::offices;
use crate::problem::{Outcome, Problem};
use crate::second_factor;
use crate::sign_in::handlers::confirm_password;
use crate::sign_in::opened::{Origin, open_session};
use crate::sign_in::{policy, store as accounts};
use crate::state::State;

/// Get me
///
/// The person signed in, their office, roles and groups, and what they may do.
///
/// **Permission**: everyone signed in.
#[utoipa::path(tag = "Me", responses((status = 200, body = Me)))]
#[get("/me")]
pub async fn get_me(act: Act<OwnSession>) -> Outcome<HttpResponse> {
    act.read(|tx, _permit| {
        let id = tx.actor.id;
        let row = employees::store::oneself(tx)?;
        // Who they are does not change with where they act.
        let (home, support) = match &tx.actor.visit {
            None => (tx.actor.office_id, None),
            Some(visit) => (visit.home, Some(crate::support::store::view(tx.conn, visit.id)?)),
        };
        let office = offices::store::by_id(tx.conn, home)?;
        let visiting = support.is_some();
        let groups = groups::store::of_employees(tx.conn, &[id])?.remove(&id).unwrap_or_default();
        let administer = tx.actor.has(Role::LocalAdmin);
        Ok(Reply::ok(Me {
            id,
            roles: row.roles(),
            username: row.username,
            name: row.name,
            email: row.email,
            language: row.language,
            groups,
            session_kind: tx.actor.session_kind,
            may: MyRights {
                administer,
                manage_accounts: administer || tx.actor.has(Role::Helpdesk),
                create_dossiers: !visiting && (administer || !office.only_administrators_create_dossiers),
                open_support_sessions: !visiting && tx.actor.platform && tx.actor.has(Role::Helpdesk),
            },
            support,
            office: OfficeRef { id: office.id, code: office.code, name: office.name },
        }))
    })
    .await
}

/// Set a definitive password
///
/// In a session opened with a temporary password, or with the current password. All other sessions end,
/// the temporary password is void, and a confirmation is mailed; the answer is a new full session (S5). After a
/// temporary password that one still waits for the second factor, if there is one or the office requires one.
///
/// **Permission**: everyone signed in.
#[utoipa::path(tag = "Me", request_body = NewPassword, responses((status = 200, body = Session)))]
#[put("/me/password")]
pub async fn set_password(
    request: HttpRequest,
    state: Data<State>,
    act: Act<Oneself>,
    body: Body<NewPassword>,
) -> Outcome<HttpResponse> {
    let mut input = body.into_parts().0.map_err(|bad| bad.problem())?;
    let origin = Origin::of(&request, &state);
    let (me, kind, words) = act
        .look(|tx, _permit| {
            Ok((tx.actor.id, tx.actor.session_kind, accounts::own_words(tx.conn, tx.actor.id)?))
        })
        .await?;
    let mut errors = Errors::new(act.language);
    input.validate(&mut errors);
    if errors.is_empty() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        policy::check_strength(&input.password, &words, &mut errors);
    }
    if kind != SessionKind::PasswordOnly {
        let current = input.current_password.unwrap_or_default();
        if current.is_empty() {
            errors.add("currentPassword", FieldCode::Blank, Text::new("Vul dit in.", "Fill this in."));
        } else if errors.is_empty() && !confirm_password(&state, me, &current, &origin).await? {
            errors.add("currentPassword", FieldCode::Contradiction, policy::not_your_password());
        }
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    let hash = state.hasher.hash(input.password).await?;
    let shared = state.clone();
    let opened = act
        .carry_out(move |tx, _permit| {
            accounts::set_password(tx.conn, me, &hash)?;
            accounts::end_all_sessions(tx.conn, me)?;
            let event = events::record(tx, Event::of("employee.password-set", "employee", me))?;
            let office = tx.actor.office_id;
            mail::queue(tx.conn, office, event, MailKind::PasswordChanged, &[me], &Params::default())?;
            // A temporary password never gets round a second factor (S5).
            let kind = match kind {
                SessionKind::Full => SessionKind::Full,
                _ => second_factor::store::standing(tx.conn, me)?.session(),
            };
            open_session(tx.conn, &shared, me, kind, &origin)
        })
        .await?;
    Ok(opened.into_response(StatusCode::OK))
}

/// Get my preferences
///
/// Language, and which tray mails come, with each team's work agreements and how many others still
/// receive them (T5).
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Me", responses((status = 200, body = Preferences)))]
#[get("/me/preferences")]
pub async fn get_preferences(act: Act<Colleague>) -> Outcome<HttpResponse> {
    act.read(|tx, _permit| answer(tx)).await
}

fn answer(tx: &mut Tx<'_>) -> Outcome<Reply<Preferences>> {
    let preferences = store::preferences(tx)?;
    let version = preferences.version;
    Ok(Reply::ok(preferences).version(version))
}

/// Change my preferences
///
/// Everything at once (T5).
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Me", params(IfMatch), request_body = PreferencesChange, responses(
    (status = 200, body = Preferences)))]
#[put("/me/preferences")]
pub async fn update_preferences(act: Act<Colleague>, body: Body<PreferencesChange>) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, _permit, change| {
        let version = version.clone()?;
        let before = store::preferences(tx)?;
        let mut errors = Errors::new(tx.language);
        for (position, group) in change.quiet_groups.iter().enumerate() {
            if !before.trays.iter().any(|tray| tray.group.id == *group) {
                errors.add(
                    format!("quietGroups[{position}]"),
                    FieldCode::Unknown,
                    Text::new("U bent geen lid van deze groep.", "You are not a member of this group."),
                );
            }
        }
        if !errors.is_empty() {
            return Err(Problem::invalid(errors));
        }
        if !store::update_preferences(tx, before.language, change, version)? {
            return Err(Problem::stale(&before));
        }
        let me = tx.actor.id;
        let quiet = before.trays.iter().filter(|tray| !tray.tray_mails).map(|tray| tray.group.id);
        events::record(
            tx,
            Event::of("employee.preferences-updated", "employee", me)
                .old(json!({ "language": before.language, "trayMails": before.tray_mails,
                    "quietGroups": quiet.collect::<Vec<_>>() }))
                .new_values(json!(change)),
        )?;
        answer(tx)
    })
    .await
}
