//! What was typed and not saved, kept while people look elsewhere in the app and come back.
//!
//! In memory only: it may be personal data, so it goes when the page is closed, and when someone signs out.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::ev;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

thread_local! {
    // Form, then field: the value it started from and the value typed, as JSON.
    static DRAFTS: RefCell<BTreeMap<String, BTreeMap<String, String>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Keeps what was typed in a field, and what was there before.
pub(super) fn keep<V: Serialize>(form: &str, field: &str, base: &V, value: &V) {
    if let Ok(draft) = serde_json::to_string(&(base, value)) {
        DRAFTS.with_borrow_mut(|drafts| {
            drafts.entry(form.to_owned()).or_default().insert(field.to_owned(), draft);
        });
    }
}

/// What was there before and what was typed, if anything.
pub(super) fn find<V: DeserializeOwned>(form: &str, field: &str) -> Option<(V, V)> {
    DRAFTS.with_borrow(|drafts| serde_json::from_str(drafts.get(form)?.get(field)?).ok())
}

/// A field holds nothing unsaved any more.
pub(super) fn forget(form: &str, field: &str) {
    DRAFTS.with_borrow_mut(|drafts| {
        if let Some(fields) = drafts.get_mut(form) {
            fields.remove(field);
            if fields.is_empty() {
                drafts.remove(form);
            }
        }
    });
}

/// A form was saved or given up.
pub(super) fn forget_form(form: &str) {
    DRAFTS.with_borrow_mut(|drafts| drafts.remove(form));
}

/// Nothing typed may outlive the session of who typed it.
pub fn forget_all() {
    DRAFTS.take();
}

/// Asks before the browser's tab is closed on unsaved work.
pub fn guard_closing() {
    let handle = window_event_listener(ev::beforeunload, |event| {
        if DRAFTS.with_borrow(|drafts| !drafts.is_empty()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}
