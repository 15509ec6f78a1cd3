//! What an employee sees, and why (D5): the answer to "why can't I see this?".

use contract::validation::FieldCode;
use contract::{DossierAccess, Employee, EmployeeId, FieldError, ProblemCode};
use futures::FutureExt;
use leptos::prelude::*;

use crate::app::use_root;
use crate::client::{Failure, employees, read};
use crate::i18n::t;
use crate::pages::Page;
use crate::ui::bits::{Column, Empty, Table, verdict};
use crate::ui::form::{Form, FormView, SaveButton, TextInput};
use crate::ui::html::{html, live};
use crate::ui::listing::Listing;

#[component]
pub fn AccessPart(employee: RwSignal<Employee>) -> impl IntoView {
    let session = use_root().session;
    let me = untrack(move || session.me());
    let (id, name) = employee.with_untracked(|employee| (employee.id, employee.name.clone()));
    let explains = me.as_ref().is_some_and(|me| me.may.administer || me.may.manage_accounts);
    let lists = me.is_some_and(|me| me.may.administer || me.id == id);
    html! {
        <div class="stack">
            {explains.then(|| html! { <Why id name=name.clone()/> })}
            {lists.then(|| html! { <Dossiers id name/> })}
        </div>
    }
}

/// Also for who may not see the dossier: the number is all one needs.
#[component]
fn Why(id: EmployeeId, name: String) -> impl IntoView {
    let form = Form::new("");
    let number = form.field("dossierNumber", String::new());
    let answer = RwSignal::new(None::<DossierAccess>);
    let ask = move |()| {
        let wanted = number.now().trim().to_owned();
        answer.set(None);
        if wanted.is_empty() {
            return form.require([number.name()]);
        }
        let asked = form.api().exchange(employees::explain_access_by_number(id, &wanted).into_request());
        let field = number.name();
        let work = async move { asked.await.map_err(|failure| at_field(failure, field)) };
        let done = move |body: String| read(&body).map(|found| answer.set(Some(found)));
        form.perform(work.boxed_local(), Box::new(done));
    };
    let title = t!(employee_access.why, name = name.as_str());
    let said = live(move || {
        answer.get().map(|DossierAccess { dossier, access }| {
            let (name, number) = (name.as_str(), dossier.number.as_str());
            let text = if access.allowed {
                t!(employee_access.yes, name = name, number = number)
            } else {
                t!(employee_access.no, name = name, number = number)
            };
            verdict(text, access)
        })
    });
    html! {
        <section class="panel" aria-labelledby="why-heading">
            <h2 id="why-heading">{title}</h2>
            <FormView form on_submit=ask class="ask">
                <TextInput field=number label=t!(employee_access.number) hint=t!(employee_access.number_hint) required=true/>
                <SaveButton form label=t!(employee_access.ask)/>
            </FormView>
            <div aria-live="polite">{said}</div>
        </section>
    }
}

/// A number that no dossier has is wrong where it is typed, and can be mended there.
fn at_field(failure: Failure, field: String) -> Failure {
    match failure {
        Failure::Refused(mut problem) if problem.code == ProblemCode::NotFound => {
            let detail = std::mem::take(&mut problem.detail);
            problem.code = ProblemCode::InvalidInput;
            problem.errors = vec![FieldError { field, code: FieldCode::Unknown, detail }];
            Failure::Refused(problem)
        }
        failure => failure,
    }
}

#[component]
fn Dossiers(id: EmployeeId, name: String) -> impl IntoView {
    let title = t!(employee_access.list, name = name.as_str());
    let label = title.clone();
    let dossiers = Listing::new(move |cursor| employees::list_dossiers_of_employee(id, cursor), row);
    html! {
        <section aria-labelledby="dossiers-heading">
            <div class="section-header">
                <h2 id="dossiers-heading">{title} " " {dossiers.count()}</h2>
            </div>
            {dossiers.view(
                move |rows| html! {
                    <Table label=label.clone() head=vec![
                        Column::new(t!(employee_access.dossier)),
                        Column::new(t!(employee_access.name)),
                        Column::new(t!(employee_access.why_column)),
                    ]>
                        {rows}
                    </Table>
                },
                || html! { <Empty text=t!(employee_access.none)/> },
            )}
        </section>
    }
}

fn row(found: DossierAccess) -> AnyView {
    let address = Page::Dossier(found.dossier.id).to_string();
    let name = found
        .dossier
        .name
        .map_or_else(|| html! { <span class="faint">{t!(employee_access.hidden)}</span> }, IntoAny::into_any);
    html! {
        <tr>
            <th scope="row"><a class="number" href=address>{found.dossier.number}</a></th>
            <td>{name}</td>
            <td>{found.access.explanation}</td>
        </tr>
    }
}
