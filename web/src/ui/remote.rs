//! Something on the server, shown: loading, failed with a way to try again, or there.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use serde::de::DeserializeOwned;

use super::button::Spinner;
use super::icon::{Icon, Shape};
use crate::app::{Root, use_root};
use crate::client::{Call, Failure};
use crate::i18n::t;

#[derive(Debug, Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(Failure),
    There,
}

/// One thing on the server. Loads when made, and anew whenever a signal that `call` reads changes.
pub struct Remote<T: Send + Sync + 'static> {
    phase: RwSignal<Phase>,
    loaded: StoredValue<Option<T>>,
    shown: StoredValue<Option<RwSignal<T>>>,
    again: RwSignal<u32>,
    quietly: StoredValue<bool>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> Remote<T> {
    /// What `call` reads.
    pub fn new(call: impl Fn() -> Call<T> + 'static) -> Self {
        let root = use_root();
        let remote = Self {
            phase: RwSignal::new(Phase::Loading),
            loaded: StoredValue::new(None),
            shown: StoredValue::new(None),
            again: RwSignal::new(0),
            quietly: StoredValue::new(false),
        };
        remote.follow_session(root);
        Effect::new(move |_| {
            let call = call();
            remote.again.track();
            let quietly = remote.quietly.try_update_value(std::mem::take).unwrap_or_default();
            if !quietly {
                remote.phase.set(Phase::Loading);
            }
            // Cancelled, and the request aborted, when the page goes or something else is asked.
            spawn_local_scoped_with_cancellation(async move {
                match root.api().send(call).await {
                    Ok(thing) => remote.arrive(thing),
                    Err(failure) if quietly => root.toasts.problem(failure.detail()),
                    Err(failure) => remote.phase.set(Phase::Failed(failure)),
                }
            });
        });
        remote
    }

    /// Tries again by itself after someone signed in anew.
    fn follow_session(self, root: Root) {
        Effect::new(move |before: Option<u32>| {
            let renewals = root.session.renewals();
            if before.is_some_and(|before| before != renewals)
                && matches!(self.phase.get_untracked(), Phase::Failed(_))
            {
                self.retry();
            }
            renewals
        });
    }

    fn arrive(self, thing: T) {
        match self.shown.get_value().filter(|_| self.phase.get_untracked() == Phase::There) {
            Some(shown) => shown.set(thing),
            None => {
                self.loaded.set_value(Some(thing));
                self.phase.set(Phase::There);
            }
        }
    }

    fn retry(self) {
        self.again.update(|again| *again += 1);
    }

    /// Loads it again while what is there stays on screen.
    pub fn refresh(self) {
        self.quietly.set_value(true);
        self.retry();
    }

    /// Makes the view once the thing is there; afterwards its signal changes, and not the view.
    pub fn view<V: IntoView + 'static>(
        self,
        content: impl Fn(RwSignal<T>) -> V + Send + Sync + 'static,
    ) -> AnyView {
        view(self.phase, Callback::new(move |()| self.retry()), move || {
            let signal = RwSignal::new(self.loaded.try_update_value(Option::take).flatten()?);
            self.shown.set_value(Some(signal));
            Some(content(signal).into_any())
        })
    }
}

// Apart from `Remote::view`, so that it is compiled once and not per type.
fn view(
    phase: RwSignal<Phase>,
    retry: Callback<()>,
    content: impl Fn() -> Option<AnyView> + Send + Sync + 'static,
) -> AnyView {
    let content: Box<dyn Fn() -> Option<AnyView> + Send + Sync> = Box::new(content);
    (move || match phase.get() {
        Phase::Loading => loading(),
        Phase::Failed(failure) => failed(&failure, retry),
        Phase::There => content().into_any(),
    })
    .into_any()
}

/// Something is on its way.
pub fn loading() -> AnyView {
    view! {
        <p class="loading" role="status">
            <Spinner/>
            {t!(common.loading)}
        </p>
    }
    .into_any()
}

/// Something could not be loaded.
pub fn failed(failure: &Failure, retry: Callback<()>) -> AnyView {
    let again = (!failure.is_not_found()).then(|| {
        view! {
            <button type="button" class="button" on:click=move |_| retry.run(())>
                <Icon shape=Shape::Refresh/>
                {t!(common.retry)}
            </button>
        }
    });
    view! {
        <div class="notice notice--problem" role="alert">
            <Icon shape=Shape::Warning/>
            <p>{failure.detail()}</p>
            {again}
        </div>
    }
    .into_any()
}
