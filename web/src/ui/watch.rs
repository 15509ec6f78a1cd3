//! Doing something whenever signals change.

use leptos::prelude::*;

/// Runs `act` now, and again whenever a signal it reads changes, as long as the view around it lives.
pub fn watch(act: impl FnMut() + 'static) {
    // One kind of effect, so that its code is there once and not per use.
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_: Option<()>| act());
}
