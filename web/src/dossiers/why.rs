//! "Waarom?": which rule decides whether a colleague has access (D5).

use contract::{DossierId, EmployeeAccess};
use leptos::prelude::*;

use crate::client::dossiers;
use crate::i18n::t;
use crate::ui::bits::verdict;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::form::{ChoiceInput, Form};
use crate::ui::html::{html, live};
use crate::ui::remote::Remote;

#[component]
pub fn Why(id: DossierId) -> impl IntoView {
    let form = Form::new("");
    let employee = form.field("employee", None::<Choice>);
    let answer = live(move || {
        employee.get().map(|choice| {
            let remote = Remote::new(move || dossiers::explain_access(id, choice.employee_id()));
            remote.view(|access| {
                live(move || {
                    let EmployeeAccess { employee, access } = access.get();
                    let name = employee.name.as_str();
                    let text =
                        if access.allowed { t!(why.yes, name = name) } else { t!(why.no, name = name) };
                    verdict(text, access)
                })
            })
        })
    });
    html! {
        <section class="panel" aria-labelledby="why-heading">
            <h2 id="why-heading">{t!(why.title)}</h2>
            <ChoiceInput field=employee search=Search::Employees label=t!(why.employee) hint=t!(why.hint)/>
            <div aria-live="polite">{answer}</div>
        </section>
    }
}
