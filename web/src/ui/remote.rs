//! Something on the server, shown: loading, failed with a way to try again, or there.

use std::marker::PhantomData;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use serde::de::DeserializeOwned;

use super::button::Spinner;
use super::icon::{Icon, Shape};
use super::page::{Heading, detail_not_found, not_found};
use crate::app::{Root, use_root};
use crate::client::{Call, Failure, Outcome, Request, read};
use crate::i18n::t;
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

#[derive(Debug, Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(Failure),
    There,
}

/// How much of the screen it is: what is the whole page has the page's heading, also when it is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Page,
    Detail,
    Part,
}

impl Extent {
    fn failed(self, failure: &Failure, retry: Callback<()>) -> AnyView {
        match (self, failure.is_not_found()) {
            (Self::Page, true) => not_found(),
            (Self::Detail, true) => detail_not_found(),
            (Self::Page, false) => html! {
                <Heading text=t!(shell.not_loaded).to_owned()/>
                {failed(failure, retry)}
            },
            (Self::Detail | Self::Part, _) => failed(failure, retry),
        }
    }
}

type Show = Box<dyn Fn(&str) -> Outcome<()> + Send + Sync>;
type Content = Box<dyn Fn(&str) -> Outcome<AnyView> + Send + Sync>;

/// What does not depend on the type of the thing, so that it is compiled once.
#[derive(Clone, Copy)]
struct Core {
    root: Root,
    phase: RwSignal<Phase>,
    /// The answer, until a view is made of it.
    body: StoredValue<String>,
    /// How a later answer comes into the view.
    show: StoredValue<Option<Show>>,
    again: RwSignal<u32>,
    quietly: StoredValue<bool>,
    /// Whether nobody asked for it.
    unasked: StoredValue<bool>,
}

impl Core {
    fn new(request: Box<dyn Fn() -> Request>) -> Self {
        let core = Self {
            root: use_root(),
            phase: RwSignal::new(Phase::Loading),
            body: StoredValue::new(String::new()),
            show: StoredValue::new(None),
            again: RwSignal::new(0),
            quietly: StoredValue::new(false),
            unasked: StoredValue::new(false),
        };
        core.follow_session();
        watch(move || {
            let request = request();
            core.again.track();
            let quietly = core.quietly.try_update_value(std::mem::take).unwrap_or_default();
            let unasked = core.unasked.try_update_value(std::mem::take).unwrap_or_default();
            let request = request.unasked(unasked);
            if !quietly {
                core.phase.set(Phase::Loading);
            }
            // Cancelled, and the request aborted, when the page goes or something else is asked.
            spawn_local_scoped_with_cancellation(async move {
                match core.root.api().exchange(request).await {
                    Ok(body) => core.arrive(body),
                    // That nobody is signed in any more is told where one signs in again.
                    Err(failure) if quietly && failure.is_not_signed_in() => {}
                    Err(failure) if quietly => core.root.toasts.problem(failure.detail()),
                    Err(failure) => core.phase.set(Phase::Failed(failure)),
                }
            });
        });
        core
    }

    /// Tries again by itself after someone signed in anew.
    fn follow_session(self) {
        Effect::new(move |before: Option<u32>| {
            let renewals = self.root.session.renewals();
            if before.is_some_and(|before| before != renewals)
                && matches!(self.phase.get_untracked(), Phase::Failed(_))
            {
                self.retry();
            }
            renewals
        });
    }

    fn arrive(self, body: String) {
        if self.phase.get_untracked() != Phase::There {
            self.body.set_value(body);
            return self.phase.set(Phase::There);
        }
        let shown = self.show.with_value(|show| show.as_ref().map_or(Ok(()), |show| show(&body)));
        if let Err(failure) = shown {
            self.root.toasts.problem(failure.detail());
        }
    }

    fn retry(self) {
        self.again.update(|again| *again += 1);
    }

    fn view(self, extent: Extent, content: Content) -> AnyView {
        let retry = Callback::new(move |()| self.retry());
        live(move || match self.phase.get() {
            Phase::Loading => loading(),
            Phase::Failed(failure) => extent.failed(&failure, retry),
            Phase::There => {
                let body = self.body.try_update_value(std::mem::take).unwrap_or_default();
                content(&body).unwrap_or_else(|failure| extent.failed(&failure, retry))
            }
        })
    }
}

/// One thing on the server. Loads when made, and anew whenever a signal that `call` reads changes.
pub struct Remote<T> {
    core: Core,
    thing: PhantomData<fn() -> T>,
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Remote<T> {}

impl<T: DeserializeOwned + Send + Sync + 'static> Remote<T> {
    /// What `call` reads.
    pub fn new(call: impl Fn() -> Call<T> + 'static) -> Self {
        Self { core: Core::new(Box::new(move || call().into_request())), thing: PhantomData }
    }

    /// Loads it again while what is there stays on screen.
    pub fn refresh(self) {
        self.core.quietly.set_value(true);
        self.core.retry();
    }

    /// The same, also when nobody asked for it.
    pub fn keep_up(self, asked: bool) {
        self.core.unasked.set_value(!asked);
        self.refresh();
    }

    /// Makes the view once the thing is there; afterwards its signal changes, and not the view.
    pub fn view(self, content: impl Fn(RwSignal<T>) -> AnyView + Send + Sync + 'static) -> AnyView {
        self.shown(Extent::Part, content)
    }

    /// The same for what is the whole page: `content` has its [`Heading`].
    pub fn page(self, content: impl Fn(RwSignal<T>) -> AnyView + Send + Sync + 'static) -> AnyView {
        self.shown(Extent::Page, content)
    }

    /// The same for what is beside a list: `content` has a heading of its own.
    pub fn detail(self, content: impl Fn(RwSignal<T>) -> AnyView + Send + Sync + 'static) -> AnyView {
        self.shown(Extent::Detail, content)
    }

    fn shown(
        self,
        extent: Extent,
        content: impl Fn(RwSignal<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let core = self.core;
        let content = move |body: &str| {
            let thing = RwSignal::new(read::<T>(body)?);
            core.show.set_value(Some(Box::new(move |body| read(body).map(|new| thing.set(new)))));
            Ok(content(thing))
        };
        core.view(extent, Box::new(content))
    }
}

/// Something is on its way.
pub fn loading() -> AnyView {
    html! {
        <p class="loading" role="status">
            <Spinner/>
            {t!(common.loading)}
        </p>
    }
}

/// Something could not be loaded.
pub fn failed(failure: &Failure, retry: Callback<()>) -> AnyView {
    let again = (!failure.is_not_found()).then(|| {
        html! {
            <button type="button" class="button" on:click=move |_| retry.run(())>
                <Icon shape=Shape::Refresh/>
                {t!(common.retry)}
            </button>
        }
    });
    html! {
        <div class="notice notice--problem" role="alert">
            <Icon shape=Shape::Warning/>
            <p>{failure.detail()}</p>
            {again}
        </div>
    }
}
