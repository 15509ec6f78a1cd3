//! Something exceptional, done with a reason: skipping, reopening.

use contract::Reason;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::client::Call;
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::html;

/// What is done, in words.
#[derive(Debug, Clone, Copy)]
pub struct Wording {
    /// On the button that opens the dialog, its title, and the button that does it.
    pub action: &'static str,
    /// What it means.
    pub text: &'static str,
}

/// The button, and the dialog that asks why. `then` gets the thing as it is afterwards, or as someone else made it
/// meanwhile.
#[component]
pub fn WithReason<A: DeserializeOwned + 'static>(
    /// Names what is done to what, so that a reason half written is found again.
    #[prop(into)]
    key: String,
    wording: Wording,
    call: impl Fn(&Reason) -> Call<A> + Clone + Send + Sync + 'static,
    then: impl Fn(A) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let content = {
        let key = StoredValue::new(key);
        move || content(key.get_value(), wording, open, call.clone(), then.clone())
    };
    html! {
        <button type="button" class="button" on:click=move |_| open.set(true)>{wording.action}</button>
        <Dialog open on_close=move |()| open.set(false) title=wording.action>
            {content()}
        </Dialog>
    }
}

fn content<A: DeserializeOwned + 'static>(
    key: String,
    wording: Wording,
    open: RwSignal<bool>,
    call: impl Fn(&Reason) -> Call<A> + Send + Sync + 'static,
    then: impl Fn(A) + Clone + Send + Sync + 'static,
) -> AnyView {
    let form = Form::new(key);
    let reason = form.field("reason", String::new());
    form.when_stale(then.clone());
    let submit = move |()| {
        let then = then.clone();
        form.submit(Reason { reason: reason.now() }, &call, move |done| {
            open.set(false);
            then(done);
        });
    };
    html! {
        <FormView form on_submit=submit class="form">
            <p>{wording.text}</p>
            <TextArea field=reason label=t!(cases.reason) required=true/>
            <div class="buttons buttons--end">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!(common.cancel)}</button>
                <SaveButton form label=wording.action/>
            </div>
        </FormView>
    }
}
