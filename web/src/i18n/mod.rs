//! Texts in Dutch and English, and how this office writes dates.
//!
//! Texts live in `locales/<language>/<namespace>.json` and are checked by the compiler. They are read once, when a
//! view is made: changing the language makes the whole view anew (see `app`), so that no text needs to be a signal.

pub mod dates;
pub mod words;

use std::cell::Cell;

use contract::Language;
use leptos::prelude::*;

#[expect(
    unused_imports,
    dead_code,
    clippy::expect_used,
    clippy::new_ret_no_self,
    clippy::wrong_self_convention,
    reason = "generated for every way to use leptos_i18n"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}
pub use generated::i18n::Locale;

thread_local! {
    static CURRENT: Cell<Locale> = const { Cell::new(Locale::nl) };
}

/// Where the choice made before signing in is kept.
const STORAGE_KEY: &str = "werkbak.language";

/// The language texts are read in now.
pub fn locale() -> Locale {
    CURRENT.get()
}

/// The same, as the server and the checks on input know it.
pub fn language() -> Language {
    match locale() {
        Locale::nl => Language::Dutch,
        Locale::en => Language::English,
    }
}

/// Reads texts in another language from now on, and remembers that for the next visit.
pub fn set_language(language: Language) {
    CURRENT.set(match language {
        Language::Dutch => Locale::nl,
        Language::English => Locale::en,
    });
    if let Some(root) = document().document_element() {
        drop(root.set_attribute("lang", language.as_str()));
    }
    if let Ok(Some(storage)) = window().local_storage() {
        drop(storage.set_item(STORAGE_KEY, language.as_str()));
    }
}

/// The language of the previous visit; Dutch on the first.
pub fn remembered_language() -> Language {
    let stored =
        window().local_storage().ok().flatten().and_then(|storage| storage.get_item(STORAGE_KEY).ok()?);
    stored.and_then(|code| code.parse().ok()).unwrap_or_default()
}

/// A text in the current language: `t!(groups.title)`, `t!(groups.saved, name = name)`.
macro_rules! t {
    ($($text:tt)*) => { leptos_i18n::td_string!($crate::i18n::locale(), $($text)*) };
}

/// A text about a number of things: `tn!(count, home.one_task, home.tasks)`. The second takes `count`.
macro_rules! tn {
    ($count:expr, $one:ident . $one_key:ident, $many:ident . $many_key:ident) => {{
        let count = $count;
        if count == 1 {
            String::from($crate::i18n::t!($one.$one_key))
        } else {
            $crate::i18n::t!($many.$many_key, count = count)
        }
    }};
}

pub(crate) use {t, tn};
