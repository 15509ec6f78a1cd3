//! Taking away the second factor of someone who lost the device.

use contract::{Employee, SecondFactorReset};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::second_factor;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::html;

#[component]
pub fn ResetSecondFactor(employee: RwSignal<Employee>) -> impl IntoView {
    let root = use_root();
    let open = RwSignal::new(false);
    let id = employee.with_untracked(|employee| employee.id);
    let form = Form::new(format!("employee:{id}:second-factor"));
    let reason = form.field("reason", String::new());
    let submit = move |()| {
        form.submit(
            SecondFactorReset { reason: reason.now() },
            |reset| second_factor::reset_second_factor(id, reset),
            move |saved: Employee| {
                root.toasts.done(t!(second_factor.taken_away, name = saved.name.as_str()));
                reason.saved(String::new());
                open.set(false);
                employee.set(saved);
            },
        );
    };
    let text =
        move || t!(second_factor.take_away_text, name = employee.with(|employee| employee.name.clone()));
    html! {
        <button type="button" class="button button--danger-quiet" on:click=move |_| open.set(true)>
            {t!(second_factor.take_away)}
        </button>
        <Dialog open on_close=move |()| open.set(false) title=t!(second_factor.take_away)>
            <FormView form on_submit=submit class="form">
                <p>{text}</p>
                <TextArea field=reason label=t!(employees.reason) hint=t!(second_factor.reason_hint) required=true/>
                <div class="buttons buttons--end">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                    <SaveButton form danger=true label=t!(second_factor.take_away)/>
                </div>
            </FormView>
        </Dialog>
    }
}
