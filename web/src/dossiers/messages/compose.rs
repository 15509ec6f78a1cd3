//! A new message: who would get it and why stands above what is written (D6).

use contract::{DossierId, Message, NewMessage, Recipient};
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::messages;
use crate::i18n::t;
use crate::ui::form::{Form, FormView, SaveButton, TextArea};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::remote::Remote;

#[component]
pub fn Compose(id: DossierId, #[prop(into)] on_sent: Callback<()>) -> impl IntoView {
    let remote = Remote::new(move || messages::find_recipient(id));
    html! {
        <section class="panel" aria-labelledby="compose-heading">
            <h2 id="compose-heading">{t!(messages.new)}</h2>
            {remote.view(move |recipient| html! { <ComposeForm id recipient on_sent/> })}
        </section>
    }
}

#[component]
fn ComposeForm(id: DossierId, recipient: RwSignal<Recipient>, on_sent: Callback<()>) -> impl IntoView {
    let toasts = use_root().toasts;
    let form = Form::new(format!("dossier:{id}:message"));
    let text = form.field("text", String::new());
    // Someone else would get it by now; what was written stays.
    form.when_stale(move |current: Recipient| recipient.set(current));
    let submit = move |()| {
        let recipient_version = recipient.with_untracked(|recipient| recipient.recipient_version.clone());
        form.submit(
            NewMessage { text: text.now(), recipient_version },
            |new| messages::send_message(id, new),
            move |sent: Message| {
                text.saved(String::new());
                toasts.done(t!(messages.sent_to, name = sent.recipient.name.as_str()));
                on_sent.run(());
            },
        );
    };
    let reachable = Memo::new(move |_| recipient.with(|recipient| !recipient.address.trim().is_empty()));
    let fields = live(move || {
        if reachable.get() {
            html! {
                <TextArea field=text label=t!(messages.text) hint=t!(messages.text_hint) required=true/>
                <div class="buttons"><SaveButton form label=t!(messages.send)/></div>
            }
        } else {
            html! {
                <div class="notice notice--warning">
                    <Icon shape=Shape::Warning/>
                    <p>{t!(messages.nobody)}</p>
                </div>
            }
        }
    });
    html! {
        <FormView form on_submit=submit class="form form--wide">
            {addressee(recipient)}
            {fields}
        </FormView>
    }
}

fn addressee(recipient: RwSignal<Recipient>) -> AnyView {
    let said = live(move || {
        let Recipient { name, address, explanation, oneself, .. } = recipient.get();
        html! {
            <p>
                <strong>{name}</strong>
                {oneself.then(|| html! { " " <span class="faint">{t!(messages.oneself)}</span> })}
                <span class="addressee__address">{address}</span>
            </p>
            <p class="faint">{explanation}</p>
        }
    });
    html! {
        <div class="addressee" role="group" aria-labelledby="addressee-label" aria-live="polite">
            <p class="addressee__label" id="addressee-label">{t!(messages.goes_to)}</p>
            {said}
        </div>
    }
}
