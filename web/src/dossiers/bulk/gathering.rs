//! The field that adds many dossiers to an order at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::gather::{Gathered, MOST, gather};
use crate::app::{Root, use_root};
use crate::i18n::{t, tn};
use crate::ui::button::Spinner;
use crate::ui::choice::Choice;
use crate::ui::focus;
use crate::ui::form::{Field, Form, TextInput};
use crate::ui::html::html;

#[component]
pub fn Gathering(form: Form, dossiers: Field<Vec<Choice>>) -> impl IntoView {
    let root = use_root();
    let typed = form.passing_field("gather", String::new());
    let busy = RwSignal::new(false);
    let add = move || {
        let text = typed.now();
        if text.trim().is_empty() {
            return focus::to_id(&typed.dom_id());
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let outcome = gather(root.api(), text.clone()).await;
            // The page may be gone by now.
            if busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(gathered) => {
                    tell(root, &gathered);
                    // What was not found can be mended, and what was typed meanwhile stays.
                    if !gathered.found.is_empty() && typed.now() == text {
                        let left = [gathered.missing, gathered.rest].concat();
                        typed.set(left.join(" "));
                    }
                    dossiers.update(|chosen| {
                        for choice in gathered.found {
                            if !chosen.contains(&choice) {
                                chosen.push(choice);
                            }
                        }
                    });
                }
                Err(failure) => root.toasts.problem(failure.detail()),
            }
        });
    };
    // Enter adds, and does not send the order.
    let enter = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    html! {
        <div class="row row--end gather" on:keydown=enter>
            <TextInput field=typed label=t!(bulk.gather) hint=t!(bulk.gather_hint) optional=true/>
            <button type="button" class="button" aria-disabled=move || busy.get().then_some("true") on:click=move |_| add()>
                {move || busy.get().then(|| html! { <Spinner/> })}
                {t!(bulk.gather_add)}
            </button>
        </div>
    }
}

fn tell(root: Root, gathered: &Gathered) {
    if !gathered.missing.is_empty() {
        root.toasts.warn(t!(bulk.missing, numbers = gathered.missing.join(", ")));
    }
    if gathered.more {
        root.toasts.warn(t!(bulk.too_many, most = MOST));
    }
    let count = gathered.found.len();
    if count > 0 {
        root.toasts.done(tn!(count, bulk.one_added, bulk.added));
    } else if gathered.missing.is_empty() {
        root.toasts.warn(t!(dossiers.none));
    }
}
