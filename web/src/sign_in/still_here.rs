//! Who types works, also when nothing is sent for half an hour: that counts as use of the session (S7).

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::{Api, me, sessions};
use crate::session::Session;

/// How often the server is told, in milliseconds, while someone types.
const EVERY: f64 = 5.0 * 60.0 * 1000.0;

/// Tells the server now and then that someone is here, as long as they type.
pub fn count_typing(session: Session) {
    let asking = StoredValue::new(false);
    let typing = window_event_listener(ev::input, move |_| {
        // Well before it lapses, where sessions are kept short.
        if asking.get_value()
            || !session.is_going_on()
            || sessions::idle() - sessions::left() < (sessions::idle() / 4.0).min(EVERY)
        {
            return;
        }
        asking.set_value(true);
        spawn_local(async move {
            // What it answers is known; if there is no session any more, asking told so.
            drop(Api::new(session).send(me::find_me()).await);
            asking.try_set_value(false);
        });
    });
    on_cleanup(move || typing.remove());
}
