//! The account: when someone last came in, reactivating and deactivating (S3, P4).

use contract::{Deactivation, Employee, EmployeeState, HandOverPlan};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::employees;
use crate::hand_over::HandOverDialog;
use crate::i18n::{dates, t};
use crate::ui::bits::Fact;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::{html, live};

#[component]
pub fn AccountPanel(employee: RwSignal<Employee>) -> impl IntoView {
    let state = Memo::new(move |_| employee.with(|employee| employee.state));
    let facts = live(move || {
        let employee = employee.get();
        let account = employee.account?;
        let never = || t!(employees.never).to_owned();
        Some(html! {
            <dl class="facts">
                <Fact term=t!(employees.username)>{employee.username}</Fact>
                <Fact term=t!(employees.last_sign_in)>{account.last_sign_in_at.map_or_else(never, dates::moment)}</Fact>
                {account.locked_at.map(|at| html! { <Fact term=t!(employees.locked_since)>{dates::moment(at)}</Fact> })}
                <Fact term=t!(employees.password)>
                    {if account.has_password { t!(employees.has_password) } else { t!(employees.no_password) }}
                </Fact>
            </dl>
        })
    });
    let actions = live(move || {
        let deactivated = state.get() == EmployeeState::Deactivated;
        html! {
            <div class="stack">
                <Reactivate employee/>
                {(!deactivated).then(|| html! { <Deactivate employee/> })}
            </div>
        }
    });
    html! {
        <section class="panel aside" aria-labelledby="account-heading">
            <h2 id="account-heading">{t!(employees.account)}</h2>
            {facts}
            {actions}
        </section>
    }
}

/// Also for who is active: someone who never got the mail, or cannot sign in.
#[component]
fn Reactivate(employee: RwSignal<Employee>) -> impl IntoView {
    let root = use_root();
    let open = RwSignal::new(false);
    let form = Form::new("");
    let submit = move |()| {
        let id = employee.with_untracked(|employee| employee.id);
        form.send(employees::reactivate_employee(id), move |saved: Employee| {
            root.toasts.done(t!(employees.reactivated, name = saved.name.as_str()));
            employee.set(saved);
            open.set(false);
        });
    };
    let name = move || employee.with(|employee| employee.name.clone());
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>{t!(employees.reactivate)}</button>
        <Dialog open on_close=move |()| open.set(false) title=t!(employees.reactivate)>
            <FormView form on_submit=submit class="form">
                <p>{t!(employees.reactivate_text, name = name())}</p>
                <div class="buttons buttons--end">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                    <SaveButton form label=t!(employees.reactivate)/>
                </div>
            </FormView>
        </Dialog>
    }
}

#[component]
fn Deactivate(employee: RwSignal<Employee>) -> impl IntoView {
    let root = use_root();
    let open = RwSignal::new(false);
    let id = employee.with_untracked(|employee| employee.id);
    let form = Form::new(format!("employee:{id}:deactivation"));
    let reason = form.field("reason", String::new());
    let submit = move |hand_over: HandOverPlan| {
        let deactivation = Deactivation { reason: reason.now(), hand_over };
        form.submit(
            deactivation,
            |deactivation| employees::deactivate_employee(id, deactivation),
            move |saved: Employee| {
                root.toasts.done(t!(employees.deactivated, name = saved.name.as_str()));
                open.set(false);
                employee.set(saved);
            },
        );
    };
    let name = move || employee.with(|employee| employee.name.clone());
    html! {
        <button type="button" class="button button--danger-quiet" on:click=move |_| open.set(true)>
            {t!(employees.deactivate)}
        </button>
        <Dialog open on_close=move |()| open.set(false) title=t!(employees.deactivate)>
            <FormView form on_submit=move |()| submit(HandOverPlan::default()) class="form">
                <p>{t!(employees.deactivate_text, name = name())}</p>
                <TextArea field=reason label=t!(employees.reason) optional=true/>
                <div class="buttons buttons--end">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                    <SaveButton form danger=true label=t!(employees.deactivate)/>
                </div>
            </FormView>
            // Within it, as it takes its place.
            <HandOverDialog form on_plan=submit/>
        </Dialog>
    }
}
