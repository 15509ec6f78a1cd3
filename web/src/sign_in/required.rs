//! For whom the office wants a second factor, and who has none: first that.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::sign_out::SignOutLink;
use crate::app::use_root;
use crate::i18n::t;
use crate::shell::areas;
use crate::ui::html::html;
use crate::ui::page::LoneHeading;

#[component]
pub fn RequiredSecondFactor() -> impl IntoView {
    let root = use_root();
    let done = Callback::new(move |()| {
        root.toasts.done(t!(second_factor.switched_on));
        spawn_local(root.session.enter());
    });
    html! {
        <main class="lone">
            <h1 class="wordmark">"Werkbak"</h1>
            <div class="panel panel--wide">
                <LoneHeading text=t!(sign_in.set_up)/>
                <p>{t!(sign_in.set_up_text)}</p>
                {areas::setting_up(done)}
            </div>
            <SignOutLink label=t!(sign_in.not_now)/>
        </main>
    }
}
