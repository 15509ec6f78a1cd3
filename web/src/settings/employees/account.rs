//! The account: when someone last came in, reactivating and deactivating (S3, P4).

use contract::{Deactivation, Employee, EmployeeState, HandOverPlan};
use leptos::prelude::*;

use super::list::is_invited;
use super::reactivate::{ReactivateButton, ReactivateDialog};
use super::second_factor::ResetSecondFactor;
use crate::app::use_root;
use crate::client::employees;
use crate::hand_over::HandOverDialog;
use crate::i18n::{dates, t};
use crate::ui::bits::Fact;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

#[component]
pub fn AccountPanel(employee: RwSignal<Employee>) -> impl IntoView {
    let state = Memo::new(move |_| employee.with(|employee| (employee.state, is_invited(employee))));
    let facts = live(move || {
        let employee = employee.get();
        let explained = match employee.state {
            EmployeeState::Active if is_invited(&employee) => t!(employees.explained_invited),
            EmployeeState::Active => t!(employees.explained_active),
            EmployeeState::Locked => t!(employees.explained_locked),
            EmployeeState::Deactivated => t!(employees.explained_deactivated),
        };
        let account = employee.account?;
        let never = || t!(employees.never).to_owned();
        Some(html! {
            <dl class="facts">
                <Fact term=t!(employees.state)>{explained}</Fact>
                <Fact term=t!(employees.username)>{employee.username}</Fact>
                <Fact term=t!(employees.last_sign_in)>{account.last_sign_in_at.map_or_else(never, dates::moment)}</Fact>
                {account.locked_at.map(|at| {
                    let since = format!("{} ({})", dates::moment(at), dates::since(at));
                    html! { <Fact term=t!(employees.locked_since)>{since}</Fact> }
                })}
                {account.locked_from.map(|from| html! { <Fact term=t!(employees.locked_from)>{from}</Fact> })}
                <Fact term=t!(employees.password)>
                    {if account.has_password { t!(employees.has_password) } else { t!(employees.no_password) }}
                </Fact>
                <Fact term=t!(second_factor.title)>
                    {account.second_factor_since.map_or_else(
                        || t!(second_factor.off).to_owned(),
                        |since| t!(second_factor.on_since, since = dates::moment(since)),
                    )}
                </Fact>
            </dl>
        })
    });
    let root = use_root();
    let has_factor = Memo::new(move |_| {
        let since = employee.with(|employee| employee.account.as_ref()?.second_factor_since);
        since.is_some()
    });
    // Only who administers, and not for oneself: that takes a code.
    let resets = move || {
        let me = root.session.me();
        has_factor.get()
            && me.is_some_and(|me| {
                me.may.administer && employee.with_untracked(|employee| employee.id != me.id)
            })
    };
    let actions = live(move || {
        let (state, invited) = state.get();
        // Who is active and has a password asks for another one where one signs in; who is locked, see the notice.
        let reactivates = invited || state == EmployeeState::Deactivated;
        html! {
            <div class="stack">
                {reactivates.then(|| html! { <Reactivate employee invited/> })}
                {resets().then(|| html! { <ResetSecondFactor employee/> })}
                {(state != EmployeeState::Deactivated).then(|| html! { <Deactivate employee/> })}
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

/// What is wrong with an account, before anything else of someone: that it is locked, and that mail does not arrive.
#[component]
pub fn AccountNotices(employee: RwSignal<Employee>) -> impl IntoView {
    let session = use_root().session;
    let administers = untrack(move || session.me()).is_some_and(|me| me.may.administer);
    let asking = RwSignal::new(false);
    let locked = Memo::new(move |_| employee.with(|employee| employee.state == EmployeeState::Locked));
    let lock = live(move || {
        locked.get().then(|| {
            let (id, name) = employee.with_untracked(|employee| (employee.id, employee.name.clone()));
            let wrong = administers.then(|| {
                html! {
                    <button type="button" class="button" on:click=move |_| asking.set(true)>
                        {t!(employees.wrong_address)}
                    </button>
                }
            });
            html! {
                <div class="notice notice--problem">
                    <Icon shape=Shape::Lock/>
                    <p>{t!(employees.locked_notice)}</p>
                    <div class="buttons">
                        <ReactivateButton id name then=move |saved| employee.set(saved)/>
                        {wrong}
                    </div>
                </div>
            }
        })
    });
    let undelivered = live(move || {
        let undelivered = employee.with(|employee| employee.account.as_ref()?.undelivered.clone())?;
        let at = dates::moment(undelivered.at);
        let text = match undelivered.count {
            1 => t!(employees.undelivered_one, at = at),
            count => t!(employees.undelivered_many, count = count, at = at),
        };
        Some(html! {
            <div class="notice notice--warning">
                <Icon shape=Shape::Warning/>
                <p>{text}</p>
            </div>
        })
    });
    html! {
        <div class="notices">{lock}{undelivered}</div>
        {administers.then(|| html! { <ReactivateDialog employee open=asking/> })}
    }
}

/// Someone deactivated comes back; someone invited, whose mail may never have come, gets another (S3).
#[component]
fn Reactivate(employee: RwSignal<Employee>, invited: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let label = if invited { t!(employees.invite_again) } else { t!(employees.reactivate) };
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>{label}</button>
        <ReactivateDialog employee open/>
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
