//! The support session that runs (P3): on every page, with a way to end it. The screen follows when it ends by itself.

use std::time::Duration;

use contract::{Me, SupportSession, SupportSessionId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::use_go;
use crate::app::{Root, use_root};
use crate::client::{me, support};
use crate::i18n::{dates, t, tn};
use crate::pages::Page;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

/// How often the time left is looked at.
const TICK: Duration = Duration::from_secs(15);

/// How many ticks go by between asking the server, which may have ended it sooner: its clock counts.
const PATIENCE: u32 = 4;

#[component]
pub fn SupportBanner() -> impl IntoView {
    let session = use_root().session;
    // The shell is made anew when a support session begins or ends.
    untrack(move || session.me()).and_then(|me| me.support).map(banner)
}

fn banner(session: SupportSession) -> AnyView {
    let root = use_root();
    let go = use_go();
    let id = session.id;
    let minutes = RwSignal::new(dates::minutes_until(session.expires_at));
    let busy = RwSignal::new(false);
    let look = move |asked: bool| {
        spawn_local(async move {
            let call = if asked { me::find_me() } else { me::find_me().unasked() };
            let Ok(me) = root.api().send(call).await else { return };
            // Two may look at once; the first to know tells.
            if runs(id, untrack(move || root.session.me()).as_ref()) && !runs(id, Some(&me)) {
                root.toasts.done(t!(support.ended));
                root.session.update_me(me);
                go.instead(Page::Home);
            }
        });
    };
    let ticks = StoredValue::new(0_u32);
    let ticking = set_interval_with_handle(
        move || {
            ticks.update_value(|ticks| *ticks += 1);
            minutes.set(dates::minutes_until(session.expires_at));
            if ticks.get_value().is_multiple_of(PATIENCE) || minutes.get_untracked() <= 0 {
                look(false);
            }
        },
        TICK,
    );
    on_cleanup(move || drop(ticking.map(|ticking| ticking.clear())));
    let end = move |_| {
        if !busy.get_untracked() {
            busy.set(true);
            spawn_local(async move {
                end(root).await;
                busy.try_set(false);
                look(true);
            });
        }
    };
    let left = live(move || tn!(minutes.get().max(0), support.one_minute_left, support.minutes_left));
    html! {
        <section class="support" aria-label=t!(support.running)>
            <Icon shape=Shape::Info/>
            <p>
                <strong>{t!(support.helping, office = session.office.name.as_str())}</strong>
                " "
                <span>{session.reason}</span>
            </p>
            <span class="support__left">{left}</span>
            <button
                type="button"
                class="button button--small"
                aria-disabled=move || busy.get().then_some("true")
                on:click=end
            >
                {t!(support.end)}
            </button>
        </section>
    }
}

fn runs(id: SupportSessionId, me: Option<&Me>) -> bool {
    me.and_then(|me| me.support.as_ref()).is_some_and(|support| support.id == id)
}

/// One that is over already is what was asked for.
async fn end(root: Root) {
    match root.api().send(support::end_support_session()).await {
        Err(failure) if !failure.is_not_found() => root.toasts.problem(failure.detail()),
        _ => {}
    }
}
