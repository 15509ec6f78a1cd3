//! Deleting a client group: its dossiers move to another, seen first (G6).

use contract::{ClientGroup, ClientGroupDeletion, ClientGroupDeletionPreview, ClientGroupId};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::client_groups;
use crate::consequences::outdated;
use crate::i18n::{t, tn};
use crate::pages::{Chosen, Page};
use crate::settings::columns::Changed;
use crate::shell::use_go;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::dialog::Dialog;
use crate::ui::form::{ChoiceInput, Field, Form, FormView, SaveButton};
use crate::ui::html::{html, live};
use crate::ui::remote::Remote;
use crate::ui::watch::watch;

/// The button, and the dialog it opens.
#[component]
pub fn DeleteClientGroup(group: RwSignal<ClientGroup>) -> impl IntoView {
    let open = RwSignal::new(false);
    let (id, name) = group.with_untracked(|group| (group.id, group.name.clone()));
    let title = t!(group_deletion.client_title, name = name.as_str());
    let name = StoredValue::new(name);
    html! {
        <div class="danger-zone">
            <button type="button" class="button button--danger-quiet" on:click=move |_| open.set(true)>
                {t!(group_deletion.client_button)}
            </button>
        </div>
        <Dialog open on_close=move |()| open.set(false) title>
            {html! { <DeletionForm id name=name.get_value() open/> }}
        </Dialog>
    }
}

#[component]
fn DeletionForm(id: ClientGroupId, name: String, open: RwSignal<bool>) -> impl IntoView {
    let root = use_root();
    let go = use_go();
    let changed = Changed::from_context();
    let form = Form::new("");
    let target = form.passing_field("targetId", None::<Choice>);
    let order = move |preview: Option<String>| ClientGroupDeletion {
        target_id: target.get().map(|choice: Choice| ClientGroupId(choice.id)),
        preview,
    };
    let seen = RwSignal::new(None::<ClientGroupDeletionPreview>);
    let digest = RwSignal::new(None::<String>);
    let remote = Remote::new(move || {
        digest.set(None);
        form.looking().set(true);
        client_groups::preview_deletion(id, &order(None))
    });
    // What was seen is no longer true: it is shown anew.
    watch(move || {
        if outdated(form) {
            remote.refresh();
        }
    });
    let shown = remote.view(move |preview: RwSignal<ClientGroupDeletionPreview>| {
        watch(move || {
            seen.set(Some(preview.get()));
            digest.set(Some(preview.with(|preview| preview.digest.clone())));
            form.looking().set(false);
        });
        live(move || consequences(&preview.get()))
    });
    let submit = move |()| {
        let moves = seen.with_untracked(|seen| seen.as_ref().is_some_and(|seen| seen.dossiers > 0));
        if moves && target.now().is_none() {
            return form.require([target.name()]);
        }
        let Some(digest) = digest.get_untracked() else { return };
        let name = name.clone();
        form.submit(
            untrack(|| order(Some(digest))),
            |order| client_groups::delete_client_group(id, order),
            move |_: ClientGroupDeletionPreview| {
                root.toasts.done(t!(group_deletion.client_done, name = name.as_str()));
                open.set(false);
                if let Some(changed) = changed {
                    changed.note();
                }
                go.to(Page::ClientGroups(Chosen::Nothing));
            },
        );
    };
    html! {
        <FormView form on_submit=submit class="form">
            {target_field(target, seen)}
            <div aria-live="polite">{shown}</div>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form danger=true label=t!(group_deletion.client_button)/>
            </div>
        </FormView>
    }
}

fn consequences(preview: &ClientGroupDeletionPreview) -> AnyView {
    let (dossiers, mail) = (preview.dossiers, preview.mail_moves);
    if dossiers == 0 {
        return html! { <p>{t!(group_deletion.client_bare)}</p> };
    }
    html! {
        <p>{tn!(dossiers, group_deletion.dossier, group_deletion.dossiers)}</p>
        {(mail > 0).then(|| html! { <p>{tn!(mail, group_deletion.mail_move, group_deletion.mail_moves)}</p> })}
    }
}

/// Only where dossiers need another client group.
fn target_field(
    target: Field<Option<Choice>>,
    seen: RwSignal<Option<ClientGroupDeletionPreview>>,
) -> AnyView {
    let needed = Memo::new(move |_| seen.with(|seen| seen.as_ref().is_some_and(|seen| seen.dossiers > 0)));
    live(move || {
        needed.get().then(|| {
            html! { <ChoiceInput field=target search=Search::ClientGroups label=t!(group_deletion.client_target)/> }
        })
    })
}
