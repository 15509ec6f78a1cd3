use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Bytes, Query};
use actix_web::{HttpResponse, get};
use contract::{ExportList, GroupId};
use futures_util::stream::{self, StreamExt};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::lists::Source;
use super::table::{self, BYTE_ORDER_MARK};
use crate::access::Permission;
use crate::access::office::Colleague;
use crate::access::tasks::SeeTray;
use crate::clock;
use crate::events::{self, Event};
use crate::http::Act;
use crate::http::search;
use crate::problem::{Outcome, Problem};

/// Which rows: the list's own filters.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ExportFilter {
    /// Part of a name or number, as in the list.
    q: Option<String>,
    /// Only in this state, as in the list; groups have none.
    state: Option<String>,
}

async fn part<P: Permission>(
    act: &Act<P>,
    source: &Source,
    cursor: Option<String>,
) -> Outcome<(Vec<u8>, Option<String>)>
where
    P::Key: Clone,
{
    let source = source.clone();
    act.look(move |tx, _permit| {
        let (rows, next) = source.page(tx, cursor)?;
        Ok((table::write(rows)?, next))
    })
    .await
}

/// Records the export, and sends the list page by page: no more than one page is in memory, and each is read
/// with the rights its reader has by then.
async fn send<P: Permission>(act: Act<P>, source: Source) -> Outcome<HttpResponse>
where
    P::Key: Clone + DeserializeOwned,
{
    let language = act.language;
    let noted = source.clone();
    act.first(move |tx, _permit| {
        noted.check(language)?;
        let (filtered, state) = match &noted {
            Source::List { q, state, .. } => (q.is_some(), state.clone()),
            Source::Tray(_) => (false, None),
        };
        let tray = match &noted {
            Source::Tray(group) => Some(*group),
            Source::List { .. } => None,
        };
        let office = tx.actor.office_id;
        let values = json!({ "list": noted.name(), "state": state, "filtered": filtered, "group": tray });
        events::record(tx, Event::of("list.exported", "office", office).new_values(values))
    })
    .await?;
    let mut start = BYTE_ORDER_MARK.to_vec();
    start.extend(table::write([source.headers(language)])?);
    let (rows, next) = part(&act, &source, None).await?;
    start.extend(rows);
    let name = format!("{}-{}.csv", source.file(language), clock::today());
    let rest = stream::try_unfold((act, source, next), |(act, source, next)| async move {
        let Some(cursor) = next else { return Ok(None) };
        let (rows, next) = part(&act, &source, Some(cursor)).await?;
        Ok::<_, Problem>(Some((Bytes::from(rows), (act, source, next))))
    });
    let body = stream::once(std::future::ready(Ok(Bytes::from(start)))).chain(rest);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(body))
}

/// Export a list
///
/// As CSV for a spreadsheet: UTF-8 with a byte order mark, parted by `;`, with headers in the reader's
/// language. It holds what the list shows its reader and nothing else. A cell that a spreadsheet would take
/// for a formula begins with an apostrophe, which an import takes away again. The export is recorded.
///
/// **Permission**: every employee.
#[utoipa::path(tag = "Exports",
    params(("list" = inline(ExportList), Path, description = "Which list."), ExportFilter),
    responses((status = 200, content_type = "text/csv", body = String)))]
#[get("/exports/{list}")]
pub async fn export_list(
    act: Act<Colleague<ExportList>>,
    list: actix_web::web::Path<ExportList>,
    filter: Query<ExportFilter>,
) -> Outcome<HttpResponse> {
    let ExportFilter { q, state } = filter.into_inner();
    let q = match &q {
        Some(q) => search::typed(q, act.language)?.map(str::to_owned),
        None => None,
    };
    send(act, Source::List { list: list.into_inner(), q, state }).await
}

/// Export a tray
///
/// The open tasks in a group's tray, as the tray shows them; the form is that of every export.
///
/// **Permission**: members of the group (T7).
#[utoipa::path(tag = "Exports", responses(
    (status = 200, content_type = "text/csv", body = String), (status = 403, description = "forbidden")))]
#[get("/exports/trays/{groupId}")]
pub async fn export_tray(act: Act<SeeTray>, group: actix_web::web::Path<GroupId>) -> Outcome<HttpResponse> {
    send(act, Source::Tray(group.into_inner())).await
}
