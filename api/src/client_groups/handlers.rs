use actix_web::web::Query;
use actix_web::{HttpResponse, get, post, put};
use contract::{ClientGroup, ClientGroupChange, ClientGroupId, Page, Warning, WarningCode};

use super::{saving, store};
use crate::access::Tx;
use crate::access::office::{Administer, AdministerClientGroup, SeeClientGroup, SeePeople};
use crate::http::Act;
use crate::http::body::Body;
use crate::http::document::IfMatch;
use crate::http::paging::Paging;
use crate::http::reply::Reply;
use crate::http::search::Search;
use crate::problem::{Outcome, Problem};

/// List client groups
///
/// By name.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Client groups", params(Search, Paging), responses((status = 200, body = Page<ClientGroup>)))]
#[get("/client-groups")]
pub async fn list_client_groups(
    act: Act<SeePeople>,
    search: Query<Search>,
    paging: Query<Paging>,
) -> Outcome<HttpResponse> {
    let window = paging.window(act.language)?;
    act.read(move |tx, _permit| {
        Ok(Reply::ok(store::list(tx, search.q(tx.language)?, &window)?.map(ClientGroup::from)))
    })
    .await
}

fn view(tx: &mut Tx<'_>, id: ClientGroupId, warn: bool) -> Outcome<ClientGroup> {
    let mut group = ClientGroup::from(store::find(tx, id)?);
    if warn && store::name_exists(tx, &group.name, Some(id))? {
        let text = contract::Text::new(
            "Er is al een klantengroep met deze naam. De groep is wel opgeslagen.",
            "There is already a client group with this name. The group was saved all the same.",
        );
        group
            .warnings
            .push(Warning { code: WarningCode::DuplicateName, detail: text.get(tx.language).to_owned() });
    }
    Ok(group)
}

/// Create a client group
///
/// A name that another client group has is saved with a warning (G2).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Client groups", request_body = ClientGroupChange, responses(
    (status = 201, body = ClientGroup), (status = 403, description = "forbidden")))]
#[post("/client-groups")]
pub async fn create_client_group(
    act: Act<Administer>,
    body: Body<ClientGroupChange>,
) -> Outcome<HttpResponse> {
    act.write(body, |tx, permit, new| {
        let id = saving::create(tx, permit, new)?;
        let group = view(tx, id, true)?;
        Ok(Reply::created(group, format!("/client-groups/{id}")).version(1))
    })
    .await
}

/// Get a client group
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Client groups", responses((status = 200, body = ClientGroup)))]
#[get("/client-groups/{clientGroupId}")]
pub async fn get_client_group(act: Act<SeeClientGroup>) -> Outcome<HttpResponse> {
    act.read(|tx, permit| {
        let group = view(tx, *permit.row(), false)?;
        let version = group.version;
        Ok(Reply::ok(group).version(version))
    })
    .await
}

/// Change a client group
///
/// A name that another client group has is saved with a warning (G2).
///
/// **Permission**: local administrator.
#[utoipa::path(tag = "Client groups", params(IfMatch), request_body = ClientGroupChange, responses(
    (status = 200, body = ClientGroup), (status = 403, description = "forbidden")))]
#[put("/client-groups/{clientGroupId}")]
pub async fn update_client_group(
    act: Act<AdministerClientGroup>,
    body: Body<ClientGroupChange>,
) -> Outcome<HttpResponse> {
    let version = act.version();
    act.write(body, move |tx, permit, change| {
        let version = version.clone()?;
        let id = *permit.row();
        let before = view(tx, id, false)?;
        if !saving::change(tx, permit, &before, change, version)? {
            return Err(Problem::stale(&before));
        }
        let after = view(tx, id, true)?;
        let version = after.version;
        Ok(Reply::ok(after).version(version))
    })
    .await
}
