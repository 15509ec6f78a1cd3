//! New recovery codes, with a code.

use contract::{RecoveryCodes, SecondFactorCode};
use leptos::prelude::*;

use super::recovery::RecoveryList;
use crate::client::second_factor;
use crate::i18n::t;
use crate::sign_in::CodeInput;
use crate::ui::dialog::Dialog;
use crate::ui::focus;
use crate::ui::form::{Form, FormView, SaveButton};
use crate::ui::html::{html, live};

#[component]
pub fn Renew(changed: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>{t!(second_factor.renew)}</button>
        <Dialog open on_close=move |()| open.set(false) title=t!(second_factor.renew)>
            <RenewForm open changed/>
        </Dialog>
    }
}

#[component]
fn RenewForm(open: RwSignal<bool>, changed: Callback<()>) -> impl IntoView {
    let form = Form::new("");
    let code = form.field("code", String::new());
    let renewed = RwSignal::new(None::<Vec<String>>);
    let submit = move |()| {
        let code = SecondFactorCode { code: code.now() };
        form.submit(code, second_factor::renew_recovery_codes, move |answer: RecoveryCodes| {
            focus::expect_heading();
            renewed.set(Some(answer.recovery_codes));
        });
    };
    // The panel is made anew with the number that is left, and this with it: when the codes are kept.
    let done = move |()| {
        open.set(false);
        changed.run(());
    };
    live(move || match renewed.get() {
        Some(codes) => html! { <RecoveryList codes label=t!(second_factor.finish) done/> },
        None => html! {
            <FormView form on_submit=submit class="form">
                <p>{t!(second_factor.renew_text)}</p>
                <CodeInput field=code label=t!(second_factor.shown_code) hint=t!(second_factor.code_or_recovery) or_recovery=true/>
                <div class="buttons buttons--end">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                    <SaveButton form label=t!(second_factor.renew)/>
                </div>
            </FormView>
        },
    })
}
