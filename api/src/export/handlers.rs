use actix_web::http::header::{CONTENT_DISPOSITION, ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use contract::{DossierExport, EmployeeRef, ReadContent};

use super::stream::{self, Head};
use crate::access::records::ExportDossier;
use crate::clock;
use crate::dossiers;
use crate::events::{self, Event};
use crate::http::Act;
use crate::offices;
use crate::problem::Outcome;
use crate::reads::Reading;
use crate::state::State;

/// Export a dossier
///
/// Everything recorded about it, as one file to keep or to give to a party who asks for it (AVG
/// *inzageverzoek*, D7): its data, rules, parties and messages; its cases with their steps, answers, notes and
/// tasks; every change of all these with old and new values; and who read it, when. Also what the exporter has
/// no part in. That it was exported is recorded. What happens while the file is made may or may not be in it.
///
/// **Permission**: the dossier's manager, local administrator with access to it.
#[utoipa::path(tag = "Parties", responses(
    (status = 200, body = DossierExport, description = "The file, as attachment."),
    (status = 403, description = "forbidden")))]
#[get("/dossiers/{dossierId}/export")]
pub async fn export_dossier(act: Act<ExportDossier>, state: Data<State>) -> Outcome<HttpResponse> {
    let (head, reading) = act
        .first(|tx, permit| {
            let checked = permit.row();
            events::record(tx, Event::of("dossier.exported", "dossier", checked.dossier.id))?;
            let head = Head {
                exported_at: clock::now(),
                exported_by: EmployeeRef { id: tx.actor.id, name: tx.actor.name.clone() },
                office: offices::store::mine(tx)?.name,
                dossier: super::store::dossier(tx, permit)?,
                access_rules: dossiers::store::rules_to_export(tx, permit)?,
            };
            Ok((head, Reading::of_dossier(tx, checked, ReadContent::Export)))
        })
        .await?;
    if let Some(reading) = &reading {
        state.reads.record(reading).await?;
    }
    let file = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(format!("dossier-{}.json", head.dossier.number))],
    };
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CONTENT_DISPOSITION, file))
        .streaming(stream::file(act, &head)?))
}
