//! One case type: its terms, steps, checks and results as imported, and who is authorised for it.

use contract::{CaseType, CaseTypeId, ResultType, StepType};
use leptos::prelude::*;

use super::authorisations::AuthorisationsPanel;
use super::step_order::Steps;
use crate::app::use_root;
use crate::client::case_types;
use crate::i18n::{t, tn, words};
use crate::pages::Page;
use crate::ui::bits::{Badge, Column, Fact, Prose, Table};
use crate::ui::html::html;
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::Remote;

#[component]
pub fn CaseTypePage(id: CaseTypeId) -> impl IntoView {
    let remote = Remote::new(move || case_types::find_case_type(id));
    let content = remote.page(move |case_type| html! { <CaseTypeDetail known=case_type/> });
    html! { <div class="page">{content}</div> }
}

#[component]
fn CaseTypeDetail(known: RwSignal<CaseType>) -> impl IntoView {
    let case_type = known.get_untracked();
    let session = use_root().session;
    let administers = untrack(move || session.me()).is_some_and(|me| me.may.administer);
    let back = || {
        html! {
            <a class="back" href=Page::CaseTypes.to_string()>
                <Icon shape=Shape::Back/>
                {t!(case_types.title)}
            </a>
        }
    };
    let id = case_type.id;
    html! {
        <Heading text=case_type.name.clone() above=back/>
        <div class="with-aside">
            <div class="stack">
                {(!case_type.description.is_empty()).then(|| html! { <Prose text=case_type.description.clone()/> })}
                <Steps case_type=known administers/>
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
                        <Fact term=t!(case_types.revision)>{move || known.with(|known| known.revision)}</Fact>
                        {case_type.processing_term.map(|term| html! { <Fact term=t!(case_types.term)>{words::term(&term)}</Fact> })}
                        <Fact term=t!(case_types.confidentiality)>{words::confidentiality(case_type.confidentiality)}</Fact>
                    </dl>
                </section>
                {administers.then(|| html! { <AuthorisationsPanel id/> })}
            </div>
        </div>
    }
}

pub(super) fn step(step: StepType) -> AnyView {
    let count = step.checks.len();
    let checks = step
        .checks
        .into_iter()
        .map(|check| {
            html! {
                <li>
                    {check.question}
                    {check.required.then(|| html! { " " <Badge text=t!(case_types.required)/> })}
                </li>
            }
        })
        .collect_view();
    html! {
        <li>
            <h3>{step.name}</h3>
            {(!step.explanation.is_empty()).then(|| html! { <Prose text=step.explanation/> })}
            {(count > 0).then(|| html! {
                <details>
                    <summary>{tn!(count, case_types.one_check, case_types.checks)}</summary>
                    <ul>{checks}</ul>
                </details>
            })}
        </li>
    }
}

fn result(result: ResultType) -> AnyView {
    html! {
        <tr>
            <th scope="row">{result.name}</th>
            <td>{words::archive_action(result.archive_action)}</td>
            <td class="nowrap">{result.retention.as_ref().map(words::term)}</td>
        </tr>
    }
}
