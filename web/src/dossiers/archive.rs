//! Putting a dossier away, and taking it back in use, each with a reason (D1).

use contract::Dossier;
use leptos::prelude::*;

use crate::app::use_root;
use crate::cases::{WithReason, Wording};
use crate::client::dossiers;
use crate::i18n::t;
use crate::ui::html::html;

/// The button, and the dialog that asks why.
#[component]
pub fn ArchiveDossier(dossier: RwSignal<Dossier>) -> impl IntoView {
    let toasts = use_root().toasts;
    let id = dossier.with_untracked(|dossier| dossier.id);
    let wording = Wording { action: t!(dossiers.archive), text: t!(dossiers.archive_text) };
    html! {
        <WithReason
            key=format!("dossier:{id}:archiving")
            wording
            call=move |reason| dossiers::archive_dossier(id, reason)
            then=move |archived: Dossier| {
                toasts.done(t!(dossiers.archived, number = archived.number.as_str()));
                dossier.set(archived);
            }
        />
    }
}

/// The button, and the dialog that asks why.
#[component]
pub fn RestoreDossier(dossier: RwSignal<Dossier>) -> impl IntoView {
    let toasts = use_root().toasts;
    let id = dossier.with_untracked(|dossier| dossier.id);
    let wording = Wording { action: t!(dossiers.restore), text: t!(dossiers.restore_text) };
    html! {
        <WithReason
            key=format!("dossier:{id}:restoration")
            wording
            call=move |reason| dossiers::restore_dossier(id, reason)
            then=move |restored: Dossier| {
                toasts.done(t!(dossiers.restored, number = restored.number.as_str()));
                dossier.set(restored);
            }
        />
    }
}
