//! Tabs of one browser take turns (Web Locks), where the browser has that.

use std::time::Duration;

use futures::channel::oneshot;
use futures::future::{self, Either};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A tab that sleeps keeps its turn; nobody waits for it longer than this.
const PATIENCE: Duration = Duration::from_secs(5);

/// One's turn, until it is dropped.
pub(super) struct Turn(Option<Function>);

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(done) = self.0.take() {
            drop(done.call0(&JsValue::UNDEFINED));
        }
    }
}

/// Waits until no other tab of this browser has its turn at `name`.
pub(super) async fn wait(name: &str) -> Turn {
    let mut done = None;
    let held = Promise::new(&mut |resolve, _| done = Some(resolve));
    let (granted, mine) = oneshot::channel();
    let callback = Closure::once_into_js(move || -> JsValue {
        let _ = granted.send(());
        held.into()
    });
    if ask(name, &callback).is_some() {
        let (late, patience) = oneshot::channel();
        set_timeout(
            move || {
                let _ = late.send(());
            },
            PATIENCE,
        );
        match future::select(mine, patience).await {
            Either::Left(_) | Either::Right(_) => {}
        }
    }
    Turn(done)
}

fn ask(name: &str, callback: &JsValue) -> Option<()> {
    let navigator = Reflect::get(&window(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let asked: Promise = request.call2(&locks, &name.into(), callback).ok()?.dyn_into().ok()?;
    // A browser that refuses after all: then everyone goes on without turns.
    spawn_local(async move { drop(JsFuture::from(asked).await) });
    Some(())
}
