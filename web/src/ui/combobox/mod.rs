//! A search field that suggests (ARIA combobox with a list that appears): colleagues, groups and dossiers are searched
//! on the server, so that it works for thousands.

mod search;

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html::Ul;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

pub use search::Search;

use crate::app::{Root, use_root};
use crate::client::Outcome;
use crate::i18n::{t, tn};
use crate::ui::choice::Choice;
use crate::ui::focus;
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};

/// How long someone may pause while typing before the search starts.
const PAUSE: Duration = Duration::from_millis(180);

/// What the field shows and does; made by the inputs of `form`.
#[derive(Clone, Copy)]
struct Combobox {
    root: Root,
    search: StoredValue<Search>,
    text: RwSignal<String>,
    open: RwSignal<bool>,
    found: RwSignal<Option<Outcome<Vec<Choice>>>>,
    active: RwSignal<Option<usize>>,
    hidden: Signal<Vec<Uuid>>,
    on_choose: Callback<Choice>,
    pause: StoredValue<Option<TimeoutHandle>>,
    /// Whether what was found is about what is typed now.
    current: StoredValue<bool>,
    asked: StoredValue<u32>,
}

impl Combobox {
    /// What can be chosen now.
    fn options(self) -> Vec<Choice> {
        let hidden = self.hidden.get();
        match self.found.get() {
            Some(Ok(choices)) => choices.into_iter().filter(|choice| !hidden.contains(&choice.id)).collect(),
            Some(Err(_)) | None => Vec::new(),
        }
    }

    /// Searches for what is typed, after a pause.
    fn look(self, wait: Duration) {
        if let Some(pause) = self.pause.get_value() {
            pause.clear();
        }
        self.current.set_value(false);
        let root = self.root;
        let asked = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        let run = move || {
            // The page may be gone by now.
            let (Some(text), Some(search)) = (self.text.try_get_untracked(), self.search.try_get_value())
            else {
                return;
            };
            spawn_local(async move {
                let outcome = search.run(root.api(), text).await;
                // A later search has the word.
                if self.asked.try_get_value() == asked {
                    self.active.set(None);
                    self.found.set(Some(outcome));
                    self.current.set_value(true);
                }
            });
        };
        self.pause.set_value(set_timeout_with_handle(run, wait).ok());
    }

    fn show(self) {
        if !self.open.get_untracked() {
            self.open.set(true);
            self.look(Duration::ZERO);
        }
    }

    fn close(self) {
        self.open.set(false);
        self.active.set(None);
    }

    fn choose(self, choice: Choice) {
        self.close();
        self.on_choose.run(choice);
    }

    fn step(self, forward: bool) {
        let count = untrack(move || self.options().len());
        if count == 0 {
            return;
        }
        self.active.update(|active| {
            *active = Some(match (*active, forward) {
                (None, true) => 0,
                (None, false) => count - 1,
                (Some(at), true) => (at + 1) % count,
                (Some(at), false) => (at + count - 1) % count,
            });
        });
    }

    /// Takes the suggestion that is pointed at, or the only one for what is typed; of several it points at the first.
    fn take(self) {
        let options = untrack(move || self.options());
        let typed = self.text.with_untracked(|text| !text.trim().is_empty()) && self.current.get_value();
        let only = (typed && options.len() == 1).then_some(0);
        match self.active.get_untracked().or(only).and_then(|at| options.get(at).cloned()) {
            Some(choice) => self.choose(choice),
            None if typed => self.step(true),
            None => {}
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let open = self.open.get_untracked();
        match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                event.prevent_default();
                if open {
                    self.step(key == "ArrowDown");
                } else {
                    self.show();
                }
            }
            // Never saves the form around it: who looks for something is not done yet.
            "Enter" if open => {
                event.prevent_default();
                self.take();
            }
            "Escape" if open => {
                // Not for the dialog around it.
                event.prevent_default();
                event.stop_propagation();
                self.close();
            }
            _ => {}
        }
    }
}

