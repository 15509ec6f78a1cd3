//! Signing out where there is no menu to do it in.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_root;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

/// Signs out; when that does not succeed it says so here, where it is seen in a dialog, too.
#[component]
pub(super) fn SignOutLink(label: &'static str) -> impl IntoView {
    let session = use_root().session;
    let problem = RwSignal::new(None::<String>);
    let sign_out = move |_| {
        problem.set(None);
        spawn_local(async move {
            if let Err(failure) = session.sign_out().await {
                problem.try_set(Some(failure.detail()));
            }
        });
    };
    html! {
        <p><button type="button" class="link" on:click=sign_out>{label}</button></p>
        {live(move || problem.get().map(problem_notice))}
    }
}

/// Something that went wrong.
pub(super) fn problem_notice(text: String) -> AnyView {
    html! {
        <div class="notice notice--problem" role="alert">
            <Icon shape=Shape::Warning/>
            <p>{text}</p>
        </div>
    }
    .into_any()
}
