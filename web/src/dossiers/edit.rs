//! Changing a dossier's data.

use contract::{ClientGroupId, Dossier, DossierChange, HandOverPlan, Visibility};
use leptos::prelude::*;

use super::new::visibility_options;
use crate::app::use_root;
use crate::client::dossiers;
use crate::consequences::Consequences;
use crate::hand_over::HandOverDialog;
use crate::i18n::t;
use crate::pages::Page;
use crate::shell::use_go;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::dialog::Dialog;
use crate::ui::form::{ChoiceInput, Field, Form, FormView, RadioInput, SaveButton, TextInput};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

#[derive(Clone, Copy)]
struct Fields {
    name: Field<String>,
    manager: Field<Option<Choice>>,
    client_group: Field<Option<Choice>>,
    visibility: Field<String>,
}

impl Fields {
    fn new(form: Form, dossier: Dossier) -> Self {
        Self {
            name: form.field("name", dossier.name.unwrap_or_default()),
            manager: form.field("managerId", dossier.manager.map(Choice::from)),
            client_group: form.field("clientGroupId", dossier.client_group.map(Choice::from)),
            visibility: form.field("visibility", dossier.visibility.to_string()),
        }
    }

    fn rebase(self, current: Dossier) {
        self.name.rebase(current.name.unwrap_or_default());
        self.manager.rebase(current.manager.map(Choice::from));
        self.client_group.rebase(current.client_group.map(Choice::from));
        self.visibility.rebase(current.visibility.to_string());
    }

    fn saved(self, saved: Dossier) {
        self.name.saved(saved.name.unwrap_or_default());
        self.manager.saved(saved.manager.map(Choice::from));
        self.client_group.saved(saved.client_group.map(Choice::from));
        self.visibility.saved(saved.visibility.to_string());
    }

    /// Whether anything changed that decides who sees it, or where mail about it goes.
    fn touch_access(self) -> bool {
        self.manager.is_dirty() || self.visibility.is_dirty() || self.client_group.is_dirty()
    }

    /// What is filled in; follows changes.
    fn following(self, name: Option<String>) -> DossierChange {
        DossierChange {
            name,
            manager_id: self.manager.get().map(|choice| choice.employee_id()),
            client_group_id: self.client_group.get().map(|choice| ClientGroupId(choice.id)),
            visibility: self.visibility.get().parse().unwrap_or(Visibility::Restricted),
            hand_over: HandOverPlan::default(),
            preview: None,
        }
    }
}

/// The button, and the dialog it opens.
#[component]
pub fn EditDossier(dossier: RwSignal<Dossier>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            <Icon shape=Shape::Pencil/>
            {t!(dossiers.edit)}
        </button>
        <Dialog open on_close=move |()| open.set(false) title=t!(dossiers.edit_title)>
            <EditForm dossier open/>
        </Dialog>
    }
}

#[component]
fn EditForm(dossier: RwSignal<Dossier>, open: RwSignal<bool>) -> impl IntoView {
    let root = use_root();
    let go = use_go();
    let start = dossier.get_untracked();
    let id = start.id;
    // Who may not know the name leaves it out (D4).
    let named = start.name.is_some();
    let form = Form::new(format!("dossier:{id}"));
    let fields = Fields::new(form, start);
    form.when_stale(move |current: Dossier| {
        fields.rebase(current.clone());
        dossier.set(current);
    });
    let consequences = Consequences::new(
        form,
        move || fields.touch_access(),
        move |of| {
            // Under its saved name: that decides nothing, and asking again for every letter helps nobody.
            let (name, version) = dossier.with(|dossier| (dossier.name.clone(), dossier.version));
            dossiers::preview_dossier(id, version, of, &fields.following(name))
        },
    );
    let save = Callback::new(move |hand_over: HandOverPlan| {
        let preview = consequences.digest();
        let name = named.then(|| fields.name.now());
        let change = DossierChange { hand_over, preview, ..untrack(|| fields.following(name)) };
        let (version, number) = dossier.with_untracked(|dossier| (dossier.version, dossier.number.clone()));
        form.submit(
            change,
            |change| dossiers::update_dossier(id, version, change),
            move |saved: Option<Dossier>| {
                root.toasts.done(t!(dossiers.saved, number = number.as_str()));
                open.set(false);
                match saved {
                    Some(saved) if saved.may.read || saved.may.manage_rules => {
                        fields.saved(saved.clone());
                        dossier.set(saved);
                    }
                    // Another manager, and this person sees it no longer.
                    _ => go.to(Page::Dossiers),
                }
            },
        );
    });
    html! {
        <FormView form on_submit=move |()| save.run(HandOverPlan::default()) class="form">
            {named.then(|| html! { <TextInput field=fields.name label=t!(dossiers.name) required=true/> })}
            <ChoiceInput field=fields.manager search=Search::Employees label=t!(dossiers.manager) optional=true/>
            // Part of the content: the server leaves it as it is.
            {named.then(|| html! {
                <ChoiceInput field=fields.client_group search=Search::ClientGroups label=t!(dossiers.client_group) optional=true/>
            })}
            <RadioInput field=fields.visibility label=t!(dossiers.visibility) options=visibility_options().collect()/>
            {consequences.view()}
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form/>
            </div>
        </FormView>
        <HandOverDialog form on_plan=save/>
    }
}
