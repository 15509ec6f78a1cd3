//! A new case (C7).

use std::sync::Arc;

use contract::{Case, CaseTypeId, CaseTypeSummary, DossierId, NewCase};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use leptos_router::hooks::use_query_map;

use crate::app::use_root;
use crate::client::{Failure, case_types, cases, dossiers};
use crate::i18n::{dates, t, words};
use crate::pages::Page;
use crate::shell::use_go;
use crate::ui::bits::Empty;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::form::{ChoiceInput, DateInput, Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
use crate::ui::page::Heading;
use crate::ui::remote::{failed, loading};
use crate::ui::watch::watch;

/// What the form needs to begin: the types one may open, and the dossier one comes from.
type Start = (Vec<CaseTypeSummary>, Option<Choice>);

#[component]
pub fn NewCasePage() -> impl IntoView {
    let root = use_root();
    let from: Option<DossierId> =
        use_query_map().with_untracked(|query| query.get("dossier")).and_then(|id| id.parse().ok());
    let start = RwSignal::new(None::<Result<Start, Failure>>);
    let again = RwSignal::new(0);
    watch(move || {
        again.track();
        root.session.renewals();
        start.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let types = case_types::all_case_types(root.api()).await;
            let dossier = match from {
                Some(id) => root.api().send(dossiers::find_dossier(id)).await.ok(),
                None => None,
            };
            let dossier = dossier.map(|dossier| Choice {
                detail: dossier.number.clone(),
                ..Choice::new(dossier.id, dossier.name.unwrap_or(dossier.number))
            });
            start.set(Some(types.map(|types| (types, dossier))));
        });
    });
    let back = || {
        html! {
            <a class="back" href=Page::Cases.to_string()>
                <Icon shape=Shape::Back/>
                {t!(cases.title)}
            </a>
        }
    };
    let retry = Callback::new(move |()| again.update(|count| *count += 1));
    html! {
        <div class="page page--narrow">
            <Heading text=t!(cases.new).to_owned() above=back/>
            {move || match start.get() {
                None => loading(),
                Some(Err(failure)) => failed(&failure, retry),
                Some(Ok((types, dossier))) => html! { <NewCaseForm types dossier/> },
            }}
        </div>
    }
}

#[component]
fn NewCaseForm(types: Vec<CaseTypeSummary>, dossier: Option<Choice>) -> impl IntoView {
    let root = use_root();
    let go = use_go();
    let types: Vec<_> = types.into_iter().filter(|case_type| case_type.authorised).collect();
    if types.is_empty() {
        return html! { <Empty text=t!(cases.no_types)/> };
    }
    let choices: Arc<[Choice]> = types.iter().cloned().map(Choice::from).collect();
    let form = Form::new("case:new");
    // From another dossier than last time, that one is meant.
    let dossier_field = form.field("dossierId", dossier.clone());
    if dossier.is_some() {
        dossier_field.set(dossier);
    }
    let case_type = form.field("caseTypeId", None::<Choice>);
    let title = form.field("title", String::new());
    let start_date = form.field("startDate", dates::today().to_string());
    let target_date = form.field("targetDate", String::new());
    let coordinator =
        form.field("coordinatorId", untrack(move || root.session.me()).map(|me| Choice::new(me.id, me.name)));
    let submit = move |()| {
        let (Some(dossier), Some(case_type)) = (dossier_field.now(), case_type.now()) else {
            let missing = [(dossier_field.name(), dossier_field.now()), (case_type.name(), case_type.now())];
            return form
                .require(missing.into_iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name));
        };
        let new = NewCase {
            dossier_id: DossierId(dossier.id),
            case_type_id: CaseTypeId(case_type.id),
            title: title.now(),
            start_date: start_date.now().parse().ok(),
            target_date: target_date.now().parse().ok(),
            coordinator_id: coordinator.now().map(|choice| choice.employee_id()),
        };
        form.submit(new, cases::create_case, move |case: Case| {
            root.toasts.done(t!(cases.created, number = case.header.number.as_str()));
            go.to(Page::Case(case.header.id));
        });
    };
    let about_type = live(move || {
        let chosen = case_type.get()?;
        let found = types.iter().find(|known| known.id.0 == chosen.id)?;
        let term = found.processing_term.as_ref()?;
        let deadline = start_date.get().parse().ok().and_then(|start| term.after(start));
        Some(html! {
            <p class="field__hint">
                {t!(cases.term_is, term = words::term(term))}
                {deadline.map(|deadline| format!(" {}", t!(cases.deadline_will_be, date = dates::day(deadline))))}
            </p>
        })
    });
    html! {
        <FormView form on_submit=submit class="form panel">
            <ChoiceInput field=dossier_field search=Search::Dossiers label=t!(cases.dossier)/>
            <ChoiceInput field=case_type search=Search::Among(choices) label=t!(cases.case_type)/>
            <TextInput field=title label=t!(cases.case_title) required=true/>
            <div class="row">
                <DateInput field=start_date label=t!(cases.start_date)/>
                <DateInput field=target_date label=t!(cases.target_date) optional=true/>
            </div>
            {about_type}
            <ChoiceInput field=coordinator search=Search::Employees label=t!(cases.coordinator)/>
            <div class="buttons"><SaveButton form label=t!(cases.open_case)/></div>
        </FormView>
    }
}
