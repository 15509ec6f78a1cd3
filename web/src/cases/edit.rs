//! Changing a case's data (C4).

use contract::{Case, CaseChange};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::cases;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::form::{DateInput, Form, FormView, SaveButton, TextInput};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

/// The button, and the dialog it opens.
#[component]
pub fn EditCase(case: RwSignal<Case>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            <Icon shape=Shape::Pencil/>
            {t!(cases.edit)}
        </button>
        <Dialog open on_close=move |()| open.set(false) title=t!(cases.edit_title)>
            <EditForm case open/>
        </Dialog>
    }
}

fn target_of(case: &Case) -> String {
    case.header.target_date.map(|day| day.to_string()).unwrap_or_default()
}

#[component]
fn EditForm(case: RwSignal<Case>, open: RwSignal<bool>) -> impl IntoView {
    let root = use_root();
    let start = case.get_untracked();
    let id = start.header.id;
    let form = Form::new(format!("case:{id}"));
    let title = form.field("title", start.header.title.clone());
    let target_date = form.field("targetDate", target_of(&start));
    form.when_stale(move |current: Case| {
        title.rebase(current.header.title.clone());
        target_date.rebase(target_of(&current));
        case.set(current);
    });
    let save = move |()| {
        let change = CaseChange { title: title.now(), target_date: target_date.now().parse().ok() };
        let version = case.with_untracked(|case| case.version);
        form.submit(
            change,
            |change| cases::update_case(id, version, change),
            move |saved: Case| {
                title.saved(saved.header.title.clone());
                target_date.saved(target_of(&saved));
                root.toasts.done(t!(cases.saved));
                open.set(false);
                case.set(saved);
            },
        );
    };
    html! {
        <FormView form on_submit=save class="form">
            <TextInput field=title label=t!(cases.case_title) required=true/>
            <DateInput field=target_date label=t!(cases.target_date) optional=true/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form/>
            </div>
        </FormView>
    }
}
