//! Short messages about what just happened. Live at the root: they outlive the page that caused them.

use std::time::Duration;

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::{Icon, Shape};
use super::rows::{Row, rows};
use crate::i18n::t;
use crate::ui::html::html;

/// How long good news stays. Bad news stays until it is put away.
const STAY: Duration = Duration::from_secs(6);

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
    let shown = Signal::derive(move || toasts.shown.get().into_iter().map(toast).collect());
    html! {
        <div class="toasts" role="status" aria-live="polite">
            <ul>{rows(shown)}</ul>
        </div>
    }
}
