//! Letting someone in again: at once, or with their address corrected (S3).

use contract::{Employee, EmployeeId, EmployeeState, Reactivation};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::list::is_invited;
use crate::app::{Root, use_root};
use crate::client::employees;
use crate::i18n::t;
use crate::ui::button::Spinner;
use crate::ui::dialog::Dialog;
use crate::ui::focus;
use crate::ui::form::{Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};

/// Where the temporary password goes, too: whoever clicked may see that it is the wrong place.
fn tell(root: Root, saved: &Employee, invited: bool) {
    let name = saved.name.as_str();
    let email = saved.account.as_ref().map(|account| account.email.as_str()).unwrap_or_default();
    root.toasts.done(if invited {
        t!(employees.invited_again, name = name)
    } else {
        t!(employees.reactivated, name = name, email = email)
    });
}

/// Does it at once.
#[component]
pub fn ReactivateButton(
    id: EmployeeId,
    #[prop(into)] name: String,
    #[prop(optional)] small: bool,
    #[prop(into)] then: Callback<Employee>,
) -> impl IntoView {
    let root = use_root();
    let busy = RwSignal::new(false);
    // One attempt is one request, however often it is sent.
    let key = StoredValue::new(focus::random_key());
    let reactivate = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let key = key.get_value();
        spawn_local(async move {
            let outcome = root.api().send(employees::reactivate_employee(id).once(key)).await;
            busy.try_set(false);
            match outcome {
                Ok(saved) => {
                    tell(root, &saved, false);
                    then.try_run(saved);
                }
                Err(failure) => root.toasts.problem(failure.detail()),
            }
        });
    };
    html! {
        <button type="button" class=if small { "button button--small" } else { "button button--primary" }
            aria-label=t!(employees.reactivate_name, name = name)
            aria-disabled=move || busy.get().then_some("true") on:click=reactivate>
            {move || busy.get().then(|| html! { <Spinner/> })}
            {t!(employees.reactivate)}
        </button>
    }
}

/// Asks first, for who left or was invited, and for who is to get another address: only a local administrator gives that.
#[component]
pub fn ReactivateDialog(employee: RwSignal<Employee>, open: RwSignal<bool>) -> impl IntoView {
    let root = use_root();
    let administers = untrack(move || root.session.me()).is_some_and(|me| me.may.administer);
    let kind = Memo::new(move |_| employee.with(|employee| (employee.state, is_invited(employee))));
    live(move || {
        let (state, invited) = kind.get();
        let title = match (state, invited) {
            (_, true) => t!(employees.invite_again),
            (EmployeeState::Locked, _) => t!(employees.wrong_address),
            _ => t!(employees.reactivate),
        };
        html! {
            <Dialog open on_close=move |()| open.set(false) title=title>
                <Asking employee open administers/>
            </Dialog>
        }
    })
}

#[component]
fn Asking(employee: RwSignal<Employee>, open: RwSignal<bool>, administers: bool) -> impl IntoView {
    let root = use_root();
    let start = employee.get_untracked();
    let (state, invited) = (start.state, is_invited(&start));
    let known = |employee: &Employee| {
        employee.account.as_ref().map(|account| account.email.clone()).unwrap_or_default()
    };
    let form = Form::new("");
    let email = form.field("email", known(&start));
    form.when_stale(move |current: Employee| {
        email.rebase(known(&current));
        employee.set(current);
    });
    let done = move |saved: Employee| {
        tell(root, &saved, invited);
        open.set(false);
        employee.set(saved);
    };
    let submit = move |()| {
        let (id, version) = employee.with_untracked(|employee| (employee.id, employee.version));
        if !email.is_dirty_untracked() {
            return form.send(employees::reactivate_employee(id), done);
        }
        let reactivation = Reactivation { email: Some(email.now()) };
        form.submit(reactivation, |with| employees::correct_and_reactivate(id, version, with), done);
    };
    let name = start.name.as_str();
    let text = match (state, invited) {
        (_, true) => t!(employees.invite_again_text, name = name),
        (EmployeeState::Locked, _) => t!(employees.wrong_address_text, name = name),
        _ => t!(employees.reactivate_text, name = name),
    };
    let label = if invited { t!(employees.invite_again) } else { t!(employees.reactivate) };
    html! {
        <FormView form on_submit=submit class="form">
            <p>{text}</p>
            {administers.then(|| html! {
                <TextInput field=email kind="email" label=t!(employees.email) required=true/>
            })}
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form label/>
            </div>
        </FormView>
    }
}
