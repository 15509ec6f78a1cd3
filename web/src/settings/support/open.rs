//! Going to another office to help there (P3).

use contract::{LONGEST_SUPPORT, NewSupportSession, SupportSession};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_root;
use crate::client::{me, support};
use crate::i18n::t;
use crate::ui::form::{Form, FormView, NumberInput, SaveButton, TextArea, TextInput};
use crate::ui::html::html;

#[component]
pub fn OpenSession() -> impl IntoView {
    let root = use_root();
    let form = Form::new("");
    let office = form.field("officeCode", String::new());
    let reason = form.field("reason", String::new());
    let minutes = form.field("minutes", LONGEST_SUPPORT.to_string());
    let submit = move |()| {
        let new = NewSupportSession {
            office_code: office.now(),
            reason: reason.now(),
            // What is no number is none that is allowed.
            minutes: minutes.now().trim().parse().unwrap_or_default(),
        };
        form.submit(new, support::open_support_session, move |_: SupportSession| {
            spawn_local(async move {
                match root.api().send(me::find_me()).await {
                    // The shell shows what there is to do there.
                    Ok(me) => root.session.update_me(me),
                    // It runs: the screen may not go on as if this were one's own office.
                    Err(_) => drop(window().location().reload()),
                }
            });
        });
    };
    html! {
        <section class="panel" aria-labelledby="open-heading">
            <h2 id="open-heading">{t!(support.open)}</h2>
            <FormView form on_submit=submit class="form">
                <p class="faint">{t!(support.open_text)}</p>
                <TextInput field=office label=t!(support.office_code) hint=t!(support.office_code_hint) required=true/>
                <TextArea field=reason label=t!(support.reason) hint=t!(support.reason_hint) rows=2 required=true/>
                <NumberInput field=minutes label=t!(support.minutes) unit=t!(support.unit)/>
                <div class="buttons"><SaveButton form label=t!(support.submit)/></div>
            </FormView>
        </section>
    }
}
