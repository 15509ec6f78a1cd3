//! A list on the server, a page at a time.

use contract::Page;
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};
use serde::de::DeserializeOwned;

use super::button::Spinner;
use super::remote::{failed, loading};
use super::rows::{Row, rows};
use crate::app::{Root, use_root};
use crate::client::{Call, Failure, Outcome, RawPage, Request, read};
use crate::i18n::t;
use crate::ui::html::{html, live};
use crate::ui::watch::watch;

type MakeRequest = Box<dyn Fn(Option<&str>) -> Request + Send + Sync>;
type MakeRow = Box<dyn Fn(&str) -> Outcome<Row> + Send + Sync>;

/// A list. Loads its first page when made, and anew whenever a signal that its call reads changes.
#[derive(Clone, Copy)]
pub struct Listing {
    root: Root,
    request: StoredValue<MakeRequest>,
    row: StoredValue<MakeRow>,
    items: RwSignal<Vec<Row>>,
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<Failure>>,
    loading: RwSignal<bool>,
    loading_more: RwSignal<bool>,
    generation: StoredValue<u32>,
    again: RwSignal<u32>,
}

impl Listing {
    /// The list that `call` reads, page by page; `row` shows one item.
    pub fn new<T: DeserializeOwned + Clone + Send + Sync + 'static>(
        call: impl Fn(Option<&str>) -> Call<Page<T>> + Send + Sync + 'static,
        row: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
    ) -> Self {
        let row = move |raw: &str| {
            let item: T = read(raw)?;
            let row = row.clone();
            // The item as the server wrote it is the key: a row is made anew exactly when something in it changed.
            Ok(Row::new(raw, move || row(item.clone())))
        };
        Self::load(Box::new(move |cursor| call(cursor).into_request()), Box::new(row))
    }

    fn load(request: MakeRequest, row: MakeRow) -> Self {
        let listing = Self {
            root: use_root(),
            request: StoredValue::new(request),
            row: StoredValue::new(row),
            items: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            loading: RwSignal::new(true),
            loading_more: RwSignal::new(false),
            generation: StoredValue::new(0),
            again: RwSignal::new(0),
        };
        watch(move || {
            let request = listing.request(None);
            listing.again.track();
            listing.root.session.renewals();
            listing.loading.set(true);
            listing.begin();
            spawn_local_scoped_with_cancellation(async move {
                let page = listing.fetch(request).await;
                listing.show(page);
            });
        });
        listing
    }

    fn request(self, cursor: Option<&str>) -> Request {
        self.request.with_value(|request| request(cursor))
    }

    async fn fetch(self, request: Request) -> Outcome<(Vec<Row>, Option<String>)> {
        let body = self.root.api().exchange(request).await?;
        let page: RawPage = read(&body)?;
        // The list may be gone by now; then nobody looks at what comes of this.
        let items = self.row.try_with_value(|row| page.items.iter().map(|item| row(item.get())).collect());
        Ok((items.unwrap_or_else(|| Ok(Vec::new()))?, page.next))
    }

    /// A new state of the list begins: what was asked before no longer counts.
    fn begin(self) -> u32 {
        self.generation.update_value(|generation| *generation += 1);
        self.generation.get_value()
    }

    fn show(self, page: Outcome<(Vec<Row>, Option<String>)>) {
        self.loading.set(false);
        match page {
            Ok((items, next)) => {
                self.items.set(items);
                self.next.set(next);
                self.failure.set(None);
            }
            Err(failure) => self.failure.set(Some(failure)),
        }
    }

    /// How many there are, as far as known; follows changes.
    pub fn len(self) -> usize {
        self.items.with(Vec::len)
    }

    /// Whether there are more than are known; follows changes.
    pub fn has_more(self) -> bool {
        self.next.with(Option::is_some)
    }

    /// Whether there is something to show, if only that it could not be loaded: for a list that is not there otherwise.
    pub fn has_something(self) -> Memo<bool> {
        Memo::new(move |_| self.len() > 0 || self.failure.with(Option::is_some))
    }

    /// How many there are, as far as known: "12", or "50+".
    pub fn count(self) -> AnyView {
        live(move || {
            let count = self.len();
            let more = if self.has_more() { "+" } else { "" };
            (count > 0).then(|| html! { <span class="count">{format!("{count}{more}")}</span> })
        })
    }

    /// Starts over.
    pub fn reload(self) {
        self.again.update(|again| *again += 1);
    }

    /// Brings everything on screen up to date, as far down as it was loaded, without anyone noticing more than the
    /// changes. `true` when it did. `asked`: whether a person did.
    pub async fn keep_up(self, asked: bool) -> bool {
        let Some(generation) = self.generation.try_get_value() else { return false };
        let mut wanted = self.items.with_untracked(Vec::len);
        let (mut items, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let request = untrack(|| self.request(cursor.as_deref())).unasked(!asked);
            let body = self.root.api().exchange(request).await;
            // The page may be gone by now.
            if self.generation.try_get_value() != Some(generation) {
                return false;
            }
            let Ok(page) = body.and_then(|body| read::<RawPage>(&body)) else { return false };
            wanted = wanted.saturating_sub(page.items.len());
            for item in &page.items {
                let Ok(row) = self.row.with_value(|row| row(item.get())) else { return false };
                items.push(row);
            }
            cursor = page.next;
            if wanted == 0 || cursor.is_none() {
                break;
            }
        }
        self.show(Ok((items, cursor)));
        true
    }

    fn load_more(self) {
        let Some(cursor) = self.next.get_untracked() else { return };
        if self.loading_more.get_untracked() {
            return;
        }
        self.loading_more.set(true);
        let generation = self.begin();
        let request = untrack(|| self.request(Some(&cursor)));
        spawn_local(async move {
            let page = self.fetch(request).await;
            self.loading_more.try_set(false);
            if self.generation.try_get_value() != Some(generation) {
                return;
            }
            match page {
                Ok((items, next)) => {
                    self.items.update(|shown| shown.extend(items));
                    self.next.set(next);
                }
                Err(failure) => self.root.toasts.problem(failure.detail()),
            }
        });
    }

    /// The list: `content` around the rows when it holds something, `empty` when not, with a button for more.
    pub fn view(
        self,
        content: impl Fn(AnyView) -> AnyView + Send + Sync + 'static,
        empty: impl Fn() -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        self.framed(Box::new(content), Box::new(empty))
    }

    // Apart from `view`, so that it is compiled once.
    fn framed(
        self,
        content: Box<dyn Fn(AnyView) -> AnyView + Send + Sync>,
        empty: Box<dyn Fn() -> AnyView + Send + Sync>,
    ) -> AnyView {
        let filled = Memo::new(move |_| self.items.with(|items| !items.is_empty()));
        let retry = Callback::new(move |()| self.reload());
        // While another filter loads, the list of the previous one stays and is dimmed; only the first time is empty.
        let body = live(move || match (self.failure.get(), filled.get()) {
            (Some(failure), _) => failed(&failure, retry),
            (None, true) => content(rows(self.items.into())),
            (None, false) if self.loading.get() => loading(),
            (None, false) => empty(),
        });
        let more = live(move || {
            (filled.get() && self.failure.with(Option::is_none) && self.next.with(Option::is_some)).then(
                || {
                    html! {
                        <p class="more">
                            <button type="button" class="button"
                                aria-disabled=move || self.loading_more.get().then_some("true")
                                on:click=move |_| self.load_more()>
                                {move || self.loading_more.get().then(|| html! { <Spinner/> })}
                                {t!(common.load_more)}
                            </button>
                        </p>
                    }
                },
            )
        });
        html! {
            <div class="list" aria-busy=move || if self.loading.get() { "true" } else { "false" }>
                {body}
                {more}
            </div>
        }
    }
}
