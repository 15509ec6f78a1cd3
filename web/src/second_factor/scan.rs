//! The second step: the app learns the secret, and shows that it did.

use contract::{SecondFactorCode, SecondFactorConfirmed, SecondFactorSetup};
use leptos::prelude::*;

use super::setting_up::step_heading;
use crate::client::second_factor;
use crate::i18n::t;
use crate::sign_in::CodeInput;
use crate::ui::form::{Form, FormView, SaveButton};
use crate::ui::html::html;

#[component]
pub fn Scan(setup: SecondFactorSetup, confirmed: Callback<SecondFactorConfirmed>) -> impl IntoView {
    let form = Form::new("");
    let code = form.field("code", String::new());
    let submit = move |()| {
        let code = SecondFactorCode { code: code.now() };
        form.submit(code, second_factor::confirm_second_factor, move |answer| confirmed.run(answer));
    };
    html! {
        <div class="setting-up">
            {step_heading(t!(second_factor.scan))}
            <p>{t!(second_factor.scan_text)}</p>
            <div class="scan">
                <img class="scan__image" src=setup.qr_code alt=t!(second_factor.qr_code) width="200" height="200"/>
                <div class="scan__secret">
                    <p>{t!(second_factor.cannot_scan)}</p>
                    <p><code class="secret">{setup.secret}</code></p>
                    <p><a href=setup.uri>{t!(second_factor.open_app)}</a></p>
                </div>
            </div>
            <FormView form on_submit=submit class="form form--wide">
                <CodeInput field=code label=t!(second_factor.shown_code) hint=t!(second_factor.shown_code_hint)/>
                <div class="buttons"><SaveButton form label=t!(second_factor.switch_on)/></div>
            </FormView>
        </div>
    }
}