/// The field and its list. `text` is what is typed; `hidden` is left out of the list.
#[component]
pub fn ComboboxInput(
    #[prop(into)] id: String,
    search: Search,
    text: RwSignal<String>,
    #[prop(into)] hidden: Signal<Vec<Uuid>>,
    on_choose: Callback<Choice>,
    #[prop(into)] on_leave: Callback<()>,
    #[prop(into)] invalid: Signal<bool>,
    #[prop(into)] described_by: Signal<Option<String>>,
) -> impl IntoView {
    let combobox = Combobox {
        root: use_root(),
        search: StoredValue::new(search),
        text,
        open: RwSignal::new(false),
        found: RwSignal::new(None),
        active: RwSignal::new(None),
        hidden,
        on_choose,
        pause: StoredValue::new(None),
        current: StoredValue::new(false),
        asked: StoredValue::new(0),
    };
    let placeholder = combobox.search.with_value(Search::placeholder);
    let list_id = format!("{id}-list");
    let option_id = {
        let list_id = list_id.clone();
        move |position: usize| format!("{list_id}-{position}")
    };
    let active_id = {
        let option_id = option_id.clone();
        move || combobox.active.get().map(&option_id)
    };
    Effect::new({
        let active_id = active_id.clone();
        move |_| {
            if let Some(id) = active_id() {
                focus::scroll_to_id(&id);
            }
        }
    });
    let controls = {
        let list_id = list_id.clone();
        move || combobox.open.get().then(|| list_id.clone())
    };
    html! {
        <span class="combobox">
            <input
                id=id
                type="text"
                class="input"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                aria-autocomplete="list"
                aria-expanded=move || if combobox.open.get() { "true" } else { "false" }
                aria-controls=controls
                aria-activedescendant=active_id
                aria-invalid=move || invalid.get().then_some("true")
                aria-describedby=move || described_by.get()
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    combobox.open.set(true);
                    combobox.look(PAUSE);
                }
                on:click=move |_| combobox.show()
                on:keydown=move |event| combobox.key(&event)
                on:blur=move |_| {
                    combobox.close();
                    // Also when the page goes while the field has the keyboard.
                    on_leave.try_run(());
                }
            />
            <Icon shape=Shape::Magnifier/>
            {move || combobox.open.get().then(|| popup(combobox, list_id.clone(), option_id.clone()))}
            <span class="visually-hidden" role="status">{move || combobox.open.get().then(|| announcement(combobox))}</span>
        </span>
    }
}

fn popup(
    combobox: Combobox,
    list_id: String,
    option_id: impl Fn(usize) -> String + Clone + Send + 'static,
) -> AnyView {
    let label = combobox.search.with_value(Search::placeholder);
    let rows = live(move || {
        let options = combobox.options();
        if options.is_empty() {
            let text = match combobox.found.get() {
                None => t!(common.searching).to_owned(),
                Some(Ok(_)) => t!(common.nothing_found).to_owned(),
                Some(Err(failure)) => failure.detail(),
            };
            return html! { <li class="combobox__none" role="option" aria-disabled="true" aria-selected="false">{text}</li> };
        }
        let option_id = option_id.clone();
        options
            .into_iter()
            .enumerate()
            .map(|(position, choice)| option(combobox, option_id(position), position, choice))
            .collect_view()
            .into_any()
    });
    let list = NodeRef::<Ul>::new();
    // Over everything else: no dialog grows for it, and nothing that scrolls cuts it off. The styles hold it at its field.
    list.on_load(|list| drop(list.show_popover()));
    html! {
        <ul class="combobox__list" popover="manual" role="listbox" id=list_id aria-label=label node_ref=list>{rows}</ul>
    }
}

fn option(combobox: Combobox, id: String, position: usize, choice: Choice) -> AnyView {
    let selected = move || if combobox.active.get() == Some(position) { "true" } else { "false" };
    let detail = (!choice.detail.is_empty())
        .then(|| html! { <span class="combobox__detail">{choice.detail.clone()}</span> });
    let name = choice.name.clone();
    html! {
        <li
            id=id
            class="combobox__option"
            role="option"
            aria-selected=selected
            // Before the field loses the keyboard, which would close the list.
            on:mousedown=move |event| event.prevent_default()
            on:click=move |_| combobox.choose(choice.clone())
        >
            <span>{name}</span>
            {detail}
        </li>
    }
}

fn announcement(combobox: Combobox) -> String {
    match combobox.found.get() {
        None => t!(common.searching).to_owned(),
        Some(Ok(_)) => match combobox.options().len() {
            0 => t!(common.nothing_found).to_owned(),
            count => tn!(count, common.one_result, common.results),
        },
        Some(Err(failure)) => failure.detail(),
    }
}
