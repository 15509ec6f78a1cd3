//! A list on the server, a page at a time.

use contract::Page;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use serde::de::DeserializeOwned;

use super::button::Spinner;
use super::remote::{failed, loading};
use crate::app::{Root, use_root};
use crate::client::{Call, Failure, Outcome};
use crate::i18n::t;

type MakeCall<T> = Box<dyn Fn(Option<&str>) -> Call<Page<T>> + Send + Sync>;

/// A list. Loads its first page when made, and anew whenever a signal that `call` reads changes.
pub struct Listing<T: Send + Sync + 'static> {
    root: Root,
    call: StoredValue<MakeCall<T>>,
    items: RwSignal<Vec<T>>,
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<Failure>>,
    /// The first page is on its way and nothing else is on screen.
    loading: RwSignal<bool>,
    loading_more: RwSignal<bool>,
    generation: StoredValue<u32>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Listing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Listing<T> {}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> Listing<T> {
    /// The list that `call` reads, page by page.
    pub fn new(call: impl Fn(Option<&str>) -> Call<Page<T>> + Send + Sync + 'static) -> Self {
        let listing = Self {
            root: use_root(),
            call: StoredValue::new(Box::new(call)),
            items: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            loading: RwSignal::new(true),
            loading_more: RwSignal::new(false),
            generation: StoredValue::new(0),
            again: RwSignal::new(0),
        };
        Effect::new(move |_| {
            let call = listing.make_call(None);
            listing.again.track();
            listing.root.session.renewals();
            listing.loading.set(true);
            listing.begin();
            spawn_local_scoped_with_cancellation(async move {
                let outcome = listing.root.api().send(call).await;
                listing.show(outcome);
            });
        });
        listing
    }

    fn make_call(self, cursor: Option<&str>) -> Call<Page<T>> {
        self.call.with_value(|call| call(cursor))
    }

    /// A new state of the list begins: what was asked before no longer counts.
    fn begin(self) -> u32 {
        self.generation.update_value(|generation| *generation += 1);
        self.generation.get_value()
    }

    fn show(self, outcome: Outcome<Page<T>>) {
        self.loading.set(false);
        match outcome {
            Ok(page) => {
                self.items.set(page.items);
                self.next.set(page.next);
                self.failure.set(None);
            }
            Err(failure) => self.failure.set(Some(failure)),
        }
    }

    /// What is on screen.
    pub fn items(self) -> RwSignal<Vec<T>> {
        self.items
    }

    /// Whether there are more than what is on screen.
    pub fn has_more(self) -> bool {
        self.next.with(Option::is_some)
    }

    /// Starts over.
    pub fn reload(self) {
        self.again.update(|again| *again += 1);
    }

    /// Brings everything on screen up to date, as far down as it was loaded, without anyone noticing more than the
    /// changes. `true` when it did.
    pub async fn refresh(self) -> bool {
        let Some(generation) = self.generation.try_get_value() else { return false };
        let mut wanted = self.items.with_untracked(Vec::len);
        let (mut items, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let call = untrack(|| self.make_call(cursor.as_deref()));
            let Ok(page) = self.root.api().send(call).await else { return false };
            wanted = wanted.saturating_sub(page.items.len());
            items.extend(page.items);
            cursor = page.next;
            if wanted == 0 || cursor.is_none() {
                break;
            }
        }
        if self.generation.try_get_value() != Some(generation) || self.loading_more.get_untracked() {
            return false;
        }
        self.show(Ok(Page { items, next: cursor }));
        true
    }

    fn load_more(self) {
        let Some(cursor) = self.next.get_untracked() else { return };
        if self.loading_more.get_untracked() {
            return;
        }
        self.loading_more.set(true);
        let generation = self.begin();
        let call = untrack(|| self.make_call(Some(&cursor)));
        let task = async move {
            let outcome = self.root.api().send(call).await;
            self.loading_more.try_set(false);
            if self.generation.try_get_value() != Some(generation) {
                return;
            }
            match outcome {
                Ok(page) => {
                    self.items.update(|items| items.extend(page.items));
                    self.next.set(page.next);
                }
                Err(failure) => self.root.toasts.problem(failure.detail()),
            }
        };
        leptos::task::spawn_local(task);
    }

    /// The list: `content` when it holds something, `empty` when not, with a button for more.
    pub fn view<V: IntoView + 'static, E: IntoView + 'static>(
        self,
        content: impl Fn(RwSignal<Vec<T>>) -> V + Send + Sync + 'static,
        empty: impl Fn() -> E + Send + Sync + 'static,
    ) -> AnyView {
        let filled = Memo::new(move |_| self.items.with(|items| !items.is_empty()));
        view(ListView {
            loading: self.loading,
            loading_more: self.loading_more,
            failure: self.failure,
            filled,
            next: self.next,
            retry: Callback::new(move |()| self.reload()),
            more: Callback::new(move |()| self.load_more()),
            content: Box::new(move || content(self.items).into_any()),
            empty: Box::new(move || empty().into_any()),
        })
    }
}

struct ListView {
    loading: RwSignal<bool>,
    loading_more: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    filled: Memo<bool>,
    next: RwSignal<Option<String>>,
    retry: Callback<()>,
    more: Callback<()>,
    content: Box<dyn Fn() -> AnyView + Send + Sync>,
    empty: Box<dyn Fn() -> AnyView + Send + Sync>,
}

// Apart from `Listing::view`, so that it is compiled once and not per type.
fn view(list: ListView) -> AnyView {
    let ListView { loading: busy, loading_more, failure, filled, next, retry, more, content, empty } = list;
    // While another filter loads, the list of the previous one stays and is dimmed; only the first time is empty.
    let body = move || match (failure.get(), filled.get()) {
        (Some(failure), _) => failed(&failure, retry),
        (None, true) => content(),
        (None, false) if busy.get() => loading(),
        (None, false) => empty(),
    };
    let more = move || {
        (filled.get() && failure.with(Option::is_none) && next.with(Option::is_some)).then(|| {
            view! {
                <p class="more">
                    <button type="button" class="button" aria-disabled=move || loading_more.get().then_some("true")
                        on:click=move |_| more.run(())>
                        {move || loading_more.get().then(|| view! { <Spinner/> })}
                        {t!(common.load_more)}
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="list" aria-busy=move || if busy.get() { "true" } else { "false" }>
            {body}
            {more}
        </div>
    }
    .into_any()
}
