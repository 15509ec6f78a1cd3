//! Switching it off, with password and code.

use contract::SecondFactorRemoval;
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::second_factor;
use crate::i18n::t;
use crate::sign_in::CodeInput;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, PasswordInput, SaveButton};
use crate::ui::html::html;

#[component]
pub fn Remove(changed: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    html! {
        <div class="buttons">
            <button type="button" class="button button--danger-quiet" on:click=move |_| open.set(true)>
                {t!(second_factor.switch_off)}
            </button>
        </div>
        <Dialog open on_close=move |()| open.set(false) title=t!(second_factor.switch_off)>
            <RemoveForm open changed/>
        </Dialog>
    }
}

#[component]
fn RemoveForm(open: RwSignal<bool>, changed: Callback<()>) -> impl IntoView {
    let root = use_root();
    let form = Form::new("");
    let password = form.field("password", String::new());
    let code = form.field("code", String::new());
    let submit = move |()| {
        let removal = SecondFactorRemoval { password: password.now(), code: code.now() };
        form.submit(removal, second_factor::remove_second_factor, move |()| {
            root.toasts.done(t!(second_factor.switched_off));
            open.set(false);
            changed.run(());
        });
    };
    html! {
        <FormView form on_submit=submit class="form">
            <p>{t!(second_factor.switch_off_text)}</p>
            <PasswordInput field=password label=t!(sign_in.current_password) autocomplete="current-password"/>
            <CodeInput field=code label=t!(second_factor.shown_code) hint=t!(second_factor.code_or_recovery) or_recovery=true/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form danger=true label=t!(second_factor.switch_off)/>
            </div>
        </FormView>
    }
}
