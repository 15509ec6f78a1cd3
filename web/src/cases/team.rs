//! Who works on a case: one coordinator, any number of supporters (C3, C4).

use contract::{Case, CoordinatorChange, EmployeeRef};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::cases;
use crate::i18n::t;
use crate::pages::Page;
use crate::shell::use_go;
use crate::ui::button::IconButton;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::dialog::Dialog;
use crate::ui::form::{CheckBox, ChoiceInput, Form, FormView, SaveButton};
use crate::ui::html::{html, live};
use crate::ui::icon::Shape;

#[component]
pub fn Team(case: RwSignal<Case>, edit: Signal<bool>) -> impl IntoView {
    let coordinator = live(move || case.with(|case| case.header.coordinator.name.clone()));
    let removal = Form::new("");
    let changed = use_changed(case);
    removal.when_stale(move |current: Case| case.set(current));
    let supporters = live(move || {
        let supporters = case.with(|case| case.supporters.clone());
        if supporters.is_empty() {
            return html! { <p class="faint">{t!(team.no_supporters)}</p> };
        }
        let rows = supporters
            .into_iter()
            .map(|person| supporter(case, person, edit, removal, changed))
            .collect_view();
        html! { <ul class="people">{rows}</ul> }
    });
    html! {
        <section class="panel" aria-labelledby="team-heading">
            <h2 id="team-heading">{t!(team.title)}</h2>
            <h3>{t!(team.coordinator)}</h3>
            <div class="people__row">
                <span>{coordinator}</span>
                {move || edit.get().then(|| html! { <ChangeCoordinator case changed/> })}
            </div>
            <h3>{t!(team.supporters)}</h3>
            // Removing has no fields; this is where it says why it did not work.
            <FormView form=removal on_submit=|()| () label=t!(team.supporters)>{supporters}</FormView>
            {move || edit.get().then(|| html! { <AddSupporter case changed/> })}
        </section>
    }
}

/// What happens after a change of the team: the case as it is now, or goodbye to who took themselves out.
fn use_changed(case: RwSignal<Case>) -> Callback<(Option<Case>, String)> {
    let root = use_root();
    let go = use_go();
    Callback::new(move |(changed, said): (Option<Case>, String)| {
        root.toasts.done(said);
        match changed {
            Some(changed) => case.set(changed),
            None => go.to(Page::Cases),
        }
    })
}

fn supporter(
    case: RwSignal<Case>,
    person: EmployeeRef,
    edit: Signal<bool>,
    form: Form,
    changed: Callback<(Option<Case>, String)>,
) -> AnyView {
    let person = StoredValue::new(person);
    let remove = move |()| {
        let (id, version) = case.with_untracked(|case| (case.header.id, case.version));
        let EmployeeRef { id: employee, name } = person.get_value();
        form.send(cases::remove_supporter(id, version, employee), move |answer| {
            changed.run((answer, t!(team.removed, name = name.as_str())));
        });
    };
    let name = person.with_value(|person| person.name.clone());
    let button = {
        let name = name.clone();
        live(move || {
            edit.get().then(|| {
                html! { <IconButton shape=Shape::Close label=t!(team.remove, name = name.as_str()) on_click=remove/> }
            })
        })
    };
    html! { <li class="people__row"><span>{name}</span>{button}</li> }
}

#[component]
fn AddSupporter(case: RwSignal<Case>, changed: Callback<(Option<Case>, String)>) -> impl IntoView {
    let form = Form::new("");
    let employee = form.field("employeeId", None::<Choice>);
    form.when_stale(move |current: Case| case.set(current));
    let submit = move |()| {
        let Some(choice) = employee.now() else { return form.require([employee.name()]) };
        let (id, version) = case.with_untracked(|case| (case.header.id, case.version));
        form.send(cases::add_supporter(id, version, choice.employee_id()), move |answer| {
            employee.set(None);
            changed.run((answer, t!(team.added, name = choice.name.as_str())));
        });
    };
    html! {
        <FormView form on_submit=submit class="inline-form" label=t!(team.add)>
            <ChoiceInput field=employee search=Search::Employees label=t!(team.add_label)/>
            <SaveButton form label=t!(team.add)/>
        </FormView>
    }
}

#[component]
fn ChangeCoordinator(case: RwSignal<Case>, changed: Callback<(Option<Case>, String)>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <IconButton shape=Shape::Pencil label=t!(team.change_coordinator) on_click=move |()| open.set(true)/>
        <Dialog open on_close=move |()| open.set(false) title=t!(team.change_coordinator)>
            <CoordinatorForm case changed open/>
        </Dialog>
    }
}

#[component]
fn CoordinatorForm(
    case: RwSignal<Case>,
    changed: Callback<(Option<Case>, String)>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let form = Form::new("");
    let employee = form.field("employeeId", None::<Choice>);
    let keep = form.field("keepPrevious", true);
    form.when_stale(move |current: Case| case.set(current));
    let submit = move |()| {
        let Some(choice) = employee.now() else { return form.require([employee.name()]) };
        let change = CoordinatorChange { employee_id: choice.employee_id(), keep_previous: keep.now() };
        let (id, version) = case.with_untracked(|case| (case.header.id, case.version));
        form.submit(
            change,
            |change| cases::update_coordinator(id, version, change),
            move |answer| {
                open.set(false);
                changed.run((answer, t!(team.coordinator_changed, name = choice.name.as_str())));
            },
        );
    };
    let previous = move || case.with_untracked(|case| case.header.coordinator.name.clone());
    html! {
        <FormView form on_submit=submit class="form">
            <ChoiceInput field=employee search=Search::Employees label=t!(team.new_coordinator)/>
            <CheckBox field=keep label=t!(team.keep_previous, name = previous())/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form/>
            </div>
        </FormView>
    }
}
