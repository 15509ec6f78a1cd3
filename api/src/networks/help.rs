//! What anyone may know before signing in (S6, S8).

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::SignInHelp;
use serde::Deserialize;

use super::store;
use crate::http::client_address;
use crate::problem::Outcome;
use crate::state::State;
use crate::text::fold;

/// Whose help.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct HelpOf {
    /// The office's public code; without it the only office there is.
    office: Option<String>,
}

/// Get help with signing in
///
/// Whom to ask when signing in does not work: the office that is named by its public code, and the platform's helpdesk
/// (S6). And whether the office lets people sign in from where the request comes from; if not, what it tells about getting
/// a secure connection (S8). Nothing about accounts.
///
/// **Permission**: everyone.
#[utoipa::path(tag = "Sign-in", security(()), params(HelpOf), responses((status = 200, body = SignInHelp),
    (status = 429, description = "too-many-requests")))]
#[get("/sign-in-help")]
pub async fn get_sign_in_help(
    request: HttpRequest,
    state: Data<State>,
    of: Query<HelpOf>,
) -> Outcome<HttpResponse> {
    let address = client_address(&request, &state);
    state.rates.look(address)?;
    let code = of.office.as_deref().map(str::trim).filter(|code| !code.is_empty()).map(fold);
    let trust = state.trust.clone();
    let help = state
        .read(move |conn| {
            let office = store::named(conn, code.as_deref())?;
            let platform = store::platform(conn)?;
            let rule = office.as_ref().map(store::PublicRow::rule);
            let trusted = trust.admits(conn, rule, address)?;
            let mut networks: Vec<String> = Vec::new();
            let mut outside_text = String::new();
            if !trusted {
                networks.extend(trust.installation().labels().map(str::to_owned));
                if let Some(office) = &office {
                    outside_text.clone_from(&office.outside_text);
                    let own = store::networks(conn, office.id)?;
                    let more: Vec<String> = own.labels().map(str::to_owned).collect();
                    networks.extend(
                        more.into_iter().filter(|label| !trust.installation().labels().any(|it| it == label)),
                    );
                }
            }
            let platform =
                platform.filter(|platform| office.as_ref().is_none_or(|office| office.id != platform.id));
            Ok(SignInHelp {
                your_address: address.map(|address| address.to_string()).unwrap_or_default(),
                trusted,
                networks,
                outside_text,
                office: office.map(store::PublicRow::help),
                platform: platform.map(store::PublicRow::help),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(help))
}
