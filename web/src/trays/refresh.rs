//! Lists that keep up with what colleagues do, without anyone asking.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use web_sys::VisibilityState;

use crate::app::use_root;

/// How old a list in sight may get.
const EVERY: Duration = Duration::from_secs(30);

/// Runs `refresh` about every 30 s while the page is in sight, and when someone comes back to it: then it is `true` that
/// a person asked for it. Not while they must sign in again: everything would be refused.
pub fn keep_fresh(refresh: impl Fn(bool) + Clone + Send + Sync + 'static) {
    let session = use_root().session;
    let refresh = move |asked| {
        if session.is_going_on() {
            refresh(asked);
        }
    };
    let visible = || document().visibility_state() == VisibilityState::Visible;
    let timer = {
        let refresh = refresh.clone();
        let tick = move || {
            if visible() {
                refresh(false);
            }
        };
        set_interval_with_handle(tick, EVERY).ok()
    };
    let on_focus = window_event_listener(ev::focus, {
        let refresh = refresh.clone();
        move |_| refresh(true)
    });
    let on_return = window_event_listener(ev::visibilitychange, move |_| {
        if visible() {
            refresh(true);
        }
    });
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
        on_focus.remove();
        on_return.remove();
    });
}
