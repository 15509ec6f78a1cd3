//! One task.

use contract::{Task, TaskId, TaskSummary};
use leptos::prelude::*;

use super::actions::{Claim, Release};
use super::complete::CompleteForm;
use super::edit::EditTask;
use super::forward::ForwardDialog;
use super::place;
use crate::client::tasks;
use crate::i18n::{dates, t, words};
use crate::pages::Page;
use crate::shell::use_go;
use crate::ui::bits::{Badge, Due, Fact, Prose, Tone};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn TaskPage(id: TaskId) -> impl IntoView {
    let remote = Remote::new(move || tasks::find_task(id));
    let content = remote.page(move |task| {
        html! { <TaskDetail task refresh=Callback::new(move |()| remote.refresh())/> }
    });
    html! { <div class="page">{content}</div> }
}

#[component]
fn TaskDetail(task: RwSignal<Task>, refresh: Callback<()>) -> impl IntoView {
    let go = use_go();
    let forwarding = RwSignal::new(None::<TaskSummary>);
    // Where it went, this person may no longer see it.
    let moved = Callback::new(move |moved: Option<Task>| match moved {
        Some(moved) => task.set(moved),
        None => go.to(Page::Home),
    });
    let claimed = Callback::new(move |claimed: Option<Task>| match claimed {
        Some(claimed) => task.set(claimed),
        None => refresh.run(()),
    });
    let may = Memo::new(move |_| task.with(|task| task.may.clone()));
    let buttons = live(move || {
        let may = may.get();
        let (id, title) = task.with_untracked(|task| (task.id, task.title.clone()));
        html! {
            {state_badge(task)}
            {may.edit.then(|| html! { <EditTask task/> })}
            {may.forward.then(|| html! {
                <button type="button" class="button" on:click=move |_| forwarding.set(Some(task.get_untracked().into()))>
                    <Icon shape=Shape::Forward/>
                    {t!(tasks.forward_button)}
                </button>
            })}
            {may.release.then(|| html! { <Release task then=moved/> })}
            {may.claim.then(|| html! { <Claim id title primary=true then=claimed/> })}
        }
    });
    let title = Signal::derive(move || task.with(|task| task.title.clone()));
    let above = move || {
        let case = task.with_untracked(|task| task.of_case.clone());
        html! {
            <a class="back" href=Page::Case(case.id).to_string()>
                <Icon shape=Shape::Back/>
                {format!("{} · {}", case.number, case.title)}
            </a>
        }
    };
    let can_complete = Memo::new(move |_| may.with(|may| may.complete));
    html! {
        <Heading text=title above=above>{buttons}</Heading>
        <div class="with-aside">
            <div class="stack">
                <Texts task/>
                {move || can_complete.get().then(|| html! { <CompleteForm task/> })}
            </div>
            <Facts task/>
        </div>
        <ForwardDialog task=forwarding then=moved/>
    }
}

fn state_badge(task: RwSignal<Task>) -> AnyView {
    let state = Memo::new(move |_| task.with(|task| (task.state, task.finished_at.is_some())));
    live(move || {
        let (state, done) = state.get();
        let tone = if done { Tone::Neutral } else { Tone::Attention };
        html! { <Badge text=words::task_state(state) tone/> }
    })
}

#[component]
fn Texts(task: RwSignal<Task>) -> impl IntoView {
    live(move || {
        let task = task.get();
        let note = task.note.filter(|note| !note.is_empty());
        html! {
            {note.map(|note| html! {
                <div class="notice notice--info">
                    <Icon shape=Shape::Forward/>
                    <div>
                        <strong>{t!(tasks.forwarded_with)}</strong>
                        <Prose text=note/>
                    </div>
                </div>
            })}
            {if task.description.is_empty() {
                html! { <p class="faint">{t!(tasks.no_description)}</p> }
            } else {
                html! { <Prose text=task.description/> }
            }}
            {task.result.map(|result| html! {
                <section aria-labelledby="result-heading">
                    <h2 id="result-heading">{t!(tasks.result)}</h2>
                    <Prose text=result/>
                </section>
            })}
        }
    })
}

#[component]
fn Facts(task: RwSignal<Task>) -> impl IntoView {
    let facts = live(move || {
        let task = task.get();
        let done = task.finished_at.is_some();
        let where_now = place(task.holder.as_ref(), task.tray.as_ref());
        let finished = task.finished_by.zip(task.finished_at).map(|(by, at)| {
            html! { <Fact term=t!(tasks.finished)>{t!(tasks.by_at, name = by.name, at = dates::moment(at))}</Fact> }
        });
        html! {
            <dl class="facts">
                <Fact term=t!(tasks.where_now)>{where_now}</Fact>
                <Fact term=t!(tasks.due)><Due day=task.due_date done/></Fact>
                <Fact term=t!(tasks.case)>
                    <a href=Page::Case(task.of_case.id).to_string()>{task.of_case.number} " · " {task.of_case.title}</a>
                </Fact>
                <Fact term=t!(tasks.created)>
                    {t!(tasks.by_at, name = task.created_by.name, at = dates::moment(task.created_at))}
                </Fact>
                {finished}
            </dl>
        }
    });
    html! { <section class="panel" aria-label=t!(tasks.facts)>{facts}</section> }
}
