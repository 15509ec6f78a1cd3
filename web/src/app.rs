//! The root: what lives as long as the app, and which view belongs to which phase of the session.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;

use crate::client::Api;
use crate::session::{Phase, Session};
use crate::shell::Shell;
use crate::sign_in::{ExpiredDialog, OwnPassword, SignIn, Start};
use crate::ui::form::drafts;
use crate::ui::toast::{ToastRegion, Toasts};

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
    let session = root.session;
    spawn_local(session.start());

    // The whole view is made anew for another language or another person, and not when something else about the
    // person changes.
    let person = Memo::new(move |_| session.me().map(|me| me.id));
    let screen = move || {
        session.language();
        match session.phase() {
            Phase::Starting => view! { <Start/> }.into_any(),
            Phase::Failed(failure) => view! { <Start failure/> }.into_any(),
            Phase::SignedOut => view! { <SignIn/> }.into_any(),
            Phase::ChoosePassword => view! { <OwnPassword/> }.into_any(),
            Phase::SignedIn => {
                person.track();
                view! { <Shell/> }.into_any()
            }
        }
    };
    view! {
        <Router>
            {screen}
            {move || {
                session.language();
                view! {
                    <ExpiredDialog/>
                    <ToastRegion toasts=root.toasts/>
                }
            }}
        </Router>
    }
}
