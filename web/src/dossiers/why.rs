//! "Waarom?": which rule decides whether a colleague has access (D5).

use contract::{DossierId, EmployeeAccess};
use leptos::prelude::*;

use crate::client::dossiers;
use crate::i18n::t;
use crate::ui::choice::Choice;
use crate::ui::combobox::Search;
use crate::ui::form::{ChoiceInput, Form};
use crate::ui::html::{html, live};
use crate::ui::icon::{Icon, Shape};
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
                    let (class, shape, verdict) = if access.allowed {
                        ("verdict verdict--yes", Shape::Check, t!(why.yes, name = employee.name.as_str()))
                    } else {
                        ("verdict verdict--no", Shape::Lock, t!(why.no, name = employee.name.as_str()))
                    };
                    html! {
                        <div class=class>
                            <Icon shape/>
                            <p>
                                <strong>{verdict}</strong>
                                <br/>
                                {access.explanation}
                            </p>
                        </div>
                    }
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
