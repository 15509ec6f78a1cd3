//! The avatar at the top right: personal settings and signing out.

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::use_go;
use crate::app::use_root;
use crate::i18n::t;
use crate::pages::Page;
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::watch::watch;

const BUTTON: &str = "avatar";

#[component]
pub fn Avatar() -> impl IntoView {
    let root = use_root();
    let go = use_go();
    let visiting = untrack(move || root.session.me()).is_some_and(|me| me.support.is_some());
    let open = RwSignal::new(false);
    let element = NodeRef::<Div>::new();
    let name = move || root.session.me().map(|me| me.name).unwrap_or_default();
    let username = move || root.session.me().map(|me| format!("{}@{}", me.username, me.office.code));

    // Closes on leaving: another page, or a click elsewhere.
    let path = use_location().pathname;
    watch(move || {
        path.track();
        open.set(false);
    });
    let elsewhere = window_event_listener(ev::pointerdown, move |event| {
        let inside = element
            .get_untracked()
            .zip(event.target())
            .is_some_and(|(menu, target)| menu.contains(target.dyn_ref()));
        if !inside {
            open.set(false);
        }
    });
    on_cleanup(move || elsewhere.remove());

    let sign_out = move |_| {
        spawn_local(async move {
            match root.session.sign_out().await {
                Ok(()) => go.instead(Page::Home),
                Err(failure) => root.toasts.problem(failure.detail()),
            }
        });
    };
    let sign_out = StoredValue::new(sign_out);
    let menu = live(move || {
        open.get().then(|| {
            html! {
                <div class="menu" id="avatar-menu">
                    <p class="menu__who">
                        <strong>{name}</strong>
                        <span>{username}</span>
                    </p>
                    {(!visiting).then(|| html! {
                        <a href=Page::Preferences.to_string()>
                            <Icon shape=Shape::Person/>
                            {t!(shell.preferences)}
                        </a>
                    })}
                    <button type="button" on:click=move |event| sign_out.with_value(|sign_out| sign_out(event))>
                        <Icon shape=Shape::SignOut/>
                        {t!(shell.sign_out)}
                    </button>
                </div>
            }
        })
    });
    html! {
        <div
            class="avatar"
            node_ref=element
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    open.set(false);
                    focus::to_id(BUTTON);
                }
            }
        >
            <button
                type="button"
                id=BUTTON
                class="avatar__button"
                aria-label=move || t!(shell.avatar, name = name())
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=move || open.get().then_some("avatar-menu")
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || initials(&name())}
            </button>
            {menu}
        </div>
    }
}

/// The first letters of the first and the last name: "Jan de Vries" is JV.
fn initials(name: &str) -> String {
    let letters: Vec<char> = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect();
    match (letters.first(), letters.last()) {
        (Some(first), Some(last)) if letters.len() > 1 => [*first, *last].iter().collect(),
        (Some(first), _) => first.to_string(),
        _ => name.chars().next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_skip_what_stands_between() {
        for (name, expected) in
            [("Jan de Vries", "JV"), ("Fatima El Amrani", "FA"), ("Noor", "N"), ("émile", "É"), ("", "")]
        {
            assert_eq!(initials(name), expected);
        }
    }
}
