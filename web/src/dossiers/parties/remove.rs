//! Taking a party out.

use contract::{DossierId, Party};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::parties;
use crate::i18n::t;
use crate::ui::button::IconButton;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton};
use crate::ui::html::html;
use crate::ui::icon::Shape;

/// The button, and the dialog that asks whether it is meant.
#[component]
pub fn RemoveParty(id: DossierId, party: Party, on_change: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    let label = t!(parties.remove_of, name = party.name.as_str());
    html! {
        <IconButton shape=Shape::Close label on_click=move |()| open.set(true)/>
        <Dialog open on_close=move |()| open.set(false) title=t!(parties.remove)>
            <Confirmation id party=party.clone() open on_change/>
        </Dialog>
    }
}

#[component]
fn Confirmation(id: DossierId, party: Party, open: RwSignal<bool>, on_change: Callback<()>) -> impl IntoView {
    let toasts = use_root().toasts;
    let form = Form::new("");
    let party = RwSignal::new(party);
    form.when_stale(move |current: Party| party.set(current));
    let text = move || {
        party.with(|party| t!(parties.remove_text, name = party.name.as_str(), role = party.role.as_str()))
    };
    let submit = move |()| {
        let (party_id, version) = party.with_untracked(|party| (party.id, party.version));
        form.send(parties::remove_party(id, party_id, version), move |()| {
            toasts.done(party.with_untracked(|party| t!(parties.removed, name = party.name.as_str())));
            open.set(false);
            on_change.run(());
        });
    };
    html! {
        <FormView form on_submit=submit class="form">
            <p>{text}</p>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form label=t!(parties.remove) danger=true/>
            </div>
        </FormView>
    }
}
