//! One task.

use contract::{Task, TaskId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::actions::{Claim, Release};
use super::complete::CompleteForm;
use super::edit::EditTask;
use super::forward::ForwardDialog;
use super::place;
use crate::client::tasks;
use crate::i18n::{dates, t, words};
use crate::shell::{NotFound, use_id};
use crate::ui::bits::{Badge, Due, Fact, Prose, Tone};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn TaskPage() -> impl IntoView {
    let id = use_id::<TaskId>();
    move || match id.get() {
        Some(id) => {
            let remote = Remote::new(move || tasks::find_task(id));
            view! {
                <div class="page">
                    {remote.view(move |task| {
                        let refresh = Callback::new(move |()| remote.refresh());
                        view! { <TaskDetail task refresh/> }
                    })}
                </div>
            }
            .into_any()
        }
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn TaskDetail(task: RwSignal<Task>, refresh: Callback<()>) -> impl IntoView {
    let navigate = use_navigate();
    let forwarding = RwSignal::new(None::<Task>);
    // Where it went, this person may no longer see it.
    let moved = Callback::new(move |moved: Option<Task>| match moved {
        Some(moved) => task.set(moved),
        None => navigate("/", NavigateOptions::default()),
    });
    let claimed = Callback::new(move |claimed: Option<Task>| match claimed {
        Some(claimed) => task.set(claimed),
        None => refresh.run(()),
    });
    let may = Memo::new(move |_| task.with(|task| task.may.clone()));
    let buttons = move || {
        let may = may.get();
        let (id, title) = task.with_untracked(|task| (task.id, task.title.clone()));
        view! {
            {state_badge(task)}
            {may.edit.then(|| view! { <EditTask task/> })}
            {may.forward.then(|| view! {
                <button type="button" class="button" on:click=move |_| forwarding.set(Some(task.get_untracked()))>
                    <Icon shape=Shape::Forward/>
                    {t!(tasks.forward_button)}
                </button>
            })}
            {may.release.then(|| view! { <Release task then=moved/> })}
            {may.claim.then(|| view! { <Claim id title primary=true then=claimed/> })}
        }
    };
    let title = Signal::derive(move || task.with(|task| task.title.clone()));
    let above = move || {
        let case = task.with_untracked(|task| task.of_case.clone());
        view! {
            <a class="back" href=format!("/zaken/{}", case.id)>
                <Icon shape=Shape::Back/>
                {format!("{} · {}", case.number, case.title)}
            </a>
        }
    };
    let can_complete = Memo::new(move |_| may.with(|may| may.complete));
    view! {
        <Heading text=title above=above>{buttons}</Heading>
        <div class="with-aside">
            <div class="stack">
                <Texts task/>
                {move || can_complete.get().then(|| view! { <CompleteForm task/> })}
            </div>
            <Facts task/>
        </div>
        <ForwardDialog task=forwarding then=moved/>
    }
    .into_any()
}

fn state_badge(task: RwSignal<Task>) -> AnyView {
    let state = Memo::new(move |_| task.with(|task| (task.state, task.finished_at.is_some())));
    (move || {
        let (state, done) = state.get();
        let tone = if done { Tone::Neutral } else { Tone::Attention };
        view! { <Badge text=words::task_state(state) tone/> }
    })
    .into_any()
}

#[component]
fn Texts(task: RwSignal<Task>) -> impl IntoView {
    move || {
        let task = task.get();
        let note = task.note.filter(|note| !note.is_empty());
        view! {
            {note.map(|note| view! {
                <div class="notice notice--info">
                    <Icon shape=Shape::Forward/>
                    <div>
                        <strong>{t!(tasks.forwarded_with)}</strong>
                        <Prose text=note/>
                    </div>
                </div>
            })}
            {if task.description.is_empty() {
                view! { <p class="faint">{t!(tasks.no_description)}</p> }.into_any()
            } else {
                view! { <Prose text=task.description/> }.into_any()
            }}
            {task.result.map(|result| view! {
                <section aria-labelledby="result-heading">
                    <h2 id="result-heading">{t!(tasks.result)}</h2>
                    <Prose text=result/>
                </section>
            })}
        }
    }
}

#[component]
fn Facts(task: RwSignal<Task>) -> impl IntoView {
    let facts = move || {
        let task = task.get();
        let done = task.finished_at.is_some();
        let where_now = place(&task);
        let finished = task.finished_by.zip(task.finished_at).map(|(by, at)| {
            view! { <Fact term=t!(tasks.finished)>{t!(tasks.by_at, name = by.name, at = dates::moment(at))}</Fact> }
        });
        view! {
            <dl class="facts">
                <Fact term=t!(tasks.where_now)>{where_now}</Fact>
                <Fact term=t!(tasks.due)><Due day=task.due_date done/></Fact>
                <Fact term=t!(tasks.case)>
                    <a href=format!("/zaken/{}", task.of_case.id)>{task.of_case.number} " · " {task.of_case.title}</a>
                </Fact>
                <Fact term=t!(tasks.created)>
                    {t!(tasks.by_at, name = task.created_by.name, at = dates::moment(task.created_at))}
                </Fact>
                {finished}
            </dl>
        }
    };
    view! { <section class="panel" aria-label=t!(tasks.facts)>{facts}</section> }.into_any()
}
