//! What takes one click: claiming and releasing (T4).

use contract::{ProblemCode, Task, TaskId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_root;
use crate::client::{Failure, tasks};
use crate::i18n::t;
use crate::ui::button::Spinner;
use crate::ui::focus;
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};

/// Claims a task. Exactly one of any number of colleagues gets it; the others are told who has it. `then` runs in
/// either case: what is on screen is out of date.
#[component]
pub fn Claim(
    id: TaskId,
    #[prop(into)] title: String,
    #[prop(optional)] primary: bool,
    then: Callback<Option<Task>>,
) -> impl IntoView {
    let root = use_root();
    let busy = RwSignal::new(false);
    // One attempt is one request, however often it is sent.
    let key = StoredValue::new(focus::random_key());
    let name = StoredValue::new(title.clone());
    let claim = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (key, name) = (key.get_value(), name.get_value());
        spawn_local(async move {
            let outcome = root.api().send(tasks::claim_task(id).once(key)).await;
            busy.try_set(false);
            match outcome {
                Ok(task) => {
                    root.toasts.done(t!(tasks.claimed, title = task.title.as_str()));
                    then.try_run(Some(task));
                }
                Err(failure) => {
                    root.toasts.warn(lost(&failure, &name));
                    then.try_run(None);
                }
            }
        });
    };
    let class = if primary { "button button--primary" } else { "button button--small" };
    html! {
        <button type="button" class=class aria-label=t!(tasks.claim_task, title = title)
            aria-disabled=move || busy.get().then_some("true") on:click=claim>
            {move || if busy.get() { html! { <Spinner/> } } else { html! { <Icon shape=Shape::Check/> } }}
            {t!(tasks.claim)}
        </button>
    }
}

/// Why a claim did not succeed.
fn lost(failure: &Failure, title: &str) -> String {
    match failure {
        Failure::Refused(problem) if problem.code == ProblemCode::AlreadyClaimed => match &problem.holder {
            Some(holder) => t!(tasks.claimed_by, title = title, name = holder.name.as_str()),
            None => problem.detail.clone(),
        },
        failure => failure.detail(),
    }
}

/// Puts a task back in the tray it came from.
#[component]
pub fn Release(task: RwSignal<Task>, then: Callback<Option<Task>>) -> impl IntoView {
    let root = use_root();
    let busy = RwSignal::new(false);
    let key = StoredValue::new(focus::random_key());
    let release = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (id, title) = task.with_untracked(|task| (task.id, task.title.clone()));
        let key = key.get_value();
        spawn_local(async move {
            let outcome = root.api().send(tasks::release_task(id).once(key)).await;
            busy.try_set(false);
            match outcome {
                Ok(released) => {
                    root.toasts.done(t!(tasks.released, title = title));
                    then.try_run(released);
                }
                Err(failure) => root.toasts.problem(failure.detail()),
            }
        });
    };
    let tray =
        move || task.with(|task| task.origin.as_ref().map(|tray| tray.name.clone())).unwrap_or_default();
    html! {
        <button type="button" class="button" aria-disabled=move || busy.get().then_some("true") on:click=release>
            <Icon shape=Shape::Release/>
            {move || t!(tasks.release, name = tray())}
        </button>
    }
}
