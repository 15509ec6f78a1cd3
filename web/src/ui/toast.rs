//! Short messages about what just happened. Live at the root: they outlive the page that caused them.

use std::time::Duration;

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::button::IconButton;
use super::icon::{Icon, Shape};
use super::rows::{Row, rows};
use crate::i18n::t;
use crate::ui::html::html;
use crate::ui::watch::watch;

/// How long good news stays. Bad news stays until it is put away.
const STAY: Duration = Duration::from_secs(6);

/// How many there are on screen.
const AT_ONCE: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Done,
    Warning,
    Problem,
}

#[derive(Debug, Clone)]
struct Toast {
    id: u32,
    kind: Kind,
    text: String,
}

/// The messages on screen.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
}

impl Toasts {
    /// To be made once, at the root.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0) }
    }

    /// Something was done.
    pub fn done(self, text: impl Into<String>) {
        let id = self.show(Kind::Done, text.into());
        set_timeout(move || self.put_away(id), STAY);
    }

    /// Something was done, but deserves a second look.
    pub fn warn(self, text: impl Into<String>) {
        self.show(Kind::Warning, text.into());
    }

    /// Something was not done.
    pub fn problem(self, text: impl Into<String>) {
        self.show(Kind::Problem, text.into());
    }

    fn show(self, kind: Kind, text: String) -> u32 {
        let id = self.count.get_value() + 1;
        self.count.set_value(id);
        self.shown.update(|shown| {
            shown.retain(|toast| toast.text != text);
            shown.push(Toast { id, kind, text });
        });
        id
    }

    /// What it said is no longer true.
    pub fn retract(self, text: &str) {
        self.shown.update(|shown| shown.retain(|toast| toast.text != text));
    }

    fn put_away(self, id: u32) {
        self.shown.update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where the messages appear; part of every page.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    let toast = move |toast: Toast| {
        let id = toast.id;
        Row::new(id.to_string(), move || {
            let (shape, class) = match toast.kind {
                Kind::Done => (Shape::Check, "toast toast--done"),
                Kind::Warning => (Shape::Warning, "toast toast--warning"),
                Kind::Problem => (Shape::Warning, "toast toast--problem"),
            };
            html! {
                <li class=class>
                    <Icon shape/>
                    <span>{toast.text.clone()}</span>
                    <IconButton shape=Shape::Close label=t!(common.close) on_click=move |()| toasts.put_away(id)/>
                </li>
            }
        })
    };
    // The newest; what waits behind them shows when they are put away.
    let shown = Signal::derive(move || {
        let all = toasts.shown.get();
        let hidden = all.len().saturating_sub(AT_ONCE);
        all.into_iter().skip(hidden).map(toast).collect()
    });
    let region = NodeRef::<Div>::new();
    watch(move || {
        toasts.shown.track();
        request_animation_frame(move || make_room(region));
    });
    let resized = window_event_listener(ev::resize, move |_| make_room(region));
    on_cleanup(move || resized.remove());
    html! {
        <div class="toasts" role="status" aria-live="polite" node_ref=region>
            <ul>{rows(shown)}</ul>
        </div>
    }
}

/// Tells the styles how much the messages cover, so that nothing stays beneath them: what gets the keyboard scrolls clear
/// of it, and the page ends above it.
fn make_room(region: NodeRef<Div>) {
    let height = region.try_get_untracked().flatten().map_or(0, |region| region.offset_height());
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        drop(root.style().set_property("--toasts", &format!("{height}px")));
    }
}
