//! Before the session lapses: who is there says so, and goes on (WCAG 2.2.1). When it lapsed, the screen says that, too,
//! and not only at the next click.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_root;
use crate::client::{me, sessions};
use crate::i18n::t;
use crate::ui::dialog::Dialog;
use crate::ui::html::html;

/// How often the time left is looked at.
const TICK: Duration = Duration::from_secs(15);

/// How long before the end someone is warned, in milliseconds.
const WARNING: f64 = 2.0 * 60.0 * 1000.0;

#[component]
pub fn LapseWarning() -> impl IntoView {
    let root = use_root();
    let near = RwSignal::new(false);
    let ask = move |asked: bool| {
        spawn_local(async move {
            let call = if asked { me::find_me() } else { me::find_me().unasked() };
            // What it answers is known; if there is no session any more, asking told so.
            drop(root.api().send(call).await);
        });
    };
    let ticking = set_interval_with_handle(
        move || {
            let left = sessions::left();
            let is_near = root.session.is_going_on() && left < WARNING.min(sessions::idle() / 4.0);
            if near.get_untracked() != is_near {
                near.set(is_near);
            }
            if is_near && left <= 0.0 {
                ask(false);
            }
        },
        TICK,
    );
    on_cleanup(move || drop(ticking.map(|ticking| ticking.clear())));
    let open = Signal::derive(move || near.get() && root.session.interruption().is_none());
    // Closing it is an answer, too.
    let stay = move |()| {
        near.set(false);
        if root.session.is_going_on() {
            ask(true);
        }
    };
    html! {
        <Dialog open on_close=stay title=t!(sign_in.lapse_title)>
            <p>{t!(sign_in.lapse_text)}</p>
            <div class="buttons buttons--end">
                <button type="button" class="button button--primary" on:click=move |_| stay(())>{t!(sign_in.lapse_stay)}</button>
            </div>
        </Dialog>
    }
}
