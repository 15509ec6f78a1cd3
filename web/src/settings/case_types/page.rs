//! One case type: its terms, steps, checks and results as imported, and who is authorised for it.

use contract::{CaseType, CaseTypeId, ResultType, StepType};
use leptos::prelude::*;

use super::authorisations::AuthorisationsPanel;
use crate::app::use_root;
use crate::client::case_types;
use crate::i18n::{t, tn, words};
use crate::shell::{NotFound, use_id};
use crate::ui::bits::{Badge, Column, Fact, Prose, Table};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn CaseTypePage() -> impl IntoView {
    let session = use_root().session;
    let id = use_id::<CaseTypeId>();
    let administers = move || untrack(move || session.me()).is_some_and(|me| me.may.administer);
    move || match id.get() {
        Some(id) => {
            let remote = Remote::new(move || case_types::find_case_type(id));
            view! {
                <div class="page">
                    {remote.view(move |case_type| view! {
                        <CaseTypeDetail case_type=case_type.get_untracked() administers=administers()/>
                    })}
                </div>
            }
            .into_any()
        }
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn CaseTypeDetail(case_type: CaseType, administers: bool) -> impl IntoView {
    let back = || {
        view! {
            <a class="back" href="/instellingen/zaaktypen">
                <Icon shape=Shape::Back/>
                {t!(case_types.title)}
            </a>
        }
    };
    let id = case_type.id;
    view! {
        <Heading text=case_type.name.clone() above=back/>
        <div class="with-aside">
            <div class="stack">
                {(!case_type.description.is_empty()).then(|| view! { <Prose text=case_type.description.clone()/> })}
                <section>
                    <h2>{t!(case_types.steps)}</h2>
                    <ol class="steps-overview">{case_type.steps.into_iter().map(step).collect_view()}</ol>
                </section>
                <section>
                    <h2>{t!(case_types.results)}</h2>
                    <Table label=t!(case_types.results) head=vec![
                        Column::new(t!(case_types.result)),
                        Column::new(t!(case_types.archive_action)),
                        Column::new(t!(case_types.retention)),
                    ]>
                        {case_type.result_types.into_iter().map(result).collect_view()}
                    </Table>
                </section>
            </div>
            <div class="stack">
                <section class="panel" aria-label=t!(case_types.facts)>
                    <dl class="facts">
                        <Fact term=t!(case_types.code)>{case_type.code}</Fact>
                        <Fact term=t!(case_types.revision)>{case_type.revision}</Fact>
                        {case_type.processing_term.map(|term| view! { <Fact term=t!(case_types.term)>{words::term(&term)}</Fact> })}
                        <Fact term=t!(case_types.confidentiality)>{words::confidentiality(case_type.confidentiality)}</Fact>
                    </dl>
                </section>
                {administers.then(|| view! { <AuthorisationsPanel id/> })}
            </div>
        </div>
    }
    .into_any()
}

fn step(step: StepType) -> AnyView {
    let count = step.checks.len();
    let checks = step
        .checks
        .into_iter()
        .map(|check| {
            view! {
                <li>
                    {check.question}
                    {check.required.then(|| view! { " " <Badge text=t!(case_types.required)/> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <li>
            <h3>{step.name}</h3>
            {(!step.explanation.is_empty()).then(|| view! { <Prose text=step.explanation/> })}
            {(count > 0).then(|| view! {
                <details>
                    <summary>{tn!(count, case_types.one_check, case_types.checks)}</summary>
                    <ul>{checks}</ul>
                </details>
            })}
        </li>
    }
    .into_any()
}

fn result(result: ResultType) -> AnyView {
    view! {
        <tr>
            <th scope="row">{result.name}</th>
            <td>{words::archive_action(result.archive_action)}</td>
            <td class="nowrap">{result.retention.as_ref().map(words::term)}</td>
        </tr>
    }
    .into_any()
}
