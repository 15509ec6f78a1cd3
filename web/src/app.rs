//! The root: what lives as long as the app, and which view belongs to which phase of the session.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::client::Api;
use crate::session::{Phase, Session};
use crate::shell::Shell;
use crate::sign_in::{
    InterruptionDialog, LapseWarning, OutsideDialog, OwnPassword, RequiredSecondFactor, SignIn, Start,
    count_typing,
};
use crate::ui::focus;
use crate::ui::form::drafts;
use crate::ui::html::{html, live};
use crate::ui::toast::{ToastRegion, Toasts};
use crate::ui::watch::watch;

/// What every view can reach. Its signals belong to the root and outlive every page.
#[derive(Debug, Clone, Copy)]
pub struct Root {
    pub session: Session,
    pub toasts: Toasts,
}

impl Root {
    pub fn api(self) -> Api {
        Api::new(self.session)
    }
}

/// The root, within any view.
pub fn use_root() -> Root {
    expect_context()
}

#[component]
pub fn App() -> impl IntoView {
    let root = Root { session: Session::new(), toasts: Toasts::new() };
    provide_context(root);
    drafts::guard_closing();
    focus::guard();
    let session = root.session;
    count_typing(session);
    spawn_local(session.start());

    // The whole view is made anew for another language, another person or another office to act in (P3), and not when
    // something else about the person changes.
    let person = Memo::new(move |_| session.me().map(|me| (me.id, me.support.map(|support| support.id))));
    let mut shown = None;
    let screen = live(move || {
        session.language();
        let phase = session.phase();
        // Who signs in or out, or changes the language, is told where they are now. Who opens the app starts at the top.
        let before = shown.replace(phase.clone());
        if before.is_some_and(|before| before.is_settled()) {
            focus::expect_heading();
        }
        match phase {
            Phase::Starting => html! { <Start/> },
            Phase::Failed(failure) => html! { <Start failure/> },
            Phase::SignedOut => html! { <SignIn/> },
            Phase::ChoosePassword => html! { <OwnPassword/> },
            Phase::SetUpSecondFactor => html! { <RequiredSecondFactor/> },
            Phase::SignedIn => {
                // Read and not just tracked: what nobody reads is never computed, and never changes.
                let _person = person.get();
                html! { <Shell/> }
            }
        }
    });
    html! {
        <Router>
            <Addresses/>
            {screen}
            {move || {
                session.language();
                html! {
                    <LapseWarning/>
                    <InterruptionDialog/>
                    <OutsideDialog/>
                    <ToastRegion toasts=root.toasts/>
                }
            }}
        </Router>
    }
}

/// Which page an address shows is decided by `pages`, in one `match`, and not by the router's types. The router still
/// follows links and history; it waits to be told that the page is there before it writes the address.
#[component]
fn Addresses() -> impl IntoView {
    let path = use_location().pathname;
    let browser: Option<BrowserUrl> = use_context();
    watch(move || {
        path.track();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
    });
}
