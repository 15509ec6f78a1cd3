//! One case, as much of it as its reader may see (C6).

use contract::{Case, CaseId, CaseState, CaseView};
use leptos::prelude::*;

use super::close::{CloseCase, ReopenCase};
use super::edit::EditCase;
use super::steps::{ClosedSteps, Steps};
use super::tasks::CaseTasks;
use super::team::Team;
use crate::client::cases;
use crate::i18n::{dates, t, words};
use crate::pages::Page;
use crate::ui::bits::{Badge, Due, Fact, Tone};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn CasePage(id: CaseId) -> impl IntoView {
    let remote = Remote::new(move || cases::find_case(id));
    let content = remote.page(move |case| html! { <CaseDetail case/> });
    html! { <div class="page">{content}</div> }
}

#[component]
fn CaseDetail(case: RwSignal<Case>) -> impl IntoView {
    let back = || {
        html! {
            <a class="back" href=Page::Cases.to_string()>
                <Icon shape=Shape::Back/>
                {t!(cases.title)}
            </a>
        }
    };
    let title = Signal::derive(move || case.with(|case| case.header.title.clone()));
    // The parts that come and go with what the reader may do; the rest follows the case by itself.
    let rights =
        Memo::new(move |_| case.with(|case| (case.may.edit, case.may.reopen, case.header.state, case.view)));
    let buttons = live(move || {
        let (edit, reopen, state, _) = rights.get();
        let tone = if state == CaseState::Open { Tone::Good } else { Tone::Neutral };
        html! {
            <Badge text=words::case_state(state) tone/>
            {edit.then(|| html! { <EditCase case/> <CloseCase case/> })}
            {reopen.then(|| html! { <ReopenCase case/> })}
        }
    });
    let content = live(move || {
        let (edit, _, _, view) = rights.get();
        match view {
            CaseView::Full => html! {
                <Steps case/>
                <CaseTasks case edit/>
            },
            CaseView::ClosedSteps => html! {
                {notice(t!(cases.only_closed_steps))}
                <ClosedSteps case/>
            },
            CaseView::Header => notice(t!(cases.only_header)),
        }
    });
    let edit = Signal::derive(move || rights.get().0);
    html! {
        <Heading text=title above=back>{buttons}</Heading>
        <div class="with-aside">
            <div class="stack">
                <Closure case/>
                {content}
            </div>
            <div class="stack">
                <Facts case/>
                <Team case edit/>
            </div>
        </div>
    }
}

fn notice(text: &'static str) -> AnyView {
    html! {
        <div class="notice notice--info">
            <Icon shape=Shape::Lock/>
            <p>{text}</p>
        </div>
    }
}

/// How it ended.
#[component]
fn Closure(case: RwSignal<Case>) -> impl IntoView {
    live(move || {
        case.with(|case| case.closure.clone()).map(|closure| {
            let how = match (closure.result, closure.administrative_error) {
                (Some(result), _) => t!(cases.closed_with, result = result.as_str()),
                (None, Some(note)) if !note.is_empty() => t!(cases.closed_error_note, note = note.as_str()),
                (None, _) => t!(cases.closed_error).to_owned(),
            };
            let by = t!(cases.closed_by, name = closure.by.name.as_str(), at = dates::moment(closure.at));
            html! {
                <div class="notice notice--info">
                    <Icon shape=Shape::Check/>
                    <p>
                        <strong>{how}</strong>
                        <br/>
                        {by}
                    </p>
                </div>
            }
        })
    })
}

#[component]
fn Facts(case: RwSignal<Case>) -> impl IntoView {
    let facts = live(move || {
        let case = case.get();
        let header = case.header;
        let closed = header.state == CaseState::Closed;
        // Without a name one may not see the dossier either.
        let dossier = match header.dossier.name {
            Some(name) => {
                html! { <a href=Page::Dossier(header.dossier.id).to_string()>{header.dossier.number} " · " {name}</a> }
            }
            None => header.dossier.number.into_any(),
        };
        html! {
            <dl class="facts">
                <Fact term=t!(cases.number)><span class="number">{header.number}</span></Fact>
                <Fact term=t!(cases.case_type)>{header.case_type.name}</Fact>
                <Fact term=t!(cases.dossier)>{dossier}</Fact>
                <Fact term=t!(cases.start_date)>{dates::day(header.start_date)}</Fact>
                <Fact term=t!(cases.target_date)><Due day=header.target_date done=closed/></Fact>
                <Fact term=t!(cases.deadline)><Due day=header.deadline done=closed/></Fact>
                <Fact term=t!(cases.confidentiality)>{words::confidentiality(case.confidentiality)}</Fact>
            </dl>
        }
    });
    html! { <section class="panel" aria-label=t!(cases.facts)>{facts}</section> }
}
